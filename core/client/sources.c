/* SPDX-License-Identifier: Apache-2.0 */
/* Sources, and the messages that come in from them. */
#include <string.h>

#include "engine.h"

struct source *mote_sources_find(const mote_client *client, mote_source_id id) {
    for (uint32_t i = 0; id != 0 && i < client->limits.sources; i++) {
        if (client->sources[i].id == id) return &client->sources[i];
    }
    return NULL;
}

uint32_t mote_sources_index(const mote_client *client, const struct source *source) {
    return (uint32_t)(source - client->sources);
}

bool mote_sources_exist(const mote_client *client, mote_chain_id chain) {
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        if (client->sources[i].id != 0 && client->sources[i].chain == chain) return true;
    }
    return false;
}

bool mote_sources_are_all_open(const mote_client *client, mote_chain_id chain) {
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        const struct source *source = &client->sources[i];
        if (source->id != 0 && source->chain == chain && !source->usable) return false;
    }
    return true;
}

bool mote_sources_are_usable(const mote_client *client, mote_chain_id chain) {
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        const struct source *source = &client->sources[i];
        if (source->id != 0 && source->chain == chain && source->open && source->usable) {
            return true;
        }
    }
    return false;
}

/* The table of a place stays with it. */
static void clear(const mote_client *client, struct source *source) {
    struct subscription *subscriptions = source->subscriptions;
    memset(source, 0, sizeof *source);
    memset(subscriptions, 0, mote_subscriptions_places(&client->limits) * sizeof *subscriptions);
    source->subscriptions = subscriptions;
}

mote_status mote_client_add_source(mote_client *client, mote_source_id *out, mote_chain_id chain) {
    *out = 0;
    if (mote_client_chain(client, chain) == NULL) return MOTE_E_BAD_ARGUMENT;
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        struct source *source = &client->sources[i];
        if (source->id != 0) continue;
        clear(client, source);
        source->id = *out = mote_client_new_id(client);
        source->chain = chain;
        return MOTE_OK;
    }
    return MOTE_E_LIMIT_COUNT;
}

/* --- connections -------------------------------------------------------------------------------------------------- */
static void forget_inbox(mote_client *client, struct source *source) {
    mote_pool_give(&client->pool, source->inbox);
    source->inbox = NULL;
    source->inbox_size = 0;
    source->inbox_since = 0;
    source->discarding = false;
}

static void forget_arrived(mote_client *client, struct arrived *message) {
    struct source *source = mote_sources_find(client, message->source);
    if (source == NULL) return;
    source->waiting--;
    source->held -= mote_pool_size(&client->pool, message->text);
    message->source = 0;
}

/* A new connection may lead to another node: what the one before has shown counts for nothing. */
static void disconnect(mote_client *client, struct source *source) {
    forget_inbox(client, source);
    source->message_size = 0;
    mote_jobs_lose_source(client, source->id);
    memset(source->subscriptions, 0,
           mote_subscriptions_places(&client->limits) * sizeof *source->subscriptions);
    source->open = source->usable = source->is_starved = source->shows_forced = false;
    source->is_watched = source->has_height = false;
    source->claimed_number = source->unshown = 0;
    memset(&source->shown, 0, sizeof source->shown);
    source->strange = source->silences = source->issued = source->late = 0;
    struct chain *chain = mote_client_chain(client, source->chain);
    if (chain != NULL) mote_best_lose_source(client, chain, source->id);
    mote_transactions_lose_source(client, mote_sources_index(client, source));
    for (uint32_t i = 0; i < client->arrived_count; i++) {
        uint32_t at = (client->arrived_first + i) % client->arrived_places;
        if (client->arrived[at].source == source->id) {
            forget_arrived(client, &client->arrived[at]);
        }
    }
}

