/* SPDX-License-Identifier: Apache-2.0 */
/* Recorded proofs: everything an independent reader found in them, and nothing else, is proven
 * by them. */
#include "fixture.h"
#include "naive_trie.h"

#include "mote/hash.h"
#include "mote/trie.h"
#include "scan.h"

static mote_bytes *nodes_of(const json_t *array, size_t *count) {
    *count = json_array_size(array);
    mote_bytes *nodes = calloc(*count + 1, sizeof *nodes);
    assert_non_null(nodes);
    for (size_t i = 0; i < *count; i++)
        nodes[i] = fixture_hex(json_string_value(json_array_get(array, i)));
    return nodes;
}

static mote_bytes scale_of(const mote_bytes *nodes, size_t count) {
    naive_list list = {NULL, 0, 0};
    for (size_t i = 0; i < count; i++) naive_append(&list, nodes[i]);
    return naive_scale(&list);
}

static const char *text(const json_t *object, const char *name) {
    const char *string = json_string_value(json_object_get(object, name));
    assert_non_null(string);
    return string;
}

static const json_t *entry_of(const json_t *entries, mote_bytes key) {
    for (size_t i = 0; i < json_array_size(entries); i++) {
        const json_t *entry = json_array_get(entries, i);
        if (mote_bytes_equal(fixture_hex_field(entry, "key"), key)) return entry;
    }
    return NULL;
}

static void check_value(const mote_proven_value *value, const json_t *expected) {
    const json_t *bytes = json_object_get(expected, "value");
    if (json_is_null(bytes)) {
        assert_int_equal(value->state, MOTE_VALUE_HASH_ONLY);
    } else {
        assert_int_equal(value->state, MOTE_VALUE_PRESENT);
        assert_true(mote_bytes_equal(value->value, fixture_hex(json_string_value(bytes))));
    }
}

/* Every key with one nibble changed or one byte taken away or added: never a value that is not
 * in the list. */
static size_t check_mutations(mote_context *context, const mote_trie_view *view,
                              const json_t *entries, mote_bytes key) {
    uint8_t *changed = malloc(key.size + 1);
    size_t absent = 0;
    assert_non_null(changed);
    for (size_t i = 0; i <= 2 * key.size + 1; i++) {
        mote_bytes asked = {changed, key.size};
        memcpy(changed, key.data, key.size);
        if (i < 2 * key.size) {
            changed[i / 2] ^= i % 2 == 0 ? 0x10 : 0x01;
        } else if (i == 2 * key.size) {
            asked.size--;
        } else {
            changed[key.size] = 0;
            asked.size++;
        }
        mote_proven_value value;
        mote_status status = mote_trie_read(context, &value, view, asked);
        const json_t *known = entry_of(entries, asked);
        if (known != NULL) {
            assert_status(status, MOTE_OK);
            check_value(&value, known);
        } else if (status == MOTE_OK) {
            assert_int_equal(value.state, MOTE_VALUE_ABSENT);
            absent++;
        } else {
            assert_status(status, MOTE_E_PROOF_INCOMPLETE);
            assert_int_equal(value.state, MOTE_VALUE_UNKNOWN);
        }
    }
    free(changed);
    return absent;
}

static void check_path(mote_context *context, const mote_trie_view *view, mote_bytes key) {
    mote_path_step steps[80];
    size_t count = 80;
    mote_proven_value by_path, by_read;
    assert_status(mote_trie_path(context, &by_path, steps, &count, view, key), MOTE_OK);
    assert_status(mote_trie_read(context, &by_read, view, key), MOTE_OK);
    assert_int_equal(by_path.state, by_read.state);
    assert_true(mote_bytes_equal(by_path.value, by_read.value));
    assert_true(count > 0);
    assert_memory_equal(steps[0].merkle.bytes, view->root.bytes, 32);
    uint32_t depth = 0;
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(steps[i].depth, depth);
        assert_int_equal(steps[i].child == 16, i + 1 == count);
        assert_int_equal(steps[i].inline_node, steps[i].merkle.size < 32);
        if (steps[i].inline_node) {
            assert_memory_equal(steps[i].merkle.bytes, steps[i].node.data, steps[i].node.size);
        } else {
            mote_hash hash = naive_hash(steps[i].node);
            assert_memory_equal(steps[i].merkle.bytes, hash.bytes, 32);
        }
        depth += steps[i].partial_size + 1;
    }
    if (by_read.state != MOTE_VALUE_ABSENT) assert_int_equal(depth, 2 * key.size + 1);
}

