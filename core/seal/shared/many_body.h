/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text of babe/many.c and aura/many.c: claims in groups, whose signatures are judged together. Whether a claim holds is
 * what it is alone; why the first that fails does, it is asked alone. Too little memory makes the groups smaller, down to
 * one that needs none, and says nothing of any claim.
 *
 * AUTHORS(name) is mote_babe_name or mote_aura_name, LISTED_IN the member of a case that has its authorities, GROUP_KNOWN
 * what a group has besides, zero at first; after this the file defines judge_group. Without AUTHORS it is nothing.
 */
#ifdef AUTHORS
#include <string.h>

#define MOST_TOGETHER 256u

typedef AUTHORS(case) authors_case;
typedef AUTHORS(authorship) authors_authorship;

typedef struct group {
    const authors_case *cases;
    authors_authorship *out;
    size_t count;
    GROUP_KNOWN
    bool fails[MOST_TOGETHER];
    uint8_t bad[MOST_TOGETHER];     /* of those that take part in the step under way: */
    uint32_t member[MOST_TOGETHER]; /* these */
    size_t members;
} group;

/* False where memory does not suffice; then nothing has been found out. */
static bool judge_group(mote_context *context, group *g, uint64_t slot_now);

static void note_bad(group *g) {
    for (size_t k = 0; k < g->members; k++) {
        if (g->bad[k] != 0) g->fails[g->member[k]] = true;
    }
}

static void judge_alone(mote_context *context, group *g, uint64_t slot_now) {
    g->fails[0] = AUTHORS(verify)(context, g->out, g->cases->digest, g->cases->LISTED_IN,
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

mote_status AUTHORS(verify_many)(mote_context *context, authors_authorship *out, uint8_t *bad,
                                 const authors_case *cases, size_t count, uint64_t slot_now) {
    authors_authorship ignored;
    size_t first = count, at_once = MOST_TOGETHER;
    group g;
    memset(&g, 0, sizeof g);
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
    const authors_case *failing = &cases[first];
    const mote_status status =
        AUTHORS(verify)(context, &ignored, failing->digest, failing->LISTED_IN, slot_now);
    if (status == MOTE_OK) return mote_fail(context, MOTE_E_INTERNAL, NULL, (uint32_t)first);
    context->fault.index = (uint32_t)first;
    return status;
}
#endif
