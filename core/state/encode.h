/* SPDX-License-Identifier: Apache-2.0 */
/* Nodes as bytes (polkadot spec, chap-state; sp-trie node_codec). */
#ifndef MOTE_STATE_ENCODE_H
#define MOTE_STATE_ENCODE_H

#include "mote/hash.h"
#include "tree.h"

/* Where a node's bytes go: to memory, and from there into a hash when there are more than have room; or to a writer. */
typedef struct mote_tree_sink {
    mote_writer *writer; /* or NULL */
    uint8_t *buffer;
    size_t room;    /* at least MOTE_TREE_HASH_SIZE */
    size_t size;    /* bytes so far */
    size_t waiting; /* of them in the buffer */
    bool hashing;
    mote_blake2b_state hash;
} mote_tree_sink;

/* The nodes named in a compact proof: what the node refers to is left out where `left_out` says so. */
typedef struct mote_tree_omission {
    bool value;        /* stored by hash, and an item of its own */
    uint16_t children; /* that are items of their own */
} mote_tree_omission;

/* The Merkle values of its children are known. `omission` may be NULL. */
void mote_tree_encode(const mote_state *state, const mote_tree_node *node, mote_tree_sink *sink,
                      const mote_tree_omission *omission);

/* What mote_tree_encode writes, at most. */
size_t mote_tree_encoded_size(const mote_state *state, const mote_tree_node *node);

#endif
