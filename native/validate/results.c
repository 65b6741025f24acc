/* SPDX-License-Identifier: Apache-2.0 */
/* What became of cases: written down by each thread for itself, put in order at the end. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../printable.h"
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

static int by_place(const void *first, const void *second) {
    const record *a = first, *b = second;
    if (a->input != b->input) return a->input < b->input ? -1 : 1;
    if (a->number != b->number) return a->number < b->number ? -1 : 1;
    return a->rule < b->rule ? -1 : a->rule > b->rule;
}

static char no_words[] = "(there was no memory for the reason)";

static char *words_of(const char *why) {
    char *words = printable_copy(why); /* a node may have written it */
    return words == NULL ? no_words : words;
}

static void forget_words(record *record) {
    if (record->why != no_words) free(record->why);
    record->why = NULL;
}

static void keep_first(tally *tally, const record *record, const char *why) {
    forget_words(&tally->first);
    tally->first = *record;
    tally->first.why = words_of(why);
}

/* For one more record; false where there is none, so that it is counted only. */
static bool make_room(worker *worker) {
    if (worker->record_count < worker->record_room) return true;
    if (worker->record_count == MAX_RECORDS) return false;
    size_t room = worker->record_room == 0 ? 1024 : 2 * worker->record_room;
    record *grown = realloc(worker->records, room * sizeof *grown);
    if (grown == NULL) return false;
    worker->records = grown;
    worker->record_room = room;
    return true;
}

static void add(worker *worker, const job *job, uint32_t number, rule rule, outcome outcome,
                const char *why) {
    if (!wanted(worker, number, rule)) return;
    tally *tally = &worker->plan->worker_tallies[worker - worker->plan->workers][rule];
    record record = {NULL, job->document->number, number, (uint8_t)rule, (uint8_t)outcome};
    bool is_first =
        outcome == FAILED && (tally->failed == 0 || by_place(&record, &tally->first) < 0);
    tally->cases++;
    tally->passed += outcome == PASSED;
    tally->failed += outcome == FAILED;
    tally->unchecked += outcome == UNCHECKED;
    if (is_first) keep_first(tally, &record, why);
    bool listed = make_room(worker);
    if (is_first) tally->first_is_listed = listed;
    if (!listed) return;
    tally->listed++;
    record.why = why == NULL ? NULL : words_of(why);
    worker->records[worker->record_count++] = record;
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

static void add_tally(tally *to, const tally *from) {
    bool is_first = from->failed > 0 && (to->failed == 0 || by_place(&from->first, &to->first) < 0);
    to->cases += from->cases;
    to->passed += from->passed;
    to->failed += from->failed;
    to->unchecked += from->unchecked;
    to->listed += from->listed;
    if (!is_first) return;
    to->first = from->first;
    to->first_is_listed = from->first_is_listed;
}

/* Borrows the workers' words. Without memory for the list there are the tallies. */
static void gather_records(plan *plan) {
    size_t all = RULE_COUNT;
    for (size_t i = 0; i <= plan->worker_count; i++) all += plan->workers[i].record_count;
    plan->records = calloc(all, sizeof *plan->records);
    if (plan->records == NULL) {
        for (size_t rule = 0; rule < RULE_COUNT; rule++) plan->tallies[rule].listed = 0;
        return;
    }
    for (size_t i = 0; i <= plan->worker_count; i++) {
        const worker *worker = &plan->workers[i];
        if (worker->record_count != 0) {
            memcpy(plan->records + plan->record_count, worker->records,
                   worker->record_count * sizeof *worker->records);
        }
        plan->record_count += worker->record_count;
    }
    for (size_t rule = 0; rule < RULE_COUNT; rule++) {
        tally *tally = &plan->tallies[rule];
        if (tally->failed == 0 || tally->first_is_listed) continue;
        plan->records[plan->record_count++] = tally->first;
        tally->listed++;
    }
    qsort(plan->records, plan->record_count, sizeof *plan->records, by_place);
}

void plan_gather(plan *plan) {
    for (size_t i = 0; i <= plan->worker_count; i++) {
        const worker *worker = &plan->workers[i];
        for (size_t k = 0; k < WORK_KINDS; k++) {
            plan->work_done[k] += worker->work_done[k];
            plan->work_took[k] += worker->work_took[k];
        }
        for (size_t rule = 0; rule < RULE_COUNT; rule++)
            add_tally(&plan->tallies[rule], &plan->worker_tallies[i][rule]);
    }
    for (size_t rule = 0; rule < RULE_COUNT; rule++) plan->cases += plan->tallies[rule].cases;
    gather_records(plan);
}

void plan_forget(plan *plan) {
    for (size_t i = 0; i <= plan->worker_count; i++) {
        worker *worker = &plan->workers[i];
        for (size_t k = 0; k < worker->record_count; k++) forget_words(&worker->records[k]);
        for (size_t k = 0; k < RULE_COUNT; k++) forget_words(&plan->worker_tallies[i][k].first);
        free(worker->records);
    }
    free(plan->records);
}

void plan_without_memory(plan *plan, const job *job) {
    free(plan->memory_for_the_report);
    plan->memory_for_the_report = NULL;
    unchecked(&plan->workers[plan->worker_count], job, job->first, RULE_FORM,
              "there is not enough memory for the rest of it");
}

char *plan_command(plan *plan, const record *record) {
    const arguments *args = &plan->app->args;
    app *app = plan->app;
    char *text =
        args->node != NULL
            ? app_text(app, "mote validate --node %s", app_shell_word(app, args->node))
            : app_text(app, "mote validate %s", app_shell_word(app, plan->inputs[record->input]));
    if (args->relay != NULL)
        text = app_text(app, "%s --relay %s", text, app_shell_word(app, args->relay));
    for (size_t i = 0; i < args->para_nodes.count; i++)
        text = app_text(app, "%s --para-node %s", text,
                        app_shell_word(app, args->para_nodes.items[i]));
    if (args->ca != NULL) text = app_text(app, "%s --ca %s", text, app_shell_word(app, args->ca));
    for (size_t i = 0; i < args->specs.count; i++) {
        text = app_text(app, "%s --spec %s", text, app_shell_word(app, args->specs.items[i]));
    }
    return app_text(plan->app, "%s --case %u --rule %s", text, (unsigned)record->number,
                    rule_names[record->rule]);
}
