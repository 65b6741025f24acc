# SPDX-License-Identifier: Apache-2.0
"""Every kind of failure that a justification or a warp proof can have: which precommit, ancestry header or fragment it is,
at which byte, what was expected and what was found. Structure is judged before signatures, so recorded votes will do."""
import hashlib
import json
import struct

from support import Cli, VECTORS, each, load

G = VECTORS / "grandpa"
JUSTIFICATION = (G / "rococo-1238286.justification.bin").read_bytes()
SET = ["--authorities", G / "authority-sets/rococo-set2149.bin", "--set-id", 2149]
WARP = (VECTORS / "warp/rococo-set2149-to-2150-1238286-1238699.warpproof.bin").read_bytes()
SIZE = 132
TARGET, NUMBER = JUSTIFICATION[8:40], struct.unpack("<I", JUSTIFICATION[40:44])[0]
VOTES = JUSTIFICATION[44] >> 2
FIRST = 45  # the first precommit: hash, number, signature, key
assert JUSTIFICATION[44] & 3 == 0 and len(JUSTIFICATION) == FIRST + SIZE * VOTES + 1  # no ancestry


def edited(data, at, new):
    return data[:at] + new + data[at + len(new):]


def vote(index, hash_, number):
    return edited(JUSTIFICATION, FIRST + SIZE * index, hash_ + struct.pack("<I", number))


def header(parent, number, root=b"\1"):
    assert 1 << 14 <= number < 1 << 30
    return parent + struct.pack("<I", number << 2 | 2) + root * 32 + b"\2" * 32 + b"\0"


def with_ancestry(data, *headers):
    assert data[-1] == 0
    return data[:-1] + bytes([len(headers) << 2]) + b"".join(headers)


def blake2(data):
    return hashlib.blake2b(data, digest_size=32).digest()


CHILD = header(TARGET, NUMBER + 1)
SKIPS = header(TARGET, NUMBER + 2)
END = len(JUSTIFICATION)
# name: (bytes, status, exit code, item, index, offset, word of expected, word of found)
CASES = {
    "signature": (edited(JUSTIFICATION, FIRST + SIZE * 3 + 36, bytes([JUSTIFICATION[FIRST + SIZE * 3 + 36] ^ 1])),
                  "bad_signature", 1, "precommit", 3, FIRST + SIZE * 3 + 36, "a signature of 0x", "0x"),
    "voter": (edited(JUSTIFICATION, FIRST + SIZE * 2 + 100, b"\7" * 32), "unknown_voter", 1, "precommit", 2,
              FIRST + SIZE * 2 + 100, "a key of the authority set", "0x" + "07" * 32),
    "below": (vote(4, b"\5" * 32, NUMBER - 1), "vote_below_target", 1, "precommit", 4, FIRST + SIZE * 4,
              f"a vote for block {NUMBER} ", f"block {NUMBER - 1} 0x0505"),
    "elsewhere": (vote(4, b"\5" * 32, NUMBER + 1), "vote_not_descendant", 1, "precommit", 4, FIRST + SIZE * 4,
                  "or a descendant of it", f"block {NUMBER + 1} 0x0505"),
    "number-of-a-vote": (vote(5, TARGET, NUMBER + 1), "target_number", 1, "precommit", 5, FIRST + SIZE * 5,
                         f"a vote for block {NUMBER} ", f"block {NUMBER + 1} "),
    "number-of-ancestry": (with_ancestry(vote(6, blake2(SKIPS), NUMBER + 1), SKIPS), "ancestry_number", 1, "precommit", 6,
                           END, "numbers count down", f"block {NUMBER + 2} 0x{blake2(SKIPS).hex()}"),
    "unused": (with_ancestry(vote(6, blake2(CHILD), NUMBER + 1), CHILD, SKIPS), "ancestry_unused", 1, "ancestry header", 1,
               END + len(CHILD), "only headers between", f"block {NUMBER + 2} "),
    "twice": (with_ancestry(vote(6, blake2(CHILD), NUMBER + 1), CHILD, CHILD), "ancestry_duplicate", 1, "ancestry header",
              1, END + len(CHILD), "every header once", f"block {NUMBER + 1} "),
    "cut-ancestry": (with_ancestry(JUSTIFICATION, CHILD, CHILD)[:-1], "truncated", 1, "ancestry header", 1,
                     END + 2 * len(CHILD) - 1, "more bytes", "the end, after"),
    "cut-precommits": (JUSTIFICATION[:FIRST + SIZE * 3], "length_beyond_input", 1, None, None, FIRST - 1,
                       "a length that", "0x"),
    "cut-target": (JUSTIFICATION[:30], "truncated", 1, None, None, 8, "more bytes", "0x"),
    "nothing": (b"", "truncated", 1, None, None, 0, "more bytes", "the end"),
    "more": (JUSTIFICATION + b"\0", "trailing_bytes", 1, None, None, END, "the end", "1 more bytes"),
    "no-votes": (JUSTIFICATION[:44] + b"\0\0", "no_precommits", 1, None, None, FIRST, "at least one", "0x00"),
    "few-votes": (JUSTIFICATION[:44] + bytes([3 << 2]) + JUSTIFICATION[FIRST:FIRST + 3 * SIZE] + b"\0", "below_threshold",
                  1, None, None, FIRST, "a weight of at least", "3, of 3 voters"),
}


