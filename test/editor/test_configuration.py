# test_configuration.py - the editor follows .corolint.yaml

import unittest

from project import BLOCKING, ProjectTest


class ConfigurationTest(ProjectTest):
    def wait_for_codes(self, editor, file, *codes):
        """Waits, without an edit, until exactly these are shown."""
        editor.wait_for(file, lambda found: [one.get("code") for one in found] == list(codes))

    def test_a_changed_configuration_is_noticed(self):
        file = self.write("a.cpp", BLOCKING)
        other = self.write("b.cpp", BLOCKING)
        with self.session() as editor:
            for one in (file, other):
                editor.open(one)
                self.assert_codes(editor.diagnostics(one), "coro-blocking-call")
            self.write(".corolint.yaml", "ignore: blocking\n")
            for one in (file, other):
                self.wait_for_codes(editor, one)
            before = editor.published(file)
            self.write(".corolint.yaml", "overrides: [{files: a.cpp, ignore: blocking}]\n")
            self.wait_for_codes(editor, other, "coro-blocking-call")
            editor.edit(file, BLOCKING + "\n")
            self.assertEqual(editor.diagnostics(file), [])
            # At most once for the changed file and once for the edit.
            self.assertLessEqual(editor.published(file) - before, 2)

    def test_a_project_begins_to_use_corolint_and_ends_it(self):
        self.write("deep.h", "#pragma once\n#include <unistd.h>\ninline void deep() { sleep(1); }\n")
        file = self.write("a.cpp", "#include \"task.h\"\n#include \"deep.h\"\n"
                                   "Task bad() { deep(); co_return; }\n")
        (self.folder / ".corolint.yaml").unlink()
        with self.session() as editor:
            editor.open(file)
            self.assertEqual(editor.diagnostics(file), [])
            self.write(".corolint.yaml", "")
            self.wait_for_codes(editor, file, "coro-blocking-call")
            (self.folder / ".corolint.yaml").unlink()
            self.wait_for_codes(editor, file)

    def test_a_changed_model_is_noticed(self):
        self.write(".corolint.yaml", "models: [ours.yaml]\n")
        model = "corolint-model: 1\nlibrary: ours\nfunctions: [{name: %s, effect: none}]\n"
        self.write("ours.yaml", model % "sleep")
        file = self.write("a.cpp", BLOCKING)
        with self.session() as editor:
            editor.open(file)
            self.assertEqual(editor.diagnostics(file), [])
            self.write("ours.yaml", model % "usleep")
            self.wait_for_codes(editor, file, "coro-blocking-call")

    def test_a_mistake_is_an_error_of_the_file(self):
        self.write(".corolint.yaml", "strict: true\nignored: all\n")
        file = self.write("a.cpp", BLOCKING)
        with self.session() as editor:
            editor.open(file)
            [found] = editor.diagnostics(file)
            self.assertEqual(found["severity"], 1)
            self.assertIn("unknown key 'ignored' in a configuration; did you mean 'ignore'?",
                          found["message"])
            place = found["relatedInformation"][0]["location"]
            self.assertEqual(place["uri"], (self.folder / ".corolint.yaml").as_uri())
            self.assertEqual(place["range"]["start"]["line"], 1)
            self.write(".corolint.yaml", "strict: true\n")
            self.wait_for_codes(editor, file, "coro-blocking-call")
            self.write(".corolint.yaml", "strict: perhaps\n")
            self.wait_for_codes(editor, file, "coro-configuration")

    def test_a_model_of_the_project_is_used(self):
        self.write(".corolint.yaml", "models:\n  - corolint-model: 1\n    library: ours\n"
                                     "    functions: [{name: sleep, effect: none}]\n")
        file = self.write("a.cpp", BLOCKING)
        with self.session() as editor:
            editor.open(file)
            self.assertEqual(editor.diagnostics(file), [])


if __name__ == "__main__":
    unittest.main()
