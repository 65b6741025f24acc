/* SPDX-License-Identifier: Apache-2.0 */
#include "fragment_scan.h"

#include <string.h>

#include "mote/header.h"
#include "mote/limits.h"

#define PRECOMMIT_SIZE 132u

void mote_fragment_scan_begin(mote_fragment_scan *scan) {
    memset(scan, 0, sizeof *scan);
    scan->needed = 1;
}

static void begin_headers(mote_fragment_scan *scan) {
    scan->stage = scan->headers == 0 ? MOTE_SCAN_DONE : MOTE_SCAN_HEADER;
}

static void end_header(mote_fragment_scan *scan) {
    if (!scan->in_ancestry) {
        scan->header_size = scan->done;
        scan->in_ancestry = true;
        scan->stage = MOTE_SCAN_COMMIT;
        return;
    }
    scan->headers--;
    begin_headers(scan);
}

static void read_header_start(mote_cursor *cursor, mote_fragment_scan *scan) {
    (void)mote_read_span(cursor, 32);
    (void)mote_read_compact_u64(cursor);
    (void)mote_read_span(cursor, 64);
    scan->items = mote_read_compact_u32(cursor);
    if (cursor->status == MOTE_OK && scan->items > MOTE_MAX_DIGEST_ITEMS)
        mote_cursor_fail(cursor, MOTE_E_LIMIT_COUNT);
}

/* *body: bytes of the item behind what was read. An unknown type has no known length: nothing behind it could be
 * found. */
static void read_item_start(mote_cursor *cursor, size_t *body) {
    const uint8_t *start = cursor->at;
    uint8_t type = mote_read_u8(cursor);
    if (cursor->status != MOTE_OK) return;
    switch (type) {
    case MOTE_DIGEST_CONSENSUS:
    case MOTE_DIGEST_SEAL:
    case MOTE_DIGEST_PRE_RUNTIME: (void)mote_read_span(cursor, 4); break;
    case MOTE_DIGEST_OTHER: break;
    case MOTE_DIGEST_ENVIRONMENT_UPDATED: return;
    default:
        cursor->at = start;
        mote_cursor_fail(cursor, MOTE_E_BAD_DIGEST_TYPE);
        return;
    }
    *body = mote_read_compact_u32(cursor);
}

static void read_commit_start(mote_cursor *cursor, mote_fragment_scan *scan) {
    (void)mote_read_span(cursor, 8 + 32 + 4);
    scan->precommits = mote_read_compact_u32(cursor);
    if (scan->precommits > MOTE_MAX_JUSTIFICATION_SIZE / PRECOMMIT_SIZE)
        mote_cursor_fail(cursor, MOTE_E_LIMIT_COUNT);
}

static void read_ancestry_count(mote_cursor *cursor, mote_fragment_scan *scan) {
    scan->headers = mote_read_compact_u32(cursor);
    if (scan->headers > MOTE_MAX_ANCESTRY_HEADERS) mote_cursor_fail(cursor, MOTE_E_LIMIT_COUNT);
}

/* The element's small fixed part; *body: bytes that follow it and need no look. */
static void read_element(mote_cursor *cursor, mote_fragment_scan *scan, size_t *body) {
    *body = 0;
    switch (scan->stage) {
    case MOTE_SCAN_HEADER: read_header_start(cursor, scan); break;
    case MOTE_SCAN_DIGEST_ITEM: read_item_start(cursor, body); break;
    case MOTE_SCAN_COMMIT: read_commit_start(cursor, scan); break;
    case MOTE_SCAN_PRECOMMITS: *body = (size_t)scan->precommits * PRECOMMIT_SIZE; break;
    case MOTE_SCAN_ANCESTRY_COUNT: read_ancestry_count(cursor, scan); break;
    case MOTE_SCAN_DONE: break;
    }
}

static void go_on(mote_fragment_scan *scan) {
    switch (scan->stage) {
    case MOTE_SCAN_HEADER:
        if (scan->items == 0) {
            end_header(scan);
        } else {
            scan->stage = MOTE_SCAN_DIGEST_ITEM;
        }
        break;
    case MOTE_SCAN_DIGEST_ITEM:
        if (--scan->items == 0) end_header(scan);
        break;
    case MOTE_SCAN_COMMIT:
        scan->precommits_at = scan->done;
        scan->stage = MOTE_SCAN_PRECOMMITS;
        break;
    case MOTE_SCAN_PRECOMMITS: scan->stage = MOTE_SCAN_ANCESTRY_COUNT; break;
    case MOTE_SCAN_ANCESTRY_COUNT: begin_headers(scan); break;
    case MOTE_SCAN_DONE: break;
    }
}

mote_status mote_fragment_scan_look(mote_fragment_scan *scan, const uint8_t **at,
                                    mote_bytes received, size_t limit) {
    while (scan->stage != MOTE_SCAN_DONE && received.size >= scan->needed) {
        mote_cursor cursor =
            mote_cursor_over((mote_bytes){received.data + scan->done, received.size - scan->done});
        size_t body;
        read_element(&cursor, scan, &body);
        *at = cursor.at;
        /* The fixed part is short: waiting byte by byte for it costs little. */
        if (cursor.status == MOTE_E_TRUNCATED) {
            scan->needed = received.size + 1;
            return received.size < limit ? MOTE_OK : MOTE_E_LIMIT_SIZE;
        }
        if (cursor.status != MOTE_OK) return cursor.status;
        size_t end = (size_t)(cursor.at - received.data);
        if (body > limit || end > limit - body) return MOTE_E_LIMIT_SIZE;
        scan->needed = end + body;
        if (received.size < scan->needed) return MOTE_OK;
        scan->done = scan->needed;
        go_on(scan);
    }
    return MOTE_OK;
}
