/* SPDX-License-Identifier: Apache-2.0 */
/* Units of work: what a verdict is believed for, and that proofs have one verdict whoever judges their signatures. */
#include "fixture.h"

#include "chains.h"
#include "grandpa_builder.h"
#include "mote/ed25519.h"
#include "mote/scale.h"
#include "mote/work.h"
#include "units.h"
#include "warp_run.h"

#define MESSAGE 53u
#define HEAD 48u
#define ITEM (96u + MESSAGE)

/* --- units -------------------------------------------------------------------------------------------------------------- */

typedef struct signed_message {
    uint8_t key[32], signature[64], message[MESSAGE];
} signed_message;

/* A vote: its signature is over 53 bytes. */
static signed_message message_of(uint32_t voter) {
    const mote_hash parent = {{1}};
    test_block block = test_block_at(&parent, 11, 1, NULL);
    test_voter *voters = test_voters(voter, 1);
    mote_bytes justification = build_plain_justification(voters, 1, &block, 3, 7);
    const uint8_t *precommit = justification.data + 8 + 36 + 1;
    signed_message out;
    memcpy(out.signature, precommit + 36, 64);
    memcpy(out.key, precommit + 100, 32);
    out.message[0] = 1;
    memcpy(out.message + 1, precommit, 36);
    memset(out.message + 37, 0, 16);
    out.message[37] = 3;
    out.message[45] = 7;
    return out;
}

static void add_messages(mote_work *work, uint32_t from, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        const signed_message m = message_of(from + i);
        assert_status(mote_work_add(work, m.key, m.signature, m.message), MOTE_OK);
    }
}

static mote_work *gather(mote_context *context, uint32_t units, uint32_t each) {
    mote_work *work = mote_work_new(context, units, each, MESSAGE);
    assert_non_null(work);
    for (uint32_t i = 0; i < units; i++) {
        assert_true(mote_work_open(work));
        add_messages(work, i * each, each);
        mote_work_close(work);
    }
    return work;
}

static mote_context *judge_context(void) {
    return fixture_other_context(4);
}

static mote_work_verdict judge(mote_bytes unit) {
    mote_work_verdict verdict;
    assert_status(mote_work_judge(judge_context(), &verdict, unit), MOTE_OK);
    return verdict;
}

static void units_come_in_order_and_verdicts_in_any(void **state) {
    (void)state;
    mote_context *context = fixture_context(4);
    mote_work *work = gather(context, 3, 5);
    mote_work_unit unit[3], none;
    mote_work_verdict verdict, settled;
    assert_false(mote_work_open(work));
    for (uint32_t i = 0; i < 3; i++) {
        assert_true(mote_work_take(work, &unit[i]));
        assert_int_equal(unit[i].number, i);
        assert_int_equal(unit[i].bytes.size, HEAD + 5 * ITEM);
    }
    assert_false(mote_work_take(work, &none));
    assert_null(none.bytes.data);
    assert_int_equal(mote_work_waiting(work), 3);
    const uint32_t order[] = {2, 0, 1};
    for (uint32_t i = 0; i < 3; i++) {
        verdict = judge(unit[order[i]].bytes);
        assert_status(verdict.status, MOTE_OK);
        assert_int_equal(verdict.index, MOTE_NO_INDEX);
        assert_status(mote_work_join(context, work, &verdict), MOTE_OK);
        if (i == 0)
            assert_false(mote_work_settle(work, &settled)); /* the first is not judged yet */
    }
    for (uint32_t i = 0; i < 3; i++) {
        assert_true(mote_work_settle(work, &settled));
        assert_int_equal(settled.number, i);
    }
    assert_false(mote_work_settle(work, &settled));
    assert_true(mote_work_open(work));
    assert_int_equal(mote_work_number(work), 3);
}

