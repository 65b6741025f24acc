/* SPDX-License-Identifier: Apache-2.0 */
/* Checkpoints: which epochs are taken from a node's fork tree, old layouts, age, the compact form's size and bytes. */
#include "fixture.h"

#include "grandpa_builder.h"
#include "mote/checkpoint.h"
#include "mote/limits.h"
#include "mote/scale.h"

#define NUMBER 200u
#define SLOT UINT64_C(297425631)
#define DURATION 600u

static mote_bytes header_at(uint32_t number, uint64_t slot) {
    test_digest digest = {0};
    const mote_hash parent = {{1}};
    digest_add_babe_slot(&digest, 0, slot);
    return test_block_at(&parent, number, 1, &digest).header;
}

static mote_bytes authority_set(uint64_t set_id) {
    test_buffer to = {0};
    append_authority_list(&to, test_voters(1, 3), 3);
    append_u64(&to, set_id);
    append_compact(&to, 0);
    append_u8(&to, 0);
    append_compact(&to, 0);
    return buffer_bytes(&to);
}

/* --- epoch changes as a node writes them --------------------------------------------------------------------------------- */

typedef struct announced {
    uint32_t number; /* of the block that announced it */
    uint64_t index, start;
    uint8_t randomness;
} announced;

static void append_epoch(test_buffer *to, const announced *epoch, bool with_configuration) {
    uint8_t randomness[32];
    memset(randomness, epoch->randomness, sizeof randomness);
    append_u64(to, epoch->index);
    append_u64(to, epoch->start);
    append_u64(to, DURATION);
    append_authority_list(to, test_voters(50, 3), 3);
    append_span(to, randomness, sizeof randomness);
    if (!with_configuration) return;
    append_u64(to, 1);
    append_u64(to, 4);
    append_u8(to, 2);
}

/* The fork tree is one branch: each entry's header is the only child of the one before it. */
static mote_bytes epoch_changes(const announced *epochs, size_t count, bool with_configuration) {
    uint8_t hash[32];
    memset(hash, 0xa7, sizeof hash);
    test_buffer to = {0};
    append_compact(&to, count == 0 ? 0 : 1);
    for (size_t i = 0; i < count; i++) {
        append_span(&to, hash, 32);
        append_u32(&to, epochs[i].number);
        append_u8(&to, 1); /* Regular: start and end slot */
        append_u64(&to, epochs[i].start);
        append_u64(&to, epochs[i].start + DURATION);
        append_compact(&to, i + 1 < count ? 1 : 0);
    }
    append_u8(&to, 1);
    append_u32(&to, NUMBER);
    append_compact(&to, count);
    for (size_t i = 0; i < count; i++) {
        append_span(&to, hash, 32);
        append_u32(&to, epochs[i].number);
        append_u8(&to, 1);
        append_epoch(&to, &epochs[i], with_configuration);
    }
    return buffer_bytes(&to);
}

static mote_status load_bytes(mote_checkpoint *out, mote_bytes epochs) {
    return mote_checkpoint_from_light_sync_state(fixture_context(8), out, header_at(NUMBER, SLOT),
                                                 epochs, authority_set(4),
                                                 mote_chain_by_name("polkadot"));
}

static mote_status load(mote_checkpoint *out, const announced *epochs, size_t count) {
    return load_bytes(out, epoch_changes(epochs, count, true));
}

static void the_epoch_of_the_slot_and_the_one_after_it(void **state) {
    (void)state;
    static const announced epochs[] = {{100, 7, SLOT - 1000, 1},
                                       {150, 8, SLOT - 400, 2},
                                       {190, 9, SLOT + 200, 3},
                                       {201, 10, SLOT + 800, 4}, /* announced above the header */
                                       {202, 11, SLOT + 1, 5}};
    mote_checkpoint c;
    for (size_t first = 0; first < 5; first++) {
        announced turned[5];
        for (size_t i = 0; i < 5; i++) turned[i] = epochs[(first + i) % 5];
        assert_status(load(&c, turned, 5), MOTE_OK);
        assert_int_equal(c.epoch_count, 2);
        assert_int_equal(c.epoch[0].index, 8);
        assert_int_equal(c.epoch[0].randomness[31], 2);
        assert_int_equal(c.epoch[1].index, 9);
        assert_int_equal(c.epoch[1].randomness[0], 3);
        assert_true(c.epoch[1].start_slot == SLOT + 200);
        assert_int_equal(c.epoch[0].duration, DURATION);
        assert_int_equal(c.epoch[0].authorities.count, 3);
        assert_true(c.epoch[0].c_numerator == 1 && c.epoch[0].c_denominator == 4);
        assert_int_equal(c.epoch[0].allowed_slots, 2);
    }
}

