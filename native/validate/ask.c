/* SPDX-License-Identifier: Apache-2.0 */
#include "ask.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "mote/limits.h"

#define REQUEST_ROOM ((size_t)2 << 20)
#define TRIES 5
/* Messages in a row that answer nothing that was asked. */
#define STRANGERS 256

static void forget(ask *ask) {
    for (size_t i = 0; i < ask->count; i++) {
        free(ask->questions[i].text);
        free(ask->questions[i].answer);
    }
    memset(ask->questions, 0, sizeof ask->questions);
    ask->count = 0;
}

static void pause_for(unsigned milliseconds) {
    struct timespec time = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
    nanosleep(&time, NULL);
}

/* Longer each time: a node that restarts needs a moment. */
static bool connect_again(ask *ask, unsigned tries) {
    for (unsigned i = 0; i < tries; i++) {
        if (i > 0) pause_for(200u << i);
        if (ws_connect(ask->ws, ask->seconds)) return true;
    }
    ask->lost = true;
    return false;
}

bool ask_open(ask *ask, plan *plan, worker *worker, const job *job, const char *url) {
    memset(ask, 0, sizeof *ask);
    ask->plan = plan;
    ask->worker = worker;
    ask->job = job;
    ask->ws = ws_new(url, plan->app->args.ca, &ask->why_no_url);
    ask->seconds = plan->app->args.has_timeout ? (int)(plan->app->args.timeout % 86400) : 15;
    ask->next_id = 1;
    ask->room = memory_take(REQUEST_ROOM, 1);
    return ask->ws != NULL && connect_again(ask, 1);
}

void ask_close(ask *ask) {
    forget(ask);
    ws_free(ask->ws);
    free(ask->room);
}

mote_rpc_request *ask_begin(ask *ask, const char *method) {
    if (ask->count > 0 && (ask->questions[0].answered || ask->questions[0].failed)) forget(ask);
    ask->writer = mote_writer_into(ask->room, REQUEST_ROOM);
    ask->request = mote_rpc_begin(&ask->writer, ask->next_id, method);
    return &ask->request;
}

void ask_queue(ask *ask) {
    question_out *question = &ask->questions[ask->count++];
    mote_rpc_end(&ask->request);
    question->id = ask->next_id++;
    question->size = mote_writer_fits(&ask->writer) ? ask->writer.size : 0;
    question->text = memory_take(question->size + 1, 1);
    memcpy(question->text, ask->room, question->size);
}

/* --- answers ---------------------------------------------------------------------------------------------- */
static question_out *find(ask *ask, uint64_t id) {
    for (size_t i = 0; i < ask->count; i++) {
        question_out *question = &ask->questions[i];
        if (question->id == id && !question->answered && !question->failed) return question;
    }
    return NULL;
}

static size_t open_questions(const ask *ask) {
    size_t open = 0;
    for (size_t i = 0; i < ask->count; i++) {
        open += !ask->questions[i].answered && !ask->questions[i].failed;
    }
    return open;
}

static void take_error(question_out *question, const mote_rpc_message *message) {
    size_t size, more;
    uint8_t text[90], data[90];
    question->failed = question->refused = true;
    if (!mote_json_text(message->message, text, sizeof text, &size)) size = 0;
    if (!mote_json_text(message->data, data, sizeof data, &more)) more = 0;
    snprintf(question->why, sizeof question->why, "the node says: %.*s%s%.*s", (int)size,
             (const char *)text, more > 0 ? ": " : "", (int)more, (const char *)data);
}

static void take_result(question_out *question, mote_bytes text, const mote_rpc_message *message) {
    question->answer = memory_take(text.size + 1, 1);
    memcpy(question->answer, text.data, text.size);
    question->answer_size = text.size;
    question->answered = true;
    question->result = message->result;
    question->result.text.data = question->answer + (message->result.text.data - text.data);
}

/* false: nothing can be made of it, so that what was asked has to be asked again. */
static bool take_message(ask *ask, mote_bytes text) {
    mote_rpc_message message;
    mote_context *context = &ask->worker->context;
    mote_status status = mote_rpc_parse(context, &message, text);
    if (status != MOTE_OK) {
        failed(ask->worker, ask->job, 0, RULE_FORM, "the answer is no JSON-RPC: %s",
               mote_status_name(status));
        return false;
    }
    if (message.kind == MOTE_RPC_NOTIFICATION) return true;
    bool answers = message.kind == MOTE_RPC_RESULT || message.kind == MOTE_RPC_ERROR;
    question_out *question = answers && message.has_id ? find(ask, message.id) : NULL;
    if (question == NULL) {
        failed(ask->worker, ask->job, 0, RULE_FORM, "an answer to nothing that was asked");
        return true;
    }
    if (message.kind == MOTE_RPC_ERROR) {
        take_error(question, &message);
    } else {
        take_result(question, text, &message);
    }
    return true;
}

static void give_up(ask *ask, const char *why) {
    for (size_t i = 0; i < ask->count; i++) {
        question_out *question = &ask->questions[i];
        if (question->answered || question->failed) continue;
        question->failed = true;
        snprintf(question->why, sizeof question->why, "%s", why);
    }
}

static bool send_open(ask *ask) {
    for (size_t i = 0; i < ask->count; i++) {
        question_out *question = &ask->questions[i];
        if (question->answered || question->failed) continue;
        if (!ws_send(ask->ws, (mote_bytes){question->text, question->size})) return false;
    }
    return true;
}

/* Until all is answered, or the connection is of no use. What was not asked for is no progress. */
static const char *receive_open(ask *ask) {
    size_t open = open_questions(ask), strangers = 0;
    double until = ws_clock() + ask->seconds;
    while (open > 0) {
        mote_bytes text;
        switch (ws_clock() < until ? ws_receive(ask->ws, &text, until) : WS_TIMEOUT) {
        case WS_MESSAGE:
            if (!take_message(ask, text)) return "an answer that is no JSON-RPC";
            if (open_questions(ask) < open) {
                open = open_questions(ask);
                strangers = 0;
                until = ws_clock() + ask->seconds;
            } else if (++strangers == STRANGERS) {
                return "too many messages that answer nothing";
            }
            break;
        case WS_CLOSED: return ws_why(ask->ws);
        case WS_TIMEOUT: return "no answer in time";
        }
    }
    return NULL;
}

void ask_all(ask *ask) {
    const char *why = "the node cannot be reached";
    unsigned in_vain = 0; /* tries that brought no answer */
    bool is_new = false;
    while (open_questions(ask) > 0 && !ask->lost) {
        size_t before = open_questions(ask);
        if (is_new && !connect_again(ask, TRIES)) break;
        if (send_open(ask)) why = receive_open(ask);
        in_vain = open_questions(ask) < before ? 0 : in_vain + 1;
        if (in_vain == 3) ask->lost = true;
        is_new = true;
    }
    if (open_questions(ask) > 0) give_up(ask, why == NULL ? "no answer" : why);
}

mote_json ask_one(ask *ask) {
    const mote_json none = {MOTE_JSON_NONE, {NULL, 0}};
    ask_queue(ask);
    ask_all(ask);
    return ask->questions[0].answered ? ask->questions[0].result : none;
}
