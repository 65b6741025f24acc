/* SPDX-License-Identifier: Apache-2.0 */
/* Who is asked what, when: the table of jobs and its attempts at sources. */
#include <string.h>

#include "engine.h"

static uint32_t index_of(const mote_client *client, const struct job *job) {
    return (uint32_t)(job - client->jobs);
}

struct job *mote_jobs_add(mote_client *client, enum purpose purpose, mote_request_kind kind,
                          mote_chain_id chain, uint32_t owner) {
    for (uint32_t i = 0; i < client->limits.requests; i++) {
        struct job *job = &client->jobs[i];
        if (i < client->jobs_used && job->purpose != PURPOSE_NONE) continue;
        if (i == client->jobs_used) client->jobs_used++;
        memset(job, 0, sizeof *job);
        job->serial = client->next_job++;
        job->purpose = purpose;
        job->kind = kind;
        job->chain = chain;
        job->owner = owner;
        return job;
    }
    return NULL;
}

struct job *mote_jobs_find(mote_client *client, enum purpose purpose, uint32_t owner) {
    for (uint32_t i = 0; i < client->jobs_used; i++) {
        struct job *job = &client->jobs[i];
        if (job->purpose == purpose && job->owner == owner) return job;
    }
    return NULL;
}

/* What it brings will have to be ended: its name is waited for. */
static bool is_subscribing(const struct job *job) {
    return job->kind == MOTE_REQUEST_SUBMIT && job->attempts[0].request != 0;
}

void mote_jobs_end(mote_client *client, enum purpose purpose, uint32_t owner) {
    for (uint32_t i = 0; i < client->jobs_used; i++) {
        struct job *job = &client->jobs[i];
        if (job->owner != owner || is_subscribing(job)) continue;
        if (purpose == PURPOSE_NONE || job->purpose == purpose) job->purpose = PURPOSE_NONE;
    }
}

void mote_jobs_end_chain(mote_client *client, mote_chain_id chain) {
    for (uint32_t i = 0; i < client->jobs_used; i++) {
        if (client->jobs[i].chain == chain) client->jobs[i].purpose = PURPOSE_NONE;
    }
}

/* --- losing ------------------------------------------------------------------------------------------------------ */
static void lose_attempt(struct attempt *attempt) {
    memset(attempt, 0, sizeof *attempt);
}

void mote_jobs_lose_source(mote_client *client, mote_source_id source) {
    for (uint32_t i = 0; i < client->jobs_used; i++) {
        struct job *job = &client->jobs[i];
        for (uint32_t k = 0; k < ATTEMPTS; k++) {
            if (job->attempts[k].source == source) lose_attempt(&job->attempts[k]);
        }
        if (job->purpose != PURPOSE_NONE && job->only == source) mote_answers_lost(client, job);
    }
}

void mote_jobs_lose_all(mote_client *client) {
    for (uint32_t i = 0; i < client->jobs_used; i++) {
        struct job *job = &client->jobs[i];
        for (uint32_t k = 0; k < ATTEMPTS; k++) {
            /* What subscribes must not be said twice: its answer may be late. */
            bool is_once = job->purpose == PURPOSE_SUBSCRIBE || job->purpose == PURPOSE_SUBMIT;
            if (!is_once) lose_attempt(&job->attempts[k]);
            if (is_once) job->attempts[k].sent = client->clock;
        }
        job->tried = 0;
        job->not_before = 0;
    }
}

/* --- choosing ---------------------------------------------------------------------------------------------------- */
static uint32_t open_requests(const mote_client *client, mote_source_id source) {
    uint32_t open = 0;
    for (uint32_t i = 0; i < client->jobs_used; i++) {
        const struct job *job = &client->jobs[i];
        if (job->purpose == PURPOSE_NONE) continue;
        for (uint32_t k = 0; k < ATTEMPTS; k++) open += job->attempts[k].source == source;
    }
    return open;
}

static bool may_take(const mote_client *client, const struct job *job, uint32_t index) {
    const struct source *source = &client->sources[index];
    if (source->id == 0 || source->chain != job->chain || !source->open) return false;
    if (job->only != 0) return job->only == source->id;
    if (job->tried & (UINT64_C(1) << index)) return false;
    return source->usable;
}

