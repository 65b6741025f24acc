/* SPDX-License-Identifier: Apache-2.0 */
/* What the catalogue and the model do not reach: nibbles, memory, contracts, limits, cost. */
#include "fixture.h"
#include "naive_trie.h"
#include "nibble.h"
#include "scan.h"

#include <time.h>

static const mote_bytes nothing = {NULL, 0};

/* --- nibbles ---------------------------------------------------------------------------------- */

static size_t naive_common(mote_nibbles a, mote_nibbles b) {
    size_t n = 0;
    while (n < a.count && n < b.count && mote_trie_nibble(a, n) == mote_trie_nibble(b, n)) n++;
    return n;
}

static void nibbles_of_bytes(void **unused) {
    (void)unused;
    static const uint8_t key[] = {0x12, 0xab};
    mote_nibbles run = mote_trie_nibbles_of((mote_bytes){key, 2});
    static const uint8_t expected[] = {1, 2, 10, 11};
    assert_int_equal(run.count, 4);
    for (size_t i = 0; i < 4; i++) assert_int_equal(mote_trie_nibble(run, i), expected[i]);
    assert_int_equal(mote_trie_nibbles_of(nothing).count, 0);
}

/* All places and lengths in two arrays that differ in one nibble or none. */
static void common_nibbles(void **unused) {
    (void)unused;
    const uint8_t a[] = {0x11, 0x11, 0x11, 0x11};
    for (size_t different = 0; different <= 8; different++) {
        uint8_t b[] = {0x11, 0x11, 0x11, 0x11};
        if (different < 8) mote_trie_nibble_put(b, different, 7);
        if (different % 2 == 0 && different < 7) mote_trie_nibble_put(b, different + 1, 1);
        for (size_t i = 0; i <= 8; i++) {
            for (size_t j = 0; j <= 8; j++) {
                for (size_t n = 0; n <= 8 - i; n++) {
                    mote_nibbles left = {a, i, n}, right = {b, j, 8 - j};
                    assert_int_equal(mote_trie_nibbles_common(left, right),
                                     naive_common(left, right));
                }
            }
        }
    }
}

/* Long runs, which are compared by words: one nibble is another one, at each place. */
static void common_nibbles_of_long_runs(void **unused) {
    (void)unused;
    uint8_t a[24], b[24];
    memset(a, 0x5a, sizeof a);
    for (size_t different = 0; different < 48; different++) {
        memset(b, 0x5a, sizeof b);
        mote_trie_nibble_put(b, different, 3);
        if (different % 2 == 0) mote_trie_nibble_put(b, different + 1, 0x0a);
        for (size_t first = 0; first < 4; first++) {
            for (size_t count = 0; count <= 48 - first; count++) {
                mote_nibbles left = {a, first, count}, right = {b, first, 48 - first};
                assert_int_equal(mote_trie_nibbles_common(left, right), naive_common(left, right));
                right.first += 4 - 2 * (first / 2);
                right.count = 48 - right.first;
                assert_int_equal(mote_trie_nibbles_common(left, right), naive_common(left, right));
            }
        }
    }
}

static void partial_keys_are_written_packed(void **unused) {
    (void)unused;
    const uint8_t key[] = {0x12, 0x34, 0x56};
    for (size_t first = 0; first <= 6; first++) {
        for (size_t count = 0; count <= 6 - first; count++) {
            uint8_t out[4] = {0}, expected[4] = {0};
            mote_writer writer = mote_writer_into(out, sizeof out);
            mote_trie_write_partial(&writer, (mote_nibbles){key, first, count});
            /* Digits 1 to 6, led by a 0 where their number is odd. */
            for (size_t i = 0; i < count; i++) {
                size_t at = i + count % 2;
                expected[at / 2] =
                    (uint8_t)(expected[at / 2] | (first + i + 1) << (at % 2 == 0 ? 4 : 0));
            }
            assert_int_equal(writer.size, (count + 1) / 2);
            assert_memory_equal(out, expected, sizeof out);
        }
    }
}

/* --- memory ----------------------------------------------------------------------------------- */

static mote_trie_entry pair(const char *key_hex, mote_bytes value) {
    return (mote_trie_entry){naive_hex(key_hex), value};
}

typedef struct sample {
    mote_state_root state;
    mote_bytes plain;
    mote_bytes compact;
    size_t plain_count, plain_size;
    size_t compact_count, compact_size;
} sample;

static size_t sum(const naive_list *list) {
    size_t size = 0;
    for (size_t i = 0; i < list->count; i++) size += list->items[i].size;
    return size;
}

