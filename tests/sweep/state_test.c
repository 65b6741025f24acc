/* SPDX-License-Identifier: Apache-2.0 */
/* A state in memories of every size: what does not fit is refused and changes nothing, and what is given back can be
 * taken again. Proofs into writers of every size. */
#include "fixture.h"

#include "mote/scale.h"
#include "mote/state.h"

#define LARGEST (48u * 1024u)
#define KEYS 120u

static const mote_bytes child = {(const uint8_t *)"child", 5};
static _Alignas(16) uint8_t memory[LARGEST];

typedef struct pair {
    uint8_t key[8];
    size_t key_size;
    uint8_t value[300];
    size_t value_size;
    bool in_child;
} pair;

static pair pairs[KEYS];

static void make_pairs(void) {
    uint64_t seed = 11;
    for (size_t i = 0; i < KEYS; i++) {
        pair *p = &pairs[i];
        p->key_size = 1 + fixture_random(&seed) % 5;
        for (size_t b = 0; b < p->key_size; b++)
            p->key[b] = (uint8_t)(fixture_random(&seed) % 4 * 17);
        p->value_size = fixture_random(&seed) % (i % 5 == 0 ? 300 : 40);
        for (size_t b = 0; b < p->value_size; b++) p->value[b] = (uint8_t)fixture_random(&seed);
        p->in_child = i % 3 == 0;
    }
}

static mote_state_change change_of(size_t i) {
    const pair *p = &pairs[i];
    return (mote_state_change){
        p->in_child ? &child : NULL, {p->key, p->key_size}, false, {p->value, p->value_size}};
}

typedef struct picture {
    mote_hash root;
    mote_state_usage usage;
} picture;

static picture picture_of(mote_state *state) {
    mote_hash root = mote_state_root_of(state);
    return (picture){root, mote_state_usage_of(state)};
}

static void assert_same(const picture *a, const picture *b) {
    assert_memory_equal(a->root.bytes, b->root.bytes, 32);
    assert_memory_equal(&a->usage, &b->usage, sizeof a->usage);
}

/* The root of those pairs that are in the state, built from nothing. */
static mote_hash root_of(const bool *in, mote_state_version version) {
    static mote_trie_entry top[KEYS + 1], below[KEYS];
    static uint8_t owner[64];
    const size_t prefix = sizeof MOTE_CHILD_TRIE_PREFIX - 1;
    mote_context *context = fixture_other_context(2);
    mote_hash child_root, root;
    size_t top_count = 0, below_count = 0;
    for (size_t i = 0; i < KEYS; i++) {
        const pair *p = &pairs[i];
        const mote_trie_entry entry = {{p->key, p->key_size}, {p->value, p->value_size}};
        if (!in[i]) continue;
        if (p->in_child) below[below_count++] = entry;
        if (!p->in_child) top[top_count++] = entry;
    }
    assert_status(mote_trie_root(context, &child_root, below, below_count, version), MOTE_OK);
    if (below_count > 0) {
        memcpy(owner, MOTE_CHILD_TRIE_PREFIX, prefix);
        memcpy(owner + prefix, child.data, child.size);
        top[top_count++] = (mote_trie_entry){{owner, prefix + child.size}, {child_root.bytes, 32}};
    }
    assert_status(mote_trie_root(context, &root, top, top_count, version), MOTE_OK);
    return root;
}

static void replace_in(bool *in, size_t at) {
    for (size_t i = 0; i < KEYS; i++) {
        const pair *a = &pairs[i], *b = &pairs[at];
        if (a->in_child == b->in_child && a->key_size == b->key_size &&
            memcmp(a->key, b->key, a->key_size) == 0)
            in[i] = i == at;
    }
}

/* One by one; returns how many were refused. */
static size_t put_all(mote_context *context, mote_state *state, bool *in,
                      mote_state_version version) {
    size_t refused = 0;
    for (size_t i = 0; i < KEYS; i++) {
        const mote_state_change c = change_of(i);
        const picture before = picture_of(state);
        mote_status status = mote_state_put(context, state, c.child, c.key, c.value, version);
        if (status == MOTE_OK) {
            replace_in(in, i);
            continue;
        }
        assert_status(status, MOTE_E_LIMIT_MEMORY);
        const picture after = picture_of(state);
        assert_same(&before, &after);
        refused++;
    }
    return refused;
}

static void remove_all(mote_context *context, mote_state *state) {
    for (size_t i = 0; i < KEYS; i++) {
        const mote_state_change c = change_of(i);
        assert_status(mote_state_remove(context, state, c.child, c.key), MOTE_OK);
    }
    const mote_state_usage usage = mote_state_usage_of(state);
    assert_int_equal(usage.bytes_used, 0);
    assert_int_equal(usage.keys + usage.child_tries, 0);
}

