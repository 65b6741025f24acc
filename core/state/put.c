/* SPDX-License-Identifier: Apache-2.0 */
/* Values into the trie. All memory is taken before anything is changed. */
#include "mote/hash.h"
#include "tree.h"

#include <string.h>

static size_t node_size(bool branch) {
    return sizeof(mote_tree_node) + (branch ? MOTE_TREE_CHILDREN * sizeof(mote_arena_ref) : 0);
}

static size_t sum(size_t a, size_t b) {
    return a > SIZE_MAX - b ? SIZE_MAX : a + b;
}

size_t mote_state_memory(size_t keys, size_t key_bytes, size_t value_bytes) {
    /* For each key a leaf and at most one branch, a key of which only the bytes are counted by the
     * caller, and a value with perhaps a hash. What is above a multiple of a unit is lost in each; a
     * list of free blocks is searched from the next larger size, at most an eighth above. */
    size_t fixed = mote_arena_block_size(node_size(false)) +
                   mote_arena_block_size(node_size(true)) +
                   mote_arena_block_size(sizeof(mote_tree_key)) +
                   mote_arena_block_size(sizeof(mote_tree_value) + MOTE_TREE_HASH_SIZE) +
                   2 * (size_t)MOTE_ARENA_UNIT;
    size_t nodes = keys > SIZE_MAX / fixed ? SIZE_MAX : keys * fixed;
    size_t content = sum(sum(nodes, key_bytes), value_bytes);
    return sum(sum(content, content / 8), sizeof(mote_state) + 4096);
}

mote_arena_ref mote_tree_new_value(mote_state *state, mote_bytes value,
                                   mote_state_version version) {
    bool hashed = version == MOTE_STATE_V1 && value.size > MOTE_TREE_LONGEST_INLINE;
    size_t in_front = hashed ? MOTE_TREE_HASH_SIZE : 0;
    mote_arena_ref ref =
        mote_arena_take(&state->arena, offsetof(mote_tree_value, data) + in_front + value.size);
    if (ref == 0) return 0;
    mote_tree_value *out = mote_tree_value_at(state, ref);
    out->size = (uint32_t)value.size;
    out->kind = hashed ? MOTE_TREE_HASHED : MOTE_TREE_INLINE;
    if (hashed) {
        mote_hash hash = mote_blake2b_256(value);
        memcpy(out->data, hash.bytes, sizeof hash.bytes);
    }
    if (value.size != 0) memcpy(out->data + in_front, value.data, value.size);
    return ref;
}

mote_arena_ref mote_tree_new_child_root(mote_state *state) {
    size_t size = offsetof(mote_tree_value, data) + MOTE_TREE_HASH_SIZE + sizeof(mote_arena_ref);
    mote_arena_ref ref = mote_arena_take(&state->arena, size);
    if (ref == 0) return 0;
    mote_tree_value *out = mote_tree_value_at(state, ref);
    out->size = MOTE_TREE_HASH_SIZE;
    out->kind = MOTE_TREE_CHILD_ROOT;
    memset(out->data, 0, MOTE_TREE_HASH_SIZE + sizeof(mote_arena_ref));
    return ref;
}

bool mote_tree_value_is(const mote_tree_value *value, mote_bytes bytes,
                        mote_state_version version) {
    bool hashed = version == MOTE_STATE_V1 && bytes.size > MOTE_TREE_LONGEST_INLINE;
    return value->kind == (hashed ? MOTE_TREE_HASHED : MOTE_TREE_INLINE) &&
           mote_bytes_equal(mote_tree_value_bytes(value), bytes);
}

static mote_arena_ref new_node(mote_state *state, bool branch) {
    mote_arena_ref ref = mote_arena_take(&state->arena, node_size(branch));
    if (ref == 0) return 0;
    memset(mote_tree_at(state, ref), 0, node_size(branch));
    if (branch) mote_tree_at(state, ref)->flags = MOTE_TREE_BRANCH;
    return ref;
}

static void give(mote_state *state, mote_arena_ref ref) {
    if (ref != 0) mote_arena_give(&state->arena, ref);
}

static mote_arena_ref new_leaf(mote_state *state, mote_bytes key, mote_arena_ref value) {
    mote_arena_ref leaf = new_node(state, false);
    mote_arena_ref own =
        leaf == 0 ? 0 : mote_arena_take(&state->arena, sizeof(mote_tree_key) + key.size);
    if (own == 0) {
        give(state, leaf);
        return 0;
    }
    mote_tree_key *copy = mote_tree_key_at(state, own);
    copy->size = (uint32_t)key.size;
    if (key.size != 0) memcpy(copy->bytes, key.data, key.size);
    mote_tree_node *node = mote_tree_at(state, leaf);
    node->key = own;
    node->value = value;
    node->end = 2 * (uint32_t)key.size;
    return leaf;
}

static void give_leaf(mote_state *state, mote_arena_ref leaf) {
    give(state, mote_tree_at(state, leaf)->key);
    give(state, leaf);
}

