"""Articles are found by their address, however it is written, and by nearly the same text; and how they come in."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from claims.actions import Entry, add_revision, enter_record, enter_records, import_article
from claims.choices import JobStatus
from claims.extraction import extract
from claims.ingest.types import ArticleDraft
from claims.matching import sketch
from claims.models import (
    ArchiveImport,
    ArchiveProblem,
    Article,
    Feed,
    IntakeItem,
    Mail,
    Mailbox,
    MailedArticle,
    Shingle,
)
from claims.queries.articles.revisions import plan_revision
from tests.conftest import BODY
from tests.models import rows

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
OLD, NEW = "https://courier.example.org/old", "http://Courier.example.org/rain/?utm_source=feed"
ASKED = "https://courier.example.org/rain"
RAIN = (
    "Rain fell on Ostrey for nine days, the weather office said, and no ferry sailed until Friday."
)


def _found(address: str = ASKED) -> list[Article]:
    return list(Article.objects.at([address]))


def _saved(article, chief):
    article.url = NEW
    article.save()


def _saved_alone(article, chief):
    article.url = NEW
    article.save(update_fields=["url"])


def _entered(article, chief):
    article.url = NEW
    enter_record(actor=chief, record=article, fields=["url"])


def _entered_with_others(article, chief):
    article.url = NEW
    enter_records(actor=chief, entries=[Entry(article, ["url"])])


def _changed_in_bulk(article, chief):
    article.url = NEW
    bulk_update_with_history([article], Article, ["url"])


def _changed_in_place(article, chief):
    Article.objects.filter(pk=article.pk).update(url=NEW)


@pytest.mark.parametrize(
    "write",
    [
        _saved,
        _saved_alone,
        _entered,
        _entered_with_others,
        _changed_in_bulk,
        _changed_in_place,
    ],
)
def test_however_an_address_is_changed_its_article_is_found_there(chief, write):
    article = rows.article(chief, url=OLD)
    assert _found(OLD) == [article]
    write(Article.objects.get(), chief)
    assert (_found(), _found(OLD)) == ([article], [])
    assert Article.objects.get().url == NEW


def test_those_made_in_bulk_are_found(chief):
    made = [Article(headline="Rain", fingerprint="1" * 64, imported_by=chief, url=NEW)]
    bulk_create_with_history(made, Article, default_user=chief)
    assert _found() == made


def test_articles_without_an_address_share_none(chief):
    for _time in range(2):
        rows.article(chief)
    assert _found("") == []


def test_an_address_that_is_none_is_found_as_it_stands(chief):
    article = rows.article(chief, url="no address")
    assert _found(article.url) == [article]


def test_the_history_tells_of_the_address_alone(chief):
    article = rows.article(chief, url=NEW)
    names = {field.name for field in article.history.model._meta.fields}
    assert ("url" in names, "address_key" in names) == (True, False)


def held(article: Article) -> list[int]:
    return sorted(Shingle.objects.filter(article=article).values_list("value", flat=True))


def test_an_article_is_found_by_much_of_its_text_and_by_nothing_else(article):
    assert Shingle.objects.alike(f"{BODY}\n\n{RAIN}", 5) == [article.pk]
    assert Shingle.objects.alike(RAIN, 5) == []


def test_those_that_share_most_come_first(article, editor):
    paragraphs = BODY.split("\n\n")
    half = "\n\n".join([*paragraphs[:2], RAIN])
    import_article(actor=editor, draft=ArticleDraft(headline="Half of it", body=half))
    assert Shingle.objects.alike(BODY, 1) == [article.pk]


def test_a_new_text_takes_the_place_of_the_old_one(article, editor):
    draft = ArticleDraft(headline="Rain", body=RAIN)
    plan = plan_revision(article.current_revision(), draft, extract(RAIN))
    add_revision(actor=editor, article=article, draft=draft, seen=plan.seen)
    assert held(article) == sketch(RAIN)


def test_of_those_that_share_as_much_the_newest_comes_first(editor):
    first, second = (rows.article(editor) for _each in range(2))
    Shingle.objects.hold([(first, BODY), (second, BODY)])
    assert Shingle.objects.alike(BODY, 5) == [second.pk, first.pk]


class TestIntake:
    @pytest.mark.parametrize("published", [None, NOON])
    def test_what_was_read_is_read_again_as_it_was(self, published):
        draft = ArticleDraft(headline="Rain", body="It rains.", published=published)
        item = IntakeItem()
        assert item.headline == ""
        item.hold(draft)
        assert (item.read(), item.headline) == (draft, "Rain")

    def test_it_is_under_way_until_it_was_read(self):
        under_way = [status for status in JobStatus if IntakeItem(status=status).is_under_way]
        assert under_way == [JobStatus.WAITING, JobStatus.RUNNING]

    def test_its_stage_changes_with_its_status_and_each_attempt(self):
        stages = {
            IntakeItem(status=s, attempts=n).stage for s in ("waiting", "done") for n in (0, 1)
        }
        assert len(stages) == 4

    def test_it_and_a_feed_go_by_a_name_or_else_an_address(self):
        address = "https://courier.example.org/"
        assert str(IntakeItem(name="rain.docx", address=address)) == "rain.docx"
        assert str(IntakeItem(address=address)) == address
        assert str(IntakeItem()) == "pasted text"
        assert str(Feed(name="Courier", address=address)) == "Courier"
        assert str(Feed(address=address)) == address

    def test_what_was_mailed_goes_by_its_subject_its_name_or_its_headline(self):
        assert str(Mailbox(address="desk@courier.example")) == "desk@courier.example"
        assert (str(Mail(subject="Rain")), str(Mail())) == ("Rain", "mail without a subject")
        rain = Article(headline="Rain")
        assert str(MailedArticle(name="a.docx", article=rain)) == "a.docx"
        assert (str(MailedArticle(article=rain)), str(MailedArticle())) == (
            "Rain",
            "the mail’s text",
        )

    def test_an_embargo_stands_until_it_ends(self):
        later, past = timezone.now() + timedelta(hours=1), timezone.now() - timedelta(hours=1)
        for until, stands in ((later, later), (past, None), (None, None)):
            assert Article(embargoed_until=until).embargo == stands
            item = IntakeItem()
            assert item.embargo is None
            item.hold(ArticleDraft(headline="Rain", body="It rains.", embargoed_until=until))
            assert item.embargo == stands
            assert item.read().embargoed_until == until


class TestArchives:
    def test_its_progress_is_whole_only_once_it_is_done(self):
        half = ArchiveImport(name="wire.csv", size=200, reached=101, status=JobStatus.RUNNING)
        assert (str(half), half.percent, half.is_under_way, half.can_go_on) == (
            "wire.csv",
            50,
            True,
            False,
        )
        for status, reached, percent in (("running", 200, 99), ("done", 0, 100)):
            assert ArchiveImport(size=200, reached=reached, status=status).percent == percent
        assert ArchiveImport().percent == 0

    def test_what_did_not_come_in_goes_by_its_line(self):
        assert str(ArchiveProblem(line=7)) == "7"
