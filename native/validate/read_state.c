/* SPDX-License-Identifier: Apache-2.0 */
/* A whole state with its root: {"pairs": [[key, value], ...], "state_root", "state_version"?}. */
#include <string.h>

#include "whole.h"

typedef struct whole {
    mote_trie_entry *entries;
    size_t count, bytes, longest_key;
    mote_hash root;
    mote_state_version version;
} whole;

static bool recognizes(const document *document) {
    return document->lines == NULL && json_object_get(document->json, "pairs") != NULL &&
           json_object_get(document->json, "state_root") != NULL;
}

static void run_state(worker *worker, const job *job) {
    const whole *state = job->data;
    mote_hash root;
    double took = 0;
    mote_status status =
        whole_root(worker, &root, state->entries, state->count, state->version, &took);
    worked(worker, WORK_TRIE_BYTES, (double)state->bytes, took);
    if (status == MOTE_OK && !mote_hash_equal(&root, &state->root)) status = MOTE_E_ROOT_MISMATCH;
    judged(worker, job, 0, RULE_STATE_ROOT, status);
}

static bool read_pair(document *document, whole *out, const json_t *pair) {
    mote_trie_entry *entry = &out->entries[out->count];
    if (json_array_size(pair) != 2 || !read_hex(document, &entry->key, json_array_get(pair, 0)) ||
        !read_hex(document, &entry->value, json_array_get(pair, 1))) {
        return false;
    }
    out->bytes += entry->key.size + entry->value.size;
    if (entry->key.size > out->longest_key) out->longest_key = entry->key.size;
    out->count++;
    return true;
}

static void read_document(plan *plan, document *document) {
    const json_t *pairs = json_object_get(document->json, "pairs");
    size_t index;
    json_t *pair;
    whole *state = document_take(document, 1, sizeof *state);
    state->entries = document_take(document, json_array_size(pairs) + 1, sizeof *state->entries);
    const json_t *version = json_object_get(document->json, "state_version");
    uint64_t number = 0;
    bool ok = (version == NULL || read_number(&number, version, 1)) &&
              read_hash_field(&state->root, document->json, "state_root") && json_is_array(pairs);
    state->version = (mote_state_version)number;
    json_array_foreach(pairs, index, pair) ok = ok && read_pair(document, state, pair);
    if (!ok) {
        submit_bad_form(plan, document, 0,
                        "a pair or the root is no hex, or there is no such version");
        return;
    }
    job job = {NULL,
               document,
               0,
               1,
               run_state,
               state,
               mote_trie_root_memory(state->count, state->longest_key) + 65536};
    submit(plan, &job);
}

const reader reader_state = {"state", recognizes, read_document};
