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

static void after_every_step(void **state) {
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

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(after_every_step)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
