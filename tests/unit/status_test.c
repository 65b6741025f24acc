/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include <ctype.h>

static const struct {
    mote_status status;
    int code;
    mote_status_class class_;
    mote_blame blame;
    const char *name, *text;
} listed[] = {
#define LISTED(name, code, class_, fault, word, text)                                              \
    {MOTE_##name, code, MOTE_CLASS_##class_, MOTE_BLAME_##fault, word, text},
    MOTE_STATUS_LIST(LISTED)
#undef LISTED
};
#define LISTED_COUNT (sizeof listed / sizeof listed[0])

static void every_status_tells_its_name_class_blame_and_text(void **state) {
    (void)state;
    for (size_t i = 0; i < LISTED_COUNT; i++) {
        assert_string_equal(mote_status_name(listed[i].status), listed[i].name);
        assert_string_equal(mote_status_text(listed[i].status), listed[i].text);
        assert_int_equal(mote_status_class_of(listed[i].status), listed[i].class_);
        assert_int_equal(mote_status_blame(listed[i].status), listed[i].blame);
    }
}

static void codes_and_names_are_unique(void **state) {
    (void)state;
    for (size_t i = 0; i < LISTED_COUNT; i++) {
        for (size_t j = i + 1; j < LISTED_COUNT; j++) {
            assert_int_not_equal(listed[i].code, listed[j].code);
            assert_string_not_equal(listed[i].name, listed[j].name);
        }
    }
}

/* Names go into JSON and TypeScript: lower case words joined by underscores. */
static void names_are_identifiers(void **state) {
    (void)state;
    for (size_t i = 0; i < LISTED_COUNT; i++) {
        assert_true(strlen(listed[i].name) > 1);
        for (const char *c = listed[i].name; *c != 0; c++) {
            assert_true(islower((unsigned char)*c) || *c == '_' || isdigit((unsigned char)*c));
        }
    }
}

/* Exactly one status means "verified", it is zero, and nobody is to blame for it. */
static void only_ok_is_done(void **state) {
    (void)state;
    assert_int_equal(MOTE_OK, 0);
    for (size_t i = 0; i < LISTED_COUNT; i++) {
        bool done = listed[i].class_ == MOTE_CLASS_DONE;
        assert_int_equal(done, listed[i].status == MOTE_OK);
    }
    assert_int_equal(mote_status_blame(MOTE_OK), MOTE_BLAME_NOBODY);
}

/* A status from a newer library, or a stray integer, must not read as success. */
static void unknown_statuses_are_internal(void **state) {
    (void)state;
    static const int strays[] = {1, 0xff, 0x1ff, 0x7fe, 0x800, 0x7fffffff, -1};
    for (size_t i = 0; i < sizeof strays / sizeof strays[0]; i++) {
        mote_status stray = (mote_status)strays[i];
        assert_int_equal(mote_status_class_of(stray), MOTE_CLASS_INTERNAL);
        assert_int_equal(mote_status_blame(stray), MOTE_BLAME_MOTE);
        assert_string_equal(mote_status_name(stray), "unknown");
    }
}

static void classes_and_blames_have_names(void **state) {
    (void)state;
    assert_string_equal(mote_status_class_name(MOTE_CLASS_DONE), "done");
    assert_string_equal(mote_status_class_name(MOTE_CLASS_MALFORMED), "malformed");
    assert_string_equal(mote_status_class_name(MOTE_CLASS_FALSE), "false");
    assert_string_equal(mote_status_class_name(MOTE_CLASS_INCOMPLETE), "incomplete");
    assert_string_equal(mote_status_class_name(MOTE_CLASS_UNSUPPORTED), "unsupported");
    assert_string_equal(mote_status_class_name(MOTE_CLASS_LIMIT), "limit");
    assert_string_equal(mote_status_class_name(MOTE_CLASS_UNTIMELY), "untimely");
    assert_string_equal(mote_status_class_name(MOTE_CLASS_BUG), "bug");
    assert_string_equal(mote_status_class_name(MOTE_CLASS_INTERNAL), "internal");
    assert_string_equal(mote_status_class_name((mote_status_class)99), "internal");
    assert_string_equal(mote_blame_name(MOTE_BLAME_NOBODY), "nobody");
    assert_string_equal(mote_blame_name(MOTE_BLAME_SOURCE), "source");
    assert_string_equal(mote_blame_name(MOTE_BLAME_TRUST), "trust");
    assert_string_equal(mote_blame_name(MOTE_BLAME_CALLER), "caller");
    assert_string_equal(mote_blame_name(MOTE_BLAME_MOTE), "mote");
    assert_string_equal(mote_blame_name((mote_blame)99), "mote");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_tells_its_name_class_blame_and_text),
        cmocka_unit_test(codes_and_names_are_unique),
        cmocka_unit_test(names_are_identifiers),
        cmocka_unit_test(only_ok_is_done),
        cmocka_unit_test(unknown_statuses_are_internal),
        cmocka_unit_test(classes_and_blames_have_names),
    };
    return cmocka_run_group_tests_name("unit/status", tests, NULL, NULL);
}
