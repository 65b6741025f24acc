/* SPDX-License-Identifier: Apache-2.0 */
/* Catalogue H.10: messages between parachains. The bytes are the recorded network's (local/) but where a row needs a state
 * that it never had. */
#include "message_world.h"
#include "relay_state.h"

#include "mote/hash.h"
#include "mote/message.h"

#define SENDER 2000u
#define RECIPIENT 2001u

static mote_context *context;

static mote_hrmp_channel channel_at(uint32_t relay_number) {
    mote_proof proof = message_world_relay(context, relay_number);
    mote_hrmp_channel channel;
    assert_status(mote_hrmp_channel_read(context, &channel, &proof, SENDER, RECIPIENT), MOTE_OK);
    return channel;
}

static mote_message_queue queue_at(uint32_t relay_number) {
    mote_proof proof = message_world_relay(context, relay_number);
    mote_message_queue queue;
    assert_status(mote_hrmp_queue_read(context, &queue, &proof, SENDER, RECIPIENT), MOTE_OK);
    return queue;
}

/* The two messages in the queue at relay block 105, put there by 104 and 105. */
static void two_messages(mote_message out[2]) {
    const mote_message_queue queue = queue_at(105);
    assert_int_equal(queue.count, 2);
    for (uint32_t i = 0; i < 2; i++) {
        mote_message_queued queued;
        assert_status(mote_message_queued_at(context, &queued, &queue, i), MOTE_OK);
        out[i] = queued.message;
    }
}

static mote_status order_of(const mote_message *messages, uint32_t count) {
    const mote_hrmp_channel earlier = channel_at(91), later = channel_at(105);
    mote_message_order order;
    mote_status status = mote_hrmp_order_check(context, &order, &earlier, &later, messages, count);
    if (status != MOTE_OK) {
        assert_int_equal(order.count, 0);
        assert_status(mote_state_root_check(&order.later), MOTE_E_NO_EVIDENCE);
    }
    return status;
}

/* A chain whose links hash the message as it is, not as SCALE, has another head. */
static void R08_message_data_hashed_raw(void **unused) {
    (void)unused;
    mote_message messages[2];
    context = fixture_context(64);
    two_messages(messages);
    const mote_hrmp_channel earlier = channel_at(91), later = channel_at(105);
    mote_hrmp_channel raw = later;
    memset(&raw.head, 0, sizeof raw.head);
    for (size_t i = 0; i < 2; i++) {
        uint8_t link[68];
        const mote_hash data = mote_blake2b_256(messages[i].data);
        memcpy(link, raw.head.bytes, 32);
        mote_store_u32(link + 32, messages[i].sent_at);
        memcpy(link + 36, data.bytes, 32);
        raw.head = mote_blake2b_256((mote_bytes){link, sizeof link});
    }
    assert_memory_not_equal(raw.head.bytes, later.head.bytes, 32);
    mote_message_order order;
    assert_status(mote_hrmp_order_check(context, &order, &earlier, &raw, messages, 2),
                  MOTE_E_MESSAGE_CHAIN);
    assert_status(mote_hrmp_order_check(context, &order, &earlier, &later, messages, 2), MOTE_OK);
}

