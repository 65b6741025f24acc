/* SPDX-License-Identifier: Apache-2.0 */
/* H.1: SCALE, by itself and at every entry point through which bytes from a network come in. */
#include "entry_points.h"

#include "mote/grandpa.h"
#include "mote/header.h"
#include "mote/limits.h"
#include "mote/scale.h"
#include "mote/trie.h"

/* --- compact integers and vectors ------------------------------------------------------------------------ */

static mote_status compact_u64(const char *hex) {
    mote_cursor cursor = mote_cursor_over(fixture_hex(hex));
    uint64_t value = mote_read_compact_u64(&cursor);
    mote_status status = mote_cursor_finish(fixture_context(1), &cursor);
    if (status != MOTE_OK) assert_true(value == 0);
    return status;
}

static mote_status compact_u32(const char *hex) {
    mote_cursor cursor = mote_cursor_over(fixture_hex(hex));
    uint32_t value = mote_read_compact_u32(&cursor);
    mote_status status = mote_cursor_finish(fixture_context(1), &cursor);
    if (status != MOTE_OK) assert_true(value == 0);
    return status;
}

static void S01_zero_in_longer_modes(void **state) {
    (void)state;
    static const char *const zeros[] = {"0100", "02000000", "0300000000", "070000000000"};
    for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++) {
        assert_status(compact_u64(zeros[i]), MOTE_E_COMPACT_NOT_CANONICAL);
        assert_status(compact_u32(zeros[i]), MOTE_E_COMPACT_NOT_CANONICAL);
    }
}

static void S02_largest_of_a_mode_in_the_next_one(void **state) {
    (void)state;
    assert_status(compact_u64("fd00"), MOTE_E_COMPACT_NOT_CANONICAL);       /* 63 in two bytes */
    assert_status(compact_u64("feff0000"), MOTE_E_COMPACT_NOT_CANONICAL);   /* 16383 in four */
    assert_status(compact_u64("03ffffff3f"), MOTE_E_COMPACT_NOT_CANONICAL); /* 2^30 - 1, big */
    assert_status(compact_u64("fc"), MOTE_OK);
    assert_status(compact_u64("fdff"), MOTE_OK);
    assert_status(compact_u64("feffffff"), MOTE_OK);
    assert_status(compact_u64("0300000040"), MOTE_OK);
}

static void S03_big_integer_with_zero_on_top(void **state) {
    (void)state;
    assert_status(compact_u64("07ffffffff00"), MOTE_E_COMPACT_NOT_CANONICAL);
    assert_status(compact_u64("13ffffffffffffff00"), MOTE_E_COMPACT_NOT_CANONICAL);
    assert_status(compact_u64("17ffffffffffffffff00"), MOTE_E_COMPACT_NOT_CANONICAL);
    assert_status(compact_u64("07ffffffff01"), MOTE_OK);
}

static void S04_u32_of_two_to_the_32(void **state) {
    (void)state;
    assert_status(compact_u32("070000000001"), MOTE_E_COMPACT_TOO_LARGE);
    assert_status(compact_u32("03ffffffff"), MOTE_OK);
    assert_status(compact_u64("070000000001"), MOTE_OK);
    assert_status(compact_u64("17000000000000000001"), MOTE_E_COMPACT_TOO_LARGE); /* 2^64 */
}

static void S05_big_integer_of_67_bytes(void **state) {
    (void)state;
    uint8_t bytes[68];
    memset(bytes, 0xff, sizeof bytes);
    mote_cursor cursor = mote_cursor_over((mote_bytes){bytes, sizeof bytes});
    (void)mote_read_compact_u64(&cursor);
    mote_context *context = fixture_context(1);
    assert_status(mote_cursor_finish(context, &cursor), MOTE_E_COMPACT_TOO_LARGE);
    assert_int_equal(mote_fault_offset(&context->fault, (mote_bytes){bytes, sizeof bytes}), 0);
}

static mote_status vec_u8(mote_bytes input) {
    mote_cursor cursor = mote_cursor_over(input);
    mote_bytes vec = mote_read_vec_u8(&cursor);
    mote_status status =
        mote_cursor_finish(fixture_context(0), &cursor); /* and no memory to take */
    if (status != MOTE_OK) assert_int_equal(vec.size, 0);
    return status;
}

