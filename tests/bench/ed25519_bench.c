/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Times the work of ed25519_work.h natively, in turns, and prints one JSON object: for each kind of work the times of
 * all rounds, in microseconds of processor time a signature; the batches once more with each back end (null: it cannot
 * run here).
 * usage: ed25519_bench [ROUNDS]
 *        ed25519_bench --votes       writes key, signature and message of each vote, for a peer
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ed25519_work.h"

#define MAX_ROUNDS 1000

typedef struct measurement {
    const char *name;
    uint32_t (*work)(void);
    uint32_t signatures;
    mote_backend backend; /* 0: the best */
    double micros[MAX_ROUNDS];
} measurement;

#define REPEATED 32u

static uint32_t repeated(uint32_t (*work)(uint32_t), uint32_t signers) {
    uint32_t accepted = 0;
    for (unsigned i = 0; i < REPEATED; i++) accepted += work(signers);
    return accepted;
}

#define SMALL(kind, signers)                                                                       \
    static uint32_t kind##_##signers(void) {                                                       \
        return repeated(bench_small_##kind, signers);                                              \
    }
SMALL(single, 4)
SMALL(single, 8)
SMALL(batch, 1)
SMALL(batch, 2)
SMALL(batch, 4)
SMALL(batch, 8)
SMALL(batch, 32)

#define ALL_SIGNATURES (BENCH_SIGNERS * BENCH_FRAGMENTS)
#define WITH(name, backend)                                                                        \
    {"batch_" name, bench_batch, BENCH_SIGNERS, backend, {0}},                                     \
        {"batch_cached_" name, bench_batch_cached, BENCH_SIGNERS, backend, {0}}, {                 \
        "batch_of_8_" name, bench_batch_of_all, ALL_SIGNATURES, backend, {                         \
            0                                                                                      \
        }                                                                                          \
    }

static measurement measurements[] = {
    {"sodium", bench_sodium, BENCH_SIGNERS, MOTE_BACKEND_BEST, {0}},
    {"single", bench_single, BENCH_SIGNERS, MOTE_BACKEND_BEST, {0}},
    {"batch", bench_batch, BENCH_SIGNERS, MOTE_BACKEND_BEST, {0}},
    {"batch_cached", bench_batch_cached, BENCH_SIGNERS, MOTE_BACKEND_BEST, {0}},
    {"batch_of_8", bench_batch_of_all, ALL_SIGNATURES, MOTE_BACKEND_BEST, {0}},
    WITH("portable", MOTE_BACKEND_PORTABLE),
    WITH("neon", MOTE_BACKEND_NEON),
    WITH("avx2", MOTE_BACKEND_AVX2),
    WITH("avx512", MOTE_BACKEND_AVX512),
    {"single_4", single_4, 4 * REPEATED, MOTE_BACKEND_BEST, {0}},
    {"single_8", single_8, 8 * REPEATED, MOTE_BACKEND_BEST, {0}},
    {"batch_1", batch_1, 1 * REPEATED, MOTE_BACKEND_BEST, {0}},
    {"batch_2", batch_2, 2 * REPEATED, MOTE_BACKEND_BEST, {0}},
    {"batch_4", batch_4, 4 * REPEATED, MOTE_BACKEND_BEST, {0}},
    {"batch_8", batch_8, 8 * REPEATED, MOTE_BACKEND_BEST, {0}},
    {"batch_32", batch_32, 32 * REPEATED, MOTE_BACKEND_BEST, {0}},
};
#define MEASUREMENTS (sizeof measurements / sizeof measurements[0])

static double now_micros(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void measure(measurement *m, int round) {
    if (!mote_backend_runs_here(m->backend)) return;
    bench_use(m->backend);
    const double start = now_micros();
    const uint32_t accepted = m->work();
    m->micros[round] = (now_micros() - start) / m->signatures;
    if (accepted == m->signatures) return;
    (void)fprintf(stderr, "%s: %u of %u accepted\n", m->name, (unsigned)accepted,
                  (unsigned)m->signatures);
    exit(1);
}

static int write_votes(void) {
    bool written = true;
    for (uint32_t i = 0; i < BENCH_SIGNERS && written; i++) {
        written = fwrite(bench_key(i), 32, 1, stdout) == 1 &&
                  fwrite(bench_signature(i), 64, 1, stdout) == 1 &&
                  fwrite(bench_message(i), BENCH_MESSAGE, 1, stdout) == 1;
    }
    return written ? 0 : 1;
}

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "--votes") == 0) {
        bench_prepare();
        return write_votes();
    }
    int rounds = argc > 1 ? atoi(argv[1]) : 15;
    if (rounds < 1 || rounds > MAX_ROUNDS) return 2;
    bench_prepare();
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < MEASUREMENTS; i++) measure(&measurements[i], round);
    }
    for (size_t i = 0; i < MEASUREMENTS; i++) {
        (void)printf("%s\"%s\": ", i == 0 ? "{" : ", ", measurements[i].name);
        if (!mote_backend_runs_here(measurements[i].backend)) {
            (void)printf("null");
            continue;
        }
        (void)printf("[");
        for (int round = 0; round < rounds; round++) {
            (void)printf("%s%.3f", round == 0 ? "" : ", ", measurements[i].micros[round]);
        }
        (void)printf("]");
    }
    (void)printf("}\n");
    return 0;
}
