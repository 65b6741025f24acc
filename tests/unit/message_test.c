/* SPDX-License-Identifier: Apache-2.0 */
/* Readers of messages on states made up for them: what the recorded networks do not have. */
#include "made_state.h"

#include "mote/message.h"

static mote_context *context;
static const mote_bytes nothing = {NULL, 0};

static void put(mote_message_item item, uint32_t first, uint32_t second, mote_bytes value) {
    const mote_message_key key = mote_message_key_of(item, first, second);
    made_state_put(key.bytes, key.size, value);
}

static void ask(mote_message_item item, uint32_t first, uint32_t second) {
    const mote_message_key key = mote_message_key_of(item, first, second);
    made_state_ask(key.bytes, key.size);
}

static void begin(void) {
    context = fixture_context(2);
    made_state_begin();
}

/* Prefixes as published (verification-rules E.2). */
static void keys(void **unused) {
    (void)unused;
    static const char *const prefixes[] = {
        [MOTE_ITEM_HRMP_CHANNEL] =
            "6a0da05ca59913bc38a8630590f2627cb6604cff828a6e3f579ca6c59ace013d",
        [MOTE_ITEM_HRMP_CONTENTS] =
            "6a0da05ca59913bc38a8630590f2627cabe953bb90b08a3782523e6dcf0c086a",
        [MOTE_ITEM_HRMP_INGRESS] =
            "6a0da05ca59913bc38a8630590f2627c1d3719f5b0b12c7105c073c507445948",
        [MOTE_ITEM_HRMP_EGRESS] =
            "6a0da05ca59913bc38a8630590f2627cf12b746dcf32e843354583c9702cc020",
        [MOTE_ITEM_HRMP_WATERMARK] =
            "6a0da05ca59913bc38a8630590f2627c09d487abe9aa06b94c8e59c187429a80",
        [MOTE_ITEM_DMP_HEAD] = "63f78c98723ddc9073523ef3beefda0c4d7fefc408aac59dbfe80a72ac8e3ce5",
        [MOTE_ITEM_DMP_QUEUE] = "63f78c98723ddc9073523ef3beefda0ca95dac46c07a40d91506e7637ec4ba57",
        [MOTE_ITEM_LIMITS] = "06de3d8a54d27e44a9d5ce189618f22db4b49d95320d9021994c850f25b8e385",
        [MOTE_ITEM_HRMP_SENT] = "45323df7cc47150b3930e2666b0aa3134ec0959dca9d4616632a822d7523ba63",
        [MOTE_ITEM_UMP_SENT] = "45323df7cc47150b3930e2666b0aa313549294c71991aee810463ccf34a0f1d1",
        [MOTE_ITEM_LAST_HRMP_HEADS] =
            "45323df7cc47150b3930e2666b0aa3133dca42deb008c6559ee789c9b9f70a2c",
        [MOTE_ITEM_LAST_DMP_HEAD] =
            "45323df7cc47150b3930e2666b0aa313911a5dd3f1155f5b7d0c5aa102a757f9",
    };
    for (int item = 0; item < MOTE_ITEM_COUNT; item++) {
        const mote_message_key key = mote_message_key_of((mote_message_item)item, 2000, 2001);
        if (prefixes[item] == NULL) continue;
        assert_memory_equal(key.bytes, fixture_hex(prefixes[item]).data, 32);
    }
    mote_message_key key = mote_message_key_of(MOTE_ITEM_HRMP_CHANNEL, 2000, 2001);
    assert_memory_equal(key.bytes + 32, fixture_hex("a159e4ea9f4ac743d0070000d1070000").data, 16);
    assert_int_equal(key.size, 48);
    key = mote_message_key_of(MOTE_ITEM_DMP_HEAD, 2000, 0);
    assert_memory_equal(key.bytes + 32, fixture_hex("63f5a4efb16ffa83d0070000").data, 12);
    assert_int_equal(key.size, 44);
    assert_int_equal(mote_message_key_of(MOTE_ITEM_COUNT, 1, 1).size, 0);
    /* As a node of the local network names it (tests/vectors/local, relay.message-proofs.json). */
    key = mote_dmp_page_key(2000, 1);
    assert_int_equal(key.size, 68);
    assert_memory_equal(
        key.bytes + 32,
        fixture_hex("dd4dfe0df462b5c44aa84b1edd24dfb1d00700009599a4a217cb299f0100000000000000")
            .data,
        36);
}

