/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Claims judged together: their seals as one batch, their VRF proofs side by side. Whether a claim holds is what it is
 * alone: a batch is accepted iff each of its members is (mote/sr25519.h). Why the first that fails does, it is asked
 * alone. Too little memory makes the groups smaller, down to one that needs none, and says nothing of any claim.
 */
#include <string.h>

#include "claim.h"

#define MOST_TOGETHER 256u

typedef struct group {
    const mote_babe_case *cases;
    mote_babe_authorship *out;
    size_t count;
    mote_babe_known known;
    bool fails[MOST_TOGETHER];
    uint8_t bad[MOST_TOGETHER];     /* of those that take part in the step under way: */
    uint32_t member[MOST_TOGETHER]; /* these */
    size_t members;
} group;

static void check_claims(mote_context *context, group *g, uint64_t slot_now) {
    for (size_t i = 0; i < g->count; i++) {
        const mote_babe_case *one = &g->cases[i];
        g->fails[i] = mote_babe_check_claim(context, &g->out[i], &g->known, one->digest, one->epoch,
                                            slot_now) != MOTE_OK;
    }
}

static void note_bad(group *g) {
    for (size_t k = 0; k < g->members; k++) {
        if (g->bad[k] != 0) g->fails[g->member[k]] = true;
    }
}

static bool check_seals(mote_context *context, group *g) {
    mote_sr25519_batch *batch = mote_sr25519_batch_new(context, g->count);
    if (batch == NULL) return false;
    g->members = 0;
    for (size_t i = 0; i < g->count; i++) {
        if (g->fails[i]) continue;
        const mote_babe_digest *digest = g->cases[i].digest;
        const mote_bytes message = {digest->pre_hash.bytes, sizeof digest->pre_hash.bytes};
        if (mote_sr25519_batch_add(batch, g->out[i].authority, digest->seal, message) != MOTE_OK) {
            return false;
        }
        g->member[g->members++] = (uint32_t)i;
    }
    if (mote_sr25519_batch_verify(context, g->bad, batch) == MOTE_E_LIMIT_MEMORY) return false;
    note_bad(g);
    return true;
}

static bool has_vrf(const mote_babe_authorship *author) {
    return author->claim != MOTE_BABE_SECONDARY_PLAIN;
}

/* What the proofs of the members that hold are worth. */
static bool check_scores(mote_context *context, group *g, const mote_sr25519_vrf *vrf) {
    uint8_t(*score)[MOTE_BABE_SCORE_SIZE] = mote_context_take(context, g->members, sizeof *score);
    if (score == NULL) return false;
    mote_sr25519_vrf_make_bytes_many(context->backend, score[0], sizeof *score, vrf, g->members,
                                     MOTE_BABE_SCORE_LABEL);
    for (size_t k = 0; k < g->members; k++) {
        const mote_babe_epoch *epoch = g->cases[g->member[k]].epoch;
        mote_babe_authorship *author = &g->out[g->member[k]];
        if (g->bad[k] != 0 || author->claim != MOTE_BABE_PRIMARY) continue;
        /* Sound, as it was found to be before: of other authorities than the last, they are counted again. */
        if (mote_babe_check_epoch(context, &g->known, epoch) != MOTE_OK) return false;
        g->bad[k] = mote_babe_check_score(author, &g->known, score[k], epoch) != MOTE_OK;
    }
    return true;
}

static bool check_vrfs(mote_context *context, group *g) {
    g->members = 0;
    for (size_t i = 0; i < g->count; i++) {
        if (!g->fails[i] && has_vrf(&g->out[i])) g->member[g->members++] = (uint32_t)i;
    }
    mote_transcript *transcript = mote_context_take(context, g->members, sizeof *transcript);
    mote_sr25519_vrf_claim *claim = mote_context_take(context, g->members, sizeof *claim);
    mote_sr25519_vrf *vrf = mote_context_take(context, g->members, sizeof *vrf);
    if (transcript == NULL || claim == NULL || vrf == NULL) return false;
    for (size_t k = 0; k < g->members; k++) {
        const mote_babe_case *one = &g->cases[g->member[k]];
        const mote_babe_authorship *author = &g->out[g->member[k]];
        const mote_babe_pre_digest *said = &one->digest->pre_digest;
        mote_babe_vrf_transcript(&transcript[k], author, one->epoch);
        claim[k] = (mote_sr25519_vrf_claim){author->authority, &transcript[k], said->vrf_pre_output,
                                            said->vrf_proof};
    }
    const mote_status status =
        mote_sr25519_vrf_verify_many(context, vrf, g->bad, claim, g->members);
    if (status == MOTE_E_LIMIT_MEMORY || !check_scores(context, g, vrf)) return false;
    note_bad(g);
    return true;
}

/* False where memory does not suffice; then nothing has been found out. */
static bool judge_group(mote_context *context, group *g, uint64_t slot_now) {
    const size_t mark = mote_context_mark(context);
    check_claims(context, g, slot_now);
    bool judged = check_seals(context, g);
    mote_context_release(context, mark);
    judged = judged && check_vrfs(context, g);
    mote_context_release(context, mark);
    return judged;
}

static void judge_alone(mote_context *context, group *g, uint64_t slot_now) {
    g->fails[0] =
        mote_babe_verify(context, g->out, g->cases->digest, g->cases->epoch, slot_now) != MOTE_OK;
}

/* As many as memory allows, at most `*at_once`, which comes down to that. */
static void judge_some(mote_context *context, group *g, size_t left, size_t *at_once,
                       uint64_t slot_now) {
    for (;; *at_once /= 2) {
        g->count = left < *at_once ? left : *at_once;
        if (g->count == 1) {
            judge_alone(context, g, slot_now);
            return;
        }
        if (judge_group(context, g, slot_now)) return;
    }
}

mote_status mote_babe_verify_many(mote_context *context, mote_babe_authorship *out, uint8_t *bad,
                                  const mote_babe_case *cases, size_t count, uint64_t slot_now) {
    mote_babe_authorship ignored;
    size_t first = count, at_once = MOST_TOGETHER;
    group g;
    memset(&g.known, 0, sizeof g.known);
    for (size_t done = 0; done < count; done += g.count) {
        g.cases = cases + done;
        g.out = out + done;
        judge_some(context, &g, count - done, &at_once, slot_now);
        for (size_t i = 0; i < g.count; i++) {
            if (bad != NULL) bad[done + i] = g.fails[i];
            if (!g.fails[i]) continue;
            memset(&g.out[i], 0, sizeof g.out[i]);
            if (first == count) first = done + i;
        }
    }
    mote_context_clear_fault(context);
    if (first == count) return MOTE_OK;
    const mote_babe_case *failing = &cases[first];
    const mote_status status =
        mote_babe_verify(context, &ignored, failing->digest, failing->epoch, slot_now);
    if (status == MOTE_OK) return mote_fail(context, MOTE_E_INTERNAL, NULL, (uint32_t)first);
    context->fault.index = (uint32_t)first;
    return status;
}
