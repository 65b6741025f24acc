/* SPDX-License-Identifier: Apache-2.0 */
/* Readers of cores, regions and upgrades on states made up for them: both layouts, and values that are of none. The layouts
 * are those of polkadot-runtime-parachains and pallet-broker; of the older one, and of regions, nothing is recorded. */
#include "made_state.h"

#include "mote/coretime.h"

static mote_context *context;

static void begin(void) {
    context = fixture_context(2);
    made_state_begin();
}

static void put(mote_coretime_key key, mote_bytes value) {
    made_state_put(key.bytes, key.size, value);
}

static void ask(mote_coretime_key key) {
    made_state_ask(key.bytes, key.size);
}

/* Prefixes as published (verification-rules E.2). */
static void keys(void **unused) {
    (void)unused;
    const mote_region_id id = {0x01020304, 0x0506, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}};
    mote_coretime_key key = mote_core_descriptor_key(MOTE_CORES_IN_SCHEDULER, 3);
    assert_int_equal(key.size, 32);
    assert_memory_equal(
        key.bytes,
        fixture_hex("94eadf0156a8ad5156507773d0471e4a04e6ac775a3245623103ffec2cb2c92f").data, 32);
    key = mote_core_descriptor_key(MOTE_CORES_IN_ASSIGNMENT_PALLET, 3);
    assert_int_equal(key.size, 64);
    assert_memory_equal(
        key.bytes,
        fixture_hex("638595eebaa445ce03a13547bece90e704e6ac775a3245623103ffec2cb2c92f").data, 32);
    key = mote_core_schedule_key(MOTE_CORES_IN_SCHEDULER, 1, 2);
    assert_int_equal(key.size, 48);
    assert_memory_equal(
        key.bytes,
        fixture_hex("94eadf0156a8ad5156507773d0471e4a4a4aebd4fb28ddd34de9226f0abce904").data, 32);
    assert_memory_equal(key.bytes + 40, fixture_hex("0100000002000000").data, 8);
    key = mote_region_key(&id);
    assert_int_equal(key.size, 64);
    assert_memory_equal(
        key.bytes,
        fixture_hex("4dcb50595177a3177648411a42aca0f53dc63b0b76ffd6f80704a090da6f8719").data, 32);
    assert_memory_equal(key.bytes + 48,
                        fixture_hex("04030201060501020304050607080"
                                    "90a")
                            .data,
                        16);
    key = mote_workplan_key(7, 8);
    assert_memory_equal(
        key.bytes,
        fixture_hex("4dcb50595177a3177648411a42aca0f5b20f0cdcf1dc08a3b45e596567ea076a").data, 32);
    key = mote_workload_key(8);
    assert_int_equal(key.size, 42);
    assert_memory_equal(
        key.bytes,
        fixture_hex("4dcb50595177a3177648411a42aca0f5cb32a5bdc5897870d6e668b26e5cd43c").data, 32);
    key = mote_leases_key();
    assert_memory_equal(
        key.bytes,
        fixture_hex("4dcb50595177a3177648411a42aca0f5dcacfdc7cf2aee764aab63f7cc97dc25").data, 32);
    key = mote_upgrade_signal_key(2021);
    assert_memory_equal(key.bytes,
                        fixture_hex("cd710b30bd2eab0352ddcc26417aa1949e94c040f5e73d9b7addd6cb603d15"
                                    "d331275d2a59e7bf2be5070000")
                            .data,
                        44);
    const mote_hash hash = {{9}};
    key = mote_code_key(&hash);
    assert_memory_equal(
        key.bytes,
        fixture_hex("cd710b30bd2eab0352ddcc26417aa194383e6dcb39e0be0a2e6aeb8b94951ab6").data, 32);
    assert_memory_equal(key.bytes + 32, hash.bytes, 32);
}

/* Half a core each to two parachains, and the rest of it twice to the first: with an end and a queue. */
static const char descriptor[] = "0164000000c8000000" /* queue 100, 200 */
                                 "010c"
                                 "02d0070000"
                                 "c05d"
                                 "c05d" /* 24000 of 57600 */
                                 "02d1070000"
                                 "c05d"
                                 "0100"
                                 "02d0070000"
                                 "8025"
                                 "0000" /* 9600 */
                                 "0101000000"
                                 "0100"
                                 "a00f";

