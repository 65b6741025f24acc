/* SPDX-License-Identifier: Apache-2.0 */
/* A bar on standard error, where that is a terminal, for work that has taken more than a second. */
#ifndef MOTE_NATIVE_PROGRESS_H
#define MOTE_NATIVE_PROGRESS_H

#include "app.h"

void progress_begin(app *app);
/* Draws at most ten times a second. `what`: "fragments", "keys". */
void progress_show(app *app, size_t done, size_t all);
void progress_wipe(app *app);

#endif
