/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Integers modulo p = 2^255 - 19 in ten signed limbs of 26 and 25 bits in turn, for machines whose largest product has
 * 64 bits (wasm, 32-bit).
 *
 * With y = 2^51 a number is E(y) + 2^26 O(y), E of the even limbs, O of the odd ones, so a product is
 *     E E' + 2 y O O'  +  2^26 ((E + O)(E' + O') - E E' - O O')          modulo y^5 = 19:
 * three products of 25 instead of a hundred (Karatsuba).
 *
 * *Tight* limbs, what multiplication gives, are at most 2^25 + 2^10 in size where even and 2^24 + 2^10 where odd;
 * *loose*, what it takes, four times that. The largest column before carrying is then below 2^62.
 */
#ifndef MOTE_ED25519_FIELD_10X26_H
#define MOTE_ED25519_FIELD_10X26_H

#include <stdbool.h>
#include <stdint.h>

#define FIELD_LIMBS 10

typedef struct field {
    int64_t limb[FIELD_LIMBS];
} field;

/* Carries limb i into the next, leaving it within half its range on either side of zero. Written with
 * multiplication, because shifting negative numbers left is not defined. */
static inline int64_t field_carry(int64_t *limb, unsigned bits) {
    int64_t carry = (*limb + (INT64_C(1) << (bits - 1))) >> bits;
    *limb -= carry * (INT64_C(1) << bits);
    return carry;
}

static inline void field_carry_all(int64_t r[FIELD_LIMBS]) {
    /* Two chains that do not wait for each other, then the ends meet. */
    r[1] += field_carry(&r[0], 26);
    r[5] += field_carry(&r[4], 26);
    r[2] += field_carry(&r[1], 25);
    r[6] += field_carry(&r[5], 25);
    r[3] += field_carry(&r[2], 26);
    r[7] += field_carry(&r[6], 26);
    r[4] += field_carry(&r[3], 25);
    r[8] += field_carry(&r[7], 25);
    r[5] += field_carry(&r[4], 26);
    r[9] += field_carry(&r[8], 26);
    r[0] += 19 * field_carry(&r[9], 25);
    r[1] += field_carry(&r[0], 26);
}

static inline uint64_t field_bits(const uint8_t bytes[32], unsigned from, unsigned count) {
    uint64_t value = 0;
    for (unsigned i = 0; i < 5 && from / 8 + i < 32; i++)
        value |= (uint64_t)bytes[from / 8 + i] << (8 * i);
    return value >> (from % 8) & ((UINT64_C(1) << count) - 1);
}

/* The top bit is not part of the number; numbers from p to 2^255 - 1 are taken as they are (ZIP-215). */
static inline void field_from_bytes(field *out, const uint8_t bytes[32]) {
    for (unsigned i = 0; i < FIELD_LIMBS; i++) {
        unsigned from = (51 * i + 1) / 2;
        out->limb[i] = (int64_t)field_bits(bytes, from, i % 2 == 0 ? 26 : 25);
    }
    field_carry_all(out->limb);
}

/* The number itself, below p. */
static inline void field_to_bytes(uint8_t bytes[32], const field *a) {
    int64_t limb[FIELD_LIMBS];
    for (unsigned i = 0; i < FIELD_LIMBS; i++) limb[i] = a->limb[i];
    field_carry_all(limb);
    /* |number| is below p now: find the multiple of p to take away by carrying the number + 19 through to the top
     * (as floor(number / p) does), then carry without rounding, so that every limb ends up non-negative. */
    int64_t quotient = (19 * limb[9] + (INT64_C(1) << 24)) >> 25;
    for (unsigned i = 0; i < FIELD_LIMBS; i++)
        quotient = (limb[i] + quotient) >> (i % 2 == 0 ? 26 : 25);
    limb[0] += 19 * quotient;
    for (unsigned i = 0; i < FIELD_LIMBS; i++) {
        unsigned bits = i % 2 == 0 ? 26 : 25;
        int64_t carry = limb[i] >> bits;
        limb[i] -= carry * (INT64_C(1) << bits);
        if (i + 1 < FIELD_LIMBS) limb[i + 1] += carry;
    }
    for (unsigned i = 0; i < 32; i++) bytes[i] = 0;
    for (unsigned i = 0; i < FIELD_LIMBS; i++) {
        unsigned from = (51 * i + 1) / 2;
        uint64_t value = (uint64_t)limb[i] << (from % 8);
        for (unsigned j = 0; value != 0; j++, value >>= 8) bytes[from / 8 + j] |= (uint8_t)value;
    }
}

static inline void field_set(field *out, uint32_t small) {
    *out = (field){{small, 0, 0, 0, 0, 0, 0, 0, 0, 0}};
}

static inline void field_add(field *out, const field *a, const field *b) {
    for (unsigned i = 0; i < FIELD_LIMBS; i++) out->limb[i] = a->limb[i] + b->limb[i];
}

static inline void field_subtract(field *out, const field *a, const field *b) {
    for (unsigned i = 0; i < FIELD_LIMBS; i++) out->limb[i] = a->limb[i] - b->limb[i];
}