static void check_work(const mote_core_work *work) {
    mote_core_held held;
    assert_true(work->known && work->working && work->has_queue && work->ends);
    assert_int_equal(work->queue_first, 100);
    assert_int_equal(work->queue_last, 200);
    assert_int_equal(work->end_hint, 1);
    assert_int_equal(work->assignment_count, 3);
    assert_status(mote_core_held_by(context, &held, work, 2000), MOTE_OK);
    assert_int_equal(held.parts, 24000 + 9600);
    assert_status(mote_core_held_by(context, &held, work, 2001), MOTE_OK);
    assert_int_equal(held.parts, 24000);
    assert_status(mote_core_held_by(context, &held, work, 2002), MOTE_E_NOT_SHOWN);
    const mote_core_assignment second = mote_core_assignment_at(work, 1);
    assert_int_equal(second.para_id, 2001);
    assert_int_equal(second.remaining, 1);
}

static void older_layout(void **unused) {
    (void)unused;
    mote_core_work work;
    begin();
    put(mote_core_descriptor_key(MOTE_CORES_IN_ASSIGNMENT_PALLET, 3), fixture_hex(descriptor));
    ask(mote_core_descriptor_key(MOTE_CORES_IN_ASSIGNMENT_PALLET, 4));
    ask(mote_core_descriptor_key(MOTE_CORES_IN_SCHEDULER, 0));
    mote_proof proof = made_state_prove(context, 90);
    assert_status(mote_core_work_read(context, &work, &proof, MOTE_CORES_IN_ASSIGNMENT_PALLET, 3),
                  MOTE_OK);
    check_work(&work);
    assert_status(mote_core_work_read(context, &work, &proof, MOTE_CORES_IN_ASSIGNMENT_PALLET, 4),
                  MOTE_OK);
    assert_false(work.known);
    assert_status(mote_core_work_read(context, &work, &proof, MOTE_CORES_IN_SCHEDULER, 3), MOTE_OK);
    assert_false(work.known);
}

static void newer_layout(void **unused) {
    (void)unused;
    char value[512];
    mote_core_work work;
    uint32_t count;
    /* Core 1 has nothing, core 3 the work above. */
    snprintf(value, sizeof value,
             "08010000000000"
             "03000000%s",
             descriptor);
    begin();
    put(mote_core_descriptor_key(MOTE_CORES_IN_SCHEDULER, 0), fixture_hex(value));
    mote_proof proof = made_state_prove(context, 90);
    assert_status(mote_core_work_read(context, &work, &proof, MOTE_CORES_IN_SCHEDULER, 3), MOTE_OK);
    check_work(&work);
    assert_status(mote_core_work_read(context, &work, &proof, MOTE_CORES_IN_SCHEDULER, 1), MOTE_OK);
    assert_true(work.known && !work.working && !work.has_queue);
    assert_status(mote_core_work_read(context, &work, &proof, MOTE_CORES_IN_SCHEDULER, 2), MOTE_OK);
    assert_false(work.known);
    assert_status(mote_core_count_read(context, &count, &proof), MOTE_OK);
    assert_int_equal(count, 2);
    /* Not in order, or twice. */
    static const char *const wrong[] = {"08030000000000"
                                        "010000000000",
                                        "08010000000000"
                                        "010000000000"};
    for (size_t i = 0; i < 2; i++) {
        begin();
        put(mote_core_descriptor_key(MOTE_CORES_IN_SCHEDULER, 0), fixture_hex(wrong[i]));
        proof = made_state_prove(context, 90);
        assert_status(mote_core_work_read(context, &work, &proof, MOTE_CORES_IN_SCHEDULER, 1),
                      MOTE_E_BAD_FORMAT);
        assert_false(work.known);
    }
}

