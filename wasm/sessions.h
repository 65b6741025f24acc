/* SPDX-License-Identifier: Apache-2.0 */
/* What lasts over several calls: warp proofs that arrive by chunks, bundles that are walked link by
 * link, justifications whose signatures are judged elsewhere. */
#ifndef MOTE_WASM_SESSIONS_H
#define MOTE_WASM_SESSIONS_H

#include "operations.h"

/* A session's number holds its slot and a generation, so that a closed one is not taken for its successor. */
mote_status open_session(boundary *b, mote_context *context, session **out, uint32_t *number,
                         session_kind kind, size_t memory);
mote_status find_session(boundary *b, mote_context *context, session **out, uint32_t number,
                         session_kind kind);
void close_session(session *s);
/* The session has the request from now on, and what was read from it stays where it is. */
void take_request(boundary *b, session *s);
/* The call's scratch memory, of so many bytes at least, before anything is taken from it. */
bool scratch_grow(boundary *b, mote_context *context, size_t size);
/* The call's fault record is the answer's; the session has its own. */
mote_status session_fault(mote_context *context, const session *s, mote_status status);

#endif
