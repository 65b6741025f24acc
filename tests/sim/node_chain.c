/* SPDX-License-Identifier: Apache-2.0 */
/* What a node says of blocks and their finality. */
#include "node_parts.h"

#include "mote/grandpa.h"

/* The block that a parameter names; without one the best. NULL: it does not know it. */
static const sim_block *asked_block(sim_node *node, const sim_view *view, const json_t *hash_text) {
    mote_hash hash;
    if (hash_text == NULL || json_is_null(hash_text)) return sim_view_best(node, view);
    return read_hash(hash_text, &hash) ? sim_view_block(node, view, &hash) : NULL;
}

static void put_block_hash(sim_node *node, sim_answer *answer, const sim_view *view,
                           const json_t *number) {
    const sim_block *best = sim_view_best(node, view), *block = best;
    if (json_is_integer(number)) {
        json_int_t asked = json_integer_value(number);
        if (node->lie == SIM_LIE_OTHER_HASH && asked > 9) asked -= 7;
        block = asked >= 0 && asked <= best->number ? sim_line_block(node->chain, (uint32_t)asked)
                                                    : NULL;
    }
    if (block != NULL && block->number > 0 && node->lie == SIM_LIE_NO_SUCH_HASH) {
        mote_hash bogus = block->hash;
        bogus.bytes[5] ^= 1;
        put_hash(&answer->result, &bogus);
        return;
    }
    if (block == NULL)
        put_text(&answer->result, "null");
    else
        put_hash(&answer->result, &block->hash);
}

/* sc-rpc-api ListOrValue: a list of numbers is answered by a list. */
void answer_block_hash(sim_node *node, sim_answer *answer, const sim_view *view,
                       const json_t *params) {
    const json_t *asked = json_array_get(params, 0);
    if (!json_is_array(asked)) {
        put_block_hash(node, answer, view, asked);
        return;
    }
    put_text(&answer->result, "[");
    for (size_t i = 0; i < json_array_size(asked); i++) {
        if (i > 0) put_text(&answer->result, ",");
        put_block_hash(node, answer, view, json_array_get(asked, i));
    }
    put_text(&answer->result, "]");
}

void answer_finalized_head(sim_node *node, sim_answer *answer, const sim_view *view,
                           const json_t *params) {
    (void)params;
    put_hash(&answer->result, &sim_view_called_final(node, view)->hash);
}

static const sim_block *parent_of(const sim_node *node, const sim_block *block) {
    return block->parent == SIM_NONE ? block : &node->chain->blocks[block->parent];
}

void answer_header(sim_node *node, sim_answer *answer, const sim_view *view, const json_t *params) {
    const sim_block *block = asked_block(node, view, json_array_get(params, 0));
    if (block != NULL && sim_lies(node, SIM_LIE_OTHER_HEADER)) block = parent_of(node, block);
    if (block == NULL)
        put_text(&answer->result, "null");
    else
        put_header(&answer->result, block->header);
}

/* --- blocks ----------------------------------------------------------------------------------------------------- */

static void put_numbers(test_buffer *out, mote_bytes bytes) {
    put_text(out, "[");
    for (size_t i = 0; i < bytes.size; i++) {
        if (i > 0) put_text(out, ",");
        put_number(out, bytes.data[i]);
    }
    put_text(out, "]");
}

/* Nodes keep those of hand-overs, and one now and then. */
static void put_justifications(sim_node *node, test_buffer *out, const sim_view *view,
                               const sim_block *block) {
    const sim_round *round =
        node->chain->is_relay ? sim_round_for(node->world, block->number) : NULL;
    bool kept =
        round != NULL && block->number > 0 && round->number <= view->finalized &&
        (sim_set_of(node->world, block->number)->to == block->number || block->number % 512 == 0);
    if (!kept) {
        put_text(out, "null");
        return;
    }
    put_text(out, "[[[70,82,78,75],");
    put_numbers(out, sim_justification(node->world, round));
    put_text(out, "]]");
}

/* One of its extrinsics is missing, or all that were ever sent are in it. */
static size_t false_body(sim_node *node, mote_bytes body[SIM_MAX_BODY], size_t count) {
    const sim_chain *chain = node->chain;
    if (sim_node_random(node) % 4 == 0) return count - 1;
    for (size_t i = 0; i < chain->extrinsic_count && count < SIM_MAX_BODY; i++)
        body[count++] = chain->extrinsics[i].bytes;
    return count;
}

