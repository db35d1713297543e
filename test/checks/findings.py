#!/usr/bin/env python3
# findings.py - findings of one file through every door, which must agree
"""usage: findings.py [--strict] [--command] [--check=ID] [--fixed] FILE... -- FLAGS

Runs `corolint check`, clang-tidy with the module and clang++ with the plugin on
FILE..., demands that all report the same (place, check, message, chain), and
prints the findings one a line, with their notes:

    bad.cpp:12:3: warning: message [coro-blocking-call]
    bad.cpp:12:3: note: message

With --check only that check runs, whatever its tier. With several files the
command links them, and the compiler sees the others through the linked summary.
With --command only the command runs, which also shows what is wrong with NOLINT
comments. With --fixed, prints the file as its safe fixes leave it, after
compiling that.

COROLINT, COROLINT_PLUGIN, COROLINT_CLANG_PLUGIN, CLANG_TIDY and CLANG name the
programs. DOORS says which are compared with the command: tidy, compiler.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

HEAD = re.compile(r"^(.*?):(\d+):(\d+): (warning|note|error): (.*?)(?: \[(coro-[\w-]+)\])?$")


def fail(message):
    sys.exit("findings.py: " + message)


def run(command, expected, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode not in expected:
        fail("%s\nended with %d\n%s%s" % (" ".join(command), done.returncode,
                                          done.stdout, done.stderr))
    return done


def through_command(files, flags, strict, checks):
    """Findings as (line, column, file, check, message, notes)."""
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "findings.json")
        run([os.environ["COROLINT"], "check", "-q", "--output", "json:" + output]
            + (["--strict"] if strict else [])
            + checks + files + ["--"] + flags, (0, 1))
        with open(output, encoding="utf-8") as text:
            report = json.load(text)
    found = []
    for one in report["findings"]:
        notes = tuple((os.path.basename(n["file"]), n["line"], n["column"], n["message"])
                      for n in one["chain"])
        found.append((os.path.basename(one["file"]), one["line"], one["column"],
                      one["check"], one["message"], notes))
    return sorted(found)


def through_tidy(file, flags, strict, check):
    config = "{CheckOptions: {Strict: 'true'}}" if strict else "{}"
    done = run([os.environ["CLANG_TIDY"], "-load", os.environ["COROLINT_PLUGIN"],
                "--checks=-*," + (check or "coro-*"), "--config=" + config, "--quiet",
                "--header-filter=.*", file, "--"] + flags, (0,))
    return diagnostics(done.stdout)


def through_compiler(file, flags, strict, check, summary=None):
    arguments = ["root=" + os.path.dirname(os.path.abspath(file))]
    arguments += ["strict"] if strict else []
    arguments += ["select=" + check] if check else []
    arguments += ["summary=" + summary] if summary else []
    done = run([os.environ["CLANG"], "-fplugin=" + os.environ["COROLINT_CLANG_PLUGIN"],
                "-fsyntax-only", "-Wno-everything", file]
               + ["-fplugin-arg-corolint-" + one for one in arguments] + flags, (0,))
    return diagnostics(done.stderr)


def through_summary(files, flags, strict, check):
    """Each file by itself, with the linked summary of all."""
    with tempfile.TemporaryDirectory() as folder:
        summary = os.path.join(folder, "summary")
        run([os.environ["COROLINT"], "check", "-q", "--summary", summary] + files + ["--"] + flags,
            (0, 1))
        return sorted({one for file in files
                       for one in through_compiler(file, flags, strict, check, summary)})


def diagnostics(text):
    """The findings in what Clang's programs print."""
    found, last = [], None
    for line in text.splitlines():
        head = HEAD.match(line)
        if not head:
            continue
        name, row, column = os.path.basename(head[1]), int(head[2]), int(head[3])
        if head[4] == "error":
            fail(line)
        if head[4] == "warning":
            last = [name, row, column, head[6], head[5], []]
            found.append(last)
        elif not head[5].startswith("help: "):
            last[5].append((name, row, column, head[5]))
    return sorted(tuple(one[:5]) + (tuple(one[5]),) for one in found)


def show(findings):
    for file, line, column, check, message, notes in findings:
        print("%s:%d:%d: warning: %s [%s]" % (file, line, column, message, check))
        for note in notes:
            print("%s:%d:%d: note: %s" % note)


def show_fixed(file, flags, check):
    """Applies the safe fixes (of one check) to a copy, compiles it and prints it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, os.path.basename(file))
        with open(file, "rb") as source, open(copy, "wb") as target:
            target.write(source.read())
        flags = flags + ["-I", os.path.dirname(os.path.abspath(file))]
        run([os.environ["COROLINT"], "check", "-q", "--fix"]
            + (["--select", check, "--strict"] if check else []) + [copy, "--"] + flags, (0, 1))
        run([os.environ["CLANG"], "-fsyntax-only", copy] + flags, (0,))
        with open(copy, encoding="utf-8") as text:
            sys.stdout.write(text.read())


def agree(command, name, other):
    if command != other:
        only = [("command", one) for one in command if one not in other]
        only += [(name, one) for one in other if one not in command]
        fail("the doors disagree:\n" + "\n".join("%s only: %r" % row for row in only))


def main(words):
    if "--" not in words:
        fail(__doc__)
    end = words.index("--")
    options = [w for w in words[:end] if w.startswith("--")]
    files = [w for w in words[:end] if not w.startswith("--")]
    flags = words[end + 1:]
    check = next((w[len("--check="):] for w in options if w.startswith("--check=")), None)
    unknown = {w for w in options if not w.startswith("--check=")} - {"--strict", "--fixed", "--command"}
    if unknown or not files:
        fail(__doc__)
    strict = "--strict" in options
    if "--fixed" in options:
        show_fixed(files[0], flags, check)
        return
    # What is wrong with NOLINT comments the others cannot know.
    checks = ["--select", check] if check else [] if "--command" in options else ["--ignore", "suppression"]
    command = through_command(files, flags, strict, checks)
    if "--command" not in options:
        if len(files) == 1:
            doors = os.environ["DOORS"].split()
            if "tidy" in doors:
                agree(command, "clang-tidy", through_tidy(files[0], flags, strict, check))
            if "compiler" in doors:
                agree(command, "the compiler", through_compiler(files[0], flags, strict, check))
        else:
            agree(command, "the compiler", through_summary(files, flags, strict, check))
    show(command)


if __name__ == "__main__":
    main(sys.argv[1:])
