/* SPDX-License-Identifier: Apache-2.0 */
/* A seal and a VRF proof, recorded, with every single bit turned: key, signature, message, pre-output, proof. */
#include "sr25519_cases.h"
#include "sweep.h"

#include <sodium.h>

#define RECORDED_HEADERS "headers/babe-verification-vectors.jsonl"
#define PARTS 7u /* honest ones beside the damaged in a batch */

static bool is_named(mote_status status) {
    return status == MOTE_E_BAD_PUBLIC_KEY || status == MOTE_E_SIGNATURE_NOT_MARKED ||
           status == MOTE_E_SCALAR_NOT_CANONICAL || status == MOTE_E_POINT_NOT_CANONICAL ||
           status == MOTE_E_VRF_IDENTITY || status == MOTE_E_BAD_SIGNATURE ||
           status == MOTE_E_BAD_VRF_PROOF;
}

/* --- seals ---------------------------------------------------------------------------------------- */

/* Key, signature, message one behind the other. */
static sr25519_signed seal_of(mote_bytes parts) {
    sr25519_signed seal;
    memcpy(seal.key, parts.data, 32);
    memcpy(seal.signature, parts.data + 32, 64);
    seal.message = (mote_bytes){parts.data + 96, 32};
    return seal;
}

static void damaged_seal(mote_bytes damaged, void *user) {
    sr25519_signed some[PARTS + 1], seal = seal_of(damaged);
    uint8_t bad[PARTS + 1];
    uint32_t first;
    memcpy(some, user, PARTS * sizeof *some);
    some[PARTS] = some[3];
    some[3] = seal;
    const mote_status status = sr25519_judge_alone(&seal);
    assert_true(is_named(status));
    assert_status(sr25519_judge_together(some, PARTS + 1, bad, &first), status);
    assert_int_equal(first, 3);
    for (unsigned i = 0; i <= PARTS; i++) assert_int_equal(bad[i], i == 3);
}

static void sweep_seal(json_t *header, void *user) {
    size_t *seen = user;
    uint8_t parts[128];
    if ((*seen)++ % 130 != 1) return;
    memcpy(parts, fixture_hex_field(header, "authority").data, 32);
    memcpy(parts + 32, fixture_hex_field(header, "seal").data, 64);
    memcpy(parts + 96, fixture_hex_field(header, "pre_seal_hash").data, 32);
    sr25519_signed *honest = sr25519_signed_by_many(0, PARTS);
    const sr25519_signed seal = seal_of((mote_bytes){parts, sizeof parts});
    assert_status(sr25519_judge_alone(&seal), MOTE_OK);
    sweep_flips((mote_bytes){parts, sizeof parts}, fixture_times(1024), damaged_seal, honest);
    free(honest);
}

static void seals_with_a_bit_turned(void **state) {
    (void)state;
    size_t seen = 0;
    assert_int_equal(fixture_json_lines(RECORDED_HEADERS, sweep_seal, &seen), 520);
}

/* --- proofs --------------------------------------------------------------------------------------- */

static uint64_t load_u64(const uint8_t bytes[8]) {
    uint64_t value = 0;
    for (unsigned i = 8; i > 0; i--) value = value << 8 | bytes[i - 1];
    return value;
}

/* Key, pre-output, proof, randomness, slot, epoch one behind the other. */
static mote_status judge_parts(mote_sr25519_vrf *out, mote_bytes parts) {
    const uint8_t *at = parts.data;
    const mote_transcript t =
        sr25519_babe_transcript(load_u64(at + 160), load_u64(at + 168), at + 128);
    return mote_sr25519_vrf_verify(out, at, &t, at + 32, at + 64);
}

static void damaged_proof(mote_bytes damaged, void *user) {
    static const mote_sr25519_vrf nothing;
    mote_sr25519_vrf vrf;
    (void)user;
    memset(&vrf, 7, sizeof vrf);
    assert_true(is_named(judge_parts(&vrf, damaged)));
    assert_memory_equal(&vrf, &nothing, sizeof vrf);
}

static void store_number(uint8_t bytes[8], const json_t *header, const char *name) {
    const uint64_t value = (uint64_t)json_integer_value(json_object_get(header, name));
    for (unsigned i = 0; i < 8; i++) bytes[i] = (uint8_t)(value >> (8 * i));
}

static void sweep_proof(json_t *header, void *user) {
    size_t *seen = user;
    uint8_t parts[176];
    mote_sr25519_vrf vrf;
    if (json_object_get(header, "vrf_proof") == NULL || (*seen)++ % 130 != 0) return;
    memcpy(parts, fixture_hex_field(header, "authority").data, 32);
    memcpy(parts + 32, fixture_hex_field(header, "vrf_output").data, 32);
    memcpy(parts + 64, fixture_hex_field(header, "vrf_proof").data, 64);
    memcpy(parts + 128, fixture_hex_field(header, "epoch_randomness").data, 32);
    store_number(parts + 160, header, "slot");
    store_number(parts + 168, header, "epoch_index");
    assert_status(judge_parts(&vrf, (mote_bytes){parts, sizeof parts}), MOTE_OK);
    sweep_flips((mote_bytes){parts, sizeof parts}, fixture_times(1408), damaged_proof, NULL);
}

static void proofs_with_a_bit_turned(void **state) {
    (void)state;
    size_t seen = 0;
    assert_int_equal(fixture_json_lines(RECORDED_HEADERS, sweep_proof, &seen), 520);
    assert_int_equal(seen, 517);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seals_with_a_bit_turned),
        cmocka_unit_test(proofs_with_a_bit_turned),
    };
    assert_true(sodium_init() >= 0);
    return cmocka_run_group_tests_name("sweep/sr25519", tests, NULL, NULL);
}
