/* SPDX-License-Identifier: Apache-2.0 */
#include "sr25519_cases.h"

#include <sodium.h>

const uint8_t sr25519_order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                                   0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                                   0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

/* --- signing ---------------------------------------------------------------------------------- */

static void scalar_of(uint8_t scalar[32], const char *purpose, uint32_t number,
                      mote_bytes message) {
    crypto_hash_sha512_state state;
    uint8_t wide[64];
    crypto_hash_sha512_init(&state);
    crypto_hash_sha512_update(&state, (const uint8_t *)purpose, strlen(purpose));
    for (unsigned i = 0; i < 4; i++) wide[i] = (uint8_t)(number >> (8 * i));
    crypto_hash_sha512_update(&state, wide, 4);
    crypto_hash_sha512_update(&state, message.data, message.size);
    crypto_hash_sha512_final(&state, wide);
    crypto_core_ristretto255_scalar_reduce(scalar, wide);
}

void sr25519_secret(uint8_t scalar[32], uint32_t number) {
    scalar_of(scalar, "secret of a test", number, (mote_bytes){NULL, 0});
}

void sr25519_key(uint8_t key[32], uint32_t number) {
    uint8_t secret[32];
    sr25519_secret(secret, number);
    assert_int_equal(crypto_scalarmult_ristretto255_base(key, secret), 0);
}

static mote_bytes text(const char *characters) {
    return (mote_bytes){(const uint8_t *)characters, strlen(characters)};
}

static void draw_scalar(uint8_t scalar[32], mote_transcript *t, const char *label) {
    uint8_t wide[64];
    mote_transcript_challenge(t, wide, sizeof wide, label);
    crypto_core_ristretto255_scalar_reduce(scalar, wide);
}

void sr25519_complete(sr25519_signed *made, const char *signing_context, const uint8_t nonce[32],
                      const uint8_t secret[32]) {
    mote_transcript t;
    uint8_t k[32], product[32];
    mote_transcript_init(&t, "SigningContext");
    mote_transcript_append(&t, "", text(signing_context));
    mote_transcript_append(&t, "sign-bytes", made->message);
    mote_transcript_append(&t, "proto-name", text("Schnorr-sig"));
    mote_transcript_append(&t, "sign:pk", (mote_bytes){made->key, 32});
    mote_transcript_append(&t, "sign:R", (mote_bytes){made->signature, 32});
    draw_scalar(k, &t, "sign:c");
    crypto_core_ristretto255_scalar_mul(product, k, secret);
    crypto_core_ristretto255_scalar_add(made->signature + 32, nonce, product);
    made->signature[63] |= 0x80;
}

sr25519_signed sr25519_signed_by(uint32_t number, mote_bytes message) {
    sr25519_signed made;
    uint8_t secret[32], nonce[32];
    made.message = message;
    sr25519_secret(secret, number);
    sr25519_key(made.key, number);
    scalar_of(nonce, "nonce of a test", number, message);
    assert_int_equal(crypto_scalarmult_ristretto255_base(made.signature, nonce), 0);
    sr25519_complete(&made, "substrate", nonce, secret);
    return made;
}

sr25519_signed *sr25519_signed_by_many(uint32_t first, size_t count) {
    sr25519_signed *all = malloc((count + 1) * sizeof *all);
    assert_non_null(all);
    for (size_t i = 0; i < count; i++) {
        char words[64];
        int size = snprintf(words, sizeof words, "seal number %zu", i);
        mote_bytes message = {fixture_copy((mote_bytes){(uint8_t *)words, (size_t)size}),
                              (size_t)size};
        all[i] = sr25519_signed_by(first + (uint32_t)i, message);
    }
    return all;
}

void sr25519_add_order(uint8_t scalar[32]) {
    unsigned carry = 0;
    for (unsigned i = 0; i < 32; i++) {
        carry += (unsigned)scalar[i] + sr25519_order[i];
        scalar[i] = (uint8_t)carry;
        carry >>= 8;
    }
}

/* --- judging ------------------------------------------------------------------------------------ */

mote_status sr25519_judge_alone(const sr25519_signed *one) {
    return mote_sr25519_verify(one->key, one->signature, one->message);
}

mote_status sr25519_judge_together(const sr25519_signed *all, size_t count, uint8_t *bad,
                                   uint32_t *first) {
    mote_context *context = fixture_context(64);
    mote_sr25519_batch *batch = mote_sr25519_batch_new(context, count);
    assert_non_null(batch);
    for (size_t i = 0; i < count; i++) {
        assert_status(mote_sr25519_batch_add(batch, all[i].key, all[i].signature, all[i].message),
                      MOTE_OK);
    }
    mote_status status = mote_sr25519_batch_verify(context, bad, batch);
    if (first != NULL) *first = context->fault.index;
    if (status != MOTE_OK) assert_status(context->fault.status, status);
    return status;
}

