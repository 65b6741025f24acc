/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Points of the twisted Edwards curve -x^2 + y^2 = 1 + d x^2 y^2 (Hisil, Wong, Carter, Dawson 2008: complete formulas in
 * extended coordinates, so there are no special cases to forget). Of the signature modules only.
 */
#ifndef MOTE_CURVE25519_POINT_H
#define MOTE_CURVE25519_POINT_H

#include "curve_names.h"

#include "field.h"
#include "mote/backend.h"

/* x = X/Z, y = Y/Z, X Y = Z T; all of size 1. */
typedef struct point {
    field X, Y, Z, T;
} point;

/* A point with Z = 1, ready to be added: y + x, y - x, 2 d x y, of sizes up to 2, 3, 1. */
typedef struct affine_point {
    field y_plus_x, y_minus_x, xy2d;
} affine_point;

/* Any point, ready to be added: sizes up to 2, 3, 1, 1. */
typedef struct addend {
    field Y_plus_X, Y_minus_X, Z, T2d;
} addend;

/* ZIP-215: y may be p or more, x may be 0 with the sign bit set, the order may be small. False: no such point. */
bool affine_point_decode(affine_point *out, const uint8_t bytes[32]);
extern const affine_point affine_point_base; /* B */

/* Several at once, by the instructions of a back end: bytes and out are the caller's, ok[i] says what decoding
 * bytes[i] alone says. */
#define DECODED_AT_ONCE 16u
typedef struct decode_block {
    const uint8_t *bytes[DECODED_AT_ONCE];
    affine_point *out[DECODED_AT_ONCE];
    bool ok[DECODED_AT_ONCE];
    unsigned count;
} decode_block;
void affine_points_decode(mote_backend backend, decode_block *block);
/* field_power_p58 of each, of DECODED_AT_ONCE at most. */
void field_powers_p58(mote_backend backend, field *all, unsigned count);

void point_set_identity(point *out);
void point_from_affine(point *out, const affine_point *a, bool negative); /* a or -a */
void point_to_addend(addend *out, const point *a);
void point_add(point *out, const point *a, const addend *b);
void point_subtract(point *out, const point *a, const addend *b);
void point_add_affine(point *out, const point *a, const affine_point *b);
void point_subtract_affine(point *out, const point *a, const affine_point *b);
void point_double_times(point *out, const point *a, unsigned times); /* times >= 1 */
/* Is 8 times the point the identity? The cofactored equation's question. */
bool point_is_small_order(const point *a);

#endif
