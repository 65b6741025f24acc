/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Small worlds, all of them: every block tree of a few blocks, every way a few voters can vote and equivocate in it,
 * every target, every subset of the headers as ancestry. What mote says is compared with a second implementation
 * below, written from the definitions of the GRANDPA paper (a vote for a block is one for its ancestors; who votes
 * twice counts for every block; a block is final with more than two thirds) over sets, recursively, without regard
 * to cost. Signatures are real, made once per voter and block.
 */
#include "grandpa_builder.h"

enum { MOST_BLOCKS = 5, MOST_VOTERS = 5, MOST_BALLOTS = 64 };
#define ROUND 3u
#define SET_ID 7u

/* --- a world ------------------------------------------------------------------------------------------------- */

enum { SIGNATURE_FIRST, SIGNATURE_SECOND, SIGNATURE_BAD, SIGNATURES };

typedef struct mark {
    size_t block;
    int signature;
} mark;

/* What one voter does: up to two precommits. */
typedef struct ballot {
    size_t marks;
    mark mark[2];
} ballot;

typedef struct world {
    size_t blocks;
    size_t parent[MOST_BLOCKS]; /* of block 0: none of ours */
    test_block block[MOST_BLOCKS];
    size_t voters;
    test_voter voter[MOST_VOTERS];
    mote_authority_set set;
    test_vote vote[MOST_VOTERS][MOST_BLOCKS][SIGNATURES];
    const ballot *choice[MOST_VOTERS];
} world;

static void sign_everything(world *w) {
    for (size_t v = 0; v < w->voters; v++) {
        for (size_t b = 0; b < w->blocks; b++) {
            test_vote *vote = w->vote[v][b];
            vote[SIGNATURE_FIRST] = test_precommit(&w->voter[v], &w->block[b], ROUND, SET_ID);
            vote[SIGNATURE_SECOND] = vote[SIGNATURE_BAD] = vote[SIGNATURE_FIRST];
            test_resign(&vote[SIGNATURE_SECOND], &w->voter[v], ROUND, SET_ID);
            vote[SIGNATURE_BAD].signature[32] ^= 1;
        }
    }
}

static void plant(world *w) {
    static const mote_hash unknown = {{0x55}};
    for (size_t b = 0; b < w->blocks; b++) {
        const test_block *parent = b == 0 ? NULL : &w->block[w->parent[b]];
        w->block[b] = parent == NULL
                          ? test_block_at(&unknown, 10, 0, NULL)
                          : test_block_at(&parent->hash, parent->number + 1, (uint8_t)b, NULL);
    }
}

/* The next way to hang blocks 1.. below earlier ones; false after the last. Numbered level by level, every tree has
 * parents that do not decrease. */
static bool next_tree(world *w) {
    for (size_t b = w->blocks; b-- > 1;) {
        if (w->parent[b] + 1 == b) continue;
        size_t parent = w->parent[b] + 1;
        for (; b < w->blocks; b++) w->parent[b] = parent;
        return true;
    }
    return false;
}

/* --- the second implementation --------------------------------------------------------------------------------- */

typedef unsigned block_set; /* bit i: block i */

typedef struct verdict {
    bool final;
    uint64_t weight;
    uint32_t equivocators;
} verdict;

/* The headers show that `block` descends from `base`, or is it: then those on the way are *used. */
static bool shown(const world *w, size_t block, size_t base, block_set headers, block_set *used) {
    if (block == base) return true;
    if (block == 0 || (headers >> block & 1) == 0) return false;
    if (!shown(w, w->parent[block], base, headers, used)) return false;
    *used |= 1u << block;
    return true;
}

static bool equivocates(const ballot *cast) {
    if (cast->marks < 2) return false;
    return cast->mark[0].block != cast->mark[1].block ||
           cast->mark[0].signature != cast->mark[1].signature;
}

/* The first of the lowest blocks an equivocator voted for, or the target where none is below it. */
static size_t lowest_base(const world *w, size_t target) {
    size_t base = target;
    for (size_t v = 0; v < w->voters; v++) {
        if (!equivocates(w->choice[v])) continue;
        for (size_t i = 0; i < 2; i++) {
            size_t block = w->choice[v]->mark[i].block;
            if (w->block[block].number < w->block[base].number) base = block;
        }
    }
    return base;
}

static block_set used_by_equivocators(const world *w, size_t target, block_set headers) {
    block_set used = 0;
    size_t base = lowest_base(w, target);
    (void)shown(w, target, base, headers, &used);
    for (size_t v = 0; v < w->voters; v++) {
        if (!equivocates(w->choice[v])) continue;
        for (size_t i = 0; i < 2; i++) {
            (void)shown(w, w->choice[v]->mark[i].block, target, headers, &used);
            (void)shown(w, w->choice[v]->mark[i].block, base, headers, &used);
        }
    }
    return used;
}

