# test_scripts.py - the two commands, on machines made of stubs

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from small_tree import REPOSITORY

TOOLS = ("sh", "basename", "dirname", "cat", "tr", "grep", "awk", "id", "env", "nproc", "rm", "mkdir", "date",
         "printf", "echo", "python3")

# Each stub writes its name and arguments to $LOG. Packages are files in $HERE/installed
# and $HERE/offered; `apt-get update` moves those in $HERE/archive to offered.
STUBS = {
    "uname": "echo ${FAKE_UNAME:-Linux}",
    "dpkg": "echo ${FAKE_ARCH:-amd64}",
    "dpkg-query": 'for last; do :; done; [ -e "$HERE/installed/$last" ] && printf installed',
    "apt-cache": '[ -e "$HERE/offered/$2" ] && echo "  Candidate: 1.0" || echo "  Candidate: (none)"',
    "apt-get": 'log apt-get "$@"\n'
               'case $1 in\n'
               '  update) [ -z "${FAKE_OFFLINE-}" ] || exit 100; cp "$HERE"/archive/* "$HERE/offered/" ;;\n'
               '  install) shift 3; for p; do [ -e "$HERE/offered/$p" ] || exit 100; : >"$HERE/installed/$p"; done ;;\n'
               'esac',
    "id": "echo ${FAKE_UID:-0}",
    "sudo": 'log sudo "$@"; "$@"',
    "cmake": 'log cmake "$@"; [ "${FAKE_BROKEN-}" != "$*" ]',
    "npm": 'log npm "$@"; [ -z "${FAKE_OFFLINE-}" ]',
    "ctest": 'log ctest "$@"\nfor file; do :; done\n'
             'echo "<testsuite><testcase name=\\"t\\" status=\\"run\\"/></testsuite>" >"$file"',
    "python3": 'log python3 "$@"\n'
               'case $1 in *sum_results.py) exec "$REAL_PYTHON" "$@" ;;\n'
               '  *run_python.py) echo "<testsuite><testcase name=\\"t\\"/></testsuite>" >"$3" ;;\n'
               '  *check_demo.py) exit ${FAKE_DEMO:-0} ;;\nesac',
}


def package_list(name):
    """A list of tool/dev/packages.sh."""
    done = subprocess.run(["sh", "-c", f". tool/dev/packages.sh; echo ${name}"], cwd=REPOSITORY,
                          capture_output=True, text=True, check=True)
    return done.stdout.split()


