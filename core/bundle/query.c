/* SPDX-License-Identifier: Apache-2.0 */
#include "format.h"

#include <string.h>

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
