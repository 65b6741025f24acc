/* SPDX-License-Identifier: Apache-2.0 */
/* Checkpoints of live networks' ages: how many round trips, and bytes, to the newest final block. */
#include "run.h"

static sim_run run;

typedef struct sim_case {
    const char *name;
    uint32_t sessions, session_slots, set_sessions, authorities, empty_slots, sources;
    bool told;              /* how long sessions are; else the state of the chain says it */
    uint32_t most_seconds;  /* of virtual time */
    uint32_t most_requests; /* for each hand-over */
    double most_megabytes;
} sim_case;

static void catch_up(const sim_case *of) {
    sim_shape shape = sim_shape_plain(1000 + of->sessions);
    shape.history = of->sessions * of->session_slots + 20;
    shape.session_slots = of->session_slots;
    shape.set_sessions = of->set_sessions;
    shape.authorities = of->authorities;
    shape.empty_slots = of->empty_slots;
    shape.calm = 64;
    shape.paras = 1;
    shape.paras_behave = true;
    shape.authored = !of->told;
    sim_run_begin(&run, sim_world_new(&shape), 1);
    run.accept_expired = true;
    run.tell_session = of->told;
    run.limits.message_bytes = mote_client_default_limits().message_bytes;
    run.limits.pool_bytes = mote_client_default_limits().pool_bytes;
    run.logs = getenv("MOTE_TEST_LOG") != NULL;
    for (uint32_t i = 0; i < of->sources; i++) {
        sim_peer *peer = sim_run_peer(&run, run.world, &run.world->relay, SIM_HONEST);
        peer->link = (sim_link){.latency = 50, .bandwidth = 4000};
    }
    sim_run_start(&run, 5, 0);
    uint32_t goal = sim_finalized_at(run.world, run.now), seconds = 0;
    while (sim_run_status(&run, &run.world->relay).number < goal && seconds < of->most_seconds &&
           !sim_run_failed(&run)) {
        sim_run_for(&run, 1000);
        seconds++;
    }
    mote_chain_status status = sim_run_status(&run, &run.world->relay);
    printf("%-36s %3u hand-overs, %2u s, %5llu requests, %.2f MB in, %.1f requests a hand-over\n",
           of->name, status.handovers, seconds, (unsigned long long)run.counts.requests,
           (double)run.counts.bytes_in / 1e6, (double)run.counts.requests / (status.handovers + 1));
    if (sim_run_failed(&run)) fail_msg("%s", run.failure);
    if (status.number < goal)
        fail_msg("%s: at %u of %u after %u s", of->name, status.number, goal, seconds);
    double megabytes = (double)run.counts.bytes_in / 1e6;
    if (megabytes > of->most_megabytes) fail_msg("%s: %.2f MB", of->name, megabytes);
    if (run.counts.requests > (uint64_t)of->most_requests * (status.handovers + 6))
        fail_msg("%s: too many requests", of->name);
    sim_world *world = run.world;
    sim_run_end(&run);
    sim_world_free(world);
}

static void polkadot_three_weeks(void **state) {
    (void)state;
    static const sim_case of = {
        "Polkadot's pace, three weeks", 126, 2400, 1, 60, 0, 2, true, 8, 6, 3};
    catch_up(&of);
}

static void kusama_five_days(void **state) {
    (void)state;
    static const sim_case of = {"Kusama's pace, five days", 120, 600, 1, 100, 1, 2, true, 8, 6, 6};
    catch_up(&of);
}

static void a_thousand_authorities(void **state) {
    (void)state;
    static const sim_case of = {
        "a thousand authorities, a day", 10, 600, 1, 1000, 0, 2, true, 8, 6, 5};
    catch_up(&of);
}

static void one_source(void **state) {
    (void)state;
    static const sim_case of = {"one source", 60, 600, 1, 10, 0, 1, true, 6, 6, 0.5};
    catch_up(&of);
}

static void every_fifth_slot_empty(void **state) {
    (void)state;
    static const sim_case of = {"every fifth slot empty", 60, 600, 1, 10, 20, 3, true, 8, 8, 0.6};
    catch_up(&of);
}

static void sets_in_office_for_days(void **state) {
    (void)state;
    static const sim_case of = {"sets of ten sessions", 60, 600, 10, 10, 0, 3, true, 4, 20, 0.2};
    catch_up(&of);
}

static void sessions_of_unknown_length(void **state) {
    (void)state;
    static const sim_case of = {
        "sessions of unknown length", 60, 600, 1, 10, 0, 3, false, 6, 6, 0.5};
    catch_up(&of);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(polkadot_three_weeks),       cmocka_unit_test(kusama_five_days),
        cmocka_unit_test(a_thousand_authorities),     cmocka_unit_test(one_source),
        cmocka_unit_test(every_fifth_slot_empty),     cmocka_unit_test(sets_in_office_for_days),
        cmocka_unit_test(sessions_of_unknown_length),
    };
    cmocka_set_test_filter(getenv("MOTE_TEST_ONLY")); /* NULL: all */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
