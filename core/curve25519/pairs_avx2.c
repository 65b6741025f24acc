/* SPDX-License-Identifier: Apache-2.0 */
#include "pairs.h"

#ifdef LANES_AVX2
#include "lanes_avx2.h"

#include "pairs_body.h"
#else
typedef int pairs_avx2_is_not_used;
#endif
