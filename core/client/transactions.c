/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Transactions, from the hand of the user to the final block that holds them. What sources say of them are hints where to
 * look; that a block holds one is shown by its whole body under the final header's root.
 */
#include <string.h>

#include "engine.h"
#include "mote/block.h"

struct transaction *mote_transactions_find(const mote_client *client, mote_transaction_id id) {
    for (uint32_t i = 0; id != 0 && i < client->limits.transactions; i++) {
        if (client->transactions[i].id == id) return &client->transactions[i];
    }
    return NULL;
}

static mote_client_event *tell(mote_client *client, const struct transaction *transaction,
                               mote_inclusion_state state) {
    mote_client_event *event =
        mote_actions_event(client, MOTE_EVENT_TRANSACTION, transaction->chain);
    event->transaction = transaction->id;
    event->inclusion = state;
    if (transaction->place != NULL) {
        event->hash = transaction->place->hash;
        event->number = transaction->place->number;
    }
    event->index = transaction->index;
    return event;
}

/* To every source, once a connection: those that open later as well. */
static void send_everywhere(mote_client *client, struct transaction *transaction) {
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        const struct source *source = &client->sources[i];
        bool is_due = source->id != 0 && source->chain == transaction->chain && source->usable &&
                      !(transaction->sent_to & (UINT64_C(1) << i));
        struct job *job = !is_due ? NULL
                                  : mote_jobs_add(client, PURPOSE_SUBMIT, MOTE_REQUEST_SUBMIT,
                                                  transaction->chain, transaction->id);
        if (job == NULL) continue;
        job->only = source->id;
        transaction->sent_to |= UINT64_C(1) << i;
    }
}

void mote_transactions_lose_source(mote_client *client, uint32_t index) {
    for (uint32_t i = 0; i < client->limits.transactions; i++) {
        client->transactions[i].sent_to &= ~(UINT64_C(1) << index);
        client->transactions[i].gone &= ~(UINT64_C(1) << index);
    }
}

mote_status mote_client_submit(mote_client *client, mote_transaction_id *out, mote_chain_id chain,
                               mote_bytes extrinsic, uint64_t patience) {
    *out = 0;
    if (mote_client_chain(client, chain) == NULL || extrinsic.size == 0) return MOTE_E_BAD_ARGUMENT;
    for (uint32_t i = 0; i < client->limits.transactions; i++) {
        struct transaction *transaction = &client->transactions[i];
        if (transaction->id != 0) continue;
        uint8_t *copy = mote_sources_take_room(client, NULL, extrinsic.size);
        if (copy == NULL) return MOTE_E_LIMIT_MEMORY;
        memcpy(copy, extrinsic.data, extrinsic.size);
        memset(transaction, 0, sizeof *transaction);
        transaction->id = *out = mote_client_new_id(client);
        transaction->chain = chain;
        transaction->extrinsic = copy;
        transaction->size = extrinsic.size;
        transaction->state = TRANSACTION_SENT;
        transaction->patience = patience == 0 ? TRANSACTION_PATIENCE : patience;
        if (transaction->patience > LONGEST_PATIENCE) transaction->patience = LONGEST_PATIENCE;
        client->has_news = true;
        transaction->failure = MOTE_E_TIMED_OUT;
        return MOTE_OK;
    }
    return MOTE_E_LIMIT_COUNT;
}

static void end(mote_client *client, struct transaction *transaction) {
    mote_jobs_end(client, PURPOSE_NONE, transaction->id);
    mote_subscriptions_forget(client, transaction->id);
    mote_client_spend(client, transaction->words);
    mote_client_spend(client, transaction->extrinsic);
    memset(transaction, 0, sizeof *transaction);
}

void mote_client_forget(mote_client *client, mote_transaction_id id) {
    struct transaction *transaction = mote_transactions_find(client, id);
    if (transaction != NULL) end(client, transaction);
}

void mote_transactions_forget_chain(mote_client *client, mote_chain_id chain) {
    for (uint32_t i = 0; i < client->limits.transactions; i++) {
        struct transaction *transaction = &client->transactions[i];
        if (transaction->id != 0 && transaction->chain == chain) end(client, transaction);
    }
}

/* The newest is told. */
void mote_transactions_refused(mote_client *client, mote_transaction_id id, mote_source_id source,
                               const mote_rpc_message *message) {
    struct transaction *transaction = mote_transactions_find(client, id);
    if (transaction == NULL) return;
    mote_pool_give(&client->pool, transaction->words);
    transaction->words = mote_words_keep(client, message, &transaction->words_size);
    transaction->refuser = source;
}

