/* SPDX-License-Identifier: Apache-2.0 */
/* mote get: values of a running chain's state, proven. */
#include <inttypes.h>
#include <string.h>

#include "app.h"
#include "commands.h"
#include "links.h"
#include "live_parts.h"
#include "live_query.h"
#include "mote/limits.h"
#include "storage_key.h"

/* What was asked for, in the words of the caller. */
typedef struct wish {
    mote_bytes key; /* or prefix */
    mote_bytes child_key;
    bool is_prefix;
    bool is_account;
    const char *name; /* the address */
    mote_address address;
} wish;

typedef struct wishes {
    wish *items;
    size_t count;
} wishes;

/* --- what is asked ------------------------------------------------------------------------------------------- */
static bool wish_for_account(app *app, wish *out, const char *text) {
    out->is_account = true;
    out->name = text;
    return address_parse(app, &out->address, "ADDRESS", text) &&
           account_key(app, &out->key, &out->address);
}

static bool check_options(app *app) {
    const arguments *args = &app->args;
    if (args->files.count + args->items.count + args->keys.count == 0)
        return usage_error(app, "what to get is missing: ADDRESS, --storage, --key or --prefix");
    return true;
}

static bool read_wishes(app *app, wishes *out) {
    const arguments *args = &app->args;
    size_t most = args->files.count + args->items.count + args->keys.count;
    out->items = app_take(app, most, sizeof *out->items);
    for (size_t i = 0; i < args->files.count; i++) {
        if (!wish_for_account(app, &out->items[out->count++], args->files.items[i])) return false;
    }
    for (size_t i = 0; i < args->items.count; i++) {
        wish *wish = &out->items[out->count++];
        wish->name = args->items.items[i].name;
        if (!item_key(app, &wish->key, &args->items.items[i])) return false;
    }
    for (size_t i = 0; i < args->keys.count; i++) {
        const question *question = &args->keys.items[i];
        wish *wish = &out->items[out->count++];
        wish->key = question->key;
        wish->child_key = question->child_key;
        wish->is_prefix = question->is_prefix;
    }
    for (size_t i = 0; i < out->count; i++) {
        if (out->items[i].key.size > MOTE_MAX_KEY_SIZE)
            return usage_error(app, "a key of more than %u bytes", MOTE_MAX_KEY_SIZE);
    }
    return true;
}

/* --- accounts ------------------------------------------------------------------------------------------------ */
static char *decimal(app *app, mote_u128 value) {
    char *text = app_take(app, MOTE_U128_TEXT_SIZE, 1);
    mote_u128_write(text, value);
    return text;
}

static void add_amount(app *app, json_t *out, const char *name, bool has, mote_u128 value) {
    json_object_set_new(out, name, has ? json_string(decimal(app, value)) : json_null());
}

static json_t *count_or_null(bool has, uint32_t value) {
    return has ? json_integer(value) : json_null();
}

static json_t *describe_account(app *app, const wish *wish, const mote_proven_value *value) {
    const mote_account_record record = mote_account_record_of(value->value);
    const bool known = record.layout != MOTE_ACCOUNT_UNKNOWN;
    const bool flagged = record.layout == MOTE_ACCOUNT_FLAGGED;
    const bool one =
        record.layout == MOTE_ACCOUNT_REFCOUNT_8 || record.layout == MOTE_ACCOUNT_REFCOUNT_32;
    json_t *out = json_object();
    json_object_set_new(out, "address", json_string(wish->name));
    json_object_set_new(out, "account",
                        json_hex(app, (mote_bytes){wish->address.bytes, wish->address.size}));
    json_object_set_new(out, "key", json_hex(app, wish->key));
    json_object_set_new(out, "exists", json_boolean(value->state == MOTE_VALUE_PRESENT));
    json_object_set_new(out, "layout",
                        value->state == MOTE_VALUE_PRESENT
                            ? json_string(mote_account_layout_name(record.layout))
                            : json_null());
    json_object_set_new(out, "nonce", count_or_null(known, record.nonce));
    json_object_set_new(out, "refcount", count_or_null(one, record.refcount));
    json_object_set_new(out, "consumers", count_or_null(known && !one, record.consumers));
    json_object_set_new(out, "providers", count_or_null(known && !one, record.providers));
    json_object_set_new(
        out, "sufficients",
        count_or_null(flagged || record.layout == MOTE_ACCOUNT_THREE_COUNTS, record.sufficients));
    add_amount(app, out, "free", known, record.free);
    add_amount(app, out, "reserved", known, record.reserved);
    add_amount(app, out, "frozen", flagged, record.frozen);
    add_amount(app, out, "misc_frozen", known && !flagged, record.misc_frozen);
    add_amount(app, out, "fee_frozen", known && !flagged, record.fee_frozen);
    return out;
}

