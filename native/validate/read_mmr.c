/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A node's answers about its MMR: {"root", name: {"blockHash", "leaves", "proof"}, ..., "ancestry": {"prev_peaks",
 * "prev_leaf_count", "leaf_count", "items"}}, all under that root.
 */
#include <string.h>

#include "mote/mmr.h"
#include "validate.h"

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

static void read_document(plan *plan, document *document) {
    const char *name;
    json_t *value;
    uint32_t number = 0;
    mote_hash root;
    bool has_root = read_hash_field(&root, document->json, "root");
    json_object_foreach(document->json, name, value) {
        bool ancestry = strcmp(name, "ancestry") == 0;
        answer *answer = document_take(document, 1, sizeof *answer);
        if (!ancestry && json_object_get(value, "leaves") == NULL) continue;
        answer->root = root;
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
        if (ok && has_root) {
            submit(plan, &job);
        } else {
            submit_bad_form(plan, document, number, "a field of the answer is missing or no hex");
        }
        number++;
    }
}

const reader reader_mmr = {"mmr", recognizes, read_document};
