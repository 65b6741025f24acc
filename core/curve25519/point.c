/* SPDX-License-Identifier: Apache-2.0 */
#include "point.h"

/* The base point, y = 4/5 and x even; checked against that in tests/unit/ed25519_test.c. */
const affine_point affine_point_base = {
    FIELD_CONSTANT(0x2fbc93c6f58c3b85, 0xcf932dc6fb8c0e19, 0x270b4898643d42c2, 0x07cf9d3a33d4ba65),
    FIELD_CONSTANT(0x9d103905d740913e, 0xfd399f05d140beb3, 0xa5c18434688f8a09, 0x44fd2f9298f81267),
    FIELD_CONSTANT(0xabc91205877aaa68, 0x26d9e823ccaac49e, 0x5a1b7dcbdd43598c, 0x6f117b689f0c65a8)};

/* A sum before its coordinates are multiplied out: x = E/G, y = H/F in the paper's letters. */
typedef struct completed {
    field E, F, G, H;
} completed;

static void complete(point *out, const completed *c) {
    field_multiply(&out->X, &c->E, &c->F);
    field_multiply(&out->Y, &c->G, &c->H);
    field_multiply(&out->T, &c->E, &c->H);
    field_multiply(&out->Z, &c->F, &c->G);
}

/* x = u v^3 (u v^7)^((p-5)/8) is a square root of u/v or of -u/v where there is one (RFC 8032 5.1.3). */
static bool square_root_of_ratio(field *x, const field *u, const field *v) {
    field v3, t, plus_u, minus_u;
    field_square(&t, v);
    field_multiply(&v3, &t, v);
    field_square(&t, &v3);
    field_multiply(&t, &t, v);
    field_multiply(&t, &t, u);
    field_power_p58(&t, &t);
    field_multiply(&t, &t, &v3);
    field_multiply(x, &t, u);
    field_square(&t, x);
    field_multiply(&t, &t, v);
    field_sum_difference(&plus_u, &minus_u, &t, u);
    if (field_is_zero(&minus_u)) return true;
    if (!field_is_zero(&plus_u)) return false;
    field_multiply(x, x, &field_sqrt_m1);
    return true;
}

/* x^2 = (y^2 - 1) / (d y^2 + 1) */
bool affine_point_decode(affine_point *out, const uint8_t bytes[32]) {
    field x, y, u, v;
    field_from_bytes(&y, bytes);
    field_square(&v, &y);
    field_subtract(&u, &v, &field_one);
    field_carry(&u);
    field_multiply(&v, &v, &field_d);
    field_add(&v, &v, &field_one);
    field_carry(&v);
    if (!square_root_of_ratio(&x, &u, &v)) return false;
    if (field_is_odd(&x) != (bytes[31] >> 7 != 0)) field_negate(&x, &x);
    field_sum_difference(&out->y_plus_x, &out->y_minus_x, &y, &x);
    field_multiply(&out->xy2d, &x, &y);
    field_multiply(&out->xy2d, &out->xy2d, &field_d2);
    return true;
}

void point_set_identity(point *out) {
    static const point identity = {FIELD_CONSTANT(0, 0, 0, 0), FIELD_CONSTANT(1, 0, 0, 0),
                                   FIELD_CONSTANT(1, 0, 0, 0), FIELD_CONSTANT(0, 0, 0, 0)};
    *out = identity;
}

/* Scaled by 2: X = 2x, Y = 2y, Z = 2, T = 2xy = (2dxy)/d. The negative has x and xy negated. */
void point_from_affine(point *out, const affine_point *a, bool negative) {
    static const field two = FIELD_CONSTANT(2, 0, 0, 0);
    const field *plus = negative ? &a->y_minus_x : &a->y_plus_x;
    const field *minus = negative ? &a->y_plus_x : &a->y_minus_x;
    field_subtract_loose(&out->X, plus, minus);
    field_carry(&out->X);
    field_add(&out->Y, plus, minus);
    field_carry(&out->Y);
    out->Z = two;
    field_multiply(&out->T, &a->xy2d, &field_inverse_d);
    if (negative) field_negate(&out->T, &out->T);
}

