/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every native benchmark does: it names its works, and does a round of the one that it is asked for, so that
 * whoever asks (report/programs.mjs) can have works of several programs, mote's and its peers', take turns.
 *
 *   PROGRAM [FILE...]           first line of its output: {"name": can it run here, ...}; then it reads lines "name" or
 *                               "name n" and answers each with "nanoseconds units"
 *   PROGRAM [FILE...] ROUNDS    takes turns by itself: {"name": median nanoseconds a unit, or null, ...}, those
 *                               of any size left out
 */
#ifndef MOTE_BENCH_ROUNDS_H
#define MOTE_BENCH_ROUNDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mote/backend.h"

/* Of the whole process, all its threads; or on the wall, where threads are what is measured. */
typedef enum bench_clock { BENCH_PROCESSOR, BENCH_WALL } bench_clock;

typedef struct bench_work {
    const char *name;
    uint32_t (*run)(uint32_t n); /* how many units it did */
    uint32_t units;              /* that it must have done, or the measurement is void; 0: n */
    mote_backend backend;        /* 0: the best */
    bench_clock clock;
    void (*prepare)(uint32_t n); /* outside the time; or NULL */
} bench_work;

/* `use` is told the back end before each round; it may be NULL. Returns what main shall. */
int bench_rounds(const bench_work *works, size_t count, void (*use)(mote_backend), int argc,
                 char **argv);

#endif
