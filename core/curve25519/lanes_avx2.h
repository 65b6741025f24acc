/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Four numbers modulo 2^255 - 19 by AVX2, whose largest product is 32 x 32 -> 64 bits: ten limbs of 26 and 25 bits in
 * turn, an even one and the odd one after it in the two halves of a 64-bit lane. Sums and differences are of both at
 * once, as no half ever falls below zero or reaches 2^32; a product looks at the lower half alone.
 *
 * Sizes as in field.h: of factors they multiply to at most 30, as in field_10x26.c, and the second's is at most 3, so
 * that 19 times an even limb of it, 57 * (2^26 + 2^17), fits 32 bits.
 */
#ifndef MOTE_CURVE25519_LANES_ARITHMETIC
#define MOTE_CURVE25519_LANES_ARITHMETIC

#include <immintrin.h>
#include <stdint.h>

#define LANES 4
#define LANES_NAME(name) mote_curve25519_avx2_##name
#define DECODED_VECTORS 1

typedef uint64_t vec __attribute__((vector_size(8 * LANES)));

typedef struct lanes {
    vec limb[5];
} lanes;

static inline vec select_where(vec mask, vec yes, vec no) {
    return (yes & mask) | (no & ~mask);
}

#define MASK_26 ((UINT64_C(1) << 26) - 1)
#define MASK_25 ((UINT64_C(1) << 25) - 1)

/* The two limbs as one of 51 bits, and back. */
#define LANES_JOIN_51(limb) (((limb)&UINT32_MAX) + ((limb) >> 32 << 26))
#define LANES_SPLIT_51(limb51) (((limb51)&MASK_26) | (limb51) >> 26 << 32)

/* Of the lower halves. */
static inline vec product(vec a, vec b) {
    return (vec)_mm256_mul_epu32((__m256i)a, (__m256i)b);
}

/* Sums and differences are factors as they are. */
static inline void lanes_settle(lanes *a) {
    (void)a;
}

/* Two chains of carries that do not wait for each other, then the ends meet. */
static inline void carry_columns(lanes *out, vec r[10]) {
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
    const vec over = r[9] >> 25;
    r[9] &= MASK_25;
    r[0] += over + (over << 1) + (over << 4);
    r[1] += r[0] >> 26, r[0] &= MASK_26;
    for (unsigned i = 0; i < 5; i++) out->limb[i] = r[2 * i] | r[2 * i + 1] << 32;
}

/* r += a limb times the ten limbs of b, from limb 0 of r on. */
#define ADD_ROW(a, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9)                                         \
    do {                                                                                           \
        r[0] += product(a, b0), r[1] += product(a, b1), r[2] += product(a, b2);                    \
        r[3] += product(a, b3), r[4] += product(a, b4), r[5] += product(a, b5);                    \
        r[6] += product(a, b6), r[7] += product(a, b7), r[8] += product(a, b8);                    \
        r[9] += product(a, b9);                                                                    \
    } while (0)

/* A row of odd limbs: where both are odd the product counts twice. */
#define ADD_ODD_ROW(a, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9)                                     \
    do {                                                                                           \
        const vec odd_ = (a), twice_ = odd_ + odd_;                                                \
        r[0] += product(twice_, b0), r[1] += product(odd_, b1), r[2] += product(twice_, b2);       \
        r[3] += product(odd_, b3), r[4] += product(twice_, b4), r[5] += product(odd_, b5);         \
        r[6] += product(twice_, b6), r[7] += product(odd_, b7), r[8] += product(twice_, b8);       \
        r[9] += product(odd_, b9);                                                                 \
    } while (0)

static inline void lanes_multiply(lanes *out, const lanes *a, const lanes *b) {
    const vec nineteen = (vec){0} + 19;
    vec r[10] = {{0}};
    const vec b0 = b->limb[0], b1 = b0 >> 32, b2 = b->limb[1], b3 = b2 >> 32;
    const vec b4 = b->limb[2], b5 = b4 >> 32, b6 = b->limb[3], b7 = b6 >> 32;
    const vec b8 = b->limb[4], b9 = b8 >> 32;
    const vec c1 = product(b1, nineteen), c2 = product(b2, nineteen), c3 = product(b3, nineteen);
    const vec c4 = product(b4, nineteen), c5 = product(b5, nineteen), c6 = product(b6, nineteen);
    const vec c7 = product(b7, nineteen), c8 = product(b8, nineteen), c9 = product(b9, nineteen);
    ADD_ROW(a->limb[0], b0, b1, b2, b3, b4, b5, b6, b7, b8, b9);
    ADD_ODD_ROW(a->limb[0] >> 32, c9, b0, b1, b2, b3, b4, b5, b6, b7, b8);
    ADD_ROW(a->limb[1], c8, c9, b0, b1, b2, b3, b4, b5, b6, b7);
    ADD_ODD_ROW(a->limb[1] >> 32, c7, c8, c9, b0, b1, b2, b3, b4, b5, b6);
    ADD_ROW(a->limb[2], c6, c7, c8, c9, b0, b1, b2, b3, b4, b5);
    ADD_ODD_ROW(a->limb[2] >> 32, c5, c6, c7, c8, c9, b0, b1, b2, b3, b4);
    ADD_ROW(a->limb[3], c4, c5, c6, c7, c8, c9, b0, b1, b2, b3);
    ADD_ODD_ROW(a->limb[3] >> 32, c3, c4, c5, c6, c7, c8, c9, b0, b1, b2);
    ADD_ROW(a->limb[4], c2, c3, c4, c5, c6, c7, c8, c9, b0, b1);
    ADD_ODD_ROW(a->limb[4] >> 32, c1, c2, c3, c4, c5, c6, c7, c8, c9, b0);
    carry_columns(out, r);
}

