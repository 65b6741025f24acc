/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The made-up network of tests/sim on real sockets, in real time: each node a WebSocket server on loopback, honest or with
 * one of its lies. For tests of the hosts, which need connections that break and clocks that go on.
 *
 *     serve FOLDER [--seed N] [--history N] [--from N] [--forced N] [--speed N] [--tls CERT KEY]
 *           [--authorities N] [--session SLOTS] [--paras N] [--accounts N] [--relay LIE]... [--para INDEX LIE]...
 *
 * Prints one JSON object: the time at which its clock begins ("now", Unix seconds), a checkpoint of block --from in FOLDER, the
 * nodes' URLs, the parachains' ids and the accounts in all states. Lines on standard input ask for what is true:
 *     hash CHAIN NUMBER          value CHAIN NUMBER KEY [CHILD]      ("relay" or a parachain's id; "null" for none)
 *     drop                       (all connections break)             stop / start   (new ones are refused / taken)
 */
#include <jansson.h>
#include <libwebsockets.h>
#include <time.h>
#include <unistd.h>

#include "fixture.h"
#include "node.h"

#define MAX_NODES 64u
#define MAX_ACCOUNTS 8u

typedef struct server {
    sim_chain *chain;
    uint32_t para; /* index, of a parachain's node */
    sim_lie lie;
    char name[16];
    struct lws_vhost *vhost;
} server;

typedef struct message {
    struct message *next;
    uint64_t due;
    size_t size;
    bool unfinished;
    uint8_t data[];
} message;

/* One connection: a node of its own, so that subscriptions are its own. */
typedef struct session {
    struct session *next;
    struct lws *wsi;
    sim_node node;
    test_buffer heard;
    message *first, **last;
    bool breaks;
} session;

static sim_world *world;
static server servers[MAX_NODES];
static size_t server_count;
static session *sessions;
static uint64_t opened, speed = 1, chance;
static bool refuses;

/* --- time ------------------------------------------------------------------------------------------------------ */
static uint64_t steady(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

static uint64_t now(void) {
    return world->shape.start + (steady() - opened) * speed;
}

/* --- messages -------------------------------------------------------------------------------------------------- */
static void queue(session *session, sim_sayings *said) {
    for (sim_saying *at = said->first, *next; at != NULL; at = next) {
        next = at->next;
        message *message = malloc(sizeof *message + LWS_PRE + at->size + 1);
        if (message == NULL) abort();
        message->next = NULL;
        message->due = steady() + at->delay;
        message->size = at->size;
        message->unfinished = at->unfinished;
        memcpy(message->data + LWS_PRE, at->text, at->size);
        *session->last = message;
        session->last = &message->next;
        sim_saying_free(at);
    }
    if (session->first != NULL) lws_callback_on_writable(session->wsi);
}

static void hear(session *session) {
    sim_sayings said;
    sim_sayings_begin(&said);
    sim_world_advance(world, now());
    sim_node_hear(&session->node, &said, now(), buffer_bytes(&session->heard));
    session->heard.size = 0;
    queue(session, &said);
}

static int say(session *session) {
    message *message = session->first;
    if (session->breaks) return -1;
    if (message == NULL || message->due > steady()) return 0;
    unsigned flags = LWS_WRITE_TEXT | (message->unfinished ? LWS_WRITE_NO_FIN : 0u);
    if (lws_write(session->wsi, message->data + LWS_PRE, message->size,
                  (enum lws_write_protocol)flags) < (int)message->size) {
        return -1;
    }
    session->first = message->next;
    if (session->first == NULL) session->last = &session->first;
    free(message);
    if (session->first != NULL) lws_callback_on_writable(session->wsi);
    return 0;
}

/* --- connections ----------------------------------------------------------------------------------------------- */
static void greet(session *session, struct lws *wsi) {
    server *server = NULL;
    memset(session, 0, sizeof *session);
    for (size_t i = 0; i < server_count; i++) {
        if (servers[i].vhost == lws_get_vhost(wsi)) server = &servers[i];
    }
    if (server == NULL) abort();
    session->wsi = wsi;
    session->last = &session->first;
    sim_node_begin(&session->node, world, server->chain, ++chance);
    session->node.lie = server->lie;
    if (server->lie == SIM_LIE_STALE) session->node.stands = world->shape.start;
    session->next = sessions;
    sessions = session;
}

static void forget(session *session) {
    struct session **at = &sessions;
    while (*at != NULL && *at != session) at = &(*at)->next;
    if (*at != NULL) *at = session->next;
    sim_node_disconnected(&session->node);
    while (session->first != NULL) {
        message *next = session->first->next;
        free(session->first);
        session->first = next;
    }
    free(session->heard.data);
}

static int on_event(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                    size_t size) {
    session *session = user;
    switch (reason) {
    case LWS_CALLBACK_FILTER_NETWORK_CONNECTION: return refuses ? -1 : 0;
    case LWS_CALLBACK_ESTABLISHED: greet(session, wsi); return 0;
    case LWS_CALLBACK_RECEIVE:
        append_span(&session->heard, in, size);
        if (lws_is_final_fragment(wsi) && lws_remaining_packet_payload(wsi) == 0) hear(session);
        return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE: return say(session);
    case LWS_CALLBACK_CLOSED: forget(session); return 0;
    default: return 0;
    }
}

static const struct lws_protocols protocols[] = {
    {"sim", on_event, sizeof(session), 65536, 0, NULL, 0}, {NULL, NULL, 0, 0, 0, NULL, 0}};

static void wake_all(void) {
    static uint64_t last;
    if (steady() - last < 100) return;
    last = steady();
    sim_world_advance(world, now());
    for (session *session = sessions; session != NULL; session = session->next) {
        sim_sayings said;
        sim_sayings_begin(&said);
        sim_node_wake(&session->node, &said, now());
        queue(session, &said);
    }
}

/* --- what is true ------------------------------------------------------------------------------------------------ */
static const sim_chain *chain_called(const char *name) {
    if (strcmp(name, "relay") == 0) return &world->relay;
    for (uint32_t i = 0; i < world->shape.paras; i++) {
        if (world->paras[i].para_id == strtoul(name, NULL, 10)) return &world->paras[i];
    }
    return NULL;
}

static void print_hex(const uint8_t *bytes, size_t size) {
    fputs("0x", stdout);
    for (size_t i = 0; i < size; i++) printf("%02x", bytes[i]);
}

static void tell(const char *what, const char *name, uint32_t number, const char *key,
                 const char *child) {
    const sim_chain *chain = chain_called(name);
    const sim_block *block = chain == NULL ? NULL : sim_line_block(chain, number);
    uint8_t value[SIM_MAX_VALUE];
    size_t size = 32;
    bool there = block != NULL;
    if (there && strcmp(what, "hash") == 0) {
        memcpy(value, block->hash.bytes, size);
    } else if (there) {
        mote_bytes trie = child[0] == 0 ? (mote_bytes){NULL, 0} : fixture_hex(child);
        there = sim_value(chain, child[0] == 0 ? NULL : &trie, fixture_hex(key), block->content,
                          value, &size);
    }
    if (there) {
        print_hex(value, size);
    } else {
        fputs("null", stdout);
    }
    putchar('\n');
    fflush(stdout);
}

static void break_all(void) {
    for (session *session = sessions; session != NULL; session = session->next) {
        session->breaks = true;
        lws_callback_on_writable(session->wsi);
    }
}

static void obey(char *line) {
    char what[16] = "", chain[16] = "", key[512] = "", child[512] = "";
    unsigned number = 0;
    sscanf(line, "%15s %15s %u %511s %511s", what, chain, &number, key, child);
    if (strcmp(what, "hash") == 0 || strcmp(what, "value") == 0)
        tell(what, chain, number, key, child);
    if (strcmp(what, "drop") == 0) break_all();
    if (strcmp(what, "stop") == 0) refuses = true;
    if (strcmp(what, "start") == 0) refuses = false;
}

/* False where standard input has ended: so does the network. */
static bool obey_all(void) {
    static char line[2048];
    static size_t size;
    struct timeval none = {0, 0};
    fd_set set;
    FD_ZERO(&set);
    FD_SET(STDIN_FILENO, &set);
    if (select(STDIN_FILENO + 1, &set, NULL, NULL, &none) <= 0) return true;
    ssize_t got = read(STDIN_FILENO, line + size, sizeof line - 1 - size);
    if (got <= 0) return false;
    size += (size_t)got;
    line[size] = 0;
    for (char *end; (end = strchr(line, '\n')) != NULL;) {
        *end = 0;
        obey(line);
        size -= (size_t)(end + 1 - line);
        memmove(line, end + 1, size + 1);
    }
    return true;
}

/* --- beginning ------------------------------------------------------------------------------------------------------ */
static sim_lie lie_called(const char *name) {
    for (int i = 0; i < SIM_LIES; i++) {
        if (strcmp(sim_lie_name((sim_lie)i), name) == 0) return (sim_lie)i;
    }
    fprintf(stderr, "no lie is called %s\n", name);
    exit(2);
}

static const char *write_checkpoint(const char *folder, uint32_t number) {
    static char path[512];
    mote_bytes bytes = sim_checkpoint(world, number);
    snprintf(path, sizeof path, "%s/sim.chk", folder);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(bytes.data, 1, bytes.size, file) != bytes.size || fclose(file) != 0)
        abort();
    return path;
}

static void listen_all(struct lws_context *context, const char *certificate, const char *key) {
    for (size_t i = 0; i < server_count; i++) {
        struct lws_context_creation_info info = {0};
        snprintf(servers[i].name, sizeof servers[i].name, "node%u", (unsigned)i);
        info.port = 0;
        info.iface = "127.0.0.1";
        info.protocols = protocols;
        info.vhost_name = servers[i].name;
        info.ssl_cert_filepath = certificate;
        info.ssl_private_key_filepath = key;
        if (certificate != NULL) info.options = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
        servers[i].vhost = lws_create_vhost(context, &info);
        if (servers[i].vhost == NULL) abort();
    }
}

static void print_beginning(const char *checkpoint, bool secure) {
    json_t *out = json_object(), *relay = json_array(), *paras = json_array(),
           *accounts = json_array();
    for (size_t i = 0; i < server_count; i++) {
        json_t *url = json_sprintf("%s:%d", secure ? "wss://localhost" : "ws://127.0.0.1",
                                   lws_get_vhost_listen_port(servers[i].vhost));
        if (servers[i].chain->is_relay) {
            json_array_append_new(relay, url);
        } else {
            json_array_append_new(
                paras, json_pack("{s:i,s:o}", "id", servers[i].chain->para_id, "url", url));
        }
    }
    for (uint32_t i = 0; i < world->relay.cell_count; i++) {
        const sim_cell *cell = &world->relay.cells[i];
        if (cell->form != SIM_FORM_ACCOUNT &&
            (cell->form != SIM_FORM_SOMETIMES || cell->key.size != 80))
            continue;
        char hex[65];
        for (size_t j = 0; j < 32; j++) snprintf(hex + 2 * j, 3, "%02x", cell->key.data[48 + j]);
        json_array_append_new(accounts, json_sprintf("0x%s", hex));
    }
    json_object_set_new(out, "now", json_integer((json_int_t)(world->shape.start / 1000)));
    json_object_set_new(out, "checkpoint", json_string(checkpoint));
    json_object_set_new(out, "relay", relay);
    json_object_set_new(out, "paras", paras);
    json_object_set_new(out, "accounts", accounts);
    json_dumpf(out, stdout, JSON_COMPACT);
    putchar('\n');
    fflush(stdout);
    json_decref(out);
}

int main(int argc, char **argv) {
    sim_shape shape = sim_shape_plain(1);
    const char *folder = argc > 1 ? argv[1] : ".", *certificate = NULL, *key = NULL;
    uint32_t from = 1;
    shape.paras_behave = true;
    for (int i = 2; i + 1 < argc; i += 2) {
        const char *option = argv[i], *value = argv[i + 1];
        if (server_count == MAX_NODES) abort();
        if (strcmp(option, "--seed") == 0) shape.seed = strtoull(value, NULL, 10);
        if (strcmp(option, "--history") == 0) shape.history = (uint32_t)strtoul(value, NULL, 10);
        if (strcmp(option, "--from") == 0) from = (uint32_t)strtoul(value, NULL, 10);
        if (strcmp(option, "--speed") == 0) speed = strtoull(value, NULL, 10);
        if (strcmp(option, "--authorities") == 0)
            shape.authorities = (uint32_t)strtoul(value, NULL, 10);
        if (strcmp(option, "--session") == 0)
            shape.session_slots = (uint32_t)strtoul(value, NULL, 10);
        if (strcmp(option, "--paras") == 0) shape.paras = (uint32_t)strtoul(value, NULL, 10);
        if (strcmp(option, "--accounts") == 0) shape.accounts = (uint32_t)strtoul(value, NULL, 10);
        if (strcmp(option, "--forced") == 0) shape.forced_at = (uint32_t)strtoul(value, NULL, 10);
        if (strcmp(option, "--relay") == 0)
            servers[server_count++] = (server){.para = SIM_NONE, .lie = lie_called(value)};
        if (strcmp(option, "--para") == 0) {
            servers[server_count++] = (server){.para = (uint32_t)strtoul(value, NULL, 10),
                                               .lie = lie_called(argv[i + 2])};
            i++;
        }
        if (strcmp(option, "--tls") == 0) {
            certificate = value;
            key = argv[i + 2];
            i++;
        }
    }
    world = sim_world_new(&shape);
    sim_world_advance(world, shape.start);
    for (size_t i = 0; i < server_count; i++)
        servers[i].chain =
            servers[i].para == SIM_NONE ? &world->relay : &world->paras[servers[i].para];
    lws_set_log_level(0, NULL);
    struct lws_context_creation_info info = {0};
    info.options = LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
    struct lws_context *context = lws_create_context(&info);
    if (context == NULL) abort();
    listen_all(context, certificate, key);
    opened = steady();
    print_beginning(write_checkpoint(folder, from), certificate != NULL);
    while (obey_all()) {
        wake_all();
        lws_service(context, -1);
        usleep(2000);
    }
    lws_context_destroy(context);
    sim_world_free(world);
    return 0;
}
