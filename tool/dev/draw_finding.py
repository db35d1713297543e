#!/usr/bin/env python3
# draw_finding.py - draws a finding as a terminal shows it
"""usage: draw_finding.py [--corolint FILE]

Lints the faulty demo, takes the finding with the longest chain, and writes what
corolint printed of it, with its colours, to docs/figures/finding.svg.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

REPOSITORY = Path(__file__).resolve().parents[2]
DEMO = REPOSITORY / "test/demo"
FILE = REPOSITORY / "docs/figures/finding.svg"
COMMAND = ["check", "-p", "build"]

COLUMNS = 108
ADVANCE, LEADING, SIZE = 8.45, 20, 14  # of a character, of a line; the size of the letters
MARGIN = 18

_HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title">
  <title id="title">{title}</title>
  <style>
    rect {{ fill: #f5f7f9; stroke: #d9dee4; }}
    text {{ font: {size}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1d2329; white-space: pre; }}
    .bold {{ font-weight: 700; }}
    .dim {{ fill: #59636e; }}
    .green {{ fill: #2b6e3a; }}
    .magenta {{ fill: #b3352f; }}
    .cyan {{ fill: #1c5fa6; }}
    @media (prefers-color-scheme: dark) {{
      rect {{ fill: #1c2229; stroke: #303841; }}
      text {{ fill: #dde2e8; }}
      .dim {{ fill: #98a3af; }}
      .green {{ fill: #8fca9b; }}
      .magenta {{ fill: #f0857c; }}
      .cyan {{ fill: #82b7ee; }}
    }}
  </style>
  <rect x="0.5" y="0.5" width="{inner_width}" height="{inner_height}" rx="8"/>
"""

# What an escape sequence of the terminal asks for.
_STYLES = {"1": "bold", "2": "dim", "32": "green", "35": "magenta", "36": "cyan"}
_ESCAPE = re.compile("\x1b\\[([\\d;]*)m")


def longest_finding(corolint):
    """The lines that corolint prints of the finding with the longest chain."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["cmake", "-S", DEMO, "-B", f"{folder}/build", "-DDEMO=faulty"], check=True, capture_output=True)
        lint = subprocess.run([corolint, "check", "-p", f"{folder}/build", "--color", "always"], cwd=DEMO,
                              capture_output=True, text=True)
    if lint.returncode != 1:
        sys.exit(f"draw_finding: corolint ended with {lint.returncode}, not with findings\n{lint.stderr}")
    findings = re.split("\n(?=[^\n]* (?:\x1b[^m]*m)?warning:)", lint.stdout.rstrip("\n"))
    return max(findings, key=lambda text: text.count("note:")).split("\n")


def styled(line):
    """[(text, classes)] of a line with escape sequences."""
    parts, classes = [], ()
    pieces = _ESCAPE.split(line)
    for at, piece in enumerate(pieces):
        if at % 2:
            codes = [code for code in piece.split(";") if code not in ("", "0")]
            unknown = set(codes) - set(_STYLES)
            if unknown:
                sys.exit(f"draw_finding: no style for the terminal's code {sorted(unknown)[0]}")
            classes = tuple(_STYLES[code] for code in codes)
        elif piece:
            parts.append((piece, classes))
    return parts


def wrapped(parts):
    """The parts in lines of the width of the drawing, broken between words."""
    text = "".join(piece for piece, _ in parts)
    if len(text) <= COLUMNS:
        return [parts]
    end = text.rindex(" ", 0, COLUMNS)
    first, rest, at = [], [], 0
    for piece, classes in parts:
        cut = min(max(end + 1 - at, 0), len(piece))
        first.append((piece[:cut], classes))
        rest.append((piece[cut:], classes))
        at += len(piece)
    return [[part for part in first if part[0]], *wrapped([part for part in rest if part[0]])]


def drawing(lines):
    """The SVG of lines with escape sequences, below the command that prints them."""
    command = [("$ ", ("dim",)), (f"corolint {' '.join(COMMAND)}", ("bold",))]
    rows = [command, *(row for line in lines for row in wrapped(styled(line)))]
    width, height = round(COLUMNS * ADVANCE + 2 * MARGIN), len(rows) * LEADING + 2 * MARGIN
    title = escape(_ESCAPE.sub("", lines[0]))
    svg = [_HEAD.format(width=width, height=height, title=title, size=SIZE, inner_width=width - 1,
                        inner_height=height - 1)]
    for number, row in enumerate(rows):
        spans = "".join(f'<tspan class="{" ".join(classes)}">{escape(text)}</tspan>' if classes else escape(text)
                        for text, classes in row)
        svg.append(f'  <text x="{MARGIN}" y="{MARGIN + number * LEADING + SIZE}" xml:space="preserve">{spans}</text>\n')
    return "".join(svg) + "</svg>\n"


def main(arguments):
    parser = argparse.ArgumentParser(description="Draws a finding of the demo.")
    parser.add_argument("--corolint", default=REPOSITORY / "build/bin/corolint", type=Path)
    options = parser.parse_args(arguments)
    FILE.write_text(drawing(longest_finding(options.corolint.resolve())), encoding="utf-8")
    print(f"wrote {FILE.relative_to(REPOSITORY)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
