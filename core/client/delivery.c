/* SPDX-License-Identifier: Apache-2.0 */
/* An answer, given out value by value while its proof stays where it is. */
#include <string.h>

#include "engine.h"
#include "mote/limits.h"

void mote_delivery_begin(mote_client *client, struct query *query, const mote_trie_view *view,
                         uint8_t *message, mote_bytes proof, size_t mark) {
    struct delivery *delivery = &client->delivery;
    delivery->active = true;
    delivery->keeps = query->kind == MOTE_QUERY_VALUES;
    delivery->query = query->id;
    delivery->mark = mark;
    delivery->message = message;
    delivery->view = *view;
    delivery->proof_bytes = proof;
    delivery->next = 0;
    if (query->kind != MOTE_QUERY_LIST) return;
    uint8_t *room = mote_context_take(&client->context, 2, MOTE_MAX_KEY_SIZE);
    if (room == NULL) {
        mote_queries_wait(client, query, MOTE_E_LIMIT_MEMORY); /* which ends this */
        return;
    }
    mote_listing_begin(&delivery->listing, query, room);
    delivery->listing.next = room + MOTE_MAX_KEY_SIZE;
}

void mote_delivery_end(mote_client *client) {
    struct delivery *delivery = &client->delivery;
    if (delivery->keeps) {
        mote_cache_keep(client, &delivery->proof.state.root, delivery->message,
                        delivery->proof_bytes, delivery->source);
    } else {
        mote_client_spend(client, delivery->message);
    }
    mote_context_release(&client->context, delivery->mark);
    memset(delivery, 0, sizeof *delivery);
}

static void fill_value(mote_client *client, const struct query *query, mote_client_event *event) {
    struct delivery *delivery = &client->delivery;
    bool found = true;
    mote_status status;
    event->kind = MOTE_EVENT_VALUE;
    event->key_index = query->told + delivery->next;
    if (query->kind == MOTE_QUERY_LIST) {
        status = mote_listing_next(client, &delivery->listing, query, &delivery->view, &found,
                                   &event->value);
        event->key = (mote_bytes){delivery->listing.key, delivery->listing.size};
    } else {
        event->key = query->keys[delivery->next];
        status = mote_trie_read(&client->context, &event->value, &delivery->view, event->key);
    }
    if (status != MOTE_OK) memset(&event->value, 0, sizeof event->value); /* was checked: never */
    delivery->next++;
}

static void fill_end(mote_client *client, const struct query *query, mote_client_event *event) {
    bool is_list = query->kind == MOTE_QUERY_LIST;
    event->kind = MOTE_EVENT_ANSWERED;
    event->complete = is_list;
    event->proof = client->delivery.proof_bytes;
    event->ancestors = (mote_bytes){query->ancestors, query->ancestors_size};
    event->hash = query->from;
    event->number = query->from_number;
    memcpy(event->sources, query->used, sizeof event->sources);
    event->source_count = query->used_count;
    const struct chain *chain = mote_client_chain(client, query->chain);
    const struct chain *relay =
        chain->is_parachain ? mote_client_chain(client, chain->relay) : chain;
    event->has_age = query->walk.has_slot;
    if (!event->has_age) return;
    event->age_milliseconds = mote_relay_age(client, relay, query->walk.slot, &event->has_age);
}

/* The keys of this page were given out: what proves them, before it goes. */
static void fill_page(const mote_client *client, mote_client_event *event) {
    event->kind = MOTE_EVENT_PAGE;
    event->proof = client->delivery.proof_bytes;
}

static void describe(const mote_client *client, const struct query *query, mote_action *out) {
    memset(out, 0, sizeof *out);
    out->kind = MOTE_ACTION_EVENT;
    out->event.chain = query->chain;
    out->event.query = query->id;
    out->event.source = client->delivery.source;
    if (query->is_parachain) {
        out->event.para = query->para;
    } else {
        out->event.header = query->relay;
    }
}

/* The answer is whole: a question that was asked once is over. */
static void conclude(mote_client *client, struct query *query) {
    query->has_digest = true;
    query->digest = query->answer_digest;
    mote_delivery_end(client);
    if (!query->subscribe) {
        mote_queries_end(client, query);
        return;
    }
    mote_query_rewind(client, query);
    query->state = QUERY_RESTING;
    mote_queries_catch_up(client, query);
}

static void turn_page(mote_client *client, struct query *query) {
    mote_bytes last = {client->delivery.listing.key, client->delivery.listing.size};
    query->told += client->delivery.next;
    bool goes_on = mote_listing_turn_page(client, query, last);
    mote_delivery_end(client);
    if (!goes_on) mote_queries_refused(client, query->id);
}

bool mote_delivery_next(mote_client *client, mote_action *out) {
    struct delivery *delivery = &client->delivery;
    if (!delivery->active) return false;
    struct query *query = mote_queries_find(client, delivery->query);
    uint32_t count = query->kind == MOTE_QUERY_LIST ? query->page_count : query->key_count;
    describe(client, query, out);
    if (delivery->next < count) {
        fill_value(client, query, &out->event);
        return true;
    }
    if (query->kind == MOTE_QUERY_LIST && !query->is_last_page) {
        fill_page(client, &out->event);
        turn_page(client, query);
        return true;
    }
    fill_end(client, query, &out->event);
    conclude(client, query);
    return true;
}
