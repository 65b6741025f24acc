/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The VRF (schnorrkel: vrf.rs, flavour "kusama"). The input is a point H hashed from transcript and key, the pre-output
 * x H for the secret key x, and the proof shows that A = x B and it have the same x (Chaum, Pedersen 1992): with
 * R = c A + s B and Hr = c (x H) + s H, c is what the transcript over all of them gives.
 */
#include <string.h>

#include "multiscalar.h"
#include "scalar.h"
#include "vrf.h"

static bool is_identity(const uint8_t encoded[32]) {
    static const uint8_t identity[32] = {0};
    return memcmp(encoded, identity, sizeof identity) == 0;
}

bool mote_sr25519_vrf_proof_decodes(const uint8_t proof[64]) {
    return scalar_is_canonical(proof) && scalar_is_canonical(proof + 32);
}

mote_status vrf_check_decoded(const mote_sr25519_vrf_claim *claim, bool key_decodes,
                              bool output_decodes) {
    if (!key_decodes) return MOTE_E_BAD_PUBLIC_KEY;
    if (!mote_sr25519_vrf_proof_decodes(claim->proof)) return MOTE_E_SCALAR_NOT_CANONICAL;
    if (!output_decodes) return MOTE_E_POINT_NOT_CANONICAL;
    return is_identity(claim->pre_output) ? MOTE_E_VRF_IDENTITY : MOTE_OK;
}

static void recompute(ristretto_doubled made[COMMITMENTS], const claim_points *points,
                      const uint8_t proof[64]) {
    uint8_t half_c[32], half_s[32];
    scalar_halve(half_c, proof);
    scalar_halve(half_s, proof + 32);
    point_multiply_and_base(&made[R].half, &points->A, half_c, half_s);
    point_multiply_two(&made[HR].half, &points->gamma, half_c, &points->H, half_s);
}

static mote_status decode_claim(claim_points *points, const mote_sr25519_vrf_claim *claim) {
    affine_point A, gamma;
    const bool key_decodes = ristretto_decode(&A, claim->public_key);
    if (!key_decodes) return MOTE_E_BAD_PUBLIC_KEY;
    const mote_status status =
        vrf_check_decoded(claim, true, ristretto_decode(&gamma, claim->pre_output));
    if (status != MOTE_OK) return status;
    point_from_affine(&points->A, &A, false);
    point_from_affine(&points->gamma, &gamma, false);
    return MOTE_OK;
}

mote_status mote_sr25519_vrf_verify(mote_sr25519_vrf *out, const uint8_t public_key[32],
                                    const mote_transcript *transcript, const uint8_t pre_output[32],
                                    const uint8_t proof[64]) {
    const mote_sr25519_vrf_claim claim = {public_key, transcript, pre_output, proof};
    ristretto_doubled made[1][COMMITMENTS];
    claim_points points;
    mote_sr25519_vrf vrf;
    uint8_t uniform[1][64];
    bool same;
    memset(out, 0, sizeof *out);
    const mote_status status = decode_claim(&points, &claim);
    if (status != MOTE_OK) return status;
    vrf_draw_inputs(MOTE_BACKEND_PORTABLE, uniform, &claim, 1);
    ristretto_from_uniform(&points.H, uniform[0]);
    ristretto_encode(vrf.input, &points.H);
    memcpy(vrf.pre_output, pre_output, sizeof vrf.pre_output);
    recompute(made[0], &points, proof);
    ristretto_encode_doubled(made[0], COMMITMENTS);
    vrf_compare_challenges(MOTE_BACKEND_PORTABLE, &same, &vrf, made, &claim, 1);
    if (!same) return MOTE_E_BAD_VRF_PROOF;
    *out = vrf;
    return MOTE_OK;
}
