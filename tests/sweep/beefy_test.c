/* SPDX-License-Identifier: Apache-2.0 */
/* BEEFY's proofs, leaves, heads, ancestries and votes, cut short everywhere and with every bit turned: nothing that is
 * damaged proves anything, or it proves the same. */
#include "beefy_world.h"
#include "sweep.h"

#include "mote/hash.h"
#include "mote/merkle.h"

#define FLIPS 20000u
#define SET_ID 9u
#define FINAL 30u
#define OLDER 13u

static beefy_world world;
static mote_beefy_set set;
static mote_beefy_finalized under;
static uint8_t memory[8192];

static mote_bytes commitment_of(uint8_t out[64], uint32_t block) {
    mote_hash root = beefy_world_root(&world, block);
    return (mote_bytes){out, beefy_world_commitment(out, &root, block, SET_ID)};
}

static int setup(void **state) {
    uint8_t commitment[64];
    (void)state;
    beefy_world_make(&world, 7, SET_ID);
    set = beefy_world_set(&world);
    mote_bytes bytes = commitment_of(commitment, FINAL);
    size_t size = beefy_world_proof(memory, &world, bytes, 0x1f); /* exactly enough */
    assert_status(
        mote_beefy_verify(fixture_context(1), &under, NULL, &set, (mote_bytes){memory, size}),
        MOTE_OK);
    return 0;
}

/* --- finality proofs ------------------------------------------------------------------------------------------ */
static void not_final(mote_bytes damaged, void *user) {
    mote_beefy_finalized out;
    assert_true(mote_beefy_verify(fixture_context(1), &out, NULL, user, damaged) != MOTE_OK);
    assert_status(mote_beefy_finalized_check(&out), MOTE_E_NO_EVIDENCE);
}

static void proof_with_no_vote_to_spare(void **state) {
    (void)state;
    uint8_t commitment[64];
    mote_bytes bytes = commitment_of(commitment, FINAL);
    const mote_bytes whole = {memory, beefy_world_proof(memory, &world, bytes, 0x1f)};
    sweep_cuts(whole, not_final, &set);
    sweep_flips(whole, FLIPS, not_final, &set);
}

/* With one vote too many a bad signature is not counted: the root is the same one. */
static void the_same_or_nothing(mote_bytes damaged, void *user) {
    mote_beefy_finalized out;
    mote_beefy_report report;
    if (mote_beefy_verify(fixture_context(1), &out, &report, user, damaged) != MOTE_OK) {
        assert_status(mote_beefy_finalized_check(&out), MOTE_E_NO_EVIDENCE);
        return;
    }
    assert_int_equal(report.counted, 5);
    assert_int_not_equal(report.first_bad, MOTE_NO_INDEX);
    assert_true(mote_hash_equal(&out.mmr_root, &under.mmr_root));
    assert_int_equal(out.block_number, FINAL);
    assert_int_equal(out.set_id, SET_ID);
}

static void proof_with_a_vote_to_spare(void **state) {
    (void)state;
    uint8_t commitment[64];
    mote_bytes bytes = commitment_of(commitment, FINAL);
    const mote_bytes whole = {memory, beefy_world_proof(memory, &world, bytes, 0x3f)};
    sweep_cuts(whole, not_final, &set);
    sweep_flips(whole, FLIPS, the_same_or_nothing, &set);
}

/* Polkadot's, under the keys that signed it: exactly as many as it takes. */
static void recorded_proof(void **state) {
    (void)state;
    static uint8_t keys[2 + 400 * MOTE_BEEFY_KEY_SIZE];
    mote_bytes file = fixture_file("beefy/polkadot-22774809-set1350.versioned-finality-proof.bin");
    mote_beefy_proof proof;
    mote_beefy_set signers;
    uint8_t key[MOTE_BEEFY_KEY_SIZE];
    mote_context *context = fixture_context(1);
    assert_status(mote_beefy_proof_decode(context, &proof, file), MOTE_OK);
    mote_writer writer = mote_writer_into(keys, sizeof keys);
    mote_write_compact(&writer, 400);
    const uint8_t *signature = proof.signatures;
    for (uint32_t i = 0; i < 400; i++) {
        if (mote_beefy_proof_signed_by(&proof, i)) {
            assert_status(mote_beefy_recover(key, &proof.commitment.hash, signature), MOTE_OK);
            signature += MOTE_BEEFY_SIGNATURE_SIZE;
        }
        mote_write_span(&writer, key, sizeof key);
    }
    assert_status(mote_beefy_set_decode(context, &signers, (mote_bytes){keys, writer.size}, 1350,
                                        MOTE_ASSUMED_AUTHORITIES),
                  MOTE_OK);
    sweep_cuts(file, not_final, &signers);
    sweep_flips(file, fixture_times(240), not_final, &signers);
}

