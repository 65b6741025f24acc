/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the frame of a bundle: everything but the content of its sections. */
#include "format.h"

#include <string.h>

const uint8_t mote_bundle_magic[MOTE_BUNDLE_MAGIC_SIZE] = {'m', 'o', 't', 'e', 'b', 'd', 'l', '\n'};

bool mote_bundle_looks_like_one(mote_bytes input) {
    const mote_bytes magic = {mote_bundle_magic, sizeof mote_bundle_magic};
    return mote_bytes_starts_with(input, magic);
}

/* Fails at the byte the value starts with. */
static void fail_at(mote_cursor *cursor, const uint8_t *at, mote_status status) {
    if (cursor->status != MOTE_OK) return;
    cursor->at = at;
    mote_cursor_fail(cursor, status);
}

static void read_magic_and_version(mote_cursor *cursor, mote_bundle *out) {
    const uint8_t *at = cursor->at;
    const mote_bytes magic = mote_read_span(cursor, MOTE_BUNDLE_MAGIC_SIZE);
    if (cursor->status == MOTE_OK && !mote_bundle_looks_like_one(magic)) {
        fail_at(cursor, at, MOTE_E_BAD_FORMAT);
    }
    at = cursor->at;
    out->version = mote_read_u16(cursor);
    if (out->version != MOTE_BUNDLE_VERSION) fail_at(cursor, at, MOTE_E_VERSION);
}

static bool is_name_character(uint8_t c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

static void read_name(mote_cursor *cursor, char out[MOTE_BUNDLE_MAX_NAME + 1]) {
    const uint8_t *at = cursor->at;
    const uint8_t size = mote_read_u8(cursor);
    if (size > MOTE_BUNDLE_MAX_NAME) fail_at(cursor, at, MOTE_E_LIMIT_SIZE);
    const mote_bytes name = mote_read_span(cursor, size);
    for (size_t i = 0; i < name.size; i++) {
        if (!is_name_character(name.data[i])) {
            fail_at(cursor, name.data + i, MOTE_E_BAD_FORMAT);
            return;
        }
        out[i] = (char)name.data[i];
    }
}

/* Types ascend, so that there is one order and no section twice. */
static void read_section(mote_cursor *cursor, mote_bundle *out, uint8_t *last_type) {
    const uint8_t *at = cursor->at;
    const uint8_t type = mote_read_u8(cursor);
    if (cursor->status != MOTE_OK) return;
    if (type == 0 || type > MOTE_BUNDLE_SECTIONS) fail_at(cursor, at, MOTE_E_BAD_ENUM);
    if (type <= *last_type) fail_at(cursor, at, MOTE_E_BAD_FORMAT);
    at = cursor->at;
    const uint32_t size = mote_read_u32(cursor);
    if (cursor->status != MOTE_OK) return;
    if (size == 0) fail_at(cursor, at, MOTE_E_BAD_FORMAT);
    if (size > mote_cursor_left(cursor)) fail_at(cursor, at, MOTE_E_LENGTH_BEYOND_INPUT);
    const mote_bytes content = mote_read_span(cursor, size);
    if (cursor->status != MOTE_OK) return;
    out->section[type] = content;
    *last_type = type;
}

static void read_sections(mote_cursor *cursor, mote_bundle *out) {
    const uint8_t *at = cursor->at;
    const uint8_t count = mote_read_u8(cursor);
    if (count > MOTE_BUNDLE_SECTIONS) fail_at(cursor, at, MOTE_E_BAD_FORMAT);
    (void)mote_read_span(cursor, MOTE_BUNDLE_CHECK_SIZE); /* the first link's business */
    if (cursor->status != MOTE_OK) return;
    out->head_size = (size_t)(cursor->at - out->encoded.data);
    uint8_t last_type = 0;
    for (uint8_t i = 0; i < count && cursor->status == MOTE_OK; i++) {
        read_section(cursor, out, &last_type);
    }
}

mote_status mote_bundle_open(mote_context *context, mote_bundle *out, mote_bytes input) {
    memset(out, 0, sizeof *out);
    mote_bundle bundle;
    memset(&bundle, 0, sizeof bundle);
    bundle.encoded = input;
    mote_cursor cursor = mote_cursor_over(input);
    read_magic_and_version(&cursor, &bundle);
    read_name(&cursor, bundle.chain);
    bundle.genesis = mote_read_hash(&cursor);
    bundle.checkpoint_digest = mote_read_hash(&cursor);
    read_sections(&cursor, &bundle);
    mote_status status = mote_cursor_finish(context, &cursor);
    if (status == MOTE_OK) *out = bundle;
    return status;
}
