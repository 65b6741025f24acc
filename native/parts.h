/* SPDX-License-Identifier: Apache-2.0 */
/* The files that commands share: storage proofs and authority lists in all their forms. */
#ifndef MOTE_NATIVE_PARTS_H
#define MOTE_NATIVE_PARTS_H

#include "json_in.h"
#include "mote/header.h"

/* SCALE Vec<Vec<u8>>, made of: itself, a JSON array of hex nodes, an object with "proof" or "nodes", or a JSON-RPC
 * answer of state_getReadProof, whole or its result alone. Offsets count in the SCALE form. */
bool proof_read(struct app *app, mote_bytes *scale, const char *path);
size_t proof_node_count(mote_bytes scale); /* 0 where it is none */

/* SCALE Vec<(key, weight)> with or without the version byte, made of itself or of JSON [["0x...", 1], ...]. */
bool authorities_read(struct app *app, mote_bytes *scale, const char *path);

/* For files of several kinds: the JSON is read already. */
bool proof_from_json(struct app *app, mote_bytes *scale, const input *in, json_t *document);
bool authorities_from_json(struct app *app, mote_bytes *scale, const input *in, json_t *document);

#endif
