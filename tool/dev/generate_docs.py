#!/usr/bin/env python3
# generate_docs.py - writes docs/checks/index.md from the list of checks
"""usage: generate_docs.py [--check]

--check writes nothing and fails when the page is stale.
"""

import argparse
import re
import sys
from pathlib import Path

import checks_def

FILE = "docs/checks/index.md"

_HEAD = """\
# Checks

<!-- Generated from checks/Checks.def by tool/dev/generate_docs.py: do not edit. -->

Tier *High* is on by default, *Medium* needs `--strict`, *Low* must be selected by name.
`corolint explain ID` prints the page of a check. [Real bugs](real-bugs.md) are mistakes of public projects, each with the
check that finds it.
"""

TITLES = {
    "await": "Tasks that are not awaited",
    "blocking": "Blocking the event loop",
    "cancellation": "Cancellation",
    "color_rules": "Function colour",
    "hygiene": "Hygiene",
    "lifetime": "Lifetime",
    "suppression": "Comments that suppress",
    "thread": "Threads and locks",
}


_MATRIX = """
## Where each check is proved

Libraries for whose code, as a mock with the real declarations, a test shows a finding; *own types* are task types that no
model knows. What a check finds for one library it finds for each that has the same facts in its model.

| check | tier | fix | libraries |
|---|---|---|---|
"""

_CHECK_LINE = re.compile(r"//\s*(?:[A-Z]+-)?CHECK[A-Z-]*:.*\[(coro-[a-z-]+)\]")
_MOCK = re.compile(r'#include ["<]([a-z_]+)_mock\.h[">]')


# Mocks whose name is not that of a library.
_MEANS = {"task": "own types", "promise": "own types", "asio_use_future": "asio", "clients": "blocking clients"}


def proofs(root):
    """For each check the libraries of the tests that expect a finding, and whether
    a test applies its fix."""
    found = {}
    for test in sorted((root / "test/checks").glob("*.cpp")):
        text = test.read_text(encoding="utf-8")
        names = {_MEANS.get(name, name) for name in _MOCK.findall(text)}
        if "<aio/" in text:
            names.add("aio")
        for check in _CHECK_LINE.findall(text):
            found.setdefault(check, (set(), (root / f"test/checks/{check}-fix.cpp").exists()))[0].update(names)
    return found


def matrix(rows, proved):
    """The table of what is proved; empty without tests."""
    if not proved:
        return ""
    page = [_MATRIX]
    for row in sorted(rows, key=lambda row: row.id):
        libraries, fixed = proved.get(row.id, (set(), False))
        page.append(f"| [{row.id}]({row.id}.md) | {row.tier} | {'yes' if fixed else '-'} | "
                    f"{', '.join(sorted(libraries)) or '-'} |\n")
    return "".join(page)


def index_page(rows, proved=None):
    """The text of docs/checks/index.md."""
    page = [_HEAD]
    for family in checks_def.FAMILIES:
        members = sorted((row for row in rows if row.family == family), key=lambda row: row.id)
        if not members:
            continue
        page.append(f"\n## {TITLES[family]}\n\n| check | tier | since | finds |\n|---|---|---|---|\n")
        for row in members:
            page.append(f"| [{row.id}]({row.id}.md) | {row.tier} | {row.since} | {row.summary} |\n")
    return "".join(page) + matrix(rows, proved)


def write(root):
    """Brings the page up to date; returns its path."""
    rows = checks_def.parse((root / checks_def.FILE).read_text(encoding="utf-8"))
    path = root / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(index_page(rows, proofs(root)), encoding="utf-8")
    return path


def main(arguments):
    parser = argparse.ArgumentParser(description="Writes docs/checks/index.md from checks/Checks.def.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is stale")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2],
                        help="the repository (default: the one this script is in)")
    options = parser.parse_args(arguments)
    if not options.check:
        print(f"wrote {write(options.root).relative_to(options.root)}")
        return 0
    rows = checks_def.parse((options.root / checks_def.FILE).read_text(encoding="utf-8"))
    path = options.root / FILE
    if path.exists() and path.read_text(encoding="utf-8") == index_page(rows, proofs(options.root)):
        return 0
    print(f"{FILE}:1: stale; run: python3 tool/dev/generate_docs.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
