/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two numbers modulo 2^255 - 19 by WebAssembly's vectors, whose largest product (i64x2.extmul) has 32 x 32 -> 64 bits and
 * takes both factors from the same halves of two vectors. So a number is ten limbs of 26 and 25 bits in turn, and a
 * vector has an even limb of both numbers in its lower half, the odd one after it in its upper half: with E of the even
 * limbs and O of the odd ones a product is
 *     E E' + 2 y O O'  +  2^26 ((E + O)(E' + O') - E E' - O O')          modulo y^5 = 19, y = 2^51
 * as in field_10x26.c, E E' being products of lower halves and O O' of upper ones.
 *
 * Sizes as in field.h: of factors they multiply to at most 30; the second's is at most 2, and so is that of what is
 * squared: 19 (E + O), 38 (2^26 + 2^25 + 2^18), then fits 32 bits. Columns of (E + O)(E' + O') alone may wrap around, which
 * their difference to the two others undoes.
 *
 * Engines make three instructions of an extmul on x86-64, eight of an i64x2.mul: hence 19 times a limb rather than 19
 * times a column, and `kept`, without which the compiler makes a product of shifts and additions.
 */
#ifndef MOTE_CURVE25519_LANES_ARITHMETIC
#define MOTE_CURVE25519_LANES_ARITHMETIC

#include <stdint.h>
#include <wasm_simd128.h>

#define LANES 2
#define LANES_NAME(name) mote_curve25519_simd128_##name
/* Vectors of points that are decoded in turns: the second's products run while the first's are waited for. */
#define DECODED_VECTORS 2

typedef uint64_t vec __attribute__((vector_size(8 * LANES)));
typedef uint32_t halves __attribute__((vector_size(8 * LANES)));

typedef struct lanes {
    vec limb[5];
} lanes;

#define MASK_26 ((UINT64_C(1) << 26) - 1)
#define MASK_25 ((UINT64_C(1) << 25) - 1)

/* Of each 64-bit lane its lower half, first of a, then of b. */
static inline vec lower_halves(vec a, vec b) {
    return (vec)wasm_i32x4_shuffle((v128_t)a, (v128_t)b, 0, 2, 4, 6);
}

static inline vec even_limbs(vec limb) {
    return (vec)wasm_u64x2_extend_low_u32x4((v128_t)limb);
}

static inline vec odd_limbs(vec limb) {
    return (vec)wasm_u64x2_extend_high_u32x4((v128_t)limb);
}

static inline vec join_51(vec limb) {
    return even_limbs(limb) + (odd_limbs(limb) << 26);
}

static inline vec split_51(vec limb51) {
    return lower_halves(limb51 & MASK_26, limb51 >> 26);
}

/* A limb of 51 bits of both numbers, and back; and the same one for both. */
#define LANES_JOIN_51(limb) join_51(limb)
#define LANES_SPLIT_51(limb51) split_51(limb51)
#define LANES_SPLAT_51(limb51) split_51((vec){0} + (limb51))
/* A mask of 64-bit lanes as one of limbs. */
#define LANES_MASK(mask) lower_halves(mask, mask)

static inline vec select_where(vec mask, vec yes, vec no) {
    return (yes & mask) | (no & ~mask);
}

/* Sums and differences are factors as they are, but for those that lanes_carry is for. */
static inline void lanes_settle(lanes *a) {
    (void)a;
}

/* --- products --- */

static inline vec kept(vec a) {
    __asm__("" : "+r"(a));
    return a;
}

/* 38 a, where a is a column. */
static inline vec column_times_38(vec a) {
    return (a << 5) + (kept(a << 2) + kept(a << 1));
}

static inline vec times_19(vec limb) {
    return (vec)((halves)limb * 19);
}

static inline vec with_halves_added(vec limb) {
    return limb + (vec)wasm_i32x4_shuffle((v128_t)limb, (v128_t)limb, 2, 3, 0, 1);
}

#define EVEN(a, b) ((vec)wasm_u64x2_extmul_low_u32x4((v128_t)(a), (v128_t)(b)))
#define ODD(a, b) ((vec)wasm_u64x2_extmul_high_u32x4((v128_t)(a), (v128_t)(b)))

