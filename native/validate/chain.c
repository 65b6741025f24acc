/* SPDX-License-Identifier: Apache-2.0 */
#include "chain.h"

#include <stdlib.h>
#include <string.h>

#include "../app.h"
#include "mote/hash.h"

#define BATCH 32u

void chain_open(chain *chain, const spec *spec) {
    memset(chain, 0, sizeof *chain);
    chain->spec = spec;
    chain->slot_now = UINT64_MAX;
    chain->voters = memory_take(MOTE_MAX_AUTHORITIES, sizeof *chain->voters);
    chain->ahead = memory_take(CHAIN_AHEAD, sizeof *chain->ahead);
    if (spec == NULL)
        chain->why_not = "no genesis state or chain spec of this chain was given (--spec)";
}

void chain_close(chain *chain) {
    free(chain->voters);
    free(chain->ahead);
    chain->voters = NULL;
    chain->ahead = NULL;
}

/* --- where it starts -------------------------------------------------------------------------------------- */
static const mote_bytes *spec_value(const spec *spec, mote_bytes key) {
    for (size_t i = 0; i < spec->count; i++) {
        if (mote_bytes_equal(spec->entries[i].key, key)) return &spec->entries[i].value;
    }
    return NULL;
}

static const mote_bytes *spec_item(const spec *spec, const char *pallet, const char *item) {
    uint8_t key[32];
    mote_storage_prefix(key, (mote_bytes){(const uint8_t *)pallet, strlen(pallet)},
                        (mote_bytes){(const uint8_t *)item, strlen(item)});
    return spec_value(spec, (mote_bytes){key, sizeof key});
}

bool chain_first_set(const spec *spec, mote_context *context, mote_authority_list *out) {
    static const char *const well_known = ":grandpa_authorities";
    const mote_bytes *value = spec_item(spec, "Grandpa", "Authorities");
    if (value == NULL)
        value = spec_value(spec, (mote_bytes){(const uint8_t *)well_known, strlen(well_known)});
    return value != NULL && mote_authority_list_decode(context, out, *value) == MOTE_OK;
}

/* Set 0 is announced by no header. */
static void begin_beefy(chain *chain) {
    const mote_bytes *keys = spec_item(chain->spec, "Beefy", "Authorities");
    const mote_bytes *id = spec_item(chain->spec, "Beefy", "ValidatorSetId");
    if (keys == NULL) return;
    chain->beefy_sets[0].keys = *keys;
    chain->beefy_sets[0].id = id != NULL && id->size == 8 ? mote_load_u64(id->data) : 0;
    chain->beefy_sets[0].counts = true;
    chain->beefy_set_count = 1;
}

static bool begin_babe(chain *chain, mote_context *context, const mote_hash *genesis,
                       uint64_t epoch_slots) {
    /* Constants of the first runtimes of live chains; a state with an EpochConfig says better. */
    mote_babe_configuration configuration = {.slot_milliseconds = 6000,
                                             .epoch_slots = epoch_slots == 0 ? 1 : epoch_slots,
                                             .c_numerator = 1,
                                             .c_denominator = 4,
                                             .allowed_slots = MOTE_BABE_AND_SECONDARY_PLAIN};
    if (mote_babe_configuration_from_state(context, &configuration, chain->spec->entries,
                                           chain->spec->count) != MOTE_OK) {
        return false;
    }
    chain->consensus = CHAIN_BABE;
    if (epoch_slots == 0) {
        chain->why_not = "how many slots an epoch has is not known (--epoch-slots)";
    } else if (mote_babe_at_genesis(context, &chain->babe, genesis, &configuration) != MOTE_OK) {
        chain->why_not = "the genesis state's BABE configuration is not sound";
    }
    return true;
}