/* What the next answer of this source would cost: its pace, what waits before it, and how it behaved. */
static uint64_t cost_of(const struct source *source, uint32_t open) {
    uint64_t pace = source->latency == 0 ? 200 : source->latency;
    uint64_t trouble = UINT64_C(300) * (source->timeouts + source->weak_claims + source->past) +
                       (source->lags ? 1000u : 0);
    return pace * (1 + open) + trouble;
}

static struct source *best_source(mote_client *client, const struct job *job) {
    struct source *best = NULL;
    uint64_t best_cost = UINT64_MAX;
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        if (!may_take(client, job, i)) continue;
        struct source *source = &client->sources[i];
        bool is_asked =
            job->attempts[0].source == source->id || job->attempts[1].source == source->id;
        uint32_t open = open_requests(client, source->id);
        if (is_asked || open >= SOURCE_OPEN_REQUESTS) continue;
        uint64_t cost = source->id == job->first ? 0 : cost_of(source, open);
        if (cost >= best_cost) continue;
        best = source;
        best_cost = cost;
    }
    return best;
}

static void start_attempt(mote_client *client, struct job *job, uint32_t attempt) {
    struct source *source = best_source(client, job);
    if (source == NULL) return;
    job->attempts[attempt].source = source->id;
    job->attempts[attempt].sent = client->clock;
    mote_actions_send(client, index_of(client, job), attempt);
}

/* --- time -------------------------------------------------------------------------------------------------------- */
static uint64_t hedge_time(const mote_client *client, const struct attempt *attempt) {
    const struct source *source = mote_sources_find(client, attempt->source);
    uint64_t patience = source == NULL ? 0 : UINT64_C(3) * source->latency;
    return attempt->sent + (patience > HEDGE_AFTER ? patience : HEDGE_AFTER);
}

static void time_out(mote_client *client, struct job *job) {
    for (uint32_t k = 0; k < ATTEMPTS; k++) {
        struct attempt *attempt = &job->attempts[k];
        if (attempt->source == 0 || attempt->sent + LOST_AFTER > client->clock) continue;
        struct source *source = mote_sources_find(client, attempt->source);
        if (source != NULL) job->tried |= UINT64_C(1) << mote_sources_index(client, source);
        lose_attempt(attempt);
        if (source != NULL && !source->is_starved) mote_sources_silent(client, source);
    }
}

static bool has_attempt(const struct job *job) {
    return job->attempts[0].source != 0 || job->attempts[1].source != 0;
}

static bool somebody_may_take(const mote_client *client, const struct job *job) {
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        if (may_take(client, job, i)) return true;
    }
    return false;
}

/* All had their chance: again after a moment, or never. */
static void begin_round(mote_client *client, struct job *job) {
    bool is_bound = job->only != 0;
    if (job->tried == 0 && !is_bound) return; /* no source is there: wait */
    job->rounds++;
    if (job->rounds >= ROUNDS_OF_TRIES || (is_bound && job->tried != 0)) {
        mote_answers_give_up(client, job);
        return;
    }
    job->tried = 0;
    job->not_before = client->clock + ((uint64_t)RETRY_AFTER << job->rounds);
}

static void schedule(mote_client *client, struct job *job) {
    time_out(client, job);
    if (client->clock < job->not_before) return;
    if (!has_attempt(job)) {
        bool is_refused = job->only != 0 && job->tried != 0;
        if (is_refused || !somebody_may_take(client, job)) {
            begin_round(client, job);
        } else {
            start_attempt(client, job, 0);
        }
        return;
    }
    uint32_t empty = job->attempts[0].source == 0 ? 0 : 1;
    bool is_late = job->attempts[empty].source == 0 && job->only == 0 &&
                   job->attempts[1 - empty].request != 0 &&
                   hedge_time(client, &job->attempts[1 - empty]) <= client->clock;
    if (is_late) start_attempt(client, job, empty);
}

