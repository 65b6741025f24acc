/* SPDX-License-Identifier: Apache-2.0 */
/* Roots of recorded content: whole states, genesis states, published tries, and the extrinsics
 * of blocks. */
#include "fixture.h"

#include "mote/trie.h"

static mote_trie_entry *entries;
static size_t entry_count;

static void start(size_t most) {
    free(entries);
    entries = calloc(most + 1, sizeof *entries);
    assert_non_null(entries);
    entry_count = 0;
}

static void put(const char *key, const json_t *value) {
    entries[entry_count++] =
        (mote_trie_entry){fixture_hex(key), fixture_hex(json_string_value(value))};
}

/* In parts of any number, done in any order. */
static void check_parts(const json_t *expected, mote_state_version version) {
    static mote_trie_part parts[300];
    static const size_t rooms[] = {1, 17, 40, 300};
    static uint64_t random = 1;
    for (size_t r = 0; r < sizeof rooms / sizeof *rooms; r++) {
        size_t count = rooms[r], covered = 0, order[300];
        mote_context *context = fixture_context(1);
        mote_hash root;
        assert_status(mote_trie_root_split(context, parts, &count, entries, entry_count), MOTE_OK);
        assert_true(count <= rooms[r] && count >= (rooms[r] < 17 || entry_count < 2 ? 1 : 2));
        for (size_t i = 0; i < count; i++) {
            const size_t other = fixture_random(&random) % (i + 1);
            order[i] = order[other];
            order[other] = i;
            assert_int_equal(parts[i].first, covered);
            covered += parts[i].count;
        }
        assert_int_equal(covered, entry_count);
        for (size_t i = 0; i < count; i++)
            assert_status(mote_trie_root_part(context, &parts[order[i]], entries, version),
                          MOTE_OK);
        assert_status(mote_trie_root_join(context, &root, parts, count, entries, version), MOTE_OK);
        assert_hash_hex(&root, json_string_value(expected));
        assert_int_equal(context->used, 0);
    }
}

static void check_root(const json_t *expected, mote_state_version version) {
    mote_context *context = fixture_context(1);
    mote_hash root;
    assert_status(mote_trie_root(context, &root, entries, entry_count, version), MOTE_OK);
    assert_hash_hex(&root, json_string_value(expected));
    check_parts(expected, version);
}

static void put_pairs(const json_t *pairs) {
    start(json_array_size(pairs));
    for (size_t i = 0; i < json_array_size(pairs); i++) {
        const json_t *pair = json_array_get(pairs, i);
        put(json_string_value(json_array_get(pair, 0)), json_array_get(pair, 1));
    }
}

static void genesis_states(void **unused) {
    (void)unused;
    size_t files;
    char **paths = fixture_list("genesis", "", ".genesis.json.gz", &files);
    assert_int_equal(files, 20);
    for (size_t f = 0; f < files; f++) {
        json_t *file = fixture_json(paths[f]);
        json_t *top = json_object_get(file, "top");
        assert_int_equal(json_object_size(json_object_get(file, "childrenDefault")), 0);
        start(json_object_size(top));
        const char *key;
        json_t *value;
        json_object_foreach(top, key, value) put(key, value);
        check_root(json_object_get(file, "state_root_v0"), MOTE_STATE_V0);
        check_root(json_object_get(file, "state_root_v1"), MOTE_STATE_V1);
        json_decref(file);
    }
}

static void kusama_3783(void **unused) {
    (void)unused;
    const json_t *file = fixture_json("state/kusama-3783-full-state.json.gz");
    put_pairs(json_object_get(file, "pairs"));
    check_root(json_object_get(file, "state_root"), MOTE_STATE_V0);
}

static void published_tries(void **unused) {
    (void)unused;
    size_t files;
    char **paths = fixture_list("vectors", "trie-", ".json", &files);
    assert_int_equal(files, 6);
    for (size_t f = 0; f < files; f++) {
        const json_t *file = fixture_json(paths[f]);
        put_pairs(json_object_get(file, "pairs"));
        check_root(json_object_get(file, "root_v0"), MOTE_STATE_V0);
        check_root(json_object_get(file, "root_v1"), MOTE_STATE_V1);
    }
}

