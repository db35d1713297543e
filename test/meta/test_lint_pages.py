# test_lint_pages.py - pages of checks that have another form

import unittest

from small_tree import SmallTreeTest


class PagesTest(SmallTreeTest):
    RULES = ["pages"]

    def setUp(self):
        super().setUp()
        self.page = self.rows[0].page

    def assert_finds(self, old, new, line, *words):
        self.replace(self.page, old, new)
        found = [one for one in self.violations() if one.startswith(f"{self.page}:{line}: ")]
        self.assertEqual(len(found), 1, self.violations())
        for word in words:
            self.assertIn(word, found[0])

    def test_the_page_that_new_check_writes_has_the_form(self):
        self.assertEqual(self.violations(), [])

    def test_another_title_is_found(self):
        self.assert_finds("# coro-blocking-call\n", "# Blocking\n", 1, "# coro-blocking-call")

    def test_another_heading_is_found(self):
        self.assert_finds("## Instead", "## Rather", 1, "Rather", "Instead")

    def test_another_order_is_found(self):
        self.replace(self.page, "## Options", "## Later")
        self.replace(self.page, "## Instead", "## Options")
        self.assert_finds("## Later", "## Instead", 1, "in this order")

    def test_an_empty_section_is_found(self):
        self.assert_finds("What is left out on purpose, and why.", "", 35, "'What it does not find' is empty")

    def test_an_interleaving_of_two_lines_is_found(self):
        self.assert_finds("2. who runs then\n", "", 7, "no interleaving of three lines")

    def test_an_interleaving_whose_lines_are_not_counted_is_found(self):
        self.assert_finds("2. who runs then\n", "then who runs\n", 7, "no interleaving of three lines")

    def test_an_example_without_its_finding_is_found(self):
        self.assert_finds("prints of it [coro-blocking-call]", "prints of it [coro-sync-wait]", 15,
                          "no finding of coro-blocking-call")

    def test_a_mended_example_without_code_is_found(self):
        self.assert_finds("```cpp\n// the same, mended\n```", "Do not do it.", 25, "'Instead' has no code")

    def test_options_that_the_check_does_not_have_are_found(self):
        self.assert_finds("None.", "| option | default | meaning |\n|---|---|---|\n| `Deep` | `true` | look deeper |",
                          31, "options in checks/blocking/BlockingCall.cpp")

    def test_options_that_the_page_does_not_have_are_found(self):
        self.write(self.rows[0].source,
                   '// BlockingCall.cpp - words a finding\nconstexpr Option Deep = {"Deep", Option::Type::Bool};\n')
        self.assert_finds("None.", "None so far.", 31, "options in checks/blocking/BlockingCall.cpp")

    def test_a_comment_without_a_reason_is_found(self):
        self.assert_finds("`// NOLINT(coro-blocking-call): REASON`", "`// NOLINT(coro-blocking-call)`", 39,
                          "a comment with a reason")


if __name__ == "__main__":
    unittest.main()
