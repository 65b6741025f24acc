/* SPDX-License-Identifier: Apache-2.0 */
/* A relay chain's head, and what is asked for to get to the newest one. */
#include <string.h>

#include "engine.h"

/* --- sources ------------------------------------------------------------------------------------------------------ */
static bool ask_source(mote_client *client, const struct source *source, enum purpose purpose,
                       mote_request_kind kind) {
    struct job *job = mote_jobs_add(client, purpose, kind, source->chain, source->id);
    if (job != NULL) job->only = source->id;
    return job != NULL;
}

void mote_relay_source_opened(mote_client *client, struct source *source) {
    bool is_asked = ask_source(client, source, PURPOSE_GENESIS, MOTE_REQUEST_BLOCK_HASH);
    if (!is_asked) return; /* later */
    (void)ask_source(client, source, PURPOSE_SUBSCRIBE, MOTE_REQUEST_FINAL_HEADS);
    (void)ask_source(client, source, PURPOSE_FINAL_HASH, MOTE_REQUEST_FINALIZED);
}

void mote_relay_source_usable(mote_client *client, struct source *source) {
    source->usable = true;
    mote_actions_event(client, MOTE_EVENT_SOURCE, source->chain)->source = source->id;
    (void)ask_source(client, source, PURPOSE_SUBSCRIBE, MOTE_REQUEST_JUSTIFICATIONS);
    (void)ask_source(client, source, PURPOSE_SUBSCRIBE, MOTE_REQUEST_NEW_HEADS);
}

static uint64_t slot_length(const struct chain *relay) {
    const mote_chain *known = relay->known == NULL ? mote_chain_default() : relay->known;
    return known->slot_milliseconds == 0 ? 6000 : known->slot_milliseconds;
}

bool mote_relay_is_possible(const mote_client *client, const struct chain *relay,
                            const struct source *source) {
    uint64_t slot = client->now / slot_length(relay);
    if (!relay->has_slot || client->now == 0 || slot < relay->head_slot) return true;
    if (source->claimed_number <= relay->head.number) return true;
    return source->claimed_number - relay->head.number <= slot - relay->head_slot + SLOT_TOLERANCE;
}

static uint32_t claimed(const mote_client *client, const struct chain *relay, mote_source_id *by,
                        bool by_all) {
    uint32_t most = 0;
    *by = 0;
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        const struct source *source = &client->sources[i];
        if (source->id == 0 || source->chain != relay->id || !source->usable) continue;
        if (source->claimed_number <= most) continue;
        if (!by_all && source->unshown > relay->head.number) continue;
        if (!mote_relay_is_possible(client, relay, source)) continue;
        most = source->claimed_number;
        *by = source->id;
    }
    return most;
}

uint32_t mote_relay_claimed(const mote_client *client, const struct chain *relay,
                            mote_source_id *by) {
    return claimed(client, relay, by, true);
}

/* By those whose word was good so far: others are asked, and not waited for. */
static uint32_t awaited(const mote_client *client, const struct chain *relay) {
    mote_source_id by;
    return claimed(client, relay, &by, false);
}

void mote_relay_note_final(struct source *source, const mote_header *header) {
    source->claimed_number = header->number;
    source->shown.number = header->number;
    source->shown.hash = header->hash;
    source->shown.state_root = header->state_root;
    source->shown.slot = 0;
    (void)mote_header_babe_slot(header, &source->shown.slot);
}

/* --- the head ------------------------------------------------------------------------------------------------------- */
void mote_relay_adopt(mote_client *client, struct chain *relay, const mote_finalized_header *head,
                      const mote_header *header) {
    relay->head = *head;
    relay->has_slot = mote_header_babe_slot(header, &relay->head_slot);
    relay->has_head = true;
    relay->quiet_since = client->clock;
}

/* Sets end where sessions do: an end far from there shows that they begin elsewhere. */
static void learn_session(struct chain *relay, bool hands_over) {
    if (!hands_over || !relay->has_slot || !relay->has_session || relay->epoch_slots == 0) return;
    uint64_t begin = mote_session_begin(relay, mote_session_of(relay, relay->head_slot));
    if (relay->head_slot - begin > relay->epoch_slots / 4) relay->session_start = relay->head_slot;
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

/* What was claimed under the set that was missing is explained; what was looked for in vain may be found. */
static void begin_set(mote_client *client, struct chain *relay) {
    relay->plan_failures = relay->probes = 0;
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        if (client->sources[i].chain == relay->id) client->sources[i].weak_claims = 0;
    }
}

