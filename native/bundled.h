/* SPDX-License-Identifier: Apache-2.0 */
/* The checkpoints of checkpoints/, which age (checkpoints/README.md). */
#ifndef MOTE_NATIVE_BUNDLED_H
#define MOTE_NATIVE_BUNDLED_H

#include "mote/bytes.h"

/* The compact checkpoint for a chain's name or id; empty where there is none. */
mote_bytes bundled_checkpoint(const char *name);

#endif
