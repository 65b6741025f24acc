/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How sources answered, kept in saved state under the names that the host has for them. A score only says whom to ask first:
 * whoever writes it can slow a client down, and no more.
 */
#include <string.h>

#include "engine.h"

#define SCORE_SIZE 16u

static struct score *scores_of(const mote_client *client, const struct chain *relay) {
    return client->scores + (size_t)(relay - client->chains) * SCORES_OF_A_RELAY;
}

static const struct chain *relay_of(const mote_client *client, mote_chain_id id) {
    const struct chain *chain = mote_client_chain(client, id);
    return chain->is_parachain ? mote_client_chain(client, chain->relay) : chain;
}

/* Its place, or the one that is given up for it: the last one told of. */
static struct score *place_of(struct score *scores, uint64_t name) {
    uint32_t at = 0;
    while (at < SCORES_OF_A_RELAY - 1 && scores[at].name != name && scores[at].name != 0) at++;
    struct score found = scores[at];
    memmove(scores + 1, scores, at * sizeof *scores);
    scores[0] = found;
    return &scores[0];
}

void mote_scores_note(mote_client *client, const struct source *source, bool is_dropped) {
    if (source->name == 0) return;
    struct score *score =
        place_of(scores_of(client, relay_of(client, source->chain)), source->name);
    uint32_t trouble = source->past / 2 + source->timeouts + (is_dropped ? DROPPED_TROUBLE : 0);
    *score = (struct score){source->name, source->latency,
                            trouble < MOST_TROUBLE ? trouble : MOST_TROUBLE};
}

void mote_scores_refresh(mote_client *client, const struct chain *relay) {
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        const struct source *source = &client->sources[i];
        if (source->id != 0 && relay_of(client, source->chain) == relay)
            mote_scores_note(client, source, false);
    }
}

void mote_client_name_source(mote_client *client, mote_source_id id, uint64_t name) {
    struct source *source = mote_sources_find(client, id);
    if (source == NULL) return;
    source->name = name;
    const struct score *scores = scores_of(client, relay_of(client, source->chain));
    for (uint32_t i = 0; name != 0 && i < SCORES_OF_A_RELAY; i++) {
        if (scores[i].name != name) continue;
        if (source->latency == 0) source->latency = scores[i].latency;
        source->past = scores[i].trouble;
    }
}

/* --- in saved state ------------------------------------------------------------------------------------------------------ */
void mote_scores_write(const mote_client *client, mote_writer *out, const struct chain *relay) {
    const struct score *scores = scores_of(client, relay);
    uint32_t count = 0;
    while (count < SCORES_OF_A_RELAY && scores[count].name != 0) count++;
    mote_write_compact(out, count);
    for (uint32_t i = 0; i < count; i++) {
        mote_write_u64(out, scores[i].name);
        mote_write_u32(out, scores[i].latency);
        mote_write_u32(out, scores[i].trouble);
    }
}

mote_bytes mote_scores_read(mote_cursor *cursor) {
    uint32_t count = mote_read_count(cursor, SCORE_SIZE, SCORES_OF_A_RELAY);
    return mote_read_span(cursor, (size_t)count * SCORE_SIZE);
}

void mote_scores_take(mote_client *client, const struct chain *relay, mote_bytes bytes) {
    struct score *scores = scores_of(client, relay);
    mote_cursor cursor = mote_cursor_over(bytes);
    for (uint32_t i = 0; i < SCORES_OF_A_RELAY && cursor.at < cursor.end; i++) {
        scores[i].name = mote_read_u64(&cursor);
        scores[i].latency = mote_read_u32(&cursor) % 60001;
        scores[i].trouble = mote_read_u32(&cursor) % (MOST_TROUBLE + 1);
    }
}

void mote_scores_forget(mote_client *client, const struct chain *relay) {
    memset(scores_of(client, relay), 0, SCORES_OF_A_RELAY * sizeof(struct score));
}
