/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that judge units, without threads: which unit is judged next, and whether its thread is lost, is drawn by lot. */
#ifndef MOTE_TEST_UNITS_H
#define MOTE_TEST_UNITS_H

#include "mote/work.h"

typedef struct test_units {
    uint32_t lot;
    mote_work_unit held[MOTE_MAX_WORK_UNITS];
    uint32_t count;
    uint32_t judged, lost; /* so far */
} test_units;

/* Takes what there is, then judges one that was taken and joins it; or loses it and has the oldest judged here. Returns
 * whether there was anything to do. */
bool test_units_step(test_units *units, mote_context *context, mote_work *work);
/* Forgets what was taken. */
void test_units_forget(test_units *units);

#endif
