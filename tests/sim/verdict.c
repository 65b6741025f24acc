/* SPDX-License-Identifier: Apache-2.0 */
/* Whether what the client says is true, by the world's tables; and whether it says enough. */
#include "run.h"

void sim_fail(sim_run *run, const char *format, ...) {
    if (sim_run_failed(run)) return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(run->failure, sizeof run->failure, format, arguments);
    va_end(arguments);
    sim_note(run, "FAILED: %s", run->failure);
}

void sim_note(sim_run *run, const char *format, ...) {
    if (!run->logs) return;
    va_list arguments;
    va_start(arguments, format);
    printf("%10.3f ", (double)(run->now - run->world->shape.start) / 1000);
    vprintf(format, arguments);
    printf("\n");
    va_end(arguments);
}

static sim_followed *followed_of(sim_run *run, mote_chain_id id) {
    for (uint32_t i = 0; i < run->followed_count; i++) {
        if (run->followed[i].id == id) return &run->followed[i];
    }
    sim_fail(run, "an event about a chain that there is not");
    return NULL;
}

static bool is_of(mote_bytes encoded, const mote_hash *hash) {
    mote_hash computed = libsodium_blake2b_256(encoded);
    return mote_hash_equal(&computed, hash);
}

/* --- relay blocks ---------------------------------------------------------------------------------------------------- */

/* The block that is said to be final, if it is. */
static const sim_block *final_block(sim_run *run, const sim_world *world, const mote_hash *hash,
                                    uint32_t number, const mote_hash *state_root) {
    const sim_block *block = sim_block_by_hash(&world->relay, hash);
    if (block == NULL || block->number != number ||
        !mote_hash_equal(&block->state_root, state_root)) {
        if (!run->may_conflict)
            sim_fail(run, "a block %u is said to be final that is none", number);
        return NULL;
    }
    if (sim_line_block(&world->relay, number) != block)
        sim_fail(run, "block %u beside the chain is said to be final", number);
    if (number > sim_finalized_at(world, run->now))
        sim_fail(run, "block %u is said to be final too early", number);
    return block;
}

static void judge_finalized(sim_run *run, sim_followed *relay, const mote_client_event *event) {
    const mote_finalized_header *header = &event->header;
    const sim_world *world = relay->chain->world;
    final_block(run, world, &header->hash, header->number, &header->state_root);
    if (mote_finalized_header_check(header) != MOTE_OK)
        sim_fail(run, "a final header is no evidence");
    if (!is_of(event->encoded_header, &header->hash))
        sim_fail(run, "a final header's bytes are others");
    if (event->justification.size == 0)
        sim_fail(run, "a final header comes without its justification");
    if (header->set_id != sim_set_of(world, header->number)->id && !run->may_conflict) {
        sim_fail(run, "block %u is said to be of set %llu", header->number,
                 (unsigned long long)header->set_id);
    }
    if (event->kind == MOTE_EVENT_HANDOVER) {
        relay->handovers++;
        relay->handover = header->number;
        run->counts.handovers++;
        if (sim_set_of(world, header->number)->to != header->number && !run->may_conflict)
            sim_fail(run, "block %u hands nothing over", header->number);
        return;
    }
    if (relay->has_head && header->number <= relay->number)
        sim_fail(run, "finality went from %u to %u", relay->number, header->number);
    if (header->number < relay->start->number) sim_fail(run, "finality is below the checkpoint");
    relay->has_head = true;
    relay->number = header->number;
    relay->heads++;
    run->counts.finalized++;
}

/* A best head that is said to be judged was made by whose turn it was: here, those are the blocks that there are. */
static void judge_best(sim_run *run, const sim_followed *followed, const mote_client_event *event) {
    run->counts.best++;
    if (!event->verified) return;
    const sim_block *block = sim_block_by_hash(followed->chain, &event->hash);
    run->counts.best_verified++;
    if (!followed->chain->world->shape.authored || !followed->chain->is_relay)
        sim_fail(run, "a best head is said to be judged that nobody can judge");
    else if (block == NULL || block->number != event->number)
        sim_fail(run, "a best head is said to be judged and is no block");
}

