/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "mote/hash.h"
#include "seals.h"

#define ID_SIZE 2u
#define LEAST_ENTRY 3u /* an id and the length of nothing */

typedef struct payload_entry {
    mote_bytes id, data;
} payload_entry;

static payload_entry read_entry(mote_cursor *cursor) {
    payload_entry out;
    out.id = mote_read_span(cursor, ID_SIZE);
    out.data = mote_read_vec_u8(cursor);
    return out;
}

static bool is_root(const payload_entry *entry) {
    return memcmp(entry->id.data, "mh", ID_SIZE) == 0;
}

/* Ids strictly ascending, so that a search by id and a walk over all find the same; one of them the root. */
static void read_payload(mote_cursor *cursor, mote_beefy_commitment *out) {
    mote_bytes before = {NULL, 0};
    bool found = false;
    const uint8_t *start = cursor->at;
    out->payload_count = mote_read_count(cursor, LEAST_ENTRY, UINT32_MAX);
    for (uint32_t i = 0; i < out->payload_count && cursor->status == MOTE_OK; i++) {
        const uint8_t *at = cursor->at;
        payload_entry entry = read_entry(cursor);
        if (cursor->status != MOTE_OK) return;
        bool ordered = i == 0 || memcmp(before.data, entry.id.data, ID_SIZE) < 0;
        bool fits = !is_root(&entry) || entry.data.size == sizeof out->mmr_root.bytes;
        before = entry.id;
        if (!ordered || !fits) {
            cursor->at = at;
            mote_cursor_fail(cursor, ordered ? MOTE_E_PAYLOAD_ROOT : MOTE_E_PAYLOAD_ORDER);
            return;
        }
        if (!is_root(&entry)) continue;
        memcpy(out->mmr_root.bytes, entry.data.data, sizeof out->mmr_root.bytes);
        found = true;
    }
    if (cursor->status != MOTE_OK || found) return;
    cursor->at = start;
    mote_cursor_fail(cursor, MOTE_E_PAYLOAD_ROOT);
}

static void read_rest(mote_cursor *cursor, mote_beefy_commitment *out, const uint8_t *start) {
    out->block_number = mote_read_u32(cursor);
    out->set_id = mote_read_u64(cursor);
    if (cursor->status != MOTE_OK) {
        memset(out, 0, sizeof *out);
        return;
    }
    out->encoded = (mote_bytes){start, (size_t)(cursor->at - start)};
    out->hash = mote_keccak_256(out->encoded);
}

void mote_read_beefy_commitment(mote_cursor *cursor, mote_beefy_commitment *out) {
    const uint8_t *start = cursor->at;
    memset(out, 0, sizeof *out);
    read_payload(cursor, out);
    read_rest(cursor, out, start);
}

void mote_read_beefy_voted(mote_cursor *cursor, mote_beefy_commitment *out) {
    const uint8_t *start = cursor->at;
    memset(out, 0, sizeof *out);
    out->payload_count = mote_read_count(cursor, LEAST_ENTRY, UINT32_MAX);
    for (uint32_t i = 0; i < out->payload_count && cursor->status == MOTE_OK; i++) {
        (void)read_entry(cursor);
    }
    read_rest(cursor, out, start);
}

bool mote_beefy_names_root(const mote_beefy_commitment *commitment, const mote_hash *root) {
    mote_cursor cursor = mote_cursor_over(commitment->encoded);
    bool found = false;
    uint32_t count = mote_read_count(&cursor, LEAST_ENTRY, UINT32_MAX);
    for (uint32_t i = 0; i < count; i++) {
        payload_entry entry = read_entry(&cursor);
        if (cursor.status != MOTE_OK) return false;
        if (!is_root(&entry)) continue;
        if (entry.data.size < sizeof root->bytes) return false;
        if (memcmp(entry.data.data, root->bytes, sizeof root->bytes) != 0) return false;
        found = true;
    }
    return found;
}

mote_status mote_beefy_commitment_decode(mote_context *context, mote_beefy_commitment *out,
                                         mote_bytes input) {
    mote_cursor cursor = mote_cursor_over(input);
    mote_read_beefy_commitment(&cursor, out);
    mote_status status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) memset(out, 0, sizeof *out);
    return status;
}

bool mote_beefy_payload_find(mote_bytes *out, const mote_beefy_commitment *commitment,
                             const char id[2]) {
    mote_cursor cursor = mote_cursor_over(commitment->encoded);
    *out = (mote_bytes){NULL, 0};
    uint32_t count = mote_read_count(&cursor, LEAST_ENTRY, UINT32_MAX);
    for (uint32_t i = 0; i < count; i++) {
        payload_entry entry = read_entry(&cursor);
        if (cursor.status != MOTE_OK) return false;
        if (memcmp(entry.id.data, id, ID_SIZE) != 0) continue;
        *out = entry.data;
        return true;
    }
    return false;
}
