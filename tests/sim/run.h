/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A client in a made-up network: nodes behind links, a host that carries messages, and virtual time. Everything that happens
 * follows from the world, the peers and the seed, so that a run can be replayed, and its log compared.
 *
 * After each step, and of each action, the verdict (verdict.c) asks the world's tables whether it may be so. The first thing
 * that may not be ends the run: `failure` says what.
 */
#ifndef MOTE_SIM_RUN_H
#define MOTE_SIM_RUN_H

#include "node.h"
#include "session.h"

#include <sodium.h>

#include "mote/client.h"

#define SIM_MAX_PEERS 32u
#define SIM_MAX_ASKED 48u
#define SIM_MAX_QUERY_KEYS 12u

/* --- peers ------------------------------------------------------------------------------------------------ */
typedef struct sim_link {
    uint32_t latency; /* milliseconds, one way */
    uint32_t jitter;
    uint32_t bandwidth; /* bytes a millisecond; 0: any */
    uint32_t loss;      /* of 10000 messages: the connection breaks instead */
    bool reorders;      /* later answers overtake */
} sim_link;

/* A node, and the client's connection to it. */
typedef struct sim_peer {
    sim_node node;
    sim_link link;
    bool is_honest; /* it must not be dropped */
    bool is_away;   /* nobody gets through to it */
    uint64_t away_from, away_to;
    mote_source_id source;
    bool connected, dropped, calling;
    uint32_t connection; /* counts them */
    uint64_t line_free;  /* when the last message is through */
    uint64_t bytes, messages;
    uint32_t closes, drops;
    uint32_t heard; /* messages of this connection */
    mote_status why;
} sim_peer;

/* --- what was asked of the client --------------------------------------------------------------------------- */
typedef struct sim_asked {
    mote_query_id id; /* 0: free */
    mote_query query;
    sim_chain *chain;
    mote_bytes keys[SIM_MAX_QUERY_KEYS];
    uint8_t digests[SIM_MAX_QUERY_KEYS][16]; /* of the newest values */
    bool changed;
    uint32_t values; /* of this answer */
    uint32_t answers, failures;
    mote_status why;
    bool over;
    const sim_block *at; /* of this answer */
    uint32_t reached;    /* the highest relay block of an answer */
    test_buffer listed;  /* keys, each with its size in front */
    uint64_t since;
} sim_asked;

typedef struct sim_sent {
    mote_transaction_id id;
    sim_chain *chain;
    mote_bytes extrinsic;
    bool over;
    mote_inclusion_state state;
    mote_status why;
} sim_sent;

/* --- a run --------------------------------------------------------------------------------------------------- */
typedef struct sim_followed {
    sim_chain *chain; /* NULL: free */
    mote_chain_id id;
    struct sim_start *start; /* of its relay chain */
    bool has_head;
    uint32_t
        number; /* relay chains: the head that was told; of parachains: that of the relay block */
    uint32_t block; /* parachains: the head that was told, SIM_NONE for none */
    mote_chain_phase phase;
    uint32_t heads, handovers;
    uint32_t handover; /* relay chains: the newest one that was told */
} sim_followed;

/* Where trust in a relay chain starts, and what was saved of it. */
typedef struct sim_start {
    sim_world *world;
    mote_bytes checkpoint;
    uint32_t number; /* the checkpoint's */
    uint32_t paras;  /* how many parachains are followed */
    mote_chain_id relay;
    test_buffer saved;
    uint32_t floor; /* who starts from that stands here, or above */
} sim_start;
#define SIM_MAX_RELAYS 2u

typedef struct sim_counts {
    uint64_t steps, actions, requests, bytes_in, bytes_out, messages;
    uint32_t finalized, para_heads, para_gone, best, best_verified, values, answered, failed,
        included, conflicts;
    uint32_t saves, saves_refused, restarts, drops, closes, handovers;
} sim_counts;

