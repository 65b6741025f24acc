/* SPDX-License-Identifier: Apache-2.0 */
/* What became of cases: written down by each thread for itself, put in order at the end. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plan.h"

const char *const rule_names[RULE_COUNT] = {
#define RULE_WORD(name, word, text) word,
    RULE_LIST(RULE_WORD)
#undef RULE_WORD
};
const char *const rule_texts[RULE_COUNT] = {
#define RULE_TEXT(name, word, text) text,
    RULE_LIST(RULE_TEXT)
#undef RULE_TEXT
};

bool wanted(const worker *worker, uint32_t number, rule rule) {
    const arguments *args = &worker->plan->app->args;
    if (args->has_case && args->case_number != number) return false;
    return args->rule == NULL || strcmp(args->rule, rule_names[rule]) == 0;
}

static void add(worker *worker, const job *job, uint32_t number, rule rule, outcome outcome,
                const char *why) {
    if (!wanted(worker, number, rule) || worker->record_count == MAX_RECORDS) return;
    if (worker->record_count == worker->record_room) {
        worker->record_room = worker->record_room == 0 ? 1024 : 2 * worker->record_room;
        worker->records = realloc(worker->records, worker->record_room * sizeof *worker->records);
        if (worker->records == NULL) abort();
    }
    worker->records[worker->record_count++] =
        (record){why == NULL ? NULL : strdup(why), job->document->number, number, (uint8_t)rule,
                 (uint8_t)outcome};
}

void passed(worker *worker, const job *job, uint32_t number, rule rule) {
    add(worker, job, number, rule, PASSED, NULL);
}

void failed(worker *worker, const job *job, uint32_t number, rule rule, const char *format, ...) {
    char text[512];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    add(worker, job, number, rule, FAILED, text);
}

void unchecked(worker *worker, const job *job, uint32_t number, rule rule, const char *why) {
    add(worker, job, number, rule, UNCHECKED, why);
}

void judged(worker *worker, const job *job, uint32_t number, rule rule, mote_status status) {
    judged_as(worker, job, number, rule, status, true);
}

void judged_as(worker *worker, const job *job, uint32_t number, rule rule, mote_status status,
               bool should_hold) {
    const mote_fault *fault = &worker->context.fault;
    if ((status == MOTE_OK) == should_hold) {
        passed(worker, job, number, rule);
    } else if (status == MOTE_OK) {
        failed(worker, job, number, rule, "holds, and must not");
    } else if (fault->status == status && fault->index != MOTE_NO_INDEX) {
        failed(worker, job, number, rule, "%s: %s (at index %u)", mote_status_name(status),
               mote_status_text(status), (unsigned)fault->index);
    } else {
        failed(worker, job, number, rule, "%s: %s", mote_status_name(status),
               mote_status_text(status));
    }
}

void worked(worker *worker, work kind, double amount, double milliseconds) {
    worker->work_done[kind] += amount;
    worker->work_took[kind] += milliseconds;
}

double worker_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int by_place(const void *first, const void *second) {
    const record *a = first, *b = second;
    if (a->input != b->input) return a->input < b->input ? -1 : 1;
    if (a->number != b->number) return a->number < b->number ? -1 : 1;
    return a->rule < b->rule ? -1 : a->rule > b->rule;
}

static void count(plan *plan) {
    for (size_t i = 0; i < plan->record_count; i++) {
        const record *record = &plan->records[i];
        tally *tally = &plan->tallies[record->rule];
        tally->cases++;
        if (record->outcome == PASSED) tally->passed++;
        if (record->outcome == UNCHECKED) tally->unchecked++;
        if (record->outcome != FAILED) continue;
        tally->failed++;
        if (tally->first == NULL) tally->first = record;
    }
}

void plan_gather(plan *plan) {
    size_t all = 0;
    for (size_t i = 0; i <= plan->worker_count; i++) all += plan->workers[i].record_count;
    plan->records = calloc(all + 1, sizeof *plan->records);
    if (plan->records == NULL) abort();
    for (size_t i = 0; i <= plan->worker_count; i++) {
        const worker *worker = &plan->workers[i];
        if (worker->record_count != 0) {
            memcpy(plan->records + plan->record_count, worker->records,
                   worker->record_count * sizeof *worker->records);
        }
        plan->record_count += worker->record_count;
        for (size_t k = 0; k < WORK_KINDS; k++) {
            plan->work_done[k] += worker->work_done[k];
            plan->work_took[k] += worker->work_took[k];
        }
    }
    if (plan->record_count != 0) {
        qsort(plan->records, plan->record_count, sizeof *plan->records, by_place);
    }
    count(plan);
}

char *plan_command(plan *plan, const record *record) {
    const arguments *args = &plan->app->args;
    char *text = app_text(plan->app, "mote validate '%s'", plan->inputs[record->input]);
    if (args->node != NULL) {
        text = app_text(plan->app, "mote validate --node '%s'", args->node);
    }
    for (size_t i = 0; i < args->specs.count; i++) {
        text = app_text(plan->app, "%s --spec '%s'", text, args->specs.items[i]);
    }
    return app_text(plan->app, "%s --case %u --rule %s", text, (unsigned)record->number,
                    rule_names[record->rule]);
}
