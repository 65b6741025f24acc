/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two kinds of input, by the first byte.
 * 'J': the rest is a justification for the voters of grandpa_world.h. Whatever is made of their signatures, only blocks
 * of the trunk become final; and the verdict does not depend on the seed.
 * Otherwise: a recipe for blocks (with any parents and numbers), votes (by anybody, for anything) and ancestry. What
 * mote says of it but for the signatures is what a slow second implementation says.
 */
#include "grandpa_world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* --- bytes ------------------------------------------------------------------------------------------------------ */

static mote_status verify_with_seed(mote_bytes input, uint8_t seed, mote_fault *fault) {
    static uint8_t memory[4 << 20];
    const grandpa_world *world = the_grandpa_world();
    const uint8_t seeds[32] = {seed};
    mote_finalized_block block;
    mote_justification_report report;
    mote_context context;
    mote_context_init(&context, memory, sizeof memory, seeds);
    mote_status status =
        mote_justification_verify(&context, &block, &report, &world->set, input, NULL);
    world_require(context.used == 0);
    world_require(context.most_used <= mote_justification_memory(input.size, WORLD_VOTERS));
    if (status == MOTE_OK) {
        world_require(world_is_trunk(&block.hash, block.number));
        world_require(report.counted_weight >= world->set.threshold);
        world_require(report.counted_voters <= WORLD_VOTERS);
        world_require(report.equivocators <= 1);
        for (uint32_t i = 0; i < report.equivocators; i++) {
            world_require(memcmp(report.equivocator[i], world->voters[3].public_key, 32) == 0);
        }
    } else {
        world_require(mote_finalized_block_check(&block) != MOTE_OK && report.equivocators == 0);
    }
    *fault = context.fault;
    return status;
}

static void judge_bytes(mote_bytes input) {
    mote_fault first, second;
    mote_justification_report report;
    mote_status status = verify_with_seed(input, 1, &first);
    world_require(verify_with_seed(input, 2, &second) == status);
    world_require(first.at == second.at && first.index == second.index);
    mote_status layout = mote_justification_decode(fixture_context(1), &report, input);
    if (status == MOTE_OK) world_require(layout == MOTE_OK);
}

/* --- recipes ------------------------------------------------------------------------------------------------------ */

enum { MOST_BLOCKS = 10, MOST_VOTES = 14, MOST_HEADERS = 12, STRANGERS = 2 };

typedef struct recipe {
    const uint8_t *at, *end;
    test_block block[MOST_BLOCKS];
    size_t blocks;
    test_vote vote[MOST_VOTES];
    size_t votes;
    test_block header[MOST_HEADERS];
    size_t headers;
    mote_hash target_hash;
    uint32_t target_number;
} recipe;

static uint8_t take(recipe *r) {
    return r->at < r->end ? *r->at++ : 0;
}

/* Mostly what it should be. */
static uint32_t tweak(recipe *r, uint32_t number) {
    uint8_t byte = take(r);
    return byte < 248 ? number : number + byte - 252u;
}

static void read_blocks(recipe *r) {
    static const mote_hash no_hash;
    r->blocks = 1 + take(r) % MOST_BLOCKS;
    for (size_t i = 0; i < r->blocks; i++) {
        size_t parent = take(r) % (i + 1);
        const test_block *below = parent == i ? NULL : &r->block[parent];
        uint32_t number = tweak(r, below == NULL ? 20 : below->number + 1);
        r->block[i] =
            test_block_at(below == NULL ? &no_hash : &below->hash, number, (uint8_t)i, NULL);
    }
    const test_block *target = &r->block[take(r) % r->blocks];
    r->target_hash = target->hash;
    r->target_number = tweak(r, target->number);
}

static void read_votes(recipe *r) {
    const grandpa_world *world = the_grandpa_world();
    r->votes = take(r) % (MOST_VOTES + 1);
    for (size_t i = 0; i < r->votes; i++) {
        test_vote *vote = &r->vote[i];
        size_t voter = take(r) % (WORLD_VOTERS + STRANGERS);
        const test_block *block = &r->block[take(r) % r->blocks];
        memset(vote, 0, sizeof *vote);
        memset(vote->key, (int)voter, sizeof vote->key);
        if (voter < WORLD_VOTERS) memcpy(vote->key, world->voters[voter].public_key, 32);
        vote->hash = block->hash;
        vote->number = tweak(r, block->number);
        vote->signature[0] = take(r) % 3;
    }
    r->headers = take(r) % (MOST_HEADERS + 1);
    for (size_t i = 0; i < r->headers; i++) r->header[i] = r->block[take(r) % r->blocks];
}

/* --- the slow second implementation --------------------------------------------------------------------------------- */

