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
    if (kind < 99) return 100 + roll(dice, 100);
    return one_of(dice, 3) ? 1000 : 300;
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
    shape.fork_depth = one_of(dice, 2) ? 1 : 1 + roll(dice, 5);
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
    sim_peer *peer = sim_run_peer(run, chain->world, chain, some_lie(dice));
    some_link(dice, peer);
    if (one_of(dice, 2)) peer->node.often = 5 + roll(dice, 60);
    if (peer->node.lie == SIM_LIE_STALE)
        peer->node.stands = run->now - roll(dice, 100) * SIM_SLOT_MILLISECONDS;
}

static void add_peers_of(sim_dice *dice, sim_run *run, sim_chain *chain, uint32_t liars) {
    uint32_t honest = 1 + roll(dice, 2), place = roll(dice, liars + 1);
    for (uint32_t i = 0; i <= liars; i++) {
        for (uint32_t j = 0; i == place && j < honest; j++) {
            sim_peer *peer = sim_run_peer(run, chain->world, chain, SIM_HONEST);
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
    sim_chain *relay = &run->starts[roll(dice, run->start_count)].world->relay;
    mote_chain_status status = sim_run_status(run, relay);
    uint32_t below = roll(dice, run->drips ? 10 : 40);
    if (!status.has_head || status.number < below) return;
    mote_query query = {.kind = MOTE_QUERY_VALUES,
                        .has_at = true,
                        .at = sim_line_block(relay, status.number - below)->hash,
                        .keys = &relay->cells[0].key,
                        .key_count = 1};
    sim_run_query(run, relay, &query);
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
        case 8:
            mote_client_save(run->client, run->starts[roll(dice, run->start_count)].relay);
            break;
        default: break;
        }
    }
}

/* --- kinds of runs -------------------------------------------------------------------------------------------------------- */

/* What a run may be besides plain, most of them together with others. */
typedef enum sim_kind {
    NOBODY_HONEST = 1 << 0, /* of the relay chain: nothing false all the same */
    NIGHT = 1 << 1,         /* everybody is away for hours */
    RESTING = 1 << 2,       /* finality rests for a while */
    FORCED = 1 << 3,        /* a forced change lies on the way, or behind */
    LONG = 1 << 4,          /* many sessions to catch up with */
    SMALL = 1 << 5,         /* little memory, few places */
    DAMAGED = 1 << 6,       /* what was saved is not what comes back */
    DRIPPING = 1 << 7,      /* messages come in pieces, between those of others */
    CHURN = 1 << 8,         /* chains and sources come and go */
    RESTARTS = 1 << 9,
    AUTHORED = 1 << 10,  /* best heads are judged */
    MANY_KEYS = 1 << 11, /* lists of several pages */
    TWO = 1 << 12,       /* another relay chain, with parachains */
    CROWD = 1 << 13,     /* liars take most of the places */
    CLOCKS = 1 << 14,    /* the host's clock jumps, again and again */
    MANY = 1 << 15       /* many parachains */
} sim_kind;
#define KINDS 16u

/* A third of the runs are plain, a third are of one kind, the others of several. */
static uint32_t kinds_of(uint64_t seed) {
    uint64_t chance = sim_chance(seed, 900, 0, 0);
    uint32_t count = chance % 3 == 0 ? 0 : chance % 3 == 1 ? 1 : 2 + (uint32_t)(chance / 3 % 3);
    uint32_t kinds = 0;
    for (uint32_t i = 0; i < count; i++)
        kinds |= UINT32_C(1) << sim_chance(seed, 900, 1, i) % KINDS;
    return kinds;
}

static bool is_of(uint32_t kinds, uint32_t any) {
    return (kinds & any) != 0;
}

static void shape_authored(sim_dice *dice, sim_shape *shape) {
    shape->authored = true;
    shape->history = 60 + roll(dice, 60);
    shape->session_slots = 20 + roll(dice, 40);
    shape->empty_slots = one_of(dice, 2) ? roll(dice, 12) : 0;
    shape->fork_period = 2 + roll(dice, 8);
}

static void shape_long(sim_dice *dice, sim_shape *shape) {
    shape->authorities = 1 + roll(dice, 10);
    shape->history = 1000 + roll(dice, 5000);
    shape->session_slots = 60 + roll(dice, 300);
    shape->set_sessions = one_of(dice, 4) ? 2 : 1;
    shape->calm = 16;
}

static void shape_kinds(sim_dice *dice, uint32_t kinds, sim_shape *shape) {
    if (is_of(kinds, MANY_KEYS)) {
        shape->accounts = 200 + roll(dice, 600);
        shape->history = 30 + roll(dice, 40);
    }
    if (is_of(kinds, LONG))
        shape_long(dice, shape);
    else if (is_of(kinds, AUTHORED))
        shape_authored(dice, shape);
    if (is_of(kinds, RESTING)) {
        shape->rest_from = shape->history - roll(dice, 20);
        shape->rest_to = shape->rest_from + 10 + roll(dice, 60);
    }
    if (is_of(kinds, FORCED)) {
        shape->history += 80;
        shape->forced_at = 40 + roll(dice, shape->history - 60);
    }
}

