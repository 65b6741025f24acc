/* SPDX-License-Identifier: Apache-2.0 */
/* Checkpoints, genesis and roots. */
#include <string.h>

#include "operations.h"

static mote_status encode_checkpoint(mote_context *context, mote_bytes *out,
                                     const mote_checkpoint *checkpoint, bool with_babe) {
    mote_writer size = mote_writer_into(NULL, 0);
    mote_checkpoint_encode(&size, checkpoint, with_babe);
    uint8_t *compact = mote_context_take(context, size.size, 1);
    if (compact == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    mote_writer writer = mote_writer_into(compact, size.size);
    mote_checkpoint_encode(&writer, checkpoint, with_babe);
    *out = (mote_bytes){compact, writer.size};
    return MOTE_OK;
}

static mote_status write_checkpoint_record(const boundary *b, mote_context *context,
                                           mote_writer *answer, const mote_checkpoint *checkpoint,
                                           bool with_babe) {
    mote_bytes compact;
    token seal;
    record_authority_set set;
    header_tokens tokens;
    mote_status status = encode_checkpoint(context, &compact, checkpoint, with_babe);
    if (status == MOTE_OK) {
        status = authority_set_record(b, context, &set, &seal, &checkpoint->set);
    }
    if (status != MOTE_OK) return status;
    const char *name = checkpoint->chain == NULL ? "" : checkpoint->chain->name;
    const record_checkpoint record = {finalized_header_record(b, &tokens, &checkpoint->finalized),
                                      set,
                                      checkpoint->authorities.count,
                                      {(const uint8_t *)name, strlen(name)},
                                      checkpoint->genesis,
                                      checkpoint->has_slot,
                                      checkpoint->slot,
                                      with_babe ? checkpoint->epoch_count : 0,
                                      mote_checkpoint_digest(checkpoint),
                                      compact};
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
    return status != MOTE_OK ? status
                             : write_checkpoint_record(b, context, answer, &checkpoint, true);
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
    return status != MOTE_OK ? status
                             : write_checkpoint_record(b, context, answer, &checkpoint, true);
}

OPERATION(checkpoint_decode) {
    ASK(checkpoint_decode);
    mote_checkpoint checkpoint;
    status = mote_checkpoint_decode(context, &checkpoint, q.compact);
    return status != MOTE_OK
               ? status
               : write_checkpoint_record(b, context, answer, &checkpoint, !q.without_babe);
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

/* `spare`: room for so many entries more. */
static mote_status read_entries(mote_context *context, mote_trie_entry **out, protocol_list *keys,
                                protocol_list *values, uint8_t version, size_t spare) {
    if (keys->count != values->count || version > MOTE_STATE_V1) {
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    }
    *out = mote_context_take(context, (size_t)keys->count + spare + 1, sizeof **out);
    if (*out == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    for (uint32_t i = 0; i < keys->count; i++) {
        (*out)[i] = (mote_trie_entry){protocol_next(keys), protocol_next(values)};
    }
    return MOTE_OK;
}

/* Entries of child tries: each with the name of its trie, those of one trie one after another. */
static mote_status read_children(mote_context *context, mote_child_trie **out, size_t *count,
                                 ask_genesis *q) {
    mote_trie_entry *entries;
    *count = 0;
    mote_status status =
        read_entries(context, &entries, &q->child_keys, &q->child_values, q->version, 0);
    if (status != MOTE_OK) return status;
    if (q->child_names.count != q->child_keys.count) {
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    }
    *out = mote_context_take(context, (size_t)q->child_names.count + 1, sizeof **out);
    if (*out == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    for (uint32_t i = 0; i < q->child_names.count; i++) {
        mote_bytes name = protocol_next(&q->child_names);
        bool is_new = *count == 0 || !mote_bytes_equal((*out)[*count - 1].child_key, name);
        if (is_new) (*out)[(*count)++] = (mote_child_trie){name, &entries[i], 0};
        (*out)[*count - 1].count++;
    }
    return MOTE_OK;
}

OPERATION(genesis) {
    ASK(genesis);
    (void)b;
    mote_trie_entry *entries;
    mote_child_trie *children;
    size_t child_count;
    mote_genesis found;
    mote_bytes authorities;
    uint8_t header[128];
    status = read_children(context, &children, &child_count, &q);
    if (status == MOTE_OK) {
        status = read_entries(context, &entries, &q.keys, &q.values, q.version, child_count);
    }
    if (status != MOTE_OK) return status;
    status = mote_genesis_from_state(context, &found, entries, q.keys.count, children, child_count,
                                     (mote_state_version)q.version);
    if (status != MOTE_OK) return status;
    if (!list_in_scale(context, &authorities, &found.authorities)) {
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    }
    mote_writer writer = mote_writer_into(header, sizeof header);
    mote_genesis_write_header(&writer, &found.state_root, (mote_state_version)q.version);
    mote_write_hash(answer, &found.state_root);
    mote_write_hash(answer, &found.hash);
    protocol_write_bytes(answer, (mote_bytes){header, writer.size});
    mote_write_u8(answer, found.has_authorities);
    protocol_write_bytes(answer, authorities);
    return MOTE_OK;
}

OPERATION(trie_root) {
    ASK(trie_root);
    (void)b;
    mote_trie_entry *entries;
    mote_hash root;
    status = read_entries(context, &entries, &q.keys, &q.values, q.version, 0);
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