static bool begin_aura(chain *chain, mote_context *context, const mote_hash *genesis) {
    const mote_bytes *list = spec_item(chain->spec, "Aura", "Authorities");
    mote_aura_authorities authorities;
    if (list == NULL) return false;
    chain->consensus = CHAIN_AURA;
    if (mote_aura_authorities_assume(context, &authorities, MOTE_AURA_SR25519, *list, genesis, 0) !=
            MOTE_OK ||
        mote_aura_at(context, &chain->aura, &authorities, NULL, MOTE_AURA_SEVERAL_BLOCKS_A_SLOT) !=
            MOTE_OK) {
        chain->why_not = "the genesis state's Aura authorities are not sound";
    }
    return true;
}

void chain_begin(chain *chain, mote_context *context, const mote_hash *genesis,
                 uint64_t epoch_slots) {
    if (chain->spec == NULL) return;
    chain->has_set = chain_first_set(chain->spec, context, &chain->set);
    begin_beefy(chain);
    if (!begin_babe(chain, context, genesis, epoch_slots) && !begin_aura(chain, context, genesis)) {
        chain->why_not = "the chain has neither BABE nor Aura: its blocks are only followed";
    }
}

/* --- where it starts in the middle ---------------------------------------------------------------------------- */
bool chain_read_item(mote_context *context, mote_bytes *out, const mote_proof *proof,
                     const char *pallet, const char *item) {
    uint8_t key[32];
    mote_proven_value value;
    mote_trie_view view = mote_proof_main(proof);
    mote_storage_prefix(key, (mote_bytes){(const uint8_t *)pallet, strlen(pallet)},
                        (mote_bytes){(const uint8_t *)item, strlen(item)});
    if (mote_trie_read(context, &value, &view, (mote_bytes){key, sizeof key}) != MOTE_OK ||
        value.state != MOTE_VALUE_PRESENT) {
        return false;
    }
    *out = value.value;
    return true;
}

void chain_link_to(chain *chain, const mote_header *header) {
    chain->last = *header;
    chain->has_last = true;
    chain->begin = header->number;
}

/* A change that waits for its block is in no header to come: then the set is not known. */
static void read_grandpa(chain *chain, mote_context *context, const mote_proof *proof) {
    mote_bytes id, list, change;
    chain->has_set = chain_read_item(context, &list, proof, "Grandpa", "Authorities") &&
                     chain_read_item(context, &id, proof, "Grandpa", "CurrentSetId") &&
                     id.size == 8 &&
                     !chain_read_item(context, &change, proof, "Grandpa", "PendingChange") &&
                     mote_authority_list_decode(context, &chain->set, list) == MOTE_OK;
    if (chain->has_set) chain->set_id = mote_load_u64(id.data);
}

static void read_beefy(chain *chain, mote_context *context, const mote_proof *proof) {
    mote_bytes id, keys;
    if (!chain_read_item(context, &keys, proof, "Beefy", "Authorities") ||
        !chain_read_item(context, &id, proof, "Beefy", "ValidatorSetId") || id.size != 8) {
        return;
    }
    chain->beefy_sets[0].keys = keys;
    chain->beefy_sets[0].id = mote_load_u64(id.data);
    chain->beefy_sets[0].counts = true;
    chain->beefy_set_count = 1;
}

static bool read_babe(chain *chain, mote_context *context, const mote_proof *proof,
                      uint64_t epoch_slots) {
    mote_status status = mote_babe_at_state(context, &chain->babe, proof, epoch_slots);
    if (status == MOTE_E_CONSENSUS_UNKNOWN) return false;
    chain->consensus = CHAIN_BABE;
    if (epoch_slots == 0) {
        chain->why_not = "how many slots an epoch has is not known (--epoch-slots)";
    } else if (status != MOTE_OK) {
        chain->why_not = "the state before the range has no epoch of this length, or no sound one";
    }
    return true;
}

