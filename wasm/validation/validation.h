/* SPDX-License-Identifier: Apache-2.0 */
/* The operations of mote-validation.wasm by name. */
#ifndef MOTE_WASM_VALIDATION_H
#define MOTE_WASM_VALIDATION_H

#include "operations.h"
#include "validation/validation.gen.h"

#define DECLARE(name) OPERATION(name);
VALIDATION_OPERATIONS(DECLARE)
#undef DECLARE

#endif
