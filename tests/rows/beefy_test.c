/* SPDX-License-Identifier: Apache-2.0 */
/* H.7, BEEFY. */
#include "beefy_world.h"

#include "mote/hash.h"
#include "mote/merkle.h"

static beefy_world world;
static uint8_t commitment[64], proof[8192];
static mote_bytes commitment_bytes, proof_bytes;

/* Seven validators; five are needed. */
#define ALL 0x7fu
#define FIVE 0x1fu
#define BLOCK 30u

static int setup(void **state) {
    (void)state;
    beefy_world_make(&world, 7, 9);
    mote_hash root = beefy_world_root(&world, BLOCK);
    commitment_bytes =
        (mote_bytes){commitment, beefy_world_commitment(commitment, &root, BLOCK, world.set_id)};
    return 0;
}

static void sign(uint64_t signers) {
    proof_bytes = (mote_bytes){proof, beefy_world_proof(proof, &world, commitment_bytes, signers)};
}

static mote_status verify(mote_beefy_finalized *out) {
    mote_beefy_set set = beefy_world_set(&world);
    return mote_beefy_verify(fixture_context(1), out, NULL, &set, proof_bytes);
}

static mote_beefy_finalized finalized(void) {
    mote_beefy_finalized out;
    sign(ALL);
    assert_status(verify(&out), MOTE_OK);
    return out;
}

static const uint8_t order[32] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                  0xff, 0xff, 0xff, 0xff, 0xfe, 0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48,
                                  0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41};

static void make_signature(uint8_t signature[65], mote_hash *hash) {
    *hash = mote_keccak_256(commitment_bytes);
    beefy_world_sign(signature, 0, hash);
}

static void B01_r_and_s_that_cannot_be(void **state) {
    (void)state;
    uint8_t signature[65], key[33];
    mote_hash hash;
    for (unsigned part = 0; part < 2; part++) {
        make_signature(signature, &hash);
        memset(signature + 32 * part, 0, 32);
        assert_status(mote_beefy_recover(key, &hash, signature), MOTE_E_BAD_SIGNATURE);
        memcpy(signature + 32 * part, order, 32);
        assert_status(mote_beefy_recover(key, &hash, signature), MOTE_E_BAD_SIGNATURE);
        memset(signature + 32 * part, 0xff, 32);
        assert_status(mote_beefy_recover(key, &hash, signature), MOTE_E_BAD_SIGNATURE);
    }
    /* r + n would be past the field. */
    make_signature(signature, &hash);
    memset(signature, 0xff, 15);
    for (uint8_t v = 2; v <= 3; v++) {
        signature[64] = v;
        assert_status(mote_beefy_recover(key, &hash, signature), MOTE_E_BAD_SIGNATURE);
    }
}

static void B02_recovery_ids_above_three(void **state) {
    (void)state;
    static const uint8_t ids[] = {4, 27, 28, 255};
    uint8_t signature[65], key[33];
    mote_hash hash;
    make_signature(signature, &hash);
    for (size_t i = 0; i < sizeof ids; i++) {
        signature[64] = ids[i];
        assert_status(mote_beefy_recover(key, &hash, signature), MOTE_E_SIGNATURE_FORM);
    }
}

/* n - s with the other parity is a signature of the same key. */
static void B03_high_s_is_accepted(void **state) {
    (void)state;
    uint8_t signature[65], key[33], again[33];
    mote_hash hash;
    make_signature(signature, &hash);
    assert_status(mote_beefy_recover(key, &hash, signature), MOTE_OK);
    unsigned borrow = 0;
    for (int i = 31; i >= 0; i--) {
        unsigned difference = order[i] - signature[32 + i] - borrow;
        signature[32 + i] = (uint8_t)difference;
        borrow = difference >> 8 & 1;
    }
    signature[64] ^= 1;
    assert_status(mote_beefy_recover(again, &hash, signature), MOTE_OK);
    assert_memory_equal(key, again, 33);
}

