/* SPDX-License-Identifier: Apache-2.0 */
/* Catalogue H.9: trie proofs. The tries are built by the naive second implementation. */
#include "fixture.h"
#include "naive_trie.h"
#include "proof_index.h"

#include "mote/scale.h"

#include <time.h>

static const mote_bytes nothing = {NULL, 0};

static mote_bytes ascii(const char *text) {
    return naive_copy((mote_bytes){(const uint8_t *)text, strlen(text)});
}

static mote_trie_entry pair(const char *key_hex, mote_bytes value) {
    return (mote_trie_entry){naive_hex(key_hex), value};
}

static mote_state_root assume(mote_hash root) {
    return mote_state_assumed(&root);
}

/* Six keys: a branch with a value, inline and hashed nodes, a large value. */
static naive_node *sample(naive_version version) {
    const mote_trie_entry entries[] = {
        pair("0a", ascii("short")),
        pair("0a11", naive_repeat(0x31, 40)),
        pair("0a11ff00", naive_repeat(0x32, 5)),
        pair("0b22", naive_repeat(0x33, 100)),
        pair("c0ffee", naive_repeat(0x34, 33)),
        pair("c0ffef", nothing),
    };
    return naive_trie(entries, sizeof entries / sizeof *entries, version);
}

static mote_status load(mote_context *context, mote_proof *proof, mote_hash root,
                        const naive_list *list, mote_proof_mode mode) {
    mote_state_root state = assume(root);
    return mote_proof_load(context, proof, &state, naive_scale(list), mode);
}

static mote_status load_compact(mote_context *context, mote_proof *proof, mote_hash root,
                                const naive_list *list) {
    mote_state_root state = assume(root);
    return mote_proof_load_compact(context, proof, &state, naive_scale(list));
}

static mote_status read_main(mote_context *context, mote_proven_value *value,
                             const mote_proof *proof, mote_bytes key) {
    mote_trie_view view = mote_proof_main(proof);
    return mote_trie_read(context, value, &view, key);
}

#define assert_present(value, bytes)                                                               \
    do {                                                                                           \
        assert_int_equal((value).state, MOTE_VALUE_PRESENT);                                       \
        assert_true(mote_bytes_equal((value).value, (bytes)));                                     \
    } while (0)

static naive_list whole(const naive_node *root) {
    naive_list list = {NULL, 0, 0};
    naive_prove_all(&list, root);
    return list;
}

static void P01_proof_for_another_root(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    naive_list list = whole(sample(NAIVE_V1));
    mote_hash root = naive_root(sample(NAIVE_V1));
    mote_proof proof;
    assert_status(load(context, &proof, root, &list, MOTE_PROOF_STRICT), MOTE_OK);
    for (size_t bit = 0; bit < 256; bit++) {
        mote_hash other = root;
        other.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_status(load(context, &proof, other, &list, MOTE_PROOF_STRICT), MOTE_E_ROOT_MISMATCH);
        assert_status(load(context, &proof, other, &list, MOTE_PROOF_LENIENT),
                      MOTE_E_ROOT_MISMATCH);
    }
}

static void P02_empty_proof(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    naive_list none = {NULL, 0, 0};
    mote_proof proof;
    mote_proven_value value;
    for (int mode = 0; mode < 2; mode++) {
        assert_status(load(context, &proof, naive_root(NULL), &none, (mote_proof_mode)mode),
                      MOTE_OK);
        assert_status(read_main(context, &value, &proof, naive_hex("1234")), MOTE_OK);
        assert_int_equal(value.state, MOTE_VALUE_ABSENT);
        assert_status(read_main(context, &value, &proof, nothing), MOTE_OK);
        assert_int_equal(value.state, MOTE_VALUE_ABSENT);
        mote_hash other = naive_root(sample(NAIVE_V0));
        assert_status(load(context, &proof, other, &none, (mote_proof_mode)mode),
                      MOTE_E_PROOF_INCOMPLETE);
        assert_status(load_compact(context, &proof, other, &none), MOTE_E_PROOF_INCOMPLETE);
    }
    /* The empty trie's node may be there too, and nothing else. */
    naive_list empty_node = {NULL, 0, 0};
    naive_add(&empty_node, naive_hex("00"));
    assert_status(load(context, &proof, naive_root(NULL), &empty_node, MOTE_PROOF_STRICT), MOTE_OK);
    naive_add(&empty_node, naive_hex("4004aa"));
    assert_status(load(context, &proof, naive_root(NULL), &empty_node, MOTE_PROOF_STRICT),
                  MOTE_E_PROOF_UNREACHABLE_NODE);
    assert_int_equal(context->fault.index, 1);
}

static void P03_missing_node_on_the_path(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const naive_node *root = sample(NAIVE_V1);
    const mote_bytes key = naive_hex("0a11ff00");
    naive_list list = {NULL, 0, 0};
    naive_prove(&list, root, key);
    mote_proof proof;
    mote_proven_value value;
    assert_true(list.count >= 3);
    for (size_t i = 0; i < list.count; i++) {
        naive_list rest = naive_without(&list, i);
        mote_status loaded = load(context, &proof, naive_root(root), &rest, MOTE_PROOF_LENIENT);
        assert_status(loaded, i == 0 ? MOTE_E_ROOT_MISMATCH : MOTE_OK);
        if (loaded != MOTE_OK) continue;
        assert_status(read_main(context, &value, &proof, key), MOTE_E_PROOF_INCOMPLETE);
        assert_int_equal(value.state, MOTE_VALUE_UNKNOWN);
        /* The fault is at the last node there is: the parent of the missing one. */
        assert_true(mote_bytes_starts_with((mote_bytes){context->fault.at, list.items[i - 1].size},
                                           list.items[i - 1]));
        /* Strict: what is below the missing node hangs in the air. */
        assert_status(load(context, &proof, naive_root(root), &rest, MOTE_PROOF_STRICT),
                      i + 1 == list.count ? MOTE_OK : MOTE_E_PROOF_UNREACHABLE_NODE);
    }
}

static void P04_missing_value_preimage(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const naive_node *root = sample(NAIVE_V1);
    const mote_bytes key = naive_hex("0b22"), expected = naive_repeat(0x33, 100);
    naive_list list = {NULL, 0, 0};
    naive_prove(&list, root, key);
    naive_list without = naive_without(&list, list.count - 1);
    mote_proof proof;
    mote_proven_value value;
    assert_true(mote_bytes_equal(list.items[list.count - 1], expected));
    assert_status(load(context, &proof, naive_root(root), &without, MOTE_PROOF_STRICT), MOTE_OK);
    assert_status(read_main(context, &value, &proof, key), MOTE_OK);
    assert_int_equal(value.state, MOTE_VALUE_HASH_ONLY);
    mote_hash hash = naive_hash(expected);
    assert_memory_equal(value.value_hash.bytes, hash.bytes, 32);
    assert_int_equal(value.value.size, 0);
}

