#!/usr/bin/env python3
# stock_tools.py - what clang-tidy and clang find of our tests
"""usage: stock_tools.py [--all] [FILE...]

Runs corolint, and clang-tidy-22 with its own checks and clang's warnings, on the
test cases of corolint's checks, and keeps the counts in tool/dev/stock_tools.json;
generate_docs.py makes the tables of docs/comparison.md of them. Without FILE, a
test case is measured when it has changed since, with --all in any case.

COROLINT names the binary (default: build/bin/corolint).
"""

import argparse
import collections
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import checks_def
import planted_mistakes

DATA = "tool/dev/stock_tools.json"
TESTS = "test/checks"
CLANG = "clang-diagnostic-"

# All of clang-tidy but the groups that are about style, and of which none can be about a mistake here.
CHECKS = ("*,-abseil-*,-altera-*,-android-*,-boost-*,-darwin-*,-fuchsia-*,-google-*,-hicpp-*,-linuxkernel-*,-llvm-*,"
          "-llvmlibc-*,-misc-include-cleaner,-modernize-*,-mpi-*,-objc-*,-openmp-*,-portability-*,-readability-*,-zircon-*")
WARNINGS = ("-Wall", "-Wextra")

_UNUSED_RESULT = ("coro-discarded-task", "coro-discarded-await-result", "coro-unawaited-task", "coro-sync-wait",
                  "coro-ignored-pending", "coro-detached-unobserved", "coro-unchecked-result")
_UNUSED_VARIABLE = ("coro-unawaited-task", "coro-discarded-await-result", "coro-ignored-pending",
                    "coro-detached-unobserved", "coro-nested-task")
_LIFETIME = ("coro-dangling-argument", "coro-dangling-this", "coro-lambda-capture", "coro-reference-across-suspend",
             "coro-awaiter-this-after-resume")

# Which of their warnings are about a mistake of ours, when they stand on a line of it. In doubt a warning counts.
ABOUT = {
    "bugprone-dangling-handle": _LIFETIME,
    "bugprone-empty-catch": ("coro-swallowed-cancellation",),
    "bugprone-infinite-loop": ("coro-no-suspend-loop", "coro-busy-wait"),
    "bugprone-unused-local-non-trivial-variable": _UNUSED_VARIABLE,
    "bugprone-unused-return-value": _UNUSED_RESULT,
    "bugprone-use-after-move": ("coro-double-await",),
    "clang-analyzer-core.StackAddressEscape": _LIFETIME,
    "clang-analyzer-cplusplus.InnerPointer": _LIFETIME,
    "clang-analyzer-cplusplus.NewDelete": _LIFETIME,
    "clang-analyzer-deadcode.DeadStores": _UNUSED_VARIABLE,
    "clang-analyzer-unix.BlockInCriticalSection": ("coro-blocking-call", "coro-blocking-lock"),
    "cppcoreguidelines-avoid-capturing-lambda-coroutines": ("coro-lambda-capture", "coro-dangling-this"),
    "cppcoreguidelines-avoid-reference-coroutine-parameters": ("coro-dangling-argument",),
    "cppcoreguidelines-no-suspend-with-lock": ("coro-lock-across-suspend",),
    "misc-coroutine-hostile-raii": ("coro-lock-across-suspend", "coro-tls-across-suspend"),
    "clang-diagnostic-dangling": _LIFETIME,
    "clang-diagnostic-dangling-capture": _LIFETIME,
    "clang-diagnostic-dangling-gsl": _LIFETIME,
    "clang-diagnostic-return-stack-address": _LIFETIME,
    "clang-diagnostic-unused-but-set-variable": _UNUSED_VARIABLE,
    "clang-diagnostic-unused-result": _UNUSED_RESULT,
    "clang-diagnostic-unused-value": _UNUSED_RESULT,
    "clang-diagnostic-unused-variable": _UNUSED_VARIABLE,
}

_WARNING = re.compile(r"^(.*?):(\d+):\d+: (?:warning|error): .* \[([^\]]+)\]$", re.MULTILINE)


