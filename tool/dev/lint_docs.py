# lint_docs.py - every public name of the runtime has its contract
"""Looks for declarations in runtime/include/aio/*.h without a `///` comment.

No parser: declarations are found by their braces and semicolons, which is good
enough for clang-format's output.
"""

import re
from dataclasses import dataclass

from source_tree import Violation, without_comments

PUBLIC = re.compile(r"runtime/include/aio/[^/]+\.h$")
MEND = "write a /// comment: what it does, and what the signature cannot say"

FACTS = ("Suspends:", "Resumes:", "Cancelled:", "Lifetime:")

_SCOPE = re.compile(r"(?:inline\s+)?namespace\b(?P<space>[^{]*)$|"
                    r"(?P<kind>class|struct|union|enum)\b(?P<name>.*)$", re.DOTALL)
_ATTRIBUTE = re.compile(r"\[\[.*?\]\]", re.DOTALL)
_LABEL = re.compile(r"^(public|private|protected)\s*:(?!:)\s*")
# What needs no words of its own: its contract is that of the language, of the
# class, or of what it overrides.
_PLAIN = re.compile(r"^(using\s+[\w:<>]+::\w+$|using\s+(value_type|promise_type|reported_type)\b|friend\b|static_assert\b)"
                    r"|=\s*(default|delete)$|\boperator co_await\b|\b(override|final)$|\bdetail::(?!Stored|Callback)\S.*[\w)]\)"
                    r"(\s*(const|noexcept))*(\s*:.*)?$", re.DOTALL)


@dataclass
class Scope:
    """Something in braces."""

    kind: str             # namespace, class, or skipped: a body, an enum, an initialiser
    reachable: bool       # can others name it?
    public: bool          # may others use what is declared here now?
    name: str = ""
    last: str = ""        # the name that was declared before, if it has a comment


def check(tree):
    for file in tree.files:
        if not PUBLIC.match(file):
            continue
        lines = tree.lines(file)
        for line, name in undocumented(tree.text(file)):
            yield Violation(file, line, f"'{name}' is public and has no contract", MEND)
        yield from _facts(file, lines)


def _facts(file, lines):
    """A comment that states one of the four facts of an awaitable states all."""
    block = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip().startswith("///"):
            block.append(line)
            continue
        text = "\n".join(block)
        missing = [fact for fact in FACTS if fact not in text]
        if block and 0 < len(missing) < len(FACTS):
            yield Violation(file, number - 1, f"an awaitable without '{missing[0]}'",
                            "state all four facts: Suspends, Resumes, Cancelled, Lifetime")
        block = []


def undocumented(text):
    """(line, name) of each public declaration without a comment above it."""
    code = without_comments(text, keep_strings=False)
    code = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda match: re.sub(r"[^\n]", " ", match.group(0)),
                  code, flags=re.MULTILINE)
    lines = text.splitlines()
    scopes = [Scope("namespace", True, True)]
    start = 0
    for match in re.finditer(r"[{};]", code):
        at, mark = match.start(), match.group(0)
        scope = scopes[-1]
        if scope.kind == "skipped":
            if mark == "{":
                scopes.append(Scope("skipped", False, False))
            elif mark == "}":
                initialiser = scope.name == "initialiser"
                scopes.pop()
                start = start if initialiser or scopes[-1].kind == "skipped" else match.end()
            continue
        if mark == "}":
            scopes.pop()
            start = match.end()
            continue
        begin, statement = _statement(code, start, at, scope)
        if mark == "{" and (statement.count("(") > statement.count(")") or _is_variable(statement)):
            scopes.append(Scope("skipped", False, False, "initialiser"))
            continue  # the declaration goes on behind the brace
        if scope.public and statement:
            yield from _judge(statement, mark, code.count("\n", 0, begin), scope, lines)
        if mark == "{":
            scopes.append(_opened(statement, scope))
        start = match.end()


def _statement(code, start, end, scope):
    """Where the declaration begins, and its text; labels change the scope."""
    while True:
        while start < end and code[start].isspace():
            start += 1
        label = _LABEL.match(code[start:end])
        if not label:
            return start, " ".join(code[start:end].split())
        scope.public = scope.reachable and label.group(1) == "public"
        scope.last = ""
        start += label.end()


def _is_variable(statement):
    """True for `int x`, `int x =`, but not for what has parameters or a body."""
    head = _head(statement)
    return bool(head) and "(" not in head.partition(" =")[0] and not _SCOPE.match(head)


def _opened(statement, outer):
    head = _head(statement)
    match = _SCOPE.match(head)
    if not match or match.group("kind") == "enum":
        return Scope("skipped", False, False)
    if match.group("kind") is None:
        hidden = "detail" in match.group("space") or not match.group("space").strip()
        reachable = outer.public and not hidden
        return Scope("namespace", reachable, reachable)
    return Scope("class", outer.public, outer.public and match.group("kind") != "class", _name(head))


def _head(statement):
    """The declaration without attributes, template parameters and constraints."""
    head = _ATTRIBUTE.sub("", statement).strip()
    while re.match(r"(template|requires)\b", head):
        word = re.match(r"\w+\s*", head)
        rest = head[word.end():]
        if rest[:1] in "<(":
            rest = rest[_closing(rest):]
        else:  # requires some::concept<T>
            name = re.match(r"[\w:]+\s*", rest)
            rest = rest[name.end():] if name else ""
            rest = rest[_closing(rest):] if rest[:1] == "<" else rest
        rest = rest.strip()
        head = "requires " + rest[2:].strip() if rest.startswith(("&&", "||")) else rest
    return head


def _closing(text):
    """The position behind the bracket that closes the first one."""
    depth = 0
    for at, char in enumerate(text):
        depth += char in "<(" and text[at - 1:at + 1] != "<<"
        depth -= char in ">)" and text[at - 1:at + 1] != "->"
        if depth == 0:
            return at + 1
    return len(text)


def _name(head):
    function = re.search(r"(operator\s*(?:\(\)|[^\s(]+)|~?\w+)\s*\(", head.partition(" = ")[0])
    if function:
        return re.sub(r"\s+", " ", function.group(1))
    words = re.findall(r"\w+", re.sub(r"[:=].*", "", head.replace("::", " ")))
    words = [word for word in words if word not in ("final", "noexcept")]
    return words[-1] if words else head


def _judge(statement, mark, line, scope, lines):
    head = _head(statement)
    if not head or re.match(r"(inline )?namespace\b", head):
        return
    if mark == ";" and re.match(r"(class|struct|enum class)\s+[\w:]+$", head):
        return  # declared elsewhere
    if re.search(r"\w+(<[^()]*>)?::~?\w+\(", head.partition(" = ")[0].partition("(")[0] + "("):
        return  # the definition of a member, which is declared in its class
    name = _name(head)
    own = scope.name or "!"
    plain = (_PLAIN.search(head) or name.startswith("~") or re.match(rf"(explicit )?{own}\(\)", head)
             or re.match(rf"({own}& operator=|{own})\((const )?{own}(&&?)?( \w+)?\)", head))
    above = lines[line - 1].strip() if line > 0 else ""
    if above.startswith("///") or name == scope.last and above:
        scope.last = name
        return
    scope.last = ""
    if not plain:
        yield line + 1, name
