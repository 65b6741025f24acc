# SPDX-License-Identifier: Apache-2.0
"""Files as they come, and what is wrong with them (rows K10 and K11)."""
import gzip
import json

from support import Cli, VECTORS, load

HEADER = VECTORS / "headers/kusama-7472481.header.bin"
ROOT = load("proofs/rococo-1427727-parahead-pangolin-2105.json")["state_root"]
NODES = load("proofs/rococo-1427727-parahead-pangolin-2105.json")["nodes"]
ASK = ["--root", ROOT, "--key", "00"]


class Json(Cli):
    def refused(self, text, status):
        answer = self.json("proof", self.file("p", text), *ASK, code=1, status=status)
        self.assertEqual(answer["class"], "malformed")
        return answer

    def K10_duplicate_keys(self):
        text = '{"proof": %s, "proof": %s}' % (json.dumps(NODES), json.dumps(NODES))
        answer = self.refused(text, "json_duplicate_key")
        self.assertGreater(answer["offset"], 2)
        self.refused('{"result": {"proof": [], "x": {"a": 1, "a": 1}}}', "json_duplicate_key")

    def K10_deep_nesting(self):
        self.refused("[" * 10000, "json_too_deep")
        self.refused("[" * 10000 + "]" * 10000, "json_too_deep")
        self.refused('{"a":' * 10000 + "1" + "}" * 10000, "json_too_deep")

    def K10_nul(self):
        self.refused('["\\u0000"]', "json_nul")
        self.refused('{"a\\u0000b": 1}', "json_nul")
        self.refused('["' + "a" * 100 + '\0"]', "json_syntax")

    def K10_numbers_out_of_range(self):
        self.refused('{"nodes": [], "id": 1e400}', "json_number")
        self.refused('{"nodes": [], "id": 99999999999999999999}', "json_number")

    def K10_lone_surrogates(self):
        for text in ('["\\ud800"]', '["\\udc00\\ud800"]', '["\\ud800\\u0041"]'):
            self.refused(text, "json_syntax")

    def K10_text_that_is_not_utf_8(self):
        self.refused(b'["' + b"0" * 70 + b'\xff\xfe"]', "json_syntax")

    def K10_syntax(self):
        for text in ("[", "{", '{"a"}', "[1,]", '["a" "b"]', "[] []", "[]x", '{"proof": [}', "[nul]", "['00']"):
            answer = self.refused(text, "json_syntax")
            self.assertLessEqual(answer["offset"], len(text))
            self.assertIn("line 1", answer["found"])


class Hex(Cli):
    def K11_odd_length(self):
        text = HEADER.read_bytes().hex()
        for odd in (text[:-1], "0x" + text[:-1], text[:-1] + "\n", "  0X" + text[:-1].upper() + " \r\n"):
            answer = self.json("header", self.file("h", odd), code=1, status="hex_odd_length")
            self.assertEqual(answer["expected"], "an even number of hex digits")
        self.json("header", self.file("h", "0x1"), code=1, status="hex_odd_length")

    def K11_either_case_and_prefix(self):
        text = HEADER.read_bytes().hex()
        for good in (text, text.upper(), "0x" + text, "0X" + text, "0x" + text[:100].upper() + text[100:]):
            self.json("header", self.file("h", good))

    def K11_white_space_around_and_inside(self):
        text = HEADER.read_bytes().hex()
        self.json("header", self.file("h", "\n\r\t\v\f  0x" + text + " \n\n\t"))
        for at in (10, 101, len(text) - 2):
            answer = self.json("header", self.file("h", text[:at] + " " + text[at:]), code=1)
            self.assertIn(answer["status"], ("hex_digit", "hex_odd_length"))
            self.assertEqual(answer["offset"], at)

    def K11_other_characters(self):
        text = HEADER.read_bytes().hex()
        for at, character in ((0, "g"), (1, "x"), (77, "-"), (200, "\0"), (300, "é")):
            answer = self.json("header", self.file("h", text[:at] + character + text[at + 1:]), code=1,
                               status="hex_digit")
            self.assertEqual(answer["offset"], at)
            self.assertIn("0x%02x" % character.encode()[0], answer["found"])

    def test_binary_that_begins_like_a_text(self):
        data = HEADER.read_bytes()
        for begin in (b"0x", b"{", b"[[", b'"', b"\x1f\x8b\x08", b"0x00"):
            answer = self.json("header", self.file("h", begin + data[len(begin):]))
            self.assertEqual(answer["target"]["number"], 7472481)


class Gzip(Cli):
    def test_broken(self):
        packed = gzip.compress(HEADER.read_bytes())
        for bad in (packed[:-1], packed[:100], packed + b"x", packed[:-8] + b"\0" * 8, b"", b"\x1f\x8b", b"0x00"):
            answer = self.json("header", self.file("h.gz", bad), code=1, status="bad_gzip")
            self.assertLessEqual(answer["offset"], len(bad))

    def test_a_bomb_ends_at_the_limit(self):
        bomb = self.file("h.gz", gzip.compress(b"\0" * (300 << 20), 9))
        self.assertLess(bomb.stat().st_size, 1 << 20)
        answer = self.json("header", bomb, code=5, status="file_too_large")
        self.assertEqual(answer["verdict"], "limit")

    def test_packed_twice_is_not_unpacked_twice(self):
        self.json("header", self.file("h.gz", gzip.compress(gzip.compress(HEADER.read_bytes()))), code=1)


class Files(Cli):
    def test_cannot_be_opened(self):
        for path in (self.folder / "nothing", self.folder, "/dev/null/x"):
            answer = self.json("header", path, code=2, status="cannot_open")
            self.assertEqual(answer["input"], str(path))
            _, err = self.text("header", path, code=2)
            self.assertIn("cannot be opened", err)

    def test_standard_input_once(self):
        self.json("header", "-", stdin=HEADER.read_bytes())
        self.json("header", "-", "-", stdin=HEADER.read_bytes(), code=2, status="usage")
        self.json("para-head", "-", "--header", "-", "--para", 1, stdin=b"[]", code=2, status="usage")

    def test_empty(self):
        empty = self.file("e", b"")
        self.json("header", empty, code=1, status="truncated")
        self.json("proof", empty, *ASK, code=1)
        self.json("inspect", empty, code=1, status="not_recognized")

    def test_a_name_that_is_not_utf_8(self):
        import os
        name = os.fsencode(str(self.folder)) + b"/\xff\xfe"
        done = self.process(["header", os.fsdecode(name), "--json"], b"", None)
        self.assertEqual((done.returncode, json.loads(done.stdout)["status"]), (2, "cannot_open"))
