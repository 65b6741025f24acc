/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What BEEFY sends: finality proofs, commitments, votes. A proof of a made-up set is changed as the input says: it holds
 * while enough signatures do. Then the rest is taken as it is.
 *
 * Input: kind, how many bytes are changed, then for each its place u16 and what is added; then bytes.
 */
#include "beefy_world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds) abort();
}

static beefy_world world;
static uint8_t good[8192];
static size_t good_size;

static void prepare(void) {
    uint8_t commitment[64];
    if (good_size != 0) return;
    beefy_world_make(&world, 7, 9);
    mote_hash root = beefy_world_root(&world, 30);
    size_t size = beefy_world_commitment(commitment, &root, 30, 9);
    good_size = beefy_world_proof(good, &world, (mote_bytes){commitment, size}, 0x7f);
}

static void judge_proof(mote_context *context, mote_bytes input, bool is_good) {
    mote_beefy_set set = beefy_world_set(&world);
    mote_beefy_finalized out;
    mote_beefy_report report;
    mote_status status = mote_beefy_verify(context, &out, &report, &set, input);
    require(!is_good || status == MOTE_OK);
    require((status == MOTE_OK) == (mote_beefy_finalized_check(&out) == MOTE_OK));
    require(status != MOTE_OK ||
            (report.counted >= 5 && out.set_id == 9 && out.block_number == 30));
}

static void judge_changed(mote_context *context, const uint8_t *changes, size_t count) {
    static uint8_t copy[sizeof good];
    bool same = true;
    memcpy(copy, good, good_size);
    for (size_t i = 0; i < count; i++, changes += 3) {
        size_t place = ((size_t)changes[0] | (size_t)changes[1] << 8) % good_size;
        copy[place] = (uint8_t)(copy[place] + changes[2]);
    }
    same = memcmp(copy, good, good_size) == 0;
    judge_proof(context, (mote_bytes){copy, good_size}, same);
}

/* What a header's log says is what the evidence of it says. */
static void judge_header(mote_context *context, mote_bytes bytes) {
    mote_header header;
    mote_beefy_digest digest;
    mote_beefy_finalized root;
    mote_beefy_set named;
    if (mote_header_decode(context, &header, bytes) != MOTE_OK) return;
    mote_beefy_digest_read(&digest, &header);
    mote_finalized_header evidence = mote_finalized_header_assumed(&header);
    mote_status status = mote_beefy_root_of_header(context, &root, &evidence, &header);
    require((status == MOTE_OK) == digest.has_root);
    require(status != MOTE_OK || root.block_number == header.number);
    status = mote_beefy_set_of_header(context, &named, &evidence, &header);
    require(status != MOTE_OK || (digest.has_set && named.id == digest.set_id && named.count > 0));
}

/* A vote, whose size is the first byte, and an ancestry. Failing evidence names nobody. */
static void judge_fork(mote_context *context, mote_bytes bytes) {
    mote_beefy_set set = beefy_world_set(&world);
    mote_hash root = beefy_world_root(&world, 30);
    mote_beefy_finalized final = mote_beefy_root_assumed(&root, 30);
    uint32_t validator;
    if (bytes.size == 0 || bytes.data[0] >= bytes.size) return;
    const mote_bytes vote = {bytes.data + 1, bytes.data[0]};
    const mote_bytes ancestry = {vote.data + vote.size, bytes.size - 1 - vote.size};
    mote_status status =
        mote_beefy_fork_vote_verify(context, &validator, &set, &final, 1, vote, ancestry);
    require((status == MOTE_OK) == (validator != MOTE_NO_INDEX));
}

static void judge_bytes(mote_context *context, unsigned kind, mote_bytes bytes) {
    mote_beefy_set set = beefy_world_set(&world);
    mote_beefy_commitment commitment;
    mote_beefy_proof proof;
    mote_bytes entry;
    uint32_t validator;
    switch (kind % 7) {
    case 0: judge_proof(context, bytes, false); break;
    case 1:
        if (mote_beefy_commitment_decode(context, &commitment, bytes) != MOTE_OK) break;
        require(mote_beefy_payload_find(&entry, &commitment, "mh") && entry.size == 32);
        break;
    case 2:
        if (mote_beefy_double_vote_verify(context, &validator, &set, bytes) == MOTE_OK) {
            require(validator < set.count);
        } else {
            require(validator == MOTE_NO_INDEX);
        }
        break;
    case 3:
        if (mote_beefy_future_vote_verify(context, &validator, &set, 10, bytes) != MOTE_OK) {
            require(validator == MOTE_NO_INDEX);
        }
        break;
    case 5: judge_header(context, bytes); break;
    case 6: judge_fork(context, bytes); break;
    default:
        if (mote_beefy_proof_decode(context, &proof, bytes) != MOTE_OK) break;
        (void)mote_beefy_proof_signed_by(&proof, kind);
        require(proof.set_size <= MOTE_BEEFY_MAX_VALIDATORS);
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static uint8_t memory[1 << 20];
    static const uint8_t seed[32] = {7};
    mote_context context;
    if (size < 2) return 0;
    prepare();
    mote_context_init(&context, memory, sizeof memory, seed);
    size_t changes = data[1] < (size - 2) / 3 ? data[1] : (size - 2) / 3;
    judge_changed(&context, data + 2, changes);
    judge_bytes(&context, data[0], (mote_bytes){data + 2 + 3 * changes, size - 2 - 3 * changes});
    return 0;
}
