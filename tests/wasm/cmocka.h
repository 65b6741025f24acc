/* SPDX-License-Identifier: Apache-2.0 */
/* As much of cmocka as unit/lanes takes, in a module without imports: a test that fails or skips traps, and what it was
 * that happened stands in `test_failure`, `test_skips`. lanes.mjs runs each in an instance of its own. */
#ifndef MOTE_TEST_WASM_CMOCKA_H
#define MOTE_TEST_WASM_CMOCKA_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct CMUnitTest {
    const char *name;
    void (*run)(void **state);
    void *state;
};

#define cmocka_unit_test(function)                                                                 \
    { #function, function, NULL }
#define cmocka_unit_test_prestate(function, given)                                                 \
    { #function, function, given }
#define cmocka_run_group_tests_name(name, tests, before, after)                                    \
    test_run(tests, sizeof(tests) / sizeof((tests)[0]))

int lanes_test_main(void); /* its main */
int test_run(const struct CMUnitTest *tests, size_t count);
_Noreturn void test_fails(const char *file, int line);
_Noreturn void test_skips(void);

#define assert_true(condition)                                                                     \
    do {                                                                                           \
        if (!(condition)) test_fails(__FILE__, __LINE__);                                          \
    } while (0)
#define assert_false(condition) assert_true(!(condition))
#define assert_non_null(pointer) assert_true((pointer) != NULL)
#define assert_int_equal(a, b) assert_true((long long)(a) == (long long)(b))
#define assert_memory_equal(a, b, size) assert_true(memcmp(a, b, size) == 0)
#define assert_string_equal(a, b) assert_true(strcmp(a, b) == 0)
#define print_message(...) ((void)0)
#define skip() test_skips()

#endif
