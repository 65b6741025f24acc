/* SPDX-License-Identifier: Apache-2.0 */
/* Input: a byte of flags, the size of a key and the key, then entries as length (u16, little-
 * endian) and bytes. In an entry, 'H' '#' n is the start of 32 bytes that become the hash of
 * entry n, if that is an earlier one; the root is the hash of the last entry. So the input can
 * have any shape of shared nodes.
 *
 * Whatever is proven by reading is told by the path and by enumerations, in the strict and in
 * the lenient mode. */
#include "fixture.h"

#include "mote/hash.h"
#include "mote/trie.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST_ENTRIES 48u
#define MOST_TOLD 300u

static void require(bool holds) {
    if (!holds) abort();
}

typedef struct entry_list {
    mote_bytes items[MOST_ENTRIES];
    size_t count;
} entry_list;

static void fill_in_hashes(uint8_t *bytes, size_t size, const entry_list *before) {
    for (size_t at = 0; at + 32 <= size; at++) {
        if (bytes[at] != 'H' || bytes[at + 1] != '#' || bytes[at + 2] >= before->count) continue;
        mote_hash hash = mote_blake2b_256(before->items[bytes[at + 2]]);
        memcpy(bytes + at, hash.bytes, 32);
        at += 31;
    }
}

static void read_entries(entry_list *out, mote_bytes input) {
    out->count = 0;
    while (input.size >= 2 && out->count < MOST_ENTRIES) {
        size_t length = (size_t)(input.data[0] | input.data[1] << 8);
        input = (mote_bytes){input.data + 2, input.size - 2};
        if (length > input.size) length = input.size;
        uint8_t *copy = fixture_copy((mote_bytes){input.data, length});
        fill_in_hashes(copy, length, out);
        out->items[out->count++] = (mote_bytes){copy, length};
        input = (mote_bytes){input.data + length, input.size - length};
    }
}

static void require_same(const mote_proven_value *a, const mote_proven_value *b) {
    require(a->state == b->state && mote_bytes_equal(a->value, b->value));
    require(mote_hash_equal(&a->value_hash, &b->value_hash));
}

static mote_status read_both_ways(mote_context *context, mote_proven_value *value,
                                  const mote_trie_view *view, mote_bytes key) {
    static mote_path_step steps[2 * 256 + 64];
    size_t count = sizeof steps / sizeof *steps;
    mote_proven_value by_path;
    mote_status status = mote_trie_read(context, value, view, key);
    mote_status again = mote_trie_path(context, &by_path, steps, &count, view, key);
    require(status == again);
    require((status == MOTE_OK) == (value->state != MOTE_VALUE_UNKNOWN));
    require_same(value, &by_path);
    return status;
}

/* What is enumerated can be read; the next key after each is the one that follows; the order is
 * strict. */
static void enumerate(mote_context *context, const mote_trie_view *view, mote_bytes prefix) {
    static uint8_t last[MOTE_MAX_KEY_SIZE], next[MOTE_MAX_KEY_SIZE];
    size_t last_size = 0, next_size = 0;
    mote_trie_scan *scan;
    bool found = false;
    if (mote_trie_scan_begin(context, &scan, view, prefix) != MOTE_OK) return;
    for (unsigned told = 0; told < MOST_TOLD; told++) {
        bool more;
        mote_bytes key;
        mote_proven_value value, again;
        mote_status status = mote_trie_scan_next(context, scan, &more, &key, &value);
        if (status != MOTE_OK) return;
        if (told > 0 && found != more) {
            /* With shared nodes the one may run out of work where the other does not. */
            return;
        }
        if (!more) return;
        require(mote_bytes_starts_with(key, prefix));
        require(told == 0 || mote_bytes_compare((mote_bytes){last, last_size}, key) < 0);
        if (told > 0) require(mote_bytes_equal((mote_bytes){next, next_size}, key));
        require(read_both_ways(context, &again, view, key) == MOTE_OK);
        require_same(&value, &again);
        memcpy(last, key.data, key.size);
        last_size = key.size;
        status = mote_trie_next_key(context, &found, next, &next_size, view,
                                    (mote_bytes){last, last_size}, prefix);
        if (status != MOTE_OK) found = false;
    }
}

/* Keys that have beginnings in common, there and back: each as if it were asked for alone. */
static void read_in_turns(mote_context *context, const mote_trie_view *view, mote_bytes key) {
    mote_trie_reader *reader;
    mote_proven_value alone, together;
    mote_status began = mote_trie_reader_begin(context, &reader, view);
    for (size_t i = 0; began == MOTE_OK && i <= 2 * key.size; i++) {
        const mote_bytes part = {key.data, i <= key.size ? i : 2 * key.size - i};
        mote_status status = mote_trie_read(context, &alone, view, part);
        require(mote_trie_reader_read(context, reader, &together, part) == status);
        require_same(&alone, &together);
    }
}

static void ask(mote_context *context, const mote_trie_view *view, mote_bytes key) {
    mote_proven_value value;
    mote_merkle_value merkle;
    uint8_t nibbles[4] = {0, 1, 15, 2};
    size_t mark = mote_context_mark(context);
    (void)!read_both_ways(context, &value, view, key);
    (void)!mote_trie_merkle_value(context, &merkle, view, nibbles, key.size % 5);
    enumerate(context, view, (mote_bytes){NULL, 0});
    mote_context_release(context, mark);
    enumerate(context, view, key);
    mote_context_release(context, mark);
    read_in_turns(context, view, key);
    mote_context_release(context, mark);
}

static void compare_modes(mote_context *context, const mote_proof *strict,
                          const mote_proof *lenient, mote_bytes key) {
    mote_proven_value a, b;
    mote_trie_view strict_view = mote_proof_main(strict), lenient_view = mote_proof_main(lenient),
                   child;
    mote_status status = mote_trie_read(context, &a, &strict_view, key);
    require(mote_trie_read(context, &b, &lenient_view, key) == status);
    require_same(&a, &b);
    if (mote_proof_child(context, &child, strict, key) == MOTE_OK) ask(context, &child, key);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) return 0;
    size_t key_size = data[1] < size - 2 ? data[1] : size - 2;
    mote_bytes key = {data + 2, key_size};
    entry_list entries;
    read_entries(&entries, (mote_bytes){data + 2 + key_size, size - 2 - key_size});
    size_t bytes = 0;
    for (size_t i = 0; i < entries.count; i++) bytes += entries.items[i].size;
    mote_hash root = mote_trie_empty_root;
    if (entries.count > 0) root = mote_blake2b_256(entries.items[entries.count - 1]);
    mote_state_root state = mote_state_assumed(&root);
    mote_context *context = fixture_context(1);
    mote_proof strict, lenient;
    mote_status status = mote_proof_load_nodes(context, &lenient, &state, entries.items,
                                               entries.count, MOTE_PROOF_LENIENT);
    require(status == MOTE_OK);
    require(context->used <= mote_proof_memory(entries.count, bytes));
    mote_trie_view view = mote_proof_main(&lenient);
    ask(context, &view, key);
    size_t used = context->used;
    status = mote_proof_load_nodes(context, &strict, &state, entries.items, entries.count,
                                   MOTE_PROOF_STRICT);
    if (status == MOTE_OK) {
        view = mote_proof_main(&strict);
        ask(context, &view, key);
        compare_modes(context, &strict, &lenient, key);
    } else {
        require(strict.index == NULL && context->used == used && context->fault.status == status);
    }
    for (size_t i = 0; i < entries.count; i++) free((void *)(uintptr_t)entries.items[i].data);
    return 0;
}
