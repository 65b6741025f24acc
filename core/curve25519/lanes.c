/* SPDX-License-Identifier: Apache-2.0 */
/* Which back end's functions are called. What is not compiled in is never chosen (mote_backend_chosen). */
#include "lanes.h"

/* A case of a switch over back ends: a call of the one's function, and the caller is done. */
#ifdef LANES_AVX512
#define ON_AVX512(call)                                                                            \
    case MOTE_BACKEND_AVX512:                                                                      \
        mote_curve25519_avx512_##call;                                                             \
        return;
#else
#define ON_AVX512(call)
#endif
#ifdef LANES_AVX2
#define ON_AVX2(call)                                                                              \
    case MOTE_BACKEND_AVX2:                                                                        \
        mote_curve25519_avx2_##call;                                                               \
        return;
#else
#define ON_AVX2(call)
#endif
#ifdef LANES_NEON
#define ON_NEON(call)                                                                              \
    case MOTE_BACKEND_NEON:                                                                        \
        mote_curve25519_neon_##call;                                                               \
        return;
#else
#define ON_NEON(call)
#endif
#ifdef LANES_SIMD128
#define ON_SIMD128(call)                                                                           \
    case MOTE_BACKEND_SIMD128:                                                                     \
        mote_curve25519_simd128_##call;                                                            \
        return;
#else
#define ON_SIMD128(call)
#endif
#define CALL_AND_RETURN(backend, call)                                                             \
    switch (backend) {                                                                             \
        ON_AVX512(call)                                                                            \
        ON_AVX2(call)                                                                              \
        ON_NEON(call)                                                                              \
        ON_SIMD128(call)                                                                           \
    default: break;                                                                                \
    }

unsigned lanes_windows(mote_backend backend) {
    switch (backend) {
#ifdef LANES_AVX512
    case MOTE_BACKEND_AVX512: return 2;
#endif
#ifdef LANES_AVX2
    case MOTE_BACKEND_AVX2: return 1;
#endif
#ifdef LANES_NEON
    case MOTE_BACKEND_NEON: return 1;
#endif
#ifdef LANES_SIMD128
    case MOTE_BACKEND_SIMD128: return 2;
#endif
    default: return 0;
    }
}

/* One alone is decoded as fast without vectors. */
void affine_points_decode(mote_backend backend, decode_block *block) {
    CALL_AND_RETURN(block->count > 1 ? backend : MOTE_BACKEND_PORTABLE, decode(block))
    for (unsigned i = 0; i < block->count; i++) {
        block->ok[i] = affine_point_decode(block->out[i], block->bytes[i]);
    }
}

void field_powers_p58(mote_backend backend, field *all, unsigned count) {
    CALL_AND_RETURN(count > 1 ? backend : MOTE_BACKEND_PORTABLE, powers(all, count))
    for (unsigned i = 0; i < count; i++) field_power_p58(&all[i], &all[i]);
}

#ifdef LANES_ANY
void lanes_row(mote_backend backend, lane_row *out, const affine_point *a) {
    CALL_AND_RETURN(backend, row(out, a))
}

void lanes_put(mote_backend backend, lane_row *const bucket[MOST_WINDOWS], const lane_row *row,
               const digit_block *digits) {
    CALL_AND_RETURN(backend, put(bucket, row, digits))
}

void lanes_sum(mote_backend backend, point out[MOST_WINDOWS], lane_row *const bucket[MOST_WINDOWS],
               size_t buckets) {
    CALL_AND_RETURN(backend, sum(out, bucket, buckets))
}
#endif
