#!/usr/bin/env python3
# check_headers.py - compiles each public header of aio alone
"""usage: check_headers.py --include FOLDER --compiler CXX

A header must compile without others before it and without warnings, and a
public one must not drag in what its users did not ask for.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

WARNINGS = ("-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror")

# Slow to compile, or names of the system that a program may want for itself.
UNWANTED = re.compile(r"/(iostream|regex|filesystem|future|random|netdb\.h|poll\.h|fcntl\.h|signal\.h|spawn\.h"
                      r"|sys/(socket|un|epoll|eventfd|signalfd|wait|stat|uio|ioctl)\.h|(netinet|arpa|net|linux)/[\w.]+)$")
# What the C library's own headers bring along.
UNAVOIDABLE = re.compile(r"/linux/(errno|limits|close_range|types|posix_types|stddef|sched|falloc|stat)\.h$")


def problems(header, options):
    """What is wrong with one header."""
    source = f"#include <{header}>\n#include <{header}>\n"
    command = [options.compiler, "-std=c++20", *WARNINGS, "-I", options.include, "-x", "c++", "-"]
    with tempfile.NamedTemporaryFile("r") as list_of_files:
        command += ["-fsyntax-only", "-MD", "-MF", list_of_files.name]
        compiled = subprocess.run(command, input=source, capture_output=True, text=True)
        files = list_of_files.read().split()
    if compiled.returncode != 0:
        return [f"{header} does not compile alone:\n{compiled.stderr}"]
    if "/detail/" in header:
        return []
    system = [file for file in files if not file.startswith(options.include)]
    return [f"{header} includes {file}" for file in system
            if UNWANTED.search(file) and not UNAVOIDABLE.search(file)]


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("--include", required=True)
    parser.add_argument("--compiler", required=True)
    options = parser.parse_args(arguments)
    folder = Path(options.include)
    headers = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.h"))
    if not headers:
        sys.exit(f"no headers in {folder}")
    with ThreadPoolExecutor(2) as pool:
        found = [problem for each in pool.map(lambda header: problems(header, options), headers) for problem in each]
    for problem in found:
        print(problem)
    print(f"{len(headers)} headers, {len(found)} problems")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
