/* SPDX-License-Identifier: Apache-2.0 */
/* A client that is made anew after a step, whichever it is, from what it saved until then: it gets to where it was going. */
#include "scenario.h"

static sim_run run;

static uint64_t steps_of(uint64_t seed, uint32_t restart_at) {
    sim_options options = {.restart_at = restart_at};
    sim_scenario(&run, seed, &options);
    if (sim_run_failed(&run))
        fail_msg("seed %llu, restarted after step %u: %s", (unsigned long long)seed, restart_at,
                 run.failure);
    uint64_t steps = run.counts.steps;
    sim_world *world = run.world;
    sim_run_end(&run);
    sim_world_free(world);
    return steps;
}

static void after_any_step(void **state) {
    (void)state;
    size_t seeds = fixture_times(8), tries = 0;
    for (uint64_t seed = 5000; seed < 5000 + seeds; seed++) {
        uint64_t steps = steps_of(seed, 0),
                 stride = fixture_effort() == FIXTURE_LONG ? 1 : 1 + steps / 40;
        for (uint64_t at = 1 + seed % stride; at < steps; at += stride, tries++)
            (void)steps_of(seed, (uint32_t)at);
    }
    printf("%zu restarts of %zu runs\n", tries, seeds);
}

/* --- short runs ------------------------------------------------------------------------------------------------- */

/* Some sets to catch up with, a parachain, a liar, a question: from the first request to what is asked, told and saved. */
static void begin_short(uint64_t seed) {
    sim_shape shape = sim_shape_plain(seed);
    shape.history = 50;
    shape.session_slots = 10 + seed % 5;
    shape.set_sessions = 1 + seed % 2;
    shape.paras = 1;
    shape.paras_behave = true;
    sim_run_begin(&run, sim_world_new(&shape), seed);
    run.accept_expired = true;
    run.tell_session = seed % 2 == 0;
    run.work = 12;
    sim_run_peer(&run, run.world, &run.world->relay, SIM_HONEST);
    sim_run_peer(&run, run.world, &run.world->relay, (sim_lie)(1 + seed % (SIM_LIES - 1)))
        ->node.often = 50;
    sim_run_peer(&run, run.world, &run.world->paras[0], SIM_HONEST);
}

static uint64_t short_run(uint64_t seed, uint32_t restart_at) {
    begin_short(seed);
    run.restart_at = restart_at;
    run.saves_first = restart_at % 2 == 1;
    sim_run_start(&run, 3, 1);
    sim_run_values(&run, &run.world->relay, seed, false);
    sim_run_for(&run, 12000);
    uint64_t steps = run.counts.steps;
    run.restart_at = 0;
    sim_run_for(&run, 30000);
    sim_verdict_current(&run, 4);
    sim_asked *asked = sim_run_values(&run, &run.world->paras[0], seed, false);
    sim_run_for(&run, 10000);
    if (!sim_run_failed(&run) && (asked == NULL || asked->answers == 0))
        sim_fail(&run, "a question has no answer");
    if (sim_run_failed(&run))
        fail_msg("short run %llu, restarted after step %u: %s", (unsigned long long)seed,
                 restart_at, run.failure);
    sim_world *world = run.world;
    sim_run_end(&run);
    sim_world_free(world);
    return steps;
}

/* Without exception, with and without being told to save before. */
static void after_every_step_of_short_runs(void **state) {
    (void)state;
    size_t tries = 0, seeds = fixture_effort() == FIXTURE_SMALL ? 1 : fixture_times(30);
    for (uint64_t seed = 1; seed <= seeds; seed++) {
        uint64_t steps = short_run(seed, 0);
        for (uint64_t at = 1; at <= steps; at++, tries++) (void)short_run(seed, (uint32_t)at);
    }
    printf("%zu restarts, after each step of %zu short runs\n", tries, seeds);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(after_every_step_of_short_runs),
        cmocka_unit_test(after_any_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
