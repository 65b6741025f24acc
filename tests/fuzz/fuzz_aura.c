/* SPDX-License-Identifier: Apache-2.0 */
/* Aura: a header above a made-up block (first byte 0: sr25519, 1: ed25519), or a list of authorities (2). */
#include "babe_world.h"
#include "grandpa_world.h"

#include "mote/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static mote_aura_position position(mote_context *context, mote_aura_scheme scheme) {
    static mote_bytes list;
    mote_aura_authorities authorities;
    mote_aura_position at;
    mote_hash genesis;
    memset(genesis.bytes, 0x21, sizeof genesis.bytes);
    if (list.size == 0) list = build_aura_list(0, 3);
    world_require(mote_aura_authorities_assume(context, &authorities, scheme, list, &genesis, 7) ==
                  MOTE_OK);
    world_require(mote_aura_at(context, &at, &authorities, NULL, MOTE_AURA_SEVERAL_BLOCKS_A_SLOT) ==
                  MOTE_OK);
    return at;
}

static void judge_header(mote_context *context, mote_bytes input, mote_aura_scheme scheme) {
    mote_header header;
    mote_aura_position next, at = position(context, scheme);
    mote_aura_authorship author;
    mote_aura_digest digest;
    if (mote_header_decode(context, &header, input) != MOTE_OK) return;
    (void)mote_consensus_of(&header);
    mote_status status = mote_aura_advance(context, &next, &author, &at, &header, UINT64_MAX);
    mote_status read = mote_aura_digest_read(context, &digest, &header);
    world_require(read == MOTE_OK || status != MOTE_OK);
    if (read != MOTE_OK) return;
    world_require(digest.seal + 64 == input.data + input.size);
    mote_status alone = mote_aura_verify(context, &author, &digest, &at.authorities, UINT64_MAX);
    world_require(status != MOTE_OK || alone == MOTE_OK);
    const mote_aura_case one = {&digest, &at.authorities};
    const mote_aura_case cases[5] = {one, one, one, one, one};
    mote_aura_authorship authors[5];
    world_require(mote_aura_verify_many(context, authors, NULL, cases, 5, UINT64_MAX) == alone);
    world_require(mote_aura_equivocation_verify(context, &author, &header, &header,
                                                &at.authorities) != MOTE_OK);
    if (status != MOTE_OK) return;
    world_require(next.number == 8 && next.authorities.keys.count > 0);
    world_require(next.has_slot && next.slot == digest.slot);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mote_context *context = fixture_context(1);
    static const mote_hash anywhere;
    mote_aura_authorities authorities;
    if (size == 0) return 0;
    mote_bytes rest = {data + 1, size - 1};
    if (data[0] < 2) judge_header(context, rest, (mote_aura_scheme)data[0]);
    if (data[0] != 2) return 0;
    mote_status status =
        mote_aura_authorities_assume(context, &authorities, MOTE_AURA_SR25519, rest, &anywhere, 1);
    world_require((status == MOTE_OK) == (authorities.keys.count > 0));
    return 0;
}
