/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages of real chains. local/: messages from parachain 2000 to 2001 followed from the block that sends them over the
 * relay chain's queue to the block that has taken them in, each claim under a header that is evidence. proofs/: what the
 * relay proofs inside parachain blocks say of channels, queues and limits.
 */
#include "message_world.h"

#include "mote/message.h"
#include "mote/scale.h"

#define SENDER 2000u
#define RECIPIENT 2001u

static mote_context *context;

static mote_hrmp_channel channel_at(uint32_t relay_number) {
    mote_proof proof = message_world_relay(context, relay_number);
    mote_hrmp_channel channel;
    assert_status(mote_hrmp_channel_read(context, &channel, &proof, SENDER, RECIPIENT), MOTE_OK);
    return channel;
}

/* Message number `index` in the queue at a relay block. */
static mote_message_queued queued_at(uint32_t relay_number, uint32_t index) {
    mote_proof proof = message_world_relay(context, relay_number);
    mote_message_queue queue;
    mote_message_queued queued;
    assert_status(mote_hrmp_queue_read(context, &queue, &proof, SENDER, RECIPIENT), MOTE_OK);
    assert_true(index < queue.count);
    assert_status(mote_message_queued_at(context, &queued, &queue, index), MOTE_OK);
    return queued;
}

static mote_status find_sent(uint32_t para_number, mote_bytes data, mote_hrmp_sent *sent) {
    mote_proof proof = message_world_para(context, SENDER, para_number);
    mote_hrmp_outbound outbound;
    assert_status(mote_hrmp_outbound_read(context, &outbound, &proof), MOTE_OK);
    return mote_hrmp_sent_find(context, sent, &outbound, RECIPIENT, data);
}

/* The four messages of the recording: the parachain's block that sends each, and the relay block that queues it. */
static const struct {
    uint32_t para_number;
    uint32_t relay_number;
    uint32_t index;
} recorded[] = {{49, 104, 0}, {50, 105, 1}, {51, 106, 1}, {55, 110, 0}};
#define RECORDED 4u

static mote_message messages[RECORDED];

static void read_messages(void) {
    context = fixture_context(64);
    for (size_t i = 0; i < RECORDED; i++)
        messages[i] = queued_at(recorded[i].relay_number, recorded[i].index).message;
}

static void sent_and_queued(void **unused) {
    (void)unused;
    read_messages();
    for (size_t i = 0; i < RECORDED; i++) {
        mote_hrmp_sent sent;
        assert_status(find_sent(recorded[i].para_number, messages[i].data, &sent), MOTE_OK);
        assert_int_equal(sent.recipient, RECIPIENT);
        assert_int_equal(sent.under.para_id, SENDER);
        assert_int_equal(sent.under.block_number, recorded[i].para_number);
        assert_int_equal(sent.under.assumed, MOTE_ASSUMED_HEADER);
        assert_int_equal(messages[i].sent_at, recorded[i].relay_number);
    }
}

/* Which messages are between two relay blocks, whichever of them are still in the queue. */
static void order(void **unused) {
    (void)unused;
    static const struct {
        uint32_t earlier, later, first, count;
    } cases[] = {{91, 104, 0, 1},  {104, 105, 1, 1}, {105, 106, 2, 1}, {106, 107, 3, 0},
                 {107, 110, 3, 1}, {91, 110, 0, 4},  {104, 106, 1, 2}, {110, 137, 4, 0},
                 {91, 137, 0, 4},  {91, 91, 0, 0}};
    read_messages();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const mote_hrmp_channel earlier = channel_at(cases[i].earlier);
        const mote_hrmp_channel later = channel_at(cases[i].later);
        mote_message_order found;
        assert_true(earlier.open && later.open);
        assert_status(mote_hrmp_order_check(context, &found, &earlier, &later,
                                            messages + cases[i].first, cases[i].count),
                      MOTE_OK);
        assert_int_equal(found.count, cases[i].count);
        assert_int_equal(found.from_nothing, cases[i].earlier == 91);
        assert_int_equal(found.earlier.block_number, cases[i].earlier);
        assert_int_equal(found.later.block_number, cases[i].later);
        /* One fewer or one more is another sequence. */
        if (cases[i].count > 0) {
            assert_status(mote_hrmp_order_check(context, &found, &earlier, &later,
                                                messages + cases[i].first, cases[i].count - 1),
                          MOTE_E_MESSAGE_CHAIN);
            assert_int_equal(found.count, 0);
        }
        if (cases[i].first + cases[i].count < RECORDED)
            assert_status(mote_hrmp_order_check(context, &found, &earlier, &later,
                                                messages + cases[i].first, cases[i].count + 1),
                          MOTE_E_MESSAGE_CHAIN);
    }
}

