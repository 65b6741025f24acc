/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include <dirent.h>
#include <zlib.h>

/* Recorded files stay in memory until the process ends; the core itself never allocates. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) {
    return "detect_leaks=0";
}

static void die(const char *what, const char *which) {
    fprintf(stderr, "fixture: %s: %s\n", what, which);
    abort();
}

static char *full_path(const char *path) {
    const char *root = getenv("MOTE_TEST_VECTORS_DIR");
    if (root == NULL) root = MOTE_TEST_VECTORS;
    size_t size = strlen(root) + strlen(path) + 2;
    char *full = malloc(size);
    if (full == NULL) die("out of memory", path);
    snprintf(full, size, "%s/%s", root, path);
    return full;
}

static mote_bytes read_file(const char *path) {
    char *full = full_path(path);
    gzFile file = gzopen(full, "rb"); /* reads plain files as they are */
    if (file == NULL) die("cannot open", full);
    free(full);
    size_t capacity = 1 << 16, size = 0;
    uint8_t *data = malloc(capacity);
    for (;;) {
        if (data == NULL) die("out of memory", path);
        int got = gzread(file, data + size, (unsigned)(capacity - size));
        if (got < 0) die("cannot read", path);
        if (got == 0) break;
        size += (size_t)got;
        if (size == capacity) data = realloc(data, capacity *= 2);
    }
    gzclose(file);
    return (mote_bytes){data, size};
}

/* Sweeps ask for the same file a thousand times. */
mote_bytes fixture_file(const char *path) {
    static struct {
        char *path;
        mote_bytes content;
    } known[1024];
    static size_t count;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(known[i].path, path) == 0) return known[i].content;
    }
    mote_bytes content = read_file(path);
    if (count < sizeof known / sizeof known[0]) {
        size_t size = strlen(path) + 1;
        known[count].path = malloc(size);
        if (known[count].path == NULL) die("out of memory", path);
        memcpy(known[count].path, path, size);
        known[count++].content = content;
    }
    return content;
}

static json_t *parse_json(const char *text, size_t size, const char *path) {
    json_error_t error;
    json_t *json = json_loadb(text, size, JSON_DECODE_ANY, &error);
    if (json == NULL) die(error.text, path);
    return json;
}

json_t *fixture_json(const char *path) {
    mote_bytes file = fixture_file(path);
    return parse_json((const char *)file.data, file.size, path);
}

