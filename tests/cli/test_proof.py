# SPDX-License-Identifier: Apache-2.0
import gzip
import json

from support import Cli, VECTORS, each, files, load

PROOFS = [path for path in files("proofs/*.json") if "nodes" in json.loads(path.read_bytes())]
SCANS = load("proofs/prefix-scan-smoldot174.json")
ONE = load("proofs/rococo-1427727-parahead-pangolin-2105.json")
LOCAL = {name: load(f"local/{name}.read-proofs.json.gz") for name in ("relay", "para-2000", "para-2001")}
PREFIXES = {name: load(f"local/{name}.prefix.json") for name in ("relay", "para-2000", "para-2001")}


def compact(value):
    return (bytes([value << 2]) if value < 64 else (value << 2 | 1).to_bytes(2, "little") if value < 1 << 14
            else (value << 2 | 2).to_bytes(4, "little"))


def scale(nodes):
    raw = [bytes.fromhex(node.removeprefix("0x")) for node in nodes]
    return compact(len(raw)) + b"".join(compact(len(node)) + node for node in raw)


def keys(entries):
    return [word for entry in entries for word in ("--key", entry["key"])]


class Recorded(Cli):
    @each(PROOFS)
    def test_entries(self, path):
        proof = json.loads(path.read_bytes())
        strict = proof["num_unreachable_nodes"] == 0
        asked = ["--root", proof["state_root"], *keys(proof["entries"])]
        if not strict:
            refused = self.json("proof", path, *asked, code=1)
            self.assertIn(refused["status"], ("proof_unreachable_node", "proof_duplicate_node"))
        answer = self.json("proof", path, *asked, *([] if strict else ["--lenient"]))
        self.assertEqual(answer["assumed"], ["root"])
        self.assertEqual([value["key"] for value in answer["values"]], [entry["key"] for entry in proof["entries"]])
        for value, entry in zip(answer["values"], proof["entries"]):
            if entry["value"] is not None:
                self.assertEqual((value["state"], value["value"]), ("value", entry["value"]))
            else:
                self.assertEqual(value["state"], "hash-only", entry)
        self.assertEqual(answer["details"]["nodes"], proof["num_nodes"])

    @each(range(len(SCANS["proofs"])))
    def test_scan_stops_where_the_proof_does(self, index):
        path = self.file("p", SCANS["proofs"][index])
        known = ["--root", SCANS["trie_root_hash"], "--prefix", SCANS["prefix"]]
        answer = self.json("proof", path, *known, code=4, status="proof_incomplete")
        listed = [value["key"] for value in answer["values"]]
        self.assertLessEqual(set(listed), set(SCANS["expected_entries"]))
        self.assertEqual((answer["lists"], answer["failed"]["key"]), ([], SCANS["prefix"]))

    def test_whole_scan_of_all_six(self):
        nodes = set()
        for proof in SCANS["proofs"]:
            data, at = bytes.fromhex(proof.removeprefix("0x")), 0

            def number():
                nonlocal at
                mode = data[at] & 3
                size = (1, 2, 4)[mode]
                value = int.from_bytes(data[at:at + size], "little") >> 2
                at += size
                return value
            for _ in range(number()):
                size = number()
                nodes.add(data[at:at + size].hex())
                at += size
        whole = self.file("p.json", json.dumps(sorted(nodes)))
        answer = self.json("proof", whole, "--root", SCANS["trie_root_hash"], "--prefix", SCANS["prefix"])
        self.assertEqual([value["key"] for value in answer["values"]], sorted(SCANS["expected_entries"]))
        self.assertEqual(answer["lists"], [{"prefix": SCANS["prefix"], "child": None,
                                            "count": len(SCANS["expected_entries"]), "complete": True}])


class Local(Cli):
    @each(sorted(LOCAL))
    def test_all_values_at_once(self, name):
        for read in LOCAL[name]:
            values = read["values"]
            words = [word for value in values.values() for word in ("--key", value["key"])]
            answer = self.json("proof", self.file("p", json.dumps(read["all_in_one"])), "--root", read["state_root"],
                               *words)
            for value, known in zip(answer["values"], values.values()):
                self.assertEqual(value["value"], known["value"])
                self.assertEqual(value["state"], "absent" if known["value"] is None else "value")

    @each(sorted(LOCAL))
    def test_single_values(self, name):
        read = LOCAL[name][0]
        for what, nodes in read["single"].items():
            known = read["values"][what]
            answer = self.json("proof", self.file("p", scale(nodes)), "--root", read["state_root"], "--key",
                               known["key"])
            self.assertEqual([value["value"] for value in answer["values"]], [known["value"]])

    @each(sorted(PREFIXES))
    def test_complete_list(self, name):
        known = PREFIXES[name]
        entries = dict(known["entries"])
        block = [json.loads(line) for line in gzip.open(VECTORS / f"local/{name}.blocks.jsonl.gz")]
        header, = [one["header"] for one in block if one["hash"] == known["hash"]]
        root = self.json("header", self.file("h", header))["links"][0]["state_root"]
        answer = self.json("proof", self.file("p", json.dumps(known["proof"])), "--root", root, "--prefix",
                           known["prefix"])
        self.assertEqual([value["key"] for value in answer["values"]], sorted(known["keys"]))
        self.assertEqual({value["key"]: value["value"] for value in answer["values"]}, entries)
        self.assertEqual(answer["lists"][0]["count"], len(known["keys"]))


