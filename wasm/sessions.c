/* SPDX-License-Identifier: Apache-2.0 */
#include "sessions.h"

#include <string.h>

#define GENERATIONS (UINT32_MAX / MAX_SESSIONS)

/* The smallest free block that is large enough; else the largest one, to grow. */
static session *choose_slot(boundary *b, size_t memory) {
    session *best = NULL;
    for (uint32_t i = 0; i < MAX_SESSIONS; i++) {
        session *s = &b->sessions[i];
        if (s->kind != SESSION_FREE) continue;
        bool fits = s->memory.size >= memory;
        bool best_fits = best != NULL && best->memory.size >= memory;
        bool smaller = best != NULL && s->memory.size < best->memory.size;
        if (best == NULL || (fits && (!best_fits || smaller)) || (!best_fits && !smaller)) best = s;
    }
    return best;
}

mote_status open_session(boundary *b, mote_context *context, session **out, uint32_t *number,
                         session_kind kind, size_t memory) {
    session *s = choose_slot(b, memory);
    if (s == NULL || !region_grow(&s->memory, memory)) {
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    }
    const session kept = *s;
    memset(s, 0, sizeof *s);
    s->memory = kept.memory;
    s->request = kept.request;
    s->generation = (kept.generation + 1) % GENERATIONS;
    s->kind = kind;
    mote_context_init(&s->context, s->memory.data, s->memory.size, b->seed);
    s->context.keys = b->keys;
    *number = s->generation * MAX_SESSIONS + (uint32_t)(s - b->sessions);
    *out = s;
    return MOTE_OK;
}

mote_status find_session(boundary *b, mote_context *context, session **out, uint32_t number,
                         session_kind kind) {
    session *s = &b->sessions[number % MAX_SESSIONS];
    *out = s;
    if (s->kind == kind && s->generation == number / MAX_SESSIONS) return MOTE_OK;
    return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
}

void close_session(session *s) {
    s->kind = SESSION_FREE;
}

void take_request(boundary *b, session *s) {
    region request = b->input;
    b->input = s->request;
    s->request = request;
}

bool scratch_grow(boundary *b, mote_context *context, size_t size) {
    if (!region_grow(&b->scratch, size)) return false;
    context->memory = b->scratch.data;
    context->size = b->scratch.size;
    return true;
}

mote_status session_fault(mote_context *context, const session *s, mote_status status) {
    if (status != MOTE_OK) context->fault = s->context.fault;
    return status;
}

OPERATION(close) {
    ASK(close);
    (void)answer;
    session *s = &b->sessions[q.session % MAX_SESSIONS];
    if (s->kind == SESSION_FREE || s->generation != q.session / MAX_SESSIONS) {
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    }
    close_session(s);
    return MOTE_OK;
}