static void another_commitment(mote_bytes damaged, void *user) {
    const mote_beefy_commitment *whole = user;
    mote_beefy_commitment out;
    if (mote_beefy_commitment_decode(fixture_context(1), &out, damaged) != MOTE_OK) {
        assert_int_equal(out.encoded.size, 0);
        return;
    }
    assert_false(mote_hash_equal(&out.hash, &whole->hash));
}

static void no_commitment(mote_bytes damaged, void *user) {
    mote_beefy_commitment out;
    (void)user;
    assert_true(mote_beefy_commitment_decode(fixture_context(1), &out, damaged) != MOTE_OK);
}

static void commitments(void **state) {
    (void)state;
    uint8_t bytes[64];
    mote_beefy_commitment whole;
    mote_bytes commitment = commitment_of(bytes, FINAL);
    assert_status(mote_beefy_commitment_decode(fixture_context(1), &whole, commitment), MOTE_OK);
    sweep_cuts(commitment, no_commitment, NULL);
    sweep_flips(commitment, FLIPS, another_commitment, &whole);
}

/* --- leaves --------------------------------------------------------------------------------------------------- */
typedef struct answer {
    mote_bytes leaves, proof;
    bool of_leaves; /* which of them is damaged */
} answer;

static uint8_t leaves_memory[1024], proof_memory[2048];

/* As mmr_generateProof would answer. */
static answer answer_for(const uint32_t *indices, uint32_t count) {
    mote_mmr_entry entries[8];
    mote_hash items[64];
    uint64_t size;
    mote_context *context = fixture_other_context(1);
    mote_writer leaves = mote_writer_into(leaves_memory, sizeof leaves_memory);
    mote_writer proof = mote_writer_into(proof_memory, sizeof proof_memory);
    mote_write_compact(&leaves, count);
    mote_write_compact(&proof, count);
    for (uint32_t i = 0; i < count; i++) {
        const mote_bytes leaf = {world.leaves[indices[i]], 113};
        mote_write_compact(&leaves, leaf.size);
        mote_write_span(&leaves, leaf.data, leaf.size);
        mote_write_u64(&proof, indices[i]);
        entries[i] = (mote_mmr_entry){indices[i], mote_keccak_256(leaf)};
    }
    assert_status(mote_mmr_proof_size(context, &size, entries, count, FINAL), MOTE_OK);
    assert_status(mote_mmr_prove(context, items, world.nodes, FINAL, entries, count), MOTE_OK);
    mote_write_u64(&proof, FINAL);
    mote_write_compact(&proof, size);
    for (uint64_t i = 0; i < size; i++) mote_write_hash(&proof, &items[i]);
    assert_true(mote_writer_fits(&leaves) && mote_writer_fits(&proof));
    return (answer){{leaves_memory, leaves.size}, {proof_memory, proof.size}, false};
}

static void no_leaf(mote_bytes damaged, void *user) {
    const answer *whole = user;
    mote_beefy_leaf out[8];
    size_t count;
    mote_bytes leaves = whole->of_leaves ? damaged : whole->leaves;
    mote_bytes proof = whole->of_leaves ? whole->proof : damaged;
    assert_true(mote_beefy_leaves_verify(fixture_context(1), out, 8, &count, &under, 1, leaves,
                                         proof) != MOTE_OK);
    assert_int_equal(count, 0);
}

