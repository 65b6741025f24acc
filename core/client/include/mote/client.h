/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The live client: one engine that follows relay chains and their parachains over sources it does not trust
 * (docs/design-live.md).
 *
 * The host is a set of pipes. It opens a connection for each source, hands in whole or partial messages and the time, calls
 * step, and carries out what next gives it: messages to send, connections to close, bytes to keep, events to show. The
 * engine calls nothing, waits for nothing, and reads no clock: equal inputs give equal actions on every platform.
 *
 *     mote_client_receive(client, source, chunk, is_last);      // as bytes come
 *     do {
 *         more = mote_client_step(client, now, MOTE_STEP_WORK);
 *         while (mote_client_next(client, &action)) carry_out(&action);
 *     } while (more);
 *     sleep_until(mote_client_deadline(client));                // or the next bytes
 *
 * Everything in an event named here as verified was verified against the start of trust that the chain was added with.
 * What a source merely says is marked so (`claimed`), and used only to know what to ask.
 *
 * Memory: one block, of a size computed from the limits, from beginning to end. Ids are opaque numbers, never 0 and never used
 * again (2^32 later); calls with an id of something that is gone do nothing. Pointers in an action, and in its event, are
 * valid until the next call of any function of the client, mote_client_next too: what is needed longer is to be copied.
 */
#ifndef MOTE_CLIENT_H
#define MOTE_CLIENT_H

#include "mote/babe.h"
#include "mote/checkpoint.h"
#include "mote/inclusion.h"
#include "mote/para.h"
#include "mote/source.h"
#include "mote/trie.h"
#include "mote/warp.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mote_client mote_client;
typedef uint32_t mote_chain_id;  /* a relay chain or a parachain of this client */
typedef uint32_t mote_source_id; /* a node that was given an address by the user */
typedef uint32_t mote_query_id;
typedef uint32_t mote_transaction_id;

/* --- limits --------------------------------------------------------------------------------------------- */
/* Every limit of a client. What is beyond is refused by name or waits; nothing grows. */
typedef struct mote_client_limits {
    uint32_t relays;       /* relay chains */
    uint32_t parachains;   /* of all of them */
    uint32_t sources;      /* connections, at most 64 */
    uint32_t requests;     /* open or waiting at a time */
    uint32_t queries;      /* one-shot and subscribed */
    uint32_t transactions; /* followed at a time */
    uint32_t authorities;  /* in one set; at most MOTE_MAX_AUTHORITIES */
    uint32_t handovers;    /* hand-overs asked for in parallel */
    size_t message_bytes;  /* the largest message taken: proofs of large values need it */
    size_t pool_bytes;     /* for messages, keys and extrinsics together */
    size_t scratch_bytes;  /* for verification; 0: what the other limits need */
} mote_client_limits;
/* 2 relay chains, 32 parachains, 16 sources, 4 MiB a message. About 14 MiB in all. */
mote_client_limits mote_client_default_limits(void);
/* Bytes of the block; 0 where the limits are none. */
size_t mote_client_memory(const mote_client_limits *limits);

/* `memory` of `size` bytes (aligned for any type; at least mote_client_memory) belongs to the client from here on. `seed`:
 * mote_context_init. E_BAD_ARGUMENT, E_LIMIT_MEMORY. */
MOTE_MUST_USE mote_status mote_client_init(mote_client **out, void *memory, size_t size,
                                           const mote_client_limits *limits,
                                           const uint8_t seed[32]);
/* The largest part of the block ever in use. */
size_t mote_client_most_used(const mote_client *client);

/* --- chains and sources ---------------------------------------------------------------------------------- */
/* Where trust starts. `checkpoint`: a compact one (docs/spec/checkpoint.md) whose genesis is known, copied. `saved`: what a
 * SAVE action of an earlier client gave, or empty; it is taken where it holds and leads further than the checkpoint
 * (docs/spec/saved.md), else EVENT_SAVED_REFUSED says why not. */
typedef struct mote_relay_start {
    mote_bytes checkpoint;
    mote_bytes saved;
    const char *name; /* known chain (mote_chain_by_name), or NULL: by the checkpoint's genesis */
    uint64_t now;     /* Unix milliseconds: the checkpoint's age is judged */
    bool
        accept_expired; /* go on from a checkpoint past the window, carrying the assumption along */
    uint32_t epoch_slots; /* length of a session in slots; 0: the known chain's, or found out */
} mote_relay_start;
/* E_LIMIT_COUNT; E_EXPIRED and E_FROM_FUTURE (unless accepted); statuses of a checkpoint; E_BAD_ARGUMENT while an answer is being
 * given out (between its EVENT_VALUEs), whose proof is in the memory that this needs. */
