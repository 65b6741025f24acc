/* SPDX-License-Identifier: Apache-2.0 */
/* H.5: Ed25519. Where a row speaks of one signature, it is judged alone and in batches. */
#include "ed25519_cases.h"

#include <sodium.h>

#include "signature_batch.h"

/* The group order l. */
static const uint8_t order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                                  0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                                  0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};
static const uint8_t identity[32] = {1};
/* A point of order 8. */
static const char *const torsion_hex =
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a";

static const mote_bytes some_message = {(const uint8_t *)"a vote", 6};

static void add_bytes(uint8_t sum[32], const uint8_t a[32], const uint8_t b[32]) {
    unsigned carry = 0;
    for (unsigned i = 0; i < 32; i++) {
        carry += (unsigned)a[i] + b[i];
        sum[i] = (uint8_t)carry;
        carry >>= 8;
    }
}

static int sodium_says(const signed_message *c) {
    return crypto_sign_ed25519_verify_detached(c->signature, c->message.data, c->message.size,
                                               c->key);
}

/* --- one signature ---------------------------------------------------------------------------- */

static void E01_rfc_8032_vectors(void **state) {
    (void)state;
    json_t *file = fixture_json("vectors/ed25519-rfc8032.json");
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(file, "cases"), index, entry) {
        signed_message c = signed_parts(fixture_hex_field(entry, "public_key"),
                                        fixture_hex_field(entry, "signature"),
                                        fixture_hex_field(entry, "message"));
        assert_judged(&c, MOTE_OK);
        c.message.size ^= 1;
        uint8_t *longer = calloc(1, c.message.size + 1);
        assert_non_null(longer);
        memcpy(longer, c.message.data, c.message.size & ~(size_t)1);
        c.message.data = longer;
        assert_judged(&c, MOTE_E_BAD_SIGNATURE);
        free(longer);
    }
    assert_int_equal(index, 5);
    json_decref(file);
}

static void E02_s_not_below_the_order(void **state) {
    (void)state;
    const signed_message good = signed_by(1, some_message);
    signed_message c = good;
    assert_judged(&c, MOTE_OK);
    for (unsigned times = 1; times < 16; times++) { /* S + 15 l is still below 2^256 */
        add_bytes(c.signature + 32, c.signature + 32, order);
        assert_judged(&c, MOTE_E_BAD_SIGNATURE);
    }
    for (unsigned top = 1; top < 8; top++) {
        c = good;
        c.signature[63] |= (uint8_t)(top << 5);
        assert_judged(&c, MOTE_E_BAD_SIGNATURE);
    }
    /* With key and R the identity S = 0 holds, and so would S = l. */
    memcpy(c.key, identity, 32);
    memcpy(c.signature, identity, 32);
    memset(c.signature + 32, 0, 32);
    assert_judged(&c, MOTE_OK);
    memcpy(c.signature + 32, order, 32);
    assert_judged(&c, MOTE_E_BAD_SIGNATURE);
}

static void E03_small_order_keys_and_nonces(void **state) {
    (void)state;
    json_t *file = fixture_json("vectors/ed25519-zip215-small-order.json");
    const char *message = json_string_value(json_object_get(file, "message_ascii"));
    signed_message all[196];
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(file, "cases"), index, entry) {
        assert_true(index < 196);
        all[index] = signed_parts(fixture_hex_field(entry, "vk"), fixture_hex_field(entry, "sig"),
                                  (mote_bytes){(const uint8_t *)message, strlen(message)});
        assert_judged(&all[index], MOTE_OK);
        assert_true(mote_ed25519_key_is_forgeable(all[index].key));
    }
    assert_int_equal(index, 196);
    assert_status(judge_together(all, index, NULL, NULL), MOTE_OK);
    json_decref(file);
}

/* y = p + i, either sign: points of small order for i = 0 and 1, for whose keys everybody can sign; the others are
 * points for i = 3, 4, 5, 6, 9, 10, 14, 15, 16, 18. */
