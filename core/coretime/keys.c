/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "mote/coretime.h"
#include "mote/hash.h"
#include "mote/scale.h"

static mote_bytes text(const char *string) {
    return (mote_bytes){(const uint8_t *)string, strlen(string)};
}

static mote_coretime_key map_key(const char *pallet, const char *item, mote_storage_hasher hasher,
                                 mote_bytes key) {
    mote_coretime_key out = {{0}, 32};
    mote_storage_prefix(out.bytes, text(pallet), text(item));
    out.size += mote_storage_hash(out.bytes + 32, sizeof out.bytes - 32, hasher, key);
    return out;
}

static mote_coretime_key value_key(const char *pallet, const char *item) {
    mote_coretime_key out = {{0}, 32};
    mote_storage_prefix(out.bytes, text(pallet), text(item));
    return out;
}

mote_coretime_key mote_core_descriptor_key(mote_coretime_layout layout, uint32_t core) {
    uint8_t id[4];
    if (layout == MOTE_CORES_IN_SCHEDULER) return value_key("ParaScheduler", "CoreDescriptors");
    mote_store_u32(id, core);
    return map_key("CoretimeAssignmentProvider", "CoreDescriptors", MOTE_HASHER_TWOX_256,
                   (mote_bytes){id, sizeof id});
}

mote_coretime_key mote_core_schedule_key(mote_coretime_layout layout, uint32_t block,
                                         uint32_t core) {
    uint8_t id[8];
    mote_store_u32(id, block);
    mote_store_u32(id + 4, core);
    if (layout == MOTE_CORES_IN_SCHEDULER)
        return map_key("ParaScheduler", "CoreSchedules", MOTE_HASHER_TWOX_64_CONCAT,
                       (mote_bytes){id, sizeof id});
    return map_key("CoretimeAssignmentProvider", "CoreSchedules", MOTE_HASHER_TWOX_256,
                   (mote_bytes){id, sizeof id});
}

static void write_core(uint8_t out[2], uint16_t core) {
    out[0] = (uint8_t)(core & 0xff);
    out[1] = (uint8_t)(core >> 8);
}

mote_coretime_key mote_region_key(const mote_region_id *id) {
    uint8_t bytes[4 + 2 + MOTE_CORE_MASK_SIZE];
    mote_store_u32(bytes, id->begin);
    write_core(bytes + 4, id->core);
    memcpy(bytes + 6, id->mask, sizeof id->mask);
    return map_key("Broker", "Regions", MOTE_HASHER_BLAKE2_128_CONCAT,
                   (mote_bytes){bytes, sizeof bytes});
}

mote_coretime_key mote_workplan_key(uint32_t timeslice, uint16_t core) {
    uint8_t bytes[6];
    mote_store_u32(bytes, timeslice);
    write_core(bytes + 4, core);
    return map_key("Broker", "Workplan", MOTE_HASHER_TWOX_64_CONCAT,
                   (mote_bytes){bytes, sizeof bytes});
}

mote_coretime_key mote_workload_key(uint16_t core) {
    uint8_t bytes[2];
    write_core(bytes, core);
    return map_key("Broker", "Workload", MOTE_HASHER_TWOX_64_CONCAT,
                   (mote_bytes){bytes, sizeof bytes});
}

mote_coretime_key mote_leases_key(void) {
    return value_key("Broker", "Leases");
}

static mote_coretime_key paras_key(const char *item, uint32_t para_id) {
    uint8_t id[4];
    mote_store_u32(id, para_id);
    return map_key("Paras", item, MOTE_HASHER_TWOX_64_CONCAT, (mote_bytes){id, sizeof id});
}

mote_coretime_key mote_upgrade_scheduled_key(uint32_t para_id) {
    return paras_key("FutureCodeUpgrades", para_id);
}

mote_coretime_key mote_upgrade_signal_key(uint32_t para_id) {
    return paras_key("UpgradeGoAheadSignal", para_id);
}

mote_coretime_key mote_upgrade_restricted_key(uint32_t para_id) {
    return paras_key("UpgradeRestrictionSignal", para_id);
}

mote_coretime_key mote_code_key(const mote_hash *hash) {
    return map_key("Paras", "CodeByHash", MOTE_HASHER_IDENTITY,
                   (mote_bytes){hash->bytes, sizeof hash->bytes});
}
