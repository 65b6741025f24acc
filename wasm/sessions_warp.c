/* SPDX-License-Identifier: Apache-2.0 */
/* Warp proofs in the order in which they arrive. */
#include <string.h>

#include "sessions.h"

/* A set may grow by a quarter from one to the next; a small one to what live networks have. */
static uint32_t room_for(size_t voters) {
    size_t room = voters + voters / 4;
    if (room < 1024) return 1024;
    return room > MOTE_MAX_AUTHORITIES ? MOTE_MAX_AUTHORITIES : (uint32_t)room;
}

/* Whose votes count, in the call's own memory: the decoder copies them. */
static mote_status choose_start(boundary *b, mote_context *context, mote_warp_start *out,
                                mote_authority_set *set, const ask_warp_new *q) {
    mote_checkpoint trusted;
    /* At least 40 bytes for each authority, in either form. */
    size_t listed =
        q->checkpoint.size > q->authorities.size ? q->checkpoint.size : q->authorities.size;
    if (listed > (size_t)MOTE_MAX_AUTHORITIES * MOTE_AUTHORITY_ITEM_SIZE * 4)
        return mote_fail(context, MOTE_E_LIMIT_SIZE, NULL, MOTE_NO_INDEX);
    if (!scratch_grow(b, context, 4 * listed + 65536))
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    memset(out, 0, sizeof *out);
    mote_status status = choose_set(b, context, set, &trusted, &VOTERS(*q));
    if (status == MOTE_OK) status = find_chain(context, &out->chain, q->chain);
    if (status != MOTE_OK) return status;
    bool is_checkpoint = q->checkpoint.size != 0;
    out->set = set;
    out->hash = trusted.header.hash;
    out->number = is_checkpoint ? trusted.header.number : q->number;
    if (is_checkpoint) out->chain = trusted.chain;
    out->max_authorities = room_for(set->voters);
    out->threads = q->threads;
    return MOTE_OK;
}

OPERATION(warp_new) {
    ASK(warp_new);
    session *s;
    uint32_t number;
    mote_warp_start start;
    mote_authority_set set;
    status = choose_start(b, context, &start, &set, &q);
    if (status != MOTE_OK) return status;
    size_t memory = mote_warp_threads_memory(start.max_authorities, 0, set.voters, start.threads);
    status = open_session(b, context, &s, &number, SESSION_WARP, memory);
    if (status != MOTE_OK) return status;
    status = mote_warp_new(&s->context, &s->warp, &start);
    if (status != MOTE_OK) {
        close_session(s);
        return session_fault(context, s, status);
    }
    mote_write_u32(answer, number);
    return MOTE_OK;
}

static void write_links(const boundary *b, mote_writer *answer, mote_warp *warp) {
    size_t place = protocol_begin_count(answer);
    uint32_t count = 0;
    mote_warp_link link;
    for (; mote_warp_next(warp, &link); count++) {
        header_tokens tokens;
        const record_warp_link record = {link.index,
                                         finalized_header_record(b, &tokens, &link.header),
                                         report_record(&link.report),
                                         link.hands_over,
                                         link.hard_fork,
                                         link.next_set_id,
                                         link.next_authorities};
        write_warp_link(answer, &record);
    }
    protocol_end_count(answer, place, count);
}

/* At most 144 links wait at a time (16 without threads): there is room for them before any is fetched. */
#define LINKS_SIZE ((size_t)144 * 2048)

/* A failure is answered as such; what was verified before it is fetched with warpLinks. */
OPERATION(warp_feed) {
    ASK(warp_feed);
    session *s;
    size_t consumed;
    status = find_session(b, context, &s, q.session, SESSION_WARP);
    if (status != MOTE_OK) return status;
    status = mote_warp_feed(&s->context, s->warp, &consumed, q.chunk);
    if (status != MOTE_OK) return session_fault(context, s, status);
    if (!answer_grow(b, answer, LINKS_SIZE))
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    mote_write_u32(answer, (uint32_t)consumed);
    write_links(b, answer, s->warp);
    return MOTE_OK;
}

OPERATION(warp_finish) {
    ASK(warp_finish);
    session *s;
    status = find_session(b, context, &s, q.session, SESSION_WARP);
    if (status == MOTE_OK)
        status = session_fault(context, s, mote_warp_finish(&s->context, s->warp));
    if (status == MOTE_OK) mote_write_u8(answer, mote_warp_is_finished(s->warp));
    return status;
}

/* What was verified and not fetched yet, and the set after it. */
OPERATION(warp_links) {
    ASK(warp_links);
    session *s;
    token seal;
    record_authority_set set;
    status = find_session(b, context, &s, q.session, SESSION_WARP);
    if (status == MOTE_OK) {
        status = authority_set_record(b, context, &set, &seal, mote_warp_set(s->warp));
    }
    if (status != MOTE_OK) return status;
    if (!answer_grow(b, answer, LINKS_SIZE + set.authorities.size))
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    write_authority_set(answer, &set);
    write_links(b, answer, s->warp);
    return MOTE_OK;
}
