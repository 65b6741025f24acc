/* SPDX-License-Identifier: Apache-2.0 */
/* H.7, mountain ranges and Merkle trees. */
#include "fixture.h"

#include "mote/hash.h"
#include "mote/merkle.h"
#include "mote/mmr.h"

#define MOST 40u

static mote_hash nodes[2 * MOST];
static mote_hash leaves[MOST];

static int setup(void **state) {
    (void)state;
    for (uint32_t i = 0; i < MOST; i++) {
        uint8_t byte = (uint8_t)i;
        leaves[i] = mote_keccak_256((mote_bytes){&byte, 1});
        mote_mmr_push(nodes, i, &leaves[i]);
    }
    return 0;
}

static mote_bytes items_of(mote_hash *items, uint64_t count, const mote_mmr_entry *entries,
                           size_t shown) {
    mote_context *context = fixture_other_context(1);
    uint64_t size;
    memset(items, 0, MOST * sizeof *items);
    assert_status(mote_mmr_proof_size(context, &size, entries, shown, count), MOTE_OK);
    assert_status(mote_mmr_prove(context, items, nodes, count, entries, shown), MOTE_OK);
    return (mote_bytes){items[0].bytes, (size_t)size * 32};
}

static mote_status verify(const mote_mmr_entry *entries, size_t shown, uint64_t count,
                          mote_bytes items) {
    mote_hash root = mote_mmr_root(nodes, count <= MOST ? count : MOST);
    return mote_mmr_verify(fixture_context(1), &root, entries, shown, count, items);
}

static void M01_no_leaf(void **state) {
    (void)state;
    mote_hash root = mote_mmr_root(nodes, 1);
    assert_status(verify(NULL, 0, 1, (mote_bytes){root.bytes, 32}), MOTE_E_NO_LEAVES);
    assert_status(verify(NULL, 0, 11, (mote_bytes){NULL, 0}), MOTE_E_NO_LEAVES);
}

static void M02_counts_that_cannot_be(void **state) {
    (void)state;
    const mote_mmr_entry entry = {0, leaves[0]};
    const mote_bytes nothing = {NULL, 0};
    static const uint64_t counts[] = {0, UINT64_C(1) << 63, UINT64_MAX, MOTE_MMR_MAX_LEAVES + 1};
    for (size_t i = 0; i < 4; i++) {
        assert_status(verify(&entry, 1, counts[i], nothing), MOTE_E_LEAF_COUNT);
    }
}

static void M03_an_index_past_the_count(void **state) {
    (void)state;
    static const uint64_t indices[] = {11, 12, UINT64_MAX};
    for (size_t i = 0; i < 3; i++) {
        const mote_mmr_entry entry = {indices[i], leaves[0]};
        assert_status(verify(&entry, 1, 11, (mote_bytes){NULL, 0}), MOTE_E_LEAF_INDEX);
    }
}

static void M04_M05_indices_that_do_not_ascend(void **state) {
    (void)state;
    mote_hash items[MOST];
    const mote_mmr_entry good[] = {{3, leaves[3]}, {7, leaves[7]}};
    mote_bytes proof = items_of(items, 11, good, 2);
    assert_status(verify(good, 2, 11, proof), MOTE_OK);
    const mote_mmr_entry same[] = {{3, leaves[3]}, {3, leaves[3]}, {7, leaves[7]}};
    const mote_mmr_entry other[] = {{3, leaves[3]}, {3, leaves[4]}, {7, leaves[7]}};
    const mote_mmr_entry swapped[] = {{7, leaves[7]}, {3, leaves[3]}};
    assert_status(verify(same, 3, 11, proof), MOTE_E_LEAF_INDEX);
    assert_status(verify(other, 3, 11, proof), MOTE_E_LEAF_INDEX);
    assert_status(verify(swapped, 2, 11, proof), MOTE_E_LEAF_INDEX);
}

