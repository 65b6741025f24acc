/* SPDX-License-Identifier: Apache-2.0 */
#include "app.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "mote/ed25519.h"
#include "progress.h"

struct app_block {
    app_block *next;
    app_block *previous;
    max_align_t content[];
};

static bool shows_colors(void) {
    const char *no_color = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    if (no_color != NULL && *no_color != 0) return false;
    if (terminal == NULL || strcmp(terminal, "dumb") == 0) return false;
    return isatty(STDOUT_FILENO) != 0;
}

void app_open(app *app) {
    memset(app, 0, sizeof *app);
    app->color = shows_colors();
    app->bar = isatty(STDERR_FILENO) != 0;
    report_open(&app->report);
}

void app_close(app *app) {
    pool_close(app->pool);
    report_close(&app->report);
    while (app->blocks != NULL) {
        app_block *block = app->blocks;
        app->blocks = block->next;
        free(block);
    }
}

/* Nothing can be composed any more, so the object is written as it is. */
static void end_without_memory(const app *app) {
    if (app->json) {
        fputs(REPORT_WITHOUT_MEMORY, stdout);
    } else {
        fputs("mote: limit: there is not enough memory\n", stderr);
    }
    fflush(stdout);
    _exit(5);
}

static void link_block(app *app, app_block *block) {
    block->previous = NULL;
    block->next = app->blocks;
    if (block->next != NULL) block->next->previous = block;
    app->blocks = block;
}

void *app_take(app *app, size_t count, size_t size) {
    if (size != 0 && count > (SIZE_MAX - sizeof(app_block)) / size) end_without_memory(app);
    app_block *block = calloc(1, sizeof *block + count * size);
    if (block == NULL) end_without_memory(app);
    link_block(app, block);
    return block->content;
}

void *app_grow(app *app, void *old, size_t size) {
    if (old == NULL) return app_take(app, size, 1);
    if (size > SIZE_MAX - sizeof(app_block)) end_without_memory(app);
    app_block *block = (app_block *)((char *)old - offsetof(app_block, content));
    if (block->previous != NULL) {
        block->previous->next = block->next;
    } else {
        app->blocks = block->next;
    }
    if (block->next != NULL) block->next->previous = block->previous;
    app_block *grown = realloc(block, sizeof *grown + size);
    if (grown == NULL) {
        free(block);
        end_without_memory(app);
    }
    link_block(app, grown);
    return grown->content;
}

char *app_text(app *app, const char *format, ...) {
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    int size = vsnprintf(NULL, 0, format, list);
    va_end(list);
    char *text = app_take(app, size < 0 ? 1 : (size_t)size + 1, 1);
    if (size > 0) vsnprintf(text, (size_t)size + 1, format, again);
    va_end(again);
    return text;
}

char *app_hex(app *app, mote_bytes bytes) {
    static const char digits[] = "0123456789abcdef";
    char *text = app_take(app, 2 * bytes.size + 3, 1);
    char *at = text;
    *at++ = '0';
    *at++ = 'x';
    for (size_t i = 0; i < bytes.size; i++) {
        *at++ = digits[bytes.data[i] >> 4];
        *at++ = digits[bytes.data[i] & 15];
    }
    *at = 0;
    return text;
}

char *app_count(app *app, size_t count, const char *noun) {
    return app_text(app, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

char *app_hash(app *app, const mote_hash *hash) {
    return app_hex(app, (mote_bytes){hash->bytes, sizeof hash->bytes});
}

void app_source(app *app, const char *name, mote_bytes bytes) {
    size_t count = app->source_count + 1;
    /* Doubling at powers of two. */
    if ((count & (count - 1)) == 0 || app->sources == NULL) {
        app->sources = app_grow(app, app->sources, 2 * count * sizeof *app->sources);
    }
    app->sources[app->source_count++] = (source){name, bytes};
}

void app_context(app *app, size_t size) {
    uint8_t seed[32];
    if (getrandom(seed, sizeof seed, 0) != (ssize_t)sizeof seed) {
        /* The seed costs resistance against slow-downs, never a verdict: a poor one will do. */
        memset(seed, 0, sizeof seed);
        double now = app_milliseconds();
        memcpy(seed, &now, sizeof now);
    }
    void *memory = malloc(size + sizeof(app_block));
    if (memory == NULL) end_without_memory(app);
    link_block(app, memory);
    mote_context_init(&app->context, ((app_block *)memory)->content, size, seed);
}

void app_cache_keys(app *app, size_t capacity) {
    size_t size = mote_ed25519_keys_size(capacity);
    app->context.keys =
        mote_ed25519_keys_init(app_take(app, size, 1), size, capacity, app->context.seed);
}

size_t app_threads(const app *app) {
    if (!app->args.has_threads) return pool_default_threads();
    const size_t threads = app->args.threads;
    return threads < POOL_MOST_THREADS ? threads : POOL_MOST_THREADS;
}

pool *app_pool(app *app) {
    if (app->pool == NULL) app->pool = pool_open(app_threads(app));
    return app->pool;
}

double app_milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

void say(app *app, const char *format, ...) {
    if (app->json) return;
    progress_wipe(app);
    va_list list;
    va_start(list, format);
    vfprintf(stdout, format, list);
    va_end(list);
}
