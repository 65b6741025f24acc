/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The recorder stands between a host and the client: the linker gives each mote_client_x of the host to __wrap_mote_client_x,
 * and the client's own is __real_mote_client_x. The host is the one that ships, unchanged.
 */
#include "session.h"

static test_buffer *recorded;
static session_log *followed;
static const mote_client *newest;
static uint32_t taken; /* not written yet */
static bool inside;    /* the client calls itself */

/* --- calls in a session --------------------------------------------------------------------------------------- */

static test_buffer arguments;

static void put_bytes(mote_bytes bytes) {
    append_u32(&arguments, (uint32_t)bytes.size);
    append_span(&arguments, bytes.data, bytes.size);
}

static void write_call(session_call what) {
    append_u8(recorded, (uint8_t)what);
    append_u32(recorded, (uint32_t)arguments.size);
    append_span(recorded, arguments.data, arguments.size);
    arguments.size = 0;
}

static void write_taken(void) {
    if (taken == 0) return;
    append_u32(&arguments, taken);
    taken = 0;
    write_call(SESSION_TAKE);
}

/* Whether this call is the host's, and recorded; then its arguments are to follow. */
static bool begins(void) {
    if (recorded == NULL || inside) return false;
    write_taken();
    return true;
}

static void write_number_call(session_call what, uint32_t number) {
    if (!begins()) return;
    append_u32(&arguments, number);
    write_call(what);
}

static void made(const char *what, mote_status status, uint32_t id) {
    if (recorded != NULL && !inside) session_log_made(followed, what, status, id);
}

void session_record(test_buffer *session, session_log *log) {
    recorded = session;
    followed = log;
    newest = NULL;
    if (recorded->size == 0) append_span(recorded, SESSION_MAGIC, strlen(SESSION_MAGIC));
}

static void end_client(void) {
    if (newest != NULL) session_log_end(followed, newest);
    newest = NULL;
}

void session_record_end(void) {
    write_taken();
    end_client();
    recorded = NULL;
    free(arguments.data);
    arguments = (test_buffer){0};
}

/* --- what stands between ---------------------------------------------------------------------------------------- */

#define WRAPPED(type, name, ...)                                                                   \
    type __real_mote_client_##name(__VA_ARGS__);                                                   \
    type __wrap_mote_client_##name(__VA_ARGS__);                                                   \
    type __wrap_mote_client_##name(__VA_ARGS__)

static void write_open(const mote_client_limits *limits, const uint8_t seed[32]) {
    const uint32_t numbers[] = {limits->relays,
                                limits->parachains,
                                limits->sources,
                                limits->requests,
                                limits->queries,
                                limits->transactions,
                                limits->authorities,
                                limits->handovers,
                                (uint32_t)limits->message_bytes,
                                (uint32_t)limits->pool_bytes};
    append_span(&arguments, seed, 32);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        append_u32(&arguments, numbers[i]);
    write_call(SESSION_OPEN);
}

/* One that fails, for the memory that it was given, leaves nothing to record. */
WRAPPED(mote_status, init, mote_client **out, void *memory, size_t size,
        const mote_client_limits *limits, const uint8_t seed[32]) {
    bool recording = begins();
    if (recording) end_client();
    mote_status status = __real_mote_client_init(out, memory, size, limits, seed);
    if (!recording || status != MOTE_OK) return status;
    write_open(limits, seed);
    newest = *out;
    session_log_opened(followed, status);
    return status;
}

WRAPPED(mote_status, add_relay, mote_client *client, mote_chain_id *out,
        const mote_relay_start *start) {
    if (begins()) {
        const char *name = start->name == NULL ? "" : start->name;
        put_bytes(start->checkpoint);
        put_bytes(start->saved);
        put_bytes((mote_bytes){(const uint8_t *)name, strlen(name)});
        append_u64(&arguments, start->now);
        append_u8(&arguments, start->accept_expired);
        append_u32(&arguments, start->epoch_slots);
        write_call(SESSION_RELAY);
    }
    mote_status status = __real_mote_client_add_relay(client, out, start);
    made("relay", status, *out);
    return status;
}

WRAPPED(mote_status, add_parachain, mote_client *client, mote_chain_id *out, mote_chain_id relay,
        uint32_t para_id) {
    if (begins()) {
        append_u32(&arguments, relay);
        append_u32(&arguments, para_id);
        write_call(SESSION_PARACHAIN);
    }
    mote_status status = __real_mote_client_add_parachain(client, out, relay, para_id);
    made("parachain", status, *out);
    return status;
}

