/* SPDX-License-Identifier: Apache-2.0 */
/* Precommits of a justification or commit, and who cast them. Private to the module grandpa. */
#ifndef MOTE_GRANDPA_VOTES_H
#define MOTE_GRANDPA_VOTES_H

#include "mote/grandpa.h"

typedef enum mote_vote_role {
    MOTE_VOTE_FIRST = 0, /* the voter's first vote */
    MOTE_VOTE_REPEATED,  /* the very same vote and signature again: ignored */
    MOTE_VOTE_SECOND,    /* another vote or another signature: the voter equivocates */
    MOTE_VOTE_LATER      /* a third one: ignored, but its signature must hold */
} mote_vote_role;

typedef struct mote_vote {
    const uint8_t *hash; /* 32 bytes, of the block voted for */
    uint32_t number;
    const uint8_t *signature; /* 64 bytes */
    const uint8_t *key;       /* 32 bytes */
    uint32_t voter;           /* index in the set */
    mote_vote_role role;
    bool equivocates; /* its voter cast two different votes */
} mote_vote;

typedef struct mote_votes {
    mote_vote *vote;
    uint32_t count;
    uint64_t round;
    uint64_t set_id;
} mote_votes;

/* More votes than that per voter are refused before any work on them: an honest message has one, an equivocator's
 * two. */
#define MOTE_MAX_VOTES_PER_VOTER 4u

/* Room for `count` votes in the context. */
mote_status mote_votes_new(mote_context *context, mote_votes *out, uint32_t count,
                           const mote_authority_set *set, const uint8_t *at);
/* Finds each vote's voter and role: E_UNKNOWN_VOTER. */
mote_status mote_votes_assign(mote_context *context, mote_votes *votes,
                              const mote_authority_set *set);
/* Weight of the distinct voters among the first votes that `counts` marks (NULL: all); equivocators always count. */
uint64_t mote_votes_weight(const mote_votes *votes, const mote_authority_set *set,
                           const bool *counts, uint32_t *voters);
void mote_votes_report_equivocators(const mote_votes *votes, mote_justification_report *report);
/* The 53 bytes a voter signs. */
#define MOTE_VOTE_MESSAGE_SIZE MOTE_VOTE_SIZE
#define MOTE_STAGE_PREVOTE 0u
#define MOTE_STAGE_PRECOMMIT 1u
void mote_vote_message(uint8_t out[MOTE_VOTE_MESSAGE_SIZE], uint8_t stage, const uint8_t *hash,
                       uint32_t number, uint64_t round, uint64_t set_id);
/* Adds every vote's signature, in order, to the work's open unit. */
mote_status mote_votes_add_signatures(mote_context *context, mote_work *work,
                                      const mote_votes *votes);
/* Judges these votes' signatures as one batch; the fault names the vote. */
mote_status mote_votes_verify_signatures(mote_context *context, const mote_votes *votes);

#endif
