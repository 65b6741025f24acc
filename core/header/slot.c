/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What dates a header: the slot in its pre-runtime digest (sp_consensus_babe digests.rs, sp_consensus_aura).
 */
#include "mote/header.h"

#include <string.h>

#include "scalar.h"

static bool next_pre_runtime(mote_digest_iterator *items, mote_bytes *payload, const char *engine) {
    mote_digest_item item;
    while (mote_digest_next(items, &item)) {
        if (item.kind != MOTE_DIGEST_PRE_RUNTIME || memcmp(item.engine, engine, 4) != 0) continue;
        *payload = item.payload;
        return true;
    }
    return false;
}

/* 01 Primary and 03 SecondaryVRF: index u32, slot u64, VRF output[32] and proof[64]; 02 SecondaryPlain: without. A node's
 * types of VRF proofs are two scalars, and do not decode with one that is not canonical (sp_core sr25519 VrfProof). */
static bool read_babe_pre_digest(mote_bytes payload, uint64_t *slot) {
    mote_cursor cursor = mote_cursor_over(payload);
    uint8_t kind = mote_read_u8(&cursor);
    if (kind < 1 || kind > 3) return false;
    (void)mote_read_u32(&cursor);
    uint64_t value = mote_read_u64(&cursor);
    if (kind != 2) {
        (void)mote_read_span(&cursor, 32);
        const uint8_t *proof = mote_read_span(&cursor, 64).data;
        if (cursor.status != MOTE_OK) return false;
        if (!scalar_is_canonical(proof) || !scalar_is_canonical(proof + 32)) return false;
    }
    if (cursor.status != MOTE_OK) return false;
    *slot = value;
    return true;
}

static bool read_aura_pre_digest(mote_bytes payload, uint64_t *slot) {
    mote_cursor cursor = mote_cursor_over(payload);
    uint64_t value = mote_read_u64(&cursor);
    if (cursor.status != MOTE_OK) return false;
    *slot = value;
    return true;
}

bool mote_header_babe_slot(const mote_header *header, uint64_t *slot) {
    mote_digest_iterator items = mote_digest_items(header);
    mote_bytes payload;
    *slot = 0;
    while (next_pre_runtime(&items, &payload, "BABE")) {
        if (read_babe_pre_digest(payload, slot)) return true;
    }
    return false;
}

bool mote_header_aura_slot(const mote_header *header, uint64_t *slot) {
    mote_digest_iterator items = mote_digest_items(header);
    mote_bytes payload;
    *slot = 0;
    while (next_pre_runtime(&items, &payload, "aura")) {
        if (read_aura_pre_digest(payload, slot)) return true;
    }
    return false;
}
