/* SPDX-License-Identifier: Apache-2.0 */
/* The contract of a state in memory, function by function. */
#include "fixture.h"

#include "mote/hash.h"
#include "mote/state.h"

static _Alignas(16) uint8_t memory[1u << 16];
static mote_context *context;
static mote_state *state;

static mote_bytes text(const char *string) {
    return (mote_bytes){(const uint8_t *)string, strlen(string)};
}

static const mote_bytes nothing = {NULL, 0};

static void start(void) {
    context = fixture_context(1);
    assert_status(mote_state_open(context, &state, memory, sizeof memory), MOTE_OK);
}

static void put(const mote_bytes *child, const char *key, const char *value) {
    assert_status(mote_state_put(context, state, child, text(key), text(value), MOTE_STATE_V0),
                  MOTE_OK);
}

static void expect(const mote_bytes *child, const char *key, const char *value) {
    bool found;
    mote_bytes got;
    assert_status(mote_state_get(context, &found, &got, state, child, text(key)), MOTE_OK);
    assert_int_equal(found, value != NULL);
    if (found) assert_true(mote_bytes_equal(got, text(value)));
}

static void memory_must_be_aligned_and_enough(void **unused) {
    (void)unused;
    context = fixture_context(1);
    assert_status(mote_state_open(context, &state, memory + 8, sizeof memory - 8),
                  MOTE_E_BAD_ARGUMENT);
    assert_null(state);
    assert_status(mote_state_open(context, &state, memory, 100), MOTE_E_LIMIT_MEMORY);
    assert_null(state);
}

static void nothing_in_it(void **unused) {
    (void)unused;
    bool found;
    mote_bytes key;
    start();
    mote_hash root = mote_state_root_of(state);
    assert_memory_equal(root.bytes, mote_trie_empty_root.bytes, 32);
    assert_status(mote_state_next(context, &found, &key, state, NULL, NULL, nothing), MOTE_OK);
    assert_false(found);
    assert_status(mote_state_remove(context, state, NULL, text("a")), MOTE_OK);
    mote_writer writer = mote_writer_into(NULL, 0);
    const mote_state_query query = {MOTE_QUERY_KEY, NULL, text("a")};
    assert_status(mote_state_prove(context, &writer, state, &query, 1, MOTE_PROOF_NODES), MOTE_OK);
    assert_int_equal(writer.size, 1);
}

/* Empty keys and values are keys and values. */
static void empty_is_not_absent(void **unused) {
    (void)unused;
    start();
    expect(NULL, "", NULL);
    put(NULL, "", "");
    expect(NULL, "", "");
    put(NULL, "x", "y");
    expect(NULL, "", "");
    assert_status(mote_state_remove(context, state, NULL, text("")), MOTE_OK);
    expect(NULL, "", NULL);
    expect(NULL, "x", "y");
}

static void next_keys(void **unused) {
    (void)unused;
    static const char *const keys[] = {"a", "ab", "abc", "b", "ba"};
    bool found;
    mote_bytes key = {NULL, 0}, previous;
    start();
    for (size_t i = 5; i > 0; i--) put(NULL, keys[i - 1], "v");
    for (size_t i = 0; i < 5; i++) {
        previous = key;
        assert_status(
            mote_state_next(context, &found, &key, state, NULL, i == 0 ? NULL : &previous, nothing),
            MOTE_OK);
        assert_true(found);
        assert_true(mote_bytes_equal(key, text(keys[i])));
    }
    previous = text("abc");
    assert_status(mote_state_next(context, &found, &key, state, NULL, &previous, text("a")),
                  MOTE_OK);
    assert_false(found);
    previous = text("0");
    assert_status(mote_state_next(context, &found, &key, state, NULL, &previous, text("b")),
                  MOTE_OK);
    assert_true(found && mote_bytes_equal(key, text("b")));
}

