/* SPDX-License-Identifier: Apache-2.0 */
#include "describe.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "app.h"
#include "moment.h"
#include "trust.h"

#define SHOWN 48u

/* --- digest items ------------------------------------------------------------------------------------------------ */
static const char *kind_name(mote_digest_kind kind) {
    switch (kind) {
    case MOTE_DIGEST_OTHER: return "other";
    case MOTE_DIGEST_CONSENSUS: return "consensus";
    case MOTE_DIGEST_SEAL: return "seal";
    case MOTE_DIGEST_PRE_RUNTIME: return "pre-runtime";
    case MOTE_DIGEST_ENVIRONMENT_UPDATED: return "environment-updated";
    }
    return "unknown";
}

/* "BABE", or hex where it is not readable; NULL for kinds without an engine. */
static const char *engine_name(app *app, const mote_digest_item *item) {
    bool has_engine = item->kind == MOTE_DIGEST_CONSENSUS || item->kind == MOTE_DIGEST_SEAL ||
                      item->kind == MOTE_DIGEST_PRE_RUNTIME;
    if (!has_engine) return NULL;
    for (size_t i = 0; i < sizeof item->engine; i++) {
        if (!isalnum(item->engine[i])) return app_hex(app, (mote_bytes){item->engine, 4});
    }
    return app_text(app, "%.4s", (const char *)item->engine);
}

static const char *log_name(mote_grandpa_log_kind kind) {
    switch (kind) {
    case MOTE_GRANDPA_SCHEDULED_CHANGE: return "scheduled-change";
    case MOTE_GRANDPA_FORCED_CHANGE: return "forced-change";
    case MOTE_GRANDPA_ON_DISABLED: return "on-disabled";
    case MOTE_GRANDPA_PAUSE: return "pause";
    case MOTE_GRANDPA_RESUME: return "resume";
    }
    return "unknown";
}

static bool grandpa_log(const mote_digest_item *item, mote_grandpa_log *log) {
    return item->kind == MOTE_DIGEST_CONSENSUS && memcmp(item->engine, "FRNK", 4) == 0 &&
           mote_grandpa_log_decode(log, item->payload);
}

static json_t *grandpa_json(app *app, const mote_digest_item *item) {
    mote_grandpa_log log;
    if (!grandpa_log(item, &log)) return json_null();
    bool change =
        log.kind == MOTE_GRANDPA_SCHEDULED_CHANGE || log.kind == MOTE_GRANDPA_FORCED_CHANGE;
    json_t *out = json_object();
    json_object_set_new(out, "log", json_string(log_name(log.kind)));
    json_object_set_new(
        out, "delay", log.kind == MOTE_GRANDPA_ON_DISABLED ? json_null() : json_integer(log.delay));
    json_object_set_new(out, "authorities",
                        change ? describe_authorities_json(app, &log.next) : json_null());
    json_object_set_new(out, "median_last_finalized",
                        log.kind == MOTE_GRANDPA_FORCED_CHANGE
                            ? json_integer(log.median_last_finalized)
                            : json_null());
    json_object_set_new(out, "authority_index",
                        log.kind == MOTE_GRANDPA_ON_DISABLED ? json_u64(log.authority_index)
                                                             : json_null());
    return out;
}

static json_t *item_json(app *app, const mote_digest_item *item) {
    const char *engine = engine_name(app, item);
    json_t *out = json_object();
    json_object_set_new(out, "kind", json_string(kind_name(item->kind)));
    json_object_set_new(out, "engine", engine == NULL ? json_null() : json_string(engine));
    json_object_set_new(out, "payload", json_hex(app, item->payload));
    json_object_set_new(out, "grandpa", grandpa_json(app, item));
    return out;
}

static void item_text(app *app, const mote_digest_item *item) {
    const char *engine = engine_name(app, item);
    mote_grandpa_log log;
    say(app, "    %-12s %-10s ", kind_name(item->kind), engine == NULL ? "" : engine);
    if (grandpa_log(item, &log) && log.kind == MOTE_GRANDPA_ON_DISABLED) {
        say(app, "%s: authority %" PRIu64 "\n", log_name(log.kind), log.authority_index);
    } else if (grandpa_log(item, &log)) {
        say(app, "%s: delay %" PRIu32 ", %" PRIu32 " authorities\n", log_name(log.kind), log.delay,
            log.next.count);
    } else if (item->payload.size > SHOWN) {
        say(app, "%s... (%zu bytes)\n", app_hex(app, (mote_bytes){item->payload.data, SHOWN}),
            item->payload.size);
    } else {
        say(app, "%s\n", app_hex(app, item->payload));
    }
}

/* --- headers ------------------------------------------------------------------------------------------------------- */
static bool find_slot(const mote_header *header, uint64_t *slot, const char **engine) {
    *engine = "BABE";
    if (mote_header_babe_slot(header, slot)) return true;
    *engine = "Aura";
    return mote_header_aura_slot(header, slot);
}

