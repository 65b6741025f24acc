/* SPDX-License-Identifier: Apache-2.0 */
/* H.6, BABE: thresholds, claims, slots and epochs. What it takes to be well signed is with sr25519. */
#include "babe_recorded.h"
#include "babe_world.h"

#define AUTHORS 4u
#define NEXT_AUTHORS 20u /* the first of the next epoch's */

static mote_babe_position start(void) {
    return test_position(0, AUTHORS, NEXT_AUTHORS);
}

/* One block on, by its status; what failed leaves nothing behind. */
static mote_status advance(mote_babe_position *out, const mote_babe_position *at,
                           const test_block *block, uint64_t slot_now) {
    static const mote_babe_position nowhere;
    mote_header header = test_header(block);
    mote_status status = mote_babe_advance(fixture_context(1), out, NULL, at, &header, slot_now);
    if (status != MOTE_OK) assert_memory_equal(out, &nowhere, sizeof nowhere);
    return status;
}

static mote_status judge(const mote_babe_position *at, const test_claim *claim) {
    mote_babe_position next;
    test_block block = test_babe_block(&at->hash, at->number + 1, claim);
    return advance(&next, at, &block, UINT64_MAX);
}

static mote_babe_position advanced(const mote_babe_position *at, mote_babe_claim claim,
                                   uint64_t slot) {
    mote_babe_position next;
    test_block block = test_right_block(at, claim, 0, slot, 1);
    assert_status(advance(&next, at, &block, slot), MOTE_OK);
    return next;
}

/* --- thresholds --------------------------------------------------------------------------------------------- */
/* With one author and c = k / 2^53 the threshold is k 2^75 exactly: the two next to a score are on both sides of it. */
static void V11_score_at_and_below_the_threshold(void **state) {
    (void)state;
    mote_babe_score score = {7, 9}, less = {7, 8}, high = {6, UINT64_MAX};
    assert_false(mote_babe_score_below(score, score));
    assert_true(mote_babe_score_below(less, score));
    assert_true(mote_babe_score_below(high, score));
    assert_false(mote_babe_score_below(score, high));
    for (uint64_t slot = 105; slot < 109; slot++) {
        mote_babe_position at = test_position(0, 1, NEXT_AUTHORS);
        test_claim claim = test_right_claim(&at, MOTE_BABE_PRIMARY, 0, slot, 1);
        test_author author = test_author_of(0);
        test_vrf vrf = test_babe_vrf(&author, slot, 5, claim.randomness);
        uint64_t k = vrf.score.high >> 11;
        at.current.c_numerator = k;
        assert_status(judge(&at, &claim), MOTE_E_SCORE_TOO_HIGH);
        at.current.c_numerator = k + 1;
        assert_status(judge(&at, &claim), MOTE_OK);
    }
}

static void assert_threshold(uint64_t c0, uint64_t c1, uint64_t weight, uint64_t total,
                             const char *decimal) {
    mote_babe_score expected = babe_score_of_decimal(decimal);
    mote_babe_score actual = mote_babe_threshold(c0, c1, weight, total);
    assert_int_equal(actual.high, expected.high);
    assert_int_equal(actual.low, expected.low);
}

static void V12_three_published_thresholds(void **state) {
    (void)state;
    uint64_t from_2_to_901 = 901u * 902u / 2 - 1;
    uint64_t powers = (UINT64_C(1) << 50) - 1 - 50; /* the sum of 2^n - 1 for n < 50 */
    assert_threshold(2, 9, 1, 8, "10523572781773471998586657386560225280");
    assert_threshold(103, 971, 11, from_2_to_901, "1032931305829506557190946382938112");
    assert_threshold(89, 91, 63, powers, "72686664904329579129208832");
}

typedef struct kinds {
    size_t cases, without_fused, correctly_rounded, endless;
} kinds;

static uint64_t decimal(const json_t *value) {
    mote_babe_score number = babe_score_of_decimal(json_string_value(value));
    assert_int_equal(number.high, 0);
    return number.low;
}