static void show_account(app *app, const wish *wish, const mote_proven_value *value) {
    const mote_account_record record = mote_account_record_of(value->value);
    say(app, "  account %s\n", wish->name);
    if (value->state != MOTE_VALUE_PRESENT) {
        say(app, "    does not exist: proven\n");
        return;
    }
    if (record.layout == MOTE_ACCOUNT_UNKNOWN) {
        say(app, "    a record of this chain's own layout: its bytes are above\n");
        return;
    }
    say(app, "    nonce       %" PRIu32 "\n", record.nonce);
    say(app, "    free        %s\n", decimal(app, record.free));
    say(app, "    reserved    %s\n", decimal(app, record.reserved));
    if (record.layout == MOTE_ACCOUNT_FLAGGED) {
        say(app, "    frozen      %s\n", decimal(app, record.frozen));
    } else {
        say(app, "    misc frozen %s\n", decimal(app, record.misc_frozen));
        say(app, "    fee frozen  %s\n", decimal(app, record.fee_frozen));
    }
}

/* --- answers -------------------------------------------------------------------------------------------------- */
static mote_link link_of_value(const live *live, const live_value *value) {
    const mote_state_root *under = &value->value.under;
    return (mote_link){.kind = live->para != 0 ? MOTE_LINK_PARA_STATE : MOTE_LINK_STATE,
                       .index = (uint32_t)json_array_size(live->app->report.links),
                       .hash = under->block_hash,
                       .number = under->block_number,
                       .state_root = under->root,
                       .para_id = under->para_id,
                       .key = value->key,
                       .value = value->value};
}

/* The block that it is all under: final, or the parachain's head in a final one. */
static void report_block(live *live, const live_result *result) {
    app *app = live->app;
    const bool of_para = live->para != 0;
    live_report_finality(live);
    report_target(app, of_para ? &result->para.hash : &result->relay.hash,
                  of_para ? result->para.number : result->relay.number);
    report_assume(app, of_para ? result->para.assumed : result->relay.assumed);
    if (of_para) json_object_set_new(app->report.target, "parachain", json_true());
    const mote_hash *block = of_para ? &result->para.relay_hash : &result->relay.hash;
    mote_link link = {.index = 2};
    if (!of_para && mote_hash_equal(block, &live->finality.header.hash)) return;
    link.kind = of_para ? MOTE_LINK_PARA_HEAD : MOTE_LINK_HEADER;
    link.hash = of_para ? result->para.hash : result->relay.hash;
    link.number = of_para ? result->para.number : result->relay.number;
    link.state_root = of_para ? result->para.state_root : result->relay.state_root;
    link.para_id = of_para ? result->para.para_id : 0;
    link.value.state = MOTE_VALUE_PRESENT;
    link.index = (uint32_t)json_array_size(app->report.links);
    link_verified(app, &link, app_milliseconds() - live->begun);
}

