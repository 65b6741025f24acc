/* SPDX-License-Identifier: Apache-2.0 */
/* A warp proof is verified in memory that does not depend on its length, while it comes in. */
#include "fixture.h"

#include "grandpa_builder.h"
#include "mote/warp.h"

#define VOTERS 20u
#define CHUNK ((size_t)700)

/* Two sets take turns; each signs under another id every time. */
static test_voter *voters_of(uint32_t index) {
    static test_voter *sets[2];
    if (sets[index % 2] == NULL) sets[index % 2] = test_voters(100 * (index % 2), VOTERS);
    return sets[index % 2];
}

static test_fragment fragment(uint32_t index) {
    test_digest digest = {0};
    const mote_hash parent = {{(uint8_t)index}};
    digest_add_scheduled_change(&digest, voters_of(index + 1), VOTERS, 0);
    test_block block = test_block_at(&parent, 11 + index, 1, &digest);
    return (test_fragment){block.header,
                           build_plain_justification(voters_of(index), VOTERS, &block, 3, index)};
}

/* With work for threads nobody else does it: the oldest unit is judged where nothing more is taken before. */
static void feed(mote_context *context, mote_warp *warp, mote_bytes bytes) {
    mote_warp_link link;
    for (size_t at = 0, consumed; at < bytes.size; at += consumed) {
        size_t size = bytes.size - at < CHUNK ? bytes.size - at : CHUNK;
        assert_status(mote_warp_feed(context, warp, &consumed, (mote_bytes){bytes.data + at, size}),
                      MOTE_OK);
        bool drained = false;
        while (mote_warp_next(warp, &link)) {
            assert_status(mote_finalized_header_check(&link.header), MOTE_OK);
            drained = true;
        }
        if (consumed < size && !drained)
            assert_status(mote_work_judge_oldest(context, mote_warp_work(warp)), MOTE_OK);
    }
}

/* Of so many fragments, none of which is kept: the most that was in use. */
static size_t peak(uint32_t count, uint32_t threads, size_t room) {
    mote_context context;
    mote_warp *warp;
    static const uint8_t seed[32] = {6};
    uint8_t *memory = malloc(room);
    mote_context_init(&context, memory, room, seed);
    mote_authority_set set = test_set(voters_of(0), VOTERS, 0);
    const mote_warp_start start = {
        .number = 10, .set = &set, .max_authorities = VOTERS, .threads = threads};
    assert_status(mote_warp_new(&context, &warp, &start), MOTE_OK);
    test_buffer head = {0};
    append_compact(&head, count);
    feed(&context, warp, buffer_bytes(&head));
    for (uint32_t i = 0; i < count; i++) {
        test_fragment next = fragment(i);
        feed(&context, warp, next.header);
        feed(&context, warp, next.justification);
        free((void *)(uintptr_t)next.header.data);
        free((void *)(uintptr_t)next.justification.data);
    }
    static const uint8_t finished = 1;
    feed(&context, warp, (mote_bytes){&finished, 1});
    assert_status(mote_warp_finish(&context, warp), MOTE_OK);
    assert_int_equal(mote_warp_fragments(warp), count);
    printf("%5u fragments, %u threads: %zu of %zu bytes\n", count, threads, context.most_used,
           room);
    free(set.voter);
    free(head.data);
    free(memory);
    return context.most_used;
}

/* The block is enough for all of them, and the longest takes no more than those that fill its batches. */
static void check(uint32_t threads, uint32_t few, size_t room) {
    static const uint32_t counts[] = {100, 200, 1100};
    size_t most = peak(few, threads, room);
    assert_true(peak(1, threads, room) <= most);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        assert_int_equal(peak(counts[i], threads, room), most);
}

static void of_any_length_in_the_same_memory(void **state) {
    (void)state;
    check(0, 8, mote_warp_memory(VOTERS, 0));
    check(0, 16, mote_warp_threads_memory(VOTERS, 0, VOTERS, 0));
    check(2, 80, mote_warp_threads_memory(VOTERS, 0, VOTERS, 2));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(of_any_length_in_the_same_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
