/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the client is made of. Private to the module.
 *
 * Tables have a fixed number of places; an entry whose id (or kind, or state) is 0 is free. Entries name each other by id or
 * by index, never by pointer over more than one step.
 */
#ifndef MOTE_CLIENT_ENGINE_H
#define MOTE_CLIENT_ENGINE_H

#include "bounds.h"
#include "mote/block.h"
#include "mote/client.h"
#include "pool.h"

/* --- jobs -------------------------------------------------------------------------------------------------- */
enum purpose {
    PURPOSE_NONE = 0,
    PURPOSE_GENESIS,    /* is the source on this chain? */
    PURPOSE_SUBSCRIBE,  /* `kind` says to what */
    PURPOSE_FINAL_HASH, /* what the source says is final */
    PURPOSE_FINAL_HEADER,
    PURPOSE_FIRST_HASH,   /* owner: relay chain */
    PURPOSE_FIRST_HEADER, /* owner: relay chain */
    PURPOSE_SESSIONS,     /* owner: relay chain */
    PURPOSE_PROBE_HASH,   /* owner: relay chain */
    PURPOSE_PROBE_HEADER, /* owner: claim */
    PURPOSE_PROOF,        /* owner: claim */
    PURPOSE_CLAIM_HEADER, /* owner: claim */
    PURPOSE_PARA_HEADS,
    PURPOSE_HEIGHT,               /* owner: source */
    PURPOSE_TREE,                 /* owner: relay chain */
    PURPOSE_ORPHAN,               /* owner: relay chain */
    PURPOSE_GOAL,                 /* owner: query */
    PURPOSE_ANCESTRY,             /* owner: query */
    PURPOSE_RUNG_HASH,            /* owner: query */
    PURPOSE_RUNG_HEADER,          /* owner: query */
    PURPOSE_KEYS,                 /* owner: query */
    PURPOSE_READ,                 /* owner: query */
    PURPOSE_SUBMIT,               /* owner: transaction */
    PURPOSE_HINT_HEADER,          /* owner: transaction */
    PURPOSE_TRANSACTION_ANCESTOR, /* owner: transaction */
    PURPOSE_BODY,                 /* owner: transaction */
    PURPOSE_EVENTS,               /* owner: transaction */
    PURPOSE_NUDGE,                /* owner: source */
    PURPOSE_DESCENT,              /* owner: relay chain */
    PURPOSE_PARA_GUESS            /* owner: relay chain */
};

struct attempt {
    mote_source_id source; /* 0: none */
    uint64_t request;      /* the id it was sent with; 0: waits to be sent */
    uint64_t sent;
};

struct job {
    enum purpose purpose; /* PURPOSE_NONE: free */
    uint64_t serial;      /* tells it from another one in the same place */
    mote_request_kind kind;
    mote_chain_id chain;  /* whose sources are asked */
    uint32_t owner;       /* id of what it is for */
    mote_source_id only;  /* 0: any */
    mote_source_id first; /* who is asked before any other; 0: whoever is best */
    uint32_t number;
    uint32_t numbers[HASHES_OF_A_LIST]; /* BLOCK_HASHES: `number` of them */
    mote_hash hash;
    uint64_t not_before;
    uint64_t tried;   /* bits by index of sources that had their chance */
    uint64_t refused; /* of those, who said no in words of their own */
    uint32_t rounds;  /* times that all had */
    struct attempt attempts[ATTEMPTS];
};

/* --- sources ------------------------------------------------------------------------------------------------ */
struct subscription {
    mote_request_kind kind; /* NONE: free */
    mote_transaction_id transaction;
    bool is_over;  /* nobody here wants it any more */
    bool is_ended; /* the source was told, or has ended it itself */
    uint8_t size;
    uint8_t name[SUBSCRIPTION_SIZE]; /* as JSON */
};

/* The newest final block, by a source's word, whose header it gave. */
struct shown {
    uint32_t number;
    uint64_t slot; /* 0: none */
    mote_hash hash, state_root;
};

struct source {
    mote_source_id id;
    mote_chain_id chain;
    bool open, usable, lags, discarding;
    bool shows_forced; /* a forced change of authorities, right behind our head */
    bool is_starved;   /* a message of it found no memory here: no fault of its own */
    uint8_t *inbox;    /* the message that is coming in */
    size_t inbox_size;
    size_t message_size;  /* of what comes in, kept or not */
    uint64_t inbox_since; /* 0: no step has seen it */
    uint32_t waiting;     /* messages that arrived and are not read */
    size_t held;          /* their memory */
    uint32_t claimed_number;
    uint32_t unshown; /* it claimed that; all were asked, and nobody could show it; 0: nothing */
    struct shown shown;
    uint32_t weak_claims, strange, silences, garbled;
    uint32_t issued, late; /* requests sent; answers to none that is open */
    uint64_t notice_debt;  /* notices above what is usual; in tenths of seconds */
    uint64_t noticed;
    uint32_t nudges; /* small questions in a row, since another one was answered */
    bool is_heard;   /* an answer came, and nothing was sent since: */
    uint64_t heard;  /* when the first one did */
    uint32_t latency, answers, refusals, timeouts, faults;
    uint64_t opened; /* when */
    bool is_watched; /* of a parachain: its best blocks were asked for */
    bool has_height; /* of a parachain: what it has at `height` was asked for */
    uint32_t height;
    uint64_t height_asked;
    uint32_t doubts;    /* times in a row that it did not have it */
    mote_status behind; /* what it said */
    uint64_t name;      /* the host's; 0: none */
    uint32_t past;      /* trouble of earlier runs */
    mote_status last_fault;
    struct subscription *subscriptions; /* as many as mote_subscriptions_places */
};

