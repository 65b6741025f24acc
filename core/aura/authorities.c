/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Aura's authorities out of a parachain's state (pallet_aura). A block's authors are in its parent's state.
 */
#include <string.h>

#include "mote/aura.h"
#include "mote/hash.h"
#include "mote/limits.h"

void mote_aura_authorities_key(uint8_t out[MOTE_AURA_KEY_SIZE]) {
    mote_storage_prefix(out, (mote_bytes){(const uint8_t *)"Aura", 4},
                        (mote_bytes){(const uint8_t *)"Authorities", 11});
}

static mote_status read_keys(mote_context *context, mote_aura_keys *out, mote_bytes list) {
    mote_cursor cursor = mote_cursor_over(list);
    uint32_t count = mote_read_count(&cursor, 32, MOTE_MAX_AUTHORITIES);
    mote_bytes items = mote_read_span(&cursor, (size_t)count * 32);
    mote_status status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) return status;
    if (count == 0) return mote_fail(context, MOTE_E_AUTHORITIES_INVALID, list.data, MOTE_NO_INDEX);
    *out = (mote_aura_keys){items.data, count};
    return MOTE_OK;
}

/* The value is of the block's state. Where the caller vouches for the root, the block may be left out. */
static mote_status check_evidence(const mote_proven_value *value, const mote_para_header *block) {
    const mote_state_root *under = &value->under;
    if (mote_state_root_check(under) != MOTE_OK) return MOTE_E_NO_EVIDENCE;
    if (under->origin == MOTE_STATE_OF_RELAY) return MOTE_E_BAD_ARGUMENT;
    if (block == NULL) {
        return under->origin == MOTE_STATE_ASSUMED ? MOTE_OK : MOTE_E_BAD_ARGUMENT;
    }
    if (mote_para_header_check(block) != MOTE_OK) return MOTE_E_NO_EVIDENCE;
    bool same = mote_hash_equal(&under->root, &block->state_root);
    if (under->origin == MOTE_STATE_OF_PARACHAIN) {
        same = same && mote_hash_equal(&under->block_hash, &block->hash);
    }
    return same ? MOTE_OK : MOTE_E_HEADER_HASH;
}

static mote_status check_value(const mote_proven_value *value) {
    switch (value->state) {
    case MOTE_VALUE_PRESENT: return MOTE_OK;
    case MOTE_VALUE_ABSENT: return MOTE_E_CONSENSUS_UNKNOWN;
    case MOTE_VALUE_HASH_ONLY: return MOTE_E_VALUE_NOT_IN_PROOF;
    case MOTE_VALUE_UNKNOWN: break;
    }
    return MOTE_E_NO_EVIDENCE;
}

mote_status mote_aura_authorities_read(mote_context *context, mote_aura_authorities *out,
                                       const mote_proven_value *value,
                                       const mote_para_header *block, mote_aura_scheme scheme) {
    mote_aura_keys keys;
    memset(out, 0, sizeof *out);
    mote_status status = check_evidence(value, block);
    if (status == MOTE_OK) status = check_value(value);
    if (status != MOTE_OK) return mote_fail(context, status, value->value.data, MOTE_NO_INDEX);
    status = read_keys(context, &keys, value->value);
    if (status != MOTE_OK) return status;
    mote_context_clear_fault(context);
    out->scheme = scheme;
    out->keys = keys;
    out->assumed = value->under.assumed;
    if (block == NULL) return MOTE_OK;
    out->assumed |= block->assumed;
    out->block_hash = block->hash;
    out->block_number = block->number;
    out->para_id = block->para_id;
    return MOTE_OK;
}

mote_status mote_aura_authorities_assume(mote_context *context, mote_aura_authorities *out,
                                         mote_aura_scheme scheme, mote_bytes list,
                                         const mote_hash *block_hash, uint32_t block_number) {
    mote_aura_keys keys;
    memset(out, 0, sizeof *out);
    mote_status status = read_keys(context, &keys, list);
    if (status != MOTE_OK) return status;
    mote_context_clear_fault(context);
    out->scheme = scheme;
    out->keys = keys;
    out->block_hash = *block_hash;
    out->block_number = block_number;
    out->assumed = MOTE_ASSUMED_AUTHORITIES;
    return MOTE_OK;
}
