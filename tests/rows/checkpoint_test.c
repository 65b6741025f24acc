/* SPDX-License-Identifier: Apache-2.0 */
/* Rows K01-K04, K07 and K13: where trust starts (verification-rules H.13). The other rows of H.13 that are in scope are
 * about the API and the command line (tests/rows/api_test.c, tests/cli). */
#include "fixture.h"

#include "grandpa_builder.h"
#include "mote/checkpoint.h"
#include "mote/warp.h"

#define SLOT UINT64_C(297425631)

static mote_bytes dated_header(uint32_t number, uint64_t slot) {
    test_digest digest = {0};
    const mote_hash parent = {{1}};
    digest_add_babe_slot(&digest, 0, slot);
    return test_block_at(&parent, number, 1, &digest).header;
}

/* --- a lightSyncState made up of its parts --------------------------------------------------------------------------- */

typedef struct epoch_of {
    uint64_t start, duration, numerator, denominator;
} epoch_of;

static void append_epoch(test_buffer *to, const epoch_of *epoch) {
    static const uint8_t randomness[32] = {7};
    append_u64(to, 5);
    append_u64(to, epoch->start);
    append_u64(to, epoch->duration);
    append_authority_list(to, test_voters(1, 3), 3);
    append_span(to, randomness, 32);
    append_u64(to, epoch->numerator);
    append_u64(to, epoch->denominator);
    append_u8(to, 2);
}

/* No roots in the tree, one entry with a current and a next epoch ("Genesis"), no gap. */
static mote_bytes epoch_changes(const epoch_of *current, const epoch_of *next) {
    static const uint8_t hash[32] = {9};
    test_buffer to = {0};
    append_compact(&to, 0);
    append_u8(&to, 0);
    append_compact(&to, 1);
    append_span(&to, hash, 32);
    append_u32(&to, 100);
    append_u8(&to, 0);
    append_epoch(&to, current);
    append_epoch(&to, next);
    append_u8(&to, 0);
    return buffer_bytes(&to);
}

static const epoch_of good_current = {SLOT - 10, 600, 1, 4}, good_next = {SLOT + 590, 600, 1, 4};

static mote_bytes authority_set(const test_voter *voters, size_t count, uint64_t set_id) {
    test_buffer to = {0};
    append_authority_list(&to, voters, count);
    append_u64(&to, set_id);
    append_compact(&to,
                   0); /* pending standard changes: no roots, no best block; forced ones; history */
    append_u8(&to, 0);
    append_compact(&to, 0);
    append_compact(&to, 0);
    return buffer_bytes(&to);
}

static mote_status load(mote_checkpoint *out, uint32_t number, mote_bytes epochs, mote_bytes set) {
    return mote_checkpoint_from_light_sync_state(fixture_context(8), out,
                                                 dated_header(number, SLOT), epochs, set,
                                                 mote_chain_by_name("polkadot"));
}

static mote_status load_epochs(const epoch_of *current, const epoch_of *next) {
    mote_checkpoint out;
    return load(&out, 200, epoch_changes(current, next), authority_set(test_voters(1, 3), 3, 4));
}

static mote_status load_set(uint32_t number, const test_voter *voters, size_t count,
                            uint64_t set_id) {
    mote_checkpoint out;
    return load(&out, number, epoch_changes(&good_current, &good_next),
                authority_set(voters, count, set_id));
}

/* --- rows --------------------------------------------------------------------------------------------------------------- */

static void K01_a_checkpoint_older_than_the_window(void **state) {
    (void)state;
    mote_checkpoint c;
    const uint64_t made = SLOT * 6, window = 28 * 86400;
    assert_status(load(&c, 200, epoch_changes(&good_current, &good_next),
                       authority_set(test_voters(1, 3), 3, 4)),
                  MOTE_OK);
    static const struct {
        uint64_t seconds;
        mote_freshness freshness;
    } ages[] = {{0, MOTE_FRESH},
                {28 * 86400 / 4 - 1, MOTE_FRESH},
                {28 * 86400 / 4, MOTE_STALE},
                {28 * 86400 - 1, MOTE_STALE},
                {28 * 86400, MOTE_EXPIRED},
                {UINT64_C(1) << 40, MOTE_EXPIRED}};
    for (size_t i = 0; i < sizeof ages / sizeof ages[0]; i++) {
        mote_age age = mote_checkpoint_age(&c, made + ages[i].seconds);
        assert_int_equal(age.freshness, ages[i].freshness);
        assert_true(age.window_seconds == window && age.seconds == ages[i].seconds &&
                    age.made_at == made);
        assert_status(mote_age_status(&age),
                      ages[i].freshness == MOTE_EXPIRED ? MOTE_E_EXPIRED : MOTE_OK);
    }
    mote_age early = mote_checkpoint_age(&c, made - MOTE_CLOCK_TOLERANCE_SECONDS);
    assert_int_equal(early.freshness, MOTE_FRESH);
    early = mote_checkpoint_age(&c, made - MOTE_CLOCK_TOLERANCE_SECONDS - 1);
    assert_status(mote_age_status(&early), MOTE_E_FROM_FUTURE);
    mote_age untold = mote_checkpoint_age(&c, 0);
    assert_int_equal(untold.freshness, MOTE_AGE_UNKNOWN);
}