/* Messages, the empty separator, signals. */
static void upward_messages_and_signals(void **unused) {
    (void)unused;
    static const struct {
        const char *value;
        uint32_t count, signals;
    } cases[] = {{"00", 0, 0},   {"0408ab01", 1, 0},     {"0c08ab0104cc08ab02", 3, 0},
                 {"0400", 0, 0}, {"0c04aa0004bb", 1, 1}, {"1004aa0004bb00", 1, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        begin();
        put(MOTE_ITEM_UMP_SENT, 0, 0, fixture_hex(cases[i].value));
        mote_proof proof = made_state_prove(context, 0);
        mote_ump_outbound outbound;
        mote_ump_sent sent;
        assert_status(mote_ump_outbound_read(context, &outbound, &proof), MOTE_OK);
        assert_int_equal(outbound.count, cases[i].count);
        assert_int_equal(outbound.signal_count, cases[i].signals);
        for (uint32_t m = 0; m < outbound.count; m++) {
            mote_ump_sent found;
            assert_status(mote_ump_sent_at(context, &sent, &outbound, m), MOTE_OK);
            assert_status(mote_ump_sent_find(context, &found, &outbound, sent.data), MOTE_OK);
            assert_int_equal(found.index, m);
        }
        assert_status(mote_ump_sent_at(context, &sent, &outbound, outbound.count),
                      MOTE_E_BAD_ARGUMENT);
        /* A signal is no message. */
        assert_status(mote_ump_sent_find(context, &sent, &outbound, fixture_hex("bb")),
                      MOTE_E_NOT_SHOWN);
    }
}

static void absent_is_empty(void **unused) {
    (void)unused;
    begin();
    for (int item = 0; item < MOTE_ITEM_COUNT; item++) ask((mote_message_item)item, 2000, 2001);
    mote_proof proof = made_state_prove(context, 0);
    mote_hrmp_channel channel;
    mote_para_list list;
    mote_message_queue queue;
    mote_hrmp_outbound outbound;
    mote_ump_outbound upward;
    mote_taken_head taken;
    mote_dispatch_capacity capacity;
    mote_relay_limits limits;
    assert_status(mote_hrmp_channel_read(context, &channel, &proof, 2000, 2001), MOTE_OK);
    assert_false(channel.open);
    assert_status(mote_hrmp_senders_read(context, &list, &proof, 2000), MOTE_OK);
    assert_int_equal(list.count, 0);
    assert_int_equal(mote_para_list_at(&list, 0), 0);
    assert_status(mote_hrmp_queue_read(context, &queue, &proof, 2000, 2001), MOTE_OK);
    assert_int_equal(queue.count, 0);
    assert_status(mote_dmp_queue_read(context, &queue, &proof, 2000), MOTE_E_NOT_SHOWN);
    assert_int_equal(queue.count, 0);
    assert_status(mote_hrmp_outbound_read(context, &outbound, &proof), MOTE_OK);
    assert_int_equal(outbound.count, 0);
    assert_status(mote_ump_outbound_read(context, &upward, &proof), MOTE_OK);
    assert_int_equal(upward.count, 0);
    assert_status(mote_hrmp_taken_read(context, &taken, &proof, 2000), MOTE_OK);
    assert_false(taken.has_head);
    assert_status(mote_dmp_taken_read(context, &taken, &proof), MOTE_OK);
    assert_false(taken.has_head);
    assert_status(mote_dispatch_capacity_read(context, &capacity, &proof, 2000), MOTE_OK);
    assert_false(capacity.known);
    /* A relay chain without a configuration is none. */
    assert_status(mote_relay_limits_read(context, &limits, &proof), MOTE_E_TRUNCATED);
    assert_status(mote_hrmp_channel_read(context, &channel, &proof, 2001, 2000),
                  MOTE_OK); /* other channel: no such key in this trie either */
}

/* A parachain's items in a relay chain's state mean nothing, and the other way round. */
static void each_state_has_its_items(void **unused) {
    (void)unused;
    begin();
    put(MOTE_ITEM_HRMP_SENT, 0, 0, fixture_hex("00"));
    put(MOTE_ITEM_DMP_HEAD, 2000, 0,
        fixture_hex("0101010101010101010101010101010101010101010101010101010101010101"));
    mote_proof relay = made_state_prove(context, 7);
    mote_hrmp_outbound outbound;
    mote_taken_head taken;
    mote_dmp_head head;
    assert_status(mote_hrmp_outbound_read(context, &outbound, &relay), MOTE_E_BAD_ARGUMENT);
    assert_status(mote_hrmp_taken_read(context, &taken, &relay, 2000), MOTE_E_BAD_ARGUMENT);
    assert_status(mote_dmp_head_read(context, &head, &relay, 2000), MOTE_OK);
    assert_int_equal(head.under.block_number, 7);
    mote_proof zeroed;
    memset(&zeroed, 0, sizeof zeroed);
    assert_status(mote_dmp_head_read(context, &head, &zeroed, 2000), MOTE_E_NO_EVIDENCE);
}

static void values_that_are_not_of_the_layout(void **unused) {
    (void)unused;
    static const char *const bad[] = {"",     "04",          "0401000000", "04010000000",
                                      "00ff", "0401000000ff"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        if (strlen(bad[i]) % 2 != 0) continue;
        begin();
        put(MOTE_ITEM_HRMP_SENT, 0, 0, fixture_hex(bad[i]));
        put(MOTE_ITEM_HRMP_CONTENTS, 1, 2, fixture_hex(bad[i]));
        put(MOTE_ITEM_HRMP_CHANNEL, 1, 2, fixture_hex(bad[i]));
        put(MOTE_ITEM_LAST_HRMP_HEADS, 0, 0, fixture_hex(bad[i]));
        put(MOTE_ITEM_LAST_DMP_HEAD, 0, 0, fixture_hex(bad[i]));
        mote_proof proof = made_state_prove(context, 0);
        mote_hrmp_outbound outbound;
        mote_message_queue queue;
        mote_hrmp_channel channel;
        mote_taken_head taken;
        assert_true(mote_hrmp_outbound_read(context, &outbound, &proof) != MOTE_OK);
        assert_status(mote_state_root_check(&outbound.under), MOTE_E_NO_EVIDENCE);
        assert_true(mote_hrmp_queue_read(context, &queue, &proof, 1, 2) != MOTE_OK);
        assert_true(mote_hrmp_channel_read(context, &channel, &proof, 1, 2) != MOTE_OK);
        assert_true(mote_hrmp_taken_read(context, &taken, &proof, 1) != MOTE_OK);
        assert_true(mote_dmp_taken_read(context, &taken, &proof) != MOTE_OK);
        assert_status(mote_state_root_check(&taken.under), MOTE_E_NO_EVIDENCE);
    }
}

/* Heads of several senders: ascending, each once. */
static void heads_of_many_senders(void **unused) {
    (void)unused;
    uint8_t value[1 + 3 * 36];
    mote_taken_head taken;
    for (int order = 0; order < 3; order++) {
        static const uint32_t ids[3][3] = {{5, 6, 900}, {5, 5, 900}, {6, 5, 900}};
        value[0] = 3 << 2;
        for (size_t i = 0; i < 3; i++) {
            mote_store_u32(value + 1 + 36 * i, ids[order][i]);
            memset(value + 1 + 36 * i + 4, (int)i + 1, 32);
        }
        begin();
        put(MOTE_ITEM_LAST_HRMP_HEADS, 0, 0, (mote_bytes){value, sizeof value});
        mote_proof proof = made_state_prove(context, 0);
        mote_status status = mote_hrmp_taken_read(context, &taken, &proof, 900);
        assert_status(status, order == 0 ? MOTE_OK : MOTE_E_BAD_FORMAT);
        if (order != 0) continue;
        assert_int_equal(taken.head.bytes[0], 3);
        assert_status(mote_hrmp_taken_read(context, &taken, &proof, 6), MOTE_OK);
        assert_int_equal(taken.head.bytes[0], 2);
        assert_status(mote_hrmp_taken_read(context, &taken, &proof, 7), MOTE_OK);
        assert_false(taken.has_head);
    }
}

/* As many messages as a list may have, and one more. */
static void lists_of_the_largest_length(void **unused) {
    (void)unused;
    const size_t most = MOTE_MAX_MESSAGES;
    uint8_t *value = calloc(most + 1, 5);
    uint8_t *whole = malloc(4 + (most + 1) * 5);
    assert_non_null(value);
    assert_non_null(whole);
    for (size_t count = most; count <= most + 1; count++) {
        mote_writer writer = mote_writer_into(whole, 4 + (most + 1) * 5);
        mote_hrmp_outbound outbound;
        mote_hrmp_sent sent;
        mote_write_compact(&writer, count);
        mote_write_span(&writer, value, count * 5);
        begin();
        put(MOTE_ITEM_HRMP_SENT, 0, 0, (mote_bytes){whole, writer.size});
        mote_proof proof = made_state_prove(context, 0);
        assert_status(mote_hrmp_outbound_read(context, &outbound, &proof),
                      count == most ? MOTE_OK : MOTE_E_LIMIT_COUNT);
        if (count > most) continue;
        assert_status(mote_hrmp_sent_at(context, &sent, &outbound, MOTE_MAX_MESSAGES - 1), MOTE_OK);
    }
    free(value);
    free(whole);
}

static size_t parts_of(mote_bytes page_bytes, mote_status *status, mote_bytes *last) {
    mote_xcm_page page;
    bool more = true;
    size_t count = 0;
    *status = mote_xcm_page_open(context, &page, page_bytes);
    while (*status == MOTE_OK) {
        mote_bytes part;
        *status = mote_xcm_page_next(context, &page, &more, &part);
        if (!more) break;
        *last = part;
        count++;
    }
    return count;
}

static void pages(void **unused) {
    (void)unused;
    static const struct {
        const char *page;
        size_t parts;
        mote_status status;
        const char *last;
    } cases[] = {
        {"", 0, MOTE_E_TRUNCATED, NULL},
        {"00", 0, MOTE_OK, NULL},
        {"000508", 1, MOTE_OK, "0508"},
        {"01", 0, MOTE_OK, NULL},
        {"0108aabb00", 2, MOTE_OK, ""},
        {"0108aa", 0, MOTE_E_LENGTH_BEYOND_INPUT, NULL},
        {"0304aa08bb", 1, MOTE_E_LENGTH_BEYOND_INPUT, "aa"},
        {"0304aa08bbcc", 2, MOTE_OK, "bbcc"},
        {"02000100", 3, MOTE_OK, "00"},
        {"04aabb", 1, MOTE_OK, "aabb"},
        {"ff", 0, MOTE_OK, NULL},
    };
    context = fixture_context(1);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mote_status status;
        mote_bytes last = {NULL, 0};
        assert_int_equal(parts_of(fixture_hex(cases[i].page), &status, &last), cases[i].parts);
        assert_status(status, cases[i].status);
        if (cases[i].last != NULL) assert_true(mote_bytes_equal(last, fixture_hex(cases[i].last)));
    }
    assert_string_equal(mote_xcm_format_name(MOTE_XCM_OPAQUE), "opaque");
    assert_string_equal(mote_xcm_format_name(MOTE_XCM_UNKNOWN), "unknown");
}