void mote_client_source_opened(mote_client *client, mote_source_id id) {
    struct source *source = mote_sources_find(client, id);
    if (source == NULL) return;
    if (source->open) disconnect(client, source);
    source->open = true;
    source->opened = client->clock;
    client->has_news = true;
    const struct chain *chain = mote_client_chain(client, source->chain);
    if (chain->is_parachain) {
        source->usable = true; /* whatever it proves is under the relay chain's word */
        mote_actions_event(client, MOTE_EVENT_SOURCE, chain->id)->source = id;
    } else {
        mote_relay_source_opened(client, source);
    }
}

void mote_client_source_closed(mote_client *client, mote_source_id id) {
    struct source *source = mote_sources_find(client, id);
    if (source != NULL && source->open) disconnect(client, source);
}

void mote_client_remove_source(mote_client *client, mote_source_id id) {
    struct source *source = mote_sources_find(client, id);
    if (source == NULL) return;
    disconnect(client, source);
    mote_scores_note(client, source, false);
    source->id = 0;
}

void mote_sources_forget_chain(mote_client *client, mote_chain_id chain) {
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        if (client->sources[i].id != 0 && client->sources[i].chain == chain) {
            mote_client_remove_source(client, client->sources[i].id);
        }
    }
}

void mote_sources_drop(mote_client *client, mote_source_id id, mote_status why,
                       const struct claim *evidence) {
    struct source *source = mote_sources_find(client, id);
    if (source == NULL) return;
    mote_client_event *event = mote_actions_event(client, MOTE_EVENT_SOURCE, source->chain);
    event->source = id;
    event->why = why;
    if (evidence != NULL) {
        event->encoded_header = evidence->header;
        event->justification = evidence->justification;
    }
    mote_actions_close(client, id, why, true);
    mote_scores_note(client, source, true);
    source->name = 0;
    mote_client_remove_source(client, id);
}

void mote_sources_silent(mote_client *client, struct source *source) {
    source->timeouts++;
    if (++source->silences < SILENCES) return;
    mote_actions_close(client, source->id, MOTE_E_TIMED_OUT, false);
    disconnect(client, source);
}

static void lapse(struct source *source) {
    source->unshown = source->claimed_number;
    source->claimed_number = 0;
}

void mote_sources_lapse(mote_client *client, mote_source_id id) {
    struct source *source = mote_sources_find(client, id);
    if (source != NULL) lapse(source);
}

void mote_sources_weak_claim(mote_client *client, mote_source_id id) {
    struct source *source = mote_sources_find(client, id);
    if (source == NULL) return;
    lapse(source);
    if (++source->weak_claims >= WEAK_CLAIMS)
        mote_sources_drop(client, id, MOTE_E_UNPROVEN_CLAIM, NULL);
}

/* --- what comes in ----------------------------------------------------------------------------------------------- */
/* A source fills its own share: what it was asked for, and an eighth of the pool. */
static bool is_within_share(const mote_client *client, const struct source *source, size_t size) {
    size_t limit = mote_jobs_reply_limit(client, source->id);
    return size <= limit && source->held + size <= limit + client->limits.pool_bytes / 8;
}

/* A message that is larger than what there is no room for, and not whole, gives way: it may never be. */
static bool make_way(mote_client *client, const struct source *for_source, size_t size) {
    struct source *largest = NULL;
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        struct source *source = &client->sources[i];
        bool is_larger = source->id != 0 && source != for_source && source->inbox != NULL &&
                         source->inbox_size > size;
        if (!is_larger) continue;
        if (largest == NULL || source->inbox_size > largest->inbox_size) largest = source;
    }
    if (largest == NULL) return false;
    forget_inbox(client, largest);
    largest->discarding = largest->is_starved = true;
    return true;
}

uint8_t *mote_sources_take_room(mote_client *client, const struct source *for_source, size_t size) {
    uint8_t *room = mote_pool_take(&client->pool, size);
    if (room != NULL) return room;
    mote_cache_clear(client);
    room = mote_pool_take(&client->pool, size);
    while (room == NULL && make_way(client, for_source, size)) {
        room = mote_pool_take(&client->pool, size);
    }
    return room;
}

