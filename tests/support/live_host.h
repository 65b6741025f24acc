/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A host of the live client by hand: one relay chain of four voters, in which every message of a source is written by the test.
 * (Whole networks: tests/sim.)
 */
#ifndef MOTE_TEST_LIVE_HOST_H
#define MOTE_TEST_LIVE_HOST_H

#include "grandpa_builder.h"
#include "mote/client.h"

#define LIVE_NOW UINT64_C(1790000000000)
#define LIVE_SLOT (LIVE_NOW / 6000)
#define LIVE_VOTERS 4u
#define LIVE_MOST 1024u

typedef struct live_sent {
    mote_source_id source;
    unsigned long long id;
    char method[64]; /* empty once it is answered */
    const char *text;
} live_sent;

typedef struct live_host {
    mote_client *client;
    void *memory;
    uint64_t now;
    mote_chain_id relay;
    live_sent sent[LIVE_MOST];
    size_t sent_count;
    mote_client_event events[LIVE_MOST];
    size_t event_count;
    mote_status dropped;   /* why the last source was */
    mote_source_id closed; /* the last one that was to be closed, and was */
    mote_status closed_for;
    mote_bytes saved;
} live_host;

/* Block 1000, where trust starts under set 5; the next ones; the third one hands over to the next voters. */
extern test_voter *live_voters, *live_next_voters;
extern test_block live_start, live_first, live_changing, live_last;
extern mote_hash live_genesis;
int live_make_chain(void **unused); /* a group's set-up */
mote_bytes live_checkpoint_of(const mote_hash *genesis);

mote_client_limits live_small_limits(void);
void live_open(live_host *host, mote_bytes saved);
void live_open_with(live_host *host, mote_bytes saved, const mote_client_limits *limits);
void live_close(live_host *host);
void live_run(live_host *host);
uint32_t live_head_of(const live_host *host);
const mote_client_event *live_last_event(const live_host *host, mote_event_kind kind);

/* A relay chain's source that has shown its genesis and is subscribed to. */
mote_source_id live_open_source(live_host *host);
void live_say(live_host *host, mote_source_id source, const char *text);
/* The newest request of that method that is not answered, or NULL. */
live_sent *live_asked(live_host *host, mote_source_id source, const char *method);
/* Answers it; false where there is none. */
bool live_answer(live_host *host, mote_source_id source, const char *method, const char *result);
bool live_refuse(live_host *host, mote_source_id source, const char *method);
/* With an error of one's own. */
bool live_refuse_with(live_host *host, mote_source_id source, const char *method,
                      const char *error);
void live_answer_header(live_host *host, mote_source_id source, const test_block *block);
mote_bytes live_vote_for(const test_voter *by, const test_block *block, uint64_t set_id);
void live_notify(live_host *host, mote_source_id source, mote_bytes justification);
/* The block, a child of the head, becomes the head. */
void live_finalize(live_host *host, mote_source_id source, const test_block *block);

/* As JSON, from malloc. */
char *live_hex(mote_bytes bytes);
char *live_header_json(const test_block *block);

#endif
