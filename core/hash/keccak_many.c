/* SPDX-License-Identifier: Apache-2.0 */
/* Which back end permutes. One state alone is as fast without vectors. */
#include "keccak_lanes.h"
#include "many.h"

static void permute_some(mote_backend backend, uint64_t *const *states, unsigned count) {
    switch (backend) {
#ifdef MOTE_WITH_AVX512
    case MOTE_BACKEND_AVX512: mote_keccak_permute_avx512(states, count); return;
#endif
#ifdef MOTE_WITH_AVX2
    case MOTE_BACKEND_AVX2: mote_keccak_permute_avx2(states, count); return;
#endif
    default: break;
    }
    for (unsigned i = 0; i < count; i++) mote_keccak_permute(states[i]);
}

void mote_keccak_permute_many(mote_backend backend, uint64_t *const *states, size_t count) {
    const unsigned lanes = mote_hash_lanes(backend);
    for (size_t from = 0; from < count; from += lanes) {
        const unsigned some = count - from < lanes ? (unsigned)(count - from) : lanes;
        permute_some(some > 1 ? backend : MOTE_BACKEND_PORTABLE, states + from, some);
    }
}

static void hash_some(mote_backend backend, mote_hash *out, const mote_bytes *input,
                      unsigned count) {
    switch (backend) {
#ifdef MOTE_WITH_AVX512
    case MOTE_BACKEND_AVX512: mote_keccak_256_avx512(out, input, count); return;
#endif
#ifdef MOTE_WITH_AVX2
    case MOTE_BACKEND_AVX2: mote_keccak_256_avx2(out, input, count); return;
#endif
    default: break;
    }
    for (unsigned i = 0; i < count; i++) out[i] = mote_keccak_256(input[i]);
}

void mote_keccak_256_many(mote_backend backend, mote_hash *out, const mote_bytes *input,
                          size_t count) {
    const mote_backend chosen = mote_backend_chosen(backend);
    const unsigned lanes = mote_hash_lanes(chosen);
    for (size_t from = 0; from < count; from += lanes) {
        const unsigned some = count - from < lanes ? (unsigned)(count - from) : lanes;
        hash_some(some > 1 ? chosen : MOTE_BACKEND_PORTABLE, out + from, input + from, some);
    }
}