static mote_taken_head taken_at(uint32_t para_number) {
    mote_proof proof = message_world_para(context, RECIPIENT, para_number);
    mote_taken_head taken;
    assert_status(mote_hrmp_taken_read(context, &taken, &proof, SENDER), MOTE_OK);
    return taken;
}

static void taken_in(void **unused) {
    (void)unused;
    const mote_hash nothing = {{0}};
    mote_message_taken taken;
    read_messages();
    mote_taken_head before = taken_at(44), two = taken_at(52), four = taken_at(65);
    assert_false(before.has_head);
    assert_status(mote_message_taken_check(context, &taken, &before, &nothing, messages, 1),
                  MOTE_E_MESSAGE_CHAIN);
    assert_status(mote_message_taken_check(context, &taken, &two, &nothing, messages, 2), MOTE_OK);
    assert_int_equal(taken.recipient, RECIPIENT);
    assert_int_equal(taken.followed_by, 1);
    assert_int_equal(taken.under.block_number, 52);
    assert_status(mote_message_taken_check(context, &taken, &four, &nothing, messages, 4), MOTE_OK);
    /* The last one alone, behind the head that the relay chain's queue had before it. */
    const mote_hrmp_channel channel = channel_at(107);
    assert_status(mote_message_taken_check(context, &taken, &four, &channel.head, messages + 3, 1),
                  MOTE_OK);
    assert_int_equal(taken.followed_by, 0);
    assert_true(mote_bytes_equal(taken.message.data, messages[3].data));
    /* The message of the relay block after is not among the two. */
    assert_status(mote_message_taken_check(context, &taken, &two, &nothing, messages, 3),
                  MOTE_E_MESSAGE_CHAIN);
}

static void watermarks(void **unused) {
    (void)unused;
    context = fixture_context(64);
    for (uint32_t number = 104; number <= 107; number++) {
        mote_proof proof = message_world_relay(context, number);
        mote_hrmp_watermark passed;
        const uint32_t watermark = number - 2; /* as recorded */
        assert_status(mote_hrmp_watermark_passed(context, &passed, &proof, RECIPIENT, watermark),
                      MOTE_OK);
        assert_int_equal(passed.watermark, watermark);
        assert_status(
            mote_hrmp_watermark_passed(context, &passed, &proof, RECIPIENT, watermark + 1),
            MOTE_E_NOT_SHOWN);
        assert_int_equal(passed.watermark, 0);
    }
    mote_proof first = message_world_relay(context, 5);
    mote_hrmp_watermark none;
    assert_status(mote_hrmp_watermark_passed(context, &none, &first, RECIPIENT, 0),
                  MOTE_E_NOT_SHOWN);
}

/* --- from the sender's blocks into the queue ------------------------------------------------- */

typedef struct step {
    mote_hrmp_channel earlier, later;
    mote_para_header before, after;
    mote_hrmp_outbound blocks[4];
    uint32_t count;
} step;

static mote_para_header head_in(const mote_proof *proof) {
    mote_para_head head;
    assert_status(mote_para_head_read(context, &head, proof, SENDER), MOTE_OK);
    return head.head;
}

static step step_to(uint32_t block) {
    step out;
    const mote_proof first = message_world_relay_queues(context, block - 1);
    const mote_proof second = message_world_relay_queues(context, block);
    assert_status(mote_hrmp_channel_read(context, &out.earlier, &first, SENDER, RECIPIENT),
                  MOTE_OK);
    assert_status(mote_hrmp_channel_read(context, &out.later, &second, SENDER, RECIPIENT), MOTE_OK);
    out.before = head_in(&first);
    out.after = head_in(&second);
    out.count = out.after.number - out.before.number;
    assert_true(out.count <= 4);
    for (uint32_t i = 0; i < out.count; i++) {
        const mote_proof proof =
            message_world_para_messages(context, SENDER, out.before.number + 1 + i);
        assert_status(mote_hrmp_outbound_read(context, &out.blocks[i], &proof), MOTE_OK);
    }
    return out;
}

