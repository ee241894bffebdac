"""An import that is killed leaves whole articles, and the next one continues from there."""

import json
import os
import signal
import warnings
from collections.abc import Callable
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from claims.actions import COMMAND, SplitArticle, receive_articles, workbench_account
from claims.extraction import extract
from claims.ingest.types import ArticleDraft
from claims.models import Article
from tests.actions.database import portrait

pytestmark = pytest.mark.usefixtures("shared_database")

ARTICLES, BATCH, KILLS = 80, 2, 20
"""A batch takes some sixteen statements: so the kills hit every one of them."""


def _record(number: int) -> dict[str, str]:
    """An article that shares its outlet and its people with some of the others."""
    body = (
        f"Flood {number} hit {number + 3} villages near Ostrey, minister Vera Lund{number % 7} said.\n\n"
        f"The dam is safe, officials said. Bo Tarn{number % 11} told Radio Olm that it is not."
    )
    outlet = f"The Courier of {number % 5} (fiction)"
    return {"headline": f"Flood {number}", "outlet": outlet, "body": body}


@pytest.fixture
def archive(tmp_path) -> Path:
    path = tmp_path / "archive.jsonl"
    path.write_text("".join(json.dumps(_record(number)) + "\n" for number in range(ARTICLES)))
    return path


def _import(archive: Path) -> str:
    out = StringIO()
    call_command("import_articles", str(archive), processes=1, stdout=out)
    return out.getvalue()


def _undisturbed() -> list[dict[str, list[str]]]:
    """The database after each batch of an import that nobody disturbs, which is taken back."""
    split = [
        SplitArticle(draft, extract(draft.body))
        for draft in (ArticleDraft(**_record(number)) for number in range(ARTICLES))
    ]
    with transaction.atomic():
        states = [portrait()]
        for start in range(0, ARTICLES, BATCH):
            some = split[start : start + BATCH]
            receive_articles(actor=workbench_account(), articles=some, policy=COMMAND)
            states.append(portrait())
        transaction.set_rollback(True)
    return states


def _in_another_process(action: Callable[[], Any]) -> int:
    """Do something in a copy of this process, with a connection of its own. Its exit status, or the signal's negative."""
    connection.close()
    with warnings.catch_warnings():
        # Newer Pythons warn of threads, which the copy lacks; it needs none of theirs.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            action()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _import_until(statement: int, archive: Path) -> None:
    """Import, and die by SIGKILL right after the statement of that number behind the first that writes claims."""
    behind = -1

    def count(execute, sql, *arguments):
        nonlocal behind
        result = execute(sql, *arguments)
        if behind >= 0 or sql.startswith('INSERT INTO "claims_claim"'):
            behind += 1
        if behind == statement:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    with connection.execute_wrapper(count):
        os.write(2, _import(archive).encode())


def test_after_a_kill_every_article_is_whole_or_absent(archive, monkeypatch):
    """Killed twenty times, each time a statement later, it goes on from what is there: it ends as if nothing had been."""
    monkeypatch.setattr("claims.management.bulk_import.BATCH", BATCH)
    monkeypatch.setattr("claims.management.bulk_import.SECONDS", 600)
    workbench_account()
    states = _undisturbed()
    reached = 0
    for statement in range(KILLS):
        run = partial(_import_until, statement, archive)
        assert _in_another_process(run) == -signal.SIGKILL
        connection.check_constraints()
        articles = Article.objects.count()
        assert articles >= reached
        assert portrait() == states[articles // BATCH]
        reached = articles
    assert BATCH * 5 < reached < ARTICLES
    assert f"{ARTICLES - reached} imported, {reached} already here" in _import(archive)
    assert portrait() == states[-1]
