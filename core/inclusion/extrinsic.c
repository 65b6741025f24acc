/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "mote/hash.h"
#include "mote/inclusion.h"
#include "mote/scale.h"

mote_body_root mote_body_of_relay(const mote_finalized_header *header) {
    mote_body_root body = {{{0}}, mote_state_of_relay(header)};
    if (mote_state_root_check(&body.block) == MOTE_OK)
        body.extrinsics_root = header->extrinsics_root;
    return body;
}

mote_body_root mote_body_of_parachain(const mote_para_header *header) {
    mote_body_root body = {{{0}}, mote_state_of_parachain(header)};
    if (mote_state_root_check(&body.block) == MOTE_OK)
        body.extrinsics_root = header->extrinsics_root;
    return body;
}

static mote_status check_body(mote_context *context, const mote_body_root *body) {
    if (mote_state_root_check(&body->block) == MOTE_OK) return MOTE_OK;
    return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
}

/* The header vouches for the root of this trie; that it is none of a state stays inside here. */
static mote_status read_at(mote_context *context, mote_proven_value *out,
                           const mote_body_root *body, mote_bytes scale, uint32_t index) {
    uint8_t key[5];
    mote_writer writer = mote_writer_into(key, sizeof key);
    const mote_state_root root = mote_state_assumed(&body->extrinsics_root);
    mote_proof proof;
    memset(out, 0, sizeof *out);
    mote_write_compact(&writer, index);
    mote_status status = mote_proof_load(context, &proof, &root, scale, MOTE_PROOF_STRICT);
    if (status != MOTE_OK) return status;
    const mote_trie_view view = mote_proof_main(&proof);
    return mote_trie_read(context, out, &view, (mote_bytes){key, writer.size});
}

static mote_status read_value(mote_context *context, mote_proven_value *out,
                              const mote_body_root *body, mote_bytes proof, uint32_t index) {
    size_t mark = mote_context_mark(context);
    mote_status status = check_body(context, body);
    if (status == MOTE_OK) status = read_at(context, out, body, proof, index);
    mote_context_release(context, mark);
    if (status == MOTE_OK && out->state == MOTE_VALUE_ABSENT)
        return mote_fail(context, MOTE_E_NOT_SHOWN, NULL, index);
    return status;
}

mote_status mote_extrinsic_read(mote_context *context, mote_included *out,
                                const mote_body_root *body, mote_bytes proof, uint32_t index) {
    mote_proven_value value;
    memset(out, 0, sizeof *out);
    mote_status status = read_value(context, &value, body, proof, index);
    if (status != MOTE_OK) return status;
    if (value.state == MOTE_VALUE_HASH_ONLY)
        return mote_fail(context, MOTE_E_VALUE_NOT_IN_PROOF, NULL, index);
    *out = (mote_included){index, value.value, body->block};
    return MOTE_OK;
}

static bool is_the_same(const mote_proven_value *value, mote_bytes extrinsic) {
    if (value->state == MOTE_VALUE_PRESENT) return mote_bytes_equal(value->value, extrinsic);
    const mote_hash hash = mote_blake2b_256(extrinsic);
    return mote_hash_equal(&hash, &value->value_hash);
}

mote_status mote_extrinsic_check(mote_context *context, mote_included *out,
                                 const mote_body_root *body, mote_bytes proof, uint32_t index,
                                 mote_bytes extrinsic) {
    mote_proven_value value;
    memset(out, 0, sizeof *out);
    mote_status status = read_value(context, &value, body, proof, index);
    if (status != MOTE_OK) return status;
    if (!is_the_same(&value, extrinsic))
        return mote_fail(context, MOTE_E_VALUE_MISMATCH, extrinsic.data, index);
    *out = (mote_included){index, extrinsic, body->block};
    return MOTE_OK;
}

mote_status mote_extrinsics_check(mote_context *context, const mote_body_root *body,
                                  const mote_bytes *extrinsics, size_t count,
                                  mote_state_version version) {
    mote_hash root;
    mote_status status = check_body(context, body);
    if (status == MOTE_OK)
        status = mote_ordered_trie_root(context, &root, extrinsics, count, version);
    if (status == MOTE_OK && !mote_hash_equal(&root, &body->extrinsics_root))
        return mote_fail(context, MOTE_E_EXTRINSICS_ROOT, NULL, MOTE_NO_INDEX);
    return status;
}
