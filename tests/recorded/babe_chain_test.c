/* SPDX-License-Identifier: Apache-2.0 */
/* Whole recorded chains of BABE from genesis on: every seal, VRF, score, slot and epoch. */
#include "chains.h"
#include "recorded_blocks.h"

static mote_babe_position follow(const mote_babe_position *genesis, const recorded_chain *chain,
                                 uint32_t until) {
    mote_babe_position at = *genesis;
    for (size_t i = 0; i < chain->count; i++) {
        const mote_header *header = &chain->blocks[i].header;
        mote_babe_authorship author;
        if (header->number == 0 || header->number > until) continue;
        mote_status status =
            mote_babe_advance(fixture_context(1), &at, &author, &at, header, UINT64_MAX);
        if (status != MOTE_OK) print_error("block %u\n", (unsigned)header->number);
        assert_status(status, MOTE_OK);
        assert_int_equal(at.number, header->number);
        assert_int_equal(at.slot, author.slot);
        assert_true(mote_hash_equal(&at.hash, &header->hash));
    }
    return at;
}

static void westend_from_genesis(void **state) {
    (void)state;
    recorded_chain chain = recorded_blocks_of("blocks/westend-1-256.jsonl");
    mote_babe_position genesis = westend_genesis();
    mote_babe_position at = follow(&genesis, &chain, UINT32_MAX);
    assert_int_equal(chain.count, 128);
    assert_int_equal(at.number, 128);
    assert_int_equal(at.current.index, 0);
    assert_int_equal(at.next.index, 1);
    assert_true(at.weight > 0 && at.weight < 128);
}

/* Its node had worked out the same epochs when it was asked for a checkpoint. */
static void assert_same_epoch(const mote_babe_epoch *a, const mote_babe_epoch *b) {
    assert_int_equal(a->index, b->index);
    assert_int_equal(a->start_slot, b->start_slot);
    assert_int_equal(a->duration, b->duration);
    assert_int_equal(a->c_numerator, b->c_numerator);
    assert_int_equal(a->c_denominator, b->c_denominator);
    assert_int_equal(a->allowed_slots, b->allowed_slots);
    assert_memory_equal(a->randomness, b->randomness, 32);
    assert_int_equal(a->authorities.count, b->authorities.count);
    assert_memory_equal(a->authorities.items, b->authorities.items,
                        (size_t)a->authorities.count * MOTE_AUTHORITY_ITEM_SIZE);
}

static mote_babe_position local_checkpoint(mote_context *context) {
    json_t *sync = fixture_json("local/relay.light-sync-state.json");
    mote_checkpoint checkpoint;
    mote_babe_position at;
    assert_status(mote_checkpoint_from_light_sync_state(
                      context, &checkpoint, fixture_hex_field(sync, "finalizedBlockHeader"),
                      fixture_hex_field(sync, "babeEpochChanges"),
                      fixture_hex_field(sync, "grandpaAuthoritySet"), NULL),
                  MOTE_OK);
    assert_status(mote_babe_at_checkpoint(context, &at, &checkpoint), MOTE_OK);
    return at;
}

static const char later_blocks[] = "babe/relay-138-after-skipped-epochs.jsonl.gz";

static void local_from_genesis_to_its_checkpoint(void **state) {
    (void)state;
    recorded_chain chain = recorded_blocks_of("local/relay.blocks.jsonl.gz");
    recorded_chain later = recorded_blocks_of(later_blocks);
    mote_babe_position genesis = local_genesis();
    mote_babe_position start = local_checkpoint(fixture_other_context(4));
    mote_babe_position at = follow(&genesis, &chain, UINT32_MAX);
    assert_int_equal(at.number, 137);
    at = follow(&at, &later, start.number);
    assert_true(mote_hash_equal(&at.hash, &start.hash));
    assert_int_equal(at.slot, start.slot);
    assert_same_epoch(&at.current, &start.current);
    assert_same_epoch(&at.next, &start.next);
}

/* The network stood still for six hours: its first block afterwards is 180 epochs on, under the keys and randomness of
 * the one that was next when it stopped. From genesis and from the checkpoint. */
