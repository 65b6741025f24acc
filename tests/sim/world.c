/* SPDX-License-Identifier: Apache-2.0 */
/* How a world grows, slot by slot: sessions, sets, forks, rounds, parachains. */
#include "world.h"

#include "mote/scale.h"

enum {
    CHANCE_EMPTY = 300,
    CHANCE_ROUND,
    CHANCE_AUTHOR,
    CHANCE_SEAL,
    CHANCE_WEIGHT,
    CHANCE_SET,
    CHANCE_LIFE,
    CHANCE_TWO,
    CHANCE_FORK
};
#define FIRST_SLOT_BEFORE 16u
#define ROUND_TAKES 700u /* milliseconds from a block to the end of the round that it brings */
#define LIFE_BLOCKS 24u  /* relay blocks for which a parachain keeps to its ways */

sim_shape sim_shape_plain(uint64_t seed) {
    return (sim_shape){.seed = seed,
                       .start = UINT64_C(1800000000000),
                       .history = 100,
                       .authorities = 4,
                       .session_slots = 20,
                       .set_sessions = 1,
                       .finality_lag = 2,
                       .calm = 1,
                       .paras = 2,
                       .para_period = 2,
                       .accounts = 8,
                       .version = MOTE_STATE_V1};
}

uint64_t sim_block_time(const sim_block *block) {
    return block->slot * SIM_SLOT_MILLISECONDS;
}

/* --- sets ------------------------------------------------------------------------------------------------------- */

/* What differs in the other chain differs in its sets too, once it differs. */
static test_voter *make_voters(sim_world *world, uint64_t id) {
    const sim_shape *shape = &world->shape;
    test_voter *voters = sim_take(&world->arena, shape->authorities * sizeof *voters);
    uint32_t pool = shape->authorities + 1 + shape->authorities / 2;
    uint32_t turn = (uint32_t)(id * (1 + shape->authorities / 3)) % pool;
    for (uint32_t i = 0; i < shape->authorities; i++) {
        uint64_t weight = 1;
        if (shape->weights_vary) weight = 1 + sim_chance(shape->seed, CHANCE_WEIGHT, id, i) % 1000;
        voters[i] = sim_voter((turn + i) % pool, weight);
    }
    return voters;
}

static void begin_set(sim_world *world, uint32_t from) {
    world->sets =
        sim_grow(world->sets, world->set_count, &world->set_capacity, sizeof *world->sets);
    sim_set *set = &world->sets[world->set_count];
    *set = (sim_set){
        .id = world->set_count, .from = from, .to = SIM_NONE, .count = world->shape.authorities};
    set->voters = make_voters(world, set->id);
    for (uint32_t i = 0; i < set->count; i++) set->total += set->voters[i].weight;
    set->threshold = set->total - (set->total - 1) / 3;
    world->set_count++;
}

static void change_set(sim_world *world, uint32_t last) {
    world->sets[world->set_count - 1].to = last;
    begin_set(world, last + 1);
}

const sim_set *sim_set_of(const sim_world *world, uint32_t number) {
    size_t low = 0, high = world->set_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (world->sets[middle].from <= number)
            low = middle;
        else
            high = middle;
    }
    return &world->sets[low];
}

/* --- rounds ----------------------------------------------------------------------------------------------------- */

static void end_round(sim_world *world, uint32_t number, uint64_t time) {
    world->rounds =
        sim_grow(world->rounds, world->round_count, &world->round_capacity, sizeof *world->rounds);
    uint64_t round = world->round_count == 0 ? 1 : world->rounds[world->round_count - 1].round + 1;
    if (world->round_count > 0) {
        const sim_set *before = sim_set_of(world, world->rounds[world->round_count - 1].number);
        if (before != sim_set_of(world, number)) round = 1;
    }
    world->rounds[world->round_count++] =
        (sim_round){.number = number, .round = round, .time = time};
    world->finalized = number;
}

static bool finality_rests(const sim_world *world, uint32_t number) {
    const sim_shape *shape = &world->shape;
    if (number >= shape->rest_from && number < shape->rest_to) return true;
    if (shape->forced_at == 0) return false;
    return number + 6 >= shape->forced_at && number <= shape->forced_at + 6;
}

