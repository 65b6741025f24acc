/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a block stands by its own state (pallet_babe). Sound because the runtime keeps the epochs that its headers announce
 * (enact_epoch_change): what is proven here is what following every announcement from genesis would have led to.
 */
#include <string.h>

#include "mote/babe.h"
#include "mote/hash.h"

enum item {
    GENESIS_SLOT,
    CURRENT_SLOT,
    EPOCH_INDEX,
    AUTHORITIES,
    NEXT_AUTHORITIES,
    RANDOMNESS,
    NEXT_RANDOMNESS,
    EPOCH_CONFIG,
    NEXT_EPOCH_CONFIG
};
static const char *const names[MOTE_BABE_STATE_KEYS] = {
    "GenesisSlot", "CurrentSlot",    "EpochIndex",  "Authorities",    "NextAuthorities",
    "Randomness",  "NextRandomness", "EpochConfig", "NextEpochConfig"};

void mote_babe_state_keys(uint8_t out[MOTE_BABE_STATE_KEYS][MOTE_BABE_STATE_KEY_SIZE]) {
    for (uint32_t i = 0; i < MOTE_BABE_STATE_KEYS; i++) {
        mote_storage_prefix(out[i], (mote_bytes){(const uint8_t *)"Babe", 4},
                            (mote_bytes){(const uint8_t *)names[i], strlen(names[i])});
    }
}

/* Absent items are empty: that is their default in the runtime too. */
static mote_status read_items(mote_context *context, mote_bytes items[MOTE_BABE_STATE_KEYS],
                              const mote_proof *proof) {
    uint8_t keys[MOTE_BABE_STATE_KEYS][MOTE_BABE_STATE_KEY_SIZE];
    mote_trie_view view = mote_proof_main(proof);
    mote_proven_value value;
    mote_babe_state_keys(keys);
    for (uint32_t i = 0; i < MOTE_BABE_STATE_KEYS; i++) {
        mote_status status =
            mote_trie_read(context, &value, &view, (mote_bytes){keys[i], sizeof keys[i]});
        if (status != MOTE_OK) return status;
        if (value.state == MOTE_VALUE_HASH_ONLY) {
            return mote_fail(context, MOTE_E_VALUE_NOT_IN_PROOF, NULL, i);
        }
        items[i] = value.state == MOTE_VALUE_PRESENT ? value.value : (mote_bytes){NULL, 0};
    }
    return MOTE_OK;
}

static mote_status read_number(mote_context *context, uint64_t *out, mote_bytes item) {
    mote_cursor cursor = mote_cursor_over(item);
    *out = item.size == 0 ? 0 : mote_read_u64(&cursor);
    return mote_cursor_finish(context, &cursor);
}

static mote_status read_lists(mote_context *context, mote_babe_epoch *epoch, mote_bytes authorities,
                              mote_bytes randomness) {
    mote_cursor cursor = mote_cursor_over(authorities);
    mote_read_authority_list(&cursor, &epoch->authorities);
    mote_status status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK || randomness.size == 0) return status;
    cursor = mote_cursor_over(randomness);
    mote_read_array(&cursor, epoch->randomness, sizeof epoch->randomness);
    return mote_cursor_finish(context, &cursor);
}

static mote_status read_config(mote_context *context, mote_babe_epoch *epoch, mote_bytes item) {
    mote_cursor cursor = mote_cursor_over(item);
    epoch->c_numerator = mote_read_u64(&cursor);
    epoch->c_denominator = mote_read_u64(&cursor);
    epoch->allowed_slots = mote_read_u8(&cursor);
    return mote_cursor_finish(context, &cursor);
}

static mote_status place_epochs(mote_context *context, mote_babe_position *out,
                                const mote_bytes items[MOTE_BABE_STATE_KEYS],
                                uint64_t epoch_slots) {
    uint64_t genesis_slot, index;
    mote_babe_epoch *current = &out->current, *next = &out->next;
    mote_status status = read_number(context, &genesis_slot, items[GENESIS_SLOT]);
    if (status == MOTE_OK) status = read_number(context, &out->slot, items[CURRENT_SLOT]);
    if (status == MOTE_OK) status = read_number(context, &index, items[EPOCH_INDEX]);
    if (status != MOTE_OK) return status;
    bool fits = epoch_slots != 0 && index < UINT64_MAX / epoch_slots - 2 &&
                genesis_slot < UINT64_MAX - (index + 2) * epoch_slots;
    if (!fits) return mote_fail(context, MOTE_E_SLOT_OVERFLOW, NULL, MOTE_NO_INDEX);
    current->index = index;
    current->duration = next->duration = epoch_slots;
    current->start_slot = genesis_slot + index * epoch_slots;
    next->index = index + 1;
    next->start_slot = current->start_slot + epoch_slots;
    bool holds = out->slot >= current->start_slot && out->slot < next->start_slot;
    return holds ? MOTE_OK : mote_fail(context, MOTE_E_SLOT_ORDER, NULL, MOTE_NO_INDEX);
}

static mote_status fill(mote_context *context, mote_babe_position *out, const mote_proof *proof,
                        uint64_t epoch_slots) {
    mote_bytes items[MOTE_BABE_STATE_KEYS];
    mote_status status = read_items(context, items, proof);
    if (status != MOTE_OK) return status;
    if (items[AUTHORITIES].size == 0) {
        return mote_fail(context, MOTE_E_CONSENSUS_UNKNOWN, NULL, MOTE_NO_INDEX);
    }
    status = place_epochs(context, out, items, epoch_slots);
    if (status != MOTE_OK) return status;
    status = read_lists(context, &out->current, items[AUTHORITIES], items[RANDOMNESS]);
    if (status != MOTE_OK) return status;
    status = read_lists(context, &out->next, items[NEXT_AUTHORITIES], items[NEXT_RANDOMNESS]);
    if (status != MOTE_OK) return status;
    /* A configuration stays until another one is announced. */
    bool changes = items[NEXT_EPOCH_CONFIG].size != 0;
    status = read_config(context, &out->current, items[EPOCH_CONFIG]);
    if (status != MOTE_OK) return status;
    status = read_config(context, &out->next, items[changes ? NEXT_EPOCH_CONFIG : EPOCH_CONFIG]);
    if (status != MOTE_OK) return status;
    status = mote_babe_epoch_check(context, &out->current);
    return status == MOTE_OK ? mote_babe_epoch_check(context, &out->next) : status;
}

mote_status mote_babe_at_state(mote_context *context, mote_babe_position *out,
                               const mote_proof *proof, uint64_t epoch_slots) {
    memset(out, 0, sizeof *out);
    if (proof->state.origin != MOTE_STATE_OF_RELAY) {
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    }
    out->hash = proof->state.block_hash;
    out->number = proof->state.block_number;
    mote_status status = fill(context, out, proof, epoch_slots);
    if (status != MOTE_OK) memset(out, 0, sizeof *out);
    return status;
}