/* --- parachains ------------------------------------------------------------------------------------------------------- */

/* What relay blocks show of it. */
static const sim_para *shown(sim_run *run, const sim_followed *followed,
                             const mote_hash *relay_hash, uint32_t relay_number) {
    const sim_world *world = followed->chain->world;
    const sim_block *block = sim_block_by_hash(&world->relay, relay_hash);
    if (block == NULL || block->number != relay_number ||
        sim_line_block(&world->relay, relay_number) != block ||
        relay_number > sim_finalized_at(world, run->now)) {
        sim_fail(run,
                 "a parachain's head is said to be shown by relay block %u, which is not final",
                 relay_number);
        return NULL;
    }
    return sim_para_at(world, followed->chain->para, relay_number);
}

static void judge_progress(sim_run *run, const sim_followed *para, const mote_client_event *event,
                           const sim_block *head) {
    mote_para_progress progress = event->progress;
    if (para->block == SIM_NONE) {
        if (progress != MOTE_PARA_PROGRESS_NONE) sim_fail(run, "progress of a first head");
        return;
    }
    const sim_block *before = &para->chain->blocks[para->block];
    bool child = head->parent == para->block;
    bool replaced =
        head->number <= before->number || (head->number == before->number + 1 && !child);
    mote_para_progress expected = head == before ? MOTE_PARA_PROGRESS_NONE
                                  : child        ? MOTE_PARA_PROGRESS_CHILD
                                  : replaced     ? MOTE_PARA_PROGRESS_REPLACED
                                                 : MOTE_PARA_PROGRESS_AHEAD;
    if (progress != expected) {
        sim_fail(run, "a parachain's progress is %s and said to be %s",
                 mote_para_progress_name(expected), mote_para_progress_name(progress));
    }
}

static void judge_para_head(sim_run *run, sim_followed *para, const mote_client_event *event) {
    const sim_para *truth = shown(run, para, &event->para.relay_hash, event->para.relay_number);
    if (truth == NULL) return;
    const sim_block *head = truth->block == SIM_NONE ? NULL : &para->chain->blocks[truth->block];
    if (head == NULL || truth->opaque || !mote_hash_equal(&head->hash, &event->para.hash) ||
        head->number != event->para.number ||
        !mote_hash_equal(&head->state_root, &event->para.state_root) ||
        event->para.para_id != para->chain->para_id) {
        sim_fail(run, "parachain %u has no such head at relay block %u", para->chain->para_id,
                 event->para.relay_number);
        return;
    }
    if (event->header.number != event->para.relay_number)
        sim_fail(run, "the relay block of a parachain's head is another one");
    if (para->has_head && event->para.relay_number < para->number)
        sim_fail(run, "a parachain's head went back to relay block %u", event->para.relay_number);
    judge_progress(run, para, event, head);
    para->has_head = true;
    para->number = event->para.relay_number;
    para->block = truth->block;
    para->heads++;
    run->counts.para_heads++;
}

static void judge_para_gone(sim_run *run, sim_followed *para, const mote_client_event *event) {
    const sim_para *truth = shown(run, para, &event->header.hash, event->header.number);
    if (truth == NULL) return;
    bool gone = truth->block == SIM_NONE || truth->opaque;
    if (!gone || event->opaque != truth->opaque)
        sim_fail(run, "parachain %u is said to be gone", para->chain->para_id);
    if (!event->opaque && (uint8_t)event->lifecycle != truth->lifecycle)
        sim_fail(run, "a parachain's life is said to be %u and is %u", event->lifecycle,
                 truth->lifecycle);
    para->number = event->header.number;
    run->counts.para_gone++;
}

static void judge_para_lifecycle(sim_run *run, sim_followed *para, const mote_client_event *event) {
    const sim_para *truth = shown(run, para, &event->header.hash, event->header.number);
    if (truth != NULL && (uint8_t)event->lifecycle != truth->lifecycle)
        sim_fail(run, "a parachain's life is said to be %u and is %u", event->lifecycle,
                 truth->lifecycle);
}