void mote_jobs_schedule(mote_client *client) {
    while (client->jobs_used > 0 && client->jobs[client->jobs_used - 1].purpose == PURPOSE_NONE) {
        client->jobs_used--;
    }
    for (uint32_t i = 0; i < client->jobs_used; i++) {
        if (client->jobs[i].purpose != PURPOSE_NONE) schedule(client, &client->jobs[i]);
    }
}

static uint64_t deadline_of(const mote_client *client, const struct job *job) {
    uint64_t at = UINT64_MAX;
    if (!has_attempt(job)) return job->not_before > client->clock ? job->not_before : UINT64_MAX;
    for (uint32_t k = 0; k < ATTEMPTS; k++) {
        const struct attempt *attempt = &job->attempts[k];
        if (attempt->source == 0) continue;
        if (attempt->sent + LOST_AFTER < at) at = attempt->sent + LOST_AFTER;
        uint64_t hedge = hedge_time(client, attempt);
        if (job->only == 0 && hedge > client->clock && hedge < at) at = hedge;
    }
    return at;
}

uint64_t mote_jobs_deadline(const mote_client *client) {
    uint64_t at = UINT64_MAX;
    for (uint32_t i = 0; i < client->jobs_used; i++) {
        if (client->jobs[i].purpose == PURPOSE_NONE) continue;
        uint64_t one = deadline_of(client, &client->jobs[i]);
        if (one < at) at = one;
    }
    return at;
}

/* --- answers ----------------------------------------------------------------------------------------------------- */
struct job *mote_jobs_match(mote_client *client, mote_source_id source, uint64_t request,
                            uint32_t *attempt) {
    for (uint32_t i = 0; request != 0 && i < client->jobs_used; i++) {
        struct job *job = &client->jobs[i];
        if (job->purpose == PURPOSE_NONE) continue;
        for (*attempt = 0; *attempt < ATTEMPTS; ++*attempt) {
            const struct attempt *one = &job->attempts[*attempt];
            if (one->source == source && one->request == request) return job;
        }
    }
    return NULL;
}

/* Who was overtaken is at least as slow as that. */
static void note_slower(const mote_client *client, const struct attempt *attempt) {
    struct source *source = mote_sources_find(client, attempt->source);
    if (source == NULL || attempt->request == 0) return;
    uint64_t taken = client->clock - attempt->sent;
    if (taken > source->latency && taken < 60000) source->latency = (uint32_t)taken;
}

void mote_jobs_conclude(mote_client *client, struct job *job, uint32_t attempt,
                        struct verdict verdict) {
    mote_source_id source_id = job->attempts[attempt].source;
    struct source *source = mote_sources_find(client, source_id);
    if (verdict.outcome == OUTCOME_DONE) {
        note_slower(client, &job->attempts[1 - attempt]);
        job->purpose = PURPOSE_NONE;
        return;
    }
    lose_attempt(&job->attempts[attempt]);
    if (source != NULL) job->tried |= UINT64_C(1) << mote_sources_index(client, source);
    if (verdict.outcome == OUTCOME_LIE) mote_sources_drop(client, source_id, verdict.why, NULL);
}

size_t mote_jobs_reply_limit(const mote_client *client, mote_source_id source) {
    size_t limit = UNASKED_MESSAGE;
    for (uint32_t i = 0; i < client->jobs_used; i++) {
        const struct job *job = &client->jobs[i];
        if (job->purpose == PURPOSE_NONE) continue;
        for (uint32_t k = 0; k < ATTEMPTS; k++) {
            if (job->attempts[k].source != source) continue;
            size_t one = mote_request_reply_limit(job->kind);
            if (one > limit) limit = one;
        }
    }
    return limit < client->limits.message_bytes ? limit : client->limits.message_bytes;
}

/* --- requests ---------------------------------------------------------------------------------------------------- */
/* The keys of a page are the ones listed, and the last one of the page before, from which the first follows. */
static void page_request(const struct query *query, mote_bytes *keys, mote_request *request) {
    request->key_count = query->listed_count;
    memcpy(keys, query->listed, query->listed_count * sizeof *keys);
    keys[request->key_count++] =
        query->after == NULL ? query->prefix : (mote_bytes){query->after, query->after_size};
    request->keys = keys;
}

