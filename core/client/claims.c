/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Claims that blocks are final, and the verdict on them. Sound because every verdict is mote_warp's: a fragment is final under
 * the set in office, and its scheduled change names the next one. What is known of claims besides (what was asked, of whom,
 * when) decides only whom a failure is blamed on.
 */
#include <string.h>

#include "engine.h"
#include "mote/limits.h"

uint32_t mote_claims_places(const mote_client *client) {
    return client->limits.handovers + 8 + client->limits.sources;
}

void mote_claims_free(mote_client *client, struct claim *claim) {
    mote_jobs_end(client, PURPOSE_NONE, claim->id);
    mote_client_spend(client, claim->kept);
    mote_client_spend(client, claim->kept_header);
    memset(claim, 0, sizeof *claim);
}

struct claim *mote_claims_find(mote_client *client, struct chain **chain, uint32_t id) {
    for (uint32_t i = 0; i < client->chain_places; i++) {
        *chain = &client->chains[i];
        if ((*chain)->id == 0 || (*chain)->is_parachain) continue;
        for (uint32_t k = 0; k < mote_claims_places(client); k++) {
            if ((*chain)->claims[k].state != CLAIM_FREE && (*chain)->claims[k].id == id) {
                return &(*chain)->claims[k];
            }
        }
    }
    return NULL;
}

struct claim *mote_claims_new(mote_client *client, struct chain *relay) {
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        struct claim *claim = &relay->claims[i];
        if (claim->state != CLAIM_FREE) continue;
        memset(claim, 0, sizeof *claim);
        claim->id = mote_client_new_id(client);
        claim->asked_set = relay->set.set_id;
        return claim;
    }
    return NULL;
}

static void ask_header(mote_client *client, struct chain *relay, struct claim *claim) {
    struct job *job =
        mote_jobs_add(client, PURPOSE_CLAIM_HEADER, MOTE_REQUEST_HEADER, relay->id, claim->id);
    if (job == NULL) {
        mote_claims_free(client, claim);
        return;
    }
    job->hash = claim->hash;
    job->first = claim->source; /* who claims it should have it */
    claim->state = CLAIM_HEADER;
}

static bool is_known(const mote_client *client, const struct chain *relay, const mote_hash *hash) {
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        const struct claim *claim = &relay->claims[i];
        bool has_target =
            claim->state == CLAIM_HEADER || (claim->state == CLAIM_READY && !claim->was_tried);
        if (has_target && mote_hash_equal(&claim->hash, hash)) return true;
    }
    return false;
}

/* A hand-over may be missing: until that is known, what later sets signed cannot be judged. */
static bool awaits_next(const mote_client *client, const struct chain *relay) {
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        if (relay->claims[i].state != CLAIM_FREE && relay->claims[i].is_next) return true;
    }
    return false;
}

/* A source has a place or two for what it says unasked, so that it leaves room for others. */
static struct claim *notice_place(struct mote_client *client, struct chain *relay,
                                  const struct source *source) {
    uint32_t held = 0;
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        const struct claim *claim = &relay->claims[i];
        held += claim->state != CLAIM_FREE && claim->source == source->id && claim->is_notice;
    }
    struct claim *claim = held < NOTICES_OF_A_SOURCE ? mote_claims_new(client, relay) : NULL;
    if (claim != NULL) claim->is_notice = true;
    return claim;
}

