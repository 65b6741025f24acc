/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Digest items (sp_runtime generic/digest.rs; verification-rules A.3).
 */
#include "digest.h"

#include <string.h>

void mote_header_read_digest_item(mote_cursor *cursor, mote_digest_item *out) {
    const uint8_t *start = cursor->at;
    memset(out, 0, sizeof *out);
    uint8_t type = mote_read_u8(cursor);
    if (cursor->status != MOTE_OK) return;
    switch (type) {
    case MOTE_DIGEST_CONSENSUS:
    case MOTE_DIGEST_SEAL:
    case MOTE_DIGEST_PRE_RUNTIME: mote_read_array(cursor, out->engine, sizeof out->engine); break;
    case MOTE_DIGEST_OTHER:
    case MOTE_DIGEST_ENVIRONMENT_UPDATED: break;
    default:
        cursor->at = start;
        mote_cursor_fail(cursor, MOTE_E_BAD_DIGEST_TYPE);
        return;
    }
    out->kind = (mote_digest_kind)type;
    if (type != MOTE_DIGEST_ENVIRONMENT_UPDATED) out->payload = mote_read_vec_u8(cursor);
}

mote_digest_iterator mote_digest_items(const mote_header *header) {
    return (mote_digest_iterator){mote_cursor_over(header->digest), header->digest_count};
}

bool mote_digest_next(mote_digest_iterator *iterator, mote_digest_item *out) {
    memset(out, 0, sizeof *out);
    if (iterator->left == 0) return false;
    iterator->left--;
    mote_header_read_digest_item(&iterator->cursor, out);
    return iterator->cursor.status == MOTE_OK;
}
