# block_cases.py - one unittest for each block

import sys
import unittest

from block_runner import place

# What is not run is a promise that nobody keeps.
MOST_NOT_RUN = 9


class BlockTest(unittest.TestCase):
    """One block; its page is being run in the background."""

    def __init__(self, block, results):
        super().__init__()
        self._block = block
        self._results = results

    def id(self):
        return f"{place(self._block.page, self._block.line)} {self._block.kind or 'text'}"

    __str__ = id

    def runTest(self):
        failure = self._results.result()[self._block.line]
        if failure:
            self.fail(failure)


class NotRunTest(unittest.TestCase):
    """Names the blocks that are not run."""

    def __init__(self, blocks):
        super().__init__()
        self._blocks = blocks

    def id(self):
        return "blocks that are not run are few and have a reason"

    __str__ = id

    def runTest(self):
        for block in self._blocks:
            print(f"\n  not run: {place(block.page, block.line)}: {block.argument.strip()}", file=sys.stderr, end="")
            self.assertTrue(block.argument.strip(), f"{place(block.page, block.line)}: 'not run' without a reason")
        self.assertLessEqual(len(self._blocks), MOST_NOT_RUN)
