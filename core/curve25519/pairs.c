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

/* How many pairs a back end works on at once. */
static unsigned lanes_of(mote_backend backend) {
    switch (backend) {
    case MOTE_BACKEND_AVX512: return 8;
    case MOTE_BACKEND_AVX2: return 4;
    case MOTE_BACKEND_NEON: return 4;
    default: return 1;
    }
}

static void multiply_some(mote_backend backend, point_pair *pairs, unsigned count,
                          pair_memory *memory) {
    switch (backend) {
#ifdef LANES_AVX512
    case MOTE_BACKEND_AVX512: mote_curve25519_avx512_pairs(pairs, count, memory); return;
#endif
#ifdef LANES_AVX2
    case MOTE_BACKEND_AVX2: mote_curve25519_avx2_pairs(pairs, count, memory); return;
#endif
#ifdef LANES_NEON
    case MOTE_BACKEND_NEON: mote_curve25519_neon_pairs(pairs, count, memory); return;
#endif
    default: (void)memory; break;
    }
    for (unsigned i = 0; i < count; i++) multiply_one(&pairs[i]);
}

/* One alone is faster without vectors. */
void point_pairs_multiply(mote_backend backend, point_pair *pairs, size_t count,
                          pair_memory *memory) {
    const unsigned lanes = lanes_of(backend);
    for (size_t from = 0; from < count; from += lanes) {
        const unsigned some = count - from < lanes ? (unsigned)(count - from) : lanes;
        multiply_some(some > 1 ? backend : MOTE_BACKEND_PORTABLE, pairs + from, some, memory);
    }
}
