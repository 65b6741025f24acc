/* SPDX-License-Identifier: Apache-2.0 */
/* The block of memory, and the round of work. */
#include <stdalign.h>
#include <string.h>

#include "engine.h"
#include "mote/ed25519.h"

#define MIB ((size_t)1 << 20)

mote_client_limits mote_client_default_limits(void) {
    return (mote_client_limits){.relays = 2,
                                .parachains = 32,
                                .sources = 16,
                                .requests = 256,
                                .queries = 128,
                                .transactions = 8,
                                .authorities = 1200,
                                .handovers = 24,
                                .message_bytes = 4 * MIB,
                                .pool_bytes = 8 * MIB,
                                .scratch_bytes = 0};
}

static bool limits_hold(const mote_client_limits *limits) {
    return limits->relays > 0 && limits->relays <= 64 && limits->parachains <= 65536 &&
           limits->sources > 0 && limits->sources <= 64 && limits->requests >= 16 &&
           limits->requests <= 65536 && limits->queries <= 65536 && limits->transactions <= 4096 &&
           limits->authorities > 0 && limits->authorities <= MOTE_MAX_AUTHORITIES &&
           limits->handovers > 0 && limits->handovers <= 1024 && limits->message_bytes >= 65536 &&
           limits->message_bytes <= MOTE_RPC_MAX_MESSAGE &&
           limits->pool_bytes >= 2 * limits->message_bytes && limits->pool_bytes <= 1024 * MIB;
}

/* A proof's index takes less than half of the message; a list of keys and their spans come on top. */
static size_t scratch_size(const mote_client_limits *limits) {
    size_t finality = mote_warp_memory(limits->authorities, 0);
    size_t proof = limits->message_bytes + 256 * 1024;
    if (limits->scratch_bytes != 0) return limits->scratch_bytes;
    return finality > proof ? finality : proof;
}

/* Places one table after another; without a base, counts. */
struct layout {
    uint8_t *base;
    size_t used;
};

