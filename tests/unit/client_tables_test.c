/* SPDX-License-Identifier: Apache-2.0 */
/* The live client's tables by hand: shares of memory, subscriptions, parachains in parts, saved state at any time. */
#include "live_host.h"

#include "bounds.h"
#include "mote/para.h"
#include "relay_state.h"

static const mote_bytes nothing = {NULL, 0};

/* --- messages ---------------------------------------------------------------------------------------------------- */
static void receive(live_host *host, mote_source_id source, const char *text, bool is_last) {
    mote_client_receive(host->client, source, (mote_bytes){(const uint8_t *)text, strlen(text)},
                        is_last);
    live_run(host);
}

/* A message that does not come to its end ends its connection, however often a little of it comes. */
static void a_message_that_never_ends_is_a_bad_connection(void **unused) {
    (void)unused;
    live_host host;
    mote_source_id source;
    mote_chain_id para;
    live_open(&host, nothing);
    assert_status(mote_client_add_parachain(host.client, &para, host.relay, 2000), MOTE_OK);
    assert_status(mote_client_add_source(host.client, &source, para), MOTE_OK);
    mote_client_source_opened(host.client, source);
    live_run(&host);
    for (int i = 0; i < 40 && host.closed == 0; i++) {
        receive(&host, source, " ", false);
        host.now += 1000;
        live_run(&host);
    }
    assert_int_equal(host.closed, source);
    assert_int_equal(host.closed_for, MOTE_E_TIMED_OUT);
    assert_in_range(host.now - LIVE_NOW, MESSAGE_FOR, MESSAGE_FOR + 2000);
    live_close(&host);
}

/* While the messages of others fill what they may, an honest one is read. */
static void nobody_takes_all_the_memory(void **unused) {
    (void)unused;
    live_host host;
    mote_source_id liars[8];
    static char large[200 << 10];
    memset(large, ' ', sizeof large - 1);
    live_open(&host, nothing);
    mote_source_id source = live_open_source(&host);
    for (size_t i = 0; i < 8; i++) {
        liars[i] = live_open_source(&host);
        receive(&host, liars[i], large, false);
    }
    live_finalize(&host, source, &live_first);
    assert_int_equal(host.dropped, MOTE_OK);
    live_close(&host);
}

/* Many messages at once of one source leave room for those of another between two steps. */
static void nobody_fills_the_queue(void **unused) {
    (void)unused;
    live_host host;
    live_open(&host, nothing);
    mote_source_id source = live_open_source(&host), other = live_open_source(&host);
    const mote_bytes space = {(const uint8_t *)"{}", 2};
    for (int i = 0; i < 5000; i++) mote_client_receive(host.client, other, space, true);
    live_finalize(&host, source, &live_first);
    live_close(&host);
}

/* --- transactions ------------------------------------------------------------------------------------------------ */
static mote_transaction_id submit(live_host *host, uint8_t mark) {
    mote_transaction_id id;
    const uint8_t extrinsic[] = {8, 4, mark};
    assert_status(mote_client_submit(host->client, &id, host->relay,
                                     (mote_bytes){extrinsic, sizeof extrinsic}, 0),
                  MOTE_OK);
    live_run(host);
    return id;
}

static void hint(live_host *host, mote_source_id source, const char *name, const char *word) {
    char text[512];
    snprintf(text, sizeof text,
             "{\"jsonrpc\":\"2.0\",\"method\":\"author_extrinsicUpdate\",\"params\":{"
             "\"subscription\":\"%s\",\"result\":%s}}",
             name, word);
    live_say(host, source, text);
}

/* As many as the limits say are followed at one source. */
static void every_transaction_is_followed(void **unused) {
    (void)unused;
    enum { COUNT = 40 };
    live_host host;
    char name[16], word[128];
    mote_client_limits limits = live_small_limits();
    limits.transactions = COUNT;
    live_open_with(&host, nothing, &limits);
    mote_source_id source = live_open_source(&host);
    for (int i = 0; i < COUNT; i++) {
        (void)submit(&host, (uint8_t)i);
        snprintf(name, sizeof name, "\"tx%d\"", i);
        assert_true(live_answer(&host, source, "author_submitAndWatchExtrinsic", name));
    }
    for (int i = 0; i < COUNT; i++) {
        snprintf(name, sizeof name, "tx%d", i);
        snprintf(word, sizeof word, "{\"inBlock\":\"0x%064x\"}", i + 1);
        hint(&host, source, name, word);
        assert_non_null(live_asked(&host, source, "chain_getHeader"));
        assert_true(live_answer(&host, source, "chain_getHeader", "null"));
    }
    assert_int_equal(host.dropped, MOTE_OK);
    live_close(&host);
}

