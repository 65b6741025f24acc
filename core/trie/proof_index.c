/* SPDX-License-Identifier: Apache-2.0 */
/* A hash table with open addressing, at most half full, filled once and never emptied. */
#include "proof_index.h"

#include "mote/scale.h"

static size_t slots_for(size_t count) {
    size_t slots = 8;
    while (slots / 2 < count) slots *= 2;
    return slots;
}

mote_proof_index *mote_trie_index_new(mote_context *context, uint32_t count) {
    size_t slots = slots_for(count);
    mote_proof_index *index = mote_context_take(context, 1, sizeof *index);
    if (index == NULL) return NULL;
    index->entries = mote_context_take(context, count, sizeof *index->entries);
    index->hashes = mote_context_take(context, count, sizeof *index->hashes);
    index->next = mote_context_take(context, count, sizeof *index->next);
    index->marks = mote_context_take(context, count, sizeof *index->marks);
    index->slots = mote_context_take(context, slots, sizeof *index->slots);
    if (index->entries == NULL || index->hashes == NULL || index->next == NULL ||
        index->marks == NULL || index->slots == NULL)
        return NULL;
    index->count = count;
    index->slot_mask = (uint32_t)(slots - 1);
    index->key[0] = mote_load_u64(context->seed);
    index->key[1] = (mote_load_u64(context->seed + 8) ^ UINT64_C(0x9e3779b97f4a7c15)) | 1;
    index->key[2] = (mote_load_u64(context->seed + 16) ^ UINT64_C(0xc2b2ae3d27d4eb4f)) | 1;
    return index;
}

size_t mote_trie_index_memory(size_t count) {
    const size_t alignment = 6 * 16;
    return sizeof(mote_proof_index) + slots_for(count) * sizeof(uint32_t) + alignment +
           count * (sizeof(mote_bytes) + sizeof(mote_hash) + sizeof(uint32_t) + sizeof(uint8_t));
}

bool mote_trie_index_add(mote_proof_index *index, uint32_t number) {
    uint32_t tag;
    uint32_t *slot = mote_trie_slot(index, &tag, index->hashes[number].bytes);
    if (*slot != 0) return false;
    *slot = tag | (number + 1);
    return true;
}