/* Who is honest may lag, and never has another block where the relay chain shows one. */
static void judge_behind(sim_run *run, const mote_client_event *event) {
    for (uint32_t i = 0; i < run->peer_count; i++) {
        const sim_peer *peer = &run->peers[i];
        if (peer->source != event->source || !peer->is_honest ||
            event->why != MOTE_E_NOT_ON_FINAL_CHAIN)
            continue;
        /* A node here has one line of blocks from the beginning to the end, whatever heads were replaced meanwhile. */
        const sim_chain *chain = peer->node.chain;
        const sim_block *head = sim_block_by_hash(chain, &event->hash);
        if (head != NULL && head == sim_line_block(chain, head->number))
            sim_fail(run, "an honest source is said to be on a fork at %u", event->number);
    }
}

/* --- queries ----------------------------------------------------------------------------------------------------------- */

static sim_asked *asked_of(sim_run *run, mote_query_id id) {
    for (uint32_t i = 0; i < run->asked_count; i++) {
        if (run->asked[i].id == id && !run->asked[i].over) return &run->asked[i];
    }
    sim_fail(run, "an answer to what was not asked");
    return NULL;
}

/* A block whose state may be told: final, of the chain that was asked for. */
static const sim_block *state_block(sim_run *run, const sim_asked *asked,
                                    const mote_state_root *under) {
    const sim_world *world = asked->chain->world;
    const sim_block *block = sim_block_by_hash(asked->chain, &under->block_hash);
    if (block == NULL || block->number != under->block_number ||
        !mote_hash_equal(&block->state_root, &under->root)) {
        sim_fail(run, "a value of a state that is no block's");
        return NULL;
    }
    if (asked->query.has_at && !mote_hash_equal(&asked->query.at, &block->hash))
        sim_fail(run, "a value of another block than was asked for");
    if (asked->chain->is_relay)
        return final_block(run, world, &under->block_hash, under->block_number, &under->root);
    uint32_t relay = sim_finalized_at(world, run->now), lowest = relay > 600 ? relay - 600 : 0;
    for (;; relay--) {
        const sim_para *head = sim_para_at(world, asked->chain->para, relay);
        if (head->block != SIM_NONE &&
            sim_descends(asked->chain, &asked->chain->blocks[head->block], block))
            return block;
        if (relay == lowest) break;
    }
    sim_fail(run, "a value of a parachain's block that is not final");
    return NULL;
}

static void judge_value_is(sim_run *run, const sim_asked *asked, const sim_block *block,
                           mote_bytes key, const mote_proven_value *value) {
    uint8_t truth[SIM_MAX_VALUE];
    size_t size;
    const mote_bytes *child = asked->query.child_key.size > 0 ? &asked->query.child_key : NULL;
    if (child == NULL && mote_trie_is_child_root_key(key)) return;
    bool there = sim_value(asked->chain, child, key, block->content, truth, &size);
    mote_bytes expected = {truth, size};
    bool right =
        value->state == MOTE_VALUE_PRESENT     ? there && mote_bytes_equal(value->value, expected)
        : value->state == MOTE_VALUE_ABSENT    ? !there
        : value->state == MOTE_VALUE_HASH_ONLY ? there && is_of(expected, &value->value_hash)
                                               : false;
    if (!right) sim_fail(run, "a value of block %u is another one", block->number);
}

/* A subscription answers again where an answer is another one. */
static void judge_change(sim_asked *asked, const mote_client_event *event) {
    uint8_t digest[16], state = (uint8_t)event->value.state;
    uint8_t *before = asked->digests[event->key_index];
    crypto_generichash(digest, sizeof digest, event->value.value.data, event->value.value.size,
                       NULL, 0);
    digest[0] ^= state;
    if (memcmp(digest, before, sizeof digest) != 0) asked->changed = true;
    memcpy(before, digest, sizeof digest);
}

