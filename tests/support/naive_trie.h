/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A second implementation of the trie, for tests: recursive, wasteful, written from the
 * definition (polkadot spec, chap-state; sp-trie's compact proofs) with libsodium's BLAKE2b. It
 * shares no code with core/trie.
 */
#ifndef MOTE_TEST_NAIVE_TRIE_H
#define MOTE_TEST_NAIVE_TRIE_H

#include "mote/trie.h"

typedef struct naive_node {
    uint8_t *partial; /* one nibble a byte */
    size_t partial_size;
    bool has_value;
    bool hashed; /* the value is stored by hash */
    mote_bytes value;
    struct naive_node *children[16];
    mote_bytes encoding;
    mote_bytes merkle;
    mote_hash hash;
} naive_node;

/* Whether a value is stored by hash. */
typedef enum naive_version { NAIVE_V0, NAIVE_V1, NAIVE_HASH_ALL, NAIVE_MIXED } naive_version;

typedef struct naive_list {
    mote_bytes *items;
    size_t count;
    size_t capacity;
} naive_list;

/* Memory comes from one place and is all given back at once. */
void naive_reset(void);
void *naive_take(size_t size);
mote_bytes naive_copy(mote_bytes bytes);
mote_bytes naive_hex(const char *hex); /* blanks between bytes are allowed */
mote_bytes naive_repeat(uint8_t byte, size_t count);

/* NULL for no entries. MIXED: by the first bit of the value, whatever its length. */
naive_node *naive_trie(const mote_trie_entry *entries, size_t count, naive_version version);
/* The same over keys in nibbles, one a byte: odd ones too. */
naive_node *naive_trie_of_nibbles(const mote_trie_entry *entries, size_t count,
                                  naive_version version);
mote_hash naive_root(const naive_node *root);
mote_hash naive_hash(mote_bytes bytes);

/* A set: an item that is there already is not added again. */
void naive_add(naive_list *list, mote_bytes item);
bool naive_has(const naive_list *list, mote_bytes item);
void naive_append(naive_list *list, mote_bytes item); /* even if it is there already */
mote_bytes naive_scale(const naive_list *list);       /* Vec<Vec<u8>> */
/* The list without item number `left_out`. */
naive_list naive_without(const naive_list *list, size_t left_out);

/* What a full node sends so that `key` (bytes) can be read, and all nodes and values. */
void naive_prove(naive_list *out, const naive_node *root, mote_bytes key);
void naive_prove_all(naive_list *out, const naive_node *root);
/* The compact form of the part of the trie that is in `proof`. */
void naive_compact(naive_list *out, const naive_node *root, const naive_list *proof);

/* What can be known about a key if only the entries of `proof` are: the expected verdict of
 * mote_trie_read. */
mote_status naive_read(mote_proven_value *out, const naive_node *root, const naive_list *proof,
                       mote_bytes key);
/* The Merkle value of the smallest subtree with everything under a prefix in nibbles, one a
 * byte; empty for none. */
mote_bytes naive_merkle(const naive_node *root, mote_bytes nibbles);
/* As naive_read for an enumeration: calls back for each key in order until the verdict is not
 * MOTE_OK. */
typedef void naive_told(void *user, mote_bytes key, const mote_proven_value *value);
mote_status naive_scan(const naive_node *root, const naive_list *proof, mote_bytes prefix,
                       naive_told *told, void *user);

/* Encodings by hand: a node of a kind and with contents no honest trie may have. */
typedef struct naive_parts {
    mote_bytes head;     /* header bytes and partial key */
    int bitmap;          /* -1: none */
    mote_bytes value;    /* with its length prefix, or a hash */
    mote_bytes children; /* with their length prefixes */
} naive_parts;
mote_bytes naive_join(const naive_parts *parts);
mote_bytes naive_concat(mote_bytes a, mote_bytes b);
mote_bytes naive_vec(mote_bytes bytes); /* with its compact length in front */
mote_bytes naive_branch(int bitmap, const mote_bytes *merkles,
                        size_t count); /* no partial key, no value */
mote_bytes naive_leaf(const uint8_t *nibbles, size_t count, mote_bytes value);

#endif
