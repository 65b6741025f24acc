/* SPDX-License-Identifier: Apache-2.0 */
/* The live client: chains, sources, steps, queries. One client to an instance, in memory that is taken once. */
#include <string.h>

#include "operations.h"

/* Room in an answer for what is said besides the bytes of a message. */
#define ANSWER_SPARE ((size_t)64 << 10)

/* Nothing can be asked of a client that is not there. */
#define CLIENT(name)                                                                               \
    ASK(name);                                                                                     \
    if (b->client == NULL) return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX)

static mote_status failed(mote_context *context, mote_status status) {
    return status == MOTE_OK ? MOTE_OK : mote_fail(context, status, NULL, MOTE_NO_INDEX);
}

/* --- opening -------------------------------------------------------------------------------------------------------- */

/* 0: as many as a client has who does not say. */
static mote_client_limits limits_of(const ask_client_open *q) {
    mote_client_limits limits = mote_client_default_limits();
    if (q->relays != 0) limits.relays = q->relays;
    if (q->parachains != 0) limits.parachains = q->parachains;
    if (q->sources != 0) limits.sources = q->sources;
    if (q->requests != 0) limits.requests = q->requests;
    if (q->queries != 0) limits.queries = q->queries;
    if (q->transactions != 0) limits.transactions = q->transactions;
    if (q->authorities != 0) limits.authorities = q->authorities;
    if (q->handovers != 0) limits.handovers = q->handovers;
    if (q->message_bytes != 0) limits.message_bytes = q->message_bytes;
    if (q->pool_bytes != 0) limits.pool_bytes = q->pool_bytes;
    return limits;
}

OPERATION(client_open) {
    ASK(client_open);
    const mote_client_limits limits = limits_of(&q);
    const size_t size = mote_client_memory(&limits);
    if (b->client != NULL || size == 0)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    if (!answer_grow(b, answer, limits.message_bytes + ANSWER_SPARE) ||
        !region_grow(&b->client_memory, size)) {
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    }
    status = mote_client_init(&b->client, b->client_memory.data, b->client_memory.size, &limits,
                              b->seed);
    if (status != MOTE_OK) return failed(context, status);
    mote_write_u32(answer, (uint32_t)size);
    return MOTE_OK;
}

/* --- chains and sources ----------------------------------------------------------------------------------------------- */

OPERATION(client_add_relay) {
    CLIENT(client_add_relay);
    char name[64];
    if (q.chain.size >= sizeof name)
        return mote_fail(context, MOTE_E_UNKNOWN_CHAIN, q.chain.data, MOTE_NO_INDEX);
    memcpy(name, q.chain.data, q.chain.size);
    name[q.chain.size] = '\0';
    mote_chain_id chain;
    const mote_relay_start start = {.checkpoint = q.checkpoint,
                                    .saved = q.saved,
                                    .name = q.chain.size == 0 ? NULL : name,
                                    .now = q.now,
                                    .accept_expired = q.accept_expired,
                                    .epoch_slots = q.epoch_slots};
    status = mote_client_add_relay(b->client, &chain, &start);
    if (status == MOTE_OK) mote_write_u32(answer, chain);
    return failed(context, status);
}

OPERATION(client_add_parachain) {
    CLIENT(client_add_parachain);
    mote_chain_id chain;
    status = mote_client_add_parachain(b->client, &chain, q.relay, q.para_id);
    if (status == MOTE_OK) mote_write_u32(answer, chain);
    return failed(context, status);
}

OPERATION(client_remove_chain) {
    CLIENT(client_remove_chain);
    (void)answer;
    mote_client_remove_chain(b->client, q.chain);
    return MOTE_OK;
}

OPERATION(client_add_source) {
    CLIENT(client_add_source);
    mote_source_id source;
    status = mote_client_add_source(b->client, &source, q.chain);
    if (status == MOTE_OK) mote_write_u32(answer, source);
    return failed(context, status);
}

OPERATION(client_remove_source) {
    CLIENT(client_remove_source);
    (void)answer;
    mote_client_remove_source(b->client, q.source);
    return MOTE_OK;
}

