/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the back ends with vector instructions offer (docs/design-speed.md): decoding of several points at once, and the
 * two loops of a long sum. Each is lanes_body.h over its own arithmetic. Private to the module curve25519.
 */
#ifndef MOTE_CURVE25519_LANES_H
#define MOTE_CURVE25519_LANES_H

#include "multiscalar.h"

/* Those of 64-bit products convert from and to the field in limbs of 51 bits, so they are there where that is. */
#ifdef MOTE_CURVE25519_FIELD_5X51_H
#ifdef MOTE_WITH_AVX512
#define LANES_AVX512
#endif
#ifdef MOTE_WITH_AVX2
#define LANES_AVX2
#endif
#ifdef MOTE_WITH_NEON
#define LANES_NEON
#endif
#endif
/* Its sums work on numbers in ten limbs as they are. */
#if defined(MOTE_CURVE25519_FIELD_10X26_H) && defined(MOTE_WITH_SIMD128)
#define LANES_SIMD128
#endif
#if defined(LANES_AVX512) || defined(LANES_AVX2) || defined(LANES_NEON) || defined(LANES_SIMD128)
#define LANES_ANY
#endif

/* Windows that a back end works on at once, at most; and how many digits of each it is handed at a time. */
#define MOST_WINDOWS 2u
#define DIGITS_AT_ONCE 64u

typedef struct digit_block {
    int16_t digit[MOST_WINDOWS][DIGITS_AT_ONCE];
    size_t count;
} digit_block;

/* Windows that this back end works on at once; 0: it is the portable one. */
unsigned lanes_windows(mote_backend backend);
/* A point ready to be added. */
void lanes_row(mote_backend backend, lane_row *out, const affine_point *a);
/* Adds row j to bucket |d| of window w, or takes it away where d < 0, d = digit[w][j]. Bucket 0 is of no account. */
void lanes_put(mote_backend backend, lane_row *const bucket[MOST_WINDOWS], const lane_row *row,
               const digit_block *digits);
/* For each window the sum over b in 1..buckets of b * bucket[b]. */
void lanes_sum(mote_backend backend, point out[MOST_WINDOWS], lane_row *const bucket[MOST_WINDOWS],
               size_t buckets);

#define LANES_BACKEND(name)                                                                        \
    void mote_curve25519_##name##_decode(decode_block *block);                                     \
    void mote_curve25519_##name##_powers(field *all, unsigned count);                              \
    void mote_curve25519_##name##_row(lane_row *out, const affine_point *a);                       \
    void mote_curve25519_##name##_put(lane_row *const bucket[MOST_WINDOWS], const lane_row *row,   \
                                      const digit_block *digits);                                  \
    void mote_curve25519_##name##_sum(point out[MOST_WINDOWS],                                     \
                                      lane_row *const bucket[MOST_WINDOWS], size_t buckets)
LANES_BACKEND(avx512);
LANES_BACKEND(avx2);
LANES_BACKEND(neon);
LANES_BACKEND(simd128);
#undef LANES_BACKEND

/* p by limbs of 51 bits, and as a back end splits them. */
#define MASK_51 ((UINT64_C(1) << 51) - 1)
#define P_51(i) ((i) == 0 ? MASK_51 - 18 : MASK_51)
#define P_LIMB(i) LANES_SPLIT_51(P_51(i))

#endif
