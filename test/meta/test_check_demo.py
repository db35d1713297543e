# test_check_demo.py - the demo's judge notices each kind of difference

import contextlib
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path

from small_tree import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "test/demo"))

import check_demo  # noqa: E402

EXPECTED = [
    {"misuse": "sleep", "check": "coro-a", "files": ["faulty/one.cpp"]},
    {"misuse": "chain", "check": "coro-a", "files": ["faulty/one.cpp", "mirror/two.cpp"]},
]


def place(file, line, **more):
    return {"file": file, "line": line, "column": 1, "message": "m", **more}


class JudgeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.demo = Path(folder.name).resolve()
        for name in ("mirror", "faulty"):
            (self.demo / name).mkdir()
        (self.demo / "faulty/one.cpp").write_text("sleep();  // misuse: coro-a (sleep)\n"
                                                  "chain();  // misuse: coro-a (chain)\nfine();\n")
        (self.demo / "mirror/two.cpp").write_text("block();\n")
        self.findings = [
            place("faulty/one.cpp", 1, check="coro-a", chain=[]),
            place("faulty/one.cpp", 2, check="coro-a",
                  chain=[place("faulty/one.cpp", 2), place("mirror/two.cpp", 1)]),
        ]

    def judge(self):
        planted = check_demo.markers(self.demo, "faulty")
        report = {"findings": self.findings}
        return (list(check_demo.check_markers(planted, EXPECTED))
                + list(check_demo.differences(report, planted, EXPECTED, self.demo)))

    def assert_difference(self, text):
        self.assertEqual(len(self.judge()), 1, self.judge())
        self.assertIn(text, self.judge()[0])

    def test_what_is_planted_is_accepted(self):
        self.assertEqual(self.judge(), [])

    def test_paths_may_be_relative_to_any_root_or_absolute(self):
        for finding in self.findings:
            finding["file"] = str(self.demo / finding["file"])
        self.assertEqual(self.judge(), [])

    def test_a_missing_finding(self):
        del self.findings[0]
        self.assert_difference("one.cpp:1: coro-a (sleep): not found")

    def test_a_finding_too_many(self):
        self.findings.append(place("faulty/one.cpp", 3, check="coro-a"))
        self.assert_difference("one.cpp:3: coro-a: nothing is planted there")

    def test_a_finding_twice(self):
        self.findings.append(self.findings[0])
        self.assert_difference("reported twice")

    def test_another_check_on_the_line(self):
        self.findings[0]["check"] = "coro-b"
        self.assertEqual(len(self.judge()), 2)

    def test_a_chain_that_stops_short(self):
        self.findings[1]["chain"].pop()
        self.assert_difference("goes through ['faulty/one.cpp'], not")

    def test_a_mark_that_is_not_listed(self):
        (self.demo / "mirror/two.cpp").write_text("block();  // misuse: coro-b (new)\n")
        self.findings.append(place("mirror/two.cpp", 1, check="coro-b"))
        self.assertTrue(any("listed 0 times" in sentence for sentence in self.judge()))

    def test_a_kind_planted_twice(self):
        (self.demo / "mirror/two.cpp").write_text("block();\n")
        (self.demo / "faulty/one.cpp").write_text("sleep();  // misuse: coro-a (sleep)\n"
                                                  "chain();  // misuse: coro-a (chain)\n"
                                                  "sleep();  // misuse: coro-a (sleep)\n")
        self.findings.append(place("faulty/one.cpp", 3, check="coro-a", chain=[]))
        self.assert_difference("marked 2 times")


class CommandTest(unittest.TestCase):
    """check_demo.py with a corolint that only writes what it is told to."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.build = Path(folder.name) / "build"
        self.build.mkdir()
        self.corolint = Path(folder.name) / "corolint"
        configure = check_demo.configure
        self.addCleanup(setattr, check_demo, "configure", configure)
        check_demo.configure = lambda version, build: None

    def run_with(self, report, code, version="faulty"):
        body = f"for last; do :; done\ncat >\"${{last#json:}}\" <<'E'\n{report}\nE\n" if report else ""
        self.corolint.write_text(f"#!/bin/sh\n{body}exit {code}\n")
        self.corolint.chmod(0o755)
        err = io.StringIO()
        with contextlib.redirect_stderr(err), contextlib.redirect_stdout(io.StringIO()):
            result = check_demo.main([version, "--corolint", str(self.corolint), "--build", str(self.build)])
        return result, err.getvalue()

    def complete_report(self):
        planted = check_demo.markers(check_demo.DEMO, "faulty")
        ways = {entry["misuse"]: entry["files"]
                for entry in json.loads((check_demo.DEMO / "expected.json").read_text())["findings"]}
        findings = [place(f"test/demo/{file}", line, check=check,
                          chain=[place(f"test/demo/{name}", 1) for name in ways[kind]])
                    for (file, line, check), kind in planted.items()]
        return json.dumps({"findings": findings})

    def test_a_complete_report_is_accepted(self):
        self.assertEqual(self.run_with(self.complete_report(), 1), (0, ""))

    def test_no_finding_in_the_faulty_version_is_wrong(self):
        code, text = self.run_with('{"findings": []}', 0)
        self.assertEqual((code, text.count("not found")), (1, 12))

    def test_no_finding_in_the_repaired_version_is_right(self):
        self.assertEqual(self.run_with('{"findings": []}', 0, "repaired"), (0, ""))

    def test_an_exit_code_that_contradicts_the_report_is_wrong(self):
        self.assertEqual(self.run_with(self.complete_report(), 0)[0], 1)
        self.assertEqual(self.run_with('{"findings": []}', 3, "repaired")[0], 1)

    def test_no_report_is_an_error(self):
        self.assertEqual(self.run_with("", 2)[0], 2)

    def test_a_report_of_an_earlier_run_does_not_count(self):
        self.run_with(self.complete_report(), 1)
        self.assertEqual(self.run_with("", 139)[0], 2)
