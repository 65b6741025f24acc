/* SPDX-License-Identifier: Apache-2.0 */
/* How nodes lie about finality, and in the form of what they say. */
#include "node_parts.h"

static const char *const lie_names[SIM_ALL_LIES] = {
    [SIM_HONEST] = "honest",
    [SIM_LIE_WRONG_PROOF] = "wrong-proof",
    [SIM_LIE_OTHER_PROOF] = "other-proof",
    [SIM_LIE_SHORT_PROOF] = "short-proof",
    [SIM_LIE_SHORT_LIST] = "short-list",
    [SIM_LIE_OTHER_HEADER] = "other-header",
    [SIM_LIE_OTHER_BODY] = "other-body",
    [SIM_LIE_STALE] = "stale",
    [SIM_LIE_WITHHELD] = "withheld",
    [SIM_LIE_FORGED_THIRD] = "forged-third",
    [SIM_LIE_FORGED_MOST] = "forged-most",
    [SIM_LIE_RELABELLED] = "relabelled",
    [SIM_LIE_OTHER_JUSTIFICATION] = "other-justification",
    [SIM_LIE_PRUNED] = "pruned",
    [SIM_LIE_FALSE_BEST] = "false-best",
    [SIM_LIE_FALSE_HINTS] = "false-hints",
    [SIM_LIE_SILENT] = "silent",
    [SIM_LIE_SLOW] = "slow",
    [SIM_LIE_FLOOD] = "flood",
    [SIM_LIE_GARBAGE] = "garbage",
    [SIM_LIE_HUGE] = "huge",
    [SIM_LIE_DEEP] = "deep",
    [SIM_LIE_NUMBERS] = "numbers",
    [SIM_LIE_TRUNCATED] = "truncated",
    [SIM_LIE_UNASKED] = "unasked",
    [SIM_LIE_TWICE] = "twice",
    [SIM_LIE_ENDLESS] = "endless",
    [SIM_LIE_DIFFERENT] = "different",
    [SIM_LIE_OTHER_HASH] = "other-hash",
    [SIM_LIE_STEPS] = "steps",
    [SIM_LIE_OTHER_TARGET] = "other-target",
    [SIM_LIE_NO_SUCH_HASH] = "no-such-hash",
    [SIM_LIE_BEST_IS_FINAL] = "best-is-final",
};

const char *sim_lie_name(sim_lie lie) {
    return lie_names[lie];
}

uint64_t sim_node_random(sim_node *node) {
    return fixture_random(&node->chance);
}

bool sim_lies(sim_node *node, sim_lie lie) {
    if (node->lie == SIM_HONEST) return false;
    if (node->lie == SIM_LIE_DIFFERENT) {
        if (sim_node_random(node) % SIM_LIES != (uint64_t)lie) return false;
    } else if (node->lie != lie || sim_node_random(node) % 100 >= node->often) {
        return false;
    }
    node->told++;
    return true;
}

/* --- finality ------------------------------------------------------------------------------------------------------ */

/* The weight that its accomplices have: 0 where it has none this time. */
static uint64_t accomplices(sim_node *node, const sim_set *set) {
    if (sim_lies(node, SIM_LIE_FORGED_THIRD)) return (set->total - 1) / 3;
    return sim_lies(node, SIM_LIE_FORGED_MOST) ? set->threshold - 1 : 0;
}

typedef struct forgery {
    mote_hash hash;
    mote_bytes header, justification;
    uint32_t number;
} forgery;

/* A block that is none, on the newest final one, on an older one, or somewhere. */
static bool forge(sim_node *node, const sim_view *view, uint32_t parent, forgery *out) {
    const sim_set *set = sim_set_of(node->world, parent + 1);
    uint64_t weight = accomplices(node, set), chance = sim_node_random(node);
    if (weight == 0) return false;
    const sim_block *on = sim_line_block(&node->world->relay, parent);
    out->number = parent + 1 + (uint32_t)(chance % 3 == 0 ? chance % 1000 : 0);
    out->header = sim_forged_header(node->world, &node->world->relay, on, out->number,
                                    view->time / SIM_SLOT_MILLISECONDS, chance);
    out->hash = libsodium_blake2b_256(out->header);
    out->justification = sim_forged_justification(node->world, set, &out->hash, out->number,
                                                  1 + chance % 100, weight, chance);
    return true;
}