/* As a batch of their own would say: the first failing one, and why. */
static void a_verdict_names_the_first_that_fails(void **state) {
    (void)state;
    for (uint32_t bad = 0; bad < 12; bad++) {
        mote_context *context = fixture_context(4);
        mote_work *work = gather(context, 1, 12);
        mote_work_unit unit;
        assert_true(mote_work_take(work, &unit));
        uint8_t *bytes = fixture_copy(unit.bytes);
        for (uint32_t i = bad; i < 12; i += 5) bytes[HEAD + i * ITEM + 32 + 40] ^= 1;
        mote_work_verdict verdict = judge((mote_bytes){bytes, unit.bytes.size});
        assert_status(verdict.status, MOTE_E_BAD_SIGNATURE);
        assert_int_equal(verdict.index, bad);
        memset(bytes + HEAD + bad * ITEM, 0xff, 31); /* not a point's y */
        bytes[HEAD + bad * ITEM] = 0xf0;
        verdict = judge((mote_bytes){bytes, unit.bytes.size});
        assert_int_equal(verdict.index, bad);
        free(bytes);
    }
}

/* --- what is believed ---------------------------------------------------------------------------------------------------- */

static void assert_refused(mote_context *context, mote_work *work,
                           const mote_work_verdict *verdict) {
    mote_work_verdict settled;
    assert_status(mote_work_join(context, work, verdict), MOTE_E_NO_EVIDENCE);
    assert_false(mote_work_settle(work, &settled));
}

static void a_verdict_is_of_its_unit_only(void **state) {
    (void)state;
    mote_context *context = fixture_context(4);
    mote_work *work = gather(context, 2, 3);
    mote_work_unit first, second;
    assert_true(mote_work_take(work, &first) && mote_work_take(work, &second));
    mote_work_verdict of_second = judge(second.bytes), verdict = of_second;
    verdict.number = 0; /* passed off as the first's */
    assert_refused(context, work, &verdict);
    verdict = judge(first.bytes);
    for (size_t i = 0; i < sizeof verdict.seal; i++) {
        mote_work_verdict changed = verdict;
        changed.seal[i] ^= 1;
        assert_refused(context, work, &changed);
    }
    mote_work_verdict changed = verdict;
    changed.status = MOTE_E_BAD_SIGNATURE;
    assert_refused(context, work, &changed);
    changed = verdict;
    changed.index = 1;
    assert_refused(context, work, &changed);
    memset(&changed, 0, sizeof changed); /* what mote_work_judge leaves where it fails */
    assert_refused(context, work, &changed);
    changed = verdict;
    changed.number = 2; /* there is none */
    assert_refused(context, work, &changed);
    assert_status(mote_work_join(context, work, &verdict), MOTE_OK);
}

/* Bad signatures do not become good by judging other bytes than those that were given out. */
static void a_verdict_on_changed_bytes_is_refused(void **state) {
    (void)state;
    mote_context *context = fixture_context(4);
    mote_work *work = mote_work_new(context, 1, 4, MESSAGE);
    signed_message forged = message_of(3);
    forged.signature[40] ^= 1;
    assert_true(mote_work_open(work));
    add_messages(work, 0, 3);
    assert_status(mote_work_add(work, forged.key, forged.signature, forged.message), MOTE_OK);
    mote_work_close(work);
    mote_work_unit unit;
    mote_work_verdict settled;
    assert_true(mote_work_take(work, &unit));
    uint8_t *bytes = fixture_copy(unit.bytes);
    bytes[HEAD + 3 * ITEM + 32 + 40] ^= 1; /* as it was before */
    mote_work_verdict verdict = judge((mote_bytes){bytes, unit.bytes.size});
    assert_status(verdict.status, MOTE_OK);
    assert_refused(context, work, &verdict);
    /* A shorter unit, with the good ones only. */
    bytes[40] = 3;
    verdict = judge((mote_bytes){bytes, HEAD + 3 * ITEM});
    assert_status(verdict.status, MOTE_OK);
    assert_refused(context, work, &verdict);
    free(bytes);
    assert_status(mote_work_judge_oldest(context, work), MOTE_OK);
    assert_true(mote_work_settle(work, &settled));
    assert_status(settled.status, MOTE_E_BAD_SIGNATURE);
    assert_int_equal(settled.index, 3);
}

static void a_verdict_of_another_work_is_refused(void **state) {
    (void)state;
    mote_context *context = fixture_context(4);
    mote_work *work = gather(context, 1, 3);
    size_t mark = mote_context_mark(context);
    mote_work *other = mote_work_new(context, 1, 3, MESSAGE);
    assert_true(mote_work_open(other));
    add_messages(other, 1, 3);
    mote_work_close(other);
    mote_work_unit unit;
    assert_true(mote_work_take(other, &unit));
    mote_work_verdict verdict = judge(unit.bytes);
    assert_refused(context, work, &verdict);
    assert_status(mote_work_join(context, other, &verdict), MOTE_OK);
    mote_context_release(context, mark);
}

