/* SPDX-License-Identifier: Apache-2.0 */
/* One signature (schnorrkel: context.rs, sign.rs). Nodes compare R with the encoding of s B - k A; to decode R, which
 * only its canonical encoding survives, and to compare points says the same. */
#include <string.h>

#include "mote/sr25519.h"
#include "multiscalar.h"
#include "ristretto.h"
#include "scalar.h"
#include "schnorr.h"

void transcripts_scalars(transcripts *all, uint8_t *const *out, const char *label) {
    uint8_t wide[TRANSCRIPTS_AT_ONCE][64], *to[TRANSCRIPTS_AT_ONCE];
    for (unsigned i = 0; i < all->count; i++) to[i] = wide[i];
    transcripts_challenge(all, to, sizeof wide[0], label);
    for (unsigned i = 0; i < all->count; i++) scalar_reduce(out[i], wide[i]);
}

mote_status schnorr_scalar(uint8_t s[32], const uint8_t signature[64]) {
    memcpy(s, signature + 32, 32);
    if ((s[31] & 0x80) == 0) return MOTE_E_SIGNATURE_NOT_MARKED;
    s[31] &= 0x7f;
    return scalar_is_canonical(s) ? MOTE_OK : MOTE_E_SCALAR_NOT_CANONICAL;
}

void schnorr_challenges(mote_backend backend, const challenged *all, unsigned count,
                        mote_bytes signing_context, size_t message_size) {
    const uint8_t *key[TRANSCRIPTS_AT_ONCE], *R[TRANSCRIPTS_AT_ONCE];
    const uint8_t *message[TRANSCRIPTS_AT_ONCE];
    uint8_t *k[TRANSCRIPTS_AT_ONCE];
    transcripts t;
    for (unsigned i = 0; i < count; i++) {
        key[i] = all[i].public_key, R[i] = all[i].R, message[i] = all[i].message, k[i] = all[i].k;
    }
    transcripts_init(&t, backend, count, "SigningContext");
    transcripts_append_same(&t, "", signing_context);
    transcripts_append(&t, "sign-bytes", message, message_size);
    transcripts_append_text(&t, "proto-name", "Schnorr-sig");
    transcripts_append(&t, "sign:pk", key, 32);
    transcripts_append(&t, "sign:R", R, 32);
    transcripts_scalars(&t, k, "sign:c");
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
    const challenged one = {public_key, signature, message.data, k};
    schnorr_challenges(MOTE_BACKEND_PORTABLE, &one, 1, signing_context, message.size);
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