/* A development chain: its genesis state, and what each block changed, with the roots its node
 * gave. */
static void apply(const char *key, const json_t *value) {
    mote_bytes wanted = fixture_hex(key);
    size_t at = 0;
    while (at < entry_count && !mote_bytes_equal(entries[at].key, wanted)) at++;
    if (json_is_null(value)) {
        if (at < entry_count) entries[at] = entries[--entry_count];
    } else if (at < entry_count) {
        entries[at].value = fixture_hex(json_string_value(value));
    } else {
        put(key, value);
    }
}

static void phala_blocks(void **unused) {
    (void)unused;
    mote_bytes file = fixture_file("state/phala-dev-state_roots.txt.gz");
    const json_t *blocks =
        json_object_get(fixture_json("state/phala-dev-changes.json.gz"), "result");
    const json_t *top = json_object_get(
        json_object_get(json_object_get(fixture_json("state/phala-dev-db-0.json.gz"), "genesis"),
                        "raw"),
        "top");
    const char *line = (const char *)file.data;
    size_t checked = 0;
    start(10000);
    for (size_t b = 0; b < json_array_size(blocks); b++) {
        const json_t *changes = json_object_get(json_array_get(blocks, b), "mainStorageChanges");
        for (size_t i = 0; i < json_array_size(changes); i++) {
            const json_t *pair = json_array_get(changes, i);
            apply(json_string_value(json_array_get(pair, 0)), json_array_get(pair, 1));
        }
        if (b == 0) assert_int_equal(entry_count, json_object_size(top));
        const char *end = (const char *)file.data + file.size;
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        if (newline == NULL) newline = end;
        if (newline == line) break;
        char hex[80] = {0};
        memcpy(hex, line, (size_t)(newline - line));
        json_t *expected = json_string(hex);
        check_root(expected, MOTE_STATE_V0);
        json_decref(expected);
        line = newline == end ? end : newline + 1;
        checked++;
    }
    print_message("%zu blocks\n", checked);
    assert_int_equal(checked, 51);
}

/* --- extrinsics ------------------------------------------------------------------------------- */

/* The runtimes of these chains have system version 1: their extrinsics roots are of version 0. */
static void check_block(json_t *line, void *user) {
    const json_t *extrinsics = json_object_get(line, "extrinsics");
    size_t count = json_array_size(extrinsics);
    mote_bytes header = fixture_hex_field(line, "header");
    size_t number = (header.data[32] & 3) == 0 ? 1 : 2;
    const uint8_t *expected = header.data + 32 + number + 32;
    mote_bytes *items = calloc(count + 1, sizeof *items);
    assert_non_null(items);
    for (size_t i = 0; i < count; i++)
        items[i] = fixture_hex(json_string_value(json_array_get(extrinsics, i)));
    mote_context *context = fixture_context(1);
    mote_hash root;
    assert_status(mote_ordered_trie_root(context, &root, items, count, MOTE_STATE_V0), MOTE_OK);
    assert_memory_equal(root.bytes, expected, 32);
    if (count > 1) {
        mote_bytes held = items[0];
        items[0] = items[1];
        items[1] = held;
        assert_status(mote_ordered_trie_root(context, &root, items, count, MOTE_STATE_V0), MOTE_OK);
        assert_memory_not_equal(root.bytes, expected, 32);
        *(size_t *)user += 1;
    }
    free(items);
}

static void extrinsics_roots(void **unused) {
    (void)unused;
    static const char *const chains[] = {"relay", "para-2000", "para-2001"};
    size_t blocks = 0, with_several = 0;
    for (size_t c = 0; c < 3; c++) {
        char path[64];
        snprintf(path, sizeof path, "local/%s.blocks.jsonl.gz", chains[c]);
        blocks += fixture_json_lines(path, check_block, &with_several);
    }
    print_message("%zu blocks, %zu with more than one extrinsic\n", blocks, with_several);
    assert_true(with_several > 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(genesis_states),   cmocka_unit_test(kusama_3783),
        cmocka_unit_test(published_tries),  cmocka_unit_test(phala_blocks),
        cmocka_unit_test(extrinsics_roots),
    };
    return cmocka_run_group_tests_name("recorded/trie_root", tests, NULL, NULL);
}
