#!/usr/bin/env python3
# generate_docs.py - writes the pages that are made from sources
"""usage: generate_docs.py [--check]

Writes docs/checks/index.md and the tables of README.md from the list of checks,
docs/reference/aio from the comments of aio's headers, and the tables of
docs/comparison.md from what was measured. --check writes nothing and fails when
a page is stale.
"""

import argparse
import re
import sys
from pathlib import Path

import aio_reference
import checks_def
import header_contracts
import readme_tables
import stock_tables

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


def pages_of_checks(root):
    """{path: text} of what is made from the list of checks"""
    rows = checks_def.parse((root / checks_def.FILE).read_text(encoding="utf-8"))
    made = {FILE: index_page(rows, proofs(root))}
    if (root / readme_tables.FILE).exists():
        made[readme_tables.FILE] = readme_tables.page(root, rows, TITLES, FILE)
    return made


def pages(root):
    """{path of a generated page: its text}"""
    made = pages_of_checks(root)
    if (root / header_contracts.FOLDER / "aio.h").exists():
        made.update(aio_reference.pages(root))
    if (root / stock_tables.PAGE).exists():
        made[stock_tables.PAGE] = stock_tables.page(root, (root / stock_tables.PAGE).read_text(encoding="utf-8"))
    return made


def stale(root, made):
    """Paths of pages that are missing, differ or are made no more."""
    found = [file for file, text in made.items()
             if not (root / file).exists() or (root / file).read_text(encoding="utf-8") != text]
    left = [path.relative_to(root).as_posix() for path in (root / aio_reference.FOLDER).glob("*.md")]
    return sorted(found + [file for file in left if file not in made])


def bring_up_to_date(root, made):
    """Writes what is stale and removes what is made no more."""
    for file in stale(root, made):
        if file in made:
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_text(made[file], encoding="utf-8")
            print(f"wrote {file}")
        else:
            (root / file).unlink()
            print(f"removed {file}")


def main(arguments):
    parser = argparse.ArgumentParser(description="Writes the pages that are made from sources.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is stale")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2],
                        help="the repository (default: the one this script is in)")
    options = parser.parse_args(arguments)
    try:
        made = pages(options.root)
    except RuntimeError as error:
        print(f"generate_docs.py: {error}", file=sys.stderr)
        return 2
    if not options.check:
        bring_up_to_date(options.root, made)
        return 0
    found = stale(options.root, made)
    for file in found:
        print(f"{file}:1: stale; run: python3 tool/dev/generate_docs.py", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
