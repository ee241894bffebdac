"""Workers that are killed lose nothing and do nothing twice, and several share the tasks."""

import json
import logging
import subprocess
import sys
from collections import Counter

import pytest

from claims.extraction import extract
from claims.management.commands.work import Command
from tests.management.commands import ROOT, reading
from tests.management.workers import ARTICLES, TOGETHER, story

TABLE = """
    SELECT a.headline, r.body, c.statement, s.name
    FROM claims_article a
    JOIN claims_revision r ON r.article_id = a.id
    LEFT JOIN claims_claim c ON c.revision_id = r.id
    LEFT JOIN claims_source s ON s.id = c.source_id
"""


@pytest.fixture
def work(own_database):
    """Have workers bring articles in, and give what was seen of it."""

    def work(how: str) -> dict[str, int]:
        ended = subprocess.run(
            [sys.executable, "-m", "tests.management.workers", how],
            cwd=ROOT,
            env={**own_database, "DJANGO_SETTINGS_MODULE": "workbench.settings.base"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout)

    return work


def assert_whole(database: dict[str, str]) -> None:
    """Every article is there once with each of its claims, and nothing is left to do."""
    expected = Counter(
        (headline, body, claim.statement, claim.speaker.name)
        for headline, body in map(story, range(ARTICLES))
        for claim in extract(body)
    )
    intakes = "SELECT status, draft IS NULL, article_id IS NULL FROM claims_intakeitem"
    left = (
        "SELECT status, exception_class_path FROM django_tasks_database_dbtaskresult"
        " WHERE status <> 'SUCCESSFUL'"
    )
    assert reading(database, left) == []
    assert set(reading(database, intakes)) == {("done", True, False)}
    assert Counter(reading(database, TABLE)) == expected


def test_after_a_kill_before_each_write_every_article_is_there_once_and_whole(own_database, work):
    seen = work("killed")
    assert seen["kills"] == seen["writes"]
    assert 10 < seen["died at work"] <= seen["kills"]
    assert_whole(own_database)


def test_workers_at_once_share_the_work_and_do_nothing_twice(own_database, work):
    seen = work("together")
    assert seen["attempts"] == ARTICLES
    assert seen["workers"] == TOGETHER
    assert_whole(own_database)


def test_a_worker_that_is_stopped_after_any_statement_ends_well(work):
    seen = work("stopped")
    # At least the search for a task, and the end of what it told of itself.
    assert len(seen["ends"]) >= 2
    assert set(seen["ends"]) == {0}
    # Only a worker that is stopped while it unregisters stays registered, until it is taken for dead.
    assert seen["registered"] <= 2


@pytest.mark.parametrize(
    ("verbosity", "level"),
    [(0, logging.ERROR), (1, logging.INFO), (2, logging.DEBUG), (3, logging.DEBUG)],
)
def test_the_verbosity_decides_how_much_is_logged(verbosity, level):
    loggers = [logging.getLogger(name) for name in ("django_tasks", "django_tasks_db")]
    before = [logger.level for logger in loggers]
    try:
        Command().configure_logging(verbosity)
        assert {logger.level for logger in loggers} == {level}
    finally:
        for logger, was in zip(loggers, before, strict=True):
            logger.setLevel(was)
