# test_tutorial.py - the tutorial teaches every statement of its original

import functools
import re
import sys
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import page_blocks  # noqa: E402
from block_tools import REPOSITORY  # noqa: E402

TUTORIAL = REPOSITORY / "docs/tutorial"

# How many statements each section of the original has, from its introduction on.
STATEMENTS = (3, 14, 16, 32, 13, 21, 19, 20, 20, 23, 24, 25, 1)

# Mistakes that C++ rules out: there is no such function, the compiler refuses it,
# or the library's default is the safe one.
NO_FINDING = {"S2.7", "S3.19", "S5.19", "S5.21", "S11.2"}

_ROW = re.compile(r"^\| (S\d+\.\d+) \| ([DRL ]+) \| (.+?) \| \[[^]]*\]\(([\w-]+\.md)#([\w-]+)\) \| (.*) \|$", re.MULTILINE)


read = functools.cache(page_blocks.read)


def slug(heading):
    """The anchor of a heading, as GitHub and mkdocs make it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


class TutorialTest(unittest.TestCase):
    def setUp(self):
        self.rows = _ROW.findall((TUTORIAL / "coverage.md").read_text(encoding="utf-8"))

    def blocks(self, page, anchor=None):
        """The blocks of a page, or of the part of it that an anchor names."""
        return [block for block in read(TUTORIAL / page) if anchor in (None, slug(block.heading))]

    def test_each_statement_has_its_row(self):
        wanted = [f"S{section}.{number}" for section, count in enumerate(STATEMENTS) for number in range(count + 1)
                  if number > 0]
        self.assertEqual([row[0] for row in self.rows], wanted)

    def test_each_row_leads_to_a_heading(self):
        for statement, _, _, page, anchor, _ in self.rows:
            with self.subTest(statement=statement):
                headings = re.findall(r"^#+ (.+)$", (TUTORIAL / page).read_text(encoding="utf-8"), re.MULTILINE)
                self.assertIn(anchor, [slug(heading) for heading in headings])

    def test_what_users_can_see_is_shown_by_a_program(self):
        for statement, kinds, _, page, anchor, _ in self.rows:
            if "R" in kinds and page != "index.md":
                with self.subTest(statement=statement, place=f"{page}#{anchor}"):
                    programs = [block for block in self.blocks(page, anchor) if block.kind == "cpp" and block.shown]
                    self.assertTrue(programs)

    def test_each_mistake_is_shown_with_its_finding(self):
        for statement, kinds, _, page, _, findings in self.rows:
            checks = re.findall(r"\[(coro-[\w-]+)\]", findings)
            with self.subTest(statement=statement):
                self.assertEqual(bool(checks), "L" in kinds and statement not in NO_FINDING)
                printed = "".join(block.text for block in self.blocks(page) if block.kind == "console")
                for check in checks:
                    self.assertIn(f"[{check}]", printed)

    def test_there_is_a_chapter_for_each_section(self):
        chapters = sorted(path.name for path in TUTORIAL.glob("[0-9]*.md"))
        self.assertEqual([name[:2] for name in chapters], [f"{number:02}" for number in range(1, 12)])
        index = (TUTORIAL / "index.md").read_text(encoding="utf-8")
        for name in chapters:
            self.assertIn(f"]({name})", index)

    def test_figures_are_used_and_fit_both_colour_schemes(self):
        figures = sorted((TUTORIAL / "figures").glob("*.svg"))
        pages = "".join(path.read_text(encoding="utf-8") for path in TUTORIAL.glob("*.md"))
        self.assertEqual(len(figures), 4)
        for figure in figures:
            with self.subTest(figure=figure.name):
                text = figure.read_text(encoding="utf-8")
                self.assertIsNotNone(xml.fromstring(text).find("{http://www.w3.org/2000/svg}title"))
                self.assertIn("prefers-color-scheme: dark", text)
                self.assertIn(f"](figures/{figure.name})", pages)