static inline void field_subtract_loose(field *out, const field *a, const field *b) {
    field_subtract(out, a, b);
}

/* Coefficients of a product of two polynomials of degree 4. */
#define FIELD_PRODUCT_5(c, a0, a1, a2, a3, a4, b0, b1, b2, b3, b4)                                 \
    const int64_t c##0 = (a0) * (b0);                                                              \
    const int64_t c##1 = (a0) * (b1) + (a1) * (b0);                                                \
    const int64_t c##2 = (a0) * (b2) + (a1) * (b1) + (a2) * (b0);                                  \
    const int64_t c##3 = (a0) * (b3) + (a1) * (b2) + (a2) * (b1) + (a3) * (b0);                    \
    const int64_t c##4 = (a0) * (b4) + (a1) * (b3) + (a2) * (b2) + (a3) * (b1) + (a4) * (b0);      \
    const int64_t c##5 = (a1) * (b4) + (a2) * (b3) + (a3) * (b2) + (a4) * (b1);                    \
    const int64_t c##6 = (a2) * (b4) + (a3) * (b3) + (a4) * (b2);                                  \
    const int64_t c##7 = (a3) * (b4) + (a4) * (b3);                                                \
    const int64_t c##8 = (a4) * (b4)

#define FIELD_SQUARE_5(c, a0, a1, a2, a3, a4)                                                      \
    const int64_t c##0 = (a0) * (a0);                                                              \
    const int64_t c##1 = 2 * (a0) * (a1);                                                          \
    const int64_t c##2 = 2 * (a0) * (a2) + (a1) * (a1);                                            \
    const int64_t c##3 = 2 * ((a0) * (a3) + (a1) * (a2));                                          \
    const int64_t c##4 = 2 * ((a0) * (a4) + (a1) * (a3)) + (a2) * (a2);                            \
    const int64_t c##5 = 2 * ((a1) * (a4) + (a2) * (a3));                                          \
    const int64_t c##6 = 2 * (a2) * (a4) + (a3) * (a3);                                            \
    const int64_t c##7 = 2 * (a3) * (a4);                                                          \
    const int64_t c##8 = (a4) * (a4)

/* Folds e, o (the products of even and of odd parts) and m (of the sums) into ten carried limbs. */
#define FIELD_FOLD(out, e, o, m)                                                                   \
    int64_t r[FIELD_LIMBS] = {e##0 + 19 * (e##5 + 2 * o##4),                                       \
                              m##0 - e##0 - o##0 + 19 * (m##5 - e##5 - o##5),                      \
                              e##1 + 2 * o##0 + 19 * (e##6 + 2 * o##5),                            \
                              m##1 - e##1 - o##1 + 19 * (m##6 - e##6 - o##6),                      \
                              e##2 + 2 * o##1 + 19 * (e##7 + 2 * o##6),                            \
                              m##2 - e##2 - o##2 + 19 * (m##7 - e##7 - o##7),                      \
                              e##3 + 2 * o##2 + 19 * (e##8 + 2 * o##7),                            \
                              m##3 - e##3 - o##3 + 19 * (m##8 - e##8 - o##8),                      \
                              e##4 + 2 * o##3 + 38 * o##8,                                         \
                              m##4 - e##4 - o##4};                                                 \
    field_carry_all(r);                                                                            \
    for (unsigned i = 0; i < FIELD_LIMBS; i++) (out)->limb[i] = r[i]

static inline void field_multiply(field *out, const field *a, const field *b) {
    const int64_t *f = a->limb, *g = b->limb;
    FIELD_PRODUCT_5(e, f[0], f[2], f[4], f[6], f[8], g[0], g[2], g[4], g[6], g[8]);
    FIELD_PRODUCT_5(o, f[1], f[3], f[5], f[7], f[9], g[1], g[3], g[5], g[7], g[9]);
    const int64_t f0 = f[0] + f[1], f1 = f[2] + f[3], f2 = f[4] + f[5], f3 = f[6] + f[7],
                  f4 = f[8] + f[9];
    const int64_t g0 = g[0] + g[1], g1 = g[2] + g[3], g2 = g[4] + g[5], g3 = g[6] + g[7],
                  g4 = g[8] + g[9];
    FIELD_PRODUCT_5(m, f0, f1, f2, f3, f4, g0, g1, g2, g3, g4);
    FIELD_FOLD(out, e, o, m);
}

static inline void field_square(field *out, const field *a) {
    const int64_t *f = a->limb;
    FIELD_SQUARE_5(e, f[0], f[2], f[4], f[6], f[8]);
    FIELD_SQUARE_5(o, f[1], f[3], f[5], f[7], f[9]);
    const int64_t f0 = f[0] + f[1], f1 = f[2] + f[3], f2 = f[4] + f[5], f3 = f[6] + f[7],
                  f4 = f[8] + f[9];
    FIELD_SQUARE_5(m, f0, f1, f2, f3, f4);
    FIELD_FOLD(out, e, o, m);
}

#endif
