/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mountain ranges and Merkle trees of every size to 64, against roots computed from their definitions: recursively, over
 * ranges of leaves, without positions or climbs. Proofs that are made are accepted; every other length, index and count
 * is refused.
 */
#include "fixture.h"

#include "mote/hash.h"
#include "mote/merkle.h"
#include "mote/mmr.h"

#define MOST 64u

static mote_hash leaves[MOST + 1];

static mote_hash leaf_number(uint32_t i) {
    uint8_t bytes[4] = {(uint8_t)i, 1, 2, 3};
    return mote_keccak_256((mote_bytes){bytes, sizeof bytes});
}

static mote_hash join(mote_hash left, mote_hash right) {
    uint8_t both[64];
    memcpy(both, left.bytes, 32);
    memcpy(both + 32, right.bytes, 32);
    return mote_keccak_256((mote_bytes){both, 64});
}

/* A mountain: the larger half left. */
static mote_hash naive_tree(uint32_t from, uint32_t count) {
    if (count == 1) return leaves[from];
    return join(naive_tree(from, count / 2), naive_tree(from + count / 2, count / 2));
}

static mote_hash naive_range(uint32_t from, uint32_t count) {
    uint32_t largest = 1;
    while (2 * largest <= count) largest *= 2;
    mote_hash peak = naive_tree(from, largest);
    if (largest == count) return peak;
    return join(naive_range(from + largest, count - largest), peak);
}

/* Rows of a Merkle tree: the leaves below a node of height h are those of its index, as far as there are any. */
static mote_hash naive_merkle(uint32_t from, uint32_t count) {
    uint32_t half = 1;
    if (count == 1) return leaves[from];
    while (2 * half < count) half *= 2;
    return join(naive_merkle(from, half), naive_merkle(from + half, count - half));
}

static int setup(void **state) {
    (void)state;
    for (uint32_t i = 0; i <= MOST; i++) leaves[i] = leaf_number(i);
    return 0;
}

static mote_hash nodes[2 * MOST + 2];

static void build(uint32_t count) {
    for (uint32_t i = 0; i < count; i++) mote_mmr_push(nodes, i, &leaves[i]);
}

static void roots_of_ranges(void **state) {
    (void)state;
    for (uint32_t count = 1; count <= MOST; count++) {
        build(count);
        mote_hash root = mote_mmr_root(nodes, count), naive = naive_range(0, count);
        assert_true(mote_hash_equal(&root, &naive));
    }
}

static mote_bytes as_bytes(const mote_hash *items, uint64_t count) {
    return (mote_bytes){items[0].bytes, (size_t)count * 32};
}

static void check_range_proof(uint32_t count, const mote_mmr_entry *entries, size_t shown) {
    mote_hash items[MOST + 2], root = naive_range(0, count);
    mote_context *context = fixture_context(1);
    uint64_t size;
    memset(items, 0, sizeof items);
    assert_status(mote_mmr_proof_size(context, &size, entries, shown, count), MOTE_OK);
    assert_status(mote_mmr_prove(context, items, nodes, count, entries, shown), MOTE_OK);
    assert_status(mote_mmr_verify(context, &root, entries, shown, count, as_bytes(items, size)),
                  MOTE_OK);
    for (uint64_t other = 0; other <= size + 2; other++) {
        if (other == size) continue;
        assert_status(
            mote_mmr_verify(context, &root, entries, shown, count, as_bytes(items, other)),
            MOTE_E_PROOF_LENGTH);
    }
    /* Mountains behind the shown leaves are one item, however many they are: a count is bound by the caller. */
    for (uint32_t other = 1; other <= MOST; other++) {
        if (other == count || entries[shown - 1].index < (other & count)) continue;
        assert_int_not_equal(
            mote_mmr_verify(context, &root, entries, shown, other, as_bytes(items, size)), MOTE_OK);
    }
}

static void every_leaf_of_every_range(void **state) {
    (void)state;
    for (uint32_t count = 1; count <= MOST; count++) {
        build(count);
        for (uint32_t i = 0; i < count; i++) {
            mote_mmr_entry entry = {i, leaves[i]};
            check_range_proof(count, &entry, 1);
        }
    }
}

static size_t entries_of_set(mote_mmr_entry *entries, uint32_t set, uint32_t count) {
    size_t shown = 0;
    for (uint32_t i = 0; i < count; i++) {
        if ((set >> i & 1) != 0) entries[shown++] = (mote_mmr_entry){i, leaves[i]};
    }
    return shown;
}

static void every_set_of_leaves_of_small_ranges(void **state) {
    (void)state;
    const uint32_t largest = fixture_effort() == FIXTURE_SMALL ? 6 : 10;
    for (uint32_t count = 1; count <= largest; count++) {
        build(count);
        for (uint32_t set = 1; set < 1u << count; set++) {
            mote_mmr_entry entries[16];
            check_range_proof(count, entries, entries_of_set(entries, set, count));
        }
    }
}

