/* SPDX-License-Identifier: Apache-2.0 */
/* Subscriptions: what a node tells without being asked again. */
#include "node_parts.h"

static sim_watch *free_watch(sim_node *node) {
    for (uint32_t i = 0; i < SIM_NODE_SUBSCRIPTIONS; i++) {
        if (node->watches[i].kind == SIM_WATCH_NONE) return &node->watches[i];
    }
    return NULL;
}

void answer_subscribe(sim_node *node, sim_answer *answer, const sim_view *view,
                      const json_t *params, sim_watch_kind kind) {
    sim_watch *watch = free_watch(node);
    test_buffer extrinsic = {0};
    if (kind == SIM_WATCH_EXTRINSIC &&
        (!read_hex(json_array_get(params, 0), &extrinsic) || extrinsic.size < 2)) {
        sim_refuse(answer, 1002, "Verification Error: Runtime error");
    } else if (watch == NULL) {
        sim_refuse(answer, -32006, "Too many subscriptions on the connection");
    } else {
        *watch =
            (sim_watch){.kind = kind, .rounds = view->rounds, .forks = node->world->fork_count};
        snprintf(watch->id, sizeof watch->id, "Sub%08xAbCdEf", ++node->watches_made);
        if (kind == SIM_WATCH_EXTRINSIC) {
            watch->extrinsic = sim_keep(&node->world->arena, buffer_bytes(&extrinsic));
            sim_add_extrinsic(node->chain, watch->extrinsic);
        }
        put_text(&answer->result, "\"");
        put_text(&answer->result, watch->id);
        put_text(&answer->result, "\"");
    }
    free(extrinsic.data);
}

void answer_unsubscribe(sim_node *node, sim_answer *answer, const json_t *params) {
    const char *id = json_string_value(json_array_get(params, 0));
    for (uint32_t i = 0; id != NULL && i < SIM_NODE_SUBSCRIPTIONS; i++) {
        sim_watch *watch = &node->watches[i];
        if (watch->kind == SIM_WATCH_NONE || strcmp(watch->id, id) != 0) continue;
        watch->kind = SIM_WATCH_NONE;
        put_text(&answer->result, "true");
        return;
    }
    put_text(&answer->result, "false");
}

/* --- notifications ------------------------------------------------------------------------------------------------- */

static const char *const names[] = {
    [SIM_WATCH_JUSTIFICATIONS] = "grandpa_justifications",
    [SIM_WATCH_FINAL_HEADS] = "chain_finalizedHead",
    [SIM_WATCH_NEW_HEADS] = "chain_newHead",
    [SIM_WATCH_EXTRINSIC] = "author_extrinsicUpdate",
};

static void notify(sim_node *node, sim_sayings *out, const sim_watch *watch,
                   const test_buffer *result) {
    test_buffer text = {0};
    put_text(&text, "{\"jsonrpc\":\"2.0\",\"method\":\"");
    put_text(&text, names[watch->kind]);
    put_text(&text, "\",\"params\":{\"subscription\":\"");
    put_text(&text, watch->id);
    put_text(&text, "\",\"result\":");
    append_span(&text, result->data, result->size);
    put_text(&text, "}}");
    lie_of_form(node, out, &text);
    free(text.data);
}

/* The newest few of the rounds that ended: a slow subscriber misses some. */
static void wake_justifications(sim_node *node, sim_sayings *out, const sim_view *view,
                                sim_watch *watch) {
    if (watch->rounds + 3 < view->rounds) watch->rounds = view->rounds - 3;
    for (; watch->rounds < view->rounds; watch->rounds++) {
        test_buffer result = {0};
        if (!lie_of_justification(node, view, &result)) {
            put_hex(&result, sim_justification(node->world, &node->world->rounds[watch->rounds]));
        }
        notify(node, out, watch, &result);
        free(result.data);
    }
}

static void tell_head(sim_node *node, sim_sayings *out, sim_watch *watch, const sim_block *block) {
    test_buffer result = {0};
    if (mote_hash_equal(&watch->newest, &block->hash)) return;
    watch->newest = block->hash;
    put_header(&result, block->header);
    notify(node, out, watch, &result);
    free(result.data);
}