/* A main trie and a child trie, with hashed values. */
static sample make_sample(void) {
    const mote_trie_entry inside[] = {pair("01", naive_repeat(1, 40)),
                                      pair("0201", naive_repeat(2, 50)),
                                      pair("0202", naive_repeat(3, 3))};
    naive_node *child = naive_trie(inside, 3, NAIVE_V1);
    mote_bytes name = {(const uint8_t *)MOTE_CHILD_TRIE_PREFIX "x", sizeof MOTE_CHILD_TRIE_PREFIX};
    const mote_trie_entry top[] = {{name, {child->hash.bytes, 32}},
                                   pair("0a", naive_repeat(4, 4)),
                                   pair("0a11", naive_repeat(5, 100)),
                                   pair("f0ff", naive_repeat(6, 33)),
                                   pair("f1", nothing)};
    naive_node *root = naive_trie(top, 5, NAIVE_V1);
    naive_list plain = {NULL, 0, 0}, plain_child = {NULL, 0, 0}, compact = {NULL, 0, 0};
    naive_prove_all(&plain, root);
    naive_compact(&compact, root, &plain);
    naive_prove_all(&plain_child, child);
    naive_compact(&compact, child, &plain_child);
    naive_prove_all(&plain, child);
    mote_hash hash = naive_root(root);
    return (sample){mote_state_assumed(&hash),
                    naive_scale(&plain),
                    naive_scale(&compact),
                    plain.count,
                    sum(&plain),
                    compact.count,
                    sum(&compact)};
}

static mote_status load_in(uint8_t *memory, size_t size, const sample *s, int form) {
    static const uint8_t seed[32] = {1, 2, 3};
    mote_context context;
    mote_proof proof;
    mote_proven_value value;
    mote_trie_view child;
    mote_context_init(&context, memory, size, seed);
    mote_status status = form == 2
                             ? mote_proof_load_compact(&context, &proof, &s->state, s->compact)
                             : mote_proof_load(&context, &proof, &s->state, s->plain,
                                               form == 0 ? MOTE_PROOF_STRICT : MOTE_PROOF_LENIENT);
    if (status != MOTE_OK) {
        assert_int_equal(context.used, 0);
        return status;
    }
    assert_status(mote_proof_child(&context, &child, &proof, (mote_bytes){(const uint8_t *)"x", 1}),
                  MOTE_OK);
    assert_status(mote_trie_read(&context, &value, &child, naive_hex("0201")), MOTE_OK);
    assert_true(value.state == MOTE_VALUE_PRESENT &&
                mote_bytes_equal(value.value, naive_repeat(2, 50)));
    return MOTE_OK;
}

/* Each size of memory from nothing to the promised bound, at each alignment: too small, or
 * right. */
static void memory_bound_of_loading(void **unused) {
    (void)unused;
    sample s = make_sample();
    for (int form = 0; form < 3; form++) {
        size_t bound = form == 2 ? mote_proof_memory(s.compact_count, s.compact_size)
                                 : mote_proof_memory(s.plain_count, s.plain_size);
        bool was_enough = false;
        uint8_t *memory = malloc(bound + 16);
        assert_non_null(memory);
        for (size_t size = 0; size <= bound; size += size + 64 < bound ? 13 : 1) {
            mote_status status = load_in(memory + size % 16, size, &s, form);
            assert_true(status == MOTE_OK || status == MOTE_E_LIMIT_MEMORY);
            was_enough = status == MOTE_OK;
        }
        assert_true(was_enough);
        for (size_t shift = 0; shift < 16; shift++) {
            assert_status(load_in(memory + shift, bound, &s, form), MOTE_OK);
        }
        free(memory);
    }
}

static void memory_bound_of_recorded_proofs(void **unused) {
    (void)unused;
    size_t files;
    char **paths = fixture_list("proofs", "", ".json", &files);
    for (size_t f = 0; f < files; f++) {
        const json_t *file = fixture_json(paths[f]), *nodes = json_object_get(file, "nodes");
        if (nodes == NULL) continue;
        naive_list list = {NULL, 0, 0};
        for (size_t i = 0; i < json_array_size(nodes); i++) {
            naive_append(&list, fixture_hex(json_string_value(json_array_get(nodes, i))));
        }
        mote_hash root = fixture_hash(json_string_value(json_object_get(file, "state_root")));
        mote_state_root state = mote_state_assumed(&root);
        size_t bound = mote_proof_memory(list.count, sum(&list));
        uint8_t *memory = malloc(bound + 1);
        assert_non_null(memory);
        static const uint8_t seed[32] = {9};
        mote_context context;
        mote_proof proof;
        mote_context_init(&context, memory + 1, bound, seed);
        assert_status(mote_proof_load_nodes(&context, &proof, &state, list.items, list.count,
                                            MOTE_PROOF_STRICT),
                      MOTE_OK);
        free(memory);
        naive_reset();
    }
}

/* 10 000 keys with values of 60 bytes: a proof of more than 1 MiB, loaded and read in 3 MiB. */
typedef struct large_trie {
    mote_state_root state;
    mote_bytes scale;
    mote_trie_entry *entries;
    size_t count, nodes, size;
} large_trie;