/* Two proofs after each other in one context, as a page has them: units of the same number, in one of them a signature
 * changed so that XXH64 over the unit is the same whatever its seed, for one of the two signs: the top bit of a word, and
 * 32 bytes behind it what that comes to. */
static void units_made_to_look_alike(void **state) {
    (void)state;
    const uint64_t prime1 = 0x9e3779b185ebca87, prime2 = 0xc2b2ae3d27d4eb4f;
    uint64_t inverse = 1;
    for (int i = 0; i < 6; i++) inverse *= 2 - prime2 * inverse;
    const uint64_t delta = ((uint64_t)1 << 30) * prime1 * inverse;
    for (uint32_t sign = 0; sign < 2; sign++) {
        mote_context *context = fixture_context(4);
        size_t mark = mote_context_mark(context);
        mote_work *work = gather(context, 1, 4);
        mote_work_unit unit;
        assert_true(mote_work_take(work, &unit));
        const mote_work_verdict verdict = judge(unit.bytes);
        assert_status(verdict.status, MOTE_OK);
        mote_context_release(context, mark);
        work = mote_work_new(context, 1, 4, MESSAGE);
        signed_message forged = message_of(0);
        forged.signature[7] ^= 0x80;
        uint64_t s = mote_load_u64(forged.signature + 32) + (sign == 0 ? delta : 0 - delta);
        for (unsigned i = 0; i < 8; i++) forged.signature[32 + i] = (uint8_t)(s >> 8 * i);
        assert_true(mote_work_open(work));
        assert_status(mote_work_add(work, forged.key, forged.signature, forged.message), MOTE_OK);
        add_messages(work, 1, 3);
        mote_work_close(work);
        assert_refused(context, work, &verdict);
    }
}

/* What comes late, or twice, changes nothing. */
static void late_verdicts(void **state) {
    (void)state;
    mote_context *context = fixture_context(4);
    mote_work *work = gather(context, 2, 3);
    mote_work_unit first, second;
    mote_work_verdict settled;
    assert_true(mote_work_take(work, &first) && mote_work_take(work, &second));
    const mote_work_verdict of_first = judge(first.bytes), of_second = judge(second.bytes);
    assert_status(mote_work_judge_oldest(context, work), MOTE_OK);
    assert_status(mote_work_join(context, work, &of_first), MOTE_OK);
    assert_true(mote_work_settle(work, &settled));
    assert_status(mote_work_join(context, work, &of_first), MOTE_OK);
    mote_work_clear(work);
    assert_status(mote_work_join(context, work, &of_second), MOTE_OK);
    assert_false(mote_work_settle(work, &settled));
    assert_int_equal(mote_work_waiting(work), 0);
}

/* --- bounds --------------------------------------------------------------------------------------------------------------- */

static void bytes_that_are_no_unit(void **state) {
    (void)state;
    mote_context *context = fixture_context(4);
    mote_work *work = gather(context, 1, 2);
    mote_work_unit unit;
    mote_work_verdict verdict;
    static const mote_work_verdict none;
    assert_true(mote_work_take(work, &unit));
    for (size_t size = 0; size < unit.bytes.size; size++) {
        uint8_t *cut = fixture_copy((mote_bytes){unit.bytes.data, size});
        assert_status(mote_work_judge(judge_context(), &verdict, (mote_bytes){cut, size}),
                      MOTE_E_BAD_ARGUMENT);
        assert_memory_equal(&verdict, &none, sizeof none);
        free(cut);
    }
    uint8_t *bytes = fixture_copy(unit.bytes);
    for (size_t at = 40; at < HEAD; at++) { /* the sizes */
        bytes[at] ^= 0x80;
        assert_status(
            mote_work_judge(judge_context(), &verdict, (mote_bytes){bytes, unit.bytes.size}),
            MOTE_E_BAD_ARGUMENT);
        bytes[at] ^= 0x80;
    }
    free(bytes);
}

