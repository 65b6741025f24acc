# SPDX-License-Identifier: Apache-2.0
"""Bundles of the complete recorded chains: made, looked at, verified, forged."""
import gzip
import hashlib
import json

from chains import CHAINS, EVENTS, para_run
from support import Cli, VECTORS, each, load

assert len(CHAINS) >= 10


def blocks(name):
    return [json.loads(line) for line in gzip.open(VECTORS / f"local/{name}.blocks.jsonl.gz")]


BY_NAME = {chain.name: chain for chain in CHAINS}
WITH_EVENT = BY_NAME["rococo-1627404-parahead-basilisk-2090"]


class Bundles(Cli):
    def checkpoint(self, chain):
        """Of the block where the chain's set begins; and the time to judge it at."""
        made = self.folder / "start.chk"
        answer = self.json("checkpoint", "--header", self.file("start.hex", chain.start), "--authorities",
                           chain.authorities, "--set-id", chain.entry["set_id"], "--chain", "rococo", "-o", made,
                           "--now", 1, code=6)
        return made, answer["age"]["made_at"] + 3600

    def head_number(self, chain):
        answer = self.json("para-head", chain.proof, "--header", self.file("relay.hex", chain.relay_header), "--para",
                           chain.para)
        return answer["target"]["number"]

    def parts(self, chain):
        """The options for a bundle of it; the parachain block they lead to; and the events recorded there, if any."""
        number = self.head_number(chain)
        run = para_run(chain.para_name, number)
        lowest = number - len(run) + 1
        events = [block for block in sorted(EVENTS) if lowest <= block <= number and chain.para == 2090]
        target = events[0] if events else lowest
        words = ["-o", self.folder / "b.bundle", "--chain", "rococo", "--justification", chain.justification, "--header",
                 self.file("relay.hex", chain.relay_header), "--para", chain.para, "--para-proof", chain.proof,
                 "--para-header", self.file("para.hex", "\n".join(run[:number - target + 1]))]
        if not events:
            return words, target, None
        known = json.loads(EVENTS[target].read_bytes())
        words += ["--para-state-proof", EVENTS[target]]
        for entry in known["entries"]:
            words += ["--key", entry["key"]]
        return words, target, known

    def make(self, chain):
        words, target, known = self.parts(chain)
        self.json("bundle", *words)
        return self.folder / "b.bundle", target, known


