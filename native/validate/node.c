/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is asked of a node, in the order in which answers can be verified: the genesis state (to its own root), every block
 * from there with its body and justifications, then finality proofs, state proofs and MMR proofs about blocks whose headers
 * are known. Cases are numbered by blocks.
 */
#include "node.h"

#include <stdlib.h>
#include <string.h>

#include "../progress.h"
#include "node_inside.h"

#define ASTRAY 1024u /* blocks that lead nowhere, before it is enough */
#define NODE_MEMORY ((size_t)96 << 20)

void node_note_unchecked(node *node, uint32_t number, rule rule, const char *why) {
    unchecked(node->worker, &node->job, number, rule, why);
}

/* An error is the node's right; an answer of another form than the method's is not. */
void node_note_failure(node *node, uint32_t number, rule rule) {
    const question_out *question = &node->ask.questions[0];
    if (question->failed) {
        node_note_unchecked(node, number, rule, question->why);
    } else {
        failed(node->worker, &node->job, number, RULE_FORM, "the answer has another form than %s",
               "the method's");
    }
}

bool node_goes_on(node *node, uint32_t number, rule rule) {
    if (!node->full && node->document->held > MAX_HELD) {
        node->full = true;
        node_note_unchecked(node, number, rule,
                            "no more is kept of a node at once: go on from here with --from");
    }
    return !node->full && !node->ask.lost;
}

static mote_bytes keep(node *node, const uint8_t *data, size_t size) {
    uint8_t *copy = document_take(node->document, size + 1, 1);
    if (size != 0) memcpy(copy, data, size);
    return (mote_bytes){copy, size};
}

bool node_keep_hex(document *document, mote_bytes *out, mote_json value) {
    size_t size, written;
    if (!mote_json_hex_size(value, &size)) return false;
    uint8_t *data = document_take(document, size + 1, 1);
    *out = (mote_bytes){data, size};
    return mote_json_hex(value, data, size, &written);
}

static bool keep_header(document *document, mote_context *context, mote_bytes *out,
                        mote_json value) {
    uint8_t *data = document_take(document, value.text.size, 1);
    mote_writer writer = mote_writer_into(data, value.text.size);
    if (mote_rpc_header(context, &writer, value) != MOTE_OK || !mote_writer_fits(&writer)) {
        return false;
    }
    *out = (mote_bytes){data, writer.size};
    return true;
}

mote_bytes node_hash_bytes(const mote_hash *hash) {
    return (mote_bytes){hash->bytes, sizeof hash->bytes};
}

const mote_header *node_header_at(const node *node, uint32_t number) {
    if (number < node->first || number - node->first >= node->count) return NULL;
    return &node->headers[number - node->first];
}

/* --- the beginning ---------------------------------------------------------------------------------------- */
bool node_ask_hash(node *node, mote_hash *out, uint32_t number) {
    mote_rpc_request *request = ask_begin(&node->ask, "chain_getBlockHash");
    mote_rpc_number(request, number);
    return mote_json_hash(ask_one(&node->ask), out);
}

bool node_ask_header(node *node, mote_header *out, const mote_hash *hash, uint32_t number) {
    mote_bytes bytes;
    mote_context *context = &node->worker->context;
    mote_rpc_request *request = ask_begin(&node->ask, "chain_getHeader");
    mote_rpc_hex(request, node_hash_bytes(hash));
    mote_json value = ask_one(&node->ask);
    if (value.kind != MOTE_JSON_OBJECT || !keep_header(node->document, context, &bytes, value)) {
        node_note_failure(node, number, RULE_HEADER);
        return false;
    }
    mote_status status = mote_header_decode(context, out, bytes);
    if (status == MOTE_OK && !mote_hash_equal(&out->hash, hash)) status = MOTE_E_HEADER_HASH;
    judged(node->worker, &node->job, number, RULE_HEADER, status);
    return status == MOTE_OK;
}

