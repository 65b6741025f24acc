/* SPDX-License-Identifier: Apache-2.0 */
#include "keccak_lanes.h"

#ifdef MOTE_WITH_AVX2
#define LANES 4
#define KECCAK_NAME(name) mote_keccak_##name##_avx2

typedef uint64_t keccak_lane __attribute__((vector_size(8 * LANES)));
#define XOR3(a, b, c) ((a) ^ ((b) ^ (c)))

#include "keccak_body.h"
#else
typedef int keccak_avx2_is_not_used;
#endif
