/* SPDX-License-Identifier: Apache-2.0 */
/* Who made the blocks of a chain: by those before them, block by block, and many at once where they are said to come. */
#include "chain.h"

void chain_break_off(chain *chain, const char *why) {
    chain->broken = true;
    chain->has_set = chain->has_change = false;
    if (chain->why_not == NULL) chain->why_not = why;
}

static void note_author(chain *chain, mote_status status) {
    chain->author_holds = status == MOTE_OK;
    if (status != MOTE_OK) chain_break_off(chain, "an earlier block does not hold");
}

/* A constant of the runtime says which signatures a chain has: the first block shows it, by itself. */
static bool is_scheme_known(const chain *chain) {
    return chain->consensus != CHAIN_AURA || chain->aura.number != chain->begin;
}

void chain_expect(worker *worker, chain *chain, const chain_block *blocks, size_t count) {
    size_t known = 0;
    mote_babe_position babe;
    mote_aura_position aura;
    mote_context *context = &worker->context;
    if (chain->ahead_at < chain->ahead_count || chain->why_not != NULL) return;
    if (!is_scheme_known(chain)) return;
    while (known < count && known < CHAIN_AHEAD) {
        mote_header *header = &chain->ahead[known];
        if (mote_header_decode(context, header, blocks[known].header) != MOTE_OK) break;
        known++;
    }
    double begun = worker_clock();
    mote_status status =
        chain->consensus == CHAIN_BABE
            ? mote_babe_advance_many(context, &babe, NULL, &chain->ahead_count, &chain->babe,
                                     chain->ahead, known, chain->slot_now)
            : mote_aura_advance_many(context, &aura, NULL, &chain->ahead_count, &chain->aura,
                                     chain->ahead, known, chain->slot_now);
    chain->ahead_at = 0;
    /* The first that does not hold says why when it comes. */
    if (status != MOTE_OK) mote_context_clear_fault(context);
    worked(worker, WORK_SIGNATURES, (double)chain->ahead_count, worker_clock() - begun);
}

/* Is it the block that was said to come, whose author holds? */
static bool was_expected(chain *chain, const mote_header *header) {
    if (chain->ahead_at == chain->ahead_count) return false;
    if (mote_hash_equal(&chain->ahead[chain->ahead_at++].hash, &header->hash)) return true;
    chain->ahead_at = chain->ahead_count = 0;
    return false;
}

static void follow_babe(worker *worker, const job *job, chain *chain, uint32_t number,
                        const mote_header *header) {
    mote_babe_digest digest;
    mote_status status;
    if (was_expected(chain, header)) {
        status = mote_babe_advance_unverified(&worker->context, &chain->babe, &digest, &chain->babe,
                                              header, chain->slot_now);
    } else {
        double begun = worker_clock();
        status = mote_babe_advance(&worker->context, &chain->babe, NULL, &chain->babe, header,
                                   chain->slot_now);
        worked(worker, WORK_SIGNATURES, 1, worker_clock() - begun);
    }
    judged(worker, job, number, RULE_BABE_CHAIN, status);
    note_author(chain, status);
}

static void follow_aura(worker *worker, const job *job, chain *chain, uint32_t number,
                        const mote_header *header) {
    mote_aura_digest digest;
    mote_status status;
    if (was_expected(chain, header)) {
        status = mote_aura_advance_unverified(&worker->context, &chain->aura, &digest, &chain->aura,
                                              header);
    } else {
        double begun = worker_clock();
        status = mote_aura_advance(&worker->context, &chain->aura, NULL, &chain->aura, header,
                                   chain->slot_now);
        if (status != MOTE_OK && !is_scheme_known(chain)) {
            chain->aura.authorities.scheme = MOTE_AURA_ED25519;
            status = mote_aura_advance(&worker->context, &chain->aura, NULL, &chain->aura, header,
                                       chain->slot_now);
        }
        worked(worker, WORK_SIGNATURES, 1, worker_clock() - begun);
    }
    judged(worker, job, number, RULE_AURA_CHAIN, status);
    note_author(chain, status);
}

void chain_follow_author(worker *worker, const job *job, chain *chain, uint32_t number,
                         const mote_header *header) {
    rule rule = chain->consensus == CHAIN_AURA ? RULE_AURA_CHAIN : RULE_BABE_CHAIN;
    chain->author_holds = false;
    if (chain->why_not != NULL) {
        unchecked(worker, job, number, rule, chain->why_not);
    } else if (chain->consensus == CHAIN_BABE) {
        follow_babe(worker, job, chain, number, header);
    } else {
        follow_aura(worker, job, chain, number, header);
    }
}
