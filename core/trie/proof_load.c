/* SPDX-License-Identifier: Apache-2.0 */
/* From the bytes of a proof to its index. Entries are only hashed here; what they mean is found
 * by walks. */
#include "mote/hash.h"
#include "proof_index.h"
#include "proof_load.h"
#include "proof_reach.h"
#include "quick.h"

#include <string.h>

mote_status mote_trie_load_begin(mote_context *context, mote_proof *out,
                                 const mote_state_root *state, mote_proof_mode mode,
                                 uint32_t count) {
    if (mote_state_root_check(state) != MOTE_OK) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    out->state = *state;
    out->mode = mode;
    out->index = mote_trie_index_new(context, count);
    if (out->index == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    return MOTE_OK;
}

/* The entries are in place. They are hashed all at once, and then found by their hashes. */
static mote_status index_entries(mote_context *context, const mote_proof *proof) {
    mote_proof_index *index = proof->index;
    mote_blake2b_256_many(context->backend, index->hashes, index->entries, index->count);
    for (uint32_t i = 0; i < index->count; i++) {
        if (mote_trie_index_add(index, i) || proof->mode == MOTE_PROOF_LENIENT) continue;
        return mote_fail(context, MOTE_E_PROOF_DUPLICATE_NODE, index->entries[i].data, i);
    }
    return MOTE_OK;
}

static mote_status check_root(mote_context *context, const mote_proof *proof) {
    const mote_hash *root = &proof->state.root;
    if (mote_trie_find(proof->index, root->bytes) != MOTE_TRIE_NO_ENTRY) return MOTE_OK;
    if (mote_hash_equal(root, &mote_trie_empty_root)) return MOTE_OK;
    return mote_fail(context,
                     proof->index->count == 0 ? MOTE_E_PROOF_INCOMPLETE : MOTE_E_ROOT_MISMATCH,
                     NULL, MOTE_NO_INDEX);
}

static mote_status check_loaded(mote_context *context, const mote_proof *proof) {
    mote_status status = index_entries(context, proof);
    if (status == MOTE_OK) status = check_root(context, proof);
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
        *size += mote_quick_vec_u8(&cursor).size;
        if (cursor.status != MOTE_OK) return mote_fail(context, cursor.status, cursor.at, i);
    }
    return mote_cursor_finish(context, &cursor);
}

/* The items, which were counted, are entries: they stay where they are. */
static void place_items(mote_proof_index *index, mote_bytes scale) {
    mote_cursor cursor = mote_cursor_over(scale);
    (void)mote_read_count(&cursor, 1, MOTE_MAX_PROOF_NODES);
    for (uint32_t i = 0; i < index->count; i++) index->entries[i] = mote_quick_vec_u8(&cursor);
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
    if (status == MOTE_OK) {
        out->index->bytes = size;
        place_items(out->index, scale);
        status = check_loaded(context, out);
    }
    return mote_trie_load_end(context, out, mark, status);
}

static mote_status check_nodes(mote_context *context, size_t *size, const mote_bytes *nodes,
                               size_t count) {
    *size = 0;
    if (count > MOTE_MAX_PROOF_NODES) {
        return mote_fail(context, MOTE_E_LIMIT_COUNT, NULL, MOTE_NO_INDEX);
    }
    for (size_t i = 0; i < count; i++) {
        if (nodes[i].size > MOTE_MAX_PROOF_SIZE - *size) {
            return mote_fail(context, MOTE_E_LIMIT_SIZE, nodes[i].data, (uint32_t)i);
        }
        *size += nodes[i].size;
    }
    return MOTE_OK;
}

mote_status mote_proof_load_nodes(mote_context *context, mote_proof *out,
                                  const mote_state_root *state, const mote_bytes *nodes,
                                  size_t count, mote_proof_mode mode) {
    size_t mark = mote_context_mark(context);
    size_t size = 0;
    memset(out, 0, sizeof *out);
    mote_status status = check_nodes(context, &size, nodes, count);
    if (status == MOTE_OK)
        status = mote_trie_load_begin(context, out, state, mode, (uint32_t)count);
    if (status == MOTE_OK) {
        out->index->bytes = size;
        if (count != 0) memcpy(out->index->entries, nodes, count * sizeof *nodes);
        status = check_loaded(context, out);
    }
    return mote_trie_load_end(context, out, mark, status);
}
