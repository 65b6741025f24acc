/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seal is the last item or it is none: what is after a signature nobody signed.
 */
#include "mote/seal.h"

#include <string.h>

#include "mote/hash.h"

#define SEAL_SIZE 64u
#define FIELDS_SIZE (3u * 32u + 2u * 5u) /* a header's without its items */

typedef struct last_item {
    mote_digest_item item;
    const uint8_t *at;
    uint32_t seals; /* in the whole digest */
} last_item;

static last_item find_last(const mote_header *header) {
    last_item last;
    memset(&last, 0, sizeof last);
    mote_digest_iterator items = mote_digest_items(header);
    const uint8_t *at = items.cursor.at;
    mote_digest_item item;
    for (; mote_digest_next(&items, &item); at = items.cursor.at) {
        if (item.kind == MOTE_DIGEST_SEAL) last.seals++;
        last.item = item;
        last.at = at;
    }
    return last;
}

static mote_hash hash_before(const mote_header *header, const uint8_t *last_at) {
    uint8_t memory[FIELDS_SIZE];
    mote_header fields = *header;
    fields.digest_count--;
    fields.digest = (mote_bytes){NULL, 0};
    mote_writer writer = mote_writer_into(memory, sizeof memory);
    mote_write_header(&writer, &fields);
    mote_blake2b_state state;
    mote_hash out;
    mote_blake2b_init(&state, sizeof out.bytes);
    mote_blake2b_update(&state, (mote_bytes){memory, writer.size});
    const uint8_t *items = header->digest.data;
    mote_blake2b_update(&state, (mote_bytes){items, (size_t)(last_at - items)});
    mote_blake2b_final(&state, out.bytes);
    return out;
}

static mote_status judge(const last_item *last, const char engine[4]) {
    const mote_digest_item *item = &last->item;
    if (last->at == NULL || item->kind != MOTE_DIGEST_SEAL) return MOTE_E_NO_SEAL;
    if (memcmp(item->engine, engine, sizeof item->engine) != 0) return MOTE_E_NO_SEAL;
    if (last->seals > 1) return MOTE_E_SEVERAL_SEALS;
    return item->payload.size == SEAL_SIZE ? MOTE_OK : MOTE_E_SEAL_SIZE;
}

mote_status mote_seal_read(mote_context *context, mote_seal *out, const mote_header *header,
                           const char engine[4]) {
    memset(out, 0, sizeof *out);
    last_item last = find_last(header);
    mote_status status = judge(&last, engine);
    if (status != MOTE_OK) {
        const uint8_t *at = last.at == NULL ? header->encoded.data : last.at;
        return mote_fail(context, status, at, MOTE_NO_INDEX);
    }
    out->signature = last.item.payload.data;
    out->pre_hash = hash_before(header, last.at);
    return MOTE_OK;
}