static void P05_wrong_value_preimage(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const naive_node *root = sample(NAIVE_V1);
    const mote_bytes key = naive_hex("0b22");
    naive_list list = {NULL, 0, 0};
    naive_prove(&list, root, key);
    mote_proof proof;
    mote_proven_value value;
    list.items[list.count - 1] = naive_repeat(0x33, 99);
    assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_STRICT),
                  MOTE_E_PROOF_UNREACHABLE_NODE);
    assert_int_equal(context->fault.index, list.count - 1);
    assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_LENIENT), MOTE_OK);
    assert_status(read_main(context, &value, &proof, key), MOTE_OK);
    assert_int_equal(value.state, MOTE_VALUE_HASH_ONLY);
}

/* One entry that is a node on one path and a value on another; and one that is only the one or
 * the other. */
static void P06_nodes_and_values_by_context(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const uint8_t leaf_path[] = {1};
    mote_bytes leaf = naive_leaf(leaf_path, 1, naive_repeat(0x44, 40));
    mote_bytes text = naive_repeat(0x02, 40); /* no node */
    mote_hash leaf_hash = naive_hash(leaf), text_hash = naive_hash(text);
    mote_bytes leaf_ref = {leaf_hash.bytes, 32}, text_ref = {text_hash.bytes, 32};
    mote_bytes holds_leaf = naive_concat(naive_hex("2102"), leaf_ref);
    mote_bytes holds_text = naive_concat(naive_hex("2103"), text_ref);
    mote_hash hash2 = naive_hash(holds_leaf), hash3 = naive_hash(holds_text);
    /* 0: the leaf as a node, 1: the text as a node, 2: a leaf's bytes as a value, 3: the text as
     * a value. */
    const mote_bytes merkles[] = {leaf_ref, text_ref, {hash2.bytes, 32}, {hash3.bytes, 32}};
    mote_bytes root = naive_branch(15, merkles, 4);
    naive_list list = {NULL, 0, 0};
    naive_add(&list, leaf);
    naive_add(&list, text);
    naive_add(&list, holds_leaf);
    naive_add(&list, holds_text);
    naive_add(&list, root);
    mote_proof proof;
    mote_proven_value value;
    assert_status(load(context, &proof, naive_hash(root), &list, MOTE_PROOF_STRICT),
                  MOTE_E_NODE_HEADER);
    assert_int_equal(context->fault.index, 1);
    assert_status(load(context, &proof, naive_hash(root), &list, MOTE_PROOF_LENIENT), MOTE_OK);
    assert_status(read_main(context, &value, &proof, naive_hex("01")), MOTE_OK);
    assert_present(value, naive_repeat(0x44, 40));
    assert_status(read_main(context, &value, &proof, naive_hex("11")), MOTE_E_NODE_HEADER);
    assert_status(read_main(context, &value, &proof, naive_hex("22")), MOTE_OK);
    assert_present(value, leaf);
    assert_status(read_main(context, &value, &proof, naive_hex("33")), MOTE_OK);
    assert_present(value, text);
}

static void P07_value_that_is_a_node(void **unused) {
    (void)unused;
    /* A value that is, byte for byte, another trie's root, inline and by hash. */
    mote_bytes inner = sample(NAIVE_V0)->encoding;
    for (int version = 0; version < 2; version++) {
        const mote_trie_entry entries[] = {pair("aa01", inner), pair("aa02", ascii("x"))};
        const naive_node *root = naive_trie(entries, 2, (naive_version)version);
        naive_list list = whole(root);
        mote_context *context = fixture_context(1);
        mote_proof proof;
        mote_proven_value value;
        assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_STRICT), MOTE_OK);
        assert_status(read_main(context, &value, &proof, naive_hex("aa01")), MOTE_OK);
        assert_present(value, inner);
    }
}

static void P08_duplicate_entries(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const naive_node *root = sample(NAIVE_V1);
    naive_list list = whole(root);
    size_t count = list.count;
    for (size_t i = 0; i < count; i++) {
        naive_list twice = naive_without(&list, count);
        naive_append(&twice, list.items[i]);
        mote_proof proof;
        mote_proven_value value;
        assert_status(load(context, &proof, naive_root(root), &twice, MOTE_PROOF_STRICT),
                      MOTE_E_PROOF_DUPLICATE_NODE);
        assert_int_equal(context->fault.index, count);
        assert_non_null(context->fault.at);
        assert_status(load(context, &proof, naive_root(root), &twice, MOTE_PROOF_LENIENT), MOTE_OK);
        assert_status(read_main(context, &value, &proof, naive_hex("0b22")), MOTE_OK);
        assert_present(value, naive_repeat(0x33, 100));
    }
}

static void P09_many_unused_entries(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(16);
    const naive_node *root = sample(NAIVE_V1);
    naive_list list = whole(root);
    size_t used = list.count;
    for (uint32_t i = 0; i < 100000; i++) {
        uint8_t junk[36] = {0x02}; /* no node: decoding one would be seen */
        mote_store_u32(junk + 4, i);
        naive_append(&list, naive_copy((mote_bytes){junk, sizeof junk}));
    }
    mote_proof proof;
    mote_proven_value value;
    assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_STRICT),
                  MOTE_E_PROOF_UNREACHABLE_NODE);
    assert_int_equal(context->fault.index, used);
    assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_LENIENT), MOTE_OK);
    assert_status(read_main(context, &value, &proof, naive_hex("c0ffee")), MOTE_OK);
    assert_present(value, naive_repeat(0x34, 33));
    naive_reset();
}

/* `levels` branches, each with 16 children that are all the next one: 16^levels keys of levels +
 * 1 nibbles. */
static naive_list bomb(unsigned levels, mote_hash *root) {
    naive_list list = {NULL, 0, 0};
    const uint8_t path[] = {5};
    mote_bytes node = naive_leaf(path, 1, naive_repeat(0x66, 40));
    naive_append(&list, node);
    for (unsigned level = 0; level < levels; level++) {
        mote_hash *hash = naive_take(sizeof *hash);
        mote_bytes merkles[16];
        *hash = naive_hash(node);
        for (int i = 0; i < 16; i++) merkles[i] = (mote_bytes){hash->bytes, 32};
        node = naive_branch(0xffff, merkles, 16);
        naive_append(&list, node);
    }
    *root = naive_hash(node);
    return list;
}

