/* SPDX-License-Identifier: Apache-2.0 */
/* "Expected ..., found ...": of a failure of the core, from its status and the bytes at its place; and, where a command
 * knows more, from what it knows. */
#ifndef MOTE_NATIVE_EXPLAIN_H
#define MOTE_NATIVE_EXPLAIN_H

#include "mote/grandpa.h"
#include "mote/header.h"

struct app;

/* Called by fail_core; fills "expected" and "found". */
void explain(struct app *app, mote_status status);

/* After a failed justification: weights, keys, targets. `report` is as far filled as decoding went; `index` is the
 * precommit at fault, or MOTE_NO_INDEX. */
void explain_justification(struct app *app, mote_status status,
                           const mote_justification_report *report, mote_bytes justification,
                           uint32_t index, const mote_header *header);
/* After a failed fragment of a warp proof, under the set of that id. The fault's `at` is in `warp`. */
void explain_fragment(struct app *app, mote_status status, mote_bytes warp, uint32_t index,
                      uint64_t set_id);
/* After a failed parent link. */
void explain_parent(struct app *app, mote_status status, const mote_header *child,
                    const mote_header *parent);
/* What the index of a failure counts. */
void explain_item(struct app *app, const char *item);

#endif