/* What is left still must do: 16 requests at a time, one hand-over, memory for few messages. */
static void limit_kinds(sim_dice *dice, uint32_t kinds, sim_run *run) {
    if (!is_of(kinds, SMALL)) return;
    run->limits.requests = 16 + roll(dice, 20);
    run->limits.handovers = 1 + roll(dice, 3);
    run->limits.queries = 4;
    run->limits.transactions = 1;
    run->limits.pool_bytes = 2 * run->limits.message_bytes;
}

/* One honest source at least for each chain, unless nobody is. */
static void add_peers(sim_dice *dice, sim_run *run, const sim_start *start, uint32_t kinds) {
    sim_world *world = start->world;
    uint32_t liars = is_of(kinds, TWO) ? roll(dice, 3) : roll(dice, 5);
    if (is_of(kinds, CROWD) && !is_of(kinds, TWO)) liars = 6 + roll(dice, 3);
    if (is_of(kinds, NOBODY_HONEST)) {
        for (uint32_t i = 0; i <= liars; i++) add_liar(dice, run, &world->relay);
    } else {
        add_peers_of(dice, run, &world->relay, liars);
    }
    for (uint32_t i = 0; i < start->paras; i++) {
        bool room = SIM_MAX_PEERS - run->peer_count > 20 && !is_of(kinds, MANY);
        add_peers_of(dice, run, &world->paras[i], room ? roll(dice, 2) : 0);
    }
}

/* Behind a forced change nothing can be shown to who stands before it. */
static uint32_t some_start(sim_dice *dice, const sim_world *world, uint32_t kinds) {
    uint32_t finalized = sim_finalized_at(world, world->time);
    uint32_t forced = world->shape.forced_at;
    if (is_of(kinds, FORCED) && finalized > forced && one_of(dice, 2))
        return finalized - roll(dice, finalized - forced);
    return one_of(dice, 4) ? 0 : roll(dice, finalized + 1);
}

/* For who stands before a forced change, whoever is honest about what comes behind it cannot be told from a liar. */
static bool is_before_forced(const sim_start *start, uint32_t by) {
    uint32_t forced = start->world->shape.forced_at;
    return forced != 0 && start->number <= forced + by;
}

static sim_world *some_world(sim_dice *dice, uint64_t seed, uint32_t kinds) {
    sim_shape shape = some_shape(dice, seed);
    shape_kinds(dice, kinds, &shape);
    if (is_of(kinds, MANY)) shape.paras = 4 + roll(dice, SIM_MAX_PARAS - 3);
    if (is_of(kinds, TWO) && shape.paras > 6) shape.paras = 6;
    return sim_world_new(&shape);
}

static void note_world(sim_run *run, const sim_world *world, uint32_t kinds) {
    const sim_shape *shape = &world->shape;
    sim_note(run,
             "kinds %x: %u blocks, %u authorities, sessions of %u slots, sets of %u sessions, %u%% "
             "of slots empty",
             kinds, shape->history, shape->authorities, shape->session_slots, shape->set_sessions,
             shape->empty_slots);
}

/* The second relay chain is of no kind but plain. */
static void begin_other(sim_run *run, sim_dice *dice, uint64_t seed) {
    sim_world *world = some_world(dice, seed ^ UINT64_C(0x5151515151), TWO);
    uint32_t paras = roll(dice, (world->shape.paras < 2 ? world->shape.paras : 2) + 1);
    sim_run_also(run, world, some_start(dice, world, 0), paras);
    note_world(run, world, 0);
}

