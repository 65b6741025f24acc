/* SPDX-License-Identifier: Apache-2.0 */
/* Every small trie over a few keys, with every kind of value and in every state version, against
 * the naive second implementation: roots, proofs of each key, proofs with anything missing,
 * compact proofs, enumerations, next keys, Merkle values. */
#include "fixture.h"
#include "naive_trie.h"
#include "proof_index.h"

/* Keys of none, one and two bytes that share all lengths of prefix; every key is asked for in
 * every trie. */
static const char *const universe[] = {"",     "00",   "01",   "10",   "11",   "0000",
                                       "0001", "0010", "0100", "1011", "1110", "1111"};
#define KEYS (sizeof universe / sizeof *universe)
#define MOST_KEYS 5u

static mote_bytes keys[KEYS];
static size_t tries, proofs, readings;

/* Of 1, 33, 0 or 32 bytes; another one for each key. */
static mote_bytes value_of(unsigned kind, unsigned key) {
    static const size_t sizes[] = {1, 33, 0, 32};
    return naive_repeat((uint8_t)(16 * kind + key), sizes[kind]);
}

static void check_same_value(const mote_proven_value *a, const mote_proven_value *b) {
    assert_int_equal(a->state, b->state);
    assert_true(mote_bytes_equal(a->value, b->value));
    assert_memory_equal(a->value_hash.bytes, b->value_hash.bytes, 32);
}

/* Keys in an order that changes: each as if it were asked for alone. */
static void check_reader(mote_context *context, const mote_trie_view *view, const naive_node *root,
                         const naive_list *known) {
    size_t mark = mote_context_mark(context);
    mote_trie_reader *reader;
    mote_status began = mote_trie_reader_begin(context, &reader, view);
    for (size_t i = 0; began == MOTE_OK && i < 2 * KEYS; i++) {
        const mote_bytes key = keys[i < KEYS ? i : (7 * i + readings) % KEYS];
        mote_proven_value got, expected;
        mote_status status = naive_read(&expected, root, known, key);
        assert_status(mote_trie_reader_read(context, reader, &got, key), status);
        check_same_value(&got, &expected);
    }
    mote_context_release(context, mark);
}

static void check_readings(mote_context *context, const mote_trie_view *view,
                           const naive_node *root, const naive_list *known) {
    check_reader(context, view, root, known);
    for (size_t k = 0; k < KEYS; k++) {
        mote_proven_value got, expected, by_path;
        mote_path_step steps[8];
        size_t count = 8;
        mote_status status = naive_read(&expected, root, known, keys[k]);
        assert_status(mote_trie_read(context, &got, view, keys[k]), status);
        check_same_value(&got, &expected);
        assert_status(mote_trie_path(context, &by_path, steps, &count, view, keys[k]), status);
        check_same_value(&by_path, &expected);
        readings++;
    }
}

typedef struct told_keys {
    mote_bytes keys[16];
    mote_proven_value values[16];
    size_t count;
} told_keys;

static void tell(void *user, mote_bytes key, const mote_proven_value *value) {
    told_keys *told = user;
    assert_true(told->count < 16);
    told->keys[told->count] = key;
    told->values[told->count++] = *value;
}

static void check_scan(mote_context *context, const mote_trie_view *view, const naive_node *root,
                       const naive_list *known, mote_bytes prefix) {
    told_keys told = {{{NULL, 0}}, {{MOTE_VALUE_UNKNOWN, {NULL, 0}, {{0}}, {0}}}, 0};
    mote_status expected = naive_scan(root, known, prefix, tell, &told);
    size_t mark = mote_context_mark(context), found = 0;
    mote_trie_scan *scan = NULL;
    mote_status status = mote_trie_scan_begin(context, &scan, view, prefix);
    while (status == MOTE_OK) {
        bool more;
        mote_bytes key;
        mote_proven_value value;
        status = mote_trie_scan_next(context, scan, &more, &key, &value);
        if (status != MOTE_OK || !more) break;
        assert_true(found < told.count);
        assert_true(mote_bytes_equal(key, told.keys[found]));
        check_same_value(&value, &told.values[found]);
        found++;
    }
    assert_status(status, expected);
    assert_int_equal(found, told.count);
    mote_context_release(context, mark);
}

