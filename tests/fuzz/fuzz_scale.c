/* SPDX-License-Identifier: Apache-2.0 */
/* The first half of the input says what to read from the second. What is read must be inside the input, and
 * what was read as a canonical integer must be written back as the same bytes. */
#include "fixture.h"

#include "mote/limits.h"
#include "mote/scale.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds) abort();
}

static void require_same_bytes(const uint8_t *from, const mote_cursor *cursor, uint64_t value) {
    if (cursor->status != MOTE_OK) return;
    uint8_t out[9];
    mote_writer writer = mote_writer_into(out, sizeof out);
    mote_write_compact(&writer, value);
    require(mote_writer_fits(&writer));
    require(writer.size == (size_t)(cursor->at - from));
    require(memcmp(out, from, writer.size) == 0);
}

static void require_inside(mote_bytes span, mote_bytes input) {
    if (span.size == 0) return;
    require(span.data >= input.data && span.size <= input.size);
    require((size_t)(span.data - input.data) <= input.size - span.size);
}

static void read_one(mote_cursor *cursor, uint8_t what, mote_bytes input) {
    const uint8_t *from = cursor->at;
    uint8_t array[40];
    uint64_t value;
    switch (what % 12) {
    case 0: (void)mote_read_u8(cursor); break;
    case 1: (void)mote_read_u16(cursor); break;
    case 2: (void)mote_read_u32(cursor); break;
    case 3: (void)mote_read_u64(cursor); break;
    case 4: (void)mote_read_bool(cursor); break;
    case 5: (void)mote_read_option(cursor); break;
    case 6: mote_read_array(cursor, array, what % sizeof array); break;
    case 7: (void)mote_read_hash(cursor); break;
    case 8: require_inside(mote_read_span(cursor, what), input); break;
    case 9:
        value = mote_read_compact_u32(cursor);
        require_same_bytes(from, cursor, value);
        break;
    case 10:
        value = mote_read_compact_u64(cursor);
        require_same_bytes(from, cursor, value);
        break;
    default: {
        uint32_t count = mote_read_count(cursor, 1u + what % 7, MOTE_MAX_AUTHORITIES);
        require(count <= MOTE_MAX_AUTHORITIES);
        require(count <= mote_cursor_left(cursor));
        require_inside(mote_read_vec_u8(cursor), input);
    }
    }
    require(cursor->at >= from && cursor->at <= cursor->end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    size_t half = size / 2;
    const mote_bytes input = {size == 0 ? NULL : data + half, size - half};
    mote_cursor cursor = mote_cursor_over(input);
    for (size_t i = 0; i < half; i++) {
        bool failed = cursor.status != MOTE_OK;
        const uint8_t *at = cursor.at;
        read_one(&cursor, data[i], input);
        if (failed) require(cursor.at == at && cursor.status != MOTE_OK);
    }
    mote_context *context = fixture_context(1);
    mote_status status = mote_cursor_finish(context, &cursor);
    require((status == MOTE_OK) == (cursor.status == MOTE_OK && mote_cursor_left(&cursor) == 0));
    return 0;
}
