/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BABE's consensus log (sp_consensus_babe ConsensusLog, NextEpochDescriptor, NextConfigDescriptor; verification-rules
 * A.3).
 */
#include "babe_log.h"

#include <string.h>

#define RANDOMNESS_SIZE 32u
#define NEXT_CONFIG_V1 1u
#define MOST_ALLOWED_SLOTS 2u /* primary; primary and plain; primary and VRF */

static void read_next_config(mote_cursor *cursor, mote_babe_log *out) {
    if (mote_read_u8(cursor) != NEXT_CONFIG_V1) mote_cursor_fail(cursor, MOTE_E_BAD_ENUM);
    out->chance[0] = mote_read_u64(cursor);
    out->chance[1] = mote_read_u64(cursor);
    if (mote_read_u8(cursor) > MOST_ALLOWED_SLOTS) mote_cursor_fail(cursor, MOTE_E_BAD_ENUM);
}

mote_babe_log mote_header_babe_log(mote_bytes payload) {
    mote_cursor cursor = mote_cursor_over(payload);
    mote_babe_log out;
    memset(&out, 0, sizeof out);
    uint8_t kind = mote_read_u8(&cursor);
    switch (kind) {
    case MOTE_BABE_LOG_NEXT_EPOCH:
        mote_read_authority_list(&cursor, &out.authorities);
        (void)mote_read_span(&cursor, RANDOMNESS_SIZE);
        break;
    case MOTE_BABE_LOG_ON_DISABLED: (void)mote_read_u32(&cursor); break;
    case MOTE_BABE_LOG_NEXT_CONFIG: read_next_config(&cursor, &out); break;
    default: mote_cursor_fail(&cursor, MOTE_E_BAD_ENUM);
    }
    if (cursor.status == MOTE_OK) {
        out.kind = (mote_babe_log_kind)kind;
    } else {
        memset(&out, 0, sizeof out);
    }
    return out;
}

bool mote_header_babe_authorities_odd(const mote_authority_list *authorities) {
    uint64_t total = 0;
    for (uint32_t i = 0; i < authorities->count; i++) {
        uint64_t weight = mote_authority_weight(authorities, i);
        if (weight == 0 || weight > UINT64_MAX - total) return true;
        total += weight;
    }
    return authorities->count == 0;
}
