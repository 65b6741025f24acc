/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BEEFY: {"commitment_scale", "validator_set_id", "validator_set_len", "keyset_commitment", "validator_proofs": [{"v", "r",
 * "s", "index", "account", "merkle_proof"}], ...} as Snowbridge's contracts get it: samples of a set's signatures, which
 * make nothing final. {"file", "recovered_pubkeys"}: a whole proof beside it, whose set is not known: the keys that signed
 * are recovered. The samples' newest MMR leaf ("mmr_leaf_scale", "mmr_leaf_proof" in the order in which Ethereum hashes it,
 * with the sides in "mmr_leaf_proof_order") is under the root that the commitment names.
 */
#include <stdlib.h>
#include <string.h>

#include "mote/beefy.h"
#include "validate.h"

typedef struct record {
    mote_bytes commitment;
    mote_mmr_authority_set set;
    mote_beefy_sample *samples;
    size_t count;
    mote_bytes proof;
    mote_bytes *keys;
    size_t key_count;
    mote_bytes leaf;
    mote_hash *items;
    size_t item_count;
    uint32_t first_block; /* that added leaf 0; 0 where it is not known */
} record;

/* Polkadot's ranges begin with this block. */
#define POLKADOT_FIRST_BLOCK 19551001u

static bool recognizes(const document *document) {
    return document->lines == NULL &&
           (json_object_get(document->json, "validator_proofs") != NULL ||
            json_object_get(document->json, "recovered_pubkeys") != NULL);
}

static int by_index(const void *a, const void *b) {
    const mote_beefy_sample *first = a, *second = b;
    return first->index < second->index ? -1 : first->index > second->index;
}

/* Peaks left of a leaf stand first in pallet-mmr's order; Ethereum hashes them last, from the right. */
static size_t peaks_left_of(uint64_t index, uint64_t leaf_count) {
    size_t peaks = 0;
    uint64_t end = 0;
    for (uint32_t height = 63; height-- > 0;) {
        if ((leaf_count >> height & 1) == 0) continue;
        end += UINT64_C(1) << height;
        if (end > index) break;
        peaks++;
    }
    return peaks;
}

static mote_status judge_leaf(mote_context *context, const record *record, const mote_hash *root,
                              uint32_t block) {
    mote_beefy_finalized under = mote_beefy_root_assumed(root, block);
    mote_beefy_leaf out;
    mote_mmr_leaf leaf;
    mote_status status = mote_mmr_leaf_decode(context, &leaf, record->leaf);
    if (status != MOTE_OK) return status;
    if (leaf.parent_number + 1 < record->first_block) return MOTE_E_LEAF_INDEX;
    uint64_t index = (uint64_t)leaf.parent_number + 1 - record->first_block;
    size_t count = record->item_count;
    size_t peaks = peaks_left_of(index, (uint64_t)block + 1 - record->first_block);
    mote_hash *items = mote_context_take(context, count + 1, sizeof *items);
    if (items == NULL) return MOTE_E_LIMIT_MEMORY;
    if (peaks > count) return MOTE_E_PROOF_LENGTH;
    for (size_t i = 0; i < count; i++)
        items[i] = record->items[i < peaks ? count - 1 - i : i - peaks];
    return mote_beefy_leaf_verify(context, &out, &under, record->first_block, record->leaf, index,
                                  (mote_bytes){items[0].bytes, 32 * count});
}

static void run_sample(worker *worker, const job *job) {
    const record *record = job->data;
    mote_beefy_sampled sampled;
    double begun = worker_clock();
    mote_status status =
        mote_beefy_sample_verify(&worker->context, &sampled, &record->set, record->commitment,
                                 record->samples, record->count);
    worked(worker, WORK_SIGNATURES, (double)record->count, worker_clock() - begun);
    judged(worker, job, 0, RULE_BEEFY_SAMPLE, status);
    if (record->leaf.size == 0) return;
    if (record->first_block == 0) {
        unchecked(worker, job, 0, RULE_MMR,
                  "the block that added the range's first leaf is not known");
    } else if (status == MOTE_OK) {
        judged(worker, job, 0, RULE_MMR,
               judge_leaf(&worker->context, record, &sampled.mmr_root, sampled.block_number));
    }
}

