# lint_text.py - names, first lines, marks and paths in files

import re
from pathlib import PurePosixPath

from source_tree import CPP, Violation, is_code, words_of

MOST_WORDS = 10

# A noun that says nothing: the file has no subject, or two.
EMPTY_NOUNS = {"util", "utils", "utility", "utilities", "helper", "helpers", "manager",
               "managers", "common", "misc", "impl"}

# Spelled in pieces so that this file passes its own rules.
_MARK = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"))
                   + r")\b(?!\s*\(?\s*(issue\s*)?#\d)")
_MACHINE = re.compile(r"(?<![\w.})/$-])(/(work|root|farm)/|/tmp/[\w.-]+/|/home/[\w.-]+/)")


def check(tree):
    for file in tree.files:
        yield from _name(file)
        lines = tree.lines(file)
        for number, line in enumerate(lines, 1):
            path = _MACHINE.search(line)
            if path:
                yield Violation(file, number, f"path of one machine: {path.group(0)}",
                                "make it relative, or take it from the environment")
        if is_code(file):
            yield from _first_line(file, lines)
            yield from _marks(file, lines)


def _name(file):
    for word in words_of(PurePosixPath(file).name):
        if word in EMPTY_NOUNS:
            yield Violation(file, 1, f"'{word}' in a file's name says nothing",
                            "name the file after its main noun; if that is hard, split it")


def _marks(file, lines):
    for number, line in enumerate(lines, 1):
        mark = _MARK.search(line)
        if mark:
            yield Violation(file, number, f"{mark.group(1)} without an issue number",
                            f"write {mark.group(1)}(#12), or do it now")


def _first_line(file, lines):
    """`// Name.h - what it is for`, below a #! line where there is one."""
    name = PurePosixPath(file).name
    number = 2 if lines and lines[0].startswith("#!") else 1
    line = lines[number - 1] if len(lines) >= number else ""
    mark = "//" if PurePosixPath(file).suffix in CPP | {".fbs"} else "#"
    if name == "CMakeLists.txt":
        # There are many: the folder is the name.
        if not re.match(r"# \S", line):
            yield Violation(file, number, "no first line that says what this is for",
                            "begin with '# ' and one sentence")
        return
    match = re.match(rf"{re.escape(mark)} (\S+) - (\S.*)$", line)
    if not match:
        yield Violation(file, number, "no first line that says what this is for",
                        f"begin with '{mark} {name} - ' and at most {MOST_WORDS} words")
    elif match.group(1) != name:
        yield Violation(file, number, f"the first line names '{match.group(1)}'",
                        f"write '{mark} {name} - ...'")
    elif len(match.group(2).split()) > MOST_WORDS:
        yield Violation(file, number, f"{len(match.group(2).split())} words in the first line",
                        f"at most {MOST_WORDS}; the rest goes below an empty comment line")
