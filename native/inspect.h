/* SPDX-License-Identifier: Apache-2.0 */
/* What `mote inspect` shows of the things that have parts. */
#ifndef MOTE_NATIVE_INSPECT_H
#define MOTE_NATIVE_INSPECT_H

#include "trust.h"

void inspect_bundle(struct app *app, mote_bytes bytes);
void inspect_justification(struct app *app, const mote_justification_report *report);
bool inspect_is_warp(struct app *app, mote_bytes bytes);
void inspect_warp(struct app *app, mote_bytes bytes);
bool inspect_is_proof(mote_bytes bytes);
void inspect_proof(struct app *app, mote_bytes bytes);
bool inspect_genesis(struct app *app, const genesis_state *state);

#endif
