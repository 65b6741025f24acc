/* SPDX-License-Identifier: Apache-2.0 */
/* sr25519, and who made a block: BABE, Aura. */
#include <string.h>

#include "mote/aura.h"
#include "mote/babe.h"
#include "mote/sr25519.h"
#include "operations.h"

/* --- signatures ------------------------------------------------------------------------------------------------------ */

static bool sizes_are_right(mote_bytes public_key, mote_bytes signature) {
    return public_key.size == 32 && signature.size == 64;
}

OPERATION(sr25519_verify) {
    ASK(sr25519_verify);
    (void)b, (void)answer;
    if (!sizes_are_right(q.public_key, q.signature))
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, q.public_key.data, MOTE_NO_INDEX);
    status = mote_sr25519_verify(q.public_key.data, q.signature.data, q.message);
    return status == MOTE_OK ? MOTE_OK
                             : mote_fail(context, status, q.signature.data, MOTE_NO_INDEX);
}

static mote_status add_all(mote_context *context, mote_sr25519_batch *batch, ask_sr25519_batch *q) {
    for (uint32_t i = 0; i < q->public_keys.count; i++) {
        mote_bytes key = protocol_next(&q->public_keys), signature = protocol_next(&q->signatures);
        if (!sizes_are_right(key, signature))
            return mote_fail(context, MOTE_E_BAD_ARGUMENT, key.data, i);
        mote_status status =
            mote_sr25519_batch_add(batch, key.data, signature.data, protocol_next(&q->messages));
        if (status != MOTE_OK) return mote_fail(context, status, key.data, i);
    }
    return MOTE_OK;
}

