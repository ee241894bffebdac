"""Other newsrooms' fact-checks out of pages, data feeds and tables."""

import io
import json
from datetime import date

import pytest

from claims.errors import (
    TooLargeError,
    UnknownFormatError,
    UnreadableRecordError,
    UnreadableTableError,
)
from claims.ingest import fact_checks as reading
from claims.ingest.fact_checks import fact_checks, json_stream
from claims.ingest.sandbox import Sandbox

PAGE = "https://kettle.example.org/checks/bridge"

REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": PAGE,
    "claimReviewed": "The Olm bridge has been closed since May.",
    "datePublished": "2026-05-04",
    "inLanguage": "en-GB",
    "author": {"@type": "Organization", "name": "The Kettle"},
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": "2",
        "bestRating": "5",
        "alternateName": "Mostly &amp; plainly false",
    },
    "itemReviewed": {
        "@type": "Claim",
        "author": [{"@type": "Person", "name": "Ada Venn"}, {"name": "Bo Tarn"}],
        "datePublished": "2026-05-02T09:00:00+02:00",
        "appearance": [
            {"@type": "CreativeWork", "url": "https://post.example.org/1"},
            "https://post.example.org/2",
        ],
    },
}


def review(**fields) -> dict:
    return REVIEW | fields


def html(*blocks: object) -> bytes:
    scripts = "".join(
        f'<script type="application/ld+json">{each if isinstance(each, str) else json.dumps(each)}</script>'
        for each in blocks
    )
    return f"<html><head>{scripts}</head><body><p>Checked.</p></body></html>".encode()


def found(data: bytes | str, name: str, address: str = "") -> list:
    stream = io.BytesIO(data.encode() if isinstance(data, str) else data)
    return [entry.found for entry in fact_checks(stream, name, address)]


def feed(*reviews: dict) -> str:
    items = [{"@type": "DataFeedItem", "item": [each]} for each in reviews]
    return json.dumps({"@type": "DataFeed", "dataFeedElement": items})


class TestPages:
    @pytest.mark.parametrize(("deep", "number"), [(0, 1), (7, 1), (8, 0)])
    def test_a_review_is_looked_for_some_objects_deep(self, deep, number):
        held = REVIEW
        for _level in range(deep):
            held = {"@type": "WebPage", "mainEntity": [held]}
        assert len(found(html(held), "page.html")) == number

    def test_all_that_a_review_says_is_read(self):
        (check,) = found(html(REVIEW), "page.html")
        assert check == reading.CheckDraft(
            publisher="The Kettle",
            statement="The Olm bridge has been closed since May.",
            rating="Mostly & plainly false",
            url=PAGE,
            claimant="Ada Venn, Bo Tarn",
            rating_value=2.0,
            reviewed_on=date(2026, 5, 4),
            claimed_on=date(2026, 5, 2),
            appearance="https://post.example.org/1",
            language="en-GB",
        )

    @pytest.mark.parametrize(
        "block",
        [
            [REVIEW],
            {"@graph": [{"@type": "WebPage"}, REVIEW]},
            {"@type": "NewsArticle", "review": REVIEW},
            {"@type": "ItemList", "itemListElement": [{"item": REVIEW}]},
            review(**{"@type": ["Review", "ClaimReview"]}),
            review(**{"@type": "https://schema.org/ClaimReview"}),
            review(itemReviewed=[REVIEW["itemReviewed"]]),
        ],
    )
    def test_wherever_a_page_holds_it(self, block):
        (check,) = found(html(block), "page.html")
        assert (check.publisher, check.claimant) == ("The Kettle", "Ada Venn, Bo Tarn")

    @pytest.mark.parametrize(
        "block",
        [
            {"@type": "NewsArticle", "headline": "A bridge"},
            review(**{"@type": "MediaReview"}),
            "{not json",
            "[" * 100_000,
            '"' + "x" * 2_100_000 + '"',
        ],
    )
    def test_other_blocks_are_passed_over(self, block):
        assert len(found(html(block, REVIEW), "page.html")) == 1

    def test_a_review_without_an_address_is_on_its_page(self):
        (check,) = found(html(review(url=None)), "page.html", PAGE)
        assert check.url == PAGE

    @pytest.mark.parametrize(
        "appearance", ["by word of mouth", 7, None, {"url": "ftp://a.example/"}]
    )
    def test_an_appearance_that_is_not_a_web_address_is_left_out(self, appearance):
        claim = {"appearance": [appearance, "https://post.example.org/2"]}
        (check,) = found(html(review(itemReviewed=claim)), "page.html")
        assert check.appearance == "https://post.example.org/2"

    def test_a_publisher_without_a_name_goes_by_its_site(self):
        (check,) = found(html(review(author={"url": "https://kettle.example.org"})), "page.html")
        assert check.publisher == "kettle.example.org"

    @pytest.mark.parametrize(
        ("fields", "why"),
        [
            ({"claimReviewed": ""}, "the claim reviewed is missing"),
            ({"claimReviewed": "x" * 5_001}, "the claim reviewed is too long"),
            ({"reviewRating": {"ratingValue": 1}}, "the rating in words is missing"),
            ({"url": "javascript:alert(1)"}, "the address of the review is not a web address"),
            ({"url": "https://kettle.example.org/a b"}, "is not a web address"),
        ],
    )
    def test_one_that_lacks_what_is_required_says_so_and_the_others_are_read(self, fields, why):
        bad, good = found(html([review(**fields), REVIEW]), "page.html")
        assert isinstance(bad, UnreadableRecordError)
        assert why in str(bad)
        assert good.url == PAGE

    @pytest.mark.parametrize("value", ["high", "NaN", "1e999", True, None, {}])
    def test_a_rating_that_is_no_number_has_none(self, value):
        rating = {"alternateName": "False", "ratingValue": value}
        (check,) = found(html(review(reviewRating=rating)), "page.html")
        assert check.rating_value is None


