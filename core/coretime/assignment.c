/* SPDX-License-Identifier: Apache-2.0 */
#include "assignment.h"

const char *mote_core_task_name(mote_core_task task) {
    switch (task) {
    case MOTE_CORE_IDLE: return "idle";
    case MOTE_CORE_POOL: return "pool";
    case MOTE_CORE_PARA: return "para";
    }
    return "unknown";
}

mote_core_task mote_coretime_read_task(mote_cursor *cursor, uint32_t *para_id) {
    const uint8_t *start = cursor->at;
    const uint8_t task = mote_read_u8(cursor);
    *para_id = 0;
    if (task > MOTE_CORE_PARA) {
        cursor->at = start;
        mote_cursor_fail(cursor, MOTE_E_BAD_ENUM);
        return MOTE_CORE_IDLE;
    }
    if (task == MOTE_CORE_PARA) *para_id = mote_read_u32(cursor);
    return (mote_core_task)task;
}

static mote_core_assignment read_item(mote_cursor *cursor, bool with_rest) {
    mote_core_assignment item = {MOTE_CORE_IDLE, 0, 0, 0};
    item.task = mote_coretime_read_task(cursor, &item.para_id);
    item.parts = mote_read_u16(cursor);
    if (with_rest) item.remaining = mote_read_u16(cursor);
    return item;
}

mote_bytes mote_coretime_read_list(mote_cursor *cursor, uint32_t *count, bool with_rest) {
    *count = mote_read_count(cursor, with_rest ? 5 : 3, MOTE_MAX_ASSIGNMENTS);
    mote_bytes items = {cursor->at, 0};
    for (uint32_t i = 0; i < *count && cursor->status == MOTE_OK; i++)
        (void)read_item(cursor, with_rest);
    if (cursor->status == MOTE_OK) items.size = (size_t)(cursor->at - items.data);
    return items;
}

mote_cursor mote_coretime_cursor_at(const mote_coretime_place *place, uint32_t count,
                                    mote_bytes items) {
    if (place->index >= count || place->offset >= items.size)
        return mote_cursor_over((mote_bytes){NULL, 0});
    return mote_cursor_over((mote_bytes){items.data + place->offset, items.size - place->offset});
}

bool mote_coretime_step(mote_coretime_place *place, const mote_cursor *cursor, mote_bytes items) {
    if (cursor->status != MOTE_OK) return false;
    place->offset = (size_t)(cursor->at - items.data);
    place->index++;
    return true;
}

bool mote_coretime_next(mote_core_assignment *out, mote_coretime_place *place, uint32_t count,
                        mote_bytes items, bool with_rest) {
    mote_cursor cursor = mote_coretime_cursor_at(place, count, items);
    *out = read_item(&cursor, with_rest);
    return mote_coretime_step(place, &cursor, items);
}

mote_core_assignment mote_coretime_item(mote_bytes items, uint32_t index, bool with_rest) {
    mote_core_assignment item = {MOTE_CORE_IDLE, 0, 0, 0};
    mote_coretime_place place = {0, 0};
    while (place.index <= index && mote_coretime_next(&item, &place, index + 1, items, with_rest))
        continue;
    return item;
}
