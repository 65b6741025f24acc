/* SPDX-License-Identifier: Apache-2.0 */
/* Which module this is: mote.wasm, or mote-validation.wasm or mote-live.wasm, which have more operations behind the same
 * ones. */
#ifndef MOTE_WASM_MODULE_H
#define MOTE_WASM_MODULE_H

#ifdef MOTE_WASM_VALIDATION
#include "validation/validation.gen.h"
#define MODULE_ABI VALIDATION_ABI
#define MODULE_OPERATIONS VALIDATION_OPERATION_COUNT
#elif defined(MOTE_WASM_LIVE)
#include "live/live.gen.h"
#define MODULE_ABI LIVE_ABI
#define MODULE_OPERATIONS LIVE_OPERATION_COUNT
#define NUMBER(name) LIVE_##name,
typedef enum live_operation {
    LIVE_BEFORE = OPERATION_COUNT - 1,
    LIVE_OPERATIONS(NUMBER)
} live_operation;
#undef NUMBER
#else
#include "protocol.gen.h"
#define MODULE_ABI PROTOCOL_ABI
#define MODULE_OPERATIONS OPERATION_COUNT
#endif

#endif
