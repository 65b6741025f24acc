/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the commands share that ask a running network: where trust starts, sources, time, the state that is kept, and
 * what is told of all that. A command takes events until it has what it wants; a failure that ends it is in the report.
 */
#ifndef MOTE_NATIVE_LIVE_H
#define MOTE_NATIVE_LIVE_H

#include "mote_host.h"
#include "trust.h"

struct app;

/* A final block with its proof, kept for a bundle. */
typedef struct live_fragment {
    mote_hash hash;
    uint32_t number;
    mote_bytes header, justification;
    bool hands_over;
} live_fragment;

typedef struct live {
    struct app *app;
    mote_host *host;
    mote_client *client;
    trust trust;
    mote_bytes checkpoint; /* compact */
    mote_chain_id relay, para;
    mote_chain_id asked; /* the parachain with --para, else the relay chain */
    bool endless;        /* no time limit but --timeout's */
    bool interrupted;    /* Ctrl-C */
    double begun, until; /* app_milliseconds; until 0: no limit */
    uint32_t first_number;
    bool has_finality;
    mote_client_event finality; /* the newest final relay block; spans are gone */
    live_fragment *fragments;   /* with --bundle, ascending */
    size_t fragment_count;
    json_t *refused; /* sources that were */
} live;

/* The options that all these commands take. */
#define LIVE_OPTIONS "ncUAZtSXGe"
#define LIVE_PARA_OPTIONS "PV"
#define LIVE_SECONDS 60u

/* Reads --chain and --checkpoint, opens connections. False with a failure; live_close all the same. */
bool live_open(live *live, struct app *app, bool endless);
/* The next event; false where the time is up, no source is left, or Ctrl-C: then the report has a failure, unless the
 * command is endless and was interrupted. */
bool live_next(live *live, mote_client_event *event);
/* Until the chain that is asked has a verified head. */
bool live_current(live *live);
/* Fills "details", keeps state, ends. */
void live_close(live *live);

mote_chain_status live_status(const live *live, mote_chain_id chain);

#endif
