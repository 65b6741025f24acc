/* SPDX-License-Identifier: Apache-2.0 */
/* What the newest action says, kind by kind, and how chains and sources stand. */
#include <string.h>

#include "operations.h"

static mote_bytes text_of(const char *text) {
    return (mote_bytes){(const uint8_t *)text, strlen(text)};
}

#define KIND(kind) (UINT32_C(1) << (uint32_t)(kind))

/* Details are asked for right after the action: only of an event, and only of its own kinds. */
static mote_status event_of(const boundary *b, mote_context *context, mote_cursor *ask,
                            const mote_client_event **event, uint32_t kinds) {
    mote_status status = mote_cursor_finish(context, ask);
    *event = &b->action.event;
    if (status != MOTE_OK) return status;
    if (b->client == NULL || (kinds & KIND((*event)->kind)) == 0)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    return MOTE_OK;
}

#define EVENT(kinds)                                                                               \
    const mote_client_event *event;                                                                \
    mote_status status = event_of(b, context, ask, &event, kinds);                                 \
    if (status != MOTE_OK) return status

static record_place relay_place(const mote_finalized_header *header) {
    return (record_place){.hash = header->hash,
                          .number = header->number,
                          .state_root = header->state_root,
                          .relay_hash = header->hash,
                          .relay_number = header->number,
                          .assumed = header->assumed};
}

static record_place para_place(const mote_para_header *header) {
    return (record_place){.is_parachain = true,
                          .para_id = header->para_id,
                          .hash = header->hash,
                          .number = header->number,
                          .state_root = header->state_root,
                          .relay_hash = header->relay_hash,
                          .relay_number = header->relay_number,
                          .assumed = header->assumed};
}

/* The block that an answer is about. */
static void write_place_of(mote_writer *answer, const mote_client_event *event) {
    const bool is_parachain = mote_para_header_check(&event->para) == MOTE_OK;
    const record_place place =
        is_parachain ? para_place(&event->para) : relay_place(&event->header);
    write_place(answer, &place);
}

OPERATION(client_event_final) {
    EVENT(KIND(MOTE_EVENT_HANDOVER) | KIND(MOTE_EVENT_FINALIZED) | KIND(MOTE_EVENT_CONFLICT));
    const record_place place = relay_place(&event->header);
    const record_report report = report_record(&event->report);
    write_place(answer, &place);
    mote_write_u64(answer, event->header.set_id);
    protocol_write_bytes(answer, event->encoded_header);
    protocol_write_bytes(answer, event->justification);
    write_report(answer, &report);
    return MOTE_OK;
}

OPERATION(client_event_best) {
    EVENT(KIND(MOTE_EVENT_BEST) | KIND(MOTE_EVENT_BEHIND));
    mote_write_hash(answer, &event->hash);
    mote_write_u32(answer, event->number);
    mote_write_u8(answer, event->verified);
    mote_write_u8(answer, event->reorganized);
    return MOTE_OK;
}

OPERATION(client_event_para) {
    EVENT(KIND(MOTE_EVENT_PARA_HEAD));
    const record_place place = para_place(&event->para);
    write_place(answer, &place);
    protocol_write_bytes(answer, text_of(mote_para_progress_name(event->progress)));
    protocol_write_bytes(answer, text_of(mote_para_lifecycle_name(event->lifecycle)));
    return MOTE_OK;
}

OPERATION(client_event_gone) {
    EVENT(KIND(MOTE_EVENT_PARA_GONE) | KIND(MOTE_EVENT_PARA_LIFECYCLE));
    mote_write_hash(answer, &event->header.hash);
    mote_write_u32(answer, event->header.number);
    protocol_write_bytes(answer, text_of(mote_para_lifecycle_name(event->lifecycle)));
    mote_write_u8(answer, event->opaque);
    return MOTE_OK;
}

OPERATION(client_event_value) {
    EVENT(KIND(MOTE_EVENT_VALUE));
    const record_value value = value_record(&event->value);
    mote_write_u32(answer, event->key_index);
    protocol_write_bytes(answer, event->key);
    write_value(answer, &value);
    return MOTE_OK;
}

OPERATION(client_event_answered) {
    EVENT(KIND(MOTE_EVENT_ANSWERED) | KIND(MOTE_EVENT_PAGE));
    write_place_of(answer, event);
    mote_write_u8(answer, event->complete);
    protocol_write_bytes(answer, event->proof);
    mote_write_hash(answer, &event->hash);
    mote_write_u32(answer, event->number);
    protocol_write_bytes(answer, event->ancestors);
    mote_write_u8(answer, event->has_age);
    mote_write_u64(answer, event->age_milliseconds);
    mote_write_u32(answer, event->source_count);
    for (uint32_t i = 0; i < event->source_count; i++) mote_write_u32(answer, event->sources[i]);
    return MOTE_OK;
}

OPERATION(client_event_transaction) {
    EVENT(KIND(MOTE_EVENT_TRANSACTION));
    mote_write_u8(answer, (uint8_t)event->inclusion);
    mote_write_hash(answer, &event->hash);
    mote_write_u32(answer, event->number);
    write_place_of(answer, event);
    mote_write_u32(answer, event->index);
    protocol_write_bytes(answer, event->events);
    protocol_write_bytes(answer, event->words);
    return MOTE_OK;
}

/* --- how things stand --------------------------------------------------------------------------------------------------- */

OPERATION(client_chain_status) {
    ASK(client_chain_status);
    if (b->client == NULL) return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    mote_chain_status chain;
    mote_write_u8(answer, mote_client_chain_status(b->client, &chain, q.chain));
    const record_age age = age_record(&chain.age);
    protocol_write_bytes(answer, text_of(mote_chain_phase_name(chain.phase)));
    mote_write_u8(answer, chain.has_head);
    mote_write_hash(answer, &chain.hash);
    mote_write_u32(answer, chain.number);
    mote_write_u64(answer, chain.set_id);
    mote_write_u32(answer, chain.claimed_number);
    mote_write_u32(answer, chain.handovers);
    mote_write_u8(answer, chain.has_lag);
    mote_write_u64(answer, chain.lag_milliseconds);
    write_age(answer, &age);
    mote_write_u32(answer, chain.assumed);
    mote_write_u32(answer, chain.sources);
    mote_write_u32(answer, chain.open_sources);
    mote_write_u64(answer, chain.bytes_in);
    mote_write_u64(answer, chain.bytes_out);
    mote_write_u32(answer, chain.requests);
    mote_write_u32(answer, (uint32_t)chain.halted_by);
    return MOTE_OK;
}

OPERATION(client_source_status) {
    ASK(client_source_status);
    if (b->client == NULL) return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    mote_source_status source;
    mote_write_u8(answer, mote_client_source_status(b->client, &source, q.source));
    mote_write_u8(answer, source.open);
    mote_write_u8(answer, source.usable);
    mote_write_u8(answer, source.lags);
    mote_write_u32(answer, source.claimed_number);
    mote_write_u32(answer, source.latency);
    mote_write_u32(answer, source.answers);
    mote_write_u32(answer, source.refusals);
    mote_write_u32(answer, source.timeouts);
    mote_write_u32(answer, source.faults);
    mote_write_u32(answer, (uint32_t)source.last_fault);
    mote_write_u32(answer, (uint32_t)source.behind);
    return MOTE_OK;
}
