/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of the catalogue that need several nodes, time, or a client's whole life. */
#include "run.h"

static sim_run run;

static void no_failure(void) {
    if (sim_run_failed(&run)) fail_msg("%s", run.failure);
}

static void begin(uint64_t seed) {
    sim_shape shape = sim_shape_plain(seed);
    shape.paras_behave = true;
    sim_run_begin(&run, sim_world_new(&shape), seed);
    run.accept_expired = true;
    run.logs = getenv("MOTE_TEST_LOG") != NULL;
}

static void end(void) {
    sim_world *world = run.world;
    no_failure();
    sim_run_end(&run);
    sim_world_free(world);
}

static sim_peer *relay_peer(sim_lie lie) {
    return sim_run_peer(&run, run.world, &run.world->relay, lie);
}

/* A message of that source's, whoever says it, and what the client does then. */
static void inject(sim_peer *peer, const char *text, size_t size) {
    mote_client_receive(run.client, peer->source, (mote_bytes){(const uint8_t *)text, size}, true);
    sim_run_turn(&run);
}

static void inject_text(sim_peer *peer, const char *text) {
    inject(peer, text, strlen(text));
}

static const sim_watch *watch_of(const sim_peer *peer, uint32_t kind) {
    for (uint32_t i = 0; i < SIM_NODE_SUBSCRIPTIONS; i++) {
        if (peer->node.watches[i].kind == kind) return &peer->node.watches[i];
    }
    fail_msg("nobody subscribed");
    return NULL;
}

enum { JUSTIFICATIONS = 1, FINAL_HEADS, NEW_HEADS }; /* kinds of watches */

static void notify(sim_peer *peer, uint32_t kind, const char *method, const char *result) {
    size_t size = strlen(result) + 300;
    char *text = malloc(size);
    assert_non_null(text);
    snprintf(text, size,
             "{\"jsonrpc\":\"2.0\",\"method\":\"%s\",\"params\":{\"subscription\":\"%s\","
             "\"result\":%s}}",
             method, watch_of(peer, kind)->id, result);
    inject_text(peer, text);
    free(text);
}

static char *as_json(mote_bytes bytes) {
    char *text = malloc(2 * bytes.size + 5);
    assert_non_null(text);
    strcpy(text, "\"0x");
    for (size_t i = 0; i < bytes.size; i++) snprintf(text + 3 + 2 * i, 3, "%02x", bytes.data[i]);
    strcat(text, "\"");
    return text;
}

/* Up to date, from one honest source and another one. */
static void follow_with(sim_peer **honest, sim_peer **other, sim_lie lie, uint64_t seed) {
    begin(seed);
    *honest = relay_peer(SIM_HONEST);
    *other = relay_peer(lie);
    sim_run_start(&run, 50, 1);
    sim_run_for(&run, 60000);
    no_failure();
}

static uint32_t head(void) {
    return sim_run_status(&run, &run.world->relay).number;
}

/* --- H.3 -------------------------------------------------------------------------------------------------------------- */

/* What a catch-up message has and a justification has not: everybody's prevotes. They make nothing final. */
static void G42_prevotes_finalize_nothing(void **state) {
    (void)state;
    sim_peer *honest, *other;
    follow_with(&honest, &other, SIM_LIE_PRUNED, 1);
    const sim_set *set = sim_set_of(run.world, head() + 1);
    mote_bytes header =
        sim_forged_header(run.world, &run.world->relay, sim_line_block(&run.world->relay, head()),
                          head() + 1, run.now / SIM_SLOT_MILLISECONDS, 1);
    mote_hash hash = libsodium_blake2b_256(header);
    test_vote votes[8];
    for (uint32_t i = 0; i < set->count; i++)
        votes[i] = test_vote_in(TEST_STAGE_PREVOTE, &set->voters[i], &hash, head() + 1, 9, set->id);
    test_justification parts = {.round = 9,
                                .target_hash = hash,
                                .target_number = head() + 1,
                                .votes = votes,
                                .vote_count = set->count};
    char *text = as_json(build_justification(&parts));
    notify(other, JUSTIFICATIONS, "grandpa_justifications", text);
    sim_run_for(&run, 60000);
    sim_verdict_current(&run, 8);
    free(text);
    end();
}

