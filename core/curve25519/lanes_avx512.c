/* SPDX-License-Identifier: Apache-2.0 */
#include "lanes.h"

#ifdef LANES_AVX512
#include "lanes_avx512.h"

#include "lanes_body.h"
#include "lanes_rows.h"
#else
typedef int lanes_avx512_is_not_used;
#endif
