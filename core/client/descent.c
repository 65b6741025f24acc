/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Does a new head descend from the one before? Justifications do not say so: who holds more than a third of a set's weight can
 * make two final blocks on two branches. Where blocks lie between two heads, their headers are read from the new one down. What
 * comes down beside the old head contradicts it: both are final. Over stretches as long as those that are caught up with,
 * nobody reads all headers.
 */
#include <string.h>

#include "engine.h"

void mote_descent_end(mote_client *client, struct chain *relay) {
    mote_jobs_end(client, PURPOSE_DESCENT, relay->id);
    mote_client_spend(client, relay->joiner.kept);
    mote_client_spend(client, relay->joiner.kept_header);
    memset(&relay->joiner, 0, sizeof relay->joiner);
    memset(&relay->descent, 0, sizeof relay->descent);
}

/* One stretch at a time: what is looked at is finished first. */
void mote_descent_new_head(struct chain *relay, struct claim *claim) {
    if (relay->descent.chain != 0) return;
    bool is_current = relay->phase == MOTE_PHASE_CURRENT || relay->phase == MOTE_PHASE_STALLED;
    bool is_linked = mote_hash_equal(&relay->head.parent_hash, &relay->linked.hash) ||
                     relay->head.number - relay->linked.number > (is_current ? NEAR : SMALL);
    if (is_linked) {
        relay->linked = relay->head;
        return;
    }
    if (!mote_walk_begin(&relay->descent, relay, &relay->linked.hash)) return;
    relay->joined = relay->head;
    relay->joiner = *claim;
    claim->kept = claim->kept_header = NULL;
}

void mote_descent_plan(mote_client *client, struct chain *relay) {
    if (relay->descent.chain == 0) return;
    if (mote_jobs_find(client, PURPOSE_DESCENT, relay->id) != NULL) return;
    struct job *job =
        mote_jobs_add(client, PURPOSE_DESCENT, MOTE_REQUEST_HEADER, relay->id, relay->id);
    if (job != NULL) job->hash = mote_walk_next(&relay->descent);
}

static void arrive(mote_client *client, struct chain *relay) {
    relay->linked = relay->joined;
    mote_descent_end(client, relay);
}

/* Its parent is known by its hash: where it should be the old head, it is, or is beside it. */
static void look(mote_client *client, struct chain *relay) {
    mote_hash parent = mote_walk_next(&relay->descent);
    if (mote_hash_equal(&parent, &relay->linked.hash)) {
        arrive(client, relay);
    } else if (mote_walk_number(&relay->descent) <= relay->linked.number + 1) {
        mote_claims_halt(client, relay, &relay->joiner, MOTE_E_FINALITY_CONFLICT);
        mote_descent_end(client, relay);
    }
}

/* Nobody has those headers. */
void mote_descent_give_up(mote_client *client, mote_chain_id id) {
    struct chain *relay = mote_client_chain(client, id);
    if (relay != NULL) arrive(client, relay);
}

struct verdict mote_descent_take(mote_client *client, struct job *job, const mote_reply *reply) {
    struct chain *relay = mote_client_chain(client, job->chain);
    if (!reply->present) return (struct verdict){OUTCOME_ELSEWHERE, MOTE_E_REFUSED};
    mote_status status = mote_walk_take(client, &relay->descent, reply->bytes);
    if (status != MOTE_OK && status != MOTE_E_NOT_SHOWN) return mote_verdict_of(status);
    job->purpose = PURPOSE_NONE;
    look(client, relay);
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}
