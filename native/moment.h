/* SPDX-License-Identifier: Apache-2.0 */
/* Times: Unix seconds or RFC 3339 in, RFC 3339 in UTC and plain durations out. */
#ifndef MOTE_NATIVE_MOMENT_H
#define MOTE_NATIVE_MOMENT_H

#include "mote/checkpoint.h"

struct app;

/* "1668988800" or "2022-11-21T00:00:00Z" (any offset; fractions are cut off). False where it is neither. What is
 * earlier counts as 1970-01-01T00:00:01Z. */
bool moment_parse(uint64_t *seconds, const char *text);
uint64_t moment_now(void);
/* "2022-11-21T00:00:00Z" */
char *moment_text(struct app *app, uint64_t seconds);
/* "3 h 12 min", "28 d" */
char *moment_duration(struct app *app, uint64_t seconds);
/* A weak-subjectivity window, and whether it is a guess. */
char *moment_window(struct app *app, const mote_age *age);

#endif
