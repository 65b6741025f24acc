/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every limit of the client in one place, but for those that a host sets (mote_client_limits) and those of its interface
 * (mote/client.h: MOTE_STEP_WORK, MOTE_STALL_SECONDS, MOTE_QUERY_PATIENCE, MOTE_MAX_QUERY_DEPTH, MOTE_ANSWER_SOURCES; mote/source.h:
 * MOTE_MAX_REQUEST_KEYS). Private to the module.
 */
#ifndef MOTE_CLIENT_BOUNDS_H
#define MOTE_CLIENT_BOUNDS_H

/* --- time, in milliseconds ------------------------------------------------------------------------------- */
#define HEDGE_AFTER                                                                                \
    1500u /* a second source is asked too; or three times what the first one takes */
#define LOST_AFTER 12000u /* an attempt is over */
#define RETRY_AFTER 1000u /* where all sources refused */
#define QUIET_FOR 15000u  /* without a new final block: ask for a proof rather than wait */
#define SLEPT_FOR 60000u  /* between two steps: what was open is lost */

#define ATTEMPTS 2u
#define SOURCE_OPEN_REQUESTS 24u /* of one source at a time */
#define UNASKED_MESSAGE 1048576u /* largest message of a source that was asked nothing large */
#define STRANGE_MESSAGES 32u     /* that answer nothing, between two that do: then it is a flood */
#define WEAK_CLAIMS 8u           /* final blocks claimed and not shown, in a row */
#define NOTICES_OF_A_SOURCE 2u   /* that are judged at a time */
#define SILENCES 2u              /* requests in a row without an answer: the connection is dead */
#define SUBSCRIPTION_SIZE 48u
#define NEAR 64u /* blocks: one proof leads over them with few headers */
#define LONGEST_WAY                                                                                \
    (UINT64_C(1) << 31)      /* slots from the head in which ends of sets are looked for */
#define PLAN_FAILURES 2u     /* of that search, for one hand-over */
#define MOST_PROBES 2048u    /* headers looked at, for one hand-over */
#define CERTAIN 8u           /* sessions in a row that end a set: then each does */
#define PARTS 16u            /* of a stretch with gaps */
#define HASHES_OF_A_LIST 24u /* of blocks that are looked at */
#define GATHER_FOR 2u        /* while headers come that lead to more of them */
#define SHORTEST_SESSION 8u  /* slots */
#define MARGIN 4u            /* slots before a session at which to look, if each ends a set */
#define REACH 32u            /* likewise, from where the proof is asked for */
#define FORCED_FOR 30000u    /* all show a forced change: then it is one */
#define SAMPLES 128u         /* headers of which ends of sets are found */
#define LARGE_HEADER 704u    /* bytes of JSON: few are larger */
#define NUDGES 4u            /* small questions in a row */
#define NUDGE_AFTER 4u       /* an answer, and nothing that had to be sent */
#define SMALL 8u             /* headers: their proof is a small answer */
#define PAGE_KEYS 256u
#define MOST_OF_A_PAGE (2 * PAGE_KEYS) /* shared nodes can unfold to any number of keys */
#define ROUNDS_OF_TRIES 3u
#define EVENTS_OF_A_STEP 16u     /* besides those of each parachain: */
#define EVENTS_OF_A_PARACHAIN 3u /* a head, a life, a phase */
#define BATCHED_CLAIMS 8u
#define ORPHANS 32u /* blocks that wait for their parents */
#define PLACES_OF_A_SOURCE 3u
#define PLACES 32u         /* blocks that are said to hold a transaction */
#define SLOT_TOLERANCE 64u /* blocks that a source may be ahead of our clock */
#define YOUNG 60000u       /* milliseconds: such a head is current, whatever is claimed */
#define TRANSACTION_PATIENCE 600000u
#define LONGEST_PATIENCE (UINT64_C(1) << 48)
#define NOTICES_IN_A_ROW 400u /* and ten a second */
#define GARBLED_MESSAGES 3u   /* that are no JSON-RPC: the connection is bad, then the source */
#define ORPHANS_FOR 12000u    /* until they connect */
#define PARACHAINS_OF_A_PROOF 256u
#define WORTH_A_PROOF 3u /* headers down to an ancestor: fewer are asked for one by one */
#define RUNGS 32u        /* headers between a block and its ancestor that are asked for at a time */
#define HEIGHT_AGAIN 12000u /* a parachain's source is asked what it has there */
#define SAVE_EVERY 2000u    /* at most, unless it is asked for */
#define SCORES_OF_A_RELAY 32u
#define DROPPED_TROUBLE 64u /* a lie is as bad as so many answers that did not come */
#define MOST_TROUBLE 1024u
#define CACHED_PROOFS 8u        /* in at most an eighth of the pool */
#define ARRIVED_OF_A_SOURCE 64u /* messages of one source between two steps */
#define MESSAGE_FOR 30000u      /* until a message that was begun is whole; longer by its size: */
#define SLOWEST_LINE 8u         /* bytes a millisecond */
#define ENDED_SUBSCRIPTIONS 8u  /* that are known, so that their last notices are */

#endif
