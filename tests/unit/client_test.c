/* SPDX-License-Identifier: Apache-2.0 */
/* The live client by hand: one relay chain, one or two sources, every message written out. (Whole networks: tests/sim.) */
#include "fixture.h"

#include "grandpa_builder.h"
#include "mote/client.h"
#include "mote/limits.h"

#define NOW UINT64_C(1790000000000)
#define SLOT (NOW / 6000)
#define VOTERS 4u

/* --- a host ------------------------------------------------------------------------------------------------------- */
struct sent {
    mote_source_id source;
    unsigned long long id;
    char method[64];
};

struct host {
    mote_client *client;
    void *memory;
    uint64_t now;
    mote_chain_id relay;
    struct sent sent[256];
    size_t sent_count;
    mote_client_event events[256];
    size_t event_count;
    mote_status dropped;
    mote_bytes saved;
};

static mote_bytes keep(mote_bytes bytes) {
    return (mote_bytes){fixture_copy(bytes), bytes.size};
}

static void note_sent(struct host *host, const mote_action *action) {
    json_error_t error;
    json_t *text = json_loadb((const char *)action->bytes.data, action->bytes.size, 0, &error);
    assert_non_null(text);
    assert_true(host->sent_count < 256);
    struct sent *to = &host->sent[host->sent_count++];
    to->source = action->source;
    to->id = (unsigned long long)json_integer_value(json_object_get(text, "id"));
    snprintf(to->method, sizeof to->method, "%s",
             json_string_value(json_object_get(text, "method")));
    json_decref(text);
}

static void run(struct host *host) {
    mote_action action;
    bool more = true;
    for (int rounds = 0; more; rounds++) {
        assert_true(rounds < 1000);
        more = mote_client_step(host->client, host->now, MOTE_STEP_WORK);
        while (mote_client_next(host->client, &action)) {
            if (action.kind == MOTE_ACTION_SEND) note_sent(host, &action);
            if (action.kind == MOTE_ACTION_DROP) host->dropped = action.why;
            if (action.kind == MOTE_ACTION_SAVE) host->saved = keep(action.bytes);
            if (action.kind != MOTE_ACTION_EVENT) continue;
            assert_true(host->event_count < 256);
            host->events[host->event_count++] = action.event;
        }
    }
}

static void say(struct host *host, mote_source_id source, const char *text) {
    mote_client_receive(host->client, source, (mote_bytes){(const uint8_t *)text, strlen(text)},
                        true);
    run(host);
}

/* Answers the newest request of that method; false where there is none. */
static bool answer(struct host *host, mote_source_id source, const char *method,
                   const char *result) {
    for (size_t i = host->sent_count; i-- > 0;) {
        struct sent *one = &host->sent[i];
        if (one->source != source || strcmp(one->method, method) != 0) continue;
        size_t size = strlen(result) + 96;
        char *text = malloc(size);
        snprintf(text, size, "{\"jsonrpc\":\"2.0\",\"id\":%llu,\"result\":%s}", one->id, result);
        one->method[0] = 0;
        say(host, source, text);
        free(text);
        return true;
    }
    return false;
}

static const mote_client_event *last_event(const struct host *host, mote_event_kind kind) {
    for (size_t i = host->event_count; i-- > 0;) {
        if (host->events[i].kind == kind) return &host->events[i];
    }
    return NULL;
}

static char *hex(mote_bytes bytes) {
    char *text = malloc(2 * bytes.size + 5);
    sprintf(text, "\"0x");
    for (size_t i = 0; i < bytes.size; i++) sprintf(text + 3 + 2 * i, "%02x", bytes.data[i]);
    sprintf(text + 3 + 2 * bytes.size, "\"");
    return text;
}

/* --- a chain --------------------------------------------------------------------------------------------------------- */
static test_voter *voters, *next_voters;
static test_block start, first, changing, last;
static mote_hash genesis = {{0x47}};

static test_block block_above(const test_block *parent, uint64_t slot, bool changes) {
    test_digest digest = {0};
    digest_add_babe_slot(&digest, 0, slot);
    if (changes) digest_add_scheduled_change(&digest, next_voters, VOTERS, 0);
    return test_block_at(&parent->hash, parent->number + 1, 1, &digest);
}

static int make_chain(void **unused) {
    (void)unused;
    test_digest digest = {0};
    const mote_hash parent = {{7}};
    voters = test_voters(1, VOTERS);
    next_voters = test_voters(100, VOTERS);
    digest_add_babe_slot(&digest, 0, SLOT - 10);
    start = test_block_at(&parent, 1000, 1, &digest);
    first = block_above(&start, SLOT - 9, false);
    changing = block_above(&first, SLOT - 8, true);
    last = block_above(&changing, SLOT - 7, false);
    return 0;
}

