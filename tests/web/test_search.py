"""The search page."""

from datetime import UTC, datetime

from django.contrib.auth.models import User
from django.urls import reverse

from claims.actions import ask_second_check, decide_claim, import_article
from claims.choices import Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Article, Claim, Source


def test_it_finds_of_each_kind_and_marks_the_words(desk, article, editor):
    Source.objects.create(name="Olm Bridge Authority (fiction)", kind="organisation")
    page = desk.get(reverse("search"), {"q": "bridge OLM"})
    text = page.content.decode()
    assert [source.name for source in page.context["found"].sources] == [
        "Olm Bridge Authority (fiction)"
    ]
    assert [one.pk for one in page.context["found"].articles] == [article.pk]
    assert "The <mark>bridge</mark> over the <mark>Olm</mark>" in text
    assert "<mark>Olm</mark> <mark>Bridge</mark> Authority" in text


def test_it_says_where_nothing_is_found_and_nothing_before_anything_is_typed(desk, article):
    assert (
        "Nothing contains all of these words"
        in desk.get(reverse("search"), {"q": "zeppelin"}).content.decode()
    )
    assert "Nothing contains" not in desk.get(reverse("search")).content.decode()


def test_an_article_bears_the_day_when_it_was_published(desk, article):
    article.published_at = datetime(2026, 1, 28, 12, tzinfo=UTC)
    article.save()
    assert "28 Jan 2026" in desk.get(reverse("search"), {"q": "olm"}).content.decode()


def test_hostile_words_are_text(desk, editor):
    body = "The minister said <script>alert(1)</script> was a joke."
    import_article(actor=editor, draft=ArticleDraft(headline="Script", body=body))
    text = desk.get(reverse("search"), {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in text


def test_a_blind_checker_sees_no_verdict(desk, chief, claim):
    decide_claim(actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    ask_second_check(actor=chief, claim_id=claim.pk, version=2, blind=True)
    page = desk.get(reverse("search"), {"q": "olm"})
    (found,) = [one for one in page.context["found"].claims if one.pk == claim.pk]
    assert found.verdict == Verdict.PENDING
    assert Claim.objects.get(pk=claim.pk).verdict == Verdict.VERIFIED


def test_dismissed_claims_are_not_found_and_readers_may_search(client, reader, claim):
    Claim.objects.update(dismissed=True)
    client.force_login(reader)
    page = client.get(reverse("search"), {"q": "olm"})
    assert page.context["found"].claims == []


def test_what_is_found_of_an_article_without_a_date_shows_none(desk, article, claim):
    Article.objects.filter(pk=article.pk).update(published_at=None)
    page = desk.get(reverse("search"), {"q": claim.statement}).content.decode()
    found = page.partition('id="found-claims"')[2].partition("</section>")[0]
    assert f'href="{claim.get_absolute_url()}"' in found
    assert "<time" not in found


def test_the_palette_finds_by_beginnings_and_nothing_for_those_who_may_not_search(
    client, reader, claim
):
    def found() -> str:
        return client.get(reverse("palette"), {"q": "bridge ol"}).content.decode()

    client.force_login(reader)
    assert claim.get_absolute_url() in found()
    client.force_login(User.objects.create_user("nobody"))
    assert claim.get_absolute_url() not in found()
