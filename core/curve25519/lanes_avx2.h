/* SPDX-License-Identifier: Apache-2.0 */
/* Four numbers by AVX2, whose product looks at the lower half of a lane alone.
 */
#ifndef MOTE_CURVE25519_LANES_ARITHMETIC
#define MOTE_CURVE25519_LANES_ARITHMETIC

#include <immintrin.h>
#include <stdint.h>

#define LANES 4
#define LANES_NAME(name) mote_curve25519_avx2_##name
#define DECODED_VECTORS 1

typedef uint64_t vec __attribute__((vector_size(8 * LANES)));
typedef vec part;
typedef vec half;

static inline part part_at(const vec *a, unsigned i) {
    return a[i];
}

static inline void set_part(vec *out, unsigned i, part a) {
    out[i] = a;
}

static inline half even_limb(part limb) {
    return limb;
}

static inline half odd_limb(part limb) {
    return limb >> 32;
}

static inline part product(half a, half b) {
    return (vec)_mm256_mul_epu32((__m256i)a, (__m256i)b);
}

static inline part add_product(part sum, half a, half b) {
    return sum + product(a, b);
}

static inline half times_small(half a, uint64_t b) {
    return product(a, (vec){0} + b);
}

#include "lanes_ten_limbs.h"

/* --- rows: one in a vector
 * ------------------------------------------------------------------------------
 */

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

/* A row as it is or its negative: y - x and y + x change places, 2dxy its sign.
 */
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
