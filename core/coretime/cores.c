/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptors and schedules of cores on the relay chain (assigner_coretime, scheduler). */
#include <string.h>

#include "assignment.h"
#include "para_value.h"

static mote_status value_of(mote_context *context, bool *present, mote_bytes *value,
                            const mote_proof *proof, const mote_coretime_key *key) {
    return mote_para_value(context, present, value, proof, (mote_bytes){key->bytes, key->size});
}

static uint32_t read_optional(mote_cursor *cursor, bool *present) {
    *present = mote_read_option(cursor);
    return *present ? mote_read_u32(cursor) : 0;
}

/* CoreDescriptor { queue, current_work }. Where in its round the core is (pos, step) is not told. */
static void read_descriptor(mote_cursor *cursor, mote_core_work *out) {
    out->has_queue = mote_read_option(cursor);
    if (out->has_queue) {
        out->queue_first = mote_read_u32(cursor);
        out->queue_last = mote_read_u32(cursor);
    }
    out->working = mote_read_option(cursor);
    if (!out->working) return;
    out->assignments = mote_coretime_read_list(cursor, &out->assignment_count, true);
    out->end_hint = read_optional(cursor, &out->ends);
    (void)mote_read_u16(cursor);
    (void)mote_read_u16(cursor);
}

static mote_status check_ascending(mote_cursor *cursor, uint32_t index, uint32_t core,
                                   uint32_t *last) {
    if (index > 0 && core <= *last) mote_cursor_fail(cursor, MOTE_E_BAD_FORMAT);
    *last = core;
    return cursor->status;
}

/* BTreeMap<CoreIndex, CoreDescriptor>. */
static mote_status find_core(mote_context *context, mote_core_work *out, mote_bytes value,
                             uint32_t core, uint32_t *count) {
    const mote_core_work nothing = *out;
    mote_cursor cursor = mote_cursor_over(value);
    uint32_t last = 0;
    *count = mote_read_count(&cursor, 6, UINT32_MAX);
    for (uint32_t i = 0; i < *count && cursor.status == MOTE_OK; i++) {
        mote_core_work work = nothing;
        const uint32_t id = mote_read_u32(&cursor);
        if (check_ascending(&cursor, i, id, &last) != MOTE_OK) break;
        read_descriptor(&cursor, &work);
        work.known = true;
        if (id == core) *out = work;
    }
    return mote_cursor_finish(context, &cursor);
}

static mote_status read_one(mote_context *context, mote_core_work *out, mote_bytes value) {
    mote_cursor cursor = mote_cursor_over(value);
    read_descriptor(&cursor, out);
    out->known = true;
    return mote_cursor_finish(context, &cursor);
}

mote_status mote_core_work_read(mote_context *context, mote_core_work *out, const mote_proof *proof,
                                mote_coretime_layout layout, uint32_t core) {
    const mote_coretime_key key = mote_core_descriptor_key(layout, core);
    mote_core_work work;
    bool present;
    mote_bytes value;
    uint32_t count;
    memset(out, 0, sizeof *out);
    memset(&work, 0, sizeof work);
    mote_status status = value_of(context, &present, &value, proof, &key);
    work.layout = layout;
    work.core = core;
    work.under = proof->state;
    if (status == MOTE_OK && present) {
        status = layout == MOTE_CORES_IN_SCHEDULER ? find_core(context, &work, value, core, &count)
                                                   : read_one(context, &work, value);
    }
    if (status == MOTE_OK) *out = work;
    return status;
}

mote_status mote_core_count_read(mote_context *context, uint32_t *count, const mote_proof *proof) {
    const mote_coretime_key key = mote_core_descriptor_key(MOTE_CORES_IN_SCHEDULER, 0);
    mote_core_work any;
    bool present;
    mote_bytes value;
    uint32_t found = 0;
    *count = 0;
    memset(&any, 0, sizeof any);
    mote_status status = value_of(context, &present, &value, proof, &key);
    if (status == MOTE_OK && present) status = find_core(context, &any, value, 0, &found);
    if (status == MOTE_OK) *count = found;
    return status;
}

mote_core_assignment mote_core_assignment_at(const mote_core_work *work, uint32_t index) {
    return mote_coretime_item(work->assignments, index, true);
}

bool mote_core_assignment_next(mote_core_assignment *out, mote_coretime_place *place,
                               const mote_core_work *work) {
    return mote_coretime_next(out, place, work->assignment_count, work->assignments, true);
}

mote_status mote_core_held_by(mote_context *context, mote_core_held *out,
                              const mote_core_work *work, uint32_t para_id) {
    mote_core_held held = {work->core, para_id, 0, work->under};
    mote_core_assignment item;
    mote_coretime_place place = {0, 0};
    bool found = false;
    memset(out, 0, sizeof *out);
    if (mote_state_root_check(&work->under) != MOTE_OK)
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    while (mote_core_assignment_next(&item, &place, work)) {
        if (item.task != MOTE_CORE_PARA || item.para_id != para_id) continue;
        held.parts += item.parts;
        found = true;
    }
    if (!found) return mote_fail(context, MOTE_E_NOT_SHOWN, NULL, MOTE_NO_INDEX);
    *out = held;
    return MOTE_OK;
}

/* --- schedules -------------------------------------------------------------------------------- */

mote_status mote_core_schedule_read(mote_context *context, mote_core_schedule *out,
                                    const mote_proof *proof, mote_coretime_layout layout,
                                    uint32_t block, uint32_t core) {
    const mote_coretime_key key = mote_core_schedule_key(layout, block, core);
    mote_core_schedule schedule;
    mote_bytes value;
    memset(out, 0, sizeof *out);
    memset(&schedule, 0, sizeof schedule);
    mote_status status = value_of(context, &schedule.known, &value, proof, &key);
    if (status == MOTE_OK && schedule.known) {
        mote_cursor cursor = mote_cursor_over(value);
        schedule.assignments = mote_coretime_read_list(&cursor, &schedule.assignment_count, false);
        schedule.end_hint = read_optional(&cursor, &schedule.ends);
        schedule.next = read_optional(&cursor, &schedule.has_next);
        status = mote_cursor_finish(context, &cursor);
    }
    if (status != MOTE_OK) return status;
    schedule.layout = layout;
    schedule.core = core;
    schedule.block = block;
    schedule.under = proof->state;
    *out = schedule;
    return MOTE_OK;
}

mote_core_assignment mote_core_schedule_at(const mote_core_schedule *schedule, uint32_t index) {
    return mote_coretime_item(schedule->assignments, index, false);
}

bool mote_core_schedule_next(mote_core_assignment *out, mote_coretime_place *place,
                             const mote_core_schedule *schedule) {
    return mote_coretime_next(out, place, schedule->assignment_count, schedule->assignments, false);
}
