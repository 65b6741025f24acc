/* SPDX-License-Identifier: Apache-2.0 */
/* Every entry point through which bytes from a network or a file come in, with a valid input of recorded data: for
 * tests that do the same to all of them. */
#ifndef MOTE_TEST_ENTRY_POINTS_H
#define MOTE_TEST_ENTRY_POINTS_H

#include "fixture.h"

typedef struct entry_point {
    const char *name;
    mote_bytes (*valid)(void); /* MOTE_OK; memory stays */
    mote_status (*try)(mote_context *context, mote_bytes input);
    bool verifies_on_the_way; /* signatures of a part before the whole has been read */
    mote_status with_trailing_byte;
} entry_point;

extern const entry_point entry_points[];
extern const size_t entry_point_count;

/* In a fresh context, and on a copy of exactly that size. */
mote_status entry_point_try(const entry_point *entry, mote_bytes input);
/* The input is not what it says, or not enough: malformed, false or incomplete. */
bool entry_point_refuses(mote_status status);

#endif