static void check_threshold(json_t *line, void *user) {
    kinds *seen = user;
    const json_t *c = json_object_get(line, "c"), *threshold = json_object_get(line, "threshold");
    const char *kind = json_string_value(json_object_get(line, "kind"));
    mote_babe_score actual = mote_babe_threshold(
        decimal(json_array_get(c, 0)), decimal(json_array_get(c, 1)),
        decimal(json_object_get(line, "weight")), decimal(json_object_get(line, "total")));
    seen->cases++;
    seen->without_fused += strstr(kind, "without fused") != NULL;
    seen->correctly_rounded += strstr(kind, "correctly rounded") != NULL;
    mote_babe_score expected = {UINT64_MAX, UINT64_MAX};
    if (json_is_null(threshold)) {
        seen->endless++;
    } else {
        expected = babe_score_of_decimal(json_string_value(threshold));
    }
    assert_int_equal(actual.high, expected.high);
    assert_int_equal(actual.low, expected.low);
}

/* A node's own results, those among them that another library or processor would give one place off. */
static void V13_power_as_nodes_compute_it(void **state) {
    (void)state;
    kinds seen = {0};
    fixture_json_lines("babe/thresholds.jsonl.gz", check_threshold, &seen);
    assert_int_equal(seen.cases, 12374);
    assert_int_equal(seen.without_fused, 258);
    assert_int_equal(seen.correctly_rounded, 116);
    assert_true(seen.endless > 100);
}

/* --- claims --------------------------------------------------------------------------------------------------- */
static void V14_author_beyond_the_list(void **state) {
    (void)state;
    static const uint32_t indexes[] = {AUTHORS, AUTHORS + 1, UINT32_MAX};
    mote_babe_position at = start();
    for (size_t i = 0; i < 3; i++) {
        for (unsigned claim = 1; claim <= 3; claim++) {
            test_claim wrong = test_right_claim(&at, (mote_babe_claim)claim, 0, 105, 1);
            wrong.index = indexes[i];
            assert_status(judge(&at, &wrong), MOTE_E_AUTHOR_INDEX);
        }
    }
}

static void V15_kinds_of_claims_that_an_epoch_allows(void **state) {
    (void)state;
    for (uint8_t allowed = 0; allowed < 3; allowed++) {
        mote_babe_position at = start();
        at.current.allowed_slots = allowed;
        for (unsigned claim = 1; claim <= 3; claim++) {
            test_claim right = test_right_claim(&at, (mote_babe_claim)claim, 2, 105, 1);
            bool fits = claim == 1 || claim == allowed + 1u;
            assert_status(judge(&at, &right), fits ? MOTE_OK : MOTE_E_SLOT_KIND);
        }
    }
}

static void V16_secondary_claim_out_of_turn(void **state) {
    (void)state;
    for (uint8_t allowed = 1; allowed < 3; allowed++) {
        mote_babe_position at = start();
        at.current.allowed_slots = allowed;
        mote_babe_claim kind = (mote_babe_claim)(allowed + 1);
        test_claim right = test_right_claim(&at, kind, 0, 105, 1);
        for (uint32_t index = 0; index < AUTHORS; index++) {
            test_claim claim = right;
            claim.index = claim.author = index;
            assert_status(judge(&at, &claim), index == right.index ? MOTE_OK : MOTE_E_WRONG_AUTHOR);
        }
    }
}

/* Nodes compare keys: where the list has the author's key twice, either index is his. */
static void V16_secondary_claim_of_a_key_that_is_there_twice(void **state) {
    (void)state;
    mote_babe_position at = start();
    test_claim right = test_right_claim(&at, MOTE_BABE_SECONDARY_VRF, 0, 105, 1);
    uint32_t other = (right.index + 1) % AUTHORS;
    uint8_t *items = (uint8_t *)(uintptr_t)at.current.authorities.items;
    memcpy(items + other * MOTE_AUTHORITY_ITEM_SIZE, items + right.index * MOTE_AUTHORITY_ITEM_SIZE,
           32);
    test_claim claim = right;
    for (uint32_t index = 0; index < AUTHORS; index++) {
        bool his = index == right.index || index == other;
        claim.index = index;
        claim.author = his ? right.author : index;
        assert_status(judge(&at, &claim), his ? MOTE_OK : MOTE_E_WRONG_AUTHOR);
    }
}

