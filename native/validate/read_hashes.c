/* SPDX-License-Identifier: Apache-2.0 */
/* BLAKE2 test vectors: [{"hash": "blake2b", "in", "key", "out"}, ...]. Those with a key are not checked: nothing in
 * Polkadot uses keyed BLAKE2b. */
#include <string.h>

#include "mote/hash.h"
#include "validate.h"

typedef struct vector {
    mote_bytes input, key, output;
} vector;

static bool recognizes(const document *document) {
    const json_t *first = document->lines == NULL ? json_array_get(document->json, 0) : NULL;
    const char *name = json_string_value(json_object_get(first, "hash"));
    return name != NULL && strcmp(name, "blake2b") == 0 && json_object_get(first, "out") != NULL;
}

static void run_vector(worker *worker, const job *job) {
    const vector *vector = job->data;
    uint8_t out[64];
    if (vector->key.size != 0) {
        unchecked(worker, job, job->first, RULE_BLAKE2B, "keyed hashing is not part of Polkadot");
        return;
    }
    mote_blake2b(out, vector->output.size, vector->input);
    if (memcmp(out, vector->output.data, vector->output.size) == 0) {
        passed(worker, job, job->first, RULE_BLAKE2B);
    } else {
        failed(worker, job, job->first, RULE_BLAKE2B, "another hash");
    }
}

static void read_document(plan *plan, document *document) {
    size_t index;
    json_t *item;
    json_array_foreach(document->json, index, item) {
        vector *vector = document_take(document, 1, sizeof *vector);
        job job = {NULL, document, (uint32_t)index, 1, run_vector, vector, 0};
        if (read_hex_field(document, &vector->input, item, "in") &&
            read_hex_field(document, &vector->key, item, "key") &&
            read_hex_field(document, &vector->output, item, "out") && vector->output.size >= 1 &&
            vector->output.size <= 64) {
            submit(plan, &job);
        } else {
            submit_bad_form(plan, document, (uint32_t)index,
                            "\"in\", \"key\" or \"out\" is no hex");
        }
    }
}

const reader reader_blake2 = {"blake2", recognizes, read_document};
