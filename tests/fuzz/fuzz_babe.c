/* SPDX-License-Identifier: Apache-2.0 */
/* BABE's readers and judges. The first byte says what the rest is:
 *   0 a header, judged above a made-up position    1 an equivocation proof    2 the answer of BabeApi_configuration
 *   3 numbers of a threshold                        4 the payload of a pre-digest */
#include "babe_world.h"
#include "grandpa_world.h"

#include "mote/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const mote_babe_position *position(void) {
    static mote_babe_position at;
    static bool made;
    if (!made) at = test_position(0, 4, 20);
    made = true;
    return &at;
}

/* The hash of the header without its last item, put together again by hand. */
static mote_hash hash_without_seal(const mote_header *header) {
    test_buffer out = {0};
    mote_digest_iterator items = mote_digest_items(header);
    mote_digest_item item;
    size_t last = 0;
    for (const uint8_t *at = items.cursor.at; mote_digest_next(&items, &item);
         at = items.cursor.at) {
        last = (size_t)(at - header->digest.data);
    }
    append_span(&out, header->parent_hash.bytes, 32);
    append_compact(&out, header->number);
    append_span(&out, header->state_root.bytes, 32);
    append_span(&out, header->extrinsics_root.bytes, 32);
    append_compact(&out, header->digest_count - 1);
    append_span(&out, header->digest.data, last);
    mote_hash hash = libsodium_blake2b_256(buffer_bytes(&out));
    free(out.data);
    return hash;
}

/* Several of the same have the verdict of one. */
static void judge_together(mote_context *context, const mote_babe_digest *digest,
                           const mote_babe_epoch *epoch) {
    enum { MOST = 5 };
    mote_babe_authorship alone, authors[MOST];
    mote_babe_case cases[MOST];
    uint8_t bad[MOST];
    for (unsigned i = 0; i < MOST; i++) cases[i] = (mote_babe_case){digest, epoch};
    const mote_status status = mote_babe_verify(context, &alone, digest, epoch, UINT64_MAX);
    world_require(mote_babe_verify_many(context, authors, bad, cases, MOST, UINT64_MAX) == status);
    for (unsigned i = 0; i < MOST; i++) {
        world_require(bad[i] == (status != MOTE_OK));
        world_require(authors[i].slot == alone.slot && authors[i].score.low == alone.score.low);
    }
}

static void judge_header(mote_context *context, mote_bytes input) {
    mote_header header;
    mote_babe_digest digest;
    mote_babe_authorship author;
    mote_babe_position next;
    const mote_babe_position *at = position();
    if (mote_header_decode(context, &header, input) != MOTE_OK) return;
    (void)mote_consensus_of(&header);
    mote_status status = mote_babe_advance(context, &next, &author, at, &header, UINT64_MAX);
    mote_status read = mote_babe_digest_read(context, &digest, &header);
    world_require(read == MOTE_OK || status != MOTE_OK);
    if (read != MOTE_OK) return;
    mote_hash expected = hash_without_seal(&header);
    world_require(mote_hash_equal(&digest.pre_hash, &expected));
    world_require(digest.seal + 64 == input.data + input.size);
    judge_together(context, &digest, &at->current);
    if (status != MOTE_OK) {
        world_require(next.number == 0 && author.slot == 0);
        status = mote_babe_verify(context, &author, &digest, &at->current, UINT64_MAX);
        world_require(status != MOTE_OK || author.authority_index < at->current.authorities.count);
        return;
    }
    world_require(next.number == at->number + 1 && next.slot > at->slot);
    world_require(next.current.start_slot <= next.slot && next.slot < next.next.start_slot);
    world_require(author.authority_index < next.current.authorities.count);
}

static void read_equivocation(mote_context *context, mote_bytes input) {
    mote_babe_equivocation found;
    if (mote_babe_equivocation_verify(context, &found, input, NULL) != MOTE_OK) return;
    world_require(!mote_hash_equal(&found.first_hash, &found.second_hash));
}

static void read_configuration(mote_context *context, mote_bytes input) {
    mote_babe_configuration configuration;
    mote_babe_position at;
    static const mote_hash genesis;
    if (mote_babe_configuration_decode(context, &configuration, input) != MOTE_OK) return;
    world_require(configuration.allowed_slots <= 2);
    if (mote_babe_at_genesis(context, &at, &genesis, &configuration) != MOTE_OK) return;
    world_require(at.current.authorities.count > 0 && at.current.duration > 0);
}

static void compute_threshold(mote_bytes input) {
    uint64_t number[4];
    if (input.size < 32) return;
    for (size_t i = 0; i < 4; i++) number[i] = mote_load_u64(input.data + 8 * i);
    mote_babe_score some = mote_babe_threshold(number[0], number[1], number[2], number[3]);
    mote_babe_score all = mote_babe_threshold(number[0], number[1], number[3], number[3]);
    world_require(!mote_babe_score_below(all, some)); /* nobody has more chances than everybody */
}

static void read_pre_digest(mote_bytes input) {
    mote_babe_pre_digest out;
    if (!mote_babe_pre_digest_decode(&out, input)) return;
    world_require(out.claim >= MOTE_BABE_PRIMARY && out.claim <= MOTE_BABE_SECONDARY_VRF);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mote_context *context = fixture_context(1);
    if (size == 0) return 0;
    mote_bytes rest = {data + 1, size - 1};
    switch (data[0]) {
    case 0: judge_header(context, rest); break;
    case 1: read_equivocation(context, rest); break;
    case 2: read_configuration(context, rest); break;
    case 3: compute_threshold(rest); break;
    case 4: read_pre_digest(rest); break;
    default: break;
    }
    return 0;
}
