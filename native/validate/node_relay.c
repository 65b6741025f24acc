/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A parachain's finality, which its relay chain gives. Sound because every link is verified: from the relay chain's first
 * GRANDPA set by the justifications of the blocks that hand over to the next one, to a final block; under that one's state
 * to the parachain's head; and by hashes from the head to the blocks that were followed.
 */
#include <string.h>

#include "../report.h"
#include "mote/para.h"
#include "node_inside.h"

#define HANDOVERS 16384u

typedef struct final_block {
    mote_header header;
    mote_finalized_header evidence;
    bool is_known;
} final_block;

/* --- the relay chain ---------------------------------------------------------------------------------------- */
/* The set of block 1, from the genesis state: of a file, or a proof under the root of the header that the node says. */
static bool find_first_set(node *relay, mote_authority_list *out) {
    mote_header header;
    mote_proof proof;
    mote_bytes list;
    keys keys = {.count = 0};
    mote_context *context = &relay->worker->context;
    if (!node_ask_hash(relay, &relay->genesis, 0)) {
        node_note_failure(relay, 0, RULE_HEADER);
        return false;
    }
    const spec *given = plan_spec(relay->plan, &relay->genesis);
    if (given != NULL) return chain_first_set(given, context, out);
    if (!node_ask_header(relay, &header, &relay->genesis, 0)) return false;
    node_note_unchecked(relay, 0, RULE_GENESIS,
                        "that the relay chain begins with this block is its node's word (--spec "
                        "names the one that is meant)");
    keys_add_item(&keys, "Grandpa", "Authorities");
    return node_pull_proof(relay, &proof, &keys, &header) &&
           chain_read_item(context, &list, &proof, "Grandpa", "Authorities") &&
           mote_authority_list_decode(context, out, list) == MOTE_OK;
}

/* A block from `at` on that this set has made final, with its header. */
static mote_status judge_final(node *relay, final_block *out, mote_bytes answer, uint32_t at,
                               const mote_authority_list *list, uint64_t set_id) {
    mote_context *context = &relay->worker->context;
    mote_cursor cursor = mote_cursor_over(answer);
    mote_hash hash = mote_read_hash(&cursor);
    mote_bytes justification = mote_read_vec_u8(&cursor);
    mote_authority_set set;
    mote_finalized_block block;
    mote_justification_report report;
    if (cursor.status != MOTE_OK) return cursor.status;
    mote_status status =
        mote_authority_set_build(context, &set, relay->chain.voters, MOTE_MAX_AUTHORITIES, list,
                                 set_id, MOTE_ASSUMED_NOTHING);
    if (status != MOTE_OK) return status;
    double begun = worker_clock();
    status = mote_justification_verify(context, &block, &report, &set, justification, NULL);
    worked(relay->worker, WORK_SIGNATURES, report.precommits, worker_clock() - begun);
    if (status != MOTE_OK) return status;
    if (!mote_hash_equal(&block.hash, &hash)) return MOTE_E_TARGET_MISMATCH;
    if (block.number < at) return MOTE_E_VOTE_BELOW_TARGET;
    if (!node_ask_header(relay, &out->header, &block.hash, block.number))
        return MOTE_E_LINK_MISSING;
    return mote_finalized_header_of(context, &out->evidence, &block, &out->header);
}

/* From `at` on; false where there is no further one. */
static bool pull_final(node *relay, final_block *out, uint32_t at, const mote_authority_list *list,
                       uint64_t set_id) {
    mote_bytes answer;
    final_block found;
    mote_rpc_request *request = ask_begin(&relay->ask, "grandpa_proveFinality");
    mote_rpc_number(request, at);
    mote_json result = ask_one(&relay->ask);
    if (!node_keep_hex(relay->document, &answer, result)) {
        if (!out->is_known) node_note_failure(relay, at, RULE_FINALITY_PROOF);
        return false;
    }
    mote_status status = judge_final(relay, &found, answer, at, list, set_id);
    if (status == MOTE_E_LINK_MISSING) return false;
    judged(relay->worker, &relay->job, at, RULE_FINALITY_PROOF, status);
    if (status != MOTE_OK) return false;
    found.is_known = true;
    *out = found;
    return true;
}

/* Each answer is about the end of its set, whose header names the next one, or in the last set about the latest block. */
static bool find_final(node *relay, final_block *out) {
    mote_authority_list list;
    mote_grandpa_log log;
    uint32_t at = 1;
    out->is_known = false;
    if (!find_first_set(relay, &list)) return false;
    for (uint64_t id = 0; id < HANDOVERS && node_goes_on(relay, at, RULE_FINALITY_PROOF); id++) {
        if (!pull_final(relay, out, at, &list, id)) break;
        if (!mote_header_find_grandpa_log(&out->header, &log, MOTE_GRANDPA_SCHEDULED_CHANGE)) break;
        if (mote_grandpa_log_height(&log, out->header.number) != out->header.number) {
            node_note_unchecked(relay, out->header.number, RULE_FINALITY_PROOF,
                                "this block announces the next GRANDPA set for a later one: its "
                                "hand-over is not followed, and finality is told up to here");
            break;
        }
        list = log.next;
        at = out->header.number + 1;
    }
    return out->is_known;
}

