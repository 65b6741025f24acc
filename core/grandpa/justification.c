/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Justifications (sc-consensus-grandpa justification.rs; verification-rules B.1, B.4). Sound because a block is final
 * when voters of at least the threshold's weight precommit to it or to its descendants, and here each such descent is
 * shown by headers. Order: what costs little first (layout, membership, ancestry, weight), signatures last.
 */
#include "mote/grandpa.h"

#include <string.h>

#include "ancestry.h"
#include "mote/issue.h"
#include "mote/limits.h"
#include "votes.h"

#define PRECOMMIT_SIZE 132u
#define SMALLEST_HEADER 98u

typedef struct justification {
    uint64_t round;
    const uint8_t *target_hash;
    uint32_t target_number;
    const uint8_t *precommits; /* 132 bytes each */
    uint32_t precommit_count;
    mote_cursor headers; /* at the first ancestry header */
    uint32_t header_count;
} justification;

/* --- layout ---------------------------------------------------------------------------------------------- */

static void read_commit(mote_cursor *cursor, justification *out) {
    out->round = mote_read_u64(cursor);
    out->target_hash = mote_read_span(cursor, 32).data;
    out->target_number = mote_read_u32(cursor);
    out->precommit_count = mote_read_count(cursor, PRECOMMIT_SIZE, UINT32_MAX);
    out->precommits = mote_read_span(cursor, (size_t)out->precommit_count * PRECOMMIT_SIZE).data;
    out->header_count = mote_read_count(cursor, SMALLEST_HEADER, MOTE_MAX_ANCESTRY_HEADERS);
    out->headers = *cursor;
}

mote_bytes mote_read_justification(mote_cursor *cursor) {
    const uint8_t *start = cursor->at;
    justification parts;
    memset(&parts, 0, sizeof parts);
    read_commit(cursor, &parts);
    for (uint32_t i = 0; i < parts.header_count && cursor->status == MOTE_OK; i++) {
        mote_header header;
        mote_read_header(cursor, &header);
    }
    if (cursor->status != MOTE_OK) return (mote_bytes){NULL, 0};
    return (mote_bytes){start, (size_t)(cursor->at - start)};
}

static void report_layout(mote_justification_report *report, const justification *parts) {
    report->round = parts->round;
    report->precommits = parts->precommit_count;
    report->ancestry_headers = parts->header_count;
    report->target_number = parts->target_number;
    if (parts->target_hash != NULL) memcpy(report->target_hash.bytes, parts->target_hash, 32);
}

static mote_status check_size(mote_context *context, mote_bytes input) {
    if (input.size <= MOTE_MAX_JUSTIFICATION_SIZE) return MOTE_OK;
    return mote_fail(context, MOTE_E_LIMIT_SIZE, input.data, MOTE_NO_INDEX);
}

mote_status mote_justification_decode(mote_context *context, mote_justification_report *report,
                                      mote_bytes input) {
    justification parts;
    memset(&parts, 0, sizeof parts);
    memset(report, 0, sizeof *report);
    mote_status status = check_size(context, input);
    if (status != MOTE_OK) return status;
    mote_cursor cursor = mote_cursor_over(input);
    (void)mote_read_justification(&cursor);
    status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) return status;
    cursor = mote_cursor_over(input);
    read_commit(&cursor, &parts);
    report_layout(report, &parts);
    mote_context_clear_fault(context);
    return MOTE_OK;
}

/* --- votes and ancestry ------------------------------------------------------------------------------------ */

static void read_votes(mote_votes *votes, const justification *parts, uint64_t set_id) {
    votes->round = parts->round;
    votes->set_id = set_id;
    for (uint32_t i = 0; i < votes->count; i++) {
        const uint8_t *precommit = parts->precommits + (size_t)i * PRECOMMIT_SIZE;
        mote_vote *vote = &votes->vote[i];
        vote->hash = precommit;
        vote->number = mote_load_u32(precommit + 32);
        vote->signature = precommit + 36;
        vote->key = precommit + 100;
    }
}