struct verdict mote_claims_notice(mote_client *client, struct chain *relay, struct source *source,
                                  mote_bytes justification, uint8_t **message) {
    mote_justification_report report;
    mote_status status = mote_justification_decode(&client->context, &report, justification);
    if (status != MOTE_OK) return mote_verdict_of(status);
    if (report.target_number > source->claimed_number)
        source->claimed_number = report.target_number;
    bool is_conflict = report.target_number == relay->head.number &&
                       !mote_hash_equal(&report.target_hash, &relay->head.hash);
    bool is_explained = !relay->ask_next && !(relay->explains && awaits_next(client, relay));
    bool is_news = report.target_number > relay->head.number && is_explained;
    if ((!is_news && !is_conflict) || is_known(client, relay, &report.target_hash)) {
        return (struct verdict){OUTCOME_DONE, MOTE_OK};
    }
    struct claim *claim = notice_place(client, relay, source);
    if (claim == NULL) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    claim->source = source->id;
    claim->number = report.target_number;
    claim->hash = report.target_hash;
    claim->justification = justification;
    claim->kept = *message;
    *message = NULL;
    ask_header(client, relay, claim);
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

/* Who would not answer may have too much to do, as gateways do: what it claims lapses. */
static void doubt(mote_client *client, mote_source_id id, uint64_t refused) {
    const struct source *source = mote_sources_find(client, id);
    if (source == NULL) return;
    bool has_refused = (refused >> mote_sources_index(client, source)) & 1;
    if (has_refused) {
        mote_sources_lapse(client, id);
    } else {
        mote_sources_weak_claim(client, id);
    }
}

/* --- answers ------------------------------------------------------------------------------------------------------ */
/* Nobody has a proof of it. Who claims more than all others can show answers for that. */
static void no_proof(mote_client *client, struct chain *relay, struct claim *claim,
                     uint64_t refused) {
    mote_source_id by;
    bool was_next = claim->is_next && relay->head.number + 1 == claim->number;
    if (claim->is_planned) {
        mote_probes_failed(client, relay);
        return;
    }
    bool was_notice = claim->is_notice;
    relay->tip_failed |= claim->is_tip;
    mote_source_id source = claim->source;
    mote_claims_free(client, claim);
    if (was_notice) doubt(client, source, refused);
    bool is_far = was_next && mote_relay_claimed(client, relay, &by) > relay->head.number + NEAR;
    const struct source *claimer = is_far ? mote_sources_find(client, by) : NULL;
    if (claimer != NULL && !claimer->shows_forced)
        doubt(client, by, refused); /* else it was asked */
}

static mote_status read_proof(mote_client *client, struct claim *claim, mote_bytes bytes) {
    mote_finality_proof proof;
    mote_header header;
    mote_justification_report report;
    mote_status status = mote_finality_proof_read(&client->context, &proof, bytes);
    if (status != MOTE_OK) return status;
    status = mote_justification_decode(&client->context, &report, proof.justification);
    if (status != MOTE_OK) return status;
    if (!mote_hash_equal(&report.target_hash, &proof.block)) return MOTE_E_TARGET_MISMATCH;
    if (!mote_hash_equal(&claim->hash, &proof.block)) claim->header = (mote_bytes){NULL, 0};
    claim->number = report.target_number;
    claim->hash = proof.block;
    claim->justification = proof.justification;
    claim->headers = proof.headers;
    if (proof.header_count == 0) return MOTE_OK;
    status = mote_header_decode(&client->context, &header, proof.last_header);
    if (status == MOTE_OK && mote_hash_equal(&header.hash, &proof.block)) {
        claim->header = proof.last_header;
    }
    return status;
}

struct verdict mote_claims_take_proof(mote_client *client, struct job *job, struct source *source,
                                      const mote_reply *reply, uint8_t **message) {
    struct chain *relay;
    struct claim *claim = mote_claims_find(client, &relay, job->owner);
    if (claim == NULL) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    if (!reply->present) return (struct verdict){OUTCOME_ELSEWHERE, MOTE_E_REFUSED};
    uint32_t asked = claim->asked;
    const struct claim before = *claim; /* nothing of a message that is not kept stays in it */
    mote_status status = read_proof(client, claim, reply->bytes);
    if (status == MOTE_OK && asked <= relay->head.number) { /* others were faster */
        mote_claims_free(client, claim);
        return (struct verdict){OUTCOME_DONE, MOTE_OK};
    }
    if (status == MOTE_OK && claim->number <= relay->head.number) {
        *claim = before; /* the newest that it has kept */
        return (struct verdict){OUTCOME_ELSEWHERE, MOTE_E_REFUSED};
    }
    if (status != MOTE_OK) {
        *claim = before;
        return mote_verdict_of(status);
    }
    claim->source = source->id;
    claim->kept = *message;
    *message = NULL;
    mote_pool_shrink(&client->pool, claim->kept,
                     (size_t)(reply->bytes.data - claim->kept) + reply->bytes.size);
    if (claim->header.size > 0) {
        claim->state = CLAIM_READY;
    } else {
        job->purpose = PURPOSE_NONE;
        ask_header(client, relay, claim);
    }
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

struct verdict mote_claims_take_header(mote_client *client, struct job *job,
                                       const mote_reply *reply, uint8_t **message) {
    struct chain *relay;
    mote_header header;
    struct claim *claim = mote_claims_find(client, &relay, job->owner);
    if (claim == NULL) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    if (!reply->present) return (struct verdict){OUTCOME_ELSEWHERE, MOTE_E_REFUSED};
    mote_status status = mote_header_decode(&client->context, &header, reply->bytes);
    if (status == MOTE_OK && !mote_hash_equal(&header.hash, &claim->hash))
        status = MOTE_E_HEADER_HASH;
    if (status != MOTE_OK) return mote_verdict_of(status);
    claim->header = reply->bytes;
    claim->kept_header = *message;
    *message = NULL;
    claim->state = CLAIM_READY;
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

/* --- the verdict ---------------------------------------------------------------------------------------------------- */
/* The lowest claims that are ready, in order, up to one without a hand-over: they are one proof. Ends of sets that are still
 * looked or asked for are waited for; a tip that this set has not signed waits for another set. */
static bool counts(const struct chain *relay, const struct claim *claim, bool is_first) {
    if (claim->state == CLAIM_FREE) return false;
    if (claim->state != CLAIM_READY) return claim->is_planned;
    bool was_tried = claim->was_tried && claim->asked_set == relay->set.set_id;
    return !(is_first && was_tried);
}

static struct claim *lowest(const mote_client *client, struct chain *relay, uint32_t above,
                            bool is_first) {
    struct claim *best = NULL;
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        struct claim *claim = &relay->claims[i];
        if (!counts(relay, claim, is_first) || claim->number <= above) continue;
        if (best == NULL || claim->number < best->number) best = claim;
    }
    if (best == NULL || !relay->searches) return best;
    uint32_t from = best->is_planned ? best->asked : best->number;
    return from > relay->looked.number ? NULL : best;
}

static bool hands_over(mote_client *client, const struct claim *claim) {
    mote_header header;
    mote_grandpa_log change;
    return mote_header_decode(&client->context, &header, claim->header) == MOTE_OK &&
           mote_header_find_grandpa_log(&header, &change, MOTE_GRANDPA_SCHEDULED_CHANGE);
}

/* A hand-over whose end of a set is known is on its way. */
static bool is_led_on(const mote_client *client, const struct chain *relay) {
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        const struct claim *claim = &relay->claims[i];
        if (claim->is_planned && claim->state > CLAIM_PROBING) return true;
    }
    return false;
}

/* What was asked for right behind the head waits for nothing; and a tip is tried once, if the set did not change at all, and
 * under each set behind which no other one is known. */
static struct claim *at_once(const mote_client *client, struct chain *relay) {
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        struct claim *claim = &relay->claims[i];
        if (claim->state != CLAIM_READY) continue;
        bool is_of_this_set = claim->asked_set == relay->set.set_id;
        if (is_of_this_set && (claim->is_next || (claim->is_tip && !claim->was_tried)))
            return claim;
        if (!is_of_this_set && claim->is_tip && !is_led_on(client, relay)) return claim;
    }
    return NULL;
}

