/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The threshold of a primary slot (sc_consensus_babe authorship.rs; verification-rules C.4): every step rounds as an
 * f64 does there, the last one is exact. Integers only.
 */
#include "binary64.h"
#include "mote/babe.h"

static const mote_babe_score most = {UINT64_MAX, UINT64_MAX};

bool mote_babe_score_below(mote_babe_score score, mote_babe_score threshold) {
    if (score.high != threshold.high) return score.high < threshold.high;
    return score.low < threshold.low;
}

static binary64 ratio(uint64_t numerator, uint64_t denominator) {
    return mote_babe_b64_divide(mote_babe_b64_of_u64(numerator), mote_babe_b64_of_u64(denominator));
}

/* floor(2^128 p). Exact: p is 1 less a number of 53 bits from 2^-53 on, so its lowest bit is worth 2^-106 or more. */
static mote_babe_score of_probability(binary64 p) {
    mote_babe_score out = {0, 0};
    int32_t places = p.exponent + 128;
    if (p.significand == 0 || places < 0) return out;
    if (places > 75) return most; /* p = 1 */
    if (places >= 64) {
        out.high = p.significand << (places - 64);
    } else {
        out.high = places == 0 ? 0 : p.significand >> (64 - places);
        out.low = p.significand << places;
    }
    return out;
}

mote_babe_score mote_babe_threshold(uint64_t c_numerator, uint64_t c_denominator, uint64_t weight,
                                    uint64_t total) {
    const mote_babe_score none = {0, 0};
    if (c_numerator == 0 || c_numerator > c_denominator) return none;
    if (weight == 0 || weight > total) return none;
    binary64 one = mote_babe_b64_of_u64(1);
    binary64 miss = mote_babe_b64_subtract(one, ratio(c_numerator, c_denominator));
    if (miss.significand == 0) return most;
    binary64 lose = mote_babe_b64_power(miss, ratio(weight, total));
    return of_probability(mote_babe_b64_subtract(one, lose));
}
