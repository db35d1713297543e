# block_runner.py - runs the blocks of a page, compares outputs
"""What is done with a block, by the word behind its fence:

    cpp       compiles as it stands; with a main() it is run, and a text below it is
              what it prints. A text that begins with a finding is what corolint
              prints for the block; a block without one has no finding.
    console   each line after "$ " is run; what follows is what it prints
    sh        each line is run, in a copy of the repository; a script, with #!, is only read
    yaml      a model, a configuration of corolint or one of pre-commit: it is accepted
    cmake     CMake configures a project with it
    json, toml  it can be read
    text      a drawing, or what the C++ block above it prints

In an output … stands for any text in its line.
"""

import json
import re
import shlex
import tempfile
import tomllib
from pathlib import Path

from block_tools import REPOSITORY, STANDARD

_FINDING = re.compile(r"^([\w./-]+\.(?:cpp|h)):\d+:\d+: (?:warning|error|note): ")
_SOURCE = re.compile(r"\b([\w-]+\.cpp)\b")
# Where a page keeps the headers of a library that its program uses.
INSTALLED = ("-isystem", "prefix/include")
_CHECK_PAGE = re.compile(r"docs/checks/(coro-[\w-]+)\.md$")


class BlockFailure(Exception):
    """What is wrong with a block; \\p line is where, or the block's first line."""

    def __init__(self, text, line=None):
        super().__init__(text)
        self.line = line


def place(page, line):
    """How a failure names a line: relative to the repository when it is in there."""
    path = page.resolve()
    name = path.relative_to(REPOSITORY) if path.is_relative_to(REPOSITORY) else path
    return f"{name}:{line}"