static void judge_value(sim_run *run, const mote_client_event *event) {
    sim_asked *asked = asked_of(run, event->query);
    run->counts.values++;
    if (asked == NULL) return;
    const sim_block *block = state_block(run, asked, &event->value.under);
    if (block == NULL) return;
    if (asked->at != NULL && asked->at != block && asked->query.kind == MOTE_QUERY_VALUES)
        sim_fail(run, "an answer of two blocks");
    asked->at = block;
    asked->values++;
    judge_value_is(run, asked, block, event->key, &event->value);
    if (asked->query.kind == MOTE_QUERY_LIST) {
        if (!mote_bytes_starts_with(event->key, asked->query.prefix))
            sim_fail(run, "a listed key is not under the prefix");
        append_vec_u8(&asked->listed, event->key);
        return;
    }
    if (event->key_index >= asked->query.key_count ||
        !mote_bytes_equal(event->key, asked->keys[event->key_index])) {
        sim_fail(run, "a value of a key that was not asked for");
    } else {
        judge_change(asked, event);
    }
}

/* The listed keys are those of the state, each once, in order. */
static void judge_list(sim_run *run, const sim_asked *asked, const sim_block *block) {
    sim_chain *chain = asked->chain;
    const mote_bytes *child = asked->query.child_key.size > 0 ? &asked->query.child_key : NULL;
    mote_state *state = sim_state_of(chain, block);
    mote_cursor cursor = mote_cursor_over(buffer_bytes(&asked->listed));
    mote_bytes key, before = {NULL, 0};
    bool found, first = true;
    for (;; first = false) {
        if (mote_state_next(&chain->world->context, &found, &key, state, child,
                            first ? NULL : &before, asked->query.prefix) != MOTE_OK)
            abort();
        if (!found) break;
        mote_bytes listed = mote_read_vec_u8(&cursor);
        if (cursor.status != MOTE_OK || !mote_bytes_equal(listed, key)) {
            sim_fail(run, "a list is said to be complete and is not");
            return;
        }
        before = listed;
    }
    if (mote_cursor_left(&cursor) > 0) sim_fail(run, "a list has keys that there are not");
}

/* Its proof is of what was listed so far. */
static void judge_page(sim_run *run, const mote_client_event *event) {
    const sim_asked *asked = asked_of(run, event->query);
    if (asked != NULL && (asked->query.kind != MOTE_QUERY_LIST || event->proof.size == 0))
        sim_fail(run, "a page of no list, or one without proof");
}

static void judge_answered(sim_run *run, const mote_client_event *event) {
    sim_asked *asked = asked_of(run, event->query);
    run->counts.answered++;
    if (asked == NULL) return;
    bool relay = asked->chain->is_relay;
    const mote_hash *hash = relay ? &event->header.hash : &event->para.hash;
    const sim_block *block = sim_block_by_hash(asked->chain, hash);
    if (block == NULL || (asked->at != NULL && asked->at != block)) {
        sim_fail(run, "an answer's block is another one");
        return;
    }
    if (asked->query.kind == MOTE_QUERY_VALUES && asked->values != asked->query.key_count)
        sim_fail(run, "%u values for %u keys", asked->values, asked->query.key_count);
    if (asked->query.kind == MOTE_QUERY_VALUES && event->proof.size == 0)
        sim_fail(run, "an answer without its proof");
    if (asked->query.kind == MOTE_QUERY_LIST && !event->complete)
        sim_fail(run, "a list that is answered and not complete");
    if (asked->query.kind == MOTE_QUERY_LIST && event->complete) judge_list(run, asked, block);
    asked->reached = relay ? event->header.number : event->para.relay_number;
    if (asked->query.kind == MOTE_QUERY_VALUES && asked->answers > 0 && !asked->changed)
        sim_fail(run, "a subscription gives the same answer again");
    asked->changed = false;
    asked->answers++;
    asked->values = 0;
    asked->at = NULL;
    asked->listed.size = 0;
    if (!asked->query.subscribe) asked->over = true;
}

static void judge_failed(sim_run *run, const mote_client_event *event) {
    sim_asked *asked = asked_of(run, event->query);
    run->counts.failed++;
    if (asked == NULL) return;
    asked->failures++;
    asked->why = event->why;
    asked->values = 0;
    asked->at = NULL;
    asked->listed.size = 0;
    if (!asked->query.subscribe) asked->over = true;
}

