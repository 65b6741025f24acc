/* SPDX-License-Identifier: Apache-2.0 */
/* grandpa_proveFinality: justification, headers up to its block, and whether these are the ones that were followed. */
#include "node_inside.h"

const set_of *node_set_for(const node *node, uint32_t number) {
    const set_of *found = NULL;
    for (size_t i = 0; i < node->set_count && node->sets[i].after < number; i++)
        found = &node->sets[i];
    return found;
}

static mote_status judge_finality(node *node, uint32_t asked, mote_bytes bytes,
                                  mote_justification_report *report) {
    mote_context *context = &node->worker->context;
    mote_cursor cursor = mote_cursor_over(bytes);
    mote_hash hash = mote_read_hash(&cursor);
    mote_bytes justification = mote_read_vec_u8(&cursor);
    uint32_t count = mote_read_count(&cursor, 98, 100000);
    mote_header header, last;
    mote_status status = MOTE_OK;
    for (uint32_t i = 0; i < count; i++) {
        mote_read_header(&cursor, &header);
        if (cursor.status != MOTE_OK) break;
        if (i > 0) status = mote_header_check_parent(context, &header, &last);
        const mote_header *known = node_header_at(node, header.number);
        if (status == MOTE_OK && known != NULL && !mote_hash_equal(&known->hash, &header.hash)) {
            status = MOTE_E_FINALITY_CONFLICT;
        }
        if (status != MOTE_OK) return status;
        last = header;
    }
    status = mote_cursor_finish(context, &cursor);
    if (status == MOTE_OK) status = mote_justification_decode(context, report, justification);
    if (status != MOTE_OK) return status;
    const set_of *of = node_set_for(node, report->target_number);
    const mote_header *target = node_header_at(node, report->target_number);
    mote_authority_set set;
    mote_finalized_block block;
    if (of == NULL) return MOTE_E_LINK_MISSING;
    status = mote_authority_set_build(context, &set, node->chain.voters, MOTE_MAX_AUTHORITIES,
                                      &of->list, of->id, MOTE_ASSUMED_NOTHING);
    if (status != MOTE_OK) return status;
    status = mote_justification_verify(context, &block, report, &set, justification, target);
    if (status != MOTE_OK) return status;
    if (!mote_hash_equal(&block.hash, &hash)) return MOTE_E_TARGET_MISMATCH;
    return block.number < asked ? MOTE_E_VOTE_BELOW_TARGET : MOTE_OK;
}

static void pull_finality(node *node, uint32_t number) {
    mote_bytes bytes;
    mote_justification_report report = {0};
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
    mote_status status = judge_finality(node, number, bytes, &report);
    worked(node->worker, WORK_SIGNATURES, report.precommits, worker_clock() - begun);
    if (status == MOTE_OK && report.target_number >= node->first + node->count) {
        /* Proven by a block above those that were asked for. */
        passed(node->worker, &node->job, number, RULE_FINALITY_PROOF);
        return;
    }
    judged(node->worker, &node->job, number, RULE_FINALITY_PROOF, status);
}

void node_pull_finalities(node *node) {
    uint32_t last = node->first + node->count - 1;
    if (node->set_count == 0) {
        node_note_unchecked(node, last, RULE_FINALITY_PROOF,
                            "no GRANDPA set is known: a parachain, or no genesis state");
        return;
    }
    for (size_t i = 0; i + 1 < node->set_count; i++) {
        if (node->sets[i + 1].after > 1) pull_finality(node, node->sets[i + 1].after - 1);
        pull_finality(node, node->sets[i + 1].after);
    }
    pull_finality(node, node->first);
    pull_finality(node, last);
}
