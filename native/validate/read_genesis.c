/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Genesis states: a raw chain spec ("genesis.raw.top", "childrenDefault"), or the state alone ("top") with, where they are
 * known, "state_root_v0", "genesis_hash_v0", "state_root_v1", "genesis_hash_v1" and "genesis_state_version".
 */
#include <string.h>

#include "mote/chain.h"
#include "mote/checkpoint.h"
#include "plan.h"

typedef struct genesis {
    mote_trie_entry *entries; /* with room for the child tries' roots */
    size_t count;
    mote_child_trie *children;
    size_t child_count;
    size_t bytes, longest_key;
    struct {
        bool has_root, has_hash;
        mote_hash root, hash;
    } expected[2];
    bool has_version; /* of those whose hash is known publicly */
    int version;
} genesis;

static json_t *raw_of(const document *document) {
    json_t *raw = json_object_get(json_object_get(document->json, "genesis"), "raw");
    return json_is_object(raw) ? raw : document->json;
}

static bool recognizes(const document *document) {
    return document->lines == NULL && json_is_object(json_object_get(raw_of(document), "top"));
}

static bool read_entries(document *document, genesis *out, mote_trie_entry **entries, size_t *count,
                         json_t *object, size_t room) {
    const char *key;
    json_t *value;
    *count = 0;
    *entries = document_take(document, json_object_size(object) + room + 1, sizeof **entries);
    json_object_foreach(object, key, value) {
        mote_trie_entry *entry = &(*entries)[*count];
        if (!read_hex_text(document, &entry->key, key, strlen(key)) ||
            !read_hex(document, &entry->value, value)) {
            return false;
        }
        out->bytes += entry->key.size + entry->value.size;
        if (entry->key.size > out->longest_key) out->longest_key = entry->key.size;
        (*count)++;
    }
    return true;
}

static bool read_children(document *document, genesis *out, json_t *children) {
    const char *name;
    json_t *content;
    out->children = document_take(document, json_object_size(children) + 1, sizeof *out->children);
    json_object_foreach(children, name, content) {
        mote_child_trie *child = &out->children[out->child_count];
        if (!json_is_object(content) ||
            !read_hex_text(document, &child->child_key, name, strlen(name)) ||
            !read_entries(document, out, &child->entries, &child->count, content, 0)) {
            return false;
        }
        if (child->child_key.size + 32 > out->longest_key)
            out->longest_key = child->child_key.size + 32;
        out->child_count++;
    }
    return true;
}

static bool read_genesis(document *document, genesis *out) {
    json_t *raw = raw_of(document);
    json_t *children = json_object_get(raw, "childrenDefault");
    static const char *const names[2][2] = {{"state_root_v0", "genesis_hash_v0"},
                                            {"state_root_v1", "genesis_hash_v1"}};
    const json_t *version = json_object_get(document->json, "genesis_state_version");
    for (size_t i = 0; i < 2; i++) {
        out->expected[i].has_root =
            read_hash_field(&out->expected[i].root, document->json, names[i][0]);
        out->expected[i].has_hash =
            read_hash_field(&out->expected[i].hash, document->json, names[i][1]);
    }
    uint64_t number = 0;
    out->has_version = version != NULL && !json_is_null(version);
    if (out->has_version && !read_number(&number, version, 1)) return false;
    out->version = (int)number;
    return read_entries(document, out, &out->entries, &out->count, json_object_get(raw, "top"),
                        json_object_size(children)) &&
           read_children(document, out, children);
}

static size_t memory_of(const genesis *genesis) {
    size_t most = genesis->count + genesis->child_count, size = 0;
    for (size_t i = 0; i < genesis->child_count; i++) {
        if (genesis->children[i].count > most) most = genesis->children[i].count;
        size += genesis->children[i].child_key.size + 128;
    }
    /* Twice the arrays: the core sorts what it gets, so that it gets copies. */
    return size + mote_trie_root_memory(most, genesis->longest_key) + 65536 +
           2 * (genesis->count + genesis->child_count) * sizeof(mote_trie_entry) +
           genesis->child_count * sizeof(mote_child_trie);
}

static mote_trie_entry *copy_entries(mote_context *context, const mote_trie_entry *entries,
                                     size_t count, size_t room) {
    mote_trie_entry *copy = mote_context_take(context, count + room + 1, sizeof *copy);
    if (copy != NULL && count != 0) memcpy(copy, entries, count * sizeof *copy);
    return copy;
}

static mote_status compute(mote_context *context, mote_genesis *out, const genesis *genesis,
                           mote_state_version version) {
    size_t children = genesis->child_count;
    mote_trie_entry *entries = copy_entries(context, genesis->entries, genesis->count, children);
    mote_child_trie *copies = mote_context_take(context, children + 1, sizeof *copies);
    if (entries == NULL || copies == NULL) return MOTE_E_LIMIT_MEMORY;
    for (size_t i = 0; i < children; i++) {
        const mote_child_trie *child = &genesis->children[i];
        copies[i] = *child;
        copies[i].entries = copy_entries(context, child->entries, child->count, 0);
        if (copies[i].entries == NULL) return MOTE_E_LIMIT_MEMORY;
    }
    return mote_genesis_from_state(context, out, entries, genesis->count, copies, children,
                                   version);
}

