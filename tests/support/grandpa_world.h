/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One small network for fuzzing: four voters, of which three vote for blocks of the trunk only and the fourth signs
 * whatever there is. So whatever is made of their signatures, only blocks of the trunk can be final.
 */
#ifndef MOTE_TEST_GRANDPA_WORLD_H
#define MOTE_TEST_GRANDPA_WORLD_H

#include "grandpa_builder.h"

enum { WORLD_VOTERS = 4, WORLD_TRUNK = 5, WORLD_FORK = 3, WORLD_ROUND = 3, WORLD_SET_ID = 7 };

typedef struct grandpa_world {
    test_voter *voters;
    mote_authority_set set;
    test_block *trunk; /* 10 to 14 */
    test_block *fork;  /* 12 to 14, on trunk[1] */
    mote_header headers[WORLD_TRUNK + WORLD_FORK];
} grandpa_world;

/* Made at the first call. */
const grandpa_world *the_grandpa_world(void);
bool world_is_trunk(const mote_hash *hash, uint32_t number);
/* For fuzz targets, whose failures must stop the program. */
void world_require(bool holds);

#endif