static void rooms(void **state) {
    (void)state;
    mote_context *context = fixture_context(4);
    mote_work *work = mote_work_new(context, 1, 2, MESSAGE);
    const signed_message m = message_of(0);
    mote_work_verdict settled;
    assert_false(mote_work_is_open(work));
    assert_int_equal(mote_work_room(work), 0);
    assert_status(mote_work_add(work, m.key, m.signature, m.message), MOTE_E_LIMIT_COUNT);
    assert_true(mote_work_open(work) && mote_work_open(work));
    assert_int_equal(mote_work_room(work), 2);
    add_messages(work, 0, 2);
    assert_int_equal(mote_work_count(work), 2);
    assert_status(mote_work_add(work, m.key, m.signature, m.message), MOTE_E_LIMIT_COUNT);
    assert_int_equal(mote_work_waiting(work), 0);
    mote_work_close(work);
    mote_work_close(work);
    assert_int_equal(mote_work_waiting(work), 1);
    assert_status(mote_work_judge_oldest(context, work), MOTE_OK);
    assert_true(mote_work_settle(work, &settled));
    /* A unit of nothing holds. */
    assert_true(mote_work_open(work));
    mote_work_close(work);
    assert_status(mote_work_judge_oldest(context, work), MOTE_OK);
    assert_true(mote_work_settle(work, &settled));
    assert_status(settled.status, MOTE_OK);
    assert_status(mote_work_judge_oldest(context, work), MOTE_OK); /* nothing to do */
}

static void the_memory_it_says_is_enough(void **state) {
    (void)state;
    static const uint8_t seed[32] = {1};
    const size_t counts[] = {0, 1, 8, 33};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        for (uint32_t units = 1; units < 6; units += 4) {
            size_t size = mote_work_memory(units, counts[i], MESSAGE);
            uint8_t *memory = malloc(size + 1);
            mote_context context;
            mote_context_init(&context, memory + 1, size, seed);
            assert_non_null(mote_work_new(&context, units, counts[i], MESSAGE));
            free(memory);
        }
        mote_work *work = gather(fixture_context(4), 1, (uint32_t)counts[i]);
        mote_work_unit unit;
        mote_work_verdict verdict;
        mote_context context;
        assert_true(mote_work_take(work, &unit));
        size_t size = mote_work_judge_memory(unit.bytes.size);
        uint8_t *memory = malloc(size);
        mote_context_init(&context, memory, size, seed);
        assert_status(mote_work_judge(&context, &verdict, unit.bytes), MOTE_OK);
        assert_status(verdict.status, MOTE_OK);
        mote_context_init(&context, memory, 64, seed);
        if (counts[i] != 0)
            assert_status(mote_work_judge(&context, &verdict, unit.bytes), MOTE_E_LIMIT_MEMORY);
        free(memory);
    }
    mote_context *context = fixture_context(4);
    assert_null(mote_work_new(context, 0, 1, MESSAGE));
    assert_null(mote_work_new(context, MOTE_MAX_WORK_UNITS + 1, 1, MESSAGE));
    assert_null(mote_work_new(context, 1, MOTE_ED25519_MAX_BATCH + 1, MESSAGE));
    assert_status(context->fault.status, MOTE_E_LIMIT_COUNT);
    assert_null(mote_work_new(context, 64, MOTE_ED25519_MAX_BATCH, MESSAGE));
    assert_status(context->fault.status, MOTE_E_LIMIT_MEMORY);
}

/* --- warp proofs ---------------------------------------------------------------------------------------------------------- */

#define VOTERS 5u

static test_voter *set_voters(uint32_t index, bool same_keys) {
    return test_voters(same_keys ? 0 : 50 * index, VOTERS);
}

static mote_bytes proof_of(test_fragment *fragments, uint32_t count, bool same_keys) {
    for (uint32_t i = 0; i < count; i++) {
        test_digest digest = {0};
        const mote_hash parent = {{(uint8_t)i}};
        digest_add_scheduled_change(&digest, set_voters(i + 1, same_keys), VOTERS, 0);
        test_block block = test_block_at(&parent, 11 + i, 1, &digest);
        fragments[i] =
            (test_fragment){block.header, build_plain_justification(set_voters(i, same_keys),
                                                                    VOTERS, &block, 3, 7 + i)};
    }
    return build_warp_proof(fragments, count, true);
}