/* A proof with a scalar that is not canonical is no proof where nodes decode pre-digests, and an item that does not decode
 * is none: the right one after it counts, alone it is none. */
static void V08_pre_digest_with_such_a_proof_is_none(void **state) {
    (void)state;
    mote_babe_position at = start(), next;
    test_author author = test_author_of(1);
    for (size_t scalar = 0; scalar < 2; scalar++) {
        test_claim right = test_right_claim(&at, MOTE_BABE_PRIMARY, 1, 105, 1);
        mote_bytes good = build_pre_digest(&right);
        uint8_t *bad = fixture_copy(good);
        bad[1 + 4 + 8 + 32 + 32 * scalar + 31] |= 0x20; /* 2^253 and more */
        for (int with_good = 0; with_good < 2; with_good++) {
            test_digest digest = {0};
            digest_add(&digest, 6, "BABE", (mote_bytes){bad, good.size});
            if (with_good) digest_add(&digest, 6, "BABE", good);
            test_block block = test_sealed(&at.hash, at.number + 1, 1, &digest, &author, "BABE");
            assert_status(advance(&next, &at, &block, UINT64_MAX),
                          with_good ? MOTE_OK : MOTE_E_NO_PRE_DIGEST);
            free(digest.items.data);
        }
        free(bad);
        free_bytes(good);
    }
}

/* Every recorded secondary claim, whose author the network took for right, and none of them but for chance by the
 * number read the other way. */
static void V17_secondary_author_is_big_endian(void **state) {
    (void)state;
    size_t secondary = 0, other_way = 0;
    for (size_t i = 0; i < BABE_RECORDED; i++) {
        const babe_recorded *recorded = &babe_recorded_all()[i];
        if (recorded->claim == MOTE_BABE_PRIMARY) continue;
        uint32_t count = recorded->epoch.authorities.count;
        uint8_t input[40];
        uint64_t rest = 0;
        memcpy(input, recorded->epoch.randomness, 32);
        mote_store_u64(input + 32, recorded->slot);
        mote_hash hash = libsodium_blake2b_256((mote_bytes){input, sizeof input});
        for (size_t k = 32; k-- > 0;) rest = (rest << 8 | hash.bytes[k]) % count;
        assert_int_equal(
            mote_babe_secondary_author(recorded->epoch.randomness, recorded->slot, count),
            recorded->authority_index);
        /* Divisors of 255 do not tell the two ways apart. */
        other_way += 255 % count != 0 && rest == recorded->authority_index;
        secondary++;
    }
    assert_int_equal(secondary, 399);
    assert_true(other_way < 20);
}

/* --- slots ------------------------------------------------------------------------------------------------------ */
static void V18_slot_not_above_the_parents(void **state) {
    (void)state;
    mote_babe_position at = start();
    for (uint64_t slot = 101; slot <= 106; slot++) {
        test_claim claim = test_right_claim(&at, MOTE_BABE_PRIMARY, 1, slot, 1);
        assert_status(judge(&at, &claim), slot > at.slot ? MOTE_OK : MOTE_E_SLOT_ORDER);
    }
}

static void V19_slot_in_the_future_is_deferred(void **state) {
    (void)state;
    mote_babe_position at = start(), next;
    uint64_t a_day = 14400;
    test_block block = test_right_block(&at, MOTE_BABE_PRIMARY, 1, 105 + a_day, 1);
    assert_status(advance(&next, &at, &block, 105), MOTE_E_SLOT_IN_FUTURE);
    assert_status(advance(&next, &at, &block, 104 + a_day), MOTE_E_SLOT_IN_FUTURE);
    assert_status(advance(&next, &at, &block, 105 + a_day), MOTE_OK);
    assert_int_equal(mote_status_class_of(MOTE_E_SLOT_IN_FUTURE), MOTE_CLASS_UNTIMELY);
    assert_int_equal(mote_status_blame(MOTE_E_SLOT_IN_FUTURE), MOTE_BLAME_NOBODY);
}

