/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A client that has started takes no more memory, however long it follows its chains.
 *
 *     sim_steady_test                        the suite
 *     sim_steady_test record SESSION         the same run as a session (session.h), for sessions.mjs
 */
#include "run.h"

/* Relay blocks that are followed, and after how many it has started. */
#define STARTED 400u
#define FOLLOWED 3200u
/* By a coincidence more messages than ever before may wait at a time. */
#define COINCIDENCE (16u * 512u)

static sim_run run;

static void follow(uint32_t blocks) {
    sim_run_for(&run, (uint64_t)blocks * SIM_SLOT_MILLISECONDS);
    if (sim_run_failed(&run)) fail_msg("%s", run.failure);
}

static void begin(void) {
    sim_shape shape = sim_shape_plain(77);
    shape.paras = 2;
    shape.paras_behave = true;
    shape.fork_period = 7;
    shape.fork_depth = 2;
    sim_run_begin(&run, sim_world_new(&shape), 1);
    for (uint32_t i = 0; i < 2; i++)
        sim_run_peer(&run, run.world, &run.world->relay, SIM_HONEST)->link.latency = 40;
    for (uint32_t i = 0; i < shape.paras; i++)
        sim_run_peer(&run, run.world, &run.world->paras[i], SIM_HONEST)->link.latency = 40;
    sim_run_start(&run, 5, shape.paras);
}

static void subscribe(void) {
    sim_run_values(&run, &run.world->relay, 1, true);
    for (uint32_t i = 0; i < run.world->shape.paras; i++)
        sim_run_values(&run, &run.world->paras[i], 2 + i, true);
}

static void end(void) {
    sim_world *world = run.world;
    sim_run_end(&run);
    sim_world_free(world);
}

static void thousands_of_heads_in_what_the_first_took(void **state) {
    (void)state;
    begin();
    follow(20);
    subscribe();
    follow(STARTED);
    size_t started = mote_client_most_used(run.client), block = mote_client_memory(&run.limits);
    follow(FOLLOWED - STARTED);
    size_t used = mote_client_most_used(run.client);
    printf("%u final heads, %u of parachains, %u values: %zu bytes in use at most, %zu after %u "
           "heads, of %zu\n",
           run.counts.finalized, run.counts.para_heads, run.counts.values, used, started, STARTED,
           block);
    assert_true(run.counts.finalized >= 2000 && run.counts.para_heads >= 2000);
    assert_in_range(used, started, started + COINCIDENCE);
    end();
}

static int record(const char *path) {
    test_buffer session = {0};
    session_log log = {0};
    session_record(&session, &log);
    begin();
    follow(20);
    subscribe();
    follow(FOLLOWED);
    session_record_end();
    end();
    FILE *file = fopen(path, "wb");
    bool written = file != NULL && fwrite(session.data, 1, session.size, file) == session.size;
    return file != NULL && fclose(file) == 0 && written ? 0 : 1;
}

int main(int count, char **arguments) {
    if (sodium_init() < 0) return 2;
    if (count == 3 && strcmp(arguments[1], "record") == 0) return record(arguments[2]);
    const struct CMUnitTest tests[] = {cmocka_unit_test(thousands_of_heads_in_what_the_first_took)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
