/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes, signatures, headers, finality: calls that keep nothing. */
#include <string.h>

#include "boundary.h"
#include "mote/ed25519.h"
#include "mote/hash.h"
#include "operations.h"

mote_status operation_start(boundary *b, mote_context *context, mote_cursor *ask,
                            mote_writer *answer) {
    ASK(start);
    (void)answer;
    if (q.seed.size != sizeof b->seed || q.cached_keys > 65536) {
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, q.seed.data, MOTE_NO_INDEX);
    }
    memcpy(b->seed, q.seed.data, sizeof b->seed);
    mote_hash secret = mote_blake2b_256(q.seed);
    memcpy(b->secret, secret.bytes, sizeof b->secret);
    /* What salts tables is made from what seals tokens, not the reverse: the one may leak through timing. */
    secret = mote_blake2b_256((mote_bytes){b->secret, sizeof b->secret});
    memcpy(b->seed, secret.bytes, sizeof b->seed);
    b->started = true;
    b->keys = NULL;
    if (q.cached_keys == 0) return MOTE_OK;
    size_t size = mote_ed25519_keys_size(q.cached_keys);
    if (region_grow(&b->key_memory, size)) {
        b->keys =
            mote_ed25519_keys_init(b->key_memory.data, b->key_memory.size, q.cached_keys, b->seed);
    }
    return MOTE_OK;
}

mote_status operation_hash(boundary *b, mote_context *context, mote_cursor *ask,
                           mote_writer *answer) {
    ASK(hash);
    (void)b;
    uint8_t out[64];
    size_t size = 32;
    switch (q.function) {
    case 0: mote_blake2b(out, size, q.data); break;
    case 1: mote_blake2b(out, size = 16, q.data); break;
    case 2: mote_blake2b(out, size = 64, q.data); break;
    case 3: mote_twox_64(out, q.data), size = 8; break;
    case 4: mote_twox_128(out, q.data), size = 16; break;
    case 5: mote_twox_256(out, q.data); break;
    case 6: memcpy(out, mote_keccak_256(q.data).bytes, size); break;
    case 7: mote_sha512(out, q.data), size = 64; break;
    default: return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    }
    protocol_write_bytes(answer, (mote_bytes){out, size});
    return MOTE_OK;
}

mote_status operation_storage_hash(boundary *b, mote_context *context, mote_cursor *ask,
                                   mote_writer *answer) {
    ASK(storage_hash);
    (void)b;
    if (q.hasher > MOTE_HASHER_IDENTITY)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    uint8_t *out = mote_context_take(context, q.data.size + 32, 1);
    if (out == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    size_t size = mote_storage_hash(out, q.data.size + 32, (mote_storage_hasher)q.hasher, q.data);
    protocol_write_bytes(answer, (mote_bytes){out, size});
    return MOTE_OK;
}

/* --- signatures ------------------------------------------------------------------------------------------------------ */

static bool sizes_are_right(mote_bytes public_key, mote_bytes signature) {
    return public_key.size == 32 && signature.size == 64;
}

mote_status operation_ed25519_verify(boundary *b, mote_context *context, mote_cursor *ask,
                                     mote_writer *answer) {
    ASK(ed25519_verify);
    (void)b, (void)answer;
    if (!sizes_are_right(q.public_key, q.signature)) {
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, q.public_key.data, MOTE_NO_INDEX);
    }
    status = mote_ed25519_verify(q.public_key.data, q.signature.data, q.message);
    return status == MOTE_OK ? MOTE_OK
                             : mote_fail(context, status, q.signature.data, MOTE_NO_INDEX);
}