/* One pass tells what _at tells one by one, and nothing of a list that is no evidence. */
static void lists_in_one_pass(void **unused) {
    (void)unused;
    begin();
    put(MOTE_ITEM_HRMP_SENT, 0, 0, fixture_hex("0c0100000008aabb0200000000030000000804cc"));
    put(MOTE_ITEM_UMP_SENT, 0, 0, fixture_hex("1004aa08bbcc0004dd"));
    put(MOTE_ITEM_HRMP_CONTENTS, 1, 2, fixture_hex("080700000004ee0800000000"));
    mote_proof proof = made_state_prove(context, 0);
    mote_hrmp_outbound outbound;
    mote_ump_outbound upward;
    mote_message_queue queue;
    assert_status(mote_hrmp_outbound_read(context, &outbound, &proof), MOTE_OK);
    assert_status(mote_ump_outbound_read(context, &upward, &proof), MOTE_OK);
    assert_status(mote_hrmp_queue_read(context, &queue, &proof, 1, 2), MOTE_OK);
    for (int evidence = 1; evidence >= 0; evidence--) {
        mote_message_place places[3] = {{0, 0}, {0, 0}, {0, 0}};
        mote_hrmp_sent sent, sent_at;
        mote_ump_sent up, up_at;
        mote_message_queued queued, queued_at;
        uint32_t told[3] = {0, 0, 0};
        for (; mote_hrmp_sent_next(&sent, &places[0], &outbound); told[0]++) {
            assert_status(mote_hrmp_sent_at(context, &sent_at, &outbound, told[0]), MOTE_OK);
            assert_true(sent.index == told[0] && sent.recipient == sent_at.recipient);
            assert_true(mote_bytes_equal(sent.data, sent_at.data));
        }
        for (; mote_ump_sent_next(&up, &places[1], &upward); told[1]++) {
            assert_status(mote_ump_sent_at(context, &up_at, &upward, told[1]), MOTE_OK);
            assert_true(up.index == told[1] && mote_bytes_equal(up.data, up_at.data));
        }
        for (; mote_message_queued_next(&queued, &places[2], &queue); told[2]++) {
            assert_status(mote_message_queued_at(context, &queued_at, &queue, told[2]), MOTE_OK);
            assert_true(queued.index == told[2]);
            assert_int_equal(queued.message.sent_at, queued_at.message.sent_at);
            assert_true(mote_bytes_equal(queued.message.data, queued_at.message.data));
        }
        assert_false(mote_hrmp_sent_next(&sent, &places[0], &outbound)); /* still the end */
        assert_int_equal(told[0], evidence ? 3 : 0);
        assert_int_equal(told[1], evidence ? 2 : 0);
        assert_int_equal(told[2], evidence ? 2 : 0);
        outbound.under.seal = upward.under.seal = queue.under.seal = 0;
    }
}

