/* SPDX-License-Identifier: Apache-2.0 */
/* One node that is asked one thing after another. What it says is its word; what of it is true, the caller finds out. */
#ifndef MOTE_NATIVE_PEER_H
#define MOTE_NATIVE_PEER_H

#include "mote/source.h"
#include "net.h"

struct app;

typedef struct peer peer;

typedef enum peer_answer {
    PEER_ANSWERED, /* `out` is filled; its spans are the app's */
    PEER_REFUSED,  /* it said no, or nothing in time: peer_why */
    PEER_WRONG     /* what it said is no answer: peer_why */
} peer_answer;

/* Connects. `until`: app_milliseconds. NULL where the URL is none, with a failure; false of peer_is_open where nobody is
 * there. */
peer *peer_new(struct app *app, net *net, const char *url, double until);
void peer_free(peer *peer);
bool peer_is_open(const peer *peer);
const char *peer_url(const peer *peer);
const char *peer_why(const peer *peer);
peer_answer peer_ask(peer *peer, mote_reply *out, const mote_request *request, double until);

#endif