static void P10_shared_nodes_unfold(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    mote_hash root;
    naive_list list = bomb(11, &root);
    mote_proof proof;
    mote_proven_value value;
    assert_status(load(context, &proof, root, &list, MOTE_PROOF_STRICT), MOTE_OK);
    assert_status(read_main(context, &value, &proof, naive_hex("123456789ab5")), MOTE_OK);
    assert_present(value, naive_repeat(0x66, 40));
    assert_status(read_main(context, &value, &proof, naive_hex("123456789ab6")), MOTE_OK);
    assert_int_equal(value.state, MOTE_VALUE_ABSENT);
    mote_trie_view view = mote_proof_main(&proof);
    uint8_t next[MOTE_MAX_KEY_SIZE];
    size_t next_size;
    bool found;
    assert_status(mote_trie_next_key(context, &found, next, &next_size, &view,
                                     naive_hex("fffffffffff4"), nothing),
                  MOTE_OK);
    assert_true(found);
    assert_true(mote_bytes_equal((mote_bytes){next, next_size}, naive_hex("fffffffffff5")));
    /* With all keys of an odd number of nibbles there is none to be found, and finding that out
     * has an end. */
    list = bomb(10, &root);
    assert_status(load(context, &proof, root, &list, MOTE_PROOF_STRICT), MOTE_OK);
    view = mote_proof_main(&proof);
    assert_status(mote_trie_next_key(context, &found, next, &next_size, &view, nothing, nothing),
                  MOTE_E_LIMIT_WORK);
    assert_false(found);
}

static void P11_enumeration_of_shared_nodes(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    mote_hash root;
    naive_list list = bomb(11, &root);
    mote_proof proof;
    mote_trie_scan *scan;
    mote_proven_value value;
    mote_bytes key;
    mote_status status = MOTE_OK;
    size_t keys = 0, bytes = 0;
    bool more = true;
    assert_status(load(context, &proof, root, &list, MOTE_PROOF_STRICT), MOTE_OK);
    mote_trie_view view = mote_proof_main(&proof);
    assert_status(mote_trie_scan_begin(context, &scan, &view, naive_hex("12")), MOTE_OK);
    while (status == MOTE_OK && more) {
        status = mote_trie_scan_next(context, scan, &more, &key, &value);
        if (status == MOTE_OK && more) keys++;
    }
    assert_status(status, MOTE_E_LIMIT_WORK);
    assert_false(more);
    assert_status(mote_trie_scan_next(context, scan, &more, &key, &value), MOTE_E_LIMIT_WORK);
    for (size_t i = 0; i < list.count; i++) bytes += list.items[i].size;
    assert_true(keys > 30000 && keys <= MOTE_SCAN_WORK(bytes));
    /* A part that is small enough is enumerated whole. */
    assert_status(mote_trie_scan_begin(context, &scan, &view, naive_hex("123456789a")), MOTE_OK);
    for (keys = 0, more = true; more; keys += more) {
        assert_status(mote_trie_scan_next(context, scan, &more, &key, &value), MOTE_OK);
    }
    assert_int_equal(keys, 16);
}

static mote_merkle_value merkle_at(mote_context *context, const mote_proof *proof,
                                   mote_bytes nibbles) {
    mote_merkle_value merkle;
    mote_trie_view view = mote_proof_main(proof);
    assert_status(mote_trie_merkle_value(context, &merkle, &view, nibbles.data, nibbles.size),
                  MOTE_OK);
    return merkle;
}

static void P12_key_beyond_any_path(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const mote_trie_entry entries[] = {pair("", ascii("root value")), pair("0a", ascii("a")),
                                       pair("0a11", ascii("b"))};
    const naive_node *root = naive_trie(entries, 3, NAIVE_V1);
    naive_list list = whole(root);
    mote_proof proof;
    mote_proven_value value;
    assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_STRICT), MOTE_OK);
    assert_status(read_main(context, &value, &proof, nothing), MOTE_OK);
    assert_present(value, ascii("root value"));
    assert_status(read_main(context, &value, &proof, naive_hex("0a1100")), MOTE_OK);
    assert_int_equal(value.state, MOTE_VALUE_ABSENT);
    assert_status(
        read_main(context, &value, &proof, naive_concat(naive_hex("0a11"), naive_repeat(0, 5000))),
        MOTE_OK);
    assert_int_equal(value.state, MOTE_VALUE_ABSENT);
    /* A prefix of an odd number of nibbles. */
    for (size_t size = 0; size <= 5; size++) {
        static const uint8_t nibbles[] = {0, 10, 1, 1, 0};
        mote_bytes prefix = {nibbles, size}, expected = naive_merkle(root, prefix);
        mote_merkle_value merkle = merkle_at(context, &proof, prefix);
        assert_true(mote_bytes_equal((mote_bytes){merkle.bytes, merkle.size}, expected));
        assert_int_equal(merkle.size == 0, size == 5);
    }
}

static void P13_branch_value_at_the_end_of_the_key(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const naive_node *root = sample(NAIVE_V1);
    naive_list list = whole(root);
    mote_proof proof;
    mote_proven_value value;
    assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_STRICT), MOTE_OK);
    assert_status(read_main(context, &value, &proof, naive_hex("0a")), MOTE_OK);
    assert_present(value, ascii("short"));
    assert_status(read_main(context, &value, &proof, naive_hex("0a11")), MOTE_OK);
    assert_present(value, naive_repeat(0x31, 40));
    assert_status(read_main(context, &value, &proof, nothing),
                  MOTE_OK); /* the root branch has no value */
    assert_int_equal(value.state, MOTE_VALUE_ABSENT);
    const mote_trie_entry fork[] = {pair("ab01", ascii("1")), pair("ab11", ascii("2"))};
    root = naive_trie(fork, 2, NAIVE_V1);
    list = whole(root);
    assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_STRICT), MOTE_OK);
    assert_status(read_main(context, &value, &proof, naive_hex("ab")), MOTE_OK);
    assert_int_equal(value.state, MOTE_VALUE_ABSENT);
}

static void P14_absence_inside_an_inline_child(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const mote_trie_entry entries[] = {pair("ab0123", ascii("1")), pair("ab1123", ascii("2"))};
    const naive_node *root = naive_trie(entries, 2, NAIVE_V1);
    naive_list list = whole(root);
    mote_proof proof;
    mote_proven_value value;
    assert_int_equal(list.count, 1); /* both leaves are inside the root */
    assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_STRICT), MOTE_OK);
    static const char *const absent[] = {"ab0122", "ab0133",   "ab01",
                                         "ab0023", "ab012300", "ab2123"};
    for (size_t i = 0; i < 6; i++) {
        assert_status(read_main(context, &value, &proof, naive_hex(absent[i])), MOTE_OK);
        assert_int_equal(value.state, MOTE_VALUE_ABSENT);
    }
    assert_status(read_main(context, &value, &proof, naive_hex("ab0123")), MOTE_OK);
    assert_present(value, ascii("1"));
}

static mote_status next_of(mote_context *context, mote_bytes *next, bool *found,
                           const mote_proof *proof, const char *key, const char *prefix) {
    static uint8_t bytes[MOTE_MAX_KEY_SIZE];
    size_t size;
    mote_trie_view view = mote_proof_main(proof);
    mote_status status =
        mote_trie_next_key(context, found, bytes, &size, &view, naive_hex(key), naive_hex(prefix));
    *next = (mote_bytes){bytes, size};
    return status;
}

