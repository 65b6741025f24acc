/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A made-up network with everything a bundle can carry: a checkpoint at block 100 under set 5, a hand-over to set 6 at
 * block 101, a justification of block 104 by set 6, block 103 with a state that names parachain 2000's head, block 42,
 * and block 41 below it with a state: plain, hashed and long values, and a child trie.
 */
#ifndef MOTE_TEST_BUNDLE_WORLD_H
#define MOTE_TEST_BUNDLE_WORLD_H

#include "grandpa_builder.h"
#include "recordings.h"
#include "relay_state.h"

#define WORLD_SLOT UINT64_C(280000000)
#define WORLD_MADE_AT (WORLD_SLOT * 6) /* Unix seconds of the checkpoint */
#define WORLD_PARA 2000u

typedef struct bundle_world {
    mote_bytes checkpoint; /* compact form */
    mote_bundle_parts
        parts; /* everything; take away or change what the test is about, then world_bundle */
    mote_bytes headers[2];      /* 104, 103 */
    mote_bytes para_headers[1]; /* 41 */
    mote_bundle_query relay_queries[3];
    mote_bundle_query para_queries[6];

    mote_bytes checkpoint_header, header_102, para_head;
    test_voter *first_voters, *second_voters; /* 4 each, of sets 5 and 6 */
    test_block checkpoint_block, handover_block, justified_block;
    relay_state relay;
    relay_state para;      /* parachain 2000's state at block 41 */
    relay_state child;     /* the child trie "kid" in it */
    mote_bytes long_value; /* stored by hash */
} bundle_world;

/* The same each time. */
bundle_world *world_make(void);
mote_bytes world_bundle(const bundle_world *world);
/* Judges it with the world's checkpoint, a minute after it was made. */
recording_verdict world_judge(const bundle_world *world, mote_bytes bundle);
/* SCALE proof of main-trie keys and child-trie keys of the parachain's state. */
mote_bytes world_para_proof(const bundle_world *world, const mote_bytes *keys, size_t count,
                            const mote_bytes *child_keys, size_t child_count);

mote_bytes world_text(const char *text);

#endif