static void E04_key_not_canonical_hashed_as_received(void **state) {
    (void)state;
    unsigned points = 0;
    uint8_t nonce[32], zero[32] = {0};
    signer_scalar(nonce, 2);
    for (unsigned i = 0; i < 19; i++) {
        for (unsigned sign = 0; sign < 2; sign++) {
            signed_message c = signed_by(1, some_message);
            memset(c.key, 0xff, 32);
            c.key[0] = (uint8_t)(0xed + i);
            c.key[31] = sign != 0 ? 0xff : 0x7f;
            assert_int_equal(crypto_scalarmult_ed25519_base_noclamp(c.signature, nonce), 0);
            complete_signature(&c, nonce, zero); /* S B = R: holds where k A is of small order */
            mote_status status = judge_alone(&c);
            points += status != MOTE_E_BAD_PUBLIC_KEY;
            assert_int_equal(status == MOTE_OK, i <= 1);
            assert_int_equal(mote_ed25519_key_is_forgeable(c.key), i <= 1);
            assert_judged(&c, status);
        }
    }
    assert_int_equal(points, 2 * 12);
}

/* k from the canonical form of R (or of A), where the bytes sent are another form of the same point. */
static void E05_hash_over_canonical_bytes(void **state) {
    (void)state;
    uint8_t secret[32], zero[32] = {0}, k[32];
    signer_scalar(secret, 1);
    signed_message c = signed_by(1, some_message);
    memcpy(c.signature, identity, 32);
    complete_signature(&c, zero, secret);
    assert_judged(&c, MOTE_OK); /* R the identity */
    uint8_t not_canonical[32];  /* y = p + 1 */
    memset(not_canonical, 0xff, 32);
    not_canonical[0] = 0xee;
    not_canonical[31] = 0x7f;
    memcpy(c.signature, not_canonical, 32);
    assert_judged(&c, MOTE_E_BAD_SIGNATURE);
    complete_signature(&c, zero, secret); /* hashed as it is sent */
    assert_judged(&c, MOTE_OK);
    challenge_of(k, identity, c.key, c.message);
    crypto_core_ed25519_scalar_mul(c.signature + 32, k, secret);
    assert_judged(&c, MOTE_E_BAD_SIGNATURE);
}

static void E06_x_zero_with_sign_one(void **state) {
    (void)state;
    static const uint8_t tops[2] = {0x80, 0xff}; /* y = 1 and y = -1, both with x = 0 */
    for (unsigned i = 0; i < 2; i++) {
        uint8_t nonce[32], zero[32] = {0};
        signed_message c = signed_by(1, some_message);
        memset(c.key, i == 0 ? 0 : 0xff, 32);
        c.key[0] = i == 0 ? 1 : 0xec;
        c.key[31] = tops[i];
        signer_scalar(nonce, 2);
        assert_int_equal(crypto_scalarmult_ed25519_base_noclamp(c.signature, nonce), 0);
        complete_signature(&c, nonce, zero);
        assert_judged(&c, MOTE_OK);
        assert_true(mote_ed25519_key_is_forgeable(c.key));
    }
}

static void E07_key_not_on_the_curve(void **state) {
    (void)state;
    signed_message c = signed_by(1, some_message);
    memset(c.key, 0, 32);
    c.key[0] = 2;
    assert_judged(&c, MOTE_E_BAD_PUBLIC_KEY);
    assert_false(mote_ed25519_key_is_forgeable(c.key));
    c.key[31] = 0x80;
    assert_judged(&c, MOTE_E_BAD_PUBLIC_KEY);
    c = signed_by(1, some_message);
    memset(c.signature, 0, 32);
    c.signature[0] = 2; /* and R */
    assert_judged(&c, MOTE_E_BAD_SIGNATURE);
}