static void P15_no_next_key(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const naive_node *root = sample(NAIVE_V1);
    naive_list list = whole(root);
    mote_proof proof;
    mote_bytes next;
    bool found;
    assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_STRICT), MOTE_OK);
    static const char *const none[][2] = {
        {"c0ffef", ""}, {"ffff", ""},       {"0a11ff00", "0a"},
        {"0b22", "0b"}, {"0b", "0a"}, /* after the prefix */
        {"", "c1"},     {"0b22", "0b21"},   {"c0ffef", "c0"},
        {"0a", "0a22"}, {"", "0a11ff0000"},
    };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_status(next_of(context, &next, &found, &proof, none[i][0], none[i][1]), MOTE_OK);
        assert_false(found);
    }
    static const char *const some[][3] = {
        {"", "", "0a"},           {"0a", "", "0a11"},     {"0a11", "0a", "0a11ff00"},
        {"0a11ff00", "", "0b22"}, {"0b22", "", "c0ffee"}, {"c0ffee", "", "c0ffef"},
        {"", "c0", "c0ffee"},     {"0a", "c0", "c0ffee"}, {"0a10", "", "0a11"},
        {"09ff", "", "0a"},       {"0a1200", "", "0b22"}, {"0a11ff", "0a11ff", "0a11ff00"},
    };
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        assert_status(next_of(context, &next, &found, &proof, some[i][0], some[i][1]), MOTE_OK);
        assert_true(found);
        assert_true(mote_bytes_equal(next, naive_hex(some[i][2])));
    }
}

static void P16_next_key_without_the_subtree_to_the_right(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const naive_node *root = sample(NAIVE_V1);
    naive_list list = {NULL, 0, 0};
    naive_prove(&list, root, naive_hex("0a11ff00"));
    mote_proof proof;
    mote_bytes next;
    bool found;
    assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_STRICT), MOTE_OK);
    assert_status(next_of(context, &next, &found, &proof, "0a11", ""), MOTE_OK);
    assert_true(found && mote_bytes_equal(next, naive_hex("0a11ff00")));
    assert_status(next_of(context, &next, &found, &proof, "0a11ff00", ""), MOTE_E_PROOF_INCOMPLETE);
    assert_false(found);
    /* Within the prefix nothing is to the right. */
    assert_status(next_of(context, &next, &found, &proof, "0a11ff00", "0a"), MOTE_OK);
    assert_false(found);
}

static void P17_any_order_of_entries(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const naive_node *root = sample(NAIVE_V1);
    naive_list list = whole(root);
    uint64_t random = 17;
    for (int round = 0; round < 200; round++) {
        for (size_t i = list.count - 1; i > 0; i--) {
            size_t other = fixture_random(&random) % (i + 1);
            mote_bytes held = list.items[i];
            list.items[i] = list.items[other];
            list.items[other] = held;
        }
        mote_proof proof;
        mote_proven_value value;
        assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_STRICT), MOTE_OK);
        assert_status(read_main(context, &value, &proof, naive_hex("0b22")), MOTE_OK);
        assert_present(value, naive_repeat(0x33, 100));
        assert_status(read_main(context, &value, &proof, naive_hex("0a11")), MOTE_OK);
        assert_present(value, naive_repeat(0x31, 40));
    }
}

static void P18_merkle_value_inside_a_partial_key(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const naive_node *root = sample(NAIVE_V1);
    naive_list list = whole(root);
    mote_proof proof;
    assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_STRICT), MOTE_OK);
    static const uint8_t nibbles[] = {12, 0, 15, 15, 14, 14};
    for (size_t size = 0; size <= sizeof nibbles; size++) {
        mote_bytes prefix = {nibbles, size}, expected = naive_merkle(root, prefix);
        mote_merkle_value merkle = merkle_at(context, &proof, prefix);
        assert_true(expected.size > 0);
        assert_true(mote_bytes_equal((mote_bytes){merkle.bytes, merkle.size}, expected));
    }
    /* Where the prefix ends at a child, the parent alone tells it; one nibble further it does
     * not. */
    naive_list top = {NULL, 0, 0};
    naive_add(&top, root->encoding);
    assert_status(load(context, &proof, naive_root(root), &top, MOTE_PROOF_STRICT), MOTE_OK);
    mote_trie_view view = mote_proof_main(&proof);
    mote_merkle_value merkle = merkle_at(context, &proof, (mote_bytes){nibbles, 1});
    assert_memory_equal(merkle.bytes, root->children[12]->merkle.data, merkle.size);
    assert_status(mote_trie_merkle_value(context, &merkle, &view, nibbles, 2),
                  MOTE_E_PROOF_INCOMPLETE);
    assert_int_equal(merkle.size, 0);
    static const uint8_t no_nibble[] = {16};
    assert_status(mote_trie_merkle_value(context, &merkle, &view, no_nibble, 1),
                  MOTE_E_BAD_ARGUMENT);
}

static void P19_root_shorter_than_a_hash(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const mote_trie_entry entry = pair("0a", ascii("x"));
    const naive_node *root = naive_trie(&entry, 1, NAIVE_V1);
    naive_list list = whole(root);
    mote_proof proof;
    mote_proven_value value;
    assert_true(root->encoding.size < 32);
    assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_STRICT), MOTE_OK);
    assert_status(read_main(context, &value, &proof, naive_hex("0a")), MOTE_OK);
    assert_present(value, ascii("x"));
    assert_status(load_compact(context, &proof, naive_root(root), &list), MOTE_OK);
    assert_status(read_main(context, &value, &proof, naive_hex("0a")), MOTE_OK);
    assert_present(value, ascii("x"));
    /* Below a root such a node is inside its parent: named by hash it is none. */
    mote_bytes merkles[] = {{root->hash.bytes, 32}, naive_leaf((const uint8_t *)"", 0, ascii("y"))};
    mote_bytes above = naive_branch(3, merkles, 2);
    naive_add(&list, above);
    assert_status(load(context, &proof, naive_hash(above), &list, MOTE_PROOF_STRICT),
                  MOTE_E_PROOF_UNREACHABLE_NODE);
    assert_int_equal(context->fault.index, 0);
    assert_status(load(context, &proof, naive_hash(above), &list, MOTE_PROOF_LENIENT), MOTE_OK);
    assert_status(read_main(context, &value, &proof, naive_hex("00")), MOTE_E_PROOF_INCOMPLETE);
}

/* A main trie with the child tries a and b; and, if asked for, "bad": 31 bytes where a root
 * should be. */
typedef struct family {
    naive_node *a;
    naive_node *b;
    naive_node *top;
} family;

static mote_bytes child_key(const char *name) {
    return naive_concat(ascii(MOTE_CHILD_TRIE_PREFIX), ascii(name));
}

