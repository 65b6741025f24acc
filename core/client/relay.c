/* SPDX-License-Identifier: Apache-2.0 */
/* A relay chain's head, and what is asked for to get to the newest one. */
#include <string.h>

#include "engine.h"

/* --- sources ------------------------------------------------------------------------------------------------------ */
static void ask_source(mote_client *client, const struct source *source, enum purpose purpose,
                       mote_request_kind kind) {
    struct job *job = mote_jobs_add(client, purpose, kind, source->chain, source->id);
    if (job != NULL) job->only = source->id;
}

void mote_relay_source_opened(mote_client *client, struct source *source) {
    ask_source(client, source, PURPOSE_GENESIS, MOTE_REQUEST_BLOCK_HASH);
    ask_source(client, source, PURPOSE_SUBSCRIBE, MOTE_REQUEST_JUSTIFICATIONS);
    ask_source(client, source, PURPOSE_SUBSCRIBE, MOTE_REQUEST_FINAL_HEADS);
    ask_source(client, source, PURPOSE_SUBSCRIBE, MOTE_REQUEST_NEW_HEADS);
    ask_source(client, source, PURPOSE_FINAL_HASH, MOTE_REQUEST_FINALIZED);
}

static uint64_t slot_length(const struct chain *relay) {
    const mote_chain *known = relay->known == NULL ? mote_chain_default() : relay->known;
    return known->slot_milliseconds == 0 ? 6000 : known->slot_milliseconds;
}

/* Blocks take a slot each, and slots take their time. */
static bool is_possible(const mote_client *client, const struct chain *relay,
                        const struct source *source) {
    uint64_t slot = client->now / slot_length(relay);
    if (!relay->has_slot || client->now == 0 || slot < relay->head_slot) return true;
    if (source->claimed_number <= relay->head.number) return true;
    return source->claimed_number - relay->head.number <= slot - relay->head_slot + SLOT_TOLERANCE;
}

uint32_t mote_relay_claimed(const mote_client *client, const struct chain *relay,
                            mote_source_id *by, uint64_t *slot) {
    uint32_t most = 0;
    *by = 0;
    *slot = 0;
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        const struct source *source = &client->sources[i];
        if (source->id == 0 || source->chain != relay->id || !source->usable) continue;
        if (source->claimed_number <= most || !is_possible(client, relay, source)) continue;
        most = source->claimed_number;
        *by = source->id;
        *slot = source->claimed_slot;
    }
    return most;
}

/* --- the head ------------------------------------------------------------------------------------------------------- */
void mote_relay_adopt(mote_client *client, struct chain *relay, const mote_finalized_header *head,
                      const mote_header *header) {
    relay->head = *head;
    relay->has_slot = mote_header_babe_slot(header, &relay->head_slot);
    relay->has_head = true;
    relay->quiet_since = client->clock;
}

/* Where no session's length is known, the shortest way between two ends of sets is taken for one: a guess that the next ends
 * confirm or not. */
static void guess_session(struct chain *relay) {
    uint64_t length = relay->head_slot - relay->session_start;
    bool is_shorter = relay->epoch_slots == 0 || length < relay->epoch_slots;
    if (!relay->has_session || !relay->guesses_session || !is_shorter) return;
    if (length >= SHORTEST_SESSION && length < UINT32_MAX) relay->epoch_slots = (uint32_t)length;
}

/* Did the set end where the session was to end? Slots at its start may have been skipped. */
static void learn_session(struct chain *relay, const struct claim *claim, bool hands_over) {
    if (!relay->has_slot) return;
    if (hands_over) {
        guess_session(relay);
        relay->has_session = true;
        relay->session_start = relay->head_slot;
    }
    if (!claim->is_planned || relay->epoch_slots == 0) return;
    uint64_t apart = relay->head_slot > claim->end_slot ? relay->head_slot - claim->end_slot
                                                        : claim->end_slot - relay->head_slot;
    bool fits = hands_over && apart < relay->epoch_slots / 2 + 1;
    relay->sessions = fits ? SESSIONS_END_SETS : SESSIONS_DO_NOT;
    if (fits) relay->plan_failures = 0;
    if (fits && !relay->guesses_session) relay->session_start = claim->end_slot;
}

static void tell_head(mote_client *client, const struct chain *relay, const struct claim *claim,
                      const mote_warp_link *link) {
    mote_event_kind kind = link->hands_over ? MOTE_EVENT_HANDOVER : MOTE_EVENT_FINALIZED;
    mote_client_event *event = mote_actions_event(client, kind, relay->id);
    event->header = link->header;
    event->encoded_header = claim->header;
    event->justification = claim->justification;
    event->report = link->report;
    event->source = claim->source;
}

