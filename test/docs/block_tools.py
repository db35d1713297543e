# block_tools.py - installed aio, corolint and compiler for blocks
"""COROLINT names the binary (default: build/bin/corolint); aio is installed from
the same build folder."""

import atexit
import functools
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
COROLINT = Path(os.environ.get("COROLINT", REPOSITORY / "build/bin/corolint")).resolve()
STANDARD = "-std=c++20"
SECONDS = 300  # more than any block needs on a busy machine


class BlockTools:
    """Runs programs as a user would whose machine has aio and corolint installed."""

    def __init__(self, folder):
        self.folder = folder
        self.prefix = folder / "prefix"
        build = COROLINT.parents[1]
        self._must(["cmake", "--install", build, "--component", "aio", "--prefix", self.prefix])
        (self.prefix / "bin").mkdir(exist_ok=True)
        (self.prefix / "bin/corolint").symlink_to(COROLINT)
        self.plugin = build / "lib/corolint-tidy.so"
        self._precompiled = folder / "precompiled"
        (self._precompiled / "aio").mkdir(parents=True)
        self._must([*self.compiler(), "-x", "c++-header", self.prefix / "include/aio/aio.h",
                    "-o", self._precompiled / "aio/aio.h.gch"])

    def compiler(self):
        """The command that compiles a block; it is quick when <aio/aio.h> comes first."""
        return ["g++", STANDARD, "-Wall", "-Wextra", "-pthread", f"-I{self._precompiled}"]

    def environment(self):
        include = f"{self.prefix / 'include'}:{REPOSITORY / 'checks/include'}"
        return {**os.environ, "PATH": f"{self.prefix / 'bin'}:{os.environ['PATH']}",
                "CPLUS_INCLUDE_PATH": include, "LIBRARY_PATH": str(self.prefix / "lib"),
                "CMAKE_PREFIX_PATH": str(self.prefix), "CMAKE_GENERATOR": "Ninja", "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
                "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org",
                "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org"}

    def run(self, command, folder, merged=False):
        """(exit code, standard output, standard error); a text is a shell command."""
        words = command if isinstance(command, str) else [str(word) for word in command]
        with subprocess.Popen(words, shell=isinstance(command, str), cwd=folder, env=self.environment(),
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT if merged else subprocess.PIPE,
                              text=True, errors="replace", start_new_session=True) as process:
            try:
                out, errors = process.communicate(timeout=SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                out, errors = process.communicate()
                return -1, out, f"{errors or ''}does not end within {SECONDS} s"
        return process.returncode, out, errors or ""

    def repository_copy(self, folder):
        """A copy of the repository, with build/ as after quickstart.sh."""
        listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                                cwd=REPOSITORY, capture_output=True, check=True, text=True)
        for name in filter(None, listed.stdout.split("\0")):
            if (REPOSITORY / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(REPOSITORY / name, folder / name)
        for real in (COROLINT, self.plugin):
            link = folder / "build" / real.parent.name / real.name
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(real)
        self._must("git init -q && git add -A && git commit -q -m all && git branch -f origin/main", folder)

    def _must(self, command, folder=REPOSITORY):
        self.prefix.mkdir(exist_ok=True)
        code, out, errors = self.run(command, folder, merged=True)
        if code != 0:
            raise RuntimeError(f"{command} fails:\n{out}{errors}")


@functools.cache
def tools():
    """The tools of this process; set up once."""
    folder = Path(tempfile.mkdtemp(prefix="corolint-docs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return BlockTools(folder)
