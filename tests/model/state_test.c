/* SPDX-License-Identifier: Apache-2.0 */
/* Random changes to a state in memory and to a list of keys and values; the root is that of a trie built from the
 * list by a second implementation, and every key and every next key are the list's. */
#include "fixture.h"
#include "naive_trie.h"
#include "state_units.h"

#include "mote/state.h"

#define MOST_KEYS 4000u
#define CHILDREN 3

/* --- the list --------------------------------------------------------------------------------- */

typedef struct item {
    uint8_t key[12];
    size_t key_size;
    uint8_t *value;
    size_t value_size;
} item;

typedef struct list {
    item items[MOST_KEYS];
    size_t count;
} list;

static list lists[1 + CHILDREN];

static mote_bytes key_of(const item *of) {
    return (mote_bytes){of->key, of->key_size};
}

static item *find(list *in, mote_bytes key) {
    for (size_t i = 0; i < in->count; i++) {
        if (mote_bytes_equal(key_of(&in->items[i]), key)) return &in->items[i];
    }
    return NULL;
}

static void list_remove(list *in, mote_bytes key) {
    item *at = find(in, key);
    if (at == NULL) return;
    free(at->value);
    *at = in->items[--in->count];
}

static void list_put(list *in, mote_bytes key, mote_bytes value) {
    list_remove(in, key);
    assert_true(in->count < MOST_KEYS);
    item *at = &in->items[in->count++];
    memcpy(at->key, key.data, key.size);
    at->key_size = key.size;
    at->value = fixture_copy(value);
    at->value_size = value.size;
}

static size_t list_clear(list *in, mote_bytes prefix) {
    size_t removed = 0;
    for (size_t i = 0; i < in->count;) {
        if (mote_bytes_starts_with(key_of(&in->items[i]), prefix)) {
            free(in->items[i].value);
            in->items[i] = in->items[--in->count];
            removed++;
        } else {
            i++;
        }
    }
    return removed;
}

static const item *list_next(const list *in, const mote_bytes *key, mote_bytes prefix) {
    const item *best = NULL;
    for (size_t i = 0; i < in->count; i++) {
        mote_bytes at = key_of(&in->items[i]);
        if (!mote_bytes_starts_with(at, prefix)) continue;
        if (key != NULL && mote_bytes_compare(at, *key) <= 0) continue;
        if (best == NULL || mote_bytes_compare(at, key_of(best)) < 0) best = &in->items[i];
    }
    return best;
}

static mote_hash list_root(const list *in, naive_version version) {
    mote_trie_entry *entries = naive_take((in->count + 1) * sizeof *entries);
    for (size_t i = 0; i < in->count; i++) {
        const item *at = &in->items[i];
        entries[i] = (mote_trie_entry){key_of(at), {at->value, at->value_size}};
    }
    return naive_root(naive_trie(entries, in->count, version));
}

/* --- random cases ----------------------------------------------------------------------------- */

static uint64_t random_state;

static size_t below(size_t limit) {
    return (size_t)(fixture_random(&random_state) % limit);
}

/* Few different bytes, so that keys begin alike, and are beginnings of each other. */
static mote_bytes random_key(uint8_t out[12], size_t longest) {
    static const uint8_t alphabet[] = {0x00, 0x01, 0x10, 0x11, 0x1f, 0xf1};
    size_t size = below(longest + 1);
    for (size_t i = 0; i < size; i++) out[i] = alphabet[below(sizeof alphabet)];
    return (mote_bytes){out, size};
}

/* The lowest bit of the first byte tells the naive trie of mixed versions whether the value is stored by hash. */
static mote_bytes random_value(uint8_t out[2000], mote_state_version version) {
    static const size_t sizes[] = {0, 1, 2, 31, 32, 33, 34, 64, 100, 1100, 2000};
    size_t size = below(4) == 0 ? sizes[below(sizeof sizes / sizeof sizes[0])] : below(70);
    for (size_t i = 0; i < size; i++) out[i] = (uint8_t)fixture_random(&random_state);
    if (size > 0) out[0] = (uint8_t)((out[0] & 0xfe) | (version == MOTE_STATE_V1 && size > 32));
    return (mote_bytes){out, size};
}

