/* SPDX-License-Identifier: Apache-2.0 */
/* Published cases, verdicts of ed25519-zebra, and the signatures of recorded justifications. */
#include "ed25519_cases.h"

#include <sodium.h>

static mote_status status_named(const char *name) {
    if (strcmp(name, "ok") == 0) return MOTE_OK;
    if (strcmp(name, "bad_public_key") == 0) return MOTE_E_BAD_PUBLIC_KEY;
    assert_string_equal(name, "bad_signature");
    return MOTE_E_BAD_SIGNATURE;
}

static mote_bytes text_of(const json_t *object, const char *name) {
    const char *text = json_string_value(json_object_get(object, name));
    assert_non_null(text);
    return (mote_bytes){(const uint8_t *)text, strlen(text)};
}

/* --- published -------------------------------------------------------------------------------------------------- */

static void small_order_cases_of_ed25519_zebra(void **state) {
    (void)state;
    json_t *file = fixture_json("vectors/ed25519-zip215-small-order.json");
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(file, "cases"), index, entry) {
        assert_true(json_is_true(json_object_get(entry, "valid_zip215")));
        signed_message c =
            signed_parts(fixture_hex_field(entry, "vk"), fixture_hex_field(entry, "sig"),
                         text_of(file, "message_ascii"));
        assert_judged(&c, MOTE_OK);
    }
    assert_int_equal(index, 196);
    json_decref(file);
}

/* Chalkias, Garillot, Nikolaenko 2020, with the verdicts they list for ed25519-zebra. */
static void cases_of_speccheck(void **state) {
    (void)state;
    json_t *file = fixture_json("vectors/ed25519-speccheck.json");
    json_t *expected = json_object_get(json_object_get(file, "expected_by_library"), "Zebra");
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(file, "cases"), index, entry) {
        signed_message c =
            signed_parts(fixture_hex_field(entry, "pub_key"), fixture_hex_field(entry, "signature"),
                         fixture_hex_field(entry, "message"));
        bool holds = json_is_true(json_array_get(expected, index));
        assert_judged(&c, holds ? MOTE_OK : MOTE_E_BAD_SIGNATURE);
    }
    assert_int_equal(index, 12);
    json_decref(file);
}

static void has_flag(const json_t *entry, const char *name, size_t *count) {
    size_t index;
    json_t *flag;
    json_array_foreach(json_object_get(entry, "Flags"), index, flag) {
        *count += strcmp(json_string_value(flag), name) == 0;
    }
}

/* Every edge of the points' encoding and order; all hold under the cofactored equation over the bytes as received. */
static void cases_of_ed25519vectors(void **state) {
    (void)state;
    json_t *file = fixture_json("vectors/ed25519vectors.json.gz");
    size_t index, residues = 0;
    json_t *entry;
    json_array_foreach(file, index, entry) {
        uint8_t signature[64];
        memcpy(signature, fixture_hex_field(entry, "R").data, 32);
        memcpy(signature + 32, fixture_hex_field(entry, "S").data, 32);
        signed_message c =
            signed_parts(fixture_hex_field(entry, "A"), (mote_bytes){signature, sizeof signature},
                         text_of(entry, "M"));
        assert_judged(&c, MOTE_OK);
        has_flag(entry, "LowOrderResidue", &residues);
    }
    assert_int_equal(index, 768);
    assert_int_equal(residues, 459);
    json_decref(file);
}

/* Lines of secret ++ key : key : message : signature ++ message : */
static void lines_of_sign_input(void **state) {
    (void)state;
    mote_bytes file = fixture_file("vectors/ed25519-sign.input.gz");
    char *text = malloc(file.size + 1);
    assert_non_null(text);
    memcpy(text, file.data, file.size);
    text[file.size] = 0;
    size_t lines = 0;
    for (char *at = text; *at != 0; lines++) {
        char *part[4];
        for (unsigned i = 0; i < 4; i++) {
            part[i] = at;
            at = strchr(at, ':');
            assert_non_null(at);
            *at++ = 0;
        }
        assert_int_equal(*at++, '\n');
        mote_bytes signature = fixture_hex(part[3]);
        signature.size = 64;
        signed_message c = signed_parts(fixture_hex(part[1]), signature, fixture_hex(part[2]));
        assert_judged(&c, MOTE_OK);
        c.signature[lines % 64] ^= 4;
        assert_judged(&c, MOTE_E_BAD_SIGNATURE);
    }
    assert_int_equal(lines, 128);
    free(text);
}

/* --- verdicts of ed25519-zebra ------------------------------------------------------------------------------------ */

#define ZEBRA_CASES 2774u

