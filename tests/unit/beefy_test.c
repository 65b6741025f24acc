/* SPDX-License-Identifier: Apache-2.0 */
/* Faults of BEEFY's validators, sets and roots that headers name, and what payloads carry along. */
#include "beefy_world.h"

#include "mote/hash.h"

#define SET_ID 9u
#define FINAL 30u

static beefy_world world;
static mote_beefy_set set;

static int setup(void **state) {
    (void)state;
    beefy_world_make(&world, 7, SET_ID);
    set = beefy_world_set(&world);
    return 0;
}

/* --- votes ---------------------------------------------------------------------------------------------------- */
typedef struct payload {
    uint8_t bytes[256];
    size_t size;
} payload;

static payload payload_of(size_t count) {
    payload out = {{0}, 0};
    mote_writer writer = mote_writer_into(out.bytes, sizeof out.bytes);
    mote_write_compact(&writer, count);
    out.size = writer.size;
    return out;
}

static void add_entry(payload *out, const char *id, mote_bytes data) {
    mote_writer writer = mote_writer_into(out->bytes + out->size, sizeof out->bytes - out->size);
    mote_write_span(&writer, (const uint8_t *)id, 2);
    mote_write_compact(&writer, data.size);
    mote_write_span(&writer, data.data, data.size);
    assert_true(mote_writer_fits(&writer));
    out->size += writer.size;
}

static payload naming(const mote_hash *root) {
    payload out = payload_of(1);
    add_entry(&out, "mh", (mote_bytes){root->bytes, 32});
    return out;
}

static void write_vote(mote_writer *writer, const payload *what, uint32_t block, uint64_t set_id,
                       uint32_t who) {
    uint8_t commitment[300], key[33], signature[65];
    mote_writer signed_bytes = mote_writer_into(commitment, sizeof commitment);
    mote_write_span(&signed_bytes, what->bytes, what->size);
    mote_write_u32(&signed_bytes, block);
    mote_write_u64(&signed_bytes, set_id);
    mote_hash hash = mote_keccak_256((mote_bytes){commitment, signed_bytes.size});
    beefy_world_key(key, who);
    beefy_world_sign(signature, who, &hash);
    mote_write_span(writer, commitment, signed_bytes.size);
    mote_write_span(writer, key, sizeof key);
    mote_write_span(writer, signature, sizeof signature);
    assert_true(mote_writer_fits(writer));
}

static uint8_t memory[2048];

static mote_bytes vote(const payload *what, uint32_t block, uint64_t set_id, uint32_t who) {
    mote_writer writer = mote_writer_into(memory, sizeof memory);
    write_vote(&writer, what, block, set_id, who);
    return (mote_bytes){memory, writer.size};
}

/* --- two votes ------------------------------------------------------------------------------------------------ */
static mote_status judge_two(uint32_t *who, mote_bytes proof) {
    return mote_beefy_double_vote_verify(fixture_context(1), who, &set, proof);
}

static mote_bytes two_votes(const payload *a, const payload *b, uint32_t block_b, uint64_t set_b,
                            uint32_t who_b) {
    mote_writer writer = mote_writer_into(memory, sizeof memory);
    write_vote(&writer, a, FINAL, SET_ID, 3);
    write_vote(&writer, b, block_b, set_b, who_b);
    return (mote_bytes){memory, writer.size};
}

static void two_votes_for_one_block(void **state) {
    (void)state;
    mote_hash root = beefy_world_root(&world, FINAL), other = beefy_world_root(&world, 5);
    const payload a = naming(&root), b = naming(&other);
    uint32_t who;
    assert_status(judge_two(&who, two_votes(&a, &b, FINAL, SET_ID, 3)), MOTE_OK);
    assert_int_equal(who, 3);
    assert_status(judge_two(&who, two_votes(&a, &a, FINAL, SET_ID, 3)), MOTE_E_NOT_EQUIVOCATION);
    assert_int_equal(who, MOTE_NO_INDEX);
    assert_status(judge_two(&who, two_votes(&a, &b, FINAL + 1, SET_ID, 3)),
                  MOTE_E_NOT_EQUIVOCATION);
    assert_status(judge_two(&who, two_votes(&a, &b, FINAL, SET_ID + 1, 3)),
                  MOTE_E_NOT_EQUIVOCATION);
    assert_status(judge_two(&who, two_votes(&a, &b, FINAL, SET_ID, 4)), MOTE_E_NOT_EQUIVOCATION);
}

