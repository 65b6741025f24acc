/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A block comes in (sc_consensus_babe's fork choice; verification-rules C.4, rows V24-V30). The tree changes only after
 * everything is judged, and then nothing fails any more.
 */
#include <string.h>

#include "tree.h"

static const char *const names[] = {"none", "added", "known", "deferred"};

const char *mote_import_result_name(mote_import_result result) {
    return (unsigned)result < sizeof names / sizeof names[0] ? names[result] : names[0];
}

/* What a judged block will be in the tree. */
typedef struct newcomer {
    tree_node node;
    mote_babe_position babe;
    mote_aura_position aura;
} newcomer;

/* --- before anything is verified ---------------------------------------------------------------------------- */
static bool is_beside_final(const mote_block_tree *tree, const mote_header *header) {
    if (header->number <= tree->node[tree->final].number) return true;
    return tree->awaits && header->number == tree->awaited_number &&
           !mote_hash_equal(&header->hash, &tree->awaited_hash);
}

static bool is_awaited(const mote_block_tree *tree, const mote_header *header) {
    return tree->awaits && mote_hash_equal(&header->hash, &tree->awaited_hash);
}

/* Blocks of the same author for the same slot. A parachain may have several blocks for a slot one above the other: there
 * only those of one height are another's alternative. */
static uint32_t count_alternatives(const mote_block_tree *tree, mote_import *out,
                                   const newcomer *block) {
    uint32_t count = 0;
    bool by_height = tree->pace == MOTE_AURA_SEVERAL_BLOCKS_A_SLOT;
    for (uint32_t i = 0; i <= tree->limits.blocks; i++) {
        const tree_node *node = &tree->node[i];
        if (node->order == 0 || i == tree->final) continue;
        if (node->slot != block->node.slot) continue;
        if (node->author_index != block->node.author_index) continue;
        if (by_height && node->number != block->node.number) continue;
        if (count++ == 0) out->other = node->hash;
    }
    out->equivocates = count > 0;
    return count;
}

/* What the header claims: floods are refused by it, before a signature is verified. */
static mote_status read_claim(mote_context *context, newcomer *block, const mote_block_tree *tree,
                              const mote_header *header) {
    if (tree->consensus == MOTE_CONSENSUS_BABE) {
        mote_babe_digest digest;
        mote_status status = mote_babe_digest_read(context, &digest, header);
        block->node.slot = digest.pre_digest.slot;
        block->node.author_index = digest.pre_digest.authority_index;
        block->node.weight = tree->node[block->node.parent].weight +
                             (digest.pre_digest.claim == MOTE_BABE_PRIMARY ? 1u : 0u);
        return status;
    }
    mote_aura_digest digest;
    mote_status status = mote_aura_digest_read(context, &digest, header);
    uint32_t count = tree->list[tree->node[block->node.parent].current].aura.keys.count;
    block->node.slot = digest.slot;
    block->node.author_index = (uint32_t)(digest.slot % count);
    return status;
}

/* --- judging -------------------------------------------------------------------------------------------------- */
static mote_status judge_aura(mote_context *context, newcomer *block, const mote_block_tree *tree,
                              const mote_header *header, const tree_asked *asked) {
    mote_aura_position parent;
    mote_aura_digest digest;
    mote_block_node_aura_position(tree, &parent, block->node.parent);
    if (asked->author_holds) {
        return mote_aura_advance_unverified(context, &block->aura, &digest, &parent, header);
    }
    return mote_aura_advance(context, &block->aura, NULL, &parent, header, asked->slot_now);
}

static mote_status judge(mote_context *context, newcomer *block, const mote_block_tree *tree,
                         const mote_header *header, const tree_asked *asked) {
    mote_babe_position parent;
    mote_babe_digest digest;
    if (tree->consensus == MOTE_CONSENSUS_AURA) {
        return judge_aura(context, block, tree, header, asked);
    }
    mote_block_node_babe_position(tree, &parent, block->node.parent);
    if (asked->author_holds) {
        return mote_babe_advance_unverified(context, &block->babe, &digest, &parent, header,
                                            asked->slot_now);
    }
    return mote_babe_advance(context, &block->babe, NULL, &parent, header, asked->slot_now);
}

/* The lightest tip; of equals the one that came last. Neither the best block nor what the newcomer stands on. */
static uint32_t lightest_leaf(const mote_block_tree *tree, uint32_t except) {
    uint32_t found = TREE_NO_NODE;
    for (uint32_t i = 0; i <= tree->limits.blocks; i++) {
        const tree_node *node = &tree->node[i];
        if (node->order == 0 || node->children != 0) continue;
        if (i == tree->final || i == tree->best || i == except) continue;
        bool lighter =
            found == TREE_NO_NODE || mote_block_node_is_better(tree, found, i) ||
            (!mote_block_node_is_better(tree, i, found) && node->order > tree->node[found].order);
        if (lighter) found = i;
    }
    return found;
}

/* The tip that the newcomer may push out of a full tree; TREE_NO_NODE where it is not heavier than any. */
static uint32_t leaf_to_drop(const mote_block_tree *tree, const newcomer *block) {
    uint32_t leaf = lightest_leaf(tree, block->node.parent);
    if (leaf == TREE_NO_NODE) return TREE_NO_NODE;
    bool heavier = mote_babe_is_better(block->node.weight, block->node.number,
                                       tree->node[leaf].weight, tree->node[leaf].number);
    return heavier ? leaf : TREE_NO_NODE;
}

static tree_needs needs_of(const mote_block_tree *tree, const newcomer *block) {
    if (tree->consensus == MOTE_CONSENSUS_AURA) {
        return (tree_needs){.count = 1, .aura = &block->aura.authorities};
    }
    return (tree_needs){.count = 2, .epoch = {&block->babe.current, &block->babe.next}};
}

static mote_status limit(mote_context *context, mote_status status, const mote_header *header) {
    return mote_fail(context, status, header->encoded.data, MOTE_NO_INDEX);
}

/* --- taking it in --------------------------------------------------------------------------------------------- */
static void add(mote_block_tree *tree, mote_import *out, newcomer *block,
                const mote_header *header) {
    uint32_t place = mote_block_node_place(tree);
    block->node.hash = header->hash;
    block->node.number = header->number;
    block->node.order = ++tree->arrivals;
    tree->node[place] = block->node;
    tree->node[block->node.parent].children++;
    tree->count++;
    out->result = MOTE_IMPORT_ADDED;
    if (mote_block_node_is_better(tree, place, tree->best)) {
        out->is_best = true;
        out->reorganized = !mote_block_node_is_above(tree, place, tree->best);
        tree->best = place;
    }
}

/* Pushes a tip out of a full tree. */
static mote_status take_in(mote_context *context, mote_block_tree *tree, mote_import *out,
                           newcomer *block, const mote_header *header) {
    const tree_needs needs = needs_of(tree, block);
    bool is_full = tree->count == tree->limits.blocks;
    uint32_t leaf = is_full ? leaf_to_drop(tree, block) : TREE_NO_NODE;
    if (is_full && leaf == TREE_NO_NODE) return limit(context, MOTE_E_INTERNAL, header);
    mote_status status = mote_block_keep_lists(context, tree, &block->node, &needs, leaf);
    if (status != MOTE_OK) return status;
    if (is_full) mote_block_node_remove_leaf(tree, leaf);
    out->dropped = is_full ? 1 : 0;
    add(tree, out, block, header);
    return MOTE_OK;
}

/* A final block's parent is final: the rest goes first, and leaves room for it whatever there was. */
static mote_status take_in_awaited(mote_context *context, mote_block_tree *tree, mote_import *out,
                                   newcomer *block, const mote_header *header) {
    mote_finality before;
    memset(&before, 0, sizeof before);
    if (block->node.parent != tree->final) {
        mote_block_set_final(tree, &before, block->node.parent);
    }
    mote_status status = take_in(context, tree, out, block, header);
    if (status != MOTE_OK) return status;
    tree->awaits = false;
    mote_block_set_final(tree, &out->finality, tree->best);
    if (before.contradicted) {
        out->finality.contradicted = out->reorganized = true;
        out->finality.was_best = before.was_best;
    }
    out->finality.dropped += before.dropped;
    return MOTE_OK;
}

mote_status mote_block_tree_import(mote_context *context, mote_block_tree *tree, mote_import *out,
                                   const mote_header *header, uint64_t slot_now) {
    return mote_block_import(context, tree, out, header, &(tree_asked){slot_now, false});
}

mote_status mote_block_import(mote_context *context, mote_block_tree *tree, mote_import *out,
                              const mote_header *header, const tree_asked *asked) {
    newcomer block;
    mote_import done;
    memset(&block, 0, sizeof block);
    memset(&done, 0, sizeof done);
    memset(out, 0, sizeof *out);
    if (tree->in_conflict) return limit(context, MOTE_E_FINALITY_CONFLICT, header);
    if (mote_block_node_find(tree, &header->hash) != TREE_NO_NODE) {
        out->result = MOTE_IMPORT_KNOWN;
        return MOTE_OK;
    }
    if (is_beside_final(tree, header)) return limit(context, MOTE_E_NOT_ON_FINAL_CHAIN, header);
    block.node.parent = mote_block_node_find(tree, &header->parent_hash);
    if (block.node.parent == TREE_NO_NODE) return limit(context, MOTE_E_PARENT_UNKNOWN, header);
    block.node.number = header->number;
    mote_status status = read_claim(context, &block, tree, header);
    if (status != MOTE_OK) return status;
    bool awaited = is_awaited(tree, header);
    uint32_t alternatives = count_alternatives(tree, &done, &block);
    if (!awaited && alternatives >= tree->limits.per_slot) {
        return limit(context, MOTE_E_LIMIT_EQUIVOCATIONS, header);
    }
    bool is_full = tree->count == tree->limits.blocks;
    if (!awaited && is_full && leaf_to_drop(tree, &block) == TREE_NO_NODE) {
        return limit(context, MOTE_E_LIMIT_FORKS, header);
    }
    status = judge(context, &block, tree, header, asked);
    if (status == MOTE_E_SLOT_IN_FUTURE) {
        mote_context_clear_fault(context);
        out->result = MOTE_IMPORT_DEFERRED;
        return MOTE_OK;
    }
    if (status != MOTE_OK) return status;
    const tree_needs needs = needs_of(tree, &block);
    status = mote_block_check_lengths(context, tree, &needs);
    if (status != MOTE_OK) return status;
    status = awaited ? take_in_awaited(context, tree, &done, &block, header)
                     : take_in(context, tree, &done, &block, header);
    if (status != MOTE_OK) return status;
    mote_context_clear_fault(context);
    *out = done;
    return MOTE_OK;
}
