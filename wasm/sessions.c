/* SPDX-License-Identifier: Apache-2.0 */
/* What lasts over several calls: warp proofs that arrive by chunks, bundles that are walked link by link. */
#include <string.h>

#include "operations.h"

/* A session's number holds its slot and a generation, so that a closed one is not taken for its successor. */
static mote_status open_session(boundary *b, mote_context *context, session **out, uint32_t *number,
                                session_kind kind, size_t memory) {
    for (uint32_t i = 0; i < MAX_SESSIONS; i++) {
        session *s = &b->sessions[i];
        if (s->kind != SESSION_FREE) continue;
        if (!region_grow(&s->memory, memory)) break;
        uint32_t generation = s->generation + 1;
        region kept = s->memory;
        memset(s, 0, sizeof *s);
        s->memory = kept;
        s->generation = generation;
        s->kind = kind;
        mote_context_init(&s->context, s->memory.data, s->memory.size, b->seed);
        s->context.keys = b->keys;
        *number = generation * MAX_SESSIONS + i;
        *out = s;
        return MOTE_OK;
    }
    return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
}

static mote_status find_session(boundary *b, mote_context *context, session **out, uint32_t number,
                                session_kind kind) {
    session *s = &b->sessions[number % MAX_SESSIONS];
    *out = s;
    if (s->kind == kind && s->generation == number / MAX_SESSIONS) return MOTE_OK;
    return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
}

/* The caller's fault record is the answer's; the session has its own. */
static mote_status report(mote_context *context, const session *s, mote_status status) {
    if (status != MOTE_OK) context->fault = s->context.fault;
    return status;
}

static mote_bytes keep(session *s, mote_bytes bytes) {
    uint8_t *copy = mote_context_take(&s->context, bytes.size, 1);
    if (copy == NULL) return (mote_bytes){NULL, 0};
    if (bytes.size != 0) memcpy(copy, bytes.data, bytes.size);
    return (mote_bytes){copy, bytes.size};
}

OPERATION(close) {
    ASK(close);
    (void)answer;
    session *s = &b->sessions[q.session % MAX_SESSIONS];
    if (s->kind == SESSION_FREE || s->generation != q.session / MAX_SESSIONS) {
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    }
    s->kind = SESSION_FREE;
    return MOTE_OK;
}

/* --- warp ---------------------------------------------------------------------------------------------------------- */

static mote_status start_warp(session *s, const ask_warp_new *q) {
    mote_checkpoint checkpoint;
    mote_authority_set set;
    mote_warp_start start;
    mote_status status;
    memset(&start, 0, sizeof start);
    start.set = &set;
    if (q->checkpoint.size != 0) {
        status = mote_checkpoint_decode(&s->context, &checkpoint, keep(s, q->checkpoint));
        if (status != MOTE_OK) return status;
        set = checkpoint.set;
        start.hash = checkpoint.header.hash;
        start.number = checkpoint.header.number;
        start.chain = checkpoint.chain;
    } else {
        status = find_chain(&s->context, &start.chain, q->chain);
        if (status != MOTE_OK) return status;
        status = build_set(&s->context, &set, q->authorities, q->set_id, MOTE_ASSUMED_AUTHORITIES);
        if (status != MOTE_OK) return status;
        start.number = q->number;
    }
    start.max_authorities = set.voters < 1024 ? 1024 : MOTE_MAX_AUTHORITIES;
    return mote_warp_new(&s->context, &s->warp, &start);
}