/* Whoever judges, in whatever order: one record of it. */
static warp_run same_with_threads(const mote_authority_set *set, mote_bytes proof, uint32_t lot) {
    const warp_run alone = warp_run_of(fixture_context(16), set, 10, proof, 0, proof.size);
    for (uint32_t threads = 1; threads <= 8; threads = 2 * threads + 1) {
        const size_t step = lot % 2 == 0 ? proof.size : 1 + lot % 3000;
        const warp_run shared = warp_run_with_threads(fixture_context(24), set, 10, proof, step,
                                                      threads, lot + threads);
        assert_status(shared.status, alone.status);
        assert_true(warp_run_equal(&alone, &shared));
    }
    return alone;
}

static void warp_proofs_of_every_length(void **state) {
    (void)state;
    enum { MOST = 70 };
    static test_fragment fragments[MOST];
    mote_authority_set set = test_set(test_voters(0, VOTERS), VOTERS, 7);
    for (uint32_t count = 0; count <= MOST; count += count < 20 ? 1 : 13) {
        for (uint32_t same = 0; same < 2; same++) {
            mote_bytes proof = proof_of(fragments, count, same != 0);
            const warp_run run = same_with_threads(&set, proof, 31 * count + same);
            assert_status(run.status, MOTE_OK);
            assert_int_equal(run.links, count);
            free_bytes(proof);
        }
    }
}

/* One byte of anything: what was verified before, what fails, and where, are the same. */
static void warp_proofs_with_a_byte_changed(void **state) {
    (void)state;
    enum { COUNT = 26 };
    static test_fragment fragments[COUNT];
    mote_authority_set set = test_set(test_voters(0, VOTERS), VOTERS, 7);
    uint64_t random = 5;
    for (uint32_t same = 0; same < 2; same++) {
        mote_bytes proof = proof_of(fragments, COUNT, same != 0);
        for (uint32_t i = 0; i < fixture_times(150); i++) {
            uint8_t *bytes = fixture_copy(proof);
            const uint32_t changes = 1 + (uint32_t)(fixture_random(&random) % 3);
            for (uint32_t c = 0; c < changes; c++) {
                bytes[1 + fixture_random(&random) % (proof.size - 1)] ^=
                    (uint8_t)(1u << fixture_random(&random) % 8);
            }
            const size_t cut = i % 5 == 0 ? fixture_random(&random) % proof.size : 0;
            (void)same_with_threads(&set, (mote_bytes){bytes, proof.size - cut}, i);
            free(bytes);
        }
        free_bytes(proof);
    }
}

/* Fragments in another order, left out, twice. */
static void warp_proofs_rearranged(void **state) {
    (void)state;
    enum { COUNT = 20 };
    static test_fragment fragments[COUNT];
    mote_authority_set set = test_set(test_voters(0, VOTERS), VOTERS, 7);
    for (uint32_t same = 0; same < 2; same++) {
        (void)proof_of(fragments, COUNT, same != 0);
        for (uint32_t i = 0; i < COUNT; i++) {
            test_fragment moved[COUNT + 1];
            memcpy(moved, fragments, sizeof fragments);
            moved[i] = fragments[(i + 1) % COUNT];
            moved[(i + 1) % COUNT] = fragments[i];
            assert_int_not_equal(
                same_with_threads(&set, build_warp_proof(moved, COUNT, true), i).status, MOTE_OK);
            memcpy(moved + i, fragments + i + (i + 1 < COUNT), sizeof *moved * (COUNT - 1 - i));
            (void)same_with_threads(&set, build_warp_proof(moved, COUNT - 1, true), i);
            memcpy(moved, fragments, sizeof *moved * (i + 1));
            memcpy(moved + i + 1, fragments + i, sizeof *moved * (COUNT - i));
            (void)same_with_threads(&set, build_warp_proof(moved, COUNT + 1, true), i);
        }
    }
}

/* A forged vote in every fragment, and an honest layout error behind it: the forged vote is named, never the error. */
static void the_first_failure_of_all_units_is_named(void **state) {
    (void)state;
    enum { COUNT = 24 };
    static test_fragment fragments[COUNT];
    mote_authority_set set = test_set(test_voters(0, VOTERS), VOTERS, 7);
    mote_bytes proof = proof_of(fragments, COUNT, false);
    size_t start = 1;
    for (uint32_t i = 0; i + 1 < COUNT; i++) {
        uint8_t *bytes = fixture_copy(proof);
        const size_t signature = start + fragments[i].header.size + 8 + 36 + 1 + 2 * 132 + 36;
        bytes[signature + 40] ^= 1;
        bytes[proof.size - 1] = 7; /* is_finished, which is read with the last fragment */
        const warp_run run = same_with_threads(&set, (mote_bytes){bytes, proof.size}, i);
        assert_status(run.status, MOTE_E_BAD_SIGNATURE);
        assert_int_equal(run.offset, signature);
        assert_int_equal(run.index, i);
        assert_int_equal(run.links, i);
        free(bytes);
        start += fragments[i].header.size + fragments[i].justification.size;
    }
}