WRAPPED(void, remove_chain, mote_client *client, mote_chain_id chain) {
    write_number_call(SESSION_REMOVE_CHAIN, chain);
    __real_mote_client_remove_chain(client, chain);
}

WRAPPED(mote_status, add_source, mote_client *client, mote_source_id *out, mote_chain_id chain) {
    write_number_call(SESSION_SOURCE, chain);
    mote_status status = __real_mote_client_add_source(client, out, chain);
    made("source", status, *out);
    return status;
}

WRAPPED(void, name_source, mote_client *client, mote_source_id source, uint64_t name) {
    if (begins()) {
        append_u32(&arguments, source);
        append_u64(&arguments, name);
        write_call(SESSION_NAME_SOURCE);
    }
    __real_mote_client_name_source(client, source, name);
}

WRAPPED(void, remove_source, mote_client *client, mote_source_id source) {
    write_number_call(SESSION_REMOVE_SOURCE, source);
    __real_mote_client_remove_source(client, source);
}

WRAPPED(void, source_opened, mote_client *client, mote_source_id source) {
    write_number_call(SESSION_OPENED, source);
    __real_mote_client_source_opened(client, source);
}

WRAPPED(void, source_closed, mote_client *client, mote_source_id source) {
    write_number_call(SESSION_CLOSED, source);
    __real_mote_client_source_closed(client, source);
}

WRAPPED(void, receive, mote_client *client, mote_source_id source, mote_bytes chunk, bool is_last) {
    if (begins()) {
        append_u32(&arguments, source);
        put_bytes(chunk);
        append_u8(&arguments, is_last);
        write_call(SESSION_RECEIVE);
    }
    __real_mote_client_receive(client, source, chunk, is_last);
}

WRAPPED(bool, step, mote_client *client, uint64_t now, uint32_t work) {
    bool recording = begins();
    if (recording) {
        append_u64(&arguments, now);
        append_u32(&arguments, work);
        write_call(SESSION_STEP);
    }
    inside = true;
    bool more = __real_mote_client_step(client, now, work);
    inside = false;
    if (recording) session_log_step(followed, client, now, more);
    return more;
}

WRAPPED(bool, next, mote_client *client, mote_action *out) {
    bool any = __real_mote_client_next(client, out);
    if (recorded == NULL) return any;
    taken++;
    if (any) session_log_action(followed, client, out);
    return any;
}

WRAPPED(mote_status, query, mote_client *client, mote_query_id *out, const mote_query *query) {
    if (begins()) {
        append_u8(&arguments, (uint8_t)query->kind);
        append_u32(&arguments, query->chain);
        append_u8(&arguments, query->subscribe);
        append_u8(&arguments, query->has_at);
        append_span(&arguments, query->at.bytes, 32);
        append_u32(&arguments, query->key_count);
        for (uint32_t i = 0; i < query->key_count; i++) put_bytes(query->keys[i]);
        put_bytes(query->prefix);
        put_bytes(query->child_key);
        append_u64(&arguments, query->patience);
        write_call(SESSION_QUERY);
    }
    mote_status status = __real_mote_client_query(client, out, query);
    made("query", status, *out);
    return status;
}

WRAPPED(void, cancel, mote_client *client, mote_query_id query) {
    write_number_call(SESSION_CANCEL, query);
    __real_mote_client_cancel(client, query);
}

WRAPPED(mote_status, submit, mote_client *client, mote_transaction_id *out, mote_chain_id chain,
        mote_bytes extrinsic, uint64_t patience) {
    if (begins()) {
        append_u32(&arguments, chain);
        put_bytes(extrinsic);
        append_u64(&arguments, patience);
        write_call(SESSION_SUBMIT);
    }
    mote_status status = __real_mote_client_submit(client, out, chain, extrinsic, patience);
    made("submit", status, *out);
    return status;
}

WRAPPED(void, forget, mote_client *client, mote_transaction_id transaction) {
    write_number_call(SESSION_FORGET, transaction);
    __real_mote_client_forget(client, transaction);
}

WRAPPED(void, save, mote_client *client, mote_chain_id chain) {
    write_number_call(SESSION_SAVE, chain);
    __real_mote_client_save(client, chain);
}