def measure(root, file):
    """The counts of one test case: {check: {what: how many}}, and what else was said on the lines of mistakes."""
    case = planted_mistakes.read(root / TESTS / file, checks_def.parse((root / checks_def.FILE).read_text()))
    flags = ["--", *case.flags, *(f"-I{root / folder}" for folder in
                                  (f"{TESTS}/Inputs/include", "runtime/include", "checks/include"))]
    ours = _ours(root, file, flags)
    stock = _stock(root, file, flags)
    counts = collections.defaultdict(collections.Counter)
    other = collections.Counter()
    for mistake in case.mistakes:
        finding = next((one for one in ours if one["line"] == mistake.line and mistake.check in ("", one["check"])), None)
        check = mistake.check or (finding or {}).get("check", "")
        lines = {mistake.line, *mistake.body, *((one["line"] for one in finding["chain"]) if finding else ())}
        said = {name for line in lines for name in stock[line]}
        about = {name for name in said if check in ABOUT.get(name, ())}
        other.update(name for name in stock[mistake.line] if check not in ABOUT.get(name, ()))
        counts[check].update(mistakes=1, corolint=int(finding is not None),
                             tidy=int(any(not name.startswith(CLANG) for name in about)),
                             clang=int(any(name.startswith(CLANG) for name in about)))
    for body in case.harmless:
        said = {name for line in body for name in stock[line] if case.check in ABOUT.get(name, ())}
        counts[case.check].update(harmless=1, alarms=int(bool(said)))
    return {check: dict(+found) for check, found in counts.items() if check}, dict(other)


def _ours(root, file, flags):
    """corolint's findings in this file."""
    binary = os.environ.get("COROLINT", root / "build/bin/corolint")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        done = subprocess.run([binary, "check", "-q", "--timeout", "0", "--strict", "--select", "coro-*",
                               "--output", f"json:{report}", file, *flags], cwd=root / TESTS, capture_output=True, text=True,
                              check=False)
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{file}: corolint ends with {done.returncode}\n{done.stderr}")
        return [one for one in json.loads(report.read_text())["findings"] if Path(one["file"]).name == file]


def _stock(root, file, flags):
    """{line: names of the warnings there}"""
    done = subprocess.run(["clang-tidy-22", "--quiet", "--config={}", f"--checks={CHECKS}", file, *flags, *WARNINGS],
                          cwd=root / TESTS, capture_output=True, text=True, check=False)
    found = collections.defaultdict(set)
    for path, line, names in _WARNING.findall(done.stdout):
        if Path(path).name == file:
            found[int(line)].update(names.split(","))
    return found


def digest(root, file):
    """Says whether a test case has changed since it was measured."""
    return hashlib.sha256((root / TESTS / file).read_bytes()).hexdigest()[:12]


def load(root):
    """What was measured: {file: {digest, counts, other}}."""
    path = root / DATA
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def main(arguments):
    parser = argparse.ArgumentParser(description="Measures what stock tools find of the test cases.")
    parser.add_argument("files", nargs="*", metavar="FILE", help=f"test cases, as {TESTS} names them")
    parser.add_argument("--all", action="store_true", help="measure test cases that have not changed as well")
    options = parser.parse_args(arguments)
    root = Path(__file__).resolve().parents[2]
    known = load(root)
    present = planted_mistakes.files(root / TESTS)
    for file in options.files:
        if file not in present:
            parser.error(f"'{file}' is no test of one file in {TESTS}")
    due = options.files or [file for file in present
                            if options.all or known.get(file, {}).get("digest") != digest(root, file)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for file, (counts, other) in zip(due, pool.map(lambda file: measure(root, file), due)):
            known[file] = {"digest": digest(root, file), "counts": counts, "other": other}
            _keep(root, {file: found for file, found in known.items() if file in present})
            print(f"measured {file}", file=sys.stderr)
    return 0


def _keep(root, measured):
    """Writes what there is, so that a run that fails has not been in vain."""
    (root / DATA).write_text(json.dumps(measured, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