/* A neighbour's word is a claim of where it is. The highest possible one changes nothing of what is final. */
static void G43_a_claim_of_the_last_height_has_no_effect(void **state) {
    (void)state;
    sim_peer *honest, *other;
    follow_with(&honest, &other, SIM_LIE_PRUNED, 2);
    char header[700];
    const char *zeros = "0x0000000000000000000000000000000000000000000000000000000000000000";
    snprintf(header, sizeof header,
             "{\"parentHash\":\"%s\",\"number\":\"0xffffffff\",\"stateRoot\":\"%s\","
             "\"extrinsicsRoot\":\"%s\",\"digest\":{\"logs\":[]}}",
             zeros, zeros, zeros);
    notify(other, FINAL_HEADS, "chain_finalizedHead", header);
    if (!other->dropped) notify(other, NEW_HEADS, "chain_newHead", header);
    sim_run_for(&run, 120000);
    sim_verdict_current(&run, 8);
    end();
}

/* --- H.4 -------------------------------------------------------------------------------------------------------------- */

/* Equal up to block `from`, other blocks above, and the same voters who sign both. */
static sim_world *other_chain(uint32_t from) {
    sim_shape shape = run.world->shape;
    shape.other = 1;
    shape.other_from = from;
    return sim_world_new(&shape);
}

static void W24_two_finished_chains(void **state) {
    (void)state;
    begin(3);
    sim_world *two = other_chain(90);
    run.may_conflict = true;
    relay_peer(SIM_HONEST);
    sim_run_start(&run, 50, 0);
    sim_run_for(&run, 30000);
    no_failure();
    sim_run_peer(&run, two, &two->relay, SIM_HONEST);
    /* The second source comes later, at the same moment of its own world. */
    sim_peer *late = &run.peers[1];
    assert_int_equal(mote_client_add_source(run.client, &late->source, run.followed[0].id),
                     MOTE_OK);
    sim_run_join(&run, late);
    sim_run_for(&run, 300000);
    no_failure();
    assert_int_equal(run.counts.conflicts, 1);
    assert_int_equal(sim_run_status(&run, &run.world->relay).phase, MOTE_PHASE_HALTED);
    uint32_t stands = head();
    sim_run_for(&run, 120000);
    assert_int_equal(head(), stands);
    end();
    sim_world_free(two);
}

/* --- H.12 ------------------------------------------------------------------------------------------------------------- */

