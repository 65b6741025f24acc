/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Commits as gossiped (sc-consensus-grandpa communication/gossip.rs CompactCommit, check_compact_commit;
 * verification-rules B.1, B.5). They bring no headers, so votes are judged against those the caller knows: a vote for
 * an unknown block is not false, it only does not count.
 */
#include "mote/grandpa.h"

#include <string.h>

#include "ancestry.h"
#include "mote/issue.h"
#include "mote/limits.h"
#include "votes.h"

#define TARGET_SIZE 36u /* hash, number */
#define SIGNER_SIZE 96u /* signature, key */

typedef struct commit {
    uint64_t round;
    uint64_t set_id;
    const uint8_t *target_hash;
    uint32_t target_number;
    const uint8_t *targets;
    uint32_t target_count;
    const uint8_t *signers;
    uint32_t signer_count;
} commit;

static mote_status read_commit(mote_context *context, commit *out, mote_bytes input,
                               bool enum_byte) {
    mote_cursor cursor = mote_cursor_over(input);
    memset(out, 0, sizeof *out);
    if (enum_byte && mote_read_u8(&cursor) != 1) mote_cursor_fail(&cursor, MOTE_E_BAD_ENUM);
    out->round = mote_read_u64(&cursor);
    out->set_id = mote_read_u64(&cursor);
    out->target_hash = mote_read_span(&cursor, 32).data;
    out->target_number = mote_read_u32(&cursor);
    out->target_count = mote_read_count(&cursor, TARGET_SIZE, UINT32_MAX);
    out->targets = mote_read_span(&cursor, (size_t)out->target_count * TARGET_SIZE).data;
    out->signer_count = mote_read_count(&cursor, SIGNER_SIZE, UINT32_MAX);
    out->signers = mote_read_span(&cursor, (size_t)out->signer_count * SIGNER_SIZE).data;
    return mote_cursor_finish(context, &cursor);
}

/* With or without the gossip message's index byte. At most one of the two consumes the input exactly with vectors of
 * equal lengths: such a commit takes an even number of bytes, with the index byte an odd one. Where neither reads, the
 * fault is that of the reading that came further. */
static mote_status decode(mote_context *context, commit *out, mote_bytes input) {
    commit with_byte;
    mote_status status = read_commit(context, &with_byte, input, true);
    if (status == MOTE_OK && with_byte.target_count == with_byte.signer_count) {
        *out = with_byte;
        return MOTE_OK;
    }
    const mote_fault fault = context->fault;
    if (read_commit(context, out, input, false) == MOTE_OK) return MOTE_OK;
    *out = with_byte;
    if (status != MOTE_OK && fault.at < context->fault.at) return context->fault.status;
    context->fault = fault;
    return status;
}

static void read_votes(mote_votes *votes, const commit *parts) {
    votes->round = parts->round;
    votes->set_id = parts->set_id;
    for (uint32_t i = 0; i < votes->count; i++) {
        mote_vote *vote = &votes->vote[i];
        vote->hash = parts->targets + (size_t)i * TARGET_SIZE;
        vote->number = mote_load_u32(vote->hash + 32);
        vote->signature = parts->signers + (size_t)i * SIGNER_SIZE;
        vote->key = vote->signature + 64;
    }
}

/* Room for f equivocators beyond the whole set, and no more (check_compact_commit's full_threshold). In 64 bits
 * both sums fit or saturate upwards, which only makes the limit wider. */
static mote_status check_overweight(mote_context *context, const mote_votes *votes,
                                    const mote_authority_set *set) {
    uint64_t tolerated = set->total - set->threshold;
    uint64_t limit = tolerated > UINT64_MAX - set->total ? UINT64_MAX : set->total + tolerated;
    uint64_t weight = 0;
    for (uint32_t i = 0; i < votes->count; i++) {
        uint64_t more = set->voter[votes->vote[i].voter].weight;
        if (more > limit - weight)
            return mote_fail(context, MOTE_E_COMMIT_OVERWEIGHT, votes->vote[i].key, i);
        weight += more;
    }
    return MOTE_OK;
}

static mote_status index_headers(mote_context *context, mote_ancestry *out,
                                 const mote_header *headers, size_t count) {
    if (count > MOTE_MAX_ANCESTRY_HEADERS)
        return mote_fail(context, MOTE_E_LIMIT_COUNT, NULL, MOTE_NO_INDEX);
    mote_status status = mote_ancestry_new(context, out, (uint32_t)count, NULL);
    for (size_t i = 0; i < count && status == MOTE_OK; i++) {
        const mote_header *header = &headers[i];
        status = mote_header_check(context, header);
        if (status != MOTE_OK) return status;
        /* The caller's own store may name a header twice: that is not the source's fault, and harmless. */
        if (mote_ancestry_find(out, header->hash.bytes) != NULL) continue;
        mote_ancestor ancestor = {header->hash, header->parent_hash, header->number,
                                  header->encoded.data, MOTE_ANCESTRY_UNSEEN};
        status = mote_ancestry_add(context, out, &ancestor);
    }
    return status;
}