static void answers_of_one_and_of_several_leaves(void **state) {
    (void)state;
    static const uint32_t one[] = {4}, last[] = {29}, several[] = {0, 1, 7, 16, 23, 28};
    static const struct {
        const uint32_t *indices;
        uint32_t count;
    } sets[] = {{one, 1}, {last, 1}, {several, 6}};
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        answer whole = answer_for(sets[i].indices, sets[i].count);
        mote_beefy_leaf out[8];
        size_t count;
        assert_status(mote_beefy_leaves_verify(fixture_context(1), out, 8, &count, &under, 1,
                                               whole.leaves, whole.proof),
                      MOTE_OK);
        sweep_cuts(whole.proof, no_leaf, &whole);
        sweep_flips(whole.proof, FLIPS, no_leaf, &whole);
        whole.of_leaves = true;
        sweep_cuts(whole.leaves, no_leaf, &whole);
        sweep_flips(whole.leaves, FLIPS, no_leaf, &whole);
    }
}

/* --- heads ---------------------------------------------------------------------------------------------------- */
typedef struct head_case {
    mote_beefy_leaf leaf;
    mote_bytes head, items;
    bool of_head;
} head_case;

static void no_head(mote_bytes damaged, void *user) {
    const head_case *whole = user;
    mote_para_header out;
    mote_header header;
    assert_true(mote_beefy_para_head(fixture_context(1), &out, &header, &whole->leaf, 1002,
                                     whole->of_head ? damaged : whole->head, 2, BEEFY_WORLD_PARAS,
                                     whole->of_head ? whole->items : damaged) != MOTE_OK);
    assert_status(mote_para_header_check(&out), MOTE_E_NO_EVIDENCE);
}

static void a_head_and_its_proof(void **state) {
    (void)state;
    static uint8_t items[32 * 32];
    static const uint32_t index = 12;
    head_case whole;
    size_t count;
    answer shown = answer_for(&index, 1);
    mote_para_header out;
    mote_header header;
    memset(&whole, 0, sizeof whole);
    assert_status(mote_beefy_leaves_verify(fixture_context(1), &whole.leaf, 1, &count, &under, 1,
                                           shown.leaves, shown.proof),
                  MOTE_OK);
    whole.head = beefy_world_head(1002);
    whole.items = (mote_bytes){items, beefy_world_head_proof(items, 2)};
    assert_status(mote_beefy_para_head(fixture_context(1), &out, &header, &whole.leaf, 1002,
                                       whole.head, 2, BEEFY_WORLD_PARAS, whole.items),
                  MOTE_OK);
    sweep_cuts(whole.items, no_head, &whole);
    sweep_flips(whole.items, FLIPS, no_head, &whole);
    whole.of_head = true;
    sweep_cuts(whole.head, no_head, &whole);
    sweep_flips(whole.head, FLIPS, no_head, &whole);
}

/* --- ancestries ------------------------------------------------------------------------------------------------ */
static mote_bytes ancestry(uint8_t *out, size_t capacity) {
    mote_writer writer = mote_writer_into(out, capacity);
    assert_status(
        mote_mmr_prove_ancestry(fixture_other_context(1), &writer, world.nodes, FINAL, OLDER),
        MOTE_OK);
    return (mote_bytes){out, writer.size};
}

/* The newer count is bound by its block, not by the proof (mmr.h): nothing else may change. */
static void the_same_ancestor_or_none(mote_bytes damaged, void *user) {
    const mote_mmr_ancestor *whole = user;
    mote_mmr_ancestor out;
    if (mote_mmr_verify_ancestry(fixture_context(1), &out, &under.mmr_root, damaged) != MOTE_OK) {
        assert_int_equal(out.leaf_count, 0);
        return;
    }
    assert_true(mote_hash_equal(&out.root, &whole->root));
    assert_int_equal(out.leaf_count, whole->leaf_count);
    assert_int_not_equal(out.of, whole->of);
}

static void no_ancestor(mote_bytes damaged, void *user) {
    mote_mmr_ancestor out;
    (void)user;
    assert_true(mote_mmr_verify_ancestry(fixture_context(1), &out, &under.mmr_root, damaged) !=
                MOTE_OK);
}

static void ancestries(void **state) {
    (void)state;
    mote_bytes whole = ancestry(memory, sizeof memory);
    mote_mmr_ancestor found;
    assert_status(mote_mmr_verify_ancestry(fixture_context(1), &found, &under.mmr_root, whole),
                  MOTE_OK);
    sweep_cuts(whole, no_ancestor, NULL);
    sweep_flips(whole, FLIPS, the_same_ancestor_or_none, &found);
}

