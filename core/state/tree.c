/* SPDX-License-Identifier: Apache-2.0 */
/* Finding one's way in the trie. */
#include "tree.h"

#include <string.h>

mote_bytes mote_tree_key_of(const mote_state *state, const mote_tree_node *node) {
    return (mote_bytes){mote_tree_key_at(state, node->key)->bytes, node->end / 2};
}

uint32_t mote_tree_depth(const mote_state *state, const mote_tree_node *node) {
    return node->parent == 0 ? 0 : mote_tree_at(state, node->parent)->end + 1;
}

uint8_t mote_tree_place(const mote_state *state, const mote_tree_node *node) {
    uint32_t at = mote_tree_at(state, node->parent)->end;
    return mote_tree_nibble(mote_tree_key_at(state, node->key)->bytes, at);
}

static mote_tree_value *owner_value(mote_tree tree) {
    return mote_tree_value_at(tree.state, mote_tree_at(tree.state, tree.owner)->value);
}

mote_arena_ref mote_tree_root(mote_tree tree) {
    mote_arena_ref root = tree.state->root;
    if (tree.owner != 0) memcpy(&root, owner_value(tree)->data + MOTE_TREE_HASH_SIZE, sizeof root);
    return root;
}

void mote_tree_set_root(mote_tree tree, mote_arena_ref root) {
    if (tree.owner == 0) {
        tree.state->root = root;
    } else {
        memcpy(owner_value(tree)->data + MOTE_TREE_HASH_SIZE, &root, sizeof root);
    }
}

mote_bytes mote_tree_value_bytes(const mote_tree_value *value) {
    size_t in_front = value->kind == MOTE_TREE_HASHED ? MOTE_TREE_HASH_SIZE : 0;
    return (mote_bytes){value->data + in_front, value->size};
}

void mote_tree_show(const mote_state *state, mote_arena_ref node, mote_arena_ref old,
                    mote_arena_ref key) {
    while (node != 0 && mote_tree_at(state, node)->key == old) {
        mote_tree_at(state, node)->key = key;
        node = mote_tree_at(state, node)->parent;
    }
}

/* --- one key ---------------------------------------------------------------------------------- */

/* Nibbles that both keys have in common, the first `from` of which are known to be, up to `limit`. */
static uint32_t common_nibbles(const uint8_t *a, const uint8_t *b, uint32_t from, uint32_t limit) {
    uint32_t byte = from / 2;
    while (byte < limit / 2 && a[byte] == b[byte]) byte++;
    uint32_t common = 2 * byte > from ? 2 * byte : from;
    while (common < limit && mote_tree_nibble(a, common) == mote_tree_nibble(b, common)) common++;
    return common;
}

mote_tree_found mote_tree_find(mote_tree tree, mote_bytes key) {
    const mote_state *state = tree.state;
    const uint32_t size = (uint32_t)key.size * 2;
    mote_tree_found found = {MOTE_TREE_NOWHERE, mote_tree_root(tree), 0};
    if (found.node == 0) return found;
    for (;;) {
        const mote_tree_node *node = mote_tree_at(state, found.node);
        uint32_t limit = size < node->end ? size : node->end;
        const uint8_t *own = mote_tree_key_at(state, node->key)->bytes;
        found.common = common_nibbles(own, key.data, found.common, limit);
        if (found.common < limit) {
            found.turn = MOTE_TREE_FORK;
        } else if (size < node->end) {
            found.turn = MOTE_TREE_INSIDE;
        } else if (size == node->end) {
            found.turn = MOTE_TREE_HERE;
        } else {
            uint8_t nibble = mote_tree_nibble(key.data, node->end);
            found.turn = MOTE_TREE_BELOW;
            if ((node->bitmap >> nibble & 1) != 0) {
                found.node = node->children[nibble];
                continue;
            }
        }
        return found;
    }
}

mote_arena_ref mote_tree_value_found(mote_tree tree, mote_tree_found found) {
    if (found.turn != MOTE_TREE_HERE) return 0;
    return mote_tree_at(tree.state, found.node)->value != 0 ? found.node : 0;
}

mote_arena_ref mote_tree_find_value(mote_tree tree, mote_bytes key) {
    return mote_tree_value_found(tree, mote_tree_find(tree, key));
}

mote_arena_ref mote_tree_find_subtree(mote_tree tree, mote_bytes prefix) {
    mote_tree_found found = mote_tree_find(tree, prefix);
    return found.turn == MOTE_TREE_HERE || found.turn == MOTE_TREE_INSIDE ? found.node : 0;
}

/* --- order ------------------------------------------------------------------------------------ */

mote_arena_ref mote_tree_first_value(const mote_state *state, mote_arena_ref node) {
    for (;;) {
        const mote_tree_node *at = mote_tree_at(state, node);
        if (at->value != 0) return node;
        node = at->children[mote_trie_lowest_child(at->bitmap)];
    }
}

static mote_arena_ref child_after(const mote_tree_node *node, unsigned nibble) {
    uint32_t left = nibble >= 15 ? 0 : node->bitmap & (0xffffu << (nibble + 1));
    return left == 0 ? 0 : node->children[mote_trie_lowest_child(left)];
}

mote_arena_ref mote_tree_next_node(const mote_state *state, mote_arena_ref top, mote_arena_ref node,
                                   bool into) {
    const mote_tree_node *at = mote_tree_at(state, node);
    if (into && at->bitmap != 0) return at->children[mote_trie_lowest_child(at->bitmap)];
    while (node != top) {
        const mote_tree_node *parent = mote_tree_at(state, at->parent);
        mote_arena_ref next = child_after(parent, mote_tree_place(state, at));
        if (next != 0) return next;
        node = at->parent;
        at = parent;
    }
    return 0;
}

static mote_arena_ref value_from(const mote_state *state, mote_arena_ref node) {
    return node == 0 ? 0 : mote_tree_first_value(state, node);
}

/* The node with the smallest key greater than `key`. */
static mote_arena_ref value_after(mote_tree tree, mote_bytes key) {
    const mote_state *state = tree.state;
    mote_arena_ref root = mote_tree_root(tree);
    mote_tree_found found = mote_tree_find(tree, key);
    if (found.turn == MOTE_TREE_NOWHERE) return 0;
    const mote_tree_node *node = mote_tree_at(state, found.node);
    mote_arena_ref next = 0;
    if (found.turn == MOTE_TREE_INSIDE) return value_from(state, found.node);
    if (found.turn == MOTE_TREE_FORK) {
        const uint8_t *own = mote_tree_key_at(state, node->key)->bytes;
        if (mote_tree_nibble(own, found.common) > mote_tree_nibble(key.data, found.common))
            return value_from(state, found.node);
    } else if (found.turn == MOTE_TREE_BELOW) {
        next = child_after(node, mote_tree_nibble(key.data, node->end));
    } else if (node->bitmap != 0) {
        next = node->children[mote_trie_lowest_child(node->bitmap)];
    }
    if (next == 0) next = mote_tree_next_node(state, root, found.node, false);
    return value_from(state, next);
}

mote_arena_ref mote_tree_next_value(mote_tree tree, const mote_bytes *key, mote_bytes prefix) {
    if (key == NULL || mote_bytes_compare(*key, prefix) < 0)
        return value_from(tree.state, mote_tree_find_subtree(tree, prefix));
    mote_arena_ref next = value_after(tree, *key);
    if (next == 0) return 0;
    mote_bytes found = mote_tree_key_of(tree.state, mote_tree_at(tree.state, next));
    return mote_bytes_starts_with(found, prefix) ? next : 0;
}