/* The values that the proof contains, in order of keys, are the listed ones. */
static void check_contents(mote_context *context, const mote_trie_view *view,
                           const json_t *entries) {
    size_t mark = mote_context_mark(context);
    mote_trie_scan *scan;
    size_t found = 0;
    assert_status(mote_trie_scan_present(context, &scan, view, (mote_bytes){NULL, 0}), MOTE_OK);
    for (;;) {
        bool more;
        mote_bytes key;
        mote_proven_value value;
        assert_status(mote_trie_scan_next(context, scan, &more, &key, &value), MOTE_OK);
        if (!more) break;
        const json_t *expected = entry_of(entries, key);
        assert_non_null(expected);
        check_value(&value, expected);
        found++;
    }
    assert_int_equal(found, json_array_size(entries));
    mote_context_release(context, mark);
}

static void proofs_prove_what_is_listed(void **unused) {
    (void)unused;
    size_t files, absent = 0, proofs = 0, keys = 0;
    char **paths = fixture_list("proofs", "", ".json", &files);
    for (size_t f = 0; f < files; f++) {
        const json_t *file = fixture_json(paths[f]);
        const json_t *entries = json_object_get(file, "entries");
        if (entries == NULL) continue; /* prefix-scan, below */
        size_t count;
        mote_bytes *nodes = nodes_of(json_object_get(file, "nodes"), &count);
        mote_hash root = fixture_hash(text(file, "state_root"));
        mote_state_root state = mote_state_assumed(&root);
        mote_context *context = fixture_context(4);
        mote_proof proof;
        assert_status(
            mote_proof_load_nodes(context, &proof, &state, nodes, count, MOTE_PROOF_STRICT),
            MOTE_OK);
        mote_trie_view view = mote_proof_main(&proof);
        for (size_t i = 0; i < json_array_size(entries); i++) {
            const json_t *entry = json_array_get(entries, i);
            mote_bytes key = fixture_hex_field(entry, "key");
            mote_proven_value value;
            assert_status(mote_trie_read(context, &value, &view, key), MOTE_OK);
            check_value(&value, entry);
            absent += check_mutations(context, &view, entries, key);
            check_path(context, &view, key);
            keys++;
        }
        check_contents(context, &view, entries);
        /* The SCALE form is the same proof. */
        assert_status(
            mote_proof_load(context, &proof, &state, scale_of(nodes, count), MOTE_PROOF_STRICT),
            MOTE_OK);
        proofs++;
        free(nodes);
    }
    print_message("%zu proofs, %zu keys, %zu mutated keys proven absent\n", proofs, keys, absent);
    assert_int_equal(proofs, 52);
    assert_true(absent > 1000);
}

/* --- the local network ------------------------------------------------------------------------ */

static const char *const local_chains[] = {"relay", "para-2000", "para-2001"};

static void check_named(mote_context *context, const mote_trie_view *view, const json_t *named) {
    mote_proven_value value;
    assert_status(mote_trie_read(context, &value, view, fixture_hex_field(named, "key")), MOTE_OK);
    const json_t *expected = json_object_get(named, "value");
    if (json_is_null(expected)) {
        assert_int_equal(value.state, MOTE_VALUE_ABSENT);
    } else {
        assert_int_equal(value.state, MOTE_VALUE_PRESENT);
        assert_true(mote_bytes_equal(value.value, fixture_hex(json_string_value(expected))));
    }
}

