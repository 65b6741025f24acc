/* SPDX-License-Identifier: Apache-2.0 */
#include "mote_host.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "keeper.h"
#include "net.h"

#define FIRST_RETRY 500u /* milliseconds */
#define LAST_RETRY 60000u
#define SETTLED 30000u /* so long a connection stood: the next one is made without delay again */
#define STORE_EVERY 30000u /* state is written at most so often, and at the end */
#define LONGEST_TURN 1000u /* a stop that came between two waits is seen then */

/* A connection to one source. */
typedef struct connection {
    struct connection *next;
    mote_host *host;
    mote_host_source about;
    char *url;
    char trouble[160];
    net_socket *socket;
    bool connecting;
    uint64_t since;    /* it stands, or was lost */
    uint64_t retry_at; /* milliseconds of the steady clock */
} connection;

/* What is kept of one relay chain. */
typedef struct relay {
    struct relay *next;
    mote_chain_id chain;
    mote_hash genesis;
    uint8_t *blob; /* the newest; its memory is used again */
    size_t size, room;
    bool unwritten;
    uint64_t stored, asked; /* when */
} relay;

struct mote_host {
    mote_client *client;
    void *memory;
    net *net;
    char *folder; /* NULL: nothing is kept */
    char trouble[160];
    connection *first;
    relay *relays;
    uint64_t start_time, opened;
    volatile sig_atomic_t stopped;
};

