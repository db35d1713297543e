# small_tree.py - a repository in a temporary folder that breaks no rule

import sys
import tempfile
import unittest
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(REPOSITORY / "tool/dev"), str(REPOSITORY / "test")]

import checks_def  # noqa: E402  (found through the path above)
import generate_docs  # noqa: E402
import lint_repo  # noqa: E402
import new_check  # noqa: E402

CHECKS = [
    ("blocking_call", "BlockingCall", "blocking", "High"),
    ("sync_wait", "SyncWait", "blocking", "High"),
    ("lost_task", "LostTask", "await", "Medium"),
    ("nested_run", "NestedRun", "color_rules", "Low"),
]

FILES = {
    "CMakeLists.txt": "# all of it\nproject(corolint VERSION 0.3.1)\n",
    "cmake/Llvm.cmake": "# Llvm.cmake - finds LLVM\n",
    "checks/Check.h": '// Check.h - base class of all checks\n#include "checks/facts/Facts.h"\n',
    "checks/facts/Facts.h": "// Facts.h - what a unit tells\n#include <vector>\n",
    "checks/facts/Codec.cpp": '// Codec.cpp - stores facts\n#include "flatbuffers/flatbuffers.h"\n',
    "checks/color/Solver.h": '// Solver.h - solves\n#include "checks/facts/Facts.h"\n',
    "checks/model/Type.cpp": '// Type.cpp - types\n#include "clang/AST/Type.h"\n',
    "tool/base/Finding.h": "// Finding.h - one finding\n#include <string>\n",
    "tool/report/Text.cpp": '// Text.cpp - prints\n#include "tool/base/Finding.h"\n',
    "tool/engine/Engine.cpp": '// Engine.cpp - runs\n#include "clang/Frontend/X.h"\n#include "checks/Check.h"\n',
    "tool/dev/walk.py": "#!/usr/bin/env python3\n# walk.py - walks\n",
    "runtime/include/aio/loop.h": "// loop.h - the loop\n#include <sys/epoll.h>\n",
    "runtime/include/aio/task.h": '// task.h - tasks\n#include "aio/loop.h"\n',
}


def files_of_checks(rows):
    """The pieces of each check."""
    files = {
        "checks/Checks.def": "// Checks.def - the list\n\n" + "".join(row.written() for row in rows),
        "CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n\n### Added\n\n"
        + "".join(f"- `{row.id}`: {row.summary}.\n" for row in rows),
        generate_docs.FILE: generate_docs.index_page(rows),
    }
    for row in rows:
        files[row.source] = f"// {row.name}.cpp - words a finding\n"
        files[row.page] = new_check.page_of(row)
        files[row.test] = f"// {row.id}.cpp - tests it\n"
    return files


class SmallTreeTest(unittest.TestCase):
    """Each test has a clean tree of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.rows = [checks_def.CheckRow(*check, "0.1", f"summary of {check[0]}") for check in CHECKS]
        for name, text in {**FILES, **files_of_checks(self.rows)}.items():
            self.write(name, text)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(self, name):
        return (self.root / name).read_text(encoding="utf-8")

    def replace(self, name, old, new):
        self.assertIn(old, self.read(name))
        self.write(name, self.read(name).replace(old, new))

    def violations(self):
        return [str(violation) for violation in lint_repo.lint(self.root)]

    def assert_clean(self):
        self.assertEqual(self.violations(), [])

    def assert_only(self, begins, contains=""):
        """Exactly one violation, at that place, with that text."""
        found = self.violations()
        self.assertEqual(len(found), 1, found)
        self.assertTrue(found[0].startswith(begins), found[0])
        self.assertIn(contains, found[0])
        self.assertIn("; ", found[0], "the mend is missing")
