# stock_tables.py - the tables of docs/comparison.md

import collections

import checks_def
import stock_tools

PAGE = "docs/comparison.md"
BEGIN = "<!-- Generated from tool/dev/stock_tools.json by tool/dev/generate_docs.py: do not edit. -->\n"
END = "<!-- End of what is generated. -->\n"

_FAMILIES = """
| family | mistakes | corolint | clang-tidy | clang | harmless functions | they warn in |
|---|---|---|---|---|---|---|
"""
_CHECKS = """
| check | mistakes | corolint | clang-tidy | clang |
|---|---|---|---|---|
"""
_ABOUT = """
| warning | counts for |
|---|---|
"""
_COUNTED = ("mistakes", "corolint", "tidy", "clang", "harmless", "alarms")


def page(root, text):
    """The page with fresh tables between its marks."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise RuntimeError(f"{PAGE} lost the mark '{(end and BEGIN or END).strip()}'")
    rows = checks_def.parse((root / checks_def.FILE).read_text(encoding="utf-8"))
    return before + begin + tables(rows, stock_tools.load(root)) + "\n" + end + after


def tables(rows, measured):
    """By family, by check, what counted, and what did not."""
    counts = totals(measured)
    return "".join([*_by_family(rows, counts), *_by_check(rows, counts), *_warnings(measured)])


def totals(measured):
    """{check: {what: how many}} of all test cases."""
    counts = collections.defaultdict(collections.Counter)
    for case in measured.values():
        for check, found in case["counts"].items():
            counts[check].update(found)
    return counts


def _by_family(rows, counts):
    yield _FAMILIES
    everything = collections.Counter()
    for family in checks_def.FAMILIES:
        found = collections.Counter()
        for row in rows:
            if row.family == family:
                found.update(counts.get(row.id, {}))
        if found["mistakes"]:
            everything.update(found)
            yield _line(family.replace("color_rules", "colour").replace("_", " "), found, _COUNTED)
    yield _line("**all**", everything, _COUNTED)


def _by_check(rows, counts):
    yield _CHECKS
    for row in sorted(rows, key=lambda row: row.id):
        found = counts.get(row.id)
        if found and (found["tidy"] or found["clang"]):
            yield _line(f"[{row.id}](checks/{row.id}.md)", found, _COUNTED[:4])
    silent = [row.id for row in sorted(rows, key=lambda row: row.id)
              if counts.get(row.id) and not counts[row.id]["tidy"] and not counts[row.id]["clang"]]
    yield f"\nOf the mistakes of the {len(silent)} other checks they find none.\n"


def _warnings(measured):
    yield "\nThese warnings count, for these checks:\n" + _ABOUT
    for name, checks in sorted(stock_tools.ABOUT.items(), key=lambda item: (item[0].startswith(stock_tools.CLANG), item[0])):
        shown = "-W" + name.removeprefix(stock_tools.CLANG) if name.startswith(stock_tools.CLANG) else name
        yield f"| `{shown}` | {', '.join(check.removeprefix('coro-') for check in checks)} |\n"
    other = collections.Counter()
    for case in measured.values():
        other.update(case["other"])
    named = ", ".join(f"`{name}` ({times})" for name, times in sorted(other.items(), key=lambda item: (-item[1], item[0])))
    yield f"\nThese stood on the line of a mistake as well, and do not count, being about something else: {named}.\n"


def _line(name, found, columns):
    return f"| {name} | {' | '.join(str(found[column]) for column in columns)} |\n"
