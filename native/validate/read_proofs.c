/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Storage proofs.
 *  - {"state_root", "nodes": [...], "entries": [{"key", "value", "value_hashed"}]}: every entry is shown; with
 *    "relay_header" the root is that header's, and with "parachain_headers" these are the ancestors of the head in it.
 *  - A node's answers as recorded: {"prefix", "keys", "entries": [[key, value]], "proof": [...], "hash"}, or lists of blocks
 *    with {"state_root", "values": {name: {"key", "value"}}, "all_in_one": [...], "single": {name: [...]}}.
 *  - {"proof": [...], "hash"} alone: that it is one.
 * Where the root is not in the file, it is that of the header with "hash" in "<same name>.blocks.jsonl".
 */
#include <string.h>

#include "mote/hash.h"
#include "mote/message.h"
#include "mote/para.h"
#include "recorded.h"
#include "validate.h"

typedef struct expected {
    mote_bytes key, value;
    bool absent;
    bool hash_may_do; /* the value itself need not be in the proof: its hash must be */
    bool unknown;     /* only that it is there is said, and that it is not in the proof */
} expected;

typedef struct proof {
    mote_hash root;
    mote_bytes *nodes;
    size_t node_count, size;
    expected *entries;
    size_t entry_count;
    mote_bytes relay_header;
    mote_bytes *para_headers;
    size_t para_count;
    bool has_para;
    uint32_t para_id;
    bool relay; /* a relay chain's state: limits and channels are in it */
} proof;

static bool is_right(const expected *entry, const mote_proven_value *value) {
    if (entry->absent) return value->state == MOTE_VALUE_ABSENT;
    if (value->state == MOTE_VALUE_PRESENT)
        return !entry->unknown && mote_bytes_equal(value->value, entry->value);
    if (value->state != MOTE_VALUE_HASH_ONLY || !entry->hash_may_do) return false;
    mote_hash hash = mote_blake2b_256(entry->value);
    return entry->unknown || mote_hash_equal(&hash, &value->value_hash);
}

static void judge_entries(worker *worker, const job *job, const mote_proof *loaded,
                          const proof *proof) {
    mote_trie_view view = mote_proof_main(loaded);
    for (size_t i = 0; i < proof->entry_count; i++) {
        const expected *entry = &proof->entries[i];
        mote_proven_value value;
        mote_status status = mote_trie_read(&worker->context, &value, &view, entry->key);
        if (status == MOTE_OK && !is_right(entry, &value)) status = MOTE_E_VALUE_MISMATCH;
        if (status != MOTE_OK) {
            failed(worker, job, job->first, RULE_PROOF, "%s: %s (entry %zu of %zu)",
                   mote_status_name(status), mote_status_text(status), i, proof->entry_count);
            return;
        }
    }
    passed(worker, job, job->first, RULE_PROOF);
}

/* The head under the relay block's root; the headers given are its ancestors, the nearest first. */
static void judge_para(worker *worker, const job *job, const mote_proof *loaded,
                       const proof *proof) {
    mote_para_head head;
    mote_context *context = &worker->context;
    mote_header header;
    mote_status status = mote_para_head_read(context, &head, loaded, proof->para_id);
    if (status == MOTE_OK && head.state != MOTE_PARA_HEAD_HEADER) status = MOTE_E_HEAD_ABSENT;
    for (size_t i = 0; status == MOTE_OK && i < proof->para_count; i++) {
        status = mote_header_decode(context, &header, proof->para_headers[i]);
        if (status == MOTE_OK) status = mote_para_parent(context, &head.head, &head.head, &header);
    }
    judged(worker, job, job->first, RULE_PARA_HEAD, status);
}

static void judge_relay(worker *worker, const job *job, const mote_proof *loaded) {
    mote_relay_limits limits;
    mote_status status = mote_relay_limits_read(&worker->context, &limits, loaded);
    if (status == MOTE_E_PROOF_INCOMPLETE || status == MOTE_E_VALUE_NOT_IN_PROOF) return;
    judged(worker, job, job->first, RULE_MESSAGES, status);
}

static void run_proof(worker *worker, const job *job) {
    const proof *proof = job->data;
    mote_context *context = &worker->context;
    mote_header header;
    mote_proof loaded;
    double begun = worker_clock();
    mote_state_root root = mote_state_assumed(&proof->root);
    mote_status status = MOTE_OK;
    if (proof->relay_header.size > 0) {
        status = mote_header_decode(context, &header, proof->relay_header);
        if (status == MOTE_OK) {
            mote_finalized_header assumed = mote_finalized_header_assumed(&header);
            root = mote_state_of_relay(&assumed);
            if (!mote_hash_equal(&header.state_root, &proof->root)) status = MOTE_E_ROOT_MISMATCH;
        }
    }
    if (status == MOTE_OK) {
        status = mote_proof_load_nodes(context, &loaded, &root, proof->nodes, proof->node_count,
                                       MOTE_PROOF_STRICT);
    }
    worked(worker, WORK_TRIE_BYTES, (double)proof->size, worker_clock() - begun);
    if (status != MOTE_OK) {
        judged(worker, job, job->first, RULE_PROOF, status);
        return;
    }
    judge_entries(worker, job, &loaded, proof);
    if (proof->has_para) judge_para(worker, job, &loaded, proof);
    if (proof->relay) judge_relay(worker, job, &loaded);
}