/* What was claimed under the set that was missing is explained. */
static void forgive_claims(mote_client *client, const struct chain *relay) {
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        if (client->sources[i].chain == relay->id) client->sources[i].weak_claims = 0;
    }
}

void mote_relay_new_head(mote_client *client, struct chain *relay, const struct claim *claim,
                         const mote_warp_link *link) {
    mote_header header;
    if (mote_header_decode(&client->context, &header, claim->header) != MOTE_OK) return;
    mote_relay_adopt(client, relay, &link->header, &header);
    relay->head_source = claim->source;
    struct source *source = mote_sources_find(client, claim->source);
    if (source != NULL) source->weak_claims = 0;
    if (link->hands_over) forgive_claims(client, relay);
    learn_session(relay, claim, link->hands_over);
    relay->handovers += link->hands_over;
    relay->heads_due = relay->is_confirmed = true;
    relay->ask_next = relay->explains = false;
    relay->next_asked = 0;
    mote_source_id by;
    uint64_t slot;
    bool is_last_stretch =
        mote_relay_claimed(client, relay, &by, &slot) - relay->head.number <= STRETCH;
    if (link->hands_over && is_last_stretch) relay->tip_asked = false;
    tell_head(client, relay, claim, link);
    if (link->hands_over) relay->save_due = true;
    mote_best_finalized(client, relay);
    mote_queries_new_head(client, relay->id);
}

/* --- phases ------------------------------------------------------------------------------------------------------------ */
void mote_relay_set_phase(mote_client *client, struct chain *chain, mote_chain_phase phase) {
    if (chain->phase == phase) return;
    chain->phase = phase;
    mote_client_event *event = mote_actions_event(client, MOTE_EVENT_STATUS, chain->id);
    event->why = chain->halted_by;
    (void)mote_client_chain_status(client, &event->status, chain->id);
}

uint64_t mote_relay_age(const mote_client *client, const struct chain *relay, uint64_t slot,
                        bool *known) {
    *known = client->now != 0 && slot < UINT64_MAX / slot_length(relay);
    if (!*known) return 0;
    uint64_t begun = slot * slot_length(relay);
    return client->now > begun ? client->now - begun : 0;
}

uint64_t mote_relay_lag(const mote_client *client, const struct chain *relay, bool *known) {
    uint64_t age = mote_relay_age(client, relay, relay->head_slot, known);
    *known = *known && relay->has_slot;
    return *known ? age : 0;
}

static bool is_at_tip(const mote_client *client, const struct chain *relay) {
    mote_source_id by;
    uint64_t slot;
    uint32_t claimed = mote_relay_claimed(client, relay, &by, &slot);
    bool known;
    bool is_young = mote_relay_lag(client, relay, &known) < YOUNG && known;
    return (is_young && relay->is_confirmed) || (claimed != 0 && claimed <= relay->head.number + 3);
}

void mote_relay_judge_phase(mote_client *client, struct chain *relay) {
    bool known;
    if (relay->phase == MOTE_PHASE_HALTED) return;
    if (!mote_sources_are_usable(client, relay->id)) {
        mote_relay_set_phase(client, relay, MOTE_PHASE_WAITING);
        return;
    }
    bool was_current = relay->phase == MOTE_PHASE_CURRENT || relay->phase == MOTE_PHASE_STALLED;
    mote_source_id by;
    uint64_t slot;
    uint32_t claimed = mote_relay_claimed(client, relay, &by, &slot);
    bool stays = was_current && claimed <= relay->head.number + NEAR;
    if (!is_at_tip(client, relay) && !stays) {
        mote_relay_set_phase(client, relay, MOTE_PHASE_CATCHING_UP);
        return;
    }
    bool stalls =
        mote_relay_lag(client, relay, &known) > UINT64_C(1000) * MOTE_STALL_SECONDS && known;
    mote_relay_set_phase(client, relay, stalls ? MOTE_PHASE_STALLED : MOTE_PHASE_CURRENT);
}

/* --- what to ask for ----------------------------------------------------------------------------------------------------- */
bool mote_relay_ask_proof(mote_client *client, struct chain *relay, struct claim *claim) {
    struct job *job =
        mote_jobs_add(client, PURPOSE_PROOF, MOTE_REQUEST_FINALITY, relay->id, claim->id);
    if (job == NULL) {
        mote_claims_free(client, claim);
        return false;
    }
    job->number = claim->number;
    if (claim->is_next && relay->explains) job->first = relay->explainer;
    claim->state = CLAIM_ASKED;
    return true;
}

