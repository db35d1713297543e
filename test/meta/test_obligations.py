# test_obligations.py - each obligation of the runtime has a test
"""The obligations B01 to B41 are what asyncio's tests cannot show of a C++ runtime.

A test proves one when its name begins with the id, as B30HandlerRunsSoon, or when
a comment with the id stands above it. `python3 test/meta/test_obligations.py`
prints the table.
"""

import re
import unittest
from collections import defaultdict
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
IDS = [f"B{number:02}" for number in range(1, 42)]
# Proved elsewhere: B37 by conformance scenarios with injected faults, B39 by the presets and aio-stack-tests, B40 by the
# checks' own tests.
ELSEWHERE = {"B37", "B39", "B40"}

_TEST = re.compile(r"((?:^[ \t]*//[^\n]*\n)*)^TEST\w*\(\s*(\w+),\s*(\w+)\)", re.MULTILINE)
_ID = re.compile(r"\bB[0-4]\d(?!\d)")


def table():
    """Obligation -> the tests that prove it."""
    proofs = defaultdict(list)
    for file in sorted((TESTS / "runtime").glob("*.cpp")):
        for comment, suite, name in _TEST.findall(file.read_text(encoding="utf-8")):
            for obligation in dict.fromkeys(_ID.findall(comment) + _ID.findall(suite + " " + name)):
                proofs[obligation].append(f"{suite}.{name}")
    return proofs


class ObligationsTest(unittest.TestCase):
    def test_each_has_a_test(self):
        proofs = table()
        self.assertEqual([obligation for obligation in IDS if obligation not in proofs.keys() | ELSEWHERE], [])

    def test_no_test_claims_an_unknown_one(self):
        self.assertEqual(sorted(set(table()) - set(IDS)), [])


if __name__ == "__main__":
    for obligation, tests in sorted(table().items()):
        print(obligation, *tests, sep="\n    ")