/* How a source answered in earlier runs, and in this one. */
struct score {
    uint64_t name; /* 0: free */
    uint32_t latency, trouble;
};

struct arrived {
    mote_source_id source;
    uint8_t *text;
    size_t size;
};

/* --- chains ------------------------------------------------------------------------------------------------ */
enum claim_state {
    CLAIM_FREE = 0,
    CLAIM_PROBING, /* looking for a block shortly before the end of a session */
    CLAIM_ASKED,   /* for its proof */
    CLAIM_HEADER,  /* its header is asked for */
    CLAIM_READY
};

/* That a block is final, as a source says: from the search for it to the verdict. */
struct claim {
    enum claim_state state;
    uint32_t id;
    mote_source_id source;
    mote_source_id first; /* the tip: of whom it is asked */
    bool
        is_next; /* what was asked for is right behind the head: the current set must have signed it */
    bool is_ahead;       /* likewise, but some blocks farther on */
    bool is_planned;     /* the end of a set, as a header says */
    bool is_tip;         /* near the newest block that is claimed */
    bool is_notice;      /* said unasked */
    bool was_tried;      /* in vain, under the set `asked_set` */
    mote_status failure; /* then */
    uint64_t asked_set;  /* the set in office when it was asked for */
    uint32_t asked;      /* the block whose proof was asked for */
    uint32_t number;     /* that, then the target's */
    mote_hash hash;
    uint8_t *kept, *kept_header; /* in the pool */
    mote_bytes justification, header;
    mote_bytes headers; /* from behind the block that was asked for up to this one */
};

/* A block whose slot is known, by a header that nobody vouches for. */
struct sample {
    uint32_t number;
    bool begins; /* it is the first block of a session */
    bool leads;  /* its proof is asked for, which goes on to the next one's */
    uint64_t slot;
};

/* The tree of blocks above the final one, grown from its proven state. */
enum tree_state { TREE_NONE = 0, TREE_ASKED, TREE_STANDS, TREE_IMPOSSIBLE };
struct orphan {
    uint8_t *kept; /* a header, in the pool */
    size_t size;
};

/* The path of headers from a verified block down to an ancestor. */
struct walk {
    mote_chain_id chain; /* 0: none */
    bool is_parachain;
    mote_hash goal;
    uint32_t depth;
    mote_finalized_header relay; /* where it is */
    mote_para_header para;
    bool has_slot;
    uint64_t slot; /* of the relay block; or of the one that shows the parachain's */
};

/* The parachains' heads under a block that is final by a source's word: of use where it becomes the head. */
struct guess {
    mote_hash hash;   /* zero: none was made */
    uint8_t *message; /* in the pool; NULL: not answered */
    mote_bytes proof;
    mote_source_id source;
};

/* The newest final block with its justification, in the pool. */
struct proven {
    uint8_t *memory; /* NULL: none since the start */
    mote_bytes header, justification;
    uint64_t set_id;             /* that signed it: */
    mote_authority_list signers; /* empty: the set in office */
};