static void local_over_skipped_epochs(void **state) {
    (void)state;
    recorded_chain later = recorded_blocks_of(later_blocks);
    mote_babe_position at = local_checkpoint(fixture_other_context(4));
    uint64_t before = at.current.index;
    size_t skips = 0;
    for (size_t i = at.number + 1 - later.blocks[0].number; i < later.count; i++) {
        mote_babe_authorship author;
        assert_status(mote_babe_advance(fixture_context(1), &at, &author, &at,
                                        &later.blocks[i].header, UINT64_MAX),
                      MOTE_OK);
        if (author.epoch_index > before + 1) {
            skips++;
            assert_int_equal(at.number, 167);
            assert_int_equal(before, 8);
            assert_int_equal(author.epoch_index, 188);
            assert_int_equal(at.current.index, 9);
            assert_int_equal(at.next.index, 189);
        }
        before = author.epoch_index;
    }
    assert_int_equal(skips, 1);
    assert_int_equal(at.number, 184);
}

static void local_epochs(void **state) {
    (void)state;
    recorded_chain chain = recorded_blocks_of("local/relay.blocks.jsonl.gz");
    mote_babe_position at = local_genesis();
    uint64_t announced = 0;
    for (size_t i = 1; i < chain.count; i++) {
        mote_babe_position before = at;
        assert_status(mote_babe_advance(fixture_context(1), &at, NULL, &at, &chain.blocks[i].header,
                                        UINT64_MAX),
                      MOTE_OK);
        bool first = before.is_genesis || at.next.index != before.next.index;
        if (first) assert_int_equal(at.next.index, ++announced);
        assert_int_equal(at.current.index, announced - 1);
    }
    assert_int_equal(announced, 7);
}

/* In two steps the same positions come out, and every claim holds under its own. */
static void in_two_steps(void **state) {
    (void)state;
    recorded_chain chain = recorded_blocks_of("local/relay.blocks.jsonl.gz");
    mote_babe_position at = local_genesis(), same = at, none;
    static const mote_babe_digest no_digest;
    for (size_t i = 1; i < chain.count; i++) {
        const mote_header *header = &chain.blocks[i].header;
        mote_context *context = fixture_context(1);
        mote_babe_digest digest;
        mote_babe_authorship author;
        uint64_t slot = 0;
        assert_true(mote_header_babe_slot(header, &slot));
        assert_status(mote_babe_advance_unverified(context, &none, &digest, &at, header, slot - 1),
                      MOTE_E_SLOT_IN_FUTURE);
        assert_memory_equal(&digest, &no_digest, sizeof digest);
        assert_int_equal(none.number, 0);
        assert_status(mote_babe_advance_unverified(context, &at, &digest, &at, header, slot),
                      MOTE_OK);
        assert_status(mote_babe_verify(context, &author, &digest, &at.current, slot), MOTE_OK);
        assert_status(mote_babe_advance(context, &same, NULL, &same, header, slot), MOTE_OK);
        assert_memory_equal(&at.hash, &same.hash, sizeof at.hash);
        assert_int_equal(at.weight, same.weight);
        assert_int_equal(at.slot, same.slot);
        assert_same_epoch(&at.current, &same.current);
        assert_same_epoch(&at.next, &same.next);
    }
}

/* --- Rococo ------------------------------------------------------------------------------------------------ */
/* Epochs are counted by time: from one of a checkpoint to any other of the same chain. */
static uint64_t rococo_index_at(uint64_t start_slot) {
    json_t *file =
        json_object_get(fixture_json("checkpoints/rococo_v2_2-first-62698.json"), "lightSyncState");
    mote_checkpoint checkpoint;
    assert_status(
        mote_checkpoint_from_light_sync_state(fixture_other_context(16), &checkpoint,
                                              fixture_hex_field(file, "finalizedBlockHeader"),
                                              fixture_hex_field(file, "babeEpochChanges"),
                                              fixture_hex_field(file, "grandpaAuthoritySet"), NULL),
        MOTE_OK);
    const mote_babe_epoch *known = &checkpoint.epoch[0];
    assert_int_equal((start_slot - known->start_slot) % known->duration, 0);
    return known->index + (start_slot - known->start_slot) / known->duration;
}

/* The run begins with the first block of an epoch; what it announces judges all blocks of the next one, 414 of them,
 * with authorities, randomness and primary scores as a network of 60 validators had them. */