class PageRunner:
    """Checks the blocks of one page, one after another."""

    def __init__(self, tools, page, folder):
        self._tools = tools
        self._folder = folder            # of this page alone
        self._here = None                # where commands run; at first a copy of the repository
        self._code = None                # the last whole C++ block
        self._files = {}                 # what blocks are called: name and text
        check = _CHECK_PAGE.search(page.as_posix())
        self._options = ["--strict", "--select", check[1]] if check else []

    def check(self, block):
        """None, or a text with page and line that says what is wrong."""
        try:
            self._dispatch(block)
        except BlockFailure as failure:
            return f"{place(block.page, failure.line or block.line)}: {failure}"
        return None

    def _dispatch(self, block):
        if block.order == "before":
            self._prepare(block)
        if block.order == "file":
            self._files[block.argument.strip()] = block.text
        if block.order in ("drawing", "not run"):
            return
        if block.order == "part of":
            self._part_of(block)
        elif block.kind in ("text", ""):
            return
        elif hasattr(self, f"_check_{block.kind}"):
            getattr(self, f"_check_{block.kind}")(block)
        else:
            raise BlockFailure(f"no rule for blocks of kind '{block.kind}'")

    # C++

    def _check_cpp(self, block):
        if "#include" not in block.whole():
            raise BlockFailure("a part of a program: show all of it, or put the rest into a comment 'block: in'")
        findings = [shown for shown in block.shown if _FINDING.match(shown.text)]
        outputs = [shown for shown in block.shown if shown not in findings]
        if len(findings) > 1 or len(outputs) > 1:
            raise BlockFailure("more than one text shows what this block prints", block.shown[-1].line)
        self._code = block
        folder = self._folder_with_files()
        source = folder / (_FINDING.match(findings[0].text)[1] if findings else "program.cpp")
        source.write_text(block.whole(), encoding="utf-8")
        self._compile(block, source, outputs)
        self._lint(block, source, findings)

    def _compile(self, block, source, outputs):
        runs = "int main(" in block.whole()
        if outputs and not runs:
            raise BlockFailure("this is shown as an output, and the block above has no main()", outputs[0].line)
        what = ["-o", source.with_suffix("")] if runs else ["-fsyntax-only"]
        code, out, _ = self._tools.run([*self._tools.compiler(), *INSTALLED, source.name, *what, *(["-laio"] if runs else [])],
                                       source.parent, merged=True)
        if code != 0:
            raise BlockFailure(f"does not compile:\n{out}", self._line_of_error(block, source.name, out))
        if runs:
            self._run_program(block, source, outputs)

    @staticmethod
    def _line_of_error(block, name, text):
        hidden = 0
        if block.order == "in":
            hidden = block.argument.lstrip("\n").partition("@")[0].count("\n")
        found = re.search(rf"^{re.escape(name)}:(\d+):\d+: (?:fatal )?error", text, re.MULTILINE)
        return block.line + int(found[1]) - 1 - hidden if found else block.line

    def _run_program(self, block, source, outputs):
        code, out, errors = self._tools.run(["stdbuf", "-oL", source.with_suffix("")], source.parent, merged=True)
        if code != 0:
            raise BlockFailure(f"the program ends with {code}\n{out}{errors}")
        if outputs:
            self._compare(outputs[0], outputs[0].text, out)

    def _lint(self, block, source, findings):
        command = ["corolint", "check", *self._options, source.name, "--", STANDARD, *INSTALLED]
        code, out, errors = self._tools.run(command, source.parent)
        if findings:
            self._compare(findings[0], findings[0].text, out)
        elif code == 1 and not block.in_transcript:
            raise BlockFailure(f"corolint has findings that the page does not show:\n{out}")
        elif code not in (0, 1):
            raise BlockFailure(f"{shlex.join(command)} ends with {code}\n{out}{errors}")

    # Commands

    def _check_console(self, block):
        name = _SOURCE.search(block.text)
        folder = self._folder_with_files()
        if name and self._code and name[1] not in self._files:
            (folder / name[1]).write_text(self._code.whole(), encoding="utf-8")
        parts = re.split(r"^\$ (.*)\n", block.text, flags=re.MULTILINE)
        if parts[0] or len(parts) < 3:
            raise BlockFailure("a transcript begins with '$ ' and a command")
        line = block.line
        for command, expected in zip(parts[1::2], parts[2::2]):
            code, out, errors = self._tools.run(command, folder)
            self._check_exit(command, code, out + errors, line)
            self._compare(block, expected, out, line + 1)
            line += 1 + expected.count("\n")

    def _check_sh(self, block):
        if block.text.startswith("#!"):
            script = Path(tempfile.mkdtemp(dir=self._folder)) / "script"
            script.write_text(block.text, encoding="utf-8")
            return self._check_exit("sh -n", *self._tools.run(["sh", "-n", script], self._folder)[::2], block.line)
        for number, command in enumerate(block.text.split("\n"), block.line):
            if command.strip() and not command.startswith("#"):
                code, out, errors = self._tools.run(command, self._where())
                self._check_exit(command, code, out + errors, number)

    def _prepare(self, block):
        """Runs the script above the block; where it ends up is where commands run."""
        code, out, errors = self._tools.run(f"set -e\n{block.argument}\npwd", self._where())
        if code != 0:
            raise BlockFailure(f"what comes before the block ends with {code}\n{out}{errors}")
        self._here = Path(out.splitlines()[-1])

    @staticmethod
    def _check_exit(command, code, output, line):
        """corolint's exit code 1 says that there are findings, or answers."""
        if code != 0 and not (code == 1 and "corolint" in command):
            raise BlockFailure(f"'{command}' ends with {code}\n{output}", line)

    def _folder_with_files(self):
        """A new folder with the blocks above that are files."""
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        for name, text in self._files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    def _where(self):
        if self._here is None:
            self._here = Path(tempfile.mkdtemp(dir=self._folder))
            self._tools.repository_copy(self._here)
        return self._here

    def _part_of(self, block):
        code, out, errors = self._tools.run(block.argument.strip(), self._where())
        self._check_exit(block.argument.strip(), code, out + errors, block.line)
        if block.text not in out:
            raise BlockFailure(f"not a part of what '{block.argument.strip()}' prints:\n{out}")

    # Configuration

    def _check_yaml(self, block):
        folder = self._where() if block.order == "before" else Path(tempfile.mkdtemp(dir=self._folder))
        name, command = ".corolint.yaml", f"corolint check empty.cpp -- {STANDARD}"
        if block.text.startswith("corolint-model:"):
            name, command = "block.yaml", f"corolint check --models block.yaml empty.cpp -- {STANDARD}"
        elif block.text.startswith("repos:"):
            name, command = "block.yaml", "pre-commit validate-config block.yaml"
        (folder / name).write_text(block.text, encoding="utf-8")
        (folder / "empty.cpp").write_text("")
        code, out, errors = self._tools.run(command, folder)
        if code != 0:
            raise BlockFailure(f"'{command}' ends with {code}\n{out}{errors}")

    def _check_cmake(self, block):
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        (folder / "CMakeLists.txt").write_text(block.whole(), encoding="utf-8")
        (folder / "main.cpp").write_text("int main() {}\n")
        code, out, _ = self._tools.run("cmake -S . -B build", folder, merged=True)
        if code != 0:
            raise BlockFailure(f"CMake does not configure this:\n{out}")

    @staticmethod
    def _check_json(block):
        _read(json.loads, block)

    @staticmethod
    def _check_toml(block):
        _read(tomllib.loads, block)

    @staticmethod
    def _compare(block, expected, actual, first=None):
        """Fails at the first line that differs."""
        wanted, got = expected.splitlines(), actual.splitlines()
        for number in range(max(len(wanted), len(got))):
            want = wanted[number] if number < len(wanted) else None
            have = got[number] if number < len(got) else None
            if want is None or have is None or not _matches(want, have):
                raise BlockFailure(f"shown is\n{_or_end(want)}\nbut printed is\n{_or_end(have)}\n"
                                   f"All that is printed:\n{actual}",
                                   (first or block.line) + min(number, max(len(wanted) - 1, 0)))


def _read(parse, block):
    try:
        parse(block.text)
    except ValueError as error:
        raise BlockFailure(f"cannot be read: {error}") from None


def _matches(want, have):
    pattern = ".*".join(re.escape(part) for part in want.rstrip().split("…"))
    return re.fullmatch(pattern, have.rstrip()) is not None


def _or_end(line):
    return "    (the end)" if line is None else f"    {line}"
