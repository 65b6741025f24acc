/* SPDX-License-Identifier: Apache-2.0 */
/* The operations of mote-live.wasm by name. */
#ifndef MOTE_WASM_LIVE_H
#define MOTE_WASM_LIVE_H

#include "live/live.gen.h"
#include "operations.h"

#define DECLARE(name) OPERATION(name);
LIVE_OPERATIONS(DECLARE)
#undef DECLARE

#endif
