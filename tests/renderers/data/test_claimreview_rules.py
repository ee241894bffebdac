"""The rules that a claim review keeps: what is broken is never exported."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import choices
from claims.renderers.data.claimreview import left_out, script_safe, write
from claims.renderers.data.claimreview_rules import problems
from claims.renderers.types import Term
from tests.renderers import reports
from tests.renderers.data.claimreviews import published, review, why

BROKEN = [
    ("@context", None, "@context is not https://schema.org."),
    ("@context", "http://schema.org", "@context is not https://schema.org."),
    ("@type", "Review", "review is not of type ClaimReview."),
    ("url", None, "url is missing."),
    ("url", "/published/4/9/", "url is not an absolute web address."),
    ("url", "ftp://proofdesk.example/", "url is not an absolute web address."),
    ("url", 9, "url is not an absolute web address."),
    ("claimReviewed", None, "claimReviewed is missing."),
    ("claimReviewed", " ", "claimReviewed is not a text."),
    ("claimReviewed", ["a"], "claimReviewed is not a text."),
    ("claimReviewed", "False: it is empty", "claimReviewed contains a rating."),
    ("datePublished", "7 May 2031", "datePublished is not a date in ISO 8601."),
    ("datePublished", "2031-02-30", "datePublished is not a date in ISO 8601."),
    ("datePublished", 2031, "datePublished is not a date in ISO 8601."),
    ("headline", "x", "review.headline is not a property that these rules allow."),
    ("reviewRating", None, "reviewRating is missing."),
    ("reviewRating", "Verified", "reviewRating is not an object."),
    ("reviewRating.@type", "AggregateRating", "reviewRating is not of type Rating."),
    ("reviewRating.alternateName", None, "reviewRating.alternateName is missing."),
    ("reviewRating.alternateName", "", "reviewRating.alternateName is missing."),
    (
        "reviewRating.alternateName",
        "Pending",
        "reviewRating.alternateName is not a verdict that can be reviewed.",
    ),
    (
        "reviewRating.alternateName",
        "Disputed",
        "reviewRating has a number for a claim that is only disputed.",
    ),
    ("reviewRating.bestRating", None, "reviewRating has a number without its scale."),
    ("reviewRating.ratingValue", "5", "reviewRating has a number that is not valid."),
    ("reviewRating.ratingValue", True, "reviewRating has a number that is not valid."),
    ("reviewRating.ratingValue", 6, "reviewRating.ratingValue is not on its scale."),
    (
        "reviewRating",
        {
            "@type": "Rating",
            "alternateName": "Verified",
            "ratingValue": 5,
            "bestRating": 5,
            "worstRating": 5,
        },
        "reviewRating.ratingValue is not on its scale.",
    ),
    ("reviewRating.ratingValue", 0, "reviewRating.ratingValue is not on its scale."),
    ("author", "The Proof Desk", "author is not an object."),
    ("author.@type", "Thing", "author is not of type Person or Organization."),
    ("author.name", "", "author.name is not a text."),
    ("author.url", "proofdesk.example", "author.url is not an absolute web address."),
    ("itemReviewed", [], "itemReviewed is not an object."),
    ("itemReviewed.@type", "CreativeWork", "itemReviewed is not of type Claim."),
    ("itemReviewed.author.name", None, "itemReviewed.author.name is missing."),
    ("itemReviewed.author.name", " ", "itemReviewed.author.name is not a text."),
    (
        "itemReviewed.author.@type",
        "CreativeWork",
        "itemReviewed.author is not of type Person or Organization.",
    ),
    (
        "itemReviewed.author.sameAs",
        ["javascript:alert(1)"],
        "itemReviewed.author.sameAs is not an absolute web address.",
    ),
    (
        "itemReviewed.author.role",
        "x",
        "itemReviewed.author.role is not a property that these rules allow.",
    ),
    ("itemReviewed.datePublished", "", "itemReviewed.datePublished is not a date in ISO 8601."),
    (
        "itemReviewed.appearance",
        "https://lantern.example",
        "itemReviewed.appearance is not an object.",
    ),
    ("itemReviewed.appearance.url", None, "itemReviewed.appearance.url is missing."),
    (
        "itemReviewed.appearance.url",
        "lantern",
        "itemReviewed.appearance.url is not an absolute web address.",
    ),
]


@pytest.mark.parametrize(("path", "value", "problem"), BROKEN, ids=str)
def test_a_broken_review_is_refused_with_the_right_reason(path: str, value, problem: str):
    broken = copy.deepcopy(review())
    *way, name = path.split(".")
    inside = broken
    for step in way:
        inside = inside[step]
    if value is None:
        del inside[name]
    else:
        inside[name] = value
    assert problems(broken) == [problem]


def test_a_claim_author_without_a_type_or_a_desk_known_by_its_address_is_no_problem():
    made = review()
    del made["itemReviewed"]["author"]["@type"]
    del made["author"]["name"]
    assert problems(made) == []
    del made["author"]["url"]
    assert problems(made) == ["author.name or url is missing."]


def test_only_what_is_required_is_no_problem():
    assert (
        problems(
            {
                key: review()[key]
                for key in ("@context", "@type", "url", "claimReviewed", "reviewRating")
            }
        )
        == []
    )


def test_a_review_that_would_be_broken_is_left_out_with_the_problem():
    assert why(claims_url="/published/claims/") == "url is not an absolute web address."


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    text=st.text(st.characters(codec="utf-8") | st.sampled_from(":/?#[]@ \n"), max_size=30),
    kind=st.sampled_from(choices.SourceKind.values),
)
def test_nothing_is_exported_broken_whatever_the_texts(text: str, kind: str):
    made = published(
        statement=text,
        source=text,
        source_kind=Term(kind, kind),
        source_links=(text, f"https://{text}"),
        name=text,
        site=f"https://{text}",
        articles=(reports.article(outlet=text, url=f"http://{text}"),),
    )
    exported = json.loads(b"".join(write(made)))
    assert [problem for each in exported for problem in problems(each)] == []
    assert len(exported) + len(left_out(made)) == 1


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.text(st.characters(codec="utf-8") | st.sampled_from("</>!-script&\u2028\u2029"), max_size=30)
)
def test_a_review_inside_a_page_ends_no_script_and_comes_back(text: str):
    made = {"claimReviewed": f"{text}</script><!--{text}\u2028"}
    safe = script_safe(made)
    assert not set("<>&\u2028\u2029") & set(safe)
    assert json.loads(safe) == made


@pytest.mark.parametrize("value", [1, 5])
def test_the_ends_of_a_scale_are_on_it(value):
    made = copy.deepcopy(review())
    made["reviewRating"] |= {"ratingValue": value, "worstRating": 1, "bestRating": 5}
    assert problems(made) == []
