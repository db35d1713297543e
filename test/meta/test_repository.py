# test_repository.py - this repository keeps its own rules

import json
import re
import subprocess
import unittest

from small_tree import REPOSITORY

import lint_repo


class RulesTest(unittest.TestCase):
    maxDiff = None

    def assert_rule(self, rule):
        found = [str(violation) for violation in lint_repo.lint(REPOSITORY, [rule])]
        self.assertEqual(found, [], "\n" + "\n".join(found))

    def test_layers(self):
        self.assert_rule("layers")

    def test_sizes(self):
        self.assert_rule("sizes")

    def test_text(self):
        self.assert_rule("text")

    def test_format(self):
        self.assert_rule("format")

    def test_checks(self):
        self.assert_rule("checks")

    def test_docs(self):
        self.assert_rule("docs")

    def test_pages(self):
        self.assert_rule("pages")

    def test_every_rule_is_tested_here(self):
        self.assertEqual({f"test_{rule}" for rule in lint_repo.RULES} - set(dir(self)), set())


class PresetsTest(unittest.TestCase):
    def setUp(self):
        self.presets = json.loads((REPOSITORY / "CMakePresets.json").read_text())

    def test_cmake_reads_them(self):
        subprocess.run(["cmake", "--list-presets=all"], cwd=REPOSITORY, check=True, capture_output=True)

    def test_each_can_be_configured_built_and_tested(self):
        names = {preset["name"] for preset in self.presets["configurePresets"] if not preset.get("hidden")}
        for kind in ("buildPresets", "testPresets"):
            self.assertEqual({preset["name"] for preset in self.presets[kind] if not preset.get("hidden")}, names)

    def test_run_sh_knows_the_build_folder_of_each_preset_it_runs(self):
        script = (REPOSITORY / "test/run.sh").read_text()
        folders = {preset["name"]: preset.get("binaryDir", "") for preset in self.presets["configurePresets"]}
        runs = re.findall(r"run_preset ([\w-]+) ([\w-]+) ;;", script)
        self.assertGreaterEqual(len(runs), 4)
        for preset, folder in runs:
            self.assertEqual(folders[preset], "${sourceDir}/" + folder)


class LinksTest(unittest.TestCase):
    def test_links_between_pages_lead_somewhere(self):
        pages = [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")]
        self.assertTrue(pages)
        for page in pages:
            for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text()):
                if "://" not in target:
                    with self.subTest(page=str(page.relative_to(REPOSITORY)), target=target):
                        self.assertTrue((page.parent / target).exists())
