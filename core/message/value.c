/* SPDX-License-Identifier: Apache-2.0 */
#include "value.h"

#include "para_value.h"

mote_status mote_message_value_at(mote_context *context, bool *present, mote_bytes *value,
                                  const mote_proof *proof, const mote_message_key *key) {
    return mote_para_value(context, present, value, proof, (mote_bytes){key->bytes, key->size});
}

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

mote_cursor mote_message_cursor_at(const mote_message_place *place, uint32_t count,
                                   mote_bytes items) {
    if (place->index >= count || place->offset >= items.size)
        return mote_cursor_over((mote_bytes){NULL, 0});
    return mote_cursor_over((mote_bytes){items.data + place->offset, items.size - place->offset});
}

bool mote_message_step(mote_message_place *place, const mote_cursor *cursor, mote_bytes items) {
    if (cursor->status != MOTE_OK) return false;
    place->offset = (size_t)(cursor->at - items.data);
    place->index++;
    return true;
}

bool mote_message_pair_next(mote_message *out, mote_message_place *place, uint32_t count,
                            mote_bytes items) {
    mote_cursor cursor = mote_message_cursor_at(place, count, items);
    out->sent_at = mote_read_u32(&cursor);
    out->data = mote_read_vec_u8(&cursor);
    return mote_message_step(place, &cursor, items);
}

mote_message mote_message_pair_at(mote_bytes items, uint32_t index) {
    mote_message pair = {0, {NULL, 0}};
    mote_message_place place = {0, 0};
    while (place.index <= index && mote_message_pair_next(&pair, &place, index + 1, items))
        continue;
    return pair;
}