static void M06_an_item_more_or_less(void **state) {
    (void)state;
    mote_hash items[MOST];
    const mote_mmr_entry entry = {5, leaves[5]};
    mote_bytes proof = items_of(items, 11, &entry, 1);
    assert_status(verify(&entry, 1, 11, proof), MOTE_OK);
    assert_status(verify(&entry, 1, 11, (mote_bytes){proof.data, proof.size + 32}),
                  MOTE_E_PROOF_LENGTH);
    assert_status(verify(&entry, 1, 11, (mote_bytes){proof.data, proof.size - 32}),
                  MOTE_E_PROOF_LENGTH);
    assert_status(verify(&entry, 1, 11, (mote_bytes){proof.data, proof.size - 1}),
                  MOTE_E_PROOF_LENGTH);
}

static void M07_items_behind_a_single_leaf(void **state) {
    (void)state;
    const mote_mmr_entry entry = {0, leaves[0]};
    assert_status(verify(&entry, 1, 1, (mote_bytes){NULL, 0}), MOTE_OK);
    assert_status(verify(&entry, 1, 1, (mote_bytes){leaves[1].bytes, 32}), MOTE_E_PROOF_LENGTH);
}

static mote_hash join(mote_hash left, mote_hash right) {
    uint8_t both[64];
    memcpy(both, left.bytes, 32);
    memcpy(both + 32, right.bytes, 32);
    return mote_keccak_256((mote_bytes){both, 64});
}

/* Three leaves: a mountain of two, and one. */
static void M08_peaks_bagged_the_other_way(void **state) {
    (void)state;
    const mote_mmr_entry entry = {2, leaves[2]};
    mote_hash peak = join(leaves[0], leaves[1]);
    mote_hash right = join(leaves[2], peak), wrong = join(peak, leaves[2]);
    const mote_bytes items = {peak.bytes, 32};
    mote_context *context = fixture_context(1);
    assert_status(mote_mmr_verify(context, &right, &entry, 1, 3, items), MOTE_OK);
    assert_status(mote_mmr_verify(context, &wrong, &entry, 1, 3, items), MOTE_E_ROOT_MISMATCH);
}

static void M11_versions_of_leaves(void **state) {
    (void)state;
    uint8_t bytes[130] = {0};
    mote_mmr_leaf leaf;
    mote_context *context = fixture_context(1);
    assert_status(mote_mmr_leaf_decode(context, &leaf, (mote_bytes){bytes, 113}), MOTE_OK);
    bytes[0] = 1 << 5; /* major 1 */
    assert_status(mote_mmr_leaf_decode(context, &leaf, (mote_bytes){bytes, 113}), MOTE_E_VERSION);
    bytes[0] = 1; /* minor 1, with more behind */
    assert_status(mote_mmr_leaf_decode(context, &leaf, (mote_bytes){bytes, 130}), MOTE_OK);
    mote_hash expected = mote_keccak_256((mote_bytes){bytes, 130});
    mote_hash hash = mote_mmr_leaf_hash(&leaf);
    assert_true(mote_hash_equal(&hash, &expected));
    assert_int_equal(leaf.extra.size, 130 - 81);
}

/* An inner node shown as the leaf of a smaller range: its hash is right, and its size gives it away. */
static void M14_two_hashes_as_a_leaf(void **state) {
    (void)state;
    uint8_t given[1 + 1 + 1 + 64] = {1 << 2, 0x01, 0x01}; /* one leaf of 64 bytes */
    memcpy(given + 3, leaves[0].bytes, 32);
    memcpy(given + 35, leaves[1].bytes, 32);
    uint8_t proof[1 + 8 + 8 + 1] = {1 << 2, [9] = 1}; /* index 0 of 1, no items */
    mote_hash root = mote_mmr_root(nodes, 2);
    uint64_t count;
    assert_status(mote_mmr_verify_leaves(fixture_context(1), &count, &root,
                                         (mote_bytes){given, sizeof given},
                                         (mote_bytes){proof, sizeof proof}),
                  MOTE_E_LEAF_SIZE);
}

