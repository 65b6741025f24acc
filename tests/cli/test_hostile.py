# SPDX-License-Identifier: Apache-2.0
"""Every kind of file, broken in seeded ways, into every command that takes it: an answer of the documented shape, an
exit code of the documented ones, never a crash, and never a different truth."""
import json
import os
import random

from chains import CHAINS
from support import Cli, EXITS, VECTORS, each, load

ROUNDS = {"small": 6, "long": 400}.get(os.environ.get("MOTE_TEST_EFFORT"), 40)
G = VECTORS / "grandpa"
PARA = CHAINS[0]
PROOF = load("proofs/rococo-1427727-parahead-pangolin-2105.json")
SET = ["--authorities", G / "authority-sets/rococo-set2149.bin", "--set-id", 2149]
GENESIS = json.dumps({"id": "x", "top": {"0x%02x" % i: "0x" + "%02x" % i * (8 * i) for i in range(1, 9)},
                      "childrenDefault": {"0x11": {"0x22": "0x33", "0x2233": "0x"}}}).encode()
# name: the file, the words around it, with None for the file
INPUTS = {
    "justification": (G / "rococo-1238286.justification.bin", ["justification", None, *SET]),
    "authorities": (G / "authority-sets/rococo-set2149.bin",
                    ["justification", G / "rococo-1238286.justification.bin", "--authorities", None, "--set-id", 2149]),
    "warp": (VECTORS / "warp/rococo-set2149-to-2150-1238286-1238699.warpproof.bin", ["warp", None, *SET]),
    "header": (VECTORS / "headers/kusama-7472481.header.bin", ["header", None]),
    "headers": (VECTORS / "headers/pangolin-rococo-2105-586177-586182.hex", ["header", None]),
    "proof": (VECTORS / "proofs/rococo-1427727-parahead-pangolin-2105.json",
              ["proof", None, "--root", PROOF["state_root"], "--key", PROOF["entries"][0]["key"], "--prefix", ""]),
    "checkpoint": (VECTORS / "checkpoints/paseo-first-7869.json", ["checkpoint", None, "--now", 1783065372]),
    "genesis": (GENESIS, ["genesis", None]),
}


def broken(data, chance):
    data = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data)) if data else 0
        kind = chance.randrange(5)
        if kind == 0 and data:
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del data[at:at + chance.choice((1, 2, 32, 1000))]
        elif kind == 2:
            data[at:at] = chance.randbytes(chance.choice((1, 2, 32)))
        elif kind == 3:
            data[at:at] = data[max(0, at - 64):at]
        else:
            data[at:at + 4] = b"\xff\xff\xff\xff"
    return bytes(data)


class Broken(Cli):
    def judge(self, words):
        done = self.process([*words, "--json"], b"", None)
        self.assertIn(done.returncode, range(7), done.stderr)
        self.assertEqual(done.stderr, b"")
        answer = json.loads(done.stdout)
        self.check_shape(answer, done.returncode, done.stdout)
        self.assertNotEqual(answer["class"], "internal", done.stdout)
        self.assertEqual(EXITS[answer["verdict"]], done.returncode)
        if done.returncode:  # what was expected, what was found, and at which byte: check_shape
            self.assertIsNotNone(answer["input"], done.stdout)
        return answer

    @each(sorted(INPUTS))
    def test_input(self, name):
        source, words = INPUTS[name]
        chance = random.Random(name)
        data = source if isinstance(source, bytes) else source.read_bytes()
        source = self.file("whole", data)
        whole = self.judge([source if word is None else word for word in words])
        for _ in range(ROUNDS):
            path = self.file("broken", broken(data, chance))
            answer = self.judge([path if word is None else word for word in words])
            if name in ("justification", "warp") and answer["verdict"] == "verified":
                self.assertEqual(answer["target"], whole["target"])
            if name == "proof":
                known = {value["key"]: (value["state"], value["value"]) for value in whole["values"]}
                for value in answer["values"]:
                    self.assertEqual((value["state"], value["value"]), known[value["key"]])
            self.judge(["inspect", path])

    def test_bundle(self):
        chance = random.Random("bundle")
        start = self.folder / "start.chk"
        age = self.json("checkpoint", "--header", self.file("h", PARA.start), "--authorities", PARA.authorities,
                        "--set-id", PARA.entry["set_id"], "--chain", "rococo", "-o", start, "--now", 1, code=6)["age"]
        self.json("bundle", "-o", self.folder / "b", "--chain", "rococo", "--justification", PARA.justification, "--header",
                  self.file("r", PARA.relay_header), "--para", PARA.para, "--para-proof", PARA.proof)
        words = ["--checkpoint", start, "--now", age["made_at"]]
        whole = self.json("verify", self.folder / "b", *words)
        data = (self.folder / "b").read_bytes()
        for _ in range(2 * ROUNDS):
            path = self.file("broken", broken(data, chance))
            answer = self.judge(["verify", path, *words])
            if answer["verdict"] == "verified":
                self.assertEqual(answer["target"], whole["target"])
            self.judge(["inspect", path])
        for _ in range(ROUNDS):
            path = self.file("broken", broken(start.read_bytes(), chance))
            self.judge(["verify", self.folder / "b", "--checkpoint", path, *words[2:]])
