/* SPDX-License-Identifier: Apache-2.0 */
#include "babe_world.h"

#include <sodium.h>

#include "mote/transcript.h"

/* --- sr25519 ------------------------------------------------------------------------------------------------ */
static void scalar_of(uint8_t out[32], const char *label, const void *data, size_t size) {
    uint8_t wide[64];
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof wide);
    crypto_generichash_update(&state, (const uint8_t *)label, strlen(label));
    crypto_generichash_update(&state, data, size);
    crypto_generichash_final(&state, wide, sizeof wide);
    crypto_core_ristretto255_scalar_reduce(out, wide);
}

static test_author make_author(uint32_t number) {
    test_author author;
    uint8_t seed[4] = {(uint8_t)number, (uint8_t)(number >> 8), (uint8_t)(number >> 16),
                       (uint8_t)(number >> 24)};
    scalar_of(author.secret, "author", seed, sizeof seed);
    if (crypto_scalarmult_ristretto255_base(author.key, author.secret) != 0) abort();
    return author;
}

test_author test_author_of(uint32_t number) {
    static test_author known[256];
    static bool is_known[256];
    if (number >= 256) return make_author(number);
    if (!is_known[number]) known[number] = make_author(number);
    is_known[number] = true;
    return known[number];
}

static mote_bytes span(const void *data, size_t size) {
    return (mote_bytes){data, size};
}

static void challenge(uint8_t out[32], mote_transcript *transcript, const char *label) {
    uint8_t wide[64];
    mote_transcript_challenge(transcript, wide, sizeof wide, label);
    crypto_core_ristretto255_scalar_reduce(out, wide);
}

void test_sr25519_sign(uint8_t signature[64], const test_author *author, mote_bytes message) {
    uint8_t nonce[32], k[32], product[32];
    mote_transcript t;
    scalar_of(nonce, "nonce", message.data, message.size);
    crypto_core_ristretto255_scalar_add(nonce, nonce, author->secret);
    if (crypto_scalarmult_ristretto255_base(signature, nonce) != 0) abort();
    mote_transcript_init(&t, "SigningContext");
    mote_transcript_append(&t, "", span("substrate", 9));
    mote_transcript_append(&t, "sign-bytes", message);
    mote_transcript_append(&t, "proto-name", span("Schnorr-sig", 11));
    mote_transcript_append(&t, "sign:pk", span(author->key, 32));
    mote_transcript_append(&t, "sign:R", span(signature, 32));
    challenge(k, &t, "sign:c");
    crypto_core_ristretto255_scalar_mul(product, k, author->secret);
    crypto_core_ristretto255_scalar_add(signature + 32, product, nonce);
    signature[63] |= 0x80;
}

static void hash_to_point(uint8_t out[32], const test_author *author, mote_transcript transcript) {
    uint8_t uniform[64];
    mote_transcript_append(&transcript, "vrf-nm-pk", span(author->key, 32));
    mote_transcript_challenge(&transcript, uniform, sizeof uniform, "VRFHash");
    crypto_core_ristretto255_from_hash(out, uniform);
}

static void prove(test_vrf *out, const test_author *author, const uint8_t input[32]) {
    uint8_t nonce[32], R[32], Hr[32], product[32];
    mote_transcript t;
    scalar_of(nonce, "vrf", input, 32);
    if (crypto_scalarmult_ristretto255_base(R, nonce) != 0) abort();
    if (crypto_scalarmult_ristretto255(Hr, nonce, input) != 0) abort();
    mote_transcript_init(&t, "VRF");
    mote_transcript_append(&t, "proto-name", span("DLEQProof", 9));
    mote_transcript_append(&t, "vrf:h", span(input, 32));
    mote_transcript_append(&t, "vrf:R=g^r", span(R, 32));
    mote_transcript_append(&t, "vrf:h^r", span(Hr, 32));
    mote_transcript_append(&t, "vrf:pk", span(author->key, 32));
    mote_transcript_append(&t, "vrf:h^sk", span(out->pre_output, 32));
    challenge(out->proof, &t, "prove");
    crypto_core_ristretto255_scalar_mul(product, out->proof, author->secret);
    crypto_core_ristretto255_scalar_sub(out->proof + 32, nonce, product);
}

static mote_babe_score score_of(const test_vrf *vrf, const uint8_t input[32]) {
    uint8_t bytes[16];
    mote_transcript t;
    mote_transcript_init(&t, "VRFResult");
    mote_transcript_append(&t, "", span("substrate-babe-vrf", 18));
    mote_transcript_append(&t, "vrf-in", span(input, 32));
    mote_transcript_append(&t, "vrf-out", span(vrf->pre_output, 32));
    mote_transcript_challenge(&t, bytes, sizeof bytes, "");
    return (mote_babe_score){mote_load_u64(bytes + 8), mote_load_u64(bytes)};
}

