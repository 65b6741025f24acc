/* SPDX-License-Identifier: Apache-2.0 */
/* Every recorded genesis state: root and hash in both state versions, and the first authorities where it is a relay
 * chain's. */
#include "fixture.h"

#include "mote/checkpoint.h"

static const char grandpa_key[] = "0x3a6772616e6470615f617574686f726974696573";

static size_t relay_chains;

static mote_trie_entry *entries_of(const json_t *top, size_t *count) {
    mote_trie_entry *entries = calloc(json_object_size(top) + 1, sizeof *entries);
    const char *key;
    json_t *value;
    *count = 0;
    json_object_foreach((json_t *)(uintptr_t)top, key, value) {
        entries[(*count)++] =
            (mote_trie_entry){fixture_hex(key), fixture_hex(json_string_value(value))};
    }
    return entries;
}

static void check_authorities(const mote_genesis *genesis, const json_t *top) {
    const json_t *recorded = json_object_get(top, grandpa_key);
    assert_int_equal(genesis->has_authorities, recorded != NULL);
    if (recorded == NULL) return;
    relay_chains++;
    /* 01, the list's version, a count of less than 64, then 40 bytes each. */
    mote_bytes value = fixture_hex(json_string_value(recorded));
    assert_int_equal(value.data[0], 1);
    assert_int_equal(genesis->authorities.count, value.data[1] / 4);
    assert_int_equal(value.size, 2 + 40 * (size_t)genesis->authorities.count);
    assert_memory_equal(genesis->authorities.items, value.data + 2, value.size - 2);
}

static void check_version(const json_t *file, mote_state_version version) {
    const json_t *top = json_object_get(file, "top");
    size_t count;
    mote_trie_entry *entries = entries_of(top, &count);
    mote_genesis genesis;
    assert_status(
        mote_genesis_from_state(fixture_context(8), &genesis, entries, count, NULL, 0, version),
        MOTE_OK);
    const bool is_v1 = version == MOTE_STATE_V1;
    assert_hash_hex(&genesis.state_root, json_string_value(json_object_get(
                                             file, is_v1 ? "state_root_v1" : "state_root_v0")));
    assert_hash_hex(&genesis.hash, json_string_value(json_object_get(
                                       file, is_v1 ? "genesis_hash_v1" : "genesis_hash_v0")));
    check_authorities(&genesis, top);
    free(entries);
}

static void every_recorded_genesis(void **state) {
    (void)state;
    size_t files;
    char **paths = fixture_list("genesis", "", ".genesis.json.gz", &files);
    assert_int_equal(files, 20);
    for (size_t i = 0; i < files; i++) {
        json_t *file = fixture_json(paths[i]);
        check_version(file, MOTE_STATE_V0);
        check_version(file, MOTE_STATE_V1);
        json_decref(file);
    }
    assert_int_equal(relay_chains, 2 * 8);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_recorded_genesis),
    };
    return cmocka_run_group_tests_name("recorded/genesis", tests, NULL, NULL);
}
