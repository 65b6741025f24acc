/* SPDX-License-Identifier: Apache-2.0 */
/* Catalogue H.8: trie nodes. Each is judged as the only node of a proof whose root is its hash. */
#include "fixture.h"
#include "naive_trie.h"
#include "node.h"

static mote_status judge(mote_bytes node) {
    mote_hash root = naive_hash(node);
    mote_state_root state = mote_state_assumed(&root);
    mote_proof proof;
    mote_context *context = fixture_context(1);
    uint8_t *exact = fixture_copy(node);
    const mote_bytes entry = {exact, node.size};
    mote_status status =
        mote_proof_load_nodes(context, &proof, &state, &entry, 1, MOTE_PROOF_STRICT);
    if (status != MOTE_OK) {
        assert_int_equal(context->fault.index, 0);
        assert_true(mote_fault_offset(&context->fault, entry) != MOTE_NO_OFFSET);
        assert_null(proof.index);
        assert_int_equal(context->used, 0);
    }
    free(exact);
    return status;
}

static mote_status judge_hex(const char *hex) {
    return judge(naive_hex(hex));
}

static mote_bytes join(const char *head, mote_bytes tail) {
    return naive_concat(naive_hex(head), tail);
}

/* What the node, as the root of a proof without anything else, says about a key. */
static mote_proven_value read_in(mote_bytes node, mote_bytes key) {
    mote_hash root = naive_hash(node);
    mote_state_root state = mote_state_assumed(&root);
    mote_proof proof;
    mote_proven_value value;
    mote_context *context = fixture_context(1);
    assert_status(mote_proof_load_nodes(context, &proof, &state, &node, 1, MOTE_PROOF_STRICT),
                  MOTE_OK);
    mote_trie_view view = mote_proof_main(&proof);
    assert_status(mote_trie_read(context, &value, &view, key), MOTE_OK);
    return value;
}

static void N01_empty_node(void **unused) {
    (void)unused;
    const mote_bytes nothing = {NULL, 0};
    assert_status(judge(nothing), MOTE_E_TRUNCATED);
    assert_status(judge_hex("00"), MOTE_OK);
    assert_int_equal(read_in(naive_hex("00"), nothing).state, MOTE_VALUE_ABSENT);
    assert_int_equal(read_in(naive_hex("00"), naive_hex("1234")).state, MOTE_VALUE_ABSENT);
    assert_status(judge_hex("0000"), MOTE_E_TRAILING_BYTES);
    /* Below the root: a branch with a value, and the empty node as its inline child. */
    assert_status(judge_hex("c0 0100 04aa 0400"), MOTE_E_NODE_EMPTY_BELOW_ROOT);
}

static void N02_header_without_meaning(void **unused) {
    (void)unused;
    for (unsigned header = 1; header < 16; header++) {
        uint8_t byte = (uint8_t)header;
        assert_status(judge((mote_bytes){&byte, 1}), MOTE_E_NODE_HEADER);
        assert_status(judge(naive_concat((mote_bytes){&byte, 1}, naive_repeat(0x04, 40))),
                      MOTE_E_NODE_HEADER);
    }
}

static void N03_branch_header_alone(void **unused) {
    (void)unused;
    assert_status(judge_hex("87"), MOTE_E_NODE_PARTIAL_TOO_LONG);
    assert_status(judge_hex("80"), MOTE_E_TRUNCATED);
    assert_status(judge_hex("7f"), MOTE_E_TRUNCATED);
}

static void N04_length_extension_to_the_end(void **unused) {
    (void)unused;
    static const char *const headers[] = {"7f", "bf", "ff", "3f", "1f"};
    mote_bytes long_run = naive_repeat(0xff, 1 << 20);
    for (size_t i = 0; i < 5; i++) {
        assert_status(judge(join(headers[i], long_run)), MOTE_E_NODE_PARTIAL_TOO_LONG);
        assert_status(judge(join(headers[i], naive_repeat(0xff, 3))), MOTE_E_NODE_PARTIAL_TOO_LONG);
    }
    naive_reset();
}

