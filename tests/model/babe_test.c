/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Slots and epochs in a small world, against a second implementation that keeps every announcement and looks through all
 * of them each time, as nodes do: all chains of some blocks with all gaps between them, announcing where they should and
 * where not.
 */
#include "babe_world.h"

#define BLOCKS 4u
#define MAX_GAP 6u

/* --- the second implementation --------------------------------------------------------------------------------- */
typedef struct announcement {
    uint64_t index, start;
} announcement;

typedef struct naive_chain {
    announcement known[BLOCKS + 2];
    size_t count;
    uint64_t slot; /* of the last block; 0: none */
    uint64_t duration;
} naive_chain;

/* The last one announced that has begun; a chain without blocks begins its first epoch now. */
static announcement viable(const naive_chain *chain, uint64_t slot) {
    announcement found = {0, slot};
    for (size_t i = 0; i < chain->count; i++) {
        if (chain->known[i].start <= slot) found = chain->known[i];
    }
    return found;
}

static uint64_t naive_index(const naive_chain *chain, uint64_t slot) {
    announcement epoch = viable(chain, slot);
    uint64_t end = epoch.start + chain->duration;
    while (end <= slot) {
        epoch.index++;
        end += chain->duration;
    }
    return epoch.index;
}

static mote_status naive_step(naive_chain *chain, uint64_t slot, bool announces) {
    if (slot <= chain->slot) return MOTE_E_SLOT_ORDER;
    announcement epoch = viable(chain, slot);
    bool first = chain->count == 0 || chain->slot < epoch.start;
    if (first != announces) return first ? MOTE_E_EPOCH_MISSING : MOTE_E_EPOCH_UNEXPECTED;
    uint64_t index = naive_index(chain, slot);
    chain->slot = slot;
    if (!first) return MOTE_OK;
    if (chain->count == 0) chain->known[chain->count++] = epoch;
    uint64_t start = epoch.start + (index - epoch.index + 1) * chain->duration;
    chain->known[chain->count++] = (announcement){index + 1, start};
    return MOTE_OK;
}

/* --- both --------------------------------------------------------------------------------------------------------- */
static size_t judged, accepted, skipping;

static test_block block_of(const mote_babe_position *at, const naive_chain *chain, uint64_t slot,
                           bool announces, bool forgets_skipped) {
    test_digest logs = {0};
    announcement epoch = viable(chain, slot);
    test_claim claim = {.claim = MOTE_BABE_SECONDARY_VRF, .slot = slot};
    claim.epoch_index = forgets_skipped ? epoch.index : naive_index(chain, slot);
    skipping += naive_index(chain, slot) != epoch.index;
    memset(claim.randomness, 0x5a, sizeof claim.randomness);
    if (announces) digest_add_next_epoch(&logs, 0, 1, 0x5a);
    claim.logs = &logs;
    test_block block = test_babe_block(&at->hash, at->number + 1, &claim);
    free(logs.items.data);
    return block;
}

static mote_status judge(mote_babe_position *out, const mote_babe_position *at,
                         const test_block *block, uint64_t *index) {
    mote_header header = test_header(block);
    mote_babe_authorship author;
    mote_status status =
        mote_babe_advance(fixture_context(1), out, &author, at, &header, UINT64_MAX);
    *index = author.epoch_index;
    judged++;
    accepted += status == MOTE_OK;
    return status;
}

typedef struct step {
    mote_babe_position at;
    naive_chain chain;
} step;

/* All ways on from here for the last block; for the others the one that both take. */
static void try_all(const step *from, uint64_t slot, step *next) {
    for (unsigned announces = 0; announces < 2; announces++) {
        for (unsigned forgets = 0; forgets < 2; forgets++) {
            naive_chain chain = from->chain;
            mote_babe_position out;
            uint64_t index = naive_index(&chain, slot), told;
            bool skips = viable(&chain, slot).index != index;
            if (forgets && !skips) continue;
            test_block block = block_of(&from->at, &from->chain, slot, announces, forgets);
            mote_status expected = naive_step(&chain, slot, announces);
            if (expected == MOTE_OK && forgets) expected = MOTE_E_BAD_VRF_PROOF;
            mote_status status = judge(&out, &from->at, &block, &told);
            assert_status(status, expected);
            if (status == MOTE_OK) {
                assert_int_equal(told, index);
                *next = (step){out, chain};
                /* The announcement lives on; nothing else of the block is needed. */
            } else {
                free_bytes(block.header);
            }
        }
    }
}

static step start_of(uint64_t duration) {
    mote_babe_configuration configuration = {.epoch_slots = duration,
                                             .c_numerator = 1,
                                             .c_denominator = 4,
                                             .allowed_slots = MOTE_BABE_AND_SECONDARY_VRF};
    static test_buffer items;
    mote_hash genesis;
    step start;
    memset(&start, 0, sizeof start);
    memset(&genesis, 1, sizeof genesis);
    if (items.size == 0) append_babe_authorities(&items, 0, 1);
    configuration.authorities = (mote_authority_list){items.data, 1};
    memset(configuration.randomness, 0x5a, sizeof configuration.randomness);
    assert_status(mote_babe_at_genesis(fixture_context(1), &start.at, &genesis, &configuration),
                  MOTE_OK);
    start.chain.duration = duration;
    return start;
}

/* Depth-first over the gaps, on a stack of its own. */
static void all_chains(uint64_t duration) {
    step stack[BLOCKS + 1];
    uint64_t gap[BLOCKS + 1] = {0};
    size_t depth = 0;
    stack[0] = start_of(duration);
    for (;;) {
        if (gap[depth]++ == MAX_GAP || depth == BLOCKS) {
            gap[depth] = 0;
            if (depth-- == 0) return;
            continue;
        }
        if (fixture_effort() == FIXTURE_SMALL && gap[depth] % 3 == 2) continue;
        try_all(&stack[depth], stack[depth].chain.slot + gap[depth], &stack[depth + 1]);
        depth++;
    }
}

static void chains_of_all_gaps(void **state) {
    (void)state;
    for (uint64_t duration = 1; duration <= 3; duration++) all_chains(duration);
    print_message("%zu blocks judged, %zu of them right, %zu after skipped epochs\n", judged,
                  accepted, skipping);
    assert_true(accepted > 100 && judged > accepted && skipping > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(chains_of_all_gaps)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