static void what_nobody_wants_any_more_is_ended_at_the_node(void **unused) {
    (void)unused;
    live_host host;
    live_open(&host, nothing);
    mote_source_id source = live_open_source(&host);
    mote_transaction_id one = submit(&host, 1);
    assert_true(live_answer(&host, source, "author_submitAndWatchExtrinsic", "\"tx one\""));
    assert_null(live_asked(&host, source, "author_unwatchExtrinsic"));
    mote_client_forget(host.client, one);
    live_run(&host);
    live_sent *end = live_asked(&host, source, "author_unwatchExtrinsic");
    assert_non_null(end);
    assert_non_null(strstr(end->text, "\"tx one\""));
    for (int i = 0; i < 100; i++) hint(&host, source, "tx one", "\"ready\""); /* on their way */
    assert_true(live_answer(&host, source, "author_unwatchExtrinsic", "true"));
    assert_int_equal(host.dropped, MOTE_OK);
    live_close(&host);
}

/* It fails when all who have it say so; one may be wrong, or lie. */
static void what_all_sources_drop_fails_at_once(void **unused) {
    (void)unused;
    live_host host;
    live_open(&host, nothing);
    mote_source_id one = live_open_source(&host), other = live_open_source(&host);
    (void)submit(&host, 1);
    assert_true(live_answer(&host, one, "author_submitAndWatchExtrinsic", "\"a\""));
    assert_true(live_answer(&host, other, "author_submitAndWatchExtrinsic", "\"b\""));
    hint(&host, one, "a", "\"invalid\"");
    assert_int_equal(live_last_event(&host, MOTE_EVENT_TRANSACTION)->inclusion,
                     MOTE_INCLUSION_SUBMITTED);
    hint(&host, other, "b", "\"dropped\"");
    const mote_client_event *event = live_last_event(&host, MOTE_EVENT_TRANSACTION);
    assert_int_equal(event->inclusion, MOTE_INCLUSION_FAILED);
    assert_int_equal(event->why, MOTE_E_REFUSED);
    live_close(&host);
}

static void assert_words(const mote_client_event *event, mote_source_id source,
                         const char *expected) {
    assert_int_equal(event->inclusion, MOTE_INCLUSION_FAILED);
    assert_int_equal(event->why, MOTE_E_REFUSED);
    assert_int_equal(event->source, source);
    assert_int_equal(event->words.size, strlen(expected));
    assert_memory_equal(event->words.data, expected, strlen(expected));
}

