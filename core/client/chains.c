/* SPDX-License-Identifier: Apache-2.0 */
/* Chains come and go, and what is to be said of them. */
#include <string.h>

#include "engine.h"

static struct chain *free_place(mote_client *client, bool is_parachain) {
    uint32_t first = is_parachain ? client->limits.relays : 0;
    uint32_t end = is_parachain ? client->chain_places : client->limits.relays;
    for (uint32_t i = first; i < end; i++) {
        if (client->chains[i].id == 0) return &client->chains[i];
    }
    return NULL;
}

/* The tables of a place stay with it. */
static void clear(struct chain *chain) {
    struct claim *claims = chain->claims;
    mote_voter *voters = chain->set.voter;
    mote_context tree_context = chain->tree_context;
    memset(chain, 0, sizeof *chain);
    chain->tree_context = tree_context;
    chain->claims = claims;
    chain->set.voter = voters;
}

/* --- relay chains ---------------------------------------------------------------------------------------------------- */
/* Sessions of chains that everybody knows (their runtimes' EpochDurationInBlocks). */
static uint32_t known_session(const mote_chain *chain) {
    static const struct {
        const char *name;
        uint32_t slots;
    } sessions[] = {{"polkadot", 2400}, {"kusama", 600}, {"westend", 600}, {"paseo", 600}};
    for (size_t i = 0; chain != NULL && i < sizeof sessions / sizeof sessions[0]; i++) {
        if (strcmp(chain->name, sessions[i].name) == 0) return sessions[i].slots;
    }
    return 0;
}

static void learn_session(struct chain *chain, const mote_checkpoint *checkpoint,
                          uint32_t epoch_slots) {
    chain->epoch_slots = epoch_slots != 0 ? epoch_slots : known_session(checkpoint->chain);
    chain->guesses_session = chain->epoch_slots == 0 && checkpoint->epoch_count == 0;
    if (checkpoint->epoch_count == 0) return;
    chain->has_session = true;
    chain->session_start = checkpoint->epoch[0].start_slot;
    if (checkpoint->epoch[0].duration <= UINT32_MAX) {
        chain->epoch_slots = (uint32_t)checkpoint->epoch[0].duration;
    }
}

static mote_status copy_set(mote_client *client, struct chain *chain,
                            const mote_authority_set *set) {
    mote_voter *voters = chain->set.voter;
    if (set->voters > client->limits.authorities) return MOTE_E_LIMIT_COUNT;
    memcpy(voters, set->voter, set->voters * sizeof *voters);
    chain->set = *set;
    chain->set.voter = voters;
    return MOTE_OK;
}

/* Too old is refused, or said in everything that follows. What counts is where it goes on from: saved state that was
 * verified while its set was in office stands for the checkpoint behind it. */
static mote_status judge_age(struct chain *chain, const mote_relay_start *start) {
    mote_status status = mote_age_status(&chain->age);
    chain->tell_age = status != MOTE_OK || chain->age.freshness != MOTE_FRESH;
    bool is_assumed = status == MOTE_E_EXPIRED || chain->age.freshness == MOTE_AGE_UNKNOWN;
    if (is_assumed) {
        chain->set.assumed |= MOTE_ASSUMED_CHECKPOINT_AGE;
        chain->head.assumed |= MOTE_ASSUMED_CHECKPOINT_AGE;
    }
    return status == MOTE_E_EXPIRED && start->accept_expired ? MOTE_OK : status;
}

mote_status mote_relay_take_checkpoint(mote_client *client, struct chain *chain,
                                       const mote_checkpoint *checkpoint) {
    mote_status status = copy_set(client, chain, &checkpoint->set);
    if (status != MOTE_OK) return status;
    mote_relay_adopt(client, chain, &checkpoint->finalized, &checkpoint->header);
    return MOTE_OK;
}

static mote_status begin(mote_client *client, struct chain *chain, const mote_relay_start *start) {
    mote_checkpoint checkpoint;
    static const mote_hash unknown = {{0}};
    mote_status status = mote_checkpoint_decode(&client->context, &checkpoint, start->checkpoint);
    if (status != MOTE_OK) return status;
    chain->known = start->name != NULL ? mote_chain_by_name(start->name) : checkpoint.chain;
    if (start->name != NULL && chain->known == NULL) return MOTE_E_UNKNOWN_CHAIN;
    chain->genesis = checkpoint.genesis;
    if (mote_hash_equal(&chain->genesis, &unknown)) return MOTE_E_CHECKPOINT_INCOHERENT;
    status = mote_relay_take_checkpoint(client, chain, &checkpoint);
    if (status != MOTE_OK) return status;
    learn_session(chain, &checkpoint, start->epoch_slots);
    chain->age = mote_checkpoint_age(&checkpoint, start->now / 1000);
    return MOTE_OK;
}

