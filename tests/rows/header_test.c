/* SPDX-License-Identifier: Apache-2.0 */
/* H.2: headers and digests. What only authorship forbids is flagged, and never in the way of finality. */
#include "grandpa_builder.h"

#include "mote/limits.h"
#include "mote/warp.h"

#define ITEM_OFFSET (32u + 1u + 32u + 32u + 1u) /* of the first digest item below block 64 */

static const mote_hash no_hash;

static mote_bytes bytes_of(const char *hex) {
    return fixture_hex(hex);
}

static mote_status decode(mote_header *out, mote_bytes encoded) {
    mote_status status = mote_header_decode(fixture_context(4), out, encoded);
    if (status != MOTE_OK) {
        static const mote_header zero;
        assert_memory_equal(out, &zero, sizeof zero);
    }
    return status;
}

static mote_header with_digest(uint32_t number, const test_digest *digest) {
    mote_header header;
    test_block block = test_block_at(&no_hash, number, 1, digest);
    assert_status(decode(&header, block.header), MOTE_OK);
    return header;
}

static test_digest one_item(uint8_t kind, const char *engine, mote_bytes payload) {
    test_digest digest = {0};
    digest_add(&digest, kind, engine, payload);
    return digest;
}

static mote_bytes babe_pre_digest(void) { /* SecondaryPlain by author 1 in slot 7 */
    return bytes_of("02010000000700000000000000");
}

static mote_bytes seal_of(size_t size) {
    static const uint8_t zeros[80];
    return (mote_bytes){zeros, size};
}

/* The header is odd in these ways, and with its finality proven it is final all the same. */
static void assert_odd_but_final(const test_digest *digest, uint32_t number, uint32_t oddities) {
    test_voter voter = test_voter_of(0, 1);
    mote_authority_set set = test_set(&voter, 1, 0);
    test_block block = test_block_at(&no_hash, number, 1, digest);
    mote_header header = test_header(&block);
    mote_finalized_block final;
    mote_finalized_header evidence;
    mote_context *context = fixture_context(4);
    assert_int_equal(mote_header_oddities(&header), oddities);
    assert_status(mote_justification_verify(context, &final, NULL, &set,
                                            build_plain_justification(&voter, 1, &block, 1, 0),
                                            &header),
                  MOTE_OK);
    assert_status(mote_finalized_header_of(context, &evidence, &final, &header), MOTE_OK);
    assert_true(mote_hash_equal(&evidence.hash, &block.hash));
}

/* --- layout ------------------------------------------------------------------------------------------------ */

static void D01_digest_types_not_in_use(void **state) {
    (void)state;
    for (unsigned type = 0; type < 256; type++) {
        bool in_use = type == 0 || (type >= 4 && type <= 6) || type == 8;
        test_digest digest = {0};
        append_u8(&digest.items, (uint8_t)type);
        if (type >= 4 && type <= 6) append_span(&digest.items, "BABE", 4);
        if (type != 8) append_u8(&digest.items, 0);
        digest.count = 1;
        test_block block = test_block_at(&no_hash, 1, 1, &digest);
        mote_header header;
        assert_status(decode(&header, block.header), in_use ? MOTE_OK : MOTE_E_BAD_DIGEST_TYPE);
        if (in_use) continue;
        mote_context *context = fixture_context(4);
        assert_status(mote_header_decode(context, &header, block.header), MOTE_E_BAD_DIGEST_TYPE);
        assert_int_equal(mote_fault_offset(&context->fault, block.header), ITEM_OFFSET);
    }
}

static void D02_environment_updated_once_and_twice(void **state) {
    (void)state;
    for (uint32_t count = 1; count <= 2; count++) {
        test_digest digest = {0};
        digest_add(&digest, 6, "BABE", babe_pre_digest());
        for (uint32_t i = 0; i < count; i++) digest_add(&digest, 8, NULL, (mote_bytes){NULL, 0});
        digest_add(&digest, 5, "BABE", seal_of(64));
        assert_int_equal(with_digest(1, &digest).digest_count, count + 2);
        assert_odd_but_final(&digest, 1, 0);
    }
}

