/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Binary Merkle proofs. A tree is made as the input says, of which one leaf is shown at a place and under a count that the
 * input chooses: it holds where these are its own, and nowhere else. Then a proof is taken from the rest as it is.
 *
 * Input: count, index, shown index, shown count, flip, then a root of 32 bytes, how many items, items, a leaf.
 */
#include <stdlib.h>
#include <string.h>

#include "mote/hash.h"
#include "mote/merkle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds) abort();
}

static void judge_made(mote_context *context, const uint8_t *data) {
    mote_hash row[256], items[32], root;
    uint32_t count = 1u + data[0], index = data[1] % count, size;
    for (uint32_t i = 0; i < count; i++) {
        uint8_t leaf[2] = {(uint8_t)i, 9};
        row[i] = mote_keccak_256((mote_bytes){leaf, 2});
    }
    require(mote_merkle_prove(context, &root, items, &size, row, count, index) == MOTE_OK);
    require(size == mote_merkle_proof_size(index, count));
    uint8_t leaf[2] = {(uint8_t)index, 9};
    const bool flipped = data[4] % 4 == 1 && size > 0;
    if (flipped) items[data[4] / 4 % size].bytes[3] ^= 1;
    const mote_bytes proof = {items[0].bytes, (size_t)size * 32};
    mote_status status =
        mote_merkle_verify(context, &root, (mote_bytes){leaf, 2}, data[2], data[3], proof);
    /* Another count may have the same path to the same place. */
    bool same = data[2] == index && data[3] == count;
    if (same) require((status == MOTE_OK) == !flipped);
    if (data[2] != index && data[3] == count) require(status != MOTE_OK);
}

static void judge_given(mote_context *context, const uint8_t *data, size_t size) {
    mote_hash root;
    if (size < 38) return;
    memcpy(root.bytes, data + 5, 32);
    size_t items = 32 * (size_t)data[37];
    if (items > size - 38) items = (size - 38) / 32 * 32;
    const mote_bytes leaf = {data + 38 + items, size - 38 - items};
    mote_status status =
        mote_merkle_verify(context, &root, leaf, data[2], data[3], (mote_bytes){data + 38, items});
    require(status != MOTE_OK || leaf.size != 64);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static uint8_t memory[1 << 16];
    static const uint8_t seed[32] = {7};
    mote_context context;
    if (size < 5) return 0;
    mote_context_init(&context, memory, sizeof memory, seed);
    judge_made(&context, data);
    judge_given(&context, data, size);
    return 0;
}
