# test_configuration.py - the editor follows .corolint.yaml

import unittest

from project import BLOCKING, ProjectTest


class ConfigurationTest(ProjectTest):
    def again(self, editor, file):
        """What the editor shows after an edit that changes nothing."""
        self.edits = getattr(self, "edits", 0) + 1
        editor.edit(file, BLOCKING + "\n" * self.edits)
        return editor.diagnostics(file)

    def test_a_changed_configuration_holds_from_the_next_edit(self):
        file = self.write("a.cpp", BLOCKING)
        with self.session() as editor:
            editor.open(file)
            self.assert_codes(editor.diagnostics(file), "coro-blocking-call")
            self.write(".corolint.yaml", "ignore: blocking\n")
            self.assertEqual(self.again(editor, file), [])
            self.write(".corolint.yaml", "overrides: [{files: b.cpp, ignore: blocking}]\n")
            self.assert_codes(self.again(editor, file), "coro-blocking-call")

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
            self.assert_codes(self.again(editor, file), "coro-blocking-call")

    def test_a_model_of_the_project_is_used(self):
        self.write(".corolint.yaml", "models:\n  - corolint-model: 1\n    library: ours\n"
                                     "    functions: [{name: sleep, effect: none}]\n")
        file = self.write("a.cpp", BLOCKING)
        with self.session() as editor:
            editor.open(file)
            self.assertEqual(editor.diagnostics(file), [])


if __name__ == "__main__":
    unittest.main()