static mote_status decode_empty_others(uint32_t claimed, uint32_t present) {
    test_digest digest = {.count = claimed};
    for (uint32_t i = 0; i < present; i++) append_span(&digest.items, "\0\0", 2);
    test_block block = test_block_at(&no_hash, 1, 1, &digest);
    mote_header header;
    mote_status status = decode(&header, block.header);
    free(digest.items.data);
    return status;
}

static void D03_a_million_empty_items(void **state) {
    (void)state;
    assert_status(decode_empty_others(1u << 20, 1u << 20), MOTE_E_LIMIT_COUNT);
    assert_status(decode_empty_others(1u << 20, 4), MOTE_E_LENGTH_BEYOND_INPUT);
    assert_status(decode_empty_others(MOTE_MAX_DIGEST_ITEMS, MOTE_MAX_DIGEST_ITEMS), MOTE_OK);
    assert_status(decode_empty_others(MOTE_MAX_DIGEST_ITEMS + 1, MOTE_MAX_DIGEST_ITEMS + 1),
                  MOTE_E_LIMIT_COUNT);
}

static void D04_unknown_engines_are_opaque(void **state) {
    (void)state;
    static const char *const engines[] = {"nmbs", "\xff\xfe\x80\x01", "\0\0\0\0"};
    for (size_t i = 0; i < 3; i++) {
        for (uint8_t kind = 4; kind <= 6; kind++) {
            test_digest digest = one_item(kind, engines[i], bytes_of("010203"));
            mote_header header = with_digest(1, &digest);
            mote_digest_iterator items = mote_digest_items(&header);
            mote_digest_item item;
            assert_true(mote_digest_next(&items, &item));
            assert_int_equal(item.kind, kind);
            assert_memory_equal(item.engine, engines[i], 4);
            assert_int_equal(item.payload.size, 3);
            assert_false(mote_digest_next(&items, &item));
        }
    }
}

static void D05_trailing_byte_inside_a_babe_log(void **state) {
    (void)state;
    test_digest digest = one_item(6, "BABE", bytes_of("02010000000700000000000000ff"));
    mote_header header = with_digest(1, &digest);
    uint64_t slot;
    assert_true(mote_header_babe_slot(&header, &slot));
    assert_int_equal(slot, 7);
}

static void D06_undecodable_grandpa_log_is_ignored(void **state) {
    (void)state;
    static const char *const payloads[] = {"",       "00",   "06",       "01",
                                           "0104ab", "0108", "02000000", "04ffffff"};
    for (size_t i = 0; i < sizeof payloads / sizeof payloads[0]; i++) {
        test_digest digest = one_item(4, "FRNK", bytes_of(payloads[i]));
        mote_header header = with_digest(1, &digest);
        for (unsigned kind = 1; kind <= 5; kind++) {
            mote_grandpa_log log;
            assert_false(mote_header_find_grandpa_log(&header, &log, (mote_grandpa_log_kind)kind));
            assert_int_equal(log.kind, 0);
        }
    }
}

/* --- multiplicity and position ------------------------------------------------------------------------------ */

static void D07_two_babe_pre_digests(void **state) {
    (void)state;
    test_digest digest = {0};
    digest_add(&digest, 6, "BABE", babe_pre_digest());
    digest_add(&digest, 6, "BABE", bytes_of("02020000000900000000000000"));
    digest_add(&digest, 5, "BABE", seal_of(64));
    assert_odd_but_final(&digest, 1, MOTE_ODDITY_SEVERAL_BABE_PRE_DIGESTS);
    mote_header header = with_digest(1, &digest);
    uint64_t slot;
    assert_true(mote_header_babe_slot(&header, &slot));
    assert_int_equal(slot, 7); /* the first */
}

static void D08_seal_not_last_twice_or_of_another_engine(void **state) {
    (void)state;
    test_digest early = {0}, twice = {0}, foreign = {0};
    digest_add(&early, 5, "BABE", seal_of(64));
    digest_add(&early, 6, "BABE", babe_pre_digest());
    assert_odd_but_final(&early, 1, MOTE_ODDITY_SEAL_NOT_LAST);
    digest_add(&twice, 6, "BABE", babe_pre_digest());
    digest_add(&twice, 5, "BABE", seal_of(64));
    digest_add(&twice, 5, "BABE", seal_of(64));
    assert_odd_but_final(&twice, 1, MOTE_ODDITY_SEVERAL_SEALS);
    digest_add(&foreign, 6, "BABE", babe_pre_digest());
    digest_add(&foreign, 5, "aura", seal_of(64));
    assert_odd_but_final(&foreign, 1, MOTE_ODDITY_FOREIGN_SEAL);
}

