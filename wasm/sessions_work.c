/* SPDX-License-Identifier: Apache-2.0 */
/* Signatures judged by other instances (mote/work.h): units out, verdicts in; and what such an instance is asked. */
#include <string.h>

#include "sessions.h"

/* --- of whatever session has some --------------------------------------------------------------------------------- */

static mote_status find_work(boundary *b, mote_context *context, session **out, mote_work **work,
                             uint32_t number) {
    mote_status status = find_session(b, context, out, number, SESSION_WARP);
    if (status == MOTE_OK) {
        *work = mote_warp_work((*out)->warp);
        return MOTE_OK;
    }
    status = find_session(b, context, out, number, SESSION_JUSTIFICATION);
    if (status == MOTE_OK) *work = mote_justification_work((*out)->split);
    return status;
}

OPERATION(work_take) {
    ASK(work_take);
    session *s;
    mote_work *work;
    mote_work_unit unit;
    status = find_work(b, context, &s, &work, q.session);
    if (status != MOTE_OK) return status;
    bool found = mote_work_take(work, &unit);
    if (!answer_grow(b, answer, 64 + unit.bytes.size))
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    mote_write_u8(answer, found);
    mote_write_u64(answer, unit.number);
    protocol_write_bytes(answer, unit.bytes);
    return MOTE_OK;
}

OPERATION(work_join) {
    ASK(work_join);
    (void)answer;
    session *s;
    mote_work *work;
    mote_work_verdict verdict;
    status = find_work(b, context, &s, &work, q.session);
    if (status != MOTE_OK) return status;
    if (q.verdict.size != MOTE_WORK_VERDICT_SIZE)
        return mote_fail(context, MOTE_E_NO_EVIDENCE, q.verdict.data, MOTE_NO_INDEX);
    mote_work_verdict_read(&verdict, q.verdict.data);
    return mote_work_join(context, work, &verdict);
}

/* Nobody else does: there are no Workers, or one was lost. */
OPERATION(work_judge_oldest) {
    ASK(work_judge_oldest);
    (void)answer;
    session *s;
    mote_work *work;
    status = find_work(b, context, &s, &work, q.session);
    if (status != MOTE_OK) return status;
    return session_fault(context, s, mote_work_judge_oldest(&s->context, work));
}

OPERATION(work_judge) {
    ASK(work_judge);
    (void)b;
    mote_work_verdict verdict;
    uint8_t bytes[MOTE_WORK_VERDICT_SIZE];
    status = mote_work_judge(context, &verdict, q.unit);
    if (status != MOTE_OK) return status;
    mote_work_verdict_write(bytes, &verdict);
    protocol_write_bytes(answer, (mote_bytes){bytes, sizeof bytes});
    return MOTE_OK;
}

/* --- one large justification --------------------------------------------------------------------------------------- */

static mote_status split(boundary *b, session *s, const ask_justification_split *q) {
    mote_checkpoint trusted;
    mote_authority_set set;
    mote_context *context = &s->context;
    mote_status status = choose_set(b, context, &set, &trusted, &VOTERS(*q));
    s->has_header = q->header.size != 0;
    if (status == MOTE_OK && s->has_header)
        status = mote_header_decode(context, &s->header, q->header);
    if (status != MOTE_OK) return status;
    return mote_justification_split(context, &s->split, &s->report, &set, q->justification,
                                    s->has_header ? &s->header : NULL, q->units);
}

OPERATION(justification_split) {
    ASK(justification_split);
    session *s;
    uint32_t number;
    size_t listed = q.checkpoint.size + q.authorities.size;
    if (q.justification.size > MOTE_MAX_JUSTIFICATION_SIZE || listed > MAX_MEMORY / 64)
        return mote_fail(context, MOTE_E_LIMIT_SIZE, NULL, MOTE_NO_INDEX);
    size_t memory = mote_justification_split_memory(
                        q.justification.size, listed / MOTE_AUTHORITY_ITEM_SIZE + 1, q.units) +
                    4 * listed + 65536;
    status = open_session(b, context, &s, &number, SESSION_JUSTIFICATION, memory);
    if (status != MOTE_OK) return status;
    status = split(b, s, &q);
    if (status != MOTE_OK) {
        close_session(s);
        return session_fault(context, s, status);
    }
    s->justification = q.justification;
    take_request(b, s);
    mote_write_u32(answer, number);
    return MOTE_OK;
}

/* The request that brought it is not this one: the fault counts in the justification. */
static mote_status fail_join(mote_context *context, session *s, mote_status status) {
    mote_fault *fault = &s->context.fault;
    fault->offset = mote_fault_offset(fault, s->justification);
    fault->at = NULL;
    return session_fault(context, s, status);
}

OPERATION(justification_join) {
    ASK(justification_join);
    session *s;
    mote_finalized_block block;
    mote_finalized_header final;
    status = find_session(b, context, &s, q.session, SESSION_JUSTIFICATION);
    if (status != MOTE_OK) return status;
    memset(&final, 0, sizeof final);
    status = mote_justification_join(&s->context, &block, s->split);
    if (status == MOTE_OK && s->has_header)
        status = mote_finalized_header_of(&s->context, &final, &block, &s->header);
    if (status != MOTE_OK) return fail_join(context, s, status);
    write_finality(b, answer, &s->report, &block, s->has_header ? &final : NULL);
    return MOTE_OK;
}
