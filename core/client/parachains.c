/* SPDX-License-Identifier: Apache-2.0 */
/* Heads of parachains: one proof under a final relay block for all that are followed. */
#include <string.h>

#include "engine.h"

static bool is_of(const struct chain *chain, const struct chain *relay) {
    return chain->id != 0 && chain->is_parachain && chain->relay == relay->id;
}

uint32_t mote_parachains_keys(const mote_client *client, const struct chain *relay,
                              mote_bytes *keys, uint8_t *memory, uint32_t capacity) {
    uint32_t count = 0;
    for (uint32_t i = 0; relay != NULL && i < client->chain_places; i++) {
        const struct chain *chain = &client->chains[i];
        if (!is_of(chain, relay) || count + 2 > capacity) continue;
        uint8_t *head = memory + (size_t)count * MOTE_PARA_KEY_SIZE;
        mote_para_head_key(head, chain->para_id);
        mote_para_lifecycle_key(head + MOTE_PARA_KEY_SIZE, chain->para_id);
        keys[count++] = (mote_bytes){head, MOTE_PARA_KEY_SIZE};
        keys[count++] = (mote_bytes){head + MOTE_PARA_KEY_SIZE, MOTE_PARA_KEY_SIZE};
    }
    return count;
}

static bool has_parachains(const mote_client *client, const struct chain *relay) {
    for (uint32_t i = 0; i < client->chain_places; i++) {
        if (is_of(&client->chains[i], relay)) return true;
    }
    return false;
}

void mote_parachains_plan(mote_client *client, struct chain *relay) {
    bool is_current = relay->phase == MOTE_PHASE_CURRENT || relay->phase == MOTE_PHASE_STALLED;
    if (!relay->heads_due || !is_current || !has_parachains(client, relay)) return;
    if (mote_jobs_find(client, PURPOSE_PARA_HEADS, relay->id) != NULL) return;
    struct job *job =
        mote_jobs_add(client, PURPOSE_PARA_HEADS, MOTE_REQUEST_READ, relay->id, relay->id);
    if (job == NULL) return;
    relay->heads_due = false;
    relay->heads_head = relay->head;
    job->hash = relay->head.hash;
}

/* --- one head ------------------------------------------------------------------------------------------------------ */
static void tell_gone(mote_client *client, struct chain *chain, const mote_para_head *head,
                      mote_para_lifecycle lifecycle) {
    bool is_opaque = head->state == MOTE_PARA_HEAD_OPAQUE;
    if (chain->is_gone && chain->lifecycle == lifecycle) return;
    chain->is_gone = true;
    chain->has_head = false;
    chain->lifecycle = lifecycle;
    mote_client_event *event = mote_actions_event(client, MOTE_EVENT_PARA_GONE, chain->id);
    event->header = mote_client_chain(client, chain->relay)->heads_head;
    event->lifecycle = lifecycle;
    event->opaque = is_opaque;
    mote_relay_set_phase(client, chain, MOTE_PHASE_WAITING);
}

static mote_status tell_head(mote_client *client, struct chain *chain, const mote_para_head *head) {
    mote_para_progress progress = MOTE_PARA_PROGRESS_NONE;
    if (mote_para_header_check(&chain->para) ==
        MOTE_OK) { /* it had one, perhaps before it was gone */
        mote_status status =
            mote_para_progress_of(&client->context, &progress, &chain->para, &head->head);
        if (status != MOTE_OK) return status;
        if (progress == MOTE_PARA_PROGRESS_NONE && chain->has_head) {
            chain->para = head->head; /* the same block, seen from a later relay block */
            return MOTE_OK;
        }
    }
    chain->para = head->head;
    chain->has_head = true;
    chain->is_gone = false;
    chain->has_slot = mote_header_aura_slot(&head->header, &chain->head_slot);
    mote_best_finalized(client, chain);
    mote_client_event *event = mote_actions_event(client, MOTE_EVENT_PARA_HEAD, chain->id);
    event->para = head->head;
    event->progress = progress;
    event->header = mote_client_chain(client, chain->relay)->heads_head;
    mote_relay_set_phase(client, chain, MOTE_PHASE_CURRENT);
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

static mote_status take_one(mote_client *client, struct chain *chain, const mote_proof *proof) {
    mote_para_head head;
    mote_para_lifecycle lifecycle;
    mote_status status = read_one(client, chain, proof, &head, &lifecycle);
    if (status != MOTE_OK) return status;
    if (head.state == MOTE_PARA_HEAD_HEADER) return tell_head(client, chain, &head);
    tell_gone(client, chain, &head, lifecycle);
    return MOTE_OK;
}

/* All of them, or nothing: a proof that is good for some only is asked for again elsewhere. */
static mote_status check_all(mote_client *client, const struct chain *relay,
                             const mote_proof *proof) {
    mote_para_head head;
    mote_para_lifecycle lifecycle;
    mote_status status = MOTE_OK;
    for (uint32_t i = 0; status == MOTE_OK && i < client->chain_places; i++) {
        const struct chain *chain = &client->chains[i];
        if (is_of(chain, relay)) status = read_one(client, chain, proof, &head, &lifecycle);
    }
    return status;
}

static mote_status read_heads(mote_client *client, struct chain *relay, mote_bytes bytes) {
    mote_proof proof;
    mote_state_root root = mote_state_of_relay(&relay->heads_head);
    mote_status status = mote_proof_load(&client->context, &proof, &root, bytes, MOTE_PROOF_STRICT);
    if (status == MOTE_OK) status = check_all(client, relay, &proof);
    for (uint32_t i = 0; status == MOTE_OK && i < client->chain_places; i++) {
        if (is_of(&client->chains[i], relay)) status = take_one(client, &client->chains[i], &proof);
    }
    return status;
}

struct verdict mote_parachains_take(mote_client *client, struct job *job, const mote_reply *reply) {
    struct chain *relay = mote_client_chain(client, job->chain);
    if (relay == NULL) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    size_t mark = mote_context_mark(&client->context);
    mote_client_use_work(client, 10 + (uint32_t)(reply->bytes.size / 4096));
    mote_status status = read_heads(client, relay, reply->bytes);
    mote_context_release(&client->context, mark);
    return mote_verdict_of(status);
}