class Recorded(Bundles):
    @each(sorted(BY_NAME))
    def test_end_to_end(self, name):
        chain = BY_NAME[name]
        checkpoint, now = self.checkpoint(chain)
        words, target, known = self.parts(chain)
        made = self.json("bundle", *words)
        self.assertEqual((made["assumed"], made["details"]["checked"]), (["header"], "without-signatures"))
        bundle = self.folder / "b.bundle"
        answer = self.json("verify", bundle, "--checkpoint", checkpoint, "--now", now)
        kinds = [link["kind"] for link in answer["links"]]
        self.assertEqual(kinds[:3], ["checkpoint", "finality", "para-head"])
        self.assertEqual((answer["target"]["number"], answer["target"]["parachain"]), (target, True))
        self.assertEqual(answer["assumed"], [])
        self.assertEqual(answer["links"][1]["hash"], chain.relay_hash)
        # The links cut the file into pieces without gaps.
        at = 0
        for link in answer["links"]:
            self.assertEqual(link["offset"], at)
            at += link["size"]
        self.assertEqual(at, bundle.stat().st_size)
        if known:
            self.assertEqual([(value["key"], value["value"]) for value in answer["values"]],
                             [(entry["key"], entry["value"]) for entry in known["entries"]])
            self.assertEqual({value["para_id"] for value in answer["values"]}, {2090})
            self.assertEqual({value["number"] for value in answer["values"]}, {known["block_number"]})
        looked = self.json("inspect", bundle)
        self.assertEqual((looked["verdict"], looked["details"]["chain"]), ("decoded", "rococo"))

    @each(sorted(BY_NAME))
    def test_made_with_a_checkpoint_it_is_bound_to_it(self, name):
        chain = BY_NAME[name]
        checkpoint, now = self.checkpoint(chain)
        words, _, _ = self.parts(chain)
        made = self.json("bundle", *words, "--checkpoint", checkpoint, "--now", now)
        self.assertEqual((made["assumed"], made["details"]["checked"]), ([], "whole"))
        bundle = self.folder / "b.bundle"
        self.json("verify", bundle, "--checkpoint", checkpoint, "--now", now)
        other = BY_NAME[next(n for n in BY_NAME if BY_NAME[n].entry["set_id"] != chain.entry["set_id"])]
        wrong, now = self.checkpoint(other)
        answer = self.json("verify", bundle, "--checkpoint", wrong, "--now", now, code=1, status="checkpoint_mismatch")
        self.assertEqual(answer["links"], [])
        self.assertIn(made["links"][0]["kind"], "checkpoint")

    def test_twice_the_same_bytes(self):
        bundle, _, _ = self.make(WITH_EVENT)
        first = bundle.read_bytes()
        self.make(WITH_EVENT)
        self.assertEqual(bundle.read_bytes(), first)

    def test_a_warp_proof_and_headers(self):
        warp = VECTORS / "warp/rococo-set2149-to-2150-1238286-1238699.warpproof.bin"
        run = (VECTORS / "headers/rococo-1237705-1238699.hex").read_text().split()
        headers = self.file("relay.hex", "\n".join(run[-20:]))  # upwards: it is turned
        made = self.json("bundle", "-o", self.folder / "w.bundle", "--chain", "rococo", "--warp", warp, "--header", headers)
        self.assertEqual((len(made["links"]), made["target"]["number"]), (20, 1238699 - 19))
        start = self.folder / "start.chk"
        age = self.json("checkpoint", "--header", self.file("h", run[0]), "--authorities",
                        VECTORS / "grandpa/authority-sets/rococo-set2149.bin", "--set-id", 2149, "--chain", "rococo",
                        "-o", start, "--now", 1, code=6)["age"]
        answer = self.json("verify", self.folder / "w.bundle", "--checkpoint", start, "--now", age["made_at"])
        self.assertEqual([link["kind"] for link in answer["links"]][:4], ["checkpoint", "handover", "finality", "header"])
        self.assertEqual(answer["target"]["number"], 1238680)


class Forged(Bundles):
    def test_each_section_is_named_where_it_lies(self):
        bundle, _, _ = self.make(WITH_EVENT)
        checkpoint, now = self.checkpoint(WITH_EVENT)
        data = bundle.read_bytes()
        sections = self.json("inspect", bundle)["details"]["sections"]
        kinds = {"justification": "finality", "headers": "finality", "para-head": "para-head",
                 "para-headers": "para-header", "para-state": "para-state"}
        self.assertEqual({section["name"] for section in sections}, set(kinds))
        for section in sections:
            at = section["offset"] + section["size"] // 2
            forged = self.file("forged", data[:at] + bytes([data[at] ^ 1]) + data[at + 1:])
            answer = self.json("verify", forged, "--checkpoint", checkpoint, "--now", now, code=1)
            self.assertEqual(answer["failed"]["kind"], kinds[section["name"]], section)
            self.assertEqual(answer["input"], str(forged))
            self.assertTrue(answer["failed"]["offset"] <= answer["offset"]
                            <= answer["failed"]["offset"] + answer["failed"]["size"], section)
            out, err = self.text("verify", forged, "--checkpoint", checkpoint, "--now", now, code=1)
            self.assertIn("bad " + kinds[section["name"]], out)
            self.assertIn(f"byte {answer['offset']}", err)

    def test_cut_off(self):
        bundle, _, _ = self.make(WITH_EVENT)
        checkpoint, now = self.checkpoint(WITH_EVENT)
        data = bundle.read_bytes()
        for size in (0, 7, 8, 9, 10, 40, 102, 103, 108, 5000, len(data) - 1):
            answer = self.json("verify", self.file("cut", data[:size]), "--checkpoint", checkpoint, "--now", now, code=1)
            self.assertEqual(answer["class"], "malformed")
        self.json("verify", self.file("more", data + b"\0"), "--checkpoint", checkpoint, "--now", now, code=1)

    def test_another_version(self):
        bundle, _, _ = self.make(WITH_EVENT)
        checkpoint, now = self.checkpoint(WITH_EVENT)
        data = bundle.read_bytes()
        newer = self.file("newer", data[:8] + b"\2\0" + data[10:])
        self.json("verify", newer, "--checkpoint", checkpoint, "--now", now, code=3, status="version")

    def test_an_old_checkpoint(self):
        bundle, _, _ = self.make(WITH_EVENT)
        checkpoint, now = self.checkpoint(WITH_EVENT)
        answer = self.json("verify", bundle, "--checkpoint", checkpoint, code=6, status="expired")
        self.assertEqual((answer["input"], answer["failed"]["kind"]), (str(checkpoint), "checkpoint"))
        self.assertIn("--now", answer["hint"])
        self.json("verify", bundle, "--checkpoint", checkpoint, "--now", now - 3700, code=6, status="from_future")

    def test_a_genesis_of_another_chain(self):
        bundle, _, _ = self.make(WITH_EVENT)
        answer = self.json("verify", bundle, "--checkpoint", VECTORS / "genesis/westend2.genesis.json.gz", code=1,
                           status="genesis_mismatch")
        self.assertIn("0x6408de7737c59c238890533af25896a2c20608d8b380bb01029acb392781063e", answer["expected"])


