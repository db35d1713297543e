# repository_pages.py - pages of the site for files outside docs/
"""Markdown becomes a page as it is, another file a page that shows it, a folder a
page that lists it."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

FOLDER = "repository"  # of the site
LANGUAGES = {".cpp": "cpp", ".h": "cpp", ".json": "json", ".py": "python", ".sh": "sh", ".yaml": "yaml", ".yml": "yaml"}

# Code is left alone; comments steer the tests of the blocks; links are led anew.
_PARTS = re.compile(r"(?P<code>^(?P<indent> *)(?P<fence>`{3,}).*?^(?P=indent)(?P=fence) *$|`[^`\n]*`)"
                    r"|(?P<comment><!--.*?-->)|\]\((?P<link>[^)\s]+)\)", re.MULTILINE | re.DOTALL)


class RepositoryPages:
    """Which files outside docs/ are on the site, and how links reach them."""

    def __init__(self, root):
        self.root = root
        self.docs = root / "docs"
        self.files = {}  # address below docs/ -> file or folder

    def follow(self, pages):
        """Takes in what the pages link to, and what that links to."""
        waiting = list(pages)
        while waiting:
            page = waiting.pop()
            for target in self._targets(page):
                address = self._address(target)
                if address.startswith(FOLDER + "/") and address not in self.files:
                    self.files[address] = target
                    waiting.append(target)

    def text(self, address):
        """The Markdown of a file outside docs/."""
        file = self.files[address]
        if file.suffix == ".md":
            return file.read_text(encoding="utf-8")
        name = file.relative_to(self.root).as_posix()
        if file.is_dir():
            return f"# {name}\n\n" + "".join(f"- [{inner.name}]({inner.name})\n" for inner in self._inner(file))
        return f"# {name}\n\n``````{LANGUAGES.get(file.suffix, 'text')}\n{file.read_text(encoding='utf-8')}``````\n"

    def rendered(self, markdown, address):
        """The text without comments, its links leading to places of the site."""
        page = self.files.get(address, self.docs / address)

        def replace(match):
            if match["code"]:
                return match[0]
            if match["comment"]:
                return ""
            target = self._target(page, match["link"])
            if target is None or not target.exists():
                return match[0]  # mkdocs names the page and the link
            place = os.path.relpath(self._address(target), os.path.dirname(address) or ".")
            anchor = urlsplit(match["link"]).fragment
            return f"]({place}#{anchor})" if anchor else f"]({place})"

        return _PARTS.sub(replace, markdown)

    def _targets(self, page):
        if page.is_dir():
            return self._inner(page)
        if page.suffix != ".md":
            return []
        links = [match["link"] for match in _PARTS.finditer(page.read_text(encoding="utf-8")) if match["link"]]
        targets = [self._target(page, link) for link in links]
        return [target for target in targets if target is not None and target.exists()]

    @staticmethod
    def _inner(folder):
        return sorted(path for path in folder.iterdir() if path.is_file())

    @staticmethod
    def _target(page, link):
        """The file that a link names; None when it leads elsewhere, or within its page."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or not parts.path:
            return None
        folder = page if page.is_dir() else page.parent
        return Path(os.path.normpath(folder / parts.path))

    def _address(self, target):
        """Where a file is, below docs/ as mkdocs sees it."""
        if target.is_relative_to(self.docs) and target.is_file():
            return target.relative_to(self.docs).as_posix()
        name = f"{FOLDER}/{target.relative_to(self.root).as_posix()}"
        if target.is_dir():
            return f"{name}/index.md"
        return name if target.suffix == ".md" else f"{name}.md"
