/* SPDX-License-Identifier: Apache-2.0 */
/* What a node says of states: proofs, and lists of keys. */
#include "node_parts.h"

#define MAX_KEYS 4096u
#define PROOF_SIZE ((size_t)1 << 20)

/* The state that `at` names, or NULL with a refusal. */
static const sim_block *asked_state(sim_node *node, sim_answer *answer, const sim_view *view,
                                    const json_t *at) {
    const sim_block *best = sim_view_best(node, view), *block = best;
    mote_hash hash;
    if (at != NULL && !json_is_null(at)) {
        block = read_hash(at, &hash) ? sim_view_block(node, view, &hash) : NULL;
    }
    if (block == NULL) {
        sim_refuse(answer, 4003,
                   "Client error: UnknownBlock: Header was not found in the database");
    } else if ((node->keeps > 0 && block->number + node->keeps < best->number) ||
               sim_lies(node, SIM_LIE_PRUNED)) {
        sim_refuse(answer, 4003, "Client error: UnknownBlock: State already discarded");
        return NULL;
    }
    return block;
}

/* --- proofs ------------------------------------------------------------------------------------------------------ */

typedef struct question {
    mote_state_query queries[MAX_KEYS];
    test_buffer keys[MAX_KEYS];
    size_t count;
    mote_bytes child;
} question;

static bool read_question(question *out, const json_t *keys, const mote_bytes *child) {
    out->count = 0;
    if (!json_is_array(keys) || json_array_size(keys) > MAX_KEYS) return false;
    for (size_t i = 0; i < json_array_size(keys); i++) {
        out->keys[i] = (test_buffer){0};
        out->count++;
        if (!read_hex(json_array_get(keys, i), &out->keys[i])) return false;
        out->queries[i] = (mote_state_query){MOTE_QUERY_KEY, child, buffer_bytes(&out->keys[i])};
    }
    return true;
}

static void free_question(question *of) {
    for (size_t i = 0; i < of->count; i++) free(of->keys[i].data);
}

static void put_nodes(sim_node *node, test_buffer *out, uint8_t *proof, size_t size) {
    mote_cursor cursor = mote_cursor_over((mote_bytes){proof, size});
    uint32_t count = mote_read_count(&cursor, 1, UINT32_MAX);
    uint32_t left_out = SIM_NONE, spoilt = SIM_NONE;
    if (count > 0 && sim_lies(node, SIM_LIE_SHORT_PROOF))
        left_out = (uint32_t)sim_node_random(node) % count;
    if (count > 0 && sim_lies(node, SIM_LIE_WRONG_PROOF))
        spoilt = (uint32_t)sim_node_random(node) % count;
    bool first = true;
    for (uint32_t i = 0; i < count; i++) {
        mote_bytes item = mote_read_vec_u8(&cursor);
        if (i == left_out) continue;
        if (i == spoilt && item.size > 0)
            proof[item.data - proof + (ptrdiff_t)(sim_node_random(node) % item.size)] ^= 1;
        if (!first) put_text(out, ",");
        put_hex(out, item);
        first = false;
    }
}

static void answer_proof(sim_node *node, sim_answer *answer, const sim_block *block,
                         const question *of) {
    const sim_block *other = block;
    if (block->parent != SIM_NONE && sim_lies(node, SIM_LIE_OTHER_PROOF))
        other = &node->chain->blocks[block->parent];
    mote_context *context = &node->world->context;
    size_t mark = mote_context_mark(context);
    uint8_t *proof = malloc(PROOF_SIZE);
    mote_writer writer = mote_writer_into(proof, PROOF_SIZE);
    mote_state *state = sim_state_of(node->chain, other);
    if (mote_state_prove(context, &writer, state, of->queries, of->count, MOTE_PROOF_NODES) !=
            MOTE_OK ||
        !mote_writer_fits(&writer)) {
        abort();
    }
    put_text(&answer->result, "{\"at\":");
    put_hash(&answer->result, &block->hash);
    put_text(&answer->result, ",\"proof\":[");
    put_nodes(node, &answer->result, proof, writer.size);
    put_text(&answer->result, "]}");
    mote_context_release(context, mark);
    free(proof);
}