/* False: too large, or no memory now. */
static bool append(mote_client *client, struct source *source, mote_bytes chunk) {
    size_t size = source->inbox_size + chunk.size;
    if (chunk.size > client->limits.message_bytes || !is_within_share(client, source, size)) {
        return false;
    }
    if (source->inbox == NULL || size > mote_pool_size(&client->pool, source->inbox)) {
        uint8_t *larger = mote_sources_take_room(client, source, size);
        source->is_starved |= larger == NULL;
        if (larger == NULL) return false;
        if (source->inbox_size > 0) memcpy(larger, source->inbox, source->inbox_size);
        mote_pool_give(&client->pool, source->inbox);
        source->inbox = larger;
    }
    if (chunk.size > 0) memcpy(source->inbox + source->inbox_size, chunk.data, chunk.size);
    source->inbox_size = size;
    return true;
}

static void queue_message(mote_client *client, struct source *source) {
    uint32_t at = (client->arrived_first + client->arrived_count) % client->arrived_places;
    if (source->waiting == ARRIVED_OF_A_SOURCE || client->arrived_count == client->arrived_places) {
        forget_inbox(client, source);
        return;
    }
    client->arrived[at] = (struct arrived){source->id, source->inbox, source->inbox_size};
    client->arrived_count++;
    source->waiting++;
    source->held += mote_pool_size(&client->pool, source->inbox);
    source->inbox = NULL;
    source->inbox_size = 0;
    source->inbox_since = 0;
}

/* Kept or not: however it is cut, a message is too large at the same byte, and then it is not memory that was wanting. */
static void note_size(mote_client *client, struct source *source, size_t more) {
    bool was_large = source->message_size > client->limits.message_bytes;
    source->message_size += more;
    if (source->is_starved && source->message_size > mote_jobs_reply_limit(client, source->id)) {
        source->is_starved = false;
    }
    bool is_large = source->message_size > client->limits.message_bytes;
    if (was_large || !is_large) return;
    mote_claims_too_large(client, source);
    mote_ancestry_too_large(client, source);
}

void mote_client_receive(mote_client *client, mote_source_id id, mote_bytes chunk, bool is_last) {
    struct source *source = mote_sources_find(client, id);
    if (source == NULL || !source->open) return;
    mote_client_chain(client, source->chain)->bytes_in += chunk.size;
    if (!source->discarding && !append(client, source, chunk)) {
        forget_inbox(client, source);
        source->discarding = true;
    }
    note_size(client, source, chunk.size);
    if (!is_last) return;
    source->message_size = 0;
    if (source->discarding) {
        source->discarding = false;
    } else {
        queue_message(client, source);
    }
}

/* --- one message --------------------------------------------------------------------------------------------------- */
static void fault(struct source *source, mote_status why) {
    source->faults++;
    source->last_fault = why;
}

