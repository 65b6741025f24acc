/* SPDX-License-Identifier: Apache-2.0 */
/* Recorded values of messages and cores, cut at every byte and with every bit turned: refused, or still exactly what was
 * read from them; and the proofs that they come from. */
#include "message_world.h"
#include "one_value.h"
#include "sweep.h"

#include "mote/coretime.h"
#include "mote/message.h"
#include "mote/scale.h"

/* Reads a value at its key and writes what was read as SCALE again. */
typedef mote_status read_and_write(mote_context *context, const mote_proof *proof,
                                   mote_writer *out);

static mote_status channel(mote_context *context, const mote_proof *proof, mote_writer *out) {
    mote_hrmp_channel at;
    mote_status status = mote_hrmp_channel_read(context, &at, proof, 2000, 2001);
    mote_write_u32(out, at.max_capacity);
    mote_write_u32(out, at.max_total_size);
    mote_write_u32(out, at.max_message_size);
    mote_write_u32(out, at.message_count);
    mote_write_u32(out, at.total_size);
    mote_write_u8(out, at.has_head);
    if (at.has_head) mote_write_hash(out, &at.head);
    mote_write_span(out, at.sender_deposit, 16);
    mote_write_span(out, at.recipient_deposit, 16);
    return status;
}

static mote_status queue(mote_context *context, const mote_proof *proof, mote_writer *out) {
    mote_message_queue at;
    mote_status status = mote_hrmp_queue_read(context, &at, proof, 2000, 2001);
    mote_write_compact(out, at.count);
    for (uint32_t i = 0; i < at.count; i++) {
        mote_message_queued queued;
        assert_status(mote_message_queued_at(context, &queued, &at, i), MOTE_OK);
        mote_write_u32(out, queued.message.sent_at);
        mote_write_vec_u8(out, queued.message.data);
    }
    return status;
}

static mote_status sent(mote_context *context, const mote_proof *proof, mote_writer *out) {
    mote_hrmp_outbound at;
    mote_status status = mote_hrmp_outbound_read(context, &at, proof);
    mote_write_compact(out, at.count);
    for (uint32_t i = 0; i < at.count; i++) {
        mote_hrmp_sent message;
        assert_status(mote_hrmp_sent_at(context, &message, &at, i), MOTE_OK);
        mote_write_u32(out, message.recipient);
        mote_write_vec_u8(out, message.data);
    }
    return status;
}

static mote_status taken(mote_context *context, const mote_proof *proof, mote_writer *out) {
    mote_taken_head at;
    mote_status status = mote_hrmp_taken_read(context, &at, proof, 2000);
    mote_write_compact(out, 1);
    mote_write_u32(out, 2000);
    mote_write_hash(out, &at.head);
    return status;
}

static mote_status watermark(mote_context *context, const mote_proof *proof, mote_writer *out) {
    mote_hrmp_watermark at;
    mote_status status = mote_hrmp_watermark_passed(context, &at, proof, 2001, 0);
    mote_write_u32(out, at.watermark);
    return status;
}

static void write_optional(mote_writer *out, bool present, uint32_t value) {
    mote_write_u8(out, present);
    if (present) mote_write_u32(out, value);
}

/* Position and step of the round are not told: two times two bytes of the recorded value, as they were. */
static mote_status core(mote_context *context, const mote_proof *proof, mote_writer *out) {
    mote_core_work at;
    mote_status status =
        mote_core_work_read(context, &at, proof, MOTE_CORES_IN_ASSIGNMENT_PALLET, 1);
    mote_write_u8(out, at.has_queue);
    if (at.has_queue) {
        mote_write_u32(out, at.queue_first);
        mote_write_u32(out, at.queue_last);
    }
    mote_write_u8(out, at.working);
    if (!at.working) return status;
    mote_write_compact(out, at.assignment_count);
    for (uint32_t i = 0; i < at.assignment_count; i++) {
        const mote_core_assignment item = mote_core_assignment_at(&at, i);
        mote_write_u8(out, (uint8_t)item.task);
        if (item.task == MOTE_CORE_PARA) mote_write_u32(out, item.para_id);
        mote_write_u16(out, item.parts);
        mote_write_u16(out, item.remaining);
    }
    write_optional(out, at.ends, at.end_hint);
    return status;
}

typedef struct subject {
    const char *name;
    mote_bytes key;
    mote_bytes value;
    read_and_write *read;
    size_t not_told;    /* bytes at the end that the reading does not tell */
    bool other_key_too; /* a turned bit may make it another's entry, which is read as none */
    size_t cases, accepted;
} subject;

static mote_status run(const subject *of, mote_bytes value, mote_writer *out) {
    mote_context *context = fixture_context(2);
    const mote_proof proof = one_value_proof(context, of->key, value);
    return of->read(context, &proof, out);
}

