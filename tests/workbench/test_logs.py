"""The server's log: enough to find an error, and nothing that users wrote."""

import io
import json
import logging
import re

import psycopg
import pytest
from django.db import ProgrammingError, connection
from django.test import Client

from workbench import logs

SECRET = "Ada Venn said so"


@pytest.fixture(params=["plain", "json"])
def written(request):
    """What is written down while a test runs, in either form."""
    found = io.StringIO()
    handler = logging.StreamHandler(found)
    handler.setFormatter(
        {"plain": logs.PlainFormatter, "json": logs.JsonFormatter}[request.param]()
    )
    logging.getLogger().addHandler(handler)
    yield found
    logging.getLogger().removeHandler(handler)


def test_a_server_error_is_written_down_with_its_request_and_where_it_happened(
    written, editor, article
):
    client = Client(raise_request_exception=False)
    client.force_login(editor)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_comment RENAME TO away")
    answer = client.get(f"{article.get_absolute_url()}?utm_source={SECRET}")
    assert answer.status_code == 500
    text = written.getvalue()
    for told in (
        answer["X-Request-ID"],
        article.get_absolute_url(),
        "error",
        "views.py",
        "claims_comment",
    ):
        assert told in text
    for word in (SECRET, "Venn", article.headline, editor.username):
        # As a word: a request's number has the letters of a name now and then.
        assert not re.search(rf"\b{re.escape(word)}\b", text)


def test_as_json_each_event_is_a_line_with_the_account(written, editor, article):
    client = Client(raise_request_exception=False)
    client.force_login(editor)
    answer = client.get("/articles/999999/")
    line = written.getvalue().splitlines()[-1]
    if not line.startswith("{"):
        assert f"request={answer['X-Request-ID']} path=/articles/999999/ user={editor.pk}" in line
        return
    event = json.loads(line)
    assert (event["request"], event["path"]) == (answer["X-Request-ID"], "/articles/999999/")
    assert (event["user"], event["status"], event["level"]) == (editor.pk, 404, "warning")
    assert event["time"].endswith("+00:00")


def test_an_error_is_told_without_its_message_unless_that_is_about_the_program():
    try:
        try:
            int(SECRET)
        except ValueError as error:
            raise KeyError(SECRET) from error
    except KeyError as error:
        text = "\n".join(logs.told(error))
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "test_logs.py" in text
    assert "Venn" not in text
    assert logs.told(OSError(28, "No space left on device", SECRET)) == [
        "builtins.OSError: No space left on device"
    ]
    assert logs.told(TypeError("two words")) == ["builtins.TypeError: two words"]


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (psycopg.errors.UndefinedColumn('column "a" does not exist'), True),
        (psycopg.errors.SyntaxError(f'syntax error in tsquery: "{SECRET}"'), False),
    ],
)
def test_of_a_query_that_fails_what_is_missing_is_told_and_what_was_searched_is_not(why, told):
    error = ProgrammingError(str(why))
    error.__cause__ = why
    assert [str(why) in line for line in logs.told(error)] == [told, told]


@pytest.mark.parametrize(("behind", "kept"), [(True, True), (False, False)])
def test_only_a_proxys_number_of_a_request_is_taken_over(client, db, settings, behind, kept):
    settings.BEHIND_PROXY = behind
    answer = client.get("/healthz", headers={"X-Request-ID": "from-the-proxy-1"})
    assert (answer["X-Request-ID"] == "from-the-proxy-1") is kept


def test_a_number_that_could_forge_a_line_is_not_taken_over(client, db, settings):
    settings.BEHIND_PROXY = True
    answer = client.get("/healthz", headers={"X-Request-ID": "1\n2026 error"})
    assert "error" not in answer["X-Request-ID"]


def test_at_level_info_each_request_is_a_line(written, client, db, caplog):
    caplog.set_level(logging.INFO, logger="workbench.requests")
    client.get("/healthz")
    assert "GET 200, " in written.getvalue()


def test_an_address_cannot_forge_a_line(written, client, db):
    client.get("/nowhere%0A2026-01-01%20error%1B[31m/")
    lines = written.getvalue().splitlines()
    assert "/nowhere" in lines[-1]
    for line in lines:
        assert not line.startswith("2026-01-01")
        assert line.isprintable()


def test_the_servers_own_words_about_an_address_hold_no_search(written):
    logging.getLogger("gunicorn.error").error("Error handling request GET /search/?q=%s", "Venn")
    assert "/search/" in written.getvalue()
    assert "Venn" not in written.getvalue()


def test_a_link_by_e_mail_is_in_no_line(written, db):
    Client(enforce_csrf_checks=True).post("/password/new/the-whole-secret/", {"x": "y"})
    text = written.getvalue()
    assert "/password/new/…" in text
    assert "the-whole-secret" not in text