/* --- clocks -------------------------------------------------------------------------------------------------- */
static uint64_t milliseconds_of(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

static uint64_t steady(void) {
    return milliseconds_of(CLOCK_MONOTONIC);
}

uint64_t mote_host_now(const mote_host *host) {
    if (host->start_time != 0) return host->start_time + (steady() - host->opened);
    return milliseconds_of(CLOCK_REALTIME);
}

/* --- opening -------------------------------------------------------------------------------------------------- */
static bool make_client(mote_host *host, const mote_client_limits *limits) {
    uint8_t seed[32];
    size_t size = mote_client_memory(limits);
    if (size == 0 || getrandom(seed, sizeof seed, 0) != (ssize_t)sizeof seed) return false;
    host->memory = malloc(size);
    return host->memory != NULL &&
           mote_client_init(&host->client, host->memory, size, limits, seed) == MOTE_OK;
}

static const char *begin(mote_host *host, const mote_host_options *options) {
    mote_client_limits limits =
        options->limits != NULL ? *options->limits : mote_client_default_limits();
    host->start_time = options->start_time;
    host->opened = steady();
    if (options->state_folder == NULL) {
        host->folder = mote_keeper_folder();
    } else if (*options->state_folder != 0) {
        host->folder = strdup(options->state_folder);
    }
    if (!make_client(host, &limits)) return "there is not enough memory for the client";
    const char *why;
    host->net = mote_net_new(true, options->ca_file, &why);
    return host->net == NULL ? why : NULL;
}

mote_host *mote_host_open(const mote_host_options *options, const char **why) {
    const mote_host_options defaults = {0};
    mote_host *host = calloc(1, sizeof *host);
    const char *trouble = host == NULL ? "there is not enough memory"
                                       : begin(host, options == NULL ? &defaults : options);
    if (why != NULL) *why = trouble;
    if (trouble == NULL) return host;
    mote_host_close(host);
    return NULL;
}

mote_client *mote_host_client(mote_host *host) {
    return host->client;
}

/* --- state ---------------------------------------------------------------------------------------------------- */
static void store(mote_host *host, relay *relay) {
    if (!relay->unwritten || host->folder == NULL) return;
    int error =
        mote_keeper_store(host->folder, &relay->genesis, (mote_bytes){relay->blob, relay->size});
    host->trouble[0] = 0;
    if (error != 0) snprintf(host->trouble, sizeof host->trouble, "%s", strerror(error));
    relay->unwritten = false;
    relay->stored = steady();
}

/* A quarter more than is needed: the next one is a little larger or smaller. */
static bool make_room(relay *relay, size_t size) {
    if (size <= relay->room && relay->blob != NULL) return true;
    uint8_t *room = malloc(size + size / 4 + 1);
    if (room == NULL) return false;
    free(relay->blob);
    relay->blob = room;
    relay->room = size + size / 4;
    return true;
}

static void keep(mote_host *host, mote_chain_id chain, mote_bytes bytes) {
    relay *relay = host->relays;
    while (relay != NULL && relay->chain != chain) relay = relay->next;
    if (relay == NULL || !make_room(relay, bytes.size)) return;
    memcpy(relay->blob, bytes.data, bytes.size);
    relay->size = bytes.size;
    relay->unwritten = true;
    if (relay->stored == 0 || steady() - relay->stored >= STORE_EVERY) store(host, relay);
}

/* The genesis that the checkpoint names, for the file's name. */
static mote_status genesis_of(mote_hash *out, mote_bytes checkpoint) {
    mote_context context;
    mote_checkpoint decoded;
    static const uint8_t seed[32] = {0}; /* nothing is hashed with it that an enemy chose */
    size_t size = 2 * checkpoint.size + ((size_t)1 << 20);
    void *memory = malloc(size);
    if (memory == NULL) return MOTE_E_LIMIT_MEMORY;
    mote_context_init(&context, memory, size, seed);
    mote_status status = mote_checkpoint_decode(&context, &decoded, checkpoint);
    if (status == MOTE_OK) *out = decoded.genesis;
    free(memory);
    return status;
}

static mote_status add_relay(mote_host *host, mote_chain_id *out, const mote_relay_start *start,
                             relay *relay) {
    mote_relay_start whole = *start;
    mote_bytes kept = {NULL, 0};
    mote_status status = genesis_of(&relay->genesis, start->checkpoint);
    if (status != MOTE_OK) return status;
    if (whole.now == 0) whole.now = mote_host_now(host);
    if (whole.saved.size == 0 && host->folder != NULL) {
        whole.saved = kept = mote_keeper_load(host->folder, &relay->genesis);
    }
    status = mote_client_add_relay(host->client, out, &whole);
    free((void *)(uintptr_t)kept.data);
    return status;
}

mote_status mote_host_add_relay(mote_host *host, mote_chain_id *out,
                                const mote_relay_start *start) {
    *out = 0;
    relay *relay = calloc(1, sizeof *relay);
    if (relay == NULL) return MOTE_E_LIMIT_MEMORY;
    mote_status status = add_relay(host, out, start, relay);
    if (status != MOTE_OK) {
        free(relay);
        return status;
    }
    relay->chain = *out;
    relay->asked = steady();
    relay->next = host->relays;
    host->relays = relay;
    return MOTE_OK;
}

/* --- connections ------------------------------------------------------------------------------------------------ */
/* Twice as long each time, and a little that differs from client to client. */
static uint64_t back_off(uint32_t failures) {
    uint64_t delay = FIRST_RETRY;
    uint16_t chance = 0;
    for (uint32_t i = 1; i < failures && delay < LAST_RETRY; i++) delay *= 2;
    if (delay > LAST_RETRY) delay = LAST_RETRY;
    (void)!getrandom(&chance, sizeof chance, GRND_NONBLOCK);
    return delay + delay * chance / (4 * UINT64_C(65536));
}

static void lost(connection *connection) {
    bool stood = connection->about.connected && steady() - connection->since >= SETTLED;
    bool told = connection->about.connected;
    connection->about.connected = connection->connecting = false;
    connection->about.failures = stood ? 1 : connection->about.failures + 1;
    connection->since = steady();
    connection->retry_at = connection->since + back_off(connection->about.failures);
    if (told) mote_client_source_closed(connection->host->client, connection->about.source);
}

static void on_opened(void *user) {
    connection *connection = user;
    connection->about.connected = true;
    connection->connecting = false;
    connection->about.connections++;
    connection->since = steady();
    mote_client_source_opened(connection->host->client, connection->about.source);
}

static void on_received(void *user, mote_bytes chunk, bool is_last) {
    connection *connection = user;
    mote_client_receive(connection->host->client, connection->about.source, chunk, is_last);
}

static void on_closed(void *user, const char *why) {
    connection *connection = user;
    snprintf(connection->trouble, sizeof connection->trouble, "%s", why);
    lost(connection);
}

static const net_events events = {on_opened, on_received, on_closed};

static void free_connection(connection *connection) {
    if (connection == NULL) return;
    mote_net_socket_free(connection->socket);
    free(connection->url);
    free(connection);
}

static connection *new_connection(mote_host *host, const char *url) {
    connection *out = calloc(1, sizeof *out);
    if (out == NULL) return NULL;
    out->host = host;
    out->url = strdup(url);
    const char *why;
    out->socket = mote_net_socket_new(host->net, url, &events, out, &why);
    if (out->url != NULL && out->socket != NULL) return out;
    free_connection(out);
    return NULL;
}

/* The same in every run: FNV-1a of 64 bits. */
static uint64_t name_of(const char *url) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *url != 0; url++) hash = (hash ^ (uint8_t)*url) * UINT64_C(0x100000001b3);
    return hash;
}

