/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The trie in an arena. A node does not have its partial key: it has the number of nibbles at which
 * it ends, and the key of some leaf below it, whose first nibbles are its own. So a node never needs
 * more memory for what happens below it, removing never needs any, and whole keys are at hand.
 *
 *   - A leaf owns its key. Of the nodes that show to one leaf's key, each is the parent of the next.
 *   - A branch without a value has at least two children; a leaf has a value.
 *   - A node whose Merkle value is not known (dirty) has no parent whose is, and neither has the
 *     node of the main trie at which a dirty child trie hangs.
 */
#ifndef MOTE_STATE_TREE_H
#define MOTE_STATE_TREE_H

#include "arena.h"
#include "children.h"
#include "mote/state.h"

#define MOTE_TREE_HASH_SIZE 32u
#define MOTE_TREE_LONGEST_INLINE 32u /* sp-core TRIE_VALUE_NODE_THRESHOLD - 1 */
#define MOTE_TREE_CHILDREN 16u

typedef enum mote_tree_flag {
    MOTE_TREE_BRANCH = 1,      /* the block has room for children */
    MOTE_TREE_DOOMED = 2,      /* the value is to be removed when all changes are made */
    MOTE_TREE_PROVEN = 4,      /* the node is wanted in a proof */
    MOTE_TREE_VALUE_PROVEN = 8 /* ... and its value where that is stored by hash */
} mote_tree_flag;

typedef struct mote_tree_node {
    uint8_t merkle[MOTE_TREE_HASH_SIZE];
    mote_arena_ref parent; /* 0: the root of its trie */
    mote_arena_ref key;
    mote_arena_ref value; /* or 0 */
    uint32_t end;         /* nibbles from the beginning of the key */
    uint16_t bitmap;
    uint8_t merkle_size; /* 0: dirty */
    uint8_t flags;
    mote_arena_ref children[]; /* MOTE_TREE_CHILDREN of them in a branch */
} mote_tree_node;

typedef struct mote_tree_key {
    uint32_t size;
    uint8_t bytes[];
} mote_tree_key;

typedef enum mote_tree_value_kind {
    MOTE_TREE_INLINE,
    MOTE_TREE_HASHED,    /* the hash is in front of the bytes */
    MOTE_TREE_CHILD_ROOT /* of a child trie with content here: root hash, then its root node */
} mote_tree_value_kind;

typedef struct mote_tree_value {
    uint32_t size; /* of the value, not of what is in front of or behind it */
    uint8_t kind;
    uint8_t data[];
} mote_tree_value;

struct mote_state {
    mote_arena arena; /* first: blocks are counted from here */
    uint64_t keys;
    uint64_t child_tries;
    mote_arena_ref root;
    uint32_t backend; /* mote_backend: that of the context it was opened with */
};

/* The main trie, or the child trie at whose root's place in the main trie `owner` is. */
typedef struct mote_tree {
    mote_state *state;
    mote_arena_ref owner;
} mote_tree;

static inline mote_tree_node *mote_tree_at(const mote_state *state, mote_arena_ref node) {
    return mote_arena_at((mote_arena *)(uintptr_t)&state->arena, node);
}
static inline mote_tree_key *mote_tree_key_at(const mote_state *state, mote_arena_ref key) {
    return mote_arena_at((mote_arena *)(uintptr_t)&state->arena, key);
}
static inline mote_tree_value *mote_tree_value_at(const mote_state *state, mote_arena_ref value) {
    return mote_arena_at((mote_arena *)(uintptr_t)&state->arena, value);
}

static inline uint8_t mote_tree_nibble(const uint8_t *key, size_t at) {
    return at % 2 == 0 ? key[at / 2] >> 4 : key[at / 2] & 0x0f;
}
/* The key of a node, of a whole number of bytes. */
mote_bytes mote_tree_key_of(const mote_state *state, const mote_tree_node *node);
/* The nibble under which a node is in its parent. */
uint8_t mote_tree_place(const mote_state *state, const mote_tree_node *node);
/* Nibbles in front of its partial key. */
uint32_t mote_tree_depth(const mote_state *state, const mote_tree_node *node);

/* From `node` upwards, nodes that show to the key `old` show to another one. */
void mote_tree_show(const mote_state *state, mote_arena_ref node, mote_arena_ref old,
                    mote_arena_ref key);

mote_arena_ref mote_tree_root(mote_tree tree);
void mote_tree_set_root(mote_tree tree, mote_arena_ref root);
/* A value's bytes; of a child trie's root, the hash. */
mote_bytes mote_tree_value_bytes(const mote_tree_value *value);

