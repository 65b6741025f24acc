/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include "mote/scale.h"

static mote_status read_compact_u64(mote_bytes bytes, uint64_t *value) {
    mote_cursor cursor = mote_cursor_over(bytes);
    *value = mote_read_compact_u64(&cursor);
    return mote_cursor_finish(fixture_context(1), &cursor);
}

static mote_bytes written_compact(uint64_t value) {
    static uint8_t out[9];
    mote_writer writer = mote_writer_into(out, sizeof out);
    mote_write_compact(&writer, value);
    assert_true(mote_writer_fits(&writer));
    return (mote_bytes){out, writer.size};
}

/* Published examples of parity-scale-codec's and the specification's compact encoding. */
static void compact_integers_of_the_specification(void **state) {
    (void)state;
    static const struct {
        const char *hex;
        uint64_t value;
    } examples[] = {
        {"00", 0},
        {"04", 1},
        {"a8", 42},
        {"fc", 63},
        {"0101", 64},
        {"1501", 69},
        {"fdff", 16383},
        {"02000100", 16384},
        {"feff0300", 65535},
        {"feffffff", 1073741823},
        {"0300000040", 1073741824},
        {"03ffffffff", UINT32_MAX},
        {"070000000001", UINT64_C(1) << 32},
        {"0b00407a10f35a", UINT64_C(100000000000000)},
        {"13ffffffffffffffff", UINT64_MAX},
    };
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        mote_bytes bytes = fixture_hex(examples[i].hex);
        uint64_t value;
        assert_status(read_compact_u64(bytes, &value), MOTE_OK);
        assert_true(value == examples[i].value);
        assert_true(mote_bytes_equal(written_compact(value), bytes));
    }
}

/* Around every power of two, and every value of one and two bytes: one encoding, and it is read back. */
static void compact_integers_round_trip(void **state) {
    (void)state;
    for (uint64_t value = 0; value < 70000; value++) {
        uint64_t read;
        assert_status(read_compact_u64(written_compact(value), &read), MOTE_OK);
        assert_true(read == value);
    }
    for (unsigned bit = 6; bit < 64; bit++) {
        for (uint64_t value = (UINT64_C(1) << bit) - 2; value != (UINT64_C(1) << bit) + 3;
             value++) {
            uint64_t read;
            assert_status(read_compact_u64(written_compact(value), &read), MOTE_OK);
            assert_true(read == value);
        }
    }
}

/* All inputs of up to two bytes, and all first bytes with every length: what is accepted is canonical. */
static void every_accepted_compact_is_canonical(void **state) {
    (void)state;
    size_t accepted = 0;
    for (unsigned first = 0; first < 256; first++) {
        for (unsigned second = 0; second < 256; second++) {
            for (size_t size = 1; size <= 9; size++) {
                uint8_t bytes[9] = {(uint8_t)first, (uint8_t)second, 3, 0, 0, 0, 0, 0, 1};
                uint64_t value;
                mote_bytes input = {bytes, size};
                if (read_compact_u64(input, &value) != MOTE_OK) continue;
                assert_true(mote_bytes_equal(written_compact(value), input));
                accepted++;
            }
        }
    }
    assert_true(accepted > 64);
}

static void a_failed_cursor_stays_where_it_failed(void **state) {
    (void)state;
    mote_bytes bytes = fixture_hex("0102030405");
    mote_cursor cursor = mote_cursor_over(bytes);
    assert_int_equal(mote_read_u32(&cursor), 0x04030201);
    assert_int_equal(mote_read_u32(&cursor), 0);
    assert_int_equal(mote_read_u8(&cursor), 0);
    mote_context *context = fixture_context(1);
    assert_status(mote_cursor_finish(context, &cursor), MOTE_E_TRUNCATED);
    assert_int_equal(mote_fault_offset(&context->fault, bytes), 4);
}

static void the_first_failure_is_the_one_told(void **state) {
    (void)state;
    mote_bytes bytes = fixture_hex("02");
    mote_cursor cursor = mote_cursor_over(bytes);
    (void)mote_read_bool(&cursor);
    (void)mote_read_u64(&cursor);
    assert_status(mote_cursor_check(fixture_context(1), &cursor), MOTE_E_BAD_OPTION);
}

static void integers_are_little_endian(void **state) {
    (void)state;
    mote_bytes bytes = fixture_hex("f1f2f3f4f5f6f7f8");
    assert_int_equal(mote_load_u16(bytes.data), 0xf2f1);
    assert_true(mote_load_u32(bytes.data) == 0xf4f3f2f1u);
    assert_true(mote_load_u64(bytes.data) == UINT64_C(0xf8f7f6f5f4f3f2f1));
    uint8_t out[15];
    mote_writer writer = mote_writer_into(out, sizeof out);
    mote_write_u8(&writer, 0xf1);
    mote_write_u16(&writer, 0xf2f1);
    mote_write_u32(&writer, 0xf4f3f2f1u);
    mote_write_u64(&writer, UINT64_C(0xf8f7f6f5f4f3f2f1));
    assert_int_equal(writer.size, 15);
    mote_bytes expected = fixture_hex("f1f1f2f1f2f3f4f1f2f3f4f5f6f7f8");
    assert_memory_equal(out, expected.data, 15);
}

