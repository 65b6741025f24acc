/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A node's answers about its MMR: {"root", name: {"blockHash", "leaves", "proof"}, ..., "ancestry": {"prev_peaks",
 * "prev_leaf_count", "leaf_count", "items"}}. They are under the root that the header of block
 * number leaf_count names in its digest: "<same name>.blocks.jsonl" beside it has the headers.
 */
#include <string.h>

#include "chain.h"
#include "mote/mmr.h"

typedef struct answer {
    mote_hash root;
    mote_bytes leaves, proof;
} answer;

static bool recognizes(const document *document) {
    const char *name;
    json_t *value;
    if (document->lines != NULL || !json_is_string(json_object_get(document->json, "root")))
        return false;
    json_object_foreach(document->json, name, value) {
        if (json_object_get(value, "leaves") != NULL && json_object_get(value, "proof") != NULL)
            return true;
    }
    return false;
}

static void run_rootless(worker *worker, const job *job) {
    unchecked(worker, job, job->first, RULE_MMR, "the MMR root at its block is not recorded");
}

static void run_leaves(worker *worker, const job *job) {
    const answer *answer = job->data;
    uint64_t leaf_count;
    judged(worker, job, job->first, RULE_MMR,
           mote_mmr_verify_leaves(&worker->context, &leaf_count, &answer->root, answer->leaves,
                                  answer->proof));
}

static void run_ancestry(worker *worker, const job *job) {
    const answer *answer = job->data;
    mote_mmr_ancestor ancestor;
    judged(worker, job, job->first, RULE_MMR_ANCESTRY,
           mote_mmr_verify_ancestry(&worker->context, &ancestor, &answer->root, answer->proof));
}

static bool write_hash(mote_writer *writer, const json_t *text) {
    mote_hash hash;
    bool ok = read_hash(&hash, text);
    mote_write_hash(writer, &hash);
    return ok;
}

static bool write_ancestry(document *document, mote_bytes *out, const json_t *value) {
    const json_t *peaks = json_object_get(value, "prev_peaks"),
                 *items = json_object_get(value, "items");
    size_t room = 64 + 40 * (json_array_size(peaks) + json_array_size(items)), index;
    uint8_t *data = document_take(document, room, 1);
    mote_writer writer = mote_writer_into(data, room);
    json_t *item;
    bool ok = json_is_array(peaks) && json_is_array(items);
    mote_write_compact(&writer, json_array_size(peaks));
    json_array_foreach(peaks, index, item) ok = write_hash(&writer, item) && ok;
    mote_write_u64(&writer,
                   (uint64_t)json_integer_value(json_object_get(value, "prev_leaf_count")));
    mote_write_u64(&writer, (uint64_t)json_integer_value(json_object_get(value, "leaf_count")));
    mote_write_compact(&writer, json_array_size(items));
    json_array_foreach(items, index, item) {
        mote_write_u64(&writer, (uint64_t)json_integer_value(json_array_get(item, 0)));
        ok = write_hash(&writer, json_array_get(item, 1)) && ok;
    }
    *out = (mote_bytes){data, writer.size};
    return ok && mote_writer_fits(&writer);
}

static document *load_blocks(document *document) {
    const char *why, *end = strstr(document->path, ".mmr.json");
    int stem = end == NULL ? 0 : (int)(end - document->path);
    char *path = document_text(document, "%.*s.blocks.jsonl.gz", stem, document->path);
    struct document *out = document_load(path, &why);
    if (out != NULL) return out;
    return document_load(document_text(document, "%.*s.blocks.jsonl", stem, document->path), &why);
}

/* How many leaves the range had that the proof is under. */
static bool count_leaves(uint64_t *out, const answer *answer, const json_t *value) {
    const json_t *count = json_object_get(value, "leaf_count");
    mote_cursor cursor = mote_cursor_over(answer->proof);
    if (json_is_integer(count)) {
        *out = (uint64_t)json_integer_value(count);
        return true;
    }
    uint32_t indices = mote_read_count(&cursor, 8, UINT32_MAX);
    (void)mote_read_span(&cursor, (size_t)indices * 8);
    *out = mote_read_u64(&cursor);
    return cursor.status == MOTE_OK;
}

static bool find_root(document *document, mote_hash *out, const struct document *blocks,
                      uint64_t number) {
    mote_context context;
    mote_header header;
    mote_bytes bytes;
    uint8_t memory[64], seed[32] = {0};
    mote_context_init(&context, memory, sizeof memory, seed);
    for (size_t i = 0; i < blocks->line_count; i++) {
        json_int_t at = json_integer_value(json_object_get(blocks->lines[i], "number"));
        if (at < 0 || (uint64_t)at != number) continue;
        return read_hex_field(document, &bytes, blocks->lines[i], "header") &&
               mote_header_decode(&context, &header, bytes) == MOTE_OK &&
               chain_mmr_root(out, &header);
    }
    return false;
}

static void read_document(plan *plan, document *document) {
    const char *name;
    json_t *value;
    uint32_t number = 0;
    struct document *blocks = load_blocks(document);
    json_object_foreach(document->json, name, value) {
        bool ancestry = strcmp(name, "ancestry") == 0;
        answer *answer = document_take(document, 1, sizeof *answer);
        if (!ancestry && json_object_get(value, "leaves") == NULL) continue;
        bool ok = ancestry ? write_ancestry(document, &answer->proof, value)
                           : read_hex_field(document, &answer->leaves, value, "leaves") &&
                                 read_hex_field(document, &answer->proof, value, "proof");
        job job = {NULL,
                   document,
                   number,
                   1,
                   ancestry ? run_ancestry : run_leaves,
                   answer,
                   answer->leaves.size + 2 * answer->proof.size + 65536};
        uint64_t leaves;
        bool has_root = ok && blocks != NULL && count_leaves(&leaves, answer, value) &&
                        find_root(document, &answer->root, blocks, leaves);
        if (!has_root) job.run = run_rootless;
        if (ok) {
            submit(plan, &job);
        } else {
            submit_bad_form(plan, document, number, "a field of the answer is missing or no hex");
        }
        number++;
    }
    if (blocks != NULL) document_free(blocks);
}

const reader reader_mmr = {"mmr", recognizes, read_document};