/* More than two thirds: the faulty, less than a third, cannot make up for what is missing to all. */
static bool is_supermajority(const world *w, uint64_t weight) {
    uint64_t total = 0, faulty = 0;
    for (size_t v = 0; v < w->voters; v++) total += w->voter[v].weight;
    while (3 * (faulty + 1) < total) faulty++;
    return weight + faulty >= total;
}

static bool all_signatures_hold(const world *w) {
    for (size_t v = 0; v < w->voters; v++) {
        for (size_t i = 0; i < w->choice[v]->marks; i++) {
            if (w->choice[v]->mark[i].signature == SIGNATURE_BAD) return false;
        }
    }
    return true;
}

static verdict naive(const world *w, size_t target, block_set headers) {
    verdict out = {0};
    block_set used = 0;
    for (size_t v = 0; v < w->voters; v++) {
        const ballot *choice = w->choice[v];
        if (choice->marks == 0) continue;
        if (equivocates(choice)) {
            out.equivocators++;
        } else if (!shown(w, choice->mark[0].block, target, headers, &used)) {
            return (verdict){0};
        }
        out.weight += w->voter[v].weight;
    }
    used |= used_by_equivocators(w, target, headers);
    out.final = is_supermajority(w, out.weight) && used == headers && all_signatures_hold(w);
    return out;
}

/* As a commit: `headers` are those the verifier knows, so none is too many. */
typedef enum commit_verdict { COMMIT_FALSE, COMMIT_UNKNOWN, COMMIT_FINAL } commit_verdict;

/* Where the known headers lead from `block` before they end. */
static size_t known_bottom(const world *w, size_t block, block_set headers) {
    if (block == 0 || (headers >> block & 1) == 0) return block;
    return known_bottom(w, w->parent[block], headers);
}

static bool is_elsewhere(const world *w, size_t block, size_t target, block_set headers) {
    uint32_t height = w->block[target].number;
    if (w->block[block].number <= height) return true; /* and is not the target */
    return w->block[known_bottom(w, block, headers)].number <= height;
}

static commit_verdict naive_commit(const world *w, size_t target, block_set headers) {
    uint64_t weight = 0, cast = 0;
    for (size_t v = 0; v < w->voters; v++) {
        const ballot *choice = w->choice[v];
        block_set ignored = 0;
        if (choice->marks == 0) continue;
        cast += w->voter[v].weight;
        if (equivocates(choice) || shown(w, choice->mark[0].block, target, headers, &ignored)) {
            weight += w->voter[v].weight;
        } else if (is_elsewhere(w, choice->mark[0].block, target, headers)) {
            return COMMIT_FALSE;
        }
    }
    if (!all_signatures_hold(w) || !is_supermajority(w, cast)) return COMMIT_FALSE;
    return is_supermajority(w, weight) ? COMMIT_FINAL : COMMIT_UNKNOWN;
}

/* --- the same as bytes -------------------------------------------------------------------------------------------- */

static test_justification parts_of(const world *w, size_t target, block_set headers,
                                   test_vote votes[2 * MOST_VOTERS],
                                   test_block ancestry[MOST_BLOCKS]) {
    test_justification parts = {
        ROUND, w->block[target].hash, w->block[target].number, votes, 0, ancestry, 0};
    for (size_t v = 0; v < w->voters; v++) {
        for (size_t i = 0; i < w->choice[v]->marks; i++) {
            const mark *its = &w->choice[v]->mark[i];
            votes[parts.vote_count++] = w->vote[v][its->block][its->signature];
        }
    }
    for (size_t b = 0; b < w->blocks; b++) {
        if (headers >> b & 1) ancestry[parts.ancestry_count++] = w->block[b];
    }
    return parts;
}

static void explain(const world *w, size_t target, block_set headers) {
    print_message("target %zu, headers %x, parents", target, headers);
    for (size_t b = 1; b < w->blocks; b++) print_message(" %zu", w->parent[b]);
    for (size_t v = 0; v < w->voters; v++) {
        print_message("; voter of weight %u:", (unsigned)w->voter[v].weight);
        for (size_t i = 0; i < w->choice[v]->marks; i++) {
            print_message(" %zu/%d", w->choice[v]->mark[i].block, w->choice[v]->mark[i].signature);
        }
    }
    print_message("\n");
}

typedef struct tally {
    size_t cases;
    size_t final;
    bool signatures; /* verify them each time, not only the structure */
    mote_context *context;
    mote_work *work;
} tally;