/* Nobody follows a branch that finality has left behind. */
static bool is_left_behind(const sim_chain *chain, const sim_block *block, uint32_t finalized) {
    while (sim_line_block(chain, block->number) != block) block = &chain->blocks[block->parent];
    return block->number < finalized;
}

/* For as long as nobody builds on the other one, a block beside the line may be the best one. */
static void tell_forks(sim_node *node, sim_sayings *out, const sim_view *view, sim_watch *watch) {
    while (watch->forks < node->world->fork_count &&
           node->world->forks[watch->forks].time <= view->time) {
        const sim_block *beside = &node->chain->blocks[node->world->forks[watch->forks++].block];
        if (beside->number >= view->best && !is_left_behind(node->chain, beside, view->finalized))
            tell_head(node, out, watch, beside);
    }
}

static void tell_lie(sim_node *node, sim_sayings *out, const sim_view *view, sim_watch *watch) {
    test_buffer result = {0};
    if (lie_of_best(node, view, &result)) notify(node, out, watch, &result);
    free(result.data);
}

static void tell_extrinsic(sim_node *node, sim_sayings *out, sim_watch *watch, const char *state,
                           const mote_hash *hash) {
    test_buffer result = {0};
    if (hash == NULL) {
        put_text(&result, state);
    } else {
        put_text(&result, "{\"");
        put_text(&result, state);
        put_text(&result, "\":");
        put_hash(&result, hash);
        put_text(&result, "}");
    }
    notify(node, out, watch, &result);
    free(result.data);
}

static const sim_extrinsic *extrinsic_of(const sim_chain *chain, mote_bytes bytes) {
    for (size_t i = 0; i < chain->extrinsic_count; i++) {
        if (mote_bytes_equal(chain->extrinsics[i].bytes, bytes)) return &chain->extrinsics[i];
    }
    return NULL;
}

/* ready; then in a block; then final, and over. */
static void wake_extrinsic(sim_node *node, sim_sayings *out, const sim_view *view,
                           sim_watch *watch) {
    const sim_extrinsic *extrinsic = extrinsic_of(node->chain, watch->extrinsic);
    if (watch->stage == 0) {
        tell_extrinsic(node, out, watch, "\"ready\"", NULL);
        watch->stage = 1;
    }
    if (extrinsic->block == SIM_NONE) return;
    const sim_block *block = &node->chain->blocks[extrinsic->block];
    const sim_block *told = block;
    if (sim_lies(node, SIM_LIE_FALSE_HINTS) || sim_lies(node, SIM_LIE_OTHER_BODY))
        told = &node->chain->blocks[block->parent];
    if (watch->stage == 1 && sim_block_time(block) <= view->time) {
        tell_extrinsic(node, out, watch, "inBlock", &told->hash);
        watch->stage = 2;
    }
    const sim_block *finalized = sim_view_finalized(node, view);
    if (watch->stage == 2 && finalized->number >= block->number &&
        sim_descends(node->chain, finalized, block)) {
        tell_extrinsic(node, out, watch, "finalized", &told->hash);
        watch->kind = SIM_WATCH_NONE;
    }
}

void sim_node_wake(sim_node *node, sim_sayings *out, uint64_t now) {
    sim_view view = sim_node_view(node, now);
    for (uint32_t i = 0; i < SIM_NODE_SUBSCRIPTIONS; i++) {
        sim_watch *watch = &node->watches[i];
        switch (watch->kind) {
        case SIM_WATCH_JUSTIFICATIONS: wake_justifications(node, out, &view, watch); break;
        case SIM_WATCH_FINAL_HEADS:
            tell_head(node, out, watch, sim_view_called_final(node, &view));
            break;
        case SIM_WATCH_NEW_HEADS:
            if (node->chain->is_relay) tell_forks(node, out, &view, watch);
            tell_lie(node, out, &view, watch);
            tell_head(node, out, watch, sim_view_best(node, &view));
            break;
        case SIM_WATCH_EXTRINSIC: wake_extrinsic(node, out, &view, watch); break;
        default: break;
        }
    }
}
