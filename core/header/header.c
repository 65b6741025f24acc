/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The layout of a header (sp_runtime generic/header.rs; verification-rules A.2).
 */
#include "mote/header.h"

#include <string.h>

#include "digest.h"
#include "mote/hash.h"
#include "mote/limits.h"

/* The layout allows more than 32 bits; the chains supported here never use them, and others are refused by name
 * rather than truncated. */
static uint32_t read_number(mote_cursor *cursor) {
    const uint8_t *start = cursor->at;
    uint64_t number = mote_read_compact_u64(cursor);
    if (number <= UINT32_MAX) return (uint32_t)number;
    cursor->at = start;
    mote_cursor_fail(cursor, MOTE_E_LARGE_BLOCK_NUMBER);
    return 0;
}

static void read_digest(mote_cursor *cursor, mote_header *out) {
    out->digest_count = mote_read_count(cursor, 1, MOTE_MAX_DIGEST_ITEMS);
    const uint8_t *start = cursor->at;
    for (uint32_t i = 0; i < out->digest_count && cursor->status == MOTE_OK; i++) {
        mote_digest_item item;
        mote_header_read_digest_item(cursor, &item);
    }
    out->digest = (mote_bytes){start, (size_t)(cursor->at - start)};
}

void mote_read_header(mote_cursor *cursor, mote_header *out) {
    const uint8_t *start = cursor->at;
    memset(out, 0, sizeof *out);
    out->parent_hash = mote_read_hash(cursor);
    out->number = read_number(cursor);
    out->state_root = mote_read_hash(cursor);
    out->extrinsics_root = mote_read_hash(cursor);
    read_digest(cursor, out);
    if (cursor->status == MOTE_OK && cursor->at - start > (ptrdiff_t)MOTE_MAX_HEADER_SIZE) {
        cursor->at = start;
        mote_cursor_fail(cursor, MOTE_E_LIMIT_SIZE);
    }
    if (cursor->status != MOTE_OK) {
        memset(out, 0, sizeof *out);
        return;
    }
    out->encoded = (mote_bytes){start, (size_t)(cursor->at - start)};
    out->hash = mote_blake2b_256(out->encoded);
}

mote_status mote_header_decode(mote_context *context, mote_header *out, mote_bytes input) {
    mote_cursor cursor = mote_cursor_over(input);
    mote_read_header(&cursor, out);
    mote_status status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) {
        memset(out, 0, sizeof *out);
        return status;
    }
    mote_context_clear_fault(context);
    return MOTE_OK;
}

static bool same_fields(const mote_header *a, const mote_header *b) {
    return a->number == b->number && mote_hash_equal(&a->hash, &b->hash) &&
           mote_hash_equal(&a->parent_hash, &b->parent_hash) &&
           mote_hash_equal(&a->state_root, &b->state_root) &&
           mote_hash_equal(&a->extrinsics_root, &b->extrinsics_root);
}

mote_status mote_header_check(mote_context *context, const mote_header *header) {
    mote_header decoded;
    mote_cursor cursor = mote_cursor_over(header->encoded);
    mote_read_header(&cursor, &decoded);
    bool whole = cursor.status == MOTE_OK && mote_cursor_left(&cursor) == 0;
    if (whole && same_fields(&decoded, header)) return MOTE_OK;
    return mote_fail(context, MOTE_E_NO_EVIDENCE, header->encoded.data, MOTE_NO_INDEX);
}

void mote_write_header(mote_writer *writer, const mote_header *header) {
    mote_write_hash(writer, &header->parent_hash);
    mote_write_compact(writer, header->number);
    mote_write_hash(writer, &header->state_root);
    mote_write_hash(writer, &header->extrinsics_root);
    mote_write_compact(writer, header->digest_count);
    mote_write_span(writer, header->digest.data, header->digest.size);
}

mote_status mote_header_check_parent(mote_context *context, const mote_header *child,
                                     const mote_header *parent) {
    if (!mote_hash_equal(&child->parent_hash, &parent->hash)) {
        return mote_fail(context, MOTE_E_HEADER_LINK, parent->encoded.data, MOTE_NO_INDEX);
    }
    /* In 64 bits: the parent may have the largest number there is. */
    if ((uint64_t)parent->number + 1 != child->number) {
        return mote_fail(context, MOTE_E_HEADER_NUMBER, parent->encoded.data, MOTE_NO_INDEX);
    }
    mote_context_clear_fault(context);
    return MOTE_OK;
}
