"""Articles are found by where they were published, however their address is written and whoever wrote it down."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from claims.actions import Entry, enter_record, enter_records
from claims.models import Article
from claims.models.articles import address_key
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


def test_articles_from_before_there_were_keys_are_given_theirs(chief):
    articles = [rows.article(chief, url=f"{NEW}&page={page}") for page in range(3)]
    rows.article(chief)
    Article.objects.update(address_key="")
    assert _found(f"{ASKED}?page=1") == []
    import_module("claims.migrations.0012_address_keys").fill(apps, connection.schema_editor())
    assert _found(f"{ASKED}?page=1") == [articles[1]]


@pytest.mark.parametrize(
    "address",
    [
        "HTTP://Desk.Example.:80/a/../b/./c/?utm_source=x&p=%41%2f%zz&fbclid=1#part",
        "https://bücher.example/straße?q=a b\\c",
        "https://[::1]:8443/a/..",
        "http://192.0.2.1/?",
        "http://0x7f.1/",
        "https://user:word@desk.example/",
        "https://desk.example:99999/",
        "ftp://desk.example/",
        " no address ",
        f"https://desk.example/{'ä' * 1000}",
        "",
    ],
)
def test_the_migrations_own_key_is_the_one_of_its_day(address):
    frozen = import_module("claims.migrations._address_keys").address_key
    assert frozen(address) == address_key(address)