/* A set's last block is made final by itself; then the next set goes on. */
static void vote(sim_world *world, uint32_t best, uint64_t time) {
    if (finality_rests(world, best) || best < world->shape.finality_lag) return;
    uint32_t target = best - world->shape.finality_lag;
    if (sim_chance(world->shape.seed, CHANCE_ROUND, best, 0) % 4 == 0) return;
    while (world->finalized < target) {
        const sim_set *set = sim_set_of(world, world->finalized + 1);
        end_round(world, set->to < target ? set->to : target, time + ROUND_TAKES);
    }
}

/* --- parachains --------------------------------------------------------------------------------------------------- */

typedef enum life { LIFE_GOES_ON, LIFE_STALLS, LIFE_IS_AWAY, LIFE_GOES_BACK, LIFE_IS_OPAQUE } life;

static life life_of(const sim_world *world, uint32_t para, uint32_t number) {
    uint32_t season = number / LIFE_BLOCKS;
    uint64_t chance = sim_chance(world->shape.seed, CHANCE_LIFE, para, season) % 100;
    if (world->shape.paras_behave || (season == 0 && para == 0)) return LIFE_GOES_ON;
    if (chance < 70) return LIFE_GOES_ON;
    if (chance < 79) return LIFE_STALLS;
    if (chance < 87) return LIFE_IS_AWAY;
    return chance < 96 ? LIFE_GOES_BACK : LIFE_IS_OPAQUE;
}

static void add_para_block(sim_chain *para, uint64_t slot, uint32_t parent, uint32_t relay_number) {
    test_digest digest = {0};
    uint8_t number[8], seal[64];
    mote_store_u64(number, slot);
    sim_fill(seal, sizeof seal, para->world->shape.seed, CHANCE_SEAL,
             (uint64_t)relay_number << 8 | para->para);
    digest_add(&digest, MOTE_DIGEST_PRE_RUNTIME, "aura", (mote_bytes){number, 8});
    digest_add(&digest, MOTE_DIGEST_SEAL, "aura", (mote_bytes){seal, 64});
    sim_add_block(para, parent, slot, (uint32_t)para->block_count, relay_number, &digest, NULL,
                  true);
    free(digest.items.data);
}

static void grow_para(sim_chain *para, uint64_t slot, uint32_t relay_number) {
    uint32_t newest = para->line[para->line_count - 1];
    add_para_block(para, slot, newest, relay_number);
    if (sim_chance(para->world->shape.seed, CHANCE_TWO, relay_number, para->para) % 6 == 0) {
        add_para_block(para, slot, para->line[para->line_count - 1], relay_number);
    }
}

/* Somebody set the head to one that was there before: what was built on it is no more. */
static void take_para_back(sim_chain *para) {
    size_t by = 1 + para->line_count % 3;
    if (para->line_count > by + 1) para->line_count -= by;
}

static sim_para next_head(sim_world *world, uint32_t p, uint32_t number, uint64_t slot) {
    sim_chain *para = &world->paras[p];
    life ways = life_of(world, p, number);
    if (ways == LIFE_IS_AWAY) return (sim_para){SIM_NONE, false, 255};
    if (ways == LIFE_GOES_BACK && number % LIFE_BLOCKS == LIFE_BLOCKS / 2)
        take_para_back(para);
    else if (ways != LIFE_STALLS && number % world->shape.para_period == 0)
        grow_para(para, slot, number);
    return (sim_para){para->line[para->line_count - 1], ways == LIFE_IS_OPAQUE, 2};
}

static void include_parachains(sim_world *world, uint32_t number, uint64_t slot) {
    size_t count = world->shape.paras;
    while (((size_t)number + 1) * count > world->head_capacity) {
        world->head_capacity = world->head_capacity == 0 ? 256 * count : 2 * world->head_capacity;
        world->heads = realloc(world->heads, world->head_capacity * sizeof *world->heads);
        if (world->heads == NULL) abort();
    }
    for (uint32_t p = 0; p < count; p++) {
        sim_para *head = &world->heads[number * count + p];
        if (number == 0)
            *head = (sim_para){0, false, 2};
        else if (number % world->shape.calm != 0)
            *head = head[-(ptrdiff_t)count];
        else
            *head = next_head(world, p, number, slot);
    }
}