OPERATION(warp_new) {
    ASK(warp_new);
    session *s;
    uint32_t number, authorities = q.authorities.size / 40 < 1024 && q.checkpoint.size < 65536
                                       ? 1024
                                       : MOTE_MAX_AUTHORITIES;
    size_t memory =
        mote_warp_memory(authorities, 0) + q.checkpoint.size + q.authorities.size * 2 + 65536;
    status = open_session(b, context, &s, &number, SESSION_WARP, memory);
    if (status != MOTE_OK) return status;
    status = start_warp(s, &q);
    if (status != MOTE_OK) {
        s->kind = SESSION_FREE;
        return report(context, s, status);
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
    if (status != MOTE_OK) return report(context, s, status);
    mote_write_u32(answer, (uint32_t)consumed);
    write_links(b, answer, s->warp);
    return MOTE_OK;
}

OPERATION(warp_finish) {
    ASK(warp_finish);
    session *s;
    status = find_session(b, context, &s, q.session, SESSION_WARP);
    if (status == MOTE_OK) status = report(context, s, mote_warp_finish(&s->context, s->warp));
    if (status == MOTE_OK) mote_write_u8(answer, mote_warp_is_finished(s->warp));
    return status;
}

OPERATION(warp_links) {
    ASK(warp_links);
    session *s;
    status = find_session(b, context, &s, q.session, SESSION_WARP);
    if (status != MOTE_OK) return status;
    const mote_authority_set *set = mote_warp_set(s->warp);
    mote_write_u64(answer, set->set_id);
    write_voters(answer, set);
    write_links(b, answer, s->warp);
    return MOTE_OK;
}

/* --- bundles --------------------------------------------------------------------------------------------------------- */

static mote_status start_bundle(session *s, const ask_bundle_new *q) {
    mote_checkpoint *checkpoint = mote_context_take(&s->context, 1, sizeof *checkpoint);
    mote_bytes bundle = keep(s, q->bundle), trusted = keep(s, q->checkpoint);
    if (checkpoint == NULL || bundle.data == NULL || trusted.data == NULL) {
        return mote_fail(&s->context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    }
    mote_status status = mote_bundle_open(&s->context, &s->bundle, bundle);
    if (status == MOTE_OK) status = mote_checkpoint_decode(&s->context, checkpoint, trusted);
    if (status != MOTE_OK) return status;
    return mote_bundle_begin(&s->context, &s->walk, &s->bundle, checkpoint, q->now);
}

static void write_bundle_info(mote_writer *answer, const mote_bundle *bundle, uint32_t number) {
    mote_write_u32(answer, number);
    mote_write_u16(answer, bundle->version);
    protocol_write_bytes(answer,
                         (mote_bytes){(const uint8_t *)bundle->chain, strlen(bundle->chain)});
    mote_write_hash(answer, &bundle->genesis);
    mote_write_hash(answer, &bundle->checkpoint_digest);
    mote_write_u32(answer, (uint32_t)bundle->head_size);
    size_t place = protocol_begin_count(answer);
    uint32_t count = 0;
    for (uint32_t kind = 1; kind <= MOTE_BUNDLE_SECTIONS; kind++) {
        mote_bytes section = bundle->section[kind];
        if (section.size == 0) continue;
        const record_bundle_section record = {
            (uint8_t)kind, (uint32_t)(section.data - bundle->encoded.data), (uint32_t)section.size};
        write_bundle_section(answer, &record);
        count++;
    }
    protocol_end_count(answer, place, count);
}

OPERATION(bundle_new) {
    ASK(bundle_new);
    session *s;
    uint32_t number;
    size_t memory = mote_warp_memory(q.checkpoint.size < 65536 ? 1024 : MOTE_MAX_AUTHORITIES, 0) +
                    3 * q.bundle.size + 4 * q.checkpoint.size + ((size_t)1 << 20);
    status = open_session(b, context, &s, &number, SESSION_BUNDLE, memory);
    if (status != MOTE_OK) return status;
    status = start_bundle(s, &q);
    if (status != MOTE_OK) {
        /* The session's copy lies elsewhere; the request's bytes are where the host can find them. */
        size_t offset = mote_fault_offset(&s->context.fault, s->bundle.encoded);
        (void)report(context, s, status);
        if (offset != MOTE_NO_OFFSET && s->bundle.encoded.size != 0)
            context->fault.at = q.bundle.data + offset;
        s->kind = SESSION_FREE;
        return status;
    }
    write_bundle_info(answer, &s->bundle, number);
    return MOTE_OK;
}

static record_bundle_link link_record(const mote_link *link) {
    return (record_bundle_link){(uint8_t)link->kind,
                                link->index,
                                (uint32_t)link->offset,
                                (uint32_t)link->size,
                                link->hash,
                                link->number,
                                link->state_root,
                                link->para_id,
                                link->set_id,
                                link->authorities,
                                age_record(&link->age),
                                report_record(&link->report),
                                link->hard_fork,
                                link->next_set_id,
                                link->next_authorities,
                                (uint8_t)link->question,
                                link->child_key,
                                link->key,
                                link->listed,
                                link->list_complete,
                                link->listed_count,
                                value_record(&link->value)};
}

/* The walk's verdict is part of the answer: a failing link is shown as far as it is known. */
OPERATION(bundle_next) {
    ASK(bundle_next);
    session *s;
    mote_link link;
    bool more = false, is_parachain = false;
    mote_hash hash = {{0}};
    uint32_t number = 0;
    status = find_session(b, context, &s, q.session, SESSION_BUNDLE);
    if (status != MOTE_OK) return status;
    memset(&link, 0, sizeof link);
    status = mote_bundle_next(&s->context, s->walk, &link, &more);
    size_t offset = mote_fault_offset(&s->context.fault, s->bundle.encoded);
    mote_write_u32(answer, (uint32_t)status);
    mote_write_u32(answer,
                   status == MOTE_OK || offset == MOTE_NO_OFFSET ? UINT32_MAX : (uint32_t)offset);
    mote_write_u32(answer, status == MOTE_OK ? UINT32_MAX : s->context.fault.index);
    mote_write_u8(answer, more);
    mote_write_u32(answer, mote_bundle_assumed(s->walk));
    mote_write_u8(answer, mote_bundle_target(s->walk, &hash, &number, &is_parachain));
    mote_write_hash(answer, &hash);
    mote_write_u32(answer, number);
    mote_write_u8(answer, is_parachain);
    const record_bundle_link record = link_record(&link);
    write_bundle_link(answer, &record);
    return mote_writer_fits(answer) ? MOTE_OK
                                    : mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
}
