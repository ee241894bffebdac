"""A streaming replica: what is read from it, what never is, and what happens when it is behind or gone.

Where a page comes from is seen by a claim that somebody adds while the replica replays nothing: only the primary has it.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from tests.clusters import Cluster, cluster, needs_postgresql
from tests.management.commands import ROOT, SECRET_KEY, environment, manage
from tests.workbench.desk import desk_process


@pytest.fixture(scope="module")
def primary() -> Iterator[Cluster]:
    with cluster() as made:
        made.initialise()
        made.start()
        yield made


@pytest.fixture(scope="module")
def replica(primary) -> Iterator[Cluster]:
    with cluster() as made:
        made.copy(primary)
        made.start()
        yield made


@pytest.fixture(scope="module")
def env(primary, replica, tmp_path_factory) -> dict[str, str]:
    """The environment of a workbench with both."""
    found = environment(
        SECRET_KEY=SECRET_KEY,
        DATA_DIR=str(tmp_path_factory.mktemp("desk")),
        DATABASE_URL=primary.url,
        REPLICA_DATABASE_URL=replica.url,
        # Each thread has a connection from a pool, which dies with the server and must come back.
        DATABASE_POOL_MAX="2",
        ALLOWED_HOSTS="testserver",
        LOG_LEVEL="error",
        HTTPS="off",
        PUBLIC_URL="https://desk.example.org",
        PYTHONPATH=str(ROOT),
    )
    done = manage("migrate", "--verbosity=0", env=found)
    assert done.returncode == 0, done.stderr
    return found


def ask(server: Cluster, query: str) -> Any:
    with closing(psycopg.connect(server.url, autocommit=True)) as connection:
        return connection.execute(query).fetchone()[0]


@dataclass
class Desk:
    do: Callable[..., Any]
    numbers: dict[str, int]
    primary: Cluster
    replica: Cluster

    def catch_up(self) -> None:
        """Wait until the replica has replayed everything."""
        there = ask(self.primary, "SELECT pg_current_wal_flush_lsn()::text")
        asked = f"SELECT pg_last_wal_replay_lsn() >= '{there}'::pg_lsn"
        assert any(ask(self.replica, asked) for _try in range(10_000))

    @contextmanager
    def paused(self) -> Iterator[None]:
        """The replica has everything until now, and gets nothing more."""
        self.catch_up()
        ask(self.replica, "SELECT pg_wal_replay_pause()::text")
        asked = "SELECT pg_get_wal_replay_pause_state() = 'paused'"
        assert any(ask(self.replica, asked) for _try in range(10_000))
        try:
            yield
        finally:
            ask(self.replica, "SELECT pg_wal_replay_resume()::text")
        self.catch_up()

    def is_ready(self, words: str) -> None:
        """Ask how the replica is until it is told in these words."""
        told = {"": None}
        assert any((told := self.checks())["replica"] == words for _try in range(1000)), told

    def checks(self) -> dict[str, str]:
        return json.loads(self.do("get", "", "/readyz")[1])["checks"]

    def lists(self, person: str, statement: str) -> bool:
        status, text = self.do("get", person, "/claims/")
        assert status == 200
        return statement in text


@pytest.fixture(scope="module")
def _filled(env, primary, replica) -> Iterator[Desk]:
    with desk_process(env) as do:
        yield Desk(do, do("fill"), primary, replica)


@pytest.fixture
def desk(_filled) -> Desk:
    """Both people have opened their dashboards, and the replica has what they saw."""
    for person in ("edda", "rita"):
        _filled.do("get", person, "/")
    _filled.do("allow", 3600)
    _filled.catch_up()
    _filled.is_ready("ok")
    return _filled


@needs_postgresql
class TestTwoServers:
    def test_lists_are_read_from_the_replica(self, desk):
        with desk.paused():
            desk.do("claim", desk.numbers["revision"], "The pier is open.")
            assert not desk.lists("rita", "The pier is open.")
            # Everything else is read from the primary, and what was seen there is not forgotten.
            desk.do("get", "edda", "/")
            assert desk.lists("edda", "The pier is open.")
        assert desk.lists("rita", "The pier is open.")

    def test_people_read_what_they_wrote(self, desk):
        added = desk.do("claim", desk.numbers["revision"], "The lock is broken.")
        with desk.paused():
            form = {"version": 1, "verdict": "disputed", "reason": "It was mended."}
            status, _text = desk.do("post", "edda", f"/claims/{added}/decide/", form)
            assert status == 302
            listed = "/claims/?verdict=disputed"
            assert "The lock is broken." in desk.do("get", "edda", listed)[1]
            assert "The lock is broken." not in desk.do("get", "rita", listed)[1]

    def test_one_that_lags_is_left_out_until_it_is_back(self, desk):
        desk.do("allow", 1)
        with desk.paused():
            desk.do("claim", desk.numbers["revision"], "The ferry runs.")
            desk.is_ready("replica lags")
            assert desk.lists("rita", "The ferry runs.")
            assert desk.do("get", "", "/healthz")[0] == 200
        desk.is_ready("ok")

    def test_one_that_dies_fails_no_request_and_is_used_again_when_it_is_back(self, desk):
        desk.replica.kill()
        try:
            assert desk.lists("rita", "The bridge is closed.")
            assert desk.checks()["replica"] == "no replica"
            assert "does not answer" in desk.do("get", "edda", "/status/")[1]
        finally:
            desk.replica.start()
        desk.is_ready("ok")
        with desk.paused():
            desk.do("claim", desk.numbers["revision"], "The weir holds.")
            assert not desk.lists("rita", "The weir holds.")

    def test_public_pages_are_read_from_it_and_none_stays_outdated(self, desk):
        new = "The Olm Desk (fiction)"
        with desk.paused():
            desk.do("rename", new)
            desk.do("get", "edda", "/")
            # She has seen more than the replica has. What was told to her is not told to others, who get another page.
            assert new in desk.do("get", "edda", f"/published/{desk.numbers['report']}/")[1]
            assert new not in desk.do("get", "", "/published/")[1]
        desk.do("later")
        assert new in desk.do("get", "", "/published/")[1]

    def test_readers_are_served_while_the_primary_is_away(self, desk):
        desk.primary.kill()
        try:
            for page in ("/published/", f"/published/claims/{desk.numbers['claim']}/"):
                status, text = desk.do("get", "", page)
                assert (status, "Bridges" in text or "The bridge" in text) == (200, True)
            assert desk.do("get", "edda", "/")[0] == 503
        finally:
            desk.primary.start()

    def test_an_export_is_read_from_it_too(self, desk):
        with desk.paused():
            desk.do("claim", desk.numbers["revision"], "The gate is shut.")
            form = {"list": "", "every": "1", "format": "csv"}
            status, text = desk.do("post", "rita", "/claims/export/", form)
            assert status == 200
            assert "The bridge is closed." in text
            assert "The gate is shut." not in text