static mote_bytes checkpoint_of(const mote_hash *of) {
    mote_checkpoint checkpoint = {.genesis = *of};
    mote_context *context = fixture_other_context(2);
    mote_bytes list = build_authority_list(voters, VOTERS);
    assert_status(mote_checkpoint_from_parts(context, &checkpoint, start.header, list, 5, NULL),
                  MOTE_OK);
    checkpoint.genesis = *of;
    static uint8_t room[65536];
    mote_writer writer = mote_writer_into(room, sizeof room);
    mote_checkpoint_encode(&writer, &checkpoint, false);
    assert_true(mote_writer_fits(&writer));
    return keep((mote_bytes){room, writer.size});
}

static mote_client_limits small_limits(void) {
    mote_client_limits limits = mote_client_default_limits();
    limits.authorities = 64;
    limits.message_bytes = 1 << 18;
    limits.pool_bytes = 1 << 20;
    return limits;
}

static void open_host(struct host *host, mote_bytes saved) {
    const mote_client_limits limits = small_limits();
    const uint8_t seed[32] = {1};
    size_t size = mote_client_memory(&limits);
    memset(host, 0, sizeof *host);
    host->now = NOW;
    host->memory = aligned_alloc(64, (size + 63) / 64 * 64);
    assert_status(mote_client_init(&host->client, host->memory, size, &limits, seed), MOTE_OK);
    const mote_relay_start begin = {
        .checkpoint = checkpoint_of(&genesis), .saved = saved, .now = NOW};
    assert_status(mote_client_add_relay(host->client, &host->relay, &begin), MOTE_OK);
}

static void close_host(struct host *host) {
    free(host->memory);
}

static uint32_t head_of(const struct host *host) {
    mote_chain_status status;
    assert_true(mote_client_chain_status(host->client, &status, host->relay));
    return status.number;
}

static mote_source_id open_source(struct host *host) {
    mote_source_id source;
    assert_status(mote_client_add_source(host->client, &source, host->relay), MOTE_OK);
    mote_client_source_opened(host->client, source);
    run(host);
    assert_true(answer(host, source, "chain_getBlockHash",
                       "\"0x4700000000000000000000000000000000000000000000000000000000000000\""));
    assert_true(answer(host, source, "grandpa_subscribeJustifications", "\"jus\""));
    assert_true(answer(host, source, "chain_subscribeFinalizedHeads", "\"fin\""));
    assert_true(answer(host, source, "chain_subscribeNewHeads", "\"new\""));
    return source;
}

static mote_bytes vote_for(const test_voter *by, const test_block *block, uint64_t set_id) {
    return build_plain_justification(by, VOTERS, block, 3, set_id);
}

static void notify(struct host *host, mote_source_id source, mote_bytes justification) {
    char *proof = hex(justification);
    size_t size = strlen(proof) + 128;
    char *text = malloc(size);
    snprintf(text, size,
             "{\"jsonrpc\":\"2.0\",\"method\":\"grandpa_justifications\",\"params\":{"
             "\"subscription\":\"jus\",\"result\":%s}}",
             proof);
    say(host, source, text);
    free(text);
    free(proof);
}

/* A header as nodes write it, for what a test built. */
static char *header_json(const test_block *block) {
    mote_header header = test_header(block);
    mote_digest_iterator items = mote_digest_items(&header);
    mote_digest_item item;
    char *parent = hex((mote_bytes){header.parent_hash.bytes, 32});
    char *state = hex((mote_bytes){header.state_root.bytes, 32});
    char *root = hex((mote_bytes){header.extrinsics_root.bytes, 32});
    char *text = malloc(8192);
    int at = sprintf(text,
                     "{\"parentHash\":%s,\"number\":\"0x%x\",\"stateRoot\":%s,"
                     "\"extrinsicsRoot\":%s,\"digest\":{\"logs\":[",
                     parent, header.number, state, root);
    bool is_first = true;
    const uint8_t *from = items.cursor.at;
    while (mote_digest_next(&items, &item)) {
        char *log = hex((mote_bytes){from, (size_t)(items.cursor.at - from)});
        at += sprintf(text + at, "%s%s", is_first ? "" : ",", log);
        from = items.cursor.at;
        is_first = false;
        free(log);
    }
    sprintf(text + at, "]}}");
    free(parent);
    free(state);
    free(root);
    return text;
}

