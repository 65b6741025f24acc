# SPDX-License-Identifier: Apache-2.0
"""The live client's commands against the made-up network on real sockets (tests/live/serve.c), whose tables say what is
true. (tests/e2e does the same on a real one.)"""
import json
import os
import pathlib
import pty
import shutil
import signal
import subprocess
import time

import support
from support import Cli


def serve():
    return pathlib.Path(support.MOTE).resolve().parent / "tests/live/live_serve"


class Network:
    def __init__(self, folder, *options):
        self.process = subprocess.Popen([serve(), folder, *map(str, options)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        about = json.loads(self.process.stdout.readline())
        self.now, self.relay, self.paras, self.accounts = about["now"], about["relay"], about["paras"], about["accounts"]
        self.checkpoint = about["checkpoint"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()

    def tell(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()

    def ask(self, *words):
        self.tell(*words)
        answer = self.process.stdout.readline().strip()
        return None if answer == "null" else answer

    def options(self, *relay, para=None, state="none"):
        out = ["--chain", self.checkpoint, "--now", self.now, "--state", state]
        for i in relay or range(len(self.relay)):
            out += ["--source", self.relay[i]]
        if para is not None:
            out += ["--para", self.paras[para]["id"], "--para-source", self.paras[para]["url"]]
        return out


class Live(Cli):
    def setUp(self):
        super().setUp()
        if not serve().exists():
            self.skipTest("tests/live/live_serve is not built beside the program")

    def network(self, *options):
        return Network(self.folder, *options)


def account_key(account):
    import hashlib
    raw = bytes.fromhex(account[2:])
    return ("0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9"
            + hashlib.blake2b(raw, digest_size=16).hexdigest() + raw.hex())


class Sync(Live):
    def test_to_the_newest_final_block(self):
        with self.network("--relay", "honest") as net:
            answer = self.json("sync", *net.options())
            self.assertEqual(answer["target"]["hash"], net.ask("hash", "relay", answer["target"]["number"]))
            self.assertGreaterEqual(answer["target"]["number"], 100)
            self.assertGreaterEqual(answer["details"]["chains"][0]["handovers"], 4)
            self.assertEqual([link["kind"] for link in answer["links"]], ["checkpoint", "finality"])
            self.assertEqual(answer["assumed"], [])

    def test_with_a_parachain(self):
        with self.network("--relay", "honest", "--para", 0, "honest") as net:
            answer = self.json("sync", *net.options(para=0))
            self.assertTrue(answer["target"]["parachain"])
            self.assertEqual(answer["target"]["hash"], net.ask("hash", 2000, answer["target"]["number"]))

    def test_for_people(self):
        with self.network("--relay", "honest") as net:
            out, err = self.text("sync", *net.options())
            self.assertRegex(out, r"final +block \d+ 0x[0-9a-f]{64}, set \d")
            self.assertEqual(err, "")

    def on_a_terminal(self, *words):
        """What a person sees, exit code included."""
        child, terminal = pty.fork()
        if child == 0:
            os.execv(support.MOTE, [support.MOTE, *map(str, words)])
        seen = b""
        try:
            while part := os.read(terminal, 65536):
                seen += part
        except OSError:
            pass  # so it ends
        os.close(terminal)
        return seen.decode(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def test_a_bar_shows_how_far_it_is(self):
        with self.network("--relay", "silent") as net:
            seen, code = self.on_a_terminal("sync", *net.options(), "--timeout", 4)
            self.assertEqual(code, 7, seen)
            bar, end = seen.rsplit("\r\x1b[K", 1)
            self.assertRegex(bar, r"\r\[[#.]{40}\] +\d+ %  \d+ s")
            self.assertNotIn("%", end)
            self.assertIn("no usable source", end)

    def test_no_bar_while_nothing_is_left_to_do(self):
        with self.network("--relay", "honest") as net:
            seen, code = self.on_a_terminal("follow", *net.options(), "--count", 3)
            self.assertEqual(code, 0)
            self.assertRegex(seen, r"relay \d+ .*\n(?s:.*)relay \d+ ")
            self.assertNotIn("%", seen)

    def test_saved_state_is_taken_up(self):
        with self.network("--relay", "honest") as net:
            state = self.folder / "state/deep"
            first = self.json("sync", *net.options(state=state))
            (saved,) = state.glob("*.saved")
            self.assertEqual(oct(state.stat().st_mode & 0o777), "0o700")
            again = self.json("sync", *net.options(state=state))
            self.assertIsNone(first["details"]["resumed"])
            self.assertGreaterEqual(again["details"]["resumed"], first["target"]["number"])
            self.assertEqual(again["details"]["chains"][0]["handovers"], 0)
            saved.write_bytes(saved.read_bytes()[:-1] + b"\0")
            damaged = self.json("sync", *net.options(state=state))
            self.assertEqual(damaged["details"]["saved_refused"], "checksum")
            self.assertIsNone(damaged["details"]["resumed"])
            self.assertEqual(sorted(path.suffix for path in state.iterdir()), [".saved"])

    def test_state_goes_where_xdg_says(self):
        with self.network("--relay", "honest") as net:
            options = [word for word in net.options()]
            at = options.index("--state")
            del options[at:at + 2]
            self.text("sync", *options, env={"XDG_STATE_HOME": str(self.folder / "xdg")})
            self.assertEqual(len(list((self.folder / "xdg/mote").glob("*.saved"))), 1)

    def test_a_lying_source_beside_an_honest_one(self):
        for lie in ("forged-most", "garbage", "other-header", "deep", "huge", "silent"):
            with self.subTest(lie), self.network("--relay", lie, "--relay", "honest") as net:
                answer = self.json("sync", *net.options())
                self.assertEqual(answer["target"]["hash"], net.ask("hash", "relay", answer["target"]["number"]))

    def test_only_a_liar(self):
        with self.network("--relay", "garbage") as net:
            answer = self.json("sync", *net.options(), "--timeout", 10, code=7, status="no_source")
            self.assertEqual(answer["details"]["refused"], [{"url": net.relay[0], "status": "bad_format"}])
            self.assertIn(net.relay[0], answer["found"])

    def test_another_chain(self):
        with self.network("--relay", "honest", "--para", 0, "honest") as net:
            options = net.options()
            options[options.index("--source") + 1] = net.paras[0]["url"]
            answer = self.json("sync", *options, "--timeout", 10, code=7, status="no_source")
            self.assertIn("genesis_mismatch", answer["found"])

    def test_a_connection_that_breaks_is_made_again(self):
        with self.network("--relay", "honest") as net:
            follow = subprocess.Popen([support.MOTE, "follow", *map(str, net.options()), "--count", "3", "--json"],
                                      stdout=subprocess.PIPE, text=True)
            self.assertIn('"status"', follow.stdout.readline())
            net.tell("drop")
            lines = [json.loads(line) for line in follow.stdout.read().splitlines()]
            follow.stdout.close()
            self.assertEqual(follow.wait(60), 0)
            self.assertGreaterEqual(lines[-1]["details"]["sources"][0]["connections"], 2)

    def test_nobody_there(self):
        with self.network("--relay", "honest") as net:
            options = net.options()
            options[options.index("--source") + 1] = "ws://127.0.0.1:9"
            begun = time.monotonic()
            answer = self.json("sync", *options, code=7, status="no_source")
            self.assertLess(time.monotonic() - begun, 20)
            self.assertEqual(answer["verdict"], "unreachable")
            self.assertIn("ws://127.0.0.1:9", answer["found"])

    def test_a_forced_change_ends_the_way(self):
        with self.network("--forced", 60, "--relay", "honest", "--relay", "honest") as net:
            answer = self.json("sync", *net.options(), code=3, status="forced_change")
            self.assertIn("checkpoint", answer["hint"])
            self.assertEqual(answer["details"]["chains"][0]["phase"], "halted")

    def test_a_resolver_that_hangs(self):
        shim = serve().parent / "live_hanging_names.so"
        with self.network("--relay", "honest") as net:
            options = net.options()
            for first in (True, False):
                at = 4 if first else len(options)
                words = [*options[:at], "--source", "ws://hanging.example:9944", *options[at:]]
                begun = time.monotonic()
                done = self.process(["sync", *words, "--json"], b"", {"LD_PRELOAD": str(shim)})
                if b"ASan runtime" in done.stderr:
                    self.skipTest("nothing can be loaded in front of a sanitizer")
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                self.assertLess(time.monotonic() - begun, 10)
                self.assertGreaterEqual(json.loads(done.stdout)["target"]["number"], 100)

    def test_a_name_without_an_address(self):
        with self.network("--relay", "honest") as net:
            options = net.options()
            options[options.index("--source") + 1] = "ws://mote.invalid:9944"
            answer = self.json("sync", *options, code=7, status="no_source")
            self.assertRegex(answer["found"], "mote.invalid:9944: .*(not known|failure in name resolution|no address)")

    def test_an_expired_checkpoint(self):
        with self.network("--relay", "honest") as net:
            options = net.options()
            options[options.index("--now") + 1] = net.now + 10 * 86400
            answer = self.json("sync", *options, code=6, status="expired")
            self.assertEqual(answer["age"]["freshness"], "expired")
            accepted = self.json("sync", *options, "--accept-expired")
            self.assertEqual(accepted["assumed"], ["checkpoint-age"])


class Tls(Live):
    def test_certificates_are_checked(self):
        if shutil.which("openssl") is None:
            self.skipTest("no openssl to make a certificate with")
        key, certificate = self.folder / "key.pem", self.folder / "cert.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
                        "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
                       check=True, stderr=subprocess.DEVNULL)
        with self.network("--tls", certificate, key, "--relay", "honest") as net:
            self.assertTrue(net.relay[0].startswith("wss://localhost:"))
            answer = self.json("sync", *net.options(), "--ca", certificate)
            self.assertGreaterEqual(answer["target"]["number"], 100)
            self.json("sync", *net.options(), code=7, status="no_source")
            options = [str(word).replace("wss://localhost", "wss://127.0.0.1") for word in net.options()]
            self.json("sync", *options, "--ca", certificate, code=7, status="no_source")

    def test_a_missing_ca_file(self):
        with self.network("--relay", "honest") as net:
            answer = self.json("sync", *net.options(), "--ca", "/nowhere.pem", code=2, status="usage")
            self.assertIn("/nowhere.pem", answer["message"])


class Get(Live):
    def check(self, net, answer, chain):
        self.assertGreater(len(answer["values"]), 0)
        for value in answer["values"]:
            true = net.ask("value", chain, value["number"], value["key"], *([value["child"]] if value["child"] else []))
            self.assertEqual(value["value"], true)
            self.assertEqual(value["block"], net.ask("hash", chain, value["number"]))

    def test_accounts(self):
        with self.network("--relay", "honest") as net:
            answer = self.json("get", *net.options(), *net.accounts, "0x" + "77" * 32)
            self.check(net, answer, "relay")
            accounts = answer["details"]["accounts"]
            self.assertEqual([one["account"] for one in accounts], [*net.accounts, "0x" + "77" * 32])
            self.assertFalse(accounts[-1]["exists"])
            for one, value in zip(accounts, answer["values"]):
                self.assertEqual(one["key"], account_key(one["account"]))
                if one["layout"] == "flagged":
                    raw = bytes.fromhex(value["value"][2:])
                    self.assertEqual(one["free"], str(int.from_bytes(raw[16:32], "little")))
                    self.assertEqual(one["nonce"], int.from_bytes(raw[:4], "little"))
            self.assertIn("flagged", [one["layout"] for one in accounts])

    def test_a_parachain_and_a_bundle(self):
        with self.network("--relay", "honest", "--para", 1, "honest") as net:
            bundle = self.folder / "answer.bundle"
            answer = self.json("get", *net.options(para=0), net.accounts[0], "--key", "0x3a636f6465",
                               "--bundle", bundle)
            self.check(net, answer, net.paras[0]["id"])
            verified = self.json("verify", bundle, "--checkpoint", net.checkpoint, "--now", net.now)
            self.assertEqual(verified["target"], answer["target"])
            self.assertEqual([one["value"] for one in verified["values"]], [one["value"] for one in answer["values"]])

    def test_a_bundle_of_the_relay_chain(self):
        with self.network("--relay", "honest") as net:
            bundle = self.folder / "answer.bundle"
            answer = self.json("get", *net.options(), "--storage", "Paras.Heads", "--arg", "twox64concat:u32:2000",
                               "--key", "0x00", "--bundle", bundle)
            self.check(net, answer, "relay")
            self.assertEqual([one["state"] for one in answer["values"]], ["value", "absent"])
            self.json("verify", bundle, "--checkpoint", net.checkpoint, "--now", net.now)

    def test_a_prefix_and_a_child_trie(self):
        with self.network("--relay", "honest") as net:
            prefix = "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9"
            answer = self.json("get", *net.options(), "--prefix", prefix)
            self.check(net, answer, "relay")
            self.assertEqual(answer["lists"][0]["count"], len(answer["values"]))
            child = self.json("get", *net.options(), "--child", "0x6669727374", "--prefix", "0x", "--key", "0x0000")
            self.check(net, child, "relay")
            self.assertGreater(len(child["values"]), 5)

    def test_an_ancestor(self):
        with self.network("--relay", "honest") as net:
            block = net.ask("hash", "relay", 95)
            answer = self.json("get", *net.options(), net.accounts[0], "--at", block)
            self.assertEqual((answer["target"]["hash"], answer["target"]["number"]), (block, 95))
            self.check(net, answer, "relay")

    def test_a_bundle_of_an_ancestor(self):
        with self.network("--relay", "honest", "--para", 1, "honest") as net:
            for options, chain, number in ((net.options(), "relay", 60), (net.options(para=0), net.paras[0]["id"], 5)):
                block = net.ask("hash", chain, number)
                bundle = self.folder / f"{number}.bundle"
                answer = self.json("get", *options, net.accounts[0], "--at", block, "--bundle", bundle)
                self.check(net, answer, chain)
                verified = self.json("verify", bundle, "--checkpoint", net.checkpoint, "--now", net.now)
                self.assertEqual(verified["target"]["hash"], block)
                self.assertEqual([one["value"] for one in verified["values"]], [one["value"] for one in answer["values"]])

    def test_a_bundle_of_a_list_in_pages(self):
        with self.network("--relay", "honest", "--accounts", 600) as net:
            bundle = self.folder / "pages.bundle"
            prefix = "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9"
            answer = self.json("get", *net.options(), "--prefix", prefix, "--bundle", bundle)
            self.check(net, answer, "relay")
            self.assertGreater(answer["lists"][0]["count"], 512)
            verified = self.json("verify", bundle, "--checkpoint", net.checkpoint, "--now", net.now)
            self.assertEqual(verified["lists"], answer["lists"])
            self.assertEqual([one["value"] for one in verified["values"]], [one["value"] for one in answer["values"]])

    def test_no_ancestor(self):
        with self.network("--relay", "honest") as net:
            self.json("get", *net.options(), net.accounts[0], "--at", "0x" + "12" * 32, "--timeout", 15, code=4)

    def test_lies_about_state_are_found(self):
        for lie in ("wrong-proof", "short-proof", "other-proof"):
            with self.subTest(lie), self.network("--relay", lie, "--relay", "honest") as net:
                answer = self.json("get", *net.options(), net.accounts[0])
                self.check(net, answer, "relay")

    def test_usage(self):
        common = ("--chain", "x.json", "--source", "ws://127.0.0.1:9")
        for words, told in ((("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQX",), "mistyped"),
                            (("0x1234",), "32 or 20 bytes"),
                            (("5Grwva0F5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",), "character 6"),
                            (("--storage", "Paras"), "PALLET.ITEM"),
                            (("--arg", "identity:0x00"), "--storage"),
                            (("--storage", "A.B", "--arg", "sha256:0x00"), "hasher"),
                            (("--storage", "A.B", "--arg", "identity:u8:256"), "bits"),
                            ((), "missing")):
            answer = self.json("get", *common, *words, code=2, status="usage")
            self.assertIn(told, answer["message"])


class Follow(Live):
    def lines(self, net, *options, code=0):
        done = self.process(["follow", *net.options(), *options, "--json"], b"", None)
        self.assertEqual(done.returncode, code, done.stdout.decode() + done.stderr.decode())
        lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
        self.check_shape(lines[-1], code, done.stdout)
        return lines[:-1]

    def test_relay_heads(self):
        with self.network("--relay", "honest") as net:
            heads = [line for line in self.lines(net, "--count", "3") if line["event"] == "finalized"]
            self.assertEqual(len(heads), 3)
            for head in heads:
                self.assertEqual(head["hash"], net.ask("hash", "relay", head["number"]))
            numbers = [head["number"] for head in heads]
            self.assertEqual(numbers, sorted(set(numbers)))

    def test_parachain_heads(self):
        with self.network("--relay", "honest", "--para", 0, "honest") as net:
            lines = self.lines(net, "--para", "2000", "--para-source", net.paras[0]["url"], "--count", "2")
            heads = [line for line in lines if line["event"] == "para-head"]
            self.assertEqual(len(heads), 2)
            for head in heads:
                self.assertEqual(head["hash"], net.ask("hash", 2000, head["number"]))
                self.assertEqual(head["relay_hash"], net.ask("hash", "relay", head["relay_number"]))

    def test_a_pause_of_all_nodes(self):
        with self.network("--relay", "honest") as net:
            follow = subprocess.Popen([support.MOTE, "follow", *map(str, net.options()), "--count", "2", "--json"],
                                      stdout=subprocess.PIPE, text=True)
            while '"finalized"' not in follow.stdout.readline():
                pass
            net.tell("stop")
            net.tell("drop")
            time.sleep(6)  # more attempts than an address that never answered gets
            self.assertIsNone(follow.poll())
            net.tell("start")
            answer = json.loads(follow.stdout.read().splitlines()[-1])
            follow.stdout.close()
            self.assertEqual((follow.wait(60), answer["details"]["heads"]), (0, 2))
            self.assertIsNotNone(answer["details"]["sources"][0]["trouble"])

    def test_interrupted(self):
        with self.network("--relay", "honest") as net:
            state = self.folder / "state"
            follow = subprocess.Popen([support.MOTE, "follow", *map(str, net.options(state=state))],
                                      stdout=subprocess.PIPE, text=True)
            self.assertRegex(follow.stdout.readline(), r"^relay \d+ +0x")
            follow.send_signal(signal.SIGINT)
            follow.stdout.read()
            follow.stdout.close()
            self.assertEqual(follow.wait(10), 0)
            self.assertEqual(len(list(state.glob("*.saved"))), 1)


class Submit(Live):
    def test_until_it_is_proven(self):
        with self.network("--relay", "honest", "--speed", 4) as net:
            extrinsic = self.file("one.bin", bytes([4 * 20]) + bytes(range(20)))
            answer = self.json("submit", extrinsic, *net.options(), "--timeout", 90)
            self.assertEqual(answer["target"]["hash"], net.ask("hash", "relay", answer["target"]["number"]))
            self.assertGreaterEqual(answer["details"]["index_in_block"], 0)
            self.assertEqual(answer["details"]["events"],
                             net.ask("value", "relay", answer["target"]["number"],
                                     "0x26aa394eea5630e07c48ae0c9558cef780d41e5e16056765bc8461851072c9d7"))

    def test_what_a_node_says_to_it(self):
        with self.network("--relay", "honest") as net:
            short = self.file("short.bin", b"\x04")
            answer = self.json("submit", short, *net.options(), code=4, status="refused")
            words = "1002: Verification Error: Runtime error"
            self.assertEqual(answer["details"]["refusal"], {"source": net.relay[0], "words": words})
            self.assertEqual(answer["found"], f'no source that takes it; {net.relay[0]} says "{words}"')
            told = self.process(["submit", short, *net.options()], b"", None)
            self.assertIn(words, (told.stdout + told.stderr).decode())

    def test_an_empty_file(self):
        self.json("submit", self.file("empty", b""), "--chain", "x", "--source", "ws://127.0.0.1:9", code=2)
