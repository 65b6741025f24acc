/* SPDX-License-Identifier: Apache-2.0 */
/* Justifications, commits and equivocation proofs, damaged: refused, or the same block all the same. */
#include "grandpa_builder.h"
#include "sweep.h"

#define ROUND 3u
#define SET_ID 7u

typedef struct subject {
    mote_authority_set set;
    mote_finalized_block block; /* what the whole message proves */
    mote_header known[4];       /* for commits */
    size_t known_count;
} subject;

static void check_fault(const mote_context *context, mote_status status, mote_bytes damaged) {
    assert_int_equal(context->fault.status, status);
    assert_int_equal(context->used, 0);
    size_t offset = mote_fault_offset(&context->fault, damaged);
    assert_true(offset <= damaged.size || offset == MOTE_NO_OFFSET);
}

/* --- justifications ------------------------------------------------------------------------------------------ */

static mote_status verify(const subject *s, mote_bytes message, mote_finalized_block *block) {
    mote_context *context = fixture_context(8);
    mote_status status = mote_justification_verify(context, block, NULL, &s->set, message, NULL);
    if (status != MOTE_OK) check_fault(context, status, message);
    return status;
}

static void cut_justification(mote_bytes damaged, void *user) {
    mote_finalized_block block;
    mote_justification_report report;
    assert_int_not_equal(verify(user, damaged, &block), MOTE_OK);
    mote_status status = mote_justification_decode(fixture_context(8), &report, damaged);
    assert_true(status == MOTE_E_TRUNCATED || status == MOTE_E_LENGTH_BEYOND_INPUT);
}

static void flipped_justification(mote_bytes damaged, void *user) {
    const subject *s = user;
    mote_finalized_block block;
    if (verify(s, damaged, &block) != MOTE_OK) return;
    assert_true(mote_hash_equal(&block.hash, &s->block.hash));
    assert_int_equal(block.number, s->block.number);
}

static void sweep_justification(subject *s, mote_bytes message, size_t flips) {
    assert_status(verify(s, message, &s->block), MOTE_OK);
    sweep_cuts(message, cut_justification, s);
    sweep_flips(message, flips, flipped_justification, s);
}

static mote_bytes grandpa_file(const json_t *entry, const char *field) {
    char path[256];
    const char *name = json_string_value(json_object_get(entry, field));
    assert_non_null(name);
    snprintf(path, sizeof path, "grandpa/%s", name);
    return fixture_file(path);
}

static void recorded_justifications(void **state) {
    (void)state;
    json_t *index = fixture_json("grandpa/index.json"), *entry;
    size_t i, swept = 0;
    json_array_foreach(index, i, entry) {
        if (!json_is_string(json_object_get(entry, "authority_set_file"))) continue;
        json_int_t set_id = json_integer_value(json_object_get(entry, "set_id"));
        subject s = {
            .set = test_set_of_list(grandpa_file(entry, "authority_set_file"), (uint64_t)set_id)};
        sweep_justification(&s, grandpa_file(entry, "justification_file"), fixture_times(200));
        free(s.set.voter);
        swept++;
    }
    assert_int_equal(swept, 40);
    json_decref(index);
}

/* All bits of a small one: six voters, five votes. */
static void polkadot_302592(void **state) {
    (void)state;
    json_t *genesis = fixture_json("genesis/polkadot.genesis.json.gz");
    mote_bytes list = fixture_hex_field(json_object_get(genesis, "top"),
                                        "0x3a6772616e6470615f617574686f726974696573");
    json_decref(genesis);
    subject s = {.set = test_set_of_list(list, 0)};
    mote_bytes message = fixture_file("grandpa/polkadot-302592.justification.bin");
    sweep_justification(&s, message, fixture_times(8 * message.size));
}

/* --- made-up ones with everything in them ----------------------------------------------------------------------- */

typedef struct scene {
    subject subject;
    test_voter *voters;
    test_block *chain; /* 11, 12, 13 on block 10 */
    test_vote votes[6];
    test_justification parts;
} scene;

/* Four voters: one for the target, two above it on one chain, one who votes three times. */
static void make_scene(scene *out) {
    static const mote_hash no_hash;
    test_block target = test_block_at(&no_hash, 10, 1, NULL);
    memset(out, 0, sizeof *out);
    out->voters = test_voters(0, 4);
    out->subject.set = test_set(out->voters, 4, SET_ID);
    out->chain = test_chain(&target, 3, 1);
    const test_block *votes_for[6] = {&target,        &out->chain[0], &out->chain[1],
                                      &out->chain[0], &target,        &out->chain[1]};
    static const size_t who[6] = {0, 1, 2, 3, 3, 3};
    for (size_t i = 0; i < 6; i++) {
        out->votes[i] = test_precommit(&out->voters[who[i]], votes_for[i], ROUND, SET_ID);
    }
    out->parts = (test_justification){ROUND, target.hash, 10, out->votes, 6, out->chain, 2};
    out->subject.known_count = 3;
    for (size_t i = 0; i < 3; i++) out->subject.known[i] = test_header(&out->chain[i]);
}

