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
#include "ask.h"
#include "chain.h"
#include "mote/coretime.h"
#include "mote/hash.h"
#include "mote/message.h"
#include "mote/mmr.h"
#include "mote/para.h"

#define PAGE 512u
#define NODE_MEMORY ((size_t)96 << 20)

/* The GRANDPA set that finalizes blocks above `after`. */
typedef struct set_of {
    uint32_t after;
    uint64_t id;
    mote_authority_list list;
} set_of;

typedef struct node {
    plan *plan;
    worker *worker;
    document *document; /* lives as long as the run: headers, and what the chain borrows */
    job job;            /* that verdicts of the main thread belong to */
    ask ask;
    mote_hash genesis;
    chain chain;
    spec spec;
    bool has_spec;
    mote_header *headers; /* by number, from `first` on */
    uint32_t first, count;
    uint32_t head; /* the last final block, as the node says */
    set_of *sets;
    size_t set_count;
    bool follows; /* every block so far is linked */
} node;

static void note_unchecked(node *node, uint32_t number, rule rule, const char *why) {
    unchecked(node->worker, &node->job, number, rule, document_text(node->document, "%s", why));
}

/* An error is the node's right; an answer of another form than the method's is not. */
static void note_failure(node *node, uint32_t number, rule rule) {
    const question_out *question = &node->ask.questions[0];
    if (question->failed) {
        note_unchecked(node, number, rule, question->why);
    } else {
        failed(node->worker, &node->job, number, RULE_FORM, "the answer has another form than %s",
               "the method's");
    }
}

static mote_bytes keep(node *node, const uint8_t *data, size_t size) {
    uint8_t *copy = document_take(node->document, size + 1, 1);
    if (size != 0) memcpy(copy, data, size);
    return (mote_bytes){copy, size};
}

