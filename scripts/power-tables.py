#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes core/babe/power_tables.h, the tables of the power function, from their definitions.

    power-tables.py > core/babe/power_tables.h
"""
import decimal
import struct
from decimal import Decimal

decimal.getcontext().prec = 80
INTERVALS = 128
START = 0x3FE6955500000000  # bits of the first interval's start

HEAD = """/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of power.c: output of scripts/power-tables.py, which computes them from what their comments say.
 */
#ifndef MOTE_BABE_POWER_TABLES_H
#define MOTE_BABE_POWER_TABLES_H

#include <stdint.h>

#define POWER_INTERVALS 128
/* Bits of 0x1.69555p-1: the intervals divide what is from here to twice as much. */
#define POWER_START UINT64_C(0x3fe6955500000000)
"""


def number(bits):
    """The Decimal that is exactly the binary64 with these bits."""
    return Decimal(struct.unpack("<d", struct.pack("<Q", bits))[0])


def nearest(value):
    """Bits of the binary64 nearest to a Decimal (Python rounds decimal strings correctly)."""
    return struct.unpack("<Q", struct.pack("<d", float(str(value))))[0]


def whole(value):
    return int(value.to_integral_value(decimal.ROUND_HALF_EVEN))


def logarithms():
    for i in range(INTERVALS):
        centre = (number(START + (i << 45)) + number(START + (i + 1 << 45))) / 2
        inverse = 2 * whole(128 / centre) if centre < 1 else whole(256 / centre)
        log_c = -(Decimal(inverse) / 256).ln()
        coarse = Decimal(whole(log_c * 2**43)) / 2**43
        yield inverse, nearest(coarse), nearest(log_c - coarse)


def powers():
    for k in range(INTERVALS):
        exact = (Decimal(k) / 128 * Decimal(2).ln()).exp()
        bits = nearest(exact)
        yield nearest(exact / number(bits) - 1), (bits - (k << 45)) % 2**64


def table(comment, kind, name, values, form, per_line):
    print(f"\n/* {comment} */")
    print(f"static const {kind} {name}[POWER_INTERVALS] = {{")
    for at in range(0, INTERVALS, per_line):
        print("    " + ", ".join(form % value for value in values[at:at + per_line]) + ",")
    print("};")


def main():
    inverse, log_c, log_c_tail = zip(*logarithms())
    exp_tail, exp_scale = zip(*powers())
    print(HEAD, end="")
    table("With the centre m of an interval, 1/c is round(128/m)/128 for m < 1, else round(256/m)/256; in units of 1/256.",
          "uint16_t", "power_inverse", inverse, "%d", 19)
    table("log c rounded to a multiple of 2^-43, as binary64.", "uint64_t", "power_log_c", log_c, "0x%016x", 4)
    table("What is left of log c.", "uint64_t", "power_log_c_tail", log_c_tail, "0x%016x", 4)
    table("2^(k/128) = h (1 + t): t.", "uint64_t", "power_exp_tail", exp_tail, "0x%016x", 4)
    table("Bits of h, less k << 45.", "uint64_t", "power_exp_scale", exp_scale, "0x%016x", 4)
    print("\n#endif")


main()
