# test_lint_format.py - C++ that is laid out by hand is found

from unittest import mock

from small_tree import SmallTreeTest

import lint_format  # found through small_tree

STYLE = "BasedOnStyle: LLVM\nColumnLimit: 60\n"
CRAMPED = "// one.cpp - one\nint  f( ) {return 1;}\nint g(){ return 2; }\n"


class FormatTest(SmallTreeTest):
    def test_a_file_is_named_once_with_its_first_place(self):
        self.write("runtime/.clang-format", STYLE)
        self.write("runtime/src/one.cpp", CRAMPED)
        self.assert_only("runtime/src/one.cpp:2:", "run `clang-format-22 -i runtime/src/one.cpp`")

    def test_the_nearest_style_decides(self):
        self.write("runtime/.clang-format", STYLE)
        self.write("runtime/src/.clang-format", "DisableFormat: true\nSortIncludes: Never\n")
        self.write("runtime/src/one.cpp", CRAMPED)
        self.assert_clean()

    def test_without_a_style_anything_goes(self):
        self.write("runtime/src/one.cpp", CRAMPED)
        self.assert_clean()

    def test_a_broken_style_is_told(self):
        self.write(".clang-format", "BasedOnStyle: Nobody\n")
        self.assert_only(".clang-format:1:", "Nobody")

    def test_a_missing_formatter_is_told_with_its_package(self):
        with mock.patch.object(lint_format, "FORMATTER", "clang-format-of-nobody"):
            self.assert_only(".clang-format:1:", "install the package clang-format-of-nobody")
