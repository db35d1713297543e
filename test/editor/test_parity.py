# test_parity.py - the editor shows what the command reports

import json
import subprocess
import unittest
from collections import Counter

from project import BUILD, REPOSITORY, ProjectTest

CHECKS = REPOSITORY / "test/checks"
# Many kinds of findings, places in headers and macros, chains, templates.
SOURCES = ("coro-blocking-call-chain", "coro-lambda-capture", "coro-unawaited-task")


class ParityTest(ProjectTest):
    def setUp(self):
        super().setUp()
        self.flags = ["-std=c++20", f"-I{CHECKS}/Inputs/include", f"-I{REPOSITORY}/runtime/include",
                      f"-I{REPOSITORY}/checks/include"]
        self.write("compile_flags.txt", "\n".join(self.flags) + "\n")
        # One unit alone does not judge comments.
        self.write(".corolint.yaml", "select: [all]\nignore: [suppression]\nstrict: true\n")

    def reported(self, file):
        """What the command reports in the file itself."""
        done = subprocess.run([BUILD / "bin/corolint", "check", "-q", "--output", "json", file.name, "--",
                               *self.flags], cwd=self.folder, capture_output=True, text=True)
        self.assertIn(done.returncode, (0, 1, 3), done.stderr)
        return Counter((one["line"], one["column"], one["check"], one["message"].lower())
                       for one in json.loads(done.stdout)["findings"] if one["file"] == file.name)

    def shown(self, editor, file):
        """The same of the editor, whose columns count characters from 0."""
        editor.open(file)
        return Counter((one["range"]["start"]["line"] + 1, one["range"]["start"]["character"] + 1, one["code"],
                        one["message"].removesuffix(" (fix available)").lower())
                       for one in editor.diagnostics(file) if one.get("code", "").startswith("coro-"))

    def assert_alike(self, editor, file, least):
        wanted, found = self.reported(file), self.shown(editor, file)
        self.assertEqual(found - wanted, Counter(), f"{file.name}: the editor alone")
        self.assertEqual(wanted - found, Counter(), f"{file.name}: the command alone")
        self.assertGreaterEqual(wanted.total(), least, file.name)

    def test_the_findings_of_the_checks_own_tests(self):
        with self.session() as editor:
            for name in SOURCES:
                text = (CHECKS / f"{name}.cpp").read_text(encoding="utf-8")
                with self.subTest(name):
                    self.assert_alike(editor, self.write(f"{name}.cpp", text), least=5)

    def test_code_that_does_not_parse(self):
        self.write("broken.h", "#pragma once\n#include <unistd.h>\n"
                               "inline void whole() { sleep(1); }\n")
        file = self.write("broken.cpp", "#include \"absent.h\"\n#include \"task.h\"\n#include \"broken.h\"\n"
                                        "Task other();\n"
                                        "Task one() { nowhere(); whole(); co_return; }\n"
                                        "Task two() { whole(); co_return; }\n"
                                        "Task three() { auto kept = other(); nowhere(kept); co_return; }\n")
        with self.session() as editor:
            self.assert_alike(editor, file, least=1)


if __name__ == "__main__":
    unittest.main()
