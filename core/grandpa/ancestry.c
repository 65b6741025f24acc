/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ancestry by hash and by number, in linear time (verification-rules B.4): a header names its parent by hash, so a
 * chain of them cannot be forged; the numbers must count down along it, so that a claimed height cannot be either.
 */
#include "ancestry.h"

#include <string.h>

#include "mote/scale.h"

mote_status mote_ancestry_new(mote_context *context, mote_ancestry *out, uint32_t capacity,
                              const uint8_t *at) {
    memset(out, 0, sizeof *out);
    uint32_t slots = 4;
    while (slots / 2 < capacity) slots *= 2; /* capacity is limited far below 2^30 by the callers */
    out->header = mote_context_take(context, capacity, sizeof *out->header);
    out->slot = mote_context_take(context, slots, sizeof *out->slot);
    if (out->header == NULL || out->slot == NULL) {
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, at, MOTE_NO_INDEX);
    }
    out->capacity = capacity;
    out->slots = slots;
    out->key[0] = mote_load_u64(context->seed);
    out->key[1] = mote_load_u64(context->seed + 8) | 1;
    return MOTE_OK;
}

/* A hash's bytes are as good as random unless somebody grinds them; the key makes grinding blind. */
static uint32_t first_slot(const mote_ancestry *ancestry, const uint8_t hash[32]) {
    uint64_t mixed = mote_load_u64(hash) ^ ancestry->key[0];
    mixed = (mixed ^ mixed >> 32) * UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ mixed >> 32) * ancestry->key[1];
    return (uint32_t)(mixed >> 32) & (ancestry->slots - 1);
}

mote_ancestor *mote_ancestry_find(const mote_ancestry *ancestry, const uint8_t hash[32]) {
    for (uint32_t i = first_slot(ancestry, hash);; i = (i + 1) & (ancestry->slots - 1)) {
        uint32_t index = ancestry->slot[i];
        if (index == 0) return NULL; /* at most half the slots are taken: one is free */
        if (memcmp(ancestry->header[index - 1].hash.bytes, hash, 32) == 0)
            return &ancestry->header[index - 1];
    }
}

mote_status mote_ancestry_add(mote_context *context, mote_ancestry *ancestry,
                              const mote_ancestor *header) {
    if (ancestry->count == ancestry->capacity) {
        return mote_fail(context, MOTE_E_INTERNAL, header->at, ancestry->count);
    }
    if (mote_ancestry_find(ancestry, header->hash.bytes) != NULL) {
        return mote_fail(context, MOTE_E_ANCESTRY_DUPLICATE, header->at, ancestry->count);
    }
    uint32_t i = first_slot(ancestry, header->hash.bytes);
    while (ancestry->slot[i] != 0) i = (i + 1) & (ancestry->slots - 1);
    ancestry->header[ancestry->count] = *header;
    ancestry->slot[i] = ++ancestry->count;
    return MOTE_OK;
}

/* Second pass over the headers the walk has just gone along. */
static void settle(mote_ancestry *ancestry, const uint8_t hash[32], mote_ancestry_state state) {
    mote_ancestor *header = mote_ancestry_find(ancestry, hash);
    while (header != NULL && header->state == MOTE_ANCESTRY_WALKED) {
        header->state = state;
        header = mote_ancestry_find(ancestry, header->parent_hash.bytes);
    }
}

static mote_status walk(mote_ancestry *ancestry, const mote_ancestor **culprit,
                        const uint8_t hash[32], uint32_t number, const uint8_t base_hash[32],
                        uint32_t base_number) {
    while (number > base_number) {
        mote_ancestor *header = mote_ancestry_find(ancestry, hash);
        if (header == NULL || header->state == MOTE_ANCESTRY_LOOSE) return MOTE_E_UNKNOWN_BLOCK;
        if (header->state == MOTE_ANCESTRY_ASTRAY) return MOTE_E_VOTE_NOT_DESCENDANT;
        if (header->number != number) {
            *culprit = header;
            return MOTE_E_ANCESTRY_NUMBER;
        }
        if (header->state == MOTE_ANCESTRY_LINKED) return MOTE_OK;
        header->state = MOTE_ANCESTRY_WALKED;
        hash = header->parent_hash.bytes;
        number--;
    }
    return memcmp(hash, base_hash, 32) == 0 ? MOTE_OK : MOTE_E_VOTE_NOT_DESCENDANT;
}

static mote_ancestry_state state_after(mote_status status) {
    if (status == MOTE_OK) return MOTE_ANCESTRY_LINKED;
    return status == MOTE_E_UNKNOWN_BLOCK ? MOTE_ANCESTRY_LOOSE : MOTE_ANCESTRY_ASTRAY;
}

mote_status mote_ancestry_walk(mote_ancestry *ancestry, const mote_ancestor **culprit,
                               const uint8_t hash[32], uint32_t number, const uint8_t base_hash[32],
                               uint32_t base_number) {
    *culprit = NULL;
    bool is_base = memcmp(hash, base_hash, 32) == 0;
    if (is_base && number == base_number) return MOTE_OK;
    if (is_base) return MOTE_E_TARGET_NUMBER;
    if (number <= base_number) return MOTE_E_VOTE_BELOW_TARGET;
    mote_status status = walk(ancestry, culprit, hash, number, base_hash, base_number);
    settle(ancestry, hash, state_after(status));
    return status;
}

void mote_ancestry_forget_failures(mote_ancestry *ancestry) {
    for (uint32_t i = 0; i < ancestry->count; i++) {
        mote_ancestor *header = &ancestry->header[i];
        if (header->state != MOTE_ANCESTRY_LINKED) header->state = MOTE_ANCESTRY_UNSEEN;
    }
}

const mote_ancestor *mote_ancestry_unused(const mote_ancestry *ancestry) {
    for (uint32_t i = 0; i < ancestry->count; i++) {
        if (ancestry->header[i].state != MOTE_ANCESTRY_LINKED) return &ancestry->header[i];
    }
    return NULL;
}
