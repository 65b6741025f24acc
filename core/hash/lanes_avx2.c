/* SPDX-License-Identifier: Apache-2.0 */
#include "lanes.h"

#ifdef MOTE_WITH_AVX2
#define LANES 4
#define HASH_NAME(name) mote_hash_##name##_avx2

#include "lanes_body.h"
#else
typedef int hash_lanes_avx2_is_not_used;
#endif