static void answer_header(struct host *host, mote_source_id source, const test_block *block) {
    char *text = header_json(block);
    assert_true(answer(host, source, "chain_getHeader", text));
    free(text);
}

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
    struct host host;
    mote_chain_id chain;
    mote_source_id source;
    mote_query_id query;
    mote_transaction_id transaction;
    mote_chain_status status;
    mote_source_status source_status;
    const uint8_t key = 1;
    const mote_bytes bytes = {&key, 1};
    open_host(&host, (mote_bytes){NULL, 0});
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
    run(&host);
    assert_true(host.sent_count == 0);
    close_host(&host);
}

static void a_source_of_another_chain_is_dropped(void **unused) {
    (void)unused;
    struct host host;
    mote_source_id source;
    open_host(&host, (mote_bytes){NULL, 0});
    assert_status(mote_client_add_source(host.client, &source, host.relay), MOTE_OK);
    mote_client_source_opened(host.client, source);
    run(&host);
    assert_true(answer(&host, source, "chain_getBlockHash",
                       "\"0x4800000000000000000000000000000000000000000000000000000000000000\""));
    assert_int_equal(host.dropped, MOTE_E_GENESIS_MISMATCH);
    assert_int_equal(last_event(&host, MOTE_EVENT_SOURCE)->why, MOTE_E_GENESIS_MISMATCH);
    close_host(&host);
}

static void a_notified_block_becomes_the_head(void **unused) {
    (void)unused;
    struct host host;
    open_host(&host, (mote_bytes){NULL, 0});
    mote_source_id source = open_source(&host);
    notify(&host, source, vote_for(voters, &first, 5));
    answer_header(&host, source, &first);
    const mote_client_event *event = last_event(&host, MOTE_EVENT_FINALIZED);
    assert_non_null(event);
    assert_int_equal(event->header.number, first.number);
    assert_memory_equal(event->header.hash.bytes, first.hash.bytes, 32);
    assert_int_equal(event->report.counted_voters, VOTERS);
    assert_int_equal(head_of(&host), first.number);
    assert_int_equal(last_event(&host, MOTE_EVENT_STATUS)->status.phase, MOTE_PHASE_CURRENT);
    close_host(&host);
}

/* The justification of a later set leads to the hand-over before it, and then counts. */
static void a_missed_hand_over_is_asked_for(void **unused) {
    (void)unused;
    struct host host;
    test_buffer proof = {0};
    open_host(&host, (mote_bytes){NULL, 0});
    mote_source_id source = open_source(&host);
    notify(&host, source, vote_for(next_voters, &last, 6));
    answer_header(&host, source, &last);
    assert_int_equal(head_of(&host), start.number);
    append_span(&proof, changing.hash.bytes, 32);
    append_vec_u8(&proof, vote_for(voters, &changing, 5));
    append_compact(&proof, 2);
    append_span(&proof, first.header.data, first.header.size);
    append_span(&proof, changing.header.data, changing.header.size);
    char *text = hex(buffer_bytes(&proof));
    assert_true(answer(&host, source, "grandpa_proveFinality", text));
    assert_non_null(last_event(&host, MOTE_EVENT_HANDOVER));
    assert_int_equal(head_of(&host), changing.number);
    notify(&host, source, vote_for(next_voters, &last, 6));
    answer_header(&host, source, &last);
    assert_int_equal(head_of(&host), last.number);
    assert_int_equal(last_event(&host, MOTE_EVENT_FINALIZED)->header.set_id, 6);
    assert_true(host.saved.size > 0);
    assert_int_equal(host.dropped, MOTE_OK);
    free(text);
    close_host(&host);
}

/* What the set in office must have signed, and has not, is a lie. */
static void a_false_proof_of_the_next_block_drops_its_source(void **unused) {
    (void)unused;
    struct host host;
    test_buffer proof = {0};
    open_host(&host, (mote_bytes){NULL, 0});
    mote_source_id source = open_source(&host);
    notify(&host, source, vote_for(next_voters, &last, 6));
    answer_header(&host, source, &last);
    append_span(&proof, first.hash.bytes, 32);
    append_vec_u8(&proof, vote_for(next_voters, &first, 5));
    append_compact(&proof, 1);
    append_span(&proof, first.header.data, first.header.size);
    char *text = hex(buffer_bytes(&proof));
    assert_true(answer(&host, source, "grandpa_proveFinality", text));
    assert_int_equal(host.dropped, MOTE_E_UNKNOWN_VOTER);
    const mote_client_event *event = last_event(&host, MOTE_EVENT_SOURCE);
    assert_true(event->justification.size > 0);
    assert_int_equal(head_of(&host), start.number);
    free(text);
    close_host(&host);
}