static mote_status read_ancestry(mote_context *context, mote_ancestry *out, justification *parts) {
    mote_cursor *cursor = &parts->headers;
    mote_status status = mote_ancestry_new(context, out, parts->header_count, cursor->at);
    for (uint32_t i = 0; i < parts->header_count && status == MOTE_OK; i++) {
        mote_header header;
        const uint8_t *at = cursor->at;
        mote_read_header(cursor, &header);
        if (cursor->status != MOTE_OK) return mote_fail(context, cursor->status, cursor->at, i);
        mote_ancestor ancestor = {header.hash, header.parent_hash, header.number, at,
                                  MOTE_ANCESTRY_UNSEEN};
        status = mote_ancestry_add(context, out, &ancestor);
    }
    return status != MOTE_OK ? status : mote_cursor_finish(context, cursor);
}

/* Every vote of a voter who cast one must lead to the target. A missing header is no better than one that leads
 * elsewhere: the sender had to supply it. */
static mote_status link_counted_votes(mote_context *context, mote_ancestry *ancestry,
                                      const mote_votes *votes, const justification *parts) {
    for (uint32_t i = 0; i < votes->count; i++) {
        const mote_vote *vote = &votes->vote[i];
        const mote_ancestor *culprit;
        if (vote->equivocates) continue;
        mote_status status = mote_ancestry_walk(ancestry, &culprit, vote->hash, vote->number,
                                                parts->target_hash, parts->target_number);
        if (status == MOTE_OK) continue;
        if (status == MOTE_E_UNKNOWN_BLOCK) status = MOTE_E_VOTE_NOT_DESCENDANT;
        return mote_fail(context, status, culprit == NULL ? vote->hash : culprit->at, i);
    }
    return MOTE_OK;
}

static void walk_equivocating_votes(mote_ancestry *ancestry, const mote_votes *votes,
                                    const uint8_t *base_hash, uint32_t base_number) {
    const mote_ancestor *ignored;
    for (uint32_t i = 0; i < votes->count; i++) {
        const mote_vote *vote = &votes->vote[i];
        if (!vote->equivocates) continue;
        (void)mote_ancestry_walk(ancestry, &ignored, vote->hash, vote->number, base_hash,
                                 base_number);
    }
}

static const mote_vote *lowest_equivocating_vote(const mote_votes *votes) {
    const mote_vote *lowest = NULL;
    for (uint32_t i = 0; i < votes->count; i++) {
        const mote_vote *vote = &votes->vote[i];
        if (!vote->equivocates) continue;
        if (lowest == NULL || vote->number < lowest->number) lowest = vote;
    }
    return lowest;
}

/* An equivocator's votes need not lead anywhere, he counts for everything. But where they lead to the target, those
 * headers are used; and where one is below the target, an honest sender supplies the headers from all votes down to it,
 * the target's among them (GrandpaJustification::from_commit: the lowest vote is the base), so these are used too. */
static void mark_equivocators_headers(mote_ancestry *ancestry, const mote_votes *votes,
                                      const justification *parts) {
    const mote_vote *lowest = lowest_equivocating_vote(votes);
    const mote_ancestor *ignored;
    if (lowest == NULL) return;
    walk_equivocating_votes(ancestry, votes, parts->target_hash, parts->target_number);
    if (lowest->number >= parts->target_number) return;
    mote_ancestry_forget_failures(ancestry);
    (void)mote_ancestry_walk(ancestry, &ignored, parts->target_hash, parts->target_number,
                             lowest->hash, lowest->number);
    walk_equivocating_votes(ancestry, votes, lowest->hash, lowest->number);
}

static mote_status check_ancestry(mote_context *context, justification *parts,
                                  const mote_votes *votes) {
    mote_ancestry ancestry;
    mote_status status = read_ancestry(context, &ancestry, parts);
    if (status != MOTE_OK) return status;
    status = link_counted_votes(context, &ancestry, votes, parts);
    if (status != MOTE_OK) return status;
    mark_equivocators_headers(&ancestry, votes, parts);
    const mote_ancestor *unused = mote_ancestry_unused(&ancestry);
    if (unused == NULL) return MOTE_OK;
    return mote_fail(context, MOTE_E_ANCESTRY_UNUSED, unused->at,
                     (uint32_t)(unused - ancestry.header));
}

static mote_status check_header(mote_context *context, const justification *parts,
                                const mote_header *header) {
    if (header == NULL) return MOTE_OK;
    if (memcmp(header->hash.bytes, parts->target_hash, 32) != 0) {
        return mote_fail(context, MOTE_E_TARGET_MISMATCH, parts->target_hash, MOTE_NO_INDEX);
    }
    if (header->number != parts->target_number) {
        return mote_fail(context, MOTE_E_TARGET_NUMBER, parts->target_hash + 32, MOTE_NO_INDEX);
    }
    return MOTE_OK;
}

