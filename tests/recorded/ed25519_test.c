/* SPDX-License-Identifier: Apache-2.0 */
/* Published cases: ed25519-zebra's 196 of small order, ed25519-speccheck, RFC 8032. */
#include "fixture.h"

#include "mote/ed25519.h"

typedef struct judged {
    const uint8_t *key;
    const uint8_t *signature;
    mote_bytes message;
    bool holds;
} judged;

static mote_status verify_alone(const judged *c) {
    return mote_ed25519_verify(c->key, c->signature, c->message);
}

static mote_status verify_in_batch(const judged *c, size_t copies) {
    mote_context *context = fixture_context(4);
    mote_ed25519_batch *batch = mote_ed25519_batch_new(context, copies);
    assert_non_null(batch);
    for (size_t i = 0; i < copies; i++) {
        assert_status(mote_ed25519_batch_add(batch, c->key, c->signature, c->message), MOTE_OK);
    }
    return mote_ed25519_batch_verify(context, NULL, batch);
}

static void check(const judged *c) {
    static const size_t copies[] = {1, 2, 3, 4, 5, 9};
    assert_int_equal(verify_alone(c) == MOTE_OK, c->holds);
    for (size_t i = 0; i < sizeof copies / sizeof copies[0]; i++) {
        assert_int_equal(verify_in_batch(c, copies[i]) == MOTE_OK, c->holds);
    }
}

static void small_order_cases_of_ed25519_zebra(void **state) {
    (void)state;
    json_t *file = fixture_json("vectors/ed25519-zip215-small-order.json");
    const char *ascii = json_string_value(json_object_get(file, "message_ascii"));
    size_t index, holding = 0;
    json_t *entry;
    json_array_foreach(json_object_get(file, "cases"), index, entry) {
        judged c = {fixture_hex_field(entry, "vk").data, fixture_hex_field(entry, "sig").data,
                    (mote_bytes){(const uint8_t *)ascii, strlen(ascii)},
                    json_is_true(json_object_get(entry, "valid_zip215"))};
        check(&c);
        holding += c.holds;
    }
    assert_int_equal(index, 196);
    assert_int_equal(holding, 196);
    json_decref(file);
}

/* Chalkias, Garillot, Nikolaenko 2020. The file lists no column for ed25519-zebra; the paper's does: it refuses S not
 * below l (6, 7) and the non-canonical R that was hashed in another form than sent (8), and takes the rest. */
static void cases_of_speccheck(void **state) {
    (void)state;
    static const bool expected[12] = {true, true, true, true, true, true, false, false, false, true, true, true};
    json_t *file = fixture_json("vectors/ed25519-speccheck.json");
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(file, "cases"), index, entry) {
        judged c = {fixture_hex_field(entry, "pub_key").data, fixture_hex_field(entry, "signature").data,
                    fixture_hex_field(entry, "message"), expected[index]};
        check(&c);
    }
    assert_int_equal(index, 12);
    json_decref(file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_order_cases_of_ed25519_zebra),
        cmocka_unit_test(cases_of_speccheck),
    };
    return cmocka_run_group_tests_name("recorded/ed25519", tests, NULL, NULL);
}