static void put_forged_proof(test_buffer *out, const forgery *forged, bool with_header) {
    test_buffer proof = {0};
    append_span(&proof, forged->hash.bytes, 32);
    append_vec_u8(&proof, forged->justification);
    append_compact(&proof, with_header ? 1 : 0);
    if (with_header) append_span(&proof, forged->header.data, forged->header.size);
    put_hex(out, buffer_bytes(&proof));
    free(proof.data);
}

/* A true justification whose target is said to be another block: no vote is for it. */
static mote_bytes relabelled(sim_node *node, const sim_view *view, const mote_hash *hash,
                             uint32_t number) {
    mote_bytes justification =
        sim_justification(node->world, &node->world->rounds[view->rounds - 1]);
    mote_bytes copy = sim_keep(&node->world->arena, justification);
    memcpy((uint8_t *)(uintptr_t)copy.data + 8, hash->bytes, 32);
    mote_store_u32((uint8_t *)(uintptr_t)copy.data + 40, number);
    return copy;
}

static forgery relabel(sim_node *node, const sim_view *view, uint32_t parent) {
    forgery forged = {.number = parent + 1};
    forged.header = sim_forged_header(node->world, &node->world->relay,
                                      sim_line_block(&node->world->relay, parent), parent + 1,
                                      view->time / SIM_SLOT_MILLISECONDS, sim_node_random(node));
    forged.hash = libsodium_blake2b_256(forged.header);
    forged.justification = relabelled(node, view, &forged.hash, forged.number);
    return forged;
}

/* A true justification of an older round, and a block that it is not for. */
static forgery mix_up(sim_node *node, const sim_view *view, uint32_t asked) {
    const sim_round *round = &node->world->rounds[1 + sim_node_random(node) % (view->rounds - 1)];
    const sim_block *block = sim_line_block(&node->world->relay, asked);
    return (forgery){block->hash, block->header, sim_justification(node->world, round), asked};
}

bool lie_of_finality(sim_node *node, const sim_view *view, uint32_t asked, test_buffer *out) {
    forgery forged;
    if (asked == 0 || asked > view->best || view->rounds < 2) return false;
    if (sim_set_of(node->world, asked)->to <= view->finalized && sim_lies(node, SIM_LIE_WITHHELD)) {
        put_text(out, "null");
        return true;
    }
    if (sim_lies(node, SIM_LIE_RELABELLED)) {
        forged = relabel(node, view, asked);
        put_forged_proof(out, &forged, true);
        return true;
    }
    if (sim_lies(node, SIM_LIE_OTHER_JUSTIFICATION)) {
        forged = mix_up(node, view, asked);
        put_forged_proof(out, &forged, false);
        return true;
    }
    if (!forge(node, view, asked, &forged)) return false;
    put_forged_proof(out, &forged, true);
    return true;
}

bool lie_of_justification(sim_node *node, const sim_view *view, test_buffer *out) {
    forgery forged;
    if (view->rounds < 2) return false;
    if (sim_lies(node, SIM_LIE_RELABELLED)) {
        forged = relabel(node, view, view->finalized);
    } else if (!forge(node, view, view->finalized, &forged)) {
        return false;
    }
    put_hex(out, forged.justification);
    return true;
}

/* On a true block: with a true one's digest, with a slot and no seal, or far ahead. */
bool lie_of_best(sim_node *node, const sim_view *view, test_buffer *out) {
    if (!node->chain->is_relay || !sim_lies(node, SIM_LIE_FALSE_BEST)) return false;
    const sim_block *best = sim_view_best(node, view);
    uint64_t what = sim_node_random(node);
    mote_bytes header = sim_forged_header(
        node->world, node->chain, best,
        best->number + 1 + (uint32_t)(what % 3 == 0 ? what % 1000 : 0), best->slot + 1, what);
    if (what % 5 == 0) { /* a true block with another state */
        header = sim_keep(&node->world->arena, best->header);
        ((uint8_t *)(uintptr_t)header.data)[40] ^= 1;
    }
    put_header(out, header);
    return true;
}

/* --- form ---------------------------------------------------------------------------------------------------------- */

static void put_repeated(test_buffer *out, const char *what, size_t count) {
    for (size_t i = 0; i < count; i++) put_text(out, what);
}

static void say_text(sim_sayings *out, const char *text) {
    test_buffer message = {0};
    put_text(&message, text);
    put_message(out, &message, 0);
    free(message.data);
}

