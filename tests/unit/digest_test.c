/* SPDX-License-Identifier: Apache-2.0 */
#include "grandpa_builder.h"

#include "babe_log.h"
#include "mote/header.h"

static const mote_hash no_hash;

static mote_header with_digest(uint32_t number, const test_digest *digest) {
    test_block block = test_block_at(&no_hash, number, 1, digest);
    return test_header(&block);
}

static void items_in_order(void **state) {
    (void)state;
    static const uint8_t kinds[] = {8, 0, 4, 6, 5};
    test_digest digest = {0};
    for (size_t i = 0; i < 5; i++) {
        bool has_engine = kinds[i] >= 4 && kinds[i] <= 6;
        digest_add(&digest, kinds[i], has_engine ? "BEEF" : NULL, fixture_hex("0a0b"));
    }
    mote_header header = with_digest(1, &digest);
    mote_digest_iterator items = mote_digest_items(&header);
    mote_digest_item item;
    for (size_t i = 0; i < 5; i++) {
        bool has_engine = kinds[i] >= 4 && kinds[i] <= 6;
        assert_true(mote_digest_next(&items, &item));
        assert_int_equal(item.kind, kinds[i]);
        assert_memory_equal(item.engine, has_engine ? "BEEF" : "\0\0\0\0", 4);
        assert_int_equal(item.payload.size, kinds[i] == 8 ? 0 : 2);
    }
    assert_false(mote_digest_next(&items, &item));
    assert_false(mote_digest_next(&items, &item));
    assert_null(item.payload.data);
}

static void no_items(void **state) {
    (void)state;
    mote_header header = with_digest(1, NULL);
    mote_digest_iterator items = mote_digest_items(&header);
    mote_digest_item item;
    assert_false(mote_digest_next(&items, &item));
    mote_header zero;
    memset(&zero, 0, sizeof zero);
    items = mote_digest_items(&zero);
    assert_false(mote_digest_next(&items, &item));
}

/* --- GRANDPA's logs ------------------------------------------------------------------------------------------- */

static void logs_of_grandpa(void **state) {
    (void)state;
    mote_grandpa_log log;
    assert_true(mote_grandpa_log_decode(&log, fixture_hex("0305000000000000ff")));
    assert_int_equal(log.kind, MOTE_GRANDPA_ON_DISABLED);
    assert_true(log.authority_index == UINT64_C(0xff00000000000005));
    assert_true(mote_grandpa_log_decode(&log, fixture_hex("0401020304")));
    assert_int_equal(log.kind, MOTE_GRANDPA_PAUSE);
    assert_int_equal(log.delay, 0x04030201);
    assert_true(mote_grandpa_log_decode(&log, fixture_hex("0501000000ffff"))); /* trailing bytes */
    assert_int_equal(log.kind, MOTE_GRANDPA_RESUME);
    assert_int_equal(log.delay, 1);
    assert_true(mote_grandpa_log_decode(&log, fixture_hex("01000a000000")));
    assert_int_equal(log.kind, MOTE_GRANDPA_SCHEDULED_CHANGE);
    assert_int_equal(log.next.count, 0);
    assert_int_equal(log.delay, 10);
    assert_true(mote_grandpa_log_decode(&log, fixture_hex("02070000000000000000")));
    assert_int_equal(log.kind, MOTE_GRANDPA_FORCED_CHANGE);
    assert_int_equal(log.median_last_finalized, 7);
}

static void logs_that_do_not_decode(void **state) {
    (void)state;
    static const char *const payloads[] = {"",   "00",     "06",         "ff", "0300000000000000",
                                           "04", "050000", "01000a0000", "01", "0104"};
    static const mote_grandpa_log zero;
    for (size_t i = 0; i < sizeof payloads / sizeof payloads[0]; i++) {
        mote_grandpa_log log;
        memset(&log, 0xff, sizeof log);
        assert_false(mote_grandpa_log_decode(&log, fixture_hex(payloads[i])));
        assert_memory_equal(&log, &zero, sizeof zero);
    }
}

static void authorities_of_a_change(void **state) {
    (void)state;
    test_voter voters[3] = {test_voter_of(0, 1), test_voter_of(1, UINT64_MAX), test_voter_of(2, 0)};
    test_digest digest = {0};
    mote_grandpa_log log;
    digest_add(&digest, 4, "BABE", fixture_hex("01000a000000")); /* another engine's */
    digest_add(&digest, 6, "FRNK", fixture_hex("01000a000000")); /* no consensus item */
    digest_add_scheduled_change(&digest, voters, 3, 9);
    mote_header header = with_digest(1, &digest);
    assert_true(mote_header_find_grandpa_log(&header, &log, MOTE_GRANDPA_SCHEDULED_CHANGE));
    assert_int_equal(log.delay, 9);
    assert_int_equal(log.next.count, 3);
    for (uint32_t i = 0; i < 3; i++) {
        assert_memory_equal(mote_authority_key(&log.next, i), voters[i].public_key, 32);
        assert_true(mote_authority_weight(&log.next, i) == voters[i].weight);
    }
    assert_false(mote_header_find_grandpa_log(&header, &log, MOTE_GRANDPA_FORCED_CHANGE));
    assert_null(log.next.items);
}

/* --- BABE and Aura ----------------------------------------------------------------------------------------------- */

static bool slot_of(const char *engine, const char *payload, uint64_t *slot) {
    test_digest digest = {0};
    digest_add(&digest, 6, engine, fixture_hex(payload));
    mote_header header = with_digest(1, &digest);
    return strcmp(engine, "BABE") == 0 ? mote_header_babe_slot(&header, slot)
                                       : mote_header_aura_slot(&header, slot);
}

