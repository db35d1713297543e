# lint_pages.py - the page of each check has the same form
"""What the sections of docs/checks/ID.md must contain. That the example gives the
shown finding, and that what stands under Instead gives none, is run by test/docs.
"""

import re

import checks_def
from source_tree import Violation

_TEXT = r"```text\n((?:(?!```).*\n)*)```"
_CPP = r"```cpp\n(?:(?!```).*\n)*```"
_STEP = re.compile(r"([123])\. \S.*")


def check(tree):
    try:
        rows = checks_def.parse(tree.text(checks_def.FILE) or "")
    except ValueError:
        return  # lint_checks.py names the line
    for row in rows:
        text = tree.text(row.page)
        if text is not None:  # that there is a page is a rule of lint_checks.py
            yield from _page(tree, row, text)


def _page(tree, row, text):
    if not text.startswith(f"# {row.id}\n"):
        yield Violation(row.page, 1, "the page does not begin with the name of its check", f"write: # {row.id}")
    sections = re.split(r"^## (.+?)[ \t]*$", text, flags=re.MULTILINE)
    headings = tuple(sections[1::2])
    if headings != checks_def.HEADINGS:
        yield Violation(row.page, 1, f"the headings are {', '.join(headings) or 'missing'}",
                        "write, in this order: " + ", ".join(checks_def.HEADINGS))
        return
    line = sections[0].count("\n") + 1
    for heading, section in zip(headings, sections[2::2]):
        what = _FORMS[heading](section, row, tree)
        if what:
            yield Violation(row.page, line, f"'{heading}' {what[0]}", what[1])
        line += section.count("\n")


def _says_something(section, _row, _tree):
    return None if section.strip() else ("is empty", "write it")


def _interleaving(section, _row, _tree):
    """Who does what when, in three lines; where nothing runs, what happens in three steps."""
    blocks = re.findall(_TEXT, section)
    lines = blocks[0].splitlines() if len(blocks) == 1 else []
    numbers = [match[1] for line in lines if (match := _STEP.fullmatch(line))]
    if numbers != ["1", "2", "3"] or len(lines) != 3:
        return "has no interleaving of three lines", "write one block of text: '1. who does what', 2. and 3."
    return None


def _example(section, row, _tree):
    if not re.search(rf"{_CPP}\n+```text\n[^\s:]+:\d+:\d+: warning: .*\[{row.id}\]\n", section):
        return f"shows no finding of {row.id}", "write a block of C++ and below it what corolint prints"
    return None


def _instead(section, _row, _tree):
    return None if re.search(_CPP, section) else ("has no code", "write the example as it should be, in C++")


def _options(section, row, tree):
    declared = set(re.findall(r'"([A-Z]\w+)", Option::Type', tree.text(row.source) or ""))
    shown = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))
    if declared != shown or not declared and not section.lstrip().startswith("None."):
        return ("differs from the options in " + row.source,
                "begin with 'None.', or with a table: | option | default | meaning |")
    return None


def _suppressing(section, row, _tree):
    if not re.search(rf"\((?:[^)]*, )?{row.id}\)", section) or f"`// NOLINT({row.id})`" in section:
        return "does not show a comment with a reason", f"write: // NOLINT({row.id}): REASON"
    return None


_FORMS = {
    "What it finds": _says_something,
    "Why it is bad": _interleaving,
    "Example": _example,
    "Instead": _instead,
    "Options": _options,
    "What it does not find": _says_something,
    "Suppressing": _suppressing,
}
