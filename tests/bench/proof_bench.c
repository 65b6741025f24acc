/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Proofs of ever more keys, loaded and every key read, against nothing but hashing what is in them: how much of the time
 * is not hashing. The states are made by core/state: accounts of a chain (keys of 80 bytes, values of 80), of which the
 * proof has some, or all; written in version 1, where a value is an entry of its own, or in version 0; and a recorded one.
 * Prints one JSON list. Times are medians of processor time in nanoseconds a key; `hashing` is the median of the rounds'
 * ratios (hashing all entries / loading the proof and reading all keys), `least` the least times: what is left of them
 * on a machine that does other things.
 * usage: proof_bench [ROUNDS [BACKEND [WORLD]]]      (numbers; a backend of mote/backend.h, only that world)
 */
#define _POSIX_C_SOURCE 200809L
#include <time.h>

#include "fixture.h"
#include "mote/hash.h"
#include "mote/state.h"

#define MAX_ROUNDS 101

typedef struct world {
    const char *name;
    size_t keys, asked;
    mote_state_version version;
} world;

typedef struct proof_case {
    mote_bytes scale;
    mote_hash root;
    mote_bytes *entries; /* of the proof */
    uint32_t entry_count;
    mote_bytes *keys;
    size_t key_count;
} proof_case;

static void *take(size_t count, size_t size) {
    void *taken = calloc(count, size);
    if (taken == NULL) abort();
    return taken;
}

static double now_nanos(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *of, int rounds) {
    qsort(of, (size_t)rounds, sizeof *of, ascending);
    return of[rounds / 2];
}

/* --- what is proven --------------------------------------------------------------------------------------- */

static int in_order(const void *a, const void *b) {
    return mote_bytes_compare(*(const mote_bytes *)a, *(const mote_bytes *)b);
}

/* System.Account of a random account: 32 bytes that are the same in all, and 48 that are not. */
static mote_bytes account_key(uint64_t *seed) {
    uint8_t *key = take(80, 1);
    for (unsigned i = 0; i < 80; i++) key[i] = i < 32 ? (uint8_t)i : (uint8_t)fixture_random(seed);
    return (mote_bytes){key, 80};
}

static mote_state *make_state(const mote_trie_entry *entries, size_t count, size_t bytes,
                              mote_state_version version) {
    mote_context *context = fixture_context(1);
    const size_t size = mote_state_memory(count, bytes, bytes);
    mote_state *state;
    if (mote_state_open(context, &state, take(size, 1), size) != MOTE_OK) abort();
    for (size_t i = 0; i < count; i++) {
        if (mote_state_put(context, state, NULL, entries[i].key, entries[i].value, version) !=
            MOTE_OK)
            abort();
    }
    return state;
}

static void take_apart(proof_case *out) {
    mote_cursor cursor = mote_cursor_over(out->scale);
    out->entry_count = mote_read_count(&cursor, 1, MOTE_MAX_PROOF_NODES);
    out->entries = take(out->entry_count, sizeof *out->entries);
    for (uint32_t i = 0; i < out->entry_count; i++) out->entries[i] = mote_read_vec_u8(&cursor);
    if (cursor.status != MOTE_OK) abort();
}

/* As they are in a request. */
static void lay_together(mote_bytes *keys, size_t count) {
    size_t size = 0, at = 0;
    for (size_t i = 0; i < count; i++) size += keys[i].size;
    uint8_t *bytes = take(size, 1);
    for (size_t i = 0; i < count; at += keys[i].size, i++) {
        memcpy(bytes + at, keys[i].data, keys[i].size);
        keys[i].data = bytes + at;
    }
}

static void prove(proof_case *out, mote_state *state, mote_bytes *keys, size_t count) {
    mote_context *context = fixture_context(64);
    mote_state_query *queries = take(count, sizeof *queries);
    uint8_t *bytes = take(MOTE_MAX_PROOF_SIZE, 1);
    mote_writer writer = mote_writer_into(bytes, MOTE_MAX_PROOF_SIZE);
    for (size_t i = 0; i < count; i++)
        queries[i] = (mote_state_query){MOTE_QUERY_KEY, NULL, keys[i]};
    if (mote_state_prove(context, &writer, state, queries, count, MOTE_PROOF_NODES) != MOTE_OK ||
        !mote_writer_fits(&writer))
        abort();
    qsort(keys, count, sizeof *keys, in_order);
    *out = (proof_case){.scale = {bytes, writer.size}, .root = mote_state_root_of(state)};
    lay_together(keys, count);
    out->keys = keys;
    out->key_count = count;
    take_apart(out);
    free(queries);
}

static void make_accounts(proof_case *out, const world *w) {
    uint64_t seed = w->keys;
    mote_trie_entry *entries = take(w->keys, sizeof *entries);
    mote_bytes *asked = take(w->asked, sizeof *asked);
    for (size_t i = 0; i < w->keys; i++) {
        const mote_bytes key = account_key(&seed);
        entries[i] = (mote_trie_entry){key, key};
        if (i < w->asked) asked[i] = key;
    }
    mote_state *state = make_state(entries, w->keys, 80 * w->keys, w->version);
    prove(out, state, asked, w->asked);
    free(state);
    free(entries);
}

