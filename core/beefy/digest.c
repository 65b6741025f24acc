/* SPDX-License-Identifier: Apache-2.0 */
/* BEEFY's consensus log in headers (sp_consensus_beefy ConsensusLog), and its set and root where the header is final. Read
 * as nodes read it: the first item of a kind that decodes counts, and bytes behind it are tolerated. */
#include <string.h>

#include "seals.h"

typedef enum beefy_log_kind {
    LOG_AUTHORITIES_CHANGE = 1,
    LOG_ON_DISABLED = 2,
    LOG_MMR_ROOT = 3
} beefy_log_kind;

static void read_set(mote_beefy_digest *out, mote_cursor *cursor) {
    const uint8_t *start = cursor->at;
    uint32_t count = mote_read_count(cursor, MOTE_BEEFY_KEY_SIZE, UINT32_MAX);
    mote_read_span(cursor, (size_t)count * MOTE_BEEFY_KEY_SIZE);
    mote_bytes keys = {start, (size_t)(cursor->at - start)};
    uint64_t id = mote_read_u64(cursor);
    if (cursor->status != MOTE_OK || out->has_set) return;
    out->has_set = true;
    out->keys = keys;
    out->set_id = id;
}

static void read_root(mote_beefy_digest *out, mote_cursor *cursor) {
    mote_hash root = mote_read_hash(cursor);
    if (cursor->status != MOTE_OK || out->has_root) return;
    out->has_root = true;
    out->mmr_root = root;
}

void mote_beefy_digest_read(mote_beefy_digest *out, const mote_header *header) {
    mote_digest_iterator items = mote_digest_items(header);
    mote_digest_item item;
    memset(out, 0, sizeof *out);
    while (mote_digest_next(&items, &item)) {
        if (item.kind != MOTE_DIGEST_CONSENSUS || memcmp(item.engine, "BEEF", 4) != 0) continue;
        mote_cursor cursor = mote_cursor_over(item.payload);
        switch (mote_read_u8(&cursor)) {
        case LOG_AUTHORITIES_CHANGE: read_set(out, &cursor); break;
        case LOG_MMR_ROOT: read_root(out, &cursor); break;
        case LOG_ON_DISABLED: break;
        default: break;
        }
    }
}

static mote_status digest_of(mote_context *context, mote_beefy_digest *out,
                             const mote_finalized_header *evidence, const mote_header *header) {
    if (mote_finalized_header_check(evidence) != MOTE_OK) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    mote_status status = mote_header_check(context, header);
    if (status != MOTE_OK) return status;
    if (!mote_hash_equal(&evidence->hash, &header->hash)) {
        return mote_fail(context, MOTE_E_HEADER_HASH, header->encoded.data, MOTE_NO_INDEX);
    }
    mote_beefy_digest_read(out, header);
    return MOTE_OK;
}

mote_status mote_beefy_set_of_header(mote_context *context, mote_beefy_set *out,
                                     const mote_finalized_header *evidence,
                                     const mote_header *header) {
    mote_beefy_digest digest;
    memset(out, 0, sizeof *out);
    mote_status status = digest_of(context, &digest, evidence, header);
    if (status != MOTE_OK) return status;
    if (!digest.has_set) {
        return mote_fail(context, MOTE_E_HANDOVER_MISSING, header->encoded.data, MOTE_NO_INDEX);
    }
    return mote_beefy_set_decode(context, out, digest.keys, digest.set_id, evidence->assumed);
}

mote_status mote_beefy_root_of_header(mote_context *context, mote_beefy_finalized *out,
                                      const mote_finalized_header *evidence,
                                      const mote_header *header) {
    mote_beefy_digest digest;
    memset(out, 0, sizeof *out);
    mote_status status = digest_of(context, &digest, evidence, header);
    if (status != MOTE_OK) return status;
    if (!digest.has_root) {
        return mote_fail(context, MOTE_E_PAYLOAD_ROOT, header->encoded.data, MOTE_NO_INDEX);
    }
    *out = (mote_beefy_finalized){MOTE_BEEFY_FINALIZED_SEAL, digest.mmr_root, evidence->number,
                                  MOTE_BEEFY_NO_SET, evidence->assumed};
    mote_context_clear_fault(context);
    return MOTE_OK;
}
