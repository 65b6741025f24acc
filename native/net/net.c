/* SPDX-License-Identifier: Apache-2.0 */
#include "net.h"

#include <libwebsockets.h>
#include <stdlib.h>
#include <string.h>

#define HANDSHAKE_SECONDS 15

struct net {
    struct lws_context *context;
    lws_sorted_usec_list_t alarm;
};

typedef struct message {
    struct message *next;
    size_t size;
    uint8_t data[]; /* LWS_PRE bytes, then the text */
} message;

struct net_socket {
    net *net;
    const net_events *events;
    void *user;
    char *address; /* the URL, cut into what follows */
    const char *protocol, *host, *path;
    int port;
    struct lws *wsi; /* connected, or connecting */
    bool open;
    message *first, *last; /* to be sent */
};

/* A connection that stays silent is asked for a sign of life, and given up. */
static const lws_retry_bo_t idle = {.secs_since_valid_ping = 25, .secs_since_valid_hangup = 40};

/* --- messages to be sent ----------------------------------------------------------------------------------- */
static void forget_messages(net_socket *socket) {
    while (socket->first != NULL) {
        message *next = socket->first->next;
        free(socket->first);
        socket->first = next;
    }
    socket->last = NULL;
}

bool mote_net_send(net_socket *socket, mote_bytes text) {
    if (!socket->open) return false;
    message *message = malloc(sizeof *message + LWS_PRE + text.size + 1);
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

static int write_next(net_socket *socket) {
    message *message = socket->first;
    if (message == NULL) return 0;
    int sent = lws_write(socket->wsi, message->data + LWS_PRE, message->size, LWS_WRITE_TEXT);
    if (sent < (int)message->size) return -1;
    socket->first = message->next;
    if (socket->first == NULL) socket->last = NULL;
    free(message);
    if (socket->first != NULL) lws_callback_on_writable(socket->wsi);
    return 0;
}

/* --- events of the library ----------------------------------------------------------------------------------- */
static void note_open(net_socket *socket, struct lws *wsi) {
    socket->wsi = wsi;
    socket->open = true;
    socket->events->opened(socket->user);
}

static void note_closed(net_socket *socket, const char *why, size_t size) {
    char text[160] = "the connection was closed";
    if (why != NULL && size > 0) snprintf(text, sizeof text, "%.*s", (int)size, why);
    socket->wsi = NULL;
    socket->open = false;
    forget_messages(socket);
    socket->events->closed(socket->user, text);
}

static void take_chunk(net_socket *socket, struct lws *wsi, const void *data, size_t size) {
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

/* --- the loop ---------------------------------------------------------------------------------------------------- */
net *mote_net_new(const char *ca_file) {
    net *out = calloc(1, sizeof *out);
    if (out == NULL) return NULL;
    lws_set_log_level(0, NULL);
    struct lws_context_creation_info info = {0};
    info.port = CONTEXT_PORT_NO_LISTEN;
    info.protocols = protocols;
    info.options = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
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
    if (milliseconds <= 0) {
        lws_service(net->context, -1);
        return;
    }
    lws_sul_schedule(net->context, 0, &net->alarm, on_alarm,
                     (lws_usec_t)milliseconds * (LWS_USEC_PER_SEC / 1000));
    lws_service(net->context, 0);
}

/* --- sockets ------------------------------------------------------------------------------------------------------- */
static bool read_address(net_socket *socket, const char *url) {
    bool plain = strncmp(url, "ws://", 5) == 0;
    if (!plain && strncmp(url, "wss://", 6) != 0) return false;
    socket->address = strdup(url);
    if (socket->address == NULL) return false;
    if (lws_parse_uri(socket->address, &socket->protocol, &socket->host, &socket->port,
                      &socket->path) != 0) {
        return false;
    }
    /* The library knows other ports for these. */
    const char *authority = url + (plain ? 5 : 6);
    const char *bracket = strchr(authority, ']');
    const char *rest = bracket == NULL ? authority : bracket;
    if (rest[strcspn(rest, ":/")] != ':') socket->port = plain ? 80 : 443;
    return *socket->host != 0;
}

net_socket *mote_net_socket_new(net *net, const char *url, const net_events *events, void *user) {
    net_socket *out = calloc(1, sizeof *out);
    if (out == NULL) return NULL;
    out->net = net;
    out->events = events;
    out->user = user;
    if (read_address(out, url)) return out;
    mote_net_socket_free(out);
    return NULL;
}

void mote_net_socket_free(net_socket *socket) {
    if (socket == NULL) return;
    mote_net_disconnect(socket);
    free(socket->address);
    free(socket);
}

void mote_net_disconnect(net_socket *socket) {
    if (socket->wsi != NULL) {
        lws_set_opaque_user_data(socket->wsi, NULL);
        lws_set_timeout(socket->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
    }
    socket->wsi = NULL;
    socket->open = false;
    forget_messages(socket);
}

/* No Origin: nodes let only pages of certain origins in, and programs without one. */
void mote_net_connect(net_socket *socket) {
    char path[1024];
    mote_net_disconnect(socket);
    snprintf(path, sizeof path, "/%s", socket->path);
    struct lws_client_connect_info info = {0};
    info.context = socket->net->context;
    info.address = info.host = socket->host;
    info.port = socket->port;
    info.path = path;
    info.local_protocol_name = "mote";
    info.pwsi = &socket->wsi;
    info.opaque_user_data = socket;
    info.retry_and_idle_policy = &idle;
    info.ssl_connection = strcmp(socket->protocol, "wss") == 0 ? LCCSCF_USE_SSL : 0;
    /* Where it fails at once, this is told from inside. */
    (void)lws_client_connect_via_info(&info);
}
