/* SPDX-License-Identifier: Apache-2.0 */
#include "mote/state.h"

#include <string.h>

#include "edit.h"
#include "mote/checkpoint.h"
#include "mote/hash.h"

/* --- memory ----------------------------------------------------------------------------------- */

mote_status mote_state_open(mote_context *context, mote_state **out, void *memory, size_t size) {
    *out = NULL;
    if ((uintptr_t)memory % MOTE_STATE_ALIGNMENT != 0)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    mote_state *state = memory;
    if (size < sizeof *state + 2 * (size_t)MOTE_ARENA_UNIT)
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    memset(state, 0, sizeof *state);
    if (!mote_arena_init(&state->arena, sizeof *state, size))
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    state->backend = (uint32_t)context->backend;
    *out = state;
    return MOTE_OK;
}

mote_status mote_state_extend(mote_context *context, mote_state *state, size_t size) {
    if ((uintptr_t)state % MOTE_STATE_ALIGNMENT != 0)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    mote_arena_extend(&state->arena, size);
    return MOTE_OK;
}

mote_state_usage mote_state_usage_of(const mote_state *state) {
    const mote_arena *arena = &state->arena;
    const uint64_t units = arena->end - arena->begin;
    return (mote_state_usage){state->keys, state->child_tries,
                              (uint64_t)arena->used * MOTE_ARENA_UNIT,
                              (units - arena->used) * MOTE_ARENA_UNIT};
}

/* --- reading ---------------------------------------------------------------------------------- */

mote_status mote_state_get(mote_context *context, bool *found, mote_bytes *value, mote_state *state,
                           const mote_bytes *child, mote_bytes key) {
    mote_tree tree;
    bool exists;
    *found = false;
    *value = (mote_bytes){NULL, 0};
    mote_status status = mote_tree_open(context, &tree, &exists, state, child);
    if (status != MOTE_OK || !exists || key.size >= MOTE_STATE_KEY_CEILING) return status;
    mote_arena_ref node = mote_tree_find_value(tree, key);
    if (node == 0) return MOTE_OK;
    if (tree.owner == 0 && mote_tree_has_child_trie(state, node)) mote_tree_hash(state);
    *found = true;
    *value = mote_tree_value_bytes(mote_tree_value_at(state, mote_tree_at(state, node)->value));
    return MOTE_OK;
}

mote_status mote_state_next(mote_context *context, bool *found, mote_bytes *out,
                            const mote_state *state, const mote_bytes *child, const mote_bytes *key,
                            mote_bytes prefix) {
    mote_tree tree;
    bool exists;
    *found = false;
    *out = (mote_bytes){NULL, 0};
    mote_status status =
        mote_tree_open(context, &tree, &exists, (mote_state *)(uintptr_t)state, child);
    if (status != MOTE_OK || !exists) return status;
    if (prefix.size >= MOTE_STATE_KEY_CEILING ||
        (key != NULL && key->size >= MOTE_STATE_KEY_CEILING))
        return mote_fail(context, MOTE_E_LIMIT_SIZE, NULL, MOTE_NO_INDEX);
    mote_arena_ref node = mote_tree_next_value(tree, key, prefix);
    if (node == 0) return MOTE_OK;
    *found = true;
    *out = mote_tree_key_of(state, mote_tree_at(state, node));
    return MOTE_OK;
}

mote_status mote_state_child_root(mote_context *context, mote_hash *out, mote_state *state,
                                  mote_bytes child) {
    mote_tree tree;
    bool exists;
    memset(out, 0, sizeof *out);
    mote_status status = mote_tree_open(context, &tree, &exists, state, &child);
    if (status != MOTE_OK) return status;
    *out = mote_trie_empty_root;
    if (!exists) return MOTE_OK;
    mote_tree_hash(state);
    memcpy(out->bytes, mote_tree_at(state, mote_tree_root(tree))->merkle, sizeof out->bytes);
    return MOTE_OK;
}

/* --- writing ---------------------------------------------------------------------------------- */

mote_status mote_state_put(mote_context *context, mote_state *state, const mote_bytes *child,
                           mote_bytes key, mote_bytes value, mote_state_version version) {
    const mote_state_change change = {child, key, false, value};
    mote_edit edit;
    mote_status status = mote_edit_make(context, state, &edit, &change, version);
    if (status == MOTE_OK) mote_edit_keep(state, &edit, &change);
    return status;
}

mote_status mote_state_remove(mote_context *context, mote_state *state, const mote_bytes *child,
                              mote_bytes key) {
    const mote_state_change change = {child, key, true, {NULL, 0}};
    mote_edit edit;
    mote_status status = mote_edit_make(context, state, &edit, &change, MOTE_STATE_V0);
    if (status == MOTE_OK) mote_edit_keep(state, &edit, &change);
    return status;
}

/* Whether keys that start with `prefix` may be those of child tries' roots. */
static bool reaches_child_roots(mote_bytes prefix) {
    static const uint8_t text[] = MOTE_CHILD_TRIE_PREFIX;
    const mote_bytes roots = {text, sizeof text - 1};
    return mote_bytes_starts_with(prefix, roots) || mote_bytes_starts_with(roots, prefix);
}

mote_status mote_state_clear_prefix(mote_context *context, mote_state *state, uint64_t *removed,
                                    const mote_bytes *child, mote_bytes prefix) {
    mote_tree tree;
    bool exists;
    *removed = 0;
    mote_status status = mote_tree_open(context, &tree, &exists, state, child);
    if (status != MOTE_OK || !exists || prefix.size >= MOTE_STATE_KEY_CEILING) return status;
    if (child == NULL && state->child_tries != 0 && reaches_child_roots(prefix))
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    mote_arena_ref top = mote_tree_find_subtree(tree, prefix);
    if (top == 0) return MOTE_OK;
    *removed = mote_tree_remove_subtree(tree, top);
    state->keys -= *removed;
    mote_tree_drop_if_empty(tree);
    return MOTE_OK;
}

mote_hash mote_state_genesis_hash(mote_state *state) {
    uint8_t header[128];
    mote_writer writer = mote_writer_into(header, sizeof header);
    const mote_hash root = mote_state_root_of(state);
    mote_genesis_write_header(&writer, &root, MOTE_STATE_V0);
    return mote_blake2b_256((mote_bytes){header, writer.size});
}
