/* SPDX-License-Identifier: Apache-2.0 */
/* Bundles, link by link. The session takes over the request that brought one, so that it is not copied. */
#include <string.h>

#include "sessions.h"

/* --- walking ------------------------------------------------------------------------------------------------- */

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

/* What a walk takes as a rule; where that is too little it is found by trying. */
static size_t usual_memory(const mote_bundle *bundle, mote_bytes checkpoint) {
    const mote_bytes *section = bundle->section;
    size_t warp = section[MOTE_SECTION_WARP].size;
    if (warp != 0) warp = mote_warp_memory(1024, warp + 65536) + ((size_t)512 << 10);
    size_t work = section[MOTE_SECTION_JUSTIFICATION].size;
    if (work != 0) work = mote_justification_memory(work, 1024);
    for (uint32_t kind = MOTE_SECTION_STATE; kind <= MOTE_BUNDLE_SECTIONS; kind++) {
        work = larger(work, section[kind].size);
    }
    return warp + work + 4 * checkpoint.size + ((size_t)256 << 10);
}

static mote_status begin_walk(session *s) {
    mote_context_release(&s->context, 0);
    mote_checkpoint *checkpoint = mote_context_take(&s->context, 1, sizeof *checkpoint);
    if (checkpoint == NULL) return mote_fail(&s->context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    mote_status status = mote_bundle_open(&s->context, &s->bundle, s->bundle_bytes);
    if (status == MOTE_OK) {
        status = mote_checkpoint_decode(&s->context, checkpoint, s->checkpoint_bytes);
    }
    if (status != MOTE_OK) return status;
    return mote_bundle_begin(&s->context, &s->walk, &s->bundle, checkpoint, s->now);
}

static bool double_memory(session *s) {
    size_t most = ((size_t)32 << 20) + 64 * s->bundle_bytes.size;
    if (s->memory.size >= most || !region_grow(&s->memory, 2 * s->memory.size)) return false;
    s->context.memory = s->memory.data;
    s->context.size = s->memory.size;
    s->context.used = 0;
    return true;
}

/* Begins, with as much memory as it takes, and goes to where the walk was: that held, and holds again. */
static mote_status walk_again(session *s) {
    mote_link link;
    bool more = true;
    mote_status status = begin_walk(s);
    for (uint32_t i = 0; i < s->steps && status == MOTE_OK; i++) {
        status = mote_bundle_next(&s->context, s->walk, &link, &more);
    }
    return status;
}

static mote_status walk_on(session *s, mote_link *link, bool *more) {
    mote_status status = mote_bundle_next(&s->context, s->walk, link, more);
    while (status == MOTE_E_LIMIT_MEMORY && double_memory(s)) {
        status = walk_again(s);
        if (status == MOTE_OK) status = mote_bundle_next(&s->context, s->walk, link, more);
    }
    s->steps++;
    return status;
}

/* --- operations ---------------------------------------------------------------------------------------------- */

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
    mote_bundle bundle;
    status = mote_bundle_open(context, &bundle, q.bundle);
    if (status == MOTE_OK) {
        status = open_session(b, context, &s, &number, SESSION_BUNDLE,
                              usual_memory(&bundle, q.checkpoint));
    }
    if (status != MOTE_OK) return status;
    s->bundle_bytes = q.bundle;
    s->checkpoint_bytes = q.checkpoint;
    s->now = q.now;
    status = begin_walk(s);
    while (status == MOTE_E_LIMIT_MEMORY && double_memory(s)) status = begin_walk(s);
    if (status != MOTE_OK) {
        close_session(s);
        return session_fault(context, s, status);
    }
    take_request(b, s);
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

static void write_fault_of_walk(mote_writer *answer, const session *s, mote_status status) {
    size_t offset = mote_fault_offset(&s->context.fault, s->bundle.encoded);
    bool is_known = status != MOTE_OK && offset != MOTE_NO_OFFSET;
    mote_write_u32(answer, (uint32_t)status);
    mote_write_u32(answer, is_known ? (uint32_t)offset : UINT32_MAX);
    mote_write_u32(answer, status == MOTE_OK ? UINT32_MAX : s->context.fault.index);
}

static void write_target(mote_writer *answer, const session *s) {
    bool is_parachain = false;
    mote_hash hash = {{0}};
    uint32_t number = 0;
    mote_write_u8(answer, mote_bundle_target(s->walk, &hash, &number, &is_parachain));
    mote_write_hash(answer, &hash);
    mote_write_u32(answer, number);
    mote_write_u8(answer, is_parachain);
}

/* The walk's verdict is part of the answer: a failing link is shown as far as it is known. */
OPERATION(bundle_next) {
    ASK(bundle_next);
    session *s;
    mote_link link;
    bool more = false;
    status = find_session(b, context, &s, q.session, SESSION_BUNDLE);
    if (status != MOTE_OK) return status;
    memset(&link, 0, sizeof link);
    status = walk_on(s, &link, &more);
    size_t size = 2048 + link.key.size + link.child_key.size + link.value.value.size;
    if (!answer_grow(b, answer, size))
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    write_fault_of_walk(answer, s, status);
    mote_write_u8(answer, more);
    mote_write_u32(answer, mote_bundle_assumed(s->walk));
    write_target(answer, s);
    const record_bundle_link record = link_record(&link);
    write_bundle_link(answer, &record);
    return MOTE_OK;
}
