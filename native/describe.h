/* SPDX-License-Identifier: Apache-2.0 */
/* What decoded things look like, as text and JSON: for commands that show rather than judge. */
#ifndef MOTE_NATIVE_DESCRIBE_H
#define MOTE_NATIVE_DESCRIBE_H

#include <jansson.h>

#include "mote/checkpoint.h"
#include "mote/header.h"

struct app;

json_t *describe_header_json(struct app *app, const mote_header *header);
void describe_header_text(struct app *app, const mote_header *header);
json_t *describe_authorities_json(struct app *app, const mote_authority_list *list);
void describe_checkpoint(struct app *app,
                         const mote_checkpoint *checkpoint); /* text and "details" */
/* "name" of the chain, or null. */
json_t *describe_chain(const mote_chain *chain);

#endif
