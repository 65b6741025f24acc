/* SPDX-License-Identifier: Apache-2.0 */
/* From the bytes of a proof to its index. Entries are only hashed here; what they mean is found
 * by walks. */
#include "mote/hash.h"
#include "proof_index.h"
#include "proof_load.h"
#include "proof_reach.h"
#include "quick.h"

#include <string.h>

/* Bytes from the item that is looked at to those that are asked for. */
#define FETCHED_AHEAD 1024u

mote_status mote_trie_load_begin(mote_context *context, mote_proof *out,
                                 const mote_state_root *state, mote_proof_mode mode,
                                 mote_bytes *entries, uint32_t count) {
    if (mote_state_root_check(state) != MOTE_OK) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    out->state = *state;
    out->mode = mode;
    out->index = mote_trie_index_new(context, entries, count);
    if (out->index == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    return MOTE_OK;
}

/* Bytes that stay near the processor from the first look at them to the second. */
#define NEAR 196608u

/* The entries are in place: decoded, hashed together, and then found by their hashes. */
static void decode_and_hash(mote_context *context, mote_proof_index *index) {
    for (uint32_t first = 0, end = 0; first < index->count; first = end) {
        for (size_t bytes = 0; end < index->count && bytes < NEAR; end++)
            bytes += index->entries[end].size;
        mote_trie_index_decode(index, first, end);
        mote_blake2b_256_many(context->backend, index->hashes + first, index->entries + first,
                              end - first);
    }
}

static mote_status index_entries(mote_context *context, const mote_proof *proof) {
    mote_proof_index *index = proof->index;
    if (proof->mode == MOTE_PROOF_STRICT) mote_trie_index_make_links(context, index);
    decode_and_hash(context, index);
    for (uint32_t i = 0; (i = mote_trie_index_add(index, i, index->count)) < index->count; i++) {
        if (proof->mode == MOTE_PROOF_LENIENT) continue;
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

/* Items as they are found to be there: their memory is taken for what is present, never for what is claimed. */
typedef struct item_list {
    mote_context *context;
    mote_bytes *items;
    uint32_t count;
    uint32_t room;
    bool wanted; /* or only counted: there is no memory, or no use for them */
} item_list;

/* What is taken of a context's memory follows what was taken before. */
static void make_room(item_list *list) {
    mote_bytes *more = mote_context_take(list->context, MOTE_TRIE_ENTRIES_AT_ONCE, sizeof *more);
    if (list->room == 0) list->items = more;
    list->wanted = more != NULL && more == list->items + list->room;
    list->room += MOTE_TRIE_ENTRIES_AT_ONCE;
}

static void add_item(item_list *list, mote_bytes item) {
    if (list->wanted && list->count == list->room) make_room(list);
    if (list->wanted) list->items[list->count] = item;
    list->count++;
}

static mote_status read_items(mote_context *context, item_list *list, size_t *size,
                              mote_bytes scale) {
    mote_cursor cursor = mote_cursor_over(scale);
    if (scale.size > MOTE_MAX_PROOF_SIZE) {
        return mote_fail(context, MOTE_E_LIMIT_SIZE, scale.data, MOTE_NO_INDEX);
    }
    const uint32_t count = mote_read_count(&cursor, 1, MOTE_MAX_PROOF_NODES);
    *size = 0;
    while (list->count < count && cursor.status == MOTE_OK) {
        mote_trie_fetch((const void *)((uintptr_t)cursor.at + FETCHED_AHEAD));
        const mote_bytes item = mote_quick_vec_u8(&cursor);
        if (cursor.status != MOTE_OK)
            return mote_fail(context, cursor.status, cursor.at, list->count);
        *size += item.size;
        add_item(list, item);
    }
    return mote_cursor_finish(context, &cursor);
}

mote_status mote_trie_count_items(mote_context *context, uint32_t *count, size_t *size,
                                  mote_bytes scale) {
    item_list list = {context, NULL, 0, 0, false};
    mote_status status = read_items(context, &list, size, scale);
    *count = list.count;
    return status;
}

mote_status mote_proof_load(mote_context *context, mote_proof *out, const mote_state_root *state,
                            mote_bytes scale, mote_proof_mode mode) {
    size_t mark = mote_context_mark(context);
    item_list list = {context, NULL, 0, 0, true};
    size_t size = 0;
    memset(out, 0, sizeof *out);
    mote_status status = read_items(context, &list, &size, scale);
    if (status == MOTE_OK && !list.wanted)
        status = mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    if (status == MOTE_OK)
        status = mote_trie_load_begin(context, out, state, mode, list.items, list.count);
    if (status == MOTE_OK) {
        out->index->bytes = size;
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
        status = mote_trie_load_begin(context, out, state, mode, NULL, (uint32_t)count);
    if (status == MOTE_OK) {
        out->index->bytes = size;
        if (count != 0) memcpy(out->index->entries, nodes, count * sizeof *nodes);
        status = check_loaded(context, out);
    }
    return mote_trie_load_end(context, out, mark, status);
}
