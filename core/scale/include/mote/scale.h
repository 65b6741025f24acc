/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SCALE, the encoding of everything in Polkadot (verification-rules: parity-scale-codec; spec appendix A.2).
 *
 * Reading: a cursor over borrowed bytes that latches its first failure. After it, every read gives zeros and
 * moves nothing, so a decoder reads top to bottom like the layout it decodes and asks once, at the end:
 *
 *     mote_cursor cursor = mote_cursor_over(input);
 *     out->round = mote_read_u64(&cursor);
 *     ...
 *     return mote_cursor_finish(context, &cursor);      // exactly consumed, or an error with its byte
 *
 * A loop over a claimed count must stop when the cursor has failed (or use mote_read_count, which refuses a
 * count that the remaining bytes cannot hold). Nothing is allocated; spans point into the input.
 *
 * Checked: bounds, canonical compact integers, booleans and options of 0 or 1.
 * Not checked: anything the bytes mean.
 */
#ifndef MOTE_SCALE_H
#define MOTE_SCALE_H

#include "mote/bytes.h"
#include "mote/context.h"
#include "mote/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mote_cursor {
    const uint8_t *at; /* next byte; after a failure, the byte at which the failed value starts */
    const uint8_t *end;
    mote_status status; /* MOTE_OK until the first failure */
} mote_cursor;

mote_cursor mote_cursor_over(mote_bytes input);
size_t mote_cursor_left(const mote_cursor *cursor);
/* Makes the cursor fail here, unless it has failed already. */
void mote_cursor_fail(mote_cursor *cursor, mote_status status);

/* Verdict of a whole object: all read and nothing left (TRAILING_BYTES otherwise). Records the fault. */
MOTE_MUST_USE mote_status mote_cursor_finish(mote_context *context, const mote_cursor *cursor);
/* Verdict of a part: what was read so far was well formed. Records the fault. */
MOTE_MUST_USE mote_status mote_cursor_check(mote_context *context, const mote_cursor *cursor);

uint8_t mote_read_u8(mote_cursor *cursor);
uint16_t mote_read_u16(mote_cursor *cursor);
uint32_t mote_read_u32(mote_cursor *cursor);
uint64_t mote_read_u64(mote_cursor *cursor);
bool mote_read_bool(mote_cursor *cursor);   /* 0 or 1, else E_BAD_OPTION */
bool mote_read_option(mote_cursor *cursor); /* true: a value follows */
void mote_read_array(mote_cursor *cursor, uint8_t *out, size_t size); /* zeroed on failure */
mote_hash mote_read_hash(mote_cursor *cursor);
mote_bytes mote_read_span(mote_cursor *cursor, size_t size); /* `size` bytes, borrowed */

/* Compact integers, canonical only: E_COMPACT_NOT_CANONICAL, E_COMPACT_TOO_LARGE. */
uint32_t mote_read_compact_u32(mote_cursor *cursor);
uint64_t mote_read_compact_u64(mote_cursor *cursor);
/* Number of items of a vector whose items take at least `min_item_size` (>= 1) bytes each:
 * E_LENGTH_BEYOND_INPUT where the remaining bytes cannot hold them, E_LIMIT_COUNT above `limit`. */
uint32_t mote_read_count(mote_cursor *cursor, size_t min_item_size, uint32_t limit);
/* Vec<u8>: its bytes, borrowed. */
mote_bytes mote_read_vec_u8(mote_cursor *cursor);

/* Writing into memory of the caller. Latches like the cursor: E_BUFFER_TOO_SMALL; `size` goes on counting, so
 * that a first pass over {NULL, 0} tells how much is needed. */
typedef struct mote_writer {
    uint8_t *data;
    size_t capacity;
    size_t size; /* bytes written, or that would have been */
} mote_writer;

mote_writer mote_writer_into(uint8_t *data, size_t capacity);
bool mote_writer_fits(const mote_writer *writer); /* everything written so far is in the memory */
void mote_write_u8(mote_writer *writer, uint8_t value);
void mote_write_u16(mote_writer *writer, uint16_t value);
void mote_write_u32(mote_writer *writer, uint32_t value);
void mote_write_u64(mote_writer *writer, uint64_t value);
void mote_write_span(mote_writer *writer, const uint8_t *data, size_t size);
void mote_write_hash(mote_writer *writer, const mote_hash *hash);
void mote_write_compact(mote_writer *writer, uint64_t value);
void mote_write_vec_u8(mote_writer *writer, mote_bytes bytes);

/* Single integers in memory, for fixed layouts. */
uint16_t mote_load_u16(const uint8_t bytes[2]);
uint32_t mote_load_u32(const uint8_t bytes[4]);
uint64_t mote_load_u64(const uint8_t bytes[8]);
void mote_store_u32(uint8_t bytes[4], uint32_t value);
void mote_store_u64(uint8_t bytes[8], uint64_t value);

#ifdef __cplusplus
}
#endif
#endif
