/* SPDX-License-Identifier: Apache-2.0 */
/* A WebSocket, with TLS for wss://: libwebsockets, one message at a time. */
#ifndef MOTE_NATIVE_VALIDATE_SOCKET_H
#define MOTE_NATIVE_VALIDATE_SOCKET_H

#include "mote/bytes.h"

typedef struct ws ws;

/* `ca_file`: certificates of authorities (PEM) that are believed instead of the system's, or NULL. NULL where the URL is
 * none, or the file has no certificates: `*why` says so. */
ws *ws_new(const char *url, const char *ca_file, const char **why);
void ws_free(ws *ws);
/* Connects, or connects again; false: `ws_why` says why not. */
bool ws_connect(ws *ws, int seconds);
/* Queues a text message; sent while messages are waited for. */
bool ws_send(ws *ws, mote_bytes text);
typedef enum ws_event { WS_MESSAGE, WS_CLOSED, WS_TIMEOUT } ws_event;
double ws_clock(void); /* seconds, of a clock that only goes forward */
/* The next message until then, borrowed until the next call. */
ws_event ws_receive(ws *ws, mote_bytes *out, double until);
const char *ws_why(const ws *ws);

#endif
