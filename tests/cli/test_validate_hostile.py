# SPDX-License-Identifier: Apache-2.0
"""mote validate over files that somebody made to be passed, to take all the time there is, or to be read at length."""
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as xml

import support
from support import VECTORS, Cli, load
from test_validate import SPECS

LEAF = "0x26aabbcc58f49f86224fc9467549c0954fb0b9dc706e6728023bb7bd88b7958cf2115ac8"  # V1: key aabbcc, and a value's hash


def blake2b(data):
    return hashlib.blake2b(data, digest_size=32).digest()


def compact(number):
    return bytes([number << 2]) if number < 64 else (number << 2 | (1 if number < 1 << 14 else 2)).to_bytes(
        2 if number < 1 << 14 else 4, "little")


def header(number, parent=bytes(32), state_root=bytes(32)):
    encoded = parent + compact(number) + state_root + bytes(32) + b"\0"
    return {"number": number, "hash": "0x" + blake2b(encoded).hex(), "header": "0x" + encoded.hex(), "extrinsics": []}


def chain_of(count):
    lines, parent = [], bytes(32)
    for number in range(count):
        lines.append(header(number, parent))
        parent = bytes.fromhex(lines[-1]["hash"][2:])
    return lines


class Hostile(Cli):
    def validate(self, *arguments, code=0):
        answer = self.json("validate", *arguments, code=code)
        return answer, {rule["rule"]: rule for rule in answer["details"]["rules"]}

    def lines(self, name, lines):
        return self.file(name, "".join(json.dumps(line) + "\n" for line in lines))

    def one(self, content, rule, name="one.json", code=1, specs=()):
        _, rules = self.validate(self.file(name, json.dumps(content)), *specs, code=code)
        return rules[rule]

    def why(self, content, rule, why, **more):
        about = self.one(content, rule, **more)
        self.assertEqual(about["passed"], 0)
        self.assertIn(why, about["first"]["why"])

    # --- storage proofs
    def prefix(self, nodes, entries, state_root):
        block = header(5, state_root=state_root)
        self.lines("made.blocks.jsonl", [block])
        return {"hash": block["hash"], "prefix": "0x", "keys": [], "entries": entries, "proof": nodes}

    def test_a_value_that_is_not_in_the_proof_is_not_an_empty_one(self):
        content = self.prefix([LEAF], [["0xaabbcc", "0x"]], blake2b(bytes.fromhex(LEAF[2:])))
        self.why(content, "storage-proof", "value_mismatch", name="made.prefix.json")

    def test_a_value_is_what_its_hash_says(self):
        def content(**entry):
            return {"state_root": "0x" + blake2b(bytes.fromhex(node[2:])).hex(), "nodes": [node],
                    "entries": [{"key": "0xaabbcc", "value_hashed": True, **entry}]}
        node = LEAF[:10] + blake2b(b"a value of which there is only the hash").hex()
        self.assertEqual(self.one(content(value="0x" + b"a value of which there is only the hash".hex()),
                                  "storage-proof", code=0)["passed"], 1)
        self.assertEqual(self.one(content(value=None), "storage-proof", code=0)["passed"], 1)
        self.why(content(value="0xdead"), "storage-proof", "value_mismatch")
        self.why(content(value=5), "form", "no hex")

    def test_no_proof_says_which_root_it_is_under(self):
        content = load("local/relay.prefix.json")
        self.assertEqual(self.one(content, "storage-proof", code=4)["unchecked"], 1)
        shutil.copy(VECTORS / "local/relay.blocks.jsonl.gz", self.folder)
        self.assertEqual(self.one(content, "storage-proof", name="relay.prefix.json", code=0)["passed"], 1)
        content["hash"] = load("local/relay.mmr.json")["2"]["blockHash"]
        self.assertEqual(self.one(content, "storage-proof", name="relay.prefix.json", code=4)["unchecked"], 1)

    def test_a_proof_under_a_root_of_its_own(self):
        node = "0x26aabbcc04" + "00" * 4
        content = self.prefix([node], [], bytes(32))
        self.why(content, "storage-proof", "root_mismatch", name="made.prefix.json")

    def test_many_nodes_that_nothing_names(self):
        nodes = ["0x" + os.urandom(600).hex() for _ in range(20000)]
        content = {"hash": header(5)["hash"], "prefix": "0x", "keys": [], "entries": [], "proof": nodes}
        self.assertEqual(self.one(content, "storage-proof", code=4)["unchecked"], 1)

    # --- mountain ranges
    def ranges(self, change, rule="mmr-proof", why="root_mismatch", only="2"):
        shutil.copy(VECTORS / "local/relay.blocks.jsonl.gz", self.folder)
        content = load("local/relay.mmr.json")
        content = {"root": content["root"], only: content[only]}
        if only == "ancestry":  # a document is known by its leaves
            content["2"] = load("local/relay.mmr.json")["2"]
        change(content[only])
        _, rules = self.validate(self.file("relay.mmr.json", json.dumps(content)), code=1)
        self.assertIn(why, rules[rule]["first"]["why"])

    def test_a_proof_for_another_count_of_leaves(self):
        def fewer(answer):  # its last mountains are one item, so that it holds for 129 leaves as well
            self.assertEqual(answer["proof"][20:36], "8800000000000000")
            answer["proof"] = answer["proof"][:20] + "81" + answer["proof"][22:]
            answer["leaf_count"] = 136
        self.ranges(fewer)

    def test_counts_of_an_ancestry_proof_are_numbers(self):
        for value in (-1, "136", 136.0, None):
            self.ranges(lambda answer, v=value: answer.update(leaf_count=v), "form", "no number", "ancestry")
            self.ranges(lambda answer, v=value: answer.update(prev_leaf_count=v), "form", "no number", "ancestry")
            self.ranges(lambda answer, v=value: answer["items"][0].__setitem__(0, v), "form", "no number", "ancestry")

    def test_a_block_has_the_number_of_its_header(self):
        blocks = [json.loads(line) for line in gzip.open(VECTORS / "local/relay.blocks.jsonl.gz")]
        blocks[134]["number"], blocks[136]["number"] = 136, 134
        self.lines("relay.blocks.jsonl", blocks)
        content = load("local/relay.mmr.json")
        _, rules = self.validate(self.file("relay.mmr.json", json.dumps(content)))
        self.assertEqual((rules["mmr-proof"]["passed"], rules["mmr-ancestry"]["passed"]), (4, 1))

    # --- warp proofs
    def test_what_a_warp_proof_that_fails_hands_over_to(self):
        content = load("local/relay.p2p.json.gz")
        content = {name: answer for name, answer in content.items() if name.startswith("warp")}
        whole = self.one(content, "warp-proof", code=0, specs=SPECS)
        self.assertEqual((whole["passed"], whole["unchecked"]), (3, 1))
        first = content["warp from genesis"]["response"]
        content["warp from genesis"]["response"] = first[:-200] + ("0" if first[-200] != "0" else "1") + first[-199:]
        broken = self.one(content, "warp-proof", specs=SPECS)
        self.assertEqual((broken["passed"], broken["failed"], broken["unchecked"]), (0, 1, 3))

    # --- subscriptions
    def test_many_items_and_many_headers(self):
        self.lines("made.blocks.jsonl", chain_of(40000))
        about = self.one(["0x00"] * 40000, "beefy", name="made.beefy.json")
        self.assertEqual(about["failed"], 40000)

    def test_justifications_in_any_order(self):
        shutil.copy(VECTORS / "local/relay.blocks.jsonl.gz", self.folder)
        content = load("local/relay.justifications.json")
        for items, wrong in ((content, 0), (content[::-1], 0), (content + ["0x00"] + content, 1)):
            about = self.one(items, "grandpa-justification", name="relay.justifications.json", code=wrong, specs=SPECS)
            copies = len(items) // len(content)  # most of them are for blocks above those recorded
            self.assertEqual((about["passed"], about["failed"], about["unchecked"]), (copies, wrong, 5 * copies))

    # --- numbers
    def test_bytes_of_a_justification(self):
        block = header(1)
        for justification in ([[70, 82, 78, 75], [0, 256]], [[70, 82, 78, 75], [-1]], [[70, 82, 78, 75], ["1"]],
                              [[70, 82, 78, 75 + 256], [1]], [[70, 82, 78, 75.5], [1]]):
            self.lines("blocks.jsonl", [dict(block, justifications=[justification])])
            _, rules = self.validate(self.folder / "blocks.jsonl", code=1)
            self.assertIn("justifications", rules["form"]["first"]["why"], justification)

    def sample(self, change):
        content = load("beefy/polkadot-31591200-set5042-snowbridge-mainnet.json")
        change(content)
        return content

    def test_numbers_of_a_sample(self):
        def wrap(name, by):
            return self.sample(lambda c: c["validator_proofs"][0].update({name: c["validator_proofs"][0][name] + by}))
        self.assertEqual(self.one(self.sample(lambda c: None), "beefy-sample", code=0)["passed"], 1)
        self.why(wrap("v", 256), "form", "no number")
        self.why(wrap("index", 1 << 32), "form", "no number")
        self.why(self.sample(lambda c: c.update(validator_set_len=c["validator_set_len"] + (1 << 32))), "form", "no number")
        self.why(self.sample(lambda c: c.update(validator_set_id=str(c["validator_set_id"]))), "form", "no number")

    def test_a_finality_proof_of_a_block_that_cannot_be(self):
        content = load("local/relay.prove-finality.json.gz")
        first = min(content, key=int)
        content[str(int(first) + (1 << 32))] = content[first]
        self.why(content, "form", "not for a block", name="relay.prove-finality.json", specs=SPECS)

    def test_numbers_of_a_vector(self):
        vector = json.loads((VECTORS / "headers/babe-verification-vectors.jsonl").read_text().splitlines()[0])
        for name, by in (("authority_index", 1 << 32), ("allowed_slots", 256), ("num_authorities", 1 << 32)):
            self.lines("one.jsonl", [dict(vector, **{name: vector[name] + by})])
            _, rules = self.validate(self.folder / "one.jsonl", code=1)
            self.assertEqual((rules["form"]["failed"], list(rules)), (1, ["form"]), name)

    def test_a_state_of_a_version_that_there_is_not(self):
        content = {"pairs": [["0x01", "0x02"]], "state_root": "0x" + "00" * 32, "state_version": 2}
        self.why(content, "form", "version")

    # --- folders
    def bare(self, name, number):
        block = header(number)
        self.lines(name, [{"header": block["header"], "hash": block["hash"]}])

    def test_links_that_lead_back(self):
        shutil.copy(VECTORS / "state/kusama-3783-full-state.json.gz", self.folder)
        for name in ("a", "b", "c"):
            (self.folder / name).symlink_to(".")
        answer, rules = self.validate(self.folder)
        self.assertEqual((rules["state-root"]["passed"], len(answer["details"]["inputs"])), (1, 1))

    def test_many_folders(self):
        for number in range(500):
            (self.folder / str(number)).mkdir()
            self.bare(f"{number}/headers.jsonl", number)
        _, rules = self.validate(self.folder)
        self.assertEqual(rules["header"]["passed"], 500)

    def test_a_pipe_and_a_device_in_a_folder(self):
        self.bare("headers.jsonl", 1)
        os.mkfifo(self.folder / "pipe.json")
        (self.folder / "zero.json").symlink_to("/dev/zero")
        answer, rules = self.validate(self.folder)
        self.assertEqual(rules["header"]["passed"], 1)
        self.assertEqual(answer["details"]["unread"], [str(self.folder / name) for name in ("pipe.json", "zero.json")])

    def test_a_document_that_names_a_pipe(self):
        os.mkfifo(self.folder / "pipe")
        (self.folder / "zero.warpproof.bin").symlink_to("/dev/zero")
        os.mkfifo(self.folder / "local.blocks.jsonl")
        self.why({"file": "pipe", "recovered_pubkeys": []}, "form", "not beside it")
        self.why({"start_set_id": 1, "start_authorities_file": "pipe", "fragments": 1}, "form", "not beside it", name="zero.json")
        self.assertEqual(self.one(["0x00"], "grandpa-justification", name="local.justifications.json")["failed"], 1)

    def test_a_file_that_is_named_often(self):
        self.file("large.bin", bytes(1 << 20))
        entry = {"justification_file": "large.bin", "authority_set_file": "large.bin", "set_id": 1, "target_number": 1,
                 "target_hash": "00" * 32}
        self.assertEqual(self.one([entry] * 20000, "grandpa-justification", name="index.json")["failed"], 20000)

    # --- what others wrote
    def test_names_of_files(self):
        name = "it's\x1b[2J\x07\u202e#<&\"\x9b.state.json"
        content = json.dumps({"pairs": [["0x01", "0x02"]], "state_root": "0x" + "00" * 32})
        path, raw = self.file(name, content), os.fsencode(self.folder) + b"/\xff\xfe.json"
        with open(raw, "w") as file:
            file.write(content)
        table, _ = self.text("validate", path, code=1)
        tap, _ = self.text("validate", "--tap", path, raw.decode("utf-8", "surrogateescape"), code=1)
        self.validate(path, raw.decode("utf-8", "surrogateescape"), "--junit", self.folder / "report.xml", code=1)
        report = xml.parse(self.folder / "report.xml").getroot().find("testsuite")
        names = [case.get("name") for case in report]
        for text in (table, tap, *names):
            self.assertIn("\\x1b[2J\\x07\\xe2\\x80\\xae", names[0])
            self.assertEqual([c for c in text if c != "\n" and not c.isprintable()], [], text)
        self.assertIn("\\xff\\xfe.json", names[1])
        _, error = self.text("validate", self.folder / "\x1b[2Jnone", code=2)
        self.assertNotIn("\x1b", error)
        command = table.split("again:")[1].split("\n")[0].replace("mote", support.MOTE, 1)
        done = subprocess.run(["bash", "-c", command], capture_output=True)
        self.assertEqual((done.returncode, done.stderr.count(b"1 of 1 failed")), (1, 1))

    # --- how it is written
    def test_ways_to_write_the_same(self):
        lines = (VECTORS / "headers/babe-verification-vectors.jsonl").read_text().splitlines()[:3]
        objects = [json.loads(line) for line in lines]
        text = "\n".join(lines) + "\n"
        upper = re.sub(r"0x([0-9a-f]+)", lambda found: "0x" + found[1].upper(), text)
        bare = text.replace('"0x', '"')
        written = {
            "a.jsonl": text.replace("\n", "\r\n"), "b.jsonl": "\ufeff" + text, "c.jsonl": upper, "d.jsonl": bare,
            "e.jsonl": text.replace('"0x', '"0X'), "f.jsonl": "\n \t\n" + text.replace("\n", "\n\n") + "  \n\n", "g.jsonl": text.rstrip("\n"),
            "h.json": text, "i.json": json.dumps(objects), "j.jsonl": json.dumps(objects, indent=2),
            "k.jsonl": "".join(json.dumps(dict(reversed(list(each.items()))), separators=(" ,\t", " : ")) + "\n" for each in objects),
        }
        for name, content in written.items():
            with self.subTest(name):
                _, rules = self.validate(self.file(name, content))
                self.assertEqual([rules[rule]["passed"] for rule in ("header", "babe-authorship")], [3, 3])
        _, rules = self.validate(self.file("one.json", json.dumps(objects[0], indent=1)))
        self.assertEqual(rules["babe-authorship"]["passed"], 1)

    def test_a_run_of_headers_of_another_system(self):
        text = (VECTORS / "headers/rococo-1597927-1597980.hex").read_text()
        _, rules = self.validate(self.file("run.hex", "\ufeff" + text.replace("\n", "\r\n").upper().replace("0X", "0x")))
        self.assertEqual((rules["header"]["passed"], rules["header-link"]["passed"]), (54, 53))

    def test_files_that_were_cut(self):
        line = (VECTORS / "headers/babe-verification-vectors.jsonl").read_text().splitlines()[0]
        cut = {"a.json": "[" + line, "b.jsonl": line[:-9], "c.json": "", "d.jsonl": " \n\n", "e.hex": "\n", "f.pb": "", "g.json": "nonsense",
               "h.json": "[" * 100000, "i.json": '{"a": 1, "a": 2}', "j.json": "\0\0{", "k.jsonl": '{"a\n{"b', "l.json": '{"cases": [{"vk": ""}]}',
               "m.prove-finality.json": '{"7": 7}', "n.json": '{"pairs": 7, "root_v1": "0x00"}'}
        folder = self.folder / "cut"
        folder.mkdir()
        for name, content in cut.items():
            (folder / name).write_text(content)
            with self.subTest(name):
                _, rules = self.validate(folder / name, code=1)
                self.assertGreaterEqual(rules["form"]["failed"], 1)
        # Beside what is whole, what is unknown, and what is empty and no promise.
        (folder / "whole.jsonl").write_text(line + "\n")
        for name, content in {"notes.txt": "", "LICENSE": "free", "other.json": '{"what": "else"}', "number.json": "7"}.items():
            (folder / name).write_text(content)
        answer, rules = self.validate(folder, code=1)
        self.assertEqual((rules["babe-authorship"]["passed"], rules["form"]["failed"]), (1, len(cut)))
        self.assertEqual(len(answer["details"]["unread"]), 4)

    def test_a_line_that_is_cut_is_no_other_kind_of_file(self):
        lines = (VECTORS / "headers/babe-verification-vectors.jsonl").read_text().splitlines()[:3]
        for at in range(3):
            cut = [line[:-9] if i == at else line for i, line in enumerate(lines)]
            _, rules = self.validate(self.file("cut.jsonl", "\n".join(cut)), code=1)
            self.assertEqual((rules["babe-authorship"]["passed"], rules["form"]["failed"], rules["form"]["first"]["case"]), (2, 1, at))

    def test_blocks_without_bodies(self):
        bare = b""
        for block in chain_of(3):
            encoded = bytes.fromhex(block["header"][2:])
            bare += b"\x0a" + bytes([len(encoded) + 2]) + b"\x12" + bytes([len(encoded)]) + encoded
        _, rules = self.validate(self.file("bare.pb", bare))
        self.assertEqual((rules["header"]["passed"], rules["extrinsics-root"]["unchecked"]), (3, 3))

    def test_one_root_of_a_trie(self):
        trie = json.loads((VECTORS / "vectors/trie-hex_long.json").read_text())
        for root in ("root_v0", "root_v1"):
            _, rules = self.validate(self.file("trie.json", json.dumps({"pairs": trie["pairs"], root: trie[root]})))
            self.assertEqual(rules["trie-root"]["passed"], 1)
