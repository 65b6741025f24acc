/* SPDX-License-Identifier: Apache-2.0 */
/* The live client by hand: one relay chain, one or two sources, every message written out. (Whole networks: tests/sim.) */
#include "live_host.h"

#include "mote/limits.h"

/* --- tests ------------------------------------------------------------------------------------------------------------- */
static void limits_have_bounds(void **unused) {
    (void)unused;
    mote_client *client;
    const uint8_t seed[32] = {0};
    static max_align_t room[4];
    mote_client_limits limits = mote_client_default_limits();
    size_t whole = mote_client_memory(&limits);
    assert_in_range(whole, 1 << 20, 20 << 20);
    assert_status(mote_client_init(&client, room, sizeof room, &limits, seed), MOTE_E_LIMIT_MEMORY);
    assert_status(mote_client_init(&client, (uint8_t *)room + 1, SIZE_MAX, &limits, seed),
                  MOTE_E_BAD_ARGUMENT);
    limits.sources = 65;
    assert_int_equal(mote_client_memory(&limits), 0);
    limits = mote_client_default_limits();
    limits.authorities = MOTE_MAX_AUTHORITIES + 1;
    assert_int_equal(mote_client_memory(&limits), 0);
    limits = mote_client_default_limits();
    limits.pool_bytes = limits.message_bytes;
    assert_int_equal(mote_client_memory(&limits), 0);
}

static void what_is_not_there_is_not_touched(void **unused) {
    (void)unused;
    live_host host;
    mote_chain_id chain;
    mote_source_id source;
    mote_query_id query;
    mote_transaction_id transaction;
    mote_chain_status status;
    mote_source_status source_status;
    const uint8_t key = 1;
    const mote_bytes bytes = {&key, 1};
    live_open(&host, (mote_bytes){NULL, 0});
    mote_client_remove_chain(host.client, 77);
    mote_client_remove_source(host.client, 77);
    mote_client_source_opened(host.client, 77);
    mote_client_source_closed(host.client, 77);
    mote_client_receive(host.client, 77, bytes, true);
    mote_client_cancel(host.client, 77);
    mote_client_forget(host.client, 77);
    mote_client_save(host.client, 77);
    assert_false(mote_client_chain_status(host.client, &status, 77));
    assert_false(mote_client_source_status(host.client, &source_status, 0));
    assert_status(mote_client_add_source(host.client, &source, 77), MOTE_E_BAD_ARGUMENT);
    assert_status(mote_client_add_parachain(host.client, &chain, 77, 1000), MOTE_E_BAD_ARGUMENT);
    const mote_query ask = {.kind = MOTE_QUERY_VALUES, .chain = 77, .keys = &bytes, .key_count = 1};
    assert_status(mote_client_query(host.client, &query, &ask), MOTE_E_BAD_ARGUMENT);
    assert_status(mote_client_submit(host.client, &transaction, 77, bytes, 0), MOTE_E_BAD_ARGUMENT);
    assert_status(mote_client_add_parachain(host.client, &chain, host.relay, 1000), MOTE_OK);
    mote_chain_id again;
    assert_status(mote_client_add_parachain(host.client, &again, host.relay, 1000),
                  MOTE_E_BAD_ARGUMENT);
    live_run(&host);
    assert_true(host.sent_count == 0);
    live_close(&host);
}

static void a_source_of_another_chain_is_dropped(void **unused) {
    (void)unused;
    live_host host;
    mote_source_id source;
    live_open(&host, (mote_bytes){NULL, 0});
    assert_status(mote_client_add_source(host.client, &source, host.relay), MOTE_OK);
    mote_client_source_opened(host.client, source);
    live_run(&host);
    assert_true(
        live_answer(&host, source, "chain_getBlockHash",
                    "\"0x4800000000000000000000000000000000000000000000000000000000000000\""));
    assert_int_equal(host.dropped, MOTE_E_GENESIS_MISMATCH);
    assert_int_equal(live_last_event(&host, MOTE_EVENT_SOURCE)->why, MOTE_E_GENESIS_MISMATCH);
    live_close(&host);
}

static void a_notified_block_becomes_the_head(void **unused) {
    (void)unused;
    live_host host;
    live_open(&host, (mote_bytes){NULL, 0});
    mote_source_id source = live_open_source(&host);
    live_notify(&host, source, live_vote_for(live_voters, &live_first, 5));
    live_answer_header(&host, source, &live_first);
    const mote_client_event *event = live_last_event(&host, MOTE_EVENT_FINALIZED);
    assert_non_null(event);
    assert_int_equal(event->header.number, live_first.number);
    assert_memory_equal(event->header.hash.bytes, live_first.hash.bytes, 32);
    assert_int_equal(event->report.counted_voters, LIVE_VOTERS);
    assert_int_equal(live_head_of(&host), live_first.number);
    assert_int_equal(live_last_event(&host, MOTE_EVENT_STATUS)->status.phase, MOTE_PHASE_CURRENT);
    live_close(&host);
}

