#!/usr/bin/env python3
# new_check.py - makes the five pieces of a new check
"""usage: new_check.py NAME FAMILY "SUMMARY"

NAME names the bad pattern and reads well after "allow": lock-across-suspend.
Writes the check, its page, its lit test, its row in Checks.def and its line in
CHANGELOG.md, and brings docs/checks/index.md up to date. The new test fails
until the check is written.
"""

import argparse
import re
import sys
from pathlib import Path

import checks_def
import generate_docs

_CURES = ("no-", "disallow-", "avoid-", "forbid-", "prefer-", "require-", "use-", "must-")
# Ids that the field knows, whatever the rule says.
_CATALOGUED = {"no-suspend-loop", "prefer-task-group"}
_LONGEST_SUMMARY = 80


class Refused(Exception):
    """The new check would break a rule."""


def row_for(name, family, summary, rows, since):
    """The row of the new check; Refused says which rule it breaks."""
    name = name.removeprefix("coro-")
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", name):
        raise Refused(f"'{name}' is no id: write two or more lower-case words joined by '-'")
    for cure in _CURES:
        if name.startswith(cure) and name not in _CATALOGUED:
            raise Refused(f"'{name}' names the cure: name the bad pattern, so that "
                          f"'allow {name[len(cure):].replace('-', ' ')}' reads well")
    if family not in checks_def.FAMILIES:
        raise Refused(f"unknown family '{family}': choose from {', '.join(checks_def.FAMILIES)}")
    if not re.fullmatch(r'[a-z][^"\\\n]*[^.\s"\\]', summary) or len(summary) > _LONGEST_SUMMARY:
        raise Refused(f"the summary must be one line of at most {_LONGEST_SUMMARY} characters, "
                      "begin in lower case, and have no quotes and no final period")
    words = name.split("-")
    row = checks_def.CheckRow("_".join(words), "".join(word.capitalize() for word in words),
                              family, "Low", since, summary)
    if row.id in {other.id for other in rows}:
        raise Refused(f"{row.id} exists already")
    return row


def source_of(row):
    return f"""\
// {row.name}.cpp - words the findings of {row.id}

#include "checks/Check.h"

namespace corolint {{

namespace {{

class {row.name}Check : public Check {{
public:
  void checkFunction(const Analysis &, const FunctionBody &, const OptionValues &,
                     std::vector<facts::Finding> &) const override {{
    // A finder in checks/extract answers what the test asks; word it here.
  }}
}};

}} // namespace

std::unique_ptr<Check> make{row.name}() {{
  return std::make_unique<{row.name}Check>();
}}

}} // namespace corolint
"""


def page_of(row):
    sentence = row.summary[0].upper() + row.summary[1:] + "."
    below = {
        "What it finds": sentence,
        "Why it is bad": "```text\n1. who runs, and does what\n2. who runs then\n3. what breaks\n```",
        "Example": "```cpp\n// code that is reported\n```\n\n"
                   f"```text\nexample.cpp:1:1: warning: what corolint prints of it [{row.id}]\n```",
        "Instead": "```cpp\n// the same, mended\n```",
        "Options": "None.",
        "What it does not find": "What is left out on purpose, and why.",
        "Suppressing": f"`// NOLINT({row.id}): REASON` on the line of the finding, "
                       f"or `// NOLINTNEXTLINE({row.id}): REASON` above it.",
    }
    sections = "".join(f"\n## {heading}\n\n{below[heading]}\n" for heading in checks_def.HEADINGS)
    return f"# {row.id}\n{sections}"


def test_of(row):
    return f"""\
// {row.id}.cpp - {' '.join(row.summary.split()[:10])}
// RUN: %findings %s %flags | %expect %s

#include <aio/aio.h>

// Replace by the smallest code that must be reported ...
aio::Coro<> bad_{row.word}() {{
  // CHECK: :[[@LINE+1]]:3: warning: {{{{.*}}}} [{row.id}]
  co_return;
}}

// ... and by its nearest harmless relative.
aio::Coro<> good_{row.word}() {{ co_return; }}
"""


def with_changelog_line(text, row):
    """CHANGELOG.md with the check below the newest 'Added'."""
    match = re.search(r"^## \[?Unreleased\]?.*?^### Added\n\n?", text, re.MULTILINE | re.DOTALL)
    if not match:
        raise Refused("CHANGELOG.md has no '### Added' below '## [Unreleased]'")
    return text[:match.end()] + f"- `{row.id}`: {row.summary}.\n" + text[match.end():]


def version_of(root):
    """MAJOR.MINOR of the project."""
    match = re.search(r"project\(\s*corolint\s+VERSION\s+(\d+\.\d+)", (root / "CMakeLists.txt").read_text())
    if not match:
        raise Refused("CMakeLists.txt does not say project(corolint VERSION ...)")
    return match.group(1)


def make(root, name, family, summary):
    """Writes everything; returns the row and the paths of new files."""
    listed = (root / checks_def.FILE).read_text(encoding="utf-8")
    row = row_for(name, family, summary, checks_def.parse(listed), version_of(root))
    new = {row.source: source_of(row), row.page: page_of(row), row.test: test_of(row)}
    for file in new:
        if (root / file).exists():
            raise Refused(f"{file} exists already")
    changelog = with_changelog_line((root / "CHANGELOG.md").read_text(encoding="utf-8"), row)

    for file, text in new.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")
    (root / checks_def.FILE).write_text(listed.rstrip("\n") + "\n" + row.written(), encoding="utf-8")
    (root / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    for file, text in generate_docs.pages_of_checks(root).items():
        (root / file).write_text(text, encoding="utf-8")
    return row, list(new)


def main(arguments):
    parser = argparse.ArgumentParser(description="Makes the five pieces of a new check.")
    parser.add_argument("name", help="the bad pattern: lock-across-suspend")
    parser.add_argument("family", help=", ".join(checks_def.FAMILIES))
    parser.add_argument("summary", help="one line, lower case, no final period")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2],
                        help="the repository (default: the one this script is in)")
    options = parser.parse_args(arguments)
    try:
        row, new = make(options.root, options.name, options.family, options.summary)
    except Refused as reason:
        print(f"new_check.py: {reason}", file=sys.stderr)
        return 2
    for file in new:
        print(f"wrote {file}")
    print(f"added {row.id} to {checks_def.FILE}, CHANGELOG.md, {generate_docs.FILE} and README.md")
    print(f"now make {row.test} fail for the right reason, then write {row.source}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