static void K02_a_set_id_off_by_one_fails_at_the_first_justification(void **state) {
    (void)state;
    test_voter *voters = test_voters(1, 4);
    const mote_hash parent = {{2}};
    test_block block = test_block_at(&parent, 201, 1, NULL);
    mote_bytes justification = build_plain_justification(voters, 4, &block, 1, 4);
    for (uint64_t set_id = 3; set_id <= 5; set_id++) {
        mote_checkpoint c;
        mote_finalized_block out;
        assert_status(load(&c, 200, epoch_changes(&good_current, &good_next),
                           authority_set(voters, 4, set_id)),
                      MOTE_OK);
        mote_status status = mote_justification_verify(fixture_other_context(8), &out, NULL, &c.set,
                                                       justification, NULL);
        assert_status(status, set_id == 4 ? MOTE_OK : MOTE_E_BAD_SIGNATURE);
    }
}

static void K03_trailing_bytes_are_tolerated(void **state) {
    (void)state;
    test_buffer epochs = {0}, set = {0};
    mote_bytes plain_epochs = epoch_changes(&good_current, &good_next);
    mote_bytes plain_set = authority_set(test_voters(1, 3), 3, 4);
    append_span(&epochs, plain_epochs.data, plain_epochs.size);
    append_span(&epochs, "what comes next", 15);
    append_span(&set, plain_set.data, plain_set.size);
    append_span(&set, "what comes next", 15);
    mote_checkpoint c;
    assert_status(load(&c, 200, buffer_bytes(&epochs), buffer_bytes(&set)), MOTE_OK);
    assert_int_equal(c.epoch_count, 2);
    assert_int_equal(c.authorities.count, 3);
}

/* Past the history of set changes nothing is known. Inside it every byte is. */
static void K03_a_history_that_is_cut_off(void **state) {
    (void)state;
    test_buffer set = {0};
    mote_bytes plain = authority_set(test_voters(1, 3), 3, 4);
    append_span(&set, plain.data, plain.size - 1);
    append_compact(&set, 2);
    for (uint32_t i = 0; i < 2; i++) {
        append_u64(&set, i);
        append_u32(&set, 10 * i);
    }
    mote_bytes whole = buffer_bytes(&set);
    mote_checkpoint c;
    for (size_t size = plain.size - 1; size <= whole.size; size++) {
        mote_status status = load(&c, 200, (mote_bytes){NULL, 0}, (mote_bytes){whole.data, size});
        bool is_whole = size == whole.size || size == plain.size - 1; /* with it, or without it */
        assert_int_equal(status == MOTE_OK, is_whole);
    }
}

static void K04_checkpoints_that_contradict_themselves(void **state) {
    (void)state;
    test_voter *voters = test_voters(1, 3);
    assert_status(load_epochs(&good_current, &good_next), MOTE_OK);
    assert_status(load_set(200, voters, 0, 4), MOTE_E_CHECKPOINT_INCOHERENT);
    assert_status(load_set(0, voters, 3, 1), MOTE_E_CHECKPOINT_INCOHERENT);
    voters[1].weight = 0;
    assert_status(load_set(200, voters, 3, 4), MOTE_E_CHECKPOINT_INCOHERENT);
    voters[1].weight = UINT64_MAX;
    assert_status(load_set(200, voters, 3, 4), MOTE_E_CHECKPOINT_INCOHERENT);
    const epoch_of above_one = {SLOT - 10, 600, 5, 4}, no_chance = {SLOT - 10, 600, 1, 0};
    assert_status(load_epochs(&above_one, &good_next), MOTE_E_CHECKPOINT_INCOHERENT);
    assert_status(load_epochs(&no_chance, &good_next), MOTE_E_CHECKPOINT_INCOHERENT);
    /* Epochs that all begin after the header are not those of its chain. The slot itself is in the epoch it starts. */
    const epoch_of later = {SLOT + 1, 600, 1, 4}, begins_now = {SLOT, 600, 1, 4};
    assert_status(load_epochs(&later, &good_next), MOTE_E_CHECKPOINT_INCOHERENT);
    assert_status(load_epochs(&begins_now, &good_next), MOTE_OK);
}

