/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many of what, and where (verification-rules A.4): what a verifier of authorship would refuse. Finality decides
 * without it, so a finalized header is never refused here.
 */
#include "mote/header.h"

#include <string.h>

#include "babe_log.h"

#define SEAL_SIZE 64u

typedef struct digest_census {
    uint32_t seals, babe_seals, aura_seals;
    uint32_t babe_pre_digests, aura_pre_digests;
    uint32_t next_epochs, next_configs;
    bool seal_size_odd, authorities_odd, chance_odd;
    bool last_is_seal;
} digest_census;

static bool engine_is(const mote_digest_item *item, const char *engine) {
    return memcmp(item->engine, engine, 4) == 0;
}

static void count_seal(digest_census *census, const mote_digest_item *item) {
    bool babe = engine_is(item, "BABE"), aura = engine_is(item, "aura");
    census->seals++;
    census->babe_seals += babe;
    census->aura_seals += aura;
    if ((babe || aura) && item->payload.size != SEAL_SIZE) census->seal_size_odd = true;
}

static void count_pre_digest(digest_census *census, const mote_digest_item *item) {
    census->babe_pre_digests += engine_is(item, "BABE");
    census->aura_pre_digests += engine_is(item, "aura");
}

static void count_babe_log(digest_census *census, mote_bytes payload) {
    const mote_babe_log log = mote_header_babe_log(payload);
    if (log.kind == MOTE_BABE_LOG_NEXT_EPOCH) {
        census->next_epochs++;
        if (mote_header_babe_authorities_odd(&log.authorities)) census->authorities_odd = true;
    }
    if (log.kind == MOTE_BABE_LOG_NEXT_CONFIG) {
        census->next_configs++;
        if (log.chance[1] == 0 || log.chance[0] > log.chance[1]) census->chance_odd = true;
    }
}

static void count_item(digest_census *census, const mote_digest_item *item) {
    census->last_is_seal = item->kind == MOTE_DIGEST_SEAL;
    if (item->kind == MOTE_DIGEST_SEAL) count_seal(census, item);
    if (item->kind == MOTE_DIGEST_PRE_RUNTIME) count_pre_digest(census, item);
    if (item->kind == MOTE_DIGEST_CONSENSUS && engine_is(item, "BABE")) {
        count_babe_log(census, item->payload);
    }
}

static uint32_t flag(bool condition, mote_digest_oddity oddity) {
    return condition ? (uint32_t)oddity : 0;
}

static uint32_t seal_oddities(const digest_census *census) {
    bool foreign = (census->babe_seals > 0 && census->aura_pre_digests > 0) ||
                   (census->aura_seals > 0 && census->babe_pre_digests > 0);
    return flag(census->seals > 0 && !census->last_is_seal, MOTE_ODDITY_SEAL_NOT_LAST) |
           flag(census->seals > 1, MOTE_ODDITY_SEVERAL_SEALS) |
           flag(census->seal_size_odd, MOTE_ODDITY_SEAL_SIZE) |
           flag(foreign, MOTE_ODDITY_FOREIGN_SEAL);
}

static uint32_t pre_digest_oddities(const digest_census *census, uint32_t number) {
    uint32_t pre_digests = census->babe_pre_digests + census->aura_pre_digests;
    return flag(census->babe_pre_digests > 1, MOTE_ODDITY_SEVERAL_BABE_PRE_DIGESTS) |
           flag(census->aura_pre_digests > 1, MOTE_ODDITY_SEVERAL_AURA_PRE_DIGESTS) |
           flag(number > 0 && pre_digests == 0, MOTE_ODDITY_NO_PRE_DIGEST) |
           flag(number == 0 && pre_digests > 0, MOTE_ODDITY_PRE_DIGEST_IN_GENESIS);
}

static uint32_t epoch_oddities(const digest_census *census) {
    bool config_alone = census->next_configs > 0 && census->next_epochs == 0;
    return flag(census->next_epochs > 1, MOTE_ODDITY_SEVERAL_NEXT_EPOCHS) |
           flag(census->next_configs > 1, MOTE_ODDITY_SEVERAL_NEXT_CONFIGS) |
           flag(config_alone, MOTE_ODDITY_CONFIG_WITHOUT_EPOCH) |
           flag(census->authorities_odd, MOTE_ODDITY_EPOCH_AUTHORITIES) |
           flag(census->chance_odd, MOTE_ODDITY_CONFIG_CHANCE);
}

uint32_t mote_header_oddities(const mote_header *header) {
    digest_census census;
    memset(&census, 0, sizeof census);
    mote_digest_iterator items = mote_digest_items(header);
    mote_digest_item item;
    while (mote_digest_next(&items, &item)) count_item(&census, &item);
    return seal_oddities(&census) | pre_digest_oddities(&census, header->number) |
           epoch_oddities(&census);
}
