# SPDX-License-Identifier: Apache-2.0
"""One verdict on any number of threads: what is good, what is damaged, and where."""
import json
import random

from chains import CHAINS
from support import Cli, VECTORS

WARP = VECTORS / "warp/rococo-set2149-to-2150-1238286-1238699.warpproof.bin"
SET = VECTORS / "grandpa/authority-sets/rococo-set2149.bin"
THREADS = [2, 5, 64]


def without_times(answer):
    if isinstance(answer, dict):
        return {key: without_times(value) for key, value in answer.items() if key != "ms"}
    return [without_times(item) for item in answer] if isinstance(answer, list) else answer


class Threads(Cli):
    def same(self, *words):
        def run(threads):
            done = self.process([*words, "--json", "--threads", threads], b"", None)
            return done.returncode, without_times(json.loads(done.stdout))
        alone = run(1)
        for threads in THREADS:
            self.assertEqual(run(threads), alone)
        return alone

    def test_warp(self):
        options = ["--authorities", SET, "--set-id", 2149, "--chain", "rococo"]
        code, answer = self.same("warp", WARP, *options)
        self.assertEqual((code, len(answer["links"])), (0, 2))
        source = random.Random(5)
        for _ in range(25):
            damaged = bytearray(WARP.read_bytes())
            for _ in range(source.randint(1, 2)):
                damaged[source.randrange(len(damaged))] ^= 1 << source.randrange(8)
            code, _ = self.same("warp", self.file("w", bytes(damaged)), *options)
            self.assertNotEqual(code, 0)

    def test_a_large_justification(self):
        words = ["--authorities", VECTORS / "grandpa/authority-sets/kusama-set1101.bin", "--set-id", 1101]
        path = VECTORS / "grandpa/kusama-2857472.justification.bin"
        code, _ = self.same("justification", path, *words)
        self.assertEqual(code, 0)
        whole = path.read_bytes()
        for at in (60, 1000, len(whole) // 2, len(whole) - 50, len(whole) - 5):
            damaged = bytearray(whole)
            damaged[at] ^= 1
            self.same("justification", self.file("j", bytes(damaged)), *words)

    def test_a_bundle(self):
        chain = CHAINS[0]
        made, bundle = self.folder / "start.chk", self.folder / "b.bundle"
        age = self.json("checkpoint", "--header", self.file("start.hex", chain.start), "--authorities", chain.authorities,
                        "--set-id", chain.entry["set_id"], "--chain", "rococo", "-o", made, "--now", 1, code=6)["age"]
        self.json("bundle", "-o", bundle, "--chain", "rococo", "--justification", chain.justification, "--header",
                  self.file("relay.hex", chain.relay_header))
        options = ["--checkpoint", made, "--now", age["made_at"] + 3600]
        code, answer = self.same("verify", bundle, *options)
        self.assertEqual((code, [link["kind"] for link in answer["links"]]), (0, ["checkpoint", "finality"]))
        source = random.Random(7)
        for _ in range(15):
            damaged = bytearray(bundle.read_bytes())
            damaged[source.randrange(200, len(damaged))] ^= 1 << source.randrange(8)
            self.same("verify", self.file("d", bytes(damaged)), *options)

    def test_a_bundle_with_a_warp_proof(self):
        headers = (VECTORS / "headers/rococo-1237705-1238699.hex").read_text().splitlines()
        made, bundle = self.folder / "start.chk", self.folder / "b.bundle"
        age = self.json("checkpoint", "--header", self.file("h", headers[0]), "--authorities", SET, "--set-id", 2149, "--chain",
                        "rococo", "-o", made, "--now", 1, code=6)["age"]
        self.json("bundle", "-o", bundle, "--chain", "rococo", "--warp", WARP, "--header",
                  self.file("last.hex", headers[-1]))
        options = ["--checkpoint", made, "--now", age["made_at"] + 3600]
        code, answer = self.same("verify", bundle, *options)
        self.assertEqual((code, len(answer["links"])), (0, 4))
        source = random.Random(9)
        for _ in range(15):
            damaged = bytearray(bundle.read_bytes())
            damaged[source.randrange(200, len(damaged))] ^= 1 << source.randrange(8)
            self.same("verify", self.file("d", bytes(damaged)), *options)

    def test_at_least_one(self):
        self.json("warp", WARP, "--authorities", SET, "--set-id", 2149, "--threads", 0, code=2)
