/* SPDX-License-Identifier: Apache-2.0 */
/* A state's root by units of work: split in any way, done in any order, some of them not at all. */
#ifndef MOTE_TEST_STATE_UNITS_H
#define MOTE_TEST_STATE_UNITS_H

#include "fixture.h"
#include "tree.h"

static inline mote_hash root_by_units(mote_state *state, uint64_t *random) {
    static mote_state_unit units[400];
    static const size_t rooms[] = {1, 18, 40, 400};
    const uint64_t drawn = fixture_random(random);
    const size_t room = rooms[drawn % 4];
    mote_context *context = fixture_other_context(1);
    if ((drawn >> 8) % 3 == 0) context->size = 0; /* each node has little company */
    size_t count = mote_tree_units(state, units, room, (uint32_t)(drawn >> 16) % 40);
    assert_true(count <= room);
    for (size_t i = count; i > 0; i--) {
        const size_t which = fixture_random(random) % i;
        if (fixture_random(random) % 8 != 0) mote_state_unit_hash(context, state, &units[which]);
        units[which] = units[i - 1];
    }
    assert_int_equal(context->used, 0);
    return mote_state_root_of(state);
}

#endif
