# header_contracts.py - the public names of aio, with their contracts
"""Reads runtime/include/aio/*.h with libclang. A contract is a `///` comment; an
overload below a documented one of the same name shares it, as lint_docs.py says.
"""

import re
import sys
from dataclasses import dataclass, field

FOLDER = "runtime/include/aio"
LIBRARY = "/usr/lib/llvm-22/lib/libclang-22.so.22"
FACTS = ("Suspends", "Resumes", "Cancelled", "Lifetime")

# Public for the library's own headers only.
_INTERNAL = "For the other headers of aio."
_TYPES = {"CLASS_DECL", "STRUCT_DECL", "CLASS_TEMPLATE", "ENUM_DECL"}
_FUNCTIONS = {"FUNCTION_DECL", "FUNCTION_TEMPLATE", "CXX_METHOD", "CONSTRUCTOR", "DESTRUCTOR", "CONVERSION_FUNCTION"}
_VALUES = {"FIELD_DECL", "VAR_DECL", "ENUM_CONSTANT_DECL"}
_ALIASES = {"TYPE_ALIAS_DECL", "TYPE_ALIAS_TEMPLATE_DECL", "TYPEDEF_DECL", "CONCEPT_DECL"}
_USING = {"USING_DECLARATION"}
# libclang ends a declaration before or inside of these words.
_ENDING = re.compile(r"(?:t(?=;))?(?:\s*=\s*(?:default|delete)(?=;))?")


@dataclass
class Entry:
    """A public name: its declarations, its contract and what is inside it."""

    name: str                                    # as a user writes it behind aio::
    kind: str                                    # type, function, value, alias
    declarations: list = field(default_factory=list)
    comment: str = ""                            # without the marks
    members: list = field(default_factory=list)
    bases: list = field(default_factory=list)

    def facts(self):
        """{fact of an awaitable: what the comment says of it}"""
        found = {}
        for fact in FACTS:
            match = re.search(rf"^{fact}: +(.*(?:\n {{4,}}.*)*)", self.comment, re.MULTILINE)
            if match:
                found[fact] = " ".join(match[1].split())
        return found

    def prose(self):
        """The comment before its facts and what comes behind them."""
        run = re.compile(rf"^(?:(?:{'|'.join(FACTS)}): +.*(?:\n {{4,}}.*)*\n?)+", re.MULTILINE)
        before, *behind = run.split(self.comment, maxsplit=1)
        return before.strip("\n"), "".join(behind).strip("\n")


def read(root):
    """{header: its entries}, both in order; RuntimeError when they cannot be read."""
    cindex = _libclang()
    unit = cindex.Index.create().parse(
        str(root / FOLDER / "aio.h"), ["-xc++", "-std=c++20", "-Wno-pragma-once-outside-header", f"-I{root / FOLDER}/.."],
        options=cindex.TranslationUnit.PARSE_SKIP_FUNCTION_BODIES)
    if any(problem.severity >= cindex.Diagnostic.Error for problem in unit.diagnostics):
        raise RuntimeError("\n".join(str(problem) for problem in unit.diagnostics))
    reader = _Reader()
    headers = {path.name: [] for path in sorted((root / FOLDER).glob("*.h"))}
    for space in reader.namespaces(unit.cursor):
        path = space.location.file.name
        name = path.rpartition("/")[2]
        if path.rpartition("/")[0].endswith("/aio") and name in headers:
            headers[name] += reader.entries(space)
    return headers


def _libclang():
    # Debian's module is plain Python, of use to any interpreter of version 3.
    sys.path.append("/usr/lib/python3/dist-packages")
    try:
        from clang import cindex
    except ImportError:
        raise RuntimeError("the headers of aio are read with libclang: install python3-clang-22") from None
    if not cindex.Config.loaded:
        cindex.Config.set_library_file(LIBRARY)
    return cindex


