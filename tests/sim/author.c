/* SPDX-License-Identifier: Apache-2.0 */
/* Who makes the relay chain's blocks: epochs are sessions, each with five authors and secondary slots. */
#include "world.h"

enum { CHANCE_RANDOMNESS = 500 };
#define AUTHORS 5u
#define KNOWN_AUTHORS 12u

enum {
    GENESIS_SLOT,
    CURRENT_SLOT,
    EPOCH_INDEX,
    AUTHORITIES,
    NEXT_AUTHORITIES,
    RANDOMNESS,
    NEXT_RANDOMNESS,
    EPOCH_CONFIG,
    EPOCH_START
};
const char *const sim_babe_items[SIM_BABE_ITEMS] = {
    "GenesisSlot", "CurrentSlot",    "EpochIndex",  "Authorities", "NextAuthorities",
    "Randomness",  "NextRandomness", "EpochConfig", "EpochStart"};

static const test_author *author(uint64_t epoch, uint32_t index) {
    static test_author known[KNOWN_AUTHORS];
    static bool made[KNOWN_AUTHORS];
    uint32_t number = (uint32_t)((epoch + index) % KNOWN_AUTHORS);
    if (!made[number]) known[number] = test_author_of(number);
    made[number] = true;
    return &known[number];
}

uint64_t sim_session_of(const sim_world *world, uint64_t slot) {
    return (slot - world->slots[1]) / world->shape.session_slots;
}

static void randomness_of(const sim_world *world, uint64_t epoch, uint8_t out[32]) {
    sim_fill(out, 32, world->shape.seed, CHANCE_RANDOMNESS, epoch);
}

static void append_authors(test_buffer *out, uint64_t epoch) {
    append_compact(out, AUTHORS);
    for (uint32_t i = 0; i < AUTHORS; i++) {
        append_span(out, author(epoch, i)->key, 32);
        append_u64(out, 1);
    }
}

const test_author *sim_author_of(const sim_world *world, uint64_t slot, uint32_t *index) {
    uint8_t randomness[32];
    uint64_t epoch = sim_session_of(world, slot);
    randomness_of(world, epoch, randomness);
    *index = mote_babe_secondary_author(randomness, slot, AUTHORS);
    return author(epoch, *index);
}

void sim_announce_epoch(const sim_world *world, test_digest *digest, uint64_t epoch) {
    uint8_t randomness[32];
    test_buffer payload = {0};
    append_u8(&payload, 1);
    append_authors(&payload, epoch);
    randomness_of(world, epoch, randomness);
    append_span(&payload, randomness, sizeof randomness);
    digest_add(digest, MOTE_DIGEST_CONSENSUS, "BABE", buffer_bytes(&payload));
    free(payload.data);
}

/* Its first block. */
static uint32_t start_of(const sim_world *world, uint64_t epoch, uint32_t content) {
    uint32_t low = 1, high = content;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (sim_session_of(world, world->slots[middle]) < epoch) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

size_t sim_babe_value(const sim_world *world, uint32_t item, uint32_t content, uint8_t *out) {
    uint64_t slot = content == 0 ? 0 : world->slots[content],
             epoch = content == 0 ? 0 : sim_session_of(world, slot);
    uint8_t randomness[32];
    test_buffer value = {0};
    switch (item) {
    case GENESIS_SLOT: append_u64(&value, content == 0 ? 0 : world->slots[1]); break;
    case CURRENT_SLOT: append_u64(&value, slot); break;
    case EPOCH_INDEX: append_u64(&value, epoch); break;
    case AUTHORITIES: append_authors(&value, epoch); break;
    case NEXT_AUTHORITIES: append_authors(&value, epoch + 1); break;
    case RANDOMNESS:
    case NEXT_RANDOMNESS:
        randomness_of(world, epoch + (item == NEXT_RANDOMNESS), randomness);
        append_span(&value, randomness, sizeof randomness);
        break;
    case EPOCH_START:
        append_u32(&value, content == 0 || epoch == 0 ? 0 : start_of(world, epoch - 1, content));
        append_u32(&value, content == 0 ? 0 : start_of(world, epoch, content));
        break;
    default: /* c is 1 of 4; secondary plain slots */
        append_u64(&value, 1);
        append_u64(&value, 4);
        append_u8(&value, 1);
        break;
    }
    size_t size = value.size;
    memcpy(out, value.data, size);
    free(value.data);
    return size;
}
