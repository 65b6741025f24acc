/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ends of sessions, found by the slots of headers. What headers say here is only used to know for which blocks to ask: a wrong
 * guess costs a round trip or some headers, never a verdict.
 */
#include <string.h>

#include "engine.h"

#define MARGIN 8u /* slots before an end at which to look */
#define LONGEST_WAY (UINT64_C(1) << 31)
#define PLAN_FAILURES 3u

/* The first end of a session behind `slot`. */
static uint64_t end_behind(const struct chain *relay, uint64_t slot) {
    uint64_t length = relay->epoch_slots;
    uint64_t phase = relay->session_start % length;
    uint64_t into = (slot % length + length - phase) % length;
    return slot - into + length;
}

/* Sets can only end where sessions do, if sessions go by the clock: with long gaps in the chain, they do not. */
static bool is_regular(const struct chain *relay, uint32_t claimed, uint64_t claimed_slot) {
    if (relay->epoch_slots == 0 || !relay->has_session || !relay->has_slot) return false;
    if (relay->sessions == SESSIONS_DO_NOT || claimed_slot <= relay->head_slot) return false;
    uint64_t way = claimed_slot - relay->head_slot;
    if (way >= LONGEST_WAY || relay->head_slot >= UINT64_MAX - LONGEST_WAY) return false;
    return way / 2 <= claimed - relay->head.number;
}

static void look(mote_client *client, struct chain *relay, struct claim *claim) {
    struct job *job =
        mote_jobs_add(client, PURPOSE_PROBE_HASH, MOTE_REQUEST_BLOCK_HASH, relay->id, claim->id);
    if (job == NULL) {
        mote_claims_free(client, claim);
        return;
    }
    job->number = claim->number;
    claim->state = CLAIM_PROBING;
}

static uint32_t estimate(const struct chain *relay, uint32_t claimed, uint64_t claimed_slot,
                         uint64_t slot) {
    uint64_t blocks = claimed - relay->head.number;
    uint64_t way = claimed_slot - relay->head_slot;
    uint64_t ahead = slot > relay->head_slot ? slot - relay->head_slot : 0;
    uint64_t up = ahead * blocks / way;
    if (up == 0) up = 1;
    return relay->head.number + (uint32_t)(up < blocks ? up : blocks);
}

static bool is_finding_out(mote_client *client, const struct chain *relay) {
    return mote_jobs_find(client, PURPOSE_FIRST_HASH, relay->id) != NULL ||
           mote_jobs_find(client, PURPOSE_FIRST_HEADER, relay->id) != NULL;
}

static uint32_t planned(const mote_client *client, const struct chain *relay) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        count += relay->claims[i].state != CLAIM_FREE && relay->claims[i].is_planned;
    }
    return count;
}

/* Sessions are counted from the slot of block 1: its header says where they begin. */
static void ask_first(mote_client *client, struct chain *relay) {
    bool is_due = relay->epoch_slots != 0 && !relay->has_session && !relay->first_asked;
    struct job *job = !is_due ? NULL
                              : mote_jobs_add(client, PURPOSE_FIRST_HASH, MOTE_REQUEST_BLOCK_HASH,
                                              relay->id, relay->id);
    if (job == NULL) return;
    job->number = 1;
    relay->first_asked = true;
}

struct verdict mote_probes_take_first(mote_client *client, struct job *job,
                                      const mote_reply *reply) {
    mote_header header;
    uint64_t slot;
    struct chain *relay = mote_client_chain(client, job->chain);
    const struct verdict done = {OUTCOME_DONE, MOTE_OK};
    if (!reply->present) return (struct verdict){OUTCOME_ELSEWHERE, MOTE_E_REFUSED};
    if (job->purpose == PURPOSE_FIRST_HASH) {
        job->purpose = PURPOSE_NONE;
        job =
            mote_jobs_add(client, PURPOSE_FIRST_HEADER, MOTE_REQUEST_HEADER, relay->id, relay->id);
        if (job != NULL) job->hash = reply->hash;
        return done;
    }
    mote_status status = mote_header_decode(&client->context, &header, reply->bytes);
    if (status == MOTE_OK && !mote_hash_equal(&header.hash, &job->hash)) {
        status = MOTE_E_HEADER_HASH;
    }
    if (status != MOTE_OK) return mote_verdict_of(status);
    if (header.number != 1 || relay->has_session || !mote_header_babe_slot(&header, &slot))
        return done;
    relay->has_session = true;
    relay->session_start = slot;
    return done;
}

