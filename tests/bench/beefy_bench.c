/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 400 recoveries of a recorded commitment's signatures. Prints one JSON object: the median in microseconds a recovery.
 * usage: beefy_bench [ROUNDS [FILE]]      writes the hash and the signatures to FILE as well, for other programs to
 * measure the same
 */
#define _POSIX_C_SOURCE 200809L
#include <time.h>

#include "fixture.h"
#include "mote/beefy.h"

#define RECOVERIES 400u
#define MAX_ROUNDS 1001

static double now_micros(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static const uint8_t *signature_at(const mote_beefy_proof *proof, size_t i) {
    return proof->signatures + i % proof->signature_count * MOTE_BEEFY_SIGNATURE_SIZE;
}

static void write_cases(const char *path, const mote_beefy_proof *proof) {
    FILE *out = fopen(path, "wb");
    if (out == NULL || fwrite(proof->commitment.hash.bytes, 1, 32, out) != 32) abort();
    for (size_t i = 0; i < RECOVERIES; i++) {
        if (fwrite(signature_at(proof, i), 1, 65, out) != 65) abort();
    }
    if (fclose(out) != 0) abort();
}

static double measure(const mote_beefy_proof *proof) {
    uint8_t key[MOTE_BEEFY_KEY_SIZE];
    const double start = now_micros();
    for (size_t i = 0; i < RECOVERIES; i++) {
        if (mote_beefy_recover(key, &proof->commitment.hash, signature_at(proof, i)) != MOTE_OK)
            abort();
    }
    return (now_micros() - start) / RECOVERIES;
}

int main(int argc, char **argv) {
    static double times[MAX_ROUNDS];
    size_t rounds = argc > 1 ? (size_t)atoi(argv[1]) : 15;
    mote_beefy_proof proof;
    mote_bytes file = fixture_file("beefy/polkadot-22774809-set1350.versioned-finality-proof.bin");
    if (rounds < 1 || rounds > MAX_ROUNDS) return 2;
    if (mote_beefy_proof_decode(fixture_context(1), &proof, file) != MOTE_OK) abort();
    if (argc > 2) write_cases(argv[2], &proof);
    for (size_t i = 0; i < rounds; i++) times[i] = measure(&proof);
    qsort(times, rounds, sizeof times[0], ascending);
    printf("{\"recover\": %.3f}\n", times[rounds / 2]);
    return 0;
}
