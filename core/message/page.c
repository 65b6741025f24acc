/* SPDX-License-Identifier: Apache-2.0 */
/* XCMP pages (cumulus xcmp-queue, XcmpMessageFormat). */
#include "mote/message.h"

#include <string.h>

#include "mote/scale.h"

const char *mote_xcm_format_name(mote_xcm_format format) {
    switch (format) {
    case MOTE_XCM_CONCATENATED: return "concatenated";
    case MOTE_XCM_BLOBS: return "blobs";
    case MOTE_XCM_SIGNALS: return "signals";
    case MOTE_XCM_OPAQUE: return "opaque";
    case MOTE_XCM_UNKNOWN: break;
    }
    return "unknown";
}

mote_status mote_xcm_page_open(mote_context *context, mote_xcm_page *out, mote_bytes message) {
    memset(out, 0, sizeof *out);
    if (message.size == 0) return mote_fail(context, MOTE_E_TRUNCATED, message.data, MOTE_NO_INDEX);
    const uint8_t byte = message.data[0];
    out->format_byte = byte;
    out->format = byte <= MOTE_XCM_OPAQUE ? (mote_xcm_format)byte : MOTE_XCM_UNKNOWN;
    out->whole = out->format == MOTE_XCM_CONCATENATED || out->format == MOTE_XCM_UNKNOWN;
    out->rest = (mote_bytes){message.data + 1, message.size - 1};
    return MOTE_OK;
}

mote_status mote_xcm_page_next(mote_context *context, mote_xcm_page *page, bool *more,
                               mote_bytes *part) {
    mote_cursor cursor = mote_cursor_over(page->rest);
    *more = page->rest.size > 0;
    *part = (mote_bytes){NULL, 0};
    if (!*more) return MOTE_OK;
    if (page->whole) {
        *part = mote_read_span(&cursor, page->rest.size);
    } else if (page->format == MOTE_XCM_SIGNALS) {
        *part = mote_read_span(&cursor, 1);
    } else {
        *part = mote_read_vec_u8(&cursor);
    }
    const mote_status status = mote_cursor_check(context, &cursor);
    *more = status == MOTE_OK;
    page->rest = (mote_bytes){cursor.at, *more ? mote_cursor_left(&cursor) : 0};
    return status;
}
