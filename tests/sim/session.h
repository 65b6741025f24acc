/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Recorded sessions: everything that a host handed to a client, call by call, so that the client can be run again without
 * the host, the network and the clock, on any machine, natively and as wasm. What the client does in it is a log of text
 * lines; equal sessions must give equal logs.
 *
 * A session is SESSION_MAGIC, then calls: u8 what, u32 size, and the call's arguments in `size` bytes, little-endian, in
 * the form in which wasm/protocol.json has the same call (bytes and lists with a u32 in front).
 *
 *     OPEN            the client's seed, then clientOpen's: a client; the one before it, if any, is gone
 *     RELAY PARACHAIN REMOVE_CHAIN SOURCE REMOVE_SOURCE OPENED CLOSED RECEIVE STEP QUERY CANCEL SUBMIT FORGET SAVE
 *     NAME_SOURCE
 *     TAKE            u32: actions are taken so many times, the last one may be none
 *
 * The log has a line for every call that gives something back (a status and an id; of a step the time, whether there is
 * more, and the deadline), one for every action with all that it says, and at the end how each chain and source stands.
 * Bytes that are not a message to a source stand there as their number and the first 16 bytes of their SHA-256.
 */
#ifndef MOTE_SIM_SESSION_H
#define MOTE_SIM_SESSION_H

#include "grandpa_builder.h"

#include "mote/client.h"

#define SESSION_MAGIC "mote session 1\n"

typedef enum session_call {
    SESSION_OPEN = 1,
    SESSION_RELAY,
    SESSION_PARACHAIN,
    SESSION_REMOVE_CHAIN,
    SESSION_SOURCE,
    SESSION_REMOVE_SOURCE,
    SESSION_OPENED,
    SESSION_CLOSED,
    SESSION_RECEIVE,
    SESSION_STEP,
    SESSION_QUERY,
    SESSION_CANCEL,
    SESSION_SUBMIT,
    SESSION_FORGET,
    SESSION_SAVE,
    SESSION_TAKE,
    SESSION_NAME_SOURCE,
    SESSION_CALLS
} session_call;

/* --- the log ---------------------------------------------------------------------------------------------- */
typedef struct session_log {
    test_buffer text;
    uint64_t lines, finalized, para_heads, answered, included;
    uint32_t chains, sources; /* the highest ids that were given out */
} session_log;
void session_log_opened(session_log *log, mote_status status);
void session_log_made(session_log *log, const char *what, mote_status status, uint32_t id);
void session_log_step(session_log *log, const mote_client *client, uint64_t now, bool more);
void session_log_action(session_log *log, const mote_client *client, const mote_action *action);
/* How everything stands, at the end of a client. */
void session_log_end(session_log *log, const mote_client *client);
void session_log_free(session_log *log);
typedef struct session_digest {
    char hex[65];
} session_digest;
session_digest session_log_digest(const session_log *log); /* SHA-256 */

/* --- recording -------------------------------------------------------------------------------------------- */
/* A program that is linked with the options in CMakeLists.txt goes through the recorder with each call of a client. What
 * it does from here on is appended to `session`, and what its clients do to `log`, until the end, which has to come before
 * the client's memory is given back. */
void session_record(test_buffer *session, session_log *log);
void session_record_end(void);

/* --- playing ---------------------------------------------------------------------------------------------- */
/* False where it is no session; `why` says what is wrong with it. */
bool session_play(session_log *log, mote_bytes session, const char **why);

#endif