MOTE_MUST_USE mote_status mote_client_add_relay(mote_client *client, mote_chain_id *out,
                                                const mote_relay_start *start);
/* A parachain of a relay chain of this client. The same parachain twice: E_BAD_ARGUMENT. */
MOTE_MUST_USE mote_status mote_client_add_parachain(mote_client *client, mote_chain_id *out,
                                                    mote_chain_id relay, uint32_t para_id);
/* With its parachains, sources and queries; what is open of them ends without events. The host closes the connections. */
void mote_client_remove_chain(mote_client *client, mote_chain_id chain);

/* A source for one chain. It is asked nothing before it is open. */
MOTE_MUST_USE mote_status mote_client_add_source(mote_client *client, mote_source_id *out,
                                                 mote_chain_id chain);
/* What the host knows it by in all its runs, such as a hash of its address; 0: nothing. How it answered is kept in saved state
 * under that name, and known again. */
void mote_client_name_source(mote_client *client, mote_source_id source, uint64_t name);
void mote_client_remove_source(mote_client *client, mote_source_id source);
/* The connection stands (again), or is gone: what was asked of it is asked elsewhere, or again. */
void mote_client_source_opened(mote_client *client, mote_source_id source);
void mote_client_source_closed(mote_client *client, mote_source_id source);
/* Bytes of one message, in any division; `is_last` ends it. Never judged here, only kept: step does. */
void mote_client_receive(mote_client *client, mote_source_id source, mote_bytes chunk,
                         bool is_last);

/* --- running ---------------------------------------------------------------------------------------------- */
/* Work units are about the cost of one signature. MOTE_STEP_WORK is about 5 ms in a browser. */
#define MOTE_STEP_WORK 500u
/* Does work until `work` units are used up, or there is none, or actions wait to be taken. `now`: Unix milliseconds; it may
 * jump either way (backwards stands still; forwards, what was open counts as lost). True: call again. Nothing is done as
 * long as an action is left. */
bool mote_client_step(mote_client *client, uint64_t now, uint32_t work);
/* When step has something to do though no bytes came (Unix milliseconds, UINT64_MAX: never). */
uint64_t mote_client_deadline(const mote_client *client);

typedef enum mote_action_kind {
    MOTE_ACTION_NONE = 0,
    MOTE_ACTION_SEND, /* `bytes`: a text message to `source` */
    MOTE_ACTION_CLOSE, /* close the connection of `source`; it may be opened again (slow, flooding) */
    MOTE_ACTION_DROP, /* close it for good: `why` names the lie; the source is gone from the client */
    MOTE_ACTION_SAVE, /* keep `bytes` for `chain`, in place of what was saved before */
    MOTE_ACTION_EVENT /* `event` */
} mote_action_kind;

typedef enum mote_chain_phase {
    MOTE_PHASE_WAITING = 0, /* no usable source yet */
    MOTE_PHASE_CATCHING_UP, /* going through authority sets */
    MOTE_PHASE_CURRENT,     /* at the newest block that any source shows final */
    MOTE_PHASE_STALLED, /* current, but finality is behind the clock by more than MOTE_STALL_SECONDS */
    MOTE_PHASE_HALTED /* `halted_by` says why: nothing is said any more */
} mote_chain_phase;
const char *mote_chain_phase_name(mote_chain_phase phase); /* "waiting", "catching-up", ... */
#define MOTE_STALL_SECONDS 120u

typedef struct mote_chain_status {
    mote_chain_id chain;
    bool is_parachain;
    uint32_t para_id;
    mote_chain_phase phase;
    mote_status
        halted_by; /* E_FINALITY_CONFLICT: it was proven; E_FORCED_CHANGE: all sources show one, a new checkpoint is needed;
                      another change or limit that a final block goes beyond */
    bool has_head;
    mote_hash hash; /* verified head (relay: final; parachain: included in a final relay block) */
    uint32_t number;
    uint64_t set_id;         /* relay chains */
    uint32_t claimed_number; /* the highest final block that a source claims */
    uint32_t handovers;      /* verified since the start */
    bool has_lag;
    uint64_t lag_milliseconds; /* of the head's slot behind the clock */
    mote_age age;              /* of the checkpoint, at the start */
    uint32_t assumed;          /* bits of mote_assumption */
    uint32_t sources, open_sources;
    uint64_t bytes_in, bytes_out; /* messages of its sources */
    uint32_t requests;            /* sent */
} mote_chain_status;
bool mote_client_chain_status(const mote_client *client, mote_chain_status *out,
                              mote_chain_id chain);

