/* SPDX-License-Identifier: Apache-2.0 */
/* H.6, what concerns sr25519 and its VRF. One signature is judged alone and in batches. */
#include "sr25519_cases.h"

#include <sodium.h>

static const mote_bytes some_message = {(const uint8_t *)"the hash before the seal", 24};
static const uint8_t randomness[32] = "chain randomness of a test......";

static void copy_hex(uint8_t out[32], const char *hex) {
    const mote_bytes bytes = fixture_hex(hex);
    assert_int_equal(bytes.size, 32);
    memcpy(out, bytes.data, 32);
}

/* p - a: the same point or none, never its canonical form where a is that. */
static void negate_field(uint8_t a[32]) {
    unsigned borrow = 0;
    for (unsigned i = 0; i < 32; i++) {
        const unsigned p = i == 0 ? 0xed : i == 31 ? 0x7f : 0xff;
        const unsigned difference = p - a[i] - borrow;
        a[i] = (uint8_t)difference;
        borrow = difference >> 8 & 1;
    }
}

/* a + p where that fits 255 bits: the same number, not in its form. False where it does not. */
static bool add_p(uint8_t a[32]) {
    for (unsigned i = 1; i < 32; i++) {
        if (a[i] != 0) return false;
    }
    if (a[0] >= 19) return false;
    a[0] = (uint8_t)(a[0] + 0xed);
    memset(a + 1, 0xff, 30);
    a[31] = 0x7f;
    return true;
}

typedef void each_encoding(const uint8_t encoding[32], const char *why, void *user);

/* Published encodings that are no group elements. */
static void for_bad_encodings(each_encoding *each, void *user) {
    json_t *file = fixture_json("vectors/sr25519.json");
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(file, "bad_encodings"), index, entry) {
        each(fixture_hex_field(entry, "encoding").data,
             json_string_value(json_object_get(entry, "why")), user);
    }
    assert_int_equal(index, 29);
    json_decref(file);
}

/* --- signatures ----------------------------------------------------------------------------------- */

static void V01_seal_without_the_mark(void **state) {
    (void)state;
    for (uint32_t number = 0; number < 8; number++) {
        sr25519_signed seal = sr25519_signed_by(number, some_message);
        assert_sr25519_judged(&seal, MOTE_OK);
        seal.signature[63] &= 0x7f;
        assert_sr25519_judged(&seal, MOTE_E_SIGNATURE_NOT_MARKED);
    }
}

static void V02_s_not_below_the_order(void **state) {
    (void)state;
    for (uint32_t number = 0; number < 8; number++) {
        const sr25519_signed good = sr25519_signed_by(number, some_message);
        sr25519_signed seal = good;
        seal.signature[63] &= 0x7f;
        /* s + l, s + 2 l, ... as long as the mark's bit is free: the same number each time. */
        for (unsigned times = 1; times < 7; times++) {
            sr25519_add_order(seal.signature + 32);
            assert_int_equal(seal.signature[63] & 0x80, 0);
            seal.signature[63] |= 0x80;
            assert_sr25519_judged(&seal, MOTE_E_SCALAR_NOT_CANONICAL);
            seal.signature[63] &= 0x7f;
        }
        seal = good; /* l itself */
        memcpy(seal.signature + 32, sr25519_order, 32);
        seal.signature[63] |= 0x80;
        assert_sr25519_judged(&seal, MOTE_E_SCALAR_NOT_CANONICAL);
        seal.signature[32]--; /* l - 1 is a scalar, and not the one */
        assert_sr25519_judged(&seal, MOTE_E_BAD_SIGNATURE);
        memset(seal.signature + 32, 0xff, 32);
        assert_sr25519_judged(&seal, MOTE_E_SCALAR_NOT_CANONICAL);
        memset(seal.signature + 32, 0, 31);
        seal.signature[63] = 0xa0; /* 2^253 */
        assert_sr25519_judged(&seal, MOTE_E_SCALAR_NOT_CANONICAL);
    }
}