static void append_all(naive_list *out, const naive_node *node, bool is_root) {
    if (node == NULL) return;
    if (is_root || node->encoding.size >= 32) naive_append(out, node->encoding);
    if (node->has_value && node->hashed) naive_append(out, node->value);
    for (int i = 0; i < 16; i++) append_all(out, node->children[i], false);
}

static large_trie make_large(size_t count) {
    mote_trie_entry *entries = naive_take(count * sizeof *entries);
    uint64_t random = 99;
    for (size_t i = 0; i < count; i++) {
        uint8_t key[32], value[60];
        for (size_t b = 0; b < sizeof key; b++) key[b] = (uint8_t)fixture_random(&random);
        for (size_t b = 0; b < sizeof value; b++) value[b] = (uint8_t)fixture_random(&random);
        entries[i] = (mote_trie_entry){naive_copy((mote_bytes){key, 32}),
                                       naive_copy((mote_bytes){value, 60})};
    }
    naive_node *root = naive_trie(entries, count, NAIVE_V1);
    naive_list list = {NULL, 0, 0};
    append_all(&list, root, true);
    mote_hash hash = naive_root(root);
    return (large_trie){
        mote_state_assumed(&hash), naive_scale(&list), entries, count, list.count, sum(&list)};
}

static double read_all(mote_context *context, const large_trie *large) {
    mote_proof proof;
    clock_t before = clock();
    assert_status(mote_proof_load(context, &proof, &large->state, large->scale, MOTE_PROOF_STRICT),
                  MOTE_OK);
    mote_trie_view view = mote_proof_main(&proof);
    for (size_t i = 0; i < large->count; i++) {
        mote_proven_value value;
        assert_status(mote_trie_read(context, &value, &view, large->entries[i].key), MOTE_OK);
        assert_true(mote_bytes_equal(value.value, large->entries[i].value));
    }
    mote_trie_scan *scan;
    size_t found = 0;
    assert_status(mote_trie_scan_begin(context, &scan, &view, nothing), MOTE_OK);
    for (bool more = true; more; found += more) {
        mote_bytes key;
        mote_proven_value value;
        assert_status(mote_trie_scan_next(context, scan, &more, &key, &value), MOTE_OK);
    }
    assert_int_equal(found, large->count);
    return (double)(clock() - before) / CLOCKS_PER_SEC;
}

static void ten_thousand_keys(void **unused) {
    (void)unused;
    large_trie small = make_large(1250), large = make_large(10000);
    double first = read_all(fixture_context(3), &small);
    mote_context *context = fixture_context(3);
    double second = read_all(context, &large);
    print_message("%zu keys, %zu entries, %zu bytes: %.1f ms and %zu bytes of memory; an eighth of "
                  "it: %.1f ms\n",
                  large.count, large.nodes, large.size, second * 1e3, context->most_used,
                  first * 1e3);
    assert_true(large.size > 1 << 20);
    assert_true(context->most_used <= mote_proof_memory(large.nodes, large.size));
    /* Eight times the keys: eight times the work, and room for an unquiet machine; quadratic
     * would be 64. */
    assert_true(second < 32 * first + 0.1);
    naive_reset();
}

/* As many entries as 1 MiB holds of the shortest that can be nodes. */
static void a_mebibyte_of_the_shortest_nodes(void **unused) {
    (void)unused;
    naive_list list = {NULL, 0, 0};
    mote_bytes row[16];
    const size_t rows = 970;
    mote_bytes *names = naive_take(rows * sizeof *names);
    /* Branches of 16 leaves of 32 bytes; a tower of branches above them. */
    for (size_t r = 0; r < rows; r++) {
        for (size_t i = 0; i < 16; i++) {
            uint8_t value[30] = {0};
            mote_store_u32(value, (uint32_t)(16 * r + i));
            mote_bytes leaf = naive_leaf(NULL, 0, (mote_bytes){value, sizeof value});
            assert_int_equal(leaf.size, 32);
            mote_hash hash = naive_hash(leaf);
            naive_append(&list, leaf);
            row[i] = naive_copy((mote_bytes){hash.bytes, 32});
        }
        mote_bytes branch = naive_branch(0xffff, row, 16);
        mote_hash hash = naive_hash(branch);
        naive_append(&list, branch);
        names[r] = naive_copy((mote_bytes){hash.bytes, 32});
    }
    size_t left = rows;
    while (left > 1) {
        size_t made = 0;
        for (size_t r = 0; r < left; r += 16) {
            size_t children = left - r < 16 ? left - r : 16;
            if (children == 1) {
                names[made++] = names[r];
                continue;
            }
            mote_bytes branch = naive_branch((1 << children) - 1, &names[r], children);
            mote_hash hash = naive_hash(branch);
            naive_append(&list, branch);
            names[made++] = naive_copy((mote_bytes){hash.bytes, 32});
        }
        left = made;
    }
    mote_hash root;
    memcpy(root.bytes, names[0].data, 32);
    mote_state_root state = mote_state_assumed(&root);
    mote_bytes scale = naive_scale(&list);
    mote_context *context = fixture_context(6);
    mote_proof proof;
    assert_status(mote_proof_load(context, &proof, &state, scale, MOTE_PROOF_STRICT), MOTE_OK);
    print_message("%zu bytes in %zu entries: %zu bytes of memory\n", scale.size, list.count,
                  context->most_used);
    assert_true(scale.size > 1000000);
    assert_true(context->most_used < 3u << 20);
    naive_reset();
}

