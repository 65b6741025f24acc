/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compact integers (polkadot spec, appendix A.2.3). The low two bits of the first byte are the mode: 0, 1 and 2
 * for values of 6, 14 and 30 bits in 1, 2 and 4 bytes; 3 for (byte >> 2) + 4 bytes of little-endian integer.
 * Only the shortest form of a value is accepted, as parity-scale-codec does: otherwise one block would have
 * several encodings and so several hashes.
 */
#include "mote/scale.h"

static uint64_t load_little_endian(mote_bytes bytes) {
    uint64_t value = 0;
    for (size_t i = bytes.size; i > 0; i--) value = value << 8 | bytes.data[i - 1];
    return value;
}

static uint64_t read_big_integer(mote_cursor *cursor) {
    size_t size = (size_t)(mote_read_u8(cursor) >> 2) + 4;
    mote_bytes bytes = mote_read_span(cursor, size);
    if (bytes.data == NULL) return 0;
    if (bytes.data[size - 1] == 0) {
        mote_cursor_fail(cursor, MOTE_E_COMPACT_NOT_CANONICAL);
        return 0;
    }
    if (size > 8) {
        mote_cursor_fail(cursor, MOTE_E_COMPACT_TOO_LARGE);
        return 0;
    }
    uint64_t value = load_little_endian(bytes);
    if (value < (UINT64_C(1) << 30)) mote_cursor_fail(cursor, MOTE_E_COMPACT_NOT_CANONICAL);
    return value;
}

static uint64_t read_small_integer(mote_cursor *cursor, size_t size) {
    mote_bytes bytes = mote_read_span(cursor, size);
    if (bytes.data == NULL) return 0;
    uint64_t value = load_little_endian(bytes) >> 2;
    uint64_t minimum = size == 1 ? 0 : size == 2 ? UINT64_C(1) << 6 : UINT64_C(1) << 14;
    if (value < minimum) mote_cursor_fail(cursor, MOTE_E_COMPACT_NOT_CANONICAL);
    return value;
}

static uint64_t read_compact(mote_cursor *cursor, uint64_t maximum) {
    const uint8_t *start = cursor->at;
    if (cursor->status != MOTE_OK) return 0;
    if (mote_cursor_left(cursor) == 0) {
        mote_cursor_fail(cursor, MOTE_E_TRUNCATED);
        return 0;
    }
    unsigned mode = *start & 3u;
    uint64_t value =
        mode == 3 ? read_big_integer(cursor) : read_small_integer(cursor, (size_t)1 << mode);
    if (value > maximum) mote_cursor_fail(cursor, MOTE_E_COMPACT_TOO_LARGE);
    if (cursor->status == MOTE_OK) return value;
    cursor->at = start;
    return 0;
}

uint32_t mote_read_compact_u32(mote_cursor *cursor) {
    return (uint32_t)read_compact(cursor, UINT32_MAX);
}

uint64_t mote_read_compact_u64(mote_cursor *cursor) {
    return read_compact(cursor, UINT64_MAX);
}

uint32_t mote_read_count(mote_cursor *cursor, size_t min_item_size, uint32_t limit) {
    const uint8_t *start = cursor->at;
    uint32_t count = mote_read_compact_u32(cursor);
    if (cursor->status != MOTE_OK) return 0;
    if (count > mote_cursor_left(cursor) / min_item_size) {
        mote_cursor_fail(cursor, MOTE_E_LENGTH_BEYOND_INPUT);
    } else if (count > limit) {
        mote_cursor_fail(cursor, MOTE_E_LIMIT_COUNT);
    }
    if (cursor->status == MOTE_OK) return count;
    cursor->at = start;
    return 0;
}

mote_bytes mote_read_vec_u8(mote_cursor *cursor) {
    uint32_t size = mote_read_count(cursor, 1, UINT32_MAX);
    return mote_read_span(cursor, size);
}