static family make_family(naive_version version, bool with_bad) {
    const mote_trie_entry in_a[] = {pair("01", naive_repeat(0x41, 40)), pair("02", ascii("in a")),
                                    pair("0202", naive_repeat(0x43, 44))};
    const mote_trie_entry in_b[] = {pair("01", naive_repeat(0x61, 40)), pair("03", ascii("in b"))};
    family made = {naive_trie(in_a, 3, version), naive_trie(in_b, 2, version), NULL};
    const mote_trie_entry top[] = {
        {child_key("a"), {made.a->hash.bytes, 32}}, {child_key("b"), {made.b->hash.bytes, 32}},
        {ascii(":code"), naive_repeat(0x78, 64)},   {ascii("x"), {made.b->hash.bytes, 32}},
        {child_key("bad"), naive_repeat(0x77, 31)},
    };
    made.top = naive_trie(top, with_bad ? 5 : 4, version);
    return made;
}

static mote_status read_child(mote_context *context, mote_proven_value *value,
                              const mote_proof *proof, const char *child, const char *key) {
    mote_trie_view view;
    memset(value, 0, sizeof *value);
    mote_status status = mote_proof_child(context, &view, proof, ascii(child));
    return status == MOTE_OK ? mote_trie_read(context, value, &view, naive_hex(key)) : status;
}

static void P20_child_tries(void **unused) {
    (void)unused;
    for (int version = 0; version < 2; version++) {
        mote_context *context = fixture_context(1);
        family f = make_family((naive_version)version, true);
        naive_list list = whole(f.top);
        mote_proof proof;
        mote_proven_value value;
        naive_prove_all(&list, f.a);
        assert_status(load(context, &proof, naive_root(f.top), &list, MOTE_PROOF_STRICT), MOTE_OK);
        assert_status(read_child(context, &value, &proof, "a", "01"), MOTE_OK);
        assert_present(value, naive_repeat(0x41, 40));
        assert_status(read_child(context, &value, &proof, "a", "03"), MOTE_OK);
        assert_int_equal(value.state, MOTE_VALUE_ABSENT);
        /* No root in the main trie: every key is absent. */
        assert_status(read_child(context, &value, &proof, "c", "01"), MOTE_OK);
        assert_int_equal(value.state, MOTE_VALUE_ABSENT);
        /* 31 bytes where a root should be. */
        assert_status(read_child(context, &value, &proof, "bad", "01"), MOTE_E_CHILD_ROOT);
        /* The root is there, its trie is not in the proof. */
        assert_status(read_child(context, &value, &proof, "b", "01"), MOTE_E_PROOF_INCOMPLETE);
        /* A trie that is no child of this main trie. */
        const mote_trie_entry foreign = pair("01", naive_repeat(0x41, 41));
        naive_prove_all(&list, naive_trie(&foreign, 1, (naive_version)version));
        assert_status(load(context, &proof, naive_root(f.top), &list, MOTE_PROOF_STRICT),
                      MOTE_E_PROOF_UNREACHABLE_NODE);
        /* A root under an ordinary key makes nothing reachable. */
        naive_list by_x = {NULL, 0, 0};
        naive_prove(&by_x, f.top, ascii("x"));
        naive_prove_all(&by_x, f.b);
        assert_status(load(context, &proof, naive_root(f.top), &by_x, MOTE_PROOF_STRICT),
                      MOTE_E_PROOF_UNREACHABLE_NODE);
        /* Enumerating a child trie, and telling its key in the main one. */
        assert_true(mote_trie_is_child_root_key(child_key("a")));
        assert_false(mote_trie_is_child_root_key(ascii(":child_storage:other:a")));
    }
}

static void P21_child_proof_for_another_child(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    family f = make_family(NAIVE_V1, true);
    naive_list list = {NULL, 0, 0};
    mote_proof proof;
    mote_proven_value value;
    /* Proves a, and carries the nodes of b: not reachable, because the main trie's node for b is
     * missing. */
    naive_prove(&list, f.top, child_key("a"));
    naive_prove_all(&list, f.b);
    assert_status(load(context, &proof, naive_root(f.top), &list, MOTE_PROOF_LENIENT), MOTE_OK);
    assert_status(read_child(context, &value, &proof, "a", "01"), MOTE_E_PROOF_INCOMPLETE);
    assert_status(read_child(context, &value, &proof, "a", "03"), MOTE_E_PROOF_INCOMPLETE);
    /* The two are told apart even where both are there. */
    naive_prove(&list, f.top, child_key("b"));
    naive_prove_all(&list, f.a);
    assert_status(load(context, &proof, naive_root(f.top), &list, MOTE_PROOF_STRICT), MOTE_OK);
    assert_status(read_child(context, &value, &proof, "a", "01"), MOTE_OK);
    assert_present(value, naive_repeat(0x41, 40));
    assert_status(read_child(context, &value, &proof, "b", "01"), MOTE_OK);
    assert_present(value, naive_repeat(0x61, 40));
    assert_status(read_child(context, &value, &proof, "a", "03"), MOTE_OK);
    assert_int_equal(value.state, MOTE_VALUE_ABSENT);
    assert_status(read_child(context, &value, &proof, "b", "03"), MOTE_OK);
    assert_present(value, ascii("in b"));
}

/* --- compact proofs --------------------------------------------------------------------------- */

static naive_list compact_of(const naive_node *root, const naive_list *proof) {
    naive_list list = {NULL, 0, 0};
    naive_compact(&list, root, proof);
    return list;
}

static void P22_compact_item_missing(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const naive_node *root = sample(NAIVE_V1);
    naive_list list = whole(root), compact = compact_of(root, &list);
    mote_proof proof;
    mote_proven_value value;
    assert_status(load_compact(context, &proof, naive_root(root), &compact), MOTE_OK);
    assert_status(read_main(context, &value, &proof, naive_hex("0b22")), MOTE_OK);
    assert_present(value, naive_repeat(0x33, 100));
    /* Cut after any item: a node or the value behind an escape byte is missing. */
    for (size_t count = 1; count < compact.count; count++) {
        naive_list cut = compact;
        cut.count = count;
        assert_status(load_compact(context, &proof, naive_root(root), &cut), MOTE_E_COMPACT_PROOF);
    }
    naive_list alone = {NULL, 0, 0};
    naive_append(&alone, naive_hex("01"));
    assert_status(load_compact(context, &proof, naive_root(root), &alone), MOTE_E_TRUNCATED);
    alone.items[0] = naive_hex("01 42ab 00"); /* the value item is missing */
    assert_status(load_compact(context, &proof, naive_root(root), &alone), MOTE_E_COMPACT_PROOF);
    naive_append(&alone, naive_repeat(0x55, 33));
    assert_status(load_compact(context, &proof, naive_root(root), &alone), MOTE_E_ROOT_MISMATCH);
    alone.items[0] = naive_hex("01 42ab 04cc"); /* a value, and the promise of one */
    assert_status(load_compact(context, &proof, naive_root(root), &alone), MOTE_E_COMPACT_PROOF);
    alone.items[0] = naive_hex("01 80 0300 0c4004bb 0c4004bb"); /* no value to replace */
    assert_status(load_compact(context, &proof, naive_root(root), &alone), MOTE_E_COMPACT_PROOF);
    alone.items[0] = naive_hex("01 01 42ab 00");
    assert_status(load_compact(context, &proof, naive_root(root), &alone), MOTE_E_NODE_HEADER);
    /* The escape byte means nothing in a plain proof. */
    naive_list plain = naive_without(&list, list.count);
    for (size_t i = 0; i < compact.count; i++) {
        if (compact.items[i].data[0] == 1) naive_append(&plain, compact.items[i]);
    }
    assert_status(load(context, &proof, naive_root(root), &plain, MOTE_PROOF_STRICT),
                  MOTE_E_PROOF_UNREACHABLE_NODE);
    mote_bytes escaped = plain.items[plain.count - 1];
    naive_list only = {NULL, 0, 0};
    naive_append(&only, escaped);
    assert_status(load(context, &proof, naive_hash(escaped), &only, MOTE_PROOF_STRICT),
                  MOTE_E_NODE_HEADER);
}