static size_t check_block_proofs(const json_t *block) {
    mote_context *context = fixture_context(4);
    mote_hash root = fixture_hash(text(block, "state_root"));
    mote_state_root state = mote_state_assumed(&root);
    json_t *values = json_object_get(block, "values");
    mote_proof proof;
    size_t count, checked = 0;
    const char *name;
    json_t *named, *single;
    mote_bytes *nodes = nodes_of(json_object_get(block, "all_in_one"), &count);
    assert_status(mote_proof_load_nodes(context, &proof, &state, nodes, count, MOTE_PROOF_STRICT),
                  MOTE_OK);
    mote_trie_view view = mote_proof_main(&proof);
    json_object_foreach(values, name, named) {
        check_named(context, &view, named);
        check_path(context, &view, fixture_hex_field(named, "key"));
        checked++;
    }
    free(nodes);
    json_object_foreach(json_object_get(block, "single"), name, single) {
        nodes = nodes_of(single, &count);
        assert_status(
            mote_proof_load_nodes(context, &proof, &state, nodes, count, MOTE_PROOF_STRICT),
            MOTE_OK);
        view = mote_proof_main(&proof);
        check_named(context, &view, json_object_get(values, name));
        checked++;
        free(nodes);
    }
    return checked;
}

static void local_read_proofs(void **unused) {
    (void)unused;
    size_t checked = 0;
    for (size_t c = 0; c < 3; c++) {
        char path[64];
        snprintf(path, sizeof path, "local/%s.read-proofs.json.gz", local_chains[c]);
        const json_t *blocks = fixture_json(path);
        assert_true(json_array_size(blocks) > 0);
        for (size_t i = 0; i < json_array_size(blocks); i++)
            checked += check_block_proofs(json_array_get(blocks, i));
    }
    print_message("%zu values\n", checked);
    assert_true(checked > 100);
}

typedef struct header_search {
    const char *hash;
    mote_hash state_root;
    bool found;
} header_search;

/* parent_hash ++ Compact(number) ++ state_root: the numbers here take at most two bytes. */
static void look_at_block(json_t *line, void *user) {
    header_search *search = user;
    if (strcmp(text(line, "hash"), search->hash) != 0) return;
    mote_bytes header = fixture_hex_field(line, "header");
    size_t number = (header.data[32] & 3) == 0 ? 1 : 2;
    memcpy(search->state_root.bytes, header.data + 32 + number, 32);
    search->found = true;
}

static mote_state_root state_of_block(const char *chain, const char *hash) {
    header_search search = {hash, {{0}}, false};
    char path[64];
    snprintf(path, sizeof path, "local/%s.blocks.jsonl.gz", chain);
    fixture_json_lines(path, look_at_block, &search);
    assert_true(search.found);
    return mote_state_assumed(&search.state_root);
}

