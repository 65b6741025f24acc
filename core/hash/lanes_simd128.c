/* SPDX-License-Identifier: Apache-2.0 */
#include "lanes.h"

#ifdef MOTE_WITH_SIMD128
#include <wasm_simd128.h>

#define LANES 2
#define HASH_NAME(name) mote_hash_##name##_simd128

#include "lanes_body.h"
#else
typedef int hash_lanes_simd128_is_not_used;
#endif
