/* SPDX-License-Identifier: Apache-2.0 */
/*
 * GRANDPA justifications with their sets: an index [{"justification_file", "authority_set_file", "set_id", "target_hash",
 * "target_number", "target_header"?}, ...] of files beside it. A justification without an index entry is judged by its form
 * only.
 */
#include <string.h>

#include "mote/grandpa.h"
#include "validate.h"

typedef struct entry {
    mote_bytes justification, authorities, header;
    uint64_t set_id;
    mote_hash target;
    uint32_t number;
} entry;

static bool recognizes(const document *document) {
    const json_t *first = document->lines == NULL ? json_array_get(document->json, 0) : NULL;
    return json_object_get(first, "justification_file") != NULL ||
           document_is_named(document, ".justification.bin");
}

static mote_status judge(worker *worker, const entry *entry, mote_justification_report *report) {
    mote_context *context = &worker->context;
    mote_authority_list list;
    mote_authority_set set;
    mote_finalized_block block;
    mote_header header;
    bool has_header = entry->header.size > 0;
    mote_voter *voters = mote_context_take(context, MOTE_MAX_AUTHORITIES, sizeof *voters);
    mote_status status = voters == NULL
                             ? MOTE_E_LIMIT_MEMORY
                             : mote_authority_list_decode(context, &list, entry->authorities);
    if (status == MOTE_OK) {
        status = mote_authority_set_build(context, &set, voters, MOTE_MAX_AUTHORITIES, &list,
                                          entry->set_id, MOTE_ASSUMED_AUTHORITIES);
    }
    if (status == MOTE_OK && has_header)
        status = mote_header_decode(context, &header, entry->header);
    if (status != MOTE_OK) return status;
    status = mote_justification_verify(context, &block, report, &set, entry->justification,
                                       has_header ? &header : NULL);
    if (status != MOTE_OK) return status;
    return mote_hash_equal(&block.hash, &entry->target) && block.number == entry->number
               ? MOTE_OK
               : MOTE_E_TARGET_MISMATCH;
}

static void run_entry(worker *worker, const job *job) {
    mote_justification_report report = {0};
    double begun = worker_clock();
    mote_status status = judge(worker, job->data, &report);
    worked(worker, WORK_SIGNATURES, report.precommits, worker_clock() - begun);
    judged(worker, job, job->first, RULE_JUSTIFICATION, status);
}

static void run_alone(worker *worker, const job *job) {
    mote_justification_report report;
    const entry *entry = job->data;
    mote_status status = mote_justification_decode(&worker->context, &report, entry->justification);
    if (status != MOTE_OK) {
        judged(worker, job, 0, RULE_JUSTIFICATION, status);
    } else {
        unchecked(worker, job, 0, RULE_JUSTIFICATION, "its authority set is not known");
    }
}

static bool load_beside(plan *plan, document *document, mote_bytes *out, const json_t *name) {
    if (!json_is_string(name)) return false;
    char *path = document_beside(document, json_string_value(name));
    if (!document_read_beside(document, out, path)) return false;
    plan_companion(plan, path);
    return true;
}

static bool read_entry(plan *plan, document *document, entry *out, const json_t *item) {
    const json_t *header = json_object_get(item, "target_header");
    uint64_t number = 0;
    bool ok = read_number_field(&out->set_id, item, "set_id", INT64_MAX) &&
              read_number_field(&number, item, "target_number", UINT32_MAX);
    out->number = (uint32_t)number;
    return ok &&
           load_beside(plan, document, &out->justification,
                       json_object_get(item, "justification_file")) &&
           load_beside(plan, document, &out->authorities,
                       json_object_get(item, "authority_set_file")) &&
           read_hash_field(&out->target, item, "target_hash") &&
           (header == NULL || json_is_null(header) || read_hex(document, &out->header, header));
}

static size_t memory_of(const entry *entry) {
    return mote_justification_memory(entry->justification.size, MOTE_MAX_AUTHORITIES) +
           MOTE_MAX_AUTHORITIES * sizeof(mote_voter) + 65536;
}

static void run_no_set(worker *worker, const job *job) {
    unchecked(worker, job, job->first, RULE_JUSTIFICATION, "its authority set is not recorded");
}

static void read_document(plan *plan, document *document) {
    size_t index;
    json_t *item;
    if (!json_is_array(document->json)) {
        entry *entry = document_take(document, 1, sizeof *entry);
        entry->justification = document->bytes;
        job job = {NULL, document, 0, 1, run_alone, entry, memory_of(entry)};
        submit(plan, &job);
        return;
    }
    json_array_foreach(document->json, index, item) {
        entry *entry = document_take(document, 1, sizeof *entry);
        job job = {NULL, document, (uint32_t)index, 1, run_entry, entry, 0};
        if (!json_is_string(json_object_get(item, "authority_set_file"))) {
            (void)load_beside(plan, document, &entry->justification,
                              json_object_get(item, "justification_file"));
            job.run = run_no_set;
            submit(plan, &job);
        } else if (read_entry(plan, document, entry, item)) {
            job.memory = memory_of(entry);
            submit(plan, &job);
        } else {
            submit_bad_form(plan, document, (uint32_t)index,
                            "a file of the entry is missing, or a field");
        }
    }
}

const reader reader_grandpa = {"grandpa", recognizes, read_document};
