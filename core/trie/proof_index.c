/* SPDX-License-Identifier: Apache-2.0 */
/* A hash table with open addressing, at most half full, so that most of what is looked for is where it is looked for first;
 * filled once and never emptied. */
#include "proof_index.h"

#include "mote/scale.h"
#include "node.h"

static size_t slots_for(size_t count) {
    size_t slots = 8;
    while (slots / 2 < count) slots *= 2;
    return slots;
}

mote_proof_index *mote_trie_index_new(mote_context *context, mote_bytes *entries, uint32_t count) {
    size_t slots = slots_for(count);
    mote_proof_index *index = mote_context_take(context, 1, sizeof *index);
    if (index == NULL) return NULL;
    index->entries = entries;
    if (entries == NULL) index->entries = mote_context_take(context, count, sizeof *entries);
    index->hashes = mote_context_take(context, count, sizeof *index->hashes);
    index->queue = mote_context_take(context, count, sizeof *index->queue);
    index->marks = mote_context_take(context, count, sizeof *index->marks);
    index->aside = mote_context_take(context, count, sizeof *index->aside);
    index->slots = mote_context_take(context, slots, sizeof *index->slots);
    index->known = mote_context_take(context, slots / 4, sizeof *index->known);
    if (index->entries == NULL || index->hashes == NULL || index->queue == NULL ||
        index->marks == NULL || index->aside == NULL || index->slots == NULL ||
        index->known == NULL)
        return NULL;
    index->count = count;
    index->slot_mask = (uint32_t)(slots - 1);
    index->key[0] = mote_load_u64(context->seed);
    index->key[1] = (mote_load_u64(context->seed + 8) ^ UINT64_C(0x9e3779b97f4a7c15)) | 1;
    index->key[2] = (mote_load_u64(context->seed + 16) ^ UINT64_C(0xc2b2ae3d27d4eb4f)) | 1;
    return index;
}

/* Each child that is a hash has its length and its hash. */
static size_t most_links(size_t bytes) {
    return bytes / MOTE_TRIE_HASH_CHILD_SIZE;
}

void mote_trie_index_make_links(mote_context *context, mote_proof_index *index) {
    index->links = mote_context_take(context, most_links(index->bytes), sizeof *index->links);
}

size_t mote_trie_index_memory(size_t count, size_t bytes) {
    const size_t alignment = 9 * 16;
    const size_t each =
        sizeof(mote_bytes) + sizeof(mote_hash) + 2 * sizeof(uint32_t) + sizeof(uint8_t);
    return sizeof(mote_proof_index) + slots_for(count) / 4 * 5 * sizeof(uint32_t) + count * each +
           MOTE_TRIE_ENTRIES_AT_ONCE * sizeof(mote_bytes) + most_links(bytes) * sizeof(uint32_t) +
           alignment;
}

static void mark_branch(mote_proof_index *index, uint32_t number, const mote_trie_node *node) {
    const unsigned count = mote_trie_children_count(node->children.bitmap);
    uint32_t *links = index->links + index->linked;
    for (unsigned i = 0; i < count; i++)
        links[i] = mote_trie_mix(index, node->children.at + MOTE_TRIE_HASH_CHILD_SIZE * i + 1);
    index->aside[number] = index->linked | (uint32_t)count << MOTE_TRIE_LINK_BITS;
    index->linked += count;
    index->marks[number] |= MOTE_MARK_PLAIN;
}

void mote_trie_index_decode(mote_proof_index *index, uint32_t first, uint32_t end) {
    if (index->links == NULL) return;
    for (uint32_t i = first; i < end; i++) {
        mote_trie_node node;
        if (!mote_trie_node_is(&node, index->entries[i])) continue;
        const bool leaf = node.kind == MOTE_NODE_LEAF,
                   hashed = node.value_kind == MOTE_NODE_HASHED_VALUE;
        if (node.plain) mark_branch(index, i, &node);
        if (leaf) index->marks[i] |= MOTE_MARK_LEAF;
        if (hashed) index->marks[i] |= MOTE_MARK_HASHED;
        if (leaf && hashed) index->aside[i] = mote_trie_mix(index, node.value.data);
    }
}

/* Entries whose slots are on their way from memory while others are looked at. */
#define AT_ONCE 16u

static bool add(mote_proof_index *index, uint32_t number, uint32_t mixed) {
    const uint32_t bit = mote_trie_known_bit(index, mixed);
    uint32_t *slot = mote_trie_slot(index, mixed, index->hashes[number].bytes);
    if (index->entries[number].size < sizeof index->hashes->bytes)
        index->marks[number] |= MOTE_MARK_SHORT;
    if (*slot != 0) return false;
    *slot = (mixed & ~MOTE_TRIE_SLOT_NUMBER) | (number + 1);
    index->known[bit / 32] |= UINT32_C(1) << bit % 32;
    return true;
}

uint32_t mote_trie_index_add(mote_proof_index *index, uint32_t first, uint32_t end) {
    uint32_t mixed[AT_ONCE];
    for (; first < end; first += AT_ONCE) {
        const uint32_t count = end - first < AT_ONCE ? end - first : AT_ONCE;
        for (uint32_t i = 0; i < count; i++) {
            mixed[i] = mote_trie_mix(index, index->hashes[first + i].bytes);
            mote_trie_fetch(&index->slots[mixed[i] & index->slot_mask]);
        }
        for (uint32_t i = 0; i < count; i++) {
            if (!add(index, first + i, mixed[i])) return first + i;
        }
    }
    return end;
}
