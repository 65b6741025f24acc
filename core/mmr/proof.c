/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "geometry.h"
#include "mote/hash.h"

static mote_status check_entries(mote_context *context, const mote_mmr_entry *entries, size_t count,
                                 uint64_t leaf_count) {
    if (leaf_count == 0 || leaf_count > MOTE_MMR_MAX_LEAVES) {
        return mote_fail(context, MOTE_E_LEAF_COUNT, NULL, MOTE_NO_INDEX);
    }
    if (count == 0) return mote_fail(context, MOTE_E_NO_LEAVES, NULL, MOTE_NO_INDEX);
    for (size_t i = 0; i < count; i++) {
        bool ascends = i == 0 || entries[i - 1].index < entries[i].index;
        if (!ascends || entries[i].index >= leaf_count) {
            return mote_fail(context, MOTE_E_LEAF_INDEX, NULL, (uint32_t)i);
        }
    }
    return MOTE_OK;
}

size_t mote_mmr_proof_memory(size_t entries) {
    return 2 * (entries * sizeof(mote_mmr_entry) + 64);
}

/* The climb uses its row up: it gets a copy, and whoever measures first needs another. */
static mote_status climb_copy(mote_context *context, mote_hash *root, mote_mmr_items *items,
                              const mote_mmr_entry *entries, size_t count, uint64_t leaf_count) {
    size_t mark = mote_context_mark(context);
    mote_mmr_entry *row = mote_context_take(context, count, sizeof *row);
    if (row == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    memcpy(row, entries, count * sizeof *row);
    *root = mote_mmr_climb(items, row, count, leaf_count);
    mote_context_release(context, mark);
    return MOTE_OK;
}

mote_status mote_mmr_proof_size(mote_context *context, uint64_t *out, const mote_mmr_entry *entries,
                                size_t count, uint64_t leaf_count) {
    mote_mmr_items items = {context->backend, NULL, NULL, NULL, 0};
    mote_hash nothing;
    *out = 0;
    mote_status status = check_entries(context, entries, count, leaf_count);
    if (status == MOTE_OK) {
        status = climb_copy(context, &nothing, &items, entries, count, leaf_count);
    }
    *out = items.taken;
    return status;
}

mote_status mote_mmr_verify(mote_context *context, const mote_hash *root,
                            const mote_mmr_entry *entries, size_t count, uint64_t leaf_count,
                            mote_bytes items) {
    uint64_t size;
    mote_mmr_items given = {context->backend, items.data, NULL, NULL, 0};
    mote_hash reached;
    mote_status status = mote_mmr_proof_size(context, &size, entries, count, leaf_count);
    if (status != MOTE_OK) return status;
    if (items.size % 32 != 0 || items.size / 32 != size) {
        return mote_fail(context, MOTE_E_PROOF_LENGTH, items.data, MOTE_NO_INDEX);
    }
    /* No item at all, as in the range of one leaf: something to point at, which nothing reads. */
    if (size == 0) given.given = root->bytes;
    status = climb_copy(context, &reached, &given, entries, count, leaf_count);
    if (status != MOTE_OK) return status;
    if (!mote_hash_equal(&reached, root)) {
        return mote_fail(context, MOTE_E_ROOT_MISMATCH, items.data, MOTE_NO_INDEX);
    }
    mote_context_clear_fault(context);
    return MOTE_OK;
}

mote_status mote_mmr_prove(mote_context *context, mote_hash *items, const mote_hash *nodes,
                           uint64_t leaf_count, const mote_mmr_entry *entries, size_t count) {
    mote_mmr_items made = {context->backend, NULL, items, nodes, 0};
    mote_hash nothing;
    mote_status status = check_entries(context, entries, count, leaf_count);
    if (status != MOTE_OK) return status;
    return climb_copy(context, &nothing, &made, entries, count, leaf_count);
}

void mote_mmr_push(mote_hash *nodes, uint64_t leaf_count, const mote_hash *leaf) {
    mote_hash hash = *leaf;
    uint64_t index = leaf_count;
    uint32_t height = 0;
    nodes[mote_mmr_position(index, height)] = hash;
    for (; index % 2 == 1; index /= 2, height++) {
        hash = mote_mmr_join(&nodes[mote_mmr_position(index - 1, height)], &hash);
        nodes[mote_mmr_position(index / 2, height + 1)] = hash;
    }
}

mote_hash mote_mmr_root(const mote_hash *nodes, uint64_t leaf_count) {
    static const mote_hash none = {{0}};
    mote_mmr_mountain mountain = {0, 64};
    if (!mote_mmr_next_mountain(&mountain, leaf_count)) return none;
    return mote_mmr_bag_from(nodes, mountain, leaf_count);
}