/* The justification of a later set leads to the hand-over before it, and then counts. */
static void a_missed_hand_over_is_asked_for(void **unused) {
    (void)unused;
    live_host host;
    test_buffer proof = {0};
    live_open(&host, (mote_bytes){NULL, 0});
    mote_source_id source = live_open_source(&host);
    live_notify(&host, source, live_vote_for(live_next_voters, &live_last, 6));
    live_answer_header(&host, source, &live_last);
    assert_int_equal(live_head_of(&host), live_start.number);
    append_span(&proof, live_changing.hash.bytes, 32);
    append_vec_u8(&proof, live_vote_for(live_voters, &live_changing, 5));
    append_compact(&proof, 2);
    append_span(&proof, live_first.header.data, live_first.header.size);
    append_span(&proof, live_changing.header.data, live_changing.header.size);
    char *text = live_hex(buffer_bytes(&proof));
    assert_true(live_answer(&host, source, "grandpa_proveFinality", text));
    const mote_client_event *handover = live_last_event(&host, MOTE_EVENT_HANDOVER);
    assert_non_null(handover);
    assert_int_equal(handover->header.number, live_changing.number);
    assert_int_equal(live_head_of(&host), live_last.number); /* it was kept, and counts now */
    assert_int_equal(live_last_event(&host, MOTE_EVENT_FINALIZED)->header.set_id, 6);
    assert_true(host.saved.size > 0);
    assert_int_equal(host.dropped, MOTE_OK);
    free(text);
    live_close(&host);
}

/* What the set in office must have signed, and has not, is a lie. */
static void a_false_proof_of_the_next_block_drops_its_source(void **unused) {
    (void)unused;
    live_host host;
    test_buffer proof = {0};
    live_open(&host, (mote_bytes){NULL, 0});
    mote_source_id source = live_open_source(&host);
    live_notify(&host, source, live_vote_for(live_next_voters, &live_last, 6));
    live_answer_header(&host, source, &live_last);
    append_span(&proof, live_first.hash.bytes, 32);
    append_vec_u8(&proof, live_vote_for(live_next_voters, &live_first, 5));
    append_compact(&proof, 1);
    append_span(&proof, live_first.header.data, live_first.header.size);
    char *text = live_hex(buffer_bytes(&proof));
    assert_true(live_answer(&host, source, "grandpa_proveFinality", text));
    assert_int_equal(host.dropped, MOTE_E_UNKNOWN_VOTER);
    const mote_client_event *event = live_last_event(&host, MOTE_EVENT_SOURCE);
    assert_true(event->justification.size > 0);
    assert_int_equal(live_head_of(&host), live_start.number);
    free(text);
    live_close(&host);
}

/* W24, K08: two blocks at one height, both signed by the set. */
static void two_final_blocks_at_one_height_halt_the_chain(void **unused) {
    (void)unused;
    live_host host;
    test_digest digest = {0};
    live_open(&host, (mote_bytes){NULL, 0});
    digest_add_babe_slot(&digest, 0, LIVE_SLOT - 8);
    test_block other = test_block_at(&live_start.hash, live_first.number, 9, &digest);
    mote_source_id source = live_open_source(&host), liar = live_open_source(&host);
    live_notify(&host, source, live_vote_for(live_voters, &live_first, 5));
    live_answer_header(&host, source, &live_first);
    live_notify(&host, liar, live_vote_for(live_voters, &other, 5));
    live_answer_header(&host, liar, &other);
    const mote_client_event *event = live_last_event(&host, MOTE_EVENT_CONFLICT);
    assert_non_null(event);
    assert_int_equal(event->why, MOTE_E_FINALITY_CONFLICT);
    assert_int_equal(live_last_event(&host, MOTE_EVENT_STATUS)->status.phase, MOTE_PHASE_HALTED);
    live_notify(&host, source, live_vote_for(live_voters, &live_changing, 5));
    assert_int_equal(live_head_of(&host), live_first.number);
    live_close(&host);
}

static mote_bytes saved_state(void) {
    live_host host;
    live_open(&host, (mote_bytes){NULL, 0});
    mote_source_id source = live_open_source(&host);
    mote_client_save(host.client, host.relay);
    live_notify(&host, source, live_vote_for(live_voters, &live_first, 5));
    live_answer_header(&host, source, &live_first);
    mote_bytes saved = host.saved;
    assert_true(saved.size > 0);
    live_close(&host);
    return saved;
}

