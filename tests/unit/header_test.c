/* SPDX-License-Identifier: Apache-2.0 */
#include "grandpa_builder.h"

#include "mote/header.h"
#include "mote/limits.h"

static const mote_hash no_hash;

static void layout_of_a_header(void **state) {
    (void)state;
    test_buffer encoded = {0};
    for (uint8_t i = 0; i < 32; i++) append_u8(&encoded, i);
    append_compact(&encoded, 0x01020304);
    for (uint8_t i = 32; i < 96; i++) append_u8(&encoded, i);
    append_compact(&encoded, 2);
    append_span(&encoded,
                "\x08\x00\x08"
                "ab",
                5);
    mote_header header;
    mote_bytes input = buffer_bytes(&encoded);
    assert_status(mote_header_decode(fixture_context(1), &header, input), MOTE_OK);
    for (uint8_t i = 0; i < 32; i++) {
        assert_int_equal(header.parent_hash.bytes[i], i);
        assert_int_equal(header.state_root.bytes[i], 32 + i);
        assert_int_equal(header.extrinsics_root.bytes[i], 64 + i);
    }
    assert_int_equal(header.number, 0x01020304);
    assert_int_equal(header.digest_count, 2);
    assert_int_equal(header.digest.size, 5);
    assert_true(mote_bytes_equal(header.encoded, input));
    mote_hash expected = libsodium_blake2b_256(input);
    assert_true(mote_hash_equal(&header.hash, &expected));
    uint8_t again[256];
    mote_writer writer = mote_writer_into(again, sizeof again);
    mote_write_header(&writer, &header);
    assert_true(mote_bytes_equal((mote_bytes){again, writer.size}, input));
}

static void decode_takes_the_whole_input(void **state) {
    (void)state;
    test_block block = test_block_at(&no_hash, 5, 1, NULL);
    test_buffer longer = {0};
    append_span(&longer, block.header.data, block.header.size);
    append_u8(&longer, 0);
    mote_context *context = fixture_context(1);
    mote_header header;
    memset(&header, 0xff, sizeof header);
    assert_status(mote_header_decode(context, &header, buffer_bytes(&longer)),
                  MOTE_E_TRAILING_BYTES);
    assert_null(header.encoded.data);
    assert_int_equal(mote_fault_offset(&context->fault, buffer_bytes(&longer)), block.header.size);
    assert_status(mote_header_decode(context, &header, (mote_bytes){NULL, 0}), MOTE_E_TRUNCATED);
    assert_status(mote_header_decode(context, &header, block.header), MOTE_OK);
    assert_int_equal(context->fault.status, MOTE_OK); /* success clears the last fault */
    /* Inside something larger, what follows is left alone. */
    mote_cursor cursor = mote_cursor_over(buffer_bytes(&longer));
    mote_read_header(&cursor, &header);
    assert_int_equal(cursor.status, MOTE_OK);
    assert_int_equal(mote_cursor_left(&cursor), 1);
}

static void largest_header(void **state) {
    (void)state;
    for (size_t excess = 0; excess < 2; excess++) {
        test_digest digest = {0};
        static const uint8_t zeros[MOTE_MAX_HEADER_SIZE];
        /* 98 bytes besides the item, whose own type and length take 1 + 4. */
        size_t payload = MOTE_MAX_HEADER_SIZE - 98 - 5 + excess;
        digest_add(&digest, 0, NULL, (mote_bytes){zeros, payload});
        test_block block = test_block_at(&no_hash, 5, 1, &digest);
        assert_int_equal(block.header.size, MOTE_MAX_HEADER_SIZE + excess);
        mote_context *context = fixture_context(1);
        mote_header header;
        assert_status(mote_header_decode(context, &header, block.header),
                      excess == 0 ? MOTE_OK : MOTE_E_LIMIT_SIZE);
        if (excess == 1) assert_int_equal(mote_fault_offset(&context->fault, block.header), 0);
    }
}

static void a_header_filled_by_hand_is_refused(void **state) {
    (void)state;
    test_block block = test_block_at(&no_hash, 5, 1, NULL);
    const mote_header genuine = test_header(&block);
    mote_context *context = fixture_context(1);
    assert_status(mote_header_check(context, &genuine), MOTE_OK);
    mote_header changed[6];
    for (size_t i = 0; i < 6; i++) changed[i] = genuine;
    changed[0].hash.bytes[0] ^= 1;
    changed[1].parent_hash.bytes[0] ^= 1;
    changed[2].number++;
    changed[3].state_root.bytes[31] ^= 1;
    changed[4].extrinsics_root.bytes[0] ^= 1;
    changed[5].encoded.size--;
    for (size_t i = 0; i < 6; i++) {
        assert_status(mote_header_check(context, &changed[i]), MOTE_E_NO_EVIDENCE);
    }
    memset(&changed[0], 0, sizeof changed[0]);
    assert_status(mote_header_check(context, &changed[0]), MOTE_E_NO_EVIDENCE);
}

/* --- from a final block to its ancestors ---------------------------------------------------------------------- */

