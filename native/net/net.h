/* SPDX-License-Identifier: Apache-2.0 */
/*
 * WebSockets to any number of servers in one thread: libwebsockets, with TLS for wss://. A socket is an address; it can be
 * connected again and again. Everything is told by its events, from within mote_net_turn and mote_net_connect, and none is told
 * behind mote_net_disconnect. Certificates of wss:// are checked, and their names.
 */
#ifndef MOTE_NATIVE_NET_H
#define MOTE_NATIVE_NET_H

#include "mote/bytes.h"

typedef struct net net;
typedef struct net_socket net_socket;

typedef struct net_events {
    void (*opened)(void *user);
    void (*received)(void *user, mote_bytes chunk, bool is_last); /* of one message, as it comes */
    void (*closed)(void *user, const char *why);                  /* or never opened */
} net_events;

/* `tls`: whether wss:// is to be had. Not otherwise: the library's set-up of it, made for a second one in a process, is memory
 * that is never given back. `ca_file`: certificates of authorities (PEM) that are believed instead of the system's, or NULL. NULL where it has none, or
 * nothing works: `*why` says so. */
net *mote_net_new(bool tls, const char *ca_file, const char **why);
void mote_net_free(net *net); /* after its sockets */

/* NULL where the URL is none, and `*why` says why: ws[s]://HOST[:PORT][/PATH], HOST a name, an IPv4 address or an IPv6 one in
 * brackets. `events` must outlive the socket. */
net_socket *mote_net_socket_new(net *net, const char *url, const net_events *events, void *user,
                                const char **why);
void mote_net_socket_free(net_socket *socket);
/* Begins to connect, in place of any connection there is. The host's name is looked up meanwhile; of several addresses the
 * next one is taken each time, until one works. */
void mote_net_connect(net_socket *socket);
void mote_net_disconnect(net_socket *socket);
/* Queues a text message; false where there is no connection. */
bool mote_net_send(net_socket *socket, mote_bytes text);

/* Waits until something happens, but not longer than that, and tells it. Signals end the wait. */
void mote_net_turn(net *net, int milliseconds);

#endif
