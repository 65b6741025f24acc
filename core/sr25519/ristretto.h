/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The group ristretto255 (RFC 9496): points of Curve25519's Edwards form, those taken for equal that differ by one of
 * the four of order 1, 2 or 4. Variable time. Private to the module sr25519.
 */
#ifndef MOTE_SR25519_RISTRETTO_H
#define MOTE_SR25519_RISTRETTO_H

#include "names.h"

#include <stddef.h>

#include "point.h"

/* Section 4.3.1: canonical encodings only; the identity (32 zero bytes) is one. */
bool ristretto_decode(affine_point *out, const uint8_t bytes[32]);
void ristretto_decode_block(mote_backend backend, decode_block *block); /* each as alone */
void ristretto_encode(uint8_t bytes[32], const point *a);               /* 4.3.2 */
/* Of DECODED_AT_ONCE at most. */
void ristretto_encode_block(mote_backend backend, uint8_t (*bytes)[32], const point *all,
                            unsigned count);

/* Encodings of 2 a for many points a: one inversion for all of them instead of a root for each. */
typedef struct ristretto_doubled {
    point half; /* a, to be filled in */
    field e, f, g, h, product, before;
    uint8_t bytes[32]; /* the result */
} ristretto_doubled;
void ristretto_encode_doubled(ristretto_doubled *all, size_t count);

void ristretto_from_uniform(point *out, const uint8_t bytes[64]); /* 4.3.4 */
/* Of DECODED_AT_ONCE / 2 at most, 64 bytes each one behind the other. */
void ristretto_from_uniform_block(mote_backend backend, point *out, const uint8_t *bytes,
                                  unsigned count);
/* Is it the identity of the group? For sums and differences of what the functions above give. */
bool ristretto_is_zero(const point *a);

#endif
