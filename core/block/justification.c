/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Justifications attached to a block (sp_runtime Justifications).
 */
#include <string.h>

#include "mote/block.h"

#define SMALLEST_ITEM 5u /* an engine and an empty vector */

mote_status mote_block_justification_find(mote_context *context, bool *found, mote_bytes *out,
                                          mote_bytes list, const char engine[4]) {
    mote_cursor cursor = mote_cursor_over(list);
    mote_bytes first = {NULL, 0};
    bool has_one = false;
    *found = false;
    *out = first;
    uint32_t count = mote_read_count(&cursor, SMALLEST_ITEM, UINT32_MAX);
    for (uint32_t i = 0; i < count && cursor.status == MOTE_OK; i++) {
        uint8_t name[4];
        mote_read_array(&cursor, name, sizeof name);
        mote_bytes justification = mote_read_vec_u8(&cursor);
        if (has_one || memcmp(name, engine, sizeof name) != 0) continue;
        has_one = true;
        first = justification;
    }
    mote_status status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) return status;
    mote_context_clear_fault(context);
    *found = has_one;
    *out = first;
    return MOTE_OK;
}

mote_status mote_block_justification_verify(mote_context *context, mote_finalized_header *out,
                                            mote_justification_report *report,
                                            const mote_header *header,
                                            const mote_authority_set *set, mote_bytes list) {
    mote_finalized_block block;
    mote_bytes justification;
    bool found;
    memset(out, 0, sizeof *out);
    mote_status status =
        mote_block_justification_find(context, &found, &justification, list, "FRNK");
    if (status != MOTE_OK) return status;
    if (!found) return mote_fail(context, MOTE_E_LINK_MISSING, list.data, MOTE_NO_INDEX);
    status = mote_justification_verify(context, &block, report, set, justification, header);
    if (status != MOTE_OK) return status;
    return mote_finalized_header_of(context, out, &block, header);
}
