#!/usr/bin/env python3
# run.py - compares aio with its peers, doing the same work
"""Builds the programs, runs them in turns and prints a table.

Every row is the same work done by each peer. The peers take turns, round after
round, so that a busy machine disturbs all of them; the ratio is that of the
minima. What a program computed is checked against what is known to be right."""
import argparse
import contextlib
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

BENCH = pathlib.Path(__file__).resolve().parent
REPOSITORY = BENCH.parent.parent
MASK = (1 << 64) - 1


def fib(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def sum_of_delays(count):
    state, total = 42, 0
    for _ in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) & MASK
        total += (state >> 33) % 1_000_000
    return total


class Work:
    """One row: what is done, how often, what must come out and what is wanted."""

    def __init__(self, title, name, count, target, **options):
        self.title, self.name, self.count, self.target = title, name, count, target
        self.compiler = options.get("compiler", "clang")
        self.clock = options.get("clock", "cpu")
        self.connections = options.get("connections", 0)
        self.python_share = options.get("python_share", 10)
        self.one_core = options.get("one_core", False)

    def operations(self, count):
        return 2 * fib(count + 1) - 1 if self.name == "fib" else count

    def checksum(self, count):
        if self.name == "fib":
            return fib(count)
        if self.name in ("await", "await_far", "spawn"):
            return count // 2
        if self.name == "timers":
            return sum_of_delays(count)
        return count * 64 if self.name == "echo" else count

    def scaled(self, count, factor):
        if self.name == "fib":
            return count if factor >= 0.1 else 12
        step = 1000 if self.name in ("yield", "post") else 100
        return max(2 * step, int(count * factor) // step * step)


WORKS = [
    Work("await a child, elidable", "await", 5_000_000, 0.6),
    Work("await a child, opaque", "await_far", 5_000_000, 0.7),
    Work("await a child, opaque, g++", "await_far", 5_000_000, 0.7, compiler="gcc"),
    Work("fib(30), per call", "fib", 30, 0.6),
    Work("fib(30), per call, g++", "fib", 30, 0.6, compiler="gcc"),
    Work("spawn and join", "spawn", 1_000_000, 0.2),
    Work("yield, 1000 tasks", "yield", 2_000_000, 0.2),
    Work("sleep of 0 to 1 s, all at once", "timers", 1_000_000, 0.4),
    Work("call_soon, 1000 outstanding", "post", 5_000_000, 0.5),
    Work("call_soon, all at once", "post_bulk", 1_000_000, 0.5),
    Work("threadsafe post, wall", "threadsafe", 1_000_000, 0.7, clock="wall"),
    Work("round trip of threads, wall", "round_trip", 100_000, None, clock="wall"),
    Work("round trip of threads, one core", "round_trip", 100_000, 1.05, clock="wall", one_core=True),
    Work("echo message, 1 connection", "echo", 30_000, 1.05, connections=1, python_share=3, one_core=True),
    Work("echo message, 100 connections", "echo", 200_000, 1.05, connections=100, python_share=3, one_core=True),
]


class Peer:
    """A program that does the work; run() gives the line that it prints."""

    def __init__(self, name, commands, python=False, only=None):
        self.name, self.commands, self.python, self.only = name, commands, python, only
        self.missing = None

    def does(self, work):
        return not self.missing and (self.only is None or work.name in self.only)

    def run(self, work, count, environment=None):
        command = self.commands[work.compiler] + [work.name, str(count)]
        env = dict(os.environ, **(environment or {}))
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:
            if work.name == "echo":
                port = json.loads(process.stdout.readline())["port"]
                client = self.commands["client"] + [str(port), str(work.connections), str(count)]
                subprocess.run(client, check=True)
            output = process.stdout.read()
        if process.returncode:
            raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
        result = json.loads(output.strip().splitlines()[-1])
        if result["checksum"] != work.checksum(count):
            raise SystemExit(f"{' '.join(command)}: computed {result['checksum']}, not {work.checksum(count)}")
        return result


def find_peers(folders):
    def programs(name):
        commands = {key: [str(folder / name)] for key, folder in folders.items()}
        commands["client"] = [str(next(iter(folders.values())) / "bench-echo-client")]
        return commands

    def python(*flags):
        commands = {key: ["/usr/bin/python3", str(BENCH / "asyncio_peer.py"), *flags] for key in ("clang", "gcc")}
        return dict(commands, client=programs("")["client"])

    peers = [
        Peer("aio", programs("bench-aio")),
        Peer("asio", programs("bench-asio")),
        Peer("epoll", programs("bench-epoll"), only=("echo",)),
        Peer("asyncio", python(), python=True),
        Peer("uvloop", python("--uvloop"), python=True),
    ]
    for peer in peers:
        if peer.python:
            test = ["/usr/bin/python3", "-c", "import " + peer.name]
            if not os.path.exists(test[0]) or subprocess.run(test, capture_output=True).returncode:
                peer.missing = f"/usr/bin/python3 cannot import {peer.name}"
        elif not all(os.path.exists(command[0]) for command in peer.commands.values()):
            peer.missing = "not built" + (" (Boost was not found)" if peer.name == "asio" else "")
    return peers


def build(compilers):
    """Builds with each compiler and gives its folder of programs."""
    folders = {}
    for key, compiler in compilers.items():
        if not shutil.which(compiler):
            print(f"{key}: {compiler} was not found, its rows are left out")
            continue
        folder = REPOSITORY / f"build-bench-{key}"
        subprocess.run(
            ["cmake", "-S", REPOSITORY, "-B", folder, "-DCMAKE_BUILD_TYPE=Release", "-DAIO_BUILD_BENCH=ON",
             f"-DCMAKE_CXX_COMPILER={compiler}", "-DCMAKE_CXX_FLAGS_RELEASE=-O2 -DNDEBUG",
             "-DCOROLINT_BUILD_CHECKS=OFF", "-DCOROLINT_BUILD_TESTS=OFF"],
            check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["cmake", "--build", folder, "--target", "aio-bench", "-j", str(os.cpu_count())],
                       check=True, stdout=subprocess.DEVNULL)
        folders[key] = folder / "bin"
    return folders


@contextlib.contextmanager
def cores_for(work):
    """Waking another core takes a virtual machine as long as it likes: some rows do without."""
    before = os.sched_getaffinity(0)
    if work.one_core:
        os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def measure(work, peers, arguments, counter):
    """The nanoseconds, allocations and bytes per operation of each peer."""
    found = {}
    for number in range(arguments.rounds):
        for peer in peers:
            rounds = 1 if peer.python else arguments.rounds
            if not peer.does(work) or number >= rounds:
                continue
            share = arguments.scale / work.python_share if peer.python else arguments.scale
            count = work.scaled(work.count, share)
            if work.name == "fib" and peer.python:
                count = min(count, 22)
            result = peer.run(work, count)
            row = found.setdefault(peer.name, {"times": [], "memory": []})
            operations = work.operations(count)
            row["times"].append(result[work.clock] / operations * 1e9)
            row["memory"].append(result["memory"] / operations)
            if number == 0 and counter and not peer.python and work.name != "echo":
                calls = peer.run(work, count, {"LD_PRELOAD": str(counter)})["allocations"]
                row["allocations"] = calls / operations
    return found


def text_of(work, found):
    """A line of the table."""
    def times(name):
        row = found.get(name)
        return f"{statistics.median(row['times']):.1f}/{min(row['times']):.1f}" if row else "-"

    def allocations(name):
        value = found.get(name, {}).get("allocations")
        return "-" if value is None else f"{value:.2f}"

    def memory(name):
        return f"{min(found[name]['memory']):.0f}" if name in found and work.name in ("spawn", "timers") else "-"

    ratio, verdict = "-", "-"
    if "aio" in found and "asio" in found:
        value = min(found["aio"]["times"]) / min(found["asio"]["times"])
        ratio = f"{value:.2f}"
        if work.target:
            verdict = "yes" if value <= work.target else "NO"
    target = f"{work.target:.2f}" if work.target else "-"
    return [work.title, times("aio"), times("asio"), ratio, target, verdict, times("epoll"),
            times("asyncio"), times("uvloop"), f"{allocations('aio')}/{allocations('asio')}",
            f"{memory('aio')}/{memory('asio')}"]


HEAD = ["ns per operation, median/min", "aio", "Boost.Asio", "aio/Asio", "target", "met", "bare epoll", "asyncio",
        "uvloop", "allocations", "bytes"]


def print_table(lines):
    rows = [HEAD, *lines]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
    for number, row in enumerate(rows):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="how often each program runs (5); Python once")
    parser.add_argument("--scale", type=float, default=1, help="multiplies the counts")
    parser.add_argument("--works", default="", help="only these, such as await,fib")
    parser.add_argument("--clang", default="clang++-22", help="the compiler of most rows")
    parser.add_argument("--gcc", default="g++", help="the compiler of the g++ rows")
    parser.add_argument("--bin", type=pathlib.Path, help="do not build, use the programs here for all rows")
    arguments = parser.parse_args()
    if arguments.bin:
        folders = dict.fromkeys(("clang", "gcc"), arguments.bin.resolve())
    else:
        folders = build({"clang": arguments.clang, "gcc": arguments.gcc})
    if not folders:
        raise SystemExit("no compiler was found")
    peers = find_peers(folders)
    for peer in peers:
        if peer.missing:
            print(f"{peer.name}: left out, {peer.missing}")
    counter = next(iter(folders.values())).parent / "lib" / "libbench-count-malloc.so"
    counter = counter if counter.exists() else None
    chosen = [w for w in WORKS if not arguments.works or w.name in arguments.works.split(",")]
    lines = []
    for work in chosen:
        if work.compiler in folders:
            print(work.title, "...", file=sys.stderr)
            with cores_for(work):
                lines.append(text_of(work, measure(work, peers, arguments, counter)))
    print_table(lines)


if __name__ == "__main__":
    main()
