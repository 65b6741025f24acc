/* SPDX-License-Identifier: Apache-2.0 */
/* Input: pairs as key size, value size, key. The root is the naive second implementation's, in
 * any order of the pairs and in both state versions; a key given twice is refused. */
#include "fixture.h"

#include "naive_trie.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST_PAIRS 64u

static void require(bool holds) {
    if (!holds) abort();
}

static size_t read_pairs(mote_trie_entry *pairs, mote_bytes input) {
    size_t count = 0;
    while (input.size >= 2 && count < MOST_PAIRS) {
        size_t key_size = input.data[0], value_size = input.data[1];
        input = (mote_bytes){input.data + 2, input.size - 2};
        if (key_size > input.size) key_size = input.size;
        pairs[count].key = (mote_bytes){input.data, key_size};
        pairs[count].value = naive_repeat((uint8_t)count, value_size);
        input = (mote_bytes){input.data + key_size, input.size - key_size};
        count++;
    }
    return count;
}

static bool has_repeated_key(const mote_trie_entry *pairs, size_t count) {
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (mote_bytes_equal(pairs[i].key, pairs[j].key)) return true;
        }
    }
    return false;
}

static void require_same_in_parts(mote_trie_entry *pairs, size_t count, mote_state_version version,
                                  const mote_hash *expected) {
    mote_trie_part parts[100];
    mote_hash root;
    for (size_t room = 1; room <= 100; room += 33) {
        mote_context *context = fixture_context(1);
        size_t parts_count = room;
        require(mote_trie_root_split(context, parts, &parts_count, pairs, count) == MOTE_OK);
        require(parts_count <= room);
        for (size_t i = parts_count; i > 0; i--)
            require(mote_trie_root_part(context, &parts[i - 1], pairs, version) == MOTE_OK);
        require(mote_trie_root_join(context, &root, parts, parts_count, pairs, version) == MOTE_OK);
        require(mote_hash_equal(&root, expected) && context->used == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mote_trie_entry pairs[MOST_PAIRS];
    naive_reset();
    size_t count = read_pairs(pairs, (mote_bytes){data, size}), longest = 0;
    bool repeated = has_repeated_key(pairs, count);
    for (size_t i = 0; i < count; i++)
        longest = pairs[i].key.size > longest ? pairs[i].key.size : longest;
    for (int version = 0; version < 2; version++) {
        mote_context *context = fixture_context(1);
        mote_hash root, expected;
        mote_status status =
            mote_trie_root(context, &root, pairs, count, (mote_state_version)version);
        require(status == (repeated ? MOTE_E_BAD_ARGUMENT : MOTE_OK));
        require(context->used == 0 && context->most_used <= mote_trie_root_memory(count, longest));
        if (repeated) continue;
        expected = naive_root(naive_trie(pairs, count, (naive_version)version));
        require(memcmp(&root, &expected, sizeof root) == 0);
        require_same_in_parts(pairs, count, (mote_state_version)version, &expected);
    }
    return 0;
}
