/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers of IEEE 754's binary64 in integers, rounded to nearest, ties to even: what an f64 of a node's processor is,
 * to the last bit, on machines and in browsers that need not have one. Only what a threshold needs: finite numbers far
 * from overflow and underflow (exponents are kept in 32 bits; callers stay within 2^-1000 .. 2^1000). Private to the
 * module babe.
 */
#ifndef MOTE_BABE_BINARY64_H
#define MOTE_BABE_BINARY64_H

#include <stdbool.h>
#include <stdint.h>

/* significand * 2^exponent, the significand zero or from 2^52 to below 2^53. */
typedef struct binary64 {
    uint64_t significand;
    int32_t exponent;
    bool negative;
} binary64;

binary64 mote_babe_b64_of_bits(uint64_t bits); /* a normal number, or zero */
uint64_t mote_babe_b64_bits(binary64 a);       /* of such a one */
binary64 mote_babe_b64_of_u64(uint64_t value);
binary64 mote_babe_b64_of_int(int32_t value);

binary64 mote_babe_b64_negate(binary64 a);
binary64 mote_babe_b64_add(binary64 a, binary64 b);
binary64 mote_babe_b64_subtract(binary64 a, binary64 b);
binary64 mote_babe_b64_multiply(binary64 a, binary64 b);
/* a * b + c, rounded once. */
binary64 mote_babe_b64_fma(binary64 a, binary64 b, binary64 c);
/* b is not zero. */
binary64 mote_babe_b64_divide(binary64 a, binary64 b);

/* x to the power of y for 0 < x <= 1 and 2^-64 <= y <= 1, as glibc computes it (power.c). */
binary64 mote_babe_b64_power(binary64 x, binary64 y);

#endif
