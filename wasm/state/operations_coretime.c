/* SPDX-License-Identifier: Apache-2.0 */
/* Which parachain works on which core, and when its next code comes. */
#include <string.h>

#include "mote/coretime.h"
#include "state/state.h"

#define STATE                                                                                      \
    mote_proof proof;                                                                              \
    status = load_state(b, context, &proof, STATE_SOURCE(q));                                      \
    if (status != MOTE_OK) return status

static mote_status bad_argument(mote_context *context) {
    return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
}

/* --- keys -------------------------------------------------------------------------------------------------------------- */

typedef enum key_kind {
    KEY_DESCRIPTORS,
    KEY_SCHEDULE,
    KEY_REGION,
    KEY_WORKPLAN,
    KEY_WORKLOAD,
    KEY_LEASES,
    KEY_UPGRADE,
    KEY_SIGNAL,
    KEY_RESTRICTED
} key_kind;

static bool take_region_id(mote_region_id *out, uint32_t begin, uint32_t core, mote_bytes mask) {
    if (core > UINT16_MAX || mask.size != MOTE_CORE_MASK_SIZE) return false;
    out->begin = begin;
    out->core = (uint16_t)core;
    memcpy(out->mask, mask.data, MOTE_CORE_MASK_SIZE);
    return true;
}

OPERATION(coretime_key) {
    ASK(coretime_key);
    (void)b;
    mote_coretime_key key;
    mote_region_id id;
    mote_coretime_layout layout = (mote_coretime_layout)q.layout;
    bool small = q.second <= UINT16_MAX;
    if (q.layout > MOTE_CORES_IN_ASSIGNMENT_PALLET) return bad_argument(context);
    switch ((key_kind)q.kind) {
    case KEY_DESCRIPTORS: key = mote_core_descriptor_key(layout, q.second); break;
    case KEY_SCHEDULE: key = mote_core_schedule_key(layout, q.first, q.second); break;
    case KEY_REGION:
        if (!take_region_id(&id, q.first, q.second, q.mask)) return bad_argument(context);
        key = mote_region_key(&id);
        break;
    case KEY_WORKPLAN:
        if (!small) return bad_argument(context);
        key = mote_workplan_key(q.first, (uint16_t)q.second);
        break;
    case KEY_WORKLOAD:
        if (!small) return bad_argument(context);
        key = mote_workload_key((uint16_t)q.second);
        break;
    case KEY_LEASES: key = mote_leases_key(); break;
    case KEY_UPGRADE: key = mote_upgrade_scheduled_key(q.first); break;
    case KEY_SIGNAL: key = mote_upgrade_signal_key(q.first); break;
    case KEY_RESTRICTED: key = mote_upgrade_restricted_key(q.first); break;
    default: return bad_argument(context);
    }
    protocol_write_bytes(answer, (mote_bytes){key.bytes, key.size});
    return MOTE_OK;
}

/* --- cores ------------------------------------------------------------------------------------------------------------- */

static void write_assignment(mote_writer *answer, const mote_core_assignment *item) {
    const record_core_assignment record = {(uint8_t)item->task, item->para_id, item->parts,
                                           item->remaining};
    write_core_assignment(answer, &record);
}

static mote_status read_work(mote_context *context, mote_core_work *out, const mote_proof *proof,
                             uint8_t layout, uint32_t core) {
    if (layout > MOTE_CORES_IN_ASSIGNMENT_PALLET) return bad_argument(context);
    return mote_core_work_read(context, out, proof, (mote_coretime_layout)layout, core);
}

OPERATION(core_work) {
    ASK(core_work);
    STATE;
    mote_core_work work;
    mote_core_assignment item;
    mote_coretime_place place = {0, 0};
    status = read_work(context, &work, &proof, q.layout, q.core);
    if (status != MOTE_OK) return status;
    mote_write_u8(answer, work.known);
    mote_write_u8(answer, work.working);
    mote_write_u32(answer, work.assignment_count);
    while (mote_core_assignment_next(&item, &place, &work)) write_assignment(answer, &item);
    mote_write_u8(answer, work.ends);
    mote_write_u32(answer, work.end_hint);
    mote_write_u8(answer, work.has_queue);
    mote_write_u32(answer, work.queue_first);
    mote_write_u32(answer, work.queue_last);
    return MOTE_OK;
}

OPERATION(core_held) {
    ASK(core_held);
    STATE;
    mote_core_work work;
    mote_core_held held;
    status = read_work(context, &work, &proof, q.layout, q.core);
    if (status == MOTE_OK) status = mote_core_held_by(context, &held, &work, q.para_id);
    if (status == MOTE_OK) mote_write_u32(answer, held.parts);
    return status;
}