/* The key, R, or both carry a point of order 8; S is made for the part of prime order. */
static void E08_mixed_order(void **state) {
    (void)state;
    const uint8_t *torsion = fixture_hex(torsion_hex).data;
    for (unsigned which = 1; which < 4; which++) {
        for (uint32_t number = 0; number < 8; number++) {
            uint8_t secret[32], nonce[32];
            signed_message c = {.message = some_message};
            signer_scalar(secret, number);
            signer_scalar(nonce, 1000 + number);
            assert_int_equal(crypto_scalarmult_ed25519_base_noclamp(c.key, secret), 0);
            assert_int_equal(crypto_scalarmult_ed25519_base_noclamp(c.signature, nonce), 0);
            if ((which & 1) != 0) {
                assert_int_equal(crypto_core_ed25519_add(c.signature, c.signature, torsion), 0);
            }
            if ((which & 2) != 0) {
                assert_int_equal(crypto_core_ed25519_add(c.key, c.key, torsion), 0);
            }
            complete_signature(&c, nonce, secret);
            assert_judged(&c, MOTE_OK);
            assert_false(mote_ed25519_key_is_forgeable(c.key));
            if (which == 1) assert_int_not_equal(sodium_says(&c), 0); /* without the cofactor */
        }
    }
}

/* --- batches ------------------------------------------------------------------------------------ */

static void E09_one_bad_of_a_thousand(void **state) {
    (void)state;
    static const size_t places[] = {0, 1, 499, 500, 501, 998, 999};
    signed_message *all = signed_by_many(0, 1000);
    uint8_t bad[1000];
    uint32_t first;
    assert_status(judge_together(all, 1000, bad, &first), MOTE_OK);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        uint8_t *byte = &all[places[i]].signature[(32 + 3 * i) % 63];
        *byte ^= 8;
        assert_status(judge_together(all, 1000, bad, &first), MOTE_E_BAD_SIGNATURE);
        assert_int_equal(first, places[i]);
        for (size_t j = 0; j < 1000; j++) assert_int_equal(bad[j], j == places[i]);
        *byte ^= 8;
    }
    free(all);
}

static void E10_same_key_and_same_signature_many_times(void **state) {
    (void)state;
    signed_message *same = malloc(1000 * sizeof *same);
    assert_non_null(same);
    uint8_t messages[1000][2];
    for (size_t i = 0; i < 1000; i++) {
        messages[i][0] = (uint8_t)i;
        messages[i][1] = (uint8_t)(i >> 8);
        same[i] = signed_by(5, (mote_bytes){messages[i], 2});
    }
    assert_status(judge_together(same, 1000, NULL, NULL), MOTE_OK);
    same[700].signature[40] ^= 1;
    assert_batch_agrees(same, 1000);
    for (size_t i = 0; i < 1000; i++) same[i] = same[3]; /* the same signature again and again */
    assert_status(judge_together(same, 1000, NULL, NULL), MOTE_OK);
    for (size_t i = 0; i < 1000; i++) same[i].signature[40] ^= 1;
    assert_batch_agrees(same, 1000);
    free(same);
}

static void E11_sizes(void **state) {
    (void)state;
    static const size_t sizes[] = {0, 1, 2, 3, 7, 8, 9, 31, 64, 100};
    signed_message *all = signed_by_many(0, 100);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        assert_status(judge_together(all, sizes[i], NULL, NULL), MOTE_OK);
    }
    free(all);
    mote_context *context = fixture_context(64);
    assert_null(mote_ed25519_batch_new(context, 65536));
    assert_status(context->fault.status, MOTE_E_LIMIT_COUNT);
    assert_null(mote_ed25519_batch_new(context, MOTE_ED25519_MAX_BATCH + 1));
    assert_status(context->fault.status, MOTE_E_LIMIT_COUNT);
    assert_int_equal(context->used, 0);
}

/* The largest batch that there is, of a few different signatures. */
static void E11_largest_batch(void **state) {
    (void)state;
    signed_message *all = malloc(MOTE_ED25519_MAX_BATCH * sizeof *all);
    signed_message *few = signed_by_many(0, 50);
    assert_non_null(all);
    for (size_t i = 0; i < MOTE_ED25519_MAX_BATCH; i++) all[i] = few[i * i % 50];
    assert_status(judge_together(all, MOTE_ED25519_MAX_BATCH, NULL, NULL), MOTE_OK);
    all[12345].signature[5] ^= 1;
    uint32_t first;
    assert_status(judge_together(all, MOTE_ED25519_MAX_BATCH, NULL, &first), MOTE_E_BAD_SIGNATURE);
    assert_int_equal(first, 12345);
    free(all);
    free(few);
}

