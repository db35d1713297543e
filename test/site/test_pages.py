# test_pages.py - the pages of the site: links, anchors, nothing from elsewhere

import posixpath
import re
import sys
import unittest
from pathlib import Path
from urllib.parse import unquote, urlsplit

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from built_site import REPOSITORY, built, pages  # noqa: E402

sys.path.insert(0, str(REPOSITORY / "tool/dev"))

import checks_def  # noqa: E402

# What is left of Markdown when it is not understood.
_RAW = re.compile(r"^(- |#+ |\|)|\n\d+\. |```|\]\(|\*\*", re.MULTILINE)


def rows():
    return checks_def.parse((REPOSITORY / checks_def.FILE).read_text(encoding="utf-8"))


class SitePagesTest(unittest.TestCase):
    maxDiff = None

    def test_it_is_built_without_a_warning(self):
        _, build = built()
        self.assertEqual(build.returncode, 0, build.stdout + build.stderr)

    def test_links_lead_to_pages_and_places(self):
        dead = [f"{name}:{line}: {address}: {what}" for name, page in pages().items()
                for line, address in page.links + page.loads if (what := self.wrong_with(name, address))]
        self.assertEqual(dead, [])

    def wrong_with(self, name, address):
        """What is wrong with a link of a page; nothing with one that leads to another site."""
        parts = urlsplit(address)
        if parts.scheme in ("http", "https"):
            return None
        if parts.scheme or parts.netloc:
            return "neither a file nor a page of another site"
        folder, _ = built()
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
        if not (folder / target).is_file():
            return "no such file"
        if parts.fragment and unquote(parts.fragment) not in pages()[target].anchors:
            return "no such place in it"
        return None

    def test_nothing_is_loaded_from_elsewhere(self):
        folder, _ = built()
        strange = [f"{name}:{line}: {address}" for name, page in pages().items() for line, address in page.loads
                   if urlsplit(address).scheme or address.startswith("//")]
        self.assertEqual(strange, [])
        for file in [*folder.rglob("*.css"), *folder.rglob("*.svg")]:
            with self.subTest(file=file.name):
                text = file.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
                self.assertNotRegex(text, r"@import|https?://|url\((?!#)|<image|<script")

    def test_nothing_is_left_of_markdown(self):
        left = [f"{name}:{line}: {text}" for name, page in pages().items() for line, text in page.prose if _RAW.search(text)]
        self.assertEqual(left, [])

    def test_comments_for_tests_are_not_shown(self):
        for name, page in pages().items():
            with self.subTest(page=name):
                self.assertEqual(page.comments, [])


class NavigationTest(unittest.TestCase):
    def test_it_has_each_page_once(self):
        shown = pages()["index.html"].pages
        wanted = {path.relative_to(REPOSITORY / "docs").with_suffix(".html").as_posix()
                  for path in (REPOSITORY / "docs").rglob("*.md")}
        self.assertEqual(wanted - set(shown), set(), "pages that nobody finds: name them in mkdocs.yml")
        self.assertEqual(len(shown), len(set(shown)))

    def test_checks_stand_in_the_order_of_their_families(self):
        shown = [Path(address).stem for address in pages()["index.html"].pages if address.startswith("checks/coro-")]
        wanted = [row.id for family in checks_def.FAMILIES
                  for row in sorted(rows(), key=lambda row: row.id) if row.family == family]
        self.assertEqual(shown, wanted)


class RepositoryPagesTest(unittest.TestCase):
    """Links to files outside docs/ lead to pages of the site."""

    def test_markdown_is_a_page(self):
        self.assertIn("add-a-check", pages()["repository/CONTRIBUTING.html"].anchors)

    def test_a_source_is_shown(self):
        source = pages()["repository/test/checks/real-bugs/lock-as-a-future.cpp.html"]
        self.assertIn("co_await", source.path.read_text(encoding="utf-8"))

    def test_a_folder_is_listed(self):
        names = {Path(address).stem for _, address in pages()["repository/test/checks/real-bugs/index.html"].links}
        wanted = {path.name for path in (REPOSITORY / "test/checks/real-bugs").iterdir() if path.is_file()}
        self.assertLessEqual(wanted, names)
