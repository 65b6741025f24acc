/* SPDX-License-Identifier: Apache-2.0 */
/* What the operations of mote-state.wasm share. */
#ifndef MOTE_WASM_STATE_H
#define MOTE_WASM_STATE_H

#include "operations.h"

/* A storage proof as hosts give it. */
typedef struct state_source {
    mote_bytes state, proof;
    bool compact, lenient;
} state_source;
#define STATE_SOURCE(q) ((state_source){(q).state, (q).proof, (q).compact, (q).lenient})
mote_status load_state(const boundary *b, mote_context *context, mote_proof *out,
                       state_source from);

#endif
