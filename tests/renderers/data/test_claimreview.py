"""Claims as ClaimReview: what a review says, of whom, and what is left out."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from claims import choices
from claims.errors import NoPublicAddressError
from claims.renderers.data import claimreview_rules
from claims.renderers.data.claimreview import LABELS, LeftOut, left_out, review_of, write
from claims.renderers.types import Term
from tests.renderers import reports
from tests.renderers.data.claimreviews import AT, correction, published, review, why


def test_a_verified_claim_is_a_whole_review():
    assert review() == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://proofdesk.example/published/claims/9/",
        "claimReviewed": "Berth 9 of Quillport harbour has been empty since the thaw.",
        "datePublished": "2031-05-07",
        "author": {
            "@type": "Organization",
            "name": "The Veldmark Proof Desk",
            "url": "https://proofdesk.example",
        },
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": 5,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": "Verified",
        },
        "inLanguage": "en",
        "itemReviewed": {
            "@type": "Claim",
            "author": {
                "@type": "Person",
                "name": "Oswin Tarrabel",
                "sameAs": ["https://www.wikidata.org/wiki/Q4115189"],
            },
            "datePublished": "2031-05-06",
            "appearance": {"@type": "CreativeWork", "url": "https://lantern.example/berths"},
            "inLanguage": "en",
        },
    }


def test_a_disputed_claim_has_a_word_and_no_number():
    assert review(verdict=reports.DISPUTED)["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Disputed",
    }


def test_the_file_is_an_array_of_what_keeps_the_rules():
    made = reports.several()
    file = json.loads(b"".join(write(made)))
    assert [each["url"] for each in file] == [made.claim_page(21), made.claim_page(22)]
    assert left_out(made) == (LeftOut(23, LABELS["pending"]),)


def test_each_claim_is_either_reviewed_or_left_out_with_a_reason():
    made = replace(reports.sample(), claims_url="https://proofdesk.example/published/claims/")
    reviewed = [int(each["url"].split("/")[-2]) for each in json.loads(b"".join(write(made)))]
    assert reviewed == [12, 13]
    assert [(each.claim, each.reason) for each in left_out(made)] == [
        (number, LABELS["pending"]) for number in (11, 14, 15)
    ]


def test_without_a_public_page_the_error_names_the_setting():
    for call in (lambda made: list(write(made)), left_out):
        with pytest.raises(NoPublicAddressError, match="PUBLIC_URL"):
            call(reports.sample())
    with pytest.raises(NoPublicAddressError):
        review_of(reports.sample(), reports.sample().report.lines[0])


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"verdict": reports.PENDING}, "pending"),
        ({"name": " "}, "newsroom"),
        ({"checked_at": None}, "undated"),
        ({"statement": " "}, "empty"),
        ({"statement": "False: the berths are empty"}, "rating"),
        ({"statement": "Disputed - the berths are empty"}, "rating"),
        ({"statement": "“Verified”: the berths are empty"}, "rating"),
        ({"statement": "Mostly false."}, "rating"),
        ({"statement": "FALSCH"}, "rating"),
        ({"statement": "Bestätigt – die Liegeplätze sind leer"}, "rating"),
    ],
)
def test_what_breaks_a_rule_is_left_out_with_the_reason(changes, reason: str):
    assert why(**changes) == LABELS[reason]


@pytest.mark.parametrize(
    "statement",
    [
        "True North ferries carry half of Quillport's freight.",
        "False alarms closed the harbour twice.",
        "False-bottom barges were used in Fennick.",
        "Pending payments of the port reach nine million.",
        "Offene Rechnungen des Hafens liegen bei neun Millionen.",
        "The minister said: disputed.",
    ],
)
def test_a_statement_that_only_begins_like_a_verdict_is_a_statement(statement: str):
    assert review(statement=statement)["claimReviewed"] == statement


def test_a_long_statement_is_exported_whole():
    long = "The harbour of Quillport " + "and that of Fennick " * 20 + "are empty."
    assert review(statement=long)["claimReviewed"] == long


NARRATED = {
    "quotation": reports.NARRATION,
    "source": "",
    "source_kind": None,
    "source_links": (),
    "role": "",
}


def test_narration_of_another_outlet_is_that_outlets_claim():
    assert review(**NARRATED)["itemReviewed"]["author"] == {
        "@type": "Organization",
        "name": "The Quillport Lantern",
    }


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"outlet": "the  veldmark PROOF desk"}, "own"),
        ({"url_of_article": "https://proofdesk.example/news/1"}, "own"),
        ({"url_of_article": "https://www.proofdesk.example/news/1"}, "own"),
        ({"url_of_article": "https://news.proofdesk.example:8443/1"}, "own"),
        ({"outlet": ""}, "origin"),
        ({"url_of_article": ""}, "origin"),
        ({"url_of_article": "ftp://lantern.example/berths"}, "origin"),
    ],
)
def test_narration_without_an_origin_outside_the_desk_is_left_out(changes, reason: str):
    changed = {name.removesuffix("_of_article"): value for name, value in changes.items()}
    made = published(**NARRATED, articles=(reports.article(**changed),))
    assert left_out(made) == (LeftOut(9, LABELS[reason]),)


def test_narration_of_a_site_that_only_ends_alike_is_not_the_desks_own():
    articles = (reports.article(url="https://notproofdesk.example/1"),)
    assert review(**NARRATED, articles=articles)


def test_what_somebody_says_in_the_desks_own_article_is_reviewed():
    articles = (reports.article(url="https://proofdesk.example/news/1"),)
    assert review(articles=articles)["itemReviewed"]["author"]["name"] == "Oswin Tarrabel"


AUTHORS = {
    "Person": ["minister", "lawmaker", "expert", "witness"],
    "Organization": ["court", "armed-group", "company", "organisation", "media"],
    "only a name": ["spokesperson", "official", "police-military", "other"],
    "nobody": ["unnamed", "document"],
}


def test_every_kind_of_source_has_its_place_among_the_authors():
    assert sorted(kind for kinds in AUTHORS.values() for kind in kinds) == sorted(
        choices.SourceKind.values
    )


@pytest.mark.parametrize(
    ("kind", "author"), [(kind, author) for author, kinds in AUTHORS.items() for kind in kinds]
)
def test_who_makes_the_claim_is_of_a_type_only_where_that_is_certain(kind: str, author: str):
    item = review(source_kind=Term(kind, kind), source_links=())["itemReviewed"]
    named = {"name": "Oswin Tarrabel"}
    expected = {"only a name": named, "nobody": None}.get(author, {"@type": author, **named})
    assert item.get("author") == expected


def test_only_what_is_known_and_only_addresses_of_the_web_are_told():
    links = ("javascript:alert(1)", "https://", "http://[::1", "https://veld.example/tarrabel")
    articles = (reports.article(url="javascript:alert(1)", published=None, language="12"),)
    found = review(source_links=links, articles=articles, site="")
    assert found["itemReviewed"]["author"]["sameAs"] == ["https://veld.example/tarrabel"]
    assert set(found["itemReviewed"]) == {"@type", "author"}
    assert set(found["author"]) == {"@type", "name"}


def test_the_last_published_correction_counts():
    later, last = datetime(2031, 5, 20, tzinfo=UTC), datetime(2031, 6, 1, tzinfo=UTC)
    found = review(
        corrections=(
            correction(reports.PENDING, later),
            correction(reports.DISPUTED, last),
            correction(reports.PENDING, None),
            correction(reports.PENDING, last, claim=10),
        )
    )
    assert found["reviewRating"]["alternateName"] == "Disputed"
    assert found["datePublished"] == "2031-06-01"


def test_a_verdict_that_was_taken_back_is_no_review_any_more():
    assert why(corrections=(correction(reports.PENDING, AT),)) == LABELS["corrected"]


def test_a_pending_claim_that_was_decided_since_is_a_review():
    found = review(
        verdict=reports.PENDING,
        checked_at=None,
        corrections=(correction(reports.VERIFIED, AT),),
    )
    assert found["reviewRating"]["ratingValue"] == 5


def test_every_verdict_of_the_desk_is_rated_or_never_exported():
    assert {*claimreview_rules.RATINGS, "pending"} == set(choices.Verdict.values)
