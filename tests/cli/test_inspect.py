# SPDX-License-Identifier: Apache-2.0
import gzip
import json

from support import Cli, VECTORS, each, files, load

KINDS = ([(path, "justification") for path in files("grandpa/rococo-*.justification.bin")]
         + [(VECTORS / "grandpa/polkadot-4635975.justification.bin", "justification"),
            (VECTORS / "grandpa/rococo_v2_1-231157.justification.bin", "justification")]
         + [(path, "authorities") for path in files("grandpa/authority-sets/*.bin")]
         + [(path, "warp") for path in files("warp/*.bin")]
         + [(path, "header") for path in files("headers/*.header.bin")]
         + [(path, "headers" if len(path.read_text().split()) > 1 else "header") for path in files("headers/*.hex")]
         + [(path, "light-sync-state") for path in files("checkpoints/*.json")]
         + [(path, "genesis") for path in files("genesis/*.gz")]
         + [(path, "proof") for path in files("proofs/*.json") if b'"nodes"' in path.read_bytes()])
BY_NAME = {path.name: (path, kind) for path, kind in KINDS}
INDEX = {entry.get("justification_file"): entry for entry in load("grandpa/index.json")}


class Recorded(Cli):
    @each(sorted(BY_NAME))
    def test_is(self, name):
        path, kind = BY_NAME[name]
        answer = self.json("inspect", path)
        self.assertEqual((answer["verdict"], answer["details"]["type"]), ("decoded", kind))
        self.assertEqual((answer["links"], answer["values"]), ([], []))
        out, _ = self.text("inspect", path)
        self.assertTrue(out.startswith(f"{path}: "))
        self.assertNotIn("verified", out)
        if kind == "justification":
            known = INDEX[name]
            self.assertEqual((answer["target"]["hash"], answer["details"]["round"], answer["details"]["precommits"]),
                             (known["target_hash"], known["round"], known["num_precommits"]))

    def test_packed_and_hex(self):
        path, kind = BY_NAME["rococo-1238286.justification.bin"]
        data = path.read_bytes()
        for content in (gzip.compress(data), data.hex(), json.dumps("0x" + data.hex())):
            self.assertEqual(self.json("inspect", self.file("x", content))["details"]["type"], kind)

    def test_scale_proof(self):
        nodes = load("proofs/prefix-scan-smoldot174.json")["proofs"][0]
        answer = self.json("inspect", self.file("x", nodes))
        self.assertEqual(answer["details"]["type"], "proof")

    def test_authorities_as_json(self):
        pairs = [["0x" + "%02x" % i * 32, i] for i in range(1, 5)]
        answer = self.json("inspect", self.file("x", json.dumps(pairs)))
        self.assertEqual((answer["details"]["type"], answer["details"]["authorities"]), ("authorities", pairs))


class Unknown(Cli):
    def test_nothing_that_mote_knows(self):
        for content in (b"\xff" * 100, b"\x00\x01\x02", b"\x1f\x8b" + b"\0" * 50):
            answer = self.json("inspect", self.file("x", content), code=1, status="not_recognized")
            self.assertIn("header", answer["expected"])

    def test_what_it_is_most_like(self):
        path, _ = BY_NAME["rococo-1238286.justification.bin"]
        data = path.read_bytes()
        answer = self.json("inspect", self.file("x", data + b"\0"), code=1, status="not_recognized")
        self.assertEqual(answer["offset"], len(data))
        self.assertIn(f"read as a justification, it goes wrong at byte {len(data)}: bytes are left over", answer["found"])

    def test_text(self):
        self.json("inspect", self.file("x", "Hello, world"), code=1, status="hex_digit")
        self.json("inspect", self.file("x", '{"hello": "world"}'), code=1, status="json_shape")
        self.json("inspect", self.file("x", '"0x00ff00ff00ff"'), code=1, status="not_recognized")

    def test_a_bundle_that_ends_early(self):
        self.json("inspect", self.file("x", b"motebdl\n\1"), code=1)
