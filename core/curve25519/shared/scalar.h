/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers modulo the group order l = 2^252 + 27742317777372353535851937790883648493: libsodium's arithmetic behind
 * names of ours. Little-endian, 32 bytes. Of the signature modules (and of what decodes their proofs in headers) only; the
 * only place that sees libsodium.
 */
#ifndef MOTE_CURVE25519_SCALAR_H
#define MOTE_CURVE25519_SCALAR_H

#include "curve_names.h"

#include <stdbool.h>
#include <stdint.h>

bool scalar_is_canonical(const uint8_t scalar[32]); /* < l */
void scalar_negate(uint8_t out[32], const uint8_t a[32]);
void scalar_halve(uint8_t out[32], const uint8_t a[32]);     /* a / 2 modulo l, for a < l */
void scalar_reduce(uint8_t out[32], const uint8_t wide[64]); /* modulo l */

/* A sum of products over the integers, reduced once at the end: room for 2^130 of them. */
typedef struct scalar_sum {
    uint32_t word[16];
} scalar_sum;

/* Adds short_scalar * scalar. */
void scalar_sum_add(scalar_sum *sum, const uint8_t short_scalar[16], const uint8_t scalar[32]);
void scalar_sum_reduce(uint8_t out[32], const scalar_sum *sum);

#endif