void assert_sr25519_judged(const sr25519_signed *one, mote_status expected) {
    static const size_t copies[] = {1, 2, 4, 9};
    sr25519_signed same[9];
    for (size_t i = 0; i < 9; i++) same[i] = *one;
    assert_status(sr25519_judge_alone(one), expected);
    for (size_t i = 0; i < sizeof copies / sizeof copies[0]; i++) {
        uint32_t first;
        assert_status(sr25519_judge_together(same, copies[i], NULL, &first), expected);
        if (expected != MOTE_OK) assert_int_equal(first, 0);
    }
}

void assert_sr25519_batch_agrees(const sr25519_signed *all, size_t count) {
    uint8_t *bad = malloc(count + 1);
    assert_non_null(bad);
    memset(bad, 7, count + 1);
    mote_status expected = MOTE_OK;
    size_t expected_first = MOTE_NO_INDEX;
    uint32_t first, first_without_marks;
    mote_status together = sr25519_judge_together(all, count, bad, &first);
    for (size_t i = count; i > 0; i--) {
        mote_status alone = sr25519_judge_alone(&all[i - 1]);
        assert_int_equal(bad[i - 1], alone != MOTE_OK);
        if (alone == MOTE_OK) continue;
        expected = alone;
        expected_first = i - 1;
    }
    assert_int_equal(bad[count], 7);
    assert_status(together, expected);
    assert_status(sr25519_judge_together(all, count, NULL, &first_without_marks), expected);
    if (expected != MOTE_OK) {
        assert_int_equal(first, expected_first);
        assert_int_equal(first_without_marks, expected_first);
    }
    free(bad);
}

/* --- the VRF -------------------------------------------------------------------------------------- */

static void append_point(mote_transcript *t, const char *label, const uint8_t point[32]) {
    mote_transcript_append(t, label, (mote_bytes){point, 32});
}

static void challenge_of_proof(uint8_t c[32], const sr25519_proven *made, const uint8_t H[32],
                               const uint8_t R[32], const uint8_t Hr[32], bool kusama) {
    mote_transcript t;
    mote_transcript_init(&t, "VRF");
    mote_transcript_append(&t, "proto-name", text("DLEQProof"));
    append_point(&t, "vrf:h", H);
    if (!kusama) append_point(&t, "vrf:pk", made->key);
    append_point(&t, "vrf:R=g^r", R);
    append_point(&t, "vrf:h^r", Hr);
    if (kusama) append_point(&t, "vrf:pk", made->key);
    append_point(&t, "vrf:h^sk", made->pre_output);
    draw_scalar(c, &t, "prove");
}

sr25519_proven sr25519_proven_by(uint32_t number, const mote_transcript *transcript, bool kusama) {
    sr25519_proven made;
    mote_transcript t = *transcript;
    uint8_t secret[32], nonce[32], uniform[64], H[32], R[32], Hr[32], product[32];
    sr25519_secret(secret, number);
    sr25519_key(made.key, number);
    append_point(&t, "vrf-nm-pk", made.key);
    mote_transcript_challenge(&t, uniform, sizeof uniform, "VRFHash");
    crypto_core_ristretto255_from_hash(H, uniform);
    scalar_of(nonce, "nonce of a proof", number, (mote_bytes){uniform, sizeof uniform});
    assert_int_equal(crypto_scalarmult_ristretto255(made.pre_output, secret, H), 0);
    assert_int_equal(crypto_scalarmult_ristretto255(Hr, nonce, H), 0);
    assert_int_equal(crypto_scalarmult_ristretto255_base(R, nonce), 0);
    challenge_of_proof(made.proof, &made, H, R, Hr, kusama);
    crypto_core_ristretto255_scalar_mul(product, made.proof, secret);
    crypto_core_ristretto255_scalar_sub(made.proof + 32, nonce, product);
    return made;
}

mote_status sr25519_judge_proof(mote_sr25519_vrf *out, const sr25519_proven *made,
                                const mote_transcript *transcript) {
    return mote_sr25519_vrf_verify(out, made->key, transcript, made->pre_output, made->proof);
}

mote_transcript sr25519_babe_transcript(uint64_t slot, uint64_t epoch,
                                        const uint8_t randomness[32]) {
    mote_transcript t;
    mote_transcript_init(&t, "BABE");
    mote_transcript_append_u64(&t, "slot number", slot);
    mote_transcript_append_u64(&t, "current epoch", epoch);
    mote_transcript_append(&t, "chain randomness", (mote_bytes){randomness, 32});
    return t;
}