/* --- binary Merkle trees ---------------------------------------------------------------------------------------- */
static mote_bytes leaf_bytes(uint32_t i) {
    static uint8_t bytes[MOST];
    bytes[i] = (uint8_t)i;
    return (mote_bytes){&bytes[i], 1};
}

static mote_bytes prove(mote_hash *root, mote_hash *items, uint32_t count, uint32_t index) {
    mote_hash row[MOST];
    uint32_t size;
    memcpy(row, leaves, sizeof row);
    memset(items, 0, MOST * sizeof *items);
    assert_status(
        mote_merkle_prove(fixture_other_context(1), root, items, &size, row, count, index),
        MOTE_OK);
    return (mote_bytes){items[0].bytes, (size_t)size * 32};
}

static void T01_places_that_cannot_be(void **state) {
    (void)state;
    mote_context *context = fixture_context(1);
    const mote_bytes nothing = {NULL, 0}, item = {leaves[1].bytes, 32};
    const mote_hash *root = &leaves[0];
    assert_status(mote_merkle_verify(context, root, leaf_bytes(0), 0, 1, nothing), MOTE_OK);
    assert_status(mote_merkle_verify(context, root, leaf_bytes(0), 0, 0, nothing),
                  MOTE_E_LEAF_COUNT);
    assert_status(mote_merkle_verify(context, root, leaf_bytes(0), 1, 1, nothing),
                  MOTE_E_LEAF_INDEX);
    assert_status(mote_merkle_verify(context, root, leaf_bytes(0), UINT32_MAX, 5, nothing),
                  MOTE_E_LEAF_INDEX);
    assert_status(mote_merkle_verify(context, root, leaf_bytes(0), 0, 1, item),
                  MOTE_E_PROOF_LENGTH);
}

/* Of five leaves the last moves up twice: one item. */
static void T02_T03_the_short_proof_of_a_leaf_that_moved_up(void **state) {
    (void)state;
    mote_hash items[MOST], root;
    mote_bytes proof = prove(&root, items, 5, 4);
    assert_int_equal(proof.size, 32);
    for (uint32_t index = 0; index < 8; index++) {
        mote_status status =
            mote_merkle_verify(fixture_context(1), &root, leaf_bytes(4), index, 5, proof);
        mote_status expected = index == 4  ? MOTE_OK
                               : index < 4 ? MOTE_E_PROOF_LENGTH
                                           : MOTE_E_LEAF_INDEX;
        assert_status(status, expected);
    }
}

static void T04_every_index_of_every_count(void **state) {
    (void)state;
    for (uint32_t count = 1; count <= 33; count++) {
        for (uint32_t index = 0; index < count; index++) {
            mote_hash items[MOST], root;
            mote_bytes proof = prove(&root, items, count, index);
            for (uint32_t at = 0; at < count; at++) {
                mote_status status = mote_merkle_verify(fixture_context(1), &root,
                                                        leaf_bytes(index), at, count, proof);
                assert_int_equal(status == MOTE_OK, at == index);
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(M01_no_leaf),
        cmocka_unit_test(M02_counts_that_cannot_be),
        cmocka_unit_test(M03_an_index_past_the_count),
        cmocka_unit_test(M04_M05_indices_that_do_not_ascend),
        cmocka_unit_test(M06_an_item_more_or_less),
        cmocka_unit_test(M07_items_behind_a_single_leaf),
        cmocka_unit_test(M08_peaks_bagged_the_other_way),
        cmocka_unit_test(M11_versions_of_leaves),
        cmocka_unit_test(M14_two_hashes_as_a_leaf),
        cmocka_unit_test(T01_places_that_cannot_be),
        cmocka_unit_test(T02_T03_the_short_proof_of_a_leaf_that_moved_up),
        cmocka_unit_test(T04_every_index_of_every_count),
    };
    return cmocka_run_group_tests_name("rows/mmr", tests, setup, NULL);
}
