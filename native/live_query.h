/* SPDX-License-Identifier: Apache-2.0 */
/* One question to a running chain's state, and the whole answer to it. */
#ifndef MOTE_NATIVE_LIVE_QUERY_H
#define MOTE_NATIVE_LIVE_QUERY_H

#include "live.h"

typedef struct live_value {
    mote_bytes key;
    mote_proven_value value; /* its bytes are the app's */
} live_value;

typedef struct live_result {
    mote_finalized_header relay; /* the final block it is under; or that of the parachain's block */
    mote_para_header para;       /* of a parachain */
    live_value *values;
    size_t count;
    mote_bytes proof;     /* of all of it, whatever pages it came in */
    mote_hash head;       /* the verified head from which `ancestors` lead down to the block */
    mote_bytes ancestors; /* headers, one after another */
    bool complete;        /* a list */
} live_result;

/* Waits for the answer. False with a failure. */
bool live_ask(live *live, live_result *out, const mote_query *query);

#endif
