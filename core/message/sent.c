/* SPDX-License-Identifier: Apache-2.0 */
/* What a parachain's block sends: in its own state, in that block only (cumulus parachain-system). */
#include "value.h"

#include <string.h>

static mote_status not_shown(mote_context *context) {
    return mote_fail(context, MOTE_E_NOT_SHOWN, NULL, MOTE_NO_INDEX);
}

static mote_status check_index(mote_context *context, const mote_state_root *under, uint32_t index,
                               uint32_t count) {
    if (mote_state_root_check(under) != MOTE_OK)
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    if (index >= count) return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, index);
    return MOTE_OK;
}

/* --- to another parachain --------------------------------------------------------------------- */

mote_status mote_hrmp_outbound_read(mote_context *context, mote_hrmp_outbound *out,
                                    const mote_proof *proof) {
    mote_hrmp_outbound outbound = {0, {NULL, 0}, proof->state};
    bool present;
    mote_bytes value;
    memset(out, 0, sizeof *out);
    mote_status status =
        mote_message_value(context, &present, &value, proof, MOTE_ITEM_HRMP_SENT, 0, 0);
    if (status == MOTE_OK && present)
        status = mote_message_pairs(context, &outbound.count, &outbound.items, value);
    if (status == MOTE_OK) *out = outbound;
    return status;
}

mote_status mote_hrmp_sent_at(mote_context *context, mote_hrmp_sent *out,
                              const mote_hrmp_outbound *outbound, uint32_t index) {
    memset(out, 0, sizeof *out);
    mote_status status = check_index(context, &outbound->under, index, outbound->count);
    if (status != MOTE_OK) return status;
    const mote_message pair = mote_message_pair_at(outbound->items, index);
    *out = (mote_hrmp_sent){index, pair.sent_at, pair.data, outbound->under};
    return MOTE_OK;
}

bool mote_hrmp_sent_next(mote_hrmp_sent *out, mote_message_place *place,
                         const mote_hrmp_outbound *outbound) {
    mote_message pair;
    memset(out, 0, sizeof *out);
    if (mote_state_root_check(&outbound->under) != MOTE_OK ||
        !mote_message_pair_next(&pair, place, outbound->count, outbound->items)) {
        return false;
    }
    *out = (mote_hrmp_sent){place->index - 1, pair.sent_at, pair.data, outbound->under};
    return true;
}

mote_status mote_hrmp_sent_find(mote_context *context, mote_hrmp_sent *out,
                                const mote_hrmp_outbound *outbound, uint32_t recipient,
                                mote_bytes data) {
    mote_message_place place = {0, 0};
    if (mote_state_root_check(&outbound->under) != MOTE_OK) {
        memset(out, 0, sizeof *out);
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    while (mote_hrmp_sent_next(out, &place, outbound)) {
        if (out->recipient == recipient && mote_bytes_equal(out->data, data)) return MOTE_OK;
    }
    return not_shown(context);
}

/* --- to the relay chain ----------------------------------------------------------------------- */

/* Up to the first empty message; the separator is neither message nor signal. */
static void count_upward(mote_cursor *cursor, mote_ump_outbound *out, uint32_t total) {
    bool signals = false;
    for (uint32_t i = 0; i < total && cursor->status == MOTE_OK; i++) {
        const mote_bytes item = mote_read_vec_u8(cursor);
        if (signals) {
            out->signal_count++;
        } else if (item.size == 0) {
            signals = true;
        } else {
            out->count++;
        }
    }
}

mote_status mote_ump_outbound_read(mote_context *context, mote_ump_outbound *out,
                                   const mote_proof *proof) {
    mote_ump_outbound outbound = {0, 0, {NULL, 0}, proof->state};
    bool present;
    mote_bytes value;
    memset(out, 0, sizeof *out);
    mote_status status =
        mote_message_value(context, &present, &value, proof, MOTE_ITEM_UMP_SENT, 0, 0);
    if (status == MOTE_OK && present) {
        mote_cursor cursor = mote_cursor_over(value);
        const uint32_t total = mote_read_count(&cursor, 1, MOTE_MAX_MESSAGES);
        outbound.items = (mote_bytes){cursor.at, mote_cursor_left(&cursor)};
        count_upward(&cursor, &outbound, total);
        status = mote_cursor_finish(context, &cursor);
    }
    if (status == MOTE_OK) *out = outbound;
    return status;
}

bool mote_ump_sent_next(mote_ump_sent *out, mote_message_place *place,
                        const mote_ump_outbound *outbound) {
    mote_cursor cursor = mote_message_cursor_at(place, outbound->count, outbound->items);
    memset(out, 0, sizeof *out);
    if (mote_state_root_check(&outbound->under) != MOTE_OK) return false;
    const mote_bytes item = mote_read_vec_u8(&cursor);
    if (!mote_message_step(place, &cursor, outbound->items)) return false;
    *out = (mote_ump_sent){place->index - 1, item, outbound->under};
    return true;
}

mote_status mote_ump_sent_at(mote_context *context, mote_ump_sent *out,
                             const mote_ump_outbound *outbound, uint32_t index) {
    mote_message_place place = {0, 0};
    memset(out, 0, sizeof *out);
    mote_status status = check_index(context, &outbound->under, index, outbound->count);
    if (status != MOTE_OK) return status;
    while (mote_ump_sent_next(out, &place, outbound) && out->index < index) continue;
    return MOTE_OK;
}

mote_status mote_ump_sent_find(mote_context *context, mote_ump_sent *out,
                               const mote_ump_outbound *outbound, mote_bytes data) {
    mote_message_place place = {0, 0};
    if (mote_state_root_check(&outbound->under) != MOTE_OK) {
        memset(out, 0, sizeof *out);
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    while (mote_ump_sent_next(out, &place, outbound)) {
        if (mote_bytes_equal(out->data, data)) return MOTE_OK;
    }
    return not_shown(context);
}