/* --- contracts -------------------------------------------------------------------------------- */

static void only_evidence_is_read_under(void **unused) {
    (void)unused;
    sample s = make_sample();
    mote_context *context = fixture_context(1);
    mote_state_root forged = s.state;
    mote_proof proof, none = {0};
    mote_proven_value value;
    mote_trie_view view, no_view = {0};
    mote_merkle_value merkle;
    mote_trie_scan *scan;
    uint8_t key[MOTE_MAX_KEY_SIZE];
    size_t size, count = 0;
    bool found;
    forged.seal ^= 1;
    assert_status(mote_proof_load(context, &proof, &forged, s.plain, MOTE_PROOF_STRICT),
                  MOTE_E_NO_EVIDENCE);
    assert_status(mote_proof_load_nodes(context, &proof, &forged, NULL, 0, MOTE_PROOF_STRICT),
                  MOTE_E_NO_EVIDENCE);
    assert_status(mote_proof_load_compact(context, &proof, &forged, s.compact), MOTE_E_NO_EVIDENCE);
    /* A proof that failed to load is nothing. */
    view = mote_proof_main(&proof);
    const mote_trie_view *const views[] = {&view, &no_view};
    for (size_t i = 0; i < 2; i++) {
        assert_status(mote_trie_read(context, &value, views[i], nothing), MOTE_E_NO_EVIDENCE);
        assert_status(mote_trie_path(context, &value, NULL, &count, views[i], nothing),
                      MOTE_E_NO_EVIDENCE);
        assert_status(mote_trie_merkle_value(context, &merkle, views[i], NULL, 0),
                      MOTE_E_NO_EVIDENCE);
        assert_status(mote_trie_scan_begin(context, &scan, views[i], nothing), MOTE_E_NO_EVIDENCE);
        assert_null(scan);
        assert_status(mote_trie_next_key(context, &found, key, &size, views[i], nothing, nothing),
                      MOTE_E_NO_EVIDENCE);
    }
    assert_status(mote_proof_child(context, &view, &none, nothing), MOTE_E_NO_EVIDENCE);
}

static void values_carry_the_state_they_are_true_in(void **unused) {
    (void)unused;
    sample s = make_sample();
    mote_context *context = fixture_context(1);
    mote_proof proof;
    mote_proven_value value;
    assert_status(mote_proof_load(context, &proof, &s.state, s.plain, MOTE_PROOF_STRICT), MOTE_OK);
    mote_trie_view view = mote_proof_main(&proof);
    assert_status(mote_trie_read(context, &value, &view, naive_hex("0a")), MOTE_OK);
    assert_memory_equal(&value.under, &s.state, sizeof value.under);
    assert_status(mote_trie_read(context, &value, &view, naive_hex("0aff")), MOTE_OK);
    assert_memory_equal(&value.under, &s.state, sizeof value.under);
    assert_int_equal(value.under.assumed, MOTE_ASSUMED_ROOT);
    /* A success clears the last fault. */
    assert_status(
        mote_trie_expect(context, &view, &(mote_expected_value){naive_hex("0a"), true, nothing}, 1),
        MOTE_E_VALUE_MISMATCH);
    assert_int_equal(context->fault.status, MOTE_E_VALUE_MISMATCH);
    assert_status(mote_trie_read(context, &value, &view, naive_hex("0a")), MOTE_OK);
    assert_int_equal(context->fault.status, MOTE_OK);
    assert_int_equal(context->fault.index, MOTE_NO_INDEX);
}

static void names_of_value_states(void **unused) {
    (void)unused;
    assert_string_equal(mote_value_state_name(MOTE_VALUE_UNKNOWN), "unknown");
    assert_string_equal(mote_value_state_name(MOTE_VALUE_PRESENT), "value");
    assert_string_equal(mote_value_state_name(MOTE_VALUE_ABSENT), "absent");
    assert_string_equal(mote_value_state_name(MOTE_VALUE_HASH_ONLY), "hash-only");
    assert_string_equal(mote_value_state_name((mote_value_state)77), "unknown");
}

