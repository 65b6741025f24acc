/* SPDX-License-Identifier: Apache-2.0 */
#include "pairs.h"

#ifdef LANES_AVX512
#include "lanes_avx512.h"

#include "pairs_body.h"
#else
typedef int pairs_avx512_is_not_used;
#endif
