/* SPDX-License-Identifier: Apache-2.0 */
#include "ed25519_work.h"

#include <stdalign.h>
#include <string.h>

#include <sodium/crypto_sign_ed25519.h>

#include "mote/ed25519.h"

typedef struct signed_vote {
    uint8_t signature[64];
    uint8_t message[BENCH_MESSAGE];
} signed_vote;

static uint8_t public_key[BENCH_SIGNERS][32];
static signed_vote vote[BENCH_FRAGMENTS][BENCH_SIGNERS];
static alignas(max_align_t) uint8_t memory[16u << 20];
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

void bench_prepare(void) {
    uint8_t seed[32] = {0}, secret[64];
    for (uint32_t i = 0; i < BENCH_SIGNERS; i++) {
        seed[0] = (uint8_t)i;
        seed[1] = (uint8_t)(i >> 8);
        (void)crypto_sign_ed25519_seed_keypair(public_key[i], secret, seed);
        for (uint32_t f = 0; f < BENCH_FRAGMENTS; f++) {
            make_message(vote[f][i].message, f);
            (void)crypto_sign_ed25519_detached(vote[f][i].signature, NULL, vote[f][i].message,
                                               BENCH_MESSAGE, secret);
        }
    }
    seed[0] = 99;
    cache = mote_ed25519_keys_init(cache_memory, sizeof cache_memory, BENCH_SIGNERS, seed);
    (void)bench_batch_cached();
}

uint32_t bench_sodium(void) {
    uint32_t accepted = 0;
    for (uint32_t i = 0; i < BENCH_SIGNERS; i++) {
        const signed_vote *v = &vote[0][i];
        accepted += crypto_sign_ed25519_verify_detached(v->signature, v->message, BENCH_MESSAGE,
                                                        public_key[i]) == 0;
    }
    return accepted;
}

static mote_status verify_one(uint32_t i) {
    const signed_vote *v = &vote[0][i];
    return mote_ed25519_verify(public_key[i], v->signature,
                               (mote_bytes){v->message, BENCH_MESSAGE});
}

uint32_t bench_small_single(uint32_t signers) {
    uint32_t accepted = 0;
    for (uint32_t i = 0; i < signers; i++) accepted += verify_one(i) == MOTE_OK;
    return accepted;
}

uint32_t bench_single(void) {
    return bench_small_single(BENCH_SIGNERS);
}

static uint32_t judge(mote_ed25519_keys *keys, uint32_t fragments, uint32_t signers) {
    static const uint8_t seed[32] = {7};
    mote_context context;
    mote_context_init(&context, memory, sizeof memory, seed);
    context.keys = keys;
    context.backend = used;
    mote_ed25519_batch *batch = mote_ed25519_batch_new(&context, fragments * signers);
    if (batch == NULL) return 0;
    for (uint32_t f = 0; f < fragments; f++) {
        for (uint32_t i = 0; i < signers; i++) {
            const signed_vote *v = &vote[f][i];
            const mote_bytes message = {v->message, BENCH_MESSAGE};
            if (mote_ed25519_batch_add(batch, public_key[i], v->signature, message) != MOTE_OK)
                return 0;
        }
    }
    return mote_ed25519_batch_verify(&context, NULL, batch) == MOTE_OK ? fragments * signers : 0;
}

uint32_t bench_batch(void) {
    return judge(NULL, 1, BENCH_SIGNERS);
}

uint32_t bench_batch_cached(void) {
    return judge(cache, 1, BENCH_SIGNERS);
}

uint32_t bench_batch_of_all(void) {
    return judge(NULL, BENCH_FRAGMENTS, BENCH_SIGNERS);
}

uint32_t bench_small_batch(uint32_t signers) {
    return judge(NULL, 1, signers);
}

const uint8_t *bench_key(uint32_t i) {
    return public_key[i];
}

const uint8_t *bench_signature(uint32_t i) {
    return vote[0][i].signature;
}

const uint8_t *bench_message(uint32_t i) {
    return vote[0][i].message;
}