static void put_body(sim_node *node, test_buffer *out, const sim_block *block) {
    mote_bytes body[SIM_MAX_BODY];
    size_t count = sim_body(node->chain, block, body);
    if (count > 0 && sim_lies(node, SIM_LIE_OTHER_BODY)) count = false_body(node, body, count);
    put_text(out, "[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0) put_text(out, ",");
        put_hex(out, body[i]);
    }
    put_text(out, "]");
}

void answer_block(sim_node *node, sim_answer *answer, const sim_view *view, const json_t *params) {
    const sim_block *block = asked_block(node, view, json_array_get(params, 0));
    test_buffer *out = &answer->result;
    if (block == NULL) {
        put_text(out, "null");
        return;
    }
    put_text(out, "{\"block\":{\"header\":");
    put_header(out, block->header);
    put_text(out, ",\"extrinsics\":");
    put_body(node, out, block);
    put_text(out, "},\"justifications\":");
    put_justifications(node, out, view, block);
    put_text(out, "}");
}

/* --- finality proofs ----------------------------------------------------------------------------------------------- */

sim_finality_answer sim_finality_rule(uint32_t *proven, uint32_t asked, uint32_t finalized,
                                      const uint32_t *set_ends, size_t set_end_count,
                                      uint32_t newest) {
    if (asked > finalized) return SIM_FINALITY_NOT_YET;
    for (size_t i = 0; i < set_end_count; i++) {
        if (set_ends[i] < asked) continue;
        *proven = set_ends[i];
        return SIM_FINALITY_PROVEN;
    }
    *proven = newest;
    return newest < asked ? SIM_FINALITY_NONE : SIM_FINALITY_PROVEN;
}

/* Ends of sets that it has seen final, from the set of `asked` on. */
static size_t set_ends_of(const sim_world *world, const sim_view *view, uint32_t asked,
                          uint32_t end[1]) {
    const sim_set *set = sim_set_of(world, asked);
    if (set->to == SIM_NONE || set->to > view->finalized) return 0;
    end[0] = set->to;
    return 1;
}

static void put_finality_proof(sim_node *node, test_buffer *out, uint32_t asked, uint32_t proven) {
    sim_chain *relay = &node->world->relay;
    const sim_round *round = sim_round_for(node->world, proven);
    test_buffer proof = {0};
    append_span(&proof, sim_line_block(relay, proven)->hash.bytes, 32);
    mote_bytes justification = sim_keep(&node->world->arena, sim_justification(node->world, round));
    bool is_renumbered = node->lie == SIM_LIE_OTHER_TARGET;
    if (is_renumbered) mote_store_u32((uint8_t *)(uintptr_t)justification.data + 40, 1);
    append_vec_u8(&proof, justification);
    if (is_renumbered && asked == proven) asked--;
    append_compact(&proof, proven - asked);
    for (uint32_t number = asked + 1; number <= proven; number++) {
        mote_bytes header = sim_line_block(relay, number)->header;
        append_span(&proof, header.data, header.size);
    }
    put_hex(out, buffer_bytes(&proof));
    free(proof.data);
}

void answer_finality(sim_node *node, sim_answer *answer, const sim_view *view,
                     const json_t *params) {
    const json_t *number = json_array_get(params, 0);
    uint32_t asked = (uint32_t)json_integer_value(number), end[1], proven = 0;
    if (!json_is_integer(number)) {
        sim_refuse(answer, -32602, "Invalid params");
        return;
    }
    if (lie_of_finality(node, view, asked, &answer->result)) return;
    uint32_t newest = node->world->rounds[view->rounds - 1].number;
    size_t ends = asked <= view->finalized ? set_ends_of(node->world, view, asked, end) : 0;
    switch (sim_finality_rule(&proven, asked, view->finalized, end, ends, newest)) {
    case SIM_FINALITY_NOT_YET: sim_refuse(answer, 4, "Block not yet finalized"); break;
    case SIM_FINALITY_NONE: put_text(&answer->result, "null"); break;
    case SIM_FINALITY_PROVEN:
        for (uint32_t at = asked; at < proven && node->lie == SIM_LIE_STEPS; at++) {
            if (sim_round_for(node->world, at) != NULL) proven = at;
        }
        put_finality_proof(node, &answer->result, asked, proven);
        break;
    }
}
