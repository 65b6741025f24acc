/* SPDX-License-Identifier: Apache-2.0 */
/* Questions about state: read proofs under a verified block. */
#include <string.h>

#include "engine.h"
#include "mote/hash.h"
#include "mote/limits.h"

struct query *mote_queries_find(const mote_client *client, mote_query_id id) {
    for (uint32_t i = 0; id != 0 && i < client->limits.queries; i++) {
        if (client->queries[i].id == id) return &client->queries[i];
    }
    return NULL;
}

/* --- asking ---------------------------------------------------------------------------------------------------------- */
static bool is_sound(const mote_client *client, const mote_query *ask) {
    if (mote_client_chain(client, ask->chain) == NULL || (ask->subscribe && ask->has_at))
        return false;
    if (ask->prefix.size > MOTE_MAX_KEY_SIZE || ask->child_key.size > MOTE_MAX_KEY_SIZE)
        return false;
    for (uint32_t i = 0; i < ask->key_count; i++) {
        if (ask->keys[i].size > MOTE_MAX_KEY_SIZE) return false;
    }
    if (ask->kind == MOTE_QUERY_LIST) return ask->key_count == 0;
    return ask->kind == MOTE_QUERY_VALUES && ask->key_count > 0 &&
           ask->key_count <= MOTE_MAX_REQUEST_KEYS;
}

/* Of the request as JSON, about: what cannot be written is not taken. */
static size_t request_size(const mote_query *ask) {
    size_t size = 512 + 2 * (ask->prefix.size + ask->child_key.size);
    for (uint32_t i = 0; i < ask->key_count; i++) size += 2 * ask->keys[i].size + 5;
    return size;
}

static mote_bytes copy_span(uint8_t **at, mote_bytes bytes) {
    mote_bytes copy = {*at, bytes.size};
    if (bytes.size > 0) memcpy(*at, bytes.data, bytes.size);
    *at += bytes.size;
    return copy;
}

static bool keep_spans(mote_client *client, struct query *query, const mote_query *ask) {
    size_t size = ask->key_count * sizeof(mote_bytes) + ask->prefix.size + ask->child_key.size;
    for (uint32_t i = 0; i < ask->key_count; i++) size += ask->keys[i].size;
    query->kept = mote_sources_take_room(client, NULL, size);
    if (query->kept == NULL) return false;
    mote_bytes *keys = (mote_bytes *)(void *)query->kept;
    uint8_t *at = query->kept + ask->key_count * sizeof *keys;
    for (uint32_t i = 0; i < ask->key_count; i++) keys[i] = copy_span(&at, ask->keys[i]);
    query->keys = keys;
    query->key_count = ask->key_count;
    query->prefix = copy_span(&at, ask->prefix);
    query->child_key = copy_span(&at, ask->child_key);
    return true;
}

static struct query *free_place(mote_client *client) {
    for (uint32_t i = 0; i < client->limits.queries; i++) {
        if (client->queries[i].id == 0) return &client->queries[i];
    }
    return NULL;
}

mote_status mote_client_query(mote_client *client, mote_query_id *out, const mote_query *ask) {
    *out = 0;
    if (!is_sound(client, ask)) return MOTE_E_BAD_ARGUMENT;
    if (request_size(ask) > client->limits.pool_bytes / 4) return MOTE_E_LIMIT_MEMORY;
    struct query *query = free_place(client);
    if (query == NULL) return MOTE_E_LIMIT_COUNT;
    memset(query, 0, sizeof *query);
    if (!keep_spans(client, query, ask)) return MOTE_E_LIMIT_MEMORY;
    query->id = *out = mote_client_new_id(client);
    query->state = QUERY_WAITING;
    query->kind = ask->kind;
    query->chain = ask->chain;
    query->subscribe = ask->subscribe;
    query->has_at = ask->has_at;
    query->at = ask->at;
    query->patience = ask->patience == 0 ? MOTE_QUERY_PATIENCE : ask->patience;
    if (query->patience > LONGEST_PATIENCE) query->patience = LONGEST_PATIENCE;
    client->has_news = true;
    query->failure = MOTE_E_TIMED_OUT;
    return MOTE_OK;
}

/* Once each; of very many the first. */
void mote_queries_used(mote_client *client, mote_query_id id, mote_source_id source) {
    struct query *query = mote_queries_find(client, id);
    if (query == NULL || source == 0 || query->used_count == MOTE_ANSWER_SOURCES) return;
    for (uint32_t i = 0; i < query->used_count; i++) {
        if (query->used[i] == source) return;
    }
    query->used[query->used_count++] = source;
}

