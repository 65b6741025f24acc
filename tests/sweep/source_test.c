/* SPDX-License-Identifier: Apache-2.0 */
/* Recorded messages with every bit turned: read in place as apart, or refused in both ways. */
#include "source_model.h"
#include "sweep.h"

typedef struct outcomes {
    size_t refused, read;
} outcomes;

typedef struct as {
    mote_request_kind kind;
    bool is_notice;
    outcomes *damage;
} attempt;

static void judge(mote_bytes damaged, void *user) {
    const attempt *as = user;
    mote_status status = source_model_judge(damaged, as->kind, as->is_notice);
    if (status == MOTE_OK) as->damage->read++;
    if (status != MOTE_OK) as->damage->refused++;
}

static bool answers_something(const json_t *result) {
    return json_is_object(result) || json_is_array(result) || json_is_string(result);
}

/* The kind is tried, not known: of a message that has another form both readings say so. */
static void each_line(json_t *line, void *user) {
    const char *text = json_string_value(json_object_get(line, "text"));
    json_t *message = text == NULL ? NULL : json_loads(text, 0, NULL);
    bool is_notice = json_object_get(message, "method") != NULL;
    static const mote_request_kind answers[] = {MOTE_REQUEST_HEADER, MOTE_REQUEST_FINALITY,
                                                MOTE_REQUEST_BLOCK, MOTE_REQUEST_READ,
                                                MOTE_REQUEST_KEYS};
    static const mote_request_kind notices[] = {MOTE_REQUEST_JUSTIFICATIONS,
                                                MOTE_REQUEST_NEW_HEADS};
    size_t count =
        is_notice ? sizeof notices / sizeof notices[0] : sizeof answers / sizeof answers[0];
    bool has_result = is_notice || answers_something(json_object_get(message, "result"));
    for (size_t i = 0; has_result && i < count; i++) {
        attempt as = {is_notice ? notices[i] : answers[i], is_notice, user};
        mote_bytes whole = {(const uint8_t *)text, strlen(text)};
        if (source_model_judge(whole, as.kind, is_notice) != MOTE_OK) continue;
        sweep_flips(whole, fixture_times(6000), judge, &as);
    }
    json_decref(message);
}

static void turned_bits(void **state) {
    (void)state;
    outcomes damage = {0, 0};
    fixture_json_lines("rpc/relay.jsonl.gz", each_line, &damage);
    fixture_json_lines("rpc/para-2000.jsonl.gz", each_line, &damage);
    print_message("%zu refused, %zu read the same in both ways\n", damage.refused, damage.read);
    assert_true(damage.refused > fixture_times(6000) && damage.read > fixture_times(6000));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(turned_bits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