static void too_long_or_too_small(void **unused) {
    (void)unused;
    sample s = make_sample();
    mote_context *context = fixture_context(1);
    mote_proof proof;
    mote_proven_value value;
    mote_trie_view child;
    mote_trie_scan *scan;
    mote_merkle_value merkle;
    mote_path_step steps[8];
    assert_status(mote_proof_load(context, &proof, &s.state, s.plain, MOTE_PROOF_STRICT), MOTE_OK);
    mote_trie_view view = mote_proof_main(&proof);
    mote_bytes longest = naive_repeat(0, MOTE_MAX_KEY_SIZE),
               longer = naive_repeat(0, 2 * MOTE_MAX_KEY_SIZE + 1);
    assert_status(mote_proof_child(context, &child, &proof, longest), MOTE_OK);
    assert_true(child.absent && child.is_child);
    assert_status(mote_proof_child(context, &child, &proof, longer), MOTE_E_LIMIT_SIZE);
    assert_status(mote_trie_scan_begin(context, &scan, &view, longest), MOTE_OK);
    assert_status(mote_trie_scan_begin(context, &scan, &view, longer), MOTE_E_LIMIT_SIZE);
    assert_status(
        mote_trie_merkle_value(context, &merkle, &view, longer.data, 2 * MOTE_MAX_KEY_SIZE),
        MOTE_OK);
    assert_int_equal(merkle.size, 0);
    assert_status(mote_trie_merkle_value(context, &merkle, &view, longer.data, longer.size),
                  MOTE_E_LIMIT_SIZE);
    const mote_bytes huge = {longer.data, SIZE_MAX / 4};
    assert_status(mote_trie_read(context, &value, &view, huge), MOTE_E_LIMIT_SIZE);
    /* A path in exactly the room it needs, and in one step less. */
    mote_bytes key = naive_hex("0a11");
    size_t count = 8;
    assert_status(mote_trie_path(context, &value, steps, &count, &view, key), MOTE_OK);
    size_t needed = count;
    assert_true(needed >= 3);
    assert_status(mote_trie_path(context, &value, steps, &count, &view, key), MOTE_OK);
    count = needed - 1;
    assert_status(mote_trie_path(context, &value, steps, &count, &view, key),
                  MOTE_E_BUFFER_TOO_SMALL);
    assert_int_equal(count, needed - 1);
    assert_int_equal(value.state, MOTE_VALUE_UNKNOWN);
}

/* A trie may have keys longer than an enumeration tells. */
static void keys_too_long_to_tell(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    for (size_t size = MOTE_MAX_KEY_SIZE - 1; size <= MOTE_MAX_KEY_SIZE + 1; size++) {
        const mote_trie_entry entries[] = {
            {naive_repeat(0x11, size), naive_repeat(1, 40)},
            {naive_concat(naive_repeat(0x11, size - 1), naive_hex("12")), nothing}};
        naive_node *root = naive_trie(entries, 2, NAIVE_V1);
        naive_list list = {NULL, 0, 0};
        mote_hash hash = naive_root(root);
        mote_state_root state = mote_state_assumed(&hash);
        mote_proof proof;
        mote_proven_value value;
        mote_trie_scan *scan;
        mote_bytes key;
        bool more;
        naive_prove_all(&list, root);
        assert_status(
            mote_proof_load(context, &proof, &state, naive_scale(&list), MOTE_PROOF_STRICT),
            MOTE_OK);
        mote_trie_view view = mote_proof_main(&proof);
        assert_status(mote_trie_read(context, &value, &view, entries[0].key), MOTE_OK);
        assert_int_equal(value.state, MOTE_VALUE_PRESENT);
        bool fits = size <= MOTE_MAX_KEY_SIZE;
        mote_status status = mote_trie_scan_begin(context, &scan, &view, nothing);
        if (status == MOTE_OK) status = mote_trie_scan_next(context, scan, &more, &key, &value);
        assert_status(status, fits ? MOTE_OK : MOTE_E_LIMIT_SIZE);
        if (fits) assert_true(more && mote_bytes_equal(key, entries[0].key));
    }
}

static void same_as_alone(mote_context *context, mote_trie_reader *reader,
                          const mote_trie_view *view, mote_bytes key) {
    mote_proven_value alone, together;
    mote_status status = mote_trie_read(context, &alone, view, key);
    const mote_fault fault = context->fault;
    assert_status(mote_trie_reader_read(context, reader, &together, key), status);
    assert_ptr_equal(context->fault.at, fault.at);
    assert_int_equal(context->fault.index, fault.index);
    assert_int_equal(together.state, alone.state);
    assert_true(mote_bytes_equal(together.value, alone.value));
    assert_memory_equal(together.value_hash.bytes, alone.value_hash.bytes, 32);
    assert_memory_equal(together.under.root.bytes, alone.under.root.bytes, 32);
}

/* Each key the beginning of the next, and more levels than a reader remembers; some with a nibble, or a whole end, that is
 * another one; and nodes that are missing, or broken. */
