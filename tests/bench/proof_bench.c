/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loads proofs of ever more keys and reads every key: the cost of a key should not grow with their number.
 * Prints one JSON object: medians in nanoseconds a key, bytes of proof and of context memory.
 * usage: proof_bench [ROUNDS]
 */
#define _POSIX_C_SOURCE 200809L
#include <time.h>

#include "fixture.h"
#include "mote/trie.h"
#include "naive_trie.h"

#define MAX_ROUNDS 101

static double now_nanos(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void load_and_read(mote_context *context, mote_bytes scale, const mote_hash *root,
                          const mote_trie_entry *entries, size_t count) {
    mote_proof proof;
    mote_state_root state = mote_state_assumed(root);
    if (mote_proof_load(context, &proof, &state, scale, MOTE_PROOF_STRICT) != MOTE_OK) abort();
    mote_trie_view view = mote_proof_main(&proof);
    for (size_t i = 0; i < count; i++) {
        mote_proven_value value;
        if (mote_trie_read(context, &value, &view, entries[i].key) != MOTE_OK) abort();
        if (value.state != MOTE_VALUE_PRESENT) abort();
    }
}

static void measure(size_t count, int rounds) {
    uint64_t seed = count;
    double nanos[MAX_ROUNDS];
    naive_list nodes = {0};
    mote_trie_entry *entries = naive_take(count * sizeof *entries);
    for (size_t i = 0; i < count; i++) {
        uint8_t *key = naive_take(32);
        for (unsigned b = 0; b < 32; b++) key[b] = (uint8_t)fixture_random(&seed);
        entries[i] = (mote_trie_entry){{key, 32}, {key, 20}};
    }
    naive_node *trie = naive_trie(entries, count, NAIVE_V1);
    naive_prove_all(&nodes, trie);
    mote_bytes scale = naive_scale(&nodes);
    mote_hash root = naive_root(trie);
    mote_context *context = fixture_context(64);
    for (int round = 0; round < rounds; round++) {
        size_t mark = mote_context_mark(context);
        double start = now_nanos();
        load_and_read(context, scale, &root, entries, count);
        nanos[round] = (now_nanos() - start) / (double)count;
        mote_context_release(context, mark);
    }
    qsort(nanos, (size_t)rounds, sizeof nanos[0], ascending);
    printf(
        "{\"keys\": %zu, \"nanoseconds_a_key\": %.0f, \"proof_bytes\": %zu, \"memory_bytes\": %zu}",
        count, nanos[rounds / 2], scale.size, context->most_used);
    naive_reset();
}

int main(int argc, char **argv) {
    static const size_t counts[] = {1250, 2500, 5000, 10000, 20000};
    int rounds = argc > 1 ? atoi(argv[1]) : 31;
    if (rounds < 1 || rounds > MAX_ROUNDS) return 2;
    printf("[");
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        if (i > 0) printf(",\n ");
        measure(counts[i], rounds);
    }
    printf("]\n");
    return 0;
}
