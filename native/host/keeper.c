/* SPDX-License-Identifier: Apache-2.0 */
#include "keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_SIZE ((size_t)16 << 20) /* of a set of MOTE_MAX_AUTHORITIES, and more */

/* XDG Base Directory Specification: a relative path is none. */
char *mote_keeper_folder(void) {
    char path[PATH_MAX];
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    int size = 0;
    if (state != NULL && state[0] == '/') {
        size = snprintf(path, sizeof path, "%s/mote", state);
    } else if (home != NULL && home[0] == '/') {
        size = snprintf(path, sizeof path, "%s/.local/state/mote", home);
    }
    return size <= 0 || (size_t)size >= sizeof path ? NULL : strdup(path);
}

static bool file_name(char out[PATH_MAX], const char *folder, const mote_hash *genesis,
                      const char *end) {
    char hex[2 * sizeof genesis->bytes + 1];
    for (size_t i = 0; i < sizeof genesis->bytes; i++) {
        snprintf(hex + 2 * i, 3, "%02x", genesis->bytes[i]);
    }
    int size = snprintf(out, PATH_MAX, "%s/%s%s", folder, hex, end);
    return size > 0 && size < PATH_MAX;
}

mote_bytes mote_keeper_load(const char *folder, const mote_hash *genesis) {
    const mote_bytes nothing = {NULL, 0};
    char path[PATH_MAX];
    if (!file_name(path, folder, genesis, ".saved")) return nothing;
    FILE *file = fopen(path, "rb");
    if (file == NULL) return nothing;
    uint8_t *data = malloc(MAX_SIZE);
    size_t size = data == NULL ? 0 : fread(data, 1, MAX_SIZE, file);
    fclose(file);
    if (size > 0) return (mote_bytes){data, size};
    free(data);
    return nothing;
}

/* The folder and those above it, for the user alone. */
static bool make_folders(const char *folder) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s", folder);
    for (char *at = path + 1; *at != 0; at++) {
        if (*at != '/') continue;
        *at = 0;
        if (mkdir(path, 0700) != 0 && errno != EEXIST) return false;
        *at = '/';
    }
    return mkdir(path, 0700) == 0 || errno == EEXIST;
}

static bool write_whole(int file, mote_bytes bytes) {
    size_t done = 0;
    while (done < bytes.size) {
        ssize_t part = write(file, bytes.data + done, bytes.size - done);
        if (part < 0 && errno == EINTR) continue;
        if (part <= 0) return false;
        done += (size_t)part;
    }
    return fsync(file) == 0;
}

/* A file of its own beside the old one, whole on the disk before it takes its place. */
int mote_keeper_store(const char *folder, const mote_hash *genesis, mote_bytes bytes) {
    char path[PATH_MAX], fresh[PATH_MAX];
    if (!file_name(path, folder, genesis, ".saved") ||
        !file_name(fresh, folder, genesis, ".XXXXXX")) {
        return ENAMETOOLONG;
    }
    if (!make_folders(folder)) return errno;
    int file = mkstemp(fresh);
    if (file < 0) return errno;
    bool written = write_whole(file, bytes);
    int error = errno;
    written = close(file) == 0 && written;
    if (written && rename(fresh, path) == 0) return 0;
    if (written) error = errno;
    unlink(fresh);
    return error == 0 ? EIO : error;
}