/* Whatever it says: bounded, and nothing but what can be shown. */
static void a_refusal_comes_with_its_words(void **unused) {
    (void)unused;
    static const struct {
        const char *error, *words;
    } cases[] = {
        {"{\"code\":1010,\"message\":\"Invalid Transaction\",\"data\":\"Transaction has a bad "
         "signature\"}",
         "1010: Invalid Transaction: Transaction has a bad signature"},
        {"{\"code\":-32000,\"message\":\"\"}", "-32000: "},
        {"{\"code\":0,\"message\":\"a\",\"data\":{\"b\":\"c\"}}", "0: a"},
        {"{\"code\":1,\"message\":\"\\\"q\\\" \\\\ \\/ \\n\\u001b[2J\\u202e "
         "\xc3\xa9\xe2\x80\xae\x7f.\"}",
         "1: \"q\" \\ / ??[2J? ???."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        live_host host;
        live_open(&host, nothing);
        mote_source_id source = live_open_source(&host);
        (void)submit(&host, 1);
        assert_true(
            live_refuse_with(&host, source, "author_submitAndWatchExtrinsic", cases[i].error));
        assert_words(live_last_event(&host, MOTE_EVENT_TRANSACTION), source, cases[i].words);
        live_close(&host);
    }
}

static void words_of_any_length_are_bounded(void **unused) {
    (void)unused;
    char error[1200] = "{\"code\":7,\"message\":\"", words[MOTE_REFUSAL_WORDS + 1] = "7: ";
    live_host host;
    live_open(&host, nothing);
    mote_source_id source = live_open_source(&host);
    (void)submit(&host, 1);
    while (strlen(error) < 1000) strcat(error, "x");
    while (strlen(words) < MOTE_REFUSAL_WORDS) strcat(words, "x");
    strcat(error, "\"}");
    assert_true(live_refuse_with(&host, source, "author_submitAndWatchExtrinsic", error));
    assert_words(live_last_event(&host, MOTE_EVENT_TRANSACTION), source, words);
    live_close(&host);
}

/* The newest are told; who took it and dropped it has its word. */
static void the_last_refusal_is_told(void **unused) {
    (void)unused;
    live_host host;
    live_open(&host, nothing);
    mote_source_id one = live_open_source(&host), other = live_open_source(&host);
    (void)submit(&host, 1);
    assert_true(live_answer(&host, one, "author_submitAndWatchExtrinsic", "\"a\""));
    assert_true(live_answer(&host, other, "author_submitAndWatchExtrinsic", "\"b\""));
    char usurped[96];
    snprintf(usurped, sizeof usurped, "{\"usurped\":\"0x%064x\"}", 1);
    hint(&host, one, "a", "\"invalid\"");
    hint(&host, other, "b", usurped);
    assert_words(live_last_event(&host, MOTE_EVENT_TRANSACTION), other, "usurped");
    live_close(&host);
}

/* Forgotten before the node has named its subscription. */
static void a_subscription_that_comes_late_is_ended(void **unused) {
    (void)unused;
    live_host host;
    live_open(&host, nothing);
    mote_source_id source = live_open_source(&host);
    mote_client_forget(host.client, submit(&host, 1));
    live_run(&host);
    assert_true(live_answer(&host, source, "author_submitAndWatchExtrinsic", "\"late\""));
    live_sent *end = live_asked(&host, source, "author_unwatchExtrinsic");
    assert_non_null(end);
    assert_non_null(strstr(end->text, "\"late\""));
    live_close(&host);
}

/* --- parachains -------------------------------------------------------------------------------------------------- */
static relay_state state;

static void put_para(uint32_t id, mote_bytes head, int lifecycle) {
    static uint8_t life;
    life = (uint8_t)lifecycle;
    if (head.size > 0) relay_state_put_head(&state, id, head);
    if (lifecycle < 0) return;
    relay_state_put(&state, relay_paras_key(RELAY_LIFECYCLES, id), (mote_bytes){&life, 1});
}

/* A block above, whose state is `state` as it was filled. */
static test_block block_of_state(const test_block *parent, uint64_t slot) {
    test_digest digest = {0};
    digest_add_babe_slot(&digest, 0, slot);
    test_block model = test_block_at(&parent->hash, parent->number + 1, 1, &digest);
    mote_header header = test_header(&model);
    relay_state_close(&state, NAIVE_V1);
    header.state_root = relay_state_final(&state, 1, 0).state_root;
    static uint8_t room[4096];
    mote_writer writer = mote_writer_into(room, sizeof room);
    mote_write_header(&writer, &header);
    model.header = (mote_bytes){fixture_copy((mote_bytes){room, writer.size}), writer.size};
    model.hash = libsodium_blake2b_256(model.header);
    return model;
}

/* The next relay block, whose state says that of one parachain. */
static test_block block_that_says(const test_block *parent, uint64_t slot, mote_bytes head,
                                  int lifecycle) {
    relay_state_open(&state);
    put_para(2000, head, lifecycle);
    return block_of_state(parent, slot);
}

static void answer_read(live_host *host, mote_source_id source, const mote_bytes *keys,
                        size_t key_count) {
    mote_bytes proof = relay_state_prove(&state, keys, key_count);
    test_buffer text = {0};
    mote_cursor cursor = mote_cursor_over(proof);
    uint32_t count = mote_read_count(&cursor, 1, UINT32_MAX);
    append_span(&text, "{\"at\":\"0x00\",\"proof\":[", 22);
    for (uint32_t i = 0; i < count; i++) {
        char *node = live_hex(mote_read_vec_u8(&cursor));
        if (i > 0) append_u8(&text, ',');
        append_span(&text, node, strlen(node));
        free(node);
    }
    append_span(&text, "]}", 3);
    assert_true(live_answer(host, source, "state_getReadProof", (const char *)text.data));
    free(text.data);
}

static void answer_heads(live_host *host, mote_source_id source) {
    uint8_t keys[2][MOTE_PARA_KEY_SIZE];
    mote_para_head_key(keys[0], 2000);
    mote_para_lifecycle_key(keys[1], 2000);
    const mote_bytes asked[] = {{keys[0], MOTE_PARA_KEY_SIZE}, {keys[1], MOTE_PARA_KEY_SIZE}};
    answer_read(host, source, asked, 2);
}

static test_block tip;

/* The parachain is followed from the first block on whose state is written here. */
static void open_with_parachain(live_host *host, mote_source_id *source, mote_chain_id *para,
                                mote_bytes head) {
    live_open(host, nothing);
    *source = live_open_source(host);
    tip = block_that_says(&live_start, LIVE_SLOT - 9, head, MOTE_PARA_PARACHAIN);
    live_finalize(host, *source, &tip);
    assert_status(mote_client_add_parachain(host->client, para, host->relay, 2000), MOTE_OK);
    live_run(host);
}

static void say_of_parachain(live_host *host, mote_source_id source, mote_bytes head,
                             int lifecycle) {
    tip = block_that_says(&tip, LIVE_SLOT - 1009 + tip.number, head, lifecycle);
    live_finalize(host, source, &tip);
    answer_heads(host, source);
}

static size_t count_events(const live_host *host, mote_event_kind kind) {
    size_t count = 0;
    for (size_t i = 0; i < host->event_count; i++) count += host->events[i].kind == kind;
    return count;
}

static void what_becomes_of_a_parachain_is_told(void **unused) {
    (void)unused;
    live_host host;
    mote_source_id source;
    mote_chain_id para;
    mote_chain_status status;
    const mote_hash root = {{9}};
    const mote_bytes first = relay_para_header(&root, 7, 1), other = relay_para_header(&root, 3, 2),
                     opaque = {(const uint8_t *)"no header", 9};
    open_with_parachain(&host, &source, &para, first);
    answer_heads(&host, source);
    const mote_client_event *event = live_last_event(&host, MOTE_EVENT_PARA_HEAD);
    assert_int_equal(event->para.number, 7);
    assert_int_equal(event->lifecycle, MOTE_PARA_PARACHAIN);
    assert_null(live_last_event(&host, MOTE_EVENT_PARA_LIFECYCLE));
    say_of_parachain(&host, source, first, MOTE_PARA_PARATHREAD); /* parked, with its head */
    event = live_last_event(&host, MOTE_EVENT_PARA_LIFECYCLE);
    assert_non_null(event);
    assert_int_equal(event->lifecycle, MOTE_PARA_PARATHREAD);
    assert_int_equal(event->header.number, tip.number);
    say_of_parachain(&host, source, other, MOTE_PARA_PARACHAIN); /* another genesis, or back */
    assert_int_equal(live_last_event(&host, MOTE_EVENT_PARA_HEAD)->progress,
                     MOTE_PARA_PROGRESS_REPLACED);
    assert_int_equal(live_last_event(&host, MOTE_EVENT_PARA_LIFECYCLE)->lifecycle,
                     MOTE_PARA_PARACHAIN);
    say_of_parachain(&host, source, opaque, MOTE_PARA_PARACHAIN);
    assert_true(live_last_event(&host, MOTE_EVENT_PARA_GONE)->opaque);
    say_of_parachain(&host, source, nothing,
                     MOTE_PARA_PARACHAIN); /* the same life, and no head at all */
    assert_int_equal(count_events(&host, MOTE_EVENT_PARA_GONE), 2);
    assert_false(live_last_event(&host, MOTE_EVENT_PARA_GONE)->opaque);
    say_of_parachain(&host, source, nothing, -1);
    assert_int_equal(live_last_event(&host, MOTE_EVENT_PARA_GONE)->lifecycle,
                     MOTE_PARA_NOT_REGISTERED);
    assert_int_equal(count_events(&host, MOTE_EVENT_PARA_GONE), 3);
    assert_true(mote_client_chain_status(host.client, &status, para));
    assert_int_equal(status.phase, MOTE_PHASE_WAITING);
    live_close(&host);
}

/* Refused by everybody under this block, heads are asked for again though no other block comes. */
static void heads_are_asked_for_again(void **unused) {
    (void)unused;
    live_host host;
    mote_source_id source;
    mote_chain_id para;
    const mote_hash root = {{9}};
    open_with_parachain(&host, &source, &para, relay_para_header(&root, 7, 1));
    uint32_t refused = 0;
    for (int i = 0; i < 60; i++) {
        if (live_asked(&host, source, "state_getReadProof") != NULL && ++refused > 4) break;
        (void)live_refuse(&host, source, "state_getReadProof");
        (void)live_refuse(&host, source, "chain_getFinalizedHead");
        host.now += 1000;
        live_run(&host);
    }
    assert_null(live_last_event(&host, MOTE_EVENT_PARA_HEAD));
    answer_heads(&host, source);
    assert_int_equal(live_last_event(&host, MOTE_EVENT_PARA_HEAD)->para.number, 7);
    live_close(&host);
}

/* What one proof cannot hold is asked for in several. */
static void many_parachains_are_read_in_parts(void **unused) {
    (void)unused;
    enum { COUNT = 2 * PARACHAINS_OF_A_PROOF + 3 };
    live_host host;
    mote_chain_id para;
    mote_client_limits limits = live_small_limits();
    limits.parachains = COUNT;
    live_open_with(&host, nothing, &limits);
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_status(mote_client_add_parachain(host.client, &para, host.relay, 3000 + i), MOTE_OK);
    }
    mote_source_id source = live_open_source(&host);
    live_finalize(&host, source, &live_first);
    size_t keys = 0;
    for (int i = 0; i < 3; i++) {
        live_sent *read = live_asked(&host, source, "state_getReadProof");
        assert_non_null(read);
        for (const char *at = read->text; (at = strstr(at, "\"0xcd710b30")) != NULL; at++) keys++;
        read->method[0] = 0;
    }
    assert_null(live_asked(&host, source, "state_getReadProof"));
    assert_int_equal(keys, 2 * COUNT);
    live_close(&host);
}

