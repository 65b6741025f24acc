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

/* Right after the fail_core of a justification: weights, keys, targets, and what the index counts. `report` is as far
 * filled as the verifier came. */
void explain_justification(struct app *app, mote_status status,
                           const mote_justification_report *report, mote_bytes justification,
                           const mote_header *header);
/* Where a warp proof starts, and the set in office when it fails; NULL where that is not known. */
typedef struct warp_origin {
    mote_hash hash;
    uint32_t number;
    const mote_authority_set *set;
} warp_origin;
/* Right after the fail_core of a warp proof: the report's index is the fragment. */
void explain_fragment(struct app *app, mote_status status, mote_bytes warp,
                      const warp_origin *origin);
/* After a failed parent link. */
void explain_parent(struct app *app, mote_status status, const mote_header *child,
                    const mote_header *parent);
/* What the index of a failure counts. */
void explain_item(struct app *app, const char *item);

#endif