static void P23_compact_left_over_items(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    family f = make_family(NAIVE_V1, false);
    naive_list top = whole(f.top), a = whole(f.a), b = whole(f.b);
    mote_proof proof;
    mote_proven_value value;
    naive_list compact = compact_of(f.top, &top);
    size_t main_only = compact.count;
    assert_status(load_compact(context, &proof, naive_root(f.top), &compact), MOTE_OK);
    assert_status(read_child(context, &value, &proof, "a", "01"), MOTE_E_PROOF_INCOMPLETE);
    naive_append(&compact, naive_hex("40 04aa"));
    assert_status(load_compact(context, &proof, naive_root(f.top), &compact), MOTE_E_COMPACT_PROOF);
    assert_int_equal(context->fault.index, main_only);
    /* Each choice of child tries, in any order and number: only those in the order of their
     * keys, once, are right. */
    static const struct {
        const char *tries;
        mote_status expected;
    } choices[] = {
        {"a", MOTE_OK},
        {"b", MOTE_OK},
        {"ab", MOTE_OK},
        {"ba", MOTE_E_COMPACT_PROOF},
        {"aa", MOTE_E_COMPACT_PROOF},
        {"bb", MOTE_E_COMPACT_PROOF},
        {"abb", MOTE_E_COMPACT_PROOF},
        {"m", MOTE_E_COMPACT_PROOF},
        {"am", MOTE_E_COMPACT_PROOF},
        {"mab", MOTE_E_COMPACT_PROOF},
    };
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        compact.count = main_only;
        for (const char *trie = choices[i].tries; *trie != '\0'; trie++) {
            const naive_node *root = *trie == 'a' ? f.a : *trie == 'b' ? f.b : f.top;
            naive_compact(&compact, root, *trie == 'a' ? &a : *trie == 'b' ? &b : &top);
        }
        assert_status(load_compact(context, &proof, naive_root(f.top), &compact),
                      choices[i].expected);
        if (choices[i].expected != MOTE_OK) continue;
        bool has_a = strchr(choices[i].tries, 'a') != NULL;
        assert_status(read_child(context, &value, &proof, "a", "01"),
                      has_a ? MOTE_OK : MOTE_E_PROOF_INCOMPLETE);
        if (has_a) assert_present(value, naive_repeat(0x41, 40));
    }
    /* Two tries, and the first has no child root at all. */
    const naive_node *plain = sample(NAIVE_V1);
    naive_list nodes = whole(plain), two = compact_of(plain, &nodes);
    naive_compact(&two, f.a, &a);
    assert_status(load_compact(context, &proof, naive_root(plain), &two), MOTE_E_COMPACT_PROOF);
    /* A child root that is none. */
    f = make_family(NAIVE_V1, true);
    top = whole(f.top);
    compact = compact_of(f.top, &top);
    naive_compact(&compact, f.a, &a);
    assert_status(load_compact(context, &proof, naive_root(f.top), &compact), MOTE_E_CHILD_ROOT);
}

static void P24_compact_child_supplied_elsewhere(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const naive_node *root = sample(NAIVE_V1);
    naive_list list = whole(root), part = {NULL, 0, 0}, compact = compact_of(root, &list);
    mote_proof proof;
    /* Left out by its parent, present in its place, and once more at the end. */
    for (size_t i = 1; i < compact.count; i++) {
        naive_list again = naive_without(&compact, compact.count);
        naive_append(&again, compact.items[i]);
        assert_status(load_compact(context, &proof, naive_root(root), &again),
                      MOTE_E_COMPACT_PROOF);
    }
    /* Named by its hash in its parent, and supplied all the same. */
    naive_add(&part, root->encoding);
    compact = compact_of(root, &part);
    assert_int_equal(compact.count, 1);
    assert_status(load_compact(context, &proof, naive_root(root), &compact), MOTE_OK);
    naive_append(&compact, root->children[12]->encoding);
    assert_status(load_compact(context, &proof, naive_root(root), &compact), MOTE_E_COMPACT_PROOF);
    /* A node that would be inside its parent, left out. */
    const mote_trie_entry entries[] = {pair("0a", ascii("1")), pair("1a", ascii("2"))};
    root = naive_trie(entries, 2, NAIVE_V1);
    compact.count = 0;
    mote_bytes inline_child = root->children[0]->encoding;
    mote_bytes merkles[] = {nothing, root->children[1]->encoding};
    naive_append(&compact, naive_branch(3, merkles, 2));
    naive_append(&compact, inline_child);
    assert_status(load_compact(context, &proof, naive_root(root), &compact), MOTE_E_COMPACT_PROOF);
    /* More children left out than items follow: refused before memory is spent on them. */
    mote_bytes sixteen[16];
    for (int i = 0; i < 16; i++) sixteen[i] = nothing;
    compact.count = 0;
    for (int i = 0; i < 15; i++) naive_append(&compact, naive_branch(0xffff, sixteen, 16));
    assert_status(load_compact(context, &proof, naive_root(root), &compact), MOTE_E_COMPACT_PROOF);
    assert_int_equal(context->fault.index, 0);
}

static void P25_compact_item_altered(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const naive_node *root = sample(NAIVE_V1);
    naive_list list = whole(root), compact = compact_of(root, &list);
    mote_proof proof;
    size_t values = 0;
    for (size_t i = 0; i < compact.count; i++) {
        bool is_value = i > 0 && compact.items[i - 1].data[0] == 1;
        uint8_t *bytes = fixture_copy(compact.items[i]);
        mote_bytes held = compact.items[i];
        compact.items[i].data = bytes;
        for (size_t at = 0; at < held.size; at++) {
            bytes[at] ^= 0x10;
            mote_status status = load_compact(context, &proof, naive_root(root), &compact);
            if (is_value) assert_status(status, MOTE_E_ROOT_MISMATCH);
            assert_true(status != MOTE_OK);
            bytes[at] ^= 0x10;
        }
        values += is_value;
        compact.items[i] = held;
        free(bytes);
    }
    assert_int_equal(values, 3);
}

