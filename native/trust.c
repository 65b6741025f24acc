/* SPDX-License-Identifier: Apache-2.0 */
#include "trust.h"

#include <string.h>

#include "app.h"
#include "moment.h"
#include "mote/hash.h"

/* --- chains --------------------------------------------------------------------------------------------------- */
/* A name that mote knows, or one that a file of its own can carry. */
bool is_chain_label(const char *name) {
    return mote_chain_by_name(name) != NULL ||
           (*name != 0 && strlen(name) <= 32 &&
            strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == strlen(name));
}

bool chain_option(app *app, const mote_chain **out) {
    const char *name = app->args.chain;
    *out = NULL;
    if (name == NULL) return true;
    *out = mote_chain_by_name(name);
    if (*out != NULL) return true;
    if (app->args.any_chain) {
        if (is_chain_label(name)) return true;
        return usage_error(app, "--chain: 1 to 32 of a-z, 0-9, ., _ and - name a chain");
    }
    char *list = app_text(app, "%s", "");
    const mote_chain *chain;
    for (size_t i = 0; (chain = mote_chain_at(i)) != NULL; i++) {
        list = app_text(app, "%s%s%s", list, i == 0 ? "" : ", ", chain->name);
    }
    usage_error(app, "--chain: no chain called '%s' is known", name);
    app->report.expected = list;
    app->report.found = name;
    app->report.hint = app_text(app, "known: %s", list);
    return false;
}

/* What the file says must not contradict --chain. */
static bool settle_chain(app *app, trust *trust, const mote_chain *of_file) {
    if (trust->chain_asked && of_file != NULL && of_file != trust->chain) {
        return usage_error(app, "--chain says %s, and %s is of %s", trust->chain->name, trust->name,
                           of_file->name);
    }
    if (of_file != NULL && trust->label != NULL) {
        return usage_error(app, "--chain says %s, and %s is of %s", trust->label, trust->name,
                           of_file->name);
    }
    if (of_file != NULL) trust->chain = of_file;
    return true;
}

static bool ask_chain(app *app, trust *trust) {
    if (!chain_option(app, &trust->chain)) return false;
    trust->chain_asked = trust->chain != NULL;
    if (trust->chain == NULL) trust->label = app->args.chain;
    return true;
}

void label_checkpoint(mote_checkpoint *checkpoint, const char *label) {
    if (checkpoint->chain != NULL || label == NULL) return;
    checkpoint->label = (mote_bytes){(const uint8_t *)label, strlen(label)};
}

/* --- reading ---------------------------------------------------------------------------------------------------- */
static json_t *field(json_t *object, const char *camel, const char *snake) {
    json_t *value = json_object_get(object, camel);
    return value != NULL ? value : json_object_get(object, snake);
}

static json_t *header_field(json_t *state) {
    json_t *header = field(state, "finalizedBlockHeader", "finalized_block_header");
    return header != NULL ? header : json_object_get(state, "header");
}

/* In a chain spec, or alone as sync_state_genSyncSpec's parts are kept. */
static json_t *find_light_sync_state(json_t *document) {
    json_t *state = field(document, "lightSyncState", "light_sync_state");
    if (json_is_object(state)) return state;
    bool alone = header_field(document) != NULL &&
                 field(document, "grandpaAuthoritySet", "grandpa_authority_set") != NULL;
    return alone ? document : NULL;
}

static bool read_light_sync_state(app *app, trust *out, const input *in, json_t *state) {
    json_t *changes = field(state, "babeEpochChanges", "babe_epoch_changes");
    out->form = TRUST_LIGHT_SYNC_STATE;
    if (!json_bytes(app, &out->header, header_field(state), in, "finalizedBlockHeader") ||
        !json_bytes(app, &out->authority_set,
                    field(state, "grandpaAuthoritySet", "grandpa_authority_set"), in,
                    "grandpaAuthoritySet")) {
        return false;
    }
    if (changes != NULL && !json_bytes(app, &out->epoch_changes, changes, in, "babeEpochChanges")) {
        return false;
    }
    app_source(app, app_text(app, "%s: finalizedBlockHeader", in->name), out->header);
    app_source(app, app_text(app, "%s: grandpaAuthoritySet", in->name), out->authority_set);
    app_source(app, app_text(app, "%s: babeEpochChanges", in->name), out->epoch_changes);
    return true;
}

