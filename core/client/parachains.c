/* SPDX-License-Identifier: Apache-2.0 */
/* Heads of parachains: one proof under a final relay block for all that are followed. */
#include <string.h>

#include "engine.h"

static bool is_of(const struct chain *chain, const struct chain *relay) {
    return chain->id != 0 && chain->is_parachain && chain->relay == relay->id;
}

static bool is_near(const struct chain *relay) {
    return relay->phase == MOTE_PHASE_CURRENT || relay->phase == MOTE_PHASE_STALLED;
}

/* --- what is asked for --------------------------------------------------------------------------------------------- */
/* Places of the table that one proof is for. */
static uint32_t end_of_part(const mote_client *client, uint32_t from) {
    uint32_t end = from + PARACHAINS_OF_A_PROOF;
    return end < client->chain_places ? end : client->chain_places;
}

uint32_t mote_parachains_keys(const mote_client *client, const struct job *job, mote_bytes *keys,
                              uint8_t *memory) {
    const struct chain *relay = mote_client_chain(client, job->chain);
    uint32_t count = 0;
    for (uint32_t i = job->number; i < end_of_part(client, job->number); i++) {
        const struct chain *chain = &client->chains[i];
        if (!is_of(chain, relay)) continue;
        uint8_t *head = memory + (size_t)count * MOTE_PARA_KEY_SIZE;
        mote_para_head_key(head, chain->para_id);
        mote_para_lifecycle_key(head + MOTE_PARA_KEY_SIZE, chain->para_id);
        keys[count++] = (mote_bytes){head, MOTE_PARA_KEY_SIZE};
        keys[count++] = (mote_bytes){head + MOTE_PARA_KEY_SIZE, MOTE_PARA_KEY_SIZE};
    }
    return count;
}

static bool has_parachains(const mote_client *client, const struct chain *relay, uint32_t from,
                           uint32_t end) {
    for (uint32_t i = from; i < end; i++) {
        if (is_of(&client->chains[i], relay)) return true;
    }
    return false;
}

/* All under one relay block; the next one has its turn when these are here. */
static void begin_round(mote_client *client, struct chain *relay) {
    bool is_due = relay->heads_due && client->clock >= relay->heads_after &&
                  mote_jobs_find(client, PURPOSE_PARA_HEADS, relay->id) == NULL;
    if (!is_due) return;
    relay->heads_due = false;
    relay->heads_head = relay->head;
    relay->heads_slot = relay->has_slot ? relay->head_slot : 0;
    relay->heads_source = relay->head_source;
    relay->heads_place = client->limits.relays;
}

/* A parachain is as far as its relay chain is, once its head under that has been read. */
static void judge_phase(mote_client *client, const struct chain *relay, struct chain *chain) {
    bool known, is_current = is_near(relay);
    mote_chain_phase phase = relay->phase;
    if (!is_current) chain->is_read = false;
    if (is_current && !chain->is_read) return;
    if (!chain->has_head && phase != MOTE_PHASE_HALTED) phase = MOTE_PHASE_WAITING;
    bool stalls =
        mote_parachains_lag(client, chain, &known) > UINT64_C(1000) * MOTE_STALL_SECONDS && known;
    if (phase == MOTE_PHASE_CURRENT && stalls) phase = MOTE_PHASE_STALLED;
    mote_relay_set_phase(client, chain, phase);
}

/* Nobody showed them; the same block is tried again, or a newer one. */
void mote_parachains_give_up(mote_client *client, mote_chain_id id) {
    struct chain *relay = mote_client_chain(client, id);
    if (relay == NULL) return;
    relay->heads_due = true;
    relay->heads_after = client->clock + 4 * RETRY_AFTER;
}

/* How long ago the relay block was made that showed its newest head first. */
uint64_t mote_parachains_lag(const mote_client *client, const struct chain *chain, bool *known) {
    const struct chain *relay = mote_client_chain(client, chain->relay);
    *known = chain->has_head && chain->head_slot != 0;
    return *known ? mote_relay_age(client, relay, chain->head_slot, known) : 0;
}

/* --- one head ------------------------------------------------------------------------------------------------------ */
static void tell_gone(mote_client *client, struct chain *chain, const mote_para_head *head,
                      mote_para_lifecycle lifecycle) {
    bool is_opaque = head->state == MOTE_PARA_HEAD_OPAQUE;
    bool is_told = chain->is_gone && chain->lifecycle == lifecycle && chain->is_opaque == is_opaque;
    if (is_told) return;
    chain->is_gone = true;
    chain->is_opaque = is_opaque;
    chain->has_head = false;
    chain->lifecycle = lifecycle;
    mote_client_event *event = mote_actions_event(client, MOTE_EVENT_PARA_GONE, chain->id);
    event->header = mote_client_chain(client, chain->relay)->heads_head;
    event->lifecycle = lifecycle;
    event->opaque = is_opaque;
}

