/* SPDX-License-Identifier: Apache-2.0 */
#include "grandpa_builder.h"

#include <sodium.h>

/* --- bytes ------------------------------------------------------------------------------------------------ */

static void *checked(void *memory) {
    if (memory == NULL) abort();
    return memory;
}

void append_span(test_buffer *buffer, const void *data, size_t size) {
    if (buffer->capacity - buffer->size < size) {
        buffer->capacity = 2 * (buffer->capacity + size);
        buffer->data = checked(realloc(buffer->data, buffer->capacity));
    }
    if (size > 0) memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
}

static void append_little_endian(test_buffer *buffer, uint64_t value, unsigned size) {
    uint8_t bytes[8];
    for (unsigned i = 0; i < size; i++) bytes[i] = (uint8_t)(value >> (8 * i));
    append_span(buffer, bytes, size);
}

void append_u8(test_buffer *buffer, uint8_t value) {
    append_little_endian(buffer, value, 1);
}

void append_u32(test_buffer *buffer, uint32_t value) {
    append_little_endian(buffer, value, 4);
}

void append_u64(test_buffer *buffer, uint64_t value) {
    append_little_endian(buffer, value, 8);
}

void append_compact(test_buffer *buffer, uint64_t value) {
    if (value < 1u << 6) {
        append_little_endian(buffer, value << 2, 1);
    } else if (value < 1u << 14) {
        append_little_endian(buffer, value << 2 | 1, 2);
    } else if (value < 1u << 30) {
        append_little_endian(buffer, value << 2 | 2, 4);
    } else {
        unsigned size = 4;
        while (size < 8 && value >> (8 * size) != 0) size++;
        append_u8(buffer, (uint8_t)((size - 4) << 2 | 3));
        append_little_endian(buffer, value, size);
    }
}

void append_vec_u8(test_buffer *buffer, mote_bytes bytes) {
    append_compact(buffer, bytes.size);
    append_span(buffer, bytes.data, bytes.size);
}

mote_bytes buffer_bytes(const test_buffer *buffer) {
    return (mote_bytes){buffer->data, buffer->size};
}

void free_bytes(mote_bytes built) {
    free((void *)(uintptr_t)built.data);
}

mote_hash libsodium_blake2b_256(mote_bytes bytes) {
    mote_hash hash;
    crypto_generichash(hash.bytes, sizeof hash.bytes, bytes.data, bytes.size, NULL, 0);
    return hash;
}

/* --- voters ------------------------------------------------------------------------------------------------ */

test_voter test_voter_of(uint32_t number, uint64_t weight) {
    test_voter voter = {.weight = weight};
    uint8_t seed[32] = "a voter in mote's tests";
    for (unsigned i = 0; i < 4; i++) seed[28 + i] = (uint8_t)(number >> (8 * i));
    crypto_sign_seed_keypair(voter.public_key, voter.secret_key, seed);
    return voter;
}

test_voter *test_voters(uint32_t first, size_t count) {
    test_voter *voters = checked(calloc(count + 1, sizeof *voters));
    for (size_t i = 0; i < count; i++) voters[i] = test_voter_of(first + (uint32_t)i, 1);
    return voters;
}

void append_authority_list(test_buffer *buffer, const test_voter *voters, size_t count) {
    append_compact(buffer, count);
    for (size_t i = 0; i < count; i++) {
        append_span(buffer, voters[i].public_key, 32);
        append_u64(buffer, voters[i].weight);
    }
}

mote_bytes build_authority_list(const test_voter *voters, size_t count) {
    test_buffer buffer = {0};
    append_authority_list(&buffer, voters, count);
    return buffer_bytes(&buffer);
}

/* Decoders and sets take no memory of the context: only the fault. So the test's own context stays untouched. */
static mote_context fault_only(void) {
    static const uint8_t seed[32] = {7};
    mote_context context;
    mote_context_init(&context, NULL, 0, seed);
    return context;
}

mote_authority_set test_set_of_list(mote_bytes encoded, uint64_t set_id) {
    mote_context context = fault_only();
    mote_authority_list list;
    mote_authority_set set;
    assert_status(mote_authority_list_decode(&context, &list, encoded), MOTE_OK);
    mote_voter *memory = checked(calloc((size_t)list.count + 1, sizeof *memory));
    assert_status(mote_authority_set_build(&context, &set, memory, list.count, &list, set_id,
                                           MOTE_ASSUMED_NOTHING),
                  MOTE_OK);
    return set;
}

mote_authority_set test_set(const test_voter *voters, size_t count, uint64_t set_id) {
    return test_set_of_list(build_authority_list(voters, count), set_id);
}

/* --- headers ------------------------------------------------------------------------------------------------ */