/* Beside the light sync state: what block 0 is. Of chains that mote knows whole states are not hashed again. */
static bool read_genesis(app *app, trust *out, const input *in, json_t *document) {
    const json_t *root = json_at(document, "genesis.stateRootHash");
    mote_bytes bytes;
    if (genesis_state_is_in(document)) {
        out->has_state = out->chain == NULL;
        return !out->has_state || genesis_state_read(app, &out->state, in, document);
    }
    if (root == NULL) return true;
    if (!json_bytes(app, &bytes, root, in, "genesis.stateRootHash")) return false;
    if (bytes.size != sizeof out->root.bytes) {
        return fail_shape(app, in, root, "a hash of 32 bytes",
                          app_text(app, "%zu bytes", bytes.size));
    }
    memcpy(out->root.bytes, bytes.data, bytes.size);
    out->has_root = true;
    return true;
}

bool trust_from_json(app *app, trust *out, const input *in, json_t *document) {
    memset(out, 0, sizeof *out);
    out->name = in->name;
    if (!ask_chain(app, out)) return false;
    const char *id = json_string_value(json_object_get(document, "id"));
    json_t *state = find_light_sync_state(document);
    if (state != NULL) {
        return settle_chain(app, out, id == NULL ? NULL : mote_chain_by_name(id)) &&
               read_light_sync_state(app, out, in, state) && read_genesis(app, out, in, document);
    }
    if (!genesis_state_is_in(document)) {
        return fail_shape(app, in, NULL, "a chain spec with \"lightSyncState\" or \"genesis.raw\"",
                          json_is_object(document) ? "neither" : json_kind(document));
    }
    out->form = TRUST_GENESIS;
    return genesis_state_read(app, &out->state, in, document);
}

bool trust_from_compact(app *app, trust *out, const char *name, mote_bytes bytes) {
    memset(out, 0, sizeof *out);
    out->form = TRUST_COMPACT;
    out->name = name;
    out->bytes = bytes;
    return ask_chain(app, out);
}

bool trust_read(app *app, trust *out, const char *path) {
    input in;
    memset(out, 0, sizeof *out);
    if (!input_read_or_json(app, &in, path)) return false;
    if (in.form == INPUT_JSON) {
        json_t *document = json_parse(app, &in);
        bool ok = document != NULL && trust_from_json(app, out, &in, document);
        json_decref(document);
        return ok;
    }
    return trust_from_compact(app, out, in.name, in.bytes);
}

/* --- making the checkpoint ---------------------------------------------------------------------------------------- */
size_t trust_memory(const trust *trust) {
    bool has_state = trust->form == TRUST_GENESIS || trust->has_state;
    size_t genesis = has_state ? genesis_state_memory(&trust->state) : 0;
    return 2 * (trust->bytes.size + trust->authority_set.size + trust->epoch_changes.size) +
           genesis + MOTE_MAX_AUTHORITIES * (sizeof(mote_voter) + 64) + 65536;
}

static bool genesis_mismatch(app *app, const trust *trust, const mote_hash *found,
                             const mote_chain *expected) {
    fail_core(app, MOTE_E_GENESIS_MISMATCH);
    app->report.offset = trust->state.place;
    app->report.expected =
        app_text(app, "%s's genesis %s", expected->name, app_hash(app, &expected->genesis));
    app->report.found = app_text(app, "%s", app_hash(app, found));
    return false;
}

/* The list of the state's own bytes: what stands before its items is its count. */
static mote_bytes encode_list(app *app, const mote_authority_list *list) {
    size_t room = 8 + (size_t)list->count * MOTE_AUTHORITY_ITEM_SIZE;
    uint8_t *memory = app_take(app, room, 1);
    mote_writer writer = mote_writer_into(memory, room);
    mote_write_compact(&writer, list->count);
    mote_write_span(&writer, list->items, (size_t)list->count * MOTE_AUTHORITY_ITEM_SIZE);
    return (mote_bytes){memory, writer.size};
}

static bool is_known(const mote_hash *hash) {
    static const mote_hash zero = {{0}};
    return !mote_hash_equal(hash, &zero);
}

static bool check_genesis_chain(app *app, trust *trust, const genesis_choice *choice) {
    const mote_chain *by_id = trust->state.id == NULL ? NULL : mote_chain_by_name(trust->state.id);
    const mote_chain *named = trust->chain_asked ? trust->chain : by_id;
    if (named != NULL && is_known(&named->genesis) && choice->chain != named) {
        return genesis_mismatch(app, trust, &choice->genesis.hash, named);
    }
    if (!settle_chain(app, trust, choice->chain)) return false;
    app->report.assumed_state_version |= choice->assumed;
    return true;
}

