/* SPDX-License-Identifier: Apache-2.0 */
/* The host: it makes the client, hands messages and time in, and carries out what comes out. */
#include "run.h"

#include <stdalign.h>

#define GUARD 256u
#define GUARD_BYTE 0xa5

/* --- the log ---------------------------------------------------------------------------------------------------- */

/* The line that a session's log has, and when it was. */
static void log_action(sim_run *run, const mote_action *action) {
    uint8_t now[8];
    mote_store_u64(now, run->now);
    crypto_generichash_update(&run->log, now, sizeof now);
    session_log_action(&run->lines, run->client, action);
    crypto_generichash_update(&run->log, run->lines.text.data, run->lines.text.size);
    run->lines.text.size = 0;
}

mote_hash sim_run_log(const sim_run *run) {
    crypto_generichash_state copy = run->log;
    mote_hash hash;
    crypto_generichash_final(&copy, hash.bytes, sizeof hash.bytes);
    return hash;
}

/* --- what happens -------------------------------------------------------------------------------------------------- */

typedef enum happening_kind { TO_NODE, TO_CLIENT, WAKE, CONNECT, BREAK } happening_kind;

typedef struct sim_happening {
    uint64_t time, order;
    happening_kind kind;
    uint32_t peer, connection;
    char *text;
    size_t size;
    bool unfinished;
} sim_happening;

static bool sooner(const sim_happening *a, const sim_happening *b) {
    return a->time != b->time ? a->time < b->time : a->order < b->order;
}

static void swap(sim_happening *a, sim_happening *b) {
    sim_happening other = *a;
    *a = *b;
    *b = other;
}

