/* SPDX-License-Identifier: Apache-2.0 */
/* Seals and VRF proofs of recorded headers of live networks; published cases. */
#include "sr25519_cases.h"

#include <sodium.h>

#define RECORDED_HEADERS "headers/babe-verification-vectors.jsonl"

static mote_bytes text_of(const json_t *object, const char *name) {
    const char *text = json_string_value(json_object_get(object, name));
    assert_non_null(text);
    return (mote_bytes){(const uint8_t *)text, strlen(text)};
}

static uint64_t number_of(const json_t *object, const char *name) {
    const json_t *value = json_object_get(object, name);
    assert_true(json_is_integer(value));
    return (uint64_t)json_integer_value(value);
}

static sr25519_signed seal_of(const json_t *header) {
    sr25519_signed seal;
    const mote_bytes hash = fixture_hex_field(header, "pre_seal_hash");
    memcpy(seal.key, fixture_hex_field(header, "authority").data, 32);
    memcpy(seal.signature, fixture_hex_field(header, "seal").data, 64);
    assert_int_equal(hash.size, 32);
    seal.message = hash;
    return seal;
}

/* --- headers -------------------------------------------------------------------------------------- */

typedef struct seals {
    sr25519_signed *all;
    size_t count;
} seals;

static void judge_seal(json_t *header, void *user) {
    seals *found = user;
    sr25519_signed seal = seal_of(header);
    const mote_bytes polkadot = {(const uint8_t *)"polkadot", 8};
    assert_status(sr25519_judge_alone(&seal), MOTE_OK);
    assert_status(mote_sr25519_verify_in_context(polkadot, seal.key, seal.signature, seal.message),
                  MOTE_E_BAD_SIGNATURE);
    found->all[found->count++] = seal;
}

static void recorded_seals(void **state) {
    (void)state;
    seals found = {calloc(1024, sizeof(sr25519_signed)), 0};
    assert_non_null(found.all);
    assert_int_equal(fixture_json_lines(RECORDED_HEADERS, judge_seal, &found), 520);
    uint8_t bad[520];
    assert_status(sr25519_judge_together(found.all, found.count, bad, NULL), MOTE_OK);
    for (size_t i = 0; i < 520; i += 13) {
        uint32_t first;
        sr25519_signed kept = found.all[i];
        found.all[i].signature[i % 63] ^= 1; /* R or s; the mark stays */
        assert_true(sr25519_judge_together(found.all, found.count, bad, &first) != MOTE_OK);
        assert_int_equal(first, i);
        for (size_t j = 0; j < 520; j++) assert_int_equal(bad[j], j == i);
        found.all[i] = kept;
    }
    free(found.all);
}

typedef struct proofs {
    size_t count, primary;
} proofs;

static void judge_vrf(json_t *header, void *user) {
    proofs *found = user;
    sr25519_proven made;
    mote_sr25519_vrf vrf;
    if (json_object_get(header, "vrf_proof") == NULL) return;
    memcpy(made.key, fixture_hex_field(header, "authority").data, 32);
    memcpy(made.pre_output, fixture_hex_field(header, "vrf_output").data, 32);
    memcpy(made.proof, fixture_hex_field(header, "vrf_proof").data, 64);
    const uint8_t *randomness = fixture_hex_field(header, "epoch_randomness").data;
    const uint64_t slot = number_of(header, "slot"), epoch = number_of(header, "epoch_index");
    mote_transcript right = sr25519_babe_transcript(slot, epoch, randomness);
    mote_transcript late = sr25519_babe_transcript(slot + 1, epoch, randomness);
    mote_transcript other = sr25519_babe_transcript(slot, epoch - 1, randomness);
    assert_status(sr25519_judge_proof(&vrf, &made, &late), MOTE_E_BAD_VRF_PROOF);
    assert_status(sr25519_judge_proof(&vrf, &made, &other), MOTE_E_BAD_VRF_PROOF);
    assert_status(sr25519_judge_proof(&vrf, &made, &right), MOTE_OK);
    assert_memory_equal(vrf.pre_output, made.pre_output, 32);
    found->count++;
    if (strcmp(json_string_value(json_object_get(header, "kind")), "primary") != 0) return;
    /* The score of a claim that its network accepted: with c = 1/4 and authorities of one weight, below 2^128 / 2^9. */
    uint8_t score[16];
    mote_sr25519_vrf_make_bytes(score, sizeof score, &vrf, "substrate-babe-vrf");
    if (number_of(header, "num_authorities") >= 197) assert_true(score[15] == 0 && score[14] < 128);
    found->primary++;
}