static bool establish_genesis(app *app, trust *trust) {
    genesis_choice choice;
    if (!genesis_state_choose(app, &choice, &trust->state)) return false;
    if (!check_genesis_chain(app, trust, &choice)) return false;
    if (!choice.genesis.has_authorities) {
        fail_core(app, MOTE_E_CHECKPOINT_INCOHERENT);
        app->report.offset = trust->state.place;
        app->report.expected = "GRANDPA authorities in the genesis state";
        app->report.found = "none: parachains have none, their relay chain has";
        return false;
    }
    uint8_t *memory = app_take(app, 128, 1);
    mote_writer writer = mote_writer_into(memory, 128);
    mote_genesis_write_header(&writer, &choice.genesis.state_root, choice.version);
    mote_bytes authorities = encode_list(app, &choice.genesis.authorities);
    mote_status status =
        mote_checkpoint_from_parts(&app->context, &trust->checkpoint,
                                   (mote_bytes){memory, writer.size}, authorities, 0, trust->chain);
    if (status != MOTE_OK) return fail_core(app, status);
    trust->checkpoint.genesis = choice.genesis.hash;
    label_checkpoint(&trust->checkpoint, trust->label);
    return true;
}

static bool establish_block_0(app *app, trust *trust) {
    genesis_choice choice;
    uint8_t memory[128];
    if (trust->has_state) {
        if (!genesis_state_choose(app, &choice, &trust->state)) return false;
        app->report.assumed_state_version |= choice.assumed;
        trust->checkpoint.genesis = choice.genesis.hash;
    }
    if (trust->has_root) {
        mote_writer writer = mote_writer_into(memory, sizeof memory);
        mote_genesis_write_header(&writer, &trust->root, MOTE_STATE_V1);
        const mote_hash found = mote_blake2b_256((mote_bytes){memory, writer.size});
        const mote_chain *chain = trust->checkpoint.chain;
        if (chain != NULL && is_known(&chain->genesis) &&
            !mote_hash_equal(&chain->genesis, &found)) {
            return genesis_mismatch(app, trust, &found, chain);
        }
        trust->checkpoint.genesis = found;
    }
    return true;
}

bool trust_establish(app *app, trust *trust) {
    app->subject = trust->name;
    if (trust->form == TRUST_GENESIS) return establish_genesis(app, trust);
    mote_status status;
    if (trust->form == TRUST_COMPACT) {
        status = mote_checkpoint_decode(&app->context, &trust->checkpoint, trust->bytes);
    } else {
        status = mote_checkpoint_from_light_sync_state(&app->context, &trust->checkpoint,
                                                       trust->header, trust->epoch_changes,
                                                       trust->authority_set, trust->chain);
    }
    if (status != MOTE_OK) {
        fail_core(app, status);
        if (status == MOTE_E_BAD_FORMAT) {
            app->report.expected = "a compact checkpoint, or a chain spec as JSON";
        }
        return false;
    }
    if (!settle_chain(app, trust, trust->checkpoint.chain)) return false;
    trust->checkpoint.chain = trust->chain;
    if (trust->chain != NULL) trust->checkpoint.label = (mote_bytes){NULL, 0};
    label_checkpoint(&trust->checkpoint, trust->label);
    return establish_block_0(app, trust);
}

/* --- age ----------------------------------------------------------------------------------------------------------- */
uint64_t trust_now(const app *app) {
    return app->args.has_now ? app->args.now : moment_now();
}

void explain_age(app *app, const mote_age *age) {
    report *report = &app->report;
    bool future = age->freshness == MOTE_FROM_FUTURE;
    report->expected = future ? app_text(app, "a block made before %s", moment_text(app, age->now))
                              : app_text(app, "a block younger than %s", moment_window(app, age));
    report->found =
        app_text(app, "made at %s, %s", moment_text(app, age->made_at),
                 future ? app_text(app, "%s later", moment_duration(app, age->made_at - age->now))
                        : app_text(app, "%s before %s", moment_duration(app, age->seconds),
                                   moment_text(app, age->now)));
    report->hint = app->args.has_now
                       ? NULL
                       : "take a newer checkpoint; --now TIME judges a recording at its own time";
}

bool trust_judge_age(app *app, const mote_checkpoint *checkpoint, mote_age *age) {
    *age = mote_checkpoint_age(checkpoint, trust_now(app));
    app->report.age = json_age(app, age);
    if (age->freshness == MOTE_AGE_UNKNOWN) report_assume(app, MOTE_ASSUMED_CHECKPOINT_AGE);
    mote_status status = mote_age_status(age);
    if (status == MOTE_OK) return true;
    fail_core(app, status);
    explain_age(app, age);
    return false;
}
