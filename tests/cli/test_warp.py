# SPDX-License-Identifier: Apache-2.0
import gzip

from support import Cli, VECTORS, each, load, unhex

PROOF = VECTORS / "warp/rococo-set2149-to-2150-1238286-1238699.warpproof.bin"
SET = VECTORS / "grandpa/authority-sets/rococo-set2149.bin"
OPTIONS = ["--authorities", SET, "--set-id", 2149, "--chain", "rococo"]
KNOWN = load("warp/rococo-set2149-to-2150-1238286-1238699.json")
SECOND = 16000  # somewhere in the second fragment

LOCAL = load("local/relay.p2p.json.gz")
READS = load("local/relay.read-proofs.json.gz")
FIRST_SET = READS[0]["values"]["Grandpa.Authorities"]["value"]


class Recorded(Cli):
    def test_hand_over_and_finality(self):
        answer = self.json("warp", PROOF, *OPTIONS)
        first, second = answer["links"]
        self.assertEqual([(link["kind"], link["number"], link["hash"]) for link in answer["links"]],
                         [("handover", 1238286, KNOWN["fragments"][0]["hash"]),
                          ("finality", 1238699, KNOWN["fragments"][1]["hash"])])
        self.assertEqual((first["set_id"], first["next_set_id"], first["next_authorities"]), (2149, 2150, 69))
        self.assertEqual(second["set_id"], 2150)
        self.assertEqual((first["offset"], second["offset"] + second["size"]), (1, KNOWN["size"]))
        self.assertEqual(first["offset"] + first["size"], second["offset"])
        self.assertEqual(answer["target"], {"hash": second["hash"], "number": second["number"], "parachain": False})
        self.assertEqual(answer["assumed"], ["authorities"])
        self.assertEqual(answer["details"], {"fragments": 2, "is_finished": True, "set_id": 2150, "authorities": 69})

    def test_without_a_chain(self):
        self.json("warp", PROOF, *OPTIONS[:-2])

    def test_text_names_each_hand_over_and_its_time(self):
        out, _ = self.text("warp", PROOF, *OPTIONS)
        self.assertRegex(out, r"ok handover +#1238286 +0x[0-9a-f]{64}  [\d.]+ ms")
        self.assertIn("hands over to set 2150 with 69 authorities", out)
        self.assertIn("verified: 2 fragments; set 2150", out)

    def test_from_a_checkpoint(self):
        header = (VECTORS / "headers/rococo-1237705-1238699.hex").read_text().splitlines()[0]
        made = self.folder / "start.chk"
        self.json("checkpoint", "--header", self.file("h", header), "--authorities", SET, "--set-id", 2149, "--chain",
                  "rococo", "-o", made, "--now", "2022-06-01T00:00:00Z", code=6)
        slot = self.json("inspect", made)["details"]["slot"]
        answer = self.json("warp", PROOF, "--checkpoint", made, "--now", slot * 6 + 3600)
        self.assertEqual([link["kind"] for link in answer["links"]], ["checkpoint", "handover", "finality"])
        self.assertEqual(answer["age"]["freshness"], "fresh")
        self.assertEqual(answer["assumed"], [])
        old = self.json("warp", PROOF, "--checkpoint", made, "--now", slot * 6 + 86400, code=6, status="expired")
        self.assertEqual((old["links"], old["failed"]["kind"], old["input"]), ([], "checkpoint", str(made)))
        self.json("warp", PROOF, "--checkpoint", made, "--now", slot * 6 - 61, code=6, status="from_future")
        self.json("warp", PROOF, "--checkpoint", made, code=6, status="expired")  # by the clock


class Cut(Cli):
    @each([1, 2, 100, 5000, 7000, SECOND, 21000, KNOWN["size"] - 1])
    def test_off(self, size):
        answer = self.json("warp", self.file("w", PROOF.read_bytes()[:size]), *OPTIONS, code=4,
                           status="stream_unfinished")
        self.assertEqual(answer["offset"], size)
        verified = 1 if size >= SECOND else 0
        self.assertEqual(len(answer["links"]), verified)
        self.assertEqual(answer["details"]["fragments"], verified)
        self.assertEqual(answer["details"]["set_id"], 2149 + verified)
        self.assertEqual(answer["details"]["is_finished"], None)

    def test_text_says_what_stays(self):
        out, err = self.text("warp", self.file("w", PROOF.read_bytes()[:SECOND]), *OPTIONS, code=4)
        self.assertIn("verified before that: 1 fragment, up to set 2150", out)
        self.assertIn("incomplete:", err)


class Wrong(Cli):
    def test_the_second_fragment_lies(self):
        data = bytearray(PROOF.read_bytes())
        data[SECOND] ^= 1
        answer = self.json("warp", self.file("w", bytes(data)), *OPTIONS, code=1)
        self.assertEqual([link["number"] for link in answer["links"]], [1238286])
        self.assertEqual((answer["item"], answer["index"], answer["input"]), ("fragment", 1, str(self.folder / "w")))
        self.assertGreaterEqual(answer["offset"], answer["links"][0]["size"])

    def test_another_set_id(self):
        answer = self.json("warp", PROOF, "--authorities", SET, "--set-id", 2150, code=1, status="bad_signature")
        self.assertEqual((answer["links"], answer["index"]), ([], 0))

    def test_something_behind_it(self):
        answer = self.json("warp", self.file("w", PROOF.read_bytes() + b"\0"), *OPTIONS, code=1,
                           status="trailing_bytes")
        self.assertEqual(answer["offset"], KNOWN["size"])

    def test_is_finished_is_neither(self):
        answer = self.json("warp", self.file("w", PROOF.read_bytes()[:-1] + b"\2"), *OPTIONS, code=1,
                           status="bad_option")
        self.assertEqual(answer["offset"], KNOWN["size"] - 1)


class Small(Cli):
    def test_nothing_newer(self):
        answer = self.json("warp", self.file("w", b"\0\1"), *OPTIONS)
        self.assertEqual((answer["links"], answer["target"], answer["details"]["fragments"]), ([], None, 0))
        out, _ = self.text("warp", "-", *OPTIONS, stdin=b"0x0001")
        self.assertIn("nothing newer", out)

    def test_empty_and_not_finished(self):
        self.json("warp", self.file("w", b"\0\0"), *OPTIONS, code=1, status="warp_empty")

    def test_no_bytes(self):
        self.json("warp", self.file("w", b""), *OPTIONS, code=4, status="stream_unfinished")


class Local(Cli):
    """The recorded network of our own: real answers, from genesis and from a set change."""

    def test_from_genesis(self):
        answer = self.json("warp", self.file("w.hex.gz", gzip.compress(LOCAL["warp from genesis"]["response"].encode())),
                           "--authorities", self.file("set", unhex(FIRST_SET)), "--set-id", 0)
        self.assertEqual([link["number"] for link in answer["links"] if link["kind"] == "handover"][:2], [61, 121])
        self.assertEqual([link["set_id"] for link in answer["links"]], list(range(len(answer["links"]))))

    def test_from_a_set_change(self):
        later = next(read for read in READS if read["number"] > 61)
        self.json("warp", self.file("w", LOCAL["warp from 61"]["response"]), "--authorities",
                  self.file("set", later["values"]["Grandpa.Authorities"]["value"]), "--set-id", 1)
