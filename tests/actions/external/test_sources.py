"""Other newsrooms' fact-checks are read by the worker, and vanish when their source drops them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import save_fact_checks
from claims.ingest.fact_checks.types import CheckDraft, CheckEntry
from claims.models import ExternalCheck, ExternalSource
from tests.actions.later import BUSY
from tests.fetching.sites import page
from tests.ingest.fact_checks.test_reading import REVIEW, feed, html, review
from tests.models.external import external_rows


def answer(*reviews: dict, etag: str = ""):
    return page(feed(*reviews).encode(), headers={"ETag": etag} if etag else {})


def offered() -> list[str]:
    return sorted(ExternalCheck.objects.offered().values_list("statement", flat=True))


@pytest.fixture
def source(site, work) -> ExternalSource:
    site.pages["/checks.json"] = answer(REVIEW, review(claimReviewed="It rained frogs."))
    return external_rows.source(address=site.at("/checks.json"))


@pytest.fixture
def read_again(work):
    """The worker when the source is due again."""

    def read_again() -> ExternalSource:
        ExternalSource.objects.update(next_check_at=timezone.now())
        work()
        return ExternalSource.objects.get()

    return read_again


def test_what_a_feed_names_is_kept_with_all_that_it_says(source, read_again):
    read = read_again()
    check = ExternalCheck.objects.get(statement=REVIEW["claimReviewed"])
    assert (check.publisher, check.claimant) == ("The Kettle", "Ada Venn, Bo Tarn")
    assert (check.rating, check.rating_value) == ("Mostly & plainly false", 2.0)
    assert (str(check.reviewed_on), str(check.claimed_on)) == ("2026-05-04", "2026-05-02")
    assert (check.url, check.language, check.source) == (REVIEW["url"], "en", source)
    assert (read.failures, read.error) == (0, None)
    assert read.checked_at


def test_what_a_feed_drops_is_withdrawn_with_a_date_and_may_come_back(source, site, read_again):
    read_again()
    site.pages["/checks.json"] = answer(review(claimReviewed="It rained frogs."))
    read_again()
    assert offered() == ["It rained frogs."]
    assert ExternalCheck.objects.get(statement=REVIEW["claimReviewed"]).withdrawn_at
    site.pages["/checks.json"] = answer(REVIEW)
    read_again()
    assert offered() == [REVIEW["claimReviewed"]]


def test_a_rating_that_its_publisher_corrects_is_corrected_here(source, site, read_again):
    read_again()
    site.pages["/checks.json"] = answer(review(reviewRating={"alternateName": "True after all"}))
    read_again()
    check = ExternalCheck.objects.offered().get()
    assert (check.rating, check.rating_value) == ("True after all", None)


def test_an_answer_that_has_not_changed_is_not_read_again(source, site, read_again):
    site.pages["/checks.json"] = answer(REVIEW, etag='"v1"')
    assert read_again().etag == '"v1"'
    site.pages["/checks.json"] = page(status=304)
    read = read_again()
    assert site.headers[-1]["If-None-Match"] == '"v1"'
    assert offered() == [REVIEW["claimReviewed"]]
    assert (read.failures, read.etag) == (0, '"v1"')


def test_a_source_whose_language_was_corrected_is_read_anew(source, site, read_again):
    site.pages["/checks.json"] = answer(review(inLanguage=None), etag='"v1"')
    read_again()
    ExternalSource.objects.update(language="fr")
    read_again()
    assert "If-None-Match" not in site.headers[-1]
    assert ExternalCheck.objects.get().language == "fr"


@pytest.mark.parametrize(
    "broken",
    [BUSY, page(b"{"), page(feed(REVIEW, REVIEW).encode()[:-30]), page(b"<html>Oops")],
    ids=["busy", "empty", "cut off", "a page"],
)
def test_a_source_that_gives_no_whole_answer_withdraws_nothing(source, site, read_again, broken):
    read_again()
    site.pages["/checks.json"] = broken
    read = read_again()
    assert len(offered()) == 2
    assert (read.failures, bool(read.error)) == (1, True)
    assert read.next_check_at > timezone.now() + timedelta(days=1)


def test_a_page_and_a_table_are_read_as_well(site, read_again):
    site.pages["/check"] = page(html(review(url=None)))
    external_rows.source(address=site.at("/check"), kind="page")
    read_again()
    assert ExternalCheck.objects.get().url == site.at("/check")
    ExternalSource.objects.all().delete()
    table = "publisher,claim,rating,url\nDer Kessel,Es regnete Frösche.,Falsch,https://kessel.example.org/1\n"
    site.pages["/checks.csv"] = page(table.encode())
    external_rows.source(address=site.at("/checks.csv"), kind="table", language="de")
    read_again()
    check = ExternalCheck.objects.get()
    assert (check.publisher, check.language) == ("Der Kessel", "de")


def test_what_the_site_forbids_is_not_read(source, site, read_again):
    site.pages["/robots.txt"] = page(b"User-agent: *\nDisallow: /checks.json\n")
    assert "robots.txt" in str(read_again().error)
    assert "/checks.json" not in site.asked


def test_one_that_is_not_active_is_not_read(source, site, read_again):
    ExternalSource.objects.update(active=False)
    read_again()
    assert site.asked == []


def test_a_review_that_two_sources_name_stays_while_its_own_one_names_it(db):
    first = external_rows.source()
    second = external_rows.source(address="https://pan.example.org/checks.json")
    entries = [CheckEntry(1, CheckDraft("The Kettle", "Closed.", "False", REVIEW["url"]))]
    save_fact_checks(entries, language="en", source=first)
    kept = save_fact_checks(entries, language="en", source=second)
    assert (kept.new, kept.same) == (0, 1)
    save_fact_checks([], language="en", source=second)
    assert offered() == ["Closed."]
    save_fact_checks([], language="en", source=first)
    assert offered() == []


def test_a_feed_of_thousands_is_kept_in_few_queries(db, django_assert_max_num_queries):
    entries = [
        CheckEntry(at, CheckDraft("The Kettle", f"Closed {at}.", "False", f"{REVIEW['url']}{at}"))
        for at in range(1_000)
    ]
    source = external_rows.source()
    with django_assert_max_num_queries(40):
        assert save_fact_checks(entries, language="en", source=source).new == 1_000
    with django_assert_max_num_queries(40):
        assert save_fact_checks(entries, language="en", source=source).same == 1_000
