/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "mote/hash.h"
#include "mote/mmr.h"

#define TWO_HASHES 64u

mote_status mote_mmr_leaf_decode(mote_context *context, mote_mmr_leaf *out, mote_bytes input) {
    mote_cursor cursor = mote_cursor_over(input);
    mote_mmr_leaf leaf;
    memset(out, 0, sizeof *out);
    memset(&leaf, 0, sizeof leaf);
    leaf.encoded = input;
    uint8_t version = mote_read_u8(&cursor);
    leaf.major = version >> 5;
    leaf.minor = version & 31;
    if (leaf.major != 0) mote_cursor_fail(&cursor, MOTE_E_VERSION);
    leaf.parent_number = mote_read_u32(&cursor);
    leaf.parent_hash = mote_read_hash(&cursor);
    leaf.next_set.id = mote_read_u64(&cursor);
    leaf.next_set.count = mote_read_u32(&cursor);
    leaf.next_set.root = mote_read_hash(&cursor);
    leaf.extra = mote_read_span(&cursor, mote_cursor_left(&cursor));
    mote_status status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) return status;
    leaf.has_heads_root = leaf.extra.size >= sizeof leaf.heads_root.bytes;
    if (leaf.has_heads_root) {
        memcpy(leaf.heads_root.bytes, leaf.extra.data, sizeof leaf.heads_root.bytes);
    }
    *out = leaf;
    mote_context_clear_fault(context);
    return MOTE_OK;
}

mote_hash mote_mmr_leaf_hash(const mote_mmr_leaf *leaf) {
    return mote_keccak_256(leaf->encoded);
}

/* --- answers of mmr_generateProof ------------------------------------------------------------------------ */
typedef struct proof_parts {
    mote_bytes indices; /* u64 each */
    uint64_t leaf_count;
    mote_bytes items;
    uint32_t count;
} proof_parts;

static mote_status read_proof(mote_context *context, proof_parts *out, mote_bytes proof) {
    mote_cursor cursor = mote_cursor_over(proof);
    out->count = mote_read_count(&cursor, 8, UINT32_MAX);
    out->indices = mote_read_span(&cursor, (size_t)out->count * 8);
    out->leaf_count = mote_read_u64(&cursor);
    uint32_t items = mote_read_count(&cursor, 32, UINT32_MAX);
    out->items = mote_read_span(&cursor, (size_t)items * 32);
    return mote_cursor_finish(context, &cursor);
}

static uint64_t index_at(const proof_parts *answer, uint32_t n) {
    return mote_load_u64(answer->indices.data + (size_t)n * 8);
}

#define HASHED_AT_ONCE 16u

/* The hashes of leaves that stand behind each other. */
static void hash_leaves(mote_backend backend, mote_mmr_entry *entries, const mote_bytes *leaf,
                        uint32_t count) {
    mote_hash hash[HASHED_AT_ONCE];
    mote_keccak_256_many(backend, hash, leaf, count);
    for (uint32_t i = 0; i < count; i++) entries[i].hash = hash[i];
}

/* Leaves of 64 bytes could be two hashes: an inner node shown as a leaf. */
static mote_status read_leaves(mote_context *context, mote_mmr_entry *entries,
                               const proof_parts *answer, mote_bytes leaves) {
    mote_cursor cursor = mote_cursor_over(leaves);
    mote_bytes leaf[HASHED_AT_ONCE];
    uint32_t count = mote_read_count(&cursor, 1, UINT32_MAX), hashed = 0;
    if (cursor.status == MOTE_OK && count != answer->count) {
        return mote_fail(context, MOTE_E_LEAF_COUNT, leaves.data, MOTE_NO_INDEX);
    }
    for (uint32_t i = 0; i < count && cursor.status == MOTE_OK; i++) {
        const mote_bytes one = mote_read_vec_u8(&cursor);
        if (one.size == TWO_HASHES) return mote_fail(context, MOTE_E_LEAF_SIZE, one.data, i);
        entries[i].index = index_at(answer, i);
        leaf[i - hashed] = one;
        if (i - hashed + 1 < HASHED_AT_ONCE && i + 1 < count) continue;
        hash_leaves(context->backend, entries + hashed, leaf, i + 1 - hashed);
        hashed = i + 1;
    }
    return mote_cursor_finish(context, &cursor);
}

mote_status mote_mmr_verify_leaves(mote_context *context, uint64_t *leaf_count,
                                   const mote_hash *root, mote_bytes leaves, mote_bytes proof) {
    proof_parts answer;
    *leaf_count = 0;
    size_t mark = mote_context_mark(context);
    mote_status status = read_proof(context, &answer, proof);
    if (status != MOTE_OK) return status;
    mote_mmr_entry *entries = mote_context_take(context, answer.count, sizeof *entries);
    if (entries == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    status = read_leaves(context, entries, &answer, leaves);
    if (status == MOTE_OK) {
        status =
            mote_mmr_verify(context, root, entries, answer.count, answer.leaf_count, answer.items);
    }
    mote_context_release(context, mark);
    if (status == MOTE_OK) *leaf_count = answer.leaf_count;
    return status;
}

mote_mmr_leaves mote_mmr_leaves_of(mote_bytes leaves, mote_bytes proof) {
    mote_mmr_leaves out = {mote_cursor_over(leaves), mote_cursor_over(proof), 0};
    uint32_t count = mote_read_count(&out.leaves, 1, UINT32_MAX);
    uint32_t index_count = mote_read_count(&out.indices, 8, UINT32_MAX);
    out.left = count < index_count ? count : index_count;
    return out;
}

bool mote_mmr_leaves_next(mote_mmr_leaves *iterator, mote_bytes *leaf, uint64_t *index) {
    *leaf = (mote_bytes){NULL, 0};
    *index = 0;
    if (iterator->left == 0) return false;
    iterator->left--;
    *leaf = mote_read_vec_u8(&iterator->leaves);
    *index = mote_read_u64(&iterator->indices);
    return iterator->leaves.status == MOTE_OK && iterator->indices.status == MOTE_OK;
}

bool mote_mmr_leaf_at(mote_bytes *leaf, uint64_t *index, mote_bytes leaves, mote_bytes proof,
                      uint32_t n) {
    mote_mmr_leaves iterator = mote_mmr_leaves_of(leaves, proof);
    bool there = mote_mmr_leaves_next(&iterator, leaf, index);
    for (uint32_t i = 0; i < n && there; i++) {
        there = mote_mmr_leaves_next(&iterator, leaf, index);
    }
    return there;
}