static void D09_seals_of_63_and_65_bytes(void **state) {
    (void)state;
    static const size_t sizes[] = {63, 65, 0};
    for (size_t i = 0; i < 3; i++) {
        test_digest digest = {0};
        digest_add(&digest, 6, "BABE", babe_pre_digest());
        digest_add(&digest, 5, "BABE", seal_of(sizes[i]));
        assert_odd_but_final(&digest, 1, MOTE_ODDITY_SEAL_SIZE);
    }
}

/* --- BABE's logs -------------------------------------------------------------------------------------------- */

static void add_next_epoch(test_digest *digest, const uint64_t *weights, size_t count) {
    test_buffer payload = {0};
    uint8_t zeros[32] = {0};
    append_u8(&payload, 1);
    append_compact(&payload, count);
    for (size_t i = 0; i < count; i++) {
        append_span(&payload, zeros, 32);
        append_u64(&payload, weights[i]);
    }
    append_span(&payload, zeros, 32);
    digest_add(digest, 4, "BABE", buffer_bytes(&payload));
}

static void add_next_config(test_digest *digest, uint64_t numerator, uint64_t denominator,
                            uint8_t allowed_slots) {
    test_buffer payload = {0};
    append_u8(&payload, 3);
    append_u8(&payload, 1);
    append_u64(&payload, numerator);
    append_u64(&payload, denominator);
    append_u8(&payload, allowed_slots);
    digest_add(digest, 4, "BABE", buffer_bytes(&payload));
}

static test_digest sealed_later(void) {
    test_digest digest = {0};
    digest_add(&digest, 6, "BABE", babe_pre_digest());
    return digest;
}

static void D10_config_without_epoch(void **state) {
    (void)state;
    static const uint64_t weight = 1;
    test_digest digest = sealed_later();
    add_next_config(&digest, 1, 4, 2);
    assert_odd_but_final(&digest, 1, MOTE_ODDITY_CONFIG_WITHOUT_EPOCH);
    add_next_epoch(&digest, &weight, 1);
    assert_odd_but_final(&digest, 1, 0);
}

static void D11_next_epoch_with_impossible_authorities(void **state) {
    (void)state;
    static const struct {
        uint64_t weights[2];
        size_t count;
        uint32_t oddity;
    } cases[] = {{{0, 0}, 0, MOTE_ODDITY_EPOCH_AUTHORITIES},
                 {{1, 0}, 2, MOTE_ODDITY_EPOCH_AUTHORITIES},
                 {{UINT64_MAX, 1}, 2, MOTE_ODDITY_EPOCH_AUTHORITIES},
                 {{UINT64_MAX - 1, 1}, 2, 0}};
    for (size_t i = 0; i < 4; i++) {
        test_digest digest = sealed_later();
        add_next_epoch(&digest, cases[i].weights, cases[i].count);
        assert_odd_but_final(&digest, 1, cases[i].oddity);
    }
}

static void D12_next_config_with_impossible_chances(void **state) {
    (void)state;
    static const struct {
        uint64_t numerator, denominator;
        uint32_t oddity;
    } cases[] = {{1, 0, MOTE_ODDITY_CONFIG_CHANCE},
                 {0, 0, MOTE_ODDITY_CONFIG_CHANCE},
                 {2, 1, MOTE_ODDITY_CONFIG_CHANCE},
                 {0, 1, 0},
                 {1, 1, 0}};
    static const uint64_t weight = 1;
    for (size_t i = 0; i < 5; i++) {
        test_digest digest = sealed_later();
        add_next_epoch(&digest, &weight, 1);
        add_next_config(&digest, cases[i].numerator, cases[i].denominator, 1);
        assert_odd_but_final(&digest, 1, cases[i].oddity);
    }
}

static void D13_unknown_allowed_slots_make_the_log_undecodable(void **state) {
    (void)state;
    test_digest digest = sealed_later();
    add_next_config(&digest, 1, 0, 3); /* would be odd twice over if it were read */
    assert_odd_but_final(&digest, 1, 0);
}

