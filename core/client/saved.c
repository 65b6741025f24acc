/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Saved state (docs/spec/saved.md): a compact checkpoint of the head, and the justification that the set in it gave to that
 * very head. So it is not only whole but coherent: set and header belong together by signatures. That it is the chain's is
 * the storage's word, as with any checkpoint; it is not taken for another chain, nor below where trust was to start.
 */
#include <string.h>

#include "engine.h"
#include "mote/hash.h"

static const uint8_t magic[8] = {'m', 'o', 't', 'e', '-', 's', 'a', 'v'};
#define VERSION 1u

static bool list_voters(mote_client *client, const struct chain *relay, mote_authority_list *out) {
    uint8_t *items =
        mote_context_take(&client->context, relay->set.voters, MOTE_AUTHORITY_ITEM_SIZE);
    if (items == NULL) return false;
    for (uint32_t i = 0; i < relay->set.voters; i++) {
        uint8_t *item = items + (size_t)i * MOTE_AUTHORITY_ITEM_SIZE;
        memcpy(item, relay->set.voter[i].key, 32);
        mote_store_u64(item + 32, relay->set.voter[i].weight);
    }
    *out = (mote_authority_list){items, relay->set.voters};
    return true;
}

static mote_hash checksum_of(const mote_writer *writer) {
    if (writer->data == NULL || !mote_writer_fits(writer)) return (mote_hash){{0}};
    return mote_blake2b_256((mote_bytes){writer->data, writer->size});
}

static void write_all(mote_writer *out, const struct chain *relay,
                      const mote_checkpoint *checkpoint, mote_bytes justification) {
    mote_writer counted = mote_writer_into(NULL, 0);
    mote_checkpoint_encode(&counted, checkpoint, false);
    mote_write_span(out, magic, sizeof magic);
    mote_write_u16(out, VERSION);
    mote_write_u32(out, relay->epoch_slots);
    mote_write_u8(out, relay->has_session);
    mote_write_u64(out, relay->session_start);
    mote_write_compact(out, counted.size);
    mote_checkpoint_encode(out, checkpoint, false);
    mote_write_vec_u8(out, justification);
    mote_hash checksum = checksum_of(out);
    mote_write_hash(out, &checksum);
}

/* `header` is the head's, and the set in office signed its justification. */
void mote_saved_write(mote_client *client, struct chain *relay, mote_bytes header,
                      mote_bytes justification) {
    size_t mark = mote_context_mark(&client->context);
    mote_checkpoint checkpoint = {.chain = relay->known, .genesis = relay->genesis};
    bool is_whole = mote_header_decode(&client->context, &checkpoint.header, header) == MOTE_OK &&
                    list_voters(client, relay, &checkpoint.authorities);
    checkpoint.set.set_id = relay->set.set_id;
    mote_writer writer = mote_writer_into(NULL, 0);
    write_all(&writer, relay, &checkpoint, justification);
    uint8_t *blob = is_whole ? mote_pool_take(&client->pool, writer.size) : NULL;
    if (blob != NULL) {
        writer = mote_writer_into(blob, writer.size);
        write_all(&writer, relay, &checkpoint, justification);
        mote_actions_save(client, relay->id, blob, writer.size);
        mote_client_spend(client, blob);
        relay->save_due = false;
    }
    mote_context_release(&client->context, mark);
}

void mote_client_save(mote_client *client, mote_chain_id id) {
    struct chain *relay = mote_client_chain(client, id);
    if (relay != NULL) relay->save_due = true;
}

/* --- loading --------------------------------------------------------------------------------------------------------- */
struct saved {
    uint32_t epoch_slots;
    bool has_session;
    uint64_t session_start;
    mote_bytes checkpoint, justification;
};

static mote_status read_all(mote_client *client, struct saved *out, mote_bytes input) {
    uint8_t head[sizeof magic];
    mote_cursor cursor = mote_cursor_over(input);
    mote_read_array(&cursor, head, sizeof head);
    if (cursor.status == MOTE_OK && memcmp(head, magic, sizeof magic) != 0)
        return MOTE_E_BAD_FORMAT;
    uint16_t version = mote_read_u16(&cursor);
    if (cursor.status == MOTE_OK && version != VERSION) return MOTE_E_VERSION;
    out->epoch_slots = mote_read_u32(&cursor);
    out->has_session = mote_read_bool(&cursor);
    out->session_start = mote_read_u64(&cursor);
    out->checkpoint = mote_read_vec_u8(&cursor);
    out->justification = mote_read_vec_u8(&cursor);
    const uint8_t *end = cursor.at;
    mote_hash said = mote_read_hash(&cursor);
    mote_status status = mote_cursor_finish(&client->context, &cursor);
    if (status != MOTE_OK) return status;
    mote_hash checksum = mote_blake2b_256((mote_bytes){input.data, (size_t)(end - input.data)});
    return mote_hash_equal(&said, &checksum) ? MOTE_OK : MOTE_E_CHECKSUM;
}

/* `chain` stands at its checkpoint. */
static mote_status judge(mote_client *client, const struct chain *chain, const struct saved *saved,
                         mote_checkpoint *checkpoint) {
    mote_finalized_block block;
    mote_status status = mote_checkpoint_decode(&client->context, checkpoint, saved->checkpoint);
    if (status != MOTE_OK) return status;
    if (!mote_hash_equal(&checkpoint->genesis, &chain->genesis)) return MOTE_E_GENESIS_MISMATCH;
    if (checkpoint->header.number < chain->head.number ||
        checkpoint->set.set_id < chain->set.set_id) {
        return MOTE_E_NOT_ABOVE_TRUSTED;
    }
    return mote_justification_verify(&client->context, &block, NULL, &checkpoint->set,
                                     saved->justification, &checkpoint->header);
}

/* `*age` is that of what was loaded. */
mote_status mote_saved_load(mote_client *client, struct chain *chain, mote_age *age,
                            mote_bytes input, uint64_t now) {
    struct saved saved;
    mote_checkpoint checkpoint;
    mote_status status = read_all(client, &saved, input);
    if (status == MOTE_OK) status = judge(client, chain, &saved, &checkpoint);
    if (status == MOTE_OK) status = mote_relay_take_checkpoint(client, chain, &checkpoint);
    if (status != MOTE_OK) return status;
    *age = mote_checkpoint_age(&checkpoint, now / 1000);
    if (saved.epoch_slots != 0) chain->epoch_slots = saved.epoch_slots;
    chain->has_session = saved.has_session || chain->has_session;
    if (saved.has_session) chain->session_start = saved.session_start;
    return MOTE_OK;
}
