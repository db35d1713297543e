# aio_reference.py - docs/reference/aio, from the headers' comments

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

import header_contracts

FOLDER = "docs/reference/aio"
_MARK = ("<!-- Generated from runtime/include/aio/{file} by tool/dev/generate_docs.py: "
         "do not edit. -->")
_INDEX = """\
# aio, header by header

<!-- Generated from runtime/include/aio by tool/dev/generate_docs.py: do not edit. -->

The contract of every public name, from the comments of the headers. [aio](../../aio.md) is the guide, the
[tutorial](../../tutorial/index.md) introduces it chapter by chapter. `<aio/aio.h>` includes all headers.

For what can be awaited a table says when it *suspends*, from where it *resumes* the one who waits, what happens when that
one is *cancelled*, and what must live how long.

| header | what it is | names |
|---|---|---|
"""
_CODE = re.compile(r"`[^`]*`|~?\b\w+(?:::~?\w+)+(?:\(\))?|\b\w+\(\)|\b[A-Z]\w*[a-z]\w*[A-Z]\w*\b|\b\w+_\w+\b")


def pages(root):
    """{path of a page: its text}; RuntimeError when the headers cannot be read."""
    headers = header_contracts.read(root)
    headers.pop("aio.h", None)
    links = _Links(headers)
    texts = {file: (root / header_contracts.FOLDER / file).read_text(encoding="utf-8") for file in headers}
    purposes = {file: text.partition("\n")[0].partition(" - ")[2] for file, text in texts.items()}
    made = {f"{FOLDER}/index.md": _index(headers, purposes, links)}
    for file, entries in headers.items():
        made[f"{FOLDER}/{PurePosixPath(file).stem}.md"] = _page(file, purposes[file], entries, links)
    return made


@dataclass(frozen=True)
class _Here:
    """Where a text stands: on which page, in which class."""

    page: str
    scope: str = ""


class _Links:
    """Where a name is described; only names that mean one thing."""

    def __init__(self, headers):
        self._places = {}
        self._members = {member.name for entries in headers.values() for entry in entries for member in entry.members}
        for file, entries in headers.items():
            for entry in entries:
                self._note(entry.name, file, entry)
                for member in entry.members:
                    if member.comment and member.kind == "function":
                        self._note(member.name, file, member)

    def _note(self, name, file, entry):
        place = (PurePosixPath(file).stem + ".md", anchor(heading(entry)))
        self._places.setdefault(name, place)

    def shown(self, name, here):
        """The name as code, with a link to where it is described."""
        plain = name.removeprefix("aio::").removesuffix("()").replace("~", "")
        place = self._places.get(plain)
        if place is None or plain == here.scope or f"{here.scope}::{plain}" in self._members:
            return f"`{name}`"
        return f"[`{name}`]({'' if place[0] == here.page else place[0]}#{place[1]})"


def heading(entry):
    """`class Sleep` and `sleep`: two names that differ in more than their letters' size."""
    word = re.search(r"\b(class|struct|enum)\b", entry.declarations[0])
    return f"{word[1]} {entry.name}" if entry.kind == "type" and word else entry.name


def anchor(text):
    """The anchor of a heading, as GitHub and the site make it."""
    return re.sub(r"[^\w -]", "", text.lower()).replace(" ", "-")


def _index(headers, purposes, links):
    page = [_INDEX]
    for file, entries in headers.items():
        names = dict.fromkeys(links.shown(entry.name, _Here("index.md")) for entry in entries)
        page.append(f"| [aio/{file}]({PurePosixPath(file).stem}.md) | {purposes[file]} | {', '.join(names)} |\n")
    return "".join(page)


def _page(file, purpose, entries, links):
    here = _Here(PurePosixPath(file).stem + ".md")
    sentence = purpose[0].upper() + purpose[1:]
    page = [f"# aio/{file}\n\n{_MARK.format(file=file)}\n\n{sentence}. All headers: [index](index.md).\n"]
    for group in _by_name(entries):
        page.append(_entry(group, 2, here, links))
    return "".join(page)


