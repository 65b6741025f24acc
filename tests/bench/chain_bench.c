/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The recorded beginning of Westend from genesis: headers with their seals, VRFs, slots and epochs (headers a second), one
 * by one and their signatures judged together, and with the bodies' roots (blocks a second); the same of the local relay
 * chain, all of whose claims have VRFs. One thread, processor time. Prints one JSON object of medians, and microseconds of
 * one threshold.
 * usage: chain_bench [ROUNDS]
 */
#define _POSIX_C_SOURCE 200809L
#include <time.h>

#include "recorded_blocks.h"

#define MAX_ROUNDS 1001
#define MAX_HEADERS 1024u
#define THRESHOLDS 1000u

static double now_seconds(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
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
        if (block->number == 0) continue;
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

/* From the bytes on, as above. */
static double follow_together(const recorded_chain *chain, const mote_babe_position *genesis) {
    static mote_header headers[MAX_HEADERS];
    mote_context *context = fixture_context(4);
    mote_babe_position at = *genesis;
    size_t count = 0, verified;
    const double start = now_seconds();
    for (size_t i = 0; i < chain->count; i++) {
        if (chain->blocks[i].number == 0) continue;
        if (mote_header_decode(context, &headers[count++], chain->blocks[i].encoded) != MOTE_OK) {
            abort();
        }
    }
    if (mote_babe_advance_many(context, &at, NULL, &verified, &at, headers, count, UINT64_MAX) !=
        MOTE_OK) {
        abort();
    }
    return (double)count / (now_seconds() - start);
}

static double thresholds(void) {
    volatile uint64_t sum = 0;
    const double start = now_seconds();
    for (uint64_t i = 1; i <= THRESHOLDS; i++) sum += mote_babe_threshold(1, 4, 1, i).low;
    return (now_seconds() - start) * 1e6 / THRESHOLDS;
}

typedef struct measurement {
    const char *name;
    double value[MAX_ROUNDS];
} measurement;

enum { ONE_BY_ONE, TOGETHER, BLOCKS, LOCAL_ONE_BY_ONE, LOCAL_TOGETHER, THRESHOLD, MEASUREMENTS };

int main(int argc, char **argv) {
    static measurement all[MEASUREMENTS] = {
        {"headers_per_second", {0}},        {"headers_together_per_second", {0}},
        {"blocks_per_second", {0}},         {"local_headers_per_second", {0}},
        {"local_together_per_second", {0}}, {"threshold_micros", {0}},
    };
    size_t rounds = argc > 1 ? (size_t)atoi(argv[1]) : 15;
    if (rounds < 1 || rounds > MAX_ROUNDS) return 2;
    recorded_chain chain = recorded_blocks_of("blocks/westend-1-256.jsonl");
    recorded_chain local = recorded_blocks_of("local/relay.blocks.jsonl.gz");
    if (chain.count > MAX_HEADERS || local.count > MAX_HEADERS) return 2;
    mote_babe_position genesis = westend_genesis(), local_start = local_genesis();
    for (size_t i = 0; i < rounds; i++) {
        all[ONE_BY_ONE].value[i] = follow(&chain, &genesis, false);
        all[TOGETHER].value[i] = follow_together(&chain, &genesis);
        all[BLOCKS].value[i] = follow(&chain, &genesis, true);
        all[LOCAL_ONE_BY_ONE].value[i] = follow(&local, &local_start, false);
        all[LOCAL_TOGETHER].value[i] = follow_together(&local, &local_start);
        all[THRESHOLD].value[i] = thresholds();
    }
    for (size_t i = 0; i < MEASUREMENTS; i++) {
        qsort(all[i].value, rounds, sizeof all[i].value[0], ascending);
        printf("%s\"%s\": %.*f", i == 0 ? "{" : ", ", all[i].name, i == THRESHOLD ? 3 : 0,
               all[i].value[rounds / 2]);
    }
    printf("}\n");
    return 0;
}
