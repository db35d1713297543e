# test_finding_picture.py - the picture shows what corolint prints

import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from block_tools import COROLINT, REPOSITORY  # noqa: E402

sys.path.insert(0, str(REPOSITORY / "tool/dev"))

import draw_finding  # noqa: E402


class FindingPictureTest(unittest.TestCase):
    maxDiff = None

    def test_it_is_what_corolint_prints_of_the_demo(self):
        drawn = draw_finding.drawing(draw_finding.longest_finding(COROLINT))
        self.assertEqual(draw_finding.FILE.read_text(encoding="utf-8"), drawn,
                         "stale; run: python3 tool/dev/draw_finding.py")

    def test_long_lines_break_between_words_and_keep_their_colours(self):
        words = " ".join(["word"] * 40)
        rows = draw_finding.wrapped(draw_finding.styled(f"\x1b[1m{words}\x1b[0m end"))
        self.assertEqual("".join(text for row in rows for text, _ in row), f"{words} end")
        for row in rows:
            text = "".join(piece for piece, _ in row).rstrip()
            self.assertLessEqual(len(text), draw_finding.COLUMNS)
            self.assertRegex(text, r"^word.*(word|end)$")
        self.assertEqual(rows[-1][-1], (" end", ()))

    def test_a_colour_without_a_style_is_refused(self):
        with self.assertRaisesRegex(SystemExit, "no style for the terminal's code 95"):
            draw_finding.styled("\x1b[95mpink\x1b[0m")
