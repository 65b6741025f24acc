/* SPDX-License-Identifier: Apache-2.0 */
/* Checkpoints, genesis and roots. */
#include <string.h>

#include "operations.h"

static mote_status write_checkpoint_record(const boundary *b, mote_context *context,
                                           mote_writer *answer, const mote_checkpoint *checkpoint) {
    mote_writer size = mote_writer_into(NULL, 0);
    mote_checkpoint_encode(&size, checkpoint, true);
    uint8_t *compact = mote_context_take(context, size.size, 1);
    if (compact == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    mote_writer writer = mote_writer_into(compact, size.size);
    mote_checkpoint_encode(&writer, checkpoint, true);
    size_t list_size = (size_t)checkpoint->set.voters * MOTE_AUTHORITY_ITEM_SIZE + 16;
    uint8_t *list = mote_context_take(context, list_size, 1);
    if (list == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    mote_writer list_writer = mote_writer_into(list, list_size);
    write_voters(&list_writer, &checkpoint->set); /* with its length in front */
    const char *name = checkpoint->chain == NULL ? "" : checkpoint->chain->name;
    header_tokens tokens;
    const record_checkpoint record = {finalized_header_record(b, &tokens, &checkpoint->finalized),
                                      checkpoint->set.set_id,
                                      checkpoint->authorities.count,
                                      {list + 4, list_writer.size - 4},
                                      {(const uint8_t *)name, strlen(name)},
                                      checkpoint->genesis,
                                      checkpoint->has_slot,
                                      checkpoint->slot,
                                      checkpoint->epoch_count,
                                      mote_checkpoint_digest(checkpoint),
                                      {compact, writer.size}};
    write_checkpoint(answer, &record);
    return MOTE_OK;
}

OPERATION(checkpoint_from_light_sync_state) {
    ASK(checkpoint_from_light_sync_state);
    const mote_chain *chain;
    mote_checkpoint checkpoint;
    status = find_chain(context, &chain, q.chain);
    if (status == MOTE_OK) {
        status = mote_checkpoint_from_light_sync_state(context, &checkpoint, q.header,
                                                       q.epoch_changes, q.authority_set, chain);
    }
    return status != MOTE_OK ? status : write_checkpoint_record(b, context, answer, &checkpoint);
}

OPERATION(checkpoint_from_parts) {
    ASK(checkpoint_from_parts);
    const mote_chain *chain;
    mote_checkpoint checkpoint;
    status = find_chain(context, &chain, q.chain);
    if (status == MOTE_OK) {
        status = mote_checkpoint_from_parts(context, &checkpoint, q.header, q.authorities, q.set_id,
                                            chain);
    }
    return status != MOTE_OK ? status : write_checkpoint_record(b, context, answer, &checkpoint);
}

OPERATION(checkpoint_decode) {
    ASK(checkpoint_decode);
    mote_checkpoint checkpoint;
    status = mote_checkpoint_decode(context, &checkpoint, q.compact);
    return status != MOTE_OK ? status : write_checkpoint_record(b, context, answer, &checkpoint);
}

OPERATION(checkpoint_age) {
    ASK(checkpoint_age);
    (void)b;
    mote_checkpoint checkpoint;
    status = mote_checkpoint_decode(context, &checkpoint, q.compact);
    if (status != MOTE_OK) return status;
    mote_age age = mote_checkpoint_age(&checkpoint, q.now);
    const record_age record = age_record(&age);
    write_age(answer, &record);
    return MOTE_OK;
}

/* --- roots ------------------------------------------------------------------------------------------------------- */

static mote_status read_entries(mote_context *context, mote_trie_entry **out, protocol_list *keys,
                                protocol_list *values, uint8_t version) {
    if (keys->count != values->count || version > MOTE_STATE_V1) {
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    }
    *out = mote_context_take(context, (size_t)keys->count + 1, sizeof **out);
    if (*out == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    for (uint32_t i = 0; i < keys->count; i++) {
        (*out)[i] = (mote_trie_entry){protocol_next(keys), protocol_next(values)};
    }
    return MOTE_OK;
}

OPERATION(genesis) {
    ASK(genesis);
    (void)b;
    mote_trie_entry *entries;
    mote_genesis found;
    uint8_t header[128];
    status = read_entries(context, &entries, &q.keys, &q.values, q.version);
    if (status != MOTE_OK) return status;
    status = mote_genesis_from_state(context, &found, entries, q.keys.count, NULL, 0,
                                     (mote_state_version)q.version);
    if (status != MOTE_OK) return status;
    mote_writer writer = mote_writer_into(header, sizeof header);
    mote_genesis_write_header(&writer, &found.state_root, (mote_state_version)q.version);
    mote_write_hash(answer, &found.state_root);
    mote_write_hash(answer, &found.hash);
    protocol_write_bytes(answer, (mote_bytes){header, writer.size});
    mote_write_u8(answer, found.has_authorities);
    uint8_t count[8];
    mote_writer prefix = mote_writer_into(count, sizeof count);
    mote_write_compact(&prefix, found.authorities.count);
    size_t items = (size_t)found.authorities.count * MOTE_AUTHORITY_ITEM_SIZE;
    mote_write_u32(answer, (uint32_t)(prefix.size + items));
    mote_write_span(answer, count, prefix.size);
    mote_write_span(answer, found.authorities.items, items);
    return MOTE_OK;
}

OPERATION(trie_root) {
    ASK(trie_root);
    (void)b;
    mote_trie_entry *entries;
    mote_hash root;
    status = read_entries(context, &entries, &q.keys, &q.values, q.version);
    if (status != MOTE_OK) return status;
    status = mote_trie_root(context, &root, entries, q.keys.count, (mote_state_version)q.version);
    if (status == MOTE_OK) mote_write_hash(answer, &root);
    return status;
}

OPERATION(ordered_trie_root) {
    ASK(ordered_trie_root);
    (void)b;
    mote_hash root;
    if (q.version > MOTE_STATE_V1)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    mote_bytes *items = mote_context_take(context, (size_t)q.items.count + 1, sizeof *items);
    if (items == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    for (uint32_t i = 0; i < q.items.count; i++) items[i] = protocol_next(&q.items);
    status =
        mote_ordered_trie_root(context, &root, items, q.items.count, (mote_state_version)q.version);
    if (status == MOTE_OK) mote_write_hash(answer, &root);
    return status;
}