static void recorded_warp_proofs(void **state) {
    (void)state;
    json_t *file = fixture_json("local/relay.p2p.json.gz");
    mote_bytes proof = fixture_hex_field(json_object_get(file, "warp from genesis"), "response");
    mote_authority_set set = test_set_of_list(chain_local_first_authorities(), 0);
    const warp_run alone = warp_run_of(fixture_context(16), &set, 0, proof, 0, proof.size);
    assert_status(alone.status, MOTE_OK);
    assert_int_equal(alone.links, 4);
    for (uint32_t lot = 0; lot < 20; lot++) {
        const warp_run shared = warp_run_with_threads(fixture_context(16), &set, 0, proof,
                                                      1 + 97 * lot, 1 + lot % 4, lot);
        assert_true(warp_run_equal(&alone, &shared));
    }
    json_decref(file);
}

/* Memory does not grow with the proof, and what it is said to take is enough. */
static void memory_with_threads(void **state) {
    (void)state;
    static const uint8_t seed[32] = {1};
    enum { COUNT = 200 };
    static test_fragment fragments[COUNT];
    mote_bytes proof = proof_of(fragments, COUNT, false);
    for (uint32_t threads = 0; threads < 20; threads += 3) {
        size_t size = mote_warp_threads_memory(VOTERS, 4096, VOTERS, threads);
        uint8_t *memory = malloc(size);
        mote_context context;
        mote_context_init(&context, memory, size, seed);
        mote_authority_set set = test_set(test_voters(0, VOTERS), VOTERS, 7);
        const mote_warp_start start = {.number = 10,
                                       .set = &set,
                                       .max_authorities = VOTERS,
                                       .max_fragment_size = 4096,
                                       .threads = threads};
        mote_warp *warp;
        uint32_t links = 0;
        test_units units = {.lot = threads};
        assert_status(mote_warp_new(&context, &warp, &start), MOTE_OK);
        for (size_t at = 0, consumed; at < proof.size; at += consumed) {
            mote_bytes rest = {proof.data + at, proof.size - at};
            assert_status(mote_warp_feed(&context, warp, &consumed, rest), MOTE_OK);
            for (mote_warp_link link; mote_warp_next(warp, &link);) links++;
            if (threads != 0) (void)test_units_step(&units, &context, mote_warp_work(warp));
        }
        assert_status(mote_warp_finish(&context, warp), MOTE_OK);
        for (mote_warp_link link; mote_warp_next(warp, &link);) links++;
        assert_int_equal(links, COUNT);
        if (threads != 0) assert_true(units.judged > 0);
        test_units_forget(&units);
        free(memory);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_come_in_order_and_verdicts_in_any),
        cmocka_unit_test(a_verdict_names_the_first_that_fails),
        cmocka_unit_test(a_verdict_is_of_its_unit_only),
        cmocka_unit_test(a_verdict_on_changed_bytes_is_refused),
        cmocka_unit_test(a_verdict_of_another_work_is_refused),
        cmocka_unit_test(units_made_to_look_alike),
        cmocka_unit_test(late_verdicts),
        cmocka_unit_test(bytes_that_are_no_unit),
        cmocka_unit_test(rooms),
        cmocka_unit_test(the_memory_it_says_is_enough),
        cmocka_unit_test(warp_proofs_of_every_length),
        cmocka_unit_test(warp_proofs_with_a_byte_changed),
        cmocka_unit_test(warp_proofs_rearranged),
        cmocka_unit_test(the_first_failure_of_all_units_is_named),
        cmocka_unit_test(recorded_warp_proofs),
        cmocka_unit_test(memory_with_threads),
    };
    return cmocka_run_group_tests_name("unit/work", tests, NULL, NULL);
}
