/* SPDX-License-Identifier: Apache-2.0 */
/* Storage keys by pallet and item (verification-rules E.2). */
#include <string.h>

#include "mote/hash.h"
#include "mote/message.h"
#include "mote/scale.h"

typedef struct item_name {
    const char *pallet;
    const char *item;
    uint8_t
        ids; /* parachain ids in the key of the map, hashed by twox_64_concat; 0: a single value */
} item_name;

static const item_name names[MOTE_ITEM_COUNT] = {
    [MOTE_ITEM_HRMP_CHANNEL] = {"Hrmp", "HrmpChannels", 2},
    [MOTE_ITEM_HRMP_CONTENTS] = {"Hrmp", "HrmpChannelContents", 2},
    [MOTE_ITEM_HRMP_INGRESS] = {"Hrmp", "HrmpIngressChannelsIndex", 1},
    [MOTE_ITEM_HRMP_EGRESS] = {"Hrmp", "HrmpEgressChannelsIndex", 1},
    [MOTE_ITEM_HRMP_WATERMARK] = {"Hrmp", "HrmpWatermarks", 1},
    [MOTE_ITEM_DMP_HEAD] = {"Dmp", "DownwardMessageQueueHeads", 1},
    [MOTE_ITEM_DMP_QUEUE] = {"Dmp", "DownwardMessageQueues", 1},
    [MOTE_ITEM_DMP_PAGES] = {"Dmp", "DownwardMessageQueueMeta", 1},
    [MOTE_ITEM_LIMITS] = {"Configuration", "ActiveConfig", 0},
    [MOTE_ITEM_HRMP_SENT] = {"ParachainSystem", "HrmpOutboundMessages", 0},
    [MOTE_ITEM_UMP_SENT] = {"ParachainSystem", "UpwardMessages", 0},
    [MOTE_ITEM_LAST_HRMP_HEADS] = {"ParachainSystem", "LastHrmpMqcHeads", 0},
    [MOTE_ITEM_LAST_DMP_HEAD] = {"ParachainSystem", "LastDmqMqcHead", 0},
};

static mote_bytes text(const char *string) {
    return (mote_bytes){(const uint8_t *)string, strlen(string)};
}

/* SCALE((byte array, ParaId)), not hashed: polkadot/primitives well_known_keys. */
static mote_message_key capacity_key(uint32_t para_id) {
    static const char prefix[] = ":relay_dispatch_queue_remaining_capacity";
    mote_message_key key = {{0}, sizeof prefix - 1 + 4};
    memcpy(key.bytes, prefix, sizeof prefix - 1);
    mote_store_u32(key.bytes + sizeof prefix - 1, para_id);
    return key;
}

mote_message_key mote_message_key_of(mote_message_item item, uint32_t first, uint32_t second) {
    mote_message_key key = {{0}, 0};
    if ((unsigned)item >= MOTE_ITEM_COUNT) return key;
    if (item == MOTE_ITEM_DISPATCH_CAPACITY) return capacity_key(first);
    const item_name *name = &names[item];
    uint8_t ids[8];
    mote_storage_prefix(key.bytes, text(name->pallet), text(name->item));
    mote_store_u32(ids, first);
    mote_store_u32(ids + 4, second);
    key.size = 32;
    if (name->ids != 0) {
        key.size +=
            mote_storage_hash(key.bytes + 32, sizeof key.bytes - 32, MOTE_HASHER_TWOX_64_CONCAT,
                              (mote_bytes){ids, (size_t)name->ids * 4});
    }
    return key;
}

/* Twice hashed: the parachain by blake2_128_concat, the page by twox_64_concat. */
mote_message_key mote_dmp_page_key(uint32_t recipient, uint64_t page) {
    mote_message_key key = {{0}, 32};
    uint8_t id[4], number[8];
    mote_store_u32(id, recipient);
    mote_store_u64(number, page);
    mote_storage_prefix(key.bytes, text("Dmp"), text("DownwardMessageQueuePages"));
    key.size += mote_storage_hash(key.bytes + key.size, sizeof key.bytes - key.size,
                                  MOTE_HASHER_BLAKE2_128_CONCAT, (mote_bytes){id, sizeof id});
    key.size += mote_storage_hash(key.bytes + key.size, sizeof key.bytes - key.size,
                                  MOTE_HASHER_TWOX_64_CONCAT, (mote_bytes){number, sizeof number});
    return key;
}