OPERATION(client_name_source) {
    CLIENT(client_name_source);
    (void)answer;
    mote_client_name_source(b->client, q.source, q.name);
    return MOTE_OK;
}

OPERATION(client_opened) {
    CLIENT(client_opened);
    (void)answer;
    mote_client_source_opened(b->client, q.source);
    return MOTE_OK;
}

OPERATION(client_closed) {
    CLIENT(client_closed);
    (void)answer;
    mote_client_source_closed(b->client, q.source);
    return MOTE_OK;
}

OPERATION(client_receive) {
    CLIENT(client_receive);
    (void)answer;
    mote_client_receive(b->client, q.source, q.chunk, q.is_last);
    return MOTE_OK;
}

/* --- running ------------------------------------------------------------------------------------------------------------ */

OPERATION(client_step) {
    CLIENT(client_step);
    mote_write_u8(answer, mote_client_step(b->client, q.now, q.work));
    return MOTE_OK;
}

/* The requests that ask for nothing have no fields to read. */
#define CLIENT_ALONE                                                                               \
    mote_status status = mote_cursor_finish(context, ask);                                         \
    if (status != MOTE_OK) return status;                                                          \
    if (b->client == NULL) return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX)

OPERATION(client_deadline) {
    CLIENT_ALONE;
    mote_write_u64(answer, mote_client_deadline(b->client));
    return MOTE_OK;
}

OPERATION(client_next) {
    CLIENT_ALONE;
    (void)mote_client_next(b->client, &b->action);
    const mote_action *action = &b->action;
    const bool is_event = action->kind == MOTE_ACTION_EVENT;
    mote_write_u8(answer, (uint8_t)action->kind);
    mote_write_u32(answer, is_event ? action->event.source : action->source);
    mote_write_u32(answer, is_event ? action->event.chain : action->chain);
    mote_write_u32(answer, (uint32_t)(is_event ? action->event.why : action->why));
    mote_write_u8(answer, (uint8_t)action->event.kind);
    mote_write_u32(answer, action->event.query);
    mote_write_u32(answer, action->event.transaction);
    protocol_write_bytes(answer, action->bytes);
    return MOTE_OK;
}

OPERATION(client_save) {
    CLIENT(client_save);
    (void)answer;
    mote_client_save(b->client, q.chain);
    return MOTE_OK;
}

OPERATION(client_most_used) {
    CLIENT_ALONE;
    mote_write_u32(answer, (uint32_t)mote_client_most_used(b->client));
    return MOTE_OK;
}

/* --- questions and transactions ----------------------------------------------------------------------------------------- */

OPERATION(client_query) {
    CLIENT(client_query);
    mote_query_id query;
    mote_bytes *keys = mote_context_take(context, (size_t)q.keys.count + 1, sizeof *keys);
    if (keys == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    for (uint32_t i = 0; i < q.keys.count; i++) keys[i] = protocol_next(&q.keys);
    const mote_query asked = {.kind = (mote_query_kind)q.kind,
                              .chain = q.chain,
                              .subscribe = q.subscribe,
                              .has_at = q.has_at,
                              .at = q.at,
                              .keys = keys,
                              .key_count = q.keys.count,
                              .prefix = q.prefix,
                              .child_key = q.child_key,
                              .patience = q.patience};
    status = mote_client_query(b->client, &query, &asked);
    if (status == MOTE_OK) mote_write_u32(answer, query);
    return failed(context, status);
}

OPERATION(client_cancel) {
    CLIENT(client_cancel);
    (void)answer;
    mote_client_cancel(b->client, q.query);
    return MOTE_OK;
}

OPERATION(client_submit) {
    CLIENT(client_submit);
    mote_transaction_id transaction;
    status = mote_client_submit(b->client, &transaction, q.chain, q.extrinsic, q.patience);
    if (status == MOTE_OK) mote_write_u32(answer, transaction);
    return failed(context, status);
}

OPERATION(client_forget) {
    CLIENT(client_forget);
    (void)answer;
    mote_client_forget(b->client, q.transaction);
    return MOTE_OK;
}