const sim_para *sim_para_at(const sim_world *world, uint32_t para, uint32_t relay_content) {
    return &world->heads[(size_t)relay_content * world->shape.paras + para];
}

/* --- blocks of the relay chain -------------------------------------------------------------------------------------- */

static bool begins_session(const sim_world *world, uint32_t number, uint64_t slot) {
    if (number < 2) return number == 1;
    return sim_session_of(world, slot) != sim_session_of(world, world->slots[number - 1]);
}

/* The first block of a session announces the next set, which begins with the block behind it. */
static bool ends_set(const sim_world *world, uint32_t number, uint64_t slot) {
    uint32_t forced = world->shape.forced_at;
    if (number < 2) return false;
    if (forced > 0 && number + 30 > forced && number < forced + 10) return false;
    return begins_session(world, number, slot) &&
           sim_session_of(world, slot) % world->shape.set_sessions == 0;
}

/* Sets are made when they are announced. A set that a change names is the one that change_set makes. */
static void announce(sim_world *world, test_digest *digest, bool forced) {
    test_voter *next = make_voters(world, world->set_count);
    if (forced)
        digest_add_forced_change(digest, world->finalized, next, world->shape.authorities, 2);
    else
        digest_add_scheduled_change(digest, next, world->shape.authorities, 0);
}

static void seal(sim_world *world, test_digest *digest, uint64_t slot, uint64_t salt) {
    uint8_t bytes[64];
    sim_fill(bytes, sizeof bytes, world->shape.seed ^ salt, CHANCE_SEAL, slot);
    digest_add(digest, MOTE_DIGEST_SEAL, "BABE", (mote_bytes){bytes, sizeof bytes});
}

/* Of an authored chain: whose turn it is, and the epoch that begins after this one. */
static const test_author *slot_digest(sim_world *world, test_digest *digest, uint32_t number,
                                      uint64_t slot, uint64_t salt) {
    uint32_t index;
    if (!world->shape.authored) {
        uint64_t author = sim_chance(world->shape.seed ^ salt, CHANCE_AUTHOR, slot, 0);
        digest_add_babe_slot(digest, (uint32_t)(author % world->shape.authorities), slot);
        return NULL;
    }
    const test_author *author = sim_author_of(world, slot, &index);
    digest_add_babe_slot(digest, index, slot);
    if (begins_session(world, number, slot))
        sim_announce_epoch(world, digest, sim_session_of(world, slot) + 1);
    return author;
}

static void build_beside(sim_world *world, uint32_t number, uint32_t parent, uint64_t slot) {
    test_digest digest = {0};
    uint64_t salt = 1 + world->shape.other;
    const test_author *author = slot_digest(world, &digest, number, slot, salt);
    if (author == NULL) seal(world, &digest, slot, salt);
    uint32_t block = sim_add_block(&world->relay, parent, slot, world->relay.blocks[parent].content,
                                   salt, &digest, author, false);
    world->forks =
        sim_grow(world->forks, world->fork_count, &world->fork_capacity, sizeof *world->forks);
    world->forks[world->fork_count++] = (sim_fork){block, slot * SIM_SLOT_MILLISECONDS};
    free(digest.items.data);
}

/* A branch begins beside the line, or goes on. */
static void build_branch(sim_world *world, uint32_t number, uint64_t slot) {
    uint32_t period = world->shape.fork_period, depth = world->shape.fork_depth;
    if (period == 0 || number < 2 || number % period >= (depth == 0 ? 1 : depth)) return;
    if (number % period == 0) {
        build_beside(world, number, world->relay.line[number - 1], slot);
    } else if (world->fork_count > 0) {
        uint32_t newest = world->forks[world->fork_count - 1].block;
        if (world->relay.blocks[newest].number == number - 1)
            build_beside(world, number, newest, slot);
    }
}

static void note_slot(sim_world *world, uint32_t number, uint64_t slot) {
    world->slots = sim_grow(world->slots, number, &world->slot_capacity, sizeof *world->slots);
    world->slots[number] = slot;
}

static uint64_t salt_of(const sim_world *world, uint32_t number) {
    bool differs = world->shape.other != 0 && number >= world->shape.other_from;
    return differs ? world->shape.other << 8 : 0;
}

