/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The field of Curve25519, one interface over two ways to write a number. Private to the module ed25519.
 * Defining MOTE_ED25519_PORTABLE takes the 64-bit one everywhere (so that it is tested natively too).
 */
#ifndef MOTE_ED25519_FIELD_H
#define MOTE_ED25519_FIELD_H

#include "names.h"

#if defined(__SIZEOF_INT128__) && !defined(__wasm__) && !defined(MOTE_ED25519_PORTABLE)
#include "field_5x51.h"
#else
#include "field_10x26.h"
#endif

bool field_is_zero(const field *a);
bool field_equal(const field *a, const field *b);
bool field_is_odd(const field *a); /* of the canonical number: Ed25519's sign */
void field_negate(field *out, const field *a);
/* a^((p - 5) / 8), the heart of a square root (RFC 8032 5.1.3) */
void field_power_p58(field *out, const field *a);

extern const uint8_t field_d[32];  /* -121665 / 121666, the curve's constant */
extern const uint8_t field_d2[32]; /* 2 d */
extern const uint8_t field_inverse_d[32];
extern const uint8_t field_sqrt_m1[32]; /* 2^((p - 1) / 4), a square root of -1 */

#endif
