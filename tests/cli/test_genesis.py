# SPDX-License-Identifier: Apache-2.0
import json

from support import Cli, each, files, load

STATES = [path.relative_to(path.parents[1]) for path in files("genesis/*.genesis.json.gz")]


class Recorded(Cli):
    @each(STATES)
    def test_both_versions(self, path):
        known = load(path)
        file = self.file("state.json", json.dumps({"top": known["top"], "childrenDefault": known["childrenDefault"]}))
        for version in (0, 1):
            answer = self.json("genesis", file, "--state-version", version)
            self.assertEqual(answer["details"]["state_root"], known[f"state_root_v{version}"])
            self.assertEqual(answer["target"], {"hash": known[f"genesis_hash_v{version}"], "number": 0,
                                                "parachain": False})
            self.assertEqual(answer["assumed"], [])

    @each(STATES)
    def test_version_by_itself(self, path):
        known = load(path)
        answer = self.json("genesis", files(str(path))[0])
        version = answer["details"]["state_version"]
        self.assertEqual(answer["target"]["hash"], known[f"genesis_hash_v{version}"])
        if known["genesis_state_version"] is not None:
            self.assertEqual((version, answer["assumed"]), (known["genesis_state_version"], []))
        elif answer["details"]["chain"] is None:
            self.assertEqual((version, answer["assumed"]), (1, ["state-version"]))

    def test_K05_a_chain_spec_with_unknown_keys(self):
        known = load("genesis/westend2.genesis.json.gz")
        spec = {"id": "westend2", "name": "Westend", "bootNodes": [], "unknownKey": {"a": 1},
                "genesis": {"raw": {"top": known["top"], "childrenDefault": {}}}}
        answer = self.json("genesis", self.file("spec.json", json.dumps(spec)))
        self.assertEqual((answer["details"]["chain"], answer["details"]["state_version"]), ("westend", 0))
        self.assertEqual(len(answer["details"]["authorities"][0]), 2)
        out, _ = self.text("genesis", self.file("spec.json", json.dumps(spec)))
        self.assertIn(known["genesis_hash_v0"], out)


class Wrong(Cli):
    def test_shapes(self):
        for wrong in ({}, [], {"top": []}, {"top": {"0x00": 1}}, {"top": {"0x00": None}},
                      {"top": {}, "childrenDefault": {"0x00": 3}}, {"genesis": {"stateRootHash": "0x00"}}):
            answer = self.json("genesis", self.file("g", json.dumps(wrong)), code=1)
            self.assertIn(answer["status"], ("json_shape", "json_syntax"), wrong)

    def test_no_json(self):
        self.json("genesis", self.file("g", b"\x00\x01\x02"), code=1, status="json_syntax")

    def test_a_key_twice_in_two_spellings(self):
        self.json("genesis", self.file("g", json.dumps({"top": {"0xAB": "0x", "0xab": "0x"}})), code=1,
                  status="json_duplicate_key")

    def test_version(self):
        self.json("genesis", "x", "--state-version", 2, code=2, status="usage")