/* What no commitment may be is signed all the same, and contradicts. */
static void two_votes_of_which_one_names_no_root(void **state) {
    (void)state;
    mote_hash root = beefy_world_root(&world, FINAL);
    const payload a = naming(&root), none = payload_of(0);
    payload unsorted = payload_of(2);
    add_entry(&unsorted, "mh", (mote_bytes){root.bytes, 32});
    add_entry(&unsorted, "aa", (mote_bytes){root.bytes, 3});
    uint32_t who;
    assert_status(judge_two(&who, two_votes(&a, &none, FINAL, SET_ID, 3)), MOTE_OK);
    assert_status(judge_two(&who, two_votes(&unsorted, &a, FINAL, SET_ID, 3)), MOTE_OK);
    assert_int_equal(who, 3);
}

static void two_votes_that_accuse_nobody(void **state) {
    (void)state;
    mote_hash root = beefy_world_root(&world, FINAL), other = beefy_world_root(&world, 5);
    const payload a = naming(&root), b = naming(&other);
    uint32_t who;
    mote_bytes proof = two_votes(&a, &b, FINAL, SET_ID, 3);
    const size_t half = proof.size / 2;
    for (size_t at = half - 1; at < proof.size; at += half) {
        memory[at - 20] ^= 1; /* of a signature */
        assert_status(judge_two(&who, proof), MOTE_E_BAD_SIGNATURE);
        assert_int_equal(who, MOTE_NO_INDEX);
        memory[at - 20] ^= 1;
        uint8_t v = memory[at];
        memory[at] = 27;
        assert_status(judge_two(&who, proof), MOTE_E_SIGNATURE_FORM);
        memory[at] = v;
    }
    mote_beefy_set later = set;
    later.id++;
    assert_status(mote_beefy_double_vote_verify(fixture_context(1), &who, &later, proof),
                  MOTE_E_OTHER_SET);
    beefy_world few;
    beefy_world_make(&few, 3, SET_ID);
    mote_beefy_set of_three = beefy_world_set(&few);
    assert_status(mote_beefy_double_vote_verify(fixture_context(1), &who, &of_three, proof),
                  MOTE_E_UNKNOWN_VOTER);
    assert_int_equal(who, MOTE_NO_INDEX);
    assert_status(judge_two(&who, (mote_bytes){proof.data, proof.size - 1}), MOTE_E_TRUNCATED);
    memory[proof.size] = 0;
    assert_status(judge_two(&who, (mote_bytes){proof.data, proof.size + 1}), MOTE_E_TRAILING_BYTES);
}

/* --- votes for blocks to come ----------------------------------------------------------------------------------- */
static void a_vote_for_a_block_to_come(void **state) {
    (void)state;
    mote_hash root = beefy_world_root(&world, FINAL);
    const payload what = naming(&root);
    mote_context *context = fixture_context(1);
    uint32_t who;
    mote_bytes proof = vote(&what, 50, SET_ID, 2);
    assert_status(mote_beefy_future_vote_verify(context, &who, &set, 49, proof), MOTE_OK);
    assert_int_equal(who, 2);
    assert_status(mote_beefy_future_vote_verify(context, &who, &set, 50, proof), MOTE_OK);
    assert_status(mote_beefy_future_vote_verify(context, &who, &set, 51, proof),
                  MOTE_E_NOT_EQUIVOCATION);
    assert_int_equal(who, MOTE_NO_INDEX);
    memory[8] ^= 1; /* of what was signed */
    assert_status(mote_beefy_future_vote_verify(context, &who, &set, 49, proof),
                  MOTE_E_BAD_SIGNATURE);
    assert_int_equal(who, MOTE_NO_INDEX);
}

