/* SPDX-License-Identifier: Apache-2.0 */
/*
 * With y = 2^51 a number is E(y) + 2^26 O(y), E of the even limbs, O of the odd ones, so a product is
 *     E E' + 2 y O O'  +  2^26 ((E + O)(E' + O') - E E' - O O')          modulo y^5 = 19:
 * three products of 25 instead of a hundred (Karatsuba; Bernstein 2009 splits by parity as well).
 *
 * With factors whose sizes multiply to 30 the largest column, E E'_0 + 38 O O'_4, is below
 * 30 * (77 + 38 * 5 / 4) * (2^26 + 2^17)^2 < 2^64; columns of (E + O)(E' + O') alone may wrap around, which their
 * difference to the two others undoes.
 */
#include "field.h"

#ifdef MOTE_CURVE25519_FIELD_10X26_H

/* The five coefficients of a product of two polynomials of degree 4 modulo y^5 = 19. */
#define FIELD_PRODUCT_5(c, a0, a1, a2, a3, a4, b0, b1, b2, b3, b4)                                 \
    const uint64_t c##0 = a0 * b0 + 19 * (a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1);                  \
    const uint64_t c##1 = a0 * b1 + a1 * b0 + 19 * (a2 * b4 + a3 * b3 + a4 * b2);                  \
    const uint64_t c##2 = a0 * b2 + a1 * b1 + a2 * b0 + 19 * (a3 * b4 + a4 * b3);                  \
    const uint64_t c##3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + 19 * (a4 * b4);                  \
    const uint64_t c##4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0

#define FIELD_SQUARE_5(c, a0, a1, a2, a3, a4)                                                      \
    const uint64_t c##d0 = 2 * a0, c##d1 = 2 * a1, c##d2 = 2 * a2;                                 \
    const uint64_t c##0 = a0 * a0 + 19 * (c##d1 * a4 + c##d2 * a3);                                \
    const uint64_t c##1 = c##d0 * a1 + 19 * (c##d2 * a4 + a3 * a3);                                \
    const uint64_t c##2 = c##d0 * a2 + a1 * a1 + 38 * (a3 * a4);                                   \
    const uint64_t c##3 = c##d0 * a3 + c##d1 * a2 + 19 * (a4 * a4);                                \
    const uint64_t c##4 = c##d0 * a4 + c##d1 * a3 + a2 * a2

#define FIELD_LOAD(v, a)                                                                           \
    const uint64_t v##0 = (a)->limb[0], v##1 = (a)->limb[1], v##2 = (a)->limb[2],                  \
                   v##3 = (a)->limb[3], v##4 = (a)->limb[4], v##5 = (a)->limb[5],                  \
                   v##6 = (a)->limb[6], v##7 = (a)->limb[7], v##8 = (a)->limb[8],                  \
                   v##9 = (a)->limb[9];                                                            \
    const uint64_t v##s0 = v##0 + v##1, v##s1 = v##2 + v##3, v##s2 = v##4 + v##5,                  \
                   v##s3 = v##6 + v##7, v##s4 = v##8 + v##9

/* Folds e, o (the products of even and of odd parts) and m (of the sums) into ten columns and carries them: two chains
 * that do not wait for each other, then the ends meet. */
#define FIELD_FOLD(out, e, o, m)                                                                   \
    uint64_t r0 = e##0 + 38 * o##4;                                                                \
    uint64_t r1 = m##0 - e##0 - o##0;                                                              \
    uint64_t r2 = e##1 + 2 * o##0;                                                                 \
    uint64_t r3 = m##1 - e##1 - o##1;                                                              \
    uint64_t r4 = e##2 + 2 * o##1;                                                                 \
    uint64_t r5 = m##2 - e##2 - o##2;                                                              \
    uint64_t r6 = e##3 + 2 * o##2;                                                                 \
    uint64_t r7 = m##3 - e##3 - o##3;                                                              \
    uint64_t r8 = e##4 + 2 * o##3;                                                                 \
    uint64_t r9 = m##4 - e##4 - o##4;                                                              \
    r1 += r0 >> 26, r0 &= FIELD_MASK_26;                                                           \
    r5 += r4 >> 26, r4 &= FIELD_MASK_26;                                                           \
    r2 += r1 >> 25, r1 &= FIELD_MASK_25;                                                           \
    r6 += r5 >> 25, r5 &= FIELD_MASK_25;                                                           \
    r3 += r2 >> 26, r2 &= FIELD_MASK_26;                                                           \
    r7 += r6 >> 26, r6 &= FIELD_MASK_26;                                                           \
    r4 += r3 >> 25, r3 &= FIELD_MASK_25;                                                           \
    r8 += r7 >> 25, r7 &= FIELD_MASK_25;                                                           \
    r5 += r4 >> 26, r4 &= FIELD_MASK_26;                                                           \
    r9 += r8 >> 26, r8 &= FIELD_MASK_26;                                                           \
    r0 += 19 * (r9 >> 25), r9 &= FIELD_MASK_25;                                                    \
    r1 += r0 >> 26, r0 &= FIELD_MASK_26;                                                           \
    (out)->limb[0] = (uint32_t)r0;                                                                 \
    (out)->limb[1] = (uint32_t)r1;                                                                 \
    (out)->limb[2] = (uint32_t)r2;                                                                 \
    (out)->limb[3] = (uint32_t)r3;                                                                 \
    (out)->limb[4] = (uint32_t)r4;                                                                 \
    (out)->limb[5] = (uint32_t)r5;                                                                 \
    (out)->limb[6] = (uint32_t)r6;                                                                 \
    (out)->limb[7] = (uint32_t)r7;                                                                 \
    (out)->limb[8] = (uint32_t)r8;                                                                 \
    (out)->limb[9] = (uint32_t)r9

void field_multiply(field *out, const field *a, const field *b) {
    FIELD_LOAD(f, a);
    FIELD_LOAD(g, b);
    FIELD_PRODUCT_5(e, f0, f2, f4, f6, f8, g0, g2, g4, g6, g8);
    FIELD_PRODUCT_5(o, f1, f3, f5, f7, f9, g1, g3, g5, g7, g9);
    FIELD_PRODUCT_5(m, fs0, fs1, fs2, fs3, fs4, gs0, gs1, gs2, gs3, gs4);
    FIELD_FOLD(out, e, o, m);
}

void field_square(field *out, const field *a) {
    FIELD_LOAD(f, a);
    FIELD_SQUARE_5(e, f0, f2, f4, f6, f8);
    FIELD_SQUARE_5(o, f1, f3, f5, f7, f9);
    FIELD_SQUARE_5(m, fs0, fs1, fs2, fs3, fs4);
    FIELD_FOLD(out, e, o, m);
}

#else
typedef int field_10x26_is_not_used;
#endif