static told_keys content; /* of the trie that is being looked at */

static void learn_content(const naive_node *root, const naive_list *all) {
    content.count = 0;
    assert_int_equal(naive_scan(root, all, (mote_bytes){NULL, 0}, tell, &content), MOTE_OK);
}

/* The smallest key of the whole trie that is greater than `key` and begins with `prefix`. */
static bool naive_next(mote_bytes *next, mote_bytes key, mote_bytes prefix) {
    for (size_t i = 0; i < content.count; i++) {
        *next = content.keys[i];
        if (mote_bytes_compare(*next, key) > 0 && mote_bytes_starts_with(*next, prefix))
            return true;
    }
    return false;
}

/* What is said is true, and it is said where the paths to the key, the prefix and the next key
 * are all there. */
static void check_next(mote_context *context, const mote_trie_view *view, mote_bytes key,
                       mote_bytes prefix, bool must_know) {
    uint8_t out[MOTE_MAX_KEY_SIZE];
    size_t size;
    bool found;
    mote_bytes expected = {NULL, 0};
    mote_status status = mote_trie_next_key(context, &found, out, &size, view, key, prefix);
    if (status != MOTE_OK) {
        assert_status(status, MOTE_E_PROOF_INCOMPLETE);
        assert_false(must_know);
        assert_false(found);
        return;
    }
    assert_int_equal(found, naive_next(&expected, key, prefix));
    if (found) assert_true(mote_bytes_equal((mote_bytes){out, size}, expected));
}

static void check_all_next(mote_context *context, const mote_trie_view *view, bool must_know) {
    for (size_t k = 0; k < KEYS; k++) {
        for (size_t p = 0; p < 6; p++) check_next(context, view, keys[k], keys[p], must_know);
    }
}

static void load(mote_context *context, mote_proof *proof, const naive_node *root,
                 const naive_list *list, mote_proof_mode mode) {
    mote_hash hash = naive_root(root);
    mote_state_root state = mote_state_assumed(&hash);
    assert_status(mote_proof_load(context, proof, &state, naive_scale(list), mode), MOTE_OK);
    assert_true(proof->index->bytes <= 4096);
    proofs++;
}

/* The proof of a set of keys (bits of `asked`): what it shows about every key, and in compact
 * form. */
static void check_proof_of(const naive_node *root, unsigned asked, bool long_way) {
    mote_context *context = fixture_context(1);
    naive_list list = {NULL, 0, 0}, compact = {NULL, 0, 0};
    mote_proof proof, from_compact;
    for (size_t k = 0; k < KEYS; k++) {
        if ((asked >> k & 1) != 0) naive_prove(&list, root, keys[k]);
    }
    load(context, &proof, root, &list, MOTE_PROOF_STRICT);
    mote_trie_view view = mote_proof_main(&proof);
    check_readings(context, &view, root, &list);
    check_scan(context, &view, root, &list, keys[0]);
    check_scan(context, &view, root, &list, keys[1]);
    if (list.count == 0) return;
    naive_compact(&compact, root, &list);
    mote_hash hash = naive_root(root);
    mote_state_root state = mote_state_assumed(&hash);
    assert_status(mote_proof_load_compact(context, &from_compact, &state, naive_scale(&compact)),
                  MOTE_OK);
    view = mote_proof_main(&from_compact);
    check_readings(context, &view, root, &list);
    if (long_way) check_all_next(context, &view, false);
}

static void check_missing(const naive_node *root, const naive_list *all) {
    for (size_t i = 0; i < all->count; i++) {
        mote_context *context = fixture_context(1);
        naive_list rest = naive_without(all, i);
        mote_proof proof;
        mote_hash hash = naive_root(root);
        mote_state_root state = mote_state_assumed(&hash);
        if (naive_has(&rest, root->encoding)) {
            load(context, &proof, root, &rest, MOTE_PROOF_LENIENT);
            mote_trie_view view = mote_proof_main(&proof);
            check_readings(context, &view, root, &rest);
            check_scan(context, &view, root, &rest, keys[0]);
            check_scan(context, &view, root, &rest, keys[4]);
            check_all_next(context, &view, false);
        } else {
            mote_status expected = rest.count == 0 ? MOTE_E_PROOF_INCOMPLETE : MOTE_E_ROOT_MISMATCH;
            assert_status(
                mote_proof_load(context, &proof, &state, naive_scale(&rest), MOTE_PROOF_LENIENT),
                expected);
        }
    }
}

