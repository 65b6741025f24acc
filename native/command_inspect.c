/* SPDX-License-Identifier: Apache-2.0 */
/* mote inspect: says what a file is, by decoding it to the last byte, and shows what is in it. Judges nothing. */
#include <inttypes.h>
#include <string.h>

#include "app.h"
#include "commands.h"
#include "describe.h"
#include "inspect.h"
#include "links.h"
#include "parts.h"

static void is(app *app, const char *type, const char *text) {
    report_detail(app, "type", json_string(type));
    say(app, "%s: %s\n", app->args.files.items[0], text);
}

/* --- binary ------------------------------------------------------------------------------------------------------------ */
typedef bool recognizer(app *app, mote_bytes bytes);

static bool header(app *app, mote_bytes bytes) {
    mote_header header;
    if (mote_header_decode(&app->context, &header, bytes) != MOTE_OK) return false;
    is(app, "header", "a block header");
    report_detail(app, "header", describe_header_json(app, &header));
    report_target(app, &header.hash, header.number);
    describe_header_text(app, &header);
    return true;
}

static bool checkpoint(app *app, mote_bytes bytes) {
    mote_checkpoint checkpoint;
    if (!mote_checkpoint_looks_compact(bytes)) return false;
    is(app, "checkpoint", "a compact checkpoint");
    mote_status status = mote_checkpoint_decode(&app->context, &checkpoint, bytes);
    if (status != MOTE_OK) {
        fail_core(app, status);
        return true;
    }
    report_target(app, &checkpoint.header.hash, checkpoint.header.number);
    describe_checkpoint(app, &checkpoint);
    return true;
}

static bool authorities(app *app, mote_bytes bytes) {
    mote_authority_list list;
    if (mote_authority_list_decode(&app->context, &list, bytes) != MOTE_OK || list.count == 0) {
        return false;
    }
    is(app, "authorities", "a GRANDPA authority list");
    report_detail(app, "count", json_integer(list.count));
    report_detail(app, "authorities", describe_authorities_json(app, &list));
    say(app, "  authorities      %" PRIu32 "\n", list.count);
    for (uint32_t i = 0; i < list.count; i++) {
        say(app, "    %s %" PRIu64 "\n",
            app_hex(app, (mote_bytes){mote_authority_key(&list, i), 32}),
            mote_authority_weight(&list, i));
    }
    return true;
}

static bool bundle(app *app, mote_bytes bytes) {
    if (!mote_bundle_looks_like_one(bytes)) return false;
    is(app, "bundle", "a proof bundle");
    inspect_bundle(app, bytes);
    return true;
}

static bool justification(app *app, mote_bytes bytes) {
    mote_justification_report report;
    if (mote_justification_decode(&app->context, &report, bytes) != MOTE_OK) return false;
    is(app, "justification", "a GRANDPA justification");
    inspect_justification(app, &report);
    return true;
}

static bool warp(app *app, mote_bytes bytes) {
    if (!inspect_is_warp(app, bytes)) return false;
    is(app, "warp", "a warp proof");
    inspect_warp(app, bytes);
    return true;
}

static bool proof(app *app, mote_bytes bytes) {
    if (!inspect_is_proof(bytes)) return false;
    is(app, "proof", "a storage proof");
    inspect_proof(app, bytes);
    return true;
}

/* From the most particular to the least: the first that decodes to the last byte. */
static const struct {
    recognizer *recognize;
    const char *name;
} recognizers[] = {
    {bundle, "a proof bundle"}, {checkpoint, "a compact checkpoint"},
    {header, "a header"},       {justification, "a justification"},
    {warp, "a warp proof"},     {authorities, "an authority list"},
    {proof, "a storage proof"},
};

static bool nothing_known(app *app, size_t offset, const char *found) {
    fail_host(app, HOST_NOT_RECOGNIZED, app->subject, offset);
    app->report.expected =
        "a bundle, checkpoint, chain spec, genesis state, header, justification, "
        "warp proof, storage proof or authority list";
    app->report.found = found;
    return false;
}

/* What it is most like: what was read furthest before it went wrong. */
typedef struct closest {
    const char *name;
    mote_status status;
    size_t offset;
} closest;

static void compare(app *app, closest *best, const char *name, mote_bytes bytes) {
    const mote_fault *fault = &app->context.fault;
    size_t offset = mote_fault_offset(fault, bytes);
    bool further = offset != MOTE_NO_OFFSET && (best->name == NULL || offset > best->offset);
    if (fault->status != MOTE_OK && further) *best = (closest){name, fault->status, offset};
    mote_context_clear_fault(&app->context);
}