bool mote_probes_plan(mote_client *client, struct chain *relay, uint32_t claimed,
                      uint64_t claimed_slot) {
    ask_first(client, relay);
    if (!is_regular(relay, claimed, claimed_slot)) {
        return planned(client, relay) > 0 || is_finding_out(client, relay);
    }
    uint32_t open = planned(client, relay);
    uint32_t most = relay->sessions == SESSIONS_END_SETS ? client->limits.handovers : 2;
    uint64_t from =
        relay->planned_until > relay->head_slot ? relay->planned_until : relay->head_slot;
    for (; open < most; open++) {
        uint64_t end = end_behind(relay, from);
        if (end > claimed_slot) break;
        struct claim *claim = mote_claims_new(client, relay);
        if (claim == NULL) break;
        claim->is_planned = true;
        claim->end_slot = end;
        claim->number = estimate(relay, claimed, claimed_slot, end - MARGIN);
        look(client, relay, claim);
        from = relay->planned_until = end;
    }
    return open > 0;
}

void mote_probes_failed(mote_client *client, struct chain *relay, const struct claim *why) {
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        struct claim *claim = &relay->claims[i];
        bool is_other = claim != why && claim->state != CLAIM_FREE && claim->is_planned;
        if (is_other) mote_claims_free(client, claim);
    }
    relay->planned_until = 0;
    if (++relay->plan_failures >= PLAN_FAILURES) relay->sessions = SESSIONS_DO_NOT;
}

/* --- answers -------------------------------------------------------------------------------------------------------- */
static void ask_header(mote_client *client, struct chain *relay, struct claim *claim,
                       const mote_hash *hash) {
    struct job *job =
        mote_jobs_add(client, PURPOSE_PROBE_HEADER, MOTE_REQUEST_HEADER, relay->id, claim->id);
    if (job == NULL) {
        mote_claims_free(client, claim);
    } else {
        job->hash = *hash;
    }
}

/* Slots go up by one a block at least, so the block so many slots on is at most so many blocks on. */
static void look_again(mote_client *client, struct chain *relay, struct claim *claim,
                       uint64_t slot) {
    uint64_t wanted = claim->end_slot - MARGIN;
    if (slot < wanted) {
        uint64_t up = wanted - slot;
        claim->number = up < UINT32_MAX - claim->number ? claim->number + (uint32_t)up : UINT32_MAX;
    } else {
        uint64_t down = slot - wanted;
        uint32_t room = claim->number - relay->head.number - 1;
        claim->number -= down < room ? (uint32_t)down : room;
    }
    look(client, relay, claim);
}

static void give_up(mote_client *client, struct chain *relay, struct claim *claim) {
    mote_probes_failed(client, relay, claim);
    mote_claims_free(client, claim);
}

static void found(mote_client *client, struct chain *relay, struct claim *claim, uint64_t slot) {
    bool is_before = slot < claim->end_slot;
    bool is_close = is_before && claim->end_slot - slot <= PROBE_REACH;
    if (claim->number <= relay->head.number) {
        mote_claims_free(client, claim);
    } else if (is_close || (is_before && claim->tries >= PROBE_TRIES)) {
        (void)mote_relay_ask_proof(client, relay, claim);
    } else if (claim->tries >= PROBE_TRIES) {
        give_up(client, relay, claim);
    } else {
        claim->tries++;
        look_again(client, relay, claim, slot);
    }
}

struct verdict mote_probes_take(mote_client *client, struct job *job, const mote_reply *reply) {
    struct chain *relay;
    mote_header header;
    uint64_t slot;
    const struct verdict done = {OUTCOME_DONE, MOTE_OK};
    struct claim *claim = mote_claims_find(client, &relay, job->owner);
    if (claim == NULL) return done;
    if (!reply->present) return (struct verdict){OUTCOME_ELSEWHERE, MOTE_E_REFUSED};
    if (job->purpose == PURPOSE_PROBE_HASH) {
        job->purpose = PURPOSE_NONE;
        ask_header(client, relay, claim, &reply->hash);
        return done;
    }
    mote_status status = mote_header_decode(&client->context, &header, reply->bytes);
    if (status == MOTE_OK && !mote_hash_equal(&header.hash, &job->hash))
        status = MOTE_E_HEADER_HASH;
    if (status != MOTE_OK) return mote_verdict_of(status);
    job->purpose = PURPOSE_NONE;
    if (header.number != claim->number || !mote_header_babe_slot(&header, &slot)) {
        give_up(client, relay, claim);
    } else {
        found(client, relay, claim, slot);
    }
    return done;
}