void mote_query_forget_page(mote_client *client, struct query *query) {
    mote_client_spend(client, query->page);
    mote_client_spend(client, query->page_spans);
    query->page = query->page_spans = NULL;
    query->listed = NULL;
    query->listed_count = 0;
}

/* An answer begins anew. */
void mote_query_rewind(mote_client *client, struct query *query) {
    if (client->delivery.active && client->delivery.query == query->id) mote_delivery_end(client);
    mote_jobs_end(client, PURPOSE_NONE, query->id);
    mote_query_forget_page(client, query);
    mote_ancestry_forget(client, query);
    query->used_count = 0;
    mote_client_spend(client, query->after);
    query->after = NULL;
    query->after_size = 0;
    query->pages = query->told = 0;
    query->is_last_page = false;
}

void mote_queries_end(mote_client *client, struct query *query) {
    if (client->delivery.active && client->delivery.query == query->id) mote_delivery_end(client);
    mote_query_rewind(client, query);
    mote_client_spend(client, query->kept);
    memset(query, 0, sizeof *query);
}

void mote_client_cancel(mote_client *client, mote_query_id id) {
    struct query *query = mote_queries_find(client, id);
    if (query != NULL) mote_queries_end(client, query);
}

void mote_queries_forget_chain(mote_client *client, mote_chain_id chain) {
    for (uint32_t i = 0; i < client->limits.queries; i++) {
        struct query *query = &client->queries[i];
        if (query->id != 0 && query->chain == chain) mote_queries_end(client, query);
    }
}

/* --- going on ---------------------------------------------------------------------------------------------------------- */
mote_hash mote_query_block(const struct query *query) {
    return query->is_parachain ? query->para.hash : query->relay.hash;
}

static mote_state_root query_state_root(const struct query *query) {
    return query->is_parachain ? mote_state_of_parachain(&query->para)
                               : mote_state_of_relay(&query->relay);
}

static void ask_state(mote_client *client, struct query *query) {
    bool lists = query->kind == MOTE_QUERY_LIST;
    struct job *job =
        mote_jobs_add(client, lists ? PURPOSE_KEYS : PURPOSE_READ,
                      lists ? MOTE_REQUEST_KEYS : MOTE_REQUEST_READ, query->chain, query->id);
    if (job != NULL) query->state = QUERY_ASKED;
}

static bool answer_from_cache(mote_client *client, struct query *query);

void mote_queries_use_block(mote_client *client, struct query *query) {
    query->relay = query->walk.relay;
    query->para = query->walk.para;
    query->is_parachain = query->walk.is_parachain;
    if (!answer_from_cache(client, query)) ask_state(client, query);
}

/* Who showed the head that it is about, or begins at. */
static void note_head(mote_client *client, struct query *query, const struct chain *chain) {
    query->from = chain->is_parachain ? chain->para.hash : chain->head.hash;
    query->from_number = mote_walk_number(&query->walk);
    query->used_count = 0;
    mote_queries_used(client, query->id, chain->head_source);
    if (!chain->is_parachain) return;
    const struct chain *relay = mote_client_chain(client, chain->relay);
    mote_queries_used(client, query->id, relay->heads_source);
}

static void begin(mote_client *client, struct query *query) {
    const struct chain *chain = mote_client_chain(client, query->chain);
    bool is_ready = chain->phase == MOTE_PHASE_CURRENT || chain->phase == MOTE_PHASE_STALLED;
    if (!is_ready || client->clock < query->not_before) return;
    mote_hash head = chain->is_parachain ? chain->para.hash : chain->head.hash;
    if (!mote_walk_begin(&query->walk, chain, query->has_at ? &query->at : &head)) return;
    note_head(client, query, chain);
    if (mote_walk_has_arrived(&query->walk)) {
        mote_queries_use_block(client, query);
    } else {
        (void)mote_ancestry_begin(client, query);
    }
}

void mote_queries_fail(mote_client *client, struct query *query, mote_status why) {
    mote_client_event *event = mote_actions_event(client, MOTE_EVENT_QUERY_FAILED, query->chain);
    event->query = query->id;
    event->why = why;
    if (!query->subscribe) {
        mote_queries_end(client, query);
        return;
    }
    mote_query_rewind(client, query);
    query->state = QUERY_RESTING;
}

/* What was told is of this block, and no other one can complete it: the page is asked for again, as long as there is
 * patience. */