class _Reader:
    """Makes entries of cursors."""

    def __init__(self):
        self._texts = {}
        self._hidden = {}  # classes of namespace detail, which public ones derive from
        self._told = {}    # (header, hidden class): the public class that shows its members

    def namespaces(self, unit):
        """Every `namespace aio { ... }` of the library's headers; notes what is hidden."""
        for space in unit.get_children():
            if space.kind.name == "NAMESPACE" and space.spelling == "aio":
                for inner in space.get_children():
                    if inner.spelling == "detail":
                        self._hidden.update({one.spelling: one for one in inner.get_children()
                                             if one.kind.name in _TYPES and one.is_definition()})
                yield space

    def entries(self, scope, prefix=""):
        """The public names declared in a namespace or class."""
        found = []
        last = None  # the documented entry that an overload may belong to
        for cursor in scope.get_children():
            kind = cursor.kind.name
            if kind == "NAMESPACE" and cursor.spelling != "detail":
                found += self.entries(cursor, f"{prefix}{cursor.spelling}::")
            if kind == "FRIEND_DECL":
                cursor = next(iter(cursor.get_children()), cursor)
                kind = cursor.kind.name if cursor.raw_comment and cursor.kind.name in _FUNCTIONS else ""
            if not self._is_public(cursor, scope):
                continue
            entry = self._entry(cursor, kind, prefix)
            if entry is None:
                continue
            if entry.comment == _INTERNAL:
                last = None
            elif entry.comment:
                found.append(entry)
                last = entry
            elif last is not None and entry.name == last.name:
                last.declarations += [one for one in entry.declarations
                                      if kind != "CONSTRUCTOR" or "detail::" not in one]
            elif scope.kind.name != "NAMESPACE":
                found.append(entry)
        return found

    @staticmethod
    def _is_public(cursor, scope):
        if scope.kind.name == "NAMESPACE":
            return cursor.semantic_parent == cursor.lexical_parent
        return cursor.access_specifier.name in ("PUBLIC", "INVALID")

    def _entry(self, cursor, kind, prefix):
        comment = _plain(cursor.raw_comment)
        if kind in _TYPES:
            if not cursor.is_definition() or not comment:
                return None
            return self._type(cursor, kind, prefix, comment)
        known = {**dict.fromkeys(_FUNCTIONS, "function"), **dict.fromkeys(_VALUES, "value"),
                 **dict.fromkeys(_ALIASES | _USING, "alias")}
        if kind not in known:
            return None
        text = self._text(cursor)
        name = re.sub(r"<.*", "", cursor.spelling) if kind in ("CONSTRUCTOR", "DESTRUCTOR") else cursor.spelling
        return Entry(prefix + name, known[kind], [text], comment)

    def _type(self, cursor, kind, prefix, comment):
        name = prefix + cursor.spelling
        head = re.sub(r"\s*$", "", self._source(cursor).partition("{")[0])
        entry = Entry(name, "type", [head], comment)
        entry.members = self.entries(cursor, name + "::")
        for base in cursor.get_children():
            if base.kind.name == "CXX_BASE_SPECIFIER":
                self._derive(entry, re.sub(r"<.*", "", base.spelling).removeprefix("aio::"),
                             cursor.location.file.name)
        return entry

    def _derive(self, entry, base, header):
        """Notes a base class, or adds what it declares when it is hidden."""
        hidden = base.rpartition("::")[2]
        if not base.startswith("detail::") or hidden not in self._hidden:
            entry.bases.append(base)
        elif (header, hidden) in self._told:
            entry.bases.append(self._told[header, hidden])
        else:
            self._told[header, hidden] = entry.name
            self._inherit(entry, self.entries(self._hidden[hidden], entry.name + "::"), hidden)

    @staticmethod
    def _inherit(entry, members, base):
        """Adds the members of a hidden base; a using-declaration with a comment speaks for them."""
        for member in members:
            if member.name == f"{entry.name}::{base}":
                member.name = f"{entry.name}::{entry.name}"
                member.declarations = [one.replace(f"{base}(", f"{entry.name}(") for one in member.declarations
                                       if not one.endswith("= delete")]
            named = [one for one in entry.members if one.name == member.name and one.declarations[0].startswith("using ")]
            if named and named[0].comment:
                named[0].declarations = member.declarations
            elif member.comment:
                entry.members.append(member)

    def _source(self, cursor, ending=re.compile("")):
        """What the cursor covers, and what follows of the form \\p ending."""
        path = cursor.extent.start.file.name
        if path not in self._texts:
            with open(path, "rb") as file:
                self._texts[path] = file.read()
        text = self._texts[path]
        end = cursor.extent.end.offset
        return text[cursor.extent.start.offset:end].decode() + ending.match(text[end:end + 80].decode(errors="ignore"))[0]

    def _text(self, cursor):
        """The declaration as it is written, without body and initialisers of members."""
        bodies = [one for one in cursor.get_children() if one.kind.name == "COMPOUND_STMT"]
        text = self._source(cursor, _ENDING)
        if bodies:
            text = text.encode()[:bodies[0].extent.start.offset - cursor.extent.start.offset].decode()
        if cursor.kind.name in _FUNCTIONS:
            text = _without_initialisers(text)
        return _without_indent(text.strip(), cursor.extent.start.column - 1)


def _without_initialisers(text):
    depth = 0
    for at, char in enumerate(text):
        depth += char in "([{"
        depth -= char in ")]}"
        if char == ":" and depth == 0 and ":" not in (text[at - 1], text[at + 1:at + 2]):
            return text[:at]
    return text


def _without_indent(text, column):
    """The lines of a declaration that begins at \\p column, moved to the left."""
    first, *rest = text.splitlines()
    return "\n".join([first, *(line[min(column, len(line) - len(line.lstrip())):] for line in rest)])


def _plain(comment):
    """A `///` comment without its marks; empty for another comment."""
    lines = (comment or "").splitlines()
    if not lines or not all(line.strip().startswith("///") for line in lines):
        return ""
    return "\n".join(re.sub(r"^\s*/// ?", "", line).rstrip() for line in lines)
