/* SPDX-License-Identifier: Apache-2.0 */
#include "net.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <libwebsockets.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lookup.h"

#define HANDSHAKE_SECONDS 15
#define LOOKUP_TURN 2              /* milliseconds between looks at names that are asked for */
#define LEAST_ROOM ((size_t)512)   /* of a message */
#define MOST_SPARE ((size_t)65536) /* larger ones are not kept */

struct net {
    struct lws_context *context;
    net_socket *looking; /* for their host's address */
    lws_sorted_usec_list_t alarm;
};

typedef struct message {
    struct message *next;
    size_t size, room;
    uint8_t data[]; /* LWS_PRE bytes, then room for the text */
} message;

struct net_socket {
    net *net;
    const net_events *events;
    void *user;
    char *address;    /* the URL */
    const char *host; /* inside it */
    char path[1024];
    int port;
    bool tls;
    net_socket *next_looking;
    lookup *lookup; /* NULL, unless it is one of those */
    lws_usec_t looking_until;
    unsigned turn;   /* through the host's addresses: the one that works stays */
    struct lws *wsi; /* connected, or connecting */
    bool open;
    message *first, *last; /* to be sent */
    message *spare;        /* were sent: memory for those to come */
};

/* A connection that stays silent is asked for a sign of life, and given up. */
static const lws_retry_bo_t idle = {.secs_since_valid_ping = 25, .secs_since_valid_hangup = 40};

/* --- messages to be sent ----------------------------------------------------------------------------------- */
static void free_messages(message *first) {
    while (first != NULL) {
        message *next = first->next;
        free(first);
        first = next;
    }
}

static void forget_messages(net_socket *socket) {
    free_messages(socket->first);
    socket->first = socket->last = NULL;
}

/* A connection that stands asks for no memory: as many are spare as ever waited at a time. */
static message *take_message(net_socket *socket, size_t size) {
    size_t room = LEAST_ROOM;
    for (message **link = &socket->spare; *link != NULL; link = &(*link)->next) {
        message *found = *link;
        if (found->room < size) continue;
        *link = found->next;
        return found;
    }
    while (room < size) room *= 2; /* what is to be sent is in memory: no overflow */
    message *out = malloc(sizeof *out + LWS_PRE + room);
    if (out != NULL) out->room = room;
    return out;
}

static void give_message(net_socket *socket, message *message) {
    if (message->room > MOST_SPARE) {
        free(message);
        return;
    }
    message->next = socket->spare;
    socket->spare = message;
}

bool mote_net_send(net_socket *socket, mote_bytes text) {
    if (!socket->open) return false;
    message *message = take_message(socket, text.size);
    if (message == NULL) return false;
    message->next = NULL;
    message->size = text.size;
    if (text.size != 0) memcpy(message->data + LWS_PRE, text.data, text.size);
    if (socket->last != NULL) socket->last->next = message;
    if (socket->first == NULL) socket->first = message;
    socket->last = message;
    lws_callback_on_writable(socket->wsi);
    return true;
}

/* Nodes hold back the end of an answer until its beginning is acknowledged (Nagle), which Linux does after 40 ms, unless it is
 * told to do so at once, each time anew. */
static void acknowledge(struct lws *wsi) {
#ifdef TCP_QUICKACK
    const int yes = 1;
    (void)setsockopt(lws_get_socket_fd(wsi), IPPROTO_TCP, TCP_QUICKACK, &yes, sizeof yes);
#else
    (void)wsi;
#endif
}

static int write_next(net_socket *socket) {
    message *message = socket->first;
    if (message == NULL) return 0;
    int sent = lws_write(socket->wsi, message->data + LWS_PRE, message->size, LWS_WRITE_TEXT);
    if (sent < (int)message->size) return -1;
    socket->first = message->next;
    if (socket->first == NULL) socket->last = NULL;
    give_message(socket, message);
    acknowledge(socket->wsi);
    if (socket->first != NULL) lws_callback_on_writable(socket->wsi);
    return 0;
}

/* --- events of the library ----------------------------------------------------------------------------------- */
static void note_open(net_socket *socket, struct lws *wsi) {
    socket->wsi = wsi;
    socket->open = true;
    socket->events->opened(socket->user);
}

/* Why a certificate is refused, the library tells its log only. */
static _Thread_local char refusal[100];

static void on_log(int level, const char *line) {
    static const char begin[] = "SSL error: ";
    const char *at = strstr(line, begin);
    (void)level;
    if (at == NULL) return;
    at += sizeof begin - 1;
    size_t size = strcspn(at, "(\n");
    while (size > 0 && at[size - 1] == ' ') size--;
    snprintf(refusal, sizeof refusal, "%.*s", (int)size, at);
}

static const char *in_words(const net_socket *socket, const char *why) {
    static _Thread_local char text[160];
    snprintf(text, sizeof text, "%s", why);
    if (refusal[0] != 0) {
        snprintf(text, sizeof text, "its certificate is refused: %s", refusal);
    } else if (strstr(why, "SSL") != NULL) {
        snprintf(text, sizeof text, "it does not speak TLS");
    } else if (strcmp(why, "read failed") == 0) {
        snprintf(text, sizeof text, "it does not speak WebSocket%s",
                 socket->tls ? "" : " without TLS");
    }
    refusal[0] = 0;
    return text;
}