static mote_status carry(mote_hrmp_carried *out, const step *at) {
    return mote_hrmp_carried_check(context, out, &at->earlier, &at->later, &at->before, &at->after,
                                   at->blocks, at->count);
}

/* Relay blocks 101 to 112: four messages of four blocks, and nothing in the others. */
static void carried(void **unused) {
    (void)unused;
    uint32_t messages_of[13] = {0}, total = 0;
    for (size_t i = 0; i < RECORDED; i++) messages_of[recorded[i].relay_number - 100] = 1;
    for (uint32_t block = 101; block <= 112; block++) {
        mote_hrmp_carried found;
        context = fixture_context(64);
        const step at = step_to(block);
        assert_status(carry(&found, &at), MOTE_OK);
        assert_int_equal(found.count, messages_of[block - 100]);
        assert_int_equal(found.later.block_number, block);
        assert_true(found.sender == SENDER && found.recipient == RECIPIENT);
        total += found.count;
    }
    assert_int_equal(total, RECORDED);
}

static void carried_otherwise(void **unused) {
    (void)unused;
    mote_hrmp_carried found;
    context = fixture_context(64);
    const step good = step_to(104), next = step_to(105);
    assert_int_equal(good.count, 1);
    step at = good; /* a block that sends nothing, or something else */
    at.blocks[0].count = 0;
    assert_status(carry(&found, &at), MOTE_E_MESSAGE_CHAIN);
    assert_int_equal(found.later.block_number, 0);
    at = good;
    at.blocks[0].items = next.blocks[0].items;
    assert_status(carry(&found, &at), MOTE_E_MESSAGE_CHAIN);
    at = good; /* another block's */
    at.blocks[0] = next.blocks[0];
    assert_status(carry(&found, &at), MOTE_E_BAD_ARGUMENT);
    at = good;
    at.count = 0;
    assert_status(carry(&found, &at), MOTE_E_BAD_ARGUMENT);
    at = good;
    at.after = next.after;
    assert_status(carry(&found, &at), MOTE_E_BAD_ARGUMENT);
    at = good;
    at.before.para_id = RECIPIENT;
    assert_status(carry(&found, &at), MOTE_E_BAD_ARGUMENT);
    at = good;
    at.later = next.later;
    assert_status(carry(&found, &at), MOTE_E_BAD_ARGUMENT);
    at = good;
    at.later.open = false;
    assert_status(carry(&found, &at), MOTE_E_NOT_SHOWN);
    at = good;
    at.blocks[0].under.seal = 0;
    assert_status(carry(&found, &at), MOTE_E_BAD_ARGUMENT);
    at = good;
    at.earlier.under.seal = 0;
    assert_status(carry(&found, &at), MOTE_E_NO_EVIDENCE);
}

/* --- what leads down, in pages ---------------------------------------------------------------- */

/* Which pages were full at which block, as recorded. */
static const struct {
    uint32_t block, para_id;
    uint64_t first, end;
} paged[] = {{37, 2000, 0, 2}, {37, 2001, 0, 2}, {38, 2000, 0, 3}, {39, 2001, 0, 3},
             {40, 2000, 2, 3}, {40, 2001, 2, 3}, {41, 2000, 3, 3}, {43, 2000, 3, 4},
             {44, 2001, 3, 4}, {45, 2000, 4, 4}, {46, 2001, 4, 4}, {103, 2000, 4, 5},
             {105, 2000, 5, 5}};

static mote_dmp_pages pages_at(uint32_t block, uint32_t para_id) {
    const mote_proof proof = message_world_relay_queues(context, block);
    mote_dmp_pages pages;
    assert_status(mote_dmp_pages_read(context, &pages, &proof, para_id), MOTE_OK);
    return pages;
}

