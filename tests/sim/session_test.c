/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sessions (session.h), recorded and played again.
 *
 *     sim_session_test                       the suite: the recorded ones of tests/vectors/live-sessions give the logs beside
 *                                       them, and what is recorded of made-up networks is played to the same log
 *     sim_session_test record SEED SESSION LOG     a run of the made-up network (sim_run SEED) is recorded
 *     sim_session_test play SESSION LOG            writes the log of a session
 */
#include "scenario.h"
#include "session.h"

static uint32_t cases, failures;

/* --- logs ------------------------------------------------------------------------------------------------------ */

static size_t line_size(mote_bytes text) {
    const uint8_t *end = text.size == 0 ? NULL : memchr(text.data, '\n', text.size);
    return end == NULL ? text.size : (size_t)(end - text.data);
}

static void show_line(const char *what, mote_bytes text) {
    size_t size = line_size(text);
    printf("  %s %.*s%s\n", what, (int)(size > 600 ? 600 : size), (const char *)text.data,
           size > 600 ? "..." : "");
}

/* The first line in which they are not the same. */
static bool are_same(const char *name, mote_bytes expected, mote_bytes got) {
    if (mote_bytes_equal(expected, got)) return true;
    for (uint64_t line = 1;; line++) {
        size_t left = line_size(expected), right = line_size(got);
        bool ends = left == expected.size || right == got.size;
        if (ends || left != right || memcmp(expected.data, got.data, left) != 0) {
            printf("%s: not the same log from line %llu on\n", name, (unsigned long long)line);
            show_line("expected", expected);
            show_line("got     ", got);
            return false;
        }
        expected = (mote_bytes){expected.data + left + 1, expected.size - left - 1};
        got = (mote_bytes){got.data + right + 1, got.size - right - 1};
    }
}

static bool play(session_log *log, const char *name, mote_bytes session) {
    const char *why;
    if (session_play(log, session, &why)) return true;
    printf("%s: %s\n", name, why);
    return false;
}

static void count_case(bool held) {
    cases++;
    failures += !held;
}

static void report(const char *name, const session_log *log) {
    printf("%-24s %7llu lines, %4llu final heads, %4llu parachain heads, %3llu answers, %llu "
           "extrinsics; sha256 %.16s\n",
           name, (unsigned long long)log->lines, (unsigned long long)log->finalized,
           (unsigned long long)log->para_heads, (unsigned long long)log->answered,
           (unsigned long long)log->included, session_log_digest(log).hex);
}

/* --- made-up networks --------------------------------------------------------------------------------------------- */

static bool record(uint64_t seed, test_buffer *session, session_log *log) {
    static sim_run run;
    const sim_options options = {0};
    session_record(session, log);
    sim_scenario(&run, seed, &options);
    session_record_end();
    bool held = !sim_run_failed(&run);
    if (!held) printf("seed %llu: %s\n", (unsigned long long)seed, run.failure);
    sim_world *world = run.world;
    sim_run_end(&run);
    sim_world_free(world);
    return held;
}

static void check_seed(uint64_t seed) {
    char name[32];
    test_buffer session = {0};
    session_log made = {0}, played = {0};
    snprintf(name, sizeof name, "seed %llu", (unsigned long long)seed);
    bool held = record(seed, &session, &made) && play(&played, name, buffer_bytes(&session)) &&
                are_same(name, buffer_bytes(&made.text), buffer_bytes(&played.text));
    report(name, &played);
    count_case(held);
    free(session.data);
    session_log_free(&made);
    session_log_free(&played);
}

/* --- recorded ones -------------------------------------------------------------------------------------------------- */

/* One that says nothing any more was recorded with another client: its answers are to requests that nobody makes. */
static bool says_enough(const char *name, const session_log *log) {
    if (log->finalized >= 3 && log->para_heads >= 3 && log->answered >= 3) return true;
    printf("%s: little is verified in it; it has to be recorded again (docs/simulation.md)\n",
           name);
    return false;
}

static void check_recorded(const char *path) {
    char log_path[256];
    session_log log = {0};
    snprintf(log_path, sizeof log_path, "%.*slog.gz", (int)(strlen(path) - strlen("session.gz")),
             path);
    bool held = play(&log, path, fixture_file(path)) &&
                are_same(path, fixture_file(log_path), buffer_bytes(&log.text)) &&
                says_enough(path, &log);
    report(strrchr(path, '/') + 1, &log);
    count_case(held);
    session_log_free(&log);
}

static int suite(void) {
    size_t count;
    char **recorded = fixture_list("live-sessions", "", ".session.gz", &count);
    for (size_t i = 0; i < count; i++) check_recorded(recorded[i]);
    size_t seeds = fixture_times(60);
    for (uint64_t seed = 7001; seed < 7001 + seeds; seed++) check_seed(seed);
    printf("[==========] %u test(s) run.\n[  PASSED  ] %u test(s).\n", cases, cases - failures);
    return failures == 0 && count > 0 ? 0 : 1;
}

/* --- by hand ----------------------------------------------------------------------------------------------------------- */

static bool write_file(const char *path, mote_bytes bytes) {
    FILE *file = fopen(path, "wb");
    bool written = file != NULL && fwrite(bytes.data, 1, bytes.size, file) == bytes.size;
    if (file != NULL && fclose(file) != 0) written = false;
    if (!written) perror(path);
    return written;
}

static mote_bytes read_file(const char *path) {
    test_buffer content = {0};
    uint8_t part[65536];
    size_t got;
    FILE *file = fopen(path, "rb");
    if (file == NULL) perror(path);
    while (file != NULL && (got = fread(part, 1, sizeof part, file)) > 0)
        append_span(&content, part, got);
    if (file != NULL) fclose(file);
    return buffer_bytes(&content);
}

static bool record_to(const char *seed, const char *session_path, const char *log_path) {
    test_buffer session = {0};
    session_log log = {0};
    bool held = record(strtoull(seed, NULL, 10), &session, &log);
    held = write_file(session_path, buffer_bytes(&session)) &&
           write_file(log_path, buffer_bytes(&log.text)) && held;
    report(session_path, &log);
    free(session.data);
    session_log_free(&log);
    return held;
}

static bool play_to(const char *session_path, const char *log_path) {
    session_log log = {0};
    mote_bytes session = read_file(session_path);
    bool held = play(&log, session_path, session) && write_file(log_path, buffer_bytes(&log.text));
    report(session_path, &log);
    session_log_free(&log);
    free((void *)(uintptr_t)session.data);
    return held;
}

int main(int count, char **arguments) {
    if (sodium_init() < 0) return 2;
    if (count == 1) return suite();
    if (count == 5 && strcmp(arguments[1], "record") == 0)
        return record_to(arguments[2], arguments[3], arguments[4]) ? 0 : 1;
    if (count == 4 && strcmp(arguments[1], "play") == 0)
        return play_to(arguments[2], arguments[3]) ? 0 : 1;
    fprintf(stderr, "usage: sim_session_test_test [record SEED SESSION LOG | play SESSION LOG]\n");
    return 2;
}