static uint32_t gather(mote_client *client, struct chain *relay, struct claim **batch) {
    uint32_t count = 0, above = relay->head.number;
    struct claim *one = at_once(client, relay);
    if (one != NULL) {
        batch[0] = one;
        return 1;
    }
    while (count < BATCHED_CLAIMS) {
        struct claim *next = lowest(client, relay, above, count == 0);
        if (next == NULL || next->state != CLAIM_READY) break;
        batch[count++] = next;
        above = next->number;
        if (!hands_over(client, next)) break;
    }
    return count;
}

static mote_status feed(mote_client *client, mote_warp *warp, mote_bytes bytes) {
    size_t consumed;
    mote_status status = MOTE_OK;
    while (status == MOTE_OK && bytes.size > 0) {
        status = mote_warp_feed(&client->context, warp, &consumed, bytes);
        if (status == MOTE_OK && consumed < bytes.size) return MOTE_E_INTERNAL;
        bytes = (mote_bytes){bytes.data + consumed, bytes.size - consumed};
    }
    return status;
}

static mote_status feed_all(mote_client *client, mote_warp *warp, struct claim **batch,
                            uint32_t count) {
    const uint8_t head = (uint8_t)(count << 2), finished = 1;
    mote_status status = feed(client, warp, (mote_bytes){&head, 1});
    for (uint32_t i = 0; i < count && status == MOTE_OK; i++) {
        status = feed(client, warp, batch[i]->header);
        if (status == MOTE_OK) status = feed(client, warp, batch[i]->justification);
    }
    if (status == MOTE_OK) status = feed(client, warp, (mote_bytes){&finished, 1});
    mote_status end = mote_warp_finish(&client->context, warp);
    return status == MOTE_OK ? end : status;
}

