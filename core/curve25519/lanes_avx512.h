/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Eight numbers modulo 2^255 - 19, five limbs of 51 bits each, by AVX-512 IFMA: 52 x 52 -> 104 bit products whose halves
 * are added up apart. The high half of a product counts from bit 52 on, twice what the next limb counts.
 *
 * Factors have limbs below 2^52. A column is at most five low halves and five doubled high ones, each below 2^52, and as
 * many times 19: below 2^61. Carrying all columns once leaves limbs below 2^51 + 19 * 2^10.
 */
#ifndef MOTE_CURVE25519_LANES_ARITHMETIC
#define MOTE_CURVE25519_LANES_ARITHMETIC

#include <immintrin.h>
#include <stdint.h>

#define LANES 8
#define LANES_NAME(name) mote_curve25519_avx512_##name
/* Vectors of points that are decoded in turns: the second's products run while the first's are waited for. */
#define DECODED_VECTORS 2

typedef uint64_t vec __attribute__((vector_size(8 * LANES)));

typedef struct lanes {
    vec limb[5];
} lanes;

static inline vec select_where(vec mask, vec yes, vec no) {
    return (yes & mask) | (no & ~mask);
}

/* A limb of 51 bits, and back. */
#define LANES_JOIN_51(limb) (limb)
#define LANES_SPLIT_51(limb51) (limb51)
/* The same in all lanes; a mask of lanes as one of limbs. */
#define LANES_SPLAT_51(limb51) ((vec){0} + (limb51))
#define LANES_MASK(mask) (mask)

static inline vec low_add(vec sum, vec a, vec b) {
    return (vec)_mm512_madd52lo_epu64((__m512i)sum, (__m512i)a, (__m512i)b);
}

static inline vec high_add(vec sum, vec a, vec b) {
    return (vec)_mm512_madd52hi_epu64((__m512i)sum, (__m512i)a, (__m512i)b);
}

static inline vec times_19(vec a) {
    return a * 19;
}

static inline void carry_columns(lanes *out, vec r0, vec r1, vec r2, vec r3, vec r4) {
    const vec mask = (vec){0} + ((UINT64_C(1) << 51) - 1);
    out->limb[0] = (r0 & mask) + times_19(r4 >> 51);
    out->limb[1] = (r1 & mask) + (r0 >> 51);
    out->limb[2] = (r2 & mask) + (r1 >> 51);
    out->limb[3] = (r3 & mask) + (r2 >> 51);
    out->limb[4] = (r4 & mask) + (r3 >> 51);
}

/* What is to be a factor: sums and differences are carried first. */
static inline void lanes_settle(lanes *a) {
    carry_columns(a, a->limb[0], a->limb[1], a->limb[2], a->limb[3], a->limb[4]);
}

static inline void lanes_multiply(lanes *out, const lanes *a, const lanes *b) {
    const vec zero = {0};
    const vec a0 = a->limb[0], a1 = a->limb[1], a2 = a->limb[2], a3 = a->limb[3], a4 = a->limb[4];
    const vec b0 = b->limb[0], b1 = b->limb[1], b2 = b->limb[2], b3 = b->limb[3], b4 = b->limb[4];
    vec l0 = low_add(zero, a0, b0), h0 = high_add(zero, a0, b0);
    vec l1 = low_add(zero, a0, b1), h1 = high_add(zero, a0, b1);
    vec l2 = low_add(zero, a0, b2), h2 = high_add(zero, a0, b2);
    vec l3 = low_add(zero, a0, b3), h3 = high_add(zero, a0, b3);
    vec l4 = low_add(zero, a0, b4), h4 = high_add(zero, a0, b4);
    vec l5 = low_add(zero, a1, b4), h5 = high_add(zero, a1, b4);
    vec l6 = low_add(zero, a2, b4), h6 = high_add(zero, a2, b4);
    vec l7 = low_add(zero, a3, b4), h7 = high_add(zero, a3, b4);
    vec l8 = low_add(zero, a4, b4), h8 = high_add(zero, a4, b4);
    l1 = low_add(l1, a1, b0), h1 = high_add(h1, a1, b0);
    l2 = low_add(l2, a1, b1), h2 = high_add(h2, a1, b1);
    l3 = low_add(l3, a1, b2), h3 = high_add(h3, a1, b2);
    l4 = low_add(l4, a1, b3), h4 = high_add(h4, a1, b3);
    l5 = low_add(l5, a2, b3), h5 = high_add(h5, a2, b3);
    l6 = low_add(l6, a3, b3), h6 = high_add(h6, a3, b3);
    l7 = low_add(l7, a4, b3), h7 = high_add(h7, a4, b3);
    l2 = low_add(l2, a2, b0), h2 = high_add(h2, a2, b0);
    l3 = low_add(l3, a2, b1), h3 = high_add(h3, a2, b1);
    l4 = low_add(l4, a2, b2), h4 = high_add(h4, a2, b2);
    l5 = low_add(l5, a3, b2), h5 = high_add(h5, a3, b2);
    l6 = low_add(l6, a4, b2), h6 = high_add(h6, a4, b2);
    l3 = low_add(l3, a3, b0), h3 = high_add(h3, a3, b0);
    l4 = low_add(l4, a3, b1), h4 = high_add(h4, a3, b1);
    l5 = low_add(l5, a4, b1), h5 = high_add(h5, a4, b1);
    l4 = low_add(l4, a4, b0), h4 = high_add(h4, a4, b0);
    carry_columns(out, l0 + times_19(l5 + h4 + h4), l1 + h0 + h0 + times_19(l6 + h5 + h5),
                  l2 + h1 + h1 + times_19(l7 + h6 + h6), l3 + h2 + h2 + times_19(l8 + h7 + h7),
                  l4 + h3 + h3 + times_19(h8 + h8));
}

