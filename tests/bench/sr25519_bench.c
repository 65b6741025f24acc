/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The work of sr25519_work.h natively (rounds.h). The cases are those of sr25519_cases.mjs, so that all that is compared
 * judges the same. Units are cases.
 * usage: sr25519_bench CASES [ROUNDS]
 */
#include <stdbool.h>
#include <stdio.h>

#include "rounds.h"
#include "sr25519_work.h"

static uint32_t single(uint32_t n) {
    (void)n;
    return bench_single();
}

static uint32_t vrf(uint32_t n) {
    (void)n;
    return bench_vrf();
}

static uint32_t vrf_many(uint32_t n) {
    (void)n;
    return bench_vrf_many();
}

static uint32_t vrf_and_score(uint32_t n) {
    (void)n;
    return bench_vrf_and_score();
}

static uint32_t batch_8(uint32_t n) {
    (void)n;
    return bench_batch(8);
}

static uint32_t batch_64(uint32_t n) {
    (void)n;
    return bench_batch(64);
}

static uint32_t batch_256(uint32_t n) {
    (void)n;
    return bench_batch(256);
}

static const bench_work works[] = {
    {"single", single, BENCH_CASES, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
    {"vrf", vrf, BENCH_CASES, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
    {"vrf_many", vrf_many, BENCH_CASES, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
    {"vrf_and_score", vrf_and_score, BENCH_CASES, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
    {"batch_8", batch_8, BENCH_CASES, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
    {"batch_64", batch_64, BENCH_CASES, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
    {"batch_256", batch_256, BENCH_CASES, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL},
};

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
    if (argc < 2 || !read_cases(argv[1])) return 2;
    return bench_rounds(works, sizeof works / sizeof works[0], NULL, argc, argv);
}