static void send(plan *plan, document *document, uint32_t number, proof *proof) {
    for (size_t i = 0; i < proof->node_count; i++) proof->size += proof->nodes[i].size;
    job job = {NULL,
               document,
               number,
               1,
               run_proof,
               proof,
               mote_proof_memory(proof->node_count, proof->size) + (1u << 17)};
    submit(plan, &job);
}

/* --- proofs with what they show ------------------------------------------------------------------------------ */
static bool recognizes(const document *document) {
    return document->lines == NULL && json_object_get(document->json, "nodes") != NULL &&
           json_object_get(document->json, "state_root") != NULL;
}

static bool read_entry(document *document, expected *out, const json_t *item) {
    const json_t *value = json_object_get(item, "value");
    out->hash_may_do = json_is_true(json_object_get(item, "value_hashed"));
    out->unknown = out->hash_may_do && (value == NULL || json_is_null(value));
    return read_hex_field(document, &out->key, item, "key") &&
           (out->unknown || read_hex(document, &out->value, value));
}

static bool read_proof(document *document, proof *out) {
    const json_t *entries = json_object_get(document->json, "entries");
    const json_t *what = json_object_get(document->json, "what");
    size_t index;
    json_t *item;
    if (!read_hash_field(&out->root, document->json, "state_root") ||
        !read_hex_list(document, &out->nodes, &out->node_count,
                       json_object_get(document->json, "nodes"))) {
        return false;
    }
    out->entries = document_take(document, json_array_size(entries) + 1, sizeof *out->entries);
    json_array_foreach(entries, index, item) {
        if (!read_entry(document, &out->entries[out->entry_count++], item)) return false;
    }
    (void)read_hex_field(document, &out->relay_header, document->json, "relay_header");
    out->relay = json_object_get(document->json, "relay_parent_number") != NULL;
    const char *text = json_string_value(what);
    const char *para = text == NULL ? NULL : strstr(text, "Paras.Heads(");
    const char *dash = para == NULL ? NULL : strpbrk(para, "-)");
    if (dash != NULL && *dash == '-') {
        out->has_para = true;
        for (dash++; *dash >= '0' && *dash <= '9'; dash++) {
            out->para_id = out->para_id * 10 + (uint32_t)(*dash - '0');
        }
        (void)read_hex_list(document, &out->para_headers, &out->para_count,
                            json_object_get(document->json, "parachain_headers"));
    }
    return true;
}

static void read_document(plan *plan, document *document) {
    proof *proof = document_take(document, 1, sizeof *proof);
    if (read_proof(document, proof)) {
        send(plan, document, 0, proof);
    } else {
        submit_bad_form(plan, document, 0, "a node, key or value is no hex");
    }
}

const reader reader_proofs = {"proofs", recognizes, read_document};

/* --- a node's answers --------------------------------------------------------------------------------------- */
static bool recognizes_answers(const document *document) {
    const json_t *first = json_array_get(document->json, 0);
    if (document->lines != NULL) return false;
    return json_object_get(first, "all_in_one") != NULL ||
           (json_object_get(document->json, "proof") != NULL &&
            json_is_array(json_object_get(document->json, "proof")));
}

static bool read_value(document *document, expected *out, const json_t *item) {
    const json_t *value = json_object_get(item, "value");
    out->absent = json_is_null(value);
    return read_hex_field(document, &out->key, item, "key") &&
           (out->absent || read_hex(document, &out->value, value));
}

static bool read_all(document *document, proof *out, const json_t *block) {
    const char *name;
    json_t *item;
    json_t *values = json_object_get(block, "values");
    out->entries = document_take(document, json_object_size(values) + 1, sizeof *out->entries);
    json_object_foreach(values, name, item) {
        if (!read_value(document, &out->entries[out->entry_count++], item)) return false;
    }
    out->relay = json_object_get(values, "Configuration.ActiveConfig") != NULL;
    return read_hash_field(&out->root, block, "state_root") &&
           read_hex_list(document, &out->nodes, &out->node_count,
                         json_object_get(block, "all_in_one"));
}

static bool read_single(document *document, proof *out, const json_t *block, const char *name,
                        const json_t *nodes) {
    const json_t *values = json_object_get(block, "values");
    out->entries = document_take(document, 1, sizeof *out->entries);
    out->entry_count = 1;
    return read_value(document, out->entries, json_object_get(values, name)) &&
           read_hash_field(&out->root, block, "state_root") &&
           read_hex_list(document, &out->nodes, &out->node_count, nodes);
}