/* S + e and S' - e: the errors cancel where both are taken once. */
static void E12_errors_that_cancel(void **state) {
    (void)state;
    for (uint32_t round = 0; round < 32; round++) {
        for (size_t size = 2; size <= 16; size *= 2) {
            signed_message *all = signed_by_many(100 * round, size);
            uint8_t error[32], *left = all[0].signature + 32, *right = all[size - 1].signature + 32;
            signer_scalar(error, round);
            crypto_core_ed25519_scalar_add(left, left, error);
            crypto_core_ed25519_scalar_sub(right, right, error);
            uint8_t bad[16];
            uint32_t first;
            assert_status(judge_together(all, size, bad, &first), MOTE_E_BAD_SIGNATURE);
            assert_int_equal(first, 0);
            for (size_t i = 0; i < size; i++) assert_int_equal(bad[i], i == 0 || i == size - 1);
            free(all);
        }
    }
}

static mote_ed25519_batch *batch_of(mote_context *context, const signed_message *all,
                                    size_t count) {
    mote_ed25519_batch *batch = mote_ed25519_batch_new(context, count);
    assert_non_null(batch);
    for (size_t i = 0; i < count; i++) {
        assert_status(mote_ed25519_batch_add(batch, all[i].key, all[i].signature, all[i].message),
                      MOTE_OK);
    }
    return batch;
}

static mote_context *context_seeded(uint8_t seed) {
    mote_context *context = fixture_context(64);
    memset(context->seed, seed, sizeof context->seed);
    return context;
}

static void coefficients_of(uint8_t (*z)[COEFFICIENT_SIZE], const signed_message *all, size_t count,
                            uint8_t seed) {
    mote_context *context = context_seeded(seed);
    mote_ed25519_batch *batch = batch_of(context, all, count);
    const mote_status judged = mote_ed25519_batch_verify(context, NULL, batch);
    (void)judged; /* the last challenges are hashed when a batch is judged */
    draw_coefficients(z, context->seed, (signature_batch *)batch);
}

/* Who knows the seed works out the coefficients of an honest batch and adds errors to two of its S that cancel under
 * them: S + e z', S' - e z. But then the coefficients are others. */
static void E13_known_seed(void **state) {
    (void)state;
    for (uint32_t round = 0; round < 64; round++) {
        signed_message *all = signed_by_many(100 * round, 8);
        uint8_t z[8][COEFFICIENT_SIZE], error[32], product[32], factor[32] = {0};
        coefficients_of(z, all, 8, 0);
        signer_scalar(error, round);
        memcpy(factor, z[5], COEFFICIENT_SIZE);
        crypto_core_ed25519_scalar_mul(product, error, factor);
        crypto_core_ed25519_scalar_add(all[2].signature + 32, all[2].signature + 32, product);
        memcpy(factor, z[2], COEFFICIENT_SIZE);
        crypto_core_ed25519_scalar_mul(product, error, factor);
        crypto_core_ed25519_scalar_sub(all[5].signature + 32, all[5].signature + 32, product);
        mote_context *context = context_seeded(0);
        mote_ed25519_batch *batch = batch_of(context, all, 8);
        assert_status(mote_ed25519_batch_verify(context, NULL, batch), MOTE_E_BAD_SIGNATURE);
        assert_int_equal(context->fault.index, 2);
        free(all);
    }
}

