/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages on their way, as far as one chain shows it: on a relay chain what was appended to each queue from block to block,
 * hashed from head to head, and when its recipient was done with it; on a parachain what its blocks send and have taken in.
 */
#include <string.h>

#include "mote/message.h"
#include "node_inside.h"

#define WINDOW 1024u /* the last blocks of the range: one read proof each */
#define AT_ONCE 64u

/* One queue: of a channel, or what comes down from the relay chain. */
typedef struct queue {
    bool downward;
    uint32_t sender, recipient;
    bool has_before; /* `channel` or `head` is that of the block before */
    mote_hrmp_channel channel;
    mote_dmp_head head;
    uint32_t
        waits_for; /* the relay block of the last message that its recipient is not done with; 0: of none */
} queue;

typedef struct queues {
    queue items[NODE_PARAS * 4];
    size_t count;
} queues;

static void add_message_key(keys *keys, mote_message_item item, uint32_t first, uint32_t second) {
    mote_message_key key = mote_message_key_of(item, first, second);
    keys_add(keys, key.bytes, key.size);
}

/* --- relay chain -------------------------------------------------------------------------------------------- */
static void find_queues(const node *node, queues *out, keys *keys) {
    uint32_t count = node->para_count < 3 ? node->para_count : 3;
    out->count = 0;
    keys->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t to = node->paras[i];
        out->items[out->count++] = (queue){.downward = true, .recipient = to};
        add_message_key(keys, MOTE_ITEM_DMP_HEAD, to, 0);
        add_message_key(keys, MOTE_ITEM_DMP_QUEUE, to, 0);
        add_message_key(keys, MOTE_ITEM_HRMP_WATERMARK, to, 0);
        for (uint32_t k = 0; k < count; k++) {
            if (k == i) continue;
            out->items[out->count++] = (queue){.sender = node->paras[k], .recipient = to};
            add_message_key(keys, MOTE_ITEM_HRMP_CHANNEL, node->paras[k], to);
            add_message_key(keys, MOTE_ITEM_HRMP_CONTENTS, node->paras[k], to);
        }
    }
}

/* Those that this very block appended: they stay in the queue at least until the next one. */
static mote_status find_new(mote_context *context, mote_message *out, uint32_t *count,
                            const mote_message_queue *queue) {
    mote_message_queued queued;
    *count = 0;
    for (uint32_t i = 0; i < queue->count; i++) {
        mote_status status = mote_message_queued_at(context, &queued, queue, i);
        if (status != MOTE_OK) return status;
        if (queued.message.sent_at != queue->under.block_number) continue;
        if (*count == AT_ONCE) return MOTE_E_LIMIT_COUNT;
        out[(*count)++] = queued.message;
    }
    return MOTE_OK;
}

static mote_status judge_downward(mote_context *context, queue *queue, const mote_proof *proof,
                                  const mote_message *messages, uint32_t count) {
    mote_message_order order;
    mote_dmp_head before = queue->head;
    mote_status status = mote_dmp_head_read(context, &queue->head, proof, queue->recipient);
    if (status != MOTE_OK || !queue->has_before || !queue->head.has_head) return status;
    return mote_dmp_order_check(context, &order, &before, &queue->head, messages, count);
}

static mote_status judge_channel(mote_context *context, queue *queue, const mote_proof *proof,
                                 const mote_message *messages, uint32_t count) {
    mote_message_order order;
    mote_hrmp_channel before = queue->channel;
    mote_status status =
        mote_hrmp_channel_read(context, &queue->channel, proof, queue->sender, queue->recipient);
    if (status != MOTE_OK || !queue->has_before || !queue->channel.open) return status;
    return mote_hrmp_order_check(context, &order, &before, &queue->channel, messages, count);
}

/* Done with what was sent in an earlier block? */
static void judge_taken(node *node, queue *queue, const mote_proof *proof, uint32_t number) {
    mote_hrmp_watermark watermark;
    if (queue->downward || queue->waits_for == 0) return;
    mote_status status = mote_hrmp_watermark_passed(&node->worker->context, &watermark, proof,
                                                    queue->recipient, queue->waits_for);
    if (status == MOTE_E_NOT_SHOWN) return;
    judged(node->worker, &node->job, number, RULE_MESSAGES, status);
    queue->waits_for = 0;
}