class WrongParts(Bundles):
    def replaced(self, option, value, **known):
        words, _, _ = self.parts(WITH_EVENT)
        words[words.index(option) + 1] = value
        (self.folder / "b.bundle").unlink(missing_ok=True)
        answer = self.json("bundle", *words, **known)
        self.assertFalse((self.folder / "b.bundle").exists(), "written although it does not hold")
        return answer

    def test_a_justification_of_another_block(self):
        answer = self.replaced("--justification", VECTORS / "grandpa/rococo-1627388.justification.bin", code=1,
                               status="target_mismatch")
        self.assertIn(WITH_EVENT.relay_hash, answer["expected"])

    def test_a_head_proof_of_another_block(self):
        answer = self.replaced("--para-proof", VECTORS / "proofs/rococo-1627388-parahead-basilisk-2090.json", code=1,
                               status="root_mismatch")
        self.assertEqual(answer["failed"]["kind"], "para-head")

    def test_another_parachain(self):
        self.replaced("--para", 2091, code=4, status="proof_incomplete")

    def test_headers_that_do_not_follow(self):
        run = para_run("basilisk-rococo-2090", 680208)
        event = json.loads(EVENTS[680208].read_bytes())
        self.replaced("--para-header", self.file("x.hex", "\n".join([run[1], event["header"]])), code=1)

    def test_a_state_proof_of_another_block(self):
        self.replaced("--para-state-proof", EVENTS[743019], code=1, status="root_mismatch")

    def test_a_key_outside_the_proof(self):
        answer = self.replaced("--key", "0x" + "99" * 40, code=4, status="proof_incomplete")
        self.assertEqual((answer["item"], answer["index"]), ("key", 0))

    def test_a_file_that_is_not_there(self):
        self.replaced("--header", self.folder / "nothing", code=2, status="cannot_open")


