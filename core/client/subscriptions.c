/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What sources go on telling: one table for each. A subscription that nobody wants any more is ended at the source, and known
 * for a while, so that what is on its way is no surprise.
 */
#include <string.h>

#include "engine.h"

/* Three of a chain, one of each transaction, and some that are over. */
uint32_t mote_subscriptions_places(const mote_client_limits *limits) {
    return 3 + limits->transactions + ENDED_SUBSCRIPTIONS;
}

static struct subscription *free_subscription(const mote_client *client, struct source *source) {
    struct subscription *ended = NULL;
    for (uint32_t i = 0; i < mote_subscriptions_places(&client->limits); i++) {
        struct subscription *one = &source->subscriptions[i];
        if (one->kind == MOTE_REQUEST_NONE) return one;
        if (one->is_ended) ended = one;
    }
    return ended;
}

/* Whoever wanted it may be gone by now: then it is over at once. */
bool mote_subscriptions_add(mote_client *client, struct source *source, const struct job *job,
                            mote_bytes name) {
    struct subscription *one = free_subscription(client, source);
    if (one == NULL) return false;
    bool is_transaction = job->kind == MOTE_REQUEST_SUBMIT;
    *one = (struct subscription){.kind = job->kind, .size = (uint8_t)name.size};
    one->transaction = is_transaction ? job->owner : 0;
    one->is_over = is_transaction && mote_transactions_find(client, job->owner) == NULL;
    memcpy(one->name, name.data, name.size);
    return true;
}

void mote_subscriptions_forget(mote_client *client, mote_transaction_id transaction) {
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        for (uint32_t k = 0; k < mote_subscriptions_places(&client->limits); k++) {
            struct subscription *one = &client->sources[i].subscriptions[k];
            if (one->transaction == transaction) one->is_over = true;
        }
    }
}

bool mote_subscriptions_write_end(mote_client *client, struct source *source, uint32_t subscription,
                                  mote_bytes *out) {
    struct subscription *one = &source->subscriptions[subscription];
    const mote_bytes name = {one->name, one->size};
    bool is_still_it = one->kind != MOTE_REQUEST_NONE && one->is_over && one->is_ended;
    if (!is_still_it) return false;
    mote_writer writer = mote_writer_into(NULL, 0);
    mote_status status =
        mote_request_write_end(&client->context, &writer, one->kind, name, client->next_request);
    mote_pool_give(&client->pool, client->outbox);
    client->outbox = status == MOTE_OK ? mote_sources_take_room(client, NULL, writer.size) : NULL;
    if (client->outbox == NULL) return false;
    writer = mote_writer_into(client->outbox, writer.size);
    status =
        mote_request_write_end(&client->context, &writer, one->kind, name, client->next_request++);
    source->issued++;
    *out = (mote_bytes){client->outbox, writer.size};
    return status == MOTE_OK && mote_writer_fits(&writer);
}

void mote_subscriptions_end(mote_client *client, struct source *source) {
    for (uint32_t k = 0; k < mote_subscriptions_places(&client->limits); k++) {
        struct subscription *one = &source->subscriptions[k];
        bool is_due = one->is_over && !one->is_ended && mote_actions_room(client);
        if (!is_due) continue;
        one->is_ended = true;
        mote_actions_end(client, source->id, k);
    }
}

struct subscription *mote_subscriptions_find(const mote_client *client, struct source *source,
                                             mote_bytes name) {
    for (uint32_t i = 0; i < mote_subscriptions_places(&client->limits); i++) {
        struct subscription *one = &source->subscriptions[i];
        if (one->kind == MOTE_REQUEST_NONE) continue;
        if (mote_bytes_equal((mote_bytes){one->name, one->size}, name)) return one;
    }
    return NULL;
}
