/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the cursor's readers (mote/scale.h) do as a rule, without a call: for decoders whose work is mostly reading. What
 * is rare, and every failure, is left to the readers themselves, so that both say the same of any bytes.
 */
#ifndef MOTE_SCALE_QUICK_H
#define MOTE_SCALE_QUICK_H

#include "mote/scale.h"

/* The readers get a copy of the cursor: the cursor itself can stay in registers. */
static inline uint8_t mote_quick_u8(mote_cursor *cursor) {
    if (cursor->status == MOTE_OK && cursor->at != cursor->end) return *cursor->at++;
    mote_cursor slow = *cursor;
    const uint8_t value = mote_read_u8(&slow);
    *cursor = slow;
    return value;
}

static inline mote_bytes mote_quick_span(mote_cursor *cursor, size_t size) {
    if (cursor->status == MOTE_OK && size <= (size_t)(cursor->end - cursor->at)) {
        const mote_bytes span = {cursor->at, size};
        cursor->at += size;
        return span;
    }
    mote_cursor slow = *cursor;
    const mote_bytes span = mote_read_span(&slow, size);
    *cursor = slow;
    return span;
}

/* Lengths of one and two bytes: below 2^14. */
static inline mote_bytes mote_quick_vec_u8(mote_cursor *cursor) {
    const size_t left = (size_t)(cursor->end - cursor->at);
    if (cursor->status == MOTE_OK && left >= 2) {
        const unsigned first = cursor->at[0], mode = first & 3u;
        const size_t size = mode == 0 ? first >> 2 : (first | (unsigned)cursor->at[1] << 8) >> 2;
        const size_t head = mode + 1;
        if (mode <= 1 && size <= left - head && (mode == 0 || size >= 64)) {
            const mote_bytes bytes = {cursor->at + head, size};
            cursor->at += head + size;
            return bytes;
        }
    }
    mote_cursor slow = *cursor;
    const mote_bytes bytes = mote_read_vec_u8(&slow);
    *cursor = slow;
    return bytes;
}

#endif
