/* SPDX-License-Identifier: Apache-2.0 */
/* Recorded states in memory: whole ones, genesis states, published tries, and a chain's changes block by block. Every
 * root is the recorded one; proofs made from them are accepted by the proof verifier and show what is there. */
#include "fixture.h"
#include "state_units.h"

#include "mote/state.h"

static mote_state *state;
static mote_context *context;
static void *memory;

static size_t memory_size;

static void open_state(size_t most_keys, size_t key_bytes, size_t value_bytes) {
    size_t size = mote_state_memory(most_keys, key_bytes, value_bytes);
    free(memory);
    memory = malloc(size);
    memory_size = size;
    assert_non_null(memory);
    context = fixture_context(16);
    assert_status(mote_state_open(context, &state, memory, size), MOTE_OK);
}

static mote_bytes *keys, *values;
static size_t count;

static void start(size_t most) {
    free(keys);
    free(values);
    keys = calloc(most + 1, sizeof *keys);
    values = calloc(most + 1, sizeof *values);
    assert_non_null(keys);
    assert_non_null(values);
    count = 0;
}

static void add(const char *key, const json_t *value) {
    keys[count] = fixture_hex(key);
    values[count++] = fixture_hex(json_string_value(value));
}

static void take_pairs(const json_t *pairs) {
    start(json_array_size(pairs));
    for (size_t i = 0; i < json_array_size(pairs); i++) {
        const json_t *pair = json_array_get(pairs, i);
        add(json_string_value(json_array_get(pair, 0)), json_array_get(pair, 1));
    }
}

static void take_object(json_t *top) {
    const char *key;
    json_t *value;
    start(json_object_size(top));
    json_object_foreach(top, key, value) add(key, value);
}

static void open_for_all(void) {
    size_t key_bytes = 0, value_bytes = 0;
    for (size_t i = 0; i < count; i++) {
        key_bytes += keys[i].size;
        value_bytes += values[i].size;
    }
    open_state(count, key_bytes, value_bytes);
}

static void put_all(mote_state_version version) {
    for (size_t i = 0; i < count; i++)
        assert_status(mote_state_put(context, state, NULL, keys[i], values[i], version), MOTE_OK);
}

/* All keys again, in a block twice as large that has moved: a new value is there before the old one goes. */
static void migrate(mote_state_version version) {
    void *larger = malloc(2 * memory_size);
    assert_non_null(larger);
    memcpy(larger, memory, memory_size);
    free(memory);
    memory = larger;
    state = larger;
    assert_status(mote_state_extend(context, state, 2 * memory_size), MOTE_OK);
    put_all(version);
}

static uint64_t random_state = 3;

static void check_root(const json_t *expected) {
    mote_hash root = root_by_units(state, &random_state);
    assert_hash_hex(&root, json_string_value(expected));
}

/* --- proofs ----------------------------------------------------------------------------------- */

static mote_bytes prove(const mote_state_query *queries, size_t asked, mote_proof_form form) {
    static uint8_t *proof;
    mote_writer size = mote_writer_into(NULL, 0);
    assert_status(mote_state_prove(context, &size, state, queries, asked, form), MOTE_OK);
    free(proof);
    proof = malloc(size.size);
    assert_non_null(proof);
    mote_writer writer = mote_writer_into(proof, size.size);
    assert_status(mote_state_prove(context, &writer, state, queries, asked, form), MOTE_OK);
    assert_true(mote_writer_fits(&writer));
    return (mote_bytes){proof, writer.size};
}

static void load(mote_context *in, mote_proof *out, mote_bytes scale, mote_proof_form form) {
    mote_hash root = mote_state_root_of(state);
    mote_state_root under = mote_state_assumed(&root);
    if (form == MOTE_PROOF_COMPACT) {
        assert_status(mote_proof_load_compact(in, out, &under, scale), MOTE_OK);
    } else {
        assert_status(mote_proof_load(in, out, &under, scale, MOTE_PROOF_STRICT), MOTE_OK);
    }
}

