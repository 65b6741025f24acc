/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Input: state version and size of memory, then operations on the main trie and two child tries (kind, key size, key,
 * value size). After each, key by key, the state has what a list has; at the end its root is that of the list, and a
 * proof of what the last key begins with is accepted. Where memory is short nothing has changed, and when all is
 * removed nothing is taken.
 */
#include "fixture.h"

#include "mote/state.h"
#include "naive_trie.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST_ITEMS 256u
#define TRIES 3u

typedef struct item {
    unsigned trie;
    mote_bytes key, value;
} item;

static item items[MOST_ITEMS];
static size_t item_count;
static const mote_bytes names[TRIES] = {
    {NULL, 0}, {(const uint8_t *)"", 0}, {(const uint8_t *)"child", 5}};

static void require(bool holds) {
    if (!holds) abort();
}

static const mote_bytes *name_of(unsigned trie) {
    return trie == 0 ? NULL : &names[trie];
}

static item *find(unsigned trie, mote_bytes key) {
    for (size_t i = 0; i < item_count; i++) {
        if (items[i].trie == trie && mote_bytes_equal(items[i].key, key)) return &items[i];
    }
    return NULL;
}

static void forget(item *at) {
    if (at != NULL) *at = items[--item_count];
}

static size_t entries_of(mote_trie_entry *out, unsigned trie) {
    size_t count = 0;
    for (size_t i = 0; i < item_count; i++) {
        if (items[i].trie == trie) out[count++] = (mote_trie_entry){items[i].key, items[i].value};
    }
    return count;
}

static mote_hash expected_root(naive_version version) {
    mote_trie_entry *main_trie = naive_take((MOST_ITEMS + TRIES) * sizeof *main_trie);
    mote_trie_entry *child_trie = naive_take(MOST_ITEMS * sizeof *child_trie);
    mote_hash *roots = naive_take(TRIES * sizeof *roots);
    size_t count = entries_of(main_trie, 0);
    for (unsigned t = 1; t < TRIES; t++) {
        size_t in_child = entries_of(child_trie, t);
        if (in_child == 0) continue;
        roots[t] = naive_root(naive_trie(child_trie, in_child, version));
        const mote_bytes prefix = {(const uint8_t *)MOTE_CHILD_TRIE_PREFIX,
                                   sizeof MOTE_CHILD_TRIE_PREFIX - 1};
        main_trie[count++] =
            (mote_trie_entry){naive_concat(prefix, names[t]), {roots[t].bytes, 32}};
    }
    return naive_root(naive_trie(main_trie, count, version));
}

typedef struct run {
    mote_context *context;
    mote_state *state;
    mote_state_version version;
    mote_cursor input;
} run;

static void put(run *r, unsigned trie, mote_bytes key) {
    uint8_t value_size = mote_read_u8(&r->input);
    if (trie == 0 && mote_trie_is_child_root_key(key)) return;
    if (item_count == MOST_ITEMS) return;
    mote_bytes value = naive_repeat((uint8_t)item_count, (size_t)value_size * 2);
    mote_status status =
        mote_state_put(r->context, r->state, name_of(trie), key, value, r->version);
    require(status == MOTE_OK || status == MOTE_E_LIMIT_MEMORY);
    if (status != MOTE_OK) return;
    forget(find(trie, key));
    items[item_count++] = (item){trie, naive_copy(key), value};
}

static void clear(run *r, unsigned trie, mote_bytes prefix) {
    uint64_t removed, expected = 0;
    mote_status status =
        mote_state_clear_prefix(r->context, r->state, &removed, name_of(trie), prefix);
    require(status == MOTE_OK || (status == MOTE_E_BAD_ARGUMENT && trie == 0));
    if (status != MOTE_OK) return;
    for (size_t i = 0; i < item_count;) {
        if (items[i].trie == trie && mote_bytes_starts_with(items[i].key, prefix)) {
            forget(&items[i]);
            expected++;
        } else {
            i++;
        }
    }
    require(removed == expected);
}

