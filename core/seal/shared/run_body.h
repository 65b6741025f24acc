/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text of babe/run.c and aura/run.c. AUTHORS(name) is mote_babe_name or mote_aura_name; after this the file defines
 * step. Without AUTHORS it is nothing.
 *
 * Headers each of which is the parent of the next: what needs no signature is judged header by header, then the signatures
 * of those that came so far together. Where one of them does not hold, the headers before it do, and it is judged alone
 * for what it is refused for; so is what fails without signatures, once those before it hold.
 *
 * A few first, and four times as many where all of those hold: whoever sends false seals has work made for a few of them,
 * or for as many as a quarter of the good ones that he had to have before.
 */
#ifdef AUTHORS
#include <string.h>

#define FIRST_TOGETHER 8u
#define MOST_TOGETHER 256u

typedef AUTHORS(position) authors_position;
typedef AUTHORS(digest) authors_digest;
typedef AUTHORS(case) authors_case;
typedef AUTHORS(authorship) authors_authorship;

typedef struct steps {
    size_t count; /* that there is room for */
    authors_position *at;
    authors_digest *digest;
    authors_authorship *author;
    authors_case *cases;
    uint8_t *bad;
} steps;

static bool take(mote_context *context, steps *out, size_t count) {
    out->count = count;
    out->at = mote_context_take(context, count, sizeof *out->at);
    out->digest = mote_context_take(context, count, sizeof *out->digest);
    out->author = mote_context_take(context, count, sizeof *out->author);
    out->cases = mote_context_take(context, count, sizeof *out->cases);
    out->bad = mote_context_take(context, count, sizeof *out->bad);
    return out->at != NULL && out->digest != NULL && out->author != NULL && out->cases != NULL &&
           out->bad != NULL;
}

/* Room for that many, or for as many as memory suffices for; a header alone needs none. */
static void take_steps(mote_context *context, steps *out, size_t wanted) {
    const size_t mark = mote_context_mark(context);
    memset(out, 0, sizeof *out);
    for (size_t count = wanted < MOST_TOGETHER ? wanted : MOST_TOGETHER; count > 1; count /= 2) {
        if (take(context, out, count)) return;
        mote_context_release(context, mark);
    }
    out->count = 0;
}

/* Header number `which`: s->at, s->digest and s->cases of it, by what needs no signature. */
static mote_status step(mote_context *context, steps *s, size_t which,
                        const authors_position *before, const mote_header *header,
                        uint64_t slot_now);

/* How many of the headers hold, from the first on. */
static size_t follow_some(mote_context *context, steps *s, const authors_position *parent,
                          const mote_header *headers, size_t count, uint64_t slot_now) {
    size_t known = 0, good = 0;
    for (; known < count; known++) {
        const authors_position *before = known == 0 ? parent : &s->at[known - 1];
        if (step(context, s, known, before, &headers[known], slot_now) != MOTE_OK) break;
    }
    if (AUTHORS(verify_many)(context, s->author, s->bad, s->cases, known, slot_now) == MOTE_OK) {
        return known;
    }
    while (s->bad[good] == 0) good++;
    return good;
}

mote_status AUTHORS(advance_many)(mote_context *context, authors_position *out,
                                  authors_authorship *authorships, size_t *verified,
                                  const authors_position *parent, const mote_header *headers,
                                  size_t count, uint64_t slot_now) {
    const size_t mark = mote_context_mark(context);
    authors_position at = *parent;
    mote_status status = MOTE_OK;
    size_t done = 0, at_once = FIRST_TOGETHER;
    steps s;
    if (authorships != NULL) memset(authorships, 0, count * sizeof *authorships);
    take_steps(context, &s, count);
    while (done < count && status == MOTE_OK) {
        if (at_once > s.count) at_once = s.count;
        const size_t some = count - done < at_once ? count - done : at_once;
        const size_t good = follow_some(context, &s, &at, headers + done, some, slot_now);
        if (good > 0) at = s.at[good - 1];
        if (good > 0 && authorships != NULL) {
            memcpy(authorships + done, s.author, good * sizeof *authorships);
        }
        done += good;
        at_once *= 4;
        if (done == count || (good > 0 && good == some)) continue;
        authors_authorship *author = authorships == NULL ? NULL : &authorships[done];
        status = AUTHORS(advance)(context, &at, author, &at, &headers[done], slot_now);
        if (status == MOTE_OK) done++;
    }
    mote_context_release(context, mark);
    *verified = done;
    *out = at;
    if (status == MOTE_OK) mote_context_clear_fault(context);
    return status;
}
#endif
