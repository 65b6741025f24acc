/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of particular chains, against what is recorded of them. */
#include "fixture.h"

#include "mote/chain.h"

static void a_chain_is_found_by_name_and_id_in_any_case(void **state) {
    (void)state;
    static const struct {
        const char *name, *id, *shouted;
    } names[] = {{"polkadot", "polkadot", "Polkadot"},
                 {"kusama", "ksmcc3", "KSMCC3"},
                 {"westend", "westend2", "WestEnd2"},
                 {"paseo", "paseo", "PASEO"},
                 {"rococo", "rococo_v2_2", "Rococo_V2_2"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const mote_chain *chain = mote_chain_by_name(names[i].name);
        assert_non_null(chain);
        assert_string_equal(chain->name, names[i].name);
        assert_string_equal(chain->id, names[i].id);
        assert_ptr_equal(mote_chain_by_name(names[i].id), chain);
        assert_ptr_equal(mote_chain_by_name(names[i].shouted), chain);
    }
    static const char *const strangers[] = {"",          "polka",    "polkadot ", "polkadotx",
                                            "polkadot2", "@olkadot", "unknown",   "ksmcc"};
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
        assert_null(mote_chain_by_name(strangers[i]));
    }
}

/* Old Westend's id became the name of its successor. A chain spec means the one, a person the other. */
static void westend_the_id_and_westend_the_name(void **state) {
    (void)state;
    assert_string_equal(mote_chain_by_name("westend")->id, "westend2");
    assert_string_equal(mote_chain_by_id("westend2")->name, "westend");
    assert_string_equal(mote_chain_by_id("westend")->name, "westend-v1");
    assert_ptr_equal(mote_chain_by_name("westend-v1"), mote_chain_by_id("westend"));
    assert_null(mote_chain_by_id("Westend2"));
    assert_null(mote_chain_by_id("kusama"));
    assert_null(mote_chain_by_id(""));
}

/* Every relay chain whose genesis is recorded and publicly known. */
static void genesis_hashes_are_the_public_ones(void **state) {
    (void)state;
    static const char *const ids[] = {"polkadot", "ksmcc3", "westend2", "paseo_v1", "rococo_v2_2"};
    static const char *const files[] = {"polkadot", "ksmcc3", "westend2", "paseo", "rococo_v2_2"};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        char path[128];
        snprintf(path, sizeof path, "genesis/%s.genesis.json.gz", files[i]);
        json_t *file = fixture_json(path);
        assert_true(json_is_true(json_object_get(file, "genesis_hash_matches_publicly_known")));
        bool is_v1 = json_integer_value(json_object_get(file, "genesis_state_version")) == 1;
        const char *hex =
            json_string_value(json_object_get(file, is_v1 ? "genesis_hash_v1" : "genesis_hash_v0"));
        const mote_chain *chain = mote_chain_by_id(ids[i]);
        assert_hash_hex(&chain->genesis, hex);
        assert_ptr_equal(mote_chain_by_genesis(&chain->genesis), chain);
        json_decref(file);
    }
}

static void an_unknown_genesis_is_nobodys(void **state) {
    (void)state;
    const mote_hash zero = {{0}};
    mote_hash near = mote_chain_by_name("polkadot")->genesis;
    near.bytes[31] ^= 1;
    assert_null(mote_chain_by_genesis(&zero)); /* though some chains' are not known */
    assert_null(mote_chain_by_genesis(&near));
}

/* Names are for people, ids for chain specs: no two chains share one. Slots and windows are sound. */
static void the_table_is_sound(void **state) {
    (void)state;
    size_t count = 0;
    for (const mote_chain *chain; (chain = mote_chain_at(count)) != NULL; count++) {
        assert_ptr_equal(mote_chain_by_name(chain->name), chain);
        assert_ptr_equal(mote_chain_by_id(chain->id), chain);
        assert_true(strlen(chain->name) > 0 && strlen(chain->name) <= 32);
        assert_int_equal(chain->slot_milliseconds, 6000);
        assert_in_range(chain->window_seconds, 4, 28 * 86400);
        assert_true((chain->hard_fork_count != 0) == (chain->hard_forks != NULL));
        assert_true((chain->hard_fork_count != 0) == (chain->hard_fork_authority_count != 0));
    }
    assert_in_range(count, 5, 100);
    assert_null(mote_chain_at(count));
    assert_null(mote_chain_at(SIZE_MAX));
}

/* Bonding: 28 eras of 24 hours, 28 of 6, 2 of 6; where a test network's bonds are worth nothing, less than that. */
static void windows(void **state) {
    (void)state;
    assert_true(mote_chain_by_name("polkadot")->window_seconds == 28 * 86400);
    assert_true(mote_chain_by_name("kusama")->window_seconds == 7 * 86400);
    assert_true(mote_chain_by_name("westend")->window_seconds == 12 * 3600);
    assert_true(mote_chain_by_name("paseo")->window_seconds < 7 * 86400);
    assert_true(mote_chain_by_name("rococo")->window_seconds < 7 * 86400);
    assert_true(mote_chain_default()->window_seconds == 86400);
    static const char *const known[] = {"polkadot", "kusama", "westend"};
    static const char *const guessed[] = {"paseo",       "paseo-v1",  "rococo",
                                          "rococo-v2.1", "rococo-v1", "westend-v1"};
    for (size_t i = 0; i < 3; i++) assert_false(mote_chain_by_name(known[i])->window_is_default);
    for (size_t i = 0; i < 6; i++) {
        assert_true(mote_chain_by_name(guessed[i])->window_is_default);
        assert_true(mote_chain_by_name(guessed[i])->window_seconds == 86400);
    }
    assert_true(mote_chain_default()->window_is_default);
    assert_int_equal(mote_chain_default()->slot_milliseconds, 6000);
    assert_int_equal(mote_chain_default()->hard_fork_count, 0);
}

static void only_kusama_has_hard_forks(void **state) {
    (void)state;
    const mote_chain *kusama = mote_chain_by_name("kusama");
    for (size_t i = 0; mote_chain_at(i) != NULL; i++) {
        if (mote_chain_at(i) != kusama) assert_int_equal(mote_chain_at(i)->hard_fork_count, 0);
    }
    assert_int_equal(kusama->hard_fork_count, 9);
    assert_int_equal(kusama->hard_fork_authority_count, 54);
    for (size_t i = 1; i < kusama->hard_fork_count; i++) {
        assert_true(kusama->hard_forks[i].number > kusama->hard_forks[i - 1].number);
        assert_true(kusama->hard_forks[i].set_id == kusama->hard_forks[i - 1].set_id + 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chain_is_found_by_name_and_id_in_any_case),
        cmocka_unit_test(westend_the_id_and_westend_the_name),
        cmocka_unit_test(genesis_hashes_are_the_public_ones),
        cmocka_unit_test(an_unknown_genesis_is_nobodys),
        cmocka_unit_test(the_table_is_sound),
        cmocka_unit_test(windows),
        cmocka_unit_test(only_kusama_has_hard_forks),
    };
    return cmocka_run_group_tests_name("unit/chain", tests, NULL, NULL);
}
