# test_ci.py - action.yml, the problem matcher and the examples for CI
#
# What their scripts do is tested in test/cli/ci.test, with the real command.

import json
import re
import subprocess
import unittest

import yaml
from small_tree import REPOSITORY

CI = REPOSITORY / "tool/ci"


class ActionTest(unittest.TestCase):
    def setUp(self):
        self.action = yaml.safe_load((REPOSITORY / "action.yml").read_text())
        self.steps = self.action["runs"]["steps"]

    def test_is_a_composite_action(self):
        self.assertEqual(set(self.action), {"name", "description", "author", "branding", "inputs", "outputs", "runs"})
        self.assertEqual(self.action["runs"]["using"], "composite")
        for step in self.steps:
            self.assertEqual("run" in step, "shell" in step, step)
            self.assertNotEqual("run" in step, "uses" in step, step)

    def test_every_input_has_words_a_default_and_a_use(self):
        text = (REPOSITORY / "action.yml").read_text()
        page = (REPOSITORY / "docs/ci.md").read_text()
        for name, entry in self.action["inputs"].items():
            with self.subTest(name):
                self.assertEqual(set(entry), {"description", "default"})
                self.assertIsInstance(entry["default"], str)
                self.assertIn(f"inputs.{name}", text)
                self.assertIn(f"| `{name}` |", page)
        self.assertEqual(set(re.findall(r"inputs\.([\w-]+)", text)), set(self.action["inputs"]))

    def test_outputs_are_those_of_its_steps(self):
        script = (CI / "check.sh").read_text()
        for name, entry in self.action["outputs"].items():
            self.assertEqual(entry["value"], f"${{{{ steps.check.outputs.{name} }}}}")
            self.assertIn(f'echo "{name}=', script)
        ids = {step.get("id") for step in self.steps}
        used = set(re.findall(r"steps\.(\w+)\.", (REPOSITORY / "action.yml").read_text()))
        self.assertLessEqual(used, ids)

    def test_no_script_holds_an_expression(self):
        for step in self.steps:
            self.assertNotIn("${{", step.get("run", ""), "an input in a script can be a command")

    def test_scripts_are_there(self):
        for step in self.steps:
            for script in re.findall(r"\$GITHUB_ACTION_PATH/([\w./-]+)", step.get("run", "")):
                self.assertTrue((REPOSITORY / script).is_file(), script)

    def test_what_others_wrote_has_a_version(self):
        used = [step["uses"] for step in self.steps if "uses" in step]
        self.assertTrue(used)
        for one in used:
            self.assertRegex(one, r"^[\w-]+/[\w./-]+@(v\d+(\.\d+)*|[0-9a-f]{40})$")

    def test_the_report_is_uploaded_only_where_that_is_wanted_and_allowed(self):
        step = next(step for step in self.steps if "upload-sarif" in step.get("uses", ""))
        for condition in ("!cancelled()", "inputs.upload-sarif == 'true'", "steps.check.outputs.sarif != ''",
                          "head.repo.full_name == github.repository"):
            self.assertIn(condition, step["if"])

    def test_every_variable_of_the_inputs_is_read(self):
        step = next(step for step in self.steps if step.get("id") == "check")
        script = (CI / "action.sh").read_text() + (CI / "check.sh").read_text()
        for name in step["env"]:
            self.assertRegex(script, rf"\$\{{?{name}\b")


class MatcherTest(unittest.TestCase):
    """The pattern as GitHub's runner reads it: a regular expression of JavaScript."""

    def match(self, line):
        script = ("const [file, line] = process.argv.slice(1);"
                  "const one = JSON.parse(require('fs').readFileSync(file)).problemMatcher[0].pattern[0];"
                  "const found = new RegExp(one.regexp).exec(line);"
                  "console.log(JSON.stringify(found && Object.fromEntries(['file', 'line', 'column', 'severity',"
                  " 'message', 'code'].map(key => [key, found[one[key]] ?? null]))));")
        done = subprocess.run(["node", "-e", script, str(CI / "problem-matcher.json"), line],
                              capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def test_reads_a_finding(self):
        self.assertEqual(self.match("src/a b.cpp:3:14: warning: 'f' blocks: it reaches 'g' [coro-blocking-call]"),
                         {"file": "src/a b.cpp", "line": "3", "column": "14", "severity": "warning",
                          "message": "'f' blocks: it reaches 'g'", "code": "coro-blocking-call"})

    def test_reads_an_error(self):
        found = self.match("src/a.cpp:1:10: error: 'absent.h' file not found")
        self.assertEqual((found["severity"], found["message"], found["code"]),
                         ("error", "'absent.h' file not found", None))

    def test_passes_over_the_rest(self):
        for line in ("    3 | Task bad() { sleep(1); }", "src/a.cpp:3:14: note: calls it here", "  help: co_await it",
                     "1 warning in 1 file (2 files, 0.1 s)"):
            self.assertIsNone(self.match(line), line)


class ExamplesTest(unittest.TestCase):
    def test_the_workflow_gives_inputs_that_there_are(self):
        inputs = yaml.safe_load((REPOSITORY / "action.yml").read_text())["inputs"]
        workflow = yaml.safe_load((CI / "examples/github.yml").read_text())
        steps = workflow["jobs"]["corolint"]["steps"]
        ours = next(step for step in steps if "/corolint@" in step.get("uses", ""))
        self.assertLessEqual(set(ours["with"]), set(inputs))
        checkout = next(step for step in steps if step.get("uses", "").startswith("actions/checkout@v"))
        self.assertEqual(checkout["with"]["fetch-depth"], 0)
        self.assertEqual(workflow["permissions"], {"contents": "read", "security-events": "write"})

    def test_the_job_keeps_the_report_that_the_script_writes(self):
        job = yaml.safe_load((CI / "examples/gitlab.yml").read_text())["corolint"]
        report = job["artifacts"]["reports"]["codequality"]
        self.assertIn(report, (CI / "check.sh").read_text())
        self.assertEqual(job["artifacts"]["when"], "always")
        self.assertEqual(job["variables"]["GIT_DEPTH"], 0)

    def test_examples_run_scripts_that_there_are(self):
        for example in (CI / "examples").iterdir():
            for script in re.findall(r"corolint/(tool/ci/\S+\.sh)", example.read_text()):
                self.assertTrue((REPOSITORY / script).is_file(), example.name)

    def test_the_page_shows_the_examples(self):
        page = (REPOSITORY / "docs/ci.md").read_text()
        for command, text in re.findall(r"<!-- block: part of: cat (\S+) -->\n```\w+\n(.*?)^```$", page, re.M | re.S):
            self.assertIn(text, (REPOSITORY / command).read_text())
        self.assertEqual(page.count("<!-- block: part of: cat "), 3)
