/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Saved state (docs/spec/saved.md): the newest block that is known to be final with its justification, and the set that signed
 * it. Where the block hands over, its header names the set that follows. So what is loaded is not only whole but coherent: set
 * and header belong together by signatures. That it is the chain's is the storage's word, as with any checkpoint; it is not
 * taken for another chain, nor below where trust was to start.
 */
#include <string.h>

#include "engine.h"
#include "mote/hash.h"

static const uint8_t magic[8] = {'m', 'o', 't', 'e', '-', 's', 'a', 'v'};
#define VERSION 2u

/* --- what is kept for it ----------------------------------------------------------------------------------------------- */
void mote_saved_forget(mote_client *client, struct chain *relay) {
    mote_client_spend(client, relay->proven.memory);
    memset(&relay->proven, 0, sizeof relay->proven);
}

/* The set in office as the format lists it. */
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

static mote_bytes copy(uint8_t **at, mote_bytes bytes) {
    mote_bytes out = {*at, bytes.size};
    memcpy(*at, bytes.data, bytes.size);
    *at += bytes.size;
    return out;
}

/* `signers` where it is not the set in office. */
static void keep(mote_client *client, struct chain *relay, const struct claim *claim,
                 const mote_authority_list *signers, uint64_t set_id) {
    struct proven *proven = &relay->proven;
    size_t list_size = (size_t)signers->count * MOTE_AUTHORITY_ITEM_SIZE;
    mote_saved_forget(client, relay);
    uint8_t *at = proven->memory = mote_sources_take_room(
        client, NULL, claim->header.size + claim->justification.size + list_size);
    if (at == NULL) return;
    proven->header = copy(&at, claim->header);
    proven->justification = copy(&at, claim->justification);
    proven->set_id = set_id;
    proven->signers = *signers;
    if (list_size > 0)
        proven->signers.items = copy(&at, (mote_bytes){signers->items, list_size}).data;
}

/* The last of verified claims, before its hand-over takes effect; all before it hand over too. */
void mote_saved_keep(mote_client *client, struct chain *relay, struct claim **batch, uint32_t count,
                     bool hands_over) {
    mote_header header;
    mote_grandpa_log change;
    mote_authority_list signers = {NULL, 0};
    size_t mark = mote_context_mark(&client->context);
    bool is_known = true;
    if (count > 1) {
        is_known =
            mote_header_decode(&client->context, &header, batch[count - 2]->header) == MOTE_OK &&
            mote_header_find_grandpa_log(&header, &change, MOTE_GRANDPA_SCHEDULED_CHANGE);
        if (is_known) signers = change.next;
    } else if (hands_over) {
        is_known = list_voters(client, relay, &signers);
    }
    if (is_known) {
        keep(client, relay, batch[count - 1], &signers, relay->set.set_id + count - 1);
    } else {
        mote_saved_forget(client, relay);
    }
    mote_context_release(&client->context, mark);
}

/* --- writing -------------------------------------------------------------------------------------------------------------- */
static mote_hash checksum_of(const mote_writer *writer) {
    if (writer->data == NULL || !mote_writer_fits(writer)) return (mote_hash){{0}};
    return mote_blake2b_256((mote_bytes){writer->data, writer->size});
}

static void write_all(const mote_client *client, mote_writer *out, const struct chain *relay,
                      const mote_checkpoint *checkpoint) {
    mote_writer counted = mote_writer_into(NULL, 0);
    mote_checkpoint_encode(&counted, checkpoint, false);
    mote_write_span(out, magic, sizeof magic);
    mote_write_u16(out, VERSION);
    mote_write_u32(out, relay->epoch_slots);
    mote_write_u8(out, relay->has_session);
    mote_write_u64(out, relay->session_start);
    mote_write_compact(out, counted.size);
    mote_checkpoint_encode(out, checkpoint, false);
    mote_write_vec_u8(out, relay->proven.justification);
    mote_scores_write(client, out, relay);
    mote_write_u8(out, (relay->set.assumed & MOTE_ASSUMED_CHECKPOINT_AGE) != 0);
    mote_hash checksum = checksum_of(out);
    mote_write_hash(out, &checksum);
}

static bool describe(mote_client *client, const struct chain *relay, mote_checkpoint *out) {
    const struct proven *proven = &relay->proven;
    *out = (mote_checkpoint){.chain = relay->known, .genesis = relay->genesis};
    out->set.set_id = proven->set_id;
    out->authorities = proven->signers;
    return mote_header_decode(&client->context, &out->header, proven->header) == MOTE_OK &&
           (proven->signers.count > 0 || list_voters(client, relay, &out->authorities));
}