/* Where a key leads. */
typedef enum mote_tree_turn {
    MOTE_TREE_NOWHERE, /* the trie is empty */
    MOTE_TREE_HERE,    /* to the end of `node` */
    MOTE_TREE_INSIDE,  /* it ends inside the partial key of `node` */
    MOTE_TREE_FORK,    /* it differs from the partial key of `node` after `common` nibbles */
    MOTE_TREE_BELOW    /* to a child that `node` does not have */
} mote_tree_turn;
typedef struct mote_tree_found {
    mote_tree_turn turn;
    mote_arena_ref node;
    uint32_t common; /* nibbles of the whole key */
} mote_tree_found;
mote_tree_found mote_tree_find(mote_tree tree, mote_bytes key);
/* The node if it has a value at the key's end, or 0. */
mote_arena_ref mote_tree_value_found(mote_tree tree, mote_tree_found found);
/* The node that has a value at `key`, or 0. */
mote_arena_ref mote_tree_find_value(mote_tree tree, mote_bytes key);
/* The topmost node of which all keys begin with `prefix`, or 0. */
mote_arena_ref mote_tree_find_subtree(mote_tree tree, mote_bytes prefix);

/* Walking in the order of keys, a node before its children. */
mote_arena_ref mote_tree_first_value(const mote_state *state, mote_arena_ref node);
/* The node after `node`, and after all below it unless `into`, inside the subtree of `top`; or 0. */
mote_arena_ref mote_tree_next_node(const mote_state *state, mote_arena_ref top, mote_arena_ref node,
                                   bool into);
/* The node with the smallest key greater than `key` (NULL: the smallest) that starts with `prefix`. */
mote_arena_ref mote_tree_next_value(mote_tree tree, const mote_bytes *key, mote_bytes prefix);

/* The node has to be hashed again. 0: the trie has another root than before. */
void mote_tree_touch(mote_tree tree, mote_arena_ref node);

/* A block with a value in it, or 0. */
mote_arena_ref mote_tree_new_value(mote_state *state, mote_bytes value, mote_state_version version);
mote_arena_ref mote_tree_new_child_root(mote_state *state);
/* Whether writing these bytes in that version would change nothing. */
bool mote_tree_value_is(const mote_tree_value *value, mote_bytes bytes, mote_state_version version);
/* Puts a value block at a key, which leads where it was `found` to lead. False where memory is short: nothing has
 * changed. `*replaced`: the block that was there, no longer part of the trie, or 0. */
bool mote_tree_put(mote_tree tree, mote_arena_ref *replaced, mote_tree_found found, mote_bytes key,
                   mote_arena_ref value);
/* Takes away the value of a node that has one, and what the trie no longer needs then. */
void mote_tree_remove(mote_tree tree, mote_arena_ref node);
/* Takes away a node with all below it; returns how many values that were. */
uint64_t mote_tree_remove_subtree(mote_tree tree, mote_arena_ref node);

/* MOTE_OK and the trie (`*exists` false: a child trie that does not exist), or E_PROOF_INCOMPLETE for a
 * child trie known by its root only, E_LIMIT_SIZE for names beyond MOTE_MAX_KEY_SIZE. */
mote_status mote_tree_open(mote_context *context, mote_tree *out, bool *exists, mote_state *state,
                           const mote_bytes *child);
/* As above, and the child trie exists then, with no root yet if it is `*made` now: E_LIMIT_MEMORY. */
mote_status mote_tree_open_or_make(mote_context *context, mote_tree *out, bool *made,
                                   mote_state *state, const mote_bytes *child);
/* Where the main trie has, or would have, the root of a child trie; as mote_tree_open otherwise. */
mote_status mote_tree_open_path(mote_context *context, mote_tree *out, bool *exists,
                                mote_tree_found *path, mote_state *state, mote_bytes child);
/* A child trie without content goes. */
void mote_tree_drop_if_empty(mote_tree tree);
/* Whether the main trie's key is one of a child trie's root with content. */
bool mote_tree_has_child_trie(const mote_state *state, mote_arena_ref node);

/* Merkle values of all dirty nodes of all tries. */
void mote_tree_hash(mote_state *state);
/* As mote_state_units, where what is lighter than `light` is not split. */
size_t mote_tree_units(mote_state *state, mote_state_unit *units, size_t room, uint32_t light);

#endif