struct chain {
    mote_chain_id id;
    bool is_parachain;
    mote_chain_phase phase;
    bool has_head;
    uint32_t best_number;
    mote_source_id best_source; /* whose word it is; 0: verified */
    mote_hash best_hash;
    uint64_t bytes_in, bytes_out;
    uint32_t requests;
    /* relay chains */
    const mote_chain *known;
    mote_hash genesis;
    mote_age age;
    bool tell_age;
    mote_finalized_header head;
    mote_source_id head_source; /* who showed it; 0: where trust started */
    bool has_slot;
    uint64_t head_slot; /* of parachains: of the relay block that showed the head first; 0: none */
    mote_authority_set set;
    struct claim *claims;
    uint32_t epoch_slots;
    bool has_session, guesses_session, first_asked;
    uint64_t session_start;               /* slot at which some session began */
    mote_hash sessions_root;              /* of the state that is asked about sessions */
    uint64_t genesis_slot, session_index; /* as it says */
    uint32_t first;                       /* the block whose slot is asked for */
    struct sample looked;                 /* up to here the ends of sets are known */
    struct sample samples[SAMPLES];       /* above it, in order */
    uint32_t sample_count;
    bool searches;          /* there may be ends of sets that are not found yet */
    mote_source_id guide;   /* asked first, since others have misled; 0: none has */
    uint32_t plan_failures; /* since the set took office */
    uint32_t probes;
    uint32_t announcing; /* first blocks of sessions in a row that end a set */
    uint32_t too_near;   /* blocks above the head: a proof from there is larger than a message */
    uint32_t too_far;    /* likewise: it is of another set; 0: not known */
    uint64_t next_asked;
    uint64_t forced_since;        /* all show a forced change; 0: they do not */
    mote_finalized_header linked; /* down to here the head's ancestors are known */
    mote_finalized_header joined; /* whose ancestors are looked at */
    struct walk descent;
    struct claim joiner; /* what made that one final, in the pool */
    mote_status halted_by;
    uint32_t handovers;
    uint64_t quiet_since;
    bool is_confirmed;          /* a source has led on from where it started */
    bool tip_failed;            /* nobody has shown one: the block behind the head is next */
    bool ask_next;              /* a claim failed: is a hand-over missing? */
    bool explains;              /* what is asked for next explains it */
    mote_source_id explainer;   /* whose claim it was: asked first */
    mote_source_id slow_leader; /* its proof led on by less than others claim: they are asked */
    uint64_t polled;
    bool has_woken; /* after a sleep: ask what is final now */
    bool save_due;
    uint64_t save_after;
    struct proven proven;             /* what saved state is made of */
    bool heads_due;                   /* the parachains' heads under `head` have to be read */
    uint64_t heads_after;             /* but not before */
    mote_finalized_header heads_head; /* those that are being read: under this one */
    uint64_t heads_slot;              /* its slot; 0: none */
    mote_source_id heads_source;      /* who showed that it is final */
    uint32_t heads_place;             /* of the table of chains, to be asked for next; 0: none */
    struct guess guess;               /* what was read ahead, once a connection */
    enum tree_state tree_state;
    mote_context tree_context;
    mote_block_tree *tree;           /* NULL unless it stands */
    mote_finalized_header tree_root; /* whose state was asked for */
    uint64_t tree_after;
    struct orphan orphans[ORPHANS]; /* the last one's parent is asked for */
    uint32_t orphan_count;
    mote_source_id orphan_source;
    uint64_t orphans_since;
    /* parachains */
    mote_chain_id relay;
    uint32_t para_id;
    mote_para_header para;
    uint64_t seen_slot; /* of the newest relay block that shows it; 0: none */
    bool is_read;       /* since the relay chain has been current */
    bool is_gone, is_opaque;
    mote_para_lifecycle lifecycle; /* as it was told; of a parachain, until then */
};

/* --- queries ------------------------------------------------------------------------------------------------ */
/* A header on the way down that is asked for ahead. */
struct rung {
    uint32_t number;
    bool is_asked;
    mote_hash hash;
    uint8_t *header; /* in the pool */
    size_t header_size;
};

enum query_state { QUERY_FREE = 0, QUERY_WAITING, QUERY_WALKING, QUERY_ASKED, QUERY_RESTING };

struct query {
    mote_query_id id;
    enum query_state state;
    mote_query_kind kind;
    mote_chain_id chain;
    bool subscribe, has_at, is_parachain;
    mote_hash at;
    uint8_t *kept; /* in the pool: spans, then bytes of keys, prefix and child key */
    const mote_bytes *keys;
    uint32_t key_count;
    mote_bytes prefix, child_key;
    uint64_t not_before, give_up, patience;
    mote_status failure; /* of the newest try */
    uint8_t *goal;       /* the header that is looked for, in the pool */
    size_t goal_size;
    uint32_t goal_number;
    struct rung *ladder; /* RUNGS of them, by number, in the pool */
    uint8_t *ancestors;  /* headers from the head's parent down, in the pool */
    size_t ancestors_size;
    struct walk walk;
    mote_source_id used[MOTE_ANSWER_SOURCES]; /* whose answers it rests on */
    uint32_t used_count;
    mote_hash from; /* the head that it began at */
    uint32_t from_number;
    mote_finalized_header relay; /* the block that is read */
    mote_para_header para;
    uint8_t *page;      /* LIST: keys as a source listed them, in the pool */
    mote_bytes *listed; /* in `page_spans` */
    uint8_t *page_spans;
    uint32_t listed_count;
    mote_source_id lister; /* whose list it is */
    bool is_last_page;
    uint8_t *after; /* LIST: the last key of the page before, in the pool */
    size_t after_size;
    uint32_t pages, told, page_count; /* before this one; keys of this one */
    bool has_digest;
    mote_hash digest, answer_digest; /* of the newest answer; of the one that is given out */
};

