/* SPDX-License-Identifier: Apache-2.0 */
/* What runs of many seeds found, made small. */
#include "run.h"

static sim_run run;

static void end(void) {
    sim_world *world = run.world;
    if (sim_run_failed(&run)) fail_msg("%s", run.failure);
    sim_run_end(&run);
    sim_world_free(world);
}

static void begin(const sim_shape *shape) {
    sim_run_begin(&run, sim_world_new(shape), shape->seed);
    run.accept_expired = true;
    run.logs = getenv("MOTE_TEST_LOG") != NULL;
}

/* A source lies about the second page of a list, when the first one was given out. */
static void a_list_goes_on_behind_the_page_that_was_given_out(void **state) {
    (void)state;
    sim_shape shape = sim_shape_plain(1);
    shape.accounts = 700;
    begin(&shape);
    sim_run_peer(&run, run.world, &run.world->relay, SIM_HONEST)->link.latency = 300;
    sim_peer *liar = sim_run_peer(&run, run.world, &run.world->relay, SIM_LIE_SHORT_LIST);
    liar->node.often = 0;
    liar->link.latency = 1;
    sim_run_start(&run, 50, 0);
    sim_run_for(&run, 20000);
    sim_asked *asked = sim_run_list(&run, &run.world->relay, NULL,
                                    (mote_bytes){run.world->relay.cells[8].key.data, 32});
    assert_non_null(asked);
    while (run.counts.values == 0 && !sim_run_failed(&run)) sim_run_for(&run, 1);
    liar->node.often = 100;
    sim_run_for(&run, 60000);
    sim_verdict_answers(&run);
    end();
}

/* Ten sessions in office: the proof of the block behind the head has all headers of the set, which is more than a message may
 * be. `told`: where sessions begin is known, so that nobody has to ask for that. */
static void sets_larger_than_a_message(bool told, uint32_t session_slots, uint32_t set_sessions,
                                       size_t message_bytes, double most_megabytes) {
    sim_shape shape = sim_shape_plain(2);
    shape.history = session_slots * set_sessions * 5 / 2;
    shape.session_slots = session_slots;
    shape.set_sessions = set_sessions;
    shape.calm = 64;
    shape.paras = 1;
    begin(&shape);
    run.tell_session = told;
    run.limits.message_bytes = message_bytes;
    run.limits.pool_bytes = mote_client_default_limits().pool_bytes;
    for (int i = 0; i < 2; i++) {
        sim_run_peer(&run, run.world, &run.world->relay, SIM_HONEST)->link.bandwidth = 10000;
    }
    sim_run_start(&run, 5, 0);
    sim_run_for(&run, 60000);
    sim_verdict_current(&run, 8);
    printf("%u hand-overs, %.2f MB in, %llu requests\n", run.counts.handovers,
           (double)run.counts.bytes_in / 1e6, (unsigned long long)run.counts.requests);
    if ((double)run.counts.bytes_in / 1e6 > most_megabytes) fail_msg("too many bytes");
    end();
}

static void sets_whose_headers_are_more_than_a_message(void **state) {
    (void)state;
    sets_larger_than_a_message(true, 2400, 10, 4 << 20, 1);
    sets_larger_than_a_message(true, 2400, 1, 256 << 10, 1);
    sets_larger_than_a_message(false, 2400, 10, 4 << 20, 48);
    sets_larger_than_a_message(false, 2400, 1, 256 << 10, 7);
}

/* --- forced changes ------------------------------------------------------------------------------------------------ */
static void begin_forced(uint64_t seed) {
    sim_shape shape = sim_shape_plain(seed);
    shape.forced_at = 90;
    shape.history = 160;
    shape.paras = 1;
    begin(&shape);
    run.tell_session = seed % 2 == 0;
}

