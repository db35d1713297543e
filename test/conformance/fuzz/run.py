#!/usr/bin/env python3
# run.py - compares aio with asyncio on random programs
"""Usage: run.py AIO_FUZZ [FIRST [COUNT]]

Runs the programs of COUNT seeds (500) from FIRST (0) on asyncio and on aio and
compares what they print. Needs CPython 3.11, whose asyncio is the model. Longer:
run.py AIO_FUZZ 1000 100000. Of the first differences the programs are shown.
"""
import difflib
import subprocess
import sys


def traces_of_aio(binary, texts):
    done = subprocess.run([binary], input="".join(texts), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    traces = {}
    for line in done.stdout.splitlines():
        if line.startswith("== "):
            traces[line] = [line]
        else:
            traces[list(traces)[-1]].append(line)
    if done.returncode:
        print(f"exit status {done.returncode} after {len(traces)} of {len(texts)} programs\n{done.stderr}")
    return traces


def main(binary, first=0, count=500):
    import oracle
    import program
    sys.unraisablehook = lambda report: None
    differing = 0
    for start in range(first, first + count, 100):
        seeds = range(start, min(start + 100, first + count))
        programs = {seed: program.generate(seed) for seed in seeds}
        texts = {seed: program.to_text(seed, bodies) for seed, bodies in programs.items()}
        got = traces_of_aio(binary, list(texts.values()))
        for seed, bodies in programs.items():
            expected = oracle.run_program(seed, bodies, program.SLOTS)
            actual = got.get(f"== {seed}", [])
            if expected is None or actual == expected:
                continue
            differing += 1
            if differing <= 3:
                print(texts[seed])
                print("\n".join(difflib.unified_diff(expected, actual, "asyncio", "aio", lineterm="", n=100)))
            else:
                print(f"seed {seed} differs")
    print(f"{count - differing} of {count} programs agree")
    return 1 if differing else 0


if __name__ == "__main__":
    if sys.version_info[:2] != (3, 11):
        sys.exit("needs Python 3.11")
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