/* A byte a minute: of the first answer, and of a later one. */
static void Q19_one_byte_a_minute(void **state) {
    (void)state;
    begin(4);
    relay_peer(SIM_HONEST);
    sim_peer *slow = relay_peer(SIM_LIE_SILENT);
    sim_run_start(&run, 50, 0);
    static const char answer[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x";
    for (uint32_t i = 0; i < 20 && slow->closes == 0 && !slow->dropped; i++) {
        mote_client_receive(run.client, slow->source, (mote_bytes){(const uint8_t *)answer + i, 1},
                            false);
        sim_run_for(&run, 60000);
    }
    assert_true(slow->closes > 0 || slow->dropped);
    sim_verdict_current(&run, 8);
    end();
}

static void Q27_announcements_without_end(void **state) {
    (void)state;
    sim_peer *honest, *other;
    follow_with(&honest, &other, SIM_LIE_PRUNED, 5);
    /* Headers of unknown parents, each said to be the best one. */
    for (uint32_t i = 0; i < 3000 && !other->dropped && other->connected; i++) {
        mote_bytes header = sim_forged_header(run.world, &run.world->relay, NULL, head() + 1 + i,
                                              run.now / SIM_SLOT_MILLISECONDS, i);
        mote_header decoded;
        assert_status(mote_header_decode(fixture_context(1), &decoded, header), MOTE_OK);
        char json[800], parent[80], root[80], extrinsics[80];
        char *parts[3] = {parent, root, extrinsics};
        const mote_hash *hashes[3] = {&decoded.parent_hash, &decoded.state_root,
                                      &decoded.extrinsics_root};
        for (int k = 0; k < 3; k++) {
            strcpy(parts[k], "0x");
            for (int b = 0; b < 32; b++)
                snprintf(parts[k] + 2 + 2 * b, 3, "%02x", hashes[k]->bytes[b]);
        }
        snprintf(json, sizeof json,
                 "{\"parentHash\":\"%s\",\"number\":\"0x%x\",\"stateRoot\":\"%s\","
                 "\"extrinsicsRoot\":\"%s\",\"digest\":{\"logs\":[]}}",
                 parent, decoded.number, root, extrinsics);
        notify(other, NEW_HEADS, "chain_newHead", json);
        if (i % 10 == 9) sim_run_for(&run, 1);
    }
    no_failure();
    /* One of a mebibyte. */
    if (other->connected) {
        size_t size = (size_t)1 << 20;
        char *large = malloc(size + 500);
        assert_non_null(large);
        int front = snprintf(large, 400, "{\"digest\":{\"logs\":[\"0x");
        memset(large + front, '0', size);
        strcpy(large + front + size, "\"]}}");
        notify(other, NEW_HEADS, "chain_newHead", large);
        free(large);
    }
    sim_run_for(&run, 60000);
    sim_verdict_current(&run, 8);
    end();
}

/* What a block's source gives: another header, a body that is not the block's, a justification for another block. */
static void Q28_other_blocks_than_asked_for(void **state) {
    (void)state;
    static const sim_lie lies[] = {SIM_LIE_OTHER_HEADER, SIM_LIE_OTHER_BODY,
                                   SIM_LIE_OTHER_JUSTIFICATION, SIM_LIE_FALSE_HINTS};
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        begin(6 + i);
        relay_peer(SIM_HONEST);
        sim_peer *liar = relay_peer(lies[i]);
        liar->link.latency = 1; /* asked first */
        sim_run_start(&run, 50, 0);
        sim_run_for(&run, 30000);
        static const uint8_t bytes[] = {4 << 2, 1, 2, 3, 4};
        sim_sent *sent = sim_run_submit(&run, &run.world->relay, (mote_bytes){bytes, sizeof bytes});
        assert_non_null(sent);
        sim_run_for(&run, 180000);
        no_failure();
        if (sent->state != MOTE_INCLUSION_FINAL)
            fail_msg("%s: %s", sim_lie_name(lies[i]), mote_inclusion_state_name(sent->state));
        sim_verdict_current(&run, 8);
        end();
    }
}

/* Answers with fields nobody knows are read; those with one twice, deep ones and those with endless numbers are not. */
static void Q29_forms_of_answers(void **state) {
    (void)state;
    char deep[400] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":";
    for (int i = 0; i < 160; i++) strcat(deep, i < 80 ? "[" : "]");
    strcat(deep, "}");
    const char *const forms[] = {
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":1,\"result\":null}",
        "{\"jsonrpc\":\"2.0\",\"id\":123456789012345678901234567890,\"result\":null}",
        deep,
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null,\"error\":{\"code\":1,\"message\":\"x\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1}",
        "[]",
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        sim_peer *honest, *other;
        follow_with(&honest, &other, SIM_LIE_PRUNED, 10 + i);
        for (int times = 0; times < 3 && !other->dropped;
             times++) { /* a bad connection, then a bad source */
            inject_text(other, forms[i]);
            sim_run_for(&run, 5000);
        }
        if (!other->dropped) fail_msg("%s", forms[i]);
        sim_run_for(&run, 30000);
        sim_verdict_current(&run, 8);
        end();
    }
    sim_peer *honest, *other;
    follow_with(&honest, &other, SIM_LIE_PRUNED, 20);
    inject_text(other,
                "{\"jsonrpc\":\"2.0\",\"new\":{\"a\":[1,2]},\"id\":4000000,\"result\":null}");
    assert_false(other->dropped);
    end();
}

