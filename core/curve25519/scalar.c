/* SPDX-License-Identifier: Apache-2.0 */
#include "scalar.h"

#include <sodium/crypto_core_ed25519.h>

static const uint8_t order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                                  0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                                  0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

bool scalar_is_canonical(const uint8_t scalar[32]) {
    for (unsigned i = 32; i > 0; i--) {
        if (scalar[i - 1] != order[i - 1]) return scalar[i - 1] < order[i - 1];
    }
    return false;
}

void scalar_negate(uint8_t out[32], const uint8_t a[32]) {
    crypto_core_ed25519_scalar_negate(out, a);
}

/* a or a + l, whichever is even, shifted by a bit. */
void scalar_halve(uint8_t out[32], const uint8_t a[32]) {
    const bool odd = (a[0] & 1) != 0;
    unsigned sum[33] = {0}, carry = 0;
    for (unsigned i = 0; i < 32; i++) {
        carry += a[i] + (odd ? order[i] : 0u);
        sum[i] = carry & 0xff;
        carry >>= 8;
    }
    for (unsigned i = 0; i < 32; i++) out[i] = (uint8_t)(sum[i] >> 1 | sum[i + 1] << 7);
}

void scalar_reduce(uint8_t out[32], const uint8_t wide[64]) {
    crypto_core_ed25519_scalar_reduce(out, wide);
}

static uint32_t load_u32(const uint8_t *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

void scalar_sum_add(scalar_sum *sum, const uint8_t short_scalar[16], const uint8_t scalar[32]) {
    uint32_t factor[8];
    for (unsigned j = 0; j < 8; j++) factor[j] = load_u32(scalar + 4 * j);
    for (unsigned i = 0; i < 4; i++) {
        const uint64_t a = load_u32(short_scalar + 4 * i);
        uint64_t carry = 0;
        for (unsigned j = 0; j < 8; j++) {
            carry += a * factor[j] + sum->word[i + j]; /* below 2^64: (2^32 - 1)^2 + 2 (2^32 - 1) */
            sum->word[i + j] = (uint32_t)carry;
            carry >>= 32;
        }
        for (unsigned j = i + 8; j < 16 && carry != 0; j++) {
            carry += sum->word[j];
            sum->word[j] = (uint32_t)carry;
            carry >>= 32;
        }
    }
}

void scalar_sum_reduce(uint8_t out[32], const scalar_sum *sum) {
    uint8_t wide[64];
    for (unsigned i = 0; i < 64; i++) wide[i] = (uint8_t)(sum->word[i / 4] >> (8 * (i % 4)));
    scalar_reduce(out, wide);
}
