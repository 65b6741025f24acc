/* SPDX-License-Identifier: Apache-2.0 */
#include "pairs.h"

#include "multiscalar.h"

static void multiply_one(const point_pair *pair) {
    if (pair->B == NULL) {
        point_multiply_and_base(pair->sum, pair->A, pair->a, pair->b);
    } else {
        point_multiply_two(pair->sum, pair->A, pair->a, pair->B, pair->b);
    }
}

/* Those that lanes are filled with; a few that are left are as fast one by one. */
static size_t multiply_in_lanes(mote_backend backend, point_pair *pairs, size_t count,
                                pair_memory *memory) {
    switch (backend) {
#ifdef LANES_AVX512
    case MOTE_BACKEND_AVX512:
        mote_curve25519_avx512_pairs(pairs, count < 8 ? (unsigned)count : 8, memory);
        return count < 8 ? count : 8;
#endif
#ifdef LANES_AVX2
    case MOTE_BACKEND_AVX2:
        mote_curve25519_avx2_pairs(pairs, count < 4 ? (unsigned)count : 4, memory);
        return count < 4 ? count : 4;
#endif
#ifdef LANES_NEON
    case MOTE_BACKEND_NEON:
        mote_curve25519_neon_pairs(pairs, count < 4 ? (unsigned)count : 4, memory);
        return count < 4 ? count : 4;
#endif
    default: (void)memory; break;
    }
    multiply_one(&pairs[0]);
    return 1;
}

void point_pairs_multiply(mote_backend backend, point_pair *pairs, size_t count,
                          pair_memory *memory) {
    for (size_t done = 0; done < count;) {
        const size_t left = count - done;
        const mote_backend with = left < 2 ? MOTE_BACKEND_PORTABLE : backend;
        done += multiply_in_lanes(with, pairs + done, left, memory);
    }
}