static void spans_borrow_and_never_leave_the_input(void **state) {
    (void)state;
    mote_bytes bytes = fixture_hex("0c010203ff");
    mote_cursor cursor = mote_cursor_over(bytes);
    mote_bytes vec = mote_read_vec_u8(&cursor);
    assert_ptr_equal(vec.data, bytes.data + 1);
    assert_int_equal(vec.size, 3);
    assert_int_equal(mote_cursor_left(&cursor), 1);
    mote_bytes beyond = mote_read_span(&cursor, 2);
    assert_null(beyond.data);
    assert_int_equal(beyond.size, 0);
    assert_status(cursor.status, MOTE_E_TRUNCATED);
}

static void arrays_are_zeroed_on_failure(void **state) {
    (void)state;
    uint8_t out[4] = {9, 9, 9, 9};
    mote_cursor cursor = mote_cursor_over(fixture_hex("010203"));
    mote_read_array(&cursor, out, sizeof out);
    for (size_t i = 0; i < sizeof out; i++) assert_int_equal(out[i], 0);
    mote_hash hash = mote_read_hash(&cursor), zero = {{0}};
    assert_true(mote_hash_equal(&hash, &zero));
}

static void empty_input_is_a_place_too(void **state) {
    (void)state;
    mote_cursor cursor = mote_cursor_over((mote_bytes){NULL, 0});
    assert_int_equal(mote_cursor_left(&cursor), 0);
    assert_status(mote_cursor_finish(fixture_context(1), &cursor), MOTE_OK);
    (void)mote_read_u8(&cursor);
    assert_status(mote_cursor_finish(fixture_context(1), &cursor), MOTE_E_TRUNCATED);
}

static void counts_are_held_against_input_and_limit(void **state) {
    (void)state;
    uint8_t bytes[41] = {10 << 2};
    mote_cursor cursor = mote_cursor_over((mote_bytes){bytes, 41});
    assert_int_equal(mote_read_count(&cursor, 4, 10), 10);
    assert_int_equal(mote_cursor_left(&cursor), 40);
    cursor = mote_cursor_over((mote_bytes){bytes, 40});
    assert_int_equal(mote_read_count(&cursor, 4, 10), 0);
    assert_status(cursor.status, MOTE_E_LENGTH_BEYOND_INPUT);
    assert_ptr_equal(cursor.at, bytes);
    cursor = mote_cursor_over((mote_bytes){bytes, 41});
    assert_int_equal(mote_read_count(&cursor, 4, 9), 0);
    assert_status(cursor.status, MOTE_E_LIMIT_COUNT);
}

static void a_writer_without_memory_counts(void **state) {
    (void)state;
    mote_writer counting = mote_writer_into(NULL, 0);
    mote_write_vec_u8(&counting, fixture_hex("010203"));
    mote_write_u64(&counting, 1);
    assert_int_equal(counting.size, 12);
    assert_false(mote_writer_fits(&counting));
}

static void a_writer_that_is_full_writes_nothing_more(void **state) {
    (void)state;
    uint8_t out[8];
    memset(out, 0xa5, sizeof out);
    mote_writer writer = mote_writer_into(out, 4);
    mote_write_u32(&writer, 0);
    assert_true(mote_writer_fits(&writer));
    mote_write_u8(&writer, 1);
    assert_false(mote_writer_fits(&writer));
    assert_int_equal(out[4], 0xa5);
    mote_write_span(&writer, out, SIZE_MAX);
    assert_true(writer.size == SIZE_MAX);
    mote_write_u8(&writer, 1);
    assert_true(writer.size == SIZE_MAX);
    assert_false(mote_writer_fits(&writer));
}

/* Once beyond the capacity, a later item that would fit is not written either: no holes. */
static void a_writer_leaves_no_holes(void **state) {
    (void)state;
    uint8_t out[4];
    memset(out, 0xa5, sizeof out);
    mote_writer writer = mote_writer_into(out, sizeof out);
    mote_write_u64(&writer, 0);
    mote_write_u8(&writer, 7);
    for (size_t i = 0; i < sizeof out; i++) assert_int_equal(out[i], 0xa5);
    assert_int_equal(writer.size, 9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compact_integers_of_the_specification),
        cmocka_unit_test(compact_integers_round_trip),
        cmocka_unit_test(every_accepted_compact_is_canonical),
        cmocka_unit_test(a_failed_cursor_stays_where_it_failed),
        cmocka_unit_test(the_first_failure_is_the_one_told),
        cmocka_unit_test(integers_are_little_endian),
        cmocka_unit_test(spans_borrow_and_never_leave_the_input),
        cmocka_unit_test(arrays_are_zeroed_on_failure),
        cmocka_unit_test(empty_input_is_a_place_too),
        cmocka_unit_test(counts_are_held_against_input_and_limit),
        cmocka_unit_test(a_writer_without_memory_counts),
        cmocka_unit_test(a_writer_that_is_full_writes_nothing_more),
        cmocka_unit_test(a_writer_leaves_no_holes),
    };
    return cmocka_run_group_tests_name("unit/scale", tests, NULL, NULL);
}
