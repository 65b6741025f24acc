/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The way down to a named ancestor. Its header says how far down it is. A finality proof for its number brings all headers
 * above it at once, up to a block that is final; where there is none, hashes are asked for by number, many at a time, and
 * headers by these hashes. What is believed are the parent hashes from our own head down: whatever does not fit them is
 * asked for again by the hash that does.
 */
#include <string.h>

#include "engine.h"

static bool ask(mote_client *client, struct query *query, enum purpose purpose,
                mote_request_kind kind, const mote_hash *hash, uint32_t number) {
    struct job *job = mote_jobs_add(client, purpose, kind, query->chain, query->id);
    if (job == NULL) return false;
    job->hash = *hash;
    job->number = number;
    query->state = QUERY_WALKING;
    return true;
}

bool mote_ancestry_begin(mote_client *client, struct query *query) {
    return ask(client, query, PURPOSE_GOAL, MOTE_REQUEST_HEADER, &query->at, 0);
}

/* --- steps --------------------------------------------------------------------------------------------------------------- */
/* Whoever exports the answer has to show the headers too. */
static bool keep_header(mote_client *client, struct query *query, mote_bytes header) {
    size_t size = query->ancestors_size + header.size;
    bool fits = query->ancestors != NULL && size <= mote_pool_size(&client->pool, query->ancestors);
    if (!fits) {
        uint8_t *larger = mote_sources_take_room(client, NULL, 2 * size);
        if (larger == NULL) return false;
        if (query->ancestors_size > 0) memcpy(larger, query->ancestors, query->ancestors_size);
        mote_pool_give(&client->pool, query->ancestors);
        query->ancestors = larger;
    }
    memcpy(query->ancestors + query->ancestors_size, header.data, header.size);
    query->ancestors_size = size;
    return true;
}

static mote_status step_down(mote_client *client, struct query *query, mote_bytes header) {
    const struct walk before = query->walk;
    mote_status status = mote_walk_take(client, &query->walk, header);
    if (status != MOTE_OK || keep_header(client, query, header)) return status;
    query->walk = before;
    return MOTE_E_LIMIT_MEMORY;
}

static bool keep_goal(mote_client *client, struct query *query, mote_bytes header) {
    mote_client_spend(client, query->goal);
    query->goal = mote_sources_take_room(client, NULL, header.size);
    query->goal_size = header.size;
    if (query->goal != NULL) memcpy(query->goal, header.data, header.size);
    return query->goal != NULL;
}

/* The goal's own header is here from the beginning. */
static mote_status step_to_goal(mote_client *client, struct query *query) {
    const mote_hash next = mote_walk_next(&query->walk);
    if (!mote_hash_equal(&next, &query->at)) return MOTE_OK;
    return step_down(client, query, (mote_bytes){query->goal, query->goal_size});
}

/* --- the ladder ---------------------------------------------------------------------------------------------------------- */
static struct rung *rung_of(const struct query *query, uint32_t number) {
    return &query->ladder[number % RUNGS];
}

static void clear_rung(mote_client *client, struct rung *rung, uint32_t number) {
    mote_pool_give(&client->pool, rung->header);
    *rung = (struct rung){.number = number};
}

void mote_ancestry_forget(mote_client *client, struct query *query) {
    for (uint32_t i = 0; query->ladder != NULL && i < RUNGS; i++) {
        clear_rung(client, &query->ladder[i], 0);
    }
    mote_pool_give(&client->pool, query->ladder);
    mote_client_spend(client, query->goal);
    mote_client_spend(client, query->ancestors);
    query->ladder = NULL;
    query->goal = query->ancestors = NULL;
    query->ancestors_size = 0;
}

static bool has_ladder(mote_client *client, struct query *query) {
    if (query->ladder != NULL) return true;
    query->ladder =
        (struct rung *)(void *)mote_sources_take_room(client, NULL, RUNGS * sizeof *query->ladder);
    if (query->ladder == NULL) return false;
    memset(query->ladder, 0, RUNGS * sizeof *query->ladder);
    return true;
}

static void ask_header(mote_client *client, struct query *query, struct rung *rung,
                       const mote_hash *hash) {
    rung->hash = *hash;
    rung->is_asked =
        ask(client, query, PURPOSE_RUNG_HEADER, MOTE_REQUEST_HEADER, hash, rung->number);
}

/* Between where the walk is and the goal. The next one down is known by its hash. */
static void fill_ladder(mote_client *client, struct query *query) {
    static const mote_hash unknown = {{0}};
    uint32_t top = mote_walk_number(&query->walk);
    for (uint32_t i = 1; i <= RUNGS && i < top - query->goal_number; i++) {
        struct rung *rung = rung_of(query, top - i);
        if (rung->number != top - i) clear_rung(client, rung, top - i);
        if (rung->header != NULL) continue;
        if (i == 1) {
            mote_hash next = mote_walk_next(&query->walk);
            bool is_it = rung->is_asked && mote_hash_equal(&rung->hash, &next);
            if (!is_it) ask_header(client, query, rung, &next);
        } else if (!rung->is_asked) {
            rung->is_asked = ask(client, query, PURPOSE_RUNG_HASH, MOTE_REQUEST_BLOCK_HASH,
                                 &unknown, rung->number);
        }
    }
}