static void judge_commitment(const uint8_t encoding[32], const char *why, void *user) {
    (void)why;
    sr25519_signed seal = *(const sr25519_signed *)user;
    memcpy(seal.signature, encoding, 32);
    assert_sr25519_judged(&seal, MOTE_E_POINT_NOT_CANONICAL);
}

static void V03_r_not_canonical(void **state) {
    (void)state;
    sr25519_signed seal = sr25519_signed_by(1, some_message);
    for_bad_encodings(judge_commitment, &seal);
    negate_field(seal.signature); /* the same point were its sign not fixed */
    assert_sr25519_judged(&seal, MOTE_E_POINT_NOT_CANONICAL);
    /* A true equation: the identity's key, s = 0, R = 0, and R = p, which is 0 as well. */
    memset(seal.key, 0, 32);
    memset(seal.signature, 0, 64);
    seal.signature[63] = 0x80;
    assert_sr25519_judged(&seal, MOTE_OK);
    assert_true(add_p(seal.signature));
    assert_sr25519_judged(&seal, MOTE_E_POINT_NOT_CANONICAL);
    memset(seal.signature, 0, 32);
    seal.signature[31] = 0x80; /* bit 255 */
    assert_sr25519_judged(&seal, MOTE_E_POINT_NOT_CANONICAL);
}

static void V04_identity_key(void **state) {
    (void)state;
    static const char *const messages[] = {"", "a", "the hash before the seal"};
    for (size_t i = 0; i < 3; i++) {
        sr25519_signed forged;
        memset(&forged, 0, sizeof forged);
        forged.message = (mote_bytes){(const uint8_t *)messages[i], strlen(messages[i])};
        forged.signature[63] = 0x80;
        assert_sr25519_judged(&forged, MOTE_OK);
        /* and with any s, R = s B */
        uint8_t s[32];
        sr25519_secret(s, (uint32_t)i);
        memcpy(forged.signature + 32, s, 32);
        forged.signature[63] |= 0x80;
        assert_int_equal(crypto_scalarmult_ristretto255_base(forged.signature, s), 0);
        assert_sr25519_judged(&forged, MOTE_OK);
        assert_true(mote_sr25519_key_is_forgeable(forged.key));
        assert_true(mote_sr25519_key_is_valid(forged.key));
    }
    for (uint32_t number = 0; number < 16; number++) {
        uint8_t key[32];
        sr25519_key(key, number);
        assert_false(mote_sr25519_key_is_forgeable(key));
    }
}

static void judge_key(const uint8_t encoding[32], const char *why, void *user) {
    (void)why;
    sr25519_signed seal = *(const sr25519_signed *)user;
    memcpy(seal.key, encoding, 32);
    assert_sr25519_judged(&seal, MOTE_E_BAD_PUBLIC_KEY);
    assert_false(mote_sr25519_key_is_valid(seal.key));
    assert_false(mote_sr25519_key_is_forgeable(seal.key));
    seal.signature[63] &= 0x7f; /* the key comes first */
    assert_sr25519_judged(&seal, MOTE_E_BAD_PUBLIC_KEY);
    mote_sr25519_vrf vrf;
    const mote_transcript t = sr25519_babe_transcript(1, 2, randomness);
    sr25519_proven made = sr25519_proven_by(3, &t, true);
    memcpy(made.key, encoding, 32);
    assert_status(sr25519_judge_proof(&vrf, &made, &t), MOTE_E_BAD_PUBLIC_KEY);
}

static void V05_key_not_an_encoding(void **state) {
    (void)state;
    sr25519_signed seal = sr25519_signed_by(1, some_message);
    for_bad_encodings(judge_key, &seal);
    uint8_t key[32];
    sr25519_key(key, 1);
    negate_field(key);
    judge_key(key, "negative", &seal);
}

