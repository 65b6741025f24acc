/* SPDX-License-Identifier: Apache-2.0 */
#include "mote/merkle.h"

#include <string.h>

#include "mote/hash.h"

#define TWO_HASHES 64u
#define TOGETHER 16u

/* In the row of `count` nodes: has the one at `index` a neighbour to be hashed with? */
static bool has_sibling(uint32_t index, uint32_t count) {
    return index % 2 == 1 || index + 1 < count;
}

static uint32_t row_above(uint32_t count) {
    return count / 2 + count % 2;
}

uint32_t mote_merkle_proof_size(uint32_t index, uint32_t count) {
    uint32_t size = 0;
    if (index >= count) return 0;
    for (; count > 1; index /= 2, count = row_above(count)) size += has_sibling(index, count);
    return size;
}

static mote_hash parent_of(const uint8_t *left, const uint8_t *right) {
    uint8_t both[TWO_HASHES];
    memcpy(both, left, 32);
    memcpy(both + 32, right, 32);
    return mote_keccak_256((mote_bytes){both, sizeof both});
}

static mote_status check_geometry(mote_context *context, mote_bytes leaf, uint32_t index,
                                  uint32_t count, mote_bytes items) {
    if (count == 0) return mote_fail(context, MOTE_E_LEAF_COUNT, NULL, MOTE_NO_INDEX);
    if (index >= count) return mote_fail(context, MOTE_E_LEAF_INDEX, NULL, index);
    if (leaf.size == TWO_HASHES) return mote_fail(context, MOTE_E_LEAF_SIZE, leaf.data, index);
    if (items.size != (size_t)32 * mote_merkle_proof_size(index, count)) {
        return mote_fail(context, MOTE_E_PROOF_LENGTH, items.data, index);
    }
    return MOTE_OK;
}

mote_status mote_merkle_verify(mote_context *context, const mote_hash *root, mote_bytes leaf,
                               uint32_t index, uint32_t count, mote_bytes items) {
    const uint8_t *item = items.data;
    const uint32_t place = index;
    mote_status status = check_geometry(context, leaf, index, count, items);
    if (status != MOTE_OK) return status;
    mote_hash hash = mote_keccak_256(leaf);
    for (; count > 1; index /= 2, count = row_above(count)) {
        if (!has_sibling(index, count)) continue;
        hash = index % 2 == 1 ? parent_of(item, hash.bytes) : parent_of(hash.bytes, item);
        item += 32;
    }
    if (!mote_hash_equal(&hash, root)) {
        return mote_fail(context, MOTE_E_ROOT_MISMATCH, leaf.data, place);
    }
    mote_context_clear_fault(context);
    return MOTE_OK;
}

/* Parents behind each other, of nodes behind each other; written once all of them are made. */
static void make_parents(mote_backend backend, mote_hash *out, const mote_hash *nodes,
                         unsigned count) {
    mote_bytes both[TOGETHER];
    mote_hash made[TOGETHER];
    for (unsigned i = 0; i < count; i++) {
        both[i] = (mote_bytes){(const uint8_t *)&nodes[2 * i], TWO_HASHES};
    }
    mote_keccak_256_many(backend, made, both, count);
    memcpy(out, made, count * sizeof *made);
}

static size_t fold_row(mote_backend backend, mote_hash *row, size_t count) {
    for (size_t i = 0; i < count / 2; i += TOGETHER) {
        const size_t left = count / 2 - i;
        make_parents(backend, row + i, row + 2 * i, left < TOGETHER ? (unsigned)left : TOGETHER);
    }
    if (count % 2 == 1) row[count / 2] = row[count - 1];
    return count / 2 + count % 2;
}

mote_hash mote_merkle_root(mote_backend backend, mote_hash *hashes, size_t count) {
    static const mote_hash none = {{0}};
    if (count == 0) return none;
    while (count > 1) count = fold_row(backend, hashes, count);
    return hashes[0];
}

mote_status mote_merkle_prove(mote_context *context, mote_hash *root, mote_hash *items,
                              uint32_t *size, mote_hash *hashes, uint32_t count, uint32_t index) {
    *size = 0;
    memset(root, 0, sizeof *root);
    if (count == 0) return mote_fail(context, MOTE_E_LEAF_COUNT, NULL, MOTE_NO_INDEX);
    if (index >= count) return mote_fail(context, MOTE_E_LEAF_INDEX, NULL, index);
    for (; count > 1; index /= 2) {
        if (has_sibling(index, count)) items[(*size)++] = hashes[index ^ 1];
        count = (uint32_t)fold_row(context->backend, hashes, count);
    }
    *root = hashes[0];
    return MOTE_OK;
}
