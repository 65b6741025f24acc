/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include <stdalign.h>

static const uint8_t seed[32] = {1, 2, 3};

static mote_context over(uint8_t *memory, size_t size) {
    mote_context context;
    mote_context_init(&context, memory, size, seed);
    return context;
}

static void memory_comes_zeroed_and_aligned(void **state) {
    (void)state;
    uint8_t block[512];
    for (size_t offset = 0; offset < 16; offset++) {
        memset(block, 0xa5, sizeof block);
        mote_context context = over(block + offset, 256);
        for (size_t size = 1; size < 20; size += 3) {
            uint8_t *taken = mote_context_take(&context, size, 1);
            assert_non_null(taken);
            assert_int_equal((uintptr_t)taken % alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++) assert_int_equal(taken[i], 0);
        }
    }
}

static void what_does_not_fit_is_null_and_takes_nothing(void **state) {
    (void)state;
    alignas(max_align_t) uint8_t block[64];
    mote_context context = over(block, sizeof block);
    assert_null(mote_context_take(&context, 65, 1));
    assert_null(mote_context_take(&context, 1, 65));
    assert_int_equal(context.used, 0);
    assert_non_null(mote_context_take(&context, 64, 1));
    assert_null(mote_context_take(&context, 1, 1));
    assert_int_equal(context.used, 64);
}

static void sizes_that_overflow_are_refused(void **state) {
    (void)state;
    alignas(max_align_t) uint8_t block[64];
    mote_context context = over(block, sizeof block);
    assert_null(mote_context_take(&context, SIZE_MAX, 2));
    assert_null(mote_context_take(&context, SIZE_MAX / 2 + 2, 2));
    assert_null(mote_context_take(&context, 2, SIZE_MAX));
    assert_null(mote_context_take(&context, SIZE_MAX, 1));
    assert_int_equal(context.used, 0);
}

static void no_memory_at_all(void **state) {
    (void)state;
    mote_context context = over(NULL, 0);
    assert_null(mote_context_take(&context, 1, 1));
    assert_int_equal(context.most_used, 0);
}

static void release_gives_back_and_the_mark_stays_high(void **state) {
    (void)state;
    alignas(max_align_t) uint8_t block[128];
    mote_context context = over(block, sizeof block);
    uint8_t *first = mote_context_take(&context, 16, 1);
    size_t mark = mote_context_mark(&context);
    uint8_t *second = mote_context_take(&context, 64, 1);
    assert_non_null(first);
    assert_non_null(second);
    memset(second, 0xff, 64);
    mote_context_release(&context, mark);
    assert_int_equal(context.used, 16);
    assert_int_equal(context.most_used, 80);
    uint8_t *third = mote_context_take(&context, 64, 1);
    assert_ptr_equal(third, second);
    for (size_t i = 0; i < 64; i++) assert_int_equal(third[i], 0);
    mote_context_release(&context, 1000); /* a mark that was never given changes nothing */
    assert_int_equal(context.used, 80);
}

static void a_fault_names_its_byte(void **state) {
    (void)state;
    uint8_t memory[30] = {0};
    const uint8_t *input = memory + 5;
    mote_bytes bytes = {input, 10};
    mote_context context = over(NULL, 0);
    assert_status(context.fault.status, MOTE_OK);
    assert_status(mote_fail(&context, MOTE_E_BAD_ENUM, input + 3, 7), MOTE_E_BAD_ENUM);
    assert_status(context.fault.status, MOTE_E_BAD_ENUM);
    assert_int_equal(context.fault.index, 7);
    assert_int_equal(mote_fault_offset(&context.fault, bytes), 3);
    mote_fault fault = {MOTE_E_TRUNCATED, input + 10, MOTE_NO_OFFSET, MOTE_NO_INDEX};
    assert_int_equal(mote_fault_offset(&fault, bytes), 10); /* one past the end is a place */
    fault.at = input + 5;
    assert_true(mote_fault_offset(&fault, (mote_bytes){input, 4}) == MOTE_NO_OFFSET);
    assert_true(mote_fault_offset(&fault, (mote_bytes){NULL, 0}) == MOTE_NO_OFFSET);
    fault.at = memory + 4;
    assert_true(mote_fault_offset(&fault, bytes) == MOTE_NO_OFFSET);
    fault.at = memory + 16;
    assert_true(mote_fault_offset(&fault, bytes) == MOTE_NO_OFFSET);
    fault.at = NULL;
    fault.offset = 123456;
    assert_int_equal(mote_fault_offset(&fault, bytes), 123456);
    mote_context_clear_fault(&context);
    assert_status(context.fault.status, MOTE_OK);
    assert_null(context.fault.at);
}

static void bytes_compare_in_memory_order(void **state) {
    (void)state;
    const uint8_t abc[3] = {1, 2, 0xff};
    const mote_bytes nothing = {NULL, 0}, a = {abc, 1}, ab = {abc, 2}, c = {abc + 2, 1};
    assert_true(mote_bytes_equal(nothing, (mote_bytes){abc, 0}));
    assert_false(mote_bytes_equal(nothing, a));
    assert_true(mote_bytes_equal(a, (mote_bytes){abc, 1}));
    assert_true(mote_bytes_compare(nothing, nothing) == 0);
    assert_true(mote_bytes_compare(nothing, a) < 0);
    assert_true(mote_bytes_compare(a, ab) < 0);
    assert_true(mote_bytes_compare(ab, a) > 0);
    assert_true(mote_bytes_compare(c, ab) > 0); /* bytes are unsigned */
    assert_true(mote_bytes_starts_with(ab, a));
    assert_true(mote_bytes_starts_with(ab, nothing));
    assert_true(mote_bytes_starts_with(nothing, nothing));
    assert_false(mote_bytes_starts_with(a, ab));
    assert_false(mote_bytes_starts_with(ab, c));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_comes_zeroed_and_aligned),
        cmocka_unit_test(what_does_not_fit_is_null_and_takes_nothing),
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(no_memory_at_all),
        cmocka_unit_test(release_gives_back_and_the_mark_stays_high),
        cmocka_unit_test(a_fault_names_its_byte),
        cmocka_unit_test(bytes_compare_in_memory_order),
    };
    return cmocka_run_group_tests_name("unit/context", tests, NULL, NULL);
}
