/* SPDX-License-Identifier: Apache-2.0 */
/* Letters are those of RFC 9496, section 4. */
#include "ristretto.h"

#include <string.h>

/* 4.1: 1 - d^2, (d - 1)^2, and roots of a d - 1 and of 1 / (a - d) with a = -1. */
static const field one_minus_d_squared =
    FIELD_CONSTANT(0xe27c09c1945fc176, 0x2c81a138cd5e350f, 0x9994abddbe70dfe4, 0x029072a8b2b3e0d7);
static const field d_minus_one_squared =
    FIELD_CONSTANT(0x31ad5aaa44ed4d20, 0xd29e4a2cb01e1999, 0x4cdcd32f529b4eeb, 0x5968b37af66c2241);
static const field sqrt_ad_minus_one =
    FIELD_CONSTANT(0x7e97f6a0497b2e1b, 0xaf9d8e0c1b7854bd, 0x0f3cfcc931f5d1fd, 0x376931bf2b8348ac);
static const field invsqrt_a_minus_d =
    FIELD_CONSTANT(0x99c8fdaa805d40ea, 0x9d2f16175a4172be, 0x16c27b91fe01d840, 0x786c8905cfaffca2);

/* Negative is odd. */
static void make_nonnegative(field *a) {
    if (field_is_odd(a)) field_negate(a, a);
}

static bool is_zero_difference(const field *a, const field *b) {
    field difference;
    field_subtract(&difference, a, b);
    return field_is_zero(&difference);
}

/* u v^7: what the root of u/v takes a power of. */
static void root_argument(field *out, const field *u, const field *v) {
    field t;
    field_square(&t, v);
    field_multiply(&t, &t, v);
    field_square(&t, &t);
    field_multiply(&t, &t, v);
    field_multiply(out, &t, u);
}

/* SQRT_RATIO_M1: the nonnegative root of u/v, or, where that is no square, of sqrt(-1) u/v. `power`: (u v^7)^((p-5)/8). */
static bool sqrt_ratio_by(field *r, const field *u, const field *v, const field *power) {
    field t, check, minus_u, minus_ui;
    field_square(&t, v);
    field_multiply(&t, &t, v);
    field_multiply(&t, &t, u);
    field_multiply(r, &t, power);
    field_square(&t, r);
    field_multiply(&check, &t, v);
    field_negate(&minus_u, u);
    field_multiply(&minus_ui, &minus_u, &field_sqrt_m1);
    const bool is_root = is_zero_difference(&check, u);
    const bool is_minus = !is_root && is_zero_difference(&check, &minus_u);
    if (is_minus || (!is_root && is_zero_difference(&check, &minus_ui))) {
        field_multiply(r, r, &field_sqrt_m1);
    }
    make_nonnegative(r);
    return is_root || is_minus;
}

static void root_power(field *out, const field *u, const field *v) {
    root_argument(out, u, v);
    field_power_p58(out, out);
}

static bool is_canonical_and_nonnegative(const field *s, const uint8_t bytes[32]) {
    uint8_t canonical[32];
    field_to_bytes(canonical, s);
    return memcmp(canonical, bytes, sizeof canonical) == 0 && bytes[0] % 2 == 0;
}

/* 4.3.1 up to where a root is asked for, that of 1 / (v u2^2). */
typedef struct decoding {
    field s, u1, u2, v, v_u2_squared;
} decoding;

static bool begin_decoding(decoding *d, const uint8_t bytes[32]) {
    field ss, u2_squared, t;
    field_from_bytes(&d->s, bytes);
    if (!is_canonical_and_nonnegative(&d->s, bytes)) return false;
    field_square(&ss, &d->s);
    field_subtract(&d->u1, &field_one, &ss);
    field_add(&d->u2, &field_one, &ss);
    field_square(&u2_squared, &d->u2);
    field_square(&t, &d->u1);
    field_multiply(&t, &t, &field_d);
    field_negate(&t, &t);
    field_subtract(&d->v, &t, &u2_squared);
    field_multiply(&d->v_u2_squared, &d->v, &u2_squared);
    return true;
}

/* `power`: as in sqrt_ratio_by. */
static bool finish_decoding(affine_point *out, const decoding *d, const field *power) {
    field inverse, x, y, t;
    if (!sqrt_ratio_by(&inverse, &field_one, &d->v_u2_squared, power)) return false;
    field_multiply(&x, &inverse, &d->u2); /* den_x */
    field_multiply(&y, &inverse, &x);
    field_multiply(&y, &y, &d->v); /* den_y */
    field_multiply(&y, &y, &d->u1);
    field_add(&t, &d->s, &d->s);
    field_multiply(&x, &x, &t);
    make_nonnegative(&x);
    field_multiply(&t, &x, &y);
    if (field_is_odd(&t) || field_is_zero(&y)) return false;
    field_sum_difference(&out->y_plus_x, &out->y_minus_x, &y, &x);
    field_multiply(&out->xy2d, &t, &field_d2);
    return true;
}