static void V06_other_context_or_message(void **state) {
    (void)state;
    const sr25519_signed seal = sr25519_signed_by(1, some_message);
    static const char *const contexts[] = {"polkadot", "", "substratf", "Substrate", "substrate "};
    for (size_t i = 0; i < sizeof contexts / sizeof contexts[0]; i++) {
        const mote_bytes context = {(const uint8_t *)contexts[i], strlen(contexts[i])};
        assert_status(
            mote_sr25519_verify_in_context(context, seal.key, seal.signature, seal.message),
            MOTE_E_BAD_SIGNATURE);
    }
    sr25519_signed other = seal; /* another hash: say that of the header with its seal */
    other.message = (mote_bytes){(const uint8_t *)"the hash with the seal..", 24};
    assert_sr25519_judged(&other, MOTE_E_BAD_SIGNATURE);
    other.message = (mote_bytes){some_message.data, some_message.size - 1};
    assert_sr25519_judged(&other, MOTE_E_BAD_SIGNATURE);
    other = seal; /* another's key */
    sr25519_key(other.key, 2);
    assert_sr25519_judged(&other, MOTE_E_BAD_SIGNATURE);
}

/* --- the VRF -------------------------------------------------------------------------------------- */

static void assert_refused(const sr25519_proven *made, const mote_transcript *t,
                           mote_status expected) {
    static const mote_sr25519_vrf nothing;
    mote_sr25519_vrf vrf;
    memset(&vrf, 7, sizeof vrf);
    assert_status(sr25519_judge_proof(&vrf, made, t), expected);
    assert_memory_equal(&vrf, &nothing, sizeof vrf);
}

static void judge_pre_output(const uint8_t encoding[32], const char *why, void *user) {
    (void)why;
    const mote_transcript t = sr25519_babe_transcript(7, 8, randomness);
    sr25519_proven made = *(const sr25519_proven *)user;
    memcpy(made.pre_output, encoding, 32);
    assert_refused(&made, &t, MOTE_E_POINT_NOT_CANONICAL);
}

static void V07_pre_output_is_the_identity(void **state) {
    (void)state;
    const mote_transcript t = sr25519_babe_transcript(7, 8, randomness);
    sr25519_proven made = sr25519_proven_by(1, &t, true);
    for_bad_encodings(judge_pre_output, &made);
    memset(made.pre_output, 0, 32);
    assert_refused(&made, &t, MOTE_E_VRF_IDENTITY);
    /* The identity is what the identity's key gives: its proof would hold for every input. */
    memset(made.key, 0, 32);
    assert_refused(&made, &t, MOTE_E_VRF_IDENTITY);
}

static void V08_proof_scalars_not_canonical(void **state) {
    (void)state;
    const mote_transcript t = sr25519_babe_transcript(7, 8, randomness);
    for (uint32_t number = 0; number < 8; number++) {
        const sr25519_proven good = sr25519_proven_by(number, &t, true);
        for (unsigned part = 0; part < 64; part += 32) {
            sr25519_proven made = good;
            for (unsigned times = 1; times < 15; times++) { /* l + l + ..., below 2^256 */
                sr25519_add_order(made.proof + part);
                assert_refused(&made, &t, MOTE_E_SCALAR_NOT_CANONICAL);
            }
            memcpy(made.proof + part, sr25519_order, 32);
            assert_refused(&made, &t, MOTE_E_SCALAR_NOT_CANONICAL);
            made.proof[part]--;
            assert_refused(&made, &t, MOTE_E_BAD_VRF_PROOF);
            memset(made.proof + part, 0xff, 32);
            assert_refused(&made, &t, MOTE_E_SCALAR_NOT_CANONICAL);
            made = good; /* no mark in proofs */
            made.proof[part + 31] |= 0x80;
            assert_refused(&made, &t, MOTE_E_SCALAR_NOT_CANONICAL);
        }
    }
}

