/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Changes of whole blocks against a table of what is there: random lists of changes to the main trie and three child
 * tries, some of which must be refused, in memory from almost none to enough. All of a list is made or nothing of it, down
 * to the last byte that is used; what is refused is told by its place.
 */
#include "fixture.h"
#include "naive_trie.h"

#include "mote/state.h"

#define CHILDREN 3u
#define KEYS 28u
#define ROOT_KEYS                                                                                  \
    (KEYS + CHILDREN) /* in the main trie: and the keys at which child tries have their roots */
#define MOST_CHANGES 24u

typedef struct cell {
    bool there;
    uint8_t bytes[100];
    size_t size;
} cell;

typedef struct table {
    cell main_trie[ROOT_KEYS];
    cell child[CHILDREN][KEYS];
} table;

static uint8_t key_bytes[ROOT_KEYS][40];
static mote_bytes keys[ROOT_KEYS];
static const mote_bytes names[CHILDREN] = {
    {(const uint8_t *)"", 0}, {(const uint8_t *)"a", 1}, {(const uint8_t *)"ab", 2}};
static uint64_t random_state;
static size_t made, short_of_memory, refused;

static size_t below(size_t limit) {
    return (size_t)(fixture_random(&random_state) % limit);
}

/* Keys that begin alike, and are beginnings of each other: those of up to two bytes out of five. */
static int make_keys(void **state) {
    (void)state;
    static const uint8_t alphabet[] = {0x00, 0x01, 0x10, 0x11, 0xf1};
    size_t count = 1;
    for (size_t from = 0; count < KEYS; from++) {
        for (size_t i = 0; i < sizeof alphabet && count < KEYS; i++) {
            memcpy(key_bytes[count], key_bytes[from], keys[from].size);
            key_bytes[count][keys[from].size] = alphabet[i];
            keys[count] = (mote_bytes){key_bytes[count], keys[from].size + 1};
            count++;
        }
    }
    for (size_t c = 0; c < CHILDREN; c++) {
        const size_t prefix = sizeof MOTE_CHILD_TRIE_PREFIX - 1;
        memcpy(key_bytes[KEYS + c], MOTE_CHILD_TRIE_PREFIX, prefix);
        memcpy(key_bytes[KEYS + c] + prefix, names[c].data, names[c].size);
        keys[KEYS + c] = (mote_bytes){key_bytes[KEYS + c], prefix + names[c].size};
    }
    return 0;
}

/* --- what must come of a list ------------------------------------------------------------------------------- */
static size_t count_of(const cell *cells, size_t count) {
    size_t there = 0;
    for (size_t i = 0; i < count; i++) there += cells[i].there;
    return there;
}

/* What is there until the list is done: what was there before, and what has been put since. */
typedef struct meanwhile {
    bool child[CHILDREN];
    bool root_by_hand[CHILDREN];
} meanwhile;

static meanwhile now(const table *t) {
    meanwhile out;
    for (size_t c = 0; c < CHILDREN; c++) {
        out.child[c] = count_of(t->child[c], KEYS) > 0;
        out.root_by_hand[c] = t->main_trie[KEYS + c].there;
    }
    return out;
}

typedef struct plan {
    mote_state_change change;
    size_t trie; /* 0: the main one */
    size_t key;
    uint8_t bytes[100];
} plan;

static mote_status verdict(const meanwhile *at, const plan *p) {
    if (p->trie > 0) return at->root_by_hand[p->trie - 1] ? MOTE_E_PROOF_INCOMPLETE : MOTE_OK;
    if (p->key < KEYS) return MOTE_OK;
    if (at->child[p->key - KEYS]) return MOTE_E_BAD_ARGUMENT;
    return p->change.remove || p->change.value.size == 32 ? MOTE_OK : MOTE_E_CHILD_ROOT;
}

static void change_table(table *t, meanwhile *at, const plan *p) {
    cell *to = p->trie == 0 ? &t->main_trie[p->key] : &t->child[p->trie - 1][p->key];
    to->there = !p->change.remove;
    if (!to->there) return;
    to->size = p->change.value.size;
    memcpy(to->bytes, p->bytes, sizeof to->bytes);
    if (p->trie > 0) at->child[p->trie - 1] = true;
    if (p->trie == 0 && p->key >= KEYS) at->root_by_hand[p->key - KEYS] = true;
}

/* How many changes of the list can be made, and why not the next one. */
static size_t change_all(table *t, mote_status *why, const plan *plans, size_t count) {
    meanwhile at = now(t);
    for (size_t i = 0; i < count; i++) {
        *why = verdict(&at, &plans[i]);
        if (*why != MOTE_OK) return i;
        change_table(t, &at, &plans[i]);
    }
    *why = MOTE_OK;
    return count;
}

/* --- random lists --------------------------------------------------------------------------------------------- */
/* The main trie has values that both versions have inline; of others the lowest bit of the first byte tells the naive trie
 * whether they are stored by hash. */
static void plan_value(plan *p, mote_state_version version) {
    static const size_t sizes[] = {0, 1, 31, 32, 33, 100};
    size_t size = p->trie == 0 ? below(33) : sizes[below(6)];
    if (p->trie == 0 && p->key >= KEYS) size = below(40) == 0 ? 31 : 32;
    for (size_t i = 0; i < sizeof p->bytes; i++) p->bytes[i] = (uint8_t)below(256);
    p->bytes[0] = (uint8_t)((p->bytes[0] & 0xfe) | (version == MOTE_STATE_V1 && size > 32));
    p->change.value = (mote_bytes){p->bytes, size};
}