static void N05_partial_length_beyond_32_bits(void **unused) {
    (void)unused;
    /* 63 + 255 * n + last = 2^32 + 2: a sum of 32 bits would be 2. */
    const uint64_t target = (UINT64_C(1) << 32) + 2 - 63;
    size_t full = (size_t)(target / 255);
    mote_bytes node = naive_concat(join("7f", naive_repeat(0xff, full)),
                                   naive_repeat((uint8_t)(target % 255), 1));
    node = naive_concat(node, naive_hex("11 04 aa"));
    mote_trie_node decoded;
    mote_context *context = fixture_context(1);
    assert_status(mote_trie_node_decode(context, &decoded, node, MOTE_NODE_NAMED, 0),
                  MOTE_E_NODE_PARTIAL_TOO_LONG);
    /* It stopped as soon as the node could not hold the length: after 1/127 of the node. */
    assert_true(mote_fault_offset(&context->fault, node) < node.size / 100);
    assert_null(decoded.encoding.data);
    naive_reset();
}

static void N06_padding_nibble(void **unused) {
    (void)unused;
    for (unsigned padding = 0; padding < 16; padding++) {
        const uint8_t leaf[] = {0x43, (uint8_t)(padding << 4 | 1), 0x23, 0x04, 0xaa};
        const uint8_t branch[] = {
            0x81, (uint8_t)(padding << 4 | 1), 0x03, 0x00, 0x0c, 0x40, 0x04, 0xbb, 0x0c, 0x40, 0x04,
            0xbb};
        mote_status expected = padding == 0 ? MOTE_OK : MOTE_E_NODE_PADDING;
        assert_status(judge((mote_bytes){leaf, sizeof leaf}), expected);
        assert_status(judge((mote_bytes){branch, sizeof branch}), expected);
    }
    /* In an inline child. */
    assert_status(judge_hex("c0 0100 04aa 10 41 01 04bb"), MOTE_OK);
    assert_status(judge_hex("c0 0100 04aa 10 41 11 04bb"), MOTE_E_NODE_PADDING);
}

static void N07_bitmap_without_children(void **unused) {
    (void)unused;
    assert_status(judge_hex("80 0000"), MOTE_E_NODE_NO_CHILDREN);
    assert_status(judge_hex("c0 0000 04aa"), MOTE_E_NODE_NO_CHILDREN);
    assert_status(judge(join("10 0000", naive_repeat(0x55, 32))), MOTE_E_NODE_NO_CHILDREN);
}

static void N08_child_lengths(void **unused) {
    (void)unused;
    assert_status(judge_hex("c0 0100 04aa 00"), MOTE_E_NODE_CHILD_LENGTH);
    /* 1 byte: no node but the empty one is so short. */
    assert_status(judge_hex("c0 0100 04aa 04 40"), MOTE_E_TRUNCATED);
    /* 31 bytes inline: a leaf with 29 bytes of value. */
    assert_status(judge(naive_concat(naive_hex("c0 0100 04aa 7c 4074"), naive_repeat(0xbb, 29))),
                  MOTE_OK);
    /* 31 bytes that are no node. */
    assert_status(judge(naive_concat(naive_hex("c0 0100 04aa 7c"), naive_repeat(0x02, 31))),
                  MOTE_E_NODE_HEADER);
    /* 32 bytes are a hash, whatever they look like; its node is missing. */
    mote_bytes hash_like = naive_concat(naive_hex("c0 0100 04aa 80 4078"), naive_repeat(0xbb, 30));
    assert_status(judge(hash_like), MOTE_OK);
    assert_status(judge(naive_concat(naive_hex("c0 0100 04aa 84 407c"), naive_repeat(0xbb, 31))),
                  MOTE_E_NODE_CHILD_LENGTH);
    assert_status(
        judge(naive_concat(naive_hex("c0 0100 04aa 03 00000040"), naive_repeat(0xbb, 40))),
        MOTE_E_NODE_CHILD_LENGTH);
    assert_status(judge(naive_concat(naive_hex("c0 0100 04aa feffffff"), naive_repeat(0xbb, 40))),
                  MOTE_E_NODE_CHILD_LENGTH);
    /* 32 in two bytes is no compact integer. */
    assert_status(judge(naive_concat(naive_hex("c0 0100 04aa 8100"), naive_repeat(0xbb, 32))),
                  MOTE_E_COMPACT_NOT_CANONICAL);
    /* A hash cut short. */
    assert_status(judge(naive_concat(naive_hex("c0 0100 04aa 80"), naive_repeat(0xbb, 31))),
                  MOTE_E_TRUNCATED);
}