/* What a parachain more costs. */
static void a_parachain_is_small(void **unused) {
    (void)unused;
    mote_client_limits limits = mote_client_default_limits();
    size_t before = mote_client_memory(&limits);
    limits.parachains += 100;
    size_t cost = (mote_client_memory(&limits) - before) / 100;
    print_message("a parachain takes %zu bytes\n", cost);
    assert_in_range(cost, 500, 12288);
}

static void who_lags_or_is_on_a_fork_is_named(void **unused) {
    (void)unused;
    live_host host;
    mote_source_id source, collator;
    mote_chain_id para;
    mote_source_status status;
    const mote_hash root = {{9}};
    const mote_bytes head = relay_para_header(&root, 7, 1);
    open_with_parachain(&host, &source, &para, head);
    assert_status(mote_client_add_source(host.client, &collator, para), MOTE_OK);
    mote_client_source_opened(host.client, collator);
    answer_heads(&host, source);
    host.now += 5000;
    live_run(&host);
    assert_non_null(strstr(live_asked(&host, collator, "chain_getBlockHash")->text, "[7]"));
    assert_true(live_answer(&host, collator, "chain_getBlockHash", "null"));
    assert_null(live_last_event(&host, MOTE_EVENT_BEHIND)); /* it may just be importing it */
    const mote_bytes next = relay_para_header(&root, 8, 1);
    say_of_parachain(&host, source, next, MOTE_PARA_PARACHAIN);
    assert_true(live_answer(&host, collator, "chain_getBlockHash", "null"));
    const mote_client_event *event = live_last_event(&host, MOTE_EVENT_BEHIND);
    assert_int_equal(event->why, MOTE_E_UNKNOWN_BLOCK);
    assert_int_equal(event->source, collator);
    const mote_bytes third = relay_para_header(&root, 9, 1);
    say_of_parachain(&host, source, third, MOTE_PARA_PARACHAIN);
    assert_true(
        live_answer(&host, collator, "chain_getBlockHash",
                    "\"0x0100000000000000000000000000000000000000000000000000000000000000\""));
    assert_int_equal(live_last_event(&host, MOTE_EVENT_BEHIND)->why, MOTE_E_NOT_ON_FINAL_CHAIN);
    assert_true(mote_client_source_status(host.client, &status, collator));
    assert_int_equal(status.behind, MOTE_E_NOT_ON_FINAL_CHAIN);
    const mote_bytes last = relay_para_header(&root, 10, 1);
    say_of_parachain(&host, source, last, MOTE_PARA_PARACHAIN);
    const mote_hash hash = libsodium_blake2b_256(last);
    char *text = live_hex((mote_bytes){hash.bytes, 32});
    assert_true(live_answer(&host, collator, "chain_getBlockHash", text));
    free(text);
    assert_int_equal(live_last_event(&host, MOTE_EVENT_BEHIND)->why, MOTE_OK);
    live_close(&host);
}

