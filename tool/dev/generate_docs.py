#!/usr/bin/env python3
# generate_docs.py - writes docs/checks/index.md from the list of checks
"""usage: generate_docs.py [--check]

--check writes nothing and fails when the page is stale.
"""

import argparse
import sys
from pathlib import Path

import checks_def

FILE = "docs/checks/index.md"

_HEAD = """\
# Checks

<!-- Generated from checks/Checks.def by tool/dev/generate_docs.py: do not edit. -->

Tier *High* is on by default, *Medium* needs `--strict`, *Low* must be selected by name.
`corolint explain ID` prints the page of a check.
"""

_TITLES = {
    "await": "Tasks that are not awaited",
    "blocking": "Blocking the event loop",
    "cancellation": "Cancellation",
    "color_rules": "Function colour",
    "hygiene": "Hygiene",
    "lifetime": "Lifetime",
    "thread": "Threads and locks",
}


def index_page(rows):
    """The text of docs/checks/index.md."""
    page = [_HEAD]
    for family in checks_def.FAMILIES:
        members = sorted((row for row in rows if row.family == family), key=lambda row: row.id)
        if not members:
            continue
        page.append(f"\n## {_TITLES[family]}\n\n| check | tier | since | finds |\n|---|---|---|---|\n")
        for row in members:
            page.append(f"| [{row.id}]({row.id}.md) | {row.tier} | {row.since} | {row.summary} |\n")
    return "".join(page)


def write(root):
    """Brings the page up to date; returns its path."""
    rows = checks_def.parse((root / checks_def.FILE).read_text(encoding="utf-8"))
    path = root / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(index_page(rows), encoding="utf-8")
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
    if path.exists() and path.read_text(encoding="utf-8") == index_page(rows):
        return 0
    print(f"{FILE}:1: stale; run: python3 tool/dev/generate_docs.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
