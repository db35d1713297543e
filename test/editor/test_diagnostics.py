# test_diagnostics.py - what an editor shows, and how it changes

import unittest
from pathlib import Path
from urllib.parse import unquote, urlparse

from project import BLOCKING, CLANGD, INDEX, ProjectTest, line
from session import Session, apply


class DiagnosticsTest(ProjectTest):
    def test_a_finding_has_its_range_code_and_source(self):
        file = self.write("a.cpp", BLOCKING)
        with self.session() as editor:
            editor.open(file)
            [found] = editor.diagnostics(file)
        self.assertEqual(found["code"], "coro-blocking-call")
        self.assertEqual(found["source"], "clang-tidy")
        self.assertEqual(found["severity"], 2)
        self.assertEqual(found["message"], "'sleep' blocks the event loop in coroutine 'bad'")
        self.assertEqual(found["range"], {"start": {"line": 3, "character": 2},
                                          "end": {"line": 3, "character": 10}})

    def test_the_chain_is_related_information(self):
        file = self.write("a.cpp", "#include \"task.h\"\n#include <unistd.h>\n"
                                   "void deep() { sleep(1); }\n"
                                   "void near() { deep(); }\n"
                                   "Task bad() { near(); co_return; }\n")
        with self.session() as editor:
            editor.open(file)
            [found] = editor.diagnostics(file)
        chain = [(one["location"]["range"]["start"]["line"] + 1, one["message"])
                 for one in found["relatedInformation"]]
        self.assertEqual(chain[:3], [(5, "'bad' calls 'near' here"), (4, "'near' calls 'deep' here"),
                                     (3, "'deep' calls 'sleep' here")])
        self.assertTrue(all(one["location"]["uri"] == file.as_uri()
                            for one in found["relatedInformation"]))

    def test_the_link_leads_to_a_page_that_exists(self):
        file = self.write("a.cpp", BLOCKING)
        with self.session() as editor:
            editor.open(file)
            [found] = editor.diagnostics(file)
        page = Path(unquote(urlparse(found["codeDescription"]["href"]).path))
        self.assertTrue(page.read_text(encoding="utf-8").startswith("# coro-blocking-call"), page)

    def test_a_quick_fix_mends_it(self):
        file = self.write("a.cpp", "#include \"task.h\"\nTask other();\n"
                                   "Task bad() {\n  other();\n  co_return;\n}\n")
        with self.session() as editor:
            editor.open(file)
            [found] = editor.diagnostics(file)
            self.assertEqual(found["code"], "coro-discarded-task")
            fixes = [one for one in editor.fixes(file, found) if "edit" in one]
            self.assertEqual(len(fixes), 1, fixes)
            mended = apply(file.read_text(encoding="utf-8"),
                           fixes[0]["edit"]["changes"][file.as_uri()])
            self.assertIn("  co_await other();\n", mended)
            editor.edit(file, mended)
            self.assertEqual(editor.diagnostics(file), [])

    def test_suppressing_comments_are_honoured(self):
        file = self.write("a.cpp", BLOCKING)
        forms = (BLOCKING.replace("sleep(1);", "sleep(1); // NOLINT(coro-blocking-call): a test"),
                 BLOCKING.replace("  sleep", "  // NOLINTNEXTLINE(coro-*): a test\n  sleep"),
                 BLOCKING.replace("Task", "// NOLINTBEGIN(coro-blocking-call): a test\nTask", 1)
                 + "// NOLINTEND(coro-blocking-call)\n")
        with self.session() as editor:
            editor.open(file)
            for text in forms:
                editor.edit(file, text)
                self.assertEqual(editor.diagnostics(file), [], text)
            editor.edit(file, forms[0].replace("blocking-call", "nested-run"))
            self.assert_codes(editor.diagnostics(file), "coro-blocking-call")

    def test_an_edit_is_followed(self):
        file = self.write("a.cpp", BLOCKING)
        with self.session() as editor:
            editor.open(file)
            self.assert_codes(editor.diagnostics(file), "coro-blocking-call")
            editor.edit(file, BLOCKING.replace("sleep(1);", ""))
            self.assertEqual(editor.diagnostics(file), [])
            editor.edit(file, "\n\n" + BLOCKING)
            [found] = editor.diagnostics(file)
            self.assertEqual(line(found), 6)

    def test_a_file_that_was_never_saved(self):
        file = self.folder / "new.cpp"
        with self.session() as editor:
            editor.open(file, BLOCKING)
            self.assert_codes(editor.diagnostics(file), "coro-blocking-call")
        self.assertFalse(file.exists())

    def test_headers_count_as_in_every_door(self):
        """clangd itself skips the bodies of their functions."""
        self.write("deep.h", "#pragma once\n#include <unistd.h>\ninline void deep() { sleep(1); }\n"
                             "struct Ready {\n"
                             "  bool await_ready() const noexcept { return true; }\n"
                             "  void await_suspend(std::coroutine_handle<>) const noexcept {}\n"
                             "  void await_resume() const noexcept {}\n};\n")
        file = self.write("a.cpp", "#include \"task.h\"\n#include \"deep.h\"\n#include <mutex>\n"
                                   "std::mutex one;\n"
                                   "Task bad() { deep(); co_return; }\n"
                                   "Task good() {\n  std::lock_guard lock(one);\n"
                                   "  co_await Ready();\n}\n")
        with self.session() as editor:
            editor.open(file)
            [found] = editor.diagnostics(file)
        self.assertEqual(line(found), 5)
        self.assertEqual([Path(urlparse(one["location"]["uri"]).path).name
                          for one in found["relatedInformation"][:2]], ["a.cpp", "deep.h"])

    def test_code_that_is_being_typed_is_left_out(self):
        text = ("#include \"task.h\"\n#include <unistd.h>\n#include <utility>\nTask other();\n"
                "Task typed() {\n  auto one = other();\n  %s\n}\n"
                "Task whole() { sleep(1); co_return; }\n")
        file = self.write("a.cpp", text % "co_await std::move(one);")
        with self.session() as editor:
            editor.open(file)
            self.assert_codes(editor.diagnostics(file), "coro-blocking-call")
            for typed in ("co_await std::move(one", "co_await on", "co_await ;", "if (co_await one."):
                editor.edit(file, text % typed)
                own = [one for one in editor.diagnostics(file) if one["source"] == "clang-tidy"]
                self.assertTrue(all(line(one) == 9 for one in own), own)

    def test_a_missing_header_hides_nothing_else(self):
        text = ("#include \"task.h\"\n#include <unistd.h>\n%s\n"
                "template <class T> struct Holder { void nap() { sleep(1); } };\n"
                "Task unknown() { Task kept = later(); sleep(1); co_return; }\n"
                "Task whole() { Holder<int> held; held.nap(); co_return; }\n")
        cases = ("#include \"absent.h\"\n" + text % "", text % "int one;\n#include \"absent.h\"",
                 text % ("int wrong = ;\n" * 30))
        file = self.write("a.cpp", "")
        with self.session() as editor:
            editor.open(file)
            for case in cases:
                editor.edit(file, case)
                found = editor.diagnostics(file)
                own = [one for one in found if one["source"] == "clang-tidy"]
                self.assert_codes(own, "coro-blocking-call")
                self.assertEqual(line(own[0]), case.count("\n"), found)


