#!/usr/bin/env python3
# run_python.py - runs the unittests of one folder, writes JUnit
"""usage: run_python.py SUITE [RESULTS.xml]

SUITE is a folder beside this file; its test_*.py are run.
"""

import sys
import time
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

HERE = Path(__file__).resolve().parent


class JunitResult(unittest.TextTestResult):
    """Prints as unittest does and keeps one XML element for each test."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.root = xml.Element("testsuite")
        self.began = 0.0

    def startTest(self, test):
        super().startTest(test)
        self.began = time.monotonic()

    def _keep(self, test, problem=None, text=""):
        seconds = f"{time.monotonic() - self.began:.3f}"
        case = xml.SubElement(self.root, "testcase", name=test.id(), time=seconds)
        if problem:
            xml.SubElement(case, problem).text = text

    def addSuccess(self, test):
        super().addSuccess(test)
        self._keep(test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._keep(test, "failure", self._exc_info_to_string(err, test))

    def addError(self, test, err):
        super().addError(test, err)
        self._keep(test, "error", self._exc_info_to_string(err, test))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._keep(test, "skipped", reason)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._keep(subtest, "failure", self._exc_info_to_string(err, test))

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._keep(test, "failure", "unexpected success")


def main(arguments):
    if len(arguments) not in (1, 2) or not (HERE / arguments[0]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    tests = unittest.defaultTestLoader.discover(str(HERE / arguments[0]))
    runner = unittest.TextTestRunner(verbosity=2, resultclass=JunitResult)
    result = runner.run(tests)
    if len(arguments) == 2:
        result.root.set("name", arguments[0])
        xml.ElementTree(result.root).write(arguments[1], encoding="unicode")
    return 0 if result.wasSuccessful() and result.testsRun else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
