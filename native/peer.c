/* SPDX-License-Identifier: Apache-2.0 */
#include "peer.h"

#include <stdlib.h>
#include <string.h>

#include "app.h"

#define REQUEST_ROOM 4096u
#define TURN 100 /* milliseconds */

struct peer {
    app *app;
    net *net;
    net_socket *socket;
    const char *url;
    char why[200];
    bool open, closed;
    uint8_t *text; /* the message that comes */
    size_t size, room;
    bool whole;
    uint64_t id;
};

/* --- events ---------------------------------------------------------------------------------------------------- */
static void on_opened(void *user) {
    ((peer *)user)->open = true;
}

static void on_closed(void *user, const char *why) {
    peer *peer = user;
    peer->open = false;
    peer->closed = true;
    snprintf(peer->why, sizeof peer->why, "%s", why);
}

/* Notices and late answers go; the newest message stays. */
static void on_received(void *user, mote_bytes chunk, bool is_last) {
    peer *peer = user;
    if (peer->whole || chunk.size > MOTE_RPC_MAX_MESSAGE - peer->size) return;
    if (peer->size + chunk.size > peer->room) {
        peer->room = 2 * (peer->size + chunk.size);
        peer->text = app_grow(peer->app, peer->text, peer->room);
    }
    if (chunk.size != 0) memcpy(peer->text + peer->size, chunk.data, chunk.size);
    peer->size += chunk.size;
    peer->whole = is_last;
}

static const net_events events = {on_opened, on_received, on_closed};

peer *peer_new(app *app, net *net, const char *url, double until) {
    peer *out = app_take(app, 1, sizeof *out);
    out->app = app;
    out->net = net;
    out->url = url;
    const char *why;
    out->socket = mote_net_socket_new(net, url, &events, out, &why);
    if (out->socket == NULL) {
        usage_error(app, "--source: '%s': %s", url, why);
        return NULL;
    }
    mote_net_connect(out->socket);
    while (!out->open && !out->closed && app_milliseconds() < until) mote_net_turn(net, TURN);
    if (!out->open && !out->closed)
        snprintf(out->why, sizeof out->why, "no answer to the handshake");
    return out;
}

void peer_free(peer *peer) {
    if (peer != NULL) mote_net_socket_free(peer->socket);
}

bool peer_is_open(const peer *peer) {
    return peer->open;
}

const char *peer_url(const peer *peer) {
    return peer->url;
}

const char *peer_why(const peer *peer) {
    return peer->why;
}

/* --- questions -------------------------------------------------------------------------------------------------- */
static bool send(peer *peer, const mote_request *request) {
    uint8_t room[REQUEST_ROOM];
    mote_writer writer = mote_writer_into(room, sizeof room);
    mote_status status = mote_request_write(&peer->app->context, &writer, request, ++peer->id);
    return status == MOTE_OK && mote_writer_fits(&writer) &&
           mote_net_send(peer->socket, (mote_bytes){room, writer.size});
}

/* The answer to what was asked last; anything else is passed over. */
static bool receive(peer *peer, mote_rpc_message *out, mote_status *status, double until) {
    for (;;) {
        peer->size = 0;
        peer->whole = false;
        while (!peer->whole && peer->open && app_milliseconds() < until)
            mote_net_turn(peer->net, TURN);
        if (!peer->whole) return false;
        *status = mote_rpc_parse(&peer->app->context, out, (mote_bytes){peer->text, peer->size});
        if (*status != MOTE_OK || (out->has_id && out->id == peer->id)) return true;
    }
}

static peer_answer refuse(peer *peer, const mote_rpc_message *message) {
    snprintf(peer->why, sizeof peer->why, "%.*s", (int)message->message.text.size,
             (const char *)message->message.text.data);
    return PEER_REFUSED;
}

peer_answer peer_ask(peer *peer, mote_reply *out, const mote_request *request, double until) {
    mote_rpc_message message;
    mote_status status = MOTE_OK;
    memset(out, 0, sizeof *out);
    if (!send(peer, request) || !receive(peer, &message, &status, until)) {
        if (peer->why[0] == 0) snprintf(peer->why, sizeof peer->why, "no answer in time");
        return PEER_REFUSED;
    }
    if (status == MOTE_OK && message.kind == MOTE_RPC_ERROR) return refuse(peer, &message);
    if (status == MOTE_OK) {
        status = mote_reply_read(&peer->app->context, out, request->kind, peer->text, peer->size,
                                 &message);
    }
    if (status != MOTE_OK) {
        snprintf(peer->why, sizeof peer->why, "%s: %s", mote_request_name(request->kind),
                 mote_status_text(status));
        return PEER_WRONG;
    }
    /* The text stays with the answer. */
    peer->text = NULL;
    peer->room = 0;
    return PEER_ANSWERED;
}