/* Answers to what was given up, and to what was never asked. */
static void Q30_answers_that_nobody_waits_for(void **state) {
    (void)state;
    sim_peer *honest, *other;
    follow_with(&honest, &other, SIM_HONEST, 21);
    for (uint32_t i = 0; i < 10; i++) {
        sim_asked *asked = sim_run_values(&run, &run.world->relay, 77 + i, false);
        assert_non_null(asked);
        mote_client_cancel(run.client, asked->id);
        asked->over = true;
    }
    for (uint32_t id = 0; id < 20; id++) {
        char text[80];
        snprintf(text, sizeof text, "{\"jsonrpc\":\"2.0\",\"id\":%u,\"result\":\"0x00\"}",
                 5000 + id);
        inject_text(other, text);
    }
    sim_run_for(&run, 60000);
    assert_false(other->dropped);
    assert_int_equal(run.counts.answered, 0);
    sim_verdict_current(&run, 8);
    end();
}

static void Q31_a_source_of_another_chain(void **state) {
    (void)state;
    begin(22);
    sim_shape shape = run.world->shape;
    shape.seed = 4711;
    sim_world *elsewhere = sim_world_new(&shape);
    relay_peer(SIM_HONEST);
    sim_peer *stranger = sim_run_peer(&run, elsewhere, &elsewhere->relay, SIM_HONEST);
    stranger->link.latency = 1;
    sim_run_start(&run, 50, 0);
    sim_run_for(&run, 60000);
    assert_true(stranger->dropped);
    assert_int_equal(stranger->why, MOTE_E_GENESIS_MISMATCH);
    sim_verdict_current(&run, 8);
    end();
    sim_world_free(elsewhere);
}

static void Q32_floods(void **state) {
    (void)state;
    static const sim_lie lies[] = {SIM_LIE_FLOOD, SIM_LIE_UNASKED, SIM_LIE_HUGE, SIM_LIE_TWICE};
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        begin(23 + i);
        relay_peer(SIM_HONEST);
        sim_peer *liar = relay_peer(lies[i]);
        sim_run_start(&run, 50, 0);
        sim_run_for(&run, 120000);
        no_failure();
        if (lies[i] == SIM_LIE_FLOOD) assert_true(liar->dropped || liar->closes > 0);
        sim_verdict_current(&run, 8);
        end();
    }
}

/* Whoever has the headers and never a proof is asked less than whoever has both. */
static void Q33_good_headers_and_no_proofs(void **state) {
    (void)state;
    begin(30);
    for (int i = 0; i < 3; i++) relay_peer(SIM_LIE_PRUNED)->link.latency = 1;
    relay_peer(SIM_LIE_WITHHELD)->link.latency = 1;
    relay_peer(SIM_HONEST)->link.latency = 300;
    sim_run_start(&run, 20, 1);
    sim_run_for(&run, 90000);
    sim_verdict_current(&run, 8);
    assert_non_null(sim_run_values(&run, &run.world->relay, 12345, false));
    sim_run_for(&run, 40000);
    sim_verdict_answers(&run);
    end();
}

/* All sources agree, and none is honest: the clock says that the head is old. */
static void Q34_all_sources_stand_still(void **state) {
    (void)state;
    begin(31);
    for (int i = 0; i < 3; i++)
        relay_peer(SIM_LIE_STALE)->node.stands = run.now - 30 * SIM_SLOT_MILLISECONDS;
    sim_run_start(&run, 20, 0);
    sim_run_for(&run, 300000);
    mote_chain_status status = sim_run_status(&run, &run.world->relay);
    assert_int_equal(status.phase, MOTE_PHASE_STALLED);
    assert_true(status.has_lag && status.lag_milliseconds > 300000);
    end();
}

