# lint_checks.py - the list of checks and the pieces of each

import re
from pathlib import PurePosixPath

import checks_def
import generate_docs
from source_tree import CPP, Violation, is_code, without_comments


def check(tree):
    text = tree.text(checks_def.FILE)
    if text is None:
        yield Violation(checks_def.FILE, 1, "the list of checks is missing", "restore it")
        return
    try:
        rows = checks_def.parse(text)
    except ValueError as error:
        yield Violation(checks_def.FILE, 1, str(error), "mend the line")
        return
    yield from _rows(rows)
    for row in rows:
        yield from _pieces(tree, row)
    yield from _strays(tree, rows)
    yield from _second_lists(tree, rows)
    yield from _index(tree, rows)


def _rows(rows):
    seen = set()
    for row in rows:
        at = (checks_def.FILE, row.line)
        if row.id in seen:
            yield Violation(*at, f"{row.id} is listed twice", "remove one row")
        seen.add(row.id)
        if row.family not in checks_def.FAMILIES:
            yield Violation(*at, f"unknown family '{row.family}'",
                            "families are " + ", ".join(checks_def.FAMILIES))
        if row.tier not in checks_def.TIERS:
            yield Violation(*at, f"unknown tier '{row.tier}'", "tiers are " + ", ".join(checks_def.TIERS))
        if row.name != "".join(word.capitalize() for word in row.word.split("_")):
            yield Violation(*at, f"class '{row.name}' does not match '{row.word}'",
                            "the class is the id in camel case")


def _pieces(tree, row):
    """A check is one .cpp, one page, one lit test, one row, one changelog line."""
    at = (checks_def.FILE, row.line)
    if row.source not in tree.files:
        yield Violation(*at, f"{row.id} has no {row.source}", "write it, or remove the row")
    if not any(_is_test_of(row, file) for file in tree.files):
        yield Violation(*at, f"{row.id} has no {row.test}", "write the test first")
    if not _names(row.id).search(tree.text("CHANGELOG.md") or ""):
        yield Violation(*at, f"{row.id} has no line in CHANGELOG.md", "say what users will notice")
    if row.page not in tree.files:
        yield Violation(*at, f"{row.id} has no {row.page}", "write it: 'corolint explain' prints it")


def _is_test_of(row, file):
    stem = f"test/checks/{row.id}"
    return file.startswith(stem) and re.match(r"(\.cpp|-[\w-]+\.cpp|/.+)$", file[len(stem):])


def _strays(tree, rows):
    """A page, test folder or check that no row names."""
    sources = {row.source for row in rows}
    pages = {row.page for row in rows}
    for file in tree.files:
        path = PurePosixPath(file)
        if path.match("docs/checks/coro-*.md") and file not in pages:
            yield Violation(file, 1, "page of a check that Checks.def does not list", "add its row")
        in_family = path.parent.as_posix() in {f"checks/{family}" for family in checks_def.FAMILIES}
        if in_family and path.suffix == ".cpp" and file not in sources:
            yield Violation(file, 1, "check that Checks.def does not list",
                            "add its row with tool/dev/new_check.py; shared code goes to extract/ or model/")


def _second_lists(tree, rows):
    """Code that names nearly all checks is a second list: it will drift."""
    if len(rows) < 4:
        return
    limit = -(-len(rows) * 4 // 5)
    for file in tree.files:
        if not is_code(file) or file == checks_def.FILE:
            continue
        text = tree.text(file) or ""
        if PurePosixPath(file).suffix in CPP:
            text = without_comments(text)
        named = [match for row in rows if (match := _names(row.id, row.name).search(text))]
        if len(named) >= limit:
            first = min(match.start() for match in named)
            yield Violation(file, text.count("\n", 0, first) + 1,
                            f"names {len(named)} of {len(rows)} checks: a second list",
                            f"expand or read {checks_def.FILE} instead")


def _names(*names):
    """A pattern for one of the names as a whole word."""
    return re.compile(rf"(?<![\w-])({'|'.join(names)})(?![\w-])")


def _index(tree, rows):
    if tree.text(generate_docs.FILE) != generate_docs.index_page(rows, generate_docs.proofs(tree.root)):
        yield Violation(generate_docs.FILE, 1, "not what Checks.def says",
                        "run: python3 tool/dev/generate_docs.py")