void digest_add(test_digest *digest, uint8_t kind, const char *engine, mote_bytes payload) {
    append_u8(&digest->items, kind);
    if (engine != NULL) append_span(&digest->items, engine, 4);
    if (kind != MOTE_DIGEST_ENVIRONMENT_UPDATED) append_vec_u8(&digest->items, payload);
    digest->count++;
}

void digest_add_babe_slot(test_digest *digest, uint32_t author, uint64_t slot) {
    test_buffer payload = {0};
    append_u8(&payload, 2);
    append_u32(&payload, author);
    append_u64(&payload, slot);
    digest_add(digest, MOTE_DIGEST_PRE_RUNTIME, "BABE", buffer_bytes(&payload));
    free(payload.data);
}

void digest_add_scheduled_change(test_digest *digest, const test_voter *next, size_t count,
                                 uint32_t delay) {
    test_buffer payload = {0};
    append_u8(&payload, 1);
    append_authority_list(&payload, next, count);
    append_u32(&payload, delay);
    digest_add(digest, MOTE_DIGEST_CONSENSUS, "FRNK", buffer_bytes(&payload));
    free(payload.data);
}

void digest_add_forced_change(test_digest *digest, uint32_t median, const test_voter *next,
                              size_t count, uint32_t delay) {
    test_buffer payload = {0};
    append_u8(&payload, 2);
    append_u32(&payload, median);
    append_authority_list(&payload, next, count);
    append_u32(&payload, delay);
    digest_add(digest, MOTE_DIGEST_CONSENSUS, "FRNK", buffer_bytes(&payload));
    free(payload.data);
}

test_block test_block_at(const mote_hash *parent_hash, uint32_t number, uint8_t salt,
                         const test_digest *digest) {
    test_buffer header = {0};
    uint8_t root[32] = {salt};
    append_span(&header, parent_hash->bytes, 32);
    append_compact(&header, number);
    append_span(&header, root, 32);
    append_span(&header, root, 32);
    append_compact(&header, digest == NULL ? 0 : digest->count);
    if (digest != NULL) append_span(&header, digest->items.data, digest->items.size);
    mote_bytes encoded = buffer_bytes(&header);
    return (test_block){libsodium_blake2b_256(encoded), *parent_hash, number, encoded};
}

test_block *test_chain(const test_block *parent, size_t count, uint8_t salt) {
    test_block *chain = checked(calloc(count + 1, sizeof *chain));
    for (size_t i = 0; i < count; i++) {
        chain[i] = test_block_at(&parent->hash, parent->number + 1, salt, NULL);
        parent = &chain[i];
    }
    return chain;
}

mote_header test_header(const test_block *block) {
    mote_context context = fault_only();
    mote_header header;
    assert_status(mote_header_decode(&context, &header, block->header), MOTE_OK);
    return header;
}

/* --- votes -------------------------------------------------------------------------------------------------- */

static void vote_message(uint8_t out[53], uint8_t stage, const mote_hash *hash, uint32_t number,
                         uint64_t round, uint64_t set_id) {
    test_buffer message = {0};
    append_u8(&message, stage);
    append_span(&message, hash->bytes, 32);
    append_u32(&message, number);
    append_u64(&message, round);
    append_u64(&message, set_id);
    assert_true(message.size == 53);
    memcpy(out, message.data, 53);
    free(message.data);
}

test_vote test_vote_in(uint8_t stage, const test_voter *voter, const mote_hash *hash,
                       uint32_t number, uint64_t round, uint64_t set_id) {
    test_vote vote = {.hash = *hash, .number = number};
    uint8_t message[53];
    memcpy(vote.key, voter->public_key, 32);
    vote_message(message, stage, hash, number, round, set_id);
    crypto_sign_detached(vote.signature, NULL, message, sizeof message, voter->secret_key);
    return vote;
}

test_vote test_precommit(const test_voter *voter, const test_block *block, uint64_t round,
                         uint64_t set_id) {
    return test_vote_in(TEST_STAGE_PRECOMMIT, voter, &block->hash, block->number, round, set_id);
}

test_vote *test_precommits(const test_voter *voters, size_t count, const test_block *block,
                           uint64_t round, uint64_t set_id) {
    test_vote *votes = checked(calloc(count + 1, sizeof *votes));
    for (size_t i = 0; i < count; i++) votes[i] = test_precommit(&voters[i], block, round, set_id);
    return votes;
}

