/* SPDX-License-Identifier: Apache-2.0 */
/* Storage proofs, and parachains in them. A proof is loaded anew for each call: hosts ask for many keys at once. */
#include <string.h>

#include "operations.h"

#define MAX_STEPS 512u

typedef struct proof_source {
    mote_bytes state, proof;
    bool compact, lenient, is_child;
    mote_bytes child;
} proof_source;

static mote_status load(const boundary *b, mote_context *context, mote_proof *out,
                        const proof_source *from) {
    mote_state_root state;
    mote_status status = token_open(b, context, &state, sizeof state, TOKEN_STATE, from->state);
    if (status != MOTE_OK) return status;
    if (from->compact) return mote_proof_load_compact(context, out, &state, from->proof);
    return mote_proof_load(context, out, &state, from->proof,
                           from->lenient ? MOTE_PROOF_LENIENT : MOTE_PROOF_STRICT);
}

/* The proof has to stay where it is: the view points to it. */
static mote_status open_view(const boundary *b, mote_context *context, mote_proof *proof,
                             mote_trie_view *out, const proof_source *from) {
    mote_status status = load(b, context, proof, from);
    if (status != MOTE_OK) return status;
    *out = mote_proof_main(proof);
    return from->is_child ? mote_proof_child(context, out, proof, from->child) : MOTE_OK;
}

#define SOURCE                                                                                     \
    const proof_source source = {q.state, q.proof, q.compact, q.lenient, q.is_child, q.child};     \
    mote_proof proof;                                                                              \
    mote_trie_view view;                                                                           \
    status = open_view(b, context, &proof, &view, &source);                                        \
    if (status != MOTE_OK) return status

static void write_value_record(mote_writer *answer, const mote_proven_value *value) {
    const record_value record = value_record(value);
    write_value(answer, &record);
}

OPERATION(proof_read) {
    ASK(proof_read);
    SOURCE;
    mote_trie_reader *reader = NULL;
    mote_write_u32(answer, q.keys.count);
    for (uint32_t i = 0; i < q.keys.count; i++) {
        mote_proven_value value;
        if (i == 0) status = mote_trie_reader_begin(context, &reader, &view);
        if (status == MOTE_OK)
            status = mote_trie_reader_read(context, reader, &value, protocol_next(&q.keys));
        if (status != MOTE_OK) {
            context->fault.index = i;
            return status;
        }
        write_value_record(answer, &value);
    }
    return MOTE_OK;
}

OPERATION(proof_scan) {
    ASK(proof_scan);
    SOURCE;
    mote_trie_scan *scan;
    status = mote_trie_scan_begin(context, &scan, &view, q.prefix);
    size_t place = protocol_begin_count(answer);
    uint32_t count = 0;
    while (status == MOTE_OK) {
        bool more;
        mote_bytes key;
        mote_proven_value value;
        status = mote_trie_scan_next(context, scan, &more, &key, &value);
        if (status != MOTE_OK || !more) break;
        const record_entry record = {key, value_record(&value)};
        write_entry(answer, &record);
        count++;
    }
    protocol_end_count(answer, place, count);
    return status;
}

static void write_step_record(mote_writer *answer, const mote_path_step *step, mote_bytes key) {
    uint8_t partial[2 * MOTE_MAX_KEY_SIZE + 2];
    size_t known = 0;
    /* Of the last node the key says only as much as it has; the rest is the node's own and not shown. */
    for (; known < step->partial_size && (step->depth + known) / 2 < key.size &&
           known < sizeof partial;
         known++) {
        uint8_t byte = key.data[(step->depth + known) / 2];
        partial[known] = (step->depth + known) % 2 == 0 ? byte >> 4 : byte & 15;
    }
    const record_step record = {step->node,        {step->merkle.bytes, step->merkle.size},
                                step->depth,       {partial, known},
                                step->children,    step->child,
                                step->inline_node, step->hashed_value};
    write_step(answer, &record);
}