/* The epoch announced in the last slots there are would begin past 2^64. */
static void V20_slots_and_epochs_past_two_to_the_64(void **state) {
    (void)state;
    mote_babe_position at = start();
    for (uint64_t back = 0; back < 2 * TEST_EPOCH_SLOTS + 5; back++) {
        uint64_t slot = UINT64_MAX - back;
        /* From 110 on epochs of 10: the one with the slot, the next one's start, and its end. */
        uint64_t epoch_start = slot - (slot - 110) % TEST_EPOCH_SLOTS;
        bool fits = epoch_start <= UINT64_MAX - 2 * TEST_EPOCH_SLOTS;
        test_claim claim = test_right_claim(&at, MOTE_BABE_PRIMARY, 1, slot, 1);
        assert_status(judge(&at, &claim), fits ? MOTE_OK : MOTE_E_SLOT_OVERFLOW);
    }
    at.next.index = UINT64_MAX;
    test_claim claim = test_right_claim(&at, MOTE_BABE_PRIMARY, 1, 111, 1);
    assert_status(judge(&at, &claim), MOTE_E_SLOT_OVERFLOW);
    at.next.index = UINT64_MAX - 1;
    claim = test_right_claim(&at, MOTE_BABE_PRIMARY, 1, 111, 1);
    assert_status(judge(&at, &claim), MOTE_OK);
    claim = test_right_claim(&at, MOTE_BABE_PRIMARY, 1, 130, 1);
    assert_status(judge(&at, &claim), MOTE_E_SLOT_OVERFLOW);
}

/* --- epochs ----------------------------------------------------------------------------------------------------- */
static void V21_first_block_of_an_epoch_announces_the_next(void **state) {
    (void)state;
    mote_babe_position at = start();
    for (uint64_t slot = 110; slot < 135;
         slot += 4) { /* in the next epoch, and after skipped ones */
        test_claim claim = test_right_claim(&at, MOTE_BABE_PRIMARY, 1, slot, 1);
        assert_status(judge(&at, &claim), MOTE_OK);
        claim.logs = NULL;
        assert_status(judge(&at, &claim), MOTE_E_EPOCH_MISSING);
        test_digest only_config = {0};
        digest_add_next_config(&only_config, 1, 4, 1);
        claim.logs = &only_config;
        assert_status(judge(&at, &claim), MOTE_E_EPOCH_MISSING);
    }
}

static void V22_announcement_in_the_middle_of_an_epoch(void **state) {
    (void)state;
    mote_babe_position at = start(), next = advanced(&at, MOTE_BABE_PRIMARY, 111);
    const mote_babe_position *parents[] = {&at, &next};
    for (size_t i = 0; i < 2; i++) {
        test_claim claim =
            test_right_claim(parents[i], MOTE_BABE_PRIMARY, 1, parents[i]->slot + 1, 1);
        test_digest epoch = {0}, config = {0};
        assert_status(judge(parents[i], &claim), MOTE_OK);
        digest_add_next_epoch(&epoch, 0, 4, 1);
        claim.logs = &epoch;
        assert_status(judge(parents[i], &claim), MOTE_E_EPOCH_UNEXPECTED);
        digest_add_next_config(&config, 1, 4, 1);
        claim.logs = &config;
        assert_status(judge(parents[i], &claim), MOTE_E_CONFIG_UNEXPECTED);
    }
}

static void V23_after_skipped_epochs(void **state) {
    (void)state;
    for (uint64_t skipped = 0; skipped < 40; skipped++) {
        mote_babe_position at = start(), next;
        uint64_t slot = 113 + skipped * TEST_EPOCH_SLOTS;
        test_claim claim = test_right_claim(&at, MOTE_BABE_SECONDARY_VRF, 0, slot, 1);
        assert_int_equal(claim.epoch_index, 6 + skipped);
        test_block block = test_babe_block(&at.hash, at.number + 1, &claim);
        assert_status(advance(&next, &at, &block, UINT64_MAX), MOTE_OK);
        assert_int_equal(next.current.index, 6);
        assert_int_equal(next.next.index, 7 + skipped);
        assert_int_equal(next.next.start_slot, 120 + skipped * TEST_EPOCH_SLOTS);
        (void)advanced(&next, MOTE_BABE_PRIMARY, slot + 1); /* in the same epoch */
        (void)advanced(&next, MOTE_BABE_PRIMARY, next.next.start_slot);
        if (skipped == 0) continue;
        claim.epoch_index = 6; /* whoever forgets to count them */
        assert_status(judge(&at, &claim), MOTE_E_BAD_VRF_PROOF);
    }
}

