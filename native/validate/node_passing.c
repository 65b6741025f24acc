/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages over several nodes (--para-node): what a parachain's blocks send is what the relay chain queues, and what it
 * queued is what the recipient's state has taken in. Sound because every end is proven: the parachains' blocks are those
 * whose heads the relay chain's states name, and their ancestors, each by its hash, and what they say is read out of their
 * states' roots.
 */
#include <stdlib.h>
#include <string.h>

#include "../report.h"
#include "mote/para.h"
#include "node_queues.h"

#define STEP 64u         /* blocks of a parachain that one relay block may make final */
#define MOST_FIRST 1024u /* messages that may wait where the range begins */

/* --- which parachains they are ------------------------------------------------------------------------------ */
static bool open_para(passing_para *out, node *relay, node *para, const char *url) {
    mote_hash hash;
    mote_header header;
    uint32_t last = relay->first + relay->count - 1;
    *out = (passing_para){.node = para};
    para->chain.consensus = CHAIN_AURA; /* its states' roots are those of a parachain */
    if (!ask_open(&para->ask, relay->plan, relay->worker, &para->job, url)) {
        node_note_unchecked(
            relay, last, RULE_HRMP_SENT,
            document_text(relay->document, "a parachain's node: %s",
                          para->ask.ws == NULL ? para->ask.why_no_url : ws_why(para->ask.ws)));
        return false;
    }
    (void)ask_begin(&para->ask, "chain_getFinalizedHead");
    if (!mote_json_hash(ask_one(&para->ask), &hash)) {
        node_note_failure(para, 0, RULE_HEADER);
        return false;
    }
    return node_ask_header(para, &header, &hash, 0) &&
           node_pull_para_id(para, &out->id, &header, RULE_HRMP_SENT);
}

void passing_open(passing *out, node *relay) {
    mote_context *context = &relay->worker->context;
    const names *urls = &plan_app(relay->plan)->args.para_nodes;
    memset(out, 0, sizeof *out);
    out->relay = relay;
    for (size_t i = 0; i < relay->para_node_count; i++) {
        size_t mark = mote_context_mark(context);
        passing_para *para = &out->paras[out->count];
        bool is_open = open_para(para, relay, relay->para_nodes[i], urls->items[i]);
        bool is_twice = false;
        for (size_t k = 0; is_open && k < out->count; k++) is_twice |= out->paras[k].id == para->id;
        if (is_twice)
            node_note_unchecked(para->node, 0, RULE_HRMP_SENT,
                                "another --para-node serves the same parachain");
        if (is_open && !is_twice) out->count++;
        mote_context_release(context, mark);
    }
}

static bool has_para(const passing *passing, uint32_t id) {
    for (size_t i = 0; i < passing->count; i++) {
        if (passing->paras[i].id == id) return true;
    }
    return false;
}

/* --- what waits --------------------------------------------------------------------------------------------- */
static void append(node *relay, waiting *waiting, const mote_message *message,
                   const mote_hash *head) {
    if (waiting->first == waiting->end) waiting->first = waiting->end = 0;
    if (waiting->end == waiting->room) {
        waiting->room = 2 * waiting->room + 16;
        waiting->items = memory_grow(waiting->items, waiting->room, sizeof *waiting->items);
        waiting->heads = memory_grow(waiting->heads, waiting->room, sizeof *waiting->heads);
    }
    uint8_t *copy = document_take(relay->document, message->data.size + 1, 1);
    if (message->data.size > 0) memcpy(copy, message->data.data, message->data.size);
    waiting->items[waiting->end] = (mote_message){message->sent_at, {copy, message->data.size}};
    waiting->heads[waiting->end++] = *head;
}

static mote_hash head_of(const queue *queue) {
    return queue->downward ? queue->head.head : queue->channel.head;
}

/* Where the range begins: of what is in the queue, what is behind the recipient's head is what it has not taken. */
static bool begin_waiting(node *relay, const queue_step *step, const mote_hash *taken) {
    const contents *contents = &step->contents;
    waiting *waiting = &step->queue->waiting;
    mote_hash head = *taken, end = head_of(step->queue);
    uint32_t first = 0;
    waiting->first = waiting->end = 0;
    waiting->taken = *taken;
    for (; first <= contents->count; first++) {
        head = *taken;
        for (uint32_t i = first; i < contents->count; i++)
            head = mote_message_chain_next(&head, &contents->items[i]);
        if (mote_hash_equal(&head, &end)) break;
    }
    if (first > contents->count) return false;
    head = *taken;
    for (uint32_t i = first; i < contents->count; i++) {
        head = mote_message_chain_next(&head, &contents->items[i]);
        append(relay, waiting, &contents->items[i], &head);
    }
    return true;
}

