/* SPDX-License-Identifier: Apache-2.0 */
/* From a seed to a world, its nodes, and what happens to a client among them. */
#include "scenario.h"

typedef struct sim_dice {
    uint64_t state;
} sim_dice;

static uint32_t roll(sim_dice *dice, uint32_t below) {
    return (uint32_t)(fixture_random(&dice->state) % below);
}

static bool one_of(sim_dice *dice, uint32_t count) {
    return roll(dice, count) == 0;
}

/* --- worlds ----------------------------------------------------------------------------------------------------------- */

static uint32_t some_authorities(sim_dice *dice) {
    uint32_t kind = roll(dice, 100);
    if (kind < 80) return 1 + roll(dice, 8);
    if (kind < 97) return 5 + roll(dice, 40);
    return kind < 99 ? 100 + roll(dice, 100) : 300;
}

static sim_shape some_shape(sim_dice *dice, uint64_t seed) {
    sim_shape shape = sim_shape_plain(seed);
    shape.authorities = some_authorities(dice);
    shape.history = 30 + roll(dice, shape.authorities > 50 ? 100 : 400);
    shape.weights_vary = one_of(dice, 2);
    shape.session_slots = 10 + roll(dice, 60);
    shape.set_sessions = one_of(dice, 3) ? 2 + roll(dice, 5) : 1;
    shape.empty_slots = one_of(dice, 3) ? roll(dice, 40) : 0;
    shape.finality_lag = 1 + roll(dice, 4);
    shape.fork_period = one_of(dice, 3) ? 0 : 3 + roll(dice, 10);
    shape.paras = 1 + roll(dice, 3);
    shape.para_period = 1 + roll(dice, 3);
    shape.paras_behave = one_of(dice, 3);
    shape.accounts = 3 + roll(dice, 20);
    shape.version = one_of(dice, 4) ? MOTE_STATE_V0 : MOTE_STATE_V1;
    return shape;
}

/* --- peers ------------------------------------------------------------------------------------------------------------ */

static void some_link(sim_dice *dice, sim_peer *peer) {
    peer->link.latency = 5 + roll(dice, 200);
    peer->link.jitter = roll(dice, 100);
    peer->link.bandwidth = 100 + roll(dice, 2000);
    peer->link.reorders = one_of(dice, 4);
    if (one_of(dice, 5)) peer->link.loss = roll(dice, 100);
    peer->node.behind = roll(dice, 1500);
}

static sim_lie some_lie(sim_dice *dice) {
    return (sim_lie)(1 + roll(dice, SIM_LIES - 1));
}

static void add_liar(sim_dice *dice, sim_run *run, sim_chain *chain) {
    sim_peer *peer = sim_run_peer(run, run->world, chain, some_lie(dice));
    some_link(dice, peer);
    if (one_of(dice, 2)) peer->node.often = 5 + roll(dice, 60);
    if (peer->node.lie == SIM_LIE_STALE)
        peer->node.stands = run->now - roll(dice, 100) * SIM_SLOT_MILLISECONDS;
}

static void add_peers_of(sim_dice *dice, sim_run *run, sim_chain *chain, uint32_t liars) {
    uint32_t honest = 1 + roll(dice, 2), place = roll(dice, liars + 1);
    for (uint32_t i = 0; i <= liars; i++) {
        for (uint32_t j = 0; i == place && j < honest; j++) {
            sim_peer *peer = sim_run_peer(run, run->world, chain, SIM_HONEST);
            some_link(dice, peer);
            peer->node.keeps = 0;
        }
        if (i < liars) add_liar(dice, run, chain);
    }
}

/* --- what is done ------------------------------------------------------------------------------------------------------ */

