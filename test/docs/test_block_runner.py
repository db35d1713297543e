# test_block_runner.py - a page that lies fails, with its line

import sys
import tempfile
import textwrap
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import block_cases  # noqa: E402
import page_blocks  # noqa: E402
from block_runner import PageRunner  # noqa: E402
from block_tools import tools  # noqa: E402

PROGRAM = """\
    # A page

    ```cpp
    #include <cstdio>
    int main() { std::puts("one\\ntwo"); }
    ```
"""


class BlockRunnerTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def blocks(self, text):
        page = self.folder / "page.md"
        page.write_text(textwrap.dedent(text), encoding="utf-8")
        return page_blocks.read(page)

    def failures(self, text):
        """What is wrong with the blocks of a page, without its folder."""
        blocks = self.blocks(text)
        runner = PageRunner(tools(), self.folder / "page.md", self.folder)
        found = [runner.check(block) for block in blocks]
        return [failure.replace(f"{self.folder.resolve()}/", "") for failure in found if failure]

    def assert_fails(self, text, start, *words):
        found = self.failures(text)
        self.assertEqual(len(found), 1, found)
        self.assertTrue(found[0].startswith(start), found[0])
        for word in words:
            self.assertIn(word, found[0])

    def test_a_program_prints_what_the_page_shows(self):
        self.assertEqual(self.failures(PROGRAM + "\n    ```text\n    one\n    two\n    ```\n"), [])

    def test_an_output_that_differs_fails_at_its_line(self):
        self.assert_fails(PROGRAM + "\n    ```text\n    one\n    three\n    ```\n",
                          "page.md:10: shown is", "three", "two")

    def test_an_output_that_stops_early_fails(self):
        self.assert_fails(PROGRAM + "\n    ```text\n    one\n    ```\n", "page.md:9: shown is", "(the end)")

    def test_an_ellipsis_stands_for_a_part_of_a_line_and_no_more(self):
        self.assertEqual(self.failures(PROGRAM + "\n    ```text\n    o…\n    t…o\n    ```\n"), [])
        self.assert_fails(PROGRAM + "\n    ```text\n    …\n    ```\n", "page.md:9: shown is")

    def test_a_block_that_does_not_compile_fails_at_its_line(self):
        self.assert_fails("```cpp\n#include <cstdio>\n\nint x = \"text\";\n```\n", "page.md:4: does not compile")

    def test_a_part_of_a_program_compiles_in_its_hidden_frame(self):
        page = "<!-- block: in\n#include <cstdio>\nint f() {\n@\n}\n-->\n```cpp\nFILL\n```\n"
        self.assertEqual(self.failures(page.replace("FILL", "return 1;")), [])
        self.assert_fails(page.replace("FILL", "\nreturn nothing;"), "page.md:9: does not compile")

    def test_a_part_of_a_program_without_a_frame_fails(self):
        self.assert_fails("```cpp\nreturn 1;\n```\n", "page.md:2: a part of a program")

    def test_a_program_that_fails_is_named(self):
        self.assert_fails("```cpp\n#include <cstdlib>\nint main() { return 3; }\n```\n",
                          "page.md:2: the program ends with 3")

    def test_a_finding_must_be_what_corolint_prints(self):
        page = """\
            ```cpp
            #include <aio/aio.h>
            #include <unistd.h>
            aio::Coro<> f() { ::sleep(1); co_return; }
            ```

            ```text
            f.cpp:3:19: warning: 'FILL' blocks the event loop in coroutine 'f' [coro-blocking-call]
                3 | aio::Coro<> f() { ::sleep(1); co_return; }
                  |                   ^~~~~~~~~~
              help: await a timer
            ```
        """
        self.assertEqual(self.failures(page.replace("FILL", "sleep")), [])
        self.assert_fails(page.replace("FILL", "usleep"), "page.md:8: shown is")

    def test_a_finding_that_is_not_shown_fails(self):
        self.assert_fails("```cpp\n#include <aio/aio.h>\n#include <unistd.h>\n"
                          "aio::Coro<> f() { ::sleep(1); co_return; }\n```\n",
                          "page.md:2: corolint has findings", "coro-blocking-call")

    def test_a_transcript_is_run_on_the_block_above(self):
        page = ("```cpp\n#include <aio/aio.h>\n#include <unistd.h>\naio::Coro<> f() { ::sleep(1); co_return; }\n```\n"
                "```console\n$ corolint check f.cpp -- -std=c++20\nf.cpp:3:19: warning: … [coro-blocking-call]\n"
                "    3 | …\n      | …\n  help: await a …\n$ echo FILL\ndone\n```\n")
        self.assertEqual(self.failures(page.replace("FILL", "done")), [])
        self.assert_fails(page.replace("FILL", "other"), "page.md:13: shown is")

    def test_a_command_that_fails_is_named(self):
        self.assert_fails("```sh\ntrue\nfalse   # says why\n```\n", "page.md:3: 'false")
        self.assert_fails("```sh\ncorolint check --select no-such-check x.cpp\n```\n", "page.md:2:", "ends with 2")

    def test_commands_run_where_the_script_above_ends(self):
        self.assertEqual(self.failures("<!-- block: before\nmkdir -p a/b && cd a/b && touch here\n-->\n"
                                       "```sh\ntest -f here\n```\n"), [])

    def test_a_block_can_be_a_file_of_the_blocks_below(self):
        page = ("<!-- block: file: prefix/include/two.h -->\n```cpp\n#pragma once\n#include <cstdio>\n"
                "inline int two() { return 2; }\n```\n\n"
                "<!-- block: file: main.cpp -->\n```cpp\n#include <two.h>\nint main() { return FILL - 2; }\n```\n\n"
                "```console\n$ grep -c two prefix/include/two.h main.cpp\nprefix/include/two.h:1\nmain.cpp:…\n```\n")
        self.assertEqual(self.failures(page.replace("FILL", "two()")), [])
        self.assert_fails(page.replace("FILL", "3"), "page.md:10: the program ends with 1")

    def test_a_broken_model_fails(self):
        self.assert_fails("```yaml\ncorolint-model: 1\nlibrary: x\nfunktions: []\n```\n", "page.md:2:", "funktions")

    def test_a_broken_configuration_fails(self):
        self.assertEqual(self.failures("```yaml\nextend-select: [lifetime]\n```\n"), [])
        self.assert_fails("```yaml\nselekt: [lifetime]\n```\n", "page.md:2:", "selekt")

    def test_what_no_program_reads_is_at_least_well_formed(self):
        self.assertEqual(self.failures('```json\n{"a": [1]}\n```\n\n```toml\na = 1\n```\n'), [])
        self.assert_fails('```json\n{"a": [1}\n```\n', "page.md:2: cannot be read")
        self.assert_fails("```toml\na = \n```\n", "page.md:2: cannot be read")
        self.assert_fails("- item\n\n  ```sh\n  #!/bin/sh\n  if\n  ```\n", "page.md:4: 'sh -n' ends with 2")

    def test_an_unknown_kind_and_an_open_fence_fail(self):
        self.assert_fails("```perl\nprint 1\n```\n", "page.md:2: no rule")
        with self.assertRaisesRegex(page_blocks.BadPage, "page.md:3: this fence"):
            self.blocks("text\n\n```cpp\nint x;\n")

    def test_what_is_not_run_needs_a_reason(self):
        for reason, good in (("it takes a day", True), ("", False)):
            case = block_cases.NotRunTest(self.blocks(f"<!-- block: not run: {reason} -->\n```sh\nfalse\n```\n"))
            result = unittest.TestResult()
            case.run(result)
            self.assertEqual(result.wasSuccessful(), good)

    def test_the_comment_of_another_block_does_not_count(self):
        blocks = self.blocks("<!-- block: not run: long -->\n```sh\nfalse\n```\n\n<!-- block: drawing -->\n"
                             "```text\nx\n```\n")
        self.assertEqual([block.order for block in blocks], ["not run", "drawing"])