/* --- queries ----------------------------------------------------------------------------------------------------- */
static mote_query_id ask(live_host *host, mote_chain_id chain) {
    mote_query_id id;
    const uint8_t key = 'k';
    const mote_bytes keys[] = {{&key, 1}};
    const mote_query query = {
        .kind = MOTE_QUERY_VALUES, .chain = chain, .keys = keys, .key_count = 1};
    assert_status(mote_client_query(host->client, &id, &query), MOTE_OK);
    live_run(host);
    return id;
}

static void a_query_without_any_source_fails_at_once(void **unused) {
    (void)unused;
    live_host host;
    mote_source_id source, collator;
    mote_chain_id para;
    const mote_hash root = {{9}};
    open_with_parachain(&host, &source, &para, relay_para_header(&root, 7, 1));
    answer_heads(&host, source);
    mote_query_id first = ask(&host, para);
    const mote_client_event *event = live_last_event(&host, MOTE_EVENT_QUERY_FAILED);
    assert_non_null(event);
    assert_int_equal(event->query, first);
    assert_int_equal(event->why, MOTE_E_NO_SOURCE);
    assert_status(mote_client_add_source(host.client, &collator, para), MOTE_OK);
    mote_client_source_opened(host.client, collator);
    mote_query_id second = ask(&host, para);
    assert_int_equal(count_events(&host, MOTE_EVENT_QUERY_FAILED), 1);
    mote_client_remove_source(host.client, collator);
    live_run(&host);
    assert_int_equal(live_last_event(&host, MOTE_EVENT_QUERY_FAILED)->query, second);
    live_close(&host);
}

