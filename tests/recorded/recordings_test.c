/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The demo's recordings: each is what mote's writers make of tests/vectors, byte for byte; the true ones hold, the
 * forged one is refused at the link that lies; and index.json says of them what is the case.
 * With MOTE_WRITE_RECORDINGS=<folder> it writes them instead (tests/tools/make_recordings.sh).
 */
#include "recordings.h"

#include "chains.h"

#include <time.h>

static mote_bytes committed(const char *name, const char *ending) {
    char path[128];
    (void)snprintf(path, sizeof path, "../../demo/recordings/%s%s", name, ending);
    return fixture_file(path);
}

static void write_file(const char *name, const char *ending, mote_bytes bytes) {
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s%s", getenv("MOTE_WRITE_RECORDINGS"), name, ending);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.data, 1, bytes.size, file), bytes.size);
    assert_int_equal(fclose(file), 0);
    print_message("%s: %zu bytes\n", path, bytes.size);
}

static void write_or_compare(const char *name, const char *ending, mote_bytes made) {
    if (getenv("MOTE_WRITE_RECORDINGS") != NULL) {
        write_file(name, ending, made);
        return;
    }
    const mote_bytes found = committed(name, ending);
    if (!mote_bytes_equal(made, found)) {
        print_error("%s%s: %zu bytes, not the %zu that are made\n", name, ending, found.size,
                    made.size);
    }
    assert_true(mote_bytes_equal(made, found));
}

static void print_link(const mote_link *link, void *user) {
    (void)user;
    print_message("  %2u %-11s %8u  bytes %zu+%zu\n", (unsigned)link->index,
                  mote_link_kind_name(link->kind), (unsigned)link->number, link->offset,
                  link->size);
}

static void recordings_are_made_again(void **unused) {
    (void)unused;
    for (int i = 0; i < RECORDINGS; i++) {
        const recording made = recording_make((recording_index)i);
        write_or_compare(made.name, ".bundle", made.bundle);
        /* The forged one is shown against the true one's checkpoint. */
        if (i != RECORDING_FORGED) write_or_compare(made.name, ".checkpoint", made.checkpoint);
    }
    write_or_compare("polkadot-relay-state", ".proof.json", recording_assumed_proof());
}

static void true_recordings_hold(void **unused) {
    (void)unused;
    for (int i = 0; i < RECORDING_FORGED; i++) {
        const recording made = recording_make((recording_index)i);
        print_message("%s, %zu bytes, now %llu\n", made.name, made.bundle.size,
                      (unsigned long long)made.now);
        assert_true(recording_walk(&made, print_link, NULL) >= 2);
    }
}

static void forged_recording_is_refused_at_the_lie(void **unused) {
    (void)unused;
    const recording made = recording_make(RECORDING_FORGED);
    const recording_verdict verdict = recording_judge(fixture_context(32), made.bundle,
                                                      made.checkpoint, made.now, print_link, NULL);
    print_message("%s: link %u at byte %zu\n", made.name, (unsigned)verdict.link.index,
                  verdict.offset);
    assert_status(verdict.status, MOTE_E_HEADER_LINK);
    assert_int_equal(verdict.link.kind, MOTE_LINK_PARA_HEADER);
    assert_int_equal(verdict.link.number, 743033);
    assert_true(verdict.offset >= verdict.link.offset &&
                verdict.offset - verdict.link.offset < verdict.link.size);
    /* All above the lie stays: 22 relay links, the head, and three headers. */
    assert_int_equal(verdict.links, 2 + 19 + 1 + 3);
}

/* --- index.json -------------------------------------------------------------------------------------------- */

static const char *text_of(const json_t *object, const char *name) {
    const json_t *field = json_object_get(object, name);
    assert_true(json_is_string(field));
    return json_string_value(field);
}

static json_t *entry_of(const char *list, const char *name) {
    const json_t *entries = json_object_get(fixture_json("../../demo/recordings/index.json"), list);
    for (size_t i = 0; i < json_array_size(entries); i++) {
        json_t *entry = json_array_get(entries, i);
        if (strcmp(text_of(entry, "name"), name) == 0) return entry;
    }
    fail_msg("index.json has no %s in %s", name, list);
    return NULL;
}

static void assert_file_named(const json_t *entry, const char *field, const char *name,
                              const char *ending) {
    char expected[96];
    (void)snprintf(expected, sizeof expected, "%s%s", name, ending);
    assert_string_equal(text_of(entry, field), expected);
}

static void index_says_what_is_the_case(void **unused) {
    (void)unused;
    for (int i = 0; i < RECORDINGS; i++) {
        const recording made = recording_make((recording_index)i);
        bool is_forged = i == RECORDING_FORGED;
        const json_t *entry = entry_of(is_forged ? "forged" : "recordings", made.name);
        assert_int_equal(json_integer_value(json_object_get(entry, "now")), made.now);
        char time_text[32];
        const time_t now = (time_t)made.now;
        assert_true(strftime(time_text, sizeof time_text, "%Y-%m-%dT%H:%M:%SZ", gmtime(&now)) != 0);
        assert_string_equal(text_of(entry, "time"), time_text);
        assert_file_named(entry, "bundle", made.name, ".bundle");
        assert_file_named(entry, "checkpoint", is_forged ? text_of(entry, "of") : made.name,
                          ".checkpoint");
        assert_non_null(text_of(entry, "title"));
        const recording_verdict verdict = recording_judge(fixture_context(32), made.bundle,
                                                          made.checkpoint, made.now, NULL, NULL);
        if (!is_forged) continue;
        const json_t *link = json_object_get(entry, "link");
        assert_string_equal(text_of(entry, "status"), mote_status_name(verdict.status));
        assert_string_equal(text_of(link, "kind"), mote_link_kind_name(verdict.link.kind));
        assert_int_equal(json_integer_value(json_object_get(link, "index")), verdict.link.index);
        assert_int_equal(json_integer_value(json_object_get(entry, "offset")), verdict.offset);
    }
}

static void assumed_proof_shows_what_the_index_says(void **unused) {
    (void)unused;
    const json_t *entry = entry_of("assumed", "polkadot-relay-state");
    const mote_hash root = fixture_hash(text_of(entry, "root"));
    const mote_state_root state = mote_state_assumed(&root);
    json_t *nodes = fixture_json("../../demo/recordings/polkadot-relay-state.proof.json");
    mote_context *context = fixture_context(4);
    mote_proof proof;
    assert_status(mote_proof_load(context, &proof, &state, chain_proof(nodes), MOTE_PROOF_STRICT),
                  MOTE_OK);
    const mote_trie_view view = mote_proof_main(&proof);
    const json_t *keys = json_object_get(entry, "keys");
    assert_true(json_array_size(keys) >= 4);
    for (size_t i = 0; i < json_array_size(keys); i++) {
        const json_t *key = json_array_get(keys, i);
        mote_proven_value value;
        assert_status(mote_trie_read(context, &value, &view, fixture_hex(text_of(key, "key"))),
                      MOTE_OK);
        assert_string_equal(text_of(key, "state"), mote_value_state_name(value.state));
        assert_int_equal(value.under.assumed, MOTE_ASSUMED_ROOT);
        const json_t *expected = json_object_get(key, "value");
        if (expected == NULL) continue;
        assert_true(mote_bytes_equal(value.value, fixture_hex(json_string_value(expected))));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recordings_are_made_again),
        cmocka_unit_test(true_recordings_hold),
        cmocka_unit_test(forged_recording_is_refused_at_the_lie),
        cmocka_unit_test(index_says_what_is_the_case),
        cmocka_unit_test(assumed_proof_shows_what_the_index_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