static void saved_state_leads_on(void **unused) {
    (void)unused;
    live_host host;
    live_open(&host, saved_state());
    assert_int_equal(live_head_of(&host), live_first.number);
    live_run(&host);
    assert_null(live_last_event(&host, MOTE_EVENT_SAVED_REFUSED));
    mote_source_id source = live_open_source(&host);
    live_notify(&host, source, live_vote_for(live_voters, &live_changing, 5));
    live_answer_header(&host, source, &live_changing);
    assert_int_equal(live_head_of(&host), live_changing.number);
    live_close(&host);
}

static void refuse_saved(mote_bytes saved) {
    live_host host;
    live_open(&host, saved);
    assert_int_equal(live_head_of(&host), live_start.number);
    live_run(&host);
    assert_non_null(live_last_event(&host, MOTE_EVENT_SAVED_REFUSED));
    assert_int_not_equal(live_last_event(&host, MOTE_EVENT_SAVED_REFUSED)->why, MOTE_OK);
    live_close(&host);
}

/* K07 */
static void K07_damaged_saved_state_is_refused(void **unused) {
    (void)unused;
    mote_bytes saved = saved_state();
    uint8_t *copy = fixture_copy(saved);
    for (size_t i = 0; i < saved.size; i += 7) {
        copy[i] ^= 0x40;
        refuse_saved((mote_bytes){copy, saved.size});
        copy[i] ^= 0x40;
        if (i > 0) refuse_saved((mote_bytes){copy, i});
    }
    free(copy);
}

static void K07_saved_state_of_another_chain_is_refused(void **unused) {
    (void)unused;
    live_genesis.bytes[0] = 0x48;
    mote_bytes saved;
    {
        live_host host;
        live_open(&host, (mote_bytes){NULL, 0});
        mote_source_id source;
        assert_status(mote_client_add_source(host.client, &source, host.relay), MOTE_OK);
        mote_client_source_opened(host.client, source);
        live_run(&host);
        assert_true(
            live_answer(&host, source, "chain_getBlockHash",
                        "\"0x4800000000000000000000000000000000000000000000000000000000000000\""));
        assert_true(live_answer(&host, source, "grandpa_subscribeJustifications", "\"jus\""));
        mote_client_save(host.client, host.relay);
        live_notify(&host, source, live_vote_for(live_voters, &live_first, 5));
        live_answer_header(&host, source, &live_first);
        saved = host.saved;
        live_close(&host);
    }
    live_genesis.bytes[0] = 0x47;
    assert_true(saved.size > 0);
    refuse_saved(saved);
}

/* K01 */
static void K01_an_old_checkpoint_is_refused_or_carried_along(void **unused) {
    (void)unused;
    live_host host;
    mote_chain_id chain;
    mote_chain_status status;
    live_open(&host, (mote_bytes){NULL, 0});
    mote_client_remove_chain(host.client, host.relay);
    mote_relay_start begin = {.checkpoint = live_checkpoint_of(&live_genesis),
                              .now = LIVE_NOW + UINT64_C(40) * 86400 * 1000};
    assert_status(mote_client_add_relay(host.client, &chain, &begin), MOTE_E_EXPIRED);
    begin.accept_expired = true;
    assert_status(mote_client_add_relay(host.client, &chain, &begin), MOTE_OK);
    assert_true(mote_client_chain_status(host.client, &status, chain));
    assert_int_equal(status.assumed & MOTE_ASSUMED_CHECKPOINT_AGE, MOTE_ASSUMED_CHECKPOINT_AGE);
    live_run(&host);
    assert_int_equal(live_last_event(&host, MOTE_EVENT_AGE)->status.age.freshness, MOTE_EXPIRED);
    live_close(&host);
}

/* Q35: a clock that goes back stands still; one that leaps is a sleep, after which all is asked again. */
static void Q35_time_leaps_both_ways(void **unused) {
    (void)unused;
    live_host host;
    live_open(&host, (mote_bytes){NULL, 0});
    mote_source_id source = live_open_source(&host);
    size_t asked = host.sent_count;
    host.now = LIVE_NOW - UINT64_C(3600000);
    live_run(&host);
    assert_int_equal(host.sent_count, asked);
    live_notify(&host, source, live_vote_for(live_voters, &live_first, 5));
    live_answer_header(&host, source, &live_first);
    assert_int_equal(live_head_of(&host), live_first.number);
    host.now = LIVE_NOW + UINT64_C(3600000);
    live_run(&host);
    assert_true(host.sent_count > asked);
    assert_int_equal(live_last_event(&host, MOTE_EVENT_STATUS)->status.phase, MOTE_PHASE_STALLED);
    live_close(&host);
}

