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

#define MOST_TOGETHER 64u /* claims judged together: beyond that an inversion more does not count */

/* A claim under way. R and Hr are made as half of them, which are doubled when they are encoded. */
enum { R, HR, COMMITMENTS };

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

static bool is_identity(const uint8_t encoded[32]) {
    static const uint8_t identity[32] = {0};
    return memcmp(encoded, identity, sizeof identity) == 0;
}

bool mote_sr25519_vrf_proof_decodes(const uint8_t proof[64]) {
    return scalar_is_canonical(proof) && scalar_is_canonical(proof + 32);
}

static mote_status decode_claim(point *A, point *gamma, const mote_sr25519_vrf_claim *claim) {
    affine_point decoded;
    if (!ristretto_decode(&decoded, claim->public_key)) return MOTE_E_BAD_PUBLIC_KEY;
    point_from_affine(A, &decoded, false);
    if (!mote_sr25519_vrf_proof_decodes(claim->proof)) return MOTE_E_SCALAR_NOT_CANONICAL;
    if (!ristretto_decode(&decoded, claim->pre_output)) return MOTE_E_POINT_NOT_CANONICAL;
    point_from_affine(gamma, &decoded, false);
    return is_identity(claim->pre_output) ? MOTE_E_VRF_IDENTITY : MOTE_OK;
}

static mote_status recompute(mote_sr25519_vrf *vrf, ristretto_doubled made[COMMITMENTS],
                             const mote_sr25519_vrf_claim *claim) {
    point A, gamma, H;
    uint8_t half_c[32], half_s[32];
    point_set_identity(&made[R].half); /* for claims that come no further */
    point_set_identity(&made[HR].half);
    const mote_status status = decode_claim(&A, &gamma, claim);
    if (status != MOTE_OK) return status;
    hash_input(&H, claim->transcript, claim->public_key);
    ristretto_encode(vrf->input, &H);
    memcpy(vrf->pre_output, claim->pre_output, 32);
    scalar_halve(half_c, claim->proof);
    scalar_halve(half_s, claim->proof + 32);
    point_multiply_and_base(&made[R].half, &A, half_c, half_s);
    point_multiply_two(&made[HR].half, &gamma, half_c, &H, half_s);
    return MOTE_OK;
}

/* dleq_verify: the key comes after the commitments, which is what "kusama" means. */
static bool challenge_is_claimed(const mote_sr25519_vrf *vrf,
                                 const ristretto_doubled made[COMMITMENTS],
                                 const mote_sr25519_vrf_claim *claim) {
    mote_transcript t;
    uint8_t c[32];
    mote_transcript_init(&t, "VRF");
    append_text(&t, "proto-name", "DLEQProof");
    append_point(&t, "vrf:h", vrf->input);
    append_point(&t, "vrf:R=g^r", made[R].bytes);
    append_point(&t, "vrf:h^r", made[HR].bytes);
    append_point(&t, "vrf:pk", claim->public_key);
    append_point(&t, "vrf:h^sk", vrf->pre_output);
    transcript_scalar(c, &t, "prove");
    return memcmp(claim->proof, c, sizeof c) == 0;
}

mote_status mote_sr25519_vrf_verify(mote_sr25519_vrf *out, const uint8_t public_key[32],
                                    const mote_transcript *transcript, const uint8_t pre_output[32],
                                    const uint8_t proof[64]) {
    const mote_sr25519_vrf_claim claim = {public_key, transcript, pre_output, proof};
    ristretto_doubled made[COMMITMENTS];
    mote_sr25519_vrf vrf;
    memset(out, 0, sizeof *out);
    const mote_status status = recompute(&vrf, made, &claim);
    if (status != MOTE_OK) return status;
    ristretto_encode_doubled(made, COMMITMENTS);
    if (!challenge_is_claimed(&vrf, made, &claim)) return MOTE_E_BAD_VRF_PROOF;
    *out = vrf;
    return MOTE_OK;
}

static void judge_together(mote_status *verdict, mote_sr25519_vrf *out, ristretto_doubled *made,
                           const mote_sr25519_vrf_claim *claims, size_t count) {
    for (size_t i = 0; i < count; i++) {
        verdict[i] = recompute(&out[i], made + COMMITMENTS * i, &claims[i]);
    }
    ristretto_encode_doubled(made, COMMITMENTS * count);
    for (size_t i = 0; i < count; i++) {
        if (verdict[i] == MOTE_OK &&
            !challenge_is_claimed(&out[i], made + COMMITMENTS * i, &claims[i])) {
            verdict[i] = MOTE_E_BAD_VRF_PROOF;
        }
        if (verdict[i] != MOTE_OK) memset(&out[i], 0, sizeof out[i]);
    }
}

mote_status mote_sr25519_vrf_verify_many(mote_context *context, mote_sr25519_vrf *out, uint8_t *bad,
                                         const mote_sr25519_vrf_claim *claims, size_t count) {
    const size_t mark = mote_context_mark(context);
    const size_t most = count < MOST_TOGETHER ? count : MOST_TOGETHER;
    if (count == 0) return MOTE_OK;
    memset(out, 0, count * sizeof *out);
    if (bad != NULL) memset(bad, 0, count);
    ristretto_doubled *made = mote_context_take(context, COMMITMENTS * most, sizeof *made);
    if (made == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    mote_status verdict[MOST_TOGETHER], first = MOTE_OK;
    size_t first_index = 0;
    for (size_t from = 0; from < count; from += most) {
        const size_t size = count - from < most ? count - from : most;
        judge_together(verdict, out + from, made, claims + from, size);
        for (size_t i = 0; i < size; i++) {
            if (verdict[i] == MOTE_OK) continue;
            if (bad != NULL) bad[from + i] = 1;
            if (first == MOTE_OK) first_index = from + i;
            if (first == MOTE_OK) first = verdict[i];
        }
    }
    mote_context_release(context, mark);
    return first == MOTE_OK ? MOTE_OK : mote_fail(context, first, NULL, (uint32_t)first_index);
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
