#!/usr/bin/env python3
# sum_results.py - adds up JUnit files and prints one total line
"""usage: sum_results.py LABEL=FILE...

A FILE is what `ctest --output-junit` or test/run_python.py wrote. A test case
"lit-NAME" in it stands for a lit suite: its tests are read from lit-NAME.xml in
the same folder and the case itself is not counted. A file that is missing,
broken or without a single test that ran counts as one failure. Skipped tests
are named but count neither way.

The last line is "N passed, N failed"; the exit code is 1 if any failed.
"""

import sys
import xml.etree.ElementTree as xml
from pathlib import Path


class Count:
    """What became of the tests of one suite."""

    def __init__(self):
        self.passed = 0
        self.failed = []
        self.skipped = []

    def ran(self):
        return self.passed + len(self.failed)

    def add(self, name, outcome):
        if outcome == "passed":
            self.passed += 1
        elif outcome == "skipped":
            self.skipped.append(name)
        else:
            self.failed.append(name)


def outcome(case):
    """'passed', 'failed' or 'skipped', as ctest, lit and unittest write it."""
    status = case.get("status", "run")
    skip = case.find("skipped")
    if status == "disabled":
        return "skipped"
    if skip is not None:
        # ctest writes "notrun" for a test that asked to be skipped, and for one
        # that it could not start.
        asked = status != "notrun" or skip.get("message", "").startswith("SKIP")
        return "skipped" if asked else "failed"
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "passed" if status == "run" else "failed"


def cases(path):
    """The test cases of a file; ValueError says why there are none."""
    try:
        found = list(xml.parse(path).getroot().iter("testcase"))
    except FileNotFoundError:
        raise ValueError("no results were written (did the build fail?)") from None
    except xml.ParseError as error:
        raise ValueError(f"broken results: {error}") from None
    if not found:
        raise ValueError("not one test ran")
    return found


def read_lit(entry, path, count):
    """Counts the single tests of a lit suite in place of its ctest entry."""
    name = entry.get("name")
    before = len(count.failed)
    try:
        for case in cases(path):
            count.add(f"{name}: {case.get('name')}", outcome(case))
    except ValueError as error:
        count.failed.append(f"{name}: {error}")
    if outcome(entry) != "passed" and len(count.failed) == before:
        count.failed.append(f"{name}: lit failed outside its tests")


def read_suite(path):
    """The count of one file and of the lit suites that it names."""
    count = Count()
    try:
        for case in cases(path):
            if case.get("name", "").startswith("lit-"):
                read_lit(case, path.with_name(case.get("name") + ".xml"), count)
            else:
                count.add(case.get("name"), outcome(case))
        if count.ran() == 0:
            raise ValueError("not one test ran")
    except ValueError as error:
        count.failed.append(str(error))
    return count


def main(arguments):
    if not arguments or not all("=" in word for word in arguments):
        print(__doc__, file=sys.stderr)
        return 2
    passed = failed = 0
    for word in arguments:
        label, _, name = word.partition("=")
        count = read_suite(Path(name))
        passed += count.passed
        failed += len(count.failed)
        skipped = f", {len(count.skipped)} skipped" if count.skipped else ""
        print(f"{label}: {count.passed} passed, {len(count.failed)} failed{skipped}")
        for test in count.skipped:
            print(f"  skipped: {test}")
        for test in count.failed:
            print(f"  FAILED: {test}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
