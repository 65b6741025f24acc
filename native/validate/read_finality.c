/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers of grandpa_proveFinality, {"block asked for": hex, ...}: { block hash, justification, unknown_headers }. Sets are
 * followed from the one in a genesis state (--spec) by the change that the last header of each answer announces.
 */
#include <stdlib.h>
#include <string.h>

#include "chain.h"

typedef struct answer {
    uint32_t asked;
    mote_bytes bytes;
} answer;

typedef struct answers {
    answer *items;
    size_t count;
    plan *plan;
} answers;

/* A block's number in decimal. */
static bool read_asked(uint32_t *out, const char *text) {
    uint64_t number = 0;
    if (*text == 0) return false;
    for (; *text != 0; text++) {
        if (*text < '0' || *text > '9') return false;
        number = 10 * number + (uint64_t)(*text - '0');
        if (number > UINT32_MAX) return false;
    }
    *out = (uint32_t)number;
    return true;
}

static bool recognizes(const document *document) {
    return document->lines == NULL && json_is_object(document->json) &&
           document_is_named(document, "prove-finality.json");
}

static int by_asked(const void *a, const void *b) {
    const answer *first = a, *second = b;
    return first->asked < second->asked ? -1 : first->asked > second->asked;
}

static mote_status judge(worker *worker, chain *chain, const answer *answer,
                         mote_justification_report *report) {
    mote_context *context = &worker->context;
    mote_cursor cursor = mote_cursor_over(answer->bytes);
    mote_hash hash = mote_read_hash(&cursor);
    mote_bytes justification = mote_read_vec_u8(&cursor);
    uint32_t count = mote_read_count(&cursor, 98, 100000);
    mote_header header, last;
    mote_authority_set set;
    mote_finalized_block block;
    mote_status status = MOTE_OK;
    memset(&last, 0, sizeof last);
    for (uint32_t i = 0; i < count && cursor.status == MOTE_OK; i++) {
        mote_read_header(&cursor, &header);
        if (cursor.status != MOTE_OK) break;
        if (i > 0) status = mote_header_check_parent(context, &header, &last);
        if (status != MOTE_OK) return status;
        last = header;
    }
    status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) return status;
    if (!chain_grandpa_set(chain, context, &set)) return MOTE_E_LINK_MISSING;
    status = mote_justification_verify(context, &block, report, &set, justification,
                                       count > 0 ? &last : NULL);
    if (status != MOTE_OK) return status;
    if (!mote_hash_equal(&block.hash, &hash)) return MOTE_E_TARGET_MISMATCH;
    if (block.number < answer->asked) return MOTE_E_VOTE_BELOW_TARGET;
    mote_grandpa_log log;
    if (count > 0 && mote_header_find_grandpa_log(&last, &log, MOTE_GRANDPA_SCHEDULED_CHANGE) &&
        log.delay == 0) {
        chain->change = log.next;
        chain->change_at = block.number;
        chain->has_change = true;
    }
    return MOTE_OK;
}

static void run_answers(worker *worker, const job *job) {
    const answers *list = job->data;
    chain chain;
    const spec *spec = NULL;
    mote_hash zero;
    memset(&zero, 0, sizeof zero);
    /* The answers do not say whose they are: the state given whose set signed the first. */
    for (size_t i = 0; (spec = plan_spec_at(list->plan, i)) != NULL; i++) {
        mote_justification_report report;
        chain_open(&chain, spec);
        chain_begin(&chain, &worker->context, &spec->hash, 0);
        bool fits = list->count > 0 && judge(worker, &chain, &list->items[0], &report) == MOTE_OK;
        if (fits) break;
        chain_close(&chain);
    }
    if (spec == NULL) chain_open(&chain, plan_spec_at(list->plan, 0));
    if (spec == NULL && chain.spec != NULL)
        chain_begin(&chain, &worker->context, &chain.spec->hash, 0);
    chain.has_change = false;
    for (size_t i = 0; i < list->count; i++) {
        const answer *answer = &list->items[i];
        mote_justification_report report = {0};
        if (!chain.has_set) {
            unchecked(worker, job, (uint32_t)i, RULE_FINALITY_PROOF,
                      "no genesis state with its first set was given (--spec)");
            continue;
        }
        if (chain.has_change && answer->asked > chain.change_at) {
            chain.set = chain.change;
            chain.set_id++;
            chain.has_change = false;
        }
        double begun = worker_clock();
        mote_status status = judge(worker, &chain, answer, &report);
        worked(worker, WORK_SIGNATURES, report.precommits, worker_clock() - begun);
        judged(worker, job, (uint32_t)i, RULE_FINALITY_PROOF, status);
    }
    chain_close(&chain);
}

static void read_document(plan *plan, document *document) {
    const char *key;
    json_t *value;
    answers *list = document_take(document, 1, sizeof *list);
    size_t largest = 0;
    list->plan = plan;
    list->items =
        document_take(document, json_object_size(document->json) + 1, sizeof *list->items);
    json_object_foreach(document->json, key, value) {
        answer *answer = &list->items[list->count];
        if (!read_asked(&answer->asked, key) || !read_hex(document, &answer->bytes, value)) {
            submit_bad_form(plan, document, (uint32_t)list->count,
                            "an answer is no hex, or not for a block");
            continue;
        }
        if (answer->bytes.size > largest) largest = answer->bytes.size;
        list->count++;
    }
    if (list->count == 0) return;
    qsort(list->items, list->count, sizeof *list->items, by_asked);
    job job = {NULL,
               document,
               0,
               (uint32_t)list->count,
               run_answers,
               list,
               mote_justification_memory(largest, MOTE_MAX_AUTHORITIES) + (1u << 17)};
    submit(plan, &job);
}

const reader reader_finality = {"prove-finality", recognizes, read_document};
