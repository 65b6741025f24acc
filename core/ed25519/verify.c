/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One signature (ZIP-215; RFC 8032 5.1.7 with the cofactored equation).
 */
#include "verify.h"

#include "mote/ed25519.h"
#include "multiscalar.h"
#include "scalar.h"

bool equation_holds(const affine_point *A, const affine_point *R, const uint8_t S[32],
                    const uint8_t k[32]) {
    affine_point B;
    point sum;
    uint8_t minus_k[32];
    scalar_negate(minus_k, k);
    affine_point_base(&B);
    point_multiply_two(&sum, A, minus_k, &B, S);
    point_subtract_affine(&sum, &sum, R);
    return point_is_small_order(&sum);
}

mote_status mote_ed25519_verify(const uint8_t public_key[32], const uint8_t signature[64],
                                mote_bytes message) {
    affine_point A, R;
    uint8_t k[32];
    if (!affine_point_decode(&A, public_key)) return MOTE_E_BAD_PUBLIC_KEY;
    if (!scalar_is_canonical(signature + 32)) return MOTE_E_BAD_SIGNATURE;
    if (!affine_point_decode(&R, signature)) return MOTE_E_BAD_SIGNATURE;
    scalar_challenge(k, signature, public_key, message);
    return equation_holds(&A, &R, signature + 32, k) ? MOTE_OK : MOTE_E_BAD_SIGNATURE;
}

bool mote_ed25519_key_is_forgeable(const uint8_t public_key[32]) {
    affine_point A;
    point p;
    if (!affine_point_decode(&A, public_key)) return false;
    point_from_affine(&p, &A);
    return point_is_small_order(&p);
}
