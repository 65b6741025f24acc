/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BEEFY: {"commitment_scale", "validator_set_id", "validator_set_len", "keyset_commitment", "validator_proofs": [{"v", "r",
 * "s", "index", "account", "merkle_proof"}], ...} as Snowbridge's contracts get it: samples of a set's signatures, which
 * make nothing final. {"file", "recovered_pubkeys"}: a whole proof beside it, whose set is not known: the keys that signed
 * are recovered.
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
} record;

static bool recognizes(const document *document) {
    return document->lines == NULL &&
           (json_object_get(document->json, "validator_proofs") != NULL ||
            json_object_get(document->json, "recovered_pubkeys") != NULL);
}

static int by_index(const void *a, const void *b) {
    const mote_beefy_sample *first = a, *second = b;
    return first->index < second->index ? -1 : first->index > second->index;
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
    if (!read_hash_field(&r, item, "r") || !read_hash_field(&s, item, "s") ||
        !read_hex_field(document, &account, item, "account") ||
        account.size != sizeof out->address ||
        !read_hex_list(document, &items, &count, json_object_get(item, "merkle_proof"))) {
        return false;
    }
    memcpy(out->signature, r.bytes, 32);
    memcpy(out->signature + 32, s.bytes, 32);
    out->signature[64] = (uint8_t)json_integer_value(json_object_get(item, "v"));
    memcpy(out->address, account.data, account.size);
    out->index = (uint32_t)json_integer_value(json_object_get(item, "index"));
    uint8_t *path = document_take(document, count + 1, 32);
    for (size_t i = 0; i < count; i++) {
        if (items[i].size != 32) return false;
        memcpy(path + 32 * i, items[i].data, 32);
    }
    out->items = (mote_bytes){path, 32 * count};
    return true;
}

static void read_samples(plan *plan, document *document) {
    const json_t *list = json_object_get(document->json, "validator_proofs");
    record *record = document_take(document, 1, sizeof *record);
    size_t index;
    json_t *item;
    record->set.id =
        (uint64_t)json_integer_value(json_object_get(document->json, "validator_set_id"));
    record->set.count =
        (uint32_t)json_integer_value(json_object_get(document->json, "validator_set_len"));
    record->samples = document_take(document, json_array_size(list) + 1, sizeof *record->samples);
    bool ok = read_hash_field(&record->set.root, document->json, "keyset_commitment") &&
              read_hex_field(document, &record->commitment, document->json, "commitment_scale");
    json_array_foreach(list, index, item) {
        ok = ok && read_sample(document, &record->samples[record->count++], item);
    }
    if (!ok) {
        submit_bad_form(plan, document, 0,
                        "a field of the commitment or of a sample is missing or no hex");
        return;
    }
    qsort(record->samples, record->count, sizeof *record->samples, by_index);
    job job = {NULL, document, 0, 1, run_sample, record, 1u << 17};
    submit(plan, &job);
}

static void read_recovery(plan *plan, document *document) {
    const char *name = json_string_value(json_object_get(document->json, "file"));
    const char *why;
    record *record = document_take(document, 1, sizeof *record);
    char *path = name == NULL ? NULL : document_beside(document, name);
    struct document *file = path == NULL ? NULL : document_load(path, &why);
    if (file == NULL || !read_hex_list(document, &record->keys, &record->key_count,
                                       json_object_get(document->json, "recovered_pubkeys"))) {
        submit_bad_form(plan, document, 0, "the proof is not beside it, or a key is no hex");
        if (file != NULL) document_free(file);
        return;
    }
    uint8_t *copy = document_take(document, file->bytes.size + 1, 1);
    memcpy(copy, file->bytes.data, file->bytes.size);
    record->proof = (mote_bytes){copy, file->bytes.size};
    document_free(file);
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