test_vrf test_babe_vrf(const test_author *author, uint64_t slot, uint64_t epoch_index,
                       const uint8_t randomness[32]) {
    test_vrf out;
    uint8_t input[32];
    mote_transcript t;
    mote_transcript_init(&t, "BABE");
    mote_transcript_append_u64(&t, "slot number", slot);
    mote_transcript_append_u64(&t, "current epoch", epoch_index);
    mote_transcript_append(&t, "chain randomness", span(randomness, 32));
    hash_to_point(input, author, t);
    if (crypto_scalarmult_ristretto255(out.pre_output, author->secret, input) != 0) abort();
    prove(&out, author, input);
    out.score = score_of(&out, input);
    return out;
}

/* --- epochs --------------------------------------------------------------------------------------------------- */
void append_babe_authorities(test_buffer *buffer, uint32_t first, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        test_author author = test_author_of(first + i);
        append_span(buffer, author.key, 32);
        append_u64(buffer, 1);
    }
}

mote_babe_epoch test_epoch(uint32_t first, uint32_t count) {
    test_buffer items = {0};
    mote_babe_epoch epoch;
    memset(&epoch, 0, sizeof epoch);
    append_babe_authorities(&items, first, count);
    epoch.index = 5;
    epoch.start_slot = 100;
    epoch.duration = TEST_EPOCH_SLOTS;
    epoch.authorities = (mote_authority_list){items.data, count};
    memset(epoch.randomness, 0x5a, sizeof epoch.randomness);
    epoch.c_numerator = (UINT64_C(1) << 53) - 1;
    epoch.c_denominator = UINT64_C(1) << 53;
    epoch.allowed_slots = MOTE_BABE_AND_SECONDARY_VRF;
    return epoch;
}

mote_babe_position test_position(uint32_t first, uint32_t count, uint32_t next_first) {
    mote_babe_position at;
    memset(&at, 0, sizeof at);
    memset(at.hash.bytes, 0x77, sizeof at.hash.bytes);
    at.number = 50;
    at.slot = 104;
    at.current = test_epoch(first, count);
    at.next = test_epoch(next_first, count);
    at.next.index = 6;
    at.next.start_slot = 110;
    memset(at.next.randomness, 0x66, sizeof at.next.randomness);
    return at;
}

/* --- blocks --------------------------------------------------------------------------------------------------- */
mote_bytes build_pre_digest(const test_claim *claim) {
    test_buffer out = {0};
    append_u8(&out, (uint8_t)claim->claim);
    append_u32(&out, claim->index);
    append_u64(&out, claim->slot);
    if (claim->claim == MOTE_BABE_SECONDARY_PLAIN) return buffer_bytes(&out);
    test_author author = test_author_of(claim->author);
    test_vrf vrf = test_babe_vrf(&author, claim->slot, claim->epoch_index, claim->randomness);
    append_span(&out, vrf.pre_output, 32);
    append_span(&out, vrf.proof, 64);
    return buffer_bytes(&out);
}

void digest_add_next_epoch(test_digest *digest, uint32_t first, uint32_t count,
                           uint8_t randomness) {
    test_buffer payload = {0};
    uint8_t bytes[32];
    memset(bytes, randomness, sizeof bytes);
    append_u8(&payload, 1);
    append_compact(&payload, count);
    append_babe_authorities(&payload, first, count);
    append_span(&payload, bytes, sizeof bytes);
    digest_add(digest, 4, "BABE", buffer_bytes(&payload));
    free(payload.data);
}

void digest_add_next_config(test_digest *digest, uint64_t c_numerator, uint64_t c_denominator,
                            uint8_t allowed_slots) {
    test_buffer payload = {0};
    append_u8(&payload, 3);
    append_u8(&payload, 1);
    append_u64(&payload, c_numerator);
    append_u64(&payload, c_denominator);
    append_u8(&payload, allowed_slots);
    digest_add(digest, 4, "BABE", buffer_bytes(&payload));
    free(payload.data);
}

test_block test_sealed(const mote_hash *parent, uint32_t number, uint8_t salt,
                       const test_digest *digest, const test_author *author, const char *engine) {
    uint8_t seal[64];
    test_digest sealed = {0};
    test_block before = test_block_at(parent, number, salt, digest);
    test_sr25519_sign(seal, author, span(before.hash.bytes, 32));
    append_span(&sealed.items, digest->items.data, digest->items.size);
    sealed.count = digest->count;
    digest_add(&sealed, 5, engine, span(seal, sizeof seal));
    test_block block = test_block_at(parent, number, salt, &sealed);
    free(sealed.items.data);
    free_bytes(before.header);
    return block;
}