bool ristretto_decode(affine_point *out, const uint8_t bytes[32]) {
    decoding d;
    field power;
    if (!begin_decoding(&d, bytes)) return false;
    root_power(&power, &field_one, &d.v_u2_squared);
    return finish_decoding(out, &d, &power);
}

/* Nearly all of the work is in the powers; what is before them is done twice rather than kept. */
void ristretto_decode_block(mote_backend backend, decode_block *block) {
    field power[DECODED_AT_ONCE];
    decoding d;
    for (unsigned i = 0; i < block->count; i++) {
        power[i] = field_one;
        block->ok[i] = begin_decoding(&d, block->bytes[i]);
        if (block->ok[i]) root_argument(&power[i], &field_one, &d.v_u2_squared);
    }
    field_powers_p58(backend, power, block->count);
    for (unsigned i = 0; i < block->count; i++) {
        block->ok[i] = block->ok[i] && begin_decoding(&d, block->bytes[i]) &&
                       finish_decoding(block->out[i], &d, &power[i]);
    }
}

/* 4.3.2 up to where a root is asked for, that of 1 / (u1 u2^2). */
typedef struct encoding {
    field u1, u2, u1_u2_squared;
} encoding;

static void begin_encoding(encoding *e, const point *a) {
    field t;
    field_sum_difference(&t, &e->u1, &a->Z, &a->Y);
    field_multiply(&e->u1, &e->u1, &t);
    field_multiply(&e->u2, &a->X, &a->Y);
    field_square(&t, &e->u2);
    field_multiply(&e->u1_u2_squared, &t, &e->u1);
}

static void finish_encoding(uint8_t bytes[32], const point *a, const encoding *e,
                            const field *power) {
    field t, inverse, den1, den2, z_inverse, x, y;
    (void)sqrt_ratio_by(&inverse, &field_one, &e->u1_u2_squared, power); /* a square, or zero */
    field_multiply(&den1, &inverse, &e->u1);
    field_multiply(&den2, &inverse, &e->u2);
    field_multiply(&z_inverse, &den1, &den2);
    field_multiply(&z_inverse, &z_inverse, &a->T);
    x = a->X;
    y = a->Y;
    field_multiply(&t, &a->T, &z_inverse);
    if (field_is_odd(&t)) { /* rotated by a point of order 4 */
        field_multiply(&x, &a->Y, &field_sqrt_m1);
        field_multiply(&y, &a->X, &field_sqrt_m1);
        field_multiply(&den2, &den1, &invsqrt_a_minus_d);
    }
    field_multiply(&t, &x, &z_inverse);
    if (field_is_odd(&t)) field_negate(&y, &y);
    field_subtract(&t, &a->Z, &y);
    field_multiply(&t, &t, &den2);
    make_nonnegative(&t);
    field_to_bytes(bytes, &t);
}

void ristretto_encode(uint8_t bytes[32], const point *a) {
    encoding e;
    field power;
    begin_encoding(&e, a);
    root_power(&power, &field_one, &e.u1_u2_squared);
    finish_encoding(bytes, a, &e, &power);
}

void ristretto_encode_block(mote_backend backend, uint8_t (*bytes)[32], const point *all,
                            unsigned count) {
    field power[DECODED_AT_ONCE];
    encoding e;
    for (unsigned i = 0; i < count; i++) {
        begin_encoding(&e, &all[i]);
        root_argument(&power[i], &field_one, &e.u1_u2_squared);
    }
    field_powers_p58(backend, power, count);
    for (unsigned i = 0; i < count; i++) {
        begin_encoding(&e, &all[i]);
        finish_encoding(bytes[i], &all[i], &e, &power[i]);
    }
}

/* 2 (X : Y : Z : T) has x = e/f and y = g/h. */
static void begin_doubled(ristretto_doubled *d, const field *running) {
    const point *a = &d->half;
    field zz, dtt, fh;
    field_multiply(&d->e, &a->X, &a->Y);
    field_add(&d->e, &d->e, &d->e);
    field_carry(&d->e);
    field_square(&d->g, &a->X);
    field_square(&zz, &a->Y);
    field_add(&d->g, &d->g, &zz);
    field_carry(&d->g);
    field_square(&zz, &a->Z);
    field_square(&dtt, &a->T);
    field_multiply(&dtt, &dtt, &field_d);
    field_sum_difference(&d->f, &d->h, &zz, &dtt);
    field_multiply(&d->product, &d->e, &d->g);
    field_multiply(&fh, &d->f, &d->h);
    field_multiply(&d->product, &d->product, &fh);
    d->before = *running;
}

/* Section 4.3.2 with what a double knows: the root there is of a square whose root is at hand, so that dividing
 * remains. `inverse` is 1 / (e f g h). */