static void full_pages(void **unused) {
    (void)unused;
    for (size_t i = 0; i < sizeof paged / sizeof paged[0]; i++) {
        context = fixture_context(8);
        const mote_proof proof = message_world_relay_queues(context, paged[i].block);
        const mote_dmp_pages pages = pages_at(paged[i].block, paged[i].para_id);
        mote_message_queued queued;
        mote_message_queue queue;
        assert_true(pages.known && pages.under.block_number == paged[i].block);
        assert_true(pages.first == paged[i].first && pages.end == paged[i].end);
        for (uint64_t page = pages.first; page < pages.end; page++) {
            assert_status(mote_dmp_page_read(context, &queued, &pages, &proof, page), MOTE_OK);
            assert_true(queued.downward && queued.recipient == paged[i].para_id);
            assert_int_equal(queued.index, page - pages.first);
            assert_true(queued.message.sent_at <= paged[i].block);
        }
        assert_status(mote_dmp_page_read(context, &queued, &pages, &proof, pages.end),
                      MOTE_E_BAD_ARGUMENT);
        assert_int_equal(queued.message.sent_at, 0);
        /* There is no list in this layout. */
        assert_status(mote_dmp_queue_read(context, &queue, &proof, paged[i].para_id),
                      MOTE_E_NOT_SHOWN);
    }
    context = fixture_context(8);
    assert_false(pages_at(36, 2000).known);
}

/* From block to block the head moves by the pages that were filled, and the parachain's state takes them in. */
static void pages_follow_the_head(void **unused) {
    (void)unused;
    uint32_t found = 0;
    mote_hash head = {{0}};
    context = fixture_context(64);
    for (uint32_t block = 37; block <= 47; block++) {
        const mote_proof before = message_world_relay_queues(context, block - 1);
        const mote_proof proof = message_world_relay_queues(context, block);
        const mote_dmp_pages old = pages_at(block - 1, 2000), pages = pages_at(block, 2000);
        mote_dmp_head earlier, later;
        mote_message filled[4];
        mote_message_order order;
        uint32_t count = 0;
        for (uint64_t page = old.end; page < pages.end; page++) {
            mote_message_queued queued;
            assert_status(mote_dmp_page_read(context, &queued, &pages, &proof, page), MOTE_OK);
            filled[count++] = queued.message;
        }
        assert_status(mote_dmp_head_read(context, &earlier, &before, 2000), MOTE_OK);
        assert_status(mote_dmp_head_read(context, &later, &proof, 2000), MOTE_OK);
        assert_status(mote_dmp_order_check(context, &order, &earlier, &later, filled, count),
                      MOTE_OK);
        if (count > 0)
            assert_status(
                mote_dmp_order_check(context, &order, &earlier, &later, filled, count - 1),
                MOTE_E_MESSAGE_CHAIN);
        found += count;
        head = later.head;
    }
    assert_int_equal(found, 4);
    const mote_proof proof = message_world_para_messages(context, 2000, 21);
    mote_taken_head taken;
    assert_status(mote_dmp_taken_read(context, &taken, &proof), MOTE_OK);
    assert_memory_equal(taken.head.bytes, head.bytes, 32);
}

/* One state's pages are not another's. */
static void pages_of_another_block(void **unused) {
    (void)unused;
    context = fixture_context(8);
    const mote_dmp_pages pages = pages_at(38, 2000);
    const mote_proof later = message_world_relay_queues(context, 39);
    mote_message_queued queued;
    assert_status(mote_dmp_page_read(context, &queued, &pages, &later, 0), MOTE_E_BAD_ARGUMENT);
}

/* The relay chain's message to parachain 2000: in the parachain's body as its collator entered it, in the order by the relay
 * chain's heads, and taken in by the parachain's state. */
