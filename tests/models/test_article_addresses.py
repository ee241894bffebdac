"""Articles are found by their address, however it is written."""

import pytest
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from claims.actions import Entry, enter_record, enter_records
from claims.models import Article
from tests.models import rows

OLD, NEW = "https://courier.example.org/old", "http://Courier.example.org/rain/?utm_source=feed"
ASKED = "https://courier.example.org/rain"


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