/* --- lists ------------------------------------------------------------------------------------------------------- */
static const uint8_t prefix[] = {0x11, 0x11}, other_key[] = {0x11, 0x22},
                     near_key[] = {0x11, 0x11, 0x22}, deep_key[] = {0x11, 0x11, 0x11, 0x22};
#define SPAN(array) ((mote_bytes){array, sizeof(array)})

static mote_query_id list(live_host *host, bool subscribe) {
    mote_query_id id;
    const mote_query query = {.kind = MOTE_QUERY_LIST,
                              .chain = host->relay,
                              .subscribe = subscribe,
                              .prefix = SPAN(prefix)};
    assert_status(mote_client_query(host->client, &id, &query), MOTE_OK);
    live_run(host);
    return id;
}

static void finalize_state(live_host *host, mote_source_id source, const test_block *parent,
                           mote_bytes key) {
    const mote_bytes value = SPAN(prefix);
    relay_state_open(&state);
    relay_state_put(&state, key, value);
    if (key.size == sizeof deep_key) relay_state_put(&state, SPAN(other_key), value);
    tip = block_of_state(parent, LIVE_SLOT - 1009 + parent->number);
    live_finalize(host, source, &tip);
}

/* The same node stands at another depth, with another key: nibbles that repeat. */
static void a_key_that_moves_is_a_change(void **unused) {
    (void)unused;
    live_host host;
    live_open(&host, nothing);
    mote_source_id source = live_open_source(&host);
    finalize_state(&host, source, &live_start, SPAN(near_key));
    (void)list(&host, true);
    assert_true(live_answer(&host, source, "state_getKeysPaged", "[\"0x111122\"]"));
    answer_read(&host, source, (mote_bytes[]){SPAN(near_key), SPAN(prefix)}, 2);
    assert_int_equal(count_events(&host, MOTE_EVENT_ANSWERED), 1);
    const test_block first = tip;
    finalize_state(&host, source, &first, SPAN(deep_key));
    assert_true(live_answer(&host, source, "state_getKeysPaged", "[\"0x11111122\"]"));
    answer_read(&host, source, (mote_bytes[]){SPAN(deep_key), SPAN(prefix)}, 2);
    assert_int_equal(count_events(&host, MOTE_EVENT_ANSWERED), 2);
    assert_int_equal(live_last_event(&host, MOTE_EVENT_VALUE)->key.size, sizeof deep_key);
    live_close(&host);
}

/* A list that names a key too many is answered by the proof, and its source is a liar. */
static void a_key_that_is_not_there_is_a_lie(void **unused) {
    (void)unused;
    live_host host;
    live_open(&host, nothing);
    mote_source_id source = live_open_source(&host);
    finalize_state(&host, source, &live_start, SPAN(near_key));
    (void)list(&host, false);
    assert_true(live_answer(&host, source, "state_getKeysPaged", "[\"0x11111122\",\"0x111122\"]"));
    answer_read(&host, source, (mote_bytes[]){SPAN(near_key), SPAN(deep_key), SPAN(prefix)}, 3);
    assert_int_equal(count_events(&host, MOTE_EVENT_VALUE), 1);
    const mote_client_event *event = live_last_event(&host, MOTE_EVENT_ANSWERED);
    assert_true(event->complete);
    assert_true(event->has_age);
    assert_in_range(event->age_milliseconds, 50000, 60000);
    assert_int_equal(event->source_count, 1);
    assert_int_equal(event->sources[0], source);
    assert_int_equal(host.dropped, MOTE_E_LIST_FALSE);
    live_close(&host);
}

/* What is not answered for long ends a connection. */
static void refuse_the_rest(live_host *host, mote_source_id source) {
    static const char *const methods[] = {"chain_getFinalizedHead", "grandpa_proveFinality",
                                          "state_getReadProof"};
    for (size_t i = 0; i < 3; i++) (void)live_refuse(host, source, methods[i]);
}

