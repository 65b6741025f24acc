/* SPDX-License-Identifier: Apache-2.0 */
/* From the bytes of a proof to its index. Entries are only hashed here; what they mean is found
 * by walks. */
#include "mote/hash.h"
#include "proof_index.h"
#include "proof_load.h"
#include "proof_reach.h"

#include <string.h>

mote_status mote_trie_load_begin(mote_context *context, mote_proof *out,
                                 const mote_state_root *state, mote_proof_mode mode,
                                 uint32_t capacity) {
    if (mote_state_root_check(state) != MOTE_OK) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    out->state = *state;
    out->mode = mode;
    out->index = mote_trie_index_new(context, capacity);
    if (out->index == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    return MOTE_OK;
}

/* Entries that are hashed together. */
#define HASHED_AT_ONCE 32u

typedef struct entries {
    mote_bytes bytes[HASHED_AT_ONCE];
    uint32_t first, count; /* the number of the first one */
} entries;

static mote_status add_entries(mote_context *context, const mote_proof *proof, entries *some) {
    mote_hash hash[HASHED_AT_ONCE];
    mote_blake2b_256_many(context->backend, hash, some->bytes, some->count);
    for (uint32_t i = 0; i < some->count; i++) {
        const uint32_t number = some->first + i;
        bool added = mote_trie_index_add(proof->index, some->bytes[i], &hash[i], number);
        if (added || proof->mode == MOTE_PROOF_LENIENT) continue;
        return mote_fail(context, MOTE_E_PROOF_DUPLICATE_NODE, some->bytes[i].data, number);
    }
    some->first += some->count;
    some->count = 0;
    return MOTE_OK;
}

static mote_status add_entry(mote_context *context, const mote_proof *proof, entries *some,
                             mote_bytes bytes) {
    some->bytes[some->count++] = bytes;
    return some->count == HASHED_AT_ONCE ? add_entries(context, proof, some) : MOTE_OK;
}

static mote_status check_root(mote_context *context, const mote_proof *proof) {
    const mote_hash *root = &proof->state.root;
    if (mote_trie_find(proof->index, root) != NULL) return MOTE_OK;
    if (mote_hash_equal(root, &mote_trie_empty_root)) return MOTE_OK;
    return mote_fail(context,
                     proof->index->count == 0 ? MOTE_E_PROOF_INCOMPLETE : MOTE_E_ROOT_MISMATCH,
                     NULL, MOTE_NO_INDEX);
}

static mote_status check_loaded(mote_context *context, const mote_proof *proof) {
    mote_status status = check_root(context, proof);
    if (status != MOTE_OK || proof->mode == MOTE_PROOF_LENIENT) return status;
    return mote_trie_check_reachable(context, proof);
}

mote_status mote_trie_load_end(mote_context *context, mote_proof *out, size_t mark,
                               mote_status status) {
    if (status == MOTE_OK) {
        mote_context_clear_fault(context);
        return MOTE_OK;
    }
    memset(out, 0, sizeof *out);
    mote_context_release(context, mark);
    return status;
}

mote_status mote_trie_count_items(mote_context *context, uint32_t *count, size_t *size,
                                  mote_bytes scale) {
    mote_cursor cursor = mote_cursor_over(scale);
    if (scale.size > MOTE_MAX_PROOF_SIZE) {
        return mote_fail(context, MOTE_E_LIMIT_SIZE, scale.data, MOTE_NO_INDEX);
    }
    *count = mote_read_count(&cursor, 1, MOTE_MAX_PROOF_NODES);
    *size = 0;
    for (uint32_t i = 0; i < *count && cursor.status == MOTE_OK; i++) {
        *size += mote_read_vec_u8(&cursor).size;
        if (cursor.status != MOTE_OK) return mote_fail(context, cursor.status, cursor.at, i);
    }
    return mote_cursor_finish(context, &cursor);
}

static mote_status add_items(mote_context *context, const mote_proof *proof, mote_bytes scale) {
    mote_cursor cursor = mote_cursor_over(scale);
    uint32_t count = mote_read_count(&cursor, 1, MOTE_MAX_PROOF_NODES);
    entries some = {.first = 0, .count = 0};
    for (uint32_t i = 0; i < count; i++) {
        mote_status status = add_entry(context, proof, &some, mote_read_vec_u8(&cursor));
        if (status != MOTE_OK) return status;
    }
    mote_status status = add_entries(context, proof, &some);
    return status != MOTE_OK ? status : mote_cursor_finish(context, &cursor);
}

mote_status mote_proof_load(mote_context *context, mote_proof *out, const mote_state_root *state,
                            mote_bytes scale, mote_proof_mode mode) {
    size_t mark = mote_context_mark(context);
    uint32_t count = 0;
    size_t size = 0;
    memset(out, 0, sizeof *out);
    /* The items are counted before memory is taken for them: a claim alone takes none. */
    mote_status status = mote_trie_count_items(context, &count, &size, scale);
    if (status == MOTE_OK) status = mote_trie_load_begin(context, out, state, mode, count);
    if (status == MOTE_OK) status = add_items(context, out, scale);
    if (status == MOTE_OK) status = check_loaded(context, out);
    return mote_trie_load_end(context, out, mark, status);
}

static mote_status check_nodes(mote_context *context, const mote_bytes *nodes, size_t count) {
    size_t left = MOTE_MAX_PROOF_SIZE;
    if (count > MOTE_MAX_PROOF_NODES) {
        return mote_fail(context, MOTE_E_LIMIT_COUNT, NULL, MOTE_NO_INDEX);
    }
    for (size_t i = 0; i < count; i++) {
        if (nodes[i].size > left) {
            return mote_fail(context, MOTE_E_LIMIT_SIZE, nodes[i].data, (uint32_t)i);
        }
        left -= nodes[i].size;
    }
    return MOTE_OK;
}

static mote_status add_nodes(mote_context *context, const mote_proof *proof,
                             const mote_bytes *nodes, size_t count) {
    entries some = {.first = 0, .count = 0};
    for (size_t i = 0; i < count; i++) {
        mote_status status = add_entry(context, proof, &some, nodes[i]);
        if (status != MOTE_OK) return status;
    }
    return add_entries(context, proof, &some);
}

mote_status mote_proof_load_nodes(mote_context *context, mote_proof *out,
                                  const mote_state_root *state, const mote_bytes *nodes,
                                  size_t count, mote_proof_mode mode) {
    size_t mark = mote_context_mark(context);
    memset(out, 0, sizeof *out);
    mote_status status = check_nodes(context, nodes, count);
    if (status == MOTE_OK)
        status = mote_trie_load_begin(context, out, state, mode, (uint32_t)count);
    if (status == MOTE_OK) status = add_nodes(context, out, nodes, count);
    if (status == MOTE_OK) status = check_loaded(context, out);
    return mote_trie_load_end(context, out, mark, status);
}
