# test_translation.py - the Russian tutorial keeps step with the English one

import re
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import page_blocks  # noqa: E402
from block_tools import REPOSITORY  # noqa: E402

ENGLISH = REPOSITORY / "docs/tutorial"
RUSSIAN = REPOSITORY / "docs/ru/tutorial"

# A table of links, of use in any language.
NOT_TRANSLATED = {"coverage.md"}

_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def shape(page):
    """Headings, list items and rows of tables, in the order of the page."""
    prose = _FENCED.sub("", page.read_text(encoding="utf-8"))
    return [f"{mark} {line.count('|')} cells" if mark == "|" else mark
            for mark, line in re.findall(r"^(#+|\||-|\d+\.)( .*)$", prose, re.MULTILINE)]


def targets(page):
    """The files that a page links to, and where in them, in order."""
    links = _LINK.findall(_FENCED.sub("", page.read_text(encoding="utf-8")))
    places = [(link.partition("#")[0], link.partition("#")[2]) for link in links if "://" not in link]
    return sorted(((page.parent / file).resolve().relative_to(REPOSITORY).as_posix().replace("docs/ru/", "docs/"), anchor)
                  for file, anchor in places)


class TranslationTest(unittest.TestCase):
    maxDiff = None

    def assert_same(self, what):
        """`what` is the same of each page in both languages."""
        for english in sorted(ENGLISH.glob("*.md")):
            if english.name not in NOT_TRANSLATED:
                with self.subTest(page=english.name):
                    self.assertEqual(what(RUSSIAN / english.name), what(english))

    def test_both_have_the_same_pages(self):
        self.assertEqual({path.name for path in RUSSIAN.glob("*.md")},
                         {path.name for path in ENGLISH.glob("*.md")} - NOT_TRANSLATED)

    def test_headings_lists_and_tables_are_the_same(self):
        self.assert_same(shape)

    def test_blocks_have_the_same_bytes(self):
        self.assert_same(lambda page: [(block.kind, block.order, block.whole(), [shown.text for shown in block.shown])
                                       for block in page_blocks.read(page)])

    def test_links_lead_to_the_same_places(self):
        self.assert_same(targets)

    def test_it_is_in_russian(self):
        for page in sorted(RUSSIAN.glob("*.md")):
            prose = re.sub(r"`[^`\n]*`|\]\([^)]*\)", "", _FENCED.sub("", page.read_text(encoding="utf-8")))
            with self.subTest(page=page.name):
                self.assertGreater(len(re.findall(r"[а-яё]", prose, re.IGNORECASE)),
                                   5 * len(re.findall(r"[a-z]", prose, re.IGNORECASE)))
