/* SPDX-License-Identifier: Apache-2.0 */
#include "socket.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "mote/rpc.h"
#include "net.h"
#include "validate.h"

#define TURN 100 /* milliseconds */

typedef struct message {
    struct message *next;
    size_t size;
    uint8_t data[];
} message;

struct ws {
    net *net;
    net_socket *socket;
    bool open, closed;
    char why[160];
    message *first, *last; /* whole messages */
    message *taken;
    uint8_t *part; /* the one that is coming */
    size_t part_size, part_room;
};

static void forget_messages(ws *ws) {
    while (ws->first != NULL) {
        message *next = ws->first->next;
        free(ws->first);
        ws->first = next;
    }
    ws->last = NULL;
    ws->part_size = 0;
}

/* What came is worth nothing more: the connection ends. */
static void give_up(ws *ws, const char *why) {
    snprintf(ws->why, sizeof ws->why, "%s", why);
    ws->open = false;
    ws->closed = true;
    mote_net_disconnect(ws->socket);
}

static bool make_room(ws *ws, size_t size) {
    if (ws->part_size + size <= ws->part_room) return true;
    size_t room = 2 * (ws->part_size + size);
    uint8_t *grown = realloc(ws->part, room);
    if (grown == NULL) return false;
    ws->part = grown;
    ws->part_room = room;
    return true;
}

static bool keep_message(ws *ws) {
    message *out = malloc(sizeof *out + ws->part_size + 1);
    if (out == NULL) return false;
    out->next = NULL;
    out->size = ws->part_size;
    if (ws->part_size != 0) memcpy(out->data, ws->part, ws->part_size);
    if (ws->last != NULL) ws->last->next = out;
    if (ws->first == NULL) ws->first = out;
    ws->last = out;
    ws->part_size = 0;
    return true;
}

/* --- events -------------------------------------------------------------------------------------------------- */
static void on_opened(void *user) {
    ((ws *)user)->open = true;
}

static void on_closed(void *user, const char *why) {
    ws *ws = user;
    ws->open = false;
    ws->closed = true;
    snprintf(ws->why, sizeof ws->why, "%s", why);
}

static void on_received(void *user, mote_bytes chunk, bool is_last) {
    ws *ws = user;
    char why[64];
    if (chunk.size > MOTE_RPC_MAX_MESSAGE - ws->part_size) {
        snprintf(why, sizeof why, "a message of more than %u bytes", MOTE_RPC_MAX_MESSAGE);
        give_up(ws, why);
        return;
    }
    bool fits = make_room(ws, chunk.size);
    if (fits && chunk.size != 0) memcpy(ws->part + ws->part_size, chunk.data, chunk.size);
    if (fits) ws->part_size += chunk.size;
    if (!fits || (is_last && !keep_message(ws))) give_up(ws, "there is not enough memory");
}

static const net_events events = {on_opened, on_received, on_closed};

/* --- the socket ------------------------------------------------------------------------------------------------ */
ws *ws_new(const char *url, const char *ca_file, const char **why) {
    ws *out = calloc(1, sizeof *out);
    if (out == NULL) memory_ends();
    out->net = mote_net_new(strncmp(url, "wss:", 4) == 0, ca_file, why);
    if (out->net != NULL) out->socket = mote_net_socket_new(out->net, url, &events, out, why);
    if (out->socket != NULL) return out;
    ws_free(out);
    return NULL;
}

void ws_free(ws *ws) {
    if (ws == NULL) return;
    mote_net_socket_free(ws->socket);
    mote_net_free(ws->net);
    forget_messages(ws);
    free(ws->taken);
    free(ws->part);
    free(ws);
}

double ws_clock(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

bool ws_connect(ws *ws, int seconds) {
    double until = ws_clock() + seconds;
    forget_messages(ws);
    ws->open = ws->closed = false;
    ws->why[0] = 0;
    mote_net_connect(ws->socket);
    while (!ws->open && !ws->closed && ws_clock() < until) mote_net_turn(ws->net, TURN);
    if (!ws->open && ws->why[0] == 0)
        snprintf(ws->why, sizeof ws->why, "no answer to the handshake");
    return ws->open;
}

bool ws_send(ws *ws, mote_bytes text) {
    return mote_net_send(ws->socket, text);
}

ws_event ws_receive(ws *ws, mote_bytes *out, double until) {
    free(ws->taken);
    ws->taken = NULL;
    while (ws->first == NULL && ws->open && ws_clock() < until) mote_net_turn(ws->net, TURN);
    message *message = ws->first;
    if (message == NULL) {
        *out = (mote_bytes){NULL, 0};
        return ws->open ? WS_TIMEOUT : WS_CLOSED;
    }
    ws->first = message->next;
    if (ws->first == NULL) ws->last = NULL;
    ws->taken = message;
    *out = (mote_bytes){message->data, message->size};
    return WS_MESSAGE;
}

const char *ws_why(const ws *ws) {
    return ws->why[0] == 0 ? "the connection was closed" : ws->why;
}
