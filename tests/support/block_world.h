/* SPDX-License-Identifier: Apache-2.0 */
/* A small universe of blocks on forks, all rightly made, and the tree of blocks a second time: slow and plain. */
#ifndef MOTE_TEST_BLOCK_WORLD_H
#define MOTE_TEST_BLOCK_WORLD_H

#include "babe_world.h"

#define WORLD_BLOCKS 48u
#define WORLD_NONE UINT32_MAX

typedef struct world_block {
    test_block block;
    mote_header header;
    uint32_t parent; /* index, or WORLD_NONE for children of the start */
    uint32_t number, weight, author;
    uint64_t slot;
    mote_finalized_block final; /* evidence of it, should it be */
} world_block;

/* Two universes, each made once, of 48 blocks with siblings, equivocations and long forks. */
typedef enum world_kind {
    /* Above test_position(0, 4, 0) in two epochs of 4 authors. Epochs announced are all the same, so that only blocks are
     * scarce. */
    WORLD_CALM = 0,
    /* From genesis on, over short epochs, and their announcements differ: epochs are scarce as well. Some announce more
     * than WORLD_AUTHORITIES. */
    WORLD_RESTLESS
} world_kind;
#define WORLD_AUTHORITIES 4u
void world_choose(world_kind kind); /* the calm one, unless another is chosen */
const world_block *world_blocks(void);
mote_babe_position world_start(void);

/* --- the second implementation ---------------------------------------------------------------------------------- */
typedef struct naive_tree {
    uint32_t capacity, lists, per_slot;
    uint32_t present[WORLD_BLOCKS]; /* order of arrival, 0: not there */
    uint32_t arrivals;
    uint32_t final; /* WORLD_NONE: the start */
    uint32_t best;
    uint32_t awaited;
    bool in_conflict;
} naive_tree;

naive_tree naive_tree_new(uint32_t capacity, uint32_t lists, uint32_t per_slot);
uint32_t naive_count(const naive_tree *tree);
mote_status naive_import(naive_tree *tree, uint32_t block, mote_import *out);
mote_status naive_finalize(naive_tree *tree, uint32_t block, mote_finality *out);
/* Everything that can be asked of both is the same. */
void assert_same_tree(const naive_tree *naive, const mote_block_tree *tree);

#endif
