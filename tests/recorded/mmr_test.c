/* SPDX-License-Identifier: Apache-2.0 */
/* Answers of mmr_generateProof and mmr_generateAncestryProof of our own network, against the roots that its headers say. */
#include "fixture.h"

#include "mote/header.h"
#include "mote/mmr.h"
#include "mote/scale.h"

#define BLOCK 136 /* the block at which they were asked for */
#define OLDER 5   /* of the ancestry proof */

static json_t *answers;
static mote_hash root, older_root;

/* The BEEFY consensus log of kind 3: the root after this block. */
static mote_hash root_in_digest(mote_bytes encoded) {
    mote_header header;
    mote_digest_item item;
    mote_hash found = {{0}};
    assert_status(mote_header_decode(fixture_context(1), &header, encoded), MOTE_OK);
    mote_digest_iterator items = mote_digest_items(&header);
    while (mote_digest_next(&items, &item)) {
        bool is_root = item.kind == MOTE_DIGEST_CONSENSUS && memcmp(item.engine, "BEEF", 4) == 0 &&
                       item.payload.size == 33 && item.payload.data[0] == 3;
        if (is_root) memcpy(found.bytes, item.payload.data + 1, 32);
    }
    return found;
}

static void look_at(json_t *block, void *user) {
    (void)user;
    json_int_t number = json_integer_value(json_object_get(block, "number"));
    if (number == BLOCK) root = root_in_digest(fixture_hex_field(block, "header"));
    if (number == OLDER) older_root = root_in_digest(fixture_hex_field(block, "header"));
}

static int setup(void **state) {
    (void)state;
    answers = fixture_json("local/relay.mmr.json");
    (void)fixture_json_lines("local/relay.blocks.jsonl.gz", look_at, NULL);
    return 0;
}

static void check(const char *name, const uint32_t *blocks, size_t count) {
    json_t *answer = json_object_get(answers, name);
    mote_bytes leaves = fixture_hex_field(answer, "leaves");
    mote_bytes proof = fixture_hex_field(answer, "proof");
    mote_context *context = fixture_context(1);
    uint64_t leaf_count;
    assert_status(mote_mmr_verify_leaves(context, &leaf_count, &root, leaves, proof), MOTE_OK);
    assert_int_equal(leaf_count, BLOCK);
    mote_mmr_leaves shown = mote_mmr_leaves_of(leaves, proof);
    for (uint32_t i = 0; i < count; i++) {
        mote_bytes bytes, same;
        uint64_t index, same_index;
        mote_mmr_leaf leaf;
        assert_true(mote_mmr_leaves_next(&shown, &same, &same_index));
        assert_true(mote_mmr_leaf_at(&bytes, &index, leaves, proof, i));
        assert_status(mote_mmr_leaf_decode(context, &leaf, bytes), MOTE_OK);
        assert_true(same.data == bytes.data && same_index == index);
        assert_int_equal(index, blocks[i] - 1);
        assert_int_equal(leaf.parent_number, blocks[i] - 1);
        assert_int_equal(leaf.next_set.count, 2);
        assert_true(leaf.has_heads_root);
        assert_int_equal(leaf.extra.size, 32);
    }
    mote_bytes none;
    assert_false(mote_mmr_leaves_next(&shown, &none, &leaf_count));
}

static void one_leaf(void **state) {
    (void)state;
    check("2", (const uint32_t[]){2}, 1);
    check("133", (const uint32_t[]){133}, 1);
}

static void three_leaves(void **state) {
    (void)state;
    check("2-3-7", (const uint32_t[]){2, 3, 7}, 3);
    check("1-68-132", (const uint32_t[]){1, 68, 132}, 3);
}

static void there_is_no_leaf_behind_the_last(void **state) {
    (void)state;
    json_t *answer = json_object_get(answers, "2");
    mote_bytes bytes;
    uint64_t index;
    assert_false(mote_mmr_leaf_at(&bytes, &index, fixture_hex_field(answer, "leaves"),
                                  fixture_hex_field(answer, "proof"), 1));
}

/* The proof as JSON, in SCALE. */
static mote_bytes ancestry_proof(uint8_t *memory, size_t capacity) {
    json_t *proof = json_object_get(answers, "ancestry"), *item;
    mote_writer writer = mote_writer_into(memory, capacity);
    size_t i;
    json_t *peaks = json_object_get(proof, "prev_peaks"), *items = json_object_get(proof, "items");
    mote_write_compact(&writer, json_array_size(peaks));
    json_array_foreach(peaks, i, item) {
        mote_hash hash = fixture_hash(json_string_value(item));
        mote_write_hash(&writer, &hash);
    }
    mote_write_u64(&writer,
                   (uint64_t)json_integer_value(json_object_get(proof, "prev_leaf_count")));
    mote_write_u64(&writer, (uint64_t)json_integer_value(json_object_get(proof, "leaf_count")));
    mote_write_compact(&writer, json_array_size(items));
    json_array_foreach(items, i, item) {
        mote_hash hash = fixture_hash(json_string_value(json_array_get(item, 1)));
        mote_write_u64(&writer, (uint64_t)json_integer_value(json_array_get(item, 0)));
        mote_write_hash(&writer, &hash);
    }
    assert_true(mote_writer_fits(&writer));
    return (mote_bytes){memory, writer.size};
}

static void an_ancestor(void **state) {
    (void)state;
    uint8_t memory[4096];
    mote_mmr_ancestor ancestor;
    mote_bytes proof = ancestry_proof(memory, sizeof memory);
    mote_context *context = fixture_context(1);
    assert_status(mote_mmr_verify_ancestry(context, &ancestor, &root, proof), MOTE_OK);
    assert_int_equal(ancestor.leaf_count, OLDER);
    assert_int_equal(ancestor.of, BLOCK);
    assert_true(mote_hash_equal(&ancestor.root, &older_root));
    /* Every byte counts, but for those of the newer range's count: the mountains behind are one item, however many. */
    const size_t count_at = 1 + 2 * 32 + 8;
    for (size_t i = 0; i < proof.size; i++) {
        if (i >= count_at && i < count_at + 8) continue;
        memory[i] ^= 1;
        assert_int_not_equal(mote_mmr_verify_ancestry(context, &ancestor, &root, proof), MOTE_OK);
        memory[i] ^= 1;
    }
}

static void any_changed_byte_is_noticed(void **state) {
    (void)state;
    json_t *answer = json_object_get(answers, "1-68-132");
    mote_bytes leaves = fixture_hex_field(answer, "leaves");
    mote_bytes proof = fixture_hex_field(answer, "proof");
    mote_context *context = fixture_context(1);
    uint64_t leaf_count;
    mote_bytes *parts[] = {&leaves, &proof};
    for (size_t p = 0; p < 2; p++) {
        uint8_t *copy = fixture_copy(*parts[p]);
        const uint8_t *kept = parts[p]->data;
        parts[p]->data = copy;
        for (size_t i = 0; i < parts[p]->size; i++) {
            copy[i] ^= 0x10;
            assert_int_not_equal(mote_mmr_verify_leaves(context, &leaf_count, &root, leaves, proof),
                                 MOTE_OK);
            copy[i] ^= 0x10;
        }
        parts[p]->data = kept;
        free(copy);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_leaf),
        cmocka_unit_test(three_leaves),
        cmocka_unit_test(there_is_no_leaf_behind_the_last),
        cmocka_unit_test(an_ancestor),
        cmocka_unit_test(any_changed_byte_is_noticed),
    };
    return cmocka_run_group_tests_name("recorded/mmr", tests, setup, NULL);
}
