/* SPDX-License-Identifier: Apache-2.0 */
/* The same results as a table, as TAP, as JUnit XML and as JSON. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../input.h"
#include "../printable.h"
#include "plan.h"

static const char *const outcome_names[] = {"passed", "failed", "unchecked"};

static double seconds(const plan *plan) {
    return (app_milliseconds() - plan->begun) / 1000;
}

/* --- why something was not checked: each reason once, with its number --------------------------------------- */
#define MAX_REASONS 1000u /* a node may have another one for every block */

typedef struct reason {
    const char *why;
    rule rule;
    size_t count;
} reason;

/* Places in the list by the hash of what they say (FNV-1a), 0 for none: more room than reasons. */
#define REASON_ROOM 4096u

static uint32_t hash_reason(const record *record) {
    uint32_t hash = 2166136261u ^ record->rule;
    for (const char *at = record->why; *at != 0; at++) hash = (hash ^ (uint8_t)*at) * 16777619u;
    return hash;
}

static uint16_t *find_reason(uint16_t *places, const reason *reasons, const record *record) {
    uint32_t at = hash_reason(record) % REASON_ROOM;
    for (; places[at] != 0; at = (at + 1) % REASON_ROOM) {
        const reason *there = &reasons[places[at] - 1];
        if (there->rule == record->rule && strcmp(there->why, record->why) == 0) break;
    }
    return &places[at];
}

/* The last one is for all that there is no place for. */
static size_t gather_reasons(const plan *plan, reason **out) {
    size_t count = 0;
    uint16_t *places = app_take(plan->app, REASON_ROOM, sizeof *places);
    *out = app_take(plan->app, MAX_REASONS, sizeof **out);
    for (size_t i = 0; i < plan->record_count; i++) {
        const record *record = &plan->records[i];
        if (record->outcome != UNCHECKED) continue;
        uint16_t *place = find_reason(places, *out, record);
        if (*place == 0 && count < MAX_REASONS) {
            (*out)[count++] = (reason){record->why, record->rule, 0};
            *place = (uint16_t)count;
        } else if (*place == 0) {
            (*out)[MAX_REASONS - 1].why = "this, and other reasons";
        }
        (*out)[*place == 0 ? MAX_REASONS - 1 : *place - 1u].count++;
    }
    return count;
}

/* --- table ------------------------------------------------------------------------------------------------ */
static void print_failures(plan *plan) {
    app *app = plan->app;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        const record *first = &plan->tallies[i].first;
        if (plan->tallies[i].failed == 0) continue;
        say(app, "\n%sfailed%s   %s: %s, case %u\n  %s\n  again:  %s\n",
            app->color ? "\033[31m" : "", app->color ? "\033[0m" : "", rule_names[i],
            plan->shown_inputs[first->input], (unsigned)first->number, first->why,
            plan_command(plan, first));
    }
}

static void print_reasons(plan *plan) {
    reason *reasons = NULL;
    size_t count = gather_reasons(plan, &reasons);
    if (count > 0) say(plan->app, "\nnot checked:\n");
    for (size_t i = 0; i < count; i++) {
        say(plan->app, "  %6zu  %s: %s\n", reasons[i].count, rule_names[reasons[i].rule],
            reasons[i].why);
    }
    if (plan->stranger_count > 0) {
        say(plan->app, "  %6zu  files that no reader knows (--json names them)\n",
            plan->stranger_count);
    }
}

static double rate(const plan *plan, work kind) {
    return plan->work_took[kind] > 0 ? plan->work_done[kind] / plan->work_took[kind] * 1000 : 0;
}

static void print_throughput(plan *plan) {
    static const char *const names[WORK_KINDS] = {"headers/s", "signatures/s", "MB/s of trie"};
    static const double scale[WORK_KINDS] = {1, 1, 1e6};
    say(plan->app, "\n%.1f s on %zu threads", seconds(plan), plan->worker_count);
    for (size_t i = 0; i < WORK_KINDS; i++) {
        if (plan->work_done[i] > 0) {
            say(plan->app, "; a thread does %.4g %s", rate(plan, (work)i) / scale[i], names[i]);
        }
    }
    say(plan->app, "\n");
}