/* --- votes ----------------------------------------------------------------------------------------------------- */
static void write_vote(mote_writer *writer, uint32_t block, uint32_t root_of, uint32_t who) {
    uint8_t commitment[64], key[33], signature[65];
    mote_hash root = beefy_world_root(&world, root_of);
    const mote_bytes bytes = {commitment, beefy_world_commitment(commitment, &root, block, SET_ID)};
    mote_hash hash = mote_keccak_256(bytes);
    beefy_world_key(key, who);
    beefy_world_sign(signature, who, &hash);
    mote_write_span(writer, bytes.data, bytes.size);
    mote_write_span(writer, key, sizeof key);
    mote_write_span(writer, signature, sizeof signature);
}

static void accuses_nobody(uint32_t validator, mote_status status) {
    assert_true(status != MOTE_OK);
    assert_int_equal(validator, MOTE_NO_INDEX);
}

static void no_double_vote(mote_bytes damaged, void *user) {
    uint32_t who;
    (void)user;
    mote_status status = mote_beefy_double_vote_verify(fixture_context(1), &who, &set, damaged);
    accuses_nobody(who, status);
}

static void no_future_vote(mote_bytes damaged, void *user) {
    uint32_t who;
    (void)user;
    mote_status status = mote_beefy_future_vote_verify(fixture_context(1), &who, &set, 5, damaged);
    accuses_nobody(who, status);
}

typedef struct fork_case {
    mote_bytes vote, ancestry;
    bool of_vote;
} fork_case;

static void no_fork_vote(mote_bytes damaged, void *user) {
    const fork_case *whole = user;
    uint32_t who;
    mote_status status = mote_beefy_fork_vote_verify(fixture_context(1), &who, &set, &under, 1,
                                                     whole->of_vote ? damaged : whole->vote,
                                                     whole->of_vote ? whole->ancestry : damaged);
    accuses_nobody(who, status);
}

static void votes(void **state) {
    (void)state;
    static uint8_t ancestry_memory[2048];
    uint32_t who;
    mote_context *context = fixture_context(1);
    mote_writer writer = mote_writer_into(memory, sizeof memory);
    write_vote(&writer, OLDER, OLDER + 1, 3);
    const mote_bytes one = {memory, writer.size};
    assert_status(mote_beefy_future_vote_verify(context, &who, &set, 5, one), MOTE_OK);
    sweep_cuts(one, no_future_vote, NULL);
    sweep_flips(one, FLIPS, no_future_vote, NULL);

    fork_case fork = {one, ancestry(ancestry_memory, sizeof ancestry_memory), true};
    assert_status(
        mote_beefy_fork_vote_verify(context, &who, &set, &under, 1, fork.vote, fork.ancestry),
        MOTE_OK);
    sweep_cuts(fork.vote, no_fork_vote, &fork);
    sweep_flips(fork.vote, FLIPS, no_fork_vote, &fork);
    fork.of_vote = false;
    sweep_cuts(fork.ancestry, no_fork_vote, &fork);
    sweep_flips(fork.ancestry, FLIPS, no_fork_vote, &fork);

    write_vote(&writer, OLDER, OLDER + 2, 3);
    const mote_bytes two = {memory, writer.size};
    assert_status(mote_beefy_double_vote_verify(context, &who, &set, two), MOTE_OK);
    assert_int_equal(who, 3);
    sweep_cuts(two, no_double_vote, NULL);
    sweep_flips(two, FLIPS, no_double_vote, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(proof_with_no_vote_to_spare),
        cmocka_unit_test(proof_with_a_vote_to_spare),
        cmocka_unit_test(recorded_proof),
        cmocka_unit_test(commitments),
        cmocka_unit_test(answers_of_one_and_of_several_leaves),
        cmocka_unit_test(a_head_and_its_proof),
        cmocka_unit_test(ancestries),
        cmocka_unit_test(votes),
    };
    return cmocka_run_group_tests_name("sweep/beefy", tests, setup, NULL);
}
