/* SPDX-License-Identifier: Apache-2.0 */
/* What waits for a parachain where each message has a page of its own (dmp.rs, storage version 1). */
#include "value.h"

#include <string.h>

mote_status mote_dmp_pages_read(mote_context *context, mote_dmp_pages *out, const mote_proof *proof,
                                uint32_t recipient) {
    mote_dmp_pages pages = {false, recipient, 0, 0, proof->state};
    mote_bytes value;
    memset(out, 0, sizeof *out);
    mote_status status =
        mote_message_value(context, &pages.known, &value, proof, MOTE_ITEM_DMP_PAGES, recipient, 0);
    if (status == MOTE_OK && pages.known) {
        mote_cursor cursor = mote_cursor_over(value);
        pages.first = mote_read_u64(&cursor);
        pages.end = mote_read_u64(&cursor);
        status = mote_cursor_finish(context, &cursor);
    }
    if (status == MOTE_OK && pages.end < pages.first)
        status = mote_fail(context, MOTE_E_BAD_FORMAT, value.data, MOTE_NO_INDEX);
    if (status == MOTE_OK) *out = pages;
    return status;
}

static bool is_same_state(const mote_state_root *a, const mote_state_root *b) {
    return mote_hash_equal(&a->root, &b->root) && a->origin == b->origin &&
           mote_hash_equal(&a->block_hash, &b->block_hash);
}

static mote_status check_page(mote_context *context, const mote_dmp_pages *pages,
                              const mote_proof *proof, uint64_t page) {
    if (mote_state_root_check(&pages->under) != MOTE_OK)
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    if (!is_same_state(&pages->under, &proof->state) || page < pages->first || page >= pages->end)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    if (page - pages->first >= UINT32_MAX)
        return mote_fail(context, MOTE_E_LIMIT_COUNT, NULL, MOTE_NO_INDEX);
    return MOTE_OK;
}

/* InboundDownwardMessage { sent_at, msg } */
mote_status mote_dmp_page_read(mote_context *context, mote_message_queued *out,
                               const mote_dmp_pages *pages, const mote_proof *proof,
                               uint64_t page) {
    const mote_message_key key = mote_dmp_page_key(pages->recipient, page);
    bool present;
    mote_bytes value;
    mote_message message;
    memset(out, 0, sizeof *out);
    mote_status status = check_page(context, pages, proof, page);
    if (status == MOTE_OK) status = mote_message_value_at(context, &present, &value, proof, &key);
    if (status != MOTE_OK) return status;
    if (!present) return mote_fail(context, MOTE_E_BAD_FORMAT, NULL, MOTE_NO_INDEX);
    mote_cursor cursor = mote_cursor_over(value);
    message.sent_at = mote_read_u32(&cursor);
    message.data = mote_read_vec_u8(&cursor);
    status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) return status;
    *out = (mote_message_queued){
        true, 0, pages->recipient, (uint32_t)(page - pages->first), message, proof->state};
    return MOTE_OK;
}