/* A channel that opens begins with nothing; what one that closes had is gone. */
static void open_or_close(queue_step *step) {
    queue *queue = step->queue;
    waiting *waiting = &queue->waiting;
    if (queue->downward || !step->has_before || step->before.open == queue->channel.open) return;
    waiting->first = waiting->end = 0;
    memset(&waiting->taken, 0, sizeof waiting->taken);
    waiting->is_known = queue->channel.open;
}

static void append_new(node *relay, queue_step *step, uint32_t number) {
    waiting *waiting = &step->queue->waiting;
    open_or_close(step);
    if (!step->holds) waiting->is_known = false;
    for (uint32_t i = 0; waiting->is_known && i < step->contents.count; i++) {
        const mote_message *message = &step->contents.items[i];
        if (message->sent_at != number) continue;
        const mote_hash *last =
            waiting->first < waiting->end ? &waiting->heads[waiting->end - 1] : &waiting->taken;
        mote_hash head = mote_message_chain_next(last, message);
        append(relay, waiting, message, &head);
    }
}

/* --- what a parachain's block took in ------------------------------------------------------------------------- */
static mote_status judge_advance(node *relay, queue *queue, const mote_taken_head *taken,
                                 uint32_t *count) {
    mote_message_taken claim;
    mote_context *context = &relay->worker->context;
    waiting *waiting = &queue->waiting;
    uint32_t at = waiting->first;
    *count = 0;
    if (mote_hash_equal(&taken->head, &waiting->taken)) return MOTE_OK;
    while (at < waiting->end && !mote_hash_equal(&waiting->heads[at], &taken->head)) at++;
    if (at == waiting->end) return MOTE_E_MESSAGE_CHAIN;
    *count = at + 1 - waiting->first;
    mote_status status = mote_message_taken_check(context, &claim, taken, &waiting->taken,
                                                  waiting->items + waiting->first, *count);
    waiting->first = at + 1;
    waiting->taken = taken->head;
    return status;
}

/* Their new state goes on from where it was, over messages of earlier relay blocks. */
static void judge_queue(passing *passing, passing_para *para, queue_step *step,
                        const mote_taken_head *taken, uint32_t number) {
    queue *queue = step->queue;
    node *node = para->node;
    rule rule = queue->downward ? RULE_DMP_TAKEN : RULE_HRMP_TAKEN;
    uint32_t count = 0;
    if (!queue->waiting.is_known) return;
    mote_status status = judge_advance(passing->relay, queue, taken, &count);
    if (status != MOTE_OK) {
        judged(node->worker, &node->job, number, rule, status);
        queue->waiting.is_known = false;
        return;
    }
    queue->taken += count;
    for (uint32_t i = 0; i < count; i++) passed(node->worker, &node->job, number, rule);
}

/* Where the range begins, its state says what it has taken of what is in the queue. */
static void begin_queue(passing *passing, passing_para *para, queue_step *step,
                        const mote_taken_head *taken, uint32_t number) {
    queue *queue = step->queue;
    node *node = para->node;
    rule rule = queue->downward ? RULE_DMP_TAKEN : RULE_HRMP_TAKEN;
    queue->waiting.is_known = false;
    if (!step->holds || (!queue->downward && !queue->channel.open)) return;
    if (step->contents.count > MOST_FIRST) {
        node_note_unchecked(node, number, rule, "so much waits that where it begins is not found");
        return;
    }
    queue->waiting.is_known = begin_waiting(passing->relay, step, &taken->head);
    if (!queue->waiting.is_known)
        judged(node->worker, &node->job, number, rule, MOTE_E_MESSAGE_CHAIN);
}

