/* SPDX-License-Identifier: Apache-2.0 */
/* The coretime chain's side (pallet-broker). */
#include <string.h>

#include "assignment.h"
#include "para_value.h"

static mote_status value_of(mote_context *context, bool *present, mote_bytes *value,
                            const mote_proof *proof, mote_coretime_key key) {
    return mote_para_own_value(context, present, value, proof, (mote_bytes){key.bytes, key.size});
}

/* --- regions ---------------------------------------------------------------------------------- */

/* end, then the owner (32 bytes, or an option of them), then an option of 16 bytes. */
static bool owner_is_optional(size_t size) {
    return size == 6 || size == 22 || size == 38 || size == 54;
}

static void read_record(mote_cursor *cursor, mote_region *out, bool optional_owner) {
    out->end = mote_read_u32(cursor);
    out->has_owner = optional_owner ? mote_read_option(cursor) : true;
    if (out->has_owner) mote_read_array(cursor, out->owner, sizeof out->owner);
    out->has_paid = mote_read_option(cursor);
    if (out->has_paid) mote_read_array(cursor, out->paid, sizeof out->paid);
}

mote_status mote_region_read(mote_context *context, mote_region *out, const mote_proof *proof,
                             const mote_region_id *id) {
    mote_region region;
    mote_bytes value;
    memset(out, 0, sizeof *out);
    memset(&region, 0, sizeof region);
    mote_status status = value_of(context, &region.exists, &value, proof, mote_region_key(id));
    if (status == MOTE_OK && region.exists) {
        mote_cursor cursor = mote_cursor_over(value);
        read_record(&cursor, &region, owner_is_optional(value.size));
        status = mote_cursor_finish(context, &cursor);
    }
    if (status != MOTE_OK) return status;
    region.id = *id;
    region.under = proof->state;
    *out = region;
    return MOTE_OK;
}

/* --- plans ------------------------------------------------------------------------------------ */

static mote_broker_item read_item(mote_cursor *cursor) {
    mote_broker_item item;
    memset(&item, 0, sizeof item);
    mote_read_array(cursor, item.mask, sizeof item.mask);
    item.task = mote_coretime_read_task(cursor, &item.para_id);
    return item;
}

static mote_status read_schedule(mote_context *context, mote_broker_schedule *out, bool now,
                                 uint32_t timeslice, uint16_t core, const mote_proof *proof,
                                 mote_coretime_key key) {
    mote_broker_schedule schedule = {false, now, timeslice, core, 0, {NULL, 0}, proof->state};
    mote_bytes value;
    memset(out, 0, sizeof *out);
    mote_status status = value_of(context, &schedule.known, &value, proof, key);
    if (status == MOTE_OK && schedule.known) {
        mote_cursor cursor = mote_cursor_over(value);
        schedule.count = mote_read_count(&cursor, MOTE_CORE_MASK_SIZE + 1, MOTE_MAX_ASSIGNMENTS);
        schedule.items = (mote_bytes){cursor.at, mote_cursor_left(&cursor)};
        for (uint32_t i = 0; i < schedule.count && cursor.status == MOTE_OK; i++)
            (void)read_item(&cursor);
        status = mote_cursor_finish(context, &cursor);
    }
    if (status == MOTE_OK) *out = schedule;
    return status;
}

mote_status mote_workplan_read(mote_context *context, mote_broker_schedule *out,
                               const mote_proof *proof, uint32_t timeslice, uint16_t core) {
    return read_schedule(context, out, false, timeslice, core, proof,
                         mote_workplan_key(timeslice, core));
}

mote_status mote_workload_read(mote_context *context, mote_broker_schedule *out,
                               const mote_proof *proof, uint16_t core) {
    return read_schedule(context, out, true, 0, core, proof, mote_workload_key(core));
}

bool mote_broker_item_next(mote_broker_item *out, mote_coretime_place *place,
                           const mote_broker_schedule *schedule) {
    mote_cursor cursor = mote_coretime_cursor_at(place, schedule->count, schedule->items);
    *out = read_item(&cursor);
    return mote_coretime_step(place, &cursor, schedule->items);
}

mote_broker_item mote_broker_item_at(const mote_broker_schedule *schedule, uint32_t index) {
    mote_broker_item item = {{0}, MOTE_CORE_IDLE, 0};
    mote_coretime_place place = {0, 0};
    while (place.index <= index && mote_broker_item_next(&item, &place, schedule)) continue;
    return item;
}

/* --- leases ----------------------------------------------------------------------------------- */

mote_status mote_leases_read(mote_context *context, mote_leases *out, const mote_proof *proof) {
    mote_leases leases = {0, {NULL, 0}, proof->state};
    bool present;
    mote_bytes value;
    memset(out, 0, sizeof *out);
    mote_status status = value_of(context, &present, &value, proof, mote_leases_key());
    if (status == MOTE_OK && present) {
        mote_cursor cursor = mote_cursor_over(value);
        leases.count = mote_read_count(&cursor, 8, UINT32_MAX / 8);
        leases.items = mote_read_span(&cursor, (size_t)leases.count * 8);
        status = mote_cursor_finish(context, &cursor);
    }
    if (status == MOTE_OK) *out = leases;
    return status;
}

mote_lease mote_lease_at(const mote_leases *leases, uint32_t index) {
    if (index >= leases->count) return (mote_lease){0, 0};
    const uint8_t *at = leases->items.data + (size_t)index * 8;
    return (mote_lease){mote_load_u32(at), mote_load_u32(at + 4)};
}

mote_status mote_lease_of(mote_context *context, mote_lease *out, const mote_leases *leases,
                          uint32_t task) {
    *out = (mote_lease){0, 0};
    if (mote_state_root_check(&leases->under) != MOTE_OK)
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    for (uint32_t i = 0; i < leases->count; i++) {
        const mote_lease lease = mote_lease_at(leases, i);
        if (lease.task != task) continue;
        *out = lease;
        return MOTE_OK;
    }
    return mote_fail(context, MOTE_E_NOT_SHOWN, NULL, MOTE_NO_INDEX);
}