/* Where a walk from key to key stands. */
struct listing {
    uint8_t *key, *next; /* MOTE_MAX_KEY_SIZE bytes each */
    size_t size;
    bool at_start;
};

/* An answer that is being given out: as long as `active`, its proof is loaded in the scratch context. */
struct delivery {
    bool active, keeps; /* keeps: its proof goes to the cache */
    mote_query_id query;
    size_t mark;
    uint8_t *message;
    mote_source_id source;
    mote_proof proof;
    mote_trie_view view;
    mote_bytes proof_bytes;
    uint32_t next;
    struct listing listing;
};

enum transaction_state {
    TRANSACTION_FREE = 0,
    TRANSACTION_SENT,
    TRANSACTION_WALKING,
    TRANSACTION_READING, /* the body, then the events */
};

/* A block that a source names as the one that holds it. */
enum place_state { PLACE_FREE = 0, PLACE_NAMED, PLACE_AWAITED, PLACE_WRONG };
struct place {
    enum place_state state;
    mote_hash hash;
    mote_source_id source;
    uint32_t number; /* AWAITED: the head has to be there first */
};

struct transaction {
    mote_transaction_id id;
    enum transaction_state state;
    mote_chain_id chain;
    uint8_t *extrinsic; /* in the pool */
    size_t size;
    uint64_t give_up, patience; /* give_up 0: the time is not known yet */
    bool told_submitted;
    uint64_t sent_to;            /* bits by index of sources, as long as they are connected */
    uint64_t gone;               /* of those, who will not include it */
    struct place places[PLACES]; /* of all sources, PLACES_OF_A_SOURCE of each */
    struct place *place;         /* the one that is looked at */
    bool is_found;               /* it is extrinsic `index` of that block */
    uint32_t index;
    mote_status failure;
    mote_source_id refuser; /* the last one, and its words, in the pool */
    uint8_t *words;
    size_t words_size;
    struct walk walk;
};

/* --- the client ---------------------------------------------------------------------------------------------- */
struct cached {
    mote_hash root;
    uint8_t *message; /* in the pool; NULL: none */
    mote_bytes proof;
    mote_source_id source;
    size_t room;
    uint64_t used;
};

struct queued {
    mote_action_kind kind;
    mote_source_id source;
    mote_chain_id chain;
    mote_status why;
    uint32_t job, attempt; /* SEND of a request */
    bool ends;             /* SEND: of the end of subscription number `job` */
    uint32_t event;        /* EVENT */
    mote_bytes bytes;      /* SAVE */
};

struct mote_client {
    mote_client_limits limits;
    mote_context context; /* scratch */
    struct pool pool;
    uint64_t now;            /* as handed in */
    uint64_t clock;          /* only forwards */
    bool has_time, has_news; /* has_news: the host called, and no step has looked yet */
    uint32_t next_id;
    uint64_t next_request, next_job;
    uint32_t chain_places;
    struct chain *chains;
    struct source *sources;
    struct score *scores; /* SCORES_OF_A_RELAY of each relay chain */
    struct job *jobs;
    uint32_t jobs_used; /* behind them no place is taken */
    struct query *queries;
    struct transaction *transactions;
    struct arrived *arrived;
    uint32_t arrived_places, arrived_first, arrived_count;
    struct queued *queue;
    uint32_t queue_places, queue_first, queue_count;
    mote_client_event *events;
    uint32_t event_places, event_count; /* of the actions that wait */
    uint8_t **spent;                    /* pool memory that actions still point into */
    uint32_t spent_places, spent_count;
    uint8_t *outbox; /* the request that was given out last, in the pool */
    struct delivery delivery;
    struct cached cache[CACHED_PROOFS];
    size_t cache_bytes;
    uint64_t cache_uses;
    uint32_t work_left;
    size_t size;
};

/* --- client.c ------------------------------------------------------------------------------------------------- */
uint32_t mote_client_new_id(mote_client *client);
struct chain *mote_client_chain(const mote_client *client, mote_chain_id id);
/* Pool memory that actions point into: given back when they are taken. */
void mote_client_spend(mote_client *client, uint8_t *memory);
void mote_client_use_work(mote_client *client, uint32_t work);

/* --- actions.c ------------------------------------------------------------------------------------------------ */
bool mote_actions_room(const mote_client *client);
mote_client_event *mote_actions_event(mote_client *client, mote_event_kind kind,
                                      mote_chain_id chain);
void mote_actions_send(mote_client *client, uint32_t job, uint32_t attempt);
void mote_actions_end(mote_client *client, mote_source_id source, uint32_t subscription);
void mote_actions_close(mote_client *client, mote_source_id source, mote_status why, bool for_good);
void mote_actions_save(mote_client *client, mote_chain_id chain, uint8_t *blob, size_t size);