/* No block was made in epochs 9 to 11: 8 goes on, and what comes next is the epoch announced in it. */
static void epochs_may_have_been_skipped(void **state) {
    (void)state;
    static const announced epochs[] = {{150, 8, SLOT - 4 * DURATION - 5, 2},
                                       {151, 12, SLOT + 5, 3}};
    mote_checkpoint c;
    assert_status(load(&c, epochs, 2), MOTE_OK);
    assert_int_equal(c.epoch_count, 2);
    assert_int_equal(c.epoch[0].index, 8);
    assert_int_equal(c.epoch[1].index, 12);
}

static void forks_that_agree_are_no_matter_and_others_give_none(void **state) {
    (void)state;
    announced epochs[] = {{150, 8, SLOT - 400, 2},  {151, 8, SLOT - 400, 2},
                          {190, 9, SLOT + 200, 3},  {191, 9, SLOT + 200, 3},
                          {100, 7, SLOT - 1000, 1}, {101, 7, SLOT - 1000, 9}}; /* long past */
    mote_checkpoint c;
    assert_status(load(&c, epochs, 6), MOTE_OK);
    assert_int_equal(c.epoch_count, 2);
    for (size_t odd = 1; odd < 4; odd += 2) {
        epochs[odd].randomness ^= 1;
        assert_status(load(&c, epochs, 6), MOTE_OK);
        assert_int_equal(c.epoch_count, 0);
        assert_int_equal(c.set.voters, 3);
        epochs[odd].randomness ^= 1;
    }
}

static void fewer_than_two_epochs_are_none(void **state) {
    (void)state;
    static const announced current = {150, 8, SLOT - 400, 2};
    mote_checkpoint c;
    assert_status(load_bytes(&c, (mote_bytes){NULL, 0}), MOTE_OK);
    assert_int_equal(c.epoch_count, 0);
    assert_status(load(&c, NULL, 0), MOTE_OK);
    assert_int_equal(c.epoch_count, 0);
    assert_status(load(&c, &current, 1), MOTE_OK);
    assert_int_equal(c.epoch_count, 0);
}

/* Before there was a configuration in it. Usable is none of it, but it is well formed. */
static void the_oldest_layout_of_epochs(void **state) {
    (void)state;
    static const announced epochs[] = {{150, 8, SLOT - 400, 2}, {190, 9, SLOT + 200, 3}};
    mote_bytes old = epoch_changes(epochs, 2, false);
    mote_checkpoint c;
    assert_status(load_bytes(&c, old), MOTE_OK);
    assert_int_equal(c.epoch_count, 0);
    for (size_t size = 1; size < old.size; size++) {
        uint8_t *cut = fixture_copy((mote_bytes){old.data, size});
        assert_int_not_equal(load_bytes(&c, (mote_bytes){cut, size}), MOTE_OK);
        free(cut);
    }
}

/* Cut anywhere, it does not pass for the older layout either. */
static void epoch_changes_cut_short(void **state) {
    (void)state;
    static const announced epochs[] = {{150, 8, SLOT - 400, 2}, {190, 9, SLOT + 200, 3}};
    mote_bytes whole = epoch_changes(epochs, 2, true);
    mote_checkpoint c;
    assert_status(load_bytes(&c, whole), MOTE_OK);
    for (size_t size = 1; size < whole.size; size++) {
        uint8_t *cut = fixture_copy((mote_bytes){whole.data, size});
        assert_int_not_equal(load_bytes(&c, (mote_bytes){cut, size}), MOTE_OK);
        assert_status(mote_finalized_header_check(&c.finalized), MOTE_E_NO_EVIDENCE);
        free(cut);
    }
}