static void B04_a_failed_recovery_is_not_the_zero_address(void **state) {
    (void)state;
    mote_beefy_sample sample;
    mote_beefy_sampled out;
    memset(&sample, 0, sizeof sample); /* r = s = 0, address zero */
    mote_hash leaf = mote_keccak_256((mote_bytes){sample.address, 20});
    mote_mmr_authority_set set = {world.set_id, 1, leaf};
    assert_status(
        mote_beefy_sample_verify(fixture_context(1), &out, &set, commitment_bytes, &sample, 1),
        MOTE_E_BAD_SIGNATURE);
}

static void B05_keys_without_address_by_both_conventions(void **state) {
    (void)state;
    static const mote_beefy_convention conventions[] = {MOTE_BEEFY_ZERO_ADDRESS,
                                                        MOTE_BEEFY_EMPTY_LEAF};
    uint8_t keys[1 + 3 * 33], address[20] = {0};
    mote_context *context = fixture_context(1);
    memcpy(keys, world.keys, sizeof keys);
    keys[0] = 3 << 2;
    memset(keys + 1 + 33, 0xff, 33); /* the second is no point */
    mote_beefy_set set;
    assert_status(mote_beefy_set_decode(context, &set, (mote_bytes){keys, sizeof keys}, 1, 0),
                  MOTE_OK);
    assert_status(mote_beefy_address(address, keys + 1 + 33), MOTE_E_BAD_PUBLIC_KEY);
    for (size_t i = 0; i < 2; i++) {
        mote_hash leaves[3], root, expected;
        for (unsigned k = 0; k < 3; k++) {
            bool none = mote_beefy_address(address, keys + 1 + 33 * k) != MOTE_OK;
            bool empty = none && conventions[i] == MOTE_BEEFY_EMPTY_LEAF;
            leaves[k] = mote_keccak_256((mote_bytes){address, empty ? 0 : 20});
        }
        expected = mote_merkle_root(fixture_backend(), leaves, 3);
        assert_status(mote_beefy_set_root(context, &root, &set, conventions[i]), MOTE_OK);
        assert_true(mote_hash_equal(&root, &expected));
    }
}

static void B06_exactly_enough_and_one_less(void **state) {
    (void)state;
    mote_beefy_finalized out;
    assert_int_equal(mote_beefy_threshold(7), 5);
    sign(FIVE);
    assert_status(verify(&out), MOTE_OK);
    sign(0x0f);
    assert_status(verify(&out), MOTE_E_BELOW_THRESHOLD);
    /* Enough signatures, one of which does not hold. */
    sign(FIVE);
    proof[proof_bytes.size - 20] ^= 1;
    assert_status(verify(&out), MOTE_E_BELOW_THRESHOLD);
    sign(0x3f);
    proof[proof_bytes.size - 20] ^= 1;
    assert_status(verify(&out), MOTE_OK);
}

/* A place has one bit, and a signature counts at its own place only: the same one elsewhere is of another key. */
static void B07_one_signature_at_several_places(void **state) {
    (void)state;
    mote_beefy_finalized out;
    sign(ALL);
    uint8_t *signatures = proof + proof_bytes.size - 7 * 65;
    for (unsigned i = 1; i < 7; i++) memcpy(signatures + 65 * i, signatures, 65);
    assert_status(verify(&out), MOTE_E_BELOW_THRESHOLD);
}

static void B08_bits_and_signatures(void **state) {
    (void)state;
    mote_beefy_finalized out;
    sign(ALL);
    const size_t bits = 1 + commitment_bytes.size + 1;
    assert_int_equal(proof[bits], 0xfe);
    proof[bits] = 0xff; /* behind the last validator */
    assert_status(verify(&out), MOTE_E_BITFIELD);
    proof[bits] = 0xfc; /* a bit less than signatures */
    assert_status(verify(&out), MOTE_E_COMMIT_LENGTHS);
    beefy_world eight;
    beefy_world_make(&eight, 8, 9);
    size_t size = beefy_world_proof(proof, &eight, commitment_bytes, 0xff);
    mote_beefy_set set = beefy_world_set(&eight);
    mote_context *context = fixture_context(1);
    /* What nodes write for eight: a byte of padding, which has to be zero. */
    memmove(proof + bits + 2, proof + bits + 1, size - bits - 1);
    proof[bits - 1] = 2 << 2;
    proof[bits + 1] = 0;
    mote_bytes padded = {proof, size + 1};
    assert_status(mote_beefy_verify(context, &out, NULL, &set, padded), MOTE_OK);
    proof[bits + 1] = 0x80;
    assert_status(mote_beefy_verify(context, &out, NULL, &set, padded), MOTE_E_BITFIELD);
}

