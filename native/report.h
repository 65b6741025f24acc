/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a run has to say. In text each link is printed when it is verified and the verdict comes last; with --json one
 * object is printed at the end (docs/cli.md), every field of it always there.
 */
#ifndef MOTE_NATIVE_REPORT_H
#define MOTE_NATIVE_REPORT_H

#include <jansson.h>

#include "mote/bundle.h"
#include "verdict.h"

struct app;

typedef struct report {
    verdict verdict;
    bool failed;
    bool judged_nothing; /* --help, --version: there is no verdict */
    bool only_decoded;   /* inspect: success is no verification */
    /* Where and what, of a failure. */
    const char *input; /* the file */
    size_t offset;     /* MOTE_NO_OFFSET: none */
    uint32_t index;    /* MOTE_NO_INDEX: none */
    const char *item;  /* what `index` counts: "precommit", "fragment", ... */
    const char *expected;
    const char *found;
    const char *hint;       /* what the caller might try */
    mote_bytes found_bytes; /* from the byte at fault on; empty where unknown */
    size_t input_size;
    /* What was verified. */
    uint32_t assumed; /* bits of mote_assumption */
    bool assumed_state_version;
    json_t *target, *links, *values, *lists, *age, *failed_link, *details;
} report;

#define REPORT_WITHOUT_MEMORY                                                                      \
    "{\"command\": null, \"verdict\": \"limit\", \"status\": \"no_memory\", "                      \
    "\"class\": \"limit\", \"blame\": \"caller\", "                                                \
    "\"message\": \"there is not enough memory\", \"expected\": null, \"found\": null, "           \
    "\"hint\": null, \"input\": null, \"offset\": null, \"index\": null, \"item\": null, "         \
    "\"target\": null, \"links\": [], \"failed\": null, \"values\": [], \"lists\": [], "           \
    "\"assumed\": [], \"age\": null, \"details\": null}\n"

void report_open(report *report);
void report_close(report *report);

/* The first failure stays. Each returns false, so that a step can end with it. */
bool fail_core(struct app *app, mote_status status); /* place: the context's fault */
bool fail_host(struct app *app, host_status status, const char *input, size_t offset);
bool fail_usage(struct app *app, const char *message); /* `message` is what was wrong */

/* What the whole is about. */
void report_target(struct app *app, const mote_hash *hash, uint32_t number);
void report_assume(struct app *app, uint32_t assumed);
/* A field of "details"; `value` is taken over. */
void report_detail(struct app *app, const char *name, json_t *value);

/* Prints the verdict (and with --json everything) and returns the exit code. */
int report_print(struct app *app);

/* JSON of things that occur everywhere. Numbers above 2^53 - 1 become decimal strings. */
json_t *json_hex(struct app *app, mote_bytes bytes);
json_t *json_hash(struct app *app, const mote_hash *hash);
json_t *json_u64(uint64_t value);
json_t *json_age(struct app *app, const mote_age *age);

#endif
