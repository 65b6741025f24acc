/* SPDX-License-Identifier: Apache-2.0 */
/* BABE's parts by themselves: arithmetic of binary64, digests, configurations, equivocation proofs. */
#include "babe_world.h"

#include <float.h>

#include "binary64.h"
#include "mote/hash.h"

/* --- arithmetic against the machine's ------------------------------------------------------------------------ */
#if FLT_EVAL_METHOD == 0 && DBL_MANT_DIG == 53
static uint64_t bits_of(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static double of_bits(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Exponents near each other half of the time, so that sums cancel; some significands short, so that they tie. */
static double random_number(uint64_t *random) {
    uint64_t significand = fixture_random(random) & ((UINT64_C(1) << 52) - 1);
    uint64_t spread = fixture_random(random) % 2 == 0 ? 4 : 160;
    uint64_t exponent = 1023 - spread / 2 + fixture_random(random) % spread;
    if (fixture_random(random) % 3 == 0)
        significand &= ~UINT64_C(0) << (fixture_random(random) % 52);
    uint64_t sign = fixture_random(random) % 2;
    return of_bits(sign << 63 | exponent << 52 | significand);
}

static void assert_same(binary64 actual, double expected) {
    if (expected == 0) {
        assert_int_equal(actual.significand, 0); /* whose sign nothing depends on */
    } else {
        assert_int_equal(mote_babe_b64_bits(actual), bits_of(expected));
    }
}

static void arithmetic_is_the_machines(void **state) {
    (void)state;
    uint64_t random = 20261121;
    for (size_t i = 0; i < fixture_times(200000); i++) {
        volatile double a = random_number(&random), b = random_number(&random);
        volatile double sum = a + b, difference = a - b, product = a * b, quotient = a / b;
        binary64 x = mote_babe_b64_of_bits(bits_of(a)), y = mote_babe_b64_of_bits(bits_of(b));
        assert_int_equal(mote_babe_b64_bits(x), bits_of(a));
        assert_same(mote_babe_b64_add(x, y), sum);
        assert_same(mote_babe_b64_subtract(x, y), difference);
        assert_same(mote_babe_b64_multiply(x, y), product);
        assert_same(mote_babe_b64_divide(x, y), quotient);
        uint64_t whole = fixture_random(&random) >> (fixture_random(&random) % 64);
        volatile double converted = (double)whole;
        assert_same(mote_babe_b64_of_u64(whole), converted);
    }
}

/* What a product loses to rounding, a fused one has: a b - round(a b) is a number of its own, and adding it up to a third
 * gives no more than one rounding. */
static void fused_products_round_once(void **state) {
    (void)state;
    uint64_t random = 7;
    for (size_t i = 0; i < fixture_times(100000); i++) {
        binary64 a = mote_babe_b64_of_bits(bits_of(random_number(&random)));
        binary64 b = mote_babe_b64_of_bits(bits_of(random_number(&random)));
        binary64 product = mote_babe_b64_multiply(a, b);
        binary64 rest = mote_babe_b64_fma(a, b, mote_babe_b64_negate(product));
        binary64 again = mote_babe_b64_add(product, rest);
        assert_int_equal(mote_babe_b64_bits(again), mote_babe_b64_bits(product));
        /* The low halves of the significands' product, exactly. */
        uint64_t low = a.significand * b.significand;
        int places = product.exponent - (a.exponent + b.exponent);
        uint64_t lost = low & ((UINT64_C(1) << places) - 1);
        bool up = lost > UINT64_C(1) << (places - 1) ||
                  (lost == UINT64_C(1) << (places - 1) && ((low >> places) & 1) != 0);
        uint64_t magnitude = up ? (UINT64_C(1) << places) - lost : lost;
        binary64 expected = mote_babe_b64_of_u64(magnitude);
        if (magnitude == 0) {
            assert_int_equal(rest.significand, 0);
            continue;
        }
        expected.exponent += a.exponent + b.exponent;
        expected.negative = product.negative != up;
        assert_int_equal(mote_babe_b64_bits(rest), mote_babe_b64_bits(expected));
    }
}
#endif

/* One third in 160 binary places below a one: only its being there decides. */
static void what_falls_out_still_counts(void **state) {
    (void)state;
    binary64 one = mote_babe_b64_of_u64(1), half_place = one, tiny = one;
    half_place.exponent -= 53;
    for (int32_t far = 60; far < 400; far += 7) {
        tiny = one;
        tiny.exponent -= far;
        /* 1 + 2^-53 ties to 1; with anything more it is 1 + 2^-52. */
        binary64 tie = mote_babe_b64_fma(half_place, one, one);
        assert_int_equal(mote_babe_b64_bits(tie), mote_babe_b64_bits(one));
        binary64 sum = mote_babe_b64_subtract(one, tiny);
        assert_int_equal(mote_babe_b64_bits(sum), mote_babe_b64_bits(one));
        binary64 odd = {(UINT64_C(1) << 52) + 1, -52,
                        false}; /* (1 + 2^-52)^2 - 1 - 2^-51 = 2^-104 */
        binary64 less = {(UINT64_C(1) << 52) + 2, -52, true};
        binary64 rest = mote_babe_b64_fma(odd, odd, less);
        assert_int_equal(rest.significand, UINT64_C(1) << 52);
        assert_int_equal(rest.exponent, -104 - 52);
    }
}

/* --- thresholds at the edges ------------------------------------------------------------------------------------ */
static bool is_zero(mote_babe_score score) {
    return score.high == 0 && score.low == 0;
}

static void thresholds_at_the_edges(void **state) {
    (void)state;
    mote_babe_score most = {UINT64_MAX, UINT64_MAX}, half = {UINT64_C(1) << 63, 0};
    mote_babe_score all = mote_babe_threshold(1, 1, 1, 3);
    assert_memory_equal(&all, &most, sizeof most);
    all = mote_babe_threshold(UINT64_MAX - 1, UINT64_MAX, 1, 1); /* rounds to 1 */
    assert_memory_equal(&all, &most, sizeof most);
    mote_babe_score even = mote_babe_threshold(1, 2, 9, 9);
    assert_memory_equal(&even, &half, sizeof half);
    assert_true(is_zero(mote_babe_threshold(0, 1, 1, 1)));
    assert_true(is_zero(mote_babe_threshold(0, 0, 1, 1)));
    assert_true(is_zero(mote_babe_threshold(1, 0, 1, 1)));
    assert_true(is_zero(mote_babe_threshold(2, 1, 1, 1)));
    assert_true(is_zero(mote_babe_threshold(1, 4, 0, 1)));
    assert_true(is_zero(mote_babe_threshold(1, 4, 2, 1)));
    assert_true(is_zero(mote_babe_threshold(1, UINT64_MAX, 1, 1))); /* 1 - c rounds to 1 */
    assert_true(is_zero(mote_babe_threshold(1, 4, 1, UINT64_MAX)));
}

/* More weight, more chances; and with all of the weight, c. */
static void thresholds_grow_with_weight(void **state) {
    (void)state;
    mote_babe_score before = {0, 0};
    for (uint64_t weight = 1; weight <= 1000; weight++) {
        mote_babe_score now = mote_babe_threshold(1, 4, weight, 1000);
        assert_true(mote_babe_score_below(before, now));
        before = now;
    }
    mote_babe_score quarter = {UINT64_C(1) << 62, 0};
    assert_memory_equal(&before, &quarter, sizeof quarter);
}

/* --- pre-digests --------------------------------------------------------------------------------------------------- */
static void pre_digests(void **state) {
    (void)state;
    mote_babe_pre_digest out;
    static const mote_babe_pre_digest none;
    uint8_t payload[128] = {0};
    for (unsigned kind = 0; kind < 256; kind++) {
        payload[0] = (uint8_t)kind;
        size_t needed = kind == 2 ? 13 : 109;
        bool known = kind >= 1 && kind <= 3;
        for (size_t size = 0; size <= sizeof payload; size++) {
            bool decodes = mote_babe_pre_digest_decode(&out, (mote_bytes){payload, size});
            assert_int_equal(decodes, known && size >= needed);
            if (!decodes) assert_memory_equal(&out, &none, sizeof none);
        }
    }
    assert_string_equal(mote_babe_claim_name(MOTE_BABE_PRIMARY), "primary");
    assert_string_equal(mote_babe_claim_name(MOTE_BABE_SECONDARY_PLAIN), "secondary-plain");
    assert_string_equal(mote_babe_claim_name(MOTE_BABE_SECONDARY_VRF), "secondary-vrf");
}

static void disabled_authority_is_told_and_no_more(void **state) {
    (void)state;
    mote_babe_position at = test_position(0, 4, 20), next;
    mote_babe_digest digest;
    test_digest logs = {0};
    test_claim claim = test_right_claim(&at, MOTE_BABE_PRIMARY, 2, 105, 1);
    digest_add(&logs, 4, "BABE", fixture_hex("0202000000"));
    digest_add(&logs, 4, "BABE", fixture_hex("0203000000"));
    claim.logs = &logs;
    test_block block = test_babe_block(&at.hash, 51, &claim);
    mote_header header = test_header(&block);
    mote_context *context = fixture_context(1);
    assert_status(mote_babe_digest_read(context, &digest, &header), MOTE_OK);
    assert_true(digest.has_disabled);
    assert_int_equal(digest.disabled_index, 2);
    assert_status(mote_babe_advance(context, &next, NULL, &at, &header, 105), MOTE_OK);
}

static void what_is_announced_comes_back(void **state) {
    (void)state;
    mote_babe_position at = test_position(0, 4, 20), next;
    test_digest logs = {0};
    mote_babe_authorship author;
    test_claim claim = test_right_claim(&at, MOTE_BABE_PRIMARY, 3, 113, 1);
    digest_add_next_config(&logs, 3, 7, 1);
    digest_add_next_epoch(&logs, 30, 3, 0xab);
    claim.logs = &logs;
    test_block block = test_babe_block(&at.hash, 51, &claim);
    mote_header header = test_header(&block);
    assert_status(mote_babe_advance(fixture_context(1), &next, &author, &at, &header, 113),
                  MOTE_OK);
    assert_int_equal(author.authority_index, 3);
    assert_int_equal(author.epoch_index, 6);
    assert_int_equal(next.weight, 1);
    assert_int_equal(next.current.index, 6);
    assert_int_equal(next.next.index, 7);
    assert_int_equal(next.next.start_slot, 120);
    assert_int_equal(next.next.duration, TEST_EPOCH_SLOTS);
    assert_int_equal(next.next.c_numerator, 3);
    assert_int_equal(next.next.c_denominator, 7);
    assert_int_equal(next.next.allowed_slots, 1);
    assert_int_equal(next.next.authorities.count, 3);
    assert_int_equal(next.next.randomness[31], 0xab);
    test_author first = test_author_of(30);
    assert_memory_equal(mote_authority_key(&next.next.authorities, 0), first.key, 32);
    header.number++; /* by hand */
    assert_status(mote_babe_advance(fixture_context(1), &next, &author, &at, &header, 113),
                  MOTE_E_HEADER_NUMBER);
    header.number--;
    header.state_root.bytes[0] ^= 1;
    assert_status(mote_babe_advance(fixture_context(1), &next, &author, &at, &header, 113),
                  MOTE_E_NO_EVIDENCE);
}

/* --- configurations -------------------------------------------------------------------------------------------------- */
static mote_bytes configuration(uint8_t allowed) {
    test_buffer out = {0};
    static const uint8_t randomness[32] = {5};
    append_u64(&out, 6000);
    append_u64(&out, 2400);
    append_u64(&out, 1);
    append_u64(&out, 4);
    append_compact(&out, 3);
    append_babe_authorities(&out, 0, 3);
    append_span(&out, randomness, 32);
    append_u8(&out, allowed);
    return buffer_bytes(&out);
}

static void configurations(void **state) {
    (void)state;
    mote_context *context = fixture_context(1);
    mote_babe_configuration out;
    static const mote_babe_configuration none;
    for (unsigned allowed = 0; allowed < 256; allowed++) {
        mote_bytes bytes = configuration((uint8_t)allowed);
        assert_status(mote_babe_configuration_decode(context, &out, bytes),
                      allowed < 3 ? MOTE_OK : MOTE_E_BAD_ENUM);
        if (allowed >= 3) assert_memory_equal(&out, &none, sizeof none);
        free_bytes(bytes);
    }
    mote_bytes bytes = configuration(2);
    assert_status(mote_babe_configuration_decode(context, &out, bytes), MOTE_OK);
    assert_int_equal(out.slot_milliseconds, 6000);
    assert_int_equal(out.epoch_slots, 2400);
    assert_int_equal(out.authorities.count, 3);
    assert_int_equal(out.randomness[0], 5);
    mote_hash hash;
    mote_babe_position at;
    memset(&hash, 3, sizeof hash);
    assert_status(mote_babe_at_genesis(context, &at, &hash, &out), MOTE_OK);
    assert_true(at.is_genesis);
    out.epoch_slots = 0;
    assert_status(mote_babe_at_genesis(context, &at, &hash, &out), MOTE_E_EPOCH_CONFIG);
    out.epoch_slots = 2400;
    out.authorities.count = 0;
    assert_status(mote_babe_at_genesis(context, &at, &hash, &out), MOTE_E_AUTHORITIES_INVALID);
}

static mote_trie_entry babe_entry(const char *item, const char *value) {
    uint8_t *key = malloc(32);
    mote_storage_prefix(key, (mote_bytes){(const uint8_t *)"Babe", 4},
                        (mote_bytes){(const uint8_t *)item, strlen(item)});
    return (mote_trie_entry){{key, 32}, fixture_hex(value)};
}

static void configurations_in_states(void **state) {
    (void)state;
    mote_context *context = fixture_context(1);
    const mote_babe_configuration constants = {
        .epoch_slots = 600, .c_numerator = 1, .c_denominator = 4, .allowed_slots = 1};
    static const mote_babe_configuration none;
    test_buffer list = {0};
    append_compact(&list, 2);
    append_babe_authorities(&list, 0, 2);
    mote_trie_entry entries[] = {
        babe_entry("Authorities", ""),
        babe_entry("Randomness",
                   "1111111111111111111111111111111111111111111111111111111111111111"),
        babe_entry("EpochConfig", "0300000000000000070000000000000002"),
    };
    entries[0].value = buffer_bytes(&list);
    mote_babe_configuration out = constants;
    assert_status(mote_babe_configuration_from_state(context, &out, entries, 1), MOTE_OK);
    assert_int_equal(out.c_denominator, 4);
    assert_int_equal(out.authorities.count, 2);
    assert_int_equal(out.randomness[0], 0);
    out = constants;
    assert_status(mote_babe_configuration_from_state(context, &out, entries, 3), MOTE_OK);
    assert_int_equal(out.c_numerator, 3);
    assert_int_equal(out.c_denominator, 7);
    assert_int_equal(out.allowed_slots, 2);
    assert_int_equal(out.randomness[31], 0x11);
    assert_int_equal(out.epoch_slots, 600);
    out = constants;
    assert_status(mote_babe_configuration_from_state(context, &out, entries + 1, 2),
                  MOTE_E_AUTHORITIES_INVALID);
    assert_memory_equal(&out, &none, sizeof none);
    for (size_t i = 0; i < 3; i++) { /* each cut short */
        mote_trie_entry cut[3];
        memcpy(cut, entries, sizeof cut);
        cut[i].value.size--;
        out = constants;
        assert_true(mote_babe_configuration_from_state(context, &out, cut, 3) != MOTE_OK);
        assert_memory_equal(&out, &none, sizeof none);
    }
}

/* Block 1 begins epoch 0, whatever its slot, and must announce epoch 1. */
static void first_block(void **state) {
    (void)state;
    mote_context *context = fixture_context(1);
    mote_babe_configuration configured;
    mote_babe_position at, next;
    mote_hash hash;
    memset(&hash, 3, sizeof hash);
    mote_bytes bytes = configuration(2);
    assert_status(mote_babe_configuration_decode(context, &configured, bytes), MOTE_OK);
    assert_status(mote_babe_at_genesis(context, &at, &hash, &configured), MOTE_OK);
    for (uint64_t slot = 0; slot < 3; slot++) {
        test_claim claim = test_right_claim(&at, MOTE_BABE_SECONDARY_VRF, 0, slot * 777, 1);
        test_block block = test_babe_block(&hash, 1, &claim);
        mote_header header = test_header(&block);
        assert_status(mote_babe_advance(context, &next, NULL, &at, &header, UINT64_MAX),
                      slot == 0 ? MOTE_E_SLOT_ORDER : MOTE_OK);
        if (slot == 0) continue;
        assert_int_equal(next.current.start_slot, slot * 777);
        assert_int_equal(next.next.start_slot, slot * 777 + 2400);
        claim.logs = NULL;
        block = test_babe_block(&hash, 1, &claim);
        header = test_header(&block);
        assert_status(mote_babe_advance(context, &next, NULL, &at, &header, UINT64_MAX),
                      MOTE_E_EPOCH_MISSING);
    }
}

static void checkpoints_whose_epochs_do_not_fit(void **state) {
    (void)state;
    mote_context *context = fixture_context(1);
    mote_babe_position at = test_position(0, 4, 20), out;
    mote_checkpoint checkpoint, wrong;
    memset(&checkpoint, 0, sizeof checkpoint);
    checkpoint.has_slot = true;
    checkpoint.slot = 104;
    checkpoint.epoch_count = 2;
    checkpoint.epoch[0] = at.current;
    checkpoint.epoch[1] = at.next;
    assert_status(mote_babe_at_checkpoint(context, &out, &checkpoint), MOTE_OK);
    wrong = checkpoint;
    wrong.slot = 99;
    assert_status(mote_babe_at_checkpoint(context, &out, &wrong), MOTE_E_CHECKPOINT_INCOHERENT);
    wrong.slot = 110;
    assert_status(mote_babe_at_checkpoint(context, &out, &wrong), MOTE_E_CHECKPOINT_INCOHERENT);
    wrong = checkpoint;
    wrong.has_slot = false;
    assert_status(mote_babe_at_checkpoint(context, &out, &wrong), MOTE_E_CHECKPOINT_INCOHERENT);
    wrong = checkpoint;
    wrong.epoch_count = 0;
    assert_status(mote_babe_at_checkpoint(context, &out, &wrong), MOTE_E_CHECKPOINT_INCOHERENT);
    wrong = checkpoint;
    wrong.epoch[1].c_denominator = 0;
    assert_status(mote_babe_at_checkpoint(context, &out, &wrong), MOTE_E_EPOCH_CONFIG);
    assert_int_equal(out.slot, 0);
}

/* --- equivocation ------------------------------------------------------------------------------------------------------ */
static mote_bytes build_babe_equivocation(uint32_t offender, uint64_t slot, const test_block *first,
                                          const test_block *second) {
    test_buffer out = {0};
    test_author author = test_author_of(offender);
    append_span(&out, author.key, 32);
    append_u64(&out, slot);
    append_span(&out, first->header.data, first->header.size);
    append_span(&out, second->header.data, second->header.size);
    return buffer_bytes(&out);
}

static void equivocations(void **state) {
    (void)state;
    mote_babe_position at = test_position(0, 4, 20);
    mote_context *context = fixture_context(1);
    mote_babe_equivocation out;
    test_block a = test_right_block(&at, MOTE_BABE_PRIMARY, 2, 106, 1);
    test_block b = test_right_block(&at, MOTE_BABE_PRIMARY, 2, 106, 2);
    test_block other_slot = test_right_block(&at, MOTE_BABE_PRIMARY, 2, 107, 2);
    test_block other_author = test_right_block(&at, MOTE_BABE_PRIMARY, 3, 106, 2);
    mote_bytes proof = build_babe_equivocation(2, 106, &a, &b);
    assert_status(mote_babe_equivocation_verify(context, &out, proof, NULL), MOTE_OK);
    assert_status(mote_babe_equivocation_verify(context, &out, proof, &at.current), MOTE_OK);
    assert_int_equal(out.authority_index, 2);
    assert_int_equal(out.slot, 106);
    assert_true(mote_hash_equal(&out.first_hash, &a.hash));
    assert_true(mote_hash_equal(&out.second_hash, &b.hash));
    mote_babe_epoch other = test_epoch(10, 4), smaller = at.current;
    smaller.authorities.count = 2;
    assert_status(mote_babe_equivocation_verify(context, &out, proof, &other), MOTE_E_WRONG_AUTHOR);
    assert_status(mote_babe_equivocation_verify(context, &out, proof, &smaller),
                  MOTE_E_AUTHOR_INDEX);
    const struct {
        mote_bytes proof;
        mote_status status;
    } wrong[] = {
        {build_babe_equivocation(2, 106, &a, &a), MOTE_E_NOT_EQUIVOCATION},
        {build_babe_equivocation(2, 106, &a, &other_slot), MOTE_E_NOT_EQUIVOCATION},
        {build_babe_equivocation(2, 107, &a, &b), MOTE_E_NOT_EQUIVOCATION},
        {build_babe_equivocation(2, 107, &a, &other_slot), MOTE_E_NOT_EQUIVOCATION},
        {build_babe_equivocation(2, 106, &a, &other_author), MOTE_E_NOT_EQUIVOCATION},
        {build_babe_equivocation(1, 106, &a, &b), MOTE_E_BAD_SIGNATURE},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        static const mote_babe_equivocation none;
        assert_status(mote_babe_equivocation_verify(context, &out, wrong[i].proof, NULL),
                      wrong[i].status);
        assert_memory_equal(&out, &none, sizeof none);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
#if FLT_EVAL_METHOD == 0 && DBL_MANT_DIG == 53
        cmocka_unit_test(arithmetic_is_the_machines),
        cmocka_unit_test(fused_products_round_once),
#endif
        cmocka_unit_test(what_falls_out_still_counts),
        cmocka_unit_test(thresholds_at_the_edges),
        cmocka_unit_test(thresholds_grow_with_weight),
        cmocka_unit_test(pre_digests),
        cmocka_unit_test(disabled_authority_is_told_and_no_more),
        cmocka_unit_test(what_is_announced_comes_back),
        cmocka_unit_test(configurations),
        cmocka_unit_test(configurations_in_states),
        cmocka_unit_test(first_block),
        cmocka_unit_test(checkpoints_whose_epochs_do_not_fit),
        cmocka_unit_test(equivocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