/* --- transactions -------------------------------------------------------------------------------------------------------- */

static void judge_inclusion(sim_run *run, const sim_sent *sent, const mote_client_event *event) {
    const mote_hash *hash = sent->chain->is_relay ? &event->header.hash : &event->para.hash;
    const sim_block *block = sim_block_by_hash(sent->chain, hash);
    mote_bytes body[SIM_MAX_BODY];
    if (block == NULL || event->index >= sim_body(sent->chain, block, body) ||
        !mote_bytes_equal(body[event->index], sent->extrinsic)) {
        sim_fail(run, "an extrinsic is said to be where it is not");
        return;
    }
    if (sent->chain->is_relay)
        final_block(run, sent->chain->world, hash, block->number, &block->state_root);
    uint8_t truth[SIM_MAX_VALUE];
    size_t size;
    bool there = sim_cell_value(sent->chain, &sent->chain->cells[0], block->content, truth, &size);
    if (event->events.size > 0 &&
        !(there && mote_bytes_equal(event->events, (mote_bytes){truth, size})))
        sim_fail(run, "a block's events are others");
    run->counts.included++;
}

static void judge_transaction(sim_run *run, const mote_client_event *event) {
    for (uint32_t i = 0; i < run->sent_count; i++) {
        sim_sent *sent = &run->sent[i];
        if (sent->id != event->transaction || sent->over) continue;
        sent->state = event->inclusion;
        sent->why = event->why;
        sent->over =
            event->inclusion == MOTE_INCLUSION_FINAL || event->inclusion == MOTE_INCLUSION_FAILED;
        if (event->inclusion == MOTE_INCLUSION_FINAL) judge_inclusion(run, sent, event);
        return;
    }
    sim_fail(run, "an event of a transaction that there is not");
}

/* --- events --------------------------------------------------------------------------------------------------------------- */

static void judge_conflict(sim_run *run, const mote_client_event *event) {
    run->counts.conflicts++;
    run->halted = true;
    run->conflict = event->header.hash;
    if (!run->may_conflict) sim_fail(run, "two final blocks where there is one chain");
}

void sim_verdict_event(sim_run *run, const mote_client_event *event) {
    sim_followed *followed = followed_of(run, event->chain);
    if (followed == NULL) return;
    sim_note(run, "%s chain %u number %u/%u/%u why %s phase %s", mote_event_name(event->kind),
             event->chain, event->header.number, event->para.number, event->number,
             mote_status_name(event->why), mote_chain_phase_name(event->status.phase));
    if (run->halted && event->kind != MOTE_EVENT_STATUS && event->kind != MOTE_EVENT_SOURCE &&
        event->kind != MOTE_EVENT_QUERY_FAILED && event->kind != MOTE_EVENT_CONFLICT &&
        event->kind != MOTE_EVENT_TRANSACTION) {
        sim_fail(run, "it goes on speaking (%s) after two blocks were shown to be final",
                 mote_event_name(event->kind));
    }
    switch (event->kind) {
    case MOTE_EVENT_STATUS: followed->phase = event->status.phase; break;
    case MOTE_EVENT_HANDOVER:
    case MOTE_EVENT_FINALIZED: judge_finalized(run, followed, event); break;
    case MOTE_EVENT_BEST: judge_best(run, followed, event); break;
    case MOTE_EVENT_PARA_HEAD: judge_para_head(run, followed, event); break;
    case MOTE_EVENT_PARA_GONE: judge_para_gone(run, followed, event); break;
    case MOTE_EVENT_PARA_LIFECYCLE: judge_para_lifecycle(run, followed, event); break;
    case MOTE_EVENT_VALUE: judge_value(run, event); break;
    case MOTE_EVENT_ANSWERED: judge_answered(run, event); break;
    case MOTE_EVENT_PAGE: judge_page(run, event); break;
    case MOTE_EVENT_BEHIND: judge_behind(run, event); break;
    case MOTE_EVENT_QUERY_FAILED: judge_failed(run, event); break;
    case MOTE_EVENT_TRANSACTION: judge_transaction(run, event); break;
    case MOTE_EVENT_CONFLICT: judge_conflict(run, event); break;
    case MOTE_EVENT_SAVED_REFUSED:
        run->counts.saves_refused++;
        if (!run->may_refuse_saved)
            sim_fail(run, "what it saved itself is refused: %s", mote_status_name(event->why));
        break;
    case MOTE_EVENT_AGE:
    case MOTE_EVENT_SOURCE: break;
    default: sim_fail(run, "an event of no kind"); break;
    }
}

