/* SPDX-License-Identifier: Apache-2.0 */
/* Messages between chains: each claim of mote/message.h by itself. */
#include <string.h>

#include "mote/message.h"
#include "state/state.h"

mote_status load_state(const boundary *b, mote_context *context, mote_proof *out,
                       state_source from) {
    mote_state_root state;
    mote_status status = token_open(b, context, &state, sizeof state, TOKEN_STATE, from.state);
    if (status != MOTE_OK) return status;
    if (from.compact) return mote_proof_load_compact(context, out, &state, from.proof);
    return mote_proof_load(context, out, &state, from.proof,
                           from.lenient ? MOTE_PROOF_LENIENT : MOTE_PROOF_STRICT);
}

#define STATE                                                                                      \
    mote_proof proof;                                                                              \
    status = load_state(b, context, &proof, STATE_SOURCE(q));                                      \
    if (status != MOTE_OK) return status

/* --- keys -------------------------------------------------------------------------------------------------------------- */

OPERATION(message_key) {
    ASK(message_key);
    (void)b;
    const mote_message_key key = mote_message_key_of((mote_message_item)q.item, q.first, q.second);
    if (key.size == 0) return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    protocol_write_bytes(answer, (mote_bytes){key.bytes, key.size});
    return MOTE_OK;
}

OPERATION(dmp_page_key) {
    ASK(dmp_page_key);
    (void)b;
    const mote_message_key key = mote_dmp_page_key(q.recipient, q.page);
    protocol_write_bytes(answer, (mote_bytes){key.bytes, key.size});
    return MOTE_OK;
}

/* --- channels and limits ----------------------------------------------------------------------------------------------- */

/* 16 bytes, little-endian: low, high */
static void write_amount_of(mote_writer *answer, const uint8_t bytes[16]) {
    mote_write_span(answer, bytes, 16);
}

OPERATION(hrmp_channel) {
    ASK(hrmp_channel);
    STATE;
    mote_hrmp_channel channel;
    status = mote_hrmp_channel_read(context, &channel, &proof, q.sender, q.recipient);
    if (status != MOTE_OK) return status;
    mote_write_u8(answer, channel.open);
    mote_write_u32(answer, channel.max_capacity);
    mote_write_u32(answer, channel.max_total_size);
    mote_write_u32(answer, channel.max_message_size);
    mote_write_u32(answer, channel.message_count);
    mote_write_u32(answer, channel.total_size);
    mote_write_u8(answer, channel.has_head);
    mote_write_hash(answer, &channel.head);
    write_amount_of(answer, channel.sender_deposit);
    write_amount_of(answer, channel.recipient_deposit);
    return MOTE_OK;
}

OPERATION(hrmp_peers) {
    ASK(hrmp_peers);
    STATE;
    mote_para_list list;
    status = q.incoming ? mote_hrmp_senders_read(context, &list, &proof, q.para_id)
                        : mote_hrmp_recipients_read(context, &list, &proof, q.para_id);
    if (status != MOTE_OK) return status;
    mote_write_u32(answer, list.count);
    for (uint32_t i = 0; i < list.count; i++) mote_write_u32(answer, mote_para_list_at(&list, i));
    return MOTE_OK;
}

OPERATION(relay_limits) {
    ASK(relay_limits);
    STATE;
    mote_relay_limits limits;
    status = mote_relay_limits_read(context, &limits, &proof);
    if (status != MOTE_OK) return status;
    mote_write_u32(answer, limits.max_code_size);
    mote_write_u32(answer, limits.max_head_data_size);
    mote_write_u32(answer, limits.max_upward_queue_count);
    mote_write_u32(answer, limits.max_upward_queue_size);
    mote_write_u32(answer, limits.max_upward_message_size);
    mote_write_u32(answer, limits.max_upward_message_num_per_candidate);
    mote_write_u32(answer, limits.hrmp_max_message_num_per_candidate);
    mote_write_u32(answer, limits.validation_upgrade_cooldown);
    mote_write_u32(answer, limits.validation_upgrade_delay);
    return MOTE_OK;
}