static void local_prefixes_are_complete(void **unused) {
    (void)unused;
    for (size_t c = 0; c < 3; c++) {
        char path[64];
        snprintf(path, sizeof path, "local/%s.prefix.json", local_chains[c]);
        const json_t *file = fixture_json(path);
        const json_t *entries = json_object_get(file, "entries");
        mote_state_root state = state_of_block(local_chains[c], text(file, "hash"));
        mote_bytes prefix = fixture_hex_field(file, "prefix");
        mote_context *context = fixture_context(4);
        size_t count;
        mote_bytes *nodes = nodes_of(json_object_get(file, "proof"), &count);
        mote_proof proof;
        assert_status(
            mote_proof_load_nodes(context, &proof, &state, nodes, count, MOTE_PROOF_STRICT),
            MOTE_OK);
        mote_trie_view view = mote_proof_main(&proof);
        mote_trie_scan *scan;
        bool more;
        mote_bytes key;
        mote_proven_value value;
        uint8_t last[MOTE_MAX_KEY_SIZE];
        size_t last_size = 0;
        assert_status(mote_trie_scan_begin(context, &scan, &view, prefix), MOTE_OK);
        for (size_t i = 0; i < json_array_size(entries); i++) {
            const json_t *pair = json_array_get(entries, i);
            mote_bytes expected = fixture_hex(json_string_value(json_array_get(pair, 0)));
            assert_status(mote_trie_scan_next(context, scan, &more, &key, &value), MOTE_OK);
            assert_true(more);
            assert_true(mote_bytes_equal(key, expected));
            assert_int_equal(value.state, MOTE_VALUE_PRESENT);
            assert_true(mote_bytes_equal(value.value,
                                         fixture_hex(json_string_value(json_array_get(pair, 1)))));
            /* The same by asking for the next key. */
            bool found;
            mote_bytes after = i == 0 ? prefix : (mote_bytes){last, last_size};
            assert_status(
                mote_trie_next_key(context, &found, last, &last_size, &view, after, prefix),
                MOTE_OK);
            assert_true(found);
            assert_true(mote_bytes_equal((mote_bytes){last, last_size}, expected));
        }
        assert_status(mote_trie_scan_next(context, scan, &more, &key, &value), MOTE_OK);
        assert_false(more);
        bool found;
        mote_bytes after = {last, last_size};
        assert_status(mote_trie_next_key(context, &found, last, &last_size, &view, after, prefix),
                      MOTE_OK);
        assert_false(found);
        /* The proof says nothing about the rest of the state. */
        assert_status(mote_trie_scan_begin(context, &scan, &view, (mote_bytes){NULL, 0}), MOTE_OK);
        mote_status status = MOTE_OK;
        for (more = true; status == MOTE_OK && more;)
            status = mote_trie_scan_next(context, scan, &more, &key, &value);
        assert_status(status, MOTE_E_PROOF_INCOMPLETE);
        free(nodes);
    }
}

static void local_code_proofs(void **unused) {
    (void)unused;
    static const uint8_t code[] = {':', 'c', 'o', 'd', 'e'};
    for (size_t c = 0; c < 2; c++) {
        char path[64];
        snprintf(path, sizeof path, "local/%s.code-proof.json.gz", local_chains[c]);
        const json_t *file = fixture_json(path);
        mote_state_root state = state_of_block(local_chains[c], text(file, "hash"));
        mote_context *context = fixture_context(1);
        size_t count;
        mote_bytes *nodes = nodes_of(json_object_get(file, "proof"), &count);
        mote_proof proof;
        mote_proven_value value;
        assert_status(
            mote_proof_load_nodes(context, &proof, &state, nodes, count, MOTE_PROOF_STRICT),
            MOTE_OK);
        mote_trie_view view = mote_proof_main(&proof);
        assert_status(mote_trie_read(context, &value, &view, (mote_bytes){code, sizeof code}),
                      MOTE_OK);
        assert_int_equal(value.state, MOTE_VALUE_PRESENT);
        assert_true(value.value.size > 1000000);
        /* zstd-compressed: sp-maybe-compressed-blob's prefix. */
        assert_memory_equal(value.value.data, "\x52\xbc\x53\x76\x46\xdb\x8e\x05", 8);
        free(nodes);
    }
}

/* --- libp2p answers --------------------------------------------------------------------------- */

/* The bytes of field `number` of a protobuf message whose fields before it are length-delimited
 * too. */
static mote_bytes field(mote_bytes message, unsigned number) {
    for (size_t at = 0; at < message.size;) {
        unsigned tag = message.data[at++];
        size_t size = 0;
        assert_int_equal(tag & 7, 2);
        for (unsigned shift = 0;; shift += 7) {
            assert_true(at < message.size);
            size |= (size_t)(message.data[at] & 127) << shift;
            if (message.data[at++] < 128) break;
        }
        assert_true(size <= message.size - at);
        if (tag >> 3 == number) return (mote_bytes){message.data + at, size};
        at += size;
    }
    fail_msg("no field %u", number);
    return (mote_bytes){NULL, 0};
}

