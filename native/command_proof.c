/* SPDX-License-Identifier: Apache-2.0 */
/* mote proof: what a storage proof shows under a root the caller brings. */
#include <inttypes.h>
#include <string.h>

#include "app.h"
#include "commands.h"
#include "explain.h"
#include "links.h"
#include "parts.h"
#include "progress.h"
#include "reading.h"

static bool check_arguments(app *app) {
    const arguments *args = &app->args;
    if (!args->has_root) return usage_error(app, "--root HEX is missing");
    if (args->keys.count == 0) {
        return usage_error(app, "nothing is asked: --key HEX or --prefix HEX is missing");
    }
    if (args->compact && args->lenient) {
        return usage_error(app, "--lenient does not go with --compact");
    }
    return true;
}

static mote_status load(app *app, mote_proof *proof, mote_bytes scale) {
    const arguments *args = &app->args;
    mote_state_root root = mote_state_assumed(&args->root);
    if (args->compact) return mote_proof_load_compact(&app->context, proof, &root, scale);
    mote_proof_mode mode = args->lenient ? MOTE_PROOF_LENIENT : MOTE_PROOF_STRICT;
    return mote_proof_load(&app->context, proof, &root, scale, mode);
}

static void run(app *app) {
    mote_bytes scale;
    if (!check_arguments(app) || !proof_read(app, &scale, app->args.files.items[0])) return;
    size_t nodes = proof_node_count(scale);
    app_context(app, reading_memory(scale));
    report_assume(app, MOTE_ASSUMED_ROOT);
    app->subject = app->args.files.items[0];
    /* --child holds for all keys, wherever it stands among them. */
    for (size_t i = 0; i < app->args.keys.count; i++) {
        app->args.keys.items[i].child_key = app->args.child_key;
    }
    mote_proof proof;
    double begun = app_milliseconds();
    mote_status status = load(app, &proof, scale);
    double took = app_milliseconds() - begun;
    report_detail(app, "root", json_hash(app, &app->args.root));
    report_detail(app, "nodes", json_u64(nodes));
    report_detail(app, "bytes", json_u64(scale.size));
    report_detail(app, "load_ms", json_real(took));
    report_detail(app, "lenient", json_boolean(app->args.lenient));
    if (status != MOTE_OK) {
        fail_core(app, status);
        explain_load(app, status, &app->args.root, nodes);
        return;
    }
    say(app, "  %zu nodes, %zu bytes, under %s  %s\n", nodes, scale.size,
        app_hash(app, &app->args.root), dim(app, app_text(app, "%.2f ms", took)));
    if (!reading_ask(app, &proof, &app->args.keys, MOTE_LINK_STATE)) return;
    size_t values = json_array_size(app->report.values);
    say(app, "%s: %s%s\n", good(app, "verified"), app_count(app, values, "key"),
        json_array_size(app->report.lists) == 0 ? "" : ", lists complete");
}

const command command_proof = {
    .name = "proof",
    .run = run,
    .usage = "FILE --root HEX [--child HEX] [--key HEX]... [--prefix HEX]... [--lenient]",
    .summary = "Reads keys and prefixes in a storage proof under a state root that you bring",
    .options = "rCkplm",
    .help = "FILE is a JSON array of hex nodes, SCALE Vec<Vec<u8>>, or the answer of "
            "state_getReadProof, whole or its result alone. Each key comes out as its value, as "
            "proven absent, or as hash-only: it has a value, whose bytes are not in the proof. A "
            "prefix comes out as the complete list of its keys. With --child the root is still "
            "the main trie's. A key that the proof does not reach ends with exit code 4, after "
            "all others.\n",
    .examples = "  mote proof proof.json --root 0x3b0f...cc8e --key 0x26aa...4eea\n"
                "  mote proof proof.bin --root $ROOT --prefix 0x26aa...1da9 --json\n"
                "  curl -s ... state_getReadProof ... | mote proof - --root $ROOT --key $KEY\n",
    .min_files = 1,
    .max_files = 1,
};
