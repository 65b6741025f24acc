/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many proofs of the VRF. A proof is c ++ s, and c is a hash of the commitments R and Hr: each has its own to be made and
 * hashed, so that no sum over several says anything. But they are made side by side.
 */
#include <string.h>

#include "pairs.h"
#include "scalar.h"
#include "vrf.h"

#define MOST_TOGETHER 24u /* claims judged together: beyond that an inversion more does not count */
#define IN_A_BLOCK                                                                                 \
    TRANSCRIPTS_AT_ONCE /* of whose points two are decoded together: DECODED_AT_ONCE */

/* Claims that are judged step by step, each step for several at once. What fails goes on with points of others, which
 * nobody asks for. */
typedef struct judgement {
    mote_backend backend;
    const mote_sr25519_vrf_claim *claims;
    mote_sr25519_vrf *out;
    size_t count;
    claim_points *points;
    ristretto_doubled (*made)[COMMITMENTS];
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
        j->verdict[from + i] = vrf_check_decoded(&j->claims[from + i], ok[0], ok[1]);
        point_set_identity(&points->A);
        point_set_identity(&points->gamma);
        if (j->verdict[from + i] != MOTE_OK) continue;
        point_from_affine(&points->A, &decoded[2 * i], false);
        point_from_affine(&points->gamma, &decoded[2 * i + 1], false);
    }
}

/* Claims whose transcripts are at different places take their turns. */
static void draw_some(const judgement *j, uint8_t (*uniform)[64], size_t from, unsigned count) {
    const mote_sr25519_vrf_claim *claims = j->claims + from;
    for (unsigned done = 0, some; done < count; done += some) {
        const mote_transcript *first = claims[done].transcript;
        some = 1;
        while (done + some < count && transcripts_agree(first, claims[done + some].transcript)) {
            some++;
        }
        vrf_draw_inputs(j->backend, uniform + done, claims + done, some);
    }
}

static void hash_inputs(judgement *j, size_t from, unsigned count) {
    uint8_t uniform[IN_A_BLOCK][64] = {{0}}, input[IN_A_BLOCK][32];
    point H[IN_A_BLOCK];
    draw_some(j, uniform, from, count);
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
        ristretto_doubled *made = j->made[i];
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
    ristretto_encode_doubled(j->made[0], COMMITMENTS * j->count);
}

static void compare_some(judgement *j, size_t from, unsigned count) {
    bool same[IN_A_BLOCK];
    vrf_compare_challenges(j->backend, same, j->out + from, j->made + from, j->claims + from,
                           count);
    for (unsigned i = 0; i < count; i++) {
        mote_status *verdict = &j->verdict[from + i];
        if (*verdict == MOTE_OK && !same[i]) *verdict = MOTE_E_BAD_VRF_PROOF;
        if (*verdict != MOTE_OK) memset(&j->out[from + i], 0, sizeof j->out[from + i]);
    }
}

static void judge_together(judgement *j) {
    for (size_t from = 0; from < j->count; from += IN_A_BLOCK) {
        const size_t left = j->count - from;
        const unsigned count = left < IN_A_BLOCK ? (unsigned)left : IN_A_BLOCK;
        decode_points(j, from, count);
        hash_inputs(j, from, count);
    }
    recompute_all(j);
    for (size_t from = 0; from < j->count; from += IN_A_BLOCK) {
        const size_t left = j->count - from;
        compare_some(j, from, left < IN_A_BLOCK ? (unsigned)left : IN_A_BLOCK);
    }
}

static bool take_memory(mote_context *context, judgement *j, size_t most) {
    memset(j, 0, sizeof *j);
    j->backend = mote_backend_chosen(context->backend);
    j->points = mote_context_take(context, most, sizeof *j->points);
    j->made = mote_context_take(context, most, sizeof *j->made);
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
