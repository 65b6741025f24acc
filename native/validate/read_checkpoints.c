/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checkpoints: chain specs with "lightSyncState" {finalizedBlockHeader, babeEpochChanges, grandpaAuthoritySet}; that object
 * alone; or lines of {"header", "babe_epoch_changes", "grandpa_authority_set", "hash"?}. Besides the checkpoint, the author
 * of its header is judged by its own epochs.
 */
#include <string.h>

#include "mote/babe.h"
#include "mote/checkpoint.h"
#include "validate.h"

typedef struct fields {
    mote_bytes header, epochs, set;
    bool has_hash;
    mote_hash hash;
    const char *id;
} fields;

static const json_t *state_of(const json_t *item) {
    const json_t *state = json_object_get(item, "lightSyncState");
    return state == NULL ? item : state;
}

static bool has_state(const json_t *item) {
    const json_t *state = state_of(item);
    return json_object_get(state, "finalizedBlockHeader") != NULL ||
           json_object_get(state, "grandpa_authority_set") != NULL;
}

static bool recognizes(const document *document) {
    return document->json != NULL && has_state(document->json);
}

static void judge_author(worker *worker, const job *job, const mote_checkpoint *checkpoint) {
    mote_babe_digest digest;
    mote_babe_authorship author;
    if (checkpoint->epoch_count == 0) {
        unchecked(worker, job, job->first, RULE_BABE,
                  "no epoch of the checkpoint holds its header's slot");
        return;
    }
    double begun = worker_clock();
    mote_status status = mote_babe_digest_read(&worker->context, &digest, &checkpoint->header);
    if (status == MOTE_OK) {
        status =
            mote_babe_verify(&worker->context, &author, &digest, &checkpoint->epoch[0], UINT64_MAX);
    }
    worked(worker, WORK_SIGNATURES, 1, worker_clock() - begun);
    judged(worker, job, job->first, RULE_BABE, status);
}

static void run_checkpoint(worker *worker, const job *job) {
    const fields *fields = job->data;
    mote_checkpoint checkpoint;
    const mote_chain *chain = fields->id == NULL ? NULL : mote_chain_by_id(fields->id);
    double begun = worker_clock();
    mote_status status = mote_checkpoint_from_light_sync_state(
        &worker->context, &checkpoint, fields->header, fields->epochs, fields->set, chain);
    worked(worker, WORK_HEADERS, 1, worker_clock() - begun);
    if (status == MOTE_OK && fields->has_hash &&
        !mote_hash_equal(&checkpoint.header.hash, &fields->hash)) {
        status = MOTE_E_HEADER_HASH;
    }
    judged(worker, job, job->first, RULE_CHECKPOINT, status);
    if (status == MOTE_OK) judge_author(worker, job, &checkpoint);
}

static bool read_either(document *document, mote_bytes *out, const json_t *state, const char *name,
                        const char *other) {
    const json_t *value = json_object_get(state, name);
    return read_hex(document, out, value != NULL ? value : json_object_get(state, other));
}

static void read_one(plan *plan, document *document, const json_t *item, uint32_t number) {
    const json_t *state = state_of(item);
    fields *fields = document_take(document, 1, sizeof *fields);
    const json_t *decoded = json_object_get(item, "decoded");
    fields->id = json_string_value(json_object_get(item, "id"));
    fields->has_hash = read_hash_field(&fields->hash, decoded != NULL ? decoded : item, "hash");
    if (!read_either(document, &fields->header, state, "finalizedBlockHeader", "header") ||
        !read_either(document, &fields->epochs, state, "babeEpochChanges", "babe_epoch_changes") ||
        !read_either(document, &fields->set, state, "grandpaAuthoritySet",
                     "grandpa_authority_set")) {
        submit_bad_form(plan, document, number,
                        "a field of the light sync state is missing or no hex");
        return;
    }
    job job = {NULL,
               document,
               number,
               1,
               run_checkpoint,
               fields,
               2 * MOTE_MAX_AUTHORITIES * sizeof(mote_voter) + (1u << 20)};
    submit(plan, &job);
}

static void read_document(plan *plan, document *document) {
    if (document->lines == NULL) {
        read_one(plan, document, document->json, 0);
        return;
    }
    for (size_t i = 0; i < document->line_count; i++) {
        read_one(plan, document, document->lines[i], (uint32_t)i);
    }
}

const reader reader_checkpoints = {"checkpoints", recognizes, read_document};