static void N09_inline_child_with_trailing_bytes(void **unused) {
    (void)unused;
    assert_status(judge_hex("c0 0100 04aa 0c 40 04bb"), MOTE_OK);
    assert_status(judge_hex("c0 0100 04aa 10 40 04bb cc"), MOTE_E_TRAILING_BYTES);
    /* Two levels down. */
    assert_status(judge_hex("c0 0100 04aa 28 c0 0100 04bb 10 40 04cc dd"), MOTE_E_TRAILING_BYTES);
    assert_status(judge_hex("c0 0100 04aa 24 c0 0100 00 10 40 04cc dd"), MOTE_E_TRAILING_BYTES);
    /* In an item of a compact proof. */
    mote_bytes item = naive_hex("c0 0100 04aa 10 40 04bb cc");
    naive_list items = {NULL, 0, 0};
    mote_hash item_hash = naive_hash(item);
    mote_state_root item_state = mote_state_assumed(&item_hash);
    mote_proof compact;
    naive_append(&items, item);
    assert_status(
        mote_proof_load_compact(fixture_context(1), &compact, &item_state, naive_scale(&items)),
        MOTE_E_TRAILING_BYTES);
    /* Lenient: when it is read, and only then. */
    mote_bytes node = naive_hex("80 0300 10 40 04bb cc 0c 40 04dd");
    mote_hash root = naive_hash(node);
    mote_state_root state = mote_state_assumed(&root);
    mote_proof proof;
    mote_proven_value value;
    mote_context *context = fixture_context(1);
    assert_status(mote_proof_load_nodes(context, &proof, &state, &node, 1, MOTE_PROOF_LENIENT),
                  MOTE_OK);
    mote_trie_view view = mote_proof_main(&proof);
    assert_status(mote_trie_read(context, &value, &view, naive_hex("01")), MOTE_E_TRAILING_BYTES);
    assert_int_equal(value.state, MOTE_VALUE_UNKNOWN);
    assert_status(mote_trie_read(context, &value, &view, naive_hex("11")), MOTE_OK);
    assert_int_equal(value.state, MOTE_VALUE_ABSENT);
}

/* A branch with an empty value and one child takes 5 bytes around it: six levels are below 32
 * bytes. */
static void N10_deeply_nested_inline_children(void **unused) {
    (void)unused;
    mote_bytes node = naive_hex("40 04aa");
    for (unsigned level = 1; level <= 31; level++) {
        bool fits = node.size < 32;
        node = naive_concat(naive_hex("c0 0100 00"), naive_vec(node));
        assert_status(judge(node), fits ? MOTE_OK : MOTE_E_NODE_CHILD_LENGTH);
        if (!fits || level % 2 != 0) continue;
        mote_proven_value value = read_in(node, naive_repeat(0, level / 2));
        assert_int_equal(value.state, MOTE_VALUE_PRESENT);
        assert_true(mote_bytes_equal(value.value, naive_hex("aa")));
    }
    /* The deepest there can be, around something that is no node. */
    node = naive_hex("02");
    for (unsigned level = 1; level <= 6; level++) {
        node = naive_concat(naive_hex("c0 0100 00"), naive_vec(node));
        assert_status(judge(node), MOTE_E_NODE_HEADER);
    }
}

static void N11_value_longer_than_the_node(void **unused) {
    (void)unused;
    assert_status(judge_hex("40 08 aa"), MOTE_E_LENGTH_BEYOND_INPUT);
    assert_status(judge_hex("40 feffffff aa"), MOTE_E_LENGTH_BEYOND_INPUT);
    assert_status(judge_hex("40 03ffffffff aa"), MOTE_E_LENGTH_BEYOND_INPUT);
    assert_status(judge_hex("40 130000000000000001 aa"), MOTE_E_COMPACT_TOO_LARGE);
    assert_status(judge_hex("40 0500 aa"), MOTE_E_COMPACT_NOT_CANONICAL);
    assert_status(judge_hex("c0 0100 40 aa 0c 40 04bb"), MOTE_E_LENGTH_BEYOND_INPUT);
}

