/* SPDX-License-Identifier: Apache-2.0 */
/* Links: what was verified, one after another, as text when it happens and as JSON at the end. All commands describe
 * their links with the core's mote_link, whichever verifier they come from. */
#ifndef MOTE_NATIVE_LINKS_H
#define MOTE_NATIVE_LINKS_H

#include "mote/bundle.h"

struct app;

/* A verified link. Its value, if it carries one, goes into "values", a list's end into "lists". */
void link_verified(struct app *app, const mote_link *link, double milliseconds);
/* The link that did not hold, after fail_core. */
void link_failed(struct app *app, const mote_link *link, double milliseconds);

/* A link of a justification or a warp fragment. */
mote_link link_of_finality(const mote_finalized_block *block,
                           const mote_justification_report *report);
mote_link link_of_fragment(const mote_warp_link *fragment);

/* A value as "values" has it: also for commands that read without links. */
void value_add(struct app *app, mote_bytes child_key, mote_bytes key,
               const mote_proven_value *value);

/* Words in colour, where there are colours. */
const char *good(struct app *app, const char *word);
const char *bad(struct app *app, const char *word);
const char *dim(struct app *app, const char *word);

#endif