static void run_genesis(worker *worker, const job *job) {
    const genesis *genesis = job->data;
    bool known = false, expected = false;
    for (int version = 0; version < 2; version++) {
        mote_genesis computed;
        size_t mark = mote_context_mark(&worker->context);
        double begun = worker_clock();
        mote_status status =
            compute(&worker->context, &computed, genesis, (mote_state_version)version);
        mote_context_release(&worker->context, mark);
        worked(worker, WORK_TRIE_BYTES, (double)genesis->bytes, worker_clock() - begun);
        if (status != MOTE_OK) {
            judged(worker, job, 0, RULE_GENESIS, status);
            return;
        }
        known |= mote_chain_by_genesis(&computed.hash) != NULL;
        bool has = genesis->expected[version].has_root;
        expected |= has;
        if (has && !mote_hash_equal(&computed.state_root, &genesis->expected[version].root)) {
            failed(worker, job, 0, RULE_GENESIS, "root_mismatch: the root in version %d is another",
                   version);
            return;
        }
        if (genesis->expected[version].has_hash &&
            !mote_hash_equal(&computed.hash, &genesis->expected[version].hash)) {
            failed(worker, job, 0, RULE_GENESIS,
                   "genesis_mismatch: the hash in version %d is another", version);
            return;
        }
    }
    if (known || expected) {
        passed(worker, job, 0, RULE_GENESIS);
    } else {
        unchecked(worker, job, 0, RULE_GENESIS,
                  "no root or hash of this state is known to compare with");
    }
}

static void read_document(plan *plan, document *document) {
    genesis *genesis = document_take(document, 1, sizeof *genesis);
    if (!read_genesis(document, genesis)) {
        submit_bad_form(plan, document, 0, "a key or value of the state is no hex");
        return;
    }
    job job = {NULL, document, 0, 1, run_genesis, genesis, memory_of(genesis)};
    submit(plan, &job);
}

const reader reader_genesis = {"genesis", recognizes, read_document};

/* --- --spec ----------------------------------------------------------------------------------------------- */
const spec *plan_spec(const plan *plan, const mote_hash *hash) {
    for (size_t i = 0; i < plan->spec_count; i++) {
        if (mote_hash_equal(&plan->specs[i].hash, hash)) return &plan->specs[i];
    }
    return NULL;
}

static void run_spec(worker *worker, const job *job) {
    plan *plan = worker->plan;
    const genesis *genesis = job->data;
    for (int version = 0; version < 2; version++) {
        mote_genesis computed;
        size_t mark = mote_context_mark(&worker->context);
        mote_status status =
            compute(&worker->context, &computed, genesis, (mote_state_version)version);
        mote_context_release(&worker->context, mark);
        if (status != MOTE_OK) return;
        plan->specs =
            app_grow(plan->app, plan->specs, (plan->spec_count + 1) * sizeof *plan->specs);
        plan->specs[plan->spec_count++] =
            (spec){version == 0 ? job->document : NULL, computed.hash,    computed.state_root,
                   (mote_state_version)version,         genesis->entries, genesis->count};
    }
}

static bool add_spec(plan *plan, const char *path) {
    const char *why;
    app *app = plan->app;
    document *document = document_load(path, &why);
    if (document == NULL) {
        fail_host(app, HOST_CANNOT_OPEN, path, MOTE_NO_OFFSET);
        app->report.expected = "a raw chain spec, or a genesis state";
        app->report.found = why;
        return false;
    }
    genesis *genesis = document_take(document, 1, sizeof *genesis);
    if (!recognizes(document) || !read_genesis(document, genesis)) {
        document_free(document);
        fail_host(app, HOST_NOT_RECOGNIZED, path, 0);
        app->report.expected = "a raw chain spec, or a genesis state";
        app->report.found = "neither";
        return false;
    }
    job job = {NULL, document, 0, 1, run_spec, genesis, memory_of(genesis)};
    size_t before = plan->spec_count;
    plan_run_here(plan, &job);
    if (plan->spec_count > before) return true;
    document_free(document);
    fail_host(app, HOST_JSON_DUPLICATE_KEY, path, 0);
    return false;
}

typedef struct adding {
    plan *plan;
    const char *path;
    bool ok;
} adding;

static void add_with_memory(void *data) {
    adding *adding = data;
    adding->ok = add_spec(adding->plan, adding->path);
}

bool plan_add_spec(plan *plan, const char *path) {
    adding adding = {plan, path, false};
    if (!memory_suffices(add_with_memory, &adding))
        fail_host(plan->app, HOST_NO_MEMORY, path, MOTE_NO_OFFSET);
    return adding.ok;
}

const spec *plan_spec_at(const plan *plan, size_t index) {
    return index < plan->spec_count ? &plan->specs[index] : NULL;
}
