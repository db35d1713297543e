# built_site.py - the site, built once, and what its pages say
"""mkdocs builds it into a folder of its own for each run."""

import atexit
import functools
import subprocess
import tempfile
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]

# Elements without an end.
_VOID = {"br", "hr", "img", "input", "link", "meta"}


@dataclass
class SitePage(HTMLParser):
    """One HTML file."""

    path: Path
    anchors: set = field(default_factory=set)
    links: list = field(default_factory=list)    # (line, address) that readers may follow
    loads: list = field(default_factory=list)    # (line, address) that the browser fetches
    prose: list = field(default_factory=list)    # (line, text) outside code
    pages: list = field(default_factory=list)    # addresses of the navigation
    comments: list = field(default_factory=list)

    def __post_init__(self):
        super().__init__()
        self._open = []
        self._pages_depth = 0
        self.feed(self.path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        line = self.getpos()[0]
        if tag not in _VOID:
            self._open.append(tag)
        if tag == "nav" and values.get("class") == "pages":
            self._pages_depth = len(self._open)
        if values.get("id"):
            self.anchors.add(values["id"])
        if tag == "a" and values.get("href"):
            self.links.append((line, values["href"]))
            if self._pages_depth:
                self.pages.append(values["href"])
        elif values.get("src") or values.get("href"):
            self.loads.append((line, values.get("src") or values["href"]))

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if len(self._open) < self._pages_depth:
            self._pages_depth = 0

    def handle_data(self, data):
        if not {"code", "script", "style"} & set(self._open):
            self.prose.append((self.getpos()[0], data))

    def handle_comment(self, data):
        self.comments.append(data)


@functools.cache
def built():
    """(folder, exit code and output of the build)"""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    build = subprocess.run(["mkdocs", "build", "--strict", "--site-dir", folder.name], cwd=REPOSITORY,
                           capture_output=True, text=True)
    return Path(folder.name), build


@functools.cache
def pages():
    """{path below the site: page}"""
    folder, _ = built()
    return {path.relative_to(folder).as_posix(): SitePage(path) for path in sorted(folder.rglob("*.html"))}
