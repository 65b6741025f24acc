/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One signature (ZIP-215; RFC 8032 5.1.7 with the cofactored equation).
 */
#include "verify.h"

#include <string.h>

#include <sodium/crypto_hash_sha512.h>

#include "mote/ed25519.h"
#include "multiscalar.h"
#include "scalar.h"

void scalar_challenge(uint8_t out[32], const uint8_t r[32], const uint8_t public_key[32],
                      mote_bytes message) {
    crypto_hash_sha512_state state;
    uint8_t wide[64];
    crypto_hash_sha512_init(&state);
    crypto_hash_sha512_update(&state, r, 32);
    crypto_hash_sha512_update(&state, public_key, 32);
    if (message.size != 0) crypto_hash_sha512_update(&state, message.data, message.size);
    crypto_hash_sha512_final(&state, wide);
    scalar_reduce(out, wide);
}

bool equation_holds(const affine_point *A, const affine_point *R, const uint8_t S[32],
                    const uint8_t k[32]) {
    point minus_A, base, sum;
    point_from_affine(&minus_A, A, true);
    point_from_affine(&base, &affine_point_base, false);
    point_multiply_two(&sum, &minus_A, k, &base, S);
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

/* The points of order 1, 2, 4 and 8 are those with these y; the sign of x does not matter. Whole sets are asked about,
 * so no square root is taken: y alone, brought below p, decides. */
bool mote_ed25519_key_is_forgeable(const uint8_t public_key[32]) {
    static const uint8_t small_order[5][32] = {
        {1},
        {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
         0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
         0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
        {0},
        {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4,
         0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6,
         0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05},
        {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b,
         0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39,
         0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a}};
    field y;
    uint8_t canonical[32];
    field_from_bytes(&y, public_key);
    field_to_bytes(canonical, &y);
    for (unsigned i = 0; i < 5; i++) {
        if (memcmp(canonical, small_order[i], sizeof canonical) == 0) return true;
    }
    return false;
}
