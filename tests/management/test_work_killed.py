"""Workers that are killed while they work lose nothing and do nothing twice."""

import json
import subprocess
import sys
from collections import Counter

from claims.extraction import extract
from tests.management.commands import ROOT, manage, reading
from tests.management.dying import ARTICLES, story

TABLE = """
    SELECT a.headline, r.body, c.statement, s.name
    FROM claims_article a
    JOIN claims_revision r ON r.article_id = a.id
    LEFT JOIN claims_claim c ON c.revision_id = r.id
    LEFT JOIN claims_source s ON s.id = c.source_id
"""


def test_after_twenty_kills_every_article_is_there_once_and_whole(own_database):
    assert manage("migrate", "--verbosity=0", env=own_database).returncode == 0
    ended = subprocess.run(
        [sys.executable, "-m", "tests.management.dying"],
        cwd=ROOT,
        env={**own_database, "DJANGO_SETTINGS_MODULE": "workbench.settings.base"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["died_at_work"] > 0
    found = Counter(reading(own_database, TABLE))
    assert found == Counter(
        (headline, body, claim.statement, claim.speaker.name)
        for headline, body in map(story, range(ARTICLES))
        for claim in extract(body)
    )
    rows = "SELECT progress, draft IS NULL, article_id IS NULL FROM claims_intake"
    assert set(reading(own_database, rows)) == {("done", True, False)}
    left = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status <> 'SUCCESSFUL'"
    assert reading(own_database, left) == [(0,)]
