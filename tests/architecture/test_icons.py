"""Icons are drawn: no page uses a character that some platforms show as an emoji, or lack."""

import re
import unicodedata

import pytest
from django.template import Context, Template

from tests.architecture.test_house import ROOT

TEMPLATES = ROOT / "templates"
SPRITE = ROOT / "claims" / "static" / "claims" / "icons.svg"
OTHERS = "←→↑↓\N{MULTIPLICATION SIGN}"
DOCUMENTS = {"report.html", "report.css", "report.typ"}
"""Reports, which bring their own fonts along, or may be read without any picture."""

SHOWN = sorted(
    path
    for folder, kinds in (
        (TEMPLATES, ("*.html",)),
        (ROOT / "claims" / "static", ("*.js", "*.css")),
    )
    for kind in kinds
    for path in folder.rglob(kind)
    if path.name not in DOCUMENTS
)


def drawn(text: str) -> set[str]:
    """Characters that are pictures: arrows, ticks, shapes, emoji, and the cross that closes."""
    return {each for each in text if unicodedata.category(each) == "So" or each in OTHERS}


def test_nothing_shows_an_icon_as_a_character():
    assert len(SHOWN) > 80
    found = {str(path.relative_to(ROOT)): drawn(path.read_text()) for path in SHOWN}
    assert {name: signs for name, signs in found.items() if signs} == {}


def test_every_icon_that_is_named_is_drawn():
    sprite = set(re.findall(r'<symbol id="([a-z]+)"', SPRITE.read_text()))
    named = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'{% (?:verdict_)?icon "([^"]+)" %}', path.read_text())
    }
    assert named >= {"back", "next", "undo", "becomes"}
    assert named | {"verified", "disputed", "pending", "proposed"} == sprite


def test_an_icon_is_a_part_of_the_sprite_that_nobody_hears():
    drawn_next = Template('{% load workbench %}{% icon "next" %}').render(Context())
    assert drawn_next == (
        '<svg class="icon" aria-hidden="true"><use href="/static/claims/icons.svg#next"/></svg>'
    )


@pytest.mark.parametrize("sign", "↗↶▾✓○←")
def test_the_characters_that_this_is_about_are_found(sign):
    assert drawn(f"Report {sign}") == {sign}
