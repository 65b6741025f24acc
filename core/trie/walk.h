/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Going down a trie from its root, one node at a time (docs/spec/trie.md section 2). A node is
 * reached only through its parent, by hash or inside it; it is decoded strictly at that moment.
 */
#ifndef MOTE_TRIE_WALK_H
#define MOTE_TRIE_WALK_H

#include "node.h"
#include "proof_index.h"

typedef struct mote_trie_walk {
    const mote_proof_index *index;
    mote_trie_node node;
    mote_bytes
        merkle;     /* how the parent names the node: 32 bytes are a hash, fewer the node itself */
    uint32_t entry; /* number of the proof entry that the node is, or is inside of */
    size_t depth;   /* nibbles of the key above the node's partial key */
} mote_trie_walk;

/* Where a key, or the prefix of keys, lies as seen from a node whose position starts it. */
typedef enum mote_trie_turn {
    MOTE_TURN_NOWHERE, /* nothing in the trie begins with it */
    MOTE_TURN_INSIDE,  /* it ends inside the partial key: all content begins with it */
    MOTE_TURN_HERE,    /* it ends where the node's partial key ends */
    MOTE_TURN_DOWN     /* it goes on below a child */
} mote_trie_turn;

/* The root node; of kind MOTE_NODE_EMPTY for a trie without content. `view` outlives the walk. */
MOTE_MUST_USE mote_status mote_trie_walk_begin(mote_context *context, mote_trie_walk *out,
                                               const mote_trie_view *view);
/* `nibble` and `merkle` of the child are set with MOTE_TURN_DOWN. */
mote_trie_turn mote_trie_walk_look(const mote_trie_walk *walk, mote_nibbles key, uint8_t *nibble,
                                   mote_bytes *merkle);
/* From there to the child with that Merkle value; `out` may be `from`. E_PROOF_INCOMPLETE where the
 * proof does not have it: `out` is as it was. */
MOTE_MUST_USE mote_status mote_trie_walk_down(mote_context *context, mote_trie_walk *out,
                                              const mote_trie_walk *from, mote_bytes merkle);

/* As far as the key leads: to the node at which it does not go down any further. */
MOTE_MUST_USE mote_status mote_trie_walk_to(mote_context *context, mote_trie_walk *walk,
                                            mote_trie_turn *turn, mote_nibbles key);

/* A walk that is remembered: its first steps, as far as there is room for them, and the last one. */
typedef struct mote_trie_way {
    mote_trie_walk *steps;
    size_t used; /* the last one of them is the node the walk has come to */
    size_t room; /* >= 2 */
} mote_trie_way;

/* As mote_trie_walk_to, from where this key leaves the one before, with which it has at least `common` nibbles in
 * common. After a failure as well: what is remembered then is a beginning of this key's way. */
MOTE_MUST_USE mote_status mote_trie_way_to(mote_context *context, mote_trie_way *way,
                                           mote_trie_turn *turn, mote_nibbles key, size_t common);

/* What is known of a key whose walk has ended there: only at the end of the key can there be a value. Writes all but
 * what it is known under. */
void mote_trie_value_of(mote_proven_value *out, const mote_trie_walk *walk, mote_trie_turn turn);
/* What the node says about the key that ends at it. */
void mote_trie_value_at(mote_proven_value *out, const mote_trie_walk *walk);

/* MOTE_OK where the view was made by mote_proof_main or mote_proof_child. */
MOTE_MUST_USE mote_status mote_trie_view_check(mote_context *context, const mote_trie_view *view);
/* The nibbles of a caller's key; E_LIMIT_SIZE where they cannot be counted. */
MOTE_MUST_USE mote_status mote_trie_key_nibbles(mote_context *context, mote_nibbles *out,
                                                mote_bytes key);

#endif
