/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A node's answers about its MMR: {"root", name: {"blockHash", "leaves", "proof"}, ..., "ancestry": {"prev_peaks",
 * "prev_leaf_count", "leaf_count", "items"}}. They are under the root that the header of block
 * number leaf_count names in its digest: "<same name>.blocks.jsonl" beside it has the headers.
 */
#include <string.h>

#include "chain.h"
#include "mote/mmr.h"
#include "recorded.h"

typedef struct answer {
    const recorded *chain;
    mote_hash root;  /* of the range that the proof is under */
    mote_hash older; /* of the range that an ancestry proof shows */
    uint64_t leaf_count, older_count;
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
    const answer *answer = job->data;
    unchecked(worker, job, job->first, answer->leaves.data == NULL ? RULE_MMR_ANCESTRY : RULE_MMR,
              "the MMR root at its block is not recorded");
}

/* The leaf that block N adds is about N - 1, and block N's range ends with it. */
static mote_status check_leaves(mote_context *context, const answer *answer) {
    mote_mmr_leaves leaves = mote_mmr_leaves_of(answer->leaves, answer->proof);
    mote_bytes bytes;
    uint64_t index;
    while (mote_mmr_leaves_next(&leaves, &bytes, &index)) {
        mote_mmr_leaf leaf;
        mote_status status = mote_mmr_leaf_decode(context, &leaf, bytes);
        if (status != MOTE_OK) return status;
        if (leaf.parent_number != index) return MOTE_E_LEAF_INDEX;
        const mote_header *parent = recorded_at(answer->chain, leaf.parent_number);
        if (parent != NULL && !mote_hash_equal(&parent->hash, &leaf.parent_hash))
            return MOTE_E_HEADER_HASH;
    }
    return MOTE_OK;
}

static void run_leaves(worker *worker, const job *job) {
    const answer *answer = job->data;
    uint64_t leaf_count;
    mote_status status = mote_mmr_verify_leaves(&worker->context, &leaf_count, &answer->root,
                                                answer->leaves, answer->proof);
    if (status == MOTE_OK && leaf_count != answer->leaf_count) status = MOTE_E_LEAF_COUNT;
    if (status == MOTE_OK) status = check_leaves(&worker->context, answer);
    judged(worker, job, job->first, RULE_MMR, status);
}

static void run_ancestry(worker *worker, const job *job) {
    const answer *answer = job->data;
    mote_mmr_ancestor ancestor;
    mote_status status =
        mote_mmr_verify_ancestry(&worker->context, &ancestor, &answer->root, answer->proof);
    if (status == MOTE_OK &&
        (ancestor.of != answer->leaf_count || ancestor.leaf_count != answer->older_count)) {
        status = MOTE_E_LEAF_COUNT;
    }
    if (status == MOTE_OK && !mote_hash_equal(&ancestor.root, &answer->older))
        status = MOTE_E_ROOT_MISMATCH;
    judged(worker, job, job->first, RULE_MMR_ANCESTRY, status);
}

static bool write_hash(mote_writer *writer, const json_t *text) {
    mote_hash hash;
    bool ok = read_hash(&hash, text);
    mote_write_hash(writer, &hash);
    return ok;
}

static bool read_ancestry(document *document, answer *out, const json_t *value) {
    const json_t *peaks = json_object_get(value, "prev_peaks"),
                 *items = json_object_get(value, "items");
    size_t room = 64 + 40 * (json_array_size(peaks) + json_array_size(items)), index;
    uint8_t *data = document_take(document, room, 1);
    mote_writer writer = mote_writer_into(data, room);
    json_t *item;
    bool ok = json_is_array(peaks) && json_is_array(items) &&
              read_number_field(&out->older_count, value, "prev_leaf_count", INT64_MAX) &&
              read_number_field(&out->leaf_count, value, "leaf_count", INT64_MAX);
    mote_write_compact(&writer, json_array_size(peaks));
    json_array_foreach(peaks, index, item) ok = ok && write_hash(&writer, item);
    mote_write_u64(&writer, out->older_count);
    mote_write_u64(&writer, out->leaf_count);
    mote_write_compact(&writer, json_array_size(items));
    json_array_foreach(items, index, item) {
        uint64_t position = 0;
        ok = ok && read_number(&position, json_array_get(item, 0), INT64_MAX);
        mote_write_u64(&writer, position);
        ok = ok && write_hash(&writer, json_array_get(item, 1));
    }
    out->proof = (mote_bytes){data, writer.size};
    return ok && mote_writer_fits(&writer);
}

/* How many leaves the range has that the proof is under, as the proof says. */
static bool read_count(uint64_t *out, mote_bytes proof) {
    mote_cursor cursor = mote_cursor_over(proof);
    uint32_t indices = mote_read_count(&cursor, 8, UINT32_MAX);
    (void)mote_read_span(&cursor, (size_t)indices * 8);
    *out = mote_read_u64(&cursor);
    return cursor.status == MOTE_OK;
}

static bool read_leaves(document *document, answer *out, const json_t *value) {
    return read_hex_field(document, &out->leaves, value, "leaves") &&
           read_hex_field(document, &out->proof, value, "proof") &&
           read_count(&out->leaf_count, out->proof);
}

/* The root after block `leaf_count`: ranges that began with block 1. */
static bool find_root(mote_hash *out, const recorded *chain, uint64_t leaf_count) {
    const mote_header *header = recorded_at(chain, leaf_count);
    return header != NULL && chain_mmr_root(out, header);
}

static void read_document(plan *plan, document *document) {
    const char *name;
    json_t *value;
    uint32_t number = 0;
    recorded *chain = document_take(document, 1, sizeof *chain);
    *chain = recorded_beside(document, ".mmr.json");
    json_object_foreach(document->json, name, value) {
        bool ancestry = strcmp(name, "ancestry") == 0;
        if (!ancestry && json_object_get(value, "leaves") == NULL) continue;
        answer *answer = document_take(document, 1, sizeof *answer);
        answer->chain = chain;
        bool ok = ancestry ? read_ancestry(document, answer, value)
                           : read_leaves(document, answer, value);
        job job = {NULL,
                   document,
                   number,
                   1,
                   ancestry ? run_ancestry : run_leaves,
                   answer,
                   answer->leaves.size + 2 * answer->proof.size + 65536};
        bool has_root = find_root(&answer->root, chain, answer->leaf_count) &&
                        (!ancestry || find_root(&answer->older, chain, answer->older_count));
        if (!has_root) job.run = run_rootless;
        if (ok) {
            submit(plan, &job);
        } else {
            submit_bad_form(plan, document, number,
                            "a field of the answer is missing, no hex or no number");
        }
        number++;
    }
}

const reader reader_mmr = {"mmr", recognizes, read_document};
