/* SPDX-License-Identifier: Apache-2.0 */
/* One signature (schnorrkel: context.rs, sign.rs). Nodes compare R with the encoding of s B - k A; to decode R, which
 * only its canonical encoding survives, and to compare points says the same. */
#include <string.h>

#include "mote/sr25519.h"
#include "multiscalar.h"
#include "ristretto.h"
#include "scalar.h"
#include "schnorr.h"

void transcript_scalar(uint8_t out[32], mote_transcript *transcript, const char *label) {
    uint8_t wide[64];
    mote_transcript_challenge(transcript, wide, sizeof wide, label);
    scalar_reduce(out, wide);
}

mote_status schnorr_scalar(uint8_t s[32], const uint8_t signature[64]) {
    memcpy(s, signature + 32, 32);
    if ((s[31] & 0x80) == 0) return MOTE_E_SIGNATURE_NOT_MARKED;
    s[31] &= 0x7f;
    return scalar_is_canonical(s) ? MOTE_OK : MOTE_E_SCALAR_NOT_CANONICAL;
}

static void append_text(mote_transcript *t, const char *label, const char *text) {
    mote_transcript_append(t, label, (mote_bytes){(const uint8_t *)text, strlen(text)});
}

void schnorr_challenge(uint8_t k[32], mote_bytes signing_context, const uint8_t public_key[32],
                       const uint8_t R[32], mote_bytes message) {
    mote_transcript t;
    mote_transcript_init(&t, "SigningContext");
    mote_transcript_append(&t, "", signing_context);
    mote_transcript_append(&t, "sign-bytes", message);
    append_text(&t, "proto-name", "Schnorr-sig");
    mote_transcript_append(&t, "sign:pk", (mote_bytes){public_key, 32});
    mote_transcript_append(&t, "sign:R", (mote_bytes){R, 32});
    transcript_scalar(k, &t, "sign:c");
}

bool schnorr_holds(const affine_point *A, const affine_point *R, const uint8_t s[32],
                   const uint8_t k[32]) {
    point minus_A, sum;
    point_from_affine(&minus_A, A, true);
    point_multiply_and_base(&sum, &minus_A, k, s);
    point_subtract_affine(&sum, &sum, R);
    return ristretto_is_zero(&sum);
}

mote_status mote_sr25519_verify_in_context(mote_bytes signing_context, const uint8_t public_key[32],
                                           const uint8_t signature[64], mote_bytes message) {
    affine_point A, R;
    uint8_t s[32], k[32];
    if (!ristretto_decode(&A, public_key)) return MOTE_E_BAD_PUBLIC_KEY;
    mote_status status = schnorr_scalar(s, signature);
    if (status != MOTE_OK) return status;
    if (!ristretto_decode(&R, signature)) return MOTE_E_POINT_NOT_CANONICAL;
    schnorr_challenge(k, signing_context, public_key, signature, message);
    return schnorr_holds(&A, &R, s, k) ? MOTE_OK : MOTE_E_BAD_SIGNATURE;
}

mote_status mote_sr25519_verify(const uint8_t public_key[32], const uint8_t signature[64],
                                mote_bytes message) {
    static const uint8_t substrate[9] = "substrate";
    return mote_sr25519_verify_in_context((mote_bytes){substrate, sizeof substrate}, public_key,
                                          signature, message);
}

bool mote_sr25519_key_is_forgeable(const uint8_t public_key[32]) {
    static const uint8_t identity[32] = {0};
    return memcmp(public_key, identity, sizeof identity) == 0;
}

bool mote_sr25519_key_is_valid(const uint8_t public_key[32]) {
    affine_point A;
    return ristretto_decode(&A, public_key);
}
