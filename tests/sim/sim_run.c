/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Seeded runs of the client in made-up networks.
 *
 *     sim_run                  the runs of a normal test (MOTE_TEST_EFFORT=small, long: fewer, more)
 *     sim_run SEED             that one, with a log of what happens
 *     sim_run FROM TO          those, without
 *     sim_run PART of PARTS    some of the runs of a normal test
 *     sim_run SEED restart N   that one, with a log, and the client made anew after its step N
 *     sim_run SEED chunks      that one, with a log, and messages come in pieces
 *     sim_run logs FILE        writes the hashes of the first action logs, as logs.txt has them
 *
 * A seed that fails is printed with the reason, and the exit code is 1. The last lines sum up what happened in all of them,
 * and name all action logs by one hash. What the first seeds lead to is held against logs.txt: it is the same on every
 * platform, and changes only with the client (`ninja sim_logs` writes it anew then).
 */
#include "scenario.h"

#include <time.h>

static sim_counts sums;
static uint64_t failures, others, drops[SIM_LIES], closes[SIM_LIES], peers[SIM_LIES];

static void add_up(const sim_run *run) {
    const sim_counts *of = &run->counts;
    sums.steps += of->steps;
    sums.actions += of->actions;
    sums.requests += of->requests;
    sums.bytes_in += of->bytes_in;
    sums.messages += of->messages;
    sums.finalized += of->finalized;
    sums.handovers += of->handovers;
    sums.para_heads += of->para_heads;
    sums.para_gone += of->para_gone;
    sums.best += of->best;
    sums.best_verified += of->best_verified;
    sums.values += of->values;
    sums.answered += of->answered;
    sums.failed += of->failed;
    sums.included += of->included;
    sums.saves += of->saves;
    sums.restarts += of->restarts;
    sums.drops += of->drops;
    sums.closes += of->closes;
    for (uint32_t i = 0; i < run->peer_count; i++) {
        const sim_peer *peer = &run->peers[i];
        peers[peer->node.lie]++;
        drops[peer->node.lie] += peer->dropped;
        closes[peer->node.lie] += peer->closes;
    }
}

/* Whether memory is short for a message that grows depends on how it is cut: who sends such ones. */
static bool is_crowded(const sim_run *run) {
    for (uint32_t i = 0; i < run->peer_count; i++) {
        const sim_lie lie = run->peers[i].node.lie;
        if (lie == SIM_LIE_HUGE || lie == SIM_LIE_ENDLESS) return true;
    }
    return false;
}

static bool was_crowded;

/* One run; its log's hash. False: it failed. */
static bool run_one(uint64_t seed, const sim_options *options, mote_hash *log) {
    static sim_run run;
    sim_scenario(&run, seed, options);
    was_crowded = is_crowded(&run);
    *log = sim_run_log(&run);
    bool failed = sim_run_failed(&run);
    if (failed) {
        printf("seed %llu%s%s: %s\n", (unsigned long long)seed,
               options->division != 0 ? " (divided)" : "",
               options->restart_at != 0 ? " (restarted)" : "", run.failure);
    }
    add_up(&run);
    sim_world *world = run.world;
    sim_run_end(&run);
    sim_world_free(world);
    return !failed;
}

static void sum_up(uint64_t runs, const mote_hash *all, double seconds) {
    printf("[==========] %llu test(s) run.\n[  PASSED  ] %llu test(s).\n", (unsigned long long)runs,
           (unsigned long long)(runs - failures));
    if (others > 0) {
        printf("%llu of the first logs are others than in logs.txt. Where the client was changed: "
               "ninja sim_logs\n",
               (unsigned long long)others);
    }
    printf("%llu runs, %llu failed, %.1f s, logs ", (unsigned long long)runs,
           (unsigned long long)failures, seconds);
    for (int i = 0; i < 8; i++) printf("%02x", all->bytes[i]);
    printf("\n  %llu steps, %llu requests, %llu messages, %.1f MB; %u final heads, %u hand-overs, "
           "%u parachain heads, %u gone, %u best (%u judged)\n",
           (unsigned long long)sums.steps, (unsigned long long)sums.requests,
           (unsigned long long)sums.messages, (double)sums.bytes_in / 1e6, sums.finalized,
           sums.handovers, sums.para_heads, sums.para_gone, sums.best, sums.best_verified);
    printf("  %u answers, %u failures, %u values, %u extrinsics; %u saved, %u restarts; %u sources "
           "dropped, %u closed\n",
           sums.answered, sums.failed, sums.values, sums.included, sums.saves, sums.restarts,
           sums.drops, sums.closes);
    for (int i = 0; i < SIM_LIES; i++) {
        if (peers[i] == 0) continue;
        printf("  %-20s %6llu nodes %6llu dropped %6llu closed\n", sim_lie_name((sim_lie)i),
               (unsigned long long)peers[i], (unsigned long long)drops[i],
               (unsigned long long)closes[i]);
    }
}

