/* SPDX-License-Identifier: Apache-2.0 */
/* A session is played again: its calls, in its order, and nothing else. */
#include "session.h"

#include "mote/scale.h"

typedef struct session_player {
    session_log *log;
    void *memory;
    mote_client *client;
} session_player;

static mote_bytes read_bytes(mote_cursor *cursor) {
    return mote_read_span(cursor, mote_read_u32(cursor));
}

static void end_client(session_player *player) {
    if (player->client != NULL) session_log_end(player->log, player->client);
    free(player->memory);
    player->memory = NULL;
    player->client = NULL;
}

/* 0: as many as a client has who does not say. */
static void read_limit(mote_cursor *from, uint32_t *limit) {
    uint32_t given = mote_read_u32(from);
    if (given != 0) *limit = given;
}

static void open_client(session_player *player, mote_cursor *from) {
    uint8_t seed[32];
    mote_client_limits limits = mote_client_default_limits();
    mote_read_array(from, seed, sizeof seed);
    uint32_t *const counts[] = {&limits.relays,      &limits.parachains, &limits.sources,
                                &limits.requests,    &limits.queries,    &limits.transactions,
                                &limits.authorities, &limits.handovers};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) read_limit(from, counts[i]);
    uint32_t message = (uint32_t)limits.message_bytes, pool = (uint32_t)limits.pool_bytes;
    read_limit(from, &message);
    read_limit(from, &pool);
    limits.message_bytes = message;
    limits.pool_bytes = pool;
    end_client(player);
    size_t size = mote_client_memory(&limits);
    player->memory = malloc(size + 1);
    if (player->memory == NULL) abort();
    session_log_opened(player->log,
                       mote_client_init(&player->client, player->memory, size, &limits, seed));
}

static void add_relay(session_player *player, mote_cursor *from) {
    mote_relay_start start = {0};
    char text[64] = {0};
    mote_chain_id chain = 0;
    start.checkpoint = read_bytes(from);
    start.saved = read_bytes(from);
    mote_bytes name = read_bytes(from);
    if (name.size > 0 && name.size < sizeof text) {
        memcpy(text, name.data, name.size);
        start.name = text;
    }
    start.now = mote_read_u64(from);
    start.accept_expired = mote_read_bool(from);
    start.epoch_slots = mote_read_u32(from);
    mote_status status = mote_client_add_relay(player->client, &chain, &start);
    session_log_made(player->log, "relay", status, chain);
}

static void add_parachain(session_player *player, mote_cursor *from) {
    mote_chain_id relay = mote_read_u32(from), chain = 0;
    mote_status status =
        mote_client_add_parachain(player->client, &chain, relay, mote_read_u32(from));
    session_log_made(player->log, "parachain", status, chain);
}

static void add_source(session_player *player, mote_cursor *from) {
    mote_source_id source = 0;
    mote_status status = mote_client_add_source(player->client, &source, mote_read_u32(from));
    session_log_made(player->log, "source", status, source);
}

static void name_source(session_player *player, mote_cursor *from) {
    mote_source_id source = mote_read_u32(from);
    mote_client_name_source(player->client, source, mote_read_u64(from));
}

static void receive(session_player *player, mote_cursor *from) {
    mote_source_id source = mote_read_u32(from);
    mote_bytes chunk = read_bytes(from);
    mote_client_receive(player->client, source, chunk, mote_read_bool(from));
}

static void step(session_player *player, mote_cursor *from) {
    uint64_t now = mote_read_u64(from);
    bool more = mote_client_step(player->client, now, mote_read_u32(from));
    session_log_step(player->log, player->client, now, more);
}

