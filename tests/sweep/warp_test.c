/* SPDX-License-Identifier: Apache-2.0 */
/* Recorded warp proofs in every chunk size and every two parts; cut short; with bits turned. */
#include "chains.h"
#include "grandpa_builder.h"
#include "sweep.h"
#include "warp_run.h"

typedef struct subject {
    mote_bytes proof;
    mote_authority_set set;
    warp_run whole;
} subject;

static warp_run run(const subject *s, mote_bytes proof, size_t first, size_t step) {
    return warp_run_of(fixture_context(16), &s->set, 0, proof, first, step);
}

static subject subject_of(mote_bytes proof, mote_bytes authorities, uint64_t set_id) {
    subject s = {.proof = proof, .set = test_set_of_list(authorities, set_id)};
    s.whole = run(&s, proof, proof.size, proof.size);
    assert_status(s.whole.status, MOTE_OK);
    return s;
}

static subject rococo(void) {
    return subject_of(fixture_file("warp/rococo-set2149-to-2150-1238286-1238699.warpproof.bin"),
                      fixture_file("grandpa/authority-sets/rococo-set2149.bin"), 2149);
}

static subject local(void) {
    return subject_of(chain_local_warp(), chain_local_first_authorities(), 0);
}

static void assert_same_run(const subject *s, size_t first, size_t step) {
    warp_run other = run(s, s->proof, first, step);
    if (warp_run_equal(&other, &s->whole)) return;
    fail_msg("first %zu, then %zu: %s", first, step, mote_status_name(other.status));
}

/* Every chunk size for the small proof; for the large one those near powers of two, and seeded ones. */
static void every_chunk_size(void **state) {
    (void)state;
    subject small = local(), large = rococo();
    for (size_t step = 1; step <= small.proof.size;
         step += fixture_effort() == FIXTURE_SMALL ? 997 : 1) {
        assert_same_run(&small, step, step);
    }
    uint64_t seed = 1;
    for (size_t step = 1; step <= large.proof.size; step *= 2) {
        assert_same_run(&large, step, step);
        assert_same_run(&large, step + 1, step + 1);
    }
    for (size_t i = 0; i < fixture_times(200); i++) {
        size_t step = 1 + (size_t)(fixture_random(&seed) % large.proof.size);
        assert_same_run(&large, step, step);
    }
}

static void every_two_part_split(void **state) {
    (void)state;
    subject small = local(), large = rococo();
    for (size_t first = 1; first < small.proof.size;
         first += fixture_effort() == FIXTURE_SMALL ? 997 : 1) {
        assert_same_run(&small, first, small.proof.size);
    }
    size_t stride = fixture_effort() == FIXTURE_LONG     ? 1
                    : fixture_effort() == FIXTURE_NORMAL ? 13
                                                         : 499;
    for (size_t first = 1; first < large.proof.size; first += stride) {
        assert_same_run(&large, first, large.proof.size);
    }
}

/* What was whole before the cut is verified, and nothing else. */
static void judge_cut(mote_bytes damaged, void *user) {
    const subject *s = user;
    warp_run r = run(s, damaged, damaged.size, damaged.size + 1);
    assert_status(r.status, MOTE_E_STREAM_UNFINISHED);
    assert_int_equal(r.offset, damaged.size);
    assert_true(r.links < s->whole.links);
    assert_false(r.finished);
}

/* A changed byte is refused at its fragment or behind it (a signature is judged with the batch), the same in any
 * chunks; or it proves the same. */
static void judge_flip(mote_bytes damaged, void *user) {
    const subject *s = user;
    warp_run r = run(s, damaged, damaged.size, damaged.size),
             by_chunks = run(s, damaged, 1000, 1000);
    assert_true(warp_run_equal(&r, &by_chunks));
    if (r.status == MOTE_OK) assert_true(mote_hash_equal(&r.log, &s->whole.log));
    assert_true(r.links <= s->whole.links);
}

static void cut_short(void **state) {
    (void)state;
    subject subjects[] = {local(), rococo()};
    for (size_t i = 0; i < 2; i++) sweep_cuts(subjects[i].proof, judge_cut, &subjects[i]);
}

static void bits_turned(void **state) {
    (void)state;
    subject subjects[] = {local(), rococo()};
    for (size_t i = 0; i < 2; i++)
        sweep_flips(subjects[i].proof, fixture_times(3000), judge_flip, &subjects[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_chunk_size),
        cmocka_unit_test(every_two_part_split),
        cmocka_unit_test(cut_short),
        cmocka_unit_test(bits_turned),
    };
    return cmocka_run_group_tests_name("sweep/warp", tests, NULL, NULL);
}