static void rococo_under_an_announced_epoch(void **state) {
    (void)state;
    chain_run run;
    mote_babe_digest first;
    mote_babe_position at;
    size_t judged = 0, claims[4] = {0};
    mote_context *context = fixture_context(1);
    assert_true(chain_run_of(&run, "rococo", 1237705));
    mote_header header = chain_decoded(&run, run.first);
    assert_status(mote_babe_digest_read(context, &first, &header), MOTE_OK);
    assert_true(first.has_next_epoch);
    memset(&at, 0, sizeof at);
    at.next.duration = 600;
    at.next.start_slot =
        first.pre_digest.slot + at.next.duration; /* it was made in the first slot */
    at.next.index = rococo_index_at(at.next.start_slot);
    at.next.authorities = first.next_authorities;
    memcpy(at.next.randomness, first.next_randomness, sizeof at.next.randomness);
    at.next.c_numerator = 1;
    at.next.c_denominator = 4;
    at.next.allowed_slots = MOTE_BABE_AND_SECONDARY_VRF;
    at.current = at.next;
    for (size_t i = 0; i < run.count; i++) {
        mote_babe_authorship author;
        uint64_t slot;
        header = chain_decoded(&run, run.first + (uint32_t)i);
        assert_true(mote_header_babe_slot(&header, &slot));
        if (slot < at.next.start_slot &&
            judged == 0) { /* the epoch before: its authorities are not recorded */
            at.hash = header.hash;
            at.number = header.number;
            at.slot = slot;
            continue;
        }
        assert_status(mote_babe_advance(context, &at, &author, &at, &header, UINT64_MAX), MOTE_OK);
        claims[author.claim]++;
        judged++;
    }
    assert_int_equal(judged, 414);
    assert_true(claims[MOTE_BABE_PRIMARY] > 50 && claims[MOTE_BABE_SECONDARY_VRF] > 200);
    assert_int_equal(at.weight, claims[MOTE_BABE_PRIMARY]);
}

/* Every block, under what the block before it does not say. */
static void blocks_out_of_place(void **state) {
    (void)state;
    recorded_chain chain = recorded_blocks_of("local/relay.blocks.jsonl.gz");
    mote_babe_position at = local_genesis(), none;
    for (size_t i = 1; i < chain.count; i++) {
        const mote_header *header = &chain.blocks[i].header;
        mote_babe_position wrong = at;
        mote_context *context = fixture_context(1);
        wrong.hash.bytes[i % 32] ^= 1;
        assert_status(mote_babe_advance(context, &none, NULL, &wrong, header, UINT64_MAX),
                      MOTE_E_HEADER_LINK);
        wrong = at;
        wrong.number++;
        assert_status(mote_babe_advance(context, &none, NULL, &wrong, header, UINT64_MAX),
                      MOTE_E_HEADER_NUMBER);
        mote_babe_position next = at;
        assert_status(mote_babe_advance(context, &next, NULL, &at, header, UINT64_MAX), MOTE_OK);
        wrong = at;
        wrong.slot = next.slot;
        assert_status(mote_babe_advance(context, &none, NULL, &wrong, header, UINT64_MAX),
                      MOTE_E_SLOT_ORDER);
        assert_status(mote_babe_advance(context, &none, NULL, &at, header, next.slot - 1),
                      MOTE_E_SLOT_IN_FUTURE);
        bool first = at.is_genesis || next.slot >= at.next.start_slot;
        wrong = at;
        wrong.is_genesis = false;
        wrong.next.start_slot = first ? next.slot + 1 : next.slot;
        assert_status(mote_babe_advance(context, &none, NULL, &wrong, header, UINT64_MAX),
                      first ? MOTE_E_EPOCH_UNEXPECTED : MOTE_E_EPOCH_MISSING);
        at = next;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(westend_from_genesis),
        cmocka_unit_test(local_from_genesis_to_its_checkpoint),
        cmocka_unit_test(local_over_skipped_epochs),
        cmocka_unit_test(local_epochs),
        cmocka_unit_test(in_two_steps),
        cmocka_unit_test(rococo_under_an_announced_epoch),
        cmocka_unit_test(blocks_out_of_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