typedef struct world {
    mote_context *context;
    mote_state *state;
    size_t refused; /* for want of memory */
    size_t removed;
} world;

static void check_get(world *w, const mote_bytes *child, list *in, mote_bytes key) {
    bool found;
    mote_bytes value;
    assert_status(mote_state_get(w->context, &found, &value, w->state, child, key), MOTE_OK);
    const item *expected = find(in, key);
    assert_int_equal(found, expected != NULL);
    if (found)
        assert_true(mote_bytes_equal(value, (mote_bytes){expected->value, expected->value_size}));
}

static void check_next(world *w, const mote_bytes *child, const list *in, mote_bytes key,
                       mote_bytes prefix) {
    bool found;
    mote_bytes next;
    const mote_bytes *after = below(4) == 0 ? NULL : &key;
    assert_status(mote_state_next(w->context, &found, &next, w->state, child, after, prefix),
                  MOTE_OK);
    /* The main trie has the roots of child tries too. */
    while (found && mote_trie_is_child_root_key(next)) {
        const mote_bytes at = next;
        assert_null(child);
        assert_status(mote_state_next(w->context, &found, &next, w->state, child, &at, prefix),
                      MOTE_OK);
    }
    const item *expected = list_next(in, after, prefix);
    assert_int_equal(found, expected != NULL);
    if (found) assert_true(mote_bytes_equal(next, key_of(expected)));
}

static void step(world *w, const mote_bytes *child, list *in, mote_state_version version) {
    uint8_t key_bytes[12], prefix_bytes[12], value_bytes[2000];
    mote_bytes key = random_key(key_bytes, 5);
    mote_bytes prefix = random_key(prefix_bytes, below(64) == 0 ? 1 : 4);
    mote_bytes value = random_value(value_bytes, version);
    size_t kind = below(100);
    uint64_t removed = 0;
    check_next(w, child, in, key, below(2) == 0 ? (mote_bytes){NULL, 0} : prefix);
    if (kind < 66) {
        mote_status status = mote_state_put(w->context, w->state, child, key, value, version);
        if (status == MOTE_OK) {
            list_put(in, key, value);
        } else {
            assert_status(status, MOTE_E_LIMIT_MEMORY);
            w->refused++;
        }
    } else if (kind < 98) {
        if (in->count > 0 && below(3) > 0) key = key_of(&in->items[below(in->count)]);
        memcpy(prefix_bytes, key.data, key.size);
        key.data = prefix_bytes;
        assert_status(mote_state_remove(w->context, w->state, child, key), MOTE_OK);
        list_remove(in, key);
    } else if (child != NULL || lists[1].count + lists[2].count + lists[3].count == 0) {
        assert_status(mote_state_clear_prefix(w->context, w->state, &removed, child, prefix),
                      MOTE_OK);
        assert_int_equal(removed, list_clear(in, prefix));
        w->removed += removed;
    }
    check_get(w, child, in, key);
}

static bool is_checked(size_t at) {
    return at < 2000 || at % 100 == 0;
}

/* --- one trie, both versions in it ------------------------------------------------------------ */

static world open_world(size_t size) {
    static uint64_t memory[(1u << 20) / 8];
    world w = {fixture_context(4), NULL, 0, 0};
    size_t shift = ((uintptr_t)memory % 16) / 8;
    assert_status(mote_state_open(w.context, &w.state, memory + shift, size - 8), MOTE_OK);
    for (size_t i = 0; i <= CHILDREN; i++) (void)list_clear(&lists[i], (mote_bytes){NULL, 0});
    return w;
}

static void close_world(world *w) {
    uint64_t removed;
    const mote_bytes all = {NULL, 0};
    assert_status(mote_state_clear_prefix(w->context, w->state, &removed, NULL, all), MOTE_OK);
    mote_state_usage usage = mote_state_usage_of(w->state);
    assert_int_equal(usage.keys, 0);
    assert_int_equal(usage.child_tries, 0);
    assert_int_equal(usage.bytes_used, 0);
    mote_hash root = mote_state_root_of(w->state);
    assert_memory_equal(root.bytes, mote_trie_empty_root.bytes, 32);
}

