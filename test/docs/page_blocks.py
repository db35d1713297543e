# page_blocks.py - the fenced blocks of a Markdown page
"""What the fence says is the kind of the block. A comment above the fence, which
no renderer shows, says what the runner cannot see:

    <!-- block: drawing -->              nothing prints this text
    <!-- block: not run: REASON -->      the runner names it and does not run it
    <!-- block: part of: COMMAND -->     the text is a part of what COMMAND prints
    <!-- block: file: NAME -->           the blocks below find this one as a file of that name;
                                         what is below prefix/include counts as installed
    <!-- block: before                   shell commands that run before the block
    mkdir out
    -->
    <!-- block: in                       the text around the block; @ is its place
    int f() {
    @
    }
    -->
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

_FENCE = re.compile(r"^( *)(`{3,})(\w*)[^\n`]*\n(.*?)^\1\2 *$", re.MULTILINE | re.DOTALL)
_OPEN = re.compile(r"^ *`{3,}[^\n]*$", re.MULTILINE)
_COMMENT = re.compile(r"<!--\s*block:\s*(drawing|not run|part of|file|before|in)\b:?((?:(?!<!--).)*?)-->\s*\Z", re.DOTALL)
_HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)


class BadPage(Exception):
    """A page that cannot be read; the text names the line."""


@dataclass
class Block:
    """A fenced block and what belongs to it."""

    page: Path
    line: int                  # of its first line of text
    kind: str                  # the word behind the fence
    text: str
    heading: str = ""          # under which it stands
    order: str = ""            # the word of the comment above it
    argument: str = ""         # what the comment says behind that word
    shown: list = field(default_factory=list)  # text blocks with what this C++ block prints
    in_transcript: bool = False                # a console block below runs corolint on it

    def whole(self):
        """The text with what the page does not show around it."""
        if self.order != "in":
            return self.text
        before, _, after = self.argument.strip("\n").partition("@")
        return before + self.text + after.lstrip("\n") + "\n"


def read(page):
    """The blocks of a page, each with the texts that show its output."""
    text = page.read_text(encoding="utf-8")
    blocks = []
    end = 0
    for match in _FENCE.finditer(text):
        _no_open_fence(page, text, end, match.start())
        end = match.end()
        above = _COMMENT.search(text[:match.start()])
        headings = _HEADING.findall(_without_blocks(text[:match.start()]))
        blocks.append(Block(page, text.count("\n", 0, match.start()) + 2, match[3],
                            re.sub(f"^{match[1]}", "", match[4], flags=re.MULTILINE),
                            headings[-1] if headings else "",
                            above[1] if above else "", above[2] if above else ""))
    _no_open_fence(page, text, end, len(text))
    return _with_outputs(blocks)


def _no_open_fence(page, text, start, end):
    stray = _OPEN.search(text, start, end)
    if stray:
        raise BadPage(f"{page}:{text.count(chr(10), 0, stray.start()) + 1}: this fence is never closed")


def _without_blocks(text):
    return _FENCE.sub("", text)


def _with_outputs(blocks):
    """A text below a C++ block, under the same heading, is what the block prints."""
    kept = []
    code = None
    for block in blocks:
        if block.kind == "cpp":
            code = block
        elif block.kind == "console" and code is not None:
            code.in_transcript = code.in_transcript or ".cpp" in block.text
        is_text = block.kind in ("text", "") and not block.order
        if is_text and code is not None and code.heading == block.heading:
            code.shown.append(block)
        else:
            kept.append(block)
    return kept