static void R09_messages_reordered_dropped_or_redated(void **unused) {
    (void)unused;
    mote_message messages[2], changed[3];
    context = fixture_context(256);
    two_messages(messages);
    assert_status(order_of(messages, 2), MOTE_OK);
    changed[0] = messages[1];
    changed[1] = messages[0];
    assert_status(order_of(changed, 2), MOTE_E_MESSAGE_CHAIN);
    /* Dates exchanged with the places, so that they ascend. */
    changed[0].sent_at = messages[0].sent_at;
    changed[1].sent_at = messages[1].sent_at;
    assert_status(order_of(changed, 2), MOTE_E_MESSAGE_CHAIN);
    assert_status(order_of(messages, 1), MOTE_E_MESSAGE_CHAIN);
    assert_status(order_of(messages + 1, 1), MOTE_E_MESSAGE_CHAIN);
    assert_status(order_of(messages, 0), MOTE_E_MESSAGE_CHAIN);
    changed[0] = messages[0];
    changed[1] = changed[2] = messages[1];
    assert_status(order_of(changed, 3), MOTE_E_MESSAGE_CHAIN);
    for (uint32_t i = 0; i < 2; i++) {
        memcpy(changed, messages, sizeof messages);
        changed[i].sent_at++;
        assert_status(order_of(changed, 2), MOTE_E_MESSAGE_CHAIN);
        changed[i].sent_at -= 2;
        assert_status(order_of(changed, 2), MOTE_E_MESSAGE_CHAIN);
    }
    for (size_t at = 0; at < messages[0].data.size; at++) {
        uint8_t *bytes = fixture_copy(messages[0].data);
        bytes[at] ^= 4;
        changed[0] = (mote_message){messages[0].sent_at, {bytes, messages[0].data.size}};
        changed[1] = messages[1];
        size_t mark = mote_context_mark(context);
        assert_status(order_of(changed, 2), MOTE_E_MESSAGE_CHAIN);
        mote_context_release(context, mark);
        free(bytes);
    }
}

/* It was there at 105, was taken, and at 107 is not: that does not say that it was not sent. */
static void R10_absence_from_the_queue_proves_nothing(void **unused) {
    (void)unused;
    mote_message messages[2];
    mote_message_queued queued;
    context = fixture_context(64);
    two_messages(messages);
    const mote_message_queue there = queue_at(105), gone = queue_at(107), never = queue_at(91);
    assert_status(mote_message_queued_find(context, &queued, &there, messages[0].data), MOTE_OK);
    assert_status(mote_message_queued_find(context, &queued, &gone, messages[0].data),
                  MOTE_E_NOT_SHOWN);
    assert_status(mote_state_root_check(&queued.under), MOTE_E_NO_EVIDENCE);
    assert_int_equal(never.count, 0);
    assert_status(mote_message_queued_find(context, &queued, &never, messages[0].data),
                  MOTE_E_NOT_SHOWN);
    assert_int_equal(mote_status_class_of(MOTE_E_NOT_SHOWN), MOTE_CLASS_INCOMPLETE);
}

/* Block 51 sends, block 52 has nothing in the same place. */
static void R11_outbound_messages_one_block_later(void **unused) {
    (void)unused;
    context = fixture_context(64);
    mote_proof sending = message_world_para(context, SENDER, 51);
    mote_proof next = message_world_para(context, SENDER, 52);
    mote_hrmp_outbound outbound, later;
    mote_hrmp_sent sent;
    assert_status(mote_hrmp_outbound_read(context, &outbound, &sending), MOTE_OK);
    assert_int_equal(outbound.count, 1);
    assert_status(mote_hrmp_sent_at(context, &sent, &outbound, 0), MOTE_OK);
    assert_status(mote_hrmp_outbound_read(context, &later, &next), MOTE_OK);
    assert_int_equal(later.count, 0);
    mote_hrmp_sent none;
    assert_status(mote_hrmp_sent_find(context, &none, &later, RECIPIENT, sent.data),
                  MOTE_E_NOT_SHOWN);
    assert_status(mote_state_root_check(&none.under), MOTE_E_NO_EVIDENCE);
    assert_status(mote_hrmp_sent_at(context, &none, &later, 0), MOTE_E_BAD_ARGUMENT);
    /* The same message to another parachain was not sent by block 51 either. */
    assert_status(mote_hrmp_sent_find(context, &none, &outbound, RECIPIENT + 1, sent.data),
                  MOTE_E_NOT_SHOWN);
}

/* --- a channel that is closed and opened again ------------------------------------------------ */

#define CHANNELS "6a0da05ca59913bc38a8630590f2627cb6604cff828a6e3f579ca6c59ace013d"

