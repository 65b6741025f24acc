/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The hash chain over everything that was ever put into a queue. A head stands for one sequence of messages: whoever
 * shows messages that lead to it has shown the last of that sequence.
 */
#include "chain.h"

#include <string.h>

#include "mote/hash.h"
#include "value.h"

/* Of the SCALE encoding: with its length in front. */
static mote_hash data_hash(mote_bytes data) {
    uint8_t length[9];
    mote_writer writer = mote_writer_into(length, sizeof length);
    mote_blake2b_state state;
    mote_hash hash;
    mote_write_compact(&writer, data.size);
    mote_blake2b_init(&state, sizeof hash.bytes);
    mote_blake2b_update(&state, (mote_bytes){length, writer.size});
    mote_blake2b_update(&state, data);
    mote_blake2b_final(&state, hash.bytes);
    return hash;
}

mote_hash mote_message_chain_next(const mote_hash *head, const mote_message *message) {
    uint8_t bytes[32 + 4 + 32];
    const mote_hash data = data_hash(message->data);
    memcpy(bytes, head->bytes, 32);
    mote_store_u32(bytes + 32, message->sent_at);
    memcpy(bytes + 36, data.bytes, 32);
    return mote_blake2b_256((mote_bytes){bytes, sizeof bytes});
}

mote_status mote_message_chain_check(mote_context *context, const mote_hash *from,
                                     const mote_hash *to, const mote_message *messages,
                                     uint32_t count) {
    mote_hash head = *from;
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 && messages[i].sent_at < messages[i - 1].sent_at)
            return mote_fail(context, MOTE_E_MESSAGE_CHAIN, messages[i].data.data, i);
        head = mote_message_chain_next(&head, &messages[i]);
    }
    if (mote_hash_equal(&head, to)) return MOTE_OK;
    return mote_fail(context, MOTE_E_MESSAGE_CHAIN, NULL, MOTE_NO_INDEX);
}

/* --- between two relay blocks ----------------------------------------------------------------- */

static bool numbers_known(const mote_state_root *a, const mote_state_root *b) {
    return a->origin == MOTE_STATE_OF_RELAY && b->origin == MOTE_STATE_OF_RELAY;
}

/* What a block's state has was put in by it or before it. */
static mote_status check_heights(mote_context *context, const mote_message_order *order,
                                 const mote_message *messages, uint32_t count) {
    if (!numbers_known(&order->earlier, &order->later)) return MOTE_OK;
    for (uint32_t i = 0; i < count; i++) {
        if (messages[i].sent_at <= order->earlier.block_number ||
            messages[i].sent_at > order->later.block_number)
            return mote_fail(context, MOTE_E_MESSAGE_CHAIN, messages[i].data.data, i);
    }
    return MOTE_OK;
}

static mote_status check_blocks(mote_context *context, const mote_state_root *earlier,
                                const mote_state_root *later) {
    if (mote_state_root_check(earlier) != MOTE_OK || mote_state_root_check(later) != MOTE_OK)
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    if (numbers_known(earlier, later) && later->block_number < earlier->block_number)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    return MOTE_OK;
}

static mote_status check_order(mote_context *context, mote_message_order *out,
                               const mote_message_order *order, const mote_hash *from,
                               const mote_message *messages, uint32_t count) {
    mote_status status = mote_message_chain_check(context, from, &order->head, messages, count);
    if (status == MOTE_OK) status = check_heights(context, order, messages, count);
    if (status == MOTE_OK) *out = *order;
    return status;
}

mote_status mote_hrmp_order_check(mote_context *context, mote_message_order *out,
                                  const mote_hrmp_channel *earlier, const mote_hrmp_channel *later,
                                  const mote_message *messages, uint32_t count) {
    memset(out, 0, sizeof *out);
    mote_status status = check_blocks(context, &earlier->under, &later->under);
    if (status != MOTE_OK) return status;
    if (earlier->sender != later->sender || earlier->recipient != later->recipient)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    if (!later->open) return mote_fail(context, MOTE_E_NOT_SHOWN, NULL, MOTE_NO_INDEX);
    const mote_message_order order = {false,          later->sender,      later->recipient,
                                      count,          !earlier->has_head, later->head,
                                      earlier->under, later->under};
    return check_order(context, out, &order, &earlier->head, messages, count);
}

mote_status mote_dmp_head_read(mote_context *context, mote_dmp_head *out, const mote_proof *proof,
                               uint32_t recipient) {
    mote_dmp_head head = {recipient, false, {{0}}, proof->state};
    mote_bytes value;
    memset(out, 0, sizeof *out);
    mote_status status = mote_message_value(context, &head.has_head, &value, proof,
                                            MOTE_ITEM_DMP_HEAD, recipient, 0);
    if (status == MOTE_OK && head.has_head) {
        mote_cursor cursor = mote_cursor_over(value);
        head.head = mote_read_hash(&cursor);
        status = mote_cursor_finish(context, &cursor);
    }
    if (status == MOTE_OK) *out = head;
    return status;
}

mote_status mote_dmp_order_check(mote_context *context, mote_message_order *out,
                                 const mote_dmp_head *earlier, const mote_dmp_head *later,
                                 const mote_message *messages, uint32_t count) {
    memset(out, 0, sizeof *out);
    mote_status status = check_blocks(context, &earlier->under, &later->under);
    if (status != MOTE_OK) return status;
    if (earlier->recipient != later->recipient)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    const mote_message_order order = {
        true,           0,           later->recipient, count, !earlier->has_head, later->head,
        earlier->under, later->under};
    return check_order(context, out, &order, &earlier->head, messages, count);
}
