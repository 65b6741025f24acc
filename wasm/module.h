/* SPDX-License-Identifier: Apache-2.0 */
/* Which module this is: mote.wasm, or mote-validation.wasm, which has more operations behind the same ones. */
#ifndef MOTE_WASM_MODULE_H
#define MOTE_WASM_MODULE_H

#ifdef MOTE_WASM_VALIDATION
#include "validation/validation.gen.h"
#define MODULE_ABI VALIDATION_ABI
#define MODULE_OPERATIONS VALIDATION_OPERATION_COUNT
#else
#include "protocol.gen.h"
#define MODULE_ABI PROTOCOL_ABI
#define MODULE_OPERATIONS OPERATION_COUNT
#endif

#endif
