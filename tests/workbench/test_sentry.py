"""What a Sentry server is told of an error: what the log says, and nothing that anybody wrote."""

import gzip
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client

from tests.fetching.sites import Posted, Site, page
from workbench import logs, values
from workbench.environment import read_environment
from workbench.logs.sentry import SentryHandler

SECRET = "Ada Venn said so"


@pytest.fixture
def server(site: Site) -> Site:
    """One that takes in what it is sent."""
    site.otherwise = page(b"{}", headers={"Content-Type": "application/json"})
    return site


@pytest.fixture
def sent(server) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What the server has been sent when all of it has arrived. Nothing is logged after that."""
    handler = SentryHandler(server.at("/7").replace("://", "://key@"))
    handler.setLevel(logging.ERROR)
    logging.getLogger().addHandler(handler)

    def sent() -> list[dict[str, Any]]:
        logging.getLogger().removeHandler(handler)
        handler.close()
        return [_event(one) for one in server.posted]

    yield sent
    logging.getLogger().removeHandler(handler)
    handler.close()


def _event(posted: Posted) -> dict[str, Any]:
    """The event in an envelope, https://develop.sentry.dev/sdk/data-model/envelopes/."""
    packed = posted.headers.get("Content-Encoding") == "gzip"
    _head, kind, event = (gzip.decompress(posted.body) if packed else posted.body).splitlines()[:3]
    assert json.loads(kind)["type"] == "event"
    return json.loads(event)


def test_a_server_error_is_told_with_its_request_and_where_it_happened(
    sent, server, editor, article
):
    client = Client(raise_request_exception=False)
    client.force_login(editor)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_comment RENAME TO away")
    address = article.get_absolute_url()
    answer = client.get(f"{address}?utm_source={SECRET}", headers={"User-Agent": SECRET})
    assert answer.status_code == 500
    (event,) = sent()
    assert event["tags"] == {"request": answer["X-Request-ID"], "path": address, "status": 500}
    assert event["user"] == {"id": str(editor.pk)}
    assert event["level"] == "error"
    assert event["release"] == settings.SOFTWARE
    last = event["exception"]["values"][-1]
    assert last["type"] in {"OperationalError", "ProgrammingError"}
    assert "claims_comment" in last["value"]
    assert any("views" in frame["filename"] for frame in last["stacktrace"]["frames"])
    assert [one.path for one in server.posted] == ["/api/7/envelope/"]
    everything = json.dumps(event)
    for word in (SECRET, "Venn", article.headline, editor.username, "sessionid"):
        assert word not in everything


def test_what_was_typed_stays_here(sent):
    try:
        int(SECRET)
    except ValueError as error:
        error.__cause__ = KeyError(SECRET)
        logging.getLogger("workbench").exception("The task failed.")
    (event,) = sent()
    assert [one["type"] for one in event["exception"]["values"]] == ["KeyError", "ValueError"]
    assert event["logentry"]["formatted"] == "The task failed."
    assert SECRET not in json.dumps(event)


def test_warnings_are_not_told(sent):
    logging.getLogger("workbench").warning("A login failed.")
    assert sent() == []


def test_a_server_that_does_not_answer_stops_nothing(sent, server):
    server.otherwise = page(status=500)
    logging.getLogger("workbench").error("One.")
    logging.getLogger("workbench").error("Two.")
    assert {event["logentry"]["formatted"] for event in sent()} == {"One.", "Two."}


def test_without_a_setting_nothing_is_sent():
    assert list(logs.configuration("plain", "warning", "")["handlers"]) == ["stderr"]
    told = logs.configuration("plain", "warning", "https://key@sentry.example.org/1")
    assert told["root"]["handlers"] == ["stderr", "sentry"]


@pytest.mark.parametrize(
    "dsn",
    [
        "https://key@sentry.example.org/1",
        "http://key@127.0.0.1:9000/errors/12",
        "https://key:old@sentry.example.org/1",
    ],
)
def test_the_address_of_a_project(dsn):
    assert values.dsn(dsn) == dsn


@pytest.mark.parametrize(
    "dsn",
    [
        "errors.example.net/1",
        "https://errors.example.net/1",
        "https://key@errors.example.net/",
        "https://key@errors.example.net/project",
        "https://key@/1",
        "https://key@errors.example.net/1?x=2",
        "https://key@errors.example.net/1#2",
        "ftp://key@errors.example.net/1",
    ],
)
def test_what_is_no_address_of_a_project_stops_the_start(dsn):
    with pytest.raises(ImproperlyConfigured, match="SENTRY_DSN") as refused:
        read_environment({"SECRET_KEY": "x" * 60, "SENTRY_DSN": dsn})
    assert dsn not in str(refused.value)
