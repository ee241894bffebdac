"""Where the filters of the queue and the switch of the source lead."""

import html
import re

import pytest

from claims.models import Claim
from tests.models import rows


@pytest.fixture
def claim(editor) -> Claim:
    """A claim by Ada Venn, in an article with one in its own voice."""
    made = rows.claim(rows.revision(editor), source=rows.source("Ada Venn"))
    rows.claim(made.revision, 30)
    return made


@pytest.fixture
def page(desk, claim):
    """The page of the article, with an address of one query string."""

    def page(query: str) -> str:
        answer = desk.get(f"{claim.revision.article.get_absolute_url()}?{query}")
        assert answer.status_code == 200
        return html.unescape(answer.content.decode())

    return page


def led(claim: Claim, part: str) -> dict[str, str]:
    """Return the query strings that the links of a part of the page have, by their words."""
    links = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>\s*(.*?)\s*<(?:/a|span|kbd)', part, re.DOTALL)
    home = claim.revision.article.get_absolute_url()
    return {words: address.removeprefix(home) for address, words in links}


@pytest.mark.parametrize(
    ("query", "addresses"),
    [
        ("show=pending", {"All": "", "Pending": "?show=pending"}),
        ("source=none", {"All": "?source=none", "Pending": "?show=pending&source=none"}),
        (
            "list=verdict%3Dpending&source=none",
            {
                "From the list": "?list=verdict%3Dpending&source=none",
                "All": "?source=none",
                "Pending": "?show=pending&source=none",
            },
        ),
    ],
)
def test_a_filter_keeps_the_source_and_leaves_the_list(page, claim, query, addresses):
    filters = page(query).partition('<nav id="filters"')[2].partition("</nav>")[0]
    found = led(claim, filters)
    assert {words: found[words] for words in addresses} == addresses
    assert ("From the list" in found) == ("list" in query)


def test_the_switch_leads_to_the_claims_of_this_source_and_back_to_all(page, claim):
    own = Claim.objects.get(source=None)
    for one, query, words, address in (
        (claim, "", "Only this source", f"&source={claim.source_id}"),
        (claim, "&show=pending", "Only this source", f"&show=pending&source={claim.source_id}"),
        (own, "", "Only this source", "&source=none"),
        (claim, f"&source={claim.source_id}", "All sources", ""),
    ):
        shown = page(f"claim={one.pk}{query}")
        switch = re.search(r'<a class="source-switch".*?</a>', shown, re.DOTALL)[0]
        assert led(claim, switch) == {words: f"?claim={one.pk}{address}"}
