/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nodes hold back a small segment until what they sent before is acknowledged (Nagle), and systems acknowledge late, after 40 ms
 * or so, unless something is sent: the end of an answer, or the next one, waits for that. So as long as answers are awaited of
 * a source, something is sent soon after one that came: a small question, if there is nothing to ask.
 */
#include "engine.h"

/* Whether it has yet to answer; `sends`: something goes to it anyway. */
static bool is_awaited(const mote_client *client, const struct source *source, bool *sends) {
    bool is_awaited = false;
    *sends = false;
    for (uint32_t i = 0; i < client->jobs_used; i++) {
        const struct job *job = &client->jobs[i];
        if (job->purpose == PURPOSE_NONE) continue;
        for (uint32_t k = 0; k < ATTEMPTS; k++) {
            if (job->attempts[k].source != source->id) continue;
            if (job->attempts[k].request == 0) *sends = true;
            is_awaited |= job->attempts[k].request != 0 && job->purpose != PURPOSE_NUDGE;
        }
    }
    return is_awaited;
}

bool mote_nudges_plan(mote_client *client) {
    bool is_due = false;
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        struct source *source = &client->sources[i];
        bool sends;
        if (source->id == 0 || !source->is_heard) continue;
        source->is_heard = is_awaited(client, source, &sends) && !sends;
        if (!source->is_heard || client->clock < source->heard + NUDGE_AFTER) continue;
        source->is_heard = false;
        struct job *job =
            mote_jobs_add(client, PURPOSE_NUDGE, MOTE_REQUEST_FINALIZED, source->chain, source->id);
        if (job != NULL) job->only = source->id;
        source->nudges++;
        is_due |= job != NULL;
    }
    return is_due;
}

uint64_t mote_nudges_deadline(const mote_client *client) {
    uint64_t at = UINT64_MAX;
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        const struct source *source = &client->sources[i];
        if (source->id == 0 || !source->is_heard) continue;
        if (source->heard + NUDGE_AFTER < at) at = source->heard + NUDGE_AFTER;
    }
    return at;
}
