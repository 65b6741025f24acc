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

#endif
