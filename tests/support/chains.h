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

/* The network of our own (local/): its relay chain's or a parachain's blocks ("relay", "para-2000"), a GRANDPA
 * justification a node answered with, and the authorities of block 0, as the state of block 1 still lists them. */
chain_run chain_local_run(const char *name);
mote_bytes chain_local_justification(uint32_t number);
mote_bytes chain_local_first_authorities(void);
mote_hash chain_local_genesis(void);
/* What a node answered, and the proof that the same fragments would make if it had been asked when there were only
 * the first `count`. */
mote_bytes chain_local_warp(void);
mote_bytes chain_warp_prefix(mote_bytes proof, uint32_t count);

/* JSON array of hex nodes as SCALE Vec<Vec<u8>>. */
mote_bytes chain_proof(const json_t *nodes);
/* A JSON value that is hex, or null: absent. */
bool chain_value(const json_t *value, mote_bytes *out);

#endif
