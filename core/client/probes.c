/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ends of sets, found by headers. A set ends with the first block of a session, whose header announces the next set; the slots
 * at which sessions begin are known. Between blocks whose slots are known (samples), the first block of each session is looked
 * for by interpolation, and where it announces a set, its finality proof is asked for: that of the end of a set brings no
 * headers. What headers say here is nobody's proof: it only decides for which blocks proofs are asked for. A wrong header costs
 * round trips, never a verdict; then the search begins anew with one source for a guide, another one each time, and ends until
 * the next hand-over where that fails as well.
 */
#include <string.h>

#include "engine.h"

/* --- samples ------------------------------------------------------------------------------------------------------- */
/* Between them is no first block of a session that is not known. */
static bool is_settled(const struct chain *relay, const struct sample *below,
                       const struct sample *above) {
    if (above->number <= below->number + 1) return true;
    uint64_t from = mote_session_of(relay, below->slot), to = mote_session_of(relay, above->slot);
    uint32_t known = (above->begins ? 1u : 0u) + (below->leads ? 1u : 0u);
    return to <= from + known;
}

static void remove_first(struct chain *relay) {
    relay->sample_count--;
    memmove(relay->samples, relay->samples + 1, relay->sample_count * sizeof *relay->samples);
}

/* Up to here all ends of sets are known. Block 1 is the first that has a slot. */
static void look_on(struct chain *relay) {
    if (relay->head.number >= relay->looked.number || relay->looked.slot == 0) {
        uint64_t slot = relay->has_slot ? relay->head_slot : relay->session_start;
        relay->looked = (struct sample){.number = relay->head.number, .slot = slot};
    }
    while (relay->sample_count > 0) {
        const struct sample *next = &relay->samples[0];
        if (next->number > relay->looked.number) {
            if (!is_settled(relay, &relay->looked, next)) return;
            relay->looked = *next;
        }
        remove_first(relay);
    }
}

/* False: it contradicts what another one says. */
static bool add_sample(struct chain *relay, const struct sample *sample) {
    uint32_t at = 0;
    while (at < relay->sample_count && relay->samples[at].number < sample->number) at++;
    const struct sample *below = at == 0 ? &relay->looked : &relay->samples[at - 1];
    const struct sample *above = at < relay->sample_count ? &relay->samples[at] : NULL;
    if (sample->number <= relay->looked.number) return true;
    if (above != NULL && above->number == sample->number) return above->slot == sample->slot;
    if (below->slot >= sample->slot && below->number > 0) return false;
    if (above != NULL && above->slot <= sample->slot) return false;
    if (relay->sample_count == SAMPLES) return true;
    memmove(relay->samples + at + 1, relay->samples + at,
            (relay->sample_count - at) * sizeof *relay->samples);
    relay->samples[at] = *sample;
    relay->sample_count++;
    return true;
}

/* Where each session ends a set, the proof of a block shortly before it is as good as that of its end. */
static bool each_ends_a_set(const struct chain *relay) {
    return relay->announcing >= CERTAIN;
}

/* --- planning ------------------------------------------------------------------------------------------------------ */
static uint32_t planned(const mote_client *client, const struct chain *relay) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        count += relay->claims[i].state != CLAIM_FREE && relay->claims[i].is_planned;
    }
    return count;
}

static bool is_looked_at(const mote_client *client, const struct chain *relay,
                         const struct sample *below, const struct sample *above) {
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        const struct claim *claim = &relay->claims[i];
        if (claim->state != CLAIM_PROBING) continue;
        if (claim->number > below->number && claim->number < above->number) return true;
    }
    return false;
}

static bool awaits_headers(const mote_client *client, const struct chain *relay) {
    for (uint32_t i = 0; i < client->jobs_used; i++) {
        const struct job *job = &client->jobs[i];
        if (job->purpose == PURPOSE_PROBE_HEADER && job->chain == relay->id) return true;
    }
    return false;
}

/* The hashes of what is looked at are asked for in one list, until it is sent. */
static struct job *list_of(mote_client *client, const struct chain *relay) {
    for (uint32_t i = 0; i < client->jobs_used; i++) {
        struct job *list = &client->jobs[i];
        bool is_open = list->purpose == PURPOSE_PROBE_HASH && list->owner == relay->id &&
                       list->attempts[0].source == 0 && list->tried == 0 && list->rounds == 0;
        if (is_open && list->number < HASHES_OF_A_LIST) return list;
    }
    struct job *list =
        mote_jobs_add(client, PURPOSE_PROBE_HASH, MOTE_REQUEST_BLOCK_HASHES, relay->id, relay->id);
    if (list == NULL) return NULL;
    list->first = relay->guide;
    if (awaits_headers(client, relay)) list->not_before = client->clock + GATHER_FOR;
    return list;
}

