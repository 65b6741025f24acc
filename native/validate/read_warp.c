/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Warp proofs: {"start_set_id", "start_authorities_file", "fragments"} beside "<same name>.warpproof.bin"; and recorded
 * answers of the libp2p protocols, {"warp from ...": {"request", "response"}, ...}, whose first set is that of a genesis
 * state (--spec), or the one to which a header hands over in an answer from genesis that held.
 */
#include <stdlib.h>
#include <string.h>

#include "chain.h"
#include "mote/warp.h"

typedef struct warp {
    mote_bytes proof;
    mote_bytes authorities; /* the set that it starts with, in SCALE, or as read elsewhere */
    mote_authority_list list;
    uint64_t set_id;
    mote_hash start;
} warp;

static bool recognizes(const document *document) {
    return document->lines == NULL &&
           json_object_get(document->json, "start_authorities_file") != NULL;
}

static mote_status feed(mote_context *context, mote_warp *decoder, mote_bytes rest,
                        uint32_t *links) {
    mote_warp_link link;
    mote_status status = MOTE_OK;
    while (rest.size > 0 && status == MOTE_OK) {
        size_t taken;
        status = mote_warp_feed(context, decoder, &taken, rest);
        rest.data += taken;
        rest.size -= taken;
        while (mote_warp_next(decoder, &link)) *links += link.report.precommits;
    }
    if (status == MOTE_OK) status = mote_warp_finish(context, decoder);
    while (mote_warp_next(decoder, &link)) *links += link.report.precommits;
    return status;
}

static mote_status judge(mote_context *context, const warp *warp, uint32_t *signatures) {
    mote_authority_list list = warp->list;
    mote_authority_set set;
    mote_warp *decoder;
    mote_voter *voters = mote_context_take(context, MOTE_MAX_AUTHORITIES, sizeof *voters);
    if (voters == NULL) return MOTE_E_LIMIT_MEMORY;
    mote_status status = MOTE_OK;
    if (warp->list.count == 0)
        status = mote_authority_list_decode(context, &list, warp->authorities);
    if (status == MOTE_OK) {
        status = mote_authority_set_build(context, &set, voters, MOTE_MAX_AUTHORITIES, &list,
                                          warp->set_id, MOTE_ASSUMED_AUTHORITIES);
    }
    mote_warp_start start;
    memset(&start, 0, sizeof start);
    start.hash = warp->start;
    start.set = &set;
    if (status == MOTE_OK) status = mote_warp_new(context, &decoder, &start);
    return status == MOTE_OK ? feed(context, decoder, warp->proof, signatures) : status;
}

static void run_warp(worker *worker, const job *job) {
    uint32_t signatures = 0;
    double begun = worker_clock();
    mote_status status = judge(&worker->context, job->data, &signatures);
    worked(worker, WORK_SIGNATURES, signatures, worker_clock() - begun);
    judged(worker, job, job->first, RULE_WARP, status);
}

static size_t memory_of(void) {
    return mote_warp_memory(0, 0) + MOTE_MAX_AUTHORITIES * sizeof(mote_voter) + 65536;
}

static void read_document(plan *plan, document *document) {
    warp *warp = document_take(document, 1, sizeof *warp);
    const char *set = json_string_value(json_object_get(document->json, "start_authorities_file"));
    const char *end = strstr(document->path, ".json");
    char *file = document_text(document, "%.*s.warpproof.bin",
                               end == NULL ? 0 : (int)(end - document->path), document->path);
    if (!read_number_field(&warp->set_id, document->json, "start_set_id", INT64_MAX)) {
        submit_bad_form(plan, document, 0, "there is no number of the first set");
        return;
    }
    if (set == NULL || !document_read_beside(document, &warp->proof, file) ||
        !document_read_beside(document, &warp->authorities, document_beside(document, set))) {
        submit_bad_form(plan, document, 0, "the proof or the first set is not beside it");
        return;
    }
    plan_companion(plan, file);
    job job = {NULL, document, 0, 1, run_warp, warp, memory_of()};
    submit(plan, &job);
}

const reader reader_warp = {"warp", recognizes, read_document};

/* --- libp2p's answers ----------------------------------------------------------------------------------------- */
static bool is_warp(const char *name) {
    return strncmp(name, "warp from ", strlen("warp from ")) == 0;
}

static bool recognizes_p2p(const document *document) {
    const char *name;
    json_t *value;
    if (document->lines != NULL || !json_is_object(document->json)) return false;
    json_object_foreach(document->json, name, value) {
        if (is_warp(name) && json_object_get(value, "response") != NULL) return true;
    }
    return false;
}