/* A tree as deep as its input is long is no deeper for us. */
static void a_deep_tree(void **state) {
    (void)state;
    const size_t count = 20000;
    announced *epochs = calloc(count, sizeof *epochs);
    for (size_t i = 0; i < count; i++)
        epochs[i] = (announced){(uint32_t)(NUMBER + 1 + i), i, SLOT + i, 1};
    epochs[0] = (announced){150, 8, SLOT - 400, 2};
    epochs[1] = (announced){190, 9, SLOT + 200, 3};
    mote_checkpoint c;
    assert_status(load(&c, epochs, count), MOTE_OK);
    assert_int_equal(c.epoch_count, 2);
    free(epochs);
}

/* --- parts ------------------------------------------------------------------------------------------------------------------ */

static mote_status from_parts(mote_checkpoint *out, mote_bytes header, const test_voter *voters,
                              size_t count, const char *chain) {
    return mote_checkpoint_from_parts(fixture_context(8), out, header,
                                      build_authority_list(voters, count), 4,
                                      mote_chain_by_name(chain));
}

static void a_checkpoint_is_evidence(void **state) {
    (void)state;
    mote_checkpoint c;
    mote_bytes header = header_at(NUMBER, SLOT);
    assert_status(from_parts(&c, header, test_voters(1, 3), 3, "polkadot"), MOTE_OK);
    mote_hash hash = libsodium_blake2b_256(header);
    assert_status(mote_finalized_header_check(&c.finalized), MOTE_OK);
    assert_true(mote_hash_equal(&c.finalized.hash, &hash));
    assert_int_equal(c.finalized.number, NUMBER);
    assert_true(c.finalized.set_id == 4 && c.set.set_id == 4);
    assert_int_equal(c.finalized.assumed, 0);
    assert_true(c.has_slot && c.slot == SLOT);
    assert_int_equal(c.epoch_count, 0);
    assert_true(mote_hash_equal(&c.genesis, &mote_chain_by_name("polkadot")->genesis));
    /* Half a header is none, and leaves no evidence. */
    header.size--;
    assert_int_not_equal(from_parts(&c, header, test_voters(1, 3), 3, "polkadot"), MOTE_OK);
    assert_status(mote_finalized_header_check(&c.finalized), MOTE_E_NO_EVIDENCE);
}

/* --- age --------------------------------------------------------------------------------------------------------------------- */

static mote_age age_of(uint64_t slot, const char *chain, uint64_t now) {
    mote_checkpoint c;
    assert_status(from_parts(&c, header_at(NUMBER, slot), test_voters(1, 3), 3, chain), MOTE_OK);
    return mote_checkpoint_age(&c, now);
}

static void windows_are_the_chains(void **state) {
    (void)state;
    static const struct {
        const char *chain;
        uint64_t window;
    } chains[] = {{"polkadot", 28 * 86400}, {"kusama", 7 * 86400}, {"westend", 43200}, {"", 86400}};
    for (size_t i = 0; i < 4; i++) {
        const uint64_t window = chains[i].window, made = SLOT * 6;
        mote_age age = age_of(SLOT, chains[i].chain, made + window / 4 - 1);
        assert_true(age.window_seconds == window && age.made_at == made);
        assert_int_equal(age.freshness, MOTE_FRESH);
        age = age_of(SLOT, chains[i].chain, made + window / 4);
        assert_int_equal(age.freshness, MOTE_STALE);
        age = age_of(SLOT, chains[i].chain, made + window);
        assert_int_equal(age.freshness, MOTE_EXPIRED);
        assert_status(mote_age_status(&age), MOTE_E_EXPIRED);
    }
}

