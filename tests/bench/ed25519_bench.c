/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Times the work of ed25519_work.h natively, in turns, and prints one JSON object: medians in microseconds a signature.
 * usage: ed25519_bench [ROUNDS]
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "ed25519_work.h"

#define MAX_ROUNDS 1000

typedef struct measurement {
    const char *name;
    uint32_t (*work)(void);
    uint32_t signatures;
    double micros[MAX_ROUNDS];
} measurement;

static uint32_t small_single_4(void) {
    return bench_small_single(4);
}
static uint32_t small_single_8(void) {
    return bench_small_single(8);
}
static uint32_t small_batch_1(void) {
    return bench_small_batch(1);
}
static uint32_t small_batch_2(void) {
    return bench_small_batch(2);
}
static uint32_t small_batch_4(void) {
    return bench_small_batch(4);
}
static uint32_t small_batch_8(void) {
    return bench_small_batch(8);
}
static uint32_t small_batch_32(void) {
    return bench_small_batch(32);
}

static measurement measurements[] = {
    {"sodium", bench_sodium, BENCH_SIGNERS, {0}},
    {"single", bench_single, BENCH_SIGNERS, {0}},
    {"batch", bench_batch, BENCH_SIGNERS, {0}},
    {"batch_cached", bench_batch_cached, BENCH_SIGNERS, {0}},
    {"batch_of_8", bench_batch_of_all, BENCH_SIGNERS *BENCH_FRAGMENTS, {0}},
    {"single_4", small_single_4, 4, {0}},
    {"single_8", small_single_8, 8, {0}},
    {"batch_1", small_batch_1, 1, {0}},
    {"batch_2", small_batch_2, 2, {0}},
    {"batch_4", small_batch_4, 4, {0}},
    {"batch_8", small_batch_8, 8, {0}},
    {"batch_32", small_batch_32, 32, {0}},
};
#define MEASUREMENTS (sizeof measurements / sizeof measurements[0])

static double now_micros(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(measurement *m, int round) {
    const double start = now_micros();
    const uint32_t accepted = m->work();
    m->micros[round] = (now_micros() - start) / m->signatures;
    if (accepted == m->signatures) return;
    (void)fprintf(stderr, "%s: %u of %u accepted\n", m->name, (unsigned)accepted,
                  (unsigned)m->signatures);
    exit(1);
}

int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : 15;
    if (rounds < 1 || rounds > MAX_ROUNDS) return 2;
    bench_prepare();
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < MEASUREMENTS; i++) measure(&measurements[i], round);
    }
    for (size_t i = 0; i < MEASUREMENTS; i++) {
        qsort(measurements[i].micros, (size_t)rounds, sizeof(double), ascending);
        (void)printf("%s\"%s\": %.3f", i == 0 ? "{" : ", ", measurements[i].name,
                     measurements[i].micros[rounds / 2]);
    }
    (void)printf("}\n");
    return 0;
}
