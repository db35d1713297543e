#!/usr/bin/env python3
# lint_repo.py - enforces the rules of CONTRIBUTING.md on this repository
"""Prints `file:line: what is wrong; how to mend it` and fails when there is any."""

import argparse
import sys
from pathlib import Path

import lint_checks
import lint_docs
import lint_format
import lint_layers
import lint_pages
import lint_sizes
import lint_text
from source_tree import SourceTree

RULES = {
    "layers": lint_layers.check,
    "sizes": lint_sizes.check,
    "text": lint_text.check,
    "format": lint_format.check,
    "checks": lint_checks.check,
    "docs": lint_docs.check,
    "pages": lint_pages.check,
}


def lint(root, rules=None):
    """The violations of the named rules (default: all), sorted."""
    tree = SourceTree(root)
    found = []
    for name in rules or RULES:
        found += RULES[name](tree)
    return sorted(set(found))


def main(arguments):
    parser = argparse.ArgumentParser(description="Enforces the rules of CONTRIBUTING.md.")
    parser.add_argument("rules", nargs="*", metavar="RULE",
                        help=f"one of: {', '.join(RULES)} (default: all)")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2],
                        help="the repository (default: the one this script is in)")
    options = parser.parse_args(arguments)
    unknown = [rule for rule in options.rules if rule not in RULES]
    if unknown:
        parser.error(f"unknown rule '{unknown[0]}'; rules are {', '.join(RULES)}")
    found = lint(options.root, options.rules)
    for violation in found:
        print(violation)
    print(f"{len(found)} violations" if found else "no violations", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