static void recorded_vrf_proofs(void **state) {
    (void)state;
    proofs found = {0, 0};
    assert_int_equal(fixture_json_lines(RECORDED_HEADERS, judge_vrf, &found), 520);
    assert_int_equal(found.count, 517);
    assert_true(found.primary > 100);
}

/* --- published ------------------------------------------------------------------------------------ */

static void published_signatures(void **state) {
    (void)state;
    json_t *file = fixture_json("vectors/sr25519.json");
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(file, "signatures"), index, entry) {
        const mote_bytes signature = fixture_hex_field(entry, "signature");
        const mote_status status = mote_sr25519_verify_in_context(
            text_of(entry, "context"), fixture_hex_field(entry, "public_key").data, signature.data,
            text_of(entry, "message"));
        mote_status expected = MOTE_OK;
        if (!json_is_true(json_object_get(entry, "valid"))) {
            const bool marked = (signature.data[63] & 0x80) != 0;
            expected = marked ? MOTE_E_BAD_SIGNATURE : MOTE_E_SIGNATURE_NOT_MARKED;
        }
        assert_status(status, expected);
    }
    assert_int_equal(index, 4);
    json_decref(file);
}

static void judge_published_proof(const json_t *entry, const mote_transcript *transcript) {
    mote_sr25519_vrf vrf;
    const mote_status status = mote_sr25519_vrf_verify(
        &vrf, fixture_hex_field(entry, "public_key").data, transcript,
        fixture_hex_field(entry, "pre_output").data, fixture_hex_field(entry, "proof").data);
    if (!json_is_true(json_object_get(entry, "kusama"))) {
        assert_status(status, MOTE_E_BAD_VRF_PROOF);
        return;
    }
    assert_status(status, MOTE_OK);
    assert_memory_equal(vrf.input, fixture_hex_field(entry, "input").data, 32);
    assert_memory_equal(vrf.pre_output, fixture_hex_field(entry, "pre_output").data, 32);
    if (json_object_get(entry, "substrate_babe_vrf") == NULL) return;
    uint8_t score[16];
    mote_sr25519_vrf_make_bytes(score, sizeof score, &vrf, "substrate-babe-vrf");
    assert_memory_equal(score, fixture_hex_field(entry, "substrate_babe_vrf").data, 16);
}

static void published_vrf_proofs(void **state) {
    (void)state;
    json_t *file = fixture_json("vectors/sr25519.json");
    const json_t *vrf = json_object_get(file, "vrf");
    mote_transcript t;
    mote_transcript_init(&t, "SigningContext");
    mote_transcript_append(&t, "", text_of(vrf, "context"));
    mote_transcript_append(&t, "sign-bytes", text_of(vrf, "message"));
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(vrf, "cases"), index, entry) {
        judge_published_proof(entry, &t);
    }
    assert_int_equal(index, 3);
    json_decref(file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recorded_seals),
        cmocka_unit_test(recorded_vrf_proofs),
        cmocka_unit_test(published_signatures),
        cmocka_unit_test(published_vrf_proofs),
    };
    assert_true(sodium_init() >= 0);
    return cmocka_run_group_tests_name("recorded/sr25519", tests, NULL, NULL);
}