static void mixed_versions(size_t memory, size_t steps) {
    world w = open_world(memory);
    size_t checked = 0, most = 0;
    for (size_t i = 0; i < steps; i++) {
        step(&w, NULL, &lists[0], (mote_state_version)below(2));
        if (lists[0].count > most) most = lists[0].count;
        if (!is_checked(i)) continue;
        mote_hash got = root_by_units(w.state, &random_state),
                  expected = list_root(&lists[0], NAIVE_MIXED);
        assert_memory_equal(got.bytes, expected.bytes, 32);
        assert_int_equal(mote_state_usage_of(w.state).keys, lists[0].count);
        naive_reset();
        checked++;
    }
    print_message("%zu changes, %zu roots, up to %zu keys, %zu refused, %zu cleared\n", steps,
                  checked, most, w.refused, w.removed);
    close_world(&w);
}

static void random_changes(void **unused) {
    (void)unused;
    random_state = 4;
    mixed_versions(1u << 20, fixture_times(100000));
}

/* The same in a memory that is always full: what is refused changes nothing. */
static void random_changes_in_a_full_memory(void **unused) {
    (void)unused;
    random_state = 5;
    mixed_versions(1u << 14, fixture_times(40000));
}

/* --- child tries ------------------------------------------------------------------------------ */

static const mote_bytes child_keys[CHILDREN] = {
    {(const uint8_t *)"a", 1}, {(const uint8_t *)"ab", 2}, {(const uint8_t *)"\x10", 1}};

static mote_hash world_root(naive_version version) {
    mote_hash roots[CHILDREN];
    uint8_t keys[CHILDREN][32];
    mote_trie_entry *entries = naive_take((lists[0].count + CHILDREN + 1) * sizeof *entries);
    size_t count = 0;
    for (; count < lists[0].count; count++) {
        const item *at = &lists[0].items[count];
        entries[count] = (mote_trie_entry){key_of(at), {at->value, at->value_size}};
    }
    for (size_t c = 0; c < CHILDREN; c++) {
        if (lists[c + 1].count == 0) continue;
        const size_t prefix = sizeof MOTE_CHILD_TRIE_PREFIX - 1;
        memcpy(keys[c], MOTE_CHILD_TRIE_PREFIX, prefix);
        memcpy(keys[c] + prefix, child_keys[c].data, child_keys[c].size);
        roots[c] = list_root(&lists[c + 1], version);
        entries[count++] =
            (mote_trie_entry){{keys[c], prefix + child_keys[c].size}, {roots[c].bytes, 32}};
    }
    return naive_root(naive_trie(entries, count, version));
}

static void check_child_roots(world *w, naive_version version) {
    for (size_t c = 0; c < CHILDREN; c++) {
        mote_hash got, expected = list_root(&lists[c + 1], version);
        assert_status(mote_state_child_root(w->context, &got, w->state, child_keys[c]), MOTE_OK);
        assert_memory_equal(got.bytes, expected.bytes, 32);
    }
}

static void child_tries(void **unused) {
    (void)unused;
    for (int version = 0; version < 2; version++) {
        random_state = 6 + (uint64_t)version;
        world w = open_world(1u << 19);
        size_t steps = fixture_times(20000), checked = 0;
        for (size_t i = 0; i < steps; i++) {
            size_t c = below(CHILDREN + 1);
            if (i % 4000 > 3990) {
                /* Sometimes the child tries go away altogether. */
                uint64_t removed;
                c = 1 + i % CHILDREN;
                assert_status(mote_state_clear_prefix(w.context, w.state, &removed,
                                                      &child_keys[c - 1], (mote_bytes){NULL, 0}),
                              MOTE_OK);
                assert_int_equal(removed, list_clear(&lists[c], (mote_bytes){NULL, 0}));
            }
            step(&w, c == 0 ? NULL : &child_keys[c - 1], &lists[c], (mote_state_version)version);
            if (!is_checked(i)) continue;
            mote_hash got = root_by_units(w.state, &random_state),
                      expected = world_root((naive_version)version);
            assert_memory_equal(got.bytes, expected.bytes, 32);
            check_child_roots(&w, (naive_version)version);
            naive_reset();
            checked++;
        }
        print_message("%zu changes, %zu roots, %zu refused\n", steps, checked, w.refused);
        for (size_t c = 0; c < CHILDREN; c++) {
            uint64_t removed;
            assert_status(mote_state_clear_prefix(w.context, w.state, &removed, &child_keys[c],
                                                  (mote_bytes){NULL, 0}),
                          MOTE_OK);
        }
        close_world(&w);
    }
}

