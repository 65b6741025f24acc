/* SPDX-License-Identifier: Apache-2.0 */
/* What waits on the relay chain: Vec<(sent_at, data)> (hrmp.rs, dmp.rs). */
#include "value.h"

#include <string.h>

static mote_status read_queue(mote_context *context, mote_message_queue *out,
                              const mote_proof *proof, mote_message_item item, uint32_t sender,
                              uint32_t recipient) {
    const bool downward = item == MOTE_ITEM_DMP_QUEUE;
    mote_message_queue queue = {downward, sender, recipient, 0, {NULL, 0}, proof->state};
    bool present;
    mote_bytes value;
    memset(out, 0, sizeof *out);
    mote_status status = mote_message_value(context, &present, &value, proof, item,
                                            downward ? recipient : sender, recipient);
    /* Newer runtimes keep them in pages under other keys: there, no queue says nothing of messages. */
    if (status == MOTE_OK && downward && !present)
        return mote_fail(context, MOTE_E_NOT_SHOWN, NULL, MOTE_NO_INDEX);
    if (status == MOTE_OK && present)
        status = mote_message_pairs(context, &queue.count, &queue.items, value);
    if (status == MOTE_OK) *out = queue;
    return status;
}

mote_status mote_hrmp_queue_read(mote_context *context, mote_message_queue *out,
                                 const mote_proof *proof, uint32_t sender, uint32_t recipient) {
    return read_queue(context, out, proof, MOTE_ITEM_HRMP_CONTENTS, sender, recipient);
}

mote_status mote_dmp_queue_read(mote_context *context, mote_message_queue *out,
                                const mote_proof *proof, uint32_t recipient) {
    return read_queue(context, out, proof, MOTE_ITEM_DMP_QUEUE, 0, recipient);
}

static mote_message_queued queued(const mote_message_queue *queue, uint32_t index,
                                  const mote_message *message) {
    return (mote_message_queued){queue->downward, queue->sender, queue->recipient,
                                 index,           *message,      queue->under};
}

mote_status mote_message_queued_at(mote_context *context, mote_message_queued *out,
                                   const mote_message_queue *queue, uint32_t index) {
    memset(out, 0, sizeof *out);
    if (mote_state_root_check(&queue->under) != MOTE_OK)
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    if (index >= queue->count) return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, index);
    const mote_message message = mote_message_pair_at(queue->items, index);
    *out = queued(queue, index, &message);
    return MOTE_OK;
}

bool mote_message_queued_next(mote_message_queued *out, mote_message_place *place,
                              const mote_message_queue *queue) {
    mote_message message;
    memset(out, 0, sizeof *out);
    if (mote_state_root_check(&queue->under) != MOTE_OK ||
        !mote_message_pair_next(&message, place, queue->count, queue->items)) {
        return false;
    }
    *out = queued(queue, place->index - 1, &message);
    return true;
}

mote_status mote_message_queued_find(mote_context *context, mote_message_queued *out,
                                     const mote_message_queue *queue, mote_bytes data) {
    mote_message_place place = {0, 0};
    if (mote_state_root_check(&queue->under) != MOTE_OK) {
        memset(out, 0, sizeof *out);
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    while (mote_message_queued_next(out, &place, queue)) {
        if (mote_bytes_equal(out->message.data, data)) return MOTE_OK;
    }
    return mote_fail(context, MOTE_E_NOT_SHOWN, NULL, MOTE_NO_INDEX);
}