/* --- sources.c ------------------------------------------------------------------------------------------------ */
struct source *mote_sources_find(const mote_client *client, mote_source_id id);
uint32_t mote_sources_index(const mote_client *client, const struct source *source);
/* It said something that is not true: it is dropped. */
void mote_sources_drop(mote_client *client, mote_source_id id, mote_status why,
                       const struct claim *evidence);
/* It did not answer in time. */
void mote_sources_silent(mote_client *client, struct source *source);
/* Its claims could not be shown. */
void mote_sources_weak_claim(mote_client *client, mote_source_id id);
/* They were not looked at: it would not answer. */
void mote_sources_lapse(mote_client *client, mote_source_id id);
/* Pool memory; where there is none, what is cached goes, and messages that are not whole. NULL: not now. */
uint8_t *mote_sources_take_room(mote_client *client, const struct source *for_source, size_t size);
bool mote_sources_exist(const mote_client *client, mote_chain_id chain);
bool mote_sources_are_all_open(const mote_client *client, mote_chain_id chain);
bool mote_sources_are_usable(const mote_client *client, mote_chain_id chain);
/* Its turn: one message that arrived. False: none is there. */
bool mote_sources_read_message(mote_client *client);
void mote_sources_forget_chain(mote_client *client, mote_chain_id chain);
/* Messages that do not come to their end, subscriptions that nobody wants any more. */
void mote_sources_plan(mote_client *client);
uint64_t mote_sources_deadline(const mote_client *client);

/* --- subscriptions.c -------------------------------------------------------------------------------------------- */
uint32_t mote_subscriptions_places(const mote_client_limits *limits); /* of one source */
/* False: it has more than there are places. */
bool mote_subscriptions_add(mote_client *client, struct source *source, const struct job *job,
                            mote_bytes name);
struct subscription *mote_subscriptions_find(const mote_client *client, struct source *source,
                                             mote_bytes name);
void mote_subscriptions_forget(mote_client *client, mote_transaction_id transaction);
/* Those that are over are ended at the source. */
void mote_subscriptions_end(mote_client *client, struct source *source);
/* Writes the end of a subscription into the outbox. */
bool mote_subscriptions_write_end(mote_client *client, struct source *source, uint32_t subscription,
                                  mote_bytes *out);

/* --- jobs.c --------------------------------------------------------------------------------------------------- */
enum outcome {
    OUTCOME_DONE,
    OUTCOME_ELSEWHERE, /* this source cannot: another one, or later */
    OUTCOME_LIE        /* `why` is what it said that is not true */
};
struct verdict {
    enum outcome outcome;
    mote_status why;
};
/* NULL where the table is full: whoever asked asks again later. */
struct job *mote_jobs_add(mote_client *client, enum purpose purpose, mote_request_kind kind,
                          mote_chain_id chain, uint32_t owner);
struct job *mote_jobs_find(mote_client *client, enum purpose purpose, uint32_t owner);
void mote_jobs_end(mote_client *client, enum purpose purpose,
                   uint32_t owner); /* PURPOSE_NONE: of any purpose */
void mote_jobs_end_chain(mote_client *client, mote_chain_id chain);
/* Nothing is open with this source any more. */
void mote_jobs_lose_source(mote_client *client, mote_source_id source);
void mote_jobs_lose_all(mote_client *client);
void mote_jobs_schedule(mote_client *client);
uint64_t mote_jobs_deadline(const mote_client *client);
/* The job that this answer belongs to, and which attempt; NULL: to none of that source. */
struct job *mote_jobs_match(mote_client *client, mote_source_id source, uint64_t request,
                            uint32_t *attempt);
void mote_jobs_conclude(mote_client *client, struct job *job, uint32_t attempt,
                        struct verdict verdict);
size_t mote_jobs_reply_limit(const mote_client *client, mote_source_id source);
/* Writes the request of a job into the outbox. */
bool mote_jobs_write(mote_client *client, const struct job *job, uint64_t request, mote_bytes *out);

/* --- nudges.c ------------------------------------------------------------------------------------------------- */
/* True where something new is asked. */
bool mote_nudges_plan(mote_client *client);
uint64_t mote_nudges_deadline(const mote_client *client);

/* --- answers.c ------------------------------------------------------------------------------------------------ */
/* What a job's answer means: each purpose has its function. `message` is the pool memory it stands in; a function that
 * keeps it sets it to NULL. */
struct verdict mote_answers_take(mote_client *client, struct job *job, struct source *source,
                                 const mote_reply *reply, uint8_t **message);
/* OUTCOME_DONE, or what a failure of the source's reply means for it. */
struct verdict mote_verdict_of(mote_status status);
/* It has not what was asked for; `must_have`: of what it named itself. */
struct verdict mote_verdict_of_absence(bool must_have);
bool mote_is_gap(mote_status status);
/* A job that all sources refused so often: whom it was for has to know. */
void mote_answers_give_up(mote_client *client, struct job *job);
void mote_answers_lost(mote_client *client, struct job *job);