size_t fixture_json_lines(const char *path, void (*each)(json_t *line, void *user), void *user) {
    mote_bytes file = fixture_file(path);
    size_t lines = 0;
    for (size_t start = 0; start < file.size;) {
        const uint8_t *newline = memchr(file.data + start, '\n', file.size - start);
        size_t end = newline == NULL ? file.size : (size_t)(newline - file.data);
        if (end > start) {
            json_t *line = parse_json((const char *)file.data + start, end - start, path);
            each(line, user);
            json_decref(line);
            lines++;
        }
        start = end + 1;
    }
    return lines;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static mote_bytes hex_of_length(const char *hex, size_t length) {
    if (length >= 2 && hex[0] == '0' && hex[1] == 'x') {
        hex += 2;
        length -= 2;
    }
    if (length % 2 != 0) die("odd hex", hex);
    uint8_t *data = malloc(length / 2 + 1);
    if (data == NULL) die("out of memory", "hex");
    for (size_t i = 0; i < length / 2; i++) {
        int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
        if (high < 0 || low < 0) die("bad hex", hex);
        data[i] = (uint8_t)(high << 4 | low);
    }
    return (mote_bytes){data, length / 2};
}

mote_bytes fixture_hex(const char *hex) {
    return hex_of_length(hex, strlen(hex));
}

mote_bytes fixture_hex_field(const json_t *object, const char *name) {
    const char *hex = json_string_value(json_object_get(object, name));
    if (hex == NULL) die("no such string", name);
    return fixture_hex(hex);
}

mote_hash fixture_hash(const char *hex) {
    mote_bytes bytes = fixture_hex(hex);
    mote_hash hash;
    if (bytes.size != sizeof hash.bytes) die("not 32 bytes", hex);
    memcpy(hash.bytes, bytes.data, sizeof hash.bytes);
    return hash;
}

mote_bytes *fixture_hex_lines(const char *path, size_t *count) {
    mote_bytes file = fixture_file(path);
    mote_bytes *lines = NULL;
    *count = 0;
    for (size_t start = 0; start < file.size;) {
        size_t end = start;
        while (end < file.size && file.data[end] != '\n' && file.data[end] != '\r') end++;
        if (end > start) {
            lines = realloc(lines, (*count + 1) * sizeof *lines);
            if (lines == NULL) die("out of memory", path);
            lines[(*count)++] = hex_of_length((const char *)file.data + start, end - start);
        }
        start = end + 1;
    }
    return lines;
}

static int compare_strings(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool ends_with(const char *name, const char *end) {
    size_t size = strlen(name), tail = strlen(end);
    return size >= tail && strcmp(name + size - tail, end) == 0;
}

char **fixture_list(const char *folder, const char *starts, const char *ends, size_t *count) {
    char *full = full_path(folder);
    DIR *dir = opendir(full);
    if (dir == NULL) die("cannot list", full);
    char **names = NULL;
    *count = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (strncmp(entry->d_name, starts, strlen(starts)) != 0) continue;
        if (entry->d_name[0] == '.' || !ends_with(entry->d_name, ends)) continue;
        size_t size = strlen(folder) + strlen(entry->d_name) + 2;
        names = realloc(names, (*count + 1) * sizeof *names);
        if (names == NULL || (names[*count] = malloc(size)) == NULL) die("out of memory", folder);
        snprintf(names[(*count)++], size, "%s/%s", folder, entry->d_name);
    }
    closedir(dir);
    free(full);
    if (*count == 0) die("a suite found no files", folder);
    qsort(names, *count, sizeof *names, compare_strings);
    return names;
}

typedef struct block {
    mote_context context;
    void *memory;
    size_t size;
} block;

mote_backend fixture_backend(void) {
    const char *name = getenv("MOTE_TEST_BACKEND");
    if (name == NULL || *name == 0) return MOTE_BACKEND_BEST;
    for (mote_backend backend = MOTE_BACKEND_PORTABLE; backend < MOTE_BACKENDS; backend++) {
        if (strcmp(name, mote_backend_name(backend)) != 0) continue;
        if (mote_backend_runs_here(backend)) return backend;
        (void)printf("back end %s: not run here\n", name);
        exit(77);
    }
    die("no back end has the name that MOTE_TEST_BACKEND says", name);
    return MOTE_BACKEND_BEST;
}

/* Before any test runs. */
__attribute__((constructor)) static void look_for_backend(void) {
    (void)fixture_backend();
}

static mote_context *context_over(block *block, size_t mebibytes) {
    static const uint8_t seed[32] = {0x6d, 0x6f, 0x74, 0x65};
    size_t size = mebibytes << 20;
    if (block->size != size) {
        free(block->memory);
        block->memory = malloc(size == 0 ? 1 : size);
        block->size = size;
        if (block->memory == NULL) die("out of memory", "context");
    }
    mote_context_init(&block->context, block->memory, size, seed);
    block->context.backend = fixture_backend();
    return &block->context;
}

mote_context *fixture_context(size_t mebibytes) {
    static block first;
    return context_over(&first, mebibytes);
}

mote_context *fixture_other_context(size_t mebibytes) {
    static block second;
    return context_over(&second, mebibytes);
}

uint8_t *fixture_copy(mote_bytes bytes) {
    uint8_t *copy = malloc(bytes.size == 0 ? 1 : bytes.size);
    if (copy == NULL) die("out of memory", "copy");
    if (bytes.size != 0) memcpy(copy, bytes.data, bytes.size);
    return copy;
}

uint64_t fixture_random(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

fixture_effort_level fixture_effort(void) {
    const char *effort = getenv("MOTE_TEST_EFFORT");
    if (effort == NULL || *effort == 0 || strcmp(effort, "normal") == 0) return FIXTURE_NORMAL;
    if (strcmp(effort, "small") == 0) return FIXTURE_SMALL;
    if (strcmp(effort, "long") == 0) return FIXTURE_LONG;
    die("MOTE_TEST_EFFORT is small, normal or long, not", effort);
    return FIXTURE_NORMAL;
}

size_t fixture_times(size_t normal) {
    switch (fixture_effort()) {
    case FIXTURE_SMALL: return normal / 60 == 0 ? 1 : normal / 60;
    case FIXTURE_LONG: return normal * 8;
    case FIXTURE_NORMAL: break;
    }
    return normal;
}

void fixture_assert_status(mote_status actual, mote_status expected, const char *file, int line) {
    if (actual == expected) return;
    print_error("status is %s (%s), not %s\n", mote_status_name(actual), mote_status_text(actual),
                mote_status_name(expected));
    _fail(file, line);
}

void fixture_assert_hash(const mote_hash *hash, const char *hex, const char *file, int line) {
    mote_hash expected = fixture_hash(hex);
    if (mote_hash_equal(hash, &expected)) return;
    print_error("hash is 0x");
    for (size_t i = 0; i < sizeof hash->bytes; i++) print_error("%02x", hash->bytes[i]);
    print_error(", not %s\n", hex);
    _fail(file, line);
}
