/* SPDX-License-Identifier: Apache-2.0 */
/* Nodes: that an honest one answers as the recorded ones did, and that each lie is told. */
#include "node.h"

#include "recorded_blocks.h"

#include "mote/header.h"

/* --- against recorded answers ------------------------------------------------------------------------------------ */

static mote_bytes chain_of_headers(const recorded_chain *chain, uint32_t from, uint32_t to) {
    test_buffer headers = {0};
    append_compact(&headers, to - from);
    for (uint32_t number = from + 1; number <= to; number++) {
        append_span(&headers, chain->blocks[number].encoded.data,
                    chain->blocks[number].encoded.size);
    }
    return buffer_bytes(&headers);
}

/* The proofs of a real node: for which block, and with which headers. */
static void finality_proofs_as_recorded(void **state) {
    (void)state;
    json_t *ends = fixture_json("local/relay.set-changes.json"),
           *answers = fixture_json("local/relay.prove-finality.json.gz");
    recorded_chain chain = recorded_blocks_of("local/relay.blocks.jsonl.gz");
    uint32_t set_ends[8], newest = (uint32_t)chain.count - 1;
    for (size_t i = 0; i < json_array_size(ends); i++)
        set_ends[i] = (uint32_t)json_integer_value(json_array_get(ends, i));
    const char *asked_text;
    json_t *answer;
    json_object_foreach(answers, asked_text, answer) {
        uint32_t asked = (uint32_t)atoi(asked_text), proven;
        mote_bytes recorded = fixture_hex(json_string_value(answer));
        assert_int_equal(
            sim_finality_rule(&proven, asked, newest, set_ends, json_array_size(ends), newest),
            SIM_FINALITY_PROVEN);
        assert_memory_equal(recorded.data, chain.blocks[proven].header.hash.bytes, 32);
        mote_bytes headers = chain_of_headers(&chain, asked, proven);
        assert_true(recorded.size > headers.size);
        assert_memory_equal(recorded.data + recorded.size - headers.size, headers.data,
                            headers.size);
        free_bytes(headers);
    }
    assert_int_equal(json_object_size(answers), 11);
    uint32_t proven;
    assert_int_equal(sim_finality_rule(&proven, newest + 1, newest, set_ends, 2, newest),
                     SIM_FINALITY_NOT_YET);
    assert_int_equal(sim_finality_rule(&proven, newest, newest, set_ends, 2, newest - 1),
                     SIM_FINALITY_NONE);
}

/* --- answers ------------------------------------------------------------------------------------------------------- */

typedef struct conversation {
    sim_world *world;
    sim_node node;
    uint64_t now;
} conversation;

static conversation begin_talk(uint64_t seed) {
    sim_shape shape = sim_shape_plain(seed);
    shape.fork_period = 5;
    conversation talk = {.world = sim_world_new(&shape), .now = shape.start};
    sim_node_begin(&talk.node, talk.world, &talk.world->relay, seed);
    return talk;
}

/* The one answer to a request; json_decref it. */
static json_t *ask(conversation *with, const char *method, const char *params) {
    char request[8192];
    snprintf(request, sizeof request,
             "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"%s\",\"params\":[%s]}", method, params);
    sim_sayings said;
    sim_sayings_begin(&said);
    sim_node_hear(&with->node, &said, with->now,
                  (mote_bytes){(const uint8_t *)request, strlen(request)});
    assert_non_null(said.first);
    assert_null(said.first->next);
    json_t *answer = json_loads(said.first->text, 0, NULL);
    assert_non_null(answer);
    assert_int_equal(json_integer_value(json_object_get(answer, "id")), 7);
    sim_saying_free(said.first);
    return answer;
}

static json_t *result_of(json_t *answer) {
    assert_null(json_object_get(answer, "error"));
    return json_object_get(answer, "result");
}

static void blocks_are_asked_for(void **state) {
    (void)state;
    conversation talk = begin_talk(1);
    json_t *answer = ask(&talk, "chain_getBlockHash", "0");
    char hash[80], quoted[90];
    snprintf(hash, sizeof hash, "%s", json_string_value(result_of(answer)));
    assert_hash_hex(&sim_line_block(&talk.world->relay, 0)->hash, hash);
    json_decref(answer);
    answer = ask(&talk, "chain_getBlockHash", "100000");
    assert_true(json_is_null(result_of(answer)));
    json_decref(answer);
    answer = ask(&talk, "chain_getFinalizedHead", "");
    snprintf(quoted, sizeof quoted, "\"%s\"", json_string_value(result_of(answer)));
    json_decref(answer);
    answer = ask(&talk, "chain_getHeader", quoted);
    const char *number = json_string_value(json_object_get(result_of(answer), "number"));
    assert_int_equal(strtoul(number + 2, NULL, 16), sim_finalized_at(talk.world, talk.now));
    json_decref(answer);
    answer = ask(&talk, "chain_getBlock", quoted);
    assert_int_equal(
        json_array_size(json_object_get(json_object_get(result_of(answer), "block"), "extrinsics")),
        1);
    json_decref(answer);
    answer = ask(&talk, "nobody_knowsThis", "");
    assert_int_equal(json_integer_value(json_object_get(json_object_get(answer, "error"), "code")),
                     -32601);
    json_decref(answer);
    sim_world_free(talk.world);
}

