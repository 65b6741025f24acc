/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What others wrote, as it may stand on a terminal and in a report: the names of their files, the reasons of their nodes.
 * A byte of a control character (C0, C1, DEL), of one that changes the line or the direction of writing, or of no UTF-8
 * becomes \xNN.
 */
#ifndef MOTE_NATIVE_PRINTABLE_H
#define MOTE_NATIVE_PRINTABLE_H

#include <stdbool.h>
#include <stddef.h>

struct app;

/* Bytes that are to be escaped at the beginning of a text, or 0: then `*size` are to be shown as they are. */
size_t printable_escapes(const char *text, size_t *size);
bool printable_is(const char *text);
char *printable_copy(const char *text); /* to be freed; NULL where there is no memory */
char *app_printable(struct app *app, const char *text);
/* As one word of a shell, whatever is in it. */
char *app_shell_word(struct app *app, const char *text);

#endif
