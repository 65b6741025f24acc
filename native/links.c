/* SPDX-License-Identifier: Apache-2.0 */
#include "links.h"

#include <inttypes.h>
#include <string.h>

#include "app.h"
#include "moment.h"

#define SHOWN_BYTES 4096u /* of a value, in text */

static const char *painted(app *app, const char *color, const char *word) {
    return app->color ? app_text(app, "\033[%sm%s\033[0m", color, word) : word;
}

const char *good(app *app, const char *word) {
    return painted(app, "32", word);
}

const char *bad(app *app, const char *word) {
    return painted(app, "31", word);
}

const char *dim(app *app, const char *word) {
    return painted(app, "2", word);
}

/* --- the same things from elsewhere ------------------------------------------------------------------------------ */
mote_link link_of_finality(const mote_finalized_block *block,
                           const mote_justification_report *report) {
    mote_link link;
    memset(&link, 0, sizeof link);
    link.kind = MOTE_LINK_FINALITY;
    link.hash = block->hash;
    link.number = block->number;
    link.set_id = block->set_id;
    link.report = *report;
    return link;
}

mote_link link_of_fragment(const mote_warp_link *fragment) {
    mote_link link;
    memset(&link, 0, sizeof link);
    link.kind = fragment->hands_over ? MOTE_LINK_HANDOVER : MOTE_LINK_FINALITY;
    link.index = fragment->index;
    link.hash = fragment->header.hash;
    link.number = fragment->header.number;
    link.state_root = fragment->header.state_root;
    link.set_id = fragment->header.set_id;
    link.report = fragment->report;
    link.hard_fork = fragment->hard_fork;
    link.next_set_id = fragment->next_set_id;
    link.next_authorities = fragment->next_authorities;
    return link;
}

/* --- JSON ----------------------------------------------------------------------------------------------------------- */
static bool is_zero(const mote_hash *hash) {
    static const mote_hash zero = {{0}};
    return mote_hash_equal(hash, &zero);
}

static json_t *hash_or_null(app *app, const mote_hash *hash) {
    return is_zero(hash) ? json_null() : json_hash(app, hash);
}

static json_t *equivocators(app *app, const mote_justification_report *report) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < report->equivocators && i < MOTE_REPORTED_EQUIVOCATORS; i++) {
        json_array_append_new(list, json_hex(app, (mote_bytes){report->equivocator[i], 32}));
    }
    return list;
}

static void add_finality(app *app, json_t *out, const mote_link *link) {
    const mote_justification_report *report = &link->report;
    json_object_set_new(out, "set_id", json_u64(link->set_id));
    json_object_set_new(out, "round", json_u64(report->round));
    json_object_set_new(out, "precommits", json_integer(report->precommits));
    json_object_set_new(out, "voters", json_integer(report->counted_voters));
    json_object_set_new(out, "weight", json_u64(report->counted_weight));
    json_object_set_new(out, "threshold", json_u64(report->threshold));
    json_object_set_new(out, "total", json_u64(report->total));
    json_object_set_new(out, "ancestry_headers", json_integer(report->ancestry_headers));
    json_object_set_new(out, "equivocators", json_integer(report->equivocators));
    json_object_set_new(out, "equivocator_keys", equivocators(app, report));
    json_object_set_new(out, "hard_fork", json_boolean(link->hard_fork));
    if (link->kind != MOTE_LINK_HANDOVER) return;
    json_object_set_new(out, "next_set_id", json_u64(link->next_set_id));
    json_object_set_new(out, "next_authorities", json_integer(link->next_authorities));
}

static bool is_state(const mote_link *link) {
    return link->kind == MOTE_LINK_STATE || link->kind == MOTE_LINK_PARA_STATE;
}

static void add_state(app *app, json_t *out, const mote_link *link) {
    bool child = link->child_key.size != 0;
    json_object_set_new(out, "question", json_string(mote_question_name(link->question)));
    json_object_set_new(out, "child", child ? json_hex(app, link->child_key) : json_null());
    json_object_set_new(out, "key", json_hex(app, link->key));
    json_object_set_new(
        out, "state",
        link->list_complete ? json_null() : json_string(mote_value_state_name(link->value.state)));
    json_object_set_new(out, "complete", json_boolean(link->list_complete));
    json_object_set_new(out, "count",
                        link->list_complete ? json_integer(link->listed_count) : json_null());
}

