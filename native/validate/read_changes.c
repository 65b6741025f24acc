/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each block of a development chain changed: {"result": [{"mainStorageChanges": [[key, value or null], ...],
 * "childStorageChanges": [...]}, ...]}, from the empty state on. Beside it, by a name that begins alike: the roots after each
 * block, one a line ("...-state_roots.txt"). The blocks are judged one after another.
 */
#include <stdlib.h>
#include <string.h>

#include "whole.h"

typedef struct block {
    mote_state_change *changes;
    size_t count;
} block;

typedef struct run {
    size_t bytes, changes;
    block *blocks;
    size_t block_count;
    mote_hash *roots;
    size_t root_count;
    mote_state_version version;
} run;

static bool recognizes(const document *document) {
    const json_t *first = json_array_get(json_object_get(document->json, "result"), 0);
    return document->lines == NULL && json_is_array(json_object_get(first, "mainStorageChanges"));
}

static char *sibling(document *document, const char *ending) {
    const char *slash = strrchr(document->path, '/');
    const char *name = slash == NULL ? document->path : slash + 1;
    const char *cut = strstr(name, "-changes");
    int stem = cut == NULL ? 0 : (int)(cut - name);
    return document_beside(document, document_text(document, "%.*s%s", stem, name, ending));
}

static document *load_either(document *document, const char *ending) {
    struct document *out = document_load_beside(sibling(document, ending));
    if (out != NULL) return out;
    return document_load_beside(sibling(document, document_text(document, "%s.gz", ending)));
}

static bool read_roots(document *document, run *out) {
    struct document *file = load_either(document, "-state_roots.txt");
    if (file == NULL) return false;
    mote_bytes rest = file->bytes;
    out->roots = document_take(document, rest.size / 64 + 1, sizeof *out->roots);
    bool ok = true;
    while (ok && rest.size >= 64) {
        mote_bytes bytes;
        const uint8_t *stop = memchr(rest.data, '\n', rest.size);
        size_t size = stop == NULL ? rest.size : (size_t)(stop - rest.data);
        ok = read_hex_text(document, &bytes, (const char *)rest.data, size) && bytes.size == 32;
        if (ok) memcpy(out->roots[out->root_count++].bytes, bytes.data, 32);
        rest.data += size + (stop != NULL);
        rest.size -= size + (stop != NULL);
    }
    document_free(file);
    return ok && out->root_count > 0;
}

static bool read_change(document *document, mote_state_change *out, const json_t *pair) {
    const json_t *value = json_array_get(pair, 1);
    memset(out, 0, sizeof *out);
    out->remove = json_is_null(value);
    return json_array_size(pair) == 2 && read_hex(document, &out->key, json_array_get(pair, 0)) &&
           (out->remove || read_hex(document, &out->value, value));
}

static bool read_blocks(document *document, run *out) {
    const json_t *list = json_object_get(document->json, "result");
    size_t index, place;
    json_t *item, *pair;
    out->blocks = document_take(document, json_array_size(list) + 1, sizeof *out->blocks);
    json_array_foreach(list, index, item) {
        const json_t *changes = json_object_get(item, "mainStorageChanges");
        block *block = &out->blocks[out->block_count++];
        if (json_array_size(json_object_get(item, "childStorageChanges")) != 0) return false;
        block->changes =
            document_take(document, json_array_size(changes) + 1, sizeof *block->changes);
        json_array_foreach(changes, place, pair) {
            mote_state_change *change = &block->changes[block->count++];
            if (!read_change(document, change, pair)) return false;
            out->bytes += change->key.size + change->value.size;
            out->changes++;
        }
    }
    return true;
}

static void judge_blocks(worker *worker, const job *job, mote_state *state, const run *run) {
    for (size_t i = 0; i < run->block_count; i++) {
        const block *block = &run->blocks[i];
        double took = 0, begun = worker_clock();
        size_t bytes = 0;
        mote_status status =
            mote_state_apply(&worker->context, state, block->changes, block->count, run->version);
        took = worker_clock() - begun;
        mote_hash root = whole_state_root(worker, state, &took);
        for (size_t k = 0; k < block->count; k++) bytes += block->changes[k].value.size;
        worked(worker, WORK_TRIE_BYTES, (double)bytes, took);
        if (i >= run->root_count) {
            unchecked(worker, job, (uint32_t)i, RULE_STATE_CHANGE,
                      "the root after this block is not recorded");
            continue;
        }
        if (status == MOTE_OK && !mote_hash_equal(&root, &run->roots[i]))
            status = MOTE_E_ROOT_MISMATCH;
        judged(worker, job, (uint32_t)i, RULE_STATE_CHANGE, status);
    }
}

static void run_changes(worker *worker, const job *job) {
    const run *run = job->data;
    size_t size = mote_state_memory(run->changes + 1000, run->bytes, run->bytes);
    void *memory = aligned_alloc(MOTE_STATE_ALIGNMENT, (size + 15) / 16 * 16);
    mote_state *state = NULL;
    mote_status status = memory == NULL ? MOTE_E_LIMIT_MEMORY
                                        : mote_state_open(&worker->context, &state, memory, size);
    if (status == MOTE_OK) {
        judge_blocks(worker, job, state, run);
    } else {
        judged(worker, job, 0, RULE_STATE_CHANGE, status);
    }
    free(memory);
}

static void read_document(plan *plan, document *document) {
    run *run = document_take(document, 1, sizeof *run);
    run->version = MOTE_STATE_V0;
    if (!read_blocks(document, run)) {
        submit_bad_form(plan, document, 0, "a change is no pair of hex, or of a child trie");
    } else if (!read_roots(document, run)) {
        submit_bad_form(plan, document, 0, "the roots are not beside it");
    } else {
        plan_companion(plan, sibling(document, "-state_roots.txt"));
        plan_companion(plan, sibling(document, "-state_roots.txt.gz"));
        size_t most = 0;
        for (size_t i = 0; i < run->block_count; i++) {
            if (run->blocks[i].count > most) most = run->blocks[i].count;
        }
        job job = {NULL,
                   document,
                   0,
                   (uint32_t)run->block_count,
                   run_changes,
                   run,
                   64 * most + (1u << 20)};
        submit(plan, &job);
    }
}

const reader reader_changes = {"changes", recognizes, read_document};