class Forms(Cli):
    def same(self, content, stdin=None):
        path = "-" if stdin else self.file("p", content)
        answer = self.json("proof", path, "--root", ONE["state_root"], *keys(ONE["entries"]), stdin=stdin or b"")
        self.assertEqual([value["value"] for value in answer["values"]],
                         [entry["value"] for entry in ONE["entries"]])

    def test_each(self):
        nodes = ONE["nodes"]
        bare = [node.removeprefix("0x").upper() for node in nodes]
        result = {"at": "0x" + "00" * 32, "proof": nodes}
        for content in (json.dumps(nodes), json.dumps(bare, indent=2), " \n" + json.dumps(list(reversed(nodes))),
                        json.dumps({"jsonrpc": "2.0", "id": 1, "result": result}), json.dumps(result),
                        json.dumps({"nodes": nodes, "anything": [1, {}]}), json.dumps({"jsonrpc": "2.0", "result": nodes}),
                        scale(nodes), "0x" + scale(nodes).hex(), scale(nodes).hex().upper() + "\n",
                        json.dumps("0x" + scale(nodes).hex()), json.dumps({"proof": "0x" + scale(nodes).hex()}),
                        gzip.compress(json.dumps(result).encode()), gzip.compress(scale(nodes))):
            self.same(content)
        self.same(None, stdin=json.dumps(result).encode())

    def test_an_answer_that_is_an_error(self):
        answer = self.json("proof", self.file("p", json.dumps({"jsonrpc": "2.0", "id": 1, "error": {
            "code": -32000, "message": "State already discarded"}})), "--root", ONE["state_root"], "--key", "00", code=4,
            status="rpc_error")
        self.assertEqual(answer["found"], "State already discarded")

    def test_json_of_another_shape(self):
        for wrong in ({}, {"result": None}, {"proof": 3}, [1], [["0x00"]], {"proof": [None]}, {"nodes": {}}, [{}]):
            answer = self.json("proof", self.file("p", json.dumps(wrong)), "--root", ONE["state_root"], "--key", "00",
                               code=1, status="json_shape")
            self.assertIsNotNone(answer["expected"])
            self.assertIsNotNone(answer["found"])

    def test_hex_inside_json(self):
        for node, status in (("0x123", "hex_odd_length"), ("0x12 34", "hex_digit"), ("0xzz", "hex_digit")):
            answer = self.json("proof", self.file("p", json.dumps([ONE["nodes"][0], node])), "--root", ONE["state_root"],
                               "--key", "00", code=1, status=status)
            self.assertEqual((answer["item"], answer["index"]), ("node", 1))
            text = json.dumps([ONE["nodes"][0], node])
            self.assertEqual(text[answer["offset"]], {"0x123": '"', "0x12 34": " ", "0xzz": "z"}[node])


