/* SPDX-License-Identifier: Apache-2.0 */
/* Child tries: each hangs at the place in the main trie at which its root is the value. */
#include "tree.h"

#include <string.h>

#include "mote/limits.h"

static const uint8_t prefix[] = MOTE_CHILD_TRIE_PREFIX;
#define PREFIX_SIZE (sizeof prefix - 1)

typedef struct owner_key {
    uint8_t bytes[PREFIX_SIZE + MOTE_MAX_KEY_SIZE];
    size_t size;
} owner_key;

static mote_bytes owner_bytes(const owner_key *key) {
    return (mote_bytes){key->bytes, key->size};
}

static mote_status make_owner_key(mote_context *context, owner_key *out, mote_bytes child) {
    if (child.size > MOTE_MAX_KEY_SIZE)
        return mote_fail(context, MOTE_E_LIMIT_SIZE, NULL, MOTE_NO_INDEX);
    memcpy(out->bytes, prefix, PREFIX_SIZE);
    if (child.size != 0) memcpy(out->bytes + PREFIX_SIZE, child.data, child.size);
    out->size = PREFIX_SIZE + child.size;
    return MOTE_OK;
}

bool mote_tree_has_child_trie(const mote_state *state, mote_arena_ref node) {
    mote_arena_ref value = node == 0 ? 0 : mote_tree_at(state, node)->value;
    return value != 0 && mote_tree_value_at(state, value)->kind == MOTE_TREE_CHILD_ROOT;
}

static mote_status find(mote_context *context, mote_tree *out, bool *exists, mote_state *state,
                        const owner_key *key) {
    mote_arena_ref owner = mote_tree_find_value((mote_tree){state, 0}, owner_bytes(key));
    *exists = owner != 0;
    *out = (mote_tree){state, owner};
    if (owner != 0 && !mote_tree_has_child_trie(state, owner))
        return mote_fail(context, MOTE_E_PROOF_INCOMPLETE, NULL, MOTE_NO_INDEX);
    return MOTE_OK;
}

mote_status mote_tree_open(mote_context *context, mote_tree *out, bool *exists, mote_state *state,
                           const mote_bytes *child) {
    owner_key key;
    *out = (mote_tree){state, 0};
    *exists = child == NULL;
    if (child == NULL) return MOTE_OK;
    mote_status status = make_owner_key(context, &key, *child);
    return status == MOTE_OK ? find(context, out, exists, state, &key) : status;
}

mote_status mote_tree_open_path(mote_context *context, mote_tree *out, bool *exists,
                                mote_tree_found *path, mote_state *state, mote_bytes child) {
    owner_key key;
    memset(path, 0, sizeof *path);
    *out = (mote_tree){state, 0};
    *exists = false;
    mote_status status = make_owner_key(context, &key, child);
    if (status != MOTE_OK) return status;
    *path = mote_tree_find(*out, owner_bytes(&key));
    return find(context, out, exists, state, &key);
}

mote_status mote_tree_open_or_make(mote_context *context, mote_tree *out, bool *made,
                                   mote_state *state, const mote_bytes *child) {
    owner_key key;
    bool exists = true;
    mote_arena_ref replaced = 0;
    *out = (mote_tree){state, 0};
    *made = false;
    if (child == NULL) return MOTE_OK;
    mote_status status = make_owner_key(context, &key, *child);
    if (status == MOTE_OK) status = find(context, out, &exists, state, &key);
    if (status != MOTE_OK || exists) return status;
    const mote_tree top = {state, 0};
    mote_arena_ref value = mote_tree_new_child_root(state);
    const mote_tree_found found = mote_tree_find(top, owner_bytes(&key));
    if (value == 0 || !mote_tree_put(top, &replaced, found, owner_bytes(&key), value)) {
        if (value != 0) mote_arena_give(&state->arena, value);
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    }
    out->owner = mote_tree_find_value(top, owner_bytes(&key));
    state->child_tries++;
    *made = true;
    return MOTE_OK;
}

void mote_tree_drop_if_empty(mote_tree tree) {
    if (tree.owner == 0 || mote_tree_root(tree) != 0) return;
    tree.state->child_tries--;
    mote_tree_remove((mote_tree){tree.state, 0}, tree.owner);
}
