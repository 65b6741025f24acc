/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The entries of a proof, found by their BLAKE2b-256. Nodes and values share one hash domain, so
 * the table does not know which of the two an entry is: who asks for it does.
 */
#ifndef MOTE_TRIE_PROOF_INDEX_H
#define MOTE_TRIE_PROOF_INDEX_H

#include "mote/context.h"
#include "mote/limits.h"
#include "mote/trie.h"

#include <string.h>

typedef enum mote_trie_entry_mark {
    MOTE_MARK_NODE = 1,       /* a walk from a root uses it as a node */
    MOTE_MARK_VALUE = 2,      /* ... as a value */
    MOTE_MARK_CHILD_ROOT = 4, /* ... as the root of a child trie */
    MOTE_MARK_PLAIN = 8,      /* decoded: a branch, and its children are hashes all of them */
    MOTE_MARK_TWIN = 16       /* not in the table: an equal one, which came before, is */
} mote_trie_entry_mark;

/* An entry is its number, its place in the proof. Of each there are the arrays' elements. */
struct mote_proof_index {
    mote_bytes *entries;
    mote_hash *hashes;
    uint32_t *next; /* the work list of the reachability check */
    uint8_t *marks; /* bits of mote_trie_entry_mark, set while loading */
    uint32_t count;
    uint32_t *slots;    /* 0, or an entry's number + 1 and bits of its hash above */
    uint32_t slot_mask; /* number of slots - 1, a power of two - 1 */
    uint64_t key[3];    /* from the context's seed: nobody can prepare hashes that share slots;
                         * the last two are odd */
    size_t bytes;       /* of all entries */
};
typedef struct mote_proof_index mote_proof_index;

#define MOTE_TRIE_NO_ENTRY UINT32_MAX
#define MOTE_TRIE_SLOT_NUMBER 0x0007ffffu /* what of a slot is the number + 1 */
_Static_assert(MOTE_MAX_PROOF_NODES <= MOTE_TRIE_SLOT_NUMBER, "a slot holds every number");

/* An index for `count` entries whose bytes and hashes are still to be put in place, with an empty
 * table; NULL where the context's memory does not suffice. */
mote_proof_index *mote_trie_index_new(mote_context *context, uint32_t count);
/* Memory that mote_trie_index_new takes at most. */
size_t mote_trie_index_memory(size_t count);
/* Puts an entry into the table. False where an equal one is there already: that one is found. */
bool mote_trie_index_add(mote_proof_index *index, uint32_t number);

/* The hash is the sender's to choose, as far as he can search; so its bits are mixed with a
 * secret before and between the multiplications that spread them. */
static inline uint64_t mote_trie_mix(const mote_proof_index *index, const uint8_t *hash) {
    uint64_t word;
    memcpy(&word, hash, sizeof word); /* in the machine's order: only this machine looks */
    word = (word ^ index->key[0]) * index->key[1];
    return (word ^ word >> 32) * index->key[2];
}

/* The slot that has the entry with this hash, or the free one where it would go. `*tag`: the bits
 * of the hash that a slot has. */
static inline uint32_t *mote_trie_slot(const mote_proof_index *index, uint32_t *tag,
                                       const uint8_t *hash) {
    const uint64_t mixed = mote_trie_mix(index, hash);
    uint32_t at = (uint32_t)(mixed >> 32) & index->slot_mask;
    *tag = (uint32_t)(mixed >> 32) & ~MOTE_TRIE_SLOT_NUMBER;
    for (;; at = (at + 1) & index->slot_mask) {
        const uint32_t slot = index->slots[at];
        if (slot == 0) break;
        if (((slot ^ *tag) & ~MOTE_TRIE_SLOT_NUMBER) != 0) continue;
        const uint8_t *own = index->hashes[(slot & MOTE_TRIE_SLOT_NUMBER) - 1].bytes;
        if (memcmp(own, hash, sizeof index->hashes->bytes) == 0) break;
    }
    return &index->slots[at];
}

/* The entry with this hash of 32 bytes, or MOTE_TRIE_NO_ENTRY. */
static inline uint32_t mote_trie_find(const mote_proof_index *index, const uint8_t *hash) {
    uint32_t tag;
    return (*mote_trie_slot(index, &tag, hash) & MOTE_TRIE_SLOT_NUMBER) - 1;
}

/* The entry a parent names by hash. One shorter than 32 bytes would be inside its parent, and is
 * none. */
static inline uint32_t mote_trie_find_node(const mote_proof_index *index, const uint8_t *hash) {
    const uint32_t entry = mote_trie_find(index, hash);
    return entry == MOTE_TRIE_NO_ENTRY || index->entries[entry].size < 32 ? MOTE_TRIE_NO_ENTRY
                                                                          : entry;
}

#endif
