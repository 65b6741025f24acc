# SPDX-License-Identifier: Apache-2.0
"""mote validate over recorded files: what passes, what fails when it is changed, and how it is told."""
import gzip
import json
import re
import subprocess
import xml.etree.ElementTree as xml

import support
from support import ROOT, VECTORS, Cli

SPECS = ["--spec", VECTORS / "local/relay.spec.json.gz", "--spec", VECTORS / "local/para-2000.spec.json.gz",
         "--spec", VECTORS / "genesis/westend2.genesis.json.gz"]

# What must be judged of each folder at least, and nothing of it may fail.
AT_LEAST = {
    "headers": {"header": 1000, "header-link": 1000, "babe-authorship": 520},
    "blocks": {"header": 270, "extrinsics-root": 270, "babe-chain": 266, "grandpa-justification": 0},
    "genesis": {"genesis": 20},
    "state": {"state-root": 1, "state-change": 51},
    "vectors": {"trie-root": 12, "blake2b": 256, "ed25519": 208, "sr25519": 3},
    "proofs": {"storage-proof": 40, "para-head": 5, "messages": 5},
    "grandpa": {"grandpa-justification": 20},
    "warp": {"warp-proof": 1},
    "checkpoints": {"checkpoint": 600, "babe-authorship": 600},
    "beefy": {"beefy-sample": 4, "beefy-recovery": 1, "mmr-proof": 4},
    "local": {"babe-chain": 137, "aura-chain": 66, "grandpa-justification": 4, "beefy": 18, "finality-proof": 10,
              "warp-proof": 3, "mmr-proof": 4, "mmr-ancestry": 1, "storage-proof": 200},
}


