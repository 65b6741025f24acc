/* SPDX-License-Identifier: Apache-2.0 */
#include "socket.h"

#include <libwebsockets.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "mote/rpc.h"
#include "validate.h"

typedef struct message {
    struct message *next;
    size_t size;
    uint8_t data[]; /* LWS_PRE bytes, then the text */
} message;

struct ws {
    struct lws_context *context;
    struct lws *wsi;
    lws_sorted_usec_list_t alarm;
    char *url;
    const char *host; /* inside it */
    char path[1024];
    int port;
    bool tls;
    uintptr_t connection; /* its number: events of those before it are late */
    bool open, closed;
    char why[160];
    message *out_first, *out_last;
    message *in_first, *in_last; /* whole messages */
    message *taken;
    uint8_t *part; /* the one that is coming */
    size_t part_size, part_room;
};

static void drop(message **first, message **last) {
    while (*first != NULL) {
        message *next = (*first)->next;
        free(*first);
        *first = next;
    }
    *last = NULL;
}

static bool push(message **first, message **last, const uint8_t *data, size_t size) {
    message *out = malloc(sizeof *out + LWS_PRE + size + 1);
    if (out == NULL) return false;
    out->next = NULL;
    out->size = size;
    if (size != 0) memcpy(out->data + LWS_PRE, data, size);
    if (*last != NULL) (*last)->next = out;
    if (*first == NULL) *first = out;
    *last = out;
    return true;
}

static int take_part(ws *ws, struct lws *wsi, const uint8_t *data, size_t size) {
    if (size > MOTE_RPC_MAX_MESSAGE - ws->part_size) {
        snprintf(ws->why, sizeof ws->why, "a message of more than %u bytes", MOTE_RPC_MAX_MESSAGE);
        return -1;
    }
    if (ws->part_size + size > ws->part_room) {
        size_t room = 2 * (ws->part_size + size);
        uint8_t *grown = realloc(ws->part, room);
        if (grown == NULL) return -1;
        ws->part = grown;
        ws->part_room = room;
    }
    if (size != 0) memcpy(ws->part + ws->part_size, data, size);
    ws->part_size += size;
    if (!lws_is_final_fragment(wsi) || lws_remaining_packet_payload(wsi) != 0) return 0;
    bool ok = push(&ws->in_first, &ws->in_last, ws->part, ws->part_size);
    ws->part_size = 0;
    return ok ? 0 : -1;
}

static int write_next(ws *ws, struct lws *wsi) {
    message *message = ws->out_first;
    if (message == NULL) return 0;
    int sent = lws_write(wsi, message->data + LWS_PRE, message->size, LWS_WRITE_TEXT);
    if (sent < (int)message->size) return -1;
    ws->out_first = message->next;
    if (ws->out_first == NULL) ws->out_last = NULL;
    free(message);
    if (ws->out_first != NULL) lws_callback_on_writable(wsi);
    return 0;
}

