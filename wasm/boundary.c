/* SPDX-License-Identifier: Apache-2.0 */
#include "boundary.h"

#include <string.h>

#include "mote/hash.h"

#define FIRST_SCRATCH ((size_t)2 << 20)
#define FIRST_OUTPUT ((size_t)256 << 10)

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
    return (record_age){(uint8_t)age->freshness, age->made_at, age->now, age->seconds,
                        age->window_seconds};
}

mote_status find_chain(mote_context *context, const mote_chain **out, mote_bytes name) {
    char text[64] = {0};
    *out = NULL;
    if (name.size == 0) return MOTE_OK;
    if (name.size < sizeof text) {
        memcpy(text, name.data, name.size);
        *out = mote_chain_by_name(text);
    }
    return *out != NULL ? MOTE_OK
                        : mote_fail(context, MOTE_E_UNKNOWN_CHAIN, name.data, MOTE_NO_INDEX);
}

mote_status build_set(mote_context *context, mote_authority_set *out, mote_bytes authorities,
                      uint64_t set_id, uint32_t assumed) {
    mote_authority_list list;
    memset(out, 0, sizeof *out);
    mote_status status = mote_authority_list_decode(context, &list, authorities);
    if (status != MOTE_OK) return status;
    mote_voter *voters = mote_context_take(context, list.count, sizeof *voters);
    if (voters == NULL)
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, authorities.data, MOTE_NO_INDEX);
    return mote_authority_set_build(context, out, voters, list.count, &list, set_id, assumed);
}

void write_voters(mote_writer *answer, const mote_authority_set *set) {
    mote_writer size = mote_writer_into(NULL, 0);
    mote_write_compact(&size, set->voters);
    mote_write_u32(answer, (uint32_t)size.size + set->voters * MOTE_AUTHORITY_ITEM_SIZE);
    mote_write_compact(answer, set->voters);
    for (uint32_t i = 0; i < set->voters; i++) {
        mote_write_span(answer, set->voter[i].key, 32);
        mote_write_u64(answer, set->voter[i].weight);
    }
}

/* --- calling -------------------------------------------------------------------------------------------------------- */

uint8_t *boundary_input(boundary *b, size_t size) {
    return size <= MAX_MEMORY && region_grow(&b->input, size) ? b->input.data : NULL;
}

static void write_fault(mote_writer *answer, mote_status status, const mote_fault *fault,
                        mote_bytes request) {
    size_t in_request = fault->at == NULL ? MOTE_NO_OFFSET : mote_fault_offset(fault, request);
    size_t in_stream = fault->at == NULL ? fault->offset : MOTE_NO_OFFSET;
    answer->size = 0;
    mote_write_u32(answer, (uint32_t)status);
    mote_write_u32(answer, in_request == MOTE_NO_OFFSET ? UINT32_MAX : (uint32_t)in_request);
    mote_write_u32(answer, fault->index);
    mote_write_u32(answer, in_stream == MOTE_NO_OFFSET ? UINT32_MAX : (uint32_t)in_stream);
}

static mote_status run(boundary *b, uint32_t code, mote_bytes request, mote_writer *answer) {
    mote_cursor ask = mote_cursor_over(request);
    mote_context_init(&b->context, b->scratch.data, b->scratch.size, b->seed);
    b->context.keys = b->keys;
    mote_write_u32(answer, MOTE_OK);
    return operation_table[code](b, &b->context, &ask, answer);
}

/* Does it keep state between calls? Then it must not be run twice. */
static bool keeps_state(uint32_t code) {
    switch (code) {
    case OPERATION_WARP_NEW:
    case OPERATION_WARP_FEED:
    case OPERATION_WARP_FINISH:
    case OPERATION_WARP_LINKS:
    case OPERATION_BUNDLE_NEW:
    case OPERATION_BUNDLE_NEXT: return true;
    default: return false;
    }
}

/* Memory is found by trying: a call that ran out of it, or of room for its answer, is run again with twice as much,
 * up to what its own input justifies. */
size_t boundary_call(boundary *b, uint32_t code, size_t size) {
    mote_bytes request = {b->input.data, size};
    const size_t most = ((size_t)16 << 20) + 64 * size;
    if (!region_grow(&b->scratch, FIRST_SCRATCH) || !region_grow(&b->output, FIRST_OUTPUT))
        return 0;
    for (;;) {
        mote_writer answer = mote_writer_into(b->output.data, b->output.size);
        bool callable = code < OPERATION_COUNT && (b->started || code == OPERATION_START) &&
                        size <= b->input.size;
        mote_status status = callable ? run(b, code, request, &answer) : MOTE_E_BAD_ARGUMENT;
        if (!callable) mote_context_clear_fault(&b->context);
        if (status == MOTE_E_LIMIT_MEMORY && !keeps_state(code) && b->scratch.size < most &&
            region_grow(&b->scratch, 2 * b->scratch.size)) {
            continue;
        }
        if (status == MOTE_OK && mote_writer_fits(&answer)) return answer.size;
        if (status == MOTE_OK && !keeps_state(code) && answer.size <= most &&
            region_grow(&b->output, answer.size))
            continue;
        if (status == MOTE_OK)
            status = mote_fail(&b->context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
        write_fault(&answer, status, &b->context.fault, request);
        return answer.size;
    }
}