void plan_print_table(plan *plan) {
    app *app = plan->app;
    say(app, "%-22s %8s %8s %8s %12s\n", "rule", "cases", "passed", "failed", "not checked");
    tally sum = {.cases = 0};
    for (size_t i = 0; i < RULE_COUNT; i++) {
        const tally *tally = &plan->tallies[i];
        if (tally->cases == 0) continue;
        const char *begin = tally->failed > 0 && app->color ? "\033[31m" : "";
        say(app, "%s%-22s %8zu %8zu %8zu %12zu%s\n", begin, rule_names[i], tally->cases,
            tally->passed, tally->failed, tally->unchecked, *begin == 0 ? "" : "\033[0m");
        sum.cases += tally->cases;
        sum.passed += tally->passed;
        sum.failed += tally->failed;
        sum.unchecked += tally->unchecked;
    }
    say(app, "%-22s %8zu %8zu %8zu %12zu\n", "all", sum.cases, sum.passed, sum.failed,
        sum.unchecked);
    print_failures(plan);
    print_reasons(plan);
    if (sum.cases > plan->record_count)
        say(app, "\nonly counted, not kept one by one: %zu\n", sum.cases - plan->record_count);
    print_throughput(plan);
}

/* --- TAP (version 13) ------------------------------------------------------------------------------------- */
static void print_line(FILE *out, const char *text) {
    for (; *text != 0; text++) {
        if (*text == '#') fputc('\\', out);
        fputc(*text, out);
    }
}

void plan_print_tap(plan *plan) {
    printf("TAP version 13\n1..%zu\n", plan->record_count);
    if (plan->cases > plan->record_count)
        printf("# only counted, not listed: %zu\n", plan->cases - plan->record_count);
    for (size_t i = 0; i < plan->record_count; i++) {
        const record *record = &plan->records[i];
        printf("%s %zu - %s ", record->outcome == FAILED ? "not ok" : "ok", i + 1,
               rule_names[record->rule]);
        print_line(stdout, plan->shown_inputs[record->input]);
        printf(" case %u", (unsigned)record->number);
        if (record->outcome == UNCHECKED) {
            printf(" # SKIP ");
            print_line(stdout, record->why);
        }
        fputc('\n', stdout);
        if (record->outcome == FAILED) {
            printf("  ---\n  message: \"");
            for (const char *at = record->why; *at != 0; at++) {
                if (*at == '"' || *at == '\\') fputc('\\', stdout);
                fputc(*at, stdout);
            }
            printf("\"\n  ...\n");
        }
    }
}

/* --- JUnit ------------------------------------------------------------------------------------------------ */
static void print_xml(FILE *out, const char *text) {
    for (; *text != 0; text++) {
        switch (*text) {
        case '&': fputs("&amp;", out); break;
        case '<': fputs("&lt;", out); break;
        case '>': fputs("&gt;", out); break;
        case '"': fputs("&quot;", out); break;
        default: fputc(*text, out);
        }
    }
}

static void print_case(plan *plan, FILE *out, const record *record) {
    fprintf(out, "    <testcase classname=\"%s\" name=\"", rule_names[record->rule]);
    print_xml(out, plan->shown_inputs[record->input]);
    fprintf(out, " case %u\"", (unsigned)record->number);
    if (record->outcome == PASSED) {
        fputs("/>\n", out);
        return;
    }
    fprintf(out, "><%s message=\"", record->outcome == FAILED ? "failure" : "skipped");
    print_xml(out, record->why);
    fputc('"', out);
    if (record->outcome == FAILED) {
        fputc('>', out);
        print_xml(out, plan_command(plan, record));
        fputs("</failure></testcase>\n", out);
    } else {
        fputs("/></testcase>\n", out);
    }
}

bool plan_write_junit(plan *plan, const char *path) {
    app *app = plan->app;
    FILE *out = fopen(path, "wb");
    if (out == NULL) {
        fail_host(app, HOST_CANNOT_WRITE, path, MOTE_NO_OFFSET);
        app->report.expected = "a file that can be written";
        app->report.found = app_text(app, "%s", strerror(errno));
        return false;
    }
    fprintf(out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"mote validate\">\n");
    for (size_t rule = 0; rule < RULE_COUNT; rule++) {
        const tally *tally = &plan->tallies[rule];
        if (tally->cases == 0) continue;
        fprintf(out, "  <testsuite name=\"%s\" tests=\"%zu\" failures=\"%zu\" skipped=\"%zu\">\n",
                rule_names[rule], tally->cases, tally->failed, tally->unchecked);
        for (size_t i = 0; i < plan->record_count; i++) {
            if (plan->records[i].rule == rule) print_case(plan, out, &plan->records[i]);
        }
        if (tally->cases > tally->listed)
            fprintf(out, "    <system-out>only counted, not listed: %zu</system-out>\n",
                    tally->cases - tally->listed);
        fputs("  </testsuite>\n", out);
    }
    fputs("</testsuites>\n", out);
    bool ok = ferror(out) == 0;
    return fclose(out) == 0 && ok;
}

