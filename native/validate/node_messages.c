/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages on their way, as far as one chain shows it: on a relay chain what was appended to each queue from block to block,
 * hashed from head to head, and when its recipient was done with it; on a parachain what its blocks send and have taken in.
 */
#include <stdlib.h>
#include <string.h>

#include "node_queues.h"

#define WINDOW 1024u     /* the last blocks of the range: one read proof each */
#define MOST_PAGES 4096u /* of one queue at one block */

static void add_message_key(keys *keys, mote_message_item item, uint32_t first, uint32_t second) {
    mote_message_key key = mote_message_key_of(item, first, second);
    keys_add(keys, key.bytes, key.size);
}

/* --- relay chain -------------------------------------------------------------------------------------------- */
/* Between these parachains, and down to each. */
static void find_queues(queues *out, keys *keys, const uint32_t *ids, uint32_t count) {
    memset(out, 0, sizeof *out);
    keys->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t to = ids[i];
        uint8_t head[MOTE_PARA_KEY_SIZE];
        out->items[out->count++] = (queue){.downward = true, .recipient = to};
        mote_para_head_key(head, to);
        keys_add(keys, head, sizeof head);
        add_message_key(keys, MOTE_ITEM_DMP_HEAD, to, 0);
        add_message_key(keys, MOTE_ITEM_DMP_QUEUE, to, 0);
        add_message_key(keys, MOTE_ITEM_DMP_PAGES, to, 0);
        add_message_key(keys, MOTE_ITEM_HRMP_WATERMARK, to, 0);
        for (uint32_t k = 0; k < count; k++) {
            if (k == i) continue;
            out->items[out->count++] = (queue){.sender = ids[k], .recipient = to};
            add_message_key(keys, MOTE_ITEM_HRMP_CHANNEL, ids[k], to);
            add_message_key(keys, MOTE_ITEM_HRMP_CONTENTS, ids[k], to);
        }
    }
}

static mote_message *take_messages(mote_context *context, size_t count) {
    return mote_context_take(context, count + 1, sizeof(mote_message));
}

static mote_status read_list(mote_context *context, contents *out, const mote_message_queue *list) {
    mote_message_queued queued;
    mote_message_place place = {0, 0};
    mote_message *items = take_messages(context, list->count);
    if (items == NULL) return MOTE_E_LIMIT_MEMORY;
    while (mote_message_queued_next(&queued, &place, list)) items[queued.index] = queued.message;
    *out = (contents){items, list->count, true, true};
    return MOTE_OK;
}

/* Pages from `from` on: asked for together, as many as fit into a question. */
static mote_status read_pages(node *node, contents *out, const mote_dmp_pages *pages, uint64_t from,
                              const mote_header *header) {
    mote_context *context = &node->worker->context;
    if (pages->end - from > MOST_PAGES) return MOTE_E_LIMIT_COUNT;
    mote_message *items = take_messages(context, (size_t)(pages->end - from));
    if (items == NULL) return MOTE_E_LIMIT_MEMORY;
    for (uint64_t page = from; page < pages->end;) {
        keys keys = {.count = 0};
        mote_proof proof;
        uint64_t first = page;
        for (; page < pages->end && keys.count < KEYS; page++) {
            mote_message_key key = mote_dmp_page_key(pages->recipient, page);
            keys_add(&keys, key.bytes, key.size);
        }
        if (!node_pull_proof(node, &proof, &keys, header)) return MOTE_E_NOT_SHOWN;
        for (uint64_t at = first; at < page; at++) {
            mote_message_queued queued;
            mote_status status = mote_dmp_page_read(context, &queued, pages, &proof, at);
            if (status != MOTE_OK) return status;
            items[at - from] = queued.message;
        }
    }
    *out = (contents){items, (uint32_t)(pages->end - from), true, from == pages->first};
    return MOTE_OK;
}