/* The block right behind the head: whatever is answered, the set in office has signed it. */
static void ask_next(mote_client *client, struct chain *relay) {
    struct claim *claim = relay->head.number == UINT32_MAX ? NULL : mote_claims_new(client, relay);
    if (claim == NULL) return;
    claim->number = relay->head.number + 1;
    claim->is_next = true;
    (void)mote_relay_ask_proof(client, relay, claim);
}

static void ask_tip(mote_client *client, struct chain *relay, uint32_t number) {
    struct claim *claim = mote_claims_new(client, relay);
    if (claim == NULL) return;
    claim->number = number;
    claim->is_tip = true;
    (void)mote_relay_ask_proof(client, relay, claim);
}

static void look_at_claims(const mote_client *client, const struct chain *relay, bool *has_next,
                           bool *has_tip) {
    *has_next = *has_tip = false;
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        const struct claim *claim = &relay->claims[i];
        if (claim->state == CLAIM_FREE) continue;
        if (claim->is_next) *has_next = true;
        if (claim->is_tip) *has_tip = true;
    }
}

/* Any source can answer: what it says of the block right behind the head is true, or its lie. */
static void plan_next(mote_client *client, struct chain *relay) {
    relay->ask_next = false;
    relay->next_asked = client->clock;
    ask_next(client, relay);
}

static bool may_ask(const mote_client *client, const struct chain *relay) {
    return relay->next_asked == 0 || client->clock >= relay->next_asked + 2 * RETRY_AFTER;
}

static void plan_near(mote_client *client, struct chain *relay, bool has_next) {
    bool is_current = relay->phase == MOTE_PHASE_CURRENT || relay->phase == MOTE_PHASE_STALLED;
    bool is_quiet = client->clock >= relay->quiet_since + QUIET_FOR;
    if (is_current && !is_quiet) return; /* justifications come by themselves */
    if (!has_next && may_ask(client, relay)) plan_next(client, relay);
}

/* Sessions are leapt over where they are known; else the newest block is tried, and then one hand-over after the other. */
static void plan_far(mote_client *client, struct chain *relay, uint32_t claimed, uint64_t slot,
                     bool has_next, bool has_tip) {
    bool is_planned = mote_probes_plan(client, relay, claimed, slot);
    bool tries_tip =
        !relay->tip_asked && !has_tip && (!is_planned || relay->sessions == SESSIONS_UNKNOWN);
    if (tries_tip) {
        relay->tip_asked = true;
        ask_tip(client, relay, claimed - NEAR / 4);
    }
    if (is_planned || has_next) return;
    if (may_ask(client, relay)) plan_next(client, relay);
}

/* Whom there was no room to ask when it opened. */
static void ask_strangers(mote_client *client, const struct chain *relay) {
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        struct source *source = &client->sources[i];
        bool is_strange = source->id != 0 && source->chain == relay->id && source->open &&
                          !source->usable &&
                          mote_jobs_find(client, PURPOSE_GENESIS, source->id) == NULL;
        if (is_strange) mote_relay_source_opened(client, source);
    }
}

/* A connection can be dead without a sign. */
static void poll_sources(mote_client *client, struct chain *relay) {
    uint64_t since = relay->quiet_since > relay->polled ? relay->quiet_since : relay->polled;
    if (!relay->has_woken && client->clock < since + QUIET_FOR) return;
    relay->has_woken = false;
    relay->polled = client->clock;
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        const struct source *source = &client->sources[i];
        if (source->id == 0 || source->chain != relay->id || !source->usable) continue;
        if (mote_jobs_find(client, PURPOSE_FINAL_HASH, source->id) != NULL) continue;
        ask_source(client, source, PURPOSE_FINAL_HASH, MOTE_REQUEST_FINALIZED);
    }
}

void mote_relay_wake(mote_client *client) {
    for (uint32_t i = 0; i < client->chain_places; i++) {
        struct chain *chain = &client->chains[i];
        chain->has_woken = true;
        chain->next_asked = 0;
    }
}

void mote_relay_plan(mote_client *client, struct chain *relay) {
    mote_source_id by;
    uint64_t slot;
    bool has_next, has_tip;
    uint32_t claimed = mote_relay_claimed(client, relay, &by, &slot);
    if (relay->phase == MOTE_PHASE_HALTED) return;
    ask_strangers(client, relay);
    poll_sources(client, relay);
    if (by == 0) return;
    look_at_claims(client, relay, &has_next, &has_tip);
    if (relay->ask_next && !has_next) {
        plan_next(client, relay);
    } else if (claimed <= relay->head.number) {
        return;
    } else if (claimed - relay->head.number <= NEAR) {
        plan_near(client, relay, has_next);
    } else {
        plan_far(client, relay, claimed, slot, has_next, has_tip);
    }
}
