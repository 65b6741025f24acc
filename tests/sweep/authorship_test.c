/* SPDX-License-Identifier: Apache-2.0 */
/* Headers, proofs of equivocation, configurations and bodies, cut short everywhere and with every bit turned: nothing
 * that is damaged is taken for what it was. */
#include "babe_recorded.h"
#include "recorded_blocks.h"
#include "sweep.h"

#define FLIPS 4000u

/* --- BABE ------------------------------------------------------------------------------------------------- */
static void not_by_the_author(mote_bytes damaged, void *user) {
    const mote_babe_epoch *epoch = user;
    mote_context *context = fixture_context(1);
    mote_header header;
    mote_babe_digest digest;
    mote_babe_authorship author;
    if (mote_header_decode(context, &header, damaged) != MOTE_OK) return;
    if (mote_babe_digest_read(context, &digest, &header) != MOTE_OK) return;
    assert_true(mote_babe_verify(context, &author, &digest, epoch, UINT64_MAX) != MOTE_OK);
}

static void recorded_headers(void **state) {
    (void)state;
    bool seen[4] = {false};
    for (size_t i = 0; i < BABE_RECORDED; i++) {
        babe_recorded recorded = babe_recorded_all()[i];
        if (seen[recorded.claim]) continue;
        seen[recorded.claim] = true;
        sweep_cuts(recorded.header, not_by_the_author, &recorded.epoch);
        sweep_flips(recorded.header, FLIPS, not_by_the_author, &recorded.epoch);
    }
    assert_true(seen[1] && seen[2] && seen[3]);
}

static void not_the_next_block(mote_bytes damaged, void *user) {
    const mote_babe_position *at = user;
    mote_context *context = fixture_context(1);
    mote_header header;
    mote_babe_position next;
    if (mote_header_decode(context, &header, damaged) != MOTE_OK) return;
    assert_true(mote_babe_advance(context, &next, NULL, at, &header, UINT64_MAX) != MOTE_OK);
    assert_int_equal(next.number, 0);
}

static void first_block_of_an_epoch(void **state) {
    (void)state;
    mote_babe_position at = test_position(0, 4, 20);
    test_block block = test_right_block(&at, MOTE_BABE_PRIMARY, 2, 112, 1);
    sweep_cuts(block.header, not_the_next_block, &at);
    sweep_flips(block.header, FLIPS, not_the_next_block, &at);
}

static void no_equivocation(mote_bytes damaged, void *user) {
    (void)user;
    mote_babe_equivocation found;
    assert_true(mote_babe_equivocation_verify(fixture_context(1), &found, damaged, NULL) !=
                MOTE_OK);
}

static void equivocation_proof(void **state) {
    (void)state;
    mote_babe_position at = test_position(0, 4, 20);
    test_block a = test_right_block(&at, MOTE_BABE_PRIMARY, 2, 106, 1);
    test_block b = test_right_block(&at, MOTE_BABE_PRIMARY, 2, 106, 2);
    test_author author = test_author_of(2);
    test_buffer proof = {0};
    mote_babe_equivocation found;
    append_span(&proof, author.key, 32);
    append_u64(&proof, 106);
    append_span(&proof, a.header.data, a.header.size);
    append_span(&proof, b.header.data, b.header.size);
    mote_bytes whole = buffer_bytes(&proof);
    assert_status(mote_babe_equivocation_verify(fixture_context(1), &found, whole, NULL), MOTE_OK);
    sweep_cuts(whole, no_equivocation, NULL);
    sweep_flips(whole, FLIPS, no_equivocation, NULL);
}

static void no_configuration(mote_bytes damaged, void *user) {
    (void)user;
    mote_babe_configuration out;
    assert_true(mote_babe_configuration_decode(fixture_context(1), &out, damaged) != MOTE_OK);
    assert_int_equal(out.authorities.count, 0);
}

static void configuration_cut_short(void **state) {
    (void)state;
    test_buffer out = {0};
    static const uint8_t randomness[32];
    mote_babe_configuration configuration;
    for (uint64_t i = 1; i <= 4; i++) append_u64(&out, i);
    append_compact(&out, 3);
    append_babe_authorities(&out, 0, 3);
    append_span(&out, randomness, sizeof randomness);
    append_u8(&out, 1);
    mote_bytes whole = buffer_bytes(&out);
    assert_status(mote_babe_configuration_decode(fixture_context(1), &configuration, whole),
                  MOTE_OK);
    sweep_cuts(whole, no_configuration, NULL);
    append_u8(&out, 1);
    no_configuration(buffer_bytes(&out), NULL);
}

