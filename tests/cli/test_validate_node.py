# SPDX-License-Identifier: Apache-2.0
"""mote validate --node against the replay server: an honest node passes, and every lie is found where it is told.

With MOTE_TEST_NODE naming a folder with net.sh (a real network on this machine) that is validated as well."""
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as xml

import support
from support import ROOT, Cli

REPLAY = ROOT / "tests/validate/replay.mjs"
READY = (ROOT / "tests/validate/node_modules/ws").exists() and shutil.which("node")


class Replay:
    def __init__(self, *options):
        self.process = subprocess.Popen(["node", str(REPLAY), *map(str, options)], stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()

    def __enter__(self):
        return self.url

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


@unittest.skipUnless(READY, "tests/validate's npm packages are not installed (scripts/setup.sh web)")
class Node(Cli):
    def node(self, *options, code=0, more=("--to", "136", "--timeout", "5")):
        with Replay(*options) as url:
            answer = self.json("validate", "--node", url, *more, code=code)
        return answer, {rule["rule"]: rule for rule in answer["details"]["rules"]} if answer["details"] else {}

    def lie(self, name, rule, why="", code=1, **counts):
        answer, rules = self.node("--lie", name, code=code)
        self.assertIn(rule, rules)
        self.assertGreaterEqual(rules[rule]["failed"], 1, f"{name} is not found by {rule}: {rules}")
        self.assertIn(why, rules[rule]["first"]["why"])
        others = [other for other, about in rules.items() if about["failed"] and other != rule]
        return answer, rules, others

    def test_honest_relay(self):
        answer, rules = self.node()
        self.assertEqual(answer["details"]["failures"], [])
        expected = {"header": 138, "header-link": 136, "extrinsics-root": 136, "babe-chain": 136, "beefy": 20,
                    "grandpa-justification": 3, "finality-proof": 6, "grandpa-handover": 5, "genesis": 1,
                    "storage-proof": 5, "para-head": 10, "mmr-proof": 3, "mmr-ancestry": 1, "coretime": 5}
        self.assertEqual({rule: rules[rule]["passed"] for rule in expected}, expected)

    def test_honest_parachain(self):
        answer, rules = self.node("--chain", "para-2000", more=("--timeout", "5"))
        self.assertEqual(answer["details"]["failures"], [])
        self.assertEqual(rules["aura-chain"]["passed"], 66)
        self.assertEqual(rules["genesis"]["passed"], 1)
        self.assertGreaterEqual(rules["storage-proof"]["passed"], 2)

    def test_what_is_not_checked_is_told(self):
        answer, _ = self.node()
        told = {entry["rule"] for entry in answer["details"]["unchecked"]}
        self.assertEqual(told, {"warp-proof", "storage-proof", "mmr-proof", "mmr-ancestry", "messages"})

    def test_a_range(self):
        answer, rules = self.node(more=("--from", "60", "--to", "125"))
        self.assertEqual(answer["details"]["failures"], [])
        expected = {"header": 69, "header-link": 66, "babe-chain": 66, "grandpa-justification": 2, "finality-proof": 5,
                    "grandpa-handover": 3, "beefy": 10}
        self.assertEqual({rule: rules[rule]["passed"] for rule in expected}, expected)
        self.assertTrue(any("is the node's word" in entry["why"] for entry in answer["details"]["unchecked"]))

    def test_a_range_of_a_parachain(self):
        answer, rules = self.node("--chain", "para-2000", more=("--from", "40", "--timeout", "5"))
        self.assertEqual(answer["details"]["failures"], [])
        self.assertEqual(rules["aura-chain"]["passed"], 27)

    def test_a_range_behind_a_block_whose_state_is_gone(self):
        answer, rules = self.node(more=("--from", "61", "--to", "70"))
        self.assertEqual((rules["babe-chain"]["unchecked"], rules["header-link"]["passed"]), (10, 10))

    def test_a_range_with_another_length_of_epochs(self):
        answer, rules = self.node(more=("--from", "60", "--to", "70", "--epoch-slots", "7"))
        self.assertEqual((rules["babe-chain"]["unchecked"], rules["finality-proof"]["passed"]), (11, 3))

    def test_lies_about_a_range(self):
        more = ("--from", "100", "--to", "112", "--timeout", "5")
        for lie, rule, why in (("bad-seal", "babe-chain", "bad_signature"), ("missing-node", "storage-proof", ""),
                               ("extra-node", "storage-proof", "proof_unreachable_node"),
                               ("state-root", "header", "header_hash"), ("bad-beefy", "beefy", ""),
                               ("long-slots", "babe-chain", "slot_in_future")):
            _, rules = self.node("--lie", lie, more=more, code=1)
            self.assertGreaterEqual(rules[rule]["failed"], 1, lie)
            self.assertIn(why, rules[rule]["first"]["why"])

    def test_state_limit(self):
        _, rules = self.node(more=("--to", "3", "--state-limit", "0"))
        self.assertEqual((rules["genesis"]["unchecked"], rules["babe-chain"]["unchecked"]), (1, 3))

    def test_spec_instead_of_the_state(self):
        spec = ROOT / "tests/vectors/local/relay.spec.json.gz"
        _, rules = self.node("--lie", "errors", more=("--to", "30", "--spec", spec))
        self.assertEqual(rules["genesis"]["unchecked"], 1)
        self.assertEqual(rules["extrinsics-root"]["passed"], 30)

    def test_a_dropped_connection_is_taken_up_again(self):
        honest = self.node()[1]
        answer, rules = self.node("--lie", "drop")
        self.assertEqual(rules, honest)

    def test_a_node_that_is_gone_leaves_what_is_verified(self):
        answer, rules = self.node("--lie", "gone")
        self.assertGreaterEqual(rules["babe-chain"]["passed"], 32)
        self.assertEqual(answer["details"]["failures"], [])
        self.assertTrue(any("connection was lost" in entry["why"] for entry in answer["details"]["unchecked"]))

    def test_bad_signature(self):
        _, rules, _ = self.lie("bad-signature", "grandpa-justification", "bad_signature")
        self.assertGreaterEqual(rules["finality-proof"]["failed"], 1)
        self.assertEqual(rules["babe-chain"]["failed"], 0)

    def test_bad_seal(self):
        self.lie("bad-seal", "babe-chain", "bad_signature")

    def test_state_root(self):
        self.lie("state-root", "header", "header_hash")

    def test_missing_node(self):
        self.lie("missing-node", "storage-proof")

    def test_extra_node(self):
        _, _, others = self.lie("extra-node", "storage-proof", "proof_unreachable_node")
        self.assertEqual(others, [])

    def test_swapped_header(self):
        self.lie("swapped-header", "header", "header_hash")

    def test_other_extrinsic(self):
        _, _, others = self.lie("other-extrinsic", "extrinsics-root", "extrinsics_root")
        self.assertEqual(others, [])

    def test_other_value(self):
        _, _, others = self.lie("other-value", "storage-proof", "value_mismatch")
        self.assertEqual(others, [])

    def test_other_genesis(self):
        _, rules, _ = self.lie("other-genesis", "genesis", "root_mismatch")
        self.assertEqual(rules["babe-chain"]["passed"], 0)

    def test_same_page(self):
        self.lie("same-page", "form")

    def test_endless_keys(self):
        answer, rules = self.node("--lie", "endless-keys", more=("--to", "3", "--state-limit", "4"))
        self.assertEqual((rules["genesis"]["unchecked"], rules["extrinsics-root"]["passed"]), (1, 3))
        self.assertTrue(any("--state-limit" in entry["why"] for entry in answer["details"]["unchecked"]))

    def test_no_values(self):
        _, rules, _ = self.lie("no-values", "form", "another form")
        self.assertNotIn("genesis", rules)

    def test_far_head(self):
        answer, rules = self.node("--lie", "far-head", code=1, more=("--timeout", "5"))
        self.assertEqual((rules["babe-chain"]["passed"], rules["form"]["failed"]), (137, 1))
        self.assertEqual(rules["form"]["first"]["case"], 138)

    def test_notifications_are_no_answers(self):
        answer, rules = self.node("--lie", "notifications", more=("--to", "136", "--timeout", "1"))
        self.assertEqual((rules["genesis"]["passed"], rules["header"]["unchecked"]), (1, 32))
        self.assertTrue(any("in time" in entry["why"] for entry in answer["details"]["unchecked"]))

    def test_a_final_block_above_the_range(self):
        _, rules = self.node(more=("--to", "122", "--timeout", "5"))
        self.assertEqual((rules["finality-proof"]["passed"], rules["finality-proof"]["failed"]), (6, 0))

    def test_no_headers_lead_to_the_final_block(self):
        answer, rules = self.node("--lie", "no-headers", more=("--to", "122", "--timeout", "5"))
        self.assertEqual(rules["finality-proof"]["unchecked"], 1)
        self.assertTrue(any("headers between" in entry["why"] for entry in answer["details"]["unchecked"]))

    def test_sets_without_authors_count_when_their_block_is_final(self):
        _, rules = self.node("--lie", "no-configuration")
        self.assertEqual((rules["babe-chain"]["unchecked"], rules["grandpa-justification"]["passed"]), (136, 3))
        # Sets of BEEFY are announced every 20 blocks, and blocks made final here every 60.
        self.assertEqual((rules["beefy"]["passed"], rules["beefy"]["unchecked"]), (8, 12))

    def test_sets_of_blocks_that_nothing_makes_final_do_not_count(self):
        _, rules = self.node("--lie", "no-justifications")
        # To block 61, which announces the next set, the first one is known.
        self.assertEqual((rules["babe-chain"]["unchecked"], rules["finality-proof"]["unchecked"]), (136, 1))
        self.assertEqual((rules["finality-proof"]["passed"], rules["finality-proof"]["failed"]), (3, 0))

    def test_memory_that_ends(self):
        with Replay() as url:
            answers = self.with_little_memory(range(60, 220, 20), "--node", url)
        self.assertTrue(any("genesis" in rules for rules, _ in answers))

    def test_slots_that_have_not_come_yet(self):
        self.lie("long-slots", "babe-chain", "slot_in_future")

    def test_slots_of_a_parachain_that_have_not_come_yet(self):
        answer, rules = self.node("--chain", "para-2000", "--lie", "long-slots", more=("--timeout", "5"), code=1)
        self.assertGreaterEqual(rules["aura-chain"]["failed"], 1)
        self.assertIn("slot_in_future", rules["aura-chain"]["first"]["why"])
        self.assertEqual(rules["aura-chain"]["passed"], 0)

    def test_messages_of_a_relay_chain(self):
        # Messages from 2000 to 2001 of 104, 105, 106 and 110, back of 107 and 108, which are
        # taken in 108, 112 and 110.
        answer, rules = self.node(more=("--from", "100", "--to", "112", "--timeout", "5"))
        self.assertEqual(answer["details"]["failures"], [])
        told = [entry["why"] for entry in answer["details"]["unchecked"] if entry["rule"] == "messages"]
        self.assertEqual(len(told), 1, told)
        self.assertIn("their nodes say that", told[0])
        queues, taken, of_three_states = 4 * 13, 3, 3 * 5
        self.assertEqual(rules["messages"]["passed"], queues + taken + of_three_states)

    def test_messages_that_wait_at_the_end_of_the_range(self):
        answer, _ = self.node(more=("--from", "100", "--to", "105", "--timeout", "5"))
        waiting = [entry for entry in answer["details"]["unchecked"] if "not taken by the end" in entry["why"]]
        self.assertEqual([entry["cases"] for entry in waiting], [1])

    def test_messages_of_a_parachain(self):
        answer, rules = self.node("--chain", "para-2000", more=("--from", "40", "--to", "57", "--timeout", "5"))
        self.assertEqual(answer["details"]["failures"], [])
        # Blocks 44 and 46 to 57 are recorded, and 49, 50, 51 and 55 send a message each.
        self.assertEqual(rules["messages"]["passed"], 13 * 3 + 4 * 2)

    def with_para_nodes(self, *more, lies=("none", "none", "none"), code=0, chains=("para-2000", "para-2001")):
        with Replay("--lie", lies[0]) as url, Replay("--chain", chains[0], "--lie", lies[1]) as first, \
                Replay("--chain", chains[1], "--lie", lies[2]) as second:
            answer = self.json("validate", "--node", url, "--para-node", first, "--para-node", second, "--timeout", "5",
                               *more, code=code)
        return answer, {rule["rule"]: rule for rule in answer["details"]["rules"]}

    def way(self, answer, recipient, sender=None):
        return next(way for way in answer["details"]["messages"]
                    if way["recipient"] == recipient and way.get("sender") == sender)

    def test_messages_from_parachain_to_parachain(self):
        # As recorded: from 2000 to 2001 at relay blocks 104, 105, 106 and 110, back at 107 and 108, down to 2000 at 103.
        answer, rules = self.with_para_nodes("--from", "100", "--to", "112")
        self.assertEqual(answer["details"]["failures"], [])
        self.assertEqual([rules[rule]["passed"] for rule in ("hrmp-sent", "hrmp-taken", "dmp-taken")], [6, 6, 1])
        self.assertEqual(self.way(answer, 2001, 2000),
                         {"sender": 2000, "recipient": 2001, "queued": 4, "sent": 4, "taken": 4, "waiting": 0})
        self.assertEqual(self.way(answer, 2000, 2001),
                         {"sender": 2001, "recipient": 2000, "queued": 2, "sent": 2, "taken": 2, "waiting": 0})
        self.assertEqual(self.way(answer, 2000), {"recipient": 2000, "queued": 1, "taken": 1, "waiting": 0})

    def test_messages_down_in_pages(self):
        # As recorded: pages 0 and 1 at block 37, one more for each at 38 and 39, one at 43 and 44; channels open on the way.
        answer, rules = self.with_para_nodes("--from", "36", "--to", "47")
        self.assertEqual(answer["details"]["failures"], [])
        self.assertEqual((rules["dmp-taken"]["passed"], rules["messages"]["failed"]), (8, 0))
        self.assertEqual(self.way(answer, 2001), {"recipient": 2001, "queued": 4, "taken": 4, "waiting": 0})

    def test_messages_that_nobody_has_taken_yet(self):
        answer, rules = self.with_para_nodes("--from", "100", "--to", "106")
        self.assertEqual(self.way(answer, 2001, 2000)["queued"], 3)
        self.assertEqual(self.way(answer, 2001, 2000)["taken"] + self.way(answer, 2001, 2000)["waiting"], 3)
        self.assertGreaterEqual(rules["hrmp-taken"]["unchecked"], 1)

    def test_messages_that_waited_before_the_range(self):
        answer, rules = self.with_para_nodes("--from", "105", "--to", "112")
        self.assertEqual(answer["details"]["failures"], [])
        way = self.way(answer, 2001, 2000)
        self.assertEqual((way["queued"], way["waiting"]), (2, 0))
        self.assertEqual(way["taken"], 4) # with those of 104 and 105, which were in the queue

    def test_one_parachain_node(self):
        with Replay() as url, Replay("--chain", "para-2001") as para:
            answer = self.json("validate", "--node", url, "--para-node", para, "--from", "36", "--to", "47", "--timeout", "5")
        self.assertEqual(answer["details"]["failures"], [])
        self.assertEqual([way["taken"] for way in answer["details"]["messages"]], [4])

    def test_pages_that_are_not_to_be_had(self):
        answer, rules = self.with_para_nodes("--from", "36", "--to", "47", lies=("no-pages", "none", "none"))
        self.assertTrue(any("pages of this queue" in entry["why"] for entry in answer["details"]["unchecked"]))
        self.assertLess(rules.get("dmp-taken", {"passed": 0})["passed"], 8)

    def test_a_parachain_node_that_lies(self):
        for lie, rule in (("extra-node", "storage-proof"), ("state-root", "header")):
            answer, rules = self.with_para_nodes("--from", "100", "--to", "112", lies=("none", lie, "none"), code=1)
            self.assertGreaterEqual(rules[rule]["failed"], 1, lie)
            self.assertEqual(rules.get("hrmp-sent", {"failed": 0})["failed"], 0, lie)

    def test_a_parachain_node_that_says_nothing(self):
        answer, _ = self.with_para_nodes("--from", "100", "--to", "112", lies=("none", "none", "errors"))
        self.assertTrue(all(way.get("sender") != 2001 or way["sent"] == 0 for way in answer["details"]["messages"]))
        answer, _ = self.with_para_nodes("--from", "100", "--to", "112", chains=("para-2000", "para-2000"))
        self.assertTrue(any("the same parachain" in entry["why"] for entry in answer["details"]["unchecked"]))
        with Replay() as url:
            answer = self.json("validate", "--node", url, "--para-node", "ws://127.0.0.1:9", "--to", "5", "--timeout", "5")
        self.assertTrue(any("a parachain's node" in entry["why"] for entry in answer["details"]["unchecked"]))

    def test_para_nodes_of_a_parachain(self):
        with Replay("--chain", "para-2000") as url, Replay("--chain", "para-2001") as para:
            answer = self.json("validate", "--node", url, "--para-node", para, "--timeout", "5")
        self.assertTrue(any("a relay chain" in entry["why"] for entry in answer["details"]["unchecked"]))

    def with_relay(self, *options, code=0, more=()):
        with Replay("--chain", "para-2000") as url, Replay(*options) as relay:
            answer = self.json("validate", "--node", url, "--relay", relay, "--timeout", "5", *more, code=code)
        return answer, {rule["rule"]: rule for rule in answer["details"]["rules"]}

    def test_finality_of_a_parachain(self):
        answer, rules = self.with_relay()
        self.assertEqual(answer["details"]["failures"], [])
        self.assertEqual((rules["para-finality"]["passed"], rules["finality-proof"]["passed"]), (66, 3))
        final = answer["details"]["final"]
        # The head that the relay chain's state names at block 137, as recorded.
        self.assertEqual((final["para_id"], final["block"], final["relay_block"], final["relay_set"]), (2000, 66, 137, 2))
        self.assertEqual(final["hash"], "0x3d91f55f750ff3a563f85c03af98c8e1a81523e442032ffff803f9cc75a7aa33")
        self.assertTrue(any("begins with this block" in entry["why"] for entry in answer["details"]["unchecked"]))

    def test_finality_of_a_part_of_a_parachain(self):
        spec = ROOT / "tests/vectors/local/relay.spec.json.gz"
        answer, rules = self.with_relay(more=("--from", "40", "--to", "49", "--spec", spec))
        self.assertEqual((rules["para-finality"]["passed"], answer["details"]["final"]["block"]), (10, 66))
        self.assertFalse(any("begins with this block" in entry["why"] for entry in answer["details"]["unchecked"]))

    def test_old_finality_of_a_parachain(self):
        answer, rules = self.with_relay("--lie", "old-finality")
        final = answer["details"]["final"]
        self.assertEqual((final["relay_block"], final["relay_set"]), (61, 0))
        self.assertLess(final["block"], 66)
        self.assertEqual((rules["para-finality"]["passed"], rules["para-finality"]["unchecked"]),
                         (final["block"], 66 - final["block"]))

    def test_lies_of_a_relay_chain(self):
        for lie, rule in (("bad-signature", "finality-proof"), ("state-root", "header"), ("missing-node", "storage-proof"),
                          ("extra-node", "storage-proof")):
            answer, rules = self.with_relay("--lie", lie, code=1)
            self.assertGreaterEqual(rules[rule]["failed"], 1, lie)
            self.assertNotIn("final", answer["details"])
            self.assertEqual(rules.get("para-finality", {"passed": 0})["passed"], 0)

    def test_no_relay_chain(self):
        with Replay("--chain", "para-2000") as url, Replay("--chain", "para-2000") as other:
            for relay in (other, "ws://127.0.0.1:9", "x"):
                answer = self.json("validate", "--node", url, "--relay", relay, "--timeout", "5")
                self.assertNotIn("final", answer["details"])
                self.assertTrue(any(entry["rule"] == "para-finality" for entry in answer["details"]["unchecked"]))

    def test_other_leaf(self):
        _, _, others = self.lie("other-leaf", "mmr-proof", "root_mismatch")
        self.assertEqual(others, [])

    def test_leaf_of_another(self):
        _, rules, others = self.lie("leaf-of-another", "mmr-proof", "leaf_index")
        self.assertEqual((rules["mmr-proof"]["passed"], others), (1, []))

    def test_other_peak(self):
        _, _, others = self.lie("other-peak", "mmr-ancestry", "root_mismatch")
        self.assertEqual(others, [])

    def test_bad_beefy(self):
        _, _, others = self.lie("bad-beefy", "beefy")
        self.assertEqual(others, [])

    def test_wrong_id(self):
        _, _, others = self.lie("wrong-id", "form", "nothing that was asked")
        self.assertEqual(others, [])

    def test_garbage(self):
        self.lie("garbage", "form", "no JSON-RPC")

    def test_cut(self):
        self.lie("cut", "form", "truncated")

    def test_deep(self):
        self.lie("deep", "form", "limit_count")

    def test_no_hex(self):
        self.lie("no-hex", "form")

    def test_null_results(self):
        self.lie("null-results", "form")

    def test_huge(self):
        answer, rules = self.node("--lie", "huge", code=0)
        self.assertGreaterEqual(rules["header"]["unchecked"], 1)
        self.assertNotIn("babe-chain", rules)

    def test_errors(self):
        answer, rules = self.node("--lie", "errors")
        self.assertEqual((rules["genesis"]["unchecked"], rules["extrinsics-root"]["passed"]), (1, 136))

    def test_words_of_a_node_are_printable(self):
        report = self.folder / "report.xml"
        for options in ((), ("--tap",), ("--junit", report), ("--json",)):
            with Replay("--lie", "escapes") as url:
                table, error = self.text("validate", "--node", url, "--from", "60", "--to", "70", *options)
            text = table + error + (report.read_text() if report.exists() else "")
            self.assertIn("\\x1b]0;owned\\x07", text.replace("\\\\", "\\"))
            self.assertEqual([c for c in text if c != "\n" and not c.isprintable()], [])
        xml.parse(report)

    def test_every_lie_of_the_server_is_told_here(self):
        lies = re.findall(r'^  "?([\w-]+)"?: "', REPLAY.read_text(), re.M)
        mine = pathlib.Path(__file__).read_text()
        self.assertGreater(len(lies), 20)
        for lie in set(lies) - {"none"}:
            self.assertIn(f'"{lie}"', mine)

    def test_addresses(self):
        for url, why in {"http://127.0.0.1:9": "begins with", "ws://": "no host", "ws://a:b@127.0.0.1:9": "user name",
                         "ws://127.0.0.1:": "a port is", "ws://127.0.0.1:65536": "a port is", "ws://[::1": "lacks a ]",
                         "ws://[::1]x": "something else", "ws://127.0.0.1:9/#a": "fragment", "ws://:9944": "no host",
                         "ws://[::1]:9/path:7": "", "wss://127.0.0.1:9/a/b?c": ""}.items():
            answer = self.json("validate", "--node", url, code=4)
            self.assertEqual(answer["status"], "no_connection")
            self.assertIn(why, answer["found"], url)
            self.assertTrue(why or "address" not in answer["found"], answer["found"])

    def test_paths_with_colons(self):
        with Replay() as url:
            answer = self.json("validate", "--node", f"{url}/a:b/c?d=e:1", "--to", "1")
        self.assertEqual(answer["details"]["failures"], [])

    def test_nobody_there(self):
        for url in ("ws://127.0.0.1:9", "http://127.0.0.1:9", "ws://"):
            answer = self.json("validate", "--node", url, code=4)
            self.assertEqual(answer["status"], "no_connection")


def openssl(folder, *arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, cwd=folder, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


@unittest.skipUnless(READY and shutil.which("openssl"), "no npm packages of tests/validate, or no openssl")
class Tls(Cli):
    """wss:// with certificates of an authority that is thrown away afterwards."""

    @classmethod
    def setUpClass(cls):
        cls.certificates = pathlib.Path(tempfile.mkdtemp(prefix="mote-tls-"))
        for name in ("authority", "stranger"):
            openssl(cls.certificates, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out",
                    f"{name}.pem", "-subj", f"/CN={name}", "-days", "2")
        cls.certify("good", "DNS:localhost,IP:127.0.0.1", 2)
        cls.certify("other", "DNS:node.example,IP:127.0.0.2", 2)
        cls.certify("old", "DNS:localhost,IP:127.0.0.1", -1)

    @classmethod
    def certify(cls, name, names, days):
        (cls.certificates / f"{name}.names").write_text(f"subjectAltName={names}")
        openssl(cls.certificates, "req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr",
                "-subj", "/CN=node")
        openssl(cls.certificates, "x509", "-req", "-in", f"{name}.csr", "-CA", "authority.pem", "-CAkey", "authority.key",
                "-CAcreateserial", "-out", f"{name}.pem", "-days", days, "-extfile", f"{name}.names")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.certificates)

    def serve(self, name):
        return Replay("--cert", self.certificates / f"{name}.pem", "--key", self.certificates / f"{name}.key")

    def ask(self, url, ca="authority.pem", code=4):
        more = ("--ca", self.certificates / ca) if ca else ()
        return self.json("validate", "--node", url, *more, "--to", "2", "--timeout", "5", code=code)

    def refused(self, url, why, ca="authority.pem"):
        answer = self.ask(url, ca)
        self.assertEqual(answer["status"], "no_connection")
        self.assertIn(why.lower(), answer["found"].lower())

    def test_accepted(self):
        with self.serve("good") as url:
            for address in (url, url.replace("127.0.0.1", "localhost")):
                answer = self.ask(address, code=0)
                self.assertEqual(answer["details"]["failures"], [])
                rules = {rule["rule"]: rule["passed"] for rule in answer["details"]["rules"]}
                self.assertEqual(rules["babe-chain"], 2)

    def test_unknown_authorities(self):
        with self.serve("good") as url:
            self.refused(url, "certificate is refused: unable to get local issuer", None)
            self.refused(url, "certificate is refused: unable to get local issuer", "stranger.pem")

    def test_another_host(self):
        with self.serve("other") as url:
            self.refused(url, "certificate is refused: ip address mismatch")
            self.refused(url.replace("127.0.0.1", "localhost"), "certificate is refused: hostname mismatch")

    def test_expired(self):
        with self.serve("old") as url:
            self.refused(url, "certificate is refused: certificate has expired")

    def test_plain_text(self):
        with Replay() as url:
            self.refused(url.replace("ws://", "wss://"), "does not speak TLS")
        with self.serve("good") as url:
            self.refused(url.replace("wss://", "ws://"), "does not speak WebSocket without TLS")

    def test_no_certificates(self):
        with self.serve("good") as url:
            self.refused(url, "--ca has no certificates", "good.key")
            self.refused(url, "--ca has no certificates", "not-there.pem")