/* Every byte of seed, keys, signatures and messages, and the order, changes every coefficient. */
static void E13_coefficients_depend_on_the_whole_batch(void **state) {
    (void)state;
    signed_message *all = signed_by_many(0, 6);
    uint8_t before[6][COEFFICIENT_SIZE], after[6][COEFFICIENT_SIZE], other_message[3] = "abc";
    coefficients_of(before, all, 6, 0);
    coefficients_of(after, all, 6, 0);
    assert_memory_equal(before, after, sizeof before);
    for (size_t change = 0; change < 1 + 32 + 64 + 1 + 1; change++) {
        signed_message changed[6];
        memcpy(changed, all, sizeof changed);
        if (change >= 1 && change < 33) changed[3].key[change - 1] ^= 1;
        if (change >= 33 && change < 97) changed[3].signature[change - 33] ^= 1;
        if (change == 97) changed[3].message = (mote_bytes){other_message, 3};
        if (change == 98) changed[3] = all[4], changed[4] = all[3];
        coefficients_of(after, changed, 6, change == 0);
        for (size_t i = 0; i < 6; i++) {
            assert_memory_not_equal(before[i], after[i], COEFFICIENT_SIZE);
        }
    }
    free(all);
}

/* --- messages ------------------------------------------------------------------------------------ */

static void E14_empty_and_long_messages(void **state) {
    (void)state;
    signed_message empty = signed_by(1, (mote_bytes){NULL, 0});
    assert_judged(&empty, MOTE_OK);
    size_t size = 1024 * 1024;
    uint8_t *text = malloc(size);
    assert_non_null(text);
    for (size_t i = 0; i < size; i++) text[i] = (uint8_t)(i * i >> 7);
    signed_message is_long = signed_by(1, (mote_bytes){text, size});
    assert_judged(&is_long, MOTE_OK);
    text[size - 1] ^= 1;
    assert_judged(&is_long, MOTE_E_BAD_SIGNATURE);
    free(text);
}

/* Signatures that are not 64 bytes long cannot be handed in at all; of the others every verdict is Wycheproof's: what
 * its file holds of odd encodings is invalid for ZIP-215 too, because no case has a key of small order. */
static void E15_wycheproof(void **state) {
    (void)state;
    json_t *file = fixture_json("vectors/ed25519-wycheproof.json.gz");
    size_t group_index, index, judged = 0, other_size = 0;
    json_t *group, *entry;
    json_array_foreach(json_object_get(file, "testGroups"), group_index, group) {
        mote_bytes key = fixture_hex_field(json_object_get(group, "publicKey"), "pk");
        json_array_foreach(json_object_get(group, "tests"), index, entry) {
            bool valid = strcmp(json_string_value(json_object_get(entry, "result")), "valid") == 0;
            mote_bytes signature = fixture_hex_field(entry, "sig");
            if (signature.size != 64) {
                assert_false(valid);
                other_size++;
                continue;
            }
            signed_message c = signed_parts(key, signature, fixture_hex_field(entry, "msg"));
            assert_judged(&c, valid ? MOTE_OK : MOTE_E_BAD_SIGNATURE);
            judged++;
        }
    }
    assert_int_equal(judged, 138);
    assert_int_equal(other_size, 12);
    json_decref(file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(E01_rfc_8032_vectors),
        cmocka_unit_test(E02_s_not_below_the_order),
        cmocka_unit_test(E03_small_order_keys_and_nonces),
        cmocka_unit_test(E04_key_not_canonical_hashed_as_received),
        cmocka_unit_test(E05_hash_over_canonical_bytes),
        cmocka_unit_test(E06_x_zero_with_sign_one),
        cmocka_unit_test(E07_key_not_on_the_curve),
        cmocka_unit_test(E08_mixed_order),
        cmocka_unit_test(E09_one_bad_of_a_thousand),
        cmocka_unit_test(E10_same_key_and_same_signature_many_times),
        cmocka_unit_test(E11_sizes),
        cmocka_unit_test(E11_largest_batch),
        cmocka_unit_test(E12_errors_that_cancel),
        cmocka_unit_test(E13_known_seed),
        cmocka_unit_test(E13_coefficients_depend_on_the_whole_batch),
        cmocka_unit_test(E14_empty_and_long_messages),
        cmocka_unit_test(E15_wycheproof),
    };
    assert_true(sodium_init() >= 0);
    return cmocka_run_group_tests_name("rows/ed25519", tests, NULL, NULL);
}