/* In pages, in a list, or (while a runtime moves from one to the other) in both. */
static mote_status read_downward(node *node, contents *out, queue *queue, const mote_proof *proof,
                                 const mote_header *header) {
    mote_context *context = &node->worker->context;
    mote_dmp_pages pages;
    mote_message_queue list;
    contents listed = {NULL, 0, false, true};
    mote_status status = mote_dmp_pages_read(context, &pages, proof, queue->recipient);
    if (status == MOTE_OK) status = mote_dmp_queue_read(context, &list, proof, queue->recipient);
    bool has_list = status == MOTE_OK;
    if (status == MOTE_E_NOT_SHOWN) status = MOTE_OK;
    if (status == MOTE_OK && has_list) status = read_list(context, &listed, &list);
    if (status != MOTE_OK || !pages.known) {
        *out = listed;
        return status;
    }
    uint64_t from = pages.first;
    if (queue->has_before && queue->pages_end > from && queue->pages_end <= pages.end)
        from = queue->pages_end;
    queue->pages_end = pages.end;
    status = read_pages(node, out, &pages, from, header);
    if (status != MOTE_OK || listed.count == 0) return status;
    mote_message *both = take_messages(context, (size_t)out->count + listed.count);
    if (both == NULL) return MOTE_E_LIMIT_MEMORY;
    memcpy(both, out->items, out->count * sizeof *both);
    memcpy(both + out->count, listed.items, listed.count * sizeof *both);
    out->items = both;
    out->count += listed.count;
    return MOTE_OK;
}

static mote_status read_contents(node *node, contents *out, queue *queue, const mote_proof *proof,
                                 const mote_header *header) {
    mote_message_queue list;
    mote_context *context = &node->worker->context;
    *out = (contents){NULL, 0, false, false};
    if (queue->downward) return read_downward(node, out, queue, proof, header);
    mote_status status =
        mote_hrmp_queue_read(context, &list, proof, queue->sender, queue->recipient);
    return status == MOTE_OK ? read_list(context, out, &list) : status;
}

/* Those that this very block appended are the last ones: they stay at least until the next one. */
static uint32_t find_new(const contents *contents, uint32_t number) {
    uint32_t first = contents->count;
    while (first > 0 && contents->items[first - 1].sent_at == number) first--;
    return first;
}

static mote_status judge_downward(mote_context *context, queue *queue, bool has_before,
                                  const mote_proof *proof, const mote_message *messages,
                                  uint32_t count) {
    mote_message_order order;
    mote_dmp_head before = queue->head;
    mote_status status = mote_dmp_head_read(context, &queue->head, proof, queue->recipient);
    if (status != MOTE_OK || !has_before || !queue->head.has_head) return status;
    return mote_dmp_order_check(context, &order, &before, &queue->head, messages, count);
}