static void fail(mote_client *client, struct transaction *transaction, mote_status why) {
    mote_client_event *event = tell(client, transaction, MOTE_INCLUSION_FAILED);
    event->why = why;
    if (why == MOTE_E_REFUSED) {
        event->source = transaction->refuser;
        event->words = (mote_bytes){transaction->words, transaction->words_size};
    }
    end(client, transaction);
}

void mote_transactions_sent(mote_client *client, mote_transaction_id id) {
    struct transaction *transaction = mote_transactions_find(client, id);
    if (transaction == NULL || transaction->told_submitted) return;
    transaction->told_submitted = true;
    (void)tell(client, transaction, MOTE_INCLUSION_SUBMITTED);
}

/* --- looking ------------------------------------------------------------------------------------------------------------- */
/* Where there is no room to ask now, the plan asks again. */
static void look(mote_client *client, const struct transaction *transaction, enum purpose purpose,
                 mote_request_kind kind, const mote_hash *hash) {
    struct job *job = mote_jobs_add(client, purpose, kind, transaction->chain, transaction->id);
    if (job != NULL) job->hash = *hash;
}

static bool is_looked_for(const mote_client *client, const struct transaction *transaction,
                          const mote_hash *hash) {
    for (uint32_t i = 0; i < client->jobs_used; i++) {
        const struct job *job = &client->jobs[i];
        bool is_its = job->purpose == PURPOSE_HINT_HEADER && job->owner == transaction->id;
        if (is_its && mote_hash_equal(&job->hash, hash)) return true;
    }
    return false;
}

static void look_at_places(mote_client *client, const struct transaction *transaction) {
    for (uint32_t i = 0; i < PLACES; i++) {
        const struct place *place = &transaction->places[i];
        if (place->state != PLACE_NAMED || is_looked_for(client, transaction, &place->hash))
            continue;
        look(client, transaction, PURPOSE_HINT_HEADER, MOTE_REQUEST_HEADER, &place->hash);
    }
}

static struct place *find_place(struct transaction *transaction, const mote_hash *hash) {
    for (uint32_t i = 0; i < PLACES; i++) {
        struct place *place = &transaction->places[i];
        if (place->state != PLACE_FREE && mote_hash_equal(&place->hash, hash)) return place;
    }
    return NULL;
}

static uint32_t places_of(const struct transaction *transaction, mote_source_id source) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < PLACES; i++) {
        const struct place *place = &transaction->places[i];
        bool is_open = place->state == PLACE_NAMED || place->state == PLACE_AWAITED;
        count += is_open && place->source == source;
    }
    return count;
}

/* Every block that is named is looked at once: sources may name blocks of forks, and some lie. */
void mote_transactions_hint(mote_client *client, const struct source *source,
                            mote_transaction_id id, mote_extrinsic_hint hint,
                            const mote_hash *hash) {
    struct transaction *transaction = mote_transactions_find(client, id);
    bool names_block = hint == MOTE_HINT_IN_BLOCK || hint == MOTE_HINT_FINAL;
    if (transaction != NULL && hint == MOTE_HINT_GONE)
        transaction->gone |= UINT64_C(1) << mote_sources_index(client, source);
    if (transaction == NULL || !names_block || find_place(transaction, hash) != NULL) return;
    if (places_of(transaction, source->id) >= PLACES_OF_A_SOURCE) return;
    for (uint32_t i = 0; i < PLACES; i++) {
        struct place *place = &transaction->places[i];
        if (place->state != PLACE_FREE && place->state != PLACE_WRONG) continue;
        *place = (struct place){PLACE_NAMED, *hash, source->id, 0};
        return;
    }
}

static void dismiss(struct transaction *transaction) {
    transaction->place->state = PLACE_WRONG;
    transaction->place = NULL;
    transaction->state = TRANSACTION_SENT;
}

static void read_block(mote_client *client, struct transaction *transaction) {
    const mote_hash *hash = &transaction->place->hash;
    if (transaction->is_found) {
        look(client, transaction, PURPOSE_EVENTS, MOTE_REQUEST_READ, hash);
    } else {
        look(client, transaction, PURPOSE_BODY, MOTE_REQUEST_BLOCK, hash);
    }
}

/* Down to the block that was named; or below its height: then it was on a fork. */
static void go_on(mote_client *client, struct transaction *transaction) {
    const struct walk *walk = &transaction->walk;
    if (mote_walk_has_arrived(walk)) {
        transaction->state = TRANSACTION_READING;
        read_block(client, transaction);
    } else if (mote_walk_number(walk) <= transaction->place->number ||
               walk->depth >= MOTE_MAX_QUERY_DEPTH) {
        dismiss(transaction);
    } else {
        mote_hash next = mote_walk_next(walk);
        look(client, transaction, PURPOSE_TRANSACTION_ANCESTOR, MOTE_REQUEST_HEADER, &next);
    }
}