static void run_recovery(worker *worker, const job *job) {
    const record *record = job->data;
    mote_beefy_proof proof;
    double begun = worker_clock();
    mote_status status = mote_beefy_proof_decode(&worker->context, &proof, record->proof);
    if (status == MOTE_OK && proof.signature_count != record->key_count)
        status = MOTE_E_COMMIT_LENGTHS;
    for (size_t i = 0; status == MOTE_OK && i < record->key_count; i++) {
        uint8_t key[MOTE_BEEFY_KEY_SIZE];
        status = mote_beefy_recover(key, &proof.commitment.hash,
                                    proof.signatures + i * MOTE_BEEFY_SIGNATURE_SIZE);
        if (status == MOTE_OK && (record->keys[i].size != sizeof key ||
                                  memcmp(key, record->keys[i].data, sizeof key) != 0)) {
            status = MOTE_E_BAD_SIGNATURE;
        }
    }
    worked(worker, WORK_SIGNATURES, (double)record->key_count, worker_clock() - begun);
    judged(worker, job, 0, RULE_BEEFY_RECOVERY, status);
    unchecked(worker, job, 0, RULE_BEEFY,
              "its validator set is not recorded: the keys are only recovered");
}

static bool read_sample(document *document, mote_beefy_sample *out, const json_t *item) {
    mote_hash r, s;
    mote_bytes account, *items;
    size_t count;
    uint64_t v, number;
    if (!read_hash_field(&r, item, "r") || !read_hash_field(&s, item, "s") ||
        !read_hex_field(document, &account, item, "account") ||
        account.size != sizeof out->address || !read_number_field(&v, item, "v", 255) ||
        !read_number_field(&number, item, "index", UINT32_MAX) ||
        !read_hex_list(document, &items, &count, json_object_get(item, "merkle_proof"))) {
        return false;
    }
    memcpy(out->signature, r.bytes, 32);
    memcpy(out->signature + 32, s.bytes, 32);
    out->signature[64] = (uint8_t)v;
    memcpy(out->address, account.data, account.size);
    out->index = (uint32_t)number;
    uint8_t *path = document_take(document, count + 1, 32);
    for (size_t i = 0; i < count; i++) {
        if (items[i].size != 32) return false;
        memcpy(path + 32 * i, items[i].data, 32);
    }
    out->items = (mote_bytes){path, 32 * count};
    return true;
}

static bool read_leaf(document *document, record *out) {
    const json_t *list = json_object_get(document->json, "mmr_leaf_proof");
    const char *network = json_string_value(json_object_get(document->json, "network"));
    size_t index;
    json_t *item;
    if (list == NULL) return true;
    out->items = document_take(document, json_array_size(list) + 1, sizeof *out->items);
    json_array_foreach(list, index, item) {
        if (!read_hash(&out->items[out->item_count++], item)) return false;
    }
    if (network != NULL && strcmp(network, "polkadot") == 0)
        out->first_block = POLKADOT_FIRST_BLOCK;
    return read_hex_field(document, &out->leaf, document->json, "mmr_leaf_scale");
}

static void read_samples(plan *plan, document *document) {
    const json_t *list = json_object_get(document->json, "validator_proofs");
    record *record = document_take(document, 1, sizeof *record);
    size_t index;
    json_t *item;
    uint64_t length = 0;
    record->samples = document_take(document, json_array_size(list) + 1, sizeof *record->samples);
    bool ok = read_number_field(&record->set.id, document->json, "validator_set_id", INT64_MAX) &&
              read_number_field(&length, document->json, "validator_set_len", UINT32_MAX) &&
              read_hash_field(&record->set.root, document->json, "keyset_commitment") &&
              read_hex_field(document, &record->commitment, document->json, "commitment_scale");
    record->set.count = (uint32_t)length;
    json_array_foreach(list, index, item) {
        ok = ok && read_sample(document, &record->samples[record->count++], item);
    }
    if (!ok || !read_leaf(document, record)) {
        submit_bad_form(
            plan, document, 0,
            "a field of the commitment, a sample or a leaf is missing, no hex or no number");
        return;
    }
    qsort(record->samples, record->count, sizeof *record->samples, by_index);
    job job = {NULL, document, 0, 1, run_sample, record, 1u << 17};
    submit(plan, &job);
}

static void read_recovery(plan *plan, document *document) {
    const char *name = json_string_value(json_object_get(document->json, "file"));
    record *record = document_take(document, 1, sizeof *record);
    char *path = name == NULL ? NULL : document_beside(document, name);
    if (path == NULL || !document_read_beside(document, &record->proof, path) ||
        !read_hex_list(document, &record->keys, &record->key_count,
                       json_object_get(document->json, "recovered_pubkeys"))) {
        submit_bad_form(plan, document, 0, "the proof is not beside it, or a key is no hex");
        return;
    }
    plan_companion(plan, path);
    job job = {NULL, document, 0, 1, run_recovery, record, 1u << 17};
    submit(plan, &job);
}

static void read_document(plan *plan, document *document) {
    if (json_object_get(document->json, "validator_proofs") != NULL) {
        read_samples(plan, document);
    } else {
        read_recovery(plan, document);
    }
}

const reader reader_beefy = {"beefy", recognizes, read_document};