static void note_closed(ws *ws, const char *why, size_t size) {
    ws->open = false;
    ws->closed = true;
    ws->wsi = NULL;
    if (why != NULL && size > 0) snprintf(ws->why, sizeof ws->why, "%.*s", (int)size, why);
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

static void note_refused(ws *ws, const char *why, size_t size) {
    note_closed(ws, why, size);
    if (refusal[0] != 0) {
        snprintf(ws->why, sizeof ws->why, "its certificate is refused: %s", refusal);
    } else if (strstr(ws->why, "SSL") != NULL) {
        snprintf(ws->why, sizeof ws->why, "it does not speak TLS");
    } else if (strcmp(ws->why, "read failed") == 0) {
        snprintf(ws->why, sizeof ws->why, "it does not speak WebSocket%s",
                 ws->tls ? "" : " without TLS");
    }
}

static int on_event(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                    size_t size) {
    ws *ws = lws_context_user(lws_get_context(wsi));
    (void)user;
    void *connection = wsi == NULL ? NULL : lws_get_opaque_user_data(wsi);
    if (connection != NULL && (uintptr_t)connection != ws->connection) return 0; /* a late event */
    switch (reason) {
    case LWS_CALLBACK_CLIENT_ESTABLISHED:
        ws->open = true;
        lws_callback_on_writable(wsi);
        return 0;
    case LWS_CALLBACK_CLIENT_WRITEABLE: return write_next(ws, wsi);
    case LWS_CALLBACK_CLIENT_RECEIVE: return take_part(ws, wsi, in, size);
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR: note_refused(ws, in, size); return 0;
    case LWS_CALLBACK_CLIENT_CLOSED: note_closed(ws, NULL, 0); return 0;
    default: return 0;
    }
}

static const struct lws_protocols protocols[] = {{"mote", on_event, 0, 65536, 0, NULL, 0},
                                                 {NULL, NULL, 0, 0, 0, NULL, 0}};

/* ws[s]://HOST[:PORT][/PATH], HOST a name, an IPv4 address or an IPv6 one in brackets. */
static const char *take_url(ws *ws) {
    ws->tls = strncmp(ws->url, "wss://", 6) == 0;
    if (!ws->tls && strncmp(ws->url, "ws://", 5) != 0)
        return "an address begins with ws:// or wss://";
    char *host = ws->url + (ws->tls ? 6 : 5), *path = host + strcspn(host, "/?#");
    if (strchr(path, '#') != NULL) return "an address has no fragment (#)";
    snprintf(ws->path, sizeof ws->path, "%s%s", *path == '/' ? "" : "/", path);
    if (strlen(path) + 1 >= sizeof ws->path) return "the address is too long";
    *path = 0;
    if (strchr(host, '@') != NULL) return "an address has no user name or password (@)";
    char *end = host + strcspn(host, ":");
    if (*host == '[') {
        end = strchr(++host, ']');
        if (end == NULL) return "the address lacks a ]";
        *end++ = 0;
    }
    if (*end != 0 && *end != ':') return "there is something else than a port behind the host";
    ws->port = ws->tls ? 443 : 80;
    if (*end == ':') {
        char *stop;
        unsigned long port = strtoul(end + 1, &stop, 10);
        if (end[1] < '0' || end[1] > '9' || *stop != 0 || port == 0 || port > 65535)
            return "a port is a number from 1 to 65535";
        ws->port = (int)port;
        *end = 0;
    }
    ws->host = host;
    return *host == 0 ? "the address has no host" : NULL;
}

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

ws *ws_new(const char *url, const char *ca_file, const char **why) {
    ws *out = calloc(1, sizeof *out);
    if (out == NULL || (out->url = strdup(url)) == NULL) {
        free(out);
        memory_ends();
    }
    *why = take_url(out);
    if (*why == NULL && ca_file != NULL && !has_certificate(ca_file))
        *why = "the file of --ca has no certificates (PEM)";
    if (*why != NULL) {
        ws_free(out);
        return NULL;
    }
    lws_set_log_level(LLL_ERR, on_log);
    struct lws_context_creation_info info = {0};
    info.port = CONTEXT_PORT_NO_LISTEN;
    info.protocols = protocols;
    info.user = out;
    info.options = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
    if (ca_file != NULL) {
        info.options |= LWS_SERVER_OPTION_DISABLE_OS_CA_CERTS;
        info.client_ssl_ca_filepath = ca_file;
    }
    out->context = lws_create_context(&info);
    if (out->context == NULL) {
        *why = "the library for connections does not start";
        ws_free(out);
        return NULL;
    }
    return out;
}

void ws_free(ws *ws) {
    if (ws == NULL) return;
    if (ws->context != NULL) {
        lws_sul_schedule(ws->context, 0, &ws->alarm, NULL, LWS_SET_TIMER_USEC_CANCEL);
        lws_context_destroy(ws->context);
    }
    drop(&ws->out_first, &ws->out_last);
    drop(&ws->in_first, &ws->in_last);
    free(ws->taken);
    free(ws->part);
    free(ws->url);
    free(ws);
}

double ws_clock(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void on_alarm(lws_sorted_usec_list_t *alarm) {
    (void)alarm;
}

/* One turn of the library's loop: it sleeps until something happens, and the alarm does. */
static void turn(ws *ws) {
    lws_sul_schedule(ws->context, 0, &ws->alarm, on_alarm, 100 * LWS_USEC_PER_SEC / 1000);
    lws_service(ws->context, 0);
}

bool ws_connect(ws *ws, int seconds) {
    if (ws->wsi != NULL) {
        lws_set_timeout(ws->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
        for (int i = 0; i < 20 && ws->wsi != NULL; i++) turn(ws);
        ws->wsi = NULL;
    }
    drop(&ws->out_first, &ws->out_last);
    drop(&ws->in_first, &ws->in_last);
    ws->part_size = 0;
    ws->open = ws->closed = false;
    ws->why[0] = refusal[0] = 0;
    struct lws_client_connect_info info = {0};
    info.context = ws->context;
    info.address = info.host = info.origin = ws->host;
    info.port = ws->port;
    info.path = ws->path;
    info.local_protocol_name = "mote";
    info.pwsi = &ws->wsi;
    info.opaque_user_data = (void *)++ws->connection;
    info.ssl_connection = ws->tls ? LCCSCF_USE_SSL : 0;
    double until = ws_clock() + seconds;
    if (lws_client_connect_via_info(&info) == NULL) ws->closed = true;
    while (!ws->open && !ws->closed && ws_clock() < until) turn(ws);
    if (!ws->open && ws->why[0] == 0)
        snprintf(ws->why, sizeof ws->why, "no answer to the handshake");
    return ws->open;
}

bool ws_send(ws *ws, mote_bytes text) {
    if (!ws->open || !push(&ws->out_first, &ws->out_last, text.data, text.size)) return false;
    lws_callback_on_writable(ws->wsi);
    return true;
}

ws_event ws_receive(ws *ws, mote_bytes *out, double until) {
    free(ws->taken);
    ws->taken = NULL;
    while (ws->in_first == NULL && ws->open && ws_clock() < until) turn(ws);
    message *message = ws->in_first;
    if (message == NULL) {
        *out = (mote_bytes){NULL, 0};
        return ws->open ? WS_TIMEOUT : WS_CLOSED;
    }
    ws->in_first = message->next;
    if (ws->in_first == NULL) ws->in_last = NULL;
    ws->taken = message;
    *out = (mote_bytes){message->data + LWS_PRE, message->size};
    return WS_MESSAGE;
}

const char *ws_why(const ws *ws) {
    return ws->why[0] == 0 ? "the connection was closed" : ws->why;
}