/* --- queries ----------------------------------------------------------------------------------------------------------- */
/* A state with one key, "k", of value "v": its root is a leaf, written by the specification of the trie. */
static const uint8_t leaf[] = {0x42, 0x6b, 0x04, 0x76};

static test_block block_with_state(void) {
    static uint8_t room[512];
    test_digest digest = {0};
    digest_add_babe_slot(&digest, 0, LIVE_SLOT - 9);
    test_block model = test_block_at(&live_start.hash, live_start.number + 1, 1, &digest);
    mote_header header = test_header(&model);
    header.state_root = libsodium_blake2b_256((mote_bytes){leaf, sizeof leaf});
    mote_writer writer = mote_writer_into(room, sizeof room);
    mote_write_header(&writer, &header);
    model.header = (mote_bytes){fixture_copy((mote_bytes){room, writer.size}), writer.size};
    model.hash = libsodium_blake2b_256(model.header);
    return model;
}

static mote_query_id query_key(live_host *host, const char *key) {
    mote_query_id id;
    const mote_bytes bytes = {(const uint8_t *)key, strlen(key)};
    const mote_query query = {
        .kind = MOTE_QUERY_VALUES, .chain = host->relay, .keys = &bytes, .key_count = 1};
    assert_status(mote_client_query(host->client, &id, &query), MOTE_OK);
    live_run(host);
    return id;
}

static void open_at_state(live_host *host, mote_source_id *source) {
    const test_block block = block_with_state();
    live_open(host, (mote_bytes){NULL, 0});
    *source = live_open_source(host);
    live_notify(host, *source, live_vote_for(live_voters, &block, 5));
    live_answer_header(host, *source, &block);
    assert_int_equal(live_head_of(host), block.number);
}

static void a_value_is_proven_and_not_asked_for_twice(void **unused) {
    (void)unused;
    live_host host;
    mote_source_id source;
    open_at_state(&host, &source);
    mote_query_id first_query = query_key(&host, "k");
    assert_true(live_answer(&host, source, "state_getReadProof",
                            "{\"at\":\"0x00\",\"proof\":[\"0x426b0476\"]}"));
    const mote_client_event *value = live_last_event(&host, MOTE_EVENT_VALUE);
    assert_non_null(value);
    assert_int_equal(value->query, first_query);
    assert_int_equal(value->value.state, MOTE_VALUE_PRESENT);
    assert_int_equal(value->value.value.size, 1);
    assert_int_equal(live_last_event(&host, MOTE_EVENT_ANSWERED)->source, source);
    size_t asked = host.sent_count;
    mote_query_id second = query_key(&host, "k");
    assert_int_equal(live_last_event(&host, MOTE_EVENT_VALUE)->query, second);
    mote_query_id absent = query_key(&host, "other"); /* the same proof shows this as well */
    assert_int_equal(live_last_event(&host, MOTE_EVENT_VALUE)->query, absent);
    assert_int_equal(live_last_event(&host, MOTE_EVENT_VALUE)->value.state, MOTE_VALUE_ABSENT);
    assert_int_equal(host.sent_count, asked);
    live_close(&host);
}

static void a_false_value_drops_its_source(void **unused) {
    (void)unused;
    live_host host;
    mote_source_id source;
    open_at_state(&host, &source);
    (void)query_key(&host, "k");
    assert_true(live_answer(&host, source, "state_getReadProof",
                            "{\"at\":\"0x00\",\"proof\":[\"0x426b0477\"]}"));
    assert_null(live_last_event(&host, MOTE_EVENT_VALUE));
    assert_int_equal(host.dropped, MOTE_E_ROOT_MISMATCH);
    live_close(&host);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_have_bounds),
        cmocka_unit_test(what_is_not_there_is_not_touched),
        cmocka_unit_test(a_source_of_another_chain_is_dropped),
        cmocka_unit_test(a_notified_block_becomes_the_head),
        cmocka_unit_test(a_missed_hand_over_is_asked_for),
        cmocka_unit_test(a_false_proof_of_the_next_block_drops_its_source),
        cmocka_unit_test(two_final_blocks_at_one_height_halt_the_chain),
        cmocka_unit_test(saved_state_leads_on),
        cmocka_unit_test(K07_damaged_saved_state_is_refused),
        cmocka_unit_test(K07_saved_state_of_another_chain_is_refused),
        cmocka_unit_test(K01_an_old_checkpoint_is_refused_or_carried_along),
        cmocka_unit_test(a_value_is_proven_and_not_asked_for_twice),
        cmocka_unit_test(a_false_value_drops_its_source),
        cmocka_unit_test(Q35_time_leaps_both_ways),
    };
    return cmocka_run_group_tests_name("unit/client", tests, live_make_chain, NULL);
}
