/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sets of Ed25519 signatures, judged by ZIP-215 as nodes do: novifinancial's speccheck ({"cases": [{"message", "pub_key",
 * "signature"}], "expected_by_library": {"Zebra": [...]}}) and the 196 of ed25519-zebra ({"message_ascii", "cases": [{"vk",
 * "sig", "valid_zip215"}]}).
 */
#include <string.h>

#include "mote/ed25519.h"
#include "validate.h"

typedef struct vector {
    mote_bytes key, signature, message;
    bool valid;
} vector;

static bool recognizes(const document *document) {
    const json_t *first = json_array_get(json_object_get(document->json, "cases"), 0);
    return document->lines == NULL &&
           (json_object_get(first, "pub_key") != NULL || json_object_get(first, "vk") != NULL);
}

static void run_vector(worker *worker, const job *job) {
    const vector *vector = job->data;
    double begun = worker_clock();
    mote_status status =
        mote_ed25519_verify(vector->key.data, vector->signature.data, vector->message);
    worked(worker, WORK_SIGNATURES, 1, worker_clock() - begun);
    judged_as(worker, job, job->first, RULE_ED25519, status, vector->valid);
}

static bool read_vector(document *document, vector *out, const json_t *item, size_t index) {
    const json_t *zebra =
        json_object_get(json_object_get(document->json, "expected_by_library"), "Zebra");
    const json_t *valid =
        zebra == NULL ? json_object_get(item, "valid_zip215") : json_array_get(zebra, index);
    const char *text = json_string_value(json_object_get(document->json, "message_ascii"));
    bool small = json_object_get(item, "vk") != NULL;
    if (small && text != NULL) out->message = (mote_bytes){(const uint8_t *)text, strlen(text)};
    if (!small && !read_hex_field(document, &out->message, item, "message")) return false;
    out->valid = json_is_true(valid);
    return json_is_boolean(valid) && (!small || text != NULL) &&
           read_hex_field(document, &out->key, item, small ? "vk" : "pub_key") &&
           read_hex_field(document, &out->signature, item, small ? "sig" : "signature") &&
           out->key.size == 32 && out->signature.size == 64;
}

static void read_document(plan *plan, document *document) {
    size_t index;
    json_t *item;
    json_array_foreach(json_object_get(document->json, "cases"), index, item) {
        vector *vector = document_take(document, 1, sizeof *vector);
        job job = {NULL, document, (uint32_t)index, 1, run_vector, vector, 0};
        if (read_vector(document, vector, item, index)) {
            submit(plan, &job);
        } else {
            submit_bad_form(plan, document, (uint32_t)index,
                            "a field is missing, or what is expected");
        }
    }
}

const reader reader_ed25519 = {"ed25519", recognizes, read_document};
