/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Does a parachain's source have the head that the relay chain shows? It is asked for the hash of that height: when its
 * connection stands, and at each new head as long as it lags or is elsewhere. Nothing that it answers is believed; whoever is
 * behind is asked last and, at the second time in a row, named.
 */
#include "engine.h"

static void ask(mote_client *client, struct source *source, const struct chain *chain) {
    struct job *job =
        mote_jobs_add(client, PURPOSE_HEIGHT, MOTE_REQUEST_BLOCK_HASH, chain->id, source->id);
    if (job == NULL) return;
    job->only = source->id;
    job->number = chain->para.number;
    job->hash = chain->para.hash;
    source->has_height = true;
    source->height = chain->para.number;
    source->height_asked = client->clock;
}

/* Its best blocks are told as its word. */
static void watch(mote_client *client, struct source *source) {
    struct job *job =
        mote_jobs_add(client, PURPOSE_SUBSCRIBE, MOTE_REQUEST_NEW_HEADS, source->chain, source->id);
    if (job == NULL) return;
    job->only = source->id;
    source->is_watched = true;
}

/* A little after it was opened: what was asked for first comes first. */
void mote_heights_plan(mote_client *client) {
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        struct source *source = &client->sources[i];
        if (source->id == 0 || !source->usable) continue;
        const struct chain *chain = mote_client_chain(client, source->chain);
        bool is_early = client->clock < source->opened + RETRY_AFTER;
        if (!chain->is_parachain || !chain->has_head || is_early) continue;
        if (!source->is_watched) watch(client, source);
        bool is_time = source->height != chain->para.number ||
                       client->clock >= source->height_asked + HEIGHT_AGAIN;
        bool is_doubted = source->lags || source->doubts > 0;
        bool is_due = !source->has_height || (is_doubted && is_time);
        if (is_due && mote_jobs_find(client, PURPOSE_HEIGHT, source->id) == NULL)
            ask(client, source, chain);
    }
}

struct verdict mote_heights_take(mote_client *client, const struct job *job, struct source *source,
                                 const mote_reply *reply) {
    const struct chain *chain = mote_client_chain(client, source->chain);
    mote_status behind = MOTE_OK;
    if (!reply->present) {
        behind = MOTE_E_UNKNOWN_BLOCK;
    } else if (!mote_hash_equal(&reply->hash, &job->hash)) {
        behind = MOTE_E_NOT_ON_FINAL_CHAIN;
    }
    source->lags = behind != MOTE_OK;
    source->doubts = behind == MOTE_OK ? 0 : source->doubts + 1;
    bool is_told = source->behind == behind || source->doubts == 1; /* it may just be on its way */
    if (is_told) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    source->behind = behind;
    mote_client_event *event = mote_actions_event(client, MOTE_EVENT_BEHIND, chain->id);
    event->source = source->id;
    event->why = behind;
    event->number = job->number;
    event->hash = job->hash;
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}