static void build_block(sim_world *world, uint64_t slot) {
    sim_chain *relay = &world->relay;
    uint32_t number = (uint32_t)relay->line_count;
    note_slot(world, number, slot);
    bool ends = ends_set(world, number, slot);
    bool forced = number == world->shape.forced_at && number > 0;
    test_digest digest = {0};
    const test_author *author = slot_digest(world, &digest, number, slot, salt_of(world, number));
    if (ends || forced) announce(world, &digest, forced);
    if (author == NULL) seal(world, &digest, slot, salt_of(world, number));
    include_parachains(world, number, slot);
    build_branch(world, number, slot);
    sim_add_block(relay, relay->line[number - 1], slot, number, salt_of(world, number), &digest,
                  author, true);
    free(digest.items.data);
    if (forced) world->forced_in_force = number + 2;
    if (world->forced_in_force == number && number > 0)
        change_set(world, world->finalized);
    else if (ends)
        change_set(world, number);
    vote(world, number, slot * SIM_SLOT_MILLISECONDS);
}

/* --- the world -------------------------------------------------------------------------------------------------------- */

static uint64_t next_slot(const sim_world *world) {
    uint64_t slot = world->relay.blocks[world->relay.line[world->relay.line_count - 1]].slot + 1;
    while (sim_chance(world->shape.seed, CHANCE_EMPTY, slot, 0) % 100 < world->shape.empty_slots)
        slot++;
    return slot;
}

void sim_world_advance(sim_world *world, uint64_t time) {
    uint64_t slot;
    while ((slot = next_slot(world)) * SIM_SLOT_MILLISECONDS <= time) build_block(world, slot);
    if (time > world->time) world->time = time;
}

static void begin_chains(sim_world *world) {
    sim_chain_begin(&world->relay, world, true, 0);
    for (uint32_t i = 0; i < world->shape.paras; i++) {
        sim_chain_begin(&world->paras[i], world, false, i);
        sim_cells_begin(&world->paras[i]);
        sim_add_block(&world->paras[i], SIM_NONE, 0, 0, 0, NULL, NULL, true);
    }
    sim_cells_begin(&world->relay);
}

sim_world *sim_world_new(const sim_shape *shape) {
    sim_world *world = calloc(1, sizeof *world);
    if (world == NULL) abort();
    size_t memory = (size_t)1 << 20;
    world->shape = *shape;
    world->finalized = 0;
    mote_context_init(&world->context, malloc(memory), memory, (const uint8_t[32]){1});
    begin_chains(world);
    include_parachains(world, 0, 0);
    begin_set(world, 0);
    uint64_t first = shape->start / SIM_SLOT_MILLISECONDS - shape->history - FIRST_SLOT_BEFORE;
    note_slot(world, 0, first);
    uint32_t genesis = sim_add_block(&world->relay, SIM_NONE, 0, 0, 0, NULL, NULL, true);
    world->relay.blocks[genesis].slot = first;
    end_round(world, 0, first * SIM_SLOT_MILLISECONDS);
    sim_world_advance(world, shape->start);
    return world;
}

void sim_world_free(sim_world *world) {
    if (world == NULL) return;
    sim_chain_end(&world->relay);
    for (uint32_t i = 0; i < world->shape.paras; i++) sim_chain_end(&world->paras[i]);
    free(world->heads);
    free(world->slots);
    free(world->sets);
    free(world->rounds);
    free(world->forks);
    sim_arena_free(&world->arena);
    free(world->context.memory);
    free(world);
}

/* --- at a time ------------------------------------------------------------------------------------------------------- */

uint32_t sim_best_at(const sim_world *world, uint64_t time) {
    size_t low = 0, high = world->relay.line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (sim_block_time(sim_line_block(&world->relay, (uint32_t)middle)) <= time)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

size_t sim_rounds_at(const sim_world *world, uint64_t time) {
    size_t low = 0, high = world->round_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (world->rounds[middle].time <= time)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

uint32_t sim_finalized_at(const sim_world *world, uint64_t time) {
    return world->rounds[sim_rounds_at(world, time) - 1].number;
}

const sim_round *sim_round_for(const sim_world *world, uint32_t number) {
    size_t low = 0, high = world->round_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (world->rounds[middle].number <= number)
            low = middle;
        else
            high = middle;
    }
    return world->rounds[low].number == number ? &world->rounds[low] : NULL;
}
