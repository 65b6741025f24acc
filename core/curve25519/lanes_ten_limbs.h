/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers modulo 2^255 - 19 where the largest product has 32 x 32 -> 64 bits: ten limbs of 26 and 25 bits in turn, an
 * even one and the odd one after it in the two halves of a 64-bit lane. Sums and differences are of both at once, as no
 * half ever falls below zero or reaches 2^32; for a product the limbs are taken out.
 *
 * Sizes as in field.h: of factors they multiply to at most 30, as in field_10x26.c, and the second's is at most 3, so
 * that 19 times an even limb of it, 57 * (2^26 + 2^17), fits 32 bits.
 *
 * Defined before: vec; part, as much of it as the machine multiplies at once, part_at and set_part; half, a part's limbs
 * of one parity, even_limb and odd_limb, which take them out; product, add_product, times_small.
 */
#ifndef MOTE_CURVE25519_LANES_TEN_LIMBS_H
#define MOTE_CURVE25519_LANES_TEN_LIMBS_H

typedef struct lanes {
    vec limb[5];
} lanes;

#define MASK_26 ((UINT64_C(1) << 26) - 1)
#define MASK_25 ((UINT64_C(1) << 25) - 1)

/* The two limbs as one of 51 bits, and back. */
#define LANES_JOIN_51(limb) (((limb)&UINT32_MAX) + ((limb) >> 32 << 26))
#define LANES_SPLIT_51(limb51) (((limb51)&MASK_26) | (limb51) >> 26 << 32)
/* The same in all lanes; a mask of lanes as one of limbs. */
#define LANES_SPLAT_51(limb51) ((vec){0} + LANES_SPLIT_51(limb51))
#define LANES_MASK(mask) (mask)

static inline vec select_where(vec mask, vec yes, vec no) {
    return (yes & mask) | (no & ~mask);
}

/* Sums and differences are factors as they are. */
static inline void lanes_settle(lanes *a) {
    (void)a;
}

/* Two chains of carries that do not wait for each other, then the ends meet. */
static inline void carry_columns(part out[5], part r[10]) {
    r[1] += r[0] >> 26, r[0] &= MASK_26;
    r[5] += r[4] >> 26, r[4] &= MASK_26;
    r[2] += r[1] >> 25, r[1] &= MASK_25;
    r[6] += r[5] >> 25, r[5] &= MASK_25;
    r[3] += r[2] >> 26, r[2] &= MASK_26;
    r[7] += r[6] >> 26, r[6] &= MASK_26;
    r[4] += r[3] >> 25, r[3] &= MASK_25;
    r[8] += r[7] >> 25, r[7] &= MASK_25;
    r[5] += r[4] >> 26, r[4] &= MASK_26;
    r[9] += r[8] >> 26, r[8] &= MASK_26;
    const part over = r[9] >> 25;
    r[9] &= MASK_25;
    r[0] += over + (over << 1) + (over << 4);
    r[1] += r[0] >> 26, r[0] &= MASK_26;
    for (unsigned i = 0; i < 5; i++) out[i] = r[2 * i] | r[2 * i + 1] << 32;
}

/* r += a b */
#define ADD(r, a, b) ((r) = add_product(r, a, b))

/* r += a limb times the ten limbs of b, from limb 0 of r on. */
#define ADD_ROW(a, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9)                                         \
    do {                                                                                           \
        const half even_ = (a);                                                                    \
        ADD(r[0], even_, b0), ADD(r[1], even_, b1), ADD(r[2], even_, b2), ADD(r[3], even_, b3);    \
        ADD(r[4], even_, b4), ADD(r[5], even_, b5), ADD(r[6], even_, b6), ADD(r[7], even_, b7);    \
        ADD(r[8], even_, b8), ADD(r[9], even_, b9);                                                \
    } while (0)

/* A row of odd limbs: where both are odd the product counts twice. */
#define ADD_ODD_ROW(a, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9)                                     \
    do {                                                                                           \
        const half odd_ = (a), twice_ = odd_ + odd_;                                               \
        ADD(r[0], twice_, b0), ADD(r[1], odd_, b1), ADD(r[2], twice_, b2), ADD(r[3], odd_, b3);    \
        ADD(r[4], twice_, b4), ADD(r[5], odd_, b5), ADD(r[6], twice_, b6), ADD(r[7], odd_, b7);    \
        ADD(r[8], twice_, b8), ADD(r[9], odd_, b9);                                                \
    } while (0)