static void cut(mote_bytes damaged, void *user) {
    subject *of = user;
    uint8_t bytes[1024];
    mote_writer out = mote_writer_into(bytes, sizeof bytes);
    const mote_status status = run(of, damaged, &out);
    assert_true(status == MOTE_E_TRUNCATED || status == MOTE_E_LENGTH_BEYOND_INPUT);
    of->cases++;
}

static void flip(mote_bytes damaged, void *user) {
    subject *of = user;
    uint8_t bytes[1024];
    mote_writer out = mote_writer_into(bytes, sizeof bytes);
    of->cases++;
    if (run(of, damaged, &out) != MOTE_OK) return;
    of->accepted++;
    if (of->other_key_too && memcmp(damaged.data, of->value.data, 5) != 0) return;
    /* A work that is none has neither list nor round. */
    const size_t tail = of->not_told;
    assert_true(mote_writer_fits(&out));
    assert_int_equal(out.size, damaged.size - tail);
    assert_memory_equal(bytes, damaged.data, out.size);
}

static mote_bytes key_bytes(mote_message_item item) {
    const mote_message_key key =
        mote_message_key_of(item, item == MOTE_ITEM_HRMP_WATERMARK ? 2001 : 2000, 2001);
    const mote_bytes whole = {key.bytes, key.size};
    return (mote_bytes){fixture_copy(whole), key.size};
}

static void values(void **unused) {
    (void)unused;
    const mote_coretime_key core_key = mote_core_descriptor_key(MOTE_CORES_IN_ASSIGNMENT_PALLET, 1);
    const mote_bytes cores = message_world_value("relay", 104, "ParaScheduler.CoreDescriptors");
    subject subjects[] = {
        {"channel", key_bytes(MOTE_ITEM_HRMP_CHANNEL),
         message_world_value("relay", 105, "Hrmp.HrmpChannels(2000,2001)"), channel, 0, false, 0,
         0},
        {"queue", key_bytes(MOTE_ITEM_HRMP_CONTENTS),
         message_world_value("relay", 105, "Hrmp.HrmpChannelContents(2000,2001)"), queue, 0, false,
         0, 0},
        {"sent", key_bytes(MOTE_ITEM_HRMP_SENT),
         message_world_value("para-2000", 55, "ParachainSystem.HrmpOutboundMessages"), sent, 0,
         false, 0, 0},
        {"taken", key_bytes(MOTE_ITEM_LAST_HRMP_HEADS),
         message_world_value("para-2001", 52, "ParachainSystem.LastHrmpMqcHeads"), taken, 0, true,
         0, 0},
        {"watermark", key_bytes(MOTE_ITEM_HRMP_WATERMARK),
         message_world_value("relay", 104, "Hrmp.HrmpWatermarks(2001)"), watermark, 0, false, 0, 0},
        /* The second core's descriptor, as an entry of its own. */
        {"core",
         {core_key.bytes, core_key.size},
         {cores.data + 1 + 21 + 4, 17},
         core,
         4,
         false,
         0,
         0},
    };
    for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
        subject *of = &subjects[i];
        uint8_t bytes[1024];
        mote_writer out = mote_writer_into(bytes, sizeof bytes);
        assert_status(run(of, of->value, &out), MOTE_OK);
        assert_int_equal(out.size, of->value.size - of->not_told);
        assert_memory_equal(bytes, of->value.data, out.size);
        sweep_cuts(of->value, cut, of);
        sweep_flips(of->value, 4096, flip, of);
        print_message("%s: %zu cases, %zu read as something else\n", of->name, of->cases,
                      of->accepted);
    }
}

/* --- the proofs ------------------------------------------------------------------------------- */

static void refused_proof(mote_bytes damaged, void *user) {
    mote_context *context = fixture_context(4);
    mote_proof proof;
    assert_true(mote_proof_load(context, &proof, user, damaged, MOTE_PROOF_STRICT) != MOTE_OK);
    mote_hrmp_channel none;
    assert_status(mote_hrmp_channel_read(context, &none, &proof, 2000, 2001), MOTE_E_NO_EVIDENCE);
}

static void recorded_proof(void **unused) {
    (void)unused;
    const mote_finalized_header header = message_world_relay_header(105);
    mote_state_root root = mote_state_of_relay(&header);
    const mote_bytes proof = message_world_proof_bytes("relay", 105);
    sweep_cuts(proof, refused_proof, &root);
    sweep_flips(proof, fixture_times(2000), refused_proof, &root);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values),
        cmocka_unit_test(recorded_proof),
    };
    return cmocka_run_group_tests_name("sweep/message", tests, NULL, NULL);
}