OPERATION(proof_path) {
    ASK(proof_path);
    SOURCE;
    mote_proven_value value;
    size_t count = MAX_STEPS;
    mote_path_step *steps = mote_context_take(context, MAX_STEPS, sizeof *steps);
    if (steps == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    status = mote_trie_path(context, &value, steps, &count, &view, q.key);
    if (status != MOTE_OK) return status;
    write_value_record(answer, &value);
    mote_write_u32(answer, (uint32_t)count);
    for (size_t i = 0; i < count; i++) write_step_record(answer, &steps[i], q.key);
    return MOTE_OK;
}

OPERATION(proof_next_key) {
    ASK(proof_next_key);
    SOURCE;
    uint8_t key[MOTE_MAX_KEY_SIZE];
    size_t size = 0;
    bool found = false;
    status = mote_trie_next_key(context, &found, key, &size, &view, q.key, q.prefix);
    if (status != MOTE_OK) return status;
    mote_write_u8(answer, found);
    protocol_write_bytes(answer, (mote_bytes){key, found ? size : 0});
    return MOTE_OK;
}

OPERATION(proof_merkle_value) {
    ASK(proof_merkle_value);
    SOURCE;
    mote_merkle_value merkle;
    status = mote_trie_merkle_value(context, &merkle, &view, q.nibbles.data, q.nibbles.size);
    if (status == MOTE_OK) protocol_write_bytes(answer, (mote_bytes){merkle.bytes, merkle.size});
    return status;
}

/* --- parachains --------------------------------------------------------------------------------------------------- */

OPERATION(para_head) {
    ASK(para_head);
    const proof_source source = {
        .state = q.state, .proof = q.proof, .compact = q.compact, .lenient = q.lenient};
    mote_proof proof;
    mote_para_head head;
    header_tokens tokens;
    status = load(b, context, &proof, &source);
    if (status != MOTE_OK) return status;
    status = mote_para_head_read(context, &head, &proof, q.para_id);
    /* A head that is no header is proven all the same; that it is none is the answer. */
    if (status != MOTE_OK && head.state != MOTE_PARA_HEAD_OPAQUE) return status;
    mote_write_u8(answer, (uint8_t)head.state);
    protocol_write_bytes(answer, head.data);
    const record_para_header record = para_header_record(b, &tokens, &head.head);
    write_para_header(answer, &record);
    return MOTE_OK;
}

OPERATION(para_parent) {
    ASK(para_parent);
    mote_para_header child, parent;
    mote_header header;
    header_tokens tokens;
    status = token_open(b, context, &child, sizeof child, TOKEN_PARA_HEADER, q.child);
    if (status == MOTE_OK) status = mote_header_decode(context, &header, q.header);
    if (status == MOTE_OK) status = mote_para_parent(context, &parent, &child, &header);
    if (status != MOTE_OK) return status;
    const record_para_header record = para_header_record(b, &tokens, &parent);
    write_para_header(answer, &record);
    return MOTE_OK;
}

OPERATION(para_lifecycle) {
    ASK(para_lifecycle);
    const proof_source source = {
        .state = q.state, .proof = q.proof, .compact = q.compact, .lenient = q.lenient};
    mote_proof proof;
    mote_para_lifecycle lifecycle;
    status = load(b, context, &proof, &source);
    if (status == MOTE_OK)
        status = mote_para_lifecycle_read(context, &lifecycle, &proof, q.para_id);
    if (status != MOTE_OK) return status;
    const char *name = mote_para_lifecycle_name(lifecycle);
    mote_write_u8(answer, (uint8_t)lifecycle);
    protocol_write_bytes(answer, (mote_bytes){(const uint8_t *)name, strlen(name)});
    return MOTE_OK;
}

OPERATION(para_code) {
    ASK(para_code);
    const proof_source source = {
        .state = q.state, .proof = q.proof, .compact = q.compact, .lenient = q.lenient};
    mote_proof proof;
    mote_para_code code;
    status = load(b, context, &proof, &source);
    if (status == MOTE_OK) status = mote_para_code_read(context, &code, &proof, q.para_id);
    if (status != MOTE_OK) return status;
    mote_write_u8(answer, code.registered);
    mote_write_hash(answer, &code.current);
    mote_write_u8(answer, code.upgrade_pending);
    mote_write_hash(answer, &code.future);
    return MOTE_OK;
}

OPERATION(para_progress) {
    ASK(para_progress);
    mote_para_header earlier, later;
    mote_para_progress progress;
    status = token_open(b, context, &earlier, sizeof earlier, TOKEN_PARA_HEADER, q.earlier);
    if (status == MOTE_OK) {
        status = token_open(b, context, &later, sizeof later, TOKEN_PARA_HEADER, q.later);
    }
    if (status == MOTE_OK) status = mote_para_progress_of(context, &progress, &earlier, &later);
    if (status != MOTE_OK) return status;
    const char *name = mote_para_progress_name(progress);
    protocol_write_bytes(answer, (mote_bytes){(const uint8_t *)name, strlen(name)});
    return MOTE_OK;
}