static void add_kind(app *app, json_t *out, const mote_link *link) {
    switch (link->kind) {
    case MOTE_LINK_CHECKPOINT:
        json_object_set_new(out, "set_id", json_u64(link->set_id));
        json_object_set_new(out, "authorities", json_integer(link->authorities));
        json_object_set_new(out, "age", json_age(app, &link->age));
        break;
    case MOTE_LINK_HANDOVER:
    case MOTE_LINK_FINALITY: add_finality(app, out, link); break;
    case MOTE_LINK_STATE:
    case MOTE_LINK_PARA_STATE: add_state(app, out, link); break;
    case MOTE_LINK_PARA_HEAD:
        json_object_set_new(out, "state", json_string(mote_value_state_name(link->value.state)));
        break;
    case MOTE_LINK_HEADER:
    case MOTE_LINK_PARA_HEADER: break;
    }
    bool para = link->kind >= MOTE_LINK_PARA_HEAD;
    json_object_set_new(out, "para_id", para ? json_integer(link->para_id) : json_null());
}

static json_t *to_json(app *app, const mote_link *link, double milliseconds) {
    json_t *out = json_object();
    bool placed = link->size != 0;
    bool block = !is_zero(&link->hash);
    json_object_set_new(out, "kind", json_string(mote_link_kind_name(link->kind)));
    json_object_set_new(out, "ms", json_real(milliseconds));
    json_object_set_new(out, "offset", placed ? json_u64(link->offset) : json_null());
    json_object_set_new(out, "size", placed ? json_u64(link->size) : json_null());
    json_object_set_new(out, "hash", hash_or_null(app, &link->hash));
    json_object_set_new(out, "number", block ? json_integer(link->number) : json_null());
    json_object_set_new(out, "state_root", hash_or_null(app, &link->state_root));
    add_kind(app, out, link);
    return out;
}

void value_add(app *app, mote_bytes child_key, mote_bytes key, const mote_proven_value *value) {
    json_t *out = json_object();
    bool present = value->state == MOTE_VALUE_PRESENT;
    bool hashed = value->state == MOTE_VALUE_HASH_ONLY;
    json_object_set_new(out, "key", json_hex(app, key));
    json_object_set_new(out, "state", json_string(mote_value_state_name(value->state)));
    json_object_set_new(out, "value", present ? json_hex(app, value->value) : json_null());
    json_object_set_new(out, "hash", hashed ? json_hash(app, &value->value_hash) : json_null());
    json_object_set_new(out, "child", child_key.size != 0 ? json_hex(app, child_key) : json_null());
    json_object_set_new(out, "block", hash_or_null(app, &value->under.block_hash));
    json_object_set_new(
        out, "number",
        is_zero(&value->under.block_hash) ? json_null() : json_integer(value->under.block_number));
    json_object_set_new(out, "para_id",
                        value->under.origin == MOTE_STATE_OF_PARACHAIN
                            ? json_integer(value->under.para_id)
                            : json_null());
    json_array_append_new(app->report.values, out);
}

static void list_add(app *app, const mote_link *link) {
    json_t *out = json_object();
    bool child = link->child_key.size != 0;
    json_object_set_new(out, "prefix", json_hex(app, link->key));
    json_object_set_new(out, "child", child ? json_hex(app, link->child_key) : json_null());
    json_object_set_new(out, "count", json_integer(link->listed_count));
    json_object_set_new(out, "complete", json_true());
    json_array_append_new(app->report.lists, out);
}

/* --- text ------------------------------------------------------------------------------------------------------------ */
#define INDENT "                 "

static void print_age(app *app, const mote_age *age) {
    if (age->freshness == MOTE_AGE_UNKNOWN) {
        say(app, INDENT "of unknown age\n");
        return;
    }
    const char *word = mote_freshness_name(age->freshness);
    bool trusted = age->freshness == MOTE_FRESH || age->freshness == MOTE_STALE;
    say(app, INDENT "%s: made at %s, %s old at %s (window %s)\n",
        trusted ? good(app, word) : bad(app, word), moment_text(app, age->made_at),
        moment_duration(app, age->seconds), moment_text(app, age->now), moment_window(app, age));
}

static void print_votes(app *app, const mote_link *link) {
    const mote_justification_report *report = &link->report;
    if (link->hard_fork) {
        say(app, INDENT "a hard fork that the chain lists: no votes\n");
    } else {
        say(app,
            INDENT "set %" PRIu64 ", round %" PRIu64 ": %" PRIu32 " voters, weight %" PRIu64
                   " of %" PRIu64 " (%" PRIu64 " needed)\n",
            link->set_id, report->round, report->counted_voters, report->counted_weight,
            report->total, report->threshold);
    }
    if (report->ancestry_headers != 0) {
        say(app, INDENT "%" PRIu32 " ancestry headers\n", report->ancestry_headers);
    }
    for (uint32_t i = 0; i < report->equivocators && i < MOTE_REPORTED_EQUIVOCATORS; i++) {
        say(app, INDENT "voted twice: %s\n",
            app_hex(app, (mote_bytes){report->equivocator[i], 32}));
    }
    if (link->kind != MOTE_LINK_HANDOVER) return;
    say(app, INDENT "hands over to set %" PRIu64 " with %" PRIu32 " authorities\n",
        link->next_set_id, link->next_authorities);
}