static void finality_is_proven(void **state) {
    (void)state;
    conversation talk = begin_talk(2);
    const sim_set *set = &talk.world->sets[1];
    char number[16];
    snprintf(number, sizeof number, "%u", set->to - 1);
    json_t *answer = ask(&talk, "grandpa_proveFinality", number);
    mote_bytes proof = fixture_hex(json_string_value(result_of(answer)));
    assert_memory_equal(proof.data, sim_line_block(&talk.world->relay, set->to)->hash.bytes, 32);
    json_decref(answer);
    answer = ask(&talk, "grandpa_proveFinality", "4000000");
    assert_non_null(json_object_get(answer, "error"));
    json_decref(answer);
    sim_world_free(talk.world);
}

/* All keys of the main trie at the best block, with the roots of child tries. */
static size_t keys_of(sim_chain *chain) {
    const sim_block *best = &chain->blocks[chain->line[chain->line_count - 1]];
    uint8_t value[SIM_MAX_VALUE];
    size_t count = 0, size;
    for (uint32_t i = 0; i < chain->cell_count; i++) {
        count += !chain->cells[i].in_child &&
                 sim_cell_value(chain, &chain->cells[i], best->content, value, &size);
    }
    mote_state_usage usage = mote_state_usage_of(sim_state_of(chain, best));
    return count + usage.child_tries;
}

static void states_are_listed_and_pruned(void **state) {
    (void)state;
    conversation talk = begin_talk(3);
    json_t *answer = ask(&talk, "state_getKeysPaged", "\"0x\",1000,null");
    size_t all = json_array_size(result_of(answer));
    assert_int_equal(all, keys_of(&talk.world->relay));
    json_decref(answer);
    answer = ask(&talk, "state_getKeysPaged", "\"0x26aa394eea5630e07c48ae0c9558cef7\",3,null");
    assert_int_equal(json_array_size(result_of(answer)), 3);
    json_decref(answer);
    talk.node.keeps = 10;
    char old[80];
    snprintf(old, sizeof old, "[\"0x61\"],\"");
    const mote_hash *hash = &sim_line_block(&talk.world->relay, 20)->hash;
    for (int i = 0; i < 32; i++)
        snprintf(old + strlen(old), sizeof old - strlen(old), "%s%02x", i == 0 ? "0x" : "",
                 hash->bytes[i]);
    strcat(old, "\"");
    answer = ask(&talk, "state_getReadProof", old);
    assert_non_null(json_object_get(answer, "error"));
    json_decref(answer);
    sim_world_free(talk.world);
}

static size_t count_and_free(sim_sayings *said, const char *with) {
    size_t count = 0;
    for (sim_saying *at = said->first, *next; at != NULL; at = next) {
        next = at->next;
        if (strstr(at->text, with) != NULL) count++;
        sim_saying_free(at);
    }
    return count;
}

static void subscribers_are_told(void **state) {
    (void)state;
    conversation talk = begin_talk(4);
    json_decref(ask(&talk, "grandpa_subscribeJustifications", ""));
    json_decref(ask(&talk, "chain_subscribeFinalizedHeads", ""));
    json_decref(ask(&talk, "chain_subscribeNewHeads", ""));
    json_decref(ask(&talk, "author_submitAndWatchExtrinsic", "\"0x0c040404\""));
    size_t justifications = 0, final_heads = 0, new_heads = 0, updates = 0;
    for (int i = 0; i < 20; i++, talk.now += 6000) {
        sim_sayings said;
        sim_world_advance(talk.world, talk.now);
        sim_sayings_begin(&said);
        sim_node_wake(&talk.node, &said, talk.now);
        for (sim_saying *at = said.first; at != NULL; at = at->next) {
            justifications += strstr(at->text, "grandpa_justifications") != NULL;
            final_heads += strstr(at->text, "chain_finalizedHead") != NULL;
            new_heads += strstr(at->text, "chain_newHead") != NULL;
        }
        updates += count_and_free(&said, "author_extrinsicUpdate");
    }
    assert_true(justifications >= 5 && final_heads >= 5 && new_heads >= 20);
    assert_int_equal(updates, 3); /* ready, in a block, final */
    sim_world_free(talk.world);
}

/* Whatever kind of liar it is: it lies. */
static void every_lie_is_told(void **state) {
    (void)state;
    for (int lie = 1; lie < SIM_LIES; lie++) {
        conversation talk = begin_talk(100 + (uint64_t)lie);
        talk.node.lie = (sim_lie)lie;
        if (lie == SIM_LIE_STALE) continue; /* by its view, not by its words */
        static const char *const requests[] = {
            "chain_getHeader",        "chain_getBlock",     "grandpa_proveFinality",
            "state_getReadProof",     "state_getKeysPaged", "author_submitAndWatchExtrinsic",
            "chain_subscribeNewHeads"};
        static const char *const params[] = {
            "", "", "30", "[\"0x6162\"]", "\"0x\",1000", "\"0x0c040404\"", ""};
        for (size_t i = 0; i < sizeof params / sizeof params[0]; i++) {
            char request[200];
            snprintf(request, sizeof request,
                     "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"%s\",\"params\":[%s]}",
                     requests[i], params[i]);
            sim_sayings said;
            sim_sayings_begin(&said);
            sim_node_hear(&talk.node, &said, talk.now,
                          (mote_bytes){(const uint8_t *)request, strlen(request)});
            sim_world_advance(talk.world, talk.now += 6000);
            sim_node_wake(&talk.node, &said, talk.now);
            count_and_free(&said, "");
        }
        if (talk.node.told == 0) fail_msg("%s tells no lie", sim_lie_name((sim_lie)lie));
        sim_world_free(talk.world);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finality_proofs_as_recorded),
        cmocka_unit_test(blocks_are_asked_for),
        cmocka_unit_test(finality_is_proven),
        cmocka_unit_test(states_are_listed_and_pruned),
        cmocka_unit_test(subscribers_are_told),
        cmocka_unit_test(every_lie_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
