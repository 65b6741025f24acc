/* SPDX-License-Identifier: Apache-2.0 */
/* A node's ears and mouth: requests are read, given to the method that they name, and answered. */
#include "node_parts.h"

#include "mote/header.h"

/* --- views -------------------------------------------------------------------------------------------------- */

sim_view sim_node_view(const sim_node *node, uint64_t now) {
    uint64_t time = now - node->behind;
    if (node->stands != 0 && time > node->stands) time = node->stands;
    return (sim_view){time, sim_best_at(node->world, time), sim_finalized_at(node->world, time),
                      sim_rounds_at(node->world, time)};
}

/* The head that relay block `number` or one before it shows. */
static const sim_block *para_head(const sim_node *node, uint32_t number) {
    while (sim_para_at(node->world, node->chain->para, number)->block == SIM_NONE) number--;
    return &node->chain->blocks[sim_para_at(node->world, node->chain->para, number)->block];
}

static const sim_block *block_at(const sim_node *node, uint32_t relay_number) {
    if (node->chain->is_relay) return sim_line_block(node->chain, relay_number);
    return para_head(node, relay_number);
}

const sim_block *sim_view_best(const sim_node *node, const sim_view *view) {
    return block_at(node, view->best);
}

const sim_block *sim_view_finalized(const sim_node *node, const sim_view *view) {
    return block_at(node, view->finalized);
}

const sim_block *sim_view_called_final(const sim_node *node, const sim_view *view) {
    return node->lie == SIM_LIE_BEST_IS_FINAL ? sim_view_best(node, view)
                                              : sim_view_finalized(node, view);
}

const sim_block *sim_view_block(const sim_node *node, const sim_view *view, const mote_hash *hash) {
    const sim_block *block = sim_block_by_hash(node->chain, hash);
    return block != NULL && sim_block_time(block) <= view->time ? block : NULL;
}

/* --- text --------------------------------------------------------------------------------------------------- */

void put_text(test_buffer *out, const char *text) {
    append_span(out, text, strlen(text));
}

void put_number(test_buffer *out, uint64_t value) {
    char text[24];
    snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    put_text(out, text);
}

void put_hex(test_buffer *out, mote_bytes bytes) {
    static const char digits[] = "0123456789abcdef";
    put_text(out, "\"0x");
    for (size_t i = 0; i < bytes.size; i++) {
        char pair[2] = {digits[bytes.data[i] >> 4], digits[bytes.data[i] & 15]};
        append_span(out, pair, 2);
    }
    put_text(out, "\"");
}

void put_hash(test_buffer *out, const mote_hash *hash) {
    put_hex(out, (mote_bytes){hash->bytes, 32});
}

static void put_logs(test_buffer *out, const mote_header *header) {
    mote_digest_iterator items = mote_digest_items(header);
    mote_digest_item item;
    const uint8_t *from = items.cursor.at;
    for (bool first = true; mote_digest_next(&items, &item); first = false) {
        if (!first) put_text(out, ",");
        put_hex(out, (mote_bytes){from, (size_t)(items.cursor.at - from)});
        from = items.cursor.at;
    }
}

void put_header(test_buffer *out, mote_bytes encoded) {
    mote_context context;
    mote_header header;
    char number[24];
    mote_context_init(&context, NULL, 0, (const uint8_t[32]){0});
    if (mote_header_decode(&context, &header, encoded) != MOTE_OK) abort();
    snprintf(number, sizeof number, "\"0x%x\"", header.number);
    put_text(out, "{\"parentHash\":");
    put_hash(out, &header.parent_hash);
    put_text(out, ",\"number\":");
    put_text(out, number);
    put_text(out, ",\"stateRoot\":");
    put_hash(out, &header.state_root);
    put_text(out, ",\"extrinsicsRoot\":");
    put_hash(out, &header.extrinsics_root);
    put_text(out, ",\"digest\":{\"logs\":[");
    put_logs(out, &header);
    put_text(out, "]}}");
}

