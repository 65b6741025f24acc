/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many of what, and where (verification-rules A.4): what a verifier of authorship would refuse. Finality decides
 * without it, so a finalized header is never refused here.
 */
#include "mote/header.h"

#include <string.h>

typedef struct digest_census {
    uint32_t seals, babe_pre_digests, aura_pre_digests, next_epochs, next_configs;
    bool seal_size_wrong;
    bool last_is_seal;
} digest_census;

static bool engine_is(const mote_digest_item *item, const char *engine) {
    return memcmp(item->engine, engine, 4) == 0;
}

static void count_seal(digest_census *census, const mote_digest_item *item) {
    census->seals++;
    bool known = engine_is(item, "BABE") || engine_is(item, "aura");
    if (known && item->payload.size != 64) census->seal_size_wrong = true;
}

static void count_babe_log(digest_census *census, mote_bytes payload) {
    if (payload.size == 0) return;
    if (payload.data[0] == 1) census->next_epochs++;
    if (payload.data[0] == 3) census->next_configs++;
}

static void count_item(digest_census *census, const mote_digest_item *item) {
    census->last_is_seal = item->kind == MOTE_DIGEST_SEAL;
    if (item->kind == MOTE_DIGEST_SEAL) count_seal(census, item);
    if (item->kind == MOTE_DIGEST_PRE_RUNTIME && engine_is(item, "BABE"))
        census->babe_pre_digests++;
    if (item->kind == MOTE_DIGEST_PRE_RUNTIME && engine_is(item, "aura"))
        census->aura_pre_digests++;
    if (item->kind == MOTE_DIGEST_CONSENSUS && engine_is(item, "BABE"))
        count_babe_log(census, item->payload);
}

static uint32_t flag(bool condition, mote_digest_oddity oddity) {
    return condition ? (uint32_t)oddity : 0;
}

uint32_t mote_header_oddities(const mote_header *header) {
    digest_census census;
    memset(&census, 0, sizeof census);
    mote_digest_iterator items = mote_digest_items(header);
    mote_digest_item item;
    while (mote_digest_next(&items, &item)) count_item(&census, &item);
    uint32_t pre_digests = census.babe_pre_digests + census.aura_pre_digests;
    return flag(census.seals > 0 && !census.last_is_seal, MOTE_ODDITY_SEAL_NOT_LAST) |
           flag(census.seals > 1, MOTE_ODDITY_SEVERAL_SEALS) |
           flag(census.babe_pre_digests > 1, MOTE_ODDITY_SEVERAL_BABE_PRE_DIGESTS) |
           flag(census.aura_pre_digests > 1, MOTE_ODDITY_SEVERAL_AURA_PRE_DIGESTS) |
           flag(census.next_epochs > 1, MOTE_ODDITY_SEVERAL_NEXT_EPOCHS) |
           flag(census.next_configs > 1, MOTE_ODDITY_SEVERAL_NEXT_CONFIGS) |
           flag(census.next_configs > 0 && census.next_epochs == 0,
                MOTE_ODDITY_CONFIG_WITHOUT_EPOCH) |
           flag(census.seal_size_wrong, MOTE_ODDITY_SEAL_SIZE) |
           flag(header->number > 0 && pre_digests == 0, MOTE_ODDITY_NO_PRE_DIGEST) |
           flag(header->number == 0 && pre_digests > 0, MOTE_ODDITY_PRE_DIGEST_IN_GENESIS);
}
