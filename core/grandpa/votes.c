/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who voted, once (finality-grandpa round.rs import_precommit; verification-rules B.3): the same vote with the same
 * signature again is nothing new; a second one that differs in vote or signature makes the voter an equivocator,
 * whose weight counts for every block; later ones change nothing.
 */
#include "votes.h"

#include <string.h>

mote_status mote_votes_new(mote_context *context, mote_votes *out, uint32_t count,
                           const mote_authority_set *set, const uint8_t *at) {
    memset(out, 0, sizeof *out);
    if (count == 0) return mote_fail(context, MOTE_E_NO_PRECOMMITS, at, MOTE_NO_INDEX);
    if (count / MOTE_MAX_VOTES_PER_VOTER > set->voters) {
        return mote_fail(context, MOTE_E_LIMIT_COUNT, at, MOTE_NO_INDEX);
    }
    out->vote = mote_context_take(context, count, sizeof *out->vote);
    if (out->vote == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, at, MOTE_NO_INDEX);
    out->count = count;
    return MOTE_OK;
}

static bool same_vote(const mote_vote *a, const mote_vote *b) {
    return a->number == b->number && memcmp(a->hash, b->hash, 32) == 0 &&
           memcmp(a->signature, b->signature, 64) == 0;
}

/* first[voter] and second[voter] hold the index of that vote plus one. */
static void assign_role(mote_votes *votes, uint32_t index, uint32_t *first, uint32_t *second) {
    mote_vote *vote = &votes->vote[index];
    if (first[vote->voter] == 0) {
        first[vote->voter] = index + 1;
        vote->role = MOTE_VOTE_FIRST;
    } else if (same_vote(vote, &votes->vote[first[vote->voter] - 1])) {
        vote->role = MOTE_VOTE_REPEATED;
    } else if (second[vote->voter] == 0) {
        second[vote->voter] = index + 1;
        vote->role = MOTE_VOTE_SECOND;
    } else {
        bool repeats = same_vote(vote, &votes->vote[second[vote->voter] - 1]);
        vote->role = repeats ? MOTE_VOTE_REPEATED : MOTE_VOTE_LATER;
    }
}

mote_status mote_votes_assign(mote_context *context, mote_votes *votes,
                              const mote_authority_set *set) {
    size_t mark = mote_context_mark(context);
    uint32_t *first = mote_context_take(context, set->voters, sizeof *first);
    uint32_t *second = mote_context_take(context, set->voters, sizeof *second);
    if (first == NULL || second == NULL)
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    for (uint32_t i = 0; i < votes->count; i++) {
        mote_vote *vote = &votes->vote[i];
        vote->voter = mote_authority_set_find(set, vote->key);
        if (vote->voter == MOTE_NO_INDEX)
            return mote_fail(context, MOTE_E_UNKNOWN_VOTER, vote->key, i);
        assign_role(votes, i, first, second);
    }
    for (uint32_t i = 0; i < votes->count; i++) {
        votes->vote[i].equivocates = second[votes->vote[i].voter] != 0;
    }
    mote_context_release(context, mark);
    return MOTE_OK;
}

uint64_t mote_votes_weight(const mote_votes *votes, const mote_authority_set *set,
                           const bool *counts, uint32_t *voters) {
    uint64_t weight = 0;
    *voters = 0;
    for (uint32_t i = 0; i < votes->count; i++) {
        const mote_vote *vote = &votes->vote[i];
        if (vote->role != MOTE_VOTE_FIRST) continue;
        if (!vote->equivocates && counts != NULL && !counts[i]) continue;
        weight += set->voter[vote->voter]
                      .weight; /* each voter once: at most the set's total, which fits */
        (*voters)++;
    }
    return weight;
}

void mote_votes_report_equivocators(const mote_votes *votes, mote_justification_report *report) {
    for (uint32_t i = 0; i < votes->count; i++) {
        const mote_vote *vote = &votes->vote[i];
        if (vote->role != MOTE_VOTE_SECOND) continue;
        if (report->equivocators < MOTE_REPORTED_EQUIVOCATORS) {
            memcpy(report->equivocator[report->equivocators], vote->key, 32);
        }
        report->equivocators++;
    }
}

void mote_vote_message(uint8_t out[MOTE_VOTE_MESSAGE_SIZE], uint8_t stage, const uint8_t *hash,
                       uint32_t number, uint64_t round, uint64_t set_id) {
    mote_writer writer = mote_writer_into(out, MOTE_VOTE_MESSAGE_SIZE);
    mote_write_u8(&writer, stage);
    mote_write_span(&writer, hash, 32);
    mote_write_u32(&writer, number);
    mote_write_u64(&writer, round);
    mote_write_u64(&writer, set_id);
}

static void message_of(uint8_t out[MOTE_VOTE_MESSAGE_SIZE], const mote_votes *votes,
                       const mote_vote *vote) {
    mote_vote_message(out, MOTE_STAGE_PRECOMMIT, vote->hash, vote->number, votes->round,
                      votes->set_id);
}

mote_status mote_votes_add_signatures(mote_context *context, mote_work *work,
                                      const mote_votes *votes) {
    for (uint32_t i = 0; i < votes->count; i++) {
        const mote_vote *vote = &votes->vote[i];
        uint8_t message[MOTE_VOTE_MESSAGE_SIZE];
        message_of(message, votes, vote);
        mote_status status = mote_work_add(work, vote->key, vote->signature, message);
        if (status != MOTE_OK) return mote_fail(context, status, vote->signature, i);
    }
    return MOTE_OK;
}

mote_status mote_votes_verify_signatures(mote_context *context, const mote_votes *votes) {
    mote_ed25519_batch *batch = mote_ed25519_batch_new(context, votes->count);
    if (batch == NULL) return context->fault.status;
    for (uint32_t i = 0; i < votes->count; i++) {
        const mote_vote *vote = &votes->vote[i];
        uint8_t message[MOTE_VOTE_MESSAGE_SIZE];
        message_of(message, votes, vote);
        mote_status status = mote_ed25519_batch_add(batch, vote->key, vote->signature,
                                                    (mote_bytes){message, sizeof message});
        if (status != MOTE_OK) return mote_fail(context, status, vote->signature, i);
    }
    mote_status status = mote_ed25519_batch_verify(context, NULL, batch);
    uint32_t culprit = context->fault.index;
    if (status == MOTE_OK || culprit >= votes->count) return status;
    return mote_fail(context, status, votes->vote[culprit].signature, culprit);
}