/* --- blocks ----------------------------------------------------------------------------------------------- */
static bool read_byte_list(document *document, mote_bytes *out, mote_json value) {
    uint64_t byte;
    mote_json item;
    if (value.kind == MOTE_JSON_STRING) return node_keep_hex(document, out, value);
    uint8_t *data = document_take(document, value.text.size + 1, 1);
    size_t size = 0;
    mote_json_items items = mote_json_items_of(value);
    while (mote_json_next(&items, NULL, &item)) {
        if (!mote_json_u64(item, &byte) || byte > 255) return false;
        data[size++] = (uint8_t)byte;
    }
    *out = (mote_bytes){data, size};
    return value.kind == MOTE_JSON_ARRAY;
}

static bool read_justifications(document *document, chain_block *out, mote_json list) {
    mote_json pair, engine, content;
    mote_bytes id, bytes;
    mote_json_items items = mote_json_items_of(list);
    while (mote_json_next(&items, NULL, &pair)) {
        mote_json_items both = mote_json_items_of(pair);
        if (!mote_json_next(&both, NULL, &engine) || !mote_json_next(&both, NULL, &content) ||
            !read_byte_list(document, &id, engine) || !read_byte_list(document, &bytes, content)) {
            return false;
        }
        if (id.size == 4 && memcmp(id.data, "FRNK", 4) == 0) out->grandpa = bytes;
        if (id.size == 4 && memcmp(id.data, "BEEF", 4) == 0) out->beefy = bytes;
    }
    return list.kind == MOTE_JSON_ARRAY || list.kind == MOTE_JSON_NULL ||
           list.kind == MOTE_JSON_NONE;
}

static bool read_body(document *document, chain_block *out, mote_json list) {
    mote_json item;
    mote_bytes *extrinsics = document_take(document, mote_json_count(list) + 1, sizeof *extrinsics);
    mote_json_items items = mote_json_items_of(list);
    while (mote_json_next(&items, NULL, &item)) {
        if (!node_keep_hex(document, &extrinsics[out->extrinsic_count], item)) return false;
        out->extrinsic_count++;
    }
    out->extrinsics = extrinsics;
    out->has_body = true;
    return list.kind == MOTE_JSON_ARRAY;
}

typedef struct batch {
    chain_block blocks[ASK_AT_ONCE];
    size_t count;
    plan *plan;
} batch;

static void run_alone(worker *worker, const job *job) {
    const batch *batch = job->data;
    for (size_t i = 0; i < batch->count; i++) chain_block_alone(worker, job, &batch->blocks[i]);
}

static bool read_block(node *node, document *document, chain_block *out, mote_json answer) {
    mote_json block = mote_json_field(answer, "block");
    return keep_header(document, &node->worker->context, &out->header,
                       mote_json_field(block, "header")) &&
           read_body(document, out, mote_json_field(block, "extrinsics")) &&
           read_justifications(document, out, mote_json_field(answer, "justifications"));
}

void node_note_set(node *node, uint32_t after) {
    static const mote_authority_list unknown;
    const set_of *last = node->set_count == 0 ? NULL : &node->sets[node->set_count - 1];
    if (last == NULL && !node->chain.has_set) return;
    if (last != NULL && (last->list.count > 0) == node->chain.has_set &&
        (!node->chain.has_set || last->id == node->chain.set_id)) {
        return;
    }
    node->sets = memory_grow(node->sets, node->set_count + 1, sizeof *node->sets);
    node->sets[node->set_count++] =
        (set_of){after, node->chain.set_id, node->chain.has_set ? node->chain.set : unknown};
}

static void keep_header_of(node *node, const mote_header *header) {
    if (node->count == node->room) {
        uint32_t room = node->room < 1024 ? 1024 : 2 * node->room;
        node->headers = memory_grow(node->headers, room, sizeof *node->headers);
        node->document->held += (room - node->room) * sizeof *node->headers;
        node->room = room;
    }
    node->headers[node->count++] = *header;
}

/* The chain borrows headers; everything else of a block goes when it has been judged. */
static void follow(node *node, const chain_block *block) {
    chain_block kept = *block;
    mote_header header;
    kept.header = keep(node, block->header.data, block->header.size);
    kept.extrinsics = NULL;
    chain_follow(node->worker, &node->job, &node->chain, &kept);
    bool decodes = mote_header_decode(&node->worker->context, &header, kept.header) == MOTE_OK;
    if (!decodes || node->chain.broken || header.number != block->number ||
        header.number != node->first + node->count) {
        node->astray++;
        return;
    }
    keep_header_of(node, &header);
    node_note_set(node, header.number);
}

