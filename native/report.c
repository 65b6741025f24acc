/* SPDX-License-Identifier: Apache-2.0 */
#include "report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "explain.h"
#include "input.h"
#include "moment.h"
#include "printable.h"
#include "progress.h"

void report_open(report *report) {
    memset(report, 0, sizeof *report);
    report->verdict = verdict_of_core(MOTE_OK);
    report->offset = MOTE_NO_OFFSET;
    report->index = MOTE_NO_INDEX;
    report->links = json_array();
    report->values = json_array();
    report->lists = json_array();
}

void report_close(report *report) {
    json_t *const all[] = {report->target, report->links,       report->values, report->lists,
                           report->age,    report->failed_link, report->details};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) json_decref(all[i]);
}

/* --- failures ------------------------------------------------------------------------------------------ */
bool fail_host(app *app, host_status status, const char *input, size_t offset) {
    report *report = &app->report;
    if (report->failed) return false;
    report->failed = true;
    report->verdict = verdict_of_host(status);
    report->input = input;
    report->offset = offset;
    return false;
}

bool fail_usage(app *app, const char *message) {
    if (app->report.failed) return false;
    fail_host(app, HOST_USAGE, NULL, MOTE_NO_OFFSET);
    app->report.verdict.text = message;
    return false;
}

/* Counts of a stream are of the first input, the one that is fed. */
static void locate(app *app, const mote_fault *fault) {
    report *report = &app->report;
    report->index = fault->index;
    for (size_t i = 0; i < app->source_count; i++) {
        const source *source = &app->sources[i];
        size_t offset = mote_fault_offset(fault, source->bytes);
        if (offset == MOTE_NO_OFFSET) continue;
        report->input = source->name;
        report->offset = offset;
        report->input_size = source->bytes.size;
        if (offset <= source->bytes.size) {
            report->found_bytes =
                (mote_bytes){source->bytes.data + offset, source->bytes.size - offset};
        }
        return;
    }
}

bool fail_core(app *app, mote_status status) {
    report *report = &app->report;
    if (report->failed) return false;
    report->failed = true;
    report->verdict = verdict_of_core(status);
    const mote_fault *fault = &app->context.fault;
    report->input = app->subject;
    if (fault->status == status) locate(app, fault);
    explain(app, status);
    return false;
}

/* --- what was verified ----------------------------------------------------------------------------------- */
void report_target(app *app, const mote_hash *hash, uint32_t number) {
    json_decref(app->report.target);
    app->report.target = json_object();
    json_object_set_new(app->report.target, "hash", json_hash(app, hash));
    json_object_set_new(app->report.target, "number", json_integer(number));
    json_object_set_new(app->report.target, "parachain", json_false());
}

void report_assume(app *app, uint32_t assumed) {
    app->report.assumed |= assumed;
}

void report_detail(app *app, const char *name, json_t *value) {
    if (app->report.details == NULL) app->report.details = json_object();
    json_object_set_new(app->report.details, name, value);
}

json_t *json_hex(app *app, mote_bytes bytes) {
    return json_string(app_hex(app, bytes));
}

json_t *json_hash(app *app, const mote_hash *hash) {
    return json_string(app_hash(app, hash));
}

json_t *json_u64(uint64_t value) {
    if (value < UINT64_C(1) << 53) return json_integer((json_int_t)value);
    char text[24];
    snprintf(text, sizeof text, "%" PRIu64, value);
    return json_string(text);
}

json_t *json_age(app *app, const mote_age *age) {
    json_t *out = json_object();
    bool known = age->freshness != MOTE_AGE_UNKNOWN;
    json_object_set_new(out, "freshness", json_string(mote_freshness_name(age->freshness)));
    json_object_set_new(out, "made_at", known ? json_u64(age->made_at) : json_null());
    json_object_set_new(out, "made_at_text",
                        known ? json_string(moment_text(app, age->made_at)) : json_null());
    json_object_set_new(out, "now", age->now != 0 ? json_u64(age->now) : json_null());
    json_object_set_new(out, "seconds", known ? json_u64(age->seconds) : json_null());
    json_object_set_new(out, "window_seconds", json_u64(age->window_seconds));
    json_object_set_new(out, "window_assumed", json_boolean(age->window_assumed));
    return out;
}

/* --- the end --------------------------------------------------------------------------------------------- */
static json_t *text_or_null(const char *text) {
    json_t *string = text == NULL ? NULL : json_string(text);
    /* A path need not be UTF-8; JSON has to be. */
    if (text != NULL && string == NULL) string = json_string("(a name that is not UTF-8)");
    return string == NULL ? json_null() : string;
}

static json_t *or_null(json_t *value) {
    return value == NULL ? json_null() : json_incref(value);
}

