/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Best heads. Of a relay chain whose state shows BABE, every block above the final one is judged in a tree (core/block), and
 * what is told as best is the tree's choice. Of other chains it is what a source says, and told as that.
 */
#include <string.h>

#include "engine.h"

uint32_t mote_best_floor(const struct chain *chain) {
    return chain->is_parachain ? chain->para.number : chain->head.number;
}

static void tell(mote_client *client, struct chain *chain, const mote_hash *hash, uint32_t number,
                 bool verified, bool reorganized) {
    if (mote_hash_equal(&chain->best_hash, hash) || chain->phase == MOTE_PHASE_HALTED) return;
    chain->best_hash = *hash;
    chain->best_number = number;
    if (verified) chain->best_source = 0;
    mote_client_event *event = mote_actions_event(client, MOTE_EVENT_BEST, chain->id);
    event->hash = *hash;
    event->number = number;
    event->verified = verified;
    event->reorganized = reorganized;
}

/* --- a source's word ------------------------------------------------------------------------------------------------------ */
static void take_word(mote_client *client, struct chain *chain, mote_source_id source,
                      const mote_header *header) {
    bool is_first = chain->best_number <= mote_best_floor(chain);
    bool follows = mote_hash_equal(&header->parent_hash, &chain->best_hash);
    if (header->number <= chain->best_number || !chain->has_head) return;
    chain->best_source = source;
    tell(client, chain, &header->hash, header->number, false, !follows && !is_first);
}

/* What was its word alone is nobody's now. */
void mote_best_lose_source(mote_client *client, struct chain *chain, mote_source_id source) {
    if (chain->orphan_source == source) mote_best_lose_orphans(client, chain->id);
    if (chain->best_source != source) return;
    chain->best_source = 0;
    chain->best_number = mote_best_floor(chain);
    chain->best_hash = chain->is_parachain ? chain->para.hash : chain->head.hash;
}

/* --- the tree ----------------------------------------------------------------------------------------------------------------- */
mote_tree_limits mote_best_limits(const mote_client_limits *limits) {
    return (mote_tree_limits){
        .blocks = 256, .lists = 4, .authorities = limits->authorities, .per_slot = 4};
}

static void forget_orphans(mote_client *client, struct chain *relay) {
    mote_jobs_end(client, PURPOSE_ORPHAN, relay->id);
    while (relay->orphan_count > 0)
        mote_client_spend(client, relay->orphans[--relay->orphan_count].kept);
}

static void fell_tree(mote_client *client, struct chain *relay) {
    forget_orphans(client, relay);
    relay->tree = NULL;
    relay->tree_state = TREE_NONE;
    relay->tree_after = client->clock + RETRY_AFTER * 8;
}

/* A little after the chain is current: what was asked of it first comes first. */
void mote_best_plan(mote_client *client, struct chain *relay) {
    bool is_first = relay->tree_after == 0 && relay->phase == MOTE_PHASE_CURRENT;
    if (is_first) relay->tree_after = client->clock + RETRY_AFTER;
    bool is_due = relay->tree_state == TREE_NONE && relay->phase == MOTE_PHASE_CURRENT &&
                  relay->head.number > 0 && client->clock >= relay->tree_after;
    if (!is_due) return;
    struct job *job = mote_jobs_add(client, PURPOSE_TREE, MOTE_REQUEST_READ, relay->id, relay->id);
    if (job == NULL) return;
    relay->tree_root = relay->head;
    relay->tree_state = TREE_ASKED;
    job->hash = relay->head.hash;
}

static void tell_best(mote_client *client, struct chain *relay, bool reorganized) {
    mote_tree_block best = mote_block_tree_best(relay->tree);
    tell(client, relay, &best.hash, best.number, true, reorganized);
}

static void finalize(mote_client *client, struct chain *relay) {
    mote_finality finality;
    mote_finalized_block block = mote_finalized_block_of_header(&relay->head);
    mote_status status = mote_block_tree_finalize(&client->context, relay->tree, &finality, &block);
    bool is_far = status == MOTE_OK && finality.result == MOTE_FINALITY_AWAITED &&
                  relay->head.number > mote_block_tree_final(relay->tree).number + NEAR;
    if (status == MOTE_E_FINALITY_CONFLICT) {
        mote_claims_halt(client, relay, NULL, status);
    } else if (status != MOTE_OK || is_far) {
        fell_tree(client, relay);
    } else if (finality.result == MOTE_FINALITY_ADVANCED) {
        tell_best(client, relay, finality.contradicted);
    }
}

