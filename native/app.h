/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One run of the program: its memory, its verifier's context, its options and the report it will print. Everything
 * taken with app_take lives until app_close, so nothing is freed by hand and nothing leaks on the way out.
 */
#ifndef MOTE_NATIVE_APP_H
#define MOTE_NATIVE_APP_H

#include <stdio.h>

#include "arguments.h"
#include "mote/context.h"
#include "work_pool.h"
#include "report.h"

typedef struct app_block app_block;

/* Bytes that a verifier judges and the file they came from: a fault is looked for in all of them. */
typedef struct source {
    const char *name;
    mote_bytes bytes;
} source;

typedef struct app {
    const char *command; /* "verify", ...; NULL before one is known */
    arguments args;
    report report;
    mote_context context;
    app_block *blocks;
    pool *pool;
    bool json;        /* --json: one object on standard output, nothing else */
    bool lines;       /* with --json: every object is on a line of its own */
    bool color;       /* standard output is a terminal that shows colours */
    bool bar;         /* standard error is a terminal: long work shows a bar */
    bool bar_drawn;   /* it has to be wiped before anything else is written */
    double bar_since; /* milliseconds */
    double bar_drew;
    bool stdin_read;
    const char *subject; /* the file in work: where a failure is when it is at no byte */
    source *sources;
    size_t source_count;
} app;

void app_open(app *app);
void app_close(app *app);

/* Zeroed memory until app_close. Never NULL: where there is none the program says so and ends with exit code 5. */
void *app_take(app *app, size_t count, size_t size);
/* Memory that has grown; `old` may be NULL and was taken by app_take or app_grow. */
void *app_grow(app *app, void *old, size_t size);
char *app_text(app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "0x..." in lower case. */
char *app_hex(app *app, mote_bytes bytes);
char *app_hash(app *app, const mote_hash *hash);

void app_source(app *app, const char *name, mote_bytes bytes);

/* The verifier's one block of memory and its seed from the system's generator. Once, when the inputs are known. */
void app_context(app *app, size_t size);

/* Remembers decompressed keys of authorities from one justification to the next. After app_context. */
void app_cache_keys(app *app, size_t capacity);

/* Threads that judge signatures (--threads, else one for each processor), this one among them; and those besides it: NULL
 * where there is none. */
size_t app_threads(const app *app);
pool *app_pool(app *app);

double app_milliseconds(void); /* of a clock that only goes forward */

/* "1 fragment", "2 fragments" */
char *app_count(app *app, size_t count, const char *noun);

/* A line of text output; nothing with --json. */
void say(app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
