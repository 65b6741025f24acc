# SPDX-License-Identifier: Apache-2.0
import gzip
import json
import re

from support import Cli, VECTORS, each, files, load

HEADS = files("proofs/*-parahead-*.json")
READS = load("local/relay.read-proofs.json.gz")
BLOCKS = {block["hash"]: block for block in map(json.loads, gzip.open(VECTORS / "local/relay.blocks.jsonl.gz"))}


class Recorded(Cli):
    @each(HEADS)
    def test_head(self, path):
        known = json.loads(path.read_bytes())
        para = re.search(r"-(\d+)\.json", path.name).group(1)
        header = self.file("h", known["relay_header"])
        answer = self.json("para-head", path, "--header", header, "--para", para)
        value, = answer["values"]
        entry = next(entry for entry in known["entries"] if entry["name"] == "Paras.Heads")
        self.assertEqual((value["key"], value["block"]), (entry["key"], known["relay_block_hash"]))
        self.assertTrue(entry["value"].endswith(value["value"][2:]))  # the state has its length in front
        self.assertEqual(answer["target"]["hash"], "0x" + blake2(value["value"]))
        self.assertTrue(answer["target"]["parachain"])
        self.assertEqual(answer["assumed"], ["header"])
        self.assertEqual(answer["links"][0]["kind"], "para-head")
        self.assertEqual(answer["details"]["relay_number"], known["relay_block_number"])
        text, _ = self.text("para-head", path, "--header", header, "--para", para)
        self.assertIn(f"of parachain {para} is final as far as relay block {known['relay_block_number']} is", text)

    @each(range(len(READS)))
    def test_local(self, index):
        read = READS[index]
        header = self.file("h", BLOCKS[read["hash"]]["header"])
        proof = self.file("p", json.dumps(read["all_in_one"]))
        for para in (2000, 2001, 2002):
            known = read["values"][f"Paras.Heads({para})"]["value"]
            answer = self.json("para-head", proof, "--header", header, "--para", para)
            if known is None:
                self.assertEqual((answer["values"][0]["state"], answer["target"]), ("absent", None))
            else:
                self.assertTrue(known.endswith(answer["values"][0]["value"][2:]))


class Verdicts(Cli):
    KNOWN = json.loads(HEADS[0].read_bytes())

    def test_absent_in_text(self):
        read = READS[-1]
        out, _ = self.text("para-head", self.file("p", json.dumps(read["all_in_one"])), "--header",
                           self.file("h", BLOCKS[read["hash"]]["header"]), "--para", 2002)
        self.assertIn("no parachain 2002 is registered at this block", out)

    def test_another_parachain_is_not_in_the_proof(self):
        answer = self.json("para-head", HEADS[0], "--header", self.file("h", self.KNOWN["relay_header"]), "--para", 1,
                           code=4, status="proof_incomplete")
        self.assertEqual((answer["links"], answer["failed"]["para_id"]), ([], 1))

    def test_another_header(self):
        other = json.loads(HEADS[1].read_bytes())["relay_header"]
        answer = self.json("para-head", HEADS[0], "--header", self.file("h", other), "--para", 2105, code=1,
                           status="root_mismatch")
        self.assertEqual(answer["input"], str(HEADS[0]))

    def test_a_malformed_header_is_in_its_file(self):
        header = self.file("h", self.KNOWN["relay_header"][:100])
        answer = self.json("para-head", HEADS[0], "--header", header, "--para", 2105, code=1)
        self.assertEqual((answer["input"], answer["class"]), (str(header), "malformed"))

    def test_a_head_that_is_no_header(self):
        import hashlib
        head = b"opaque"
        key = bytes.fromhex(self.KNOWN["entries"][0]["key"].removeprefix("0x"))
        value = bytes([len(head) << 2]) + head
        size = 2 * len(key)
        prefix = bytes([0x40 | 63, size - 63]) if size - 63 < 255 else b""
        leaf = prefix + key + bytes([len(value) << 2]) + value
        root = hashlib.blake2b(leaf, digest_size=32).digest()
        relay = bytes.fromhex(self.KNOWN["relay_header"].removeprefix("0x"))
        header = relay[:36] + root + relay[68:]
        answer = self.json("para-head", self.file("p", json.dumps([leaf.hex()])), "--header", self.file("h", header),
                           "--para", 2105, code=3, status="head_not_header")
        self.assertEqual(answer["values"][0]["value"], "0x" + head.hex())


def blake2(text):
    import hashlib
    return hashlib.blake2b(bytes.fromhex(text[2:]), digest_size=32).hexdigest()