static void schedules(void **unused) {
    (void)unused;
    static const mote_coretime_layout layouts[] = {MOTE_CORES_IN_SCHEDULER,
                                                   MOTE_CORES_IN_ASSIGNMENT_PALLET};
    for (size_t l = 0; l < 2; l++) {
        mote_core_schedule schedule;
        begin();
        put(mote_core_schedule_key(layouts[l], 100, 3), fixture_hex("0c00"
                                                                    "2003"
                                                                    "01"
                                                                    "e803"
                                                                    "02d0070000"
                                                                    "d0dd"
                                                                    "00"
                                                                    "01c8000000"));
        ask(mote_core_schedule_key(layouts[l], 101, 3));
        mote_proof proof = made_state_prove(context, 90);
        assert_status(mote_core_schedule_read(context, &schedule, &proof, layouts[l], 100, 3),
                      MOTE_OK);
        assert_true(schedule.known && !schedule.ends && schedule.has_next);
        assert_int_equal(schedule.next, 200);
        assert_int_equal(schedule.assignment_count, 3);
        assert_int_equal(mote_core_schedule_at(&schedule, 0).task, MOTE_CORE_IDLE);
        assert_int_equal(mote_core_schedule_at(&schedule, 1).task, MOTE_CORE_POOL);
        assert_int_equal(mote_core_schedule_at(&schedule, 1).parts, 1000);
        assert_int_equal(mote_core_schedule_at(&schedule, 2).para_id, 2000);
        assert_int_equal(mote_core_schedule_at(&schedule, 2).parts, 56784);
        mote_coretime_place place = {0, 0};
        mote_core_assignment item;
        uint32_t parts = 0;
        while (mote_core_schedule_next(&item, &place, &schedule)) parts += item.parts;
        assert_true(place.index == schedule.assignment_count && parts >= 1000 + 56784);
        assert_status(mote_core_schedule_read(context, &schedule, &proof, layouts[l], 101, 3),
                      MOTE_OK);
        assert_false(schedule.known);
    }
}

#define OWNER "1111111111111111111111111111111111111111111111111111111111111111"
#define PAID "0040e59c301200000000000000000000"

static void regions_in_both_layouts(void **unused) {
    (void)unused;
    static const struct {
        const char *record;
        bool owner, paid;
    } cases[] = {
        {"39300000" OWNER "00", true, false},
        {"39300000" OWNER "01" PAID, true, true},
        {"39300000"
         "00"
         "00",
         false, false},
        {"39300000"
         "00"
         "01" PAID,
         false, true},
        {"39300000"
         "01" OWNER "00",
         true, false},
        {"39300000"
         "01" OWNER "01" PAID,
         true, true},
    };
    static const char *const bad[] = {"39300000", "39300000" OWNER, "39300000" OWNER "02",
                                      "39300000"
                                      "01" OWNER "02",
                                      "39300000" OWNER "01" PAID "0000"};
    const mote_region_id id = {12000, 7, {0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0}};
    mote_region region;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        begin();
        put(mote_region_key(&id), fixture_hex(cases[i].record));
        mote_proof proof = made_state_prove(context, 0);
        assert_status(mote_region_read(context, &region, &proof, &id), MOTE_OK);
        assert_true(region.exists);
        assert_int_equal(region.end, 12345);
        assert_int_equal(region.has_owner, cases[i].owner);
        assert_int_equal(region.has_paid, cases[i].paid);
        if (region.has_owner) assert_memory_equal(region.owner, fixture_hex(OWNER).data, 32);
        if (region.has_paid) assert_memory_equal(region.paid, fixture_hex(PAID).data, 16);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        begin();
        put(mote_region_key(&id), fixture_hex(bad[i]));
        mote_proof proof = made_state_prove(context, 0);
        assert_true(mote_region_read(context, &region, &proof, &id) != MOTE_OK);
        assert_false(region.exists);
    }
}

#define MASK "ffffffffff0000000000"

static void plans_and_leases(void **unused) {
    (void)unused;
    mote_broker_schedule plan;
    mote_leases leases;
    mote_lease lease;
    begin();
    put(mote_workplan_key(12000, 7), fixture_hex("08" MASK "02d0070000"
                                                 "0000000000ffffffffff"
                                                 "01"));
    put(mote_workload_key(7), fixture_hex("04" MASK "00"));
    put(mote_leases_key(), fixture_hex("08"
                                       "e0930400"
                                       "d0070000"
                                       "f0930400"
                                       "d1070000"));
    ask(mote_workplan_key(12001, 7));
    mote_proof proof = made_state_prove(context, 0);
    assert_status(mote_workplan_read(context, &plan, &proof, 12000, 7), MOTE_OK);
    assert_int_equal(plan.count, 2);
    assert_int_equal(mote_broker_item_at(&plan, 0).para_id, 2000);
    assert_int_equal(mote_broker_item_at(&plan, 1).task, MOTE_CORE_POOL);
    assert_int_equal(mote_broker_item_at(&plan, 1).mask[9], 0xff);
    mote_coretime_place place = {0, 0};
    mote_broker_item item;
    for (uint32_t told = 0; told < plan.count; told++) {
        const mote_broker_item at = mote_broker_item_at(&plan, told);
        assert_true(mote_broker_item_next(&item, &place, &plan));
        assert_true(item.task == at.task && item.para_id == at.para_id);
    }
    assert_false(mote_broker_item_next(&item, &place, &plan));
    assert_status(mote_workload_read(context, &plan, &proof, 7), MOTE_OK);
    assert_true(plan.now && plan.count == 1);
    assert_int_equal(mote_broker_item_at(&plan, 0).task, MOTE_CORE_IDLE);
    assert_status(mote_workplan_read(context, &plan, &proof, 12001, 7), MOTE_OK);
    assert_false(plan.known);
    assert_status(mote_leases_read(context, &leases, &proof), MOTE_OK);
    assert_int_equal(leases.count, 2);
    assert_status(mote_lease_of(context, &lease, &leases, 2001), MOTE_OK);
    assert_int_equal(lease.until, 300016);
    assert_status(mote_lease_of(context, &lease, &leases, 2002), MOTE_E_NOT_SHOWN);
    assert_int_equal(mote_lease_at(&leases, 2).task, 0);
    /* The relay chain's state has no broker. */
    mote_proof relay = made_state_prove(context, 90);
    assert_status(mote_leases_read(context, &leases, &relay), MOTE_E_BAD_ARGUMENT);
    assert_status(mote_lease_of(context, &lease, &leases, 2000), MOTE_E_NO_EVIDENCE);
}