/* A value of 33 bytes has a form in each version; 32 bytes have one. Writing the same changes the form only. */
static void versions_are_of_the_last_writing(void **unused) {
    (void)unused;
    const mote_bytes key = text("key"), other = text("other");
    mote_bytes value = text("123456789012345678901234567890123");
    start();
    assert_status(mote_state_put(context, state, NULL, key, value, MOTE_STATE_V0), MOTE_OK);
    assert_status(mote_state_put(context, state, NULL, other, value, MOTE_STATE_V0), MOTE_OK);
    mote_hash v0 = mote_state_root_of(state);
    assert_status(mote_state_put(context, state, NULL, key, value, MOTE_STATE_V1), MOTE_OK);
    mote_hash mixed = mote_state_root_of(state);
    assert_status(mote_state_put(context, state, NULL, other, value, MOTE_STATE_V1), MOTE_OK);
    mote_hash v1 = mote_state_root_of(state);
    assert_memory_not_equal(v0.bytes, mixed.bytes, 32);
    assert_memory_not_equal(v1.bytes, mixed.bytes, 32);
    mote_trie_entry entries[2] = {{key, value}, {other, value}};
    mote_hash expected;
    assert_status(mote_trie_root(context, &expected, entries, 2, MOTE_STATE_V1), MOTE_OK);
    assert_memory_equal(v1.bytes, expected.bytes, 32);
    value.size = 32;
    assert_status(mote_state_put(context, state, NULL, key, value, MOTE_STATE_V1), MOTE_OK);
    v1 = mote_state_root_of(state);
    assert_status(mote_state_put(context, state, NULL, key, value, MOTE_STATE_V0), MOTE_OK);
    v0 = mote_state_root_of(state);
    assert_memory_equal(v0.bytes, v1.bytes, 32);
    assert_status(mote_state_put(context, state, NULL, key, value, (mote_state_version)2),
                  MOTE_E_BAD_ARGUMENT);
}

/* A key that is not there, and ends inside a partial key. (trie-db 0.30.1 panics here, and with other content gives
 * another root.) */
static void removing_what_is_not_there(void **unused) {
    (void)unused;
    static const char *const keys[] = {"001001", "00100100", "001f111f"};
    static const uint8_t value[33] = {1};
    start();
    for (size_t i = 0; i < 3; i++)
        assert_status(mote_state_put(context, state, NULL, fixture_hex(keys[i]),
                                     (mote_bytes){value, 33}, MOTE_STATE_V1),
                      MOTE_OK);
    const mote_hash before = mote_state_root_of(state);
    assert_status(mote_state_remove(context, state, NULL, fixture_hex("0010")), MOTE_OK);
    const mote_hash after = mote_state_root_of(state);
    assert_memory_equal(before.bytes, after.bytes, 32);
    assert_int_equal(mote_state_usage_of(state).keys, 3);
}

#define OWNER MOTE_CHILD_TRIE_PREFIX "c"

static void child_tries_show_in_the_main_one(void **unused) {
    (void)unused;
    const mote_bytes child = text("c");
    mote_hash root, shown;
    bool found;
    mote_bytes value;
    uint64_t removed;
    start();
    put(&child, "k", "v");
    expect(NULL, "k", NULL);
    expect(&child, "k", "v");
    assert_status(mote_state_child_root(context, &root, state, child), MOTE_OK);
    assert_status(mote_state_get(context, &found, &value, state, NULL, text(OWNER)), MOTE_OK);
    assert_true(found);
    assert_true(mote_bytes_equal(value, (mote_bytes){root.bytes, 32}));
    /* By hand its root is neither changed nor removed. */
    memset(shown.bytes, 7, 32);
    assert_status(mote_state_put(context, state, NULL, text(OWNER), (mote_bytes){shown.bytes, 32},
                                 MOTE_STATE_V0),
                  MOTE_E_BAD_ARGUMENT);
    assert_status(mote_state_remove(context, state, NULL, text(OWNER)), MOTE_E_BAD_ARGUMENT);
    assert_status(mote_state_clear_prefix(context, state, &removed, NULL, text(":ch")),
                  MOTE_E_BAD_ARGUMENT);
    assert_status(mote_state_clear_prefix(context, state, &removed, NULL, text(OWNER "x")),
                  MOTE_E_BAD_ARGUMENT);
    assert_int_equal(mote_state_usage_of(state).child_tries, 1);
    assert_status(mote_state_remove(context, state, &child, text("k")), MOTE_OK);
    expect(NULL, OWNER, NULL);
    assert_int_equal(mote_state_usage_of(state).bytes_used, 0);
    assert_status(mote_state_child_root(context, &root, state, child), MOTE_OK);
    assert_memory_equal(root.bytes, mote_trie_empty_root.bytes, 32);
}

