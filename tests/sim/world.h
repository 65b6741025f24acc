/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A made-up network: a relay chain whose authority sets change, forks and finality, parachains that come, stall, go and go
 * back, and the state of each of their blocks. Everything follows from a shape (which has a seed) and from the time up to
 * which the world is built, so that two equal shapes are two equal worlds.
 *
 * What is true is here, in tables; what nodes say of it is in node.h; what a client makes of that is judged in verdict.h,
 * against these tables. Nothing here verifies anything.
 *
 * States are functions of a number (the block's `content`): no block keeps one. One state in memory is moved to the content
 * that is asked for, key by key where these differ, and its root compared with the block's.
 */
#ifndef MOTE_SIM_WORLD_H
#define MOTE_SIM_WORLD_H

#include "babe_world.h"
#include "grandpa_builder.h"

#include "mote/state.h"

#define SIM_NONE UINT32_MAX
#define SIM_SLOT_MILLISECONDS 6000u
#ifndef SIM_MAX_PARAS
#define SIM_MAX_PARAS 8u
#endif
#define SIM_MAX_CELLS 1024u

/* --- chance and memory ----------------------------------------------------------------------------------- */
/* A number that follows from all four: chance without an order of asking. */
uint64_t sim_chance(uint64_t seed, uint64_t what, uint64_t a, uint64_t b);
void sim_fill(uint8_t *out, size_t size, uint64_t seed, uint64_t what, uint64_t a);

/* Memory that is given back at once. */
typedef struct sim_arena {
    struct sim_arena_part *part;
} sim_arena;
void *sim_take(sim_arena *arena, size_t size); /* zeroed */
mote_bytes sim_keep(sim_arena *arena, mote_bytes bytes);
void sim_arena_free(sim_arena *arena);
/* Room for one more item behind `count`, in memory of malloc. */
void *sim_grow(void *items, size_t count, size_t *capacity, size_t item_size);

/* --- shape ------------------------------------------------------------------------------------------------ */
typedef struct sim_shape {
    uint64_t seed;
    uint64_t start; /* Unix milliseconds: when `history` blocks are there */
    uint32_t history;
    uint32_t authorities; /* of each set */
    bool weights_vary;
    uint32_t session_slots;
    uint32_t set_sessions;       /* how many sessions a set is in office */
    uint32_t empty_slots;        /* of 100 */
    uint32_t finality_lag;       /* blocks */
    uint32_t fork_period;        /* every so many blocks somebody builds beside; 0: never */
    uint32_t fork_depth;         /* so many blocks, one on the other; 0 is 1 */
    uint32_t rest_from, rest_to; /* blocks while which nothing becomes final */
    uint32_t forced_at;          /* this block announces a forced change; 0: none does */
    uint32_t calm;               /* state changes only every so many blocks, at least 1 */
    uint32_t paras;
    uint32_t para_period; /* blocks from one to the next of a parachain */
    bool paras_behave;    /* they neither stall nor go */
    uint32_t accounts;
    bool authored; /* blocks are made by whose turn it is, and the state knows of BABE */
    mote_state_version version;
    uint64_t other; /* chains that differ in this only are equal below `other_from` */
    uint32_t other_from;
} sim_shape;
/* What a shape may be at most plain: 4 authorities, sessions of 20 slots. */
sim_shape sim_shape_plain(uint64_t seed);

/* --- content ---------------------------------------------------------------------------------------------- */
typedef enum sim_form {
    SIM_FORM_FIXED,
    SIM_FORM_SHORT, /* at most 32 bytes */
    SIM_FORM_LONG,  /* more: by hash in version 1 */
    SIM_FORM_EMPTY,
    SIM_FORM_SOMETIMES, /* there and not there in turns */
    SIM_FORM_ACCOUNT,
    SIM_FORM_EVENTS,
    SIM_FORM_HEAD,      /* Paras::Heads of `para` */
    SIM_FORM_LIFECYCLE, /* Paras::ParaLifecycles of `para` */
    SIM_FORM_BABE       /* of pallet Babe, by `para` */
} sim_form;

/* A place of the state. It has another value each `period` contents. */
typedef struct sim_cell {
    bool in_child;
    mote_bytes child, key;
    sim_form form;
    uint32_t period, phase, para;
} sim_cell;

/* A state in memory, at some content. */
typedef struct sim_state {
    void *memory;
    mote_state *state;
    uint64_t tags[SIM_MAX_CELLS];
} sim_state;

/* --- chains ----------------------------------------------------------------------------------------------- */
typedef struct sim_block {
    mote_hash hash, state_root;
    uint32_t parent; /* index; SIM_NONE for block 0 */
    uint32_t number;
    uint32_t content;
    uint64_t slot;
    uint64_t salt;
    mote_bytes header;
} sim_block;

typedef struct sim_extrinsic {
    mote_bytes bytes; /* with its length in front */
    uint32_t block;   /* index; SIM_NONE: waits */
    uint32_t index;
} sim_extrinsic;

typedef struct sim_chain {
    struct sim_world *world;
    bool is_relay;
    uint32_t para; /* its place among the world's */
    uint32_t para_id;
    sim_cell cells[SIM_MAX_CELLS];
    uint32_t cell_count;
    sim_state tip, reader;
    sim_block *blocks;
    size_t block_count, block_capacity;
    uint32_t *line; /* by number: the block of the chain's own line */
    size_t line_count, line_capacity;
    uint32_t *by_hash; /* index + 1 */
    size_t hash_places;
    sim_extrinsic *extrinsics;
    size_t extrinsic_count, extrinsic_capacity;
} sim_chain;

/* --- finality --------------------------------------------------------------------------------------------- */
typedef struct sim_set {
    uint64_t id;
    uint32_t from, to; /* blocks that it finalizes; `to` SIM_NONE while it is in office */
    const test_voter *voters;
    uint32_t count;
    uint64_t total, threshold;
} sim_set;

/* A round of voting that ended: this block was final from `time` on. */
typedef struct sim_round {
    uint32_t number; /* the block's */
    uint64_t round;
    uint64_t time;
    mote_bytes justification; /* made when asked for */
} sim_round;

/* A parachain as relay blocks see it. */
typedef struct sim_para {
    uint32_t block;    /* index in the parachain's blocks; SIM_NONE: no head */
    bool opaque;       /* the head is no header */
    uint8_t lifecycle; /* as encoded; 255: none */
} sim_para;

typedef struct sim_fork {
    uint32_t block; /* index */
    uint64_t time;
} sim_fork;

typedef struct sim_world {
    sim_shape shape;
    uint64_t time; /* everything up to here is built */
    sim_chain relay;
    sim_chain paras[SIM_MAX_PARAS];
    uint64_t *slots; /* by number */
    size_t slot_capacity;
    sim_para *heads; /* by relay number, then parachain */
    size_t head_capacity;
    sim_set *sets;
    size_t set_count, set_capacity;
    sim_round *rounds;
    size_t round_count, round_capacity;
    sim_fork *forks;
    size_t fork_count, fork_capacity;
    uint32_t finalized;
    uint32_t forced_in_force; /* a forced change begins with this block; 0: none is pending */
    sim_arena arena;
    mote_context context;
} sim_world;

sim_world *sim_world_new(const sim_shape *shape);
void sim_world_free(sim_world *world);
/* Builds what happens up to then. */
void sim_world_advance(sim_world *world, uint64_t time);

/* The newest block of the line at that time, and what is final then. */
uint32_t sim_best_at(const sim_world *world, uint64_t time);
size_t sim_rounds_at(const sim_world *world, uint64_t time); /* how many had ended */
uint32_t sim_finalized_at(const sim_world *world, uint64_t time);
uint64_t sim_block_time(const sim_block *block);
const sim_set *sim_set_of(const sim_world *world, uint32_t number);
const sim_para *sim_para_at(const sim_world *world, uint32_t para, uint32_t relay_content);
const sim_round *sim_round_for(const sim_world *world,
                               uint32_t number); /* that ended with this block; or NULL */

/* --- blocks ----------------------------------------------------------------------------------------------- */
const sim_block *sim_block_by_hash(const sim_chain *chain, const mote_hash *hash);
const sim_block *sim_line_block(const sim_chain *chain, uint32_t number); /* NULL: none yet */
uint32_t sim_block_index(const sim_chain *chain, const sim_block *block);
/* Whether `ancestor` is it, or below it. */
bool sim_descends(const sim_chain *chain, const sim_block *block, const sim_block *ancestor);
#define SIM_MAX_BODY 16u
size_t sim_body(sim_chain *chain, const sim_block *block, mote_bytes out[SIM_MAX_BODY]);
/* Is put into the next block that is built. */
void sim_add_extrinsic(sim_chain *chain, mote_bytes bytes);
/* Private to the world's files (`author`: who seals it, or NULL where the digest is whole): a block with the next content, in the line or beside it. */
uint32_t sim_add_block(sim_chain *chain, uint32_t parent, uint64_t slot, uint32_t content,
                       uint64_t salt, const test_digest *digest, const test_author *author,
                       bool in_line);
void sim_chain_begin(sim_chain *chain, sim_world *world, bool is_relay, uint32_t para);
void sim_chain_end(sim_chain *chain);

/* --- authors ---------------------------------------------------------------------------------------------- */
/* The session that a slot is in, from block 1 on: BABE's epoch. */
uint64_t sim_session_of(const sim_world *world, uint64_t slot);
/* Whose turn it is; secondary slots, without VRF. `index`: among the epoch's authors. */
const test_author *sim_author_of(const sim_world *world, uint64_t slot, uint32_t *index);
void sim_announce_epoch(const sim_world *world, test_digest *digest, uint64_t epoch);
#define SIM_BABE_ITEMS 9u
extern const char *const sim_babe_items[SIM_BABE_ITEMS];
size_t sim_babe_value(const sim_world *world, uint32_t item, uint32_t content, uint8_t *out);

/* --- states ----------------------------------------------------------------------------------------------- */
/* The value that the state of `content` has there. False: none. `out` takes SIM_MAX_VALUE bytes. */
#define SIM_MAX_VALUE 4096u
bool sim_cell_value(const sim_chain *chain, const sim_cell *cell, uint32_t content, uint8_t *out,
                    size_t *size);
/* The same for any key. `child` NULL: the main trie. */
bool sim_value(const sim_chain *chain, const mote_bytes *child, mote_bytes key, uint32_t content,
               uint8_t *out, size_t *size);
void sim_cells_begin(sim_chain *chain);
void sim_state_open(sim_state *state, const sim_chain *chain);
void sim_state_close(sim_state *state);
mote_hash sim_state_move(sim_state *state, const sim_chain *chain, uint32_t content); /* the root */
/* The state of a block, until the next call. Aborts where its root is not the block's. */
mote_state *sim_state_of(sim_chain *chain, const sim_block *block);

/* --- justifications --------------------------------------------------------------------------------------- */
/* That of a round that ended; signed when it is asked for first. */
mote_bytes sim_justification(sim_world *world, const sim_round *round);
/* Somebody's voters sign a block of theirs, with as much weight as fits below or in `weight`. */
mote_bytes sim_forged_justification(sim_world *world, const sim_set *set, const mote_hash *hash,
                                    uint32_t number, uint64_t round, uint64_t weight,
                                    uint64_t chance);
/* A header that is no block of this chain: child of `parent`, or of nothing. */
mote_bytes sim_forged_header(sim_world *world, const sim_chain *chain, const sim_block *parent,
                             uint32_t number, uint64_t slot, uint64_t chance);
test_voter sim_voter(uint32_t number, uint64_t weight); /* keys are made once a process */

/* A compact checkpoint of that block of the line. */
mote_bytes sim_checkpoint(sim_world *world, uint32_t number);
#endif