typedef struct mote_source_status {
    mote_source_id source;
    mote_chain_id chain;
    bool open, usable;       /* usable: it has shown the chain's genesis */
    bool lags;               /* it did not know what others know */
    mote_status behind;      /* of a parachain: `why` of its last EVENT_BEHIND */
    uint32_t claimed_number; /* final, as it says */
    uint32_t latency;        /* milliseconds, smoothed; 0: unknown */
    uint32_t answers, refusals, timeouts, faults;
    mote_status last_fault;
} mote_source_status;
bool mote_client_source_status(const mote_client *client, mote_source_status *out,
                               mote_source_id source);

typedef enum mote_event_kind {
    MOTE_EVENT_NONE = 0,
    MOTE_EVENT_STATUS, /* the phase of `chain` changed */
    MOTE_EVENT_AGE, /* once, for a relay chain: the checkpoint is stale, expired (accepted) or of unknown age */
    MOTE_EVENT_SAVED_REFUSED, /* saved state was not used: `why` */
    MOTE_EVENT_HANDOVER, /* `header` is final and hands over: `fragment` (header, justification) for who keeps proofs */
    MOTE_EVENT_FINALIZED, /* new final head of a relay chain: `header`, `fragment` */
    MOTE_EVENT_BEST, /* new best head of a chain: `hash`, `number`; `verified`: its author was judged */
    MOTE_EVENT_PARA_HEAD, /* new head of a parachain: `para`, `progress`, `lifecycle` */
    MOTE_EVENT_PARA_GONE, /* no head: `lifecycle` says why; `opaque`: a head that is no header */
    MOTE_EVENT_CONFLICT, /* two blocks at one height are final: the chain is halted. `fragment`: the other one's */
    MOTE_EVENT_SOURCE, /* `source` became usable, or was refused (`why`): wrong chain, lie, flood */
    MOTE_EVENT_VALUE,  /* an answer to `query`, key `key_index` (or a listed `key`) */
    MOTE_EVENT_ANSWERED, /* all of one answer was given; a one-shot query is over. `proof`, `at` */
    MOTE_EVENT_QUERY_FAILED, /* `why`; a subscription goes on */
    MOTE_EVENT_TRANSACTION,  /* `transaction` changed: `inclusion` */
    MOTE_EVENT_PARA_LIFECYCLE, /* a parachain that has a head is parked, on its way out, back: `lifecycle` */
    MOTE_EVENT_PAGE,  /* a page of a list was given, and more come: `proof` is of its keys */
    MOTE_EVENT_BEHIND /* a parachain's `source` does not have the head `number` (`why`: E_UNKNOWN_BLOCK), has another block there (E_NOT_ON_FINAL_CHAIN), or is there again (MOTE_OK) */
} mote_event_kind;
const char *mote_event_name(mote_event_kind kind); /* "status", "age", "saved-refused", ... */

typedef enum mote_inclusion_state {
    MOTE_INCLUSION_NONE = 0,
    MOTE_INCLUSION_SUBMITTED, /* a source took it */
    MOTE_INCLUSION_CLAIMED,   /* a source says in which block it is (`hash`) */
    MOTE_INCLUSION_FINAL,     /* proven: extrinsic `index` of the final block `header`; over */
    MOTE_INCLUSION_FAILED     /* `why`; over */
} mote_inclusion_state;
const char *mote_inclusion_state_name(mote_inclusion_state state);

#define MOTE_ANSWER_SOURCES 8u
#define MOTE_REFUSAL_WORDS 256u

