/* SPDX-License-Identifier: Apache-2.0 */
#include "scalar.h"

#include <sodium/crypto_core_ed25519.h>
#include <sodium/crypto_hash_sha512.h>

bool scalar_is_canonical(const uint8_t scalar[32]) {
    static const uint8_t order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58,
                                      0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
                                      0,    0,    0,    0,    0,    0,    0,    0,
                                      0,    0,    0,    0,    0,    0,    0,    0x10};
    for (unsigned i = 32; i > 0; i--) {
        if (scalar[i - 1] != order[i - 1]) return scalar[i - 1] < order[i - 1];
    }
    return false;
}

void scalar_multiply(uint8_t out[32], const uint8_t a[32], const uint8_t b[32]) {
    crypto_core_ed25519_scalar_mul(out, a, b);
}

void scalar_add(uint8_t out[32], const uint8_t a[32], const uint8_t b[32]) {
    crypto_core_ed25519_scalar_add(out, a, b);
}

void scalar_negate(uint8_t out[32], const uint8_t a[32]) {
    crypto_core_ed25519_scalar_negate(out, a);
}

void scalar_challenge(uint8_t out[32], const uint8_t r[32], const uint8_t public_key[32],
                      mote_bytes message) {
    crypto_hash_sha512_state state;
    uint8_t wide[64];
    crypto_hash_sha512_init(&state);
    crypto_hash_sha512_update(&state, r, 32);
    crypto_hash_sha512_update(&state, public_key, 32);
    if (message.size != 0) crypto_hash_sha512_update(&state, message.data, message.size);
    crypto_hash_sha512_final(&state, wide);
    crypto_core_ed25519_scalar_reduce(out, wide);
}
