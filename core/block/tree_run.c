/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many blocks come in. Those that stand on each other, from one on whose parent is in the tree, have their signatures
 * judged together; then each is taken in as by itself. Where one of them is refused for something else, the next finds no
 * parent. As many are judged ahead as there is room for, so that what is refused for want of room costs no signature.
 */
#include <string.h>

#include "tree.h"

/* How many authors hold, from the first header on. */
static size_t judge_authors(mote_context *context, const mote_block_tree *tree,
                            const mote_header *headers, size_t count, uint64_t slot_now) {
    const uint32_t parent = mote_block_node_find(tree, &headers[0].parent_hash);
    const size_t room = tree->limits.blocks - tree->count;
    size_t good = 0;
    mote_babe_position babe;
    mote_aura_position aura;
    if (parent == TREE_NO_NODE || mote_block_node_find(tree, &headers[0].hash) != TREE_NO_NODE) {
        return 0;
    }
    if (count > room) count = room;
    mote_status status = MOTE_OK;
    if (tree->consensus == MOTE_CONSENSUS_AURA) {
        mote_block_node_aura_position(tree, &aura, parent);
        status =
            mote_aura_advance_many(context, &aura, NULL, &good, &aura, headers, count, slot_now);
    } else {
        mote_block_node_babe_position(tree, &babe, parent);
        status =
            mote_babe_advance_many(context, &babe, NULL, &good, &babe, headers, count, slot_now);
    }
    /* The first that does not hold says why when it comes in. */
    if (status != MOTE_OK) mote_context_clear_fault(context);
    return good;
}

mote_status mote_block_tree_import_many(mote_context *context, mote_block_tree *tree,
                                        mote_import *out, size_t *imported,
                                        const mote_header *headers, size_t count,
                                        uint64_t slot_now) {
    size_t judged = 0; /* headers before this one have authors that hold */
    memset(out, 0, count * sizeof *out);
    for (*imported = 0; *imported < count; (*imported)++) {
        const size_t at = *imported;
        if (judged <= at && !tree->in_conflict) {
            judged = at + judge_authors(context, tree, headers + at, count - at, slot_now);
        }
        const tree_asked asked = {slot_now, at < judged};
        const mote_status status = mote_block_import(context, tree, &out[at], &headers[at], &asked);
        if (status != MOTE_OK) return status;
    }
    return MOTE_OK;
}