/* Nobody can lead on from before a forced change: it is said, and no honest source is sent away for it. */
static void a_forced_change_asks_for_a_new_checkpoint(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        begin_forced(seed);
        for (int i = 0; i < 2; i++) sim_run_peer(&run, run.world, &run.world->relay, SIM_HONEST);
        sim_run_start(&run, 50, 0);
        sim_run_for(&run, 120000);
        mote_chain_status status = sim_run_status(&run, &run.world->relay);
        assert_int_equal(status.phase, MOTE_PHASE_HALTED);
        assert_int_equal(status.halted_by, MOTE_E_FORCED_CHANGE);
        assert_false(run.peers[0].dropped || run.peers[1].dropped);
        end();
    }
}

/* --- who misleads ----------------------------------------------------------------------------------------------------- */
/* The fastest source by far leads the search astray, or on by a block at a time; the other one is honest. */
static void the_fastest_source_misleads(void **state) {
    (void)state;
    static const sim_lie lies[] = {
        SIM_LIE_OTHER_HASH,          SIM_LIE_STEPS,       SIM_LIE_WITHHELD,   SIM_LIE_STALE,
        SIM_LIE_OTHER_JUSTIFICATION, SIM_LIE_FORGED_MOST, SIM_LIE_RELABELLED, SIM_LIE_OTHER_HEADER};
    for (size_t i = 0; i < 2 * (sizeof lies / sizeof lies[0]); i++) {
        sim_shape shape = sim_shape_plain(50 + i);
        shape.session_slots = 600;
        shape.history = 600 * 30;
        shape.set_sessions = i % 3 + 1;
        shape.calm = 64;
        shape.paras = 1;
        begin(&shape);
        run.tell_session = i % 2 == 0;
        sim_run_peer(&run, run.world, &run.world->relay, SIM_HONEST)->link.latency = 100;
        sim_peer *liar = sim_run_peer(&run, run.world, &run.world->relay, lies[i / 2]);
        liar->link.latency = 1;
        liar->node.often = 100;
        sim_run_start(&run, 5, 0);
        sim_run_for(&run, 60000);
        if (getenv("MOTE_TEST_VERBOSE") != NULL)
            printf("%s: %u hand-overs, %llu requests\n", sim_lie_name(lies[i / 2]),
                   run.counts.handovers, (unsigned long long)run.counts.requests);
        sim_verdict_current(&run, 8);
        end();
    }
}

/* --- branches ------------------------------------------------------------------------------------------------------- */
/* Two finished chains that parted blocks below the head, and a final block well above it on the other one: their headers lead
 * down beside the head. */
static void a_final_block_whose_ancestors_pass_the_head_by(void **state) {
    (void)state;
    for (uint32_t lag = 1; lag <= 5; lag++) {
        sim_shape shape = sim_shape_plain(30 + lag);
        shape.finality_lag = lag;
        shape.session_slots = 400;
        begin(&shape);
        sim_shape other = run.world->shape;
        other.other = 1;
        other.other_from = 90;
        sim_world *two = sim_world_new(&other);
        run.may_conflict = true;
        sim_run_peer(&run, run.world, &run.world->relay, SIM_HONEST);
        sim_run_start(&run, 50, 0);
        sim_run_for(&run, 30000);
        run.peers[0].is_away = true;
        sim_run_disconnect(&run, &run.peers[0]);
        sim_run_for(&run, 6000 * (2 + lag));
        sim_run_peer(&run, two, &two->relay, SIM_HONEST);
        sim_peer *late = &run.peers[1];
        assert_int_equal(mote_client_add_source(run.client, &late->source, run.followed[0].id),
                         MOTE_OK);
        sim_run_join(&run, late);
        sim_run_for(&run, 120000);
        if (sim_run_failed(&run)) fail_msg("%s", run.failure);
        assert_int_equal(run.counts.conflicts, 1);
        assert_int_equal(sim_run_status(&run, &run.world->relay).halted_by,
                         MOTE_E_FINALITY_CONFLICT);
        end();
        sim_world_free(two);
    }
}