static bool read_aura(chain *chain, mote_context *context, const mote_proof *proof) {
    mote_bytes list;
    mote_aura_authorities authorities;
    if (!chain_read_item(context, &list, proof, "Aura", "Authorities")) return false;
    chain->consensus = CHAIN_AURA;
    if (mote_aura_authorities_assume(context, &authorities, MOTE_AURA_SR25519, list,
                                     &chain->last.hash, chain->last.number) != MOTE_OK ||
        mote_aura_at(context, &chain->aura, &authorities, &chain->last,
                     MOTE_AURA_SEVERAL_BLOCKS_A_SLOT) != MOTE_OK) {
        chain->why_not = "the Aura authorities of the state before the range are not sound";
    }
    return true;
}

void chain_begin_at(chain *chain, mote_context *context, const mote_proof *proof,
                    uint64_t epoch_slots) {
    chain->why_not = NULL;
    read_grandpa(chain, context, proof);
    read_beefy(chain, context, proof);
    if (!read_babe(chain, context, proof, epoch_slots) && !read_aura(chain, context, proof))
        chain->why_not = "the chain has neither BABE nor Aura: its blocks are only followed";
}

/* How many epochs lie between slots does not matter: a block announces the next epoch if and only if its own is another
 * one than its parent's. Block 1 begins epoch 0. */
static bool epoch_fits(const mote_header *headers, size_t count, uint64_t length) {
    uint64_t first = 0, slot, before = 0;
    for (size_t i = 0; i < count; i++) {
        mote_babe_digest digest;
        mote_context context;
        uint8_t memory[64], seed[32] = {0};
        mote_context_init(&context, memory, sizeof memory, seed);
        if (headers[i].number == 0) continue;
        if (mote_babe_digest_read(&context, &digest, &headers[i]) != MOTE_OK) return false;
        slot = digest.pre_digest.slot;
        if (headers[i].number == 1) {
            first = slot;
            if (!digest.has_next_epoch) return false;
        } else {
            bool begins = (slot - first) / length != (before - first) / length;
            if (begins != digest.has_next_epoch) return false;
        }
        before = slot;
    }
    return true;
}

uint64_t chain_guess_epoch(const mote_header *headers, size_t count) {
    /* Those in use, longest first, so that a short run takes a live chain's; then any. */
    static const uint64_t known[] = {600, 2400, 20, 10, 100, 200, 14400};
    uint64_t slot;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (epoch_fits(headers, count, known[i])) return known[i];
    }
    if (count == 0 || !mote_header_babe_slot(&headers[count - 1], &slot)) return 0;
    for (uint64_t length = 2; length <= 1000; length++) {
        if (epoch_fits(headers, count, length)) return length;
    }
    return 0;
}

/* --- sets ------------------------------------------------------------------------------------------------- */
bool chain_grandpa_set(chain *chain, mote_context *context, mote_authority_set *out) {
    return chain->has_set &&
           mote_authority_set_build(context, out, chain->voters, MOTE_MAX_AUTHORITIES, &chain->set,
                                    chain->set_id, MOTE_ASSUMED_NOTHING) == MOTE_OK;
}

static void note_grandpa_change(chain *chain, const mote_header *header) {
    mote_grandpa_log log;
    if (mote_header_find_grandpa_log(header, &log, MOTE_GRANDPA_SCHEDULED_CHANGE)) {
        chain->has_change = true;
        chain->change = log.next;
        chain->change_at = mote_grandpa_log_height(&log, header->number);
        chain->change_counts = chain->author_holds;
    }
    if (chain->final == header->number) chain->change_counts = true;
    if (!chain->has_change || header->number < chain->change_at) return;
    /* The set before it makes nothing final any more, so that it never will count. */
    if (!chain->change_counts) chain->has_set = false;
    chain->set = chain->change;
    chain->set_id++;
    chain->has_change = false;
}

