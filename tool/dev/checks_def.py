# checks_def.py - reads checks/Checks.def, the list of checks

import re
from dataclasses import dataclass

FILE = "checks/Checks.def"
TIERS = ("Low", "Medium", "High")

# Folders of checks/ that hold checks: kinds of failure, never maturity.
FAMILIES = (
    "await",
    "blocking",
    "cancellation",
    "color_rules",
    "hygiene",
    "lifetime",
    "suppression",
    "thread",
)

# What each page in docs/checks says, in this order.
HEADINGS = (
    "What it finds",
    "Why it is bad",
    "Example",
    "Instead",
    "Options",
    "What it does not find",
    "Suppressing",
)

_ROW = re.compile(
    r"^CHECK\(\s*(?P<word>\w+),\s*(?P<name>\w+),\s*(?P<family>\w+),\s*(?P<tier>\w+),"
    r'\s*"(?P<since>[^"]*)",\s*"(?P<summary>[^"]*)"\s*\)',
    re.MULTILINE,
)


@dataclass(frozen=True)
class CheckRow:
    """One CHECK line."""

    word: str  # blocking_call
    name: str  # BlockingCall
    family: str
    tier: str
    since: str
    summary: str
    line: int = 0

    @property
    def id(self):
        """What users see: coro-blocking-call."""
        return "coro-" + self.word.replace("_", "-")

    @property
    def source(self):
        return f"checks/{self.family}/{self.name}.cpp"

    @property
    def page(self):
        return f"docs/checks/{self.id}.md"

    @property
    def test(self):
        return f"test/checks/{self.id}.cpp"

    def written(self):
        """The row as Checks.def holds it."""
        return (
            f'CHECK({self.word}, {self.name}, {self.family}, {self.tier}, "{self.since}",\n'
            f'      "{self.summary}")\n'
        )


def parse(text):
    """The rows of Checks.def, in its order. ValueError when a line is not one."""
    rows = []
    for match in _ROW.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        rows.append(CheckRow(**match.groupdict(), line=line))
    written = len(re.findall(r"^CHECK\(", text, re.MULTILINE))
    if written != len(rows):
        raise ValueError(f"{written} lines begin with CHECK( but {len(rows)} can be read")
    return rows