/* Links that are verified, whatever came after them. Returns how many. */
static uint32_t take_links(mote_client *client, struct chain *relay, mote_warp *warp,
                           struct claim **batch) {
    mote_warp_link link;
    uint32_t taken = 0;
    bool hands_over = false, is_signed = false;
    while (mote_warp_next(warp, &link)) {
        mote_relay_new_head(client, relay, batch[taken++], &link);
        hands_over = link.hands_over;
        is_signed = !link.hard_fork;
    }
    if (taken == 0) return 0;
    if (is_signed) mote_saved_keep(client, relay, batch, taken, hands_over);
    const mote_authority_set *set = mote_warp_set(warp);
    mote_voter *voters = relay->set.voter;
    memcpy(voters, set->voter, set->voters * sizeof *voters);
    relay->set = *set;
    relay->set.voter = voters;
    return taken;
}

/* Said unasked: a hand-over may be missing that explains it. That is asked for, and of its source first. */
static void blame_notice(mote_client *client, struct chain *relay, struct claim *claim,
                         mote_status why) {
    struct source *source = mote_sources_find(client, claim->source);
    relay->ask_next = relay->explains = true;
    relay->explainer = claim->source;
    relay->next_asked = 0;
    if (source == NULL || ++source->weak_claims < WEAK_CLAIMS) return;
    source->faults++;
    source->last_fault = why;
    mote_sources_drop(client, source->id, why, claim);
}

/* The set in office must have signed it, unless another one was forced into its place. */
static void blame_next(mote_client *client, struct chain *relay, const struct claim *claim,
                       mote_status why) {
    struct source *source = mote_sources_find(client, claim->source);
    if (source == NULL || !mote_forced_is_shown(client, claim)) {
        mote_sources_drop(client, claim->source, why, claim);
        return;
    }
    source->shows_forced = true;
    relay->next_asked = client->clock;
}

/* It waits for another set, or for the verdict on it. */
static void keep(const struct chain *relay, struct claim *claim, mote_status why) {
    claim->is_planned = false;
    claim->was_tried = true;
    claim->failure = why;
    claim->asked_set = relay->set.set_id;
}

/* The claim is for another set than ours, or false. It is its source's lie at once only where the set in office must have signed
 * what was asked for; what was asked for elsewhere is a guess that went wrong, of a header perhaps. */
static void blame(mote_client *client, struct chain *relay, struct claim *claim, mote_status why) {
    if (mote_status_class_of(why) == MOTE_CLASS_MALFORMED) {
        mote_sources_drop(client, claim->source, why, claim);
        mote_claims_free(client, claim);
    } else if (claim->is_ahead) {
        relay->too_far = claim->asked - relay->head.number;
        mote_claims_free(client, claim);
    } else if (claim->is_next) {
        bool is_of_this_set = claim->asked_set == relay->set.set_id;
        if (is_of_this_set) blame_next(client, relay, claim, why);
        mote_claims_free(client, claim);
    } else {
        bool was_planned = claim->is_planned;
        keep(relay, claim, why);
        if (was_planned) mote_probes_failed(client, relay);
        if (claim->is_notice) blame_notice(client, relay, claim, why);
    }
}

/* A set has signed up to here: what it has not signed below, though it was claimed, is no block of its time. */
void mote_claims_judge(mote_client *client, struct chain *relay, uint64_t set_id) {
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        struct claim *claim = &relay->claims[i];
        bool is_false = claim->state == CLAIM_READY && claim->was_tried &&
                        claim->asked_set == set_id && claim->number <= relay->head.number;
        if (!is_false) continue;
        mote_sources_drop(client, claim->source, claim->failure, claim);
        mote_claims_free(client, claim);
    }
}

/* A change that mote does not follow stops the chain, if it is real. */
static bool is_real(mote_client *client, const struct chain *relay, const struct claim *claim) {
    mote_header header;
    mote_finalized_block block;
    return mote_header_decode(&client->context, &header, claim->header) == MOTE_OK &&
           mote_justification_verify(&client->context, &block, NULL, &relay->set,
                                     claim->justification, &header) == MOTE_OK;
}

/* Two final blocks at one height, or a final block beside ours: nothing of this chain can be believed any more. */
void mote_claims_halt(mote_client *client, struct chain *relay, const struct claim *claim,
                      mote_status why) {
    relay->halted_by = why;
    if (why == MOTE_E_FINALITY_CONFLICT) {
        mote_client_event *event = mote_actions_event(client, MOTE_EVENT_CONFLICT, relay->id);
        event->why = why;
        event->source = claim == NULL ? 0 : claim->source;
        if (claim != NULL) event->encoded_header = claim->header;
        if (claim != NULL) event->justification = claim->justification;
    }
    mote_relay_set_phase(client, relay, MOTE_PHASE_HALTED);
}