static void upgrades(void **unused) {
    (void)unused;
    mote_upgrade_schedule schedule;
    mote_upgrade_signal signal;
    bool restricted;
    begin();
    put(mote_upgrade_scheduled_key(2000), fixture_hex("80841e00"));
    put(mote_upgrade_signal_key(2000), fixture_hex("00"));
    put(mote_upgrade_signal_key(2001), fixture_hex("01"));
    put(mote_upgrade_signal_key(2002), fixture_hex("02"));
    put(mote_upgrade_restricted_key(2000), fixture_hex("00"));
    put(mote_upgrade_restricted_key(2001), fixture_hex("01"));
    put(mote_upgrade_restricted_key(2002), fixture_hex("0000"));
    mote_proof proof = made_state_prove(context, 90);
    assert_status(mote_upgrade_schedule_read(context, &schedule, &proof, 2000), MOTE_OK);
    assert_true(schedule.scheduled);
    assert_int_equal(schedule.expected_at, 2000000);
    assert_status(mote_upgrade_signal_read(context, &signal, &proof, 2000), MOTE_OK);
    assert_int_equal(signal, MOTE_UPGRADE_ABORT);
    assert_status(mote_upgrade_signal_read(context, &signal, &proof, 2001), MOTE_OK);
    assert_int_equal(signal, MOTE_UPGRADE_GO_AHEAD);
    assert_status(mote_upgrade_signal_read(context, &signal, &proof, 2002), MOTE_E_BAD_ENUM);
    assert_status(mote_upgrade_restricted_read(context, &restricted, &proof, 2000), MOTE_OK);
    assert_true(restricted);
    assert_status(mote_upgrade_restricted_read(context, &restricted, &proof, 2001),
                  MOTE_E_BAD_ENUM);
    assert_false(restricted);
    assert_status(mote_upgrade_restricted_read(context, &restricted, &proof, 2002),
                  MOTE_E_TRAILING_BYTES);
}

static void unknown_task(void **unused) {
    (void)unused;
    mote_core_work work;
    begin();
    put(mote_core_descriptor_key(MOTE_CORES_IN_ASSIGNMENT_PALLET, 0), fixture_hex("0001"
                                                                                  "04"
                                                                                  "03"
                                                                                  "0000"
                                                                                  "0000"
                                                                                  "00"
                                                                                  "0000"
                                                                                  "0000"));
    mote_proof proof = made_state_prove(context, 90);
    assert_status(mote_core_work_read(context, &work, &proof, MOTE_CORES_IN_ASSIGNMENT_PALLET, 0),
                  MOTE_E_BAD_ENUM);
    assert_string_equal(mote_core_task_name(MOTE_CORE_POOL), "pool");
    assert_status(mote_core_held_by(context, &(mote_core_held){0}, &work, 0), MOTE_E_NO_EVIDENCE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys),
        cmocka_unit_test(older_layout),
        cmocka_unit_test(newer_layout),
        cmocka_unit_test(schedules),
        cmocka_unit_test(regions_in_both_layouts),
        cmocka_unit_test(plans_and_leases),
        cmocka_unit_test(upgrades),
        cmocka_unit_test(unknown_task),
    };
    return cmocka_run_group_tests_name("unit/coretime", tests, NULL, NULL);
}