void mote_tree_touch(mote_tree tree, mote_arena_ref node) {
    while (node != 0) {
        mote_tree_node *at = mote_tree_at(tree.state, node);
        if (at->merkle_size == 0) return;
        at->merkle_size = 0;
        node = at->parent;
    }
    if (tree.owner != 0) {
        const mote_tree top = {tree.state, 0};
        mote_tree_touch(top, tree.owner);
    }
}

/* `child` becomes the child of `parent` that its key says, or the root. */
static void hang(mote_tree tree, mote_arena_ref parent, mote_arena_ref child) {
    mote_tree_node *node = mote_tree_at(tree.state, child);
    node->parent = parent;
    if (parent == 0) {
        mote_tree_set_root(tree, child);
        return;
    }
    uint8_t nibble = mote_tree_place(tree.state, node);
    mote_tree_node *above = mote_tree_at(tree.state, parent);
    above->children[nibble] = child;
    above->bitmap = (uint16_t)(above->bitmap | 1u << nibble);
}

/* A branch takes the place of `below`, which hangs under it then. Its key is that of `below`. */
static void insert_above(mote_tree tree, mote_arena_ref branch, mote_arena_ref below,
                         uint32_t end) {
    mote_tree_node *node = mote_tree_at(tree.state, branch);
    mote_tree_node *lower = mote_tree_at(tree.state, below);
    node->key = lower->key;
    node->end = end;
    hang(tree, lower->parent, branch);
    hang(tree, branch, below);
    /* Its partial key is shorter now; the new node is dirty, and so is everything above. */
    lower->merkle_size = 0;
    mote_tree_touch(tree, node->parent);
}

static bool put_inside(mote_tree tree, mote_arena_ref below, uint32_t end, mote_arena_ref value) {
    mote_arena_ref branch = new_node(tree.state, true);
    if (branch == 0) return false;
    insert_above(tree, branch, below, end);
    mote_tree_at(tree.state, branch)->value = value;
    return true;
}

static bool put_beside(mote_tree tree, mote_arena_ref other, uint32_t common, mote_bytes key,
                       mote_arena_ref value) {
    mote_arena_ref leaf = new_leaf(tree.state, key, value);
    mote_arena_ref branch = leaf == 0 ? 0 : new_node(tree.state, true);
    if (branch == 0) {
        if (leaf != 0) give_leaf(tree.state, leaf);
        return false;
    }
    insert_above(tree, branch, other, common);
    hang(tree, branch, leaf);
    return true;
}

/* A leaf gets its first child: it needs a larger block, and its key is the beginning of the child's. */
static bool put_below_leaf(mote_tree tree, mote_arena_ref leaf, mote_bytes key,
                           mote_arena_ref value) {
    mote_state *state = tree.state;
    mote_arena_ref child = new_leaf(state, key, value);
    mote_arena_ref branch = child == 0 ? 0 : new_node(state, true);
    if (branch == 0) {
        if (child != 0) give_leaf(state, child);
        return false;
    }
    mote_tree_node *node = mote_tree_at(state, branch);
    mote_arena_ref old_key = mote_tree_at(state, leaf)->key;
    mote_tree_touch(tree, leaf);
    memcpy(node, mote_tree_at(state, leaf), sizeof *node);
    node->flags |= MOTE_TREE_BRANCH;
    hang(tree, node->parent, branch);
    mote_tree_show(state, branch, old_key, mote_tree_at(state, child)->key);
    hang(tree, branch, child);
    give(state, leaf);
    give(state, old_key);
    return true;
}

static bool put_below(mote_tree tree, mote_arena_ref parent, mote_bytes key, mote_arena_ref value) {
    if ((mote_tree_at(tree.state, parent)->flags & MOTE_TREE_BRANCH) == 0)
        return put_below_leaf(tree, parent, key, value);
    mote_arena_ref leaf = new_leaf(tree.state, key, value);
    if (leaf == 0) return false;
    hang(tree, parent, leaf);
    mote_tree_touch(tree, parent);
    return true;
}

static bool put_first(mote_tree tree, mote_bytes key, mote_arena_ref value) {
    mote_arena_ref leaf = new_leaf(tree.state, key, value);
    if (leaf == 0) return false;
    hang(tree, 0, leaf);
    mote_tree_touch(tree, 0);
    return true;
}

bool mote_tree_put(mote_tree tree, mote_arena_ref *replaced, mote_tree_found found, mote_bytes key,
                   mote_arena_ref value) {
    mote_tree_node *node;
    *replaced = 0;
    switch (found.turn) {
    case MOTE_TREE_HERE:
        node = mote_tree_at(tree.state, found.node);
        *replaced = node->value;
        node->value = value;
        mote_tree_touch(tree, found.node);
        return true;
    case MOTE_TREE_INSIDE: return put_inside(tree, found.node, found.common, value);
    case MOTE_TREE_FORK: return put_beside(tree, found.node, found.common, key, value);
    case MOTE_TREE_BELOW: return put_below(tree, found.node, key, value);
    case MOTE_TREE_NOWHERE: break;
    }
    return put_first(tree, key, value);
}
