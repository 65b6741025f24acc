/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of a run: shared by plan.c (jobs and threads), results.c (what is told of them) and outputs.c. */
#ifndef MOTE_NATIVE_VALIDATE_PLAN_H
#define MOTE_NATIVE_VALIDATE_PLAN_H

#include <pthread.h>

#include "../app.h"
#include "validate.h"

#define MAX_WORKERS 64
#define MAX_QUEUED 256
/* Documents that may wait for their jobs; the one in work is always allowed. */
#define MAX_HELD ((size_t)768 << 20)
/* Of each thread: what is above is counted, and not told one by one. */
#define MAX_RECORDS ((size_t)1 << 20)
/* Let go where memory ends, so that there is some for the report. */
#define MEMORY_FOR_THE_REPORT ((size_t)4 << 20)

typedef enum outcome { PASSED, FAILED, UNCHECKED } outcome;

typedef struct record {
    char *why; /* NULL where it passed */
    uint32_t input;
    uint32_t number;
    uint8_t rule;
    uint8_t outcome;
} record;

typedef struct tally {
    size_t cases, passed, failed, unchecked;
    size_t listed; /* among the records */
    record first;  /* of those that failed, by its place; always kept */
    bool first_is_listed;
} tally;

struct plan {
    app *app;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    job *first, *last;
    size_t queued, running;
    size_t held; /* bytes of documents */
    bool ended;
    pthread_t threads[MAX_WORKERS];
    worker workers[MAX_WORKERS + 1]; /* the last one is the main thread's */
    size_t worker_count;
    tally worker_tallies[MAX_WORKERS + 1][RULE_COUNT];
    void *memory_for_the_report;
    char **inputs;
    char **shown_inputs; /* the same, printable */
    size_t input_count;
    char **companions;
    size_t companion_count;
    char **strangers; /* files that no reader knows */
    size_t stranger_count;
    spec *specs;
    size_t spec_count;
    size_t bytes_all, bytes_done;
    size_t jobs_all, jobs_done;
    double begun;
    /* After plan_finish: records in order. */
    record *records;
    size_t record_count;
    size_t cases; /* of all rules, records or not */
    tally tallies[RULE_COUNT];
    double work_done[WORK_KINDS], work_took[WORK_KINDS];
};

void plan_add_input(plan *plan, const char *name); /* what records name by its place */
void plan_gather(plan *plan);                      /* results.c: records and tallies */
void plan_forget(plan *plan);
/* A document, or what is asked of a node, was given up for want of memory: says so, and lets go what the report needs. */
void plan_without_memory(plan *plan, const job *job);
/* "mote validate FILE --case N --rule NAME" */
char *plan_command(plan *plan, const record *record);
void plan_print_table(plan *plan);
void plan_print_tap(plan *plan);
bool plan_write_junit(plan *plan, const char *path);
void plan_report_json(plan *plan);

#endif