static bool same_vote(const test_vote *a, const test_vote *b) {
    return mote_hash_equal(&a->hash, &b->hash) && a->number == b->number &&
           memcmp(a->signature, b->signature, 64) == 0;
}

static bool equivocates(const recipe *r, const uint8_t *key) {
    const test_vote *first = NULL;
    for (size_t i = 0; i < r->votes; i++) {
        if (memcmp(r->vote[i].key, key, 32) != 0) continue;
        if (first != NULL && !same_vote(first, &r->vote[i])) return true;
        if (first == NULL) first = &r->vote[i];
    }
    return false;
}

/* Headers on the way are marked where the way is whole. */
static bool leads(const recipe *r, bool *used, const mote_hash *hash, uint32_t number,
                  const mote_hash *base, uint32_t base_number) {
    if (mote_hash_equal(hash, base)) return number == base_number;
    for (size_t i = 0; i < r->headers; i++) {
        const test_block *header = &r->header[i];
        if (!mote_hash_equal(&header->hash, hash)) continue;
        if (header->number != number || number == 0) return false;
        if (!leads(r, used, &header->parent_hash, number - 1, base, base_number)) return false;
        used[i] = true;
        return true;
    }
    return false;
}

static bool leads_to_target(const recipe *r, bool *used, const test_vote *vote) {
    return leads(r, used, &vote->hash, vote->number, &r->target_hash, r->target_number);
}

static void mark_equivocators(const recipe *r, bool *used) {
    const test_vote *lowest = NULL;
    for (size_t i = 0; i < r->votes; i++) {
        const test_vote *vote = &r->vote[i];
        if (!equivocates(r, vote->key)) continue;
        (void)leads_to_target(r, used, vote);
        if (lowest == NULL || vote->number < lowest->number) lowest = vote;
    }
    if (lowest == NULL || lowest->number >= r->target_number) return;
    (void)leads(r, used, &r->target_hash, r->target_number, &lowest->hash, lowest->number);
    for (size_t i = 0; i < r->votes; i++) {
        const test_vote *vote = &r->vote[i];
        if (!equivocates(r, vote->key)) continue;
        (void)leads(r, used, &vote->hash, vote->number, &lowest->hash, lowest->number);
    }
}

static bool has_duplicate_headers(const recipe *r) {
    for (size_t i = 0; i < r->headers; i++) {
        for (size_t j = 0; j < i; j++) {
            if (mote_hash_equal(&r->header[i].hash, &r->header[j].hash)) return true;
        }
    }
    return false;
}

static bool naive(const recipe *r) {
    const grandpa_world *world = the_grandpa_world();
    bool used[MOST_HEADERS] = {false}, voted[WORLD_VOTERS] = {false};
    if (has_duplicate_headers(r)) return false;
    for (size_t i = 0; i < r->votes; i++) {
        const test_vote *vote = &r->vote[i];
        size_t voter = 0;
        while (voter < WORLD_VOTERS && memcmp(world->voters[voter].public_key, vote->key, 32) != 0)
            voter++;
        if (voter == WORLD_VOTERS) return false;
        voted[voter] = true;
        if (!equivocates(r, vote->key) && !leads_to_target(r, used, vote)) return false;
    }
    mark_equivocators(r, used);
    for (size_t i = 0; i < r->headers; i++) {
        if (!used[i]) return false;
    }
    return voted[0] + voted[1] + voted[2] + voted[3] >= 3;
}

static void judge_recipe(mote_bytes input) {
    static test_buffer buffer;
    static recipe r;
    memset(&r, 0, sizeof r);
    r.at = input.data;
    r.end = input.data + input.size;
    read_blocks(&r);
    read_votes(&r);
    const test_justification parts = {WORLD_ROUND, r.target_hash, r.target_number, r.vote,
                                      r.votes,     r.header,      r.headers};
    buffer.size = 0;
    append_justification(&buffer, &parts);
    mote_context *context = fixture_context(1);
    mote_work *work = mote_work_new(context, 1, MOST_VOTES, MOTE_VOTE_SIZE);
    world_require(work != NULL && mote_work_open(work));
    mote_unsigned_block block;
    mote_justification_report report;
    mote_status status = mote_justification_check(
        context, &block, &report, work, &the_grandpa_world()->set, buffer_bytes(&buffer), NULL);
    world_require((status == MOTE_OK) == naive(&r));
    for (size_t i = 0; i < r.blocks; i++) free_bytes(r.block[i].header);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    const mote_bytes rest = {data + 1, size - 1};
    if (data[0] == 'J') {
        judge_bytes(rest);
    } else {
        judge_recipe(rest);
    }
    return 0;
}
