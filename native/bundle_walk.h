/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MOTE_NATIVE_BUNDLE_WALK_H
#define MOTE_NATIVE_BUNDLE_WALK_H

#include "mote/bundle.h"

struct app;

size_t bundle_memory(const struct app *app, mote_bytes bundle);
/* Walks it whole, a link after the other, into the report. */
typedef struct bundle_run {
    const mote_bundle *bundle;
    const mote_checkpoint *checkpoint;
    const char *name;            /* the bundle's */
    const char *checkpoint_name; /* its file's */
    uint64_t now;                /* 0: ages are not judged */
    /* Where the checkpoint is made up, because the caller has none: its link is not reported, and the bundle is a part
     * of the one in question, whose bytes begin so much later. */
    bool made_up;
    size_t shift;
} bundle_run;
bool bundle_walk(struct app *app, const bundle_run *run);

#endif
