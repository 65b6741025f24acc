/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Aura's digest items (sp_consensus_aura digests.rs; verification-rules A.3, A.4), read as nodes read them: an item that
 * does not decode is none, bytes after what decodes are nobody's.
 */
#include <string.h>

#include "mote/aura.h"
#include "mote/seal.h"

#define LOG_AUTHORITIES_CHANGE 1u
#define KEY_SIZE 32u

static bool read_slot(uint64_t *out, mote_bytes payload) {
    mote_cursor cursor = mote_cursor_over(payload);
    *out = mote_read_u64(&cursor);
    return cursor.status == MOTE_OK;
}

static bool read_change(mote_aura_keys *out, mote_bytes payload) {
    mote_cursor cursor = mote_cursor_over(payload);
    if (mote_read_u8(&cursor) != LOG_AUTHORITIES_CHANGE) return false;
    uint32_t count = mote_read_count(&cursor, KEY_SIZE, UINT32_MAX);
    mote_bytes items = mote_read_span(&cursor, (size_t)count * KEY_SIZE);
    if (cursor.status != MOTE_OK) return false;
    *out = (mote_aura_keys){items.data, count};
    return true;
}

/* Returns how many pre-digests decode. */
static uint32_t walk(mote_aura_digest *out, const mote_header *header) {
    uint32_t pre_digests = 0;
    mote_digest_iterator items = mote_digest_items(header);
    mote_digest_item item;
    while (mote_digest_next(&items, &item)) {
        uint64_t slot;
        if (memcmp(item.engine, "aura", 4) != 0) continue;
        if (item.kind == MOTE_DIGEST_PRE_RUNTIME && read_slot(&slot, item.payload)) {
            if (pre_digests++ == 0) out->slot = slot;
        }
        /* Each is written to the state at once: the last one stays (pallet_aura change_authorities). */
        if (item.kind == MOTE_DIGEST_CONSENSUS && read_change(&out->next, item.payload)) {
            out->has_change = true;
        }
    }
    return pre_digests;
}

static mote_status read(mote_context *context, mote_aura_digest *out, const mote_header *header) {
    mote_seal seal;
    uint32_t pre_digests = walk(out, header);
    if (pre_digests != 1) {
        return mote_fail(context,
                         pre_digests == 0 ? MOTE_E_NO_PRE_DIGEST : MOTE_E_SEVERAL_PRE_DIGESTS,
                         header->encoded.data, MOTE_NO_INDEX);
    }
    mote_status status = mote_seal_read(context, &seal, header, "aura");
    if (status != MOTE_OK) return status;
    out->seal = seal.signature;
    out->pre_hash = seal.pre_hash;
    return MOTE_OK;
}

mote_status mote_aura_digest_read(mote_context *context, mote_aura_digest *out,
                                  const mote_header *header) {
    memset(out, 0, sizeof *out);
    mote_status status = read(context, out, header);
    if (status != MOTE_OK) {
        memset(out, 0, sizeof *out);
        return status;
    }
    mote_context_clear_fault(context);
    return MOTE_OK;
}
