/* SPDX-License-Identifier: Apache-2.0 */
#include "value.h"

#include "para_value.h"

mote_status mote_message_value(mote_context *context, bool *present, mote_bytes *value,
                               const mote_proof *proof, mote_message_item item, uint32_t first,
                               uint32_t second) {
    const mote_message_key key = mote_message_key_of(item, first, second);
    const mote_bytes bytes = {key.bytes, key.size};
    return item >= MOTE_ITEM_HRMP_SENT ? mote_para_own_value(context, present, value, proof, bytes)
                                       : mote_para_value(context, present, value, proof, bytes);
}

mote_status mote_message_pairs(mote_context *context, uint32_t *count, mote_bytes *items,
                               mote_bytes value) {
    mote_cursor cursor = mote_cursor_over(value);
    *count = mote_read_count(&cursor, 5, MOTE_MAX_MESSAGES);
    *items = (mote_bytes){cursor.at, mote_cursor_left(&cursor)};
    for (uint32_t i = 0; i < *count && cursor.status == MOTE_OK; i++) {
        (void)mote_read_u32(&cursor);
        (void)mote_read_vec_u8(&cursor);
    }
    return mote_cursor_finish(context, &cursor);
}

mote_message mote_message_pair_at(mote_bytes items, uint32_t index) {
    mote_cursor cursor = mote_cursor_over(items);
    mote_message pair = {0, {NULL, 0}};
    for (uint32_t i = 0; i <= index && cursor.status == MOTE_OK; i++) {
        pair.sent_at = mote_read_u32(&cursor);
        pair.data = mote_read_vec_u8(&cursor);
    }
    return pair;
}