/* A named block that the only source there refuses: another one that is away may have it. */
static void a_source_that_is_away_is_waited_for(void **unused) {
    (void)unused;
    live_host host;
    mote_query_id id;
    mote_source_id away;
    const mote_bytes keys[] = {SPAN(prefix)};
    live_open(&host, nothing);
    mote_source_id source = live_open_source(&host);
    assert_status(mote_client_add_source(host.client, &away, host.relay), MOTE_OK);
    live_finalize(&host, source, &live_first);
    const mote_query query = {.kind = MOTE_QUERY_VALUES,
                              .chain = host.relay,
                              .has_at = true,
                              .at = live_start.hash,
                              .keys = keys,
                              .key_count = 1};
    assert_status(mote_client_query(host.client, &id, &query), MOTE_OK);
    live_run(&host);
    for (int i = 0; i < 10; i++) {
        (void)live_answer(&host, source, "chain_getHeader", "null");
        refuse_the_rest(&host, source);
        host.now += 1000;
        live_run(&host);
    }
    assert_null(live_last_event(&host, MOTE_EVENT_QUERY_FAILED));
    mote_client_remove_source(host.client, away);
    for (int i = 0; i < 15; i++) {
        (void)live_answer(&host, source, "chain_getHeader", "null");
        refuse_the_rest(&host, source);
        host.now += 1000;
        live_run(&host);
    }
    assert_int_equal(live_last_event(&host, MOTE_EVENT_QUERY_FAILED)->why, MOTE_E_REFUSED);
    live_close(&host);
}

static void what_no_request_can_hold_is_refused(void **unused) {
    (void)unused;
    live_host host;
    mote_query_id id;
    static uint8_t room[1024];
    mote_bytes keys[600];
    live_open(&host, nothing);
    for (size_t i = 0; i < 600; i++) keys[i] = (mote_bytes){room, sizeof room};
    const mote_query query = {
        .kind = MOTE_QUERY_VALUES, .chain = host.relay, .keys = keys, .key_count = 600};
    assert_status(mote_client_query(host.client, &id, &query), MOTE_E_LIMIT_MEMORY);
    live_close(&host);
}

/* --- saved state ------------------------------------------------------------------------------------------------- */
/* Asked for when nothing new comes any more, it is there at the next step. */
static void state_is_saved_when_it_is_asked_for(void **unused) {
    (void)unused;
    live_host host, again;
    live_open(&host, nothing);
    mote_source_id source = live_open_source(&host);
    live_finalize(&host, source, &live_first);
    assert_int_equal(host.saved.size, 0);
    mote_client_save(host.client, host.relay);
    live_run(&host);
    assert_true(host.saved.size > 0);
    live_open(&again, host.saved);
    assert_int_equal(live_head_of(&again), live_first.number);
    live_close(&again);
    live_close(&host);
}

/* The newest hand-over, before anything of the next set is known. */
static void a_hand_over_is_saved(void **unused) {
    (void)unused;
    live_host host, again;
    mote_chain_status status;
    live_open(&host, nothing);
    mote_source_id source = live_open_source(&host);
    live_finalize(&host, source, &live_first);
    live_finalize(&host, source, &live_changing);
    assert_true(host.saved.size > 0);
    live_open(&again, host.saved);
    live_run(&again);
    assert_null(live_last_event(&again, MOTE_EVENT_SAVED_REFUSED));
    assert_true(mote_client_chain_status(again.client, &status, again.relay));
    assert_int_equal(status.number, live_changing.number);
    assert_int_equal(status.set_id, 6);
    source = live_open_source(&again);
    live_notify(&again, source, live_vote_for(live_next_voters, &live_last, 6));
    live_answer_header(&again, source, &live_last);
    assert_int_equal(live_head_of(&again), live_last.number);
    live_close(&again);
    live_close(&host);
}

/* Where it began is not forgotten: what was assumed then is assumed after a restart. */
static void what_was_assumed_stays_assumed(void **unused) {
    (void)unused;
    live_host host, again;
    mote_chain_id chain;
    mote_chain_status status;
    live_open(&host, nothing);
    mote_client_remove_chain(host.client, host.relay);
    const mote_relay_start old = {.checkpoint = live_checkpoint_of(&live_genesis),
                                  .now = LIVE_NOW + UINT64_C(40) * 86400 * 1000,
                                  .accept_expired = true};
    assert_status(mote_client_add_relay(host.client, &host.relay, &old), MOTE_OK);
    mote_source_id source = live_open_source(&host);
    live_finalize(&host, source, &live_first);
    mote_client_save(host.client, host.relay);
    live_run(&host);
    live_open(&again, nothing);
    mote_client_remove_chain(again.client, again.relay);
    const mote_relay_start resumed = {
        .checkpoint = live_checkpoint_of(&live_genesis), .saved = host.saved, .now = LIVE_NOW};
    assert_status(mote_client_add_relay(again.client, &chain, &resumed), MOTE_OK);
    assert_true(mote_client_chain_status(again.client, &status, chain));
    assert_int_equal(status.number, live_first.number);
    assert_int_equal(status.assumed & MOTE_ASSUMED_CHECKPOINT_AGE, MOTE_ASSUMED_CHECKPOINT_AGE);
    live_close(&again);
    live_close(&host);
}