static void downward(void **unused) {
    (void)unused;
    const mote_message message = {
        103,
        fixture_hex(
            "050c2f0000191c2c43491d91deeaf7c94e7634f1fab8359b8ca4572ae0bb3fb9efac208a29d35840")};
    context = fixture_context(64);
    mote_proof proof = message_world_relay(context, 91);
    mote_dmp_head earlier, later;
    assert_status(mote_dmp_head_read(context, &earlier, &proof, SENDER), MOTE_OK);
    proof = message_world_relay(context, 104);
    assert_status(mote_dmp_head_read(context, &later, &proof, SENDER), MOTE_OK);
    mote_message_order found;
    assert_status(mote_dmp_order_check(context, &found, &earlier, &later, &message, 1), MOTE_OK);
    assert_true(found.downward && !found.from_nothing);
    proof = message_world_para(context, SENDER, 50);
    mote_taken_head head;
    mote_message_taken taken;
    assert_status(mote_dmp_taken_read(context, &head, &proof), MOTE_OK);
    assert_status(mote_message_taken_check(context, &taken, &head, &earlier.head, &message, 1),
                  MOTE_OK);
    proof = message_world_para(context, SENDER, 49);
    assert_status(mote_dmp_taken_read(context, &head, &proof), MOTE_OK);
    assert_true(mote_hash_equal(&head.head, &earlier.head));
    assert_status(mote_message_taken_check(context, &taken, &head, &earlier.head, &message, 1),
                  MOTE_E_MESSAGE_CHAIN);
    /* At block 5 there is nothing yet. */
    proof = message_world_relay(context, 5);
    assert_status(mote_dmp_head_read(context, &earlier, &proof, SENDER), MOTE_OK);
    assert_false(earlier.has_head);
}

static void upward(void **unused) {
    (void)unused;
    static const uint32_t numbers[] = {5, 44, 49, 50, 51, 52, 55, 56};
    context = fixture_context(64);
    for (size_t i = 0; i < 8; i++) {
        mote_proof proof = message_world_para(context, SENDER, numbers[i]);
        mote_ump_outbound outbound;
        mote_ump_sent sent;
        assert_status(mote_ump_outbound_read(context, &outbound, &proof), MOTE_OK);
        /* No message, and one signal: the collator's peer id. */
        assert_int_equal(outbound.count, 0);
        assert_int_equal(outbound.signal_count, 1);
        assert_status(mote_ump_sent_at(context, &sent, &outbound, 0), MOTE_E_BAD_ARGUMENT);
        assert_status(mote_ump_sent_find(context, &sent, &outbound, (mote_bytes){NULL, 0}),
                      MOTE_E_NOT_SHOWN);
    }
}

static void pages(void **unused) {
    (void)unused;
    read_messages();
    for (size_t i = 0; i < RECORDED; i++) {
        mote_xcm_page page;
        mote_bytes part;
        bool more;
        assert_status(mote_xcm_page_open(context, &page, messages[i].data), MOTE_OK);
        /* The third tells that its sender understands opaque pages, and has nothing in it. */
        assert_int_equal(page.format, i == 2 ? MOTE_XCM_OPAQUE : MOTE_XCM_CONCATENATED);
        assert_int_equal(page.whole, i != 2);
        assert_status(mote_xcm_page_next(context, &page, &more, &part), MOTE_OK);
        assert_int_equal(more, i != 2);
        if (more) assert_int_equal(part.size, messages[i].data.size - 1);
        assert_status(mote_xcm_page_next(context, &page, &more, &part), MOTE_OK);
        assert_false(more);
    }
}

/* --- relay proofs inside parachain blocks ----------------------------------------------------- */

static const char *text_of(const json_t *object, const char *name) {
    return json_string_value(json_object_get(object, name));
}

static bool is_item(mote_bytes key, mote_message_item item) {
    const mote_message_key prefix = mote_message_key_of(item, 0, 0);
    return mote_bytes_starts_with(key, (mote_bytes){prefix.bytes, 32});
}

static uint32_t id_from_end(mote_bytes key, size_t from_end) {
    return mote_load_u32(key.data + key.size - from_end);
}

typedef struct counts {
    size_t channels, open_lists, heads, limits, capacities, para_heads;
} counts;