static void query(session_player *player, mote_cursor *from) {
    mote_query query = {.kind = (mote_query_kind)mote_read_u8(from)};
    query.chain = mote_read_u32(from);
    query.subscribe = mote_read_bool(from);
    query.has_at = mote_read_bool(from);
    query.at = mote_read_hash(from);
    query.key_count = mote_read_u32(from);
    if (query.key_count > mote_cursor_left(from) / 4) {
        from->status = MOTE_E_LENGTH_BEYOND_INPUT;
        return;
    }
    mote_bytes *keys = calloc(query.key_count + (size_t)1, sizeof *keys);
    if (keys == NULL) abort();
    for (uint32_t i = 0; i < query.key_count; i++) keys[i] = read_bytes(from);
    query.keys = keys;
    query.prefix = read_bytes(from);
    query.child_key = read_bytes(from);
    query.patience = mote_read_u64(from);
    mote_query_id id = 0;
    mote_status status = mote_client_query(player->client, &id, &query);
    session_log_made(player->log, "query", status, id);
    free(keys);
}

static void submit(session_player *player, mote_cursor *from) {
    mote_chain_id chain = mote_read_u32(from);
    mote_bytes extrinsic = read_bytes(from);
    mote_transaction_id id = 0;
    mote_status status =
        mote_client_submit(player->client, &id, chain, extrinsic, mote_read_u64(from));
    session_log_made(player->log, "submit", status, id);
}

static void take(session_player *player, mote_cursor *from) {
    mote_action action;
    for (uint32_t times = mote_read_u32(from); times > 0; times--) {
        if (mote_client_next(player->client, &action))
            session_log_action(player->log, player->client, &action);
    }
}

static void play_call(session_player *player, session_call what, mote_cursor *from) {
    mote_client *client = player->client;
    switch (what) {
    case SESSION_OPEN: open_client(player, from); break;
    case SESSION_RELAY: add_relay(player, from); break;
    case SESSION_PARACHAIN: add_parachain(player, from); break;
    case SESSION_REMOVE_CHAIN: mote_client_remove_chain(client, mote_read_u32(from)); break;
    case SESSION_SOURCE: add_source(player, from); break;
    case SESSION_REMOVE_SOURCE: mote_client_remove_source(client, mote_read_u32(from)); break;
    case SESSION_OPENED: mote_client_source_opened(client, mote_read_u32(from)); break;
    case SESSION_CLOSED: mote_client_source_closed(client, mote_read_u32(from)); break;
    case SESSION_RECEIVE: receive(player, from); break;
    case SESSION_STEP: step(player, from); break;
    case SESSION_QUERY: query(player, from); break;
    case SESSION_CANCEL: mote_client_cancel(client, mote_read_u32(from)); break;
    case SESSION_SUBMIT: submit(player, from); break;
    case SESSION_FORGET: mote_client_forget(client, mote_read_u32(from)); break;
    case SESSION_SAVE: mote_client_save(client, mote_read_u32(from)); break;
    case SESSION_TAKE: take(player, from); break;
    case SESSION_NAME_SOURCE: name_source(player, from); break;
    default: from->status = MOTE_E_BAD_ARGUMENT; break;
    }
}

static const char *play(session_player *player, mote_cursor *session) {
    size_t magic = strlen(SESSION_MAGIC);
    mote_bytes head = mote_read_span(session, magic);
    if (session->status != MOTE_OK || memcmp(head.data, SESSION_MAGIC, magic) != 0)
        return "it is no session";
    while (mote_cursor_left(session) > 0) {
        session_call what = (session_call)mote_read_u8(session);
        mote_bytes arguments = read_bytes(session);
        if (session->status != MOTE_OK) return "it breaks off";
        if (player->client == NULL && what != SESSION_OPEN) return "there is no client";
        mote_cursor from = mote_cursor_over(arguments);
        play_call(player, what, &from);
        if (from.status != MOTE_OK || mote_cursor_left(&from) > 0) return "a call is none";
    }
    return NULL;
}

bool session_play(session_log *log, mote_bytes session, const char **why) {
    session_player player = {.log = log};
    mote_cursor cursor = mote_cursor_over(session);
    *why = play(&player, &cursor);
    end_client(&player);
    return *why == NULL;
}