/* A standard change that finality has passed already would have been applied. */
static void K04_a_pending_change_below_the_header(void **state) {
    (void)state;
    for (uint32_t height = 199; height <= 201; height++) {
        static const uint8_t hash[32] = {3};
        test_buffer set = {0};
        append_authority_list(&set, test_voters(1, 3), 3);
        append_u64(&set, 4);
        append_compact(&set, 1);
        append_span(&set, hash, 32);
        append_u32(&set, height);
        append_authority_list(&set, test_voters(5, 3), 3);
        append_u32(&set, 0); /* delay */
        append_u32(&set, height);
        append_span(&set, hash, 32);
        append_u8(&set, 0);
        append_compact(&set, 0); /* children */
        append_u8(&set, 0);
        append_compact(&set, 0);
        mote_checkpoint c;
        mote_status status =
            load(&c, 200, epoch_changes(&good_current, &good_next), buffer_bytes(&set));
        assert_status(status, height > 200 ? MOTE_OK : MOTE_E_CHECKPOINT_INCOHERENT);
    }
}

/* --- what is stored: the compact form --------------------------------------------------------------------------------- */

static mote_bytes stored(bool with_babe) {
    mote_checkpoint c;
    static uint8_t bytes[2][8192];
    assert_status(load(&c, 200, epoch_changes(&good_current, &good_next),
                       authority_set(test_voters(1, 3), 3, 4)),
                  MOTE_OK);
    mote_writer writer = mote_writer_into(bytes[with_babe], sizeof bytes[0]);
    mote_checkpoint_encode(&writer, &c, with_babe);
    assert_true(mote_writer_fits(&writer));
    return (mote_bytes){bytes[with_babe], writer.size};
}

static void K07_stored_checkpoints_truncated_flipped_foreign(void **state) {
    (void)state;
    for (int babe = 0; babe < 2; babe++) {
        mote_bytes whole = stored(babe == 1);
        mote_checkpoint c;
        mote_context *context = fixture_other_context(8);
        assert_status(mote_checkpoint_decode(context, &c, whole), MOTE_OK);
        for (size_t size = 0; size < whole.size; size++) {
            uint8_t *cut = fixture_copy((mote_bytes){whole.data, size});
            assert_int_not_equal(mote_checkpoint_decode(context, &c, (mote_bytes){cut, size}),
                                 MOTE_OK);
            free(cut);
        }
        for (size_t bit = 0; bit < 8 * whole.size; bit++) {
            uint8_t *flipped = fixture_copy(whole);
            flipped[bit / 8] ^= (uint8_t)(1 << bit % 8);
            mote_status status =
                mote_checkpoint_decode(context, &c, (mote_bytes){flipped, whole.size});
            mote_status expected = bit / 8 < 8    ? MOTE_E_BAD_FORMAT
                                   : bit / 8 == 8 ? MOTE_E_VERSION
                                                  : MOTE_E_CHECKSUM;
            assert_status(status, expected);
            assert_status(mote_finalized_header_check(&c.finalized), MOTE_E_NO_EVIDENCE);
            free(flipped);
        }
    }
}

static void K07_a_checkpoint_of_another_chain(void **state) {
    (void)state;
    mote_checkpoint c;
    uint8_t bytes[8192];
    mote_context *context = fixture_other_context(8);
    assert_status(mote_checkpoint_decode(context, &c, stored(true)), MOTE_OK);
    c.genesis.bytes[3] ^= 1; /* says polkadot, with another genesis */
    mote_writer writer = mote_writer_into(bytes, sizeof bytes);
    mote_checkpoint_encode(&writer, &c, true);
    assert_status(mote_checkpoint_decode(context, &c, (mote_bytes){bytes, writer.size}),
                  MOTE_E_GENESIS_MISMATCH);
}

static mote_status load_parts(mote_checkpoint *out, mote_bytes header, const char *chain) {
    return mote_checkpoint_from_parts(fixture_context(8), out, header,
                                      build_authority_list(test_voters(1, 3), 3), 0,
                                      mote_chain_by_name(chain));
}