static void probe(mote_client *client, struct chain *relay, uint32_t number, uint32_t *room) {
    struct claim *claim = *room == 0 ? NULL : mote_claims_new(client, relay);
    struct job *list = claim == NULL ? NULL : list_of(client, relay);
    *room = list == NULL ? 0 : *room - 1;
    if (list == NULL) return;
    list->numbers[list->number++] = claim->number = claim->asked = number;
    claim->state = CLAIM_PROBING;
    claim->is_planned = true;
}

/* The first block of the session that begins with `slot`, as far as two blocks around it tell: each block takes a slot at
 * least, and on the whole slots are filled evenly. */
static uint32_t estimate(const struct sample *below, const struct sample *above, uint64_t slot) {
    uint32_t first = below->number == 0 ? 1 : below->number; /* that slot is block 1's */
    uint64_t blocks = above->number - first, slots = above->slot - below->slot;
    uint64_t ahead = slot - below->slot, behind = above->slot - slot;
    uint64_t up = (ahead * blocks + slots / 2) / slots;
    if (behind < blocks && up < blocks - behind) up = blocks - behind;
    if (up > ahead) up = ahead;
    if (up == 0) up = 1;
    if (up >= blocks) up = blocks - 1;
    return first + (uint32_t)up;
}

static void probe_begins(mote_client *client, struct chain *relay, const struct sample *below,
                         const struct sample *above, uint32_t *room) {
    uint64_t to = mote_session_of(relay, above->slot) - (above->begins ? 1 : 0);
    uint32_t last = 0;
    uint64_t margin = each_ends_a_set(relay) ? MARGIN : 0;
    uint64_t from = mote_session_of(relay, below->slot) + (below->leads ? 2 : 1);
    for (uint64_t of = from; of <= to && *room > 0; of++) {
        uint64_t slot = mote_session_begin(relay, of) - margin;
        uint32_t number = slot > below->slot ? estimate(below, above, slot) : below->number + 1;
        if (number != last) probe(client, relay, number, room);
        last = number;
    }
}

/* The chain stood still somewhere between: what is dense at either end leads to the next session, or the stretch is divided. */
static void probe_gap(mote_client *client, struct chain *relay, const struct sample *below,
                      const struct sample *above, uint32_t *room) {
    uint32_t blocks = above->number - below->number, last = below->number;
    uint64_t begin = mote_session_begin(relay, mote_session_of(relay, below->slot) + 1);
    uint64_t ahead = begin - below->slot, behind = above->slot - begin;
    bool is_short = blocks <= relay->epoch_slots;
    if (is_short && (ahead < blocks || behind < blocks)) {
        uint64_t up = ahead < blocks ? ahead : blocks - behind;
        probe(client, relay, below->number + (uint32_t)(up == 0 ? 1 : up), room);
        return;
    }
    for (uint32_t i = 1; i < PARTS; i++) {
        uint32_t number = below->number + (uint32_t)((uint64_t)blocks * i / PARTS);
        if (number != last) probe(client, relay, number, room);
        last = number;
    }
}

/* What is found far up has to wait for what is missing below: where all places are taken, it gives way, to be found again. */
static void make_room(mote_client *client, struct chain *relay, const struct sample *above,
                      uint32_t *room) {
    struct claim *highest = NULL;
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        struct claim *claim = &relay->claims[i];
        if (claim->state == CLAIM_FREE || !claim->is_planned) continue;
        if (highest == NULL || claim->asked > highest->asked) highest = claim;
    }
    if (highest == NULL || highest->asked < above->number) return;
    while (relay->sample_count > 0 &&
           relay->samples[relay->sample_count - 1].number >= highest->asked) {
        relay->sample_count--;
    }
    mote_claims_free(client, highest);
    relay->probes++;
    *room = 1;
}

static void look_between(mote_client *client, struct chain *relay, const struct sample *below,
                         const struct sample *above, uint32_t *room) {
    if (is_settled(relay, below, above) || is_looked_at(client, relay, below, above)) return;
    if (*room == 0 && below->number == relay->looked.number) make_room(client, relay, above, room);
    if ((above->slot - below->slot) / 2 > above->number - below->number) {
        probe_gap(client, relay, below, above, room);
    } else {
        probe_begins(client, relay, below, above, room);
    }
}