static inline void multiply_part(part out[5], const part a[5], const part b[5]) {
    part r[10] = {{0}};
    const half b0 = even_limb(b[0]), b1 = odd_limb(b[0]);
    const half b2 = even_limb(b[1]), b3 = odd_limb(b[1]);
    const half b4 = even_limb(b[2]), b5 = odd_limb(b[2]);
    const half b6 = even_limb(b[3]), b7 = odd_limb(b[3]);
    const half b8 = even_limb(b[4]), b9 = odd_limb(b[4]);
    const half c1 = times_small(b1, 19), c2 = times_small(b2, 19), c3 = times_small(b3, 19);
    const half c4 = times_small(b4, 19), c5 = times_small(b5, 19), c6 = times_small(b6, 19);
    const half c7 = times_small(b7, 19), c8 = times_small(b8, 19), c9 = times_small(b9, 19);
    ADD_ROW(even_limb(a[0]), b0, b1, b2, b3, b4, b5, b6, b7, b8, b9);
    ADD_ODD_ROW(odd_limb(a[0]), c9, b0, b1, b2, b3, b4, b5, b6, b7, b8);
    ADD_ROW(even_limb(a[1]), c8, c9, b0, b1, b2, b3, b4, b5, b6, b7);
    ADD_ODD_ROW(odd_limb(a[1]), c7, c8, c9, b0, b1, b2, b3, b4, b5, b6);
    ADD_ROW(even_limb(a[2]), c6, c7, c8, c9, b0, b1, b2, b3, b4, b5);
    ADD_ODD_ROW(odd_limb(a[2]), c5, c6, c7, c8, c9, b0, b1, b2, b3, b4);
    ADD_ROW(even_limb(a[3]), c4, c5, c6, c7, c8, c9, b0, b1, b2, b3);
    ADD_ODD_ROW(odd_limb(a[3]), c3, c4, c5, c6, c7, c8, c9, b0, b1, b2);
    ADD_ROW(even_limb(a[4]), c2, c3, c4, c5, c6, c7, c8, c9, b0, b1);
    ADD_ODD_ROW(odd_limb(a[4]), c1, c2, c3, c4, c5, c6, c7, c8, c9, b0);
    carry_columns(out, r);
}

/* Factors of size 3 at most: 38 times an odd limb then fits 32 bits, as 19 times an even one. */
static inline void square_part(part out[5], const part a[5]) {
    const half a0 = even_limb(a[0]), a1 = odd_limb(a[0]);
    const half a2 = even_limb(a[1]), a3 = odd_limb(a[1]);
    const half a4 = even_limb(a[2]), a5 = odd_limb(a[2]);
    const half a6 = even_limb(a[3]), a7 = odd_limb(a[3]);
    const half a8 = even_limb(a[4]), a9 = odd_limb(a[4]);
    const half d0 = a0 + a0, d1 = a1 + a1, d2 = a2 + a2, d3 = a3 + a3, d4 = a4 + a4;
    const half d5 = a5 + a5, d6 = a6 + a6, d7 = a7 + a7;
    const half c6 = times_small(a6, 19), c8 = times_small(a8, 19);
    const half e5 = times_small(a5, 38), e7 = times_small(a7, 38);
    const half e9 = times_small(a9, 38);
    part r[10];
    r[0] = product(a0, a0);
    ADD(r[0], e9, d1), ADD(r[0], c8, d2), ADD(r[0], e7, d3), ADD(r[0], c6, d4), ADD(r[0], e5, a5);
    r[1] = product(d0, a1);
    ADD(r[1], e9, a2), ADD(r[1], c8, d3), ADD(r[1], e7, a4), ADD(r[1], c6, d5);
    r[2] = product(d0, a2);
    ADD(r[2], d1, a1), ADD(r[2], e9, d3), ADD(r[2], c8, d4), ADD(r[2], e7, d5), ADD(r[2], c6, a6);
    r[3] = product(d0, a3);
    ADD(r[3], d1, a2), ADD(r[3], e9, a4), ADD(r[3], c8, d5), ADD(r[3], e7, a6);
    r[4] = product(d0, a4);
    ADD(r[4], d1, d3), ADD(r[4], a2, a2), ADD(r[4], e9, d5), ADD(r[4], c8, d6), ADD(r[4], e7, a7);
    r[5] = product(d0, a5);
    ADD(r[5], d1, a4), ADD(r[5], d2, a3), ADD(r[5], e9, a6), ADD(r[5], c8, d7);
    r[6] = product(d0, a6);
    ADD(r[6], d1, d5), ADD(r[6], d2, a4), ADD(r[6], d3, a3), ADD(r[6], e9, d7), ADD(r[6], c8, a8);
    r[7] = product(d0, a7);
    ADD(r[7], d1, a6), ADD(r[7], d2, a5), ADD(r[7], d3, a4), ADD(r[7], e9, a8);
    r[8] = product(d0, a8);
    ADD(r[8], d1, d7), ADD(r[8], d2, a6), ADD(r[8], d3, d5), ADD(r[8], a4, a4), ADD(r[8], e9, a9);
    r[9] = product(d0, a9);
    ADD(r[9], d1, a8), ADD(r[9], d2, a7), ADD(r[9], d3, a6), ADD(r[9], d4, a5);
    carry_columns(out, r);
}

/* --- all lanes --- */

static inline void take_part(part out[5], const lanes *a, unsigned i) {
    for (unsigned k = 0; k < 5; k++) out[k] = part_at(&a->limb[k], i);
}

static inline void put_part(lanes *out, unsigned i, const part a[5]) {
    for (unsigned k = 0; k < 5; k++) set_part(&out->limb[k], i, a[k]);
}

static inline void lanes_multiply(lanes *out, const lanes *a, const lanes *b) {
    for (unsigned i = 0; i < sizeof(vec) / sizeof(part); i++) {
        part left[5], right[5];
        take_part(left, a, i);
        take_part(right, b, i);
        multiply_part(left, left, right);
        put_part(out, i, left);
    }
}

static inline void lanes_square(lanes *out, const lanes *a) {
    for (unsigned i = 0; i < sizeof(vec) / sizeof(part); i++) {
        part t[5];
        take_part(t, a, i);
        square_part(t, t);
        put_part(out, i, t);
    }
}

#endif