/* A hand-over that was verified. */
typedef struct hand_over {
    mote_hash at;
    mote_authority_list next;
    uint64_t next_id;
} hand_over;

typedef struct answer {
    uint32_t number;
    bool has_set;
    warp warp;
} answer;

typedef struct answers {
    answer *items;
    size_t count;
    hand_over *verified; /* room for those of the longest that starts at genesis */
} answers;

static size_t fragments_of(mote_bytes proof) {
    mote_cursor cursor = mote_cursor_over(proof);
    return mote_read_count(&cursor, 100, 100000);
}

/* The hand-overs of a proof that holds, from the set with which it starts. */
static size_t hand_overs_of(hand_over *out, const warp *warp) {
    mote_cursor cursor = mote_cursor_over(warp->proof);
    size_t count = mote_read_count(&cursor, 100, 100000), taken = 0;
    while (taken < count) {
        mote_header header;
        mote_grandpa_log log;
        mote_read_header(&cursor, &header);
        (void)mote_read_justification(&cursor);
        if (!mote_header_find_grandpa_log(&header, &log, MOTE_GRANDPA_SCHEDULED_CHANGE)) break;
        out[taken] = (hand_over){header.hash, log.next, warp->set_id + taken + 1};
        taken++;
    }
    return taken;
}

static bool find_set(warp *out, const hand_over *verified, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const hand_over *change = &verified[i];
        if (!mote_hash_equal(&change->at, &out->start)) continue;
        out->list = change->next;
        out->set_id = change->next_id;
        return true;
    }
    return false;
}

static bool genesis_set(plan *plan, warp *out) {
    const spec *spec = plan_spec(plan, &out->start);
    mote_context context;
    uint8_t memory[256], seed[32] = {0};
    chain chain;
    if (spec == NULL) return false;
    mote_context_init(&context, memory, sizeof memory, seed);
    chain_open(&chain, spec);
    chain_begin(&chain, &context, &out->start, 0);
    bool ok = chain.has_set;
    out->list = chain.set;
    chain_close(&chain);
    return ok;
}

static void run_answers(worker *worker, const job *job) {
    const answers *list = job->data;
    mote_context *context = &worker->context;
    size_t verified = 0;
    for (size_t i = 0; i < list->count; i++) {
        answer *answer = &list->items[i];
        uint32_t signatures = 0;
        bool from_genesis = answer->has_set;
        if (!from_genesis && !find_set(&answer->warp, list->verified, verified)) {
            unchecked(
                worker, job, answer->number, RULE_WARP,
                "the set it starts with is not known: no genesis state of its chain (--spec), "
                "and no answer before it that holds hands over at its block");
            continue;
        }
        size_t mark = mote_context_mark(context);
        double begun = worker_clock();
        mote_status status = judge(context, &answer->warp, &signatures);
        mote_context_release(context, mark);
        worked(worker, WORK_SIGNATURES, signatures, worker_clock() - begun);
        judged(worker, job, answer->number, RULE_WARP, status);
        if (status == MOTE_OK && from_genesis && verified == 0)
            verified = hand_overs_of(list->verified, &answer->warp);
    }
}

static void read_p2p(plan *plan, document *document) {
    const char *name;
    json_t *value;
    uint32_t number = 0;
    size_t longest = 0;
    answers *list = document_take(document, 1, sizeof *list);
    list->items =
        document_take(document, json_object_size(document->json) + 1, sizeof *list->items);
    json_object_foreach(document->json, name, value) {
        answer *answer = &list->items[list->count];
        if (!is_warp(name)) continue;
        answer->number = number++;
        if (!read_hex_field(document, &answer->warp.proof, value, "response") ||
            !read_hash_field(&answer->warp.start, value, "request")) {
            submit_bad_form(plan, document, answer->number,
                            "the request is no hash, or the response no hex");
            continue;
        }
        answer->has_set = genesis_set(plan, &answer->warp);
        size_t fragments = fragments_of(answer->warp.proof);
        if (answer->has_set && fragments > longest) longest = fragments;
        list->count++;
    }
    list->verified = document_take(document, longest + 1, sizeof *list->verified);
    job job = {NULL, document, 0, number, run_answers, list, memory_of()};
    submit(plan, &job);
}

const reader reader_p2p = {"p2p", recognizes_p2p, read_p2p};
