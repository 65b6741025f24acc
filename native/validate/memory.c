/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "validate.h"

/* Of the innermost guard of this thread. */
static _Thread_local jmp_buf *way_out;

bool memory_suffices(void (*run)(void *), void *data) {
    jmp_buf here, *const outer = way_out;
    volatile bool suffices = false;
    if (setjmp(here) == 0) {
        way_out = &here;
        run(data);
        suffices = true;
    }
    way_out = outer;
    return suffices;
}

_Noreturn void memory_ends(void) {
    if (way_out != NULL) longjmp(*way_out, 1);
    fputs("mote: limit: there is not enough memory\n", stderr);
    _exit(5);
}

void *memory_grow(void *old, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size) memory_ends();
    void *grown = realloc(old, count * size + (count * size == 0));
    if (grown == NULL) memory_ends();
    return grown;
}

void *memory_take(size_t count, size_t size) {
    void *taken = calloc(count + (count == 0), size);
    if (taken == NULL) memory_ends();
    return taken;
}