mote_status mote_host_add_source(mote_host *host, mote_source_id *out, mote_chain_id chain,
                                 const char *url) {
    *out = 0;
    connection *fresh = new_connection(host, url);
    if (fresh == NULL) return MOTE_E_BAD_ARGUMENT;
    mote_status status = mote_client_add_source(host->client, out, chain);
    if (status != MOTE_OK) {
        free_connection(fresh);
        return status;
    }
    mote_client_name_source(host->client, *out, name_of(url));
    fresh->about.source = *out;
    fresh->about.chain = chain;
    connection **end = &host->first;
    while (*end != NULL) end = &(*end)->next;
    *end = fresh;
    return MOTE_OK;
}

static void connect_due(mote_host *host) {
    for (connection *connection = host->first; connection != NULL; connection = connection->next) {
        if (connection->about.dropped || connection->about.connected || connection->connecting)
            continue;
        if (steady() < connection->retry_at) continue;
        connection->connecting = true;
        mote_net_connect(connection->socket);
    }
}

static connection *connection_of(const mote_host *host, mote_source_id source) {
    connection *connection = host->first;
    while (connection != NULL && (connection->about.source != source || source == 0))
        connection = connection->next;
    return connection;
}

static bool fill(mote_host_source *out, const connection *connection) {
    memset(out, 0, sizeof *out);
    if (connection == NULL) return false;
    *out = connection->about;
    out->url = connection->url;
    out->trouble = connection->trouble[0] == 0 ? NULL : connection->trouble;
    return true;
}

bool mote_host_source_at(const mote_host *host, mote_host_source *out, size_t index) {
    const connection *connection = host->first;
    while (connection != NULL && index-- > 0) connection = connection->next;
    return fill(out, connection);
}

bool mote_host_source_of(const mote_host *host, mote_host_source *out, mote_source_id source) {
    return fill(out, connection_of(host, source));
}

/* --- running ------------------------------------------------------------------------------------------------------ */
static void shut(mote_host *host, const mote_action *action) {
    connection *connection = connection_of(host, action->source);
    if (connection == NULL) return;
    connection->about.why = action->why;
    mote_net_disconnect(connection->socket);
    if (action->kind == MOTE_ACTION_DROP) {
        connection->about.connected = connection->connecting = false;
        connection->about.dropped = true;
    } else {
        lost(connection);
    }
}

static void carry_out(mote_host *host, const mote_action *action) {
    connection *connection;
    switch (action->kind) {
    case MOTE_ACTION_SEND:
        connection = connection_of(host, action->source);
        if (connection != NULL) (void)mote_net_send(connection->socket, action->bytes);
        break;
    case MOTE_ACTION_CLOSE:
    case MOTE_ACTION_DROP: shut(host, action); break;
    case MOTE_ACTION_SAVE: keep(host, action->chain, action->bytes); break;
    case MOTE_ACTION_EVENT:
    case MOTE_ACTION_NONE: break;
    }
}