test_block test_babe_block(const mote_hash *parent, uint32_t number, const test_claim *claim) {
    test_digest digest = {0};
    mote_bytes pre_digest = build_pre_digest(claim);
    test_author author = test_author_of(claim->author);
    digest_add(&digest, 6, "BABE", pre_digest);
    if (claim->logs != NULL) {
        append_span(&digest.items, claim->logs->items.data, claim->logs->items.size);
        digest.count += claim->logs->count;
    }
    test_block block = test_sealed(parent, number, claim->salt, &digest, &author, "BABE");
    free_bytes(pre_digest);
    free(digest.items.data);
    return block;
}

uint32_t test_author_number(const mote_babe_epoch *epoch, uint32_t index) {
    const uint8_t *key = mote_authority_key(&epoch->authorities, index);
    for (uint32_t number = 0; number < 4096; number++) {
        test_author author = test_author_of(number);
        if (memcmp(author.key, key, 32) == 0) return number;
    }
    fail_msg("nobody has this key");
    return 0;
}

static const mote_babe_epoch *epoch_at(const mote_babe_position *at, uint64_t slot) {
    return !at->is_genesis && slot >= at->next.start_slot ? &at->next : &at->current;
}

test_claim test_right_claim(const mote_babe_position *at, mote_babe_claim claim, uint32_t index,
                            uint64_t slot, uint8_t salt) {
    const mote_babe_epoch *epoch = epoch_at(at, slot);
    test_claim out = {.claim = claim, .index = index, .slot = slot, .salt = salt};
    uint64_t start = at->is_genesis ? slot : epoch->start_slot;
    if (claim != MOTE_BABE_PRIMARY) {
        out.index = mote_babe_secondary_author(epoch->randomness, slot, epoch->authorities.count);
    }
    out.author = test_author_number(epoch, out.index);
    out.epoch_index = epoch->index + (slot - start) / epoch->duration;
    memcpy(out.randomness, epoch->randomness, sizeof out.randomness);
    if (at->is_genesis || epoch == &at->next) {
        test_digest *logs = calloc(1, sizeof *logs);
        digest_add_next_epoch(logs, test_author_number(epoch, 0), epoch->authorities.count,
                              (uint8_t)(slot + salt));
        out.logs = logs;
    }
    return out;
}

test_block test_right_block(const mote_babe_position *at, mote_babe_claim claim, uint32_t index,
                            uint64_t slot, uint8_t salt) {
    test_claim right = test_right_claim(at, claim, index, slot, salt);
    return test_babe_block(&at->hash, at->number + 1, &right);
}

/* --- Aura ----------------------------------------------------------------------------------------------------- */
test_block test_aura_block(const mote_hash *parent, uint32_t number, uint64_t slot, uint32_t author,
                           uint8_t salt, const test_digest *logs) {
    test_digest digest = {0};
    uint8_t slot_bytes[8];
    test_author signer = test_author_of(author);
    mote_store_u64(slot_bytes, slot);
    digest_add(&digest, 6, "aura", span(slot_bytes, sizeof slot_bytes));
    if (logs != NULL) {
        append_span(&digest.items, logs->items.data, logs->items.size);
        digest.count += logs->count;
    }
    test_block block = test_sealed(parent, number, salt, &digest, &signer, "aura");
    free(digest.items.data);
    return block;
}

mote_bytes build_aura_list(uint32_t first, uint32_t count) {
    test_buffer list = {0};
    append_compact(&list, count);
    for (uint32_t i = 0; i < count; i++) {
        test_author author = test_author_of(first + i);
        append_span(&list, author.key, 32);
    }
    return buffer_bytes(&list);
}

mote_finalized_block test_finalized(const test_block *block) {
    static uint8_t memory[1 << 16];
    static const uint8_t seed[32];
    mote_context context;
    mote_finalized_block final;
    test_voter voter = test_voter_of(0, 1);
    mote_authority_set set = test_set(&voter, 1, 0);
    mote_bytes justification = build_plain_justification(&voter, 1, block, 1, 0);
    mote_context_init(&context, memory, sizeof memory, seed);
    assert_status(mote_justification_verify(&context, &final, NULL, &set, justification, NULL),
                  MOTE_OK);
    free_bytes(justification);
    free(set.voter);
    return final;
}
