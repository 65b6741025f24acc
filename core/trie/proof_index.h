/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The entries of a proof, found by their BLAKE2b-256. Nodes and values share one hash domain, so
 * the table does not know which of the two an entry is: who asks for it does.
 */
#ifndef MOTE_TRIE_PROOF_INDEX_H
#define MOTE_TRIE_PROOF_INDEX_H

#include "mote/context.h"
#include "mote/trie.h"

typedef enum mote_trie_entry_mark {
    MOTE_MARK_NODE = 1,      /* a walk from a root uses it as a node */
    MOTE_MARK_VALUE = 2,     /* ... as a value */
    MOTE_MARK_CHILD_ROOT = 4 /* ... as the root of a child trie */
} mote_trie_entry_mark;

typedef struct mote_trie_proof_entry {
    const uint8_t *data;
    uint32_t size;
    uint32_t marks;  /* bits of mote_trie_entry_mark, set while loading */
    uint32_t next;   /* the work list of the reachability check */
    uint32_t number; /* its place in the proof */
    mote_hash hash;
} mote_trie_proof_entry;

struct mote_proof_index {
    mote_trie_proof_entry *entries;
    uint32_t count;
    uint32_t capacity;
    uint32_t *slots;    /* index of an entry + 1, or 0 */
    uint32_t slot_mask; /* number of slots - 1, a power of two - 1 */
    uint64_t key[3];    /* from the context's seed: nobody can prepare hashes that share slots */
    size_t bytes;       /* of all entries */
};
typedef struct mote_proof_index mote_proof_index;

/* An empty index with room for `capacity` entries; NULL where the context's memory does not
 * suffice. */
mote_proof_index *mote_trie_index_new(mote_context *context, uint32_t capacity);
/* Memory that mote_trie_index_new takes at most. */
size_t mote_trie_index_memory(size_t capacity);
/* Adds an entry. False where an equal one is there already: nothing is added. */
bool mote_trie_index_add(mote_proof_index *index, mote_bytes bytes, const mote_hash *hash,
                         uint32_t number);

mote_trie_proof_entry *mote_trie_find(const mote_proof_index *index, const mote_hash *hash);
/* The entry a parent names by hash. One shorter than 32 bytes would be inside its parent, and is
 * none. */
mote_trie_proof_entry *mote_trie_find_node(const mote_proof_index *index, const mote_hash *hash);
mote_bytes mote_trie_entry_bytes(const mote_trie_proof_entry *entry);

#endif
