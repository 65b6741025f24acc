/* SPDX-License-Identifier: Apache-2.0 */
#include "hash_work.h"

#include <string.h>

#include <sodium/crypto_generichash_blake2b.h>

#include "mote/hash.h"

/* A node's length stands before it, in two bytes: the nodes are not aligned. */
#define STRIDE (BENCH_NODE_SIZE + 2)

static uint8_t proof[BENCH_NODES * STRIDE + 2];
static uint32_t sum;

void bench_prepare(void) {
    uint32_t state = 1;
    for (uint32_t i = 0; i < sizeof proof; i++) {
        state = state * 1664525u + 1013904223u;
        proof[i] = (uint8_t)(state >> 24);
    }
}

static void add(const uint8_t hash[32]) {
    for (unsigned i = 0; i < 32; i += 4) sum = sum * 31 + hash[i];
}

uint32_t bench_own(void) {
    sum = 0;
    for (uint32_t i = 0; i < BENCH_NODES; i++) {
        mote_hash hash = mote_blake2b_256((mote_bytes){proof + 2 + STRIDE * i, BENCH_NODE_SIZE});
        add(hash.bytes);
    }
    return BENCH_NODES;
}

uint32_t bench_many(mote_backend backend) {
    static mote_bytes node[BENCH_NODES];
    static mote_hash hash[BENCH_NODES];
    sum = 0;
    for (uint32_t i = 0; i < BENCH_NODES; i++) {
        node[i] = (mote_bytes){proof + 2 + STRIDE * i, BENCH_NODE_SIZE};
    }
    mote_blake2b_256_many(backend, hash, node, BENCH_NODES);
    for (uint32_t i = 0; i < BENCH_NODES; i++) add(hash[i].bytes);
    return BENCH_NODES;
}

#ifndef BENCH_SODIUM_BUILDS
/* Two children's hashes each, as in a mountain range. */
uint32_t bench_keccak_many(mote_backend backend) {
    static mote_bytes node[BENCH_NODES];
    static mote_hash hash[BENCH_NODES];
    sum = 0;
    for (uint32_t i = 0; i < BENCH_NODES; i++) node[i] = (mote_bytes){proof + 2 + STRIDE * i, 64};
    mote_keccak_256_many(backend, hash, node, BENCH_NODES);
    for (uint32_t i = 0; i < BENCH_NODES; i++) add(hash[i].bytes);
    return BENCH_NODES;
}
#endif

typedef int sodium_hash(unsigned char *out, size_t out_size, const unsigned char *in,
                        unsigned long long in_size, const unsigned char *key, size_t key_size);

static uint32_t with_sodium(sodium_hash *blake2b) {
    uint8_t hash[32];
    sum = 0;
    for (uint32_t i = 0; i < BENCH_NODES; i++) {
        (void)blake2b(hash, sizeof hash, proof + 2 + STRIDE * i, BENCH_NODE_SIZE, NULL, 0);
        add(hash);
    }
    return BENCH_NODES;
}

#ifndef BENCH_SODIUM_BUILDS
uint32_t bench_sodium(void) {
    return with_sodium(crypto_generichash_blake2b);
}
#else
/* libsodium's answer to a caller's bug; its own file for it is not part of this build. */
void sodium_misuse(void);
void sodium_misuse(void) {
    __builtin_trap();
}

/* What sodium_memzero is where nothing tells libsodium of a better way. */
void plain_sodium_memzero(void *memory, size_t size);
void plain_sodium_memzero(void *memory, size_t size) {
    volatile unsigned char *volatile at = memory;
    for (size_t i = 0; i < size; i++) at[i] = 0;
}

sodium_hash o3_crypto_generichash_blake2b, os_crypto_generichash_blake2b,
    plain_crypto_generichash_blake2b;

uint32_t bench_sodium(void) {
    return with_sodium(o3_crypto_generichash_blake2b);
}

uint32_t bench_sodium_os(void) {
    return with_sodium(os_crypto_generichash_blake2b);
}

uint32_t bench_sodium_plain(void) {
    return with_sodium(plain_crypto_generichash_blake2b);
}
#endif

uint32_t bench_sum(void) {
    return sum;
}
