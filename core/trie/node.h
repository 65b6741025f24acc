/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One trie node (docs/spec/trie.md section 1; sp-trie node_codec): strict decoding to views into
 * its encoding, and encoding. Decoding accepts exactly what the canonical encoder writes, apart
 * from the canonicity of hashed values, which cannot be seen here.
 */
#ifndef MOTE_TRIE_NODE_H
#define MOTE_TRIE_NODE_H

#include "children.h"
#include "mote/context.h"
#include "mote/scale.h"
#include "mote/trie.h"
#include "nibble.h"

/* A node of 32 bytes or more is named by its hash, a shorter one is inside its parent. */
#define MOTE_TRIE_HASH_SIZE 32u
/* Length and hash of a child. */
#define MOTE_TRIE_HASH_CHILD_SIZE (1u + MOTE_TRIE_HASH_SIZE)
/* Values longer than this are stored by hash under state version 1 (sp-core
 * TRIE_VALUE_NODE_THRESHOLD - 1). */
#define MOTE_TRIE_LONGEST_INLINE_VALUE 32u

typedef enum mote_trie_node_kind {
    MOTE_NODE_EMPTY,
    MOTE_NODE_LEAF,
    MOTE_NODE_BRANCH
} mote_trie_node_kind;

typedef enum mote_trie_value_kind {
    MOTE_NODE_NO_VALUE,
    MOTE_NODE_INLINE_VALUE,
    MOTE_NODE_HASHED_VALUE
} mote_trie_value_kind;

/* Where a node stands decides what it may be. */
typedef enum mote_trie_node_place {
    MOTE_NODE_NAMED,      /* a proof entry, found by hash: may be the empty trie's node */
    MOTE_NODE_INLINE,     /* inside its parent */
    MOTE_NODE_IN_COMPACT, /* item of a compact proof: a child of length 0 follows later */
    MOTE_NODE_PLAIN       /* NAMED, and decoded before: all its children are hashes */
} mote_trie_node_place;

/* The children of a branch in the order of their nibbles. */
typedef struct mote_trie_children {
    const uint8_t *at; /* length of the next child */
    uint16_t bitmap;   /* of those not yet visited */
} mote_trie_children;

typedef struct mote_trie_node {
    mote_bytes encoding;
    mote_trie_node_kind kind;
    mote_trie_value_kind value_kind;
    bool plain; /* a branch of whose children every one is a hash */
    mote_nibbles partial;
    mote_bytes value; /* its bytes, or the 32 bytes of its hash */
    mote_trie_children children;
} mote_trie_node;

/* MOTE_OK and the views, or the rule that is broken: the fault's `at` is the byte, its index
 * `entry`. */
MOTE_MUST_USE mote_status mote_trie_node_decode(mote_context *context, mote_trie_node *out,
                                                mote_bytes encoding, mote_trie_node_place place,
                                                uint32_t entry);

/* Whether decoding it as a proof entry succeeds. If not, `out` is anything. */
bool mote_trie_node_is(mote_trie_node *out, mote_bytes encoding);

/* The next child: its nibble and Merkle value (32 bytes: a hash; fewer: an inline node). False
 * at the end. `children` is from a decoded node. */
bool mote_trie_children_next(mote_trie_children *children, uint8_t *nibble, mote_bytes *merkle);
/* Of children that are no hashes, or not all of them. */
bool mote_trie_children_find(mote_trie_children children, uint8_t nibble, mote_bytes *merkle);
/* The child under `nibble`. False where there is none. */
static inline bool mote_trie_node_child(const mote_trie_node *node, uint8_t nibble,
                                        mote_bytes *merkle) {
    const mote_trie_children children = node->children;
    if ((children.bitmap >> nibble & 1) == 0) return false;
    if (!node->plain) return mote_trie_children_find(children, nibble, merkle);
    const unsigned before = mote_trie_children_count(children.bitmap & ((1u << nibble) - 1));
    *merkle =
        (mote_bytes){children.at + MOTE_TRIE_HASH_CHILD_SIZE * before + 1, MOTE_TRIE_HASH_SIZE};
    return true;
}

/* Header byte and length of the partial key, then the partial key itself. */
void mote_trie_write_head(mote_writer *writer, mote_trie_node_kind kind, mote_trie_value_kind value,
                          mote_nibbles partial);
/* At most what mote_trie_write_head writes for a partial key of `nibbles`. */
size_t mote_trie_head_size(size_t nibbles);

#endif