/* --- numbers --------------------------------------------------------------------------------------------------- */

static mote_status decode_number(mote_header *out, const char *compact) {
    test_buffer encoded = {0};
    uint8_t zeros[64] = {0};
    mote_bytes number = bytes_of(compact);
    append_span(&encoded, zeros, 32);
    append_span(&encoded, number.data, number.size);
    append_span(&encoded, zeros, 64);
    append_u8(&encoded, 0);
    mote_context *context = fixture_context(4);
    mote_status status = mote_header_decode(context, out, buffer_bytes(&encoded));
    if (status != MOTE_OK) {
        assert_int_equal(mote_fault_offset(&context->fault, buffer_bytes(&encoded)), 32);
    }
    return status;
}

static void D14_numbers_past_32_bits(void **state) {
    (void)state;
    mote_header header;
    assert_status(decode_number(&header, "070000000001"), MOTE_E_LARGE_BLOCK_NUMBER);
    assert_status(decode_number(&header, "13ffffffffffffffff"), MOTE_E_LARGE_BLOCK_NUMBER);
    assert_status(decode_number(&header, "17000000000000000001"), MOTE_E_COMPACT_TOO_LARGE);
    assert_status(decode_number(&header, "03ffffffff"), MOTE_OK);
    assert_true(header.number == UINT32_MAX);
}

static void D15_pre_digest_in_genesis_and_none_above(void **state) {
    (void)state;
    test_digest with = sealed_later(), without = {0};
    assert_odd_but_final(&with, 0, MOTE_ODDITY_PRE_DIGEST_IN_GENESIS);
    assert_odd_but_final(&without, 1, MOTE_ODDITY_NO_PRE_DIGEST);
    assert_odd_but_final(&without, 0, 0);
}

static void D16_last_number_has_no_child(void **state) {
    (void)state;
    test_block last = test_block_at(&no_hash, UINT32_MAX, 1, NULL);
    test_block wrapped = test_block_at(&last.hash, 0, 1, NULL);
    mote_header parent = test_header(&last), child = test_header(&wrapped);
    assert_status(mote_header_check_parent(fixture_context(4), &child, &parent),
                  MOTE_E_HEADER_NUMBER);
}

/* --- GRANDPA's logs ------------------------------------------------------------------------------------------ */

static void D17_first_scheduled_change_that_decodes(void **state) {
    (void)state;
    test_voter *voters = test_voters(0, 3);
    test_digest digest = {0};
    mote_grandpa_log log;
    digest_add(&digest, 4, "FRNK", bytes_of("0108aa"));
    digest_add_scheduled_change(&digest, voters, 1, 0);
    digest_add_scheduled_change(&digest, voters + 1, 2, 5);
    mote_header header = with_digest(9, &digest);
    assert_true(mote_header_find_grandpa_log(&header, &log, MOTE_GRANDPA_SCHEDULED_CHANGE));
    assert_int_equal(log.next.count, 1);
    assert_int_equal(log.delay, 0);
    assert_memory_equal(mote_authority_key(&log.next, 0), voters[0].public_key, 32);
}

/* One fragment with this digest, finalized by its set: what the hand-over says. */
static mote_status hand_over(const test_digest *digest) {
    test_voter voter = test_voter_of(0, 1);
    mote_authority_set set = test_set(&voter, 1, 0);
    test_block block = test_block_at(&no_hash, 10, 1, digest);
    test_fragment fragment = {block.header, build_plain_justification(&voter, 1, &block, 1, 0)};
    mote_warp_start start = {.hash = no_hash, .number = 0, .set = &set, .max_authorities = 64};
    mote_context *context = fixture_context(64);
    mote_warp *warp;
    size_t consumed;
    assert_status(mote_warp_new(context, &warp, &start), MOTE_OK);
    mote_status status =
        mote_warp_feed(context, warp, &consumed, build_warp_proof(&fragment, 1, false));
    return status != MOTE_OK ? status : mote_warp_finish(context, warp);
}