static void B09_another_set_and_another_size(void **state) {
    (void)state;
    mote_beefy_finalized out;
    mote_beefy_set set = beefy_world_set(&world);
    mote_context *context = fixture_context(1);
    sign(ALL);
    for (int delta = -1; delta <= 1; delta += 2) {
        mote_beefy_set other = set;
        other.id += (uint64_t)(int64_t)delta;
        assert_status(mote_beefy_verify(context, &out, NULL, &other, proof_bytes),
                      MOTE_E_OTHER_SET);
    }
    beefy_world six;
    beefy_world_make(&six, 6, 9);
    set = beefy_world_set(&six);
    assert_status(mote_beefy_verify(context, &out, NULL, &set, proof_bytes), MOTE_E_SET_SIZE);
}

static mote_status decode_payload(const char *ids, const size_t *sizes) {
    uint8_t bytes[512] = {0};
    mote_beefy_commitment out;
    mote_writer writer = mote_writer_into(bytes, sizeof bytes);
    const size_t count = strlen(ids) / 2;
    mote_write_compact(&writer, count);
    for (size_t i = 0; i < count; i++) {
        mote_write_span(&writer, (const uint8_t *)ids + 2 * i, 2);
        mote_write_compact(&writer, sizes[i]);
        for (size_t k = 0; k < sizes[i]; k++) mote_write_u8(&writer, (uint8_t)k);
    }
    mote_write_u32(&writer, 5);
    mote_write_u64(&writer, 6);
    return mote_beefy_commitment_decode(fixture_context(1), &out, (mote_bytes){bytes, writer.size});
}

static void B10_payloads(void **state) {
    (void)state;
    assert_status(decode_payload("mh", (const size_t[]){32}), MOTE_OK);
    assert_status(decode_payload("aamhzz", (const size_t[]){5, 32, 0}), MOTE_OK);
    assert_status(decode_payload("zzmh", (const size_t[]){5, 32}), MOTE_E_PAYLOAD_ORDER);
    assert_status(decode_payload("mhmh", (const size_t[]){32, 32}), MOTE_E_PAYLOAD_ORDER);
    assert_status(decode_payload("mh", (const size_t[]){31}), MOTE_E_PAYLOAD_ROOT);
    assert_status(decode_payload("mh", (const size_t[]){33}), MOTE_E_PAYLOAD_ROOT);
    assert_status(decode_payload("aazz", (const size_t[]){32, 32}), MOTE_E_PAYLOAD_ROOT);
    assert_status(decode_payload("", NULL), MOTE_E_PAYLOAD_ROOT);
}

static void B11_a_block_that_is_not_newer(void **state) {
    (void)state;
    mote_beefy_finalized newer = finalized(), older = newer;
    mote_context *context = fixture_context(1);
    assert_status(mote_beefy_advances(context, &older, &newer), MOTE_E_NOT_ABOVE_TRUSTED);
    older.block_number--;
    assert_status(mote_beefy_advances(context, &older, &newer), MOTE_OK);
    older.set_id++;
    assert_status(mote_beefy_advances(context, &older, &newer), MOTE_E_NOT_ABOVE_TRUSTED);
}

static void B12_versions(void **state) {
    (void)state;
    mote_beefy_finalized out;
    sign(ALL);
    proof[0] = 0;
    assert_status(verify(&out), MOTE_E_VERSION);
    proof[0] = 2;
    assert_status(verify(&out), MOTE_E_VERSION);
}

