/* SPDX-License-Identifier: Apache-2.0 */
/* Headers that show one block to descend from another. Private to the module grandpa. */
#ifndef MOTE_GRANDPA_ANCESTRY_H
#define MOTE_GRANDPA_ANCESTRY_H

#include "mote/bytes.h"
#include "mote/context.h"

typedef enum mote_ancestry_state {
    MOTE_ANCESTRY_UNSEEN = 0,
    MOTE_ANCESTRY_WALKED, /* on the walk that is under way */
    MOTE_ANCESTRY_LINKED, /* leads to where the walk had to go */
    MOTE_ANCESTRY_ASTRAY, /* leads elsewhere */
    MOTE_ANCESTRY_LOOSE   /* leads to a block whose header is not there */
} mote_ancestry_state;

typedef struct mote_ancestor {
    mote_hash hash;
    mote_hash parent_hash;
    uint32_t number;
    const uint8_t *at; /* the header's bytes, for faults */
    mote_ancestry_state state;
} mote_ancestor;

typedef struct mote_ancestry {
    mote_ancestor *header;
    uint32_t count;
    uint32_t capacity;
    uint32_t *slot; /* open addressing; header index plus one */
    uint32_t slots; /* a power of two, at least twice the capacity */
    uint64_t key[2];
} mote_ancestry;

mote_status mote_ancestry_new(mote_context *context, mote_ancestry *out, uint32_t capacity,
                              const uint8_t *at);
/* E_ANCESTRY_DUPLICATE where the hash is there already. `header` is copied. */
mote_status mote_ancestry_add(mote_context *context, mote_ancestry *ancestry,
                              const mote_ancestor *header);
mote_ancestor *mote_ancestry_find(const mote_ancestry *ancestry, const uint8_t hash[32]);

/* Walks parent links from (hash, number) down to (base_hash, base_number), every header's number fitting its place,
 * and marks the headers on the way. Each header is walked once over all calls with one base.
 * MOTE_OK; E_VOTE_BELOW_TARGET; E_TARGET_NUMBER: the base's hash with another number; E_VOTE_NOT_DESCENDANT: shown to
 * be elsewhere; E_UNKNOWN_BLOCK: a header is missing; E_ANCESTRY_NUMBER (*culprit: that header). Records no fault. */
mote_status mote_ancestry_walk(mote_ancestry *ancestry, const mote_ancestor **culprit,
                               const uint8_t hash[32], uint32_t number, const uint8_t base_hash[32],
                               uint32_t base_number);
/* Before walks to another base: headers that led nowhere may lead there. */
void mote_ancestry_forget_failures(mote_ancestry *ancestry);
/* The first header that no walk linked, or NULL. */
const mote_ancestor *mote_ancestry_unused(const mote_ancestry *ancestry);

#endif
