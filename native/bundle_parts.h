/* SPDX-License-Identifier: Apache-2.0 */
/* What `mote bundle` is given, read and put in order. */
#ifndef MOTE_NATIVE_BUNDLE_PARTS_H
#define MOTE_NATIVE_BUNDLE_PARTS_H

#include "mote/bundle.h"
#include "trust.h"

typedef struct bundle_input {
    mote_bundle_parts parts;
    const mote_chain
        *chain; /* --chain, or NULL: a bundle may be of a chain that mote does not know */
    bool has_trust;
    trust trust; /* --checkpoint */
    const char *justification_name, *warp_name;
    mote_bytes *headers; /* downwards */
    mote_bytes *para_headers;
} bundle_input;

/* What a bundle calls the chain; "" where it is not known. */
const char *bundle_chain_name(const mote_chain *chain, const char *asked);
bool bundle_input_check(struct app *app); /* the options fit together */
bool bundle_input_read(struct app *app, bundle_input *out);
size_t bundle_input_memory(const bundle_input *in);
/* Reads the keys in the proofs and puts what is there into the questions: a value is expected, or its absence. */
bool bundle_input_answer(struct app *app, bundle_input *in);
/* Without a checkpoint: the justification and the fragments are whole and belong to the first header, signatures
 * aside. */
bool bundle_input_check_finality(struct app *app, const bundle_input *in);

#endif