static void ask_something(sim_dice *dice, sim_run *run) {
    sim_chain *chain = run->followed[roll(dice, run->followed_count)].chain;
    uint64_t what;
    mote_bytes prefix = {NULL, 0}, child = {(const uint8_t *)"first", 5};
    switch (roll(dice, 6)) {
    case 0:
        sim_run_list(run, chain, NULL, (mote_bytes){chain->cells[8].key.data, 32});
        break; /* System::Account */
    case 1: sim_run_list(run, chain, &child, prefix); break;
    case 2: sim_run_list(run, chain, NULL, (mote_bytes){(const uint8_t *)"a", 1}); break;
    default:
        what = fixture_random(&dice->state);
        sim_run_values(run, chain, what, one_of(dice, 3));
        break;
    }
}

static void ask_of_ancestor(sim_dice *dice, sim_run *run) {
    mote_chain_status status = sim_run_status(run, &run->world->relay);
    uint32_t below = roll(dice, run->drips ? 10 : 40);
    if (!status.has_head || status.number < below) return;
    mote_query query = {.kind = MOTE_QUERY_VALUES,
                        .has_at = true,
                        .at = sim_line_block(&run->world->relay, status.number - below)->hash,
                        .keys = &run->world->relay.cells[0].key,
                        .key_count = 1};
    sim_run_query(run, &run->world->relay, &query);
}

static void submit_something(sim_dice *dice, sim_run *run) {
    uint8_t bytes[24];
    sim_fill(bytes, sizeof bytes, fixture_random(&dice->state), 0, 0);
    bytes[0] = 23 << 2;
    sim_run_submit(run, run->followed[roll(dice, run->followed_count)].chain,
                   (mote_bytes){bytes, sizeof bytes});
}

/* A minute of anything. `calm`: nothing that may delay it. */
static void pass_some_time(sim_dice *dice, sim_run *run, bool calm) {
    for (int i = 0; i < 6 && !sim_run_failed(run); i++) {
        sim_run_for(run, 1000 + roll(dice, 15000));
        switch (roll(dice, 10)) {
        case 0:
        case 1:
        case 2: ask_something(dice, run); break;
        case 3: ask_of_ancestor(dice, run); break;
        case 4: submit_something(dice, run); break;
        case 5:
            if (!calm) run->clock_error += (int64_t)roll(dice, 100000000) - 50000000;
            break;
        case 6:
            if (!calm) sim_run_disconnect(run, &run->peers[roll(dice, run->peer_count)]);
            break;
        case 7:
            if (!calm) sim_run_restart(run);
            break;
        case 8: mote_client_save(run->client, run->followed[0].id); break;
        default: break;
        }
    }
}

/* --- kinds of runs -------------------------------------------------------------------------------------------------------- */

typedef enum sim_kind {
    KIND_PLAIN,
    KIND_NOBODY_HONEST, /* of the relay chain: nothing false all the same */
    KIND_NIGHT,         /* everybody is away for hours */
    KIND_RESTING,       /* finality rests for a while */
    KIND_FORCED,        /* a forced change lies on the way, or behind */
    KIND_LONG,          /* many sessions to catch up with */
    KIND_SMALL,         /* little memory, few places */
    KIND_DAMAGED,       /* what was saved is not what comes back */
    KIND_DRIPPING,      /* messages come in pieces, between those of others */
    KIND_CHURN,         /* chains and sources come and go */
    KIND_RESTARTS,
    KIND_AUTHORED,  /* best heads are judged */
    KIND_MANY_KEYS, /* lists of several pages */
    KINDS
} sim_kind;

static sim_kind kind_of(uint64_t seed) {
    uint64_t chance = sim_chance(seed, 900, 0, 0) % (2 * KINDS);
    return chance < KINDS ? (sim_kind)chance : KIND_PLAIN;
}