static mote_status check_weight(mote_context *context, mote_justification_report *report,
                                const mote_votes *votes, const mote_authority_set *set,
                                const justification *parts) {
    report->counted_weight = mote_votes_weight(votes, set, NULL, &report->counted_voters);
    report->threshold = set->threshold;
    report->total = set->total;
    if (report->counted_weight >= set->threshold) return MOTE_OK;
    return mote_fail(context, MOTE_E_BELOW_THRESHOLD, parts->precommits, MOTE_NO_INDEX);
}

/* Everything but the signatures. */
static mote_status check_structure(mote_context *context, mote_votes *votes,
                                   mote_justification_report *report, justification *parts,
                                   const mote_authority_set *set, mote_bytes input,
                                   const mote_header *header) {
    mote_status status = check_size(context, input);
    if (status != MOTE_OK) return status;
    mote_cursor cursor = mote_cursor_over(input);
    read_commit(&cursor, parts);
    status = mote_cursor_check(context, &cursor);
    if (status != MOTE_OK) return status;
    report->set_id = set->set_id;
    report_layout(report, parts);
    status = check_header(context, parts, header);
    if (status != MOTE_OK) return status;
    status = mote_votes_new(context, votes, parts->precommit_count, set, parts->precommits);
    if (status != MOTE_OK) return status;
    read_votes(votes, parts, set->set_id);
    status = mote_votes_assign(context, votes, set);
    if (status != MOTE_OK) return status;
    status = check_ancestry(context, parts, votes);
    if (status != MOTE_OK) return status;
    return check_weight(context, report, votes, set, parts);
}

mote_status mote_justification_check(mote_context *context, mote_unsigned_block *out,
                                     mote_justification_report *report, mote_work *work,
                                     const mote_authority_set *set, mote_bytes input,
                                     const mote_header *header) {
    size_t mark = mote_context_mark(context);
    justification parts;
    mote_votes votes;
    memset(out, 0, sizeof *out);
    memset(report, 0, sizeof *report);
    memset(&parts, 0, sizeof parts);
    mote_status status = check_structure(context, &votes, report, &parts, set, input, header);
    if (status == MOTE_OK) status = mote_votes_add_signatures(context, work, &votes);
    if (status == MOTE_OK) mote_votes_report_equivocators(&votes, report);
    mote_context_release(context, mark);
    if (status != MOTE_OK) return status;
    memcpy(out->hash.bytes, parts.target_hash, sizeof out->hash.bytes);
    out->number = parts.target_number;
    out->set_id = set->set_id;
    out->assumed = set->assumed;
    return MOTE_OK;
}

static void issue_block(mote_finalized_block *out, const justification *parts,
                        const mote_authority_set *set) {
    memcpy(out->hash.bytes, parts->target_hash, sizeof out->hash.bytes);
    out->number = parts->target_number;
    out->set_id = set->set_id;
    out->assumed = set->assumed;
    mote_issue_finalized_block(out);
}

mote_status mote_justification_verify(mote_context *context, mote_finalized_block *out,
                                      mote_justification_report *report,
                                      const mote_authority_set *set, mote_bytes input,
                                      const mote_header *header) {
    size_t mark = mote_context_mark(context);
    mote_justification_report unread;
    if (report == NULL) report = &unread;
    justification parts;
    mote_votes votes;
    memset(out, 0, sizeof *out);
    memset(report, 0, sizeof *report);
    memset(&parts, 0, sizeof parts);
    mote_status status = check_structure(context, &votes, report, &parts, set, input, header);
    if (status == MOTE_OK) status = mote_votes_verify_signatures(context, &votes);
    if (status == MOTE_OK) mote_votes_report_equivocators(&votes, report);
    mote_context_release(context, mark);
    if (status != MOTE_OK) return status;
    mote_context_clear_fault(context);
    issue_block(out, &parts, set);
    return MOTE_OK;
}

/* --- signatures on other threads ------------------------------------------------------------------------------ */

struct mote_split_justification {
    justification parts;
    mote_votes votes;
    mote_justification_report *report;
    mote_authority_set set; /* its voters are not looked at again */
    mote_work *work;
    uint32_t each; /* signatures a unit; the last one may have fewer */
    bool is_joined;
};

