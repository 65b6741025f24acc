/* SPDX-License-Identifier: Apache-2.0 */
#include "ed25519_work.h"

#include <stdalign.h>
#include <string.h>

#include <sodium/crypto_sign_ed25519.h>

#include "mote/ed25519.h"

static bench_vote vote[BENCH_FRAGMENTS * BENCH_SIGNERS]; /* fragment by fragment */
static bench_vote growing_vote[BENCH_GROWING];
static alignas(max_align_t) uint8_t memory[24u << 20];
static alignas(max_align_t) uint8_t cache_memory[1u << 20];
static mote_ed25519_keys *cache;
static mote_backend used = MOTE_BACKEND_BEST;

void bench_use(mote_backend backend) {
    used = backend;
}

static void make_message(uint8_t message[BENCH_MESSAGE], uint32_t fragment) {
    for (unsigned i = 0; i < BENCH_MESSAGE; i++) message[i] = (uint8_t)(17 * i + 101 * fragment);
    message[0] = 1;
}

/* One signer's votes, of so many fragments, each so many votes behind the other. */
static void sign(bench_vote *out, uint32_t signer, uint32_t fragments, size_t apart) {
    uint8_t key[32], secret[64];
    const uint8_t seed[32] = {(uint8_t)signer, (uint8_t)(signer >> 8)};
    (void)crypto_sign_ed25519_seed_keypair(key, secret, seed);
    for (uint32_t f = 0; f < fragments; f++, out += apart) {
        memcpy(out->key, key, sizeof key);
        make_message(out->message, f);
        (void)crypto_sign_ed25519_detached(out->signature, NULL, out->message, BENCH_MESSAGE,
                                           secret);
    }
}

void bench_prepare(void) {
    static const uint8_t seed[32] = {99};
    for (uint32_t i = 0; i < BENCH_SIGNERS; i++) sign(&vote[i], i, BENCH_FRAGMENTS, BENCH_SIGNERS);
    cache = mote_ed25519_keys_init(cache_memory, sizeof cache_memory, BENCH_SIGNERS, seed);
    (void)bench_batch_cached();
}

void bench_prepare_growing(void) {
    for (uint32_t i = 0; i < BENCH_GROWING; i++) sign(&growing_vote[i], i, 1, 0);
}

static uint32_t with_sodium(const bench_vote *votes, uint32_t signers) {
    uint32_t accepted = 0;
    for (const bench_vote *v = votes; v < votes + signers; v++) {
        accepted += crypto_sign_ed25519_verify_detached(v->signature, v->message, BENCH_MESSAGE,
                                                        v->key) == 0;
    }
    return accepted;
}

uint32_t bench_sodium(void) {
    return with_sodium(vote, BENCH_SIGNERS);
}

static mote_status verify_one(uint32_t i) {
    const bench_vote *v = &vote[i];
    return mote_ed25519_verify(v->key, v->signature, (mote_bytes){v->message, BENCH_MESSAGE});
}

uint32_t bench_small_single(uint32_t signers) {
    uint32_t accepted = 0;
    for (uint32_t i = 0; i < signers; i++) accepted += verify_one(i) == MOTE_OK;
    return accepted;
}

uint32_t bench_single(void) {
    return bench_small_single(BENCH_SIGNERS);
}

static mote_status add(mote_ed25519_batch *batch, const bench_vote *votes, uint32_t signers) {
    for (const bench_vote *v = votes; v < votes + signers; v++) {
        const mote_bytes message = {v->message, BENCH_MESSAGE};
        const mote_status status = mote_ed25519_batch_add(batch, v->key, v->signature, message);
        if (status != MOTE_OK) return status;
    }
    return MOTE_OK;
}

static uint32_t judge(mote_ed25519_keys *keys, const bench_vote *votes, uint32_t signers) {
    static const uint8_t seed[32] = {7};
    mote_context context;
    mote_context_init(&context, memory, sizeof memory, seed);
    context.keys = keys;
    context.backend = used;
    mote_ed25519_batch *batch = mote_ed25519_batch_new(&context, signers);
    if (batch == NULL || add(batch, votes, signers) != MOTE_OK) return 0;
    return mote_ed25519_batch_verify(&context, NULL, batch) == MOTE_OK ? signers : 0;
}

uint32_t bench_batch(void) {
    return judge(NULL, vote, BENCH_SIGNERS);
}

uint32_t bench_batch_cached(void) {
    return judge(cache, vote, BENCH_SIGNERS);
}

uint32_t bench_batch_of_all(void) {
    return judge(NULL, vote, BENCH_FRAGMENTS * BENCH_SIGNERS);
}

uint32_t bench_small_batch(uint32_t signers) {
    return judge(NULL, vote, signers);
}

uint32_t bench_growing(uint32_t signers) {
    return signers <= BENCH_GROWING ? judge(NULL, growing_vote, signers) : 0;
}

uint32_t bench_growing_sodium(uint32_t signers) {
    return signers <= BENCH_GROWING ? with_sodium(growing_vote, signers) : 0;
}

const bench_vote *bench_growing_vote(uint32_t i) {
    return &growing_vote[i];
}

const uint8_t *bench_key(uint32_t i) {
    return vote[i].key;
}

const uint8_t *bench_signature(uint32_t i) {
    return vote[i].signature;
}

const uint8_t *bench_message(uint32_t i) {
    return vote[i].message;
}