static void begin(sim_run *run, sim_dice *dice, uint64_t seed, const sim_options *options) {
    uint32_t kinds = kinds_of(seed);
    sim_run_begin(run, some_world(dice, seed, kinds), seed);
    limit_kinds(dice, kinds, run);
    run->logs = options->logs;
    note_world(run, run->world, kinds);
    run->division = options->division;
    run->drips = is_of(kinds, DRIPPING);
    run->tell_session = one_of(dice, 2);
    run->accept_expired = true;
    run->work = one_of(dice, 3) ? 1 + roll(dice, 20) : MOTE_STEP_WORK;
    run->may_refuse_saved = is_of(kinds, DAMAGED);
    run->starts[0].paras =
        is_of(kinds, MANY) ? run->world->shape.paras : roll(dice, run->world->shape.paras + 1);
    run->starts[0].number = some_start(dice, run->world, kinds);
    if (is_of(kinds, TWO)) begin_other(run, dice, seed);
    for (uint32_t i = 0; i < run->start_count; i++)
        add_peers(dice, run, &run->starts[i], i == 0 ? kinds : kinds & TWO);
    run->restart_at = options->restart_at;
    for (uint32_t i = 0; is_before_forced(&run->starts[0], 2) && i < run->peer_count; i++) {
        if (run->peers[i].node.world == run->world) run->peers[i].is_honest = false;
    }
    sim_run_start(run, run->starts[0].number, run->starts[0].paras);
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

/* Cut, a bit turned, or something else altogether: then it starts at the checkpoint. */
static void damage_saved(sim_dice *dice, sim_run *run) {
    test_buffer *saved = &run->starts[0].saved;
    if (saved->size == 0) return;
    uint32_t size = (uint32_t)saved->size;
    switch (roll(dice, 4)) {
    case 0: saved->size = roll(dice, size); break;
    case 1: saved->data[roll(dice, size)] ^= (uint8_t)(1u << roll(dice, 8)); break;
    case 2: append_u8(saved, 0); break;
    default: sim_fill(saved->data, size, fixture_random(&dice->state), 0, 0); break;
    }
    run->starts[0].floor = run->starts[0].number;
    sim_run_restart(run);
}

/* Days ahead, and back, with connections that break between. */
static void jump_clocks(sim_dice *dice, sim_run *run) {
    for (int i = 0; i < 8 && !sim_run_failed(run); i++) {
        int64_t most = one_of(dice, 2) ? 60000 : 200000000;
        run->clock_error += (int64_t)(fixture_random(&dice->state) % (uint64_t)(2 * most)) - most;
        if (one_of(dice, 3)) sim_run_disconnect(run, &run->peers[roll(dice, run->peer_count)]);
        sim_run_for(run, roll(dice, 8000));
        if (one_of(dice, 3)) ask_something(dice, run);
    }
}

static void churn(sim_dice *dice, sim_run *run) {
    for (int i = 0; i < 4 && !sim_run_failed(run); i++) {
        uint32_t index = roll(dice, run->followed_count);
        if (!run->followed[index].chain->is_relay) sim_run_replace_parachain(run, index);
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

static void do_kinds(sim_dice *dice, sim_run *run, uint32_t kinds) {
    if (is_of(kinds, NIGHT)) pass_night(dice, run);
    if (is_of(kinds, CLOCKS)) jump_clocks(dice, run);
    if (is_of(kinds, DAMAGED)) damage_saved(dice, run);
    if (is_of(kinds, CHURN)) churn(dice, run);
    if (is_of(kinds, RESTARTS)) restart_often(dice, run);
    if (is_of(kinds, MANY_KEYS)) list_many(run);
}

/* Now that all is calm, each chain has an answer. */
static void ask_each(sim_dice *dice, sim_run *run) {
    for (uint32_t i = 0; i < run->asked_count; i++) {
        mote_client_cancel(run->client, run->asked[i].id);
        free(run->asked[i].listed.data);
    }
    run->asked_count = 0;
    for (uint32_t i = 0; i < run->followed_count && !sim_run_failed(run); i++) {
        sim_run_values(run, run->followed[i].chain, fixture_random(&dice->state), false);
        if (i % 3 == 2) sim_run_for(run, 15000);
    }
    sim_run_for(run, 45000);
    sim_verdict_answers(run);
}

/* --- scenarios ---------------------------------------------------------------------------------------------------------------- */

static bool must_arrive(const sim_run *run, uint32_t kinds) {
    return !is_of(kinds, NOBODY_HONEST) && !is_before_forced(&run->starts[0], 8);
}

void sim_scenario(sim_run *run, uint64_t seed, const sim_options *options) {
    sim_dice dice = {seed};
    uint32_t kinds = kinds_of(seed);
    begin(run, &dice, seed, options);
    bool calm = one_of(&dice, 2);
    sim_run_for(run, 20000 + roll(&dice, 30000));
    ask_something(&dice, run);
    if (one_of(&dice, 2)) submit_something(&dice, run);
    for (uint32_t i = 0; i < 1 + roll(&dice, 2); i++) {
        pass_some_time(&dice, run, calm);
        do_kinds(&dice, run, kinds);
    }
    run->restart_at = 0;
    /* What is left has time to become right: liars are still there. */
    sim_run_for(run, SIM_TIME_TO_SETTLE);
    sim_verdict_liars(run);
    sim_verdict_work(run);
    if (!must_arrive(run, kinds)) return;
    sim_verdict_current(run, 12);
    /* Patience ends by the clock, and while it catches up with little memory, or slowly. */
    bool is_slow = is_of(kinds, LONG) && is_of(kinds, SMALL | DRIPPING);
    if (!is_slow && !is_of(kinds, NIGHT | RESTING | CLOCKS)) sim_verdict_answers(run);
    ask_each(&dice, run);
}
