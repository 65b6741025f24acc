/* SPDX-License-Identifier: Apache-2.0 */
#include "judge.h"
#include "mote/merkle.h"
#include "mote/mmr.h"

#define MOST 128u

void judge_leaf_proof(mote_context *context, oracle_answer *out, mote_bytes input) {
    mote_mmr_entry entries[MOST];
    mote_hash root;
    memcpy(root.bytes, take(&input, 32), 32);
    uint64_t leaf_count = take_u64(&input);
    uint32_t count = take_u32(&input);
    for (uint32_t i = 0; i < count && i < MOST; i++) {
        entries[i].index = take_u64(&input);
        memcpy(entries[i].hash.bytes, take(&input, 32), 32);
    }
    size_t size = (size_t)take_u32(&input) * 32;
    mote_bytes items = {take(&input, size), size};
    out->accepted = mote_mmr_verify(context, &root, entries, count, leaf_count, items) == MOTE_OK;
}

void judge_binary_proof(mote_context *context, oracle_answer *out, mote_bytes input) {
    mote_hash root;
    memcpy(root.bytes, take(&input, 32), 32);
    uint32_t count = take_u32(&input), index = take_u32(&input);
    size_t size = (size_t)take_u32(&input) * 32;
    mote_bytes items = {take(&input, size), size};
    out->accepted = mote_merkle_verify(context, &root, input, index, count, items) == MOTE_OK;
}

void judge_ancestry(mote_context *context, oracle_answer *out, mote_bytes input) {
    mote_mmr_ancestor older;
    mote_hash root;
    memcpy(root.bytes, take(&input, 32), 32);
    out->accepted = mote_mmr_verify_ancestry(context, &older, &root, input) == MOTE_OK;
    if (out->accepted) answer_add(out, older.root.bytes, sizeof older.root.bytes);
}
