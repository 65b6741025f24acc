/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Times the work of hash_work.h natively, in turns, and prints one JSON object: medians in nanoseconds of processor time
 * a hash (null: the back end cannot run here).
 * usage: hash_bench [ROUNDS]
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "hash_work.h"

#define MAX_ROUNDS 1000

typedef struct measurement {
    const char *name;
    uint32_t (*work)(void);
    mote_backend backend;
    double nanos[MAX_ROUNDS];
} measurement;

static uint32_t many_avx2(void) {
    return bench_many(MOTE_BACKEND_AVX2);
}

static uint32_t many_avx512(void) {
    return bench_many(MOTE_BACKEND_AVX512);
}

static measurement measurements[] = {
    {"own", bench_own, MOTE_BACKEND_PORTABLE, {0}},
    {"sodium", bench_sodium, MOTE_BACKEND_PORTABLE, {0}},
    {"own_avx2", many_avx2, MOTE_BACKEND_AVX2, {0}},
    {"own_avx512", many_avx512, MOTE_BACKEND_AVX512, {0}},
};
#define MEASUREMENTS (sizeof measurements / sizeof measurements[0])

static double now_nanos(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(measurement *m, int round, uint32_t sum) {
    if (!mote_backend_runs_here(m->backend)) return;
    const double start = now_nanos();
    const uint32_t hashes = m->work();
    m->nanos[round] = (now_nanos() - start) / hashes;
    if (bench_sum() == sum) return;
    (void)fprintf(stderr, "%s: other hashes\n", m->name);
    exit(1);
}

int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : 101;
    if (rounds < 1 || rounds > MAX_ROUNDS) return 2;
    bench_prepare();
    (void)bench_sodium();
    const uint32_t sum = bench_sum();
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < MEASUREMENTS; i++) measure(&measurements[i], round, sum);
    }
    for (size_t i = 0; i < MEASUREMENTS; i++) {
        if (!mote_backend_runs_here(measurements[i].backend)) {
            (void)printf(", \"%s\": null", measurements[i].name);
            continue;
        }
        qsort(measurements[i].nanos, (size_t)rounds, sizeof(double), ascending);
        (void)printf("%s\"%s\": %.1f", i == 0 ? "{" : ", ", measurements[i].name,
                     measurements[i].nanos[rounds / 2]);
    }
    (void)printf("}\n");
    return 0;
}