/* The coefficients of a product of two polynomials of degree 4 modulo y^5 = 19; n: 19 times the second's. */
#define PRODUCT_5(c, of, a, b, n)                                                                  \
    const vec c##0 =                                                                               \
        of(a##0, b##0) + of(a##1, n##4) + (of(a##2, n##3) + of(a##3, n##2)) + of(a##4, n##1);      \
    const vec c##1 =                                                                               \
        of(a##0, b##1) + of(a##1, b##0) + (of(a##2, n##4) + of(a##3, n##3)) + of(a##4, n##2);      \
    const vec c##2 =                                                                               \
        of(a##0, b##2) + of(a##1, b##1) + (of(a##2, b##0) + of(a##3, n##4)) + of(a##4, n##3);      \
    const vec c##3 =                                                                               \
        of(a##0, b##3) + of(a##1, b##2) + (of(a##2, b##1) + of(a##3, b##0)) + of(a##4, n##4);      \
    const vec c##4 =                                                                               \
        of(a##0, b##4) + of(a##1, b##3) + (of(a##2, b##2) + of(a##3, b##1)) + of(a##4, b##0)

/* d: twice the limbs. */
#define SQUARE_5(c, of, a, d, n)                                                                   \
    const vec c##0 = of(a##0, a##0) + of(d##1, n##4) + of(d##2, n##3);                             \
    const vec c##1 = of(d##0, a##1) + of(d##2, n##4) + of(a##3, n##3);                             \
    const vec c##2 = of(d##0, a##2) + of(a##1, a##1) + of(d##3, n##4);                             \
    const vec c##3 = of(d##0, a##3) + of(d##1, a##2) + of(a##4, n##4);                             \
    const vec c##4 = of(d##0, a##4) + of(d##1, a##3) + of(a##2, a##2)

#define LIMBS(a, in)                                                                               \
    const vec a##0 = (in)->limb[0], a##1 = (in)->limb[1], a##2 = (in)->limb[2],                    \
              a##3 = (in)->limb[3], a##4 = (in)->limb[4]

#define EACH(out, function, a)                                                                     \
    const vec out##0 = function(a##0), out##1 = function(a##1), out##2 = function(a##2),           \
              out##3 = function(a##3), out##4 = function(a##4)

/* Of e, o (the products of even and of odd parts) and m (of the sums) ten columns, which are carried: two chains that do
 * not wait for each other, then the ends meet. */
#define FOLD(out, e, o, m)                                                                         \
    vec r0 = e##0 + column_times_38(o##4), r1 = m##0 - e##0 - o##0;                                \
    vec r2 = e##1 + (o##0 << 1), r3 = m##1 - e##1 - o##1;                                          \
    vec r4 = e##2 + (o##1 << 1), r5 = m##2 - e##2 - o##2;                                          \
    vec r6 = e##3 + (o##2 << 1), r7 = m##3 - e##3 - o##3;                                          \
    vec r8 = e##4 + (o##3 << 1), r9 = m##4 - e##4 - o##4;                                          \
    r1 += r0 >> 26, r0 &= MASK_26;                                                                 \
    r5 += r4 >> 26, r4 &= MASK_26;                                                                 \
    r2 += r1 >> 25, r1 &= MASK_25;                                                                 \
    r6 += r5 >> 25, r5 &= MASK_25;                                                                 \
    r3 += r2 >> 26, r2 &= MASK_26;                                                                 \
    r7 += r6 >> 26, r6 &= MASK_26;                                                                 \
    r4 += r3 >> 25, r3 &= MASK_25;                                                                 \
    r8 += r7 >> 25, r7 &= MASK_25;                                                                 \
    r5 += r4 >> 26, r4 &= MASK_26;                                                                 \
    r9 += r8 >> 26, r8 &= MASK_26;                                                                 \
    const vec over = r9 >> 25;                                                                     \
    r9 &= MASK_25;                                                                                 \
    r0 += over + (kept(over << 1) + kept(over << 4));                                              \
    r1 += r0 >> 26, r0 &= MASK_26;                                                                 \
    (out)->limb[0] = lower_halves(r0, r1);                                                         \
    (out)->limb[1] = lower_halves(r2, r3);                                                         \
    (out)->limb[2] = lower_halves(r4, r5);                                                         \
    (out)->limb[3] = lower_halves(r6, r7);                                                         \
    (out)->limb[4] = lower_halves(r8, r9)

/* Not inlined: as fast, and a tenth of the size. */
static __attribute__((noinline)) void lanes_multiply(lanes *out, const lanes *a, const lanes *b) {
    LIMBS(f, a);
    LIMBS(g, b);
    EACH(n, times_19, g);
    PRODUCT_5(e, EVEN, f, g, n);
    PRODUCT_5(o, ODD, f, g, n);
    EACH(fs, with_halves_added, f);
    EACH(gs, with_halves_added, g);
    EACH(ns, times_19, gs);
    PRODUCT_5(m, EVEN, fs, gs, ns);
    (void)n0, (void)ns0;
    FOLD(out, e, o, m);
}

#define TWICE(limb) ((limb) + (limb))

static __attribute__((noinline)) void lanes_square(lanes *out, const lanes *a) {
    LIMBS(f, a);
    EACH(d, TWICE, f);
    EACH(n, times_19, f);
    SQUARE_5(e, EVEN, f, d, n);
    SQUARE_5(o, ODD, f, d, n);
    EACH(fs, with_halves_added, f);
    EACH(ds, TWICE, fs);
    EACH(ns, times_19, fs);
    SQUARE_5(m, EVEN, fs, ds, ns);
    (void)d4, (void)ds4, (void)n0, (void)n1, (void)n2, (void)ns0, (void)ns1, (void)ns2;
    FOLD(out, e, o, m);
}

/* Any size up to 8 becomes size 1: what is over in each limb goes to the next. */
static inline void lanes_carry(lanes *a) {
    const vec mask = lower_halves((vec){MASK_26, MASK_26}, (vec){MASK_25, MASK_25});
    v128_t over[5];
    for (unsigned i = 0; i < 5; i++) {
        const v128_t limb = (v128_t)a->limb[i];
        over[i] =
            wasm_i32x4_shuffle(wasm_u32x4_shr(limb, 26), wasm_u32x4_shr(limb, 25), 0, 1, 6, 7);
        a->limb[i] &= mask;
    }
    const v128_t last = (v128_t)times_19((vec)over[4]);
    for (unsigned i = 0; i < 5; i++) {
        a->limb[i] += (vec)wasm_i32x4_shuffle(i == 0 ? last : over[i - 1], over[i], 2, 3, 4, 5);
    }
}

/* --- to and from memory --- */

static inline void load_two(lanes *out, const field *first, const field *second) {
    v128_t a[3], b[3];
    for (unsigned i = 0; i < 2; i++) {
        a[i] = wasm_v128_load(first->limb + 4 * i);
        b[i] = wasm_v128_load(second->limb + 4 * i);
    }
    a[2] = wasm_v128_load64_zero(first->limb + 8);
    b[2] = wasm_v128_load64_zero(second->limb + 8);
    for (unsigned i = 0; i < 5; i += 2) {
        out->limb[i] = (vec)wasm_i32x4_shuffle(a[i / 2], b[i / 2], 0, 4, 1, 5);
    }
    for (unsigned i = 1; i < 5; i += 2) {
        out->limb[i] = (vec)wasm_i32x4_shuffle(a[i / 2], b[i / 2], 2, 6, 3, 7);
    }
}

static inline void store_two(field *first, field *second, const lanes *a) {
    for (unsigned i = 0; i < 4; i += 2) {
        const v128_t low = (v128_t)a->limb[i], high = (v128_t)a->limb[i + 1];
        wasm_v128_store(first->limb + 2 * i, wasm_i32x4_shuffle(low, high, 0, 2, 4, 6));
        wasm_v128_store(second->limb + 2 * i, wasm_i32x4_shuffle(low, high, 1, 3, 5, 7));
    }
    const v128_t last = (v128_t)a->limb[4];
    const v128_t apart = wasm_i32x4_shuffle(last, last, 0, 2, 1, 3);
    wasm_v128_store64_lane(first->limb + 8, apart, 0);
    wasm_v128_store64_lane(second->limb + 8, apart, 1);
}

#endif