class OfJustifications(Cli):
    def judge(self, answer, case, shift=0):
        _, status, _, item, index, offset, expected, found = case
        self.assertEqual((answer["status"], answer["item"], answer["index"], answer["offset"]),
                         (status, item, index, offset + shift))
        self.assertIn(expected, answer["expected"])
        self.assertIn(found, answer["found"])

    @each(sorted(CASES))
    def test_alone(self, name):
        case = CASES[name]
        self.judge(self.json("justification", self.file("j", case[0]), *SET, code=case[2]), case)
        if case[3]:
            _, err = self.text("justification", self.file("j", case[0]), *SET, code=case[2])
            self.assertIn(f", byte {case[5]}, {case[3]} {case[4]}", err)

    @each(sorted(set(CASES) - {"cut-ancestry", "cut-precommits", "cut-target", "nothing", "more"}))
    def test_in_a_warp_proof(self, name):
        """As the first fragment, which is what its index counts then."""
        data, status, code, _, _, offset, expected, found = CASES[name]
        at = WARP.index(JUSTIFICATION)
        answer = self.json("warp", self.file("w", WARP[:at] + data + WARP[at + len(JUSTIFICATION):]), *SET, code=code)
        self.judge(answer, (None, status, code, "fragment", 0, offset, expected, found), at)

    def test_of_another_header(self):
        other = header(b"\3" * 32, NUMBER)
        answer = self.json("justification", self.file("j", JUSTIFICATION), *SET, "--header", self.file("h", other),
                           code=1, status="target_mismatch")
        self.assertEqual((answer["item"], answer["index"], answer["offset"]), (None, None, 8))
        self.assertEqual(answer["expected"], f"block {NUMBER} 0x{blake2(other).hex()}")
        self.assertEqual(answer["found"], f"block {NUMBER} 0x{TARGET.hex()}")

    def test_the_number_of_the_target(self):
        at = WARP.index(JUSTIFICATION)
        own = self.file("h", WARP[1:at])
        wrong = edited(JUSTIFICATION, 40, struct.pack("<I", NUMBER + 1))
        answer = self.json("justification", self.file("j", wrong), *SET, "--header", own, code=1, status="target_number")
        self.assertEqual((answer["item"], answer["index"], answer["offset"]), (None, None, 40))
        in_warp = self.json("warp", self.file("w", WARP[:at] + wrong + WARP[at + len(wrong):]), *SET, code=1,
                            status="target_number")
        self.assertEqual((in_warp["item"], in_warp["index"], in_warp["offset"]), ("fragment", 0, at + 40))
        in_bundle = self.json("bundle", "-o", self.folder / "b", "--chain", "rococo", "--header", own, "--justification",
                              self.file("j", wrong), code=1, status="target_number")
        self.assertEqual((in_bundle["input"], in_bundle["offset"]), (str(self.folder / "j"), 40))
        for one in (answer, in_warp, in_bundle):
            self.assertTrue(one["expected"].startswith(f"block {NUMBER} 0x"), one["expected"])
            self.assertTrue(one["found"].startswith(f"block {NUMBER + 1} 0x"), one["found"])

    def test_a_justification_of_another_block_in_a_bundle(self):
        answer = self.json("bundle", "-o", self.folder / "b", "--chain", "rococo", "--header",
                           self.file("h", header(b"\3" * 32, NUMBER)), "--justification", self.file("j", JUSTIFICATION),
                           code=1, status="target_mismatch")
        self.assertEqual((answer["input"], answer["offset"]), (str(self.folder / "j"), 8))

    def test_files_swapped(self):
        justification, authorities = G / "rococo-1238286.justification.bin", SET[1]
        answer = self.json("justification", authorities, "--authorities", justification, "--set-id", 1, code=1)
        self.assertIn("swapped", answer["hint"])
        answer = self.json("justification", authorities, "--authorities", authorities, "--set-id", 1, code=1)
        self.assertIn("FILE is an authority list", answer["hint"])
        answer = self.json("justification", justification, "--authorities", justification, "--set-id", 1, code=1)
        self.assertIn("is a justification", answer["hint"])


