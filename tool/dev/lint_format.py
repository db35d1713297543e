# lint_format.py - C++ is laid out as clang-format does it

import re
import shutil
import subprocess
from collections import Counter
from pathlib import PurePosixPath

from source_tree import Violation

# Other versions lay out some constructs in another way.
FORMATTER = "clang-format-22"

_PLACE = re.compile(r"(?P<file>.+?):(?P<line>\d+):\d+: error: code should be clang-formatted")


def check(tree):
    """What the .clang-format nearest to a file says; without one, anything goes."""
    files = [file for file in tree.code() if PurePosixPath(file).suffix in (".cpp", ".h")]
    if not files:
        return
    if not shutil.which(FORMATTER):
        yield Violation(".clang-format", 1, f"{FORMATTER} is not on this machine",
                        f"install the package {FORMATTER}")
        return
    output = subprocess.run(
        [FORMATTER, "--dry-run", "--Werror", "--fallback-style=none", *files],
        cwd=tree.root, stderr=subprocess.PIPE, text=True, check=False).stderr
    places = [(match["file"], int(match["line"])) for match in map(_PLACE.match, output.splitlines())
              if match]
    count = Counter(file for file, _ in places)
    for file, line in places:
        if count.get(file):
            yield Violation(file, line, f"not laid out as {FORMATTER} does it, {count.pop(file)} times",
                            f"run `{FORMATTER} -i {file}`")
    if output and not places:
        yield Violation(".clang-format", 1, f"{FORMATTER} failed: {output.splitlines()[0]}",
                        "see what it says of this file")