static void D18_scheduled_and_forced_change_in_one_header(void **state) {
    (void)state;
    test_voter *voters = test_voters(0, 3);
    test_digest digest = {0};
    mote_grandpa_log log;
    digest_add_scheduled_change(&digest, voters, 1, 0);
    assert_status(hand_over(&digest), MOTE_OK);
    digest_add_forced_change(&digest, 8, voters, 2, 3);
    mote_header header = with_digest(10, &digest);
    assert_true(mote_header_find_grandpa_log(&header, &log, MOTE_GRANDPA_FORCED_CHANGE));
    assert_int_equal(log.median_last_finalized, 8);
    assert_int_equal(log.next.count, 2);
    assert_int_equal(log.delay, 3);
    assert_status(hand_over(&digest), MOTE_E_FORCED_CHANGE);
}

static void D19_longest_delay(void **state) {
    (void)state;
    test_voter *voters = test_voters(0, 1);
    test_digest digest = {0};
    mote_grandpa_log log;
    digest_add_scheduled_change(&digest, voters, 1, UINT32_MAX);
    mote_header header = with_digest(10, &digest);
    assert_true(mote_header_find_grandpa_log(&header, &log, MOTE_GRANDPA_SCHEDULED_CHANGE));
    assert_true(mote_grandpa_log_height(&log, header.number) == UINT64_C(0x100000009));
    assert_status(hand_over(&digest), MOTE_E_DELAYED_CHANGE);
}

static mote_status build_next_set(mote_authority_set *out, mote_voter *memory, size_t capacity,
                                  const test_voter *voters, size_t count) {
    test_digest digest = {0};
    mote_grandpa_log log;
    digest_add_scheduled_change(&digest, voters, count, 0);
    mote_header header = with_digest(10, &digest);
    assert_true(mote_header_find_grandpa_log(&header, &log, MOTE_GRANDPA_SCHEDULED_CHANGE));
    assert_int_equal(log.next.count, count);
    mote_status status = mote_authority_set_build(fixture_context(4), out, memory, capacity,
                                                  &log.next, 1, MOTE_ASSUMED_NOTHING);
    free(digest.items.data);
    return status;
}

static void D20_next_sets_that_cannot_be(void **state) {
    (void)state;
    enum { MANY = MOTE_MAX_AUTHORITIES + 1 };
    mote_voter *memory = calloc(MANY, sizeof *memory);
    test_voter *voters = calloc(MANY, sizeof *voters);
    test_voter two[2] = {test_voter_of(0, 1), test_voter_of(1, 0)};
    mote_authority_set set;
    assert_status(build_next_set(&set, memory, MANY, two, 0), MOTE_E_AUTHORITIES_INVALID);
    assert_status(build_next_set(&set, memory, MANY, two, 2), MOTE_E_AUTHORITIES_INVALID);
    two[1] = test_voter_of(0, 2); /* the same key again */
    assert_status(build_next_set(&set, memory, MANY, two, 2), MOTE_OK);
    assert_int_equal(set.voters, 1);
    assert_int_equal(set.listed, 2);
    assert_int_equal(set.total, 3);
    for (size_t i = 0; i < MANY; i++) voters[i] = test_voter_of(7, 1);
    assert_status(build_next_set(&set, memory, MANY, voters, MANY), MOTE_E_LIMIT_COUNT);
    assert_status(build_next_set(&set, memory, MANY, voters, MANY - 1), MOTE_OK);
    assert_int_equal(set.total, MOTE_MAX_AUTHORITIES);
    free(memory);
    free(voters);
}

static void D20_a_million_keys(void **state) {
    (void)state;
    enum { MILLION = 1000000 };
    test_digest digest = {.count = 1};
    append_u8(&digest.items, 4);
    append_span(&digest.items, "FRNK", 4);
    test_buffer list = {0};
    append_compact(&list, MILLION);
    append_compact(&digest.items, 1 + list.size + (size_t)MILLION * 40 + 4);
    append_u8(&digest.items, 1);
    append_span(&digest.items, list.data, list.size);
    uint8_t zeros[40] = {0};
    for (size_t i = 0; i < MILLION; i++) append_span(&digest.items, zeros, sizeof zeros);
    append_u32(&digest.items, 0);
    test_block block = test_block_at(&no_hash, 10, 1, &digest);
    mote_header header;
    assert_status(decode(&header, block.header), MOTE_E_LIMIT_SIZE);
    free(digest.items.data);
}

