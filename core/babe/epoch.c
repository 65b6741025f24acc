/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an epoch must be, and how far from its start a slot is (sc_consensus_babe Epoch::clone_for_slot).
 */
#include "claim.h"
#include "mote/limits.h"

/* Their total weight, unless it is known already. */
static mote_status check_authorities(mote_babe_known *known, const mote_authority_list *list) {
    uint64_t total = 0;
    if (list->count == 0) return MOTE_E_AUTHORITIES_INVALID;
    if (list->count > MOTE_MAX_AUTHORITIES) return MOTE_E_LIMIT_COUNT;
    if (known->items == list->items && known->count == list->count) return MOTE_OK;
    for (uint32_t i = 0; i < list->count; i++) {
        uint64_t weight = mote_authority_weight(list, i);
        if (weight == 0 || weight > UINT64_MAX - total) return MOTE_E_AUTHORITIES_INVALID;
        total += weight;
    }
    *known = (mote_babe_known){.items = list->items, .count = list->count, .total = total};
    return MOTE_OK;
}

static mote_status judge(mote_babe_known *known, const mote_babe_epoch *epoch) {
    mote_status status = check_authorities(known, &epoch->authorities);
    if (status != MOTE_OK) return status;
    bool possible = epoch->duration != 0 && epoch->c_denominator != 0 &&
                    epoch->c_numerator <= epoch->c_denominator &&
                    epoch->allowed_slots <= MOTE_BABE_AND_SECONDARY_VRF;
    if (!possible) return MOTE_E_EPOCH_CONFIG;
    return epoch->start_slot > UINT64_MAX - epoch->duration ? MOTE_E_SLOT_OVERFLOW : MOTE_OK;
}

mote_status mote_babe_check_epoch(mote_context *context, mote_babe_known *known,
                                  const mote_babe_epoch *epoch) {
    mote_status status = judge(known, epoch);
    if (status == MOTE_OK) return MOTE_OK;
    return mote_fail(context, status, epoch->authorities.items, MOTE_NO_INDEX);
}

mote_status mote_babe_epoch_check(mote_context *context, const mote_babe_epoch *epoch) {
    mote_babe_known known = {.items = NULL};
    return mote_babe_check_epoch(context, &known, epoch);
}

mote_status mote_babe_epoch_index(mote_context *context, uint64_t *out,
                                  const mote_babe_epoch *epoch, uint64_t slot) {
    *out = 0;
    if (epoch->duration == 0) {
        return mote_fail(context, MOTE_E_EPOCH_CONFIG, NULL, MOTE_NO_INDEX);
    }
    if (slot < epoch->start_slot) {
        return mote_fail(context, MOTE_E_SLOT_ORDER, NULL, MOTE_NO_INDEX);
    }
    uint64_t skipped = (slot - epoch->start_slot) / epoch->duration;
    if (skipped > UINT64_MAX - epoch->index) {
        return mote_fail(context, MOTE_E_SLOT_OVERFLOW, NULL, MOTE_NO_INDEX);
    }
    *out = epoch->index + skipped;
    return MOTE_OK;
}