class MachineTest(unittest.TestCase):
    """A machine of stubs with a copy of the scripts."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.here = Path(folder.name)
        for name in ("bin", "installed", "offered", "archive", "repo/test/npm", "repo/tool/dev"):
            (self.here / name).mkdir(parents=True)
        for file in ("tool/quickstart.sh", "tool/dev/packages.sh", "test/run.sh", "test/sum_results.py"):
            shutil.copy(REPOSITORY / file, self.here / "repo" / file)
        for tool in (*TOOLS, "cp"):
            os.symlink(shutil.which(tool), self.here / "bin" / tool)
        for name, body in STUBS.items():
            path = self.here / "bin" / name
            path.unlink(missing_ok=True)
            path.write_text(f'#!/bin/sh\nlog() {{ echo "$*" >>"$LOG"; }}\n{body}\n')
            path.chmod(0o755)
        self.build_packages = package_list("build_packages")
        self.test_packages = package_list("test_packages")

    def put(self, folder, packages):
        for package in packages:
            (self.here / folder / package).write_text("")

    def run_script(self, script, *arguments, **environment):
        """Runs a script of the copy; returns exit code, output, and the calls of the stubs."""
        log = self.here / "log"
        log.write_text("")
        done = subprocess.run(["sh", script, *arguments], cwd=self.here / "repo", capture_output=True, text=True,
                              env={"PATH": str(self.here / "bin"), "LOG": str(log), "HERE": str(self.here),
                                   "REAL_PYTHON": shutil.which("python3"), **environment})
        return done.returncode, done.stdout + done.stderr, log.read_text().splitlines()


class QuickstartTest(MachineTest):
    SCRIPT = "tool/quickstart.sh"

    def test_offline_with_all_packages_it_calls_no_apt(self):
        self.put("installed", self.build_packages)
        code, text, calls = self.run_script(self.SCRIPT, FAKE_OFFLINE="1")
        self.assertEqual(code, 0, text)
        self.assertFalse([call for call in calls if call.startswith(("apt", "sudo"))])
        self.assertEqual([call.split()[0] for call in calls], ["cmake", "cmake", "python3"])
        self.assertIn(f"packages: all {len(self.build_packages)} are here", text)

    def test_installs_only_what_is_missing(self):
        self.put("installed", set(self.build_packages) - {"ninja-build", "clang-22"})
        self.put("offered", self.build_packages)
        code, text, calls = self.run_script(self.SCRIPT)
        self.assertEqual(code, 0, text)
        self.assertEqual([call for call in calls if call.startswith("apt")],
                         ["apt-get install -y --no-install-recommends ninja-build clang-22"])

    def test_a_second_run_installs_nothing(self):
        self.put("offered", self.build_packages)
        self.run_script(self.SCRIPT)
        calls = self.run_script(self.SCRIPT)[2]
        self.assertFalse([call for call in calls if call.startswith("apt")])

    def test_updates_the_lists_of_a_fresh_machine_first(self):
        self.put("archive", self.build_packages)
        code, text, calls = self.run_script(self.SCRIPT)
        self.assertEqual(code, 0, text)
        self.assertEqual([call.split()[1] for call in calls if call.startswith("apt")], ["update", "install"])

    def test_uses_sudo_when_not_root(self):
        self.put("offered", self.build_packages)
        code, text, calls = self.run_script(self.SCRIPT, FAKE_UID="1000")
        self.assertEqual(code, 0, text)
        self.assertTrue(calls[0].startswith("sudo env DEBIAN_FRONTEND=noninteractive apt-get install"), calls)

    def test_says_what_to_run_when_there_is_no_sudo(self):
        (self.here / "bin/sudo").unlink()
        self.put("offered", self.build_packages)
        code, text, calls = self.run_script(self.SCRIPT, FAKE_UID="1000")
        self.assertEqual((code, calls), (2, []))
        self.assertIn("apt-get install --no-install-recommends g++ cmake", text)

    def test_a_package_that_is_nowhere_gives_the_hint_about_the_security_suite(self):
        self.put("archive", set(self.build_packages) - {"clang-22"})
        code, text, calls = self.run_script(self.SCRIPT)
        self.assertEqual(code, 2)
        self.assertIn("no package clang-22", text)
        self.assertIn("bookworm-security", text)
        self.assertFalse([call for call in calls if "install" in call])

    def test_offline_with_a_package_missing_it_stops(self):
        code, text, _ = self.run_script(self.SCRIPT, FAKE_OFFLINE="1")
        self.assertEqual(code, 2)
        self.assertIn("apt-get update failed", text)

    def test_other_systems_are_refused_with_the_reason(self):
        code, text, calls = self.run_script(self.SCRIPT, FAKE_UNAME="Darwin")
        self.assertEqual((code, calls), (2, []))
        self.assertIn("this is Darwin", text)

    def test_systems_without_apt_are_refused_with_the_reason(self):
        (self.here / "bin/apt-get").unlink()
        code, text, calls = self.run_script(self.SCRIPT)
        self.assertEqual((code, calls), (2, []))
        self.assertIn("no apt-get here", text)

    def test_other_architectures_are_refused_with_the_reason(self):
        code, text, calls = self.run_script(self.SCRIPT, FAKE_ARCH="i386")
        self.assertEqual((code, calls), (2, []))
        self.assertIn("architecture i386", text)

    def test_a_fresh_build_leaves_tests_out_and_an_old_one_keeps_its_choice(self):
        self.put("installed", self.build_packages)
        self.assertIn("cmake --preset release -DCOROLINT_BUILD_TESTS=OFF", self.run_script(self.SCRIPT)[2])
        (self.here / "repo/build").mkdir()
        (self.here / "repo/build/CMakeCache.txt").write_text("")
        self.assertIn("cmake --preset release", self.run_script(self.SCRIPT)[2])

    def test_fails_when_the_demo_does(self):
        self.put("installed", self.build_packages)
        self.assertEqual(self.run_script(self.SCRIPT, FAKE_DEMO="1")[0], 1)

    def test_fails_when_the_build_does(self):
        self.put("installed", self.build_packages)
        code, _, calls = self.run_script(self.SCRIPT, FAKE_BROKEN="--preset release -DCOROLINT_BUILD_TESTS=OFF")
        self.assertEqual((code, len(calls)), (1, 1))

    def test_wrong_usage(self):
        code, text, calls = self.run_script(self.SCRIPT, "--fast")
        self.assertEqual((code, calls), (2, []))
        self.assertIn("usage:", text)


class RunTest(MachineTest):
    SCRIPT = "test/run.sh"

    def setUp(self):
        super().setUp()
        self.put("installed", self.build_packages + self.test_packages)

    def last_line(self, text):
        return text.splitlines()[-1]

    def test_runs_every_suite_and_ends_with_the_total(self):
        code, text, calls = self.run_script(self.SCRIPT)
        self.assertEqual((code, self.last_line(text)), (0, "9 passed, 0 failed"), text)
        tested = [call.split()[2] for call in calls if call.startswith("ctest")]
        self.assertEqual(tested, ["release", "llvm-19", "asan-ubsan", "clang-tsan"])
        self.assertTrue(any(call.startswith("python3 test/run_python.py meta") for call in calls))

    def test_a_build_that_fails_is_a_failure_and_the_others_still_run(self):
        code, text, _ = self.run_script(self.SCRIPT, FAKE_BROKEN="--preset clang-tsan -DCOROLINT_BUILD_TESTS=ON")
        self.assertEqual((code, self.last_line(text)), (1, "8 passed, 1 failed"), text)

    def test_results_of_an_earlier_run_do_not_count(self):
        self.run_script(self.SCRIPT)
        code, text, _ = self.run_script(self.SCRIPT, FAKE_BROKEN="--preset clang-tsan -DCOROLINT_BUILD_TESTS=ON")
        self.assertEqual((code, self.last_line(text)), (1, "8 passed, 1 failed"), text)

    def test_suites_can_be_chosen(self):
        code, text, calls = self.run_script(self.SCRIPT, "meta")
        self.assertEqual((code, self.last_line(text)), (0, "1 passed, 0 failed"), text)
        self.assertFalse([call for call in calls if call.startswith("cmake")])

    def test_an_unknown_suite_is_refused(self):
        code, text, calls = self.run_script(self.SCRIPT, "fast")
        self.assertEqual((code, calls), (2, []))
        self.assertIn("unknown suite 'fast'", text)

    def test_installs_what_tests_need(self):
        (self.here / "installed/libgtest-dev").unlink()
        self.put("offered", ["libgtest-dev"])
        calls = self.run_script(self.SCRIPT)[2]
        self.assertEqual(calls[0], "apt-get install -y --no-install-recommends libgtest-dev")

    def test_installs_what_tests_take_from_npm_and_stops_when_it_cannot(self):
        calls = self.run_script(self.SCRIPT)[2]
        self.assertEqual(calls[0], "npm install --no-package-lock --no-audit --no-fund --loglevel=error")
        code, text, calls = self.run_script(self.SCRIPT, FAKE_OFFLINE="1")
        self.assertEqual((code, len(calls)), (2, 1))
        self.assertIn("npm could not install the packages of test/npm/package.json", text)

    def test_npm_itself_is_a_package(self):
        (self.here / "bin/npm").rename(self.here / "npm")
        self.put("offered", ["npm"])
        calls = self.run_script(self.SCRIPT)[2]
        self.assertEqual(calls[0], "apt-get install -y --no-install-recommends npm")


class ShellTest(unittest.TestCase):
    def scripts(self):
        found = [path for path in REPOSITORY.rglob("*.sh") if not path.relative_to(REPOSITORY).parts[0].startswith("build")]
        return [*found, REPOSITORY / ".ci/run"]

    def test_scripts_are_posix_shell(self):
        for script in self.scripts():
            with self.subTest(script.name):
                done = subprocess.run(["shellcheck", "-x", str(script)], cwd=REPOSITORY, capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                self.assertIn("sh", script.read_text().splitlines()[0])