/* --- votes for forks -------------------------------------------------------------------------------------------- */
#define VOTED 12u

static uint8_t ancestry_memory[4096];

static mote_bytes ancestry_of(uint32_t older) {
    mote_writer writer = mote_writer_into(ancestry_memory, sizeof ancestry_memory);
    assert_status(
        mote_mmr_prove_ancestry(fixture_other_context(1), &writer, world.nodes, FINAL, older),
        MOTE_OK);
    return (mote_bytes){ancestry_memory, writer.size};
}

static mote_status judge_fork(uint32_t *who, const payload *what, uint32_t block,
                              mote_bytes ancestry) {
    mote_hash root = beefy_world_root(&world, FINAL);
    const mote_beefy_finalized final = mote_beefy_root_assumed(&root, FINAL);
    return mote_beefy_fork_vote_verify(fixture_context(1), who, &set, &final, 1,
                                       vote(what, block, SET_ID, 6), ancestry);
}

static void a_vote_for_a_fork(void **state) {
    (void)state;
    mote_hash own = beefy_world_root(&world, VOTED), other = beefy_world_root(&world, VOTED + 1);
    const payload fork = naming(&other), honest = naming(&own);
    mote_bytes ancestry = ancestry_of(VOTED);
    uint32_t who;
    assert_status(judge_fork(&who, &fork, VOTED, ancestry), MOTE_OK);
    assert_int_equal(who, 6);
    assert_status(judge_fork(&who, &honest, VOTED, ancestry), MOTE_E_NOT_EQUIVOCATION);
    assert_int_equal(who, MOTE_NO_INDEX);
    /* An ancestry of another block's range. */
    assert_status(judge_fork(&who, &fork, VOTED + 2, ancestry), MOTE_E_LEAF_COUNT);
    assert_status(judge_fork(&who, &honest, VOTED - 1, ancestry), MOTE_E_LEAF_COUNT);
    assert_int_equal(who, MOTE_NO_INDEX);
    /* An ancestry that does not hold. */
    ancestry_memory[2] ^= 1;
    assert_status(judge_fork(&who, &fork, VOTED, ancestry), MOTE_E_ROOT_MISMATCH);
    assert_int_equal(who, MOTE_NO_INDEX);
    ancestry = ancestry_of(VOTED);
    assert_int_not_equal(
        judge_fork(&who, &fork, VOTED, (mote_bytes){ancestry.data, ancestry.size - 40}), MOTE_OK);
    assert_int_equal(who, MOTE_NO_INDEX);
}

/* As pallet-beefy-mmr's is_non_canonical: each root that is named has to be the chain's, and one has to be. */
static void votes_for_payloads_that_no_chain_has(void **state) {
    (void)state;
    mote_hash own = beefy_world_root(&world, VOTED), other = beefy_world_root(&world, VOTED + 1);
    const mote_bytes right = {own.bytes, 32}, wrong = {other.bytes, 32};
    uint8_t longer[33];
    uint32_t who;
    memcpy(longer, own.bytes, 32);
    longer[32] = 7;
    mote_bytes ancestry = ancestry_of(VOTED);
    payload what = payload_of(0);
    assert_status(judge_fork(&who, &what, VOTED, ancestry), MOTE_OK);
    what = payload_of(1);
    add_entry(&what, "zz", right);
    assert_status(judge_fork(&who, &what, VOTED, ancestry), MOTE_OK);
    what = payload_of(1);
    add_entry(&what, "mh", (mote_bytes){own.bytes, 31});
    assert_status(judge_fork(&who, &what, VOTED, ancestry), MOTE_OK);
    what = payload_of(2);
    add_entry(&what, "mh", right);
    add_entry(&what, "mh", wrong);
    assert_status(judge_fork(&who, &what, VOTED, ancestry), MOTE_OK);
    /* Odd in form, and of the chain: no fork. */
    what = payload_of(1);
    add_entry(&what, "mh", (mote_bytes){longer, 33});
    assert_status(judge_fork(&who, &what, VOTED, ancestry), MOTE_E_NOT_EQUIVOCATION);
    what = payload_of(3);
    add_entry(&what, "zz", wrong);
    add_entry(&what, "mh", right);
    add_entry(&what, "mh", right);
    assert_status(judge_fork(&who, &what, VOTED, ancestry), MOTE_E_NOT_EQUIVOCATION);
}

