# test_demo.py - the demo, linted and built for real
#
# COROLINT names the binary (default: build/bin/corolint).

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import check_demo  # noqa: E402

COROLINT = Path(os.environ.get("COROLINT", check_demo.REPOSITORY / "build/bin/corolint"))


class DemoTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.build = Path(folder.name) / "build"

    def lint(self, version):
        """(number of planted mistakes, differences)"""
        return check_demo.run(version, COROLINT, self.build)

    def compile(self, version):
        check_demo.configure(version, self.build)
        done = subprocess.run(["cmake", "--build", str(self.build)], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return self.build / "mirror"

    def test_every_planted_mistake_is_found_and_nothing_else(self):
        count, wrong = self.lint("faulty")
        self.assertEqual(wrong, [])
        self.assertEqual(count, 12)

    def test_the_repaired_project_is_clean(self):
        self.assertEqual(self.lint("repaired"), (0, []))

    def test_the_faulty_project_compiles_and_links(self):
        self.compile("faulty")

    def test_the_repaired_project_runs_to_its_end(self):
        program = self.compile("repaired")
        done = subprocess.run([program], cwd=self.build, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("stored https://localhost/mirror.conf.tar", done.stdout)

    def test_both_versions_have_the_same_files(self):
        names = [sorted(path.name for path in (HERE / version).iterdir()) for version in ("faulty", "repaired")]
        self.assertEqual(*names)
