/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The numbers of docs/memory.md are those of this build, where it is of the kind that the document is about.
 *
 *     checks_memory DOCUMENT      compares
 *     checks_memory               prints them (for memory.mjs --write)
 */
#include "memory_figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOT_HERE 77

/* Of the row about `what`, the first number; 0 where there is none. */
static size_t documented(const char *document, const char *what) {
    char row[200];
    snprintf(row, sizeof row, "\n| %s | ", what);
    const char *at = strstr(document, row);
    return at == NULL ? 0 : (size_t)strtoull(at + strlen(row), NULL, 10);
}

static char *whole(const char *path) {
    char *text = calloc(1, 1 << 20);
    FILE *file = fopen(path, "rb");
    if (file == NULL || text == NULL || fread(text, 1, (1 << 20) - 1, file) == 0) {
        perror(path);
        exit(2);
    }
    fclose(file);
    return text;
}

int main(int count, char **arguments) {
    memory_figure figures[MEMORY_FIGURES];
    size_t wrong = 0, all = memory_figures(figures);
    char *document = count > 1 ? whole(arguments[1]) : NULL;
    if (document != NULL && sizeof(void *) != 8) {
        printf("not of this machine: the document has the numbers of 64 bits, and of wasm\n");
        return NOT_HERE;
    }
    for (size_t i = 0; i < all; i++) {
        if (document == NULL) {
            printf("%zu %s\n", figures[i].bytes, figures[i].what);
        } else if (documented(document, figures[i].what) != figures[i].bytes) {
            wrong++;
            printf("docs/memory.md: %s: it is %zu, not %zu\n", figures[i].what, figures[i].bytes,
                   documented(document, figures[i].what));
        }
    }
    if (wrong != 0) puts("With both builds: node tests/checks/memory.mjs --write");
    free(document);
    return wrong == 0 ? 0 : 1;
}
