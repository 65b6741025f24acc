/* SPDX-License-Identifier: Apache-2.0 */
/* What a client does, as lines of text. sessions.mjs writes the same of mote-live.wasm. */
#include "session.h"

#include <inttypes.h>

#include <sodium.h>

/* --- parts of a line ------------------------------------------------------------------------------------------- */

static void put(session_log *log, const char *text) {
    append_span(&log->text, text, strlen(text));
}

static void put_number(session_log *log, uint64_t value) {
    char text[24];
    snprintf(text, sizeof text, " %" PRIu64, value);
    put(log, text);
}

static void put_word(session_log *log, const char *word) {
    put(log, " ");
    put(log, word);
}

static void put_hex(session_log *log, const uint8_t *bytes, size_t size) {
    char text[2 * 32 + 1];
    sodium_bin2hex(text, sizeof text, bytes, size);
    put_word(log, text);
}

static void put_hash(session_log *log, const mote_hash *hash) {
    put_hex(log, hash->bytes, 32);
}

static void put_bytes(session_log *log, mote_bytes bytes) {
    uint8_t digest[crypto_hash_sha256_BYTES];
    put_number(log, bytes.size);
    if (bytes.size == 0) return;
    crypto_hash_sha256(digest, bytes.data, bytes.size);
    put_hex(log, digest, 16);
}

static void begin_line(session_log *log, const char *word) {
    log->lines++;
    put(log, word);
}

static void end_line(session_log *log) {
    put(log, "\n");
}

/* --- calls ------------------------------------------------------------------------------------------------------- */

void session_log_opened(session_log *log, mote_status status) {
    begin_line(log, "open");
    put_number(log, status);
    end_line(log);
    log->chains = log->sources = 0;
}

void session_log_made(session_log *log, const char *what, mote_status status, uint32_t id) {
    begin_line(log, what);
    put_number(log, status);
    put_number(log, status == MOTE_OK ? id : 0);
    end_line(log);
    if (status != MOTE_OK) return;
    bool is_chain = strcmp(what, "relay") == 0 || strcmp(what, "parachain") == 0;
    if (is_chain && id > log->chains) log->chains = id;
    if (strcmp(what, "source") == 0 && id > log->sources) log->sources = id;
}

void session_log_step(session_log *log, const mote_client *client, uint64_t now, bool more) {
    begin_line(log, "step");
    put_number(log, now);
    put_number(log, more);
    put_number(log, mote_client_deadline(client));
    end_line(log);
}

/* --- how things stand ----------------------------------------------------------------------------------------------- */

static void put_age(session_log *log, const mote_age *age) {
    put_number(log, age->freshness);
    put_number(log, age->made_at);
    put_number(log, age->now);
    put_number(log, age->seconds);
    put_number(log, age->window_seconds);
    put_number(log, age->window_assumed);
}

static void put_chain(session_log *log, const mote_client *client, mote_chain_id id) {
    mote_chain_status chain;
    put_number(log, mote_client_chain_status(client, &chain, id));
    put_word(log, mote_chain_phase_name(chain.phase));
    put_number(log, chain.has_head);
    put_hash(log, &chain.hash);
    put_number(log, chain.number);
    put_number(log, chain.set_id);
    put_number(log, chain.claimed_number);
    put_number(log, chain.handovers);
    put_number(log, chain.has_lag);
    put_number(log, chain.lag_milliseconds);
    put_age(log, &chain.age);
    put_number(log, chain.assumed);
    put_number(log, chain.sources);
    put_number(log, chain.open_sources);
    put_number(log, chain.bytes_in);
    put_number(log, chain.bytes_out);
    put_number(log, chain.requests);
    put_number(log, chain.halted_by);
}

static void put_source(session_log *log, const mote_client *client, mote_source_id id) {
    mote_source_status source;
    put_number(log, mote_client_source_status(client, &source, id));
    put_number(log, source.open);
    put_number(log, source.usable);
    put_number(log, source.lags);
    put_number(log, source.claimed_number);
    put_number(log, source.latency);
    put_number(log, source.answers);
    put_number(log, source.refusals);
    put_number(log, source.timeouts);
    put_number(log, source.faults);
    put_number(log, source.last_fault);
    put_number(log, source.behind);
}

void session_log_end(session_log *log, const mote_client *client) {
    for (mote_chain_id id = 1; id <= log->chains; id++) {
        begin_line(log, "chain");
        put_number(log, id);
        put_chain(log, client, id);
        end_line(log);
    }
    for (mote_source_id id = 1; id <= log->sources; id++) {
        begin_line(log, "source-at-end");
        put_number(log, id);
        put_source(log, client, id);
        end_line(log);
    }
}

/* --- events ----------------------------------------------------------------------------------------------------------- */

static void put_relay_place(session_log *log, const mote_finalized_header *header) {
    put_number(log, 0);
    put_number(log, 0);
    put_hash(log, &header->hash);
    put_number(log, header->number);
    put_hash(log, &header->state_root);
    put_hash(log, &header->hash);
    put_number(log, header->number);
    put_number(log, header->assumed);
}

static void put_para_place(session_log *log, const mote_para_header *header) {
    put_number(log, 1);
    put_number(log, header->para_id);
    put_hash(log, &header->hash);
    put_number(log, header->number);
    put_hash(log, &header->state_root);
    put_hash(log, &header->relay_hash);
    put_number(log, header->relay_number);
    put_number(log, header->assumed);
}

static void put_place(session_log *log, const mote_client_event *event) {
    if (mote_para_header_check(&event->para) == MOTE_OK)
        put_para_place(log, &event->para);
    else
        put_relay_place(log, &event->header);
}