static void *place(struct layout *layout, size_t count, size_t size) {
    size_t at =
        (layout->used + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
    layout->used = at + count * size;
    return layout->base == NULL ? NULL : layout->base + at;
}

static uint32_t claims_of_a_relay(const mote_client_limits *limits) {
    return limits->handovers + 8 + limits->sources;
}

static void place_chains(mote_client *client, struct layout *layout,
                         const mote_client_limits *limits, const uint8_t seed[32]) {
    const mote_tree_limits tree = mote_best_limits(limits);
    const size_t tree_size = mote_block_tree_memory(&tree) + alignof(max_align_t);
    uint32_t claims = claims_of_a_relay(limits);
    client->chain_places = limits->relays + limits->parachains;
    client->chains = place(layout, client->chain_places, sizeof *client->chains);
    for (uint32_t i = 0; i < limits->relays; i++) {
        struct claim *list = place(layout, claims, sizeof *list);
        mote_voter *voters = place(layout, limits->authorities, sizeof *voters);
        void *room = place(layout, tree_size, 1);
        if (layout->base == NULL) continue;
        mote_context_init(&client->chains[i].tree_context, room, tree_size, seed);
        client->chains[i].claims = list;
        client->chains[i].set.voter = voters;
    }
}

static void place_sources(mote_client *client, struct layout *layout,
                          const mote_client_limits *limits) {
    client->sources = place(layout, limits->sources, sizeof *client->sources);
    uint32_t subscriptions = mote_subscriptions_places(limits);
    struct subscription *list =
        place(layout, (size_t)limits->sources * subscriptions, sizeof *list);
    for (uint32_t i = 0; layout->base != NULL && i < limits->sources; i++) {
        client->sources[i].subscriptions = list + (size_t)i * subscriptions;
    }
}

static void place_tables(mote_client *client, struct layout *layout,
                         const mote_client_limits *limits) {
    client->scores =
        place(layout, (size_t)limits->relays * SCORES_OF_A_RELAY, sizeof *client->scores);
    place_sources(client, layout, limits);
    client->jobs = place(layout, limits->requests, sizeof *client->jobs);
    client->queries = place(layout, limits->queries, sizeof *client->queries);
    client->transactions = place(layout, limits->transactions, sizeof *client->transactions);
    client->arrived_places = limits->sources * ARRIVED_OF_A_SOURCE;
    client->arrived = place(layout, client->arrived_places, sizeof *client->arrived);
    client->event_places = 4 * EVENTS_OF_A_STEP + EVENTS_OF_A_PARACHAIN * limits->parachains;
    client->queue_places =
        3 * (limits->requests * ATTEMPTS + 2 * limits->sources) + client->event_places;
    client->queue = place(layout, client->queue_places, sizeof *client->queue);
    client->events = place(layout, client->event_places + 1, sizeof *client->events);
    client->spent_places = 64 + limits->relays * (2 * claims_of_a_relay(limits) + ORPHANS + 2) +
                           4 * limits->queries + 2 * limits->transactions;
    client->spent = place(layout, client->spent_places, sizeof *client->spent);
}

static void place_state(mote_client *client, struct layout *layout,
                        const mote_client_limits *limits, const uint8_t seed[32]) {
    place_chains(client, layout, limits, seed);
    place_tables(client, layout, limits);
}

/* What is read before it is written: the pool and contexts, most of the memory, are not. */
static void clear_state(mote_client *client, const mote_client_limits *limits) {
    mote_client unplaced;
    struct layout layout = {NULL, sizeof *client};
    place_state(&unplaced, &layout, limits, NULL);
    memset(client, 0, layout.used);
}

static size_t place_all(mote_client *client, uint8_t *base, const mote_client_limits *limits,
                        const uint8_t seed[32]) {
    uint32_t units;
    struct layout layout = {base, sizeof *client};
    size_t pool_bytes = mote_pool_memory(limits->pool_bytes, &units);
    place_state(client, &layout, limits, seed);
    void *memory = place(&layout, pool_bytes, 1);
    size_t scratch = scratch_size(limits);
    void *context = place(&layout, scratch, 1);
    size_t keys_size = mote_ed25519_keys_size(limits->authorities);
    void *keys = place(&layout, keys_size, 1);
    if (base != NULL) {
        mote_pool_init(&client->pool, memory, units);
        mote_context_init(&client->context, context, scratch, seed);
        client->context.keys = /* authorities sign again and again */
            mote_ed25519_keys_init(keys, keys_size, limits->authorities, seed);
    }
    return layout.used;
}

size_t mote_client_memory(const mote_client_limits *limits) {
    mote_client unplaced;
    return limits_hold(limits) ? place_all(&unplaced, NULL, limits, NULL) : 0;
}

mote_status mote_client_init(mote_client **out, void *memory, size_t size,
                             const mote_client_limits *limits, const uint8_t seed[32]) {
    *out = NULL;
    size_t needed = mote_client_memory(limits);
    if (needed == 0 || (uintptr_t)memory % alignof(max_align_t) != 0) return MOTE_E_BAD_ARGUMENT;
    if (size < needed) return MOTE_E_LIMIT_MEMORY;
    mote_client *client = memory;
    clear_state(client, limits);
    client->limits = *limits;
    client->size = place_all(client, memory, limits, seed);
    client->next_id = 1;
    client->next_request = 1;
    *out = client;
    return MOTE_OK;
}

size_t mote_client_most_used(const mote_client *client) {
    return client->size - client->context.size - (size_t)client->pool.units * POOL_UNIT +
           client->context.most_used + client->pool.most_used;
}

uint32_t mote_client_new_id(mote_client *client) {
    if (client->next_id == 0) client->next_id = 1;
    return client->next_id++;
}

struct chain *mote_client_chain(const mote_client *client, mote_chain_id id) {
    for (uint32_t i = 0; id != 0 && i < client->chain_places; i++) {
        if (client->chains[i].id == id) return &client->chains[i];
    }
    return NULL;
}

void mote_client_spend(mote_client *client, uint8_t *memory) {
    if (memory == NULL) return;
    if (client->spent_count < client->spent_places) {
        client->spent[client->spent_count++] = memory;
    } else {
        mote_pool_give(&client->pool, memory); /* more than a step makes: never */
    }
}

void mote_client_use_work(mote_client *client, uint32_t work) {
    client->work_left = work < client->work_left ? client->work_left - work : 0;
}

/* --- a round --------------------------------------------------------------------------------------------------- */
static void give_back_spent(mote_client *client) {
    for (uint32_t i = 0; i < client->spent_count; i++)
        mote_pool_give(&client->pool, client->spent[i]);
    client->spent_count = 0;
    mote_pool_give(&client->pool, client->outbox);
    client->outbox = NULL;
}

/* Inside, time only goes forwards. A sleep is no waiting: what was open will not be answered any more and is asked again,
 * and nobody's patience has run out. */
static void take_time(mote_client *client, uint64_t now) {
    uint64_t passed = client->has_time && now > client->now ? now - client->now : 0;
    if (!client->has_time) client->clock = 1;
    client->now = now;
    client->has_time = true;
    if (passed <= SLEPT_FOR) {
        client->clock += passed;
        return;
    }
    mote_jobs_lose_all(client);
    mote_relay_wake(client);
}

static void plan_all(mote_client *client) {
    for (uint32_t i = 0; i < client->chain_places; i++) {
        struct chain *chain = &client->chains[i];
        if (chain->id == 0 || chain->is_parachain) continue;
        mote_relay_plan(client, chain);
        mote_relay_judge_phase(client, chain);
        mote_parachains_plan(client, chain);
        mote_best_plan(client, chain);
        mote_saved_plan(client, chain);
    }
    mote_sources_plan(client);
    mote_heights_plan(client);
    mote_queries_plan(client);
    mote_transactions_plan(client);
    mote_jobs_schedule(client);
}

static bool verify_some(mote_client *client) {
    for (uint32_t i = 0; i < client->chain_places; i++) {
        struct chain *chain = &client->chains[i];
        if (chain->id != 0 && !chain->is_parachain && mote_claims_verify(client, chain))
            return true;
    }
    return false;
}

bool mote_client_step(mote_client *client, uint64_t now, uint32_t work) {
    if (client->queue_count > 0 || client->delivery.active) return true;
    give_back_spent(client);
    take_time(client, now);
    client->work_left = work == 0 ? 1 : work;
    client->has_news = false;
    bool busy = true;
    while (busy && client->work_left > 0 && mote_actions_room(client) && !client->delivery.active) {
        busy = mote_sources_read_message(client) || verify_some(client);
        plan_all(client);
    }
    if (!busy && mote_nudges_plan(client)) mote_jobs_schedule(client);
    return busy || client->queue_count > 0 || client->delivery.active;
}

static uint64_t least(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

uint64_t mote_client_deadline(const mote_client *client) {
    if (client->queue_count > 0 || client->delivery.active || client->arrived_count > 0 ||
        client->has_news) {
        return client->now;
    }
    uint64_t at = least(mote_jobs_deadline(client), mote_queries_deadline(client));
    at = least(at, mote_transactions_deadline(client));
    at = least(at, mote_sources_deadline(client));
    at = least(at, mote_nudges_deadline(client));
    for (uint32_t i = 0; i < client->chain_places; i++) {
        const struct chain *chain = &client->chains[i];
        if (chain->id == 0 || chain->is_parachain) continue;
        if (mote_sources_are_usable(client, chain->id)) at = least(at, client->clock + 5000);
    }
    if (at == UINT64_MAX) return UINT64_MAX;
    at = least(at, client->clock + SLEPT_FOR / 2); /* longer than that between steps is a sleep */
    return client->now + (at > client->clock ? at - client->clock : 0);
}