/* --- links ------------------------------------------------------------------------------------------------------ */

static void D21_parent_hash_or_number_does_not_fit(void **state) {
    (void)state;
    mote_context *context = fixture_context(4);
    test_block parent = test_block_at(&no_hash, 5, 1, NULL);
    test_block good = test_block_at(&parent.hash, 6, 1, NULL);
    test_block stray = test_block_at(&no_hash, 6, 1, NULL);
    test_block high = test_block_at(&parent.hash, 7, 1, NULL);
    test_block level = test_block_at(&parent.hash, 5, 1, NULL);
    const mote_header its = test_header(&parent);
    mote_header child = test_header(&good);
    assert_status(mote_header_check_parent(context, &child, &its), MOTE_OK);
    assert_status(mote_header_check_parent(context, &child, &child), MOTE_E_HEADER_LINK);
    child = test_header(&stray);
    assert_status(mote_header_check_parent(context, &child, &its), MOTE_E_HEADER_LINK);
    child = test_header(&high);
    assert_status(mote_header_check_parent(context, &child, &its), MOTE_E_HEADER_NUMBER);
    child = test_header(&level);
    assert_status(mote_header_check_parent(context, &child, &its), MOTE_E_HEADER_NUMBER);
}

static void D22_number_in_more_bytes_than_it_needs(void **state) {
    (void)state;
    mote_header header;
    assert_status(decode_number(&header, "04"), MOTE_OK);
    assert_status(decode_number(&header, "0500"), MOTE_E_COMPACT_NOT_CANONICAL);
    assert_status(decode_number(&header, "06000000"), MOTE_E_COMPACT_NOT_CANONICAL);
    assert_status(decode_number(&header, "0301000000"), MOTE_E_COMPACT_NOT_CANONICAL);
    assert_status(decode_number(&header, "0b010000000000"), MOTE_E_COMPACT_NOT_CANONICAL);
}

static void D23_malformed_cumulus_items_are_ignored(void **state) {
    (void)state;
    static const char *const payloads[] = {"", "ff", "00", "0001"};
    for (size_t i = 0; i < 4; i++) {
        test_digest digest = sealed_later();
        digest_add(&digest, 4, "CMLS", bytes_of(payloads[i]));
        digest_add(&digest, 4, "RPSR", bytes_of(payloads[i]));
        digest_add(&digest, 6, "CMLS", bytes_of(payloads[i]));
        assert_odd_but_final(&digest, 1, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(D01_digest_types_not_in_use),
        cmocka_unit_test(D02_environment_updated_once_and_twice),
        cmocka_unit_test(D03_a_million_empty_items),
        cmocka_unit_test(D04_unknown_engines_are_opaque),
        cmocka_unit_test(D05_trailing_byte_inside_a_babe_log),
        cmocka_unit_test(D06_undecodable_grandpa_log_is_ignored),
        cmocka_unit_test(D07_two_babe_pre_digests),
        cmocka_unit_test(D08_seal_not_last_twice_or_of_another_engine),
        cmocka_unit_test(D09_seals_of_63_and_65_bytes),
        cmocka_unit_test(D10_config_without_epoch),
        cmocka_unit_test(D11_next_epoch_with_impossible_authorities),
        cmocka_unit_test(D12_next_config_with_impossible_chances),
        cmocka_unit_test(D13_unknown_allowed_slots_make_the_log_undecodable),
        cmocka_unit_test(D14_numbers_past_32_bits),
        cmocka_unit_test(D15_pre_digest_in_genesis_and_none_above),
        cmocka_unit_test(D16_last_number_has_no_child),
        cmocka_unit_test(D17_first_scheduled_change_that_decodes),
        cmocka_unit_test(D18_scheduled_and_forced_change_in_one_header),
        cmocka_unit_test(D19_longest_delay),
        cmocka_unit_test(D20_next_sets_that_cannot_be),
        cmocka_unit_test(D20_a_million_keys),
        cmocka_unit_test(D21_parent_hash_or_number_does_not_fit),
        cmocka_unit_test(D22_number_in_more_bytes_than_it_needs),
        cmocka_unit_test(D23_malformed_cumulus_items_are_ignored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
