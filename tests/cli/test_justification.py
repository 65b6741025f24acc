# SPDX-License-Identifier: Apache-2.0
import gzip
import json

from support import Cli, VECTORS, each, load

INDEX = {entry["justification_file"]: entry for entry in load("grandpa/index.json") if "justification_file" in entry}
HERE = [name for name in INDEX if (VECTORS / "grandpa" / name).exists()]
WITH_SET = [name for name in HERE if INDEX[name]["authority_set_file"]]
assert len(WITH_SET) > 30, len(WITH_SET)
ONE = "rococo-1238286.justification.bin"


def path(name):
    return VECTORS / "grandpa" / name


def options(name):
    entry = INDEX[name]
    return ["--authorities", path(entry["authority_set_file"]), "--set-id", entry["set_id"]]


class Recorded(Cli):
    @each(WITH_SET)
    def test_verifies(self, name):
        entry = INDEX[name]
        answer = self.json("justification", path(name), *options(name))
        self.assertEqual(answer["target"], {"hash": entry["target_hash"], "number": entry["target_number"],
                                            "parachain": False})
        self.assertEqual(answer["assumed"], ["authorities"])
        link, = answer["links"]
        self.assertEqual((link["kind"], link["set_id"], link["round"], link["precommits"]),
                         ("finality", entry["set_id"], entry["round"], entry["num_precommits"]))
        self.assertEqual((link["total"], link["voters"]), (entry["authority_set_size"], entry["num_precommits"]))
        self.assertLessEqual(link["threshold"], link["weight"])
        self.assertEqual(link["equivocators"], 0)

    @each(WITH_SET)
    def test_for_its_header(self, name):
        entry = INDEX[name]
        if not entry["target_header"]:
            self.skipTest("no header is recorded")
        header = self.file("header.hex", entry["target_header"])
        answer = self.json("justification", path(name), *options(name), "--header", header)
        self.assertEqual(answer["details"]["header"]["hash"], entry["target_hash"])
        self.assertEqual(answer["links"][0]["state_root"], answer["details"]["header"]["state_root"])

    @each(WITH_SET)
    def test_under_another_set_id(self, name):
        entry = INDEX[name]
        answer = self.json("justification", path(name), "--authorities", path(entry["authority_set_file"]), "--set-id",
                           entry["set_id"] + 1, code=1, status="bad_signature")
        self.assertEqual((answer["item"], answer["index"], answer["blame"]), ("precommit", 0, "source"))
        self.assertIn(f"set {entry['set_id'] + 1}", answer["expected"])
        self.assertIsNotNone(answer["hint"])
        self.assertEqual(answer["input"], str(path(name)))
        self.assertGreater(answer["offset"], 44)
        self.assertEqual(answer["links"], [])
        self.assertEqual(answer["failed"]["kind"], "finality")

    def test_polkadot_with_its_genesis_authorities(self):
        genesis = self.json("genesis", VECTORS / "genesis/polkadot.genesis.json.gz")
        authorities = self.file("set.json", json.dumps(genesis["details"]["authorities"]))
        answer = self.json("justification", path("polkadot-302592.justification.bin"), "--authorities", authorities,
                           "--set-id", 0)
        self.assertEqual(answer["target"]["number"], 302592)
        self.assertEqual((answer["links"][0]["voters"], answer["links"][0]["total"]), (5, 6))


class Wrong(Cli):
    def test_below_threshold(self):
        data = path(ONE).read_bytes()
        # 46 of the 47 votes: one less than 69 authorities need.
        count = data[44] >> 2
        self.assertEqual(count, 47)
        light = data[:44] + bytes([46 << 2]) + data[45:45 + 46 * 132] + data[45 + 47 * 132:]
        answer = self.json("justification", self.file("j", light), *options(ONE), code=1, status="below_threshold")
        self.assertEqual((answer["expected"], answer["found"]),
                         ("a weight of at least 47 of 69", "46, of 46 voters"))

    def test_for_another_header(self):
        other = self.file("h.hex", INDEX["rococo-1238699.justification.bin"]["target_header"])
        answer = self.json("justification", path(ONE), *options(ONE), "--header", other, code=1,
                           status="target_mismatch")
        self.assertIn(INDEX[ONE]["target_hash"], answer["found"])
        self.assertIn("1238699", answer["expected"])

    def test_a_stranger_votes(self):
        data = bytearray(path(ONE).read_bytes())
        data[45 + 3 * 132 + 100] ^= 1
        answer = self.json("justification", self.file("j", bytes(data)), *options(ONE), code=1)
        self.assertIn(answer["status"], ("unknown_voter", "bad_signature"))
        self.assertEqual((answer["item"], answer["index"]), ("precommit", 3))

    def test_cut_off(self):
        data = path(ONE).read_bytes()
        for size in (0, 7, 44, 45, 500, len(data) - 1):
            answer = self.json("justification", self.file("j", data[:size]), *options(ONE), code=1)
            self.assertEqual(answer["class"], "malformed")
            self.assertLessEqual(answer["offset"], size)

    def test_one_byte_too_many(self):
        data = path(ONE).read_bytes()
        answer = self.json("justification", self.file("j", data + b"\0"), *options(ONE), code=1,
                           status="trailing_bytes")
        self.assertEqual((answer["offset"], answer["found"]), (len(data), "1 more bytes"))

    def test_a_fault_in_the_set_is_in_its_file(self):
        bad = self.file("set", path(INDEX[ONE]["authority_set_file"]).read_bytes()[:-1])
        answer = self.json("justification", path(ONE), "--authorities", bad, "--set-id", 2149, code=1)
        self.assertEqual((answer["class"], answer["input"]), ("malformed", str(bad)))

    def test_an_empty_set(self):
        empty = self.file("set", "[]")
        answer = self.json("justification", path(ONE), "--authorities", empty, "--set-id", 2149, code=1,
                           status="authorities_invalid")
        self.assertEqual(answer["input"], str(empty))