mote_status operation_ed25519_batch(boundary *b, mote_context *context, mote_cursor *ask,
                                    mote_writer *answer) {
    ASK(ed25519_batch);
    (void)b;
    uint32_t count = q.public_keys.count;
    if (q.signatures.count != count || q.messages.count != count) {
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    }
    mote_ed25519_batch *batch = mote_ed25519_batch_new(context, count);
    if (batch == NULL) return context->fault.status;
    for (uint32_t i = 0; i < count; i++) {
        mote_bytes key = protocol_next(&q.public_keys), signature = protocol_next(&q.signatures);
        if (!sizes_are_right(key, signature))
            return mote_fail(context, MOTE_E_BAD_ARGUMENT, key.data, i);
        status =
            mote_ed25519_batch_add(batch, key.data, signature.data, protocol_next(&q.messages));
        if (status != MOTE_OK) return mote_fail(context, status, key.data, i);
    }
    uint8_t *bad = mote_context_take(context, count, 1);
    if (bad == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    status = mote_ed25519_batch_verify(context, bad, batch);
    if (status == MOTE_E_LIMIT_MEMORY) return status;
    protocol_write_bytes(answer, (mote_bytes){bad, count});
    return MOTE_OK;
}

/* --- headers ---------------------------------------------------------------------------------------------------------- */

static void write_digest(mote_writer *answer, const mote_header *header) {
    mote_digest_iterator items = mote_digest_items(header);
    mote_digest_item item;
    mote_write_u32(answer, header->digest_count);
    while (mote_digest_next(&items, &item)) {
        bool has_engine = item.kind == MOTE_DIGEST_CONSENSUS || item.kind == MOTE_DIGEST_SEAL ||
                          item.kind == MOTE_DIGEST_PRE_RUNTIME;
        const record_digest_item record = {
            (uint8_t)item.kind, {item.engine, has_engine ? 4 : 0}, item.payload};
        write_digest_item(answer, &record);
    }
}

static void write_changes(mote_writer *answer, const mote_header *header) {
    size_t place = protocol_begin_count(answer);
    uint32_t count = 0;
    for (int kind = MOTE_GRANDPA_SCHEDULED_CHANGE; kind <= MOTE_GRANDPA_RESUME; kind++) {
        mote_grandpa_log log;
        if (!mote_header_find_grandpa_log(header, &log, (mote_grandpa_log_kind)kind)) continue;
        const record_grandpa_change record = {(uint8_t)kind, log.delay, log.next.count,
                                              log.median_last_finalized};
        write_grandpa_change(answer, &record);
        count++;
    }
    protocol_end_count(answer, place, count);
}

mote_status operation_header_decode(boundary *b, mote_context *context, mote_cursor *ask,
                                    mote_writer *answer) {
    ASK(header_decode);
    (void)b;
    mote_header header;
    uint64_t slot;
    status = mote_header_decode(context, &header, q.header);
    if (status != MOTE_OK) return status;
    mote_write_hash(answer, &header.hash);
    mote_write_u32(answer, header.number);
    mote_write_hash(answer, &header.parent_hash);
    mote_write_hash(answer, &header.state_root);
    mote_write_hash(answer, &header.extrinsics_root);
    mote_write_u8(answer, mote_header_babe_slot(&header, &slot));
    mote_write_u64(answer, slot);
    mote_write_u8(answer, mote_header_aura_slot(&header, &slot));
    mote_write_u64(answer, slot);
    mote_write_u32(answer, mote_header_oddities(&header));
    write_digest(answer, &header);
    write_changes(answer, &header);
    return MOTE_OK;
}

static void write_header_record(const boundary *b, mote_writer *answer,
                                const mote_finalized_header *header) {
    header_tokens tokens;
    const record_finalized_header record = finalized_header_record(b, &tokens, header);
    write_finalized_header(answer, &record);
}

mote_status operation_finalized_header_of(boundary *b, mote_context *context, mote_cursor *ask,
                                          mote_writer *answer) {
    ASK(finalized_header_of);
    mote_finalized_block block;
    mote_finalized_header out;
    mote_header header;
    status = token_open(b, context, &block, sizeof block, TOKEN_BLOCK, q.block);
    if (status == MOTE_OK) status = mote_header_decode(context, &header, q.header);
    if (status == MOTE_OK) status = mote_finalized_header_of(context, &out, &block, &header);
    if (status == MOTE_OK) write_header_record(b, answer, &out);
    return status;
}

mote_status operation_finalized_parent(boundary *b, mote_context *context, mote_cursor *ask,
                                       mote_writer *answer) {
    ASK(finalized_parent);
    mote_finalized_header child, out;
    mote_header header;
    status = token_open(b, context, &child, sizeof child, TOKEN_HEADER, q.child);
    if (status == MOTE_OK) status = mote_header_decode(context, &header, q.header);
    if (status == MOTE_OK) status = mote_finalized_parent(context, &out, &child, &header);
    if (status == MOTE_OK) write_header_record(b, answer, &out);
    return status;
}

mote_status operation_assume_header(boundary *b, mote_context *context, mote_cursor *ask,
                                    mote_writer *answer) {
    ASK(assume_header);
    mote_header header;
    status = mote_header_decode(context, &header, q.header);
    if (status != MOTE_OK) return status;
    mote_finalized_header out = mote_finalized_header_assumed(&header);
    write_header_record(b, answer, &out);
    return MOTE_OK;
}

mote_status operation_assume_state_root(boundary *b, mote_context *context, mote_cursor *ask,
                                        mote_writer *answer) {
    ASK(assume_state_root);
    mote_state_root state = mote_state_assumed(&q.root);
    token out;
    token_make(b, &out, TOKEN_STATE, &state, sizeof state);
    protocol_write_bytes(answer, out.span);
    return MOTE_OK;
}

/* --- finality ---------------------------------------------------------------------------------------------------------- */

mote_status operation_authority_set(boundary *b, mote_context *context, mote_cursor *ask,
                                    mote_writer *answer) {
    ASK(authority_set);
    (void)b;
    mote_authority_set set;
    status = build_set(context, &set, q.authorities, q.set_id, MOTE_ASSUMED_AUTHORITIES);
    if (status != MOTE_OK) return status;
    mote_hash digest = mote_authority_set_digest(&set);
    mote_write_u32(answer, set.listed);
    mote_write_u32(answer, set.voters);
    mote_write_u64(answer, set.total);
    mote_write_u64(answer, set.threshold);
    mote_write_u64(answer, set.forgeable);
    mote_write_hash(answer, &digest);
    return MOTE_OK;
}

static void write_report_record(mote_writer *answer, const mote_justification_report *report) {
    const record_report record = report_record(report);
    write_report(answer, &record);
}

static void write_block_record(const boundary *b, mote_writer *answer,
                               const mote_finalized_block *block) {
    token out;
    token_make(b, &out, TOKEN_BLOCK, block, sizeof *block);
    const record_finalized_block record = {block->hash, block->number, block->set_id,
                                           block->assumed, out.span};
    write_finalized_block(answer, &record);
}

mote_status operation_justification_decode(boundary *b, mote_context *context, mote_cursor *ask,
                                           mote_writer *answer) {
    ASK(justification_decode);
    (void)b;
    mote_justification_report report;
    status = mote_justification_decode(context, &report, q.justification);
    if (status == MOTE_OK) write_report_record(answer, &report);
    return status;
}

/* A checkpoint's set is trusted; one that comes by itself is assumed. */
static mote_status choose_set(mote_context *context, mote_authority_set *out, mote_bytes checkpoint,
                              mote_bytes authorities, uint64_t set_id) {
    mote_checkpoint trusted;
    if (checkpoint.size == 0)
        return build_set(context, out, authorities, set_id, MOTE_ASSUMED_AUTHORITIES);
    mote_status status = mote_checkpoint_decode(context, &trusted, checkpoint);
    *out = trusted.set;
    return status;
}

mote_status operation_justification_verify(boundary *b, mote_context *context, mote_cursor *ask,
                                           mote_writer *answer) {
    ASK(justification_verify);
    mote_authority_set set;
    mote_justification_report report;
    mote_finalized_block block;
    mote_finalized_header final;
    mote_header header;
    bool has_header = q.header.size != 0;
    memset(&final, 0, sizeof final);
    status = choose_set(context, &set, q.checkpoint, q.authorities, q.set_id);
    if (status == MOTE_OK && has_header) status = mote_header_decode(context, &header, q.header);
    if (status != MOTE_OK) return status;
    status = mote_justification_verify(context, &block, &report, &set, q.justification,
                                       has_header ? &header : NULL);
    if (status == MOTE_OK && has_header)
        status = mote_finalized_header_of(context, &final, &block, &header);
    if (status != MOTE_OK) return status;
    write_report_record(answer, &report);
    write_block_record(b, answer, &block);
    mote_write_u8(answer, has_header);
    write_header_record(b, answer, &final);
    return MOTE_OK;
}

mote_status operation_commit_verify(boundary *b, mote_context *context, mote_cursor *ask,
                                    mote_writer *answer) {
    ASK(commit_verify);
    mote_authority_set set;
    mote_justification_report report;
    mote_finalized_block block;
    status = build_set(context, &set, q.authorities, q.set_id, MOTE_ASSUMED_AUTHORITIES);
    if (status != MOTE_OK) return status;
    mote_header *headers = mote_context_take(context, q.headers.count, sizeof *headers);
    if (headers == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    for (uint32_t i = 0; i < q.headers.count && status == MOTE_OK; i++) {
        status = mote_header_decode(context, &headers[i], protocol_next(&q.headers));
    }
    if (status == MOTE_OK) {
        status =
            mote_commit_verify(context, &block, &report, &set, q.commit, headers, q.headers.count);
    }
    if (status != MOTE_OK) return status;
    write_report_record(answer, &report);
    write_block_record(b, answer, &block);
    return MOTE_OK;
}

mote_status operation_equivocation_verify(boundary *b, mote_context *context, mote_cursor *ask,
                                          mote_writer *answer) {
    ASK(equivocation_verify);
    (void)b;
    mote_authority_set set;
    mote_equivocation found;
    status = build_set(context, &set, q.authorities, q.set_id, MOTE_ASSUMED_AUTHORITIES);
    if (status == MOTE_OK) status = mote_equivocation_verify(context, &found, &set, q.proof);
    if (status != MOTE_OK) return status;
    mote_write_u64(answer, found.set_id);
    mote_write_u64(answer, found.round);
    mote_write_u8(answer, found.is_precommit);
    protocol_write_bytes(answer, (mote_bytes){found.key, sizeof found.key});
    mote_write_hash(answer, &found.first_hash);
    mote_write_u32(answer, found.first_number);
    mote_write_hash(answer, &found.second_hash);
    mote_write_u32(answer, found.second_number);
    return MOTE_OK;
}
