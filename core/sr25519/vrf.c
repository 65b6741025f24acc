/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The VRF (schnorrkel: vrf.rs, flavour "kusama"). The input is a point H hashed from transcript and key, the pre-output
 * x H for the secret key x, and the proof shows that A = x B and it have the same x (Chaum, Pedersen 1992): with
 * R = c A + s B and Hr = c (x H) + s H, c is what the transcript over all of them gives.
 */
#include <string.h>

#include "mote/sr25519.h"
#include "multiscalar.h"
#include "ristretto.h"
#include "scalar.h"
#include "schnorr.h"

static void append_point(mote_transcript *t, const char *label, const uint8_t encoded[32]) {
    mote_transcript_append(t, label, (mote_bytes){encoded, 32});
}

static void append_text(mote_transcript *t, const char *label, const char *text) {
    mote_transcript_append(t, label, (mote_bytes){(const uint8_t *)text, strlen(text)});
}

/* vrf_malleable_hash after "vrf-nm-pk": under each key another point. */
static void hash_input(point *H, const mote_transcript *transcript, const uint8_t public_key[32]) {
    mote_transcript t = *transcript;
    uint8_t uniform[64];
    append_point(&t, "vrf-nm-pk", public_key);
    mote_transcript_challenge(&t, uniform, sizeof uniform, "VRFHash");
    ristretto_from_uniform(H, uniform);
}

typedef struct commitments {
    uint8_t R[32];
    uint8_t Hr[32];
} commitments;

static void recompute(commitments *out, const affine_point *A, const affine_point *gamma,
                      const point *H, const uint8_t c[32], const uint8_t s[32]) {
    point a, sum;
    point_from_affine(&a, A, false);
    point_multiply_and_base(&sum, &a, c, s);
    ristretto_encode(out->R, &sum);
    point_from_affine(&a, gamma, false);
    point_multiply_two(&sum, &a, c, H, s);
    ristretto_encode(out->Hr, &sum);
}

/* dleq_verify: the key comes after the commitments, which is what "kusama" means. */
static void proof_challenge(uint8_t c[32], const mote_sr25519_vrf *vrf, const commitments *made,
                            const uint8_t public_key[32]) {
    mote_transcript t;
    mote_transcript_init(&t, "VRF");
    append_text(&t, "proto-name", "DLEQProof");
    append_point(&t, "vrf:h", vrf->input);
    append_point(&t, "vrf:R=g^r", made->R);
    append_point(&t, "vrf:h^r", made->Hr);
    append_point(&t, "vrf:pk", public_key);
    append_point(&t, "vrf:h^sk", vrf->pre_output);
    transcript_scalar(c, &t, "prove");
}

static bool is_identity(const uint8_t encoded[32]) {
    static const uint8_t identity[32] = {0};
    return memcmp(encoded, identity, sizeof identity) == 0;
}

mote_status mote_sr25519_vrf_verify(mote_sr25519_vrf *out, const uint8_t public_key[32],
                                    const mote_transcript *transcript, const uint8_t pre_output[32],
                                    const uint8_t proof[64]) {
    affine_point A, gamma;
    point H;
    commitments made;
    mote_sr25519_vrf vrf;
    const uint8_t *c = proof, *s = proof + 32;
    uint8_t expected[32];
    memset(out, 0, sizeof *out);
    if (!ristretto_decode(&A, public_key)) return MOTE_E_BAD_PUBLIC_KEY;
    if (!scalar_is_canonical(c) || !scalar_is_canonical(s)) return MOTE_E_SCALAR_NOT_CANONICAL;
    if (!ristretto_decode(&gamma, pre_output)) return MOTE_E_POINT_NOT_CANONICAL;
    if (is_identity(pre_output)) return MOTE_E_VRF_IDENTITY;
    hash_input(&H, transcript, public_key);
    ristretto_encode(vrf.input, &H);
    memcpy(vrf.pre_output, pre_output, 32);
    recompute(&made, &A, &gamma, &H, c, s);
    proof_challenge(expected, &vrf, &made, public_key);
    if (memcmp(c, expected, sizeof expected) != 0) return MOTE_E_BAD_VRF_PROOF;
    *out = vrf;
    return MOTE_OK;
}

void mote_sr25519_vrf_make_bytes(uint8_t *out, size_t size, const mote_sr25519_vrf *vrf,
                                 const char *label) {
    mote_transcript t;
    mote_transcript_init(&t, "VRFResult");
    append_text(&t, "", label);
    append_point(&t, "vrf-in", vrf->input);
    append_point(&t, "vrf-out", vrf->pre_output);
    mote_transcript_challenge(&t, out, size, "");
}