void point_to_addend(addend *out, const point *a) {
    field_sum_difference(&out->Y_plus_X, &out->Y_minus_X, &a->Y, &a->X);
    out->Z = a->Z;
    field_multiply(&out->T2d, &a->T, &field_d2);
}

/* A = (Y1-X1)(Y2-X2), B = (Y1+X1)(Y2+X2), C = 2d T1 T2, D = 2 Z1 Z2; subtracting a point swaps its first two
 * coordinates and C's sign. */
static void add_terms(point *out, const point *a, const field *minus, const field *plus,
                      const field *C, const field *D, bool subtracts) {
    completed sum;
    field A, B, left, right;
    field_sum_difference(&right, &left, &a->Y, &a->X);
    field_multiply(&A, &left, minus);
    field_multiply(&B, &right, plus);
    field_sum_difference(&sum.H, &sum.E, &B, &A);
    field_sum_difference(subtracts ? &sum.F : &sum.G, subtracts ? &sum.G : &sum.F, D, C);
    complete(out, &sum);
}

void point_add_affine(point *out, const point *a, const affine_point *b) {
    field C, D;
    field_multiply(&C, &a->T, &b->xy2d);
    field_add(&D, &a->Z, &a->Z);
    add_terms(out, a, &b->y_minus_x, &b->y_plus_x, &C, &D, false);
}

void point_subtract_affine(point *out, const point *a, const affine_point *b) {
    field C, D;
    field_multiply(&C, &a->T, &b->xy2d);
    field_add(&D, &a->Z, &a->Z);
    add_terms(out, a, &b->y_plus_x, &b->y_minus_x, &C, &D, true);
}

static void addend_terms(field *C, field *D, const point *a, const addend *b) {
    field_multiply(C, &a->T, &b->T2d);
    field_multiply(D, &a->Z, &b->Z);
    field_add(D, D, D);
}

void point_add(point *out, const point *a, const addend *b) {
    field C, D;
    addend_terms(&C, &D, a, b);
    add_terms(out, a, &b->Y_minus_X, &b->Y_plus_X, &C, &D, false);
}

void point_subtract(point *out, const point *a, const addend *b) {
    field C, D;
    addend_terms(&C, &D, a, b);
    add_terms(out, a, &b->Y_plus_X, &b->Y_minus_X, &C, &D, true);
}

/* H = X^2 + Y^2, G = Y^2 - X^2, E = (X+Y)^2 - H, F = 2 Z^2 - G (up to the common sign, which cancels). */
static void double_completed(completed *out, const field *X, const field *Y, const field *Z) {
    field XX, YY, ZZ2, sum;
    field_square(&XX, X);
    field_square(&YY, Y);
    field_square(&ZZ2, Z);
    field_add(&ZZ2, &ZZ2, &ZZ2);
    field_add(&sum, X, Y);
    field_square(&sum, &sum);
    field_sum_difference(&out->H, &out->G, &YY, &XX);
    field_subtract_loose(&out->E, &sum, &out->H);
    field_subtract_loose(&out->F, &ZZ2, &out->G);
}

void point_double_times(point *out, const point *a, unsigned times) {
    completed twice;
    double_completed(&twice, &a->X, &a->Y, &a->Z);
    for (unsigned i = 1; i < times; i++) {
        field X, Y, Z; /* T is needed at the end only */
        field_multiply(&X, &twice.E, &twice.F);
        field_multiply(&Y, &twice.G, &twice.H);
        field_multiply(&Z, &twice.F, &twice.G);
        double_completed(&twice, &X, &Y, &Z);
    }
    complete(out, &twice);
}

bool point_is_small_order(const point *a) {
    point eight;
    field difference;
    point_double_times(&eight, a, 3);
    field_subtract(&difference, &eight.Y, &eight.Z);
    return field_is_zero(&eight.X) && field_is_zero(&difference);
}