class TestFeeds:
    @pytest.mark.parametrize(
        "data",
        [
            feed(REVIEW, review(claimReviewed="Another.")),
            json.dumps([REVIEW, review(claimReviewed="Another.")]),
            json.dumps({"@graph": [REVIEW, review(claimReviewed="Another.")]}),
            "\ufeff" + feed(REVIEW, review(claimReviewed="Another.")),
            feed(REVIEW, review(claimReviewed="Another.")).replace("}, {", "}\n ,\n{"),
        ],
    )
    def test_every_form_of_a_feed_is_read(self, data):
        checks = found(data, "feed.JSON")
        assert [one.statement for one in checks] == [REVIEW["claimReviewed"], "Another."]

    def test_a_long_feed_is_read_before_it_ends(self):
        """The reader has taken no more of it than it needed."""
        stream = io.BytesIO(feed(*[REVIEW] * 20_000).encode())
        first = next(fact_checks(stream, "feed.json"))
        assert first.found.publisher == "The Kettle"
        assert stream.tell() < 1_000_000

    def test_reviews_longer_than_a_block_are_read_whole(self):
        text = "y" * 700_000
        checks = found(feed(review(reviewBody=text), REVIEW), "feed.json")
        assert [one.publisher for one in checks] == ["The Kettle", "The Kettle"]

    @pytest.mark.parametrize(
        "data",
        [
            "",
            "no json",
            feed(REVIEW)[:-40],
            "[" + "[" * 300_000,
            json.dumps([REVIEW])[:-1] + ', "' + "x" * (json_stream.MAX_VALUE + 300_000),
            b"\xff\xfe\xff\xff",
        ],
    )
    def test_what_is_damaged_says_so(self, data):
        with pytest.raises(UnreadableTableError):
            found(data, "feed.json")

    def test_those_before_the_damage_are_read(self):
        entries = fact_checks(io.BytesIO(feed(REVIEW, REVIEW)[:-40].encode()), "feed.json")
        assert next(entries).found.url == PAGE

    def test_values_may_stand_far_apart_and_a_list_has_to_end(self):
        apart = " " * 200_000
        assert list(json_stream.values(io.BytesIO(f"[1,{apart}2]".encode()))) == [1, 2]
        with pytest.raises(UnreadableTableError, match="damaged"):
            list(json_stream.values(io.BytesIO(f"[1,{apart}".encode())))

    def test_no_more_are_read_than_allowed(self, monkeypatch):
        monkeypatch.setattr(reading, "MAX_CHECKS", 3)
        assert len(found(feed(*[REVIEW] * 5), "feed.json")) == 3


TABLE = "publisher,claim,rating,url,date,language\n"


class TestTables:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_its_columns_may_be_in_any_order_and_others_are_passed_over(self, delimiter):
        lines = [
            ["URL", "Rating", "note", "claim", "publisher", "claim_date", "rating_value"],
            [PAGE, "False", "x", "The bridge is closed.", "The Kettle", "2026-05-02", "1"],
        ]
        data = "\r\n".join(delimiter.join(line) for line in lines)
        (check,) = found(data, "checks.csv")
        assert (check.publisher, check.rating, check.rating_value) == ("The Kettle", "False", 1.0)
        assert check.claimed_on == date(2026, 5, 2)

    def test_a_bad_line_is_named_and_the_rest_is_read(self):
        data = f"{TABLE}The Kettle,Closed.,,{PAGE},,\n\nThe Kettle,Open.,True,{PAGE},,\n"
        bad, good = fact_checks(io.BytesIO(data.encode()), "a.csv")
        assert (bad.number, str(bad.found)) == (
            2,
            "This line cannot be read: the rating in words is missing.",
        )
        assert good.found.statement == "Open."

    def test_it_needs_no_more_than_four_columns(self):
        (check,) = found(f"publisher,claim,rating,url\nThe Kettle,Closed.,False,{PAGE}\n", "a.csv")
        assert (check.publisher, check.url) == ("The Kettle", PAGE)

    @pytest.mark.parametrize("data", ["", "a,b\n1,2\n", "publisher,claim,rating\nA,B,C\n"])
    def test_a_table_without_the_columns_says_which_it_needs(self, data):
        with pytest.raises(UnreadableTableError, match="“publisher”, “claim”, “rating”"):
            found(data, "a.csv")

    def test_a_field_without_end_is_refused(self):
        with pytest.raises(UnreadableTableError):
            found(f'{TABLE}"{"x" * 200_000}', "a.csv")

    def test_a_table_that_is_too_large_is_refused(self, monkeypatch):
        monkeypatch.setattr(reading, "MAX_BYTES", 1_000)
        with pytest.raises(TooLargeError):
            found(TABLE + "x" * 1_000, "a.csv")


def test_another_format_is_refused():
    with pytest.raises(UnknownFormatError, match="json, html, csv"):
        found("x", "checks.xml")


def test_the_sandbox_reads_the_same():
    data = html([REVIEW, review(claimReviewed="")])
    box = Sandbox()
    try:
        entries = list(box.fact_checks(io.BytesIO(data), name="page.html", address=PAGE))
    finally:
        box.close()
    direct = list(fact_checks(io.BytesIO(data), "page.html", PAGE))
    assert entries[0] == direct[0]
    assert str(entries[1].found) == str(direct[1].found)