static mote_status gather(mote_context *context, mote_split_justification *split, uint32_t units) {
    const uint32_t count = split->votes.count;
    if (count > MOTE_ED25519_MAX_BATCH)
        return mote_fail(context, MOTE_E_LIMIT_COUNT, NULL, MOTE_NO_INDEX);
    if (units > MOTE_MAX_WORK_UNITS) units = MOTE_MAX_WORK_UNITS;
    if (units == 0) units = 1;
    split->each = (count + units - 1) / units;
    split->work = mote_work_new(context, units, split->each, MOTE_VOTE_SIZE);
    if (split->work == NULL) return context->fault.status;
    mote_votes some = split->votes;
    for (uint32_t from = 0; from < count; from += some.count) {
        some.vote = split->votes.vote + from;
        some.count = count - from < split->each ? count - from : split->each;
        (void)mote_work_open(split->work);
        mote_status status = mote_votes_add_signatures(context, split->work, &some);
        if (status != MOTE_OK) return status;
        mote_work_close(split->work);
    }
    return MOTE_OK;
}

mote_status mote_justification_split(mote_context *context, mote_split_justification **out,
                                     mote_justification_report *report,
                                     const mote_authority_set *set, mote_bytes input,
                                     const mote_header *header, uint32_t units) {
    size_t mark = mote_context_mark(context);
    *out = NULL;
    memset(report, 0, sizeof *report);
    mote_split_justification *split = mote_context_take(context, 1, sizeof *split);
    if (split == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, input.data, MOTE_NO_INDEX);
    split->report = report;
    split->set = *set;
    mote_status status =
        check_structure(context, &split->votes, report, &split->parts, set, input, header);
    if (status == MOTE_OK) status = gather(context, split, units);
    if (status != MOTE_OK) {
        mote_context_release(context, mark);
        return status;
    }
    *out = split;
    return MOTE_OK;
}

mote_work *mote_justification_work(mote_split_justification *split) {
    return split->work;
}

static mote_status settle(mote_context *context, const mote_split_justification *split) {
    mote_work_verdict verdict;
    while (mote_work_settle(split->work, &verdict)) {
        if (verdict.status == MOTE_OK) continue;
        uint32_t culprit = (uint32_t)verdict.number * split->each + verdict.index;
        mote_work_clear(split->work);
        return mote_fail(context, verdict.status, split->votes.vote[culprit].signature, culprit);
    }
    return MOTE_OK;
}

mote_status mote_justification_join(mote_context *context, mote_finalized_block *out,
                                    mote_split_justification *split) {
    memset(out, 0, sizeof *out);
    if (split->is_joined) return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    split->is_joined = true;
    mote_status status = settle(context, split);
    while (status == MOTE_OK && mote_work_waiting(split->work) > 0) {
        status = mote_work_judge_oldest(context, split->work);
        if (status == MOTE_OK) status = settle(context, split);
    }
    if (status != MOTE_OK) return status;
    mote_votes_report_equivocators(&split->votes, split->report);
    mote_context_clear_fault(context);
    issue_block(out, &split->parts, &split->set);
    return MOTE_OK;
}

/* --- memory ---------------------------------------------------------------------------------------------------- */

size_t mote_justification_split_memory(size_t justification_size, size_t voters, uint32_t units) {
    if (units == 0) units = 1;
    if (units > MOTE_MAX_WORK_UNITS) units = MOTE_MAX_WORK_UNITS;
    size_t precommits = justification_size / PRECOMMIT_SIZE;
    if (precommits > MOTE_ED25519_MAX_BATCH) precommits = MOTE_ED25519_MAX_BATCH;
    return sizeof(mote_split_justification) +
           mote_justification_memory(justification_size, voters) +
           mote_work_memory(units, precommits / units + 1, MOTE_VOTE_SIZE) + 64;
}

size_t mote_justification_memory(size_t justification_size, size_t voters) {
    size_t precommits = justification_size / PRECOMMIT_SIZE;
    size_t headers = justification_size / SMALLEST_HEADER;
    size_t most_votes = (voters + 1) * MOTE_MAX_VOTES_PER_VOTER;
    if (precommits > most_votes) precommits = most_votes;
    if (headers > MOTE_MAX_ANCESTRY_HEADERS) headers = MOTE_MAX_ANCESTRY_HEADERS;
    return precommits * sizeof(mote_vote) + voters * 2 * sizeof(uint32_t) +
           headers * (sizeof(mote_ancestor) + 4 * sizeof(uint32_t)) +
           mote_ed25519_batch_memory(precommits) + 1024;
}