class Verdicts(Cli):
    def proof(self, nodes, *arguments, **known):
        return self.json("proof", self.file("p", json.dumps(nodes)), "--root", ONE["state_root"], *arguments, **known)

    def test_absent(self):
        answer = self.proof(ONE["nodes"], "--key", "0x")
        self.assertEqual([(value["state"], value["value"]) for value in answer["values"]], [("absent", None)])
        self.assertEqual(answer["links"][0]["state"], "absent")

    def test_no_such_prefix(self):
        key = bytes.fromhex(ONE["entries"][0]["key"].removeprefix("0x"))
        answer = self.proof(ONE["nodes"], "--prefix", key.hex() + "00")
        self.assertEqual((answer["values"], answer["lists"][0]["count"]), ([], 0))

    def test_hash_only(self):
        known = load("proofs/papi-tries-9cbec18b.json")
        path = VECTORS / "proofs/papi-tries-9cbec18b.json"
        answer = self.json("proof", path, "--root", known["state_root"], "--key", "0x3a636f6465")
        value, = answer["values"]
        self.assertEqual((value["state"], value["value"], len(value["hash"])), ("hash-only", None, 66))
        out, _ = self.text("proof", path, "--root", known["state_root"], "--key", "3A636F6465")
        self.assertIn("hash-only", out)
        self.assertIn(value["hash"], out)

    def test_incomplete_and_the_others_all_the_same(self):
        good = ONE["entries"][0]["key"]
        nowhere = "0x" + "77" * 16
        answer = self.proof(ONE["nodes"], "--key", good, "--key", nowhere, "--key", good, code=4,
                            status="proof_incomplete")
        self.assertEqual((answer["item"], answer["index"]), ("key", 1))
        self.assertEqual([value["key"] for value in answer["values"]], [good, good])
        self.assertEqual(answer["failed"]["key"], nowhere)

    def test_another_root(self):
        answer = self.json("proof", self.file("p", json.dumps(ONE["nodes"])), "--root", "11" * 32, "--key", "00", code=1,
                           status="root_mismatch")
        self.assertIn("0x" + "11" * 32, answer["expected"])
        self.assertEqual(answer["found"], f"none of {len(ONE['nodes'])}")

    def test_a_node_is_missing(self):
        for missing in range(len(ONE["nodes"])):
            nodes = [node for index, node in enumerate(ONE["nodes"]) if index != missing]
            done = self.process(["proof", self.file("p", json.dumps(nodes)), "--root", ONE["state_root"], "--key",
                                 ONE["entries"][0]["key"], "--json"], b"", None)
            self.assertIn(done.returncode, (0, 1, 4))
            self.assertIn(json.loads(done.stdout)["status"], ("ok", "root_mismatch", "proof_incomplete",
                                                             "proof_unreachable_node"))

    def test_a_node_twice(self):
        nodes = ONE["nodes"] + ONE["nodes"][:1]
        answer = self.proof(nodes, "--key", ONE["entries"][0]["key"], code=1, status="proof_duplicate_node")
        self.assertEqual(answer["item"], "node")
        self.proof(nodes, "--key", ONE["entries"][0]["key"], "--lenient")

    def test_a_node_of_elsewhere(self):
        nodes = ONE["nodes"] + ["0x" + "42" * 40]
        answer = self.proof(nodes, "--key", ONE["entries"][0]["key"], code=1, status="proof_unreachable_node")
        self.assertEqual(answer["index"], len(ONE["nodes"]))
        self.assertTrue(answer["found"].startswith("0x4242"))
        self.proof(nodes, "--key", ONE["entries"][0]["key"], "--lenient")

    def test_no_child_trie(self):
        answer = self.proof(ONE["nodes"], "--child", "0x1234", "--key", "00", code=4, status="proof_incomplete")
        self.assertEqual(answer["failed"]["child"], "0x1234")

    def test_empty_proof_of_the_empty_trie(self):
        empty = "03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314"
        answer = self.json("proof", self.file("p", "[]"), "--root", empty, "--key", "1234", "--prefix", "")
        self.assertEqual((answer["values"][0]["state"], answer["lists"][0]["count"]), ("absent", 0))


class Limits(Cli):
    def refused(self, content, status):
        answer = self.json("proof", self.file("p", content), "--root", ONE["state_root"], "--key", "00", code=5,
                           status=status)
        self.assertEqual((answer["verdict"], answer["values"]), ("limit", []))
        self.assertTrue(answer["expected"].startswith("at most "))

    def test_nodes(self):
        self.refused(compact(262145) + b"\0" * 262145, "limit_count")

    def test_bytes(self):
        self.refused(compact(1) + compact(17 << 20) + b"\1" * (17 << 20), "limit_size")

    def test_a_count_that_the_bytes_cannot_hold(self):
        self.json("proof", self.file("p", compact(1000) + b"\0" * 10), "--root", ONE["state_root"], "--key", "00", code=1,
                  status="length_beyond_input")


class ChildTries(Cli):
    """A state of one child trie, its nodes written by hand as the specification has them, hashed by Python."""

    def test_value_in_it(self):
        import hashlib
        leaf = bytes([0x40 | 4]) + b"\x12\x34" + bytes([8]) + b"\xbe\xef"  # key 1234 -> beef
        root = hashlib.blake2b(leaf, digest_size=32).digest()
        key = b":child_storage:default:" + b"one"
        main = bytes([0x40 | 52]) + key + bytes([32 << 2]) + root
        self.assertEqual(len(key) * 2, 52)
        top = hashlib.blake2b(main, digest_size=32).hexdigest()
        path = self.file("p", json.dumps([main.hex(), leaf.hex()]))
        answer = self.json("proof", path, "--root", top, "--child", b"one".hex(), "--key", "1234", "--key", "99",
                           "--prefix", "12")
        self.assertEqual([(value["child"], value["key"], value["state"]) for value in answer["values"]],
                         [("0x6f6e65", "0x1234", "value"), ("0x6f6e65", "0x99", "absent"),
                          ("0x6f6e65", "0x1234", "value")])
        self.assertEqual(answer["lists"][0]["child"], "0x6f6e65")
        other = self.json("proof", path, "--root", top, "--child", b"two".hex(), "--key", "1234")
        self.assertEqual(other["values"][0]["state"], "absent")
