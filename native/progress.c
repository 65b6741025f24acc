/* SPDX-License-Identifier: Apache-2.0 */
#include "progress.h"

#define FIRST_AFTER 1000.0
#define REDRAW_AFTER 100.0
#define WIDTH 40

void progress_begin(app *app) {
    app->bar_since = app_milliseconds();
    app->bar_drew = 0;
}

void progress_show(app *app, size_t done, size_t all) {
    if (!app->bar || all == 0) return;
    double now = app_milliseconds();
    if (now - app->bar_since < FIRST_AFTER || now - app->bar_drew < REDRAW_AFTER) return;
    char bar[WIDTH + 1];
    double part = (double)done / (double)all;
    for (int i = 0; i < WIDTH; i++) bar[i] = (double)i < part * WIDTH ? '#' : '.';
    bar[WIDTH] = 0;
    fflush(stdout);
    fprintf(stderr, "\r[%s] %3.0f %%  %.0f s", bar, part * 100, (now - app->bar_since) / 1000);
    fflush(stderr);
    app->bar_drew = now;
    app->bar_drawn = true;
}

void progress_wipe(app *app) {
    if (!app->bar_drawn) return;
    fputs("\r\033[K", stderr);
    fflush(stderr);
    app->bar_drawn = false;
}