static void K07_block_0_of_another_chain(void **state) {
    (void)state;
    mote_checkpoint c;
    uint8_t bytes[1024];
    const mote_hash nothing = {{0}};
    test_block block = test_block_at(&nothing, 0, 1, NULL);
    assert_status(load_parts(&c, block.header, "polkadot"), MOTE_E_GENESIS_MISMATCH);
    assert_status(mote_finalized_header_check(&c.finalized), MOTE_E_NO_EVIDENCE);
    /* Rococo's genesis is not known here; nor is that of a chain without name. */
    assert_status(load_parts(&c, block.header, "rococo-v1"), MOTE_OK);
    assert_status(load_parts(&c, block.header, ""), MOTE_OK);
    for (unsigned i = 0; i < 2; i++) {
        c.genesis = block.hash;
        c.genesis.bytes[9] ^= (uint8_t)i;
        mote_writer writer = mote_writer_into(bytes, sizeof bytes);
        mote_checkpoint_encode(&writer, &c, false);
        mote_status status =
            mote_checkpoint_decode(fixture_other_context(8), &c, (mote_bytes){bytes, writer.size});
        assert_status(status, i == 0 ? MOTE_OK : MOTE_E_GENESIS_MISMATCH);
    }
}

/* "polkadot" and a zero byte and more is not polkadot: the default window, nothing of the chain. */
static void K07_a_chain_name_with_a_zero_byte(void **state) {
    (void)state;
    mote_checkpoint c;
    mote_bytes named = stored(false);
    test_buffer other = {0};
    const size_t before = 8 + 1 + 1, name = 1 + 8;
    append_span(&other, named.data, before);
    append_vec_u8(&other, (mote_bytes){(const uint8_t *)"polkadot\0evil", 13});
    append_span(&other, named.data + before + name, named.size - before - name - 32);
    mote_hash checksum = libsodium_blake2b_256(buffer_bytes(&other));
    append_span(&other, checksum.bytes, 32);
    assert_status(mote_checkpoint_decode(fixture_other_context(8), &c, buffer_bytes(&other)),
                  MOTE_OK);
    assert_null(c.chain);
}

/* Nothing is allocated; what can fail is the block being too small: at any size the answer is the verdict or
 * limit_memory, and no byte beyond the block is touched (the sanitizer watches). */
static void K13_memory_of_every_size(void **state) {
    (void)state;
    static const uint8_t seed[32] = {1};
    mote_bytes whole = stored(true);
    bool sufficed = false;
    for (size_t size = 0; size < 4096 && !sufficed; size += 24) {
        uint8_t *memory = malloc(size + 1);
        mote_context context;
        mote_checkpoint c;
        mote_context_init(&context, memory, size, seed);
        mote_status status = mote_checkpoint_decode(&context, &c, whole);
        sufficed = status == MOTE_OK;
        if (!sufficed) assert_status(status, MOTE_E_LIMIT_MEMORY);
        free(memory);
    }
    assert_true(sufficed);
    for (size_t size = 0; size < ((size_t)3 << 20); size += 40009) {
        uint8_t *memory = malloc(size + 1);
        mote_context context;
        mote_warp *warp;
        mote_context_init(&context, memory, size, seed);
        mote_authority_set set = test_set(test_voters(1, 3), 3, 4);
        const mote_warp_start start = {.set = &set, .max_authorities = 64};
        mote_status status = mote_warp_new(&context, &warp, &start);
        if (status != MOTE_OK) assert_status(status, MOTE_E_LIMIT_MEMORY);
        if (size >= mote_warp_memory(64, 0)) assert_status(status, MOTE_OK);
        free(memory);
        free(set.voter);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(K01_a_checkpoint_older_than_the_window),
        cmocka_unit_test(K02_a_set_id_off_by_one_fails_at_the_first_justification),
        cmocka_unit_test(K03_trailing_bytes_are_tolerated),
        cmocka_unit_test(K03_a_history_that_is_cut_off),
        cmocka_unit_test(K04_checkpoints_that_contradict_themselves),
        cmocka_unit_test(K04_a_pending_change_below_the_header),
        cmocka_unit_test(K07_stored_checkpoints_truncated_flipped_foreign),
        cmocka_unit_test(K07_a_checkpoint_of_another_chain),
        cmocka_unit_test(K07_block_0_of_another_chain),
        cmocka_unit_test(K07_a_chain_name_with_a_zero_byte),
        cmocka_unit_test(K13_memory_of_every_size),
    };
    return cmocka_run_group_tests_name("rows/checkpoint", tests, NULL, NULL);
}
