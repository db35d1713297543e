# test_new_check.py - a new check has all its pieces, or is refused

import contextlib
import io
import subprocess

from small_tree import REPOSITORY, SmallTreeTest

import generate_docs
import lint_repo
import new_check


class CommandTest(SmallTreeTest):
    def command(self, main, *words):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([*words, "--root", str(self.root)])
        return code, out.getvalue(), err.getvalue()


class NewCheckTest(CommandTest):
    def snapshot(self):
        return {path: path.read_text() for path in self.root.rglob("*") if path.is_file()}

    def refused(self, *words):
        before = self.snapshot()
        code, _, message = self.command(new_check.main, *words)
        self.assertEqual(code, 2)
        self.assertEqual(self.snapshot(), before, "something was written")
        return message

    def test_writes_five_pieces_that_break_no_rule(self):
        code, out, _ = self.command(new_check.main, "lock-across-suspend", "thread", "a lock is held too long")
        self.assertEqual(code, 0)
        self.assert_clean()
        self.assertIn("makeLockAcrossSuspend", self.read("checks/thread/LockAcrossSuspend.cpp"))
        self.assertIn("# coro-lock-across-suspend\n", self.read("docs/checks/coro-lock-across-suspend.md"))
        self.assertIn("coro-lock-across-suspend", self.read("test/checks/coro-lock-across-suspend.cpp"))
        self.assertIn("- `coro-lock-across-suspend`: a lock is held too long.\n", self.read("CHANGELOG.md"))
        self.assertTrue(self.read("checks/Checks.def").endswith(
            'CHECK(lock_across_suspend, LockAcrossSuspend, thread, Low, "0.3",\n      "a lock is held too long")\n'))
        self.assertIn("wrote checks/thread/LockAcrossSuspend.cpp", out)

    def test_the_skeleton_compiles(self):
        self.command(new_check.main, "two-loops", "thread", "two loops at once")
        subprocess.run(["g++", "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-I", str(REPOSITORY),
                        str(self.root / "checks/thread/TwoLoops.cpp")], check=True)

    def test_the_prefix_may_be_given(self):
        self.assertEqual(self.command(new_check.main, "coro-two-loops", "thread", "two loops at once")[0], 0)
        self.assertIn("CHECK(two_loops, TwoLoops,", self.read("checks/Checks.def"))

    def test_keeps_the_other_rows_and_lines(self):
        old = self.read("checks/Checks.def")
        self.command(new_check.main, "two-loops", "thread", "two loops at once")
        self.assertTrue(self.read("checks/Checks.def").startswith(old))
        self.assertIn("`coro-blocking-call`", self.read("CHANGELOG.md"))

    def test_refuses_a_cure(self):
        self.assertIn("'allow lock across suspend'", self.refused("no-lock-across-suspend", "thread", "a lock"))

    def test_refuses_what_exists(self):
        self.assertIn("coro-sync-wait exists already", self.refused("sync-wait", "blocking", "it waits"))

    def test_refuses_a_file_that_is_in_the_way(self):
        self.write("test/checks/coro-two-loops.cpp", "// coro-two-loops.cpp - left over\n")
        self.assertIn("test/checks/coro-two-loops.cpp exists", self.refused("two-loops", "thread", "two loops"))

    def test_refuses_an_unknown_family(self):
        self.assertIn("unknown family 'locks'", self.refused("two-loops", "locks", "two loops"))

    def test_refuses_what_is_no_id(self):
        for name in ("TwoLoops", "two_loops", "loops", "two--loops", "2-loops", ""):
            with self.subTest(name):
                self.assertIn("is no id", self.refused(name, "thread", "two loops"))

    def test_refuses_a_summary_that_breaks_the_message_style(self):
        for summary in ("Two loops", "two loops.", 'two "loops"', "x" * 81, ""):
            with self.subTest(summary):
                self.assertIn("the summary must", self.refused("two-loops", "thread", summary))

    def test_refuses_a_changelog_without_a_place(self):
        self.replace("CHANGELOG.md", "### Added", "### Changed")
        self.assertIn("CHANGELOG.md has no", self.refused("two-loops", "thread", "two loops"))


class GenerateDocsTest(CommandTest):
    def test_check_mode_accepts_a_fresh_page(self):
        self.assertEqual(self.command(generate_docs.main, "--check")[0], 0)

    def test_check_mode_fails_on_a_stale_page_and_leaves_it(self):
        self.write(generate_docs.FILE, "# Checks\n")
        code, _, message = self.command(generate_docs.main, "--check")
        self.assertEqual((code, self.read(generate_docs.FILE)), (1, "# Checks\n"))
        self.assertIn("stale", message)

    def test_check_mode_fails_without_a_page(self):
        (self.root / generate_docs.FILE).unlink()
        self.assertEqual(self.command(generate_docs.main, "--check")[0], 1)

    def test_writes_every_check_once_under_its_family(self):
        (self.root / generate_docs.FILE).unlink()
        self.assertEqual(self.command(generate_docs.main)[0], 0)
        page = self.read(generate_docs.FILE)
        for row in self.rows:
            self.assertEqual(page.count(f"| [{row.id}]({row.id}.md) | {row.tier} | 0.1 | {row.summary} |"), 1)
        self.assertLess(page.index("## Tasks"), page.index("coro-lost-task"))
        self.assertLess(page.index("coro-lost-task"), page.index("## Blocking"))


class LintCommandTest(CommandTest):
    def test_clean(self):
        self.assertEqual(self.command(lint_repo.main), (0, "", "no violations\n"))

    def test_prints_place_what_and_mend(self):
        (self.root / "CHANGELOG.md").unlink()
        code, out, err = self.command(lint_repo.main, "checks")
        self.assertEqual((code, len(out.splitlines()), err), (1, 4, "4 violations\n"))
        self.assertEqual(out.splitlines()[0],
                         "checks/Checks.def:3: coro-blocking-call has no line in CHANGELOG.md; say what users will notice")

    def test_runs_only_the_named_rules(self):
        (self.root / "CHANGELOG.md").unlink()
        self.assertEqual(self.command(lint_repo.main, "layers", "sizes", "text")[0], 0)

    def test_an_unknown_rule_is_an_error(self):
        with self.assertRaises(SystemExit) as error:
            self.command(lint_repo.main, "colours")
        self.assertEqual(error.exception.code, 2)
