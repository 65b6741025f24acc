/* SPDX-License-Identifier: Apache-2.0 */
/* A hash table with open addressing, at most half full, filled once and never emptied. */
#include "proof_index.h"

#include "mote/scale.h"
#include "node.h"

#include <string.h>

static size_t slots_for(size_t capacity) {
    size_t slots = 8;
    while (slots / 2 < capacity) slots *= 2;
    return slots;
}

mote_proof_index *mote_trie_index_new(mote_context *context, uint32_t capacity) {
    size_t slots = slots_for(capacity);
    mote_proof_index *index = mote_context_take(context, 1, sizeof *index);
    if (index == NULL) return NULL;
    index->entries = mote_context_take(context, capacity, sizeof *index->entries);
    index->slots = mote_context_take(context, slots, sizeof *index->slots);
    if (index->entries == NULL || index->slots == NULL) return NULL;
    index->capacity = capacity;
    index->slot_mask = (uint32_t)(slots - 1);
    for (unsigned i = 0; i < 3; i++) index->key[i] = mote_load_u64(context->seed + 8 * i);
    return index;
}

size_t mote_trie_index_memory(size_t capacity) {
    const size_t alignment = 3 * 16;
    return sizeof(mote_proof_index) + capacity * sizeof(mote_trie_proof_entry) +
           slots_for(capacity) * sizeof(uint32_t) + alignment;
}

/* The hash is the sender's to choose, as far as he can search; so its bits are mixed with a
 * secret before and after the multiplications that spread them. */
static uint32_t slot_of(const mote_proof_index *index, const mote_hash *hash) {
    uint64_t mixed = mote_load_u64(hash->bytes) ^ index->key[0];
    mixed = (mixed ^ mixed >> 32) * UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ mixed >> 29) + index->key[1];
    mixed = (mixed ^ mixed >> 32) * (index->key[2] | 1);
    return (uint32_t)(mixed >> 32 ^ mixed) & index->slot_mask;
}

/* The slot that holds the hash's entry, or the free one where it would go. */
static uint32_t *find_slot(const mote_proof_index *index, const mote_hash *hash) {
    uint32_t at = slot_of(index, hash);
    while (index->slots[at] != 0 &&
           !mote_hash_equal(&index->entries[index->slots[at] - 1].hash, hash)) {
        at = (at + 1) & index->slot_mask;
    }
    return &index->slots[at];
}

bool mote_trie_index_add(mote_proof_index *index, mote_bytes bytes, const mote_hash *hash,
                         uint32_t number) {
    uint32_t *slot = find_slot(index, hash);
    if (*slot != 0) return false;
    mote_trie_proof_entry *entry = &index->entries[index->count];
    *entry = (mote_trie_proof_entry){bytes.data, (uint32_t)bytes.size, 0, 0, number, *hash};
    index->count++;
    index->bytes += bytes.size;
    *slot = index->count;
    return true;
}

mote_trie_proof_entry *mote_trie_find(const mote_proof_index *index, const mote_hash *hash) {
    uint32_t found = *find_slot(index, hash);
    return found == 0 ? NULL : &index->entries[found - 1];
}

mote_trie_proof_entry *mote_trie_find_node(const mote_proof_index *index, const mote_hash *hash) {
    mote_trie_proof_entry *entry = mote_trie_find(index, hash);
    return entry != NULL && entry->size >= MOTE_TRIE_HASH_SIZE ? entry : NULL;
}

mote_bytes mote_trie_entry_bytes(const mote_trie_proof_entry *entry) {
    return (mote_bytes){entry->data, entry->size};
}