/* W24, K08: two blocks at one height, both signed by the set. */
static void two_final_blocks_at_one_height_halt_the_chain(void **unused) {
    (void)unused;
    struct host host;
    test_digest digest = {0};
    open_host(&host, (mote_bytes){NULL, 0});
    digest_add_babe_slot(&digest, 0, SLOT - 8);
    test_block other = test_block_at(&start.hash, first.number, 9, &digest);
    mote_source_id source = open_source(&host), liar = open_source(&host);
    notify(&host, source, vote_for(voters, &first, 5));
    answer_header(&host, source, &first);
    notify(&host, liar, vote_for(voters, &other, 5));
    answer_header(&host, liar, &other);
    const mote_client_event *event = last_event(&host, MOTE_EVENT_CONFLICT);
    assert_non_null(event);
    assert_int_equal(event->why, MOTE_E_FINALITY_CONFLICT);
    assert_int_equal(last_event(&host, MOTE_EVENT_STATUS)->status.phase, MOTE_PHASE_HALTED);
    notify(&host, source, vote_for(voters, &changing, 5));
    assert_int_equal(head_of(&host), first.number);
    close_host(&host);
}

static mote_bytes saved_state(void) {
    struct host host;
    open_host(&host, (mote_bytes){NULL, 0});
    mote_source_id source = open_source(&host);
    mote_client_save(host.client, host.relay);
    notify(&host, source, vote_for(voters, &first, 5));
    answer_header(&host, source, &first);
    mote_bytes saved = host.saved;
    assert_true(saved.size > 0);
    close_host(&host);
    return saved;
}

static void saved_state_leads_on(void **unused) {
    (void)unused;
    struct host host;
    open_host(&host, saved_state());
    assert_int_equal(head_of(&host), first.number);
    run(&host);
    assert_null(last_event(&host, MOTE_EVENT_SAVED_REFUSED));
    mote_source_id source = open_source(&host);
    notify(&host, source, vote_for(voters, &changing, 5));
    answer_header(&host, source, &changing);
    assert_int_equal(head_of(&host), changing.number);
    close_host(&host);
}

static void refuse_saved(mote_bytes saved) {
    struct host host;
    open_host(&host, saved);
    assert_int_equal(head_of(&host), start.number);
    run(&host);
    assert_non_null(last_event(&host, MOTE_EVENT_SAVED_REFUSED));
    assert_int_not_equal(last_event(&host, MOTE_EVENT_SAVED_REFUSED)->why, MOTE_OK);
    close_host(&host);
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
    genesis.bytes[0] = 0x48;
    mote_bytes saved;
    {
        struct host host;
        open_host(&host, (mote_bytes){NULL, 0});
        mote_source_id source;
        assert_status(mote_client_add_source(host.client, &source, host.relay), MOTE_OK);
        mote_client_source_opened(host.client, source);
        run(&host);
        assert_true(
            answer(&host, source, "chain_getBlockHash",
                   "\"0x4800000000000000000000000000000000000000000000000000000000000000\""));
        assert_true(answer(&host, source, "grandpa_subscribeJustifications", "\"jus\""));
        mote_client_save(host.client, host.relay);
        notify(&host, source, vote_for(voters, &first, 5));
        answer_header(&host, source, &first);
        saved = host.saved;
        close_host(&host);
    }
    genesis.bytes[0] = 0x47;
    assert_true(saved.size > 0);
    refuse_saved(saved);
}

/* K01 */
static void K01_an_old_checkpoint_is_refused_or_carried_along(void **unused) {
    (void)unused;
    struct host host;
    mote_chain_id chain;
    mote_chain_status status;
    open_host(&host, (mote_bytes){NULL, 0});
    mote_client_remove_chain(host.client, host.relay);
    mote_relay_start begin = {.checkpoint = checkpoint_of(&genesis),
                              .now = NOW + UINT64_C(40) * 86400 * 1000};
    assert_status(mote_client_add_relay(host.client, &chain, &begin), MOTE_E_EXPIRED);
    begin.accept_expired = true;
    assert_status(mote_client_add_relay(host.client, &chain, &begin), MOTE_OK);
    assert_true(mote_client_chain_status(host.client, &status, chain));
    assert_int_equal(status.assumed & MOTE_ASSUMED_CHECKPOINT_AGE, MOTE_ASSUMED_CHECKPOINT_AGE);
    run(&host);
    assert_int_equal(last_event(&host, MOTE_EVENT_AGE)->status.age.freshness, MOTE_EXPIRED);
    close_host(&host);
}