class Validate(Cli):
    def validate(self, *arguments, code=0):
        answer = self.json("validate", *arguments, code=code)
        return answer, {rule["rule"]: rule for rule in answer["details"]["rules"]}

    def changed(self, name, source, old, new):
        """A copy of a recorded file with one thing in it replaced."""
        path = VECTORS / source
        data = gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()
        self.assertIn(old, data)
        return self.file(name, data.replace(old, new, 1))

    def test_every_folder(self):
        for folder, least in AT_LEAST.items():
            with self.subTest(folder):
                answer, rules = self.validate(VECTORS / folder, *SPECS)
                self.assertEqual(answer["details"]["failures"], [])
                for rule, count in least.items():
                    self.assertGreaterEqual(rules.get(rule, {"passed": 0})["passed"], count, rule)

    def test_all_520_babe_vectors(self):
        _, rules = self.validate(VECTORS / "headers/babe-verification-vectors.jsonl")
        self.assertEqual(rules["babe-authorship"]["passed"], 520)
        self.assertEqual(rules["header"]["passed"], 520)

    def test_westend_from_genesis(self):
        _, rules = self.validate(VECTORS / "blocks/westend-1-256.jsonl", *SPECS)
        self.assertEqual([rules[rule]["passed"] for rule in ("header", "header-link", "extrinsics-root", "babe-chain")],
                         [128, 127, 128, 128])

    def test_without_a_spec_authors_are_not_judged(self):
        _, rules = self.validate(VECTORS / "blocks/westend-1-256.jsonl")
        self.assertEqual(rules["babe-chain"]["unchecked"], 128)
        self.assertEqual(rules["extrinsics-root"]["passed"], 128)

    def test_parachain_from_genesis(self):
        _, rules = self.validate(VECTORS / "local/para-2000.blocks.jsonl.gz", *SPECS)
        self.assertEqual(rules["aura-chain"]["passed"], 66)

    def one_vector(self):
        lines = (VECTORS / "headers/babe-verification-vectors.jsonl").read_text().splitlines()
        return next(line for line in map(json.loads, lines) if line["kind"] == "primary")

    def babe(self, code=1, **changes):
        vector = self.one_vector()
        vector.update(changes)
        path = self.file("one.jsonl", json.dumps(vector) + "\n")
        answer, rules = self.validate(path, code=code)
        return answer, rules["babe-authorship"]

    def test_a_vector_of_its_own(self):
        answer, rule = self.babe(code=0)
        self.assertEqual((rule["passed"], answer["verdict"]), (1, "verified"))

    def test_another_author(self):
        answer, rule = self.babe(authority="0x" + "00" * 31 + "01")
        self.assertEqual((rule["failed"], answer["status"]), (1, "cases_failed"))

    def test_another_randomness(self):
        _, rule = self.babe(epoch_randomness="0x" + "11" * 32)
        self.assertIn("bad_vrf_proof", rule["first"]["why"])

    def test_a_smaller_chance(self):
        _, rule = self.babe(c=[1, 1000000000])
        self.assertIn("score_too_high", rule["first"]["why"])

    def test_a_changed_header(self):
        header = self.one_vector()["header"]
        vector = dict(self.one_vector(), header=header[:70] + ("0" if header[70] != "0" else "1") + header[71:])
        answer, rules = self.validate(self.file("one.jsonl", json.dumps(vector) + "\n"), code=1)
        self.assertEqual(rules["header"]["failed"], 1)

    def test_a_missing_field(self):
        vector = self.one_vector()
        del vector["authority"]
        _, rules = self.validate(self.file("one.jsonl", json.dumps(vector) + "\n"), code=1)
        self.assertEqual(rules["form"]["failed"], 1)

    def test_a_changed_extrinsic(self):
        path = self.changed("blocks.jsonl", "blocks/westend-1-256.jsonl", b'"extrinsics": ["0x28', b'"extrinsics": ["0x29')
        _, rules = self.validate(path, *SPECS, code=1)
        self.assertEqual((rules["extrinsics-root"]["failed"], rules["babe-chain"]["failed"]), (1, 0))
        self.assertIn("extrinsics_root", rules["extrinsics-root"]["first"]["why"])

    def test_a_missing_block(self):
        lines = (VECTORS / "blocks/westend-1-256.jsonl").read_text().splitlines(keepends=True)
        _, rules = self.validate(self.file("blocks.jsonl", "".join(lines[:50] + lines[51:])), *SPECS)
        self.assertEqual((rules["babe-chain"]["passed"], rules["babe-chain"]["unchecked"]), (50, 77))

    def test_a_false_seal(self):
        # The blocks before it are by their authors, though the authors of many blocks are judged together.
        lines = (VECTORS / "blocks/westend-1-256.jsonl").read_text().splitlines(keepends=True)
        for at in (0, 1, 40, 127):
            block = json.loads(lines[at])
            header = block["header"]
            self.assertIsInstance(header, str)
            block["header"] = header[:-9] + ("0" if header[-9] != "0" else "1") + header[-8:]
            del block["hash"]
            changed = lines[:at] + [json.dumps(block) + "\n"] + lines[at + 1:]
            _, rules = self.validate(self.file("blocks.jsonl", "".join(changed)), *SPECS, code=1)
            counts = rules["babe-chain"]
            self.assertEqual((counts["passed"], counts["failed"], counts["unchecked"]), (at, 1, 127 - at))
            self.assertEqual(counts["first"]["case"], at)
            self.assertIn("bad_signature", counts["first"]["why"])

    def test_a_block_of_another_chain(self):
        lines = (VECTORS / "blocks/westend-1-256.jsonl").read_text().splitlines(keepends=True)
        with gzip.open(VECTORS / "local/relay.blocks.jsonl.gz", "rt") as other:
            foreign = other.read().splitlines(keepends=True)
        _, rules = self.validate(self.file("blocks.jsonl", "".join(lines[:9] + foreign[10:12])), *SPECS, code=1)
        self.assertEqual(rules["header-link"]["failed"], 1)

    def test_nothing_that_a_block_says_counts_after_one_that_fails(self):
        # With epochs of another length the authors do not hold from some block on; headers and justifications are whole.
        path = VECTORS / "local/relay.blocks.jsonl.gz"
        _, honest = self.validate(path, *SPECS)
        _, rules = self.validate(path, *SPECS, "--epoch-slots", "7", code=1)
        self.assertEqual(rules["babe-chain"]["failed"], 1)
        self.assertGreater(honest["grandpa-justification"]["passed"], rules["grandpa-justification"]["passed"])
        self.assertEqual(rules["grandpa-justification"]["passed"], 1)  # of block 1
        self.assertGreater(honest["beefy"]["passed"], rules["beefy"]["passed"])

    def test_more_results_than_are_kept(self):
        lines = ["00"] * 1100000
        lines[1090000] = "zz"
        answer, rules = self.validate(self.file("many.hex", "\n".join(lines)), "--jobs", "1", code=1)
        self.assertEqual((rules["header"]["failed"], rules["form"]["failed"]), (1099999, 1))
        self.assertEqual((rules["header"]["first"]["case"], rules["form"]["first"]["case"]), (0, 1090000))
        self.assertGreater(answer["details"]["unlisted"], 50000)
        path = self.folder / "report.xml"
        out, _ = self.text("validate", self.folder / "many.hex", "--jobs", "1", "--tap", "--junit", path, code=1)
        self.assertIn("# only counted, not listed", out)
        self.assertIn("only counted", path.read_text())

    def test_memory_that_ends(self):
        pairs = [[f"0x{i:08x}{i:056x}", "0x" + "ab" * 1500] for i in range(12000)]
        large = self.file("state.json", json.dumps({"pairs": pairs, "state_root": "0x" + "00" * 32}))
        for rules, _ in self.with_little_memory(range(60, 220, 20), VECTORS / "blocks/westend-1-256.jsonl", large):
            self.assertEqual(rules["extrinsics-root"]["passed"], 128)

    def test_a_changed_state(self):
        path = VECTORS / "state/kusama-3783-full-state.json.gz"
        state = json.loads(gzip.open(path).read())
        state["pairs"][17][1] = "0x1234"
        _, rules = self.validate(self.file("state.json", json.dumps(state)), code=1)
        self.assertIn("root_mismatch", rules["state-root"]["first"]["why"])

    def test_changes_without_their_roots(self):
        path = self.changed("x-changes.json", "state/phala-dev-changes.json.gz", b'"id":1', b'"id":2') \
            if b'"id":1' in gzip.open(VECTORS / "state/phala-dev-changes.json.gz").read() else \
            self.file("x-changes.json", gzip.open(VECTORS / "state/phala-dev-changes.json.gz").read())
        _, rules = self.validate(path, code=1)
        self.assertEqual(rules["form"]["failed"], 1)

    def test_a_changed_root_of_a_trie(self):
        trie = json.loads((VECTORS / "vectors/trie-pk_branch.json").read_text())
        trie["root_v1"] = "0x" + "ab" * 32
        _, rules = self.validate(self.file("trie.json", json.dumps(trie)), code=1)
        self.assertEqual((rules["trie-root"]["passed"], rules["trie-root"]["failed"]), (1, 1))

    def test_a_changed_genesis(self):
        path = VECTORS / "genesis/westend2.genesis.json.gz"
        state = json.loads(gzip.open(path).read())
        state["top"][next(iter(state["top"]))] += "00"
        _, rules = self.validate(self.file("g.json", json.dumps(state)), code=1)
        self.assertEqual(rules["genesis"]["failed"], 1)

    def test_a_signature_that_should_not_hold(self):
        cases = json.loads((VECTORS / "vectors/ed25519-zip215-small-order.json").read_text())
        cases["cases"][3]["valid_zip215"] = not cases["cases"][3]["valid_zip215"]
        _, rules = self.validate(self.file("cases.json", json.dumps(cases)), code=1)
        self.assertEqual((rules["ed25519"]["failed"], rules["ed25519"]["first"]["case"]), (1, 3))

    def test_a_changed_proof(self):
        name = next(VECTORS.glob("proofs/rococo-*-parahead-basilisk-2090.json"))
        proof = json.loads(name.read_text())
        node = proof["nodes"][0]
        proof["nodes"][0] = node[:-1] + ("0" if node[-1] != "0" else "1")
        _, rules = self.validate(self.file("proof.json", json.dumps(proof)), code=1)
        self.assertEqual(rules["storage-proof"]["failed"], 1)

    def test_a_changed_beefy_sample(self):
        name = next(VECTORS.glob("beefy/polkadot-*-snowbridge-mainnet.json"))
        record = json.loads(name.read_text())
        record["validator_proofs"][2]["account"] = "0x" + "12" * 20
        _, rules = self.validate(self.file("beefy.json", json.dumps(record)), code=1)
        self.assertEqual(rules["beefy-sample"]["failed"], 1)

    def test_a_changed_leaf_under_a_sampled_root(self):
        record = json.loads(next(VECTORS.glob("beefy/polkadot-*-snowbridge-mainnet.json")).read_text())
        record["mmr_leaf_proof"][1] = "0x" + "12" * 32
        _, rules = self.validate(self.file("beefy.json", json.dumps(record)), code=1)
        self.assertEqual((rules["mmr-proof"]["failed"], rules["beefy-sample"]["passed"]), (1, 1))
        self.assertIn("root_mismatch", rules["mmr-proof"]["first"]["why"])

    def test_the_first_failure_again_by_its_command(self):
        path = self.changed("blocks.jsonl", "blocks/westend-1-256.jsonl", b'"extrinsics": ["0x28', b'"extrinsics": ["0x29')
        answer, rules = self.validate(path, *SPECS, code=1)
        first = rules["extrinsics-root"]["first"]
        words = [word.strip("'") for word in re.findall(r"'[^']*'|\S+", first["command"])]
        self.assertEqual(words[:2], ["mote", "validate"])
        again, only = self.validate(*words[2:], code=1)
        self.assertEqual(list(only), ["extrinsics-root"])
        self.assertEqual((only["extrinsics-root"]["cases"], only["extrinsics-root"]["first"]["why"]), (1, first["why"]))

    def test_a_single_case(self):
        _, rules = self.validate(VECTORS / "headers/babe-verification-vectors.jsonl", "--case", "7")
        self.assertEqual({name: rule["cases"] for name, rule in rules.items()}, {"header": 1, "babe-authorship": 1})

    def test_no_such_case(self):
        answer, _ = self.validate(VECTORS / "vectors/trie-pk_branch.json", "--case", "9", code=1)
        self.assertEqual(answer["status"], "not_recognized")

    def test_any_number_of_threads(self):
        results = []
        for jobs in ("1", "2", "7"):
            _, rules = self.validate(VECTORS / "vectors", VECTORS / "headers", "--jobs", jobs)
            results.append(rules)
        self.assertTrue(results[0] == results[1] == results[2])

    def test_nothing_but_what_cannot_be_checked(self):
        answer, rules = self.validate(next(VECTORS.glob("grandpa/*.justification.bin")), code=4)
        self.assertEqual((answer["verdict"], answer["status"]), ("incomplete", "nothing_checked"))

    def test_files_that_nobody_knows(self):
        answer, _ = self.validate(self.file("what.txt", "no such format"), code=1)
        self.assertEqual(answer["status"], "not_recognized")
        self.assertEqual(len(answer["details"]["unread"]), 1)

    def test_a_file_that_is_not_there(self):
        answer = self.json("validate", self.folder / "none", code=2)
        self.assertEqual(answer["status"], "cannot_open")

    def test_broken_files(self):
        for name, content in {"a.jsonl": '{"header": "0x00", "hash": 7, "epoch_randomness": 1}\n{"\n',
                              "b.json": '[{"header": 7, "extrinsics": []}]', "c.pb": b"\x0a\xff\xff\x01",
                              "d.hex": "0x00\nxyz\n", "e.json": '{"genesis": {"raw": {"top": {"0xzz": "0x"}}}}',
                              "f.json": '{"pairs": [["0x"]], "state_root": "0x", "root_v0": 1}',
                              "g.json": '{"nodes": ["0x1"], "state_root": "0x00"}',
                              "h.json": '{"start_authorities_file": "no", "start_set_id": -1}',
                              "i.json": '[{"justification_file": "no", "authority_set_file": "no"}]',
                              "j.json": '{"validator_proofs": [{}]}', "k.json": '{"cases": [{"vk": "00"}]}',
                              "l.json": '[{"hash": "blake2b", "out": "0", "in": "", "key": ""}]',
                              "m.json": '{"lightSyncState": {"finalizedBlockHeader": 1}}'}.items():
            with self.subTest(name):
                _, rules = self.validate(self.file(name, content), code=1)
                self.assertGreaterEqual(sum(rule["failed"] for rule in rules.values()), 1)

    def test_tap(self):
        out, _ = self.text("validate", VECTORS / "vectors", "--tap")
        lines = out.splitlines()
        self.assertEqual(lines[0], "TAP version 13")
        count = int(lines[1].split("..")[1])
        results = [line for line in lines if re.match(r"(not )?ok \d+ - ", line)]
        self.assertEqual(len(results), count)
        self.assertEqual(sum("# SKIP" in line for line in results), 256)

    def test_junit(self):
        trie = json.loads((VECTORS / "vectors/trie-pk_branch.json").read_text())
        trie["root_v1"] = "0x" + "ab" * 32
        path = self.folder / "report.xml"
        self.text("validate", self.file("<trie>.json", json.dumps(trie)), VECTORS / "vectors/blake2b-kat.json.gz",
                  "--junit", path, code=1)
        suites = {suite.get("name"): suite for suite in xml.parse(path).getroot()}
        self.assertEqual(suites["trie-root"].get("failures"), "1")
        self.assertEqual(suites["blake2b"].get("skipped"), "256")
        self.assertEqual(len(suites["blake2b"]), 512)
        self.assertIn("mote validate", suites["trie-root"].find("testcase/failure").text)

    def test_the_table(self):
        out, _ = self.text("validate", VECTORS / "vectors/trie-pk_branch.json")
        self.assertRegex(out, r"trie-root +2 +2 +0 +0")

    def test_usage(self):
        for arguments in ([], ["--rule", "none", "x"], ["--node", "ws://x", "file"], ["--case", "x", "f"],
                          ["--jobs", "0", "f"], ["--epoch-slots", "0", "f"]):
            self.assertEqual(self.json("validate", *arguments, code=2)["status"], "usage")

    def test_every_rule_is_documented(self):
        rules = re.findall(r'^    X\(\w+, "([\w-]+)"', (ROOT / "native/validate/rules.h").read_text(), re.M)
        document = (ROOT / "docs/validate.md").read_text()
        self.assertGreater(len(rules), 20)
        for rule in rules:
            self.assertIn(f"`{rule}`", document)
