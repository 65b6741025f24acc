/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The work of ed25519_work.h natively, beside libsodium and, where it was found, OpenSSL (rounds.h); the batches once more
 * with each back end. Units are signatures.
 * usage: ed25519_bench [ROUNDS]
 *        ed25519_bench --votes N     writes key, signature and message of N votes, for a peer
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ed25519_work.h"
#include "openssl_peer.h"
#include "rounds.h"

#define REPEATED 32u
#define ALL (BENCH_SIGNERS * BENCH_FRAGMENTS)

static uint32_t sodium(uint32_t n) {
    (void)n;
    return bench_sodium();
}

static uint32_t single(uint32_t n) {
    (void)n;
    return bench_single();
}

static uint32_t batch(uint32_t n) {
    (void)n;
    return bench_batch();
}

static uint32_t batch_cached(uint32_t n) {
    (void)n;
    return bench_batch_cached();
}

static uint32_t batch_of_8(uint32_t n) {
    (void)n;
    return bench_batch_of_all();
}

/* A few, many times: one time is too short to be measured. */
static uint32_t repeated(uint32_t (*work)(uint32_t), uint32_t signers) {
    uint32_t accepted = 0;
    for (unsigned i = 0; i < REPEATED; i++) accepted += work(signers);
    return accepted;
}

#define SMALL(kind, signers)                                                                       \
    static uint32_t kind##_##signers(uint32_t n) {                                                 \
        (void)n;                                                                                   \
        return repeated(bench_small_##kind, signers);                                              \
    }
SMALL(single, 4)
SMALL(single, 8)
SMALL(batch, 1)
SMALL(batch, 2)
SMALL(batch, 4)
SMALL(batch, 8)
SMALL(batch, 32)

#ifdef BENCH_OPENSSL
static uint32_t openssl(uint32_t n) {
    uint32_t accepted = 0;
    (void)n;
    for (uint32_t i = 0; i < BENCH_SIGNERS; i++) {
        accepted +=
            openssl_accepts(bench_key(i), bench_signature(i), bench_message(i), BENCH_MESSAGE);
    }
    return accepted;
}
#endif

#define WITH(name, backend)                                                                        \
    {"batch_" name, batch, BENCH_SIGNERS, backend, BENCH_PROCESSOR, NULL},                         \
        {"batch_cached_" name, batch_cached, BENCH_SIGNERS, backend, BENCH_PROCESSOR, NULL},       \
        {"batch_of_8_" name, batch_of_8, ALL, backend, BENCH_PROCESSOR, NULL}, {                   \
        "growing_" name, bench_growing, 0, backend, BENCH_PROCESSOR, 0                             \
    }

static const bench_work works[] = {
    {"sodium", sodium, BENCH_SIGNERS, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
#ifdef BENCH_OPENSSL
    {"openssl", openssl, BENCH_SIGNERS, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
#endif
    {"single", single, BENCH_SIGNERS, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
    {"batch", batch, BENCH_SIGNERS, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
    {"batch_cached", batch_cached, BENCH_SIGNERS, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
    {"batch_of_8", batch_of_8, ALL, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
    WITH("portable", MOTE_BACKEND_PORTABLE),
    WITH("neon", MOTE_BACKEND_NEON),
    WITH("avx2", MOTE_BACKEND_AVX2),
    WITH("avx512", MOTE_BACKEND_AVX512),
    {"growing_sodium", bench_growing_sodium, 0, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
    {"single_4", single_4, 4 * REPEATED, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
    {"single_8", single_8, 8 * REPEATED, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
    {"batch_1", batch_1, 1 * REPEATED, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
    {"batch_2", batch_2, 2 * REPEATED, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
    {"batch_4", batch_4, 4 * REPEATED, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
    {"batch_8", batch_8, 8 * REPEATED, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
    {"batch_32", batch_32, 32 * REPEATED, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
};

static int write_votes(uint32_t count) {
    bool written = count <= BENCH_GROWING;
    bench_prepare_growing();
    for (uint32_t i = 0; i < count && written; i++) {
        const bench_vote *v = bench_growing_vote(i);
        written = fwrite(v->key, 32, 1, stdout) == 1 && fwrite(v->signature, 64, 1, stdout) == 1 &&
                  fwrite(v->message, BENCH_MESSAGE, 1, stdout) == 1;
    }
    return written ? 0 : 1;
}

int main(int argc, char **argv) {
    if (argc == 3 && strcmp(argv[1], "--votes") == 0) return write_votes((uint32_t)atoi(argv[2]));
    bench_prepare();
    bench_prepare_growing();
    return bench_rounds(works, sizeof works / sizeof works[0], bench_use, argc, argv);
}