static void query_request(mote_client *client, const struct job *job, mote_bytes *keys,
                          mote_request *request) {
    const struct query *query = mote_queries_find(client, job->owner);
    if (query == NULL) return;
    request->hash = mote_query_block(query);
    request->child_key = query->child_key;
    if (job->purpose == PURPOSE_KEYS) {
        request->prefix = query->prefix;
        request->start = (mote_bytes){query->after, query->after_size};
        request->count = PAGE_KEYS;
    } else if (query->kind == MOTE_QUERY_LIST) {
        page_request(query, keys, request);
    } else {
        request->keys = query->keys;
        request->key_count = query->key_count;
    }
}

static void owner_request(mote_client *client, const struct job *job, mote_bytes *keys,
                          uint8_t *room, mote_request *request) {
    static const uint8_t no_key = 0;
    struct transaction *transaction = mote_transactions_find(client, job->owner);
    switch (job->purpose) {
    case PURPOSE_KEYS:
    case PURPOSE_READ: query_request(client, job, keys, request); break;
    case PURPOSE_PARA_HEADS:
    case PURPOSE_PARA_GUESS:
        request->key_count = mote_parachains_keys(client, job, keys, room);
        request->keys = keys;
        break;
    case PURPOSE_TREE:
        mote_babe_state_keys((uint8_t(*)[MOTE_BABE_STATE_KEY_SIZE])room);
        for (uint32_t i = 0; i < MOTE_BABE_STATE_KEYS; i++) {
            keys[i] = (mote_bytes){room + i * MOTE_BABE_STATE_KEY_SIZE, MOTE_BABE_STATE_KEY_SIZE};
        }
        request->keys = keys;
        request->key_count = MOTE_BABE_STATE_KEYS;
        break;
    case PURPOSE_SESSIONS:
        mote_sessions_keys((uint8_t(*)[MOTE_BABE_STATE_KEY_SIZE])room);
        for (uint32_t i = 0; i < SESSION_KEYS; i++) {
            keys[i] = (mote_bytes){room + i * MOTE_BABE_STATE_KEY_SIZE, MOTE_BABE_STATE_KEY_SIZE};
        }
        request->keys = keys;
        request->key_count = SESSION_KEYS;
        break;
    case PURPOSE_EVENTS:
        mote_events_key(room);
        keys[0] = (mote_bytes){room, MOTE_EVENTS_KEY_SIZE};
        request->keys = keys;
        request->key_count = 1;
        break;
    case PURPOSE_SUBMIT:
        request->bytes = transaction == NULL
                             ? (mote_bytes){&no_key, 0}
                             : (mote_bytes){transaction->extrinsic, transaction->size};
        break;
    default: break;
    }
}

bool mote_jobs_write(mote_client *client, const struct job *job, uint64_t request_id,
                     mote_bytes *out) {
    size_t mark = mote_context_mark(&client->context);
    mote_request request = {.kind = job->kind,
                            .number = job->number,
                            .numbers = job->numbers,
                            .number_count = job->number,
                            .hash = job->hash};
    mote_bytes *keys = mote_context_take(&client->context, MOTE_MAX_REQUEST_KEYS, sizeof *keys);
    uint8_t *room = mote_context_take(
        &client->context, 2 * PARACHAINS_OF_A_PROOF + MOTE_BABE_STATE_KEYS, MOTE_PARA_KEY_SIZE);
    bool is_written = false;
    if (keys != NULL && room != NULL) {
        owner_request(client, job, keys, room, &request);
        mote_writer writer = mote_writer_into(NULL, 0);
        mote_status status = mote_request_write(&client->context, &writer, &request, request_id);
        mote_pool_give(&client->pool, client->outbox);
        client->outbox =
            status == MOTE_OK ? mote_sources_take_room(client, NULL, writer.size) : NULL;
        if (client->outbox != NULL) {
            writer = mote_writer_into(client->outbox, writer.size);
            status = mote_request_write(&client->context, &writer, &request, request_id);
            *out = (mote_bytes){client->outbox, writer.size};
            is_written = status == MOTE_OK && mote_writer_fits(&writer);
        }
    }
    mote_context_release(&client->context, mark);
    return is_written;
}