static struct verdict take_head(mote_client *client, struct source *source, const mote_reply *reply,
                                bool is_final) {
    mote_header header;
    mote_status status = mote_header_decode(&client->context, &header, reply->bytes);
    if (status != MOTE_OK) return (struct verdict){OUTCOME_LIE, status};
    struct chain *chain = mote_client_chain(client, source->chain);
    if (is_final) {
        mote_relay_note_final(source, &header);
    } else {
        return mote_best_take_head(client, chain, source, &header);
    }
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

/* Ten a second are usual at most. */
static void note_notice(const mote_client *client, struct source *source) {
    uint64_t paid = (client->clock - source->noticed) / 100;
    source->notice_debt = source->notice_debt > paid ? source->notice_debt - paid : 0;
    if (paid > 0) source->noticed = client->clock;
    if (++source->notice_debt > NOTICES_IN_A_ROW) source->strange = STRANGE_MESSAGES + 1;
}

static struct verdict take_notice(mote_client *client, struct source *source,
                                  struct arrived *message, const mote_rpc_message *parsed) {
    mote_reply reply;
    mote_hash hash;
    mote_extrinsic_hint hint;
    mote_status status;
    struct subscription *to = mote_subscriptions_find(client, source, parsed->subscription.text);
    note_notice(client, source);
    if (to == NULL) { /* perhaps one that its answer is yet to name */
        source->strange++;
        return (struct verdict){OUTCOME_DONE, MOTE_OK};
    }
    if (to->kind == MOTE_REQUEST_SUBMIT) {
        status = mote_extrinsic_hint_read(&client->context, &hint, &hash, parsed->result);
        if (status != MOTE_OK) return (struct verdict){OUTCOME_LIE, status};
        to->is_ended |= hint == MOTE_HINT_FINAL || hint == MOTE_HINT_GONE; /* nothing follows */
        if (hint == MOTE_HINT_GONE)
            mote_transactions_refused(client, to->transaction, source->id, parsed);
        mote_transactions_hint(client, source, to->transaction, hint, &hash);
        return (struct verdict){OUTCOME_DONE, MOTE_OK};
    }
    status =
        mote_notice_read(&client->context, &reply, to->kind, message->text, message->size, parsed);
    if (status != MOTE_OK) return (struct verdict){OUTCOME_LIE, status};
    if (to->kind == MOTE_REQUEST_JUSTIFICATIONS) {
        return mote_claims_notice(client, mote_client_chain(client, source->chain), source,
                                  reply.bytes, &message->text);
    }
    return take_head(client, source, &reply, to->kind == MOTE_REQUEST_FINAL_HEADS);
}

static void note_latency(const mote_client *client, struct source *source,
                         const struct attempt *attempt) {
    uint64_t taken = client->clock - attempt->sent;
    uint32_t now = taken > 60000 ? 60000 : (uint32_t)taken;
    if (now == 0) now = 1;
    source->latency = source->latency == 0 ? now : (source->latency * 3 + now) / 4;
    source->strange = source->silences = 0;
    source->is_starved = false;
    source->answers++;
}

static struct verdict take_answer(mote_client *client, struct source *source,
                                  struct arrived *message, const mote_rpc_message *parsed) {
    uint32_t number;
    mote_reply reply;
    struct job *job =
        parsed->has_id ? mote_jobs_match(client, source->id, parsed->id, &number) : NULL;
    if (job == NULL) { /* late, or never asked for */
        bool may_be_late = parsed->has_id && parsed->id < client->next_request;
        if (!may_be_late || ++source->late > source->issued) source->strange++;
        return (struct verdict){OUTCOME_DONE, MOTE_OK};
    }
    const uint64_t serial = job->serial;
    const mote_request_kind kind = job->kind;
    struct verdict verdict = {OUTCOME_ELSEWHERE, MOTE_E_REFUSED};
    note_latency(client, source, &job->attempts[number]);
    if (job->purpose != PURPOSE_NUDGE) source->nudges = 0;
    if (!source->is_heard) source->heard = client->clock;
    source->is_heard |= source->nudges < NUDGES;
    if (parsed->kind == MOTE_RPC_ERROR) {
        job->refused |= UINT64_C(1) << mote_sources_index(client, source);
        if (job->purpose == PURPOSE_SUBMIT)
            mote_transactions_refused(client, job->owner, source->id, parsed);
        source->refusals++;
        source->answers--;
        source->lags = kind == MOTE_REQUEST_READ || kind == MOTE_REQUEST_HEADER;
    } else {
        mote_status status = mote_reply_read(&client->context, &reply, job->kind, message->text,
                                             message->size, parsed);
        verdict = (struct verdict){OUTCOME_LIE, status};
        if (status == MOTE_OK)
            verdict = mote_answers_take(client, job, source, &reply, &message->text);
        if (verdict.outcome == OUTCOME_DONE && kind == MOTE_REQUEST_READ) source->lags = false;
    }
    bool is_open = job->purpose != PURPOSE_NONE && job->serial == serial;
    if (is_open) mote_jobs_conclude(client, job, number, verdict);
    if (verdict.outcome == OUTCOME_LIE) fault(source, verdict.why);
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

/* Gateways put in words of their own: a new connection is tried before the source is given up. */
static void garbled(mote_client *client, struct source *source, mote_status why) {
    fault(source, why);
    if (++source->garbled >= GARBLED_MESSAGES) {
        mote_sources_drop(client, source->id, why, NULL);
        return;
    }
    mote_actions_close(client, source->id, why, false);
    disconnect(client, source);
}

static struct verdict judge_message(mote_client *client, struct source *source,
                                    struct arrived *message) {
    mote_rpc_message parsed;
    mote_status status =
        mote_rpc_parse(&client->context, &parsed, (mote_bytes){message->text, message->size});
    if (status != MOTE_OK) {
        garbled(client, source, status);
        return (struct verdict){OUTCOME_DONE, MOTE_OK};
    }
    switch (parsed.kind) {
    case MOTE_RPC_NOTIFICATION: return take_notice(client, source, message, &parsed);
    case MOTE_RPC_RESULT:
    case MOTE_RPC_ERROR: return take_answer(client, source, message, &parsed);
    case MOTE_RPC_BATCH:
    case MOTE_RPC_NONE: break;
    }
    return (struct verdict){OUTCOME_LIE, MOTE_E_BAD_FORMAT};
}

bool mote_sources_read_message(mote_client *client) {
    if (client->arrived_count == 0) return false;
    uint32_t at = client->arrived_first;
    struct arrived message = client->arrived[at];
    client->arrived_first = (client->arrived_first + 1) % client->arrived_places;
    client->arrived_count--;
    forget_arrived(client, &client->arrived[at]);
    mote_client_use_work(client, 2 + (uint32_t)(message.size / 8192));
    struct source *source = mote_sources_find(client, message.source);
    if (source != NULL && source->open) {
        struct verdict verdict = judge_message(client, source, &message);
        if (verdict.outcome == OUTCOME_LIE) {
            fault(source, verdict.why);
            mote_sources_drop(client, message.source, verdict.why, NULL);
        } else if (source->id != 0 && source->strange > STRANGE_MESSAGES) {
            mote_sources_drop(client, message.source, MOTE_E_LIMIT_WORK, NULL);
        }
    }
    mote_pool_give(&client->pool, message.text);
    return true;
}

/* --- as time goes by ---------------------------------------------------------------------------------------------------- */
/* A message that was begun has to go on, at a pace that any line has. */
static uint64_t inbox_end(const struct source *source) {
    return source->inbox_since + MESSAGE_FOR + source->inbox_size / SLOWEST_LINE;
}

static void watch_inbox(mote_client *client, struct source *source) {
    if (source->inbox == NULL) return;
    if (source->inbox_since == 0) source->inbox_since = client->clock;
    if (client->clock >= inbox_end(source)) {
        mote_actions_close(client, source->id, MOTE_E_TIMED_OUT, false);
        disconnect(client, source);
    } else if (source->inbox_size > mote_jobs_reply_limit(client, source->id)) {
        forget_inbox(client, source); /* what it belongs to is over */
        source->discarding = true;
    }
}

void mote_sources_plan(mote_client *client) {
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        struct source *source = &client->sources[i];
        if (source->id == 0 || !source->open || !mote_actions_room(client)) continue;
        watch_inbox(client, source);
        if (source->open) mote_subscriptions_end(client, source);
    }
}

uint64_t mote_sources_deadline(const mote_client *client) {
    uint64_t at = UINT64_MAX;
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        const struct source *source = &client->sources[i];
        if (source->id == 0 || source->inbox_since == 0) continue;
        if (inbox_end(source) < at) at = inbox_end(source);
    }
    return at;
}

bool mote_client_source_status(const mote_client *client, mote_source_status *out,
                               mote_source_id id) {
    const struct source *source = mote_sources_find(client, id);
    memset(out, 0, sizeof *out);
    if (source == NULL) return false;
    *out = (mote_source_status){.source = id,
                                .chain = source->chain,
                                .open = source->open,
                                .usable = source->usable,
                                .lags = source->lags,
                                .behind = source->behind,
                                .claimed_number = source->claimed_number,
                                .latency = source->latency,
                                .answers = source->answers,
                                .refusals = source->refusals,
                                .timeouts = source->timeouts,
                                .faults = source->faults,
                                .last_fault = source->last_fault};
    return true;
}