static void V09_proof_for_something_else(void **state) {
    (void)state;
    const uint64_t slot = 270120791, epoch = 12711;
    const mote_transcript t = sr25519_babe_transcript(slot, epoch, randomness);
    const sr25519_proven made = sr25519_proven_by(5, &t, true);
    mote_sr25519_vrf vrf;
    assert_status(sr25519_judge_proof(&vrf, &made, &t), MOTE_OK);
    for (unsigned bit = 0; bit < 64; bit++) {
        const uint64_t turned = UINT64_C(1) << bit;
        mote_transcript other = sr25519_babe_transcript(slot ^ turned, epoch, randomness);
        assert_refused(&made, &other, MOTE_E_BAD_VRF_PROOF);
        other = sr25519_babe_transcript(slot, epoch ^ turned, randomness);
        assert_refused(&made, &other, MOTE_E_BAD_VRF_PROOF);
    }
    mote_transcript swapped = sr25519_babe_transcript(epoch, slot, randomness);
    assert_refused(&made, &swapped, MOTE_E_BAD_VRF_PROOF);
    for (unsigned i = 0; i < 32; i++) {
        uint8_t other_randomness[32];
        memcpy(other_randomness, randomness, 32);
        other_randomness[i] ^= 1;
        mote_transcript other = sr25519_babe_transcript(slot, epoch, other_randomness);
        assert_refused(&made, &other, MOTE_E_BAD_VRF_PROOF);
    }
    sr25519_proven others = made; /* another's key; another's pre-output with this proof */
    sr25519_key(others.key, 6);
    assert_refused(&others, &t, MOTE_E_BAD_VRF_PROOF);
    others = sr25519_proven_by(6, &t, true);
    memcpy(others.key, made.key, 32);
    memcpy(others.proof, made.proof, 64);
    assert_refused(&others, &t, MOTE_E_BAD_VRF_PROOF);
}

static void V10_proof_in_the_other_order(void **state) {
    (void)state;
    const mote_transcript t = sr25519_babe_transcript(7, 8, randomness);
    for (uint32_t number = 0; number < 8; number++) {
        mote_sr25519_vrf vrf;
        sr25519_proven made = sr25519_proven_by(number, &t, false);
        assert_refused(&made, &t, MOTE_E_BAD_VRF_PROOF);
        made = sr25519_proven_by(number, &t, true);
        assert_status(sr25519_judge_proof(&vrf, &made, &t), MOTE_OK);
    }
    /* schnorrkel's own, made with `kusama` false. */
    sr25519_proven published;
    copy_hex(published.key, "b20a94b086cd818b2d5a2a0e4774e3e90ffd38357b0759f0813d53d558492d6f");
    copy_hex(published.pre_output,
             "72adbc748f0b9df457d6e700ea229d913e9a44a1794231197b268a14cf690705");
    copy_hex(published.proof, "7bdb3cec316a71e5876299fc0a3f41aef2bf824177b1e30f67dbc064aecc8803");
    copy_hex(published.proof + 32,
             "5f94f6696c3314ad7b6c0531fd15aa29d6018d615db634afcaba95d54539070e");
    mote_transcript meow;
    mote_transcript_init(&meow, "SigningContext");
    mote_transcript_append(&meow, "", (mote_bytes){(const uint8_t *)"yo!", 3});
    mote_transcript_append(&meow, "sign-bytes", (mote_bytes){(const uint8_t *)"meow", 4});
    assert_refused(&published, &meow, MOTE_E_BAD_VRF_PROOF);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(V01_seal_without_the_mark),
        cmocka_unit_test(V02_s_not_below_the_order),
        cmocka_unit_test(V03_r_not_canonical),
        cmocka_unit_test(V04_identity_key),
        cmocka_unit_test(V05_key_not_an_encoding),
        cmocka_unit_test(V06_other_context_or_message),
        cmocka_unit_test(V07_pre_output_is_the_identity),
        cmocka_unit_test(V08_proof_scalars_not_canonical),
        cmocka_unit_test(V09_proof_for_something_else),
        cmocka_unit_test(V10_proof_in_the_other_order),
    };
    assert_true(sodium_init() >= 0);
    return cmocka_run_group_tests_name("rows/sr25519", tests, NULL, NULL);
}