/* What is final is best at least. */
void mote_best_finalized(mote_client *client, struct chain *chain) {
    if (chain->tree != NULL) finalize(client, chain);
    if (chain->best_number > mote_best_floor(chain)) return;
    chain->best_number = mote_best_floor(chain);
    chain->best_hash = chain->is_parachain ? chain->para.hash : chain->head.hash;
}

/* Who was not told how long sessions are judges by what the proven state says, if that is certain. */
static mote_status plant(mote_client *client, struct chain *relay, const mote_proof *proof) {
    mote_babe_position position;
    if (relay->guesses_session) {
        uint32_t length = mote_sessions_length(client, proof);
        if (length == 0) return MOTE_E_CONSENSUS_UNKNOWN;
        relay->epoch_slots = length;
        relay->guesses_session = false;
    }
    mote_tree_limits limits = mote_best_limits(&client->limits);
    mote_status status = mote_babe_at_state(&client->context, &position, proof, relay->epoch_slots);
    if (status != MOTE_OK) return status;
    mote_context_release(&relay->tree_context, 0);
    status = mote_block_tree_of_babe(&relay->tree_context, &relay->tree, &limits, &position);
    if (status != MOTE_OK) relay->tree = NULL;
    return status;
}

struct verdict mote_best_take_state(mote_client *client, struct job *job, const mote_reply *reply) {
    mote_proof proof;
    struct chain *relay = mote_client_chain(client, job->chain);
    mote_state_root root = mote_state_of_relay(&relay->tree_root);
    size_t mark = mote_context_mark(&client->context);
    mote_client_use_work(client, 20 + (uint32_t)(reply->bytes.size / 4096));
    mote_status status =
        mote_proof_load(&client->context, &proof, &root, reply->bytes, MOTE_PROOF_STRICT);
    mote_status planted = status == MOTE_OK ? plant(client, relay, &proof) : status;
    mote_context_release(&client->context, mark);
    if (status != MOTE_OK) return mote_verdict_of(status);
    if (mote_is_gap(planted)) return mote_verdict_of(planted);
    relay->tree_state = planted == MOTE_OK ? TREE_STANDS : TREE_IMPOSSIBLE;
    if (planted == MOTE_OK) finalize(client, relay);
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

void mote_best_give_up(mote_client *client, mote_chain_id id) {
    struct chain *relay = mote_client_chain(client, id);
    if (relay != NULL) fell_tree(client, relay);
}

/* --- blocks of the tree ---------------------------------------------------------------------------------------------------------- */
/* A block's slot may have begun by another clock than ours: nodes look one slot ahead. */
static uint64_t slot_now(const mote_client *client, const struct chain *relay) {
    const mote_chain *known = relay->known == NULL ? mote_chain_default() : relay->known;
    return client->now / known->slot_milliseconds + 1;
}

static mote_status import(mote_client *client, struct chain *relay, const mote_header *header) {
    mote_import import;
    mote_client_use_work(client, 4);
    mote_status status = mote_block_tree_import(&client->context, relay->tree, &import, header,
                                                slot_now(client, relay));
    if (status == MOTE_E_FINALITY_CONFLICT) mote_claims_halt(client, relay, NULL, status);
    if (status == MOTE_OK && (import.is_best || import.finality.result == MOTE_FINALITY_ADVANCED)) {
        tell_best(client, relay, import.reorganized || import.finality.contradicted);
    }
    return status;
}

/* Its parent is asked for; it waits. Too many: the tree is planted anew, higher. */
static void keep_orphan(mote_client *client, struct chain *relay, mote_source_id source,
                        const mote_header *header) {
    uint8_t *copy =
        relay->orphan_count < ORPHANS ? mote_pool_take(&client->pool, header->encoded.size) : NULL;
    struct job *job = copy == NULL ? NULL
                                   : mote_jobs_add(client, PURPOSE_ORPHAN, MOTE_REQUEST_HEADER,
                                                   relay->id, relay->id);
    if (job == NULL) {
        mote_client_spend(client, copy);
        fell_tree(client, relay);
        return;
    }
    memcpy(copy, header->encoded.data, header->encoded.size);
    relay->orphans[relay->orphan_count++] = (struct orphan){copy, header->encoded.size};
    job->hash = header->parent_hash;
    job->only = source;
    relay->orphan_source = source;
    if (relay->orphan_count == 1) relay->orphans_since = client->clock;
}

static mote_status import_orphans(mote_client *client, struct chain *relay) {
    mote_header header;
    mote_status status = MOTE_OK;
    while (status == MOTE_OK && relay->orphan_count > 0 && relay->tree != NULL) {
        const struct orphan orphan = relay->orphans[--relay->orphan_count];
        status =
            mote_header_decode(&client->context, &header, (mote_bytes){orphan.kept, orphan.size});
        if (status == MOTE_OK) status = import(client, relay, &header);
        mote_client_spend(client, orphan.kept);
    }
    return status;
}

/* What is no fault of the block's own says nothing of its source, and what another source brought nothing of this one. */
static struct verdict judge(mote_client *client, struct chain *relay, struct source *source,
                            const mote_header *header) {
    mote_status status = import(client, relay, header);
    if (status == MOTE_E_PARENT_UNKNOWN) {
        keep_orphan(client, relay, source->id, header);
        return (struct verdict){OUTCOME_DONE, MOTE_OK};
    }
    bool is_own = status != MOTE_OK || source->id == relay->orphan_source;
    if (status == MOTE_OK) status = import_orphans(client, relay);
    if (status == MOTE_OK) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    forget_orphans(client, relay);
    mote_status_class class_ = mote_status_class_of(status);
    bool is_late = status == MOTE_E_NOT_ON_FINAL_CHAIN;
    bool is_false = class_ == MOTE_CLASS_FALSE || class_ == MOTE_CLASS_MALFORMED;
    if (is_late || !is_false || !is_own) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    return (struct verdict){OUTCOME_LIE, status};
}

struct verdict mote_best_take_head(mote_client *client, struct chain *chain, struct source *source,
                                   const mote_header *header) {
    if (chain->tree == NULL) {
        take_word(client, chain, source->id, header);
        return (struct verdict){OUTCOME_DONE, MOTE_OK};
    }
    bool is_stuck = chain->orphan_count > 0 && client->clock > chain->orphans_since + ORPHANS_FOR;
    if (is_stuck) {
        mote_source_id slow = chain->orphan_source;
        forget_orphans(client, chain);
        mote_sources_weak_claim(client, slow);
        if (mote_sources_find(client, source->id) == NULL) {
            return (struct verdict){OUTCOME_DONE, MOTE_OK};
        }
    }
    if (mote_jobs_find(client, PURPOSE_ORPHAN, chain->id) != NULL)
        return (struct verdict){OUTCOME_DONE, MOTE_OK};
    return judge(client, chain, source, header);
}

struct verdict mote_best_take_orphan(mote_client *client, struct job *job, struct source *source,
                                     const mote_reply *reply) {
    mote_header header;
    struct chain *relay = mote_client_chain(client, job->chain);
    if (!reply->present) return (struct verdict){OUTCOME_ELSEWHERE, MOTE_E_REFUSED};
    mote_status status = mote_header_decode(&client->context, &header, reply->bytes);
    if (status == MOTE_OK && !mote_hash_equal(&header.hash, &job->hash))
        status = MOTE_E_HEADER_HASH;
    if (status != MOTE_OK) return mote_verdict_of(status);
    job->purpose = PURPOSE_NONE;
    if (relay->tree == NULL) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    struct verdict verdict = judge(client, relay, source, &header);
    /* the job is over already */
    if (verdict.outcome == OUTCOME_LIE) mote_sources_drop(client, source->id, verdict.why, NULL);
    return verdict;
}

void mote_best_lose_orphans(mote_client *client, mote_chain_id id) {
    struct chain *relay = mote_client_chain(client, id);
    if (relay != NULL) forget_orphans(client, relay);
}