/* S = r + k a with a nonce r of our own: RFC 8032 prescribes how a signer finds r, verifiers cannot tell. */
void test_resign(test_vote *vote, const test_voter *voter, uint64_t round, uint64_t set_id) {
    uint8_t wide[64] = "a nonce in mote's tests", nonce[32], scalar[32], challenge[32], message[53];
    crypto_hash_sha512_state state;
    memcpy(wide + 32, vote->signature, 32);
    crypto_core_ed25519_scalar_reduce(nonce, wide);
    crypto_scalarmult_ed25519_base_noclamp(vote->signature, nonce);
    vote_message(message, TEST_STAGE_PRECOMMIT, &vote->hash, vote->number, round, set_id);
    crypto_hash_sha512_init(&state);
    crypto_hash_sha512_update(&state, vote->signature, 32);
    crypto_hash_sha512_update(&state, voter->public_key, 32);
    crypto_hash_sha512_update(&state, message, sizeof message);
    crypto_hash_sha512_final(&state, wide);
    crypto_core_ed25519_scalar_reduce(challenge, wide);
    crypto_sign_ed25519_sk_to_curve25519(scalar,
                                         voter->secret_key); /* the clamped scalar of the key */
    memset(wide, 0, sizeof wide);
    memcpy(wide, scalar, sizeof scalar);
    crypto_core_ed25519_scalar_reduce(scalar, wide);
    crypto_core_ed25519_scalar_mul(challenge, challenge, scalar);
    crypto_core_ed25519_scalar_add(vote->signature + 32, challenge, nonce);
    assert_int_equal(
        crypto_sign_verify_detached(vote->signature, message, sizeof message, voter->public_key),
        0);
}

/* --- messages ------------------------------------------------------------------------------------------------ */

void append_justification(test_buffer *buffer, const test_justification *parts) {
    append_u64(buffer, parts->round);
    append_span(buffer, parts->target_hash.bytes, 32);
    append_u32(buffer, parts->target_number);
    append_compact(buffer, parts->vote_count);
    for (size_t i = 0; i < parts->vote_count; i++) {
        append_span(buffer, parts->votes[i].hash.bytes, 32);
        append_u32(buffer, parts->votes[i].number);
        append_span(buffer, parts->votes[i].signature, 64);
        append_span(buffer, parts->votes[i].key, 32);
    }
    append_compact(buffer, parts->ancestry_count);
    for (size_t i = 0; i < parts->ancestry_count; i++) {
        append_span(buffer, parts->ancestry[i].header.data, parts->ancestry[i].header.size);
    }
}

mote_bytes build_justification(const test_justification *parts) {
    test_buffer buffer = {0};
    append_justification(&buffer, parts);
    return buffer_bytes(&buffer);
}

mote_bytes build_plain_justification(const test_voter *voters, size_t count,
                                     const test_block *block, uint64_t round, uint64_t set_id) {
    test_vote *votes = test_precommits(voters, count, block, round, set_id);
    test_justification parts = {.round = round,
                                .target_hash = block->hash,
                                .target_number = block->number,
                                .votes = votes,
                                .vote_count = count};
    mote_bytes justification = build_justification(&parts);
    free(votes);
    return justification;
}

void append_commit(test_buffer *buffer, const test_justification *parts, uint64_t set_id) {
    append_u64(buffer, parts->round);
    append_u64(buffer, set_id);
    append_span(buffer, parts->target_hash.bytes, 32);
    append_u32(buffer, parts->target_number);
    append_compact(buffer, parts->vote_count);
    for (size_t i = 0; i < parts->vote_count; i++) {
        append_span(buffer, parts->votes[i].hash.bytes, 32);
        append_u32(buffer, parts->votes[i].number);
    }
    append_compact(buffer, parts->vote_count);
    for (size_t i = 0; i < parts->vote_count; i++) {
        append_span(buffer, parts->votes[i].signature, 64);
        append_span(buffer, parts->votes[i].key, 32);
    }
}

mote_bytes build_commit(const test_justification *parts, uint64_t set_id) {
    test_buffer buffer = {0};
    append_commit(&buffer, parts, set_id);
    return buffer_bytes(&buffer);
}

mote_bytes build_equivocation(const test_vote *first, const test_vote *second, uint8_t stage,
                              uint64_t round, uint64_t set_id) {
    const test_vote *votes[2] = {first, second};
    test_buffer buffer = {0};
    append_u64(&buffer, set_id);
    append_u8(&buffer, stage);
    append_u64(&buffer, round);
    append_span(&buffer, first->key, 32);
    for (size_t i = 0; i < 2; i++) {
        append_span(&buffer, votes[i]->hash.bytes, 32);
        append_u32(&buffer, votes[i]->number);
        append_span(&buffer, votes[i]->signature, 64);
    }
    return buffer_bytes(&buffer);
}

mote_bytes build_warp_proof(const test_fragment *fragments, size_t count, bool is_finished) {
    test_buffer buffer = {0};
    append_compact(&buffer, count);
    for (size_t i = 0; i < count; i++) {
        append_span(&buffer, fragments[i].header.data, fragments[i].header.size);
        append_span(&buffer, fragments[i].justification.data, fragments[i].justification.size);
    }
    append_u8(&buffer, is_finished ? 1 : 0);
    return buffer_bytes(&buffer);
}