/* BEEFY's consensus log: 01 AuthoritiesChange (Vec<[u8; 33]>, id u64). */
static void note_beefy_change(chain *chain, const mote_header *header) {
    mote_digest_item item;
    mote_digest_iterator items = mote_digest_items(header);
    while (mote_digest_next(&items, &item)) {
        if (item.kind != MOTE_DIGEST_CONSENSUS || memcmp(item.engine, "BEEF", 4) != 0) continue;
        mote_cursor cursor = mote_cursor_over(item.payload);
        if (mote_read_u8(&cursor) != 1) continue;
        const uint8_t *begin = cursor.at;
        uint32_t count = mote_read_count(&cursor, MOTE_BEEFY_KEY_SIZE, MOTE_BEEFY_MAX_VALIDATORS);
        (void)mote_read_span(&cursor, (size_t)count * MOTE_BEEFY_KEY_SIZE);
        mote_bytes keys = {begin, (size_t)(cursor.at - begin)};
        uint64_t id = mote_read_u64(&cursor);
        if (cursor.status != MOTE_OK) continue;
        uint32_t at = chain->beefy_set_count++ % CHAIN_BEEFY_SETS;
        chain->beefy_sets[at].id = id;
        chain->beefy_sets[at].keys = keys;
        chain->beefy_sets[at].from = header->number;
        chain->beefy_sets[at].counts = chain->author_holds;
    }
}

/* A final block is the chain's, whoever made it. */
static void note_final(chain *chain, const mote_header *header) {
    chain->final = header->number;
    for (uint32_t i = 0; i < CHAIN_BEEFY_SETS; i++) chain->beefy_sets[i].counts = true;
}

bool chain_mmr_root(mote_hash *out, const mote_header *header) {
    mote_digest_item item;
    mote_digest_iterator items = mote_digest_items(header);
    while (mote_digest_next(&items, &item)) {
        if (item.kind != MOTE_DIGEST_CONSENSUS || memcmp(item.engine, "BEEF", 4) != 0) continue;
        if (item.payload.size != 33 || item.payload.data[0] != 3) continue;
        memcpy(out->bytes, item.payload.data + 1, 32);
        return true;
    }
    return false;
}

bool chain_beefy_set(const chain *chain, mote_context *context, mote_beefy_set *out, uint64_t id) {
    uint32_t count = chain->beefy_set_count;
    if (count > CHAIN_BEEFY_SETS) count = CHAIN_BEEFY_SETS;
    for (uint32_t i = 0; i < count; i++) {
        if (chain->beefy_sets[i].id != id || !chain->beefy_sets[i].counts) continue;
        return mote_beefy_set_decode(context, out, chain->beefy_sets[i].keys, id,
                                     MOTE_ASSUMED_NOTHING) == MOTE_OK;
    }
    return false;
}

/* --- one block -------------------------------------------------------------------------------------------- */
static void judge_grandpa(worker *worker, const job *job, chain *chain, uint32_t number,
                          const mote_header *header, mote_bytes bytes) {
    mote_authority_set set;
    mote_finalized_block block;
    mote_justification_report report;
    if (!chain_grandpa_set(chain, &worker->context, &set)) {
        unchecked(worker, job, number, RULE_JUSTIFICATION, "its authority set is not known");
        return;
    }
    double begun = worker_clock();
    mote_status status =
        mote_justification_verify(&worker->context, &block, &report, &set, bytes, header);
    worked(worker, WORK_SIGNATURES, report.precommits, worker_clock() - begun);
    judged(worker, job, number, RULE_JUSTIFICATION, status);
    if (status == MOTE_OK) note_final(chain, header);
}

static void judge_beefy(worker *worker, const job *job, chain *chain, uint32_t number,
                        const mote_header *header, mote_bytes bytes) {
    mote_beefy_proof proof;
    mote_beefy_set set;
    mote_beefy_finalized finalized;
    mote_beefy_report report;
    mote_status status = mote_beefy_proof_decode(&worker->context, &proof, bytes);
    if (status == MOTE_OK) {
        if (!chain_beefy_set(chain, &worker->context, &set, proof.commitment.set_id)) {
            unchecked(worker, job, number, RULE_BEEFY,
                      "the header that announced its set is not here");
            return;
        }
        double begun = worker_clock();
        status = mote_beefy_verify(&worker->context, &finalized, &report, &set, bytes);
        worked(worker, WORK_SIGNATURES, report.signatures, worker_clock() - begun);
    }
    if (status == MOTE_OK && proof.commitment.block_number != header->number) {
        failed(worker, job, number, RULE_BEEFY, "attached to block %u, and about block %u",
               (unsigned)header->number, (unsigned)proof.commitment.block_number);
        return;
    }
    judged(worker, job, number, RULE_BEEFY, status);
}

