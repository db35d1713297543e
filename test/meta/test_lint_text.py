# test_lint_text.py - names, first lines, marks and paths are held to style

from small_tree import SmallTreeTest

MARK = "TO" + "DO"  # in pieces: this file obeys the rule as well


class NameTest(SmallTreeTest):
    def test_names_that_say_nothing_are_found(self):
        for name in ("StringUtils", "check_helpers", "TaskManager", "common", "LoopImpl", "misc", "Util"):
            with self.subTest(name):
                self.setUp()
                self.write(f"checks/model/{name}.cpp", f"// {name}.cpp - for this test\n")
                self.assert_only(f"checks/model/{name}.cpp:1: ", "name the file after its main noun")

    def test_words_that_only_contain_one_are_fine(self):
        for name in ("Commonwealth", "Implicit", "Managers2Go"):
            self.write(f"checks/model/{name}.cpp", f"// {name}.cpp - for this test\n")
        self.assert_clean()

    def test_folders_of_data_are_held_to_it_as_well(self):
        self.write("checks/models/misc.yaml", "corolint-model: 1\n")
        self.assert_only("checks/models/misc.yaml:1: ")


class FirstLineTest(SmallTreeTest):
    def test_missing(self):
        self.write("checks/model/Type.cpp", "#include <vector>\n")
        self.assert_only("checks/model/Type.cpp:1: no first line", "begin with '// Type.cpp - '")

    def test_of_another_file(self):
        self.write("checks/model/Type.cpp", "// Types.cpp - types\n")
        self.assert_only("checks/model/Type.cpp:1: the first line names 'Types.cpp'")

    def test_ten_words_are_allowed(self):
        self.write("checks/model/Type.cpp", "// Type.cpp - " + "word " * 9 + "word\n")
        self.assert_clean()

    def test_eleven_are_not(self):
        self.write("checks/model/Type.cpp", "// Type.cpp - " + "word " * 10 + "word\n")
        self.assert_only("checks/model/Type.cpp:1: 11 words")

    def test_scripts_say_it_below_the_interpreter(self):
        self.write("tool/dev/walk.py", "#!/usr/bin/env python3\n\nimport os\n")
        self.assert_only("tool/dev/walk.py:2: no first line", "begin with '# walk.py - '")

    def test_shell_and_cmake(self):
        self.write("tool/build.sh", "#!/bin/sh\n# build.sh - builds\n")
        self.write("cmake/Llvm.cmake", "find_package(LLVM)\n")
        self.assert_only("cmake/Llvm.cmake:1: no first line")

    def test_a_folder_s_cmake_file_needs_a_sentence_only(self):
        self.write("checks/CMakeLists.txt", "add_library(x)\n")
        self.assert_only("checks/CMakeLists.txt:1: no first line")
        self.write("checks/CMakeLists.txt", "# The checks.\nadd_library(x)\n")
        self.assert_clean()

    def test_inputs_of_tests_are_free(self):
        self.write("test/cli/Inputs/broken.cpp", "int main( {\n" * 500)
        self.write("test/conformance/py/001.py", "import asyncio\n")
        self.assert_clean()


class MarkTest(SmallTreeTest):
    def test_a_mark_without_an_issue_is_found(self):
        self.write("checks/model/Type.cpp", f"// Type.cpp - types\n\n// {MARK}: more\n")
        self.assert_only(f"checks/model/Type.cpp:3: {MARK} without an issue number")

    def test_with_an_issue_it_is_allowed(self):
        self.write("checks/model/Type.cpp", f"// Type.cpp - types\n// {MARK}(#12): more\n")
        self.assert_clean()


class MachinePathTest(SmallTreeTest):
    def test_paths_of_one_machine_are_found_anywhere(self):
        # In pieces, like the mark above.
        for path in ("/wo" "rk/main", "/ro" "ot/.cache", "/fa" "rm/x", "/t" "mp/build/x", "/ho" "me/ann/x"):
            with self.subTest(path):
                self.setUp()
                self.write("docs/page.md", f"# Page\n\nsee `{path}`\n")
                self.assert_only("docs/page.md:3: path of one machine")

    def test_other_paths_are_fine(self):
        self.write("docs/page.md", "src/wo" "rk/main.cpp, /usr/lib, $HOME/wo" "rk/x, https://a.b/wo" "rk/x, /t" "mp\n")
        self.assert_clean()

    def test_files_that_are_no_text_are_left_alone(self):
        (self.root / "docs/picture.png").write_bytes(b"\x89PNG\0\xff /wo" b"rk/x")
        self.assert_clean()
