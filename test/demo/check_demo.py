#!/usr/bin/env python3
# check_demo.py - lints the demo and compares with what is planted
"""usage: check_demo.py [--corolint FILE] [--build FOLDER] [--quiet] faulty|repaired

Configures the demo, runs `corolint check` on it, prints its findings, and
compares them with the comments `// misuse: CHECK (KIND)` in the sources: each
marked line has its finding and no other line has one. expected.json says which
kinds are planted and through which files each chain goes.

Exit code 0: exactly what is planted was found. 1: not so. 2: could not run.
"""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

DEMO = Path(__file__).resolve().parent
REPOSITORY = DEMO.parents[1]
_MARKER = re.compile(r"//\s*misuse:\s*(coro-[\w-]+) \(([^)]+)\)")


class CannotRun(Exception):
    """Configuring or linting did not get as far as findings."""


def markers(demo, version):
    """{(file, line, check): kind} of the planted mistakes, files relative to the demo."""
    found = {}
    for path in sorted([*(demo / "mirror").glob("*.*"), *(demo / version).glob("*.*")]):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for check, kind in _MARKER.findall(line):
                found[(path.relative_to(demo).as_posix(), number, check)] = kind
    return found


def check_markers(planted, expected):
    """Differences between markers and expected.json: each kind is planted once."""
    listed = [(entry["check"], entry["misuse"], entry["files"][0]) for entry in expected]
    marked = [(check, kind, file) for (file, _, check), kind in planted.items()]
    for item in sorted(set(listed) | set(marked)):
        if listed.count(item) != 1 or marked.count(item) != 1:
            yield (f"'{item[1]}' ({item[0]}) in {item[2]}: listed {listed.count(item)} times "
                   f"in expected.json, marked {marked.count(item)} times")


def relative(name, demo):
    """A file of a report, relative to the demo, whatever folder the report is relative to."""
    for base in (Path.cwd(), REPOSITORY, demo):
        path = (base / name).resolve()
        if path.exists() and path.is_relative_to(demo):
            return path.relative_to(demo).as_posix()
    return name


def files_of(finding, demo):
    """The files that a finding's chain goes through, in order, each once."""
    places = [finding, *finding.get("chain", [])]
    return list(dict.fromkeys(relative(place["file"], demo) for place in places))


def differences(report, planted, expected, demo):
    """What is missing, surplus, or reached by another way, as sentences."""
    left = dict(planted)
    ways = {entry["misuse"]: entry["files"] for entry in expected}
    for finding in report["findings"]:
        place = (relative(finding["file"], demo), finding["line"], finding["check"])
        where = f"{place[0]}:{place[1]}: {place[2]}"
        kind = left.pop(place, None)
        if kind is None:
            again = "reported twice" if place in planted else "nothing is planted there"
            yield f"{where}: {again}: {finding['message']}"
        elif files_of(finding, demo) != ways.get(kind):
            yield f"{where} ({kind}): goes through {files_of(finding, demo)}, not {ways.get(kind)}"
    for (file, line, check), kind in left.items():
        yield f"{file}:{line}: {check} ({kind}): not found"


def configure(version, build):
    command = ["cmake", "-S", str(DEMO), "-B", str(build), "-G", "Ninja", f"-DDEMO={version}"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise CannotRun(f"configuring the demo failed:\n{done.stdout}{done.stderr}")


def lint(corolint, build, quiet):
    """Runs `corolint check`; returns its report and exit code. Findings go to the screen."""
    report = build / "findings.json"
    report.unlink(missing_ok=True)
    command = [str(corolint), "check", "-p", str(build),
               "--output", "text", "--output", f"json:{report}"]
    sys.stdout.flush()
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL if quiet else None)
        return json.loads(report.read_text(encoding="utf-8")), done.returncode
    except (OSError, ValueError) as error:
        raise CannotRun(f"{' '.join(command)}: {error}") from error


def run(version, corolint, build, quiet=False):
    """Configures, lints and compares; returns the differences."""
    expected = json.loads((DEMO / "expected.json").read_text(encoding="utf-8"))["findings"]
    if version == "repaired":
        expected = []
    planted = markers(DEMO, version)
    wrong = list(check_markers(planted, expected))
    configure(version, build)
    report, code = lint(corolint, build, quiet)
    wrong += differences(report, planted, expected, DEMO)
    if code != (1 if report["findings"] else 0):
        wrong.append(f"exit code {code} with {len(report['findings'])} findings")
    return len(planted), wrong


def main(arguments):
    parser = argparse.ArgumentParser(description="Lints the demo and compares with what is planted.")
    parser.add_argument("version", choices=["faulty", "repaired"])
    parser.add_argument("--corolint", type=Path, default=REPOSITORY / "build/bin/corolint")
    parser.add_argument("--build", type=Path, help="build folder of the demo")
    parser.add_argument("--quiet", action="store_true", help="do not print the findings")
    options = parser.parse_args(arguments)
    build = options.build or REPOSITORY / "build/demo" / options.version
    try:
        count, wrong = run(options.version, options.corolint, build, options.quiet)
    except CannotRun as error:
        print(f"check_demo.py: {error}", file=sys.stderr)
        return 2
    for sentence in wrong:
        print(f"check_demo.py: {sentence}", file=sys.stderr)
    if not wrong:
        planted = f"{count} mistakes planted, each found, and nothing else" if count else "nothing planted, nothing found"
        print(f"\n{options.version}: {planted}.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