OPERATION(dispatch_capacity) {
    ASK(dispatch_capacity);
    STATE;
    mote_dispatch_capacity capacity;
    status = mote_dispatch_capacity_read(context, &capacity, &proof, q.para_id);
    if (status != MOTE_OK) return status;
    mote_write_u8(answer, capacity.known);
    mote_write_u32(answer, capacity.messages);
    mote_write_u32(answer, capacity.bytes);
    return MOTE_OK;
}

/* --- sent -------------------------------------------------------------------------------------------------------------- */

OPERATION(hrmp_outbound) {
    ASK(hrmp_outbound);
    STATE;
    mote_hrmp_outbound outbound;
    mote_hrmp_sent sent;
    mote_message_place place = {0, 0};
    status = mote_hrmp_outbound_read(context, &outbound, &proof);
    if (status != MOTE_OK) return status;
    mote_write_u32(answer, outbound.count);
    while (mote_hrmp_sent_next(&sent, &place, &outbound)) {
        const record_outbound_message record = {sent.recipient, sent.data};
        write_outbound_message(answer, &record);
    }
    return MOTE_OK;
}

OPERATION(ump_outbound) {
    ASK(ump_outbound);
    STATE;
    mote_ump_outbound outbound;
    mote_ump_sent sent;
    mote_message_place place = {0, 0};
    status = mote_ump_outbound_read(context, &outbound, &proof);
    if (status != MOTE_OK) return status;
    mote_write_u32(answer, outbound.count);
    while (mote_ump_sent_next(&sent, &place, &outbound)) protocol_write_bytes(answer, sent.data);
    mote_write_u32(answer, outbound.signal_count);
    return MOTE_OK;
}

/* --- queued ------------------------------------------------------------------------------------------------------------ */

static void write_message(mote_writer *answer, const mote_message *message) {
    const record_queued_message record = {message->sent_at, message->data};
    write_queued_message(answer, &record);
}

OPERATION(message_queue) {
    ASK(message_queue);
    STATE;
    mote_message_queue queue;
    mote_message_queued queued;
    mote_message_place place = {0, 0};
    status = q.downward ? mote_dmp_queue_read(context, &queue, &proof, q.recipient)
                        : mote_hrmp_queue_read(context, &queue, &proof, q.sender, q.recipient);
    if (status != MOTE_OK) return status;
    mote_write_u32(answer, queue.count);
    while (mote_message_queued_next(&queued, &place, &queue))
        write_message(answer, &queued.message);
    return MOTE_OK;
}

/* The range of full pages, and those of them that are asked for. */
OPERATION(dmp_pages) {
    ASK(dmp_pages);
    STATE;
    mote_dmp_pages pages;
    status = mote_dmp_pages_read(context, &pages, &proof, q.recipient);
    if (status != MOTE_OK) return status;
    mote_write_u8(answer, pages.known);
    mote_write_u64(answer, pages.first);
    mote_write_u64(answer, pages.end);
    uint64_t page = q.from > pages.first ? q.from : pages.first;
    uint32_t told = 0;
    size_t place = protocol_begin_count(answer);
    for (; told < q.count && page < pages.end; told++, page++) {
        mote_message_queued queued;
        status = mote_dmp_page_read(context, &queued, &pages, &proof, page);
        if (status != MOTE_OK) return status;
        write_message(answer, &queued.message);
    }
    protocol_end_count(answer, place, told);
    return MOTE_OK;
}

/* --- heads and what leads to them -------------------------------------------------------------------------------------- */

OPERATION(dmp_head) {
    ASK(dmp_head);
    STATE;
    mote_dmp_head head;
    status = mote_dmp_head_read(context, &head, &proof, q.recipient);
    if (status != MOTE_OK) return status;
    mote_write_u8(answer, head.has_head);
    mote_write_hash(answer, &head.head);
    return MOTE_OK;
}