static void report_list(live *live, const wish *wish, const live_result *result) {
    mote_link link = {.kind = live->para != 0 ? MOTE_LINK_PARA_STATE : MOTE_LINK_STATE,
                      .index = (uint32_t)json_array_size(live->app->report.links),
                      .question = MOTE_ASK_LIST,
                      .child_key = wish->child_key,
                      .key = wish->key,
                      .list_complete = true,
                      .listed_count = (uint32_t)result->count};
    link.hash = live->para != 0 ? result->para.hash : result->relay.hash;
    link.number = live->para != 0 ? result->para.number : result->relay.number;
    link.para_id = live->para != 0 ? result->para.para_id : 0;
    link_verified(live->app, &link, 0);
}

static void report_result(live *live, const wish *wishes, size_t count, const live_result *result,
                          json_t *accounts) {
    app *app = live->app;
    for (size_t i = 0; i < result->count; i++) {
        mote_link link = link_of_value(live, &result->values[i]);
        link.child_key = wishes[0].child_key;
        link.listed = wishes[0].is_prefix;
        link_verified(app, &link, 0);
        for (size_t j = 0; j < count; j++) {
            if (!wishes[j].is_account || !mote_bytes_equal(wishes[j].key, result->values[i].key))
                continue;
            json_array_append_new(accounts,
                                  describe_account(app, &wishes[j], &result->values[i].value));
            show_account(app, &wishes[j], &result->values[i].value);
        }
    }
    if (wishes[0].is_prefix) report_list(live, &wishes[0], result);
}

/* --- bundles --------------------------------------------------------------------------------------------------- */
/* The head of the parachain in the final block that showed it. */
static bool prove_head(live *live, live_answer *answer, const mote_para_header *para) {
    live_result head;
    uint8_t *key = app_take(live->app, MOTE_PARA_KEY_SIZE, 1);
    mote_para_head_key(key, para->para_id);
    const mote_bytes keys[] = {{key, MOTE_PARA_KEY_SIZE}};
    const mote_query query = {.kind = MOTE_QUERY_VALUES,
                              .chain = live->relay,
                              .has_at = true,
                              .at = para->relay_hash,
                              .keys = keys,
                              .key_count = 1};
    if (!live_ask(live, &head, &query)) return false;
    mote_cursor cursor = mote_cursor_over(head.values[0].value.value);
    answer->of_para = true;
    answer->head = head.head;
    answer->ancestors = head.ancestors;
    answer->para_proof = head.proof;
    answer->para_header = mote_read_vec_u8(&cursor);
    return true;
}

static mote_bundle_query question_of(const wish *wish, const live_result *result, size_t index) {
    mote_bundle_query out = {.key = wish->key, .child_key = wish->child_key};
    if (wish->is_prefix) {
        out.question = result->count == 0 ? MOTE_ASK_NONE : MOTE_ASK_LIST;
        return out;
    }
    const mote_proven_value *value = &result->values[index].value;
    out.question = value->state == MOTE_VALUE_ABSENT ? MOTE_ASK_ABSENT : MOTE_ASK_EQUALS;
    out.expected = value->value;
    return out;
}

static bool write_bundle(live *live, const wish *wishes, size_t count, const live_result *result) {
    app *app = live->app;
    live_answer answer = {
        .head = result->head, .ancestors = result->ancestors, .proof = result->proof};
    mote_bundle_query *queries = app_take(app, count, sizeof *queries);
    for (size_t i = 0; i < count; i++) queries[i] = question_of(&wishes[i], result, i);
    answer.queries = queries;
    answer.query_count = count;
    answer.para_ancestors = live->para != 0 ? result->ancestors : (mote_bytes){NULL, 0};
    if (live->para != 0 && !prove_head(live, &answer, &result->para)) return false;
    return live_write_bundle(live, &answer);
}

/* --- running ------------------------------------------------------------------------------------------------------ */
/* So many of the wishes go into one question: keys of one trie do. */
static size_t together(const wish *wishes, size_t count) {
    size_t size = 1;
    if (wishes[0].is_prefix) return 1;
    while (size < count && size < MOTE_MAX_REQUEST_KEYS && !wishes[size].is_prefix &&
           mote_bytes_equal(wishes[size].child_key, wishes[0].child_key)) {
        size++;
    }
    return size;
}