OPERATION(core_count) {
    ASK(core_count);
    STATE;
    uint32_t count = 0;
    status = mote_core_count_read(context, &count, &proof);
    if (status == MOTE_OK) mote_write_u32(answer, count);
    return status;
}

OPERATION(core_schedule) {
    ASK(core_schedule);
    STATE;
    mote_core_schedule schedule;
    mote_core_assignment item;
    mote_coretime_place place = {0, 0};
    if (q.layout > MOTE_CORES_IN_ASSIGNMENT_PALLET) return bad_argument(context);
    status = mote_core_schedule_read(context, &schedule, &proof, (mote_coretime_layout)q.layout,
                                     q.block, q.core);
    if (status != MOTE_OK) return status;
    mote_write_u8(answer, schedule.known);
    mote_write_u32(answer, schedule.assignment_count);
    while (mote_core_schedule_next(&item, &place, &schedule)) write_assignment(answer, &item);
    mote_write_u8(answer, schedule.ends);
    mote_write_u32(answer, schedule.end_hint);
    mote_write_u8(answer, schedule.has_next);
    mote_write_u32(answer, schedule.next);
    return MOTE_OK;
}

/* --- the coretime chain ------------------------------------------------------------------------------------------------ */

OPERATION(region) {
    ASK(region);
    STATE;
    mote_region_id id;
    mote_region found;
    if (!take_region_id(&id, q.begin, q.core, q.mask)) return bad_argument(context);
    status = mote_region_read(context, &found, &proof, &id);
    if (status != MOTE_OK) return status;
    mote_write_u8(answer, found.exists);
    mote_write_u32(answer, found.end);
    mote_write_u8(answer, found.has_owner);
    mote_write_span(answer, found.owner, sizeof found.owner);
    mote_write_u8(answer, found.has_paid);
    mote_write_span(answer, found.paid, sizeof found.paid);
    return MOTE_OK;
}

OPERATION(broker_schedule) {
    ASK(broker_schedule);
    STATE;
    mote_broker_schedule schedule;
    mote_broker_item item;
    mote_coretime_place place = {0, 0};
    if (q.core > UINT16_MAX) return bad_argument(context);
    uint16_t core = (uint16_t)q.core;
    status = q.now ? mote_workload_read(context, &schedule, &proof, core)
                   : mote_workplan_read(context, &schedule, &proof, q.timeslice, core);
    if (status != MOTE_OK) return status;
    mote_write_u8(answer, schedule.known);
    mote_write_u32(answer, schedule.count);
    while (mote_broker_item_next(&item, &place, &schedule)) {
        const record_broker_item record = {
            {item.mask, sizeof item.mask}, (uint8_t)item.task, item.para_id};
        write_broker_item(answer, &record);
    }
    return MOTE_OK;
}

OPERATION(leases) {
    ASK(leases);
    STATE;
    mote_leases leases;
    status = mote_leases_read(context, &leases, &proof);
    if (status != MOTE_OK) return status;
    mote_write_u32(answer, leases.count);
    for (uint32_t i = 0; i < leases.count; i++) {
        const mote_lease lease = mote_lease_at(&leases, i);
        const record_lease record = {lease.until, lease.task};
        write_lease(answer, &record);
    }
    return MOTE_OK;
}

/* --- upgrades ---------------------------------------------------------------------------------------------------------- */

OPERATION(upgrade_schedule) {
    ASK(upgrade_schedule);
    STATE;
    mote_upgrade_schedule schedule;
    status = mote_upgrade_schedule_read(context, &schedule, &proof, q.para_id);
    if (status != MOTE_OK) return status;
    mote_write_u8(answer, schedule.scheduled);
    mote_write_u32(answer, schedule.expected_at);
    return MOTE_OK;
}

OPERATION(upgrade_signal) {
    ASK(upgrade_signal);
    STATE;
    mote_upgrade_signal signal;
    status = mote_upgrade_signal_read(context, &signal, &proof, q.para_id);
    if (status == MOTE_OK) mote_write_u8(answer, (uint8_t)signal);
    return status;
}

OPERATION(upgrade_restricted) {
    ASK(upgrade_restricted);
    STATE;
    bool restricted = false;
    status = mote_upgrade_restricted_read(context, &restricted, &proof, q.para_id);
    if (status == MOTE_OK) mote_write_u8(answer, restricted);
    return status;
}