/* --- proofs ----------------------------------------------------------------------------------- */

static bool same_set(const naive_list *expected, mote_bytes scale) {
    mote_cursor cursor = mote_cursor_over(scale);
    uint32_t count = mote_read_count(&cursor, 1, UINT32_MAX);
    bool same = count == expected->count;
    for (uint32_t i = 0; i < count; i++) same &= naive_has(expected, mote_read_vec_u8(&cursor));
    return same && cursor.status == MOTE_OK && mote_cursor_left(&cursor) == 0;
}

static mote_bytes prove(world *w, const mote_state_query *queries, size_t count,
                        mote_proof_form form) {
    static uint8_t bytes[1u << 20];
    mote_writer writer = mote_writer_into(bytes, sizeof bytes);
    mote_writer size = mote_writer_into(NULL, 0);
    assert_status(mote_state_prove(w->context, &size, w->state, queries, count, form), MOTE_OK);
    assert_status(mote_state_prove(w->context, &writer, w->state, queries, count, form), MOTE_OK);
    assert_true(mote_writer_fits(&writer));
    assert_int_equal(size.size, writer.size);
    return (mote_bytes){bytes, writer.size};
}

static void load(mote_context *context, mote_proof *out, const mote_hash *root, mote_bytes scale,
                 mote_proof_form form) {
    mote_state_root under = mote_state_assumed(root);
    if (form == MOTE_PROOF_COMPACT) {
        assert_status(mote_proof_load_compact(context, out, &under, scale), MOTE_OK);
    } else {
        assert_status(mote_proof_load(context, out, &under, scale, MOTE_PROOF_STRICT), MOTE_OK);
    }
}

/* For single keys the proof is, entry for entry, what the definition says, in both forms. */
static void check_key_proofs(world *w, size_t asked) {
    uint8_t bytes[8][12];
    mote_state_query queries[8];
    naive_list nodes = {NULL, 0, 0}, items = {NULL, 0, 0};
    mote_trie_entry *entries = naive_take((lists[0].count + 1) * sizeof *entries);
    for (size_t i = 0; i < lists[0].count; i++) {
        const item *at = &lists[0].items[i];
        entries[i] = (mote_trie_entry){key_of(at), {at->value, at->value_size}};
    }
    naive_node *trie = naive_trie(entries, lists[0].count, NAIVE_MIXED);
    for (size_t i = 0; i < asked; i++) {
        queries[i] = (mote_state_query){MOTE_QUERY_KEY, NULL, random_key(bytes[i], 5)};
        if (below(2) == 0 && lists[0].count > 0)
            queries[i].key = key_of(&lists[0].items[below(lists[0].count)]);
        if (lists[0].count > 0) naive_prove(&nodes, trie, queries[i].key);
    }
    assert_true(same_set(&nodes, prove(w, queries, asked, MOTE_PROOF_NODES)));
    if (lists[0].count > 0) naive_compact(&items, trie, &nodes);
    mote_bytes expected = naive_scale(&items);
    mote_bytes compact = prove(w, queries, asked, MOTE_PROOF_COMPACT);
    assert_true(mote_bytes_equal(compact, expected));
    mote_hash root = naive_root(trie);
    mote_proof proof;
    load(fixture_other_context(4), &proof, &root, compact, MOTE_PROOF_COMPACT);
    naive_reset();
}

static void check_enumeration(mote_context *context, const mote_trie_view *view, const list *in,
                              mote_bytes prefix) {
    mote_trie_scan *scan;
    mote_proven_value value;
    mote_bytes key, previous;
    const mote_bytes *after = NULL;
    uint8_t held[12];
    bool more;
    assert_status(mote_trie_scan_begin(context, &scan, view, prefix), MOTE_OK);
    for (;;) {
        assert_status(mote_trie_scan_next(context, scan, &more, &key, &value), MOTE_OK);
        if (more && mote_trie_is_child_root_key(key)) continue;
        const item *expected = list_next(in, after, prefix);
        assert_int_equal(more, expected != NULL);
        if (!more) return;
        assert_true(mote_bytes_equal(key, key_of(expected)));
        assert_int_equal(value.state, MOTE_VALUE_PRESENT);
        assert_true(
            mote_bytes_equal(value.value, (mote_bytes){expected->value, expected->value_size}));
        memcpy(held, key.data, key.size);
        previous = (mote_bytes){held, key.size};
        after = &previous;
    }
}

