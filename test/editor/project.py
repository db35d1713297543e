# project.py - a small project that an editor has open
"""A folder with a compilation database, for the tests of the editor's door."""

import os
import tempfile
import unittest
from pathlib import Path

from session import Session

REPOSITORY = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("COROLINT_BUILD", REPOSITORY / "build"))
CLANGD = BUILD / "bin/corolint-clangd"
TASK = (REPOSITORY / "test/cli/Inputs/task.h").read_text(encoding="utf-8")

# An index takes part in no finding. Its threads run when nobody else does, and the
# end of the server waits for them: on a busy machine that is long.
INDEX = ("--background-index=0", "--background-index-priority=normal")

BLOCKING = """\
#include "task.h"
#include <unistd.h>
Task bad() {
  sleep(1);
  co_return;
}
"""


class ProjectTest(unittest.TestCase):
    """Each test has a project of its own, which uses corolint."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()
        self.write("compile_flags.txt", "-std=c++20\n")
        self.write("task.h", TASK)
        self.write(".corolint.yaml", "")

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def session(self, *flags):
        return Session([CLANGD, *INDEX, *flags], self.folder)

    def assert_codes(self, diagnostics, *codes):
        self.assertEqual(sorted(one.get("code") for one in diagnostics), sorted(codes), diagnostics)


def line(diagnostic):
    """The line of a diagnostic, as people count."""
    return diagnostic["range"]["start"]["line"] + 1
