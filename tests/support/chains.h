/* SPDX-License-Identifier: Apache-2.0 */
/* The recorded chains as chains: headers by number, the justification above a block with its set, proofs as SCALE. */
#ifndef MOTE_TEST_CHAINS_H
#define MOTE_TEST_CHAINS_H

#include "fixture.h"

#include "mote/grandpa.h"
#include "mote/header.h"
#include "mote/trie.h"

/* A run of parent-linked headers, lowest first. */
typedef struct chain_run {
    mote_bytes *headers;
    size_t count;
    uint32_t first;
} chain_run;

/* The run of headers/<name>-*.hex that holds block `number`; false where none does. */
bool chain_run_of(chain_run *out, const char *name, uint32_t number);
/* One made of encoded headers, lowest first. */
chain_run chain_run_over(mote_bytes *headers, size_t count);
bool chain_has(const chain_run *run, uint32_t number);
mote_bytes chain_header(const chain_run *run, uint32_t number);
mote_header chain_decoded(const chain_run *run, uint32_t number);

/* A recorded justification of Rococo and the set it was made by. */
typedef struct chain_justification {
    uint32_t number;
    uint64_t set_id;
    mote_bytes bytes;
    mote_bytes authorities; /* SCALE Vec<(key, weight)> */
} chain_justification;
/* The lowest one for a block from `from` to `to`; false where there is none. */
bool chain_justification_in(chain_justification *out, uint32_t from, uint32_t to);

/* JSON array of hex nodes as SCALE Vec<Vec<u8>>. */
mote_bytes chain_proof(const json_t *nodes);
/* A JSON value that is hex, or null: absent. */
bool chain_value(const json_t *value, mote_bytes *out);

#endif