/* --- at every step ---------------------------------------------------------------------------------------------------------- */

/* Nobody's lies halt it: only a forced change that lies before who stands where it does. */
static void judge_halted(sim_run *run, const sim_followed *followed,
                         const mote_chain_status *status) {
    const sim_start *start = followed->start;
    uint32_t forced = start->world->shape.forced_at;
    if (!followed->chain->is_relay || status->phase != MOTE_PHASE_HALTED) return;
    if (forced == 0 || start->number > forced + 2 || status->halted_by != MOTE_E_FORCED_CHANGE)
        sim_fail(run, "chain %u is halted: %s", followed->id, mote_status_name(status->halted_by));
}

static void judge_status(sim_run *run, const sim_followed *followed) {
    mote_chain_status status;
    if (followed->id == 0 || !mote_client_chain_status(run->client, &status, followed->id)) {
        sim_fail(run, "a chain has no status");
        return;
    }
    if (run->may_conflict) return;
    judge_halted(run, followed, &status);
    if (!status.has_head) return;
    const sim_block *block = sim_block_by_hash(followed->chain, &status.hash);
    if (block == NULL || block->number != status.number) {
        sim_fail(run, "a head that is no block");
    } else if (followed->chain->is_relay) {
        if (status.number < followed->number)
            sim_fail(run, "the head is at %u after %u", status.number, followed->number);
        final_block(run, followed->chain->world, &status.hash, status.number, &block->state_root);
    }
}

void sim_verdict_step(sim_run *run) {
    if (mote_client_most_used(run->client) > run->block_size)
        sim_fail(run, "more memory than there is");
    for (uint32_t i = 0; i < run->followed_count && !sim_run_failed(run); i++)
        judge_status(run, &run->followed[i]);
}

/* --- at the end ------------------------------------------------------------------------------------------------------------- */

#define NEWS_TRAVELS 20000u /* milliseconds: after that, it has to know */

static void judge_para_current(sim_run *run, const sim_followed *para, uint32_t behind) {
    const sim_world *world = para->chain->world;
    uint32_t finalized = sim_finalized_at(world, run->now);
    uint32_t known = sim_finalized_at(world, run->now - NEWS_TRAVELS);
    uint32_t oldest = known > behind ? known - behind : 0;
    mote_chain_status status = sim_run_status(run, para->chain);
    bool any = false;
    for (uint32_t number = oldest; number <= finalized; number++) {
        const sim_para *truth = sim_para_at(world, para->chain->para, number);
        bool gone = truth->block == SIM_NONE || truth->opaque;
        if (gone)
            any = true;
        else if (status.has_head &&
                 mote_hash_equal(&para->chain->blocks[truth->block].hash, &status.hash))
            any = true;
    }
    if (!any)
        sim_fail(run, "parachain %u: it knows %s%u", para->chain->para_id,
                 status.has_head ? "" : "nothing, not ", status.number);
}

static void judge_relay_current(sim_run *run, const sim_followed *relay, uint32_t behind) {
    uint32_t finalized = sim_finalized_at(relay->chain->world, run->now - NEWS_TRAVELS);
    mote_chain_status status = sim_run_status(run, relay->chain);
    if (status.has_head && status.number + behind >= finalized) return;
    sim_fail(run, "it is at %u (%s), the chain at %u, after %.1f s", status.number,
             mote_chain_phase_name(status.phase), finalized,
             (double)(run->now - run->world->shape.start) / 1000);
}