/* --- claims.c ------------------------------------------------------------------------------------------------- */
uint32_t mote_claims_places(const mote_client *client); /* of a relay chain */
void mote_claims_free(mote_client *client, struct claim *claim);
struct claim *mote_claims_find(mote_client *client, struct chain **chain, uint32_t id);
struct claim *mote_claims_new(mote_client *client, struct chain *relay);
/* A justification that came by itself. `*message` is taken over (and NULL then) where it is of use. */
struct verdict mote_claims_notice(mote_client *client, struct chain *relay, struct source *source,
                                  mote_bytes justification, uint8_t **message);
struct verdict mote_claims_take_proof(mote_client *client, struct job *job, struct source *source,
                                      const mote_reply *reply, uint8_t **message);
struct verdict mote_claims_take_header(mote_client *client, struct job *job,
                                       const mote_reply *reply, uint8_t **message);
/* Its answer is larger than a message may be. */
void mote_claims_too_large(mote_client *client, const struct source *source);
/* `refused`: as of its job. */
void mote_claims_give_up(mote_client *client, uint32_t id, uint64_t refused);
void mote_claims_lose(mote_client *client, uint32_t id);
/* The chain stops; `claim` is what contradicts, or NULL. */
void mote_claims_halt(mote_client *client, struct chain *relay, const struct claim *claim,
                      mote_status why);
/* The head was signed by that set. */
void mote_claims_judge(mote_client *client, struct chain *relay, uint64_t set_id);
/* Verifies what is ready, in order. True where something was done. */
bool mote_claims_verify(mote_client *client, struct chain *relay);

/* --- relay.c --------------------------------------------------------------------------------------------------- */
void mote_relay_source_opened(mote_client *client, struct source *source);
void mote_relay_source_usable(mote_client *client, struct source *source);
/* The highest final block that a usable source claims, and which source. */
uint32_t mote_relay_claimed(const mote_client *client, const struct chain *relay,
                            mote_source_id *by);
/* Blocks take a slot each, and slots take their time: it may be as high as it says. */
bool mote_relay_is_possible(const mote_client *client, const struct chain *relay,
                            const struct source *source);
/* The header of a block that is final, by that source's word. */
void mote_relay_note_final(struct source *source, const mote_header *header);
void mote_relay_adopt(mote_client *client, struct chain *relay, const mote_finalized_header *head,
                      const mote_header *header);
void mote_relay_new_head(mote_client *client, struct chain *relay, struct claim *claim,
                         const mote_warp_link *link);
bool mote_relay_ask_proof(mote_client *client, struct chain *relay, struct claim *claim);
void mote_relay_plan(mote_client *client, struct chain *relay);
/* After a sleep: what is final now? */
void mote_relay_wake(mote_client *client);
void mote_relay_judge_phase(mote_client *client, struct chain *relay);
void mote_relay_set_phase(mote_client *client, struct chain *chain, mote_chain_phase phase);
/* Of a slot behind the clock, in milliseconds. */
uint64_t mote_relay_age(const mote_client *client, const struct chain *relay, uint64_t slot,
                        bool *known);
/* Of the head's. */
uint64_t mote_relay_lag(const mote_client *client, const struct chain *relay, bool *known);

/* --- sessions.c ------------------------------------------------------------------------------------------------ */
#define SESSION_KEYS 4u
uint64_t mote_session_of(const struct chain *relay, uint64_t slot);
uint64_t mote_session_begin(const struct chain *relay, uint64_t session); /* its first slot */
void mote_sessions_find_out(mote_client *client, struct chain *relay, const struct source *top);
bool mote_sessions_are_sought(mote_client *client, const struct chain *relay);
/* As that state says, where it can be one length only; else 0. */
uint32_t mote_sessions_length(mote_client *client, const mote_proof *proof);
void mote_sessions_keys(uint8_t out[SESSION_KEYS][MOTE_BABE_STATE_KEY_SIZE]);
struct verdict mote_sessions_take_first(mote_client *client, struct job *job,
                                        const struct source *source, const mote_reply *reply);
struct verdict mote_sessions_take_state(mote_client *client, struct job *job,
                                        const mote_reply *reply);

/* --- probes.c -------------------------------------------------------------------------------------------------- */
/* Looks for the ends of sets between the head and what is claimed; false where there is nothing to look for. */
bool mote_probes_plan(mote_client *client, struct chain *relay);
struct verdict mote_probes_take(mote_client *client, struct job *job, const struct source *source,
                                const mote_reply *reply, uint8_t **message);
struct verdict mote_probes_take_hashes(mote_client *client, struct job *job,
                                       const struct source *source, const mote_reply *reply);
void mote_probes_failed(mote_client *client, struct chain *relay);

