/* SPDX-License-Identifier: Apache-2.0 */
#include "moment.h"

#include <inttypes.h>
#include <time.h>

#include "app.h"

/* Days since 1970-01-01 in the proleptic Gregorian calendar; the year begins in March, so that the leap day is its
 * last. */
static int64_t days_from_civil(int64_t year, int64_t month, int64_t day) {
    year -= month <= 2;
    int64_t era = year / 400;
    int64_t year_of_era = year % 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

static int64_t days_in_month(int64_t year, int64_t month) {
    static const int64_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* `count` digits; -1 where there are none. Moves on. */
static int64_t digits(const char **at, int count) {
    int64_t value = 0;
    for (int i = 0; i < count; i++) {
        char c = **at;
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
        (*at)++;
    }
    return value;
}

static bool literal(const char **at, const char *choices) {
    for (; *choices != 0; choices++) {
        if (**at != *choices) continue;
        (*at)++;
        return true;
    }
    return false;
}

/* "Z" or "+hh:mm": seconds east of UTC. */
static bool parse_zone(const char **at, int64_t *east) {
    *east = 0;
    if (literal(at, "Zz")) return true;
    bool west = **at == '-';
    if (!literal(at, "+-")) return false;
    int64_t hours = digits(at, 2);
    if (hours < 0 || hours > 23 || !literal(at, ":")) return false;
    int64_t minutes = digits(at, 2);
    if (minutes < 0 || minutes > 59) return false;
    *east = (hours * 60 + minutes) * (west ? -60 : 60);
    return true;
}

static bool parse_date(const char **at, int64_t *days) {
    int64_t year = digits(at, 4);
    if (year < 0 || !literal(at, "-")) return false;
    int64_t month = digits(at, 2);
    if (month < 1 || month > 12 || !literal(at, "-")) return false;
    int64_t day = digits(at, 2);
    if (day < 1 || day > days_in_month(year, month)) return false;
    *days = days_from_civil(year, month, day);
    return true;
}

static bool parse_clock(const char **at, int64_t *seconds) {
    int64_t hour = digits(at, 2);
    if (hour < 0 || hour > 23 || !literal(at, ":")) return false;
    int64_t minute = digits(at, 2);
    if (minute < 0 || minute > 59 || !literal(at, ":")) return false;
    int64_t second = digits(at, 2);
    if (second < 0 || second > 60) return false; /* 60: a leap second */
    if (literal(at, ".")) {
        if (digits(at, 1) < 0) return false;
        while (digits(at, 1) >= 0) {
        }
    }
    *seconds = (hour * 60 + minute) * 60 + second;
    return true;
}

static bool parse_rfc3339(uint64_t *seconds, const char *text) {
    int64_t days, clock, east;
    if (!parse_date(&text, &days) || !literal(&text, "Tt ")) return false;
    if (!parse_clock(&text, &clock) || !parse_zone(&text, &east) || *text != 0) return false;
    int64_t unix_seconds = days * 86400 + clock - east;
    *seconds = unix_seconds < 0 ? 0 : (uint64_t)unix_seconds;
    return true;
}

/* At most 15 digits: enough for 30 million years, and nothing overflows. */
static bool parse_unix(uint64_t *seconds, const char *text) {
    uint64_t value = 0;
    int count = 0;
    for (; *text >= '0' && *text <= '9' && count < 15; text++, count++) {
        value = value * 10 + (uint64_t)(*text - '0');
    }
    *seconds = value;
    return *text == 0 && count > 0;
}

bool moment_parse(uint64_t *seconds, const char *text) {
    if (!parse_unix(seconds, text) && !parse_rfc3339(seconds, text)) return false;
    /* To the core 0 is no time at all. */
    if (*seconds == 0) *seconds = 1;
    return true;
}

uint64_t moment_now(void) {
    time_t now = time(NULL);
    return now < 1 ? 1 : (uint64_t)now;
}

char *moment_text(app *app, uint64_t seconds) {
    time_t time = (time_t)seconds;
    struct tm parts;
    if (seconds > INT64_MAX || gmtime_r(&time, &parts) == NULL) {
        return app_text(app, "%" PRIu64 " s after 1970", seconds);
    }
    return app_text(app, "%04d-%02d-%02dT%02d:%02d:%02dZ", parts.tm_year + 1900, parts.tm_mon + 1,
                    parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

char *moment_duration(app *app, uint64_t seconds) {
    uint64_t days = seconds / 86400, hours = seconds / 3600 % 24, minutes = seconds / 60 % 60;
    if (days >= 3 || (days > 0 && hours == 0)) return app_text(app, "%" PRIu64 " d", days);
    if (days > 0) return app_text(app, "%" PRIu64 " d %" PRIu64 " h", days, hours);
    if (hours > 0) return app_text(app, "%" PRIu64 " h %" PRIu64 " min", hours, minutes);
    if (minutes > 0) return app_text(app, "%" PRIu64 " min", minutes);
    return app_text(app, "%" PRIu64 " s", seconds);
}

char *moment_window(app *app, const mote_age *age) {
    char *window = moment_duration(app, age->window_seconds);
    if (!age->window_assumed) return window;
    return app_text(app, "%s by default, which is assumed", window);
}
