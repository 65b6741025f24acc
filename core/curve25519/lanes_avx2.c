/* SPDX-License-Identifier: Apache-2.0 */
#include "lanes.h"

#ifdef LANES_AVX2
#include "lanes_avx2.h"

#include "lanes_body.h"
#include "lanes_rows.h"
#else
typedef int lanes_avx2_is_not_used;
#endif
