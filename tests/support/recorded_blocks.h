/* SPDX-License-Identifier: Apache-2.0 */
/* Recorded blocks: header, body, justifications, of whole chains. */
#ifndef MOTE_TEST_RECORDED_BLOCKS_H
#define MOTE_TEST_RECORDED_BLOCKS_H

#include "babe_world.h"

typedef struct recorded_block {
    const char *network;
    uint32_t number;
    mote_bytes encoded;
    mote_header header;     /* decoded; its hash is the recorded one */
    mote_bytes *extrinsics; /* each with its length in front */
    size_t extrinsic_count;
    mote_bytes justifications; /* SCALE Vec<(engine, Vec<u8>)>, or empty */
} recorded_block;

typedef struct recorded_chain {
    recorded_block *blocks;
    size_t count;
} recorded_chain;

/* A ".jsonl[.gz]" with a block a line or a ".json[.gz]" with an array of them. Memory stays. */
recorded_chain recorded_blocks_of(const char *path);

/* Epoch 0 of Westend, from its genesis state, and of the local relay chain (secondary VRF slots, epochs of 20 slots). */
mote_babe_position westend_genesis(void);
mote_babe_position local_genesis(void);
/* GRANDPA's set that the header hands over to. */
mote_authority_set announced_set(const mote_header *header, uint64_t set_id);
mote_authority_set local_first_set(void);

#endif
