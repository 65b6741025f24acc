/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BABE's consensus log (sp_consensus_babe ConsensusLog, NextEpochDescriptor, NextConfigDescriptor).
 */
#include "log.h"

#include <string.h>

#define NEXT_CONFIG_V1 1u

static void read_next_config(mote_cursor *cursor, mote_babe_digest *out) {
    if (mote_read_u8(cursor) != NEXT_CONFIG_V1) mote_cursor_fail(cursor, MOTE_E_BAD_ENUM);
    out->next_c_numerator = mote_read_u64(cursor);
    out->next_c_denominator = mote_read_u64(cursor);
    out->next_allowed_slots = mote_read_u8(cursor);
    if (out->next_allowed_slots > MOTE_BABE_AND_SECONDARY_VRF) {
        mote_cursor_fail(cursor, MOTE_E_BAD_ENUM);
    }
}

mote_babe_log mote_babe_log_decode(mote_babe_digest *out, mote_bytes payload) {
    mote_cursor cursor = mote_cursor_over(payload);
    memset(out, 0, sizeof *out);
    uint8_t kind = mote_read_u8(&cursor);
    switch (kind) {
    case MOTE_BABE_LOG_IS_NEXT_EPOCH:
        mote_read_authority_list(&cursor, &out->next_authorities);
        mote_read_array(&cursor, out->next_randomness, sizeof out->next_randomness);
        break;
    case MOTE_BABE_LOG_IS_DISABLED: out->disabled_index = mote_read_u32(&cursor); break;
    case MOTE_BABE_LOG_IS_NEXT_CONFIG: read_next_config(&cursor, out); break;
    default: mote_cursor_fail(&cursor, MOTE_E_BAD_ENUM);
    }
    if (cursor.status == MOTE_OK) return (mote_babe_log)kind;
    memset(out, 0, sizeof *out);
    return MOTE_BABE_LOG_IS_NONE;
}