/* --- evidence --------------------------------------------------------------------------------------------------- */
static void nothing_is_taken_for_evidence(void **state) {
    (void)state;
    mote_context *context = fixture_context(1);
    mote_beefy_set no_set;
    mote_beefy_finalized none, out;
    mote_beefy_leaf no_leaf;
    mote_finalized_header header, evidence;
    mote_header empty;
    uint32_t who;
    mote_hash root = beefy_world_root(&world, FINAL);
    const payload what = naming(&root);
    memset(&no_set, 0, sizeof no_set);
    memset(&none, 0, sizeof none);
    memset(&no_leaf, 0, sizeof no_leaf);
    memset(&evidence, 0, sizeof evidence);
    memset(&empty, 0, sizeof empty);
    mote_bytes bytes = vote(&what, 50, SET_ID, 2);
    assert_status(mote_beefy_future_vote_verify(context, &who, &no_set, 1, bytes),
                  MOTE_E_NO_EVIDENCE);
    assert_status(mote_beefy_fork_vote_verify(context, &who, &set, &none, 1, bytes, bytes),
                  MOTE_E_NO_EVIDENCE);
    assert_int_equal(who, MOTE_NO_INDEX);
    assert_status(mote_beefy_set_root(context, &root, &no_set, MOTE_BEEFY_ZERO_ADDRESS),
                  MOTE_E_NO_EVIDENCE);
    assert_status(mote_beefy_header(context, &header, &no_leaf, &empty), MOTE_E_NO_EVIDENCE);
    assert_status(mote_beefy_root_of_header(context, &out, &evidence, &empty), MOTE_E_NO_EVIDENCE);
    assert_status(mote_beefy_set_of_header(context, &no_set, &evidence, &empty),
                  MOTE_E_NO_EVIDENCE);
    assert_status(mote_beefy_advances(context, &none, &none), MOTE_E_NO_EVIDENCE);
    assert_status(mote_beefy_agrees(context, &evidence, &evidence), MOTE_E_NO_EVIDENCE);
}

/* --- headers ---------------------------------------------------------------------------------------------------- */
static uint8_t header_memory[1024];

static void write_log(mote_writer *writer, uint8_t kind, mote_bytes content) {
    mote_write_u8(writer, 4); /* consensus */
    mote_write_span(writer, (const uint8_t *)"BEEF", 4);
    mote_write_compact(writer, content.size + 1);
    mote_write_u8(writer, kind);
    mote_write_span(writer, content.data, content.size);
}

static mote_header header_with(const uint8_t *kinds, const mote_bytes *contents, size_t count) {
    mote_writer writer = mote_writer_into(header_memory, sizeof header_memory);
    mote_header out;
    for (unsigned i = 0; i < 32; i++) mote_write_u8(&writer, 1);
    mote_write_compact(&writer, FINAL);
    for (unsigned i = 0; i < 64; i++) mote_write_u8(&writer, 2);
    mote_write_compact(&writer, count);
    for (size_t i = 0; i < count; i++) write_log(&writer, kinds[i], contents[i]);
    assert_true(mote_writer_fits(&writer));
    assert_status(
        mote_header_decode(fixture_context(1), &out, (mote_bytes){header_memory, writer.size}),
        MOTE_OK);
    return out;
}

static void the_first_log_that_decodes_counts(void **state) {
    (void)state;
    uint8_t first[40] = {[0] = 1, [33] = 9}, second[32] = {2};
    const mote_bytes cut = {first, 31}, longer = {first, 40}, other = {second, 32};
    mote_beefy_digest digest;
    mote_header header = header_with((const uint8_t[]){3, 2, 3, 3},
                                     (const mote_bytes[]){cut, other, longer, other}, 4);
    mote_beefy_digest_read(&digest, &header);
    assert_true(digest.has_root);
    assert_false(digest.has_set);
    assert_memory_equal(digest.mmr_root.bytes, first, 32);
    header = header_with((const uint8_t[]){4, 0}, (const mote_bytes[]){other, other}, 2);
    mote_beefy_digest_read(&digest, &header);
    assert_false(digest.has_root);
}