void sim_verdict_current(sim_run *run, uint32_t behind) {
    for (uint32_t i = 0; i < run->followed_count && !sim_run_failed(run); i++) {
        const sim_followed *followed = &run->followed[i];
        if (followed->chain->is_relay)
            judge_relay_current(run, followed, behind);
        else
            judge_para_current(run, followed, behind);
    }
}

/* A parachain that was away while it was asked about has no state to tell. */
static bool was_away(const sim_asked *asked) {
    if (asked->chain->is_relay) return false;
    const sim_world *world = asked->chain->world;
    uint32_t from = sim_finalized_at(world, asked->since),
             to = sim_finalized_at(world, asked->since + 2 * MOTE_QUERY_PATIENCE);
    for (uint32_t number = from > 20 ? from - 20 : 0; number <= to; number++) {
        const sim_para *head = sim_para_at(world, asked->chain->para, number);
        if (head->block == SIM_NONE || head->opaque) return true;
    }
    return false;
}

/* It may be too deep below the head by the time that there is one. */
static bool was_too_deep(const sim_asked *asked) {
    return asked->query.has_at && asked->why == MOTE_E_NOT_SHOWN;
}

/* Whoever asked for what an honest source has got an answer. */
void sim_verdict_answers(sim_run *run) {
    for (uint32_t i = 0; i < run->asked_count && !sim_run_failed(run); i++) {
        const sim_asked *asked = &run->asked[i];
        if (asked->answers > 0 || (asked->over && asked->failures == 0) || was_away(asked) ||
            was_too_deep(asked))
            continue;
        sim_fail(run, "query %u (%s of %s%u) has no answer after %.1f s: %u failures, %s", i,
                 asked->query.kind == MOTE_QUERY_LIST ? "list" : "values",
                 asked->chain->is_relay ? "relay " : "", asked->chain->para_id,
                 (double)(run->now - asked->since) / 1000, asked->failures,
                 mote_status_name(asked->why));
    }
}

static bool wastes_time(const sim_peer *peer) {
    switch (peer->node.lie) {
    case SIM_LIE_SILENT:
    case SIM_LIE_FLOOD:
    case SIM_LIE_GARBAGE:
    case SIM_LIE_DEEP:
    case SIM_LIE_NUMBERS:
    case SIM_LIE_HUGE:
    case SIM_LIE_ENDLESS:
    case SIM_LIE_TRUNCATED: return peer->node.often == 100;
    default: return false;
    }
}

#define HEARD_OF_WASTE 128u  /* messages of a connection on which nothing else came */
#define CLOSED_FOR_WASTE 60u /* times in the minutes of a run */

void sim_verdict_waste(sim_run *run, const sim_peer *peer) {
    if (wastes_time(peer) && peer->heard > HEARD_OF_WASTE)
        sim_fail(run, "source %u (%s) sent %u messages, and is still heard",
                 (uint32_t)(peer - run->peers), sim_lie_name(peer->node.lie), peer->heard);
}

void sim_verdict_liars(sim_run *run) {
    for (uint32_t i = 0; i < run->peer_count && !sim_run_failed(run); i++) {
        const sim_peer *peer = &run->peers[i];
        if (!wastes_time(peer) || peer->node.told < 40) continue;
        if (peer->closes + peer->drops == 0) {
            sim_fail(run, "source %u (%s) told %u lies and is still heard", i,
                     sim_lie_name(peer->node.lie), peer->node.told);
        }
        if (peer->closes > CLOSED_FOR_WASTE && !peer->dropped)
            sim_fail(run, "source %u (%s) was closed %u times, and is still let in", i,
                     sim_lie_name(peer->node.lie), peer->closes);
    }
}

/* A step does at most so much work; nothing that arrives is worth more than two of them. */
void sim_verdict_work(sim_run *run) {
    uint64_t seconds = (run->now - run->world->shape.start) / 1000;
    uint64_t most = 100 + 2 * (run->counts.messages + run->counts.requests + seconds);
    if (run->work != MOTE_STEP_WORK || sim_run_failed(run) || run->counts.steps <= most) return;
    sim_fail(run, "%llu steps for %llu messages", (unsigned long long)run->counts.steps,
             (unsigned long long)run->counts.messages);
}