static void check_value(mote_context *in, const mote_proof *proof, mote_bytes key,
                        const mote_bytes *expected) {
    mote_trie_view view = mote_proof_main(proof);
    mote_proven_value value;
    assert_status(mote_trie_read(in, &value, &view, key), MOTE_OK);
    assert_int_equal(value.state, expected == NULL ? MOTE_VALUE_ABSENT : MOTE_VALUE_PRESENT);
    if (expected != NULL) assert_true(mote_bytes_equal(value.value, *expected));
}

/* A sixteenth of the keys, and as many that are not there, in one proof. */
static void prove_some(mote_proof_form form) {
    size_t step = count < 64 ? 1 : 16, asked = 0;
    mote_state_query *queries = calloc(2 * (count / step + 1), sizeof *queries);
    uint8_t *near = calloc(count / step + 1, 512);
    assert_non_null(queries);
    assert_non_null(near);
    for (size_t i = 0; i < count; i += step) {
        mote_bytes key = keys[i];
        uint8_t *other = near + i / step * 512;
        if (key.size >= 511) continue;
        memcpy(other, key.data, key.size);
        other[key.size] = 7;
        other[key.size / 2] ^= (uint8_t)(i / step % 2);
        queries[asked++] = (mote_state_query){MOTE_QUERY_KEY, NULL, key};
        queries[asked++] = (mote_state_query){MOTE_QUERY_KEY, NULL, {other, key.size + 1}};
    }
    mote_bytes scale = prove(queries, asked, form);
    mote_context *other = fixture_other_context(64);
    mote_proof proof;
    load(other, &proof, scale, form);
    for (size_t i = 0; i < asked; i++) {
        bool found;
        mote_bytes value;
        assert_status(mote_state_get(context, &found, &value, state, NULL, queries[i].key),
                      MOTE_OK);
        assert_int_equal(found, i % 2 == 0);
        check_value(other, &proof, queries[i].key, found ? &value : NULL);
    }
    free(queries);
    free(near);
}

/* The whole of it: an enumeration of the proof gives every key. */
static void prove_all(mote_proof_form form) {
    const mote_state_query all = {MOTE_QUERY_PREFIX, NULL, {NULL, 0}};
    mote_bytes scale = prove(&all, 1, form);
    mote_context *other = fixture_other_context(64);
    mote_proof proof;
    load(other, &proof, scale, form);
    mote_trie_view view = mote_proof_main(&proof);
    mote_trie_scan *scan;
    assert_status(mote_trie_scan_begin(other, &scan, &view, (mote_bytes){NULL, 0}), MOTE_OK);
    bool more = true, found = true;
    mote_bytes key, next = {NULL, 0}, previous;
    mote_proven_value value;
    size_t told = 0;
    for (;;) {
        previous = next;
        assert_status(mote_state_next(context, &found, &next, state, NULL,
                                      told == 0 ? NULL : &previous, (mote_bytes){NULL, 0}),
                      MOTE_OK);
        assert_status(mote_trie_scan_next(other, scan, &more, &key, &value), MOTE_OK);
        assert_int_equal(more, found);
        if (!more) break;
        assert_true(mote_bytes_equal(key, next));
        assert_int_equal(value.state, MOTE_VALUE_PRESENT);
        told++;
    }
    assert_int_equal(told, mote_state_usage_of(state).keys);
}

static void check_proofs(void) {
    prove_some(MOTE_PROOF_NODES);
    prove_some(MOTE_PROOF_COMPACT);
    prove_all(MOTE_PROOF_NODES);
    prove_all(MOTE_PROOF_COMPACT);
}

/* --- recordings ------------------------------------------------------------------------------- */

static void kusama_3783(void **unused) {
    (void)unused;
    const json_t *file = fixture_json("state/kusama-3783-full-state.json.gz");
    take_pairs(json_object_get(file, "pairs"));
    assert_int_equal(count, 3703);
    open_for_all();
    put_all(MOTE_STATE_V0);
    check_root(json_object_get(file, "state_root"));
    mote_state_usage usage = mote_state_usage_of(state);
    print_message("%zu keys in %zu bytes\n", (size_t)usage.keys, (size_t)usage.bytes_used);
    check_proofs();
}