/* Kusama at block 3783: all keys. */
static void make_recorded(proof_case *out, mote_state_version version) {
    const json_t *file = fixture_json("state/kusama-3783-full-state.json.gz");
    const json_t *pairs = json_object_get(file, "pairs");
    const size_t count = json_array_size(pairs);
    mote_trie_entry *entries = take(count, sizeof *entries);
    mote_bytes *keys = take(count, sizeof *keys);
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++) {
        const json_t *pair = json_array_get(pairs, i);
        keys[i] = entries[i].key = fixture_hex(json_string_value(json_array_get(pair, 0)));
        entries[i].value = fixture_hex(json_string_value(json_array_get(pair, 1)));
        bytes += entries[i].key.size + entries[i].value.size;
    }
    mote_state *state = make_state(entries, count, bytes, version);
    prove(out, state, keys, count);
    free(state);
    free(entries);
}

/* --- measuring -------------------------------------------------------------------------------------------- */

static double hash_all(mote_context *context, const proof_case *c) {
    mote_hash *hashes = take(c->entry_count, sizeof *hashes);
    memset(hashes, 1, c->entry_count * sizeof *hashes);
    const double start = now_nanos();
    mote_blake2b_256_many(context->backend, hashes, c->entries, c->entry_count);
    const double taken = now_nanos() - start;
    free(hashes);
    return taken;
}

static double load_and_read(mote_context *context, const proof_case *c, double *load) {
    const size_t mark = mote_context_mark(context);
    const double start = now_nanos();
    mote_proof proof;
    mote_state_root state = mote_state_assumed(&c->root);
    if (mote_proof_load(context, &proof, &state, c->scale, MOTE_PROOF_STRICT) != MOTE_OK) abort();
    *load = now_nanos() - start;
    mote_trie_view view = mote_proof_main(&proof);
    mote_trie_reader *reader;
    if (mote_trie_reader_begin(context, &reader, &view) != MOTE_OK) abort();
    for (size_t i = 0; i < c->key_count; i++) {
        mote_proven_value value;
        if (mote_trie_reader_read(context, reader, &value, c->keys[i]) != MOTE_OK) abort();
        if (value.state != MOTE_VALUE_PRESENT) abort();
    }
    const double taken = now_nanos() - start;
    mote_context_release(context, mark);
    return taken;
}

static void measure(const char *name, const proof_case *c, mote_backend backend, int rounds,
                    bool first) {
    double raw[MAX_ROUNDS], load[MAX_ROUNDS], all[MAX_ROUNDS], ratio[MAX_ROUNDS];
    mote_context *context = fixture_context(64);
    context->backend = backend;
    for (int i = 0; i < rounds; i++) {
        raw[i] = hash_all(context, c);
        all[i] = load_and_read(context, c, &load[i]);
        ratio[i] = raw[i] / all[i];
    }
    const double keys = (double)c->key_count, hashing = median(ratio, rounds);
    const double hash = median(raw, rounds), loading = median(load, rounds),
                 both = median(all, rounds);
    printf("%s{\"state\": \"%s\", \"backend\": \"%s\", \"keys\": %zu, \"entries\": %u, "
           "\"proof_bytes\": %zu, \"memory_bytes\": %zu, \"hash_nanoseconds_a_key\": %.0f, "
           "\"load_nanoseconds_a_key\": %.0f, \"nanoseconds_a_key\": %.0f, \"hashing\": %.2f, "
           "\"least\": [%.0f, %.0f, %.0f]}",
           first ? "" : ",\n ", name, mote_backend_name(mote_backend_chosen(backend)), c->key_count,
           c->entry_count, c->scale.size, context->most_used, hash / keys, loading / keys,
           both / keys, hashing, raw[0] / keys, load[0] / keys, all[0] / keys);
    (void)fflush(stdout);
}

static void measure_all(const char *name, const proof_case *c, int rounds, mote_backend only,
                        bool first) {
    static const mote_backend backends[] = {MOTE_BACKEND_BEST, MOTE_BACKEND_AVX2,
                                            MOTE_BACKEND_PORTABLE};
    for (size_t i = 0; i < sizeof backends / sizeof backends[0]; i++) {
        if (only != MOTE_BACKENDS && backends[i] != only) continue;
        measure(name, c, backends[i], rounds, first);
        first = false;
    }
}

int main(int argc, char **argv) {
    static const world worlds[] = {
        {"200000 accounts, V1", 200000, 10000, MOTE_STATE_V1},
        {"200000 accounts, V0", 200000, 10000, MOTE_STATE_V0},
        {"all of 10000 accounts, V1", 10000, 10000, MOTE_STATE_V1},
        {"all of 10000 accounts, V0", 10000, 10000, MOTE_STATE_V0},
        {"all of 1250 accounts, V0", 1250, 1250, MOTE_STATE_V0},
        {"Kusama at block 3783", 0, 0, MOTE_STATE_V0},
    };
    const size_t count = sizeof worlds / sizeof worlds[0];
    const int rounds = argc > 1 ? atoi(argv[1]) : 31;
    const mote_backend only = argc > 2 ? (mote_backend)atoi(argv[2]) : MOTE_BACKENDS;
    const size_t first = argc > 3 ? (size_t)atoi(argv[3]) : 0;
    if (rounds < 1 || rounds > MAX_ROUNDS || first >= count) return 2;
    printf("[");
    for (size_t i = first; i < (argc > 3 ? first + 1 : count); i++) {
        proof_case c;
        if (worlds[i].keys != 0) {
            make_accounts(&c, &worlds[i]);
        } else {
            make_recorded(&c, worlds[i].version);
        }
        measure_all(worlds[i].name, &c, rounds, only, i == first);
    }
    printf("]\n");
    return 0;
}