static void write_saved(mote_client *client, struct chain *relay) {
    size_t mark = mote_context_mark(&client->context);
    mote_checkpoint checkpoint;
    bool is_whole = describe(client, relay, &checkpoint);
    mote_scores_refresh(client, relay);
    mote_writer writer = mote_writer_into(NULL, 0);
    if (is_whole) write_all(client, &writer, relay, &checkpoint);
    uint8_t *blob = is_whole ? mote_sources_take_room(client, NULL, writer.size) : NULL;
    if (blob != NULL) {
        writer = mote_writer_into(blob, writer.size);
        write_all(client, &writer, relay, &checkpoint);
        mote_actions_save(client, relay->id, blob, writer.size);
        mote_client_spend(client, blob);
        relay->save_due = false;
        relay->save_after = client->clock + SAVE_EVERY;
    }
    mote_context_release(&client->context, mark);
}

void mote_saved_plan(mote_client *client, struct chain *relay) {
    bool is_due = relay->save_due && relay->proven.memory != NULL &&
                  client->clock >= relay->save_after && mote_actions_room(client);
    if (is_due) write_saved(client, relay);
}

void mote_client_save(mote_client *client, mote_chain_id id) {
    struct chain *relay = mote_client_chain(client, id);
    if (relay == NULL || relay->is_parachain) return;
    relay->save_due = client->has_news = true;
    relay->save_after = 0;
}

/* --- loading --------------------------------------------------------------------------------------------------------- */
struct saved {
    uint32_t epoch_slots;
    bool has_session;
    uint64_t session_start;
    mote_bytes checkpoint, justification, scores;
    bool is_assumed; /* that the checkpoint it all began at was not too old */
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
    out->scores = mote_scores_read(&cursor);
    out->is_assumed = mote_read_bool(&cursor);
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

/* What is proven to be final takes effect, as in a warp proof. */
static mote_status hand_over(mote_client *client, mote_checkpoint *checkpoint) {
    mote_grandpa_log change;
    const mote_header *header = &checkpoint->header;
    if (mote_header_find_grandpa_log(header, &change, MOTE_GRANDPA_FORCED_CHANGE))
        return MOTE_E_FORCED_CHANGE;
    if (!mote_header_find_grandpa_log(header, &change, MOTE_GRANDPA_SCHEDULED_CHANGE))
        return MOTE_OK;
    if (change.delay != 0) return MOTE_E_DELAYED_CHANGE;
    if (checkpoint->set.set_id == UINT64_MAX) return MOTE_E_SET_ID_OVERFLOW;
    if (change.next.count > client->limits.authorities) return MOTE_E_LIMIT_COUNT;
    mote_voter *voters = mote_context_take(&client->context, change.next.count, sizeof *voters);
    if (voters == NULL) return MOTE_E_LIMIT_MEMORY;
    return mote_authority_set_build(&client->context, &checkpoint->set, voters, change.next.count,
                                    &change.next, checkpoint->set.set_id + 1,
                                    checkpoint->set.assumed);
}

/* `*age` is that of what was loaded. */
mote_status mote_saved_load(mote_client *client, struct chain *chain, mote_age *age,
                            mote_bytes input, uint64_t now) {
    struct saved saved;
    mote_checkpoint checkpoint;
    mote_status status = read_all(client, &saved, input);
    if (status == MOTE_OK) status = judge(client, chain, &saved, &checkpoint);
    if (status == MOTE_OK) status = hand_over(client, &checkpoint);
    if (status == MOTE_OK) status = mote_relay_take_checkpoint(client, chain, &checkpoint);
    if (status != MOTE_OK) return status;
    if (saved.is_assumed) {
        chain->set.assumed |= MOTE_ASSUMED_CHECKPOINT_AGE;
        chain->head.assumed |= MOTE_ASSUMED_CHECKPOINT_AGE;
    }
    mote_scores_take(client, chain, saved.scores);
    *age = mote_checkpoint_age(&checkpoint, now / 1000);
    if (saved.epoch_slots != 0) chain->epoch_slots = saved.epoch_slots;
    chain->has_session = saved.has_session || chain->has_session;
    if (saved.has_session) chain->session_start = saved.session_start;
    return MOTE_OK;
}