static void what_was_refused_is_replaced(void **unused) {
    (void)unused;
    live_host host;
    const uint8_t bad[] = "mote-sav and no more";
    live_open(&host, (mote_bytes){bad, sizeof bad});
    mote_source_id source = live_open_source(&host);
    assert_int_equal(live_last_event(&host, MOTE_EVENT_SAVED_REFUSED)->why, MOTE_E_VERSION);
    live_finalize(&host, source, &live_first);
    assert_true(host.saved.size > 0);
    live_close(&host);
}

/* Who was slow, or lied, in the last run is asked after the others in this one. */
static void sources_are_known_again(void **unused) {
    (void)unused;
    live_host host, again;
    mote_source_id source, other;
    mote_source_status status;
    live_open(&host, nothing);
    mote_source_id good = live_open_source(&host), bad = live_open_source(&host);
    mote_client_name_source(host.client, good, 77);
    mote_client_name_source(host.client, bad, 78);
    live_say(&host, bad,
             "{\"jsonrpc\":\"2.0\",\"method\":\"grandpa_justifications\",\"params\":{"
             "\"subscription\":\"jus\",\"result\":\"0x00\"}}");
    assert_int_not_equal(host.dropped, MOTE_OK);
    live_finalize(&host, good, &live_first);
    mote_client_save(host.client, host.relay);
    live_run(&host);
    live_open(&again, host.saved);
    assert_status(mote_client_add_source(again.client, &source, again.relay), MOTE_OK);
    mote_client_name_source(again.client, source, 78);
    assert_status(mote_client_add_source(again.client, &other, again.relay), MOTE_OK);
    mote_client_name_source(again.client, other, 77);
    mote_client_source_status(again.client, &status, other);
    assert_int_equal(status.latency, 1);
    mote_client_remove_source(again.client, source);
    mote_client_remove_source(again.client, other);
    source = live_open_source(&again);
    mote_client_name_source(again.client, source, 78);
    other = live_open_source(&again);
    mote_client_name_source(again.client, other, 77);
    live_finalize(&again, other, &live_changing);
    (void)ask(&again, again.relay);
    assert_null(live_asked(&again, source, "state_getReadProof"));
    assert_non_null(live_asked(&again, other, "state_getReadProof"));
    live_close(&again);
    live_close(&host);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_that_never_ends_is_a_bad_connection),
        cmocka_unit_test(nobody_takes_all_the_memory),
        cmocka_unit_test(nobody_fills_the_queue),
        cmocka_unit_test(every_transaction_is_followed),
        cmocka_unit_test(what_nobody_wants_any_more_is_ended_at_the_node),
        cmocka_unit_test(what_all_sources_drop_fails_at_once),
        cmocka_unit_test(a_subscription_that_comes_late_is_ended),
        cmocka_unit_test(a_refusal_comes_with_its_words),
        cmocka_unit_test(words_of_any_length_are_bounded),
        cmocka_unit_test(the_last_refusal_is_told),
        cmocka_unit_test(what_becomes_of_a_parachain_is_told),
        cmocka_unit_test(heads_are_asked_for_again),
        cmocka_unit_test(many_parachains_are_read_in_parts),
        cmocka_unit_test(a_parachain_is_small),
        cmocka_unit_test(who_lags_or_is_on_a_fork_is_named),
        cmocka_unit_test(a_query_without_any_source_fails_at_once),
        cmocka_unit_test(a_key_that_moves_is_a_change),
        cmocka_unit_test(a_key_that_is_not_there_is_a_lie),
        cmocka_unit_test(a_source_that_is_away_is_waited_for),
        cmocka_unit_test(what_no_request_can_hold_is_refused),
        cmocka_unit_test(state_is_saved_when_it_is_asked_for),
        cmocka_unit_test(a_hand_over_is_saved),
        cmocka_unit_test(what_was_assumed_stays_assumed),
        cmocka_unit_test(what_was_refused_is_replaced),
        cmocka_unit_test(sources_are_known_again),
    };
    return cmocka_run_group_tests_name("unit/client_tables", tests, live_make_chain, NULL);
}