static void a_reader_forgets_nothing_it_needs(void **unused) {
    (void)unused;
    uint64_t random = 5;
    mote_trie_entry entries[120];
    const size_t count = sizeof entries / sizeof *entries;
    for (size_t i = 0; i < count; i++) {
        uint8_t *key = naive_take(i + 1);
        memset(key, 0x22, i + 1);
        if (i % 3 == 2) key[i - 1] = 0x2f;
        if (i % 7 == 3) key[i / 2] ^= 0x10;
        entries[i] = (mote_trie_entry){{key, i + 1}, naive_repeat((uint8_t)i, i)};
    }
    naive_list list = {NULL, 0, 0};
    naive_node *root = naive_trie(entries, count, NAIVE_V1);
    naive_prove_all(&list, root);
    mote_hash hash = naive_root(root);
    mote_state_root state = mote_state_assumed(&hash);
    for (size_t left_out = 0; left_out < list.count; left_out++) {
        mote_context *context = fixture_context(1);
        naive_list rest = left_out == 0 ? list : naive_without(&list, left_out);
        mote_proof proof;
        mote_trie_reader *reader;
        assert_status(mote_proof_load(context, &proof, &state, naive_scale(&rest),
                                      left_out == 0 ? MOTE_PROOF_STRICT : MOTE_PROOF_LENIENT),
                      MOTE_OK);
        mote_trie_view view = mote_proof_main(&proof);
        const size_t used = context->used;
        assert_status(mote_trie_reader_begin(context, &reader, &view), MOTE_OK);
        assert_true(context->used - used < 8192);
        for (size_t i = 0; i < count; i++) same_as_alone(context, reader, &view, entries[i].key);
        for (size_t i = 0; i < 2 * count; i++) {
            const uint64_t which = fixture_random(&random);
            mote_bytes key = entries[which % count].key;
            if (which >> 32 & 1) key.size -= which >> 33 & 1;
            same_as_alone(context, reader, &view, key);
        }
        same_as_alone(context, reader, &view, nothing);
        same_as_alone(context, reader, &view, naive_repeat(0x22, 4 * MOTE_MAX_KEY_SIZE));
        same_as_alone(context, reader, &view, (mote_bytes){entries[0].key.data, SIZE_MAX / 4});
        same_as_alone(context, reader, &view, entries[count - 1].key);
    }
}

static void a_reader_needs_evidence_memory_and_a_root(void **unused) {
    (void)unused;
    static const uint8_t seed[32] = {3};
    static uint8_t memory[16384];
    mote_context context;
    const mote_trie_entry entries[] = {pair("0a", naive_repeat(1, 40)), pair("0b", nothing)};
    naive_list list = {NULL, 0, 0};
    naive_node *root = naive_trie(entries, 2, NAIVE_V0);
    naive_prove_all(&list, root);
    mote_hash hash = naive_root(root);
    mote_state_root state = mote_state_assumed(&hash);
    mote_bytes scale = naive_scale(&list);
    mote_proof proof;
    mote_trie_reader *reader;
    mote_proven_value value;
    for (size_t size = 0; size <= sizeof memory; size += 512) {
        mote_context_init(&context, memory, size, seed);
        if (mote_proof_load(&context, &proof, &state, scale, MOTE_PROOF_STRICT) != MOTE_OK)
            continue;
        mote_trie_view view = mote_proof_main(&proof);
        const size_t used = context.used;
        mote_status status = mote_trie_reader_begin(&context, &reader, &view);
        assert_status(status,
                      size - used < 8192 && status != MOTE_OK ? MOTE_E_LIMIT_MEMORY : MOTE_OK);
        if (status == MOTE_OK) {
            assert_status(mote_trie_reader_read(&context, reader, &value, entries[0].key), MOTE_OK);
            assert_int_equal(value.state, MOTE_VALUE_PRESENT);
        } else {
            assert_null(reader);
            assert_int_equal(context.used, used);
        }
        view.root.bytes[0] ^= 1;
        assert_int_not_equal(mote_trie_reader_begin(&context, &reader, &view), MOTE_OK);
        assert_null(reader);
        view.proof = NULL;
        assert_status(mote_trie_reader_begin(&context, &reader, &view), MOTE_E_NO_EVIDENCE);
        view = (mote_trie_view){&proof, hash, true, true};
        mote_context_release(&context, used);
        status = mote_trie_reader_begin(&context, &reader, &view);
        if (status != MOTE_OK) continue;
        assert_status(mote_trie_reader_read(&context, reader, &value, entries[0].key), MOTE_OK);
        assert_int_equal(value.state, MOTE_VALUE_ABSENT);
    }
}

/* --- roots ------------------------------------------------------------------------------------ */