/* Over all rungs that are there and fit. */
static mote_status climb_down(mote_client *client, struct query *query) {
    mote_status status = MOTE_OK;
    while (status == MOTE_OK && mote_walk_number(&query->walk) > query->goal_number + 1) {
        struct rung *rung = rung_of(query, mote_walk_number(&query->walk) - 1);
        const mote_hash next = mote_walk_next(&query->walk);
        bool is_here = rung->number == mote_walk_number(&query->walk) - 1 && rung->header != NULL;
        if (!is_here) return MOTE_OK;
        if (mote_hash_equal(&rung->hash, &next)) {
            status = step_down(client, query, (mote_bytes){rung->header, rung->header_size});
        }
        if (status == MOTE_OK) clear_rung(client, rung, rung->number); /* used, or of a fork */
    }
    return status == MOTE_OK ? step_to_goal(client, query) : status;
}

/* At its block, or further down to it. */
void mote_ancestry_go_on(mote_client *client, struct query *query) {
    if (!has_ladder(client, query)) {
        mote_queries_wait(client, query, MOTE_E_LIMIT_MEMORY);
        return;
    }
    mote_status status = climb_down(client, query);
    if (mote_walk_has_arrived(&query->walk)) {
        mote_queries_use_block(client, query);
    } else if (status == MOTE_E_LIMIT_MEMORY) {
        mote_queries_wait(client, query, status);
    } else if (status != MOTE_OK) {
        mote_queries_fail(client, query, status);
    } else if (mote_walk_number(&query->walk) <= query->goal_number + 1) {
        mote_queries_fail(client, query, MOTE_E_NOT_ON_FINAL_CHAIN);
    } else {
        fill_ladder(client, query);
    }
}

void mote_ancestry_resume(mote_client *client, struct query *query) {
    if (query->goal == NULL) {
        mote_queries_wait(client, query, query->failure);
        return;
    }
    for (uint32_t i = 0; query->ladder != NULL && i < RUNGS; i++) query->ladder[i].is_asked = false;
    mote_ancestry_go_on(client, query);
}