static bool can_search(const struct chain *relay, const struct sample *top) {
    uint64_t slot = relay->has_slot ? relay->head_slot : relay->session_start;
    return relay->has_session && relay->epoch_slots != 0 && relay->plan_failures < PLAN_FAILURES &&
           relay->probes < MOST_PROBES && top->number > relay->head.number && top->slot > slot &&
           slot > relay->epoch_slots && top->slot - slot < LONGEST_WAY &&
           (relay->has_slot || relay->head.number == 0);
}

/* Whose newest header leads farthest. */
static const struct source *farthest(const mote_client *client, const struct chain *relay) {
    const struct source *top = NULL;
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        const struct source *source = &client->sources[i];
        if (source->id == 0 || source->chain != relay->id || !source->usable) continue;
        if (source->shown.slot == 0 || !mote_relay_is_possible(client, relay, source)) continue;
        if (top == NULL || source->shown.number > top->shown.number) top = source;
    }
    return top;
}

bool mote_probes_plan(mote_client *client, struct chain *relay) {
    const struct source *source = farthest(client, relay);
    relay->searches = false;
    if (source == NULL) return false;
    const struct sample top = {.number = source->shown.number, .slot = source->shown.slot};
    mote_sessions_find_out(client, relay, source);
    uint32_t open = planned(client, relay);
    if (!can_search(relay, &top)) return open > 0 || mote_sessions_are_sought(client, relay);
    uint32_t room = open < client->limits.handovers ? client->limits.handovers - open : 0;
    look_on(relay);
    struct sample below = relay->looked;
    for (uint32_t i = 0; i <= relay->sample_count; i++) {
        const struct sample *above = i == relay->sample_count ? &top : &relay->samples[i];
        relay->searches |= !is_settled(relay, &below, above);
        look_between(client, relay, &below, above, &room);
        if (above->number > below.number) below = *above;
    }
    return relay->searches || open > 0;
}

/* --- answers ------------------------------------------------------------------------------------------------------- */
/* Another source leads from here on. */
static mote_source_id next_guide(const mote_client *client, const struct chain *relay) {
    mote_source_id first = 0;
    bool is_behind = false;
    for (uint32_t i = 0; i < client->limits.sources; i++) {
        const struct source *source = &client->sources[i];
        if (source->id == 0 || source->chain != relay->id || !source->usable) continue;
        if (is_behind) return source->id;
        if (first == 0) first = source->id;
        is_behind = source->id == relay->guide;
    }
    return first;
}

void mote_probes_failed(mote_client *client, struct chain *relay) {
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        struct claim *claim = &relay->claims[i];
        if (claim->state != CLAIM_FREE && claim->is_planned) mote_claims_free(client, claim);
    }
    for (uint32_t i = 0; i < client->jobs_used; i++) {
        struct job *list = &client->jobs[i];
        bool is_one = list->purpose == PURPOSE_PROBE_HASH && list->owner == relay->id;
        if (is_one) list->purpose = PURPOSE_NONE;
    }
    relay->sample_count = relay->announcing = 0;
    relay->looked.slot = 0;
    relay->plan_failures++;
    relay->guide = next_guide(client, relay);
}

static void ask_header(mote_client *client, struct chain *relay, struct claim *claim,
                       const mote_hash *hash) {
    struct job *job =
        mote_jobs_add(client, PURPOSE_PROBE_HEADER, MOTE_REQUEST_HEADER, relay->id, claim->id);
    if (job == NULL) {
        mote_claims_free(client, claim);
        return;
    }
    job->hash = *hash;
    job->first = claim->source;
}

/* Whether it is the first of its session is written in it, or follows from its slot. */
static struct sample sample_of(mote_client *client, const struct chain *relay,
                               const mote_header *header, uint64_t slot, bool announces_set) {
    mote_babe_digest digest;
    bool announces_epoch = mote_babe_digest_read(&client->context, &digest, header) == MOTE_OK &&
                           digest.has_next_epoch;
    bool is_first = slot == mote_session_begin(relay, mote_session_of(relay, slot));
    return (struct sample){.number = header->number,
                           .begins = is_first || announces_epoch || announces_set,
                           .slot = slot};
}

static void ask_proof(mote_client *client, struct chain *relay, struct claim *claim,
                      const mote_header *header, uint8_t **message) {
    claim->hash = header->hash;
    claim->header = header->encoded;
    claim->kept_header = *message;
    *message = NULL;
    (void)mote_relay_ask_proof(client, relay, claim);
}