static void P26_expected_values(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const naive_node *root = sample(NAIVE_V1);
    naive_list list = whole(root);
    mote_proof proof;
    assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_STRICT), MOTE_OK);
    mote_trie_view view = mote_proof_main(&proof);
    mote_expected_value expected[] = {
        {naive_hex("0a"), false, ascii("short")},
        {naive_hex("0b22"), false, naive_repeat(0x33, 100)},
        {naive_hex("0b23"), true, nothing},
        {naive_hex("c0ffef"), false, nothing},
    };
    assert_status(mote_trie_expect(context, &view, expected, 4), MOTE_OK);
    expected[1].value.size--;
    assert_status(mote_trie_expect(context, &view, expected, 4), MOTE_E_VALUE_MISMATCH);
    assert_int_equal(context->fault.index, 1);
    expected[1].value.size++;
    expected[3].absent = true; /* empty is not absent */
    assert_status(mote_trie_expect(context, &view, expected, 4), MOTE_E_VALUE_MISMATCH);
    assert_int_equal(context->fault.index, 3);
    expected[3].absent = false;
    expected[2].absent = false; /* absent is not empty */
    assert_status(mote_trie_expect(context, &view, expected, 4), MOTE_E_VALUE_MISMATCH);
    expected[2] = expected[1];
    assert_status(mote_trie_expect(context, &view, expected, 4), MOTE_E_BAD_ARGUMENT);
    assert_int_equal(context->fault.index, 2);
    /* With the value left out of the proof its hash is enough to compare with. */
    naive_list path = {NULL, 0, 0};
    naive_prove(&path, root, naive_hex("0b22"));
    path.count--;
    assert_status(load(context, &proof, naive_root(root), &path, MOTE_PROOF_STRICT), MOTE_OK);
    view = mote_proof_main(&proof);
    assert_status(mote_trie_expect(context, &view, &expected[1], 1), MOTE_OK);
    expected[1].value = naive_repeat(0x33, 101);
    assert_status(mote_trie_expect(context, &view, &expected[1], 1), MOTE_E_VALUE_MISMATCH);
    assert_status(mote_trie_expect(context, &view, &expected[0], 1), MOTE_E_PROOF_INCOMPLETE);
}

/* Vec of `count` entries of 17 bytes, each another. */
static mote_bytes small_entries(uint32_t count) {
    uint8_t *scale = calloc(count + 1, 18);
    assert_non_null(scale);
    mote_writer writer = mote_writer_into(scale, 18 * ((size_t)count + 1));
    mote_write_compact(&writer, count);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t entry[17] = {0x40, 0x3c};
        mote_store_u32(entry + 4, i);
        mote_write_vec_u8(&writer, (mote_bytes){entry, sizeof entry});
    }
    assert_true(mote_writer_fits(&writer));
    return (mote_bytes){scale, writer.size};
}

static void P27_a_million_small_nodes(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(32);
    mote_state_root state = assume(naive_root(sample(NAIVE_V1)));
    mote_proof proof;
    static const struct {
        uint32_t count;
        mote_status strict;
    } cases[] = {
        {1000000, MOTE_E_LIMIT_SIZE},
        {900000, MOTE_E_LIMIT_COUNT},
        {MOTE_MAX_PROOF_NODES + 1, MOTE_E_LIMIT_COUNT},
        {MOTE_MAX_PROOF_NODES, MOTE_E_ROOT_MISMATCH},
    };
    for (size_t i = 0; i < 4; i++) {
        mote_bytes scale = small_entries(cases[i].count);
        assert_status(mote_proof_load(context, &proof, &state, scale, MOTE_PROOF_STRICT),
                      cases[i].strict);
        assert_int_equal(context->used, 0);
        free((void *)(uintptr_t)scale.data);
    }
    /* Twice the entries, about twice the time: of the processor, and with room for an unquiet
     * machine. */
    clock_t spent[2];
    for (int i = 0; i < 2; i++) {
        mote_bytes scale = small_entries(i == 0 ? 60000 : 240000);
        clock_t before = clock();
        assert_status(mote_proof_load(context, &proof, &state, scale, MOTE_PROOF_STRICT),
                      MOTE_E_ROOT_MISMATCH);
        spent[i] = clock() - before;
        free((void *)(uintptr_t)scale.data);
    }
    assert_true(spent[1] < 16 * spent[0] + CLOCKS_PER_SEC / 5);
}

static void P28_absent_is_not_empty(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const naive_node *root = sample(NAIVE_V1);
    naive_list list = whole(root);
    mote_proof proof;
    mote_proven_value empty, absent;
    assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_STRICT), MOTE_OK);
    assert_status(read_main(context, &empty, &proof, naive_hex("c0ffef")), MOTE_OK);
    assert_status(read_main(context, &absent, &proof, naive_hex("c0fff0")), MOTE_OK);
    assert_int_equal(empty.state, MOTE_VALUE_PRESENT);
    assert_int_equal(empty.value.size, 0);
    assert_int_equal(absent.state, MOTE_VALUE_ABSENT);
    assert_string_equal(mote_value_state_name(empty.state), "value");
    assert_string_equal(mote_value_state_name(absent.state), "absent");
}

/* Reading takes no state version: the same content in both forms, and in a mixture, reads the
 * same. */
static void P29_one_reading_for_both_versions(void **unused) {
    (void)unused;
    for (int version = NAIVE_V0; version <= NAIVE_MIXED; version++) {
        mote_context *context = fixture_context(1);
        const naive_node *root = sample((naive_version)version);
        naive_list list = whole(root);
        mote_proof proof;
        mote_proven_value value;
        assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_STRICT), MOTE_OK);
        assert_status(read_main(context, &value, &proof, naive_hex("0b22")), MOTE_OK);
        assert_present(value, naive_repeat(0x33, 100));
        assert_status(read_main(context, &value, &proof, naive_hex("0a")), MOTE_OK);
        assert_present(value, ascii("short"));
        assert_status(read_main(context, &value, &proof, naive_hex("c0ffef")), MOTE_OK);
        assert_present(value, nothing);
    }
}

static void P30_same_hash_part_other_original(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    /* Two map keys whose twox-64 part is the same; the original behind it is not. */
    const mote_trie_entry entries[] = {pair("b6ff6f7d467b87a9 e8030000", ascii("1000")),
                                       pair("b6ff6f7d467b87a9 d0070000", ascii("2000"))};
    const naive_node *root = naive_trie(entries, 2, NAIVE_V1);
    naive_list list = whole(root);
    mote_proof proof;
    mote_proven_value value;
    assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_STRICT), MOTE_OK);
    assert_status(read_main(context, &value, &proof, entries[0].key), MOTE_OK);
    assert_present(value, ascii("1000"));
    assert_status(read_main(context, &value, &proof, entries[1].key), MOTE_OK);
    assert_present(value, ascii("2000"));
    assert_status(read_main(context, &value, &proof, naive_hex("b6ff6f7d467b87a9 d1070000")),
                  MOTE_OK);
    assert_int_equal(value.state, MOTE_VALUE_ABSENT);
    assert_status(read_main(context, &value, &proof, naive_hex("b6ff6f7d467b87a9")), MOTE_OK);
    assert_int_equal(value.state, MOTE_VALUE_ABSENT);
}

