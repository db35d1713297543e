#!/usr/bin/env python3
# check_package.py - installs aio and builds a user's project with it
"""usage: check_package.py --cmake CMAKE --build FOLDER --generator G --compiler CXX [-- FLAG...]

Installs the component aio, moves the installed tree, and builds and runs
consumer/ by find_package(aio) and a second time by pkg-config's flags.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

CONSUMER = Path(__file__).resolve().parent / "consumer"


def run(*command, **options):
    """Runs a command; its output is shown when it fails."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{done.stdout}\nfailed: {' '.join(map(str, command))}")
    return done.stdout


def install(options, folder):
    """The folder that aio was moved to after its installation."""
    run(options.cmake, "--install", options.build, "--component", "aio", "--prefix", folder / "first")
    moved = folder / "moved"
    (folder / "first").rename(moved)
    for wanted in ("include/aio/aio.h", "include/aio/detail/task_core.h"):
        if not (moved / wanted).is_file():
            sys.exit(f"{wanted} was not installed")
    foreign = [str(file) for file in moved.rglob("*") if file.is_file() and "aio" not in str(file.relative_to(moved))]
    if foreign:
        sys.exit(f"the component aio installs more than aio: {foreign}")
    return moved


def with_cmake(options, prefix, folder):
    run(options.cmake, "-S", CONSUMER, "-B", folder, "-G", options.generator,
        f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_CXX_COMPILER={options.compiler}",
        f"-DCMAKE_CXX_FLAGS={' '.join(options.flags)}")
    run(options.cmake, "--build", folder)
    return folder / "consumer"


def with_pkg_config(options, prefix, folder):
    files = list(prefix.rglob("aio.pc"))
    if len(files) != 1:
        sys.exit(f"one aio.pc was expected: {files}")
    environment = {**os.environ, "PKG_CONFIG_PATH": str(files[0].parent)}
    flags = run("pkg-config", "--cflags", "--libs", "aio >= 0.1", env=environment).split()
    folder.mkdir()
    program = folder / "consumer"
    run(options.compiler, "-std=c++20", *options.flags, *sorted(CONSUMER.glob("*.cpp")), *flags, "-o", program)
    return program


def main(arguments):
    parser = argparse.ArgumentParser()
    for name in ("cmake", "build", "generator", "compiler"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("flags", nargs="*")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prefix = install(options, folder)
        for build in (with_cmake, with_pkg_config):
            print(f"{build.__name__}: {run(build(options, prefix, folder / build.__name__))}", end="")


if __name__ == "__main__":
    main(sys.argv[1:])
