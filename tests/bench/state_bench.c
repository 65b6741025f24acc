/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The root of a whole state, that of Kusama at block 3783: all keys put into memory and hashed (`kept`), and the same root
 * without keeping anything (`root`), with each back end (rounds.h). One unit is the whole.
 * usage: state_bench [ROUNDS]
 *        state_bench --state      writes it (u32 size and bytes of each key and value), for other programs to measure the same
 */
#include "fixture.h"
#include "mote/state.h"
#include "rounds.h"

static mote_trie_entry *entries, *copied;
static size_t count, memory_size;
static void *memory;
static mote_backend used;

static void use(mote_backend backend) {
    used = backend;
}

static void *take(size_t size) {
    void *taken = malloc(size);
    if (taken == NULL) abort();
    return taken;
}

static void read_state(void) {
    const json_t *file = fixture_json("state/kusama-3783-full-state.json.gz");
    const json_t *pairs = json_object_get(file, "pairs");
    size_t key_bytes = 0, value_bytes = 0;
    count = json_array_size(pairs);
    entries = take(count * sizeof *entries);
    copied = take(count * sizeof *copied);
    for (size_t i = 0; i < count; i++) {
        const json_t *pair = json_array_get(pairs, i);
        entries[i].key = fixture_hex(json_string_value(json_array_get(pair, 0)));
        entries[i].value = fixture_hex(json_string_value(json_array_get(pair, 1)));
        key_bytes += entries[i].key.size;
        value_bytes += entries[i].value.size;
    }
    memory_size = mote_state_memory(count, key_bytes, value_bytes);
    memory = take(memory_size);
}

static void write_part(mote_bytes part) {
    uint8_t size[4];
    mote_store_u32(size, (uint32_t)part.size);
    if (fwrite(size, 1, 4, stdout) != 4 || fwrite(part.data, 1, part.size, stdout) != part.size)
        abort();
}

static int write_state(void) {
    for (size_t i = 0; i < count; i++) {
        write_part(entries[i].key);
        write_part(entries[i].value);
    }
    return 0;
}

static mote_context *context(void) {
    mote_context *fresh = fixture_context(4);
    fresh->backend = used;
    return fresh;
}

/* mote_trie_root puts its entries into order. */
static void copy(uint32_t n) {
    (void)n;
    memcpy(copied, entries, count * sizeof *entries);
}

static uint32_t root_only(mote_state_version version) {
    mote_hash root;
    return mote_trie_root(context(), &root, copied, count, version) == MOTE_OK;
}

static uint32_t kept(mote_state_version version) {
    mote_context *c = context();
    mote_state *state;
    if (mote_state_open(c, &state, memory, memory_size) != MOTE_OK) return 0;
    for (size_t i = 0; i < count; i++) {
        if (mote_state_put(c, state, NULL, entries[i].key, entries[i].value, version) != MOTE_OK)
            return 0;
    }
    (void)mote_state_root_of(state);
    return 1;
}

#define WORK(name, of, version)                                                                    \
    static uint32_t name(uint32_t n) {                                                             \
        (void)n;                                                                                   \
        return of(version);                                                                        \
    }
WORK(root_v0, root_only, MOTE_STATE_V0)
WORK(root_v1, root_only, MOTE_STATE_V1)
WORK(kept_v0, kept, MOTE_STATE_V0)
WORK(kept_v1, kept, MOTE_STATE_V1)

#define WITH(end, backend)                                                                         \
    {"root_v0" end, root_v0, 1, backend, BENCH_PROCESSOR, copy},                                   \
        {"root_v1" end, root_v1, 1, backend, BENCH_PROCESSOR, copy},                               \
        {"kept_v0" end, kept_v0, 1, backend, BENCH_PROCESSOR, NULL}, {                             \
        "kept_v1" end, kept_v1, 1, backend, BENCH_PROCESSOR, NULL                                  \
    }

static const bench_work works[] = {
    WITH("", MOTE_BACKEND_BEST),          WITH("_portable", MOTE_BACKEND_PORTABLE),
    WITH("_neon", MOTE_BACKEND_NEON),     WITH("_avx2", MOTE_BACKEND_AVX2),
    WITH("_avx512", MOTE_BACKEND_AVX512),
};

int main(int argc, char **argv) {
    read_state();
    if (argc == 2 && strcmp(argv[1], "--state") == 0) return write_state();
    return bench_rounds(works, sizeof works / sizeof works[0], use, argc, argv);
}
