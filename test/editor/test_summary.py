# test_summary.py - chains through files that are not open

import json
import subprocess
import unittest
from pathlib import Path
from urllib.parse import urlparse

from project import BUILD, ProjectTest, line


class SummaryTest(ProjectTest):
    """A chain that leads through another file."""

    NEAR = "#include \"task.h\"\nvoid far();\nTask bad() {\n  far();\n  co_return;\n}\n"
    FAR = "#include <unistd.h>\nvoid far() { sleep(1); }\n"

    def setUp(self):
        super().setUp()
        self.near = self.write("near.cpp", self.NEAR)
        self.far = self.write("far.cpp", self.FAR)
        self.write("build/compile_commands.json", json.dumps([
            {"directory": str(self.folder), "file": file.name,
             "arguments": ["clang++", "-std=c++20", "-c", file.name]} for file in (self.near, self.far)]))
        self.write(".corolint.yaml", "summary: build/linked\n")

    def link(self):
        """Writes the summary anew; gives what the command found."""
        done = subprocess.run([BUILD / "bin/corolint", "check", "-q", "-p", "build", "--summary", "build/linked",
                               "--output", "json:build/found.json"], cwd=self.folder, capture_output=True, text=True)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        return json.loads((self.folder / "build/found.json").read_text(encoding="utf-8"))["findings"]

    def test_it_is_shown_as_the_command_shows_it(self):
        [wanted] = self.link()
        with self.session() as editor:
            editor.open(self.near)
            [found] = editor.diagnostics(self.near)
        self.assertEqual((line(found), found["code"], found["message"].lower()),
                         (wanted["line"], wanted["check"], wanted["message"].lower()))
        steps = [(Path(urlparse(one["location"]["uri"]).path).name,
                  one["location"]["range"]["start"]["line"] + 1) for one in found["relatedInformation"]]
        self.assertEqual(steps[:2], [("near.cpp", 4), ("far.cpp", 2)])
        self.assertEqual(steps[:2], [(one["file"], one["line"]) for one in wanted["chain"]])

    def test_a_summary_that_is_written_anew_is_noticed(self):
        self.link()
        with self.session() as editor:
            editor.open(self.near)
            self.assert_codes(editor.diagnostics(self.near), "coro-blocking-call")
            self.far.write_text("void far() {}\n", encoding="utf-8")
            self.link()
            editor.wait_for(self.near, lambda found: not found)
            self.far.write_text(self.FAR, encoding="utf-8")
            self.link()
            editor.wait_for(self.near, lambda found: found)
            (self.folder / "build/linked").unlink()
            [found] = editor.wait_for(self.near, lambda found: found[0]["severity"] == 1)
            self.assertIn("cannot be read", found["message"])

    def test_one_that_cannot_be_read_is_an_error_beside_the_findings(self):
        self.write("build/linked", "something else\n")
        own = self.NEAR.replace("void far();", "#include <unistd.h>").replace("far();", "sleep(1);")
        with self.session() as editor:
            editor.open(self.near, own)
            found = editor.diagnostics(self.near)
        self.assertIn("coro-blocking-call", [one["code"] for one in found], found)
        self.assertRegex(json.dumps([one for one in found if one["severity"] == 1]),
                         r"the linked summary '[^']*' .*corolint check --summary")


if __name__ == "__main__":
    unittest.main()