/* --- ancestors ------------------------------------------------------------------------------------------------------ */
/* The state of a parachain's block 250 below its head, over links of 120 ms: headers are asked for many at a time. */
static void an_ancestor_far_down_takes_few_round_trips(void **state) {
    (void)state;
    sim_shape shape = sim_shape_plain(51);
    shape.history = 1500;
    shape.paras = 1;
    begin(&shape);
    sim_chain *para = &run.world->paras[0];
    sim_run_peer(&run, run.world, &run.world->relay, SIM_HONEST);
    sim_run_peer(&run, run.world, para, SIM_HONEST)->link.latency = 120;
    sim_run_start(&run, 1490, 1);
    sim_run_for(&run, 20000);
    const mote_chain_status head = sim_run_status(&run, para);
    assert_true(head.has_head && head.number > 250);
    const mote_query query = {.kind = MOTE_QUERY_VALUES,
                              .chain = sim_run_followed(&run, para)->id,
                              .has_at = true,
                              .at = sim_line_block(para, head.number - 250)->hash,
                              .keys = &para->cells[1].key,
                              .key_count = 1};
    sim_asked *asked = sim_run_query(&run, para, &query);
    sim_run_for(&run, 8000);
    if (sim_run_failed(&run)) fail_msg("%s", run.failure);
    assert_int_equal(asked->answers, 1);
    end();
}

/* The clock jumps while it is subscribed to: it is subscribed to again, and both subscriptions stand. */
static void a_clock_that_jumps_while_subscribing(void **state) {
    (void)state;
    sim_shape shape = sim_shape_plain(3);
    begin(&shape);
    sim_run_peer(&run, run.world, &run.world->relay, SIM_HONEST);
    sim_peer *slow = sim_run_peer(&run, run.world, &run.world->relay, SIM_HONEST);
    slow->link.latency = 2000;
    sim_run_start(&run, 50, 0);
    while (!slow->connected) sim_run_for(&run, 100);
    sim_run_for(&run, 500);
    run.clock_error += 7200000;
    sim_run_for(&run, 900000);
    sim_verdict_current(&run, 8);
    end();
}

/* What a client makes of hand-overs is no ground to judge authors on: first slots of sessions may be empty. */
static void authors_where_the_length_of_sessions_was_found_out(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        sim_shape shape = sim_shape_plain(100 + seed);
        shape.authored = true;
        shape.session_slots = 34;
        shape.empty_slots = 5;
        shape.history = 70 + (uint32_t)seed;
        shape.finality_lag = 1 + seed % 3;
        begin(&shape);
        sim_run_peer(&run, run.world, &run.world->relay, SIM_HONEST);
        sim_run_start(&run, 0, 0);
        sim_run_for(&run, 200000);
        sim_verdict_current(&run, 8);
        end();
    }
}

/* The true proof under another number: it is not kept, and then nothing of it stays in the claim either. */
static void a_claim_keeps_nothing_of_a_message_that_was_given_back(void **state) {
    (void)state;
    for (uint64_t i = 0; i < 6; i++) {
        sim_shape shape = sim_shape_plain(70 + i);
        shape.session_slots = 600;
        shape.history = 600 * 30;
        shape.set_sessions = i % 3 + 1;
        shape.calm = 64;
        shape.paras = 1;
        begin(&shape);
        run.tell_session = true;
        sim_peer *a = sim_run_peer(&run, run.world, &run.world->relay, SIM_HONEST);
        sim_peer *b = sim_run_peer(&run, run.world, &run.world->relay, SIM_HONEST);
        a->link.latency = b->link.latency = 100;
        sim_peer *liar = sim_run_peer(&run, run.world, &run.world->relay, SIM_LIE_OTHER_TARGET);
        liar->link.latency = 1;
        liar->node.often = 100;
        sim_run_start(&run, 5, 0);
        sim_run_for(&run, 60000);
        assert_false(a->dropped || b->dropped);
        assert_true(run.counts.handovers > 0);
        end();
    }
}