static uint32_t head_number(const struct chain *chain) {
    return chain->is_parachain ? chain->para.number : chain->head.number;
}

static void begin_walk(mote_client *client, struct transaction *transaction) {
    const struct chain *chain = mote_client_chain(client, transaction->chain);
    for (uint32_t i = 0; chain->has_head && i < PLACES; i++) {
        struct place *place = &transaction->places[i];
        if (place->state != PLACE_AWAITED || head_number(chain) < place->number) continue;
        if (!mote_walk_begin(&transaction->walk, chain, &place->hash)) return;
        transaction->place = place;
        transaction->is_found = false;
        transaction->state = TRANSACTION_WALKING;
        go_on(client, transaction);
        return;
    }
}

static bool is_asking(mote_client *client, const struct transaction *transaction) {
    return mote_jobs_find(client, PURPOSE_TRANSACTION_ANCESTOR, transaction->id) != NULL ||
           mote_jobs_find(client, PURPOSE_BODY, transaction->id) != NULL ||
           mote_jobs_find(client, PURPOSE_EVENTS, transaction->id) != NULL;
}

/* Everybody who has it says that it is invalid, replaced or dropped, and nobody names a block: whoever sent it may do better
 * than wait. */
static bool is_hopeless(const mote_client *client, const struct transaction *transaction) {
    if (transaction->gone == 0) return false;
    for (uint32_t i = 0; i < client->limits.sources; i++) { /* who is away may have it too */
        const struct source *source = &client->sources[i];
        bool is_of_chain = source->id != 0 && source->chain == transaction->chain;
        if (is_of_chain && !(transaction->gone >> i & 1)) return false;
    }
    for (uint32_t i = 0; i < PLACES; i++) {
        enum place_state place = transaction->places[i].state;
        if (place == PLACE_NAMED || place == PLACE_AWAITED) return false;
    }
    return true;
}

static void plan(mote_client *client, struct transaction *transaction) {
    if (is_hopeless(client, transaction)) {
        transaction->failure = MOTE_E_REFUSED;
        transaction->give_up = client->clock;
    }
    if (transaction->give_up == 0) transaction->give_up = client->clock + transaction->patience;
    if (client->clock >= transaction->give_up) {
        fail(client, transaction, transaction->failure);
        return;
    }
    look_at_places(client, transaction);
    if (transaction->state == TRANSACTION_SENT) {
        send_everywhere(client, transaction);
        begin_walk(client, transaction);
    } else if (!is_asking(client, transaction)) {
        go_on(client, transaction);
    }
}

void mote_transactions_plan(mote_client *client) {
    for (uint32_t i = 0; i < client->limits.transactions; i++) {
        if (client->transactions[i].id != 0 && mote_actions_room(client)) {
            plan(client, &client->transactions[i]);
        }
    }
}

uint64_t mote_transactions_deadline(const mote_client *client) {
    uint64_t at = UINT64_MAX;
    for (uint32_t i = 0; i < client->limits.transactions; i++) {
        const struct transaction *transaction = &client->transactions[i];
        if (transaction->id != 0 && transaction->give_up < at) at = transaction->give_up;
    }
    return at;
}