static void compare(const world *w, tally *counts, size_t target, block_set headers) {
    static test_buffer buffer;
    test_vote votes[2 * MOST_VOTERS];
    test_block ancestry[MOST_BLOCKS];
    const test_justification parts = parts_of(w, target, headers, votes, ancestry);
    mote_justification_report report;
    mote_status status;
    buffer.size = 0;
    append_justification(&buffer, &parts);
    if (counts->signatures) {
        mote_finalized_block block;
        status = mote_justification_verify(counts->context, &block, &report, &w->set,
                                           buffer_bytes(&buffer), NULL);
    } else {
        mote_unsigned_block block;
        mote_work_clear(counts->work);
        assert_true(mote_work_open(counts->work));
        status = mote_justification_check(counts->context, &block, &report, counts->work, &w->set,
                                          buffer_bytes(&buffer), NULL);
    }
    verdict expected = naive(w, target, headers);
    bool same = (status == MOTE_OK) == expected.final;
    if (expected.final && same) {
        same = report.counted_weight == expected.weight &&
               report.equivocators == expected.equivocators;
    }
    if (!same) {
        explain(w, target, headers);
        fail_msg("mote: %s (weight %u); by definition: %s (weight %u)", mote_status_name(status),
                 (unsigned)report.counted_weight, expected.final ? "final" : "not final",
                 (unsigned)expected.weight);
    }
    counts->cases++;
    counts->final += expected.final;
}

static void compare_commit(const world *w, tally *counts, size_t target, block_set headers) {
    static test_buffer buffer;
    test_vote votes[2 * MOST_VOTERS];
    test_block ancestry[MOST_BLOCKS];
    const test_justification parts = parts_of(w, target, headers, votes, ancestry);
    mote_header known[MOST_BLOCKS];
    mote_finalized_block block;
    for (size_t i = 0; i < parts.ancestry_count; i++) known[i] = test_header(&ancestry[i]);
    buffer.size = 0;
    append_commit(&buffer, &parts, SET_ID);
    mote_status status = mote_commit_verify(counts->context, &block, NULL, &w->set,
                                            buffer_bytes(&buffer), known, parts.ancestry_count);
    commit_verdict expected = naive_commit(w, target, headers);
    commit_verdict actual = status == MOTE_OK                ? COMMIT_FINAL
                            : status == MOTE_E_UNKNOWN_BLOCK ? COMMIT_UNKNOWN
                                                             : COMMIT_FALSE;
    /* Honest senders leave room for f votes beyond the set; heavier messages are refused whatever they say. */
    if (status == MOTE_E_COMMIT_OVERWEIGHT) {
        assert_true(parts.vote_count > w->voters);
        return;
    }
    if (actual != expected) {
        explain(w, target, headers);
        fail_msg("commit: %s; by definition: %d", mote_status_name(status), (int)expected);
    }
    counts->cases++;
    counts->final += expected == COMMIT_FINAL;
}

/* --- all of them ---------------------------------------------------------------------------------------------------- */

typedef void judge_case(const world *w, tally *counts, size_t target, block_set headers);

static void each_target_and_ancestry(const world *w, tally *counts, judge_case *judge) {
    for (size_t target = 0; target < w->blocks; target++) {
        for (block_set headers = 0; headers < 1u << w->blocks; headers++) {
            judge(w, counts, target, headers);
        }
    }
}

/* Voters of equal weight can change places, so among them only ballots in order. */
static void each_vote(world *w, tally *counts, const ballot *ballots, size_t count,
                      judge_case *judge) {
    size_t pick[MOST_VOTERS] = {0};
    for (;;) {
        for (size_t v = 0; v < w->voters; v++) w->choice[v] = &ballots[pick[v]];
        each_target_and_ancestry(w, counts, judge);
        size_t v = w->voters;
        while (v > 0 && pick[v - 1] == count - 1) v--;
        if (v == 0) return;
        size_t next = ++pick[v - 1];
        for (; v < w->voters; v++) {
            pick[v] = w->voter[v].weight == w->voter[v - 1].weight ? next : 0;
            next = pick[v];
        }
    }
}

enum { WITH_REPEATED = 1, WITH_BAD = 2 };

static size_t all_ballots(ballot out[MOST_BALLOTS], size_t blocks, int what) {
    size_t count = 0;
    int signatures = what & WITH_BAD ? SIGNATURES : SIGNATURE_SECOND;
    out[count++] = (ballot){0};
    for (size_t a = 0; a < blocks; a++) {
        for (int signature = 0; signature < signatures; signature++) {
            if (signature == SIGNATURE_SECOND) continue;
            out[count++] = (ballot){1, {{a, signature}}};
            for (size_t b = a + 1; b < blocks; b++) {
                out[count++] = (ballot){2, {{a, signature}, {b, SIGNATURE_FIRST}}};
                if (what & WITH_BAD)
                    out[count++] = (ballot){2, {{a, signature}, {b, SIGNATURE_BAD}}};
            }
        }
        out[count++] = (ballot){2, {{a, SIGNATURE_FIRST}, {a, SIGNATURE_SECOND}}};
        if (what & WITH_BAD) out[count++] = (ballot){2, {{a, SIGNATURE_FIRST}, {a, SIGNATURE_BAD}}};
        if (what & WITH_REPEATED)
            out[count++] = (ballot){2, {{a, SIGNATURE_FIRST}, {a, SIGNATURE_FIRST}}};
    }
    assert_in_range(count, 1, MOST_BALLOTS);
    return count;
}