/* Of a block's number a source names a hash that nobody has. */
static void one_false_hash_does_not_stop_a_question(void **state) {
    (void)state;
    for (int with = 0; with < 2; with++) {
        sim_shape shape = sim_shape_plain(51);
        shape.history = 1500;
        shape.paras = 1;
        begin(&shape);
        sim_chain *para = &run.world->paras[0];
        sim_run_peer(&run, run.world, &run.world->relay, SIM_HONEST);
        sim_run_peer(&run, run.world, para, SIM_HONEST)->link.latency = 120;
        sim_run_peer(&run, run.world, para, SIM_HONEST)->link.latency = 120;
        if (with != 0) {
            sim_peer *liar = sim_run_peer(&run, run.world, para, SIM_LIE_NO_SUCH_HASH);
            liar->link.latency = 1;
            liar->node.often = 100;
        }
        sim_run_start(&run, 1490, 1);
        sim_run_for(&run, 20000);
        for (int round = 0; round < 6; round++) {
            const mote_chain_status head = sim_run_status(&run, para);
            const mote_query query = {.kind = MOTE_QUERY_VALUES,
                                      .chain = sim_run_followed(&run, para)->id,
                                      .has_at = true,
                                      .at = sim_line_block(para, head.number - 100)->hash,
                                      .keys = &para->cells[1].key,
                                      .key_count = 1};
            sim_asked *asked = sim_run_query(&run, para, &query);
            sim_run_for(&run, 30000);
            assert_int_equal(asked->answers, 1);
        }
        end();
    }
}

/* Finality stands still, and a source calls its best block final, which nobody can prove: the chain is where it can be, says
 * so, and answers; and goes on when finality does. */
static void a_best_block_that_is_called_final(void **state) {
    (void)state;
    sim_shape shape = sim_shape_plain(60);
    shape.session_slots = 600;
    shape.history = 2000;
    shape.rest_from = 1800;
    shape.rest_to = 2100;
    shape.paras = 1;
    begin(&shape);
    sim_chain *relay = &run.world->relay;
    sim_peer *a = sim_run_peer(&run, run.world, relay, SIM_HONEST);
    sim_peer *b = sim_run_peer(&run, run.world, relay, SIM_HONEST);
    a->link.latency = b->link.latency = 100;
    sim_run_peer(&run, run.world, relay, SIM_LIE_BEST_IS_FINAL)->link.latency = 1;
    run.tell_session = true;
    sim_run_start(&run, 50, 0);
    sim_run_for(&run, 30000);
    for (int i = 0; i < 40; i++) {
        sim_run_for(&run, 1500);
        assert_int_equal(sim_run_status(&run, relay).phase, MOTE_PHASE_STALLED);
    }
    sim_asked *asked = sim_run_values(&run, relay, 17, false);
    sim_run_for(&run, 3000);
    assert_int_equal(asked->answers, 1);
    sim_run_for(&run, 600000);
    assert_true(sim_run_status(&run, relay).number > shape.rest_to);
    assert_int_equal(sim_run_status(&run, relay).phase, MOTE_PHASE_CURRENT);
    assert_false(a->dropped || b->dropped);
    end();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_best_block_that_is_called_final),
        cmocka_unit_test(a_claim_keeps_nothing_of_a_message_that_was_given_back),
        cmocka_unit_test(one_false_hash_does_not_stop_a_question),
        cmocka_unit_test(a_list_goes_on_behind_the_page_that_was_given_out),
        cmocka_unit_test(sets_whose_headers_are_more_than_a_message),
        cmocka_unit_test(the_fastest_source_misleads),
        cmocka_unit_test(a_forced_change_asks_for_a_new_checkpoint),
        cmocka_unit_test(a_final_block_whose_ancestors_pass_the_head_by),
        cmocka_unit_test(authors_where_the_length_of_sessions_was_found_out),
        cmocka_unit_test(an_ancestor_far_down_takes_few_round_trips),
        cmocka_unit_test(a_clock_that_jumps_while_subscribing),
    };
    cmocka_set_test_filter(getenv("MOTE_TEST_ONLY")); /* NULL: all */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