static mote_bytes answer(const char *name) {
    return fixture_hex_field(json_object_get(fixture_json("local/relay.p2p.json.gz"), name),
                             "response");
}

static void light_2_read_proof(void **unused) {
    (void)unused;
    const char *at = "0x2e4d9712c74f74c9e5eddf0f022bcc1b5b1521d92973e07851c791a7059105ab";
    mote_bytes read =
        field(field(answer("light/2 read System.Account(Alice), Paras.Heads(2000)"), 2), 2);
    mote_state_root state = state_of_block("relay", at);
    mote_context *context = fixture_context(1);
    mote_proof proof;
    mote_proven_value value;
    assert_status(mote_proof_load(context, &proof, &state, read, MOTE_PROOF_STRICT), MOTE_OK);
    mote_trie_view view = mote_proof_main(&proof);
    mote_bytes head = fixture_hex("cd710b30bd2eab0352ddcc26417aa1941b3c252fcb29d88eff4f3de5de4476c3"
                                  "63f5a4efb16ffa83d0070000");
    assert_status(mote_trie_read(context, &value, &view, head), MOTE_OK);
    assert_int_equal(value.state, MOTE_VALUE_PRESENT);
    mote_bytes account =
        fixture_hex("26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9de1e86a9"
                    "a8c739864cf3cc5ec2bea59fd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a"
                    "5684e7a56da27d");
    assert_status(mote_trie_read(context, &value, &view, account), MOTE_OK);
    assert_int_equal(value.state, MOTE_VALUE_PRESENT);
    assert_int_equal(value.value.size, 80);
}

static void light_2_call_proofs(void **unused) {
    (void)unused;
    const char *at = "0x2e4d9712c74f74c9e5eddf0f022bcc1b5b1521d92973e07851c791a7059105ab";
    mote_state_root state = state_of_block("relay", at);
    mote_context *context = fixture_context(1);
    mote_proof proof;
    mote_bytes call =
        field(field(answer("light/2 call AccountNonceApi_account_nonce(Alice)"), 1), 2);
    assert_status(mote_proof_load(context, &proof, &state, call, MOTE_PROOF_STRICT), MOTE_OK);
    /* A call that reads nothing but the code: its proof is empty, and shows nothing. */
    call = field(field(answer("light/2 call Core_version"), 1), 2);
    assert_status(mote_proof_load(context, &proof, &state, call, MOTE_PROOF_STRICT),
                  MOTE_E_PROOF_INCOMPLETE);
}

static void state_2_is_a_compact_proof(void **unused) {
    (void)unused;
    mote_bytes compact = field(answer("state/2 from start no proof"), 2);
    mote_state_root state = state_of_block(
        "relay", "0x7689e69ce1bba61849670603b9f90946245d310f18467662754a1bd97a30a3ac");
    mote_context *context = fixture_context(16);
    mote_proof proof;
    assert_status(mote_proof_load_compact(context, &proof, &state, compact), MOTE_OK);
    mote_trie_view view = mote_proof_main(&proof);
    /* What it carries of the values that were asked for one by one. */
    const json_t *block = json_array_get(fixture_json("local/relay.read-proofs.json.gz"), 1);
    assert_int_equal(json_integer_value(json_object_get(block, "number")), 5);
    const char *name;
    json_t *named;
    size_t known = 0;
    json_object_foreach(json_object_get(block, "values"), name, named) {
        mote_proven_value value;
        mote_status status =
            mote_trie_read(context, &value, &view, fixture_hex_field(named, "key"));
        if (status == MOTE_E_PROOF_INCOMPLETE) continue;
        check_named(context, &view, named);
        known++;
    }
    mote_trie_scan *scan;
    size_t keys = 0;
    mote_status status;
    bool more;
    assert_status(mote_trie_scan_begin(context, &scan, &view, (mote_bytes){NULL, 0}), MOTE_OK);
    do {
        mote_bytes key;
        mote_proven_value value;
        status = mote_trie_scan_next(context, scan, &more, &key, &value);
        if (status == MOTE_OK && more) keys++;
    } while (status == MOTE_OK && more);
    print_message("%zu bytes, %zu keys from the start, %zu of the named ones\n", compact.size, keys,
                  known);
    assert_true(keys > 50);
    state.root.bytes[0] ^= 1;
    assert_status(mote_proof_load_compact(context, &proof, &state, compact), MOTE_E_ROOT_MISMATCH);
}