static mote_bytes channel_key(void) {
    uint8_t ids[8], key[48];
    mote_store_u32(ids, SENDER);
    mote_store_u32(ids + 4, RECIPIENT);
    memcpy(key, fixture_hex(CHANNELS).data, 32);
    mote_twox_64(key + 32, (mote_bytes){ids, 8});
    memcpy(key + 40, ids, 8);
    return naive_copy((mote_bytes){key, sizeof key});
}

/* The channel at a relay block of a made-up chain: absent, new, or with a head. */
static mote_hrmp_channel made_up_channel(uint32_t relay_number, bool open, const mote_hash *head) {
    uint8_t value[85] = {8, 0, 0, 0, 0, 0x20, 0, 0, 0, 0x20, 0, 0};
    relay_state state;
    relay_state_open(&state);
    value[20] = head != NULL;
    if (head != NULL) memcpy(value + 21, head->bytes, 32);
    if (open)
        relay_state_put(&state, channel_key(),
                        naive_copy((mote_bytes){value, head != NULL ? 85 : 53}));
    relay_state_close(&state, NAIVE_V1);
    const mote_bytes key = channel_key();
    mote_proof proof = relay_state_load(context, &state, relay_number, &key, 1);
    mote_hrmp_channel channel;
    assert_status(mote_hrmp_channel_read(context, &channel, &proof, SENDER, RECIPIENT), MOTE_OK);
    assert_int_equal(channel.open, open);
    return channel;
}

static void R12_channel_closed_and_reopened(void **unused) {
    (void)unused;
    const mote_hash zero = {{0}};
    const mote_message first = {11, fixture_hex("000102")}, second = {31, fixture_hex("000304")};
    mote_message both[2] = {first, second};
    mote_message_order order;
    naive_reset();
    context = fixture_context(8);
    const mote_hash old_head = mote_message_chain_next(&zero, &first);
    const mote_hash new_head = mote_message_chain_next(&zero, &second);
    const mote_hrmp_channel used = made_up_channel(15, true, &old_head);
    const mote_hrmp_channel closed = made_up_channel(20, false, NULL);
    const mote_hrmp_channel reopened = made_up_channel(25, true, NULL);
    const mote_hrmp_channel again = made_up_channel(35, true, &new_head);
    assert_false(reopened.has_head);
    /* Across the closing no sequence leads from one head to the other. */
    assert_status(mote_hrmp_order_check(context, &order, &used, &again, &second, 1),
                  MOTE_E_MESSAGE_CHAIN);
    assert_status(mote_hrmp_order_check(context, &order, &used, &again, both, 2),
                  MOTE_E_MESSAGE_CHAIN);
    assert_status(mote_hrmp_order_check(context, &order, &used, &reopened, NULL, 0),
                  MOTE_E_MESSAGE_CHAIN);
    assert_status(mote_hrmp_order_check(context, &order, &used, &closed, NULL, 0),
                  MOTE_E_NOT_SHOWN);
    /* From where it was closed, or new again, it starts at zero; and the order says that it does. */
    assert_status(mote_hrmp_order_check(context, &order, &closed, &again, &second, 1), MOTE_OK);
    assert_true(order.from_nothing);
    assert_status(mote_hrmp_order_check(context, &order, &reopened, &again, &second, 1), MOTE_OK);
    assert_true(order.from_nothing);
    /* A date before the later opening, under which the head would be right. */
    assert_status(mote_hrmp_order_check(context, &order, &again, &reopened, NULL, 0),
                  MOTE_E_BAD_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(R08_message_data_hashed_raw),
        cmocka_unit_test(R09_messages_reordered_dropped_or_redated),
        cmocka_unit_test(R10_absence_from_the_queue_proves_nothing),
        cmocka_unit_test(R11_outbound_messages_one_block_later),
        cmocka_unit_test(R12_channel_closed_and_reopened),
    };
    return cmocka_run_group_tests_name("rows/message", tests, NULL, NULL);
}