static void check_next_is_known(const naive_node *root, size_t key) {
    mote_context *context = fixture_context(1);
    naive_list list = {NULL, 0, 0};
    mote_bytes next = {NULL, 0};
    mote_proof proof;
    naive_prove(&list, root, keys[key]);
    if (naive_next(&next, keys[key], keys[0])) naive_prove(&list, root, next);
    load(context, &proof, root, &list, MOTE_PROOF_STRICT);
    mote_trie_view view = mote_proof_main(&proof);
    check_next(context, &view, keys[key], keys[0], true);
}

static void check_merkle_values(mote_context *context, const mote_trie_view *view,
                                const naive_node *root) {
    for (unsigned size = 0; size <= 5; size++) {
        for (unsigned bits = 0; bits < 1u << size; bits++) {
            uint8_t nibbles[5];
            mote_merkle_value merkle;
            for (unsigned i = 0; i < size; i++) nibbles[i] = bits >> i & 1;
            mote_bytes expected = naive_merkle(root, (mote_bytes){nibbles, size});
            assert_status(mote_trie_merkle_value(context, &merkle, view, nibbles, size), MOTE_OK);
            assert_true(mote_bytes_equal((mote_bytes){merkle.bytes, merkle.size}, expected));
        }
    }
}

static void check_root(const mote_trie_entry *entries, size_t count, const naive_node *root,
                       naive_version version) {
    mote_trie_entry shuffled[MOST_KEYS];
    mote_hash got, expected = naive_root(root);
    for (size_t i = 0; i < count; i++) shuffled[i] = entries[(i + tries) % count];
    mote_state_version state_version = version == NAIVE_V0 ? MOTE_STATE_V0 : MOTE_STATE_V1;
    assert_status(mote_trie_root(fixture_other_context(1), &got, shuffled, count, state_version),
                  MOTE_OK);
    assert_memory_equal(got.bytes, expected.bytes, 32);
    for (size_t room = 1; room < 60; room += 16) {
        mote_context *context = fixture_other_context(1);
        mote_trie_part parts[60];
        size_t parts_count = room;
        assert_status(mote_trie_root_split(context, parts, &parts_count, shuffled, count), MOTE_OK);
        for (size_t i = parts_count; i > 0; i--)
            assert_status(mote_trie_root_part(context, &parts[i - 1], shuffled, state_version),
                          MOTE_OK);
        assert_status(
            mote_trie_root_join(context, &got, parts, parts_count, shuffled, state_version),
            MOTE_OK);
        assert_memory_equal(got.bytes, expected.bytes, 32);
    }
}

static void check_trie(const mote_trie_entry *entries, size_t count, naive_version version) {
    naive_node *root = naive_trie(entries, count, version);
    naive_list all = {NULL, 0, 0};
    mote_proof proof;
    if (version == NAIVE_V0 || version == NAIVE_V1) check_root(entries, count, root, version);
    naive_prove_all(&all, root);
    learn_content(root, &all);
    mote_context *context = fixture_context(1);
    load(context, &proof, root, &all, MOTE_PROOF_STRICT);
    mote_trie_view view = mote_proof_main(&proof);
    check_all_next(context, &view, true);
    check_merkle_values(context, &view, root);
    check_proof_of(root, (1u << KEYS) - 1, true);
    for (size_t k = 0; k < KEYS; k++) check_proof_of(root, 1u << k, false);
    for (size_t k = 0; k < KEYS; k++) check_next_is_known(root, k);
    /* Of a trie with few keys, the proofs of many sets of keys. */
    if (count <= 3) {
        for (unsigned asked = 1; asked < 1u << KEYS; asked += 97) check_proof_of(root, asked, true);
    }
    if (root != NULL) check_missing(root, &all);
    tries++;
    naive_reset();
}

/* Keys are below this: nothing, or where values are roots of child tries too. */
static const char *below = "";

