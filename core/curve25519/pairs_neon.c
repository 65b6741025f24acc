/* SPDX-License-Identifier: Apache-2.0 */
#include "pairs.h"

#ifdef LANES_NEON
#include "lanes_neon.h"

#include "pairs_body.h"
#else
typedef int pairs_neon_is_not_used;
#endif