/* Made up: what the recorded network never was. */
static void pages_that_are_none(void **unused) {
    (void)unused;
    static const struct {
        const char *meta, *page;
        mote_status pages, read;
    } cases[] = {
        {"05000000000000000600000000000000", "0700000004aa", MOTE_OK, MOTE_OK},
        {"05000000000000000600000000000000", NULL, MOTE_OK, MOTE_E_BAD_FORMAT},
        {"05000000000000000600000000000000", "0700000004", MOTE_OK, MOTE_E_LENGTH_BEYOND_INPUT},
        {"05000000000000000600000000000000", "0700000004aa00", MOTE_OK, MOTE_E_TRAILING_BYTES},
        {"05000000000000000400000000000000", "0700000004aa", MOTE_E_BAD_FORMAT, MOTE_OK},
        {"0500000000000000060000000000", "0700000004aa", MOTE_E_TRUNCATED, MOTE_OK},
        {"0500000000000000060000000000000000", "0700000004aa", MOTE_E_TRAILING_BYTES, MOTE_OK},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const mote_message_key key = mote_dmp_page_key(2000, 5);
        mote_dmp_pages pages;
        mote_message_queued queued;
        begin();
        put(MOTE_ITEM_DMP_PAGES, 2000, 0, fixture_hex(cases[i].meta));
        if (cases[i].page != NULL) made_state_put(key.bytes, key.size, fixture_hex(cases[i].page));
        if (cases[i].page == NULL) made_state_ask(key.bytes, key.size);
        const mote_proof proof = made_state_prove(context, 9);
        assert_status(mote_dmp_pages_read(context, &pages, &proof, 2000), cases[i].pages);
        if (cases[i].pages != MOTE_OK) {
            assert_status(mote_dmp_page_read(context, &queued, &pages, &proof, 5),
                          MOTE_E_NO_EVIDENCE);
            continue;
        }
        assert_status(mote_dmp_page_read(context, &queued, &pages, &proof, 5), cases[i].read);
        assert_int_equal(queued.message.sent_at, cases[i].read == MOTE_OK ? 7 : 0);
        assert_status(mote_dmp_page_read(context, &queued, &pages, &proof, 4), MOTE_E_BAD_ARGUMENT);
    }
}

