/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Seals judged together, those of a scheme as one batch: it is accepted iff each of its members is (mote/sr25519.h,
 * mote/ed25519.h).
 */
#include "claim.h"
#include "mote/ed25519.h"
#include "mote/sr25519.h"

#define AUTHORS(name) mote_aura_##name
#define LISTED_IN authorities
#define GROUP_KNOWN
#include "many_body.h"

static void check_claims(group *g, uint64_t slot_now) {
    for (size_t i = 0; i < g->count; i++) {
        const mote_aura_case *one = &g->cases[i];
        g->fails[i] = one->digest->seal == NULL || one->digest->slot > slot_now ||
                      mote_aura_claim(&g->out[i], one->digest, one->authorities) != MOTE_OK;
    }
}

/* Whose seals are of that scheme and to be judged; how many. */
static size_t choose(group *g, bool ed25519) {
    g->members = 0;
    for (size_t i = 0; i < g->count; i++) {
        const bool is_ed25519 = g->cases[i].authorities->scheme == MOTE_AURA_ED25519;
        if (!g->fails[i] && is_ed25519 == ed25519) g->member[g->members++] = (uint32_t)i;
    }
    return g->members;
}

static mote_bytes message_of(const group *g, size_t k) {
    const mote_hash *hash = &g->cases[g->member[k]].digest->pre_hash;
    return (mote_bytes){hash->bytes, sizeof hash->bytes};
}

static bool check_sr25519(mote_context *context, group *g) {
    if (choose(g, false) == 0) return true;
    mote_sr25519_batch *batch = mote_sr25519_batch_new(context, g->members);
    if (batch == NULL) return false;
    for (size_t k = 0; k < g->members; k++) {
        const size_t i = g->member[k];
        if (mote_sr25519_batch_add(batch, g->out[i].authority, g->cases[i].digest->seal,
                                   message_of(g, k)) != MOTE_OK) {
            return false;
        }
    }
    if (mote_sr25519_batch_verify(context, g->bad, batch) == MOTE_E_LIMIT_MEMORY) return false;
    note_bad(g);
    return true;
}

static bool check_ed25519(mote_context *context, group *g) {
    if (choose(g, true) == 0) return true;
    mote_ed25519_batch *batch = mote_ed25519_batch_new(context, g->members);
    if (batch == NULL) return false;
    for (size_t k = 0; k < g->members; k++) {
        const size_t i = g->member[k];
        if (mote_ed25519_batch_add(batch, g->out[i].authority, g->cases[i].digest->seal,
                                   message_of(g, k)) != MOTE_OK) {
            return false;
        }
    }
    if (mote_ed25519_batch_verify(context, g->bad, batch) == MOTE_E_LIMIT_MEMORY) return false;
    note_bad(g);
    return true;
}

static bool judge_group(mote_context *context, group *g, uint64_t slot_now) {
    const size_t mark = mote_context_mark(context);
    check_claims(g, slot_now);
    bool judged = check_sr25519(context, g);
    mote_context_release(context, mark);
    judged = judged && check_ed25519(context, g);
    mote_context_release(context, mark);
    return judged;
}