static void child_tries_known_by_their_root(void **unused) {
    (void)unused;
    const mote_bytes child = text("c");
    const mote_hash opaque = {{7}};
    bool found;
    mote_bytes value;
    mote_hash root;
    uint64_t removed;
    start();
    assert_status(mote_state_put(context, state, NULL, text(OWNER), text("short"), MOTE_STATE_V1),
                  MOTE_E_CHILD_ROOT);
    assert_status(mote_state_put(context, state, NULL, text(OWNER), (mote_bytes){opaque.bytes, 32},
                                 MOTE_STATE_V1),
                  MOTE_OK);
    assert_status(mote_state_get(context, &found, &value, state, &child, text("k")),
                  MOTE_E_PROOF_INCOMPLETE);
    assert_status(mote_state_put(context, state, &child, text("k"), text("v"), MOTE_STATE_V1),
                  MOTE_E_PROOF_INCOMPLETE);
    assert_status(mote_state_remove(context, state, &child, text("k")), MOTE_E_PROOF_INCOMPLETE);
    assert_status(mote_state_clear_prefix(context, state, &removed, &child, nothing),
                  MOTE_E_PROOF_INCOMPLETE);
    assert_status(mote_state_child_root(context, &root, state, child), MOTE_E_PROOF_INCOMPLETE);
    const mote_state_query query = {MOTE_QUERY_KEY, &child, text("k")};
    mote_writer writer = mote_writer_into(NULL, 0);
    assert_status(mote_state_prove(context, &writer, state, &query, 1, MOTE_PROOF_NODES),
                  MOTE_E_PROOF_INCOMPLETE);
    assert_int_equal(context->fault.index, 0);
    assert_status(mote_state_remove(context, state, NULL, text(OWNER)), MOTE_OK);
    assert_int_equal(mote_state_usage_of(state).bytes_used, 0);
}

static mote_state_change change(const char *key, const char *value) {
    if (value == NULL) return (mote_state_change){NULL, text(key), true, nothing};
    return (mote_state_change){NULL, text(key), false, text(value)};
}

/* Of one key changed twice the last change counts, whichever they are. */
static void a_key_changed_twice(void **unused) {
    (void)unused;
    start();
    put(NULL, "a", "1");
    put(NULL, "b", "1");
    const mote_state_change changes[] = {change("a", NULL), change("a", "2"),  change("b", "2"),
                                         change("b", NULL), change("c", "1"),  change("c", "2"),
                                         change("d", "1"),  change("d", NULL), change("d", NULL)};
    assert_status(mote_state_apply(context, state, changes, 9, MOTE_STATE_V0), MOTE_OK);
    expect(NULL, "a", "2");
    expect(NULL, "b", NULL);
    expect(NULL, "c", "2");
    expect(NULL, "d", NULL);
    assert_int_equal(mote_state_usage_of(state).keys, 2);
    /* The same, and then one that cannot be. */
    mote_state_change refused[10];
    memcpy(refused, changes, sizeof changes);
    refused[9] = change(OWNER, "short");
    const mote_hash before = mote_state_root_of(state);
    const mote_state_usage usage = mote_state_usage_of(state);
    assert_status(mote_state_apply(context, state, refused, 10, MOTE_STATE_V0), MOTE_E_CHILD_ROOT);
    assert_int_equal(context->fault.index, 9);
    const mote_hash after = mote_state_root_of(state);
    const mote_state_usage same = mote_state_usage_of(state);
    assert_memory_equal(before.bytes, after.bytes, 32);
    assert_memory_equal(&usage, &same, sizeof usage);
}

static void a_copy_is_another_state(void **unused) {
    (void)unused;
    static _Alignas(16) uint8_t copied[2 * sizeof memory];
    start();
    put(NULL, "a", "1");
    memcpy(copied, memory, sizeof memory);
    mote_state *first = state;
    state = (mote_state *)(void *)copied;
    assert_status(mote_state_extend(context, state, sizeof copied), MOTE_OK);
    assert_true(mote_state_usage_of(state).bytes_free >
                mote_state_usage_of(first).bytes_free + sizeof memory - 64);
    put(NULL, "a", "2");
    state = first;
    expect(NULL, "a", "1");
}