/* --- announcements that would break a client ---------------------------------------------------------------------- */
static mote_status judge_logs(const test_digest *logs) {
    mote_babe_position at = start();
    test_claim claim = test_right_claim(&at, MOTE_BABE_PRIMARY, 1, 112, 1);
    claim.logs = logs;
    return judge(&at, &claim);
}

static mote_status judge_authorities(uint32_t count, uint64_t weight) {
    test_buffer payload = {0};
    test_digest logs = {0};
    static const uint8_t randomness[32];
    append_u8(&payload, 1);
    append_compact(&payload, count);
    for (uint32_t i = 0; i < count; i++) {
        test_author author = test_author_of(i);
        append_span(&payload, author.key, 32);
        append_u64(&payload, weight);
    }
    append_span(&payload, randomness, sizeof randomness);
    digest_add(&logs, 4, "BABE", buffer_bytes(&payload));
    return judge_logs(&logs);
}

static void D11_epochs_without_authorities_or_weight(void **state) {
    (void)state;
    assert_status(judge_authorities(2, 1), MOTE_OK);
    assert_status(judge_authorities(0, 1), MOTE_E_AUTHORITIES_INVALID);
    assert_status(judge_authorities(2, 0), MOTE_E_AUTHORITIES_INVALID);
    assert_status(judge_authorities(2, UINT64_C(1) << 63), MOTE_E_AUTHORITIES_INVALID);
    assert_status(judge_authorities(1, UINT64_MAX), MOTE_OK);
}

static mote_status judge_config(uint64_t c0, uint64_t c1, uint8_t allowed) {
    test_digest logs = {0};
    digest_add_next_epoch(&logs, 0, 4, 9);
    digest_add_next_config(&logs, c0, c1, allowed);
    return judge_logs(&logs);
}

static void D12_D13_configurations(void **state) {
    (void)state;
    assert_status(judge_config(1, 0, 1), MOTE_E_EPOCH_CONFIG);
    assert_status(judge_config(0, 0, 1), MOTE_E_EPOCH_CONFIG);
    assert_status(judge_config(2, 1, 1), MOTE_E_EPOCH_CONFIG);
    assert_status(judge_config(0, 1, 1), MOTE_OK);
    assert_status(judge_config(1, 1, 0), MOTE_OK);
    assert_status(judge_config(2, 1, 3), MOTE_OK); /* does not decode: ignored */
    test_digest logs = {0};
    digest_add_next_epoch(&logs, 0, 4, 9);
    digest_add(&logs, 4, "BABE",
               fixture_hex("03020200000000000000010000000000000001")); /* nor version 2 */
    assert_status(judge_logs(&logs), MOTE_OK);
}

static void D10_several_announcements(void **state) {
    (void)state;
    test_digest two = {0}, configs = {0}, one = {0};
    digest_add_next_epoch(&two, 0, 4, 9);
    digest_add_next_epoch(&two, 0, 4, 8);
    assert_status(judge_logs(&two), MOTE_E_SEVERAL_EPOCHS);
    digest_add_next_epoch(&configs, 0, 4, 9);
    digest_add_next_config(&configs, 1, 4, 1);
    digest_add_next_config(&configs, 1, 4, 1);
    assert_status(judge_logs(&configs), MOTE_E_SEVERAL_EPOCHS);
    digest_add(&one, 4, "BABE", fixture_hex("0108")); /* does not decode: counts for nothing */
    digest_add_next_epoch(&one, 0, 4, 9);
    assert_status(judge_logs(&one), MOTE_OK);
}