static void put_final(session_log *log, const mote_client_event *event) {
    const mote_justification_report *report = &event->report;
    uint32_t reported = report->equivocators < MOTE_REPORTED_EQUIVOCATORS
                            ? report->equivocators
                            : MOTE_REPORTED_EQUIVOCATORS;
    put_relay_place(log, &event->header);
    put_number(log, event->header.set_id);
    put_bytes(log, event->encoded_header);
    put_bytes(log, event->justification);
    put_number(log, report->round);
    put_number(log, report->set_id);
    put_hash(log, &report->target_hash);
    put_number(log, report->target_number);
    put_number(log, report->precommits);
    put_number(log, report->counted_voters);
    put_number(log, report->counted_weight);
    put_number(log, report->threshold);
    put_number(log, report->total);
    put_number(log, report->ancestry_headers);
    put_number(log, report->equivocators);
    put_bytes(log, (mote_bytes){report->equivocator[0], (size_t)reported * 32});
}

static void put_best(session_log *log, const mote_client_event *event) {
    put_hash(log, &event->hash);
    put_number(log, event->number);
    put_number(log, event->verified);
    put_number(log, event->reorganized);
}

static void put_value(session_log *log, const mote_client_event *event) {
    put_number(log, event->key_index);
    put_bytes(log, event->key);
    put_number(log, event->value.state);
    put_bytes(log, event->value.value);
    put_hash(log, &event->value.value_hash);
}

static void put_answered(session_log *log, const mote_client_event *event) {
    put_place(log, event);
    put_number(log, event->complete);
    put_bytes(log, event->proof);
    put_hash(log, &event->hash);
    put_number(log, event->number);
    put_bytes(log, event->ancestors);
    put_number(log, event->has_age);
    put_number(log, event->age_milliseconds);
    for (uint32_t i = 0; i < event->source_count; i++) put_number(log, event->sources[i]);
}

static void put_transaction(session_log *log, const mote_client_event *event) {
    put_number(log, event->inclusion);
    put_hash(log, &event->hash);
    put_number(log, event->number);
    put_place(log, event);
    put_number(log, event->index);
    put_bytes(log, event->events);
    put_bytes(log, event->words);
}

static void put_gone(session_log *log, const mote_client_event *event) {
    put_hash(log, &event->header.hash);
    put_number(log, event->header.number);
    put_word(log, mote_para_lifecycle_name(event->lifecycle));
    put_number(log, event->opaque);
}

static void put_detail(session_log *log, const mote_client *client,
                       const mote_client_event *event) {
    switch (event->kind) {
    case MOTE_EVENT_STATUS:
    case MOTE_EVENT_AGE: put_chain(log, client, event->chain); break;
    case MOTE_EVENT_HANDOVER:
    case MOTE_EVENT_FINALIZED:
    case MOTE_EVENT_CONFLICT: put_final(log, event); break;
    case MOTE_EVENT_BEHIND:
    case MOTE_EVENT_BEST: put_best(log, event); break;
    case MOTE_EVENT_PARA_HEAD:
        put_para_place(log, &event->para);
        put_word(log, mote_para_progress_name(event->progress));
        put_word(log, mote_para_lifecycle_name(event->lifecycle));
        break;
    case MOTE_EVENT_PARA_LIFECYCLE:
    case MOTE_EVENT_PARA_GONE: put_gone(log, event); break;
    case MOTE_EVENT_VALUE: put_value(log, event); break;
    case MOTE_EVENT_ANSWERED:
    case MOTE_EVENT_PAGE: put_answered(log, event); break;
    case MOTE_EVENT_TRANSACTION: put_transaction(log, event); break;
    default: break;
    }
}

static void count(session_log *log, const mote_client_event *event) {
    log->finalized += event->kind == MOTE_EVENT_FINALIZED;
    log->para_heads += event->kind == MOTE_EVENT_PARA_HEAD;
    log->answered += event->kind == MOTE_EVENT_ANSWERED;
    log->included +=
        event->kind == MOTE_EVENT_TRANSACTION && event->inclusion == MOTE_INCLUSION_FINAL;
}

static void put_event(session_log *log, const mote_client *client, const mote_client_event *event) {
    begin_line(log, "event");
    put_word(log, mote_event_name(event->kind));
    put_number(log, event->source);
    put_number(log, event->chain);
    put_number(log, event->why);
    put_number(log, event->query);
    put_number(log, event->transaction);
    put_detail(log, client, event);
    end_line(log);
    count(log, event);
}

void session_log_action(session_log *log, const mote_client *client, const mote_action *action) {
    static const char *const words[] = {"none", "send", "close", "drop", "save"};
    if (action->kind == MOTE_ACTION_EVENT) {
        put_event(log, client, &action->event);
        return;
    }
    begin_line(log, words[action->kind]);
    put_number(log, action->source);
    put_number(log, action->chain);
    put_number(log, action->why);
    if (action->kind == MOTE_ACTION_SEND) {
        put(log, " ");
        append_span(&log->text, action->bytes.data, action->bytes.size);
    } else {
        put_bytes(log, action->bytes);
    }
    end_line(log);
}

/* --- the whole ----------------------------------------------------------------------------------------------------------- */

session_digest session_log_digest(const session_log *log) {
    uint8_t digest[crypto_hash_sha256_BYTES];
    session_digest out;
    crypto_hash_sha256(digest, log->text.data, log->text.size);
    sodium_bin2hex(out.hex, sizeof out.hex, digest, sizeof digest);
    return out;
}

void session_log_free(session_log *log) {
    free(log->text.data);
    *log = (session_log){0};
}