json_t *describe_header_json(app *app, const mote_header *header) {
    json_t *out = json_object();
    json_t *digest = json_array();
    uint64_t slot;
    const char *engine;
    bool has_slot = find_slot(header, &slot, &engine);
    mote_digest_iterator items = mote_digest_items(header);
    mote_digest_item item;
    while (mote_digest_next(&items, &item)) json_array_append_new(digest, item_json(app, &item));
    json_object_set_new(out, "hash", json_hash(app, &header->hash));
    json_object_set_new(out, "number", json_integer(header->number));
    json_object_set_new(out, "parent_hash", json_hash(app, &header->parent_hash));
    json_object_set_new(out, "state_root", json_hash(app, &header->state_root));
    json_object_set_new(out, "extrinsics_root", json_hash(app, &header->extrinsics_root));
    json_object_set_new(out, "slot", has_slot ? json_u64(slot) : json_null());
    json_object_set_new(out, "slot_engine", has_slot ? json_string(engine) : json_null());
    json_object_set_new(out, "digest", digest);
    return out;
}

void describe_header_text(app *app, const mote_header *header) {
    uint64_t slot;
    const char *engine;
    say(app, "  number           %" PRIu32 "\n", header->number);
    say(app, "  hash             %s\n", app_hash(app, &header->hash));
    say(app, "  parent           %s\n", app_hash(app, &header->parent_hash));
    say(app, "  state root       %s\n", app_hash(app, &header->state_root));
    say(app, "  extrinsics root  %s\n", app_hash(app, &header->extrinsics_root));
    if (find_slot(header, &slot, &engine)) {
        say(app, "  slot             %" PRIu64 " (%s)\n", slot, engine);
    }
    say(app, "  digest           %" PRIu32 " items\n", header->digest_count);
    mote_digest_iterator items = mote_digest_items(header);
    mote_digest_item item;
    while (mote_digest_next(&items, &item)) item_text(app, &item);
}

/* --- sets and checkpoints -------------------------------------------------------------------------------------------- */
json_t *describe_authorities_json(app *app, const mote_authority_list *list) {
    json_t *out = json_array();
    for (uint32_t i = 0; i < list->count; i++) {
        json_t *pair = json_array();
        json_array_append_new(pair, json_hex(app, (mote_bytes){mote_authority_key(list, i), 32}));
        json_array_append_new(pair, json_u64(mote_authority_weight(list, i)));
        json_array_append_new(out, pair);
    }
    return out;
}

json_t *describe_chain(const mote_chain *chain) {
    return chain == NULL ? json_null() : json_string(chain->name);
}

static json_t *known_hash(app *app, const mote_hash *hash) {
    static const mote_hash zero = {{0}};
    return mote_hash_equal(hash, &zero) ? json_null() : json_hash(app, hash);
}

/* A label is the file's own word. NULL where it is no name. */
static const char *label_of(app *app, const mote_checkpoint *checkpoint) {
    mote_bytes label = checkpoint->label;
    char *text =
        app_text(app, "%.*s", (int)label.size, label.size == 0 ? "" : (const char *)label.data);
    bool whole = strlen(text) == label.size;
    return whole && is_chain_label(text) ? text : NULL;
}

void describe_checkpoint(app *app, const mote_checkpoint *checkpoint) {
    mote_hash digest = mote_checkpoint_digest(checkpoint);
    const mote_chain *chain = checkpoint->chain;
    const char *label = label_of(app, checkpoint);
    report_detail(app, "chain", describe_chain(chain));
    report_detail(app, "label", label == NULL ? json_null() : json_string(label));
    report_detail(app, "genesis", known_hash(app, &checkpoint->genesis));
    report_detail(app, "digest", json_hash(app, &digest));
    report_detail(app, "set_id", json_u64(checkpoint->set.set_id));
    report_detail(app, "authorities", json_integer(checkpoint->set.listed));
    report_detail(app, "threshold", json_u64(checkpoint->set.threshold));
    report_detail(app, "total", json_u64(checkpoint->set.total));
    report_detail(app, "slot", checkpoint->has_slot ? json_u64(checkpoint->slot) : json_null());
    report_detail(app, "babe_epochs", json_integer(checkpoint->epoch_count));
    report_detail(app, "header", describe_header_json(app, &checkpoint->header));
    const char *name = label == NULL ? "not known" : app_text(app, "%s, not known to mote", label);
    say(app, "  chain            %s\n", chain == NULL ? name : chain->name);
    say(app, "  block            %" PRIu32 " %s\n", checkpoint->header.number,
        app_hash(app, &checkpoint->header.hash));
    say(app,
        "  set              %" PRIu64 " with %" PRIu32 " authorities (weight %" PRIu64 ", %" PRIu64
        " needed)\n",
        checkpoint->set.set_id, checkpoint->set.listed, checkpoint->set.total,
        checkpoint->set.threshold);
    if (checkpoint->has_slot) say(app, "  slot             %" PRIu64 "\n", checkpoint->slot);
    say(app, "  BABE epochs      %" PRIu32 "\n", checkpoint->epoch_count);
    say(app, "  digest           %s\n", app_hash(app, &digest));
}