static void N12_leaf_of_nothing(void **unused) {
    (void)unused;
    assert_status(judge_hex("40 00"), MOTE_OK);
    mote_proven_value value = read_in(naive_hex("40 00"), (mote_bytes){NULL, 0});
    assert_int_equal(value.state, MOTE_VALUE_PRESENT);
    assert_int_equal(value.value.size, 0);
    assert_int_equal(read_in(naive_hex("40 00"), naive_hex("00")).state, MOTE_VALUE_ABSENT);
}

static void N13_truncated_value_hash(void **unused) {
    (void)unused;
    assert_status(judge(join("20", naive_repeat(0x77, 32))), MOTE_OK);
    assert_status(judge(join("20", naive_repeat(0x77, 31))), MOTE_E_TRUNCATED);
    assert_status(judge(join("20", naive_repeat(0x77, 33))), MOTE_E_TRAILING_BYTES);
    assert_status(judge(join("10 0100", naive_repeat(0x77, 31))), MOTE_E_TRUNCATED);
}

static void N14_lone_child_without_value(void **unused) {
    (void)unused;
    assert_status(judge_hex("80 0100 0c 40 04bb"), MOTE_E_NODE_LONE_CHILD);
    assert_status(judge_hex("80 0080 0c 40 04bb"), MOTE_E_NODE_LONE_CHILD);
    assert_status(judge_hex("c0 0100 00 0c 40 04bb"), MOTE_OK);
    assert_status(judge_hex("80 0101 0c 40 04bb 0c 40 04bb"), MOTE_OK);
}

static void N15_trailing_bytes(void **unused) {
    (void)unused;
    assert_status(judge_hex("40 04aa 00"), MOTE_E_TRAILING_BYTES);
    assert_status(judge_hex("80 0300 0c 40 04bb 0c 40 04bb 00"), MOTE_E_TRAILING_BYTES);
    assert_status(judge(naive_concat(join("20", naive_repeat(0x77, 32)), naive_hex("00"))),
                  MOTE_E_TRAILING_BYTES);
}

/* The largest length of the header byte says that bytes follow; the first may be 0. */
static void N16_length_exactly_the_largest(void **unused) {
    (void)unused;
    mote_bytes nibbles63 = naive_repeat(0, 32), nibbles31 = naive_repeat(0, 16),
               nibbles15 = naive_repeat(0, 8);
    assert_status(judge(naive_concat(join("7f 00", nibbles63), naive_hex("04aa"))), MOTE_OK);
    assert_status(judge(naive_concat(join("3f 00", nibbles31), naive_repeat(0x55, 32))), MOTE_OK);
    mote_bytes branch = naive_concat(join("1f 00", nibbles15), naive_hex("0100"));
    assert_status(
        judge(naive_concat(naive_concat(branch, naive_repeat(0x55, 32)), naive_hex("0c 40 04bb"))),
        MOTE_OK);
    mote_bytes plain =
        naive_concat(join("bf 00", nibbles63), naive_hex("0300 0c 40 04bb 0c 40 04bb"));
    assert_status(judge(plain), MOTE_OK);
    /* A root leaf with 63 nibbles belongs to no key of bytes; one with 64 does. */
    mote_bytes leaf = naive_concat(join("7f 01", nibbles63), naive_hex("04aa"));
    assert_int_equal(read_in(leaf, nibbles63).state, MOTE_VALUE_PRESENT);
    assert_int_equal(read_in(leaf, naive_repeat(0, 31)).state, MOTE_VALUE_ABSENT);
    /* 63 + 255 + 0 needs the 0. */
    mote_bytes longer = naive_concat(join("7f ff 00", naive_repeat(0, 159)), naive_hex("04aa"));
    assert_int_equal(read_in(longer, naive_repeat(0, 159)).state, MOTE_VALUE_PRESENT);
}

