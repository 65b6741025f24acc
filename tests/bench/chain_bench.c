/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The recorded beginning of Westend from genesis: headers with their seals, VRFs, slots and epochs (headers a second),
 * and with the bodies' roots (blocks a second); one thread. Prints one JSON object of medians, and microseconds of one
 * threshold.
 * usage: chain_bench [ROUNDS]
 */
#define _POSIX_C_SOURCE 200809L
#include <time.h>

#include "recorded_blocks.h"

#define MAX_ROUNDS 1001
#define THRESHOLDS 1000u

static double now_seconds(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double follow(const recorded_chain *chain, const mote_babe_position *genesis, bool bodies) {
    mote_context *context = fixture_context(4);
    mote_babe_position at = *genesis;
    const double start = now_seconds();
    for (size_t i = 0; i < chain->count; i++) {
        const recorded_block *block = &chain->blocks[i];
        mote_header header;
        if (mote_header_decode(context, &header, block->encoded) != MOTE_OK) abort();
        if (mote_babe_advance(context, &at, NULL, &at, &header, UINT64_MAX) != MOTE_OK) abort();
        if (!bodies) continue;
        if (mote_body_check(context, &header, block->extrinsics, block->extrinsic_count,
                            MOTE_STATE_V0) != MOTE_OK) {
            abort();
        }
    }
    return (double)chain->count / (now_seconds() - start);
}

static double thresholds(void) {
    volatile uint64_t sum = 0;
    const double start = now_seconds();
    for (uint64_t i = 1; i <= THRESHOLDS; i++) sum += mote_babe_threshold(1, 4, 1, i).low;
    return (now_seconds() - start) * 1e6 / THRESHOLDS;
}

int main(int argc, char **argv) {
    static double headers[MAX_ROUNDS], blocks[MAX_ROUNDS], threshold[MAX_ROUNDS];
    size_t rounds = argc > 1 ? (size_t)atoi(argv[1]) : 15;
    if (rounds < 1 || rounds > MAX_ROUNDS) return 2;
    recorded_chain chain = recorded_blocks_of("blocks/westend-1-256.jsonl");
    mote_babe_position genesis = westend_genesis();
    for (size_t i = 0; i < rounds; i++) {
        headers[i] = follow(&chain, &genesis, false);
        blocks[i] = follow(&chain, &genesis, true);
        threshold[i] = thresholds();
    }
    qsort(headers, rounds, sizeof headers[0], ascending);
    qsort(blocks, rounds, sizeof blocks[0], ascending);
    qsort(threshold, rounds, sizeof threshold[0], ascending);
    printf(
        "{\"headers_per_second\": %.0f, \"blocks_per_second\": %.0f, \"threshold_micros\": %.3f}\n",
        headers[rounds / 2], blocks[rounds / 2], threshold[rounds / 2]);
    return 0;
}
