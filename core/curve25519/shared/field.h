/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The field of Curve25519, one interface over two ways to write a number. Of the signature modules only.
 * Defining MOTE_CURVE25519_PORTABLE takes the one for 64-bit products everywhere (so that it is tested natively too).
 *
 * Sums and differences are not carried. A number has size n where its limbs are below n times those of a number of size
 * 1, which is what products, squares, decoded bytes and carried numbers are:
 *     field_multiply, field_square    sizes of the factors multiply to at most 30; gives size 1
 *     field_add                       adds sizes
 *     field_subtract                  b of size 1; gives size(a) + 2
 *     field_subtract_loose            b of size 3 at most; gives size(a) + 4
 *     field_carry, field_to_bytes     any size up to 8
 */
#ifndef MOTE_CURVE25519_FIELD_H
#define MOTE_CURVE25519_FIELD_H

#include "curve_names.h"

#if defined(__SIZEOF_INT128__) && !defined(__wasm__) && !defined(MOTE_CURVE25519_PORTABLE)
#include "field_5x51.h"
#else
#include "field_10x26.h"
#endif

/* Size of the difference as field_subtract's. */
static inline void field_sum_difference(field *sum, field *difference, const field *a,
                                        const field *b) {
    field_add(sum, a, b);
    field_subtract(difference, a, b);
}

bool field_is_zero(const field *a);
bool field_is_odd(const field *a);             /* of the canonical number: Ed25519's sign */
void field_negate(field *out, const field *a); /* a of size 1; gives size 1 */
void field_power_p58(field *out,
                     const field *a); /* a^((p - 5) / 8): a square root's (RFC 8032 5.1.3) */
void field_invert(field *out, const field *a); /* 1 / a; of 0 it is 0 */

extern const field field_one;
extern const field field_d;         /* -121665 / 121666, the curve's constant */
extern const field field_d2;        /* 2 d */
extern const field field_inverse_d; /* 1 / d */
extern const field field_sqrt_m1;   /* 2^((p - 1) / 4), a square root of -1 */

#endif
