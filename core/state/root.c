/* SPDX-License-Identifier: Apache-2.0 */
/* Merkle values, of dirty nodes only, children before their parents. */
#include "encode.h"

#include <string.h>

static void finish(mote_tree_node *node, mote_tree_sink *sink, bool is_root) {
    mote_hash hash;
    if (sink->size < MOTE_TREE_HASH_SIZE && !is_root) {
        memcpy(node->merkle, sink->buffer, sink->size);
        node->merkle_size = (uint8_t)sink->size;
        return;
    }
    node->merkle_size = MOTE_TREE_HASH_SIZE;
    if (!sink->hashing) {
        hash = mote_blake2b_256((mote_bytes){sink->buffer, sink->waiting});
        memcpy(node->merkle, hash.bytes, sizeof hash.bytes);
        return;
    }
    mote_blake2b_update(&sink->hash, (mote_bytes){sink->buffer, sink->waiting});
    mote_blake2b_final(&sink->hash, node->merkle);
}

/* The next child to be hashed, or 0. */
static mote_arena_ref dirty_child(const mote_state *state, const mote_tree_node *node,
                                  uint32_t nibbles) {
    for (uint32_t left = node->bitmap & nibbles; left != 0; left &= left - 1) {
        mote_arena_ref child = node->children[mote_tree_lowest(left)];
        if (mote_tree_at(state, child)->merkle_size == 0) return child;
    }
    return 0;
}

/* The root of the child trie that hangs at a node, if it is dirty; or 0. */
static mote_arena_ref dirty_child_trie(mote_state *state, mote_arena_ref owner) {
    const mote_tree_node *node = mote_tree_at(state, owner);
    if (node->value == 0) return 0;
    if (mote_tree_value_at(state, node->value)->kind != MOTE_TREE_CHILD_ROOT) return 0;
    mote_arena_ref root = mote_tree_root((mote_tree){state, owner});
    return mote_tree_at(state, root)->merkle_size == 0 ? root : 0;
}

static void settle_child_trie(mote_state *state, mote_arena_ref owner, const mote_tree_node *root) {
    const mote_tree_node *node = mote_tree_at(state, owner);
    memcpy(mote_tree_value_at(state, node->value)->data, root->merkle, MOTE_TREE_HASH_SIZE);
}

/* A node is dirty only if its parent is, and a child trie only if its place in the main trie is. So all dirty
 * nodes are reached from the main root through dirty ones. */
void mote_tree_hash(mote_state *state) {
    mote_tree_sink sink;
    mote_arena_ref owner = 0; /* of the child trie that the walk is in */
    mote_arena_ref at = state->root;
    uint32_t nibbles = UINT32_MAX; /* children that are not yet looked at */
    sink.writer = NULL;
    if (at == 0 || mote_tree_at(state, at)->merkle_size != 0) return;
    while (at != 0) {
        mote_tree_node *node = mote_tree_at(state, at);
        mote_arena_ref down = dirty_child(state, node, nibbles);
        if (down == 0 && owner == 0) {
            down = dirty_child_trie(state, at);
            if (down != 0) owner = at;
        }
        if (down != 0) {
            at = down;
            nibbles = UINT32_MAX;
            continue;
        }
        mote_tree_encode(state, node, &sink, NULL);
        finish(node, &sink, node->parent == 0);
        at = node->parent;
        if (at != 0) {
            nibbles = ~UINT32_C(1) << mote_tree_place(state, node);
        } else if (owner != 0) {
            settle_child_trie(state, owner, node);
            at = owner;
            owner = 0;
            nibbles = 0;
        }
    }
}

mote_hash mote_state_root_of(mote_state *state) {
    mote_hash root;
    if (state->root == 0) return mote_trie_empty_root;
    mote_tree_hash(state);
    memcpy(root.bytes, mote_tree_at(state, state->root)->merkle, sizeof root.bytes);
    return root;
}
