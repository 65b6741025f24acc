/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Proofs of mountain ranges as nodes answer them, under a root that the input brings. What is accepted can be read back,
 * and does not hold under another root.
 *
 * Input: kind (even: leaves, odd: ancestry), root of 32 bytes, size u16 of the first part, the first part (leaves),
 * then the proof.
 */
#include <stdlib.h>
#include <string.h>

#include "mote/mmr.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds) abort();
}

static void judge_leaves(mote_context *context, const mote_hash *root, mote_bytes leaves,
                         mote_bytes proof) {
    uint64_t count, index, before = 0;
    mote_bytes leaf;
    mote_hash other = *root;
    if (mote_mmr_verify_leaves(context, &count, root, leaves, proof) != MOTE_OK) {
        require(count == 0);
        return;
    }
    uint32_t i = 0;
    mote_mmr_leaves shown = mote_mmr_leaves_of(leaves, proof);
    for (; mote_mmr_leaves_next(&shown, &leaf, &index); i++) {
        mote_mmr_leaf read;
        mote_bytes same;
        uint64_t at;
        require(mote_mmr_leaf_at(&same, &at, leaves, proof, i));
        require(same.data == leaf.data && same.size == leaf.size && at == index);
        require(index < count && (i == 0 || index > before) && leaf.size != 64);
        before = index;
        (void)!mote_mmr_leaf_decode(context, &read, leaf);
    }
    require(i > 0 && !mote_mmr_leaf_at(&leaf, &index, leaves, proof, i));
    other.bytes[7] ^= 1;
    require(mote_mmr_verify_leaves(context, &count, &other, leaves, proof) != MOTE_OK);
}

static void judge_ancestry(mote_context *context, const mote_hash *root, mote_bytes proof) {
    mote_mmr_ancestor ancestor, again;
    mote_hash other = *root;
    if (mote_mmr_verify_ancestry(context, &ancestor, root, proof) != MOTE_OK) {
        require(ancestor.leaf_count == 0);
        return;
    }
    require(ancestor.leaf_count > 0 && ancestor.leaf_count <= ancestor.of);
    other.bytes[7] ^= 1;
    require(mote_mmr_verify_ancestry(context, &again, &other, proof) != MOTE_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static uint8_t memory[1 << 20];
    static const uint8_t seed[32] = {7};
    mote_context context;
    mote_hash root;
    if (size < 35) return 0;
    mote_context_init(&context, memory, sizeof memory, seed);
    memcpy(root.bytes, data + 1, 32);
    size_t first = (size_t)data[33] | (size_t)data[34] << 8;
    if (first > size - 35) first = size - 35;
    const mote_bytes proof = {data + 35 + first, size - 35 - first};
    if (data[0] % 2 == 1) {
        judge_ancestry(&context, &root, proof);
    } else {
        judge_leaves(&context, &root, (mote_bytes){data + 35, first}, proof);
    }
    return 0;
}