static void note_closed(net_socket *socket, const char *why, size_t size) {
    char text[160] = "the connection was closed";
    if (why != NULL && size > 0) snprintf(text, sizeof text, "%.*s", (int)size, why);
    if (!socket->open) socket->turn++;
    socket->wsi = NULL;
    socket->open = false;
    forget_messages(socket);
    socket->events->closed(socket->user, in_words(socket, text));
}

static void take_chunk(net_socket *socket, struct lws *wsi, const void *data, size_t size) {
    acknowledge(wsi);
    bool is_last = lws_is_final_fragment(wsi) != 0 && lws_remaining_packet_payload(wsi) == 0;
    socket->events->received(socket->user, (mote_bytes){data, size}, is_last);
}

/* A connection that was given up has no socket any more, and is closed at its next event. */
static int on_event(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                    size_t size) {
    net_socket *socket = wsi == NULL ? NULL : lws_get_opaque_user_data(wsi);
    (void)user;
    switch (reason) {
    case LWS_CALLBACK_CLIENT_ESTABLISHED:
        if (socket == NULL) return -1;
        note_open(socket, wsi);
        return 0;
    case LWS_CALLBACK_CLIENT_WRITEABLE: return socket == NULL ? -1 : write_next(socket);
    case LWS_CALLBACK_CLIENT_RECEIVE:
        if (socket == NULL) return -1;
        take_chunk(socket, wsi, in, size);
        return lws_get_opaque_user_data(wsi) == NULL ? -1 : 0;
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
        if (socket != NULL) note_closed(socket, in, size);
        return 0;
    case LWS_CALLBACK_CLIENT_CLOSED:
        if (socket != NULL) note_closed(socket, NULL, 0);
        return 0;
    default: return 0;
    }
}

static const struct lws_protocols protocols[] = {{"mote", on_event, 0, 65536, 0, NULL, 0},
                                                 {NULL, NULL, 0, 0, 0, NULL, 0}};

/* --- addresses of names --------------------------------------------------------------------------------------------- */
/* No Origin: nodes let only pages of certain origins in, and programs without one. The certificate is checked against the
 * name in `host`. */
static void connect_to(net_socket *socket, const char *address) {
    struct lws_client_connect_info info = {0};
    info.context = socket->net->context;
    info.address = address;
    info.host = socket->host;
    info.port = socket->port;
    info.path = socket->path;
    info.local_protocol_name = "mote";
    info.pwsi = &socket->wsi;
    info.opaque_user_data = socket;
    info.retry_and_idle_policy = &idle;
    info.ssl_connection = socket->tls ? LCCSCF_USE_SSL : 0;
    /* Where it fails at once, this is told from inside. */
    (void)lws_client_connect_via_info(&info);
}

static bool is_address(const char *host) {
    uint8_t room[sizeof(struct in6_addr)];
    return inet_pton(AF_INET, host, room) == 1 || inet_pton(AF_INET6, host, room) == 1;
}

static void stop_looking(net_socket *socket) {
    net_socket **link = &socket->net->looking;
    if (socket->lookup == NULL) return;
    while (*link != socket) link = &(*link)->next_looking;
    *link = socket->next_looking;
    lookup_free(socket->lookup);
    socket->lookup = NULL;
}

static void take_lookup(net_socket *socket) {
    char address[64] = "", why[160] = "its name is not found in time";
    if (lookup_is_done(socket->lookup)) {
        const char *found = lookup_address(socket->lookup, socket->turn);
        if (found != NULL) snprintf(address, sizeof address, "%s", found);
        snprintf(why, sizeof why, "%s", lookup_trouble(socket->lookup));
    } else if (lws_now_usecs() < socket->looking_until) {
        return;
    }
    stop_looking(socket);
    if (address[0] != 0) {
        connect_to(socket, address);
    } else {
        note_closed(socket, why, strlen(why));
    }
}

/* What is told here may begin new ones, in front of those that are looked at. */
static void take_lookups(net *net) {
    net_socket *next;
    for (net_socket *socket = net->looking; socket != NULL; socket = next) {
        next = socket->next_looking;
        take_lookup(socket);
    }
}

/* --- the loop ---------------------------------------------------------------------------------------------------- */
/* With a file that has none, the library would refuse everybody, and not say why. */
static bool has_certificate(const char *path) {
    char line[256];
    bool found = false;
    FILE *file = fopen(path, "rb");
    if (file == NULL) return false;
    while (!found && fgets(line, sizeof line, file) != NULL)
        found = strncmp(line, "-----BEGIN CERTIFICATE-----", 27) == 0;
    fclose(file);
    return found;
}