static void take_found(mote_client *client, struct chain *relay, struct claim *claim,
                       const mote_header *header, uint8_t **message) {
    uint64_t slot;
    mote_grandpa_log change;
    if (header->number != claim->number || !mote_header_babe_slot(header, &slot)) {
        mote_probes_failed(client, relay);
        return;
    }
    bool announces = mote_header_find_grandpa_log(header, &change, MOTE_GRANDPA_SCHEDULED_CHANGE);
    struct sample sample = sample_of(client, relay, header, slot, announces);
    uint64_t next = mote_session_begin(relay, mote_session_of(relay, slot) + 1);
    sample.leads = !announces && each_ends_a_set(relay) && next - slot <= REACH;
    if (sample.begins) relay->announcing = announces ? relay->announcing + 1 : 0;
    relay->probes++;
    if (!add_sample(relay, &sample)) {
        mote_probes_failed(client, relay);
    } else if ((announces || sample.leads) && claim->number > relay->head.number) {
        ask_proof(client, relay, claim, header, message);
    } else {
        mote_claims_free(client, claim);
    }
}

static struct claim *probing_at(const mote_client *client, struct chain *relay, uint32_t number) {
    for (uint32_t i = 0; i < mote_claims_places(client); i++) {
        struct claim *claim = &relay->claims[i];
        if (claim->state == CLAIM_PROBING && claim->asked == number) return claim;
    }
    return NULL;
}

/* Blocks that this source does not have, of a list: of another one. */
static void ask_again(mote_client *client, struct chain *relay, const struct job *rest,
                      const struct source *source) {
    struct job *list =
        mote_jobs_add(client, PURPOSE_PROBE_HASH, MOTE_REQUEST_BLOCK_HASHES, relay->id, relay->id);
    if (list == NULL) {
        mote_probes_failed(client, relay);
        return;
    }
    list->number = rest->number;
    memcpy(list->numbers, rest->numbers, sizeof list->numbers);
    list->tried = rest->tried | UINT64_C(1) << mote_sources_index(client, source);
    list->rounds = rest->rounds;
}

static void take_hashes(mote_client *client, struct chain *relay, const struct job *asked,
                        const struct source *source, mote_bytes hashes) {
    struct job rest = *asked;
    mote_cursor cursor = mote_cursor_over(hashes);
    (void)mote_read_count(&cursor, 1, HASHES_OF_A_LIST);
    rest.number = 0;
    for (uint32_t i = 0; i < asked->number; i++) {
        struct claim *claim = probing_at(client, relay, asked->numbers[i]);
        bool is_there = mote_read_u8(&cursor) != 0;
        mote_hash hash = {{0}};
        if (is_there) hash = mote_read_hash(&cursor);
        if (claim == NULL) continue;
        if (!is_there) {
            rest.numbers[rest.number++] = asked->numbers[i];
        } else if (mote_jobs_find(client, PURPOSE_PROBE_HEADER, claim->id) == NULL) {
            claim->source = source->id;
            ask_header(client, relay, claim, &hash);
        }
    }
    if (rest.number > 0) ask_again(client, relay, &rest, source);
}

struct verdict mote_probes_take_hashes(mote_client *client, struct job *job,
                                       const struct source *source, const mote_reply *reply) {
    struct chain *relay = mote_client_chain(client, job->chain);
    const struct job asked = *job;
    mote_cursor cursor = mote_cursor_over(reply->bytes);
    uint32_t count = mote_read_count(&cursor, 1, UINT32_MAX);
    if (relay == NULL) return (struct verdict){OUTCOME_DONE, MOTE_OK};
    if (count != asked.number) return (struct verdict){OUTCOME_LIE, MOTE_E_BAD_FORMAT};
    if (reply->bytes.size <= sizeof(mote_hash)) return mote_verdict_of_absence(false); /* no hash */
    job->purpose = PURPOSE_NONE;
    take_hashes(client, relay, &asked, source, reply->bytes);
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

struct verdict mote_probes_take(mote_client *client, struct job *job, const struct source *source,
                                const mote_reply *reply, uint8_t **message) {
    struct chain *relay;
    mote_header header;
    const struct verdict done = {OUTCOME_DONE, MOTE_OK};
    struct claim *claim = mote_claims_find(client, &relay, job->owner);
    if (claim == NULL) return done;
    if (!reply->present) {
        bool named_it = claim->source == source->id;
        return mote_verdict_of_absence(named_it && claim->number <= source->shown.number);
    }
    mote_status status = mote_header_decode(&client->context, &header, reply->bytes);
    if (status == MOTE_OK && !mote_hash_equal(&header.hash, &job->hash))
        status = MOTE_E_HEADER_HASH;
    if (status != MOTE_OK) return mote_verdict_of(status);
    job->purpose = PURPOSE_NONE;
    take_found(client, relay, claim, &header, message);
    return done;
}
