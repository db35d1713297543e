# lint_sizes.py - how long a file and a function may be

import ast
import re

from source_tree import CPP, Violation, without_comments

FILE_LINES = 400
FUNCTION_LINES = 60

_SCOPE = re.compile(r"^(inline\s+)?namespace\b|^extern\b|^(export\s+)?(class|struct|union|enum)\b")
_TEMPLATE = re.compile(r"^template\s*<")
_LABEL = re.compile(r"^(public|private|protected)\s*:\s*")
_ATTRIBUTE = re.compile(r"^\[\[[^\]]*\]\]\s*")


def check(tree):
    for file in tree.code():
        lines = tree.lines(file)
        if len(lines) > FILE_LINES:
            yield Violation(file, FILE_LINES + 1, f"{len(lines)} lines, at most {FILE_LINES} are allowed",
                            "find the second noun in it and give that a file of its own")
        for name, line, length in functions(file, tree.text(file) or ""):
            if length > FUNCTION_LINES:
                yield Violation(file, line, f"'{name}' is {length} lines long, at most {FUNCTION_LINES} are allowed",
                                "give its steps names")


def functions(file, text):
    """(name, line, length in lines) of each function of a C++ or Python file."""
    if file.endswith(".py"):
        return _python_functions(text)
    if any(file.endswith(suffix) for suffix in CPP):
        return _cpp_functions(text)
    return []


def _python_functions(text):
    try:
        module = ast.parse(text)
    except SyntaxError as error:
        return [("syntax error", error.lineno or 1, FUNCTION_LINES + 1)]
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [(node.name, node.lineno, node.end_lineno - node.lineno + 1)
            for node in ast.walk(module) if isinstance(node, kinds)]


def _cpp_functions(text):
    """Finds bodies by their braces: no parser, but good enough for clang-format's output."""
    code = without_comments(text, keep_strings=False)
    code = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*",
                  lambda match: re.sub(r"[^\n]", " ", match.group(0)), code, flags=re.MULTILINE)
    found = []
    inside = []  # for each open brace: (name, line) of the function it opens, or None
    start = 0    # of the declaration that a brace may belong to
    body = 0     # how many open braces are function bodies
    for match in re.finditer(r"[{};]", code):
        at, mark = match.start(), match.group(0)
        if mark == "{":
            name = None if body else _function_name(code[start:at])
            inside.append((name, code.count("\n", 0, at) + 1) if name else None)
            body += bool(name)
        elif mark == "}" and inside:
            opened = inside.pop()
            if opened:
                body -= 1
                found.append((*opened, code.count("\n", 0, at) + 2 - opened[1]))
        start = match.end()
    return found


def _function_name(before):
    """The name of the function whose body the text ends at; None for another brace."""
    head = " ".join(before.split())
    for prefix in (_LABEL, _ATTRIBUTE):
        head = prefix.sub("", head)
    while _TEMPLATE.match(head):
        head = _after_template(head)
    if "(" not in head or _SCOPE.match(head) or head.endswith(("=", ",", "(", "return")):
        return None
    match = re.search(r"(operator\s*\S+?|[\w:~]+)\s*\(", head)
    return match.group(1) if match else "function"


def _after_template(head):
    depth = 0
    for index, char in enumerate(head):
        depth += (char == "<") - (char == ">")
        if char == ">" and depth == 0:
            return head[index + 1:].strip()
    return ""
