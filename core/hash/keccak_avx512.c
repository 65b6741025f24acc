/* SPDX-License-Identifier: Apache-2.0 */
#include "keccak_lanes.h"

#ifdef MOTE_WITH_AVX512
#define LANES 8
#define KECCAK_NAME(name) mote_keccak_##name##_avx512

typedef uint64_t keccak_lane __attribute__((vector_size(8 * LANES)));
#include "lanes_ternary.h"

#include "keccak_body.h"
#else
typedef int keccak_avx512_is_not_used;
#endif
