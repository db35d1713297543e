# test_pages.py - every fenced block of the pages is alive
#
# COROLINT names the binary (default: build/bin/corolint), BLOCKS_OF restricts
# the run to pages whose name contains it.

import os
import re
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import block_cases  # noqa: E402
import page_blocks  # noqa: E402
from block_runner import PageRunner  # noqa: E402
from block_tools import REPOSITORY, tools  # noqa: E402


def pages():
    """Translations have the same blocks, says test_translation.py; the reference has declarations of headers."""
    names = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *sorted((REPOSITORY / "docs").rglob("*.md"))]
    return [page for page in names if os.environ.get("BLOCKS_OF", "") in page.as_posix()
            and not re.match(r"docs/(ru|reference)/", page.relative_to(REPOSITORY).as_posix())]


def failures_of(page, blocks):
    """{line of the block: what is wrong or None}"""
    with tempfile.TemporaryDirectory() as folder:
        runner = PageRunner(tools(), page, Path(folder))
        return {block.line: runner.check(block) for block in blocks}


def load_tests(_loader, _tests, _pattern):
    suite = unittest.TestSuite()
    pool = ThreadPoolExecutor(os.cpu_count())
    tools()
    not_run = []
    for page in pages():
        blocks = page_blocks.read(page)
        not_run += [block for block in blocks if block.order == "not run"]
        results = pool.submit(failures_of, page, blocks)
        suite.addTests(block_cases.BlockTest(block, results) for block in blocks)
    suite.addTest(block_cases.NotRunTest(not_run))
    return suite