/* The threshold is of the set that is asked, whatever the proof says of its size. */
static void B13_the_threshold_is_of_the_set(void **state) {
    (void)state;
    mote_beefy_finalized out;
    beefy_world three;
    beefy_world_make(&three, 3, 9);
    size_t size = beefy_world_proof(proof, &three, commitment_bytes, 0x7);
    proof_bytes = (mote_bytes){proof, size};
    assert_status(verify(&out), MOTE_E_SET_SIZE);
}

/* --- under the root ------------------------------------------------------------------------------------------- */
static size_t leaf_proof(uint8_t *items, uint32_t index, uint32_t count) {
    mote_hash made[64];
    const mote_mmr_entry entry = {index, mote_keccak_256((mote_bytes){world.leaves[index], 113})};
    uint64_t size;
    mote_context *context = fixture_other_context(1);
    assert_status(mote_mmr_proof_size(context, &size, &entry, 1, count), MOTE_OK);
    assert_status(mote_mmr_prove(context, made, world.nodes, count, &entry, 1), MOTE_OK);
    memcpy(items, made, (size_t)size * 32);
    return (size_t)size * 32;
}

static mote_status verify_leaf(mote_beefy_leaf *out, const mote_beefy_finalized *under,
                               uint32_t index, uint32_t first_block) {
    uint8_t items[64 * 32];
    size_t size = leaf_proof(items, index, BLOCK);
    return mote_beefy_leaf_verify(fixture_context(1), out, under, first_block,
                                  (mote_bytes){world.leaves[index], 113}, index,
                                  (mote_bytes){items, size});
}

static void M09_a_count_that_the_block_does_not_ask_for(void **state) {
    (void)state;
    mote_beefy_finalized under = finalized();
    mote_beefy_leaf leaf;
    assert_status(verify_leaf(&leaf, &under, 12, 1), MOTE_OK);
    assert_int_equal(leaf.parent_number, 12);
    assert_int_not_equal(verify_leaf(&leaf, &under, 12, 2), MOTE_OK);
    assert_int_not_equal(verify_leaf(&leaf, &under, 12, 31), MOTE_OK);
    assert_status(mote_beefy_leaf_check(&leaf), MOTE_E_NO_EVIDENCE);
}

static void M10_an_older_leaf_hands_nothing_over(void **state) {
    (void)state;
    mote_beefy_finalized under = finalized();
    mote_beefy_leaf leaf;
    mote_beefy_set next;
    mote_context *context = fixture_context(1);
    assert_status(verify_leaf(&leaf, &under, BLOCK - 1, 1), MOTE_OK);
    assert_status(mote_beefy_hand_over(context, &next, &under, &leaf, world.key_list), MOTE_OK);
    assert_int_equal(next.id, world.set_id + 1);
    assert_int_equal(next.count, 7);
    assert_status(verify_leaf(&leaf, &under, BLOCK - 2, 1), MOTE_OK);
    assert_status(mote_beefy_hand_over(fixture_context(1), &next, &under, &leaf, world.key_list),
                  MOTE_E_LEAF_INDEX);
}

static void M12_M13_sets_that_are_not_taken_over(void **state) {
    (void)state;
    mote_beefy_finalized under = finalized();
    mote_beefy_leaf leaf;
    mote_beefy_set next;
    assert_status(verify_leaf(&leaf, &under, BLOCK - 1, 1), MOTE_OK);
    mote_beefy_leaf changed = leaf;
    changed.next_set.id = world.set_id;
    assert_status(mote_beefy_hand_over(fixture_context(1), &next, &under, &changed, world.key_list),
                  MOTE_E_HANDOVER_MISSING);
    changed.next_set.id = world.set_id + 2;
    assert_status(mote_beefy_hand_over(fixture_context(1), &next, &under, &changed, world.key_list),
                  MOTE_E_HANDOVER_MISSING);
    changed = leaf;
    static const uint32_t counts[] = {0, 1000000};
    for (size_t i = 0; i < 2; i++) {
        changed.next_set.count = counts[i];
        assert_status(
            mote_beefy_hand_over(fixture_context(1), &next, &under, &changed, world.key_list),
            MOTE_E_AUTHORITIES_INVALID);
    }
    /* Other keys than the leaf's root is of. */
    uint8_t other[sizeof world.keys];
    memcpy(other, world.keys, sizeof other);
    beefy_world_key(other + 1, 20);
    assert_status(mote_beefy_hand_over(fixture_context(1), &next, &under, &leaf,
                                       (mote_bytes){other, world.key_list.size}),
                  MOTE_E_ROOT_MISMATCH);
}