/* True with an event. */
static bool take_actions(mote_host *host, mote_client_event *out) {
    mote_action action;
    while (mote_client_next(host->client, &action)) {
        if (action.kind == MOTE_ACTION_EVENT) {
            *out = action.event;
            return true;
        }
        carry_out(host, &action);
    }
    return false;
}

/* Between hand-overs too: a process may end without a word. */
static void ask_to_save(mote_host *host) {
    for (relay *relay = host->relays; relay != NULL; relay = relay->next) {
        if (steady() - relay->asked < STORE_EVERY) continue;
        relay->asked = steady();
        mote_client_save(host->client, relay->chain);
    }
}

static uint64_t next_retry(const mote_host *host, uint64_t until) {
    for (const connection *connection = host->first; connection != NULL;
         connection = connection->next) {
        bool waits =
            !connection->about.dropped && !connection->about.connected && !connection->connecting;
        if (waits && connection->retry_at < until) until = connection->retry_at;
    }
    return until;
}

static int time_to_wait(const mote_host *host, uint64_t until) {
    uint64_t now = steady(), clock = mote_host_now(host);
    uint64_t deadline = mote_client_deadline(host->client);
    uint64_t wait = deadline > clock ? deadline - clock : 0;
    until = next_retry(host, until);
    if (until <= now) return 0;
    if (wait > until - now) wait = until - now;
    return (int)(wait < LONGEST_TURN ? wait : LONGEST_TURN);
}

mote_host_result mote_host_next(mote_host *host, mote_client_event *out, int milliseconds) {
    const uint64_t until = steady() + (uint64_t)(milliseconds < 0 ? 0 : milliseconds);
    memset(out, 0, sizeof *out);
    ask_to_save(host);
    for (;;) {
        if (host->stopped) return MOTE_HOST_STOPPED;
        connect_due(host);
        if (take_actions(host, out)) return MOTE_HOST_EVENT;
        bool more = mote_client_step(host->client, mote_host_now(host), MOTE_STEP_WORK);
        if (take_actions(host, out)) return MOTE_HOST_EVENT;
        if (!more && steady() >= until) return MOTE_HOST_TIMEOUT;
        mote_net_turn(host->net, more ? 0 : time_to_wait(host, until));
    }
}

void mote_host_stop(mote_host *host) {
    host->stopped = 1;
}

const char *mote_host_state_folder(const mote_host *host) {
    return host->folder;
}

const char *mote_host_state_trouble(const mote_host *host) {
    return host->trouble[0] == 0 ? NULL : host->trouble;
}

/* --- the end -------------------------------------------------------------------------------------------------------- */
static void take_saved(mote_host *host) {
    mote_action action;
    while (mote_client_next(host->client, &action)) {
        if (action.kind == MOTE_ACTION_SAVE) keep(host, action.chain, action.bytes);
    }
}

/* What was verified last is to be kept. */
static void take_last(mote_host *host) {
    if (host->client == NULL) return;
    take_saved(host);
    for (const relay *relay = host->relays; relay != NULL; relay = relay->next) {
        mote_client_save(host->client, relay->chain);
    }
    (void)mote_client_step(host->client, mote_host_now(host), 1);
    take_saved(host);
}

void mote_host_close(mote_host *host) {
    if (host == NULL) return;
    take_last(host);
    while (host->relays != NULL) {
        relay *next = host->relays->next;
        store(host, host->relays);
        free(host->relays->blob);
        free(host->relays);
        host->relays = next;
    }
    while (host->first != NULL) {
        connection *next = host->first->next;
        free_connection(host->first);
        host->first = next;
    }
    mote_net_free(host->net);
    free(host->memory);
    free(host->folder);
    free(host);
}
