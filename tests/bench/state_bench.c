/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The root of a whole state: all keys of a recorded one put into memory and hashed, and the same root without keeping
 * anything. Prints one JSON object: medians in nanoseconds.
 * usage: state_bench [ROUNDS [FILE]]      writes the state to FILE as well (u32 size and bytes of each key and value),
 * for other programs to measure the same
 */
#define _POSIX_C_SOURCE 200809L
#include <time.h>

#include "fixture.h"
#include "mote/state.h"

#define MAX_ROUNDS 1001

static mote_trie_entry *entries;
static size_t count, key_bytes, value_bytes;

static double now_nanos(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *of, size_t rounds) {
    qsort(of, rounds, sizeof *of, ascending);
    return of[rounds / 2];
}

static void read_state(void) {
    const json_t *file = fixture_json("state/kusama-3783-full-state.json.gz");
    const json_t *pairs = json_object_get(file, "pairs");
    count = json_array_size(pairs);
    entries = calloc(count, sizeof *entries);
    if (entries == NULL) abort();
    for (size_t i = 0; i < count; i++) {
        const json_t *pair = json_array_get(pairs, i);
        entries[i].key = fixture_hex(json_string_value(json_array_get(pair, 0)));
        entries[i].value = fixture_hex(json_string_value(json_array_get(pair, 1)));
        key_bytes += entries[i].key.size;
        value_bytes += entries[i].value.size;
    }
}

static void write_part(FILE *out, mote_bytes part) {
    uint8_t size[4];
    mote_store_u32(size, (uint32_t)part.size);
    if (fwrite(size, 1, 4, out) != 4 || fwrite(part.data, 1, part.size, out) != part.size) abort();
}

static void write_state(const char *path) {
    FILE *out = fopen(path, "wb");
    if (out == NULL) abort();
    for (size_t i = 0; i < count; i++) {
        write_part(out, entries[i].key);
        write_part(out, entries[i].value);
    }
    if (fclose(out) != 0) abort();
}

static double in_memory(mote_context *context, void *memory, size_t size,
                        mote_state_version version, mote_hash *root) {
    mote_state *state;
    double start = now_nanos();
    if (mote_state_open(context, &state, memory, size) != MOTE_OK) abort();
    for (size_t i = 0; i < count; i++) {
        if (mote_state_put(context, state, NULL, entries[i].key, entries[i].value, version) !=
            MOTE_OK)
            abort();
    }
    *root = mote_state_root_of(state);
    return now_nanos() - start;
}

static double without_keeping(mote_context *context, mote_state_version version, mote_hash *root) {
    mote_trie_entry *copy = malloc(count * sizeof *copy);
    if (copy == NULL) abort();
    memcpy(copy, entries, count * sizeof *copy);
    double start = now_nanos();
    if (mote_trie_root(context, root, copy, count, version) != MOTE_OK) abort();
    double taken = now_nanos() - start;
    free(copy);
    return taken;
}

static void measure(mote_state_version version, size_t rounds) {
    double kept[MAX_ROUNDS], not_kept[MAX_ROUNDS];
    mote_context *context = fixture_context(4);
    size_t size = mote_state_memory(count, key_bytes, value_bytes);
    void *memory = malloc(size);
    mote_hash a, b;
    if (memory == NULL) abort();
    for (size_t i = 0; i < rounds; i++) {
        kept[i] = in_memory(context, memory, size, version, &a);
        not_kept[i] = without_keeping(context, version, &b);
        if (memcmp(a.bytes, b.bytes, sizeof a.bytes) != 0) abort();
    }
    free(memory);
    printf("\"v%d\": {\"in_memory\": %.0f, \"root_only\": %.0f}", (int)version,
           median(kept, rounds), median(not_kept, rounds));
}

int main(int argc, char **argv) {
    size_t rounds = argc > 1 ? (size_t)atoi(argv[1]) : 51;
    if (rounds < 1 || rounds > MAX_ROUNDS) return 2;
    read_state();
    if (argc > 2) write_state(argv[2]);
    printf("{\"keys\": %zu, \"bytes\": %zu, ", count, key_bytes + value_bytes);
    measure(MOTE_STATE_V0, rounds);
    printf(", ");
    measure(MOTE_STATE_V1, rounds);
    printf("}\n");
    return 0;
}
