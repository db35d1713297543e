# lint_layers.py - which folder may include which
"""The arrows of docs/architecture.md, held against every #include."""

import re
from pathlib import PurePosixPath

from checks_def import FAMILIES
from source_tree import Violation

_INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)

_FAMILIES = tuple(f"checks/{family}" for family in FAMILIES)
_CHECK_LAYERS = (
    "checks/facts",
    "checks/model",
    "checks/color",
    "checks/extract",
    "checks",
) + _FAMILIES
_TOOL_LAYERS = tuple(
    f"tool/{name}" for name in ("base", "project", "engine", "filter", "report", "cli", "plugin")
)

# Folder -> folders whose headers it may include; its own are always allowed. A
# file directly in checks/ (Check.h, Pipeline.h) is layer "checks".
ARROWS = {
    "checks/facts": (),
    "checks/model": ("checks/facts",),
    "checks/color": ("checks/facts",),
    "checks/extract": ("checks/model", "checks/facts"),
    "checks": _CHECK_LAYERS,
    **{
        family: ("checks", "checks/model", "checks/facts", "checks/color", "checks/extract")
        for family in _FAMILIES
    },
    "tool/base": (),
    "tool/project": ("tool/base",),
    "tool/engine": _CHECK_LAYERS + ("tool/project", "tool/base"),
    "tool/filter": ("tool/base",),
    "tool/report": ("tool/base",),
    "tool/cli": _TOOL_LAYERS,
    "tool": _TOOL_LAYERS,
    "tool/plugin": _CHECK_LAYERS,
    "runtime": (),
}

# Folders that may include what is not ours: Clang's headers, LLVM's, others.
CLANG = ("checks/model", "checks/extract", "checks", "tool/engine", "tool/plugin") + _FAMILIES
LLVM = CLANG + _TOOL_LAYERS + ("tool",)
THIRD_PARTY = {"flatbuffers": ("checks/facts",), "CLI": ("tool/cli",)}
SYSTEM = ("sys", "linux", "netinet", "arpa", "net", "asm")
MOST_LEVELS = 7


def layer_of(file):
    """The layer of a source or header; None when no rule holds for it."""
    parts = PurePosixPath(file).parts
    if parts[0] == "runtime" or parts[0] == "aio":
        return "runtime"
    for folder in ("/".join(parts[:2]), parts[0]):
        if len(parts) > folder.count("/") + 1 and folder in ARROWS:
            return folder
    return None


def _foreign(layer, header):
    """Why a header that is not ours may not be included; None if it may."""
    top, slash, _ = header.partition("/")
    if not slash:
        return None  # the standard library, or POSIX
    if top in ("clang", "clang-c", "clang-tidy"):
        return None if layer in CLANG else "Clang"
    if top in ("llvm", "llvm-c"):
        return None if layer in LLVM else "LLVM"
    if top in SYSTEM:
        return None
    return None if layer in THIRD_PARTY.get(top, ()) else top


def includes(text):
    """(line, header) of each #include."""
    for match in _INCLUDE.finditer(text):
        yield text.count("\n", 0, match.start(1)) + 1, match.group(1)


def check(tree):
    """All includes against the arrows, and the runtime's levels."""
    for file in tree.files:
        layer = layer_of(file) if file.endswith((".cpp", ".h")) else None
        # The programs beside the runtime may use what they like of it and of others.
        if layer is None or file.startswith(("runtime/examples/", "runtime/bench/")):
            continue
        for line, header in includes(tree.text(file) or ""):
            target = layer_of(header)
            if target is not None:
                if target != layer and target not in ARROWS[layer]:
                    allowed = ", ".join(ARROWS[layer]) or "nothing else of ours"
                    yield Violation(file, line, f"{layer} includes {header}",
                                    f"{layer} may include {allowed}: move the code or the need for it")
                continue
            owner = _foreign(layer, header)
            if owner:
                yield Violation(file, line, f"{layer} includes {header}",
                                f"{owner} headers do not belong in {layer}: see docs/architecture.md")
    yield from _levels(tree)


def _levels(tree):
    """Public runtime headers form levels 0 to 6; those in detail/ belong to their users."""
    prefix = "runtime/include/"
    headers = {file[len(prefix):]: file for file in tree.files
               if file.startswith(prefix) and file.endswith(".h")}
    uses = {name: [header for _, header in includes(tree.text(file)) if header in headers]
            for name, file in headers.items()}
    height = {}

    def measure(name, path):
        if name in path:
            return path[path.index(name):] + [name]
        if name not in height:
            for used in uses[name]:
                cycle = measure(used, path + [name])
                if cycle:
                    return cycle
            public = "/detail/" not in name
            height[name] = public + max((height[used] for used in uses[name]), default=0)
        return None

    for name in sorted(headers):
        cycle = measure(name, [])
        if cycle:
            yield Violation(headers[name], 1, "headers include each other: " + " -> ".join(cycle),
                            "a lower level never includes a higher one: split or forward-declare")
            return
    for name, levels in sorted(height.items()):
        if levels > MOST_LEVELS and name != "aio/aio.h":  # that one includes them all
            yield Violation(headers[name], 1, f"header stands on {levels - 1} levels of public ones",
                            f"the runtime has levels 0 to {MOST_LEVELS - 1}: include less")
