/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A checkpoint from running nodes (mote checkpoint --source URL --source URL): the newest final block of one, of which all
 * say that it is theirs; its authorities by a proof under its state root; and a justification of that very block by
 * them. Whoever uses it trusts that not all of these nodes lie together.
 */
#ifndef MOTE_NATIVE_AGREEMENT_H
#define MOTE_NATIVE_AGREEMENT_H

#include "mote/checkpoint.h"

struct app;

/* What `checkpoint` borrows is the app's. False with a failure. */
bool agreement_find(struct app *app, mote_checkpoint *checkpoint);

#endif
