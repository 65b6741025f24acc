/* SPDX-License-Identifier: Apache-2.0 */
/* Which module this is: mote.wasm, or the one whose table MODULE_HEADER names. mote-live.wasm has its operations behind
 * those of mote.wasm; the others have `start` and their own, and take the evidence that an instance of mote.wasm with the
 * same seed gave out. */
#ifndef MOTE_WASM_MODULE_H
#define MOTE_WASM_MODULE_H

#ifdef MODULE_HEADER
#include MODULE_HEADER
#else
#include "protocol.gen.h"
#define MODULE_ABI PROTOCOL_ABI
#define MODULE_OPERATIONS OPERATION_COUNT
#define MODULE_OWN(X)
#endif

#if !defined(MODULE_HEADER) || defined(MODULE_LIVE)
#define MODULE_IS_LIGHT_CLIENT
#endif

#endif
