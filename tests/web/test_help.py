"""Help: the manual inside the product."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from claims.queries.help import find_passages, manual
from tests.architecture.test_house import ROOT


@pytest.fixture
def reads(client: Client, reader) -> Client:
    """The browser of somebody who may only read."""
    client.force_login(reader)
    return client


@pytest.fixture
def of_ones_own(settings, tmp_path):
    """A manual of two pages, written by the test."""

    def write(index: str, page: str = "# Other\n\nWords.") -> None:
        (tmp_path / "README.md").write_text(f"# Own\n\n[Other](other.md)\n\n{index}")
        (tmp_path / "other.md").write_text(page)
        settings.MANUAL = tmp_path / "README.md"

    return write


def page(client: Client, name: str = "") -> str:
    address = reverse("help-page", args=[name]) if name else reverse("help")
    return client.get(address).content.decode()


def test_every_page_is_shown_with_its_links_anchors_and_pictures(reads):
    """Every link in the manual leads to a page, and to the heading that it names."""
    pages = {
        reverse("help-page", args=[one.name]) if one.name else reverse("help"): one
        for one in manual()
    }
    shown = {address: reads.get(address).content.decode() for address in pages}
    anchors = {address: set(re.findall(r' id="([^"]+)"', html)) for address, html in shown.items()}
    pictures = 0
    assert len(pages) > 12
    for address, html in shown.items():
        prose = html.partition('<div class="prose" lang="en">')[2]
        assert f'<h1 lang="en">{escape(pages[address].title)}</h1>' in html
        for target in re.findall(r'<a href="([^"]+)"', prose):
            if target.startswith("https://"):
                continue
            place, _, anchor = target.partition("#")
            assert (place or address) in pages, target
            assert not anchor or anchor in anchors[place or address], target
        for source in re.findall(r'<img [^>]*src="/static/([^"]+)"', prose):
            assert finders.find(source), source
            pictures += 1
    assert pictures >= 5


def test_it_stands_in_the_menu_and_beside_the_keys(desk, article):
    html = desk.get(article.get_absolute_url()).content.decode()
    assert f'<a href="{reverse("help")}">Help</a>' in html
    place = re.search(r'<dialog id="keys".*?<a href="([^"#]+)#([^"]+)"', html, re.DOTALL)
    assert f'id="{place[2]}"' in desk.get(place[1]).content.decode()


def test_comments_and_html_are_left_out_and_links_that_run_something_are_words(reads, of_ones_own):
    of_ones_own(
        "<!-- hidden -->\n\n<script>alert(1)</script>\n\n[run](javascript:alert(2)) and <b onclick=x>bold</b>"
        " of [a file](../secrets.txt) `<i>`\n\n| a | b |\n| --- | ---: |\n| <img src=x> | 2 |"
    )
    prose = (
        page(reads).partition('<div class="prose" lang="en">')[2].partition('<p class="pages"')[0]
    )
    assert "hidden" not in prose
    assert "secrets" not in prose
    assert not re.search(r"<script|<b\b|<i\b|<img|href=\"javascript|style=", prose)
    assert "of a file" in prose
    assert '<td class="number">2</td>' in prose


def test_links_between_pages_lead_to_pages(reads, of_ones_own):
    of_ones_own("", "# Other\n\n## Twice\n\n## Twice\n\n[back](README.md#own), [here](#twice-1)")
    html = page(reads, "other")
    assert f'<a href="{reverse("help")}#own">back</a>' in html
    assert '<h2 id="twice-1">' in html
    assert '<a href="#twice-1">here</a>' in html
    assert reads.get(reverse("help-page", args=["nowhere"])).status_code == 404


def test_a_page_leads_to_the_one_before_and_the_one_after(reads, of_ones_own):
    of_ones_own("")
    beside = [
        (answer.context["before"], answer.context["after"])
        for answer in (reads.get(reverse("help")), reads.get(reverse("help-page", args=["other"])))
    ]
    first, last = manual()
    assert beside == [(None, last), (first, None)]


def places(typed: str) -> list[tuple[str, str]]:
    return [(one.page.name, one.section.anchor) for one in find_passages(typed)]


def test_it_is_searched_by_words_and_their_beginnings(reads, of_ones_own):
    of_ones_own(
        "## Far apart\n\nA claim may be checked a second time.",
        "# Other\n\nNothing.\n\n## Together\n\nAsk for a second check.\n\n### Checks, the SECOND\n\nWords.",
    )
    assert places("second CHECK") == [
        ("other", "checks-the-second"),
        ("other", "together"),
        ("", "far-apart"),
    ]
    assert places("nothing") == [("other", "")]
    html = reads.get(reverse("help"), {"q": "check"}).content.decode()
    assert "Ask for a second <mark>check</mark>." in html
    assert "may be <mark>checked</mark> a second time" in html
    assert f'href="{reverse("help-page", args=["other"])}#together"' in html


def test_what_is_asked_often_is_found_at_once():
    assert places("lockouts")[0] == ("accounts", "lockouts")
    assert places("keys")[0] == ("editor", "the-keys")


def test_a_search_that_finds_nothing_says_so_and_hostile_words_are_text(reads):
    html = reads.get(reverse("help"), {"q": "<script>zeppelin"}).content.decode()
    assert "No passage contains all of these words." in html
    assert "<script>zeppelin" not in html
    assert find_passages("? * “”") == []


def test_a_german_reader_is_told_that_it_is_in_english(reads):
    german = reads.get(reverse("help"), headers={"accept-language": "de"}).content.decode()
    english = reads.get(reverse("help")).content.decode()
    assert '<div class="prose" lang="en">' in german
    assert 'class="quiet">' in german.partition('class="help-search"')[2].partition("</div>")[0]
    assert (
        'class="quiet">' not in english.partition('class="help-search"')[2].partition("</div>")[0]
    )


def test_every_guide_of_the_manual_is_a_page():
    files = {path.resolve() for path in (ROOT / "docs").glob("*.md")}
    assert files <= {one.path for one in manual()}