static void D07_D08_D09_what_authorship_forbids(void **state) {
    (void)state;
    mote_babe_position at = start();
    test_author author = test_author_of(1);
    test_claim claim = test_right_claim(&at, MOTE_BABE_PRIMARY, 1, 105, 1);
    mote_bytes pre_digest = build_pre_digest(&claim);
    static const uint8_t zeros[80];
    test_digest two = {0}, none = {0}, undecodable = {0}, early_seal = {0}, after = {0};
    mote_babe_position next;
    digest_add(&two, 6, "BABE", pre_digest);
    digest_add(&two, 6, "BABE", pre_digest);
    test_block block = test_sealed(&at.hash, 51, 1, &two, &author, "BABE");
    assert_status(advance(&next, &at, &block, 200), MOTE_E_SEVERAL_PRE_DIGESTS);
    block = test_sealed(&at.hash, 51, 1, &none, &author, "BABE");
    assert_status(advance(&next, &at, &block, 200), MOTE_E_NO_PRE_DIGEST);
    digest_add(&undecodable, 6, "BABE", (mote_bytes){zeros, 20}); /* counts for nothing */
    digest_add(&undecodable, 6, "BABE", pre_digest);
    block = test_sealed(&at.hash, 51, 1, &undecodable, &author, "BABE");
    assert_status(advance(&next, &at, &block, 200), MOTE_OK);
    digest_add(&early_seal, 6, "BABE", pre_digest);
    block = test_sealed(&at.hash, 51, 1, &early_seal, &author, "aura");
    assert_status(advance(&next, &at, &block, 200), MOTE_E_NO_SEAL);
    block = test_block_at(&at.hash, 51, 1, &early_seal);
    assert_status(advance(&next, &at, &block, 200), MOTE_E_NO_SEAL);
    digest_add(&early_seal, 5, "BABE", (mote_bytes){zeros, 64});
    block = test_sealed(&at.hash, 51, 1, &early_seal, &author, "BABE");
    assert_status(advance(&next, &at, &block, 200), MOTE_E_SEVERAL_SEALS);
    digest_add(&after, 6, "BABE", pre_digest);
    digest_add(&after, 5, "BABE", (mote_bytes){zeros, 64});
    digest_add(&after, 8, NULL, (mote_bytes){NULL, 0});
    block = test_block_at(&at.hash, 51, 1, &after);
    assert_status(advance(&next, &at, &block, 200), MOTE_E_NO_SEAL);
    for (size_t size = 63; size <= 65; size += 2) {
        test_digest odd = {0};
        digest_add(&odd, 6, "BABE", pre_digest);
        digest_add(&odd, 5, "BABE", (mote_bytes){zeros, size});
        block = test_block_at(&at.hash, 51, 1, &odd);
        assert_status(advance(&next, &at, &block, 200), MOTE_E_SEAL_SIZE);
    }
}

static void D15_genesis_has_no_author(void **state) {
    (void)state;
    mote_babe_digest digest;
    mote_hash none;
    memset(&none, 0, sizeof none);
    test_block genesis = test_block_at(&none, 0, 1, NULL);
    mote_header header = test_header(&genesis);
    assert_status(mote_babe_digest_read(fixture_context(1), &digest, &header),
                  MOTE_E_NO_PRE_DIGEST);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(V11_score_at_and_below_the_threshold),
        cmocka_unit_test(V12_three_published_thresholds),
        cmocka_unit_test(V13_power_as_nodes_compute_it),
        cmocka_unit_test(V14_author_beyond_the_list),
        cmocka_unit_test(V15_kinds_of_claims_that_an_epoch_allows),
        cmocka_unit_test(V16_secondary_claim_out_of_turn),
        cmocka_unit_test(V16_secondary_claim_of_a_key_that_is_there_twice),
        cmocka_unit_test(V08_pre_digest_with_such_a_proof_is_none),
        cmocka_unit_test(V17_secondary_author_is_big_endian),
        cmocka_unit_test(V18_slot_not_above_the_parents),
        cmocka_unit_test(V19_slot_in_the_future_is_deferred),
        cmocka_unit_test(V20_slots_and_epochs_past_two_to_the_64),
        cmocka_unit_test(V21_first_block_of_an_epoch_announces_the_next),
        cmocka_unit_test(V22_announcement_in_the_middle_of_an_epoch),
        cmocka_unit_test(V23_after_skipped_epochs),
        cmocka_unit_test(D11_epochs_without_authorities_or_weight),
        cmocka_unit_test(D12_D13_configurations),
        cmocka_unit_test(D10_several_announcements),
        cmocka_unit_test(D07_D08_D09_what_authorship_forbids),
        cmocka_unit_test(D15_genesis_has_no_author),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