static mote_status judge_channel(mote_context *context, queue *queue, bool has_before,
                                 const mote_proof *proof, const mote_message *messages,
                                 uint32_t count) {
    mote_message_order order;
    mote_hrmp_channel before = queue->channel;
    mote_status status =
        mote_hrmp_channel_read(context, &queue->channel, proof, queue->sender, queue->recipient);
    if (status != MOTE_OK || !has_before || !queue->channel.open) return status;
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

static queue_step judge_queue(node *node, queue *queue, const mote_proof *proof,
                              const mote_header *header) {
    mote_context *context = &node->worker->context;
    queue_step step = {queue, queue->has_before, queue->channel, {NULL, 0, false, false}, false};
    contents *contents = &step.contents;
    uint32_t number = header->number;
    mote_status status = read_contents(node, contents, queue, proof, header);
    if (status == MOTE_E_LIMIT_COUNT || status == MOTE_E_LIMIT_MEMORY ||
        status == MOTE_E_NOT_SHOWN) {
        node_note_unchecked(node, number, RULE_MESSAGES,
                            status == MOTE_E_NOT_SHOWN
                                ? "the pages of this queue are not to be had"
                                : "more messages wait in this queue than are held at once");
        queue->has_before = false;
        return step;
    }
    uint32_t first = find_new(contents, number), count = contents->count - first;
    const mote_message *messages = count > 0 ? contents->items + first : NULL;
    if (status == MOTE_OK)
        status = queue->downward
                     ? judge_downward(context, queue, step.has_before, proof, messages, count)
                     : judge_channel(context, queue, step.has_before, proof, messages, count);
    bool elsewhere = status == MOTE_E_MESSAGE_CHAIN && queue->downward && !contents->is_known;
    if (elsewhere) {
        node_note_unchecked(
            node, number, RULE_MESSAGES,
            "messages came down, and this queue has none: the runtime keeps them in "
            "another form than is known here");
    } else {
        judged(node->worker, &node->job, number, RULE_MESSAGES, status);
    }
    queue->has_before = status == MOTE_OK || elsewhere;
    step.holds = status == MOTE_OK;
    judge_taken(node, queue, proof, number);
    if (count > 0) queue->waits_for = number;
    return step;
}

static void pull_block(node *node, queues *queues, passing *passing, const keys *keys,
                       const mote_header *header) {
    mote_proof proof;
    queue_step steps[NODE_QUEUES];
    mote_context *context = &node->worker->context;
    size_t mark = mote_context_mark(context);
    bool ok = node_pull_proof(node, &proof, keys, header);
    for (size_t i = 0; i < queues->count; i++) {
        queue *queue = &queues->items[i];
        if (ok) steps[i] = judge_queue(node, queue, &proof, header);
        if (!ok) queue->has_before = queue->waiting.is_known = false;
    }
    if (ok) passing_follow(passing, &proof, header->number, steps, queues->count);
    for (size_t i = 0; !ok && i < passing->count; i++) passing->paras[i].is_known = false;
    mote_context_release(context, mark);
}

static void pull_queues(node *node, uint32_t from, uint32_t to) {
    passing passing;
    queues queues;
    keys keys;
    uint32_t ids[NODE_PARA_NODES], count = 0;
    passing_open(&passing, node);
    for (size_t i = 0; i < passing.count; i++) ids[count++] = passing.paras[i].id;
    for (uint32_t i = 0; passing.count == 0 && i < node->para_count && i < 3; i++)
        ids[count++] = node->paras[i];
    find_queues(&queues, &keys, ids, count);
    for (uint32_t at = from; at <= to && node_goes_on(node, at, RULE_MESSAGES); at++)
        pull_block(node, &queues, &passing, &keys, node_header_at(node, at));
    for (size_t i = 0; i < queues.count; i++) {
        if (queues.items[i].downward || queues.items[i].waits_for == 0) continue;
        node_note_unchecked(node, queues.items[i].waits_for, RULE_MESSAGES,
                            "a message of this block is not taken by the end of the range");
    }
    if (queues.count > 0 && node->para_node_count == 0)
        node_note_unchecked(node, to, RULE_MESSAGES,
                            "that what is queued was sent by a parachain's block, and what became "
                            "of it there: their nodes say that (--para-node)");
    passing_close(&passing, &queues);
}

/* --- parachain ---------------------------------------------------------------------------------------------- */
static void judge_block(node *node, const mote_proof *proof, uint32_t number) {
    mote_context *context = &node->worker->context;
    mote_hrmp_outbound outbound;
    mote_ump_outbound upward;
    mote_taken_head taken;
    mote_status status = mote_hrmp_outbound_read(context, &outbound, proof);
    judged(node->worker, &node->job, number, RULE_MESSAGES, status);
    mote_hrmp_sent sent;
    mote_message_place place = {0, 0};
    while (status == MOTE_OK && mote_hrmp_sent_next(&sent, &place, &outbound)) {
        judged(node->worker, &node->job, number, RULE_MESSAGES, MOTE_OK);
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
                        "node says that (--node of the relay chain, and this one as --para-node)");
}

void node_pull_messages(node *node) {
    uint32_t to = node->first + node->count - 1;
    uint32_t from = node->count > WINDOW ? to - WINDOW + 1 : node->first;
    if (node->chain.consensus == CHAIN_AURA) {
        pull_sent(node, from, to);
        if (node->para_node_count > 0)
            node_note_unchecked(node, to, RULE_HRMP_SENT,
                                "--para-node is for a node of a relay chain, and this one serves a "
                                "parachain");
    } else if (node->para_count > 0 || node->para_node_count > 0) {
        pull_queues(node, from, to);
    }
}