static void finish_doubled(ristretto_doubled *d, const field *inverse) {
    field eg, z_inverse, t_inverse, t, e = d->e, g = d->g, h = d->h;
    const field *factor = &invsqrt_a_minus_d;
    field_multiply(&eg, &d->e, &d->g);
    field_multiply(&z_inverse, &eg, inverse);
    field_multiply(&t, &d->f, &d->h);
    field_multiply(&t_inverse, &t, inverse);
    field_multiply(&t, &eg, &z_inverse); /* x y of the double */
    if (field_is_odd(&t)) {              /* rotated by a point of order 4 */
        e = d->g;
        field_negate(&g, &d->e);
        field_multiply(&h, &d->f, &field_sqrt_m1);
        factor = &field_sqrt_m1;
    }
    field_multiply(&t, &h, &e);
    field_multiply(&t, &t, &z_inverse);
    if (field_is_odd(&t)) field_negate(&g, &g);
    field_multiply(&t, &g, &t_inverse);
    field_multiply(&t, &t, factor);
    field_subtract(&h, &h, &g);
    field_multiply(&t, &t, &h);
    make_nonnegative(&t);
    field_to_bytes(d->bytes, &t);
}

/* Products of all before each, one inversion, and back (Montgomery 1987). Where e g is 0 the double is of order 1, 2 or
 * 4: the identity. (f and h never are: the formulas are complete.) */
void ristretto_encode_doubled(ristretto_doubled *all, size_t count) {
    field running = field_one, inverse, own;
    for (size_t i = 0; i < count; i++) {
        begin_doubled(&all[i], &running);
        if (!field_is_zero(&all[i].product)) {
            field_multiply(&running, &running, &all[i].product);
        }
    }
    field_invert(&inverse, &running);
    for (size_t i = count; i > 0; i--) {
        ristretto_doubled *d = &all[i - 1];
        memset(d->bytes, 0, sizeof d->bytes);
        if (field_is_zero(&d->product)) continue;
        field_multiply(&own, &inverse, &d->before);
        field_multiply(&inverse, &inverse, &d->product);
        finish_doubled(d, &own);
    }
}

/* MAP: Elligator 2 onto the Jacobi quartic, then to the Edwards curve; up to where a root is asked for, that of u/v. */
typedef struct mapping {
    field t, r, u, v;
} mapping;

static void begin_mapping(mapping *m, const uint8_t bytes[32]) {
    field c;
    field_from_bytes(&m->t, bytes);
    field_square(&m->r, &m->t);
    field_multiply(&m->r, &m->r, &field_sqrt_m1);
    field_add(&m->u, &m->r, &field_one);
    field_multiply(&m->u, &m->u, &one_minus_d_squared);
    field_multiply(&m->v, &m->r, &field_d);
    field_add(&m->v, &m->v, &field_one);
    field_carry(&m->v);
    field_negate(&m->v, &m->v); /* -1 - r d */
    field_add(&c, &m->r, &field_d);
    field_multiply(&m->v, &m->v, &c);
}

static void finish_mapping(point *out, const mapping *m, const field *power) {
    field s, c, N, w0, w1, w2, w3, ss;
    if (sqrt_ratio_by(&s, &m->u, &m->v, power)) {
        field_negate(&c, &field_one);
    } else {
        field_multiply(&s, &s, &m->t);
        make_nonnegative(&s);
        field_negate(&s, &s);
        c = m->r;
    }
    field_subtract(&N, &m->r, &field_one);
    field_multiply(&N, &N, &c);
    field_multiply(&N, &N, &d_minus_one_squared);
    field_subtract(&N, &N, &m->v);
    field_multiply(&w0, &s, &m->v);
    field_add(&w0, &w0, &w0);
    field_multiply(&w1, &N, &sqrt_ad_minus_one);
    field_square(&ss, &s);
    field_subtract(&w2, &field_one, &ss);
    field_add(&w3, &field_one, &ss);
    field_multiply(&out->X, &w0, &w3);
    field_multiply(&out->Y, &w2, &w1);
    field_multiply(&out->Z, &w1, &w3);
    field_multiply(&out->T, &w0, &w2);
}

static void add_mapped(point *out, const point *first, const point *second) {
    addend to_add;
    point_to_addend(&to_add, second);
    point_add(out, first, &to_add);
}

void ristretto_from_uniform(point *out, const uint8_t bytes[64]) {
    ristretto_from_uniform_block(MOTE_BACKEND_PORTABLE, out, bytes, 1);
}

void ristretto_from_uniform_block(mote_backend backend, point *out, const uint8_t *bytes,
                                  unsigned count) {
    field power[DECODED_AT_ONCE];
    mapping m;
    point half[2];
    for (unsigned i = 0; i < 2 * count; i++) {
        begin_mapping(&m, bytes + 32 * i);
        root_argument(&power[i], &m.u, &m.v);
    }
    field_powers_p58(backend, power, 2 * count);
    for (unsigned i = 0; i < 2 * count; i++) {
        begin_mapping(&m, bytes + 32 * i);
        finish_mapping(&half[i % 2], &m, &power[i]);
        if (i % 2 == 1) add_mapped(&out[i / 2], &half[0], &half[1]);
    }
}

/* Those of order 1, 2 and 4 are (0, 1), (0, -1) and (+-sqrt(-1), 0). */
bool ristretto_is_zero(const point *a) {
    return field_is_zero(&a->X) || field_is_zero(&a->Y);
}
