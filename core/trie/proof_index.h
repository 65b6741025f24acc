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
    MOTE_MARK_TWIN = 8,       /* not in the table: an equal one, which came before, is */
    MOTE_MARK_SHORT = 16,     /* of less than 32 bytes: as a node it would be inside its parent */
    /* What its bytes are if they are a node's: decoded before anybody has asked for it. */
    MOTE_MARK_PLAIN = 32, /* a branch, and its children are hashes all of them */
    MOTE_MARK_LEAF = 64,
    MOTE_MARK_HASHED = 128 /* one of both, and its value is a hash */
} mote_trie_entry_mark;

/* An entry is its number, its place in the proof. Of each there are the arrays' elements. */
struct mote_proof_index {
    mote_bytes *entries;
    mote_hash *hashes;
    uint32_t *queue; /* of the reachability check */
    uint8_t *marks;  /* bits of mote_trie_entry_mark, set while loading */
    /* Of a plain branch, its first link and how many there are. Of a leaf with its value's hash, the
     * entry that is the value + 1, or 0. */
    uint32_t *aside;
    uint32_t *links; /* of each child the entry + 1, or 0; NULL: there are none */
    /* Both have bits of the hashes first, and are what they should be of what is a node when all is
     * loaded. */
    uint32_t linked;
    bool is_linked;
    uint32_t count;
    uint32_t slot_mask; /* number of slots - 1, a power of two - 1 */
    uint32_t *slots;    /* 0, or an entry's number + 1 and bits of its hash above */
    uint32_t *known;    /* bits, eight times as many as slots: as a rule not set for other hashes */
    uint64_t key[3];    /* from the context's seed: nobody can prepare hashes that share slots; the
                         * last two are odd */
    size_t bytes;       /* of all entries */
};
typedef struct mote_proof_index mote_proof_index;

#define MOTE_TRIE_NO_ENTRY UINT32_MAX
#define MOTE_TRIE_ENTRIES_AT_ONCE 64u     /* for which memory is taken */
#define MOTE_TRIE_SLOT_NUMBER 0x0007ffffu /* what of a slot is the number + 1 */
_Static_assert(MOTE_MAX_PROOF_NODES <= MOTE_TRIE_SLOT_NUMBER, "a slot holds every number");

/* An index for `count` entries whose hashes are still to be put in place, with an empty table; NULL
 * where the context's memory does not suffice. `entries` NULL: their bytes are still to be put in
 * place too. */
mote_proof_index *mote_trie_index_new(mote_context *context, mote_bytes *entries, uint32_t count);
/* Room for links, by the bytes of all entries; where there is none, hashes are looked for. */
void mote_trie_index_make_links(mote_context *context, mote_proof_index *index);
/* Decodes the entries from `first` on, before `end`, in case they are nodes. */
void mote_trie_index_decode(mote_proof_index *index, uint32_t first, uint32_t end);
/* Memory that an index takes at most. */
size_t mote_trie_index_memory(size_t count, size_t bytes);
/* Puts the entries from `first` on, before `end`, into the table. Returns the first of which an equal one is there
 * already, or `end`. */
uint32_t mote_trie_index_add(mote_proof_index *index, uint32_t first, uint32_t end);

/* Asks for memory that will be looked at soon. */
static inline void mote_trie_fetch(const void *at) {
#ifdef __GNUC__
    __builtin_prefetch(at);
#else
    (void)at;
#endif
}

/* The hash is the sender's to choose, as far as he can search; so its bits are mixed with a
 * secret before and between the multiplications that spread them. */
static inline uint32_t mote_trie_mix(const mote_proof_index *index, const uint8_t *hash) {
    uint64_t word;
    memcpy(&word, hash, sizeof word); /* in the machine's order: only this machine looks */
    word = (word ^ index->key[0]) * index->key[1];
    return (uint32_t)((word ^ word >> 32) * index->key[2] >> 32);
}

/* Where the bit of `known` is that says whether there may be such an entry. */
static inline uint32_t mote_trie_known_bit(const mote_proof_index *index, uint32_t mixed) {
    return mixed >> 9 & (8 * index->slot_mask + 7);
}
static inline uint32_t mote_trie_may_be_known(const mote_proof_index *index, uint32_t mixed) {
    const uint32_t bit = mote_trie_known_bit(index, mixed);
    return index->known[bit / 32] >> bit % 32 & 1;
}

/* The slot that has the entry with this hash, or the free one where it would go. */
static inline uint32_t *mote_trie_slot(const mote_proof_index *index, uint32_t mixed,
                                       const uint8_t *hash) {
    for (uint32_t at = mixed & index->slot_mask;; at = (at + 1) & index->slot_mask) {
        const uint32_t slot = index->slots[at];
        if (slot == 0) return &index->slots[at];
        if (((slot ^ mixed) & ~MOTE_TRIE_SLOT_NUMBER) != 0) continue;
        const uint8_t *own = index->hashes[(slot & MOTE_TRIE_SLOT_NUMBER) - 1].bytes;
        if (memcmp(own, hash, sizeof index->hashes->bytes) == 0) return &index->slots[at];
    }
}

static inline uint32_t mote_trie_find_mixed(const mote_proof_index *index, uint32_t mixed,
                                            const uint8_t *hash) {
    return (*mote_trie_slot(index, mixed, hash) & MOTE_TRIE_SLOT_NUMBER) - 1;
}

/* The entry with this hash of 32 bytes, or MOTE_TRIE_NO_ENTRY. */
static inline uint32_t mote_trie_find(const mote_proof_index *index, const uint8_t *hash) {
    return mote_trie_find_mixed(index, mote_trie_mix(index, hash), hash);
}

/* `aside` of a plain branch. */
#define MOTE_TRIE_LINK_BITS 27u
_Static_assert(2 * (uint64_t)MOTE_MAX_PROOF_SIZE + 64 * (uint64_t)MOTE_MAX_PROOF_NODES <
                   UINT64_C(33) << MOTE_TRIE_LINK_BITS,
               "a number of a link has room, of a rebuilt proof too");
static inline uint32_t *mote_trie_links_of(const mote_proof_index *index, uint32_t entry) {
    return index->links + (index->aside[entry] & ((UINT32_C(1) << MOTE_TRIE_LINK_BITS) - 1));
}
static inline uint32_t mote_trie_link_count(const mote_proof_index *index, uint32_t entry) {
    return index->aside[entry] >> MOTE_TRIE_LINK_BITS;
}

/* The entry a parent names by hash. One shorter than 32 bytes would be inside its parent, and is
 * none. */
static inline uint32_t mote_trie_find_node(const mote_proof_index *index, const uint8_t *hash) {
    const uint32_t entry = mote_trie_find(index, hash);
    if (entry == MOTE_TRIE_NO_ENTRY || (index->marks[entry] & MOTE_MARK_SHORT) != 0)
        return MOTE_TRIE_NO_ENTRY;
    return entry;
}

#endif