static void S06_gossamer_2629(void **state) {
    (void)state;
    /* 07 announces five bytes of length: 0x4000100908. */
    assert_status(vec_u8(fixture_hex("070809100040")), MOTE_E_COMPACT_TOO_LARGE);
}

static void S07_length_beyond_the_input(void **state) {
    (void)state;
    assert_status(vec_u8(fixture_hex("feffffff00010203040506070809")), MOTE_E_LENGTH_BEYOND_INPUT);
    assert_status(vec_u8(fixture_hex("2c00010203040506070809")), MOTE_E_LENGTH_BEYOND_INPUT);
    assert_status(vec_u8(fixture_hex("2800010203040506070809")), MOTE_OK);
}

static void S09_options_booleans_enums(void **state) {
    (void)state;
    for (unsigned value = 0; value < 256; value++) {
        uint8_t byte = (uint8_t)value;
        const mote_bytes input = {&byte, 1};
        mote_cursor option = mote_cursor_over(input), boolean = mote_cursor_over(input);
        assert_int_equal(mote_read_option(&option), value == 1);
        assert_int_equal(mote_read_bool(&boolean), value == 1);
        mote_status expected = value <= 1 ? MOTE_OK : MOTE_E_BAD_OPTION;
        assert_status(mote_cursor_finish(fixture_context(1), &option), expected);
        assert_status(mote_cursor_finish(fixture_context(1), &boolean), expected);
    }
    /* An equivocation proof is an enum of prevote and precommit. */
    uint8_t equivocation[8 + 1 + 8 + 32 + 2 * (32 + 4 + 64)] = {0};
    equivocation[8] = 2;
    mote_context *context = fixture_context(8);
    mote_voter voter;
    mote_authority_set set;
    mote_equivocation out;
    const uint8_t item[40] = {9, [32] = 1};
    const mote_authority_list list = {item, 1};
    assert_status(mote_authority_set_build(context, &set, &voter, 1, &list, 0, 0), MOTE_OK);
    mote_bytes proof = {equivocation, sizeof equivocation};
    assert_status(mote_equivocation_verify(context, &out, &set, proof), MOTE_E_BAD_ENUM);
}

/* Lengths at which `offset + length` would wrap a 32-bit size, and what they are in 64 bits. */
static void S13_lengths_that_wrap_an_offset(void **state) {
    (void)state;
    static const char *const lengths[] = {"03ffffffff", "03fbffffff", "0300000080", "03feffff7f"};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        uint8_t bytes[64] = {0};
        mote_bytes length = fixture_hex(lengths[i]);
        memcpy(bytes, length.data, length.size);
        assert_status(vec_u8((mote_bytes){bytes, sizeof bytes}), MOTE_E_LENGTH_BEYOND_INPUT);
        mote_cursor cursor = mote_cursor_over((mote_bytes){bytes, sizeof bytes});
        assert_int_equal(mote_read_count(&cursor, 40, UINT32_MAX), 0); /* count * 40 wraps too */
        assert_status(cursor.status, MOTE_E_LENGTH_BEYOND_INPUT);
        cursor = mote_cursor_over((mote_bytes){bytes, sizeof bytes});
        assert_null(mote_read_span(&cursor, SIZE_MAX).data);
        assert_status(cursor.status, MOTE_E_TRUNCATED);
    }
}

/* --- every entry point ------------------------------------------------------------------------------------ */

static void S10_one_byte_too_many_everywhere(void **state) {
    (void)state;
    for (size_t i = 0; i < entry_point_count; i++) {
        print_message("%s\n", entry_points[i].name);
        mote_bytes valid = entry_points[i].valid();
        assert_status(entry_point_try(&entry_points[i], valid), MOTE_OK);
        uint8_t *longer = malloc(valid.size + 1);
        assert_non_null(longer);
        memcpy(longer, valid.data, valid.size);
        for (unsigned extra = 0; extra < 256; extra += 51) {
            longer[valid.size] = (uint8_t)extra;
            assert_status(entry_point_try(&entry_points[i], (mote_bytes){longer, valid.size + 1}),
                          entry_points[i].with_trailing_byte);
        }
        free(longer);
    }
}