/* Parked, on its way out or up: it may have a head all the same. */
static void tell_lifecycle(mote_client *client, struct chain *chain,
                           mote_para_lifecycle lifecycle) {
    if (chain->lifecycle == lifecycle) return;
    chain->lifecycle = lifecycle;
    mote_client_event *event = mote_actions_event(client, MOTE_EVENT_PARA_LIFECYCLE, chain->id);
    event->header = mote_client_chain(client, chain->relay)->heads_head;
    event->lifecycle = lifecycle;
}

static mote_status tell_head(mote_client *client, struct chain *chain, const mote_para_head *head,
                             mote_source_id source) {
    const struct chain *relay = mote_client_chain(client, chain->relay);
    mote_para_progress progress = MOTE_PARA_PROGRESS_NONE;
    if (mote_para_header_check(&chain->para) ==
        MOTE_OK) { /* it had one, perhaps before it was gone */
        mote_status status =
            mote_para_progress_of(&client->context, &progress, &chain->para, &head->head);
        if (status != MOTE_OK) return status;
        if (progress == MOTE_PARA_PROGRESS_NONE && chain->has_head) {
            chain->para = head->head; /* the same block, seen from a later relay block */
            chain->seen_slot = relay->heads_slot;
            return MOTE_OK;
        }
    }
    chain->para = head->head;
    chain->has_head = true;
    chain->is_gone = false;
    chain->head_slot = chain->seen_slot = relay->heads_slot;
    mote_best_finalized(client, chain);
    mote_client_event *event = mote_actions_event(client, MOTE_EVENT_PARA_HEAD, chain->id);
    event->para = head->head;
    event->progress = progress;
    event->header = relay->heads_head;
    event->lifecycle = chain->lifecycle;
    event->source = source;
    mote_queries_new_head(client, chain->id);
    return MOTE_OK;
}

/* What the state says of it, however odd; a gap in the proof is an error. */
static mote_status read_one(mote_client *client, const struct chain *chain, const mote_proof *proof,
                            mote_para_head *head, mote_para_lifecycle *lifecycle) {
    mote_status status =
        mote_para_lifecycle_read(&client->context, lifecycle, proof, chain->para_id);
    if (mote_is_gap(status)) return status;
    if (status != MOTE_OK) *lifecycle = MOTE_PARA_NOT_REGISTERED;
    status = mote_para_head_read(&client->context, head, proof, chain->para_id);
    if (mote_is_gap(status)) return status;
    if (status != MOTE_OK) head->state = MOTE_PARA_HEAD_OPAQUE;
    return MOTE_OK;
}

static mote_status take_one(mote_client *client, struct chain *chain, const mote_proof *proof,
                            mote_source_id source) {
    mote_para_head head;
    mote_para_lifecycle lifecycle;
    mote_status status = read_one(client, chain, proof, &head, &lifecycle);
    if (status != MOTE_OK) return status;
    chain->is_read = true;
    chain->head_source = source;
    if (head.state == MOTE_PARA_HEAD_HEADER) {
        tell_lifecycle(client, chain, lifecycle);
        return tell_head(client, chain, &head, source);
    }
    tell_gone(client, chain, &head, lifecycle);
    return MOTE_OK;
}

/* All of them, or nothing: a proof that is good for some only is asked for again elsewhere. */
static mote_status check_all(mote_client *client, uint32_t from, const struct chain *relay,
                             const mote_proof *proof) {
    mote_para_head head;
    mote_para_lifecycle lifecycle;
    mote_status status = MOTE_OK;
    uint32_t end = end_of_part(client, from);
    for (uint32_t i = from; status == MOTE_OK && i < end; i++) {
        const struct chain *chain = &client->chains[i];
        if (is_of(chain, relay)) status = read_one(client, chain, proof, &head, &lifecycle);
    }
    return status;
}

static mote_status read_heads(mote_client *client, struct chain *relay, uint32_t from,
                              mote_source_id source, mote_bytes bytes) {
    mote_proof proof;
    uint32_t end = end_of_part(client, from);
    mote_state_root root = mote_state_of_relay(&relay->heads_head);
    mote_status status = mote_proof_load(&client->context, &proof, &root, bytes, MOTE_PROOF_STRICT);
    if (status == MOTE_OK) status = check_all(client, from, relay, &proof);
    for (uint32_t i = from; status == MOTE_OK && i < end; i++) {
        struct chain *chain = &client->chains[i];
        if (is_of(chain, relay)) status = take_one(client, chain, &proof, source);
    }
    return status;
}

