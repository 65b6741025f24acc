/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L
#include "rounds.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_ROUNDS 1000

typedef struct measured {
    double nanos;
    uint32_t units;
} measured;

static double now(bench_clock clock) {
    struct timespec t;
    (void)clock_gettime(clock == BENCH_WALL ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void require(const bench_work *work, uint32_t units, uint32_t wanted) {
    if (units == wanted && units != 0) return;
    (void)fprintf(stderr, "%s: %u of %u\n", work->name, (unsigned)units, (unsigned)wanted);
    exit(1);
}

/* A few of what has a size are done several times: once is too short to be measured, and finds caches cold. */
static measured round_of(const bench_work *work, uint32_t n, void (*use)(mote_backend)) {
    const uint32_t wanted = work->units != 0 ? work->units : n;
    const uint32_t times = work->units != 0 || n == 0 ? 1 : 1 + 200 / n;
    if (use != NULL) use(work->backend);
    if (work->prepare != NULL) work->prepare(n);
    if (times > 1) require(work, work->run(n), wanted);
    const double start = now(work->clock);
    for (uint32_t i = 0; i < times; i++) require(work, work->run(n), wanted);
    return (measured){now(work->clock) - start, wanted * times};
}

static int answer(const bench_work *works, size_t count, void (*use)(mote_backend)) {
    char line[128], name[64];
    for (size_t i = 0; i < count; i++) {
        (void)printf("%s\"%s\": %s", i == 0 ? "{" : ", ", works[i].name,
                     mote_backend_runs_here(works[i].backend) ? "true" : "false");
    }
    (void)printf("}\n");
    (void)fflush(stdout);
    while (fgets(line, sizeof line, stdin) != NULL) {
        unsigned n = 0;
        size_t i = 0;
        if (sscanf(line, "%63s %u", name, &n) < 1) return 2;
        while (i < count && strcmp(works[i].name, name) != 0) i++;
        if (i == count || !mote_backend_runs_here(works[i].backend)) return 2;
        const measured m = round_of(&works[i], n, use);
        (void)printf("%.0f %u\n", m.nanos, (unsigned)m.units);
        (void)fflush(stdout);
    }
    return 0;
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_median(const bench_work *work, double *nanos, size_t rounds, bool is_first) {
    (void)printf("%s\"%s\": ", is_first ? "{" : ", ", work->name);
    qsort(nanos, rounds, sizeof *nanos, ascending);
    if (mote_backend_runs_here(work->backend))
        (void)printf("%.1f", nanos[rounds / 2]);
    else
        (void)printf("null");
}

static int alone(const bench_work *works, size_t count, void (*use)(mote_backend), size_t rounds) {
    double(*nanos)[MAX_ROUNDS] = calloc(count, sizeof *nanos);
    bool is_first = true;
    if (nanos == NULL) return 1;
    for (size_t round = 0; round < rounds; round++) {
        for (size_t i = 0; i < count; i++) {
            if (works[i].units == 0 || !mote_backend_runs_here(works[i].backend)) continue;
            const measured m = round_of(&works[i], 0, use);
            nanos[i][round] = m.nanos / m.units;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (works[i].units == 0) continue;
        print_median(&works[i], nanos[i], rounds, is_first);
        is_first = false;
    }
    (void)printf("}\n");
    free(nanos);
    return 0;
}

int bench_rounds(const bench_work *works, size_t count, void (*use)(mote_backend), int argc,
                 char **argv) {
    const char *last = argv[argc - 1];
    if (argc < 2 || !isdigit((unsigned char)last[0])) return answer(works, count, use);
    const int rounds = atoi(last);
    return rounds < 1 || rounds > MAX_ROUNDS ? 2 : alone(works, count, use, (size_t)rounds);
}