static void say_garbage(sim_node *node, sim_sayings *out) {
    uint8_t bytes[200];
    uint64_t what = sim_node_random(node);
    sim_fill(bytes, sizeof bytes, what, 1, 0);
    test_buffer message = {bytes, sim_node_random(node) % sizeof bytes, 0};
    put_message(out, &message, 0);
}

/* One value that is larger than any honest one. */
static void say_huge(sim_node *node, sim_sayings *out) {
    test_buffer message = {0};
    put_text(&message, "{\"jsonrpc\":\"2.0\",\"id\":");
    put_number(&message, node->asked);
    put_text(&message, ",\"result\":\"0x");
    put_repeated(&message, "00000000000000000000000000000000",
                 (size_t)1 << (10 + sim_node_random(node) % 5));
    put_text(&message, "\"}");
    put_message(out, &message, 0);
    free(message.data);
}

static void say_deep(sim_node *node, sim_sayings *out) {
    test_buffer message = {0};
    if (sim_node_random(node) % 2 == 0)
        put_text(&message, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":");
    put_repeated(&message, sim_node_random(node) % 2 == 0 ? "[" : "{\"a\":", 20000);
    put_message(out, &message, 0);
    free(message.data);
}

static void say_numbers(sim_node *node, sim_sayings *out) {
    static const char *const numbers[] = {"1e400", "-1",   "18446744073709551616",
                                          "1.0",   "0x1",  "1e0",
                                          "\"1\"", "null", "99999999999999999999999999999999999999",
                                          "[1]",   "00",   "-0"};
    test_buffer message = {0};
    put_text(&message, "{\"jsonrpc\":\"2.0\",\"id\":");
    put_text(&message, numbers[sim_node_random(node) % (sizeof numbers / sizeof numbers[0])]);
    put_text(&message, ",\"result\":");
    put_text(&message, numbers[sim_node_random(node) % (sizeof numbers / sizeof numbers[0])]);
    put_text(&message, "}");
    put_message(out, &message, 0);
    free(message.data);
}

static void say_unasked(sim_node *node, sim_sayings *out) {
    char text[160];
    unsigned long long id =
        (unsigned long long)(sim_node_random(node) % (2 * (uint64_t)node->asked + 2));
    bool notice = sim_node_random(node) % 2 == 0;
    snprintf(text, sizeof text,
             notice ? "{\"jsonrpc\":\"2.0\",\"method\":\"grandpa_justifications\",\"params\":{"
                      "\"subscription\":\"x%llu\",\"result\":\"0x00\"}}"
                    : "{\"jsonrpc\":\"2.0\",\"id\":%llu,\"result\":\"0x00\"}",
             id);
    say_text(out, text);
}

static void say_flood(sim_node *node, sim_sayings *out) {
    for (int i = 0; i < 200; i++) say_unasked(node, out);
}

static void say_endless(sim_sayings *out, const test_buffer *text) {
    test_buffer part = {text->data, text->size / 2, 0};
    sim_saying **said = out->last;
    put_message(out, &part, 0);
    (*said)->unfinished = true;
}

static bool instead(sim_node *node, sim_sayings *out, const test_buffer *text) {
    if (sim_lies(node, SIM_LIE_SILENT)) return true;
    if (sim_lies(node, SIM_LIE_GARBAGE)) return say_garbage(node, out), true;
    if (sim_lies(node, SIM_LIE_DEEP)) return say_deep(node, out), true;
    if (sim_lies(node, SIM_LIE_HUGE)) return say_huge(node, out), true;
    if (sim_lies(node, SIM_LIE_NUMBERS)) return say_numbers(node, out), true;
    if (sim_lies(node, SIM_LIE_ENDLESS)) return say_endless(out, text), true;
    return false;
}

void lie_of_form(sim_node *node, sim_sayings *out, test_buffer *text) {
    if (instead(node, out, text)) return;
    if (sim_lies(node, SIM_LIE_FLOOD)) say_flood(node, out);
    if (sim_lies(node, SIM_LIE_UNASKED)) say_unasked(node, out);
    if (sim_lies(node, SIM_LIE_TRUNCATED)) text->size = sim_node_random(node) % (text->size + 1);
    uint64_t delay = sim_lies(node, SIM_LIE_SLOW) ? 2000 + sim_node_random(node) % 20000 : 0;
    put_message(out, text, delay);
    if (sim_lies(node, SIM_LIE_TWICE)) put_message(out, text, delay);
}
