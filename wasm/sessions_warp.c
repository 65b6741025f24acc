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

static mote_status start_warp(const boundary *b, session *s, const ask_warp_new *q) {
    mote_checkpoint trusted;
    mote_authority_set set;
    mote_warp_start start;
    memset(&start, 0, sizeof start);
    mote_status status = choose_set(b, &s->context, &set, &trusted, &VOTERS(*q));
    if (status == MOTE_OK) status = find_chain(&s->context, &start.chain, q->chain);
    if (status != MOTE_OK) return status;
    bool is_checkpoint = q->checkpoint.size != 0;
    start.set = &set;
    start.hash = trusted.header.hash;
    start.number = is_checkpoint ? trusted.header.number : q->number;
    if (is_checkpoint) start.chain = trusted.chain;
    start.max_authorities = room_for(set.voters);
    return mote_warp_new(&s->context, &s->warp, &start);
}

OPERATION(warp_new) {
    ASK(warp_new);
    session *s;
    uint32_t number;
    /* At least 40 bytes for each authority, in either form. */
    size_t listed = q.checkpoint.size > q.authorities.size ? q.checkpoint.size : q.authorities.size;
    if (listed > (size_t)MOTE_MAX_AUTHORITIES * MOTE_AUTHORITY_ITEM_SIZE * 4)
        return mote_fail(context, MOTE_E_LIMIT_SIZE, NULL, MOTE_NO_INDEX);
    size_t memory =
        mote_warp_memory(room_for(listed / MOTE_AUTHORITY_ITEM_SIZE), 0) + 3 * listed + 65536;
    status = open_session(b, context, &s, &number, SESSION_WARP, memory);
    if (status != MOTE_OK) return status;
    status = start_warp(b, s, &q);
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

/* At most 16 links wait at a time, so the first output region always holds them. A failure is answered as such; what
 * was verified before it is fetched with warpLinks. */
OPERATION(warp_feed) {
    ASK(warp_feed);
    session *s;
    size_t consumed;
    status = find_session(b, context, &s, q.session, SESSION_WARP);
    if (status != MOTE_OK) return status;
    status = mote_warp_feed(&s->context, s->warp, &consumed, q.chunk);
    if (status != MOTE_OK) return session_fault(context, s, status);
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
    write_authority_set(answer, &set);
    write_links(b, answer, s->warp);
    return MOTE_OK;
}