/* --- answers --------------------------------------------------------------------------------------------------------------- */
static struct verdict take_hint_header(mote_client *client, const struct job *job,
                                       struct transaction *transaction, const mote_reply *reply) {
    mote_header header;
    struct place *place = find_place(transaction, &job->hash);
    mote_status status = mote_header_decode(&client->context, &header, reply->bytes);
    if (status == MOTE_OK && !mote_hash_equal(&header.hash, &job->hash))
        status = MOTE_E_HEADER_HASH;
    if (status != MOTE_OK || place == NULL) return mote_verdict_of(status);
    place->number = header.number;
    place->state = PLACE_AWAITED;
    mote_client_event *event = tell(client, transaction, MOTE_INCLUSION_CLAIMED);
    event->hash = place->hash;
    event->number = place->number;
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

static struct verdict take_ancestor(mote_client *client, struct job *job,
                                    struct transaction *transaction, const mote_reply *reply) {
    mote_status status = mote_walk_take(client, &transaction->walk, reply->bytes);
    if (status != MOTE_OK && status != MOTE_E_NOT_SHOWN) return mote_verdict_of(status);
    job->purpose = PURPOSE_NONE;
    go_on(client, transaction);
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

/* The whole body, under the root of the final header: in either version the root names the extrinsics. */
static mote_status find_in_body(mote_client *client, struct transaction *transaction,
                                mote_bytes body, bool *found) {
    const struct walk *walk = &transaction->walk;
    mote_body_root root =
        walk->is_parachain ? mote_body_of_parachain(&walk->para) : mote_body_of_relay(&walk->relay);
    const mote_bytes wanted = {transaction->extrinsic, transaction->size};
    mote_body list;
    *found = false;
    mote_status status = mote_body_decode(&client->context, &list, body);
    if (status != MOTE_OK) return status;
    for (uint32_t i = 0; i < list.count && !*found; i++) {
        if (!mote_bytes_equal(list.extrinsics[i], wanted)) continue;
        *found = true;
        transaction->index = i;
    }
    status =
        mote_extrinsics_check(&client->context, &root, list.extrinsics, list.count, MOTE_STATE_V1);
    if (status != MOTE_E_EXTRINSICS_ROOT) return status;
    return mote_extrinsics_check(&client->context, &root, list.extrinsics, list.count,
                                 MOTE_STATE_V0);
}

static struct verdict take_body(mote_client *client, struct job *job,
                                struct transaction *transaction, const mote_reply *reply) {
    bool found;
    size_t mark = mote_context_mark(&client->context);
    mote_client_use_work(client, 10 + (uint32_t)(reply->extrinsics.size / 4096));
    mote_status status = find_in_body(client, transaction, reply->extrinsics, &found);
    mote_context_release(&client->context, mark);
    if (status != MOTE_OK) return mote_verdict_of(status);
    job->purpose = PURPOSE_NONE;
    transaction->is_found = found;
    if (found) {
        read_block(client, transaction);
    } else { /* the hint was wrong */
        dismiss(transaction);
    }
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

static void tell_final(mote_client *client, struct transaction *transaction, mote_bytes events) {
    mote_client_event *event = tell(client, transaction, MOTE_INCLUSION_FINAL);
    event->header = transaction->walk.relay;
    event->para = transaction->walk.para;
    event->events = events;
    end(client, transaction);
}

static struct verdict take_events(mote_client *client, struct transaction *transaction,
                                  const mote_reply *reply, uint8_t **message) {
    mote_proof proof;
    mote_events events;
    const struct walk *walk = &transaction->walk;
    mote_state_root root = walk->is_parachain ? mote_state_of_parachain(&walk->para)
                                              : mote_state_of_relay(&walk->relay);
    size_t mark = mote_context_mark(&client->context);
    mote_status status =
        mote_proof_load(&client->context, &proof, &root, reply->bytes, MOTE_PROOF_STRICT);
    mote_status read =
        status == MOTE_OK ? mote_events_read(&client->context, &events, &proof) : status;
    mote_context_release(&client->context, mark);
    if (status != MOTE_OK) return mote_verdict_of(status);
    if (mote_is_gap(read)) return mote_verdict_of(read);
    mote_client_spend(client, *message); /* the events are in it */
    *message = NULL;
    tell_final(client, transaction, read == MOTE_OK ? events.raw : (mote_bytes){NULL, 0});
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

struct verdict mote_transactions_take(mote_client *client, struct job *job, const mote_reply *reply,
                                      uint8_t **message) {
    struct transaction *transaction = mote_transactions_find(client, job->owner);
    if (transaction == NULL) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    if (!reply->present) return (struct verdict){OUTCOME_ELSEWHERE, MOTE_E_REFUSED};
    switch (job->purpose) {
    case PURPOSE_HINT_HEADER: return take_hint_header(client, job, transaction, reply);
    case PURPOSE_TRANSACTION_ANCESTOR: return take_ancestor(client, job, transaction, reply);
    case PURPOSE_BODY: return take_body(client, job, transaction, reply);
    default: return take_events(client, transaction, reply, message);
    }
}

static bool is_sent_somewhere(mote_client *client, mote_transaction_id id) {
    return mote_jobs_find(client, PURPOSE_SUBMIT, id) != NULL;
}

void mote_transactions_give_up(mote_client *client, const struct job *job) {
    struct transaction *transaction = mote_transactions_find(client, job->owner);
    if (transaction == NULL) return;
    if (job->purpose ==
        PURPOSE_EVENTS) { /* the state may be pruned: it is in the block all the same */
        tell_final(client, transaction, (mote_bytes){NULL, 0});
    } else if (job->purpose == PURPOSE_SUBMIT) {
        /* A connection that was lost says nothing; the next one is told again. */
        if (job->refused == 0 || transaction->told_submitted ||
            is_sent_somewhere(client, job->owner))
            return;
        fail(client, transaction, MOTE_E_REFUSED);
    } else if (job->purpose == PURPOSE_HINT_HEADER) {
        struct place *place = find_place(transaction, &job->hash);
        if (place != NULL) place->state = PLACE_FREE; /* named again, it is asked for again */
    } else {                                          /* nobody answered now: once more */
        transaction->place = NULL;
        transaction->state = TRANSACTION_SENT;
    }
}
