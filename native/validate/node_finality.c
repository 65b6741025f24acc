/* SPDX-License-Identifier: Apache-2.0 */
/* grandpa_proveFinality: justification, headers up to its block, and whether these are the ones that were followed. */
#include <string.h>

#include "node_inside.h"

#define ABOVE                                                                                      \
    1024u /* headers that are asked for between the last block known and one that is final */

const set_of *node_set_for(const node *node, uint32_t number) {
    const set_of *found = NULL;
    for (size_t i = 0; i < node->set_count && node->sets[i].after < number; i++)
        found = &node->sets[i];
    return found != NULL && found->list.count > 0 ? found : NULL;
}

typedef struct finality {
    mote_hash hash;
    mote_bytes justification;
    mote_header
        last; /* of its headers: one after another they lead to it from a block that was followed */
    bool is_linked;
    mote_justification_report report;
} finality;

/* Headers that follow each other, and do not contradict those that were followed. */
static mote_status read_headers(node *node, finality *out, mote_cursor *cursor) {
    uint32_t count = mote_read_count(cursor, 98, 100000);
    for (uint32_t i = 0; i < count; i++) {
        mote_header header;
        mote_read_header(cursor, &header);
        if (cursor->status != MOTE_OK) break;
        const mote_header *known = node_header_at(node, header.number);
        const mote_header *parent = i > 0 ? &out->last : node_header_at(node, header.number - 1);
        mote_status status = MOTE_OK;
        if (parent != NULL)
            status = mote_header_check_parent(&node->worker->context, &header, parent);
        if (status == MOTE_OK && known != NULL && !mote_hash_equal(&known->hash, &header.hash))
            status = MOTE_E_FINALITY_CONFLICT;
        if (status != MOTE_OK) return status;
        out->is_linked |= parent != NULL && i == 0;
        out->is_linked |= known != NULL;
        out->last = header;
    }
    return MOTE_OK;
}

bool node_pull_link(node *node, const mote_hash *target, uint32_t number, mote_status *status) {
    const mote_header *end = node_header_at(node, node->first + node->count - 1);
    mote_hash hash = *target;
    if (number - end->number > ABOVE) return false;
    for (; number > end->number; number--) {
        mote_header header;
        if (!node_ask_header(node, &header, &hash, number)) return false;
        if (header.number != number) *status = MOTE_E_HEADER_NUMBER;
        if (header.number != number) return true;
        hash = header.parent_hash;
    }
    if (!mote_hash_equal(&hash, &end->hash)) *status = MOTE_E_FINALITY_CONFLICT;
    return true;
}

static mote_status judge_finality(node *node, uint32_t asked, mote_bytes bytes, finality *out) {
    mote_context *context = &node->worker->context;
    mote_cursor cursor = mote_cursor_over(bytes);
    memset(out, 0, sizeof *out);
    out->hash = mote_read_hash(&cursor);
    out->justification = mote_read_vec_u8(&cursor);
    mote_status status = read_headers(node, out, &cursor);
    if (status == MOTE_OK) status = mote_cursor_finish(context, &cursor);
    if (status == MOTE_OK)
        status = mote_justification_decode(context, &out->report, out->justification);
    if (status != MOTE_OK) return status;
    /* Above the range the set is that of its end: a proof is by the set of the block asked for. */
    uint32_t number = out->report.target_number, end = node->first + node->count;
    const set_of *of = node_set_for(node, number < end ? number : end);
    const mote_header *target = node_header_at(node, number);
    mote_authority_set set;
    mote_finalized_block block;
    if (of == NULL) return MOTE_E_LINK_MISSING;
    status = mote_authority_set_build(context, &set, node->chain.voters, MOTE_MAX_AUTHORITIES,
                                      &of->list, of->id, MOTE_ASSUMED_NOTHING);
    if (status != MOTE_OK) return status;
    status =
        mote_justification_verify(context, &block, &out->report, &set, out->justification, target);
    if (status != MOTE_OK) return status;
    out->is_linked =
        target != NULL || (out->is_linked && mote_hash_equal(&out->last.hash, &block.hash));
    if (!mote_hash_equal(&block.hash, &out->hash)) return MOTE_E_TARGET_MISMATCH;
    return block.number < asked ? MOTE_E_VOTE_BELOW_TARGET : MOTE_OK;
}

static void pull_finality(node *node, uint32_t number) {
    mote_bytes bytes;
    finality finality;
    mote_rpc_request *request = ask_begin(&node->ask, "grandpa_proveFinality");
    mote_rpc_number(request, number);
    mote_json result = ask_one(&node->ask);
    if (result.kind == MOTE_JSON_NULL) {
        node_note_unchecked(node, number, RULE_FINALITY_PROOF,
                            "the node has no proof of this block");
        return;
    }
    if (!node_keep_hex(node->document, &bytes, result)) {
        node_note_failure(node, number, RULE_FINALITY_PROOF);
        return;
    }
    double begun = worker_clock();
    mote_status status = judge_finality(node, number, bytes, &finality);
    worked(node->worker, WORK_SIGNATURES, finality.report.precommits, worker_clock() - begun);
    if (status == MOTE_E_LINK_MISSING) {
        node_note_unchecked(node, number, RULE_FINALITY_PROOF,
                            "the GRANDPA set of its final block is not known");
        return;
    }
    const mote_justification_report *report = &finality.report;
    if (status == MOTE_OK && !finality.is_linked &&
        !node_pull_link(node, &report->target_hash, report->target_number, &status)) {
        node_note_unchecked(node, number, RULE_FINALITY_PROOF,
                            "the headers between it and the final block are not to be had");
        return;
    }
    judged(node->worker, &node->job, number, RULE_FINALITY_PROOF, status);
}

void node_pull_finalities(node *node) {
    uint32_t last = node->first + node->count - 1;
    if (node->relay != NULL && node_set_for(node, node->first) == NULL) return;
    if (node_set_for(node, node->first) == NULL) {
        node_note_unchecked(node, last, RULE_FINALITY_PROOF,
                            "no GRANDPA set is known: a parachain (--relay), or no genesis state");
        return;
    }
    for (size_t i = 0; i + 1 < node->set_count; i++) {
        if (!node_goes_on(node, last, RULE_FINALITY_PROOF)) return;
        if (node->sets[i + 1].after > 1) pull_finality(node, node->sets[i + 1].after - 1);
        pull_finality(node, node->sets[i + 1].after);
    }
    pull_finality(node, node->first);
    pull_finality(node, last);
}