static bool keep_hex(document *document, mote_bytes *out, mote_json value) {
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

static mote_bytes hash_bytes(const mote_hash *hash) {
    return (mote_bytes){hash->bytes, sizeof hash->bytes};
}

static const mote_header *header_at(const node *node, uint32_t number) {
    if (number < node->first || number - node->first >= node->count) return NULL;
    return &node->headers[number - node->first];
}

/* --- the beginning ---------------------------------------------------------------------------------------- */
static bool ask_hash(node *node, mote_hash *out, uint32_t number) {
    mote_rpc_request *request = ask_begin(&node->ask, "chain_getBlockHash");
    mote_rpc_number(request, number);
    return mote_json_hash(ask_one(&node->ask), out);
}

/* A header whose hash is the one asked for. */
static bool ask_header(node *node, mote_header *out, const mote_hash *hash, uint32_t number) {
    mote_bytes bytes;
    mote_context *context = &node->worker->context;
    mote_rpc_request *request = ask_begin(&node->ask, "chain_getHeader");
    mote_rpc_hex(request, hash_bytes(hash));
    mote_json value = ask_one(&node->ask);
    if (value.kind != MOTE_JSON_OBJECT || !keep_header(node->document, context, &bytes, value)) {
        note_failure(node, number, RULE_HEADER);
        return false;
    }
    mote_status status = mote_header_decode(context, out, bytes);
    if (status == MOTE_OK && !mote_hash_equal(&out->hash, hash)) status = MOTE_E_HEADER_HASH;
    judged(node->worker, &node->job, number, RULE_HEADER, status);
    return status == MOTE_OK;
}

/* --- genesis state ---------------------------------------------------------------------------------------- */
typedef struct pulled {
    mote_trie_entry *entries;
    size_t count, room, bytes, longest_key;
} pulled;

static bool add_entry(node *node, pulled *out, mote_json pair) {
    mote_json key, value;
    mote_json_items items = mote_json_items_of(pair);
    if (!mote_json_next(&items, NULL, &key) || !mote_json_next(&items, NULL, &value)) return false;
    if (out->count == out->room) {
        out->room = out->room == 0 ? 4096 : 2 * out->room;
        out->entries = realloc(out->entries, out->room * sizeof *out->entries);
        if (out->entries == NULL) abort();
    }
    mote_trie_entry *entry = &out->entries[out->count];
    if (value.kind == MOTE_JSON_NULL) return true;
    if (!keep_hex(node->document, &entry->key, key) ||
        !keep_hex(node->document, &entry->value, value)) {
        return false;
    }
    out->count++;
    out->bytes += entry->key.size + entry->value.size;
    if (entry->key.size > out->longest_key) out->longest_key = entry->key.size;
    return true;
}

/* The values of a page of keys: [{block, changes: [[key, value], ...]}]. */
static bool pull_values(node *node, pulled *out, const mote_bytes *keys, size_t count) {
    mote_rpc_request *request = ask_begin(&node->ask, "state_queryStorageAt");
    mote_json set, pair;
    mote_rpc_open(request);
    for (size_t i = 0; i < count; i++) mote_rpc_hex(request, keys[i]);
    mote_rpc_close(request);
    mote_rpc_hex(request, hash_bytes(&node->genesis));
    mote_json result = ask_one(&node->ask);
    mote_json_items sets = mote_json_items_of(result);
    if (!mote_json_next(&sets, NULL, &set)) return false;
    mote_json_items pairs = mote_json_items_of(mote_json_field(set, "changes"));
    while (mote_json_next(&pairs, NULL, &pair)) {
        if (!add_entry(node, out, pair)) return false;
    }
    return true;
}

static bool pull_page(node *node, pulled *out, mote_bytes *last, size_t *count) {
    mote_bytes keys[PAGE];
    mote_json key;
    mote_rpc_request *request = ask_begin(&node->ask, "state_getKeysPaged");
    mote_rpc_hex(request, (mote_bytes){NULL, 0});
    mote_rpc_number(request, PAGE);
    if (last->size > 0) {
        mote_rpc_hex(request, *last);
    } else {
        mote_rpc_null(request);
    }
    mote_rpc_hex(request, hash_bytes(&node->genesis));
    mote_json result = ask_one(&node->ask);
    *count = 0;
    if (result.kind != MOTE_JSON_ARRAY) return false;
    mote_json_items items = mote_json_items_of(result);
    while (*count < PAGE && mote_json_next(&items, NULL, &key)) {
        if (!keep_hex(node->document, &keys[*count], key)) return false;
        (*count)++;
    }
    /* A node that answers with the same keys again would keep us forever. */
    if (*count > 0 && mote_bytes_compare(keys[*count - 1], *last) <= 0) return false;
    if (*count > 0) *last = keys[*count - 1];
    return *count == 0 || pull_values(node, out, keys, *count);
}

static mote_status compare_root(node *node, const pulled *state, const mote_header *header) {
    mote_hash root;
    mote_status status = MOTE_OK;
    for (int version = 1; version >= 0; version--) {
        double begun = worker_clock();
        status = mote_trie_root(&node->worker->context, &root, state->entries, state->count,
                                (mote_state_version)version);
        worked(node->worker, WORK_TRIE_BYTES, (double)state->bytes, worker_clock() - begun);
        if (status != MOTE_OK) return status;
        if (mote_hash_equal(&root, &header->state_root)) return MOTE_OK;
    }
    return MOTE_E_ROOT_MISMATCH;
}

static void pull_genesis(node *node, const mote_header *header) {
    const arguments *args = &plan_app(node->plan)->args;
    size_t limit = (size_t)(args->has_state_limit ? args->state_limit : 64) << 20, count = 1;
    pulled state = {NULL, 0, 0, 0, 0};
    mote_bytes last = {NULL, 0};
    bool ok = true;
    while (ok && count > 0 && state.bytes <= limit) ok = pull_page(node, &state, &last, &count);
    if (!ok) {
        note_failure(node, 0, RULE_GENESIS);
    } else if (state.bytes > limit) {
        note_unchecked(node, 0, RULE_GENESIS, "the genesis state is larger than --state-limit");
    } else {
        mote_status status = compare_root(node, &state, header);
        judged(node->worker, &node->job, 0, RULE_GENESIS, status);
        if (status == MOTE_OK) {
            mote_trie_entry *entries =
                document_take(node->document, state.count + 1, sizeof *entries);
            memcpy(entries, state.entries, state.count * sizeof *entries);
            node->spec = (spec){NULL,          node->genesis, header->state_root,
                                MOTE_STATE_V1, entries,       state.count};
            node->has_spec = true;
        }
    }
    free(state.entries);
}

/* --- blocks ----------------------------------------------------------------------------------------------- */
static bool read_byte_list(document *document, mote_bytes *out, mote_json value) {
    uint64_t byte;
    mote_json item;
    if (value.kind == MOTE_JSON_STRING) return keep_hex(document, out, value);
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
        if (!keep_hex(document, &extrinsics[out->extrinsic_count], item)) return false;
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

static void note_set(node *node, uint32_t after) {
    if (!node->chain.has_set) return;
    if (node->set_count > 0 && node->sets[node->set_count - 1].id == node->chain.set_id) return;
    node->sets = realloc(node->sets, (node->set_count + 1) * sizeof *node->sets);
    if (node->sets == NULL) abort();
    node->sets[node->set_count++] = (set_of){after, node->chain.set_id, node->chain.set};
}

/* The chain borrows headers; everything else of a block goes when it has been judged. */
static void follow(node *node, const chain_block *block) {
    chain_block kept = *block;
    kept.header = keep(node, block->header.data, block->header.size);
    kept.extrinsics = NULL;
    chain_follow(node->worker, &node->job, &node->chain, &kept);
    mote_header header;
    if (mote_header_decode(&node->worker->context, &header, kept.header) != MOTE_OK) return;
    if (header.number != block->number || header.number != node->first + node->count) {
        node->follows = false;
        return;
    }
    node->headers[node->count++] = header;
    note_set(node, header.number);
}

static bool pull_hashes(node *node, mote_hash *out, uint32_t first, uint32_t count) {
    mote_rpc_request *request = ask_begin(&node->ask, "chain_getBlockHash");
    mote_json item;
    mote_rpc_open(request);
    for (uint32_t i = 0; i < count; i++) mote_rpc_number(request, first + i);
    mote_rpc_close(request);
    mote_json result = ask_one(&node->ask);
    mote_json_items items = mote_json_items_of(result);
    for (uint32_t i = 0; i < count; i++) {
        if (!mote_json_next(&items, NULL, &item) || !mote_json_hash(item, &out[i])) return false;
    }
    return true;
}

static bool pull_batch(node *node, uint32_t first, uint32_t count) {
    mote_hash hashes[ASK_AT_ONCE];
    if (!pull_hashes(node, hashes, first, count)) {
        note_failure(node, first, RULE_HEADER);
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        mote_rpc_request *request = ask_begin(&node->ask, "chain_getBlock");
        mote_rpc_hex(request, hash_bytes(&hashes[i]));
        ask_queue(&node->ask);
    }
    ask_all(&node->ask);
    document *document = document_new(node->document->path);
    batch *batch = document_take(document, 1, sizeof *batch);
    bool all = true;
    document->number = node->document->number;
    for (uint32_t i = 0; i < count; i++) {
        const question_out *question = &node->ask.questions[i];
        chain_block *block = &batch->blocks[batch->count];
        memset(block, 0, sizeof *block);
        block->number = first + i;
        block->hash = hashes[i];
        block->has_hash = true;
        if (!question->answered) {
            note_unchecked(node, first + i, RULE_HEADER, question->why);
            all = node->follows = false;
        } else if (read_block(node, document, block, question->result)) {
            batch->count++;
        } else {
            failed(node->worker, &node->job, first + i, RULE_FORM,
                   "the block has no header, body or justifications");
            all = node->follows = false;
        }
    }
    for (size_t i = 0; i < batch->count; i++) follow(node, &batch->blocks[i]);
    job job = {NULL, document, first, count, run_alone, batch, 16u << 20};
    if (batch->count > 0) submit(node->plan, &job);
    pthread_mutex_lock(&node->plan->lock);
    node->plan->held += document->held;
    if (--document->jobs == 0) {
        node->plan->held -= document->held;
        document_free(document);
    }
    pthread_mutex_unlock(&node->plan->lock);
    return all || !node->ask.lost;
}

static void pull_blocks(node *node, uint32_t from, uint32_t to) {
    node->first = from;
    node->headers = calloc((size_t)(to - from) + 1, sizeof *node->headers);
    if (node->headers == NULL) abort();
    node->plan->bytes_all = (size_t)(to - from + 1) << 20; /* the bar goes by blocks */
    for (uint32_t at = from; at <= to;) {
        uint32_t count = to - at + 1 < ASK_AT_ONCE ? to - at + 1 : ASK_AT_ONCE;
        if (!pull_batch(node, at, count) || node->ask.lost) break;
        node->plan->bytes_done = (size_t)(at + count - from) << 20;
        progress_show(plan_app(node->plan), at + count - from, to - from + 1);
        if (to - at < count) break;
        at += count;
    }
}

/* How long an epoch is decides who may author: read from the headers of the first blocks, or asked of the node, whose word
 * on it the blocks contradict if it is wrong. */
static uint64_t ask_epoch(node *node) {
    const arguments *args = &plan_app(node->plan)->args;
    static const char name[] = "BabeApi_configuration";
    mote_babe_configuration configuration;
    mote_bytes bytes;
    if (args->has_epoch_slots) return args->epoch_slots;
    mote_rpc_request *request = ask_begin(&node->ask, "state_call");
    mote_rpc_text(request, (mote_bytes){(const uint8_t *)name, sizeof name - 1});
    mote_rpc_hex(request, (mote_bytes){NULL, 0});
    mote_rpc_hex(request, hash_bytes(&node->genesis));
    if (!keep_hex(node->document, &bytes, ask_one(&node->ask))) return 0;
    if (mote_babe_configuration_decode(&node->worker->context, &configuration, bytes) != MOTE_OK)
        return 0;
    return configuration.epoch_slots;
}

static void begin_chain(node *node) {
    const spec *given = plan_spec(node->plan, &node->genesis);
    chain_open(&node->chain, node->has_spec ? &node->spec : given);
    if (node->chain.spec == NULL) {
        node->chain.why_not = "the genesis state could not be had, and none was given (--spec)";
        return;
    }
    chain_begin(&node->chain, &node->worker->context, &node->genesis, ask_epoch(node));
    note_set(node, 0);
}

/* --- finality ---------------------------------------------------------------------------------------------- */
static const set_of *set_for(const node *node, uint32_t number) {
    const set_of *found = NULL;
    for (size_t i = 0; i < node->set_count && node->sets[i].after < number; i++)
        found = &node->sets[i];
    return found;
}

static mote_status judge_finality(node *node, uint32_t asked, mote_bytes bytes,
                                  mote_justification_report *report) {
    mote_context *context = &node->worker->context;
    mote_cursor cursor = mote_cursor_over(bytes);
    mote_hash hash = mote_read_hash(&cursor);
    mote_bytes justification = mote_read_vec_u8(&cursor);
    uint32_t count = mote_read_count(&cursor, 98, 100000);
    mote_header header, last;
    mote_status status = MOTE_OK;
    for (uint32_t i = 0; i < count; i++) {
        mote_read_header(&cursor, &header);
        if (cursor.status != MOTE_OK) break;
        if (i > 0) status = mote_header_check_parent(context, &header, &last);
        const mote_header *known = header_at(node, header.number);
        if (status == MOTE_OK && known != NULL && !mote_hash_equal(&known->hash, &header.hash)) {
            status = MOTE_E_FINALITY_CONFLICT;
        }
        if (status != MOTE_OK) return status;
        last = header;
    }
    status = mote_cursor_finish(context, &cursor);
    if (status == MOTE_OK) status = mote_justification_decode(context, report, justification);
    if (status != MOTE_OK) return status;
    const set_of *of = set_for(node, report->target_number);
    const mote_header *target = header_at(node, report->target_number);
    mote_authority_set set;
    mote_finalized_block block;
    if (of == NULL) return MOTE_E_LINK_MISSING;
    status = mote_authority_set_build(context, &set, node->chain.voters, MOTE_MAX_AUTHORITIES,
                                      &of->list, of->id, MOTE_ASSUMED_NOTHING);
    if (status != MOTE_OK) return status;
    status = mote_justification_verify(context, &block, report, &set, justification, target);
    if (status != MOTE_OK) return status;
    if (!mote_hash_equal(&block.hash, &hash)) return MOTE_E_TARGET_MISMATCH;
    return block.number < asked ? MOTE_E_VOTE_BELOW_TARGET : MOTE_OK;
}

static void pull_finality(node *node, uint32_t number) {
    mote_bytes bytes;
    mote_justification_report report = {0};
    mote_rpc_request *request = ask_begin(&node->ask, "grandpa_proveFinality");
    mote_rpc_number(request, number);
    mote_json result = ask_one(&node->ask);
    if (result.kind == MOTE_JSON_NULL) {
        note_unchecked(node, number, RULE_FINALITY_PROOF, "the node has no proof of this block");
        return;
    }
    if (!keep_hex(node->document, &bytes, result)) {
        note_failure(node, number, RULE_FINALITY_PROOF);
        return;
    }
    double begun = worker_clock();
    mote_status status = judge_finality(node, number, bytes, &report);
    worked(node->worker, WORK_SIGNATURES, report.precommits, worker_clock() - begun);
    if (status == MOTE_OK && report.target_number >= node->first + node->count) {
        /* Proven by a block above those that were asked for. */
        passed(node->worker, &node->job, number, RULE_FINALITY_PROOF);
        return;
    }
    judged(node->worker, &node->job, number, RULE_FINALITY_PROOF, status);
}

static void pull_finalities(node *node) {
    uint32_t last = node->first + node->count - 1;
    if (node->set_count == 0) {
        note_unchecked(node, last, RULE_FINALITY_PROOF,
                       "no GRANDPA set is known: a parachain, or no genesis state");
        return;
    }
    for (size_t i = 0; i + 1 < node->set_count; i++) {
        if (node->sets[i + 1].after > 1) pull_finality(node, node->sets[i + 1].after - 1);
        pull_finality(node, node->sets[i + 1].after);
    }
    pull_finality(node, node->first);
    pull_finality(node, last);
}

/* --- state ------------------------------------------------------------------------------------------------- */
#define KEYS 32u

typedef struct keys {
    uint8_t room[KEYS][64];
    mote_bytes items[KEYS];
    size_t count;
} keys;

static void add_key(keys *keys, const uint8_t *data, size_t size) {
    if (keys->count == KEYS) return;
    memcpy(keys->room[keys->count], data, size);
    keys->items[keys->count] = (mote_bytes){keys->room[keys->count], size};
    keys->count++;
}

static void add_item(keys *keys, const char *pallet, const char *item) {
    uint8_t key[32];
    mote_storage_prefix(key, (mote_bytes){(const uint8_t *)pallet, strlen(pallet)},
                        (mote_bytes){(const uint8_t *)item, strlen(item)});
    add_key(keys, key, sizeof key);
}

static void add_items(keys *keys, const char *const (*items)[2], size_t count) {
    for (size_t i = 0; i < count; i++) add_item(keys, items[i][0], items[i][1]);
}

/* A read proof under the header's own root, loaded strictly; it lives in the context until its mark. */
static bool pull_proof(node *node, mote_proof *out, const keys *keys, const mote_header *header) {
    mote_context *context = &node->worker->context;
    mote_rpc_request *request = ask_begin(&node->ask, "state_getReadProof");
    mote_rpc_open(request);
    for (size_t i = 0; i < keys->count; i++) mote_rpc_hex(request, keys->items[i]);
    mote_rpc_close(request);
    mote_rpc_hex(request, hash_bytes(&header->hash));
    mote_json list = mote_json_field(ask_one(&node->ask), "proof"), item;
    if (list.kind != MOTE_JSON_ARRAY) {
        note_failure(node, header->number, RULE_PROOF);
        return false;
    }
    size_t count = mote_json_count(list), at = 0, size = 0;
    mote_bytes *nodes = document_take(node->document, count + 1, sizeof *nodes);
    mote_json_items items = mote_json_items_of(list);
    while (at < count && mote_json_next(&items, NULL, &item)) {
        if (!keep_hex(node->document, &nodes[at], item)) {
            failed(node->worker, &node->job, header->number, RULE_FORM,
                   "a node of the proof is no hex");
            return false;
        }
        size += nodes[at++].size;
    }
    mote_finalized_header assumed = mote_finalized_header_assumed(header);
    mote_state_root root = node->chain.consensus == CHAIN_AURA
                               ? mote_state_assumed(&header->state_root)
                               : mote_state_of_relay(&assumed);
    double begun = worker_clock();
    mote_status status =
        mote_proof_load_nodes(context, out, &root, nodes, count, MOTE_PROOF_STRICT);
    worked(node->worker, WORK_TRIE_BYTES, (double)size, worker_clock() - begun);
    if (status != MOTE_OK) judged(node->worker, &node->job, header->number, RULE_PROOF, status);
    return status == MOTE_OK;
}

/* What the node says without proof is what it proves. */
static mote_status compare_values(node *node, const mote_proof *proof, const keys *keys,
                                  const mote_header *header) {
    mote_trie_view view = mote_proof_main(proof);
    for (size_t i = 0; i < keys->count; i++) {
        mote_proven_value value;
        mote_bytes said = {NULL, 0};
        mote_status status = mote_trie_read(&node->worker->context, &value, &view, keys->items[i]);
        if (status != MOTE_OK) return status;
        mote_rpc_request *request = ask_begin(&node->ask, "state_getStorage");
        mote_rpc_hex(request, keys->items[i]);
        mote_rpc_hex(request, hash_bytes(&header->hash));
        mote_json result = ask_one(&node->ask);
        if (result.kind == MOTE_JSON_NONE) continue;
        bool absent = result.kind == MOTE_JSON_NULL;
        if (!absent && !keep_hex(node->document, &said, result)) return MOTE_E_BAD_FORMAT;
        bool same = absent
                        ? value.state == MOTE_VALUE_ABSENT
                        : value.state == MOTE_VALUE_PRESENT && mote_bytes_equal(value.value, said);
        if (!same) return MOTE_E_VALUE_MISMATCH;
    }
    return MOTE_OK;
}

static bool read_item(node *node, mote_bytes *out, const mote_proof *proof, const char *pallet,
                      const char *item) {
    uint8_t key[32];
    mote_proven_value value;
    mote_trie_view view = mote_proof_main(proof);
    mote_storage_prefix(key, (mote_bytes){(const uint8_t *)pallet, strlen(pallet)},
                        (mote_bytes){(const uint8_t *)item, strlen(item)});
    if (mote_trie_read(&node->worker->context, &value, &view, (mote_bytes){key, 32}) != MOTE_OK ||
        value.state != MOTE_VALUE_PRESENT) {
        return false;
    }
    *out = value.value;
    return true;
}

static void judge_handover(node *node, const mote_proof *proof, const mote_header *header) {
    mote_bytes id, list;
    mote_authority_list authorities;
    const set_of *of = set_for(node, header->number + 1);
    if (of == NULL || !read_item(node, &id, proof, "Grandpa", "CurrentSetId") || id.size != 8)
        return;
    if (!read_item(node, &list, proof, "Grandpa", "Authorities")) return;
    mote_status status = mote_authority_list_decode(&node->worker->context, &authorities, list);
    if (status == MOTE_OK && mote_load_u64(id.data) != of->id) status = MOTE_E_OTHER_SET;
    if (status == MOTE_OK && (authorities.count != of->list.count ||
                              memcmp(authorities.items, of->list.items,
                                     (size_t)authorities.count * MOTE_AUTHORITY_ITEM_SIZE) != 0)) {
        status = MOTE_E_OTHER_SET;
    }
    judged(node->worker, &node->job, header->number, RULE_HANDOVER, status);
}

#define PARAS 6u

/* Their heads, and what the relay chain allows them. */
static void judge_heads(node *node, const mote_header *header, const uint32_t *ids,
                        uint32_t count) {
    keys keys = {.count = 0};
    mote_proof proof;
    mote_para_head head;
    mote_relay_limits limits;
    mote_core_work work;
    mote_context *context = &node->worker->context;
    for (uint32_t i = 0; i < count; i++) {
        uint8_t key[MOTE_PARA_KEY_SIZE];
        mote_para_head_key(key, ids[i]);
        add_key(&keys, key, sizeof key);
    }
    mote_message_key limits_key = mote_message_key_of(MOTE_ITEM_LIMITS, 0, 0);
    mote_coretime_key cores = mote_core_descriptor_key(MOTE_CORES_IN_SCHEDULER, 0);
    add_key(&keys, limits_key.bytes, limits_key.size);
    add_key(&keys, cores.bytes, cores.size);
    if (!pull_proof(node, &proof, &keys, header)) return;
    for (uint32_t i = 0; i < count; i++) {
        judged(node->worker, &node->job, header->number, RULE_PARA_HEAD,
               mote_para_head_read(context, &head, &proof, ids[i]));
    }
    judged(node->worker, &node->job, header->number, RULE_MESSAGES,
           mote_relay_limits_read(context, &limits, &proof));
    judged(node->worker, &node->job, header->number, RULE_CORETIME,
           mote_core_work_read(context, &work, &proof, MOTE_CORES_IN_SCHEDULER, 0));
}

/* Who sends to whom, and each open channel. */
static void judge_channels(node *node, const mote_header *header, const uint32_t *ids,
                           uint32_t count) {
    keys keys = {.count = 0};
    mote_proof proof;
    mote_context *context = &node->worker->context;
    for (uint32_t i = 0; i < count; i++) {
        mote_message_key senders = mote_message_key_of(MOTE_ITEM_HRMP_INGRESS, ids[i], 0);
        add_key(&keys, senders.bytes, senders.size);
        for (uint32_t k = 0; k < count && k < 3; k++) {
            mote_message_key channel = mote_message_key_of(MOTE_ITEM_HRMP_CHANNEL, ids[k], ids[i]);
            if (k != i) add_key(&keys, channel.bytes, channel.size);
        }
    }
    if (!pull_proof(node, &proof, &keys, header)) return;
    for (uint32_t i = 0; i < count; i++) {
        mote_para_list senders;
        mote_status status = mote_hrmp_senders_read(context, &senders, &proof, ids[i]);
        judged(node->worker, &node->job, header->number, RULE_MESSAGES, status);
        for (uint32_t k = 0; status == MOTE_OK && k < count && k < 3; k++) {
            mote_hrmp_channel channel;
            if (k == i) continue;
            status = mote_hrmp_channel_read(context, &channel, &proof, ids[k], ids[i]);
            bool listed = false;
            for (uint32_t s = 0; s < senders.count; s++)
                listed |= mote_para_list_at(&senders, s) == ids[k];
            if (status == MOTE_OK && listed != channel.open) status = MOTE_E_VALUE_MISMATCH;
            judged(node->worker, &node->job, header->number, RULE_MESSAGES, status);
        }
    }
}

static void judge_paras(node *node, const mote_header *header, mote_bytes list) {
    mote_context *context = &node->worker->context;
    size_t mark = mote_context_mark(context);
    mote_cursor cursor = mote_cursor_over(list);
    uint32_t count = mote_read_count(&cursor, 4, 1000), ids[PARAS];
    if (count > PARAS) count = PARAS;
    for (uint32_t i = 0; i < count; i++) ids[i] = mote_read_u32(&cursor);
    judge_heads(node, header, ids, count);
    mote_context_release(context, mark);
    judge_channels(node, header, ids, count);
    mote_context_release(context, mark);
}

static void pull_state(node *node, const mote_header *header) {
    keys keys = {.count = 0};
    mote_context *context = &node->worker->context;
    size_t mark = mote_context_mark(context);
    mote_proof proof;
    static const char *const relay[][2] = {
        {"System", "Events"},        {"Timestamp", "Now"},        {"Grandpa", "Authorities"},
        {"Grandpa", "CurrentSetId"}, {"Babe", "CurrentSlot"},     {"Babe", "Authorities"},
        {"Paras", "Parachains"},     {"Beefy", "ValidatorSetId"}, {"Mmr", "RootHash"}};
    static const char *const para[][2] = {{"System", "Events"},
                                          {"Aura", "Authorities"},
                                          {"Aura", "CurrentSlot"},
                                          {"ParachainSystem", "ValidationData"},
                                          {"ParachainSystem", "UpwardMessages"},
                                          {"ParachainSystem", "HrmpOutboundMessages"},
                                          {"ParachainSystem", "LastHrmpMqcHeads"}};
    static const char *const other[][2] = {
        {"System", "Events"}, {"System", "Number"}, {"Timestamp", "Now"}};
    switch (node->chain.consensus) {
    case CHAIN_BABE: add_items(&keys, relay, sizeof relay / sizeof relay[0]); break;
    case CHAIN_AURA: add_items(&keys, para, sizeof para / sizeof para[0]); break;
    case CHAIN_UNKNOWN: add_items(&keys, other, sizeof other / sizeof other[0]); break;
    }
    if (pull_proof(node, &proof, &keys, header)) {
        mote_bytes list;
        judged(node->worker, &node->job, header->number, RULE_PROOF,
               compare_values(node, &proof, &keys, header));
        judge_handover(node, &proof, header);
        if (read_item(node, &list, &proof, "Paras", "Parachains")) judge_paras(node, header, list);
    }
    mote_context_release(context, mark);
}

/* At the ends of the range, around changes of sets, and in between. */
static void pull_states(node *node) {
    uint32_t last = node->first + node->count - 1, step = node->count / 8 + 1;
    for (uint32_t at = node->first; at < last && !node->ask.lost; at += step)
        pull_state(node, header_at(node, at));
    for (size_t i = 1; i < node->set_count && i < 16; i++) {
        if (header_at(node, node->sets[i].after) != NULL)
            pull_state(node, header_at(node, node->sets[i].after));
    }
    pull_state(node, header_at(node, last));
}

/* --- MMR --------------------------------------------------------------------------------------------------- */
static void judge_leaves(node *node, const mote_header *best, const mote_hash *root,
                         mote_bytes leaves, mote_bytes proof, uint32_t count) {
    mote_context *context = &node->worker->context;
    uint64_t leaf_count, index;
    mote_status status = mote_mmr_verify_leaves(context, &leaf_count, root, leaves, proof);
    if (status == MOTE_OK && leaf_count != best->number) status = MOTE_E_LEAF_COUNT;
    for (uint32_t i = 0; status == MOTE_OK && i < count; i++) {
        mote_bytes bytes;
        mote_mmr_leaf leaf;
        if (!mote_mmr_leaf_at(&bytes, &index, leaves, proof, i)) status = MOTE_E_LEAF_COUNT;
        if (status == MOTE_OK) status = mote_mmr_leaf_decode(context, &leaf, bytes);
        const mote_header *parent = status == MOTE_OK ? header_at(node, leaf.parent_number) : NULL;
        if (parent != NULL && !mote_hash_equal(&parent->hash, &leaf.parent_hash))
            status = MOTE_E_HEADER_HASH;
    }
    judged(node->worker, &node->job, best->number, RULE_MMR, status);
}

static void pull_leaves(node *node, const mote_header *best, const mote_hash *root,
                        const uint32_t *blocks, uint32_t count) {
    mote_bytes leaves, proof;
    mote_rpc_request *request = ask_begin(&node->ask, "mmr_generateProof");
    mote_rpc_open(request);
    for (uint32_t i = 0; i < count; i++) mote_rpc_number(request, blocks[i]);
    mote_rpc_close(request);
    mote_rpc_number(request, best->number);
    mote_rpc_hex(request, hash_bytes(&best->hash));
    mote_json result = ask_one(&node->ask);
    if (!keep_hex(node->document, &leaves, mote_json_field(result, "leaves")) ||
        !keep_hex(node->document, &proof, mote_json_field(result, "proof"))) {
        note_failure(node, best->number, RULE_MMR);
        return;
    }
    judge_leaves(node, best, root, leaves, proof, count);
}

static bool write_hashes(mote_writer *writer, mote_json list) {
    mote_json item;
    mote_hash hash;
    mote_write_compact(writer, mote_json_count(list));
    mote_json_items items = mote_json_items_of(list);
    while (mote_json_next(&items, NULL, &item)) {
        if (!mote_json_hash(item, &hash)) return false;
        mote_write_hash(writer, &hash);
    }
    return list.kind == MOTE_JSON_ARRAY;
}

static bool write_ancestry(mote_writer *writer, mote_json value) {
    uint64_t before, count, position;
    mote_json pair, item;
    mote_hash hash;
    mote_json list = mote_json_field(value, "items");
    if (!write_hashes(writer, mote_json_field(value, "prev_peaks"))) return false;
    if (!mote_json_u64(mote_json_field(value, "prev_leaf_count"), &before) ||
        !mote_json_u64(mote_json_field(value, "leaf_count"), &count)) {
        return false;
    }
    mote_write_u64(writer, before);
    mote_write_u64(writer, count);
    mote_write_compact(writer, mote_json_count(list));
    mote_json_items items = mote_json_items_of(list);
    while (mote_json_next(&items, NULL, &pair)) {
        mote_json_items both = mote_json_items_of(pair);
        if (!mote_json_next(&both, NULL, &item) || !mote_json_u64(item, &position)) return false;
        if (!mote_json_next(&both, NULL, &item) || !mote_json_hash(item, &hash)) return false;
        mote_write_u64(writer, position);
        mote_write_hash(writer, &hash);
    }
    return list.kind == MOTE_JSON_ARRAY;
}

static void pull_ancestry(node *node, const mote_header *best, const mote_hash *root,
                          const mote_header *older) {
    mote_hash older_root;
    mote_mmr_ancestor ancestor;
    mote_bytes bytes = {NULL, 0};
    if (!chain_mmr_root(&older_root, older)) return;
    mote_rpc_request *request = ask_begin(&node->ask, "mmr_generateAncestryProof");
    mote_rpc_number(request, older->number);
    mote_rpc_number(request, best->number);
    mote_rpc_hex(request, hash_bytes(&best->hash));
    mote_json result = ask_one(&node->ask);
    bool ok = result.kind == MOTE_JSON_STRING && keep_hex(node->document, &bytes, result);
    if (result.kind == MOTE_JSON_OBJECT) {
        uint8_t *data = document_take(node->document, result.text.size, 1);
        mote_writer writer = mote_writer_into(data, result.text.size);
        ok = write_ancestry(&writer, result) && mote_writer_fits(&writer);
        bytes = (mote_bytes){data, writer.size};
    }
    if (!ok) {
        note_failure(node, best->number, RULE_MMR_ANCESTRY);
        return;
    }
    mote_status status = mote_mmr_verify_ancestry(&node->worker->context, &ancestor, root, bytes);
    if (status == MOTE_OK && !mote_hash_equal(&ancestor.root, &older_root))
        status = MOTE_E_ROOT_MISMATCH;
    judged(node->worker, &node->job, best->number, RULE_MMR_ANCESTRY, status);
}

static void pull_mmr(node *node) {
    const mote_header *best = header_at(node, node->first + node->count - 1);
    mote_hash root;
    if (!chain_mmr_root(&root, best)) {
        note_unchecked(node, best->number, RULE_MMR,
                       "the chain has no MMR: no header names a root");
        return;
    }
    uint32_t last = best->number, three[3] = {1, last / 2, last - 4}, two = 2,
             three_back = last - 3;
    if (last < 12) return;
    pull_leaves(node, best, &root, &two, 1);
    pull_leaves(node, best, &root, &three_back, 1);
    pull_leaves(node, best, &root, three, 3);
    for (uint32_t at = 5; at < last && node->first == 1; at += last / 8 + 1)
        pull_leaves(node, best, &root, &at, 1);
    if (header_at(node, 5) != NULL) pull_ancestry(node, best, &root, header_at(node, 5));
    if (header_at(node, last / 2) != NULL)
        pull_ancestry(node, best, &root, header_at(node, last / 2));
    if (header_at(node, last - 1) != NULL)
        pull_ancestry(node, best, &root, header_at(node, last - 1));
}

/* --- all of it ---------------------------------------------------------------------------------------------- */
static bool find_head(node *node) {
    mote_hash hash;
    mote_header header;
    (void)ask_begin(&node->ask, "chain_getFinalizedHead");
    if (!mote_json_hash(ask_one(&node->ask), &hash)) {
        note_failure(node, 0, RULE_HEADER);
        return false;
    }
    if (!ask_header(node, &header, &hash, 0)) return false;
    node->head = header.number;
    return true;
}

static void validate(node *node) {
    const arguments *args = &plan_app(node->plan)->args;
    mote_header header;
    if (!ask_hash(node, &node->genesis, 0)) {
        note_failure(node, 0, RULE_HEADER);
        return;
    }
    if (!ask_header(node, &header, &node->genesis, 0) || !find_head(node)) return;
    if (header.number != 0) {
        failed(node->worker, &node->job, 0, RULE_GENESIS, "block 0 has the number %u",
               (unsigned)header.number);
        return;
    }
    uint32_t from = args->has_from ? args->from : 1, to = args->has_to ? args->to : node->head;
    if (to > node->head) {
        note_unchecked(node, to, RULE_HEADER, "above the last final block that the node names");
        to = node->head;
    }
    if (from == 0) from = 1;
    if (from == 1) pull_genesis(node, &header);
    begin_chain(node);
    if (from == 1)
        chain_follow(node->worker, &node->job, &node->chain,
                     &(chain_block){.header = header.encoded});
    if (from > 1)
        node->chain.why_not = "the blocks before the first one asked for were not followed";
    if (from > 1) node->chain.has_set = false;
    if (from > 1) node->set_count = 0;
    if (from > to) return;
    pull_blocks(node, from, to);
    if (node->count == 0 || node->ask.lost) return;
    pull_finalities(node);
    pull_states(node);
    pull_mmr(node);
    note_unchecked(node, node->first + node->count - 1, RULE_WARP,
                   "no JSON-RPC serves warp proofs");
}

void node_validate(plan *plan) {
    app *app = plan_app(plan);
    const char *url = app->args.node;
    node *node = app_take(app, 1, sizeof *node);
    node->plan = plan;
    node->worker = &plan->workers[plan->worker_count];
    free(node->worker->memory);
    node->worker->memory = malloc(NODE_MEMORY);
    if (node->worker->memory == NULL) abort();
    mote_context_init(&node->worker->context, node->worker->memory, NODE_MEMORY,
                      node->worker->seed);
    node->document = document_new(url);
    plan->inputs = app_grow(app, plan->inputs, sizeof *plan->inputs);
    plan->inputs[plan->input_count++] = app_text(app, "%s", url);
    node->job = (job){NULL, node->document, 0, 1, NULL, NULL, 0};
    node->follows = true;
    if (!ask_open(&node->ask, plan, node->worker, &node->job, url)) {
        fail_host(app, HOST_NO_CONNECTION, app_text(app, "%s", url), MOTE_NO_OFFSET);
        app->report.expected = "a full node's JSON-RPC at ws://HOST:PORT or wss://HOST";
        app->report.found =
            node->ask.ws == NULL ? "no such address" : app_text(app, "%s", ws_why(node->ask.ws));
    } else {
        validate(node);
    }
    if (node->ask.lost) {
        note_unchecked(node, node->first + node->count, RULE_FORM,
                       "the connection was lost for good: what came before is judged");
    }
    plan_flush(plan);
    ask_close(&node->ask);
    chain_close(&node->chain);
    free(node->headers);
    free(node->sets);
    document_free(node->document);
}
