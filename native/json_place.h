/* SPDX-License-Identifier: Apache-2.0 */
/* Where in the text a value of the document stands, which the JSON library does not keep. */
#ifndef MOTE_NATIVE_JSON_PLACE_H
#define MOTE_NATIVE_JSON_PLACE_H

#include "json_in.h"

/* The first byte of `value`, which json_parse made of this text; of the whole, where it is not found: `value` may be NULL,
 * for what is missing. */
size_t json_place(struct app *app, const input *in, const json_t *value);
/* Of the array's item with that index: true, false and null are the same value wherever they stand. */
size_t json_place_of_item(struct app *app, const input *in, const json_t *array, size_t index);

#endif
