/* SPDX-License-Identifier: Apache-2.0 */
/* A header: what decodes is written back as the same bytes, its parts lie inside them, and everything that reads
 * digests can read it. */
#include "grandpa_world.h"

#include "mote/header.h"
#include "mote/limits.h"
#include "mote/scale.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require_inside(mote_bytes span, mote_bytes whole) {
    if (span.size == 0) return;
    world_require(span.data >= whole.data && span.size <= whole.size);
    world_require((size_t)(span.data - whole.data) <= whole.size - span.size);
}

static void require_written_back(const mote_header *header, mote_bytes input) {
    uint8_t *again = malloc(input.size);
    mote_writer writer = mote_writer_into(again, input.size);
    mote_write_header(&writer, header);
    world_require(mote_writer_fits(&writer) && writer.size == input.size);
    world_require(memcmp(again, input.data, input.size) == 0);
    free(again);
    mote_hash hash = libsodium_blake2b_256(input);
    world_require(mote_hash_equal(&hash, &header->hash));
}

static void read_digest(const mote_header *header) {
    mote_digest_item item;
    uint32_t count = 0;
    for (mote_digest_iterator items = mote_digest_items(header); mote_digest_next(&items, &item);) {
        require_inside(item.payload, header->digest);
        count++;
    }
    world_require(count == header->digest_count);
    (void)mote_header_oddities(header);
}

static void build_next_set(mote_context *context, const mote_grandpa_log *log) {
    static mote_voter memory[MOTE_MAX_AUTHORITIES];
    mote_authority_set set;
    mote_status status = mote_authority_set_build(context, &set, memory, MOTE_MAX_AUTHORITIES,
                                                  &log->next, 1, MOTE_ASSUMED_NOTHING);
    if (status != MOTE_OK) return;
    world_require(set.voters > 0 && set.voters <= set.listed && set.threshold <= set.total);
    world_require(set.total - set.threshold < set.threshold);
    for (uint32_t i = 0; i < set.voters; i++) {
        world_require(mote_authority_set_find(&set, set.voter[i].key) == i);
    }
}

static void read_logs(mote_context *context, const mote_header *header) {
    uint64_t slot;
    (void)mote_header_babe_slot(header, &slot);
    (void)mote_header_aura_slot(header, &slot);
    for (unsigned kind = 1; kind <= 5; kind++) {
        mote_grandpa_log log;
        if (!mote_header_find_grandpa_log(header, &log, (mote_grandpa_log_kind)kind)) continue;
        world_require((unsigned)log.kind == kind);
        world_require(mote_grandpa_log_height(&log, header->number) >= header->number);
        build_next_set(context, &log);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const mote_bytes input = {size == 0 ? NULL : data, size};
    mote_context *context = fixture_context(1);
    mote_header header;
    mote_status status = mote_header_decode(context, &header, input);
    if (status != MOTE_OK) {
        world_require(header.encoded.data == NULL && context->fault.status == status);
        return 0;
    }
    require_written_back(&header, input);
    world_require(mote_header_check(context, &header) == MOTE_OK);
    world_require(mote_header_check_parent(context, &header, &header) != MOTE_OK);
    read_digest(&header);
    read_logs(context, &header);
    return 0;
}
