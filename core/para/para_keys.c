/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of the relay chain's pallet Paras: maps from a parachain's id, hashed by twox_64_concat (E.2). */
#include "mote/para.h"
#include "mote/hash.h"
#include "mote/scale.h"

#include <string.h>

static void map_key(uint8_t out[MOTE_PARA_KEY_SIZE], const char *item, uint32_t para_id) {
    const mote_bytes pallet = {(const uint8_t *)"Paras", 5};
    const mote_bytes name = {(const uint8_t *)item, strlen(item)};
    uint8_t id[4];
    mote_store_u32(id, para_id);
    mote_storage_prefix(out, pallet, name);
    (void)mote_storage_hash(out + 32, MOTE_PARA_KEY_SIZE - 32, MOTE_HASHER_TWOX_64_CONCAT,
                            (mote_bytes){id, sizeof id});
}

void mote_para_head_key(uint8_t out[MOTE_PARA_KEY_SIZE], uint32_t para_id) {
    map_key(out, "Heads", para_id);
}

void mote_para_lifecycle_key(uint8_t out[MOTE_PARA_KEY_SIZE], uint32_t para_id) {
    map_key(out, "ParaLifecycles", para_id);
}

void mote_para_code_hash_key(uint8_t out[MOTE_PARA_KEY_SIZE], uint32_t para_id) {
    map_key(out, "CurrentCodeHash", para_id);
}

void mote_para_future_code_hash_key(uint8_t out[MOTE_PARA_KEY_SIZE], uint32_t para_id) {
    map_key(out, "FutureCodeHash", para_id);
}