/* Q35: a clock that goes back stands still; one that leaps is a sleep, after which all is asked again. */
static void Q35_time_leaps_both_ways(void **unused) {
    (void)unused;
    struct host host;
    open_host(&host, (mote_bytes){NULL, 0});
    mote_source_id source = open_source(&host);
    size_t asked = host.sent_count;
    host.now = NOW - UINT64_C(3600000);
    run(&host);
    assert_int_equal(host.sent_count, asked);
    notify(&host, source, vote_for(voters, &first, 5));
    answer_header(&host, source, &first);
    assert_int_equal(head_of(&host), first.number);
    host.now = NOW + UINT64_C(3600000);
    run(&host);
    assert_true(host.sent_count > asked);
    assert_int_equal(last_event(&host, MOTE_EVENT_STATUS)->status.phase, MOTE_PHASE_STALLED);
    close_host(&host);
}

/* --- queries ----------------------------------------------------------------------------------------------------------- */
/* A state with one key, "k", of value "v": its root is a leaf, written by the specification of the trie. */
static const uint8_t leaf[] = {0x42, 0x6b, 0x04, 0x76};

static test_block block_with_state(void) {
    static uint8_t room[512];
    test_digest digest = {0};
    digest_add_babe_slot(&digest, 0, SLOT - 9);
    test_block model = test_block_at(&start.hash, start.number + 1, 1, &digest);
    mote_header header = test_header(&model);
    header.state_root = libsodium_blake2b_256((mote_bytes){leaf, sizeof leaf});
    mote_writer writer = mote_writer_into(room, sizeof room);
    mote_write_header(&writer, &header);
    model.header = keep((mote_bytes){room, writer.size});
    model.hash = libsodium_blake2b_256(model.header);
    return model;
}

static mote_query_id query_key(struct host *host, const char *key) {
    mote_query_id id;
    const mote_bytes bytes = {(const uint8_t *)key, strlen(key)};
    const mote_query query = {
        .kind = MOTE_QUERY_VALUES, .chain = host->relay, .keys = &bytes, .key_count = 1};
    assert_status(mote_client_query(host->client, &id, &query), MOTE_OK);
    run(host);
    return id;
}

static void open_at_state(struct host *host, mote_source_id *source) {
    const test_block block = block_with_state();
    open_host(host, (mote_bytes){NULL, 0});
    *source = open_source(host);
    notify(host, *source, vote_for(voters, &block, 5));
    answer_header(host, *source, &block);
    assert_int_equal(head_of(host), block.number);
}

static void a_value_is_proven_and_not_asked_for_twice(void **unused) {
    (void)unused;
    struct host host;
    mote_source_id source;
    open_at_state(&host, &source);
    mote_query_id first_query = query_key(&host, "k");
    assert_true(answer(&host, source, "state_getReadProof",
                       "{\"at\":\"0x00\",\"proof\":[\"0x426b0476\"]}"));
    const mote_client_event *value = last_event(&host, MOTE_EVENT_VALUE);
    assert_non_null(value);
    assert_int_equal(value->query, first_query);
    assert_int_equal(value->value.state, MOTE_VALUE_PRESENT);
    assert_int_equal(value->value.value.size, 1);
    assert_int_equal(last_event(&host, MOTE_EVENT_ANSWERED)->source, source);
    size_t asked = host.sent_count;
    mote_query_id second = query_key(&host, "k");
    assert_int_equal(last_event(&host, MOTE_EVENT_VALUE)->query, second);
    mote_query_id absent = query_key(&host, "other"); /* the same proof shows this as well */
    assert_int_equal(last_event(&host, MOTE_EVENT_VALUE)->query, absent);
    assert_int_equal(last_event(&host, MOTE_EVENT_VALUE)->value.state, MOTE_VALUE_ABSENT);
    assert_int_equal(host.sent_count, asked);
    close_host(&host);
}

static void a_false_value_drops_its_source(void **unused) {
    (void)unused;
    struct host host;
    mote_source_id source;
    open_at_state(&host, &source);
    (void)query_key(&host, "k");
    assert_true(answer(&host, source, "state_getReadProof",
                       "{\"at\":\"0x00\",\"proof\":[\"0x426b0477\"]}"));
    assert_null(last_event(&host, MOTE_EVENT_VALUE));
    assert_int_equal(host.dropped, MOTE_E_ROOT_MISMATCH);
    close_host(&host);
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
    return cmocka_run_group_tests_name("unit/client", tests, make_chain, NULL);
}
