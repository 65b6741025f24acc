/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Warp proofs: {"start_set_id", "start_authorities_file", "fragments"} beside "<same name>.warpproof.bin"; and recorded
 * answers of the libp2p protocols, {"warp from ...": {"request", "response"}, ...}, whose first set is that of a genesis
 * state (--spec) or announced by a header of another answer.
 */
#include <stdlib.h>
#include <string.h>

#include "chain.h"
#include "mote/warp.h"

typedef struct warp {
    mote_bytes proof;
    mote_bytes authorities;
    uint64_t set_id;
    bool has_start;
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
    mote_authority_list list;
    mote_authority_set set;
    mote_warp *decoder;
    mote_voter *voters = mote_context_take(context, MOTE_MAX_AUTHORITIES, sizeof *voters);
    if (voters == NULL) return MOTE_E_LIMIT_MEMORY;
    mote_status status = mote_authority_list_decode(context, &list, warp->authorities);
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

static bool load(document *document, mote_bytes *out, const char *path) {
    const char *why;
    struct document *file = document_load(path, &why);
    if (file == NULL) return false;
    uint8_t *copy = document_take(document, file->bytes.size + 1, 1);
    memcpy(copy, file->bytes.data, file->bytes.size);
    *out = (mote_bytes){copy, file->bytes.size};
    document_free(file);
    return true;
}

static void read_document(plan *plan, document *document) {
    warp *warp = document_take(document, 1, sizeof *warp);
    const char *set = json_string_value(json_object_get(document->json, "start_authorities_file"));
    const char *end = strstr(document->path, ".json");
    char *file = document_text(document, "%.*s.warpproof.bin",
                               end == NULL ? 0 : (int)(end - document->path), document->path);
    warp->set_id = (uint64_t)json_integer_value(json_object_get(document->json, "start_set_id"));
    if (set == NULL || !load(document, &warp->proof, file) ||
        !load(document, &warp->authorities, document_beside(document, set))) {
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

/* The set that the header with this hash hands over to, out of another answer's fragments. */
static bool find_set(document *document, warp *out, mote_bytes answer) {
    mote_cursor cursor = mote_cursor_over(answer);
    uint32_t count = mote_read_count(&cursor, 100, 100000);
    for (uint32_t i = 0; i < count; i++) {
        mote_header header;
        mote_grandpa_log log;
        mote_read_header(&cursor, &header);
        (void)mote_read_justification(&cursor);
        if (cursor.status != MOTE_OK) return false;
        if (!mote_hash_equal(&header.hash, &out->start)) continue;
        if (!mote_header_find_grandpa_log(&header, &log, MOTE_GRANDPA_SCHEDULED_CHANGE))
            return false;
        size_t size = (size_t)log.next.count * MOTE_AUTHORITY_ITEM_SIZE;
        uint8_t *list = document_take(document, size + 5, 1);
        mote_writer writer = mote_writer_into(list, size + 5);
        mote_write_compact(&writer, log.next.count);
        mote_write_span(&writer, log.next.items, size);
        out->authorities = (mote_bytes){list, writer.size};
        out->set_id = i + 1;
        return true;
    }
    return false;
}

static bool genesis_set(plan *plan, document *document, warp *out) {
    const spec *spec = plan_spec(plan, &out->start);
    mote_context context;
    uint8_t memory[256], seed[32] = {0};
    chain chain;
    if (spec == NULL) return false;
    mote_context_init(&context, memory, sizeof memory, seed);
    chain_open(&chain, spec);
    chain_begin(&chain, &context, &out->start, 0);
    bool ok = chain.has_set;
    size_t size = (size_t)chain.set.count * MOTE_AUTHORITY_ITEM_SIZE;
    uint8_t *list = document_take(document, size + 5, 1);
    mote_writer writer = mote_writer_into(list, size + 5);
    mote_write_compact(&writer, chain.set.count);
    if (ok) mote_write_span(&writer, chain.set.items, size);
    out->authorities = (mote_bytes){list, writer.size};
    chain_close(&chain);
    return ok;
}

static void run_no_set(worker *worker, const job *job) {
    unchecked(worker, job, job->first, RULE_WARP, "the set it starts with is not known (--spec)");
}

static void read_p2p(plan *plan, document *document) {
    const char *name;
    json_t *value;
    uint32_t number = 0;
    mote_bytes first = {NULL, 0};
    json_object_foreach(document->json, name, value) {
        warp *warp = document_take(document, 1, sizeof *warp);
        job job = {NULL, document, number, 1, run_warp, warp, memory_of()};
        if (!is_warp(name)) continue;
        number++;
        if (!read_hex_field(document, &warp->proof, value, "response") ||
            !read_hash_field(&warp->start, value, "request")) {
            submit_bad_form(plan, document, job.first,
                            "the request is no hash, or the response no hex");
            continue;
        }
        if (genesis_set(plan, document, warp)) {
            first = warp->proof;
        } else if (first.size == 0 || !find_set(document, warp, first)) {
            job.run = run_no_set;
        }
        submit(plan, &job);
    }
}

const reader reader_p2p = {"p2p", recognizes_p2p, read_p2p};
