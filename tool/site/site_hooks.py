# site_hooks.py - what mkdocs does not do by itself
"""mkdocs calls these functions by their names while it builds the site."""

import functools
import re
import sys
from pathlib import Path

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tool/site"), str(ROOT / "tool/dev")]

import checks_def  # noqa: E402
import generate_docs  # noqa: E402
from repository_pages import RepositoryPages  # noqa: E402

PAGES = RepositoryPages(ROOT)

_TERMINAL = re.compile(r'<div class="language-(?:text|console) highlight">.*?</div>', re.DOTALL)
_SHORT = re.compile(r"<code>([^<\s]{1,28})</code>")
_KIND = re.compile(r"(?<=: )(warning|note|error)(?=: )|(?<=  )(help)(?=: )")
_MARKS = re.compile(r"(?<=\| )( *)([\^~][\^~ ]*)(?=(?:</span>)?$)", re.MULTILINE)


# When a check of a tier is on.
_TIERS = {"High": "tier High: on by default", "Medium": "tier Medium: with --strict", "Low": "tier Low: selected by name"}


@functools.cache
def _rows():
    return checks_def.parse((ROOT / checks_def.FILE).read_text(encoding="utf-8"))


def slug(heading, _separator="-"):
    """The anchor of a heading, as GitHub makes it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def on_config(config):
    config["nav"] = [_entry(entry) for entry in config["nav"]]
    config["mdx_configs"]["toc"]["slugify"] = slug
    return config


def _entry(entry):
    """An entry of the navigation; a folder is replaced by its pages."""
    if isinstance(entry, str):
        return entry
    title, target = next(iter(entry.items()))
    if isinstance(target, list):
        return {title: [_entry(inner) for inner in target]}
    if not target.endswith("/"):
        return entry
    folder = ROOT / "docs" / target
    pages = [f"{target}{page.name}" for page in sorted(folder.glob("*.md")) if page.name != "index.md"]
    groups = _families(target, pages) if target == "checks/" else []
    grouped = {page for group in groups for members in group.values() for page in members}
    return {title: [f"{target}index.md", *groups, *(page for page in pages if page not in grouped)]}


def _families(folder, pages):
    groups = []
    for family in checks_def.FAMILIES:
        members = sorted(f"{folder}{row.id}.md" for row in _rows() if row.family == family)
        groups.append({generate_docs.TITLES[family]: [page for page in members if page in pages]})
    return groups


def on_files(files, config):
    PAGES.follow([Path(file.abs_src_path) for file in files.documentation_pages()])
    for address, target in sorted(PAGES.files.items()):
        file = File(address, config["docs_dir"], config["site_dir"], config["use_directory_urls"])
        file.abs_src_path = str(target)
        files.append(file)
    return files


def on_page_read_source(page, config):
    return PAGES.text(page.file.src_uri) if page.file.src_uri in PAGES.files else None


def on_page_markdown(markdown, page, config, files):
    return PAGES.rendered(markdown, page.file.src_uri)


def on_page_content(html, page, config, files):
    html = _TERMINAL.sub(lambda block: _colour(block[0]), html)
    html = _SHORT.sub(r'<code class="whole">\1</code>', html)
    html = html.replace("<p><img ", '<p class="figure"><img ')
    html = html.replace("<table>", '<div class="table"><table>').replace("</table>", "</table></div>")
    return html.replace("</h1>", f"</h1>{_facts(page.file.src_uri)}", 1)


def _facts(address):
    """What Checks.def says of the check whose page it is."""
    for row in _rows():
        if row.page == f"docs/{address}":
            return f'<p class="facts">{generate_docs.TITLES[row.family]} · {_TIERS[row.tier]} · since {row.since}</p>'
    return ""


def _colour(block):
    """Marks up what a terminal shows in colour."""
    block = _KIND.sub(lambda kind: f'<b class="{kind[0]}">{kind[0]}</b>', block)
    return _MARKS.sub(r'\1<span class="marks">\2</span>', block)


def on_post_template(output_content, template_name, config):
    return "" if template_name == "sitemap.xml" else output_content  # it needs the address of the site


def on_post_build(config):
    """Pages opened as files cannot fetch; a script they can load."""
    index = Path(config["site_dir"], "search/search_index.json")
    index.with_name("index.js").write_text(f"window.searchIndex = {index.read_text(encoding='utf-8')};\n",
                                           encoding="utf-8")
    index.unlink()