class Forms(Cli):
    """Every form a file may have gives the same verdict."""

    def same(self, justification, authorities=None, stdin=b""):
        authorities = authorities or path(INDEX[ONE]["authority_set_file"])
        answer = self.json("justification", justification, "--authorities", authorities, "--set-id", 2149, stdin=stdin)
        self.assertEqual(answer["target"]["hash"], INDEX[ONE]["target_hash"])

    def test_hex(self):
        hexed = path(ONE).read_bytes().hex()
        wrapped = "\n".join(hexed[i:i + 60] for i in range(0, len(hexed), 60))
        for text in (hexed, hexed.upper(), "0x" + hexed, "0X" + hexed.upper(), f"\n \t0x{hexed}\r\n \n", wrapped):
            self.same(self.file("j", text))

    def test_gzip(self):
        data = path(ONE).read_bytes()
        self.same(self.file("j.gz", gzip.compress(data)))
        self.same(self.file("j.bin", gzip.compress(data)))
        self.same(self.file("j.hex.gz", gzip.compress(b"0x" + data.hex().encode() + b"\n")))
        two = gzip.compress(data[:1000]) + gzip.compress(data[1000:])
        self.same(self.file("two.gz", two))

    def test_standard_input(self):
        self.same("-", stdin=path(ONE).read_bytes())
        self.same("-", stdin=gzip.compress(path(ONE).read_bytes().hex().encode()))

    def test_authorities(self):
        data = path(INDEX[ONE]["authority_set_file"]).read_bytes()
        count = (data[0] | data[1] << 8) >> 2
        items = [data[2 + 40 * i:42 + 40 * i] for i in range(count)]
        pairs = [["0x" + item[:32].hex(), int.from_bytes(item[32:], "little")] for item in items]
        self.assertEqual(count, 69)
        self.same(path(ONE), self.file("versioned", b"\1" + data))
        self.same(path(ONE), self.file("hex", "0x01" + data.hex()))
        self.same(path(ONE), self.file("set.json", json.dumps(pairs)))
        self.same(path(ONE), self.file("set.json.gz", gzip.compress(json.dumps(pairs, indent=1).encode())))
        self.same(path(ONE), self.file("strings.json", json.dumps([[key[2:].upper(), "1"] for key, _ in pairs])))
        self.same(path(ONE), self.file("one-string.json", json.dumps("0x" + data.hex())))

    def test_authorities_of_another_shape(self):
        key = "0x" + "11" * 32
        for wrong in ({}, [1], [[key]], [[key, 1, 2]], [[key, -1]], [[key, 1.5]], [["0x11", 1]], [[key, ""]],
                      [[1, 1]], [[key, "18446744073709551616"]], [[key, "-1"]], None, True):
            set_file = self.file("set.json", json.dumps(wrong))
            answer = self.json("justification", path(ONE), "--authorities", set_file, "--set-id", 1, code=1)
            self.assertIn(answer["status"], ("json_shape", "hex_digit"), wrong)
            self.assertEqual(answer["input"], str(set_file))


class Text(Cli):
    def test_verified(self):
        out, err = self.text("justification", path(ONE), *options(ONE))
        self.assertEqual(err, "")
        self.assertIn("set 2149, round 449: 47 voters, weight 47 of 69 (47 needed)", out)
        self.assertIn("verified: block 1238286 is final under set 2149", out)
        self.assertIn("assumed, not proven: the authorities", out)
        self.assertIn(INDEX[ONE]["target_hash"], out)

    def test_rejected(self):
        out, err = self.text("justification", path(ONE), *options(ONE)[:-1], 2150, code=1)
        self.assertIn("bad finality", out)
        self.assertNotIn("verified", out)
        for word in ("rejected:", "(bad_signature)", "byte 81", "precommit 0", "expected", "found", "hint"):
            self.assertIn(word, err)


