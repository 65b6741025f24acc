/* SPDX-License-Identifier: Apache-2.0 */
/* What the relay chain has on a channel, and what it allows (hrmp.rs, configuration.rs). */
#include "value.h"

#include <string.h>

static void read_channel(mote_cursor *cursor, mote_hrmp_channel *out) {
    out->max_capacity = mote_read_u32(cursor);
    out->max_total_size = mote_read_u32(cursor);
    out->max_message_size = mote_read_u32(cursor);
    out->message_count = mote_read_u32(cursor);
    out->total_size = mote_read_u32(cursor);
    out->has_head = mote_read_option(cursor);
    if (out->has_head) out->head = mote_read_hash(cursor);
    mote_read_array(cursor, out->sender_deposit, sizeof out->sender_deposit);
    mote_read_array(cursor, out->recipient_deposit, sizeof out->recipient_deposit);
}

mote_status mote_hrmp_channel_read(mote_context *context, mote_hrmp_channel *out,
                                   const mote_proof *proof, uint32_t sender, uint32_t recipient) {
    mote_hrmp_channel channel;
    mote_bytes value;
    memset(out, 0, sizeof *out);
    memset(&channel, 0, sizeof channel);
    mote_status status = mote_message_value(context, &channel.open, &value, proof,
                                            MOTE_ITEM_HRMP_CHANNEL, sender, recipient);
    if (status == MOTE_OK && channel.open) {
        mote_cursor cursor = mote_cursor_over(value);
        read_channel(&cursor, &channel);
        status = mote_cursor_finish(context, &cursor);
    }
    if (status != MOTE_OK) return status;
    channel.sender = sender;
    channel.recipient = recipient;
    channel.under = proof->state;
    *out = channel;
    return MOTE_OK;
}

/* --- who is connected to whom ----------------------------------------------------------------- */

static mote_status read_list(mote_context *context, mote_para_list *out, const mote_proof *proof,
                             mote_message_item item, uint32_t para_id) {
    bool present;
    mote_bytes value;
    memset(out, 0, sizeof *out);
    mote_status status = mote_message_value(context, &present, &value, proof, item, para_id, 0);
    if (status != MOTE_OK) return status;
    mote_para_list list = {0, NULL, proof->state};
    if (present) {
        mote_cursor cursor = mote_cursor_over(value);
        list.count = mote_read_count(&cursor, 4, UINT32_MAX / 4);
        list.items = mote_read_span(&cursor, (size_t)list.count * 4).data;
        status = mote_cursor_finish(context, &cursor);
    }
    if (status == MOTE_OK) *out = list;
    return status;
}

uint32_t mote_para_list_at(const mote_para_list *list, uint32_t index) {
    return index < list->count ? mote_load_u32(list->items + (size_t)index * 4) : 0;
}

mote_status mote_hrmp_senders_read(mote_context *context, mote_para_list *out,
                                   const mote_proof *proof, uint32_t recipient) {
    return read_list(context, out, proof, MOTE_ITEM_HRMP_INGRESS, recipient);
}

mote_status mote_hrmp_recipients_read(mote_context *context, mote_para_list *out,
                                      const mote_proof *proof, uint32_t sender) {
    return read_list(context, out, proof, MOTE_ITEM_HRMP_EGRESS, sender);
}

/* --- limits ----------------------------------------------------------------------------------- */

mote_status mote_relay_limits_read(mote_context *context, mote_relay_limits *out,
                                   const mote_proof *proof) {
    bool present;
    mote_bytes value;
    memset(out, 0, sizeof *out);
    mote_status status =
        mote_message_value(context, &present, &value, proof, MOTE_ITEM_LIMITS, 0, 0);
    if (status != MOTE_OK) return status;
    mote_cursor cursor = mote_cursor_over(value);
    mote_relay_limits limits;
    limits.max_code_size = mote_read_u32(&cursor);
    limits.max_head_data_size = mote_read_u32(&cursor);
    limits.max_upward_queue_count = mote_read_u32(&cursor);
    limits.max_upward_queue_size = mote_read_u32(&cursor);
    limits.max_upward_message_size = mote_read_u32(&cursor);
    limits.max_upward_message_num_per_candidate = mote_read_u32(&cursor);
    limits.hrmp_max_message_num_per_candidate = mote_read_u32(&cursor);
    limits.validation_upgrade_cooldown = mote_read_u32(&cursor);
    limits.validation_upgrade_delay = mote_read_u32(&cursor);
    limits.under = proof->state;
    /* What follows is another for every runtime. */
    status = mote_cursor_check(context, &cursor);
    if (status == MOTE_OK) *out = limits;
    return status;
}

mote_status mote_dispatch_capacity_read(mote_context *context, mote_dispatch_capacity *out,
                                        const mote_proof *proof, uint32_t para_id) {
    mote_dispatch_capacity capacity = {false, para_id, 0, 0, proof->state};
    mote_bytes value;
    memset(out, 0, sizeof *out);
    mote_status status = mote_message_value(context, &capacity.known, &value, proof,
                                            MOTE_ITEM_DISPATCH_CAPACITY, para_id, 0);
    if (status == MOTE_OK && capacity.known) {
        mote_cursor cursor = mote_cursor_over(value);
        capacity.messages = mote_read_u32(&cursor);
        capacity.bytes = mote_read_u32(&cursor);
        status = mote_cursor_finish(context, &cursor);
    }
    if (status == MOTE_OK) *out = capacity;
    return status;
}