static int digit_of(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

bool read_hex(const json_t *value, test_buffer *out) {
    const char *text = json_string_value(value);
    if (text == NULL || strncmp(text, "0x", 2) != 0 || strlen(text) % 2 != 0) return false;
    for (text += 2; *text != 0; text += 2) {
        int high = digit_of(text[0]), low = digit_of(text[1]);
        if (high < 0 || low < 0) return false;
        append_u8(out, (uint8_t)(16 * high + low));
    }
    return true;
}

bool read_hash(const json_t *value, mote_hash *out) {
    test_buffer bytes = {0};
    bool read = read_hex(value, &bytes) && bytes.size == 32;
    if (read) memcpy(out->bytes, bytes.data, 32);
    free(bytes.data);
    return read;
}

/* --- sayings -------------------------------------------------------------------------------------------------- */

void sim_sayings_begin(sim_sayings *sayings) {
    sayings->first = NULL;
    sayings->last = &sayings->first;
}

void sim_saying_free(sim_saying *saying) {
    free(saying->text);
    free(saying);
}

void put_message(sim_sayings *out, const test_buffer *text, uint64_t delay) {
    sim_saying *saying = calloc(1, sizeof *saying);
    if (saying == NULL) abort();
    saying->text = malloc(text->size + 1);
    if (saying->text == NULL) abort();
    if (text->size > 0) memcpy(saying->text, text->data, text->size);
    saying->text[text->size] = 0;
    saying->size = text->size;
    saying->delay = delay;
    *out->last = saying;
    out->last = &saying->next;
}

/* --- requests --------------------------------------------------------------------------------------------------- */

void sim_refuse(sim_answer *answer, int code, const char *message) {
    answer->code = code;
    answer->message = message;
}

static const struct {
    const char *name;
    sim_method *method;
} methods[] = {
    {"chain_getBlockHash", answer_block_hash},
    {"chain_getFinalizedHead", answer_finalized_head},
    {"chain_getHeader", answer_header},
    {"chain_getBlock", answer_block},
    {"grandpa_proveFinality", answer_finality},
    {"state_getReadProof", answer_read_proof},
    {"state_getChildReadProof", answer_child_read_proof},
    {"state_getKeysPaged", answer_keys},
    {"childstate_getKeysPaged", answer_child_keys},
};
static const struct {
    const char *name, *end;
    sim_watch_kind kind;
} subscriptions[] = {
    {"grandpa_subscribeJustifications", "grandpa_unsubscribeJustifications",
     SIM_WATCH_JUSTIFICATIONS},
    {"chain_subscribeFinalizedHeads", "chain_unsubscribeFinalizedHeads", SIM_WATCH_FINAL_HEADS},
    {"chain_subscribeNewHeads", "chain_unsubscribeNewHeads", SIM_WATCH_NEW_HEADS},
    {"author_submitAndWatchExtrinsic", "author_unwatchExtrinsic", SIM_WATCH_EXTRINSIC},
};

static bool is_of_relay(const char *method) {
    return strncmp(method, "grandpa_", 8) == 0;
}

static void answer_method(sim_node *node, sim_answer *answer, const sim_view *view,
                          const char *method, const json_t *params) {
    if (is_of_relay(method) && !node->chain->is_relay) {
        sim_refuse(answer, -32601, "Method not found");
        return;
    }
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (strcmp(methods[i].name, method) != 0) continue;
        methods[i].method(node, answer, view, params);
        return;
    }
    for (size_t i = 0; i < sizeof subscriptions / sizeof subscriptions[0]; i++) {
        if (strcmp(subscriptions[i].name, method) == 0) {
            answer_subscribe(node, answer, view, params, subscriptions[i].kind);
            return;
        }
        if (strcmp(subscriptions[i].end, method) == 0) {
            answer_unsubscribe(node, answer, params);
            return;
        }
    }
    sim_refuse(answer, -32601, "Method not found");
}

static void put_answer(test_buffer *text, const json_t *id, const sim_answer *answer) {
    char *id_text = json_dumps(id, JSON_ENCODE_ANY);
    put_text(text, "{\"jsonrpc\":\"2.0\",\"id\":");
    put_text(text, id_text);
    if (answer->code != 0) {
        char code[24];
        snprintf(code, sizeof code, "%d", answer->code);
        put_text(text, ",\"error\":{\"code\":");
        put_text(text, code);
        put_text(text, ",\"message\":\"");
        put_text(text, answer->message);
        put_text(text, "\"}}");
    } else {
        put_text(text, ",\"result\":");
        append_span(text, answer->result.data, answer->result.size);
        put_text(text, "}");
    }
    free(id_text);
}

void sim_node_hear(sim_node *node, sim_sayings *out, uint64_t now, mote_bytes message) {
    json_error_t error;
    json_t *request = json_loadb((const char *)message.data, message.size, 0, &error);
    const char *method = json_string_value(json_object_get(request, "method"));
    if (method == NULL) {
        fprintf(stderr, "sim: a client sent what is no request: %.*s\n", (int)message.size,
                (const char *)message.data);
        abort();
    }
    sim_view view = sim_node_view(node, now);
    sim_answer answer = {0};
    test_buffer text = {0};
    node->asked++;
    answer_method(node, &answer, &view, method, json_object_get(request, "params"));
    put_answer(&text, json_object_get(request, "id"), &answer);
    lie_of_form(node, out, &text);
    free(text.data);
    free(answer.result.data);
    json_decref(request);
}

void sim_node_begin(sim_node *node, sim_world *world, sim_chain *chain, uint64_t seed) {
    *node = (sim_node){.world = world, .chain = chain, .often = 100, .keeps = 256, .chance = seed};
}

void sim_node_disconnected(sim_node *node) {
    for (uint32_t i = 0; i < SIM_NODE_SUBSCRIPTIONS; i++) node->watches[i].kind = SIM_WATCH_NONE;
}
