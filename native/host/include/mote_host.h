/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A live client with its connections: mote/client.h run over WebSockets (ws:// and wss://, certificates checked), in one
 * thread, with its state kept in the user's folder.
 *
 *     mote_host *host = mote_host_open(NULL, &why);
 *     mote_host_add_relay(host, &chain, &start);             // `saved` is filled in from the state folder
 *     mote_host_add_source(host, &source, chain, "wss://...");
 *     while (mote_host_next(host, &event, 1000) != MOTE_HOST_STOPPED) ... event ...
 *     mote_host_close(host);                                 // keeps what has been verified
 *
 * Queries, transactions and parachains are the client's own calls, on mote_host_client. Everything that the client takes
 * out is carried out here but its events: those are the caller's. Connections that break are made again, each after a
 * while that doubles from half a second to a minute; a source that lied is not connected again.
 */
#ifndef MOTE_HOST_H
#define MOTE_HOST_H

#include "mote/client.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mote_host mote_host;

/* What is zero or NULL has its default. */
typedef struct mote_host_options {
    const mote_client_limits *limits; /* else mote_client_default_limits */
    const char *ca_file; /* PEM: believed for wss:// in place of the system's authorities */
    const char
        *state_folder; /* else $XDG_STATE_HOME/mote or ~/.local/state/mote; "": nothing is kept */
    uint64_t
        start_time; /* Unix milliseconds at which the client's clock begins; else it is the system's */
} mote_host_options;

/* `options` may be NULL. NULL where it fails: `*why` (which may be NULL) says why. */
mote_host *mote_host_open(const mote_host_options *options, const char **why);
/* Keeps the state of every relay chain, closes the connections and frees everything. */
void mote_host_close(mote_host *host);

mote_client *mote_host_client(mote_host *host);
uint64_t mote_host_now(const mote_host *host); /* the client's clock */

/* mote_client_add_relay; `saved`, where it is empty, and `now`, where it is 0, are filled in. */
MOTE_MUST_USE mote_status mote_host_add_relay(mote_host *host, mote_chain_id *out,
                                              const mote_relay_start *start);
/* mote_client_add_source, and its connection. E_BAD_ARGUMENT where the URL is none. */
MOTE_MUST_USE mote_status mote_host_add_source(mote_host *host, mote_source_id *out,
                                               mote_chain_id chain, const char *url);

typedef enum mote_host_result {
    MOTE_HOST_EVENT, /* `out` is filled; its spans hold until the next call of anything of host and client */
    MOTE_HOST_TIMEOUT, /* nothing to tell in that time */
    MOTE_HOST_STOPPED  /* mote_host_stop was called */
} mote_host_result;
/* The next event of the client. Waits for it, but not longer than so many milliseconds. Between the MOTE_EVENT_VALUEs of
 * one answer no chain can be added: do that when it is MOTE_EVENT_ANSWERED. */
mote_host_result mote_host_next(mote_host *host, mote_client_event *out, int milliseconds);
/* Ends mote_host_next, now and from here on. May be called by a signal handler of the same thread. */
void mote_host_stop(mote_host *host);

/* A source as the host sees it; strings are the host's, until its next call. */
typedef struct mote_host_source {
    mote_source_id source;
    mote_chain_id chain;
    const char *url;
    bool connected;
    bool dropped;         /* for good: `why` */
    mote_status why;      /* of the drop, or of the last time the client closed it */
    const char *trouble;  /* why the connection failed last; NULL: it never did */
    uint32_t connections; /* made so far */
    uint32_t failures;    /* in a row */
} mote_host_source;
/* By index, in the order they were added; false past the last. */
bool mote_host_source_at(const mote_host *host, mote_host_source *out, size_t index);
bool mote_host_source_of(const mote_host *host, mote_host_source *out, mote_source_id source);

/* Where state is kept; NULL where it is not. */
const char *mote_host_state_folder(const mote_host *host);
/* Why it could not be kept the last time that was tried; NULL where it could. */
const char *mote_host_state_trouble(const mote_host *host);

#ifdef __cplusplus
}
#endif
#endif