/* Proven, and with an item more or less refused. */
static void check_set(uint32_t count, const mote_hash *root, const uint32_t *indices,
                      size_t shown) {
    mote_hash items[MOST + 2];
    mote_mmr_entry entries[4];
    mote_context *context = fixture_context(1);
    uint64_t size;
    memset(items, 0, sizeof items);
    for (size_t i = 0; i < shown; i++)
        entries[i] = (mote_mmr_entry){indices[i], leaves[indices[i]]};
    assert_status(mote_mmr_proof_size(context, &size, entries, shown, count), MOTE_OK);
    assert_status(mote_mmr_prove(context, items, nodes, count, entries, shown), MOTE_OK);
    assert_status(mote_mmr_verify(context, root, entries, shown, count, as_bytes(items, size)),
                  MOTE_OK);
    assert_status(mote_mmr_verify(context, root, entries, shown, count, as_bytes(items, size + 1)),
                  MOTE_E_PROOF_LENGTH);
    if (size == 0) return;
    assert_status(mote_mmr_verify(context, root, entries, shown, count, as_bytes(items, size - 1)),
                  MOTE_E_PROOF_LENGTH);
}

static void every_pair_of_leaves_of_every_range(void **state) {
    (void)state;
    const uint32_t largest = fixture_effort() == FIXTURE_SMALL ? 12 : MOST;
    for (uint32_t count = 2; count <= largest; count++) {
        build(count);
        mote_hash root = naive_range(0, count);
        for (uint32_t b = 1; b < count; b++) {
            for (uint32_t a = 0; a < b; a++) check_set(count, &root, (uint32_t[]){a, b}, 2);
        }
    }
}

static void every_three_leaves_of_every_range(void **state) {
    (void)state;
    const uint32_t largest = fixture_effort() == FIXTURE_SMALL ? 8 : MOST;
    for (uint32_t count = 3; count <= largest; count++) {
        build(count);
        mote_hash root = naive_range(0, count);
        for (uint32_t c = 2; c < count; c++) {
            for (uint32_t b = 1; b < c; b++) {
                for (uint32_t a = 0; a < b; a++) {
                    check_set(count, &root, (uint32_t[]){a, b, c}, 3);
                }
            }
        }
    }
}

static void every_four_leaves_of_ranges_to_24(void **state) {
    (void)state;
    const uint32_t largest = fixture_effort() == FIXTURE_SMALL ? 8 : 24;
    for (uint32_t count = 4; count <= largest; count++) {
        build(count);
        mote_hash root = naive_range(0, count);
        for (uint32_t set = 0; set < count * count * count * count; set++) {
            const uint32_t of[4] = {set % count, set / count % count, set / count / count % count,
                                    set / count / count / count};
            if (of[0] >= of[1] || of[1] >= of[2] || of[2] >= of[3]) continue;
            check_set(count, &root, of, 4);
        }
    }
}

static void another_leaf_in_its_place(void **state) {
    (void)state;
    for (uint32_t count = 2; count <= 20; count++) {
        build(count);
        mote_hash items[MOST], root = naive_range(0, count);
        for (uint32_t i = 0; i < count; i++) {
            mote_mmr_entry entry = {i, leaves[i]};
            uint64_t size;
            mote_context *context = fixture_context(1);
            assert_status(mote_mmr_proof_size(context, &size, &entry, 1, count), MOTE_OK);
            assert_status(mote_mmr_prove(context, items, nodes, count, &entry, 1), MOTE_OK);
            for (uint32_t j = 0; j < count; j++) {
                if (j == i) continue;
                const mote_mmr_entry moved = {j, leaves[i]}, replaced = {i, leaves[j]};
                mote_bytes bytes = as_bytes(items, size);
                assert_int_not_equal(mote_mmr_verify(context, &root, &moved, 1, count, bytes),
                                     MOTE_OK);
                assert_status(mote_mmr_verify(context, &root, &replaced, 1, count, bytes),
                              MOTE_E_ROOT_MISMATCH);
            }
        }
    }
}

