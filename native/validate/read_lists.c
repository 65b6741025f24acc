/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a node's subscriptions gave: "<name>.justifications.json" and "<name>.beefy.json", lists of hex. The sets are those
 * that the headers in "<name>.blocks.jsonl" beside it announce, GRANDPA's first one that of a genesis state (--spec).
 */
#include <string.h>

#include "chain.h"

typedef struct list {
    mote_bytes *items;
    size_t count;
    mote_bytes *headers;
    size_t header_count;
    plan *plan;
} list;

static bool recognizes(const document *document) {
    return document->lines == NULL && json_is_string(json_array_get(document->json, 0)) &&
           (document_is_named(document, ".justifications.json") ||
            document_is_named(document, ".beefy.json"));
}

static document *load_blocks(document *document) {
    const char *why, *end = strstr(document->path, ".justifications.json");
    if (end == NULL) end = strstr(document->path, ".beefy.json");
    int stem = end == NULL ? 0 : (int)(end - document->path);
    struct document *out =
        document_load(document_text(document, "%.*s.blocks.jsonl.gz", stem, document->path), &why);
    if (out != NULL) return out;
    return document_load(document_text(document, "%.*s.blocks.jsonl", stem, document->path), &why);
}

static void open_chain(worker *worker, chain *chain, const list *list) {
    mote_header header;
    const spec *spec = NULL;
    mote_hash genesis;
    memset(&genesis, 0, sizeof genesis);
    if (list->header_count > 0 &&
        mote_header_decode(&worker->context, &header, list->headers[0]) == MOTE_OK) {
        genesis = header.number == 0 ? header.hash : header.parent_hash;
        spec = plan_spec(list->plan, &genesis);
    }
    chain_open(chain, spec);
    chain_begin(chain, &worker->context, &genesis, 0);
}

static void judge_grandpa(worker *worker, const job *job, const list *list, uint32_t number) {
    chain chain;
    mote_header header;
    mote_authority_set set;
    mote_finalized_block block;
    mote_justification_report report;
    mote_bytes bytes = list->items[number];
    mote_status status = mote_justification_decode(&worker->context, &report, bytes);
    open_chain(worker, &chain, list);
    for (size_t i = 0; status == MOTE_OK && i < list->header_count; i++) {
        if (mote_header_decode(&worker->context, &header, list->headers[i]) != MOTE_OK) break;
        if (header.number >= report.target_number) break;
        chain_note(&chain, &header);
        chain.last = header;
        chain.has_last = true;
    }
    if (status == MOTE_OK && (!chain.has_last || chain.last.number + 1 < report.target_number)) {
        unchecked(worker, job, number, RULE_JUSTIFICATION,
                  "the headers up to its block are not here");
    } else if (status == MOTE_OK && !chain_grandpa_set(&chain, &worker->context, &set)) {
        unchecked(worker, job, number, RULE_JUSTIFICATION,
                  "no genesis state with its first set was given (--spec)");
    } else {
        if (status == MOTE_OK) {
            status =
                mote_justification_verify(&worker->context, &block, &report, &set, bytes, NULL);
        }
        judged(worker, job, number, RULE_JUSTIFICATION, status);
    }
    chain_close(&chain);
}

static void judge_beefy(worker *worker, const job *job, const list *list, uint32_t number) {
    chain chain;
    mote_header header;
    mote_beefy_proof proof;
    mote_beefy_set set;
    mote_beefy_finalized finalized;
    mote_status status = mote_beefy_proof_decode(&worker->context, &proof, list->items[number]);
    open_chain(worker, &chain, list);
    for (size_t i = 0; i < list->header_count; i++) {
        if (mote_header_decode(&worker->context, &header, list->headers[i]) == MOTE_OK) {
            chain_note(&chain, &header);
        }
    }
    if (status == MOTE_OK &&
        !chain_beefy_set(&chain, &worker->context, &set, proof.commitment.set_id)) {
        unchecked(worker, job, number, RULE_BEEFY, "the header that announced its set is not here");
    } else {
        if (status == MOTE_OK) {
            status =
                mote_beefy_verify(&worker->context, &finalized, NULL, &set, list->items[number]);
        }
        judged(worker, job, number, RULE_BEEFY, status);
    }
    chain_close(&chain);
}

static void run_list(worker *worker, const job *job) {
    const list *list = job->data;
    bool beefy = document_is_named(job->document, ".beefy.json");
    for (uint32_t i = 0; i < list->count; i++) {
        if (beefy) {
            judge_beefy(worker, job, list, i);
        } else {
            judge_grandpa(worker, job, list, i);
        }
    }
}

static void read_headers(document *document, list *out) {
    struct document *blocks = load_blocks(document);
    if (blocks == NULL) return;
    out->headers = document_take(document, blocks->line_count + 1, sizeof *out->headers);
    for (size_t i = 0; i < blocks->line_count; i++) {
        if (!read_hex_field(document, &out->headers[out->header_count], blocks->lines[i], "header"))
            break;
        out->header_count++;
    }
    document_free(blocks);
}

static void read_document(plan *plan, document *document) {
    list *list = document_take(document, 1, sizeof *list);
    list->plan = plan;
    size_t largest = 0;
    if (!read_hex_list(document, &list->items, &list->count, document->json)) {
        submit_bad_form(plan, document, 0, "an item is no hex");
        return;
    }
    read_headers(document, list);
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].size > largest) largest = list->items[i].size;
    }
    job job = {NULL,
               document,
               0,
               (uint32_t)list->count,
               run_list,
               list,
               mote_justification_memory(largest, MOTE_MAX_AUTHORITIES) + (1u << 17)};
    submit(plan, &job);
}

const reader reader_lists = {"subscriptions", recognizes, read_document};