void mote_relay_new_head(mote_client *client, struct chain *relay, struct claim *claim,
                         const mote_warp_link *link) {
    mote_header header;
    if (mote_header_decode(&client->context, &header, claim->header) != MOTE_OK) return;
    mote_relay_adopt(client, relay, &link->header, &header);
    relay->head_source = claim->source;
    struct source *source = mote_sources_find(client, claim->source);
    if (source != NULL) source->weak_claims = 0;
    if (link->hands_over) begin_set(client, relay);
    relay->too_near = relay->too_far = 0;
    learn_session(relay, link->hands_over);
    relay->handovers += link->hands_over;
    relay->heads_due = relay->is_confirmed = true;
    relay->ask_next = relay->explains = relay->tip_failed = false;
    mote_source_id by;
    bool is_there = mote_relay_claimed(client, relay, &by) <= relay->head.number + SMALL;
    bool leads_on = link->hands_over || !claim->is_next || is_there;
    relay->slow_leader = leads_on ? 0 : claim->source;
    relay->next_asked = 0;
    mote_forced_refuted(client, relay);
    mote_claims_judge(client, relay, link->header.set_id);
    tell_head(client, relay, claim, link);
    mote_descent_new_head(relay, claim);
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
    uint32_t newest = awaited(client, relay);
    bool known;
    bool is_young = mote_relay_lag(client, relay, &known) < YOUNG && known;
    return (is_young && relay->is_confirmed) || (newest != 0 && newest <= relay->head.number + 3);
}

void mote_relay_judge_phase(mote_client *client, struct chain *relay) {
    bool known;
    if (relay->phase == MOTE_PHASE_HALTED) return;
    if (!mote_sources_are_usable(client, relay->id)) {
        mote_relay_set_phase(client, relay, MOTE_PHASE_WAITING);
        return;
    }
    bool was_current = relay->phase == MOTE_PHASE_CURRENT || relay->phase == MOTE_PHASE_STALLED;
    bool stays = was_current && awaited(client, relay) <= relay->head.number + NEAR;
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
    job->number = claim->asked = claim->number;
    job->first = claim->is_tip ? claim->first : claim->source;
    if (claim->is_planned && relay->guide != 0) job->first = relay->guide;
    if (claim->is_next && relay->explains) job->first = relay->explainer;
    if (claim->is_next) job->tried = mote_forced_sources(client, relay);
    const struct source *slow = mote_sources_find(client, relay->slow_leader);
    if (claim->is_next && slow != NULL && job->tried == 0) { /* unless it is the one that is left */
        job->tried |= UINT64_C(1) << mote_sources_index(client, slow);
    }
    claim->state = CLAIM_ASKED;
    return true;
}

/* The block right behind the head: whatever is answered, the set in office has signed it. Where that answer is larger than a
 * message, it is because of the headers that come along: a block nearer to the set's end is asked for. */
static uint32_t distance(const mote_client *client, struct chain *relay, uint32_t claimed) {
    uint32_t most = claimed > relay->head.number ? claimed - relay->head.number : 1;
    if (relay->too_far != 0 && relay->too_far - relay->too_near <= 1) {
        relay->too_near = relay->too_far = 0;
    }
    if (relay->too_near == 0) return 1;
    if (relay->too_far != 0) return relay->too_near + (relay->too_far - relay->too_near) / 2;
    uint32_t step = (uint32_t)(client->limits.message_bytes / LARGE_HEADER) + 1;
    if (most <= relay->too_near + 1) return relay->too_near + 1;
    return step < most - relay->too_near ? relay->too_near + step : most;
}

static void ask_next(mote_client *client, struct chain *relay, uint32_t claimed) {
    struct claim *claim = relay->head.number == UINT32_MAX ? NULL : mote_claims_new(client, relay);
    if (claim == NULL) return;
    uint32_t up = distance(client, relay, claimed);
    claim->number = relay->head.number + up;
    claim->is_next = true;
    claim->is_ahead = up > 1;
    (void)mote_relay_ask_proof(client, relay, claim);
}

static bool is_tried_tip(const struct chain *relay, const struct claim *claim) {
    return claim->is_tip && claim->was_tried && claim->asked_set == relay->set.set_id;
}

static bool has_tip_of(const mote_client *client, const struct chain *relay,
                       mote_source_id source) {
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        const struct claim *claim = &relay->claims[i];
        if (claim->state != CLAIM_FREE && claim->is_tip && claim->first == source) return true;
    }
    return false;
}

/* Who has a tip that is not there yet. */
static const struct source *next_tip(const mote_client *client, const struct chain *relay) {
    const struct source *best = NULL;
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        const struct source *source = &client->sources[i];
        if (source->id == 0 || source->chain != relay->id || !source->usable) continue;
        if (source->claimed_number <= relay->head.number + SMALL) continue;
        if (!mote_relay_is_possible(client, relay, source)) continue;
        if (has_tip_of(client, relay, source->id)) continue;
        if (best == NULL || source->claimed_number > best->claimed_number) best = source;
    }
    return best;
}