static void slots_beyond_all_time_are_the_future(void **state) {
    (void)state;
    static const uint64_t slots[] = {UINT64_MAX, UINT64_MAX / 6000, UINT64_MAX / 6000 + 1};
    for (size_t i = 0; i < 3; i++) {
        mote_age age = age_of(slots[i], "polkadot", 1800000000);
        assert_int_equal(age.freshness, MOTE_FROM_FUTURE);
        assert_status(mote_age_status(&age), MOTE_E_FROM_FUTURE);
        assert_true(age.seconds == 0);
    }
    mote_age oldest = age_of(0, "polkadot", UINT64_MAX);
    assert_int_equal(oldest.freshness, MOTE_EXPIRED);
    assert_true(oldest.seconds == UINT64_MAX);
}

static void without_a_slot_the_age_is_unknown(void **state) {
    (void)state;
    const mote_hash parent = {{1}};
    mote_checkpoint c;
    assert_status(
        from_parts(&c, test_block_at(&parent, 9, 1, NULL).header, test_voters(1, 3), 3, "kusama"),
        MOTE_OK);
    mote_age age = mote_checkpoint_age(&c, 1800000000);
    assert_int_equal(age.freshness, MOTE_AGE_UNKNOWN);
    assert_string_equal(mote_freshness_name(age.freshness), "unknown");
}

/* --- the compact form ----------------------------------------------------------------------------------------------------------- */

/* The largest there is on live networks: 1000 validators, and BABE keys by other weights in both epochs. */
static mote_checkpoint large(mote_context *context, uint8_t weight) {
    enum { COUNT = 1000 };
    static uint8_t list[3][COUNT * 40];
    uint64_t seed = 7;
    for (size_t i = 0; i < (size_t)3 * COUNT; i++) {
        uint8_t *item = &list[i / COUNT][i % COUNT * 40];
        for (unsigned byte = 0; byte < 32; byte++) item[byte] = (uint8_t)fixture_random(&seed);
        memset(item + 32, 0, 8);
        item[32] = weight;
    }
    test_buffer encoded = {0};
    append_compact(&encoded, COUNT);
    append_span(&encoded, list[0], sizeof list[0]);
    mote_checkpoint c;
    assert_status(mote_checkpoint_from_parts(context, &c, header_at(NUMBER, SLOT),
                                             buffer_bytes(&encoded), 4,
                                             mote_chain_by_name("kusama")),
                  MOTE_OK);
    for (unsigned i = 0; i < 2; i++) {
        c.epoch[i] = (mote_babe_epoch){.index = 8 + i,
                                       .start_slot = SLOT - 5 + i * DURATION,
                                       .duration = DURATION,
                                       .authorities = {list[1 + i], COUNT},
                                       .c_numerator = 1,
                                       .c_denominator = 4,
                                       .allowed_slots = 2};
    }
    c.epoch_count = 2;
    return c;
}

static void a_thousand_authorities_in_little_room(void **state) {
    (void)state;
    static uint8_t bytes[200000], again[200000];
    for (uint8_t weight = 1; weight <= 3; weight += 2) {
        mote_checkpoint c = large(fixture_context(8), weight);
        for (int babe = 0; babe < 2; babe++) {
            mote_writer writer = mote_writer_into(bytes, sizeof bytes);
            mote_checkpoint_encode(&writer, &c, babe == 1);
            assert_true(mote_writer_fits(&writer));
            assert_in_range(writer.size, 32 * 1000, babe == 1 ? 130000 : 60000);
            mote_checkpoint decoded;
            assert_status(mote_checkpoint_decode(fixture_other_context(8), &decoded,
                                                 (mote_bytes){bytes, writer.size}),
                          MOTE_OK);
            assert_int_equal(decoded.epoch_count, babe == 1 ? 2 : 0);
            mote_writer second = mote_writer_into(again, sizeof again);
            mote_checkpoint_encode(&second, &decoded, babe == 1);
            assert_int_equal(second.size, writer.size);
            assert_memory_equal(again, bytes, writer.size);
        }
    }
}

