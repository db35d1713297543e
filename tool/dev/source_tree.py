# source_tree.py - the files of a repository, as the rules see them

import os
import re
from dataclasses import dataclass
from pathlib import Path

CPP = {".cpp", ".h", ".def"}
CODE = CPP | {".py", ".sh", ".cmake", ".fbs"}
DATA = ("test/conformance/py/",)  # programs of others, kept byte for byte
SKIPPED_FOLDERS = re.compile(r"^(\.git|\.cache|__pycache__|build(-.*)?)$")


@dataclass(frozen=True, order=True)
class Violation:
    """One broken rule: where, what, and how to mend it."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.what}; {self.mend}"


class SourceTree:
    """A repository's files by their path relative to its root, sorted."""

    def __init__(self, root):
        self.root = Path(root)
        self.files = []
        for folder, inner, names in os.walk(self.root):
            inner[:] = sorted(name for name in inner if not SKIPPED_FOLDERS.match(name))
            above = Path(folder).relative_to(self.root)
            self.files += [(above / name).as_posix() for name in names if not SKIPPED_FOLDERS.match(name)]
        self.files.sort()
        self._texts = {}

    def text(self, file):
        """The text of a file, or None when it is not UTF-8 text."""
        if file not in self._texts:
            try:
                data = (self.root / file).read_text(encoding="utf-8")
            except (UnicodeDecodeError, OSError):
                data = None
            self._texts[file] = None if data is None or "\0" in data else data
        return self._texts[file]

    def lines(self, file):
        """The lines of a file; none when it is not text."""
        return (self.text(file) or "").splitlines()

    def code(self):
        """Source files held to the rules of style."""
        return [file for file in self.files if is_code(file)]


def is_code(file):
    """True for sources that people write here, apart from inputs of tests."""
    path = Path(file)
    known = path.suffix in CODE or path.name == "CMakeLists.txt"
    return known and "Inputs" not in path.parts and not file.startswith(DATA)


def words_of(name):
    """The words of a file's name: 'BlockingCall.cpp' gives blocking, call, cpp."""
    parts = re.split(r"[^A-Za-z0-9]+", re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name))
    return [part.lower() for part in parts if part]


_CPP_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/'
    r'|R"(?P<delimiter>[^(\s]{0,16})\(.*?\)(?P=delimiter)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'",
    re.DOTALL,
)


def without_comments(text, keep_strings=True):
    """C++ text with comments blanked (and strings, if asked); lines stay."""

    def blank(match):
        piece = match.group(0)
        if keep_strings and piece[0] in "\"'R":
            return piece
        return re.sub(r"[^\n]", " ", piece)

    return _CPP_TOKEN.sub(blank, text)
