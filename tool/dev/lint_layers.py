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
    "checks/config",
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
    "checks/config": ("checks", "checks/model", "checks/facts"),
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
    "tool/cli": _TOOL_LAYERS + ("checks/config",),
    "tool": _TOOL_LAYERS,
    "tool/plugin": _CHECK_LAYERS + ("tool/base",),
    "runtime": (),
}

# Folders that may include what is not ours: Clang's headers, LLVM's, others.
CLANG = ("checks/model", "checks/extract", "checks", "tool/engine", "tool/plugin") + _FAMILIES
LLVM = CLANG + ("checks/config",) + _TOOL_LAYERS + ("tool",)
THIRD_PARTY = {"flatbuffers": ("checks/facts",), "CLI": ("tool/cli",)}
SYSTEM = ("sys", "linux", "netinet", "arpa", "net", "asm")

# Public headers of the runtime: a header includes, also through detail/, only
# headers of its own level and below.
LEVELS = {
    0: ("addr_info", "address", "errors", "exception_group", "frame", "frame_allocator",
        "process_lookup_error", "remote_error", "serialize", "stream_errors", "timing", "warning"),
    1: ("context", "handle", "outcome"),
    2: ("coro", "future", "loop"),
    3: ("exception_context", "task", "tracer"),
    4: ("async_generator", "barrier", "condition", "ensure_future", "event", "executor", "lock", "process_pool",
        "queue", "semaphore", "sleep", "task_group", "thread_future", "timeout", "with_cleanup"),
    5: ("as_completed", "chrome_trace", "gather", "run", "shield", "task_tree", "trace_recorder", "wait", "wait_for"),
    6: ("connection", "server", "stream_reader", "stream_writer", "subprocess"),
}
LEVEL_OF = {f"aio/{name}.h": level for level, names in LEVELS.items() for name in names}
EVERYTHING = "aio/aio.h"
# They work with any loop: what wakes a task is in detail/.
WITHOUT_LOOP = ("barrier", "condition", "event", "lock", "queue", "semaphore")


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
    """The levels of the runtime's public headers; those in detail/ belong to their users."""
    prefix = "runtime/include/"
    headers = {file[len(prefix):]: file for file in tree.files
               if file.startswith(prefix) and file.endswith(".h")}
    uses = {name: [header for _, header in includes(tree.text(file)) if header in headers]
            for name, file in headers.items()}
    cycle = _cycle(uses)
    if cycle:
        yield Violation(headers[cycle[0]], 1, "headers include each other: " + " -> ".join(cycle),
                        "a lower level never includes a higher one: split or forward-declare")
        return
    for name in sorted(headers):
        if "/detail/" in name or name == EVERYTHING:
            continue
        if name not in LEVEL_OF:
            yield Violation(headers[name], 1, "public header without a level",
                            "give it one in LEVELS of tool/dev/lint_layers.py")
            continue
        for used in sorted(_reach(name, uses)):
            if LEVEL_OF.get(used, 0) > LEVEL_OF[name] or used == EVERYTHING:
                yield Violation(headers[name], 1, f"level {LEVEL_OF[name]} includes {used} of a higher level",
                                "a lower level never includes a higher one: include less, or move up in LEVELS")
        if name[len("aio/"):-len(".h")] in WITHOUT_LOOP and "aio/loop.h" in _reach(name, uses):
            yield Violation(headers[name], 1, "a synchronisation primitive includes aio/loop.h",
                            "use detail/loop_core.h: it needs no concrete loop")


def _reach(name, uses):
    """All headers that a header includes, directly or not."""
    found, left = set(), [name]
    while left:
        new = [used for used in uses[left.pop()] if used not in found]
        found.update(new)
        left += new
    return found


def _cycle(uses):
    """A shortest path of includes from a header to itself, or None."""
    for name in sorted(uses):
        paths, seen = [[name]], set()
        for path in paths:  # grows: breadth first
            for used in uses[path[-1]]:
                if used == name:
                    return path + [name]
                if used not in seen:
                    seen.add(used)
                    paths.append(path + [used])
    return None
