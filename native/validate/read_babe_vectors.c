/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Headers with what is needed of their epoch to judge their author, one a line: "header", "hash", "pre_seal_hash", "kind",
 * "slot", "epoch_index", "epoch_start_slot", "epoch_duration", "epoch_randomness", "num_authorities", "authority_index",
 * "authority", "c", "allowed_slots". Of the epoch's keys only the author's is there; every weight is 1.
 */
#include <string.h>

#include "mote/babe.h"
#include "validate.h"

typedef struct vector {
    mote_bytes header;
    mote_hash hash, pre_hash;
    uint32_t authority_index;
    uint64_t slot;
    const char *kind;
    mote_babe_epoch epoch;
} vector;

static bool recognizes(const document *document) {
    return document->lines != NULL && json_object_get(document->json, "epoch_randomness") != NULL &&
           json_object_get(document->json, "header") != NULL;
}

/* The others' keys are no curve points: no signature holds under them. */
static bool make_authorities(document *document, vector *out, const json_t *line) {
    uint64_t count;
    mote_hash key;
    if (!read_number_field(&count, line, "num_authorities", MOTE_MAX_AUTHORITIES) ||
        out->authority_index >= count)
        return false;
    if (!read_hash_field(&key, line, "authority")) return false;
    uint8_t *items = document_take(document, count, MOTE_AUTHORITY_ITEM_SIZE);
    for (uint64_t i = 0; i < count; i++) {
        uint8_t *item = items + i * MOTE_AUTHORITY_ITEM_SIZE;
        memset(item, 1, 32);
        if (i == out->authority_index) memcpy(item, key.bytes, 32);
        item[32] = 1;
    }
    out->epoch.authorities = (mote_authority_list){items, (uint32_t)count};
    return true;
}

static bool read_vector(document *document, vector *out, const json_t *line) {
    const json_t *c = json_object_get(line, "c");
    mote_hash randomness;
    uint64_t index, slots;
    if (!read_number_field(&index, line, "authority_index", UINT32_MAX) ||
        !read_number_field(&slots, line, "allowed_slots", UINT8_MAX) ||
        !read_number_field(&out->slot, line, "slot", INT64_MAX) ||
        !read_number_field(&out->epoch.index, line, "epoch_index", INT64_MAX) ||
        !read_number_field(&out->epoch.start_slot, line, "epoch_start_slot", INT64_MAX) ||
        !read_number_field(&out->epoch.duration, line, "epoch_duration", INT64_MAX) ||
        !read_number(&out->epoch.c_numerator, json_array_get(c, 0), INT64_MAX) ||
        !read_number(&out->epoch.c_denominator, json_array_get(c, 1), INT64_MAX)) {
        return false;
    }
    out->authority_index = (uint32_t)index;
    out->epoch.allowed_slots = (uint8_t)slots;
    out->kind = json_string_value(json_object_get(line, "kind"));
    if (!read_hash_field(&randomness, line, "epoch_randomness")) return false;
    memcpy(out->epoch.randomness, randomness.bytes, sizeof randomness.bytes);
    return read_hex_field(document, &out->header, line, "header") && out->kind != NULL &&
           read_hash_field(&out->hash, line, "hash") &&
           read_hash_field(&out->pre_hash, line, "pre_seal_hash") &&
           make_authorities(document, out, line);
}

static const char *compare(const vector *vector, const mote_babe_digest *digest,
                           const mote_babe_authorship *author) {
    if (!mote_hash_equal(&digest->pre_hash, &vector->pre_hash))
        return "another hash before the seal";
    if (author->slot != vector->slot) return "another slot";
    if (author->authority_index != vector->authority_index) return "another author";
    if (author->epoch_index != vector->epoch.index) return "another epoch";
    return strcmp(mote_babe_claim_name(author->claim), vector->kind) == 0 ? NULL : "another claim";
}

static void run_vector(worker *worker, const job *job) {
    const vector *vector = job->data;
    mote_header header;
    mote_babe_digest digest;
    mote_babe_authorship author;
    double begun = worker_clock();
    mote_status status = mote_header_decode(&worker->context, &header, vector->header);
    if (status == MOTE_OK && !mote_hash_equal(&header.hash, &vector->hash)) {
        failed(worker, job, job->first, RULE_HEADER,
               "header_hash: it has another hash than the one given");
        return;
    }
    judged(worker, job, job->first, RULE_HEADER, status);
    worked(worker, WORK_HEADERS, 1, worker_clock() - begun);
    if (status != MOTE_OK) return;
    begun = worker_clock();
    status = mote_babe_digest_read(&worker->context, &digest, &header);
    if (status == MOTE_OK) {
        status = mote_babe_verify(&worker->context, &author, &digest, &vector->epoch, UINT64_MAX);
    }
    worked(worker, WORK_SIGNATURES, 1, worker_clock() - begun);
    const char *other = status == MOTE_OK ? compare(vector, &digest, &author) : NULL;
    if (other != NULL) {
        failed(worker, job, job->first, RULE_BABE, "%s than the vector's", other);
    } else {
        judged(worker, job, job->first, RULE_BABE, status);
    }
}

static void read_document(plan *plan, document *document) {
    for (size_t i = 0; i < document->line_count; i++) {
        vector *vector = document_take(document, 1, sizeof *vector);
        job job = {NULL, document, (uint32_t)i, 1, run_vector, vector, 0};
        if (read_vector(document, vector, document->lines[i])) {
            submit(plan, &job);
        } else {
            submit_bad_form(plan, document, (uint32_t)i, "a field is missing or out of range");
        }
    }
}

const reader reader_babe_vectors = {"babe-vectors", recognizes, read_document};
