/* SPDX-License-Identifier: Apache-2.0 */
#include "point.h"

/* The base point: y = 4/5, x even. */
static const uint8_t base_x[32] = {0x1a, 0xd5, 0x25, 0x8f, 0x60, 0x2d, 0x56, 0xc9, 0xb2, 0xa7, 0x25,
                                   0x95, 0x60, 0xc7, 0x2c, 0x69, 0x5c, 0xdc, 0xd6, 0xfd, 0x31, 0xe2,
                                   0xa4, 0xc0, 0xfe, 0x53, 0x6e, 0xcd, 0xd3, 0x36, 0x69, 0x21};
static const uint8_t base_y[32] = {0x58, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
                                   0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
                                   0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66};

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

static void affine_from_coordinates(affine_point *out, const field *x, const field *y) {
    field d2;
    field_from_bytes(&d2, field_d2);
    field_add(&out->y_plus_x, y, x);
    field_subtract(&out->y_minus_x, y, x);
    field_multiply(&out->xy2d, x, y);
    field_multiply(&out->xy2d, &out->xy2d, &d2);
}

void affine_point_base(affine_point *out) {
    field x, y;
    field_from_bytes(&x, base_x);
    field_from_bytes(&y, base_y);
    affine_from_coordinates(out, &x, &y);
}

/* x = u v^3 (u v^7)^((p-5)/8) is a square root of u/v or of -u/v where there is one (RFC 8032 5.1.3). */
static bool square_root_of_ratio(field *x, const field *u, const field *v) {
    field v3, t, check, minus_u, root;
    field_square(&t, v);
    field_multiply(&v3, &t, v);
    field_square(&t, &v3);
    field_multiply(&t, &t, v);
    field_multiply(&t, &t, u);
    field_power_p58(&t, &t);
    field_multiply(&t, &t, &v3);
    field_multiply(x, &t, u);
    field_square(&check, x);
    field_multiply(&check, &check, v);
    if (field_equal(&check, u)) return true;
    field_negate(&minus_u, u);
    if (!field_equal(&check, &minus_u)) return false;
    field_from_bytes(&root, field_sqrt_m1);
    field_multiply(x, x, &root);
    return true;
}

bool affine_point_decode(affine_point *out, const uint8_t bytes[32]) {
    field x, y, u, v, d, one;
    field_set(&one, 1);
    field_from_bytes(&d, field_d);
    field_from_bytes(&y, bytes);
    field_square(&v, &y);
    field_subtract(&u, &v, &one);
    field_multiply(&v, &v, &d);
    field_add(&v, &v, &one);
    /* One multiplication by 1 makes u tight, as negation asks. */
    field_multiply(&u, &u, &one);
    if (!square_root_of_ratio(&x, &u, &v)) return false;
    if (field_is_odd(&x) != (bytes[31] >> 7 != 0)) {
        field_negate(&x, &x);
        field_multiply(&x, &x, &one);
    }
    affine_from_coordinates(out, &x, &y);
    return true;
}

void point_set_identity(point *out) {
    field_set(&out->X, 0);
    field_set(&out->Y, 1);
    field_set(&out->Z, 1);
    field_set(&out->T, 0);
}

/* Scaled by 2: X = 2x, Y = 2y, Z = 2, T = 2xy = (2dxy)/d. */
void point_from_affine(point *out, const affine_point *a) {
    field one, inverse_d;
    field_set(&one, 1);
    field_from_bytes(&inverse_d, field_inverse_d);
    field_subtract_loose(&out->X, &a->y_plus_x, &a->y_minus_x);
    field_multiply(&out->X, &out->X, &one);
    field_add(&out->Y, &a->y_plus_x, &a->y_minus_x);
    field_multiply(&out->Y, &out->Y, &one);
    field_set(&out->Z, 2);
    field_multiply(&out->T, &a->xy2d, &inverse_d);
}

void point_to_addend(addend *out, const point *a) {
    field d2;
    field_from_bytes(&d2, field_d2);
    field_add(&out->Y_plus_X, &a->Y, &a->X);
    field_subtract(&out->Y_minus_X, &a->Y, &a->X);
    out->Z = a->Z;
    field_multiply(&out->T2d, &a->T, &d2);
}

/* A = (Y1-X1)(Y2-X2), B = (Y1+X1)(Y2+X2), C = 2d T1 T2, D = 2 Z1 Z2; subtracting a point swaps its first two
 * coordinates and C's sign. */
static void add_terms(point *out, const point *a, const field *minus, const field *plus,
                      const field *C, const field *D, bool subtracts) {
    completed sum;
    field A, B, left, right;
    field_subtract(&left, &a->Y, &a->X);
    field_add(&right, &a->Y, &a->X);
    field_multiply(&A, &left, minus);
    field_multiply(&B, &right, plus);
    field_subtract(&sum.E, &B, &A);
    field_add(&sum.H, &B, &A);
    field_add(subtracts ? &sum.F : &sum.G, D, C);
    field_subtract(subtracts ? &sum.G : &sum.F, D, C);
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
    field_add(&out->H, &YY, &XX);
    field_subtract(&out->G, &YY, &XX);
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
    point_double_times(&eight, a, 3);
    return field_is_zero(&eight.X) && field_equal(&eight.Y, &eight.Z);
}