/* How far the entries are from the slots where the search for them begins, at most. */
static size_t longest_run(const mote_proof_index *index) {
    size_t longest = 0, run = 0;
    for (size_t i = 0; i <= 2 * (size_t)index->slot_mask; i++) {
        run = index->slots[i & index->slot_mask] == 0 ? 0 : run + 1;
        if (run > longest) longest = run;
    }
    return longest;
}

static void P31_hashes_ground_to_collide(void **unused) {
    (void)unused;
    /* Made-up hashes that agree in all but 14 bits of the eight bytes the table looks at: as if
     * somebody had ground preimages for a table that takes its slots from the other bits.
     * (Agreement in all eight is 2^64 work a hash.) */
    for (unsigned byte = 0; byte < 8; byte += 2) {
        mote_context *context = fixture_context(4);
        for (size_t i = 0; i < sizeof context->seed; i++) context->seed[i] = (uint8_t)(i * 37 + 11);
        mote_proof_index *index = mote_trie_index_new(context, NULL, 16384);
        assert_non_null(index);
        for (uint32_t i = 0; i < 16384; i++) {
            mote_hash hash = {{0}};
            hash.bytes[byte] = (uint8_t)i;
            hash.bytes[byte + 1] = (uint8_t)(i >> 8);
            index->hashes[i] = hash;
            assert_int_equal(mote_trie_index_add(index, i, i + 1), i + 1);
            assert_int_equal(mote_trie_index_add(index, i, i + 1), i);
        }
        assert_true(longest_run(index) < 200);
        /* Another seed puts them elsewhere. */
        uint32_t *slots = calloc(index->slot_mask + 1, sizeof *slots);
        assert_non_null(slots);
        memcpy(slots, index->slots, (index->slot_mask + 1) * sizeof *slots);
        for (size_t i = 0; i < 24; i++) index->key[i / 8] ^= UINT64_C(0x5bd1e995) << i;
        memset(index->slots, 0, (index->slot_mask + 1) * sizeof *slots);
        uint32_t same = 0;
        assert_int_equal(mote_trie_index_add(index, 0, index->count), index->count);
        for (uint32_t i = 0; i <= index->slot_mask; i++) {
            const uint32_t a = slots[i] & MOTE_TRIE_SLOT_NUMBER;
            same += a != 0 && a == (index->slots[i] & MOTE_TRIE_SLOT_NUMBER);
        }
        assert_true(same < index->count / 16);
        free(slots);
    }
}

static void P32_entries_without_bytes_and_with_too_many(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(1);
    const naive_node *root = sample(NAIVE_V1);
    mote_state_root state = assume(naive_root(root));
    naive_list list = whole(root);
    mote_proof proof;
    naive_append(&list, nothing);
    assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_STRICT),
                  MOTE_E_PROOF_UNREACHABLE_NODE);
    assert_status(load(context, &proof, naive_root(root), &list, MOTE_PROOF_LENIENT), MOTE_OK);
    context = fixture_context(1);
    static const struct {
        const char *scale;
        mote_status expected;
    } cases[] = {
        {"04 03ffffffff 00", MOTE_E_LENGTH_BEYOND_INPUT}, /* 4 GiB - 1 */
        {"04 070000000001 00", MOTE_E_COMPACT_TOO_LARGE}, /* 4 GiB */
        {"04 feffffff 00", MOTE_E_LENGTH_BEYOND_INPUT},
        {"03ffffffff 00", MOTE_E_LENGTH_BEYOND_INPUT}, /* 4 GiB - 1 entries */
        {"08 04 00", MOTE_E_TRUNCATED},
        {"04 08 aa", MOTE_E_LENGTH_BEYOND_INPUT},
        {"04 04 aa bb", MOTE_E_TRAILING_BYTES},
        {"0400 04 aa", MOTE_E_TRAILING_BYTES},
        {"0500 04 aa", MOTE_E_COMPACT_NOT_CANONICAL},
        {"", MOTE_E_TRUNCATED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mote_bytes scale = naive_hex(cases[i].scale);
        assert_status(mote_proof_load(context, &proof, &state, scale, MOTE_PROOF_STRICT),
                      cases[i].expected);
        assert_true(mote_fault_offset(&context->fault, scale) <= scale.size);
        assert_status(mote_proof_load_compact(context, &proof, &state, scale), cases[i].expected);
        assert_int_equal(context->used, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(P01_proof_for_another_root),
        cmocka_unit_test(P02_empty_proof),
        cmocka_unit_test(P03_missing_node_on_the_path),
        cmocka_unit_test(P04_missing_value_preimage),
        cmocka_unit_test(P05_wrong_value_preimage),
        cmocka_unit_test(P06_nodes_and_values_by_context),
        cmocka_unit_test(P07_value_that_is_a_node),
        cmocka_unit_test(P08_duplicate_entries),
        cmocka_unit_test(P09_many_unused_entries),
        cmocka_unit_test(P10_shared_nodes_unfold),
        cmocka_unit_test(P11_enumeration_of_shared_nodes),
        cmocka_unit_test(P12_key_beyond_any_path),
        cmocka_unit_test(P13_branch_value_at_the_end_of_the_key),
        cmocka_unit_test(P14_absence_inside_an_inline_child),
        cmocka_unit_test(P15_no_next_key),
        cmocka_unit_test(P16_next_key_without_the_subtree_to_the_right),
        cmocka_unit_test(P17_any_order_of_entries),
        cmocka_unit_test(P18_merkle_value_inside_a_partial_key),
        cmocka_unit_test(P19_root_shorter_than_a_hash),
        cmocka_unit_test(P20_child_tries),
        cmocka_unit_test(P21_child_proof_for_another_child),
        cmocka_unit_test(P22_compact_item_missing),
        cmocka_unit_test(P23_compact_left_over_items),
        cmocka_unit_test(P24_compact_child_supplied_elsewhere),
        cmocka_unit_test(P25_compact_item_altered),
        cmocka_unit_test(P26_expected_values),
        cmocka_unit_test(P27_a_million_small_nodes),
        cmocka_unit_test(P28_absent_is_not_empty),
        cmocka_unit_test(P29_one_reading_for_both_versions),
        cmocka_unit_test(P30_same_hash_part_other_original),
        cmocka_unit_test(P31_hashes_ground_to_collide),
        cmocka_unit_test(P32_entries_without_bytes_and_with_too_many),
    };
    return cmocka_run_group_tests_name("rows/trie_proof", tests, NULL, NULL);
}
