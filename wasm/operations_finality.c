/* SPDX-License-Identifier: Apache-2.0 */
/* Final blocks and headers: justifications, commits, equivocations, parents; and what the caller assumes. */
#include <string.h>

#include "operations.h"

static void write_header_record(const boundary *b, mote_writer *answer,
                                const mote_finalized_header *header) {
    header_tokens tokens;
    const record_finalized_header record = finalized_header_record(b, &tokens, header);
    write_finalized_header(answer, &record);
}

mote_status operation_finalized_header_of(boundary *b, mote_context *context, mote_cursor *ask,
                                          mote_writer *answer) {
    ASK(finalized_header_of);
    mote_finalized_block block;
    mote_finalized_header out;
    mote_header header;
    status = token_open(b, context, &block, sizeof block, TOKEN_BLOCK, q.block);
    if (status == MOTE_OK) status = mote_header_decode(context, &header, q.header);
    if (status == MOTE_OK) status = mote_finalized_header_of(context, &out, &block, &header);
    if (status == MOTE_OK) write_header_record(b, answer, &out);
    return status;
}

mote_status operation_finalized_parent(boundary *b, mote_context *context, mote_cursor *ask,
                                       mote_writer *answer) {
    ASK(finalized_parent);
    mote_finalized_header child, out;
    mote_header header;
    status = token_open(b, context, &child, sizeof child, TOKEN_HEADER, q.child);
    if (status == MOTE_OK) status = mote_header_decode(context, &header, q.header);
    if (status == MOTE_OK) status = mote_finalized_parent(context, &out, &child, &header);
    if (status == MOTE_OK) write_header_record(b, answer, &out);
    return status;
}

mote_status operation_assume_header(boundary *b, mote_context *context, mote_cursor *ask,
                                    mote_writer *answer) {
    ASK(assume_header);
    mote_header header;
    status = mote_header_decode(context, &header, q.header);
    if (status != MOTE_OK) return status;
    mote_finalized_header out = mote_finalized_header_assumed(&header);
    write_header_record(b, answer, &out);
    return MOTE_OK;
}

mote_status operation_assume_state_root(boundary *b, mote_context *context, mote_cursor *ask,
                                        mote_writer *answer) {
    ASK(assume_state_root);
    mote_state_root state = mote_state_assumed(&q.root);
    token out;
    token_make(b, &out, TOKEN_STATE, &state, sizeof state);
    protocol_write_bytes(answer, out.span);
    return MOTE_OK;
}

/* --- finality ---------------------------------------------------------------------------------------------------------- */

mote_status operation_authority_set(boundary *b, mote_context *context, mote_cursor *ask,
                                    mote_writer *answer) {
    ASK(authority_set);
    (void)b;
    mote_authority_set set;
    status = assume_set(context, &set, q.authorities, q.set_id);
    if (status != MOTE_OK) return status;
    mote_hash digest = mote_authority_set_digest(&set);
    mote_write_u32(answer, set.listed);
    mote_write_u32(answer, set.voters);
    mote_write_u64(answer, set.total);
    mote_write_u64(answer, set.threshold);
    mote_write_u64(answer, set.forgeable);
    mote_write_hash(answer, &digest);
    return MOTE_OK;
}

static void write_report_record(mote_writer *answer, const mote_justification_report *report) {
    const record_report record = report_record(report);
    write_report(answer, &record);
}

static void write_block_record(const boundary *b, mote_writer *answer,
                               const mote_finalized_block *block) {
    token out;
    token_make(b, &out, TOKEN_BLOCK, block, sizeof *block);
    const record_finalized_block record = {block->hash, block->number, block->set_id,
                                           block->assumed, out.span};
    write_finalized_block(answer, &record);
}

void write_finality(const boundary *b, mote_writer *answer, const mote_justification_report *report,
                    const mote_finalized_block *block, const mote_finalized_header *header) {
    static const mote_finalized_header none;
    write_report_record(answer, report);
    write_block_record(b, answer, block);
    mote_write_u8(answer, header != NULL);
    write_header_record(b, answer, header == NULL ? &none : header);
}

mote_status operation_justification_decode(boundary *b, mote_context *context, mote_cursor *ask,
                                           mote_writer *answer) {
    ASK(justification_decode);
    (void)b;
    mote_justification_report report;
    status = mote_justification_decode(context, &report, q.justification);
    if (status == MOTE_OK) write_report_record(answer, &report);
    return status;
}

mote_status operation_justification_verify(boundary *b, mote_context *context, mote_cursor *ask,
                                           mote_writer *answer) {
    ASK(justification_verify);
    mote_authority_set set;
    mote_checkpoint trusted;
    mote_justification_report report;
    mote_finalized_block block;
    mote_finalized_header final;
    mote_header header;
    bool has_header = q.header.size != 0;
    memset(&final, 0, sizeof final);
    status = choose_set(b, context, &set, &trusted, &VOTERS(q));
    if (status == MOTE_OK && has_header) status = mote_header_decode(context, &header, q.header);
    if (status != MOTE_OK) return status;
    status = mote_justification_verify(context, &block, &report, &set, q.justification,
                                       has_header ? &header : NULL);
    if (status == MOTE_OK && has_header)
        status = mote_finalized_header_of(context, &final, &block, &header);
    if (status != MOTE_OK) return status;
    write_finality(b, answer, &report, &block, has_header ? &final : NULL);
    return MOTE_OK;
}

mote_status operation_commit_verify(boundary *b, mote_context *context, mote_cursor *ask,
                                    mote_writer *answer) {
    ASK(commit_verify);
    mote_authority_set set;
    mote_checkpoint trusted;
    mote_justification_report report;
    mote_finalized_block block;
    status = choose_set(b, context, &set, &trusted, &VOTERS(q));
    if (status != MOTE_OK) return status;
    mote_header *headers = mote_context_take(context, q.headers.count, sizeof *headers);
    if (headers == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    for (uint32_t i = 0; i < q.headers.count && status == MOTE_OK; i++) {
        status = mote_header_decode(context, &headers[i], protocol_next(&q.headers));
    }
    if (status == MOTE_OK) {
        status =
            mote_commit_verify(context, &block, &report, &set, q.commit, headers, q.headers.count);
    }
    if (status != MOTE_OK) return status;
    write_report_record(answer, &report);
    write_block_record(b, answer, &block);
    return MOTE_OK;
}

mote_status operation_equivocation_verify(boundary *b, mote_context *context, mote_cursor *ask,
                                          mote_writer *answer) {
    ASK(equivocation_verify);
    mote_authority_set set;
    mote_checkpoint trusted;
    mote_equivocation found;
    status = choose_set(b, context, &set, &trusted, &VOTERS(q));
    if (status == MOTE_OK) status = mote_equivocation_verify(context, &found, &set, q.proof);
    if (status != MOTE_OK) return status;
    mote_write_u64(answer, found.set_id);
    mote_write_u64(answer, found.round);
    mote_write_u8(answer, found.is_precommit);
    protocol_write_bytes(answer, (mote_bytes){found.key, sizeof found.key});
    mote_write_hash(answer, &found.first_hash);
    mote_write_u32(answer, found.first_number);
    mote_write_hash(answer, &found.second_hash);
    mote_write_u32(answer, found.second_number);
    return MOTE_OK;
}
