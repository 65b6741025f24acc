/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first byte says whose checkpoint is trusted, the rest is a bundle. Check values are put right first, so that
 * changes reach what they guard. The walk ends, its links cover the bundle piece by piece, a failure names a byte of
 * it and stays, and nothing is proven of a block but what hashes say.
 */
#include "bundle_world.h"

#include "mote/hash.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds) abort();
}

typedef struct trusted {
    mote_bytes checkpoint;
    uint64_t now;
} trusted;

static trusted trusted_of(unsigned which) {
    static trusted known[RECORDING_FORGED + 1];
    static bool is_made = false;
    if (!is_made) {
        const bundle_world *world = world_make();
        known[0] = (trusted){world->checkpoint, WORLD_MADE_AT + 60};
        for (int i = 0; i < RECORDING_FORGED; i++) {
            const recording made = recording_make((recording_index)i);
            known[i + 1] = (trusted){made.checkpoint, made.now};
        }
        is_made = true;
    }
    return known[which % (RECORDING_FORGED + 1)];
}

static void repair(uint8_t *bundle, size_t at, size_t size, size_t check_at) {
    mote_blake2b_128(bundle + check_at, (mote_bytes){bundle + at, size});
}

static void repair_questions(uint8_t *bytes, const mote_bundle *bundle, mote_section section) {
    const mote_bytes content = bundle->section[section];
    if (content.size < 20) return;
    const uint32_t proof = mote_load_u32(content.data);
    if (proof > content.size - 20) return;
    const size_t at = (size_t)(content.data - bytes) + 4 + proof;
    const size_t size = content.size - 20 - proof;
    repair(bytes, at, size, at + size);
}

static void repair_checks(uint8_t *bytes, size_t size) {
    mote_bundle bundle;
    if (mote_bundle_open(fixture_context(1), &bundle, (mote_bytes){bytes, size}) != MOTE_OK) return;
    repair(bytes, 0, bundle.head_size - 16, bundle.head_size - 16);
    repair_questions(bytes, &bundle, MOTE_SECTION_STATE);
    repair_questions(bytes, &bundle, MOTE_SECTION_PARA_STATE);
    const mote_bytes head = bundle.section[MOTE_SECTION_PARA_HEAD];
    if (head.size < 20) return;
    const size_t at = (size_t)(head.data - bytes);
    repair(bytes, at, 4, at + 4);
}

static void walk(mote_context *context, const mote_bundle *bundle, const mote_checkpoint *from,
                 uint64_t now) {
    mote_bundle_walk *walk;
    mote_link link;
    bool more = true;
    size_t covered = 0;
    uint32_t links = 0;
    require(mote_bundle_begin(context, &walk, bundle, from, now) == MOTE_OK);
    mote_status status = MOTE_OK;
    while (status == MOTE_OK && more) {
        status = mote_bundle_next(context, walk, &link, &more);
        if (status == MOTE_OK && !more) break;
        require(link.index == links++);
        require(link.offset <= covered && link.offset + link.size >= covered);
        require(link.offset + link.size <= bundle->encoded.size);
        covered = link.offset + link.size;
    }
    if (status == MOTE_OK) {
        require(links >= 1);
        return;
    }
    require(mote_fault_offset(&context->fault, bundle->encoded) <= bundle->encoded.size);
    require(mote_status_class_of(status) != MOTE_CLASS_INTERNAL);
    require(mote_status_class_of(status) != MOTE_CLASS_BUG);
    require(mote_bundle_next(context, walk, &link, &more) == status && !more);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0 || size > (1u << 18)) return 0;
    const trusted trust = trusted_of(data[0]);
    uint8_t *bytes = malloc(size);
    require(bytes != NULL);
    memcpy(bytes, data + 1, size - 1);
    repair_checks(bytes, size - 1);
    const mote_bytes input = {bytes, size - 1};
    mote_context *context = fixture_context(4);
    mote_checkpoint checkpoint;
    mote_bundle bundle;
    require(mote_checkpoint_decode(context, &checkpoint, trust.checkpoint) == MOTE_OK);
    mote_status status = mote_bundle_open(context, &bundle, input);
    if (status == MOTE_OK) {
        walk(context, &bundle, &checkpoint, trust.now);
    } else {
        require(mote_fault_offset(&context->fault, input) <= input.size);
    }
    free(bytes);
    return 0;
}