static void read_blocks(plan *plan, document *document) {
    uint32_t number = 0;
    size_t index;
    json_t *block, *nodes;
    const char *name;
    json_array_foreach(document->json, index, block) {
        proof *all = document_take(document, 1, sizeof *all);
        if (read_all(document, all, block)) {
            send(plan, document, number, all);
        } else {
            submit_bad_form(plan, document, number, "a value or node is no hex");
        }
        number++;
        json_object_foreach(json_object_get(block, "single"), name, nodes) {
            proof *single = document_take(document, 1, sizeof *single);
            if (read_single(document, single, block, name, nodes)) {
                send(plan, document, number, single);
            } else {
                submit_bad_form(plan, document, number, "a value or node is no hex");
            }
            number++;
        }
    }
}

typedef struct scanned {
    mote_bytes prefix;
    proof proof;
} scanned;

static void run_scan(worker *worker, const job *job) {
    const scanned *scanned = job->data;
    const proof *proof = &scanned->proof;
    mote_context *context = &worker->context;
    mote_state_root root = mote_state_assumed(&proof->root);
    mote_proof loaded;
    mote_trie_scan *scan;
    mote_bytes key;
    mote_proven_value value;
    bool more = true;
    size_t count = 0;
    mote_status status = mote_proof_load_nodes(context, &loaded, &root, proof->nodes,
                                               proof->node_count, MOTE_PROOF_STRICT);
    mote_trie_view view = mote_proof_main(&loaded);
    if (status == MOTE_OK) status = mote_trie_scan_begin(context, &scan, &view, scanned->prefix);
    while (status == MOTE_OK && more) {
        status = mote_trie_scan_next(context, scan, &more, &key, &value);
        if (status != MOTE_OK || !more) break;
        if (count >= proof->entry_count || !mote_bytes_equal(key, proof->entries[count].key) ||
            !is_right(&proof->entries[count], &value)) {
            status = MOTE_E_VALUE_MISMATCH;
        }
        count++;
    }
    if (status == MOTE_OK && count != proof->entry_count) status = MOTE_E_VALUE_MISMATCH;
    judged(worker, job, job->first, RULE_PROOF, status);
}

static void run_rootless(worker *worker, const job *job) {
    unchecked(worker, job, job->first, RULE_PROOF,
              "the header whose state it is about is not recorded beside it");
}

/* A proof does not say which root it is under: the header does by whose hash it was asked for. */
static bool find_root(document *document, mote_hash *out) {
    mote_hash hash;
    const char *ending =
        document_is_named(document, ".prefix.json") ? ".prefix.json" : ".code-proof.json";
    if (!read_hash_field(&hash, document->json, "hash")) return false;
    recorded chain = recorded_beside(document, ending);
    const mote_header *header = recorded_with(&chain, &hash);
    if (header != NULL) *out = header->state_root;
    return header != NULL;
}

static void read_prefix(plan *plan, document *document) {
    scanned *scanned = document_take(document, 1, sizeof *scanned);
    const json_t *entries = json_object_get(document->json, "entries");
    proof *proof = &scanned->proof;
    size_t index;
    json_t *pair;
    bool ok = read_hex_field(document, &scanned->prefix, document->json, "prefix") &&
              read_hex_list(document, &proof->nodes, &proof->node_count,
                            json_object_get(document->json, "proof"));
    proof->entries = document_take(document, json_array_size(entries) + 1, sizeof *proof->entries);
    json_array_foreach(entries, index, pair) {
        expected *entry = &proof->entries[proof->entry_count++];
        ok = ok && read_hex(document, &entry->key, json_array_get(pair, 0)) &&
             read_hex(document, &entry->value, json_array_get(pair, 1));
    }
    if (!ok) {
        submit_bad_form(plan, document, 0, "a key, value or node is no hex");
        return;
    }
    for (size_t i = 0; i < proof->node_count; i++) proof->size += proof->nodes[i].size;
    job job = {NULL,
               document,
               0,
               1,
               find_root(document, &proof->root) ? run_scan : run_rootless,
               scanned,
               mote_proof_memory(proof->node_count, proof->size) + (1u << 17)};
    submit(plan, &job);
}

/* What it shows is not said with it. */
static void read_bare(plan *plan, document *document) {
    proof *proof = document_take(document, 1, sizeof *proof);
    job rootless = {NULL, document, 0, 1, run_rootless, NULL, 0};
    if (!read_hex_list(document, &proof->nodes, &proof->node_count,
                       json_object_get(document->json, "proof"))) {
        submit_bad_form(plan, document, 0, "a node is no hex");
    } else if (find_root(document, &proof->root)) {
        send(plan, document, 0, proof);
    } else {
        submit(plan, &rootless);
    }
}

static void read_answers(plan *plan, document *document) {
    if (json_is_array(document->json)) {
        read_blocks(plan, document);
    } else if (json_object_get(document->json, "prefix") != NULL) {
        read_prefix(plan, document);
    } else {
        read_bare(plan, document);
    }
}

const reader reader_read_proofs = {"read-proofs", recognizes_answers, read_answers};