static mote_finalized_block finalized(const test_block *block, uint32_t assumed) {
    test_voter voter = test_voter_of(0, 1);
    mote_authority_set set = test_set(&voter, 1, 7);
    mote_finalized_block out;
    set.assumed = assumed;
    assert_status(mote_justification_verify(fixture_context(1), &out, NULL, &set,
                                            build_plain_justification(&voter, 1, block, 1, 7),
                                            NULL),
                  MOTE_OK);
    return out;
}

static void header_of_a_final_block(void **state) {
    (void)state;
    test_block block = test_block_at(&no_hash, 5, 1, NULL),
               other = test_block_at(&no_hash, 5, 2, NULL);
    mote_header header = test_header(&block), another = test_header(&other);
    mote_finalized_block final = finalized(&block, MOTE_ASSUMED_AUTHORITIES);
    mote_finalized_header out;
    mote_context *context = fixture_context(1);
    assert_status(mote_finalized_header_of(context, &out, &final, &header), MOTE_OK);
    assert_status(mote_finalized_header_check(&out), MOTE_OK);
    assert_true(mote_hash_equal(&out.state_root, &header.state_root));
    assert_true(mote_hash_equal(&out.extrinsics_root, &header.extrinsics_root));
    assert_true(mote_hash_equal(&out.parent_hash, &header.parent_hash));
    assert_int_equal(out.set_id, 7);
    assert_int_equal(out.assumed, MOTE_ASSUMED_AUTHORITIES);
    assert_status(mote_finalized_header_of(context, &out, &final, &another), MOTE_E_HEADER_HASH);
    assert_status(mote_finalized_header_check(&out), MOTE_E_NO_EVIDENCE);
    header.state_root.bytes[0] ^= 1;
    assert_status(mote_finalized_header_of(context, &out, &final, &header), MOTE_E_NO_EVIDENCE);
    header.state_root.bytes[0] ^= 1;
    final = (mote_finalized_block){.hash = block.hash, .number = 5}; /* by hand: no evidence */
    assert_status(mote_finalized_header_of(context, &out, &final, &header), MOTE_E_NO_EVIDENCE);
    test_block misnamed = block;
    misnamed.number = 6;
    final = finalized(&misnamed, 0);
    assert_status(mote_finalized_header_of(context, &out, &final, &header), MOTE_E_TARGET_NUMBER);
}

static void parents_of_a_final_header(void **state) {
    (void)state;
    test_block root = test_block_at(&no_hash, 5, 1, NULL);
    test_block *chain = test_chain(&root, 3, 1), *fork = test_chain(&root, 3, 2);
    mote_finalized_block final = finalized(&chain[2], MOTE_ASSUMED_AUTHORITIES);
    mote_finalized_header at;
    mote_context *context = fixture_context(1);
    mote_header header = test_header(&chain[2]);
    assert_status(mote_finalized_header_of(context, &at, &final, &header), MOTE_OK);
    for (size_t i = 2; i-- > 0;) {
        mote_finalized_header none;
        mote_header stray = test_header(&fork[i]), parent = test_header(&chain[i]);
        assert_status(mote_finalized_parent(context, &none, &at, &stray), MOTE_E_HEADER_LINK);
        assert_status(mote_finalized_header_check(&none), MOTE_E_NO_EVIDENCE);
        mote_header painted = parent;
        painted.state_root.bytes[0] ^= 1;
        assert_status(mote_finalized_parent(context, &none, &at, &painted), MOTE_E_NO_EVIDENCE);
        assert_status(mote_finalized_parent(context, &at, &at, &parent), MOTE_OK);
        assert_true(mote_hash_equal(&at.hash, &chain[i].hash));
        assert_int_equal(at.number, chain[i].number);
        assert_int_equal(at.assumed, MOTE_ASSUMED_AUTHORITIES);
    }
    /* A parent by hash with a number that does not follow. */
    test_block odd = test_block_at(&no_hash, 3, 1, NULL),
               child = test_block_at(&odd.hash, 5, 1, NULL);
    final = finalized(&child, 0);
    header = test_header(&child);
    mote_header parent = test_header(&odd);
    assert_status(mote_finalized_header_of(context, &at, &final, &header), MOTE_OK);
    assert_status(mote_finalized_parent(context, &at, &at, &parent), MOTE_E_HEADER_NUMBER);
    assert_status(mote_finalized_parent(context, &at, &at, &parent), MOTE_E_NO_EVIDENCE);
}

static void assumed_header(void **state) {
    (void)state;
    test_block block = test_block_at(&no_hash, 5, 1, NULL);
    mote_header header = test_header(&block);
    mote_finalized_header assumed = mote_finalized_header_assumed(&header);
    assert_status(mote_finalized_header_check(&assumed), MOTE_OK);
    assert_int_equal(assumed.assumed, MOTE_ASSUMED_HEADER);
    assert_true(mote_hash_equal(&assumed.hash, &block.hash));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layout_of_a_header),
        cmocka_unit_test(decode_takes_the_whole_input),
        cmocka_unit_test(largest_header),
        cmocka_unit_test(a_header_filled_by_hand_is_refused),
        cmocka_unit_test(header_of_a_final_block),
        cmocka_unit_test(parents_of_a_final_header),
        cmocka_unit_test(assumed_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