/* What is true and beyond us stops the chain by its name; what is our own shortage blames nobody. */
static void failed(mote_client *client, struct chain *relay, struct claim *claim, mote_status why) {
    mote_status_class class_ = mote_status_class_of(why);
    bool is_beyond_us = class_ == MOTE_CLASS_UNSUPPORTED || class_ == MOTE_CLASS_LIMIT ||
                        class_ == MOTE_CLASS_INTERNAL;
    bool is_beside = why == MOTE_E_HEADER_LINK; /* a child of our height's other block */
    bool is_short = mote_status_blame(why) == MOTE_BLAME_CALLER;
    if (!is_short && ((!is_beyond_us && !is_beside) || !is_real(client, relay, claim))) {
        blame(client, relay, claim, why);
        return;
    }
    mote_claims_halt(client, relay, claim, is_beside ? MOTE_E_FINALITY_CONFLICT : why);
    mote_claims_free(client, claim);
}

static bool judge_conflicts(mote_client *client, struct chain *relay) {
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        struct claim *claim = &relay->claims[i];
        if (claim->state != CLAIM_READY || claim->number != relay->head.number) continue;
        if (mote_hash_equal(&claim->hash, &relay->head.hash)) continue;
        mote_client_use_work(client, (uint32_t)(claim->justification.size / 132));
        if (is_real(client, relay, claim)) {
            mote_claims_halt(client, relay, claim, MOTE_E_FINALITY_CONFLICT);
        }
        mote_claims_free(client, claim);
        return true;
    }
    return false;
}

static void free_behind(mote_client *client, struct chain *relay) {
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        struct claim *claim = &relay->claims[i];
        bool is_there = claim->state == CLAIM_READY || claim->is_planned;
        if (claim->state == CLAIM_FREE || !is_there) continue;
        bool is_behind =
            claim->number < relay->head.number || mote_hash_equal(&claim->hash, &relay->head.hash);
        if (is_behind) mote_claims_free(client, claim);
    }
}

static mote_status verify_batch(mote_client *client, struct chain *relay, struct claim **batch,
                                uint32_t count, uint32_t *good) {
    mote_warp *warp;
    size_t mark = mote_context_mark(&client->context);
    const mote_warp_start start = {.hash = relay->head.hash,
                                   .number = relay->head.number,
                                   .set = &relay->set,
                                   .chain = relay->known,
                                   .max_authorities = client->limits.authorities};
    mote_status status = mote_warp_new(&client->context, &warp, &start);
    *good = 0;
    if (status == MOTE_OK) {
        status = feed_all(client, warp, batch, count);
        *good = take_links(client, relay, warp, batch);
    }
    mote_context_release(&client->context, mark);
    return status;
}

bool mote_claims_verify(mote_client *client, struct chain *relay) {
    struct claim *batch[BATCHED_CLAIMS];
    uint32_t good;
    if (relay->phase == MOTE_PHASE_HALTED) return false;
    free_behind(client, relay);
    if (judge_conflicts(client, relay)) return true;
    uint32_t count = gather(client, relay, batch);
    if (count == 0) return false;
    for (uint32_t i = 0; i < count; i++) {
        mote_client_use_work(client, (uint32_t)(batch[i]->justification.size / 132) + 1);
    }
    mote_status status = verify_batch(client, relay, batch, count, &good);
    for (uint32_t i = 0; i < good; i++) mote_claims_free(client, batch[i]);
    if (status != MOTE_OK && good < count) failed(client, relay, batch[good], status);
    return true;
}

/* Of what was asked of it, only the block right behind the head can bring so many headers. */
void mote_claims_too_large(mote_client *client, const struct source *source) {
    for (uint32_t i = 0; i < client->jobs_used; i++) {
        const struct job *job = &client->jobs[i];
        if (job->purpose != PURPOSE_PROOF) continue;
        if (job->attempts[0].source != source->id && job->attempts[1].source != source->id)
            continue;
        struct chain *relay;
        struct claim *claim = mote_claims_find(client, &relay, job->owner);
        if (claim == NULL || !claim->is_next) continue;
        uint32_t up = claim->asked > relay->head.number ? claim->asked - relay->head.number : 0;
        if (up > relay->too_near) relay->too_near = up;
        relay->next_asked = 0;
        mote_claims_free(client, claim);
        return;
    }
}

void mote_claims_give_up(mote_client *client, uint32_t id, uint64_t refused) {
    struct chain *relay;
    struct claim *claim = mote_claims_find(client, &relay, id);
    if (claim != NULL) no_proof(client, relay, claim, refused);
}

void mote_claims_lose(mote_client *client, uint32_t id) {
    struct chain *relay;
    struct claim *claim = mote_claims_find(client, &relay, id);
    if (claim != NULL) mote_claims_free(client, claim);
}
