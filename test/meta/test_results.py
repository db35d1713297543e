# test_results.py - results are counted truly, and nothing counts as all

import contextlib
import io
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from small_tree import REPOSITORY

import sum_results

# As ctest 3.25 writes them.
PASSED = '<testcase name="{}" status="run"></testcase>'
FAILED = '<testcase name="{}" status="fail"><failure message=""/></testcase>'
MISSING = '<testcase name="{}" status="notrun"><skipped message="Unable to find executable"/></testcase>'
SKIPPED = '<testcase name="{}" status="notrun"><skipped message="SKIP_RETURN_CODE=77"/></testcase>'
DISABLED = '<testcase name="{}" status="disabled"></testcase>'
# As lit 22 writes them, which has no status.
LIT_PASSED = '<testcase classname="x.x" name="{}" time="0.00"/>'
LIT_FAILED = '<testcase classname="x.x" name="{}"><failure><![CDATA[no]]></failure></testcase>'
LIT_SKIPPED = '<testcase classname="x.x" name="{}"><skipped message="Unsupported configuration"/></testcase>'


class FolderTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def junit(self, name, *cases):
        cases = [case.format(f"t{number}") if "{}" in case else case for number, case in enumerate(cases)]
        (self.folder / name).write_text(f"<testsuite>{''.join(cases)}</testsuite>")

    def total(self, *labels):
        """(last line, exit code, everything printed)"""
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = sum_results.main([f"{label}={self.folder / label}.xml" for label in labels])
        return out.getvalue().splitlines()[-1], code, out.getvalue()


class SumTest(FolderTest):
    def test_adds_suites(self):
        self.junit("a.xml", PASSED, PASSED)
        self.junit("b.xml", PASSED)
        self.assertEqual(self.total("a", "b")[:2], ("3 passed, 0 failed", 0))

    def test_failures_and_tests_that_could_not_start_fail(self):
        self.junit("a.xml", PASSED, FAILED, MISSING)
        self.assertEqual(self.total("a")[:2], ("1 passed, 2 failed", 1))

    def test_failures_are_named(self):
        self.junit("a.xml", PASSED, FAILED)
        self.assertIn("  FAILED: t1\n", self.total("a")[2])

    def test_skipped_tests_are_named_and_count_neither_way(self):
        self.junit("a.xml", PASSED, SKIPPED, DISABLED)
        line, code, text = self.total("a")
        self.assertEqual((line, code), ("1 passed, 0 failed", 0))
        self.assertIn("  skipped: t1\n  skipped: t2\n", text)

    def test_a_suite_without_results_is_a_failure(self):
        self.junit("a.xml", PASSED)
        self.assertEqual(self.total("a", "b")[:2], ("1 passed, 1 failed", 1))

    def test_a_suite_without_tests_is_a_failure(self):
        self.junit("a.xml", PASSED)
        self.junit("b.xml")
        self.assertEqual(self.total("a", "b")[:2], ("1 passed, 1 failed", 1))

    def test_a_suite_that_skipped_everything_is_a_failure(self):
        self.junit("a.xml", SKIPPED)
        self.assertEqual(self.total("a")[:2], ("0 passed, 1 failed", 1))

    def test_a_torn_file_is_a_failure(self):
        (self.folder / "a.xml").write_text("<testsuite><testcase name=")
        self.assertEqual(self.total("a")[:2], ("0 passed, 1 failed", 1))

    def test_no_suite_at_all_is_wrong_usage(self):
        with contextlib.redirect_stderr(io.StringIO()):
            self.assertEqual(sum_results.main([]), 2)


class LitTest(FolderTest):
    ENTRY = '<testcase name="lit-checks" status="run"></testcase>'
    BROKEN_ENTRY = '<testcase name="lit-checks" status="fail"><failure message=""/></testcase>'

    def test_its_tests_count_in_place_of_its_entry(self):
        self.junit("a.xml", PASSED, self.ENTRY)
        self.junit("lit-checks.xml", LIT_PASSED, LIT_PASSED, LIT_PASSED, LIT_SKIPPED)
        self.assertEqual(self.total("a")[:2], ("4 passed, 0 failed", 0))

    def test_a_failed_test_counts_once(self):
        self.junit("a.xml", PASSED, self.BROKEN_ENTRY)
        self.junit("lit-checks.xml", LIT_PASSED, LIT_FAILED)
        self.assertEqual(self.total("a")[:2], ("2 passed, 1 failed", 1))

    def test_results_that_were_not_written_are_a_failure(self):
        self.junit("a.xml", PASSED, self.ENTRY)
        self.assertEqual(self.total("a")[:2], ("1 passed, 1 failed", 1))

    def test_a_suite_without_tests_is_a_failure(self):
        self.junit("a.xml", PASSED, self.ENTRY)
        self.junit("lit-checks.xml")
        self.assertEqual(self.total("a")[:2], ("1 passed, 1 failed", 1))

    def test_a_failure_outside_the_tests_is_not_lost(self):
        # An XFAIL test that passes: lit fails, but its results do not say so.
        self.junit("a.xml", self.BROKEN_ENTRY)
        self.junit("lit-checks.xml", LIT_PASSED)
        self.assertEqual(self.total("a")[:2], ("1 passed, 1 failed", 1))


class RealToolsTest(FolderTest):
    """What the installed ctest and lit write today is read as meant."""

    def test_ctest(self):
        (self.folder / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(x NONE)\nenable_testing()\n"
            "add_test(NAME good COMMAND true)\nadd_test(NAME bad COMMAND false)\n"
            "add_test(NAME absent COMMAND /nonexistent)\n"
            "add_test(NAME skipped COMMAND sh -c \"exit 77\")\n"
            "set_tests_properties(skipped PROPERTIES SKIP_RETURN_CODE 77)\n")
        build = self.folder / "build"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["cmake", "-S", str(self.folder), "-B", str(build)], check=True, **quiet)
        subprocess.run(["ctest", "--test-dir", str(build), "--output-junit", str(self.folder / "a.xml")],
                       check=False, **quiet)
        line, _, text = self.total("a")
        self.assertEqual(line, "1 passed, 2 failed", text)

    def test_run_python(self):
        # run_python.py runs the folders beside it, so it is copied beside one.
        source = (REPOSITORY / "test/run_python.py").read_text()
        (self.folder / "run_python.py").write_text(source)
        (self.folder / "suite").mkdir()
        (self.folder / "suite/test_x.py").write_text(
            "import unittest\nclass T(unittest.TestCase):\n"
            "    def test_good(self): pass\n"
            "    def test_bad(self): self.fail()\n"
            "    def test_broken(self): raise OSError\n"
            "    def test_skipped(self): self.skipTest('why')\n"
            "    def test_parts(self):\n"
            "        for i in range(3):\n"
            "            with self.subTest(i): self.assertNotEqual(i, 1)\n")
        (self.folder / "suite/test_y.py").write_text("import nothing_of_that_name\n")
        done = subprocess.run([sys.executable, str(self.folder / "run_python.py"), "suite",
                               str(self.folder / "a.xml")], capture_output=True)
        self.assertEqual(done.returncode, 1)
        line, _, text = self.total("a")
        self.assertEqual(line, "1 passed, 4 failed", text)