static void shape_kind(sim_dice *dice, sim_kind kind, sim_shape *shape) {
    if (kind == KIND_RESTING) {
        shape->rest_from = shape->history - roll(dice, 20);
        shape->rest_to = shape->rest_from + 10 + roll(dice, 60);
    }
    if (kind == KIND_AUTHORED) {
        shape->authored = true;
        shape->history = 60 + roll(dice, 60);
        shape->session_slots = 20 + roll(dice, 40);
        shape->empty_slots = one_of(dice, 2) ? roll(dice, 12) : 0;
        shape->fork_period = 2 + roll(dice, 8);
    }
    if (kind == KIND_MANY_KEYS) {
        shape->accounts = 200 + roll(dice, 600);
        shape->history = 30 + roll(dice, 40);
    }
    if (kind == KIND_FORCED) {
        shape->history += 80;
        shape->forced_at = 40 + roll(dice, shape->history - 60);
    }
    if (kind == KIND_LONG) {
        shape->authorities = 1 + roll(dice, 10);
        shape->history = 1000 + roll(dice, 5000);
        shape->session_slots = 60 + roll(dice, 300);
        shape->set_sessions = one_of(dice, 4) ? 2 : 1;
        shape->calm = 16;
    }
}

/* What is left still must do: 16 requests at a time, one hand-over, memory for few messages. */
static void limit_kind(sim_dice *dice, sim_kind kind, sim_run *run) {
    if (kind != KIND_SMALL) return;
    run->limits.requests = 16 + roll(dice, 20);
    run->limits.handovers = 1 + roll(dice, 3);
    run->limits.queries = 4;
    run->limits.transactions = 1;
    run->limits.pool_bytes = 2 * run->limits.message_bytes;
}

static void add_peers(sim_dice *dice, sim_run *run, sim_kind kind, uint32_t paras) {
    uint32_t liars = roll(dice, 5);
    if (kind == KIND_NOBODY_HONEST) {
        for (uint32_t i = 0; i <= liars; i++) add_liar(dice, run, &run->world->relay);
    } else {
        add_peers_of(dice, run, &run->world->relay, liars);
    }
    for (uint32_t i = 0; i < paras; i++)
        add_peers_of(dice, run, &run->world->paras[i], roll(dice, 2));
}

/* Behind a forced change nothing can be shown to who stands before it. */
static uint32_t some_start(sim_dice *dice, const sim_run *run, sim_kind kind) {
    uint32_t finalized = sim_finalized_at(run->world, run->now);
    uint32_t forced = run->world->shape.forced_at;
    if (kind == KIND_FORCED && finalized > forced && one_of(dice, 2))
        return finalized - roll(dice, finalized - forced);
    return one_of(dice, 4) ? 0 : roll(dice, finalized + 1);
}

static void begin(sim_run *run, sim_dice *dice, uint64_t seed, const sim_options *options) {
    sim_shape shape = some_shape(dice, seed);
    sim_kind kind = kind_of(seed);
    shape_kind(dice, kind, &shape);
    sim_run_begin(run, sim_world_new(&shape), seed);
    limit_kind(dice, kind, run);
    run->logs = options->logs;
    sim_note(run,
             "kind %d: %u blocks, %u authorities, sessions of %u slots, sets of %u sessions, %u%% "
             "of slots empty",
             (int)kind, shape.history, shape.authorities, shape.session_slots, shape.set_sessions,
             shape.empty_slots);
    run->division = options->division;
    run->drips = kind == KIND_DRIPPING;
    run->tell_session = one_of(dice, 2);
    run->accept_expired = true;
    run->work = one_of(dice, 3) ? 1 + roll(dice, 20) : MOTE_STEP_WORK;
    run->may_refuse_saved = kind == KIND_DAMAGED;
    uint32_t paras = roll(dice, run->world->shape.paras + 1);
    add_peers(dice, run, kind, paras);
    run->restart_at = options->restart_at;
    uint32_t start = some_start(dice, run, kind);
    /* For who stands before a forced change, whoever is honest about what comes behind it cannot be told from a liar. */
    if (shape.forced_at != 0 && start <= shape.forced_at + 2) {
        for (uint32_t i = 0; i < run->peer_count; i++) run->peers[i].is_honest = false;
    }
    sim_run_start(run, start, paras);
}

/* --- what only some do ------------------------------------------------------------------------------------------------------- */

