# test_stock_tools.py - what docs/comparison.md shows is measured again
#
# Two files, for all would take minutes: one with finds and false alarms of
# clang-tidy, one with finds of the compiler.

import os
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "tool/dev")]

import stock_tools  # noqa: E402
from block_tools import COROLINT, REPOSITORY  # noqa: E402

FILES = ("coro-lambda-capture.cpp", "coro-discarded-await-result.cpp")


class StockToolsTest(unittest.TestCase):
    def test_two_files_give_the_counts_of_the_page(self):
        os.environ["COROLINT"] = str(COROLINT)
        kept = stock_tools.load(REPOSITORY)
        with ThreadPoolExecutor(len(FILES)) as pool:
            measured = dict(zip(FILES, pool.map(lambda file: stock_tools.measure(REPOSITORY, file), FILES)))
        for file, (counts, _) in measured.items():
            with self.subTest(file=file):
                self.assertEqual(counts, kept[file]["counts"], f"run: python3 tool/dev/stock_tools.py {file}")
        finds = {name: sum(found.get(name, 0) for counts, _ in measured.values() for found in counts.values())
                 for name in ("tidy", "clang", "alarms")}
        self.assertTrue(all(finds.values()), finds)


if __name__ == "__main__":
    unittest.main()
