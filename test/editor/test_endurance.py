# test_endurance.py - several files at once, and code that is half typed

import random
import unittest

from project import REPOSITORY, ProjectTest, line

CHECKS = REPOSITORY / "test/checks"


def unit(number):
    """A unit whose findings stand at lines that tell it from all others."""
    return ("#include \"task.h\"\n#include <unistd.h>\n" + "\n" * number +
            f"void deep{number}() {{ sleep(1); }}\n"
            f"Task bad{number}() {{ deep{number}(); co_return; }}\n")


def beginnings(text, count, chance):
    """The text as it looks while somebody types its second half."""
    return [text[:chance.randrange(len(text) // 2, len(text))] for _ in range(count)]


class EnduranceTest(ProjectTest):
    def test_files_that_are_open_together_keep_their_findings_apart(self):
        files = [self.write(f"unit{number}.cpp", "") for number in range(8)]
        with self.session("-j=4") as editor:
            for number, file in enumerate(files):
                editor.open(file, unit(number))
            for turn in range(4):
                for number, file in enumerate(files):
                    [found] = editor.diagnostics(file)
                    self.assertEqual(line(found), number + turn + 4)
                    self.assertIn(f"'bad{number}'", found["message"])
                for number, file in enumerate(files):
                    editor.edit(file, "\n" * (turn + 1) + unit(number))

    def test_half_typed_code_neither_crashes_nor_hangs(self):
        chance = random.Random(7)
        self.write("compile_flags.txt", f"-std=c++20\n-I{CHECKS}/Inputs/include\n")
        file = self.write("typed.cpp", "")
        with self.session() as editor:
            editor.open(file)
            for source in ("coro-unawaited-task", "coro-lock-across-suspend", "coro-lambda-capture"):
                text = (CHECKS / f"{source}.cpp").read_text(encoding="utf-8")
                for typed in beginnings(text, 6, chance):
                    editor.edit(file, typed)
                    editor.diagnostics(file)  # within its limit, from a living server


if __name__ == "__main__":
    unittest.main()
