/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Headers with what is needed of their epoch to judge their author, one a line: "header", "hash", "pre_seal_hash", "kind",
 * "slot", "epoch_index", "epoch_start_slot", "epoch_duration", "epoch_randomness", "num_authorities", "authority_index",
 * "authority", "c", "allowed_slots". Of the epoch's keys only the author's is there; every weight is 1.
 */
#include <stdlib.h>
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

/* Vectors that are judged together. */
#define BATCH 64u
typedef struct vectors {
    vector *items[BATCH];
    uint32_t numbers[BATCH];
    uint32_t count;
} vectors;

/* Of those whose header is as said and has a digest. */
typedef struct claims {
    uint32_t of[BATCH]; /* which vectors */
    mote_babe_digest digest[BATCH];
    mote_babe_case cases[BATCH];
    mote_babe_authorship author[BATCH];
    uint8_t bad[BATCH];
    uint32_t count;
} claims;

static void read_claim(worker *worker, const job *job, claims *out, const vectors *list,
                       uint32_t i) {
    const vector *vector = list->items[i];
    mote_header header;
    double begun = worker_clock();
    mote_status status = mote_header_decode(&worker->context, &header, vector->header);
    if (status == MOTE_OK && !mote_hash_equal(&header.hash, &vector->hash)) {
        failed(worker, job, list->numbers[i], RULE_HEADER,
               "header_hash: it has another hash than the one given");
        return;
    }
    judged(worker, job, list->numbers[i], RULE_HEADER, status);
    worked(worker, WORK_HEADERS, 1, worker_clock() - begun);
    if (status != MOTE_OK) return;
    mote_babe_digest *digest = &out->digest[out->count];
    status = mote_babe_digest_read(&worker->context, digest, &header);
    if (status != MOTE_OK) {
        judged(worker, job, list->numbers[i], RULE_BABE, status);
        return;
    }
    out->cases[out->count] = (mote_babe_case){digest, &vector->epoch};
    out->of[out->count++] = i;
}

static void tell_claim(worker *worker, const job *job, claims *claims, const vectors *list,
                       uint32_t k) {
    const vector *vector = list->items[claims->of[k]];
    uint32_t number = list->numbers[claims->of[k]];
    mote_babe_authorship *author = &claims->author[k];
    mote_status status = MOTE_OK;
    if (claims->bad[k] != 0) {
        status = mote_babe_verify(&worker->context, author, &claims->digest[k], &vector->epoch,
                                  UINT64_MAX);
    }
    const char *other = status == MOTE_OK ? compare(vector, &claims->digest[k], author) : NULL;
    if (other != NULL) {
        failed(worker, job, number, RULE_BABE, "%s than the vector's", other);
    } else {
        judged(worker, job, number, RULE_BABE, status);
    }
}

static void run_vectors(worker *worker, const job *job) {
    const vectors *list = job->data;
    claims *claims = memory_take(1, sizeof *claims);
    for (uint32_t i = 0; i < list->count; i++) read_claim(worker, job, claims, list, i);
    double begun = worker_clock();
    mote_status status = mote_babe_verify_many(&worker->context, claims->author, claims->bad,
                                               claims->cases, claims->count, UINT64_MAX);
    if (status != MOTE_OK) mote_context_clear_fault(&worker->context);
    worked(worker, WORK_SIGNATURES, claims->count, worker_clock() - begun);
    for (uint32_t k = 0; k < claims->count; k++) tell_claim(worker, job, claims, list, k);
    free(claims);
}

static void send(plan *plan, document *document, vectors *list) {
    uint32_t first = list->numbers[0], last = list->numbers[list->count - 1];
    job job = {NULL, document, first, last - first + 1, run_vectors, list, MOTE_BABE_MANY_MEMORY};
    submit(plan, &job);
}

static void read_document(plan *plan, document *document) {
    vectors *list = NULL;
    for (size_t i = 0; i < document->line_count; i++) {
        vector *vector = document_take(document, 1, sizeof *vector);
        if (!read_vector(document, vector, document->lines[i])) {
            submit_bad_form(plan, document, (uint32_t)i, "a field is missing or out of range");
            continue;
        }
        if (list == NULL) list = document_take(document, 1, sizeof *list);
        list->items[list->count] = vector;
        list->numbers[list->count++] = (uint32_t)i;
        if (list->count < BATCH) continue;
        send(plan, document, list);
        list = NULL;
    }
    if (list != NULL) send(plan, document, list);
}

const reader reader_babe_vectors = {"babe-vectors", recognizes, read_document};
