/* SPDX-License-Identifier: Apache-2.0 */
/* Evidence as it crosses the boundary: sealed tokens, and records to read. */
#include <string.h>

#include "boundary.h"
#include "mote/hash.h"

/* --- tokens ------------------------------------------------------------------------------------------------------- */

#define TOKEN_TAG 16u

static void token_tag(const boundary *b, uint8_t tag[TOKEN_TAG], token_kind kind,
                      const uint8_t *data, size_t size) {
    mote_blake2b_state state;
    const uint8_t kind_byte = (uint8_t)kind;
    mote_blake2b_init(&state, TOKEN_TAG);
    mote_blake2b_update(&state, (mote_bytes){b->secret, sizeof b->secret});
    mote_blake2b_update(&state, (mote_bytes){&kind_byte, 1});
    mote_blake2b_update(&state, (mote_bytes){data, size});
    mote_blake2b_final(&state, tag);
}

void token_make(const boundary *b, token *out, token_kind kind, const void *evidence, size_t size) {
    memset(out, 0, sizeof *out);
    if (size + TOKEN_TAG > sizeof out->bytes) return; /* an empty token opens nothing */
    memcpy(out->bytes, evidence, size);
    token_tag(b, out->bytes + size, kind, out->bytes, size);
    out->span = (mote_bytes){out->bytes, size + TOKEN_TAG};
}

mote_status token_open(const boundary *b, mote_context *context, void *evidence, size_t size,
                       token_kind kind, mote_bytes sealed) {
    uint8_t tag[TOKEN_TAG];
    memset(evidence, 0, size);
    if (sealed.size != size + TOKEN_TAG)
        return mote_fail(context, MOTE_E_NO_EVIDENCE, sealed.data, MOTE_NO_INDEX);
    token_tag(b, tag, kind, sealed.data, size);
    if (memcmp(tag, sealed.data + size, TOKEN_TAG) != 0) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, sealed.data, MOTE_NO_INDEX);
    }
    memcpy(evidence, sealed.data, size);
    return MOTE_OK;
}

/* --- records ------------------------------------------------------------------------------------------------------ */

record_finalized_header finalized_header_record(const boundary *b, header_tokens *tokens,
                                                const mote_finalized_header *header) {
    mote_state_root state = mote_state_of_relay(header);
    token_make(b, &tokens->header, TOKEN_HEADER, header, sizeof *header);
    token_make(b, &tokens->state, TOKEN_STATE, &state, sizeof state);
    return (record_finalized_header){
        header->hash,       header->number,          header->parent_hash,
        header->state_root, header->extrinsics_root, header->set_id,
        header->assumed,    tokens->header.span,     tokens->state.span};
}

record_para_header para_header_record(const boundary *b, header_tokens *tokens,
                                      const mote_para_header *header) {
    mote_state_root state = mote_state_of_parachain(header);
    token_make(b, &tokens->header, TOKEN_PARA_HEADER, header, sizeof *header);
    token_make(b, &tokens->state, TOKEN_STATE, &state, sizeof state);
    return (record_para_header){header->para_id,     header->hash,         header->number,
                                header->parent_hash, header->state_root,   header->extrinsics_root,
                                header->relay_hash,  header->relay_number, header->assumed,
                                tokens->header.span, tokens->state.span};
}

record_report report_record(const mote_justification_report *report) {
    uint32_t reported = report->equivocators < MOTE_REPORTED_EQUIVOCATORS
                            ? report->equivocators
                            : MOTE_REPORTED_EQUIVOCATORS;
    return (record_report){report->round,          report->set_id,
                           report->target_hash,    report->target_number,
                           report->precommits,     report->counted_voters,
                           report->counted_weight, report->threshold,
                           report->total,          report->ancestry_headers,
                           report->equivocators,   {report->equivocator[0], (size_t)reported * 32}};
}

record_value value_record(const mote_proven_value *value) {
    return (record_value){(uint8_t)value->state, value->value, value->value_hash};
}

record_age age_record(const mote_age *age) {
    return (record_age){(uint8_t)age->freshness, age->made_at,       age->now, age->seconds,
                        age->window_seconds,     age->window_assumed};
}