static void Q35_clocks_that_jump(void **state) {
    (void)state;
    static const int64_t hours[] = {-7, 5, -1, 30, -30, 0};
    begin(32);
    relay_peer(SIM_HONEST);
    sim_run_start(&run, 50, 1);
    sim_run_for(&run, 30000);
    for (size_t i = 0; i < sizeof hours / sizeof hours[0]; i++) {
        run.clock_error = hours[i] * 3600000;
        assert_non_null(sim_run_values(&run, &run.world->relay, 99 + i, false));
        sim_run_for(&run, 45000);
        sim_verdict_current(&run, 8);
        sim_verdict_answers(&run);
        no_failure();
    }
    end();
}

/* --- H.13 ------------------------------------------------------------------------------------------------------------- */

static void K06_no_sources_bad_ones_too_many(void **state) {
    (void)state;
    begin(40);
    sim_run_start(&run, 50, 0);
    sim_run_for(&run, 3600000);
    assert_int_equal(sim_run_status(&run, &run.world->relay).phase, MOTE_PHASE_WAITING);
    assert_int_equal(run.counts.requests, 0);
    uint32_t taken = 0;
    for (uint32_t i = 0; i < 10000; i++) {
        mote_source_id source;
        mote_status status = mote_client_add_source(run.client, &source, run.followed[0].id);
        if (status == MOTE_OK)
            taken++;
        else
            assert_int_equal(status, MOTE_E_LIMIT_COUNT);
    }
    assert_int_equal(taken, run.limits.sources);
    end();
    begin(41);
    for (int i = 0; i < 4; i++) relay_peer(SIM_LIE_GARBAGE);
    sim_run_start(&run, 50, 0);
    sim_run_for(&run, 60000);
    for (int i = 0; i < 4; i++) assert_true(run.peers[i].dropped);
    assert_int_equal(sim_run_status(&run, &run.world->relay).phase, MOTE_PHASE_WAITING);
    end();
}

/* It was saved under one of two finished chains; the sources are of the other one. */
static void K08_what_was_saved_is_contradicted(void **state) {
    (void)state;
    begin(42);
    sim_world *two = other_chain(60);
    run.may_conflict = true;
    sim_run_peer(&run, two, &two->relay, SIM_HONEST);
    sim_run_start(&run, 50, 0);
    sim_run_for(&run, 54000); /* so that a child of what was saved is shown */
    assert_true(run.counts.saves > 0);
    run.peers[0].is_away = true;
    relay_peer(SIM_HONEST);
    sim_run_restart(&run);
    uint32_t stands = head();
    assert_true(stands > 60);
    sim_run_for(&run, 300000);
    no_failure();
    assert_int_equal(run.counts.conflicts, 1);
    assert_int_equal(sim_run_status(&run, &run.world->relay).phase, MOTE_PHASE_HALTED);
    end();
    sim_world_free(two);
}

static void K09_a_hundred_thousand_subscriptions(void **state) {
    (void)state;
    begin(43);
    relay_peer(SIM_HONEST);
    sim_run_start(&run, 50, 0);
    sim_run_for(&run, 30000);
    uint32_t taken = 0;
    mote_query query = {.kind = MOTE_QUERY_VALUES,
                        .chain = run.followed[0].id,
                        .subscribe = true,
                        .keys = &run.world->relay.cells[1].key,
                        .key_count = 1};
    for (uint32_t i = 0; i < 100000; i++) {
        mote_query_id id;
        mote_status status = mote_client_query(run.client, &id, &query);
        if (status == MOTE_OK) {
            mote_client_cancel(run.client, id);
            status = mote_client_query(run.client, &id, &query);
            taken++;
        } else {
            assert_true(status == MOTE_E_LIMIT_COUNT || status == MOTE_E_LIMIT_MEMORY);
        }
        if (status == MOTE_OK && run.asked_count < SIM_MAX_ASKED) {
            sim_asked *asked = &run.asked[run.asked_count++];
            *asked = (sim_asked){.id = id,
                                 .query = query,
                                 .chain = &run.world->relay,
                                 .keys = {query.keys[0]},
                                 .since = run.now};
        }
    }
    assert_int_equal(taken, run.limits.queries);
    sim_run_for(&run, 60000);
    sim_verdict_current(&run, 8);
    sim_verdict_answers(&run);
    end();
}