static bool read_state(passing *passing, passing_para *para, const mote_para_header *header,
                       mote_hrmp_outbound *outbound, queue_step *steps, size_t count,
                       bool is_first) {
    keys keys = {.count = 0};
    mote_proof proof;
    node *node = para->node;
    mote_context *context = &node->worker->context;
    mote_state_root root = mote_state_of_parachain(header);
    static const mote_message_item items[] = {MOTE_ITEM_HRMP_SENT, MOTE_ITEM_UMP_SENT,
                                              MOTE_ITEM_LAST_HRMP_HEADS, MOTE_ITEM_LAST_DMP_HEAD};
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
        mote_message_key key = mote_message_key_of(items[i], 0, 0);
        keys_add(&keys, key.bytes, key.size);
    }
    if (!node_pull_proof_under(node, &proof, &keys, &header->hash, header->number, &root))
        return false;
    mote_ump_outbound upward;
    mote_status status = mote_hrmp_outbound_read(context, outbound, &proof);
    if (status == MOTE_OK) status = mote_ump_outbound_read(context, &upward, &proof);
    for (size_t i = 0; status == MOTE_OK && i < count; i++) {
        mote_taken_head taken;
        queue *queue = steps[i].queue;
        if (queue->recipient != para->id) continue;
        status = queue->downward ? mote_dmp_taken_read(context, &taken, &proof)
                                 : mote_hrmp_taken_read(context, &taken, &proof, queue->sender);
        if (status != MOTE_OK) break;
        (is_first ? begin_queue : judge_queue)(passing, para, &steps[i], &taken, header->number);
    }
    judged(node->worker, &node->job, header->number, RULE_MESSAGES, status);
    for (uint32_t i = 0; status == MOTE_OK && i < upward.count; i++)
        node_note_unchecked(node, header->number, RULE_MESSAGES,
                            "what became of a message to the relay chain is in that one's events, "
                            "which take its metadata to read");
    return status == MOTE_OK;
}

/* --- the blocks that became heads --------------------------------------------------------------------------- */
/* From the new head down to behind the last one; `out` ascends. false: they are not to be had, or do not lead there. */
static bool pull_blocks(passing_para *para, mote_para_header *out, uint32_t *count,
                        const mote_para_header *head) {
    mote_context *context = &para->node->worker->context;
    if (head->number < para->head.number || head->number - para->head.number > STEP) return false;
    *count = head->number - para->head.number;
    mote_para_header at = *head;
    for (uint32_t i = *count; i > 0; i--) {
        mote_header parent;
        out[i - 1] = at;
        if (i == 1) break;
        if (!node_ask_header(para->node, &parent, &at.parent_hash, at.number - 1) ||
            mote_para_parent(context, &at, &at, &parent) != MOTE_OK) {
            return false;
        }
    }
    const mote_hash *before = *count > 0 ? &out[0].parent_hash : &head->hash;
    return mote_hash_equal(before, &para->head.hash);
}

/* Of every channel that this parachain sends into. */
static void judge_sent(passing *passing, passing_para *para, queue_step *steps, size_t step_count,
                       const mote_para_header *after, const mote_hrmp_outbound *blocks,
                       uint32_t count, uint32_t number) {
    node *relay = passing->relay;
    for (size_t i = 0; i < step_count; i++) {
        mote_hrmp_carried carried;
        queue *queue = steps[i].queue;
        if (queue->downward || queue->sender != para->id || !steps[i].has_before ||
            !queue->channel.open || queue->channel.under.block_number != number) {
            continue;
        }
        mote_status status =
            mote_hrmp_carried_check(&relay->worker->context, &carried, &steps[i].before,
                                    &queue->channel, &para->head, after, blocks, count);
        if (status != MOTE_OK) judged(relay->worker, &relay->job, number, RULE_HRMP_SENT, status);
        queue->sent += carried.count;
        for (uint32_t k = 0; k < carried.count; k++)
            passed(relay->worker, &relay->job, number, RULE_HRMP_SENT);
    }
}

static void lose(passing *passing, passing_para *para, queue_step *steps, size_t count,
                 uint32_t number) {
    para->is_known = false;
    for (size_t i = 0; i < count; i++) {
        if (steps[i].queue->recipient != para->id) continue;
        steps[i].queue->waiting.is_known = false;
        steps[i].queue->has_before = false; /* so that all of it comes with the next block */
    }
    node_note_unchecked(
        passing->relay, number, RULE_HRMP_SENT,
        document_text(passing->relay->document,
                      "parachain %u's blocks behind its head here are not to be had",
                      (unsigned)para->id));
}

