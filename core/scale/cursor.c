/* SPDX-License-Identifier: Apache-2.0 */
#include "mote/scale.h"

#include <string.h>

mote_cursor mote_cursor_over(mote_bytes input) {
    static const uint8_t nothing[1] = {0};
    /* An empty span may be {NULL, 0}; the cursor's pointers are never NULL, so that a fault has a place. */
    const uint8_t *begin = input.data == NULL ? nothing : input.data;
    return (mote_cursor){begin, input.data == NULL ? begin : begin + input.size, MOTE_OK};
}

size_t mote_cursor_left(const mote_cursor *cursor) {
    return (size_t)(cursor->end - cursor->at);
}

void mote_cursor_fail(mote_cursor *cursor, mote_status status) {
    if (cursor->status == MOTE_OK) cursor->status = status;
}

mote_status mote_cursor_check(mote_context *context, const mote_cursor *cursor) {
    if (cursor->status == MOTE_OK) return MOTE_OK;
    return mote_fail(context, cursor->status, cursor->at, MOTE_NO_INDEX);
}

mote_status mote_cursor_finish(mote_context *context, const mote_cursor *cursor) {
    mote_status status = mote_cursor_check(context, cursor);
    if (status != MOTE_OK) return status;
    if (cursor->at == cursor->end) return MOTE_OK;
    return mote_fail(context, MOTE_E_TRAILING_BYTES, cursor->at, MOTE_NO_INDEX);
}

mote_bytes mote_read_span(mote_cursor *cursor, size_t size) {
    if (cursor->status != MOTE_OK) return (mote_bytes){NULL, 0};
    if (size > mote_cursor_left(cursor)) {
        mote_cursor_fail(cursor, MOTE_E_TRUNCATED);
        return (mote_bytes){NULL, 0};
    }
    mote_bytes span = {cursor->at, size};
    cursor->at += size;
    return span;
}

void mote_read_array(mote_cursor *cursor, uint8_t *out, size_t size) {
    mote_bytes span = mote_read_span(cursor, size);
    if (span.data == NULL) {
        memset(out, 0, size);
    } else {
        memcpy(out, span.data, size);
    }
}

uint8_t mote_read_u8(mote_cursor *cursor) {
    uint8_t value;
    mote_read_array(cursor, &value, sizeof value);
    return value;
}

uint16_t mote_read_u16(mote_cursor *cursor) {
    uint8_t bytes[2];
    mote_read_array(cursor, bytes, sizeof bytes);
    return mote_load_u16(bytes);
}

uint32_t mote_read_u32(mote_cursor *cursor) {
    uint8_t bytes[4];
    mote_read_array(cursor, bytes, sizeof bytes);
    return mote_load_u32(bytes);
}

uint64_t mote_read_u64(mote_cursor *cursor) {
    uint8_t bytes[8];
    mote_read_array(cursor, bytes, sizeof bytes);
    return mote_load_u64(bytes);
}

mote_hash mote_read_hash(mote_cursor *cursor) {
    mote_hash hash;
    mote_read_array(cursor, hash.bytes, sizeof hash.bytes);
    return hash;
}

bool mote_read_bool(mote_cursor *cursor) {
    const uint8_t *start = cursor->at;
    uint8_t value = mote_read_u8(cursor);
    if (value <= 1) return value == 1;
    cursor->at = start;
    mote_cursor_fail(cursor, MOTE_E_BAD_OPTION);
    return false;
}

bool mote_read_option(mote_cursor *cursor) {
    return mote_read_bool(cursor);
}
