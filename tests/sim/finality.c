/* SPDX-License-Identifier: Apache-2.0 */
/* Votes: those that made blocks final, and those of liars. Checkpoints. */
#include "world.h"

#include "mote/checkpoint.h"

enum { CHANCE_ORDER = 400, CHANCE_TARGET, CHANCE_MORE, CHANCE_TWICE, CHANCE_HEADER };

#define KNOWN_KEYS 4096u

test_voter sim_voter(uint32_t number, uint64_t weight) {
    static test_voter known[KNOWN_KEYS];
    if (number >= KNOWN_KEYS) abort();
    if (known[number].weight == 0) known[number] = test_voter_of(number, 1);
    test_voter voter = known[number];
    voter.weight = weight;
    return voter;
}

/* --- who votes ----------------------------------------------------------------------------------------------------- */

typedef struct ranked {
    uint64_t chance;
    uint32_t index;
} ranked;

static int by_chance(const void *a, const void *b) {
    const ranked *left = a, *right = b;
    if (left->chance != right->chance) return left->chance < right->chance ? -1 : 1;
    return left->index < right->index ? -1 : 1;
}

static ranked *in_some_order(const sim_set *set, uint64_t chance) {
    ranked *order = malloc(set->count * sizeof *order);
    if (order == NULL) abort();
    for (uint32_t i = 0; i < set->count; i++) {
        order[i] = (ranked){sim_chance(chance, CHANCE_ORDER, set->id, i), i};
    }
    qsort(order, set->count, sizeof *order, by_chance);
    return order;
}

/* --- honest votes --------------------------------------------------------------------------------------------------- */

typedef struct voting {
    sim_world *world;
    const sim_set *set;
    const sim_round *round;
    uint32_t highest; /* votes are for the round's block up to this one */
    uint32_t voted;   /* the highest one that got a vote */
    test_vote *votes;
    size_t count;
} voting;

static void cast(voting *ballot, const test_voter *voter, uint32_t number) {
    const sim_block *block = sim_line_block(&ballot->world->relay, number);
    ballot->votes[ballot->count++] = test_vote_in(TEST_STAGE_PRECOMMIT, voter, &block->hash, number,
                                                  ballot->round->round, ballot->set->id);
    if (number > ballot->voted) ballot->voted = number;
}

/* Voters vote for what they see, which is the block or one above it; few vote twice. */
static void cast_some(voting *ballot, const test_voter *voter, uint64_t chance) {
    uint32_t above = ballot->highest - ballot->round->number;
    uint32_t number = ballot->round->number + (uint32_t)(chance % (2 * above + 1)) / 2;
    cast(ballot, voter, number);
    bool twice = above > 0 && sim_chance(chance, CHANCE_TWICE, 0, 0) % 50 == 0;
    if (twice) cast(ballot, voter, number == ballot->highest ? number - 1 : number + 1);
}

static void cast_all(voting *ballot) {
    uint64_t seed = ballot->world->shape.seed ^ ballot->round->number;
    ranked *order = in_some_order(ballot->set, seed);
    uint64_t weight = 0;
    for (uint32_t i = 0; i < ballot->set->count; i++) {
        const test_voter *voter = &ballot->set->voters[order[i].index];
        if (weight >= ballot->set->threshold && sim_chance(seed, CHANCE_MORE, i, 0) % 3 != 0)
            continue;
        weight += voter->weight;
        cast_some(ballot, voter, sim_chance(seed, CHANCE_TARGET, i, 0));
    }
    free(order);
}

static uint32_t highest_seen(const sim_world *world, const sim_set *set, const sim_round *round) {
    uint32_t highest = sim_best_at(world, round->time);
    if (highest > round->number + 3) highest = round->number + 3;
    return highest > set->to ? set->to : highest;
}

