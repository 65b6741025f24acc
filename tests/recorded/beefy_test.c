/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BEEFY as recorded: a whole commitment of Polkadot whose set is not recorded (its signatures are recovered), and
 * Snowbridge's samples of other sets. (Our own network: beefy_local_test.c.)
 */
#include "fixture.h"

#include "mote/beefy.h"
#include "mote/hash.h"
#include "mote/merkle.h"

static const char *const sampled[] = {
    "beefy/polkadot-31517088-set5011-snowbridge-mainnet.json",
    "beefy/polkadot-31591200-set5042-snowbridge-mainnet.json",
    "beefy/polkadot-31593578-set5043-snowbridge-mainnet.json",
    "beefy/polkadot-31598364-set5045-snowbridge-mainnet.json",
};

/* --- Polkadot, block 22774809 ----------------------------------------------------------------------------- */
static void all_signatures_of_a_commitment_are_recovered(void **state) {
    (void)state;
    json_t *record = fixture_json("beefy/polkadot-22774809-set1350.json");
    json_t *keys = json_object_get(record, "recovered_pubkeys");
    mote_beefy_proof proof;
    mote_bytes file = fixture_file("beefy/polkadot-22774809-set1350.versioned-finality-proof.bin");
    assert_status(mote_beefy_proof_decode(fixture_context(1), &proof, file), MOTE_OK);
    assert_int_equal(proof.commitment.block_number, 22774809);
    assert_int_equal(proof.commitment.set_id, 1350);
    assert_int_equal(proof.set_size, 400);
    assert_int_equal(proof.signature_count, 267);
    assert_int_equal(json_array_size(keys), 267);
    assert_int_equal(mote_beefy_threshold(400), 267);
    for (size_t i = 0; i < 267; i++) {
        uint8_t key[MOTE_BEEFY_KEY_SIZE];
        mote_bytes expected = fixture_hex(json_string_value(json_array_get(keys, i)));
        assert_status(mote_beefy_recover(key, &proof.commitment.hash,
                                         proof.signatures + i * MOTE_BEEFY_SIGNATURE_SIZE),
                      MOTE_OK);
        assert_int_equal(expected.size, sizeof key);
        assert_memory_equal(key, expected.data, sizeof key);
    }
    json_decref(record);
}

/* With the recovered keys in their places, and any others where nobody signed, the whole proof holds; one signature less
 * and it does not. */
static void it_is_final_under_a_set_with_these_keys(void **state) {
    (void)state;
    static uint8_t keys[2 + 400 * 33], damaged[32768];
    mote_bytes file = fixture_file("beefy/polkadot-22774809-set1350.versioned-finality-proof.bin");
    mote_beefy_proof proof;
    mote_context *context = fixture_context(1);
    assert_status(mote_beefy_proof_decode(context, &proof, file), MOTE_OK);
    mote_writer writer = mote_writer_into(keys, sizeof keys);
    mote_write_compact(&writer, 400);
    const uint8_t *signature = proof.signatures;
    uint8_t key[33];
    for (uint32_t i = 0; i < 400; i++) {
        if (mote_beefy_proof_signed_by(&proof, i)) {
            assert_status(mote_beefy_recover(key, &proof.commitment.hash, signature), MOTE_OK);
            signature += MOTE_BEEFY_SIGNATURE_SIZE;
        }
        mote_write_span(&writer, key, sizeof key);
    }
    mote_beefy_set set;
    mote_beefy_finalized finalized;
    mote_beefy_report report;
    mote_bytes list = {keys, writer.size};
    assert_status(mote_beefy_set_decode(context, &set, list, 1350, MOTE_ASSUMED_AUTHORITIES),
                  MOTE_OK);
    assert_status(mote_beefy_verify(context, &finalized, &report, &set, file), MOTE_OK);
    assert_int_equal(report.counted, 267);
    assert_int_equal(finalized.assumed, MOTE_ASSUMED_AUTHORITIES);
    assert_true(mote_hash_equal(&finalized.mmr_root, &proof.commitment.mmr_root));
    memcpy(damaged, file.data, file.size);
    damaged[(size_t)(proof.signatures - file.data) + 40] ^= 1;
    assert_status(
        mote_beefy_verify(context, &finalized, &report, &set, (mote_bytes){damaged, file.size}),
        MOTE_E_BELOW_THRESHOLD);
    assert_int_equal(report.counted, 266);
    assert_status(mote_beefy_finalized_check(&finalized), MOTE_E_NO_EVIDENCE);
    assert_status(mote_beefy_set_decode(context, &set, list, 1351, MOTE_ASSUMED_AUTHORITIES),
                  MOTE_OK);
    assert_status(mote_beefy_verify(context, &finalized, &report, &set, file), MOTE_E_OTHER_SET);
}