static void check_channel(const mote_proof *proof, mote_bytes key, mote_bytes value, bool show) {
    mote_hrmp_channel channel;
    const uint32_t sender = id_from_end(key, 8), recipient = id_from_end(key, 4);
    assert_status(mote_hrmp_channel_read(context, &channel, proof, sender, recipient), MOTE_OK);
    assert_true(channel.open);
    assert_int_equal(channel.max_capacity, mote_load_u32(value.data));
    assert_int_equal(channel.total_size, mote_load_u32(value.data + 16));
    assert_int_equal(channel.has_head, value.size == 85);
    if (channel.has_head) assert_memory_equal(channel.head.bytes, value.data + 21, 32);
    assert_memory_equal(channel.sender_deposit, value.data + value.size - 32, 16);
    assert_memory_equal(channel.recipient_deposit, value.data + value.size - 16, 16);
    if (!show) return;
    print_message("  %u -> %u: %u of %u messages, %u of %u bytes%s\n", sender, recipient,
                  channel.message_count, channel.max_capacity, channel.total_size,
                  channel.max_total_size, channel.has_head ? "" : ", none so far");
}

static void check_list(const mote_proof *proof, mote_bytes key, mote_bytes value, bool ingress) {
    mote_para_list list;
    const uint32_t id = id_from_end(key, 4);
    assert_status(ingress ? mote_hrmp_senders_read(context, &list, proof, id)
                          : mote_hrmp_recipients_read(context, &list, proof, id),
                  MOTE_OK);
    assert_int_equal(list.count, value.data[0] / 4);
    for (uint32_t i = 0; i < list.count; i++)
        assert_int_equal(mote_para_list_at(&list, i), mote_load_u32(value.data + 1 + 4 * i));
}

static bool is_para_head(mote_bytes key) {
    uint8_t prefix[MOTE_PARA_KEY_SIZE];
    mote_para_head_key(prefix, 0);
    return mote_bytes_starts_with(key, (mote_bytes){prefix, 32});
}

static void check_entry(const mote_proof *proof, mote_bytes key, mote_bytes value, bool show,
                        counts *seen) {
    if (is_item(key, MOTE_ITEM_HRMP_CHANNEL)) {
        check_channel(proof, key, value, show);
        seen->channels++;
    } else if (is_item(key, MOTE_ITEM_HRMP_INGRESS) || is_item(key, MOTE_ITEM_HRMP_EGRESS)) {
        check_list(proof, key, value, is_item(key, MOTE_ITEM_HRMP_INGRESS));
        seen->open_lists++;
    } else if (is_item(key, MOTE_ITEM_DMP_HEAD)) {
        mote_dmp_head head;
        assert_status(mote_dmp_head_read(context, &head, proof, id_from_end(key, 4)), MOTE_OK);
        assert_true(head.has_head);
        assert_memory_equal(head.head.bytes, value.data, 32);
        seen->heads++;
    } else if (is_para_head(key)) {
        mote_para_head head;
        assert_status(mote_para_head_read(context, &head, proof, id_from_end(key, 4)), MOTE_OK);
        assert_int_equal(head.state, MOTE_PARA_HEAD_HEADER);
        if (show) print_message("  %u: head %u\n", id_from_end(key, 4), head.header.number);
        seen->para_heads++;
    } else if (is_item(key, MOTE_ITEM_LIMITS)) {
        mote_relay_limits limits;
        assert_status(mote_relay_limits_read(context, &limits, proof), MOTE_OK);
        assert_int_equal(limits.max_code_size, mote_load_u32(value.data));
        assert_int_equal(limits.hrmp_max_message_num_per_candidate, mote_load_u32(value.data + 24));
        assert_int_equal(limits.validation_upgrade_delay, mote_load_u32(value.data + 32));
        seen->limits++;
    } else if (is_item(key, MOTE_ITEM_DISPATCH_CAPACITY) && key.size == 44) {
        mote_dispatch_capacity capacity;
        assert_status(mote_dispatch_capacity_read(context, &capacity, proof, id_from_end(key, 4)),
                      MOTE_OK);
        assert_true(capacity.known);
        assert_int_equal(capacity.messages, mote_load_u32(value.data));
        assert_int_equal(capacity.bytes, mote_load_u32(value.data + 4));
        seen->capacities++;
    }
}