typedef struct zebra_cases {
    signed_message all[ZEBRA_CASES];
    size_t count;
} zebra_cases;

static void take_zebra_case(json_t *line, void *user) {
    zebra_cases *cases = user;
    assert_true(cases->count < ZEBRA_CASES);
    signed_message *c = &cases->all[cases->count++];
    *c = signed_parts(fixture_hex_field(line, "key"), fixture_hex_field(line, "signature"),
                      fixture_hex_field(line, "message"));
    mote_status expected = status_named(json_string_value(json_object_get(line, "verdict")));
    if (judge_alone(c) != expected) {
        print_message("%s\n", json_string_value(json_object_get(line, "kind")));
    }
    assert_judged(c, expected);
}

static void verdicts_of_ed25519_zebra(void **state) {
    (void)state;
    zebra_cases *cases = calloc(1, sizeof *cases);
    assert_non_null(cases);
    fixture_json_lines("vectors/ed25519-zebra-cases.jsonl.gz", take_zebra_case, cases);
    assert_int_equal(cases->count, ZEBRA_CASES);
    assert_batch_agrees(cases->all, cases->count);
    free(cases);
}

/* --- recorded justifications ---------------------------------------------------------------------------------------- */

static uint64_t little_endian(const uint8_t *bytes, unsigned size) {
    uint64_t value = 0;
    for (unsigned i = size; i > 0; i--) value = value << 8 | bytes[i - 1];
    return value;
}

/* The signed bytes of a precommit: 01, target hash and number, round, set id. */
static mote_bytes signed_bytes(const uint8_t *precommit, const uint8_t *round, uint64_t set_id) {
    uint8_t bytes[53] = {1};
    memcpy(bytes + 1, precommit, 36);
    memcpy(bytes + 37, round, 8);
    for (unsigned i = 0; i < 8; i++) bytes[45 + i] = (uint8_t)(set_id >> (8 * i));
    return (mote_bytes){fixture_copy((mote_bytes){bytes, sizeof bytes}), sizeof bytes};
}

static signed_message *precommits_of(mote_bytes file, uint64_t set_id, size_t *count) {
    const uint8_t *at = file.data + 44; /* behind round, target hash and number: a compact count */
    *count = *at % 4 == 0 ? *at / 4 : (size_t)little_endian(at, 2) / 4;
    at += *at % 4 == 0 ? 1 : 2;
    signed_message *all = malloc((*count + 1) * sizeof *all);
    assert_non_null(all);
    for (size_t i = 0; i < *count; i++, at += 132) {
        all[i] = signed_parts((mote_bytes){at + 100, 32}, (mote_bytes){at + 36, 64},
                              signed_bytes(at, file.data, set_id));
    }
    return all;
}

static void check_justification(const json_t *entry) {
    char path[128];
    snprintf(path, sizeof path, "grandpa/%s",
             json_string_value(json_object_get(entry, "justification_file")));
    uint64_t set_id = (uint64_t)json_integer_value(json_object_get(entry, "set_id"));
    size_t count, expected = (size_t)json_integer_value(json_object_get(entry, "num_precommits"));
    assert_int_equal(json_integer_value(json_object_get(entry, "num_valid_signatures")), expected);
    signed_message *all = precommits_of(fixture_file(path), set_id, &count);
    assert_int_equal(count, expected);
    assert_status(judge_together(all, count, NULL, NULL), MOTE_OK);
    for (size_t i = 0; i < count; i++) assert_status(judge_alone(&all[i]), MOTE_OK);
    size_t changed = count / 2;
    all[changed].signature[count % 32] ^= 1;
    assert_batch_agrees(all, count);
    assert_status(judge_together(all, count, NULL, NULL), MOTE_E_BAD_SIGNATURE);
    free(all);
}

static void signatures_of_recorded_justifications(void **state) {
    (void)state;
    json_t *file = fixture_json("grandpa/index.json");
    size_t index, checked = 0;
    json_t *entry;
    json_array_foreach(file, index, entry) {
        if (!json_is_string(json_object_get(entry, "justification_file"))) continue;
        check_justification(entry);
        checked++;
    }
    assert_int_equal(checked, 43);
    json_decref(file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_order_cases_of_ed25519_zebra),
        cmocka_unit_test(cases_of_speccheck),
        cmocka_unit_test(cases_of_ed25519vectors),
        cmocka_unit_test(lines_of_sign_input),
        cmocka_unit_test(verdicts_of_ed25519_zebra),
        cmocka_unit_test(signatures_of_recorded_justifications),
    };
    assert_true(sodium_init() >= 0);
    return cmocka_run_group_tests_name("recorded/ed25519", tests, NULL, NULL);
}