static mote_bytes key_of(unsigned k) {
    const mote_bytes rest = naive_hex(universe[k]);
    const size_t size = strlen(below);
    uint8_t *joined = naive_take(size + rest.size);
    if (size > 0) memcpy(joined, below, size);
    if (rest.size > 0) memcpy(joined + size, rest.data, rest.size);
    return (mote_bytes){joined, size + rest.size};
}

/* Values of the keys in turn: `pattern` has two bits for each. */
static void check_subset(unsigned subset, unsigned pattern, naive_version version) {
    mote_trie_entry entries[MOST_KEYS];
    size_t count = 0;
    for (unsigned k = 0; k < KEYS; k++) {
        keys[k] = key_of(k);
        if ((subset >> k & 1) == 0) continue;
        entries[count] = (mote_trie_entry){keys[k], value_of(pattern >> 2 * count & 3, k)};
        count++;
    }
    check_trie(entries, count, version);
}

static unsigned bits_in(unsigned set) {
    unsigned count = 0;
    for (; set != 0; set &= set - 1) count++;
    return count;
}

static void all_small_tries(void **unused) {
    (void)unused;
    /* All of one kind of value; and one of each in turn. */
    static const unsigned patterns[] = {0x000, 0x155, 0x0e4, 0x31b};
    unsigned most = fixture_effort() == FIXTURE_SMALL    ? 2
                    : fixture_effort() == FIXTURE_NORMAL ? 3
                                                         : MOST_KEYS;
    for (unsigned subset = 0; subset < 1u << KEYS; subset++) {
        unsigned count = bits_in(subset);
        if (count > MOST_KEYS) continue;
        for (unsigned p = 0; p < 4; p++) {
            /* Beyond the effort asked for: each with one pattern and one version. */
            if (count > most && p != subset % 4) continue;
            if (fixture_effort() == FIXTURE_SMALL && count > most && subset % 64 != 0) continue;
            check_subset(subset, patterns[p], NAIVE_V1);
            if (count > most) continue;
            check_subset(subset, patterns[p], p % 2 == 0 ? NAIVE_V0 : NAIVE_MIXED);
            if (count < most) check_subset(subset, patterns[p], NAIVE_HASH_ALL);
        }
    }
    print_message("%zu tries, %zu proofs, %zu readings\n", tries, proofs, readings);
}

static void small_tries_of_child_trie_roots(void **unused) {
    (void)unused;
    static const unsigned patterns[] = {0x0, 0x5, 0xf, 0xd};
    below = ":child_storage:default:";
    for (unsigned subset = 1; subset < 1u << KEYS; subset++) {
        if (bits_in(subset) > 2) continue;
        for (unsigned p = 0; p < 4; p++) {
            check_subset(subset, patterns[p], NAIVE_V1);
            check_subset(subset, patterns[p], NAIVE_HASH_ALL);
        }
    }
    below = "";
}

/* Keys that end in the middle of a byte belong to nobody: they are passed over. */
static void keys_of_odd_length(void **unused) {
    (void)unused;
    mote_bytes all_keys[15];
    size_t made = 0, checked = 0;
    for (unsigned subset = 1; subset < 1u << 15; subset++) {
        if (bits_in(subset) > 3) continue;
        mote_trie_entry entries[3];
        size_t count = 0;
        made = 0;
        for (unsigned size = 0; size <= 3; size++) {
            for (unsigned bits = 0; bits < 1u << size; bits++) {
                uint8_t nibbles[3];
                for (unsigned i = 0; i < size; i++) nibbles[i] = bits >> i & 1;
                all_keys[made++] = naive_copy((mote_bytes){nibbles, size});
            }
        }
        for (unsigned k = 0; k < 15; k++) {
            if ((subset >> k & 1) != 0)
                entries[count++] = (mote_trie_entry){all_keys[k], value_of(subset % 4, k)};
        }
        for (unsigned k = 0; k < KEYS; k++) keys[k] = naive_hex(universe[k]);
        naive_node *root =
            naive_trie_of_nibbles(entries, count, subset % 2 == 0 ? NAIVE_V0 : NAIVE_V1);
        naive_list all = {NULL, 0, 0};
        mote_context *context = fixture_context(1);
        mote_proof proof;
        naive_prove_all(&all, root);
        learn_content(root, &all);
        load(context, &proof, root, &all, MOTE_PROOF_STRICT);
        mote_trie_view view = mote_proof_main(&proof);
        check_readings(context, &view, root, &all);
        for (size_t p = 0; p < 6; p++) check_scan(context, &view, root, &all, keys[p]);
        check_all_next(context, &view, true);
        checked++;
        naive_reset();
    }
    assert_int_equal(checked, 15 + 105 + 455);
}

