/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tree of blocks: its memory, and what is in it. Blocks are looked for one by one: with the few hundred of a tree in
 * use this costs less than a hundredth of one signature.
 */
#include "tree.h"

#include <string.h>

#include "mote/limits.h"

#define PART_ALIGNMENT 16u /* of what a context gives */

mote_tree_limits mote_tree_default_limits(void) {
    return (mote_tree_limits){.blocks = 512, .lists = 8, .authorities = 1024, .per_slot = 4};
}

static bool in_range(const mote_tree_limits *limits) {
    return limits->blocks >= 1 && limits->blocks <= MOTE_MAX_TREE_BLOCKS && limits->lists >= 2 &&
           limits->lists <= MOTE_MAX_TREE_LISTS && limits->authorities >= 1 &&
           limits->authorities <= MOTE_MAX_AUTHORITIES && limits->per_slot >= 1;
}

static size_t part(size_t count, size_t size) {
    return count * size + PART_ALIGNMENT;
}

size_t mote_block_tree_memory(const mote_tree_limits *limits) {
    if (!in_range(limits)) return 0;
    size_t items = part(limits->authorities, MOTE_AUTHORITY_ITEM_SIZE);
    return part(1, sizeof(mote_block_tree)) + part(limits->blocks + 1u, sizeof(tree_node)) +
           part(limits->lists, sizeof(tree_list)) + limits->lists * items;
}

static bool take_parts(mote_context *context, mote_block_tree *tree) {
    tree->node = mote_context_take(context, tree->limits.blocks + 1u, sizeof *tree->node);
    tree->list = mote_context_take(context, tree->limits.lists, sizeof *tree->list);
    if (tree->node == NULL || tree->list == NULL) return false;
    for (uint32_t i = 0; i < tree->limits.lists; i++) {
        tree->list[i].items =
            mote_context_take(context, tree->limits.authorities, MOTE_AUTHORITY_ITEM_SIZE);
        if (tree->list[i].items == NULL) return false;
    }
    return true;
}

