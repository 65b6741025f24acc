/* SPDX-License-Identifier: Apache-2.0 */
/* Recorded answers of a node, damaged: mote and jansson agree on what is JSON, and chunks change nothing. */
#include "sweep.h"

#include "mote/rpc.h"

static mote_status in_chunks(mote_bytes text, size_t chunk) {
    mote_json_check check;
    mote_json_check_begin(&check);
    for (size_t at = 0; at < text.size; at += chunk) {
        size_t size = text.size - at < chunk ? text.size - at : chunk;
        mote_status status = mote_json_check_feed(&check, (mote_bytes){text.data + at, size});
        if (status != MOTE_OK) return status;
    }
    return mote_json_check_end(&check);
}

/* jansson refuses more: numbers that its types cannot hold. */
static bool jansson_takes(mote_bytes text, bool *number) {
    json_error_t error;
    json_t *value =
        json_loadb((const char *)text.data, text.size, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    *number = value == NULL && json_error_code(&error) == json_error_numeric_overflow;
    bool takes = value != NULL;
    json_decref(value);
    return takes;
}

static void judge(mote_bytes text, void *user) {
    size_t *counts = user;
    mote_json value;
    bool number;
    mote_status status = mote_json_parse(fixture_context(1), &value, text);
    assert_int_equal(in_chunks(text, 1), status);
    assert_int_equal(in_chunks(text, 7), status);
    bool takes = jansson_takes(text, &number);
    if (!number) assert_int_equal(takes, status == MOTE_OK);
    counts[status == MOTE_OK]++;
    mote_rpc_message message;
    mote_status read = mote_rpc_parse(fixture_context(1), &message, text);
    assert_true(read == status || (status == MOTE_OK && read == MOTE_E_BAD_FORMAT));
}

static void answers_cut_and_flipped(void **state) {
    (void)state;
    static const char *const files[] = {"local/relay.runtime-version.json",
                                        "local/relay.prefix.json",
                                        "local/relay.light-sync-state.json"};
    size_t counts[2] = {0, 0};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        mote_bytes whole = fixture_file(files[i]);
        assert_status(in_chunks(whole, 1000), MOTE_OK);
        mote_bytes part = {whole.data, whole.size < 2000 ? whole.size : 2000};
        sweep_cuts(part, judge, counts);
        sweep_flips(whole, fixture_times(3000), judge, counts);
    }
    assert_true(counts[0] > 0 && counts[1] > 0);
}

/* Short texts over the characters that mean something. */
static void random_texts(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "{",    "}",    "[", "]",  ",",  ":", "\"a\"",        "\"\\u00e9\"", "1", "-0.5e1",
        "true", "null", " ", "\"", "\\", "0", "\"\xc3\xa9\"", "\x80",        "e", "."};
    uint64_t seed = 20261121;
    size_t counts[2] = {0, 0};
    for (size_t i = 0; i < fixture_times(200000); i++) {
        uint8_t text[64];
        size_t size = 0, count = 1 + fixture_random(&seed) % 7;
        for (size_t k = 0; k < count; k++) {
            const char *piece = pieces[fixture_random(&seed) % (sizeof pieces / sizeof pieces[0])];
            memcpy(text + size, piece, strlen(piece));
            size += strlen(piece);
        }
        uint8_t *copy = fixture_copy((mote_bytes){text, size});
        judge((mote_bytes){copy, size}, counts);
        free(copy);
    }
    assert_true(counts[0] > 0 && counts[1] > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_cut_and_flipped),
        cmocka_unit_test(random_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
