"""Icons are drawn: no page uses a character that some platforms show as an emoji, or lack."""

import ast
import html
import re
import unicodedata
from pathlib import Path

import pytest
from django.template import Context, Template

from tests.architecture.test_house import ROOT

TEMPLATES = ROOT / "templates"
SPRITE = ROOT / "claims" / "static" / "claims" / "icons.svg"
OTHERS = "←→↑↓\N{MULTIPLICATION SIGN}"
BESIDE = {
    TEMPLATES
    / "documents": "reports, which bring their own fonts along, or may be read without any picture",
    ROOT / "claims" / "renderers": "the same, put together in Python",
    ROOT / "claims" / "extraction": "what articles are written with, and not what pages show",
    ROOT / "claims" / "ingest": "the same",
}
"""Folders whose characters do not appear on any page."""

SHOWN = sorted(
    path
    for folder, kinds in (
        (TEMPLATES, ("*.*",)),
        (ROOT / "claims" / "static", ("*.js", "*.css")),
        (ROOT / "claims" / "locale", ("*.po",)),
        (ROOT / "claims", ("*.py",)),
        (ROOT / "workbench", ("*.py",)),
    )
    for kind in kinds
    for path in folder.rglob(kind)
    if not any(path.is_relative_to(folder) for folder in BESIDE)
)


def drawn(text: str) -> set[str]:
    """Characters that are pictures: arrows, ticks, shapes, emoji, and the cross that closes.

    The replacement character is not one of them: programs search for it.
    """
    pictures = {each for each in text if unicodedata.category(each) == "So" or each in OTHERS}
    return pictures - {"\N{REPLACEMENT CHARACTER}"}


def said(path: Path) -> str:
    """What a file can show to anybody: in Python its strings, except docstrings."""
    text = path.read_text()
    if path.suffix == ".html":
        return html.unescape(text)
    if path.suffix != ".py":
        return text
    nodes = list(ast.walk(ast.parse(text)))
    beside = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    strings = (node for node in nodes if isinstance(node, ast.Constant) and id(node) not in beside)
    return " ".join(node.value for node in strings if isinstance(node.value, str))


@pytest.mark.parametrize("kind", [".html", ".css", ".js", ".po", ".py"])
def test_nothing_shows_an_icon_as_a_character(kind):
    paths = [path for path in SHOWN if path.suffix == kind]
    assert paths
    found = {str(path.relative_to(ROOT)): drawn(said(path)) for path in paths}
    assert {name: signs for name, signs in found.items() if signs} == {}


def test_every_icon_that_is_named_is_drawn():
    sprite = set(re.findall(r'<symbol id="([a-z]+)"', SPRITE.read_text()))
    named = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'{% (?:verdict_)?icon "([^"]+)" %}', path.read_text())
    }
    assert named >= {"back", "next", "undo", "becomes"}
    assert named | {"verified", "disputed", "pending", "proposed", "clock"} == sprite


def test_an_icon_is_a_part_of_the_sprite_that_nobody_hears():
    drawn_next = Template('{% load workbench %}{% icon "next" %}').render(Context())
    assert drawn_next == (
        '<svg class="icon" aria-hidden="true"><use href="/static/claims/icons.svg#next"/></svg>'
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<p>Report &rarr;</p>"),
        ("a.py", 'TEXT = f"Report {1} →"'),
        ("a.js", "const sign = '→';"),
        ("a.po", 'msgstr "Bericht →"'),
    ],
)
def test_they_are_found_in_every_kind_of_file(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text)
    assert drawn(said(path)) == {"→"}


def test_what_explains_a_program_may_hold_them(tmp_path):
    path = tmp_path / "a.py"
    path.write_text('"""Old → new."""\n# Old → new\n')
    assert drawn(said(path)) == set()


@pytest.mark.parametrize("sign", "↗↶▾✓○←")
def test_the_characters_that_this_is_about_are_found(sign):
    assert drawn(f"Report {sign}") == {sign}