static void justification_with_ancestry_and_equivocation(void **state) {
    (void)state;
    scene s;
    make_scene(&s);
    mote_bytes message = build_justification(&s.parts);
    sweep_justification(&s.subject, message, fixture_times(8 * message.size));
}

static mote_status verify_commit(const subject *s, mote_bytes message,
                                 mote_finalized_block *block) {
    mote_context *context = fixture_context(8);
    mote_status status =
        mote_commit_verify(context, block, NULL, &s->set, message, s->known, s->known_count);
    if (status != MOTE_OK) check_fault(context, status, message);
    return status;
}

static void cut_commit(mote_bytes damaged, void *user) {
    mote_finalized_block block;
    mote_status status = verify_commit(user, damaged, &block);
    /* Read without the index byte, the start of a longer vector may look like many things. */
    assert_int_equal(mote_status_class_of(status), MOTE_CLASS_MALFORMED);
}

static void flipped_commit(mote_bytes damaged, void *user) {
    const subject *s = user;
    mote_finalized_block block;
    if (verify_commit(s, damaged, &block) != MOTE_OK) return;
    assert_true(mote_hash_equal(&block.hash, &s->block.hash));
    assert_int_equal(block.number, s->block.number);
}

static void commits(void **state) {
    (void)state;
    for (size_t with_index = 0; with_index < 2; with_index++) {
        scene s;
        test_buffer message = {0};
        make_scene(&s);
        s.parts.vote_count = 5; /* six would be heavier than the set and its faults */
        if (with_index == 1) append_u8(&message, 1);
        append_commit(&message, &s.parts, SET_ID);
        assert_status(verify_commit(&s.subject, buffer_bytes(&message), &s.subject.block), MOTE_OK);
        sweep_cuts(buffer_bytes(&message), cut_commit, &s.subject);
        sweep_flips(buffer_bytes(&message), fixture_times(8 * message.size), flipped_commit,
                    &s.subject);
    }
}

static void damaged_equivocation(mote_bytes damaged, void *user) {
    const subject *s = user;
    mote_context *context = fixture_context(1);
    mote_equivocation out;
    mote_status status = mote_equivocation_verify(context, &out, &s->set, damaged);
    assert_int_not_equal(status, MOTE_OK);
    check_fault(context, status, damaged);
}

static void equivocation_proofs(void **state) {
    (void)state;
    scene s;
    make_scene(&s);
    mote_bytes proof = build_equivocation(&s.votes[3], &s.votes[4], 1, ROUND, SET_ID);
    mote_equivocation out;
    assert_status(mote_equivocation_verify(fixture_context(1), &out, &s.subject.set, proof),
                  MOTE_OK);
    sweep_cuts(proof, damaged_equivocation, &s.subject);
    sweep_flips(proof, 8 * proof.size, damaged_equivocation, &s.subject);
}

/* --- authority lists ---------------------------------------------------------------------------------------------- */

/* A list cut short is no list, with the version byte or without. */
static void cut_list(mote_bytes damaged, void *user) {
    mote_context *context = fixture_context(1);
    mote_authority_list list;
    (void)user;
    mote_status status = mote_authority_list_decode(context, &list, damaged);
    assert_int_not_equal(status, MOTE_OK);
    assert_null(list.items);
    check_fault(context, status, damaged);
}

static void authority_lists(void **state) {
    (void)state;
    size_t files;
    char **paths = fixture_list("grandpa/authority-sets", "", ".bin", &files);
    for (size_t i = 0; i < files; i++) {
        mote_bytes list = fixture_file(paths[i]);
        test_buffer versioned = {0};
        append_u8(&versioned, 1);
        append_span(&versioned, list.data, list.size);
        sweep_cuts(list, cut_list, NULL);
        sweep_cuts(buffer_bytes(&versioned), cut_list, NULL);
        free(versioned.data);
    }
    assert_int_equal(files, 15);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recorded_justifications),
        cmocka_unit_test(polkadot_302592),
        cmocka_unit_test(justification_with_ancestry_and_equivocation),
        cmocka_unit_test(commits),
        cmocka_unit_test(equivocation_proofs),
        cmocka_unit_test(authority_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
