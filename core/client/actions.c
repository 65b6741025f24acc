/* SPDX-License-Identifier: Apache-2.0 */
/* What the host has to do, in order. */
#include <string.h>

#include "engine.h"

/* Room for everything that one message, or one batch of claims, can lead to. */
bool mote_actions_room(const mote_client *client) {
    uint32_t sends = client->limits.requests * ATTEMPTS + 2 * client->limits.sources;
    uint32_t events = EVENTS_OF_A_STEP + EVENTS_OF_A_PARACHAIN * client->limits.parachains;
    return client->event_count + events <= client->event_places &&
           client->queue_count + sends + events <= client->queue_places;
}

static struct queued *add(mote_client *client, mote_action_kind kind) {
    if (client->queue_count == client->queue_places) return NULL;
    uint32_t at = (client->queue_first + client->queue_count++) % client->queue_places;
    client->queue[at] = (struct queued){.kind = kind};
    return &client->queue[at];
}

mote_client_event *mote_actions_event(mote_client *client, mote_event_kind kind,
                                      mote_chain_id chain) {
    struct queued *entry =
        client->event_count < client->event_places ? add(client, MOTE_ACTION_EVENT) : NULL;
    mote_client_event *event =
        &client->events[entry == NULL ? client->event_places : client->event_count];
    memset(event, 0, sizeof *event);
    event->kind = kind;
    event->chain = chain;
    if (entry != NULL) entry->event = client->event_count++;
    return event;
}

void mote_actions_send(mote_client *client, uint32_t job, uint32_t attempt) {
    struct queued *entry = add(client, MOTE_ACTION_SEND);
    if (entry == NULL) return;
    entry->job = job;
    entry->attempt = attempt;
}

void mote_actions_end(mote_client *client, mote_source_id source, uint32_t subscription) {
    struct queued *entry = add(client, MOTE_ACTION_SEND);
    if (entry == NULL) return;
    entry->source = source;
    entry->job = subscription;
    entry->ends = true;
}

void mote_actions_close(mote_client *client, mote_source_id source, mote_status why,
                        bool for_good) {
    struct queued *entry = add(client, for_good ? MOTE_ACTION_DROP : MOTE_ACTION_CLOSE);
    if (entry == NULL) return;
    entry->source = source;
    entry->why = why;
}

void mote_actions_save(mote_client *client, mote_chain_id chain, uint8_t *blob, size_t size) {
    struct queued *entry = add(client, MOTE_ACTION_SAVE);
    if (entry == NULL) return;
    entry->chain = chain;
    entry->bytes = (mote_bytes){blob, size};
}

/* The request is written now, from the job as it is; a job that ended meanwhile is sent to nobody. */
static bool write_send(mote_client *client, const struct queued *entry, mote_action *out) {
    struct job *job = &client->jobs[entry->job];
    struct attempt *attempt = &job->attempts[entry->attempt];
    struct source *source = mote_sources_find(client, attempt->source);
    struct chain *chain = mote_client_chain(client, job->chain);
    if (job->purpose == PURPOSE_NONE || source == NULL || chain == NULL || !source->open) {
        return false;
    }
    if (attempt->request != 0) return false;
    if (!mote_jobs_write(client, job, client->next_request, &out->bytes)) {
        memset(attempt, 0, sizeof *attempt); /* no memory now: nobody's fault */
        job->not_before = client->clock + RETRY_AFTER;
        return false;
    }
    source->issued++;
    source->is_heard = false;
    attempt->request = client->next_request++;
    attempt->sent = client->clock;
    out->source = source->id;
    out->chain = job->chain;
    chain->requests++;
    chain->bytes_out += out->bytes.size;
    return true;
}

static bool write_end(mote_client *client, const struct queued *entry, mote_action *out) {
    struct source *source = mote_sources_find(client, entry->source);
    if (source == NULL || !source->open) return false;
    struct chain *chain = mote_client_chain(client, source->chain);
    if (!mote_subscriptions_write_end(client, source, entry->job, &out->bytes)) return false;
    out->chain = source->chain;
    chain->requests++;
    chain->bytes_out += out->bytes.size;
    return true;
}

static bool fill(mote_client *client, const struct queued *entry, mote_action *out) {
    memset(out, 0, sizeof *out);
    out->kind = entry->kind;
    out->source = entry->source;
    out->chain = entry->chain;
    out->why = entry->why;
    if (entry->ends) return write_end(client, entry, out);
    if (entry->kind == MOTE_ACTION_SEND) return write_send(client, entry, out);
    out->bytes = entry->bytes;
    if (entry->kind == MOTE_ACTION_EVENT) out->event = client->events[entry->event];
    return true;
}

bool mote_client_next(mote_client *client, mote_action *out) {
    while (client->queue_count > 0) {
        struct queued entry = client->queue[client->queue_first];
        client->queue_first = (client->queue_first + 1) % client->queue_places;
        client->queue_count--;
        if (client->queue_count == 0) client->event_count = 0;
        if (fill(client, &entry, out)) return true;
    }
    memset(out, 0, sizeof *out);
    return mote_delivery_next(client, out);
}