/* --- JSON ------------------------------------------------------------------------------------------------- */
/* As it is where JSON can tell it: a name of a file is looked for by its name. */
static json_t *text_json(plan *plan, const char *text) {
    json_t *out = json_string(text);
    return out == NULL ? json_string(app_printable(plan->app, text)) : out;
}

static json_t *record_json(plan *plan, const record *record) {
    if (record->why == NULL) return json_null();
    json_t *out = json_object();
    json_object_set_new(out, "input", text_json(plan, plan->inputs[record->input]));
    json_object_set_new(out, "case", json_integer(record->number));
    json_object_set_new(out, "rule", json_string(rule_names[record->rule]));
    json_object_set_new(out, "outcome", json_string(outcome_names[record->outcome]));
    json_object_set_new(out, "why", text_json(plan, record->why));
    json_object_set_new(out, "command", text_json(plan, plan_command(plan, record)));
    return out;
}

static json_t *rules_json(plan *plan) {
    json_t *list = json_array();
    for (size_t i = 0; i < RULE_COUNT; i++) {
        const tally *tally = &plan->tallies[i];
        if (tally->cases == 0) continue;
        json_t *out = json_object();
        json_object_set_new(out, "rule", json_string(rule_names[i]));
        json_object_set_new(out, "text", json_string(rule_texts[i]));
        json_object_set_new(out, "cases", json_u64(tally->cases));
        json_object_set_new(out, "passed", json_u64(tally->passed));
        json_object_set_new(out, "failed", json_u64(tally->failed));
        json_object_set_new(out, "unchecked", json_u64(tally->unchecked));
        json_object_set_new(out, "first", record_json(plan, &tally->first));
        json_array_append_new(list, out);
    }
    return list;
}

static json_t *reasons_json(plan *plan) {
    reason *reasons = NULL;
    size_t count = gather_reasons(plan, &reasons);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *out = json_object();
        json_object_set_new(out, "rule", json_string(rule_names[reasons[i].rule]));
        json_object_set_new(out, "why", text_json(plan, reasons[i].why));
        json_object_set_new(out, "cases", json_u64(reasons[i].count));
        json_array_append_new(list, out);
    }
    return list;
}

static json_t *failures_json(plan *plan) {
    json_t *list = json_array();
    for (size_t i = 0; i < plan->record_count && json_array_size(list) < 1000; i++) {
        if (plan->records[i].outcome == FAILED) {
            json_array_append_new(list, record_json(plan, &plan->records[i]));
        }
    }
    return list;
}

static json_t *names_json(plan *plan, char **names, size_t count) {
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) json_array_append_new(list, text_json(plan, names[i]));
    return list;
}

void plan_report_json(plan *plan) {
    app *app = plan->app;
    json_t *speed = json_object();
    json_object_set_new(speed, "headers_per_second", json_real(rate(plan, WORK_HEADERS)));
    json_object_set_new(speed, "signatures_per_second", json_real(rate(plan, WORK_SIGNATURES)));
    json_object_set_new(speed, "trie_megabytes_per_second",
                        json_real(rate(plan, WORK_TRIE_BYTES) / 1e6));
    report_detail(app, "rules", rules_json(plan));
    report_detail(app, "failures", failures_json(plan));
    report_detail(app, "unchecked", reasons_json(plan));
    report_detail(app, "unlisted", json_u64(plan->cases - plan->record_count));
    report_detail(app, "inputs", names_json(plan, plan->inputs, plan->input_count));
    report_detail(app, "unread", names_json(plan, plan->strangers, plan->stranger_count));
    report_detail(app, "threads", json_u64(plan->worker_count));
    report_detail(app, "seconds", json_real(seconds(plan)));
    report_detail(app, "throughput", speed);
}