static void relay_proofs_in_parachain_blocks(void **unused) {
    (void)unused;
    size_t files;
    char **paths = fixture_list("proofs", "relay-", ".json", &files);
    counts seen = {0, 0, 0, 0, 0, 0};
    for (size_t f = 0; f < files; f++) {
        const json_t *file = fixture_json(paths[f]);
        const json_t *nodes = json_object_get(file, "nodes");
        const json_t *entries = json_object_get(file, "entries");
        size_t count = json_array_size(nodes);
        mote_bytes *list = calloc(count, sizeof *list);
        assert_non_null(list);
        for (size_t i = 0; i < count; i++)
            list[i] = fixture_hex(json_string_value(json_array_get(nodes, i)));
        const mote_hash root = fixture_hash(text_of(file, "state_root"));
        const mote_state_root under = mote_state_assumed(&root);
        mote_proof proof;
        context = fixture_context(16);
        assert_status(
            mote_proof_load_nodes(context, &proof, &under, list, count, MOTE_PROOF_STRICT),
            MOTE_OK);
        print_message("%s, relay block %d\n", text_of(file, "parachain"),
                      (int)json_integer_value(json_object_get(file, "relay_parent_number")));
        for (size_t i = 0; i < json_array_size(entries); i++) {
            const json_t *entry = json_array_get(entries, i);
            if (!json_is_string(json_object_get(entry, "value"))) continue;
            check_entry(&proof, fixture_hex_field(entry, "key"), fixture_hex_field(entry, "value"),
                        f % 3 == 0, &seen);
        }
        free(list);
    }
    print_message("%zu files: %zu channels, %zu lists, %zu heads, %zu limits, %zu capacities\n",
                  files, seen.channels, seen.open_lists, seen.heads, seen.limits, seen.capacities);
    assert_int_equal(files, 10);
    assert_int_equal(seen.channels, 53);
    assert_int_equal(seen.open_lists, 63);
    assert_int_equal(seen.heads, 9);
    assert_int_equal(seen.limits, 10);
    assert_int_equal(seen.capacities, 16);
    print_message("%zu heads of parachains\n", seen.para_heads);
    assert_true(seen.para_heads > 0);
}

/* --- bodies ----------------------------------------------------------------------------------- */

/* The inherent with which a collator brings the relay chain's state into a parachain's block: bare, of two index bytes, then
 * parent head, relay block number, state root, limit of the proof of validity, and the proof's nodes. */
typedef struct relay_inherent {
    uint32_t relay_number;
    mote_hash root;
    mote_bytes nodes; /* Vec<Vec<u8>> and what follows it */
} relay_inherent;

static bool read_inherent(relay_inherent *out, mote_bytes extrinsic) {
    mote_cursor cursor = mote_cursor_over(extrinsic);
    (void)mote_read_compact_u32(&cursor);
    const uint8_t version = mote_read_u8(&cursor);
    (void)mote_read_u16(&cursor);
    (void)mote_read_vec_u8(&cursor);
    out->relay_number = mote_read_u32(&cursor);
    out->root = mote_read_hash(&cursor);
    (void)mote_read_u32(&cursor);
    out->nodes = (mote_bytes){cursor.at, mote_cursor_left(&cursor)};
    return cursor.status == MOTE_OK && (version == 4 || version == 5);
}

/* The proof is as long as its nodes are: the other fields follow. */
static mote_status load_inherent(mote_proof *proof, const relay_inherent *inherent) {
    static mote_bytes list[4096];
    mote_cursor cursor = mote_cursor_over(inherent->nodes);
    const uint32_t count = mote_read_count(&cursor, 1, 4096);
    for (uint32_t i = 0; i < count; i++) list[i] = mote_read_vec_u8(&cursor);
    if (cursor.status != MOTE_OK) return cursor.status;
    const mote_state_root under = mote_state_assumed(&inherent->root);
    return mote_proof_load_nodes(context, proof, &under, list, count, MOTE_PROOF_STRICT);
}

typedef struct body_facts {
    uint32_t para_id;
    size_t blocks, inherents, channels, heads, limits;
} body_facts;

/* The parachain whose queue head the proof has. */
static uint32_t subject_of(const mote_proof *proof) {
    for (uint32_t id = 1000; id < 2300; id++) {
        mote_dmp_head head;
        if (mote_dmp_head_read(context, &head, proof, id) == MOTE_OK && head.has_head) return id;
    }
    return 0;
}

