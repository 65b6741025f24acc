/* SPDX-License-Identifier: Apache-2.0 */
/* Values out of the trie: needs no memory, and gives back all that is no longer needed. */
#include "tree.h"

static void give(mote_state *state, mote_arena_ref ref) {
    mote_arena_give(&state->arena, ref);
}

static bool is_single(uint16_t bitmap) {
    return bitmap != 0 && (bitmap & (bitmap - 1u)) == 0;
}

/* A branch without a value and with one child: the child takes its place, with a longer partial key. */
static void merge(mote_tree tree, mote_arena_ref branch) {
    mote_tree_node *node = mote_tree_at(tree.state, branch);
    mote_arena_ref child = node->children[mote_trie_lowest_child(node->bitmap)];
    mote_tree_node *lower = mote_tree_at(tree.state, child);
    lower->parent = node->parent;
    if (node->parent == 0) {
        mote_tree_set_root(tree, child);
    } else {
        mote_tree_at(tree.state, node->parent)->children[mote_tree_place(tree.state, lower)] =
            child;
    }
    mote_tree_touch(tree, node->parent);
    lower->merkle_size = 0;
    give(tree.state, branch);
}

/* The last child of a branch with a value is gone. The key that it showed to becomes its own. */
static void become_leaf(mote_state *state, mote_arena_ref branch) {
    mote_tree_node *node = mote_tree_at(state, branch);
    mote_tree_key *key = mote_tree_key_at(state, node->key);
    key->size = node->end / 2;
    mote_arena_shrink(&state->arena, node->key, sizeof *key + key->size);
    node->flags &= (uint8_t)~MOTE_TREE_BRANCH;
    mote_arena_shrink(&state->arena, branch, sizeof *node);
}

/* Takes a node out of the trie above it. True where its key belongs to that now. */
static bool detach(mote_tree tree, mote_arena_ref ref) {
    const mote_tree_node *node = mote_tree_at(tree.state, ref);
    const mote_arena_ref above = node->parent;
    if (above == 0) {
        mote_tree_set_root(tree, 0);
        mote_tree_touch(tree, 0);
        return false;
    }
    mote_tree_node *parent = mote_tree_at(tree.state, above);
    parent->bitmap = (uint16_t)(parent->bitmap & ~(1u << mote_tree_place(tree.state, node)));
    mote_tree_touch(tree, above);
    if (parent->bitmap == 0) {
        become_leaf(tree.state, above);
        return true;
    }
    mote_arena_ref other = parent->children[mote_trie_lowest_child(parent->bitmap)];
    mote_tree_show(tree.state, above, node->key, mote_tree_at(tree.state, other)->key);
    if (is_single(parent->bitmap) && parent->value == 0) merge(tree, above);
    return false;
}

void mote_tree_remove(mote_tree tree, mote_arena_ref ref) {
    mote_tree_node *node = mote_tree_at(tree.state, ref);
    give(tree.state, node->value);
    node->value = 0;
    node->flags &= (uint8_t)~MOTE_TREE_DOOMED;
    if (node->bitmap == 0) {
        const mote_arena_ref key = node->key;
        if (!detach(tree, ref)) give(tree.state, key);
        give(tree.state, ref);
        return;
    }
    mote_tree_touch(tree, ref);
    if (is_single(node->bitmap)) merge(tree, ref);
}

/* Gives back a node without children; returns its parent. */
static mote_arena_ref give_node(mote_state *state, mote_arena_ref ref, mote_arena_ref kept_key,
                                uint64_t *values) {
    const mote_tree_node *node = mote_tree_at(state, ref);
    const mote_arena_ref parent = node->parent;
    if (node->value != 0) {
        give(state, node->value);
        *values += 1;
    }
    if ((node->flags & MOTE_TREE_BRANCH) == 0 && node->key != kept_key) give(state, node->key);
    give(state, ref);
    return parent;
}

uint64_t mote_tree_remove_subtree(mote_tree tree, mote_arena_ref top) {
    mote_state *state = tree.state;
    const mote_arena_ref key = mote_tree_at(state, top)->key;
    const mote_arena_ref kept_key = detach(tree, top) ? key : 0;
    uint64_t values = 0;
    mote_arena_ref at = top;
    for (;;) {
        mote_tree_node *node = mote_tree_at(state, at);
        if (node->bitmap != 0) {
            unsigned nibble = mote_trie_lowest_child(node->bitmap);
            node->bitmap = (uint16_t)(node->bitmap & (node->bitmap - 1u));
            at = node->children[nibble];
            continue;
        }
        mote_arena_ref parent = give_node(state, at, kept_key, &values);
        if (at == top) return values;
        at = parent;
    }
}