static void judge_queue(node *node, queue *queue, const mote_proof *proof, uint32_t number) {
    mote_context *context = &node->worker->context;
    mote_message messages[AT_ONCE];
    mote_message_queue waiting;
    uint32_t count = 0;
    mote_status status =
        queue->downward
            ? mote_dmp_queue_read(context, &waiting, proof, queue->recipient)
            : mote_hrmp_queue_read(context, &waiting, proof, queue->sender, queue->recipient);
    bool has_queue = status != MOTE_E_NOT_SHOWN;
    if (!has_queue) status = MOTE_OK; /* then its head must stand still */
    if (status == MOTE_OK && has_queue) status = find_new(context, messages, &count, &waiting);
    if (status == MOTE_OK)
        status = queue->downward ? judge_downward(context, queue, proof, messages, count)
                                 : judge_channel(context, queue, proof, messages, count);
    bool elsewhere = status == MOTE_E_MESSAGE_CHAIN && queue->downward && waiting.count == 0;
    if (elsewhere) {
        node_note_unchecked(
            node, number, RULE_MESSAGES,
            "messages came down, and this queue has none: the runtime keeps them in "
            "another form than is known here");
    } else {
        judged(node->worker, &node->job, number, RULE_MESSAGES, status);
    }
    queue->has_before = status == MOTE_OK || elsewhere;
    judge_taken(node, queue, proof, number);
    if (count > 0) queue->waits_for = number;
}

static void pull_queues(node *node, uint32_t from, uint32_t to) {
    queues queues;
    keys keys;
    mote_context *context = &node->worker->context;
    find_queues(node, &queues, &keys);
    for (uint32_t at = from; at <= to && node_goes_on(node, at, RULE_MESSAGES); at++) {
        mote_proof proof;
        size_t mark = mote_context_mark(context);
        bool ok = node_pull_proof(node, &proof, &keys, node_header_at(node, at));
        for (size_t i = 0; i < queues.count; i++) {
            if (ok) judge_queue(node, &queues.items[i], &proof, at);
            if (!ok) queues.items[i].has_before = false;
        }
        mote_context_release(context, mark);
    }
    for (size_t i = 0; i < queues.count; i++) {
        if (queues.items[i].downward || queues.items[i].waits_for == 0) continue;
        node_note_unchecked(node, queues.items[i].waits_for, RULE_MESSAGES,
                            "a message of this block is not taken by the end of the range");
    }
    if (queues.count > 0)
        node_note_unchecked(node, to, RULE_MESSAGES,
                            "that what is queued was sent by a parachain's block, and what became "
                            "of it there: their nodes say that");
}

/* --- parachain ---------------------------------------------------------------------------------------------- */
static void judge_block(node *node, const mote_proof *proof, uint32_t number) {
    mote_context *context = &node->worker->context;
    mote_hrmp_outbound outbound;
    mote_ump_outbound upward;
    mote_taken_head taken;
    mote_status status = mote_hrmp_outbound_read(context, &outbound, proof);
    judged(node->worker, &node->job, number, RULE_MESSAGES, status);
    for (uint32_t i = 0; status == MOTE_OK && i < outbound.count && i < AT_ONCE; i++) {
        mote_hrmp_sent sent;
        status = mote_hrmp_sent_at(context, &sent, &outbound, i);
        judged(node->worker, &node->job, number, RULE_MESSAGES, status);
        if (status != MOTE_OK) break;
        judged(node->worker, &node->job, number, RULE_MESSAGES,
               mote_hrmp_taken_read(context, &taken, proof, sent.recipient));
    }
    judged(node->worker, &node->job, number, RULE_MESSAGES,
           mote_ump_outbound_read(context, &upward, proof));
    judged(node->worker, &node->job, number, RULE_MESSAGES,
           mote_dmp_taken_read(context, &taken, proof));
}

static void pull_sent(node *node, uint32_t from, uint32_t to) {
    keys keys = {.count = 0};
    mote_context *context = &node->worker->context;
    add_message_key(&keys, MOTE_ITEM_HRMP_SENT, 0, 0);
    add_message_key(&keys, MOTE_ITEM_UMP_SENT, 0, 0);
    add_message_key(&keys, MOTE_ITEM_LAST_HRMP_HEADS, 0, 0);
    add_message_key(&keys, MOTE_ITEM_LAST_DMP_HEAD, 0, 0);
    for (uint32_t at = from; at <= to && node_goes_on(node, at, RULE_MESSAGES); at++) {
        mote_proof proof;
        size_t mark = mote_context_mark(context);
        if (node_pull_proof(node, &proof, &keys, node_header_at(node, at)))
            judge_block(node, &proof, at);
        mote_context_release(context, mark);
    }
    node_note_unchecked(node, to, RULE_MESSAGES,
                        "that what is sent is queued, and what is taken in was: the relay chain's "
                        "node says that");
}

void node_pull_messages(node *node) {
    uint32_t to = node->first + node->count - 1;
    uint32_t from = node->count > WINDOW ? to - WINDOW + 1 : node->first;
    if (node->chain.consensus == CHAIN_AURA) {
        pull_sent(node, from, to);
    } else if (node->para_count > 0) {
        pull_queues(node, from, to);
    }
}