class Local(Bundles):
    """The recorded network of our own: from a block near genesis over two set changes to values of both chains."""

    def setUp(self):
        super().setUp()
        reads = {read["number"]: read for read in load("local/relay.read-proofs.json.gz")}
        relay, para = blocks("relay"), blocks("para-2000")
        self.relay_values, self.hash = reads[121]["values"], reads[121]["hash"]
        self.file("all.json", json.dumps(reads[121]["all_in_one"]))
        self.file("relay.hex", relay[121]["header"])
        self.file("121.j", dict(relay[121]["justifications"])["FRNK"])
        self.file("set0", reads[1]["values"]["Grandpa.Authorities"]["value"])
        self.file("set1", reads[104]["values"]["Grandpa.Authorities"]["value"])
        self.file("1.hex", relay[1]["header"])
        self.file("100.hex", relay[100]["header"])
        head = self.json("para-head", self.path("all.json"), "--header", self.path("relay.hex"), "--para", 2000)["target"]
        paras = [one for one in load("local/para-2000.read-proofs.json.gz") if one["number"] <= head["number"]]
        self.para_read = paras[-1]
        self.run_down = [self.file(f"para{number}", para[number]["header"])
                         for number in range(head["number"], self.para_read["number"] - 1, -1)]
        self.file("para.json", json.dumps(self.para_read["all_in_one"]))

    def warp(self):
        """The node's answer from genesis, ended after the hand-over of block 121."""
        whole = self.file("whole.hex", load("local/relay.p2p.json.gz")["warp from genesis"]["response"])
        links = self.json("warp", whole, "--authorities", self.path("set0"), "--set-id", 0)["links"]
        self.assertEqual([link["number"] for link in links[:2]], [61, 121])
        end = links[1]["offset"] + links[1]["size"]
        return self.file("warp", bytes([2 << 2]) + bytes.fromhex(whole.read_text())[1:end] + b"\0")

    def path(self, name):
        return self.folder / name

    def states(self):
        """Options in an order of their own: keys belong to the proof before them, bare files to the list."""
        keys = [value["key"] for value in self.para_read["values"].values()]
        relay_keys = [value["key"] for value in self.relay_values.values()]
        return ["--para-state-proof", self.path("para.json"), "--key", *keys[:2], "--key", *keys[2:], "--para-header",
                *self.run_down, "--para", 2000, "--para-proof", self.path("all.json"), "--proof", self.path("all.json"),
                "--key", *relay_keys, "--header", self.path("relay.hex"), "--chain", "our-network", "-o",
                self.path("b")]

    def check_values(self, answer):
        known = list(self.relay_values.values()) + list(self.para_read["values"].values())
        self.assertEqual([(value["key"], value["value"]) for value in answer["values"]],
                         [(value["key"], value["value"]) for value in known])
        self.assertEqual([value["para_id"] for value in answer["values"]],
                         [None] * len(self.relay_values) + [2000] * len(self.para_read["values"]))

    def start(self, header, authorities, set_id):
        made = self.path("start.chk")
        age = self.json("checkpoint", "--header", self.path(header), "--authorities", self.path(authorities), "--set-id",
                        set_id, "-o", made, "--now", 1, code=6)["age"]
        return ["--checkpoint", made, "--now", age["made_at"] + 60]

    def test_by_a_justification(self):
        self.check_values(self.json("bundle", *self.states(), "--justification", self.path("121.j")))
        answer = self.json("verify", self.path("b"), *self.start("100.hex", "set1", 1))
        self.check_values(answer)
        self.assertEqual(answer["links"][1]["hash"], self.hash)
        self.assertEqual(self.json("inspect", self.path("b"))["details"]["chain"], "our-network")

    def test_by_a_warp_proof(self):
        made = self.json("bundle", *self.states(), "--warp", self.warp(), *self.start("1.hex", "set0", 0))
        self.assertEqual(made["details"]["checked"], "whole")
        answer = self.json("verify", self.path("b"), *self.start("1.hex", "set0", 0))
        self.check_values(answer)
        self.assertEqual([link["number"] for link in answer["links"] if link["kind"] == "handover"], [61, 121])

    def test_of_a_chain_that_is_not_known(self):
        """A label goes through all of it, from parts and from the light sync state, and binds nothing."""
        made = self.path("named.chk")
        parts = ["--header", self.path("100.hex"), "--authorities", self.path("set1"), "--set-id", 1]
        age = self.json("checkpoint", *parts, "--chain", "local", "-o", made, "--now", 1, code=6)["age"]
        now = ["--now", age["made_at"] + 60]
        words = ["bundle", "--chain", "local", "-o", self.path("b"), "--header", self.path("relay.hex"),
                 "--justification", self.path("121.j")]
        answer = self.json(*words, "--checkpoint", made, *now)
        self.assertEqual((answer["details"]["checked"], answer["details"]["chain"]), ("whole", None))
        unnamed = self.path("unnamed.chk")
        self.json("checkpoint", *parts, "-o", unnamed, *now)
        for checkpoint in (made, unnamed):
            answer = self.json("verify", self.path("b"), "--checkpoint", checkpoint, *now)
            self.assertEqual((answer["details"]["bundle_chain"], answer["age"]["window_assumed"]), ("local", True))
        out, _ = self.text("verify", self.path("b"), "--checkpoint", made, *now)
        self.assertIn("(window 1 d by default, which is assumed)", out)

    def test_of_a_light_sync_state(self):
        state = VECTORS / "local/relay.light-sync-state.json"
        named = self.path("named.chk")
        self.json("checkpoint", state, "--chain", "local", "-o", named, "--now", "2026-11-21T04:00:00Z")
        proof = bytes.fromhex(load("local/relay.p2p.json.gz")["warp from finalized 137"]["response"])
        shown = self.json("inspect", self.file("w", proof))["details"]["fragments"]
        self.assertEqual([one["number"] for one in shown], [141, 155])
        # The fragment of 155, cut into its header and its justification.
        rest = next(proof[at:] for at in range(1, len(proof))
                    if any("0x" + hashlib.blake2b(proof[at:at + size], digest_size=32).hexdigest() == shown[1]["hash"]
                           for size in range(98, 600)))
        size = next(size for size in range(98, 600)
                    if "0x" + hashlib.blake2b(rest[:size], digest_size=32).hexdigest() == shown[1]["hash"])
        header, justification = self.file("h155", rest[:size]), self.file("j155", rest[size:-1])
        for checkpoint in (state, named):
            made = self.json("bundle", "--chain", "local", "-o", self.path("b"), "--header", header, "--justification",
                             justification, "--checkpoint", checkpoint, "--now", "2026-11-21T04:00:00Z")
            self.assertEqual([link["number"] for link in made["links"]], [154, 155])
            for other in (state, named):
                answer = self.json("verify", self.path("b"), "--checkpoint", other, "--now", "2026-11-21T04:00:00Z")
                self.assertEqual((answer["target"]["number"], answer["assumed"]), (155, []))

    def test_under_another_set(self):
        self.json("bundle", *self.states(), "--justification", self.path("121.j"))
        answer = self.json("verify", self.path("b"), *self.start("100.hex", "set1", 2), code=1, status="bad_signature")
        self.assertEqual((len(answer["links"]), answer["failed"]["kind"], answer["item"]), (1, "finality", "precommit"))

    def test_lists(self):
        prefix = self.relay_values["Timestamp.Now"]["key"]
        words = ["--header", self.path("relay.hex"), "--justification", self.path("121.j"), "--chain", "our-network",
                 "-o", self.path("b"), "--proof", self.path("all.json"), "--prefix", prefix]
        self.json("bundle", *words)
        answer = self.json("verify", self.path("b"), *self.start("100.hex", "set1", 1))
        self.assertEqual([value["value"] for value in answer["values"]], [self.relay_values["Timestamp.Now"]["value"]])
        self.assertEqual(answer["lists"], [{"prefix": prefix, "child": None, "count": 1, "complete": True}])


class Options(Bundles):
    def test_what_is_missing(self):
        words, _, _ = self.parts(WITH_EVENT)
        for option in ("-o", "--chain", "--justification", "--header", "--para", "--para-proof"):
            at = words.index(option)
            answer = self.json("bundle", *words[:at], *words[at + 2:], code=2, status="usage")
            self.assertIn("missing", answer["message"])
        at = words.index("--para-header")
        self.json("bundle", *words[:at], *words[at + 2:], code=2, status="usage")
        at = words.index("--key")
        self.json("bundle", *words[:at], code=2, status="usage")
        self.json("bundle", "--key", "00", *words, code=2, status="usage")
        self.json("bundle", "stray", *words, code=2, status="usage")
        self.json("bundle", *words[:-2], "--chain", "Not A Name", code=2, status="usage")