static void plan_one(plan *p, mote_state_version version) {
    memset(p, 0, sizeof *p);
    p->trie = below(CHILDREN + 1);
    p->key = below(KEYS);
    if (p->trie == 0 && below(60) == 0) p->key = KEYS + below(CHILDREN);
    p->change.child = p->trie == 0 ? NULL : &names[p->trie - 1];
    p->change.key = keys[p->key];
    p->change.remove = below(100) < 45;
    if (!p->change.remove) plan_value(p, version);
}

/* --- comparing ------------------------------------------------------------------------------------------------ */
static mote_hash root_of(const cell *cells, size_t count, naive_version version,
                         const mote_trie_entry *more, size_t more_count) {
    mote_trie_entry *entries = naive_take((count + more_count) * sizeof *entries);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (!cells[i].there) continue;
        entries[used++] = (mote_trie_entry){keys[i], {cells[i].bytes, cells[i].size}};
    }
    for (size_t i = 0; i < more_count; i++) entries[used++] = more[i];
    return naive_root(naive_trie(entries, used, version));
}

static mote_hash expected_root(const table *t) {
    mote_hash roots[CHILDREN];
    mote_trie_entry more[CHILDREN];
    size_t count = 0;
    for (size_t c = 0; c < CHILDREN; c++) {
        if (count_of(t->child[c], KEYS) == 0) continue;
        roots[c] = root_of(t->child[c], KEYS, NAIVE_MIXED, NULL, 0);
        more[count++] = (mote_trie_entry){keys[KEYS + c], {roots[c].bytes, 32}};
    }
    return root_of(t->main_trie, ROOT_KEYS, NAIVE_V0, more, count);
}

static void check_cell(mote_state *state, const mote_bytes *child, size_t key, const cell *of) {
    bool found;
    mote_bytes value;
    assert_status(mote_state_get(fixture_other_context(1), &found, &value, state, child, keys[key]),
                  MOTE_OK);
    assert_int_equal(found, of->there);
    if (found) assert_true(mote_bytes_equal(value, (mote_bytes){of->bytes, of->size}));
}

static void assert_same(mote_state *state, const table *t) {
    mote_hash root = mote_state_root_of(state), expected = expected_root(t);
    mote_state_usage usage = mote_state_usage_of(state);
    size_t in_all = count_of(t->main_trie, ROOT_KEYS), tries = 0;
    assert_memory_equal(root.bytes, expected.bytes, 32);
    for (size_t i = 0; i < KEYS; i++) check_cell(state, NULL, i, &t->main_trie[i]);
    for (size_t c = 0; c < CHILDREN; c++) {
        in_all += count_of(t->child[c], KEYS);
        tries += count_of(t->child[c], KEYS) > 0;
        if (t->main_trie[KEYS + c].there) continue;
        for (size_t i = 0; i < KEYS; i++) check_cell(state, &names[c], i, &t->child[c][i]);
    }
    assert_int_equal(usage.keys, in_all);
    assert_int_equal(usage.child_tries, tries);
    naive_reset();
}

static void one_block(mote_state *state, table *t) {
    static plan plans[MOST_CHANGES];
    mote_state_change changes[MOST_CHANGES];
    const mote_state_version version = (mote_state_version)below(2);
    const size_t count = 1 + below(MOST_CHANGES);
    const mote_state_usage before = mote_state_usage_of(state);
    table after = *t;
    mote_status why;
    for (size_t i = 0; i < count; i++) {
        plan_one(&plans[i], version);
        changes[i] = plans[i].change;
    }
    const size_t possible = change_all(&after, &why, plans, count);
    mote_context *context = fixture_context(1);
    mote_status status = mote_state_apply(context, state, changes, count, version);
    if (status == MOTE_OK) {
        assert_int_equal(possible, count);
        *t = after;
        made++;
    } else {
        const mote_state_usage now_used = mote_state_usage_of(state);
        assert_memory_equal(&now_used, &before, sizeof before);
        if (status == MOTE_E_LIMIT_MEMORY) {
            assert_true(context->fault.index < count && context->fault.index <= possible);
            short_of_memory++;
        } else {
            assert_status(status, why);
            assert_int_equal(context->fault.index, possible);
            refused++;
        }
    }
    assert_same(state, t);
}

static void one_chain(size_t memory_size, size_t blocks) {
    static _Alignas(16) uint8_t memory[1u << 16];
    table t;
    mote_state *state;
    mote_state_change changes[ROOT_KEYS];
    uint64_t removed;
    memset(&t, 0, sizeof t);
    mote_context *context = fixture_context(1);
    assert_status(mote_state_open(context, &state, memory, memory_size), MOTE_OK);
    for (size_t i = 0; i < blocks; i++) one_block(state, &t);
    for (size_t c = 0; c < CHILDREN; c++) {
        if (t.main_trie[KEYS + c].there) continue;
        assert_status(mote_state_clear_prefix(context, state, &removed, &names[c], names[0]),
                      MOTE_OK);
        assert_int_equal(removed, count_of(t.child[c], KEYS));
    }
    for (size_t i = 0; i < ROOT_KEYS; i++)
        changes[i] = (mote_state_change){NULL, keys[i], true, {NULL, 0}};
    assert_status(mote_state_apply(context, state, changes, ROOT_KEYS, MOTE_STATE_V0), MOTE_OK);
    assert_int_equal(mote_state_usage_of(state).bytes_used, 0);
}

static void whole_blocks(void **state) {
    (void)state;
    random_state = 12;
    for (size_t size = 2048; size <= 1u << 15; size += size / 6) {
        for (size_t i = 0; i < fixture_times(30); i++) one_chain(size / 16 * 16, 120);
    }
    print_message("%zu made, %zu short of memory, %zu refused\n", made, short_of_memory, refused);
    assert_true(made > 0 && short_of_memory > 0 && refused > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(whole_blocks)};
    return cmocka_run_group_tests_name("model/state_blocks", tests, make_keys, NULL);
}
