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
    /* Sessions point to the cache of keys, tokens are sealed with the secret: there is one start. */
    if (b->started) return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
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

/* --- BLAKE2b piece by piece: the state crosses sealed, for it is nobody's to change --- */

typedef struct hashing {
    uint64_t chain[8];
    uint64_t counter[2];
    uint64_t filled, out_size;
    uint8_t block[256];
} hashing;

static void write_hashing(const boundary *b, mote_writer *answer, const mote_blake2b_state *from) {
    hashing flat;
    token seal;
    memset(&flat, 0, sizeof flat);
    memcpy(flat.chain, from->chain, sizeof flat.chain);
    memcpy(flat.counter, from->counter, sizeof flat.counter);
    memcpy(flat.block, from->block, from->filled);
    flat.filled = from->filled;
    flat.out_size = from->out_size;
    token_make(b, &seal, TOKEN_HASHING, &flat, sizeof flat);
    protocol_write_bytes(answer, seal.span);
}

static mote_status read_hashing(const boundary *b, mote_context *context, mote_blake2b_state *out,
                                mote_bytes sealed) {
    hashing flat;
    mote_status status = token_open(b, context, &flat, sizeof flat, TOKEN_HASHING, sealed);
    memset(out, 0, sizeof *out);
    if (status != MOTE_OK) return status;
    memcpy(out->chain, flat.chain, sizeof out->chain);
    memcpy(out->counter, flat.counter, sizeof out->counter);
    memcpy(out->block, flat.block, sizeof out->block);
    out->filled = (size_t)flat.filled;
    out->out_size = (size_t)flat.out_size;
    return MOTE_OK;
}

OPERATION(hash_begin) {
    ASK(hash_begin);
    if (q.size == 0 || q.size > 64)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    mote_blake2b_state state;
    mote_blake2b_init(&state, q.size);
    write_hashing(b, answer, &state);
    return MOTE_OK;
}

OPERATION(hash_update) {
    ASK(hash_update);
    mote_blake2b_state state;
    status = read_hashing(b, context, &state, q.hashing);
    if (status != MOTE_OK) return status;
    mote_blake2b_update(&state, q.data);
    write_hashing(b, answer, &state);
    return MOTE_OK;
}

OPERATION(hash_end) {
    ASK(hash_end);
    mote_blake2b_state state;
    uint8_t out[64];
    status = read_hashing(b, context, &state, q.hashing);
    if (status != MOTE_OK) return status;
    size_t size = state.out_size;
    mote_blake2b_final(&state, out);
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

static mote_status write_changes(mote_context *context, mote_writer *answer,
                                 const mote_header *header) {
    size_t place = protocol_begin_count(answer);
    uint32_t count = 0;
    for (int kind = MOTE_GRANDPA_SCHEDULED_CHANGE; kind <= MOTE_GRANDPA_RESUME; kind++) {
        mote_grandpa_log log;
        if (!mote_header_find_grandpa_log(header, &log, (mote_grandpa_log_kind)kind)) continue;
        mote_bytes list;
        if (!list_in_scale(context, &list, &log.next)) {
            return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
        }
        const record_grandpa_change record = {
            (uint8_t)kind,      log.delay, log.next.count, list, log.median_last_finalized,
            log.authority_index};
        write_grandpa_change(answer, &record);
        count++;
    }
    protocol_end_count(answer, place, count);
    return MOTE_OK;
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
    return write_changes(context, answer, &header);
}

/* Items are given encoded, each by itself; what comes out is read again, so that nothing is written that is no header. */
OPERATION(header_encode) {
    ASK(header_encode);
    (void)b;
    mote_header header, again;
    memset(&header, 0, sizeof header);
    header.parent_hash = q.parent_hash;
    header.number = q.number;
    header.state_root = q.state_root;
    header.extrinsics_root = q.extrinsics_root;
    header.digest_count = q.items.count;
    size_t capacity = (size_t)(q.items.items.end - q.items.items.at);
    uint8_t *digest = mote_context_take(context, capacity + 1, 1);
    uint8_t *encoded = mote_context_take(context, capacity + 128, 1);
    if (digest == NULL || encoded == NULL)
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    mote_writer items = mote_writer_into(digest, capacity);
    for (uint32_t i = 0; i < q.items.count; i++) {
        mote_bytes item = protocol_next(&q.items);
        mote_write_span(&items, item.data, item.size);
    }
    header.digest = (mote_bytes){digest, items.size};
    mote_writer writer = mote_writer_into(encoded, capacity + 128);
    mote_write_header(&writer, &header);
    status = mote_header_decode(context, &again, (mote_bytes){encoded, writer.size});
    if (status != MOTE_OK) return status;
    protocol_write_bytes(answer, again.encoded);
    return MOTE_OK;
}