/* --- forced.c -------------------------------------------------------------------------------------------------- */
bool mote_forced_is_shown(mote_client *client, const struct claim *claim);
uint64_t mote_forced_sources(const mote_client *client, const struct chain *relay); /* by index */
bool mote_forced_is_certain(const mote_client *client, struct chain *relay);
void mote_forced_refuted(mote_client *client, const struct chain *relay);

/* --- descent.c ------------------------------------------------------------------------------------------------- */
/* A new head; what made it final is taken out of the claim where it is needed. */
void mote_descent_new_head(struct chain *relay, struct claim *claim);
void mote_descent_plan(mote_client *client, struct chain *relay);
struct verdict mote_descent_take(mote_client *client, struct job *job, const mote_reply *reply);
void mote_descent_end(mote_client *client, struct chain *relay);
void mote_descent_give_up(mote_client *client, mote_chain_id relay);

/* --- best.c ---------------------------------------------------------------------------------------------------- */
mote_tree_limits mote_best_limits(const mote_client_limits *limits);
void mote_best_plan(mote_client *client, struct chain *relay);
struct verdict mote_best_take_head(mote_client *client, struct chain *chain, struct source *source,
                                   const mote_header *header);
struct verdict mote_best_take_state(mote_client *client, struct job *job, const mote_reply *reply);
struct verdict mote_best_take_orphan(mote_client *client, struct job *job, struct source *source,
                                     const mote_reply *reply);
void mote_best_lose_source(mote_client *client, struct chain *chain, mote_source_id source);
void mote_best_give_up(mote_client *client, mote_chain_id relay);
void mote_best_lose_orphans(mote_client *client, mote_chain_id relay);
void mote_best_finalized(mote_client *client, struct chain *chain);
uint32_t mote_best_floor(const struct chain *chain);

/* --- parachains.c --------------------------------------------------------------------------------------------- */
/* At most two for each of PARACHAINS_OF_A_PROOF, in as many times MOTE_PARA_KEY_SIZE bytes. */
uint32_t mote_parachains_keys(const mote_client *client, const struct job *job, mote_bytes *keys,
                              uint8_t *memory);
void mote_parachains_plan(mote_client *client, struct chain *relay);
struct verdict mote_parachains_take(mote_client *client, struct job *job,
                                    const struct source *source, const mote_reply *reply);
void mote_parachains_give_up(mote_client *client, mote_chain_id relay);
struct verdict mote_parachains_take_guess(mote_client *client, struct job *job,
                                          const struct source *source, const mote_reply *reply,
                                          uint8_t **message);
void mote_parachains_forget_guess(mote_client *client, struct chain *relay);
uint64_t mote_parachains_lag(const mote_client *client, const struct chain *parachain, bool *known);

/* --- heights.c -------------------------------------------------------------------------------------------------- */
void mote_heights_plan(mote_client *client);
struct verdict mote_heights_take(mote_client *client, const struct job *job, struct source *source,
                                 const mote_reply *reply);

/* --- walks.c --------------------------------------------------------------------------------------------------- */
bool mote_walk_begin(struct walk *walk, const struct chain *chain,
                     const mote_hash *goal); /* false: no head yet */
bool mote_walk_has_arrived(const struct walk *walk);
uint32_t mote_walk_number(const struct walk *walk);
mote_hash mote_walk_next(const struct walk *walk); /* the header it needs */
mote_status mote_walk_take(mote_client *client, struct walk *walk, mote_bytes header);

/* --- queries.c ------------------------------------------------------------------------------------------------- */
struct query *mote_queries_find(const mote_client *client, mote_query_id id);
void mote_queries_plan(mote_client *client);
void mote_queries_new_head(mote_client *client, mote_chain_id chain);
void mote_queries_catch_up(mote_client *client, const struct query *query);
void mote_queries_refused(mote_client *client, mote_query_id id);
void mote_queries_wait(mote_client *client, struct query *query, mote_status why);
void mote_queries_fail(mote_client *client, struct query *query, mote_status why);
void mote_queries_use_block(mote_client *client, struct query *query);
void mote_queries_used(mote_client *client, mote_query_id id, mote_source_id source);
void mote_queries_end(mote_client *client, struct query *query);
void mote_queries_forget_chain(mote_client *client, mote_chain_id chain);
uint64_t mote_queries_deadline(const mote_client *client);
struct verdict mote_queries_take_proof(mote_client *client, struct job *job,
                                       const struct source *source, const mote_reply *reply,
                                       uint8_t **message);
mote_hash mote_query_block(const struct query *query);
void mote_query_rewind(mote_client *client, struct query *query);
void mote_query_forget_page(mote_client *client, struct query *query);

/* --- ancestry.c ------------------------------------------------------------------------------------------------ */
bool mote_ancestry_begin(mote_client *client, struct query *query);
void mote_ancestry_go_on(mote_client *client, struct query *query);
/* Nothing that it waits for is asked any more. */
void mote_ancestry_resume(mote_client *client, struct query *query);
void mote_ancestry_forget(mote_client *client, struct query *query);
/* An answer of this source was. */
void mote_ancestry_too_large(mote_client *client, const struct source *source);
struct verdict mote_ancestry_take_rung(mote_client *client, struct job *job,
                                       const mote_reply *reply);
