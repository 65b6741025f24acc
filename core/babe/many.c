/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Claims judged together: their seals as one batch, which is accepted iff each of its members is (mote/sr25519.h), their
 * VRF proofs side by side.
 */
#include "claim.h"

#define AUTHORS(name) mote_babe_##name
#define LISTED_IN epoch
#define GROUP_KNOWN mote_babe_known known;
#include "many_body.h"

static void check_claims(mote_context *context, group *g, uint64_t slot_now) {
    for (size_t i = 0; i < g->count; i++) {
        const mote_babe_case *one = &g->cases[i];
        g->fails[i] = mote_babe_check_claim(context, &g->out[i], &g->known, one->digest, one->epoch,
                                            slot_now) != MOTE_OK;
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

static bool judge_group(mote_context *context, group *g, uint64_t slot_now) {
    const size_t mark = mote_context_mark(context);
    check_claims(context, g, slot_now);
    bool judged = check_seals(context, g);
    mote_context_release(context, mark);
    judged = judged && check_vrfs(context, g);
    mote_context_release(context, mark);
    return judged;
}
