/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All lives of a channel over a few relay blocks: opened, closed, sent into. Of every two blocks and every short sequence of
 * messages, exactly the sequence that was sent between them is accepted as their order; and of every block's taken head,
 * exactly the messages that lead to it.
 */
#include "fixture.h"

#include "mote/header.h"
#include "mote/message.h"

#define BLOCKS 4
#define ACTIONS 5u
#define LONGEST 3

typedef enum action { REST, SEND_A, SEND_B, CLOSE, OPEN } action;

static mote_context *context;
static mote_bytes data_of[2];

typedef struct life {
    action actions[BLOCKS + 1]; /* of blocks 1.. */
    bool open[BLOCKS + 1];
    int opened_at[BLOCKS + 1]; /* of the channel that is open */
    mote_hrmp_channel channel[BLOCKS + 1];
} life;

static mote_state_root block_state(uint32_t number) {
    mote_header header;
    memset(&header, 0, sizeof header);
    header.number = number;
    const mote_finalized_header final = mote_finalized_header_assumed(&header);
    return mote_state_of_relay(&final);
}

/* As the relay chain does it; false for a life that cannot be. */
static bool live(life *of) {
    of->open[0] = false;
    memset(&of->channel[0], 0, sizeof of->channel[0]);
    for (int n = 1; n <= BLOCKS; n++) {
        const action now = of->actions[n];
        mote_hrmp_channel *at = &of->channel[n];
        *at = of->channel[n - 1];
        of->open[n] = of->open[n - 1];
        of->opened_at[n] = of->opened_at[n - 1];
        if (now != REST && (now == OPEN) == of->open[n]) return false;
        if (now == OPEN || now == CLOSE) {
            memset(at, 0, sizeof *at);
            of->open[n] = now == OPEN;
            of->opened_at[n] = n;
        } else if (now != REST) {
            const mote_message message = {(uint32_t)n, data_of[now - SEND_A]};
            at->head = mote_message_chain_next(&at->head, &message);
            at->has_head = true;
        }
        at->open = of->open[n];
        at->sender = 1;
        at->recipient = 2;
    }
    for (int n = 0; n <= BLOCKS; n++) {
        of->channel[n].sender = 1;
        of->channel[n].recipient = 2;
        of->channel[n].under = block_state((uint32_t)n);
    }
    return true;
}

/* What was sent after block `from` up to `to`, into the channel that is open at `to`. */
static int sent_between(const life *of, int from, int to, mote_message out[BLOCKS]) {
    int count = 0;
    for (int n = from + 1; n <= to; n++) {
        if (n <= of->opened_at[to]) continue;
        if (of->actions[n] == SEND_A || of->actions[n] == SEND_B)
            out[count++] = (mote_message){(uint32_t)n, data_of[of->actions[n] - SEND_A]};
    }
    return count;
}

static bool expected(const life *of, int from, int to, const mote_message *messages, int count) {
    mote_message sent[BLOCKS];
    const bool same_channel = of->opened_at[to] <= from;
    if (!of->open[to]) return false;
    if (!same_channel && of->channel[from].has_head) return false;
    if (sent_between(of, from, to, sent) != count) return false;
    for (int i = 0; i < count; i++) {
        if (sent[i].sent_at != messages[i].sent_at ||
            !mote_bytes_equal(sent[i].data, messages[i].data))
            return false;
    }
    return true;
}

static size_t orders, accepted, taken_checks;

static void check_order(const life *of, int from, int to, const mote_message *messages, int count) {
    mote_message_order order;
    const mote_status status = mote_hrmp_order_check(context, &order, &of->channel[from],
                                                     &of->channel[to], messages, (uint32_t)count);
    const bool right = expected(of, from, to, messages, count);
    assert_int_equal(status == MOTE_OK, right);
    if (right) {
        assert_int_equal(order.from_nothing, !of->channel[from].has_head);
        accepted++;
    } else {
        assert_int_equal(status, of->open[to] ? MOTE_E_MESSAGE_CHAIN : MOTE_E_NOT_SHOWN);
    }
    orders++;
}

/* The receiver has taken in all up to `to`: the messages that lead there from any head before are shown, others not. */
static void check_taken(const life *of, int from, int to, const mote_message *messages, int count) {
    mote_message_taken taken;
    const mote_taken_head head = {false, 1, of->channel[to].has_head, of->channel[to].head,
                                  block_state(9)};
    if (count == 0 || !of->open[to]) return;
    const mote_status status = mote_message_taken_check(
        context, &taken, &head, &of->channel[from].head, messages, (uint32_t)count);
    assert_int_equal(status == MOTE_OK, expected(of, from, to, messages, count));
    taken_checks++;
}

/* All sequences of up to LONGEST messages dated in the blocks between, in any order. */
static void check_pair(const life *of, int from, int to) {
    const int kinds = 2 * (to - from);
    int choice[LONGEST];
    for (int count = 0; count <= LONGEST; count++) {
        int all = 1;
        for (int i = 0; i < count; i++) all *= kinds;
        for (int code = 0; code < all; code++) {
            mote_message messages[LONGEST];
            for (int i = 0, rest = code; i < count; i++, rest /= kinds) {
                choice[i] = rest % kinds;
                messages[i] =
                    (mote_message){(uint32_t)(from + 1 + choice[i] / 2), data_of[choice[i] % 2]};
            }
            check_order(of, from, to, messages, count);
            check_taken(of, from, to, messages, count);
        }
    }
}

static void all_lives(void **unused) {
    (void)unused;
    size_t lives = 0;
    unsigned all = 1;
    context = fixture_context(1);
    data_of[0] = fixture_hex("00aa");
    data_of[1] = fixture_hex("");
    for (int i = 0; i < BLOCKS; i++) all *= ACTIONS;
    for (unsigned code = 0; code < all; code++) {
        life of;
        unsigned rest = code;
        memset(&of, 0, sizeof of);
        if (fixture_effort() == FIXTURE_SMALL && code % 16 != 1) continue;
        for (int n = 1; n <= BLOCKS; n++, rest /= ACTIONS) of.actions[n] = (action)(rest % ACTIONS);
        if (!live(&of)) continue;
        for (int to = 0; to <= BLOCKS; to++) {
            for (int from = 0; from <= to; from++) check_pair(&of, from, to);
        }
        lives++;
    }
    print_message("%zu lives, %zu orders, %zu of them accepted, %zu heads\n", lives, orders,
                  accepted, taken_checks);
    assert_true(lives > (fixture_effort() == FIXTURE_SMALL ? 4u : 10u) && accepted > lives);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_lives),
    };
    return cmocka_run_group_tests_name("model/message", tests, NULL, NULL);
}
