/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Times the work of sr25519_work.h natively and prints one JSON object: for each kind of work the times of all rounds,
 * in microseconds a case. The cases are those of sr25519_cases.mjs, so that all that is compared judges the same.
 * usage: sr25519_bench CASES [ROUNDS]
 */
#define _POSIX_C_SOURCE 200809L
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "sr25519_work.h"

#define MAX_ROUNDS 1000

typedef struct measurement {
    const char *name;
    uint32_t (*work)(void);
    double micros[MAX_ROUNDS];
} measurement;

static uint32_t batch_8(void) {
    return bench_batch(8);
}

static uint32_t batch_64(void) {
    return bench_batch(64);
}

static uint32_t batch_256(void) {
    return bench_batch(256);
}

static measurement measurements[] = {
    {"single", bench_single, {0}},     {"vrf", bench_vrf, {0}},
    {"vrf_many", bench_vrf_many, {0}}, {"vrf_and_score", bench_vrf_and_score, {0}},
    {"batch_8", batch_8, {0}},         {"batch_64", batch_64, {0}},
    {"batch_256", batch_256, {0}},
};
#define MEASUREMENTS (sizeof measurements / sizeof measurements[0])

static double now_micros(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void measure(measurement *m, int round) {
    const double start = now_micros();
    const uint32_t accepted = m->work();
    m->micros[round] = (now_micros() - start) / BENCH_CASES;
    if (accepted == BENCH_CASES) return;
    (void)fprintf(stderr, "%s: %u of %u accepted\n", m->name, (unsigned)accepted, BENCH_CASES);
    exit(1);
}

static bool read_cases(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return false;
    const bool read =
        fread(bench_signatures(), BENCH_SIGNATURE, BENCH_CASES, file) == BENCH_CASES &&
        fread(bench_vrfs(), BENCH_VRF, BENCH_CASES, file) == BENCH_CASES;
    (void)fclose(file);
    return read;
}

int main(int argc, char **argv) {
    int rounds = argc > 2 ? atoi(argv[2]) : 15;
    if (argc < 2 || rounds < 1 || rounds > MAX_ROUNDS || !read_cases(argv[1])) return 2;
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < MEASUREMENTS; i++) measure(&measurements[i], round);
    }
    for (size_t i = 0; i < MEASUREMENTS; i++) {
        (void)printf("%s\"%s\": [", i == 0 ? "{" : ", ", measurements[i].name);
        for (int round = 0; round < rounds; round++) {
            (void)printf("%s%.3f", round == 0 ? "" : ", ", measurements[i].micros[round]);
        }
        (void)printf("]");
    }
    (void)printf("}\n");
    return 0;
}