static struct verdict take_heads(mote_client *client, struct chain *relay, uint32_t from,
                                 mote_source_id source, mote_bytes bytes) {
    size_t mark = mote_context_mark(&client->context);
    mote_client_use_work(client, 10 + (uint32_t)(bytes.size / 4096));
    mote_status status = read_heads(client, relay, from, source, bytes);
    mote_context_release(&client->context, mark);
    return mote_verdict_of(status);
}

struct verdict mote_parachains_take(mote_client *client, struct job *job,
                                    const struct source *source, const mote_reply *reply) {
    struct chain *relay = mote_client_chain(client, job->chain);
    if (relay == NULL) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    return take_heads(client, relay, job->number, source->id, reply->bytes);
}

/* --- reading ahead ------------------------------------------------------------------------------------------------- */
void mote_parachains_forget_guess(mote_client *client, struct chain *relay) {
    mote_client_spend(client, relay->guess.message);
    memset(&relay->guess, 0, sizeof relay->guess);
}

/* While the relay chain is caught up with: what is final by a source's word will be the head, most likely. */
static void guess(mote_client *client, struct chain *relay) {
    static const mote_hash none = {{0}};
    mote_source_id by;
    uint32_t from = client->limits.relays;
    bool was_made = !mote_hash_equal(&relay->guess.hash, &none);
    if (was_made || !has_parachains(client, relay, from, end_of_part(client, from))) return;
    (void)mote_relay_claimed(client, relay, &by);
    const struct source *source = mote_sources_find(client, by);
    if (source == NULL || source->shown.number <= relay->head.number) return;
    struct job *job =
        mote_jobs_add(client, PURPOSE_PARA_GUESS, MOTE_REQUEST_READ, relay->id, relay->id);
    if (job == NULL) return;
    job->number = from;
    job->only = by;
    job->hash = relay->guess.hash = source->shown.hash;
}

struct verdict mote_parachains_take_guess(mote_client *client, struct job *job,
                                          const struct source *source, const mote_reply *reply,
                                          uint8_t **message) {
    struct chain *relay = mote_client_chain(client, job->chain);
    if (relay != NULL && mote_hash_equal(&relay->guess.hash, &job->hash)) {
        relay->guess.message = *message;
        relay->guess.proof = reply->bytes;
        relay->guess.source = source->id;
        *message = NULL;
        mote_pool_shrink(&client->pool, relay->guess.message,
                         (size_t)(reply->bytes.data - relay->guess.message) + reply->bytes.size);
    }
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

/* It is verified now, as any answer is. */
static bool use_guess(mote_client *client, struct chain *relay) {
    const struct guess made = relay->guess;
    relay->guess.message = NULL;
    struct verdict verdict =
        take_heads(client, relay, client->limits.relays, made.source, made.proof);
    mote_client_spend(client, made.message);
    if (verdict.outcome == OUTCOME_LIE) mote_sources_drop(client, made.source, verdict.why, NULL);
    return verdict.outcome == OUTCOME_DONE;
}

/* Whether it was about what is due, and is here or on its way. */
static bool was_guessed(mote_client *client, struct chain *relay, uint32_t from) {
    bool is_it = from == client->limits.relays &&
                 mote_hash_equal(&relay->guess.hash, &relay->heads_head.hash);
    struct job *job = is_it ? mote_jobs_find(client, PURPOSE_PARA_GUESS, relay->id) : NULL;
    if (job != NULL) {
        job->purpose = PURPOSE_PARA_HEADS;
        job->first = job->only;
        job->only = 0;
        return true;
    }
    return is_it && relay->guess.message != NULL && use_guess(client, relay);
}

/* --- asking -------------------------------------------------------------------------------------------------------- */
static void ask(mote_client *client, struct chain *relay) {
    while (relay->heads_place != 0) {
        uint32_t from = relay->heads_place, end = end_of_part(client, from);
        if (has_parachains(client, relay, from, end) && !was_guessed(client, relay, from)) {
            struct job *job =
                mote_jobs_add(client, PURPOSE_PARA_HEADS, MOTE_REQUEST_READ, relay->id, relay->id);
            if (job == NULL) return;
            job->number = from;
            job->hash = relay->heads_head.hash;
        }
        relay->heads_place = end < client->chain_places ? end : 0;
    }
}

void mote_parachains_plan(mote_client *client, struct chain *relay) {
    for (uint32_t i = client->limits.relays; i < client->chain_places; i++) {
        if (is_of(&client->chains[i], relay)) judge_phase(client, relay, &client->chains[i]);
    }
    if (!is_near(relay)) {
        relay->heads_due = true; /* what was read before is to be read again */
        guess(client, relay);
        return;
    }
    begin_round(client, relay);
    ask(client, relay);
}