mote_status mote_client_add_relay(mote_client *client, mote_chain_id *out,
                                  const mote_relay_start *start) {
    *out = 0;
    struct chain *chain = free_place(client, false);
    if (chain == NULL) return MOTE_E_LIMIT_COUNT;
    if (client->delivery.active) return MOTE_E_BAD_ARGUMENT;
    clear(chain);
    mote_scores_forget(client, chain);
    size_t mark = mote_context_mark(&client->context);
    mote_status status = begin(client, chain, start);
    mote_status saved = MOTE_OK;
    if (status == MOTE_OK && start->saved.size > 0)
        saved = mote_saved_load(client, chain, &chain->age, start->saved, start->now);
    mote_context_release(&client->context, mark);
    if (status == MOTE_OK) status = judge_age(chain, start);
    if (status != MOTE_OK) {
        clear(chain);
        return status;
    }
    chain->id = *out = mote_client_new_id(client);
    chain->save_due = saved != MOTE_OK; /* it is replaced */
    chain->linked = chain->head;
    chain->best_number = chain->head.number;
    chain->best_hash = chain->head.hash;
    if (saved != MOTE_OK)
        mote_actions_event(client, MOTE_EVENT_SAVED_REFUSED, chain->id)->why = saved;
    if (chain->tell_age) {
        mote_client_event *event = mote_actions_event(client, MOTE_EVENT_AGE, chain->id);
        (void)mote_client_chain_status(client, &event->status, chain->id);
    }
    return MOTE_OK;
}

/* --- parachains -------------------------------------------------------------------------------------------------------- */
mote_status mote_client_add_parachain(mote_client *client, mote_chain_id *out, mote_chain_id relay,
                                      uint32_t para_id) {
    *out = 0;
    struct chain *above = mote_client_chain(client, relay);
    if (above == NULL || above->is_parachain) return MOTE_E_BAD_ARGUMENT;
    for (uint32_t i = client->limits.relays; i < client->chain_places; i++) {
        const struct chain *other = &client->chains[i];
        if (other->id != 0 && other->relay == relay && other->para_id == para_id) {
            return MOTE_E_BAD_ARGUMENT;
        }
    }
    struct chain *chain = free_place(client, true);
    if (chain == NULL) return MOTE_E_LIMIT_COUNT;
    clear(chain);
    chain->id = *out = mote_client_new_id(client);
    chain->is_parachain = true;
    chain->relay = relay;
    chain->para_id = para_id;
    chain->lifecycle = MOTE_PARA_PARACHAIN;
    above->heads_due = true;
    mote_jobs_end(client, PURPOSE_PARA_HEADS, relay); /* its question knows nothing of this one */
    mote_jobs_end(client, PURPOSE_PARA_GUESS, relay);
    mote_parachains_forget_guess(client, above);
    client->has_news = true;
    return MOTE_OK;
}

static void forget(mote_client *client, struct chain *chain) {
    mote_queries_forget_chain(client, chain->id);
    mote_transactions_forget_chain(client, chain->id);
    mote_jobs_end_chain(client, chain->id);
    mote_sources_forget_chain(client, chain->id);
    for (uint32_t i = 0; !chain->is_parachain && i < mote_claims_places(client); i++) {
        if (chain->claims[i].state != CLAIM_FREE) mote_claims_free(client, &chain->claims[i]);
    }
    mote_best_lose_orphans(client, chain->id);
    if (!chain->is_parachain) {
        mote_descent_end(client, chain);
        mote_saved_forget(client, chain);
        mote_parachains_forget_guess(client, chain);
    }
    clear(chain);
}

void mote_client_remove_chain(mote_client *client, mote_chain_id id) {
    struct chain *chain = mote_client_chain(client, id);
    if (chain == NULL) return;
    for (uint32_t i = 0; !chain->is_parachain && i < client->chain_places; i++) {
        if (client->chains[i].id != 0 && client->chains[i].relay == id) {
            forget(client, &client->chains[i]);
        }
    }
    forget(client, chain);
}

/* --- status -------------------------------------------------------------------------------------------------------------- */
static void count_sources(const mote_client *client, mote_chain_status *out) {
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        const struct source *source = &client->sources[i];
        if (source->id == 0 || source->chain != out->chain) continue;
        out->sources++;
        out->open_sources += source->open;
    }
}

static void describe_head(const mote_client *client, const struct chain *chain,
                          mote_chain_status *out) {
    mote_source_id by;
    if (chain->is_parachain) {
        out->hash = chain->para.hash;
        out->number = chain->para.number;
        out->assumed = chain->para.assumed;
        out->lag_milliseconds = mote_parachains_lag(client, chain, &out->has_lag);
        return;
    }
    out->hash = chain->head.hash;
    out->number = chain->head.number;
    out->assumed = chain->head.assumed;
    out->set_id = chain->set.set_id;
    out->handovers = chain->handovers;
    out->claimed_number = mote_relay_claimed(client, chain, &by);
    out->lag_milliseconds = mote_relay_lag(client, chain, &out->has_lag);
    out->age = chain->age;
}

bool mote_client_chain_status(const mote_client *client, mote_chain_status *out, mote_chain_id id) {
    const struct chain *chain = mote_client_chain(client, id);
    memset(out, 0, sizeof *out);
    if (chain == NULL) return false;
    out->chain = id;
    out->is_parachain = chain->is_parachain;
    out->para_id = chain->para_id;
    out->phase = chain->phase;
    const struct chain *above =
        chain->is_parachain ? mote_client_chain(client, chain->relay) : chain;
    out->halted_by = above->halted_by;
    out->has_head = chain->has_head;
    out->bytes_in = chain->bytes_in;
    out->bytes_out = chain->bytes_out;
    out->requests = chain->requests;
    count_sources(client, out);
    describe_head(client, chain, out);
    return true;
}
