/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of tries: {"pairs": [[key, value], ...], "root_v0", "root_v1"}, by hashing all of it and by putting key after key
 * into a state. Case 0 is version 0, case 1 version 1. */
#include <stdlib.h>
#include <string.h>

#include "mote/state.h"
#include "validate.h"

typedef struct trie {
    mote_trie_entry *entries;
    size_t count, bytes, longest_key;
    mote_hash root;
    mote_state_version version;
} trie;

static bool recognizes(const document *document) {
    const json_t *json = document->lines == NULL ? document->json : NULL;
    return json_object_get(json, "pairs") != NULL &&
           (json_object_get(json, "root_v0") != NULL || json_object_get(json, "root_v1") != NULL);
}

static mote_status by_changes(worker *worker, mote_hash *out, const trie *trie) {
    size_t size = mote_state_memory(trie->count, trie->bytes, trie->bytes);
    void *memory = aligned_alloc(MOTE_STATE_ALIGNMENT, (size + 15) / 16 * 16);
    mote_state *state = NULL;
    if (memory == NULL) return MOTE_E_LIMIT_MEMORY;
    mote_status status = mote_state_open(&worker->context, &state, memory, size);
    for (size_t i = 0; status == MOTE_OK && i < trie->count; i++) {
        status = mote_state_put(&worker->context, state, NULL, trie->entries[i].key,
                                trie->entries[i].value, trie->version);
    }
    if (status == MOTE_OK) *out = mote_state_root_of(state);
    free(memory);
    return status;
}

static void run_trie(worker *worker, const job *job) {
    const trie *trie = job->data;
    mote_hash root, again;
    mote_status status = by_changes(worker, &again, trie);
    double begun = worker_clock();
    if (status == MOTE_OK) {
        status = mote_trie_root(&worker->context, &root, trie->entries, trie->count, trie->version);
    }
    worked(worker, WORK_TRIE_BYTES, (double)trie->bytes, worker_clock() - begun);
    if (status == MOTE_OK &&
        (!mote_hash_equal(&root, &trie->root) || !mote_hash_equal(&again, &root))) {
        status = MOTE_E_ROOT_MISMATCH;
    }
    judged(worker, job, job->first, RULE_TRIE_ROOT, status);
}

/* Published tests repeat keys: the last one counts, as in the map they were written from. */
static size_t find(const trie *trie, mote_bytes key) {
    for (size_t i = 0; i < trie->count && trie->count < 1000; i++) {
        if (mote_bytes_equal(trie->entries[i].key, key)) return i;
    }
    return trie->count;
}

static bool read_pairs(document *document, trie *out, const json_t *pairs) {
    size_t index;
    json_t *pair;
    if (!json_is_array(pairs)) return false;
    out->entries = document_take(document, json_array_size(pairs) + 1, sizeof *out->entries);
    json_array_foreach(pairs, index, pair) {
        mote_trie_entry entry;
        if (json_array_size(pair) != 2 ||
            !read_hex(document, &entry.key, json_array_get(pair, 0)) ||
            !read_hex(document, &entry.value, json_array_get(pair, 1))) {
            return false;
        }
        size_t at = find(out, entry.key);
        out->entries[at] = entry;
        out->count += at == out->count;
        out->bytes += entry.key.size + entry.value.size;
        if (entry.key.size > out->longest_key) out->longest_key = entry.key.size;
    }
    return true;
}

static void read_document(plan *plan, document *document) {
    static const char *const names[2] = {"root_v0", "root_v1"};
    for (uint32_t version = 0; version < 2; version++) {
        if (json_object_get(document->json, names[version]) == NULL) continue;
        trie *trie = document_take(document, 1, sizeof *trie);
        trie->version = (mote_state_version)version;
        if (!read_pairs(document, trie, json_object_get(document->json, "pairs")) ||
            !read_hash_field(&trie->root, document->json, names[version])) {
            submit_bad_form(plan, document, version, "a pair or a root is no hex");
            continue;
        }
        job job = {NULL,
                   document,
                   version,
                   1,
                   run_trie,
                   trie,
                   mote_trie_root_memory(trie->count, trie->longest_key) + 65536};
        submit(plan, &job);
    }
}

const reader reader_trie = {"trie", recognizes, read_document};
