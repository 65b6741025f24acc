/* SPDX-License-Identifier: Apache-2.0 */
#include "lanes.h"

#ifdef LANES_SIMD128
#include "lanes_simd128.h"

#include "lanes_body.h"
#include "lanes_windows.h"
#else
typedef int lanes_simd128_is_not_used;
#endif