static void no_evidence(void **unused) {
    (void)unused;
    mote_hrmp_outbound outbound;
    mote_ump_outbound upward;
    mote_message_queue queue;
    mote_hrmp_channel channel;
    mote_dmp_head head;
    mote_taken_head taken;
    mote_hrmp_sent sent;
    mote_ump_sent up;
    mote_message_queued queued;
    mote_message_order order;
    mote_message_taken in;
    const mote_message message = {1, nothing};
    context = fixture_context(1);
    memset(&outbound, 0, sizeof outbound);
    memset(&upward, 0, sizeof upward);
    memset(&queue, 0, sizeof queue);
    memset(&channel, 0, sizeof channel);
    memset(&head, 0, sizeof head);
    memset(&taken, 0, sizeof taken);
    assert_status(mote_hrmp_sent_at(context, &sent, &outbound, 0), MOTE_E_NO_EVIDENCE);
    assert_status(mote_hrmp_sent_find(context, &sent, &outbound, 1, nothing), MOTE_E_NO_EVIDENCE);
    assert_status(mote_ump_sent_at(context, &up, &upward, 0), MOTE_E_NO_EVIDENCE);
    assert_status(mote_ump_sent_find(context, &up, &upward, nothing), MOTE_E_NO_EVIDENCE);
    assert_status(mote_message_queued_at(context, &queued, &queue, 0), MOTE_E_NO_EVIDENCE);
    assert_status(mote_message_queued_find(context, &queued, &queue, nothing), MOTE_E_NO_EVIDENCE);
    assert_status(mote_hrmp_order_check(context, &order, &channel, &channel, NULL, 0),
                  MOTE_E_NO_EVIDENCE);
    assert_status(mote_dmp_order_check(context, &order, &head, &head, NULL, 0), MOTE_E_NO_EVIDENCE);
    assert_status(mote_message_taken_check(context, &in, &taken, &taken.head, &message, 1),
                  MOTE_E_NO_EVIDENCE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys),
        cmocka_unit_test(upward_messages_and_signals),
        cmocka_unit_test(absent_is_empty),
        cmocka_unit_test(each_state_has_its_items),
        cmocka_unit_test(values_that_are_not_of_the_layout),
        cmocka_unit_test(heads_of_many_senders),
        cmocka_unit_test(lists_of_the_largest_length),
        cmocka_unit_test(pages),
        cmocka_unit_test(lists_in_one_pass),
        cmocka_unit_test(pages_that_are_none),
        cmocka_unit_test(no_evidence),
    };
    return cmocka_run_group_tests_name("unit/message", tests, NULL, NULL);
}
