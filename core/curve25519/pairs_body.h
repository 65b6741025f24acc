/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pairs.h over the arithmetic that was included before this file (as lanes_body.h): the same steps in every lane, for a
 * pair each. Digits of four bits, from -8 to 7; the multiples 1 to 8 of each point are looked up by masks.
 *
 * Sizes in brackets are those of lanes_ten_limbs.h; where sums are settled all are 1.
 */
#include <string.h>

#define WINDOW 4u
#define WINDOWS (256u / WINDOW)
#define COORDINATES 4u

/* X, Y, Z, T */
typedef struct lanes_point {
    lanes at[COORDINATES];
} lanes_point;

/* Y - X [3], Y + X [2], 2d T [1], 2 Z [2] */
typedef struct lanes_addend {
    lanes at[COORDINATES];
} lanes_addend;

enum { X, Y, Z, T };
enum { MINUS, PLUS, T2D, Z2 };

/* a + b */
static inline void sum_of(lanes *out, const lanes *a, const lanes *b) {
    for (unsigned i = 0; i < 5; i++) out->limb[i] = a->limb[i] + b->limb[i];
    lanes_settle(out);
}

/* a - b + 2p, b [1] */
static inline void difference_of(lanes *out, const lanes *a, const lanes *b) {
    for (unsigned i = 0; i < 5; i++) out->limb[i] = a->limb[i] + 2 * P_LIMB(i) - b->limb[i];
    lanes_settle(out);
}

/* E [2] = 2 X Y, G [3] = Y^2 - X^2, F [5] = 2 Z^2 - G, H [2] = X^2 + Y^2, as double_completed in point.c. */
static inline void double_point(lanes_point *p, bool needs_T) {
    lanes xx, yy, zz, E, F, G, H;
    lanes_multiply(&E, &p->at[X], &p->at[Y]);
    lanes_square(&xx, &p->at[X]);
    lanes_square(&yy, &p->at[Y]);
    lanes_square(&zz, &p->at[Z]);
    sum_of(&E, &E, &E);
    sum_of(&H, &xx, &yy);
    difference_of(&G, &yy, &xx);
    for (unsigned i = 0; i < 5; i++) F.limb[i] = zz.limb[i] + zz.limb[i] + xx.limb[i];
    difference_of(&F, &F, &yy);
    lanes_multiply(&p->at[X], &F, &E);
    lanes_multiply(&p->at[Y], &G, &H);
    lanes_multiply(&p->at[Z], &F, &G);
    if (needs_T) lanes_multiply(&p->at[T], &E, &H);
}

/* As add_terms in point.c: E [3] = B - A, F [3] = D - C, G [2] = D + C, H [2] = B + A. */
static inline void add_addend(lanes_point *p, const lanes_addend *q) {
    lanes left, right, A, B, C, D, E, F, G, H;
    difference_of(&left, &p->at[Y], &p->at[X]);
    sum_of(&right, &p->at[Y], &p->at[X]);
    lanes_multiply(&A, &left, &q->at[MINUS]);
    lanes_multiply(&B, &right, &q->at[PLUS]);
    lanes_multiply(&C, &p->at[T], &q->at[T2D]);
    lanes_multiply(&D, &p->at[Z], &q->at[Z2]);
    difference_of(&E, &B, &A);
    difference_of(&F, &D, &C);
    sum_of(&G, &D, &C);
    sum_of(&H, &B, &A);
    lanes_multiply(&p->at[X], &F, &E);
    lanes_multiply(&p->at[Y], &G, &H);
    lanes_multiply(&p->at[Z], &F, &G);
    lanes_multiply(&p->at[T], &E, &H);
}

static inline void addend_of(lanes_addend *out, const lanes_point *p) {
    lanes d2;
    for (unsigned i = 0; i < 5; i++) d2.limb[i] = (vec){0} + LANES_SPLIT_51(field_d2.limb[i]);
    difference_of(&out->at[MINUS], &p->at[Y], &p->at[X]);
    sum_of(&out->at[PLUS], &p->at[Y], &p->at[X]);
    lanes_multiply(&out->at[T2D], &p->at[T], &d2);
    sum_of(&out->at[Z2], &p->at[Z], &p->at[Z]);
}

/* --- tables ---------------------------------------------------------------------------------------------------- */

/* Not inlined: what it keeps on the stack is gone when it returns. */
#define LANES_APART __attribute__((noinline))

/* 1, 2, ... PAIR_MULTIPLES times the point */
static LANES_APART void multiples_of(lanes_addend *table, const lanes_point *of) {
    lanes_point p = *of;
    addend_of(&table[0], &p);
    for (unsigned i = 1; i < PAIR_MULTIPLES; i++) {
        add_addend(&p, &table[0]);
        addend_of(&table[i], &p);
    }
}

static inline void look_up_coordinate(lanes *out, const lanes_addend *table, unsigned coordinate,
                                      vec size) {
    const vec none = (vec)(size == 0);
    const uint64_t one = coordinate == T2D ? 0 : coordinate == Z2 ? 2 : 1;
    memset(out, 0, sizeof *out);
    out->limb[0] = none & ((vec){0} + one);
    for (unsigned k = 0; k < PAIR_MULTIPLES; k++) {
        const vec here = (vec)(size == k + 1);
        for (unsigned i = 0; i < 5; i++) out->limb[i] |= table[k].at[coordinate].limb[i] & here;
    }
}

