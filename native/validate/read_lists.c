/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a node's subscriptions gave: "<name>.justifications.json" and "<name>.beefy.json", lists of hex. The sets are those
 * that the headers in "<name>.blocks.jsonl" beside it announce, GRANDPA's first one that of a genesis state (--spec).
 */
#include <stdlib.h>
#include <string.h>

#include "chain.h"
#include "recorded.h"

/* A justification, by the block that it is for. */
typedef struct ordered {
    uint32_t number;
    uint64_t target;
} ordered;

typedef struct list {
    mote_bytes *items;
    size_t count;
    recorded chain;
    ordered *order; /* room for them all */
    plan *plan;
} list;

static bool recognizes(const document *document) {
    return document->lines == NULL && json_is_array(document->json) &&
           (document_is_named(document, ".justifications.json") ||
            document_is_named(document, ".beefy.json"));
}

static void open_chain(worker *worker, chain *chain, const list *list) {
    const spec *spec = NULL;
    mote_hash genesis;
    memset(&genesis, 0, sizeof genesis);
    if (list->chain.count > 0) {
        const mote_header *first = list->chain.headers;
        genesis = first->number == 0 ? first->hash : first->parent_hash;
        spec = plan_spec(list->plan, &genesis);
    }
    chain_open(chain, spec);
    chain_begin(chain, &worker->context, &genesis, 0);
}

static int by_target(const void *a, const void *b) {
    const ordered *first = a, *second = b;
    if (first->target != second->target) return first->target < second->target ? -1 : 1;
    return first->number < second->number ? -1 : first->number > second->number;
}

/* Those that decode, in the order of the chain; the others are judged. */
static size_t order(worker *worker, const job *job, const list *list) {
    ordered *out = list->order;
    size_t count = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        mote_justification_report report;
        mote_status status = mote_justification_decode(&worker->context, &report, list->items[i]);
        if (status == MOTE_OK) {
            out[count++] = (ordered){i, report.target_number};
        } else {
            judged(worker, job, i, RULE_JUSTIFICATION, status);
        }
    }
    qsort(out, count, sizeof *out, by_target);
    return count;
}

static void judge_grandpa(worker *worker, const job *job, const list *list, chain *chain,
                          const ordered *item) {
    mote_authority_set set;
    mote_finalized_block block;
    mote_justification_report report;
    const mote_header *header = recorded_at(&list->chain, item->target);
    if (!chain->has_last || chain->last.number + UINT64_C(1) < item->target) {
        unchecked(worker, job, item->number, RULE_JUSTIFICATION,
                  "the headers up to its block are not here");
    } else if (!chain_grandpa_set(chain, &worker->context, &set)) {
        unchecked(worker, job, item->number, RULE_JUSTIFICATION,
                  "no genesis state with its first set was given (--spec)");
    } else {
        judged(worker, job, item->number, RULE_JUSTIFICATION,
               mote_justification_verify(&worker->context, &block, &report, &set,
                                         list->items[item->number], header));
    }
}

/* One walk along the chain, which stops before each block that a justification is for. */
static void run_grandpa(worker *worker, const job *job) {
    const list *list = job->data;
    chain chain;
    size_t at = 0;
    ordered *items = list->order;
    size_t count = order(worker, job, list);
    open_chain(worker, &chain, list);
    for (size_t i = 0; i < count; i++) {
        for (; at < list->chain.count && list->chain.headers[at].number < items[i].target; at++) {
            chain_note(&chain, &list->chain.headers[at]);
            chain.last = list->chain.headers[at];
            chain.has_last = true;
        }
        judge_grandpa(worker, job, list, &chain, &items[i]);
    }
    chain_close(&chain);
}

static void judge_beefy(worker *worker, const job *job, const list *list, const chain *chain,
                        uint32_t number) {
    mote_beefy_proof proof;
    mote_beefy_set set;
    mote_beefy_finalized finalized;
    mote_context *context = &worker->context;
    mote_status status = mote_beefy_proof_decode(context, &proof, list->items[number]);
    if (status == MOTE_OK && !chain_beefy_set(chain, context, &set, proof.commitment.set_id)) {
        unchecked(worker, job, number, RULE_BEEFY, "the header that announced its set is not here");
        return;
    }
    if (status == MOTE_OK)
        status = mote_beefy_verify(context, &finalized, NULL, &set, list->items[number]);
    judged(worker, job, number, RULE_BEEFY, status);
}

static void run_beefy(worker *worker, const job *job) {
    const list *list = job->data;
    chain chain;
    open_chain(worker, &chain, list);
    for (size_t i = 0; i < list->chain.count; i++) chain_note(&chain, &list->chain.headers[i]);
    for (uint32_t i = 0; i < list->count; i++) judge_beefy(worker, job, list, &chain, i);
    chain_close(&chain);
}

static void read_document(plan *plan, document *document) {
    list *list = document_take(document, 1, sizeof *list);
    list->plan = plan;
    size_t largest = 0;
    if (!read_hex_list(document, &list->items, &list->count, document->json)) {
        submit_bad_form(plan, document, 0, "an item is no hex");
        return;
    }
    bool beefy = document_is_named(document, ".beefy.json");
    if (list->count == 0) return;
    list->chain = recorded_beside(document, beefy ? ".beefy.json" : ".justifications.json");
    list->order = document_take(document, list->count + 1, sizeof *list->order);
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].size > largest) largest = list->items[i].size;
    }
    job job = {NULL,
               document,
               0,
               (uint32_t)list->count,
               beefy ? run_beefy : run_grandpa,
               list,
               mote_justification_memory(largest, MOTE_MAX_AUTHORITIES) + (1u << 17)};
    submit(plan, &job);
}

const reader reader_lists = {"subscriptions", recognizes, read_document};