static void check_genesis(const json_t *file, mote_state_version version) {
    const bool v1 = version == MOTE_STATE_V1;
    check_root(json_object_get(file, v1 ? "state_root_v1" : "state_root_v0"));
    mote_hash hash = mote_state_genesis_hash(state);
    assert_hash_hex(&hash, json_string_value(
                               json_object_get(file, v1 ? "genesis_hash_v1" : "genesis_hash_v0")));
}

/* Written in version 0, and again in version 1 as a migration does, and removed to the last key. */
static void genesis_states(void **unused) {
    (void)unused;
    size_t files;
    char **paths = fixture_list("genesis", "", ".genesis.json.gz", &files);
    assert_int_equal(files, 20);
    for (size_t f = 0; f < files; f++) {
        json_t *file = fixture_json(paths[f]);
        take_object(json_object_get(file, "top"));
        open_for_all();
        put_all(MOTE_STATE_V0);
        check_genesis(file, MOTE_STATE_V0);
        if (f % 4 == 0) check_proofs();
        open_for_all();
        mote_state_usage before = mote_state_usage_of(state);
        assert_int_equal(before.bytes_used, 0);
        put_all(MOTE_STATE_V1);
        check_genesis(file, MOTE_STATE_V1);
        if (f % 4 == 1) check_proofs();
        migrate(MOTE_STATE_V0);
        check_genesis(file, MOTE_STATE_V0);
        for (size_t i = 0; i < count; i++)
            assert_status(mote_state_remove(context, state, NULL, keys[i]), MOTE_OK);
        mote_hash root = mote_state_root_of(state);
        assert_memory_equal(root.bytes, mote_trie_empty_root.bytes, 32);
        assert_int_equal(mote_state_usage_of(state).bytes_used, 0);
        json_decref(file);
    }
}

static void published_tries(void **unused) {
    (void)unused;
    size_t files;
    char **paths = fixture_list("vectors", "trie-", ".json", &files);
    assert_int_equal(files, 6);
    for (size_t f = 0; f < files; f++) {
        const json_t *file = fixture_json(paths[f]);
        take_pairs(json_object_get(file, "pairs"));
        open_for_all();
        put_all(MOTE_STATE_V0);
        check_root(json_object_get(file, "root_v0"));
        check_proofs();
        open_for_all();
        put_all(MOTE_STATE_V1);
        check_root(json_object_get(file, "root_v1"));
        check_proofs();
    }
}

static void apply_block(const json_t *changes) {
    size_t changed = json_array_size(changes);
    mote_state_change *list = calloc(changed + 1, sizeof *list);
    assert_non_null(list);
    for (size_t i = 0; i < changed; i++) {
        const json_t *pair = json_array_get(changes, i);
        const json_t *value = json_array_get(pair, 1);
        list[i].key = fixture_hex(json_string_value(json_array_get(pair, 0)));
        list[i].remove = json_is_null(value);
        if (!list[i].remove) list[i].value = fixture_hex(json_string_value(value));
    }
    assert_status(mote_state_apply(context, state, list, changed, MOTE_STATE_V0), MOTE_OK);
    free(list);
}

/* Every block of a development chain, with the root its node gave. */
static void phala_blocks(void **unused) {
    (void)unused;
    mote_bytes roots = fixture_file("state/phala-dev-state_roots.txt.gz");
    const json_t *blocks =
        json_object_get(fixture_json("state/phala-dev-changes.json.gz"), "result");
    open_state(10000, 1u << 20, 16u << 20);
    const size_t line = 67; /* 0x, 64 digits, newline */
    assert_int_equal((roots.size + 1) / line, 51);
    for (size_t b = 0; b < 51; b++) {
        char hex[67] = {0};
        apply_block(json_object_get(json_array_get(blocks, b), "mainStorageChanges"));
        memcpy(hex, roots.data + b * line, 66);
        mote_hash root = root_by_units(state, &random_state);
        assert_hash_hex(&root, hex);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kusama_3783),
        cmocka_unit_test(genesis_states),
        cmocka_unit_test(published_tries),
        cmocka_unit_test(phala_blocks),
    };
    return cmocka_run_group_tests_name("recorded/state", tests, NULL, NULL);
}
