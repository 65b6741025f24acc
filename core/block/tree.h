/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of blocks. Private to the module block. */
#ifndef MOTE_BLOCK_TREE_H
#define MOTE_BLOCK_TREE_H

#include "mote/block.h"

#define TREE_NO_NODE UINT32_MAX
#define TREE_NO_LIST UINT16_MAX

typedef struct tree_node {
    mote_hash hash;
    uint64_t slot;
    uint64_t order; /* of arrival; 0: the place is free */
    uint32_t parent;
    uint32_t children;
    uint32_t number;
    uint32_t weight;
    uint32_t author_index;
    uint16_t current, next; /* lists; Aura has only the first */
    uint8_t mark;           /* of one walk: tree_mark */
} tree_node;

typedef enum tree_mark { TREE_UNSEEN = 0, TREE_KEPT, TREE_DOOMED } tree_mark;

/* An epoch, or Aura's authorities, with the items it points to. */
typedef struct tree_list {
    bool used;
    mote_babe_epoch epoch;
    mote_aura_authorities aura;
    uint8_t *items;
} tree_list;

struct mote_block_tree {
    mote_consensus consensus;
    mote_aura_pace pace;
    mote_tree_limits limits;
    tree_node *node;   /* limits.blocks + 1 */
    tree_list *list;   /* limits.lists */
    uint32_t count;    /* blocks above the final one */
    uint64_t arrivals; /* each costs a verification: 2^64 of them there are not */
    uint32_t final;    /* nodes */
    uint32_t best;
    bool starts_at_genesis; /* the final block is block 0 */
    bool has_slot;          /* the final block's slot is known */
    bool in_conflict;
    bool awaits; /* a final block that is not in the tree */
    mote_hash awaited_hash;
    uint32_t awaited_number;
};

/* tree.c */
uint32_t mote_block_node_find(const mote_block_tree *tree, const mote_hash *hash);
uint32_t mote_block_node_place(const mote_block_tree *tree); /* a free one, or TREE_NO_NODE */
void mote_block_node_remove_leaf(mote_block_tree *tree, uint32_t leaf);
/* Is `node` `ancestor` or above it? */
bool mote_block_node_is_above(const mote_block_tree *tree, uint32_t node, uint32_t ancestor);
bool mote_block_node_is_better(const mote_block_tree *tree, uint32_t node, uint32_t than);
mote_tree_block mote_block_node_tell(const mote_block_tree *tree, uint32_t node);
void mote_block_node_babe_position(const mote_block_tree *tree, mote_babe_position *out,
                                   uint32_t node);
void mote_block_node_aura_position(const mote_block_tree *tree, mote_aura_position *out,
                                   uint32_t node);

/* tree_lists.c: the lists of one block. BABE: two epochs, only the current one at genesis; Aura: one list. */
typedef struct tree_needs {
    uint32_t count;
    const mote_babe_epoch *epoch[2];
    const mote_aura_authorities *aura; /* NULL for BABE */
} tree_needs;
/* E_LIMIT_COUNT where one is too long. */
mote_status mote_block_check_lengths(mote_context *context, const mote_block_tree *tree,
                                     const tree_needs *needs);
/* Lets `node` refer to places of equal lists, or to copies in free ones; what only `leaving` refers to (TREE_NO_NODE for
 * none) is free. E_LIMIT_FORKS where too few are: then no list has changed. */
mote_status mote_block_keep_lists(mote_context *context, mote_block_tree *tree, tree_node *node,
                                  const tree_needs *needs, uint32_t leaving);

/* tree_import.c. `author_holds`: that of this header has been judged, for the position that its parent has in the tree. */
typedef struct tree_asked {
    uint64_t slot_now;
    bool author_holds;
} tree_asked;
mote_status mote_block_import(mote_context *context, mote_block_tree *tree, mote_import *out,
                              const mote_header *header, const tree_asked *asked);

/* tree_finality.c: makes a node of the tree the final one, and tells what that did. */
void mote_block_set_final(mote_block_tree *tree, mote_finality *out, uint32_t node);

#endif
