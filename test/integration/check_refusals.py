#!/usr/bin/env python3
# check_refusals.py - compiles what aio must refuse to compile
"""usage: check_refusals.py --include FOLDER --compiler CXX

Each line of refusals.cpp with a mark must be refused with the message of its
mark, and no other line of it may be named by an error.
"""

import argparse
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

SOURCE = Path(__file__).resolve().parent / "refusals.cpp"
MESSAGES = {
    "callback": "a callback is called and not awaited: ",
    "job": "an executor runs plain functions: ",
}


def problems(output):
    """What the compiler's output says too much or too little."""
    marks = {number: mark[1] for number, line in enumerate(SOURCE.read_text().splitlines(), 1)
             if (mark := re.search(rf"// ({'|'.join(MESSAGES)})$", line))}
    named = {int(number) for number in re.findall(rf"{SOURCE.name}:(\d+):\d+:", output)}
    for number in sorted(marks.keys() - named):
        yield f"{SOURCE.name}:{number} compiles"
    for number in sorted(named - marks.keys()):
        yield f"{SOURCE.name}:{number} is refused"
    wanted = Counter(marks.values())
    for mark, message in MESSAGES.items():
        count = len(re.findall(rf"error: .*{message}", output))
        if count != wanted[mark]:
            yield f"'{message}' comes {count} times and not {wanted[mark]}"


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("--include", required=True)
    parser.add_argument("--compiler", required=True)
    options = parser.parse_args(arguments)
    command = [options.compiler, "-std=c++20", "-I", options.include, "-fsyntax-only", SOURCE]
    if "clang" in options.compiler:
        command.append("-ferror-limit=0")
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env=os.environ | {"LC_ALL": "C"})
    found = list(problems(done.stdout))
    if found:
        print(done.stdout)
    for problem in found:
        print(problem)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