/* digit + 8 times the point, in each lane. */
static inline void look_up(lanes_addend *out, const lanes_addend *table, vec digit) {
    const vec negative = (vec)(digit < (1u << (WINDOW - 1)));
    const vec size = select_where(negative, 8 - digit, digit - 8);
    lanes first, second;
    look_up_coordinate(&first, table, MINUS, size);
    look_up_coordinate(&second, table, PLUS, size);
    look_up_coordinate(&out->at[T2D], table, T2D, size);
    look_up_coordinate(&out->at[Z2], table, Z2, size);
    for (unsigned i = 0; i < 5; i++) {
        const vec t = out->at[T2D].limb[i];
        out->at[MINUS].limb[i] = select_where(negative, second.limb[i], first.limb[i]);
        out->at[PLUS].limb[i] = select_where(negative, first.limb[i], second.limb[i]);
        out->at[T2D].limb[i] = select_where(negative, 2 * P_LIMB(i) - t, t);
    }
}

static LANES_APART void add_multiple(lanes_point *sum, const lanes_addend *table, vec digit) {
    lanes_addend multiple;
    look_up(&multiple, table, digit);
    add_addend(sum, &multiple);
}

static LANES_APART void double_window(lanes_point *p) {
    for (unsigned i = 1; i < WINDOW; i++) double_point(p, false);
    double_point(p, true);
}

/* --- digits ---------------------------------------------------------------------------------------------------- */

/* With 8 added to each: 8 ... 8 added to the scalar, which then is below 2^256. */
typedef struct digits {
    vec word[4];
} digits;

static void add_eights(uint64_t word[4], const uint8_t scalar[32]) {
    uint64_t carry = 0;
    for (unsigned i = 0; i < 8; i++) {
        const uint8_t *bytes = scalar + 4 * i;
        carry += (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 |
                 (uint64_t)bytes[3] << 24;
        carry += UINT32_C(0x88888888);
        const uint64_t low = (uint32_t)carry;
        word[i / 2] = i % 2 == 0 ? low : word[i / 2] | low << 32;
        carry >>= 32;
    }
}

static inline vec digit_of(const digits *all, unsigned i) {
    return all->word[i / 16] >> (WINDOW * (i % 16)) & 15;
}

/* --- to and from memory ----------------------------------------------------------------------------------------- */

/* Lanes without a pair do the first one's work. */
static inline void load_side(lanes_point *points, digits *scalars, const point_pair *pairs,
                             unsigned count, bool second) {
    uint64_t limb[COORDINATES][5][LANES], word[4][LANES];
    point base;
    point_from_affine(&base, &affine_point_base, false);
    for (unsigned j = 0; j < LANES; j++) {
        const point_pair *pair = &pairs[j < count ? j : 0];
        const point *p = !second ? pair->A : pair->B == NULL ? &base : pair->B;
        const field *from[COORDINATES] = {&p->X, &p->Y, &p->Z, &p->T};
        uint64_t own[4];
        add_eights(own, second ? pair->b : pair->a);
        for (unsigned i = 0; i < 4; i++) word[i][j] = own[i];
        for (unsigned c = 0; c < COORDINATES; c++) {
            for (unsigned i = 0; i < 5; i++) limb[c][i][j] = LANES_SPLIT_51(from[c]->limb[i]);
        }
    }
    memcpy(points, limb, sizeof *points);
    memcpy(scalars, word, sizeof *scalars);
}

static LANES_APART void begin_side(lanes_addend *table, digits *scalars, const point_pair *pairs,
                                   unsigned count, bool second) {
    lanes_point points;
    load_side(&points, scalars, pairs, count, second);
    multiples_of(table, &points);
}

static LANES_APART void store_sums(point_pair *pairs, unsigned count, const lanes_point *sum) {
    for (unsigned j = 0; j < count; j++) {
        point *p = pairs[j].sum;
        field *to[COORDINATES] = {&p->X, &p->Y, &p->Z, &p->T};
        for (unsigned c = 0; c < COORDINATES; c++) {
            for (unsigned i = 0; i < 5; i++) {
                to[c]->limb[i] = LANES_JOIN_51(sum->at[c].limb[i][j]);
            }
            field_carry(to[c]);
        }
    }
}

static LANES_APART void identity_in_all(lanes_point *p) {
    memset(p, 0, sizeof *p);
    p->at[Y].limb[0] = p->at[Z].limb[0] = (vec){0} + 1;
}

void LANES_NAME(pairs)(point_pair *pairs, unsigned count, pair_memory *memory) {
    const uintptr_t at = (uintptr_t)memory;
    lanes_addend *first = (lanes_addend *)(at + (64 - at % 64) % 64);
    lanes_addend *second = first + PAIR_MULTIPLES;
    lanes_point sum;
    digits scalars[2];
    begin_side(first, &scalars[0], pairs, count, false);
    begin_side(second, &scalars[1], pairs, count, true);
    identity_in_all(&sum);
    for (unsigned i = WINDOWS; i > 0; i--) {
        if (i < WINDOWS) double_window(&sum);
        add_multiple(&sum, first, digit_of(&scalars[0], i - 1));
        add_multiple(&sum, second, digit_of(&scalars[1], i - 1));
    }
    store_sums(pairs, count, &sum);
}