def _by_name(entries):
    """Entries of one name side by side, at the place of the first."""
    groups = {}
    for entry in entries:
        groups.setdefault(entry.name, []).append(entry)
    return groups.values()


def _entry(group, level, here, links):
    """Heading, declarations and contracts of one name."""
    parts = [f"\n{'#' * level} {heading(group[0])}\n"]
    for entry in group:
        parts.append(f"\n```cpp\n{_declaration(entry)}\n```\n")
        inside = _Here(here.page, entry.name) if entry.kind == "type" else here
        parts.append(_contract(entry, inside, links))
        if entry.kind == "type":
            parts.append(_members(entry, level, inside, links))
    return "".join(parts)


def _declaration(entry):
    if entry.kind != "type":
        return "\n".join(_ended(one) for one in entry.declarations)
    inside = [text for member in entry.members if not member.comment for text in member.declarations
              if not re.search(r"\bdetail::|\bpromise_type\b|\bco_await\b|\boverride$", text)]
    if not inside:
        return _ended(entry.declarations[0])
    return "\n".join([entry.declarations[0] + " {", *(f"    {_ended(one)}" for one in inside), "};"])


def _ended(declaration):
    # Callers pass a pointer; that it notes the place is not their business.
    shown = re.sub(r"\bdetail::Placed<(\w+)(?:, true)?> ", r"\1* ", declaration)
    return shown.rstrip(" ;") + ";"


def _contract(entry, here, links):
    """The comment as Markdown, with the facts of what can be awaited as a table."""
    before, behind = ("".join(f"\n{part}\n" for part in _paragraphs(text, here, links)) for text in entry.prose())
    rows = "".join(f"| {fact} | {_marked(said, here, links)} |\n" for fact, said in entry.facts().items())
    return before + (f"\n| awaiting it | |\n|---|---|\n{rows}" if rows else "") + behind


def _paragraphs(comment, here, links):
    for part in re.split(r"\n{2,}", comment):
        lines = part.strip("\n").splitlines()
        while lines:
            code = lines[0].startswith("    ")
            count = next((at for at, line in enumerate(lines) if line.startswith("    ") != code), len(lines))
            taken, lines = lines[:count], lines[count:]
            if code:
                yield "\n".join(taken)
            else:
                yield _marked(" ".join(line.strip() for line in taken), here, links)


def _marked(text, here, links):
    """Prose of a comment with its names as code."""
    text = re.sub(r"\\p ([\w~]+(?:::\w+)*)", r"`\1`", text)
    pieces = []
    end = 0
    for match in _CODE.finditer(text):
        pieces.append(_plain(text[end:match.start()]))
        name = match[0]
        pieces.append(name if name.startswith("`") else links.shown(name, here))
        end = match.end()
    return "".join(pieces) + _plain(text[end:])


def _plain(text):
    return text.replace("<", "&lt;").replace("*", "\\*").replace("|", "\\|")


def _members(entry, level, here, links):
    """Fields in one table; functions and types under a heading each."""
    documented = [member for member in entry.members if member.comment]
    values = [member for member in documented if member.kind == "value"]
    text = ""
    if values:
        rows = "".join(f"| `{_cell(member)}` | {' '.join(_paragraphs(member.comment, here, links))} |\n"
                       for member in values)
        text = f"\n| member | meaning |\n|---|---|\n{rows}"
    if entry.bases:
        text += f"\nIt has also what {' and '.join(links.shown(base, here) for base in entry.bases)} has.\n"
    rest = [member for member in documented if member.kind != "value"]
    return text + "".join(_entry(group, level + 1, here, links) for group in _by_name(rest))


def _cell(member):
    return " ".join(member.declarations[0].split()).replace("|", "\\|")
