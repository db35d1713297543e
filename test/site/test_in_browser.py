# test_in_browser.py - pages and figures as a reader sees them
#
# CHROMIUM names the browser (default: chromium). Pages are opened as files, so
# whatever needs a server or the network fails here.

import os
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from browser import Browser  # noqa: E402
from built_site import REPOSITORY, built, pages  # noqa: E402

DESKTOP, PHONE = (1280, 900), (390, 844)
VIEWS = [(DESKTOP, False), (DESKTOP, True), (PHONE, True), (PHONE, False)]  # each differs from the last by one thing

def figures():
    """The drawings of the pages, below docs/."""
    return sorted(path.relative_to(REPOSITORY / "docs").as_posix() for path in (REPOSITORY / "docs").rglob("*.svg"))


class BrowserTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = Browser(os.environ.get("CHROMIUM", "chromium"))
        cls.addClassCleanup(cls.browser.close)
        cls.browser.prepare((HERE / "legibility.js").read_text(encoding="utf-8"))
        cls.folder, _ = built()

    def open(self, name):
        self.browser.open((self.folder / name).as_uri())

    def assert_readable(self, name, problems):
        """Nothing is wrong with a page in any size and colour scheme."""
        self.open(name)
        for (width, height), dark in VIEWS:
            self.browser.show(width, height, dark)
            with self.subTest(page=name, width=width, dark=dark):
                self.assertEqual(self.browser.ask(problems), [])
        self.assert_no_complaints(name)

    def assert_no_complaints(self, name):
        with self.subTest(page=name):
            self.assertEqual(self.browser.problems, [])
            self.assertEqual([address for address in self.browser.requests if not address.startswith("file:")], [])


class PagesInBrowserTest(BrowserTest):
    def test_pages_fit_and_are_legible(self):
        for name in pages():
            self.assert_readable(name, "[...tooWide(), ...outside(), ...faint(), ...brokenPictures()]")

    def test_figures_fit_and_are_legible(self):
        self.assertTrue(figures())
        for name in figures():
            self.assert_readable(name, "[...faint(), ...crowded()]")

    def test_the_navigation_shows_where_its_page_stands(self):
        self.browser.show(*DESKTOP, False)
        self.open("reference/aio/with_cleanup.html")
        box = self.browser.ask("document.querySelector('.pages [aria-current]').getBoundingClientRect().toJSON()")
        self.assertTrue(0 < box["top"] and box["bottom"] < DESKTOP[1], box)

    def test_contents_open_on_a_phone(self):
        self.open("index.html")
        self.browser.show(*PHONE, False)
        shown = "document.querySelector('.pages > ul').offsetHeight > 0"
        self.assertFalse(self.browser.ask(shown))
        self.browser.ask("document.querySelector('.pages > label').click()")
        self.assertTrue(self.browser.ask(shown))


class SearchTest(BrowserTest):
    def found(self, text):
        """[(title, address)] of what the search shows."""
        self.browser.ask("document.querySelector('.search input').focus()")
        self.browser.ask("document.querySelector('.search input').value = ''")
        self.browser.key(text)
        return self.browser.ask("""(async () => {
          while (document.querySelector('.results').hidden) await new Promise(done => setTimeout(done, 10));
          return [...document.querySelectorAll('.results a')].map(a => [a.querySelector('b').textContent, a.href]);
        })()""")

    def test_a_check_is_found_by_a_part_of_its_name(self):
        self.browser.show(*DESKTOP, False)
        self.open("getting-started.html")
        titles = [title for title, _ in self.found("lambda-cap")]
        self.assertTrue(any("coro-lambda-capture" in title for title in titles), titles)
        self.assert_no_complaints("search")

    def test_russian_is_found_from_an_inner_page(self):
        self.open("ru/tutorial/index.html")
        answers = self.found("цикл событий")
        self.assertTrue(any("/ru/tutorial/05-event-loop.html" in address for _, address in answers), answers)

    def test_results_lead_to_places_that_exist(self):
        self.open("checks/index.html")
        for _, address in self.found("cancel"):
            name, _, anchor = address.removeprefix(self.folder.as_uri() + "/").partition("#")
            with self.subTest(result=address):
                self.assertIn(name, pages())
                if anchor:
                    self.assertIn(anchor, pages()[name].anchors)

    def test_nothing_found_is_said(self):
        self.open("index.html")
        self.assertEqual(self.found("qqqqzzzz"), [])
        self.assertEqual(self.browser.ask("document.querySelector('.results').textContent"), "—")
