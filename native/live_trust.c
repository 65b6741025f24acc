/* SPDX-License-Identifier: Apache-2.0 */
/* Where a live command starts: a file, or a checkpoint for a chain's name: one that is installed, else the one in here. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app.h"
#include "bundled.h"
#include "live_parts.h"

static bool is_file(const char *path) {
    return access(path, R_OK) == 0;
}

/* XDG Base Directory Specification: the user's folder, then the system's. */
static char *installed(app *app, const char *name) {
    const char *user = getenv("XDG_DATA_HOME"), *home = getenv("HOME"),
               *list = getenv("XDG_DATA_DIRS");
    char *path = app_text(app, "%s%s/mote/checkpoints/%s.chk",
                          user != NULL && user[0] == '/' ? user
                          : home == NULL                 ? ""
                                                         : home,
                          user != NULL && user[0] == '/' ? "" : "/.local/share", name);
    if (is_file(path)) return path;
    if (list == NULL || *list == 0) list = "/usr/local/share:/usr/share";
    while (*list != 0) {
        size_t size = strcspn(list, ":");
        path = app_text(app, "%.*s/mote/checkpoints/%s.chk", (int)size, list, name);
        if (is_file(path)) return path;
        list += size + (list[size] == ':');
    }
    return NULL;
}

static bool fail_unknown(app *app, const char *name) {
    const mote_chain *known = mote_chain_by_name(name);
    if (known == NULL && strpbrk(name, "/.") != NULL) {
        fail_host(app, HOST_CANNOT_OPEN, name, MOTE_NO_OFFSET);
        app->report.expected = "a chain spec or a checkpoint";
        app->report.found = "no such file";
        return false;
    }
    usage_error(app, "--chain: there is no checkpoint for '%s', and it is no file", name);
    app->report.hint = "give a chain spec as --chain SPEC or a checkpoint as --checkpoint FILE; "
                       "installed ones lie in mote/checkpoints of the XDG data folders";
    return false;
}

/* What is left in --chain behind a file is a name. */
static bool read_trust(app *app, trust *out) {
    arguments *args = &app->args;
    const char *path = args->checkpoint;
    if (path == NULL && (strcmp(args->chain, "-") == 0 || is_file(args->chain))) {
        path = args->chain;
        args->chain = NULL;
    }
    if (path == NULL) path = installed(app, args->chain);
    if (path != NULL) return trust_read(app, out, path);
    mote_bytes bytes = bundled_checkpoint(args->chain);
    if (bytes.size == 0) return fail_unknown(app, args->chain);
    return trust_from_compact(app, out, "the bundled checkpoint", bytes);
}

static bool settle_genesis(app *app, mote_checkpoint *checkpoint) {
    static const mote_hash unknown = {{0}};
    const arguments *args = &app->args;
    bool known = !mote_hash_equal(&checkpoint->genesis, &unknown);
    if (args->has_genesis && known && !mote_hash_equal(&args->genesis, &checkpoint->genesis)) {
        return usage_error(app, "--genesis says another block than %s",
                           app_hash(app, &checkpoint->genesis));
    }
    if (args->has_genesis) checkpoint->genesis = args->genesis;
    if (known || args->has_genesis) return true;
    return usage_error(app, "the chain's genesis is not known: --genesis HASH says it");
}

static bool encode(live *live) {
    mote_writer writer = mote_writer_into(NULL, 0);
    mote_checkpoint_encode(&writer, &live->trust.checkpoint, true);
    uint8_t *data = app_take(live->app, writer.size, 1);
    live->checkpoint = (mote_bytes){data, writer.size};
    writer = mote_writer_into(data, writer.size);
    mote_checkpoint_encode(&writer, &live->trust.checkpoint, true);
    return true;
}

bool live_trust(live *live) {
    app *app = live->app;
    app->args.any_chain = true;
    if (!read_trust(app, &live->trust)) return false;
    app_context(app, trust_memory(&live->trust) + ((size_t)1 << 20));
    return trust_establish(app, &live->trust) && settle_genesis(app, &live->trust.checkpoint) &&
           encode(live);
}