static mote_status read_head(mote_para_header *out, const mote_beefy_leaf *leaf, uint32_t para_id,
                             uint32_t index) {
    uint8_t items[32 * 32];
    mote_header header;
    size_t size = beefy_world_head_proof(items, index);
    return mote_beefy_para_head(fixture_context(1), out, &header, leaf, para_id,
                                beefy_world_head(para_id), index, BEEFY_WORLD_PARAS,
                                (mote_bytes){items, size});
}

static void T05_T06_heads_that_are_not_in_the_tree(void **state) {
    (void)state;
    mote_beefy_finalized under = finalized();
    mote_beefy_leaf leaf;
    mote_para_header head;
    assert_status(verify_leaf(&leaf, &under, 12, 1), MOTE_OK);
    for (uint32_t i = 0; i < BEEFY_WORLD_PARAS; i++) {
        assert_status(read_head(&head, &leaf, 1000 + i, i), MOTE_OK);
        assert_int_equal(head.para_id, 1000 + i);
        assert_int_equal(head.number, 7);
        assert_int_equal(head.relay_number, 12);
        /* Under another id, and at another place. */
        assert_status(read_head(&head, &leaf, 2000 + i, i), MOTE_E_ROOT_MISMATCH);
        assert_int_not_equal(read_head(&head, &leaf, 1000 + i, (i + 1) % BEEFY_WORLD_PARAS),
                             MOTE_OK);
        assert_status(mote_para_header_check(&head), MOTE_E_NO_EVIDENCE);
    }
}

static void T07_two_finalities_that_contradict_each_other(void **state) {
    (void)state;
    mote_header header, other;
    mote_context *context = fixture_context(1);
    assert_status(mote_header_decode(context, &header, beefy_world_head(1)), MOTE_OK);
    assert_status(mote_header_decode(context, &other, beefy_world_head(2)), MOTE_OK);
    mote_finalized_header a = mote_finalized_header_assumed(&header);
    mote_finalized_header b = mote_finalized_header_assumed(&other);
    assert_status(mote_beefy_agrees(context, &a, &a), MOTE_OK);
    assert_status(mote_beefy_agrees(context, &a, &b), MOTE_E_FINALITY_CONFLICT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(B01_r_and_s_that_cannot_be),
        cmocka_unit_test(B02_recovery_ids_above_three),
        cmocka_unit_test(B03_high_s_is_accepted),
        cmocka_unit_test(B04_a_failed_recovery_is_not_the_zero_address),
        cmocka_unit_test(B05_keys_without_address_by_both_conventions),
        cmocka_unit_test(B06_exactly_enough_and_one_less),
        cmocka_unit_test(B07_one_signature_at_several_places),
        cmocka_unit_test(B08_bits_and_signatures),
        cmocka_unit_test(B09_another_set_and_another_size),
        cmocka_unit_test(B10_payloads),
        cmocka_unit_test(B11_a_block_that_is_not_newer),
        cmocka_unit_test(B12_versions),
        cmocka_unit_test(B13_the_threshold_is_of_the_set),
        cmocka_unit_test(M09_a_count_that_the_block_does_not_ask_for),
        cmocka_unit_test(M10_an_older_leaf_hands_nothing_over),
        cmocka_unit_test(M12_M13_sets_that_are_not_taken_over),
        cmocka_unit_test(T05_T06_heads_that_are_not_in_the_tree),
        cmocka_unit_test(T07_two_finalities_that_contradict_each_other),
    };
    return cmocka_run_group_tests_name("rows/beefy", tests, setup, NULL);
}
