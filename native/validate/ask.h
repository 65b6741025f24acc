/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Questions to a node and its answers. What is asked is remembered until it is answered: after a dropped connection it is
 * asked again on the next one. An answer that is no JSON-RPC, or to nothing that was asked, fails the rule `form`.
 */
#ifndef MOTE_NATIVE_VALIDATE_ASK_H
#define MOTE_NATIVE_VALIDATE_ASK_H

#include "mote/rpc.h"
#include "plan.h"
#include "socket.h"

#define ASK_AT_ONCE 32u

typedef struct question_out {
    uint64_t id;
    uint8_t *text;
    size_t size;
    bool answered;
    bool failed;  /* the node said no, or nothing that makes sense: see `why` */
    bool refused; /* it answered with an error: not its fault */
    char why[200];
    uint8_t *answer; /* the whole message */
    size_t answer_size;
    mote_json result; /* inside it */
} question_out;

typedef struct ask {
    plan *plan;
    worker *worker; /* the main thread's: whose context parses, and who is told of bad form */
    const job *job;
    ws *ws;
    const char *why_no_url; /* where there is no `ws` */
    int seconds;            /* that an answer may take */
    uint64_t next_id;
    uint8_t *room; /* for a request */
    mote_writer writer;
    mote_rpc_request request;
    question_out questions[ASK_AT_ONCE];
    size_t count;
    bool lost; /* the node cannot be reached any more, or brings no answer */
} ask;

bool ask_open(ask *ask, plan *plan, worker *worker, const job *job, const char *url);
void ask_close(ask *ask);
/* Begins the next question; add parameters to the request that comes back, then ask_queue. */
mote_rpc_request *ask_begin(ask *ask, const char *method);
void ask_queue(ask *ask);
/* Asks all that is queued and waits for the answers, which are in `questions` until the next ask_begin after it. */
void ask_all(ask *ask);
/* One question: its result, NONE where there is none (`questions[0]` says why). */
mote_json ask_one(ask *ask);

#endif