/* --- Snowbridge --------------------------------------------------------------------------------------------- */
static mote_beefy_sample read_sample(json_t *json, uint8_t *items) {
    mote_beefy_sample sample;
    memset(&sample, 0, sizeof sample);
    memcpy(sample.signature, fixture_hex_field(json, "r").data, 32);
    memcpy(sample.signature + 32, fixture_hex_field(json, "s").data, 32);
    sample.signature[64] = (uint8_t)json_integer_value(json_object_get(json, "v"));
    memcpy(sample.address, fixture_hex_field(json, "account").data, 20);
    sample.index = (uint32_t)json_integer_value(json_object_get(json, "index"));
    json_t *proof = json_object_get(json, "merkle_proof"), *item;
    size_t i;
    json_array_foreach(proof, i, item) {
        memcpy(items + 32 * i, fixture_hex(json_string_value(item)).data, 32);
    }
    sample.items = (mote_bytes){items, 32 * json_array_size(proof)};
    return sample;
}

static int by_index(const void *a, const void *b) {
    const mote_beefy_sample *x = a, *y = b;
    return (x->index > y->index) - (x->index < y->index);
}

static void samples_hold(void **state) {
    (void)state;
    static uint8_t items[128][16 * 32];
    static mote_beefy_sample samples[128];
    for (size_t f = 0; f < sizeof sampled / sizeof sampled[0]; f++) {
        json_t *record = fixture_json(sampled[f]), *json;
        json_t *proofs = json_object_get(record, "validator_proofs");
        size_t count = json_array_size(proofs), i;
        assert_true(count > 20 && count < 128);
        json_array_foreach(proofs, i, json) samples[i] = read_sample(json, items[i]);
        qsort(samples, count, sizeof samples[0], by_index);
        mote_mmr_authority_set set = {
            (uint64_t)json_integer_value(json_object_get(record, "validator_set_id")),
            (uint32_t)json_integer_value(json_object_get(record, "validator_set_len")),
            fixture_hash(json_string_value(json_object_get(record, "keyset_commitment")))};
        mote_bytes commitment = fixture_hex_field(record, "commitment_scale");
        mote_context *context = fixture_context(1);
        mote_beefy_sampled result;
        assert_status(mote_beefy_sample_verify(context, &result, &set, commitment, samples, count),
                      MOTE_OK);
        assert_int_equal(result.sampled, count);
        assert_int_equal(result.validators, set.count);
        /* Each counts once, and each must hold. */
        samples[1] = samples[0];
        assert_status(mote_beefy_sample_verify(context, &result, &set, commitment, samples, count),
                      MOTE_E_LEAF_INDEX);
        assert_int_equal(result.sampled, 0);
        samples[0].signature[3] ^= 1;
        assert_status(mote_beefy_sample_verify(context, &result, &set, commitment, samples, 1),
                      MOTE_E_BAD_SIGNATURE);
        /* Nobody signed: nothing is said. */
        assert_status(mote_beefy_sample_verify(context, &result, &set, commitment, samples, 0),
                      MOTE_E_NO_LEAVES);
        json_decref(record);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_signatures_of_a_commitment_are_recovered),
        cmocka_unit_test(it_is_final_under_a_set_with_these_keys),
        cmocka_unit_test(samples_hold),
    };
    return cmocka_run_group_tests_name("recorded/beefy", tests, NULL, NULL);
}
