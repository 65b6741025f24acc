/* SPDX-License-Identifier: Apache-2.0 */
/*
 * GRANDPA's consensus log (sp_consensus_grandpa ConsensusLog; verification-rules A.3, A.4). Read as full nodes read
 * it: `try_to` decodes a prefix of the payload, so trailing bytes are tolerated, and an item that does not decode
 * is as if it were not there.
 */
#include "mote/header.h"

#include <string.h>

const uint8_t *mote_authority_key(const mote_authority_list *list, uint32_t index) {
    return list->items + (size_t)index * MOTE_AUTHORITY_ITEM_SIZE;
}

uint64_t mote_authority_weight(const mote_authority_list *list, uint32_t index) {
    return mote_load_u64(mote_authority_key(list, index) + 32);
}

void mote_read_authority_list(mote_cursor *cursor, mote_authority_list *out) {
    uint32_t count = mote_read_count(cursor, MOTE_AUTHORITY_ITEM_SIZE, UINT32_MAX);
    /* No overflow: the count was checked against the bytes that are there. */
    mote_bytes items = mote_read_span(cursor, (size_t)count * MOTE_AUTHORITY_ITEM_SIZE);
    *out = (mote_authority_list){items.data, items.data == NULL ? 0 : count};
}

static void read_log(mote_cursor *cursor, mote_grandpa_log *out) {
    uint8_t kind = mote_read_u8(cursor);
    out->kind = (mote_grandpa_log_kind)kind;
    switch (kind) {
    case MOTE_GRANDPA_FORCED_CHANGE:
        out->median_last_finalized = mote_read_u32(cursor);
        mote_read_authority_list(cursor, &out->next);
        out->delay = mote_read_u32(cursor);
        break;
    case MOTE_GRANDPA_SCHEDULED_CHANGE:
        mote_read_authority_list(cursor, &out->next);
        out->delay = mote_read_u32(cursor);
        break;
    case MOTE_GRANDPA_ON_DISABLED: out->authority_index = mote_read_u64(cursor); break;
    case MOTE_GRANDPA_PAUSE:
    case MOTE_GRANDPA_RESUME: out->delay = mote_read_u32(cursor); break;
    default: mote_cursor_fail(cursor, MOTE_E_BAD_ENUM);
    }
}

uint64_t mote_grandpa_log_height(const mote_grandpa_log *log, uint32_t number) {
    return (uint64_t)number + log->delay;
}

bool mote_grandpa_log_decode(mote_grandpa_log *out, mote_bytes payload) {
    mote_cursor cursor = mote_cursor_over(payload);
    memset(out, 0, sizeof *out);
    read_log(&cursor, out);
    if (cursor.status == MOTE_OK) return true;
    memset(out, 0, sizeof *out);
    return false;
}

bool mote_header_find_grandpa_log(const mote_header *header, mote_grandpa_log *out,
                                  mote_grandpa_log_kind kind) {
    mote_digest_iterator items = mote_digest_items(header);
    mote_digest_item item;
    while (mote_digest_next(&items, &item)) {
        if (item.kind != MOTE_DIGEST_CONSENSUS || memcmp(item.engine, "FRNK", 4) != 0) continue;
        if (mote_grandpa_log_decode(out, item.payload) && out->kind == kind) return true;
    }
    memset(out, 0, sizeof *out);
    return false;
}
