/* SPDX-License-Identifier: Apache-2.0 */
/* Input: which item of storage, then its value. What is accepted has the parts it says; what is not leaves nothing behind. */
#include "one_value.h"

#include "mote/coretime.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds) abort();
}

static uint32_t few(uint32_t count) {
    return count < 64 ? count : 64;
}

static const mote_region_id region_id = {1, 2, {3}};

static mote_coretime_key key_of(unsigned item) {
    switch (item) {
    case 0: return mote_core_descriptor_key(MOTE_CORES_IN_SCHEDULER, 0);
    case 1: return mote_core_descriptor_key(MOTE_CORES_IN_ASSIGNMENT_PALLET, 1);
    case 2: return mote_core_schedule_key(MOTE_CORES_IN_SCHEDULER, 5, 1);
    case 3: return mote_core_schedule_key(MOTE_CORES_IN_ASSIGNMENT_PALLET, 5, 1);
    case 4: return mote_region_key(&region_id);
    case 5: return mote_workplan_key(5, 1);
    case 6: return mote_workload_key(1);
    case 7: return mote_leases_key();
    case 8: return mote_upgrade_scheduled_key(1);
    case 9: return mote_upgrade_signal_key(1);
    default: return mote_upgrade_restricted_key(1);
    }
}

static const mote_state_root *work(mote_context *context, mote_status *status,
                                   const mote_proof *proof, mote_coretime_layout layout) {
    static mote_core_work at;
    uint32_t total = 0;
    *status = mote_core_work_read(context, &at, proof, layout, 1);
    if (*status != MOTE_OK) return &at.under;
    for (uint32_t i = 0; i < few(at.assignment_count); i++) {
        const mote_core_assignment item = mote_core_assignment_at(&at, i);
        mote_core_held held;
        if (item.task != MOTE_CORE_PARA) continue;
        require(mote_core_held_by(context, &held, &at, item.para_id) == MOTE_OK);
        require(held.parts >= item.parts);
        total += item.parts;
    }
    (void)total;
    if (layout == MOTE_CORES_IN_SCHEDULER) {
        uint32_t count;
        require(mote_core_count_read(context, &count, proof) == MOTE_OK);
        require(!at.known || count > 0);
    }
    return &at.under;
}

static const mote_state_root *schedule(mote_context *context, mote_status *status,
                                       const mote_proof *proof, mote_coretime_layout layout) {
    static mote_core_schedule at;
    *status = mote_core_schedule_read(context, &at, proof, layout, 5, 1);
    for (uint32_t i = 0; i < few(at.assignment_count); i++)
        require(mote_core_schedule_at(&at, i).task <= MOTE_CORE_PARA);
    return &at.under;
}

static const mote_state_root *broker(mote_context *context, mote_status *status,
                                     const mote_proof *proof, unsigned item) {
    static mote_broker_schedule plan;
    static mote_region region;
    static mote_leases leases;
    if (item == 4) {
        *status = mote_region_read(context, &region, proof, &region_id);
        return &region.under;
    }
    if (item == 7) {
        *status = mote_leases_read(context, &leases, proof);
        for (uint32_t i = 0; i < few(leases.count); i++) {
            mote_lease lease;
            require(mote_lease_of(context, &lease, &leases, mote_lease_at(&leases, i).task) ==
                    MOTE_OK);
        }
        return &leases.under;
    }
    *status = item == 5 ? mote_workplan_read(context, &plan, proof, 5, 1)
                        : mote_workload_read(context, &plan, proof, 1);
    for (uint32_t i = 0; i < few(plan.count); i++)
        require(mote_broker_item_at(&plan, i).task <= MOTE_CORE_PARA);
    return &plan.under;
}

static void upgrade(mote_context *context, const mote_proof *proof, unsigned item,
                    mote_bytes value) {
    mote_upgrade_schedule at;
    mote_upgrade_signal signal;
    bool restricted;
    if (item == 8) {
        mote_status status = mote_upgrade_schedule_read(context, &at, proof, 1);
        require((status == MOTE_OK) == (value.size == 4) && at.scheduled == (status == MOTE_OK));
    } else if (item == 9) {
        mote_status status = mote_upgrade_signal_read(context, &signal, proof, 1);
        require((status == MOTE_OK) == (value.size == 1 && value.data[0] <= 1));
    } else {
        mote_status status = mote_upgrade_restricted_read(context, &restricted, proof, 1);
        require((status == MOTE_OK) == (value.size == 1 && value.data[0] == 0));
        require(restricted == (status == MOTE_OK));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    const unsigned item = data[0] % 11;
    const mote_coretime_key key = key_of(item);
    const mote_bytes value = {data + 1, size - 1};
    const mote_state_root *under = NULL;
    mote_status status = MOTE_OK;
    mote_context *context = fixture_context(2);
    const mote_proof proof = one_value_proof(context, (mote_bytes){key.bytes, key.size}, value);
    if (item >= 8) {
        upgrade(context, &proof, item, value);
        return 0;
    }
    if (item < 2) {
        under = work(context, &status, &proof, (mote_coretime_layout)item);
    } else if (item < 4) {
        under = schedule(context, &status, &proof, (mote_coretime_layout)(item - 2));
    } else {
        under = broker(context, &status, &proof, item);
    }
    require((mote_state_root_check(under) == MOTE_OK) == (status == MOTE_OK));
    return 0;
}
