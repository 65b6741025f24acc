/* SPDX-License-Identifier: Apache-2.0 */
#include "ed25519_cases.h"

#include <sodium.h>

static void signer_keys(uint8_t public_key[32], uint8_t secret_key[64], uint32_t number) {
    uint8_t seed[32] = "signer of a test";
    for (unsigned i = 0; i < 4; i++) seed[28 + i] = (uint8_t)(number >> (8 * i));
    assert_int_equal(crypto_sign_ed25519_seed_keypair(public_key, secret_key, seed), 0);
}

signed_message signed_by(uint32_t number, mote_bytes message) {
    signed_message made;
    uint8_t secret_key[64];
    made.message = message;
    signer_keys(made.key, secret_key, number);
    assert_int_equal(
        crypto_sign_ed25519_detached(made.signature, NULL, message.data, message.size, secret_key),
        0);
    return made;
}

signed_message *signed_by_many(uint32_t first, size_t count) {
    signed_message *all = malloc((count + 1) * sizeof *all);
    assert_non_null(all);
    for (size_t i = 0; i < count; i++) {
        char text[64];
        int size = snprintf(text, sizeof text, "vote number %zu", i);
        mote_bytes message = {fixture_copy((mote_bytes){(uint8_t *)text, (size_t)size}),
                              (size_t)size};
        all[i] = signed_by(first + (uint32_t)i, message);
    }
    return all;
}

signed_message signed_parts(mote_bytes key, mote_bytes signature, mote_bytes message) {
    signed_message parts;
    assert_int_equal(key.size, 32);
    assert_int_equal(signature.size, 64);
    memcpy(parts.key, key.data, 32);
    memcpy(parts.signature, signature.data, 64);
    parts.message = message;
    return parts;
}

void signer_scalar(uint8_t scalar[32], uint32_t number) {
    uint8_t public_key[32], secret_key[64], hash[64], wide[64] = {0};
    signer_keys(public_key, secret_key, number);
    crypto_hash_sha512(hash, secret_key, 32);
    memcpy(wide, hash, 32);
    wide[0] &= 248;
    wide[31] = (uint8_t)((wide[31] & 63) | 64);
    crypto_core_ed25519_scalar_reduce(scalar, wide);
}

void challenge_of(uint8_t k[32], const uint8_t r[32], const uint8_t key[32], mote_bytes message) {
    crypto_hash_sha512_state state;
    uint8_t hash[64];
    crypto_hash_sha512_init(&state);
    crypto_hash_sha512_update(&state, r, 32);
    crypto_hash_sha512_update(&state, key, 32);
    crypto_hash_sha512_update(&state, message.data, message.size);
    crypto_hash_sha512_final(&state, hash);
    crypto_core_ed25519_scalar_reduce(k, hash);
}

void complete_signature(signed_message *made, const uint8_t nonce[32], const uint8_t secret[32]) {
    uint8_t k[32], product[32];
    challenge_of(k, made->signature, made->key, made->message);
    crypto_core_ed25519_scalar_mul(product, k, secret);
    crypto_core_ed25519_scalar_add(made->signature + 32, nonce, product);
}

mote_status judge_alone(const signed_message *one) {
    return mote_ed25519_verify(one->key, one->signature, one->message);
}

mote_status judge_together(const signed_message *all, size_t count, uint8_t *bad, uint32_t *first) {
    mote_context *context = fixture_context(64);
    mote_ed25519_batch *batch = mote_ed25519_batch_new(context, count);
    assert_non_null(batch);
    for (size_t i = 0; i < count; i++) {
        assert_status(mote_ed25519_batch_add(batch, all[i].key, all[i].signature, all[i].message),
                      MOTE_OK);
    }
    mote_status status = mote_ed25519_batch_verify(context, bad, batch);
    if (first != NULL) *first = context->fault.index;
    if (status != MOTE_OK) assert_status(context->fault.status, status);
    return status;
}

void assert_judged(const signed_message *one, mote_status expected) {
    static const size_t copies[] = {1, 2, 3, 4, 5, 9};
    signed_message same[9];
    for (size_t i = 0; i < 9; i++) same[i] = *one;
    assert_status(judge_alone(one), expected);
    for (size_t i = 0; i < sizeof copies / sizeof copies[0]; i++) {
        if (fixture_effort() == FIXTURE_SMALL && copies[i] != 1 && copies[i] != 5) continue;
        uint32_t first;
        assert_status(judge_together(same, copies[i], NULL, &first), expected);
        if (expected != MOTE_OK) assert_int_equal(first, 0);
    }
}

void assert_batch_agrees(const signed_message *all, size_t count) {
    uint8_t *bad = malloc(count + 1);
    assert_non_null(bad);
    memset(bad, 7, count + 1);
    mote_status expected = MOTE_OK;
    size_t expected_first = MOTE_NO_INDEX;
    uint32_t first, first_without_marks;
    mote_status together = judge_together(all, count, bad, &first);
    for (size_t i = count; i > 0; i--) {
        mote_status alone = judge_alone(&all[i - 1]);
        assert_int_equal(bad[i - 1], alone != MOTE_OK);
        if (alone == MOTE_OK) continue;
        expected = alone;
        expected_first = i - 1;
    }
    assert_status(together, expected);
    assert_int_equal(bad[count], 7);
    assert_status(judge_together(all, count, NULL, &first_without_marks), expected);
    if (expected != MOTE_OK) {
        assert_int_equal(first, expected_first);
        assert_int_equal(first_without_marks, expected_first);
    }
    free(bad);
}