static mote_proven_value read_two(mote_bytes node, mote_bytes preimage, mote_bytes key) {
    const mote_bytes entries[] = {preimage, node};
    mote_hash root = naive_hash(node);
    mote_state_root state = mote_state_assumed(&root);
    mote_proof proof;
    mote_proven_value value;
    mote_context *context = fixture_context(1);
    assert_status(mote_proof_load_nodes(context, &proof, &state, entries, 2, MOTE_PROOF_STRICT),
                  MOTE_OK);
    mote_trie_view view = mote_proof_main(&proof);
    assert_status(mote_trie_read(context, &value, &view, key), MOTE_OK);
    return value;
}

static void N17_hashed_value_with_short_preimage(void **unused) {
    (void)unused;
    for (size_t size = 0; size <= 33; size++) {
        mote_bytes preimage = naive_repeat(0x66, size);
        mote_hash hash = naive_hash(preimage);
        mote_bytes node = join("22 ab", (mote_bytes){hash.bytes, 32});
        mote_proven_value value = read_two(node, preimage, naive_hex("ab"));
        assert_int_equal(value.state, MOTE_VALUE_PRESENT);
        assert_true(mote_bytes_equal(value.value, preimage));
        assert_int_equal(read_in(node, naive_hex("ab")).state, MOTE_VALUE_HASH_ONLY);
    }
}

static void N18_long_inline_value_not_migrated(void **unused) {
    (void)unused;
    /* One trie with an inline value of 40 bytes and a hashed one. */
    mote_bytes preimage = naive_repeat(0x66, 50);
    mote_hash hash = naive_hash(preimage);
    mote_bytes hashed = join("21 0a", (mote_bytes){hash.bytes, 32});
    mote_bytes inlined = naive_concat(naive_hex("41 0b a0"), naive_repeat(0x99, 40));
    mote_hash left = naive_hash(hashed), right = naive_hash(inlined);
    mote_bytes root =
        naive_concat(naive_concat(naive_hex("80 0300 80"), (mote_bytes){left.bytes, 32}),
                     naive_concat(naive_hex("80"), (mote_bytes){right.bytes, 32}));
    const mote_bytes entries[] = {inlined, preimage, root, hashed};
    mote_hash root_hash = naive_hash(root);
    mote_state_root state = mote_state_assumed(&root_hash);
    mote_proof proof;
    mote_proven_value value;
    mote_context *context = fixture_context(1);
    assert_status(mote_proof_load_nodes(context, &proof, &state, entries, 4, MOTE_PROOF_STRICT),
                  MOTE_OK);
    mote_trie_view view = mote_proof_main(&proof);
    assert_status(mote_trie_read(context, &value, &view, naive_hex("0a")), MOTE_OK);
    assert_true(value.state == MOTE_VALUE_PRESENT && mote_bytes_equal(value.value, preimage));
    assert_status(mote_trie_read(context, &value, &view, naive_hex("1b")), MOTE_OK);
    assert_true(value.state == MOTE_VALUE_PRESENT &&
                mote_bytes_equal(value.value, naive_repeat(0x99, 40)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(N01_empty_node),
        cmocka_unit_test(N02_header_without_meaning),
        cmocka_unit_test(N03_branch_header_alone),
        cmocka_unit_test(N04_length_extension_to_the_end),
        cmocka_unit_test(N05_partial_length_beyond_32_bits),
        cmocka_unit_test(N06_padding_nibble),
        cmocka_unit_test(N07_bitmap_without_children),
        cmocka_unit_test(N08_child_lengths),
        cmocka_unit_test(N09_inline_child_with_trailing_bytes),
        cmocka_unit_test(N10_deeply_nested_inline_children),
        cmocka_unit_test(N11_value_longer_than_the_node),
        cmocka_unit_test(N12_leaf_of_nothing),
        cmocka_unit_test(N13_truncated_value_hash),
        cmocka_unit_test(N14_lone_child_without_value),
        cmocka_unit_test(N15_trailing_bytes),
        cmocka_unit_test(N16_length_exactly_the_largest),
        cmocka_unit_test(N17_hashed_value_with_short_preimage),
        cmocka_unit_test(N18_long_inline_value_not_migrated),
    };
    return cmocka_run_group_tests_name("rows/trie_node", tests, NULL, NULL);
}
