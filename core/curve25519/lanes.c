/* SPDX-License-Identifier: Apache-2.0 */
/* Which back end's functions are called. What is not compiled in is never chosen (mote_backend_chosen). */
#include "lanes.h"

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
    default: return 0;
    }
}

/* One alone is decoded as fast without vectors. */
void affine_points_decode(mote_backend backend, decode_block *block) {
    switch (block->count > 1 ? backend : MOTE_BACKEND_PORTABLE) {
#ifdef LANES_AVX512
    case MOTE_BACKEND_AVX512: mote_curve25519_avx512_decode(block); return;
#endif
#ifdef LANES_AVX2
    case MOTE_BACKEND_AVX2: mote_curve25519_avx2_decode(block); return;
#endif
#ifdef LANES_NEON
    case MOTE_BACKEND_NEON: mote_curve25519_neon_decode(block); return;
#endif
    default: break;
    }
    for (unsigned i = 0; i < block->count; i++) {
        block->ok[i] = affine_point_decode(block->out[i], block->bytes[i]);
    }
}

void field_powers_p58(mote_backend backend, field *all, unsigned count) {
    switch (count > 1 ? backend : MOTE_BACKEND_PORTABLE) {
#ifdef LANES_AVX512
    case MOTE_BACKEND_AVX512: mote_curve25519_avx512_powers(all, count); return;
#endif
#ifdef LANES_AVX2
    case MOTE_BACKEND_AVX2: mote_curve25519_avx2_powers(all, count); return;
#endif
#ifdef LANES_NEON
    case MOTE_BACKEND_NEON: mote_curve25519_neon_powers(all, count); return;
#endif
    default: break;
    }
    for (unsigned i = 0; i < count; i++) field_power_p58(&all[i], &all[i]);
}

#ifdef LANES_ANY
void lanes_row(mote_backend backend, lane_row *out, const affine_point *a) {
    switch (backend) {
#ifdef LANES_AVX512
    case MOTE_BACKEND_AVX512: mote_curve25519_avx512_row(out, a); break;
#endif
#ifdef LANES_AVX2
    case MOTE_BACKEND_AVX2: mote_curve25519_avx2_row(out, a); break;
#endif
#ifdef LANES_NEON
    case MOTE_BACKEND_NEON: mote_curve25519_neon_row(out, a); break;
#endif
    default: break;
    }
}

void lanes_put(mote_backend backend, lane_row *const bucket[MOST_WINDOWS], const lane_row *row,
               const digit_block *digits) {
    switch (backend) {
#ifdef LANES_AVX512
    case MOTE_BACKEND_AVX512: mote_curve25519_avx512_put(bucket, row, digits); break;
#endif
#ifdef LANES_AVX2
    case MOTE_BACKEND_AVX2: mote_curve25519_avx2_put(bucket, row, digits); break;
#endif
#ifdef LANES_NEON
    case MOTE_BACKEND_NEON: mote_curve25519_neon_put(bucket, row, digits); break;
#endif
    default: break;
    }
}

void lanes_sum(mote_backend backend, point out[MOST_WINDOWS], lane_row *const bucket[MOST_WINDOWS],
               size_t buckets) {
    switch (backend) {
#ifdef LANES_AVX512
    case MOTE_BACKEND_AVX512: mote_curve25519_avx512_sum(out, bucket, buckets); break;
#endif
#ifdef LANES_AVX2
    case MOTE_BACKEND_AVX2: mote_curve25519_avx2_sum(out, bucket, buckets); break;
#endif
#ifdef LANES_NEON
    case MOTE_BACKEND_NEON: mote_curve25519_neon_sum(out, bucket, buckets); break;
#endif
    default: break;
    }
}
#endif
