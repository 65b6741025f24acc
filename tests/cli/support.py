# SPDX-License-Identifier: Apache-2.0
"""The program, the recorded files, and a way to make a case of each."""
import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

MOTE = "mote"
ROOT = pathlib.Path(__file__).resolve().parents[2]
VECTORS = ROOT / "tests" / "vectors"

# docs/cli.md: always there, in every answer.
FIELDS = ["command", "verdict", "status", "class", "blame", "message", "expected", "found", "hint", "input", "offset",
          "index", "item", "target", "links", "failed", "values", "lists", "assumed", "age", "details"]
EXITS = {"verified": 0, "decoded": 0, "rejected": 1, "error": 1, "usage": 2, "unsupported": 3, "incomplete": 4,
         "limit": 5, "expired": 6, "future": 6, "unreachable": 7, None: 0}
LINK_FIELDS = ["kind", "index", "ms", "offset", "size", "hash", "number", "state_root", "para_id"]
DOCUMENT = (ROOT / "docs/cli.md").read_text()
WORDS = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]*)`", DOCUMENT))))
# docs/cli.md: failures that are at no byte of a file.
WITHOUT_A_BYTE = {"cannot_open", "cannot_write", "no_memory", "expired", "from_future", "cases_failed",
                  "nothing_checked", "no_connection", "no_source", "no_answer", "interrupted", "conflict",
                  "disagreement", "refused", "not_shown", "forced_change"}
VALUE_FIELDS = ["key", "state", "value", "hash", "child", "block", "number", "para_id"]


def load(path):
    path = VECTORS / path
    data = gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()
    return json.loads(data)


def files(pattern):
    found = sorted(VECTORS.glob(pattern))
    assert found, f"no recorded file fits {pattern}"
    return found


def unhex(text):
    return bytes.fromhex(text[2:] if text.startswith("0x") else text)


def name_of(path):
    return "".join(c if c.isalnum() else "_" for c in pathlib.Path(str(path)).name)


def each(paths):
    """Decorator: the method becomes one case for each path, named after it."""
    def mark(method):
        method.paths = list(paths)
        return method
    return mark


class Cli(unittest.TestCase):
    def __init_subclass__(cls):
        for name, method in list(vars(cls).items()):
            if re.match(r"[A-Z]\d\d_", name):  # a row of the catalogue: tests/tools/rows_table.py looks for the bare name
                setattr(cls, "test_" + name, method)
            if not hasattr(method, "paths"):
                continue
            delattr(cls, name)
            for path in method.paths:
                setattr(cls, f"{name}__{name_of(path)}", lambda self, m=method, p=path: m(self, p))

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mote-cli-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def text(self, *arguments, stdin=b"", code=0, env=None):
        """Runs it for people: (standard output, standard error)."""
        done = self.process(arguments, stdin, env)
        self.assertEqual(done.returncode, code, done.stdout.decode("utf-8", "replace") + done.stderr.decode())
        return done.stdout.decode(), done.stderr.decode()

    def json(self, *arguments, stdin=b"", code=0, status=None):
        """Runs it with --json: the one object, whose shape is checked here for every case there is."""
        done = self.process([*arguments, "--json"], stdin, None)
        what = f"{done.returncode}\n{done.stdout.decode('utf-8', 'replace')[:3000]}\n{done.stderr.decode()}"
        self.assertEqual(done.returncode, code, what)
        self.assertEqual(done.stderr, b"", what)
        answer = json.loads(done.stdout)
        self.check_shape(answer, code, what)
        self.assertEqual(answer["status"], status or ("ok" if code == 0 else answer["status"]), what)
        return answer

    def process(self, arguments, stdin, env):
        environment = {key: value for key, value in os.environ.items() if key not in ("ARGP_HELP_FMT", "NO_COLOR")}
        environment.update(env or {})
        return subprocess.run([MOTE, *map(str, arguments)], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=environment, timeout=120)

    def with_little_memory(self, megabytes, *arguments):
        """mote validate with so much address space each: (rules, reasons) of every answer. One at least lacks memory."""
        answers = []
        for limit in megabytes:
            done = subprocess.run(["prlimit", f"--as={limit}000000", MOTE, "validate", *map(str, arguments), "--jobs", "1", "--json"],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
            if b"Sanitizer" in done.stderr:
                self.skipTest("a sanitizer needs more address space than there is")
            answer = json.loads(done.stdout)
            rules = {rule["rule"]: rule for rule in answer["details"]["rules"]}
            answers.append((rules, [entry["why"] for entry in answer["details"]["unchecked"]]))
        self.assertTrue(any("not enough memory" in why for _, reasons in answers for why in reasons), answers)
        return answers

    def check_shape(self, answer, code, what):
        self.assertEqual(list(answer), FIELDS, what)
        self.assertEqual(EXITS[answer["verdict"]], code, what)
        self.assertEqual(answer["status"] == "ok", code == 0, what)
        self.assertEqual(answer["message"] is None, code == 0, what)
        self.assertEqual(answer["index"] is None, answer["item"] is None, what)
        if answer["status"] not in ("ok", "usage"):  # of a usage error all is in the message
            self.assertIsNotNone(answer["expected"], what)
            self.assertIsNotNone(answer["found"], what)
            self.assertEqual(answer["offset"] is None, answer["status"] in WITHOUT_A_BYTE, what)
        for link in answer["links"] + ([answer["failed"]] if answer["failed"] else []):
            self.assertLessEqual(set(LINK_FIELDS), set(link), what)
            self.assertLessEqual(set(link), WORDS, "a field of a link that is not documented")
        self.assertEqual([link["index"] for link in answer["links"]], list(range(len(answer["links"]))), what)
        self.assertLessEqual(set(answer["details"] or {}), WORDS, "a detail that is not documented")
        for value in answer["values"]:
            self.assertEqual(list(value), VALUE_FIELDS, what)
            self.assertEqual(value["state"] == "value", value["value"] is not None, what)
            self.assertEqual(value["state"] == "hash-only", value["hash"] is not None, what)
        if answer["target"] is not None:
            self.assertEqual(list(answer["target"]), ["hash", "number", "parachain"], what)