struct sim_happening;
typedef struct sim_run {
    uint64_t seed;
    sim_world *world;
    uint64_t now;        /* the world's time */
    int64_t clock_error; /* what the host's clock is ahead */
    sim_peer peers[SIM_MAX_PEERS];
    uint32_t peer_count;
    /* the client */
    mote_client *client;
    mote_client_limits limits;
    uint8_t *block;
    size_t block_size;
    sim_start starts[SIM_MAX_RELAYS]; /* the first one's world is `world` */
    uint32_t start_count;
    bool accept_expired;
    bool tell_session;   /* the client is told how long sessions are */
    uint32_t work;       /* of a step */
    uint64_t division;   /* state of the generator that divides messages; 0: they come whole */
    bool drips;          /* messages come in pieces, with time between them */
    uint32_t restart_at; /* step after which the client is made anew; 0: never */
    bool saves_first;    /* it is told to save before that step */
    sim_followed followed[SIM_MAX_RELAYS * (1 + SIM_MAX_PARAS)]; /* relay chains before theirs */
    uint32_t followed_count;
    sim_asked asked[SIM_MAX_ASKED];
    uint32_t asked_count;
    sim_sent sent[4];
    uint32_t sent_count;
    bool may_conflict; /* there are two finished chains */
    bool may_refuse_saved;
    bool halted;
    mote_hash conflict;
    /* what happens */
    struct sim_happening *happenings; /* a heap */
    size_t happening_count, happening_capacity;
    uint64_t next_order;
    uint64_t chance;
    uint64_t turns_at_once, turn_time;
    /* what is told of it */
    crypto_generichash_state log; /* of all actions */
    session_log lines;            /* the newest action's */
    bool logs;
    char failure[400];
    sim_counts counts;
} sim_run;

void sim_run_begin(sim_run *run, sim_world *world, uint64_t seed);
void sim_run_end(sim_run *run);
/* Another relay chain, which the client follows from that block on, with `paras` of its parachains: before its peers are
 * made and the run is started. The world is the run's from here on. */
void sim_run_also(sim_run *run, sim_world *world, uint32_t checkpoint_number, uint32_t paras);
sim_peer *sim_run_peer(sim_run *run, sim_world *world, sim_chain *chain, sim_lie lie);
/* Makes the client, with the relay chain from that block on and `paras` parachains of it, and all peers as sources. */
void sim_run_start(sim_run *run, uint32_t checkpoint_number, uint32_t paras);
/* A peer that was not there at the start, and has a source by now. */
void sim_run_join(sim_run *run, sim_peer *peer);
/* A client of the same limits, from what was saved. */
void sim_run_restart(sim_run *run);
void sim_run_until(sim_run *run, uint64_t time);
/* Time passes, and nobody steps; connections die. */
void sim_run_sleep(sim_run *run, uint64_t milliseconds);
/* Removed and added again. */
void sim_run_replace_parachain(sim_run *run, uint32_t followed);
void sim_run_replace_source(sim_run *run, sim_peer *peer);
/* Steps until the client has nothing to do, and carries out what it wants. */
void sim_run_turn(sim_run *run);
void sim_run_for(sim_run *run, uint64_t milliseconds);
bool sim_run_failed(const sim_run *run);
void sim_run_disconnect(sim_run *run, sim_peer *peer);
mote_hash sim_run_log(const sim_run *run); /* of every action so far */

/* Asks; the world's cells of that chain are what it asks for. */
sim_asked *sim_run_query(sim_run *run, sim_chain *chain, const mote_query *query);
sim_asked *sim_run_values(sim_run *run, sim_chain *chain, uint64_t chance, bool subscribe);
sim_asked *sim_run_list(sim_run *run, sim_chain *chain, const mote_bytes *child, mote_bytes prefix);
sim_sent *sim_run_submit(sim_run *run, sim_chain *chain, mote_bytes extrinsic);
sim_followed *sim_run_followed(sim_run *run, const sim_chain *chain);
mote_chain_status sim_run_status(const sim_run *run, const sim_chain *chain);

/* --- verdict -------------------------------------------------------------------------------------------------- */
void sim_fail(sim_run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));
void sim_note(sim_run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));
void sim_verdict_event(sim_run *run, const mote_client_event *event);
/* What must hold after each step. */
void sim_verdict_step(sim_run *run);
/* What must hold at the end of a run with an honest source for each chain: the client is where that is. */
void sim_verdict_current(sim_run *run, uint32_t behind);
void sim_verdict_answers(sim_run *run);
/* Who only wastes the client's time is sent away soon: a message of such a source came. */
void sim_verdict_waste(sim_run *run, const sim_peer *peer);
/* And at the end: who wasted it again and again was sent away at least once, and for good after a while. */
void sim_verdict_liars(sim_run *run);
/* Steps are bounded by what came in, and by time. */
void sim_verdict_work(sim_run *run);

#endif
