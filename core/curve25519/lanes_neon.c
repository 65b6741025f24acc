/* SPDX-License-Identifier: Apache-2.0 */
#include "lanes.h"

#ifdef LANES_NEON
#include "lanes_neon.h"

#include "lanes_body.h"
#include "lanes_rows.h"
#else
typedef int lanes_neon_is_not_used;
#endif