static void add_happening(sim_run *run, sim_happening what) {
    run->happenings = sim_grow(run->happenings, run->happening_count, &run->happening_capacity,
                               sizeof *run->happenings);
    size_t at = run->happening_count++;
    what.order = run->next_order++;
    run->happenings[at] = what;
    while (at > 0 && sooner(&run->happenings[at], &run->happenings[(at - 1) / 2])) {
        swap(&run->happenings[at], &run->happenings[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
}

static sim_happening take_happening(sim_run *run) {
    sim_happening first = run->happenings[0];
    run->happenings[0] = run->happenings[--run->happening_count];
    for (size_t at = 0;;) {
        size_t least = at, left = 2 * at + 1;
        for (size_t i = left; i < left + 2 && i < run->happening_count; i++) {
            if (sooner(&run->happenings[i], &run->happenings[least])) least = i;
        }
        if (least == at) return first;
        swap(&run->happenings[at], &run->happenings[least]);
        at = least;
    }
}

static uint64_t chance(sim_run *run, uint64_t below) {
    return below == 0 ? 0 : fixture_random(&run->chance) % below;
}

static uint32_t index_of(const sim_run *run, const sim_peer *peer) {
    return (uint32_t)(peer - run->peers);
}

static bool is_away(const sim_run *run, const sim_peer *peer) {
    return peer->is_away || (run->now >= peer->away_from && run->now < peer->away_to);
}

/* --- links ----------------------------------------------------------------------------------------------------------- */

static uint64_t travel(sim_run *run, const sim_peer *peer, size_t size) {
    uint64_t time = 1 + peer->link.latency + chance(run, peer->link.jitter + 1u);
    return peer->link.bandwidth == 0 ? time : time + size / peer->link.bandwidth;
}

static bool is_lost(sim_run *run, const sim_peer *peer) {
    return peer->link.loss > 0 && chance(run, 10000) < peer->link.loss;
}

static void happen_to(sim_run *run, const sim_peer *peer, happening_kind kind, uint64_t time) {
    add_happening(run, (sim_happening){.time = time,
                                       .kind = kind,
                                       .peer = index_of(run, peer),
                                       .connection = peer->connection});
}

static void send_piece(sim_run *run, const sim_peer *peer, uint64_t time, const char *text,
                       size_t size, bool unfinished) {
    char *copy = malloc(size + 1);
    if (copy == NULL) abort();
    memcpy(copy, text, size);
    add_happening(run, (sim_happening){.time = time,
                                       .kind = TO_CLIENT,
                                       .peer = index_of(run, peer),
                                       .connection = peer->connection,
                                       .text = copy,
                                       .size = size,
                                       .unfinished = unfinished});
}

static void send_pieces(sim_run *run, sim_peer *peer, const sim_saying *saying, uint64_t time) {
    size_t from = 0;
    for (uint32_t left = run->drips ? (uint32_t)chance(run, 4) : 0; left > 0 && saying->size > from;
         left--) {
        size_t size = chance(run, saying->size - from);
        send_piece(run, peer, time, saying->text + from, size, true);
        from += size;
        time += chance(run, 200);
    }
    send_piece(run, peer, time, saying->text + from, saying->size - from, saying->unfinished);
    if (run->drips) peer->line_free = time;
}

static void say(sim_run *run, sim_peer *peer, sim_saying *saying) {
    uint64_t time = run->now + saying->delay + travel(run, peer, saying->size);
    if (!peer->link.reorders || run->drips) {
        if (time < peer->line_free) time = peer->line_free;
        peer->line_free = time;
    }
    if (is_lost(run, peer)) happen_to(run, peer, BREAK, time);
    send_pieces(run, peer, saying, time);
}

static void say_all(sim_run *run, sim_peer *peer, sim_sayings *said) {
    for (sim_saying *at = said->first, *next; at != NULL; at = next) {
        next = at->next;
        say(run, peer, at);
        sim_saying_free(at);
    }
}

static void connection_is_gone(sim_peer *peer) {
    if (!peer->connected) return;
    peer->connected = false;
    peer->connection++;
    peer->line_free = 0;
    sim_node_disconnected(&peer->node);
}

static void call_again(sim_run *run, sim_peer *peer) {
    if (peer->dropped || peer->calling) return;
    peer->calling = true;
    happen_to(run, peer, CONNECT, run->now + 300 + chance(run, 2000));
}

void sim_run_disconnect(sim_run *run, sim_peer *peer) {
    if (!peer->connected) return;
    connection_is_gone(peer);
    if (run->client != NULL && peer->source != 0)
        mote_client_source_closed(run->client, peer->source);
    call_again(run, peer);
}

/* --- actions ----------------------------------------------------------------------------------------------------------- */

static sim_peer *peer_of(sim_run *run, mote_source_id source) {
    for (uint32_t i = 0; i < run->peer_count; i++) {
        if (run->peers[i].source == source && source != 0) return &run->peers[i];
    }
    return NULL;
}

static void carry_message(sim_run *run, sim_peer *peer, mote_bytes bytes) {
    run->counts.requests++;
    run->counts.bytes_out += bytes.size;
    sim_note(run, "  -> %u %.*s", index_of(run, peer), (int)bytes.size, (const char *)bytes.data);
    if (!peer->connected) {
        sim_fail(run, "a message to a source that is not open");
        return;
    }
    char *text = malloc(bytes.size + 1);
    if (text == NULL) abort();
    memcpy(text, bytes.data, bytes.size);
    uint64_t time = run->now + travel(run, peer, bytes.size);
    if (is_lost(run, peer)) happen_to(run, peer, BREAK, time);
    add_happening(run, (sim_happening){.time = time,
                                       .kind = TO_NODE,
                                       .peer = index_of(run, peer),
                                       .connection = peer->connection,
                                       .text = text,
                                       .size = bytes.size});
}

static void close_peer(sim_run *run, sim_peer *peer, const mote_action *action) {
    bool for_good = action->kind == MOTE_ACTION_DROP;
    sim_note(run, "  %s %u (%s): %s", for_good ? "drop" : "close", index_of(run, peer),
             sim_lie_name(peer->node.lie), mote_status_name(action->why));
    peer->why = action->why;
    if (!for_good) {
        peer->closes++;
        run->counts.closes++;
        happen_to(run, peer, BREAK, run->now); /* the host hears of it a little later */
        return;
    }
    run->counts.drops++;
    peer->drops++;
    connection_is_gone(peer);
    peer->dropped = true;
    peer->source = 0;
    if (peer->is_honest)
        sim_fail(run, "an honest source was dropped: %s", mote_status_name(action->why));
}

static void keep_saved(sim_run *run, mote_chain_id relay, mote_bytes bytes) {
    run->counts.saves++;
    for (uint32_t i = 0; i < run->followed_count; i++) {
        sim_start *start = run->followed[i].start;
        if (run->followed[i].id != relay || !run->followed[i].chain->is_relay) continue;
        start->saved.size = 0;
        append_span(&start->saved, bytes.data, bytes.size);
        if (run->followed[i].handover > start->floor) start->floor = run->followed[i].handover;
        return;
    }
    sim_fail(run, "something is saved of a chain that there is not");
}

static void carry_out(sim_run *run, const mote_action *action) {
    sim_peer *peer = peer_of(run, action->source);
    run->counts.actions++;
    log_action(run, action);
    switch (action->kind) {
    case MOTE_ACTION_SEND:
        if (peer == NULL)
            sim_fail(run, "a message to a source that there is not");
        else
            carry_message(run, peer, action->bytes);
        break;
    case MOTE_ACTION_CLOSE:
    case MOTE_ACTION_DROP:
        if (peer == NULL)
            sim_fail(run, "a source is closed that there is not");
        else
            close_peer(run, peer, action);
        break;
    case MOTE_ACTION_SAVE: keep_saved(run, action->chain, action->bytes); break;
    case MOTE_ACTION_EVENT: sim_verdict_event(run, &action->event); break;
    default: sim_fail(run, "an action of no kind"); break;
    }
}

/* --- the client ---------------------------------------------------------------------------------------------------------- */

static void check_guards(sim_run *run) {
    for (uint32_t i = 0; i < GUARD; i++) {
        if (run->block[i] != GUARD_BYTE || run->block[GUARD + run->block_size + i] != GUARD_BYTE) {
            sim_fail(run, "it wrote outside of its memory");
            return;
        }
    }
}

static uint64_t client_now(const sim_run *run) {
    return (uint64_t)((int64_t)run->now + run->clock_error);
}

static void save_all(sim_run *run) {
    for (uint32_t i = 0; i < run->start_count; i++)
        mote_client_save(run->client, run->starts[i].relay);
}

/* Steps until it has nothing to do. */
void sim_run_turn(sim_run *run) {
    bool more = true;
    if (run->turn_time != run->now) run->turns_at_once = 0;
    run->turn_time = run->now;
    for (uint32_t steps = 0; more && !sim_run_failed(run); steps++) {
        mote_action action;
        if (run->saves_first && run->counts.steps + 1 == run->restart_at) save_all(run);
        more = mote_client_step(run->client, client_now(run), run->work);
        run->counts.steps++;
        while (mote_client_next(run->client, &action) && !sim_run_failed(run))
            carry_out(run, &action);
        if (!sim_run_failed(run) && action.kind != MOTE_ACTION_NONE)
            sim_fail(run, "no action is left, and one is given out");
        check_guards(run);
        sim_verdict_step(run);
        if (steps > 20000) sim_fail(run, "it is busy without end");
        if (run->restart_at != 0 && run->counts.steps >= run->restart_at) {
            run->restart_at = 0;
            sim_run_restart(run);
            return;
        }
    }
    if (++run->turns_at_once > 2000) sim_fail(run, "thousands of turns in one millisecond");
}

/* In exactly the memory that it asks for: with a byte less it is none. */
static void make_client(sim_run *run) {
    uint8_t seed[32];
    sim_fill(seed, sizeof seed, run->seed, 0, 0);
    if (mote_client_init(&run->client, run->block + GUARD, run->block_size - 1, &run->limits,
                         seed) != MOTE_E_LIMIT_MEMORY)
        sim_fail(run, "a client in too little memory");
    mote_status status =
        mote_client_init(&run->client, run->block + GUARD, run->block_size, &run->limits, seed);
    if (status != MOTE_OK) sim_fail(run, "no client: %s", mote_status_name(status));
}

static mote_status add_relay(sim_run *run, sim_followed *followed) {
    sim_start *of = followed->start;
    const mote_relay_start start = {.checkpoint = of->checkpoint,
                                    .saved = buffer_bytes(&of->saved),
                                    .now = client_now(run),
                                    .accept_expired = run->accept_expired,
                                    .epoch_slots =
                                        run->tell_session ? of->world->shape.session_slots : 0};
    mote_status status = mote_client_add_relay(run->client, &followed->id, &start);
    of->relay = followed->id;
    return status;
}

static void add_chain(sim_run *run, sim_followed *followed) {
    bool is_relay = followed->chain->is_relay;
    mote_status status =
        is_relay ? add_relay(run, followed)
                 : mote_client_add_parachain(run->client, &followed->id, followed->start->relay,
                                             followed->chain->para_id);
    if (status != MOTE_OK) sim_fail(run, "no chain: %s", mote_status_name(status));
    followed->has_head = false;
    followed->block = SIM_NONE;
    followed->number = is_relay ? followed->start->floor : 0;
}

/* A source serves the chain that it is said to be of, whatever it is of. */
static void add_source(sim_run *run, sim_peer *peer) {
    const sim_followed *followed = sim_run_followed(run, peer->node.chain);
    for (uint32_t i = 0; followed == NULL && i < run->followed_count; i++) {
        if (!peer->node.chain->is_relay &&
            run->followed[i].chain->para_id == peer->node.chain->para_id)
            followed = &run->followed[i];
    }
    mote_chain_id chain = followed == NULL ? run->followed[0].id : followed->id;
    mote_status status = mote_client_add_source(run->client, &peer->source, chain);
    if (status != MOTE_OK) sim_fail(run, "no source: %s", mote_status_name(status));
    mote_client_name_source(run->client, peer->source, 1 + index_of(run, peer));
}

static void begin_client(sim_run *run) {
    make_client(run);
    if (sim_run_failed(run)) return;
    for (uint32_t i = 0; i < run->followed_count && !sim_run_failed(run); i++)
        add_chain(run, &run->followed[i]);
    for (uint32_t i = 0; i < run->peer_count && !sim_run_failed(run); i++) {
        sim_peer *peer = &run->peers[i];
        connection_is_gone(peer);
        peer->dropped = false;
        add_source(run, peer);
        call_again(run, peer);
    }
}

static void begin_start(sim_start *start, sim_world *world, uint32_t number, uint32_t paras) {
    *start = (sim_start){.world = world, .number = number, .paras = paras, .floor = number};
    start->checkpoint = sim_checkpoint(world, number);
}

void sim_run_also(sim_run *run, sim_world *world, uint32_t checkpoint_number, uint32_t paras) {
    if (run->start_count == SIM_MAX_RELAYS) abort();
    begin_start(&run->starts[run->start_count++], world, checkpoint_number, paras);
    if (run->limits.authorities < world->shape.authorities)
        run->limits.authorities = world->shape.authorities;
}

static void follow(sim_run *run, sim_start *start) {
    run->followed[run->followed_count++] =
        (sim_followed){.chain = &start->world->relay, .start = start};
    for (uint32_t i = 0; i < start->paras; i++) {
        run->followed[run->followed_count++] =
            (sim_followed){.chain = &start->world->paras[i], .start = start};
    }
}

void sim_run_start(sim_run *run, uint32_t checkpoint_number, uint32_t paras) {
    begin_start(&run->starts[0], run->world, checkpoint_number, paras);
    for (uint32_t i = 0; i < run->start_count; i++) follow(run, &run->starts[i]);
    if (run->limits.relays < run->start_count) run->limits.relays = run->start_count;
    if (run->limits.sources < run->peer_count) run->limits.sources = run->peer_count;
    run->block_size = mote_client_memory(&run->limits);
    size_t whole = (run->block_size + 2 * GUARD + 63) / 64 * 64;
    run->block = aligned_alloc(64, whole);
    if (run->block == NULL) abort();
    memset(run->block, GUARD_BYTE, GUARD);
    memset(run->block + GUARD + run->block_size, GUARD_BYTE, GUARD);
    begin_client(run);
    for (uint32_t i = 0; i < run->peer_count; i++) happen_to(run, &run->peers[i], WAKE, run->now);
    if (!sim_run_failed(run)) sim_run_turn(run);
}

void sim_run_join(sim_run *run, sim_peer *peer) {
    happen_to(run, peer, WAKE, run->now);
    call_again(run, peer);
}

void sim_run_restart(sim_run *run) {
    run->counts.restarts++;
    for (uint32_t i = 0; i < run->asked_count; i++) run->asked[i].over = true;
    for (uint32_t i = 0; i < run->sent_count; i++) run->sent[i].over = true;
    if (run->clock_error < 0) run->clock_error = 0; /* a start before the checkpoint is refused */
    begin_client(run);
    if (!sim_run_failed(run)) sim_run_turn(run);
}

/* --- carrying ----------------------------------------------------------------------------------------------------------- */

static void advance_worlds(sim_run *run) {
    sim_world_advance(run->world, run->now);
    for (uint32_t i = 1; i < run->start_count; i++)
        sim_world_advance(run->starts[i].world, run->now);
}

static void hand_in(sim_run *run, sim_peer *peer, const char *text, size_t size, bool unfinished) {
    mote_bytes rest = {(const uint8_t *)text, size};
    while (run->division != 0 && rest.size > 1) {
        size_t part = fixture_random(&run->division) % rest.size;
        if (part > 0 && fixture_random(&run->division) % 2 == 0) part = 1 + part % 7;
        mote_bytes chunk = {rest.data, part};
        mote_client_receive(run->client, peer->source, chunk, false);
        rest.data += part;
        rest.size -= part;
        if (fixture_random(&run->division) % 8 == 0) break;
    }
    mote_client_receive(run->client, peer->source, rest, !unfinished);
}

static void to_client(sim_run *run, sim_peer *peer, const sim_happening *what) {
    peer->bytes += what->size;
    peer->messages++;
    if (!what->unfinished) peer->heard++;
    sim_verdict_waste(run, peer);
    run->counts.bytes_in += what->size;
    run->counts.messages++;
    sim_note(run, "  <- %u %.*s", index_of(run, peer), (int)what->size, what->text);
    hand_in(run, peer, what->text, what->size, what->unfinished);
    sim_run_turn(run);
}

static void to_node(sim_run *run, sim_peer *peer, const sim_happening *what) {
    sim_sayings said;
    sim_sayings_begin(&said);
    sim_world_advance(peer->node.world, run->now);
    sim_node_hear(&peer->node, &said, run->now,
                  (mote_bytes){(const uint8_t *)what->text, what->size});
    say_all(run, peer, &said);
}

/* Twice a slot: when a block came, and when a round ended. */
static void wake(sim_run *run, sim_peer *peer) {
    sim_sayings said;
    sim_sayings_begin(&said);
    sim_world_advance(peer->node.world, run->now);
    if (peer->connected) sim_node_wake(&peer->node, &said, run->now);
    say_all(run, peer, &said);
    uint64_t half = SIM_SLOT_MILLISECONDS / 2, into = (run->now - peer->node.behind) % half;
    happen_to(run, peer, WAKE, run->now + half - into + 1);
}

static void connect_peer(sim_run *run, sim_peer *peer) {
    peer->calling = false;
    if (peer->dropped || peer->source == 0 || peer->connected) return;
    if (is_away(run, peer)) {
        call_again(run, peer);
        return;
    }
    peer->connected = true;
    peer->connection++;
    peer->heard = 0;
    mote_client_source_opened(run->client, peer->source);
    sim_run_turn(run);
}

static void happen(sim_run *run, const sim_happening *what) {
    sim_peer *peer = &run->peers[what->peer];
    bool stands = peer->connected && peer->connection == what->connection;
    if (is_away(run, peer) && peer->connected) {
        sim_run_disconnect(run, peer);
        sim_run_turn(run);
        stands = false;
    }
    switch (what->kind) {
    case TO_NODE:
        if (stands) to_node(run, peer, what);
        break;
    case TO_CLIENT:
        if (stands) to_client(run, peer, what);
        break;
    case WAKE: wake(run, peer); break;
    case CONNECT: connect_peer(run, peer); break;
    case BREAK:
        if (!stands) break;
        sim_run_disconnect(run, peer);
        sim_run_turn(run);
        break;
    }
}

/* When the client wants to be woken, in the world's time. */
static uint64_t client_wakes(const sim_run *run) {
    uint64_t deadline = mote_client_deadline(run->client), now = client_now(run);
    if (deadline == UINT64_MAX) return UINT64_MAX;
    return deadline <= now ? run->now + 1 : run->now + (deadline - now);
}

void sim_run_until(sim_run *run, uint64_t time) {
    while (!sim_run_failed(run)) {
        uint64_t next = client_wakes(run);
        bool of_client = run->happening_count == 0 || run->happenings[0].time > next;
        if (!of_client) next = run->happenings[0].time;
        if (next > time) break;
        if (next > run->now) run->now = next;
        if (of_client) {
            sim_run_turn(run);
            continue;
        }
        sim_happening what = take_happening(run);
        happen(run, &what);
        free(what.text);
    }
    if (time > run->now) run->now = time;
    advance_worlds(run);
}

void sim_run_for(sim_run *run, uint64_t milliseconds) {
    sim_run_until(run, run->now + milliseconds);
}

void sim_run_sleep(sim_run *run, uint64_t milliseconds) {
    for (uint32_t i = 0; i < run->peer_count; i++) sim_run_disconnect(run, &run->peers[i]);
    run->now += milliseconds;
    advance_worlds(run);
    if (!sim_run_failed(run)) sim_run_turn(run);
}

/* --- coming and going ----------------------------------------------------------------------------------------------------- */

static void forget_asked(sim_run *run, const sim_chain *chain) {
    for (uint32_t i = 0; i < run->asked_count; i++) {
        if (run->asked[i].chain == chain) run->asked[i].over = true;
    }
    for (uint32_t i = 0; i < run->sent_count; i++) {
        if (run->sent[i].chain == chain) run->sent[i].over = true;
    }
}

static void begin_source(sim_run *run, sim_peer *peer) {
    connection_is_gone(peer);
    peer->dropped = false;
    add_source(run, peer);
    call_again(run, peer);
}

void sim_run_replace_parachain(sim_run *run, uint32_t index) {
    sim_followed *followed = &run->followed[index];
    mote_client_remove_chain(run->client, followed->id);
    forget_asked(run, followed->chain);
    *followed = (sim_followed){.chain = followed->chain, .start = followed->start};
    add_chain(run, followed);
    for (uint32_t i = 0; i < run->peer_count && !sim_run_failed(run); i++) {
        if (run->peers[i].node.chain == followed->chain) begin_source(run, &run->peers[i]);
    }
    sim_run_turn(run);
}

void sim_run_replace_source(sim_run *run, sim_peer *peer) {
    mote_client_remove_source(run->client, peer->source);
    begin_source(run, peer);
    sim_run_turn(run);
}

/* --- asking ------------------------------------------------------------------------------------------------------------- */

sim_followed *sim_run_followed(sim_run *run, const sim_chain *chain) {
    for (uint32_t i = 0; i < run->followed_count; i++) {
        if (run->followed[i].chain == chain) return &run->followed[i];
    }
    return NULL;
}

mote_chain_status sim_run_status(const sim_run *run, const sim_chain *chain) {
    mote_chain_status status = {0};
    for (uint32_t i = 0; i < run->followed_count; i++) {
        if (run->followed[i].chain == chain && run->client != NULL)
            (void)mote_client_chain_status(run->client, &status, run->followed[i].id);
    }
    return status;
}

sim_asked *sim_run_query(sim_run *run, sim_chain *chain, const mote_query *query) {
    sim_followed *followed = sim_run_followed(run, chain);
    if (run->asked_count == SIM_MAX_ASKED || followed == NULL || sim_run_failed(run)) return NULL;
    sim_asked *asked = &run->asked[run->asked_count];
    *asked = (sim_asked){.query = *query, .chain = chain, .since = run->now};
    for (uint32_t i = 0; i < query->key_count; i++) asked->keys[i] = query->keys[i];
    asked->query.keys = asked->keys;
    asked->query.chain = followed->id;
    mote_status status = mote_client_query(run->client, &asked->id, &asked->query);
    if (status != MOTE_OK) {
        sim_note(run, "query refused: %s", mote_status_name(status));
        return NULL;
    }
    run->asked_count++;
    sim_run_turn(run);
    return asked;
}

/* Some keys that are there, and some that are not. */
sim_asked *sim_run_values(sim_run *run, sim_chain *chain, uint64_t what, bool subscribe) {
    mote_bytes keys[SIM_MAX_QUERY_KEYS], child = {NULL, 0};
    uint32_t count = 0, wanted = 1 + (uint32_t)(what % SIM_MAX_QUERY_KEYS);
    bool in_child = what / 16 % 4 == 0;
    for (uint32_t tries = 0; tries < 200 && count < wanted; tries++) {
        const sim_cell *cell = &chain->cells[sim_chance(what, 1, tries, 0) % chain->cell_count];
        if (cell->in_child != in_child || (child.size > 0 && !mote_bytes_equal(child, cell->child)))
            continue;
        keys[count] = cell->key;
        if (tries % 9 == 8 && cell->key.size > 1) keys[count].size--;
        if (in_child) child = cell->child;
        count++;
    }
    mote_query query = {.kind = MOTE_QUERY_VALUES,
                        .subscribe = subscribe,
                        .keys = keys,
                        .key_count = count,
                        .child_key = child};
    return count == 0 ? NULL : sim_run_query(run, chain, &query);
}

sim_asked *sim_run_list(sim_run *run, sim_chain *chain, const mote_bytes *child,
                        mote_bytes prefix) {
    mote_query query = {.kind = MOTE_QUERY_LIST, .prefix = prefix};
    if (child != NULL) query.child_key = *child;
    return sim_run_query(run, chain, &query);
}

sim_sent *sim_run_submit(sim_run *run, sim_chain *chain, mote_bytes extrinsic) {
    sim_followed *followed = sim_run_followed(run, chain);
    if (run->sent_count == 4 || followed == NULL || sim_run_failed(run)) return NULL;
    sim_sent *sent = &run->sent[run->sent_count];
    *sent = (sim_sent){.chain = chain, .extrinsic = sim_keep(&chain->world->arena, extrinsic)};
    mote_status status =
        mote_client_submit(run->client, &sent->id, followed->id, sent->extrinsic, 0);
    if (status != MOTE_OK) {
        sim_note(run, "extrinsic refused: %s", mote_status_name(status));
        return NULL;
    }
    run->sent_count++;
    sim_run_turn(run);
    return sent;
}

/* --- a run --------------------------------------------------------------------------------------------------------------- */

void sim_run_begin(sim_run *run, sim_world *world, uint64_t seed) {
    memset(run, 0, sizeof *run);
    run->world = run->starts[0].world = world;
    run->start_count = 1;
    run->seed = run->chance = seed;
    run->now = world->time;
    run->work = MOTE_STEP_WORK;
    crypto_generichash_init(&run->log, NULL, 0, 32);
    run->limits = mote_client_default_limits();
    run->limits.relays = 1;
    run->limits.parachains = SIM_MAX_PARAS;
    run->limits.sources = 16;
    run->limits.requests = 64;
    run->limits.queries = SIM_MAX_ASKED;
    run->limits.authorities = world->shape.authorities < 32 ? 32 : world->shape.authorities;
    run->limits.message_bytes = (size_t)256 * 1024 * (1 + world->shape.authorities / 64);
    run->limits.pool_bytes = 4 * run->limits.message_bytes;
}

sim_peer *sim_run_peer(sim_run *run, sim_world *world, sim_chain *chain, sim_lie lie) {
    if (run->peer_count == SIM_MAX_PEERS) abort();
    sim_peer *peer = &run->peers[run->peer_count++];
    sim_node_begin(&peer->node, world, chain, sim_chance(run->seed, 77, run->peer_count, 0));
    peer->node.lie = lie;
    for (uint32_t i = 0; i < run->start_count; i++)
        peer->is_honest |= lie == SIM_HONEST && world == run->starts[i].world;
    peer->link = (sim_link){.latency = 40, .jitter = 20, .bandwidth = 1000};
    if (lie == SIM_LIE_STALE) peer->node.stands = run->now - 200 * SIM_SLOT_MILLISECONDS / 2;
    return peer;
}

void sim_run_end(sim_run *run) {
    for (size_t i = 0; i < run->happening_count; i++) free(run->happenings[i].text);
    free(run->happenings);
    for (uint32_t i = 0; i < run->asked_count; i++) free(run->asked[i].listed.data);
    for (uint32_t i = 0; i < run->start_count; i++) {
        free(run->starts[i].saved.data);
        if (i > 0) sim_world_free(run->starts[i].world);
    }
    session_log_free(&run->lines);
    free(run->block);
    run->happenings = NULL;
    run->block = NULL;
}

bool sim_run_failed(const sim_run *run) {
    return run->failure[0] != 0;
}