static void memory_of_more_than_there_can_be(void **unused) {
    (void)unused;
    assert_true(mote_state_memory(SIZE_MAX / 64, 0, 0) == SIZE_MAX);
    assert_true(mote_state_memory(0, SIZE_MAX - 100, 200) == SIZE_MAX);
    assert_true(mote_state_memory(0, SIZE_MAX / 8 * 7, SIZE_MAX / 8) == SIZE_MAX);
    assert_true(mote_state_memory(1, 0, 0) < 8192);
}

/* Keys and values of any length up to the limits; what state_memory says is enough for them. */
static void memory_that_is_said_to_be_enough(void **unused) {
    (void)unused;
    static uint8_t bytes[5000];
    uint64_t seed = 12;
    for (size_t round = 0; round < 200; round++) {
        size_t count = 1 + fixture_random(&seed) % 100, key_bytes = 0, value_bytes = 0;
        mote_trie_entry *entries = calloc(count, sizeof *entries);
        assert_non_null(entries);
        for (size_t i = 0; i < count; i++) {
            size_t key_size = fixture_random(&seed) % (round % 8 == 0 ? 400 : 8);
            uint8_t *key = malloc(key_size + 1);
            assert_non_null(key);
            for (size_t b = 0; b < key_size; b++)
                key[b] = (uint8_t)(fixture_random(&seed) % (round % 3 == 0 ? 2 : 256));
            entries[i].key = (mote_bytes){key, key_size};
            entries[i].value =
                (mote_bytes){bytes, fixture_random(&seed) % (round % 5 == 0 ? 5000 : 60)};
            key_bytes += entries[i].key.size;
            value_bytes += entries[i].value.size;
        }
        size_t size = mote_state_memory(count, key_bytes, value_bytes);
        void *block = malloc(size);
        assert_non_null(block);
        context = fixture_context(1);
        assert_status(mote_state_open(context, &state, block, size), MOTE_OK);
        for (size_t i = 0; i < count; i++) {
            bool found;
            mote_bytes value;
            /* Only what is written once is promised room. */
            assert_status(mote_state_get(context, &found, &value, state, NULL, entries[i].key),
                          MOTE_OK);
            if (found) continue;
            assert_status(mote_state_put(context, state, NULL, entries[i].key, entries[i].value,
                                         (mote_state_version)(round % 2)),
                          MOTE_OK);
        }
        for (size_t i = 0; i < count; i++) free((void *)(uintptr_t)entries[i].key.data);
        free(entries);
        free(block);
    }
}

static void keys_beyond_the_ceiling(void **unused) {
    (void)unused;
    bool found;
    mote_bytes out;
    start();
    const mote_bytes key = {memory, MOTE_STATE_KEY_CEILING};
    const mote_bytes name = {memory, 1025};
    assert_status(mote_state_put(context, state, NULL, key, nothing, MOTE_STATE_V0),
                  MOTE_E_LIMIT_SIZE);
    assert_status(mote_state_next(context, &found, &out, state, NULL, &key, nothing),
                  MOTE_E_LIMIT_SIZE);
    assert_status(mote_state_get(context, &found, &out, state, NULL, key), MOTE_OK);
    assert_false(found);
    assert_status(mote_state_put(context, state, &name, nothing, nothing, MOTE_STATE_V0),
                  MOTE_E_LIMIT_SIZE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_must_be_aligned_and_enough),
        cmocka_unit_test(nothing_in_it),
        cmocka_unit_test(empty_is_not_absent),
        cmocka_unit_test(next_keys),
        cmocka_unit_test(versions_are_of_the_last_writing),
        cmocka_unit_test(removing_what_is_not_there),
        cmocka_unit_test(child_tries_show_in_the_main_one),
        cmocka_unit_test(child_tries_known_by_their_root),
        cmocka_unit_test(a_key_changed_twice),
        cmocka_unit_test(a_copy_is_another_state),
        cmocka_unit_test(memory_that_is_said_to_be_enough),
        cmocka_unit_test(memory_of_more_than_there_can_be),
        cmocka_unit_test(keys_beyond_the_ceiling),
    };
    return cmocka_run_group_tests_name("unit/state", tests, NULL, NULL);
}
