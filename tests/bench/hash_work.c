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

uint32_t bench_sodium(void) {
    uint8_t hash[32];
    sum = 0;
    for (uint32_t i = 0; i < BENCH_NODES; i++) {
        (void)crypto_generichash_blake2b(hash, sizeof hash, proof + 2 + STRIDE * i, BENCH_NODE_SIZE,
                                         NULL, 0);
        add(hash);
    }
    return BENCH_NODES;
}

#ifdef BENCH_SODIUM_OS
/* libsodium's answer to a caller's bug; its own file for it is not part of this build. */
void sodium_misuse(void);
void sodium_misuse(void) {
    __builtin_trap();
}

int os_crypto_generichash_blake2b(unsigned char *out, size_t out_size, const unsigned char *in,
                                  unsigned long long in_size, const unsigned char *key,
                                  size_t key_size);

uint32_t bench_sodium_os(void) {
    uint8_t hash[32];
    sum = 0;
    for (uint32_t i = 0; i < BENCH_NODES; i++) {
        (void)os_crypto_generichash_blake2b(hash, sizeof hash, proof + 2 + STRIDE * i,
                                            BENCH_NODE_SIZE, NULL, 0);
        add(hash);
    }
    return BENCH_NODES;
}
#endif

uint32_t bench_sum(void) {
    return sum;
}