static void retry_page(mote_client *client, struct query *query) {
    mote_jobs_end(client, PURPOSE_NONE, query->id);
    mote_query_forget_page(client, query);
    struct job *job =
        mote_jobs_add(client, PURPOSE_KEYS, MOTE_REQUEST_KEYS, query->chain, query->id);
    query->failure = MOTE_E_REFUSED;
    if (job == NULL) {
        mote_queries_fail(client, query, MOTE_E_REFUSED);
    } else {
        job->not_before = client->clock + RETRY_AFTER;
    }
}

/* Nobody answered for this block: perhaps for a later one, or a source that is away, as long as there is patience. */
void mote_queries_refused(mote_client *client, mote_query_id id) {
    struct query *query = mote_queries_find(client, id);
    if (query == NULL) return;
    if (query->told > 0) {
        retry_page(client, query);
        return;
    }
    mote_queries_wait(client, query, MOTE_E_REFUSED);
    bool is_final = query->has_at && mote_sources_are_all_open(client, query->chain);
    if (is_final) mote_queries_fail(client, query, MOTE_E_REFUSED);
}

/* From the beginning, after a moment. */
void mote_queries_wait(mote_client *client, struct query *query, mote_status why) {
    mote_query_rewind(client, query);
    query->failure = why;
    query->state = QUERY_WAITING;
    query->not_before = client->clock + RETRY_AFTER;
}

static bool is_asked(mote_client *client, const struct query *query) {
    return mote_jobs_find(client, PURPOSE_RUNG_HASH, query->id) != NULL ||
           mote_jobs_find(client, PURPOSE_RUNG_HEADER, query->id) != NULL ||
           mote_jobs_find(client, PURPOSE_GOAL, query->id) != NULL ||
           mote_jobs_find(client, PURPOSE_ANCESTRY, query->id) != NULL;
}

void mote_queries_plan(mote_client *client) {
    for (uint32_t i = 0; i < client->limits.queries; i++) {
        struct query *query = &client->queries[i];
        bool is_given_out = client->delivery.active && client->delivery.query == query->id;
        if (query->id == 0 || query->state == QUERY_RESTING || is_given_out) continue;
        if (query->give_up == 0) query->give_up = client->clock + query->patience;
        const struct chain *chain = mote_client_chain(client, query->chain);
        const struct chain *above =
            chain->is_parachain ? mote_client_chain(client, chain->relay) : chain;
        if (above->phase == MOTE_PHASE_HALTED && mote_actions_room(client)) {
            mote_queries_fail(client, query, above->halted_by);
        } else if (!mote_sources_exist(client, chain->id) && mote_actions_room(client)) {
            mote_queries_fail(client, query, MOTE_E_NO_SOURCE);
        } else if (client->clock >= query->give_up && mote_actions_room(client)) {
            mote_queries_fail(client, query, query->failure);
        } else if (query->state == QUERY_WAITING) {
            begin(client, query);
        } else if (query->state == QUERY_WALKING && !is_asked(client, query)) {
            mote_ancestry_resume(client, query);
        }
    }
}

void mote_queries_new_head(mote_client *client, mote_chain_id chain) {
    for (uint32_t i = 0; i < client->limits.queries; i++) {
        struct query *query = &client->queries[i];
        if (query->id == 0 || query->chain != chain || query->state != QUERY_RESTING) continue;
        query->state = QUERY_WAITING;
        query->give_up = client->clock + query->patience;
        query->failure = MOTE_E_TIMED_OUT;
    }
}

/* The chain may have gone on while the answer was given out. */
void mote_queries_catch_up(mote_client *client, const struct query *query) {
    const struct chain *chain = mote_client_chain(client, query->chain);
    mote_hash block = mote_query_block(query);
    const mote_hash *head = chain->is_parachain ? &chain->para.hash : &chain->head.hash;
    if (!mote_hash_equal(&block, head)) mote_queries_new_head(client, chain->id);
}

uint64_t mote_queries_deadline(const mote_client *client) {
    uint64_t at = UINT64_MAX;
    for (uint32_t i = 0; i < client->limits.queries; i++) {
        const struct query *query = &client->queries[i];
        if (query->id == 0 || query->state == QUERY_RESTING) continue;
        uint64_t one = query->not_before > client->clock ? query->not_before : query->give_up;
        if (one < at) at = one;
    }
    return at;
}

/* --- answers ------------------------------------------------------------------------------------------------------------- */
static void digest_value(mote_blake2b_state *state, const mote_proven_value *value) {
    uint8_t head[9] = {(uint8_t)value->state};
    mote_store_u64(head + 1, value->value.size);
    mote_blake2b_update(state, (mote_bytes){head, sizeof head});
    mote_blake2b_update(state, value->value);
}