net *mote_net_new(bool tls, const char *ca_file, const char **why) {
    *why = "the file of --ca has no certificates (PEM)";
    if (ca_file != NULL && !has_certificate(ca_file)) return NULL;
    net *out = calloc(1, sizeof *out);
    *why = "the library for connections does not start";
    if (out == NULL) return NULL;
    lws_set_log_level(LLL_ERR, on_log);
    struct lws_context_creation_info info = {0};
    info.port = CONTEXT_PORT_NO_LISTEN;
    info.protocols = protocols;
    if (tls) info.options = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
    info.timeout_secs = HANDSHAKE_SECONDS;
    info.connect_timeout_secs = HANDSHAKE_SECONDS;
    if (ca_file != NULL) {
        info.options |= LWS_SERVER_OPTION_DISABLE_OS_CA_CERTS;
        info.client_ssl_ca_filepath = ca_file;
    }
    out->context = lws_create_context(&info);
    if (out->context != NULL) return out;
    free(out);
    return NULL;
}

void mote_net_free(net *net) {
    if (net == NULL) return;
    lws_sul_schedule(net->context, 0, &net->alarm, NULL, LWS_SET_TIMER_USEC_CANCEL);
    lws_context_destroy(net->context);
    free(net);
}

static void on_alarm(lws_sorted_usec_list_t *alarm) {
    (void)alarm;
}

/* The library sleeps until something happens, and the alarm does. */
void mote_net_turn(net *net, int milliseconds) {
    take_lookups(net);
    if (net->looking != NULL && milliseconds > LOOKUP_TURN) milliseconds = LOOKUP_TURN;
    if (milliseconds <= 0) {
        lws_service(net->context, -1);
        return;
    }
    lws_sul_schedule(net->context, 0, &net->alarm, on_alarm,
                     (lws_usec_t)milliseconds * (LWS_USEC_PER_SEC / 1000));
    lws_service(net->context, 0);
}

/* --- sockets ------------------------------------------------------------------------------------------------------- */
/* ws[s]://HOST[:PORT][/PATH], HOST a name, an IPv4 address or an IPv6 one in brackets. */
static const char *take_url(net_socket *out) {
    out->tls = strncmp(out->address, "wss://", 6) == 0;
    if (!out->tls && strncmp(out->address, "ws://", 5) != 0)
        return "an address begins with ws:// or wss://";
    char *host = out->address + (out->tls ? 6 : 5), *path = host + strcspn(host, "/?#");
    if (strchr(path, '#') != NULL) return "an address has no fragment (#)";
    snprintf(out->path, sizeof out->path, "%s%s", *path == '/' ? "" : "/", path);
    if (strlen(path) + 1 >= sizeof out->path) return "the address is too long";
    *path = 0;
    if (strchr(host, '@') != NULL) return "an address has no user name or password (@)";
    char *end = host + strcspn(host, ":");
    if (*host == '[') {
        end = strchr(++host, ']');
        if (end == NULL) return "the address lacks a ]";
        *end++ = 0;
    }
    if (*end != 0 && *end != ':') return "there is something else than a port behind the host";
    out->port = out->tls ? 443 : 80;
    if (*end == ':') {
        char *stop;
        unsigned long port = strtoul(end + 1, &stop, 10);
        if (end[1] < '0' || end[1] > '9' || *stop != 0 || port == 0 || port > 65535)
            return "a port is a number from 1 to 65535";
        out->port = (int)port;
        *end = 0;
    }
    out->host = host;
    return *host == 0 ? "the address has no host" : NULL;
}

net_socket *mote_net_socket_new(net *net, const char *url, const net_events *events, void *user,
                                const char **why) {
    net_socket *out = calloc(1, sizeof *out);
    *why = "there is not enough memory";
    if (out == NULL) return NULL;
    out->net = net;
    out->events = events;
    out->user = user;
    out->address = strdup(url);
    if (out->address != NULL) *why = take_url(out);
    if (*why == NULL) return out;
    mote_net_socket_free(out);
    return NULL;
}

void mote_net_socket_free(net_socket *socket) {
    if (socket == NULL) return;
    mote_net_disconnect(socket);
    free_messages(socket->spare);
    free(socket->address);
    free(socket);
}

void mote_net_disconnect(net_socket *socket) {
    stop_looking(socket);
    if (socket->wsi != NULL) {
        lws_set_opaque_user_data(socket->wsi, NULL);
        lws_set_timeout(socket->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
    }
    socket->wsi = NULL;
    socket->open = false;
    forget_messages(socket);
}

void mote_net_connect(net_socket *socket) {
    static const char no_thread[] = "there is no thread to ask for its name";
    mote_net_disconnect(socket);
    refusal[0] = 0;
    if (is_address(socket->host)) {
        connect_to(socket, socket->host);
        return;
    }
    socket->lookup = lookup_new(socket->host);
    if (socket->lookup == NULL) {
        note_closed(socket, no_thread, sizeof no_thread - 1);
        return;
    }
    socket->looking_until = lws_now_usecs() + HANDSHAKE_SECONDS * LWS_USEC_PER_SEC;
    socket->next_looking = socket->net->looking;
    socket->net->looking = socket;
}