static void each_tree(world *w, tally *counts, int what, judge_case *judge) {
    ballot ballots[MOST_BALLOTS];
    size_t count = all_ballots(ballots, w->blocks, what);
    memset(w->parent, 0, sizeof w->parent);
    do {
        plant(w);
        sign_everything(w);
        each_vote(w, counts, ballots, count, judge);
    } while (next_tree(w));
}

static void people(world *w, size_t voters, const uint64_t weights[MOST_VOTERS]) {
    w->voters = voters;
    for (size_t v = 0; v < voters; v++) w->voter[v] = test_voter_of((uint32_t)v, weights[v]);
    w->set = test_set(w->voter, voters, SET_ID);
}

static tally begin(bool signatures) {
    tally counts = {.signatures = signatures};
    counts.context = fixture_context(4);
    counts.work = mote_work_new(counts.context, 1, 2 * MOST_VOTERS, MOTE_VOTE_SIZE);
    assert_non_null(counts.work);
    return counts;
}

static void end(const tally *counts, const char *what) {
    print_message("%s: %zu cases, %zu of them final\n", what, counts->cases, counts->final);
    assert_true(counts->final > 0 && counts->final < counts->cases);
}

static const uint64_t equal_weights[MOST_VOTERS] = {1, 1, 1, 1, 1};

static size_t blocks_for(size_t voters) {
    switch (fixture_effort()) {
    case FIXTURE_SMALL: return 3;
    case FIXTURE_LONG: return 5;
    default: return voters <= 2 ? 5 : 4;
    }
}

static void every_justification_of_equal_voters(void **state) {
    (void)state;
    tally counts = begin(false);
    for (size_t voters = 1; voters <= MOST_VOTERS; voters++) {
        world w = {.blocks = blocks_for(voters)};
        people(&w, voters, equal_weights);
        /* Trees of fewer blocks are in there as those whose other blocks get no vote. */
        each_tree(&w, &counts, 0, compare);
    }
    end(&counts, "equal weights");
}

/* Weights in ascending order, 1 to 3: any other order is the same with the voters' names changed. */
static bool next_weights(uint64_t *weights, size_t voters) {
    for (size_t v = voters; v-- > 0;) {
        if (weights[v] == 3) continue;
        uint64_t next = weights[v] + 1;
        for (; v < voters; v++) weights[v] = next;
        return true;
    }
    return false;
}

static void every_justification_of_weighted_voters(void **state) {
    (void)state;
    static const size_t blocks[] = {0, 3, 3, 3, 2}; /* for 1, 2, 3, 4 voters */
    tally counts = begin(false);
    for (size_t voters = 1; voters <= 4; voters++) {
        uint64_t weights[MOST_VOTERS] = {1, 1, 1, 1, 1};
        do {
            world w = {.blocks = blocks[voters]};
            people(&w, voters, weights);
            each_tree(&w, &counts, WITH_REPEATED, compare);
        } while (next_weights(weights, voters));
    }
    end(&counts, "weights 1 to 3");
}

static void every_signature_good_or_bad(void **state) {
    (void)state;
    tally counts = begin(true);
    for (size_t voters = 1; voters <= 3; voters++) {
        world w = {.blocks = fixture_effort() == FIXTURE_SMALL || voters == 3 ? 2 : 3};
        people(&w, voters, equal_weights);
        each_tree(&w, &counts, WITH_REPEATED | WITH_BAD, compare);
    }
    world w = {.blocks = 2};
    if (fixture_effort() != FIXTURE_SMALL) {
        people(&w, 4, equal_weights);
        each_tree(&w, &counts, 0, compare);
    }
    end(&counts, "signatures");
}

static void every_commit(void **state) {
    (void)state;
    tally counts = begin(true);
    for (size_t voters = 1; voters <= 4; voters++) {
        world w = {.blocks = fixture_effort() == FIXTURE_SMALL || voters == 4 ? 2 : 3};
        people(&w, voters, equal_weights);
        each_tree(&w, &counts, voters < 3 ? WITH_BAD : 0, compare_commit);
    }
    end(&counts, "commits");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_justification_of_equal_voters),
        cmocka_unit_test(every_justification_of_weighted_voters),
        cmocka_unit_test(every_signature_good_or_bad),
        cmocka_unit_test(every_commit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
