/* SPDX-License-Identifier: Apache-2.0 */
/* What an answer is for. */
#include <string.h>

#include "engine.h"

/* Whose fault decides: what costs us memory, or is newer than we know, is no lie. */
/* The proof does not reach far enough: its source's doing. What a proven value says is the chain's. */
bool mote_is_gap(mote_status status) {
    return status == MOTE_E_PROOF_INCOMPLETE || status == MOTE_E_VALUE_NOT_IN_PROOF;
}

struct verdict mote_verdict_of(mote_status status) {
    if (status == MOTE_OK) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    bool is_lie = mote_status_blame(status) == MOTE_BLAME_SOURCE;
    return (struct verdict){is_lie ? OUTCOME_LIE : OUTCOME_ELSEWHERE, status};
}

struct verdict mote_verdict_of_absence(bool must_have) {
    if (must_have) return (struct verdict){OUTCOME_LIE, MOTE_E_HEADER_HASH};
    return (struct verdict){OUTCOME_ELSEWHERE, MOTE_E_REFUSED};
}

static struct verdict take_genesis(mote_client *client, struct source *source,
                                   const mote_reply *reply) {
    struct chain *chain = mote_client_chain(client, source->chain);
    if (!reply->present) return (struct verdict){OUTCOME_LIE, MOTE_E_GENESIS_MISMATCH};
    if (!mote_hash_equal(&reply->hash, &chain->genesis)) {
        return (struct verdict){OUTCOME_LIE, MOTE_E_GENESIS_MISMATCH};
    }
    mote_relay_source_usable(client, source);
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

static struct verdict take_subscription(mote_client *client, struct source *source,
                                        const struct job *job, const mote_reply *reply) {
    if (reply->subscription.size > SUBSCRIPTION_SIZE) {
        return (struct verdict){OUTCOME_LIE, MOTE_E_BAD_FORMAT};
    }
    if (!mote_subscriptions_add(client, source, job, reply->subscription)) {
        return (struct verdict){OUTCOME_ELSEWHERE, MOTE_E_LIMIT_COUNT};
    }
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

/* The hash that it names as final: its header says how high that is. */
static struct verdict take_final_hash(mote_client *client, struct source *source,
                                      const mote_reply *reply) {
    bool is_shown = source->shown.number != 0 && mote_hash_equal(&reply->hash, &source->shown.hash);
    if (is_shown) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    struct job *job =
        mote_jobs_add(client, PURPOSE_FINAL_HEADER, MOTE_REQUEST_HEADER, source->chain, source->id);
    if (job == NULL) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    job->only = source->id;
    job->hash = reply->hash;
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

static struct verdict take_final_header(mote_client *client, struct source *source,
                                        const struct job *job, const mote_reply *reply) {
    mote_header header;
    if (!reply->present) return (struct verdict){OUTCOME_ELSEWHERE, MOTE_E_REFUSED};
    mote_status status = mote_header_decode(&client->context, &header, reply->bytes);
    if (status == MOTE_OK && !mote_hash_equal(&header.hash, &job->hash))
        status = MOTE_E_HEADER_HASH;
    if (status != MOTE_OK) return mote_verdict_of(status);
    mote_relay_note_final(source, &header);
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

static bool is_of_query(const struct job *job) {
    return job->purpose >= PURPOSE_GOAL && job->purpose <= PURPOSE_READ;
}

struct verdict mote_answers_take(mote_client *client, struct job *job, struct source *source,
                                 const mote_reply *reply, uint8_t **message) {
    if (is_of_query(job)) mote_queries_used(client, job->owner, source->id);
    switch (job->purpose) {
    case PURPOSE_GENESIS: return take_genesis(client, source, reply);
    case PURPOSE_SUBSCRIBE: return take_subscription(client, source, job, reply);
    case PURPOSE_FINAL_HASH: return take_final_hash(client, source, reply);
    case PURPOSE_FINAL_HEADER: return take_final_header(client, source, job, reply);
    case PURPOSE_DESCENT: return mote_descent_take(client, job, reply);
    case PURPOSE_FIRST_HASH:
    case PURPOSE_FIRST_HEADER: return mote_sessions_take_first(client, job, source, reply);
    case PURPOSE_SESSIONS: return mote_sessions_take_state(client, job, reply);
    case PURPOSE_PROBE_HASH: return mote_probes_take_hashes(client, job, source, reply);
    case PURPOSE_PROBE_HEADER: return mote_probes_take(client, job, source, reply, message);
    case PURPOSE_PROOF: return mote_claims_take_proof(client, job, source, reply, message);
    case PURPOSE_CLAIM_HEADER: return mote_claims_take_header(client, job, reply, message);
    case PURPOSE_PARA_HEADS: return mote_parachains_take(client, job, source, reply);
    case PURPOSE_PARA_GUESS: return mote_parachains_take_guess(client, job, source, reply, message);
    case PURPOSE_HEIGHT: return mote_heights_take(client, job, source, reply);
    case PURPOSE_TREE: return mote_best_take_state(client, job, reply);
    case PURPOSE_ORPHAN: return mote_best_take_orphan(client, job, source, reply);
    case PURPOSE_GOAL: return mote_ancestry_take_goal(client, job, reply);
    case PURPOSE_ANCESTRY: return mote_ancestry_take(client, job, reply);
    case PURPOSE_RUNG_HASH:
    case PURPOSE_RUNG_HEADER: return mote_ancestry_take_rung(client, job, reply);
    case PURPOSE_KEYS: return mote_listing_take_keys(client, job, source, reply, message);
    case PURPOSE_READ: return mote_queries_take_proof(client, job, source, reply, message);
    case PURPOSE_SUBMIT: {
        struct verdict verdict = take_subscription(client, source, job, reply);
        mote_transactions_sent(client, job->owner);
        return verdict;
    }
    case PURPOSE_HINT_HEADER:
    case PURPOSE_TRANSACTION_ANCESTOR:
    case PURPOSE_BODY:
    case PURPOSE_EVENTS: return mote_transactions_take(client, job, reply, message);
    case PURPOSE_NUDGE:
    case PURPOSE_NONE: break;
    }
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

void mote_answers_give_up(mote_client *client, struct job *job) {
    struct job over = *job;
    job->purpose = PURPOSE_NONE;
    switch (over.purpose) {
    case PURPOSE_PROBE_HASH:
        mote_probes_failed(client, mote_client_chain(client, over.owner));
        break;
    case PURPOSE_PROBE_HEADER:
    case PURPOSE_PROOF:
    case PURPOSE_CLAIM_HEADER: mote_claims_give_up(client, over.owner, over.refused); break;
    case PURPOSE_PARA_HEADS: mote_parachains_give_up(client, over.owner); break;
    case PURPOSE_DESCENT: mote_descent_give_up(client, over.owner); break;
    case PURPOSE_TREE: mote_best_give_up(client, over.owner); break;
    case PURPOSE_ORPHAN: mote_best_lose_orphans(client, over.owner); break;
    case PURPOSE_ANCESTRY: mote_ancestry_give_up(client, over.owner); break;
    case PURPOSE_RUNG_HEADER: mote_ancestry_lose_rung(client, &over); break;
    case PURPOSE_GOAL:
    case PURPOSE_RUNG_HASH:
    case PURPOSE_KEYS:
    case PURPOSE_READ: mote_queries_refused(client, over.owner); break;
    case PURPOSE_SUBMIT:
    case PURPOSE_HINT_HEADER:
    case PURPOSE_TRANSACTION_ANCESTOR:
    case PURPOSE_BODY:
    case PURPOSE_EVENTS: mote_transactions_give_up(client, &over); break;
    case PURPOSE_GENESIS:
        /* what does not tell its genesis cannot be used; a new connection asks again */
        mote_actions_close(client, over.owner, MOTE_E_REFUSED, false);
        mote_client_source_closed(client, over.owner);
        break;
    case PURPOSE_SUBSCRIBE:
    case PURPOSE_HEIGHT:
    case PURPOSE_FINAL_HASH:
    case PURPOSE_FINAL_HEADER:
    case PURPOSE_FIRST_HASH:
    case PURPOSE_FIRST_HEADER:
    case PURPOSE_SESSIONS:
    case PURPOSE_PARA_GUESS:
    case PURPOSE_NUDGE:
    case PURPOSE_NONE: break;
    }
}

/* Its only source is gone. */
void mote_answers_lost(mote_client *client, struct job *job) {
    struct job over = *job;
    job->purpose = PURPOSE_NONE;
    if (over.purpose == PURPOSE_CLAIM_HEADER) mote_claims_lose(client, over.owner);
    if (over.purpose == PURPOSE_ORPHAN) mote_best_lose_orphans(client, over.owner);
    if (over.purpose == PURPOSE_SUBMIT) mote_transactions_give_up(client, &over);
}