static void answer_read(sim_node *node, sim_answer *answer, const sim_view *view,
                        const json_t *keys, const json_t *at, const mote_bytes *child) {
    const sim_block *block = asked_state(node, answer, view, at);
    question *of = calloc(1, sizeof *of);
    if (block != NULL && of != NULL) {
        if (read_question(of, keys, child))
            answer_proof(node, answer, block, of);
        else
            sim_refuse(answer, -32602, "Invalid params");
        free_question(of);
    }
    free(of);
}

void answer_read_proof(sim_node *node, sim_answer *answer, const sim_view *view,
                       const json_t *params) {
    answer_read(node, answer, view, json_array_get(params, 0), json_array_get(params, 1), NULL);
}

/* Names of child tries come with their prefix. */
static bool read_child(const json_t *name, test_buffer *out, mote_bytes *child) {
    static const size_t prefix = sizeof MOTE_CHILD_TRIE_PREFIX - 1;
    if (!read_hex(name, out) || out->size < prefix ||
        memcmp(out->data, MOTE_CHILD_TRIE_PREFIX, prefix) != 0)
        return false;
    *child = (mote_bytes){out->data + prefix, out->size - prefix};
    return true;
}

void answer_child_read_proof(sim_node *node, sim_answer *answer, const sim_view *view,
                             const json_t *params) {
    test_buffer name = {0};
    mote_bytes child;
    if (read_child(json_array_get(params, 0), &name, &child)) {
        answer_read(node, answer, view, json_array_get(params, 1), json_array_get(params, 2),
                    &child);
    } else {
        sim_refuse(answer, -32602, "Invalid params");
    }
    free(name.data);
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

static void put_keys(sim_node *node, test_buffer *out, mote_state *state, const mote_bytes *child,
                     mote_bytes prefix, const mote_bytes *start, json_int_t count) {
    mote_context *context = &node->world->context;
    mote_bytes key, last;
    bool found = true, first = true;
    test_buffer after = {0};
    put_text(out, "[");
    while (count-- > 0) {
        if (mote_state_next(context, &found, &key, state, child, start, prefix) != MOTE_OK) abort();
        if (!found) break;
        if (!sim_lies(node, SIM_LIE_SHORT_LIST) || sim_node_random(node) % 4 != 0) {
            if (!first) put_text(out, ",");
            put_hex(out, key);
            first = false;
        }
        after.size = 0;
        append_span(&after, key.data, key.size);
        last = buffer_bytes(&after);
        start = &last;
    }
    put_text(out, "]");
    free(after.data);
}

static void answer_keys_of(sim_node *node, sim_answer *answer, const sim_view *view,
                           const json_t *params, size_t from, const mote_bytes *child) {
    const sim_block *block = asked_state(node, answer, view, json_array_get(params, from + 3));
    const json_t *count = json_array_get(params, from + 1),
                 *start_text = json_array_get(params, from + 2);
    test_buffer prefix = {0}, start = {0};
    if (block == NULL) return;
    bool has_start = start_text != NULL && !json_is_null(start_text);
    bool valid = json_is_integer(count) && json_integer_value(count) <= 1000 &&
                 read_hex(json_array_get(params, from), &prefix) &&
                 (!has_start || read_hex(start_text, &start));
    if (valid) {
        mote_bytes after = buffer_bytes(&start);
        put_keys(node, &answer->result, sim_state_of(node->chain, block), child,
                 buffer_bytes(&prefix), has_start ? &after : NULL, json_integer_value(count));
    } else {
        sim_refuse(answer, -32602, "Invalid params");
    }
    free(prefix.data);
    free(start.data);
}

void answer_keys(sim_node *node, sim_answer *answer, const sim_view *view, const json_t *params) {
    answer_keys_of(node, answer, view, params, 0, NULL);
}

void answer_child_keys(sim_node *node, sim_answer *answer, const sim_view *view,
                       const json_t *params) {
    test_buffer name = {0};
    mote_bytes child;
    if (read_child(json_array_get(params, 0), &name, &child))
        answer_keys_of(node, answer, view, params, 1, &child);
    else
        sim_refuse(answer, -32602, "Invalid params");
    free(name.data);
}