/* --- Aura ------------------------------------------------------------------------------------------------- */
static void not_the_next_aura_block(mote_bytes damaged, void *user) {
    const mote_aura_position *at = user;
    mote_context *context = fixture_context(1);
    mote_header header;
    mote_aura_position next;
    if (mote_header_decode(context, &header, damaged) != MOTE_OK) return;
    assert_true(mote_aura_advance(context, &next, NULL, at, &header, UINT64_MAX) != MOTE_OK);
    assert_int_equal(next.number, 0);
}

static void aura_block(void **state) {
    (void)state;
    mote_hash parent;
    mote_aura_authorities authorities;
    mote_aura_position at;
    memset(parent.bytes, 0x21, sizeof parent.bytes);
    mote_context *context = fixture_context(1);
    assert_status(mote_aura_authorities_assume(context, &authorities, MOTE_AURA_SR25519,
                                               build_aura_list(0, 3), &parent, 7),
                  MOTE_OK);
    assert_status(mote_aura_at(context, &at, &authorities, NULL, MOTE_AURA_ONE_BLOCK_A_SLOT),
                  MOTE_OK);
    test_block block = test_aura_block(&parent, 8, 31, 1, 1, NULL);
    sweep_cuts(block.header, not_the_next_aura_block, &at);
    sweep_flips(block.header, FLIPS, not_the_next_aura_block, &at);
}

/* --- blocks ------------------------------------------------------------------------------------------------ */
static void not_the_body(mote_bytes damaged, void *user) {
    const recorded_block *block = user;
    mote_body body;
    mote_context *context = fixture_context(4);
    if (mote_body_decode(context, &body, damaged) != MOTE_OK) {
        assert_true(body.count == 0 && mote_context_mark(context) == 0);
        return;
    }
    assert_status(
        mote_body_check(context, &block->header, body.extrinsics, body.count, MOTE_STATE_V0),
        MOTE_E_EXTRINSICS_ROOT);
}

static void recorded_bodies(void **state) {
    (void)state;
    recorded_chain chain = recorded_blocks_of("blocks/kusama-2857470-2857473.json");
    for (size_t i = 0; i < 2; i++) {
        recorded_block *block = &chain.blocks[i];
        test_buffer whole = {0};
        append_compact(&whole, block->extrinsic_count);
        for (size_t k = 0; k < block->extrinsic_count; k++) {
            append_span(&whole, block->extrinsics[k].data, block->extrinsics[k].size);
        }
        sweep_cuts(buffer_bytes(&whole), not_the_body, block);
        sweep_flips(buffer_bytes(&whole), FLIPS, not_the_body, block);
        free(whole.data);
    }
}

static void not_final(mote_bytes damaged, void *user) {
    const recorded_block *block = user;
    static mote_authority_set set;
    if (set.voters == 0) set = local_first_set();
    mote_finalized_header final;
    assert_true(mote_block_justification_verify(fixture_context(1), &final, NULL, &block->header,
                                                &set, damaged) != MOTE_OK);
    assert_int_equal(final.seal, 0);
}

/* Of the two justifications of a block a bit of BEEFY's may turn: that one is another's to judge. */
static void attached_justification(void **state) {
    (void)state;
    recorded_chain chain = recorded_blocks_of("local/relay.blocks.jsonl.gz");
    recorded_block *block = &chain.blocks[61];
    mote_bytes list = block->justifications, grandpa;
    bool found;
    assert_status(mote_block_justification_find(fixture_context(1), &found, &grandpa, list, "FRNK"),
                  MOTE_OK);
    test_buffer alone = {0};
    append_compact(&alone, 1);
    append_span(&alone, "FRNK", 4);
    append_vec_u8(&alone, grandpa);
    sweep_cuts(list, not_final, block);
    sweep_flips(buffer_bytes(&alone), FLIPS, not_final, block);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recorded_headers),
        cmocka_unit_test(first_block_of_an_epoch),
        cmocka_unit_test(equivocation_proof),
        cmocka_unit_test(configuration_cut_short),
        cmocka_unit_test(aura_block),
        cmocka_unit_test(recorded_bodies),
        cmocka_unit_test(attached_justification),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
