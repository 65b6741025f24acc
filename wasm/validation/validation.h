/* SPDX-License-Identifier: Apache-2.0 */
/* The operations of mote-validation.wasm by name. */
#ifndef MOTE_WASM_VALIDATION_H
#define MOTE_WASM_VALIDATION_H

#include "operations.h"
#include "validation/validation.gen.h"

/* A storage proof as hosts give it. */
typedef struct state_source {
    mote_bytes state, proof;
    bool compact, lenient;
} state_source;
#define STATE_SOURCE(q) ((state_source){(q).state, (q).proof, (q).compact, (q).lenient})
mote_status load_state(const boundary *b, mote_context *context, mote_proof *out,
                       state_source from);

#define DECLARE(name) OPERATION(name);
VALIDATION_OPERATIONS(DECLARE)
#undef DECLARE

#endif