static mote_status read_taken(mote_context *context, mote_taken_head *out, const mote_proof *proof,
                              bool downward, uint32_t sender) {
    return downward ? mote_dmp_taken_read(context, out, proof)
                    : mote_hrmp_taken_read(context, out, proof, sender);
}

OPERATION(taken_head) {
    ASK(taken_head);
    STATE;
    mote_taken_head head;
    status = read_taken(context, &head, &proof, q.downward, q.sender);
    if (status != MOTE_OK) return status;
    mote_write_u8(answer, head.has_head);
    mote_write_hash(answer, &head.head);
    return MOTE_OK;
}

/* sentAt u32 ++ data */
static mote_status read_messages(mote_context *context, mote_message **out, protocol_list *list) {
    *out = mote_context_take(context, (size_t)list->count + 1, sizeof **out);
    if (*out == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    for (uint32_t i = 0; i < list->count; i++) {
        mote_cursor cursor = mote_cursor_over(protocol_next(list));
        (*out)[i].sent_at = mote_read_u32(&cursor);
        (*out)[i].data = mote_read_span(&cursor, mote_cursor_left(&cursor));
        mote_status status = mote_cursor_finish(context, &cursor);
        if (status != MOTE_OK) return status;
    }
    return MOTE_OK;
}

OPERATION(message_taken) {
    ASK(message_taken);
    STATE;
    mote_taken_head head;
    mote_message *messages;
    mote_message_taken taken;
    status = read_taken(context, &head, &proof, q.downward, q.sender);
    if (status == MOTE_OK) status = read_messages(context, &messages, &q.messages);
    if (status == MOTE_OK)
        status =
            mote_message_taken_check(context, &taken, &head, &q.before, messages, q.messages.count);
    if (status != MOTE_OK) return status;
    mote_write_u32(answer, taken.recipient);
    mote_write_u32(answer, taken.followed_by);
    return MOTE_OK;
}

OPERATION(hrmp_watermark) {
    ASK(hrmp_watermark);
    STATE;
    mote_hrmp_watermark watermark;
    status = mote_hrmp_watermark_passed(context, &watermark, &proof, q.recipient, q.sent_at);
    if (status == MOTE_OK) mote_write_u32(answer, watermark.watermark);
    return status;
}

/* --- between two relay blocks ------------------------------------------------------------------------------------------ */

/* Both stay loaded: the claims point into them. */
typedef struct two_states {
    mote_proof earlier, later;
} two_states;

static mote_status load_two(const boundary *b, mote_context *context, two_states *out,
                            state_source earlier, state_source later) {
    mote_status status = load_state(b, context, &out->earlier, earlier);
    return status == MOTE_OK ? load_state(b, context, &out->later, later) : status;
}
#define TWO_STATES                                                                                 \
    two_states states;                                                                             \
    status = load_two(b, context, &states,                                                         \
                      (state_source){q.earlier_state, q.earlier_proof, q.compact, q.lenient},      \
                      (state_source){q.later_state, q.later_proof, q.compact, q.lenient});         \
    if (status != MOTE_OK) return status

static mote_status check_downward(mote_context *context, mote_message_order *out,
                                  const two_states *states, const ask_message_order *q,
                                  const mote_message *messages) {
    mote_dmp_head earlier, later;
    mote_status status = mote_dmp_head_read(context, &earlier, &states->earlier, q->recipient);
    if (status == MOTE_OK)
        status = mote_dmp_head_read(context, &later, &states->later, q->recipient);
    if (status != MOTE_OK) return status;
    return mote_dmp_order_check(context, out, &earlier, &later, messages, q->messages.count);
}

static mote_status check_channel(mote_context *context, mote_message_order *out,
                                 const two_states *states, const ask_message_order *q,
                                 const mote_message *messages) {
    mote_hrmp_channel earlier, later;
    mote_status status =
        mote_hrmp_channel_read(context, &earlier, &states->earlier, q->sender, q->recipient);
    if (status == MOTE_OK)
        status = mote_hrmp_channel_read(context, &later, &states->later, q->sender, q->recipient);
    if (status != MOTE_OK) return status;
    return mote_hrmp_order_check(context, out, &earlier, &later, messages, q->messages.count);
}

OPERATION(message_order) {
    ASK(message_order);
    TWO_STATES;
    mote_message *messages;
    mote_message_order order;
    status = read_messages(context, &messages, &q.messages);
    if (status == MOTE_OK)
        status = q.downward ? check_downward(context, &order, &states, &q, messages)
                            : check_channel(context, &order, &states, &q, messages);
    if (status != MOTE_OK) return status;
    mote_write_u32(answer, order.count);
    mote_write_u8(answer, order.from_nothing);
    mote_write_hash(answer, &order.head);
    return MOTE_OK;
}

static mote_status read_blocks(const boundary *b, mote_context *context, mote_hrmp_outbound **out,
                               ask_hrmp_carried *q) {
    if (q->blocks.count != q->proofs.count)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    *out = mote_context_take(context, (size_t)q->blocks.count + 1, sizeof **out);
    if (*out == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    for (uint32_t i = 0; i < q->blocks.count; i++) {
        mote_proof proof;
        state_source from = {protocol_next(&q->blocks), protocol_next(&q->proofs), q->compact,
                             q->lenient};
        mote_status status = load_state(b, context, &proof, from);
        if (status == MOTE_OK) status = mote_hrmp_outbound_read(context, &(*out)[i], &proof);
        if (status != MOTE_OK) return status;
    }
    return MOTE_OK;
}

static mote_status read_head(mote_context *context, mote_para_header *out, const mote_proof *proof,
                             uint32_t para_id) {
    mote_para_head head;
    mote_status status = mote_para_head_read(context, &head, proof, para_id);
    *out = head.head;
    return status;
}

OPERATION(hrmp_carried) {
    ASK(hrmp_carried);
    TWO_STATES;
    mote_hrmp_channel earlier, later;
    mote_para_header before, after;
    mote_hrmp_outbound *blocks;
    mote_hrmp_carried carried;
    status = mote_hrmp_channel_read(context, &earlier, &states.earlier, q.sender, q.recipient);
    if (status == MOTE_OK)
        status = mote_hrmp_channel_read(context, &later, &states.later, q.sender, q.recipient);
    if (status == MOTE_OK) status = read_head(context, &before, &states.earlier, q.sender);
    if (status == MOTE_OK) status = read_head(context, &after, &states.later, q.sender);
    if (status == MOTE_OK) status = read_blocks(b, context, &blocks, &q);
    if (status == MOTE_OK)
        status = mote_hrmp_carried_check(context, &carried, &earlier, &later, &before, &after,
                                         blocks, q.blocks.count);
    if (status == MOTE_OK) mote_write_u32(answer, carried.count);
    return status;
}

/* --- pages of XCM ------------------------------------------------------------------------------------------------------ */

OPERATION(xcm_page) {
    ASK(xcm_page);
    (void)b;
    mote_xcm_page page;
    mote_bytes part;
    bool more = true;
    uint32_t count = 0;
    status = mote_xcm_page_open(context, &page, q.message);
    if (status != MOTE_OK) return status;
    const char *name = mote_xcm_format_name(page.format);
    mote_write_u8(answer, page.format_byte);
    protocol_write_bytes(answer, (mote_bytes){(const uint8_t *)name, strlen(name)});
    mote_write_u8(answer, page.whole);
    size_t place = protocol_begin_count(answer);
    for (;; count++) {
        status = mote_xcm_page_next(context, &page, &more, &part);
        if (status != MOTE_OK || !more) break;
        protocol_write_bytes(answer, part);
    }
    protocol_end_count(answer, place, count);
    return status;
}