/* Everything that was asked for is in the proof; what it says, as one hash. */
static mote_status check_values(mote_client *client, const struct query *query,
                                const mote_trie_view *view, mote_hash *digest) {
    mote_proven_value value;
    mote_blake2b_state state;
    mote_blake2b_init(&state, sizeof digest->bytes);
    for (uint32_t i = 0; i < query->key_count; i++) {
        mote_status status = mote_trie_read(&client->context, &value, view, query->keys[i]);
        if (status != MOTE_OK) return status;
        if (value.state == MOTE_VALUE_HASH_ONLY) return MOTE_E_VALUE_NOT_IN_PROOF;
        digest_value(&state, &value);
    }
    mote_blake2b_final(&state, digest->bytes);
    return MOTE_OK;
}

static void answer(mote_client *client, struct query *query, const mote_trie_view *view,
                   uint8_t **message, mote_bytes proof, size_t mark, const mote_hash *digest) {
    bool is_new = !query->has_digest || !mote_hash_equal(&query->digest, digest);
    query->answer_digest = *digest;
    if (!is_new && query->subscribe && query->pages == 0) {
        mote_context_release(&client->context, mark);
        mote_query_rewind(client, query);
        query->state = QUERY_RESTING;
        mote_queries_catch_up(client, query);
        return;
    }
    mote_delivery_begin(client, query, view, *message, proof, mark);
    *message = NULL;
}

/* The proof is loaded where the delivery keeps it: views point to it. */
static mote_status load(mote_client *client, const struct query *query, mote_trie_view *view,
                        mote_bytes bytes) {
    mote_proof *proof = &client->delivery.proof;
    mote_state_root root = query_state_root(query);
    mote_status status = mote_proof_load(&client->context, proof, &root, bytes, MOTE_PROOF_STRICT);
    if (status != MOTE_OK) return status;
    *view = mote_proof_main(proof);
    if (query->child_key.size == 0) return MOTE_OK;
    return mote_proof_child(&client->context, view, proof, query->child_key);
}

/* One delivery at a time: while one is given out, the query waits for its turn. */
static bool answer_from_cache(mote_client *client, struct query *query) {
    mote_trie_view view;
    mote_hash digest;
    mote_state_root root = query_state_root(query);
    if (query->kind != MOTE_QUERY_VALUES || client->delivery.active) return false;
    for (uint32_t at = 0; mote_cache_find(client, &at, &root.root); at++) {
        size_t mark = mote_context_mark(&client->context);
        mote_status status = load(client, query, &view, client->cache[at].proof);
        if (status == MOTE_OK) status = check_values(client, query, &view, &digest);
        if (status != MOTE_OK) {
            mote_context_release(&client->context, mark);
            continue;
        }
        struct cached entry = mote_cache_take(client, at);
        mote_queries_used(client, query->id, entry.source);
        answer(client, query, &view, &entry.message, entry.proof, mark, &digest);
        client->delivery.source = entry.source;
        if (entry.message != NULL) { /* nothing new: nothing is given out */
            mote_cache_keep(client, &root.root, entry.message, entry.proof, entry.source);
        }
        return true;
    }
    return false;
}

struct verdict mote_queries_take_proof(mote_client *client, struct job *job,
                                       const struct source *source, const mote_reply *reply,
                                       uint8_t **message) {
    mote_trie_view view;
    mote_hash digest = {{0}};
    const mote_source_id source_id = source->id;
    struct query *query = mote_queries_find(client, job->owner);
    if (query == NULL) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    size_t mark = mote_context_mark(&client->context);
    mote_client_use_work(client, 10 + (uint32_t)(reply->bytes.size / 4096));
    mote_status status = load(client, query, &view, reply->bytes);
    bool is_loaded = status == MOTE_OK;
    if (is_loaded) {
        status = query->kind == MOTE_QUERY_LIST ? mote_listing_check(client, query, &view, &digest)
                                                : check_values(client, query, &view, &digest);
    }
    if (status != MOTE_OK) {
        bool is_over = is_loaded && mote_listing_blames_list(client, query, &view, status);
        mote_context_release(&client->context, mark);
        if (!is_over && status != MOTE_E_CHILD_ROOT) return mote_verdict_of(status);
        if (!is_over) mote_queries_fail(client, query, status); /* so the chain has it */
        return (struct verdict){OUTCOME_DONE, MOTE_OK};
    }
    job->purpose = PURPOSE_NONE;
    mote_listing_judge_list(client, query, &view);
    answer(client, query, &view, message, reply->bytes, mark, &digest);
    client->delivery.source = source_id;
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}
