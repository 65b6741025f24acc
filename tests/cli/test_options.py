# SPDX-License-Identifier: Apache-2.0
"""The command line itself: help, usage errors, colours; and that its documents say what it does."""
import json
import os
import pty
import re
import subprocess
import time

import support
from support import Cli, FIELDS, LINK_FIELDS, ROOT, VALUE_FIELDS, VECTORS, each

COMMANDS = ["verify", "justification", "warp", "header", "proof", "para-head", "genesis", "checkpoint", "bundle",
            "inspect", "validate", "sync", "get", "follow", "submit"]
HEADER = VECTORS / "headers/kusama-7472481.header.bin"


def options_of(help_text):
    return set(re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", help_text, re.M))


class Help(Cli):
    @each(COMMANDS)
    def test_command(self, command):
        out, err = self.text(command, "--help")
        golden = (ROOT / "tests/cli/golden" / f"help-{command}.txt").read_text()
        self.assertEqual((out, err), (golden, ""))
        self.assertIn("\nExamples:\n  mote " + command, out)
        self.assertEqual(self.text("help", command)[0], golden)
        self.assertEqual(self.text(command, "-h")[0], golden)
        self.assertLessEqual(max(map(len, out.splitlines())), 100)

    def test_program(self):
        out, _ = self.text("--help")
        self.assertEqual(out, (ROOT / "tests/cli/golden/help.txt").read_text())
        for command in COMMANDS:
            self.assertIn(f"\n  {command} ", out)
        self.assertEqual(self.text("help")[0], out)

    def test_version(self):
        out, _ = self.text("--version")
        version = re.search(r"VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text().split("project(mote", 1)[1]).group(1)
        self.assertEqual(out, f"mote {version}\n")
        answer = self.json("--version")
        self.assertEqual((answer["verdict"], answer["details"]), (None, {"version": version}))

    def test_help_as_json(self):
        for words in (["--help"], ["help"], ["verify", "--help"], ["help", "verify"]):
            answer = self.json(*words)
            self.assertEqual(answer["verdict"], None)
            self.assertIn("Usage: mote", answer["details"]["help"])


class Usage(Cli):
    CASES = {
        "": "a command is missing",
        "frobnicate": "there is no command 'frobnicate'",
        "help frobnicate": "there is no command 'frobnicate'",
        "--frobnicate": "there is no option '--frobnicate' before a command",
        "header": "a FILE is missing",
        "header --frobnicate x": "there is no option '--frobnicate'",
        "header -x": "there is no option '-x'",
        "header --help=3": "--help takes no value",
        "verify b": "--checkpoint FILE is missing",
        "verify": "a FILE is missing",
        "verify a b --checkpoint c": "'b' is one argument too many",
        "verify a --checkpoint b --checkpoint c": "--checkpoint is given twice",
        "verify a --checkpoint b --now tomorrow": "--now: 'tomorrow' is neither",
        "verify a --checkpoint": "--checkpoint needs a value: FILE",
        "justification j": "--authorities FILE is missing",
        "justification j --authorities a": "--set-id N is missing",
        "justification j --authorities a --set-id x": "--set-id: 'x' is no number from 0 to 18446744073709551615",
        "justification j --authorities a --set-id -1": "--set-id: '-1'",
        "justification j --authorities a --set-id 18446744073709551616": "--set-id: '18446744073709551616'",
        "justification j --authorities a --set-id 1 --header a --header b": "--header is given twice",
        "warp w": "--checkpoint FILE, or --authorities FILE and --set-id N, is missing",
        "warp w --authorities a": "--set-id N is missing",
        "warp w --checkpoint c --set-id 3": "--checkpoint has its own set",
        "warp w --authorities a --set-id 1 --chain nowhere": "--chain: no chain called 'nowhere' is known",
        "proof p": "--root HEX is missing",
        "proof p --root 00": "--root: 32 bytes expected, 1 given",
        "proof p --root 0x0": "--root: hex with an odd number of digits",
        "proof p --root 0xq0": "--root: 'q' (character 2) is no hex digit",
        "proof p --key 0 --root " + "00" * 32: "--key: hex with an odd number of digits",
        "proof p --root " + "00" * 32: "nothing is asked",
        "proof p --lenient --compact --key 00 --root " + "00" * 32: "--lenient does not go with --compact",
        "para-head p --header h": "--para N is missing",
        "para-head p --para 1": "--header FILE is needed, once",
        "para-head p --header h --para 4294967296": "--para: '4294967296' is no number from 0 to 4294967295",
        "genesis g --state-version 2": "--state-version: '2' is no number from 0 to 1",
        "checkpoint": "CHAINSPEC or --header FILE is missing",
        "bundle": "-o FILE is missing",
        "bundle -o": "-o needs a FILE",
        "bundle x": "'x' is one argument too many",
        "bundle --para": "--para needs a value: N",
        "bundle --par": "'--par' could be several options",
        "sync": "--chain SPEC|NAME is missing",
        "sync --chain x": "--source URL is missing",
        "sync --chain x --source y --para 1": "--para needs --para-source URL",
        "sync --chain x --source y --para-source z": "--para-source goes with --para N",
        "sync --chain nowhere --source ws://y": "--chain: there is no checkpoint for 'nowhere'",
        "get --chain x --source y": "what to get is missing",
        "follow --count -1": "--count: '-1' is no number",
        "submit --chain x --source y": "a FILE is missing",
        "checkpoint --source ws://x": "--source: two nodes or more have to agree",
        "checkpoint --source ws://x --source ws://y --with-babe": "--with-babe needs --epoch-slots N here",
        "checkpoint c --source ws://x": "--source does not go with a file",
        "inspect a b": "'b' is one argument too many",
    }

    @each(sorted(CASES))
    def test_error(self, words):
        expected = self.CASES[words]
        done = self.process(["--json", *words.split()], b"", None)  # in front: it is no option's value then
        answer = json.loads(done.stdout)
        self.check_shape(answer, 2, done.stdout)
        self.assertEqual((done.returncode, answer["status"], done.stderr), (2, "usage", b""))
        self.assertIn(expected, answer["message"])
        self.assertEqual((answer["verdict"], answer["blame"], answer["class"]), ("usage", "caller", "usage"))
        self.assertIsNotNone(answer["hint"])
        out, err = self.text(*words.split(), code=2)
        self.assertEqual(out, "")
        self.assertIn(expected, err)
        self.assertTrue(err.startswith("mote"))

    def test_times(self):
        known = VECTORS / "checkpoints/polkadot-last-32191275.json"
        for good, seconds in (("1784553786", 1784553786), ("2026-07-20T13:23:06Z", 1784553786),
                              ("2026-07-20t13:23:06z", 1784553786), ("2026-07-20 15:23:06+02:00", 1784553786),
                              ("2026-07-20T13:23:06.999999Z", 1784553786), ("2026-07-20T06:53:06-06:30", 1784553786),
                              ("0", 1), ("1", 1), ("1970-01-01T00:00:00Z", 1), ("1969-12-31T00:00:00Z", 1),
                              ("2028-02-29T00:00:00Z", 1835395200), ("2026-12-31T23:59:60Z", 1798761600)):
            answer = self.process(["checkpoint", known, "--now", good, "--json"], b"", None)
            self.assertEqual(json.loads(answer.stdout)["age"]["now"], seconds, good)
        for bad in ("", "-1", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
                    "2026-07-20", "2026-07-20T24:00:00Z", "2026-07-20T13:60:00Z", "2026-07-20T13:23:06",
                    "2026-07-20T13:23:06+25:00", "2026-07-20T13:23:06.Z", "20260720T132306Z", "1784553786s", "1e9",
                    "9999999999999999", "2026-00-10T00:00:00Z", "2026-04-31T00:00:00Z"):
            self.json("checkpoint", known, "--now", bad, code=2, status="usage")

    def test_abbreviated(self):
        answer = self.process(["header", str(HEADER), "--js"], b"", None)
        self.assertEqual(json.loads(answer.stdout)["verdict"], "verified")

    def test_asked_for_in_any_form_there_is_an_object(self):
        for words in (["--json=1"], ["header", "--json=1", HEADER], ["header", HEADER, "--js=yes"], ["--json=", "header"],
                      ["header", "--json", "--bogus"], ["header", "--bogus", "--json"], ["bundle", "--j"],
                      ["verify", "x", "--checkpoint", "--json"], ["--json", "--bogus"], ["--bogus", "--json"],
                      ["header", "-x", "--json"], ["header", "--json", "/no/such/file"], ["\udce9", "--json"],
                      ["header", "\udce9", "--json"], ["proof", "--root", "\udce9", "--json"], ["--json", "--", "x"]):
            done = subprocess.run([support.MOTE, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            self.check_shape(json.loads(done.stdout), 2, words)
            self.assertEqual((done.returncode, done.stderr), (2, b""), words)

    def test_json_stands_anywhere(self):
        for words in (["--json", "header", HEADER], ["header", "--json", HEADER], ["header", HEADER, "--json"]):
            answer = self.process(words, b"", None)
            self.assertEqual(json.loads(answer.stdout)["verdict"], "verified")

    def test_a_file_that_begins_with_a_dash(self):
        (self.folder / "--json").write_bytes(HEADER.read_bytes())
        done = subprocess.run([support.MOTE, "header", "--", "--json"], cwd=self.folder, stdout=subprocess.PIPE)
        self.assertIn(b"7472481", done.stdout)


class Terminal(Cli):
    def on_terminal(self, words, env, seconds=0.0):
        """What a terminal shows, read slowly for so long."""
        master, slave = pty.openpty()
        done = subprocess.Popen([support.MOTE, *map(str, words)], stdout=slave, stderr=slave, stdin=subprocess.DEVNULL,
                                env={**os.environ, **env})
        os.close(slave)
        out, begun = b"", time.monotonic()
        while True:
            slow = time.monotonic() - begun < seconds
            time.sleep(0.05 if slow else 0)
            try:
                more = os.read(master, 1000 if slow else 65536)
            except OSError:
                break
            if not more:
                break
            out += more
        os.close(master)
        done.wait()
        return out.decode()

    WORDS = ["justification", VECTORS / "grandpa/rococo-1238286.justification.bin", "--authorities",
             VECTORS / "grandpa/authority-sets/rococo-set2149.bin", "--set-id", 2149]

    def test_colours(self):
        self.assertIn("\033[32m", self.on_terminal(self.WORDS, {"TERM": "xterm", "NO_COLOR": ""}))
        for env in ({"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb", "NO_COLOR": ""}):
            self.assertNotIn("\033", self.on_terminal(self.WORDS, env))
        out, err = self.text(*self.WORDS, env={"TERM": "xterm"})
        self.assertNotIn("\033", out + err)
        self.assertNotIn("\033", self.on_terminal([*self.WORDS, "--json"], {"TERM": "xterm", "NO_COLOR": ""}))


    def test_a_bar_where_work_takes_more_than_a_second(self):
        """Work is made long by a terminal that is read slowly; the same work at full speed shows none."""
        known = json.loads((VECTORS / "proofs/rococo-1427727-parahead-pangolin-2105.json").read_bytes())
        words = ["proof", VECTORS / "proofs/rococo-1427727-parahead-pangolin-2105.json", "--root", known["state_root"],
                 *["--key", known["entries"][0]["key"]] * 400]
        bar = re.compile(r"\r\[#*\.*\] +\d+ %  \d+ s")
        self.assertNotRegex(self.on_terminal(words, {"TERM": "xterm"}), bar)
        slow = self.on_terminal(words, {"TERM": "xterm"}, seconds=1.6)
        self.assertRegex(slow, bar)
        self.assertEqual(slow.count("ok"), 400)
        last = slow.rindex("[", 0, slow.rindex(" %  "))
        self.assertIn("\r\033[K", slow[last:], "the bar was left behind")


class Documents(Cli):
    def all_options(self):
        return {command: options_of(self.text(command, "--help")[0]) for command in COMMANDS}

    def test_man_page_has_every_option_and_command(self):
        page = (ROOT / "native/mote.1").read_text().replace("\\-", "-")
        for command, options in self.all_options().items():
            self.assertIn(command, page)
            for option in options:
                self.assertRegex(page, re.escape(option) + r"\b", f"{command} {option}")

    def test_completion_has_every_option_and_command(self):
        bash = (ROOT / "native/completion/mote.bash").read_text()
        zsh = (ROOT / "native/completion/_mote").read_text()
        fish = (ROOT / "native/completion/mote.fish").read_text()
        for command, options in self.all_options().items():
            for text in (bash, zsh, fish):
                self.assertIn(command, text)
            for option in options:
                self.assertRegex(bash, option + r"\b")
                self.assertTrue(option in zsh or "-" + option in zsh, option)
                name = option[2:]
                self.assertTrue(f"-l {name} " in fish or f"__mote_option {name} " in fish
                                or f"-l {name}\n" in fish, option)

    def test_completion_has_every_chain(self):
        hint = self.json("warp", "w", "--authorities", "a", "--set-id", 1, "--chain", "?", code=2)["expected"]
        chains = hint.split(", ")
        self.assertGreater(len(chains), 4)
        for name in ("mote.bash", "_mote", "mote.fish"):
            text = (ROOT / "native/completion" / name).read_text()
            self.assertIn(" ".join(chains), text, name)

    def test_bash_completion_completes(self):
        def complete(line):
            words = line.split(" ")
            script = f"""source {ROOT}/native/completion/mote.bash
                COMP_WORDS=({' '.join(repr(word) for word in words)}); COMP_CWORD={len(words) - 1}; _mote
                printf '%s\\n' "${{COMPREPLY[@]}}" """
            return subprocess.run(["bash", "-c", script], stdout=subprocess.PIPE, check=True, text=True).stdout.split()
        self.assertEqual(complete("mote ver"), ["verify"])
        self.assertEqual(complete("mote checkpoint --chain ku"), ["kusama"])
        self.assertEqual(complete("mote proof --le"), ["--lenient"])
        self.assertEqual(complete("mote bundle --para-s"), ["--para-state-proof"])

    def test_every_field_is_documented(self):
        text = (ROOT / "docs/cli.md").read_text()
        for field in FIELDS + LINK_FIELDS + VALUE_FIELDS:
            self.assertRegex(text, rf"`[^`]*\b{field}\b[^`]*`", field)

    def test_every_status_of_the_program_is_documented(self):
        text = (ROOT / "docs/cli.md").read_text()
        names = re.findall(r'X\([A-Z_0-9]+,\s*[A-Z]+,\s*[A-Z]+,\s*"(\w+)"', (ROOT / "native/verdict.h").read_text())
        self.assertGreater(len(names), 10)
        for name in names:
            self.assertRegex(text, rf"`{name}`|`[a-z]+_\*`", name)