/* A name that mote does not know is kept, and says nothing: not in the digest, not about the window. */
static void a_label_is_kept(void **state) {
    (void)state;
    static uint8_t bytes[200000], again[200000];
    static const char name[] = "local";
    mote_checkpoint c = large(fixture_context(8), 1), decoded;
    mote_hash digest = mote_checkpoint_digest(&c);
    c.chain = NULL;
    c.label = (mote_bytes){(const uint8_t *)name, strlen(name)};
    mote_writer writer = mote_writer_into(bytes, sizeof bytes);
    mote_checkpoint_encode(&writer, &c, true);
    assert_status(mote_checkpoint_decode(fixture_other_context(8), &decoded,
                                         (mote_bytes){bytes, writer.size}),
                  MOTE_OK);
    assert_null(decoded.chain);
    assert_true(mote_bytes_equal(decoded.label, c.label));
    mote_hash same = mote_checkpoint_digest(&decoded);
    assert_true(mote_hash_equal(&digest, &same));
    mote_age age = mote_checkpoint_age(&decoded, 1800000000);
    assert_true(age.window_assumed && age.window_seconds == 86400);
    mote_writer second = mote_writer_into(again, sizeof again);
    mote_checkpoint_encode(&second, &decoded, true);
    assert_int_equal(second.size, writer.size);
    assert_memory_equal(again, bytes, writer.size);
    decoded.chain = mote_chain_by_name("kusama");
    assert_false(mote_checkpoint_age(&decoded, 1800000000).window_assumed);
}

/* Measuring needs no room, and says the same size. */
static void the_size_can_be_asked_for(void **state) {
    (void)state;
    static uint8_t bytes[200000];
    mote_checkpoint c = large(fixture_context(8), 1);
    mote_writer measure = mote_writer_into(NULL, 0), writer = mote_writer_into(bytes, sizeof bytes);
    mote_checkpoint_encode(&measure, &c, true);
    mote_checkpoint_encode(&writer, &c, true);
    assert_int_equal(measure.size, writer.size);
}

/* The identity is of what is trusted: header, set, set id, genesis; not of a name, an order, or epochs. */
static void what_the_digest_is_of(void **state) {
    (void)state;
    test_voter turned[3];
    for (unsigned i = 0; i < 3; i++) turned[i] = test_voters(1, 3)[2 - i];
    mote_checkpoint a, b;
    assert_status(from_parts(&a, header_at(NUMBER, SLOT), test_voters(1, 3), 3, "polkadot"),
                  MOTE_OK);
    mote_hash first = mote_checkpoint_digest(&a);
    assert_status(from_parts(&b, header_at(NUMBER, SLOT), turned, 3, "polkadot"), MOTE_OK);
    mote_hash second = mote_checkpoint_digest(&b);
    assert_true(mote_hash_equal(&first, &second));
    static const char *const others[] = {"kusama", "polkadot", "polkadot", "polkadot"};
    for (unsigned i = 0; i < 4; i++) {
        test_voter *voters = test_voters(i == 2 ? 2 : 1, 3);
        if (i == 3) voters[0].weight = 2;
        mote_bytes header = header_at(i == 1 ? NUMBER + 1 : NUMBER, SLOT);
        assert_status(from_parts(&b, header, voters, 3, others[i]), MOTE_OK);
        second = mote_checkpoint_digest(&b);
        assert_false(mote_hash_equal(&first, &second));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_epoch_of_the_slot_and_the_one_after_it),
        cmocka_unit_test(epochs_may_have_been_skipped),
        cmocka_unit_test(forks_that_agree_are_no_matter_and_others_give_none),
        cmocka_unit_test(fewer_than_two_epochs_are_none),
        cmocka_unit_test(the_oldest_layout_of_epochs),
        cmocka_unit_test(epoch_changes_cut_short),
        cmocka_unit_test(a_deep_tree),
        cmocka_unit_test(a_checkpoint_is_evidence),
        cmocka_unit_test(windows_are_the_chains),
        cmocka_unit_test(slots_beyond_all_time_are_the_future),
        cmocka_unit_test(without_a_slot_the_age_is_unknown),
        cmocka_unit_test(a_thousand_authorities_in_little_room),
        cmocka_unit_test(a_label_is_kept),
        cmocka_unit_test(the_size_can_be_asked_for),
        cmocka_unit_test(what_the_digest_is_of),
    };
    return cmocka_run_group_tests_name("unit/checkpoint", tests, NULL, NULL);
}