static void follow_para(passing *passing, passing_para *para, const mote_para_header *head,
                        uint32_t number, queue_step *steps, size_t count) {
    mote_para_header blocks[STEP];
    mote_hrmp_outbound outbounds[STEP];
    uint32_t block_count = 0;
    bool is_first = !para->is_known;
    bool ok = is_first || pull_blocks(para, blocks, &block_count, head);
    if (is_first) ok = read_state(passing, para, head, &outbounds[0], steps, count, true);
    for (uint32_t i = 0; ok && i < block_count; i++)
        ok = read_state(passing, para, &blocks[i], &outbounds[i], steps, count, false);
    if (!ok) {
        lose(passing, para, steps, count, number);
        return;
    }
    if (!is_first) judge_sent(passing, para, steps, count, head, outbounds, block_count, number);
    para->head = *head;
    para->is_known = true;
}

static void count_queued(queue_step *steps, size_t count, uint32_t number) {
    for (size_t i = 0; i < count; i++) {
        const contents *contents = &steps[i].contents;
        for (uint32_t k = 0; steps[i].has_before && k < contents->count; k++)
            steps[i].queue->queued += contents->items[k].sent_at == number;
    }
}

void passing_follow(passing *passing, const mote_proof *proof, uint32_t number, queue_step *steps,
                    size_t count) {
    node *relay = passing->relay;
    count_queued(steps, count, number);
    for (size_t i = 0; i < passing->count; i++) {
        mote_para_head head;
        passing_para *para = &passing->paras[i];
        bool was_known = para->is_known;
        mote_status status = mote_para_head_read(&relay->worker->context, &head, proof, para->id);
        if (status != MOTE_OK || head.state != MOTE_PARA_HEAD_HEADER) {
            lose(passing, para, steps, count, number);
            continue;
        }
        follow_para(passing, para, &head.head, number, steps, count);
        /* What is in the queue at its first block was looked at there. */
        for (size_t k = 0; k < count; k++) {
            if (steps[k].queue->recipient == para->id && was_known)
                append_new(relay, &steps[k], number);
        }
    }
}

/* --- what is told ------------------------------------------------------------------------------------------- */
static json_t *tell_queue(passing *passing, const queue *queue) {
    app *app = plan_app(passing->relay->plan);
    json_t *out = json_object();
    const waiting *waiting = &queue->waiting;
    uint32_t left = waiting->is_known ? waiting->end - waiting->first : 0;
    if (!queue->downward) json_object_set_new(out, "sender", json_integer(queue->sender));
    json_object_set_new(out, "recipient", json_integer(queue->recipient));
    json_object_set_new(out, "queued", json_integer(queue->queued));
    if (!queue->downward) json_object_set_new(out, "sent", json_integer(queue->sent));
    json_object_set_new(out, "taken", json_integer(queue->taken));
    json_object_set_new(out, "waiting", json_integer(left));
    if (!app->args.tap && queue->downward)
        say(app, "down to %u: %u queued, %u taken in, %u waiting\n", (unsigned)queue->recipient,
            (unsigned)queue->queued, (unsigned)queue->taken, (unsigned)left);
    if (!app->args.tap && !queue->downward)
        say(app, "%u to %u: %u sent, %u queued, %u taken in, %u waiting\n", (unsigned)queue->sender,
            (unsigned)queue->recipient, (unsigned)queue->sent, (unsigned)queue->queued,
            (unsigned)queue->taken, (unsigned)left);
    return out;
}

void passing_close(passing *passing, const queues *queues) {
    app *app = plan_app(passing->relay->plan);
    json_t *list = json_array();
    for (size_t i = 0; i < queues->count; i++) {
        const queue *queue = &queues->items[i];
        const waiting *waiting = &queue->waiting;
        if (has_para(passing, queue->recipient) || has_para(passing, queue->sender))
            json_array_append_new(list, tell_queue(passing, queue));
        for (uint32_t k = waiting->first; waiting->is_known && k < waiting->end; k++)
            node_note_unchecked(passing->relay, waiting->items[k].sent_at,
                                queue->downward ? RULE_DMP_TAKEN : RULE_HRMP_TAKEN,
                                "a message of this block waits at the end of the range");
        free(waiting->items);
        free(waiting->heads);
    }
    if (passing->count > 0 && !app->args.tap) say(app, "\n");
    if (passing->count > 0) {
        report_detail(app, "messages", list);
    } else {
        json_decref(list);
    }
}
