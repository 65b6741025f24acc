/* SPDX-License-Identifier: Apache-2.0 */
/* What the bundle says rather than proves: questions, and the check values of such parts. */
#include "format.h"
#include "mote/hash.h"

#include <string.h>

void mote_bundle_write_check(mote_writer *writer, size_t begin) {
    uint8_t check[MOTE_BUNDLE_CHECK_SIZE] = {0};
    if (mote_writer_fits(writer) && writer->data != NULL) {
        mote_blake2b_128(check, (mote_bytes){writer->data + begin, writer->size - begin});
    }
    mote_write_span(writer, check, sizeof check);
}

mote_status mote_bundle_check(mote_context *context, mote_bytes bytes, const uint8_t *check) {
    uint8_t expected[MOTE_BUNDLE_CHECK_SIZE];
    mote_blake2b_128(expected, bytes);
    if (memcmp(expected, check, sizeof expected) == 0) return MOTE_OK;
    return mote_fail(context, MOTE_E_CHECKSUM, bytes.data, MOTE_NO_INDEX);
}

static mote_bytes read_key(mote_cursor *cursor) {
    mote_cursor before = *cursor;
    const mote_bytes key = mote_read_vec_u8(cursor);
    if (cursor->status != MOTE_OK || key.size <= MOTE_MAX_KEY_SIZE) return key;
    *cursor = before;
    mote_cursor_fail(cursor, MOTE_E_LIMIT_SIZE);
    return (mote_bytes){NULL, 0};
}

static mote_question read_kind(mote_cursor *cursor) {
    mote_cursor before = *cursor;
    const uint8_t kind = mote_read_u8(cursor);
    if (kind <= MOTE_ASK_NONE) return (mote_question)kind;
    *cursor = before;
    mote_cursor_fail(cursor, MOTE_E_BAD_ENUM);
    return MOTE_ASK_READ;
}

void mote_bundle_read_query(mote_cursor *cursor, mote_bundle_query *out) {
    memset(out, 0, sizeof *out);
    out->question = read_kind(cursor);
    out->child_key = read_key(cursor);
    out->key = read_key(cursor);
    if (out->question == MOTE_ASK_EQUALS) out->expected = mote_read_vec_u8(cursor);
}

void mote_bundle_write_query(mote_writer *writer, const mote_bundle_query *query) {
    mote_write_u8(writer, (uint8_t)query->question);
    mote_write_vec_u8(writer, query->child_key);
    mote_write_vec_u8(writer, query->key);
    if (query->question == MOTE_ASK_EQUALS) mote_write_vec_u8(writer, query->expected);
}