class SelectionTest(ProjectTest):
    def test_without_the_projects_file_it_is_a_clangd_like_any(self):
        (self.folder / ".corolint.yaml").unlink()
        file = self.write("a.cpp", BLOCKING)
        with self.session() as editor:
            editor.open(file)
            self.assertEqual(editor.diagnostics(file), [])

    def test_the_file_may_lie_in_a_folder_above(self):
        self.write("deep/down/task.h", (self.folder / "task.h").read_text(encoding="utf-8"))
        file = self.write("deep/down/a.cpp", BLOCKING)
        with self.session() as editor:
            editor.open(file)
            self.assert_codes(editor.diagnostics(file), "coro-blocking-call")

    def test_clangd_and_clang_tidy_files_choose_other_checks(self):
        file = self.write("a.cpp", BLOCKING)
        cases = (
            ("clang-tidy", "Checks: '-*,bugprone-*'\n", ["coro-blocking-call"]),
            ("clang-tidy", "Checks: '-*,bugprone-*,-coro-blocking-call'\n", []),
            ("clangd", "Diagnostics: {ClangTidy: {Remove: [coro-blocking-call]}}\n", []),
            ("clangd", "Diagnostics: {Suppress: [coro-blocking-call]}\n", []),
        )
        for name, text, codes in cases:
            with self.subTest(text):
                config = self.write("." + name, text)
                with self.session() as editor:
                    editor.open(file)
                    self.assert_codes(editor.diagnostics(file), *codes)
                config.unlink()

    def test_what_stock_clangd_says_is_still_said(self):
        file = self.write("a.cpp", "#include <vector>\n#include \"task.h\"\n"
                                   "int number = \"text\";\n"
                                   "double half(int a) { return 1 / a; }\n"
                                   "Task again(int a) { if (a = 1) {} co_return; }\n")

        def shown(server):
            with Session([server, *INDEX], self.folder) as editor:
                editor.open(file)
                found = editor.diagnostics(file)
                for one in found:
                    one.pop("codeDescription", None) if one["code"].startswith("coro-") else None
                actions = editor.ask("textDocument/codeAction", {
                    "textDocument": {"uri": file.as_uri()},
                    "range": {"start": {"line": 3, "character": 28}, "end": {"line": 3, "character": 33}},
                    "context": {"diagnostics": []}})
                return found, [one["title"] for one in actions]

        stock, ours = shown("clangd-22"), shown(CLANGD)
        self.assertEqual(ours, stock)
        self.assertGreaterEqual(len(stock[0]), 3, stock)
        self.assertTrue(stock[1], "no refactoring to compare")


if __name__ == "__main__":
    unittest.main()
