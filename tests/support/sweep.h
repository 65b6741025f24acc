/* SPDX-License-Identifier: Apache-2.0 */
/* One input, damaged in every place: cut short everywhere, or with a bit turned. */
#ifndef MOTE_TEST_SWEEP_H
#define MOTE_TEST_SWEEP_H

#include "fixture.h"

/* `damaged` is a copy of its exact size, gone after the call. */
typedef void sweep_case(mote_bytes damaged, void *user);

/* Every proper prefix; above 64 KiB those that end in the first or last 4 KiB, and 1000 seeded ones. */
void sweep_cuts(mote_bytes whole, sweep_case *judge, void *user);
/* Every single bit where these are at most `at_most`, or else that many seeded ones. */
void sweep_flips(mote_bytes whole, size_t at_most, sweep_case *judge, void *user);

#endif