static void one(run *r) {
    uint8_t kind = mote_read_u8(&r->input);
    unsigned trie = kind >> 2 & 3;
    size_t key_size = (size_t)(kind >> 4);
    if (trie == 3) trie = 0;
    if (key_size > mote_cursor_left(&r->input)) key_size = mote_cursor_left(&r->input);
    mote_bytes key = mote_read_span(&r->input, key_size);
    bool found;
    mote_bytes value;
    if ((kind & 3) < 2) {
        put(r, trie, key);
    } else if ((kind & 3) == 2) {
        mote_status status = mote_state_remove(r->context, r->state, name_of(trie), key);
        require(status == MOTE_OK || (trie == 0 && mote_trie_is_child_root_key(key)));
        forget(find(trie, key));
    } else {
        clear(r, trie, key);
    }
    if (trie == 0 && mote_trie_is_child_root_key(key)) return;
    require(mote_state_get(r->context, &found, &value, r->state, name_of(trie), key) == MOTE_OK);
    const item *expected = find(trie, key);
    require(found == (expected != NULL));
    require(!found || mote_bytes_equal(value, expected->value));
}

static void prove(run *r, const mote_hash *root, mote_bytes prefix) {
    static uint8_t bytes[1u << 20];
    const mote_state_query queries[] = {{MOTE_QUERY_PREFIX, NULL, prefix},
                                        {MOTE_QUERY_KEY, &names[2], prefix},
                                        {MOTE_QUERY_NEXT_KEY, &names[1], prefix}};
    for (int form = 0; form < 2; form++) {
        mote_context *other = fixture_other_context(8);
        mote_writer writer = mote_writer_into(bytes, sizeof bytes);
        mote_proof proof;
        mote_state_root under = mote_state_assumed(root);
        require(mote_state_prove(r->context, &writer, r->state, queries, 3,
                                 (mote_proof_form)form) == MOTE_OK);
        require(mote_writer_fits(&writer));
        mote_bytes scale = {bytes, writer.size};
        require((form == MOTE_PROOF_COMPACT ? mote_proof_load_compact(other, &proof, &under, scale)
                                            : mote_proof_load(other, &proof, &under, scale,
                                                              MOTE_PROOF_STRICT)) == MOTE_OK);
        mote_trie_view view = mote_proof_main(&proof);
        mote_proven_value value;
        require(mote_trie_read(other, &value, &view, prefix) == MOTE_OK);
        if (!mote_trie_is_child_root_key(prefix))
            require((value.state == MOTE_VALUE_PRESENT) == (find(0, prefix) != NULL));
    }
}

static void finish(run *r) {
    uint64_t removed;
    for (unsigned t = TRIES; t-- > 0;) {
        require(mote_state_clear_prefix(r->context, r->state, &removed, name_of(t),
                                        (mote_bytes){NULL, 0}) == MOTE_OK);
    }
    require(mote_state_usage_of(r->state).bytes_used == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static _Alignas(16) uint8_t memory[1u << 18];
    run r = {fixture_context(1), NULL, MOTE_STATE_V0, mote_cursor_over((mote_bytes){data, size})};
    naive_reset();
    item_count = 0;
    uint8_t first = mote_read_u8(&r.input);
    size_t room = (size_t)(first >> 1) * 64;
    if (room == 127 * 64) room = sizeof memory;
    r.version = (mote_state_version)(first & 1);
    if (mote_state_open(r.context, &r.state, memory, room) != MOTE_OK) return 0;
    mote_bytes last = {NULL, 0};
    while (mote_cursor_left(&r.input) > 0) {
        last = (mote_bytes){r.input.at, mote_cursor_left(&r.input) > 3 ? 3 : 1};
        one(&r);
    }
    const mote_hash root = mote_state_root_of(r.state);
    const mote_hash expected = expected_root((naive_version)r.version);
    require(memcmp(&root, &expected, sizeof root) == 0);
    prove(&r, &root, last);
    finish(&r);
    return 0;
}