static mote_status create(mote_context *context, mote_block_tree **out,
                          const mote_tree_limits *limits, mote_consensus consensus) {
    *out = NULL;
    /* A block refers to two epochs; one more is announced while the final block is of the epoch before. */
    bool holds = consensus != MOTE_CONSENSUS_BABE || limits->lists >= 3;
    if (!in_range(limits) || !holds)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    mote_block_tree *tree = mote_context_take(context, 1, sizeof *tree);
    if (tree == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    tree->limits = *limits;
    tree->consensus = consensus;
    if (!take_parts(context, tree)) {
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    }
    tree_node *root = &tree->node[0];
    root->order = tree->arrivals = 1;
    root->parent = TREE_NO_NODE;
    root->current = root->next = TREE_NO_LIST;
    *out = tree;
    return MOTE_OK;
}

static mote_status keep_first(mote_context *context, mote_block_tree *tree,
                              const tree_needs *needs) {
    mote_status status = mote_block_check_lengths(context, tree, needs);
    if (status != MOTE_OK) return status;
    return mote_block_keep_lists(context, tree, &tree->node[0], needs, TREE_NO_NODE);
}

static mote_status start_babe(mote_context *context, mote_block_tree *tree,
                              const mote_babe_position *final) {
    tree_node *root = &tree->node[0];
    root->hash = final->hash;
    root->number = final->number;
    root->slot = final->slot;
    root->weight = final->weight;
    tree->starts_at_genesis = final->is_genesis;
    tree->has_slot = true;
    const tree_needs needs = {.count = final->is_genesis ? 1u : 2u,
                              .epoch = {&final->current, &final->next}};
    return keep_first(context, tree, &needs);
}

mote_status mote_block_tree_of_babe(mote_context *context, mote_block_tree **out,
                                    const mote_tree_limits *limits,
                                    const mote_babe_position *final) {
    size_t mark = mote_context_mark(context);
    mote_status status = create(context, out, limits, MOTE_CONSENSUS_BABE);
    if (status == MOTE_OK) status = start_babe(context, *out, final);
    if (status == MOTE_OK) return MOTE_OK;
    *out = NULL;
    mote_context_release(context, mark);
    return status;
}

static mote_status start_aura(mote_context *context, mote_block_tree *tree,
                              const mote_aura_position *final) {
    tree_node *root = &tree->node[0];
    if (final->authorities.keys.count == 0) {
        return mote_fail(context, MOTE_E_AUTHORITIES_INVALID, NULL, MOTE_NO_INDEX);
    }
    root->hash = final->hash;
    root->number = final->number;
    root->slot = final->slot;
    tree->pace = final->pace;
    tree->has_slot = final->has_slot;
    const tree_needs needs = {.count = 1, .aura = &final->authorities};
    return keep_first(context, tree, &needs);
}

mote_status mote_block_tree_of_aura(mote_context *context, mote_block_tree **out,
                                    const mote_tree_limits *limits,
                                    const mote_aura_position *final) {
    size_t mark = mote_context_mark(context);
    mote_status status = create(context, out, limits, MOTE_CONSENSUS_AURA);
    if (status == MOTE_OK) status = start_aura(context, *out, final);
    if (status == MOTE_OK) return MOTE_OK;
    *out = NULL;
    mote_context_release(context, mark);
    return status;
}

/* --- places ------------------------------------------------------------------------------------------------ */
uint32_t mote_block_node_find(const mote_block_tree *tree, const mote_hash *hash) {
    for (uint32_t i = 0; i <= tree->limits.blocks; i++) {
        const tree_node *node = &tree->node[i];
        if (node->order != 0 && mote_hash_equal(&node->hash, hash)) return i;
    }
    return TREE_NO_NODE;
}

uint32_t mote_block_node_place(const mote_block_tree *tree) {
    for (uint32_t i = 0; i <= tree->limits.blocks; i++) {
        if (tree->node[i].order == 0) return i;
    }
    return TREE_NO_NODE;
}

void mote_block_node_remove_leaf(mote_block_tree *tree, uint32_t leaf) {
    uint32_t parent = tree->node[leaf].parent;
    if (parent != TREE_NO_NODE) tree->node[parent].children--;
    memset(&tree->node[leaf], 0, sizeof tree->node[leaf]);
    tree->count--;
}

bool mote_block_node_is_above(const mote_block_tree *tree, uint32_t node, uint32_t ancestor) {
    while (node != TREE_NO_NODE && tree->node[node].number > tree->node[ancestor].number) {
        node = tree->node[node].parent;
    }
    return node == ancestor;
}

bool mote_block_node_is_better(const mote_block_tree *tree, uint32_t node, uint32_t than) {
    const tree_node *a = &tree->node[node], *b = &tree->node[than];
    return mote_babe_is_better(a->weight, a->number, b->weight, b->number);
}

/* --- telling ----------------------------------------------------------------------------------------------- */
mote_tree_block mote_block_node_tell(const mote_block_tree *tree, uint32_t index) {
    const tree_node *node = &tree->node[index];
    mote_tree_block out;
    memset(&out, 0, sizeof out);
    out.hash = node->hash;
    if (node->parent != TREE_NO_NODE) out.parent_hash = tree->node[node->parent].hash;
    out.number = node->number;
    out.slot = node->slot;
    out.weight = node->weight;
    out.author_index = node->author_index;
    return out;
}

mote_tree_block mote_block_tree_final(const mote_block_tree *tree) {
    return mote_block_node_tell(tree, tree->final);
}

mote_tree_block mote_block_tree_best(const mote_block_tree *tree) {
    return mote_block_node_tell(tree, tree->best);
}

uint32_t mote_block_tree_count(const mote_block_tree *tree) {
    return tree->count;
}

bool mote_block_tree_find(const mote_block_tree *tree, mote_tree_block *out,
                          const mote_hash *hash) {
    uint32_t node = mote_block_node_find(tree, hash);
    memset(out, 0, sizeof *out);
    if (node == TREE_NO_NODE) return false;
    *out = mote_block_node_tell(tree, node);
    return true;
}

bool mote_block_tree_at(const mote_block_tree *tree, mote_tree_block *out, uint32_t index) {
    memset(out, 0, sizeof *out);
    for (uint32_t i = 0; i <= tree->limits.blocks; i++) {
        if (tree->node[i].order == 0 || index-- != 0) continue;
        *out = mote_block_node_tell(tree, i);
        return true;
    }
    return false;
}

bool mote_block_tree_descends(const mote_block_tree *tree, const mote_hash *block,
                              const mote_hash *ancestor) {
    uint32_t above = mote_block_node_find(tree, block),
             below = mote_block_node_find(tree, ancestor);
    if (above == TREE_NO_NODE || below == TREE_NO_NODE) return false;
    return mote_block_node_is_above(tree, above, below);
}

/* --- positions --------------------------------------------------------------------------------------------- */
void mote_block_node_babe_position(const mote_block_tree *tree, mote_babe_position *out,
                                   uint32_t index) {
    const tree_node *node = &tree->node[index];
    memset(out, 0, sizeof *out);
    out->hash = node->hash;
    out->number = node->number;
    out->weight = node->weight;
    out->slot = node->slot;
    out->is_genesis = tree->starts_at_genesis && index == tree->final;
    out->current = tree->list[node->current].epoch;
    if (!out->is_genesis) out->next = tree->list[node->next].epoch;
}

void mote_block_node_aura_position(const mote_block_tree *tree, mote_aura_position *out,
                                   uint32_t index) {
    const tree_node *node = &tree->node[index];
    memset(out, 0, sizeof *out);
    out->hash = node->hash;
    out->number = node->number;
    out->has_slot = index != tree->final || tree->has_slot;
    out->slot = node->slot;
    out->pace = tree->pace;
    out->authorities = tree->list[node->current].aura;
    out->authorities.block_hash = node->hash;
    out->authorities.block_number = node->number;
}

bool mote_block_tree_babe_position(const mote_block_tree *tree, mote_babe_position *out,
                                   const mote_hash *hash) {
    uint32_t node = mote_block_node_find(tree, hash);
    memset(out, 0, sizeof *out);
    if (node == TREE_NO_NODE || tree->consensus != MOTE_CONSENSUS_BABE) return false;
    mote_block_node_babe_position(tree, out, node);
    return true;
}

bool mote_block_tree_aura_position(const mote_block_tree *tree, mote_aura_position *out,
                                   const mote_hash *hash) {
    uint32_t node = mote_block_node_find(tree, hash);
    memset(out, 0, sizeof *out);
    if (node == TREE_NO_NODE || tree->consensus != MOTE_CONSENSUS_AURA) return false;
    mote_block_node_aura_position(tree, out, node);
    return true;
}