static mote_bytes write_justification(voting *ballot) {
    uint32_t from = ballot->round->number;
    test_block ancestry[4];
    size_t count = 0;
    for (uint32_t number = ballot->voted; number > from; number--) {
        ancestry[count++] =
            (test_block){.header = sim_line_block(&ballot->world->relay, number)->header};
    }
    test_justification parts = {.round = ballot->round->round,
                                .target_hash = sim_line_block(&ballot->world->relay, from)->hash,
                                .target_number = from,
                                .votes = ballot->votes,
                                .vote_count = ballot->count,
                                .ancestry = ancestry,
                                .ancestry_count = count};
    mote_bytes built = build_justification(&parts);
    mote_bytes kept = sim_keep(&ballot->world->arena, built);
    free_bytes(built);
    return kept;
}

mote_bytes sim_justification(sim_world *world, const sim_round *round) {
    sim_round *of = &world->rounds[round - world->rounds];
    if (of->justification.size > 0) return of->justification;
    const sim_set *set = sim_set_of(world, of->number);
    voting ballot = {.world = world, .set = set, .round = of, .voted = of->number};
    ballot.highest = highest_seen(world, set, of);
    ballot.votes = calloc(2 * (size_t)set->count, sizeof *ballot.votes);
    if (ballot.votes == NULL) abort();
    cast_all(&ballot);
    of->justification = write_justification(&ballot);
    free(ballot.votes);
    return of->justification;
}

/* --- forgeries ------------------------------------------------------------------------------------------------------- */

mote_bytes sim_forged_header(sim_world *world, const sim_chain *chain, const sim_block *parent,
                             uint32_t number, uint64_t slot, uint64_t chance) {
    uint8_t hashes[96];
    test_digest digest = {0};
    test_buffer header = {0};
    sim_fill(hashes, sizeof hashes, chance, CHANCE_HEADER, number);
    if (parent != NULL) memcpy(hashes, parent->hash.bytes, 32);
    if (chain->is_relay) digest_add_babe_slot(&digest, 0, slot);
    append_span(&header, hashes, 32);
    append_compact(&header, number);
    append_span(&header, hashes + 32, 64);
    append_compact(&header, digest.count);
    append_span(&header, digest.items.data, digest.items.size);
    mote_bytes kept = sim_keep(&world->arena, buffer_bytes(&header));
    free(header.data);
    free(digest.items.data);
    return kept;
}

mote_bytes sim_forged_justification(sim_world *world, const sim_set *set, const mote_hash *hash,
                                    uint32_t number, uint64_t round, uint64_t weight,
                                    uint64_t chance) {
    ranked *order = in_some_order(set, chance);
    test_vote *votes = calloc(set->count, sizeof *votes);
    test_justification parts = {
        .round = round, .target_hash = *hash, .target_number = number, .votes = votes};
    if (votes == NULL) abort();
    for (uint32_t i = 0; i < set->count; i++) {
        const test_voter *voter = &set->voters[order[i].index];
        if (voter->weight > weight) continue;
        weight -= voter->weight;
        votes[parts.vote_count++] =
            test_vote_in(TEST_STAGE_PRECOMMIT, voter, hash, number, round, set->id);
    }
    mote_bytes built = build_justification(&parts);
    mote_bytes kept = sim_keep(&world->arena, built);
    free_bytes(built);
    free(votes);
    free(order);
    return kept;
}

/* --- checkpoints ------------------------------------------------------------------------------------------------------ */

mote_bytes sim_checkpoint(sim_world *world, uint32_t number) {
    const sim_block *block = sim_line_block(&world->relay, number);
    const sim_set *set = sim_set_of(world, number + 1);
    test_buffer list = {0};
    append_authority_list(&list, set->voters, set->count);
    mote_checkpoint checkpoint;
    mote_context *context = &world->context;
    size_t mark = mote_context_mark(context);
    if (mote_checkpoint_from_parts(context, &checkpoint, block->header, buffer_bytes(&list),
                                   set->id, NULL) != MOTE_OK) {
        abort();
    }
    checkpoint.genesis = sim_line_block(&world->relay, 0)->hash;
    mote_writer writer = mote_writer_into(NULL, 0);
    mote_checkpoint_encode(&writer, &checkpoint, false);
    uint8_t *bytes = sim_take(&world->arena, writer.size);
    writer = mote_writer_into(bytes, writer.size);
    mote_checkpoint_encode(&writer, &checkpoint, false);
    mote_context_release(context, mark);
    free(list.data);
    return (mote_bytes){bytes, writer.size};
}