/* How many of them the node has, from the first on. */
static uint32_t pull_hashes(node *node, mote_hash *out, uint32_t first, uint32_t count) {
    mote_rpc_request *request = ask_begin(&node->ask, "chain_getBlockHash");
    mote_json item;
    mote_rpc_open(request);
    for (uint32_t i = 0; i < count; i++) mote_rpc_number(request, first + i);
    mote_rpc_close(request);
    mote_json result = ask_one(&node->ask);
    mote_json_items items = mote_json_items_of(result);
    for (uint32_t i = 0; i < count; i++) {
        if (!mote_json_next(&items, NULL, &item) || !mote_json_hash(item, &out[i])) return i;
    }
    return count;
}

static bool pull_batch(node *node, uint32_t first, uint32_t wanted) {
    mote_hash hashes[ASK_AT_ONCE];
    uint32_t count = pull_hashes(node, hashes, first, wanted);
    if (count < wanted) node_note_failure(node, first + count, RULE_HEADER);
    if (count == 0) return false;
    for (uint32_t i = 0; i < count; i++) {
        mote_rpc_request *request = ask_begin(&node->ask, "chain_getBlock");
        mote_rpc_hex(request, node_hash_bytes(&hashes[i]));
        ask_queue(&node->ask);
    }
    ask_all(&node->ask);
    document *document = document_new(node->document->path);
    batch *batch = document_take(document, 1, sizeof *batch);
    document->number = node->document->number;
    for (uint32_t i = 0; i < count; i++) {
        const question_out *question = &node->ask.questions[i];
        chain_block *block = &batch->blocks[batch->count];
        memset(block, 0, sizeof *block);
        block->number = first + i;
        block->hash = hashes[i];
        block->has_hash = true;
        if (!question->answered) {
            node_note_unchecked(node, first + i, RULE_HEADER, question->why);
            node->astray++;
        } else if (read_block(node, document, block, question->result)) {
            batch->count++;
        } else {
            failed(node->worker, &node->job, first + i, RULE_FORM,
                   "the block has no header, body or justifications");
            node->astray++;
        }
    }
    for (size_t i = 0; i < batch->count; i++) {
        chain_expect(node->worker, &node->chain, batch->blocks + i, batch->count - i);
        follow(node, &batch->blocks[i]);
    }
    job job = {NULL, document, first, count, run_alone, batch, 16u << 20};
    if (batch->count > 0) submit(node->plan, &job);
    pthread_mutex_lock(&node->plan->lock);
    node->plan->held += document->held;
    if (--document->jobs == 0) {
        node->plan->held -= document->held;
        document_free(document);
    }
    pthread_mutex_unlock(&node->plan->lock);
    return count == wanted;
}

static void pull_blocks(node *node, uint32_t from, uint32_t to) {
    node->first = from;
    node->plan->bytes_all = ((size_t)(to - from) + 1) << 20; /* the bar goes by blocks */
    for (uint32_t at = from; at <= to && node_goes_on(node, at, RULE_HEADER);) {
        uint32_t count = to - at < ASK_AT_ONCE ? to - at + 1 : ASK_AT_ONCE;
        if (node->astray >= ASTRAY) {
            node_note_unchecked(node, at, RULE_HEADER,
                                "so many blocks before it do not follow, or are not there");
            break;
        }
        if (!pull_batch(node, at, count) || node->ask.lost) break;
        node->plan->bytes_done = (size_t)(at + count - from) << 20;
        progress_show(plan_app(node->plan), at + count - from, to - from + 1);
        if (to - at < count) break;
        at += count;
    }
}

/* --- all of it ---------------------------------------------------------------------------------------------- */
static bool find_head(node *node) {
    mote_hash hash;
    mote_header header;
    (void)ask_begin(&node->ask, "chain_getFinalizedHead");
    if (!mote_json_hash(ask_one(&node->ask), &hash)) {
        node_note_failure(node, 0, RULE_HEADER);
        return false;
    }
    if (!node_ask_header(node, &header, &hash, 0)) return false;
    node->head = header.number;
    node->head_hash = hash;
    return true;
}

