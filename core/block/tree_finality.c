/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A block is final: what does not descend from it never will be (verification-rules C.4, invariants 2 and 12 of J).
 */
#include <string.h>

#include "tree.h"

static const char *const names[] = {"none", "advanced", "nothing-new", "awaited"};

const char *mote_finality_result_name(mote_finality_result result) {
    return (unsigned)result < sizeof names / sizeof names[0] ? names[result] : names[0];
}

/* --- pruning -------------------------------------------------------------------------------------------------- */
static void clear_marks(mote_block_tree *tree) {
    for (uint32_t i = 0; i <= tree->limits.blocks; i++) tree->node[i].mark = TREE_UNSEEN;
}

/* Each node takes the mark of the first marked one below it, doomed where there is none. Every node is walked over at
 * most twice: marks are left on the way. */
static void spread_marks(mote_block_tree *tree) {
    for (uint32_t i = 0; i <= tree->limits.blocks; i++) {
        uint8_t mark = TREE_DOOMED;
        if (tree->node[i].order == 0) continue;
        for (uint32_t at = i; at != TREE_NO_NODE; at = tree->node[at].parent) {
            if (tree->node[at].mark == TREE_UNSEEN) continue;
            mark = tree->node[at].mark;
            break;
        }
        for (uint32_t at = i; at != TREE_NO_NODE && tree->node[at].mark == TREE_UNSEEN;
             at = tree->node[at].parent) {
            tree->node[at].mark = mark;
        }
    }
}

static uint32_t remove_doomed(mote_block_tree *tree) {
    uint32_t gone = 0;
    for (uint32_t i = 0; i <= tree->limits.blocks; i++) {
        tree_node *node = &tree->node[i];
        if (node->order == 0 || node->mark != TREE_DOOMED) continue;
        if (node->parent != TREE_NO_NODE && tree->node[node->parent].mark == TREE_KEPT) {
            tree->node[node->parent].children--;
        }
        gone++;
    }
    for (uint32_t i = 0; i <= tree->limits.blocks; i++) {
        if (tree->node[i].mark == TREE_DOOMED) memset(&tree->node[i], 0, sizeof tree->node[i]);
    }
    return gone;
}

/* Of equals the one that came first. */
static void choose_best(mote_block_tree *tree) {
    tree->best = tree->final;
    for (uint32_t i = 0; i <= tree->limits.blocks; i++) {
        if (tree->node[i].order == 0) continue;
        bool equal = !mote_block_node_is_better(tree, i, tree->best) &&
                     !mote_block_node_is_better(tree, tree->best, i);
        bool earlier = equal && tree->node[i].order < tree->node[tree->best].order;
        if (mote_block_node_is_better(tree, i, tree->best) || earlier) tree->best = i;
    }
}

/* Was what people were shown as best a block that is gone? */
static void tell_contradiction(const mote_block_tree *tree, mote_finality *out,
                               const mote_tree_block *was_best) {
    out->contradicted = mote_block_node_find(tree, &was_best->hash) == TREE_NO_NODE;
    if (out->contradicted) out->was_best = *was_best;
}

void mote_block_set_final(mote_block_tree *tree, mote_finality *out, uint32_t node) {
    const mote_tree_block was_best = mote_block_node_tell(tree, tree->best);
    uint32_t ancestors = tree->node[node].number - tree->node[tree->final].number;
    clear_marks(tree);
    tree->node[node].mark = TREE_KEPT;
    spread_marks(tree);
    uint32_t gone = remove_doomed(tree);
    tree->node[node].parent = TREE_NO_NODE;
    tree->final = node;
    tree->has_slot = true;
    tree->starts_at_genesis = false;
    /* The old final block was not counted and is gone; the new one no longer is. */
    tree->count -= gone;
    if (tree->node[tree->best].order == 0) choose_best(tree);
    out->result = MOTE_FINALITY_ADVANCED;
    out->dropped = gone - ancestors; /* those between the two are final, and not missed */
    tell_contradiction(tree, out, &was_best);
}

static uint32_t drop_from(mote_block_tree *tree, uint32_t number) {
    clear_marks(tree);
    for (uint32_t i = 0; i <= tree->limits.blocks; i++) {
        if (tree->node[i].order == 0) continue;
        tree->node[i].mark = tree->node[i].number < number ? TREE_KEPT : TREE_DOOMED;
    }
    uint32_t gone = remove_doomed(tree);
    tree->count -= gone;
    if (tree->node[tree->best].order == 0) choose_best(tree);
    return gone;
}

/* --- finality --------------------------------------------------------------------------------------------------- */
static bool contradicts(const mote_block_tree *tree, const mote_finalized_block *block) {
    const tree_node *final = &tree->node[tree->final];
    if (block->number == final->number) return !mote_hash_equal(&block->hash, &final->hash);
    return tree->awaits && block->number == tree->awaited_number &&
           !mote_hash_equal(&block->hash, &tree->awaited_hash);
}

/* Blocks from its height on are beside it: none of them has it below, for it is not here. */
static void await(mote_block_tree *tree, mote_finality *out, const mote_finalized_block *block) {
    const mote_tree_block was_best = mote_block_node_tell(tree, tree->best);
    if (!tree->awaits || block->number > tree->awaited_number) {
        tree->awaits = true;
        tree->awaited_hash = block->hash;
        tree->awaited_number = block->number;
    }
    out->result = MOTE_FINALITY_AWAITED;
    out->dropped = drop_from(tree, block->number);
    tell_contradiction(tree, out, &was_best);
}

mote_status mote_block_tree_finalize(mote_context *context, mote_block_tree *tree,
                                     mote_finality *out, const mote_finalized_block *block) {
    memset(out, 0, sizeof *out);
    if (mote_finalized_block_check(block) != MOTE_OK) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    if (contradicts(tree, block)) tree->in_conflict = true;
    if (tree->in_conflict) {
        return mote_fail(context, MOTE_E_FINALITY_CONFLICT, NULL, MOTE_NO_INDEX);
    }
    mote_context_clear_fault(context);
    if (block->number <= tree->node[tree->final].number) {
        out->result = MOTE_FINALITY_NOTHING_NEW;
        return MOTE_OK;
    }
    uint32_t node = mote_block_node_find(tree, &block->hash);
    if (node == TREE_NO_NODE) {
        await(tree, out, block);
    } else {
        mote_block_set_final(tree, out, node);
    }
    return MOTE_OK;
}
