/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a chain of BABE is started from: a checkpoint's epochs, or the configuration that genesis has
 * (sp_consensus_babe BabeConfiguration, BabeConfigurationV1; pallet_babe's storage).
 */
#include <string.h>

#include "mote/babe.h"
#include "mote/hash.h"

static bool fits(const mote_checkpoint *checkpoint) {
    const mote_babe_epoch *current = &checkpoint->epoch[0], *next = &checkpoint->epoch[1];
    return checkpoint->epoch_count == 2 && checkpoint->has_slot &&
           current->start_slot <= checkpoint->slot && checkpoint->slot < next->start_slot;
}

mote_status mote_babe_at_checkpoint(mote_context *context, mote_babe_position *out,
                                    const mote_checkpoint *checkpoint) {
    memset(out, 0, sizeof *out);
    if (!fits(checkpoint)) {
        return mote_fail(context, MOTE_E_CHECKPOINT_INCOHERENT, checkpoint->header.encoded.data,
                         MOTE_NO_INDEX);
    }
    for (int i = 0; i < 2; i++) {
        mote_status status = mote_babe_epoch_check(context, &checkpoint->epoch[i]);
        if (status != MOTE_OK) return status;
    }
    out->hash = checkpoint->header.hash;
    out->number = checkpoint->header.number;
    out->slot = checkpoint->slot;
    out->current = checkpoint->epoch[0];
    out->next = checkpoint->epoch[1];
    return MOTE_OK;
}

mote_status mote_babe_configuration_decode(mote_context *context, mote_babe_configuration *out,
                                           mote_bytes answer) {
    mote_cursor cursor = mote_cursor_over(answer);
    memset(out, 0, sizeof *out);
    out->slot_milliseconds = mote_read_u64(&cursor);
    out->epoch_slots = mote_read_u64(&cursor);
    out->c_numerator = mote_read_u64(&cursor);
    out->c_denominator = mote_read_u64(&cursor);
    mote_read_authority_list(&cursor, &out->authorities);
    mote_read_array(&cursor, out->randomness, sizeof out->randomness);
    /* Version 1 has a boolean for secondary plain slots here: the same bytes. */
    out->allowed_slots = mote_read_u8(&cursor);
    if (out->allowed_slots > MOTE_BABE_AND_SECONDARY_VRF)
        mote_cursor_fail(&cursor, MOTE_E_BAD_ENUM);
    mote_status status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) memset(out, 0, sizeof *out);
    return status;
}

static mote_bytes find(const mote_trie_entry *entries, size_t count, const char *item) {
    uint8_t key[32];
    mote_storage_prefix(key, (mote_bytes){(const uint8_t *)"Babe", 4},
                        (mote_bytes){(const uint8_t *)item, strlen(item)});
    for (size_t i = 0; i < count; i++) {
        if (mote_bytes_equal(entries[i].key, (mote_bytes){key, sizeof key}))
            return entries[i].value;
    }
    return (mote_bytes){NULL, 0};
}

static void read_epoch_config(mote_cursor *cursor, mote_babe_configuration *out) {
    out->c_numerator = mote_read_u64(cursor);
    out->c_denominator = mote_read_u64(cursor);
    out->allowed_slots = mote_read_u8(cursor);
    if (out->allowed_slots > MOTE_BABE_AND_SECONDARY_VRF) mote_cursor_fail(cursor, MOTE_E_BAD_ENUM);
}

static mote_status read_state(mote_context *context, mote_babe_configuration *out,
                              mote_bytes authorities, mote_bytes randomness, mote_bytes config) {
    mote_cursor cursor = mote_cursor_over(authorities);
    mote_read_authority_list(&cursor, &out->authorities);
    mote_status status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) return status;
    memset(out->randomness, 0, sizeof out->randomness);
    if (randomness.size != 0) {
        cursor = mote_cursor_over(randomness);
        mote_read_array(&cursor, out->randomness, sizeof out->randomness);
        status = mote_cursor_finish(context, &cursor);
        if (status != MOTE_OK) return status;
    }
    if (config.size == 0) return MOTE_OK;
    cursor = mote_cursor_over(config);
    read_epoch_config(&cursor, out);
    return mote_cursor_finish(context, &cursor);
}

mote_status mote_babe_configuration_from_state(mote_context *context, mote_babe_configuration *out,
                                               const mote_trie_entry *entries, size_t count) {
    mote_babe_configuration found = *out;
    mote_bytes authorities = find(entries, count, "Authorities");
    memset(out, 0, sizeof *out);
    if (authorities.size == 0) {
        return mote_fail(context, MOTE_E_AUTHORITIES_INVALID, NULL, MOTE_NO_INDEX);
    }
    mote_status status =
        read_state(context, &found, authorities, find(entries, count, "Randomness"),
                   find(entries, count, "EpochConfig"));
    if (status != MOTE_OK) return status;
    *out = found;
    return MOTE_OK;
}

mote_status mote_babe_at_genesis(mote_context *context, mote_babe_position *out,
                                 const mote_hash *genesis_hash,
                                 const mote_babe_configuration *configuration) {
    mote_babe_epoch *first = &out->current;
    memset(out, 0, sizeof *out);
    out->hash = *genesis_hash;
    out->is_genesis = true;
    first->duration = configuration->epoch_slots;
    first->authorities = configuration->authorities;
    memcpy(first->randomness, configuration->randomness, sizeof first->randomness);
    first->c_numerator = configuration->c_numerator;
    first->c_denominator = configuration->c_denominator;
    first->allowed_slots = configuration->allowed_slots;
    mote_status status = mote_babe_epoch_check(context, first);
    if (status != MOTE_OK) memset(out, 0, sizeof *out);
    return status;
}