/* A vote for a block that is not known does not count; one that is shown to be elsewhere is false. */
static mote_status place_votes(mote_context *context, bool *counts, mote_ancestry *known,
                               const mote_votes *votes, const commit *parts) {
    for (uint32_t i = 0; i < votes->count; i++) {
        const mote_vote *vote = &votes->vote[i];
        const mote_ancestor *ignored;
        mote_status status = mote_ancestry_walk(known, &ignored, vote->hash, vote->number,
                                                parts->target_hash, parts->target_number);
        counts[i] = status == MOTE_OK;
        if (status == MOTE_OK || vote->equivocates) continue;
        if (status != MOTE_E_UNKNOWN_BLOCK) return mote_fail(context, status, vote->hash, i);
    }
    return MOTE_OK;
}

/* Everything but the signatures, and whether the votes that could be placed are enough. */
static mote_status check_structure(mote_context *context, mote_justification_report *report,
                                   mote_votes *votes, const mote_authority_set *set,
                                   const commit *parts, const mote_header *headers,
                                   size_t header_count) {
    mote_ancestry known;
    mote_status status = mote_votes_assign(context, votes, set);
    if (status != MOTE_OK) return status;
    status = check_overweight(context, votes, set);
    if (status != MOTE_OK) return status;
    uint32_t voters;
    if (mote_votes_weight(votes, set, NULL, &voters) < set->threshold) {
        return mote_fail(context, MOTE_E_BELOW_THRESHOLD, parts->targets, MOTE_NO_INDEX);
    }
    status = index_headers(context, &known, headers, header_count);
    if (status != MOTE_OK) return status;
    bool *counts = mote_context_take(context, votes->count, sizeof *counts);
    if (counts == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    status = place_votes(context, counts, &known, votes, parts);
    if (status != MOTE_OK) return status;
    report->counted_weight = mote_votes_weight(votes, set, counts, &report->counted_voters);
    return MOTE_OK;
}

static mote_status judge(mote_context *context, mote_justification_report *report,
                         mote_votes *votes, const mote_authority_set *set, const commit *parts,
                         const mote_header *headers, size_t header_count) {
    mote_status status = check_structure(context, report, votes, set, parts, headers, header_count);
    if (status != MOTE_OK) return status;
    status = mote_votes_verify_signatures(context, votes);
    if (status != MOTE_OK) return status;
    mote_votes_report_equivocators(votes, report);
    if (report->counted_weight >= set->threshold) return MOTE_OK;
    return mote_fail(context, MOTE_E_UNKNOWN_BLOCK, parts->targets, MOTE_NO_INDEX);
}

static mote_status verify(mote_context *context, mote_finalized_block *out,
                          mote_justification_report *report, const mote_authority_set *set,
                          mote_bytes input, const mote_header *headers, size_t header_count) {
    commit parts;
    mote_votes votes;
    mote_status status = decode(context, &parts, input);
    if (status != MOTE_OK) return status;
    *report = (mote_justification_report){.round = parts.round,
                                          .set_id = parts.set_id,
                                          .target_number = parts.target_number,
                                          .precommits = parts.target_count,
                                          .threshold = set->threshold,
                                          .total = set->total};
    memcpy(report->target_hash.bytes, parts.target_hash, 32);
    if (parts.target_count != parts.signer_count) {
        return mote_fail(context, MOTE_E_COMMIT_LENGTHS, parts.targets, MOTE_NO_INDEX);
    }
    if (parts.set_id != set->set_id) {
        return mote_fail(context, MOTE_E_OTHER_SET, parts.target_hash - 8, MOTE_NO_INDEX);
    }
    status = mote_votes_new(context, &votes, parts.target_count, set, parts.targets);
    if (status != MOTE_OK) return status;
    read_votes(&votes, &parts);
    status = judge(context, report, &votes, set, &parts, headers, header_count);
    if (status != MOTE_OK) return status;
    out->hash = report->target_hash;
    out->number = parts.target_number;
    out->set_id = set->set_id;
    out->assumed = set->assumed;
    mote_context_clear_fault(context);
    mote_issue_finalized_block(out);
    return MOTE_OK;
}

mote_status mote_commit_verify(mote_context *context, mote_finalized_block *out,
                               mote_justification_report *report, const mote_authority_set *set,
                               mote_bytes input, const mote_header *headers, size_t header_count) {
    size_t mark = mote_context_mark(context);
    mote_justification_report unread;
    if (report == NULL) report = &unread;
    memset(out, 0, sizeof *out);
    memset(report, 0, sizeof *report);
    mote_status status = verify(context, out, report, set, input, headers, header_count);
    mote_context_release(context, mark);
    return status;
}