/* Tries with keys and values of all lengths up to beyond what one byte of a length holds: roots
 * only. */
static void random_roots(void **unused) {
    (void)unused;
    uint64_t random = 20251121;
    size_t rounds = fixture_times(400);
    for (size_t round = 0; round < rounds; round++) {
        mote_trie_entry entries[40];
        size_t count = 1 + fixture_random(&random) % 40, kept = 0;
        uint8_t alphabet = (uint8_t)(1u << fixture_random(&random) % 8);
        for (size_t i = 0; i < count; i++) {
            size_t key_size = fixture_random(&random) % (round % 10 == 0 ? 400 : 6);
            size_t value_size = fixture_random(&random) % (round % 7 == 0 ? 3000 : 70);
            uint8_t *key = naive_take(key_size + 1);
            /* Many share a long beginning. */
            for (size_t b = 0; b < key_size; b++) {
                key[b] = b + 3 < key_size && round % 10 == 0
                             ? 0x77
                             : (uint8_t)(fixture_random(&random) & alphabet);
            }
            mote_bytes bytes = {key, key_size};
            bool repeated = false;
            for (size_t j = 0; j < kept; j++) repeated |= mote_bytes_equal(entries[j].key, bytes);
            if (!repeated)
                entries[kept++] = (mote_trie_entry){bytes, naive_repeat((uint8_t)i, value_size)};
        }
        for (int version = 0; version < 2; version++) {
            mote_hash expected = naive_root(naive_trie(entries, kept, (naive_version)version)), got;
            mote_trie_entry sorted[40];
            memcpy(sorted, entries, sizeof sorted);
            assert_status(
                mote_trie_root(fixture_context(4), &got, sorted, kept, (mote_state_version)version),
                MOTE_OK);
            assert_memory_equal(got.bytes, expected.bytes, 32);
        }
        naive_reset();
    }
}

static void ordered_roots(void **unused) {
    (void)unused;
    /* Compact(index) has one, two and four bytes; sorting by bytes is not sorting by index. */
    static const size_t counts[] = {0, 1, 2, 3, 16, 17, 63, 64, 65, 66, 200, 16383, 16386};
    size_t runs = fixture_effort() == FIXTURE_SMALL ? 11 : 13;
    for (size_t c = 0; c < runs; c++) {
        size_t count = counts[c];
        mote_bytes *items = calloc(count + 1, sizeof *items);
        mote_trie_entry *entries = calloc(count + 1, sizeof *entries);
        assert_non_null(items);
        assert_non_null(entries);
        for (size_t i = 0; i < count; i++) {
            items[i] = naive_repeat((uint8_t)i, 20 + i % 30);
            mote_bytes with_length = naive_vec(naive_repeat(0, i)); /* Compact(i) in front */
            entries[i] = (mote_trie_entry){{with_length.data, with_length.size - i}, items[i]};
        }
        for (int version = 0; version < 2; version++) {
            mote_hash got,
                expected = naive_root(naive_trie(entries, count, (naive_version)version));
            mote_context *context = fixture_context(16);
            size_t before = context->most_used;
            assert_status(
                mote_ordered_trie_root(context, &got, items, count, (mote_state_version)version),
                MOTE_OK);
            assert_memory_equal(got.bytes, expected.bytes, 32);
            assert_int_equal(context->used, 0);
            assert_true(context->most_used - before <= mote_trie_root_memory(count, 4));
        }
        free(items);
        free(entries);
        naive_reset();
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_small_tries),    cmocka_unit_test(small_tries_of_child_trie_roots),
        cmocka_unit_test(keys_of_odd_length), cmocka_unit_test(random_roots),
        cmocka_unit_test(ordered_roots),
    };
    return cmocka_run_group_tests_name("model/trie", tests, NULL, NULL);
}