static void print_value(app *app, const mote_link *link) {
    const mote_proven_value *value = &link->value;
    if (link->child_key.size != 0) {
        say(app, INDENT "in child trie %s\n", app_hex(app, link->child_key));
    }
    if (value->state == MOTE_VALUE_PRESENT && value->value.size > SHOWN_BYTES) {
        say(app, INDENT "= %s... (%zu bytes; --json shows all)\n",
            app_hex(app, (mote_bytes){value->value.data, 64}), value->value.size);
    } else if (value->state == MOTE_VALUE_PRESENT) {
        say(app, INDENT "= %s (%zu bytes)\n", app_hex(app, value->value), value->value.size);
    } else if (value->state == MOTE_VALUE_HASH_ONLY) {
        say(app, INDENT "hash-only: it has a value with BLAKE2b-256 %s, whose bytes are not here\n",
            app_hash(app, &value->value_hash));
    } else if (value->state == MOTE_VALUE_ABSENT) {
        say(app, INDENT "absent: proven to have no value\n");
    }
}

static void print_state(app *app, const mote_link *link, const char *time) {
    const char *key = app_hex(app, link->key);
    if (link->list_complete) {
        say(app, "  %s %-11s %s*  %s\n", good(app, "ok"), mote_link_kind_name(link->kind), key,
            time);
        say(app, INDENT "complete: %" PRIu32 " keys\n", link->listed_count);
        return;
    }
    say(app, "  %s %-11s %s  %s\n", good(app, "ok"), mote_link_kind_name(link->kind), key, time);
    print_value(app, link);
}

static void print_link(app *app, const mote_link *link, double milliseconds) {
    const char *time = dim(app, app_text(app, "%.2f ms", milliseconds));
    if (is_state(link)) {
        print_state(app, link, time);
        return;
    }
    if (link->kind == MOTE_LINK_PARA_HEAD && link->value.state == MOTE_VALUE_ABSENT) {
        say(app, "  %s %-11s parachain %" PRIu32 " has no head: proven  %s\n", good(app, "ok"),
            mote_link_kind_name(link->kind), link->para_id, time);
        return;
    }
    say(app, "  %s %-11s #%-9" PRIu32 " %s  %s\n", good(app, "ok"), mote_link_kind_name(link->kind),
        link->number, app_hash(app, &link->hash), time);
    if (link->kind == MOTE_LINK_CHECKPOINT) {
        say(app, INDENT "set %" PRIu64 " with %" PRIu32 " authorities\n", link->set_id,
            link->authorities);
        print_age(app, &link->age);
    } else if (link->kind == MOTE_LINK_HANDOVER || link->kind == MOTE_LINK_FINALITY) {
        print_votes(app, link);
    } else if (link->kind == MOTE_LINK_PARA_HEAD) {
        say(app, INDENT "head of parachain %" PRIu32 "\n", link->para_id);
    }
}

/* --- both -------------------------------------------------------------------------------------------------------------- */
void link_verified(app *app, const mote_link *link, double milliseconds) {
    json_t *json = to_json(app, link, milliseconds);
    json_object_set_new(json, "index",
                        json_integer((json_int_t)json_array_size(app->report.links)));
    json_array_append_new(app->report.links, json);
    if (is_state(link) && link->list_complete) {
        list_add(app, link);
    } else if (is_state(link)) {
        value_add(app, link->child_key, link->key, &link->value);
    }
    print_link(app, link, milliseconds);
}

void link_failed(app *app, const mote_link *link, double milliseconds) {
    json_decref(app->report.failed_link);
    app->report.failed_link = to_json(app, link, milliseconds);
    json_object_set_new(app->report.failed_link, "index",
                        json_integer((json_int_t)json_array_size(app->report.links)));
    const char *name = mote_link_kind_name(link->kind);
    if (is_state(link)) {
        say(app, "  %s %-10s %s\n", bad(app, "bad"), name, app_hex(app, link->key));
    } else if (!is_zero(&link->hash)) {
        say(app, "  %s %-10s #%-9" PRIu32 " %s\n", bad(app, "bad"), name, link->number,
            app_hash(app, &link->hash));
    } else {
        say(app, "  %s %s\n", bad(app, "bad"), name);
    }
}
