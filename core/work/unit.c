/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Judging one unit. The seal is a hash over the unit's secret, a hash of all its bytes, and what was found: who mixes units
 * up, or changes one while it is judged, has a verdict that is refused. The bytes are hashed as a tree, pieces side by
 * side, so that it costs little beside judging them.
 */
#include "unit.h"

#include <string.h>

#include "mote/ed25519.h"
#include "mote/hash.h"
#include "mote/scale.h"

#define SEALED_SIZE (MOTE_UNIT_SECRET + 32u + 8u + 4u + 4u)
/* Of the tree: bytes a piece, and pieces at once. */
#define PIECE ((size_t)4096)
#define PIECES 16u

void mote_unit_write_head(uint8_t *unit, const uint8_t seed[32], uint64_t number,
                          uint32_t signatures, uint32_t message_size) {
    static const uint8_t domain[16] = "mote work unit";
    uint8_t input[sizeof domain + 32 + 8];
    mote_writer writer = mote_writer_into(input, sizeof input);
    mote_write_span(&writer, domain, sizeof domain);
    mote_write_span(&writer, seed, 32);
    mote_write_u64(&writer, number);
    const mote_hash secret = mote_blake2b_256((mote_bytes){input, sizeof input});
    writer = mote_writer_into(unit, MOTE_UNIT_HEAD);
    mote_write_hash(&writer, &secret);
    mote_write_u64(&writer, number);
    mote_write_u32(&writer, signatures);
    mote_write_u32(&writer, message_size);
}

/* The next pieces, at most PIECES; returns how many. */
static size_t take_pieces(mote_bytes out[PIECES], mote_bytes *rest) {
    size_t count = 0;
    for (; count < PIECES && rest->size > 0; count++) {
        out[count].data = rest->data;
        out[count].size = rest->size < PIECE ? rest->size : PIECE;
        rest->data += out[count].size;
        rest->size -= out[count].size;
    }
    return count;
}

static mote_hash hash_of(mote_backend backend, mote_bytes unit) {
    mote_blake2b_state state;
    mote_bytes piece[PIECES];
    mote_hash hash[PIECES], root;
    mote_blake2b_init(&state, sizeof root.bytes);
    for (size_t count = take_pieces(piece, &unit); count > 0; count = take_pieces(piece, &unit)) {
        mote_blake2b_256_many(backend, hash, piece, count);
        mote_blake2b_update(&state, (mote_bytes){hash[0].bytes, count * sizeof hash[0]});
    }
    mote_blake2b_final(&state, root.bytes);
    return root;
}

static mote_hash seal_of(mote_backend backend, mote_bytes unit, const mote_work_verdict *verdict) {
    const mote_hash hash = hash_of(backend, unit);
    uint8_t input[SEALED_SIZE];
    mote_writer writer = mote_writer_into(input, sizeof input);
    mote_write_span(&writer, unit.data, MOTE_UNIT_SECRET);
    mote_write_hash(&writer, &hash);
    mote_write_u64(&writer, verdict->number);
    mote_write_u32(&writer, (uint32_t)verdict->status);
    mote_write_u32(&writer, verdict->index);
    return mote_blake2b_256((mote_bytes){input, sizeof input});
}

bool mote_unit_sealed(mote_backend backend, mote_bytes unit, const mote_work_verdict *verdict) {
    const mote_hash seal = seal_of(backend, unit, verdict);
    return memcmp(seal.bytes, verdict->seal, sizeof seal.bytes) == 0;
}

/* --- judging -------------------------------------------------------------------------------------------------- */

typedef struct unit_head {
    uint64_t number;
    size_t signatures, message_size;
} unit_head;

static bool read_head(unit_head *out, mote_bytes unit) {
    if (unit.size < MOTE_UNIT_HEAD) return false;
    out->number = mote_load_u64(unit.data + MOTE_UNIT_SECRET);
    out->signatures = mote_load_u32(unit.data + MOTE_UNIT_SECRET + 8);
    out->message_size = mote_load_u32(unit.data + MOTE_UNIT_SECRET + 12);
    if (out->signatures > MOTE_ED25519_MAX_BATCH) return false;
    if (out->message_size > MOTE_UNIT_MAX_MESSAGE) return false;
    return unit.size - MOTE_UNIT_HEAD == out->signatures * (MOTE_UNIT_SIGNER + out->message_size);
}

static mote_status gather(mote_context *context, mote_ed25519_batch *batch, const unit_head *head,
                          mote_bytes unit) {
    const uint8_t *at = unit.data + MOTE_UNIT_HEAD;
    for (size_t i = 0; i < head->signatures; i++, at += MOTE_UNIT_SIGNER + head->message_size) {
        const mote_bytes message = {at + MOTE_UNIT_SIGNER, head->message_size};
        mote_status status = mote_ed25519_batch_add(batch, at, at + 32, message);
        if (status != MOTE_OK) return mote_fail(context, status, NULL, (uint32_t)i);
    }
    return mote_ed25519_batch_verify(context, NULL, batch);
}

static mote_status judge(mote_context *context, const unit_head *head, mote_bytes unit) {
    size_t mark = mote_context_mark(context);
    mote_ed25519_batch *batch = mote_ed25519_batch_new(context, head->signatures);
    mote_status status = batch == NULL ? context->fault.status : gather(context, batch, head, unit);
    mote_context_release(context, mark);
    return status;
}

mote_status mote_work_judge(mote_context *context, mote_work_verdict *out, mote_bytes unit) {
    unit_head head;
    memset(out, 0, sizeof *out);
    if (!read_head(&head, unit)) {
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, unit.data, MOTE_NO_INDEX);
    }
    mote_status status = judge(context, &head, unit);
    bool is_verdict =
        status == MOTE_OK || status == MOTE_E_BAD_SIGNATURE || status == MOTE_E_BAD_PUBLIC_KEY;
    if (!is_verdict) return status;
    out->number = head.number;
    out->status = status;
    out->index = status == MOTE_OK ? MOTE_NO_INDEX : context->fault.index;
    const mote_hash seal = seal_of(context->backend, unit, out);
    memcpy(out->seal, seal.bytes, sizeof out->seal);
    mote_context_clear_fault(context);
    return MOTE_OK;
}

size_t mote_work_judge_memory(size_t unit_size) {
    return mote_ed25519_batch_memory(unit_size / MOTE_UNIT_SIGNER) + 64;
}

/* --- verdicts as bytes ---------------------------------------------------------------------------------------- */

void mote_work_verdict_write(uint8_t out[MOTE_WORK_VERDICT_SIZE],
                             const mote_work_verdict *verdict) {
    mote_writer writer = mote_writer_into(out, MOTE_WORK_VERDICT_SIZE);
    mote_write_u64(&writer, verdict->number);
    mote_write_u32(&writer, (uint32_t)verdict->status);
    mote_write_u32(&writer, verdict->index);
    mote_write_span(&writer, verdict->seal, sizeof verdict->seal);
}

void mote_work_verdict_read(mote_work_verdict *out, const uint8_t bytes[MOTE_WORK_VERDICT_SIZE]) {
    out->number = mote_load_u64(bytes);
    out->status = (mote_status)mote_load_u32(bytes + 8);
    out->index = mote_load_u32(bytes + 12);
    memcpy(out->seal, bytes + 16, sizeof out->seal);
}
