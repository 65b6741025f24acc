/* SPDX-License-Identifier: Apache-2.0 */
#include "grandpa_world.h"

static grandpa_world make_world(void) {
    static const mote_hash no_hash;
    const test_block below = {.hash = no_hash, .number = 9};
    grandpa_world world = {.voters = test_voters(0, WORLD_VOTERS)};
    world.set = test_set(world.voters, WORLD_VOTERS, WORLD_SET_ID);
    world.trunk = test_chain(&below, WORLD_TRUNK, 1);
    world.fork = test_chain(&world.trunk[1], WORLD_FORK, 2);
    for (size_t i = 0; i < WORLD_TRUNK; i++) world.headers[i] = test_header(&world.trunk[i]);
    for (size_t i = 0; i < WORLD_FORK; i++) {
        world.headers[WORLD_TRUNK + i] = test_header(&world.fork[i]);
    }
    return world;
}

const grandpa_world *the_grandpa_world(void) {
    static grandpa_world world;
    if (world.voters == NULL) world = make_world();
    return &world;
}

bool world_is_trunk(const mote_hash *hash, uint32_t number) {
    const test_block *trunk = the_grandpa_world()->trunk;
    for (size_t i = 0; i < WORLD_TRUNK; i++) {
        if (mote_hash_equal(&trunk[i].hash, hash)) return trunk[i].number == number;
    }
    return false;
}

void world_require(bool holds) {
    if (!holds) abort();
}