static double seconds_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Every seed; some of them a second time, in chunks and plain: what the client does must be the same. */
static mote_hash run_seed(uint64_t seed) {
    mote_hash log, again;
    sim_options plain = {0}, divided = {.division = 1 + seed},
                restarted = {.restart_at = 1 + (uint32_t)(seed * 37 % 900)};
    bool held = run_one(seed, &plain, &log);
    if (held && seed % 8 == 0) {
        held = run_one(seed, seed % 16 == 0 ? &divided : &plain, &again);
        bool must_equal = seed % 16 != 0 || !was_crowded;
        if (held && must_equal && !mote_hash_equal(&log, &again)) {
            printf("seed %llu: not the same %s\n", (unsigned long long)seed,
                   seed % 16 == 0 ? "in chunks" : "again");
            held = false;
        }
    }
    if (held && seed % 4 == 1) held = run_one(seed, &restarted, &again);
    if (!held) failures++;
    return log;
}

/* --- what the first seeds lead to --------------------------------------------------------------------------- */

#define LOGGED_SEEDS 160u

static void log_line(char out[48], uint64_t seed, const mote_hash *log) {
    snprintf(out, 48, "%llu %08lx%08lx", (unsigned long long)seed,
             (unsigned long)mote_load_u32(log->bytes),
             (unsigned long)mote_load_u32(log->bytes + 4));
}

static int write_logs(const char *path) {
    static const sim_options plain = {0};
    bool held = true;
    FILE *file = fopen(path, "w");
    if (file == NULL) return 2;
    for (uint64_t seed = 1; seed <= LOGGED_SEEDS; seed++) {
        mote_hash log;
        char line[48];
        held &= run_one(seed, &plain, &log);
        log_line(line, seed, &log);
        fprintf(file, "%s\n", line);
    }
    return fclose(file) == 0 && held ? 0 : 1;
}

/* One that fails already is said once. */
static bool has_its_log(uint64_t seed, const mote_hash *log) {
    static char lines[LOGGED_SEEDS + 1][48];
    char line[48];
    if (seed > LOGGED_SEEDS) return true;
    if (lines[1][0] == 0) {
        FILE *file = fopen(MOTE_SIM_LOGS, "r");
        for (uint64_t i = 1; file != NULL && i <= LOGGED_SEEDS; i++) {
            if (fgets(lines[i], sizeof lines[i], file) == NULL) break;
            lines[i][strcspn(lines[i], "\n")] = 0;
        }
        if (file != NULL) fclose(file);
    }
    log_line(line, seed, log);
    if (strcmp(line, lines[seed]) == 0) return true;
    if (others++ == 0)
        printf("seed %llu: the client does not do what it did, or not what it does elsewhere: "
               "\"%s\", expected \"%s\"\n",
               (unsigned long long)seed, line, lines[seed]);
    return false;
}

static void check_seed(uint64_t seed, crypto_generichash_state *all) {
    uint64_t before = failures;
    mote_hash log = run_seed(seed);
    crypto_generichash_update(all, log.bytes, sizeof log.bytes);
    if (!has_its_log(seed, &log) && failures == before) failures++;
}

static bool is_word(const char *argument, const char *word) {
    return strcmp(argument, word) == 0;
}

static int run_many(uint64_t from, uint64_t to) {
    crypto_generichash_state logs;
    mote_hash all;
    double begun = seconds_now();
    crypto_generichash_init(&logs, NULL, 0, 32);
    for (uint64_t seed = from; seed <= to; seed++) {
        check_seed(seed, &logs);
        fflush(stdout);
    }
    crypto_generichash_final(&logs, all.bytes, sizeof all.bytes);
    sum_up(to - from + 1, &all, seconds_now() - begun);
    return failures == 0 ? 0 : 1;
}

static uint64_t number_of(const char *argument) {
    return strtoull(argument, NULL, 10);
}

int main(int count, char **arguments) {
    mote_hash log;
    sim_options options = {.logs = true};
    uint64_t runs = fixture_effort() == FIXTURE_SMALL ? 64 : fixture_times(3000);
    if (sodium_init() < 0) return 2;
    if (count == 3 && is_word(arguments[1], "logs")) return write_logs(arguments[2]);
    if (count == 2) return run_one(number_of(arguments[1]), &options, &log) ? 0 : 1;
    if (count == 3 && is_word(arguments[2], "chunks")) {
        options.division = 1 + number_of(arguments[1]);
        return run_one(number_of(arguments[1]), &options, &log) ? 0 : 1;
    }
    if (count == 4 && is_word(arguments[2], "restart")) {
        options.restart_at = (uint32_t)number_of(arguments[3]);
        return run_one(number_of(arguments[1]), &options, &log) ? 0 : 1;
    }
    if (count == 4 && is_word(arguments[2], "of")) {
        uint64_t part = number_of(arguments[1]), parts = number_of(arguments[3]);
        return run_many((part - 1) * runs / parts + 1, part * runs / parts);
    }
    if (count == 3) return run_many(number_of(arguments[1]), number_of(arguments[2]));
    return run_many(1, runs);
}
