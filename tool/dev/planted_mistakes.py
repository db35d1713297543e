# planted_mistakes.py - the mistakes that a lit test has on purpose
"""A mistake is a line that the test expects to be reported, or a function that is
called known_miss_...: nothing reports it yet.
"""

import re
from dataclasses import dataclass

_RUN = re.compile(r"RUN: %findings (?![^|\n]*--fixed)[^|\n]*%s %flags([^|\n]*)")
_EXPECTED = re.compile(r"//\s*(?:[A-Z]+-)?CHECK[A-Z-]*:[^\[]*\[\[@LINE([+-]\d+)\]\].*?(?:warning|error):")
_CHECK = re.compile(r"\[(coro-[a-z-]+)\]")
_FUNCTION = re.compile(r"^( *)(?!//)\S.*\b(good|known_miss)_\w+\(")


@dataclass(frozen=True)
class Mistake:
    """A place that is wrong."""

    line: int            # of the expected finding, or where the function begins
    check: str           # empty when the test does not say
    body: tuple = ()     # the lines of a function whose mistake nothing reports


@dataclass(frozen=True)
class Case:
    """What a lit test says of its own code."""

    check: str           # that the file is named after
    flags: tuple
    mistakes: tuple
    harmless: tuple      # lines of each function that must be silent


def files(folder):
    """Names of the lit tests that are one file of code each."""
    return sorted(path.name for path in folder.glob("*.cpp")
                  if _RUN.search(path.read_text(encoding="utf-8")))


def read(path, rows):
    """The mistakes of a lit test, in order of their lines."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    ids = sorted((row.id for row in rows if (path.stem + "-").startswith(row.id + "-")), key=len)
    check = ids[-1] if ids else ""
    expected = {}
    for number, line in enumerate(lines, 1):
        match = _EXPECTED.search(line)
        if match:
            named = _CHECK.search(line)
            place = number + int(match[1])
            expected[place, named[1] if named else check] = Mistake(place, named[1] if named else check)
    functions = {kind: [] for kind in ("good", "known_miss")}
    for number, line in enumerate(lines, 1):
        match = _FUNCTION.match(line)
        if match and not line.rstrip().endswith(";"):
            functions[match[2]].append(_body(lines, number, match[1]))
    missed = [Mistake(body[0], check, body) for body in functions["known_miss"]]
    more = _RUN.search(text)
    flags = more[1].replace("%S", str(path.parent)).split() if more else []
    return Case(check, ("-std=c++20", *flags), tuple(sorted([*expected.values(), *missed], key=lambda one: one.line)),
                    tuple(functions["good"]))


def _body(lines, first, indent):
    """The lines of the function that begins at `first`."""
    last = first
    if not re.search(r"\}\s*(//.*)?$", lines[first - 1]):
        while last < len(lines) and lines[last].rstrip() != indent + "}":
            last += 1
        last += 1
    return tuple(range(first, last + 1))