static void K12_what_is_ended_twice_or_never_was(void **state) {
    (void)state;
    begin(44);
    relay_peer(SIM_HONEST);
    sim_run_start(&run, 50, 1);
    sim_run_for(&run, 30000);
    sim_asked *asked = sim_run_values(&run, &run.world->relay, 5, true);
    assert_non_null(asked);
    asked->over = true;
    for (int i = 0; i < 2; i++) mote_client_cancel(run.client, asked->id);
    static const uint32_t ids[] = {0, 1, 2, 77, UINT32_MAX};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        if (ids[i] == run.followed[0].id || ids[i] == run.followed[1].id ||
            ids[i] == run.peers[0].source)
            continue;
        mote_client_cancel(run.client, ids[i]);
        mote_client_forget(run.client, ids[i]);
        mote_client_remove_source(run.client, ids[i]);
        mote_client_remove_chain(run.client, ids[i]);
        mote_client_source_opened(run.client, ids[i]);
        mote_client_source_closed(run.client, ids[i]);
        mote_client_save(run.client, ids[i]);
        mote_client_receive(run.client, ids[i], (mote_bytes){(const uint8_t *)"{}", 2}, true);
        mote_chain_status chain_status;
        mote_source_status source_status;
        assert_false(mote_client_chain_status(run.client, &chain_status, ids[i]));
        assert_false(mote_client_source_status(run.client, &source_status, ids[i]));
    }
    /* The same parachain, and the same connection, twice. */
    mote_chain_id again;
    assert_int_equal(mote_client_add_parachain(run.client, &again, run.followed[0].id,
                                               run.world->paras[0].para_id),
                     MOTE_E_BAD_ARGUMENT);
    for (int i = 0; i < 2; i++) mote_client_source_closed(run.client, run.peers[0].source);
    sim_run_disconnect(&run, &run.peers[0]);
    sim_run_for(&run, 60000);
    sim_verdict_current(&run, 8);
    end();
}

int main(void) {
    cmocka_set_test_filter(getenv("MOTE_TEST_ONLY")); /* NULL: all */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(G42_prevotes_finalize_nothing),
        cmocka_unit_test(G43_a_claim_of_the_last_height_has_no_effect),
        cmocka_unit_test(W24_two_finished_chains),
        cmocka_unit_test(Q19_one_byte_a_minute),
        cmocka_unit_test(Q27_announcements_without_end),
        cmocka_unit_test(Q28_other_blocks_than_asked_for),
        cmocka_unit_test(Q29_forms_of_answers),
        cmocka_unit_test(Q30_answers_that_nobody_waits_for),
        cmocka_unit_test(Q31_a_source_of_another_chain),
        cmocka_unit_test(Q32_floods),
        cmocka_unit_test(Q33_good_headers_and_no_proofs),
        cmocka_unit_test(Q34_all_sources_stand_still),
        cmocka_unit_test(Q35_clocks_that_jump),
        cmocka_unit_test(K06_no_sources_bad_ones_too_many),
        cmocka_unit_test(K08_what_was_saved_is_contradicted),
        cmocka_unit_test(K09_a_hundred_thousand_subscriptions),
        cmocka_unit_test(K12_what_is_ended_twice_or_never_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