class OfWarpProofs(Cli):
    def fragments(self):
        links = self.json("warp", self.file("whole", WARP), *SET)["links"]
        first = WARP[links[0]["offset"]:links[1]["offset"]]
        return first, WARP[links[1]["offset"]:-1]

    def check(self, data, status, index, item, expected, found, code=1, options=SET):
        answer = self.json("warp", self.file("w", data), *options, code=code, status=status)
        self.assertEqual((answer["index"], answer["item"]), (index, item))
        self.assertIn(expected, answer["expected"])
        self.assertIn(found, answer["found"])
        self.assertTrue(answer["offset"] <= len(data))
        if index:
            self.assertEqual(answer["target"]["number"], NUMBER)
        return answer

    def test_the_same_twice(self):
        first, _ = self.fragments()
        self.check(b"\x08" + first + first + b"\1", "not_above_trusted", 1, "fragment", f"above number {NUMBER}",
                   f"block {NUMBER} 0x{TARGET.hex()}")

    def test_without_a_hand_over(self):
        self.check(WARP[:-1] + b"\0", "handover_missing", 1, "fragment", "scheduled change", "block 1238699 0x")

    def test_a_vote_of_the_second(self):
        first, second = self.fragments()
        at = 1 + len(first) + len(second) - 10  # the key of the last vote; no ancestry
        answer = self.check(edited(WARP, at, b"\7"), "unknown_voter", 1, "fragment", "a key of the authority set", "0x")
        self.assertEqual(answer["offset"] // SIZE, (at - 22 + 0) // SIZE)

    def test_too_few_in_the_second(self):
        first, second = self.fragments()
        votes = self.json("warp", self.file("whole", WARP), *SET)["links"][1]["precommits"]
        start = len(second) - 1 - SIZE * votes
        self.assertEqual(second[start - 1] if votes < 64 else second[start - 2] & 3, votes << 2 if votes < 64 else 1)
        short = second[:start - (1 if votes < 64 else 2)] + b"\x04" + second[start:start + SIZE] + b"\0"
        self.check(b"\x08" + first + short + b"\1", "below_threshold", 1, "fragment", "a weight of at least", "1, of 1 voter")

    def test_cut_off(self):
        for size, index in ((1, 0), (50, 0), (6000, 0), (len(WARP) - 1, 1)):
            self.check(WARP[:size], "stream_unfinished", index, "fragment", "more bytes", "the end of the file", code=4)

    def test_something_behind_it_is_no_fragment(self):
        self.check(WARP + b"\0", "trailing_bytes", None, None, "the end", "1 more bytes")

    def test_behind_another_block_than_the_checkpoint(self):
        """A made-up parent of the first fragment's block: the right number, another hash."""
        made = self.folder / "c"
        other = header(b"\4" * 32, NUMBER - 1)
        self.json("checkpoint", "--header", self.file("h", other), *SET, "-o", made)
        answer = self.check(WARP, "header_link", 0, "fragment", f"a child of block {NUMBER - 1} 0x{blake2(other).hex()}",
                            "a child of 0x" + WARP[1:33].hex(), options=["--checkpoint", made])
        self.assertEqual((answer["offset"], answer["links"][0]["kind"]), (1, "checkpoint"))
        # What is verified stays: the checkpoint's block.
        self.assertEqual(answer["target"]["hash"], "0x" + blake2(other).hex())

    def test_the_same_in_a_bundle(self):
        """A bundle of the same broken parts, under the checkpoint, names the same fragments and precommits."""
        start = (VECTORS / "headers/rococo-1237705-1238699.hex").read_text().split()
        made, out = self.folder / "c", self.folder / "b"
        age = self.json("checkpoint", "--header", self.file("s", start[0]), *SET, "--chain", "rococo", "-o", made, "--now",
                        1, code=6)["age"]
        words = ["bundle", "-o", out, "--chain", "rococo", "--checkpoint", made, "--now", age["made_at"]]
        last = self.file("last", start[-1])
        first, second = self.fragments()
        at = 1 + len(first) + len(second) - 10
        for data, status, index, expected in (
                (edited(WARP, at, b"\7"), "unknown_voter", 1, "a key"),
                (WARP[:-1] + b"\0", "handover_missing", 1, "scheduled change"),
                (edited(WARP, WARP.index(JUSTIFICATION) + FIRST + 36, b"\0"), "bad_signature", 0, "in round")):
            answer = self.json(*words, "--warp", self.file("w", data), "--header", last, code=1, status=status)
            self.assertEqual((answer["item"], answer["index"]), ("fragment", index))
            self.assertIn(expected, answer["expected"])
            self.assertEqual(answer["failed"]["kind"], "handover")
        own = self.file("own", WARP[1:WARP.index(JUSTIFICATION)])
        for name in ("signature", "voter", "below", "number-of-a-vote", "unused", "few-votes"):
            data, status, code, item, index, _, expected, found = CASES[name]
            answer = self.json(*words, "--justification", self.file("j", data), "--header", own, code=code, status=status)
            self.assertEqual((answer["item"], answer["index"]), (item, index), name)
            self.assertIn(expected, answer["expected"])
            self.assertIn(found, answer["found"])
        answer = self.json(*words, "--justification", self.file("j", JUSTIFICATION), "--header", own,
                           self.file("gap", start[300]), code=1, status="header_link")
        self.assertIn("the parent of block 1238286: 0x", answer["expected"])
        self.assertTrue(answer["found"].startswith("block "), answer["found"])
        self.assertEqual(answer["failed"]["kind"], "header")


class InJson(Cli):
    """Where in the text a value stands, which is of another form than asked for."""
    ONE = load("proofs/rococo-1427727-parahead-pangolin-2105.json")

    def proof(self, text, status, at, code=1):
        answer = self.json("proof", self.file("p", text), "--root", self.ONE["state_root"], "--key", "00", code=code,
                           status=status)
        self.assertEqual((answer["offset"], answer["input"]), (text.index(at), str(self.folder / "p")))
        return answer

    def test_nodes(self):
        for bad in ("17", "null", "true", "[]", '{"a": [1, "x"]}'):
            text = '  {"id": null, "x": ["\\\\", "\\"{[:", true], "result": {"at": "0x00", "proof": ["0x00", %s ]}}' % bad
            answer = self.proof(text, "json_shape", f"{bad} ]")
            self.assertEqual((answer["item"], answer["index"]), ("node", 1))

    def test_hex(self):
        self.proof('["0x00", "0x12z4"]', "hex_digit", 'z4"')
        self.proof('["0x00", "0x123"]', "hex_odd_length", '"]')
        self.proof('{"proof": ["0x00", "0x12 4"]}', "hex_digit", ' 4"')

    def test_what_stands_in_the_nodes_place(self):
        self.assertEqual(self.proof(' {"proof": {"a": 1}}', "json_shape", '{"a"')["found"], "an object")
        self.assertEqual(self.proof('{"result": {"proof": 5}}', "json_shape", "5")["found"], "a number")
        self.assertEqual(self.proof(' {"result": null}', "json_shape", "{")["found"], "null")

    def test_another_document(self):
        self.proof(' {"a": 1}', "json_shape", "{")

    def test_an_answer_that_is_an_error(self):
        answer = self.proof('{"id": 1, "error": {"code": -1, "message": "no"}}', "rpc_error", '{"code"', code=4)
        self.assertEqual(answer["found"], "no")

    def test_authorities(self):
        key = '"0x' + "58" + "66" * 31 + '"'
        for item, at in ((f"[{key}, null]", "null"), (f"[{key}, -1]", "-1"), (f"[{key}]", f"[{key}]"), ("[1, 1]", "1, 1"),
                         ('["0x00", 1]', '"0x00"'), ("null", "null"), ("{}", "{}"), (f'[{key}, "1x"]', '"1x"')):
            text = f"[[{key}, 1],\n {item}]"
            answer = self.json("justification", self.file("j", JUSTIFICATION), "--authorities", self.file("a", text),
                               "--set-id", 1, code=1, status="json_shape")
            self.assertEqual((answer["item"], answer["index"], answer["offset"]), ("authority", 1, text.index(at, 70)))

    def test_states(self):
        text = '{"top": {"0x00": "0x01"}, "childrenDefault": {"0x01": 5}}'
        answer = self.json("genesis", self.file("g", text), code=1, status="json_shape")
        self.assertEqual(answer["offset"], text.index("5}"))
        text = '{"top": {"0x0q": "0x01"}}'
        answer = self.json("genesis", self.file("g", text), code=1, status="hex_digit")
        self.assertEqual(answer["offset"], text.index("q"))
        text = ' {"top": {"0xaa": "0x01", "0xAA": "0x01"}}'
        answer = self.json("genesis", self.file("g", text), code=1, status="json_duplicate_key")
        self.assertEqual(answer["offset"], text.index('{"0xaa"'))


class InText(Cli):
    def test_a_byte_order_mark(self):
        mark = b"\xef\xbb\xbf"
        for content in (JUSTIFICATION.hex().encode(), json.dumps(["0x" + "00" * 40]).encode()):
            answer = self.json("inspect", self.file("x", mark + content), code=1, status="hex_digit")
            self.assertIn("byte order mark", answer["hint"])
            self.assertEqual(answer["offset"], 0)

    def test_white_space_inside(self):
        text = "0x" + JUSTIFICATION.hex()
        for at in (101, 100):
            answer = self.json("justification", self.file("j", text[:at] + " " + text[at:]), *SET, code=1,
                               status="hex_digit")
            self.assertEqual(answer["offset"], at)
            self.assertIn("not inside", answer["hint"])
        answer = self.json("justification", self.file("j", text[:101] + " \n"), *SET, code=1, status="hex_odd_length")
        self.assertEqual(answer["offset"], 101)