/* Products of two different limbs occur twice: l and h are of those, to be doubled once more, d of the squares. */
static inline void lanes_square(lanes *out, const lanes *a) {
    const vec zero = {0};
    const vec a0 = a->limb[0], a1 = a->limb[1], a2 = a->limb[2], a3 = a->limb[3], a4 = a->limb[4];
    vec l1 = low_add(zero, a0, a1), h1 = high_add(zero, a0, a1);
    vec l2 = low_add(zero, a0, a2), h2 = high_add(zero, a0, a2);
    vec l3 = low_add(zero, a0, a3), h3 = high_add(zero, a0, a3);
    vec l4 = low_add(zero, a0, a4), h4 = high_add(zero, a0, a4);
    vec l5 = low_add(zero, a1, a4), h5 = high_add(zero, a1, a4);
    vec l6 = low_add(zero, a2, a4), h6 = high_add(zero, a2, a4);
    vec l7 = low_add(zero, a3, a4), h7 = high_add(zero, a3, a4);
    l3 = low_add(l3, a1, a2), h3 = high_add(h3, a1, a2);
    l4 = low_add(l4, a1, a3), h4 = high_add(h4, a1, a3);
    l5 = low_add(l5, a2, a3), h5 = high_add(h5, a2, a3);
    /* The high half of a square is doubled once: it joins what is doubled for being there twice. */
    l1 = high_add(l1, a0, a0), l3 = high_add(l3, a1, a1), l5 = high_add(l5, a2, a2);
    l7 = high_add(l7, a3, a3);
    const vec h9 = high_add(zero, a4, a4);
    l2 += h1 + h1, l4 += h3 + h3, l6 += h5 + h5;
    l3 += h2 + h2, l5 += h4 + h4, l7 += h6 + h6;
    const vec r0 = low_add(zero, a0, a0), r2 = low_add(l2 + l2, a1, a1);
    const vec r4 = low_add(l4 + l4, a2, a2), r6 = low_add(l6 + l6, a3, a3);
    const vec r8 = low_add((h7 + h7) + (h7 + h7), a4, a4);
    carry_columns(out, r0 + times_19(l5 + l5), l1 + l1 + times_19(r6), r2 + times_19(l7 + l7),
                  l3 + l3 + times_19(r8), r4 + times_19(h9 + h9));
}

/* --- rows: two in a vector ------------------------------------------------------------------------------ */

static inline __m256i half_at(const uint64_t *at) {
    return _mm256_loadu_si256((const void *)at);
}

static inline void rows_load(lanes *out, lane_row *const at[2]) {
    for (unsigned i = 0; i < 5; i++) {
        const __m512i low = _mm512_castsi256_si512(half_at(at[0]->limb[i]));
        out->limb[i] = (vec)_mm512_inserti64x4(low, half_at(at[1]->limb[i]), 1);
    }
}

static inline void rows_store(lane_row *const at[2], const lanes *a) {
    for (unsigned i = 0; i < 5; i++) {
        const __m512i both = (__m512i)a->limb[i];
        _mm256_storeu_si256((void *)at[0]->limb[i], _mm512_castsi512_si256(both));
        _mm256_storeu_si256((void *)at[1]->limb[i], _mm512_extracti64x4_epi64(both, 1));
    }
}

/* The same row twice, each time as it is or its negative: y - x and y + x change places, 2dxy its sign. */
static inline void row_load(lanes *out, const lane_row *row, const unsigned negative[2]) {
    const __mmask8 swapped = (__mmask8)(negative[0] * 0x03u | negative[1] * 0x30u);
    const __mmask8 negated = (__mmask8)(negative[0] * 0x04u | negative[1] * 0x40u);
    for (unsigned i = 0; i < 5; i++) {
        __m512i v = _mm512_broadcast_i64x4(half_at(row->limb[i]));
        v = _mm512_mask_permutex_epi64(v, swapped, v, 0xe1);
        out->limb[i] = (vec)_mm512_mask_sub_epi64(v, negated,
                                                  _mm512_set1_epi64((long long)(2 * P_LIMB(i))), v);
    }
}

#endif