/* The newest block that a source has: that is all, if the set is still in office. Its header comes along where the one below
 * is asked for. */
static bool ask_tip(mote_client *client, struct chain *relay) {
    const struct source *source = next_tip(client, relay);
    struct claim *claim = source == NULL ? NULL : mote_claims_new(client, relay);
    if (claim == NULL) return false;
    claim->number = source->claimed_number - 1;
    claim->is_tip = true;
    claim->first = source->id;
    return mote_relay_ask_proof(client, relay, claim);
}

/* What is under way. */
struct under_way {
    bool next, tip, tried_tip;
};

static struct under_way look_at_claims(const mote_client *client, const struct chain *relay) {
    struct under_way is = {false, false, false};
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        const struct claim *claim = &relay->claims[i];
        if (claim->state == CLAIM_FREE) continue;
        is.next |= claim->is_next;
        is.tip |= claim->is_tip && !is_tried_tip(relay, claim);
        is.tried_tip |= is_tried_tip(relay, claim);
    }
    return is;
}

/* Any source can answer: what it says of the block right behind the head is true, or its lie. */
static void plan_next(mote_client *client, struct chain *relay, uint32_t claimed) {
    relay->ask_next = relay->tip_failed = false;
    relay->next_asked = client->clock;
    ask_next(client, relay, claimed);
}

static bool may_ask(const mote_client *client, const struct chain *relay) {
    return relay->next_asked == 0 || client->clock >= relay->next_asked + 2 * RETRY_AFTER;
}

static bool may_catch_up(const mote_client *client, const struct chain *relay) {
    bool is_current = relay->phase == MOTE_PHASE_CURRENT || relay->phase == MOTE_PHASE_STALLED;
    return !is_current || client->clock >= relay->quiet_since + QUIET_FOR;
}

/* The newest block is tried; ends of sets are looked for by their headers; and where nothing else leads on, one hand-over comes
 * after the other. */
static void plan_far(mote_client *client, struct chain *relay, uint32_t claimed,
                     struct under_way is) {
    bool is_planned = mote_probes_plan(client, relay);
    bool is_tip_due = !is.tip && !relay->tip_failed && !(is_planned && is.tried_tip);
    if (is_tip_due) is.tip = ask_tip(client, relay);
    if (is_planned || is.next || is.tip) return;
    if (may_ask(client, relay)) plan_next(client, relay, claimed);
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

/* What is final by its word is not: nothing that it says of final blocks counts any more. */
static void judge_shown(mote_client *client, const struct chain *relay) {
    for (uint32_t i = 0; relay->is_confirmed && i < client->limits.sources; i++) {
        struct source *source = &client->sources[i];
        bool is_there = source->id != 0 && source->chain == relay->id &&
                        source->shown.number == relay->head.number;
        if (!is_there || mote_hash_equal(&source->shown.hash, &relay->head.hash)) continue;
        source->faults++;
        source->last_fault = MOTE_E_NOT_ON_FINAL_CHAIN;
        source->claimed_number = 0;
        memset(&source->shown, 0, sizeof source->shown);
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
        (void)ask_source(client, source, PURPOSE_FINAL_HASH, MOTE_REQUEST_FINALIZED);
    }
}

void mote_relay_wake(mote_client *client) {
    for (uint32_t i = 0; i < client->chain_places; i++) {
        struct chain *chain = &client->chains[i];
        chain->has_woken = true;
        chain->next_asked = 0;
        mote_parachains_forget_guess(client, chain);
    }
}

void mote_relay_plan(mote_client *client, struct chain *relay) {
    mote_source_id by;
    uint32_t claimed = mote_relay_claimed(client, relay, &by);
    if (relay->phase == MOTE_PHASE_HALTED) return;
    if (mote_forced_is_certain(client, relay)) {
        mote_claims_halt(client, relay, NULL, MOTE_E_FORCED_CHANGE);
        return;
    }
    ask_strangers(client, relay);
    mote_descent_plan(client, relay);
    judge_shown(client, relay);
    poll_sources(client, relay);
    struct under_way is = look_at_claims(client, relay);
    if (relay->ask_next && !is.next) {
        plan_next(client, relay, claimed);
        return;
    }
    if (by == 0) return;
    relay->searches = false;
    if (claimed <= relay->head.number) return;
    uint32_t behind = claimed - relay->head.number;
    if (behind <= NEAR && !may_catch_up(client, relay)) return; /* justifications come unasked */
    if (behind > SMALL) {
        plan_far(client, relay, claimed, is);
    } else if (!is.next && may_ask(client, relay)) {
        plan_next(client, relay, claimed);
    }
}
