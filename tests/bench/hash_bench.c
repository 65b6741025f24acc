/* SPDX-License-Identifier: Apache-2.0 */
/* The work of hash_work.h natively, beside libsodium, and with each back end (rounds.h). Units are nodes.
 * usage: hash_bench [ROUNDS] */
#include <stdio.h>
#include <stdlib.h>

#include "hash_work.h"
#include "rounds.h"

static uint32_t sum, keccak_sum;
static mote_backend used;

static void use(mote_backend backend) {
    used = backend;
}

static uint32_t same_hashes(uint32_t nodes) {
    return bench_sum() == sum ? nodes : 0;
}

static uint32_t own(uint32_t n) {
    (void)n;
    return same_hashes(bench_own());
}

static uint32_t sodium(uint32_t n) {
    (void)n;
    return same_hashes(bench_sodium());
}

static uint32_t many(uint32_t n) {
    (void)n;
    return same_hashes(bench_many(used));
}

static uint32_t keccak(uint32_t n) {
    (void)n;
    const uint32_t nodes = bench_keccak_many(used);
    return bench_sum() == keccak_sum ? nodes : 0;
}

static const bench_work works[] = {
    {"own", own, BENCH_NODES, MOTE_BACKEND_PORTABLE, BENCH_PROCESSOR, NULL},
    {"sodium", sodium, BENCH_NODES, MOTE_BACKEND_PORTABLE, BENCH_PROCESSOR, NULL},
    {"own_neon", many, BENCH_NODES, MOTE_BACKEND_NEON, BENCH_PROCESSOR, NULL},
    {"own_avx2", many, BENCH_NODES, MOTE_BACKEND_AVX2, BENCH_PROCESSOR, NULL},
    {"keccak", keccak, BENCH_NODES, MOTE_BACKEND_PORTABLE, BENCH_PROCESSOR, NULL},
    {"keccak_neon", keccak, BENCH_NODES, MOTE_BACKEND_NEON, BENCH_PROCESSOR, NULL},
    {"keccak_avx2", keccak, BENCH_NODES, MOTE_BACKEND_AVX2, BENCH_PROCESSOR, NULL},
    {"keccak_avx512", keccak, BENCH_NODES, MOTE_BACKEND_AVX512, BENCH_PROCESSOR, NULL},
    {"own_avx512", many, BENCH_NODES, MOTE_BACKEND_AVX512, BENCH_PROCESSOR, NULL},
};

int main(int argc, char **argv) {
    bench_prepare();
    (void)bench_sodium();
    sum = bench_sum();
    (void)bench_keccak_many(MOTE_BACKEND_PORTABLE);
    keccak_sum = bench_sum();
    return bench_rounds(works, sizeof works / sizeof works[0], use, argc, argv);
}