static void judge_link(worker *worker, const job *job, chain *chain, uint32_t number,
                       const mote_header *header) {
    if (!chain->has_last) return;
    mote_status status = mote_header_check_parent(&worker->context, header, &chain->last);
    judged(worker, job, number, RULE_HEADER_LINK, status);
    if (status != MOTE_OK) chain_break_off(chain, "a block before it is missing");
}

void chain_follow(worker *worker, const job *job, chain *chain, const chain_block *block) {
    mote_header header;
    if (mote_header_decode(&worker->context, &header, block->header) != MOTE_OK) {
        chain_break_off(chain, "an earlier block does not decode");
        return;
    }
    judge_link(worker, job, chain, block->number, &header);
    if (header.number > 0) {
        chain_follow_author(worker, job, chain, block->number, &header);
        if (!chain->broken) note_beefy_change(chain, &header);
        if (block->grandpa.size > 0) {
            judge_grandpa(worker, job, chain, block->number, &header, block->grandpa);
        }
        if (block->beefy.size > 0) {
            judge_beefy(worker, job, chain, block->number, &header, block->beefy);
        }
        if (!chain->broken) note_grandpa_change(chain, &header);
    }
    chain->last = header;
    chain->has_last = true;
}

/* Headers that a file vouches for. */
void chain_note(chain *chain, const mote_header *header) {
    chain->author_holds = true;
    note_beefy_change(chain, header);
    note_grandpa_change(chain, header);
}

/* --- a block by itself ------------------------------------------------------------------------------------ */

static void judge_body(worker *worker, const job *job, const chain_block *block,
                       const mote_header *header) {
    mote_state_version version;
    double begun = worker_clock();
    size_t size = 0;
    for (size_t i = 0; i < block->extrinsic_count; i++) size += block->extrinsics[i].size;
    mote_status status = mote_body_find_version(&worker->context, &version, header,
                                                block->extrinsics, block->extrinsic_count);
    worked(worker, WORK_TRIE_BYTES, (double)size, worker_clock() - begun);
    judged(worker, job, block->number, RULE_BODY, status);
}

void chain_block_alone(worker *worker, const job *job, const chain_block *block) {
    mote_header header;
    double begun = worker_clock();
    mote_status status = mote_header_decode(&worker->context, &header, block->header);
    worked(worker, WORK_HEADERS, 1, worker_clock() - begun);
    if (status == MOTE_OK && block->has_hash && !mote_hash_equal(&header.hash, &block->hash)) {
        failed(worker, job, block->number, RULE_HEADER,
               "header_hash: it has another hash than the one given");
    } else {
        judged(worker, job, block->number, RULE_HEADER, status);
    }
    if (status == MOTE_OK && block->has_body) judge_body(worker, job, block, &header);
    if (status == MOTE_OK && !block->has_body)
        unchecked(worker, job, block->number, RULE_BODY, "the block came without its body");
}

/* --- a document of blocks ---------------------------------------------------------------------------------- */
typedef struct blocks {
    const chain_block *items;
    size_t count;
    plan *plan;
    uint64_t epoch_slots;
} blocks;

static void run_batch(worker *worker, const job *job) {
    const blocks *list = job->data;
    for (uint32_t i = 0; i < list->count; i++) chain_block_alone(worker, job, &list->items[i]);
}

