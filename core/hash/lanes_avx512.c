/* SPDX-License-Identifier: Apache-2.0 */
#include "lanes.h"

#ifdef MOTE_WITH_AVX512
#define LANES 8
#define HASH_NAME(name) mote_hash_##name##_avx512

#include "lanes_body.h"
#else
typedef int hash_lanes_avx512_is_not_used;
#endif