static bool recognize(app *app, mote_bytes bytes) {
    closest best = {NULL, MOTE_OK, 0};
    for (size_t i = 0; i < sizeof recognizers / sizeof recognizers[0]; i++) {
        if (recognizers[i].recognize(app, bytes)) return true;
        compare(app, &best, recognizers[i].name, bytes);
    }
    if (best.name == NULL) return nothing_known(app, 0, "bytes that begin as none of them");
    return nothing_known(app, best.offset,
                         app_text(app, "read as %s, it goes wrong at byte %zu: %s", best.name,
                                  best.offset, mote_status_text(best.status)));
}

/* --- JSON -------------------------------------------------------------------------------------------------------------- */
static bool json_proof(app *app, const input *in, json_t *document) {
    mote_bytes scale;
    if (!proof_from_json(app, &scale, in, document)) return false;
    is(app, "proof", "a storage proof, as JSON");
    inspect_proof(app, scale);
    return true;
}

static bool looks_like_pairs(json_t *document) {
    return json_array_size(document) != 0 && json_is_array(json_array_get(document, 0));
}

static bool json_authorities(app *app, const input *in, json_t *document) {
    mote_bytes scale;
    if (!authorities_from_json(app, &scale, in, document)) return false;
    return recognize(app, scale);
}

static bool json_spec(app *app, const input *in, json_t *document) {
    trust trust;
    if (!trust_from_json(app, &trust, in, document)) return false;
    app_context(app, trust_memory(&trust));
    if (trust.form == TRUST_GENESIS) {
        is(app, "genesis", "a genesis state");
        return inspect_genesis(app, &trust.state);
    }
    is(app, "light-sync-state", "a chain spec with a light sync state");
    if (!trust_establish(app, &trust)) return false;
    report_target(app, &trust.checkpoint.header.hash, trust.checkpoint.header.number);
    describe_checkpoint(app, &trust.checkpoint);
    return true;
}

static bool is_spec(json_t *document) {
    static const char *const names[] = {
        "lightSyncState",       "light_sync_state",     "genesis", "top",
        "finalizedBlockHeader", "grandpa_authority_set"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (json_object_get(document, names[i]) != NULL) return true;
    }
    return false;
}

static void inspect_json(app *app, input *in) {
    json_t *document = json_parse(app, in);
    if (document == NULL) return;
    mote_bytes bytes;
    if (json_is_string(document)) {
        if (json_bytes(app, &bytes, document, in, "a string")) recognize(app, bytes);
    } else if (is_spec(document)) {
        json_spec(app, in, document);
    } else if (looks_like_pairs(document)) {
        json_authorities(app, in, document);
    } else {
        json_proof(app, in, document);
    }
    json_decref(document);
}

/* --- several headers ------------------------------------------------------------------------------------------------------ */
static bool header_lines(app *app, const mote_bytes *lines, size_t count) {
    mote_header header;
    for (size_t i = 0; i < count; i++) {
        if (mote_header_decode(&app->context, &header, lines[i]) != MOTE_OK) {
            mote_context_clear_fault(&app->context);
            return false;
        }
    }
    is(app, "headers", "block headers, one a line");
    json_t *described = json_array();
    for (size_t i = 0; i < count; i++) {
        if (mote_header_decode(&app->context, &header, lines[i]) != MOTE_OK) continue;
        json_array_append_new(described, describe_header_json(app, &header));
        say(app, "  #%-9" PRIu32 " %s\n", header.number, app_hash(app, &header.hash));
    }
    report_detail(app, "headers", described);
    report_target(app, &header.hash, header.number);
    return true;
}

static void run(app *app) {
    input in;
    const char *path = app->args.files.items[0];
    app->report.only_decoded = true;
    app->subject = path;
    if (!input_read_or_json(app, &in, path)) return;
    app_context(app, 8 * in.bytes.size + ((size_t)16 << 20));
    if (in.form == INPUT_JSON) {
        inspect_json(app, &in);
        return;
    }
    if (in.line_count > 1 && header_lines(app, in.lines, in.line_count)) return;
    recognize(app, in.bytes);
}

const command command_inspect = {
    .name = "inspect",
    .run = run,
    .usage = "FILE",
    .summary = "Says what a file is and decodes it; judges nothing",
    .options = "",
    .help = "FILE may be a proof bundle, a checkpoint, a chain spec, a genesis state, a header or "
            "a text of them, a justification, a warp proof, a storage proof or an authority list, "
            "binary, hex or JSON. What it decodes is not verified: the other commands do that.\n",
    .examples = "  mote inspect what.bin\n"
                "  mote inspect payment.bundle --json\n",
    .min_files = 1,
    .max_files = 1,
};