/* --- a prefix in several answers -------------------------------------------------------------- */

static bool sorted_before(mote_bytes a, mote_bytes b) {
    return mote_bytes_compare(a, b) < 0;
}

static void prefix_scan_over_several_proofs(void **unused) {
    (void)unused;
    const json_t *file = fixture_json("proofs/prefix-scan-smoldot174.json");
    const json_t *proofs = json_object_get(file, "proofs");
    const json_t *expected = json_object_get(file, "expected_entries");
    mote_bytes prefix = fixture_hex_field(file, "prefix");
    mote_hash root = fixture_hash(text(file, "trie_root_hash"));
    mote_state_root state = mote_state_assumed(&root);
    mote_context *context = fixture_context(4);
    mote_proof proof;
    naive_list all = {NULL, 0, 0};
    for (size_t i = 0; i < json_array_size(proofs); i++) {
        mote_bytes scale = fixture_hex(json_string_value(json_array_get(proofs, i)));
        assert_status(mote_proof_load(context, &proof, &state, scale, MOTE_PROOF_STRICT), MOTE_OK);
        mote_cursor cursor = mote_cursor_over(scale);
        uint32_t count = mote_read_count(&cursor, 1, 100000);
        for (uint32_t n = 0; n < count; n++) naive_add(&all, mote_read_vec_u8(&cursor));
    }
    assert_status(
        mote_proof_load_nodes(context, &proof, &state, all.items, all.count, MOTE_PROOF_STRICT),
        MOTE_OK);
    mote_trie_view view = mote_proof_main(&proof);
    mote_bytes *keys = calloc(json_array_size(expected), sizeof *keys);
    assert_non_null(keys);
    for (size_t i = 0; i < json_array_size(expected); i++) {
        keys[i] = fixture_hex(json_string_value(json_array_get(expected, i)));
        for (size_t at = i; at > 0 && sorted_before(keys[at], keys[at - 1]); at--) {
            mote_bytes held = keys[at];
            keys[at] = keys[at - 1];
            keys[at - 1] = held;
        }
    }
    mote_trie_scan *scan;
    assert_status(mote_trie_scan_begin(context, &scan, &view, prefix), MOTE_OK);
    for (size_t i = 0; i <= json_array_size(expected); i++) {
        bool more;
        mote_bytes key;
        mote_proven_value value;
        assert_status(mote_trie_scan_next(context, scan, &more, &key, &value), MOTE_OK);
        assert_int_equal(more, i < json_array_size(expected));
        if (more) assert_true(mote_bytes_equal(key, keys[i]));
    }
    free(keys);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(proofs_prove_what_is_listed),
        cmocka_unit_test(local_read_proofs),
        cmocka_unit_test(local_prefixes_are_complete),
        cmocka_unit_test(local_code_proofs),
        cmocka_unit_test(light_2_read_proof),
        cmocka_unit_test(light_2_call_proofs),
        cmocka_unit_test(state_2_is_a_compact_proof),
        cmocka_unit_test(prefix_scan_over_several_proofs),
    };
    return cmocka_run_group_tests_name("recorded/trie", tests, NULL, NULL);
}