static void pass_night(sim_dice *dice, sim_run *run) {
    uint64_t hours = 1 + roll(dice, 12);
    bool asleep = one_of(dice, 2); /* the host too: nothing steps */
    for (uint32_t i = 0; i < run->peer_count; i++) {
        run->peers[i].away_from = run->now;
        run->peers[i].away_to = run->now + hours * 3600000 / 10;
    }
    if (asleep)
        sim_run_sleep(run, hours * 3600000 / 10);
    else
        sim_run_for(run, hours * 3600000 / 10);
}

/* Cut, a bit turned, or something else altogether. */
static void damage_saved(sim_dice *dice, sim_run *run) {
    if (run->saved.size == 0) return;
    switch (roll(dice, 4)) {
    case 0: run->saved.size = roll(dice, (uint32_t)run->saved.size); break;
    case 1:
        run->saved.data[roll(dice, (uint32_t)run->saved.size)] ^= (uint8_t)(1u << roll(dice, 8));
        break;
    case 2: append_u8(&run->saved, 0); break;
    default: sim_fill(run->saved.data, run->saved.size, fixture_random(&dice->state), 0, 0); break;
    }
    sim_run_restart(run);
}

static void churn(sim_dice *dice, sim_run *run) {
    for (int i = 0; i < 4 && !sim_run_failed(run); i++) {
        if (run->followed_count > 1)
            sim_run_replace_parachain(run, 1 + roll(dice, run->followed_count - 1));
        sim_run_replace_source(run, &run->peers[roll(dice, run->peer_count)]);
        sim_run_for(run, 1000 + roll(dice, 20000));
        ask_something(dice, run);
    }
}

static void restart_often(sim_dice *dice, sim_run *run) {
    for (int i = 0; i < 10 && !sim_run_failed(run); i++) {
        sim_run_restart(run);
        sim_run_for(run, roll(dice, 9000));
    }
}

static void list_many(sim_run *run) {
    sim_chain *chain = &run->world->relay;
    sim_run_list(run, chain, NULL, (mote_bytes){chain->cells[8].key.data, 32});
    sim_run_list(run, chain, NULL, (mote_bytes){NULL, 0});
    sim_run_for(run, 20000);
}

static void do_kind(sim_dice *dice, sim_run *run, sim_kind kind) {
    switch (kind) {
    case KIND_NIGHT: pass_night(dice, run); break;
    case KIND_DAMAGED: damage_saved(dice, run); break;
    case KIND_CHURN: churn(dice, run); break;
    case KIND_RESTARTS: restart_often(dice, run); break;
    case KIND_MANY_KEYS: list_many(run); break;
    default: break;
    }
}

/* --- scenarios ---------------------------------------------------------------------------------------------------------------- */

static bool must_arrive(const sim_run *run, sim_kind kind) {
    uint32_t forced = run->world->shape.forced_at;
    if (kind == KIND_NOBODY_HONEST) return false;
    return forced == 0 || run->checkpoint_number > forced + 8;
}

void sim_scenario(sim_run *run, uint64_t seed, const sim_options *options) {
    sim_dice dice = {seed};
    sim_kind kind = kind_of(seed);
    begin(run, &dice, seed, options);
    bool calm = one_of(&dice, 2);
    sim_run_for(run, 20000 + roll(&dice, 30000));
    ask_something(&dice, run);
    if (one_of(&dice, 2)) submit_something(&dice, run);
    for (uint32_t i = 0; i < 1 + roll(&dice, 2); i++) {
        pass_some_time(&dice, run, calm);
        do_kind(&dice, run, kind);
    }
    run->restart_at = 0;
    /* What is left has time to become right: liars are still there. */
    sim_run_for(run, SIM_TIME_TO_SETTLE);
    sim_verdict_liars(run);
    sim_verdict_work(run);
    if (!must_arrive(run, kind)) return;
    sim_verdict_current(run, 12);
    if (kind != KIND_NIGHT && kind != KIND_RESTING) sim_verdict_answers(run);
}
