/* SPDX-License-Identifier: Apache-2.0 */
/* Chains by name, and authority sets over the boundary: a checkpoint's, one that was proven before, or one that the caller brings. */
#include <string.h>

#include "boundary.h"
#include "mote/hash.h"

mote_status find_chain(mote_context *context, const mote_chain **out, mote_bytes name) {
    char text[64] = {0};
    *out = NULL;
    if (name.size == 0) return MOTE_OK;
    if (name.size < sizeof text) {
        memcpy(text, name.data, name.size);
        *out = mote_chain_by_name(text);
    }
    return *out != NULL ? MOTE_OK
                        : mote_fail(context, MOTE_E_UNKNOWN_CHAIN, name.data, MOTE_NO_INDEX);
}

/* What the token of a set seals: the list itself crosses in the clear. Without padding. */
typedef struct sealed_set {
    uint64_t set_id;
    mote_hash list;
    uint64_t assumed;
} sealed_set;

static mote_status build_set(mote_context *context, mote_authority_set *out, mote_bytes authorities,
                             uint64_t set_id, uint32_t assumed) {
    mote_authority_list list;
    memset(out, 0, sizeof *out);
    mote_status status = mote_authority_list_decode(context, &list, authorities);
    if (status != MOTE_OK) return status;
    mote_voter *voters = mote_context_take(context, list.count, sizeof *voters);
    if (voters == NULL)
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, authorities.data, MOTE_NO_INDEX);
    return mote_authority_set_build(context, out, voters, list.count, &list, set_id, assumed);
}

mote_status assume_set(mote_context *context, mote_authority_set *out, mote_bytes authorities,
                       uint64_t set_id) {
    return build_set(context, out, authorities, set_id, MOTE_ASSUMED_AUTHORITIES);
}

static mote_status open_sealed_set(const boundary *b, mote_context *context,
                                   mote_authority_set *out, const voters_source *from) {
    sealed_set sealed;
    mote_status status = token_open(b, context, &sealed, sizeof sealed, TOKEN_SET, from->token);
    if (status != MOTE_OK) return status;
    mote_hash list = mote_blake2b_256(from->authorities);
    if (!mote_hash_equal(&list, &sealed.list) || sealed.set_id != from->set_id) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, from->token.data, MOTE_NO_INDEX);
    }
    return build_set(context, out, from->authorities, sealed.set_id, (uint32_t)sealed.assumed);
}

static mote_status open_checkpoint(mote_context *context, mote_authority_set *out,
                                   mote_checkpoint *trusted, const voters_source *from) {
    mote_status status = mote_checkpoint_decode(context, trusted, from->checkpoint);
    if (status != MOTE_OK) return status;
    mote_age age = mote_checkpoint_age(trusted, from->now);
    *out = trusted->set;
    if (age.freshness == MOTE_AGE_UNKNOWN) {
        out->assumed |= MOTE_ASSUMED_CHECKPOINT_AGE;
        return MOTE_OK;
    }
    status = mote_age_status(&age);
    return status == MOTE_OK ? MOTE_OK
                             : mote_fail(context, status, from->checkpoint.data, MOTE_NO_INDEX);
}

mote_status choose_set(const boundary *b, mote_context *context, mote_authority_set *out,
                       mote_checkpoint *trusted, const voters_source *from) {
    memset(out, 0, sizeof *out);
    memset(trusted, 0, sizeof *trusted);
    if (from->checkpoint.size != 0) return open_checkpoint(context, out, trusted, from);
    if (from->token.size != 0) return open_sealed_set(b, context, out, from);
    return assume_set(context, out, from->authorities, from->set_id);
}

bool list_in_scale(mote_context *context, mote_bytes *out, const mote_authority_list *list) {
    size_t size = (size_t)list->count * MOTE_AUTHORITY_ITEM_SIZE;
    uint8_t *bytes = mote_context_take(context, 5 + size, 1);
    *out = (mote_bytes){NULL, 0};
    if (bytes == NULL) return false;
    mote_writer writer = mote_writer_into(bytes, 5 + size);
    mote_write_compact(&writer, list->count);
    mote_write_span(&writer, list->items, size);
    *out = (mote_bytes){bytes, writer.size};
    return true;
}

static void write_voters(mote_writer *writer, const mote_authority_set *set) {
    mote_write_compact(writer, set->voters);
    for (uint32_t i = 0; i < set->voters; i++) {
        mote_write_span(writer, set->voter[i].key, 32);
        mote_write_u64(writer, set->voter[i].weight);
    }
}

mote_status authority_set_record(const boundary *b, mote_context *context,
                                 record_authority_set *out, token *seal,
                                 const mote_authority_set *set) {
    size_t capacity = 5 + (size_t)set->voters * MOTE_AUTHORITY_ITEM_SIZE;
    uint8_t *list = mote_context_take(context, capacity, 1);
    if (list == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    mote_writer writer = mote_writer_into(list, capacity);
    write_voters(&writer, set);
    mote_bytes authorities = {list, writer.size};
    const sealed_set sealed = {set->set_id, mote_blake2b_256(authorities), set->assumed};
    token_make(b, seal, TOKEN_SET, &sealed, sizeof sealed);
    *out = (record_authority_set){set->set_id, set->assumed, authorities, seal->span};
    return MOTE_OK;
}