static void roots_of_little(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    mote_hash root;
    mote_trie_entry entries[] = {pair("0a", naive_repeat(1, 33)), pair("0b", naive_repeat(2, 33)),
                                 pair("0a", naive_repeat(3, 1))};
    assert_status(mote_trie_root(context, &root, NULL, 0, MOTE_STATE_V0), MOTE_OK);
    assert_hash_hex(&root, "03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314");
    assert_memory_equal(root.bytes, mote_trie_empty_root.bytes, 32);
    assert_status(mote_ordered_trie_root(context, &root, NULL, 0, MOTE_STATE_V1), MOTE_OK);
    assert_memory_equal(root.bytes, mote_trie_empty_root.bytes, 32);
    assert_status(mote_trie_root(context, &root, entries, 3, MOTE_STATE_V0), MOTE_E_BAD_ARGUMENT);
    assert_true(root.bytes[0] == 0 && root.bytes[31] == 0);
    assert_status(mote_trie_root(context, &root, entries, 2, (mote_state_version)2),
                  MOTE_E_BAD_ARGUMENT);
    assert_int_equal(context->used, 0);
}

static void memory_bound_of_roots(void **unused) {
    (void)unused;
    static const uint8_t seed[32] = {1};
    mote_trie_entry entries[40];
    /* Each key the beginning of the next: as deep as it gets. */
    for (size_t i = 0; i < 40; i++)
        entries[i] = (mote_trie_entry){naive_repeat(0x22, i), naive_repeat(1, 2000)};
    mote_hash expected = naive_root(naive_trie(entries, 40, NAIVE_V0)), root;
    size_t bound = mote_trie_root_memory(40, 39);
    uint8_t *memory = malloc(bound + 1);
    assert_non_null(memory);
    for (size_t size = 0; size <= bound; size += size + 64 < bound ? 61 : 1) {
        mote_context context;
        mote_context_init(&context, memory + 1, size, seed);
        mote_status status = mote_trie_root(&context, &root, entries, 40, MOTE_STATE_V0);
        if (size == bound) assert_status(status, MOTE_OK);
        if (status == MOTE_OK) {
            assert_memory_equal(root.bytes, expected.bytes, 32);
        } else {
            assert_status(status, MOTE_E_LIMIT_MEMORY);
        }
        assert_int_equal(context.used, 0);
    }
    free(memory);
}

/* A view is a plain struct: one of whose root the proof shows as a value only. The values are spelled like nodes, so that
 * they are decoded when the proof is loaded, and nothing else is known of them. */
static void values_that_are_spelled_like_nodes(void **unused) {
    (void)unused;
    const mote_bytes hash = naive_repeat(0x77, 32);
    const mote_bytes leaf = naive_concat(naive_hex("240b05"), hash);
    const mote_bytes leaf_child = naive_concat(naive_hex("80"), hash);
    const mote_bytes branch =
        naive_concat(naive_hex("800300"), naive_concat(leaf_child, leaf_child));
    const mote_trie_entry entries[] = {pair("0a", leaf), pair("0b", branch)};
    const naive_node *root = naive_trie(entries, 2, NAIVE_V1);
    naive_list list = {NULL, 0, 0};
    mote_proof proof;
    mote_proven_value value;
    naive_prove_all(&list, root);
    const mote_hash root_hash = naive_root(root);
    const mote_state_root state = mote_state_assumed(&root_hash);
    mote_context *context = fixture_context(1);
    assert_status(mote_proof_load(context, &proof, &state, naive_scale(&list), MOTE_PROOF_STRICT),
                  MOTE_OK);
    mote_trie_view view = mote_proof_main(&proof);
    assert_status(mote_trie_read(context, &value, &view, entries[1].key), MOTE_OK);
    assert_int_equal(value.state, MOTE_VALUE_PRESENT);
    view.root = naive_hash(leaf);
    assert_status(mote_trie_read(context, &value, &view, naive_hex("0b05")), MOTE_OK);
    assert_int_equal(value.state, MOTE_VALUE_HASH_ONLY);
    assert_memory_equal(value.value_hash.bytes, hash.data, 32);
    view.root = naive_hash(branch);
    assert_status(mote_trie_read(context, &value, &view, naive_hex("0b")), MOTE_E_PROOF_INCOMPLETE);
    assert_status(mote_trie_read(context, &value, &view, naive_hex("1b")), MOTE_E_PROOF_INCOMPLETE);
}

/* --- roots in parts --------------------------------------------------------------------------- */

static void check_in_parts(mote_trie_entry *entries, size_t count, size_t expected_parts) {
    for (int version = 0; version < 2; version++) {
        mote_context *context = fixture_context(1);
        mote_hash root, expected = naive_root(naive_trie(entries, count, (naive_version)version));
        mote_trie_part parts[64];
        size_t parts_count = 64;
        assert_status(mote_trie_root_split(context, parts, &parts_count, entries, count), MOTE_OK);
        assert_int_equal(parts_count, expected_parts);
        for (size_t i = 0; i < parts_count; i++)
            assert_status(
                mote_trie_root_part(context, &parts[i], entries, (mote_state_version)version),
                MOTE_OK);
        assert_status(mote_trie_root_join(context, &root, parts, parts_count, entries,
                                          (mote_state_version)version),
                      MOTE_OK);
        assert_memory_equal(root.bytes, expected.bytes, 32);
    }
}