static bool ask(live *live, live_result *result, const wish *wishes, size_t count,
                const mote_hash *at) {
    mote_bytes *keys = app_take(live->app, count, sizeof *keys);
    for (size_t i = 0; i < count; i++) keys[i] = wishes[i].key;
    mote_query query = {.kind = wishes[0].is_prefix ? MOTE_QUERY_LIST : MOTE_QUERY_VALUES,
                        .chain = live->asked,
                        .has_at = at != NULL,
                        .child_key = wishes[0].child_key};
    if (at != NULL) query.at = *at;
    if (wishes[0].is_prefix) {
        query.prefix = wishes[0].key;
    } else {
        query.keys = keys;
        query.key_count = (uint32_t)count;
    }
    return live_ask(live, result, &query);
}

/* Everything is read under the block of the first answer. */
static bool get(live *live, const wishes *all, json_t *accounts) {
    const arguments *args = &live->app->args;
    mote_hash block;
    for (size_t done = 0; done < all->count;) {
        const wish *wishes = &all->items[done];
        size_t count = together(wishes, all->count - done);
        live_result result;
        const mote_hash *at = done > 0 ? &block : args->has_at ? &args->at : NULL;
        if (args->bundle != NULL && count < all->count)
            return usage_error(live->app, "--bundle proves the keys of one trie, or one prefix");
        if (!ask(live, &result, wishes, count, at)) return false;
        block = live->para != 0 ? result.para.hash : result.relay.hash;
        if (done == 0) report_block(live, &result);
        report_result(live, wishes, count, &result, accounts);
        if (args->bundle != NULL && !write_bundle(live, wishes, count, &result)) return false;
        done += count;
    }
    return true;
}

static void run(app *app) {
    live live;
    wishes wishes = {NULL, 0};
    if (!check_options(app) || !read_wishes(app, &wishes)) return;
    json_t *accounts = json_array();
    if (live_open(&live, app, false) && get(&live, &wishes, accounts))
        report_detail(app, "accounts", json_incref(accounts));
    json_decref(accounts);
    live_close(&live);
}

const command command_get = {
    .name = "get",
    .run = run,
    .usage = "--chain SPEC|NAME --source URL... ADDRESS...\n"
             "--chain SPEC|NAME --source URL... --storage PALLET.ITEM [--arg HASHER:KEY]...\n"
             "--chain SPEC|NAME --source URL... --key HEX | --prefix HEX",
    .summary = "Reads accounts and storage of a running chain, with proof",
    .options = LIVE_OPTIONS LIVE_PARA_OPTIONS "EgkpCQK",
    .help = "ADDRESS is SS58, or 0x and the hex of 32 or 20 bytes: the account's record is shown "
            "in the "
            "layouts that are known, and raw otherwise. With --para all is read in the parachain. "
            "HASHER is identity, twox64concat, blake2_128concat, twox128, twox256, blake2_128 or "
            "blake2_256, as metadata has it. Everything is read under one block: the newest final "
            "one, or --at.\n\n"
            "--bundle writes one file with everything from the checkpoint to the values.\n",
    .examples =
        "  mote get --chain polkadot --source wss://rpc.polkadot.io \\\n"
        "      15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5\n"
        "  mote get --chain relay.json --source ws://127.0.0.1:9944 \\\n"
        "      --storage Paras.Heads --arg twox64concat:u32:2000 --bundle head.bundle\n"
        "  mote get --chain relay.json --source ws://127.0.0.1:9944 --para 2000 \\\n"
        "      --para-source ws://127.0.0.1:9988 --prefix 0x26aa394eea5630e07c48ae0c9558cef7\n",
    .min_files = 0,
    .max_files = SIZE_MAX,
};
