/* SPDX-License-Identifier: Apache-2.0 */
/* What every suite needs: cmocka, recorded files, hex, a context, and checks that print what they saw. */
#ifndef MOTE_TEST_FIXTURE_H
#define MOTE_TEST_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "mote/bytes.h"
#include "mote/context.h"
#include "mote/status.h"

/* Files of tests/vectors by relative path, ".gz" unpacked. Memory stays until the process ends. Missing: abort. */
mote_bytes fixture_file(const char *path);
json_t *fixture_json(const char *path);
/* One JSON document a line (".jsonl", ".jsonl.gz"): calls back for each, in order. Returns how many. */
size_t fixture_json_lines(const char *path, void (*each)(json_t *line, void *user), void *user);
/* Hex, with or without 0x, either case. Memory stays until the process ends. Bad hex: abort. */
mote_bytes fixture_hex(const char *hex);
/* The hex string under `name` of a JSON object; aborts where there is none. */
mote_bytes fixture_hex_field(const json_t *object, const char *name);
mote_hash fixture_hash(const char *hex);
/* A header file's lines as spans; *count lines. */
mote_bytes *fixture_hex_lines(const char *path, size_t *count);
/* Files of a folder of tests/vectors whose names start and end so, sorted; *count of them, relative paths. */
char **fixture_list(const char *folder, const char *starts, const char *ends, size_t *count);

/* A fresh context over a block of that many MiB (the same block each time; one context at a time). */
mote_context *fixture_context(size_t mebibytes);
/* A second one, for where two are needed. */
mote_context *fixture_other_context(size_t mebibytes);
/* The back end of those contexts: MOTE_TEST_BACKEND by name, or the best. Where this machine cannot run it, every program
 * that uses a fixture says so and ends with 77, which ctest counts as skipped. */
mote_backend fixture_backend(void);

/* A private, writable copy; ASan sees its exact bounds. free() it. */
uint8_t *fixture_copy(mote_bytes bytes);

/* A seeded generator for tests (splitmix64). The seed is printed by whoever chooses it. */
uint64_t fixture_random(uint64_t *state);

/* How much a suite that samples or enumerates should do: MOTE_TEST_EFFORT=small, long, or nothing for normal.
 * Small is for emulated machines, where a hundredth of the speed is left; it must still visit every kind of
 * case, only fewer of each. Recorded files and catalogue rows always run whole. */
typedef enum fixture_effort_level {
    FIXTURE_SMALL,
    FIXTURE_NORMAL,
    FIXTURE_LONG
} fixture_effort_level;
fixture_effort_level fixture_effort(void);
/* A number of repetitions for the effort asked for: `normal`, a sixtieth of it (at least 1), or eight times. */
size_t fixture_times(size_t normal);

/* Fails naming both statuses and the fault. */
#define assert_status(actual, expected)                                                            \
    fixture_assert_status((actual), (expected), __FILE__, __LINE__)
void fixture_assert_status(mote_status actual, mote_status expected, const char *file, int line);
#define assert_hash_hex(hash, hex) fixture_assert_hash((hash), (hex), __FILE__, __LINE__)
void fixture_assert_hash(const mote_hash *hash, const char *hex, const char *file, int line);

#endif