static void read_facts(const mote_proof *proof, body_facts *facts) {
    if (facts->para_id == 0) {
        body_facts found = {subject_of(proof), 0, 0, 0, 0, 0};
        assert_int_not_equal(found.para_id, 0);
        print_message("a proof for parachain %u\n", found.para_id);
        read_facts(proof, &found);
        facts->channels += found.channels;
        facts->heads += found.heads;
        return;
    }
    mote_relay_limits limits;
    mote_dmp_head head;
    mote_para_list senders;
    assert_status(mote_relay_limits_read(context, &limits, proof), MOTE_OK);
    assert_true(limits.max_code_size >= 1u << 20 && limits.max_head_data_size >= 1024);
    facts->limits++;
    assert_status(mote_dmp_head_read(context, &head, proof, facts->para_id), MOTE_OK);
    facts->heads += head.has_head;
    assert_status(mote_hrmp_senders_read(context, &senders, proof, facts->para_id), MOTE_OK);
    for (uint32_t i = 0; i < senders.count; i++) {
        mote_hrmp_channel channel;
        const uint32_t sender = mote_para_list_at(&senders, i);
        assert_status(mote_hrmp_channel_read(context, &channel, proof, sender, facts->para_id),
                      MOTE_OK);
        assert_true(channel.open);
        assert_true(channel.message_count <= channel.max_capacity);
        assert_true(channel.total_size <= channel.max_total_size);
        facts->channels++;
    }
}

static void read_body(json_t *block, void *user) {
    body_facts *facts = user;
    const json_t *extrinsics = json_object_get(block, "extrinsics");
    facts->blocks++;
    for (size_t i = 0; i < json_array_size(extrinsics); i++) {
        relay_inherent inherent;
        mote_proof proof;
        context = fixture_context(8);
        const mote_bytes extrinsic = fixture_hex(json_string_value(json_array_get(extrinsics, i)));
        if (!read_inherent(&inherent, extrinsic)) continue;
        if (load_inherent(&proof, &inherent) != MOTE_OK) continue;
        facts->inherents++;
        read_facts(&proof, facts);
    }
}

static void relay_proofs_in_bodies(void **unused) {
    (void)unused;
    body_facts facts[3] = {{2000, 0, 0, 0, 0, 0}, {2001, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0}};
    (void)fixture_json_lines("local/para-2000.blocks.jsonl.gz", read_body, &facts[0]);
    (void)fixture_json_lines("local/para-2001.blocks.jsonl.gz", read_body, &facts[1]);
    /* Recorded as Moonriver's; their proofs say for which parachain they were made. */
    const json_t *others = fixture_json("blocks/blocks-misc.json.gz");
    for (size_t i = 0; i < json_array_size(others); i++) {
        json_t *block = json_array_get(others, i);
        if (strcmp(text_of(block, "network"), "moonriver") == 0) read_body(block, &facts[2]);
    }
    for (size_t i = 0; i < 3; i++) {
        print_message("parachain %u: %zu blocks, %zu relay proofs, %zu channels, %zu heads\n",
                      facts[i].para_id, facts[i].blocks, facts[i].inherents, facts[i].channels,
                      facts[i].heads);
        /* Block 0 has no body. */
        assert_int_equal(facts[i].inherents, facts[i].blocks - (i < 2));
        assert_true(facts[i].channels > 0);
    }
    assert_int_equal(facts[2].inherents, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sent_and_queued),
        cmocka_unit_test(order),
        cmocka_unit_test(taken_in),
        cmocka_unit_test(watermarks),
        cmocka_unit_test(carried),
        cmocka_unit_test(carried_otherwise),
        cmocka_unit_test(full_pages),
        cmocka_unit_test(pages_follow_the_head),
        cmocka_unit_test(pages_of_another_block),
        cmocka_unit_test(downward),
        cmocka_unit_test(upward),
        cmocka_unit_test(pages),
        cmocka_unit_test(relay_proofs_in_parachain_blocks),
        cmocka_unit_test(relay_proofs_in_bodies),
    };
    return cmocka_run_group_tests_name("recorded/message", tests, NULL, NULL);
}
