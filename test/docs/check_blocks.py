#!/usr/bin/env python3
# check_blocks.py - compiles and runs the C++ blocks of a page
"""Usage: check_blocks.py PAGE LIBAIO COMPILE_COMMAND...

Each ```cpp block of the page must compile with the command. A block with a main()
is linked with LIBAIO and run; a ```text block that follows it is what it prints.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```(cpp|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page):
    """The C++ blocks of a page: first line, text, expected output or None."""
    found = []
    for match in BLOCK.finditer(page):
        line = page.count("\n", 0, match.start()) + 2
        if match[1] == "cpp":
            found.append([line, match[2], None])
        elif found:
            found[-1][2] = match[2]
    return found


def compile_block(folder, name, text, library, command):
    source = folder / f"{name}.cpp"
    source.write_text(text)
    runs = "int main(" in text
    what = ["-o", str(folder / name), str(source), library, "-pthread"] if runs else ["-fsyntax-only", str(source)]
    subprocess.run([*command, *what], check=True)
    return [str(folder / name)] if runs else None


def check(page, folder, library, command):
    failed = 0
    all_blocks = blocks(page.read_text(encoding="utf-8"))
    for line, text, expected in all_blocks:
        try:
            program = compile_block(folder, f"line_{line}", text, library, command)
            if program is None:
                continue
            done = subprocess.run(program, stdout=subprocess.PIPE, check=True, timeout=50, text=True)
            if expected is not None and done.stdout != expected:
                print(f"{page.name}:{line}: the block prints\n{done.stdout}instead of\n{expected}")
                failed += 1
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            print(f"{page.name}:{line}: {error}")
            failed += 1
    print(f"{len(all_blocks) - failed} of {len(all_blocks)} blocks are good")
    return 1 if failed or not all_blocks else 0


def main(arguments):
    if len(arguments) < 3:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        return check(pathlib.Path(arguments[0]), pathlib.Path(folder), arguments[1], arguments[2:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