static struct verdict take_rung_hash(mote_client *client, struct query *query, struct job *job,
                                     const mote_reply *reply) {
    struct rung *rung = query->ladder == NULL ? NULL : rung_of(query, job->number);
    job->purpose = PURPOSE_NONE;
    bool is_open = rung != NULL && rung->number == job->number && rung->header == NULL &&
                   mote_hash_equal(&rung->hash, &job->hash); /* not known by now */
    if (is_open) ask_header(client, query, rung, &reply->hash);
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

static struct verdict take_rung_header(mote_client *client, struct query *query, struct job *job,
                                       const mote_reply *reply) {
    mote_header header;
    mote_status status = mote_header_decode(&client->context, &header, reply->bytes);
    if (status == MOTE_OK && !mote_hash_equal(&header.hash, &job->hash))
        status = MOTE_E_HEADER_HASH;
    if (status != MOTE_OK) return mote_verdict_of(status);
    struct rung *rung = query->ladder == NULL ? NULL : rung_of(query, job->number);
    job->purpose = PURPOSE_NONE;
    bool is_it =
        rung != NULL && rung->number == job->number && mote_hash_equal(&rung->hash, &job->hash);
    if (!is_it) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    clear_rung(client, rung, rung->number);
    rung->header = mote_sources_take_room(client, NULL, header.encoded.size);
    if (rung->header != NULL) {
        memcpy(rung->header, header.encoded.data, header.encoded.size);
        rung->header_size = header.encoded.size;
        rung->hash = header.hash;
    }
    mote_ancestry_go_on(client, query);
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

struct verdict mote_ancestry_take_rung(mote_client *client, struct job *job,
                                       const mote_reply *reply) {
    struct query *query = mote_queries_find(client, job->owner);
    if (query == NULL) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    if (!reply->present) return (struct verdict){OUTCOME_ELSEWHERE, MOTE_E_REFUSED};
    return job->purpose == PURPOSE_RUNG_HASH ? take_rung_hash(client, query, job, reply)
                                             : take_rung_header(client, query, job, reply);
}

/* Nobody has it: what it was asked by may be a lie, unless the walk itself leads there. */
void mote_ancestry_lose_rung(mote_client *client, const struct job *job) {
    struct query *query = mote_queries_find(client, job->owner);
    if (query == NULL) return;
    const mote_hash next = mote_walk_next(&query->walk);
    if (mote_hash_equal(&job->hash, &next)) mote_queries_refused(client, query->id);
}

/* --- where the goal is ----------------------------------------------------------------------------------------------------- */
/* Above the head, it may become final; far below, it is not looked for. */
static void descend(mote_client *client, struct query *query, const mote_header *goal) {
    const struct walk *walk = &query->walk;
    uint32_t head = mote_walk_number(walk);
    query->goal_number = goal->number;
    if (goal->number > head) {
        mote_queries_wait(client, query, MOTE_E_NOT_ON_FINAL_CHAIN);
    } else if (head - goal->number > MOTE_MAX_QUERY_DEPTH) {
        mote_queries_fail(client, query, MOTE_E_NOT_SHOWN);
    } else if (!keep_goal(client, query, goal->encoded)) {
        mote_queries_wait(client, query, MOTE_E_LIMIT_MEMORY);
    } else if (walk->is_parachain || head - goal->number < WORTH_A_PROOF ||
               !ask(client, query, PURPOSE_ANCESTRY, MOTE_REQUEST_FINALITY, &query->at,
                    goal->number)) {
        mote_ancestry_go_on(client, query);
    }
}

struct verdict mote_ancestry_take_goal(mote_client *client, struct job *job,
                                       const mote_reply *reply) {
    mote_header header;
    struct query *query = mote_queries_find(client, job->owner);
    if (query == NULL) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    if (!reply->present) return (struct verdict){OUTCOME_ELSEWHERE, MOTE_E_REFUSED};
    mote_status status = mote_header_decode(&client->context, &header, reply->bytes);
    if (status == MOTE_OK && !mote_hash_equal(&header.hash, &job->hash)) {
        status = MOTE_E_HEADER_HASH;
    }
    if (status != MOTE_OK) return mote_verdict_of(status);
    job->purpose = PURPOSE_NONE;
    descend(client, query, &header);
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

/* --- headers of a finality proof ------------------------------------------------------------------------------------------ */
/* Those of the list, lowest first; `*top` is the one of our head, or `*count` where it is not among them. */
static mote_bytes *collect(mote_client *client, const struct walk *walk,
                           const mote_finality_proof *proof, uint32_t *count, uint32_t *top) {
    mote_cursor cursor = mote_cursor_over(proof->headers);
    mote_bytes *list = mote_context_take(&client->context, MOTE_MAX_QUERY_DEPTH + 1, sizeof *list);
    *count = *top = 0;
    if (list == NULL) return NULL;
    for (uint32_t i = 0; i < proof->header_count && i <= MOTE_MAX_QUERY_DEPTH; i++) {
        mote_header header;
        mote_read_header(&cursor, &header);
        if (cursor.status != MOTE_OK) break;
        list[(*count)++] = header.encoded;
        if (mote_hash_equal(&header.hash, &walk->relay.hash)) return list;
        *top = *count;
    }
    return list;
}

static mote_status go_down(mote_client *client, struct query *query, const mote_bytes *list,
                           uint32_t top) {
    for (uint32_t i = top; i-- > 0;) {
        mote_status status = step_down(client, query, list[i]);
        if (status != MOTE_OK) return status;
    }
    return MOTE_OK;
}

struct verdict mote_ancestry_take(mote_client *client, struct job *job, const mote_reply *reply) {
    mote_finality_proof proof;
    uint32_t count, top;
    struct query *query = mote_queries_find(client, job->owner);
    if (query == NULL) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    if (!reply->present) return (struct verdict){OUTCOME_ELSEWHERE, MOTE_E_REFUSED};
    mote_status status = mote_finality_proof_read(&client->context, &proof, reply->bytes);
    if (status != MOTE_OK) return mote_verdict_of(status);
    size_t mark = mote_context_mark(&client->context);
    mote_client_use_work(client, 5 + (uint32_t)(reply->bytes.size / 4096));
    mote_bytes *list = collect(client, &query->walk, &proof, &count, &top);
    bool leads_down = list != NULL && top < count;
    if (leads_down) status = go_down(client, query, list, top);
    mote_context_release(&client->context, mark);
    bool is_lost = leads_down && status != MOTE_OK && status != MOTE_E_NOT_SHOWN;
    if (is_lost) return mote_verdict_of(status); /* a list with a gap */
    job->purpose = PURPOSE_NONE;
    mote_ancestry_go_on(client, query);
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

/* A proof of all headers up to the set's end may be that: then by numbers. */
void mote_ancestry_too_large(mote_client *client, const struct source *source) {
    for (uint32_t i = 0; i < client->jobs_used; i++) {
        struct job *job = &client->jobs[i];
        if (job->purpose != PURPOSE_ANCESTRY) continue;
        bool is_its =
            job->attempts[0].source == source->id || job->attempts[1].source == source->id;
        if (is_its) job->purpose = PURPOSE_NONE;
    }
}

/* Nobody proves that block any more: then by numbers. */
void mote_ancestry_give_up(mote_client *client, mote_query_id id) {
    struct query *query = mote_queries_find(client, id);
    if (query != NULL) mote_ancestry_go_on(client, query);
}
