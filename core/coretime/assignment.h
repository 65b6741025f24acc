/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of assignments, as descriptors, schedules and the broker have them. */
#ifndef MOTE_CORETIME_ASSIGNMENT_H
#define MOTE_CORETIME_ASSIGNMENT_H

#include "mote/coretime.h"
#include "mote/scale.h"

/* CoreAssignment: E_BAD_ENUM for another task. */
mote_core_task mote_coretime_read_task(mote_cursor *cursor, uint32_t *para_id);
/* A Vec of assignments: its items, borrowed. `with_rest`: what remains of the round follows the parts. */
mote_bytes mote_coretime_read_list(mote_cursor *cursor, uint32_t *count, bool with_rest);
mote_core_assignment mote_coretime_item(mote_bytes items, uint32_t index, bool with_rest);
bool mote_coretime_next(mote_core_assignment *out, mote_coretime_place *place, uint32_t count,
                        mote_bytes items, bool with_rest);
/* The items from a place on; nothing behind the last of `count`. */
mote_cursor mote_coretime_cursor_at(const mote_coretime_place *place, uint32_t count,
                                    mote_bytes items);
/* Behind what was read; false where it could not be. */
bool mote_coretime_step(mote_coretime_place *place, const mote_cursor *cursor, mote_bytes items);

#endif
