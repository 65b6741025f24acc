/* SPDX-License-Identifier: Apache-2.0 */
/* sr25519 signatures: {"signatures": [{"context", "public_key", "message" (text), "signature", "valid"}]}. */
#include <string.h>

#include "mote/sr25519.h"
#include "validate.h"

typedef struct vector {
    mote_bytes context, key, signature, message;
    bool valid;
} vector;

static bool recognizes(const document *document) {
    const json_t *first = json_array_get(json_object_get(document->json, "signatures"), 0);
    return document->lines == NULL && json_object_get(first, "public_key") != NULL;
}

static void run_vector(worker *worker, const job *job) {
    const vector *vector = job->data;
    double begun = worker_clock();
    mote_status status = mote_sr25519_verify_in_context(vector->context, vector->key.data,
                                                        vector->signature.data, vector->message);
    worked(worker, WORK_SIGNATURES, 1, worker_clock() - begun);
    judged_as(worker, job, job->first, RULE_SR25519, status, vector->valid);
}

static bool read_text(mote_bytes *out, const json_t *text) {
    *out = (mote_bytes){(const uint8_t *)json_string_value(text), json_string_length(text)};
    return json_is_string(text);
}

static bool read_vector(document *document, vector *out, const json_t *item) {
    const json_t *valid = json_object_get(item, "valid");
    out->valid = json_is_true(valid);
    return json_is_boolean(valid) && read_text(&out->context, json_object_get(item, "context")) &&
           read_text(&out->message, json_object_get(item, "message")) &&
           read_hex_field(document, &out->key, item, "public_key") &&
           read_hex_field(document, &out->signature, item, "signature") && out->key.size == 32 &&
           out->signature.size == 64;
}

static void read_document(plan *plan, document *document) {
    size_t index;
    json_t *item;
    json_array_foreach(json_object_get(document->json, "signatures"), index, item) {
        vector *vector = document_take(document, 1, sizeof *vector);
        job job = {NULL, document, (uint32_t)index, 1, run_vector, vector, 0};
        if (read_vector(document, vector, item)) {
            submit(plan, &job);
        } else {
            submit_bad_form(plan, document, (uint32_t)index, "a field is missing or no hex");
        }
    }
}

const reader reader_sr25519 = {"sr25519", recognizes, read_document};
