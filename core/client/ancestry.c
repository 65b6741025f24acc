/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The way down to a named ancestor in two questions: its header says how far down it is, and a finality proof for its number
 * brings all headers above it, up to a block that is final. What is believed are the parent hashes from our own head down.
 */
#include <string.h>

#include "engine.h"

#define WORTH_A_PROOF 3u /* headers: fewer are asked for one by one */

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

static bool keep_goal(mote_client *client, struct query *query, mote_bytes header) {
    mote_client_spend(client, query->goal);
    query->goal = mote_pool_take(&client->pool, header.size);
    query->goal_size = header.size;
    if (query->goal != NULL) memcpy(query->goal, header.data, header.size);
    return query->goal != NULL;
}

/* Above the head, it may become final; far below, it is not looked for. */
static void descend(mote_client *client, struct query *query, const mote_header *goal) {
    const struct walk *walk = &query->walk;
    uint32_t head = mote_walk_number(walk);
    query->goal_number = goal->number;
    if (goal->number > head) {
        mote_queries_wait(client, query, MOTE_E_NOT_ON_FINAL_CHAIN);
    } else if (head - goal->number > MOTE_MAX_QUERY_DEPTH) {
        mote_queries_fail(client, query, MOTE_E_NOT_SHOWN);
    } else if (walk->is_parachain || head - goal->number < WORTH_A_PROOF ||
               !keep_goal(client, query, goal->encoded) ||
               !ask(client, query, PURPOSE_ANCESTRY, MOTE_REQUEST_FINALITY, &query->at,
                    goal->number)) {
        mote_queries_go_on(client, query);
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

/* --- the headers in between ---------------------------------------------------------------------------------------------- */
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

/* To the lowest of them; then the goal, if that is its parent. */
static mote_status go_down(mote_client *client, struct query *query, const mote_bytes *list,
                           uint32_t top) {
    for (uint32_t i = top; i-- > 0;) {
        mote_status status = mote_walk_take(client, &query->walk, list[i]);
        if (status != MOTE_OK) return status;
    }
    mote_hash next = mote_walk_next(&query->walk);
    if (!mote_hash_equal(&next, &query->at)) return MOTE_OK;
    return mote_walk_take(client, &query->walk, (mote_bytes){query->goal, query->goal_size});
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
    mote_queries_go_on(client, query);
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

/* Nobody proves that block any more: then header by header. */
void mote_ancestry_give_up(mote_client *client, mote_query_id id) {
    struct query *query = mote_queries_find(client, id);
    if (query != NULL) mote_queries_go_on(client, query);
}