static void parts_of_odd_states(void **unused) {
    (void)unused;
    mote_trie_entry one[] = {pair("1234", naive_repeat(7, 40))};
    mote_trie_entry empty_key[] = {pair("", naive_repeat(7, 3))};
    mote_trie_entry below_empty[] = {pair("ff", nothing), pair("", naive_repeat(7, 50))};
    mote_trie_entry one_nibble[] = {pair("a1", naive_repeat(1, 1)), pair("a2", naive_repeat(2, 33)),
                                    pair("a2ff", naive_repeat(3, 2000)), pair("af", nothing)};
    mote_trie_entry chain[20];
    for (size_t i = 0; i < 20; i++)
        chain[i] = (mote_trie_entry){naive_repeat(0x77, i), naive_repeat((uint8_t)i, 3 * i)};
    check_in_parts(NULL, 0, 0);
    check_in_parts(one, 1, 1);
    check_in_parts(empty_key, 1, 1);
    check_in_parts(below_empty, 2, 2);
    check_in_parts(one_nibble, 4, 4);
    check_in_parts(chain, 20, 20);
}

static void parts_that_are_not_done_or_not_asked_for(void **unused) {
    (void)unused;
    mote_trie_entry entries[] = {pair("10", naive_repeat(1, 40)), pair("20", naive_repeat(2, 40)),
                                 pair("", naive_repeat(3, 40))};
    mote_trie_entry twice[] = {pair("10", nothing), pair("20", nothing), pair("10", nothing)};
    mote_context *context = fixture_context(1);
    mote_trie_part parts[20];
    mote_hash root;
    size_t count = 0;
    assert_status(mote_trie_root_split(context, parts, &count, entries, 3), MOTE_E_BAD_ARGUMENT);
    count = 20;
    assert_status(mote_trie_root_split(context, parts, &count, twice, 3), MOTE_E_BAD_ARGUMENT);
    assert_int_equal(count, 0);
    count = 20;
    assert_status(mote_trie_root_split(context, parts, &count, entries, 3), MOTE_OK);
    assert_int_equal(count, 3);
    assert_true(parts[0].is_key && !parts[1].is_key && !parts[2].is_key);
    const mote_state_version none = (mote_state_version)2;
    assert_status(mote_trie_root_part(context, &parts[1], entries, none), MOTE_E_BAD_ARGUMENT);
    assert_status(mote_trie_root_part(context, &parts[1], entries, MOTE_STATE_V0), MOTE_OK);
    assert_status(mote_trie_root_join(context, &root, parts, 3, entries, MOTE_STATE_V0),
                  MOTE_E_BAD_ARGUMENT);
    assert_int_equal(context->fault.index, 2);
    mote_context short_of_memory;
    uint8_t memory[100];
    mote_context_init(&short_of_memory, memory, sizeof memory, context->seed);
    assert_status(mote_trie_root_part(&short_of_memory, &parts[2], entries, MOTE_STATE_V0),
                  MOTE_E_LIMIT_MEMORY);
    assert_int_equal(short_of_memory.used, 0);
    assert_status(mote_trie_root_part(context, &parts[2], entries, MOTE_STATE_V0), MOTE_OK);
    assert_status(mote_trie_root_join(context, &root, parts, 3, entries, none),
                  MOTE_E_BAD_ARGUMENT);
    assert_status(mote_trie_root_join(context, &root, parts, 3, entries, MOTE_STATE_V0), MOTE_OK);
    mote_hash expected = naive_root(naive_trie(entries, 3, NAIVE_V0));
    assert_memory_equal(root.bytes, expected.bytes, 32);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nibbles_of_bytes),
        cmocka_unit_test(common_nibbles),
        cmocka_unit_test(common_nibbles_of_long_runs),
        cmocka_unit_test(partial_keys_are_written_packed),
        cmocka_unit_test(memory_bound_of_loading),
        cmocka_unit_test(memory_bound_of_recorded_proofs),
        cmocka_unit_test(ten_thousand_keys),
        cmocka_unit_test(a_mebibyte_of_the_shortest_nodes),
        cmocka_unit_test(only_evidence_is_read_under),
        cmocka_unit_test(values_carry_the_state_they_are_true_in),
        cmocka_unit_test(names_of_value_states),
        cmocka_unit_test(too_long_or_too_small),
        cmocka_unit_test(keys_too_long_to_tell),
        cmocka_unit_test(a_reader_forgets_nothing_it_needs),
        cmocka_unit_test(a_reader_needs_evidence_memory_and_a_root),
        cmocka_unit_test(roots_of_little),
        cmocka_unit_test(memory_bound_of_roots),
        cmocka_unit_test(values_that_are_spelled_like_nodes),
        cmocka_unit_test(parts_of_odd_states),
        cmocka_unit_test(parts_that_are_not_done_or_not_asked_for),
    };
    return cmocka_run_group_tests_name("unit/trie", tests, NULL, NULL);
}
