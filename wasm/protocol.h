/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and writing the boundary's types that SCALE does not have: lengths are u32. */
#ifndef MOTE_WASM_PROTOCOL_H
#define MOTE_WASM_PROTOCOL_H

#include "mote/scale.h"

/* A list of byte strings in a request, read item by item. */
typedef struct protocol_list {
    uint32_t count;
    mote_cursor items;
} protocol_list;

static inline mote_bytes protocol_read_bytes(mote_cursor *cursor) {
    return mote_read_span(cursor, mote_read_u32(cursor));
}

static inline protocol_list protocol_read_list(mote_cursor *cursor) {
    protocol_list list;
    list.count = mote_read_u32(cursor);
    list.items = *cursor;
    for (uint32_t i = 0; i < list.count && cursor->status == MOTE_OK; i++)
        (void)protocol_read_bytes(cursor);
    list.items.end = cursor->at;
    return list;
}

static inline mote_bytes protocol_next(protocol_list *list) {
    return protocol_read_bytes(&list->items);
}

static inline void protocol_write_bytes(mote_writer *writer, mote_bytes bytes) {
    mote_write_u32(writer, (uint32_t)bytes.size);
    mote_write_span(writer, bytes.data, bytes.size);
}

/* A count that is known only after its items are written. */
static inline size_t protocol_begin_count(mote_writer *writer) {
    size_t place = writer->size;
    mote_write_u32(writer, 0);
    return place;
}

static inline void protocol_end_count(mote_writer *writer, size_t place, uint32_t count) {
    if (place <= writer->capacity && 4 <= writer->capacity - place)
        mote_store_u32(writer->data + place, count);
}

#endif
