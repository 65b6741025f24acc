# SPDX-License-Identifier: Apache-2.0
import gzip
import json

from support import Cli, VECTORS, each, files, load

INDEX = {entry["file"]: entry for entry in load("headers/index.json") if "file" in entry}
TEXTS = [path.name for path in files("headers/*.hex")]
SIDECAR = [json.loads(line) for line in (VECTORS / "headers/sidecar-headers.jsonl").read_text().splitlines()]
LOCAL = {name: [json.loads(line) for line in gzip.open(VECTORS / f"local/{name}.blocks.jsonl.gz")]
         for name in ("relay", "para-2000", "para-2001")}


def lines(name):
    return (VECTORS / "headers" / name).read_text().split()


class Recorded(Cli):
    @each(TEXTS)
    def test_chain(self, name):
        entry = INDEX[name]
        answer = self.json("header", VECTORS / "headers" / name)
        headers = answer["details"]["headers"]
        self.assertEqual(len(headers), entry["count"])
        self.assertEqual((headers[0]["hash"], headers[-1]["hash"]), (entry["first_hash"], entry["last_hash"]))
        self.assertEqual((headers[0]["number"], headers[-1]["number"]), (entry["first"], entry["last"]))
        self.assertEqual(answer["target"]["hash"], entry["last_hash"])
        self.assertEqual(answer["details"]["order"], "ascending" if entry["count"] > 1 else None)
        changes = sum(item["grandpa"] is not None and item["grandpa"]["log"] == "scheduled-change"
                      for header in headers for item in header["digest"])
        self.assertEqual(changes, entry.get("grandpa_scheduled_changes", 0))

    @each(sorted(LOCAL))
    def test_local(self, name):
        blocks = LOCAL[name]
        answer = self.json("header", self.file("h", "\n".join(block["header"] for block in blocks)))
        self.assertEqual([header["hash"] for header in answer["details"]["headers"]],
                         [block["hash"] for block in blocks])

    @each(range(len(SIDECAR)))
    def test_sidecar(self, index):
        known = SIDECAR[index]
        text = known["header"]
        answer = self.json("header", "-", stdin=text.encode())
        self.assertEqual(answer["target"]["hash"].removeprefix("0x"), known["hash"].removeprefix("0x"))

    def test_kusama_with_900_authorities(self):
        answer = self.json("header", VECTORS / "headers/kusama-7472481.header.bin")
        header, = answer["details"]["headers"]
        change, = [item for item in header["digest"] if item["grandpa"] and item["grandpa"]["log"] == "scheduled-change"]
        self.assertEqual((change["engine"], change["grandpa"]["delay"], len(change["grandpa"]["authorities"])),
                         ("FRNK", 0, 900))
        self.assertEqual((header["slot"], header["slot_engine"]), (270170680, "BABE"))


class Links(Cli):
    NAME = "rococo-1627327-1627404.hex"

    def test_downwards(self):
        answer = self.json("header", self.file("h", "\n".join(reversed(lines(self.NAME)))))
        self.assertEqual(answer["details"]["order"], "descending")
        out, _ = self.text("header", self.file("h", "\n".join(reversed(lines(self.NAME)))))
        self.assertIn("each the parent of the one before it (descending)", out)

    def test_several_files(self):
        some = lines(self.NAME)[:3]
        binary = self.file("a", bytes.fromhex(some[0].removeprefix("0x")))
        answer = self.json("header", binary, self.file("b", "0x" + some[1].removeprefix("0x")), self.file("c", some[2]))
        self.assertEqual(answer["details"]["order"], "ascending")
        self.assertEqual(len(answer["links"]), 3)

    def test_one_is_missing(self):
        some = lines(self.NAME)[:5]
        del some[2]
        answer = self.json("header", self.file("h", "\n".join(some)), code=1, status="header_link")
        self.assertEqual((answer["item"], answer["index"], len(answer["links"])), ("header", 2, 2))
        first, second, third = answer["details"]["headers"][:3]
        self.assertIn("1627330", answer["found"])
        self.assertIn(third["parent_hash"], answer["found"])
        self.assertIn(second["hash"], answer["expected"])
        self.assertEqual((answer["failed"]["number"], answer["target"]["number"]), (1627330, second["number"]))
        # The byte is the first of that header: its parent's hash.
        self.assertEqual(answer["offset"], sum(len(line.removeprefix("0x")) for line in some[:2]) // 2)

    def test_input_index_and_offset_are_of_one_header(self):
        some = lines(self.NAME)[:5]
        paths = [self.file(f"h{i}", line) for i, line in enumerate(some)]
        up = self.json("header", paths[0], paths[1], paths[3], code=1, status="header_link")
        self.assertEqual((up["input"], up["index"], up["offset"]), (str(paths[3]), 2, 0))
        down = self.json("header", paths[4], paths[3], paths[1], code=1, status="header_link")
        self.assertEqual((down["input"], down["index"], down["offset"]), (str(paths[1]), 2, 0))
        self.assertIn(down["details"]["headers"][1]["parent_hash"], down["expected"])
        self.assertIn(down["details"]["headers"][2]["hash"], down["found"])

    def test_the_same_twice(self):
        one = lines(self.NAME)[0]
        self.json("header", self.file("h", f"{one}\n{one}"), code=1, status="header_link")

    def test_upwards_and_downwards_again(self):
        a, b, c = lines(self.NAME)[:3]
        self.json("header", self.file("h", "\n".join([a, b, c, b])), code=1, status="header_link")


class Malformed(Cli):
    def test_in_a_line(self):
        some = lines("pangolin-rococo-2105-523258-523261.hex")
        some[2] = some[2][:-2]
        answer = self.json("header", self.file("h", "\n".join(some)), code=1)
        self.assertEqual((answer["class"], answer["item"], answer["index"]), ("malformed", "header", 2))

    def test_digest_type(self):
        header = bytearray(bytes.fromhex(lines(Links.NAME)[1].removeprefix("0x")))
        at = 32 + 4 + 32 + 32 + 1  # the first digest item's type
        self.assertEqual(header[at], 6)
        header[at] = 3
        answer = self.json("header", self.file("h", bytes(header)), code=1, status="bad_digest_type")
        self.assertEqual(answer["offset"], at)
        self.assertTrue(answer["found"].startswith("0x03"))

    def test_a_number_past_32_bits(self):
        header = bytes.fromhex(lines(Links.NAME)[1].removeprefix("0x"))
        large = header[:32] + bytes([(5 - 4) << 2 | 3]) + (2**32).to_bytes(5, "little") + header[36:]
        self.json("header", self.file("h", large), code=3, status="large_block_number")

    def test_nothing(self):
        self.json("header", self.file("h", ""), code=1, status="truncated")
        for blank in (" ", "\n", " \n\n", "\t \r\n", "0x"):
            answer = self.json("header", self.file("h", blank), code=1, status="truncated")
            self.assertEqual((answer["offset"], answer["item"], answer["index"]), (0, "header", 0))


class Text(Cli):
    def test_one_in_full(self):
        out, _ = self.text("header", self.file("h", lines(Links.NAME)[0]))
        for word in ("number           1627327", "parent", "state root", "extrinsics root", "(BABE)",
                     "scheduled-change: delay 0, 68 authorities", "seal"):
            self.assertIn(word, out)