struct verdict mote_ancestry_take_goal(mote_client *client, struct job *job,
                                       const mote_reply *reply);
struct verdict mote_ancestry_take(mote_client *client, struct job *job, const mote_reply *reply);
void mote_ancestry_lose_rung(mote_client *client, const struct job *job);
void mote_ancestry_give_up(mote_client *client, mote_query_id id);

/* --- listing.c ------------------------------------------------------------------------------------------------- */
struct verdict mote_listing_take_keys(mote_client *client, struct job *job,
                                      const struct source *source, const mote_reply *reply,
                                      uint8_t **message);
mote_status mote_listing_check(mote_client *client, struct query *query, const mote_trie_view *view,
                               mote_hash *digest);
bool mote_listing_blames_list(mote_client *client, struct query *query, const mote_trie_view *view,
                              mote_status status);
void mote_listing_judge_list(mote_client *client, const struct query *query,
                             const mote_trie_view *view);
void mote_listing_begin(struct listing *listing, const struct query *query, uint8_t *room);
mote_status mote_listing_next(mote_client *client, struct listing *listing,
                              const struct query *query, const mote_trie_view *view, bool *found,
                              mote_proven_value *value);
bool mote_listing_turn_page(mote_client *client, struct query *query, mote_bytes last);

/* --- cache.c --------------------------------------------------------------------------------------------------- */
void mote_cache_clear(mote_client *client);
void mote_cache_keep(mote_client *client, const mote_hash *root, uint8_t *message, mote_bytes proof,
                     mote_source_id source);
bool mote_cache_find(const mote_client *client, uint32_t *at, const mote_hash *root);
struct cached mote_cache_take(mote_client *client, uint32_t at);

/* --- delivery.c ------------------------------------------------------------------------------------------------ */
void mote_delivery_begin(mote_client *client, struct query *query, const mote_trie_view *view,
                         uint8_t *message, mote_bytes proof, size_t mark);
void mote_delivery_end(mote_client *client);
bool mote_delivery_next(mote_client *client, mote_action *out);

/* --- transactions.c --------------------------------------------------------------------------------------------- */
struct transaction *mote_transactions_find(const mote_client *client, mote_transaction_id id);
void mote_transactions_plan(mote_client *client);
void mote_transactions_sent(mote_client *client, mote_transaction_id id);
struct verdict mote_transactions_take(mote_client *client, struct job *job, const mote_reply *reply,
                                      uint8_t **message);
void mote_transactions_lose_source(mote_client *client, uint32_t index);
void mote_transactions_hint(mote_client *client, const struct source *source,
                            mote_transaction_id id, mote_extrinsic_hint hint,
                            const mote_hash *hash);
void mote_transactions_refused(mote_client *client, mote_transaction_id id, mote_source_id source,
                               const mote_rpc_message *message);
void mote_transactions_give_up(mote_client *client, const struct job *job);
void mote_transactions_forget_chain(mote_client *client, mote_chain_id chain);
uint64_t mote_transactions_deadline(const mote_client *client);

/* --- words.c ---------------------------------------------------------------------------------------------------- */
/* What an error or a notice says, in the pool; NULL where it says nothing, or there is no room. */
uint8_t *mote_words_keep(mote_client *client, const mote_rpc_message *message, size_t *size);

/* --- saved.c ---------------------------------------------------------------------------------------------------- */
/* Keeps the last of `count` verified claims, before relay->set changes. */
void mote_saved_keep(mote_client *client, struct chain *relay, struct claim **batch, uint32_t count,
                     bool hands_over);
void mote_saved_forget(mote_client *client, struct chain *relay);
void mote_saved_plan(mote_client *client, struct chain *relay);
/* Takes over head and set where it holds. */
mote_status mote_relay_take_checkpoint(mote_client *client, struct chain *chain,
                                       const mote_checkpoint *checkpoint);
mote_status mote_saved_load(mote_client *client, struct chain *relay, mote_age *age,
                            mote_bytes saved, uint64_t now);

/* --- scores.c --------------------------------------------------------------------------------------------------- */
void mote_scores_note(mote_client *client, const struct source *source, bool is_dropped);
/* Of all sources of a relay chain and its parachains that have a name. */
void mote_scores_refresh(mote_client *client, const struct chain *relay);
void mote_scores_write(const mote_client *client, mote_writer *out, const struct chain *relay);
mote_bytes mote_scores_read(mote_cursor *cursor);
void mote_scores_take(mote_client *client, const struct chain *relay, mote_bytes scores);
void mote_scores_forget(mote_client *client, const struct chain *relay);

#endif