static void a_set_in_a_header(void **state) {
    (void)state;
    uint8_t change[512], none[9] = {0};
    memcpy(change, world.keys, world.key_list.size);
    memset(change + world.key_list.size, 0, 8);
    change[world.key_list.size] = 12;
    const mote_bytes whole = {change, world.key_list.size + 8}, cut = {change, whole.size - 1};
    mote_beefy_set named;
    mote_context *context = fixture_other_context(1);
    mote_header header = header_with((const uint8_t[]){1, 1}, (const mote_bytes[]){cut, whole}, 2);
    mote_finalized_header evidence = mote_finalized_header_assumed(&header);
    assert_status(mote_beefy_set_of_header(context, &named, &evidence, &header), MOTE_OK);
    assert_int_equal(named.id, 12);
    assert_int_equal(named.count, 7);
    assert_int_equal(named.assumed, MOTE_ASSUMED_HEADER);
    header = header_with((const uint8_t[]){1}, (const mote_bytes[]){{none, 9}}, 1);
    assert_status(mote_beefy_set_of_header(context, &named, &evidence, &header),
                  MOTE_E_HEADER_HASH);
    evidence = mote_finalized_header_assumed(&header);
    assert_status(mote_beefy_set_of_header(context, &named, &evidence, &header),
                  MOTE_E_AUTHORITIES_INVALID);
    header = header_with(NULL, NULL, 0);
    evidence = mote_finalized_header_assumed(&header);
    mote_beefy_finalized root;
    assert_status(mote_beefy_root_of_header(context, &root, &evidence, &header),
                  MOTE_E_PAYLOAD_ROOT);
    assert_status(mote_beefy_finalized_check(&root), MOTE_E_NO_EVIDENCE);
}

/* --- payloads --------------------------------------------------------------------------------------------------- */
static void unknown_payloads_are_carried_along(void **state) {
    (void)state;
    uint8_t bytes[300];
    mote_hash root = beefy_world_root(&world, FINAL);
    payload what = payload_of(3);
    add_entry(&what, "aa", (mote_bytes){(const uint8_t *)"first", 5});
    add_entry(&what, "mh", (mote_bytes){root.bytes, 32});
    add_entry(&what, "zz", (mote_bytes){NULL, 0});
    memcpy(bytes, what.bytes, what.size);
    memset(bytes + what.size, 1, 12);
    mote_beefy_commitment commitment;
    mote_bytes data;
    assert_status(mote_beefy_commitment_decode(fixture_context(1), &commitment,
                                               (mote_bytes){bytes, what.size + 12}),
                  MOTE_OK);
    assert_int_equal(commitment.payload_count, 3);
    assert_int_equal(commitment.block_number, 0x01010101);
    assert_true(mote_beefy_payload_find(&data, &commitment, "aa"));
    assert_int_equal(data.size, 5);
    assert_memory_equal(data.data, "first", 5);
    assert_true(mote_beefy_payload_find(&data, &commitment, "zz"));
    assert_int_equal(data.size, 0);
    assert_false(mote_beefy_payload_find(&data, &commitment, "bb"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_votes_for_one_block),
        cmocka_unit_test(two_votes_of_which_one_names_no_root),
        cmocka_unit_test(two_votes_that_accuse_nobody),
        cmocka_unit_test(a_vote_for_a_block_to_come),
        cmocka_unit_test(a_vote_for_a_fork),
        cmocka_unit_test(votes_for_payloads_that_no_chain_has),
        cmocka_unit_test(nothing_is_taken_for_evidence),
        cmocka_unit_test(the_first_log_that_decodes_counts),
        cmocka_unit_test(a_set_in_a_header),
        cmocka_unit_test(unknown_payloads_are_carried_along),
    };
    return cmocka_run_group_tests_name("unit/beefy", tests, setup, NULL);
}