OPERATION(sr25519_batch) {
    ASK(sr25519_batch);
    (void)b;
    uint32_t count = q.public_keys.count;
    if (q.signatures.count != count || q.messages.count != count)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    mote_sr25519_batch *batch = mote_sr25519_batch_new(context, count);
    if (batch == NULL) return context->fault.status;
    status = add_all(context, batch, &q);
    if (status != MOTE_OK) return status;
    uint8_t *bad = mote_context_take(context, count, 1);
    if (bad == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    status = mote_sr25519_batch_verify(context, bad, batch);
    if (status == MOTE_E_LIMIT_MEMORY) return status;
    protocol_write_bytes(answer, (mote_bytes){bad, count});
    return MOTE_OK;
}

/* --- VRF --------------------------------------------------------------------------------------------------------------- */

#define MAX_LABEL 64u
#define MAX_VRF_BYTES 1024u

static bool has_zero(mote_bytes bytes) {
    for (size_t i = 0; i < bytes.size; i++) {
        if (bytes.data[i] == 0) return true;
    }
    return false;
}

/* Labels are C strings for the core. */
static bool take_label(char out[MAX_LABEL + 1], mote_bytes label) {
    if (label.size > MAX_LABEL || has_zero(label)) return false;
    if (label.size != 0) memcpy(out, label.data, label.size);
    out[label.size] = 0;
    return true;
}

/* The transcript's label, then labels and messages by turns, each with its length. */
static mote_status read_transcript(mote_context *context, mote_transcript *out, mote_bytes bytes) {
    char label[MAX_LABEL + 1];
    mote_cursor cursor = mote_cursor_over(bytes);
    bool ok = take_label(label, protocol_read_bytes(&cursor));
    if (ok) mote_transcript_init(out, label);
    while (ok && cursor.status == MOTE_OK && mote_cursor_left(&cursor) > 0) {
        ok = take_label(label, protocol_read_bytes(&cursor));
        mote_bytes message = protocol_read_bytes(&cursor);
        if (ok && cursor.status == MOTE_OK) mote_transcript_append(out, label, message);
    }
    mote_status status = mote_cursor_finish(context, &cursor);
    if (status == MOTE_OK && !ok) status = mote_fail(context, MOTE_E_BAD_ARGUMENT, bytes.data, 0);
    return status;
}

static mote_status read_claims(mote_context *context, mote_sr25519_vrf_claim *claims,
                               mote_transcript *transcripts, ask_vrf_verify *q) {
    for (uint32_t i = 0; i < q->public_keys.count; i++) {
        mote_bytes key = protocol_next(&q->public_keys), output = protocol_next(&q->pre_outputs);
        mote_bytes proof = protocol_next(&q->proofs);
        if (key.size != 32 || output.size != 32 || proof.size != 64)
            return mote_fail(context, MOTE_E_BAD_ARGUMENT, key.data, i);
        mote_status status =
            read_transcript(context, &transcripts[i], protocol_next(&q->transcripts));
        if (status != MOTE_OK) return status;
        claims[i] = (mote_sr25519_vrf_claim){key.data, &transcripts[i], output.data, proof.data};
    }
    return MOTE_OK;
}

OPERATION(vrf_verify) {
    ASK(vrf_verify);
    (void)b;
    char purpose[MAX_LABEL + 1];
    uint8_t bytes[MAX_VRF_BYTES];
    uint32_t count = q.public_keys.count;
    if (q.transcripts.count != count || q.pre_outputs.count != count || q.proofs.count != count ||
        q.size > MAX_VRF_BYTES || !take_label(purpose, q.purpose))
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    mote_sr25519_vrf_claim *claims = mote_context_take(context, (size_t)count + 1, sizeof *claims);
    mote_transcript *transcripts =
        mote_context_take(context, (size_t)count + 1, sizeof *transcripts);
    mote_sr25519_vrf *found = mote_context_take(context, (size_t)count + 1, sizeof *found);
    uint8_t *bad = mote_context_take(context, (size_t)count + 1, 1);
    if (claims == NULL || transcripts == NULL || found == NULL || bad == NULL)
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    status = read_claims(context, claims, transcripts, &q);
    if (status != MOTE_OK) return status;
    status = mote_sr25519_vrf_verify_many(context, found, bad, claims, count);
    if (status == MOTE_E_LIMIT_MEMORY) return status;
    /* One by itself says why it does not hold. */
    if (count == 1 && status != MOTE_OK) return status;
    protocol_write_bytes(answer, (mote_bytes){bad, count});
    mote_write_u32(answer, count);
    for (uint32_t i = 0; i < count; i++) {
        if (!bad[i]) mote_sr25519_vrf_make_bytes(bytes, q.size, &found[i], purpose);
        protocol_write_bytes(answer, (mote_bytes){bytes, bad[i] ? 0 : q.size});
    }
    return MOTE_OK;
}

/* --- BABE -------------------------------------------------------------------------------------------------------------- */

OPERATION(babe_threshold) {
    ASK(babe_threshold);
    (void)b;
    mote_babe_score out = mote_babe_threshold(q.c_numerator, q.c_denominator, q.weight, q.total);
    mote_write_u64(answer, out.high);
    mote_write_u64(answer, out.low);
    return MOTE_OK;
}

#define EPOCH(q)                                                                                   \
    ((mote_babe_epoch){.index = (q).index,                                                         \
                       .start_slot = (q).start_slot,                                               \
                       .duration = (q).duration,                                                   \
                       .c_numerator = (q).c_numerator,                                             \
                       .c_denominator = (q).c_denominator,                                         \
                       .allowed_slots = (q).allowed_slots})

static mote_status read_epoch(mote_context *context, mote_babe_epoch *epoch, mote_bytes authorities,
                              const mote_hash *randomness) {
    mote_status status = mote_authority_list_decode(context, &epoch->authorities, authorities);
    if (status != MOTE_OK) return status;
    memcpy(epoch->randomness, randomness->bytes, sizeof epoch->randomness);
    return mote_babe_epoch_check(context, epoch);
}

static void write_authorship(mote_writer *answer, const mote_babe_authorship *author,
                             uint64_t epoch_index) {
    mote_write_u8(answer, (uint8_t)author->claim);
    mote_write_u64(answer, author->slot);
    mote_write_u64(answer, epoch_index);
    mote_write_u32(answer, author->authority_index);
    mote_write_span(answer, author->authority, 32);
    mote_write_u8(answer, author->forgeable);
    mote_write_u64(answer, author->score.high);
    mote_write_u64(answer, author->score.low);
    mote_write_u64(answer, author->threshold.high);
    mote_write_u64(answer, author->threshold.low);
}

OPERATION(babe_verify) {
    ASK(babe_verify);
    (void)b;
    mote_header header;
    mote_babe_epoch epoch = EPOCH(q);
    mote_babe_digest digest;
    mote_babe_authorship author;
    uint64_t epoch_index = 0;
    status = mote_header_decode(context, &header, q.header);
    if (status == MOTE_OK) status = read_epoch(context, &epoch, q.authorities, &q.randomness);
    if (status == MOTE_OK) status = mote_babe_digest_read(context, &digest, &header);
    if (status == MOTE_OK)
        status = mote_babe_epoch_index(context, &epoch_index, &epoch, digest.pre_digest.slot);
    if (status == MOTE_OK) status = mote_babe_verify(context, &author, &digest, &epoch, q.slot_now);
    if (status == MOTE_OK) write_authorship(answer, &author, epoch_index);
    return status;
}

OPERATION(babe_equivocation) {
    ASK(babe_equivocation);
    (void)b;
    mote_babe_epoch epoch = EPOCH(q);
    mote_babe_equivocation found;
    if (q.has_epoch) status = read_epoch(context, &epoch, q.authorities, &q.randomness);
    if (status == MOTE_OK)
        status =
            mote_babe_equivocation_verify(context, &found, q.proof, q.has_epoch ? &epoch : NULL);
    if (status != MOTE_OK) return status;
    mote_write_span(answer, found.offender, sizeof found.offender);
    mote_write_u64(answer, found.slot);
    mote_write_u32(answer, found.authority_index);
    mote_write_hash(answer, &found.first_hash);
    mote_write_hash(answer, &found.second_hash);
    mote_write_u32(answer, found.first_number);
    mote_write_u32(answer, found.second_number);
    return MOTE_OK;
}

static void write_author(mote_writer *answer, const mote_header *header, uint64_t slot,
                         uint8_t claim, uint32_t index, const uint8_t authority[32],
                         bool forgeable) {
    record_chain_author record = {
        (uint32_t)header->number, header->hash, slot, claim, index, {{0}}, forgeable};
    memcpy(record.authority.bytes, authority, 32);
    write_chain_author(answer, &record);
}

/* Headers of a chain that are judged together. */
#define TOGETHER 64u

/* The next headers of a list, as many as decode. Why the one behind them does not, or MOTE_OK. */
static mote_status decode_some(mote_context *context, mote_header out[TOGETHER], size_t *count,
                               protocol_list *headers, uint32_t left) {
    mote_status status = MOTE_OK;
    for (*count = 0; *count < TOGETHER && *count < left; (*count)++) {
        status = mote_header_decode(context, &out[*count], protocol_next(headers));
        if (status != MOTE_OK) break;
    }
    return status;
}

/* From block 1 on, each header by the rules of import: links, slots, epochs as the headers announce them, claims, seals. */
OPERATION(babe_chain) {
    ASK(babe_chain);
    (void)b;
    mote_babe_configuration configuration;
    mote_babe_position position;
    status = mote_babe_configuration_decode(context, &configuration, q.configuration);
    if (status == MOTE_OK)
        status = mote_babe_at_genesis(context, &position, &q.genesis, &configuration);
    if (status != MOTE_OK) return status;
    mote_header *header = mote_context_take(context, TOGETHER, sizeof *header);
    mote_babe_authorship *author = mote_context_take(context, TOGETHER, sizeof *author);
    if (header == NULL || author == NULL) {
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    }
    mote_write_u32(answer, q.headers.count);
    for (uint32_t done = 0; done < q.headers.count;) {
        size_t count, verified;
        const mote_status after =
            decode_some(context, header, &count, &q.headers, q.headers.count - done);
        const mote_fault fault = context->fault;
        status = mote_babe_advance_many(context, &position, author, &verified, &position, header,
                                        count, q.slot_now);
        for (size_t i = 0; i < verified; i++) {
            write_author(answer, &header[i], author[i].slot, (uint8_t)author[i].claim,
                         author[i].authority_index, author[i].authority, author[i].forgeable);
        }
        done += (uint32_t)verified;
        if (status == MOTE_OK && after != MOTE_OK) context->fault = fault, status = after;
        if (status == MOTE_OK) continue;
        context->fault.index = done;
        return status;
    }
    mote_write_u64(answer, position.current.index);
    mote_write_u32(answer, position.weight);
    return MOTE_OK;
}

/* --- Aura -------------------------------------------------------------------------------------------------------------- */

/* As of the header's parent. */
static mote_status read_authorities(mote_context *context, mote_aura_authorities *out,
                                    uint8_t scheme, mote_bytes list, const mote_header *header) {
    if (scheme > MOTE_AURA_ED25519)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    return mote_aura_authorities_assume(context, out, (mote_aura_scheme)scheme, list,
                                        &header->parent_hash,
                                        header->number == 0 ? 0 : (uint32_t)(header->number - 1));
}

static void write_aura_author(mote_writer *answer, const mote_aura_authorship *author) {
    mote_write_u64(answer, author->slot);
    mote_write_u32(answer, author->authority_index);
    mote_write_span(answer, author->authority, 32);
    mote_write_u8(answer, author->forgeable);
}

OPERATION(aura_verify) {
    ASK(aura_verify);
    (void)b;
    mote_header header;
    mote_aura_digest digest;
    mote_aura_authorities authorities;
    mote_aura_authorship author;
    status = mote_header_decode(context, &header, q.header);
    if (status == MOTE_OK)
        status = read_authorities(context, &authorities, q.scheme, q.authorities, &header);
    if (status == MOTE_OK) status = mote_aura_digest_read(context, &digest, &header);
    if (status == MOTE_OK)
        status = mote_aura_verify(context, &author, &digest, &authorities, q.slot_now);
    if (status == MOTE_OK) write_aura_author(answer, &author);
    return status;
}

OPERATION(aura_equivocation) {
    ASK(aura_equivocation);
    (void)b;
    mote_header first, second;
    mote_aura_authorities authorities;
    mote_aura_authorship author;
    status = mote_header_decode(context, &first, q.first);
    if (status == MOTE_OK) status = mote_header_decode(context, &second, q.second);
    if (status == MOTE_OK)
        status = read_authorities(context, &authorities, q.scheme, q.authorities, &first);
    if (status == MOTE_OK)
        status = mote_aura_equivocation_verify(context, &author, &first, &second, &authorities);
    if (status == MOTE_OK) write_aura_author(answer, &author);
    return status;
}

/* Behind a header whose state has these authorities. */
OPERATION(aura_chain) {
    ASK(aura_chain);
    (void)b;
    mote_header start;
    mote_aura_authorities authorities;
    mote_aura_position position;
    if (q.scheme > MOTE_AURA_ED25519)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    status = mote_header_decode(context, &start, q.start);
    if (status == MOTE_OK)
        status = mote_aura_authorities_assume(context, &authorities, (mote_aura_scheme)q.scheme,
                                              q.authorities, &start.hash, start.number);
    if (status == MOTE_OK)
        status = mote_aura_at(context, &position, &authorities, start.number == 0 ? NULL : &start,
                              q.several_blocks_a_slot ? MOTE_AURA_SEVERAL_BLOCKS_A_SLOT
                                                      : MOTE_AURA_ONE_BLOCK_A_SLOT);
    if (status != MOTE_OK) return status;
    mote_header *header = mote_context_take(context, TOGETHER, sizeof *header);
    mote_aura_authorship *author = mote_context_take(context, TOGETHER, sizeof *author);
    if (header == NULL || author == NULL) {
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    }
    mote_write_u32(answer, q.headers.count);
    for (uint32_t done = 0; done < q.headers.count;) {
        size_t count, verified;
        const mote_status after =
            decode_some(context, header, &count, &q.headers, q.headers.count - done);
        const mote_fault fault = context->fault;
        status = mote_aura_advance_many(context, &position, author, &verified, &position, header,
                                        count, q.slot_now);
        for (size_t k = 0; k < verified; k++) {
            write_author(answer, &header[k], author[k].slot, 0, author[k].authority_index,
                         author[k].authority, author[k].forgeable);
        }
        done += (uint32_t)verified;
        if (status == MOTE_OK && after != MOTE_OK) context->fault = fault, status = after;
        if (status == MOTE_OK) continue;
        context->fault.index = done;
        return status;
    }
    return MOTE_OK;
}