/* By the headers that are linked: what comes behind a gap says nothing. */
static uint64_t epoch_of(worker *worker, const blocks *list) {
    const arguments *args = &plan_app(list->plan)->args;
    mote_context *context = &worker->context;
    if (args->has_epoch_slots) return args->epoch_slots;
    mote_header *headers = memory_take(list->count + 1, sizeof *headers);
    size_t count = 0;
    while (count < list->count) {
        mote_header *header = &headers[count];
        if (mote_header_decode(context, header, list->items[count].header) != MOTE_OK) break;
        if (count > 0 && mote_header_check_parent(context, header, header - 1) != MOTE_OK) break;
        count++;
    }
    uint64_t length = chain_guess_epoch(headers, count);
    free(headers);
    return length;
}

static void run_chain(worker *worker, const job *job) {
    const blocks *list = job->data;
    chain chain;
    mote_header first;
    const spec *spec = NULL;
    mote_hash genesis;
    memset(&genesis, 0, sizeof genesis);
    if (mote_header_decode(&worker->context, &first, list->items[0].header) == MOTE_OK) {
        if (first.number == 0) genesis = first.hash;
        if (first.number == 1) genesis = first.parent_hash;
        if (first.number <= 1) spec = plan_spec(list->plan, &genesis);
    }
    chain_open(&chain, spec);
    if (spec == NULL && first.number > 1) chain.why_not = "the chain's first blocks are not here";
    chain_begin(&chain, &worker->context, &genesis, spec == NULL ? 0 : epoch_of(worker, list));
    for (size_t i = 0; i < list->count; i++) {
        chain_expect(worker, &chain, list->items + i, list->count - i);
        chain_follow(worker, job, &chain, &list->items[i]);
    }
    chain_close(&chain);
}

/* Runs of blocks whose numbers follow each other are chains; others are blocks by themselves. */
static bool follows(worker *worker, const chain_block *a, const chain_block *b) {
    mote_header first, second;
    return mote_header_decode(&worker->context, &first, a->header) == MOTE_OK &&
           mote_header_decode(&worker->context, &second, b->header) == MOTE_OK &&
           second.number == first.number + 1;
}

static void run_chains(worker *worker, const job *job) {
    const blocks *list = job->data;
    size_t begin = 0;
    for (size_t i = 1; i <= list->count; i++) {
        if (i < list->count && follows(worker, &list->items[i - 1], &list->items[i])) continue;
        blocks part = {list->items + begin, i - begin, list->plan, 0};
        struct job job_of_part = *job;
        job_of_part.data = &part;
        run_chain(worker, &job_of_part);
        begin = i;
    }
}

static size_t body_memory(const chain_block *blocks, size_t count) {
    size_t most = 0;
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].extrinsic_count > most) most = blocks[i].extrinsic_count;
    }
    return 2 * mote_trie_root_memory(most, 16) + 65536;
}

/* The numbers of the cases that a job has, lowest and how many from there on. */
static void cases_of(job *job, const chain_block *items, size_t count) {
    uint32_t low = items[0].number, high = low;
    for (size_t i = 1; i < count; i++) {
        if (items[i].number < low) low = items[i].number;
        if (items[i].number > high) high = items[i].number;
    }
    job->first = low;
    job->cases = high - low + 1;
}

void chain_submit(plan *plan, document *document, const chain_block *items, size_t count) {
    for (size_t at = 0; at < count; at += BATCH) {
        size_t size = count - at < BATCH ? count - at : BATCH;
        blocks *list = document_take(document, 1, sizeof *list);
        *list = (blocks){items + at, size, plan, 0};
        job job = {NULL, document, 0, 0, run_batch, list, body_memory(items + at, size)};
        cases_of(&job, items + at, size);
        submit(plan, &job);
    }
    if (count == 0) return;
    size_t largest = 0;
    for (size_t i = 0; i < count; i++) {
        if (items[i].grandpa.size > largest) largest = items[i].grandpa.size;
    }
    blocks *list = document_take(document, 1, sizeof *list);
    *list = (blocks){items, count, plan, 0};
    job job = {NULL,
               document,
               0,
               0,
               run_chains,
               list,
               mote_justification_memory(largest, MOTE_MAX_AUTHORITIES) + (1u << 20)};
    cases_of(&job, items, count);
    submit(plan, &job);
}