/* Keys, prefixes and next keys of main and child tries together: the proof shows each. */
static void check_mixed_proof(world *w, mote_proof_form form) {
    uint8_t bytes[4][12];
    mote_state_query queries[4];
    size_t of[4];
    for (size_t i = 0; i < 4; i++) {
        of[i] = below(CHILDREN + 1);
        queries[i] =
            (mote_state_query){(mote_state_query_kind)below(3),
                               of[i] == 0 ? NULL : &child_keys[of[i] - 1], random_key(bytes[i], 4)};
    }
    mote_hash root = mote_state_root_of(w->state);
    mote_bytes scale = prove(w, queries, 4, form);
    mote_context *context = fixture_other_context(4);
    mote_proof proof;
    load(context, &proof, &root, scale, form);
    for (size_t i = 0; i < 4; i++) {
        mote_trie_view view = mote_proof_main(&proof);
        mote_proven_value value;
        uint8_t next[MOTE_MAX_KEY_SIZE];
        size_t next_size;
        bool found;
        if (of[i] != 0)
            assert_status(mote_proof_child(context, &view, &proof, *queries[i].child), MOTE_OK);
        if (queries[i].kind == MOTE_QUERY_KEY) {
            const item *expected = find(&lists[of[i]], queries[i].key);
            assert_status(mote_trie_read(context, &value, &view, queries[i].key), MOTE_OK);
            assert_int_equal(value.state,
                             expected == NULL ? MOTE_VALUE_ABSENT : MOTE_VALUE_PRESENT);
        } else if (queries[i].kind == MOTE_QUERY_PREFIX) {
            check_enumeration(context, &view, &lists[of[i]], queries[i].key);
        } else {
            mote_bytes expected;
            bool is_there;
            assert_status(mote_state_next(w->context, &is_there, &expected, w->state,
                                          queries[i].child, &queries[i].key, (mote_bytes){NULL, 0}),
                          MOTE_OK);
            assert_status(mote_trie_next_key(context, &found, next, &next_size, &view,
                                             queries[i].key, (mote_bytes){NULL, 0}),
                          MOTE_OK);
            assert_int_equal(found, is_there);
            if (found) assert_true(mote_bytes_equal((mote_bytes){next, next_size}, expected));
        }
    }
}

static void proofs_of_keys(void **unused) {
    (void)unused;
    random_state = 9;
    world w = open_world(1u << 20);
    for (size_t i = 0; i < fixture_times(4000); i++) {
        step(&w, NULL, &lists[0], (mote_state_version)below(2));
        check_key_proofs(&w, 1 + below(8));
    }
    close_world(&w);
}

static void proofs_of_everything(void **unused) {
    (void)unused;
    for (int version = 0; version < 2; version++) {
        random_state = 10 + (uint64_t)version;
        world w = open_world(1u << 20);
        for (size_t i = 0; i < fixture_times(6000); i++) {
            size_t c = below(CHILDREN + 1);
            step(&w, c == 0 ? NULL : &child_keys[c - 1], &lists[c], (mote_state_version)version);
            check_mixed_proof(&w, (mote_proof_form)below(2));
        }
        for (size_t c = 0; c < CHILDREN; c++) {
            uint64_t removed;
            assert_status(mote_state_clear_prefix(w.context, w.state, &removed, &child_keys[c],
                                                  (mote_bytes){NULL, 0}),
                          MOTE_OK);
        }
        close_world(&w);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_changes),       cmocka_unit_test(random_changes_in_a_full_memory),
        cmocka_unit_test(child_tries),          cmocka_unit_test(proofs_of_keys),
        cmocka_unit_test(proofs_of_everything),
    };
    return cmocka_run_group_tests_name("model/state", tests, NULL, NULL);
}