/* Every position; where signatures have to be verified before the end is noticed, a sample of the later ones. */
static void S11_cut_at_every_byte(void **state) {
    (void)state;
    for (size_t i = 0; i < entry_point_count; i++) {
        print_message("%s\n", entry_points[i].name);
        mote_bytes valid = entry_points[i].valid();
        bool sampled = entry_points[i].verifies_on_the_way || fixture_effort() == FIXTURE_SMALL;
        size_t dense = sampled ? 512 : valid.size;
        size_t stride = 1 + valid.size / fixture_times(100);
        for (size_t size = 0; size < valid.size; size += size < dense ? 1 : stride) {
            mote_status status = entry_point_try(&entry_points[i], (mote_bytes){valid.data, size});
            if (!entry_point_refuses(status))
                print_error("cut at byte %zu: %s\n", size, mote_status_name(status));
            assert_true(entry_point_refuses(status));
        }
    }
}

static void S12_nothing_at_all(void **state) {
    (void)state;
    for (size_t i = 0; i < entry_point_count; i++) {
        print_message("%s\n", entry_points[i].name);
        mote_status status = entry_points[i].try(fixture_context(24), (mote_bytes){NULL, 0});
        assert_true(entry_point_refuses(status));
    }
}

/* Counts whose items would each be tiny: refused by number before any is looked at, or by what they are. */
static void S08_a_million_empty_items(void **state) {
    (void)state;
    const size_t items = 1u << 20, capacity = items + 64;
    uint8_t *memory = malloc(capacity);
    assert_non_null(memory);
    mote_writer writer = mote_writer_into(memory, capacity);
    mote_write_compact(&writer, items);
    for (size_t i = 0; i < items; i++) mote_write_u8(&writer, 0);
    const mote_hash root = {{1}};
    const mote_state_root state_root = mote_state_assumed(&root);
    mote_proof proof;
    assert_status(mote_proof_load(fixture_context(64), &proof, &state_root,
                                  (mote_bytes){memory, writer.size}, MOTE_PROOF_STRICT),
                  MOTE_E_LIMIT_COUNT);

    writer =
        mote_writer_into(memory, capacity); /* the same as digest items: Other, each of no bytes */
    const uint8_t front[32 + 1 + 32 + 32] = {0};
    mote_write_span(&writer, front, sizeof front);
    mote_write_compact(&writer, items / 2 - 128);
    for (size_t i = 0; i < items / 2 - 128; i++) mote_write_u16(&writer, 0);
    mote_header header;
    assert_status(
        mote_header_decode(fixture_context(1), &header, (mote_bytes){memory, writer.size}),
        MOTE_E_LIMIT_COUNT);
    free(memory);
}

/* No type here contains itself, so there is no depth to limit: a prefix that a recursive decoder would descend
 * into is refused at its place, in the stack that any input takes. */
static void S14_ten_thousand_levels(void **state) {
    (void)state;
    uint8_t nested[20000];
    for (unsigned byte = 0; byte < 256; byte += 4) {
        /* 04: a vector of one, holding a vector of one, ... */
        memset(nested, (int)byte, sizeof nested);
        for (size_t i = 0; i < entry_point_count; i++) {
            mote_status status =
                entry_points[i].try(fixture_context(24), (mote_bytes){nested, sizeof nested});
            assert_int_not_equal(status, MOTE_OK);
            assert_int_not_equal(mote_status_class_of(status), MOTE_CLASS_INTERNAL);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(S01_zero_in_longer_modes),
        cmocka_unit_test(S02_largest_of_a_mode_in_the_next_one),
        cmocka_unit_test(S03_big_integer_with_zero_on_top),
        cmocka_unit_test(S04_u32_of_two_to_the_32),
        cmocka_unit_test(S05_big_integer_of_67_bytes),
        cmocka_unit_test(S06_gossamer_2629),
        cmocka_unit_test(S07_length_beyond_the_input),
        cmocka_unit_test(S08_a_million_empty_items),
        cmocka_unit_test(S09_options_booleans_enums),
        cmocka_unit_test(S10_one_byte_too_many_everywhere),
        cmocka_unit_test(S11_cut_at_every_byte),
        cmocka_unit_test(S12_nothing_at_all),
        cmocka_unit_test(S13_lengths_that_wrap_an_offset),
        cmocka_unit_test(S14_ten_thousand_levels),
    };
    return cmocka_run_group_tests_name("rows/scale", tests, NULL, NULL);
}