/* The proof of one set of leaves shows no other set, be it the others' places or their hashes. */
static void proofs_of_one_set_for_another(void **state) {
    (void)state;
    for (uint32_t count = 2; count <= 7; count++) {
        build(count);
        mote_hash root = naive_range(0, count);
        for (uint32_t set = 1; set < 1u << count; set++) {
            mote_mmr_entry shown[8], other[8], moved[8];
            mote_hash items[MOST];
            mote_context *context = fixture_context(1);
            uint64_t size;
            const size_t in_set = entries_of_set(shown, set, count);
            memset(items, 0, sizeof items);
            assert_status(mote_mmr_proof_size(context, &size, shown, in_set, count), MOTE_OK);
            assert_status(mote_mmr_prove(context, items, nodes, count, shown, in_set), MOTE_OK);
            for (uint32_t another = 1; another < 1u << count; another++) {
                const size_t in_other = entries_of_set(other, another, count);
                if (another == set) continue;
                assert_int_not_equal(
                    mote_mmr_verify(context, &root, other, in_other, count, as_bytes(items, size)),
                    MOTE_OK);
                for (size_t i = 0; i < in_other; i++)
                    moved[i] = (mote_mmr_entry){other[i].index, shown[i % in_set].hash};
                assert_int_not_equal(
                    mote_mmr_verify(context, &root, moved, in_other, count, as_bytes(items, size)),
                    MOTE_OK);
            }
        }
    }
}

/* With the last item left out, and with one more, told as many. */
static void check_ancestry_lengths(const mote_hash *root, mote_bytes proof, uint32_t peaks) {
    static uint8_t other[8192 + 40];
    const size_t at = 1 + 32 * (size_t)peaks + 16; /* of the count: one byte, for it is below 64 */
    mote_context *context = fixture_context(1);
    mote_mmr_ancestor ancestor;
    memset(other, 0, sizeof other);
    memcpy(other, proof.data, proof.size);
    assert_int_equal(other[at] / 4 * 40 + at + 1, proof.size);
    other[at] += 4;
    assert_status(
        mote_mmr_verify_ancestry(context, &ancestor, root, (mote_bytes){other, proof.size + 40}),
        MOTE_E_PROOF_LENGTH);
    if (other[at] == 4) return;
    other[at] -= 8;
    assert_status(
        mote_mmr_verify_ancestry(context, &ancestor, root, (mote_bytes){other, proof.size - 40}),
        MOTE_E_PROOF_LENGTH);
}

static void every_ancestor_of_every_range(void **state) {
    (void)state;
    static uint8_t memory[8192];
    for (uint32_t count = 1; count <= MOST; count++) {
        build(count);
        mote_hash root = naive_range(0, count);
        for (uint32_t older = 1; older <= count; older++) {
            mote_writer writer = mote_writer_into(memory, sizeof memory);
            mote_context *context = fixture_context(1);
            mote_mmr_ancestor ancestor;
            mote_hash expected = naive_range(0, older);
            assert_status(mote_mmr_prove_ancestry(context, &writer, nodes, count, older), MOTE_OK);
            mote_bytes proof = {memory, writer.size};
            assert_status(mote_mmr_verify_ancestry(context, &ancestor, &root, proof), MOTE_OK);
            assert_true(mote_hash_equal(&ancestor.root, &expected));
            assert_int_equal(ancestor.leaf_count, older);
            check_ancestry_lengths(&root, proof, (uint32_t)memory[0] / 4);
            for (size_t size = 0; size < proof.size; size++) {
                assert_int_not_equal(
                    mote_mmr_verify_ancestry(context, &ancestor, &root, (mote_bytes){memory, size}),
                    MOTE_OK);
            }
        }
    }
}

static void every_leaf_of_every_tree(void **state) {
    (void)state;
    for (uint32_t count = 1; count <= MOST; count++) {
        mote_hash expected = naive_merkle(0, count);
        for (uint32_t i = 0; i < count; i++) {
            mote_hash row[MOST], items[40], root;
            uint32_t size;
            mote_context *context = fixture_context(1);
            memcpy(row, leaves, sizeof row);
            memset(items, 0, sizeof items);
            assert_status(mote_merkle_prove(context, &root, items, &size, row, count, i), MOTE_OK);
            assert_true(mote_hash_equal(&root, &expected));
            assert_int_equal(size, mote_merkle_proof_size(i, count));
            uint8_t leaf[4] = {(uint8_t)i, 1, 2, 3};
            mote_bytes bytes = {leaf, 4};
            for (uint32_t length = 0; length <= 8; length++) {
                for (uint32_t index = 0; index <= count; index++) {
                    mote_status status = mote_merkle_verify(context, &root, bytes, index, count,
                                                            as_bytes(items, length));
                    assert_int_equal(status == MOTE_OK, length == size && index == i);
                }
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roots_of_ranges),
        cmocka_unit_test(every_leaf_of_every_range),
        cmocka_unit_test(every_set_of_leaves_of_small_ranges),
        cmocka_unit_test(every_pair_of_leaves_of_every_range),
        cmocka_unit_test(every_three_leaves_of_every_range),
        cmocka_unit_test(every_four_leaves_of_ranges_to_24),
        cmocka_unit_test(another_leaf_in_its_place),
        cmocka_unit_test(proofs_of_one_set_for_another),
        cmocka_unit_test(every_ancestor_of_every_range),
        cmocka_unit_test(every_leaf_of_every_tree),
    };
    return cmocka_run_group_tests_name("model/mmr", tests, setup, NULL);
}