static void validate(node *node) {
    const arguments *args = &plan_app(node->plan)->args;
    mote_header header;
    if (!node_ask_hash(node, &node->genesis, 0)) {
        node_note_failure(node, 0, RULE_HEADER);
        return;
    }
    if (!node_ask_header(node, &header, &node->genesis, 0) || !find_head(node)) return;
    if (header.number != 0) {
        failed(node->worker, &node->job, 0, RULE_GENESIS, "block 0 has the number %u",
               (unsigned)header.number);
        return;
    }
    uint32_t from = args->has_from ? args->from : 1, to = args->has_to ? args->to : node->head;
    if (to > node->head) {
        node_note_unchecked(node, to, RULE_HEADER,
                            "above the last final block that the node names");
        to = node->head;
    }
    if (from == 0) from = 1;
    if (from > to) return;
    if (from == 1) node_start_at_genesis(node, &header);
    if (from > 1) node_start_at(node, from - 1);
    if (node->ask.lost) return;
    pull_blocks(node, from, to);
    if (node->count == 0 || node->ask.lost) return;
    node_pull_finalities(node);
    node_pull_states(node);
    node_pull_messages(node);
    if (node_goes_on(node, node->first + node->count - 1, RULE_MMR)) node_pull_mmr(node);
    node_note_unchecked(node, node->first + node->count - 1, RULE_WARP,
                        "no JSON-RPC serves warp proofs");
    if (node->relay != NULL) node_pull_relay(node);
}

typedef struct run {
    node *node;
    const char *url;
} run;

static void validate_with_memory(void *data) {
    const run *run = data;
    node *node = run->node;
    app *app = plan_app(node->plan);
    worker *worker = node->worker;
    free(worker->memory);
    worker->memory = NULL;
    worker->memory = memory_grow(NULL, NODE_MEMORY, 1);
    mote_context_init(&worker->context, worker->memory, NODE_MEMORY, worker->seed);
    if (!ask_open(&node->ask, node->plan, worker, &node->job, run->url)) {
        fail_host(app, HOST_NO_CONNECTION, app_text(app, "%s", run->url), MOTE_NO_OFFSET);
        app->report.expected = "a full node's JSON-RPC at ws://HOST:PORT or wss://HOST";
        app->report.found =
            node->ask.ws == NULL ? node->ask.why_no_url : app_text(app, "%s", ws_why(node->ask.ws));
    } else {
        validate(node);
    }
    if (node->ask.lost) {
        node_note_unchecked(node, node->first + node->count, RULE_FORM,
                            "the connection was lost for good: what came before is judged");
    }
}

static node *node_of(plan *plan, const char *url) {
    node *node = app_take(plan_app(plan), 1, sizeof *node);
    node->plan = plan;
    node->worker = &plan->workers[plan->worker_count];
    node->document = document_new(url);
    node->document->number = (uint32_t)plan->input_count;
    node->job = (job){NULL, node->document, 0, 1, NULL, NULL, 0};
    plan_add_input(plan, url);
    return node;
}

static void node_close(node *node) {
    ask_close(&node->ask);
    chain_close(&node->chain);
    free(node->headers);
    free(node->sets);
    free(node->pulled);
    document_free(node->document);
}

void node_validate(plan *plan) {
    const arguments *args = &plan_app(plan)->args;
    run run = {node_of(plan, args->node), args->node};
    node *node = run.node;
    if (args->relay != NULL) node->relay = node_of(plan, args->relay);
    for (size_t i = 0; i < args->para_nodes.count && i < NODE_PARA_NODES; i++)
        node->para_nodes[node->para_node_count++] = node_of(plan, args->para_nodes.items[i]);
    if (!memory_suffices(validate_with_memory, &run)) plan_without_memory(plan, &node->job);
    plan_flush(plan);
    if (node->relay != NULL) node_close(node->relay);
    for (size_t i = 0; i < node->para_node_count; i++) node_close(node->para_nodes[i]);
    node_close(node);
}
