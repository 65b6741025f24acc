/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Seals judged together, those of a scheme as one batch. Whether one holds is what it is alone: a batch is accepted iff
 * each of its members is (mote/sr25519.h, mote/ed25519.h). Why the first that fails does, it is asked alone. Too little
 * memory makes the groups smaller, down to one that needs none, and says nothing of any seal.
 */
#include <string.h>

#include "claim.h"
#include "mote/ed25519.h"
#include "mote/sr25519.h"

#define MOST_TOGETHER 256u

typedef struct group {
    const mote_aura_case *cases;
    mote_aura_authorship *out;
    size_t count;
    bool fails[MOST_TOGETHER];
    uint8_t bad[MOST_TOGETHER];     /* of those that are in the batch: */
    uint32_t member[MOST_TOGETHER]; /* these */
    size_t members;
} group;

static void check_claims(group *g, uint64_t slot_now) {
    for (size_t i = 0; i < g->count; i++) {
        const mote_aura_case *one = &g->cases[i];
        g->fails[i] = one->digest->seal == NULL || one->digest->slot > slot_now ||
                      mote_aura_claim(&g->out[i], one->digest, one->authorities) != MOTE_OK;
    }
}

static void note_bad(group *g) {
    for (size_t k = 0; k < g->members; k++) {
        if (g->bad[k] != 0) g->fails[g->member[k]] = true;
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

/* False where memory does not suffice; then nothing has been found out. */
static bool judge_group(mote_context *context, group *g, uint64_t slot_now) {
    const size_t mark = mote_context_mark(context);
    check_claims(g, slot_now);
    bool judged = check_sr25519(context, g);
    mote_context_release(context, mark);
    judged = judged && check_ed25519(context, g);
    mote_context_release(context, mark);
    return judged;
}

static void judge_alone(mote_context *context, group *g, uint64_t slot_now) {
    g->fails[0] = mote_aura_verify(context, g->out, g->cases->digest, g->cases->authorities,
                                   slot_now) != MOTE_OK;
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

mote_status mote_aura_verify_many(mote_context *context, mote_aura_authorship *out, uint8_t *bad,
                                  const mote_aura_case *cases, size_t count, uint64_t slot_now) {
    mote_aura_authorship ignored;
    size_t first = count, at_once = MOST_TOGETHER;
    group g;
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
    const mote_aura_case *failing = &cases[first];
    const mote_status status =
        mote_aura_verify(context, &ignored, failing->digest, failing->authorities, slot_now);
    if (status == MOTE_OK) return mote_fail(context, MOTE_E_INTERNAL, NULL, (uint32_t)first);
    context->fault.index = (uint32_t)first;
    return status;
}