typedef struct mote_client_event {
    mote_event_kind kind;
    mote_chain_id chain;
    mote_source_id source; /* where it came from, where that can be said; 0 otherwise */
    mote_query_id query;
    mote_transaction_id transaction;
    mote_status why;
    mote_chain_status status; /* STATUS, AGE */
    mote_finalized_header
        header; /* HANDOVER, FINALIZED; relay block of PARA_*; block of ANSWERED about a relay chain */
    mote_bytes encoded_header;        /* HANDOVER, FINALIZED, CONFLICT */
    mote_bytes justification;         /* HANDOVER, FINALIZED, CONFLICT */
    mote_justification_report report; /* HANDOVER, FINALIZED */
    bool verified, reorganized;       /* BEST */
    mote_hash hash;                   /* BEST; CLAIMED */
    uint32_t number;                  /* BEST; CLAIMED */
    mote_para_header para;            /* PARA_HEAD; block of ANSWERED about a parachain */
    mote_para_progress progress;      /* PARA_HEAD: against the head before; NONE for the first */
    mote_para_lifecycle lifecycle;    /* PARA_* */
    bool opaque;
    uint32_t key_index; /* VALUE */
    mote_bytes key;     /* VALUE */
    mote_proven_value value;
    bool complete;    /* ANSWERED to a list: these are all keys under the prefix */
    mote_bytes proof; /* ANSWERED: SCALE Vec<Vec<u8>>; PAGE: that of a page before the last */
    /* ANSWERED: the headers that lead from the head `hash` (number `number`) down to the block: SCALE, one after another, the
     * head's parent first; empty where the block is that head. A parachain's head is shown by the state of para.relay_hash. */
    mote_bytes ancestors;
    bool has_age; /* ANSWERED */
    uint64_t
        age_milliseconds; /* of the relay block's slot; of a parachain's head: of the relay block that shows it */
    mote_source_id sources[MOTE_ANSWER_SOURCES]; /* ANSWERED: whose messages it rests on */
    uint32_t source_count;
    mote_inclusion_state inclusion;
    uint32_t index; /* FINAL */
    mote_bytes
        events; /* FINAL: System::Events of the block as proven, raw; empty: could not be had */
    /* FAILED because it was refused: what `source` said to that, its error's number and text or the word of its notice. Nobody
     * vouches for it, nothing was concluded from it: at most MOTE_REFUSAL_WORDS bytes of printable ASCII, to be shown to people
     * as that source's words. Empty: none said anything. */
    mote_bytes words;
} mote_client_event;

typedef struct mote_action {
    mote_action_kind kind;
    mote_source_id source;
    mote_chain_id chain;
    mote_status why;
    mote_bytes bytes;
    mote_client_event event;
} mote_action;
/* The next action in order; false: none is left. */
bool mote_client_next(mote_client *client, mote_action *out);

/* --- queries ---------------------------------------------------------------------------------------------- */
typedef enum mote_query_kind {
    MOTE_QUERY_VALUES = 1, /* `keys`, each proven to have its value or none */
    MOTE_QUERY_LIST = 2    /* all keys under `prefix`, with their values; complete or failed */
} mote_query_kind;
typedef struct mote_query {
    mote_query_kind kind;
    mote_chain_id chain;
    bool subscribe; /* answer again at each new head whose answer differs */
    bool
        has_at; /* at this block, which must be an ancestor of the head, at most MOTE_MAX_QUERY_DEPTH below */
    mote_hash at;
    const mote_bytes *keys; /* copied */
    uint32_t key_count;     /* at most MOTE_MAX_REQUEST_KEYS */
    mote_bytes prefix;
    mote_bytes child_key; /* empty: the main trie */
    uint64_t patience;    /* milliseconds until it fails with E_TIMED_OUT; 0: MOTE_QUERY_PATIENCE */
} mote_query;
#define MOTE_QUERY_PATIENCE 30000u
#define MOTE_MAX_QUERY_DEPTH 256u
/* Waits until the chain has a head. E_LIMIT_COUNT, E_LIMIT_MEMORY where it has no room; E_BAD_ARGUMENT. */
MOTE_MUST_USE mote_status mote_client_query(mote_client *client, mote_query_id *out,
                                            const mote_query *query);
void mote_client_cancel(mote_client *client, mote_query_id query);

/* --- transactions ------------------------------------------------------------------------------------------ */
/* `extrinsic`: signed and encoded, with its length in front; copied. Sent to every usable source of the chain; followed
 * until it is proven to be in a final block, or `patience` milliseconds (0: 10 minutes) are over, or all sources that have it say
 * that it is invalid, replaced or dropped (E_REFUSED). */
MOTE_MUST_USE mote_status mote_client_submit(mote_client *client, mote_transaction_id *out,
                                             mote_chain_id chain, mote_bytes extrinsic,
                                             uint64_t patience);
void mote_client_forget(mote_client *client, mote_transaction_id transaction);

/* --- saved state -------------------------------------------------------------------------------------------- */
/* The next step gives a SAVE action of a relay chain, at its newest final block: if there is one since the start. They come by
 * themselves after hand-overs, a few seconds apart. (docs/spec/saved.md) */
void mote_client_save(mote_client *client, mote_chain_id chain);

#ifdef __cplusplus
}
#endif
#endif
