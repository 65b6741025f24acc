/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The VRF (schnorrkel: vrf.rs, flavour "kusama"). The input is a point H hashed from transcript and key, the pre-output
 * x H for the secret key x, and the proof shows that A = x B and it have the same x (Chaum, Pedersen 1992): with
 * R = c A + s B and Hr = c (x H) + s H, c is what the transcript over all of them gives.
 */
#include <string.h>

#include "mote/sr25519.h"
#include "multiscalar.h"
#include "pairs.h"
#include "ristretto.h"
#include "scalar.h"
#include "schnorr.h"

#define MOST_TOGETHER 24u /* claims judged together: beyond that an inversion more does not count */
#define IN_A_BLOCK (DECODED_AT_ONCE / 2) /* claims whose points are decoded together, two of each */

/* A claim under way. R and Hr are made as half of them, which are doubled when they are encoded. */
enum { R, HR, COMMITMENTS };

static void append_point(mote_transcript *t, const char *label, const uint8_t encoded[32]) {
    mote_transcript_append(t, label, (mote_bytes){encoded, 32});
}

static void append_text(mote_transcript *t, const char *label, const char *text) {
    mote_transcript_append(t, label, (mote_bytes){(const uint8_t *)text, strlen(text)});
}

/* vrf_malleable_hash after "vrf-nm-pk": under each key another point. */
static void draw_input(uint8_t uniform[64], const mote_sr25519_vrf_claim *claim) {
    mote_transcript t = *claim->transcript;
    append_point(&t, "vrf-nm-pk", claim->public_key);
    mote_transcript_challenge(&t, uniform, 64, "VRFHash");
}

static bool is_identity(const uint8_t encoded[32]) {
    static const uint8_t identity[32] = {0};
    return memcmp(encoded, identity, sizeof identity) == 0;
}

bool mote_sr25519_vrf_proof_decodes(const uint8_t proof[64]) {
    return scalar_is_canonical(proof) && scalar_is_canonical(proof + 32);
}

static mote_status check_decoded(const mote_sr25519_vrf_claim *claim, bool key_decodes,
                                 bool output_decodes) {
    if (!key_decodes) return MOTE_E_BAD_PUBLIC_KEY;
    if (!mote_sr25519_vrf_proof_decodes(claim->proof)) return MOTE_E_SCALAR_NOT_CANONICAL;
    if (!output_decodes) return MOTE_E_POINT_NOT_CANONICAL;
    return is_identity(claim->pre_output) ? MOTE_E_VRF_IDENTITY : MOTE_OK;
}

/* Of one claim: A, x H and H. */
typedef struct claim_points {
    point A, gamma, H;
} claim_points;

