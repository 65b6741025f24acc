/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Forced changes of authorities: nobody of the set in office signs them, so who trusts that set cannot follow, and needs a new
 * checkpoint. What a source shows of one proves nothing, for headers are made easily: so it is neither its lie nor a reason
 * to stop, as long as another source may still lead on. Only where all that claim newer blocks show one, it is said.
 */
#include "engine.h"

/* Headers that follow one another, one of which announces a forced change. */
bool mote_forced_is_shown(mote_client *client, const struct claim *claim) {
    mote_header header;
    mote_grandpa_log change;
    mote_hash parent = {{0}};
    bool is_shown = false;
    mote_cursor cursor = mote_cursor_over(claim->headers);
    for (uint32_t i = 0; mote_cursor_left(&cursor) > 0; i++) {
        mote_read_header(&cursor, &header);
        if (mote_header_decode(&client->context, &header, header.encoded) != MOTE_OK) return false;
        if (i > 0 && !mote_hash_equal(&header.parent_hash, &parent)) return false;
        is_shown |= mote_header_find_grandpa_log(&header, &change, MOTE_GRANDPA_FORCED_CHANGE);
        parent = header.hash;
    }
    return is_shown && mote_hash_equal(&parent, &claim->hash);
}

static bool is_ahead(const struct chain *relay, const struct source *source) {
    return source->id != 0 && source->chain == relay->id && source->usable &&
           source->claimed_number > relay->head.number;
}

uint64_t mote_forced_sources(const mote_client *client, const struct chain *relay) {
    uint64_t bits = 0;
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        const struct source *source = &client->sources[i];
        if (is_ahead(relay, source) && source->shows_forced) bits |= UINT64_C(1) << i;
    }
    return bits;
}

/* Who is connected and does not show one may lead on, or is yet to be asked. */
static bool is_shown_by_all(const mote_client *client, const struct chain *relay) {
    bool is_shown = false;
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        const struct source *source = &client->sources[i];
        bool may_lead = source->id != 0 && source->chain == relay->id && source->open &&
                        (!source->usable || is_ahead(relay, source));
        if (may_lead && !source->shows_forced) return false;
        is_shown |= may_lead;
    }
    return is_shown;
}

bool mote_forced_is_certain(const mote_client *client, struct chain *relay) {
    if (!is_shown_by_all(client, relay)) {
        relay->forced_since = 0;
    } else if (relay->forced_since == 0) {
        relay->forced_since = client->clock;
    }
    return relay->forced_since != 0 && client->clock >= relay->forced_since + FORCED_FOR;
}

/* The set in office has signed on: what they have shown was not on the way. */
void mote_forced_refuted(mote_client *client, const struct chain *relay) {
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        struct source *source = &client->sources[i];
        if (source->id == 0 || source->chain != relay->id || !source->shows_forced) continue;
        source->shows_forced = false;
        mote_sources_weak_claim(client, source->id);
    }
}