static json_t *assumptions(const report *report) {
    json_t *list = json_array();
    for (uint32_t bit = 1; bit != 0 && bit <= report->assumed; bit <<= 1) {
        if ((report->assumed & bit) == 0) continue;
        json_array_append_new(list, json_string(mote_assumption_name((mote_assumption)bit)));
    }
    if (report->assumed_state_version) json_array_append_new(list, json_string("state-version"));
    return list;
}

static void print_json(app *app) {
    const report *report = &app->report;
    const verdict *verdict = &report->verdict;
    const char *word = report->only_decoded && !report->failed ? "decoded" : verdict->word;
    json_t *out = json_object();
    json_object_set_new(out, "command", text_or_null(app->command));
    json_object_set_new(out, "verdict", text_or_null(report->judged_nothing ? NULL : word));
    json_object_set_new(out, "status", json_string(verdict->status));
    json_object_set_new(out, "class", json_string(verdict->class_name));
    json_object_set_new(out, "blame", json_string(verdict->blame));
    json_object_set_new(out, "message", text_or_null(report->failed ? verdict->text : NULL));
    json_object_set_new(out, "expected", text_or_null(report->expected));
    json_object_set_new(out, "found", text_or_null(report->found));
    json_object_set_new(out, "hint", text_or_null(report->hint));
    json_object_set_new(out, "input", text_or_null(report->input));
    json_object_set_new(out, "offset",
                        report->offset == MOTE_NO_OFFSET ? json_null() : json_u64(report->offset));
    json_object_set_new(out, "index",
                        report->index == MOTE_NO_INDEX ? json_null() : json_integer(report->index));
    json_object_set_new(out, "item", text_or_null(report->item));
    json_object_set_new(out, "target", or_null(report->target));
    json_object_set_new(out, "links", json_incref(report->links));
    json_object_set_new(out, "failed", or_null(report->failed_link));
    json_object_set_new(out, "values", json_incref(report->values));
    json_object_set_new(out, "lists", json_incref(report->lists));
    json_object_set_new(out, "assumed", assumptions(report));
    json_object_set_new(out, "age", or_null(report->age));
    json_object_set_new(out, "details", or_null(report->details));
    json_dumpf(out, stdout, (app->lines ? JSON_COMPACT : JSON_INDENT(2)) | JSON_REAL_PRECISION(6));
    fputc('\n', stdout);
    json_decref(out);
}

/* Names of files and words of nodes are in what is told. */
static void print_field(const char *label, const char *text) {
    char *shown = printable_copy(text);
    fprintf(stderr, "%s%s", label, shown == NULL ? "" : shown);
    free(shown);
}

static void print_line(const char *label, const char *text) {
    if (text == NULL) return;
    print_field(label, text);
    fputc('\n', stderr);
}

static void print_place(const report *report) {
    if (report->input == NULL) return;
    print_field("  in        ", report->input);
    if (report->offset != MOTE_NO_OFFSET) fprintf(stderr, ", byte %zu", report->offset);
    if (report->index != MOTE_NO_INDEX) {
        fprintf(stderr, ", %s %" PRIu32, report->item == NULL ? "item" : report->item,
                report->index);
    }
    fputc('\n', stderr);
}

static void print_failure(const app *app) {
    const report *report = &app->report;
    const verdict *verdict = &report->verdict;
    if (verdict->exit_code == EXIT_USAGE && report->input == NULL) {
        fprintf(stderr, "mote%s%s: %s\n", app->command == NULL ? "" : " ",
                app->command == NULL ? "" : app->command, verdict->text);
        if (report->hint != NULL) fprintf(stderr, "%s\n", report->hint);
        return;
    }
    fprintf(stderr, "%s: %s (%s)\n", verdict->word, verdict->text, verdict->status);
    print_place(report);
    print_line("  expected  ", report->expected);
    print_line("  found     ", report->found);
    print_line("  hint      ", report->hint);
}

static void print_assumptions(app *app) {
    const report *report = &app->report;
    static const char *const meaning[] = {"the state root", "the header", "the authorities",
                                          "the checkpoint's age"};
    const char *between = "assumed, not proven: ";
    for (size_t i = 0; i < sizeof meaning / sizeof meaning[0]; i++) {
        if ((report->assumed & 1u << i) == 0) continue;
        say(app, "%s%s", between, meaning[i]);
        between = ", ";
    }
    if (report->assumed_state_version) {
        say(app, "%sthe state version", between);
        between = ", ";
    }
    if (between[0] == ',') say(app, "\n");
}

int report_print(app *app) {
    /* A number that nobody can say the meaning of is none. */
    if (app->report.item == NULL) app->report.index = MOTE_NO_INDEX;
    progress_wipe(app);
    if (app->json) {
        print_json(app);
    } else if (!app->report.judged_nothing) {
        print_assumptions(app);
        fflush(stdout);
        if (app->report.failed) print_failure(app);
    }
    if (fflush(stdout) != 0 || ferror(stdout)) return EXIT_USAGE;
    return app->report.verdict.exit_code;
}