static void recompute(ristretto_doubled made[COMMITMENTS], const claim_points *points,
                      const uint8_t proof[64]) {
    uint8_t half_c[32], half_s[32];
    scalar_halve(half_c, proof);
    scalar_halve(half_s, proof + 32);
    point_multiply_and_base(&made[R].half, &points->A, half_c, half_s);
    point_multiply_two(&made[HR].half, &points->gamma, half_c, &points->H, half_s);
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

static mote_status decode_claim(claim_points *points, const mote_sr25519_vrf_claim *claim) {
    affine_point A, gamma;
    const bool key_decodes = ristretto_decode(&A, claim->public_key);
    if (!key_decodes) return MOTE_E_BAD_PUBLIC_KEY;
    const mote_status status =
        check_decoded(claim, true, ristretto_decode(&gamma, claim->pre_output));
    if (status != MOTE_OK) return status;
    point_from_affine(&points->A, &A, false);
    point_from_affine(&points->gamma, &gamma, false);
    return MOTE_OK;
}

mote_status mote_sr25519_vrf_verify(mote_sr25519_vrf *out, const uint8_t public_key[32],
                                    const mote_transcript *transcript, const uint8_t pre_output[32],
                                    const uint8_t proof[64]) {
    const mote_sr25519_vrf_claim claim = {public_key, transcript, pre_output, proof};
    ristretto_doubled made[COMMITMENTS];
    claim_points points;
    mote_sr25519_vrf vrf;
    uint8_t uniform[64];
    memset(out, 0, sizeof *out);
    const mote_status status = decode_claim(&points, &claim);
    if (status != MOTE_OK) return status;
    draw_input(uniform, &claim);
    ristretto_from_uniform(&points.H, uniform);
    ristretto_encode(vrf.input, &points.H);
    memcpy(vrf.pre_output, pre_output, sizeof vrf.pre_output);
    recompute(made, &points, proof);
    ristretto_encode_doubled(made, COMMITMENTS);
    if (!challenge_is_claimed(&vrf, made, &claim)) return MOTE_E_BAD_VRF_PROOF;
    *out = vrf;
    return MOTE_OK;
}

/* --- many ----------------------------------------------------------------------------------------------------- */

/* Claims that are judged step by step, each step for several at once. What fails goes on with points of others, which
 * nobody asks for. */
typedef struct judgement {
    mote_backend backend;
    const mote_sr25519_vrf_claim *claims;
    mote_sr25519_vrf *out;
    size_t count;
    claim_points *points;
    ristretto_doubled *made;
    point_pair *pairs;
    pair_memory *pair_memory;
    mote_status verdict[MOST_TOGETHER];
} judgement;

static void decode_points(judgement *j, size_t from, unsigned count) {
    decode_block block;
    affine_point decoded[DECODED_AT_ONCE];
    block.count = 2 * count;
    for (unsigned i = 0; i < 2 * count; i++) {
        const mote_sr25519_vrf_claim *claim = &j->claims[from + i / 2];
        block.bytes[i] = i % 2 == 0 ? claim->public_key : claim->pre_output;
        block.out[i] = &decoded[i];
    }
    ristretto_decode_block(j->backend, &block);
    for (unsigned i = 0; i < count; i++) {
        claim_points *points = &j->points[from + i];
        const bool *ok = &block.ok[2 * i];
        j->verdict[from + i] = check_decoded(&j->claims[from + i], ok[0], ok[1]);
        point_set_identity(&points->A);
        point_set_identity(&points->gamma);
        if (j->verdict[from + i] != MOTE_OK) continue;
        point_from_affine(&points->A, &decoded[2 * i], false);
        point_from_affine(&points->gamma, &decoded[2 * i + 1], false);
    }
}

static void hash_inputs(judgement *j, size_t from, unsigned count) {
    uint8_t uniform[IN_A_BLOCK][64], input[IN_A_BLOCK][32];
    point H[IN_A_BLOCK];
    for (unsigned i = 0; i < count; i++) draw_input(uniform[i], &j->claims[from + i]);
    ristretto_from_uniform_block(j->backend, H, uniform[0], count);
    ristretto_encode_block(j->backend, input, H, count);
    for (unsigned i = 0; i < count; i++) {
        j->points[from + i].H = H[i];
        memcpy(j->out[from + i].input, input[i], 32);
        memcpy(j->out[from + i].pre_output, j->claims[from + i].pre_output, 32);
    }
}

static void recompute_all(judgement *j) {
    for (size_t i = 0; i < j->count; i++) {
        point_pair *pair = &j->pairs[COMMITMENTS * i];
        const claim_points *points = &j->points[i];
        ristretto_doubled *made = &j->made[COMMITMENTS * i];
        const bool goes_on = j->verdict[i] == MOTE_OK;
        memset(pair, 0, COMMITMENTS * sizeof *pair);
        pair[R] = (point_pair){&points->A, NULL, {0}, {0}, &made[R].half};
        pair[HR] = (point_pair){&points->gamma, &points->H, {0}, {0}, &made[HR].half};
        for (unsigned k = 0; goes_on && k < COMMITMENTS; k++) {
            scalar_halve(pair[k].a, j->claims[i].proof);
            scalar_halve(pair[k].b, j->claims[i].proof + 32);
        }
    }
    point_pairs_multiply(j->backend, j->pairs, COMMITMENTS * j->count, j->pair_memory);
    ristretto_encode_doubled(j->made, COMMITMENTS * j->count);
}

static void judge_together(judgement *j) {
    for (size_t from = 0; from < j->count; from += IN_A_BLOCK) {
        const size_t left = j->count - from;
        const unsigned count = left < IN_A_BLOCK ? (unsigned)left : IN_A_BLOCK;
        decode_points(j, from, count);
        hash_inputs(j, from, count);
    }
    recompute_all(j);
    for (size_t i = 0; i < j->count; i++) {
        if (j->verdict[i] == MOTE_OK &&
            !challenge_is_claimed(&j->out[i], &j->made[COMMITMENTS * i], &j->claims[i])) {
            j->verdict[i] = MOTE_E_BAD_VRF_PROOF;
        }
        if (j->verdict[i] != MOTE_OK) memset(&j->out[i], 0, sizeof j->out[i]);
    }
}

static bool take_memory(mote_context *context, judgement *j, size_t most) {
    memset(j, 0, sizeof *j);
    j->backend = mote_backend_chosen(context->backend);
    j->points = mote_context_take(context, most, sizeof *j->points);
    j->made = mote_context_take(context, COMMITMENTS * most, sizeof *j->made);
    j->pairs = mote_context_take(context, COMMITMENTS * most, sizeof *j->pairs);
    j->pair_memory = mote_context_take(context, 1, sizeof *j->pair_memory);
    return j->points != NULL && j->made != NULL && j->pairs != NULL && j->pair_memory != NULL;
}

mote_status mote_sr25519_vrf_verify_many(mote_context *context, mote_sr25519_vrf *out, uint8_t *bad,
                                         const mote_sr25519_vrf_claim *claims, size_t count) {
    const size_t mark = mote_context_mark(context);
    const size_t most = count < MOST_TOGETHER ? count : MOST_TOGETHER;
    mote_status first = MOTE_OK;
    size_t first_index = 0;
    judgement j;
    if (count == 0) return MOTE_OK;
    memset(out, 0, count * sizeof *out);
    if (bad != NULL) memset(bad, 0, count);
    if (!take_memory(context, &j, most)) {
        mote_context_release(context, mark);
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    }
    for (size_t from = 0; from < count; from += most) {
        j.claims = claims + from;
        j.out = out + from;
        j.count = count - from < most ? count - from : most;
        judge_together(&j);
        for (size_t i = 0; i < j.count; i++) {
            if (j.verdict[i] == MOTE_OK) continue;
            if (bad != NULL) bad[from + i] = 1;
            if (first == MOTE_OK) first_index = from + i;
            if (first == MOTE_OK) first = j.verdict[i];
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