/* --- the parachain's head ----------------------------------------------------------------------------------- */
bool node_pull_para_id(node *node, uint32_t *out, const mote_header *header, rule rule) {
    keys keys = {.count = 0};
    mote_proof proof;
    mote_bytes id;
    mote_context *context = &node->worker->context;
    keys_add_item(&keys, "ParachainInfo", "ParachainId");
    if (!node_pull_proof(node, &proof, &keys, header)) return false;
    if (!chain_read_item(context, &id, &proof, "ParachainInfo", "ParachainId") || id.size != 4) {
        node_note_unchecked(node, header->number, rule,
                            "its state does not say which parachain it is");
        return false;
    }
    *out = mote_load_u32(id.data);
    return true;
}

static bool pull_head(node *relay, mote_para_head *out, const final_block *final, uint32_t id) {
    uint8_t key[MOTE_PARA_KEY_SIZE];
    keys keys = {.count = 0};
    mote_proof proof;
    mote_para_head_key(key, id);
    keys_add(&keys, key, sizeof key);
    if (!node_pull_proof(relay, &proof, &keys, &final->header)) return false;
    mote_status status = mote_para_head_read(&relay->worker->context, out, &proof, id);
    judged(relay->worker, &relay->job, final->header.number, RULE_PARA_HEAD, status);
    return status == MOTE_OK;
}

/* All blocks up to the head, if it is one of them or comes after them; false: that is not shown. */
static bool judge_head(node *node, const final_block *final, const mote_para_head *head) {
    uint32_t last = node->first + node->count - 1, at = head->header.number;
    mote_status status = MOTE_OK;
    if (head->state != MOTE_PARA_HEAD_HEADER) {
        failed(node->worker, &node->job, last, RULE_PARA_FINALITY,
               "the relay chain has no such parachain");
        return false;
    }
    if (at > last && !node_pull_link(node, &head->head.hash, at, &status)) {
        node_note_unchecked(node, last, RULE_PARA_FINALITY,
                            "the headers between it and the final head are not to be had");
        return false;
    }
    const mote_header *known = node_header_at(node, at);
    if (known != NULL && !mote_hash_equal(&known->hash, &head->head.hash))
        status = MOTE_E_FINALITY_CONFLICT;
    uint32_t end = at < last ? at : last;
    if (status != MOTE_OK) {
        judged(node->worker, &node->job, end, RULE_PARA_FINALITY, status);
        return false;
    }
    const char *why = document_text(node->document,
                                    "above block %u, the last one that block %u of the relay chain "
                                    "makes final",
                                    (unsigned)at, (unsigned) final->header.number);
    for (uint32_t number = node->first; number <= last; number++) {
        if (number <= end) passed(node->worker, &node->job, number, RULE_PARA_FINALITY);
        if (number > end) node_note_unchecked(node, number, RULE_PARA_FINALITY, why);
    }
    return true;
}

static void tell_final(node *node, const final_block *final, const mote_para_head *head) {
    app *app = plan_app(node->plan);
    json_t *out = json_object();
    json_object_set_new(out, "para_id", json_integer(head->head.para_id));
    json_object_set_new(out, "block", json_integer(head->header.number));
    json_object_set_new(out, "hash", json_hex(app, node_hash_bytes(&head->head.hash)));
    json_object_set_new(out, "relay_block", json_integer(final->header.number));
    json_object_set_new(out, "relay_set", json_u64(final->evidence.set_id));
    report_detail(app, "final", out);
    if (!app->args.tap)
        say(app, "parachain %u is final up to block %u, by block %u of its relay chain\n\n",
            (unsigned)head->head.para_id, (unsigned)head->header.number,
            (unsigned) final->header.number);
}

void node_pull_relay(node *node) {
    struct node *relay = node->relay;
    const char *url = plan_app(node->plan)->args.relay;
    uint32_t last = node->first + node->count - 1, id;
    final_block final;
    mote_para_head head;
    chain_open(&relay->chain, NULL);
    if (!ask_open(&relay->ask, node->plan, node->worker, &relay->job, url)) {
        node_note_unchecked(
            node, last, RULE_PARA_FINALITY,
            document_text(node->document, "its relay chain's node: %s",
                          relay->ask.ws == NULL ? relay->ask.why_no_url : ws_why(relay->ask.ws)));
        return;
    }
    if (!node_pull_para_id(node, &id, node_header_at(node, last), RULE_PARA_FINALITY)) return;
    if (!find_final(relay, &final)) {
        node_note_unchecked(node, last, RULE_PARA_FINALITY,
                            "no block of the relay chain is shown to be final");
        return;
    }
    if (!pull_head(relay, &head, &final, id)) return;
    if (judge_head(node, &final, &head)) tell_final(node, &final, &head);
}