/* Factors of size 3 at most: 38 times an odd limb then fits 32 bits, as 19 times an even one. */
static inline void lanes_square(lanes *out, const lanes *a) {
    const vec nineteen = (vec){0} + 19, thirty_eight = (vec){0} + 38;
    const vec a0 = a->limb[0], a1 = a0 >> 32, a2 = a->limb[1], a3 = a2 >> 32;
    const vec a4 = a->limb[2], a5 = a4 >> 32, a6 = a->limb[3], a7 = a6 >> 32;
    const vec a8 = a->limb[4], a9 = a8 >> 32;
    const vec d0 = a0 + a0, d1 = a1 + a1, d2 = a2 + a2, d3 = a3 + a3, d4 = a4 + a4;
    const vec d5 = a5 + a5, d6 = a6 + a6, d7 = a7 + a7;
    const vec c6 = product(a6, nineteen), c8 = product(a8, nineteen);
    const vec e5 = product(a5, thirty_eight), e7 = product(a7, thirty_eight);
    const vec e9 = product(a9, thirty_eight);
    vec r[10];
    r[0] = product(a0, a0) + product(e9, d1) + product(c8, d2) + product(e7, d3) + product(c6, d4) +
           product(e5, a5);
    r[1] = product(d0, a1) + product(e9, a2) + product(c8, d3) + product(e7, a4) + product(c6, d5);
    r[2] = product(d0, a2) + product(d1, a1) + product(e9, d3) + product(c8, d4) + product(e7, d5) +
           product(c6, a6);
    r[3] = product(d0, a3) + product(d1, a2) + product(e9, a4) + product(c8, d5) + product(e7, a6);
    r[4] = product(d0, a4) + product(d1, d3) + product(a2, a2) + product(e9, d5) + product(c8, d6) +
           product(e7, a7);
    r[5] = product(d0, a5) + product(d1, a4) + product(d2, a3) + product(e9, a6) + product(c8, d7);
    r[6] = product(d0, a6) + product(d1, d5) + product(d2, a4) + product(d3, a3) + product(e9, d7) +
           product(c8, a8);
    r[7] = product(d0, a7) + product(d1, a6) + product(d2, a5) + product(d3, a4) + product(e9, a8);
    r[8] = product(d0, a8) + product(d1, d7) + product(d2, a6) + product(d3, d5) + product(a4, a4) +
           product(e9, a9);
    r[9] = product(d0, a9) + product(d1, a8) + product(d2, a7) + product(d3, a6) + product(d4, a5);
    carry_columns(out, r);
}

/* --- rows: one in a vector ------------------------------------------------------------------------------ */

static inline void rows_load(lanes *out, lane_row *const at[1]) {
    for (unsigned i = 0; i < 5; i++) {
        out->limb[i] = (vec)_mm256_loadu_si256((const void *)at[0]->limb[i]);
    }
}

static inline void rows_store(lane_row *const at[1], const lanes *a) {
    for (unsigned i = 0; i < 5; i++) {
        _mm256_storeu_si256((void *)at[0]->limb[i], (__m256i)a->limb[i]);
    }
}

/* A row as it is or its negative: y - x and y + x change places, 2dxy its sign. */
static inline void row_load(lanes *out, const lane_row *row, const unsigned negative[1]) {
    const vec all = (vec){0} - negative[0];
    const vec order = select_where(all, (vec){0x300000002, 0x100000000, 0x500000004, 0x700000006},
                                   (vec){0x100000000, 0x300000002, 0x500000004, 0x700000006});
    const vec third = all & (vec){0, 0, UINT64_MAX, 0};
    for (unsigned i = 0; i < 5; i++) {
        const __m256i v = _mm256_loadu_si256((const void *)row->limb[i]);
        const vec ordered = (vec)_mm256_permutevar8x32_epi32(v, (__m256i)order);
        out->limb[i] = (ordered ^ third) + (third & (2 * P_LIMB(i) + 1));
    }
}

#endif