#define VRF                                                                                        \
    "0000000000000000000000000000000000000000000000000000000000000000"                             \
    "0000000000000000000000000000000000000000000000000000000000000000"                             \
    "0000000000000000000000000000000000000000000000000000000000000000"

static void slots(void **state) {
    (void)state;
    uint64_t slot;
    assert_true(slot_of("BABE", "01010000000807060504030201" VRF, &slot));
    assert_true(slot == UINT64_C(0x0102030405060708));
    assert_true(slot_of("BABE", "03010000000900000000000000" VRF, &slot));
    assert_true(slot == 9);
    assert_true(slot_of("BABE", "02010000000900000000000000", &slot));
    assert_true(slot_of("aura", "0a00000000000000", &slot));
    assert_true(slot == 10);
    static const char *const bad[] = {"", "00010000000900000000000000" VRF,
                                      "04010000000900000000000000" VRF,
                                      "01010000000900000000000000", "020100000009000000000000"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        slot = 1;
        assert_false(slot_of("BABE", bad[i], &slot));
        assert_true(slot == 0);
    }
    assert_false(slot_of("aura", "0a000000000000", &slot));
}

/* A claim whose proof is two scalars, each of them the group order but for its lowest byte. */
static mote_bytes secondary_vrf(uint8_t slot, uint8_t c, uint8_t s) {
    mote_bytes payload = fixture_hex(
        "030000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
        "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"
        "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    uint8_t *bytes = fixture_copy(payload);
    bytes[5] = slot;
    bytes[45] = c;
    bytes[77] = s;
    return (mote_bytes){bytes, payload.size};
}

static void first_slot_that_decodes(void **state) {
    (void)state;
    test_digest digest = {0};
    uint64_t slot;
    digest_add(&digest, 6, "BABE", fixture_hex("09"));
    digest_add(&digest, 4, "BABE", fixture_hex("02010000000500000000000000")); /* not pre-runtime */
    digest_add(&digest, 6, "BABE", secondary_vrf(5, 0xed, 0)); /* c is the group order */
    digest_add(&digest, 6, "BABE", secondary_vrf(5, 0, 0xed)); /* s is */
    digest_add(&digest, 6, "BABE", secondary_vrf(6, 0xec, 0xec));
    digest_add_babe_slot(&digest, 1, 7);
    mote_header header = with_digest(1, &digest);
    assert_true(mote_header_babe_slot(&header, &slot));
    assert_int_equal(slot, 6);
}

static void logs_of_babe(void **state) {
    (void)state;
    assert_int_equal(mote_header_babe_log(fixture_hex("0200000000")).kind,
                     MOTE_BABE_LOG_ON_DISABLED);
    assert_int_equal(mote_header_babe_log(fixture_hex("02000000")).kind, MOTE_BABE_LOG_NONE);
    assert_int_equal(mote_header_babe_log(fixture_hex("04")).kind, MOTE_BABE_LOG_NONE);
    mote_babe_log log =
        mote_header_babe_log(fixture_hex("0301010000000000000004000000000000000200"));
    assert_int_equal(log.kind, MOTE_BABE_LOG_NEXT_CONFIG);
    assert_int_equal(log.chance[0], 1);
    assert_int_equal(log.chance[1], 4);
    /* Only version 1 is known. */
    log = mote_header_babe_log(fixture_hex("03020100000000000000040000000000000002"));
    assert_int_equal(log.kind, MOTE_BABE_LOG_NONE);
}

/* --- oddities ------------------------------------------------------------------------------------------------------ */

static void oddities_add_up(void **state) {
    (void)state;
    static const uint8_t seal[64];
    test_digest digest = {0};
    for (size_t i = 0; i < 2; i++) {
        digest_add(&digest, 5, "BABE", (mote_bytes){seal, 63});
        digest_add(&digest, 6, "aura", fixture_hex("0a00000000000000"));
        digest_add(&digest, 4, "BABE", fixture_hex("03010100000000000000040000000000000002"));
    }
    mote_header header = with_digest(0, &digest);
    assert_int_equal(mote_header_oddities(&header),
                     MOTE_ODDITY_SEAL_NOT_LAST | MOTE_ODDITY_SEVERAL_SEALS | MOTE_ODDITY_SEAL_SIZE |
                         MOTE_ODDITY_FOREIGN_SEAL | MOTE_ODDITY_SEVERAL_AURA_PRE_DIGESTS |
                         MOTE_ODDITY_SEVERAL_NEXT_CONFIGS | MOTE_ODDITY_CONFIG_WITHOUT_EPOCH |
                         MOTE_ODDITY_PRE_DIGEST_IN_GENESIS);
}

static void several_epochs(void **state) {
    (void)state;
    test_digest digest = {0};
    digest_add_babe_slot(&digest, 1, 6);
    for (size_t i = 0; i < 2; i++) {
        test_buffer payload = {0};
        append_u8(&payload, 1);
        append_authority_list(&payload, test_voters(0, 2), 2);
        append_span(&payload, no_hash.bytes, 32);
        digest_add(&digest, 4, "BABE", buffer_bytes(&payload));
    }
    mote_header header = with_digest(1, &digest);
    assert_int_equal(mote_header_oddities(&header), MOTE_ODDITY_SEVERAL_NEXT_EPOCHS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_in_order),          cmocka_unit_test(no_items),
        cmocka_unit_test(logs_of_grandpa),         cmocka_unit_test(logs_that_do_not_decode),
        cmocka_unit_test(authorities_of_a_change), cmocka_unit_test(slots),
        cmocka_unit_test(first_slot_that_decodes), cmocka_unit_test(logs_of_babe),
        cmocka_unit_test(oddities_add_up),         cmocka_unit_test(several_epochs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