static void every_size_of_memory(void **unused) {
    (void)unused;
    size_t sizes = 0, enough = 0, step = fixture_effort() == FIXTURE_SMALL ? 16 * 37 : 16;
    make_pairs();
    for (size_t size = 0; size <= LARGEST; size += step) {
        mote_context *context = fixture_context(1);
        mote_state *state;
        mote_status status = mote_state_open(context, &state, memory, size);
        if (status != MOTE_OK) {
            assert_status(status, MOTE_E_LIMIT_MEMORY);
            assert_null(state);
            continue;
        }
        mote_state_version version = (mote_state_version)(size / 16 % 2);
        bool in[KEYS] = {false};
        size_t refused = put_all(context, state, in, version);
        mote_hash got = mote_state_root_of(state), expected = root_of(in, version);
        assert_memory_equal(got.bytes, expected.bytes, 32);
        remove_all(context, state);
        /* What was given back is one block again: as much fits as before. */
        bool again[KEYS] = {false};
        assert_int_equal(put_all(context, state, again, version), refused);
        got = mote_state_root_of(state);
        assert_memory_equal(got.bytes, expected.bytes, 32);
        enough += refused == 0;
        sizes++;
    }
    print_message("%zu sizes, in %zu of which everything fits\n", sizes, enough);
    assert_true(enough > 0 && enough < sizes);
}

/* All changes of a block or none, in every size of the state's memory and of the context's. */
static void every_size_for_a_block(void **unused) {
    (void)unused;
    mote_state_change changes[KEYS];
    size_t done = 0, refused = 0, step = fixture_effort() == FIXTURE_SMALL ? 16 * 37 : 48;
    make_pairs();
    for (size_t size = 2048; size <= LARGEST; size += step) {
        mote_context *context = fixture_context(1);
        mote_state *state;
        assert_status(mote_state_open(context, &state, memory, size), MOTE_OK);
        for (size_t i = 0; i < KEYS; i++) changes[i] = change_of(i);
        bool in[KEYS] = {false};
        for (size_t i = 0; i < KEYS / 4; i++) replace_in(in, i);
        mote_status status = mote_state_apply(context, state, changes, KEYS / 4, MOTE_STATE_V1);
        if (status != MOTE_OK) {
            assert_status(status, MOTE_E_LIMIT_MEMORY);
            assert_int_equal(mote_state_usage_of(state).bytes_used, 0);
            continue;
        }
        /* Every third of those that are there goes, the others are replaced, and new ones come. */
        for (size_t i = 0; i < KEYS / 4; i += 3) changes[i].remove = true;
        for (size_t i = 1; i < KEYS / 4; i += 3) changes[i].value.size /= 2;
        const picture before = picture_of(state);
        status = mote_state_apply(context, state, changes, KEYS, MOTE_STATE_V0);
        const picture after = picture_of(state);
        if (status == MOTE_OK) {
            done++;
        } else {
            assert_status(status, MOTE_E_LIMIT_MEMORY);
            assert_true(context->fault.index < KEYS);
            assert_same(&before, &after);
            refused++;
        }
        mote_context none;
        mote_context_init(&none, NULL, 0, context->seed);
        assert_status(mote_state_apply(&none, state, changes, KEYS, MOTE_STATE_V0),
                      MOTE_E_LIMIT_MEMORY);
    }
    print_message("%zu done, %zu refused\n", done, refused);
    assert_true(done > 0 && refused > 0);
}

static void proofs_into_every_size(void **unused) {
    (void)unused;
    static const mote_proof_form forms[] = {MOTE_PROOF_NODES, MOTE_PROOF_COMPACT};
    mote_context *context = fixture_context(1);
    mote_state *state;
    bool in[KEYS] = {false};
    make_pairs();
    assert_status(mote_state_open(context, &state, memory, LARGEST), MOTE_OK);
    assert_int_equal(put_all(context, state, in, MOTE_STATE_V1), 0);
    const mote_state_query queries[] = {
        {MOTE_QUERY_PREFIX, &child, {NULL, 0}},
        {MOTE_QUERY_KEY, NULL, {pairs[1].key, pairs[1].key_size}},
        {MOTE_QUERY_NEXT_KEY, NULL, {(const uint8_t *)"\x22", 1}},
    };
    for (size_t f = 0; f < 2; f++) {
        mote_writer size = mote_writer_into(NULL, 0);
        assert_status(mote_state_prove(context, &size, state, queries, 3, forms[f]), MOTE_OK);
        for (size_t capacity = 0; capacity <= size.size; capacity++) {
            uint8_t *bytes = malloc(capacity + 1);
            assert_non_null(bytes);
            mote_writer writer = mote_writer_into(bytes, capacity);
            assert_status(mote_state_prove(context, &writer, state, queries, 3, forms[f]), MOTE_OK);
            assert_int_equal(writer.size, size.size);
            assert_int_equal(mote_writer_fits(&writer), capacity == size.size);
            free(bytes);
        }
        /* In a context of every size: refused, or the same. */
        static _Alignas(16) uint8_t scratch[1u << 16];
        size_t refused = 0;
        for (size_t room = 0; room < sizeof scratch; room += 64) {
            mote_context small;
            mote_writer writer = mote_writer_into(NULL, 0);
            mote_context_init(&small, scratch, room, context->seed);
            mote_status status = mote_state_prove(&small, &writer, state, queries, 3, forms[f]);
            if (status == MOTE_OK) {
                assert_int_equal(writer.size, size.size);
            } else {
                assert_status(status, MOTE_E_LIMIT_MEMORY);
                assert_int_equal(writer.size, 0);
                refused++;
            }
            assert_int_equal(small.used, 0);
        }
        assert_true(refused > 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_size_of_memory),
        cmocka_unit_test(every_size_for_a_block),
        cmocka_unit_test(proofs_into_every_size),
    };
    return cmocka_run_group_tests_name("sweep/state", tests, NULL, NULL);
}
