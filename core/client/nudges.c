/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nodes hold back a small segment until what they sent before is acknowledged (Nagle), and systems acknowledge late, after 40 ms
 * or so, unless something is sent: the end of an answer, or the next one, waits for that. So as long as answers are awaited of
 * a source, something is sent after each that came: a small question, if there is nothing to ask.
 */
#include "engine.h"

/* What it was asked and has not answered; `sends`: something goes to it anyway; `nudged`: it was asked the small question. */
static bool is_awaited(const mote_client *client, const struct source *source, bool *sends,
                       bool *nudged) {
    bool is_awaited = false;
    *sends = *nudged = false;
    for (uint32_t i = 0; i < client->limits.requests; i++) {
        const struct job *job = &client->jobs[i];
        if (job->purpose == PURPOSE_NONE) continue;
        for (uint32_t k = 0; k < ATTEMPTS; k++) {
            if (job->attempts[k].source != source->id) continue;
            if (job->attempts[k].request == 0) *sends = true;
            if (job->purpose == PURPOSE_NUDGE) *nudged = true;
            is_awaited |= job->attempts[k].request != 0 && job->purpose != PURPOSE_NUDGE;
        }
    }
    return is_awaited;
}

bool mote_nudges_plan(mote_client *client) {
    bool is_due = false;
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        struct source *source = &client->sources[i];
        bool sends, nudged;
        if (source->id == 0 || !source->is_heard) continue;
        bool is_awaited_of = is_awaited(client, source, &sends, &nudged);
        if (is_awaited_of && !sends && nudged) continue; /* when that is answered */
        source->is_heard = false;
        if (!is_awaited_of || sends) continue;
        struct job *job =
            mote_jobs_add(client, PURPOSE_NUDGE, MOTE_REQUEST_FINALIZED, source->chain, source->id);
        if (job != NULL) job->only = source->id;
        source->nudges++;
        is_due |= job != NULL;
    }
    return is_due;
}
