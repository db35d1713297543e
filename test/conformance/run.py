#!/usr/bin/env python3
# run.py - compares conformance scenarios with their expected bytes
"""Usage: run.py AIO_CONFORMANCE [NUMBER ...]

Runs the given scenarios (all, without numbers) and compares their standard
output with expected/NNN.alt.txt, where aio differs on purpose, or with
expected/NNN.txt. Where this interpreter is Python 3.11 or later, also checks that
py/NNN_*.py still prints expected/NNN.txt.

Scenarios with clocks, threads or processes tell moments a few hundredths of a
second apart, which a busy machine blurs, for Python too: they get several attempts.
"""
import difflib
import pathlib
import re
import subprocess
import sys

ATTEMPTS = 5
TIMED = re.compile(r"sleep\((?!0\))|timeout|call_later|call_at|wait_for|executor|thread|subprocess|start_server")
HERE = pathlib.Path(__file__).resolve().parent


def output_of(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=50)
    return done.stdout, done.stderr, done.returncode


def show_difference(title, expected, got):
    lines = [text.decode(errors="replace").splitlines(keepends=True) for text in (expected, got)]
    print(title)
    sys.stdout.writelines(difflib.unified_diff(*lines, "expected", "got"))


def program_of(number):
    (program,) = HERE.glob(f"py/{number}_*.py")
    return program


def attempts(number):
    return ATTEMPTS if TIMED.search(program_of(number).read_text(encoding="utf-8")) else 1


def check_python(number, expected):
    program = program_of(number)
    for _ in range(attempts(number)):
        got, _, _ = output_of([sys.executable, str(program)])
        if got == expected:
            return True
    show_difference(f"{number}: Python prints something else", expected, got)
    return False


def check_twin(binary, number):
    own = HERE / f"expected/{number}.alt.txt"
    expected = (own if own.exists() else HERE / f"expected/{number}.txt").read_bytes()
    for _ in range(attempts(number)):
        got, errors, status = output_of([binary, number])
        if status == 0 and got == expected:
            return True
        if status != 0:
            break  # no question of time
    show_difference(f"{number}: exit status {status}", expected, got)
    print(errors.decode(errors="replace"), end="")
    return False


def main(binary, numbers):
    numbers = numbers or sorted(path.name[:3] for path in HERE.glob("[0-9][0-9][0-9]_*.cpp"))
    failed = []
    for number in numbers:
        good = check_twin(binary, number)
        if sys.version_info >= (3, 11):
            good = check_python(number, (HERE / f"expected/{number}.txt").read_bytes()) and good
        if not good:
            failed.append(number)
    print(f"{len(numbers) - len(failed)} of {len(numbers)} scenarios conform")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
