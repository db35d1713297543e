# test_stock_tables.py - what docs/comparison.md counts, and how fresh it is

import contextlib
import io
import tempfile
import textwrap
import unittest
from pathlib import Path

from small_tree import REPOSITORY

import checks_def
import stock_tables
import stock_tools
import planted_mistakes

ROWS = [checks_def.CheckRow("nested_run", "NestedRun", "color_rules", "High", "0.1", "runs a loop"),
        checks_def.CheckRow("double_await", "DoubleAwait", "await", "High", "0.1", "awaits twice"),
        checks_def.CheckRow("self_await", "SelfAwait", "await", "High", "0.1", "awaits itself")]


def case(*checks, other=None):
    return {"digest": "", "counts": dict(checks), "other": other or {}}


class PlantedMistakesTest(unittest.TestCase):
    def read(self, name, text):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_text(textwrap.dedent(text), encoding="utf-8")
            return planted_mistakes.read(path, ROWS), planted_mistakes.files(Path(folder))

    def test_expected_lines_are_mistakes_and_notes_are_not(self):
        found, files = self.read("coro-nested-run-more.cpp", """\
            // RUN: %findings %s %flags -std=c++23 | %expect %s
            void bad_one() {
              // CHECK: :[[@LINE+2]]:3: warning: 'a' runs [coro-nested-run]
              // CHECK: :[[@LINE+1]]:3: note: here
              run();
              run(); // CHECK-DAG: :[[@LINE]]:3: warning: not counted: no offset
              // CHECK: :[[@LINE-2]]:3: warning: 'b' waits [coro-double-await]
            }
            """)
        self.assertEqual([(one.line, one.check) for one in found.mistakes],
                         [(5, "coro-nested-run"), (5, "coro-double-await")])
        self.assertEqual((found.check, found.flags), ("coro-nested-run", ("-std=c++20", "-std=c++23")))
        self.assertEqual(files, ["coro-nested-run-more.cpp"])

    def test_known_misses_are_mistakes_and_good_functions_are_not(self):
        found, _ = self.read("coro-nested-run.cpp", """\
            void good_declared();
            void known_miss_two() {
              if (true) {
              }
            }
            int good_one() { return 1; }
            struct Inside {
              void good_two() {
                good_one();
              }
            };
            """)
        self.assertEqual([(one.line, one.body) for one in found.mistakes], [(2, (2, 3, 4, 5))])
        self.assertEqual(found.harmless, ((6,), (8, 9, 10)))

    def test_tests_of_several_files_are_left_out(self):
        self.assertEqual(self.read("coro-nested-run.cpp", "// RUN: %findings %t/a.cpp %flags | %expect %s\n")[1], [])


class TablesTest(unittest.TestCase):
    def test_families_and_checks_are_summed_up(self):
        run = ("coro-nested-run", {"mistakes": 3, "corolint": 2, "harmless": 4, "alarms": 1})
        text = stock_tables.tables(ROWS, {
            "one.cpp": case(run, ("coro-double-await", {"mistakes": 2, "corolint": 2, "tidy": 1, "clang": 0})),
            "two.cpp": case(run, ("coro-self-await", {"mistakes": 5, "corolint": 5}), other={"misc-x": 2}),
        })
        for line in ("| await | 7 | 7 | 1 | 0 | 0 | 0 |", "| colour | 6 | 4 | 0 | 0 | 8 | 2 |",
                     "| **all** | 13 | 11 | 1 | 0 | 8 | 2 |",
                     "| [coro-double-await](checks/coro-double-await.md) | 2 | 2 | 1 | 0 |",
                     "Of the mistakes of the 2 other checks they find none.", "something else: `misc-x` (2)."):
            self.assertIn(line + "\n", text)

    def test_a_page_without_its_marks_is_refused(self):
        with self.assertRaisesRegex(RuntimeError, "End of what is generated"):
            stock_tables.page(REPOSITORY, stock_tables.BEGIN)

    def test_warnings_count_for_checks_that_exist(self):
        known = {row.id for row in checks_def.parse((REPOSITORY / checks_def.FILE).read_text())}
        for name, checks in stock_tools.ABOUT.items():
            self.assertLessEqual(set(checks), known, name)


class CommandTest(unittest.TestCase):
    def test_a_file_that_is_no_case_is_refused(self):
        with self.assertRaises(SystemExit) as stop, contextlib.redirect_stderr(io.StringIO()) as said:
            stock_tools.main(["coro-nested-rnu.cpp"])
        self.assertEqual(stop.exception.code, 2)
        self.assertIn("'coro-nested-rnu.cpp' is no test of one file in test/checks", said.getvalue())


class MeasuredTest(unittest.TestCase):
    """That the page shows what was measured, test_reference.py says."""

    def test_at_most_a_tenth_of_the_mistakes_was_never_measured(self):
        rows = checks_def.parse((REPOSITORY / checks_def.FILE).read_text())
        measured = stock_tools.load(REPOSITORY)
        folder = REPOSITORY / stock_tools.TESTS
        present = drift = 0
        for file in planted_mistakes.files(folder):
            now = len(planted_mistakes.read(folder / file, rows).mistakes)
            then = sum(found.get("mistakes", 0) for found in measured.get(file, {"counts": {}})["counts"].values())
            present += now
            drift += abs(now - then)
        self.assertLessEqual(drift * 10, present, f"{drift} of {present} mistakes; run: python3 tool/dev/stock_tools.py, "
                                                  "and then python3 tool/dev/generate_docs.py")


if __name__ == "__main__":
    unittest.main()
